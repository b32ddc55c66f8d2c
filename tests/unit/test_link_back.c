// SPDX-License-Identifier: MIT
// A link comes back from wherever it was, as long as an engine answers that takes its ticket, and soon. Each
// end of it goes through a cable that can be cut, frozen, or lead to something else.
#include "cable.h"
#include "link_room.h"
#include "tally.h"

enum {
    SOON_MS = 5000,
    FLAPS = 50,
    POOL = 4,             // threads of libuv's
    HANDSHAKE_WRITES = 2, // a link's, before the engine greets it
    MOMENTS = 16,         // of a handshake, at which an engine goes
    SIDE_BY_SIDE = 4,     // loops that share these moments, as each takes seconds to be back from
};

typedef struct {
    room *room;
    cable *ends[2]; // desk, feed
    toc_ticket ticket;
    uint64_t since;
} seat;

// Which write of a link is said to have failed, though its bytes go out: the engine then greets somebody
// who is about to leave. --wrap makes every call of uv_write one of __wrap_uv_write.
static struct failing {
    int port, countdown; // who is dialled there; 0: none
} failing;

int __wrap_uv_write(uv_write_t *request, uv_stream_t *stream, const uv_buf_t bufs[], unsigned count,
                    uv_write_cb cb);
int __real_uv_write(uv_write_t *request, uv_stream_t *stream, const uv_buf_t bufs[], unsigned count,
                    uv_write_cb cb);

int __wrap_uv_write(uv_write_t *request, uv_stream_t *stream, const uv_buf_t bufs[], unsigned count,
                    uv_write_cb cb)
{
    struct sockaddr_in peer;
    int len = sizeof peer;
    bool is_watched = failing.countdown > 0 &&
                      uv_tcp_getpeername((uv_tcp_t *)stream, (struct sockaddr *)&peer, &len) == 0 &&
                      ntohs(peer.sin_port) == failing.port;
    if (!is_watched || --failing.countdown > 0)
        return __real_uv_write(request, stream, bufs, count, cb);
    ck_assert_int_gt(uv_try_write(stream, bufs, count), 0);
    return UV_EPIPE;
}

static int port_of(const char *address)
{
    return atoi(strrchr(address, ':') + 1);
}

static seat *new_seat(const char *host)
{
    seat *s = toc_alloc(sizeof *s);
    s->room = open_room();
    const toc_ticket *t = fake_engine_ticket(s->room->engine);
    toc_ticket_copy(&s->ticket, t);
    s->ends[0] = cable_new(&s->room->loop, port_of(t->desk));
    s->ends[1] = cable_new(&s->room->loop, port_of(t->feed));
    free(s->ticket.desk);
    free(s->ticket.feed);
    s->ticket.desk = toc_sprintf("tls+tcp://%s:%d", host, cable_port(s->ends[0]));
    s->ticket.feed = toc_sprintf("tls+tcp://%s:%d", host, cable_port(s->ends[1]));
    return s;
}

static void set(seat *s, cable_state state, size_t bytes)
{
    cable_set(s->ends[0], state, bytes);
    cable_set(s->ends[1], state, bytes);
}

static void cut(seat *s)
{
    cable_cut(s->ends[0]);
    cable_cut(s->ends[1]);
}

static void start_watch(seat *s)
{
    uv_update_time(&s->room->loop);
    s->since = uv_now(&s->room->loop);
}

static void must_join_within(seat *s, uint64_t ms)
{
    AWAIT(s->room, s->room->state == TOC_LINK_JOINED);
    uint64_t took = uv_now(&s->room->loop) - s->since;
    ck_assert_msg(took <= ms, "it took %llu ms", (unsigned long long)took);
}

// Acts still arrive, and the feed is heard, once each.
static void must_work(seat *s)
{
    room *r = s->room;
    int answers = r->answers;
    int64_t events = r->events;
    say(r, "are we heard");
    fake_engine_add(r->engine, "and do we hear");
    AWAIT(r, r->answers == answers + 1 && r->events > events);
    ck_assert_int_eq(r->failures, 0);
    ck_assert_str_eq(r->last, "and do we hear");
    AWAIT(r, cable_open(s->ends[0]) == 1 && cable_open(s->ends[1]) == 1);
}

