// SPDX-License-Identifier: MIT
// The engine with a world made by hand: what waits for what, to the millisecond and to the call.
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "check_main.h"
#include "switchboard_fixture.h"

static board_fixture b;
static char ops[16], press[16], excon[16]; // sessions
static char id[32];

static void setup(void)
{
    board_setup(&b, "");
}

static void teardown(void)
{
    board_teardown(&b);
}

// ops-1 over connection 1, press-1 over 3, excon-1 over 4.
static void come(void)
{
    board_join(&b, 1, "ops-1", ops);
    board_join(&b, 3, "press-1", press);
    board_join(&b, 4, "excon-1", excon);
}

static const char *id_of(const char *session, int counter)
{
    snprintf(id, sizeof id, "%s-%d", session, counter);
    return id;
}

static void ask(uint32_t pipe, const char *seat, const char *session, int counter, const char *op,
                const char *fields)
{
    board_ask(&b, pipe, seat, op, id_of(session, counter), fields);
}

static void must_say(const char *session, int counter, const char *text)
{
    const char *answer = board_answer(&b, id_of(session, counter));
    ck_assert_msg(answer && strstr(answer, text), "no %s in %s", text, answer ? answer : "nothing");
}

static bool is_present(const char *seat)
{
    const toc_exercise *x = toc_conduct_exercise(b.run.c);
    return toc_exercise_seat(x, toc_exercise_seat_find(x, seat)).is_present;
}

#define DRIZZLE ",\"to\":[\"press\"],\"text\":\"Drizzle\""

// ---- durable before visible ----------------------------------------------------------------------

START_TEST(a_reply_and_a_line_wait_until_the_line_is_durable)
{
    come();
    ask(1, "ops-1", ops, 1, "say", DRIZZLE);
    for (int i = 0; i < 5; i++) {
        board_later(&b, 100);
        ck_assert_ptr_null(board_answer(&b, id_of(ops, 1)));
        ck_assert_uint_eq(board_heard(&b, 2, "Drizzle"), 0);
        ck_assert(!board_is_recorded(&b, "Drizzle"));
    }
    board_commit(&b);
    must_say(ops, 1, "\"ok\":true");
    ck_assert(board_is_recorded(&b, "Drizzle"));
    ck_assert_uint_gt(board_heard(&b, 0, "Drizzle"), 0);
    ck_assert_uint_eq(board_heard(&b, 2, "Drizzle"), 1);
    ck_assert_uint_eq(board_heard(&b, 3, "Drizzle"), 0);
}
END_TEST

START_TEST(what_comes_while_a_commit_is_out_goes_with_the_next_one)
{
    come();
    ask(1, "ops-1", ops, 1, "say", DRIZZLE);
    board_later(&b, 0);
    ask(1, "ops-1", ops, 2, "say", ",\"to\":[\"press\"],\"text\":\"Rain\"");
    ask(3, "press-1", press, 1, "ping", ""); // it was told of both: it waits for both
    board_later(&b, 5);
    size_t commits = b.commits;
    board_commit(&b);
    must_say(ops, 1, "\"ok\":true");
    ck_assert_ptr_null(board_answer(&b, id_of(ops, 2)));
    ck_assert_ptr_null(board_answer(&b, id_of(press, 1)));
    ck_assert_uint_eq(board_heard(&b, 2, "Rain"), 0);
    ck_assert_uint_eq(b.commits, commits + 1); // the next one went out at once
    board_commit(&b);
    must_say(ops, 2, "\"ok\":true");
    must_say(press, 1, "\"ok\":true");
    ck_assert_uint_eq(board_heard(&b, 2, "Rain"), 1);
}
END_TEST

START_TEST(who_is_no_seat_is_answered_without_waiting_for_the_disk)
{
    come();
    ask(1, "ops-1", ops, 1, "say", DRIZZLE);
    board_later(&b, 0);
    board_ask(&b, 9, "nobody-1", "ping", "s9-1", "");
    board_later(&b, 0);
    ck_assert_ptr_nonnull(strstr(board_answer(&b, "s9-1"), "no-seat"));
    ck_assert_ptr_null(board_answer(&b, id_of(ops, 1)));
    board_settle(&b);
}
END_TEST

START_TEST(a_refused_reply_is_kept_and_tried_again_within_ten_milliseconds)
{
    come();
    b.refuses = true;
    ask(1, "ops-1", ops, 1, "say", DRIZZLE);
    board_settle(&b);
    for (size_t i = 1; i <= 20; i++) {
        size_t tried = b.refused;
        ck_assert_int_le(b.wake_at, b.run.mono + 10);
        board_later(&b, b.wake_at - b.run.mono);
        ck_assert_uint_gt(b.refused, tried);
    }
    ck_assert_uint_eq(board_answers(&b, id_of(ops, 1)), 0);
    b.refuses = false;
    board_later(&b, 10);
    ck_assert_uint_eq(board_answers(&b, id_of(ops, 1)), 1);
    must_say(ops, 1, "\"ok\":true");
    ck_assert_int_gt(b.wake_at, b.run.mono + 10); // nothing is left to be tried
}
END_TEST

