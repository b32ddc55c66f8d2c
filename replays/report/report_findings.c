// SPDX-License-Identifier: MIT
#include "report_findings.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { URGENT_MOST = 4 }; // that a row names

static void find_actions(toc_findings *f, const toc_report *rp);
static void say_when(const toc_report *rp, toc_buf *words, const toc_review_action *a);
static void find_decisions(toc_findings *f, const toc_report *rp);
static void find_ratings(toc_findings *f, const toc_report *rp);
static void find_unread(toc_findings *f, const toc_report *rp);
static void find_rfis(toc_findings *f, const toc_report *rp);
static void add(toc_findings *f, bool is_strength, const char *objective, const char *team,
                toc_buf *words);
static void say_decision(const toc_report *rp, toc_buf *words, const toc_review_decision *d);
static void join(toc_findings *f, size_t first, const char *begin, bool is_strength,
                 const char *objective, const char *team, toc_buf *words);
static void end_rows(toc_findings *f, size_t first);
static bool is_same(const char *a, const char *b);
static void add_urgent(const toc_report *rp, toc_buf *words, const toc_review_decision *d);
static void say_unread(const toc_report *rp, toc_buf *words, const toc_review_arrival *a);

void toc_findings_of(toc_findings *out, const toc_report *rp)
{
    *out = (toc_findings){0};
    find_actions(out, rp);
    find_decisions(out, rp);
    find_ratings(out, rp);
    find_unread(out, rp);
    find_rfis(out, rp);
}

void toc_report_findings_fini(toc_findings *f)
{
    for (size_t i = 0; i < f->count; i++)
        free(f->at[i].words);
    free(f->at);
    *f = (toc_findings){0};
}

toc_tone toc_report_outcome(toc_buf *words, const toc_review_action *a)
{
    const bool is_met = strcmp(a->state, "met") == 0, is_late = strcmp(a->state, "late") == 0;
    if (is_met || is_late) {
        toc_buf_str(words, is_met ? "met" : "late");
        if (a->late > 0) {
            toc_buf_str(words, " by ");
            toc_report_took(words, a->late);
        }
        return is_met ? TOC_TONE_GOOD : TOC_TONE_LATE;
    }
    if (strcmp(a->state, "overdue") == 0 || strcmp(a->state, "not-observed") == 0) {
        toc_buf_str(words, "not observed");
        return TOC_TONE_BAD;
    }
    if (strcmp(a->state, "crossed") == 0) {
        toc_buf_str(words, "the story jumped over it; nobody said what came of it");
        return TOC_TONE_LATE;
    }
    toc_buf_str(words, strcmp(a->state, "open") == 0 ? "not due yet when the recording ends"
                       : a->is_cut_off ? "not exercised: the exercise ended before it was due"
                                       : "not exercised");
    return TOC_TONE_PLAIN;
}

bool toc_report_is_exercised(const toc_review_action *a)
{
    return strcmp(a->state, "planned") != 0 && strcmp(a->state, "not-exercised") != 0 &&
           strcmp(a->state, "open") != 0;
}

void toc_report_evidence(const toc_report *rp, toc_buf *words, const int64_t *seqs, size_t count)
{
    bool is_begun = false;
    for (int64_t after = 0;;) {
        int64_t next = INT64_MAX; // the first of them after that, and each once
        for (size_t i = 0; i < count; i++)
            if (seqs[i] > after && seqs[i] < next)
                next = seqs[i];
        if (next == INT64_MAX)
            break;
        after = next;
        if (!toc_report_shows(rp, next))
            continue;
        toc_buf_str(words, is_begun ? ", " : " (");
        toc_report_line(rp, words, next);
        is_begun = true;
    }
    toc_buf_str(words, is_begun ? ")" : "");
}

bool toc_report_has_words(const char *text)
{
    return text && text[strspn(text, " \t\n")] != '\0';
}

const char *toc_report_rating_words(const char *rating)
{
    static const char *const words[] = {
        "performed without challenges", "performed with some challenges",
        "performed with major challenges", "unable to be performed"};
    static const char letters[] = "PSMU";
    const char *at = rating && *rating ? strchr(letters, *rating) : NULL;
    return at ? words[at - letters] : "";
}

const char *toc_report_requirement(const toc_report *rp, const char *objective)
{
    size_t i = rp->plan && objective ? toc_plan_objective(rp->plan, objective) : TOC_NONE;
    return i == TOC_NONE ? NULL : rp->plan->objectives[i].capability;
}

