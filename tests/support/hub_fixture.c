// SPDX-License-Identifier: MIT
#include "hub_fixture.h"

#include <check.h>
#include <errno.h>
#include <nng/protocol/pubsub0/sub.h>
#include <nng/protocol/reqrep0/req.h>
#include <nng/supplemental/tls/tls.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "check_main.h"
#include "conduct_fixture.h"
#include "crypto/tls.h"
#include "process.h"
#include "record/json.h"

// The child's end of things.
typedef struct {
    int news;
    int64_t writes, fail_at;
} child;

static void run_child(int orders, int news);
static void on_ready(void *context, const toc_hub_ready *ready);
static int count_write(void *context, int fd, const void *data, size_t len);
static int do_sync(void *context, int fd);
static bool read_line(int fd, char *line, size_t size, int64_t end);
static int64_t now_ms(void);
static bool is_readable(nng_socket socket, int64_t end);

void hub_setup(hub_fixture *f)
{
    memset(f, 0, sizeof *f);
    f->folder = folder_new();
    for (size_t i = 0; i < HUBS; i++) {
        int orders[2], news[2];
        ck_assert_int_eq(pipe(orders), 0);
        ck_assert_int_eq(pipe(news), 0);
        pid_t pid = fork();
        ck_assert_int_ge(pid, 0);
        if (pid == 0) {
            close(orders[1]);
            close(news[0]);
            run_child(orders[0], news[1]);
        }
        close(orders[0]);
        close(news[1]);
        f->hubs[i] = (hub_process){pid, orders[1], news[0]};
    }
}

void hub_teardown(hub_fixture *f)
{
    for (size_t i = 0; i < HUBS; i++) {
        if (f->hubs[i].pid > 0) {
            kill(f->hubs[i].pid, SIGKILL);
            waitpid(f->hubs[i].pid, NULL, 0);
        }
        close(f->hubs[i].orders);
        close(f->hubs[i].news);
    }
    folder_remove(f->folder);
    free(f->run);
}

void hub_start(hub_fixture *f, hub_order order)
{
    ck_assert_uint_lt(f->started, HUBS);
    hub_process *hub = &f->hubs[f->started++];
    char line[600];
    snprintf(order.folder, sizeof order.folder, "%s", f->folder);
    ck_assert_int_eq(write(hub->orders, &order, sizeof order), sizeof order);
    ck_assert_msg(read_line(hub->news, line, sizeof line, now_ms() + HUB_DEADLINE_MS),
                  "the hub said nothing");
    ck_assert_msg(strncmp(line, "ready ", 6) == 0, "%s", line);
    free(f->run);
    f->run = toc_strdup(line + 6);
}

void hub_resume(hub_fixture *f)
{
    hub_order order = {0};
    snprintf(order.resume, sizeof order.resume, "%s", f->run);
    hub_start(f, order);
}

int hub_wait(hub_fixture *f)
{
    hub_process *hub = &f->hubs[f->started - 1];
    char line[600] = "";
    bool has_ended = read_line(hub->news, line, sizeof line, now_ms() + HUB_DEADLINE_MS);
    if (!has_ended)
        kill(hub->pid, SIGKILL); // unless it was killed already
    waitpid(hub->pid, NULL, 0); // its ports are free when it is gone, not when it says so
    hub->pid = 0;
    if (!has_ended)
        return -1;
    printf("%s\n", line);
    return atoi(line + strlen("ended "));
}

void hub_signal(hub_fixture *f, int signal)
{
    kill(f->hubs[f->started - 1].pid, signal);
}

void hub_ticket(const hub_fixture *f, const char *seat, toc_ticket *out)
{
    toc_error e = {0};
    char *path = toc_sprintf("%s/tickets/%s.ticket", f->run, seat);
    TOC_OK_OR_FAIL(toc_ticket_read(out, path, NULL, &e), e);
    free(path);
}

// ---- clients -------------------------------------------------------------------------------------

