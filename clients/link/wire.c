// SPDX-License-Identifier: MIT
#include "wire.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "address.h"
#include "base/buf.h"
#include "base/mem.h"
#include "connection.h"
#include "crypto/crypto.h"

enum {
    RESEND_MS = 3000, // an engine under load may not get a reply off
    REDIAL_MIN_MS = 100,
    REDIAL_MAX_MS = 1000,
    // A thousand seats that come back at once want their handshakes: whoever waited in vain waits longer.
    PATIENCE_MIN_MS = 4000,
    PATIENCE_MAX_MS = 16000,
    ID = 4, // bytes of a request's number; the highest bit is set
};

typedef struct {
    toc_wire *wire;
    toc_wire_end which;
    char *host;
    int port;
    toc_connection *connection; // NULL between two
    uv_timer_t redial;
    uint64_t wait_ms, patience_ms;
    uint64_t dialled_at;
    unsigned dials;
    bool is_up; // as it was told
} wire_end;

struct toc_wire {
    toc_wire_calls calls;
    toc_tls_client *tls;
    wire_end ends[TOC_WIRE_ENDS];
    uv_timer_t resend;
    toc_buf request; // that has no reply yet; or empty
    uint32_t number; // of the newest request
    int handles;     // that the loop has not closed
    bool is_closing;
};

static void open_end(toc_wire *w, uv_loop_t *loop, toc_wire_end which);
static void on_redial(uv_timer_t *timer);
static void on_open(void *context);
static void on_message(void *context, const char *data, size_t len);
static void on_end(void *context, toc_err err, const char *why);
static void tell_down(wire_end *end);
static void redial_later(wire_end *end, uint64_t lasted_ms);
static uint64_t at_most(uint64_t ms, uint64_t most);
static bool send_request(toc_wire *w);
static void on_resend(uv_timer_t *timer);
static void forget_request(toc_wire *w);
static void free_memory(toc_wire *w);
static void on_closed(uv_handle_t *handle);

toc_err toc_wire_open(toc_wire **out, uv_loop_t *loop, const toc_ticket *t, const char *desk,
                      const char *feed, const toc_wire_calls *calls, toc_error *e)
{
    *out = NULL;
    toc_wire *w = toc_alloc(sizeof *w);
    w->calls = *calls;
    wire_end *ends = w->ends;
    toc_err err = toc_address_split(desk, &ends[TOC_WIRE_DESK].host, &ends[TOC_WIRE_DESK].port, e);
    if (!err)
        err = toc_address_split(feed, &ends[TOC_WIRE_FEED].host, &ends[TOC_WIRE_FEED].port, e);
    // Every server certificate of the run carries this name, so the engine may move to any address.
    if (!err)
        err = toc_tls_client_new(&w->tls, t->ca, t->certificate, t->key, "tocsin", e);
    if (err) {
        free_memory(w);
        return err;
    }
    toc_random_bytes(&w->number, sizeof w->number);
    uv_timer_init(loop, &w->resend);
    w->resend.data = w;
    w->handles = 1;
    open_end(w, loop, TOC_WIRE_DESK);
    open_end(w, loop, TOC_WIRE_FEED);
    *out = w;
    return TOC_OK;
}

bool toc_wire_send(toc_wire *w, const char *data, size_t len)
{
    if (!w->ends[TOC_WIRE_DESK].connection || !w->ends[TOC_WIRE_DESK].is_up)
        return false;
    toc_buf_clear(&w->request);
    toc_buf_add(&w->request, data, len);
    w->number++;
    uv_timer_start(&w->resend, on_resend, RESEND_MS, RESEND_MS);
    return send_request(w);
}

void toc_wire_drop(toc_wire *w, toc_wire_end which)
{
    wire_end *end = &w->ends[which];
    if (!end->connection)
        return;
    toc_connection_free(end->connection);
    end->connection = NULL;
    uv_timer_start(&end->redial, on_redial, 0, 0);
}

void toc_wire_free(toc_wire *w)
{
    if (!w || w->is_closing)
        return;
    w->is_closing = true;
    uv_close((uv_handle_t *)&w->resend, on_closed);
    for (size_t i = 0; i < TOC_WIRE_ENDS; i++) {
        toc_connection_free(w->ends[i].connection);
        w->ends[i].connection = NULL;
        w->ends[i].redial.data = w;
        uv_close((uv_handle_t *)&w->ends[i].redial, on_closed);
    }
}

static void open_end(toc_wire *w, uv_loop_t *loop, toc_wire_end which)
{
    wire_end *end = &w->ends[which];
    end->wire = w;
    end->which = which;
    end->wait_ms = REDIAL_MIN_MS;
    end->patience_ms = PATIENCE_MIN_MS;
    uv_timer_init(loop, &end->redial);
    end->redial.data = end;
    w->handles++;
    uv_timer_start(&end->redial, on_redial, 0, 0);
}