const char *toc_report_option_text(const toc_report *rp, const toc_review_decision *d,
                                   const char *option)
{
    const toc_value *options = toc_event_value(toc_recording_at(rp->r, d->ask_seq), TOC_F_OPTIONS);
    for (size_t i = 0; option && options && i < options->count; i++)
        if (strcmp(options->list[2 * i], option) == 0)
            return options->list[2 * i + 1];
    return NULL;
}

void toc_report_answer(const toc_report *rp, toc_buf *words, const toc_review_decision *d)
{
    const char *option = toc_report_option_text(rp, d, d->option);
    if (option) {
        toc_report_text(rp, words, option);
        toc_buf_str(words, " (");
        toc_report_text(rp, words, d->option);
        toc_buf_char(words, ')');
    } else {
        toc_report_text(rp, words, d->text ? d->text : d->option);
    }
}

// ---- expected actions and decisions ------------------------------------------------------------------

static void find_actions(toc_findings *f, const toc_report *rp)
{
    for (size_t i = 0; i < rp->review.action_count; i++) {
        const toc_review_action *a = &rp->review.actions[i];
        const bool is_met = strcmp(a->state, "met") == 0;
        toc_buf words = {0}, outcome = {0};
        toc_tone tone = toc_report_outcome(&outcome, a);
        if (tone == TOC_TONE_PLAIN || strcmp(a->state, "crossed") == 0 ||
            !toc_report_is_team(rp, a->team)) {
            toc_buf_fini(&outcome);
            continue;
        }
        toc_paper_foreign(&words, a->id);
        toc_buf_str(&words, ", \"");
        toc_report_text(rp, &words, a->text);
        toc_buf_printf(&words, "\": %s", outcome.data);
        say_when(rp, &words, a);
        toc_report_lacking(rp, &words, a);
        toc_report_evidence(rp, &words,
                            (int64_t[]){a->by ? a->cause_seq : 0, a->overdue_seq, a->seq}, 3);
        toc_buf_char(&words, '.');
        add(f, is_met, a->objective, a->team, &words);
        f->at[f->count - 1].action = a;
        toc_buf_fini(&outcome);
    }
}

static void say_when(const toc_report *rp, toc_buf *words, const toc_review_action *a)
{
    const bool is_met = strcmp(a->state, "met") == 0;
    if (a->is_marked && a->at >= 0) {
        toc_buf_str(words, ", marked so at ");
        toc_report_when(rp, words, a->at);
    } else if (is_met) {
        toc_buf_str(words, " at ");
        toc_report_when(rp, words, a->at);
    }
    if (is_met && !a->is_marked && a->deadline > a->at) {
        toc_buf_str(words, ", ");
        toc_report_took(words, a->deadline - a->at);
        toc_buf_str(words, " before it was due");
    } else if (a->deadline >= 0) {
        toc_buf_str(words, a->is_crossed   ? "; the story's clock jumped over its time at "
                           : a->is_cut_off ? "; the exercise ended before it was due, by "
                                           : "; it was due by ");
        toc_report_when(rp, words, a->deadline);
    }
    if (a->jumped_seq && !is_met)
        toc_buf_str(words, ", over which EXCON jumped");
}

static void find_decisions(toc_findings *f, const toc_report *rp)
{
    for (size_t i = 0; i < rp->review.decision_count; i++) {
        const toc_review_decision *d = &rp->review.decisions[i];
        if (!d->ask_seq || strcmp(d->team, "excon") == 0 || !toc_report_is_team(rp, d->team))
            continue;
        const bool is_by_them = d->settled_seq && !d->is_overdue && !d->is_for_team;
        const bool is_in_time = is_by_them && d->answered <= d->first_deadline;
        if (d->settled_seq && !d->is_overdue && d->is_for_team && d->crossed_seq)
            continue; // the story jumped over it
        if (is_by_them && !is_in_time && !d->extended_seq)
            continue; // its deadline moved with the story's clock
        if (!d->settled_seq && rp->review.ended < 0)
            continue; // the recording ends first
        if (is_in_time)
            continue; // that it was made in time says nothing of what was decided
        toc_buf words = {0};
        toc_paper_foreign(&words, d->id);
        toc_buf_str(&words, ", \"");
        toc_report_text(rp, &words, d->title);
        toc_buf_str(&words, "\": ");
        say_decision(rp, &words, d);
        toc_report_evidence(
            rp, &words, (int64_t[]){d->settled_seq ? d->settled_seq : d->ask_seq, d->late_seq}, 2);
        toc_buf_char(&words, '.');
        add(f, false, d->objective, d->team, &words);
        f->at[f->count - 1].decision = d;
    }
}