int client_dial(nng_socket socket, const char *url, const char *ca, const char *certificate,
                const char *key)
{
    toc_error e = {0};
    nng_tls_config *config;
    nng_dialer dialer;
    TOC_OK_OR_FAIL(toc_tls_use(&e), e);
    ck_assert_int_eq(nng_tls_config_alloc(&config, NNG_TLS_MODE_CLIENT), 0);
    ck_assert_int_eq(nng_tls_config_ca_chain(config, ca, NULL), 0);
    ck_assert_int_eq(nng_tls_config_auth_mode(config, NNG_TLS_AUTH_MODE_REQUIRED), 0);
    ck_assert_int_eq(nng_tls_config_server_name(config, "tocsin"), 0);
    if (certificate)
        ck_assert_int_eq(nng_tls_config_own_cert(config, certificate, key, NULL), 0);
    ck_assert_int_eq(nng_dialer_create(&dialer, socket, url), 0);
    ck_assert_int_eq(nng_dialer_set_ptr(dialer, NNG_OPT_TLS_CONFIG, config), 0);
    ck_assert_int_eq(nng_dialer_set_ms(dialer, NNG_OPT_RECONNMINT, 10), 0);
    ck_assert_int_eq(nng_dialer_set_ms(dialer, NNG_OPT_RECONNMAXT, 100), 0);
    nng_tls_config_free(config);
    return nng_dialer_start(dialer, NNG_FLAG_NONBLOCK);
}

void client_open(hub_client *c, const hub_fixture *f, const char *seat)
{
    memset(c, 0, sizeof *c);
    hub_ticket(f, seat, &c->ticket);
    const toc_ticket *t = &c->ticket;
    ck_assert_int_eq(nng_req0_open(&c->desk), 0);
    ck_assert_int_eq(nng_sub0_open(&c->feed), 0);
    ck_assert_int_eq(nng_socket_set(c->feed, NNG_OPT_SUB_SUBSCRIBE, "", 0), 0);
    ck_assert_int_eq(nng_socket_set_ms(c->desk, NNG_OPT_REQ_RESENDTIME, 1000), 0);
    ck_assert_int_eq(client_dial(c->desk, t->desk, t->ca, t->certificate, t->key), 0);
    ck_assert_int_eq(client_dial(c->feed, t->feed, t->ca, t->certificate, t->key), 0);
}

void client_fini(hub_client *c)
{
    toc_ticket_fini(&c->ticket);
    toc_buf_fini(&c->reply);
    toc_buf_fini(&c->heard);
}

void client_send(hub_client *c, const char *text)
{
    nng_msg *msg;
    ck_assert_int_eq(nng_msg_alloc(&msg, 0), 0);
    nng_msg_append(msg, text, strlen(text));
    int code = nng_sendmsg(c->desk, msg, 0); // waits for the connection
    ck_assert_msg(code == 0, "%s", nng_strerror(code));
}

bool client_receive(hub_client *c, int ms)
{
    nng_msg *msg;
    int64_t end = now_ms() + ms;
    while (is_readable(c->desk, end)) {
        if (nng_recvmsg(c->desk, &msg, NNG_FLAG_NONBLOCK) != 0)
            continue;
        toc_buf_clear(&c->reply);
        toc_buf_add(&c->reply, nng_msg_body(msg), nng_msg_len(msg));
        nng_msg_free(msg);
        return true;
    }
    return false;
}

void client_join(hub_client *c)
{
    char id[24];
    uint64_t nonce;
    toc_random_bytes(&nonce, sizeof nonce);
    snprintf(id, sizeof id, "%016llx-0", (unsigned long long)nonce);
    client_ask_as(c, id, "join", "");
    client_must_say(c, "\"ok\":true");
    const char *at = strstr(c->reply.data, "\"session\":\"") + 11;
    snprintf(c->session, sizeof c->session, "%.*s", (int)strcspn(at, "\""), at);
    c->counter = 0;
}

const char *client_ask(hub_client *c, const char *op, const char *fields)
{
    char id[48];
    snprintf(id, sizeof id, "%s-%d", c->session, ++c->counter);
    return client_ask_as(c, id, op, fields);
}

const char *client_ask_as(hub_client *c, const char *id, const char *op, const char *fields)
{
    char *text = toc_sprintf("{\"op\":\"%s\",\"token\":\"%s\",\"id\":\"%s\"%s}", op,
                             c->ticket.token, id, fields);
    client_send(c, text);
    free(text);
    ck_assert_msg(client_receive(c, HUB_DEADLINE_MS), "no reply to %s", op);
    char *begin = toc_sprintf("{\"id\":\"%s\"", id);
    client_must_say(c, begin);
    free(begin);
    return c->reply.data;
}

void client_must_say(const hub_client *c, const char *text)
{
    ck_assert_msg(strstr(toc_buf_text(&c->reply), text) != NULL, "no %s in %s", text,
                  toc_buf_text(&c->reply));
}

