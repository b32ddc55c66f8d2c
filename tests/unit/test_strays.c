// SPDX-License-Identifier: MIT
// Connections that never become anything: real ones of this machine, at a port of this process, and time by hand.
#include "strays.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/random.h"
#include "check_main.h"
#include "seed.h"

enum { MOST = 100, PATIENCE_MS = 5000, GAP_MS = 5 };

// One connection, both of its ends in this process.
typedef struct {
    int theirs, ours; // ours: the accepted one
    uint32_t pipe;    // 0: none is open
    bool is_known;    // as a pipe, at a look
    int64_t since;    // when it was first seen without one; -1: it was not yet
} connection;

static int listener, port;
static toc_strays *strays;
static connection links[MOST];
static size_t link_count;

static void set_up(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET};
    socklen_t len = sizeof at;
    const toc_strays_rule rule = TOC_STRAYS_RULE;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    listener = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_eq(bind(listener, (struct sockaddr *)&at, len), 0);
    ck_assert_int_eq(listen(listener, MOST), 0);
    ck_assert_int_eq(getsockname(listener, (struct sockaddr *)&at, &len), 0);
    port = ntohs(at.sin_port);
    strays = toc_strays_new(&rule, &port, 1);
    link_count = 0;
}

static void tear_down(void)
{
    for (size_t i = 0; i < link_count; i++) {
        close(links[i].theirs);
        close(links[i].ours);
    }
    close(listener);
    toc_strays_free(strays);
}

static connection *dial_from(in_addr_t address)
{
    struct sockaddr_in from = {.sin_family = AF_INET};
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ck_assert_uint_lt(link_count, MOST);
    connection *l = &links[link_count++];
    *l = (connection){.theirs = socket(AF_INET, SOCK_STREAM, 0), .since = -1};
    from.sin_addr.s_addr = htonl(address);
    ck_assert_int_eq(bind(l->theirs, (struct sockaddr *)&from, sizeof from), 0);
    ck_assert_int_eq(connect(l->theirs, (struct sockaddr *)&to, sizeof to), 0);
    l->ours = accept(listener, NULL, NULL);
    ck_assert_int_ge(l->ours, 0);
    return l;
}

static connection *dial(void)
{
    return dial_from(INADDR_LOOPBACK);
}

static void hang_up(connection *l)
{
    close(l->theirs);
    close(l->ours);
    *l = links[--link_count];
}

static toc_ends ends_of(const connection *l)
{
    toc_ends ends = {0};
    struct sockaddr_in at;
    socklen_t len = sizeof at;
    ck_assert_int_eq(getsockname(l->ours, (struct sockaddr *)&at, &len), 0);
    ck_assert(toc_ends_put(ends.local, (struct sockaddr *)&at));
    ck_assert_int_eq(getsockname(l->theirs, (struct sockaddr *)&at, &len), 0);
    ck_assert(toc_ends_put(ends.peer, (struct sockaddr *)&at));
    return ends;
}

static void meet(connection *l, uint32_t pipe)
{
    const toc_ends ends = ends_of(l);
    l->pipe = pipe;
    toc_strays_met(strays, pipe, &ends);
}

static void part(connection *l)
{
    const toc_ends ends = ends_of(l);
    toc_strays_parted(strays, l->pipe, &ends);
    l->pipe = 0;
    if (l->is_known) // else no look has missed it
        l->since = -1;
    l->is_known = false;
}

// A whole look. Gives the ms to the next.
static int64_t look(int64_t now, size_t limit)
{
    int64_t wait;
    while ((wait = toc_strays_look(strays, now, limit)) <= GAP_MS)
        ;
    return wait;
}

static bool has_ended(const connection *l, int ms)
{
    char byte;
    struct pollfd fd = {.fd = l->theirs, .events = POLLIN};
    return poll(&fd, 1, ms) == 1 && recv(l->theirs, &byte, 1, 0) == 0;
}

START_TEST(a_stray_is_ended_when_its_time_is_over)
{
    const connection *l = dial();
    ck_assert_int_eq(look(0, 0), 2000);
    look(9999, 0);
    ck_assert(!has_ended(l, 0));
    ck_assert_uint_eq(toc_strays_ended(strays), 0);
    look(10000, 0);
    ck_assert(has_ended(l, PATIENCE_MS));
    look(30000, 0); // and it is counted once, although its descriptor is still there
    ck_assert_uint_eq(toc_strays_ended(strays), 1);
}
END_TEST

START_TEST(an_open_pipe_is_left_alone_until_it_is_gone)
{
    connection *l = dial();
    look(0, 0);
    meet(l, 7);
    for (int64_t now = 2000; now < 60000; now += 2000)
        look(now, 0);
    ck_assert(!has_ended(l, 0));
    part(l); // nng closes it now; if it does not, its time runs again from here
    look(60000, 0);
    look(69999, 0);
    ck_assert(!has_ended(l, 0));
    look(70000, 0);
    ck_assert(has_ended(l, PATIENCE_MS));
}
END_TEST

