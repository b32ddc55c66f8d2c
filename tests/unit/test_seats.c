// SPDX-License-Identifier: MIT
// Who is who: tokens and tickets (roster), sessions and first answers, connections (presence).

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "check_main.h"
#include "hub/farewell.h"
#include "hub/people.h"
#include "hub/presence.h"
#include "hub/pulse.h"
#include "hub/ration.h"
#include "hub/roster.h"
#include "hub/sessions.h"

static toc_roster *roster;
static toc_sessions *sessions;
static toc_presence *presence;

static void setup(void)
{
    roster = toc_roster_new();
    sessions = toc_sessions_new();
    presence = toc_presence_new();
}

static void teardown(void)
{
    toc_roster_free(roster);
    toc_sessions_free(sessions);
    toc_presence_free(presence);
}

// ---- roster --------------------------------------------------------------------------------------

START_TEST(a_token_names_its_seat_and_a_new_ticket_takes_the_old_ones_place)
{
    toc_roster_put(roster, "ops-1", "aaaa", "01");
    toc_roster_put(roster, "ops-2", "bbbb", "02");
    ck_assert_str_eq(toc_roster_find(roster, "aaaa", "01"), "ops-1");
    ck_assert_str_eq(toc_roster_find(roster, "bbbb", "02"), "ops-2");
    ck_assert_ptr_null(toc_roster_find(roster, "cccc", "03"));
    ck_assert_ptr_null(toc_roster_find(roster, "", "01"));
    toc_roster_put(roster, "ops-1", "cccc", "03");
    ck_assert_ptr_null(toc_roster_find(roster, "aaaa", "01"));
    ck_assert_str_eq(toc_roster_find(roster, "cccc", "03"), "ops-1");
    ck_assert_str_eq(toc_roster_serial(roster, "ops-1"), "03");
}
END_TEST

START_TEST(a_token_and_a_certificate_are_one_ticket)
{
    toc_roster_put(roster, "ops-1", "aaaa", "01");
    toc_roster_put(roster, "ops-2", "bbbb", "02");
    ck_assert_ptr_null(toc_roster_find(roster, "aaaa", "02"));
    ck_assert_ptr_null(toc_roster_find(roster, "bbbb", "01"));
    ck_assert_ptr_null(toc_roster_find(roster, "aaaa", "0"));
    ck_assert_ptr_null(toc_roster_find(roster, "aaaa", "011"));
    ck_assert_ptr_null(toc_roster_find(roster, "aaaa", ""));
    toc_roster_put(roster, "ops-1", "cccc",
                   "03"); // a new token does not go with the old certificate
    ck_assert_ptr_null(toc_roster_find(roster, "cccc", "01"));
    ck_assert_ptr_null(toc_roster_find(roster, "aaaa", "03"));
    ck_assert_str_eq(toc_roster_find(roster, "cccc", "03"), "ops-1");
}
END_TEST

START_TEST(a_revoked_serial_is_dead_whether_its_ticket_came_before_or_after)
{
    toc_roster_put(roster, "ops-1", "aaaa", "01");
    toc_roster_revoke(roster, "01");
    toc_roster_revoke(roster, "02");
    ck_assert_ptr_null(toc_roster_find(roster, "aaaa", "01"));
    ck_assert_ptr_null(toc_roster_serial(roster, "ops-1"));
    toc_roster_put(roster, "ops-2", "bbbb", "02"); // read from its file on resume
    ck_assert_ptr_null(toc_roster_find(roster, "bbbb", "02"));
    toc_roster_put(roster, "ops-1", "cccc", "03"); // opened again
    ck_assert_str_eq(toc_roster_find(roster, "cccc", "03"), "ops-1");
}
END_TEST

