// SPDX-License-Identifier: MIT
// Conducting with a clock made by hand: what happens at which play time, what stands in the journal,
// and that a journal is the same exercise however it was interrupted.

#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "check_main.h"
#include "conduct_fixture.h"
#include "hub/live_clock.h"
#include "seed.h"

static conduct_fixture f;

static void setup(void)
{
    conduct_setup(&f, "");
}

static void teardown(void)
{
    conduct_teardown(&f);
}

static void begin_play(void)
{
    conduct_start(&f);
    conduct_do(&f, "excon-1", "start");
}

static int64_t play(void)
{
    return toc_conduct_play(f.c, f.mono);
}

// ---- the clock alone -----------------------------------------------------------------------------

START_TEST(play_time_is_exact_over_pauses_and_changes_of_speed)
{
    toc_random r;
    seed_random(&r, "live_clock");
    toc_live_clock c = {.speed = 1000};
    int64_t mono = 77, micro = 0; // what it must be, kept the slow way
    bool runs = false;
    int64_t speed = 1000;
    for (int i = 0; i < 100000; i++) {
        int64_t passed = (int64_t)toc_random_below(&r, 5000);
        mono += passed;
        micro += runs ? passed * speed : 0;
        ck_assert_int_eq(toc_live_clock_play(&c, mono), micro / 1000);
        if (toc_random_below(&r, 3) == 0)
            runs = !runs;
        if (toc_random_below(&r, 3) == 0)
            speed = 500 + (int64_t)toc_random_below(&r, 999501);
        toc_live_clock_set(&c, mono, runs, speed);
        ck_assert_int_eq(toc_live_clock_play(&c, mono), micro / 1000);
        int64_t due = micro / 1000 + (int64_t)toc_random_below(&r, 100000), at;
        if (toc_live_clock_when(&c, due, &at)) {
            ck_assert_int_ge(toc_live_clock_play(&c, at), due);
            if (at > mono)
                ck_assert_int_lt(toc_live_clock_play(&c, at - 1), due);
        }
    }
}
END_TEST

// ---- time ----------------------------------------------------------------------------------------

START_TEST(an_instant_has_its_due_time_however_late_the_loop_comes)
{
    begin_play();
    conduct_tick(&f, 33 * CONDUCT_MIN + 7);
    conduct_commit(&f);
    ck_assert_int_eq(conduct_t(&f, "ask", TOC_F_COUNT, NULL), 5 * CONDUCT_MIN);
    ck_assert_int_eq(conduct_t(&f, "inject", TOC_F_INJECT, "I-1"), 10 * CONDUCT_MIN);
    ck_assert_int_eq(conduct_t(&f, "overdue", TOC_F_COUNT, NULL), 15 * CONDUCT_MIN);
    ck_assert_int_eq(conduct_t(&f, "note", TOC_F_TEXT, "quarter"), 15 * CONDUCT_MIN);
    ck_assert_int_eq(conduct_t(&f, "held", TOC_F_INJECT, "I-2"), 20 * CONDUCT_MIN);
    conduct_verify(&f);
}
END_TEST

START_TEST(the_deadline_is_the_very_millisecond_at_which_something_is_due)
{
    begin_play();
    int64_t at;
    conduct_commit(&f);
    conduct_run(&f, 5 * CONDUCT_MIN + 10); // marks out of the way
    ck_assert_int_eq(conduct_t(&f, "ask", TOC_F_COUNT, NULL), 5 * CONDUCT_MIN);
    while (toc_conduct_deadline(f.c, &at) && play() + at - f.mono < 10 * CONDUCT_MIN)
        conduct_run(&f, at - f.mono);
    ck_assert(toc_conduct_deadline(f.c, &at));
    conduct_tick(&f, at - f.mono - 1);
    conduct_commit(&f);
    ck_assert_int_eq(conduct_t(&f, "inject", TOC_F_COUNT, NULL), -1);
    conduct_tick(&f, 1);
    conduct_commit(&f);
    ck_assert_int_eq(conduct_t(&f, "inject", TOC_F_INJECT, "I-1"), 10 * CONDUCT_MIN);
}
END_TEST

