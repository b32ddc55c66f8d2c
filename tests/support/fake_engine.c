// SPDX-License-Identifier: MIT
#include "fake_engine.h"

#include <check.h>
#include <nng/nng.h>
#include <nng/protocol/pubsub0/pub.h>
#include <nng/protocol/reqrep0/rep.h>
#include <nng/supplemental/tls/tls.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "check_main.h"
#include "crypto/certificate.h"
#include "crypto/crypto.h"
#include "crypto/tls.h"
#include "record/json.h"

enum {
    PAGE = 3,
    MOST = 4096,
    PIPES = 256,
    PART = 1000,
    REQUEST_BYTES = 65536, // as the engine has it: a larger message drops its connection
    QUEUE = 8192, // as there: without room nng refuses a reply while its threads are busy
};

struct fake_engine {
    nng_socket rep, pub;
    nng_listener listeners[2];
    int ports[2];
    uv_poll_t poll;
    toc_buf ca, ca_key, server, server_key, team_ca, team_key;
    toc_ticket ticket, foreign;
    pthread_mutex_t lock; // over pipes: nng's threads tell of them
    nng_pipe pipes[PIPES];
    size_t pipe_count;
    char *lines[MOST]; // the feed
    size_t line_count;
    char *ids[MOST], *answers[MOST]; // what was answered, by id
    size_t answered;
    char *said[MOST];
    size_t said_count, joins, repeats, pings;
    const char
        *farewell;      // the ticket is dead, and this is what its bearer is told; NULL: it is not
    int newest_session; // 0: none
    int first_session;  // sessions before it are unknown
    int lose;
    toc_buf order;
    bool is_holding;
    bool is_mute, is_sat_at; // somebody else sits there
    char state[16];
};

static void on_pipe(nng_pipe p, nng_pipe_ev event, void *arg)
{
    fake_engine *f = arg;
    (void)event;
    pthread_mutex_lock(&f->lock);
    if (f->pipe_count < PIPES)
        f->pipes[f->pipe_count++] = p;
    pthread_mutex_unlock(&f->lock);
}

static void nng_ok(int rv)
{
    ck_assert_msg(rv == 0, "%s", nng_strerror(rv));
}

static void publish(fake_engine *f, const char *text)
{
    if (!f->is_mute)
        nng_ok(nng_send(f->pub, (void *)text, strlen(text), 0));
}

// The answer to a request, made once for each id.
static char *make_answer(fake_engine *f, const char *op, const char *id, const toc_json *j)
{
    toc_buf out = {0};
    toc_buf_printf(&out, "{\"id\":\"%s\",\"ok\":true", id);
    int session = 0;
    f->pings += strcmp(op, "ping") == 0;
    const char *back = toc_json_text(toc_json_get(j, "session"));
    if (f->farewell) {
        toc_buf_clear(&out);
        toc_buf_printf(&out,
                       "{\"id\":\"%s\",\"ok\":false,\"error\":{\"code\":\"no-seat\",\"text\":"
                       "\"%s\"}",
                       id, f->farewell);
    } else if (strcmp(op, "join") == 0 && f->is_sat_at && back &&
               atoi(back + 1) < f->newest_session) {
        toc_buf_clear(&out);
        toc_buf_printf(&out,
                       "{\"id\":\"%s\",\"ok\":false,\"error\":{\"code\":\"taken-over\",\"text\":"
                       "\"no\"}",
                       id);
    } else if (strcmp(op, "join") == 0) {
        const char *had = toc_json_text(toc_json_get(j, "session"));
        if (!had || atoi(had + 1) != f->newest_session || f->newest_session < f->first_session)
            f->newest_session++;
        f->joins++;
        toc_buf_printf(&out,
                       ",\"session\":\"s%d\",\"head\":%zu,\"clock\":{\"state\":\"%s\",\"t\":5,"
                       "\"emergency\":false,\"speed\":1000,\"pace\":1000,\"story\":\"\","
                       "\"length\":1}",
                       f->newest_session, f->line_count, f->state);
    } else if ((session = atoi(id + 1)) < f->first_session || session != f->newest_session) {
        toc_buf_clear(&out);
        toc_buf_printf(&out,
                       "{\"id\":\"%s\",\"ok\":false,\"error\":{\"code\":\"%s\",\"text\":\"no\"}",
                       id, session < f->first_session ? "no-session" : "taken-over");
    } else if (strcmp(op, "say") == 0) {
        f->said[f->said_count++] = toc_strdup(toc_json_text(toc_json_get(j, "text")));
    } else if (strcmp(op, "feed") == 0) {
        int64_t from = 0;
        toc_json_int(toc_json_get(j, "from"), &from);
        toc_buf_str(&out, ",\"lines\":[");
        for (size_t i = 0; i < PAGE && (size_t)from - 1 + i < f->line_count; i++)
            toc_buf_printf(&out, "%s%s", i ? "," : "", f->lines[(size_t)from - 1 + i]);
        toc_buf_printf(&out, "],\"head\":%zu", f->line_count);
    } else if (strcmp(op, "attachment") == 0) {
        int64_t part = 0;
        toc_json_int(toc_json_get(j, "part"), &part);
        char data[PART];
        memset(data, 'a' + (int)part, sizeof data);
        toc_buf_printf(&out, ",\"path\":\"a.png\",\"part\":%d,\"parts\":3,\"data\":\"", (int)part);
        toc_base64_encode(&out, data, sizeof data);
        toc_buf_str(&out, "\"");
    }
    toc_buf_printf(&out, ",\"receipt\":\"%064d\"}", 7);
    return toc_buf_take(&out);
}

