// SPDX-License-Identifier: MIT
#include "new_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

// What was made so far, to be taken away again in reverse.
typedef struct {
    char *path;
    bool is_folder;
} made;

typedef struct {
    const char *dir;
    made *list;
    size_t count, capacity;
} builder;

static toc_err make_top(builder *b, toc_error *e);
static toc_err check_empty(const char *dir, toc_error *e);
static toc_err make_folder(builder *b, const char *path, toc_error *e);
static toc_err make_parents(builder *b, const char *relative, toc_error *e);
static toc_err write_file(builder *b, const toc_file *f, toc_error *e);
static void note_made(builder *b, const char *path, bool is_folder);

toc_err toc_new_folder(const char *dir, const toc_files *files, toc_error *e)
{
    builder b = {.dir = dir};
    toc_err err = make_top(&b, e);
    for (size_t i = 0; i < toc_files_count(files) && !err; i++) {
        const toc_file *f = toc_files_at(files, i);
        err = make_parents(&b, f->path, e);
        if (!err)
            err = write_file(&b, f, e);
    }
    while (b.count > 0) {
        made *m = &b.list[--b.count];
        if (err && m->is_folder)
            rmdir(m->path);
        else if (err)
            unlink(m->path);
        free(m->path);
    }
    free(b.list);
    return err;
}

static toc_err make_top(builder *b, toc_error *e)
{
    if (mkdir(b->dir, 0777) == 0) {
        note_made(b, b->dir, true);
        return TOC_OK;
    }
    int sys = errno;
    if (sys == EEXIST)
        return check_empty(b->dir, e);
    if (sys != ENOENT)
        return toc_fail_sys(e, sys, "cannot make the folder %.200s", b->dir);
    const char *slash = strrchr(b->dir, '/');
    return toc_fail(e, TOC_EIO, "cannot make %.160s: there is no folder %.*s; make that first",
                    b->dir, slash ? (int)(slash - b->dir) : 0, b->dir);
}

static toc_err check_empty(const char *dir, toc_error *e)
{
    struct stat info;
    if (stat(dir, &info) == 0 && !S_ISDIR(info.st_mode))
        return toc_fail(e, TOC_EIO, "%.200s is there already, and it is no folder", dir);
    DIR *d = opendir(dir);
    if (!d)
        return toc_fail_sys(e, errno, "cannot look into the folder %.200s", dir);
    bool is_empty = true;
    for (struct dirent *entry = readdir(d); entry && is_empty; entry = readdir(d))
        is_empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    closedir(d);
    if (!is_empty)
        return toc_fail(e, TOC_EIO,
                        "%.200s is there already and not empty; nothing is ever overwritten: take "
                        "another name",
                        dir);
    return TOC_OK;
}

// One that is there already was made for a file before, and so is ours.
static toc_err make_folder(builder *b, const char *path, toc_error *e)
{
    if (mkdir(path, 0777) == 0) {
        note_made(b, path, true);
        return TOC_OK;
    }
    return errno == EEXIST ? TOC_OK : toc_fail_sys(e, errno, "cannot make the folder %.200s", path);
}

static toc_err make_parents(builder *b, const char *relative, toc_error *e)
{
    toc_err err = TOC_OK;
    for (const char *slash = strchr(relative, '/'); slash && !err; slash = strchr(slash + 1, '/')) {
        char *path = toc_sprintf("%s/%.*s", b->dir, (int)(slash - relative), relative);
        err = make_folder(b, path, e);
        free(path);
    }
    return err;
}

static toc_err write_file(builder *b, const toc_file *f, toc_error *e)
{
    char *path = toc_sprintf("%s/%s", b->dir, f->path);
    size_t written = 0;
    int sys = 0;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        sys = errno;
    else
        note_made(b, path, false);
    while (fd >= 0 && !sys && written < f->size) {
        ssize_t n = write(fd, f->data + written, f->size - written);
        if (n > 0)
            written += (size_t)n;
        else if (n < 0 && errno != EINTR)
            sys = errno;
    }
    if (fd >= 0 && close(fd) != 0 && !sys)
        sys = errno;
    toc_err err = sys ? toc_fail_sys(e, sys, "cannot write %.200s", path) : TOC_OK;
    free(path);
    return err;
}

static void note_made(builder *b, const char *path, bool is_folder)
{
    TOC_GROW(b->list, b->count, b->capacity);
    b->list[b->count++] = (made){toc_strdup(path), is_folder};
}
