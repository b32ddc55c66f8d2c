// SPDX-License-Identifier: MIT
// Files that are no text, or a text in another encoding than UTF-8: which, and how to save it.
#include <string.h>

#include "base/text.h"
#include "reading.h"

#define SAVE                                                                                       \
    "open it in your editor, choose Save As, and as encoding UTF-8; in Word: Plain text, then "    \
    "Other encoding, Unicode (UTF-8)"

static int line_of(const char *text, size_t at, int *column);

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
    const char *encoding = toc_text_encoding(text, len);
    bool is_latin = encoding && encoding[0] == 'L';
    if (encoding && !is_latin) {
        bool is_document = encoding[0] == 'a';
        toc_problem_help(
            toc_problems_add(problems, "E0114", path, 1,
                             is_document ? "this is %s, not a text file"
                                         : "this file is saved in %s; scenarios are read in UTF-8",
                             encoding),
            is_document ? "in Word: Save As, Plain text (.txt), encoding Unicode (UTF-8); "
                          "then name the file .lua"
                        : SAVE);
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
    toc_problem *problem = toc_problems_add(
        problems, "E0114", path, line,
        is_latin ? "this file is saved in Latin-1 or Windows-1252; scenarios are read in UTF-8"
                 : "these bytes are no UTF-8: the file is damaged, or saved in another encoding");
    toc_problem_label(toc_problem_at(problem, column, 1), "the first character of that kind");
    toc_problem_help(problem, SAVE);
    return false;
}

static int line_of(const char *text, size_t at, int *column)
{
    int line = 1;
    *column = 1;
    for (size_t i = 0; i < at; i++) {
        char c = text[i];
        bool is_end = c == '\n' || c == '\r';
        if (is_end && i + 1 < at && (text[i + 1] == '\n' || text[i + 1] == '\r') &&
            text[i + 1] != c)
            i++; // \r\n and \n\r are one
        line += is_end;
        *column = is_end ? 1 : *column + (((unsigned char)c & 0xC0) != 0x80);
    }
    return line;
}
