// SPDX-License-Identifier: MIT
// A comparison for programs: one object. Times are play ms; a key that says nothing is left out.
#include <string.h>

#include "base/mem.h"
#include "compare_inside.h"
#include "replays/tell.h"
#include "replays/why.h"

static void write_side(toc_buf *out, const char *key, const toc_compare_side *s);
static void write_files(toc_buf *out, const toc_comparison *c);
static void write_parting(toc_buf *out, const toc_comparison *c);
static void write_rows(toc_buf *out, const toc_comparison *c, toc_compare_kind kind,
                       const char *key);
static void write_half(toc_buf *out, const toc_comparison *c, const toc_compare_row *row,
                       bool is_a);

static void put_bool(toc_buf *out, const char *key, bool value)
{
    toc_json_key(out, key);
    toc_buf_str(out, value ? "true" : "false");
}

static void put_time(toc_buf *out, const char *key, int64_t t)
{
    if (t >= 0)
        toc_json_put_int(out, key, t);
}

void toc_comparison_json(toc_buf *out, const toc_comparison *c)
{
    static const char *const keys[TOC_COMPARE_KINDS] = {"decisions", "injects",    "actions",
                                                        "services",  "objectives", "phases"};
    const toc_compare_row *first = toc_comparison_first(c);
    toc_buf_str(out, "{\"schema\":\"tocsin.compare/1\"");
    put_bool(out, "same", c->is_same);
    put_bool(out, "same_exercise", c->is_same_exercise);
    put_bool(out, "same_seed", c->is_same_seed);
    put_bool(out, "same_scenario", c->file_count == 0);
    toc_json_put_str(out, "branch", c->is_a_of_b ? "a" : c->is_b_of_a ? "b" : NULL);
    write_side(out, "a", &c->a);
    write_side(out, "b", &c->b);
    write_files(out, c);
    toc_json_put_int(out, "common", c->common);
    write_parting(out, c);
    if (first) {
        toc_json_key(out, "first");
        toc_buf_char(out, '{');
        toc_json_put_str(out, "in", keys[first->kind]);
        toc_json_put_str(out, "id", first->id);
        put_time(out, "t", first->t);
        toc_buf_char(out, '}');
    }
    for (toc_compare_kind kind = 0; kind < TOC_COMPARE_KINDS; kind++)
        write_rows(out, c, kind, keys[kind]);
    toc_buf_str(out, "}\n");
}

static void write_side(toc_buf *out, const char *key, const toc_compare_side *s)
{
    const toc_header *h = toc_recording_header(s->recording);
    toc_json_key(out, key);
    toc_buf_char(out, '{');
    toc_json_put_str(out, "exercise", h->exercise);
    toc_json_put_str(out, "run", h->run);
    if (h->parent) {
        toc_json_put_str(out, "parent", h->parent);
        toc_json_put_int(out, "parent_seq", h->parent_seq);
    }
    put_bool(out, "closed", toc_recording_is_closed(s->recording));
    put_time(out, "endex", s->review.ended);
    toc_json_put_int(out, "lost", toc_compare_lost_all(s));
    put_bool(out, "executed", s->has_hours);
    toc_json_put_int(out, "sent", (int64_t)s->review.numbers.sent);
    toc_json_put_int(out, "decided", (int64_t)s->review.numbers.decided);
    toc_json_put_int(out, "decided_for", (int64_t)s->review.numbers.decided_for);
    toc_json_put_int(out, "messages", (int64_t)s->message_count);
    toc_buf_char(out, '}');
}

static void write_files(toc_buf *out, const toc_comparison *c)
{
    toc_json_key(out, "files");
    toc_buf_char(out, '[');
    for (size_t i = 0; i < c->file_count; i++) {
        const toc_compare_file *f = &c->files[i];
        toc_buf_str(out, i ? ",{" : "{");
        toc_json_put_str(out, "path", f->path);
        put_bool(out, "in_a", f->is_in_a);
        put_bool(out, "in_b", f->is_in_b);
        if (f->line)
            toc_json_put_int(out, "line", f->line);
        toc_buf_char(out, '}');
    }
    toc_buf_char(out, ']');
}

static void write_line(toc_buf *out, const char *key, const toc_compare_side *s)
{
    if (s->first == 0)
        return;
    const toc_event *ev = toc_recording_at(s->recording, s->first);
    toc_buf words = {0};
    toc_seqs chain = {0};
    toc_tell(&words, s->recording, s->first);
    toc_why_chain(s->recording, s->first, &chain);
    toc_json_key(out, key);
    toc_buf_char(out, '{');
    toc_json_put_int(out, "seq", s->first);
    toc_json_put_int(out, "t", ev->t);
    toc_json_put_str(out, "k", toc_kind_name(ev->kind));
    toc_json_put_str(out, "text", toc_buf_text(&words));
    toc_json_key(out, "because");
    for (size_t i = 1; i < chain.count; i++)
        toc_buf_printf(out, "%s%lld", i > 1 ? "," : "[", (long long)chain.at[i]);
    toc_buf_str(out, chain.count > 1 ? "]}" : "[]}");
    toc_seqs_fini(&chain);
    toc_buf_fini(&words);
}

