// SPDX-License-Identifier: MIT
// The two ends of the engine without nng: what nng would carry goes through memory here, a little at a
// time, and the pieces of a message are handed in as nng does, and as it never would.
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "crypto/crypto.h"
#include "seed.h"
#include "tls_engine.h"
#include "tls_room.h"

enum { LENGTH = 8, PLENTY = 1 << 20 };

// What one end has sent and the other has not yet received, and what was counted on the way.
typedef struct {
    toc_buf bytes;
    size_t begin;  // what was received already
    size_t hidden; // at its end: has not come to the other end yet
    size_t room;   // how much may still be put in
    size_t counted;
    int records;
} cable;

typedef struct {
    nng_tls_engine_conn conn;
    nng_tls_engine_config config;
    cable *out, *in;
} end;

typedef struct {
    end server, client;
    cable to_client, to_server;
    toc_buf sent, received; // sent: as it must be received
} line;

// These two are nng's; the engine meets ours instead.
int nng_tls_engine_send(void *arg, const uint8_t *buf, size_t *len)
{
    cable *c = ((end *)arg)->out;
    if (c->room == 0)
        return NNG_EAGAIN;
    if (*len > c->room)
        *len = c->room;
    toc_buf_add(&c->bytes, (const char *)buf, *len);
    c->room -= *len;
    return 0;
}

int nng_tls_engine_recv(void *arg, uint8_t *buf, size_t *len)
{
    cable *c = ((end *)arg)->in;
    size_t n = c->bytes.len - c->hidden - c->begin;
    if (n == 0)
        return NNG_EAGAIN;
    if (*len > n)
        *len = n;
    memcpy(buf, c->bytes.data + c->begin, *len);
    c->begin += *len;
    return 0;
}

// How many records have passed since the last question.
static int count_records(cable *c)
{
    int before = c->records;
    while (c->counted + 5 <= c->bytes.len) {
        const uint8_t *head = (const uint8_t *)c->bytes.data + c->counted;
        c->counted += 5 + (size_t)(head[3] << 8 | head[4]);
        c->records++;
    }
    ck_assert_uint_eq(c->counted, c->bytes.len);
    return c->records - before;
}

// id: NULL for none.
static void open_end(end *e, nng_tls_mode mode, const identity *id, const identity *ca,
                     nng_tls_auth_mode auth, nng_tls_version version)
{
    nng_tls_engine_config_ops *ops = toc_tls_config_ops();
    nng_ok(ops->init(&e->config, mode));
    if (id)
        nng_ok(ops->own_cert(&e->config, id->cert.data, id->key.data, NULL));
    nng_ok(ops->ca_chain(&e->config, ca->cert.data, NULL));
    nng_ok(ops->auth(&e->config, auth));
    nng_ok(ops->version(&e->config, version, version));
    nng_ok(toc_tls_conn_ops()->init(&e->conn, e, &e->config));
}

static void greet(end *e)
{
    size_t len = LENGTH;
    nng_ok(toc_tls_conn_ops()->send(&e->conn, (const uint8_t *)"\0SP\0\0\x20\0", &len));
    ck_assert_uint_eq(len, LENGTH);
}

static void assert_greeted(end *e)
{
    uint8_t greeting[2 * LENGTH];
    size_t len = sizeof greeting;
    nng_ok(toc_tls_conn_ops()->recv(&e->conn, greeting, &len));
    ck_assert_uint_eq(len, LENGTH);
    ck_assert_mem_eq(greeting, "\0SP\0\0\x20\0", LENGTH);
}

