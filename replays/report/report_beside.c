// SPDX-License-Identifier: MIT
// Several recordings side by side: of one scenario (teams, or years, beside each other), or of different exercises by what they
// require (assess, review, monitor). Recordings are A, B, C … in the order in which they were played.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "report_findings.h"

enum { OWN_MOST = 240 }; // bytes of an answer in own words

typedef struct {
    toc_paper *paper;
    toc_report *of; // one a recording; their paper is this one
    size_t count;
    size_t *given; // which of those that were given each is
    const toc_report_options *o;
    bool is_same; // all of one scenario
} beside;

// What came of the expected actions of one requirement or objective.
typedef struct {
    size_t met, late, missed, open;
} score;

static void sort_by_start(beside *b, const toc_recording *const *recordings);
static const char *wall_of(const toc_recording *r);
static bool is_before(const toc_recording *a, const toc_recording *b);
static bool has_branch(const toc_recording *const *recordings, size_t count);
static void find_names(toc_report *rp, const toc_recording *const *recordings, size_t count);
static void say_recordings(beside *b);
static void say_actions(beside *b);
static void add_own_words(const toc_report *rp, toc_buf *words, const char *text);
static void say_decisions(beside *b);
static void say_requirements(beside *b);
static void say_carried(beside *b);
static toc_err check_team(const toc_recording *r, const toc_report_options *o, toc_error *e);

toc_err toc_report_beside(toc_paper **out, const toc_recording *const *recordings, size_t count,
                          const toc_report_options *o, toc_error *e)
{
    beside b = {.count = count, .o = o, .is_same = true};
    for (size_t i = 0; i < count; i++) {
        toc_err err = check_team(recordings[i], o, e);
        if (err)
            return err;
        b.is_same &= strcmp(toc_recording_header(recordings[i])->exercise,
                            toc_recording_header(recordings[0])->exercise) == 0;
    }
    sort_by_start(&b, recordings);
    const toc_plan *first = toc_recording_plan(recordings[0], NULL);
    toc_buf title = {0}, marking = {0};
    if (has_branch(recordings, count))
        toc_buf_printf(&marking, "with BRANCHES, not played by people throughout%s",
                       first && first->marking && *first->marking ? " · " : "");
    toc_buf_str(&marking, first && first->marking ? first->marking : "");
    toc_buf_printf(&title, "%s, %zu recordings side by side",
                   b.is_same ? toc_report_title(recordings[0]) : "Exercises", count);
    b.paper = toc_paper_new(toc_buf_text(&title), toc_buf_text(&marking));
    b.of = toc_alloc(count * sizeof *b.of);
    for (size_t i = 0; i < count; i++) {
        const toc_recording *r = recordings[b.given[i]];
        b.of[i] =
            (toc_report){.paper = b.paper, .r = r, .o = o, .plan = toc_recording_plan(r, NULL)};
        toc_review_of(&b.of[i].review, r);
        find_names(&b.of[i], recordings, count);
        toc_report_find_lacking(&b.of[i]);
    }
    toc_paper_cover(b.paper, "Document",
                    "After-action report of several recordings. Draft: generated from them; "
                    "ratings are by people.");
    say_recordings(&b);
    if (b.is_same) {
        say_actions(&b);
        say_decisions(&b);
    }
    say_requirements(&b);
    say_carried(&b);
    for (size_t i = 0; i < count; i++) {
        toc_report_names_fini(&b.of[i]);
        toc_review_end(&b.of[i].review);
    }
    free(b.of);
    free(b.given);
    toc_buf_fini(&title);
    toc_buf_fini(&marking);
    *out = b.paper;
    return TOC_OK;
}

// Recordings stand in the order in which they were played, those of the same moment (and those that never began) as they were given.
static void sort_by_start(beside *b, const toc_recording *const *recordings)
{
    b->given = toc_alloc(b->count * sizeof *b->given);
    for (size_t i = 0; i < b->count; i++) {
        size_t at = i;
        for (; at > 0 && is_before(recordings[i], recordings[b->given[at - 1]]); at--)
            b->given[at] = b->given[at - 1];
        b->given[at] = i;
    }
}

// A branch has the beginning of what it left, and stands behind it.
static bool is_before(const toc_recording *a, const toc_recording *b)
{
    const int order = strcmp(wall_of(a), wall_of(b));
    return order < 0 || (order == 0 && !toc_recording_header(a)->parent &&
                         toc_recording_header(b)->parent);
}

