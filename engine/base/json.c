// SPDX-License-Identifier: MIT
// The writing half of JSON; whoever reads JSON does it behind a stricter gate of its own.
#include <string.h>

#include "base/buf.h"

static void add_escape(toc_buf *b, unsigned char c);

void toc_json_str(toc_buf *b, const char *s)
{
    toc_json_strn(b, s, strlen(s));
}

void toc_json_strn(toc_buf *b, const char *s, size_t len)
{
    toc_buf_char(b, '"');
    size_t from = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        toc_buf_add(b, s + from, i - from);
        add_escape(b, c);
        from = i + 1;
    }
    if (len > from)
        toc_buf_add(b, s + from, len - from);
    toc_buf_char(b, '"');
}

void toc_json_key(toc_buf *b, const char *key)
{
    if (b->len > 0 && b->data[b->len - 1] != '{')
        toc_buf_char(b, ',');
    toc_json_str(b, key);
    toc_buf_char(b, ':');
}

void toc_json_put_str(toc_buf *b, const char *key, const char *value)
{
    if (!value)
        return;
    toc_json_key(b, key);
    toc_json_str(b, value);
}

void toc_json_put_int(toc_buf *b, const char *key, int64_t value)
{
    toc_json_key(b, key);
    toc_buf_int(b, value);
}

static void add_escape(toc_buf *b, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    static const char plain[] = "\"\\\b\t\n\f\r";
    static const char letter[] = "\"\\btnfr";
    const char *at = memchr(plain, c, sizeof plain - 1);
    if (at) {
        char two[2] = {'\\', letter[at - plain]};
        toc_buf_add(b, two, 2);
    } else {
        char six[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
        toc_buf_add(b, six, 6);
    }
}
