// SPDX-License-Identifier: MIT
#include "seek.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

static bool begins(const char *s, size_t len, const char *word, size_t word_len, size_t *found);
static uint32_t fold(uint32_t cp);

size_t toc_seek(const char *s, size_t len, size_t from, const char *word, size_t word_len,
                size_t *found)
{
    size_t n;
    if (word_len == 0)
        return SIZE_MAX;
    for (size_t i = from; i < len;) {
        uint32_t cp;
        if (begins(s + i, len - i, word, word_len, &n)) {
            if (found)
                *found = n;
            return i;
        }
        i += toc_utf8_next(s + i, len - i, &cp);
    }
    return SIZE_MAX;
}

// The two may differ in bytes where they are the same but for capitals.
static bool begins(const char *s, size_t len, const char *word, size_t word_len, size_t *found)
{
    size_t i = 0;
    for (size_t k = 0; k < word_len;) {
        uint32_t a, b;
        if (i >= len)
            return false;
        i += toc_utf8_next(s + i, len - i, &a);
        k += toc_utf8_next(word + k, word_len - k, &b);
        if (fold(a) != fold(b))
            return false;
    }
    *found = i;
    return true;
}

// The small letter of a capital (Unicode's simple case folding, of the blocks people here write in).
static uint32_t fold(uint32_t cp)
{
    if (cp < 0x80)
        return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    if ((cp >= 0xC0 && cp <= 0xDE && cp != 0xD7) || (cp >= 0x391 && cp <= 0x3A9) ||
        (cp >= 0x410 && cp <= 0x42F))
        return cp + 32;
    if (cp >= 0x400 && cp <= 0x40F)
        return cp + 80;
    if (cp == 0x178)
        return 0xFF;
    // Latin Extended-A: pairs, the capital even, but for two runs where it is odd.
    if (cp >= 0x100 && cp <= 0x17E && cp != 0x130 && cp != 0x131 && cp != 0x138 && cp != 0x149) {
        bool is_odd_run = (cp >= 0x139 && cp <= 0x148) || cp >= 0x179;
        return is_odd_run == ((cp & 1) != 0) ? cp + 1 : cp;
    }
    return cp;
}