// Plays 7 minutes and 1 ms, pauses for 20 wall minutes with meanwhile() in the middle, resumes, and
// expects I-1 just when 10 minutes of play are over.
static void play_over_a_pause(void (*meanwhile)(void))
{
    begin_play();
    conduct_run(&f, 7 * CONDUCT_MIN + 1);
    conduct_do(&f, "excon-1", "pause");
    conduct_run(&f, 10 * CONDUCT_MIN);
    ck_assert_int_eq(play(), 7 * CONDUCT_MIN + 1);
    meanwhile();
    conduct_run(&f, 10 * CONDUCT_MIN);
    conduct_do(&f, "excon-1", "resume");
    int64_t left = 10 * CONDUCT_MIN - play();
    conduct_run(&f, left - 1);
    ck_assert_int_eq(conduct_t(&f, "inject", TOC_F_INJECT, "I-1"), -1);
    conduct_run(&f, 1);
    ck_assert_int_eq(conduct_t(&f, "inject", TOC_F_INJECT, "I-1"), 10 * CONDUCT_MIN);
    conduct_run(&f, 5 * CONDUCT_MIN);
    ck_assert_int_eq(conduct_t(&f, "overdue", TOC_F_COUNT, NULL), 15 * CONDUCT_MIN);
    conduct_verify(&f);
}

static void nothing(void)
{
}

static void fire_one(void)
{
    toc_error e = {0};
    TOC_OK_OR_FAIL(conduct_put(&f, "excon-1", "fire", &e, "inject", "I-3", NULL), e);
    conduct_commit(&f);
    ck_assert_int_eq(conduct_t(&f, "inject", TOC_F_INJECT, "I-3"), 7 * CONDUCT_MIN + 1);
}

static void say_something(void)
{
    toc_error e = {0};
    TOC_OK_OR_FAIL(conduct_put(&f, "ops-1", "say", &e, "to", "press", "text", "Fog.", NULL), e);
    conduct_commit(&f);
    ck_assert_int_eq(conduct_t(&f, "message", TOC_F_COUNT, NULL), 7 * CONDUCT_MIN + 1);
}

static void kill_and_resume(void)
{
    conduct_kill(&f);
    conduct_resume(&f);
    ck_assert_int_eq(play(), 7 * CONDUCT_MIN + 1);
}

static void jump_a_little(void)
{
    toc_error e = {0};
    TOC_OK_OR_FAIL(conduct_put(&f, "excon-1", "jump", &e, "until", "540000", NULL), e);
    ck_assert_int_eq(play(), 9 * CONDUCT_MIN);
    conduct_run(&f, CONDUCT_MIN);
    ck_assert_int_eq(play(), 9 * CONDUCT_MIN);
}

static void jump_and_kill(void)
{
    jump_a_little();
    conduct_kill(&f);
    conduct_resume(&f);
    ck_assert_int_eq(play(), 9 * CONDUCT_MIN);
}

START_TEST(a_pause_stops_play_and_makes_nothing_late)
{
    play_over_a_pause(nothing);
}
END_TEST

START_TEST(an_inject_fired_in_a_pause_is_sent_then_and_makes_nothing_late)
{
    play_over_a_pause(fire_one);
}
END_TEST

START_TEST(a_message_in_a_pause_is_sent_then_and_makes_nothing_late)
{
    play_over_a_pause(say_something);
}
END_TEST

START_TEST(a_crash_in_a_pause_makes_nothing_late)
{
    play_over_a_pause(kill_and_resume);
}
END_TEST

START_TEST(a_jump_in_a_pause_moves_play_and_makes_nothing_late)
{
    play_over_a_pause(jump_a_little);
}
END_TEST

START_TEST(a_crash_after_a_jump_in_a_pause_keeps_the_jump)
{
    play_over_a_pause(jump_and_kill);
}
END_TEST