START_TEST(the_same_request_twice_while_the_commit_is_out_is_one_line_and_two_answers)
{
    come();
    ask(1, "ops-1", ops, 1, "say", DRIZZLE);
    board_later(&b, 0);
    ask(2, "ops-1", ops, 1, "say", DRIZZLE); // its connection was cut, and it asked again
    board_later(&b, 0);
    ck_assert_uint_eq(board_answers(&b, id_of(ops, 1)), 0);
    board_settle(&b);
    ck_assert_uint_eq(board_answers(&b, id_of(ops, 1)), 2);
    must_say(ops, 1, "\"ok\":true");
    ck_assert_uint_eq(board_heard(&b, 2, "Drizzle"), 1);
    ck_assert_uint_eq(conduct_count(&b.run, "say"), 1);
}
END_TEST

START_TEST(after_a_failed_sync_everybody_is_told_and_nothing_is_taken_any_more)
{
    come();
    ask(4, "excon-1", excon, 1, "start", "");
    board_settle(&b);
    ask(1, "ops-1", ops, 1, "say", DRIZZLE);
    board_later(&b, 0);
    b.fails = true;
    ask(1, "ops-1", ops, 2, "say", ",\"to\":[\"press\"],\"text\":\"Rain\"");
    board_ask(&b, 3, "press-1", "ping", press, ""); // no id that can be read: no receipt either
    board_commit(&b);
    must_say(ops, 1, "recording-failed");
    must_say(ops, 2, "recording-failed");
    for (size_t i = 0; i < BOARD_FEEDS; i++) {
        ck_assert_uint_eq(board_heard(&b, i, "\"what\":\"recording-failed\""), 1);
        ck_assert_uint_eq(board_heard(&b, i, "Drizzle"), 0);
    }
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&b.notices), "--resume"));
    size_t commits = b.commits;
    int64_t play = toc_conduct_play(b.run.c, b.run.mono);
    ask(1, "ops-1", ops, 3, "say", DRIZZLE);
    board_wakes(&b, 30 * CONDUCT_MIN);
    must_say(ops, 3, "recording-failed");
    // Who has a token may wait for the resume; whoever says anything at all may not.
    toc_buf_clear(&b.wishes);
    board_ask(&b, 7, "nobody-1", "ping", "x-1", "");
    ck_assert_str_eq(toc_buf_text(&b.wishes), "");
    board_ask(&b, 8, "ops-2", "join", "fedcba9876543210-0", "");
    ck_assert_str_eq(toc_buf_text(&b.wishes), "know 8\n");
    ck_assert_uint_eq(b.commits, commits);
    ck_assert_int_eq(toc_conduct_play(b.run.c, b.run.mono), play);
    ck_assert_uint_eq(board_heard(&b, 1, "\"what\":\"recording-failed\""), 1); // said once
    ck_assert_uint_gt(board_heard(&b, 1, "\"state\":\"paused\""), 100);        // and shown since
    ck_assert(!b.is_over);
    toc_switchboard_stop(b.s);
    ck_assert(b.is_over);
}
END_TEST

// ---- a crowd -------------------------------------------------------------------------------------

// Requests of excon-1, which change nothing, in one millisecond.
static void crowd(int first, int count)
{
    for (int i = first; i < first + count; i++)
        ask(4, "excon-1", excon, i, "ping", "");
}

START_TEST(in_a_crowd_answers_come_at_once_and_lines_together_within_a_tenth_of_a_second)
{
    come();
    toc_buf_clear(&b.feeds[2]);
    crowd(1, 100);
    int64_t began = b.run.mono;
    for (int i = 1; i <= 9; i++) {
        crowd(100 * i + 1, 100);
        ask(1, "ops-1", ops, i, "say", DRIZZLE);
        board_settle(&b);
        must_say(ops, i, "\"ok\":true");
        ck_assert_uint_eq(board_heard(&b, 2, "Drizzle"), 0);
        board_wakes(&b, 10);
    }
    crowd(1001, 100);
    board_wakes(&b, began + 100 - b.run.mono);
    ck_assert_uint_eq(board_heard(&b, 2, "Drizzle"), 9); // though the crowd is still there
}
END_TEST

START_TEST(lines_that_a_crowd_held_go_when_it_has_calmed_down)
{
    come();
    crowd(1, 100);
    ask(1, "ops-1", ops, 1, "say", DRIZZLE);
    board_settle(&b);
    ck_assert_uint_eq(board_heard(&b, 2, "Drizzle"), 0);
    board_wakes(&b, 40); // comes only when it is woken
    ck_assert_uint_eq(board_heard(&b, 2, "Drizzle"), 1);
    ask(1, "ops-1", ops, 2, "say", DRIZZLE);
    board_settle(&b);
    ck_assert_uint_eq(board_heard(&b, 2, "Drizzle"), 2); // without a crowd, at once
}
END_TEST