static void take_line(hub_client *c, const char *line, size_t len)
{
    toc_json *json;
    toc_error e = {0};
    int64_t n;
    TOC_OK_OR_FAIL(toc_json_read(&json, line, len, TOC_JSON_REPLY, &e), e);
    const toc_json *number = toc_json_get(json, "n");
    if (strcmp(toc_json_text(toc_json_get(json, "k")), "heartbeat") == 0) {
        ck_assert(toc_json_int(toc_json_get(json, "head"), &c->head));
        c->beats++;
    } else {
        if (number && toc_json_int(number, &n))
            c->have = n;
        toc_buf_add(&c->heard, line, len);
        toc_buf_char(&c->heard, '\n');
    }
    toc_json_free(json);
}

bool client_hear(hub_client *c, const char *text, int ms)
{
    int64_t end = now_ms() + ms;
    while (!strstr(toc_buf_text(&c->heard), text)) {
        nng_msg *msg;
        if (!is_readable(c->feed, end))
            return false;
        if (nng_recvmsg(c->feed, &msg, NNG_FLAG_NONBLOCK) != 0)
            continue;
        const char *at = nng_msg_body(msg), *stop = at + nng_msg_len(msg);
        while (at < stop) {
            const char *newline = memchr(at, '\n', (size_t)(stop - at));
            size_t len = (size_t)((newline ? newline : stop) - at);
            take_line(c, at, len);
            at += len + 1;
        }
        nng_msg_free(msg);
    }
    return true;
}

void client_beats(hub_client *c, size_t count)
{
    int64_t end = now_ms() + HUB_DEADLINE_MS;
    client_hear(c, "no such line", 100); // what an engine that is gone said before it went
    for (size_t until = c->beats + count; c->beats < until;) {
        ck_assert_msg(now_ms() < end, "%s hears no heartbeats", c->ticket.seat);
        client_hear(c, "no such line", 50);
    }
}

// ---- the hub's process ---------------------------------------------------------------------------

static void run_child(int orders, int news)
{
    hub_order order;
    if (read(orders, &order, sizeof order) != sizeof order)
        _exit(0);             // the test needed no more
    conduct_fixture scenario; // for its files only
    conduct_setup(&scenario, order.more);
    char *runs = toc_sprintf("%s/runs", order.folder), *listen = own_listen(order.folder);
    child me = {.news = news, .fail_at = order.fail_at};
    const toc_disk disk = {&me, count_write, do_sync, NULL};
    toc_hub_options options = {.resume = order.resume[0] ? order.resume : NULL,
                               .files = scenario.files,
                               .dir = order.folder,
                               .runs = runs,
                               .seed = 26,
                               .listen = listen,
                               .excons = 1,
                               .evaluators = 1,
                               .boards = 1,
                               .speed = order.speed,
                               .auto_start = order.auto_start,
                               .disk = &disk,
                               .context = &me,
                               .on_ready = on_ready};
    toc_hub_end end = TOC_HUB_CLOSED;
    toc_error e = {0};
    toc_err err = toc_hub_run(&options, &end, &e);
    dprintf(news, "ended %d %s\n", err ? (int)err : end == TOC_HUB_CLOSED ? 0 : 130, e.msg);
    fixture_empty_folder(&scenario.disk);
    rmdir(scenario.disk.folder);
    _exit(0);
}

static void on_ready(void *context, const toc_hub_ready *ready)
{
    dprintf(((const child *)context)->news, "ready %s\n", ready->folder);
}

static int count_write(void *context, int fd, const void *data, size_t len)
{
    child *me = context;
    if (++me->writes == me->fail_at)
        return ENOSPC;
    for (const char *at = data; len > 0;) {
        ssize_t n = write(fd, at, len);
        if (n < 0)
            return errno;
        at += n;
        len -= (size_t)n;
    }
    return 0;
}

static int do_sync(void *context, int fd)
{
    (void)context;
    return fsync(fd) == 0 ? 0 : errno;
}

static bool read_line(int fd, char *line, size_t size, int64_t end)
{
    for (size_t len = 0; len + 1 < size;) {
        int64_t left = end - now_ms();
        if (left < 0 || poll(&(struct pollfd){.fd = fd, .events = POLLIN}, 1, (int)left) != 1 ||
            read(fd, &line[len], 1) != 1)
            return false;
        if (line[len] == '\n') {
            line[len] = '\0';
            return true;
        }
        len++;
    }
    return false;
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool is_readable(nng_socket socket, int64_t end)
{
    int fd = -1;
    int64_t left = end - now_ms();
    ck_assert_int_eq(nng_socket_get_int(socket, NNG_OPT_RECVFD, &fd), 0);
    return poll(&(struct pollfd){.fd = fd, .events = POLLIN}, 1, left > 0 ? (int)left : 0) == 1;
}
