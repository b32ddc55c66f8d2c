// SPDX-License-Identifier: MIT
// One page: what happened, five numbers, what needs attention first, the objectives at a glance.

#include <string.h>

#include "base/mem.h"
#include "exercise/exercise.h"
#include "report_findings.h"

static void say_what_happened(toc_report *rp);
static void say_brief(toc_report *rp);
static void say_attention(toc_report *rp);
static size_t say_actions(toc_report *rp, bool is_slight);
static size_t say_decisions(toc_report *rp);
static size_t say_questions(toc_report *rp);
static size_t say_events(toc_report *rp);
static void say_objectives(toc_report *rp);

void toc_report_overview(toc_report *rp)
{
    toc_paper_section(rp->paper, "overview", "Overview");
    say_what_happened(rp);
    say_brief(rp);
    toc_report_numbers(rp);
    say_attention(rp);
    say_objectives(rp);
}

static void add_count(toc_buf *words, size_t count, const char *one, const char *many)
{
    toc_buf_printf(words, "%zu %s", count, count == 1 ? one : many);
}

// ---- what happened --------------------------------------------------------------------------------------

static void say_brief(toc_report *rp)
{
    size_t team = rp->plan && rp->o->team ? toc_plan_team(rp->plan, rp->o->team) : TOC_NONE;
    const char *brief = !rp->plan          ? NULL
                        : team != TOC_NONE ? rp->plan->teams[team].brief
                                           : rp->plan->brief;
    if (!brief || !*brief)
        return;
    toc_buf words = {0};
    toc_paper_details(rp->paper,
                      rp->o->team ? "The team's brief" : "The exercise in its author's words");
    toc_report_text(rp, &words, brief);
    toc_paper_quote(rp->paper, toc_buf_text(&words));
    toc_paper_details_end(rp->paper);
    toc_buf_fini(&words);
}

static void say_what_happened(toc_report *rp)
{
    const toc_review *v = &rp->review;
    int64_t paused = 0;
    toc_buf words = {0};
    for (size_t i = 0; i < v->pause_count; i++)
        paused += v->pauses[i].wall_ms > 0 ? v->pauses[i].wall_ms : 0;
    if (toc_report_branch(&words, rp->r)) {
        toc_buf_str(&words, ".");
        toc_paper_box(rp->paper, "This is a branch", toc_buf_text(&words));
        toc_buf_clear(&words);
    }
    if (v->started < 0) {
        toc_paper_say(rp->paper, "Play never began: this recording ends in the lobby.");
        toc_buf_fini(&words);
        return;
    }
    toc_report_text(rp, &words, toc_report_title(rp->r));
    toc_buf_str(&words, v->ended >= 0 ? " was played to ENDEX, " : " was played for ");
    toc_report_took(&words, v->ended >= 0 ? v->ended : toc_recording_end(rp->r));
    toc_buf_str(&words, v->ended >= 0 ? " after STARTEX. " : "; the recording ends before ENDEX. ");
    toc_report_who_acted(rp, &words);
    if (v->pause_count > 0) {
        toc_buf_str(&words, "Play stood still ");
        add_count(&words, v->pause_count, "time", "times");
        toc_buf_str(&words, ", for ");
        toc_report_took(&words, paused);
        toc_buf_str(&words, " in all. ");
    }
    if (!rp->o->team && v->numbers.lost > 0) {
        toc_buf_str(&words, "In the story, people went without services for ");
        toc_report_count(&words, v->numbers.lost);
        toc_buf_str(&words, " user-hours. ");
    }
    toc_paper_say(rp->paper, toc_buf_text(&words));
    toc_buf_fini(&words);
}

// ---- what needs attention ------------------------------------------------------------------------------------

static void say_attention(toc_report *rp)
{
    toc_paper_heading(rp->paper, "attention", "Look at this first");
    size_t said = say_events(rp);
    said += say_actions(rp, false);
    said += say_decisions(rp);
    said += say_questions(rp);
    said += say_actions(rp, true);
    if (said == 0)
        toc_paper_say(rp->paper,
                      "Nothing was late, missed or left unanswered, and nothing went wrong.");
}

static void add_evidence(const toc_report *rp, toc_buf *words, int64_t seq)
{
    if (seq <= 0 || !toc_report_shows(rp, seq))
        return;
    toc_buf_str(words, " (");
    toc_report_line(rp, words, seq);
    toc_buf_char(words, ')');
}

