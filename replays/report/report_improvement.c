// SPDX-License-Identifier: MIT
// The improvement plan: rows that people go on with in a spreadsheet. What was late, missed or rated low is filled in; what to
// do about it, by when, is theirs.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report_findings.h"

#define MET_NOW  "; met this time"
#define ANSWERED "; answered in time this time"
#define LATE_NOW "; late this time"
#define AGAIN    "; missed again"

static size_t add_previous(toc_report *rp, const toc_findings *f);
static size_t add_new(toc_report *rp, const toc_findings *f);
static char *unread_of(const toc_report *rp, const char *team);
static void add_finding(toc_report *rp, const toc_finding_row *row, int number);
static void add_state(const toc_report *rp, toc_buf *words, const toc_findings *f,
                      const toc_corrective *c);
static bool is_about(const toc_report *rp, const char *issue, const toc_finding_row *row);
static bool is_carried(const toc_report *rp, const toc_finding_row *row);
static void say_run(const toc_report *rp, toc_buf *words);
static int highest_id(const toc_report *rp);
static void say_exercise(const toc_report *rp, toc_buf *words);
static void say_cell(const toc_report *rp, const char *text);

void toc_report_improvement(toc_report *rp)
{
    toc_findings f;
    toc_findings_of(&f, rp);
    toc_paper_section(rp->paper, "improvement", "Improvement plan");
    toc_paper_say(
        rp->paper,
        "A draft. Each issue is what the recording shows, or what evaluators rated M or U. Whether "
        "it "
        "matters, what is to be done and by when, is for people to say: those columns are empty.");
    size_t count = add_previous(rp, &f) + add_new(rp, &f);
    if (count == 0)
        toc_paper_say(rp->paper, "Nothing was late, missed, left unanswered or rated M or U.");
    toc_report_findings_fini(&f);
}

static size_t add_previous(toc_report *rp, const toc_findings *f)
{
    size_t count = 0;
    for (size_t i = 0; i < rp->o->previous_count; i++) {
        const toc_corrective *c = &rp->o->previous[i];
        const char *cells[] = {c->id,    c->from,   c->requirement, c->objective,
                               c->issue, c->action, c->owner,       c->due};
        toc_buf state = {0};
        if (!toc_report_is_theirs(rp, c))
            continue;
        if (count++ == 0) {
            toc_paper_say(rp->paper, "Lines that issues carried forward name are those of the "
                                     "recordings that they come from.");
            toc_paper_table(rp->paper, TOC_CORRECTIVE_CSV,
                            "Carried forward: still open from earlier exercises",
                            TOC_CORRECTIVE_COLUMNS);
        }
        toc_paper_row(rp->paper, NULL);
        for (size_t k = 0; k < TOC_COUNT(cells); k++)
            say_cell(rp, cells[k]);
        add_state(rp, &state, f, c);
        say_cell(rp, toc_buf_text(&state));
        toc_buf_fini(&state);
    }
    return count;
}

static bool begins_with(const toc_report *rp, const char *issue, const char *id, const char *text)
{
    toc_buf words = {0};
    toc_paper_foreign(&words, id);
    toc_buf_str(&words, ", \"");
    toc_report_text(rp, &words, text);
    toc_buf_str(&words, "\": ");
    const bool is = strncmp(issue, toc_buf_text(&words), words.len) == 0;
    toc_buf_fini(&words);
    return is;
}

