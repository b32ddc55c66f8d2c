// SPDX-License-Identifier: MIT
#include "solo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"

#define WALL_START     INT64_C(1795284000000) // 2026-11-21T18:00:00Z
#define ATTACHMENT_MAX ((size_t)4 << 20)

typedef struct {
    toc_files *files;
    const char *dir;
} folder;

static toc_err fetch(void *context, const char *path, toc_error *e)
{
    folder *f = context;
    return toc_files_read_one(f->files, f->dir, path, ATTACHMENT_MAX, e);
}

toc_err scenario_files(toc_files **out, const char *dir, toc_error *e)
{
    toc_scenario *scenario = NULL;
    toc_files *files = toc_files_new();
    folder f = {files, dir};
    toc_err err = toc_files_read_folder(files, dir, e);
    if (!err) {
        toc_library_add(files);
        err = toc_scenario_load(&scenario, files, &(toc_fetch){fetch, &f}, 1, TOC_SCENARIO_MEMORY,
                                NULL, e);
    }
    toc_scenario_free(scenario);
    if (err)
        toc_files_free(files);
    *out = err ? NULL : files;
    return err;
}

static void must(toc_err err, const toc_error *e)
{
    if (!err)
        return;
    fprintf(stderr, "%s\n", e->msg);
    abort();
}

static const toc_exercise *exercise_of(void *context)
{
    return ((solo *)context)->x;
}

// Notes the step that ends with what is in the log now, and follows the exercise's clock.
static void end_step(solo *s, size_t first, int64_t t, bool is_input)
{
    size_t count = s->log.count - first;
    s->next_seq += (int64_t)count;
    if (count > 0) {
        TOC_GROW(s->steps, s->step_count, s->step_capacity);
        s->steps[s->step_count++] = (solo_step){first, count, t, is_input};
    }
    for (size_t i = first; i < s->log.count; i++)
        wander_saw(s->walker, &s->log.at[i]);
    toc_clock_view clock = toc_exercise_clock(s->x);
    if (clock.state != TOC_PLAY_RUNNING || clock.now > s->now)
        s->now = clock.now;
}

static void drain(solo *s)
{
    int64_t due;
    while (toc_exercise_next_due(s->x, &due) && due <= s->now) {
        size_t first = s->log.count;
        toc_error e = {0};
        must(toc_exercise_advance(s->x, s->next_seq, &s->log, &e), &e);
        end_step(s, first, due, false);
    }
}

static bool runs(const solo *s)
{
    return toc_exercise_clock(s->x).state == TOC_PLAY_RUNNING;
}

static void pass(void *context, int64_t ms)
{
    solo *s = context;
    int64_t end = s->now + ms;
    while (runs(s) && s->now < end) {
        int64_t left = end - s->now;
        if (s->in_pieces)
            left = 1 + (int64_t)toc_random_below(&s->pieces, (uint64_t)left);
        s->now += left;
        drain(s);
    }
}

static void put(void *context, toc_event *in)
{
    solo *s = context;
    toc_events derived = {0};
    toc_error e = {0};
    toc_buf wall = {0};
    toc_wall_text(&wall, WALL_START + s->now);
    toc_event_set_str(in, TOC_F_WALL, wall.data);
    toc_buf_fini(&wall);
    in->seq = s->next_seq;
    in->t = s->now;
    toc_err err = toc_exercise_apply(s->x, in, &derived, &e);
    if (err == TOC_EREFUSED) {
        s->refused++;
    } else {
        must(err, &e);
        size_t first = s->log.count;
        toc_event_fini(toc_events_add(&s->log, in->kind, 0));
        toc_event_copy(&s->log.at[first], in);
        for (size_t i = 0; i < derived.count; i++) {
            toc_event *to = toc_events_add(&s->log, TOC_K_NOTE, 0);
            toc_event_fini(to);
            toc_event_copy(to, &derived.at[i]);
        }
        end_step(s, first, in->t, true);
        drain(s);
        if (s->on_rest)
            s->on_rest(s->context);
    }
    toc_events_fini(&derived);
}

toc_err solo_begin(solo *s, const toc_files *files, uint64_t seed, int inputs, int64_t first_seq,
                   toc_error *e)
{
    toc_scenario *scenario;
    *s = (solo){0};
    toc_err err = toc_scenario_load(&scenario, files, NULL, seed, TOC_SCENARIO_MEMORY, NULL, e);
    if (!err)
        solo_take(s, scenario, seed, inputs, first_seq);
    s->files = files;
    return err;
}

void solo_take(solo *s, toc_scenario *scenario, uint64_t seed, int inputs, int64_t first_seq)
{
    *s = (solo){.scenario = scenario, .next_seq = first_seq};
    toc_random_seed(&s->pieces, seed, "pieces");
    s->x = toc_exercise_new(toc_scenario_plan(scenario), toc_scenario_script(scenario));
    wander_host host = {s, exercise_of, pass, put};
    s->walker = wander_new(&host, seed, inputs);
}

void solo_go(solo *s)
{
    wander_go(s->walker);
}

void solo_end(solo *s)
{
    wander_free(s->walker);
    toc_exercise_free(s->x);
    toc_scenario_free(s->scenario);
    toc_events_fini(&s->log);
    free(s->steps);
}
