// SPDX-License-Identifier: MIT
// A verdict in words and as JSON: what is wrong, what is proven, and what is not.
//
// Its text is read aloud in a room where few know what a hash is.

#include <string.h>

#include "base/mem.h"
#include "crypto/crypto.h"
#include "record/journal.h"
#include "verify_inside.h"

#define WIDTH 92 // bytes of a line of text

static void mean_torn(toc_buf *out, const toc_verdict *v);
static void show_keys(toc_buf *out, const toc_verdict *v);
static void prove_chain(toc_buf *out, const toc_verdict *v);
static void prove_seal(toc_buf *out, const toc_verdict *v);
static void prove_execution(toc_buf *out, const toc_verdict *v);
static void doubt_key(toc_buf *out, const toc_verdict *v);
static void doubt_end(toc_buf *out, const toc_verdict *v);
static void doubt_execution(toc_buf *out, const toc_verdict *v);
static void add_list(toc_buf *out, const char *title, const toc_buf *lines);
static void add_wrapped(toc_buf *out, const char *begin, const char *text, size_t len);
static void add_json_list(toc_buf *out, const char *key, const toc_buf *lines);
static void put_bool(toc_buf *out, const char *key, bool value);
static bool is_executed(const toc_verdict *v);
static bool is_key_good(const toc_verdict *v);
static bool is_sealed_whole(const toc_verdict *v);

const char *toc_verdict_name(toc_verdict_kind k)
{
    static const char *const names[] = {"verified", "open",      "torn",   "not re-executed",
                                        "diverged", "truncated", "foreign receipt", "forged",
                                        "damaged"};
    return names[k];
}

int toc_verdict_exit(const toc_verdict *v)
{
    return v->kind == TOC_VERDICT_VERIFIED ? 0 : v->kind == TOC_VERDICT_DAMAGED ? 5 : 1;
}

void toc_verdict_text(toc_buf *out, const toc_verdict *v)
{
    toc_buf lines = {0};
    for (const char *c = toc_verdict_name(v->kind); *c; c++)
        toc_buf_char(out, *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : *c);
    if (v->run[0])
        toc_buf_printf(out, "  %s, run %s\n", v->exercise, v->run);
    else
        toc_buf_str(out, "  the header cannot be read\n");
    toc_verdict_meaning(&lines, v);
    add_wrapped(out, "  ", lines.data, lines.len);
    toc_buf_clear(&lines);
    if (v->kind == TOC_VERDICT_DIVERGED)
        toc_difference_text(out, v);
    else if (v->what[0] && v->difference)
        toc_buf_printf(out, "  line %lld: %s\n", (long long)v->difference, v->what);
    show_keys(out, v);
    toc_verdict_proven(&lines, v);
    add_list(out, "proven", &lines);
    toc_buf_clear(&lines);
    toc_verdict_unproven(&lines, v);
    add_list(out, "not proven", &lines);
    toc_buf_fini(&lines);
}

void toc_verdict_meaning(toc_buf *out, const toc_verdict *v)
{
    switch (v->kind) {
    case TOC_VERDICT_VERIFIED:
        toc_buf_str(out,
                    v->is_key_known
                        ? "The recording is the run's own, complete and unaltered: what people "
                          "did, executed again, gives every line of it."
                        : "The recording is complete: what people did, executed again, gives "
                          "every line of it. Whether it is the run's own was not asked: give a "
                          "ticket of the run (--ticket FILE).");
        break;
    case TOC_VERDICT_OPEN:
        toc_buf_printf(out, "All that is recorded holds, but it has no end: %s.", v->what);
        if (!v->is_closed)
            toc_buf_str(out, " A receipt tells whether a line is gone (--receipt HASH).");
        break;
    case TOC_VERDICT_TORN:
        mean_torn(out, v);
        break;
    case TOC_VERDICT_NOT_RERUN:
        toc_buf_printf(out,
                       "The recording is whole, but another generation of tocsin made it (%s, "
                       "semantics %lld; this one has %d): "
                       "it was not executed again.",
                       v->engine, (long long)v->semantics, TOC_SEMANTICS);
        break;
    case TOC_VERDICT_DIVERGED:
        toc_buf_str(
            out,
            "One line is not what the exercise gives when what people did is executed again. ");
        // What the run's own key sealed was not altered since.
        toc_buf_str(
            out,
            v->is_key_known && v->difference <= v->sealed + 1
                ? "The run's own key sealed it, so it was written like that: the engine that ran "
                  "the exercise, or this "
                  "one, is at fault. Keep the file and report it."
                : "Somebody altered the recording and wrote it anew, or another program made it.");
        break;
    case TOC_VERDICT_TRUNCATED:
        toc_buf_str(out, "Something is missing: a receipt that was given out stands for a line "
                         "that is not in this recording.");
        if (v->is_closed && is_sealed_whole(v) && !v->is_key_known)
            toc_buf_str(out, " Or the receipt is of another run: with a ticket of this one "
                             "(--ticket FILE) that can be told.");
        break;
    case TOC_VERDICT_STRANGER:
        toc_buf_printf(out,
                       "%s, but of another one, or of another run. Nothing is missing here: the "
                       "exercise was closed, and the run's own key sealed the recording up to its "
                       "end.",
                       v->what);
        break;
    case TOC_VERDICT_FORGED:
        toc_buf_str(out, "This is not the run's own recording: its key or one of its seals is not "
                         "the run's. Anybody can have written it.");
        break;
    case TOC_VERDICT_DAMAGED:
        toc_buf_printf(out,
                       "Line %lld was changed, lost or moved after it had been recorded. What "
                       "stands before it holds; what "
                       "stands behind it proves nothing. Compare it with another copy.",
                       (long long)v->difference);
        break;
    }
}