START_TEST(an_answer_in_a_pause_at_the_last_moment_is_in_time)
{
    toc_error e = {0};
    begin_play();
    conduct_run(&f, 15 * CONDUCT_MIN - 1);
    conduct_do(&f, "excon-1", "pause");
    conduct_run(&f, CONDUCT_HOUR);
    TOC_OK_OR_FAIL(conduct_put(&f, "ops-2", "decide", &e, "decision", "D-1", "option", "yes", NULL),
                   e);
    conduct_do(&f, "excon-1", "resume");
    conduct_run(&f, CONDUCT_MIN);
    ck_assert_int_eq(conduct_t(&f, "decided", TOC_F_OPTION, "yes"), 15 * CONDUCT_MIN - 1);
    ck_assert_int_eq(conduct_t(&f, "overdue", TOC_F_COUNT, NULL), -1);
    conduct_verify(&f);
}
END_TEST

START_TEST(an_input_comes_after_what_is_due_at_its_time)
{
    toc_error e = {0};
    begin_play();
    f.mono += 15 * CONDUCT_MIN; // no tick: the input brings it about
    TOC_OK_OR_FAIL(conduct_put(&f, "ops-1", "decide", &e, "decision", "D-1", "option", "yes", "id",
                               "s1-1", NULL),
                   e);
    conduct_commit(&f);
    ck_assert_int_eq(conduct_t(&f, "overdue", TOC_F_COUNT, NULL), 15 * CONDUCT_MIN);
    ck_assert_uint_eq(conduct_count(&f, "refused-late"), 1);
    toc_answer answer;
    ck_assert(toc_sessions_answer(toc_conduct_sessions(f.c), "s1-1", &answer));
    ck_assert_str_eq(answer.code, "late");
    conduct_verify(&f);
}
END_TEST

START_TEST(at_another_speed_everything_comes_at_its_own_play_time)
{
    static const char *const speeds[] = {"500", "1500", "333333", "1000000", "7777"};
    toc_error e = {0};
    begin_play();
    int64_t played = 0, thousandths = 0;
    for (size_t i = 0; i < TOC_COUNT(speeds); i++) {
        TOC_OK_OR_FAIL(conduct_put(&f, "excon-1", "speed", &e, "speed", speeds[i], NULL), e);
        conduct_run(&f, 17);
        thousandths += 17 * strtoll(speeds[i], NULL, 10);
        played = thousandths / 1000;
        ck_assert_int_eq(play(), played);
    }
    conduct_run(&f, CONDUCT_HOUR);
    ck_assert_int_eq(conduct_t(&f, "inject", TOC_F_INJECT, "I-1"), 10 * CONDUCT_MIN);
    ck_assert_int_eq(conduct_t(&f, "endex", TOC_F_COUNT, NULL), CONDUCT_HOUR);
    ck_assert_int_eq(play(), CONDUCT_HOUR); // not beyond, however late the loop came
    conduct_verify(&f);
}
END_TEST

START_TEST(a_jump_brings_everything_on_its_way_about)
{
    toc_error e = {0};
    begin_play();
    conduct_run(&f, 1000);
    TOC_OK_OR_FAIL(conduct_put(&f, "excon-1", "jump", &e, "until", "1800000", NULL), e);
    conduct_commit(&f);
    ck_assert_int_eq(play(), 30 * CONDUCT_MIN);
    ck_assert_int_eq(conduct_t(&f, "inject", TOC_F_INJECT, "I-1"), 10 * CONDUCT_MIN);
    ck_assert_int_eq(conduct_t(&f, "note", TOC_F_TEXT, "quarter"), 15 * CONDUCT_MIN);
    conduct_run(&f, 1000);
    ck_assert_int_eq(play(), 30 * CONDUCT_MIN + 1000);
    conduct_verify(&f);
}
END_TEST

START_TEST(a_real_emergency_stops_play_until_excon_resumes)
{
    begin_play();
    conduct_run(&f, CONDUCT_MIN);
    conduct_do(&f, "press-1", "emergency");
    conduct_run(&f, CONDUCT_HOUR);
    ck_assert_int_eq(play(), CONDUCT_MIN);
    conduct_do(&f, "excon-1", "resume");
    conduct_run(&f, 4 * CONDUCT_MIN);
    ck_assert_int_eq(conduct_t(&f, "ask", TOC_F_COUNT, NULL), 5 * CONDUCT_MIN);
    conduct_verify(&f);
}
END_TEST

