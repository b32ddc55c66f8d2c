// SPDX-License-Identifier: MIT
// One line that says what is next and what waits, so that nobody has to look for it in a list.
#include <string.h>

#include "base/mem.h"
#include "board.h"
#include "seats.h"
#include "table.h"
#include "view_parts.h"

static void add_over(const toc_view *v, toc_buf *out);
static void add_next(const toc_view *v, toc_buf *out);
static void add_waiting(const toc_view *v, toc_buf *out);
static void add_unanswered(const toc_view *v, toc_buf *out, toc_style *style);
static void add_asked(const toc_view *v, toc_buf *out, toc_style *style);
static void add_late(const toc_view *v, toc_buf *out, toc_style *style);
static void add_held(const toc_view *v, toc_buf *out, toc_style *style);
static void add_quiet(const toc_view *v, toc_buf *out, toc_style *style);
static void add_seats(const toc_view *v, toc_buf *out, toc_style *style);
static void add_outbox(const toc_view *v, toc_buf *out, toc_style *style);
static void begin(toc_buf *out);
static const toc_question *next_question(const toc_view *v, bool is_ours, size_t *count);

void toc_view_attention(const toc_view *v, toc_buf *out, toc_style *style)
{
    *style = TOC_STYLE_PLAIN;
    if (v->outgoing_count > 0) { // seconds count
        add_outbox(v, out, style);
        return;
    }
    if (toc_view_is_emergency(v)) {
        add_over(v, out);
        *style = TOC_STYLE_URGENT;
        return;
    }
    if (v->picture.is_control) {
        add_held(v, out, style);
        add_unanswered(v, out, style);
        add_quiet(v, out, style);
        add_next(v, out);
        add_waiting(v, out);
        add_late(v, out, style);
        add_seats(v, out, style);
        return;
    }
    // What was urgent in play is not, when play is over.
    if (v->picture.has_ended) {
        toc_buf_str(out, v->picture.is_closed ? "" : "ENDEX. Stay: EXCON says what comes next.");
        return;
    }
    toc_view_urgent(v, out);
    if (out->len)
        *style = TOC_STYLE_URGENT;
    add_waiting(v, out);
    add_asked(v, out, style);
}

void toc_view_urgent(const toc_view *v, toc_buf *out)
{
    size_t count = 0;
    const toc_item *newest = NULL;
    for (size_t i = v->picture.item_count; i > 0; i--) {
        const toc_item *item = &v->picture.items[i - 1];
        if (item->is_read || item->is_own || !toc_event_int(&item->event, TOC_F_URGENT))
            continue;
        newest = newest ? newest : item;
        count++;
    }
    if (!newest)
        return;
    const char *title = toc_event_str(&newest->event, TOC_F_TITLE);
    const char *from = toc_event_str(&newest->event, TOC_F_FROM);
    toc_buf_str(out, "! URGENT (");
    toc_key_word(v, out, TOC_IN_ALL, TOC_DO_NEXT_UNREAD);
    toc_buf_str(out, " goes there): ");
    toc_view_time(v, out, newest->event.t);
    if (from)
        toc_buf_printf(out, " %s:", toc_view_name(v, from));
    toc_buf_printf(out, " %s", title ? title : "a message");
    if (count > 1)
        toc_buf_printf(out, " (and %zu more)", count - 1);
}

void toc_view_unanswered(const toc_view *v, toc_buf *out, const toc_item *item, size_t more)
{
    const toc_value *to = toc_event_value(&item->event, TOC_F_TO);
    const char *from = toc_event_str(&item->event, TOC_F_FROM);
    int64_t since = toc_view_now(v) - item->event.t;
    toc_buf_printf(out, "%s of %s to ",
                   toc_event_int(&item->event, TOC_F_RFI) ? "question" : "message",
                   from ? from : "?");
    toc_list_text(out, to);
    toc_buf_str(out, ", ");
    toc_span_words(out, since > 0 ? since : 0);
    if (more > 0)
        toc_buf_printf(out, " (and %zu more)", more);
    for (size_t i = 0; i < v->room_count; i++)
        if (v->rooms[i].screen == &toc_screen_inbox)
            toc_buf_printf(out, ": %zu %s", (i + 1) % 10, v->rooms[i].screen->name);
}