// What is told of an older pipe with the same two ends does not touch the newer one.
START_TEST(a_pipe_that_is_gone_takes_no_other_with_it)
{
    connection *l = dial();
    const toc_ends ends = ends_of(l);
    meet(l, 7);
    look(0, 0);
    meet(l, 8);
    toc_strays_parted(strays, 7, &ends);
    look(1000, 0);
    look(20000, 0);
    ck_assert(!has_ended(l, 0));
    toc_strays_parted(strays, 8, &ends);
    look(21000, 0);
    look(31000, 0);
    ck_assert(has_ended(l, PATIENCE_MS));
}
END_TEST

START_TEST(a_descriptor_that_is_used_again_has_all_its_time_again)
{
    connection *l = dial();
    int fd = l->ours;
    look(0, 0);
    hang_up(l);
    l = dial();
    ck_assert_int_eq(l->ours, fd);
    look(10000, 0);
    ck_assert(!has_ended(l, 0));
    look(20000, 0);
    ck_assert(has_ended(l, PATIENCE_MS));
}
END_TEST

START_TEST(a_long_look_comes_in_pieces)
{
    while (link_count < MOST)
        dial();
    int pieces = 1;
    while (toc_strays_look(strays, 0, 0) <= GAP_MS)
        pieces++;
    ck_assert_int_ge(pieces, 2);
    look(10000, 0);
    ck_assert_uint_eq(toc_strays_ended(strays), MOST);
}
END_TEST

START_TEST(what_is_not_at_our_ports_is_left_alone)
{
    const connection *l = dial();
    const toc_strays_rule rule = TOC_STRAYS_RULE;
    const int other = port == 1 ? 2 : port - 1;
    toc_strays_free(strays);
    strays = toc_strays_new(&rule, &other, 1);
    look(0, 1);
    look(100000, 1);
    ck_assert(!has_ended(l, 0));
    ck_assert_uint_eq(toc_strays_ended(strays), 0);
}
END_TEST

START_TEST(the_more_is_in_use_the_shorter_is_the_patience)
{
    look(0, 0);
    const size_t own = toc_strays_in_use(strays);
    const connection *l = dial(); // two more
    ck_assert_uint_lt((own + 2) * 100 / ((own + 2) * 3 / 2), 80);
    look(1000, (own + 2) * 3 / 2);
    look(2999, (own + 2) * 3 / 2);
    ck_assert(!has_ended(l, 0));
    look(3000, (own + 2) * 3 / 2);
    ck_assert(has_ended(l, PATIENCE_MS));
    ck_assert(!toc_strays_is_scarce(strays));

    const connection *late = dial();
    ck_assert_int_eq(look(4000, own + 4), 250); // it was not there before
    ck_assert(toc_strays_is_scarce(strays));
    ck_assert(!has_ended(late, 0));
    look(4250, own + 4);
    ck_assert(has_ended(late, PATIENCE_MS));
}
END_TEST

// Memory is scarce before descriptors are, where many are allowed.
START_TEST(a_crowd_of_strays_shortens_the_patience_too)
{
    toc_strays_rule rule = TOC_STRAYS_RULE;
    rule.crowd = 10;
    toc_strays_free(strays);
    strays = toc_strays_new(&rule, &port, 1);
    for (int i = 0; i < 5; i++)
        dial();
    look(0, 0);
    look(9000, 0);
    ck_assert_uint_eq(toc_strays_ended(strays), 0);
    dial();
    look(9100, 0); // now it is known that they are six
    look(9200, 0);
    ck_assert_uint_eq(toc_strays_ended(strays), 5);
    for (int i = 0; i < 9; i++)
        dial();
    ck_assert_int_eq(look(9300, 0), 250);
    look(9550, 0);
    ck_assert_uint_eq(toc_strays_ended(strays), 15);
}
END_TEST

static bool knows_nothing(void *context, int *bound)
{
    (void)context, (void)bound;
    return false;
}

START_TEST(what_cannot_be_known_ends_nobody)
{
    const connection *l = dial();
    toc_strays_rule rule = TOC_STRAYS_RULE;
    rule.list = knows_nothing;
    toc_strays_free(strays);
    strays = toc_strays_new(&rule, &port, 1);
    ck_assert_int_eq(toc_strays_look(strays, 0, 1), 2000);
    ck_assert_int_eq(toc_strays_look(strays, 100000, 1), 2000);
    ck_assert(toc_strays_is_blind(strays));
    ck_assert(toc_strays_is_scarce(strays)); // that is seen without it
    ck_assert(!has_ended(l, 0));
}
END_TEST

