// SPDX-License-Identifier: MIT
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum { LONGEST = 64 }; // characters; nobody mistypes a longer name by a little

static size_t spell(uint32_t letters[LONGEST], const char *s);
static size_t distance(const uint32_t *a, size_t a_len, const uint32_t *b, size_t b_len);
static size_t least(size_t a, size_t b);

const char *toc_text_near(const char *word, const char *const *names, size_t count)
{
    uint32_t wanted[LONGEST];
    uint32_t name[LONGEST];
    size_t wanted_len = spell(wanted, word);
    if (wanted_len == 0 || wanted_len > LONGEST)
        return NULL;
    size_t best = (wanted_len < 3 ? 1 : wanted_len / 3) + 1;
    const char *found = NULL;
    for (size_t i = 0; i < count; i++) {
        size_t len = spell(name, names[i]);
        if (len == 0 || len > LONGEST)
            continue;
        size_t d = distance(wanted, wanted_len, name, len);
        if (d < best && (d < wanted_len || d < len)) {
            best = d;
            found = names[i];
        }
    }
    return found;
}

// The characters of s with ASCII in lower case; more than LONGEST if there are too many.
static size_t spell(uint32_t letters[LONGEST], const char *s)
{
    size_t count = 0;
    size_t len = strlen(s);
    for (size_t i = 0; i < len; count++) {
        if (count == LONGEST)
            return LONGEST + 1;
        i += toc_utf8_next(s + i, len - i, &letters[count]);
        if (letters[count] >= 'A' && letters[count] <= 'Z')
            letters[count] += 'a' - 'A';
    }
    return count;
}

// Optimal string alignment: insert, delete, replace, swap two neighbours; each costs 1.
static size_t distance(const uint32_t *a, size_t a_len, const uint32_t *b, size_t b_len)
{
    size_t rows[3][LONGEST + 1];
    for (size_t j = 0; j <= b_len; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3];
        const size_t *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            row[j] = least(above[j - 1] + (a[i - 1] != b[j - 1]), least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], two_above[j - 2] + 1);
        }
    }
    return rows[a_len % 3][b_len];
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}
