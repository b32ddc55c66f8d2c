// SPDX-License-Identifier: MIT
// How information spread: the injects that matter most, team by team; those that went slowest as pictures. A team's report says how
// that team dealt with its own.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report_findings.h"
#include "report_spread.h"

enum { PICTURES = 3, PICTURED = 60 * 1000, TITLE_MAX = 60 };

typedef struct {
    toc_report_key *at;
    size_t count, capacity;
} keys;

static void find_keys(keys *all, const toc_report *rp);
static int by_sending(const void *a, const void *b);
static bool is_asked(const toc_report *rp, const toc_review_inject *row);
static void measure(const toc_report *rp, toc_report_key *k);
static void say_slow(toc_report *rp, const keys *all);
static void say_pictures(toc_report *rp, const keys *all);
static void say_all(toc_report *rp, const keys *all);
static void add_steps(toc_report *rp, const toc_report_key *k, const toc_reached *at);

void toc_report_spread(toc_report *rp)
{
    keys all = {0};
    find_keys(&all, rp);
    if (all.count > 0) {
        toc_paper_section(rp->paper, "spread", "How information spread");
        toc_paper_say(rp->paper,
                      rp->o->team
                          ? "What this team did with the injects that mattered most: urgent ones, "
                            "those that went to several teams, and those that something was "
                            "expected after."
                          : "Of injects that are urgent, went to several teams, or that a decision "
                            "or an expected action hangs on: who had them, when they read them, "
                            "and who passed them on. What a team told in its own words, without "
                            "passing the message on, is not seen here.");
        if (!rp->o->team) {
            say_slow(rp, &all);
            say_pictures(rp, &all);
        }
        say_all(rp, &all);
    }
    for (size_t i = 0; i < all.count; i++)
        toc_spread_fini(&all.at[i].spread);
    free(all.at);
}

// ---- which ---------------------------------------------------------------------------------------------------

static void find_keys(keys *all, const toc_report *rp)
{
    for (size_t i = 0; i < rp->review.inject_count; i++) {
        const toc_review_inject *row = &rp->review.injects[i];
        if (row->sent_seq == 0 || !toc_report_shows(rp, row->sent_seq))
            continue;
        toc_report_key k = {.row = row, .is_asked = is_asked(rp, row)};
        k.is_urgent = toc_event_has(toc_recording_at(rp->r, row->sent_seq), TOC_F_URGENT);
        if (!k.is_urgent && !k.is_asked && row->to_count < 2)
            continue;
        toc_spread_of(&k.spread, rp->r, row->sent_seq);
        measure(rp, &k);
        TOC_GROW(all->at, all->count, all->capacity);
        all->at[all->count++] = k;
    }
    if (all->count > 0)
        qsort(all->at, all->count, sizeof *all->at, by_sending);
}

static int by_sending(const void *a, const void *b)
{
    const toc_report_key *one = a, *other = b;
    int64_t left = one->row->sent_seq, right = other->row->sent_seq;
    return (left > right) - (left < right);
}

static bool is_asked(const toc_report *rp, const toc_review_inject *row)
{
    const toc_plan *p = rp->plan;
    const toc_review *v = &rp->review;
    size_t i = p && row->plan ? (size_t)(row->plan - p->injects) : TOC_NONE;
    for (size_t k = 0; k < v->decision_count; k++)
        if (v->decisions[k].ask_seq > 0 &&
            toc_recording_at(rp->r, v->decisions[k].ask_seq)->cause == row->sent_seq)
            return true;
    for (size_t k = 0; i != TOC_NONE && k < p->decision_count; k++)
        if (p->decisions[k].at.kind == TOC_AT_AFTER && p->decisions[k].at.inject == i)
            return true;
    for (size_t k = 0; i != TOC_NONE && k < p->expectation_count; k++) {
        const toc_at *by = &p->expectations[k].by;
        if ((by->kind == TOC_AT_AFTER || by->kind == TOC_AT_AWARE) && by->inject == i)
            return true;
    }
    return false;
}

// An inject that came within a jump counts from the jump's end.
static int64_t since_of(const toc_report *rp, const toc_report_key *k)
{
    for (size_t i = 0; i < rp->review.arrival_count; i++)
        if (rp->review.arrivals[i].item == k->spread.item)
            return rp->review.arrivals[i].since;
    return k->row->sent;
}

static void measure(const toc_report *rp, toc_report_key *k)
{
    const int64_t since = since_of(rp, k);
    int64_t end = toc_recording_end(rp->r);
    for (size_t i = 0; i < k->spread.count; i++) {
        const toc_reached *at = &k->spread.at[i];
        const toc_review_arrival *a = toc_report_arrival(rp, at->team, at->via);
        bool is_told = a && a->is_voice;
        int64_t read = is_told ? at->arrived : at->read_seq ? at->read : end;
        k->passed += at->via != k->spread.item;
        k->unread += !is_told && !at->read_seq;
        const int64_t took = toc_review_took(since, read);
        k->slowest = took > k->slowest ? took : k->slowest;
    }
}

