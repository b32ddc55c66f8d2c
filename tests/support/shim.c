// SPDX-License-Identifier: MIT
// A disk that fails, for a program that knows nothing of it (LD_PRELOAD). Its calls on files below one folder are
// counted, and the n-th of a kind goes wrong. TOC_SHIM says how, in seven words parted by tabs:
//
//     FOLDER  AFTER  CALL  N  TIMES  HOW  PART
//
//     AFTER   counting begins with the write that has this text; "-": from the start
//     CALL    write, sync (also of folders), rename, open (for writing), unlink, mkdir, cut, or any
//     N       1 is the first; TIMES: how many in a row go wrong, 0 for all that follow
//     HOW     EIO, ENOSPC, EDQUOT or EINTR and nothing is done; short: half is written, which is no error; torn:
//             so the first, and ENOSPC for those that follow; lost: it is done and EIO is said; slow: 100 ms late
//     PART    only paths that have this text count; "-": all
//
// Each time it says "shim: CALL HOW" on the standard error. One call of a program's is one call here, whatever the
// C library makes of it; a program's standard streams are left alone.

#define _GNU_SOURCE // RTLD_NEXT, memmem
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// The C library's own prototypes: these take their places.
int ftruncate64(int fd, off64_t size);
int mkstemp64(char *name);
int open64(const char *path, int flags, ...);

typedef struct {
    char text[PATH_MAX];
    const char *folder, *after, *call, *how, *part;
    int n, times;
} orders;

// The one thing that this file must remember between calls, which come on any thread.
static atomic_int counted;
static atomic_bool has_begun;

static bool read_orders(orders *o)
{
    const char *given = getenv("TOC_SHIM"), *words[7];
    char *at = o->text;
    if (!given || strlen(given) >= sizeof o->text)
        return false;
    strcpy(o->text, given);
    for (size_t i = 0; i < 7; i++) {
        words[i] = at;
        at += strcspn(at, "\t");
        if (!*at && i < 6)
            return false;
        if (*at)
            *at++ = '\0';
    }
    o->folder = words[0];
    o->after = words[1];
    o->call = words[2];
    o->n = atoi(words[3]);
    o->times = atoi(words[4]);
    o->how = words[5];
    o->part = words[6];
    return true;
}

static bool is_path_ours(const orders *o, const char *path)
{
    return strncmp(path, o->folder, strlen(o->folder)) == 0 &&
           (strcmp(o->part, "-") == 0 || strstr(path, o->part));
}

static bool is_fd_ours(const orders *o, int fd)
{
    char link[64], path[PATH_MAX];
    if (fd <= STDERR_FILENO)
        return false;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t len = readlink(link, path, sizeof path - 1);
    path[len > 0 ? len : 0] = '\0';
    return is_path_ours(o, path);
}

// What is to go wrong with this call of ours: 0 nothing, an errno, or one of these.
enum { SHORT = -1, LOST = -2 };

static int fault_of(const orders *o, const char *call)
{
    static const struct {
        const char *how;
        int fault;
    } faults[] = {{"EIO", EIO},     {"ENOSPC", ENOSPC}, {"EDQUOT", EDQUOT}, {"EINTR", EINTR},
                  {"short", SHORT}, {"torn", ENOSPC},   {"lost", LOST}};
    if (strcmp(o->call, "any") != 0 && strcmp(o->call, call) != 0)
        return 0;
    if (!atomic_load(&has_begun) && strcmp(o->after, "-") != 0)
        return 0;
    int n = atomic_fetch_add(&counted, 1) + 1;
    if (n < o->n || (o->times > 0 && n >= o->n + o->times))
        return 0;
    char line[64];
    int len = snprintf(line, sizeof line, "shim: %s %s\n", call, o->how);
    syscall(SYS_write, STDERR_FILENO, line, (size_t)len);
    if (strcmp(o->how, "torn") == 0 && n == o->n && strcmp(call, "write") == 0)
        return SHORT;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (strcmp(o->how, faults[i].how) == 0)
            return faults[i].fault;
    poll(NULL, 0, 100); // slow
    return 0;
}

static int fault_at_fd(const char *call, int fd)
{
    orders o;
    return read_orders(&o) && is_fd_ours(&o, fd) ? fault_of(&o, call) : 0;
}

static int fault_at_path(const char *call, const char *path)
{
    orders o;
    return read_orders(&o) && is_path_ours(&o, path) ? fault_of(&o, call) : 0;
}

// The outcome of a call that was not made, or was: its errno is that of the fault.
static int failed(int fault)
{
    errno = fault > 0 ? fault : EIO;
    return -1;
}

ssize_t write(int fd, const void *data, size_t len)
{
    orders o;
    if (!read_orders(&o) || !is_fd_ours(&o, fd))
        return syscall(SYS_write, fd, data, len);
    if (strcmp(o.after, "-") != 0 && memmem(data, len, o.after, strlen(o.after)))
        atomic_store(&has_begun, true);
    int fault = fault_of(&o, "write");
    if (fault == SHORT) // a writer must come again for the rest
        len = len > 1 ? len / 2 : len;
    if (fault > 0)
        return failed(fault);
    ssize_t done = syscall(SYS_write, fd, data, len);
    return fault == LOST ? failed(fault) : done;
}

static int sync_by(long number, int fd)
{
    int fault = fault_at_fd("sync", fd);
    if (fault > 0)
        return failed(fault);
    int done = (int)syscall(number, fd);
    return fault ? failed(fault) : done;
}

int fsync(int fd)
{
    return sync_by(SYS_fsync, fd);
}

int fdatasync(int fd)
{
    return sync_by(SYS_fdatasync, fd);
}

int ftruncate64(int fd, off64_t size)
{
    int fault = fault_at_fd("cut", fd);
    return fault ? failed(fault) : (int)syscall(SYS_ftruncate, fd, size);
}

int rename(const char *from, const char *to)
{
    int fault = fault_at_path("rename", to);
    if (fault > 0)
        return failed(fault);
    int done = (int)syscall(SYS_rename, from, to);
    return fault ? failed(fault) : done;
}

int unlink(const char *path)
{
    int fault = fault_at_path("unlink", path);
    return fault ? failed(fault) : (int)syscall(SYS_unlink, path);
}

int mkdir(const char *path, mode_t mode)
{
    int fault = fault_at_path("mkdir", path);
    return fault ? failed(fault) : (int)syscall(SYS_mkdir, path, mode);
}

int open64(const char *path, int flags, ...)
{
    mode_t mode = 0;
    if (flags & O_CREAT) {
        va_list args;
        va_start(args, flags);
        mode = va_arg(args, mode_t);
        va_end(args);
    }
    bool is_written = flags & (O_WRONLY | O_RDWR | O_CREAT);
    int fault = is_written ? fault_at_path("open", path) : 0;
    return fault ? failed(fault) : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int mkstemp64(char *name)
{
    int fault = fault_at_path("open", name);
    if (fault)
        return failed(fault);
    // There is no such system call, so the C library's own is asked.
    int (*real)(char *) = NULL;
    *(void **)&real = dlsym(RTLD_NEXT, "mkstemp64");
    return real(name);
}
