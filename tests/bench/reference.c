// SPDX-License-Identifier: MIT
#include "reference.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#include <uv.h>

#include "base/files.h"
#include "base/mem.h"
#include "bench.h"
#include "crowd.h"
#include "crypto/certificate.h"
#include "process.h"

enum {
    PATIENCE_S = 60, // for a round; a busy machine is no fault of a server's
    SETTLE_MS = 500, // for a first message to come to all
    SETTLE_TRIES = 40,
};

struct toc_reference {
    toc_reference_kind kind;
    process server;
    char folder[32];
    toc_tls_client *tls;
    uv_loop_t loop;
    uv_timer_t guard;
    toc_crowd *crowd;
    size_t count;     // receivers
    size_t sender;    // who sends to all; of ECHO nobody
    char *line;       // the one under way
    size_t line_len;  // and of a question to the echo
    size_t round;     // its number, from 1
    size_t *has;      // the round of the newest line that each receiver has
    size_t heard;     // receivers that have it
    bool is_answered; // nng's REP has answered the sender
    bool is_late;
    double sent, middle, last;
    // Of ECHO.
    double *began; // when each receiver asked
    double *took;
    size_t asked, answered, wanted;
};

static const char *const names[TOC_REFERENCES] = {"nng PUB", "Node ws", "nats-server",
                                                  "nng REP echo"};

static const char *absence(toc_reference_kind kind);
static void make_folder(toc_reference *r);
static void start(toc_reference *r);
static void await_ports(toc_reference *r, int ports[2]);
static void join(toc_reference *r, const int ports[2]);
static bool send_round(toc_reference *r, unsigned patience_ms);
static void run_until(toc_reference *r, unsigned patience_ms);
static void ask(toc_reference *r, size_t which);
static void on_joined(void *context);
static void on_message(void *context, size_t which, const char *bytes, size_t len);
static void on_answer(toc_reference *r, size_t which, size_t len);
static void on_end(void *context, size_t which, const char *why);
static void on_guard(uv_timer_t *timer);

const char *toc_reference_name(toc_reference_kind kind)
{
    return names[kind];
}

toc_reference *toc_reference_open(toc_reference_kind kind, size_t count, const char **absent)
{
    int ports[2];
    struct rlimit files;
    *absent = absence(kind);
    if (*absent)
        return NULL;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    toc_reference *r = toc_alloc(sizeof *r);
    r->kind = kind;
    r->count = count;
    uv_loop_init(&r->loop);
    uv_timer_init(&r->loop, &r->guard);
    r->guard.data = r;
    r->began = toc_alloc(count * sizeof *r->began);
    r->has = toc_alloc(count * sizeof *r->has);
    make_folder(r);
    start(r);
    await_ports(r, ports);
    join(r, ports);
    return r;
}

void toc_reference_close(toc_reference *r)
{
    if (!r)
        return;
    process_close_in(&r->server);
    process_end(&r->server, PATIENCE_S);
    process_free(&r->server);
    toc_crowd_free(r->crowd);
    uv_close((uv_handle_t *)&r->guard, NULL);
    uv_run(&r->loop, UV_RUN_DEFAULT);
    toc_bench_require(uv_loop_close(&r->loop) == 0, "a reference's loop has nothing left");
    toc_tls_client_free(r->tls);
    folder_remove(toc_strdup(r->folder));
    free(r->line);
    free(r->began);
    free(r->has);
    free(r);
}

void toc_reference_broadcast(toc_reference *r, size_t rounds, double *last, double *middle)
{
    for (size_t i = 0; i < rounds; i++) {
        toc_bench_require(send_round(r, PATIENCE_S * 1000), "all of the crowd have the message");
        last[i] = r->last - r->sent;
        if (middle)
            middle[i] = r->middle - r->sent;
    }
}

void toc_reference_ask(toc_reference *r, size_t rounds, double *took)
{
    for (size_t i = 0; i < rounds; i++) {
        r->asked = r->answered = 0;
        r->wanted = 1;
        r->took = took + i;
        ask(r, i % r->count);
        run_until(r, PATIENCE_S * 1000);
        toc_bench_require(r->answered == 1, "the echo answers");
    }
}

double toc_reference_ask_all(toc_reference *r, size_t answers, double *took)
{
    r->asked = r->answered = 0;
    r->wanted = answers;
    r->took = took;
    double began = toc_bench_now();
    for (size_t i = 0; i < r->count && r->asked < answers; i++)
        ask(r, i);
    run_until(r, PATIENCE_S * 1000);
    toc_bench_require(r->answered == answers, "the echo answers all");
    return (double)answers / (r->last - began);
}

double toc_reference_cpu(const toc_reference *r)
{
    const char *own = strstr(r->server.said.data, "pid "); // a script's server has another one
    return toc_bench_cpu_of(own ? (pid_t)strtol(own + 4, NULL, 10) : r->server.pid);
}

