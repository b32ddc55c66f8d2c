// SPDX-License-Identifier: MIT
// The sheet for the next controller, and what a jump would do: both are read before somebody acts.
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "lines_parts.h"
#include "view/msel.h"

static void say_decisions(toc_lines *l, const toc_picture *p);
static void say_requests(toc_lines *l, const toc_picture *p);
static void say_injects(toc_lines *l, const toc_picture *p, const toc_msel *m);
static void say_promises(toc_lines *l, const toc_picture *p);
static void say_expected(toc_lines *l, const toc_picture *p);
static void add_change(toc_buf *out, const toc_json *change, const char *kind, bool is_asked);
static bool is_asked_in(const toc_json *changes, const char *decision);
static void add_names(toc_buf *out, const toc_json *list);
static const char *text_at(const toc_json *j, const char *key);

void toc_lines_handover(toc_lines *l, const toc_picture *p, const toc_msel *m)
{
    toc_lines_say(l, "HAND-OVER, written for whoever conducts next:");
    toc_lines_clock(l);
    say_decisions(l, p);
    say_requests(l, p);
    say_injects(l, p, m);
    say_promises(l, p);
    say_expected(l, p);
    toc_lines_deadlocks(l, p);
    toc_lines_seats(l, p);
}

void toc_lines_preview(toc_lines *l, const toc_json *answer)
{
    size_t sends = 0, held = 0, overdue = 0;
    int64_t levels = 0;
    const toc_json *changes = toc_json_get(answer, "preview");
    toc_json_int(toc_json_get(answer, "levels"), &levels);
    for (const toc_json *j = toc_json_first(changes); j; j = toc_json_next(j)) {
        const char *kind = text_at(j, "k");
        int64_t t = l->now;
        toc_buf text = {0};
        toc_json_int(toc_json_get(j, "t"), &t);
        toc_play_text(&text, t);
        toc_buf_char(&text, ' ');
        add_change(&text, j, kind, is_asked_in(changes, text_at(j, "decision")));
        toc_lines_more(l, "%s", toc_buf_text(&text));
        toc_buf_fini(&text);
        sends += strcmp(kind, "inject") == 0;
        held += strcmp(kind, "held") == 0 || strcmp(kind, "cue") == 0;
        overdue += strcmp(kind, "overdue") == 0;
    }
    toc_lines_say(
        l,
        "such a jump sends %zu inject%s, leaves %zu held or as a cue, lets %zu decision%s "
        "lapse, and changes %lld level%s. Nothing was done: `jump …` does it",
        sends, sends == 1 ? "" : "s", held, overdue, overdue == 1 ? "" : "s", (long long)levels,
        levels == 1 ? "" : "s");
}

static void say_decisions(toc_lines *l, const toc_picture *p)
{
    size_t count = 0;
    for (size_t i = 0; i < p->question_count && !p->has_ended; i++) {
        const toc_question *q = &p->questions[i];
        if (q->state > TOC_QUESTION_RULING)
            continue;
        if (count++ == 0)
            toc_lines_say(l, "DECISIONS that are open:");
        toc_buf text = {0};
        toc_buf_printf(&text, "%s of %s: %s ", toc_event_str(&q->ask, TOC_F_DECISION),
                       toc_event_str(&q->ask, TOC_F_TEAM), toc_event_str(&q->ask, TOC_F_TITLE));
        if (q->state == TOC_QUESTION_RULING) {
            toc_buf_printf(&text, "WAITS FOR A RULING on \"%s\", by ", q->answer ? q->answer : "");
            toc_picture_person(p, &text, q->by);
        } else if (q->is_crossed) {
            toc_buf_str(&text, "WAITS FOR A RULING: story time has jumped over its deadline");
        } else {
            toc_buf_str(&text, "by ");
            toc_play_text(&text, q->deadline);
        }
        toc_lines_more(l, "%s", toc_buf_text(&text));
        toc_buf_fini(&text);
    }
    if (count == 0)
        toc_lines_say(l, "DECISIONS: none is open");
}

static void say_requests(toc_lines *l, const toc_picture *p)
{
    size_t count = 0;
    for (size_t i = 0; i < p->item_count; i++) {
        const toc_item *item = &p->items[i];
        if (!toc_item_is_open(item) && !toc_item_is_waiting(item))
            continue;
        if (count++ == 0)
            toc_lines_say(l, "REQUESTS FOR INFORMATION AND MESSAGES without an answer:");
        toc_buf text = {0};
        toc_play_text(&text, item->event.t);
        toc_buf_char(&text, ' ');
        toc_item_head(&text, item);
        toc_buf_str(&text, " [with ");
        if (item->claimed_by)
            toc_picture_person(p, &text, item->claimed_by);
        else
            toc_buf_str(&text, item->is_for_parties ? "nobody" : "those who were asked");
        toc_lines_more(l, "%s]", toc_buf_text(&text));
        toc_buf_fini(&text);
    }
    if (count == 0)
        toc_lines_say(l, "REQUESTS FOR INFORMATION AND MESSAGES: all are answered");
}

