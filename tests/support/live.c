// SPDX-License-Identifier: MIT
#include "live.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "conduct_fixture.h"

#define WALL INT64_C(946684800000) // 2000-01-01T00:00:00Z, as a rehearsal has it

typedef struct {
    conduct_fixture f;
    toc_events all; // what the journal has in common with a rehearsal, in order
    int64_t *seqs;  // of those, as they stand in the journal
    size_t capacity;
    int64_t speed; // thousandths
    char *refused; // the first input that was, or NULL
} live;

static int64_t wall_of_rehearsals(void *context)
{
    (void)context;
    return WALL;
}

static void on_line(void *context, const toc_event *ev, bool is_new)
{
    live *l = context;
    (void)is_new;
    if (toc_kind_class(ev->kind) == TOC_CLASS_RECORD || ev->kind == TOC_K_MARK ||
        ev->kind == TOC_K_SPEED)
        return;
    size_t count = l->all.count;
    TOC_GROW(l->seqs, count, l->capacity);
    l->seqs[count] = ev->seq;
    toc_event_copy(toc_events_add(&l->all, ev->kind, ev->t), ev);
}

static void live_start(live *l, const toc_files *files)
{
    static const char *const seats[] = {"excon-1", "simcell-1", "evaluator-1"};
    toc_conduct_setup setup = {"live-1", 1, files, seats, TOC_COUNT(seats)};
    toc_error e = {0};
    *l = (live){.speed = 1000};
    conduct_setup(&l->f, "");
    toc_conduct_host host = {.journal = l->f.disk.path,
                             .seal_pem = l->f.disk.private_pem,
                             .context = l,
                             .wall = wall_of_rehearsals,
                             .on_line = on_line};
    TOC_OK_OR_FAIL(toc_conduct_start(&l->f.c, &host, &setup, l->f.mono, &e), e);
    conduct_commit(&l->f);
}

static void live_end(live *l)
{
    conduct_teardown(&l->f);
    toc_events_fini(&l->all);
    free(l->seqs);
    free(l->refused);
}

static int64_t play_of(const live *l)
{
    return toc_conduct_play(l->f.c, l->f.mono);
}

static void set_speed(live *l, int64_t speed)
{
    toc_error e = {0};
    char *text = toc_sprintf("%lld", (long long)speed);
    if (l->speed != speed)
        TOC_OK_OR_FAIL(conduct_put(&l->f, "excon-1", "speed", &e, "speed", text, NULL), e);
    l->speed = speed;
    free(text);
}

// Lets time pass until play is at t; at a high speed the last part of a millisecond on the wall goes slowly.
static void run_to(live *l, int64_t t, int64_t speed)
{
    while (play_of(l) < t) {
        int64_t left = t - play_of(l), before = play_of(l);
        bool is_fast = left >= speed / 1000;
        set_speed(l, is_fast ? speed : 1000);
        conduct_run(&l->f, is_fast ? left * 1000 / speed : left);
        ck_assert_msg(play_of(l) > before, "time stands still at %lld", (long long)before);
    }
    conduct_commit(&l->f);
}

// Seqs in a rehearsal count from 1 without a gap.
static int64_t in_journal(const live *l, int64_t seq)
{
    ck_assert_msg(seq >= 1 && (size_t)seq <= l->all.count, "no line %lld yet", (long long)seq);
    return l->seqs[seq - 1];
}

static int64_t in_rehearsal(const live *l, int64_t seq)
{
    for (size_t i = 0; i < l->all.count; i++)
        if (l->seqs[i] == seq)
            return (int64_t)i + 1;
    return seq; // no line that both have: the bodies will differ
}

// Changes what refers to other lines from one numbering to the other.
static void renumber(toc_event *ev, const live *l, int64_t (*of)(const live *, int64_t))
{
    for (size_t i = 0; i < ev->count; i++)
        if (toc_field_type(ev->values[i].field) == TOC_TYPE_REF)
            ev->values[i].number = of(l, ev->values[i].number);
}

static bool is_over(const live *l)
{
    return toc_exercise_clock(toc_conduct_exercise(l->f.c)).state >= TOC_PLAY_ENDED;
}

// Gives the rehearsal's inputs, each at its time of play.
static void conduct(live *l, const toc_events *played, int64_t ended, int64_t speed)
{
    toc_error e = {0};
    for (size_t i = 0; i < played->count && !l->refused; i++) {
        const toc_event *ev = &played->at[i];
        if (toc_kind_class(ev->kind) != TOC_CLASS_INPUT || ev->kind == TOC_K_OPEN_SEAT)
            continue; // the run opens the seats by itself
        toc_event in;
        run_to(l, ev->t, speed);
        toc_event_copy(&in, ev);
        renumber(&in, l, in_journal);
        if (toc_conduct_input(l->f.c, l->f.mono, &in, &e) != TOC_OK)
            l->refused = toc_sprintf("%s by %s at %lld ms: %s", toc_kind_name(ev->kind),
                                     toc_event_str(ev, TOC_F_BY), (long long)ev->t, e.msg);
        toc_event_fini(&in);
        conduct_commit(&l->f);
    }
    if (l->refused)
        return;
    if (ended >= 0 && !is_over(l))
        run_to(l, ended, speed);
    ck_assert(is_over(l) == (ended >= 0));
    TOC_OK_OR_FAIL(toc_conduct_seal(l->f.c, &e), e);
    conduct_commit(&l->f);
}

// All bodies, inputs too, with the numbers that the lines have in a rehearsal.
static char *bodies_of(const live *l)
{
    toc_buf out = {0};
    for (size_t i = 0; i < l->all.count; i++) {
        toc_event ev;
        toc_event_copy(&ev, &l->all.at[i]);
        renumber(&ev, l, in_rehearsal);
        ev.seq = (int64_t)i + 1;
        ev.cause = ev.cause ? in_rehearsal(l, ev.cause) : 0;
        toc_event_body(&out, &ev);
        toc_buf_char(&out, '\n');
        toc_event_fini(&ev);
    }
    if (l->refused) // what went before may tell why
        toc_buf_str(&out, l->refused);
    return toc_buf_take(&out);
}

char *live_bodies(const toc_files *files, const toc_events *played, int64_t ended, int64_t speed)
{
    live l;
    live_start(&l, files);
    conduct(&l, played, ended, speed);
    char *bodies = bodies_of(&l);
    if (!l.refused)
        conduct_verify(&l.f);
    live_end(&l);
    return bodies;
}