START_TEST(the_bearer_of_a_dead_ticket_is_told_why_and_nobody_else_is)
{
    toc_roster_put(roster, "ops-1", "aaaa", "01");
    toc_roster_put(roster, "ops-2", "bbbb", "02");
    toc_roster_bid(roster, "01", "not yet");
    ck_assert_ptr_null(toc_roster_farewell(roster, "aaaa", "01")); // it is alive
    toc_roster_revoke(roster, "01");
    toc_roster_bid(roster, "01", "ask for the ticket of press-2");
    ck_assert_str_eq(toc_roster_farewell(roster, "aaaa", "01"), "ask for the ticket of press-2");
    ck_assert_ptr_null(toc_roster_farewell(roster, "aaaa", "02"));
    ck_assert_ptr_null(toc_roster_farewell(roster, "bbbb", "02"));
    ck_assert_ptr_null(toc_roster_farewell(roster, "cccc", "03"));
}
END_TEST

// ---- farewell ------------------------------------------------------------------------------------

START_TEST(each_reassigned_seat_has_a_moment_of_its_own_whoever_comes_after_it)
{
    toc_farewells *f = toc_farewells_new();
    toc_farewell one;
    int64_t at = 0;
    ck_assert(!toc_farewells_next(f, &at));
    for (uint32_t i = 1; i <= 5; i++) { // one every 400 ms, each for a second
        char serial[8];
        snprintf(serial, sizeof serial, "0%u", i);
        toc_farewells_add(f, serial, i % 2, i, 400 * i + 1000);
        ck_assert(toc_farewells_next(f, &at));
        ck_assert_int_eq(at, 1400);
    }
    ck_assert(!toc_farewells_take(f, 1399, &one));
    for (uint32_t i = 1; i <= 5; i++) {
        ck_assert(toc_farewells_next(f, &at));
        ck_assert_int_eq(at, 400 * i + 1000);
        ck_assert(toc_farewells_take(f, at, &one));
        ck_assert_uint_eq(one.pipe, i);
        ck_assert_int_eq(one.serial[1], '0' + (int)i);
        ck_assert(!toc_farewells_take(f, at, &one));
        ck_assert(toc_farewells_has(f, 0) == (i < 4)); // of the fourth
        ck_assert(toc_farewells_has(f, 1) == (i < 5)); // of the fifth
    }
    ck_assert(!toc_farewells_next(f, &at));
    toc_farewells_free(f);
}
END_TEST

// ---- people --------------------------------------------------------------------------------------