// ---- marks and seals -----------------------------------------------------------------------------

START_TEST(a_mark_follows_a_batch_that_nothing_followed_for_five_seconds)
{
    conduct_start(&f);
    int64_t at;
    ck_assert(toc_conduct_deadline(f.c, &at));
    ck_assert_int_eq(at, f.mono + 5000);
    conduct_tick(&f, 4999);
    conduct_commit(&f);
    ck_assert_uint_eq(conduct_count(&f, "mark"), 0);
    conduct_do(&f, "ops-1", "emergency"); // something followed
    conduct_commit(&f);
    conduct_tick(&f, 4999);
    conduct_commit(&f);
    ck_assert_uint_eq(conduct_count(&f, "mark"), 0);
    conduct_tick(&f, 1);
    conduct_commit(&f);
    ck_assert_uint_eq(conduct_count(&f, "mark"), 1);
    ck_assert(!toc_conduct_deadline(f.c, &at)); // the lobby may wait for days
    conduct_verify(&f);
}
END_TEST

START_TEST(marks_come_once_a_minute_while_play_runs)
{
    begin_play();
    conduct_run(&f, 4 * CONDUCT_MIN + 30000);
    // 5 s after the start, then each minute
    ck_assert_uint_eq(conduct_count(&f, "mark"), 5);
    ck_assert_int_eq(conduct_t(&f, "mark", TOC_F_COUNT, NULL), 4 * CONDUCT_MIN + 5000);
    conduct_do(&f, "excon-1", "pause");
    conduct_run(&f, CONDUCT_HOUR);
    ck_assert_uint_eq(conduct_count(&f, "mark"), 6);
    conduct_verify(&f);
}
END_TEST

START_TEST(a_seal_stands_after_each_pause_the_endex_and_the_close)
{
    toc_error e = {0};
    begin_play();
    conduct_run(&f, 1000);
    ck_assert_uint_eq(conduct_count(&f, "seal"), 0);
    conduct_do(&f, "excon-1", "pause");
    conduct_commit(&f);
    ck_assert_uint_eq(conduct_count(&f, "seal"), 1);
    conduct_do(&f, "excon-1", "resume");
    conduct_do(&f, "ops-1", "emergency");
    conduct_commit(&f);
    ck_assert_uint_eq(conduct_count(&f, "seal"), 2);
    conduct_do(&f, "excon-1", "resume");
    conduct_run(&f, CONDUCT_HOUR);
    ck_assert_uint_eq(conduct_count(&f, "seal"), 3);
    conduct_do(&f, "excon-1", "close");
    conduct_run(&f, CONDUCT_HOUR);
    TOC_OK_OR_FAIL(toc_conduct_seal(f.c, &e), e); // once the close is durable
    conduct_commit(&f);
    ck_assert_uint_eq(conduct_count(&f, "seal"), 4);
    toc_events events;
    conduct_read(&f, &events);
    ck_assert_int_eq(events.at[events.count - 1].kind, TOC_K_SEAL); // and no mark after it
    ck_assert_int_eq(events.at[events.count - 2].kind, TOC_K_CLOSE);
    toc_events_fini(&events);
    ck_assert_int_eq(conduct_put(&f, "ops-1", "emergency", &e, NULL), TOC_EREFUSED);
    conduct_verify(&f);
}
END_TEST

START_TEST(a_seal_stands_after_a_thousand_lines_but_never_within_a_step)
{
    begin_play();
    toc_error e = {0};
    for (int i = 0; i < 700; i++) // two lines each
        TOC_OK_OR_FAIL(conduct_put(&f, "ops-1", "say", &e, "to", "press", "text", "hello", NULL),
                       e);
    conduct_commit(&f);
    ck_assert_uint_eq(conduct_count(&f, "seal"), 1);
    toc_events events;
    conduct_read(&f, &events);
    for (size_t i = 1; i < events.count; i++)
        if (events.at[i].kind == TOC_K_SEAL) {
            ck_assert_uint_ge(i, 1000);
            ck_assert_uint_lt(i, 1003);
            ck_assert_int_eq(events.at[i - 1].kind, TOC_K_MESSAGE);
        }
    toc_events_fini(&events);
    conduct_verify(&f);
}
END_TEST

