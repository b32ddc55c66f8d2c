// SPDX-License-Identifier: MIT
// A descriptor of a pipe that is open needs no second look: nng closes it only after it has told that the pipe is
// gone. So a look costs by what is new, and by the strays.
#include "strays.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/map.h"
#include "base/mem.h"

enum {
    STEP = 2048,     // descriptors in one piece of a look
    CALLS = 128,     // of them such as the kernel is asked about; about a microsecond each
    ENDING = 4,      // what an end costs, in these
    GAP_MS = 5,      // between two pieces
    TELL_MS = 60000, // between two notices
    SOURCES = 8,     // addresses that are counted apart
    MOST = 1 << 24,  // places for descriptors: more there cannot be meant
};

static const uint8_t ip4_prefix[12] = {[10] = 0xff, [11] = 0xff}; // IPv4, as IPv6 has it

#define KEY (2 * sizeof(toc_ends) + 1)

typedef struct {
    toc_ends ends;
    int64_t since; // when it was first seen
    uint32_t pipe; // an open one; 0: none
    bool is_stray, is_ended;
} descriptor;

typedef struct {
    uint8_t address[16];
    unsigned long long count;
} source;

struct toc_strays {
    toc_strays_rule rule;
    uint16_t *ports;
    size_t port_count;
    toc_map *pipes; // ends → the pipe << 32 | its descriptor + 1, or 0 while that is not known
    descriptor *seen;
    size_t seen_count;
    int status; // /proc/self/status, open so that it can be read when no descriptor is left; -1

    size_t next; // of the look that is going on; 0: none is
    size_t bound;
    int64_t began_at, patience_ms;
    size_t open_now, strays_now, limit;

    size_t in_use, strays; // at the newest look
    bool is_scarce, is_blind;
    source sources[SOURCES];
    size_t source_count;
    unsigned long long ended, untold;
    int64_t told_at;
    bool has_told;
};

static void forget_descriptor(toc_strays *s, int64_t value);
static bool begin_look(toc_strays *s, int64_t now, size_t limit);
static size_t count_now(const toc_strays *s, size_t limit);
static void end_look(toc_strays *s);
static int look_at(toc_strays *s, int fd);
static bool find_ends(const toc_strays *s, int fd, toc_ends *ends, bool *is_open);
static void end_stray(toc_strays *s, int fd);
static void count_source(toc_strays *s, const toc_ends *ends);
static bool is_beyond(size_t part, size_t whole, size_t percent);
static bool ask_proc(void *context, int *bound);
static void make_key(char key[KEY], const toc_ends *ends);

toc_strays *toc_strays_new(const toc_strays_rule *rule, const int *ports, size_t port_count)
{
    toc_strays *s = toc_alloc(sizeof *s);
    s->rule = *rule;
    s->ports = toc_alloc((port_count + 1) * sizeof *s->ports);
    s->port_count = port_count;
    for (size_t i = 0; i < port_count; i++)
        s->ports[i] = (uint16_t)ports[i];
    s->pipes = toc_map_new();
    s->status = -1;
    if (!s->rule.list) {
        s->rule.list = ask_proc;
        s->rule.context = s;
        s->status = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    }
    return s;
}

void toc_strays_free(toc_strays *s)
{
    if (!s)
        return;
    if (s->status >= 0)
        close(s->status);
    toc_map_free(s->pipes);
    free(s->seen);
    free(s->ports);
    free(s);
}

bool toc_ends_put(uint8_t end[18], const struct sockaddr *address)
{
    if (address->sa_family == AF_INET6) {
        const struct sockaddr_in6 *a = (const void *)address;
        memcpy(end, &a->sin6_addr, 16);
        memcpy(end + 16, &a->sin6_port, 2);
        return true;
    }
    if (address->sa_family != AF_INET)
        return false;
    const struct sockaddr_in *a = (const void *)address;
    memcpy(end, ip4_prefix, sizeof ip4_prefix);
    memcpy(end + 12, &a->sin_addr, 4);
    memcpy(end + 16, &a->sin_port, 2);
    return true;
}

void toc_strays_met(toc_strays *s, uint32_t pipe, const toc_ends *ends)
{
    char key[KEY];
    int64_t older;
    make_key(key, ends);
    if (toc_map_get(s->pipes, key, &older))
        forget_descriptor(s, older);
    toc_map_put(s->pipes, key, (int64_t)pipe << 32);
}