START_TEST(seats_for_people_must_be_seats_of_the_run)
{
    static const char *const seats[] = {"watch-1", "watch-2", "excon-1"};
    static const struct {
        const char *people, *says; // NULL: it is right
    } cases[] = {
        {NULL, NULL},
        {"watch-1", NULL},
        {"watch-1,excon-1", NULL},
        {" watch-1 , excon-1,", NULL},
        {"", "names no seat"},
        {",,,", "names no seat"},
        {" , ", "names no seat"},
        {"nobody-9", "\"nobody-9\" is no seat of this run; its seats begin with watch-1, watch-2"},
        {"watch-1,exocn-1", "did you mean excon-1?"},
        {"watch", "is no seat"},
        {"watch-11", "is no seat"},
        {"watch-1 excon-1", "put a comma between two seats"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        toc_error e = {0};
        toc_err err = toc_people_check(cases[i].people, seats, 3, &e);
        ck_assert_msg(err == (cases[i].says ? TOC_EUSAGE : TOC_OK) &&
                          (!err || strstr(e.msg, cases[i].says)),
                      "%s: %d %s", cases[i].people, err, e.msg);
    }
    ck_assert(toc_people_has("watch-1, excon-1", "excon-1"));
    ck_assert(!toc_people_has("watch-11,excon-1", "watch-1"));
    ck_assert(!toc_people_has(NULL, "watch-1"));
}
END_TEST

// ---- pulse ---------------------------------------------------------------------------------------

START_TEST(a_terminal_is_heard_and_a_person_acts_and_what_was_never_heard_is_not_known)
{
    toc_pulse *p = toc_pulse_new();
    ck_assert_int_eq(toc_pulse_last(p, "ops-1"), -1);
    ck_assert_int_eq(toc_pulse_acted(p, "ops-1"), -1);
    toc_pulse_heard(p, "ops-1", 0, false);
    ck_assert_int_eq(toc_pulse_last(p, "ops-1"), 0);
    ck_assert_int_eq(toc_pulse_acted(p, "ops-1"), -1);
    toc_pulse_heard(p, "ops-1", 700, true);
    toc_pulse_heard(p, "ops-1", 900, false);
    toc_pulse_heard(p, "ops-2", 800, false);
    ck_assert_int_eq(toc_pulse_last(p, "ops-1"), 900);
    ck_assert_int_eq(toc_pulse_acted(p, "ops-1"), 700);
    toc_pulse_forgive(p, 5000);
    ck_assert_int_eq(toc_pulse_last(p, "ops-2"), 5000);
    ck_assert_int_eq(toc_pulse_acted(p, "ops-1"), 700);
    ck_assert_int_eq(toc_pulse_last(p, "ops-3"), -1);
    toc_pulse_free(p);
}
END_TEST

// ---- sessions ------------------------------------------------------------------------------------

static void add_line(toc_kind kind, int64_t seq, int64_t cause, const char *by, const char *id,
                     const char *session)
{
    toc_event ev;
    toc_event_init(&ev, kind, 0);
    ev.seq = seq;
    ev.cause = cause;
    toc_event_set_str(&ev, TOC_F_BY, by);
    toc_event_set_str(&ev, TOC_F_ID, id);
    toc_event_set_str(&ev, TOC_F_SESSION, session);
    if (session)
        toc_event_set_str(&ev, TOC_F_SEAT, by);
    toc_event_set_str(&ev, TOC_F_REASON, kind == TOC_K_REFUSED_LATE ? "too late" : NULL);
    toc_sessions_add(sessions, &ev);
    toc_event_fini(&ev);
}

START_TEST(an_accepted_id_keeps_its_answer_and_a_late_one_its_reason)
{
    toc_answer a;
    add_line(TOC_K_JOIN, 1, 0, "ops-1", "0123456789abcdef-0", "s1");
    add_line(TOC_K_DECIDE, 2, 0, "ops-1", "s1-1", NULL);
    add_line(TOC_K_DECIDED, 3, 2, "ops-1", NULL, NULL);
    add_line(TOC_K_DECIDE, 4, 0, "ops-1", "s1-2", NULL);
    add_line(TOC_K_REFUSED_LATE, 5, 4, "ops-1", NULL, NULL);
    ck_assert(toc_sessions_answer(sessions, "0123456789abcdef-0", &a));
    ck_assert_str_eq(a.session, "s1");
    ck_assert_str_eq(a.by, "ops-1");
    ck_assert(toc_sessions_answer(sessions, "s1-1", &a));
    ck_assert_ptr_null(a.code);
    ck_assert_int_eq(a.seq, 2);
    ck_assert(toc_sessions_answer(sessions, "s1-2", &a));
    ck_assert_str_eq(a.code, "late");
    ck_assert_str_eq(a.text, "too late");
    ck_assert(!toc_sessions_answer(sessions, "s1-3", &a));
}
END_TEST

START_TEST(refusals_are_kept_by_session_and_only_the_newest)
{
    toc_answer a;
    char id[32];
    add_line(TOC_K_JOIN, 1, 0, "ops-1", "a-0", "s1");
    add_line(TOC_K_JOIN, 2, 0, "ops-2", "b-0", "s2");
    toc_sessions_refuse(sessions, "s9", "s9-1", "refused", "nobody's");
    ck_assert(!toc_sessions_answer(sessions, "s9-1", &a));
    toc_sessions_refuse(sessions, "s2", "s2-1", "refused", "kept");
    for (int i = 1; i <= 1000; i++) {
        snprintf(id, sizeof id, "s1-%d", i);
        toc_sessions_refuse(sessions, "s1", id, "refused", "because");
    }
    ck_assert(toc_sessions_answer(sessions, "s2-1", &a)); // not pushed out by another's
    ck_assert_str_eq(a.text, "kept");
    ck_assert(toc_sessions_answer(sessions, "s1-1000", &a));
    ck_assert_str_eq(a.code, "refused");
    ck_assert(toc_sessions_answer(sessions, "s1-985", &a));
    ck_assert(!toc_sessions_answer(sessions, "s1-984", &a));
}
END_TEST

START_TEST(sessions_belong_to_seats_and_the_newest_number_is_known)
{
    ck_assert_int_eq(toc_sessions_newest(sessions), 0);
    add_line(TOC_K_JOIN, 1, 0, "ops-1", "a-0", "s1");
    add_line(TOC_K_JOIN, 2, 0, "ops-2", "b-0", "s12");
    add_line(TOC_K_JOIN, 3, 0, "ops-1", NULL, "s1"); // goes on
    ck_assert_str_eq(toc_sessions_seat(sessions, "s1"), "ops-1");
    ck_assert_str_eq(toc_sessions_seat(sessions, "s12"), "ops-2");
    ck_assert_ptr_null(toc_sessions_seat(sessions, "s2"));
    ck_assert_int_eq(toc_sessions_newest(sessions), 12);
}
END_TEST

// ---- presence ------------------------------------------------------------------------------------

static bool asks(const char *seat, uint32_t pipe, bool sits_down, uint32_t left_behind)
{
    uint32_t left = 77;
    bool is_there = toc_presence_seen(presence, seat, pipe, sits_down, &left);
    ck_assert_uint_eq(left, left_behind);
    return is_there;
}

static bool seen(const char *seat, uint32_t pipe, uint32_t left_behind)
{
    return asks(seat, pipe, false, left_behind);
}

START_TEST(a_seat_is_gone_when_its_last_connection_closes)
{
    ck_assert(seen("ops-1", 7, 0));
    ck_assert(seen("ops-1", 8, 0)); // reconnected
    ck_assert_ptr_null(toc_presence_gone(presence, 7));
    ck_assert_str_eq(toc_presence_gone(presence, 8), "ops-1");
    ck_assert_uint_eq(toc_presence_pipe(presence, "ops-1"), 0);
    ck_assert(seen("ops-1", 9, 0)); // and back
    ck_assert_uint_eq(toc_presence_pipe(presence, "ops-1"), 9);
}
END_TEST

START_TEST(who_sits_down_again_over_the_older_of_two_connections_speaks_through_that_one)
{
    ck_assert(asks("ops-1", 7, true, 0));
    ck_assert(asks("ops-1", 8, true, 0)); // with the same ticket, elsewhere
    ck_assert(seen("ops-1", 7, 0));
    ck_assert_uint_eq(toc_presence_before(presence, "ops-1"), 7);
    ck_assert(asks("ops-1", 7, true, 0));
    ck_assert_uint_eq(toc_presence_pipe(presence, "ops-1"), 7);
    ck_assert_uint_eq(toc_presence_before(presence, "ops-1"), 8);
    ck_assert_ptr_null(toc_presence_gone(presence, 8));
    ck_assert_uint_eq(toc_presence_before(presence, "ops-1"), 0);
    ck_assert(seen("ops-1", 7, 0));
    ck_assert_uint_eq(toc_presence_pipe(presence, "ops-1"), 7);
    ck_assert(asks("ops-1", 9, true, 0));
    ck_assert_str_eq(toc_presence_gone(presence, 9), "ops-1");
    ck_assert(asks("ops-1", 7, true, 0)); // the only one now
    ck_assert_uint_eq(toc_presence_before(presence, "ops-1"), 0);
    ck_assert(asks("ops-1", 10, true, 0)); // and so not closed: who sat there is still to hear why
    ck_assert_uint_eq(toc_presence_before(presence, "ops-1"), 7);
}
END_TEST

START_TEST(a_request_heard_after_its_connection_closed_makes_nobody_present)
{
    ck_assert_ptr_null(toc_presence_gone(presence, 7));
    ck_assert(!seen("ops-1", 7, 0));
    ck_assert(seen("ops-1", 8, 0));
    ck_assert(seen("ops-1", 7, 0)); // late, but the seat has another
    ck_assert_uint_eq(toc_presence_pipe(presence, "ops-1"), 8);
}
END_TEST

START_TEST(a_seat_has_two_connections_at_most_and_what_comes_late_through_the_old_one_changes_nothing)
{
    ck_assert(seen("ops-1", 7, 0));
    ck_assert(seen("ops-1", 8, 0));
    ck_assert(seen("ops-1", 7, 0)); // said before 8 was there, heard after it
    ck_assert_uint_eq(toc_presence_pipe(presence, "ops-1"), 8);
    ck_assert(seen("ops-2", 9, 0)); // another's is its own
    ck_assert_uint_eq(toc_presence_pipe(presence, "ops-1"), 8);
    ck_assert(seen("ops-1", 10, 7));
    ck_assert_ptr_null(toc_presence_gone(presence, 8)); // closed by itself
    ck_assert(seen("ops-1", 11, 0));
    ck_assert(seen("ops-1", 12, 10));
}
END_TEST

// ---- rations -------------------------------------------------------------------------------------

START_TEST(everybody_has_so_much_in_a_span_and_as_much_in_the_next)
{
    toc_rations *r = toc_rations_new(1000);
    for (int span = 0; span < 40; span++) {
        int64_t began = 5000 + span * 2000;
        bool first;
        ck_assert(toc_rations_take(r, "ops-1", 600, began, &first));
        ck_assert(!toc_rations_take(r, "ops-1", 401, began, &first));
        ck_assert(first == (span == 0)); // and no more, as it goes on
        ck_assert(toc_rations_take(r, "ops-1", 400, began + 1999, &first));
        ck_assert(!toc_rations_take(r, "ops-1", 1, began + 1999, &first));
        ck_assert(!first);
        ck_assert(toc_rations_take(r, "ops-2", 1000, began + 1999, &first)); // its own
        ck_assert(!toc_rations_take(r, "ops-3", 1001, began, &first));
    }
    bool first;
    ck_assert(!toc_rations_take(r, "ops-1", SIZE_MAX, 1000000, &first));
    ck_assert(first); // after a long while, once more
    toc_rations_free(r);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_token_names_its_seat_and_a_new_ticket_takes_the_old_ones_place);
    tcase_add_test(tc, a_token_and_a_certificate_are_one_ticket);
    tcase_add_test(tc, a_revoked_serial_is_dead_whether_its_ticket_came_before_or_after);
    tcase_add_test(tc, the_bearer_of_a_dead_ticket_is_told_why_and_nobody_else_is);
    tcase_add_test(tc, a_terminal_is_heard_and_a_person_acts_and_what_was_never_heard_is_not_known);
    tcase_add_test(tc, each_reassigned_seat_has_a_moment_of_its_own_whoever_comes_after_it);
    tcase_add_test(tc, seats_for_people_must_be_seats_of_the_run);
    tcase_add_test(tc, an_accepted_id_keeps_its_answer_and_a_late_one_its_reason);
    tcase_add_test(tc, refusals_are_kept_by_session_and_only_the_newest);
    tcase_add_test(tc, sessions_belong_to_seats_and_the_newest_number_is_known);
    tcase_add_test(tc, a_seat_is_gone_when_its_last_connection_closes);
    tcase_add_test(tc, who_sits_down_again_over_the_older_of_two_connections_speaks_through_that_one);
    tcase_add_test(tc, a_request_heard_after_its_connection_closed_makes_nobody_present);
    tcase_add_test(
        tc, a_seat_has_two_connections_at_most_and_what_comes_late_through_the_old_one_changes_nothing);
    tcase_add_test(tc, everybody_has_so_much_in_a_span_and_as_much_in_the_next);
}

TOC_CHECK_MAIN("seats", add_tests)