// When play began, as the engine wrote it, which sorts as text; "~": never.
static const char *wall_of(const toc_recording *r)
{
    const int64_t start = toc_recording_start(r);
    const char *wall = start > 0 ? toc_event_str(toc_recording_at(r, start), TOC_F_WALL) : NULL;
    return wall ? wall : "~";
}

static bool has_branch(const toc_recording *const *recordings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (toc_recording_header(recordings[i])->parent)
            return true;
    return false;
}

// A name of one run may stand in what people of another wrote.
static void find_names(toc_report *rp, const toc_recording *const *recordings, size_t count)
{
    const toc_recording *own = rp->r;
    for (size_t i = 0; i < count; i++) {
        rp->r = recordings[i];
        toc_report_names(rp);
    }
    rp->r = own;
}

// A team's report of several runs is of the team of that id in each.
static toc_err check_team(const toc_recording *r, const toc_report_options *o, toc_error *e)
{
    const toc_plan *plan = toc_recording_plan(r, NULL);
    if (o->team && (!plan || toc_plan_team(plan, o->team) == TOC_NONE))
        return toc_fail(e, TOC_EUSAGE, "run %.80s has no team %.48s", toc_recording_header(r)->run,
                        o->team);
    return TOC_OK;
}

static char letter_of(size_t recording)
{
    return (char)('A' + recording % 26);
}

// "Expected action|A|B|C"
static void begin_table(beside *b, const char *csv, const char *caption, const char *first,
                        const char *last)
{
    toc_buf columns = {0};
    toc_buf_str(&columns, first);
    for (size_t i = 0; i < b->count; i++)
        toc_buf_printf(&columns, "|%c", letter_of(i));
    toc_buf_str(&columns, last);
    toc_paper_table(b->paper, csv, caption, toc_buf_text(&columns));
    toc_buf_fini(&columns);
}

static void cell_and_clear(beside *b, toc_buf *words)
{
    toc_paper_cell(b->paper, toc_buf_text(words));
    toc_buf_clear(words);
}

// ---- which recordings ------------------------------------------------------------------------------------

static void say_title(const toc_report *rp, toc_buf *words)
{
    toc_buf branch = {0};
    toc_report_text(rp, words, toc_report_title(rp->r));
    if (toc_report_branch(&branch, rp->r))
        toc_buf_printf(words, "\nBRANCH. %s", toc_buf_text(&branch));
    toc_buf_fini(&branch);
}

static void say_fact(const beside *b, size_t i, size_t fact, toc_buf *words)
{
    const toc_report *rp = &b->of[i];
    const toc_review_numbers *n = &rp->review.numbers;
    const toc_verdict *v = b->o->verdicts ? &b->o->verdicts[b->given[i]] : NULL;
    const char *wall = rp->review.wall_started;
    switch (fact) {
    case 0:
        say_title(rp, words);
        break;
    case 1:
        toc_paper_foreign(words, toc_recording_header(rp->r)->run);
        break;
    case 2:
        toc_report_wall(words, wall, true);
        toc_buf_str(words, wall ? " UTC" : "–");
        break;
    case 3:
        if (v)
            toc_report_verdict(words, v);
        else
            toc_paper_tone(words, TOC_TONE_BAD, "not verified");
        break;
    case 4:
        toc_buf_printf(words, "%zu", n->sent);
        break;
    case 5:
        toc_buf_printf(words, "%zu of %zu", n->decided - n->decided_for, n->asked);
        if (n->decided_for > 0)
            toc_buf_printf(words, "; %zu decided for %s by EXCON", n->decided_for,
                           n->decided_for == 1 ? "a team" : "teams");
        break;
    case 6:
        toc_report_took(words, n->median_read);
        break;
    case 7:
        toc_report_took(words, n->median_decide);
        break;
    default:
        toc_report_count(words, n->lost);
        break;
    }
}

