// SPDX-License-Identifier: MIT
// The list as plain lines: what is open, what is next, the rest.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "lines_parts.h"
#include "view/msel.h"

enum { NEXT = 5 };

// The parts of the list, in their order.
typedef enum {
    GROUP_HELD,
    GROUP_CUED,
    GROUP_NEXT,
    GROUP_TIMED,
    GROUP_UNTIMED,
    GROUP_SENT,
    GROUP_SKIPPED
} group;

static group group_of(const toc_msel_row *row);
static void say_questions(toc_lines *l, const toc_picture *p, bool is_settled);
static void add_question(toc_buf *out, const toc_lines *l, const toc_picture *p,
                         const toc_question *q);
static void say_group(toc_lines *l, const toc_msel *m, const toc_picture *p, group g,
                      const size_t *order, size_t from, size_t to);
static size_t *sort_timed(const toc_msel *m, const toc_picture *p, size_t *count);
static void add_row(toc_buf *out, const toc_lines *l, const toc_msel_row *row);
static void add_when(toc_buf *out, const toc_lines *l, const toc_msel_row *row);
static void add_what(toc_buf *out, const toc_msel_row *row);
static void add_left(toc_buf *out, const toc_lines *l, int64_t t);

void toc_msel_lines(toc_lines *l, const toc_picture *p, const toc_msel *m)
{
    size_t timed;
    size_t *order = sort_timed(m, p, &timed);
    say_questions(l, p, false);
    say_group(l, m, p, GROUP_NEXT, order, 0, timed < NEXT ? timed : NEXT);
    say_group(l, m, p, GROUP_HELD, NULL, 0, m->count);
    say_group(l, m, p, GROUP_CUED, NULL, 0, m->count);
    say_group(l, m, p, GROUP_TIMED, order, timed < NEXT ? timed : NEXT, timed);
    say_group(l, m, p, GROUP_UNTIMED, NULL, 0, m->count);
    say_group(l, m, p, GROUP_SENT, NULL, 0, m->count);
    say_questions(l, p, true);
    say_group(l, m, p, GROUP_SKIPPED, NULL, 0, m->count);
    size_t injects = 0;
    for (size_t i = 0; i < m->count; i++)
        injects += !m->rows[i].other;
    toc_lines_say(l, "%zu injects. `msel INJ-01` shows one with its notes", injects);
    free(order);
}

void toc_msel_story_lines(toc_lines *l, const toc_msel *m)
{
    if (m->story_count == 0)
        toc_lines_say(l, "no storyline runs, and none did");
    for (size_t i = 0; i < m->story_count; i++) {
        const toc_msel_story *s = &m->stories[i];
        toc_buf text = {0};
        toc_buf_printf(&text, "storyline \"%s\" %s", s->name ? s->name : "?",
                       s->state ? s->state : "?");
        if (s->waits)
            toc_buf_printf(&text, " %s", s->waits);
        if (s->wakes >= 0)
            add_left(&text, l, s->wakes);
        toc_lines_say(l, "%s", toc_buf_text(&text));
        toc_buf_fini(&text);
    }
}

bool toc_msel_preview(toc_lines *l, const toc_msel *m, const char *inject)
{
    const toc_msel_row *row = toc_msel_inject(m, inject);
    if (!row)
        return false;
    toc_buf text = {0};
    toc_buf_printf(&text, "%s ", row->state ? row->state : "?");
    add_row(&text, l, row);
    toc_lines_say(l, "%s", toc_buf_text(&text));
    toc_buf_fini(&text);
    if (row->via_text && group_of(row) < GROUP_SENT)
        toc_lines_more(l, "that stands at: %s", row->via);
    if (row->text)
        toc_lines_block(l, row->text);
    else
        toc_lines_more(l, "its text is made when it is sent");
    if (row->notes) {
        toc_lines_more(l, "NOTES FOR CONTROLLERS, not shown to teams:");
        toc_lines_block(l, row->notes);
    }
    return true;
}