// How it went this time; what an earlier report said of its own time goes.
static void add_state(const toc_report *rp, toc_buf *words, const toc_findings *f,
                      const toc_corrective *c)
{
    static const char *const said[] = {MET_NOW, ANSWERED, LATE_NOW, AGAIN};
    size_t len = strlen(c->state);
    for (size_t i = 0; i < TOC_COUNT(said); i++) {
        const char *at = strstr(c->state, said[i]);
        len = at && (size_t)(at - c->state) < len ? (size_t)(at - c->state) : len;
    }
    toc_buf_add(words, c->state, len);
    const char *begin = words->len > 0 ? "" : "open";
    for (size_t i = 0; i < f->count; i++) {
        const toc_review_action *a = f->at[i].action;
        if (!is_about(rp, c->issue, &f->at[i]))
            continue;
        const bool is_met = f->at[i].is_strength;
        const bool is_late = a && !is_met && strcmp(a->state, "late") == 0;
        toc_buf_printf(words, "%s%s", begin, is_met ? MET_NOW : is_late ? LATE_NOW : AGAIN);
        if (is_late && a->late >= 0) {
            toc_buf_str(words, ", by ");
            toc_report_took(words, a->late);
        }
        toc_buf_str(words, is_met ? ": close it?" : " in ");
        if (!is_met)
            say_run(rp, words);
        return;
    }
    for (size_t i = 0; i < rp->review.decision_count; i++) {
        const toc_review_decision *d = &rp->review.decisions[i];
        if (d->settled_seq && !d->is_overdue && !d->is_for_team &&
            d->answered <= d->first_deadline && begins_with(rp, c->issue, d->id, d->title)) {
            toc_buf_printf(words, "%s%s", begin, ANSWERED); // nobody knows how good an answer
            return;
        }
    }
}

// An issue begins with the id and the words of what it is about: another scenario's EXP-01 is another one. A team's report
// may have other words for it than everybody's.
static bool is_about(const toc_report *rp, const char *issue, const toc_finding_row *row)
{
    const toc_review_action *a = row->action;
    const toc_review_decision *d = row->decision;
    return (a && (begins_with(rp, issue, a->id, a->text) ||
                  (a->plan && begins_with(rp, issue, a->id, a->plan->text)))) ||
           (d && begins_with(rp, issue, d->id, d->title));
}

// What stands there as carried forward is not a new issue.
static bool is_carried(const toc_report *rp, const toc_finding_row *row)
{
    for (size_t i = 0; i < rp->o->previous_count; i++)
        if (toc_report_is_theirs(rp, &rp->o->previous[i]) &&
            is_about(rp, rp->o->previous[i].issue, row))
            return true;
    return false;
}

// Those that were late by less than a minute stand last.
static size_t add_rows(toc_report *rp, const toc_findings *f, bool is_slight, size_t count)
{
    const int before = highest_id(rp);
    for (size_t i = 0; i < f->count; i++) {
        const toc_finding_row *row = &f->at[i];
        if (row->is_strength || row->is_of_unread || is_carried(rp, row) ||
            (row->action && toc_report_is_slight(row->action)) != is_slight)
            continue;
        add_finding(rp, row, before + (int)++count);
    }
    return count;
}

static size_t add_new(toc_report *rp, const toc_findings *f)
{
    const size_t teams = rp->plan ? rp->plan->team_count : 0;
    const int before = highest_id(rp);
    size_t count = add_rows(rp, f, false, 0);
    for (size_t i = 0; i < teams; i++) {
        toc_finding_row unread = {.team = rp->plan->teams[i].id};
        unread.words = unread_of(rp, unread.team);
        if (unread.words)
            add_finding(rp, &unread, before + (int)++count);
        free(unread.words);
    }
    return add_rows(rp, f, true, count);
}

