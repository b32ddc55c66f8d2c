// SPDX-License-Identifier: MIT
//
// Texts whose quotes are not those that Lua wants: curly ones, quotes inside quotes, a line break
// before the closing one, or none. Where a text was meant to end is told by what stands behind it.

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "reading.h"

enum {
    LINES_MAX = 60,   // of a text that was broken by line ends
    INNER_MAX = 1000, // bytes of a text with quotes in it
};

typedef struct {
    const char *at;
    size_t len;
    char meant; // ' or ", or 0: no curly quote
} quote;

static quote quote_at(const toc_reading *r, const char *p);
static void read_curly(toc_reading *r, toc_tokens *t, quote open);
static void tell_curly(toc_reading *r, quote q, const char *straight);
static bool find_curly_end(const toc_reading *r, quote open, quote *close);
static void read_straight(toc_reading *r, toc_tokens *t);
static const char *find_last(const toc_reading *r, const char *begin, const char *from, char c);
static bool join_word(toc_reading *r, toc_tokens *t, const char *rest);
static const char *find_key(const toc_token *word);
static void tell_forgotten(toc_reading *r, toc_tokens *t, const char *begin, const char *stop);
static bool mend_beginning(toc_reading *r, toc_tokens *t, const toc_token *word);
static void read_unclosed(toc_reading *r, toc_tokens *t, const toc_token *word);
static void check_escapes(toc_reading *r, const toc_token *word);

bool toc_slips_text(toc_reading *r, toc_tokens *t)
{
    if (*t->p == '"' || *t->p == '\'') {
        read_straight(r, t);
        return true;
    }
    quote open = quote_at(r, t->p);
    if (open.meant && !(open.meant == '\'' && join_word(r, t, open.at + open.len)))
        read_curly(r, t, open);
    return open.meant != 0;
}

// Every quote that is neither " nor '. A backtick is one too.
static quote quote_at(const toc_reading *r, const char *p)
{
    static const uint32_t doubles[] = {0x201C, 0x201D, 0x201E, 0x201F, 0xAB,  0xBB,
                                       0x2033, 0x301D, 0x301E, 0x301F, 0xFF02};
    static const uint32_t singles[] = {0x2018, 0x2019, 0x201A, 0x201B, 0x2039,
                                       0x203A, 0x2032, 0xB4,   0xFF07, '`'};
    uint32_t cp;
    quote q = {.at = p, .len = toc_utf8_next(p, (size_t)(r->text + r->len - p), &cp)};
    for (size_t i = 0; i < TOC_COUNT(doubles); i++)
        q.meant = cp == doubles[i] ? '"' : q.meant;
    for (size_t i = 0; i < TOC_COUNT(singles); i++)
        q.meant = cp == singles[i] ? '\'' : q.meant;
    return q;
}

// ---- curly quotes ------------------------------------------------------------------------------------

static void read_curly(toc_reading *r, toc_tokens *t, quote open)
{
    quote close;
    const char *closing = "\"";
    if (!find_curly_end(r, open, &close)) {
        tell_curly(r, open, open.meant == '"' ? "\"" : "'");
        r->is_lost = true;
        toc_tokens_pass(t, toc_reading_line_end(r, open.at));
        return;
    }
    const char *start = open.at + open.len;
    const char *opening = toc_slips_delimiters(start, close.at, &closing);
    tell_curly(r, open, opening);
    if (close.meant)
        tell_curly(r, close, closing);
    else if (strcmp(closing, "\"") != 0)
        toc_reading_mend(r, close.at, close.at + 1, "%s", closing);
    toc_slips_word(r, t, TOC_TOKEN_TEXT, close.at + close.len, start, (size_t)(close.at - start));
}

