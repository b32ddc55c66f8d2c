// SPDX-License-Identifier: MIT
// The hub on real sockets: who gets in and who does not, that nothing is done twice or lost, and that
// a run outlives its engine.

#include <check.h>
#include <nng/nng.h>
#include <nng/protocol/pubsub0/sub.h>
#include <nng/protocol/reqrep0/req.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "check_main.h"
#include "crypto/certificate.h"
#include "hub_fixture.h"

#define NOTHING_MS 700 // how long "nothing comes" is waited for
#define LOOK_MS    50  // between two looks at what is to come about

static hub_fixture f;
static hub_client excon, ops, ops2, press;

static void setup(void)
{
    hub_setup(&f);
}

static void teardown(void)
{
    client_fini(&excon);
    client_fini(&ops);
    client_fini(&ops2);
    client_fini(&press);
    hub_teardown(&f);
}

// A run with everybody at their seats, and each hearing their feed.
static void begin(hub_order order)
{
    hub_start(&f, order);
    hub_client *const clients[] = {&excon, &ops, &ops2, &press};
    static const char *const seats[] = {"excon-1", "ops-1", "ops-2", "press-1"};
    for (size_t i = 0; i < 4; i++) {
        client_open(clients[i], &f, seats[i]);
        client_join(clients[i]);
    }
    for (size_t i = 0; i < 4; i++)
        client_beats(clients[i], 1);
}

static bool exists(const char *below)
{
    char *path = toc_sprintf("%s/%s", f.run, below);
    bool there = access(path, F_OK) == 0;
    free(path);
    return there;
}

// A REQ socket has a connection to send on.
static bool can_send(nng_socket desk)
{
    nng_msg *msg;
    ck_assert_int_eq(nng_msg_alloc(&msg, 0), 0);
    nng_msg_append(msg, "{}", 2);
    int code = nng_sendmsg(desk, msg, NNG_FLAG_NONBLOCK);
    if (code != 0)
        nng_msg_free(msg);
    return code == 0;
}

// The line that it had is shut. nng at this end hears of that when its thread has its turn.
static void must_be_cut_off(hub_client *c)
{
    for (int left = HUB_DEADLINE_MS; can_send(c->desk); left -= LOOK_MS) {
        ck_assert_msg(left > 0, "the line of %s is open", c->ticket.seat);
        client_hear(c, "no such line", LOOK_MS);
    }
}

START_TEST(a_run_goes_from_the_lobby_to_its_close)
{
    begin((hub_order){0});
    ck_assert_str_eq(excon.session, "s1");
    client_ask(&excon, "start", "");
    client_must_say(&excon, "\"ok\":true");
    ck_assert(client_hear(&ops, "\"k\":\"start\"", HUB_DEADLINE_MS));
    client_ask(&ops, "say", ",\"to\":[\"press\"],\"text\":\"Fog in the harbour\"");
    client_must_say(&ops, "\"ok\":true");
    ck_assert(client_hear(&press, "Fog in the harbour", HUB_DEADLINE_MS));
    ck_assert(client_hear(&excon, "Fog in the harbour", HUB_DEADLINE_MS));
    ck_assert_ptr_null(strstr(press.heard.data, "\"seq\""));
    client_ask(&excon, "fire", ",\"inject\":\"I-3\"");
    ck_assert(client_hear(&press, "What is going on?", HUB_DEADLINE_MS));
    ck_assert(!client_hear(&ops, "What is going on?", NOTHING_MS)); // not theirs
    client_ask(&excon, "end", "");
    ck_assert(client_hear(&ops, "endex", HUB_DEADLINE_MS));
    client_ask(&excon, "close", "");
    client_must_say(&excon, "\"ok\":true");
    ck_assert(client_hear(&ops, "\"what\":\"closing\"", HUB_DEADLINE_MS));
    ck_assert(client_hear(&excon, "\"k\":\"close\"", HUB_DEADLINE_MS));
    ck_assert_int_eq(hub_wait(&f), 0);
    ck_assert(!exists("keys/seal.key"));
    ck_assert(exists("journal.jsonl"));
}
END_TEST