static seat *joined_seat(void)
{
    seat *s = new_seat("127.0.0.1");
    sit_down(s->room, &s->ticket);
    AWAIT(s->room, s->room->state == TOC_LINK_JOINED);
    return s;
}

// Nothing stays connected to the engine when the link is gone.
static void leave(seat *s)
{
    toc_link_free(s->room->link);
    AWAIT(s->room, cable_open(s->ends[0]) == 0 && cable_open(s->ends[1]) == 0);
    toc_ticket_fini(&s->ticket);
    free(s);
}

START_TEST(an_engine_that_goes_at_any_moment_of_the_handshake_is_dialled_again)
{
    seat *s = joined_seat();
    AWAIT(s->room, cable_passed(s->ends[0]) > 0);
    size_t whole = cable_passed(s->ends[0]); // a handshake, a greeting and the answer to a join
    ck_assert_uint_gt(whole, 500);
    const size_t step = 1 + whole / MOMENTS;
    for (size_t at = (size_t)_i * step; at < whole; at += SIDE_BY_SIDE * step) {
        set(s, CABLE_SHORT, at);
        cut(s);
        AWAIT(s->room, s->room->state == TOC_LINK_LOST);
        size_t dials[2] = {cable_dials(s->ends[0]), cable_dials(s->ends[1])};
        AWAIT(s->room,
              cable_dials(s->ends[0]) >= dials[0] + 2 && cable_dials(s->ends[1]) >= dials[1] + 2);
        set(s, CABLE_WHOLE, 0);
        start_watch(s);
        cut(s);
        must_join_within(s, SOON_MS);
    }
    must_work(s);
    leave(s);
}
END_TEST

START_TEST(a_connection_that_breaks_before_it_is_greeted_is_not_kept)
{
    seat *s = new_seat("127.0.0.1");
    failing = (struct failing){.port = cable_port(s->ends[0]), .countdown = HANDSHAKE_WRITES};
    sit_down(s->room, &s->ticket);
    AWAIT(s->room, cable_dials(s->ends[0]) == 2);
    AWAIT(s->room, s->room->state == TOC_LINK_JOINED);
    ck_assert_int_eq(failing.countdown, 0);
    must_work(s);
    leave(s);
}
END_TEST

START_TEST(a_listener_that_says_nothing_holds_nobody_up)
{
    seat *s = new_seat("127.0.0.1");
    set(s, CABLE_MUTE, 0);
    sit_down(s->room, &s->ticket);
    AWAIT(s->room, strstr(s->room->why, "no engine answers"));
    ck_assert_int_eq(s->room->state, TOC_LINK_CONNECTING);
    AWAIT(s->room, cable_dials(s->ends[0]) >= 2 && cable_dials(s->ends[1]) >= 2);
    set(s, CABLE_WHOLE, 0);
    // What it took stays silent, and is given up; or the listener goes, and that is seen at once.
    start_watch(s);
    cut(s);
    must_join_within(s, SOON_MS);
    must_work(s);
    leave(s);
}
END_TEST

START_TEST(a_silent_connection_is_given_up_though_it_never_ends)
{
    seat *s = new_seat("127.0.0.1");
    set(s, CABLE_MUTE, 0);
    sit_down(s->room, &s->ticket);
    AWAIT(s->room, cable_dials(s->ends[0]) == 1 && cable_dials(s->ends[1]) == 1);
    set(s, CABLE_WHOLE, 0);
    start_watch(s);
    must_join_within(s, SOON_MS);
    must_work(s);
    leave(s);
}
END_TEST

START_TEST(what_answers_and_is_no_engine_is_no_refusal)
{
    seat *s = joined_seat();
    set(s, CABLE_BABBLE, 0);
    cut(s);
    AWAIT(s->room, strstr(s->room->why, "what answers there is no engine"));
    size_t dials = cable_dials(s->ends[0]);
    AWAIT(s->room, cable_dials(s->ends[0]) >= dials + 4);
    ck_assert_int_eq(s->room->state, TOC_LINK_LOST);
    set(s, CABLE_WHOLE, 0);
    start_watch(s);
    must_join_within(s, SOON_MS);
    must_work(s);
    leave(s);
}
END_TEST

