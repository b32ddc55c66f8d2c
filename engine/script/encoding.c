// SPDX-License-Identifier: MIT
// Files that are no text, or a text in another encoding than UTF-8: which, and how to save it.
#include <string.h>

#include "base/text.h"
#include "reading.h"

#define SAVE                                                                                       \
    "open it in your editor, choose Save As, and as encoding UTF-8; in Word: Plain text, then "    \
    "Other encoding, Unicode (UTF-8)"

static bool is_zip(const char *text, size_t len);
static const char *wide_name(const char *text, size_t len);
static int line_of(const char *text, size_t at, int *column);
static bool is_latin_letter(unsigned char c);

bool toc_encoding_check(toc_problems *problems, const char *path, const char *text, size_t len,
                        size_t *skip)
{
    static const char mark[] = "\xEF\xBB\xBF";
    size_t bad;
    *skip = len >= 3 && memcmp(text, mark, 3) == 0 ? 3 : 0;
    if (len > 0 && *text == '\33') {
        toc_problem_help(toc_problems_add(problems, "E0114", path, 1,
                                          "this is compiled Lua; scenarios are read from their "
                                          "source only"),
                         "put the .lua file that was written by hand here");
        return false;
    }
    if (is_zip(text, len)) {
        toc_problem_help(toc_problems_add(problems, "E0114", path, 1,
                                          "this is a document of an office program, not a text "
                                          "file"),
                         "in Word: Save As, Plain text (.txt), encoding Unicode (UTF-8); then name "
                         "the file .lua");
        return false;
    }
    const char *wide = wide_name(text, len);
    if (wide) {
        toc_problem_help(toc_problems_add(problems, "E0114", path, 1,
                                          "this file is saved in %s; scenarios are read in UTF-8",
                                          wide),
                         SAVE);
        return false;
    }
    const char *nul = memchr(text, '\0', len);
    if (nul) {
        int column;
        int line = line_of(text, (size_t)(nul - text), &column);
        toc_problem *problem = toc_problems_add(problems, "E0114", path, line,
                                                "a NUL byte in the source: the file is damaged, or "
                                                "no text");
        toc_problem_help(toc_problem_at(problem, column, 1),
                         "take the file from a backup, or copy its text into a new one");
        return false;
    }
    if (toc_utf8_valid(text, len, &bad))
        return true;
    int column;
    int line = line_of(text, bad, &column);
    bool is_latin = is_latin_letter((unsigned char)text[bad]);
    toc_problem *problem = toc_problems_add(
        problems, "E0114", path, line,
        is_latin ? "this file is saved in Latin-1 or Windows-1252; scenarios are read in UTF-8"
                 : "these bytes are no UTF-8: the file is damaged, or saved in another encoding");
    toc_problem_label(toc_problem_at(problem, column, 1), "the first character of that kind");
    toc_problem_help(problem, SAVE);
    return false;
}

// What office programs write begins as a zip archive, or as RTF does.
static bool is_zip(const char *text, size_t len)
{
    return len >= 6 && (memcmp(text, "PK\3\4", 4) == 0 || memcmp(text, "{\\rtf", 5) == 0 ||
                        memcmp(text, "\xD0\xCF\x11\xE0", 4) == 0);
}

static const char *wide_name(const char *text, size_t len)
{
    if (len >= 4 && memcmp(text, "\xFF\xFE\0\0", 4) == 0)
        return "UTF-32";
    if (len >= 2 && memcmp(text, "\xFF\xFE", 2) == 0)
        return "UTF-16 (called Unicode by Windows)";
    if (len >= 2 && memcmp(text, "\xFE\xFF", 2) == 0)
        return "UTF-16 (big endian)";
    // Without a mark: every other byte of what is mostly ASCII is zero.
    size_t even = 0;
    size_t odd = 0;
    size_t seen = len < 200 ? len : 200;
    for (size_t i = 0; i < seen; i++)
        if (text[i] == '\0')
            *(i % 2 ? &odd : &even) += 1;
    if (seen >= 8 && odd > seen / 4 && even == 0)
        return "UTF-16 (called Unicode by Windows)";
    return seen >= 8 && even > seen / 4 && odd == 0 ? "UTF-16 (big endian)" : NULL;
}

static int line_of(const char *text, size_t at, int *column)
{
    int line = 1;
    *column = 1;
    for (size_t i = 0; i < at; i++) {
        bool is_end = text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n');
        line += is_end;
        *column = is_end ? 1 : *column + (((unsigned char)text[i] & 0xC0) != 0x80);
    }
    return line;
}

// Letters with accents, and the curly quotes, dashes and the like of Windows.
static bool is_latin_letter(unsigned char c)
{
    return c >= 0xC0 || c == 0xA0 || c == 0xAD || c == 0xAB || c == 0xBB || c == 0xB0 ||
           (c >= 0x80 && c <= 0x9F);
}