toc_report_steps toc_report_steps_of(const toc_report *rp, const toc_report_key *k,
                                     const toc_reached *at)
{
    const toc_review_arrival *a = toc_report_arrival(rp, at->team, at->via);
    const int64_t since = since_of(rp, k);
    toc_report_steps s = {toc_review_took(since, at->arrived), -1, -1, -1, -1, -1, NULL};
    if (at->read_seq || (a && a->is_voice))
        s.read = toc_review_took(since, at->read_seq ? at->read : at->arrived);
    if (at->answered_seq)
        s.answered = toc_review_took(since, at->answered);
    if (at->decided_seq)
        s.decided = toc_review_took(since, at->decided);
    if (a && a->acted_seq)
        s.acted = toc_review_took(since, a->acted);
    if (at->via != k->spread.item)
        s.through = toc_event_str(toc_recording_at(rp->r, at->via), TOC_F_FROM);
    for (int64_t seq = at->arrived_seq + 1; seq <= toc_recording_count(rp->r); seq++) {
        const toc_event *ev = toc_recording_at(rp->r, seq);
        if (ev->kind != TOC_K_MESSAGE || toc_event_int(ev, TOC_F_ORIGIN) != k->spread.item ||
            strcmp(toc_event_str(ev, TOC_F_FROM), at->team) != 0)
            continue;
        s.passed = toc_review_took(since, ev->t);
        break;
    }
    return s;
}

// ---- those that went slowly -----------------------------------------------------------------------------------

static void add_inject(const toc_report *rp, toc_buf *words, const toc_review_inject *row)
{
    toc_paper_foreign(words, row->id);
    toc_buf_str(words, row->title && *row->title ? " " : "");
    toc_report_cut(rp, words, row->title, TITLE_MAX);
}

static void add_team(const toc_report *rp, toc_buf *words, const char *team)
{
    toc_buf_str(words, words->len > 0 ? ", " : "");
    toc_report_text(rp, words, team);
}

// The teams of one sort.
typedef enum { SENT_TO, PASSED_TO, NEVER_OPENED, NEVER_HAD } sort;

static const toc_reached *reached(const toc_report_key *k, const char *team)
{
    for (size_t i = 0; i < k->spread.count; i++)
        if (strcmp(k->spread.at[i].team, team) == 0)
            return &k->spread.at[i];
    return NULL;
}

static void add_teams_cell(toc_report *rp, const toc_report_key *k, sort which)
{
    toc_buf words = {0};
    for (size_t i = 0; which == NEVER_HAD && rp->plan && i < rp->plan->team_count; i++)
        if (!reached(k, rp->plan->teams[i].id))
            add_team(rp, &words, rp->plan->teams[i].id);
    for (size_t i = 0; which != NEVER_HAD && i < k->spread.count; i++) {
        const toc_reached *at = &k->spread.at[i];
        toc_report_steps s = toc_report_steps_of(rp, k, at);
        if (which == NEVER_OPENED ? s.read >= 0 : (which == PASSED_TO) != (s.through != NULL))
            continue;
        add_team(rp, &words, at->team);
        if (which == PASSED_TO) {
            toc_buf_str(&words, " through ");
            toc_report_text(rp, &words, s.through);
            toc_buf_str(&words, " after ");
            toc_report_took(&words, s.arrived);
        }
    }
    toc_paper_cell(rp->paper, words.len > 0 ? toc_buf_text(&words) : "–");
    toc_buf_fini(&words);
}

static bool is_late(const toc_report_key *k)
{
    return k->slowest > toc_report_late_after(k->is_urgent);
}

static bool is_slow(const toc_report_key *k)
{
    return k->passed > 0 || k->unread > 0 || is_late(k);
}

static void add_slow(toc_report *rp, const toc_report_key *k)
{
    toc_buf words = {0};
    toc_paper_row(rp->paper, NULL);
    add_inject(rp, &words, k->row);
    toc_report_evidence(rp, &words, &k->row->sent_seq, 1);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_report_when(rp, &words, k->row->sent);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    for (sort which = SENT_TO; which <= NEVER_HAD; which++)
        add_teams_cell(rp, k, which);
    toc_buf_clear(&words);
    toc_buf took = {0};
    toc_buf_str(&took, is_late(k) ? "late, " : "");
    toc_report_took(&took, k->slowest);
    if (k->unread > 0)
        toc_paper_tone(&words, TOC_TONE_BAD, "not by all");
    else
        toc_paper_tone(&words, is_late(k) ? TOC_TONE_LATE : TOC_TONE_PLAIN, toc_buf_text(&took));
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_fini(&took);
    toc_buf_fini(&words);
}