static void tell_curly(toc_reading *r, quote q, const char *straight)
{
    uint32_t cp;
    toc_utf8_next(q.at, q.len, &cp);
    toc_problem *problem;
    if (cp == '`')
        problem = toc_reading_problem(r, "E0104", q.at, q.at + q.len,
                                      "a slanted quote: texts stand in straight ones, \"");
    else
        problem = toc_reading_problem(r, "E0104", q.at, q.at + q.len,
                                      "a curly quote (U+%04X): texts stand in straight ones, \"",
                                      (unsigned)cp);
    toc_problem_label(problem, "from a word processor");
    if (straight[0] == '[' || straight[0] == ']')
        toc_problem_help(problem, "put %s here: the text has %s in it", straight,
                         "quotes or several lines");
    else
        toc_problem_help(problem, "put a straight quote here: %s", straight);
    toc_problem_fix(problem, "%s", straight);
    toc_reading_mend(r, q.at, q.at + q.len, "%s", straight);
}

static bool begins_table(const char *p, const char *end)
{
    while (p < end && (*p == ' ' || *p == '\t'))
        p++;
    return p < end && (*p == '{' || *p == '(');
}

// The first quote behind which a text can be over; or the next on a later line, if it is curly.
static bool find_curly_end(const toc_reading *r, quote open, quote *close)
{
    const char *end = r->text + r->len;
    int lines = 0;
    quote first = {0};
    for (const char *p = open.at + open.len; p < end && lines < LINES_MAX;) {
        quote q = quote_at(r, p);
        bool is_straight = open.meant == '"' && *p == '"';
        if (*p == '\n') {
            if (first.at)
                break;
            lines++;
        }
        bool is_same = q.meant == open.meant || is_straight;
        // team “ops” {: what begins there cannot be in the text.
        if (q.meant == open.meant && q.meant && !first.at && lines == 0 &&
            begins_table(p + q.len, end)) {
            *close = q;
            return true;
        }
        if (is_same && lines > 0 && is_straight)
            return false; // the beginning of another text
        if (is_same && !first.at)
            first = q;
        if (is_same && toc_slips_is_end(r, p + q.len)) {
            *close = q;
            return true;
        }
        p += q.len;
    }
    *close = first;
    return first.at && (lines == 0 || open.meant == '"');
}

bool toc_slips_is_end(const toc_reading *r, const char *p)
{
    const char *end = r->text + r->len;
    while (p < end && (*p == ' ' || *p == '\t'))
        p++;
    return p == end || strchr("\r\n,;})]=", *p) || (end - p > 1 && memcmp(p, "..", 2) == 0) ||
           (end - p > 1 && memcmp(p, "--", 2) == 0);
}

const char *toc_slips_delimiters(const char *p, const char *end, const char **close)
{
    size_t len = (size_t)(end - p);
    bool is_long = memchr(p, '\n', len) || memchr(p, '\\', len);
    *close = "\"";
    if (!is_long && !memchr(p, '"', len))
        return "\"";
    *close = "'";
    if (!is_long && !memchr(p, '\'', len))
        return "'";
    *close = "]]";
    return "[[";
}

// ---- straight quotes -------------------------------------------------------------------------------

static bool is_letter(const char *p, const char *end)
{
    return p < end &&
           ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (unsigned char)*p >= 0xC3);
}

// Does a word stand here that goes on with the program: and, or, then, do …?
static bool is_keyword_at(const toc_reading *r, const char *p)
{
    toc_tokens t = {p, r->text + r->len, 1, p, 0, p};
    toc_token word = toc_tokens_next(&t);
    return toc_token_is_keyword(&word);
}

static bool is_known_at(const toc_reading *r, const char *p)
{
    toc_tokens t = {p, r->text + r->len, 1, p, 0, p};
    toc_token word = toc_tokens_next(&t);
    return r->is_known(r->known, word.start, word.len);
}