START_TEST(a_stranger_who_says_the_ticket_was_revoked_is_not_believed)
{
    seat *s = joined_seat();
    set(s, CABLE_LIE, 0);
    cut(s);
    AWAIT(s->room, strstr(s->room->why, "not this run's certificate"));
    size_t dials = cable_dials(s->ends[0]);
    AWAIT(s->room, cable_dials(s->ends[0]) >= dials + 4);
    ck_assert_int_eq(s->room->state, TOC_LINK_LOST);
    set(s, CABLE_WHOLE, 0);
    start_watch(s);
    must_join_within(s, SOON_MS);
    must_work(s);
    leave(s);
}
END_TEST

START_TEST(a_desk_that_comes_back_works_while_the_feed_is_awaited)
{
    seat *s = joined_seat();
    cable_set(s->ends[1], CABLE_SHORT, 0);
    cut(s);
    AWAIT(s->room, s->room->state == TOC_LINK_LOST);
    say(s->room, "without a feed");
    AWAIT(s->room, s->room->answers == 1);
    ck_assert_int_eq(s->room->failures, 0);
    AWAIT(s->room, strstr(s->room->why, "no engine answers"));
    ck_assert_msg(strstr(s->room->why, s->ticket.feed), "%s", s->room->why);
    fake_engine_add(s->room->engine, "unheard");
    ck_assert_int_eq(s->room->state, TOC_LINK_LOST);
    cable_set(s->ends[1], CABLE_WHOLE, 0);
    start_watch(s);
    must_join_within(s, SOON_MS);
    ck_assert_str_eq(s->room->last, "unheard");
    must_work(s);
    leave(s);
}
END_TEST

START_TEST(a_feed_that_comes_back_waits_for_the_desk)
{
    seat *s = joined_seat();
    cable_set(s->ends[0], CABLE_SHORT, 0);
    cut(s);
    size_t open = 0;
    AWAIT(s->room, (open = cable_open(s->ends[1])) == 1 && s->room->state == TOC_LINK_LOST);
    say(s->room, "waits");
    size_t dials = cable_dials(s->ends[0]);
    AWAIT(s->room, cable_dials(s->ends[0]) >= dials + 3);
    ck_assert_int_eq(s->room->answers, 0);
    cable_set(s->ends[0], CABLE_WHOLE, 0);
    start_watch(s);
    must_join_within(s, SOON_MS);
    AWAIT(s->room, s->room->answers == 1);
    must_work(s);
    leave(s);
}
END_TEST

START_TEST(fifty_flaps_lose_and_double_nothing)
{
    seat *s = joined_seat();
    room *r = s->room;
    char text[16];
    for (int i = 0; i < FLAPS; i++) {
        snprintf(text, sizeof text, "act %d", i);
        say(r, text);
        fake_engine_add(r->engine, "news");
        // Each flap finds it further on its way back: some turns of the loop later.
        for (int turn = 0; turn < i % 10; turn++)
            uv_run(&r->loop, UV_RUN_ONCE);
        if (i % 3 == 0)
            cable_cut(s->ends[i % 2]);
        else if (i % 3 == 1)
            cut(s);
        else
            fake_engine_stop(r->engine), fake_engine_start(r->engine);
    }
    start_watch(s);
    AWAIT(r, r->answers == FLAPS && r->events == FLAPS);
    must_join_within(s, SOON_MS);
    ck_assert_int_eq(r->failures, 0);
    ck_assert_uint_eq(fake_engine_said(r->engine), FLAPS);
    for (int i = 0; i < FLAPS; i++)
        ck_assert_int_eq(atoi(fake_engine_said_text(r->engine, (size_t)i) + 4), i);
    tally("link: flaps of the cable or engine with an act and an event in each", FLAPS, 0);
    must_work(s);
    leave(s);
}
END_TEST

START_TEST(a_cable_that_is_out_is_noticed_and_left_behind)
{
    seat *s = joined_seat();
    cable_freeze(s->ends[0]);
    cable_freeze(s->ends[1]);
    say(s->room, "into the void");
    start_watch(s);
    AWAIT(s->room, s->room->state == TOC_LINK_LOST);
    uint64_t took = uv_now(&s->room->loop) - s->since;
    ck_assert_uint_ge(took, 9000);
    ck_assert_uint_le(took, 12000);
    start_watch(s);
    must_join_within(s, SOON_MS);
    AWAIT(s->room, s->room->answers == 1);
    ck_assert_int_eq(s->room->failures, 0);
    must_work(s);
    leave(s);
}
END_TEST