char *toc_reference_line(size_t number)
{
    return toc_sprintf(
        "{\"n\":%zu,\"t\":%zu,\"k\":\"message\",\"inject\":\"INJ-%04zu\",\"from\":\"Agency wire\","
        "\"to\":[\"crisis\",\"csirt\",\"transport\"],\"channel\":\"press\",\"subject\":\"Wind "
        "farms "
        "in the north out of remote control\",\"text\":\"Operators of wind farms in three counties "
        "have lost remote control of several hundred turbines since about 06:00. The turbines go "
        "on "
        "turning and feed the grid; a spokeswoman said that nobody can switch them off from the "
        "control room. Satellite terminals of at least two makers show no link. The regulator has "
        "been told. The cause is not known, and a connection with the events of this night was "
        "neither confirmed nor ruled out.\"}",
        100000 + number, 1800000 + number, number % 10000);
}

char *toc_reference_question(size_t number)
{
    return toc_sprintf("{\"op\":\"decide\",\"token\":\"5f0c6f0de6a94b3b8f1d7f6f2f9a1c3e\",\"id\":"
                       "\"81-%zu\",\"decision\":\"DEC-03\",\"option\":\"warn\",\"text\":\"We warn "
                       "the owners now and name what is not known yet.\",\"because\":\"Waiting "
                       "costs more than a correction.\"}",
                       100000 + number);
}

static const char *absence(toc_reference_kind kind)
{
    switch (kind) {
    case TOC_REFERENCE_NODE:
        if (access(TOC_REFERENCES_FOLDER "/node_modules/ws/package.json", R_OK) != 0)
            return "the package ws is not installed";
        break;
    case TOC_REFERENCE_NATS:
        if (access(TOC_REFERENCES_FOLDER "/usr/sbin/nats-server", X_OK) != 0)
            return "nats-server is not installed";
        break;
    default:
        break;
    }
    return NULL;
}

// The folder holds what the servers read; what the crowd needs is only here.
static void make_folder(toc_reference *r)
{
    toc_error e;
    toc_buf ca = {0}, ca_key = {0}, cert = {0}, key = {0};
    toc_buf audience = {0}, audience_key = {0}, seat = {0}, seat_key = {0};
    char serial[33];
    const struct {
        const char *name;
        const toc_buf *text;
    } files[] = {{"server.pem", &cert}, {"server.key", &key}, {"audience.pem", &audience}};
    strcpy(r->folder, "/tmp/tocsin-bench-XXXXXX");
    bool is_made =
        mkdtemp(r->folder) && toc_ca_new("server", &ca, &ca_key, &e) == TOC_OK &&
        toc_server_cert_new(ca.data, ca_key.data, NULL, &cert, &key, &e) == TOC_OK &&
        toc_ca_new("audience", &audience, &audience_key, &e) == TOC_OK &&
        toc_client_cert_new(audience.data, audience_key.data, "seat", &seat, &seat_key, serial,
                            &e) == TOC_OK &&
        toc_tls_client_new(&r->tls, ca.data, seat.data, seat_key.data, "localhost", &e) == TOC_OK;
    for (size_t i = 0; is_made && i < TOC_COUNT(files); i++) {
        char *path = toc_sprintf("%s/%s", r->folder, files[i].name);
        is_made =
            toc_file_write_private(path, files[i].text->data, files[i].text->len, &e) == TOC_OK;
        free(path);
    }
    toc_bench_require(is_made, "a reference's certificates");
    toc_buf *all[] = {&ca, &ca_key, &cert, &key, &audience, &audience_key, &seat, &seat_key};
    for (size_t i = 0; i < TOC_COUNT(all); i++)
        toc_buf_fini(all[i]);
}

static void start(toc_reference *r)
{
    const char *const nng[] = {TOC_REFERENCE_BINARY,
                               r->kind == TOC_REFERENCE_ECHO ? "echo" : "publish", r->folder, NULL};
    const char *const node[] = {"node", TOC_BENCH_SOURCES "/reference_node.js", r->folder, NULL};
    const char *const nats[] = {TOC_BENCH_SOURCES "/reference_nats.sh",
                                TOC_REFERENCES_FOLDER "/usr/sbin/nats-server", r->folder, NULL};
    setenv("NODE_PATH", TOC_REFERENCES_FOLDER "/node_modules", 1);
    process_start(&r->server, r->kind == TOC_REFERENCE_NODE   ? node
                              : r->kind == TOC_REFERENCE_NATS ? nats
                                                              : nng);
}