static void read_straight(toc_reading *r, toc_tokens *t)
{
    const char *end = r->text + r->len;
    toc_tokens before = *t;
    toc_token word = toc_tokens_next(t);
    const char *closing;
    if (mend_beginning(r, t, &word))
        return;
    const char *forgotten = toc_slips_is_end(r, word.end) && !word.is_open ? NULL : find_key(&word);
    if (forgotten) {
        *t = before;
        tell_forgotten(r, t, word.begin, forgotten);
        return;
    }
    if (word.is_open) {
        *t = before;
        read_unclosed(r, t, &word);
        return;
    }
    const char *last = is_letter(word.end, end) && !is_keyword_at(r, word.end)
                           ? find_last(r, word.begin, word.end, *word.begin)
                           : NULL;
    if (!last) {
        check_escapes(r, &word);
        TOC_GROW(r->words, r->word_count, r->word_capacity);
        r->words[r->word_count++] = word;
        return;
    }
    // Lua may take it, as calls side by side: note "He said "stop" twice".
    static const char text[] = "quotes inside quotes: the text ends at column %d already";
    int column = word.column + word.width - 1;
    toc_problem *problem = is_known_at(r, word.end)
                               ? toc_reading_problem(r, "E0105", word.begin, last, text, column)
                               : toc_reading_certain(r, "E0105", word.begin, last, text, column);
    toc_problem_label(problem, "one text, with quotes in it");
    toc_problem_help(problem, "use the other kind of quotes around it, or [[ and ]]");
    const char *opening = toc_slips_delimiters(word.begin + 1, last - 1, &closing);
    toc_reading_fix(r, problem, word.begin, last, "%s%.*s%s", opening,
                    (int)(last - 1 - (word.begin + 1)), word.begin + 1, closing);
    *t = before;
    toc_slips_word(r, t, TOC_TOKEN_TEXT, last, word.begin + 1,
                   (size_t)(last - 1 - (word.begin + 1)));
}

// Behind the last quote c of a text with quotes in it: all of them are pairs, and what follows can
// stand behind a text. NULL if there is none on this line.
static const char *find_last(const toc_reading *r, const char *begin, const char *from, char c)
{
    const char *end = r->text + r->len;
    int count = 2;
    for (const char *p = from; p < end && p - begin < INNER_MAX && *p != '\n' && *p != '\r'; p++) {
        if (*p != c)
            continue;
        count++;
        if (count % 2 == 0 && toc_slips_is_end(r, p + 1))
            return p + 1;
    }
    return NULL;
}

static bool is_id_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c && strchr("-_.", c));
}

// "East wing is evacuated, text = "…" and "wind { name = "…": where the text ended if its closing quote
// was forgotten. NULL: it was not.
static const char *find_key(const toc_token *word)
{
    const char *begin = word->start;
    const char *p = begin + word->len;
    const char *id = begin;
    while (id < p && is_id_letter(*id))
        id++;
    const char *brace = id;
    while (brace < p && *brace == ' ')
        brace++;
    if (id > begin && brace < p && *brace == '{')
        return id;
    while (p > begin && (p[-1] == ' ' || p[-1] == '{'))
        p--;
    if (p == begin || *--p != '=')
        return NULL;
    while (p > begin && p[-1] == ' ')
        p--;
    const char *name = p;
    while (p > begin && is_id_letter(p[-1]))
        p--;
    if (p == name)
        return NULL;
    while (p > begin && p[-1] == ' ')
        p--;
    return p > begin + 1 && p[-1] == ',' ? p - 1 : NULL;
}

static void tell_forgotten(toc_reading *r, toc_tokens *t, const char *begin, const char *stop)
{
    char mark[] = {*begin, '\0'};
    const char *last = stop - 1;
    while (last > begin && ((unsigned char)*last & 0xC0) == 0x80)
        last--;
    toc_problem *problem =
        toc_reading_problem(r, "E0106", last, stop, "the closing quote is missing before the %s",
                            *stop == ',' ? "comma" : "{");
    toc_problem_label(problem, "the text ends here");
    toc_problem_help(problem, "close it here with %c", *begin);
    toc_reading_mend(r, stop, stop, "%s", mark);
    toc_problem_fix(problem, "%.*s%c", (int)(stop - last), last, *begin);
    toc_slips_word(r, t, TOC_TOKEN_TEXT, stop, begin + 1, (size_t)(stop - begin - 1));
}

