// SPDX-License-Identifier: MIT
// The link against an engine that loses messages, replies and its life. Nothing is lost, nothing is
// done twice. Waiting is for a condition, with a deadline.
#include "link_room.h"

enum { TOO_LONG = 65536, FITS = 64000 }; // bytes of a text

START_TEST(a_seat_joins_and_gets_all_that_was_before)
{
    room *r = open_room();
    for (int i = 0; i < 10; i++)
        fake_engine_add(r->engine, "before");
    sit_down(r, fake_engine_ticket(r->engine));
    AWAIT(r, r->state == TOC_LINK_JOINED);
    ck_assert_int_eq(r->events, 10);
    ck_assert_str_eq(toc_link_session(r->link), "s1");
    ck_assert_uint_eq(strlen(toc_link_receipt(r->link)), 64);
}
END_TEST

START_TEST(a_gap_in_the_feed_is_filled)
{
    room *r = joined_room();
    size_t refills = toc_link_refills(r->link);
    r->beats = false;
    fake_engine_set_mute(r->engine, true);
    for (int i = 0; i < 20; i++)
        fake_engine_add(r->engine, "unheard");
    fake_engine_set_mute(r->engine, false);
    fake_engine_add(r->engine, "heard");
    AWAIT(r, r->events == 21);
    ck_assert_str_eq(r->last, "heard");
    ck_assert_uint_gt(toc_link_refills(r->link), refills);
}
END_TEST

START_TEST(a_loss_at_the_end_is_found_by_the_heartbeat)
{
    room *r = joined_room();
    r->beats = false;
    fake_engine_set_mute(r->engine, true);
    for (int i = 0; i < 5; i++)
        fake_engine_add(r->engine, "unheard");
    fake_engine_set_mute(r->engine, false);
    fake_engine_beat(r->engine);
    AWAIT(r, r->events == 5);
}
END_TEST

START_TEST(an_act_whose_reply_was_lost_is_done_once)
{
    room *r = joined_room();
    fake_engine_lose_replies(r->engine, 1);
    say(r, "one");
    say(r, "two");
    ck_assert_uint_eq(toc_link_waiting(r->link), 2);
    AWAIT(r, r->answers == 2);
    ck_assert_int_eq(r->failures, 0);
    ck_assert_uint_eq(fake_engine_said(r->engine), 2);
    ck_assert_str_eq(fake_engine_said_text(r->engine, 0), "one");
    ck_assert_str_eq(fake_engine_said_text(r->engine, 1), "two");
    ck_assert_uint_ge(fake_engine_repeats(r->engine), 1);
    ck_assert_uint_eq(toc_link_waiting(r->link), 0);
}
END_TEST

static void preview(room *r)
{
    toc_link_ask(r->link, "preview", ",\"until\":5", on_answer, r);
}

static void cry(room *r)
{
    toc_event ev;
    toc_event_init(&ev, TOC_K_EMERGENCY, 0);
    toc_event_set_str(&ev, TOC_F_TEXT, "smoke");
    toc_link_act(r->link, &ev, on_answer, r);
    toc_event_fini(&ev);
}

// What was asked for stands in this order, whatever pings and pages came between.
static void must_be_asked(const room *r, const char *const *lines)
{
    const char *order = fake_engine_order(r->engine);
    const char *at = order;
    for (; *lines; lines++) {
        at = strstr(at, *lines);
        ck_assert_msg(at != NULL, "no %s in its place: %s", *lines, order);
        at += strlen(*lines);
    }
}

