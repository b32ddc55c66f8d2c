// SPDX-License-Identifier: MIT
#include "wire.h"

#include <nng/nng.h>
#include <nng/protocol/pubsub0/sub.h>
#include <nng/protocol/reqrep0/req.h>
#include <nng/supplemental/tls/tls.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "crypto/tls.h"
#include "tls_ticket.h"

enum {
    MESSAGE_MAX = 1 << 20, // a larger message makes nng drop the pipe; the engine cuts at 256 KiB
    DESK_QUEUE = 8,        // one request at a time
    FEED_QUEUE = 512,      // refill repairs what does not fit
    RESEND_MS = 3000,
    REDIAL_MIN_MS = 100,
    REDIAL_MAX_MS = 3000,
    INBOX_MAX = 64,
};

typedef struct {
    int pipe;
    toc_wire_end end;
    bool is_up;
} notice;

// What nng's threads see of us. It lives as long as the sockets do: as long as the process.
typedef struct {
    uv_mutex_t lock;
    uv_async_t *wake; // NULL once nobody listens
    notice *notices;
    size_t count, capacity;
    nng_socket sockets[TOC_WIRE_ENDS];
} inbox;

struct toc_wire {
    toc_wire_calls calls;
    inbox *inbox;
    uv_async_t wake;
    uv_poll_t polls[TOC_WIRE_ENDS];
    int pipes[TOC_WIRE_ENDS]; // 0: not connected
    int open_handles;
    bool is_closing;
};

static toc_err open_sockets(inbox *box, toc_error *e);
static toc_err dial(nng_socket socket, const toc_ticket *t, const char *address, toc_error *e);
static toc_err watch(toc_wire *w, uv_loop_t *loop, toc_error *e);
static void on_pipe(nng_pipe pipe, nng_pipe_ev event, void *arg);
static void on_wake(uv_async_t *wake);
static void on_readable(uv_poll_t *poll, int status, int events);
static void on_closed(uv_handle_t *handle);

toc_err toc_wire_open(toc_wire **out, uv_loop_t *loop, const toc_ticket *t, const char *desk,
                      const char *feed, const toc_wire_calls *calls, toc_error *e)
{
    *out = NULL;
    toc_err err = toc_tls_use(e);
    if (err)
        return err;
    toc_wire *w = toc_alloc(sizeof *w);
    w->calls = *calls;
    w->inbox = toc_alloc(sizeof *w->inbox);
    if (uv_mutex_init(&w->inbox->lock) != 0)
        abort(); // out of memory
    err = open_sockets(w->inbox, e);
    if (!err)
        err = watch(w, loop, e);
    if (!err)
        err = dial(w->inbox->sockets[TOC_WIRE_DESK], t, desk, e);
    if (!err)
        err = dial(w->inbox->sockets[TOC_WIRE_FEED], t, feed, e);
    if (err) {
        toc_wire_free(w);
        return err;
    }
    *out = w;
    return TOC_OK;
}

bool toc_wire_send(toc_wire *w, const char *data, size_t len)
{
    if (!w->pipes[TOC_WIRE_DESK])
        return false;
    nng_msg *msg;
    if (nng_msg_alloc(&msg, 0) != 0 || nng_msg_append(msg, data, len) != 0)
        abort(); // out of memory
    if (nng_sendmsg(w->inbox->sockets[TOC_WIRE_DESK], msg, NNG_FLAG_NONBLOCK) == 0)
        return true;
    nng_msg_free(msg);
    return false;
}

void toc_wire_drop(toc_wire *w, toc_wire_end end)
{
    nng_pipe pipe = NNG_PIPE_INITIALIZER;
    pipe.id = (uint32_t)w->pipes[end];
    if (pipe.id)
        nng_pipe_close(pipe);
}

toc_err toc_wire_redial(toc_wire *w, toc_wire_end end, const toc_ticket *t, const char *address,
                        toc_error *e)
{
    return dial(w->inbox->sockets[end], t, address, e);
}

void toc_wire_free(toc_wire *w)
{
    if (!w || w->is_closing)
        return;
    w->is_closing = true;
    uv_mutex_lock(&w->inbox->lock);
    w->inbox->wake = NULL;
    uv_mutex_unlock(&w->inbox->lock);
    if (w->open_handles == 0) {
        free(w);
        return;
    }
    if (w->wake.data)
        uv_close((uv_handle_t *)&w->wake, on_closed);
    for (size_t end = 0; end < TOC_WIRE_ENDS; end++)
        if (w->polls[end].data)
            uv_close((uv_handle_t *)&w->polls[end], on_closed);
}

static toc_err open_sockets(inbox *box, toc_error *e)
{
    nng_socket *desk = &box->sockets[TOC_WIRE_DESK];
    nng_socket *feed = &box->sockets[TOC_WIRE_FEED];
    int rv = nng_req0_open(desk);
    if (!rv)
        rv = nng_sub0_open(feed);
    if (!rv)
        rv = nng_socket_set_ms(*desk, NNG_OPT_REQ_RESENDTIME, RESEND_MS);
    if (!rv)
        rv = nng_socket_set_int(*desk, NNG_OPT_SENDBUF, DESK_QUEUE);
    if (!rv)
        rv = nng_socket_set_int(*feed, NNG_OPT_RECVBUF, FEED_QUEUE);
    if (!rv)
        rv = nng_socket_set(*feed, NNG_OPT_SUB_SUBSCRIBE, "", 0);
    for (size_t end = 0; end < TOC_WIRE_ENDS && !rv; end++) {
        nng_socket socket = box->sockets[end];
        rv = nng_socket_set_size(socket, NNG_OPT_RECVMAXSZ, MESSAGE_MAX);
        if (!rv)
            rv = nng_socket_set_ms(socket, NNG_OPT_RECONNMINT, REDIAL_MIN_MS);
        if (!rv)
            rv = nng_socket_set_ms(socket, NNG_OPT_RECONNMAXT, REDIAL_MAX_MS);
        if (!rv)
            rv = nng_pipe_notify(socket, NNG_PIPE_EV_ADD_POST, on_pipe, box);
        if (!rv)
            rv = nng_pipe_notify(socket, NNG_PIPE_EV_REM_POST, on_pipe, box);
    }
    return rv ? toc_fail(e, TOC_ENET, "cannot open a socket: %s", nng_strerror(rv)) : TOC_OK;
}