static void note_order(fake_engine *f, const char *op, const char *id)
{
    char *line = toc_sprintf("%s %s\n", op, id);
    size_t len = strlen(line);
    bool is_again = f->order.len >= len && strcmp(f->order.data + f->order.len - len, line) == 0;
    if (!is_again)
        toc_buf_str(&f->order, line);
    free(line);
}

static void on_request(uv_poll_t *poll, int status, int events)
{
    fake_engine *f = poll->data;
    nng_msg *msg;
    (void)status;
    (void)events;
    while (nng_recvmsg(f->rep, &msg, NNG_FLAG_NONBLOCK) == 0) {
        toc_json *j;
        toc_error e;
        char serial[33];
        size_t len = nng_msg_len(msg);
        ck_assert(toc_tls_serial_of(nng_msg_body(msg), &len, serial));
        TOC_OK_OR_FAIL(toc_json_read(&j, nng_msg_body(msg), len, TOC_JSON_DESK, &e), e);
        const char *op = toc_json_text(toc_json_get(j, "op"));
        const char *id = toc_json_text(toc_json_get(j, "id"));
        ck_assert_str_eq(toc_json_text(toc_json_get(j, "token")), f->ticket.token);
        note_order(f, op, id);
        if (f->is_holding && strcmp(op, "preview") == 0) {
            toc_json_free(j);
            nng_msg_free(msg);
            continue;
        }
        char *answer = NULL;
        for (size_t i = 0; i < f->answered && !answer; i++)
            if (strcmp(f->ids[i], id) == 0)
                answer = f->answers[i];
        f->repeats += answer != NULL;
        if (!answer) {
            answer = make_answer(f, op, id, j);
            ck_assert_uint_lt(f->answered, MOST);
            f->ids[f->answered] = toc_strdup(id);
            f->answers[f->answered++] = answer;
        }
        toc_json_free(j);
        if (f->lose > 0) {
            f->lose--;
            nng_msg_free(msg);
            continue;
        }
        nng_msg_clear(msg);
        nng_ok(nng_msg_append(msg, answer, strlen(answer)));
        nng_ok(nng_sendmsg(f->rep, msg, NNG_FLAG_NONBLOCK));
    }
}

