// SPDX-License-Identifier: MIT
#ifndef TOC_TLS_ROOM_H
#define TOC_TLS_ROOM_H

// A run's certificates, and nng sockets that talk over TLS on this machine, for tests. No socket is
// ever closed: nng_close can hang with traffic in flight, and each test is a process of its own,
// whose end closes everything. Waiting is always for a condition, with a deadline.

#include <check.h>
#include <nng/nng.h>
#include <nng/protocol/pubsub0/pub.h>
#include <nng/protocol/pubsub0/sub.h>
#include <nng/supplemental/tls/tls.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include "base/buf.h"
#include "check_main.h"
#include "crypto/certificate.h"
#include "crypto/tls.h"

enum { DEADLINE_MS = 20000 };

// A certificate with its key.
typedef struct {
    toc_buf cert;
    toc_buf key;
    char serial[33];
} identity;

// A run: a server, two audiences, two seats of the first and one of the second.
static struct {
    identity server_ca, server;
    identity wind_ca, wind_1, wind_2;
    identity space_ca, space_1;
} run;

// How many pipes a socket has had, told by nng's threads.
typedef struct {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int added;
    int verified;
    nng_pipe newest;
} pipes;

static inline void make_client(const identity *ca, const char *seat, identity *out)
{
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_client_cert_new(ca->cert.data, ca->key.data, seat, &out->cert, &out->key,
                                       out->serial, &e),
                   e);
}

static inline void make_ca(const char *name, identity *out)
{
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_ca_new(name, &out->cert, &out->key, &e), e);
}

static inline void make_server(const identity *ca, identity *out)
{
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_server_cert_new(ca->cert.data, ca->key.data, "exercise-hall", &out->cert,
                                       &out->key, &e),
                   e);
}

static inline void setup_run(void)
{
    make_ca("Tocsin server CA", &run.server_ca);
    make_ca("Tocsin audience wind", &run.wind_ca);
    make_ca("Tocsin audience space", &run.space_ca);
    make_server(&run.server_ca, &run.server);
    make_client(&run.wind_ca, "wind-1", &run.wind_1);
    make_client(&run.wind_ca, "wind-2", &run.wind_2);
    make_client(&run.space_ca, "space-1", &run.space_1);
}

static inline void fini_identity(identity *id)
{
    toc_buf_fini(&id->cert);
    toc_buf_fini(&id->key);
}

static inline void free_run(void)
{
    identity *all[] = {&run.server_ca, &run.server,   &run.wind_ca, &run.wind_1,
                       &run.wind_2,    &run.space_ca, &run.space_1};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        fini_identity(all[i]);
}

static inline void start_tls(void)
{
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_tls_use(&e), e);
}

static inline void nng_ok(int rv)
{
    ck_assert_msg(rv == 0, "%s", nng_strerror(rv));
}

static inline int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static inline void on_added(nng_pipe p, nng_pipe_ev event, void *arg)
{
    pipes *s = arg;
    bool verified = false;
    (void)event;
    nng_pipe_get_bool(p, NNG_OPT_TLS_VERIFIED, &verified);
    pthread_mutex_lock(&s->lock);
    s->added++;
    s->verified += verified;
    s->newest = p;
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->lock);
}

static inline void watch(nng_socket socket, pipes *s)
{
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->changed, NULL);
    nng_ok(nng_pipe_notify(socket, NNG_PIPE_EV_ADD_POST, on_added, s));
}

static inline int count_added(pipes *s)
{
    pthread_mutex_lock(&s->lock);
    int n = s->added;
    pthread_mutex_unlock(&s->lock);
    return n;
}

static inline int await_for(pipes *s, const int *counter, int n, int seconds)
{
    struct timespec end;
    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_sec += seconds;
    pthread_mutex_lock(&s->lock);
    int rv = 0;
    while (*counter < n && rv == 0)
        rv = pthread_cond_timedwait(&s->changed, &s->lock, &end);
    int have = *counter;
    pthread_mutex_unlock(&s->lock);
    return have;
}

static inline void await(pipes *s, const int *counter, int n)
{
    int have = await_for(s, counter, n, DEADLINE_MS / 1000);
    ck_assert_msg(have >= n, "%d of %d pipes before the deadline", have, n);
}