void toc_verdict_proven(toc_buf *out, const toc_verdict *v)
{
    prove_chain(out, v);
    prove_seal(out, v);
    if (v->held > 0 && v->kind != TOC_VERDICT_FORGED)
        toc_buf_printf(out,
                       "Receipts: %zu of the %zu given are of lines in it; nothing is missing up "
                       "to line %lld.\n",
                       v->held, v->receipts, (long long)v->held_line);
    prove_execution(out, v);
    if (v->is_closed && is_sealed_whole(v) && is_key_good(v) && v->kind != TOC_VERDICT_DIVERGED)
        toc_buf_str(out,
                    v->is_key_known
                        ? "The exercise was closed, and nothing was added or taken away since.\n"
                        : "The exercise was closed: the recording has its end.\n");
}

void toc_verdict_unproven(toc_buf *out, const toc_verdict *v)
{
    if (v->kind == TOC_VERDICT_FORGED) {
        toc_buf_str(out, "That any of it happened.\n");
        return;
    }
    doubt_key(out, v);
    doubt_end(out, v);
    doubt_execution(out, v);
    if (v->parent[0])
        toc_buf_printf(out,
                       "That the run %s went as is told here: it is a branch of it, from line %lld "
                       "on. In that run's recording that "
                       "line has the hash %.16s…; tocsin compare shows both.\n",
                       v->parent, (long long)v->parent_seq + 1, v->parent_hash);
    toc_buf_str(out, "What was said and not typed, who sat at a seat, and that clocks on the wall "
                     "were right.\n");
}

void toc_verdict_json(toc_buf *out, const toc_verdict *v)
{
    char fingerprint[20] = "";
    toc_buf lines = {0};
    if (v->key[0])
        toc_key_fingerprint(v->key, fingerprint);
    toc_buf_str(out, "{\"schema\":\"tocsin.verify/1\"");
    toc_json_put_str(out, "verdict", toc_verdict_name(v->kind));
    toc_json_put_int(out, "lines", v->lines);
    toc_json_put_int(out, "inputs", v->inputs);
    toc_json_put_int(out, "derived", v->derived);
    toc_json_put_int(out, "unknown", v->unknown);
    // sealed: is everything before the last line covered by a good seal? sealed_lines: how far one is.
    put_bool(out, "sealed", is_sealed_whole(v));
    toc_json_put_int(out, "sealed_lines", v->sealed ? v->sealed + 1 : 0);
    put_bool(out, "closed", v->is_closed);
    toc_json_put_str(out, "key", v->key);
    toc_json_put_str(out, "fingerprint", fingerprint);
    toc_json_put_str(out, "fingerprint_given", v->given[0] ? v->given : NULL);
    put_bool(out, "key_known", v->is_key_known);
    toc_json_put_int(out, "receipts", (int64_t)v->receipts);
    toc_json_put_int(out, "receipts_held", (int64_t)v->held);
    toc_json_put_str(out, "exercise", v->exercise);
    toc_json_put_str(out, "run", v->run);
    toc_json_put_int(out, "semantics", v->semantics);
    put_bool(out, "executed", is_executed(v));
    toc_json_put_str(out, "last_hash", v->last_hash);
    toc_json_put_int(out, "torn_lines", v->torn_lines);
    toc_json_put_int(out, "torn_bytes", v->torn_bytes);
    if (v->parent[0]) {
        toc_json_put_str(out, "parent", v->parent);
        toc_json_put_int(out, "parent_seq", v->parent_seq);
        toc_json_put_str(out, "parent_hash", v->parent_hash);
    }
    toc_json_key(out, "first_difference");
    if (v->what[0] == '\0' || v->kind == TOC_VERDICT_OPEN || v->kind == TOC_VERDICT_NOT_RERUN ||
        v->kind == TOC_VERDICT_STRANGER)
        toc_buf_str(out, "null");
    else
        toc_difference_json(out, v);
    toc_verdict_proven(&lines, v);
    add_json_list(out, "proven", &lines);
    toc_buf_clear(&lines);
    toc_verdict_unproven(&lines, v);
    add_json_list(out, "not_proven", &lines);
    toc_buf_str(out, "}\n");
    toc_buf_fini(&lines);
}