static void on_redial(uv_timer_t *timer)
{
    wire_end *end = timer->data;
    toc_wire *w = end->wire;
    if (end->is_up) { // it was dropped
        tell_down(end);
        if (w->is_closing)
            return;
    }
    bool is_feed = end->which == TOC_WIRE_FEED;
    toc_connection_target target = {
        .host = end->host,
        .port = end->port,
        .turn = end->dials++,
        .patience_ms = end->patience_ms,
        .we = is_feed ? TOC_SP_SUB : TOC_SP_REQ,
        .they = is_feed ? TOC_SP_PUB : TOC_SP_REP,
    };
    toc_connection_calls calls = {end, on_open, on_message, on_end};
    end->dialled_at = uv_now(timer->loop);
    end->connection = toc_connection_open(timer->loop, w->tls, &target, &calls);
}

static void on_open(void *context)
{
    wire_end *end = context;
    end->is_up = true;
    end->dials--; // the address that answers is the one to come back to
    end->patience_ms = PATIENCE_MIN_MS;
    end->wire->calls.on_connection(end->wire->calls.context, end->which, true);
}

static void on_message(void *context, const char *data, size_t len)
{
    wire_end *end = context;
    toc_wire *w = end->wire;
    if (end->which == TOC_WIRE_FEED) {
        w->calls.on_feed(w->calls.context, data, len);
        return;
    }
    uint32_t number = 0;
    for (size_t i = 0; i < ID && i < len; i++)
        number = number << 8 | (unsigned char)data[i];
    // A reply to what was asked earlier, or a second one, is nothing to us.
    if (len < ID || w->request.len == 0 || number != (w->number | 0x80000000U))
        return;
    forget_request(w);
    w->calls.on_reply(w->calls.context, data + ID, len - ID);
}

static void on_end(void *context, toc_err err, const char *why)
{
    wire_end *end = context;
    toc_wire *w = end->wire;
    bool was_up = end->is_up;
    uint64_t lasted = uv_now(end->redial.loop) - end->dialled_at;
    toc_connection_free(end->connection);
    end->connection = NULL;
    redial_later(end, lasted);
    if (was_up) {
        tell_down(end);
        return;
    }
    if (lasted >= end->patience_ms)
        end->patience_ms = at_most(end->patience_ms * 2, PATIENCE_MAX_MS);
    w->calls.on_failure(w->calls.context, end->which, err, why);
}

static void tell_down(wire_end *end)
{
    toc_wire *w = end->wire;
    end->is_up = false;
    if (end->which == TOC_WIRE_DESK)
        forget_request(w);
    w->calls.on_connection(w->calls.context, end->which, false);
}

// Seats that lost the same engine do not come back in step, and one that comes and goes at once is not
// dialled all the time.
static void redial_later(wire_end *end, uint64_t lasted_ms)
{
    uint64_t jitter = 0;
    if (lasted_ms >= REDIAL_MAX_MS)
        end->wait_ms = REDIAL_MIN_MS;
    toc_random_bytes(&jitter, sizeof jitter);
    uv_timer_start(&end->redial, on_redial, end->wait_ms / 2 + jitter % (end->wait_ms / 2 + 1), 0);
    end->wait_ms = at_most(end->wait_ms * 2, REDIAL_MAX_MS);
}

static uint64_t at_most(uint64_t ms, uint64_t most)
{
    return ms < most ? ms : most;
}

static bool send_request(toc_wire *w)
{
    uint32_t number = w->number | 0x80000000U;
    const unsigned char id[ID] = {(unsigned char)(number >> 24), (unsigned char)(number >> 16),
                                  (unsigned char)(number >> 8), (unsigned char)number};
    return toc_connection_send(w->ends[TOC_WIRE_DESK].connection, id, ID, w->request.data,
                               w->request.len);
}

static void on_resend(uv_timer_t *timer)
{
    toc_wire *w = timer->data;
    if (w->ends[TOC_WIRE_DESK].connection)
        send_request(w);
}

static void forget_request(toc_wire *w)
{
    toc_buf_clear(&w->request);
    uv_timer_stop(&w->resend);
}

static void free_memory(toc_wire *w)
{
    for (size_t i = 0; i < TOC_WIRE_ENDS; i++)
        free(w->ends[i].host);
    toc_tls_client_free(w->tls);
    toc_buf_fini(&w->request);
    free(w);
}

static void on_closed(uv_handle_t *handle)
{
    toc_wire *w = handle->data;
    if (--w->handles == 0)
        free_memory(w);
}