static group group_of(const toc_msel_row *row)
{
    if (toc_msel_is(row, "sent"))
        return GROUP_SENT;
    if (toc_msel_is(row, "skipped"))
        return GROUP_SKIPPED;
    if (toc_msel_is(row, "held"))
        return GROUP_HELD;
    if (toc_msel_is(row, "cued"))
        return GROUP_CUED;
    return row->due >= 0 ? GROUP_TIMED : GROUP_UNTIMED;
}

static void say_questions(toc_lines *l, const toc_picture *p, bool is_settled)
{
    const char *head = is_settled     ? "DECISIONS that are settled:"
                       : p->has_ended ? "DECISIONS without an answer, ENDEX was before it:"
                                      : "DECISIONS that are open:";
    for (size_t i = 0; i < p->question_count; i++) {
        const toc_question *q = &p->questions[i];
        if ((q->state > TOC_QUESTION_RULING) != is_settled)
            continue;
        if (head)
            toc_lines_say(l, "%s", head);
        head = NULL;
        toc_buf text = {0};
        add_question(&text, l, p, q);
        toc_lines_more(l, "%s", toc_buf_text(&text));
        toc_buf_fini(&text);
    }
}

static void add_question(toc_buf *out, const toc_lines *l, const toc_picture *p,
                         const toc_question *q)
{
    toc_buf_printf(out, "%s for %s", toc_event_str(&q->ask, TOC_F_DECISION),
                   toc_event_str(&q->ask, TOC_F_TEAM));
    if (q->settled >= 0) {
        toc_buf_char(out, ' ');
        toc_play_text(out, q->settled);
    }
    toc_buf_printf(out, ": %s: ", toc_event_str(&q->ask, TOC_F_TITLE));
    if (q->state > TOC_QUESTION_RULING) {
        toc_question_outcome(out, p, q);
    } else if (q->state == TOC_QUESTION_RULING) {
        toc_buf_printf(out, "waits for EXCON's ruling on \"%s\"", q->answer ? q->answer : "");
    } else {
        toc_buf_str(out, "by ");
        toc_play_text(out, q->deadline);
        if (!p->has_ended)
            add_left(out, l, q->deadline);
    }
}

static void say_group(toc_lines *l, const toc_msel *m, const toc_picture *p, group g,
                      const size_t *order, size_t from, size_t to)
{
    static const char *const heads[] = {
        [GROUP_HELD] = "HELD, waits for EXCON (`release`, `skip`):",
        [GROUP_CUED] = "CUED, waits to be told by voice (`deliver`):",
        [GROUP_NEXT] = "NEXT:",
        [GROUP_TIMED] = "PLANNED, later:",
        [GROUP_UNTIMED] = "PLANNED without a time (only a script or `fire` sends it):",
        [GROUP_SENT] = "SENT:",
        [GROUP_SKIPPED] = "SKIPPED:",
    };
    bool has_head = false;
    bool is_over = strcmp(l->clock.state, "ended") == 0 || strcmp(l->clock.state, "closed") == 0;
    for (size_t i = from; i < to; i++) {
        const toc_msel_row *row = &m->rows[order ? order[i] : i];
        if (!order && (group_of(row) != g || toc_msel_was_asked(row, p)))
            continue;
        if (!has_head)
            toc_lines_say(l, "%s",
                          is_over && g >= GROUP_NEXT && g <= GROUP_UNTIMED
                              ? "NOT SENT, ENDEX was before it:"
                              : heads[g]);
        has_head = true;
        toc_buf text = {0};
        add_row(&text, l, row);
        toc_lines_more(l, "%s", toc_buf_text(&text));
        toc_buf_fini(&text);
    }
}

