// SPDX-License-Identifier: MIT
#include "board.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "decision_page.h"
#include "record/feed.h"

// In the order of the screen.
enum { RANK_PAST, RANK_NOW, RANK_WAITING, RANK_COMING, RANK_TIMELESS, RANK_NEVER };

static void add_row(toc_board *b, const toc_view *v, const toc_msel_row *row, const char *filter);
static void add_question(toc_board *b, const toc_view *v, const toc_question *q,
                         const char *filter);
static void add_entry(toc_board *b, const toc_view *v, toc_entry e, const char *filter);
static void place_inject(const toc_view *v, toc_entry *e);
static bool is_due_and_held(const toc_view *v, const toc_msel_row *row);
static int64_t since_of(const toc_view *v, const char *inject);
static int64_t time_of(const toc_view *v, const char *inject, toc_kind kind);
static bool is_open(const toc_question *q);
static bool passes(const toc_view *v, const toc_entry *e, const char *filter);
static void add_flags(toc_buf *out, const toc_view *v, const toc_entry *e);
static void sort(toc_board *b);
static void say_inject(toc_buf *out, const toc_view *v, const toc_entry *e);
static void say_waiting(toc_buf *out, const toc_view *v, const toc_entry *e);
static void say_sent(toc_buf *out, const toc_view *v, const toc_msel_row *row);
static void say_planned(toc_buf *out, const toc_view *v, const toc_msel_row *row);
static void say_sender(toc_buf *out, const toc_view *v, const toc_msel_row *row);

void toc_board_fill(toc_board *b, toc_view *v, const char *filter)
{
    *b = (toc_board){0};
    for (size_t i = 0; i < v->msel.count; i++)
        add_row(b, v, &v->msel.rows[i], filter);
    for (size_t i = 0; i < v->picture.question_count; i++)
        add_question(b, v, &v->picture.questions[i], filter);
    add_entry(b, v,
              (toc_entry){.kind = TOC_ENTRY_NOW,
                          .key = toc_strdup(TOC_BOARD_NOW),
                          .rank = RANK_NOW,
                          .at = toc_view_now(v)},
              NULL);
    sort(b);
    b->keys = toc_alloc(b->count * sizeof *b->keys);
    for (size_t i = 0; i < b->count; i++)
        b->keys[i] = b->at[i].key;
}

void toc_board_fini(toc_board *b)
{
    for (size_t i = 0; i < b->count; i++)
        free(b->at[i].key);
    free(b->at);
    free(b->keys);
    *b = (toc_board){0};
}

size_t toc_board_find(const toc_board *b, const char *key)
{
    size_t i = 0;
    while (i < b->count && (!key || strcmp(b->at[i].key, key) != 0))
        i++;
    return i;
}

bool toc_entry_waits(const toc_entry *e)
{
    return e->rank == RANK_WAITING;
}

void toc_entry_state(toc_buf *out, const toc_view *v, const toc_entry *e)
{
    switch (e->kind) {
    case TOC_ENTRY_INJECT:
        say_inject(out, v, e);
        break;
    case TOC_ENTRY_QUESTION:
        toc_decision_state(out, v, e->question);
        break;
    case TOC_ENTRY_PLANNED:
    case TOC_ENTRY_PHASE:
        if (v->picture.has_ended) {
            toc_buf_str(out,
                        e->kind == TOC_ENTRY_PHASE ? "phase, not entered" : "decision, not asked");
            break;
        }
        if (e->at < 0 && e->kind == TOC_ENTRY_PLANNED) {
            const char *via = toc_msel_via(e->row);
            toc_buf_printf(out, "asked %s%s", !via || strncmp(via, "when ", 5) != 0 ? "by " : "",
                           via ? via : "a script");
            break;
        }
        toc_buf_str(out, e->kind == TOC_ENTRY_PHASE ? "phase begins" : "decision, asked");
        if (e->at > toc_view_now(v)) {
            toc_buf_str(out, " in ");
            toc_span_words(out, e->at - toc_view_now(v));
        }
        break;
    case TOC_ENTRY_NOW:
        toc_buf_str(out, v->picture.has_ended      ? "ENDEX"
                         : !v->picture.has_started ? "before STARTEX"
                         : v->picture.is_paused    ? "PAUSED"
                                                   : "running");
        break;
    }
}

const char *toc_entry_title(const toc_entry *e)
{
    const char *title = e->row        ? e->row->title
                        : e->question ? toc_event_str(&e->question->ask, TOC_F_TITLE)
                                      : NULL;
    return title ? title : "";
}

const char *toc_entry_to(const toc_entry *e)
{
    const char *to = e->row        ? e->row->to
                     : e->question ? toc_event_str(&e->question->ask, TOC_F_TEAM)
                                   : NULL;
    return to ? to : "";
}