// "leaves in 4 s: adhoc to wind (u takes it back)"
static void add_outbox(const toc_view *v, toc_buf *out, toc_style *style)
{
    const toc_outgoing *o = &v->outgoing[v->outgoing_count - 1];
    int64_t left = (o->due - v->mono + 999) / 1000;
    *style = TOC_STYLE_WARN;
    toc_outgoing_text(out, o);
    toc_buf_printf(out, " leaves in %lld s: u takes it back", (long long)(left > 0 ? left : 0));
    if (v->outgoing_count > 1)
        toc_buf_printf(out, " (%zu more before it)", v->outgoing_count - 1);
}

static void add_over(const toc_view *v, toc_buf *out)
{
    toc_buf_str(out, v->role == TOC_ROLE_EXCON ? "Space: play on, when it is over"
                                               : "Over, or a mistake? Tell EXCON.");
}

static void add_next(const toc_view *v, toc_buf *out)
{
    const toc_msel_row *next = NULL;
    for (size_t i = 0; i < v->msel.count; i++) {
        const toc_msel_row *row = &v->msel.rows[i];
        bool comes = row->due >= 0 && toc_msel_is(row, "planned") && !row->is_manual &&
                     !toc_msel_was_asked(row, &v->picture);
        if (comes && (!next || row->due < next->due))
            next = row;
    }
    if (!next || v->picture.has_ended)
        return;
    begin(out);
    toc_buf_printf(out, "next: %s %s", next->inject, next->other ? "asked " : "");
    int64_t left = next->due - toc_view_now(v);
    if (left < 0)
        toc_buf_str(out, "now");
    else
        toc_buf_printf(out, "in %02lld:%02lld", (long long)(left / 60000),
                       (long long)(left / 1000 % 60));
}

static void add_waiting(const toc_view *v, toc_buf *out)
{
    size_t count;
    const toc_question *q = next_question(v, !v->picture.is_control, &count);
    if (!q || v->picture.has_ended)
        return;
    begin(out);
    toc_buf_printf(out, "%s: %s ", v->picture.is_control ? "waiting" : "decision",
                   toc_event_str(&q->ask, TOC_F_DECISION));
    if (v->picture.is_control)
        toc_buf_printf(out, "%s ", toc_event_str(&q->ask, TOC_F_TEAM));
    if (q->state == TOC_QUESTION_RULING)
        toc_buf_str(out, v->picture.is_control ? "RULE ON IT" : "waits for EXCON's ruling");
    else if (q->is_crossed)
        toc_buf_str(out, v->picture.is_control ? "RULE ON IT (story time)" : "EXCON rules on it");
    else
        toc_view_left(v, out, q->deadline);
    if (count > 1)
        toc_buf_printf(out, " +%zu", count - 1);
}

// The oldest of what teams wrote to an organisation, or to EXCON, and nobody has answered; for
// those who can answer.
static void add_unanswered(const toc_view *v, toc_buf *out, toc_style *style)
{
    const toc_item *first = NULL;
    size_t count = 0;
    if (v->picture.has_ended || v->role == TOC_ROLE_EVALUATOR)
        return;
    for (size_t i = 0; i < v->picture.item_count; i++) {
        const toc_item *item = &v->picture.items[i];
        if (!toc_item_is_waiting(item))
            continue;
        first = first ? first : item;
        count++;
    }
    if (!first)
        return;
    begin(out);
    toc_view_unanswered(v, out, first, count - 1);
    *style = *style == TOC_STYLE_PLAIN ? TOC_STYLE_WARN : *style;
}

// The oldest question that another team has put to this one.
static void add_asked(const toc_view *v, toc_buf *out, toc_style *style)
{
    const toc_item *first = NULL;
    size_t count = 0;
    for (size_t i = 0; i < v->picture.item_count; i++) {
        const toc_item *item = &v->picture.items[i];
        if (!toc_item_asks_us(&v->picture, item))
            continue;
        first = first ? first : item;
        count++;
    }
    if (!first)
        return;
    const char *from = toc_event_str(&first->event, TOC_F_FROM);
    int64_t since = toc_view_now(v) - first->event.t;
    begin(out);
    toc_buf_printf(out, "question of %s to you, ", from ? toc_view_name(v, from) : "?");
    toc_span_words(out, since > 0 ? since : 0);
    if (count > 1)
        toc_buf_printf(out, " (and %zu more)", count - 1);
    *style = *style == TOC_STYLE_PLAIN ? TOC_STYLE_WARN : *style;
}