// ---- what becomes of trouble ---------------------------------------------------------------------

// Fills `big` with text, so slowly that only memory runs out, until it has `size` pieces.
#define EATER(size)                                                                                \
    "local big = {}\n"                                                                             \
    "storyline \"eater\" (function () wait_until \"T+12m\"\n"                                      \
    "  while #big < " size " do for i = 1, 3 do big[#big + 1] = ('x'):rep(60000) end\n"            \
    "  wait \"100ms\" end end)\n"

START_TEST(scripts_that_eat_all_memory_are_halted_and_play_goes_on)
{
    conduct_teardown(&f);
    conduct_setup(&f, EATER("9999"));
    begin_play();
    conduct_run(&f, 25 * CONDUCT_MIN);
    ck_assert_uint_eq(conduct_count(&f, "halt"), 1);
    ck_assert_int_gt(conduct_t(&f, "halt", TOC_F_COUNT, NULL), 11 * CONDUCT_MIN);
    ck_assert_int_eq(conduct_t(&f, "note", TOC_F_TEXT, "quarter"), -1); // its storyline too
    ck_assert_int_eq(conduct_t(&f, "held", TOC_F_INJECT, "I-2"), 20 * CONDUCT_MIN);
    conduct_verify(&f);
    conduct_kill(&f);
    conduct_resume(&f);
    conduct_do(&f, "excon-1", "resume");
    conduct_run(&f, CONDUCT_HOUR);
    ck_assert_int_eq(conduct_t(&f, "endex", TOC_F_COUNT, NULL), CONDUCT_HOUR);
    conduct_verify(&f);
}
END_TEST

// I-4 is due at the very time of the input before it, which is recorded already.
START_TEST(scripts_are_halted_too_at_the_time_of_the_last_input)
{
    toc_error e = {0};
    conduct_teardown(&f);
    conduct_setup(&f, EATER("1105") "inject \"I-4\" { at = \"I-3 +0s\", to = { \"ops\" },"
                                    " from = \"X\", channel = \"email\", title = \"T\",\n"
                                    " text = function () for i = 1, 16 do"
                                    " big[#big + 1] = ('y'):rep(60000) end return 'x' end }\n");
    begin_play();
    conduct_run(&f, 14 * CONDUCT_MIN);
    TOC_OK_OR_FAIL(conduct_put(&f, "excon-1", "fire", &e, "inject", "I-3", NULL), e);
    conduct_tick(&f, 0);
    conduct_commit(&f);
    ck_assert_int_eq(conduct_t(&f, "halt", TOC_F_COUNT, NULL), 14 * CONDUCT_MIN);
    conduct_run(&f, 7 * CONDUCT_MIN);
    ck_assert_int_eq(conduct_t(&f, "held", TOC_F_INJECT, "I-2"), 20 * CONDUCT_MIN);
    conduct_verify(&f);
}
END_TEST

static int faults_left;

static int failing_write(void *context, int fd, const void *data, size_t len)
{
    (void)context;
    if (faults_left > 0 && --faults_left == 0)
        return ENOSPC;
    return write(fd, data, len) == (ssize_t)len ? 0 : EIO;
}

static int fine_sync(void *context, int fd)
{
    (void)context, (void)fd;
    return 0;
}

START_TEST(a_failed_write_stops_play_and_takes_no_more_input)
{
    const toc_disk disk = {NULL, failing_write, fine_sync, NULL};
    toc_error e = {0};
    f.faults = &disk;
    begin_play();
    conduct_run(&f, 9 * CONDUCT_MIN);
    faults_left = 1;
    conduct_do(&f, "ops-1", "emergency");
    conduct_do(&f, "excon-1", "resume");
    ck_assert_int_eq(toc_conduct_flush(f.c, f.mono, &e), TOC_EIO);
    ck_assert(toc_conduct_has_failed(f.c));
    int64_t stands = play(), at;
    f.mono += CONDUCT_HOUR;
    ck_assert_int_eq(play(), stands);
    ck_assert(!toc_conduct_deadline(f.c, &at));
    ck_assert_int_eq(toc_conduct_tick(f.c, f.mono, &e), TOC_EIO);
    ck_assert_int_eq(conduct_put(&f, "excon-1", "pause", &e, NULL), TOC_EIO);
    ck_assert_ptr_nonnull(strstr(e.msg, "No space left"));
    // Nobody was shown what was not recorded, and a resume takes up before it.
    f.faults = NULL;
    conduct_kill(&f);
    conduct_resume(&f);
    ck_assert_uint_eq(conduct_count(&f, "emergency"), 0);
    conduct_verify(&f);
}
END_TEST

