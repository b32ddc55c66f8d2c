// SPDX-License-Identifier: MIT
#include "leash.h"

#include <errno.h>
#include <unistd.h>

enum { GRACE_MS = 1500 };

static void on_readable(uv_poll_t *poll, int status, int events);
static void on_grace(uv_timer_t *grace);

void toc_leash_open(toc_leash *l, uv_loop_t *loop, int fd, void (*on_end)(void *context),
                    void *context)
{
    if (fd <= 0 || uv_poll_init(loop, &l->poll, fd) != 0)
        return;
    uv_timer_init(loop, &l->grace);
    l->fd = fd;
    l->on_end = on_end;
    l->context = context;
    l->poll.data = l->grace.data = l;
    uv_poll_start(&l->poll, UV_READABLE | UV_DISCONNECT, on_readable);
}

void toc_leash_close(toc_leash *l)
{
    if (l->fd <= 0)
        return;
    uv_close((uv_handle_t *)&l->poll, NULL);
    uv_close((uv_handle_t *)&l->grace, NULL);
    l->fd = 0;
}

static void on_readable(uv_poll_t *poll, int status, int events)
{
    toc_leash *l = poll->data;
    char bytes[1024];
    ssize_t n = -1;
    (void)events;
    do {
        n = read(l->fd, bytes, sizeof bytes);
    } while (n > 0 || (n < 0 && errno == EINTR));
    if (status == 0 && n < 0 && errno == EAGAIN)
        return;
    uv_poll_stop(poll);
    uv_timer_start(&l->grace, on_grace, GRACE_MS, 0);
}

static void on_grace(uv_timer_t *grace)
{
    toc_leash *l = grace->data;
    l->on_end(l->context);
}