static void make_ticket(fake_engine *f, toc_ticket *t, const char *ca, const char *key)
{
    toc_error e;
    char serial[33];
    toc_buf cert = {0}, cert_key = {0};
    TOC_OK_OR_FAIL(toc_client_cert_new(ca, key, "wind-1", &cert, &cert_key, serial, &e), e);
    *t = (toc_ticket){
        .exercise = toc_strdup("x"),
        .title = toc_strdup("X"),
        .marking = toc_strdup("TLP:CLEAR"),
        .run = toc_strdup("r"),
        .seat = toc_strdup("wind-1"),
        .role = toc_strdup("participant"),
        .team = toc_strdup("wind"),
        .desk = toc_sprintf("tls+tcp://127.0.0.1:%d", f->ports[0]),
        .feed = toc_sprintf("tls+tcp://127.0.0.1:%d", f->ports[1]),
        .token = toc_strdup("00112233445566778899aabbccddeeff"),
        .ca = toc_strdup(f->ca.data),
        .certificate = toc_buf_take(&cert),
        .key = toc_buf_take(&cert_key),
        .seal_key = toc_sprintf("%064d", 1),
    };
}

static void listen_on(fake_engine *f, int i)
{
    char url[64];
    nng_tls_config *config;
    nng_socket socket = i == 0 ? f->rep : f->pub;
    snprintf(url, sizeof url, "tls+tcp://127.0.0.1:%d", f->ports[i]);
    nng_ok(nng_tls_config_alloc(&config, NNG_TLS_MODE_SERVER));
    nng_ok(nng_tls_config_own_cert(config, f->server.data, f->server_key.data, NULL));
    nng_ok(nng_tls_config_ca_chain(config, f->team_ca.data, NULL));
    nng_ok(nng_tls_config_auth_mode(config, NNG_TLS_AUTH_MODE_REQUIRED));
    nng_ok(nng_listener_create(&f->listeners[i], socket, url));
    nng_ok(nng_listener_set_ptr(f->listeners[i], NNG_OPT_TLS_CONFIG, config));
    nng_tls_config_free(config);
    nng_ok(nng_listener_start(f->listeners[i], 0));
    nng_ok(nng_listener_get_int(f->listeners[i], NNG_OPT_TCP_BOUND_PORT, &f->ports[i]));
}

fake_engine *fake_engine_new(uv_loop_t *loop)
{
    toc_error e;
    toc_buf other = {0}, other_key = {0};
    fake_engine *f = toc_alloc(sizeof *f);
    TOC_OK_OR_FAIL(toc_tls_use(&e), e);
    TOC_OK_OR_FAIL(toc_ca_new("server", &f->ca, &f->ca_key, &e), e);
    TOC_OK_OR_FAIL(toc_ca_new("wind", &f->team_ca, &f->team_key, &e), e);
    TOC_OK_OR_FAIL(toc_ca_new("other", &other, &other_key, &e), e);
    TOC_OK_OR_FAIL(
        toc_server_cert_new(f->ca.data, f->ca_key.data, NULL, &f->server, &f->server_key, &e), e);
    pthread_mutex_init(&f->lock, NULL);
    strcpy(f->state, "running");
    nng_ok(nng_rep0_open_raw(&f->rep));
    nng_ok(nng_socket_set_size(f->rep, NNG_OPT_RECVMAXSZ, REQUEST_BYTES + TOC_TLS_SERIAL));
    nng_ok(nng_socket_set_int(f->rep, NNG_OPT_SENDBUF, QUEUE));
    nng_ok(nng_socket_set_int(f->rep, NNG_OPT_RECVBUF, QUEUE));
    nng_ok(nng_pub0_open(&f->pub));
    nng_ok(nng_pipe_notify(f->rep, NNG_PIPE_EV_ADD_POST, on_pipe, f));
    nng_ok(nng_pipe_notify(f->pub, NNG_PIPE_EV_ADD_POST, on_pipe, f));
    fake_engine_start(f);
    make_ticket(f, &f->ticket, f->team_ca.data, f->team_key.data);
    make_ticket(f, &f->foreign, other.data, other_key.data);
    toc_buf_fini(&other);
    toc_buf_fini(&other_key);
    int fd;
    nng_ok(nng_socket_get_int(f->rep, NNG_OPT_RECVFD, &fd));
    f->poll.data = f;
    uv_poll_init(loop, &f->poll, fd);
    uv_poll_start(&f->poll, UV_READABLE, on_request);
    return f;
}

const toc_ticket *fake_engine_ticket(const fake_engine *f)
{
    return &f->ticket;
}

