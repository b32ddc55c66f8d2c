// SPDX-License-Identifier: MIT
// It knows the text, not the language: the reader of the language has told the line, and a condition that
// goes on behind it is shown as far as it stands there.
#include "condition.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

enum { MOST = 160 }; // bytes of a condition

// A piece of the source.
typedef struct {
    const char *at;
    size_t len;
} span;

static span line_of(const toc_file *f, int line);
static span trim(span s);
static bool take(span *s, const char *word);
static bool take_head(span *s);
static size_t find_end(span s, bool is_function);
static size_t find(span s, size_t from, const char *text);

void toc_condition_text(toc_buf *out, const toc_file *f, int line)
{
    span s = f ? trim(line_of(f, line)) : (span){0};
    if (!take(&s, "when") || !take(&s, "("))
        return;
    bool is_function = take_head(&s);
    for (int below = line + 1; is_function && s.len == 0 && below <= line + 2; below++)
        s = trim(line_of(f, below));
    if (is_function)
        take(&s, "return ");
    s.len = find_end(s, is_function);
    s = trim(s);
    bool is_cut = s.len > MOST;
    while (is_cut && (s.len > MOST || ((unsigned char)s.at[s.len] & 0xc0) == 0x80))
        s.len--;
    toc_buf_add(out, s.at, s.len);
    toc_buf_str(out, is_cut ? "…" : "");
}

// Empty where the file has no such line.
static span line_of(const toc_file *f, int line)
{
    span rest = {f->data, f->size};
    for (; line > 1 && rest.len > 0; line--) {
        const char *end = memchr(rest.at, '\n', rest.len);
        size_t skip = end ? (size_t)(end - rest.at) + 1 : rest.len;
        rest = (span){rest.at + skip, rest.len - skip};
    }
    const char *end = rest.len > 0 ? memchr(rest.at, '\n', rest.len) : NULL;
    return (span){rest.at, end ? (size_t)(end - rest.at) : rest.len};
}

static span trim(span s)
{
    while (s.len > 0 && strchr(" \t\r", s.at[0]))
        s = (span){s.at + 1, s.len - 1};
    while (s.len > 0 && strchr(" \t\r", s.at[s.len - 1]))
        s.len--;
    return s;
}

// The word and the blanks behind it.
static bool take(span *s, const char *word)
{
    size_t len = strlen(word);
    if (s->len < len || memcmp(s->at, word, len) != 0)
        return false;
    *s = trim((span){s->at + len, s->len - len});
    return true;
}

// "function ()"
static bool take_head(span *s)
{
    return take(s, "function") && take(s, "(") && take(s, ")");
}

// Up to "end," of a function that is written out, else up to the comma before what is played.
static size_t find_end(span s, bool is_function)
{
    size_t at = s.len;
    if (!is_function) {
        at = find(s, 0, ",");
    } else if (s.len > 3 && memcmp(s.at + s.len - 3, "end", 3) == 0) {
        at = s.len - 3; // the comma stands in the next line
    } else {
        for (size_t end = find(s, 0, "end"); end < s.len; end = find(s, end + 3, "end")) {
            span behind = trim((span){s.at + end + 3, s.len - end - 3});
            if (end > 0 && s.at[end - 1] == ' ' && behind.len > 0 && behind.at[0] == ',')
                return end;
        }
    }
    return at;
}

static size_t find(span s, size_t from, const char *text)
{
    size_t len = strlen(text);
    for (size_t i = from; i + len <= s.len; i++)
        if (memcmp(s.at + i, text, len) == 0)
            return i;
    return s.len;
}
