// SPDX-License-Identifier: MIT
// Which thread plays which path is chance; nothing that comes out depends on it.
#include "workers.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"

typedef struct {
    toc_workers *pool;
    pthread_t thread;
    toc_troupe troupe;
} worker;

struct toc_workers {
    const toc_files *files;
    uint64_t run_seed;
    toc_troupe own;
    worker *workers;
    size_t worker_count;
    pthread_mutex_t lock; // of all below
    pthread_cond_t wake;  // there are jobs, or it is over
    pthread_cond_t rest;  // the last job is done
    const toc_job *jobs;
    toc_outcome *outcomes;
    size_t count, next, done;
    bool is_over;
    toc_err err; // the first one of a play
    toc_error e;
};

static void *work(void *context);
static void play_some(toc_workers *p, toc_troupe *t);
static toc_err play_one(toc_troupe *t, const toc_lore *base, const toc_job *job, toc_outcome *o,
                        toc_error *e);

static size_t core_count(unsigned wanted)
{
    long there = sysconf(_SC_NPROCESSORS_ONLN);
    size_t count = wanted > 0 ? wanted : there > 0 ? (size_t)there : 1;
    return count < TOC_SURVEY_BATCH ? count : TOC_SURVEY_BATCH;
}

toc_err toc_workers_new(toc_workers **out, const toc_files *files, uint64_t run_seed,
                        unsigned cores, toc_error *e)
{
    toc_workers *p = toc_alloc(sizeof *p);
    *out = NULL;
    p->files = files;
    p->run_seed = run_seed;
    toc_err err = toc_troupe_load(&p->own, files, run_seed, e);
    if (!err)
        err = toc_troupe_learn(&p->own, e);
    if (err) {
        toc_troupe_fini(&p->own);
        free(p);
        return err;
    }
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->wake, NULL);
    pthread_cond_init(&p->rest, NULL);
    size_t others = core_count(cores) - 1;
    p->workers = toc_alloc((others + 1) * sizeof *p->workers);
    for (size_t i = 0; i < others; i++) {
        worker *w = &p->workers[p->worker_count];
        w->pool = p;
        // Fewer threads than wanted take longer, and that is all.
        if (pthread_create(&w->thread, NULL, work, w) == 0)
            p->worker_count++;
    }
    *out = p;
    return TOC_OK;
}

void toc_workers_free(toc_workers *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->is_over = true;
    pthread_cond_broadcast(&p->wake);
    pthread_mutex_unlock(&p->lock);
    for (size_t i = 0; i < p->worker_count; i++) {
        pthread_join(p->workers[i].thread, NULL);
        toc_troupe_fini(&p->workers[i].troupe);
    }
    pthread_cond_destroy(&p->rest);
    pthread_cond_destroy(&p->wake);
    pthread_mutex_destroy(&p->lock);
    toc_troupe_fini(&p->own);
    free(p->workers);
    free(p);
}

toc_troupe *toc_workers_troupe(toc_workers *p)
{
    return &p->own;
}

toc_err toc_workers_play(toc_workers *p, const toc_job *jobs, toc_outcome *outcomes, size_t count,
                         toc_error *e)
{
    pthread_mutex_lock(&p->lock);
    p->jobs = jobs;
    p->outcomes = outcomes;
    p->count = count;
    p->next = p->done = 0;
    pthread_cond_broadcast(&p->wake);
    play_some(p, &p->own);
    while (p->done < p->count)
        pthread_cond_wait(&p->rest, &p->lock);
    p->count = p->next = 0;
    toc_err err = p->err;
    if (err && e)
        *e = p->e;
    pthread_mutex_unlock(&p->lock);
    return err;
}

static void *work(void *context)
{
    worker *w = context;
    toc_workers *p = w->pool;
    toc_error e;
    toc_err err = toc_troupe_load(&w->troupe, p->files, p->run_seed, &e);
    pthread_mutex_lock(&p->lock);
    if (!err) { // else the others do its work: the same files were loaded before
        toc_lore_fini(&w->troupe.lore);
        toc_lore_copy(&w->troupe.lore, &p->own.lore);
    }
    while (!p->is_over && !err) {
        play_some(p, &w->troupe);
        if (!p->is_over)
            pthread_cond_wait(&p->wake, &p->lock);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

// Under the lock, which is let go while a path is played.
static void play_some(toc_workers *p, toc_troupe *t)
{
    while (p->next < p->count) {
        size_t i = p->next++;
        const toc_job *job = &p->jobs[i];
        toc_outcome *o = &p->outcomes[i];
        toc_error e;
        pthread_mutex_unlock(&p->lock);
        toc_err err = play_one(t, &p->own.lore, job, o, &e);
        pthread_mutex_lock(&p->lock);
        if (err && !p->err) {
            p->err = err;
            p->e = e;
        }
        if (++p->done == p->count)
            pthread_cond_signal(&p->rest);
    }
}

static toc_err play_one(toc_troupe *t, const toc_lore *base, const toc_job *job, toc_outcome *o,
                        toc_error *e)
{
    toc_err err = toc_troupe_seed(t, job->run_seed, e);
    if (err)
        return err;
    const toc_watcher *w = toc_outcome_watch(o, &t->atlas, t->scenario);
    if (job->plan)
        return toc_troupe_follow(t, job->plan, w, e);
    err = toc_troupe_play(t, &job->path, w, e);
    if (!err)
        toc_outcome_talk(o, base, t->has_own ? toc_troupe_lore(t) : base);
    return err;
}
