// SPDX-License-Identifier: MIT
#include "switchboard_fixture.h"

#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "check_main.h"

static const char *const seats[] = {"ops-1",   "ops-2",       "press-1",
                                    "excon-1", "evaluator-1", "board-1"};

static void begin(board_fixture *b, const char *more, bool auto_start);
static void fill_roster(board_fixture *b);
static void token_of(const char *seat, char token[33]);
static void serial_of(const char *seat, char serial[33]);
static size_t count_of(const char *text, const char *part);
static toc_switchboard_host host_of(board_fixture *b);
static int write_all(void *context, int fd, const void *data, size_t len);
static int sync_file(void *context, int fd);

void board_setup(board_fixture *b, const char *more)
{
    begin(b, more, false);
}

void board_setup_starting(board_fixture *b)
{
    begin(b, "", true);
}

void board_teardown(board_fixture *b)
{
    if (b->preview) {
        toc_preview_run(b->preview);
        toc_switchboard_previewed(b->s, b->preview);
    }
    if (b->batch)
        toc_switchboard_committed(b->s, b->batch, TOC_EIO, NULL);
    toc_switchboard_free(b->s);
    ck_assert_uint_eq(b->open, 0); // every packet was given back
    toc_roster_free(b->roster);
    conduct_teardown(&b->run);
    for (size_t i = 0; i < b->reply_count; i++)
        free(b->replies[i].text);
    free(b->replies);
    for (size_t i = 0; i < BOARD_FEEDS; i++)
        toc_buf_fini(&b->feeds[i]);
    toc_buf_fini(&b->wishes);
    toc_buf_fini(&b->notices);
}

void board_resume(board_fixture *b)
{
    if (b->batch)
        toc_switchboard_committed(b->s, b->batch, TOC_EIO, NULL);
    b->batch = NULL;
    toc_switchboard_free(b->s);
    toc_roster_free(b->roster);
    conduct_kill(&b->run);
    b->is_over = b->fails = false;
    fill_roster(b);
    const toc_switchboard_host host = host_of(b);
    b->s = toc_switchboard_new(&host, b->roster, false);
    b->run.listener_context = b->s;
    conduct_resume(&b->run);
    toc_switchboard_open(b->s, b->run.c);
}

void board_ask(board_fixture *b, uint32_t pipe, const char *seat, const char *op, const char *id,
               const char *fields)
{
    char token[33];
    token_of(seat, token);
    char *text =
        toc_sprintf("{\"op\":\"%s\",\"token\":\"%s\",\"id\":\"%s\"%s}", op, token, id, fields);
    toc_packet packet = {.way = text, .bytes = text, .len = strlen(text), .pipe = pipe};
    serial_of(seat, packet.serial);
    b->open++;
    toc_switchboard_take(b->s, &packet);
}

void board_join(board_fixture *b, uint32_t pipe, const char *seat, char session[16])
{
    char id[32];
    snprintf(id, sizeof id, "%016zx-0", b->reply_count + 1);
    board_ask(b, pipe, seat, "join", id, "");
    board_settle(b);
    const char *at = strstr(board_answer(b, id), "\"session\":\"");
    ck_assert_ptr_nonnull(at);
    at += strlen("\"session\":\"");
    snprintf(session, 16, "%.*s", (int)strcspn(at, "\""), at);
}

void board_later(board_fixture *b, int64_t ms)
{
    b->run.mono += ms;
    toc_switchboard_turn(b->s);
}

void board_commit(board_fixture *b)
{
    ck_assert_ptr_nonnull(b->batch);
    toc_batch *batch = b->batch;
    toc_error why = {0};
    toc_err err = toc_batch_commit(batch, &why);
    b->batch = NULL;
    toc_switchboard_committed(b->s, batch, err, &why);
    toc_switchboard_turn(b->s);
}

void board_settle(board_fixture *b)
{
    toc_switchboard_turn(b->s);
    while (b->batch)
        board_commit(b);
}

void board_preview(board_fixture *b)
{
    ck_assert_ptr_nonnull(b->preview);
    toc_preview *p = b->preview;
    b->preview = NULL;
    toc_preview_run(p);
    toc_switchboard_previewed(b->s, p);
    toc_switchboard_turn(b->s);
}

