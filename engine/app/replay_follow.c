// SPDX-License-Identifier: MIT
// What a journal that is being followed has become since. It grows, as a rule; a run that is resumed after a crash loses its torn end
// first, and somebody may put another file in its place.
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "replay_command.h"

enum { READ_BYTES = 1 << 20, TAIL_BYTES = 4096 };

static bool goes_on(const toc_recording *r, int fd);
static toc_err read_on(toc_recording *r, int fd, const char *path, toc_error *e);
static bool read_anew(toc_replay_command *c, toc_recording **old);

toc_err toc_replay_grow(toc_replay_command *c, bool *more, toc_recording **old, toc_error *e)
{
    const int64_t before = toc_recording_count(c->r);
    const toc_chain_state state = toc_recording_chain(c->r)->state;
    *old = NULL;
    *more = false;
    int fd = open(c->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 && errno == ENOENT) // it is just being replaced
        return TOC_OK;
    if (fd < 0)
        return toc_fail_sys(e, errno, "%.200s cannot be read", c->path);
    toc_err err = TOC_OK;
    bool is_other = !goes_on(c->r, fd);
    if (!is_other)
        err = read_on(c->r, fd, c->path, e);
    close(fd);
    const bool is_damaged = toc_recording_chain(c->r)->state == TOC_CHAIN_DAMAGED;
    const bool is_news = is_damaged && (state != TOC_CHAIN_DAMAGED);
    *more = toc_recording_count(c->r) > before || is_news;
    // What does not hang together may be the end of one file behind the beginning of another.
    if (!err && (is_other || is_news) && read_anew(c, old))
        *more = true;
    return err;
}

// Does the file still hold what was read, as far as its last bytes tell?
static bool goes_on(const toc_recording *r, int fd)
{
    size_t len;
    const char *bytes = toc_recording_bytes(r, &len);
    char tail[TAIL_BYTES];
    const size_t most = len < sizeof tail ? len : sizeof tail;
    return pread(fd, tail, most, (off_t)(len - most)) == (ssize_t)most &&
           memcmp(tail, bytes + len - most, most) == 0;
}

static toc_err read_on(toc_recording *r, int fd, const char *path, toc_error *e)
{
    size_t len;
    toc_recording_bytes(r, &len);
    char *data = toc_alloc(READ_BYTES);
    toc_err err = TOC_OK;
    ssize_t n;
    while (!err && (n = pread(fd, data, READ_BYTES, (off_t)len)) > 0) {
        err = toc_recording_add(r, data, (size_t)n, e);
        len += (size_t)n;
    }
    if (!err && n < 0)
        err = toc_fail_sys(e, errno, "%.200s cannot be read", path);
    free(data);
    return err;
}

// False: it is the same as before, or no journal at the moment.
static bool read_anew(toc_replay_command *c, toc_recording **old)
{
    toc_recording *now;
    size_t len, len_now;
    if (toc_recording_open(&now, c->path, NULL) != TOC_OK)
        return false;
    if (c->keeps_back)
        toc_recording_keep_back(now);
    const char *bytes = toc_recording_bytes(c->r, &len),
               *bytes_now = toc_recording_bytes(now, &len_now);
    if (len_now >= len && memcmp(bytes, bytes_now, len) == 0) {
        toc_recording_free(now);
        return false;
    }
    *old = c->r;
    c->r = now;
    return true;
}