// A recording is a row of the file, and a column on the page, which is no wider with more to say of each.
static void say_recordings(beside *b)
{
    static const char *const facts[] = {
        "Exercise",       "Run",            "Played",           "Recording",      "Injects sent",
        "Decided in time", "Median to read", "Median to decide", "Lost user-hours"};
    const size_t count = b->o->team ? 4 : TOC_COUNT(facts); // a team has no numbers of others
    size_t proven = 0;
    toc_buf words = {0};
    for (size_t i = 0; i < b->count; i++)
        proven += b->o->verdicts && b->o->verdicts[i].kind == TOC_VERDICT_VERIFIED;
    if (proven < b->count)
        toc_paper_box(b->paper, "Not everything in these recordings is proven",
                      "The table of recordings says which are verified. A report of one of them "
                      "alone says what is not proven.");
    toc_paper_section(b->paper, "recordings", "The recordings");
    begin_table(b, NULL, "What they are, and their numbers", " ", "");
    for (size_t fact = 0; fact < count; fact++) {
        toc_paper_row(b->paper, NULL);
        toc_paper_cell(b->paper, facts[fact]);
        for (size_t i = 0; i < b->count; i++) {
            say_fact(b, i, fact, &words);
            cell_and_clear(b, &words);
        }
    }
    toc_paper_file(b->paper, "recordings",
                   b->o->team ? " |Exercise|Run|Played|Recording"
                              : " |Exercise|Run|Played|Recording|Injects sent>|Decided in "
                                "time>|Median to read>|Median to decide>|"
                                "Lost user-hours>");
    for (size_t i = 0; i < b->count; i++) {
        toc_paper_row(b->paper, NULL);
        toc_paper_cellf(b->paper, "%c", letter_of(i));
        for (size_t fact = 0; fact < count; fact++) {
            say_fact(b, i, fact, &words);
            cell_and_clear(b, &words);
        }
    }
    toc_buf_fini(&words);
}

// ---- one scenario -----------------------------------------------------------------------------------------

static void add_state(const toc_report *rp, toc_buf *words, const toc_review_action *a)
{
    bool is_met = strcmp(a->state, "met") == 0,
         is_late = a->late >= 0 || strcmp(a->state, "late") == 0;
    bool is_missed = strcmp(a->state, "overdue") == 0 || strcmp(a->state, "not-observed") == 0;
    toc_buf how = {0};
    toc_buf_str(&how, is_missed                                ? "not observed"
                      : strcmp(a->state, "not-exercised") == 0 ? "not exercised"
                                                               : a->state);
    if (is_late && a->late > 0) {
        toc_buf_str(&how, " by ");
        toc_report_took(&how, a->late);
    }
    toc_paper_tone(words,
                   is_late     ? TOC_TONE_LATE
                   : is_met    ? TOC_TONE_GOOD
                   : is_missed ? TOC_TONE_BAD
                               : TOC_TONE_PLAIN,
                   toc_buf_text(&how));
    if (a->at >= 0) {
        toc_buf_char(words, ' ');
        toc_report_when(rp, words, a->at);
    }
    toc_buf_fini(&how);
}

static void say_actions(beside *b)
{
    const toc_review *first = &b->of[0].review;
    toc_buf words = {0};
    toc_paper_section(b->paper, "actions", "Expected actions");
    begin_table(b, "beside-actions", "Each expected action in each recording", "Id|Team|Expected",
                "");
    for (size_t i = 0; i < first->action_count; i++) {
        const toc_review_action *a = &first->actions[i];
        if (b->o->team && strcmp(a->team, b->o->team) != 0)
            continue;
        toc_paper_row(b->paper, NULL);
        toc_paper_foreign(&words, a->id);
        cell_and_clear(b, &words);
        toc_report_who(&b->of[0], &words, a->team);
        cell_and_clear(b, &words);
        toc_report_text(&b->of[0], &words, a->text);
        cell_and_clear(b, &words);
        for (size_t k = 0; k < b->count; k++) {
            size_t same = toc_review_find_action(&b->of[k].review, a->id);
            if (same != TOC_NONE)
                add_state(&b->of[k], &words, &b->of[k].review.actions[same]);
            else
                toc_buf_str(&words, "–");
            cell_and_clear(b, &words);
        }
    }
    toc_buf_fini(&words);
}

