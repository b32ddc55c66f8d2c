// SPDX-License-Identifier: MIT
#include "connection.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

enum {
    CHUNK = 16384, // bytes of a read
    KEEPALIVE_S = 15, // heartbeats do more
    GRACE_MS = 100,
};

// It outlives the connection when the name is still being looked up.
typedef struct {
    uv_getaddrinfo_t request;
    toc_connection *connection; // NULL once nobody waits
} lookup;

typedef struct {
    uv_write_t request;
    char *bytes;
} parcel;

struct toc_connection {
    toc_connection_calls calls;
    toc_sp_protocol we, they;
    unsigned turn;
    uv_tcp_t tcp;
    uv_timer_t patience;
    uv_connect_t connect;
    lookup *lookup;
    toc_tls_stream *tls;
    toc_buf heard; // plain bytes that are no whole message yet
    int handles;   // that the loop has not closed
    int broken;    // what to say when the timer ends it: an error of libuv's
    bool is_open, is_over, is_freed;
    bool is_ending; // broken, and the timer ends it
};

static void look_up(toc_connection *c, uv_loop_t *loop, const char *host, int port);
static void on_addresses(uv_getaddrinfo_t *request, int status, struct addrinfo *list);
static void dial(toc_connection *c, const struct sockaddr *address);
static void on_connect(uv_connect_t *request, int status);
static void give_room(uv_handle_t *handle, size_t wanted, uv_buf_t *buf);
static void on_bytes(uv_stream_t *stream, ssize_t count, const uv_buf_t *buf);
static void take(toc_connection *c, const char *bytes, size_t len);
static bool greet(toc_connection *c);
static void take_messages(toc_connection *c);
static void say(toc_connection *c, const toc_buf *plain);
static void flush(toc_connection *c);
static void on_written(uv_write_t *request, int status);
static void on_patience(uv_timer_t *timer);
static void end_soon(toc_connection *c, int status);
static void end(toc_connection *c, toc_err err, const char *why);
static void on_closed(uv_handle_t *handle);

toc_connection *toc_connection_open(uv_loop_t *loop, const toc_tls_client *tls,
                                    const toc_connection_target *target,
                                    const toc_connection_calls *calls)
{
    struct sockaddr_in6 ip6;
    struct sockaddr_in ip4;
    toc_connection *c = toc_alloc(sizeof *c);
    c->calls = *calls;
    c->we = target->we;
    c->they = target->they;
    c->turn = target->turn;
    c->tls = toc_tls_stream_new(tls);
    uv_tcp_init(loop, &c->tcp);
    uv_timer_init(loop, &c->patience);
    c->handles = 2;
    c->broken = UV_ETIMEDOUT;
    c->tcp.data = c->patience.data = c->connect.data = c;
    uv_timer_start(&c->patience, on_patience, target->patience_ms, 0);
    if (uv_ip4_addr(target->host, target->port, &ip4) == 0)
        dial(c, (const struct sockaddr *)&ip4);
    else if (uv_ip6_addr(target->host, target->port, &ip6) == 0)
        dial(c, (const struct sockaddr *)&ip6);
    else
        look_up(c, loop, target->host, target->port);
    return c;
}

bool toc_connection_send(toc_connection *c, const void *head, size_t head_len, const void *body,
                         size_t body_len)
{
    if (!c->is_open || c->is_ending || c->is_over)
        return false;
    toc_buf message = {0};
    uint64_t len = head_len + body_len;
    for (int shift = 56; shift >= 0; shift -= 8)
        toc_buf_char(&message, (char)(len >> shift));
    toc_buf_add(&message, head, head_len);
    toc_buf_add(&message, body, body_len);
    say(c, &message);
    toc_buf_fini(&message);
    return true;
}

void toc_connection_free(toc_connection *c)
{
    if (!c || c->is_freed)
        return;
    c->is_freed = c->is_over = true;
    if (c->lookup) {
        c->lookup->connection = NULL;
        uv_cancel((uv_req_t *)&c->lookup->request); // refused if it is under way
        c->lookup = NULL;
    }
    uv_close((uv_handle_t *)&c->tcp, on_closed);
    uv_close((uv_handle_t *)&c->patience, on_closed);
}

static void look_up(toc_connection *c, uv_loop_t *loop, const char *host, int port)
{
    char service[16];
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    snprintf(service, sizeof service, "%d", port);
    c->lookup = toc_alloc(sizeof *c->lookup);
    c->lookup->connection = c;
    c->lookup->request.data = c->lookup;
    int status = uv_getaddrinfo(loop, &c->lookup->request, on_addresses, host, service, &hints);
    if (status == 0)
        return;
    free(c->lookup);
    c->lookup = NULL;
    end_soon(c, status);
}

static void on_addresses(uv_getaddrinfo_t *request, int status, struct addrinfo *list)
{
    lookup *l = request->data;
    toc_connection *c = l->connection;
    free(l);
    if (c) {
        unsigned count = 0;
        c->lookup = NULL;
        for (const struct addrinfo *a = list; a; a = a->ai_next)
            count++;
        const struct addrinfo *chosen = list;
        for (unsigned i = count ? c->turn % count : 0; i > 0; i--)
            chosen = chosen->ai_next;
        if (status == 0 && chosen)
            dial(c, chosen->ai_addr);
        else
            end(c, TOC_ENET, uv_strerror(status ? status : UV_EAI_NONAME));
    }
    uv_freeaddrinfo(list);
}

