// SPDX-License-Identifier: MIT
#include "keyboard.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"

enum { LINE_MAX_BYTES = 65536 };

struct toc_keyboard {
    uv_timer_t turn; // delivers lines that are there already
    uv_poll_t poll;
    int fd;
    int handles;
    bool has_poll; // false: a regular file, which cannot be waited for and need not be
    bool is_tty, is_going, is_closed, has_ended, told_end;
    bool is_dropping; // the rest of a line that was too long
    toc_buf text;
    toc_line_typed_cb on_line;
    void *context;
};

static void on_turn(uv_timer_t *turn);
static void on_readable(uv_poll_t *poll, int status, int events);
static void read_some(toc_keyboard *k);
static void deliver(toc_keyboard *k);
static char *take_line(toc_keyboard *k);
static char *make_line(const char *text, size_t len);
static void on_handle_closed(uv_handle_t *handle);

toc_keyboard *toc_keyboard_open(uv_loop_t *loop, int fd, toc_line_typed_cb on_line, void *context)
{
    toc_keyboard *k = toc_alloc(sizeof *k);
    k->fd = fd;
    k->on_line = on_line;
    k->context = context;
    k->is_tty = isatty(fd);
    uv_timer_init(loop, &k->turn);
    k->turn.data = k;
    k->handles = 1;
    // epoll refuses what is always readable: files, /dev/null.
    if (uv_poll_init(loop, &k->poll, fd) == 0) {
        k->has_poll = true;
        k->poll.data = k;
        k->handles++;
    }
    return k;
}

bool toc_keyboard_is_tty(const toc_keyboard *k)
{
    return k->is_tty;
}

void toc_keyboard_go(toc_keyboard *k)
{
    if (k->is_going || k->is_closed)
        return;
    k->is_going = true;
    uv_timer_start(&k->turn, on_turn, 0, 0);
    if (k->has_poll && !k->has_ended)
        uv_poll_start(&k->poll, UV_READABLE, on_readable);
}

void toc_keyboard_hold(toc_keyboard *k)
{
    k->is_going = false;
    uv_timer_stop(&k->turn);
    if (k->has_poll)
        uv_poll_stop(&k->poll);
}

void toc_keyboard_close(toc_keyboard *k)
{
    if (!k || k->is_closed)
        return;
    toc_keyboard_hold(k);
    k->is_closed = true;
    uv_close((uv_handle_t *)&k->turn, on_handle_closed);
    if (k->has_poll)
        uv_close((uv_handle_t *)&k->poll, on_handle_closed);
}

static void on_turn(uv_timer_t *turn)
{
    deliver(turn->data);
}

static void on_readable(uv_poll_t *poll, int status, int events)
{
    toc_keyboard *k = poll->data;
    (void)events;
    if (status < 0)
        k->has_ended = true;
    else
        read_some(k);
    deliver(k);
}

// At the end, and after an error, which is an end too, nothing is waited for any more.
static void read_some(toc_keyboard *k)
{
    char chunk[4096];
    ssize_t n = read(k->fd, chunk, sizeof chunk);
    if (n > 0)
        toc_buf_add(&k->text, chunk, (size_t)n);
    else if (n == 0 || (errno != EINTR && errno != EAGAIN))
        k->has_ended = true;
    if (k->has_ended && k->has_poll)
        uv_poll_stop(&k->poll);
}

static void deliver(toc_keyboard *k)
{
    while (k->is_going && !k->told_end) {
        char *line = take_line(k);
        if (line) {
            k->on_line(k->context, line);
            free(line);
        } else if (k->has_ended) {
            k->told_end = true;
            k->on_line(k->context, NULL);
        } else if (k->has_poll) {
            return;
        } else {
            read_some(k);
        }
    }
}

// The next whole line; at the end of the input, what is left. Of a line longer than any only the
// beginning is given, which is too long to be anything; its tail must never be taken for a line.
static char *take_line(toc_keyboard *k)
{
    for (;;) {
        if (k->text.len == 0)
            return NULL;
        char *newline = memchr(k->text.data, '\n', k->text.len);
        size_t len = newline ? (size_t)(newline - k->text.data) : k->text.len;
        bool was_dropping = k->is_dropping;
        if (!newline && !k->has_ended && k->text.len < LINE_MAX_BYTES && !was_dropping)
            return NULL;
        k->is_dropping = !newline && !k->has_ended;
        char *line = was_dropping ? NULL : make_line(k->text.data, len);
        size_t taken = newline ? len + 1 : len;
        memmove(k->text.data, k->text.data + taken, k->text.len - taken);
        k->text.len -= taken;
        if (line)
            return line;
    }
}

// A NUL would end the line; another control character in its place gets it refused.
static char *make_line(const char *text, size_t len)
{
    if (len > 0 && text[len - 1] == '\r')
        len--;
    char *line = toc_alloc(len + 1);
    for (size_t i = 0; i < len; i++)
        line[i] = text[i] ? text[i] : '\x01';
    line[len] = '\0';
    return line;
}

static void on_handle_closed(uv_handle_t *handle)
{
    toc_keyboard *k = handle->data;
    if (--k->handles > 0)
        return;
    toc_buf_fini(&k->text);
    free(k);
}