// meet gives a connection that is through its handshake, and on which the server has greeted. seat: NULL for none, and the
// server asks for no certificate. fragment: TLSEXT_max_fragment_length_…
static line *meet(const identity *seat, nng_tls_version version, uint8_t fragment)
{
    line *l = toc_alloc(sizeof *l);
    l->server.out = l->client.in = &l->to_client;
    l->client.out = l->server.in = &l->to_server;
    l->to_client.room = l->to_server.room = PLENTY;
    open_end(&l->server, NNG_TLS_MODE_SERVER, &run.server, &run.wind_ca,
             seat ? NNG_TLS_AUTH_MODE_REQUIRED : NNG_TLS_AUTH_MODE_NONE, version);
    open_end(&l->client, NNG_TLS_MODE_CLIENT, seat, &run.server_ca, NNG_TLS_AUTH_MODE_REQUIRED,
             version);
    ck_assert_int_eq(SSL_set_tlsext_max_fragment_length(l->client.conn.ssl, fragment), 1);
    while (toc_tls_conn_ops()->handshake(&l->server.conn) == NNG_EAGAIN)
        (void)toc_tls_conn_ops()->handshake(&l->client.conn);
    greet(&l->server);
    nng_ok(toc_tls_conn_ops()->handshake(&l->client.conn));
    assert_greeted(&l->client);
    return l;
}

// open_line gives a connection on which both ends have greeted.
static line *open_line(nng_tls_version version, uint8_t fragment)
{
    line *l = meet(&run.wind_1, version, fragment);
    greet(&l->client);
    assert_greeted(&l->server);
    count_records(&l->to_client);
    count_records(&l->to_server);
    return l;
}

static void close_line(line *l)
{
    toc_tls_conn_ops()->fini(&l->server.conn);
    toc_tls_conn_ops()->fini(&l->client.conn);
    toc_tls_config_ops()->fini(&l->server.config);
    toc_tls_config_ops()->fini(&l->client.config);
    toc_buf_fini(&l->to_client.bytes);
    toc_buf_fini(&l->to_server.bytes);
    toc_buf_fini(&l->sent);
    toc_buf_fini(&l->received);
    free(l);
}

static void drain(line *l, end *to)
{
    uint8_t bytes[20000];
    int rv;
    for (;;) {
        size_t len = sizeof bytes;
        rv = toc_tls_conn_ops()->recv(&to->conn, bytes, &len);
        if (rv != 0)
            break;
        toc_buf_add(&l->received, (const char *)bytes, len);
    }
    ck_assert_int_eq(rv, NNG_EAGAIN);
}

static void assert_all_arrived(line *l, end *to)
{
    drain(l, to);
    ck_assert_uint_eq(l->received.len, l->sent.len);
    ck_assert(l->sent.len == 0 || memcmp(l->received.data, l->sent.data, l->sent.len) == 0);
    toc_buf_clear(&l->received);
    toc_buf_clear(&l->sent);
}

// hand_in hands one piece in, and again from another place in memory while the cable has no room.
// most: how much room the cable is given each time.
static void hand_in(line *l, end *from, const char *piece, size_t len, size_t most)
{
    while (len > 0) {
        uint8_t *copy = toc_alloc(len);
        memcpy(copy, piece, len);
        size_t n = len;
        int rv = toc_tls_conn_ops()->send(&from->conn, copy, &n);
        free(copy);
        if (rv == NNG_EAGAIN) {
            from->out->room += (size_t)rand() % (most + 1);
            if (rand() % 4 == 0)
                drain(l, from == &l->server ? &l->client : &l->server);
            continue;
        }
        nng_ok(rv);
        ck_assert_uint_le(n, len);
        piece += n;
        len -= n;
    }
}

static void give(line *l, end *from, const char *piece, size_t len, size_t most)
{
    toc_buf_add(&l->sent, piece, len);
    hand_in(l, from, piece, len, most);
}

static void write_length(char bytes[LENGTH], uint64_t len)
{
    for (int i = 0; i < LENGTH; i++)
        bytes[i] = (char)(len >> (56 - 8 * i) & 0xff);
}

// What nng puts before a message of len bytes. A server is told that there will be a serial, too.
static void give_length(line *l, end *from, uint64_t len, size_t most)
{
    char bytes[LENGTH], told[LENGTH];
    write_length(bytes, len);
    write_length(told, from == &l->client ? len + TOC_TLS_SERIAL : len);
    toc_buf_add(&l->sent, told, sizeof told);
    hand_in(l, from, bytes, sizeof bytes, most);
}

// What a server is given after a message of wind-1's.
static void expect_serial(line *l)
{
    uint8_t serial[TOC_TLS_SERIAL];
    ck_assert(toc_hex_decode(run.wind_1.serial, serial, sizeof serial));
    toc_buf_add(&l->sent, (const char *)serial, sizeof serial);
}