// Sockets that dial with what does not belong there hear nothing, for as long as honest ones do.
START_TEST(certificates_of_others_get_nothing)
{
    begin((hub_order){0});
    toc_buf ca = {0}, ca_key = {0}, cert = {0}, key = {0};
    toc_error e = {0};
    char serial[33];
    TOC_OK_OR_FAIL(toc_ca_new("tocsin fixture ops", &ca, &ca_key, &e), e);
    TOC_OK_OR_FAIL(toc_client_cert_new(ca.data, ca_key.data, "ops-1", &cert, &key, serial, &e), e);
    const toc_ticket *o = &ops.ticket, *p = &press.ticket;
    const struct {
        const char *what, *url, *certificate, *key;
    } intruders[] = {
        {"another team's certificate", o->feed, p->certificate, p->key},
        {"a team's certificate at control", excon.ticket.feed, o->certificate, o->key},
        {"a foreign CA's certificate", o->feed, cert.data, key.data},
        {"no certificate", o->feed, NULL, NULL},
    };
    nng_socket feeds[TOC_COUNT(intruders)];
    for (size_t i = 0; i < TOC_COUNT(intruders); i++) {
        ck_assert_int_eq(nng_sub0_open(&feeds[i]), 0);
        ck_assert_int_eq(nng_socket_set(feeds[i], NNG_OPT_SUB_SUBSCRIBE, "", 0), 0);
        client_dial(feeds[i], intruders[i].url, o->ca, intruders[i].certificate, intruders[i].key);
    }
    hub_client desks[3] = {0}; // a foreign certificate, none, and a good one with a bad token
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(nng_req0_open(&desks[i].desk), 0);
        client_dial(desks[i].desk, o->desk, o->ca,
                    i == 0   ? cert.data
                    : i == 1 ? NULL
                             : p->certificate,
                    i == 0   ? key.data
                    : i == 1 ? NULL
                             : p->key);
    }
    client_send(&desks[2], "{\"op\":\"join\",\"token\":\"00\",\"id\":\"0123456789abcdef-0\"}");
    ck_assert(client_receive(&desks[2], HUB_DEADLINE_MS));
    client_must_say(&desks[2], "no-seat");
    // Nor is a good token over a certificate that is not its own: the seat that it is of goes on.
    char *theirs =
        toc_sprintf("{\"op\":\"join\",\"token\":\"%s\",\"id\":\"0123456789abcdef-0\"}", o->token);
    client_send(&desks[2], theirs);
    free(theirs);
    ck_assert(client_receive(&desks[2], HUB_DEADLINE_MS));
    client_must_say(&desks[2], "no-seat");
    client_ask(&ops, "ping", "");
    client_must_say(&ops, "\"ok\":true");
    // The bad ones have no connection to send on.
    ck_assert(!can_send(desks[0].desk));
    ck_assert(!can_send(desks[1].desk));
    client_ask(&excon, "start", "");
    ck_assert(client_hear(&ops, "\"k\":\"start\"", HUB_DEADLINE_MS));
    client_beats(&ops, 2);
    for (size_t i = 0; i < TOC_COUNT(intruders); i++) {
        nng_msg *msg;
        ck_assert_msg(nng_recvmsg(feeds[i], &msg, NNG_FLAG_NONBLOCK) == NNG_EAGAIN, "%s is let in",
                      intruders[i].what);
    }
    client_fini(&desks[2]);
    toc_buf_fini(&ca);
    toc_buf_fini(&ca_key);
    toc_buf_fini(&cert);
    toc_buf_fini(&key);
}
END_TEST

