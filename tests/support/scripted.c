// SPDX-License-Identifier: MIT
#include "scripted.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"

#define WALL_START INT64_C(1795284000000) // 2026-11-21T18:00:00Z
#define MONO_START 1000000
#define SECOND     1000

static const char *const seats[] = {"excon-1", "simcell-1", "evaluator-1", "board-1"};

// What is put in, and when. Times are whole seconds of play and never fall.
static const struct {
    int at; // seconds
    const char *by, *kind;
    const char *fields[7]; // name, value, …, NULL; a list is "a,b"
} script[] = {
    {0, "excon-1", "join", {"seat", "excon-1", "session", "s1"}},
    {0, "north-1", "join", {"seat", "north-1", "session", "s2"}},
    {0, "south-1", "join", {"seat", "south-1", "session", "s3"}},
    {0, "north-1", "say", {"to", "excon", "text", "We are here."}},
    {0, "excon-1", "start", {0}},
    {20, "south-1", "decide", {"decision", "D-01", "option", "cut", "reason", "It burns."}},
    {35, "excon-1", "hold", {"inject", "INJ-04"}},
    {35, "south-1", "say", {"to", "west", "text", "We cut it off. \xe2\x80\x94 South"}},
    {50, "excon-1", "fire", {"inject", "INJ-05"}},
    {60,
     "evaluator-1",
     "observe",
     {"objective", "OBJ-1", "team", "south", "text", "Told at once."}},
    {61, "excon-1", "release", {"inject", "INJ-90"}},
    {75, "excon-1", "pause", {"reason", "A question of order"}},
    {75, "excon-1", "release", {"inject", "INJ-04"}},
    {75, "excon-1", "resume", {0}},
    {90, "excon-1", "speed", {"speed", "2000"}},
    {130, "west-1", "say", {"to", "south", "text", "Who pays for it?"}},
    {150, "excon-1", "open-seat", {"seat", "west-2"}},
    {150, "west-2", "join", {"seat", "west-2", "session", "s4"}},
    {160, "excon-1", "skip", {"inject", "INJ-09", "reason", "No time for it"}},
    {200, "board-1", "emergency", {"text", "Somebody fell."}},
    {200, "excon-1", "resume", {0}},
    {240, "excon-1", "jump", {"until", "330000"}},
    {340, "excon-1", "revoke", {"seat", "north-2", "reason", "The ticket was lost"}},
    {360, "simcell-1", "say", {"as", "mayor", "to", "all", "text", "The mayor is coming."}},
    {420, "excon-1", "speed", {"speed", "60000"}},
    {480, "excon-1", "rate", {"objective", "OBJ-1", "rating", "S", "text", "With help"}},
    {601, "evaluator-1", "observe", {"text", "After the end."}},
    {601, "excon-1", "close", {0}},
};

static toc_err put(scripted *s, const char *by, const char *kind, const char *id,
                   const char *const *fields, toc_error *e);
static void set_field(toc_event *ev, const char *name, const char *value);
static void tell(scripted *s);
static void commit(scripted *s);
static void run_until(scripted *s, int64_t play);
static void go_on_playing(scripted *s, size_t i);
static bool is_recorded(const scripted *s, const char *id);

size_t scripted_count(void)
{
    return TOC_COUNT(script);
}

void scripted_id(size_t i, char id[16])
{
    snprintf(id, 16, "s1-%zu", i + 1);
}

static int64_t wall_now(void *context)
{
    return WALL_START + SECOND * ((scripted *)context)->asked++;
}

static toc_conduct_host host_of(scripted *s)
{
    return (toc_conduct_host){.journal = s->journal,
                              .seal_pem = s->seal_pem,
                              .disk = s->disk,
                              .context = s,
                              .wall = wall_now};
}

toc_err scripted_start(scripted *s, toc_error *e)
{
    toc_conduct_host host = host_of(s);
    toc_conduct_setup setup = {"relay-1", 26, s->files, seats, TOC_COUNT(seats)};
    s->mono = MONO_START;
    return toc_conduct_start(&s->c, &host, &setup, s->mono, e);
}

toc_err scripted_resume(scripted *s, toc_error *e)
{
    toc_conduct_host host = host_of(s);
    int64_t cut;
    s->mono = 7 * MONO_START; // another machine, maybe
    toc_err err = toc_conduct_resume(&s->c, &host, s->mono, &cut, e);
    if (!err)
        tell(s);
    return err;
}

void scripted_end(scripted *s)
{
    toc_conduct_free(s->c);
    s->c = NULL;
}