START_TEST(a_change_of_the_clock_and_what_came_before_it_wait_for_no_crowd)
{
    come();
    ask(4, "excon-1", excon, 1, "start", "");
    board_settle(&b);
    crowd(2, 100);
    ask(1, "ops-1", ops, 1, "say", DRIZZLE);
    board_settle(&b);
    ck_assert_uint_eq(board_heard(&b, 2, "Drizzle"), 0);
    ask(4, "excon-1", excon, 102, "pause", "");
    board_settle(&b);
    ck_assert_uint_eq(board_heard(&b, 2, "Drizzle"), 1);
    ck_assert_uint_gt(board_heard(&b, 2, "\"state\":\"paused\""), 0);
}
END_TEST

START_TEST(a_close_amid_a_crowd_is_the_last_that_everybody_hears)
{
    come();
    crowd(1, 100);
    ask(1, "ops-1", ops, 1, "say", DRIZZLE);
    ask(4, "excon-1", excon, 101, "close", "");
    board_settle(&b);
    board_wakes(&b, 100);
    board_settle(&b);
    const char *said = toc_buf_text(&b.feeds[2]);
    const char *line = strstr(said, "Drizzle"), *closed = strstr(said, "\"k\":\"close\"");
    const char *end = strstr(said, "\"what\":\"closing\"");
    ck_assert_ptr_nonnull(line);
    ck_assert_ptr_nonnull(closed);
    ck_assert_ptr_nonnull(end);
    ck_assert(line < closed && closed < end);
}
END_TEST

// ---- who is there --------------------------------------------------------------------------------

START_TEST(a_connection_that_closed_before_its_request_was_read_leaves_no_seat_behind)
{
    char session[16];
    board_join(&b, 1, "ops-1", session);
    ask(1, "ops-1", session, 1, "ping", "");
    toc_switchboard_gone(b.s, 1);
    ck_assert(!is_present("ops-1"));
    ask(1, "ops-1", session, 2, "say", DRIZZLE); // was in the queue
    ck_assert(!is_present("ops-1"));
    ask(2, "ops-1", session, 3, "ping", "");
    ck_assert(is_present("ops-1"));
    ask(1, "ops-1", session, 4, "ping", ""); // still from the old one
    ck_assert(is_present("ops-1"));
    board_settle(&b);
    ck_assert_uint_eq(board_heard(&b, 2, "Drizzle"), 1);
    ck_assert_uint_eq(board_heard(&b, 0, "\"k\":\"leave\""), 2);
    toc_switchboard_gone(b.s, 1); // told twice: nothing
    ck_assert(is_present("ops-1"));
}
END_TEST

START_TEST(a_first_join_over_a_connection_that_is_closed_already_leaves_again)
{
    toc_switchboard_gone(b.s, 1);
    board_ask(&b, 1, "ops-1", "join", "0123456789abcdef-0", "");
    board_settle(&b);
    ck_assert(!is_present("ops-1"));
    ck_assert_uint_eq(board_heard(&b, 0, "\"k\":\"join\""), 1);
    ck_assert_uint_eq(board_heard(&b, 0, "\"k\":\"leave\""), 1);
}
END_TEST

START_TEST(play_starts_when_the_last_seat_of_a_team_and_excon_are_there)
{
    char session[16];
    board_teardown(&b);
    board_setup_starting(&b);
    come();
    ck_assert_uint_eq(board_heard(&b, 0, "\"k\":\"start\""), 0);
    board_join(&b, 2, "ops-2", session);
    ck_assert_uint_eq(board_heard(&b, 0, "\"k\":\"start\""), 1);
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&b.notices), "STARTEX"));
}
END_TEST