static void say_injects(toc_lines *l, const toc_picture *p, const toc_msel *m)
{
    size_t count = 0;
    for (size_t i = 0; i < m->count; i++) {
        const toc_msel_row *row = &m->rows[i];
        bool is_held = !row->other && row->state && strcmp(row->state, "held") == 0;
        bool is_cued = !row->other && row->state && strcmp(row->state, "cued") == 0;
        if (!is_held && !is_cued)
            continue;
        if (count++ == 0)
            toc_lines_say(l, "INJECTS that wait for somebody:");
        toc_buf text = {0};
        const toc_cue *cue = is_cued ? toc_picture_cue(p, row->inject) : NULL;
        toc_buf_printf(&text, "%s %s to %s: %s", row->inject, is_cued ? "CUE" : "held",
                       row->to ? row->to : "?", row->title ? row->title : "");
        if (row->due >= 0) {
            toc_buf_str(&text, ", due ");
            toc_play_text(&text, row->due);
        }
        if (row->reason)
            toc_buf_printf(&text, " (%s)", row->reason);
        if (is_cued)
            toc_buf_printf(&text, ", for %s to tell",
                           row->controller ? row->controller : "control");
        if (cue && cue->claimed_by) {
            toc_buf_str(&text, ", with ");
            toc_picture_person(p, &text, cue->claimed_by);
        }
        toc_lines_more(l, "%s", toc_buf_text(&text));
        toc_buf_fini(&text);
    }
    if (count == 0)
        toc_lines_say(l, "INJECTS: none is held, no cue is open");
}

static void say_promises(toc_lines *l, const toc_picture *p)
{
    size_t count = 0;
    for (size_t i = 0; i < p->promise_count; i++) {
        const toc_promise *promise = &p->promises[i];
        if (promise->is_kept)
            continue;
        if (count++ == 0)
            toc_lines_say(l, "PROMISES that are open:");
        toc_buf text = {0};
        toc_act_text_of(&text, p, &promise->event, promise->n);
        toc_lines_more(l, "%s", toc_buf_text(&text));
        toc_buf_fini(&text);
    }
    if (count == 0)
        toc_lines_say(l, "PROMISES: none is open");
}

static void say_expected(toc_lines *l, const toc_picture *p)
{
    size_t count = 0;
    for (size_t i = 0; i < p->situation.expectation_count; i++) {
        const toc_known_expectation *x = &p->situation.expectations[i];
        bool is_overdue = x->state && strcmp(x->state, "overdue") == 0;
        if (!is_overdue && !(x->state && strcmp(x->state, "crossed") == 0))
            continue;
        if (count++ == 0)
            toc_lines_say(l, "EXPECTED ACTIONS that were not seen in time:");
        toc_buf text = {0};
        toc_buf_printf(&text, "%s of %s", x->id, x->team ? x->team : "?");
        if (x->deadline >= 0) {
            toc_buf_str(&text, ", by ");
            toc_deadline_text(&text, l, x);
        }
        toc_buf_printf(&text, ": %s", x->text ? x->text : "");
        toc_lines_more(l, "%s", toc_buf_text(&text));
        toc_buf_fini(&text);
    }
    if (count == 0)
        toc_lines_say(l, "EXPECTED ACTIONS: none is overdue");
}

// is_asked: the decision is asked on the way only, and has no time yet that could be kept.
static void add_change(toc_buf *out, const toc_json *change, const char *kind, bool is_asked)
{
    const char *title = text_at(change, "title");
    if (strcmp(kind, "inject") == 0 || strcmp(kind, "cue") == 0) {
        toc_buf_printf(out, "%s %s to ", kind[0] == 'i' ? "sends" : "cue for",
                       text_at(change, "inject"));
        add_names(out, toc_json_get(change, "to"));
        toc_buf_printf(out, ": %s", title);
    } else if (strcmp(kind, "held") == 0) {
        toc_buf_printf(out, "%s comes due and is held: %s", text_at(change, "inject"),
                       text_at(change, "reason"));
    } else if (strcmp(kind, "ask") == 0) {
        toc_buf_printf(out, "asks %s of %s: %s", text_at(change, "decision"),
                       text_at(change, "team"), title);
    } else if (strcmp(kind, "overdue") == 0) {
        toc_buf_printf(out, "%s of %s LAPSES", text_at(change, "decision"),
                       text_at(change, "team"));
        if (!is_asked)
            toc_buf_printf(out, " (`keep %s` keeps its time)", text_at(change, "decision"));
    } else if (strcmp(kind, "phase-entered") == 0) {
        toc_buf_printf(out, "phase %s: %s", text_at(change, "phase"), title);
    } else if (strcmp(kind, "expectation") == 0) {
        toc_buf_printf(out, "expected action %s of %s: %s", text_at(change, "expectation"),
                       text_at(change, "team"), text_at(change, "state"));
    } else if (strcmp(kind, "endex") == 0) {
        toc_buf_str(out, "ENDEX");
    } else {
        toc_buf_printf(out, "%s: %s", strcmp(kind, "error") == 0 ? "SCRIPT ERROR" : kind,
                       text_at(change, "text"));
    }
}

static bool is_asked_in(const toc_json *changes, const char *decision)
{
    for (const toc_json *j = toc_json_first(changes); j; j = toc_json_next(j))
        if (strcmp(text_at(j, "k"), "ask") == 0 && strcmp(text_at(j, "decision"), decision) == 0)
            return true;
    return false;
}

static void add_names(toc_buf *out, const toc_json *list)
{
    size_t count = 0;
    for (const toc_json *j = toc_json_first(list); j; j = toc_json_next(j))
        toc_buf_printf(out, "%s%s", count++ ? ", " : "", toc_json_text(j) ? toc_json_text(j) : "?");
}

static const char *text_at(const toc_json *j, const char *key)
{
    const char *text = toc_json_text(toc_json_get(j, key));
    return text ? text : "?";
}