static void add_decided(const toc_report *rp, toc_buf *words, const toc_review_decision *d)
{
    if (d->ask_seq == 0 || d->settled_seq == 0) {
        toc_buf_str(words, d->ask_seq == 0 ? "not asked" : toc_report_open_words(rp));
        return;
    }
    if (d->is_overdue)
        toc_paper_tone(words, d->late_seq > 0 ? TOC_TONE_LATE : TOC_TONE_BAD,
                       d->late_seq > 0 ? "answered too late" : "never answered");
    else if (d->option && !(d->is_own && toc_report_has_words(d->text)))
        toc_paper_strong(words, d->option);
    else
        add_own_words(rp, words, d->text);
    if (d->is_overdue)
        return;
    if (d->is_own && d->option && strcmp(d->option, "other") != 0) {
        toc_buf_str(words, ", ruled as ");
        toc_paper_strong(words, d->option);
    }
    toc_buf_str(words, d->is_for_team ? ", decided by EXCON after " : " after ");
    toc_report_took(words, toc_review_took(d->since, d->answered));
    if (d->is_for_team && rp->o->team)
        return; // why is not for the team
    if (d->reason && *d->reason) {
        toc_buf_str(words, ": ");
        toc_report_text(rp, words, d->reason);
    }
}

// An answer of their own: what it says, in its first words.
static void add_own_words(const toc_report *rp, toc_buf *words, const char *text)
{
    toc_buf_str(words, "in their own words, \"");
    toc_report_cut(rp, words, text, OWN_MOST);
    toc_buf_str(words, "\"");
}

static void say_decisions(beside *b)
{
    const toc_review *first = &b->of[0].review;
    toc_buf words = {0};
    toc_paper_section(b->paper, "decisions", "Decisions");
    begin_table(b, "beside-decisions", "Each decision in each recording", "Id|Team|Question", "");
    for (size_t i = 0; i < first->decision_count; i++) {
        const toc_review_decision *d = &first->decisions[i];
        if (b->o->team && strcmp(d->team, b->o->team) != 0)
            continue;
        toc_paper_row(b->paper, NULL);
        toc_paper_foreign(&words, d->id);
        cell_and_clear(b, &words);
        toc_report_who(&b->of[0], &words, d->team);
        cell_and_clear(b, &words);
        toc_report_text(&b->of[0], &words, d->title);
        cell_and_clear(b, &words);
        for (size_t k = 0; k < b->count; k++) {
            size_t same = toc_review_find_decision(&b->of[k].review, d->id);
            if (same != TOC_NONE)
                add_decided(&b->of[k], &words, &b->of[k].review.decisions[same]);
            else
                toc_buf_str(&words, "–");
            cell_and_clear(b, &words);
        }
    }
    toc_buf_fini(&words);
}

// ---- by requirement ----------------------------------------------------------------------------------------

// The requirement that an objective serves: its capability, or where it names none its own text.
static const char *requirement_of(const toc_plan *p, const char *objective)
{
    size_t i = p && objective ? toc_plan_objective(p, objective) : TOC_NONE;
    if (i == TOC_NONE)
        return NULL;
    const toc_objective *o = &p->objectives[i];
    return o->capability && *o->capability ? o->capability : o->text;
}

static bool serves(const toc_report *rp, const char *objective, const char *requirement)
{
    const char *own = requirement_of(rp->plan, objective);
    return own && strcmp(own, requirement) == 0;
}

static score score_of(const toc_report *rp, const char *requirement)
{
    score s = {0};
    for (size_t i = 0; i < rp->review.action_count; i++) {
        const toc_review_action *a = &rp->review.actions[i];
        if (!serves(rp, a->objective, requirement) || !toc_report_is_team(rp, a->team))
            continue;
        bool is_late = a->late >= 0 || strcmp(a->state, "late") == 0;
        s.late += is_late;
        s.met += !is_late && strcmp(a->state, "met") == 0;
        s.missed +=
            !is_late && (strcmp(a->state, "overdue") == 0 || strcmp(a->state, "not-observed") == 0);
        s.open++;
    }
    s.open -= s.met + s.late + s.missed;
    return s;
}

static void add_score(const toc_report *rp, toc_buf *words, const char *requirement)
{
    score s = score_of(rp, requirement);
    bool is_there = false;
    for (size_t i = 0; rp->plan && i < rp->plan->objective_count; i++)
        is_there |= serves(rp, rp->plan->objectives[i].id, requirement);
    if (!is_there) {
        toc_buf_str(words, "not tested");
        return;
    }
    if (s.met + s.late + s.missed > 0)
        toc_buf_printf(words, "%zu met, %zu late, %zu missed", s.met, s.late, s.missed);
    else
        toc_buf_str(words, s.open > 0 ? "not exercised" : "no expected action");
    for (size_t i = 0; i < rp->review.rating_count; i++) {
        const toc_review_rating *rating = &rp->review.ratings[i];
        if (!serves(rp, rating->objective, requirement) ||
            (rp->o->team && !toc_report_is_team(rp, rating->team)))
            continue;
        toc_buf_str(words, "\n");
        toc_paper_strong(words, rating->rating);
        toc_buf_char(words, ' ');
        if (rating->team)
            toc_report_who(rp, words, rating->team);
        toc_buf_str(words, rating->team ? ", by " : "by ");
        toc_report_person(rp, words, rating->by, rating->seq);
    }
}