static size_t any_size(void)
{
    static const size_t sizes[] = {0,     1,     2,     3,     4,     5,     7,     8,
                                   9,     20,    23,    24,    25,    32,    33,    100,
                                   16351, 16352, 16353, 16375, 16376, 16377, 16380, 16383,
                                   16384, 16385, 16392, 16400, 32752, 32760, 65536, 262144};
    size_t i = (size_t)rand() % (sizeof sizes / sizeof *sizes);
    return rand() % 8 ? sizes[i % 16] : sizes[i];
}

// One message with a header of REP's kind, in the pieces that nng makes, or in any.
static void give_message(line *l, end *from, bool as_nng_does)
{
    static const size_t headers[] = {0, 4, 8, 20, 24, 64};
    size_t header = headers[(size_t)rand() % 6], len = header + any_size();
    size_t most = len > 20000 || rand() % 2 ? 20000 : 50;
    char *bytes = toc_alloc(len + 1);
    for (size_t i = 0; i < len; i++)
        bytes[i] = (char)rand();
    give_length(l, from, len, most);
    size_t done = as_nng_does ? header : 0;
    give(l, from, bytes, done, most);
    while (done < len) {
        size_t n = as_nng_does ? len : 1 + (size_t)rand() % (len > 1000 ? 9000 : 40);
        n = n < len - done ? n : len - done;
        give(l, from, bytes + done, n, most);
        done += n;
    }
    if (from == &l->client)
        expect_serial(l);
    free(bytes);
}

// The last piece is all that the receiver waits for: after it, nothing stays behind.
static void converse(nng_tls_version version, uint8_t fragment)
{
    line *l = open_line(version, fragment);
    for (int i = 0; i < 400; i++) {
        end *from = rand() % 2 ? &l->server : &l->client;
        from->out->room = 0;
        give_message(l, from, rand() % 4);
        assert_all_arrived(l, from == &l->server ? &l->client : &l->server);
    }
    close_line(l);
}

START_TEST(no_byte_is_lost_or_late_however_little_room_there_is)
{
    seed_rand("no_byte_is_lost_or_late");
    converse(NNG_TLS_1_3, TLSEXT_max_fragment_length_DISABLED);
    converse(NNG_TLS_1_2, TLSEXT_max_fragment_length_DISABLED);
}
END_TEST

START_TEST(no_byte_is_lost_or_late_with_a_peer_that_wants_short_records)
{
    seed_rand("short_records");
    converse(NNG_TLS_1_3, TLSEXT_max_fragment_length_512);
    converse(NNG_TLS_1_2, TLSEXT_max_fragment_length_512);
}
END_TEST

START_TEST(a_message_is_as_few_records_as_can_be)
{
    static const size_t headers[] = {0, 4, 8, 20, 24};
    line *l = open_line(NNG_TLS_1_3, TLSEXT_max_fragment_length_DISABLED);
    char *bytes = toc_alloc(70000);
    for (size_t h = 0; h < sizeof headers / sizeof *headers; h++)
        for (size_t size = 0; size < 66000; size += size < 100 ? 1 : 1021) {
            give_length(l, &l->server, headers[h] + size, PLENTY);
            give(l, &l->server, bytes, headers[h], PLENTY);
            give(l, &l->server, bytes, size, PLENTY);
            ck_assert_int_eq(count_records(&l->to_client),
                             (int)((LENGTH + headers[h] + size + 16383) / 16384));
            assert_all_arrived(l, &l->client);
            l->to_client.room = PLENTY;
        }
    free(bytes);
    close_line(l);
}
END_TEST

START_TEST(a_length_that_lies_costs_no_byte)
{
    line *l = open_line(NNG_TLS_1_3, TLSEXT_max_fragment_length_DISABLED);
    give_length(l, &l->server, 5, PLENTY);
    give(l, &l->server, "more than five bytes", 20, PLENTY);
    assert_all_arrived(l, &l->client);
    give_length(l, &l->server, UINT64_MAX, PLENTY); // now every piece but a long one may wait
    for (int i = 0; i < 100; i++)
        give(l, &l->server, "a short piece", 13, PLENTY);
    give(l, &l->server, "a piece that is too long to wait", 33, PLENTY);
    assert_all_arrived(l, &l->client);
    close_line(l);
}
END_TEST