static bool is_told(const char *state)
{
    toc_buf clock = {0};
    toc_conduct_clock_told(f.c, f.mono, false, &clock);
    bool is_there = strstr(clock.data, state) != NULL;
    toc_buf_fini(&clock);
    return is_there;
}

START_TEST(a_close_that_is_not_durable_is_told_by_no_heartbeat)
{
    const toc_disk disk = {NULL, failing_write, fine_sync, NULL};
    toc_error e = {0};
    f.faults = &disk;
    begin_play();
    ck_assert(is_told("lobby"));
    conduct_commit(&f);
    ck_assert(is_told("running"));
    conduct_do(&f, "excon-1", "end");
    conduct_commit(&f);
    conduct_do(&f, "excon-1", "close");
    ck_assert(is_told("ended"));
    faults_left = 1;
    ck_assert_int_eq(toc_conduct_flush(f.c, f.mono, &e), TOC_EIO);
    ck_assert(is_told("ended")); // for ever: whoever goes on resumes before it
    toc_buf clock = {0};
    toc_conduct_clock_json(f.c, f.mono, &clock);
    ck_assert_ptr_nonnull(strstr(clock.data, "ended"));
    toc_buf_fini(&clock);
}
END_TEST

START_TEST(feeds_hold_durable_lines_only_and_are_the_same_after_a_resume)
{
    begin_play();
    size_t ops = toc_conduct_feed_find(f.c, "ops");
    ck_assert_uint_eq(ops, 1);
    ck_assert_int_eq(toc_feed_head(toc_conduct_feed(f.c, ops)), 0);
    conduct_commit(&f);
    ck_assert_int_eq(toc_feed_head(toc_conduct_feed(f.c, ops)), 1); // start
    ck_assert(!toc_conduct_has_attachment(f.c, ops, "files/map.bin"));
    conduct_run(&f, 30 * CONDUCT_MIN);
    ck_assert(toc_conduct_has_attachment(f.c, ops, "files/map.bin"));
    ck_assert(
        !toc_conduct_has_attachment(f.c, toc_conduct_feed_find(f.c, "press"), "files/map.bin"));
    ck_assert(toc_conduct_has_attachment(f.c, 0, "files/map.bin"));
    toc_buf before = {0}, after = {0};
    for (size_t i = 0; i < toc_conduct_feed_count(f.c); i++)
        for (int64_t n = 1; n <= toc_feed_head(toc_conduct_feed(f.c, i)); n++)
            toc_buf_printf(&before, "%zu %s\n", i, toc_feed_line(toc_conduct_feed(f.c, i), n));
    size_t heads[4];
    for (size_t i = 0; i < 4; i++)
        heads[i] = (size_t)toc_feed_head(toc_conduct_feed(f.c, i));
    size_t lines = f.lines;
    conduct_kill(&f);
    conduct_resume(&f);
    ck_assert_uint_eq(f.past, lines);
    for (size_t i = 0; i < toc_conduct_feed_count(f.c); i++)
        for (int64_t n = 1; n <= (int64_t)heads[i]; n++)
            toc_buf_printf(&after, "%zu %s\n", i, toc_feed_line(toc_conduct_feed(f.c, i), n));
    ck_assert_str_eq(before.data, after.data);
    toc_buf_fini(&before);
    toc_buf_fini(&after);
}
END_TEST