static void add_late(const toc_view *v, toc_buf *out, toc_style *style)
{
    size_t count = 0;
    const toc_known_expectation *first = NULL;
    for (size_t i = 0; i < v->picture.situation.expectation_count; i++) {
        const toc_known_expectation *x = &v->picture.situation.expectations[i];
        bool is_late =
            x->state && (strcmp(x->state, "overdue") == 0 || strcmp(x->state, "crossed") == 0);
        if (!is_late)
            continue;
        first = first ? first : x;
        count++;
    }
    if (!first)
        return;
    begin(out);
    toc_buf_printf(out, "late: %s", first->id);
    if (count > 1)
        toc_buf_printf(out, " +%zu", count - 1);
    *style = *style == TOC_STYLE_PLAIN ? TOC_STYLE_WARN : *style;
}

// What is due and does not go by itself.
static void add_held(const toc_view *v, toc_buf *out, toc_style *style)
{
    const toc_picture *p = &v->picture;
    size_t cues = 0;
    const char *cue = NULL;
    for (size_t i = 0; i < p->cue_count; i++)
        if (!p->cues[i].is_delivered) {
            cue = cue ? cue : toc_event_str(&p->cues[i].cue, TOC_F_INJECT);
            cues++;
        }
    if (p->has_ended)
        return;
    if (p->held_count > 0) {
        begin(out);
        toc_buf_printf(out, "!!! due and held: %s", p->held[0]);
        if (p->held_count > 1)
            toc_buf_printf(out, " +%zu", p->held_count - 1);
        *style = TOC_STYLE_URGENT;
    }
    if (cue) {
        begin(out);
        toc_buf_printf(out, "!!! to be told: %s", cue);
        if (cues > 1)
            toc_buf_printf(out, " +%zu", cues - 1);
        *style = TOC_STYLE_URGENT;
    }
}

// A seat that is not heard any more, a team that does nothing: somebody looks in on them.
static void add_quiet(const toc_view *v, toc_buf *out, toc_style *style)
{
    toc_buf quiet = {0};
    toc_seats_prompt(v, &quiet);
    if (quiet.len > 0) {
        begin(out);
        toc_buf_str(out, toc_buf_text(&quiet));
        *style = *style == TOC_STYLE_PLAIN ? TOC_STYLE_WARN : *style;
    }
    toc_buf_fini(&quiet);
}

// Players' seats alone: those of control are in the room.
static void add_seats(const toc_view *v, toc_buf *out, toc_style *style)
{
    size_t count, here = toc_players_here(&v->picture, &count);
    if (count == 0)
        return;
    begin(out);
    toc_buf_printf(out, "%zu of %zu players here", here, count);
    if (here < count && *style == TOC_STYLE_PLAIN)
        *style = TOC_STYLE_WARN;
}

static void begin(toc_buf *out)
{
    if (out->len)
        toc_buf_str(out, " . ");
}

// The open decision that is due first; one that waits for a ruling comes before all.
static const toc_question *next_question(const toc_view *v, bool is_ours, size_t *count)
{
    const toc_question *next = NULL;
    *count = 0;
    for (size_t i = 0; i < v->picture.question_count; i++) {
        const toc_question *q = &v->picture.questions[i];
        bool is_open = q->state == TOC_QUESTION_OPEN || q->state == TOC_QUESTION_RULING;
        if (!is_open || (is_ours && !toc_question_is_ours(&v->picture, q)))
            continue;
        ++*count;
        bool is_ruling = q->state == TOC_QUESTION_RULING;
        bool next_rules = next && next->state == TOC_QUESTION_RULING;
        if (!next || (is_ruling && !next_rules) ||
            (is_ruling == next_rules && q->deadline < next->deadline))
            next = q;
    }
    return next;
}
