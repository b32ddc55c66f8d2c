// SPDX-License-Identifier: MIT
// A verdict in words and as JSON: what is proven, and what is not.

#include <string.h>

#include "crypto/crypto.h"
#include "replays/verify.h"

static void say_proof(toc_buf *out, const toc_verdict *v);
static void say_seal(toc_buf *out, const toc_verdict *v);

const char *toc_verdict_name(toc_verdict_kind k)
{
    static const char *const names[] = {"verified", "open",      "torn",   "not re-executed",
                                        "diverged", "truncated", "forged", "damaged"};
    return names[k];
}

int toc_verdict_exit(const toc_verdict *v)
{
    return v->kind == TOC_VERDICT_VERIFIED ? 0 : v->kind == TOC_VERDICT_DAMAGED ? 5 : 1;
}

void toc_verdict_text(toc_buf *out, const toc_verdict *v)
{
    for (const char *c = toc_verdict_name(v->kind); *c; c++)
        toc_buf_char(out, *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : *c);
    if (v->run[0])
        toc_buf_printf(out, "  %s, run %s\n", v->exercise, v->run);
    else
        toc_buf_str(out, "  the header cannot be read\n");
    if (v->what[0] && v->difference)
        toc_buf_printf(out, "  line %lld: %s\n", (long long)v->difference, v->what);
    else if (v->what[0])
        toc_buf_printf(out, "  %s\n", v->what);
    if (v->recorded && v->recorded[0])
        toc_buf_printf(out, "  recorded: %s\n", v->recorded);
    if (v->came_out && v->came_out[0])
        toc_buf_printf(out, "  came out: %s\n", v->came_out);
    say_proof(out, v);
    say_seal(out, v);
}

static void say_proof(toc_buf *out, const toc_verdict *v)
{
    switch (v->kind) {
    case TOC_VERDICT_DAMAGED:
        toc_buf_printf(out, "  chain: %lld good lines before it; nothing was re-executed\n",
                       (long long)v->lines);
        return;
    case TOC_VERDICT_NOT_RERUN:
    case TOC_VERDICT_FORGED:
    case TOC_VERDICT_TRUNCATED:
        toc_buf_printf(out, "  chain: %lld lines hang together; nothing was re-executed\n",
                       (long long)v->lines);
        return;
    default:
        break;
    }
    toc_buf_printf(out, "  chain: %lld lines hang together\n", (long long)v->lines);
    toc_buf_printf(out, "  re-executed: %lld inputs; %lld derived lines %s\n", (long long)v->inputs,
                   (long long)v->derived,
                   v->kind == TOC_VERDICT_DIVERGED ? "identical before that" : "identical");
    if (v->unknown > 0)
        toc_buf_printf(out, "  not executed: %lld lines of kinds that this version does not know\n",
                       (long long)v->unknown);
}

static void say_seal(toc_buf *out, const toc_verdict *v)
{
    char fingerprint[20];
    if (!v->key[0])
        return;
    toc_key_fingerprint(v->key, fingerprint);
    if (v->kind == TOC_VERDICT_DAMAGED || v->kind == TOC_VERDICT_FORGED) {
        toc_buf_printf(out, "  key: %s\n", fingerprint);
        return;
    }
    if (v->sealed == 0)
        toc_buf_str(out, "  seal: none yet; anyone who holds the file could have rewritten it\n");
    else
        toc_buf_printf(out, "  sealed up to line %lld of %lld\n", (long long)v->sealed + 1,
                       (long long)v->lines);
    if (v->is_key_known)
        toc_buf_printf(out, "  key: %s, the run's, as given\n", fingerprint);
    else
        toc_buf_printf(
            out, "  key: self-consistent, key %s; compare it with a ticket (--ticket) or --key\n",
            fingerprint);
}

void toc_verdict_json(toc_buf *out, const toc_verdict *v)
{
    toc_buf_str(out, "{\"schema\":\"tocsin.verify/1\"");
    toc_json_key(out, "verdict");
    toc_json_str(out, toc_verdict_name(v->kind));
    const struct {
        const char *name;
        int64_t value;
    } numbers[] = {{"lines", v->lines},
                   {"inputs", v->inputs},
                   {"derived", v->derived},
                   {"unknown", v->unknown}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        toc_json_key(out, numbers[i].name);
        toc_buf_int(out, numbers[i].value);
    }
    // sealed: is everything before the last line covered by a good seal? sealed_lines: how far one is.
    toc_json_key(out, "sealed");
    toc_buf_str(out, v->sealed > 0 && v->sealed == v->lines - 2 ? "true" : "false");
    toc_json_key(out, "sealed_lines");
    toc_buf_int(out, v->sealed ? v->sealed + 1 : 0);
    toc_json_key(out, "key");
    toc_json_str(out, v->key);
    toc_json_key(out, "key_known");
    toc_buf_str(out, v->is_key_known ? "true" : "false");
    toc_json_key(out, "exercise");
    toc_json_str(out, v->exercise);
    toc_json_key(out, "run");
    toc_json_str(out, v->run);
    toc_json_key(out, "last_hash");
    toc_json_str(out, v->last_hash);
    toc_json_key(out, "first_difference");
    if (v->what[0] == '\0' || v->kind == TOC_VERDICT_OPEN || v->kind == TOC_VERDICT_NOT_RERUN) {
        toc_buf_str(out, "null");
    } else {
        toc_buf_printf(out, "{\"line\":%lld", (long long)v->difference);
        toc_json_key(out, "what");
        toc_json_str(out, v->what);
        toc_json_key(out, "recorded");
        toc_json_str(out, v->recorded ? v->recorded : "");
        toc_json_key(out, "came_out");
        toc_json_str(out, v->came_out ? v->came_out : "");
        toc_buf_char(out, '}');
    }
    toc_buf_str(out, "}\n");
}
