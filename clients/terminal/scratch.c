// SPDX-License-Identifier: MIT
#include "scratch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "terminal/save.h"

enum { TEXT_MAX = 16 * 1024 };

static toc_err read_all(const char *path, toc_buf *out, toc_error *e);
static void clean_lines(toc_buf *text);

toc_err toc_scratch_make(toc_scratch *s, toc_error *e)
{
    const char *base = getenv("TMPDIR");
    if (s->path)
        return TOC_OK;
    char *path = toc_sprintf("%s/tocsin-XXXXXX", base && base[0] == '/' ? base : "/tmp");
    if (!mkdtemp(path)) {
        toc_err err = toc_fail_sys(e, errno, "cannot make a folder in %.200s",
                                   base && base[0] == '/' ? base : "/tmp");
        free(path);
        return err;
    }
    s->path = path;
    return TOC_OK;
}

void toc_scratch_fini(toc_scratch *s)
{
    DIR *dir = s->path ? opendir(s->path) : NULL;
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir)
        closedir(dir);
    if (s->path)
        rmdir(s->path);
    free(s->path);
    s->path = NULL;
}

toc_err toc_scratch_text(toc_scratch *s, const char *text, toc_buf *path, toc_error *e)
{
    toc_err err = toc_scratch_make(s, e);
    return err ? err : toc_save_file(s->path, "text.txt", text, strlen(text), path, e);
}

toc_err toc_text_file(const char *path, toc_buf *out, toc_error *e)
{
    toc_buf text = {0};
    size_t bad;
    toc_err err = read_all(path, &text, e);
    if (!err && text.len > TEXT_MAX)
        err = toc_fail(e, TOC_ELIMIT, "%.200s is longer than 16 KiB: shorten it", path);
    if (!err && !toc_utf8_valid(text.data ? text.data : "", text.len, &bad)) {
        const char *saved = toc_text_encoding(text.data, text.len);
        err = toc_fail(e, TOC_EFORMAT, "%.200s is no UTF-8 text%s%s", path,
                       saved ? ": it looks like " : "", saved ? saved : "");
    }
    if (!err)
        clean_lines(&text);
    if (!err && !toc_utf8_clean(toc_buf_text(&text), text.len))
        err = toc_fail(e, TOC_EFORMAT, "%.200s has control characters in it: it is no plain text",
                       path);
    if (!err)
        toc_buf_add(out, toc_buf_text(&text), text.len);
    toc_buf_fini(&text);
    return err;
}

// Not from a pipe or a device, which might never end.
static toc_err read_all(const char *path, toc_buf *out, toc_error *e)
{
    char bytes[4096];
    struct stat about;
    toc_err err = TOC_OK;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return toc_fail_sys(e, errno, "cannot read %.200s", path);
    if (fstat(fd, &about) < 0 || !S_ISREG(about.st_mode))
        err = toc_fail(e, TOC_EIO, "%.200s is no file that can be read", path);
    while (!err && out->len <= TEXT_MAX) {
        ssize_t n = read(fd, bytes, sizeof bytes);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            err = toc_fail_sys(e, errno, "cannot read %.200s", path);
        if (n <= 0)
            break;
        toc_buf_add(out, bytes, (size_t)n);
    }
    close(fd);
    return err;
}

static void clean_lines(toc_buf *text)
{
    size_t to = 0;
    if (!text->data)
        return;
    for (size_t i = 0; i < text->len; i++)
        if (text->data[i] != '\r' || i + 1 >= text->len || text->data[i + 1] != '\n')
            text->data[to++] = text->data[i];
    while (to > 0 && text->data[to - 1] == '\n')
        to--;
    text->data[to] = '\0';
    text->len = to;
}