START_TEST(a_revoked_seat_is_shut_out_at_once_and_a_reassigned_one_after_its_moment)
{
    come();
    ask(4, "excon-1", excon, 1, "revoke", ",\"seat\":\"ops-1\"");
    ck_assert(board_wished(&b, "shut-out 01")); // before anything is written
    ck_assert(board_wished(&b, "feed 1"));
    ck_assert(board_wished(&b, "pipe 1"));
    ck_assert(board_wished(&b, "drop ops-1"));
    board_settle(&b);
    ask(4, "excon-1", excon, 2, "reassign", ",\"seat\":\"press-1\",\"team\":\"ops\"");
    board_settle(&b);
    int64_t at = b.run.mono;
    ck_assert(board_wished(&b, "feed 2"));
    ck_assert(!board_wished(&b, "shut-out 03"));
    // Its terminal may dial that feed again: it hears numbers there, and no lines.
    ask(4, "excon-1", excon, 3, "say", DRIZZLE);
    board_settle(&b);
    ck_assert_uint_eq(board_heard(&b, 2, "Drizzle"), 0);
    char head[32];
    snprintf(head, sizeof head, "\"head\":%lld,",
             (long long)toc_feed_head(toc_conduct_feed(b.run.c, 2)));
    ck_assert_uint_eq(board_heard(&b, 2, head), 1);
    ask(3, "press-1", press, 1, "ping", "");
    board_wakes(&b, 999);
    must_say(press, 1, "no-seat");
    ck_assert(!board_wished(&b, "shut-out 03"));
    ck_assert(!board_wished(&b, "pipe 3"));
    board_wakes(&b, at + 1000 - b.run.mono);
    ck_assert(board_wished(&b, "shut-out 03"));
    ck_assert(board_wished(&b, "pipe 3"));
    ask(4, "excon-1", excon, 4, "say", ",\"to\":[\"press\"],\"text\":\"Rain\"");
    board_settle(&b);
    ck_assert_uint_eq(board_heard(&b, 2, "Rain"), 1);
    ck_assert_uint_eq(board_heard(&b, 2, "Drizzle"), 0);
}
END_TEST

START_TEST(what_was_revoked_before_a_resume_is_shut_out_before_the_doors_open)
{
    come();
    ask(4, "excon-1", excon, 1, "revoke", ",\"seat\":\"ops-1\"");
    board_settle(&b);
    toc_buf_clear(&b.wishes);
    board_resume(&b);
    ck_assert_str_eq(toc_buf_text(&b.wishes), "shut-out 01\n");
    ask(1, "ops-1", ops, 1, "ping", "");
    ask(4, "excon-1", excon, 1, "revoke", ",\"seat\":\"ops-1\""); // its answer was lost
    board_settle(&b);
    must_say(ops, 1, "no-seat");
    must_say(excon, 1, "\"ok\":true");
}
END_TEST

START_TEST(a_seat_has_two_connections_at_most_and_the_oldest_is_closed)
{
    come();
    toc_buf_clear(&b.wishes);
    ask(7, "ops-1", ops, 1, "ping", "");
    ck_assert_str_eq(toc_buf_text(&b.wishes), "know 7\n");
    toc_buf_clear(&b.wishes);
    ask(8, "ops-1", ops, 2, "ping", "");
    ck_assert_str_eq(toc_buf_text(&b.wishes), "know 8\npipe 1\n");
    toc_buf_clear(&b.wishes);
    ask(8, "ops-1", ops, 4, "ping", "");
    ask(1, "ops-1", ops, 3, "ping", ""); // was in the queue
    toc_switchboard_gone(b.s, 1);
    board_settle(&b);
    ck_assert(!board_wished(&b, "pipe 8") && !board_wished(&b, "pipe 7"));
    must_say(ops, 3, "\"ok\":true");
    ck_assert(is_present("ops-1"));
}
END_TEST

START_TEST(a_connection_may_stay_when_a_seat_has_spoken_through_it_and_no_other)
{
    board_ask(&b, 1, "ops-1", "join", "0123456789abcdef-0", "");
    board_settle(&b);
    ck_assert(board_wished(&b, "know 1"));
    ask(2, "ops-1", "s77", 1, "ping", ""); // of no session
    ask(3, "nobody-1", "s1", 1, "ping", "");
    board_settle(&b);
    ck_assert(!board_wished(&b, "know 2"));
    ck_assert(!board_wished(&b, "know 3"));
}
END_TEST

START_TEST(a_revoked_seat_loses_both_of_its_connections)
{
    come();
    ask(7, "ops-1", ops, 1, "ping", "");
    ask(4, "excon-1", excon, 1, "revoke", ",\"seat\":\"ops-1\"");
    ck_assert(board_wished(&b, "pipe 7"));
    ck_assert(board_wished(&b, "pipe 1"));
}
END_TEST

START_TEST(a_seat_that_asks_for_more_than_anybody_reads_waits_for_pages_but_not_for_its_acts)
{
    char text[4100];
    come();
    snprintf(text, sizeof text, ",\"to\":[\"press\"],\"text\":\"%03950d\"", 7);
    for (int i = 1; i <= 10; i++) {
        ask(1, "ops-1", ops, i, "say", text);
        board_settle(&b);
    }
    size_t bytes = 0;
    for (int i = 100; i < 1100; i++) {
        ask(1, "ops-1", ops, i, "feed", ",\"from\":1");
        board_later(&b, 0);
        if (board_answer(&b, id_of(ops, i)))
            bytes += strlen(board_answer(&b, id_of(ops, i)));
    }
    ck_assert_uint_gt(bytes, 8 << 20);
    ck_assert_uint_lt(bytes, 17 << 20);
    ck_assert_ptr_null(board_answer(&b, id_of(ops, 1099)));
    for (int i = 1100; i < 2100; i++) {
        ask(1, "ops-1", ops, i, "say", DRIZZLE);
        board_settle(&b);
        must_say(ops, i, "\"ok\":true");
    }
    ask(3, "press-1", press, 1, "feed", ",\"from\":1");
    board_settle(&b);
    must_say(press, 1, "\"lines\"");
    board_later(&b, 2000);
    ask(1, "ops-1", ops, 2100, "feed", ",\"from\":1");
    board_settle(&b);
    must_say(ops, 2100, "\"lines\"");
}
END_TEST

