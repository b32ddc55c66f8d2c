// SPDX-License-Identifier: MIT
#include "relive.h"

#include <check.h>
#include <stdlib.h>

#include "base/mem.h"
#include "check_main.h"
#include "hub/conduct.h"
#include "process.h"
#include "solo.h"

#define WALL_START INT64_C(1795284000000) // 2026-11-21T18:00:00Z

static int64_t wall_now(void *context)
{
    const relive *l = context;
    return l->wall >= 0 ? l->wall : WALL_START + l->mono;
}

static void on_line(void *context, const toc_event *ev, bool is_new)
{
    relive *l = context;
    (void)is_new;
    if (ev->kind != TOC_K_MARK) {
        TOC_GROW(l->seqs, l->count, l->capacity);
        l->seqs[l->count++] = ev->seq;
    }
    if (l->on_line)
        l->on_line(l->context, ev);
}

static void commit(relive *l)
{
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_conduct_flush(l->conduct, l->mono, &e), e);
}

static void tick(relive *l, int64_t mono)
{
    toc_error e = {0};
    l->mono = mono > l->mono ? mono : l->mono;
    if (l->on_beat)
        l->on_beat(l->context);
    TOC_OK_OR_FAIL(toc_conduct_tick(l->conduct, l->mono, &e), e);
    commit(l);
}

void relive_open(relive *l, const toc_files *files, uint64_t seed)
{
    toc_error e = {0};
    const toc_conduct_setup setup = {"relived-1", seed, files, NULL, 0};
    l->wall = -1;
    fixture_setup(&l->disk);
    const toc_conduct_host host = {.journal = l->disk.path,
                                   .seal_pem = l->disk.private_pem,
                                   .context = l,
                                   .wall = wall_now,
                                   .on_line = on_line};
    TOC_OK_OR_FAIL(toc_conduct_start(&l->conduct, &host, &setup, l->mono, &e), e);
}

void relive_close(relive *l)
{
    toc_conduct_free(l->conduct);
    fixture_teardown(&l->disk);
    free(l->seqs);
}

void relive_wait(relive *l, int64_t mono)
{
    int64_t at;
    while (toc_conduct_deadline(l->conduct, &at) && at <= mono &&
           toc_conduct_play(l->conduct, at) > toc_conduct_play(l->conduct, l->mono))
        tick(l, at);
    tick(l, mono);
}

// The mono at which play time comes to t; -1: it stands before that.
static int64_t mono_of(const relive *l, int64_t t)
{
    int64_t low = l->mono, step = 1;
    if (toc_conduct_play(l->conduct, low) >= t)
        return low;
    while (toc_conduct_play(l->conduct, low + step) < t && step < INT64_C(1) << 40)
        step *= 2;
    if (step >= INT64_C(1) << 40)
        return -1;
    for (int64_t high = low + step; low + 1 < high;) {
        int64_t middle = low + (high - low) / 2;
        if (toc_conduct_play(l->conduct, middle) < t)
            low = middle;
        else
            high = middle;
        step = high - l->mono;
    }
    return l->mono + step;
}

void relive_pass(relive *l, int64_t t)
{
    int64_t due, mono;
    const toc_exercise *x;
    while (x = toc_conduct_exercise(l->conduct),
           toc_exercise_next_due(x, &due) && due <= t && (mono = mono_of(l, due)) >= 0)
        tick(l, mono);
    mono = mono_of(l, t);
    if (mono >= 0)
        tick(l, mono);
}

bool relive_put(relive *l, const toc_event *input)
{
    toc_error e = {0};
    toc_event in;
    toc_event_copy(&in, input);
    if (l->on_beat)
        l->on_beat(l->context);
    toc_err err = toc_conduct_input(l->conduct, l->mono, &in, &e);
    ck_assert_msg(err == TOC_OK || err == TOC_EREFUSED, "%s", e.msg);
    toc_event_fini(&in);
    commit(l);
    return err == TOC_OK;
}

void relive_end(relive *l)
{
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_conduct_seal(l->conduct, &e), e);
    commit(l);
}

// ---- exercises that were played --------------------------------------------------------------------------

toc_files *relive_files(const char *scenario)
{
    toc_files *files = NULL;
    toc_error e = {0};
    char *dir = source_path(scenario);
    TOC_OK_OR_FAIL(scenario_files(&files, dir, &e), e);
    free(dir);
    return files;
}

typedef struct {
    relive live;
    wander *walker;
} walk;

static const toc_exercise *exercise_of(void *context)
{
    return toc_conduct_exercise(((walk *)context)->live.conduct);
}

static void pass(void *context, int64_t play_ms)
{
    relive *l = &((walk *)context)->live;
    relive_pass(l, toc_conduct_play(l->conduct, l->mono) + play_ms);
    relive_wait(l, l->mono + 700);
}

static void put(void *context, toc_event *input)
{
    relive_put(&((walk *)context)->live, input);
}

static void saw(void *context, const toc_event *ev)
{
    wander_saw(((walk *)context)->walker, ev);
}

void relive_wander(toc_buf *journal, const char *scenario, uint64_t seed, int inputs)
{
    toc_files *files = relive_files(scenario);
    walk w = {0};
    const wander_host host = {&w, exercise_of, pass, put};
    w.walker = wander_new(&host, seed, inputs);
    w.live.context = &w;
    w.live.on_line = saw;
    relive_open(&w.live, files, seed);
    wander_go(w.walker);
    relive_end(&w.live);
    fixture_read(journal, w.live.disk.path);
    relive_close(&w.live);
    wander_free(w.walker);
    toc_files_free(files);
}