// ports: where the sender goes, and where the crowd does.
static void await_ports(toc_reference *r, int ports[2])
{
    bool is_nats = r->kind == TOC_REFERENCE_NATS;
    const char *word = is_nats ? "Listening for client connections on 127.0.0.1:" : "ready ";
    size_t at = 0;
    bool is_ready = process_until(&r->server, word, &at, PATIENCE_S);
    size_t end = at;
    is_ready =
        is_ready && process_until(&r->server, is_nats ? "Server is ready" : "\n", &end, PATIENCE_S);
    if (!is_ready)
        fprintf(stderr, "%s said: %s\n", names[r->kind], toc_buf_text(&r->server.said));
    toc_bench_require(is_ready, "a reference's server starts");
    char *rest;
    ports[0] = (int)strtol(r->server.said.data + at, &rest, 10);
    ports[1] = is_nats ? ports[0] : (int)strtol(rest, NULL, 10);
}

// The crowd, and beside it, of what is broadcast, its sender. A subscription takes a while to reach
// the publisher: messages are sent until one has come to all.
static void join(toc_reference *r, const int ports[2])
{
    const toc_speech crowd[] = {TOC_SPEECH_SUB, TOC_SPEECH_WS, TOC_SPEECH_NATS_SUB, TOC_SPEECH_REQ};
    const toc_speech sender[] = {TOC_SPEECH_REQ, TOC_SPEECH_WS, TOC_SPEECH_NATS_PUB};
    bool is_echo = r->kind == TOC_REFERENCE_ECHO;
    toc_crowd_calls calls = {r, on_joined, on_message, on_end};
    toc_crowd_door door = {"127.0.0.1", ports[is_echo ? 0 : 1], crowd[r->kind], r->tls};
    r->crowd = toc_crowd_new(&r->loop, &calls);
    toc_crowd_add(r->crowd, &door, r->count);
    r->sender = r->count;
    if (!is_echo) {
        door.port = ports[0];
        door.speech = sender[r->kind];
        toc_crowd_add(r->crowd, &door, 1);
    }
    run_until(r, PATIENCE_S * 1000);
    toc_bench_require(!r->is_late, "a reference's crowd is let in");
    bool is_settled = is_echo;
    r->is_answered = true;
    for (size_t i = 0; !is_settled && i < SETTLE_TRIES; i++)
        is_settled = send_round(r, SETTLE_MS);
    toc_bench_require(is_settled, "a first message comes to all of the crowd");
}

// False if it has not come to all in time.
static bool send_round(toc_reference *r, unsigned patience_ms)
{
    free(r->line);
    r->line = toc_reference_line(++r->round);
    r->line_len = strlen(r->line);
    r->heard = 0;
    r->is_answered = r->kind != TOC_REFERENCE_NNG;
    r->sent = toc_bench_now();
    toc_crowd_send(r->crowd, r->sender, r->line, r->line_len);
    run_until(r, patience_ms);
    return !r->is_late;
}

static void run_until(toc_reference *r, unsigned patience_ms)
{
    r->is_late = false;
    uv_timer_start(&r->guard, on_guard, patience_ms, 0);
    uv_run(&r->loop, UV_RUN_DEFAULT);
    uv_timer_stop(&r->guard);
}

static void ask(toc_reference *r, size_t which)
{
    char *question = toc_reference_question(r->asked++);
    r->line_len = strlen(question); // of all the same
    r->began[which] = toc_bench_now();
    toc_crowd_send(r->crowd, which, question, r->line_len);
    free(question);
}

static void on_joined(void *context)
{
    toc_reference *r = context;
    uv_stop(&r->loop);
}

static void on_message(void *context, size_t which, const char *bytes, size_t len)
{
    toc_reference *r = context;
    if (r->kind == TOC_REFERENCE_ECHO) {
        on_answer(r, which, len);
        return;
    }
    if (which == r->sender) {
        r->is_answered = true;
    } else if (len == r->line_len && memcmp(bytes, r->line, len) == 0) {
        toc_bench_require(r->has[which] != r->round, "nobody has a message twice");
        r->has[which] = r->round;
        r->heard++;
        if (r->heard == (r->count + 1) / 2)
            r->middle = toc_bench_now();
        if (r->heard == r->count)
            r->last = toc_bench_now();
    }
    if (r->heard == r->count && r->is_answered)
        uv_stop(&r->loop);
}

static void on_answer(toc_reference *r, size_t which, size_t len)
{
    toc_bench_require(len == r->line_len, "the echo says what it was asked");
    r->last = toc_bench_now();
    r->took[r->answered++] = r->last - r->began[which];
    if (r->answered == r->wanted)
        uv_stop(&r->loop);
    else if (r->asked < r->wanted)
        ask(r, which);
}

static void on_end(void *context, size_t which, const char *why)
{
    toc_reference *r = context;
    fprintf(stderr, "%s: connection %zu: %s\n", names[r->kind], which, why);
    toc_bench_require(false, "a reference's connections stand");
}

static void on_guard(uv_timer_t *timer)
{
    toc_reference *r = timer->data;
    r->is_late = true;
    uv_stop(&r->loop);
}