static void say_slow(toc_report *rp, const keys *all)
{
    size_t slow = 0;
    for (size_t i = 0; i < all->count; i++)
        slow += is_slow(&all->at[i]);
    if (slow == 0) {
        toc_paper_sayf(rp->paper,
                       "There %s %zu such %s. All teams that had them opened them within %d "
                       "minutes, urgent ones within %d, and none was passed on.",
                       all->count == 1 ? "was" : "were", all->count,
                       all->count == 1 ? "inject" : "injects", TOC_REPORT_LATE_MINUTES,
                       TOC_REPORT_URGENT_MINUTES);
        return;
    }
    toc_paper_sayf(
        rp->paper,
        "There %s %zu such %s; %zu of them %s passed on, opened only after more than %d minutes "
        "(urgent ones: %d), or never opened by a team that had them.",
        all->count == 1 ? "was" : "were", all->count, all->count == 1 ? "inject" : "injects", slow,
        slow == 1 ? "was" : "were", TOC_REPORT_LATE_MINUTES, TOC_REPORT_URGENT_MINUTES);
    toc_paper_table(
        rp->paper, NULL, "Passed on, or read late",
        "Inject|Sent|Sent to|Only through others|Never opened it|Never had it|Read by all "
        "after>");
    for (size_t i = 0; i < all->count; i++)
        if (is_slow(&all->at[i]))
            add_slow(rp, &all->at[i]);
}

// ---- pictures ---------------------------------------------------------------------------------------------------

// Does a say more than b? What was passed on first, then what went slowly, then what is urgent.
static bool is_more(const toc_report_key *a, const toc_report_key *b)
{
    if (!b || (a->passed > 0) != (b->passed > 0))
        return !b || a->passed > 0;
    if (a->slowest != b->slowest)
        return a->slowest > b->slowest;
    return a->is_urgent && !b->is_urgent;
}

// One team and its silence, or what all read at once, needs no picture.
static bool is_pictured(const toc_report_key *k)
{
    return k->spread.count > 1 && is_slow(k) && k->slowest > PICTURED;
}

static void say_picture(toc_report *rp, const toc_report_key *k)
{
    toc_buf title = {0}, words = {0}, svg = {0};
    add_inject(rp, &title, k->row);
    toc_buf_str(&words, toc_buf_text(&title));
    toc_buf_str(&words, k->is_urgent ? ", urgent, sent " : ", sent ");
    toc_report_when(rp, &words, k->row->sent);
    toc_buf_printf(&words, ": %zu %s", k->spread.count,
                   k->spread.count == 1 ? "team had it" : "teams had it");
    if (k->passed > 0)
        toc_buf_printf(&words, ", %zu only through others", k->passed);
    if (k->unread > 0)
        toc_buf_printf(&words, ", %zu never opened it", k->unread);
    toc_buf_char(&words, '.');
    toc_report_spread_picture(&svg, rp, k);
    toc_paper_figure(rp->paper, toc_buf_text(&title), toc_buf_text(&words), toc_buf_text(&svg));
    toc_paper_reading(rp->paper, "The bar is the time that it lay unopened.");
    toc_buf_fini(&title);
    toc_buf_fini(&words);
    toc_buf_fini(&svg);
}

static void say_pictures(toc_report *rp, const keys *all)
{
    bool *is_shown = toc_alloc((all->count + 1) * sizeof *is_shown);
    for (int picture = 0; picture < PICTURES; picture++) {
        const toc_report_key *best = NULL;
        for (size_t i = 0; i < all->count; i++)
            if (!is_shown[i] && is_pictured(&all->at[i]) && is_more(&all->at[i], best))
                best = &all->at[i];
        if (!best)
            break;
        is_shown[best - all->at] = true;
        say_picture(rp, best);
    }
    free(is_shown);
}

// ---- team by team -------------------------------------------------------------------------------------------

static void say_all(toc_report *rp, const keys *all)
{
    if (!rp->o->team)
        toc_paper_details(rp->paper, "Inject by inject, team by team");
    toc_paper_table(rp->paper, "spread", "Times are counted from when the inject was sent",
                    "Inject|Team|Through|Arrived after>|Read after>|Passed on after>|Answered "
                    "after>|Next decision after>|First act after>|Line>");
    for (size_t i = 0; i < all->count; i++)
        for (size_t k = 0; k < all->at[i].spread.count; k++)
            if (toc_report_is_team(rp, all->at[i].spread.at[k].team))
                add_steps(rp, &all->at[i], &all->at[i].spread.at[k]);
    if (!rp->o->team)
        toc_paper_details_end(rp->paper);
}

static void add_steps(toc_report *rp, const toc_report_key *k, const toc_reached *at)
{
    toc_report_steps s = toc_report_steps_of(rp, k, at);
    const int64_t times[] = {s.arrived, s.read, s.passed, s.answered, s.decided, s.acted};
    toc_buf words = {0};
    toc_paper_row(rp->paper, NULL);
    add_inject(rp, &words, k->row);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_report_text(rp, &words, at->team);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_report_text(rp, &words, s.through ? s.through : "–");
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    for (size_t i = 0; i < TOC_COUNT(times); i++) {
        toc_buf_clear(&words);
        if (i == 1 && s.read < 0)
            toc_paper_tone(&words, TOC_TONE_BAD, "never");
        else
            toc_report_took(&words, times[i]);
        toc_paper_cell(rp->paper, toc_buf_text(&words));
    }
    toc_buf_clear(&words);
    toc_report_line(rp, &words, at->arrived_seq);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_fini(&words);
}
