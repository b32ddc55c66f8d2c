// SPDX-License-Identifier: MIT
// What nng needs to hold, measured: buffers and the limit of a message are set before listening; each
// audience has a listener of its own, because PUB shows everything to whoever is let in; notices come
// on nng's threads and are only queued there.
#include "net.h"

#include <netdb.h>
#include <nng/nng.h>
#include <nng/protocol/pubsub0/pub.h>
#include <nng/protocol/reqrep0/rep.h>
#include <nng/supplemental/tls/tls.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

#include "base/mem.h"
#include "crypto/tls.h"

#define DESK_QUEUE    8192  // with the default a reply is refused under load
#define FEED_QUEUE    512   // messages a subscriber may lag before it must refill
#define REQUEST_BYTES 65536 // a larger message drops its connection; its serial comes on top

typedef struct {
    toc_net *net;
    size_t feed; // TOC_NET_DESK, or which
    nng_socket socket;
    nng_listener listener;
    toc_pipe_change *pipes; // open connections
    size_t pipe_count, pipe_capacity;
} door;

struct toc_net {
    door *doors; // the desk, then the feeds
    size_t door_count;
    int desk_fd;
    nng_aio *at_once; // receives or sends now or not at all; to make one each time is dear
    toc_strays *strays;

    uv_mutex_t lock; // of what follows
    bool is_blind;   // nng does not say who is at the other end
    void (*wake)(void *context);
    void *context;
    toc_pipe_change *changes;
    size_t change_count, change_capacity, change_next;
};

static toc_err open_door(toc_net *n, size_t i, const toc_run_folder *folder, toc_error *e);
static toc_err open_socket(door *d, toc_error *e);
static toc_err make_tls(const toc_run_folder *folder, size_t feed, nng_tls_config **out,
                        toc_error *e);
static toc_err start_listener(door *d, const toc_run_info *info, int port, nng_tls_config *tls,
                              toc_error *e);
static int send_at_once(toc_net *n, nng_socket socket, nng_msg *msg);
static void close_started(toc_net *n, toc_pipe_change *pipe);
static void on_pipe(nng_pipe pipe, nng_pipe_ev event, void *context);
static bool find_end(nng_pipe pipe, const char *option, uint8_t end[18], bool *is_blind);
static toc_err fail_nng(toc_error *e, int code, const char *what);
static toc_err bind_free(const struct addrinfo *address, int *fd, int *port, toc_error *e);

toc_err toc_net_open(toc_net **out, const toc_run_folder *folder, void (*wake)(void *context),
                     void *context, toc_error *e)
{
    *out = NULL;
    toc_err err = toc_tls_use(e);
    if (err)
        return err;
    const toc_run_info *info = toc_run_folder_info(folder);
    toc_net *n = toc_alloc(sizeof *n);
    uv_mutex_init(&n->lock);
    n->wake = wake;
    n->context = context;
    n->door_count = info->audience_count + 1;
    n->doors = toc_alloc(n->door_count * sizeof *n->doors);
    const toc_strays_rule rule = TOC_STRAYS_RULE;
    n->strays = toc_strays_new(&rule, info->ports, n->door_count);
    for (size_t i = 0; i < n->door_count && !err; i++)
        err = open_door(n, i, folder, e);
    int code = 0;
    if (!err && (code = nng_socket_get_int(n->doors[0].socket, NNG_OPT_RECVFD, &n->desk_fd)) != 0)
        err = fail_nng(e, code, "the desk cannot be watched");
    if (!err && (code = nng_aio_alloc(&n->at_once, NULL, NULL)) != 0)
        err = fail_nng(e, code, "the desk cannot be served");
    if (n->at_once)
        nng_aio_set_timeout(n->at_once, NNG_DURATION_ZERO);
    if (err) {
        toc_net_stop(n); // what listens goes with the process
        return err;
    }
    *out = n;
    return TOC_OK;
}

void toc_net_stop(toc_net *n)
{
    if (!n)
        return;
    uv_mutex_lock(&n->lock);
    n->wake = NULL;
    uv_mutex_unlock(&n->lock);
}

toc_err toc_net_free_ports(const char *address, int *ports, size_t count, toc_error *e)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *found;
    int code = getaddrinfo(*address ? address : NULL, "0", &hints, &found);
    if (code != 0)
        return toc_fail(e, TOC_ENET, "%s is no address of this machine: %s", address,
                        gai_strerror(code));
    // All are held until the last is found, so that they differ.
    int *fds = toc_alloc((count + 1) * sizeof *fds);
    size_t held = 0;
    toc_err err = TOC_OK;
    while (held < count && !err) {
        err = bind_free(found, &fds[held], &ports[held], e);
        held += !err;
    }
    for (size_t i = 0; i < held; i++)
        close(fds[i]);
    free(fds);
    freeaddrinfo(found);
    return err;
}

