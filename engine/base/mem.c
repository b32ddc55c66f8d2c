// SPDX-License-Identifier: MIT
#include "base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *checked(void *p)
{
    if (!p)
        abort();
    return p;
}

void *toc_alloc(size_t size)
{
    return checked(calloc(1, size ? size : 1));
}

void *toc_realloc(void *p, size_t size)
{
    return checked(realloc(p, size ? size : 1));
}

char *toc_strdup(const char *s)
{
    if (!s)
        return NULL;
    size_t size = strlen(s) + 1;
    return memcpy(checked(malloc(size)), s, size);
}

void toc_copy_text(char *out, size_t size, const char *s)
{
    size_t len = strlen(s);
    if (len >= size)
        len = size - 1;
    memmove(out, s, len);
    out[len] = '\0';
}

char *toc_strndup(const char *s, size_t n)
{
    if (!s)
        return NULL;
    const char *end = memchr(s, '\0', n);
    size_t len = end ? (size_t)(end - s) : n;
    char *copy = toc_alloc(len + 1);
    memcpy(copy, s, len);
    return copy;
}

char *toc_sprintf(const char *format, ...)
{
    va_list args;
    va_list again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0)
        abort();
    char *s = toc_alloc((size_t)len + 1);
    vsnprintf(s, (size_t)len + 1, format, again);
    va_end(again);
    return s;
}

void *toc_grow(void *p, size_t *capacity, size_t need, size_t element_size)
{
    if (need <= *capacity)
        return p;
    size_t more = *capacity > SIZE_MAX / 2 ? need : *capacity * 2;
    if (more < 8)
        more = 8;
    if (more < need)
        more = need;
    if (more > SIZE_MAX / element_size)
        abort();
    p = toc_realloc(p, more * element_size);
    *capacity = more;
    return p;
}
