// SPDX-License-Identifier: MIT
#include "terminal/save.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"

enum { NAME_MAX_BYTES = 120, MOST_COPIES = 1000 };

static int write_all(int fd, const char *data, size_t size);

void toc_save_name(toc_buf *out, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *last = slash ? slash + 1 : path;
    toc_buf visible = {0};
    toc_text_visible(&visible, last, strlen(last), false);
    size_t start = out->len;
    for (size_t i = 0; i < visible.len;) {
        uint32_t cp;
        size_t n = toc_utf8_next(visible.data + i, visible.len - i, &cp);
        bool is_plain = (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') ||
                        (cp >= 'A' && cp <= 'Z') || cp == '.' || cp == '-' || cp == '_';
        // Letters of other scripts stay; pictures of control characters and spaces do not.
        bool is_letter =
            cp > 0xA0 && !(cp >= 0x2000 && cp <= 0x2BFF) && cp != 0x3000 && cp != 0xFFFD;
        if (out->len - start + n > NAME_MAX_BYTES)
            break;
        bool leads = out->len == start && (cp == '.' || cp == '-');
        if ((is_plain && !leads) || is_letter)
            toc_buf_add(out, visible.data + i, n);
        else
            toc_buf_char(out, '_');
        i += n;
    }
    if (out->len == start)
        toc_buf_str(out, "attachment");
    toc_buf_fini(&visible);
}

toc_err toc_save_file(const char *dir, const char *name, const void *data, size_t size,
                      toc_buf *written, toc_error *e)
{
    const char *dot = strrchr(name, '.');
    size_t stem = dot && dot > name ? (size_t)(dot - name) : strlen(name);
    for (int copy = 1; copy < MOST_COPIES; copy++) {
        toc_buf path = {0};
        toc_buf_printf(&path, "%s/", dir);
        toc_buf_add(&path, name, stem);
        if (copy > 1)
            toc_buf_printf(&path, "-%d", copy);
        toc_buf_str(&path, name + stem);
        // O_EXCL does not follow a link that somebody put there.
        int fd = open(path.data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        toc_err err = TOC_OK;
        if (fd < 0 && errno == EEXIST) {
            toc_buf_fini(&path);
            continue;
        }
        if (fd < 0 || write_all(fd, data, size) < 0) {
            err = toc_fail_sys(e, errno, "cannot write %s", path.data);
            if (fd >= 0) {
                close(fd);
                unlink(path.data);
            }
        } else if (close(fd) < 0) {
            err = toc_fail_sys(e, errno, "cannot write %s", path.data);
        } else {
            toc_buf_str(written, path.data);
        }
        toc_buf_fini(&path);
        return err;
    }
    return toc_fail(e, TOC_EIO, "%s/%s is there %d times already", dir, name, MOST_COPIES);
}

toc_err toc_save_as(const char *path, const void *data, size_t size, toc_buf *written, toc_error *e)
{
    char *whole = toc_save_home(path);
    const char *slash = strrchr(whole, '/');
    char *dir =
        slash > whole ? toc_strndup(whole, (size_t)(slash - whole)) : toc_strdup(slash ? "/" : ".");
    const char *name = slash ? slash + 1 : whole;
    toc_err err = *name ? toc_save_file(dir, name, data, size, written, e)
                        : toc_fail(e, TOC_EIO, "%.200s is a folder: name a file in it", path);
    free(dir);
    free(whole);
    return err;
}

// No shell is here to know it.
char *toc_save_home(const char *path)
{
    const char *home = getenv("HOME");
    return strncmp(path, "~/", 2) == 0 && home ? toc_sprintf("%s%s", home, path + 1)
                                               : toc_strdup(path);
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