// One who blocks libuv's threads, as a name server that does not answer would.
typedef struct {
    uv_work_t work;
    uv_sem_t *gate;
} blocker;

static void block(uv_work_t *work)
{
    blocker *b = (blocker *)work;
    uv_sem_wait(b->gate);
}

static void unblock(uv_work_t *work, int status)
{
    (void)work;
    (void)status;
}

static uv_sem_t *block_pool(uv_loop_t *loop, blocker *blockers)
{
    uv_sem_t *gate = toc_alloc(sizeof *gate);
    uv_sem_init(gate, 0);
    for (size_t i = 0; i < POOL; i++) {
        blockers[i].gate = gate;
        uv_queue_work(loop, &blockers[i].work, block, unblock);
    }
    return gate;
}

START_TEST(a_name_that_nobody_finds_is_said_and_asked_again)
{
    blocker blockers[POOL];
    seat *s = new_seat("localhost");
    uv_sem_t *gate = block_pool(&s->room->loop, blockers);
    sit_down(s->room, &s->ticket);
    AWAIT(s->room, strstr(s->room->why, "its name is not found"));
    ck_assert_int_eq(s->room->state, TOC_LINK_CONNECTING);
    for (size_t i = 0; i < POOL; i++)
        uv_sem_post(gate);
    start_watch(s);
    must_join_within(s, SOON_MS);
    must_work(s);
    uv_sem_destroy(gate);
    free(gate);
    leave(s);
}
END_TEST

static void ignore_close(uv_handle_t *handle)
{
    (void)handle;
}

START_TEST(a_link_is_freed_while_its_name_is_looked_up)
{
    blocker blockers[POOL];
    seat *s = new_seat("localhost");
    room *r = s->room;
    uv_sem_t *gate = block_pool(&r->loop, blockers);
    sit_down(r, &s->ticket);
    for (int i = 0; i < 3; i++)
        uv_run(&r->loop, UV_RUN_ONCE);
    toc_link_free(r->link);
    for (size_t i = 0; i < POOL; i++)
        uv_sem_post(gate);
    uv_close((uv_handle_t *)&r->tick, ignore_close);
    uint64_t end = uv_hrtime() / 1000000 + DEADLINE_MS;
    // The engine's poll and the cables' listeners stay, and no request.
    while ((r->loop.active_handles > 3 || r->loop.active_reqs.count > 0) &&
           uv_hrtime() / 1000000 < end)
        uv_run(&r->loop, UV_RUN_NOWAIT);
    ck_assert_uint_le(r->loop.active_handles, 3);
    ck_assert_uint_eq(r->loop.active_reqs.count, 0);
    uv_sem_destroy(gate);
    free(gate);
    toc_ticket_fini(&s->ticket);
    free(s);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_loop_test(tc, an_engine_that_goes_at_any_moment_of_the_handshake_is_dialled_again, 0,
                        SIDE_BY_SIDE);
    tcase_add_test(tc, a_connection_that_breaks_before_it_is_greeted_is_not_kept);
    tcase_add_test(tc, a_listener_that_says_nothing_holds_nobody_up);
    tcase_add_test(tc, a_silent_connection_is_given_up_though_it_never_ends);
    tcase_add_test(tc, what_answers_and_is_no_engine_is_no_refusal);
    tcase_add_test(tc, a_stranger_who_says_the_ticket_was_revoked_is_not_believed);
    tcase_add_test(tc, a_desk_that_comes_back_works_while_the_feed_is_awaited);
    tcase_add_test(tc, a_feed_that_comes_back_waits_for_the_desk);
    tcase_add_test(tc, fifty_flaps_lose_and_double_nothing);
    tcase_add_test(tc, a_cable_that_is_out_is_noticed_and_left_behind);
    tcase_add_test(tc, a_name_that_nobody_finds_is_said_and_asked_again);
    tcase_add_test(tc, a_link_is_freed_while_its_name_is_looked_up);
}

TOC_CHECK_MAIN("link_back", add_tests)