START_TEST(a_message_that_was_begun_is_not_sent_when_the_connection_is_closed)
{
    line *l = open_line(NNG_TLS_1_3, TLSEXT_max_fragment_length_DISABLED);
    give_length(l, &l->server, 100, PLENTY);
    toc_tls_conn_ops()->close(&l->server.conn);
    ck_assert_int_eq(count_records(&l->to_client), 1);
    uint8_t byte;
    size_t len = 1;
    ck_assert_int_eq(toc_tls_conn_ops()->recv(&l->client.conn, &byte, &len), NNG_ECONNSHUT);
    len = 1;
    ck_assert_int_eq(toc_tls_conn_ops()->send(&l->server.conn, &byte, &len), NNG_ECLOSED);
    close_line(l);
}
END_TEST

// ---- whose message it is ---------------------------------------------------------------------------

// A stranger to our sending: as many records as it likes, of the sizes it likes. All of it waits in the cable, unseen.
static void say_in_records(line *l, const toc_buf *all)
{
    int most = rand() % 3 == 0 ? 1 : rand() % 2 ? 50 : 20000;
    for (size_t at = 0; at < all->len;) {
        size_t n = 1 + (size_t)(rand() % most);
        n = n < all->len - at ? n : all->len - at;
        l->to_server.room = PLENTY;
        if (SSL_write_ex(l->client.conn.ssl, all->data + at, n, &n) != 1)
            ck_abort_msg("the client cannot write");
        at += n;
    }
    l->to_server.hidden = l->to_server.bytes.len - l->to_server.begin;
}

// The server asks for as much as it likes, and is given what has come, little by little.
static void hear_in_pieces(line *l)
{
    uint8_t bytes[65536];
    size_t most = rand() % 3 == 0 ? 1 : rand() % 2 ? 30 : sizeof bytes;
    cable *c = &l->to_server;
    while (c->hidden > 0) {
        size_t more = 1 + (size_t)rand() % (rand() % 2 ? 10 : 40000);
        c->hidden -= more < c->hidden ? more : c->hidden;
        for (;;) {
            size_t asked = 1 + (size_t)rand() % most, len = asked;
            int rv = toc_tls_conn_ops()->recv(&l->server.conn, bytes, &len);
            if (rv == NNG_EAGAIN)
                break;
            if (rv != 0 || len == 0 || len > asked) // Check writes to a file at each assertion
                ck_abort_msg("asked for %zu bytes, the server gives %zu: %s", asked, len,
                             nng_strerror(rv));
            toc_buf_add(&l->received, (const char *)bytes, len);
        }
    }
}

// A greeting and some messages, in all; what the server must be given of it, in l->sent.
static void compose(line *l, toc_buf *all)
{
    static const size_t sizes[] = {0, 1, 2, 7, 8, 15, 16, 17, 24, 255, 16384, 65531, 65532, 65536};
    toc_buf_add(all, "\0SP\0\0\x30\0", LENGTH);
    toc_buf_add(&l->sent, all->data, LENGTH);
    for (int i = 1 + rand() % 6; i > 0; i--) {
        size_t len = rand() % 2 ? 0 : sizes[(size_t)rand() % TOC_COUNT(sizes)];
        char head[LENGTH], *body = toc_alloc(len + 1);
        for (size_t k = 0; k < len; k++)
            body[k] = (char)rand();
        write_length(head, len);
        toc_buf_add(all, head, LENGTH);
        toc_buf_add(all, body, len);
        write_length(head, len + TOC_TLS_SERIAL);
        toc_buf_add(&l->sent, head, LENGTH);
        toc_buf_add(&l->sent, body, len);
        expect_serial(l);
        free(body);
    }
}