START_TEST(a_revoked_seat_is_out_at_once_and_after_a_resume_and_its_neighbour_is_not)
{
    begin((hub_order){0});
    client_ask(&excon, "start", "");
    client_ask(&excon, "revoke", ",\"seat\":\"ops-1\",\"reason\":\"left the building\"");
    client_must_say(&excon, "\"ok\":true");
    ck_assert(!exists("tickets/ops-1.ticket"));
    client_beats(&ops2, 2); // it is back
    must_be_cut_off(&ops);
    client_hear(&ops, "no such line", 300); // what was under way when the door was shut
    client_ask(&excon, "say", ",\"to\":[\"ops\"],\"text\":\"for those who are left\"");
    ck_assert(client_hear(&ops2, "for those who are left", HUB_DEADLINE_MS));
    ck_assert(!client_hear(&ops, "for those who are left", NOTHING_MS));
    hub_signal(&f, SIGTERM);
    ck_assert_int_eq(hub_wait(&f), 130);
    hub_resume(&f);
    client_ask_as(&excon, "aaaaaaaaaaaaaaaa-0", "join", "");
    client_must_say(&excon, "\"ok\":true,\"session\":\"s5\"");
    snprintf(excon.session, sizeof excon.session, "s5");
    excon.counter = 0;
    client_beats(&ops2, 1); // it is there again
    client_ask(&excon, "say", ",\"to\":[\"ops\"],\"text\":\"after the resume\"");
    ck_assert(client_hear(&ops2, "after the resume", HUB_DEADLINE_MS));
    ck_assert(!client_hear(&ops, "after the resume", NOTHING_MS));
    // A new ticket opens the seat again.
    client_ask(&excon, "open-seat", ",\"seat\":\"ops-1\"");
    client_must_say(&excon, "\"ticket_file\":\"tickets/ops-1.ticket\"");
    hub_client again;
    client_open(&again, &f, "ops-1");
    client_join(&again);
    client_fini(&again);
}
END_TEST

START_TEST(a_reassigned_seat_hears_why_and_its_people_go_on_with_the_other_team)
{
    begin((hub_order){0});
    client_ask(&excon, "start", "");
    client_ask(&excon, "reassign", ",\"seat\":\"ops-2\",\"team\":\"press\",\"reason\":\"merged\"");
    client_must_say(&excon, "\"ticket_file\":\"tickets/press-2.ticket\"");
    client_ask(&ops2, "ping", ""); // over the line that it has
    client_must_say(&ops2, "your seat was reassigned: ask EXCON for the ticket of press-2");
    ck_assert(!exists("tickets/ops-2.ticket"));
    // For a second it may ask why; the feed of its old team is not its own any more, though it may dial that again.
    for (int i = 0; i < 12; i++) {
        client_ask(&excon, "say", ",\"to\":[\"ops\"],\"text\":\"for ops alone\"");
        ck_assert(!client_hear(&ops2, "for ops alone", 100));
    }
    hub_client moved;
    client_open(&moved, &f, "press-2");
    client_join(&moved);
    client_beats(&moved, 2);
    must_be_cut_off(&ops2);
    client_hear(&ops2, "no such line", 300);
    client_ask(&excon, "say", ",\"to\":[\"ops\",\"press\"],\"text\":\"for those who are there\"");
    ck_assert(client_hear(&moved, "for those who are there", HUB_DEADLINE_MS));
    ck_assert(!client_hear(&ops2, "for those who are there", NOTHING_MS));
    client_fini(&moved);
}
END_TEST

START_TEST(a_terminal_whose_line_is_open_but_silent_has_left_after_twenty_seconds)
{
    begin((hub_order){0});
    // Nobody asks for anything: all four are silent, press-1 since a moment later than the others; a client
    // of the desk is heard by asking.
    ck_assert(client_hear(&excon,
                          "\"seat\":\"press-1\",\"session\":\"s4\",\"reason\":\"not heard for 20 s\"",
                          HUB_DEADLINE_MS));
    client_ask(&ops, "ping", "");
    ck_assert(client_hear(&excon, "\"k\":\"join\",\"by\":\"ops-1\"", HUB_DEADLINE_MS));
    client_ask(&excon, "seats", "");
    client_must_say(&excon, "{\"seat\":\"ops-1\",\"team\":\"ops\",\"present\":true");
    client_must_say(&excon, "{\"seat\":\"press-1\",\"team\":\"press\",\"present\":false");
}
END_TEST