void toc_entry_to_text(toc_buf *out, const toc_view *v, const toc_entry *e)
{
    char team[64];
    size_t teams = 0;
    while (toc_team_at(v, teams, team))
        teams++;
    if (e->row && teams > 1 && toc_row_addressees(e->row) == teams) {
        toc_buf_str(out, "all");
        return;
    }
    // Without the spaces: the column is narrow.
    for (const char *at = toc_entry_to(e); *at; at++)
        if (*at != ' ')
            toc_buf_char(out, *at);
}

bool toc_team_at(const toc_view *v, size_t i, char out[64])
{
    const toc_picture *p = &v->picture;
    for (size_t n = 0; n < p->neighbour_count; n++) {
        char before[64];
        bool is_known = false;
        toc_seat_audience(p->neighbours[n].id, out);
        for (size_t k = 0; k < n && !is_known; k++) {
            toc_seat_audience(p->neighbours[k].id, before);
            is_known = strcmp(out, before) == 0;
        }
        bool is_team = out[0] && strcmp(out, "control") != 0 && strcmp(out, "board") != 0;
        if (is_team && !is_known && i-- == 0)
            return true;
    }
    return false;
}

size_t toc_row_addressees(const toc_msel_row *row)
{
    size_t count = row->to && row->to[0];
    for (const char *at = row->to; at && (at = strstr(at, ", ")); at += 2)
        count++;
    return count;
}

const toc_known_expectation *toc_row_contingency(const toc_view *v, const toc_msel_row *row)
{
    const toc_situation *s = &v->picture.situation;
    for (size_t i = 0; i < s->expectation_count; i++)
        if (s->expectations[i].contingency && row->inject &&
            strcmp(s->expectations[i].contingency, row->inject) == 0)
            return &s->expectations[i];
    return NULL;
}

void toc_span_words(toc_buf *out, int64_t ms)
{
    int64_t unit = ms >= 600000 ? 60000 : 1000;
    toc_duration_text(out, (ms + unit - 1) / unit * unit);
}

static void add_row(toc_board *b, const toc_view *v, const toc_msel_row *row, const char *filter)
{
    toc_entry e = {.row = row, .rank = RANK_COMING, .at = row->due};
    if (!row->inject || toc_msel_was_asked(row, &v->picture))
        return;
    e.kind = !row->other                           ? TOC_ENTRY_INJECT
             : strcmp(row->other, "decision") == 0 ? TOC_ENTRY_PLANNED
                                                   : TOC_ENTRY_PHASE;
    e.key = toc_strdup(row->inject);
    if (e.kind == TOC_ENTRY_INJECT)
        place_inject(v, &e);
    else if (row->due < 0)
        e.rank = RANK_TIMELESS;
    add_entry(b, v, e, filter);
}

static void add_question(toc_board *b, const toc_view *v, const toc_question *q, const char *filter)
{
    bool waits = (q->state == TOC_QUESTION_RULING || q->is_crossed) && !v->picture.has_ended;
    const char *id = toc_event_str(&q->ask, TOC_F_DECISION);
    add_entry(b, v,
              (toc_entry){.kind = TOC_ENTRY_QUESTION,
                          .key = toc_strdup(id ? id : "?"),
                          .question = q,
                          .rank = !is_open(q) ? RANK_PAST
                                  : waits     ? RANK_WAITING
                                              : RANK_COMING,
                          .at = is_open(q) ? q->deadline : q->settled},
              filter);
}

static void add_entry(toc_board *b, const toc_view *v, toc_entry e, const char *filter)
{
    if (filter && !passes(v, &e, filter)) {
        free(e.key);
        return;
    }
    TOC_GROW(b->at, b->count, b->capacity);
    b->at[b->count++] = e;
}

static void place_inject(const toc_view *v, toc_entry *e)
{
    const toc_msel_row *row = e->row;
    if (toc_msel_is(row, "sent")) {
        e->rank = RANK_PAST;
        e->at = row->sent;
    } else if (toc_msel_is(row, "skipped")) {
        int64_t when = time_of(v, row->inject, TOC_K_SKIP);
        bool is_to_come = row->due > toc_view_now(v);
        e->rank = row->due >= 0 ? (is_to_come ? RANK_COMING : RANK_PAST)
                  : when >= 0   ? RANK_PAST
                                : RANK_NEVER;
        e->at = row->due >= 0 ? row->due : when;
    } else if ((toc_msel_is(row, "cued") && !v->picture.has_ended) || is_due_and_held(v, row)) {
        int64_t since = since_of(v, row->inject);
        e->rank = RANK_WAITING;
        e->at = since >= 0 ? since : row->due;
    } else if (row->due < 0) {
        e->rank = row->is_dropped ? RANK_NEVER : RANK_TIMELESS;
    }
}