START_TEST(who_floods_the_desk_is_answered_in_part_and_the_others_as_ever)
{
    come();
    toc_buf_clear(&b.notices);
    int answered = 0;
    for (int i = 1; i <= 20000; i++) {
        ask(1, "ops-1", ops, i, "ping", "");
        if (i % 500 == 0) {
            ask(3, "press-1", press, i, "say", ",\"to\":[\"ops\"],\"text\":\"Rain\"");
            board_settle(&b);
            must_say(press, i, "\"ok\":true");
            answered += board_answer(&b, id_of(ops, i)) != NULL;
        }
    }
    ck_assert_int_gt(answered, 10);
    ck_assert_int_lt(answered, 40);
    const char *told = strstr(toc_buf_text(&b.notices), "ops-1 sends more than anybody types");
    ck_assert_ptr_nonnull(told);
    ck_assert_ptr_null(strstr(told + 8, "sends more"));
    board_later(&b, 2000);
    ask(1, "ops-1", ops, 20001, "say", DRIZZLE);
    board_settle(&b);
    must_say(ops, 20001, "\"ok\":true");
}
END_TEST

// ---- time ----------------------------------------------------------------------------------------

START_TEST(heartbeats_come_every_two_seconds_and_say_only_numbers_that_are_durable)
{
    come();
    ask(4, "excon-1", excon, 1, "pause", "");
    size_t before = board_heard(&b, 2, "heartbeat");
    board_wakes(&b, 20000);
    ck_assert_uint_eq(board_heard(&b, 2, "heartbeat"), before + 10);
    int64_t head = toc_feed_head(toc_conduct_feed(b.run.c, 2));
    ask(1, "ops-1", ops, 1, "say", DRIZZLE);
    toc_buf_clear(&b.feeds[2]);
    board_later(&b, 2000);
    char now[64], then[64];
    snprintf(now, sizeof now, "{\"k\":\"heartbeat\",\"head\":%lld,", (long long)head);
    snprintf(then, sizeof then, "{\"k\":\"heartbeat\",\"head\":%lld,", (long long)head + 1);
    ck_assert_uint_eq(board_heard(&b, 2, now), 1);
    board_commit(&b);
    board_later(&b, 2000);
    ck_assert_uint_eq(board_heard(&b, 2, now), 1);
    ck_assert_uint_eq(board_heard(&b, 2, then), 1);
}
END_TEST

START_TEST(a_change_of_the_clock_is_shown_when_it_is_durable_and_not_before)
{
    come();
    ask(4, "excon-1", excon, 1, "start", "");
    board_later(&b, 0);
    ck_assert_uint_eq(board_heard(&b, 3, "\"state\":\"running\""), 0);
    board_commit(&b);
    ck_assert_uint_eq(board_heard(&b, 3, "\"state\":\"running\""), 1);
}
END_TEST

START_TEST(a_driver_that_comes_only_when_woken_is_never_late)
{
    come();
    board_wakes(&b, 700); // not in step with heartbeats
    ask(4, "excon-1", excon, 1, "start", "");
    board_settle(&b);
    board_wakes(&b, 10 * CONDUCT_MIN - 1);
    ck_assert_uint_eq(board_heard(&b, 1, "I-1"), 0);
    board_wakes(&b, 1);
    ck_assert_uint_eq(board_heard(&b, 1, "\"inject\":\"I-1\""), 1);
    ck_assert_int_eq(conduct_t(&b.run, "inject", TOC_F_INJECT, "I-1"), 10 * CONDUCT_MIN);
    board_wakes(&b, 40 * CONDUCT_MIN);
    ck_assert_uint_eq(board_heard(&b, 1, "\"k\":\"overdue\""), 1);
    conduct_verify(&b.run);
}
END_TEST

START_TEST(a_silent_seat_has_left_at_the_first_look_after_twenty_seconds)
{
    char session[16];
    board_join(&b, 1, "ops-1", session);
    board_wakes(&b, 19999);
    ck_assert(is_present("ops-1"));
    board_wakes(&b, 2001);
    ck_assert(!is_present("ops-1"));
    ck_assert_uint_eq(board_heard(&b, 0, "not heard for 20 s"), 1);
}
END_TEST

// ---- the end -------------------------------------------------------------------------------------

static void close_exercise(void)
{
    ask(4, "excon-1", excon, 1, "start", "");
    board_settle(&b);
    ask(4, "excon-1", excon, 2, "end", "");
    board_settle(&b);
    ask(4, "excon-1", excon, 3, "close", "");
}

