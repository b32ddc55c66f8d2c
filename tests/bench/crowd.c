// SPDX-License-Identifier: MIT
#include "crowd.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "bench.h"

enum {
    CHUNK = 65536,
    // Servers keep a queue of connections that they have not taken yet, and nng's is 128 long.
    AT_ONCE = 64,
};

typedef struct {
    toc_crowd *crowd;
    size_t which;
    toc_speech speech;
    struct sockaddr_in address;
    const toc_tls_client *door;
    uv_tcp_t tcp;
    uv_connect_t connect;
    toc_tls_stream *tls; // NULL before TLS begins
    toc_buf heard;       // plain bytes that are no whole message yet
    bool has_opened;     // it has said its opening
    bool is_in, is_over;
} receiver;

typedef struct {
    uv_write_t request;
    uv_buf_t bytes;
} parcel;

struct toc_crowd {
    uv_loop_t *loop;
    toc_crowd_calls calls;
    receiver **all; // a receiver stays where it is: its handle is the loop's
    size_t count, capacity;
    size_t begun, joined, refused; // connections so far
    toc_buf to_net, plain;         // for use within one call
    char bytes[CHUNK];
};

static void begin_some(toc_crowd *c);
static void on_connect(uv_connect_t *request, int status);
static void give_room(uv_handle_t *handle, size_t wanted, uv_buf_t *buf);
static void on_bytes(uv_stream_t *stream, ssize_t count, const uv_buf_t *buf);
static void take_clear(receiver *r, const char *bytes, size_t len);
static void take(receiver *r, const char *bytes, size_t len);
static void open_if_first(receiver *r);
static void hear(receiver *r);
static void say(receiver *r, const toc_buf *plain);
static void flush(receiver *r);
static void on_written(uv_write_t *request, int status);
static void let_in(receiver *r);
static void end(receiver *r, const char *why);
static void on_closed(uv_handle_t *handle);
static void free_crowd(toc_crowd *c);

toc_crowd *toc_crowd_new(uv_loop_t *loop, const toc_crowd_calls *calls)
{
    toc_crowd *c = toc_alloc(sizeof *c);
    c->loop = loop;
    c->calls = *calls;
    return c;
}

size_t toc_crowd_add(toc_crowd *c, const toc_crowd_door *door, size_t count)
{
    size_t first = c->count;
    struct sockaddr_in address;
    toc_bench_require(uv_ip4_addr(door->host, door->port, &address) == 0, "a crowd's address");
    for (size_t i = 0; i < count; i++) {
        receiver *r = toc_alloc(sizeof *r);
        r->crowd = c;
        r->which = c->count;
        r->speech = door->speech;
        r->address = address;
        r->door = door->tls;
        TOC_GROW(c->all, c->count, c->capacity);
        c->all[c->count++] = r;
    }
    begin_some(c);
    return first;
}

void toc_crowd_send(toc_crowd *c, size_t which, const void *bytes, size_t len)
{
    receiver *r = c->all[which];
    if (!r->is_in || r->is_over)
        return;
    toc_buf_clear(&c->plain);
    toc_speech_wrap(r->speech, bytes, len, &c->plain);
    say(r, &c->plain);
}

void toc_crowd_free(toc_crowd *c)
{
    size_t begun = c->begun; // the others have no handle
    for (size_t i = begun; i < c->count; i++)
        free(c->all[i]);
    for (size_t i = 0; i < begun; i++) {
        c->all[i]->is_over = true;
        uv_close((uv_handle_t *)&c->all[i]->tcp, on_closed);
    }
    if (begun == 0)
        free_crowd(c);
}

static void begin_some(toc_crowd *c)
{
    while (c->begun < c->count && c->begun - c->joined - c->refused < AT_ONCE) {
        receiver *r = c->all[c->begun++];
        uv_tcp_init(c->loop, &r->tcp);
        r->tcp.data = r->connect.data = r;
        int status =
            uv_tcp_connect(&r->connect, &r->tcp, (const struct sockaddr *)&r->address, on_connect);
        toc_bench_require(status == 0, "a crowd's connection can be begun");
    }
}

static void on_connect(uv_connect_t *request, int status)
{
    receiver *r = request->data;
    if (r->is_over)
        return;
    if (status == 0)
        status = uv_read_start((uv_stream_t *)&r->tcp, give_room, on_bytes);
    if (status) {
        end(r, uv_strerror(status));
        return;
    }
    uv_tcp_nodelay(&r->tcp, 1);
    if (!toc_speech_is_clear(r->speech)) {
        r->tls = toc_tls_stream_new(r->door);
        take(r, NULL, 0);
    }
}

static void give_room(uv_handle_t *handle, size_t wanted, uv_buf_t *buf)
{
    receiver *r = handle->data;
    (void)wanted;
    *buf = uv_buf_init(r->crowd->bytes, sizeof r->crowd->bytes);
}

static void on_bytes(uv_stream_t *stream, ssize_t count, const uv_buf_t *buf)
{
    receiver *r = stream->data;
    if (r->is_over || count == 0)
        return;
    if (count < 0)
        end(r, count == UV_EOF ? "it closed the connection" : uv_strerror((int)count));
    else if (r->tls)
        take(r, buf->base, (size_t)count);
    else
        take_clear(r, buf->base, (size_t)count);
}