// One that is held before its time waits for its time first.
static bool is_due_and_held(const toc_view *v, const toc_msel_row *row)
{
    if (!toc_msel_is(row, "held") || row->due > toc_view_now(v) || v->picture.has_ended)
        return false;
    for (size_t i = 0; i < v->picture.held_count; i++)
        if (strcmp(v->picture.held[i], row->inject) == 0)
            return true;
    return row->due >= 0 && v->picture.has_started;
}

// When it began to wait; -1: the feed has not told.
static int64_t since_of(const toc_view *v, const char *inject)
{
    static const toc_kind kinds[] = {TOC_K_HELD, TOC_K_ARMED, TOC_K_CUE};
    int64_t newest = -1;
    for (size_t i = 0; i < TOC_COUNT(kinds); i++) {
        int64_t t = time_of(v, inject, kinds[i]);
        newest = t > newest ? t : newest;
    }
    return newest;
}

// When it was done to it the last time; -1: never.
static int64_t time_of(const toc_view *v, const char *inject, toc_kind kind)
{
    const toc_deed_row *deeds = toc_deeds_of(v, inject);
    for (size_t i = deeds ? deeds->count : 0; i > 0; i--)
        if (deeds->deeds[i - 1].kind == kind)
            return deeds->deeds[i - 1].t;
    return -1;
}

static bool is_open(const toc_question *q)
{
    return q->state == TOC_QUESTION_OPEN || q->state == TOC_QUESTION_RULING;
}

static bool passes(const toc_view *v, const toc_entry *e, const char *filter)
{
    toc_buf state = {0}, flags = {0};
    toc_entry_state(&state, v, e);
    add_flags(&flags, v, e);
    const char *by = e->row ? toc_deeds_flash(v, e->key) : NULL;
    const char *fields[] = {"id",      e->key,
                            "to",      toc_entry_to(e),
                            "title",   toc_entry_title(e),
                            "text",    e->row && e->row->text ? e->row->text : "",
                            "channel", e->row && e->row->channel ? e->row->channel : "",
                            "via",     e->row && toc_msel_via(e->row) ? toc_msel_via(e->row) : "",
                            "state",   toc_buf_text(&state),
                            "by",      by ? by : "",
                            NULL,      NULL};
    bool ok = toc_filter_passes(filter, fields, toc_buf_text(&flags));
    toc_buf_fini(&state);
    toc_buf_fini(&flags);
    return ok;
}

static void add_flags(toc_buf *out, const toc_view *v, const toc_entry *e)
{
    const toc_msel_row *row = e->row;
    static const char *const kinds[] = {"inject", "decision", "phase", "decision", "now"};
    toc_buf_str(out, kinds[e->kind]);
    if (e->kind == TOC_ENTRY_QUESTION)
        toc_buf_str(out, is_open(e->question) ? " open" : " settled");
    if (toc_entry_waits(e))
        toc_buf_str(out, " due waiting");
    if (e->rank == RANK_COMING)
        toc_buf_str(out, " next");
    if (!row || row->other)
        return;
    toc_buf_printf(out, " %s", row->state ? row->state : "planned");
    bool is_sent = toc_msel_is(row, "sent");
    size_t readers = toc_deeds_readers(toc_deeds_of(v, row->inject), false);
    if (is_sent && readers < toc_row_addressees(row) &&
        row->readers < (int64_t)toc_row_addressees(row))
        toc_buf_str(out, " unread");
    if (is_sent && row->wants_ack && row->acks < (int64_t)toc_row_addressees(row))
        toc_buf_str(out, " unacknowledged");
    const struct {
        bool is;
        const char *word;
    } words[] = {{row->is_manual, " manual"},  {row->is_urgent, " urgent"},
                 {row->is_voice, " voice"},    {row->moved_from >= 0, " moved"},
                 {row->is_edited, " edited"},  {row->is_adhoc, " adhoc"},
                 {row->is_dropped, " dropped"}};
    for (size_t i = 0; i < TOC_COUNT(words); i++)
        if (words[i].is)
            toc_buf_str(out, words[i].word);
}

// By place and time; at equal times in the order of the list. Some hundred rows.
static void sort(toc_board *b)
{
    for (size_t i = 1; i < b->count; i++) {
        toc_entry e = b->at[i];
        size_t k = i;
        for (; k > 0; k--) {
            const toc_entry *before = &b->at[k - 1];
            if (before->rank < e.rank || (before->rank == e.rank && before->at <= e.at))
                break;
            b->at[k] = *before;
        }
        b->at[k] = e;
    }
}