static void dial(toc_connection *c, const struct sockaddr *address)
{
    int status = uv_tcp_connect(&c->connect, &c->tcp, address, on_connect);
    if (status)
        end_soon(c, status);
}

static void on_connect(uv_connect_t *request, int status)
{
    toc_connection *c = request->data;
    if (c->is_over)
        return;
    if (status == 0)
        status = uv_read_start((uv_stream_t *)&c->tcp, give_room, on_bytes);
    if (status) {
        end(c, TOC_ENET, uv_strerror(status));
        return;
    }
    uv_tcp_nodelay(&c->tcp, 1);
    uv_tcp_keepalive(&c->tcp, 1, KEEPALIVE_S);
    take(c, NULL, 0);
}

// A thousand seats of one process are silent most of the time: none keeps room for what may come.
static void give_room(uv_handle_t *handle, size_t wanted, uv_buf_t *buf)
{
    (void)handle;
    (void)wanted;
    *buf = uv_buf_init(toc_alloc(CHUNK), CHUNK);
}

static void on_bytes(uv_stream_t *stream, ssize_t count, const uv_buf_t *buf)
{
    toc_connection *c = stream->data;
    char *bytes = buf->base;
    if (count > 0 && !c->is_over)
        take(c, bytes, (size_t)count);
    else if (count < 0 && !c->is_over)
        end(c, TOC_ENET, count == UV_EOF ? "it closed the connection" : uv_strerror((int)count));
    free(bytes);
}

// What was said before an end is heard before it.
static void take(toc_connection *c, const char *bytes, size_t len)
{
    toc_error e;
    toc_err err = toc_tls_stream_feed(c->tls, bytes, len, &c->heard, &e);
    flush(c);
    if (c->is_open || greet(c))
        take_messages(c);
    if (err && !c->is_over)
        end(c, err, e.msg);
}

// In TLS 1.3 our side is done before the engine has judged us. Were we to speak at once, a refusal
// could come as a reset that overtakes its reason: so the engine's greeting comes first.
static bool greet(toc_connection *c)
{
    char ours[TOC_SP_GREETING];
    if (c->heard.len < TOC_SP_GREETING)
        return false;
    if (!toc_sp_is_greeting(c->heard.data, c->heard.len, c->they)) {
        end(c, TOC_ENET, "what answers there is no engine");
        return false;
    }
    if (c->is_ending)
        return false;
    c->heard.len -= TOC_SP_GREETING;
    memmove(c->heard.data, c->heard.data + TOC_SP_GREETING, c->heard.len);
    toc_buf greeting = {0};
    toc_sp_greeting(ours, c->we);
    toc_buf_add(&greeting, ours, TOC_SP_GREETING);
    uv_timer_stop(&c->patience);
    say(c, &greeting);
    toc_buf_fini(&greeting);
    c->is_open = true;
    c->calls.on_open(c->calls.context);
    return !c->is_over;
}

static void take_messages(toc_connection *c)
{
    size_t at = 0, len;
    const char *message;
    toc_sp_found found;
    while ((found = toc_sp_next(c->heard.data, c->heard.len, &at, &message, &len)) ==
           TOC_SP_MESSAGE) {
        c->calls.on_message(c->calls.context, message, len);
        if (c->is_over)
            return;
    }
    if (found == TOC_SP_TOO_LONG) {
        end(c, TOC_ENET, "it sent a message that is too long");
        return;
    }
    c->heard.len -= at;
    if (at > 0)
        memmove(c->heard.data, c->heard.data + at, c->heard.len);
}

static void say(toc_connection *c, const toc_buf *plain)
{
    toc_error e;
    if (toc_tls_stream_say(c->tls, plain->data, plain->len, &e) != TOC_OK)
        end_soon(c, UV_EPIPE);
    flush(c);
}

static void flush(toc_connection *c)
{
    toc_buf out = {0};
    toc_tls_stream_take(c->tls, &out);
    if (out.len == 0)
        return;
    parcel *p = toc_alloc(sizeof *p);
    uv_buf_t buf = uv_buf_init(out.data, (unsigned)out.len);
    p->bytes = out.data;
    p->request.data = c;
    int status = uv_write(&p->request, (uv_stream_t *)&c->tcp, &buf, 1, on_written);
    if (status) {
        free(p->bytes);
        free(p);
        end_soon(c, status);
    }
}

static void on_written(uv_write_t *request, int status)
{
    parcel *p = (parcel *)request;
    toc_connection *c = request->data;
    free(p->bytes);
    free(p);
    if (status)
        end_soon(c, status);
}

static void on_patience(uv_timer_t *timer)
{
    toc_connection *c = timer->data;
    if (!c->is_over)
        end(c, TOC_ENET, c->lookup ? "its name is not found" : uv_strerror(c->broken));
}

// What cannot be told from here, because nobody expects a callback, or because what the other side said
// last, such as a refusal, may still be there to be read.
static void end_soon(toc_connection *c, int status)
{
    if (c->is_over || c->is_ending)
        return;
    c->is_ending = true;
    c->broken = status;
    uv_timer_start(&c->patience, on_patience, GRACE_MS, 0);
}

static void end(toc_connection *c, toc_err err, const char *why)
{
    c->is_over = true;
    uv_timer_stop(&c->patience);
    uv_read_stop((uv_stream_t *)&c->tcp);
    c->calls.on_end(c->calls.context, err, why);
}

static void on_closed(uv_handle_t *handle)
{
    toc_connection *c = handle->data;
    if (--c->handles > 0)
        return;
    toc_tls_stream_free(c->tls);
    toc_buf_fini(&c->heard);
    free(c);
}