START_TEST(a_preview_is_found_out_while_the_run_goes_on)
{
    begin((hub_order){0});
    client_ask(&excon, "start", "");
    client_ask(&excon, "preview", ",\"until\":1500000");
    client_must_say(&excon, "\"k\":\"inject\",\"inject\":\"I-1\"");
    client_must_say(&excon, "\"k\":\"overdue\",\"decision\":\"D-1\"");
    client_must_say(&excon, "\"receipt\"");
    ck_assert(!client_hear(&ops, "Fog", NOTHING_MS));
    client_ask(&excon, "jump", ",\"until\":1500000,\"skip\":[\"I-1\"]");
    client_must_say(&excon, "\"ok\":true");
    ck_assert(client_hear(&ops, "\"k\":\"overdue\"", HUB_DEADLINE_MS));
    ck_assert_ptr_null(strstr(ops.heard.data, "Fog"));
}
END_TEST

START_TEST(a_crowd_of_previews_holds_up_no_act_and_the_newest_is_answered)
{
    begin((hub_order){0});
    client_ask(&excon, "start", "");
    hub_client other; // the same seat over another connection
    client_open(&other, &f, "excon-1");
    for (int i = 0; i < 50; i++) {
        char *text = toc_sprintf("{\"op\":\"preview\",\"token\":\"%s\",\"id\":\"%s-%d\","
                                 "\"until\":%d}",
                                 excon.ticket.token, excon.session, 100 + i, 1500000 + i);
        client_send(&other, text);
        if (i % 2 == 0)
            client_send(&other, text); // and the line was bad
        free(text);
    }
    client_ask(&excon, "pause", "");
    client_must_say(&excon, "\"ok\":true");
    ck_assert(client_receive(&other, HUB_DEADLINE_MS));
    char *id = toc_sprintf("{\"id\":\"%s-149\",\"ok\":true", excon.session);
    client_must_say(&other, id);
    client_must_say(&other, "\"k\":\"inject\",\"inject\":\"I-1\"");
    free(id);
    client_fini(&other);
}
END_TEST

START_TEST(several_seats_are_reassigned_and_each_line_is_shut_after_its_own_moment)
{
    begin((hub_order){0});
    client_ask(&excon, "start", "");
    client_ask(&excon, "reassign", ",\"seat\":\"ops-2\",\"team\":\"press\"");
    client_must_say(&excon, "\"ok\":true");
    client_ask(&excon, "reassign", ",\"seat\":\"ops-1\",\"team\":\"press\"");
    client_must_say(&excon, "\"ok\":true");
    client_beats(&excon, 2);
    must_be_cut_off(&ops2);
    must_be_cut_off(&ops);
}
END_TEST

START_TEST(a_request_that_arrives_twice_is_done_once)
{
    begin((hub_order){0});
    const char *say = ",\"to\":[\"press\"],\"text\":\"said once\"";
    client_ask_as(&ops, "s2-1", "say", say);
    client_must_say(&ops, "\"ok\":true");
    hub_client other = {0}; // the same seat over another connection, as after a broken cable
    client_open(&other, &f, "ops-1");
    client_ask_as(&other, "s2-1", "say", say);
    client_must_say(&other, "\"ok\":true");
    // Two at once, before either is answered.
    char *text = toc_sprintf("{\"op\":\"say\",\"token\":\"%s\",\"id\":\"s2-2\",\"to\":[\"press\"],"
                             "\"text\":\"also once\"}",
                             ops.ticket.token);
    client_send(&ops, text);
    client_send(&other, text);
    ck_assert(client_receive(&ops, HUB_DEADLINE_MS));
    ck_assert(client_receive(&other, HUB_DEADLINE_MS));
    client_must_say(&ops, "\"ok\":true");
    client_must_say(&other, "\"ok\":true");
    client_ask(&excon, "say", ",\"to\":[\"press\"],\"text\":\"the end\"");
    ck_assert(client_hear(&press, "the end", HUB_DEADLINE_MS));
    const char *first = strstr(press.heard.data, "said once");
    ck_assert_ptr_null(strstr(first + 1, "said once"));
    first = strstr(press.heard.data, "also once");
    ck_assert_ptr_null(strstr(first + 1, "also once"));
    free(text);
    client_fini(&other);
}
END_TEST