static void must_end_in_two_seconds(void)
{
    board_wakes(&b, 1999);
    ck_assert(!b.is_over);
    board_later(&b, 1);
    ck_assert(b.is_over);
}

START_TEST(a_close_is_told_then_sealed_and_the_engine_goes_when_the_last_has_gone)
{
    come();
    b.listeners = 3;
    close_exercise();
    board_later(&b, 0);
    ck_assert_ptr_null(board_answer(&b, id_of(excon, 3)));
    board_commit(&b); // the close itself
    must_say(excon, 3, "\"ok\":true");
    ck_assert(toc_switchboard_is_open(b.s));
    ck_assert(!board_wished(&b, "close-run"));
    board_commit(&b); // its seal
    ck_assert(!toc_switchboard_is_open(b.s));
    ck_assert(board_wished(&b, "close-run"));
    for (size_t i = 0; i < BOARD_FEEDS; i++)
        ck_assert_uint_eq(board_heard(&b, i, "\"what\":\"closing\""), 1);
    ask(1, "ops-1", ops, 1, "say", DRIZZLE);
    board_later(&b, 1000);
    must_say(ops, 1, "\"code\":\"closed\"");
    ck_assert(!b.is_over);
    b.listeners = 0;
    board_later(&b, 0);
    ck_assert(b.is_over);
    ck_assert_int_eq(b.end, TOC_HUB_CLOSED);
    ask(1, "ops-1", ops, 2, "ping", "");
    ck_assert_uint_eq(b.dropped, 1);
    board_later(&b, 5000); // nothing more is wished
    conduct_verify(&b.run);
}
END_TEST

START_TEST(whoever_hears_that_the_exercise_is_closed_has_heard_every_line)
{
    come();
    board_wakes(&b, 700);
    b.listeners = 3;
    close_exercise();
    board_settle(&b);
    for (size_t i = 0; i < BOARD_FEEDS; i++) {
        const char *line = strstr(toc_buf_text(&b.feeds[i]), "\"k\":\"close\"");
        const char *beat = strstr(toc_buf_text(&b.feeds[i]), "\"state\":\"closed\"");
        ck_assert_ptr_nonnull(line);
        ck_assert_msg(!beat || line < beat, "feed %zu is told of a close before its line", i);
    }
}
END_TEST

START_TEST(a_signal_while_the_last_leave_a_closed_exercise_ends_it_as_closed)
{
    come();
    b.listeners = 3;
    close_exercise();
    board_settle(&b);
    ck_assert(!b.is_over);
    toc_switchboard_stop(b.s);
    ck_assert(b.is_over);
    ck_assert_int_eq(b.end, TOC_HUB_CLOSED);
}
END_TEST

START_TEST(a_real_emergency_stands_on_every_screen_while_the_disk_stalls_and_after_it_failed)
{
    come();
    ask(1, "ops-1", ops, 1, "emergency", ",\"text\":\"Fire\"");
    board_later(&b, 0);
    for (int i = 0; i < 3; i++) { // the commit is out all the while
        for (size_t k = 0; k < BOARD_FEEDS; k++)
            toc_buf_clear(&b.feeds[k]);
        board_later(&b, 2000);
        for (size_t k = 0; k < BOARD_FEEDS; k++)
            ck_assert_uint_eq(board_heard(&b, k, "\"emergency\":true"), 1);
    }
    b.fails = true;
    board_commit(&b);
    toc_buf_clear(&b.feeds[1]);
    board_later(&b, 2000);
    ck_assert_uint_eq(board_heard(&b, 1, "\"emergency\":true"), 1);
}
END_TEST

START_TEST(a_real_emergency_that_is_called_after_recording_failed_stands_too)
{
    come();
    ask(1, "ops-1", ops, 1, "say", DRIZZLE);
    board_later(&b, 0);
    b.fails = true;
    board_commit(&b);
    ask(3, "press-1", press, 1, "emergency", ",\"text\":\"Fire\"");
    board_later(&b, 0);
    for (int i = 0; i < 3; i++) {
        toc_buf_clear(&b.feeds[1]);
        board_later(&b, 2000);
        ck_assert_uint_eq(board_heard(&b, 1, "\"emergency\":true"), 1);
    }
}
END_TEST

START_TEST(who_stays_after_a_close_is_waited_for_two_seconds)
{
    come();
    board_wakes(&b, 700);
    b.listeners = 3;
    close_exercise();
    board_settle(&b);
    board_wakes(&b, 1999);
    ck_assert(!b.is_over);
    ck_assert_int_eq(b.wake_at, b.run.mono + 1);
    board_later(&b, 1);
    ck_assert(b.is_over);
}
END_TEST

START_TEST(who_is_away_when_it_is_closed_may_come_back_within_two_seconds_and_hear_of_it)
{
    come();
    b.listeners = 3;
    toc_switchboard_gone(b.s, 1); // ops-1
    close_exercise();
    board_settle(&b);
    b.listeners = 0;
    must_end_in_two_seconds();
}
END_TEST

