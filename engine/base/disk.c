// SPDX-License-Identifier: MIT
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/mem.h"

static int write_synced(int fd, const char *data, size_t size);
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
    toc_err err = TOC_OK;
    char *temporary = toc_sprintf("%s.XXXXXX", path);
    int fd = mkstemp(temporary); // mode 0600, less the umask
    if (fd < 0) {
        err = toc_fail_sys(e, errno, "cannot write %s", path);
        goto done;
    }
    int flags = fcntl(fd, F_GETFD);
    if (flags < 0 || fcntl(fd, F_SETFD, flags | FD_CLOEXEC) < 0 || fchmod(fd, 0600) < 0 ||
        write_synced(fd, data, size) < 0) {
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
    if (sync_folder_of(path) < 0)
        err = toc_fail_sys(e, errno, "cannot sync the folder of %s", path);
done:
    free(temporary);
    return err;
}

static int write_synced(int fd, const char *data, size_t size)
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
    return fsync(fd);
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
