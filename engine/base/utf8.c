// SPDX-License-Identifier: MIT
#include "base/text.h"

static size_t expect(unsigned char lead, unsigned char *low, unsigned char *high);

bool toc_utf8_valid(const char *s, size_t len, size_t *bad)
{
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        size_t n = toc_utf8_next(s + i, len - i, &cp);
        if (cp == TOC_CP_BAD || cp == 0) {
            if (bad)
                *bad = i;
            return false;
        }
        i += n;
    }
    return true;
}

bool toc_utf8_clean(const char *s, size_t len)
{
    unsigned char all = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s[i];
        if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F)
            return false;
        all |= c;
    }
    return all < 0x80 || toc_utf8_valid(s, len, NULL);
}

size_t toc_utf8_next(const char *s, size_t len, uint32_t *cp)
{
    const unsigned char *u = (const unsigned char *)s;
    unsigned char low;
    unsigned char high;
    size_t n = expect(u[0], &low, &high);
    *cp = TOC_CP_BAD;
    if (n == 0)
        return 1;
    if (n == 1) {
        *cp = u[0];
        return 1;
    }
    uint32_t value = u[0] & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if (i >= len || u[i] < low || u[i] > high)
            return i;
        value = value << 6 | (u[i] & 0x3Fu);
        low = 0x80;
        high = 0xBF;
    }
    *cp = value;
    return n;
}

// The length that a lead byte promises (0: it leads nothing), and the range of the second byte, which
// is what keeps out overlong forms, surrogates and all above U+10FFFF (Unicode 15, table 3-7).
static size_t expect(unsigned char lead, unsigned char *low, unsigned char *high)
{
    *low = 0x80;
    *high = 0xBF;
    if (lead < 0x80)
        return 1;
    if (lead < 0xC2)
        return 0;
    if (lead < 0xE0)
        return 2;
    if (lead < 0xF0) {
        if (lead == 0xE0)
            *low = 0xA0;
        if (lead == 0xED)
            *high = 0x9F;
        return 3;
    }
    if (lead > 0xF4)
        return 0;
    if (lead == 0xF0)
        *low = 0x90;
    if (lead == 0xF4)
        *high = 0x8F;
    return 4;
}
