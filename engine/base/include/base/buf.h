// SPDX-License-Identifier: MIT
#ifndef TOC_BUF_H
#define TOC_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/mem.h"

// A growing run of bytes. data is always NUL-terminated once something was added (the NUL is not
// counted in len); it may hold NULs of its own. Zero-initialise it, end it with toc_buf_fini.
typedef struct {
    char *data;
    size_t len;
    size_t capacity;
} toc_buf;

void toc_buf_fini(toc_buf *b);
void toc_buf_clear(toc_buf *b); // keeps the memory
void toc_buf_add(toc_buf *b, const void *bytes, size_t len);
void toc_buf_char(toc_buf *b, char c);
void toc_buf_str(toc_buf *b, const char *s);
void toc_buf_int(toc_buf *b, int64_t n);
void toc_buf_printf(toc_buf *b, const char *format, ...) TOC_PRINTF(2, 3);
char *toc_buf_take(toc_buf *b) TOC_NEVER_NULL; // the string, now the caller's; b is empty after
const char *toc_buf_text(const toc_buf *b) TOC_NEVER_NULL; // "" for an empty buffer

// JSON output. The engine writes its own JSON so that the same event always gives the same bytes:
// UTF-8 as it is; `"`, `\` and C0 escaped (\b \t \n \f \r, else \u00xx in lower case); no spaces.
void toc_json_str(toc_buf *b, const char *s); // quoted and escaped
void toc_json_strn(toc_buf *b, const char *s, size_t len);
void toc_json_key(toc_buf *b, const char *key); // `,` unless just after { ; "key":
// A key and its value; a NULL text adds nothing.
void toc_json_put_str(toc_buf *b, const char *key, const char *value);
void toc_json_put_int(toc_buf *b, const char *key, int64_t value);

#endif