START_TEST(an_engine_that_comes_back_to_a_close_waits_for_all_who_sat_though_one_is_quicker)
{
    come();
    close_exercise();
    board_later(&b, 0);
    board_commit(&b); // the close; its seal is out when the power fails
    board_resume(&b);
    b.listeners = 1; // ops-1 dials, hears of it, and leaves
    board_settle(&b);
    ck_assert(board_wished(&b, "close-run"));
    b.listeners = 0;
    must_end_in_two_seconds();
}
END_TEST

START_TEST(a_close_waits_until_whoever_asked_for_it_can_be_told)
{
    come();
    b.listeners = 3;
    close_exercise();
    b.refuses = true;
    board_settle(&b);
    board_wakes(&b, 10000);
    ck_assert(toc_switchboard_is_open(b.s));
    b.refuses = false;
    board_wakes(&b, 10);
    must_say(excon, 3, "\"ok\":true");
    ck_assert(board_wished(&b, "close-run"));
}
END_TEST

START_TEST(a_closed_run_without_listeners_waits_for_those_on_their_way_back)
{
    come();
    close_exercise();
    board_settle(&b);
    ck_assert(!b.is_over);
    must_end_in_two_seconds();
}
END_TEST

START_TEST(a_stop_waits_for_the_batch_that_is_out_and_tells_whoever_waited)
{
    come();
    ask(1, "ops-1", ops, 1, "say", DRIZZLE);
    board_later(&b, 0);
    ask(1, "ops-1", ops, 2, "say", ",\"to\":[\"press\"],\"text\":\"Rain\"");
    toc_switchboard_stop(b.s);
    ck_assert(!toc_switchboard_is_open(b.s));
    board_later(&b, 2000);
    ck_assert(!b.is_over);
    ck_assert_ptr_null(board_answer(&b, id_of(ops, 1)));
    board_commit(&b);
    ck_assert(b.is_over);
    ck_assert_int_eq(b.end, TOC_HUB_INTERRUPTED);
    must_say(ops, 1, "\"ok\":true");
    must_say(ops, 2, "\"ok\":true");
    ck_assert(board_is_recorded(&b, "Rain"));
    ck_assert_uint_eq(board_heard(&b, 2, "Rain"), 1);
    conduct_verify(&b.run);
}
END_TEST

START_TEST(a_stop_whose_disk_fails_tells_that_too)
{
    come();
    ask(1, "ops-1", ops, 1, "say", DRIZZLE);
    b.fails = true;
    toc_switchboard_stop(b.s);
    ck_assert(b.is_over);
    must_say(ops, 1, "recording-failed");
    ck_assert_uint_eq(board_heard(&b, 2, "Drizzle"), 0);
}
END_TEST

// ---- previews ------------------------------------------------------------------------------------

START_TEST(a_preview_that_is_superseded_while_it_runs_is_refused_and_the_newer_one_answered)
{
    come();
    ask(4, "excon-1", excon, 1, "start", "");
    board_settle(&b);
    ask(4, "excon-1", excon, 2, "preview", ",\"until\":700000");
    board_later(&b, 0);
    toc_preview *first = b.preview;
    ck_assert_ptr_nonnull(first);
    ask(4, "excon-1", excon, 3, "preview", ",\"until\":400000");
    ask(1, "ops-1", ops, 1, "say", DRIZZLE); // nobody waits for a preview
    board_settle(&b);
    must_say(excon, 2, "superseded");
    must_say(ops, 1, "\"ok\":true");
    ck_assert_ptr_eq(b.preview, first); // still on its worker
    board_preview(&b);
    ck_assert_ptr_null(board_answer(&b, id_of(excon, 3)));
    ck_assert_ptr_nonnull(b.preview);
    board_preview(&b);
    must_say(excon, 3, "\"decision\":\"D-1\"");
    ck_assert_ptr_null(strstr(board_answer(&b, id_of(excon, 3)), "I-1"));
    ck_assert_ptr_null(b.preview);
}
END_TEST

START_TEST(a_preview_asked_for_twice_is_run_once_and_answered_over_the_newer_way)
{
    come();
    ask(4, "excon-1", excon, 1, "start", "");
    board_settle(&b);
    ask(4, "excon-1", excon, 2, "preview", ",\"until\":700000");
    board_later(&b, 0);
    ask(8, "excon-1", excon, 2, "preview", ",\"until\":700000");
    board_later(&b, 0);
    ck_assert_uint_eq(b.dropped, 1);
    board_preview(&b);
    ck_assert_uint_eq(board_answers(&b, id_of(excon, 2)), 1);
    ck_assert_uint_eq(b.replies[b.reply_count - 1].pipe, 8);
    must_say(excon, 2, "\"inject\":\"I-1\"");
    ck_assert_ptr_null(b.preview);
}
END_TEST