// The same ends may have become another pipe's before this is told.
void toc_strays_parted(toc_strays *s, uint32_t pipe, const toc_ends *ends)
{
    char key[KEY];
    int64_t value;
    make_key(key, ends);
    if (!toc_map_get(s->pipes, key, &value) || value >> 32 != pipe)
        return;
    toc_map_remove(s->pipes, key);
    forget_descriptor(s, value);
}

int64_t toc_strays_look(toc_strays *s, int64_t now, size_t limit)
{
    if (s->next == 0 && !begin_look(s, now, limit))
        return s->rule.every_ms;
    int calls = 0;
    for (size_t last = s->next + STEP; s->next < s->bound && s->next < last && calls < CALLS;)
        calls += look_at(s, (int)s->next++);
    if (s->next < s->bound)
        return GAP_MS;
    end_look(s);
    return is_beyond(s->in_use, s->limit, 80) || is_beyond(s->strays, s->rule.crowd, 80)
               ? s->rule.scarce_ms
               : s->rule.every_ms;
}

bool toc_strays_is_blind(const toc_strays *s)
{
    return s->is_blind;
}

size_t toc_strays_in_use(const toc_strays *s)
{
    return s->in_use;
}

bool toc_strays_is_scarce(const toc_strays *s)
{
    return s->is_scarce;
}

unsigned long long toc_strays_ended(const toc_strays *s)
{
    return s->ended;
}

bool toc_strays_tell(toc_strays *s, int64_t now, char *out, size_t size)
{
    if (s->untold == 0 || (s->has_told && now - s->told_at < TELL_MS))
        return false;
    char text[INET6_ADDRSTRLEN] = "", others[64] = "";
    const source *most = &s->sources[0];
    for (size_t i = 1; i < s->source_count; i++)
        most = s->sources[i].count > most->count ? &s->sources[i] : most;
    bool is_ip4 = memcmp(most->address, ip4_prefix, sizeof ip4_prefix) == 0;
    inet_ntop(is_ip4 ? AF_INET : AF_INET6, most->address + (is_ip4 ? 12 : 0), text, sizeof text);
    if (s->untold > most->count)
        snprintf(others, sizeof others, " and %llu from elsewhere", s->untold - most->count);
    bool is_one = s->untold == 1;
    snprintf(out, size, "%llu %s from %s%s %s ended: %s never said who %s", most->count,
             most->count == 1 ? "connection" : "connections", text, others, is_one ? "was" : "were",
             is_one ? "it" : "they", is_one ? "it is" : "they are");
    s->untold = 0;
    s->source_count = 0;
    s->told_at = now;
    s->has_told = true;
    return true;
}

// value: as in pipes.
static void forget_descriptor(toc_strays *s, int64_t value)
{
    size_t slot = (size_t)(value & UINT32_MAX);
    if (slot > 0)
        s->seen[slot - 1] = (descriptor){0};
}

static bool begin_look(toc_strays *s, int64_t now, size_t limit)
{
    int bound;
    size_t in_use = count_now(s, limit);
    s->is_scarce = is_beyond(in_use, limit, 80);
    s->is_blind = !s->rule.list(s->rule.context, &bound);
    if (s->is_blind)
        return false;
    s->bound = (size_t)bound;
    if (s->seen_count < s->bound) {
        s->seen = toc_realloc(s->seen, s->bound * sizeof *s->seen);
        memset(s->seen + s->seen_count, 0, (s->bound - s->seen_count) * sizeof *s->seen);
        s->seen_count = s->bound;
    }
    if (s->is_scarce || is_beyond(s->strays, s->rule.crowd, 80))
        s->patience_ms = 1; // whoever was there at an earlier look
    else if (is_beyond(in_use, limit, 50) || is_beyond(s->strays, s->rule.crowd, 50))
        s->patience_ms = s->rule.hurried_ms;
    else
        s->patience_ms = s->rule.patience_ms;
    s->limit = limit;
    s->began_at = now;
    s->open_now = s->strays_now = 0;
    return true;
}

// At least so many are in use: since the newest look many may have come, and the lowest free number tells of them.
static size_t count_now(const toc_strays *s, size_t limit)
{
    int lowest = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (lowest < 0)
        return errno == EMFILE ? limit : s->in_use;
    close(lowest);
    return (size_t)lowest > s->in_use ? (size_t)lowest : s->in_use;
}