START_TEST(it_is_told_once_a_minute_who_it_was)
{
    char text[256];
    ck_assert(!toc_strays_tell(strays, 0, text, sizeof text));
    for (int i = 0; i < 12; i++)
        dial();
    look(0, 0);
    look(10000, 0);
    ck_assert(toc_strays_tell(strays, 10000, text, sizeof text));
    ck_assert_str_eq(text,
                     "12 connections from 127.0.0.1 were ended: they never said who they are");
    ck_assert(!toc_strays_tell(strays, 100000, text, sizeof text)); // nothing new
    dial();
    look(20000, 0);
    look(30000, 0);
    ck_assert(!toc_strays_tell(strays, 69999, text, sizeof text));
    ck_assert(toc_strays_tell(strays, 70000, text, sizeof text));
    ck_assert_str_eq(text, "1 connection from 127.0.0.1 was ended: it never said who it is");
    dial();
    dial_from(INADDR_LOOPBACK + 1);
    dial_from(INADDR_LOOPBACK + 1);
    look(80000, 0);
    look(130000, 0);
    ck_assert(toc_strays_tell(strays, 130000, text, sizeof text));
    ck_assert_str_eq(text, "2 connections from 127.0.0.2 and 1 from elsewhere were ended: they "
                           "never said who they are");
}
END_TEST

START_TEST(an_address_is_the_same_in_both_families)
{
    uint8_t a[18], b[18];
    struct sockaddr_in ip4 = {.sin_family = AF_INET, .sin_port = htons(7400)};
    struct sockaddr_in6 ip6 = {.sin6_family = AF_INET6, .sin6_port = htons(7400)};
    ck_assert_int_eq(inet_pton(AF_INET, "10.1.2.3", &ip4.sin_addr), 1);
    ck_assert_int_eq(inet_pton(AF_INET6, "::ffff:10.1.2.3", &ip6.sin6_addr), 1);
    ck_assert(toc_ends_put(a, (struct sockaddr *)&ip4) && toc_ends_put(b, (struct sockaddr *)&ip6));
    ck_assert_mem_eq(a, b, sizeof a);
    ck_assert(!toc_ends_put(a, &(struct sockaddr){.sa_family = AF_UNIX}));
}
END_TEST

// People come, become pipes, go, and stay away: at each look exactly those are ended that are no pipe and were seen
// for ten seconds.
START_TEST(nobody_else_is_ever_ended)
{
    toc_random r;
    uint32_t pipes = 0;
    seed_random(&r, "strays");
    for (int64_t now = 0; now < 1000000; now += 500 + (int64_t)toc_random_below(&r, 3000)) {
        for (int acts = (int)toc_random_below(&r, 5); acts > 0; acts--) {
            connection *l = link_count ? &links[toc_random_below(&r, link_count)] : NULL;
            uint64_t what = toc_random_below(&r, 4);
            if (!l || (what == 0 && link_count < MOST))
                dial();
            else if (what == 1 && !l->pipe)
                meet(l, ++pipes);
            else if (what == 2 && l->pipe)
                part(l);
            else if (what == 3) {
                if (l->pipe)
                    part(l);
                hang_up(l);
            }
        }
        look(now, 0);
        for (size_t i = 0; i < link_count;) {
            connection *l = &links[i];
            l->is_known = l->pipe != 0;
            l->since = l->since < 0 ? now : l->since;
            bool is_due = !l->pipe && now - l->since >= 10000;
            ck_assert_msg(has_ended(l, is_due ? PATIENCE_MS : 0) == is_due,
                          "at %lld ms: one that is there since %lld, pipe %u", (long long)now,
                          (long long)l->since, l->pipe);
            if (is_due)
                hang_up(l);
            else
                i++;
        }
    }
    ck_assert_uint_gt(toc_strays_ended(strays), 10);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, a_stray_is_ended_when_its_time_is_over);
    tcase_add_test(tc, an_open_pipe_is_left_alone_until_it_is_gone);
    tcase_add_test(tc, a_pipe_that_is_gone_takes_no_other_with_it);
    tcase_add_test(tc, a_descriptor_that_is_used_again_has_all_its_time_again);
    tcase_add_test(tc, a_long_look_comes_in_pieces);
    tcase_add_test(tc, what_is_not_at_our_ports_is_left_alone);
    tcase_add_test(tc, the_more_is_in_use_the_shorter_is_the_patience);
    tcase_add_test(tc, a_crowd_of_strays_shortens_the_patience_too);
    tcase_add_test(tc, what_cannot_be_known_ends_nobody);
    tcase_add_test(tc, it_is_told_once_a_minute_who_it_was);
    tcase_add_test(tc, an_address_is_the_same_in_both_families);
    tcase_add_test(tc, nobody_else_is_ever_ended);
}

TOC_CHECK_MAIN("strays", add_tests)