START_TEST(a_preview_that_is_out_at_a_stop_is_let_go)
{
    come();
    ask(4, "excon-1", excon, 1, "start", "");
    board_settle(&b);
    ask(4, "excon-1", excon, 2, "preview", ",\"until\":700000");
    board_later(&b, 0);
    ask(4, "excon-1", excon, 3, "preview", ",\"until\":400000");
    toc_switchboard_stop(b.s);
    ck_assert(b.is_over);
    ck_assert_ptr_nonnull(b.preview); // comes back when all is over
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_reply_and_a_line_wait_until_the_line_is_durable);
    tcase_add_test(tc, what_comes_while_a_commit_is_out_goes_with_the_next_one);
    tcase_add_test(tc, who_is_no_seat_is_answered_without_waiting_for_the_disk);
    tcase_add_test(tc, a_refused_reply_is_kept_and_tried_again_within_ten_milliseconds);
    tcase_add_test(tc, the_same_request_twice_while_the_commit_is_out_is_one_line_and_two_answers);
    tcase_add_test(tc, after_a_failed_sync_everybody_is_told_and_nothing_is_taken_any_more);
    tcase_add_test(tc,
                   in_a_crowd_answers_come_at_once_and_lines_together_within_a_tenth_of_a_second);
    tcase_add_test(tc, lines_that_a_crowd_held_go_when_it_has_calmed_down);
    tcase_add_test(tc, a_change_of_the_clock_and_what_came_before_it_wait_for_no_crowd);
    tcase_add_test(tc, a_close_amid_a_crowd_is_the_last_that_everybody_hears);
    tcase_add_test(tc, a_connection_that_closed_before_its_request_was_read_leaves_no_seat_behind);
    tcase_add_test(tc, a_first_join_over_a_connection_that_is_closed_already_leaves_again);
    tcase_add_test(tc, play_starts_when_the_last_seat_of_a_team_and_excon_are_there);
    tcase_add_test(tc, a_revoked_seat_is_shut_out_at_once_and_a_reassigned_one_after_its_moment);
    tcase_add_test(tc, what_was_revoked_before_a_resume_is_shut_out_before_the_doors_open);
    tcase_add_test(tc, a_seat_has_two_connections_at_most_and_the_oldest_is_closed);
    tcase_add_test(tc, a_connection_may_stay_when_a_seat_has_spoken_through_it_and_no_other);
    tcase_add_test(tc, a_revoked_seat_loses_both_of_its_connections);
    tcase_add_test(
        tc, a_seat_that_asks_for_more_than_anybody_reads_waits_for_pages_but_not_for_its_acts);
    tcase_add_test(tc, who_floods_the_desk_is_answered_in_part_and_the_others_as_ever);
    tcase_add_test(tc, heartbeats_come_every_two_seconds_and_say_only_numbers_that_are_durable);
    tcase_add_test(tc, a_change_of_the_clock_is_shown_when_it_is_durable_and_not_before);
    tcase_add_test(tc, a_driver_that_comes_only_when_woken_is_never_late);
    tcase_add_test(tc, a_silent_seat_has_left_at_the_first_look_after_twenty_seconds);
    tcase_add_test(tc, a_close_is_told_then_sealed_and_the_engine_goes_when_the_last_has_gone);
    tcase_add_test(tc, whoever_hears_that_the_exercise_is_closed_has_heard_every_line);
    tcase_add_test(tc, a_signal_while_the_last_leave_a_closed_exercise_ends_it_as_closed);
    tcase_add_test(
        tc, a_real_emergency_stands_on_every_screen_while_the_disk_stalls_and_after_it_failed);
    tcase_add_test(tc, a_real_emergency_that_is_called_after_recording_failed_stands_too);
    tcase_add_test(tc, who_stays_after_a_close_is_waited_for_two_seconds);
    tcase_add_test(tc, an_engine_that_comes_back_to_a_close_waits_for_all_who_sat_though_one_is_quicker);
    tcase_add_test(tc, a_close_waits_until_whoever_asked_for_it_can_be_told);
    tcase_add_test(tc, who_is_away_when_it_is_closed_may_come_back_within_two_seconds_and_hear_of_it);
    tcase_add_test(tc, a_closed_run_without_listeners_waits_for_those_on_their_way_back);
    tcase_add_test(tc, a_stop_waits_for_the_batch_that_is_out_and_tells_whoever_waited);
    tcase_add_test(tc, a_stop_whose_disk_fails_tells_that_too);
    tcase_add_test(
        tc, a_preview_that_is_superseded_while_it_runs_is_refused_and_the_newer_one_answered);
    tcase_add_test(tc, a_preview_asked_for_twice_is_run_once_and_answered_over_the_newer_way);
    tcase_add_test(tc, a_preview_that_is_out_at_a_stop_is_let_go);
}

TOC_CHECK_MAIN("switchboard", add_tests)
