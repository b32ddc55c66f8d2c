// SPDX-License-Identifier: MIT
// The overview in numbers: who acted, and how it went.

#include <string.h>

#include "base/map.h"
#include "report_findings.h"

static bool is_new_person(const toc_report *rp, toc_map *known, int64_t seq);
static bool signs_in_here(const toc_report *rp, const toc_event *ev);
static void add_took(toc_report *rp, int64_t ms, const char *what);
static void say_team_numbers(toc_report *rp);
static void say_actions(toc_report *rp);
static size_t count_elsewhere(const toc_report *rp);
static size_t count_open(const toc_report *rp, size_t *excon);

const char *toc_report_open_words(const toc_report *rp)
{
    return rp->review.ended >= 0 ? "still open at ENDEX" : "open at the end of what can be read";
}

void toc_report_numbers(toc_report *rp)
{
    const toc_review_numbers *n = &rp->review.numbers;
    toc_buf number = {0}, what = {0};
    if (rp->o->team) {
        say_team_numbers(rp);
        return;
    }
    const size_t elsewhere = count_elsewhere(rp);
    const bool has_ended = rp->review.ended >= 0;
    size_t excon, open = count_open(rp, &excon);
    toc_buf_int(&number, (int64_t)n->sent);
    toc_buf_printf(&what, "injects sent, %zu of them written in play; %zu skipped, %zu %s",
                   n->adhoc, n->skipped, n->never_sent,
                   has_ended ? "never sent" : "not sent by the end of what can be read");
    if (elsewhere > 0)
        toc_buf_printf(&what,
                       " (of them %zu without a time of their own: for other courses of the story, "
                       "or EXCON's to send)",
                       elsewhere);
    toc_paper_number(rp->paper, toc_buf_text(&number), toc_buf_text(&what));
    toc_buf_clear(&number);
    toc_buf_clear(&what);
    toc_buf_printf(&number, "%zu of %zu", n->decided - n->decided_for, n->asked);
    toc_buf_printf(&what, "decisions of teams answered in time; %zu late", n->late);
    if (has_ended || n->unanswered > open)
        toc_buf_printf(&what, ", %zu never answered", n->unanswered - open);
    if (open > 0)
        toc_buf_printf(&what, ", %zu %s", open, toc_report_open_words(rp));
    if (n->decided_for > 0)
        toc_buf_printf(&what, "; %zu decided for %s by EXCON", n->decided_for,
                       n->decided_for == 1 ? "a team" : "teams");
    if (excon > 0)
        toc_buf_printf(&what, "; %zu more of EXCON's own", excon);
    toc_paper_number(rp->paper, toc_buf_text(&number), toc_buf_text(&what));
    say_actions(rp);
    add_took(rp, n->median_read, "median time from an inject's arrival until its team opened it");
    add_took(rp, n->median_first_act,
             "median time from its arrival to the team's first act after it had opened it; "
             "an acknowledgement counts");
    add_took(rp, n->median_decide, "median time from a question to its decision");
    toc_buf_fini(&number);
    toc_buf_fini(&what);
}

// ---- who acted ------------------------------------------------------------------------------------------

void toc_report_who_acted(toc_report *rp, toc_buf *words)
{
    const toc_review *v = &rp->review;
    toc_map *known = toc_map_new();
    size_t seats = 0, acted = 0, signed_in = 0;
    for (size_t i = 0; i < v->seat_count; i++) {
        const bool is_players = v->seats[i].team && toc_report_is_team(rp, v->seats[i].team);
        seats += is_players;
        acted += is_players && v->seats[i].acts > 0;
    }
    for (int64_t seq = 1; seq <= toc_recording_count(rp->r); seq++)
        signed_in += is_new_person(rp, known, seq);
    toc_map_free(known);
    if (!rp->o->team && rp->plan)
        toc_buf_printf(words, "%zu %s could play. ", rp->plan->team_count,
                       rp->plan->team_count == 1 ? "team" : "teams");
    toc_buf_printf(words, "%zu of %zu taken %s of %s acted; ", acted, seats,
                   seats == 1 ? "seat" : "seats", rp->o->team ? "the team" : "teams");
    if (signed_in == 0)
        toc_buf_str(words, "nobody signed in with a name. ");
    else
        toc_buf_printf(words, "%zu %s signed in%s. ", signed_in,
                       signed_in == 1 ? "person" : "people",
                       rp->o->team ? " there" : ", EXCON's among them");
}

// Is this where somebody signs in whose name did not stand at a seat of the reader's before? Known: the names so far.
static bool is_new_person(const toc_report *rp, toc_map *known, int64_t seq)
{
    const toc_event *ev = toc_recording_at(rp->r, seq);
    int64_t before;
    if (ev->kind != TOC_K_SIGN_IN || !signs_in_here(rp, ev) ||
        toc_map_get(known, toc_event_str(ev, TOC_F_NAME), &before))
        return false;
    toc_map_put(known, toc_event_str(ev, TOC_F_NAME), seq);
    return true;
}