// That there was one, and how long it stopped play; what it was, where the reader may know.
static void say_emergency(const toc_report *rp, toc_buf *words, const toc_event *ev)
{
    for (size_t i = 0; i < rp->review.pause_count; i++) {
        const toc_review_pause *pause = &rp->review.pauses[i];
        if (pause->seq != ev->seq)
            continue;
        toc_buf_str(words, pause->until_seq ? ", play stopped for " : ", play did not go on");
        if (pause->until_seq)
            toc_report_took(words, pause->wall_ms);
    }
    if (toc_report_keeps(rp, ev->seq))
        return;
    const char *text = toc_event_str(ev, TOC_F_TEXT);
    toc_buf_str(words, toc_report_has_words(text) ? ": " : "");
    toc_report_text(rp, words, text);
    toc_buf_str(words, "; called by ");
    toc_report_person(rp, words, toc_event_str(ev, TOC_F_BY), ev->seq);
}

// Emergencies, mistakes of scripts, and what stopped the engine or them.
static size_t say_events(toc_report *rp)
{
    size_t said = 0, errors = 0;
    int64_t first_error = 0;
    for (int64_t seq = 1; seq <= toc_recording_count(rp->r); seq++) {
        const toc_event *ev = toc_recording_at(rp->r, seq);
        if (ev->kind == TOC_K_ERROR && toc_report_shows(rp, seq)) {
            first_error = first_error ? first_error : seq;
            errors++;
        }
        if ((ev->kind != TOC_K_EMERGENCY && ev->kind != TOC_K_HALT && ev->kind != TOC_K_RESUMED) ||
            !toc_report_shows(rp, seq))
            continue;
        toc_buf words = {0};
        toc_paper_tone(&words, ev->kind == TOC_K_RESUMED ? TOC_TONE_LATE : TOC_TONE_BAD,
                       ev->kind == TOC_K_EMERGENCY ? "real emergency"
                       : ev->kind == TOC_K_HALT    ? "scripts stopped"
                                                   : "engine restarted");
        toc_buf_char(&words, ' ');
        toc_report_when(rp, &words, ev->t);
        if (ev->kind == TOC_K_EMERGENCY) {
            say_emergency(rp, &words, ev);
        } else {
            toc_buf_str(&words, ": ");
            toc_report_told(rp, &words, seq);
        }
        add_evidence(rp, &words, seq);
        toc_paper_item(rp->paper, toc_buf_text(&words));
        toc_buf_fini(&words);
        said++;
    }
    if (errors > 0) {
        toc_buf words = {0};
        toc_paper_tone(&words, TOC_TONE_BAD, "script error");
        toc_buf_printf(&words,
                       " The scenario's scripts failed %zu %s; what hangs on them may not have "
                       "happened. The first: ",
                       errors, errors == 1 ? "time" : "times");
        toc_report_text(rp, &words,
                        toc_event_str(toc_recording_at(rp->r, first_error), TOC_F_TEXT));
        add_evidence(rp, &words, first_error);
        toc_paper_item(rp->paper, toc_buf_text(&words));
        toc_buf_fini(&words);
    }
    return said + (errors > 0);
}

// Of an expected action that did not come as it should: how it stands, in words; NULL: it is as it should be.
static const char *trouble_of(const toc_review_action *a, toc_tone *tone)
{
    static const struct {
        const char *state, *words;
        toc_tone tone;
    } states[] = {
        {"late", "late", TOC_TONE_LATE},
        {"overdue", "not met", TOC_TONE_BAD},
        {"not-observed", "not observed", TOC_TONE_BAD},
        {"crossed", "passed over by a jump", TOC_TONE_LATE},
    };
    for (size_t i = 0; i < TOC_COUNT(states); i++)
        if (strcmp(a->state, states[i].state) == 0) {
            *tone = states[i].tone;
            return states[i].words;
        }
    return NULL;
}