START_TEST(a_run_killed_between_its_close_and_its_last_seal_gets_the_seal_and_nothing_else)
{
    conduct_start(&f);
    conduct_do(&f, "excon-1", "close");
    conduct_commit(&f);
    conduct_kill(&f);
    toc_conduct_host host = {.journal = f.disk.path, .seal_pem = f.disk.private_pem};
    toc_error e = {0};
    int64_t cut;
    TOC_OK_OR_FAIL(toc_conduct_resume(&f.c, &host, f.mono, &cut, &e), e);
    ck_assert_int_eq(toc_exercise_clock(toc_conduct_exercise(f.c)).state, TOC_PLAY_CLOSED);
    int64_t head = toc_conduct_head(f.c);
    TOC_OK_OR_FAIL(toc_conduct_seal(f.c, &e), e);
    conduct_commit(&f);
    ck_assert_int_eq(toc_conduct_head(f.c), head + 1);
    TOC_OK_OR_FAIL(toc_conduct_seal(f.c, &e), e); // which is not sealed once more
    ck_assert_int_eq(toc_conduct_head(f.c), head + 1);
    conduct_verify(&f);
}
END_TEST

// The journal of a played exercise, cut after every line and in the middle of every line from the lobby
// on: it always comes up again, at the last line's time, paused, with its torn step whole.
START_TEST(a_journal_cut_anywhere_is_taken_up_again)
{
    toc_error e = {0};
    toc_buf whole = {0};
    begin_play();
    conduct_run(&f, 6 * CONDUCT_MIN);
    TOC_OK_OR_FAIL(conduct_put(&f, "excon-1", "fire", &e, "inject", "I-2", NULL), e);
    TOC_OK_OR_FAIL(conduct_put(&f, "ops-1", "decide", &e, "decision", "D-1", "option", "no", "id",
                               "s1-1", NULL),
                   e);
    TOC_OK_OR_FAIL(conduct_put(&f, "excon-1", "jump", &e, "until", "1260000", NULL), e);
    conduct_do(&f, "excon-1", "pause");
    conduct_commit(&f);
    conduct_kill(&f);
    fixture_read(&whole, f.disk.path);
    const char *lobby = strstr(whole.data, "\"k\":\"open-seat\"");
    ck_assert_ptr_nonnull(lobby);
    size_t from = (size_t)(strchr(lobby, '\n') - whole.data) + 1, cuts = 0;
    for (size_t at = from; at <= whole.len; at++) {
        bool is_end = whole.data[at - 1] == '\n';
        bool is_middle = at + 40 < whole.len && whole.data[at + 40] == '\n';
        if (!is_end && !is_middle)
            continue;
        fixture_write(f.disk.path, whole.data, at);
        conduct_resume(&f);
        ck_assert_int_ne(toc_exercise_clock(toc_conduct_exercise(f.c)).state, TOC_PLAY_RUNNING);
        conduct_kill(&f);
        conduct_verify(&f);
        cuts++;
    }
    ck_assert_uint_gt(cuts, 30);
    toc_buf_fini(&whole);
}
END_TEST

// ---- the same exercise in one piece and in pieces ------------------------------------------------

static void do_something(toc_random *r, int i)
{
    char id[32], until[24];
    snprintf(id, sizeof id, "s1-%d", i + 1);
    snprintf(until, sizeof until, "%lld",
             (long long)(play() + 1 + (int64_t)toc_random_below(r, 90000)));
    switch (toc_random_below(r, 9)) {
    case 0:
        conduct_put(&f, "excon-1", "pause", NULL, "id", id, NULL);
        break;
    case 1:
    case 2:
        conduct_put(&f, "excon-1", "resume", NULL, "id", id, NULL);
        break;
    case 3:
        conduct_put(&f, "excon-1", "fire", NULL, "inject", toc_random_below(r, 2) ? "I-2" : "I-3",
                    "id", id, NULL);
        break;
    case 4:
        conduct_put(&f, "ops-1", "decide", NULL, "decision", "D-1", "option", "yes", "id", id,
                    NULL);
        break;
    case 5:
        conduct_put(&f, "press-1", "say", NULL, "to", "ops", "text", "Tell us more", "id", id,
                    NULL);
        break;
    case 6:
        conduct_put(&f, "excon-1", "jump", NULL, "until", until, "id", id, NULL);
        break;
    case 7:
        conduct_put(&f, "ops-2", "emergency", NULL, "id", id, NULL);
        break;
    default:
        conduct_put(&f, "excon-1", "speed", NULL, "speed", until, "id", id, NULL);
        break;
    }
}