static void write_parting(toc_buf *out, const toc_comparison *c)
{
    if (c->a.first == 0 && c->b.first == 0)
        return;
    toc_json_key(out, "part");
    toc_buf_char(out, '{');
    toc_json_put_int(out, "last_a", c->a.last);
    toc_json_put_int(out, "last_b", c->b.last);
    write_line(out, "a", &c->a);
    write_line(out, "b", &c->b);
    toc_buf_char(out, '}');
}

static void write_rows(toc_buf *out, const toc_comparison *c, toc_compare_kind kind,
                       const char *key)
{
    bool is_first = true;
    toc_json_key(out, key);
    toc_buf_char(out, '[');
    for (size_t i = 0; i < c->row_count; i++) {
        const toc_compare_row *row = &c->rows[i];
        if (row->kind != kind)
            continue;
        toc_buf_str(out, is_first ? "{" : ",{");
        is_first = false;
        toc_json_put_str(out, "id", row->id);
        toc_json_put_str(out, "name", toc_compare_name(c, row));
        put_time(out, "t", row->t);
        write_half(out, c, row, true);
        write_half(out, c, row, false);
        toc_buf_char(out, '}');
    }
    toc_buf_char(out, ']');
}

static void write_decision(toc_buf *out, const toc_review_decision *d)
{
    toc_json_put_str(out, "state",
                     !d->ask_seq       ? "never asked"
                     : !d->settled_seq ? "open"
                     : d->is_overdue   ? "overdue"
                                       : "decided");
    toc_json_put_str(out, "option", d->option);
    toc_json_put_str(out, "text", d->text);
    toc_json_put_str(out, "by", d->by);
    toc_json_put_str(out, "reason", d->reason);
    if (d->settled_seq) {
        toc_json_put_int(out, "seq", d->settled_seq);
        put_time(out, "t", d->settled);
    }
}

static void write_inject(toc_buf *out, const toc_review_inject *i)
{
    toc_json_put_str(out, "state",
                     i->sent_seq      ? "sent"
                     : i->skipped_seq ? "skipped"
                     : i->held_seq    ? "held"
                                      : "not sent");
    if (i->sent_seq) {
        toc_json_put_int(out, "seq", i->sent_seq);
        put_time(out, "t", i->sent);
    }
}

static void write_service(toc_buf *out, const toc_compare_side *s, size_t i)
{
    const toc_review_service *one = &s->review.services[i];
    toc_json_put_int(out, "lowest", one->lowest);
    toc_json_put_int(out, "last", one->last);
    put_time(out, "below_half", toc_compare_below_half(one));
    toc_json_put_int(out, "lost", toc_compare_lost(s, i));
}

static void write_half(toc_buf *out, const toc_comparison *c, const toc_compare_row *row, bool is_a)
{
    const toc_compare_side *s = is_a ? &c->a : &c->b;
    size_t i = is_a ? row->a : row->b;
    toc_json_key(out, is_a ? "a" : "b");
    if (i == TOC_NONE) {
        toc_buf_str(out, "null");
        return;
    }
    toc_buf_char(out, '{');
    switch (row->kind) {
    case TOC_COMPARE_DECISION:
        write_decision(out, &s->review.decisions[i]);
        break;
    case TOC_COMPARE_INJECT:
        write_inject(out, &s->review.injects[i]);
        break;
    case TOC_COMPARE_ACTION:
        toc_json_put_str(out, "state", s->review.actions[i].state);
        put_time(out, "t", s->review.actions[i].at);
        break;
    case TOC_COMPARE_SERVICE:
        write_service(out, s, i);
        break;
    case TOC_COMPARE_OBJECTIVE:
        toc_json_put_str(out, "ratings", toc_buf_text(&s->objectives[i].ratings));
        toc_json_put_int(out, "met", (int64_t)s->objectives[i].met);
        toc_json_put_int(out, "actions", (int64_t)s->objectives[i].actions);
        break;
    case TOC_COMPARE_PHASE:
        toc_json_put_int(out, "seq", s->phases[i].seq);
        put_time(out, "t", s->phases[i].t);
        break;
    case TOC_COMPARE_KINDS:
        break;
    }
    toc_buf_char(out, '}');
}