const toc_ticket *fake_engine_foreign_ticket(const fake_engine *f)
{
    return &f->foreign;
}

void fake_engine_stop(fake_engine *f)
{
    nng_listener_close(f->listeners[0]);
    nng_listener_close(f->listeners[1]);
    pthread_mutex_lock(&f->lock);
    size_t count = f->pipe_count;
    f->pipe_count = 0;
    nng_pipe pipes[PIPES];
    memcpy(pipes, f->pipes, count * sizeof *pipes);
    pthread_mutex_unlock(&f->lock);
    for (size_t i = 0; i < count; i++)
        nng_pipe_close(pipes[i]);
}

void fake_engine_start(fake_engine *f)
{
    listen_on(f, 0);
    listen_on(f, 1);
}

void fake_engine_add(fake_engine *f, const char *text)
{
    toc_buf line = {0};
    toc_buf_printf(&line,
                   "{\"n\":%zu,\"t\":5,\"k\":\"message\",\"from\":\"press\",\"to\":[\"wind\"],"
                   "\"text\":",
                   f->line_count + 1);
    toc_json_str(&line, text);
    toc_buf_char(&line, '}');
    f->lines[f->line_count++] = toc_buf_take(&line);
    publish(f, f->lines[f->line_count - 1]);
}

void fake_engine_close(fake_engine *f)
{
    strcpy(f->state, "closed");
    f->lines[f->line_count] =
        toc_sprintf("{\"n\":%zu,\"t\":5,\"k\":\"close\",\"wall\":\"2026-11-21T18:00:00.000Z\"}",
                    f->line_count + 1);
    publish(f, f->lines[f->line_count++]);
}

void fake_engine_set_mute(fake_engine *f, bool is_mute)
{
    f->is_mute = is_mute;
}

void fake_engine_beat(fake_engine *f)
{
    char text[200];
    snprintf(text, sizeof text,
             "{\"k\":\"heartbeat\",\"head\":%zu,\"t\":5,\"state\":\"%s\",\"emergency\":false,"
             "\"speed\":1000,\"pace\":1000,\"story\":\"2022-02-24 03:12Z\"}",
             f->line_count, f->state);
    publish(f, text);
}

void fake_engine_lose_replies(fake_engine *f, int count)
{
    f->lose = count;
}

void fake_engine_take_over(fake_engine *f)
{
    f->newest_session++;
    f->lines[f->line_count] =
        toc_sprintf("{\"n\":%zu,\"t\":5,\"k\":\"join\",\"by\":\"wind-1\",\"wall\":\"w\","
                    "\"seat\":\"wind-1\"}",
                    f->line_count + 1);
    publish(f, f->lines[f->line_count++]);
}

void fake_engine_forget_session(fake_engine *f)
{
    f->first_session = f->newest_session + 1;
}

size_t fake_engine_said(const fake_engine *f)
{
    return f->said_count;
}

const char *fake_engine_said_text(const fake_engine *f, size_t i)
{
    return f->said[i];
}

size_t fake_engine_joins(const fake_engine *f)
{
    return f->joins;
}

size_t fake_engine_repeats(const fake_engine *f)
{
    return f->repeats;
}

void fake_engine_sit_elsewhere(fake_engine *f)
{
    f->newest_session++;
    f->is_sat_at = true;
}

void fake_engine_shut_feed(fake_engine *f, const char *farewell)
{
    nng_pipe pipes[PIPES];
    f->farewell = farewell;
    pthread_mutex_lock(&f->lock);
    size_t count = f->pipe_count;
    memcpy(pipes, f->pipes, count * sizeof *pipes);
    pthread_mutex_unlock(&f->lock);
    nng_listener_close(f->listeners[1]);
    for (size_t i = 0; i < count; i++)
        if (nng_socket_id(nng_pipe_socket(pipes[i])) == nng_socket_id(f->pub))
            nng_pipe_close(pipes[i]);
}

size_t fake_engine_pings(const fake_engine *f)
{
    return f->pings;
}

void fake_engine_hold_previews(fake_engine *f, bool is_held)
{
    f->is_holding = is_held;
}

const char *fake_engine_order(const fake_engine *f)
{
    return toc_buf_text(&f->order);
}
