// SPDX-License-Identifier: MIT
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/mem.h"

#define SYNCS_MOST 16 // at a time

// What several threads work off. lock guards next and what went wrong first.
typedef struct {
    char *const *paths;
    size_t count, next;
    const char *failed;
    int sys;
    pthread_mutex_t lock;
} syncing;

static toc_err write_private(const char *path, const void *data, size_t size, bool is_synced,
                             toc_error *e);
static toc_err check_replaceable(const char *path, toc_error *e);
static int write_all(int fd, const char *data, size_t size);
static void *sync_paths(void *context);
static int sync_path(const char *path);
static int sync_folder_of(const char *path);

toc_err toc_file_slurp(toc_buf *out, const char *path, size_t limit, toc_error *e)
{
    char chunk[16384];
    size_t start = out->len;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return toc_fail_sys(e, errno, "cannot read %s", path);
    toc_err err = TOC_OK;
    while (err == TOC_OK) {
        ssize_t n = read(fd, chunk, sizeof chunk);
        if (n == 0)
            break;
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            err = toc_fail_sys(e, errno, "cannot read %s", path);
        else if ((size_t)n > limit - (out->len - start))
            err = toc_fail(e, TOC_ELIMIT, "%s is larger than %zu bytes", path, limit);
        else
            toc_buf_add(out, chunk, (size_t)n);
    }
    close(fd);
    if (err != TOC_OK && out->data) {
        out->len = start;
        out->data[start] = '\0';
    }
    return err;
}

toc_err toc_file_write_private(const char *path, const void *data, size_t size, toc_error *e)
{
    return write_private(path, data, size, true, e);
}

toc_err toc_file_put_private(const char *path, const void *data, size_t size, toc_error *e)
{
    return write_private(path, data, size, false, e);
}

toc_err toc_paths_sync(char *const *paths, size_t count, toc_error *e)
{
    syncing s = {.paths = paths, .count = count, .lock = PTHREAD_MUTEX_INITIALIZER};
    pthread_t others[SYNCS_MOST - 1];
    size_t started = 0;
    // As many as there are; this thread does what nobody else does.
    while (started < SYNCS_MOST - 1 && started + 1 < count &&
           pthread_create(&others[started], NULL, sync_paths, &s) == 0)
        started++;
    sync_paths(&s);
    for (size_t i = 0; i < started; i++)
        pthread_join(others[i], NULL);
    return s.failed ? toc_fail_sys(e, s.sys, "cannot sync %s", s.failed) : TOC_OK;
}

static toc_err write_private(const char *path, const void *data, size_t size, bool is_synced,
                             toc_error *e)
{
    toc_err err = check_replaceable(path, e);
    if (err)
        return err;
    char *temporary = toc_sprintf("%s.XXXXXX", path);
    int fd = mkstemp(temporary); // mode 0600, less the umask
    if (fd < 0) {
        err = toc_fail_sys(e, errno, "cannot write %s", path);
        goto done;
    }
    int flags = fcntl(fd, F_GETFD);
    if (flags < 0 || fcntl(fd, F_SETFD, flags | FD_CLOEXEC) < 0 || fchmod(fd, 0600) < 0 ||
        write_all(fd, data, size) < 0 || (is_synced && fsync(fd) < 0)) {
        err = toc_fail_sys(e, errno, "cannot write %s", path);
        close(fd);
        unlink(temporary);
        goto done;
    }
    // Some file systems tell only here that the bytes did not arrive.
    if (close(fd) < 0 || rename(temporary, path) < 0) {
        err = toc_fail_sys(e, errno, "cannot write %s", path);
        unlink(temporary);
        goto done;
    }
    if (is_synced && sync_folder_of(path) < 0)
        err = toc_fail_sys(e, errno, "cannot sync the folder of %s", path);
done:
    free(temporary);
    return err;
}

// A rename would put a file in the place of a device, or of the link itself.
static toc_err check_replaceable(const char *path, toc_error *e)
{
    struct stat st;
    if (lstat(path, &st) != 0 || S_ISREG(st.st_mode))
        return TOC_OK;
    if (S_ISDIR(st.st_mode))
        return toc_fail(e, TOC_EIO, "%.150s is a folder: name a file in it", path);
    if (S_ISLNK(st.st_mode))
        return toc_fail(e, TOC_EIO,
                        "%.150s is a symbolic link: name the file that it leads to, or remove the "
                        "link",
                        path);
    return toc_fail(e, TOC_EIO,
                    "%.150s is a device, a pipe or a socket, and no file that could be replaced: "
                    "name another",
                    path);
}

static int write_all(int fd, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t n = write(fd, data, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        data += n;
        size -= (size_t)n;
    }
    return 0;
}

static void *sync_paths(void *context)
{
    syncing *s = context;
    pthread_mutex_lock(&s->lock);
    while (s->next < s->count && !s->failed) {
        const char *path = s->paths[s->next++];
        pthread_mutex_unlock(&s->lock);
        int sys = sync_path(path);
        pthread_mutex_lock(&s->lock);
        if (sys && !s->failed) {
            s->failed = path;
            s->sys = sys;
        }
    }
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

// 0 or an errno.
static int sync_path(const char *path)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno;
    int sys = fsync(fd) < 0 ? errno : 0;
    if (sys == EINVAL && fstat(fd, &st) == 0 && S_ISDIR(st.st_mode))
        sys = 0; // this file system syncs no folders
    close(fd);
    return sys;
}

// Without this the new name may be lost with the power.
static int sync_folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = !slash          ? toc_strdup(".")
                   : slash == path ? toc_strdup("/")
                                   : toc_strndup(path, (size_t)(slash - path));
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    if (fd < 0)
        return errno == EACCES ? 0 : -1; // a folder one may write in but not read
    int failed = fsync(fd);
    int sys = errno;
    close(fd);
    errno = sys;
    return failed < 0 && sys != EINVAL ? -1 : 0; // EINVAL: this file system syncs no folders
}
