// SPDX-License-Identifier: MIT
// How connections end at a server. nng 1.5.2 loses operations that are begun after a close, and then
// waits for them for ever (crypto/carrier.h): these tests bring it there each time.
#include <arpa/inet.h>
#include <check.h>
#include <nng/nng.h>
#include <nng/protocol/reqrep0/rep.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/mem.h"
#include "carrier.h"
#include "check_main.h"
#include "tls_room.h"

enum {
    IN_THE_WAY = 64, // more than nng has threads for callbacks: it takes two a core, 16 at most
    LEAVERS = 100,
    TO_PUB = 0x21, // SP's numbers of SUB and REQ
    TO_REP = 0x30,
};

// Callbacks that keep all of nng's threads for callbacks waiting: what is finished meanwhile is told
// when they are let go.
typedef struct {
    pthread_mutex_t lock;
    nng_aio *aios[IN_THE_WAY];
} jam;

static void on_jam(void *context)
{
    jam *j = context;
    pthread_mutex_lock(&j->lock);
    pthread_mutex_unlock(&j->lock);
}

static void hold_up(jam *j)
{
    pthread_mutex_init(&j->lock, NULL);
    pthread_mutex_lock(&j->lock);
    for (size_t i = 0; i < IN_THE_WAY; i++) {
        nng_ok(nng_aio_alloc(&j->aios[i], on_jam, j));
        ck_assert(nng_aio_begin(j->aios[i]));
        nng_aio_finish(j->aios[i], 0);
    }
}

static void let_go(jam *j)
{
    pthread_mutex_unlock(&j->lock);
    for (size_t i = 0; i < IN_THE_WAY; i++)
        nng_aio_free(j->aios[i]);
}

// How many pipes a server's socket lost.
static void on_removed(nng_pipe p, nng_pipe_ev event, void *arg)
{
    pipes *s = arg;
    (void)p;
    (void)event;
    pthread_mutex_lock(&s->lock);
    s->verified++;
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->lock);
}

static void watch_removed(nng_socket socket, pipes *s)
{
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->changed, NULL);
    nng_ok(nng_pipe_notify(socket, NNG_PIPE_EV_REM_POST, on_removed, s));
}

// nng calls back for as long as the process lives.
static pipes *new_pipes(void)
{
    return toc_alloc(sizeof(pipes));
}

static SSL_CTX *new_context(const identity *id)
{
    SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
    BIO *cert = BIO_new_mem_buf(id->cert.data, -1), *key = BIO_new_mem_buf(id->key.data, -1);
    X509 *x = PEM_read_bio_X509(cert, NULL, NULL, NULL);
    EVP_PKEY *k = PEM_read_bio_PrivateKey(key, NULL, NULL, NULL);
    ck_assert_int_eq(SSL_CTX_use_certificate(ctx, x), 1);
    ck_assert_int_eq(SSL_CTX_use_PrivateKey(ctx, k), 1);
    X509_free(x);
    EVP_PKEY_free(k);
    BIO_free(cert);
    BIO_free(key);
    return ctx;
}

