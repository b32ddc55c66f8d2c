// SPDX-License-Identifier: MIT
// What our TLS looks like on the wire: counted, and slowed down, by a proxy between two real nngs.
#include "crypto/tls.h"

#include <arpa/inet.h>
#include <check.h>
#include <nng/nng.h>
#include <nng/protocol/reqrep0/rep.h>
#include <nng/protocol/reqrep0/req.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check_main.h"
#include "seed.h"
#include "tls_room.h"

#include "base/mem.h"

enum { BATCH = 48, LARGEST = 262144 };

// The records of one direction, told apart as they pass.
typedef struct {
    uint8_t head[5];
    size_t head_len, body; // body: what has still to pass of the record
    atomic_int records;
} counter;

// One connection through a thread of its own, which ends with the process.
typedef struct {
    int listener, client, server;
    int port, server_port;
    unsigned seed;
    atomic_bool is_stopped; // nothing goes to the client
    counter to_client, to_server;
} proxy;

static void count(counter *c, const uint8_t *bytes, size_t len)
{
    while (len > 0) {
        if (c->body == 0) {
            c->head[c->head_len++] = *bytes++;
            len--;
            if (c->head_len < sizeof c->head)
                continue;
            c->body = (size_t)(c->head[3] << 8 | c->head[4]);
            c->head_len = 0;
            atomic_fetch_add(&c->records, 1);
        } else {
            size_t n = len < c->body ? len : c->body;
            c->body -= n;
            bytes += n;
            len -= n;
        }
    }
}