// To be read aloud and compared.
static void show_keys(toc_buf *out, const toc_verdict *v)
{
    char fingerprint[20];
    if (!v->key[0])
        return;
    toc_key_fingerprint(v->key, fingerprint);
    toc_buf_printf(out, "  key of the recording %s", fingerprint);
    if (v->given[0])
        toc_buf_printf(out, "; key given %s", v->given);
    toc_buf_char(out, '\n');
}

static void mean_torn(toc_buf *out, const toc_verdict *v)
{
    toc_buf_str(out, "The recording breaks off, as after a power cut: ");
    if (v->torn_lines == 1)
        toc_buf_printf(out, "its last line (%lld bytes) is", (long long)v->torn_bytes);
    else
        toc_buf_printf(out, "its last %lld lines (%lld bytes) are", (long long)v->torn_lines,
                       (long long)v->torn_bytes);
    toc_buf_str(out, " incomplete or changed, and no line shows that what stood there "
                     "had ever been on the disk. What stands before holds.");
    if (!v->is_closed)
        toc_buf_str(out, " tocsin run --resume goes on from there.");
}

static void prove_chain(toc_buf *out, const toc_verdict *v)
{
    if (v->kind == TOC_VERDICT_FORGED)
        toc_buf_printf(
            out,
            "The %lld lines hang together; with a key of their own anybody can make such a file.\n",
            (long long)v->lines);
    else if (v->kind == TOC_VERDICT_DAMAGED || v->kind == TOC_VERDICT_TORN)
        toc_buf_printf(
            out,
            "The chain is whole up to line %lld: each line carries the hash of the one before.\n",
            (long long)v->lines);
    else
        toc_buf_printf(
            out, "The chain is whole: each of the %lld lines carries the hash of the one before.\n",
            (long long)v->lines);
}

static void prove_seal(toc_buf *out, const toc_verdict *v)
{
    char fingerprint[20];
    if (v->sealed == 0 || v->kind == TOC_VERDICT_FORGED || !is_key_good(v))
        return;
    toc_key_fingerprint(v->key, fingerprint);
    toc_buf_printf(out, "Sealed up to line %lld of %lld, by the key %s%s.\n",
                   (long long)v->sealed + 1, (long long)v->lines, fingerprint,
                   v->is_fingerprint ? ", whose fingerprint is the one given (a ticket has the "
                                       "whole key, which proves more)"
                   : v->is_key_known ? ", which is the run's, as given"
                                     : " that the file itself names");
}

static void prove_execution(toc_buf *out, const toc_verdict *v)
{
    if (!is_executed(v))
        return;
    toc_buf_printf(out,
                   "Executed again%s under semantics %lld: %lld inputs; %lld lines that the engine "
                   "derived from them came out "
                   "the same, byte for byte.\n",
                   v->kind == TOC_VERDICT_DIVERGED ? ", before the line that differs," : "",
                   (long long)v->semantics, (long long)v->inputs, (long long)v->derived);
}

static void doubt_key(toc_buf *out, const toc_verdict *v)
{
    char fingerprint[20];
    if (v->is_foreign)
        toc_buf_str(out,
                    "Whose recording it is: its key, or its run, is another than the one given.\n");
    if (v->is_key_known || !v->key[0])
        return;
    toc_key_fingerprint(v->key, fingerprint);
    toc_buf_printf(out,
                   "Whose recording it is: it is self-consistent, key %s, and that key was not "
                   "compared with a ticket's. "
                   "Give one: --ticket FILE, or --key.\n",
                   fingerprint);
}

