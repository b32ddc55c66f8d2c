// SPDX-License-Identifier: MIT
// The sockets, with a real seat at the other end: what the loop is told of a connection, one change at a time.
#include "net.h"

#include <nng/nng.h>
#include <nng/protocol/pubsub0/sub.h>
#include <nng/supplemental/tls/tls.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "check_main.h"
#include "crypto/tls.h"
#include "process.h"

enum { PATIENCE_MS = 30000, WAIT_MS = 100, HOUR_MS = 3600000, OPS = 1 /* its feed */ };

static char *top;
static toc_run_folder *folder;
static toc_net *net;
static nng_socket seat;
static int woken[2];

static void wake(void *context)
{
    (void)context;
    ck_assert_int_eq(write(woken[1], "", 1), 1);
}

// ops-1 subscribes to its team's feed.
static void dial(void)
{
    toc_error e;
    toc_ticket t;
    char serial[33];
    nng_tls_config *tls;
    nng_dialer dialer;
    TOC_OK_OR_FAIL(toc_run_folder_issue(folder, "ops-1", &t, serial, &e), e);
    ck_assert_int_eq(nng_sub0_open(&seat), 0);
    ck_assert_int_eq(nng_socket_set(seat, NNG_OPT_SUB_SUBSCRIBE, "", 0), 0);
    ck_assert_int_eq(nng_socket_set_ms(seat, NNG_OPT_RECVTIMEO, WAIT_MS), 0);
    ck_assert_int_eq(nng_tls_config_alloc(&tls, NNG_TLS_MODE_CLIENT), 0);
    ck_assert_int_eq(nng_tls_config_ca_chain(tls, t.ca, NULL), 0);
    ck_assert_int_eq(nng_tls_config_auth_mode(tls, NNG_TLS_AUTH_MODE_REQUIRED), 0);
    ck_assert_int_eq(nng_tls_config_server_name(tls, "tocsin"), 0);
    ck_assert_int_eq(nng_tls_config_own_cert(tls, t.certificate, t.key, NULL), 0);
    ck_assert_int_eq(nng_dialer_create(&dialer, seat, t.feed), 0);
    ck_assert_int_eq(nng_dialer_set_ptr(dialer, NNG_OPT_TLS_CONFIG, tls), 0);
    // Whoever is cut off stays so.
    ck_assert_int_eq(nng_dialer_set_ms(dialer, NNG_OPT_RECONNMINT, HOUR_MS), 0);
    nng_tls_config_free(tls);
    ck_assert_int_eq(nng_dialer_start(dialer, 0), 0);
    toc_ticket_fini(&t);
}

static void set_up(void)
{
    static char *audiences[] = {"control", "ops", "board"};
    int ports[4];
    toc_error e;
    toc_run_info info = {.run = "fixture-1",
                         .exercise = "fixture",
                         .title = "Fixture",
                         .marking = "TLP:CLEAR",
                         .listen = "127.0.0.1",
                         .host = "127.0.0.1",
                         .ports = ports,
                         .audiences = audiences,
                         .audience_count = 3};
    ck_assert_int_eq(pipe(woken), 0);
    top = folder_new();
    TOC_OK_OR_FAIL(toc_tls_use(&e), e);
    TOC_OK_OR_FAIL(toc_net_free_ports(info.listen, ports, 4, &e), e);
    TOC_OK_OR_FAIL(toc_run_folder_create(&folder, top, &info, &e), e);
    TOC_OK_OR_FAIL(toc_net_open(&net, folder, wake, NULL, &e), e);
    dial();
}

static void tear_down(void)
{
    toc_net_stop(net); // nng itself is never closed
    toc_run_folder_free(folder);
    folder_remove(top);
}

static toc_pipe_change next_change(void)
{
    toc_pipe_change change;
    struct pollfd fd = {woken[0], POLLIN, 0};
    char byte;
    while (!toc_net_change(net, &change)) {
        ck_assert_int_eq(poll(&fd, 1, PATIENCE_MS), 1);
        ck_assert_int_eq(read(woken[0], &byte, 1), 1);
    }
    ck_assert_uint_eq(change.feed, OPS);
    return change;
}

// What is published before a connection has started goes to nobody: so it is said until it is heard.
static bool hears(const char *text)
{
    for (int waited = 0; waited < PATIENCE_MS; waited += WAIT_MS) {
        char heard[64] = "";
        size_t len = sizeof heard - 1;
        toc_net_publish(net, OPS, text, strlen(text));
        if (nng_recv(seat, heard, &len, 0) == 0 && strcmp(heard, text) == 0)
            return true;
    }
    return false;
}

START_TEST(a_connection_opens_starts_and_ends_in_this_order)
{
    toc_pipe_change opens = next_change(), started = next_change();
    ck_assert_int_eq(opens.state, TOC_PIPE_OPENS);
    ck_assert(opens.has_ends);
    ck_assert_int_eq(started.state, TOC_PIPE_STARTED);
    ck_assert_uint_eq(started.pipe, opens.pipe);
    toc_net_track(net, &opens);
    toc_net_track(net, &started);
    ck_assert_uint_eq(toc_net_count(net), 1);
    ck_assert(hears("one"));
    toc_net_close_feed(net, OPS);
    toc_pipe_change ended = next_change();
    ck_assert_int_eq(ended.state, TOC_PIPE_ENDED);
    ck_assert_uint_eq(ended.pipe, opens.pipe);
    toc_net_track(net, &ended);
    ck_assert_uint_eq(toc_net_count(net), 0);
}
END_TEST

// nng 1.5.2 goes on publishing to what is closed before it has started, after it was freed.
START_TEST(a_feed_that_is_closed_while_a_connection_opens_closes_that_one_when_it_has_started)
{
    toc_pipe_change opens = next_change(), started = next_change();
    toc_net_track(net, &opens);
    toc_net_close_feed(net, OPS);
    ck_assert(hears("still there"));
    toc_net_track(net, &started);
    ck_assert_int_eq(next_change().state, TOC_PIPE_ENDED);
}
END_TEST

START_TEST(a_feed_that_is_closed_before_the_loop_heard_of_a_connection_closes_that_one_too)
{
    ck_assert(hears("here")); // so its changes are waiting
    toc_net_close_feed(net, OPS);
    ck_assert(hears("still here"));
    for (int i = 0; i < 2; i++) {
        toc_pipe_change change = next_change();
        toc_net_track(net, &change);
    }
    toc_pipe_change ended = next_change();
    ck_assert_int_eq(ended.state, TOC_PIPE_ENDED);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, a_connection_opens_starts_and_ends_in_this_order);
    tcase_add_test(
        tc, a_feed_that_is_closed_while_a_connection_opens_closes_that_one_when_it_has_started);
    tcase_add_test(tc,
                   a_feed_that_is_closed_before_the_loop_heard_of_a_connection_closes_that_one_too);
}

TOC_CHECK_MAIN("net", add_tests)