// One row a team: which they were stands with the objectives. NULL: nothing.
static char *unread_of(const toc_report *rp, const char *team)
{
    size_t count = 0, urgent = 0;
    toc_buf ids = {0}, words = {0};
    for (size_t i = 0; i < rp->review.arrival_count; i++) {
        const toc_review_arrival *a = &rp->review.arrivals[i];
        if (strcmp(a->to, team) != 0 || !toc_report_is_team(rp, team) ||
            !toc_report_is_read_late(rp, a))
            continue;
        const toc_event *ev = toc_recording_at(rp->r, a->item);
        count++;
        toc_buf_str(&ids, count > 1 ? ", " : "");
        toc_paper_foreign(&ids, toc_event_str(ev, TOC_F_INJECT));
        if (toc_event_has(ev, TOC_F_URGENT)) {
            urgent++;
            toc_buf_str(&ids, " urgent");
        }
        toc_report_evidence(rp, &ids, &a->item, 1);
    }
    if (count > 0) {
        toc_buf_printf(&words, "%zu %s opened late or never", count,
                       count == 1 ? "inject was" : "injects were");
        if (urgent == count)
            toc_buf_str(&words, count == 1 ? ", an urgent one" : ", all urgent");
        else if (urgent > 0)
            toc_buf_printf(&words, ", %zu of them urgent", urgent);
        toc_buf_printf(&words, ": %s.", toc_buf_text(&ids));
    }
    toc_buf_fini(&ids);
    return count > 0 ? toc_buf_take(&words) : NULL;
}

static void add_finding(toc_report *rp, const toc_finding_row *row, int number)
{
    toc_buf words = {0};
    char id[32];
    snprintf(id, sizeof id, "IP-%02d", number);
    if (number == highest_id(rp) + 1)
        toc_paper_table(rp->paper, TOC_CORRECTIVE_CSV, "New, from this exercise",
                        TOC_CORRECTIVE_COLUMNS);
    toc_paper_row(rp->paper, id);
    toc_paper_cell(rp->paper, id);
    say_exercise(rp, &words);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    say_cell(rp, toc_report_requirement(rp, row->objective));
    say_cell(rp, row->objective);
    toc_paper_cell(rp->paper, row->words);
    toc_paper_cell(rp->paper, "");
    toc_buf_clear(&words);
    toc_report_who(rp, &words, row->team);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_paper_cell(rp->paper, "");
    toc_paper_cell(rp->paper, "open");
    toc_buf_fini(&words);
}

// A team is shown what it is to do itself.
bool toc_report_is_theirs(const toc_report *rp, const toc_corrective *c)
{
    toc_buf name = {0};
    if (!rp->o->team)
        return true;
    toc_report_who(rp, &name, rp->o->team);
    bool is_named =
        strcmp(c->owner, rp->o->team) == 0 || strcmp(c->owner, toc_buf_text(&name)) == 0;
    toc_buf_fini(&name);
    return is_named;
}

// New numbers go on behind those that are carried forward, so that an id names one issue.
static int highest_id(const toc_report *rp)
{
    int highest = 0;
    for (size_t i = 0; i < rp->o->previous_count; i++) {
        int number = 0;
        if (sscanf(rp->o->previous[i].id, "IP-%6d", &number) == 1 && number > highest)
            highest = number;
    }
    return highest;
}

// "First Light, 2026-11-21 18:00 UTC, run …65d9"
static void say_exercise(const toc_report *rp, toc_buf *words)
{
    const char *wall = rp->review.wall_started;
    toc_report_text(rp, words, toc_report_title(rp->r));
    toc_buf_str(words, wall ? ", " : "");
    toc_report_wall(words, wall, true);
    toc_buf_str(words, wall ? " UTC, " : ", ");
    say_run(rp, words);
}

// By the end of its id, which begins with the exercise and the day.
static void say_run(const toc_report *rp, toc_buf *words)
{
    enum { SHORTEST = 4 };
    const char *run = toc_recording_header(rp->r)->run, *tail = run;
    for (const char *at = run; (at = strchr(at, '-')) != NULL; at++)
        if (strlen(at + 1) >= SHORTEST)
            tail = at + 1;
    toc_buf_str(words, tail > run ? "run …" : "run ");
    toc_paper_foreign(words, tail);
}

static void say_cell(const toc_report *rp, const char *text)
{
    toc_buf words = {0};
    toc_report_text(rp, &words, text);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_fini(&words);
}
