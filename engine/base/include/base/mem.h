// SPDX-License-Identifier: MIT
#ifndef TOC_MEM_H
#define TOC_MEM_H

#include <stddef.h>

// Says of a function that it never gives NULL: no caller has to look, and no analyser fears for it.
#ifdef __GNUC__
#define TOC_NEVER_NULL __attribute__((returns_nonnull))
#else
#define TOC_NEVER_NULL
#endif

// Memory that cannot fail: running out of it aborts the process, because the journal makes a crash
// cheap and a half-handled allocation failure does not. Free with free().

void *toc_alloc(size_t size) TOC_NEVER_NULL; // zeroed
void *toc_realloc(void *p, size_t size) TOC_NEVER_NULL;
char *toc_strdup(const char *s); // NULL gives NULL
char *toc_strndup(const char *s, size_t n);
char *toc_sprintf(const char *format, ...) TOC_NEVER_NULL
#ifdef __GNUC__
    __attribute__((format(printf, 1, 2)))
#endif
    ;

// toc_copy_text puts s into out, which holds size bytes, cut there if it is longer.
void toc_copy_text(char *out, size_t size, const char *s);

// toc_grow makes room for one more element in an array: TOC_GROW(list, count, capacity); need is
// never 0.
void *toc_grow(void *p, size_t *capacity, size_t need, size_t element_size) TOC_NEVER_NULL;
#define TOC_GROW(p, count, capacity) ((p) = toc_grow((p), &(capacity), (count) + 1, sizeof *(p)))

#define TOC_COUNT(array) (sizeof(array) / sizeof *(array))

#endif