START_TEST(random_play_with_crashes_always_verifies_and_forgets_no_answer)
{
    toc_random r;
    seed_random(&r, "conduct");
    for (int run = 0; run < 12; run++) {
        if (run > 0) {
            conduct_teardown(&f);
            conduct_setup(&f, "");
        }
        begin_play();
        conduct_commit(&f);
        for (int i = 0; i < 60; i++) {
            conduct_run(&f, (int64_t)toc_random_below(&r, 60000));
            do_something(&r, i);
            char id[32];
            toc_answer first, again;
            snprintf(id, sizeof id, "s1-%d", i + 1);
            bool taken = toc_sessions_answer(toc_conduct_sessions(f.c), id, &first);
            if (toc_random_below(&r, 10) > 0)
                continue;
            bool durable = toc_random_below(&r, 2) == 0;
            if (durable)
                conduct_commit(&f);
            int64_t seq = taken ? first.seq : 0;
            conduct_kill(&f);
            conduct_resume(&f);
            bool is_known = toc_sessions_answer(toc_conduct_sessions(f.c), id, &again);
            if (durable) {
                ck_assert_int_eq(is_known, taken);
                if (taken)
                    ck_assert_int_eq(again.seq, seq);
            }
        }
        conduct_commit(&f);
        conduct_verify(&f);
    }
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, play_time_is_exact_over_pauses_and_changes_of_speed);
    tcase_add_test(tc, an_instant_has_its_due_time_however_late_the_loop_comes);
    tcase_add_test(tc, the_deadline_is_the_very_millisecond_at_which_something_is_due);
    tcase_add_test(tc, a_pause_stops_play_and_makes_nothing_late);
    tcase_add_test(tc, an_inject_fired_in_a_pause_is_sent_then_and_makes_nothing_late);
    tcase_add_test(tc, a_message_in_a_pause_is_sent_then_and_makes_nothing_late);
    tcase_add_test(tc, a_crash_in_a_pause_makes_nothing_late);
    tcase_add_test(tc, a_jump_in_a_pause_moves_play_and_makes_nothing_late);
    tcase_add_test(tc, a_crash_after_a_jump_in_a_pause_keeps_the_jump);
    tcase_add_test(tc, an_answer_in_a_pause_at_the_last_moment_is_in_time);
    tcase_add_test(tc, an_input_comes_after_what_is_due_at_its_time);
    tcase_add_test(tc, at_another_speed_everything_comes_at_its_own_play_time);
    tcase_add_test(tc, a_jump_brings_everything_on_its_way_about);
    tcase_add_test(tc, a_real_emergency_stops_play_until_excon_resumes);
    tcase_add_test(tc, a_mark_follows_a_batch_that_nothing_followed_for_five_seconds);
    tcase_add_test(tc, marks_come_once_a_minute_while_play_runs);
    tcase_add_test(tc, a_seal_stands_after_each_pause_the_endex_and_the_close);
    tcase_add_test(tc, a_seal_stands_after_a_thousand_lines_but_never_within_a_step);
    tcase_add_test(tc, scripts_that_eat_all_memory_are_halted_and_play_goes_on);
    tcase_add_test(tc, scripts_are_halted_too_at_the_time_of_the_last_input);
    tcase_add_test(tc, a_failed_write_stops_play_and_takes_no_more_input);
    tcase_add_test(tc, a_close_that_is_not_durable_is_told_by_no_heartbeat);
    tcase_add_test(tc, feeds_hold_durable_lines_only_and_are_the_same_after_a_resume);
    tcase_add_test(tc, a_run_killed_between_its_close_and_its_last_seal_gets_the_seal_and_nothing_else);
    tcase_add_test(tc, a_journal_cut_anywhere_is_taken_up_again);
    tcase_add_test(tc, random_play_with_crashes_always_verifies_and_forgets_no_answer);
}

TOC_CHECK_MAIN("conduct", add_tests)
