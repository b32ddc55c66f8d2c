// SPDX-License-Identifier: MIT
// What came of a decision: the lines whose causes lead back to it, up to the next decision on the way.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report_decisions.h"
#include "report_world.h"

enum { OPEN_ROWS = 8, LEVEL_STEP_PPM = 10000 }; // smaller changes than one percent are not told

typedef struct {
    int64_t seq;
    char *words;
} row;

typedef struct {
    row *at;
    size_t count, capacity;
} rows;

static bool is_of(const toc_report *rp, const size_t *origins, int64_t seq, size_t decision);
static bool is_listed(const toc_report *rp, const size_t *origins, int64_t seq, size_t decision);
static void add_row(rows *all, int64_t seq, toc_buf *words);
static void say_rows(toc_report *rp, rows *all);
static void add_levels(rows *all, const toc_report *rp, const size_t *origins, size_t decision);
static bool is_near(int64_t a, int64_t b);

size_t *toc_report_origins(const toc_report *rp)
{
    const int64_t count = toc_recording_count(rp->r);
    size_t *origins = toc_alloc(((size_t)count + 1) * sizeof *origins);
    for (size_t i = 0; i < rp->review.decision_count; i++)
        origins[rp->review.decisions[i].settled_seq] = i + 1;
    origins[0] = 0; // where those went that were never settled
    for (int64_t seq = 1; seq <= count; seq++) {
        const toc_event *ev = toc_recording_at(rp->r, seq);
        if (!origins[seq] && ev->cause > 0 && ev->cause < seq && !toc_report_is_contrary(rp, ev))
            origins[seq] = origins[ev->cause];
    }
    return origins;
}

void toc_report_followed(toc_report *rp, const size_t *origins, size_t decision)
{
    const int64_t settled = rp->review.decisions[decision].settled_seq;
    rows all = {0};
    if (!settled)
        return;
    for (int64_t seq = settled + 1; seq <= toc_recording_count(rp->r); seq++) {
        if (!is_listed(rp, origins, seq, decision))
            continue;
        toc_buf words = {0};
        toc_report_when(rp, &words, toc_recording_at(rp->r, seq)->t);
        toc_buf_str(&words, ": ");
        toc_report_told(rp, &words, seq);
        toc_report_evidence(rp, &words, &seq, 1);
        add_row(&all, seq, &words);
    }
    add_levels(&all, rp, origins, decision);
    toc_paper_say(rp->paper, "What came of it:");
    say_rows(rp, &all);
}

// Takes the words.
static void add_row(rows *all, int64_t seq, toc_buf *words)
{
    TOC_GROW(all->at, all->count, all->capacity);
    all->at[all->count++] = (row){seq, toc_buf_take(words)};
}

static int by_line(const void *a, const void *b)
{
    const row *one = a, *other = b;
    return (one->seq > other->seq) - (one->seq < other->seq);
}

// In the order of lines, which is that of time; many are folded.
static void say_rows(toc_report *rp, rows *all)
{
    const bool is_folded = all->count > OPEN_ROWS + 2;
    if (all->count > 0)
        qsort(all->at, all->count, sizeof *all->at, by_line);
    for (size_t i = 0; i < all->count; i++) {
        if (is_folded && i == OPEN_ROWS)
            toc_paper_details(rp->paper, "More that came of it");
        toc_paper_item(rp->paper, all->at[i].words);
        free(all->at[i].words);
    }
    if (is_folded)
        toc_paper_details_end(rp->paper);
    if (all->count == 0)
        toc_paper_item(
            rp->paper,
            rp->o->team
                ? "Nothing that this team was shown."
                : "Nothing that the recording shows: no inject, question, repair or level.");
    free(all->at);
}

// Does the line come of this decision, and of none after it?
static bool is_of(const toc_report *rp, const size_t *origins, int64_t seq, size_t decision)
{
    const toc_event *ev = toc_recording_at(rp->r, seq);
    return ev->cause > 0 && ev->cause < seq && origins[ev->cause] == decision + 1 &&
           !toc_report_is_contrary(rp, ev);
}

// Levels are told service by service.
static bool is_listed(const toc_report *rp, const size_t *origins, int64_t seq, size_t decision)
{
    return is_of(rp, origins, seq, decision) && toc_recording_at(rp->r, seq)->kind != TOC_K_LEVEL &&
           toc_tell_is_news(rp->r, seq) && toc_report_shows(rp, seq);
}

static void add_levels(rows *all, const toc_report *rp, const size_t *origins, size_t decision)
{
    for (size_t i = 0; i < rp->review.service_count; i++) {
        const toc_review_service *s = &rp->review.services[i];
        const toc_review_level *first = NULL, *last = NULL;
        int64_t before = s->first, lowest = INT64_MAX;
        size_t changes = 0;
        for (size_t k = 0; k < s->count; k++) {
            if (!is_of(rp, origins, s->at[k].seq, decision) || !toc_report_shows(rp, s->at[k].seq))
                continue;
            if (!first)
                before = k > 0 ? s->at[k - 1].level : s->first;
            first = first ? first : &s->at[k];
            last = &s->at[k];
            lowest = last->level < lowest ? last->level : lowest;
            changes++;
        }
        if (!first || (is_near(before, last->level) && is_near(before, lowest)))
            continue;
        const char *name =
            rp->plan && s->service != TOC_NONE ? rp->plan->model.services[s->service].name : NULL;
        toc_buf words = {0};
        toc_report_when(rp, &words, first->t);
        toc_buf_str(&words, ": ");
        toc_report_text(rp, &words, name ? name : s->id);
        const bool is_back = toc_report_is_same_percent(before, last->level);
        const bool was_lower = lowest < last->level && lowest < before;
        toc_buf_str(&words, " from ");
        toc_report_percent(&words, before);
        if (was_lower) {
            toc_buf_str(&words, " down to ");
            toc_report_percent(&words, lowest);
        }
        toc_buf_str(&words, !was_lower ? " to " : is_back ? ", and back to " : ", then ");
        toc_report_percent(&words, last->level);
        if (changes > 1) {
            toc_buf_str(&words, " by ");
            toc_report_when(rp, &words, last->t);
            if (changes > 1 + (size_t)was_lower)
                toc_buf_printf(&words, ", in %zu steps", changes);
        }
        toc_report_evidence(rp, &words, (int64_t[]){first->seq, last->seq}, 2);
        add_row(all, first->seq, &words);
    }
}

static bool is_near(int64_t a, int64_t b)
{
    return a - b < LEVEL_STEP_PPM && b - a < LEVEL_STEP_PPM;
}