START_TEST(whatever_the_pieces_each_message_ends_with_the_serial_of_who_sent_it)
{
    seed_rand("each_message_ends_with_the_serial");
    for (int i = 0; i < 150; i++) {
        line *l = meet(&run.wind_1, i % 2 ? NNG_TLS_1_2 : NNG_TLS_1_3,
                       TLSEXT_max_fragment_length_DISABLED);
        toc_buf all = {0};
        compose(l, &all);
        say_in_records(l, &all);
        hear_in_pieces(l);
        assert_all_arrived(l, &l->server);
        toc_buf_fini(&all);
        close_line(l);
    }
}
END_TEST

// claimed: what is said; told: what the server hands on, and whether it is going to say more than that.
static void claim(uint64_t claimed, uint64_t told)
{
    line *l = open_line(NNG_TLS_1_3, TLSEXT_max_fragment_length_DISABLED);
    char head[LENGTH];
    write_length(head, told);
    toc_buf_add(&l->sent, head, LENGTH);
    write_length(head, claimed);
    hand_in(l, &l->client, head, LENGTH, PLENTY);
    for (int i = 0; i < 3; i++) // a piece that is long enough not to wait for more
        give(l, &l->client, "as much of it as anybody will ever send", 39, PLENTY);
    assert_all_arrived(l, &l->server);
    close_line(l);
}

START_TEST(a_length_that_cannot_grow_is_handed_on_as_it_is)
{
    for (uint64_t i = 0; i < TOC_TLS_SERIAL; i++)
        claim(UINT64_MAX - i, UINT64_MAX - i);
    claim(UINT64_MAX - TOC_TLS_SERIAL, UINT64_MAX);
    claim(UINT64_C(1) << 63, (UINT64_C(1) << 63) + TOC_TLS_SERIAL);
    claim(0xfffffff8, 0x100000008); // what is carried over goes through every byte
}
END_TEST

// No server of ours lets such a one in.
START_TEST(who_shows_no_certificate_has_a_serial_of_zeros_and_harms_nothing)
{
    static const char zeros[TOC_TLS_SERIAL];
    line *l = meet(NULL, NNG_TLS_1_3, TLSEXT_max_fragment_length_DISABLED);
    greet(&l->client);
    assert_greeted(&l->server);
    toc_tls_revoke(run.wind_2.serial); // everybody's certificate is looked at again
    give_length(l, &l->client, 2, PLENTY);
    give(l, &l->client, "hi", 2, PLENTY);
    toc_buf_add(&l->sent, zeros, sizeof zeros);
    assert_all_arrived(l, &l->server);
    close_line(l);
}
END_TEST

START_TEST(a_serial_is_taken_off_the_end_or_there_is_none)
{
    char serial[33] = "x";
    char message[] = "no\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\xa0\xb0\xc0\xd0\xe0\xff";
    size_t len = sizeof message - 1;
    ck_assert(toc_tls_serial_of(message, &len, serial));
    ck_assert_str_eq(serial, "00010203040506070809a0b0c0d0e0ff");
    ck_assert_uint_eq(len, 2);
    for (size_t shorter = 0; shorter < TOC_TLS_SERIAL; shorter++) {
        len = shorter;
        strcpy(serial, "x");
        ck_assert(!toc_tls_serial_of(message, &len, serial));
        ck_assert_uint_eq(len, shorter);
        ck_assert_str_eq(serial, "");
    }
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, setup_run, free_run);
    tcase_add_test(tc, no_byte_is_lost_or_late_however_little_room_there_is);
    tcase_add_test(tc, no_byte_is_lost_or_late_with_a_peer_that_wants_short_records);
    tcase_add_test(tc, a_message_is_as_few_records_as_can_be);
    tcase_add_test(tc, a_length_that_lies_costs_no_byte);
    tcase_add_test(tc, a_message_that_was_begun_is_not_sent_when_the_connection_is_closed);
    tcase_add_test(tc, whatever_the_pieces_each_message_ends_with_the_serial_of_who_sent_it);
    tcase_add_test(tc, a_length_that_cannot_grow_is_handed_on_as_it_is);
    tcase_add_test(tc, who_shows_no_certificate_has_a_serial_of_zeros_and_harms_nothing);
    tcase_add_test(tc, a_serial_is_taken_off_the_end_or_there_is_none);
}
TOC_CHECK_MAIN("tls_pieces", add_tests)