static void doubt_end(toc_buf *out, const toc_verdict *v)
{
    bool is_witnessed = v->held_line > v->sealed + 1;
    if (v->kind == TOC_VERDICT_DAMAGED) {
        toc_buf_printf(out, "Anything from line %lld on.\n", (long long)v->difference);
        return;
    }
    if (v->sealed == 0)
        toc_buf_str(out, "That nothing was rewritten: there is no seal in it yet.\n");
    else if (!is_sealed_whole(v))
        toc_buf_printf(
            out, "That lines %lld to %lld were not rewritten: they stand behind the last seal.\n",
            (long long)v->sealed + 2, (long long)v->lines);
    if (v->kind == TOC_VERDICT_TORN)
        toc_buf_str(out, "That nobody had been told of what is torn off.\n");
    else if (v->kind == TOC_VERDICT_STRANGER)
        toc_buf_printf(out, "What %s of: look for the run whose terminal gave it.\n",
                       v->receipts - v->held == 1 ? "that receipt is" : "those receipts are");
    else if (v->kind == TOC_VERDICT_TRUNCATED)
        toc_buf_printf(out,
                       "How many lines are gone behind line %lld, the last that is here: one at "
                       "least.\n",
                       (long long)v->lines);
    else if (!v->is_closed || !is_sealed_whole(v))
        toc_buf_printf(out,
                       "That nothing is missing at its end%s: lines can be cut off there without a "
                       "trace, unless "
                       "somebody holds a receipt of one (--receipt HASH).\n",
                       is_witnessed ? " behind the receipt's line" : "");
}

static void doubt_execution(toc_buf *out, const toc_verdict *v)
{
    if (v->unknown > 0)
        toc_buf_printf(out, "%lld line%s of kinds that this version does not know: not executed.\n",
                       (long long)v->unknown, v->unknown == 1 ? "" : "s");
    if (v->semantics != TOC_SEMANTICS && v->semantics > 0)
        toc_buf_str(out, "That what people did gives these lines: only a tocsin of that generation "
                         "can show it.\n");
    else if (v->kind == TOC_VERDICT_DIVERGED)
        toc_buf_printf(out, "Anything from line %lld on.\n", (long long)v->difference);
    else if (!is_executed(v))
        toc_buf_str(out, "That what people did gives these lines: nothing was executed again.\n");
}

static void add_list(toc_buf *out, const char *title, const toc_buf *lines)
{
    if (lines->len == 0)
        return;
    toc_buf_printf(out, "  %s:\n", title);
    for (const char *at = toc_buf_text(lines), *end; (end = strchr(at, '\n')); at = end + 1)
        add_wrapped(out, "  - ", at, (size_t)(end - at));
}

// Further lines stand under the first one's text.
static void add_wrapped(toc_buf *out, const char *begin, const char *text, size_t len)
{
    size_t indent = strlen(begin), at = 0;
    toc_buf_str(out, begin);
    while (len - at > WIDTH - indent) {
        size_t end = at + WIDTH - indent;
        while (end > at && text[end] != ' ')
            end--;
        if (end == at) // one long word
            break;
        toc_buf_printf(out, "%.*s\n%*s", (int)(end - at), text + at, (int)indent, "");
        at = end + 1;
    }
    toc_buf_printf(out, "%.*s\n", (int)(len - at), text + at);
}

static void add_json_list(toc_buf *out, const char *key, const toc_buf *lines)
{
    const char *first = toc_buf_text(lines);
    toc_json_key(out, key);
    toc_buf_char(out, '[');
    for (const char *at = first, *end; (end = strchr(at, '\n')); at = end + 1) {
        if (at > first)
            toc_buf_char(out, ',');
        toc_json_strn(out, at, (size_t)(end - at));
    }
    toc_buf_char(out, ']');
}

static void put_bool(toc_buf *out, const char *key, bool value)
{
    toc_json_key(out, key);
    toc_buf_str(out, value ? "true" : "false");
}

static bool is_executed(const toc_verdict *v)
{
    return v->semantics == TOC_SEMANTICS &&
           (v->kind == TOC_VERDICT_VERIFIED || v->kind == TOC_VERDICT_OPEN ||
            v->kind == TOC_VERDICT_TORN || v->kind == TOC_VERDICT_DIVERGED ||
            v->kind == TOC_VERDICT_STRANGER);
}

// A damaged recording may have another key than the one given, too.
static bool is_key_good(const toc_verdict *v)
{
    return v->kind != TOC_VERDICT_FORGED && v->key[0] && !v->is_foreign;
}

// Everything before the last line, which is the seal.
static bool is_sealed_whole(const toc_verdict *v)
{
    return v->sealed > 0 && v->sealed == v->lines - 2;
}
