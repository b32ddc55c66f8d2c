// SPDX-License-Identifier: MIT
// tocsin replay --why, --spread: one question, and the answer as lines or JSON.
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "replay_command.h"
#include "replays/tell.h"
#include "replays/why.h"

static toc_err find_line(const toc_replay_command *c, const char *what, bool is_item, int64_t *seq,
                         toc_error *e);
static int64_t find_id(const toc_replay_command *c, const char *id, bool is_item);
static int weight(const toc_event *ev, const char *id, bool is_item);
static void put_lines(const toc_recording *r, const char *text);
static void add_line_json(toc_buf *out, const toc_recording *r, int64_t seq);
static void put_unsent(const toc_replay_command *c, toc_buf *text);

int toc_replay_why(toc_replay_command *c, const char *what, toc_error *e)
{
    int64_t seq;
    toc_buf out = {0};
    const int64_t last = c->until >= 0 ? toc_recording_by(c->r, c->until) : 0;
    if (toc_why_unsent(&out, c->r, what, last)) {
        put_unsent(c, &out);
        return 0;
    }
    toc_err err = find_line(c, what, false, &seq, e);
    if (err)
        return toc_error_exit(err);
    if (c->is_json) {
        toc_seqs chain = {0};
        toc_why_chain(c->r, seq, &chain);
        toc_buf_str(&out, "{\"schema\":\"tocsin.replay.why/1\",\"chain\":[");
        for (size_t i = 0; i < chain.count; i++) {
            toc_buf_str(&out, i ? "," : "");
            add_line_json(&out, c->r, chain.at[i]);
        }
        toc_buf_str(&out, "]");
        toc_buf text = {0};
        toc_why_text(&text, c->r, seq);
        toc_json_put_str(&out, "text", toc_buf_text(&text));
        toc_buf_fini(&text);
        toc_buf_str(&out, "}\n");
        fputs(toc_buf_text(&out), stdout);
        toc_seqs_fini(&chain);
    } else {
        toc_why_text(&out, c->r, seq);
        put_lines(c->r, toc_buf_text(&out));
    }
    toc_buf_fini(&out);
    return 0;
}

// An inject that never went has no line to begin at. Takes text.
static void put_unsent(const toc_replay_command *c, toc_buf *text)
{
    toc_buf out = {0};
    if (c->is_json) {
        toc_buf_str(&out, "{\"schema\":\"tocsin.replay.why/1\",\"chain\":[]");
        toc_json_put_str(&out, "text", toc_buf_text(text));
        toc_buf_str(&out, "}\n");
        fputs(toc_buf_text(&out), stdout);
    } else {
        put_lines(c->r, toc_buf_text(text));
    }
    toc_buf_fini(&out);
    toc_buf_fini(text);
}

int toc_replay_spread(toc_replay_command *c, const char *what, toc_error *e)
{
    int64_t seq;
    toc_buf out = {0};
    toc_spread spread;
    toc_err err = find_line(c, what, true, &seq, e);
    if (err)
        return toc_error_exit(err);
    toc_spread_of(&spread, c->r, seq);
    if (c->is_json) {
        toc_buf_str(&out, "{\"schema\":\"tocsin.replay.spread/1\",\"item\":");
        add_line_json(&out, c->r, spread.item);
        toc_buf_str(&out, ",\"teams\":[");
        for (size_t i = 0; i < spread.count; i++) {
            const toc_reached *at = &spread.at[i];
            toc_buf_str(&out, i ? ",{" : "{");
            toc_json_put_str(&out, "team", at->team);
            toc_json_put_int(&out, "via", at->via);
            toc_json_put_int(&out, "arrived", at->arrived);
            const struct {
                const char *name;
                int64_t seq, t;
            } acts[] = {{"read", at->read_seq, at->read},
                        {"acknowledged", at->acked_seq, at->acked},
                        {"answered", at->answered_seq, at->answered},
                        {"decided", at->decided_seq, at->decided}};
            for (size_t k = 0; k < TOC_COUNT(acts); k++)
                if (acts[k].seq)
                    toc_json_put_int(&out, acts[k].name, acts[k].t);
            toc_buf_char(&out, '}');
        }
        toc_buf_str(&out, "]}\n");
        fputs(toc_buf_text(&out), stdout);
    } else {
        toc_tell(&out, c->r, spread.item);
        toc_buf_char(&out, '\n');
        toc_spread_text(&out, c->r, &spread);
        put_lines(c->r, toc_buf_text(&out));
    }
    toc_spread_fini(&spread);
    toc_buf_fini(&out);
    return 0;
}