static int connect_raw(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct timeval most = {.tv_sec = DEADLINE_MS / 1000};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_ge(fd, 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
    ck_assert_int_eq(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

// greet makes a connection of SP's, which nothing but TLS and a socket stands behind.
static SSL *greet(SSL_CTX *ctx, int port, unsigned char protocol)
{
    unsigned char theirs[8], ours[8] = {0, 'S', 'P', 0, 0, protocol, 0, 0};
    SSL *ssl = SSL_new(ctx);
    SSL_set_fd(ssl, connect_raw(port));
    ck_assert_int_eq(SSL_connect(ssl), 1);
    ck_assert_int_eq(SSL_read(ssl, theirs, sizeof theirs), sizeof theirs);
    ck_assert_int_eq(SSL_write(ssl, ours, sizeof ours), sizeof ours);
    return ssl;
}

// Without a close-notify, as a program that is killed.
static void leave(SSL *ssl)
{
    int fd = SSL_get_fd(ssl);
    SSL_free(ssl);
    close(fd);
}

START_TEST(nng_calls_the_functions_that_are_ours)
{
    start_tls();
    ck_assert(toc_carrier_watches());
}
END_TEST

START_TEST(what_failed_below_is_never_told_as_closed)
{
    static const int results[][2] = {{0, 0},
                                     {NNG_ECONNRESET, NNG_ECONNRESET},
                                     {NNG_ECONNSHUT, NNG_ECONNSHUT},
                                     {NNG_ECLOSED, NNG_ECONNABORTED},
                                     {NNG_ECANCELED, NNG_ECONNABORTED}};
    start_tls();
    ck_assert_int_eq(toc_carrier_failure(&(toc_carrier){0}), 0);
    for (size_t i = 0; i < TOC_COUNT(results); i++) {
        nng_aio *aio;
        nng_ok(nng_aio_alloc(&aio, NULL, NULL));
        ck_assert(nng_aio_begin(aio));
        nng_aio_finish(aio, results[i][0]);
        ck_assert_int_eq(toc_carrier_failure(&(toc_carrier){.sending = aio}), results[i][1]);
        ck_assert_int_eq(toc_carrier_failure(&(toc_carrier){.receiving = aio}), results[i][1]);
        nng_aio_free(aio);
    }
}
END_TEST

// The close finds the length of a message sent and its body not yet.
START_TEST(a_connection_closed_between_two_pieces_of_a_message_is_taken_down)
{
    start_tls();
    jam j;
    pipes *added = new_pipes(), *removed = new_pipes();
    nng_socket pub = open_pub();
    watch(pub, added);
    watch_removed(pub, removed);
    int port = listen_on(pub, server_config(&run.server, &run.wind_ca));
    SSL_CTX *ctx = new_context(&run.wind_1);
    for (int i = 1; i <= 5; i++) {
        SSL *ssl = greet(ctx, port, TO_PUB);
        await(added, &added->added, i);
        hold_up(&j);
        nng_ok(nng_send(pub, (char[]){"an inject"}, 10, 0));
        nng_pipe_close(added->newest);
        let_go(&j);
        await(removed, &removed->verified, i);
        leave(ssl);
    }
    SSL_CTX_free(ctx);
}
END_TEST

// The end comes while the message before it is handed up, and nng has asked for nothing more.
START_TEST(whoever_leaves_right_after_a_question_is_taken_down)
{
    static const unsigned char question[] = "\0\0\0\0\0\0\0\5\x80\0\0\1?";
    start_tls();
    pipes *added = new_pipes(), *removed = new_pipes();
    nng_socket rep;
    nng_ok(nng_rep0_open_raw(&rep));
    nng_ok(nng_socket_set_int(rep, NNG_OPT_RECVBUF, LEAVERS));
    watch(rep, added);
    watch_removed(rep, removed);
    int port = listen_on(rep, server_config(&run.server, &run.wind_ca));
    SSL_CTX *ctx = new_context(&run.wind_1);
    for (int i = 1; i <= LEAVERS; i++) {
        SSL *ssl = greet(ctx, port, TO_REP);
        await(added, &added->added, i);
        ck_assert_int_gt(SSL_write(ssl, question, sizeof question - 1), 0);
        leave(ssl);
    }
    await(removed, &removed->verified, LEAVERS);
    SSL_CTX_free(ctx);
}
END_TEST

// What nng then sends fails with EPIPE, which it calls "closed"; told to its listener, that stops it.
START_TEST(whoever_leaves_amid_the_handshake_does_not_shut_the_door)
{
    start_tls();
    jam j;
    pipes *added = new_pipes();
    nng_socket pub = open_pub();
    watch(pub, added);
    int port = listen_on(pub, server_config(&run.server, &run.wind_ca));
    SSL_CTX *ctx = new_context(&run.wind_1);
    for (int i = 0; i < 20 * LEAVERS; i++) {
        const bool jammed = i % 20 == 0;
        SSL *ssl = SSL_new(ctx);
        BIO *in = BIO_new(BIO_s_mem()), *out = BIO_new(BIO_s_mem());
        SSL_set_bio(ssl, in, out);
        ck_assert_int_le(SSL_connect(ssl), 0);
        char *hello;
        long len = BIO_get_mem_data(out, &hello);
        int fd = connect_raw(port);
        if (jammed)
            hold_up(&j);
        ck_assert_int_eq(send(fd, hello, (size_t)len, MSG_NOSIGNAL), len);
        shutdown(fd, SHUT_WR);
        struct linger reset = {.l_onoff = 1};
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
        close(fd);
        if (jammed)
            let_go(&j);
        SSL_free(ssl);
    }
    SSL *ssl = greet(ctx, port, TO_PUB);
    await(added, &added->added, 1);
    leave(ssl);
    SSL_CTX_free(ctx);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, setup_run, free_run);
    tcase_add_test(tc, nng_calls_the_functions_that_are_ours);
    tcase_add_test(tc, what_failed_below_is_never_told_as_closed);
    tcase_add_test(tc, a_connection_closed_between_two_pieces_of_a_message_is_taken_down);
    tcase_add_test(tc, whoever_leaves_right_after_a_question_is_taken_down);
    tcase_add_test(tc, whoever_leaves_amid_the_handshake_does_not_shut_the_door);
}
TOC_CHECK_MAIN("tls_end", add_tests)