void board_wakes(board_fixture *b, int64_t ms)
{
    int64_t end = b->run.mono + ms;
    board_settle(b);
    while (!b->is_over && b->wake_at <= end) {
        if (b->wake_at > b->run.mono)
            b->run.mono = b->wake_at;
        board_settle(b);
    }
    b->run.mono = end;
}

const char *board_answer(const board_fixture *b, const char *id)
{
    char start[64];
    size_t len = (size_t)snprintf(start, sizeof start, "{\"id\":\"%s\"", id);
    for (size_t i = b->reply_count; i > 0; i--)
        if (strncmp(b->replies[i - 1].text, start, len) == 0)
            return b->replies[i - 1].text;
    return NULL;
}

size_t board_answers(const board_fixture *b, const char *id)
{
    char start[64];
    size_t len = (size_t)snprintf(start, sizeof start, "{\"id\":\"%s\"", id), count = 0;
    for (size_t i = 0; i < b->reply_count; i++)
        count += strncmp(b->replies[i].text, start, len) == 0;
    return count;
}

size_t board_heard(const board_fixture *b, size_t feed, const char *text)
{
    return count_of(toc_buf_text(&b->feeds[feed]), text);
}

bool board_wished(const board_fixture *b, const char *line)
{
    char *whole = toc_sprintf("%s\n", line);
    bool is_there = strstr(toc_buf_text(&b->wishes), whole) != NULL;
    free(whole);
    return is_there;
}

bool board_is_recorded(const board_fixture *b, const char *text)
{
    toc_buf data = {0};
    fixture_read(&data, b->run.disk.path);
    bool is_there = strstr(toc_buf_text(&data), text) != NULL;
    toc_buf_fini(&data);
    return is_there;
}

static void begin(board_fixture *b, const char *more, bool auto_start)
{
    memset(b, 0, sizeof *b);
    conduct_setup(&b->run, more);
    b->disk = (toc_disk){b, write_all, sync_file, NULL};
    b->run.faults = &b->disk;
    fill_roster(b);
    const toc_switchboard_host host = host_of(b);
    b->s = toc_switchboard_new(&host, b->roster, auto_start);
    b->run.listener = toc_switchboard_line;
    b->run.listener_context = b->s;
    conduct_start(&b->run);
    b->safe = toc_conduct_durable(b->run.c);
    toc_switchboard_open(b->s, b->run.c);
    board_settle(b);
}

static void fill_roster(board_fixture *b)
{
    b->roster = toc_roster_new();
    for (size_t i = 0; i < TOC_COUNT(seats); i++) {
        char token[33], serial[33];
        token_of(seats[i], token);
        serial_of(seats[i], serial);
        toc_roster_put(b->roster, seats[i], token, serial);
    }
}

// Seats that are opened later get 7.
static void token_of(const char *seat, char token[33])
{
    size_t i = 0;
    while (i < TOC_COUNT(seats) && strcmp(seats[i], seat) != 0)
        i++;
    memset(token, (int)('1' + i), 32);
    token[32] = '\0';
}

static void serial_of(const char *seat, char serial[33])
{
    char token[33];
    token_of(seat, token);
    snprintf(serial, 33, "0%c", token[0]);
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
        count++;
    return count;
}

// ---- what is wished ------------------------------------------------------------------------------

static board_fixture *alive(void *context)
{
    board_fixture *b = context;
    ck_assert_msg(!b->is_over, "it wishes something after the end");
    return b;
}

static int64_t mono(void *context)
{
    return ((const board_fixture *)context)->run.mono;
}

static void give_back(board_fixture *b, toc_packet *p)
{
    ck_assert_ptr_nonnull(p->way);
    free(p->way);
    p->way = NULL;
    b->open--;
}

static bool reply(void *context, toc_packet *p, const char *bytes, size_t len)
{
    board_fixture *b = alive(context);
    if (b->refuses) {
        b->refused++;
        return false;
    }
    TOC_GROW(b->replies, b->reply_count, b->reply_capacity);
    b->replies[b->reply_count++] = (board_reply){p->pipe, toc_strndup(bytes, len)};
    give_back(b, p);
    return true;
}

static void drop(void *context, toc_packet *p)
{
    board_fixture *b = context;
    b->dropped++;
    give_back(b, p);
}