// In words, from the first recording that exercised it to the last.
static const char *trend_of(const beside *b, const char *requirement)
{
    score first = {0}, last = {0};
    size_t seen = 0, open = 0;
    for (size_t i = 0; i < b->count; i++) {
        score s = score_of(&b->of[i], requirement);
        open += s.open;
        if (s.met + s.late + s.missed == 0 || toc_recording_header(b->of[i].r)->parent)
            continue; // a branch is no later time
        first = seen++ == 0 ? s : first;
        last = s;
    }
    if (seen < 2)
        return seen > 0 ? "exercised once" : open > 0 ? "never exercised" : "no expected action";
    size_t before = first.met * (last.met + last.late + last.missed),
           now = last.met * (first.met + first.late + first.missed);
    return now > before   ? "more in time than at first"
           : now < before ? "less in time than at first"
                          : "as at first";
}

static bool is_known(const beside *b, size_t recording, size_t objective, const char *requirement)
{
    for (size_t i = 0; i <= recording; i++) {
        const toc_plan *p = b->of[i].plan;
        for (size_t k = 0; p && k < (i < recording ? p->objective_count : objective); k++) {
            const char *other = requirement_of(p, p->objectives[k].id);
            if (other && strcmp(other, requirement) == 0)
                return true;
        }
    }
    return false;
}

static void say_requirement(beside *b, const toc_report *rp, const char *requirement)
{
    toc_buf words = {0};
    toc_paper_row(b->paper, NULL);
    toc_report_text(rp, &words, requirement);
    cell_and_clear(b, &words);
    for (size_t i = 0; i < b->count; i++) {
        add_score(&b->of[i], &words, requirement);
        cell_and_clear(b, &words);
    }
    toc_paper_cell(b->paper, trend_of(b, requirement));
    toc_buf_fini(&words);
}

static void say_requirements(beside *b)
{
    toc_paper_section(b->paper, "requirements", "Requirements");
    toc_paper_say(b->paper, "Objectives of one capability stand together; one that names none "
                            "stands by its own text. Ratings are what "
                            "evaluators wrote; they are never averaged.");
    begin_table(b, "beside-requirements", "Expected actions and ratings by requirement",
                "Requirement", "|From first to last");
    for (size_t i = 0; i < b->count; i++) {
        const toc_plan *p = b->of[i].plan;
        for (size_t k = 0; p && k < p->objective_count; k++) {
            const char *requirement = requirement_of(p, p->objectives[k].id);
            if (requirement && !is_known(b, i, k, requirement))
                say_requirement(b, &b->of[i], requirement);
        }
    }
}

// ---- what is still open -----------------------------------------------------------------------------------

// A team may have another name from exercise to exercise.
static bool is_theirs_in_any(const beside *b, const toc_corrective *c)
{
    for (size_t i = 0; i < b->count; i++)
        if (toc_report_is_theirs(&b->of[i], c))
            return true;
    return false;
}

static void say_carried(beside *b)
{
    size_t theirs = 0;
    for (size_t i = 0; i < b->o->previous_count; i++)
        theirs += is_theirs_in_any(b, &b->o->previous[i]);
    if (theirs == 0)
        return;
    toc_buf words = {0};
    toc_paper_section(b->paper, "improvement", "Corrective actions still open");
    toc_paper_table(b->paper, TOC_CORRECTIVE_CSV, "Carried forward from earlier reports",
                    TOC_CORRECTIVE_COLUMNS);
    for (size_t i = 0; i < b->o->previous_count; i++) {
        const toc_corrective *c = &b->o->previous[i];
        const char *const cells[] = {c->id,     c->from,  c->requirement, c->objective, c->issue,
                                     c->action, c->owner, c->due,         c->state};
        if (!is_theirs_in_any(b, c))
            continue;
        toc_paper_row(b->paper, NULL);
        for (size_t k = 0; k < TOC_COUNT(cells); k++) {
            toc_report_text(&b->of[0], &words, cells[k]);
            cell_and_clear(b, &words);
        }
    }
    toc_buf_fini(&words);
}