static toc_err find_line(const toc_replay_command *c, const char *what, bool is_item, int64_t *seq,
                         toc_error *e)
{
    char quoted[TOC_QUOTE_SIZE], *end;
    toc_text_quote(quoted, what);
    const int64_t count = toc_recording_count(c->r);
    if (isdigit((unsigned char)what[0])) {
        *seq = strtoll(what, &end, 10);
        if (*end || *seq < 1 || *seq > count)
            return toc_fail(e, TOC_EUSAGE, "there is no line %s: the recording has 1 to %lld",
                            quoted, (long long)count);
        toc_kind kind = toc_recording_at(c->r, *seq)->kind;
        if (is_item && kind != TOC_K_INJECT && kind != TOC_K_MESSAGE)
            return toc_fail(e, TOC_EUSAGE,
                            "line %s is no inject and no message: nothing else spreads", quoted);
        return TOC_OK;
    }
    *seq = find_id(c, what, is_item);
    if (*seq)
        return TOC_OK;
    return toc_fail(e, TOC_EUSAGE,
                    is_item ? "no inject %s was sent in this recording; --spread takes its id, or "
                              "the number of its line or a message's"
                            : "nothing in this recording is about %s; --why takes the id of an "
                              "inject, decision, service …, or the number of a line",
                    quoted);
}

// The newest line about an id; what happened to it counts more than what led there.
static int64_t find_id(const toc_replay_command *c, const char *id, bool is_item)
{
    const int64_t last =
        c->until >= 0 ? toc_recording_by(c->r, c->until) : toc_recording_count(c->r);
    int64_t found = 0;
    int best = 0;
    for (int64_t seq = 1; seq <= last; seq++) {
        int its = weight(toc_recording_at(c->r, seq), id, is_item);
        if (its > 0 && its >= best) {
            best = its;
            found = seq;
        }
    }
    return found;
}

static int weight(const toc_event *ev, const char *id, bool is_item)
{
    static const toc_field fields[] = {TOC_F_INJECT,  TOC_F_DECISION, TOC_F_EXPECTATION,
                                       TOC_F_SERVICE, TOC_F_PHASE,    TOC_F_PRODUCT,
                                       TOC_F_REPAIR,  TOC_F_STORYLINE};
    bool is_about = false;
    for (size_t i = 0; i < TOC_COUNT(fields) && !is_about; i++) {
        const char *its = toc_event_str(ev, fields[i]);
        is_about = its && strcasecmp(its, id) == 0;
    }
    if (!is_about || (is_item && ev->kind != TOC_K_INJECT))
        return 0;
    if (ev->kind == TOC_K_INJECT || ev->kind == TOC_K_DECIDED || ev->kind == TOC_K_OVERDUE ||
        ev->kind == TOC_K_LEVEL)
        return 3;
    return toc_kind_class(ev->kind) == TOC_CLASS_DERIVED ? 2 : 1;
}

static void put_lines(const toc_recording *r, const char *text)
{
    const char *branch = toc_recording_header(r)->parent ? " BRANCH" : "";
    for (const char *at = text; *at;) {
        size_t len = strcspn(at, "\n");
        printf("EXERCISE%s %.*s\n", branch, (int)len, at);
        at += len + (at[len] == '\n');
    }
}

static void add_line_json(toc_buf *out, const toc_recording *r, int64_t seq)
{
    const toc_event *ev = toc_recording_at(r, seq);
    toc_buf told = {0};
    toc_tell(&told, r, seq);
    toc_buf_char(out, '{');
    toc_json_put_int(out, "seq", seq);
    toc_json_put_int(out, "t", ev->t);
    toc_json_put_str(out, "k", toc_kind_name(ev->kind));
    toc_json_put_str(out, "told", toc_buf_text(&told));
    toc_buf_char(out, '}');
    toc_buf_fini(&told);
}