static void say_inject(toc_buf *out, const toc_view *v, const toc_entry *e)
{
    const toc_msel_row *row = e->row;
    const char *flash = toc_deeds_flash(v, row->inject);
    if (flash)
        toc_buf_printf(out, "by %s: ", flash);
    if (toc_msel_is(row, "sent")) {
        say_sent(out, v, row);
    } else if (toc_msel_is(row, "skipped")) {
        toc_buf_printf(out, "skipped%s%s", row->reason ? ": " : "", row->reason ? row->reason : "");
    } else if (toc_entry_waits(e)) {
        say_waiting(out, v, e);
    } else {
        say_planned(out, v, row);
    }
}

// "HELD 2m10s, to release", "ARMED by EXP-03, 2m10s", "CUE 16s, simcell tells it"
static void say_waiting(toc_buf *out, const toc_view *v, const toc_entry *e)
{
    const toc_known_expectation *x = toc_row_contingency(v, e->row);
    bool is_cue = toc_msel_is(e->row, "cued"), is_armed = !is_cue && x && x->is_armed;
    if (is_armed)
        toc_buf_printf(out, "ARMED by %s,", x->id);
    else
        toc_buf_str(out, is_cue ? "CUE" : "HELD");
    if (e->at >= 0) {
        int64_t since = toc_view_now(v) - e->at;
        toc_buf_char(out, ' ');
        toc_span_words(out, since > 0 ? since : 0);
    }
    if (is_cue)
        toc_buf_printf(out, ", %s tells it", e->row->controller ? e->row->controller : "nobody");
    else if (!is_armed)
        toc_buf_str(out, ", to release");
}

// "read by 2 of 3: 12s, 1m40s"
static void say_sent(toc_buf *out, const toc_view *v, const toc_msel_row *row)
{
    const toc_deed_row *deeds = toc_deeds_of(v, row->inject);
    size_t all = toc_row_addressees(row), told = toc_deeds_readers(deeds, false);
    size_t readers = row->readers > (int64_t)told ? (size_t)row->readers : told;
    toc_buf_str(out, row->is_voice ? "told, " : "");
    if (readers == 0)
        toc_buf_str(out, row->is_voice ? "nobody opened it" : "delivered, not read");
    else if (readers >= all)
        toc_buf_str(out, all > 1 ? "read by all" : "read");
    else
        toc_buf_printf(out, "read by %zu of %zu", readers, all);
    const char *between = ": ";
    for (size_t i = 0; deeds && row->sent >= 0 && i < deeds->reader_count; i++) {
        if (deeds->readers[i].is_ack)
            continue;
        toc_buf_str(out, between);
        toc_span_words(out, deeds->readers[i].t - row->sent);
        between = ", ";
    }
    if (row->wants_ack)
        toc_buf_printf(out, ", ack %lld of %zu", (long long)(row->acks > 0 ? row->acks : 0), all);
}

static void say_planned(toc_buf *out, const toc_view *v, const toc_msel_row *row)
{
    int64_t now = toc_view_now(v);
    bool is_held = toc_msel_is(row, "held");
    if (v->picture.has_ended) {
        toc_buf_str(out, is_held ? "held, not sent" : "not sent");
        return;
    }
    if (row->is_dropped && is_held)
        toc_buf_str(out, "its storyline was dropped: ");
    if (is_held)
        toc_buf_str(out, "held");
    if (row->due >= 0 && (row->due > now || !v->picture.has_started)) {
        toc_buf_str(out, is_held ? ", due in " : "in ");
        toc_span_words(out, row->due > now ? row->due - now : 0);
    } else if (row->due >= 0) {
        toc_buf_str(out, is_held ? ", due" : "due");
    } else if (!is_held) {
        say_sender(out, v, row);
    }
    if (row->is_manual && !is_held)
        toc_buf_str(out, row->due >= 0 ? ", then waits" : ", waits for you");
    if (row->is_voice)
        toc_buf_printf(out, ", %s tells it", row->controller ? row->controller : "a controller");
    if (row->moved_from >= 0) {
        toc_buf_str(out, ", was ");
        toc_play_text(out, row->moved_from);
    }
    toc_buf_str(out, row->is_edited ? ", edited" : "");
    toc_buf_str(out, row->is_adhoc ? ", ad hoc" : "");
}

// What sends one that the clock does not.
static void say_sender(toc_buf *out, const toc_view *v, const toc_msel_row *row)
{
    const toc_known_expectation *x = toc_row_contingency(v, row);
    if (row->is_dropped)
        toc_buf_str(out, "its storyline was dropped");
    else if (toc_row_is_left(v, row))
        toc_buf_str(out, "its storyline has ended");
    else if (toc_msel_via(row))
        toc_buf_str(out, toc_msel_via(row));
    else if (row->after)
        toc_buf_printf(out, "after %s", row->after);
    else if (x)
        toc_buf_printf(out, "if %s is not done", x->id);
    else
        toc_buf_str(out, "by hand");
}