// A line in clear, after which the server waits for TLS.
static void take_clear(receiver *r, const char *bytes, size_t len)
{
    toc_buf_add(&r->heard, bytes, len);
    if (!memchr(r->heard.data, '\n', r->heard.len))
        return;
    toc_buf_clear(&r->heard);
    r->tls = toc_tls_stream_new(r->door);
    take(r, NULL, 0);
}

static void take(receiver *r, const char *bytes, size_t len)
{
    toc_error e;
    toc_err err = toc_tls_stream_feed(r->tls, bytes, len, &r->heard, &e);
    if (!err)
        open_if_first(r);
    flush(r);
    hear(r);
    if (err && !r->is_over)
        end(r, e.msg);
}

// What cannot be said because the handshake is not done is said after the next bytes.
static void open_if_first(receiver *r)
{
    if (r->has_opened || !toc_speech_is_first(r->speech))
        return;
    toc_buf_clear(&r->crowd->plain);
    toc_speech_opening(r->speech, &r->crowd->plain);
    r->has_opened =
        toc_tls_stream_say(r->tls, r->crowd->plain.data, r->crowd->plain.len, NULL) == TOC_OK;
}

static void hear(receiver *r)
{
    toc_crowd *c = r->crowd;
    size_t at = 0;
    while (!r->is_over && at < r->heard.len) {
        toc_heard h = toc_speech_hear(r->speech, r->is_in, r->heard.data + at, r->heard.len - at);
        if (h.what == TOC_HEARD_PART)
            break;
        at += h.used;
        if (h.what == TOC_HEARD_MESSAGE) {
            c->calls.on_message(c->calls.context, r->which, h.bytes, h.len);
        } else if (h.what == TOC_HEARD_WELCOME) {
            let_in(r);
        } else if (h.what == TOC_HEARD_PING) {
            toc_buf_clear(&c->plain);
            toc_speech_pong(r->speech, &c->plain);
            say(r, &c->plain);
        } else if (h.what == TOC_HEARD_BROKEN) {
            end(r, "it does not speak as it should");
        }
    }
    r->heard.len -= at;
    if (r->heard.len > 0 && at > 0)
        memmove(r->heard.data, r->heard.data + at, r->heard.len);
}

static void let_in(receiver *r)
{
    toc_crowd *c = r->crowd;
    if (!toc_speech_is_first(r->speech)) {
        toc_buf_clear(&c->plain);
        toc_speech_opening(r->speech, &c->plain);
        say(r, &c->plain);
    }
    r->is_in = true;
    c->joined++;
    begin_some(c);
    if (c->joined == c->count && c->calls.on_joined)
        c->calls.on_joined(c->calls.context);
}

static void say(receiver *r, const toc_buf *plain)
{
    toc_error e;
    if (toc_tls_stream_say(r->tls, plain->data, plain->len, &e) != TOC_OK)
        end(r, e.msg);
    else
        flush(r);
}

static void flush(receiver *r)
{
    toc_buf *out = &r->crowd->to_net;
    toc_buf_clear(out);
    toc_tls_stream_take(r->tls, out);
    if (out->len == 0)
        return;
    uv_buf_t bytes = uv_buf_init(out->data, (unsigned)out->len);
    int sent = uv_try_write((uv_stream_t *)&r->tcp, &bytes, 1);
    if (sent < 0 && sent != UV_EAGAIN)
        return; // the end is about to be read
    size_t gone = sent > 0 ? (size_t)sent : 0;
    if (gone == out->len)
        return;
    parcel *p = toc_alloc(sizeof *p);
    p->bytes = uv_buf_init(toc_alloc(out->len - gone), (unsigned)(out->len - gone));
    memcpy(p->bytes.base, out->data + gone, out->len - gone);
    if (uv_write(&p->request, (uv_stream_t *)&r->tcp, &p->bytes, 1, on_written) != 0)
        on_written(&p->request, UV_EPIPE);
}

static void on_written(uv_write_t *request, int status)
{
    parcel *p = (parcel *)request;
    (void)status; // the end is about to be read
    free(p->bytes.base);
    free(p);
}

static void end(receiver *r, const char *why)
{
    toc_crowd *c = r->crowd;
    r->is_over = true;
    if (!r->is_in)
        c->refused++;
    uv_read_stop((uv_stream_t *)&r->tcp);
    c->calls.on_end(c->calls.context, r->which, why);
    begin_some(c);
}

static void on_closed(uv_handle_t *handle)
{
    receiver *r = handle->data;
    toc_crowd *c = r->crowd;
    toc_tls_stream_free(r->tls);
    toc_buf_fini(&r->heard);
    free(r);
    if (--c->begun == 0)
        free_crowd(c);
}

static void free_crowd(toc_crowd *c)
{
    toc_buf_fini(&c->to_net);
    toc_buf_fini(&c->plain);
    free(c->all);
    free(c);
}