static bool signs_in_here(const toc_report *rp, const toc_event *ev)
{
    for (size_t i = 0; i < rp->review.seat_count; i++)
        if (strcmp(rp->review.seats[i].id, toc_event_str(ev, TOC_F_BY)) == 0)
            return toc_report_is_team(rp, rp->review.seats[i].team);
    return !rp->o->team;
}

// ---- numbers --------------------------------------------------------------------------------------------

static void add_took(toc_report *rp, int64_t ms, const char *what)
{
    toc_buf number = {0};
    toc_report_took(&number, ms);
    toc_paper_number(rp->paper, toc_buf_text(&number), what);
    toc_buf_fini(&number);
}

// Of those of the reader that play came to.
static void say_actions(toc_report *rp)
{
    size_t met = 0, late = 0, actions = 0, others = 0;
    toc_buf number = {0}, what = {0};
    for (size_t i = 0; i < rp->review.action_count; i++) {
        const toc_review_action *a = &rp->review.actions[i];
        if (!toc_report_is_team(rp, a->team))
            continue;
        const bool is_exercised = toc_report_is_exercised(a);
        actions += is_exercised;
        others += !is_exercised;
        met += strcmp(a->state, "met") == 0;
        late += strcmp(a->state, "late") == 0;
    }
    toc_buf_printf(&number, "%zu of %zu", met, actions);
    toc_buf_printf(&what, "expected actions met in time; %zu late", late);
    if (others > 0)
        toc_buf_printf(&what, "; %zu more not exercised, or not due yet", others);
    if (actions + others > 0)
        toc_paper_number(rp->paper, toc_buf_text(&number), toc_buf_text(&what));
    toc_buf_fini(&number);
    toc_buf_fini(&what);
}

static void say_team_numbers(toc_report *rp)
{
    const toc_review *v = &rp->review;
    size_t injects = 0, unread = 0, asked = 0, in_time = 0, by_excon = 0;
    toc_buf number = {0}, what = {0};
    for (size_t i = 0; i < v->arrival_count; i++) {
        bool is_theirs = v->arrivals[i].is_inject && toc_report_is_team(rp, v->arrivals[i].to);
        injects += is_theirs;
        unread += is_theirs && !v->arrivals[i].is_voice && v->arrivals[i].read_seq == 0;
    }
    for (size_t i = 0; i < v->decision_count; i++) {
        bool is_theirs =
            v->decisions[i].ask_seq > 0 && toc_report_is_team(rp, v->decisions[i].team);
        asked += is_theirs;
        bool is_decided =
            is_theirs && v->decisions[i].settled_seq > 0 && !v->decisions[i].is_overdue;
        in_time += is_decided && !v->decisions[i].is_for_team;
        by_excon += is_decided && v->decisions[i].is_for_team;
    }
    toc_buf_int(&number, (int64_t)injects);
    toc_buf_printf(&what, "injects received; %zu %s", unread,
                   v->ended >= 0 ? "never opened" : "not opened by the end of what can be read");
    toc_paper_number(rp->paper, toc_buf_text(&number), toc_buf_text(&what));
    toc_buf_clear(&number);
    toc_buf_printf(&number, "%zu of %zu", in_time, asked);
    toc_buf_clear(&what);
    toc_buf_str(&what, "decisions answered in time");
    if (by_excon > 0)
        toc_buf_printf(&what, "; %zu decided for the team by EXCON", by_excon);
    toc_paper_number(rp->paper, toc_buf_text(&number), toc_buf_text(&what));
    say_actions(rp);
    toc_buf_fini(&number);
    toc_buf_fini(&what);
}

// Injects that were never sent, and that no clock would have sent.
static size_t count_elsewhere(const toc_report *rp)
{
    size_t count = 0;
    for (size_t i = 0; i < rp->review.inject_count; i++) {
        const toc_review_inject *one = &rp->review.injects[i];
        count += !one->sent_seq && !one->skipped_seq && one->planned < 0;
    }
    return count;
}

// Decisions of teams that nothing was said of any more; and how many EXCON was asked.
static size_t count_open(const toc_report *rp, size_t *excon)
{
    size_t open = 0;
    *excon = 0;
    for (size_t i = 0; i < rp->review.decision_count; i++) {
        const toc_review_decision *d = &rp->review.decisions[i];
        const bool is_excon = strcmp(d->team, "excon") == 0;
        *excon += d->ask_seq && is_excon;
        open += d->ask_seq && !is_excon && !d->settled_seq && !d->late_seq;
    }
    return open;
}