// Those that were late by less than a minute stand last, by themselves.
static size_t say_actions(toc_report *rp, bool is_slight)
{
    size_t said = 0;
    for (size_t i = 0; i < rp->review.action_count; i++) {
        const toc_review_action *a = &rp->review.actions[i];
        toc_tone tone;
        const char *trouble = trouble_of(a, &tone);
        if (!trouble || !toc_report_is_team(rp, a->team) || toc_report_is_slight(a) != is_slight)
            continue;
        toc_buf words = {0}, how = {0};
        toc_buf_str(&how, trouble);
        if (a->late > 0) {
            toc_buf_str(&how, " by ");
            toc_report_took(&how, a->late);
        }
        toc_paper_tone(&words, tone, toc_buf_text(&how));
        toc_buf_char(&words, ' ');
        toc_paper_foreign(&words, a->id);
        toc_buf_str(&words, ", ");
        toc_report_who(rp, &words, a->team);
        toc_buf_str(&words, ": ");
        toc_report_text(rp, &words, a->text);
        toc_report_lacking(rp, &words, a);
        add_evidence(rp, &words, a->seq);
        toc_paper_item(rp->paper, toc_buf_text(&words));
        toc_buf_fini(&words);
        toc_buf_fini(&how);
        said++;
    }
    return said;
}

// What an evaluator writes may be praise as well.
static const char WRITTEN[] = "an evaluator wrote", BY_EXCON[] = "EXCON wrote";

// What people wrote about a decision: that its objective, of that team, was rated M or U; an observation. The last such line; 0.
static int64_t remark_on(const toc_report *rp, const toc_review_decision *d, const char **what)
{
    const toc_review *v = &rp->review;
    int64_t seq = 0;
    for (size_t i = 0; i < v->note_count; i++)
        if (v->notes[i].decision && strcmp(v->notes[i].decision, d->id) == 0 &&
            (!rp->o->team || toc_report_is_team(rp, v->notes[i].team))) {
            *what = strcmp(toc_seat_role(v->notes[i].by), "excon") == 0 ? BY_EXCON : WRITTEN;
            seq = v->notes[i].seq;
        }
    for (size_t i = 0; i < v->rating_count; i++) {
        const toc_review_rating *rating = &v->ratings[i];
        if (d->objective && rating->team && strcmp(rating->objective, d->objective) == 0 &&
            strcmp(rating->team, d->team) == 0 && strchr("MU", rating->rating[0])) {
            *what = rating->rating[0] == 'M' ? "rated M" : "rated U";
            seq = rating->seq;
        }
    }
    return seq;
}

static size_t say_decisions(toc_report *rp)
{
    size_t said = 0;
    for (size_t i = 0; i < rp->review.decision_count; i++) {
        const toc_review_decision *d = &rp->review.decisions[i];
        const char *remark = NULL;
        bool is_open = d->settled_seq == 0;
        int64_t remarked = remark_on(rp, d, &remark);
        if (d->ask_seq == 0 || !toc_report_is_team(rp, d->team) ||
            !(is_open || d->is_overdue || d->crossed_seq > 0 || remarked > 0))
            continue;
        toc_buf words = {0}, id = {0};
        toc_buf_printf(&id, "decision-%s", d->id);
        const char *how = d->late_seq > 0 ? "answered too late"
                          : remarked > 0 && !is_open && !d->is_overdue && !d->crossed_seq ? remark
                          : d->is_overdue  ? "never answered"
                          : d->crossed_seq ? "passed over by a jump"
                                           : toc_report_open_words(rp);
        const bool is_note = how == WRITTEN || how == BY_EXCON;
        toc_paper_tone(&words,
                       is_note                             ? TOC_TONE_PLAIN
                       : d->is_overdue && d->late_seq == 0 ? TOC_TONE_BAD
                                                           : TOC_TONE_LATE,
                       how);
        toc_buf_str(&words, is_note ? " about" : "");
        toc_buf_char(&words, ' ');
        toc_paper_to(&words, toc_buf_text(&id), d->id);
        toc_buf_str(&words, ", ");
        toc_report_who(rp, &words, d->team);
        toc_buf_str(&words, ": ");
        toc_report_text(rp, &words, d->title);
        if (d->is_overdue && d->option) {
            toc_buf_str(&words, "; play went on as: ");
            toc_report_text(rp, &words, d->option);
        }
        const bool is_by_excon = !is_open && !d->is_overdue && d->is_for_team;
        toc_buf_str(&words, is_by_excon                                   ? "; decided by EXCON"
                            : remarked > 0 && d->option && !d->is_overdue ? "; decided"
                                                                          : "");
        add_evidence(rp, &words, d->settled_seq ? d->settled_seq : d->ask_seq);
        if (remarked > 0) {
            toc_buf_printf(&words, ", %s", is_note ? "the note" : remark);
            add_evidence(rp, &words, remarked);
        }
        toc_paper_item(rp->paper, toc_buf_text(&words));
        toc_buf_fini(&words);
        toc_buf_fini(&id);
        said++;
    }
    return said;
}

