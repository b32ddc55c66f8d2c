// SPDX-License-Identifier: MIT
#define _GNU_SOURCE // unshare, setns
#include "badnet.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/random.h"

enum {
    PACKET = 2048, // bytes of the longest
    QUEUE = 4096,  // packets under way; what is more is lost, as in any network
};

// Seen by both processes.
typedef struct {
    atomic_bool is_out;
    atomic_ullong carried, lost, doubled, late;
} shared;

struct badnet {
    int home, machine[2], tun[2]; // namespaces; devices
    pid_t between;
    shared *shared;
};

typedef struct {
    int64_t due;
    unsigned number; // in the order of arrival
    int to;          // machine
    size_t len;
    char bytes[PACKET];
} packet;

typedef struct {
    badnet *net;
    const badnet_weather *weather;
    toc_random random;
    packet *queue;
    size_t count;
    unsigned arrived, newest[2]; // newest: that was handed over
} carrier;

static bool open_machine(badnet *n, int i);
static bool open_device(badnet *n, int i);
static bool set_flags(int fd, const char *name);
static void carry(badnet *n, const badnet_weather *weather);
static void take(carrier *c, int from);
static void put(carrier *c, int to, const char *bytes, size_t len);
static int hand_over(carrier *c);
static int64_t now_ms(void);

badnet *badnet_open(const badnet_weather *weather, const char **why)
{
    badnet *n = toc_alloc(sizeof *n);
    *n = (badnet){.home = -1, .machine = {-1, -1}, .tun = {-1, -1}};
    n->shared =
        mmap(NULL, sizeof *n->shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    n->home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    bool ok = n->shared != MAP_FAILED && n->home >= 0 && open_machine(n, 0) && open_machine(n, 1);
    if (n->home >= 0 && setns(n->home, CLONE_NEWNET) != 0)
        ok = false;
    if (!ok) {
        *why = "network namespaces and tun devices are not allowed here";
        badnet_close(n);
        return NULL;
    }
    n->between = fork();
    if (n->between == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        carry(n, weather);
    }
    return n;
}

void badnet_close(badnet *n)
{
    if (n->between > 0) {
        kill(n->between, SIGKILL);
        waitpid(n->between, NULL, 0);
    }
    for (int i = 0; i < 2; i++) {
        if (n->machine[i] >= 0)
            close(n->machine[i]);
        if (n->tun[i] >= 0)
            close(n->tun[i]);
    }
    if (n->home >= 0) {
        (void)!setns(n->home, CLONE_NEWNET);
        close(n->home);
    }
    if (n->shared != MAP_FAILED)
        munmap(n->shared, sizeof *n->shared);
    free(n);
}

void badnet_enter(badnet *n, int machine)
{
    if (setns(n->machine[machine], CLONE_NEWNET) != 0)
        abort();
}

void badnet_cable(badnet *n, bool is_in)
{
    atomic_store(&n->shared->is_out, !is_in);
}

badnet_toll badnet_tell(const badnet *n)
{
    return (badnet_toll){atomic_load(&n->shared->carried), atomic_load(&n->shared->lost),
                         atomic_load(&n->shared->doubled), atomic_load(&n->shared->late)};
}

static bool open_machine(badnet *n, int i)
{
    if (unshare(CLONE_NEWNET) != 0)
        return false;
    n->machine[i] = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    return n->machine[i] >= 0 && open_device(n, i);
}

static bool open_device(badnet *n, int i)
{
    struct ifreq r = {.ifr_flags = IFF_TUN | IFF_NO_PI};
    struct sockaddr_in address = {.sin_family = AF_INET};
    n->tun[i] = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    strcpy(r.ifr_name, "bad0");
    bool ok = n->tun[i] >= 0 && fd >= 0 && ioctl(n->tun[i], TUNSETIFF, &r) == 0;
    inet_pton(AF_INET, i == 0 ? BADNET_ENGINE : "10.77.0.2", &address.sin_addr);
    memcpy(&r.ifr_addr, &address, sizeof address);
    ok = ok && ioctl(fd, SIOCSIFADDR, &r) == 0;
    inet_pton(AF_INET, "255.255.255.0", &address.sin_addr);
    memcpy(&r.ifr_netmask, &address, sizeof address);
    ok = ok && ioctl(fd, SIOCSIFNETMASK, &r) == 0 && set_flags(fd, "bad0") && set_flags(fd, "lo");
    if (fd >= 0)
        close(fd);
    return ok;
}

static bool set_flags(int fd, const char *name)
{
    struct ifreq r = {.ifr_flags = IFF_UP | IFF_RUNNING};
    strcpy(r.ifr_name, name);
    return ioctl(fd, SIOCSIFFLAGS, &r) == 0;
}

// ---- between the two -----------------------------------------------------------------------------

static void carry(badnet *n, const badnet_weather *weather)
{
    carrier c = {.net = n, .weather = weather};
    c.queue = toc_alloc(QUEUE * sizeof *c.queue);
    toc_random_seed(&c.random, 26, "badnet");
    for (;;) {
        struct pollfd fds[2] = {{n->tun[0], POLLIN, 0}, {n->tun[1], POLLIN, 0}};
        poll(fds, 2, hand_over(&c));
        for (int from = 0; from < 2; from++)
            if (fds[from].revents & POLLIN)
                take(&c, from);
    }
}

static void take(carrier *c, int from)
{
    char bytes[PACKET];
    for (;;) {
        ssize_t len = read(c->net->tun[from], bytes, sizeof bytes);
        if (len <= 0)
            return;
        if (atomic_load(&c->net->shared->is_out) ||
            toc_random_below(&c->random, 1000000) < c->weather->loss_ppm) {
            atomic_fetch_add(&c->net->shared->lost, 1);
            continue;
        }
        put(c, !from, bytes, (size_t)len);
        if (toc_random_below(&c->random, 1000000) < c->weather->double_ppm) {
            atomic_fetch_add(&c->net->shared->doubled, 1);
            put(c, !from, bytes, (size_t)len);
        }
    }
}

static void put(carrier *c, int to, const char *bytes, size_t len)
{
    if (c->count == QUEUE) {
        atomic_fetch_add(&c->net->shared->lost, 1);
        return;
    }
    packet *p = &c->queue[c->count++];
    p->due = now_ms() + c->weather->delay_ms +
             (int64_t)toc_random_below(&c->random, c->weather->jitter_ms + 1);
    p->number = ++c->arrived;
    p->to = to;
    p->len = len;
    memcpy(p->bytes, bytes, len);
}

// Hands over what is due; the milliseconds until the next is, -1 for none.
static int hand_over(carrier *c)
{
    int64_t now = now_ms(), next = -1;
    size_t kept = 0;
    for (size_t i = 0; i < c->count; i++) {
        packet *p = &c->queue[i];
        if (p->due > now) {
            next = next < 0 || p->due < next ? p->due : next;
            if (kept != i)
                c->queue[kept] = *p;
            kept++;
            continue;
        }
        bool is_through = write(c->net->tun[p->to], p->bytes, p->len) == (ssize_t)p->len;
        atomic_fetch_add(is_through ? &c->net->shared->carried : &c->net->shared->lost, 1);
        if (p->number < c->newest[p->to])
            atomic_fetch_add(&c->net->shared->late, 1);
        else
            c->newest[p->to] = p->number;
    }
    c->count = kept;
    return next < 0 ? -1 : (int)(next - now);
}

static int64_t now_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}