int toc_net_desk_fd(const toc_net *n)
{
    return n->desk_fd;
}

bool toc_net_receive(toc_net *n, toc_packet *out)
{
    for (;;) {
        nng_recv_aio(n->doors[0].socket, n->at_once);
        nng_aio_wait(n->at_once);
        if (nng_aio_result(n->at_once) != 0)
            return false;
        nng_msg *msg = nng_aio_get_msg(n->at_once);
        *out = (toc_packet){.way = msg,
                            .bytes = nng_msg_body(msg),
                            .len = nng_msg_len(msg),
                            .pipe = (uint32_t)nng_pipe_id(nng_msg_get_pipe(msg))};
        if (toc_tls_serial_of(out->bytes, &out->len, out->serial))
            return true;
        // REP looked for a request's number in it and found none before the serial: it closes connections
        // that send less than a number, and so does this.
        toc_net_close_pipe(n, out->pipe);
        toc_net_drop(out);
    }
}

bool toc_net_reply(toc_net *n, toc_packet *p, const char *bytes, size_t len)
{
    nng_msg *msg = p->way;
    nng_msg_clear(msg); // the body; the header says where it goes
    nng_msg_append(msg, bytes, len);
    int code = send_at_once(n, n->doors[0].socket, msg);
    if (code == NNG_ETIMEDOUT)
        return false;
    if (code != 0)
        nng_msg_free(msg);
    p->way = NULL;
    return true;
}

void toc_net_drop(toc_packet *p)
{
    if (p->way)
        nng_msg_free(p->way);
    p->way = NULL;
}

void toc_net_publish(toc_net *n, size_t feed, const char *bytes, size_t len)
{
    nng_msg *msg;
    if (nng_msg_alloc(&msg, 0) != 0)
        return;
    nng_msg_append(msg, bytes, len);
    // Never waits; what a slow subscriber loses it fetches at the desk.
    if (send_at_once(n, n->doors[1 + feed].socket, msg) != 0)
        nng_msg_free(msg);
}

bool toc_net_change(toc_net *n, toc_pipe_change *out)
{
    uv_mutex_lock(&n->lock);
    bool is_any = n->change_next < n->change_count;
    if (is_any)
        *out = n->changes[n->change_next++];
    else
        n->change_next = n->change_count = 0;
    uv_mutex_unlock(&n->lock);
    return is_any;
}

void toc_net_close_pipe(toc_net *n, uint32_t pipe)
{
    (void)n;
    if (pipe)
        nng_pipe_close((nng_pipe){.id = pipe});
}

void toc_net_close_feed(toc_net *n, size_t feed)
{
    door *d = &n->doors[1 + feed];
    for (size_t i = 0; i < d->pipe_count; i++)
        close_started(n, &d->pipes[i]);
    uv_mutex_lock(&n->lock);
    for (size_t i = n->change_next; i < n->change_count; i++)
        if (n->changes[i].feed == feed)
            n->changes[i].must_close = true; // when it is tracked
    uv_mutex_unlock(&n->lock);
}

void toc_net_track(toc_net *n, const toc_pipe_change *change)
{
    door *d = &n->doors[change->feed == TOC_NET_DESK ? 0 : 1 + change->feed];
    if (change->state == TOC_PIPE_OPENS) {
        TOC_GROW(d->pipes, d->pipe_count, d->pipe_capacity);
        d->pipes[d->pipe_count++] = *change;
        if (change->has_ends && change->feed != TOC_NET_DESK)
            toc_strays_met(n->strays, change->pipe, &change->ends);
        return;
    }
    for (size_t i = 0; i < d->pipe_count; i++) {
        toc_pipe_change *pipe = &d->pipes[i];
        if (pipe->pipe != change->pipe)
            continue;
        if (change->state == TOC_PIPE_STARTED) {
            pipe->state = TOC_PIPE_STARTED;
            if (pipe->must_close || change->must_close)
                close_started(n, pipe);
            return;
        }
        if (pipe->has_ends)
            toc_strays_parted(n->strays, change->pipe, &pipe->ends);
        *pipe = d->pipes[--d->pipe_count];
        return;
    }
}

// NNG_ETIMEDOUT: not now. Any failure leaves msg to the caller.
static int send_at_once(toc_net *n, nng_socket socket, nng_msg *msg)
{
    nng_aio_set_msg(n->at_once, msg);
    nng_send_aio(socket, n->at_once);
    nng_aio_wait(n->at_once);
    return nng_aio_result(n->at_once);
}