static void end_look(toc_strays *s)
{
    s->next = 0;
    s->in_use = s->open_now;
    s->strays = s->strays_now;
}

// Gives how often the kernel was asked.
static int look_at(toc_strays *s, int fd)
{
    descriptor *d = &s->seen[fd];
    toc_ends ends;
    bool is_open = true;
    if (d->pipe) {
        s->open_now++;
        return 0;
    }
    bool is_ours = find_ends(s, fd, &ends, &is_open);
    s->open_now += is_open;
    if (!is_ours) {
        *d = (descriptor){0};
        return is_open;
    }
    char key[KEY];
    int64_t value;
    make_key(key, &ends);
    if (toc_map_get(s->pipes, key, &value)) {
        *d = (descriptor){.ends = ends, .pipe = (uint32_t)(value >> 32)};
        toc_map_put(s->pipes, key, (int64_t)d->pipe << 32 | (fd + 1));
        return 2;
    }
    if (!d->is_stray || memcmp(&d->ends, &ends, sizeof ends) != 0)
        *d = (descriptor){.ends = ends, .since = s->began_at, .is_stray = true};
    if (!d->is_ended && s->began_at - d->since >= s->patience_ms) {
        end_stray(s, fd);
        return ENDING;
    }
    s->strays_now += !d->is_ended;
    return 2;
}

// False: it is no connection at one of the ports, or not any more; is_open: but a descriptor.
static bool find_ends(const toc_strays *s, int fd, toc_ends *ends, bool *is_open)
{
    struct sockaddr_storage address;
    socklen_t len = sizeof address;
    if (getsockname(fd, (struct sockaddr *)&address, &len) != 0) {
        *is_open = errno != EBADF;
        return false;
    }
    if (!toc_ends_put(ends->local, (struct sockaddr *)&address))
        return false;
    uint16_t port = (uint16_t)(ends->local[16] << 8 | ends->local[17]);
    size_t i = 0;
    while (i < s->port_count && s->ports[i] != port)
        i++;
    len = sizeof address;
    return i < s->port_count && getpeername(fd, (struct sockaddr *)&address, &len) == 0 &&
           toc_ends_put(ends->peer, (struct sockaddr *)&address);
}

static void end_stray(toc_strays *s, int fd)
{
    descriptor *d = &s->seen[fd];
    d->is_ended = true;
    s->open_now--; // as good as free
    if (shutdown(fd, SHUT_RDWR) != 0)
        return; // it ended by itself
    s->ended++;
    s->untold++;
    count_source(s, &d->ends);
}

static void count_source(toc_strays *s, const toc_ends *ends)
{
    size_t i = 0;
    while (i < s->source_count && memcmp(s->sources[i].address, ends->peer, 16) != 0)
        i++;
    if (i == SOURCES)
        return;
    if (i == s->source_count) {
        memcpy(s->sources[i].address, ends->peer, 16);
        s->sources[s->source_count++].count = 0;
    }
    s->sources[i].count++;
}

// A whole of 0 has no bounds.
static bool is_beyond(size_t part, size_t whole, size_t percent)
{
    return whole > 0 && part > whole / 100 * percent + whole % 100 * percent / 100;
}

// The table of descriptors has so many places. It is Linux' own word, and the one way to know without trying every
// number that the limit allows.
static bool ask_proc(void *context, int *bound)
{
    const toc_strays *s = context;
    char text[4096];
    ssize_t n = s->status >= 0 ? pread(s->status, text, sizeof text - 1, 0) : -1;
    if (n <= 0)
        return false;
    text[n] = '\0';
    const char *at = strstr(text, "\nFDSize:");
    long size = at ? strtol(at + strlen("\nFDSize:"), NULL, 10) : 0;
    *bound = (int)size;
    return size > 0 && size <= MOST;
}

static void make_key(char key[KEY], const toc_ends *ends)
{
    static const char digits[] = "0123456789abcdef";
    uint8_t bytes[sizeof *ends];
    memcpy(bytes, ends, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++) {
        key[2 * i] = digits[bytes[i] >> 4];
        key[2 * i + 1] = digits[bytes[i] & 15];
    }
    key[KEY - 1] = '\0';
}
