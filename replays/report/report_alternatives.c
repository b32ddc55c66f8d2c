// SPDX-License-Identifier: MIT
// What the other answers to a decision would have led to: the recording is branched just before the answer, with another one given
// at the same time, and what both have in the end is compared. Each of them is played by itself, so it is all the same which
// thread plays which.

#include "report_alternatives.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "report_findings.h"

// Those that are still to be played.
typedef struct {
    toc_alternatives *all;
    pthread_mutex_t lock; // of next
    size_t next;
} queue;

// What came of another answer.
typedef struct {
    toc_branch *branch;
    toc_recording *recording;
    toc_review review; // of the recording, if there is one
} played;

typedef struct {
    queue *of;
    toc_brancher *brancher;
    pthread_t thread;
} worker;

static void list(toc_alternatives *all, size_t decision);
static void free_one(toc_other *a);
static void say_row(toc_report *rp, const toc_other *a);
static void say_sentence(toc_report *rp, const toc_other *a);
static void play_all(toc_alternatives *all);
static size_t worker_count(size_t jobs);
static void *work(void *context);
static void play_one(toc_other *a, const toc_report *rp, toc_brancher *br);
static toc_err play(played *p, toc_brancher *br, const toc_report *rp, const toc_other *a,
                    toc_when when, toc_error *e);
static bool is_given(const played *p, const toc_other *a);
static void end(played *p);

toc_alternatives *toc_alternatives_of(const toc_report *rp)
{
    toc_alternatives *all = toc_alloc(sizeof *all);
    all->rp = rp;
    for (size_t i = 0; i < rp->review.decision_count; i++)
        if (rp->review.decisions[i].ask_seq && rp->review.decisions[i].plan)
            list(all, i);
    if (all->count > 0)
        play_all(all);
    return all;
}

static void free_one(toc_other *a)
{
    toc_buf *const texts[] = {&a->injects, &a->decisions, &a->levels, &a->lost, &a->words};
    for (size_t i = 0; i < TOC_COUNT(texts); i++)
        toc_buf_fini(texts[i]);
    toc_other_facts_fini(&a->facts);
}

void toc_alternatives_free(toc_alternatives *all)
{
    if (!all)
        return;
    for (size_t i = 0; i < all->count; i++)
        free_one(&all->at[i]);
    free(all->at);
    free(all);
}

void toc_report_alternatives(toc_report *rp, const toc_alternatives *all, size_t decision)
{
    const toc_review_decision *d = &rp->review.decisions[decision];
    size_t count = 0;
    if (!d->plan)
        return;
    for (size_t i = 0; i < all->count; i++) {
        if (all->at[i].decision != decision)
            continue;
        if (count++ == 0)
            toc_paper_table(rp->paper, NULL,
                            "If the answer had been another (reckoned: all else as people did it)",
                            "Another answer|Injects|Decisions|Levels that matter most|"
                            "Lost user-hours>");
        say_row(rp, &all->at[i]);
    }
    for (size_t i = 0; i < all->count; i++)
        if (all->at[i].decision == decision)
            say_sentence(rp, &all->at[i]);
    if (count == 0)
        toc_paper_say(rp->paper, d->plan->option_count == 0
                                     ? "What another answer would have led to is not known: it is "
                                       "answered in one's own words."
                                     : "There was no other option.");
}

static void say_row(toc_report *rp, const toc_other *a)
{
    const toc_buf *const cells[] = {&a->injects, &a->decisions, &a->levels, &a->lost};
    toc_buf name = {0};
    toc_report_text(rp, &name, rp->review.decisions[a->decision].plan->options[2 * a->option]);
    toc_paper_row(rp->paper, NULL);
    toc_paper_cell(rp->paper, toc_buf_text(&name));
    for (size_t i = 0; i < TOC_COUNT(cells); i++)
        toc_paper_cell(rp->paper, !a->is_played       ? "–"
                                  : cells[i]->len > 0 ? toc_buf_text(cells[i])
                                                      : "the same");
    toc_buf_fini(&name);
}

static void say_sentence(toc_report *rp, const toc_other *a)
{
    toc_buf name = {0}, words = {0};
    toc_report_text(rp, &name, rp->review.decisions[a->decision].plan->options[2 * a->option]);
    toc_buf_str(&words, a->is_played ? "Reckoned, all else as people did it: " : "");
    toc_buf_str(&words, toc_buf_text(&a->words));
    for (size_t i = 0; i < a->left_count && i < TOC_OTHER_LEFT; i++) {
        toc_buf_str(&words, i == 0 ? " What could not be done again: " : "; ");
        toc_report_when(rp, &words, toc_recording_at(rp->r, a->left[i])->t);
        toc_buf_char(&words, ' ');
        toc_report_told(rp, &words, a->left[i]);
        toc_report_evidence(rp, &words, &a->left[i], 1);
    }
    if (a->left_count > TOC_OTHER_LEFT)
        toc_buf_printf(&words, "; and %zu more", a->left_count - TOC_OTHER_LEFT);
    toc_buf_str(&words, a->left_count > 0 ? "." : "");
    toc_paper_fact(rp->paper, toc_buf_text(&name), toc_buf_text(&words));
    toc_buf_fini(&name);
    toc_buf_fini(&words);
}

