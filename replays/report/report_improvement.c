// SPDX-License-Identifier: MIT
// The improvement plan: rows that people go on with in a spreadsheet. What was late, missed or rated low is filled in; what to
// do about it, by when, is theirs.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report_findings.h"

#define MET_NOW "; met this time: close it?"

static size_t add_previous(toc_report *rp);
static size_t add_new(toc_report *rp, const toc_findings *f);
static char *unread_of(const toc_report *rp, const char *team);
static void add_finding(toc_report *rp, const toc_finding_row *row, int number);
static void add_state(const toc_report *rp, toc_buf *words, const toc_corrective *c);
static bool is_met_now(const toc_report *rp, const char *issue);
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
    size_t count = add_previous(rp) + add_new(rp, &f);
    if (count == 0)
        toc_paper_say(rp->paper, "Nothing was late, missed, left unanswered or rated M or U.");
    toc_report_findings_fini(&f);
}

static size_t add_previous(toc_report *rp)
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
        add_state(rp, &state, c);
        say_cell(rp, toc_buf_text(&state));
        toc_buf_fini(&state);
    }
    return count;
}

// What an earlier report asked is not asked again if it was not met again.
static void add_state(const toc_report *rp, toc_buf *words, const toc_corrective *c)
{
    const char *asked = strstr(c->state, MET_NOW);
    toc_buf_add(words, c->state, asked ? (size_t)(asked - c->state) : strlen(c->state));
    if (is_met_now(rp, c->issue))
        toc_buf_printf(words, "%s%s", words->len > 0 ? "" : "open", MET_NOW);
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

// An issue begins with the id and the words of what it is about: another scenario's EXP-01 is another one.
static bool is_met_now(const toc_report *rp, const char *issue)
{
    for (size_t i = 0; i < rp->review.action_count; i++) {
        const toc_review_action *a = &rp->review.actions[i];
        if (strcmp(a->state, "met") == 0 && begins_with(rp, issue, a->id, a->text))
            return true;
    }
    for (size_t i = 0; i < rp->review.decision_count; i++) {
        const toc_review_decision *d = &rp->review.decisions[i];
        if (d->settled_seq && !d->is_overdue && !d->is_for_team &&
            d->answered <= d->first_deadline && begins_with(rp, issue, d->id, d->title))
            return true;
    }
    return false;
}

static size_t add_new(toc_report *rp, const toc_findings *f)
{
    const size_t teams = rp->plan ? rp->plan->team_count : 0;
    const int before = highest_id(rp);
    size_t count = 0;
    for (size_t i = 0; i < f->count + teams; i++) {
        toc_finding_row unread = {.team = i < f->count ? NULL : rp->plan->teams[i - f->count].id};
        const toc_finding_row *row = i < f->count ? &f->at[i] : &unread;
        if (i >= f->count)
            unread.words = unread_of(rp, unread.team);
        if (row->words && !row->is_strength && !row->is_of_unread) {
            if (count++ == 0)
                toc_paper_table(rp->paper, TOC_CORRECTIVE_CSV, "New, from this exercise",
                                TOC_CORRECTIVE_COLUMNS);
            add_finding(rp, row, before + (int)count);
        }
        free(unread.words);
    }
    return count;
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

// "First Light, 2026-11-21"
static void say_exercise(const toc_report *rp, toc_buf *words)
{
    char day[11] = "";
    const char *wall = rp->review.wall_started;
    toc_report_text(rp, words, toc_report_title(rp->r));
    if (wall && strlen(wall) > 10) {
        memcpy(day, wall, 10);
        toc_buf_str(words, ", ");
        toc_paper_foreign(words, day);
    }
}

static void say_cell(const toc_report *rp, const char *text)
{
    toc_buf words = {0};
    toc_report_text(rp, &words, text);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_fini(&words);
}