static toc_err dial(nng_socket socket, const toc_ticket *t, const char *address, toc_error *e)
{
    nng_tls_config *config;
    toc_err err = toc_tls_ticket(&config, t, e);
    if (err)
        return err;
    nng_dialer dialer;
    int rv = nng_dialer_create(&dialer, socket, address);
    if (!rv)
        rv = nng_dialer_set_ptr(dialer, NNG_OPT_TLS_CONFIG, config);
    if (!rv)
        nng_dialer_set_bool(dialer, NNG_OPT_TCP_KEEPALIVE, true); // heartbeats do more
    if (!rv)
        rv = nng_dialer_start(dialer, NNG_FLAG_NONBLOCK);
    nng_tls_config_free(config); // the dialer holds it too
    return rv ? toc_fail(e, TOC_ENET, "cannot dial %s: %s", address, nng_strerror(rv)) : TOC_OK;
}

static toc_err watch(toc_wire *w, uv_loop_t *loop, toc_error *e)
{
    int rv = uv_async_init(loop, &w->wake, on_wake);
    if (rv)
        return toc_fail(e, TOC_EINTERNAL, "no handle in the loop: %s", uv_strerror(rv));
    w->wake.data = w;
    w->open_handles++;
    uv_mutex_lock(&w->inbox->lock);
    w->inbox->wake = &w->wake;
    uv_mutex_unlock(&w->inbox->lock);
    for (size_t end = 0; end < TOC_WIRE_ENDS; end++) {
        int fd;
        rv = nng_socket_get_int(w->inbox->sockets[end], NNG_OPT_RECVFD, &fd);
        if (rv)
            return toc_fail(e, TOC_EINTERNAL, "no descriptor to wait on: %s", nng_strerror(rv));
        rv = uv_poll_init(loop, &w->polls[end], fd);
        if (!rv) {
            w->polls[end].data = w;
            w->open_handles++;
            rv = uv_poll_start(&w->polls[end], UV_READABLE, on_readable);
        }
        if (rv)
            return toc_fail(e, TOC_EINTERNAL, "cannot wait on a socket: %s", uv_strerror(rv));
    }
    return TOC_OK;
}

// On a thread of nng's: put it in the inbox, wake the loop, nothing else.
static void on_pipe(nng_pipe pipe, nng_pipe_ev event, void *arg)
{
    inbox *box = arg;
    int socket = nng_socket_id(nng_pipe_socket(pipe));
    uv_mutex_lock(&box->lock);
    if (box->wake) {
        TOC_GROW(box->notices, box->count, box->capacity);
        box->notices[box->count++] = (notice){
            .pipe = nng_pipe_id(pipe),
            .end = socket == nng_socket_id(box->sockets[TOC_WIRE_FEED]) ? TOC_WIRE_FEED
                                                                        : TOC_WIRE_DESK,
            .is_up = event == NNG_PIPE_EV_ADD_POST,
        };
        uv_async_send(box->wake);
    }
    uv_mutex_unlock(&box->lock);
}

static void on_wake(uv_async_t *wake)
{
    toc_wire *w = wake->data;
    notice batch[INBOX_MAX];
    size_t count;
    do {
        uv_mutex_lock(&w->inbox->lock);
        count = w->inbox->count < INBOX_MAX ? w->inbox->count : INBOX_MAX;
        memcpy(batch, w->inbox->notices, count * sizeof *batch);
        w->inbox->count -= count;
        memmove(w->inbox->notices, w->inbox->notices + count,
                w->inbox->count * sizeof *w->inbox->notices);
        uv_mutex_unlock(&w->inbox->lock);
        for (size_t i = 0; i < count && !w->is_closing; i++) {
            const notice *n = &batch[i];
            // The old pipe's end may be told after the new one's beginning.
            if (n->is_up || w->pipes[n->end] == n->pipe) {
                w->pipes[n->end] = n->is_up ? n->pipe : 0;
                w->calls.on_connection(w->calls.context, n->end, n->is_up);
            }
        }
    } while (count == INBOX_MAX && !w->is_closing);
}

static void on_readable(uv_poll_t *poll, int status, int events)
{
    (void)events;
    toc_wire *w = poll->data;
    toc_wire_end end = poll == &w->polls[TOC_WIRE_FEED] ? TOC_WIRE_FEED : TOC_WIRE_DESK;
    nng_msg *msg;
    while (status == 0 && !w->is_closing &&
           nng_recvmsg(w->inbox->sockets[end], &msg, NNG_FLAG_NONBLOCK) == 0) {
        if (end == TOC_WIRE_FEED)
            w->calls.on_feed(w->calls.context, nng_msg_body(msg), nng_msg_len(msg));
        else
            w->calls.on_reply(w->calls.context, nng_msg_body(msg), nng_msg_len(msg));
        nng_msg_free(msg);
    }
}

static void on_closed(uv_handle_t *handle)
{
    toc_wire *w = handle->data;
    if (--w->open_handles == 0)
        free(w);
}