// Requests for information that stayed open.
static size_t say_questions(toc_report *rp)
{
    size_t said = 0;
    for (size_t i = 0; i < rp->review.rfi_count; i++) {
        const toc_review_rfi *rfi = &rp->review.rfis[i];
        if (rfi->answered_seq > 0 || !toc_report_shows(rp, rfi->seq))
            continue;
        toc_buf words = {0};
        toc_paper_tone(&words, TOC_TONE_LATE, "question not answered");
        toc_buf_char(&words, ' ');
        toc_report_who(rp, &words, rfi->from);
        toc_buf_str(&words, " asked at ");
        toc_report_when(rp, &words, rfi->t);
        toc_buf_str(&words, ": ");
        toc_report_quoted(rp, &words, rfi->text);
        add_evidence(rp, &words, rfi->seq);
        toc_paper_item(rp->paper, toc_buf_text(&words));
        toc_buf_fini(&words);
        said++;
    }
    return said;
}

// ---- objectives -----------------------------------------------------------------------------------------

static void count_actions(const toc_report *rp, const char *objective, size_t counts[4])
{
    for (size_t i = 0; i < rp->review.action_count; i++) {
        const toc_review_action *a = &rp->review.actions[i];
        if (!a->objective || strcmp(a->objective, objective) != 0 ||
            !toc_report_is_team(rp, a->team))
            continue;
        counts[strcmp(a->state, "met") == 0                                                 ? 0
               : a->late >= 0 || strcmp(a->state, "late") == 0                              ? 1
               : strcmp(a->state, "not-exercised") == 0 || strcmp(a->state, "planned") == 0 ? 3
                                                                                            : 2]++;
    }
}

static void add_ratings(const toc_report *rp, toc_buf *words, const char *objective)
{
    for (size_t i = 0; i < rp->review.rating_count; i++) {
        const toc_review_rating *rating = &rp->review.ratings[i];
        if (strcmp(rating->objective, objective) != 0 ||
            (rp->o->team && !toc_report_is_team(rp, rating->team)))
            continue;
        toc_buf_str(words, words->len ? "\n" : "");
        toc_paper_strong(words, rating->rating);
        toc_buf_str(words, " ");
        if (rating->team)
            toc_report_who(rp, words, rating->team);
        toc_buf_str(words, rating->team ? ", by " : "by ");
        toc_report_person(rp, words, rating->by, rating->seq);
    }
    if (words->len == 0)
        toc_buf_str(words, rp->o->team ? "none of this team alone" : "not rated");
}

static void say_objectives(toc_report *rp)
{
    if (!rp->plan || rp->plan->objective_count == 0)
        return;
    toc_paper_heading(rp->paper, "at-a-glance", "Objectives at a glance");
    toc_paper_table(rp->paper, NULL, "Expected actions and ratings of each objective",
                    "Objective|What it tests|Met>|Late>|Not seen>|Not exercised>|Rated by people");
    for (size_t i = 0; i < rp->plan->objective_count; i++) {
        const toc_objective *objective = &rp->plan->objectives[i];
        bool is_theirs = !rp->o->team;
        for (size_t k = 0; k < objective->team_count && !is_theirs; k++)
            is_theirs = toc_report_is_team(rp, rp->plan->teams[objective->teams[k]].id);
        if (!is_theirs)
            continue;
        size_t counts[4] = {0};
        toc_buf words = {0}, id = {0};
        count_actions(rp, objective->id, counts);
        toc_buf_printf(&id, "objective-%s", objective->id);
        toc_paper_row(rp->paper, NULL);
        toc_paper_to(&words, toc_buf_text(&id), objective->id);
        toc_paper_cell(rp->paper, toc_buf_text(&words));
        toc_buf_clear(&words);
        toc_report_text(rp, &words, objective->text);
        toc_paper_cell(rp->paper, toc_buf_text(&words));
        for (size_t k = 0; k < TOC_COUNT(counts); k++)
            toc_paper_cellf(rp->paper, "%zu", counts[k]);
        toc_buf_clear(&words);
        add_ratings(rp, &words, objective->id);
        toc_paper_cell(rp->paper, toc_buf_text(&words));
        toc_buf_fini(&words);
        toc_buf_fini(&id);
    }
    toc_paper_say(rp->paper,
                  "P performed without challenges, S with some, M with major challenges (still "
                  "achieved), U unable to be "
                  "performed. Ratings are what evaluators wrote; they are never averaged.");
}