static bool pass_on(int from, int to, size_t most, counter *c)
{
    uint8_t bytes[4096];
    ssize_t n = recv(from, bytes, most, 0);
    if (n <= 0)
        return false;
    count(c, bytes, (size_t)n); // before the receiver can have it
    for (ssize_t done = 0, sent; done < n; done += sent) {
        sent = send(to, bytes + done, (size_t)(n - done), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
    }
    return true;
}

static struct sockaddr_in local(int port)
{
    return (struct sockaddr_in){.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)port),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static void *carry(void *arg)
{
    proxy *p = arg;
    struct sockaddr_in address = local(p->server_port);
    p->client = accept(p->listener, NULL, NULL);
    if (connect(p->server, (struct sockaddr *)&address, sizeof address) != 0)
        return NULL;
    for (bool ok = true; ok;) {
        // A stopped proxy looks again now and then whether it still is.
        bool is_stopped = atomic_load(&p->is_stopped);
        struct pollfd ends[] = {{.fd = p->client, .events = POLLIN},
                                {.fd = is_stopped ? -1 : p->server, .events = POLLIN}};
        poll(ends, 2, 5);
        if (ends[0].revents)
            ok = pass_on(p->client, p->server, 4096, &p->to_server);
        if (ok && ends[1].revents)
            ok = pass_on(p->server, p->client, 1 + (size_t)rand_r(&p->seed) % 4096, &p->to_client);
    }
    return NULL;
}

// open_proxy gives one that stands before server_port and carries one connection.
static proxy *open_proxy(int server_port)
{
    proxy *p = toc_alloc(sizeof *p);
    struct sockaddr_in address = local(0);
    socklen_t len = sizeof address;
    int little = 4096;
    p->server_port = server_port;
    p->seed = (unsigned)rand();
    p->listener = socket(AF_INET, SOCK_STREAM, 0);
    p->server = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_eq(setsockopt(p->server, SOL_SOCKET, SO_RCVBUF, &little, sizeof little), 0);
    ck_assert_int_eq(bind(p->listener, (struct sockaddr *)&address, len), 0);
    ck_assert_int_eq(listen(p->listener, 1), 0);
    ck_assert_int_eq(getsockname(p->listener, (struct sockaddr *)&address, &len), 0);
    p->port = ntohs(address.sin_port);
    pthread_t thread;
    ck_assert_int_eq(pthread_create(&thread, NULL, carry, p), 0);
    ck_assert_int_eq(pthread_detach(thread), 0);
    return p;
}

static void give_room(nng_socket socket)
{
    nng_ok(nng_socket_set_int(socket, NNG_OPT_RECVBUF, 8192));
    nng_ok(nng_socket_set_size(socket, NNG_OPT_RECVMAXSZ, 1 << 20));
}

static proxy *join(nng_socket server, nng_socket client)
{
    start_tls();
    give_room(server);
    give_room(client);
    nng_ok(nng_socket_set_int(server, NNG_OPT_SENDBUF, 8192));
    proxy *p = open_proxy(listen_on(server, server_config(&run.server, &run.wind_ca)));
    nng_ok(dial(client, p->port, client_config(&run.server_ca, &run.wind_1, "tocsin")));
    return p;
}

// Every byte of a message says which message it is of, and where.
static void fill(uint8_t *body, size_t len, int seed)
{
    for (size_t i = 0; i < len; i++)
        body[i] = (uint8_t)((size_t)seed * 7 + i % 251);
}

static nng_msg *new_message(size_t len, int seed)
{
    nng_msg *msg;
    nng_ok(nng_msg_alloc(&msg, len));
    fill(nng_msg_body(msg), len, seed);
    return msg;
}

static void assert_message(nng_msg *msg, size_t len, int seed)
{
    static uint8_t expected[LARGEST];
    ck_assert_uint_eq(nng_msg_len(msg), len);
    fill(expected, len, seed);
    ck_assert(len == 0 || memcmp(nng_msg_body(msg), expected, len) == 0);
}

static nng_msg *receive(nng_socket socket)
{
    nng_msg *msg = NULL;
    ck_assert_msg(readable(socket, DEADLINE_MS), "nothing was received before the deadline");
    nng_ok(nng_recvmsg(socket, &msg, NNG_FLAG_NONBLOCK));
    return msg;
}

// More than a connection's buffers hold, with every size among it, in any order.
static void choose_sizes(size_t sizes[BATCH])
{
    static const size_t all[] = {0,     1,     2,     3,     4,     5,     7,     8,
                                 9,     16370, 16372, 16375, 16376, 16377, 16380, 16383,
                                 16384, 16385, 16392, 16400, 65535, 65536, 65537, 262144};
    const size_t n = sizeof all / sizeof *all;
    for (size_t i = 0; i < BATCH; i++)
        sizes[i] = i < n ? all[i] : LARGEST;
    for (size_t i = BATCH - 1; i > 0; i--) {
        size_t j = (size_t)rand() % (i + 1), size = sizes[i];
        sizes[i] = sizes[j];
        sizes[j] = size;
    }
}

// Until the first has arrived, the feed may lose what is published; what follows "last" is counted on.
static proxy *join_feed(nng_socket pub, nng_socket sub)
{
    proxy *p = join(pub, sub);
    publish_until_received(pub, sub);
    nng_ok(nng_send(pub, (char[]){"last"}, 5, 0));
    for (bool is_last = false; !is_last;) {
        nng_msg *msg = receive(sub);
        is_last = nng_msg_len(msg) == 5;
        nng_msg_free(msg);
    }
    return p;
}

START_TEST(every_size_of_inject_arrives_whole_and_in_order_at_a_slow_reader)
{
    seed_rand("every_size_of_inject");
    nng_socket pub = open_pub(), sub = open_sub();
    proxy *p = join_feed(pub, sub);
    for (int round = 0; round < 3; round++) {
        size_t sizes[BATCH];
        choose_sizes(sizes);
        atomic_store(&p->is_stopped, true);
        for (int i = 0; i < BATCH; i++)
            nng_ok(nng_sendmsg(pub, new_message(sizes[i], i), 0));
        atomic_store(&p->is_stopped, false);
        for (int i = 0; i < BATCH; i++) {
            nng_msg *msg = receive(sub);
            assert_message(msg, sizes[i], i);
            nng_msg_free(msg);
        }
    }
}
END_TEST

static void ask(nng_socket req, uint32_t id, size_t len)
{
    nng_msg *msg = new_message(len, (int)id);
    nng_ok(nng_msg_header_append_u32(msg, 0x80000000 | id));
    nng_ok(nng_sendmsg(req, msg, 0));
}

// answer gives what the next question was, with the answer on its way.
static void answer(nng_socket rep, nng_msg *question, size_t len, int seed)
{
    nng_msg *msg = new_message(len, seed);
    nng_ok(nng_msg_header_append(msg, nng_msg_header(question), nng_msg_header_len(question)));
    nng_msg_set_pipe(msg, nng_msg_get_pipe(question));
    nng_ok(nng_sendmsg(rep, msg, 0));
    nng_msg_free(question);
}

static void assert_answer(nng_socket req, uint32_t id, size_t len)
{
    nng_msg *msg = receive(req);
    uint32_t got = 0;
    nng_ok(nng_msg_header_trim_u32(msg, &got));
    ck_assert_uint_eq(got, 0x80000000 | id);
    assert_message(msg, len, (int)id);
    nng_msg_free(msg);
}

START_TEST(every_size_of_answer_arrives_whole_and_in_order_at_a_slow_reader)
{
    seed_rand("every_size_of_answer");
    nng_socket rep, req;
    nng_ok(nng_rep0_open_raw(&rep));
    nng_ok(nng_req0_open_raw(&req));
    proxy *p = join(rep, req);
    for (int round = 0; round < 3; round++) {
        size_t asked[BATCH], sizes[BATCH];
        nng_msg *questions[BATCH];
        choose_sizes(asked);
        choose_sizes(sizes);
        for (uint32_t i = 0; i < BATCH; i++)
            ask(req, i, asked[i]);
        for (int i = 0; i < BATCH; i++) {
            questions[i] = take_serial(receive(rep), &run.wind_1);
            assert_message(questions[i], asked[i], i);
        }
        atomic_store(&p->is_stopped, true);
        for (int i = 0; i < BATCH; i++)
            answer(rep, questions[i], sizes[i], i);
        atomic_store(&p->is_stopped, false);
        for (uint32_t i = 0; i < BATCH; i++)
            assert_answer(req, i, sizes[i]);
    }
}
END_TEST

START_TEST(an_inject_is_one_record)
{
    nng_socket pub = open_pub(), sub = open_sub();
    proxy *p = join_feed(pub, sub);
    int before = atomic_load(&p->to_client.records);
    for (int i = 0; i < 200; i++) {
        nng_ok(nng_sendmsg(pub, new_message((size_t)i, i), 0));
        nng_msg *msg = receive(sub);
        assert_message(msg, (size_t)i, i);
        nng_msg_free(msg);
        ck_assert_int_eq(atomic_load(&p->to_client.records), before + i + 1);
    }
}
END_TEST

START_TEST(a_question_is_one_record_and_so_is_its_answer)
{
    nng_socket rep, req;
    nng_ok(nng_rep0_open_raw(&rep));
    nng_ok(nng_req0_open_raw(&req));
    proxy *p = join(rep, req);
    ask(req, 0, 1);
    answer(rep, take_serial(receive(rep), &run.wind_1), 1, 0);
    assert_answer(req, 0, 1);
    int answers = atomic_load(&p->to_client.records),
        questions = atomic_load(&p->to_server.records);
    for (int i = 1; i <= 200; i++) {
        ask(req, (uint32_t)i, (size_t)i);
        answer(rep, take_serial(receive(rep), &run.wind_1), (size_t)i - 1,
               i); // the first has no body
        assert_answer(req, (uint32_t)i, (size_t)i - 1);
        ck_assert_int_eq(atomic_load(&p->to_client.records), answers + i);
        ck_assert_int_eq(atomic_load(&p->to_server.records), questions + i);
    }
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, setup_run, free_run);
    tcase_add_test(tc, every_size_of_inject_arrives_whole_and_in_order_at_a_slow_reader);
    tcase_add_test(tc, every_size_of_answer_arrives_whole_and_in_order_at_a_slow_reader);
    tcase_add_test(tc, an_inject_is_one_record);
    tcase_add_test(tc, a_question_is_one_record_and_so_is_its_answer);
}
TOC_CHECK_MAIN("tls_records", add_tests)
