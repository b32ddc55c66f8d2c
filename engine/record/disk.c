// SPDX-License-Identifier: MIT
#define _GNU_SOURCE // F_OFD_SETLK, in POSIX only since 2024
#include "disk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

#define READ_PIECE ((size_t)1 << 20)
#define KEPT_MAX   1000

static int write_all(void *context, int fd, const void *data, size_t len);
static int sync_data(void *context, int fd);
static int cut_file(void *context, int fd, int64_t size);
static int open_kept(const char *path, char **kept);

toc_disk toc_disk_real(void)
{
    return (toc_disk){.write = write_all, .sync = sync_data, .cut = cut_file};
}

toc_err toc_disk_lock(int fd, const char *path, toc_error *e)
{
    // A lock of the open file, not of the process: reading the journal elsewhere in this process and
    // closing that file would drop the other kind.
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(fd, F_OFD_SETLK, &lock) == 0)
        return TOC_OK;
    int sys = errno;
    if (sys != EACCES && sys != EAGAIN)
        return toc_fail_sys(e, sys, "%s could not be locked", path);
    toc_err err = toc_fail(e, TOC_EIO, "%s is being written by another engine", path);
    if (e)
        e->sys = sys;
    return err;
}

toc_err toc_disk_read(int fd, const char *path, toc_buf *out, toc_error *e)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return toc_fail_sys(e, errno, "%s could not be read", path);
    if (!S_ISREG(st.st_mode))
        return toc_fail(e, TOC_EIO, "%s is not a file", path);
    char *piece = toc_alloc(READ_PIECE);
    off_t at = 0;
    int sys = 0;
    for (;;) {
        ssize_t n = pread(fd, piece, READ_PIECE, at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            sys = errno;
        if (n <= 0)
            break;
        toc_buf_add(out, piece, (size_t)n);
        at += n;
    }
    free(piece);
    return sys ? toc_fail_sys(e, sys, "%s could not be read", path) : TOC_OK;
}

toc_err toc_disk_check(int fd, const char *path, toc_error *e)
{
    struct stat ours, named;
    off_t end = lseek(fd, 0, SEEK_CUR);
    if (end < 0 || fstat(fd, &ours) != 0)
        return toc_fail_sys(e, errno, "the journal %s could not be looked at", path);
    bool is_other =
        stat(path, &named) == 0 && (named.st_ino != ours.st_ino || named.st_dev != ours.st_dev);
    if (ours.st_nlink == 0 || is_other)
        return toc_fail(e, TOC_EIO,
                        "another program %s the journal %s: before this engine ends, save what it "
                        "has written with  cp /proc/%ld/fd/%d journal.jsonl",
                        is_other ? "replaced" : "removed", path, (long)getpid(), fd);
    if (ours.st_size < end)
        return toc_fail(e, TOC_EIO,
                        "another program cut the journal %s: of its %lld bytes %lld are left", path,
                        (long long)end, (long long)ours.st_size);
    return TOC_OK;
}

toc_err toc_disk_sync_folder(const toc_disk *disk, const char *path, toc_error *e)
{
    char *folder = toc_strdup(path);
    char *slash = strrchr(folder, '/');
    if (!slash)
        strcpy(folder, ".");
    else if (slash == folder)
        folder[1] = '\0';
    else
        *slash = '\0';
    int sys = 0;
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        sys = errno;
    else
        sys = disk->sync(disk->context, fd);
    toc_err err = sys ? toc_fail_sys(e, sys, "the folder %s could not be synced", folder) : TOC_OK;
    if (fd >= 0)
        close(fd);
    free(folder);
    return err;
}

toc_err toc_disk_keep(const toc_disk *disk, const char *path, const void *data, size_t len,
                      char **kept, toc_error *e)
{
    int fd = open_kept(path, kept);
    if (fd < 0)
        return toc_fail_sys(e, errno, "the torn end of %s could not be saved beside it", path);
    int sys = disk->write(disk->context, fd, data, len);
    if (!sys)
        sys = disk->sync(disk->context, fd);
    close(fd);
    toc_err err = TOC_OK;
    if (sys)
        err = toc_fail_sys(e, sys, "the torn end of %s could not be saved as %s", path, *kept);
    else
        err = toc_disk_sync_folder(disk, *kept, e);
    if (err) {
        unlink(*kept);
        free(*kept);
        *kept = NULL;
    }
    return err;
}

toc_err toc_disk_cut(const toc_disk *disk, int fd, const char *path, int64_t size, toc_error *e)
{
    int sys = disk->cut ? disk->cut(disk->context, fd, size) : cut_file(NULL, fd, size);
    return sys ? toc_fail_sys(e, sys, "the torn end of %s could not be cut off", path) : TOC_OK;
}

static int write_all(void *context, int fd, const void *data, size_t len)
{
    (void)context;
    const char *at = data;
    while (len > 0) {
        ssize_t n = write(fd, at, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno;
        if (n == 0)
            return EIO;
        at += n;
        len -= (size_t)n;
    }
    return 0;
}

// fdatasync leaves out what is not needed to read the data, which in a folder may be the new name.
static int sync_data(void *context, int fd)
{
    (void)context;
    struct stat st;
    if (fstat(fd, &st) != 0)
        return errno;
    int result = S_ISDIR(st.st_mode) ? fsync(fd) : fdatasync(fd);
    return result == 0 ? 0 : errno;
}

// Not fdatasync: a shorter file is read just as well, so it need not make that durable.
static int cut_file(void *context, int fd, int64_t size)
{
    (void)context;
    return ftruncate(fd, (off_t)size) != 0 || fsync(fd) != 0 ? errno : 0;
}

static int open_kept(const char *path, char **kept)
{
    for (int i = 1; i <= KEPT_MAX; i++) {
        *kept = i == 1 ? toc_sprintf("%s.cut", path) : toc_sprintf("%s.cut-%d", path, i);
        int fd = open(*kept, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (fd >= 0)
            return fd;
        int sys = errno;
        free(*kept);
        *kept = NULL;
        errno = sys;
        if (sys != EEXIST)
            return -1;
    }
    return -1;
}