START_TEST(what_is_too_long_for_one_message_is_refused_at_once_and_holds_nothing_up)
{
    room *r = joined_room();
    char *text = toc_alloc(TOO_LONG + 1);
    memset(text, 'x', TOO_LONG);
    say(r, text);
    ck_assert_int_eq(r->failures, 1);
    ck_assert_str_eq(r->code, "too-long");
    ck_assert_uint_eq(toc_link_waiting(r->link), 0);
    // Escapes count as they are sent: each of these is two bytes.
    memset(text, '"', TOO_LONG / 2);
    text[TOO_LONG / 2] = '\0';
    say(r, text);
    ck_assert_int_eq(r->failures, 2);
    // The engine's desk takes what is not too long: it does not drop the connection.
    memset(text, 'x', TOO_LONG);
    text[FITS] = '\0';
    say(r, text);
    say(r, "and the next");
    AWAIT(r, r->answers == 4);
    ck_assert_int_eq(r->failures, 2);
    ck_assert_uint_eq(fake_engine_said(r->engine), 2);
    ck_assert_uint_eq(strlen(fake_engine_said_text(r->engine, 0)), FITS);
    ck_assert_int_eq(r->lost, 0);
    free(text);
}
END_TEST

START_TEST(nothing_waits_for_a_preview_and_it_is_asked_for_again_after_that)
{
    room *r = joined_room();
    fake_engine_hold_previews(r->engine, true);
    preview(r);
    AWAIT(r, strstr(fake_engine_order(r->engine), "preview "));
    char first[32];
    snprintf(first, sizeof first, "%.20s", strstr(fake_engine_order(r->engine), "preview "));
    first[strcspn(first, "\n") + 1] = '\0';
    uint64_t begin = uv_now(&r->loop);
    say(r, "pause");
    cry(r);
    AWAIT(r, r->answers == 2);
    ck_assert_uint_le(uv_now(&r->loop) - begin, 1000);
    ck_assert_int_eq(r->failures, 0);
    ck_assert_uint_eq(fake_engine_said(r->engine), 1);
    ck_assert_uint_eq(toc_link_waiting(r->link), 1);
    // Under the same id, so that the engine need not begin anew.
    AWAIT(r, strcmp(strrchr(fake_engine_order(r->engine), 'p'), strrchr(first, 'p')) == 0);
    must_be_asked(r, (const char *const[]){first, "say ", "emergency ", first, NULL});
    fake_engine_hold_previews(r->engine, false); // nng asks once more
    AWAIT(r, r->answers == 3);
    ck_assert_int_eq(r->failures, 0);
    ck_assert_uint_eq(toc_link_waiting(r->link), 0);
}
END_TEST

START_TEST(of_many_previews_the_newest_is_answered)
{
    room *r = joined_room();
    fake_engine_hold_previews(r->engine, true);
    for (int i = 0; i < 20; i++)
        preview(r);
    AWAIT(r, r->answers == 19);
    ck_assert_int_eq(r->failures, 19);
    ck_assert_str_eq(r->code, "superseded");
    ck_assert_uint_eq(toc_link_waiting(r->link), 1);
    fake_engine_hold_previews(r->engine, false);
    AWAIT(r, r->answers == 20);
    ck_assert_int_eq(r->failures, 19);
}
END_TEST

START_TEST(a_preview_outlives_a_lost_connection_and_ends_with_the_link)
{
    room *r = joined_room();
    fake_engine_hold_previews(r->engine, true);
    preview(r);
    AWAIT(r, strstr(fake_engine_order(r->engine), "preview "));
    fake_engine_stop(r->engine);
    AWAIT(r, r->state == TOC_LINK_LOST);
    say(r, "while away");
    fake_engine_start(r->engine);
    AWAIT(r, r->answers == 1);
    ck_assert_int_eq(r->failures, 0);
    ck_assert_uint_eq(toc_link_waiting(r->link), 1);
    toc_link_free(r->link);
    ck_assert_int_eq(r->failures, 1);
    ck_assert_str_eq(r->code, "link");
}
END_TEST

// The engine dies with requests pending, some done and not answered, some not even sent.
static void restart(room *r, int lose)
{
    fake_engine_lose_replies(r->engine, lose);
    char text[16];
    for (int i = 0; i < 50; i++) {
        snprintf(text, sizeof text, "act %d", i);
        say(r, text);
    }
    AWAIT(r, fake_engine_said(r->engine) > 0);
    fake_engine_stop(r->engine);
    AWAIT(r, r->state == TOC_LINK_LOST);
    fake_engine_add(r->engine, "while away");
    fake_engine_lose_replies(r->engine, 0);
}