// Was the name declared before? Then name"text" is a call of it.
static bool is_own(const toc_reading *r, const toc_token *name)
{
    for (size_t i = 0; i + 1 < r->word_count; i++) {
        const toc_token *t = &r->words[i + 1];
        if (t != name && t->len == name->len && memcmp(t->start, name->start, t->len) == 0 &&
            (toc_token_is(t - 1, "local") || toc_token_is(t - 1, "function") ||
             toc_token_is(t - 1, ",") || toc_token_is(t - 1, "(")))
            return true;
    }
    return false;
}

// team wind" {, to = ops": an id that lacks its opening quote; its closing one is word's first.
static bool mend_beginning(toc_reading *r, toc_tokens *t, const toc_token *word)
{
    size_t first = r->word_count;
    const char *begin = word->begin;
    while (first > 0 && r->words[first - 1].end == begin &&
           (r->words[first - 1].kind == TOC_TOKEN_NAME ||
            r->words[first - 1].kind == TOC_TOKEN_NUMBER ||
            toc_token_is(&r->words[first - 1], "-") || toc_token_is(&r->words[first - 1], ".")))
        begin = r->words[--first].begin;
    bool is_end =
        toc_slips_is_end(r, word->begin + 1) || begins_table(word->begin + 1, r->text + r->len);
    if (first == r->word_count || first == 0 || !is_end)
        return false;
    const toc_token *name = &r->words[first];
    const toc_token *last = name - 1;
    bool is_value = toc_token_is(last, "=") || toc_token_is(last, ",") || toc_token_is(last, "{") ||
                    (last->kind == TOC_TOKEN_NAME && last->line == name->line &&
                     r->is_known(r->known, last->start, last->len));
    if (name->kind != TOC_TOKEN_NAME || toc_token_is_keyword(name) || !is_value ||
        r->is_known(r->known, name->start, name->len) || is_own(r, name))
        return false;
    const char *end = word->begin + 1;
    int len = (int)(end - 1 - begin);
    toc_problem *problem = toc_reading_problem(
        r, "E0109", begin, end, "the opening quote is missing: %.*s", len < 60 ? len : 60, begin);
    toc_problem_label(problem, "its quote is missing before it");
    toc_reading_fix(r, problem, begin, end, "%c%.*s%c", *word->begin, len < 200 ? len : 200, begin,
                    *word->begin);
    r->word_count = first;
    t->p = begin; // on the same line
    toc_slips_word(r, t, TOC_TOKEN_TEXT, end, begin, (size_t)len);
    return true;
}

static int count_quotes(const char *p, const char *end)
{
    int count = 0;
    for (; p < end; p++)
        count += *p == '"';
    return count;
}

// Where the text on the line p would end if its closing quote was forgotten: before what closes a list.
static const char *find_forgotten(const char *p, const char *line_end)
{
    while (line_end > p && strchr(" \t\r", line_end[-1]))
        line_end--;
    while (line_end > p && strchr(",}); \t", line_end[-1]))
        line_end--;
    return line_end;
}

// don't: no text, but part of a word that stands without quotes. rest is what follows the apostrophe.
static bool join_word(toc_reading *r, toc_tokens *t, const char *rest)
{
    const char *end = r->text + r->len;
    toc_token *last = r->word_count > 0 ? &r->words[r->word_count - 1] : NULL;
    if (!last || last->end != t->p || last->kind != TOC_TOKEN_NAME || !is_letter(rest, end))
        return false;
    while (is_letter(rest, end))
        rest++;
    toc_tokens_pass(t, rest);
    last->end = rest;
    last->len = (size_t)(rest - last->start);
    return true;
}