static void publish(void *context, size_t feed, const char *bytes, size_t len)
{
    board_fixture *b = alive(context);
    ck_assert_uint_lt(feed, BOARD_FEEDS);
    char *message = toc_strndup(bytes, len);
    for (const char *at = message; at; at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL) {
        if (strncmp(at, "{\"n\":", 5) != 0)
            continue;
        int64_t seq = toc_feed_seq(toc_conduct_feed(b->run.c, feed), strtoll(at + 5, NULL, 10));
        ck_assert_int_gt(seq, 0);
        ck_assert_int_le(seq, b->safe);
    }
    toc_buf_str(&b->feeds[feed], message);
    toc_buf_char(&b->feeds[feed], '\n');
    free(message);
}

static void know_pipe(void *context, uint32_t pipe)
{
    toc_buf_printf(&alive(context)->wishes, "know %u\n", (unsigned)pipe);
}

static void close_pipe(void *context, uint32_t pipe)
{
    toc_buf_printf(&alive(context)->wishes, "pipe %u\n", (unsigned)pipe);
}

static void close_feed(void *context, size_t feed)
{
    toc_buf_printf(&alive(context)->wishes, "feed %zu\n", feed);
}

static void shut_out(void *context, const char *serial)
{
    toc_buf_printf(&alive(context)->wishes, "shut-out %s\n", serial);
}

static size_t listeners(void *context)
{
    return alive(context)->listeners;
}

static void commit(void *context, toc_batch *batch)
{
    board_fixture *b = alive(context);
    ck_assert_ptr_null(b->batch);
    b->batch = batch;
    b->taken = toc_conduct_head(b->run.c);
    b->commits++;
}

static void preview(void *context, toc_preview *p)
{
    board_fixture *b = alive(context);
    ck_assert_ptr_null(b->preview);
    b->preview = p;
}

static void wake(void *context, int64_t at)
{
    alive(context)->wake_at = at;
}

static void end(void *context, toc_hub_end how)
{
    board_fixture *b = alive(context);
    b->is_over = true;
    b->end = how;
}

static toc_err issue(void *context, const char *seat, toc_error *e)
{
    board_fixture *b = alive(context);
    char token[33], serial[33];
    (void)e;
    token_of(seat, token);
    serial_of(seat, serial);
    toc_roster_put(b->roster, seat, token, serial);
    toc_buf_printf(&b->wishes, "issue %s\n", seat);
    return TOC_OK;
}

static toc_err drop_ticket(void *context, const char *seat, toc_error *e)
{
    (void)e;
    toc_buf_printf(&alive(context)->wishes, "drop %s\n", seat);
    return TOC_OK;
}

static toc_err close_run(void *context, toc_error *e)
{
    (void)e;
    toc_buf_str(&alive(context)->wishes, "close-run\n");
    return TOC_OK;
}

static void event(void *context, const toc_event *ev)
{
    board_fixture *b = alive(context);
    ck_assert_int_le(ev->seq, b->run.c ? b->safe : ev->seq);
    b->events++;
}

static void notice(void *context, const char *text)
{
    toc_buf_printf(&alive(context)->notices, "%s\n", text);
}

static toc_switchboard_host host_of(board_fixture *b)
{
    return (toc_switchboard_host){.context = b,
                                  .folder = b->run.disk.folder,
                                  .mono = mono,
                                  .reply = reply,
                                  .drop = drop,
                                  .publish = publish,
                                  .know_pipe = know_pipe,
                                  .close_pipe = close_pipe,
                                  .close_feed = close_feed,
                                  .shut_out = shut_out,
                                  .listeners = listeners,
                                  .commit = commit,
                                  .preview = preview,
                                  .wake = wake,
                                  .end = end,
                                  .issue = issue,
                                  .drop_ticket = drop_ticket,
                                  .close_run = close_run,
                                  .event = event,
                                  .notice = notice};
}

// ---- the disk ------------------------------------------------------------------------------------

static int write_all(void *context, int fd, const void *data, size_t len)
{
    (void)context;
    for (const char *at = data; len > 0;) {
        ssize_t n = write(fd, at, len);
        if (n < 0)
            return errno;
        at += n;
        len -= (size_t)n;
    }
    return 0;
}

// A batch has the lines up to when it was taken; what is written without one has all.
static int sync_file(void *context, int fd)
{
    board_fixture *b = context;
    if (b->fails)
        return EIO;
    if (fsync(fd) != 0)
        return errno;
    if (b->run.c)
        b->safe = b->batch ? b->taken : toc_conduct_head(b->run.c);
    return 0;
}