START_TEST(what_a_slow_subscriber_lost_is_filled_in_from_the_desk)
{
    begin((hub_order){0});
    char fields[200];
    for (int i = 0; i < 400; i++) { // one message of the feed each, and nobody reads
        snprintf(fields, sizeof fields, ",\"to\":[\"press\"],\"text\":\"message %d\"", i);
        client_ask(&ops, "say", fields);
        client_must_say(&ops, "\"ok\":true");
    }
    while (press.head < 400)
        client_beats(&press, 1); // it tells how much there is
    int64_t from = 1;
    int next = 0;
    while (from <= press.head) {
        snprintf(fields, sizeof fields, ",\"from\":%lld", (long long)from);
        client_ask(&press, "feed", fields);
        const char *at = press.reply.data;
        for (char n[40];
             snprintf(n, sizeof n, "{\"n\":%lld,", (long long)from), at = strstr(at, n);) {
            char text[40];
            snprintf(text, sizeof text, "message %d\"", next);
            const char *stop = strstr(at + 1, "{\"n\":"), *found = strstr(at, text);
            next += found && (!stop || found < stop);
            from++;
        }
    }
    ck_assert_int_eq(next, 400);
}
END_TEST

START_TEST(presence_follows_connections)
{
    begin((hub_order){0});
    client_ask(&excon, "status", "");
    client_must_say(&excon, "{\"seat\":\"ops-1\",\"team\":\"ops\",\"present\":true");
    nng_close(ops.desk); // nothing is in flight
    ck_assert(client_hear(&ops2, "\"k\":\"leave\"", HUB_DEADLINE_MS));
    client_ask(&excon, "status", "");
    client_must_say(&excon, "{\"seat\":\"ops-1\",\"team\":\"ops\",\"present\":false");
    ck_assert_int_eq(nng_req0_open(&ops.desk), 0);
    client_dial(ops.desk, ops.ticket.desk, ops.ticket.ca, ops.ticket.certificate, ops.ticket.key);
    client_ask(&ops, "ping", "");
    client_must_say(&ops, "\"ok\":true");
    client_ask(&excon, "status", "");
    client_must_say(&excon, "{\"seat\":\"ops-1\",\"team\":\"ops\",\"present\":true");
}
END_TEST

START_TEST(play_starts_by_itself_when_all_are_there)
{
    begin((hub_order){.auto_start = true, .speed = 1000000});
    ck_assert(client_hear(&excon, "\"k\":\"endex\"", HUB_DEADLINE_MS)); // an hour in 3.6 s
    client_ask(&press, "feed", ",\"from\":1");
    client_must_say(&press, "\"k\":\"start\"");
    client_ask(&excon, "close", "");
    ck_assert_int_eq(hub_wait(&f), 0);
}
END_TEST