// nng 1.5.2 keeps what is closed before it has started in its list of subscribers, and frees it.
static void close_started(toc_net *n, toc_pipe_change *pipe)
{
    pipe->must_close = true;
    if (pipe->state == TOC_PIPE_STARTED)
        toc_net_close_pipe(n, pipe->pipe);
}

void toc_net_know(toc_net *n, uint32_t pipe)
{
    const door *d = &n->doors[0];
    for (size_t i = 0; i < d->pipe_count; i++)
        if (d->pipes[i].pipe == pipe && d->pipes[i].has_ends)
            toc_strays_met(n->strays, pipe, &d->pipes[i].ends);
}

size_t toc_net_count(const toc_net *n)
{
    size_t count = 0;
    for (size_t i = 0; i < n->door_count; i++)
        count += n->doors[i].pipe_count;
    return count;
}

toc_strays *toc_net_strays(toc_net *n)
{
    uv_mutex_lock(&n->lock);
    bool is_blind = n->is_blind;
    uv_mutex_unlock(&n->lock);
    return is_blind ? NULL : n->strays;
}

static toc_err open_door(toc_net *n, size_t i, const toc_run_folder *folder, toc_error *e)
{
    const toc_run_info *info = toc_run_folder_info(folder);
    door *d = &n->doors[i];
    d->net = n;
    d->feed = i == 0 ? TOC_NET_DESK : i - 1;
    nng_tls_config *tls = NULL;
    toc_err err = open_socket(d, e);
    if (!err)
        err = make_tls(folder, d->feed, &tls, e);
    if (!err)
        err = start_listener(d, info, info->ports[i], tls, e);
    if (tls)
        nng_tls_config_free(tls); // the listener holds it too
    return err;
}

static toc_err open_socket(door *d, toc_error *e)
{
    bool is_desk = d->feed == TOC_NET_DESK;
    int code = is_desk ? nng_rep0_open_raw(&d->socket) : nng_pub0_open(&d->socket);
    if (code == 0)
        code = nng_socket_set_int(d->socket, NNG_OPT_SENDBUF, is_desk ? DESK_QUEUE : FEED_QUEUE);
    if (code == 0 && is_desk)
        code = nng_socket_set_int(d->socket, NNG_OPT_RECVBUF, DESK_QUEUE);
    if (code == 0)
        code = nng_socket_set_size(d->socket, NNG_OPT_RECVMAXSZ, REQUEST_BYTES + TOC_TLS_SERIAL);
    if (code == 0)
        code = nng_pipe_notify(d->socket, NNG_PIPE_EV_ADD_PRE, on_pipe, d);
    if (code == 0)
        code = nng_pipe_notify(d->socket, NNG_PIPE_EV_ADD_POST, on_pipe, d);
    if (code == 0)
        code = nng_pipe_notify(d->socket, NNG_PIPE_EV_REM_POST, on_pipe, d);
    return code == 0 ? TOC_OK : fail_nng(e, code, "a socket could not be made");
}

// A feed lets in its audience's certificates only; the desk everybody's.
static toc_err make_tls(const toc_run_folder *folder, size_t feed, nng_tls_config **out,
                        toc_error *e)
{
    const toc_run_info *info = toc_run_folder_info(folder);
    toc_buf cert = {0}, key = {0}, cas = {0};
    toc_err err = toc_run_folder_key(folder, "server.pem", &cert, e);
    if (!err)
        err = toc_run_folder_key(folder, "server.key", &key, e);
    for (size_t i = 0; i < info->audience_count && !err; i++)
        if (feed == TOC_NET_DESK || feed == i)
            err = toc_run_folder_ca(folder, info->audiences[i], &cas, e);
    int code = err ? 0 : nng_tls_config_alloc(out, NNG_TLS_MODE_SERVER);
    if (!err && code == 0)
        code = nng_tls_config_auth_mode(*out, NNG_TLS_AUTH_MODE_REQUIRED);
    if (!err && code == 0)
        code = nng_tls_config_own_cert(*out, cert.data, key.data, NULL);
    if (!err && code == 0)
        code = nng_tls_config_ca_chain(*out, cas.data, NULL);
    if (!err && code != 0)
        err = fail_nng(e, code, "the run's certificates cannot be used");
    toc_buf_fini(&cert);
    toc_buf_fini(&key);
    toc_buf_fini(&cas);
    return err;
}