void scripted_go(scripted *s)
{
    toc_error e = {0};
    // A lobby that was never whole: EXCON, the first seat of it, opens the others.
    for (size_t i = 0; i < TOC_COUNT(seats); i++)
        if (toc_exercise_seat_find(toc_conduct_exercise(s->c), seats[i]) == TOC_NONE)
            TOC_OK_OR_FAIL(put(s, "excon-1", "open-seat", NULL,
                               (const char *const[]){"seat", seats[i], NULL}, &e),
                           e);
    for (size_t i = 0; i < TOC_COUNT(script); i++) {
        char id[16];
        scripted_id(i, id);
        if (is_recorded(s, id))
            continue;
        go_on_playing(s, i);
        run_until(s, (int64_t)script[i].at * SECOND);
        toc_err err = put(s, script[i].by, script[i].kind, id, script[i].fields, &e);
        ck_assert_msg(err == TOC_OK, "%s, a %s: %s", id, script[i].kind, e.msg);
        if (s->pieces ? toc_random_below(s->pieces, 3) : i % 3 != 1)
            commit(s); // else it goes with the next batch
    }
    commit(s);
    ck_assert_int_eq(toc_exercise_clock(toc_conduct_exercise(s->c)).state, TOC_PLAY_CLOSED);
    TOC_OK_OR_FAIL(toc_conduct_seal(s->c, &e), e); // over lines that are durable by now
    commit(s);
}

static bool is_recorded(const scripted *s, const char *id)
{
    toc_answer a;
    return toc_sessions_answer(toc_conduct_sessions(s->c), id, &a);
}

// A resumed exercise is paused; EXCON goes on, unless the script itself has it paused before input i.
static void go_on_playing(scripted *s, size_t i)
{
    bool is_paused = false;
    for (size_t k = 0; k < i; k++) {
        if (strcmp(script[k].kind, "pause") == 0 || strcmp(script[k].kind, "emergency") == 0)
            is_paused = true;
        else if (strcmp(script[k].kind, "resume") == 0)
            is_paused = false;
    }
    toc_error e = {0};
    if (!is_paused && toc_exercise_clock(toc_conduct_exercise(s->c)).state == TOC_PLAY_PAUSED)
        TOC_OK_OR_FAIL(put(s, "excon-1", "resume", NULL, NULL, &e), e);
}

static void run_until(scripted *s, int64_t play)
{
    for (;;) {
        toc_clock_view clock = toc_exercise_clock(toc_conduct_exercise(s->c));
        int64_t left = play - toc_conduct_play(s->c, s->mono), at;
        if (clock.state != TOC_PLAY_RUNNING || left <= 0)
            return;
        int64_t until = s->mono + (left * 1000 + clock.speed - 1) / clock.speed;
        if (s->pieces)
            until = s->mono + 1 + (int64_t)toc_random_below(s->pieces, (uint64_t)(until - s->mono));
        else if (toc_conduct_deadline(s->c, &at) && at < until)
            until = at > s->mono ? at : s->mono;
        s->mono = until;
        toc_error e = {0};
        TOC_OK_OR_FAIL(toc_conduct_tick(s->c, s->mono, &e), e);
        if (!s->pieces)
            TOC_OK_OR_FAIL(toc_conduct_mark(s->c, s->mono, &e), e);
        if (!s->pieces || toc_random_below(s->pieces, 4) == 0)
            commit(s);
    }
}

static void commit(scripted *s)
{
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_conduct_flush(s->c, s->mono, &e), e);
    tell(s);
}

// Whoever asked is told of what is durable now, and gets a receipt.
static void tell(scripted *s)
{
    for (; s->told < TOC_COUNT(script); s->told++) {
        char id[16];
        toc_answer a;
        scripted_id(s->told, id);
        if (!toc_sessions_answer(toc_conduct_sessions(s->c), id, &a) ||
            a.seq > toc_conduct_durable(s->c))
            break;
        if (s->on_input)
            s->on_input(s->context, id);
    }
    if (s->on_receipt)
        s->on_receipt(s->context, toc_journal_receipt(toc_conduct_journal(s->c)));
}

static toc_err put(scripted *s, const char *by, const char *kind, const char *id,
                   const char *const *fields, toc_error *e)
{
    toc_event in;
    toc_event_init(&in, toc_kind_find(kind), 0);
    toc_event_set_str(&in, TOC_F_BY, by);
    toc_event_set_str(&in, TOC_F_ID, id);
    for (; fields && *fields; fields += 2)
        set_field(&in, fields[0], fields[1]);
    toc_err err = toc_conduct_input(s->c, s->mono, &in, e);
    toc_event_fini(&in);
    return err;
}

static void set_field(toc_event *ev, const char *name, const char *value)
{
    toc_field field = toc_field_find(name);
    char *copy = toc_strdup(value), *list[8];
    size_t count = 0;
    ck_assert_msg(field != TOC_F_COUNT, "no field %s", name);
    if (toc_field_type(field) == TOC_TYPE_STR) {
        toc_event_set_str(ev, field, value);
    } else if (toc_field_type(field) == TOC_TYPE_LIST) {
        for (char *save, *part = strtok_r(copy, ",", &save); part;
             part = strtok_r(NULL, ",", &save))
            list[count++] = part;
        toc_event_set_list(ev, field, list, count);
    } else {
        toc_event_set_int(ev, field, strtoll(value, NULL, 10));
    }
    free(copy);
}