static void say_decision(const toc_report *rp, toc_buf *words, const toc_review_decision *d)
{
    if (!d->settled_seq) {
        toc_buf_str(words, d->answered_seq ? "its answer still waited for EXCON's ruling at ENDEX"
                                           : "it was still open at ENDEX");
    } else if (d->is_overdue) {
        toc_buf_str(words, d->ruling     ? "EXCON let it lapse"
                           : d->late_seq ? "the answer came too late"
                                         : "nobody answered");
        if (d->late_seq && !d->ruling && d->late > d->deadline) {
            toc_buf_str(words, ", ");
            toc_report_took(words, d->late - d->deadline);
            toc_buf_str(words, " after its deadline");
        }
        if (d->jumped_seq)
            toc_buf_str(words, "; EXCON jumped over its deadline");
        if (d->option) {
            toc_buf_str(words, "; play went on as: ");
            toc_report_answer(rp, words, d);
        }
    } else if (d->is_for_team) {
        toc_buf_str(words, "EXCON decided it for the team");
        if (toc_report_has_words(d->reason) && !rp->o->team) {
            toc_buf_str(words, ", because: ");
            toc_report_text(rp, words, d->reason);
        }
    } else {
        toc_buf_str(words, "answered ");
        toc_report_took(words, d->answered - d->first_deadline);
        toc_buf_str(words, " after its first deadline, which EXCON had put off");
    }
    add_urgent(rp, words, d);
}

// What was urgent, and lay there unopened when the team decided.
static void add_urgent(const toc_report *rp, toc_buf *words, const toc_review_decision *d)
{
    size_t count = 0;
    for (size_t i = 0; i < d->unread_count && !d->is_for_team; i++) {
        const toc_event *ev = toc_recording_at(rp->r, d->unread[i]);
        if (!toc_event_has(ev, TOC_F_URGENT) || ++count > URGENT_MOST)
            continue;
        toc_buf_str(words, count > 1 ? ", " : "; urgent, and not opened by then: ");
        toc_paper_foreign(words, toc_event_str(ev, TOC_F_INJECT));
    }
    if (count > URGENT_MOST)
        toc_buf_printf(words, " and %zu more", count - URGENT_MOST);
}

// ---- ratings ------------------------------------------------------------------------------------------------

// One row an objective and team, with all who rated it so.
static void find_ratings(toc_findings *f, const toc_report *rp)
{
    const size_t first = f->count;
    for (size_t i = 0; i < rp->review.rating_count; i++) {
        const toc_review_rating *rating = &rp->review.ratings[i];
        const bool is_good = strcmp(rating->rating, "P") == 0;
        if (strcmp(rating->rating, "S") == 0 ||
            (rp->o->team && !toc_report_is_team(rp, rating->team)))
            continue;
        toc_buf words = {0};
        toc_paper_foreign(&words, rating->rating);
        toc_buf_printf(&words, " (%s) by ", toc_report_rating_words(rating->rating));
        toc_report_person(rp, &words, rating->by, rating->seq);
        if (toc_report_has_words(rating->text)) {
            toc_buf_str(&words, ": ");
            toc_report_quoted(rp, &words, rating->text);
        }
        toc_report_evidence(rp, &words, &rating->seq, 1);
        join(f, first, "Rated ", is_good, rating->objective, rating->team, &words);
    }
    end_rows(f, first);
}

// ---- what came and was not opened -------------------------------------------------------------------------

// One row a team and objective: who lost sight of one message mostly lost sight of several.
static void find_unread(toc_findings *f, const toc_report *rp)
{
    const size_t first = f->count;
    for (size_t i = 0; i < rp->review.arrival_count; i++) {
        const toc_review_arrival *a = &rp->review.arrivals[i];
        if (!toc_report_is_team(rp, a->to) || !toc_report_is_read_late(rp, a))
            continue;
        const char *objective = toc_event_str(toc_recording_at(rp->r, a->item), TOC_F_OBJECTIVE);
        toc_buf words = {0};
        say_unread(rp, &words, a);
        join(f, first, "Opened late or never: ", false, objective, a->to, &words);
    }
    end_rows(f, first);
    for (size_t i = first; i < f->count; i++)
        f->at[i].is_of_unread = true;
}