static void read_unclosed(toc_reading *r, toc_tokens *t, const toc_token *word)
{
    const char *begin = word->begin;
    const char *end = r->text + r->len;
    const char *line_end = toc_reading_line_end(r, begin);
    if (*begin == '\'' && join_word(r, t, begin + 1))
        return;
    // "Harbour”: begun straight, ended curly.
    for (const char *p = begin + 1; p < line_end;) {
        quote q = quote_at(r, p);
        if (q.meant == '"' && *begin == '"' && toc_slips_is_end(r, p + q.len)) {
            tell_curly(r, q, "\"");
            toc_slips_word(r, t, TOC_TOKEN_TEXT, p + q.len, begin + 1, (size_t)(p - begin - 1));
            return;
        }
        p += q.len;
    }
    toc_problem *problem =
        toc_reading_problem(r, "E0106", begin, line_end, "the text is not closed on its line");
    // The next line with quotes tells: an odd number of them closes what was opened here.
    const char *next = line_end;
    const char *next_end = line_end;
    int count = 0;
    for (int i = 0; i < LINES_MAX && count == 0 && next_end < end; i++) {
        next = next_end + 1;
        next_end = toc_reading_line_end(r, next);
        count = count_quotes(next, next_end);
    }
    const char *close = count > 0 ? memchr(next, '"', (size_t)(next_end - next)) : NULL;
    if (*begin == '"' && count % 2 == 1 && !memchr(begin, '\\', (size_t)(close - begin))) {
        toc_problem_label(problem, "a line break inside quotes");
        toc_problem_help(problem,
                         "a text of several lines stands between [[ and ]], or in a file of "
                         "its own: text = file \"texts/x.md\"");
        toc_reading_mend(r, begin, begin + 1, "[[");
        toc_reading_mend(r, close, close + 1, "]]");
        toc_slips_word(r, t, TOC_TOKEN_TEXT, close + 1, begin + 1, (size_t)(close - begin - 1));
        return;
    }
    const char *stop = find_forgotten(begin + 1, line_end);
    toc_problem_label(problem, "its closing quote is missing");
    toc_problem_help(problem, "close it with %c; a text of several lines stands between [[ and ]]",
                     *begin);
    char mark[] = {*begin, '\0'};
    toc_reading_show(r, problem, stop, stop, mark);
    toc_reading_mend(r, stop, stop, "%s", mark);
    toc_slips_word(r, t, TOC_TOKEN_TEXT, stop, begin + 1, (size_t)(stop - begin - 1));
}

// texts\inj-01.md
static bool is_path(const toc_token *word)
{
    const char *end = word->start + word->len;
    const char *dot = end;
    while (dot > word->start && end - dot < 5 && *dot != '.')
        dot--;
    return *dot == '.' && end - dot > 2 && !memchr(word->start, ' ', word->len) &&
           !memchr(word->start, ':', word->len);
}

// "C:\data": a backslash in quotes that means nothing to Lua. (One before n or t means something.)
static void check_escapes(toc_reading *r, const toc_token *word)
{
    for (const char *p = word->start; p + 1 < word->start + word->len; p++) {
        if (*p != '\\')
            continue;
        p++;
        bool is_hex = *p == 'x' && isxdigit((unsigned char)p[1]) && isxdigit((unsigned char)p[2]);
        if (is_hex || (*p == 'u' && p[1] == '{') || strchr("abfnrtvz\\\"'\r\n", *p) ||
            (*p >= '0' && *p <= '9'))
            continue;
        const char *end = p + 1;
        while (((unsigned char)*end & 0xC0) == 0x80)
            end++;
        if (is_path(word)) {
            toc_problem *path = toc_reading_problem(r, "E0124", p - 1, p,
                                                    "the folders of a path stand behind /, not "
                                                    "behind a backslash");
            toc_problem_label(path, "/ is meant");
            toc_reading_fix(r, path, p - 1, p, "/");
            continue;
        }
        toc_problem *problem = toc_reading_problem(
            r, "E0124", p - 1, end, "a backslash inside quotes means something else to Lua");
        toc_problem_label(problem, "write two for one");
        toc_reading_fix(r, problem, p - 1, end, "\\\\%.*s", (int)(end - p), p);
    }
}