static toc_err start_listener(door *d, const toc_run_info *info, int port, nng_tls_config *tls,
                              toc_error *e)
{
    bool is_ip6 = strchr(info->listen, ':') != NULL;
    char *url = toc_sprintf(is_ip6 ? "tls+tcp://[%s]:%d" : "tls+tcp://%s:%d", info->listen, port);
    int code = nng_listener_create(&d->listener, d->socket, url);
    if (code == 0)
        code = nng_listener_set_ptr(d->listener, NNG_OPT_TLS_CONFIG, tls);
    if (code == 0)
        code = nng_listener_set_bool(d->listener, NNG_OPT_TCP_KEEPALIVE, true);
    if (code == 0)
        code = nng_listener_start(d->listener, 0);
    toc_err err = TOC_OK;
    if (code == NNG_EADDRINUSE)
        err = toc_fail(e, TOC_ENET,
                       "port %d is in use: another engine, or another program, listens there "
                       "(a new run can take another with --listen HOST:PORT, or any free ones with "
                       "port 0; a resumed run keeps the ports that its tickets name)",
                       port);
    else if (code != 0)
        err = toc_fail(e, TOC_ENET, "listening at %s failed: %s", url, nng_strerror(code));
    free(url);
    return err;
}

// On nng's threads. That it opens is told before the pipe receives anything: told afterwards (ADD_POST), the end of one
// that says nonsense at once could come first.
static void on_pipe(nng_pipe pipe, nng_pipe_ev event, void *context)
{
    const door *d = context;
    toc_net *n = d->net;
    toc_pipe_change change = {.feed = d->feed,
                              .pipe = (uint32_t)nng_pipe_id(pipe),
                              .state = event == NNG_PIPE_EV_ADD_PRE    ? TOC_PIPE_OPENS
                                       : event == NNG_PIPE_EV_ADD_POST ? TOC_PIPE_STARTED
                                                                       : TOC_PIPE_ENDED};
    bool is_blind = false;
    if (change.state == TOC_PIPE_OPENS)
        change.has_ends = find_end(pipe, NNG_OPT_LOCADDR, change.ends.local, &is_blind) &&
                          find_end(pipe, NNG_OPT_REMADDR, change.ends.peer, &is_blind);
    uv_mutex_lock(&n->lock);
    n->is_blind = n->is_blind || is_blind;
    TOC_GROW(n->changes, n->change_count, n->change_capacity);
    n->changes[n->change_count++] = change;
    if (n->wake)
        n->wake(n->context); // inside the lock: else it could come after toc_net_stop
    uv_mutex_unlock(&n->lock);
}

// Of a pipe that is closing already this is not known, and need not be. Were it known of none, all were strays.
static bool find_end(nng_pipe pipe, const char *option, uint8_t end[18], bool *is_blind)
{
    nng_sockaddr a;
    int code = nng_pipe_get_addr(pipe, option, &a);
    *is_blind = *is_blind || code == NNG_ENOTSUP;
    if (code != 0)
        return false;
    struct sockaddr_in6 ip6 = {.sin6_family = AF_INET6, .sin6_port = a.s_in6.sa_port};
    struct sockaddr_in ip4 = {.sin_family = AF_INET, .sin_port = a.s_in.sa_port};
    if (a.s_family == NNG_AF_INET) {
        ip4.sin_addr.s_addr = a.s_in.sa_addr;
        return toc_ends_put(end, (struct sockaddr *)&ip4);
    }
    memcpy(&ip6.sin6_addr, a.s_in6.sa_addr, sizeof ip6.sin6_addr);
    return toc_ends_put(end, (struct sockaddr *)&ip6);
}

static toc_err fail_nng(toc_error *e, int code, const char *what)
{
    return toc_fail(e, TOC_ENET, "%s: %s", what, nng_strerror(code));
}

static toc_err bind_free(const struct addrinfo *address, int *fd, int *port, toc_error *e)
{
    struct sockaddr_storage bound;
    socklen_t len = sizeof bound;
    char number[16];
    *fd = socket(address->ai_family, address->ai_socktype, address->ai_protocol);
    if (*fd < 0)
        return toc_fail(e, TOC_ENET, "no socket could be made");
    if (bind(*fd, address->ai_addr, address->ai_addrlen) != 0 ||
        getsockname(*fd, (struct sockaddr *)&bound, &len) != 0 ||
        getnameinfo((struct sockaddr *)&bound, len, NULL, 0, number, sizeof number,
                    NI_NUMERICSERV) != 0) {
        close(*fd);
        return toc_fail(e, TOC_ENET, "no free port was found");
    }
    *port = atoi(number);
    return TOC_OK;
}
