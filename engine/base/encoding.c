// SPDX-License-Identifier: MIT
#include <string.h>

#include "base/text.h"

static const char *wide_name(const char *s, size_t len);
static bool begins(const char *s, size_t len, const char *bytes, size_t n);

const char *toc_text_encoding(const char *s, size_t len)
{
    size_t bad;
    // What office programs write is a zip archive, an older container of their own, or RTF.
    if (begins(s, len, "PK\3\4", 4) || begins(s, len, "\xD0\xCF\x11\xE0", 4) ||
        begins(s, len, "{\\rtf", 5))
        return "a document of an office program";
    const char *wide = wide_name(s, len);
    if (wide || toc_utf8_valid(s, len, &bad))
        return wide;
    // Letters with accents, and the quotes and dashes of Windows; strict UTF-8 has few of these alone.
    unsigned char c = (unsigned char)s[bad];
    return c >= 0x80 ? "Latin-1 or Windows-1252" : NULL;
}

static bool begins(const char *s, size_t len, const char *bytes, size_t n)
{
    return len >= n && memcmp(s, bytes, n) == 0;
}

static const char *wide_name(const char *s, size_t len)
{
    if (begins(s, len, "\xFF\xFE\0\0", 4))
        return "UTF-32";
    if (begins(s, len, "\xFF\xFE", 2))
        return "UTF-16 (Windows calls it Unicode)";
    if (begins(s, len, "\xFE\xFF", 2))
        return "UTF-16 (big endian)";
    // Without a mark: every other byte of what is mostly ASCII is zero.
    size_t even = 0;
    size_t odd = 0;
    size_t seen = len < 200 ? len : 200;
    for (size_t i = 0; i < seen; i++)
        if (s[i] == '\0')
            *(i % 2 ? &odd : &even) += 1;
    if (seen >= 8 && odd > seen / 4 && even == 0)
        return "UTF-16 (Windows calls it Unicode)";
    return seen >= 8 && even > seen / 4 && odd == 0 ? "UTF-16 (big endian)" : NULL;
}
