// SPDX-License-Identifier: MIT
#include "base/buf.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void reserve(toc_buf *b, size_t more);

void toc_buf_fini(toc_buf *b)
{
    free(b->data);
    *b = (toc_buf){0};
}

void toc_buf_clear(toc_buf *b)
{
    b->len = 0;
    if (b->data)
        b->data[0] = '\0';
}

void toc_buf_add(toc_buf *b, const void *bytes, size_t len)
{
    reserve(b, len);
    if (len)
        memcpy(b->data + b->len, bytes, len);
    b->len += len;
    b->data[b->len] = '\0';
}

void toc_buf_char(toc_buf *b, char c)
{
    reserve(b, 1);
    b->data[b->len++] = c;
    b->data[b->len] = '\0';
}

void toc_buf_str(toc_buf *b, const char *s)
{
    toc_buf_add(b, s, strlen(s));
}

void toc_buf_int(toc_buf *b, int64_t n)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%" PRId64, n);
    toc_buf_add(b, digits, (size_t)len);
}

void toc_buf_printf(toc_buf *b, const char *format, ...)
{
    va_list args;
    va_list again;
    va_start(args, format);
    va_copy(again, args);
    reserve(b, 64); // mostly enough
    size_t room = b->capacity - b->len;
    int len = vsnprintf(b->data + b->len, room, format, args);
    va_end(args);
    if (len < 0)
        abort();
    if ((size_t)len >= room) {
        reserve(b, (size_t)len);
        vsnprintf(b->data + b->len, (size_t)len + 1, format, again);
    }
    va_end(again);
    b->len += (size_t)len;
}

char *toc_buf_take(toc_buf *b)
{
    char *s = b->data ? b->data : toc_alloc(1);
    *b = (toc_buf){0};
    return s;
}

const char *toc_buf_text(const toc_buf *b)
{
    return b->data ? b->data : "";
}

// Room for more bytes and the NUL.
static void reserve(toc_buf *b, size_t more)
{
    if (more > SIZE_MAX - b->len - 1)
        abort();
    size_t need = b->len + more + 1;
    if (need > b->capacity && need < 64)
        need = 64;
    b->data = toc_grow(b->data, &b->capacity, need, 1);
}