START_TEST(a_restart_of_the_engine_loses_and_doubles_nothing)
{
    room *r = joined_room();
    restart(r, 1);
    fake_engine_start(r->engine);
    AWAIT(r, r->answers == 50 && r->state == TOC_LINK_JOINED);
    ck_assert_int_eq(r->failures, 0);
    ck_assert_uint_eq(fake_engine_said(r->engine), 50);
    for (size_t i = 0; i < 50; i++)
        ck_assert_int_eq(atoi(fake_engine_said_text(r->engine, i) + 4), (int)i);
    ck_assert_int_eq(r->events, 1);
    ck_assert_str_eq(toc_link_session(r->link), "s1");
    ck_assert_uint_ge(fake_engine_joins(r->engine), 2);
}
END_TEST

START_TEST(an_engine_that_forgot_the_session_still_gets_every_act_once)
{
    room *r = joined_room();
    restart(r, 1);
    fake_engine_forget_session(r->engine);
    fake_engine_start(r->engine);
    AWAIT(r, r->answers == 50);
    ck_assert_int_eq(r->failures, 0);
    ck_assert_uint_eq(fake_engine_said(r->engine), 50);
    ck_assert_str_eq(toc_link_session(r->link), "s2");
}
END_TEST

START_TEST(a_seat_that_was_taken_over_is_told_and_stops)
{
    room *r = joined_room();
    fake_engine_take_over(r->engine); // told by the feed alone: nothing is asked
    AWAIT(r, r->state == TOC_LINK_TAKEN_OVER);
    say(r, "too late");
    ck_assert_int_eq(r->failures, 1);
    ck_assert_str_eq(r->code, "link");
}
END_TEST

START_TEST(a_seat_that_asks_for_nothing_gives_a_sign_of_life)
{
    room *r = joined_room();
    uint64_t begin = uv_now(&r->loop);
    AWAIT(r, fake_engine_pings(r->engine) == 2);
    ck_assert_uint_ge(uv_now(&r->loop) - begin, 9000);
    ck_assert_uint_le(uv_now(&r->loop) - begin, 15000);
    ck_assert_uint_eq(toc_link_waiting(r->link), 0);
}
END_TEST

START_TEST(a_seat_that_was_away_while_another_sat_down_does_not_take_it_back)
{
    room *r = joined_room();
    fake_engine_stop(r->engine);
    AWAIT(r, r->state == TOC_LINK_LOST);
    fake_engine_sit_elsewhere(r->engine);
    fake_engine_start(r->engine);
    AWAIT(r, r->state == TOC_LINK_TAKEN_OVER);
}
END_TEST

START_TEST(a_seat_whose_feed_is_shut_asks_the_desk_why)
{
    room *r = joined_room();
    uint64_t begin = uv_now(&r->loop);
    fake_engine_shut_feed(r->engine, "ask for the ticket of rail-3");
    AWAIT(r, r->state == TOC_LINK_REFUSED);
    ck_assert_str_eq(r->why, "ask for the ticket of rail-3");
    // Before a question would go again (3 s), and before the next sign of life by itself (5 s).
    ck_assert_uint_le(uv_now(&r->loop) - begin, 2500);
}
END_TEST

START_TEST(a_foreign_ticket_is_said_to_be_refused)
{
    room *r = open_room();
    sit_down(r, fake_engine_foreign_ticket(r->engine));
    AWAIT(r, r->state == TOC_LINK_REFUSED);
    ck_assert_msg(strstr(r->why, "is not of this run"), "%s", r->why);
    ck_assert_int_eq(r->events, 0);
}
END_TEST

START_TEST(an_engine_that_is_not_there_is_said_and_dialled)
{
    room *r = open_room();
    fake_engine_stop(r->engine);
    sit_down(r, fake_engine_ticket(r->engine));
    AWAIT(r, strstr(r->why, "no engine answers"));
    ck_assert_int_eq(r->state, TOC_LINK_CONNECTING);
    fake_engine_start(r->engine);
    AWAIT(r, r->state == TOC_LINK_JOINED);
}
END_TEST