static void list(toc_alternatives *all, size_t decision)
{
    const toc_review_decision *d = &all->rp->review.decisions[decision];
    for (size_t i = 0; i < d->plan->option_count; i++) {
        if (d->option && strcmp(d->plan->options[2 * i], d->option) == 0)
            continue;
        TOC_GROW(all->at, all->count, all->capacity);
        all->at[all->count++] = (toc_other){.decision = decision, .option = i};
    }
}

// ---- playing them --------------------------------------------------------------------------------------------

static void play_all(toc_alternatives *all)
{
    const toc_report *rp = all->rp;
    const size_t others = worker_count(all->count) - 1;
    worker *workers = toc_alloc((others + 1) * sizeof *workers);
    queue q = {.all = all};
    worker own = {.of = &q, .brancher = toc_brancher_new(rp->r, rp->o->verdicts)};
    size_t count = 0;
    pthread_mutex_init(&q.lock, NULL);
    for (size_t i = 0; i < others; i++) {
        worker *w = &workers[count];
        *w = (worker){.of = &q, .brancher = toc_brancher_beside(own.brancher)};
        // Fewer threads than wanted take longer, and that is all.
        if (pthread_create(&w->thread, NULL, work, w) == 0)
            count++;
        else
            toc_brancher_free(w->brancher);
    }
    work(&own);
    for (size_t i = 0; i < count; i++) {
        pthread_join(workers[i].thread, NULL);
        toc_brancher_free(workers[i].brancher);
    }
    toc_brancher_free(own.brancher);
    pthread_mutex_destroy(&q.lock);
    free(workers);
}

// To load a scenario for another thread takes as long as a few plays of it.
static size_t worker_count(size_t jobs)
{
    enum { JOBS_A_WORKER = 4, WORKERS_MOST = 16 };
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    size_t count = jobs / JOBS_A_WORKER;
    if (cores > 0 && count > (size_t)cores)
        count = (size_t)cores;
    count = count < WORKERS_MOST ? count : WORKERS_MOST;
    return count > 0 ? count : 1;
}

static void *work(void *context)
{
    worker *w = context;
    queue *q = w->of;
    toc_alternatives *all = q->all;
    for (;;) {
        pthread_mutex_lock(&q->lock);
        const size_t i = q->next++;
        pthread_mutex_unlock(&q->lock);
        if (i >= all->count)
            return NULL;
        play_one(&all->at[i], all->rp, w->brancher);
    }
}

static void play_one(toc_other *a, const toc_report *rp, toc_brancher *br)
{
    const toc_review_decision *d = &rp->review.decisions[a->decision];
    const bool is_answered = d->answered_seq && !d->is_overdue;
    toc_error e = {0};
    played p = {0};
    toc_err err = play(&p, br, rp, a, is_answered ? TOC_WHEN_AT : TOC_WHEN_LATE, &e);
    if (!is_answered && (err || !is_given(&p, a))) { // play may have jumped over that time
        end(&p);
        err = play(&p, br, rp, a, TOC_WHEN_EARLY, &e);
    }
    if (err) {
        toc_buf_str(&a->words, "Could not be played: ");
        toc_report_text(rp, &a->words, e.msg);
    } else if (!is_given(&p, a)) {
        toc_buf_str(&a->words, "There was no moment at which it could have been given.");
    } else {
        a->is_played = true;
        toc_alternative_words(a, rp, &p.review, p.branch);
        toc_other_facts_of(&a->facts, &rp->review, &p.review);
    }
    end(&p);
}

// At the time at which it was answered; what nobody answered, just before its deadline, or as soon as it is asked.
static toc_err play(played *p, toc_brancher *br, const toc_report *rp, const toc_other *a,
                    toc_when when, toc_error *e)
{
    const toc_review_decision *d = &rp->review.decisions[a->decision];
    toc_choice choice = {.kind = TOC_CHOICE_DECISION,
                         .index = (size_t)(d->plan - rp->plan->decisions),
                         .answer = TOC_ANSWER_OPTION,
                         .option = a->option,
                         .when = when,
                         .at = when == TOC_WHEN_AT ? d->answered : -1};
    const toc_path decides = {.choices = &choice, .count = 1};
    const toc_branch_options o = {.run = "alternative",
                                  .at = -1,
                                  .seq = when == TOC_WHEN_AT ? d->answered_seq - 1 : d->ask_seq,
                                  .decides = &decides,
                                  .otherwise = TOC_ELSE_ORIGINAL,
                                  .until = -1};
    toc_err err = toc_brancher_make(br, &p->branch, &o, e);
    if (err)
        return err;
    p->recording = toc_recording_of(rp->r, &p->branch->lines);
    toc_review_of(&p->review, p->recording);
    return TOC_OK;
}

static bool is_given(const played *p, const toc_other *a)
{
    if (!p->recording || a->decision >= p->review.decision_count)
        return false;
    const toc_review_decision *d = &p->review.decisions[a->decision];
    return d->settled_seq && !d->is_overdue && d->option && d->plan &&
           strcmp(d->option, d->plan->options[2 * a->option]) == 0;
}

static void end(played *p)
{
    if (p->recording)
        toc_review_end(&p->review);
    toc_recording_free(p->recording);
    toc_branch_free(p->branch);
    *p = (played){0};
}