// The rows that have a time, by it; a list is some hundred rows.
static size_t *sort_timed(const toc_msel *m, const toc_picture *p, size_t *count)
{
    size_t *order = toc_alloc((m->count + 1) * sizeof *order);
    *count = 0;
    for (size_t i = 0; i < m->count; i++) {
        if (group_of(&m->rows[i]) != GROUP_TIMED || toc_msel_was_asked(&m->rows[i], p))
            continue;
        size_t k = (*count)++;
        for (; k > 0 && m->rows[order[k - 1]].due > m->rows[i].due; k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
    return order;
}

// "INJ-14 T+0:20:00, in 3m, to operator: URGENT phone, ack: Modems dropping"
static void add_row(toc_buf *out, const toc_lines *l, const toc_msel_row *row)
{
    group g = group_of(row);
    if (row->other)
        toc_buf_printf(out, "%s ", row->other);
    toc_buf_str(out, row->inject ? row->inject : "?");
    add_when(out, l, row);
    if (row->to && row->to[0])
        toc_buf_printf(out, ", to %s", row->to);
    if (g == GROUP_SENT && row->readers >= 0)
        toc_buf_printf(out, ", read by %lld", (long long)row->readers);
    if (g == GROUP_SENT && row->acks > 0)
        toc_buf_printf(out, ", acknowledged by %lld", (long long)row->acks);
    else if (g == GROUP_SENT && row->wants_ack)
        toc_buf_str(out, ", NOT acknowledged");
    add_what(out, row);
    if (row->reason && g != GROUP_SENT)
        toc_buf_printf(out, " (%s)", row->reason);
}

// When it was sent, or what will send it; and what EXCON did to that.
static void add_when(toc_buf *out, const toc_lines *l, const toc_msel_row *row)
{
    group g = group_of(row);
    if (g == GROUP_SENT && row->sent >= 0) {
        toc_buf_char(out, ' ');
        toc_play_text(out, row->sent);
    } else if (g < GROUP_UNTIMED && row->due >= 0) {
        toc_buf_char(out, ' ');
        toc_play_text(out, row->due);
        add_left(out, l, row->due);
    } else if (g < GROUP_SENT && toc_msel_via(row)) {
        const char *via = toc_msel_via(row);
        toc_buf_printf(out, "%s%s %s", row->other ? " asked" : "",
                       strncmp(via, "when ", 5) != 0 ? " by" : "", via);
    } else if (g < GROUP_SENT && row->after) {
        toc_buf_printf(out, " after %s", row->after);
    }
    if (row->moved_from >= 0) {
        toc_buf_str(out, ", was ");
        toc_play_text(out, row->moved_from);
    }
    if (row->is_dropped && g < GROUP_SENT)
        toc_buf_str(out, ", DROPPED with what would have sent it");
    if (row->is_adhoc)
        toc_buf_str(out, ", ad hoc");
    if (row->is_edited)
        toc_buf_str(out, ", edited");
    if (row->is_voice)
        toc_buf_printf(out, ", by voice of %s", row->controller ? row->controller : "a controller");
}

static void add_what(toc_buf *out, const toc_msel_row *row)
{
    toc_buf_str(out, ": ");
    if (row->is_urgent)
        toc_buf_str(out, "URGENT ");
    if (row->channel)
        toc_buf_str(out, row->channel);
    if (row->wants_ack)
        toc_buf_str(out, row->channel ? ", ack wanted" : "ack wanted");
    if (row->is_urgent || row->channel || row->wants_ack)
        toc_buf_str(out, ": ");
    toc_buf_str(out, row->title ? row->title : "");
    if (row->is_manual && group_of(row) < GROUP_SENT)
        toc_buf_str(out, " [waits for you when it is due]");
}

static void add_left(toc_buf *out, const toc_lines *l, int64_t t)
{
    if (t > l->now) {
        toc_buf_str(out, ", in ");
        toc_duration_text(out, (t - l->now + 999) / 1000 * 1000);
    } else {
        toc_buf_str(out, ", past");
    }
}
