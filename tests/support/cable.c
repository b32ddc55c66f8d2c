// SPDX-License-Identifier: MIT
#include "cable.h"

#include <check.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { CHUNK = 65536 };

typedef struct strand {
    struct strand *next;
    cable *cable;
    uv_tcp_t near, far;
    uv_connect_t connect;
    cable_state state;
    size_t left; // of what it passes
    size_t passed;
    int handles;
    bool is_frozen, is_over;
} strand;

struct cable {
    uv_tcp_t listener;
    struct sockaddr_in to;
    int port;
    cable_state state;
    size_t bytes;
    strand *strands;
    size_t dials, passed;
    char chunk[CHUNK];
};

typedef struct {
    uv_write_t request;
    char *bytes;
} piece;

static void on_closed(uv_handle_t *handle)
{
    strand *s = handle->data;
    if (--s->handles > 0)
        return;
    strand **at = &s->cable->strands;
    while (*at != s)
        at = &(*at)->next;
    *at = s->next;
    free(s);
}

static void end(strand *s)
{
    if (s->is_over)
        return;
    s->is_over = true;
    // Refused while a connect is under way: then a plain close does.
    if (uv_tcp_close_reset(&s->near, on_closed) != 0)
        uv_close((uv_handle_t *)&s->near, on_closed);
    if (uv_tcp_close_reset(&s->far, on_closed) != 0)
        uv_close((uv_handle_t *)&s->far, on_closed);
}

static void give_room(uv_handle_t *handle, size_t wanted, uv_buf_t *buf)
{
    strand *s = handle->data;
    (void)wanted;
    *buf = uv_buf_init(s->cable->chunk, CHUNK);
}

static void on_written(uv_write_t *request, int status)
{
    piece *p = (piece *)request;
    (void)status;
    free(p->bytes);
    free(p);
}

static void pass(uv_tcp_t *to, const char *bytes, size_t len)
{
    piece *p = toc_alloc(sizeof *p);
    p->bytes = toc_alloc(len);
    memcpy(p->bytes, bytes, len);
    uv_buf_t buf = uv_buf_init(p->bytes, (unsigned)len);
    if (uv_write(&p->request, (uv_stream_t *)to, &buf, 1, on_written) != 0)
        on_written(&p->request, 0);
}

static void on_bytes(uv_stream_t *stream, ssize_t count, const uv_buf_t *buf)
{
    strand *s = stream->data;
    bool is_engine = stream == (uv_stream_t *)&s->far;
    if (s->is_over || count == 0 || (s->is_frozen && count > 0))
        return;
    if (count < 0) {
        end(s);
        return;
    }
    size_t len = (size_t)count;
    if (!is_engine) {
        if (s->state == CABLE_BABBLE)
            pass(&s->near, "HTTP/1.1 400 Bad Request\r\n\r\n", 28);
        else if (s->state == CABLE_LIE)
            pass(&s->near, "\x15\x03\x03\x00\x02\x02\x2c", 7); // a TLS alert, in clear
        else if (s->state != CABLE_MUTE)
            pass(&s->far, buf->base, len);
        return;
    }
    if (s->state == CABLE_SHORT && len >= s->left) {
        // Here the engine died.
        end(s);
        return;
    }
    s->left -= s->state == CABLE_SHORT ? len : 0;
    s->passed += len;
    if (s->passed > s->cable->passed)
        s->cable->passed = s->passed;
    pass(&s->near, buf->base, len);
}

static void on_connect(uv_connect_t *request, int status)
{
    strand *s = request->data;
    if (s->is_over)
        return;
    if (status != 0) {
        end(s);
        return;
    }
    uv_read_start((uv_stream_t *)&s->far, give_room, on_bytes);
    uv_read_start((uv_stream_t *)&s->near, give_room, on_bytes);
}

static void on_dial(uv_stream_t *listener, int status)
{
    cable *c = listener->data;
    ck_assert_int_eq(status, 0);
    strand *s = toc_alloc(sizeof *s);
    *s =
        (strand){.next = c->strands, .cable = c, .state = c->state, .left = c->bytes, .handles = 2};
    c->strands = s;
    c->dials++;
    uv_tcp_init(listener->loop, &s->near);
    uv_tcp_init(listener->loop, &s->far);
    s->near.data = s->far.data = s->connect.data = s;
    ck_assert_int_eq(uv_accept(listener, (uv_stream_t *)&s->near), 0);
    if (s->state == CABLE_MUTE || s->state == CABLE_BABBLE || s->state == CABLE_LIE)
        uv_read_start((uv_stream_t *)&s->near, give_room, on_bytes);
    else if (uv_tcp_connect(&s->connect, &s->far, (const struct sockaddr *)&c->to, on_connect) != 0)
        end(s);
}

cable *cable_new(uv_loop_t *loop, int to_port)
{
    struct sockaddr_in here;
    int len = sizeof here;
    cable *c = toc_alloc(sizeof *c);
    uv_ip4_addr("127.0.0.1", to_port, &c->to);
    uv_ip4_addr("127.0.0.1", 0, &here);
    uv_tcp_init(loop, &c->listener);
    c->listener.data = c;
    ck_assert_int_eq(uv_tcp_bind(&c->listener, (const struct sockaddr *)&here, 0), 0);
    ck_assert_int_eq(uv_listen((uv_stream_t *)&c->listener, 64, on_dial), 0);
    ck_assert_int_eq(uv_tcp_getsockname(&c->listener, (struct sockaddr *)&here, &len), 0);
    c->port = ntohs(here.sin_port);
    return c;
}

int cable_port(const cable *c)
{
    return c->port;
}

void cable_set(cable *c, cable_state state, size_t bytes)
{
    c->state = state;
    c->bytes = bytes;
}

void cable_cut(cable *c)
{
    for (strand *s = c->strands; s; s = s->next)
        end(s);
}

void cable_freeze(cable *c)
{
    for (strand *s = c->strands; s; s = s->next)
        s->is_frozen = true;
}

size_t cable_dials(const cable *c)
{
    return c->dials;
}

size_t cable_open(const cable *c)
{
    size_t count = 0;
    for (const strand *s = c->strands; s; s = s->next)
        count += !s->is_over;
    return count;
}

size_t cable_passed(const cable *c)
{
    return c->passed;
}