START_TEST(the_close_of_the_exercise_ends_the_link)
{
    room *r = joined_room();
    fake_engine_set_mute(r->engine, true); // even if only a heartbeat tells of it
    fake_engine_close(r->engine);
    fake_engine_set_mute(r->engine, false);
    AWAIT(r, r->state == TOC_LINK_CLOSED);
    ck_assert_int_eq(r->events, 1);
}
END_TEST

static void on_data(void *context, toc_err err, const char *why, const char *data, size_t size)
{
    room *r = context;
    (void)why;
    (void)data;
    r->fetch_err = err;
    r->fetched = err ? 1 : size;
}

START_TEST(an_attachment_comes_in_pages_and_is_checked)
{
    room *r = joined_room();
    toc_link_fetch(r->link, "a.png",
                   "e25deb9dcae3c7a9a9ab2157e7c0b55bdb5a1b8f1c0b7d4a4e1d1d0ab1b3c6b7", on_data, r);
    AWAIT(r, r->fetched);
    ck_assert_int_eq(r->fetch_err, TOC_EDAMAGED);
    r->fetched = 0;
    // 1000 × b, c, d
    toc_link_fetch(r->link, "a.png",
                   "4ca71e6adbef9b19a4cf45bbbb1a993de3a1935e9b875b055e6e363dfa9bfa8a", on_data, r);
    AWAIT(r, r->fetched);
    ck_assert_int_eq(r->fetch_err, TOC_OK);
    ck_assert_uint_eq(r->fetched, 3000);
}
END_TEST

static void ignore_close(uv_handle_t *handle)
{
    (void)handle;
}

START_TEST(a_link_that_is_freed_answers_what_waits_and_leaves_the_loop)
{
    room *r = joined_room();
    fake_engine_lose_replies(r->engine, 1000);
    say(r, "never answered");
    toc_link_free(r->link);
    ck_assert_int_eq(r->failures, 1);
    uv_close((uv_handle_t *)&r->tick, ignore_close);
    uint64_t end = uv_hrtime() / 1000000 + DEADLINE_MS;
    // The engine's poll alone stays.
    while (r->loop.active_handles > 1 && uv_hrtime() / 1000000 < end)
        uv_run(&r->loop, UV_RUN_NOWAIT);
    ck_assert_uint_le(r->loop.active_handles, 1);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, a_seat_joins_and_gets_all_that_was_before);
    tcase_add_test(tc, a_gap_in_the_feed_is_filled);
    tcase_add_test(tc, a_loss_at_the_end_is_found_by_the_heartbeat);
    tcase_add_test(tc, an_act_whose_reply_was_lost_is_done_once);
    tcase_add_test(tc, what_is_too_long_for_one_message_is_refused_at_once_and_holds_nothing_up);
    tcase_add_test(tc, nothing_waits_for_a_preview_and_it_is_asked_for_again_after_that);
    tcase_add_test(tc, of_many_previews_the_newest_is_answered);
    tcase_add_test(tc, a_preview_outlives_a_lost_connection_and_ends_with_the_link);
    tcase_add_test(tc, a_restart_of_the_engine_loses_and_doubles_nothing);
    tcase_add_test(tc, an_engine_that_forgot_the_session_still_gets_every_act_once);
    tcase_add_test(tc, a_seat_that_was_taken_over_is_told_and_stops);
    tcase_add_test(tc, a_seat_that_asks_for_nothing_gives_a_sign_of_life);
    tcase_add_test(tc, a_seat_that_was_away_while_another_sat_down_does_not_take_it_back);
    tcase_add_test(tc, a_seat_whose_feed_is_shut_asks_the_desk_why);
    tcase_add_test(tc, a_foreign_ticket_is_said_to_be_refused);
    tcase_add_test(tc, an_engine_that_is_not_there_is_said_and_dialled);
    tcase_add_test(tc, the_close_of_the_exercise_ends_the_link);
    tcase_add_test(tc, an_attachment_comes_in_pages_and_is_checked);
    tcase_add_test(tc, a_link_that_is_freed_answers_what_waits_and_leaves_the_loop);
}

TOC_CHECK_MAIN("link", add_tests)