static inline nng_tls_config *server_config(const identity *server, const identity *ca)
{
    nng_tls_config *config;
    nng_ok(nng_tls_config_alloc(&config, NNG_TLS_MODE_SERVER));
    nng_ok(nng_tls_config_own_cert(config, server->cert.data, server->key.data, NULL));
    nng_ok(nng_tls_config_ca_chain(config, ca->cert.data, NULL));
    nng_ok(nng_tls_config_auth_mode(config, NNG_TLS_AUTH_MODE_REQUIRED));
    return config;
}

// id and name may be NULL: no certificate, no check of the server's name.
static inline nng_tls_config *client_config(const identity *ca, const identity *id,
                                            const char *name)
{
    nng_tls_config *config;
    nng_ok(nng_tls_config_alloc(&config, NNG_TLS_MODE_CLIENT));
    nng_ok(nng_tls_config_ca_chain(config, ca->cert.data, NULL));
    nng_ok(nng_tls_config_auth_mode(config, NNG_TLS_AUTH_MODE_REQUIRED));
    if (id)
        nng_ok(nng_tls_config_own_cert(config, id->cert.data, id->key.data, NULL));
    if (name)
        nng_ok(nng_tls_config_server_name(config, name));
    return config;
}

// listen_on takes the config over and gives the port.
static inline int listen_on(nng_socket socket, nng_tls_config *config)
{
    nng_listener listener;
    int port = 0;
    nng_ok(nng_listener_create(&listener, socket, "tls+tcp://127.0.0.1:0"));
    nng_ok(nng_listener_set_ptr(listener, NNG_OPT_TLS_CONFIG, config));
    nng_tls_config_free(config);
    nng_ok(nng_listener_start(listener, 0));
    nng_ok(nng_listener_get_int(listener, NNG_OPT_TCP_BOUND_PORT, &port));
    return port;
}

// dial takes the config over. It waits for the first attempt and gives its result.
static inline int dial(nng_socket socket, int port, nng_tls_config *config)
{
    nng_dialer dialer;
    char url[64];
    snprintf(url, sizeof url, "tls+tcp://127.0.0.1:%d", port);
    nng_ok(nng_dialer_create(&dialer, socket, url));
    nng_ok(nng_dialer_set_ptr(dialer, NNG_OPT_TLS_CONFIG, config));
    nng_ok(nng_dialer_set_ms(dialer, NNG_OPT_RECONNMINT, 1));
    nng_ok(nng_dialer_set_ms(dialer, NNG_OPT_RECONNMAXT, 10));
    nng_tls_config_free(config);
    return nng_dialer_start(dialer, 0);
}

// Takes off what our engine adds to each message that a server receives, and asserts that it came from that seat.
static inline nng_msg *take_serial(nng_msg *msg, const identity *from)
{
    char serial[33];
    size_t len = nng_msg_len(msg);
    ck_assert(toc_tls_serial_of(nng_msg_body(msg), &len, serial));
    ck_assert_str_eq(serial, from->serial);
    nng_ok(nng_msg_chop(msg, nng_msg_len(msg) - len));
    return msg;
}

static inline nng_socket open_pub(void)
{
    nng_socket pub;
    nng_ok(nng_pub0_open(&pub));
    return pub;
}

static inline nng_socket open_sub(void)
{
    nng_socket sub;
    nng_ok(nng_sub0_open(&sub));
    nng_ok(nng_socket_set(sub, NNG_OPT_SUB_SUBSCRIBE, "", 0));
    return sub;
}

static inline bool readable(nng_socket socket, int wait_ms)
{
    int fd = -1;
    nng_ok(nng_socket_get_int(socket, NNG_OPT_RECVFD, &fd));
    return poll(&(struct pollfd){.fd = fd, .events = POLLIN}, 1, wait_ms) == 1;
}

// A subscription takes a while to reach the publisher, who drops what nobody asked for.
static inline bool publish_for(nng_socket pub, nng_socket sub, int wait_ms)
{
    int64_t end = now_ms() + wait_ms;
    bool arrived = false;
    while (!arrived && now_ms() < end) {
        nng_ok(nng_send(pub, (char[]){"an inject"}, 10, 0));
        arrived = readable(sub, 5);
    }
    return arrived;
}

static inline void publish_until_received(nng_socket pub, nng_socket sub)
{
    char text[64];
    size_t len = sizeof text;
    ck_assert_msg(publish_for(pub, sub, DEADLINE_MS), "nothing was received before the deadline");
    nng_ok(nng_recv(sub, text, &len, NNG_FLAG_NONBLOCK));
    ck_assert_str_eq(text, "an inject");
}

#endif