START_TEST(an_engine_that_cannot_record_says_so_and_goes_no_further)
{
    begin((hub_order){.fail_at = 12});
    client_ask(&excon, "start", "");
    while (strstr(excon.reply.data, "\"ok\":true")) // until the disk is full
        client_ask(&excon, "say", ",\"to\":[\"ops\"],\"text\":\"is this recorded?\"");
    client_must_say(&excon, "\"code\":\"recording-failed\"");
    ck_assert(client_hear(&ops, "\"what\":\"recording-failed\"", HUB_DEADLINE_MS));
    ck_assert(client_hear(&press, "\"what\":\"recording-failed\"", HUB_DEADLINE_MS));
    client_ask(&press, "say", ",\"to\":[\"ops\"],\"text\":\"lost\"");
    client_must_say(&press, "\"code\":\"recording-failed\"");
    client_ask(&press, "emergency", ",\"text\":\"somebody fell\"");
    client_must_say(&press, "\"code\":\"recording-failed\"");
    ck_assert(client_hear(&ops, "somebody fell", HUB_DEADLINE_MS)); // safety first
    hub_signal(&f, SIGTERM);
    ck_assert_int_eq(hub_wait(&f), TOC_EIO);
    hub_resume(&f);
    client_beats(&ops, 1);
    client_join(&press);
    client_ask(&press, "say", ",\"to\":[\"ops\"],\"text\":\"found\"");
    client_must_say(&press, "\"ok\":true");
    ck_assert(client_hear(&ops, "found", HUB_DEADLINE_MS));
    ck_assert_ptr_null(strstr(ops.heard.data, "lost"));
}
END_TEST

START_TEST(a_killed_engine_is_taken_up_again_by_the_old_tickets)
{
    begin((hub_order){0});
    client_ask(&excon, "start", "");
    client_ask(&ops, "say", ",\"to\":[\"press\"],\"text\":\"before\"");
    client_must_say(&ops, "\"ok\":true");
    hub_signal(&f, SIGKILL);
    ck_assert_int_eq(hub_wait(&f), -1);
    hub_resume(&f);
    // The same session goes on, its answers are known, and nothing was lost.
    client_ask_as(&ops, "bbbbbbbbbbbbbbbb-0", "join", ",\"session\":\"s2\"");
    client_must_say(&ops, "\"session\":\"s2\"");
    client_ask_as(&ops, "s2-1", "say", ",\"to\":[\"press\"],\"text\":\"before\"");
    client_must_say(&ops, "\"ok\":true");
    client_ask(&ops, "status", "");
    client_must_say(&ops, "\"state\":\"paused\"");
    client_ask(&ops, "feed", ",\"from\":1");
    const char *first = strstr(ops.reply.data, "\"before\"");
    ck_assert_ptr_nonnull(first);
    ck_assert_ptr_null(strstr(first + 1, "\"before\""));
    client_must_say(&ops, "\"k\":\"resumed\"");
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_run_goes_from_the_lobby_to_its_close);
    tcase_add_test(tc, certificates_of_others_get_nothing);
    tcase_add_test(tc, a_revoked_seat_is_out_at_once_and_after_a_resume_and_its_neighbour_is_not);
    tcase_add_test(tc, a_reassigned_seat_hears_why_and_its_people_go_on_with_the_other_team);
    tcase_add_test(tc, a_terminal_whose_line_is_open_but_silent_has_left_after_twenty_seconds);
    tcase_add_test(tc, a_preview_is_found_out_while_the_run_goes_on);
    tcase_add_test(tc, a_crowd_of_previews_holds_up_no_act_and_the_newest_is_answered);
    tcase_add_test(tc, several_seats_are_reassigned_and_each_line_is_shut_after_its_own_moment);
    tcase_add_test(tc, a_request_that_arrives_twice_is_done_once);
    tcase_add_test(tc, what_a_slow_subscriber_lost_is_filled_in_from_the_desk);
    tcase_add_test(tc, presence_follows_connections);
    tcase_add_test(tc, play_starts_by_itself_when_all_are_there);
    tcase_add_test(tc, an_engine_that_cannot_record_says_so_and_goes_no_further);
    tcase_add_test(tc, a_killed_engine_is_taken_up_again_by_the_old_tickets);
}

TOC_CHECK_MAIN("hub", add_tests)