// No rule of the field says so; Method names the times.
int64_t toc_report_late_after(bool is_urgent)
{
    return (is_urgent ? TOC_REPORT_URGENT_MINUTES : TOC_REPORT_LATE_MINUTES) * INT64_C(60000);
}

bool toc_report_is_read_late(const toc_report *rp, const toc_review_arrival *a)
{
    if (!a->is_inject || a->is_voice || !a->is_team)
        return false;
    const bool is_urgent = toc_event_has(toc_recording_at(rp->r, a->item), TOC_F_URGENT);
    const int64_t end = rp->review.ended >= 0 ? rp->review.ended : toc_recording_end(rp->r);
    return toc_review_took(a->since, a->read_seq ? a->read : end) >
           toc_report_late_after(is_urgent);
}

static void say_unread(const toc_report *rp, toc_buf *words, const toc_review_arrival *a)
{
    const toc_event *ev = toc_recording_at(rp->r, a->item);
    toc_paper_foreign(words, toc_event_str(ev, TOC_F_INJECT));
    toc_buf_str(words, " \"");
    toc_report_text(rp, words, toc_event_str(ev, TOC_F_TITLE));
    toc_buf_str(words, toc_event_has(ev, TOC_F_URGENT) ? "\" (urgent), " : "\", ");
    if (a->read_seq) {
        toc_buf_str(words, "after ");
        toc_report_took(words, toc_review_took(a->since, a->read));
    } else {
        toc_buf_str(words, "never");
    }
    toc_report_evidence(rp, words, (int64_t[]){a->item, a->read_seq}, 2);
}

// ---- requests for information ---------------------------------------------------------------------------------

// Whose answer was wanted: the first team that was asked, else EXCON, who speaks for the others; NULL: not the reader's.
static const char *asked_of(const toc_report *rp, const toc_review_rfi *rfi)
{
    for (size_t i = 0; i < rfi->to_count; i++)
        if (toc_review_team(&rp->review, rfi->to[i]) && toc_report_is_team(rp, rfi->to[i]))
            return rfi->to[i];
    return rp->o->team ? NULL : "excon";
}

static void find_rfis(toc_findings *f, const toc_report *rp)
{
    for (size_t i = 0; i < rp->review.rfi_count; i++) {
        const toc_review_rfi *rfi = &rp->review.rfis[i];
        const char *team = asked_of(rp, rfi);
        if (rfi->answered_seq || !team)
            continue;
        toc_buf words = {0};
        toc_report_who(rp, &words, rfi->from);
        toc_buf_str(&words, " asked at ");
        toc_report_when(rp, &words, rfi->t);
        toc_buf_str(&words, ", and nobody answered: ");
        toc_report_quoted(rp, &words, rfi->text);
        toc_report_evidence(rp, &words, &rfi->seq, 1);
        toc_buf_char(&words, '.');
        add(f, false, NULL, team, &words);
    }
}

// ---- rows -------------------------------------------------------------------------------------------------------

static void add(toc_findings *f, bool is_strength, const char *objective, const char *team,
                toc_buf *words)
{
    TOC_GROW(f->at, f->count, f->capacity);
    f->at[f->count++] = (toc_finding_row){.is_strength = is_strength,
                                           .objective = objective,
                                           .team = team,
                                           .words = toc_buf_take(words)};
}

// Adds to the row of the same objective and team among those from first on, or begins one.
static void join(toc_findings *f, size_t first, const char *begin, bool is_strength,
                 const char *objective, const char *team, toc_buf *words)
{
    size_t k = first;
    while (k < f->count && !(f->at[k].is_strength == is_strength && is_same(f->at[k].team, team) &&
                             is_same(f->at[k].objective, objective)))
        k++;
    toc_buf all = {0};
    toc_buf_printf(&all, "%s%s%s", k < f->count ? f->at[k].words : begin, k < f->count ? "; " : "",
                   toc_buf_text(words));
    toc_buf_fini(words);
    if (k == f->count) {
        add(f, is_strength, objective, team, &all);
        return;
    }
    free(f->at[k].words);
    f->at[k].words = toc_buf_take(&all);
}

static void end_rows(toc_findings *f, size_t first)
{
    for (size_t i = first; i < f->count; i++) {
        char *words = toc_sprintf("%s.", f->at[i].words);
        free(f->at[i].words);
        f->at[i].words = words;
    }
}

static bool is_same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}
