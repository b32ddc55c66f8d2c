// SPDX-License-Identifier: MIT
// Signs that Lua has not: those of other languages, those that cannot be seen, those that look like one.
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "reading.h"

static bool read_operator(toc_reading *r, toc_tokens *t);
static bool read_assignment(toc_reading *r, toc_tokens *t, size_t len);
static bool read_comment(toc_reading *r, toc_tokens *t);
static bool read_unseen(toc_reading *r, toc_tokens *t, uint32_t cp, size_t len);
static bool read_alike(toc_reading *r, toc_tokens *t, uint32_t cp, size_t len);
static bool is_unseen(uint32_t cp);
static bool is_blank(uint32_t cp);

bool toc_slips_sign(toc_reading *r, toc_tokens *t)
{
    unsigned char c = (unsigned char)*t->p;
    uint32_t cp;
    if (c < 0x80 && c >= 0x20 && c != 0x7F)
        return read_comment(r, t) || read_operator(r, t);
    size_t len = toc_utf8_next(t->p, (size_t)(t->end - t->p), &cp);
    return is_unseen(cp) ? read_unseen(r, t, cp, len) : read_alike(r, t, cp, len);
}

static bool begins(const toc_tokens *t, const char *sign)
{
    size_t len = strlen(sign);
    return (size_t)(t->end - t->p) >= len && memcmp(t->p, sign, len) == 0;
}

static bool is_first_on_line(const toc_reading *r, const char *p)
{
    const char *start = toc_reading_line_start(r, p);
    return start + strspn(start, " \t") >= p;
}

// Behind what no calculation can go on: a comma, a bracket of a table, a text.
static bool is_behind_entry(const toc_reading *r)
{
    const toc_token *last = r->word_count > 0 ? &r->words[r->word_count - 1] : NULL;
    return last && (last->kind == TOC_TOKEN_TEXT || toc_token_is(last, ",") ||
                    toc_token_is(last, "{") || toc_token_is(last, "}") || toc_token_is(last, ";"));
}

// // and # where a comment could begin, and /* … */
static bool read_comment(toc_reading *r, toc_tokens *t)
{
    bool is_block = begins(t, "/*");
    size_t width = begins(t, "//") || is_block ? 2 : begins(t, "#") ? 1 : 0;
    if (width == 0)
        return false;
    bool has_blank = t->end - t->p > (ptrdiff_t)width && t->p[width] == ' ';
    if (!is_block && !is_first_on_line(r, t->p) && !(has_blank && is_behind_entry(r)))
        return false;
    const char *end = toc_reading_line_end(r, t->p);
    toc_problem *problem =
        toc_reading_problem(r, "E0112", t->p, t->p + width,
                            "a comment begins with --, not with %.*s", (int)width, t->p);
    if (!is_block) {
        toc_reading_fix(r, problem, t->p, t->p + width, "--");
    } else {
        toc_problem_help(problem, "a comment of several lines stands between --[[ and ]]");
        toc_reading_mend(r, t->p, t->p + width, "--[[");
        while (end < t->end && !(end[-1] == '/' && end[-2] == '*' && end - t->p > 3))
            end++;
        if (end[-1] == '/' && end[-2] == '*')
            toc_reading_mend(r, end - 2, end, "]]");
    }
    toc_tokens_pass(t, end);
    return true;
}

static bool read_operator(toc_reading *r, toc_tokens *t)
{
    static const struct {
        const char *sign, *meant, *why;
    } signs[] = {
        {"...", NULL, NULL},
        {"..=", "", NULL},
        {"!==", "~=", "'!==' is not Lua; write ~="},
        {"===", "==", "'===' is not Lua; write =="},
        {"!=", "~=", "'!=' is not Lua; write ~="},
        {"~=", NULL, NULL},
        {"==", NULL, NULL},
        {"&&", "and", "'&&' is not Lua; write and"},
        {"||", "or", "'||' is not Lua; write or"},
        {"<>", "~=", "'<>' is not Lua; write ~="},
        {"=>", ">=", "'=>' is not Lua; write >="},
        {"=<", "<=", "'=<' is not Lua; write <="},
        {"++", "", NULL},
        {"+=", "", NULL},
        {"-=", "", NULL},
        {"*=", "", NULL},
        {"/=", "", NULL},
        {"<<", "<", "scenarios have no bit operators such as << and >>"},
        {">>", ">", "scenarios have no bit operators such as << and >>"},
        {"!", "not", "'!' is not Lua; write not"},
        {"&", "and", "scenarios have no bit operators; for conditions write and instead of &"},
        {"|", "or", "scenarios have no bit operators; for conditions write or instead of |"},
        {"~", "not", "scenarios have no bit operators; 'not equal' is ~= and 'not' is not"},
    };
    size_t i = 0;
    while (i < TOC_COUNT(signs) && !begins(t, signs[i].sign))
        i++;
    if (i == TOC_COUNT(signs) || !signs[i].meant)
        return false;
    size_t len = strlen(signs[i].sign);
    if (!*signs[i].meant)
        return read_assignment(r, t, len);
    const char *begin = t->p;
    bool is_word = signs[i].meant[0] >= 'a';
    bool has_blank = begin[len] == ' ' || begin + len == t->end;
    toc_problem *problem = toc_reading_problem(r, "E0112", begin, begin + len, "%s", signs[i].why);
    toc_reading_fix(r, problem, begin, begin + len, "%s%s%s",
                    is_word && begin > r->text && begin[-1] != ' ' && begin[-1] != '(' ? " " : "",
                    signs[i].meant, is_word && !has_blank ? " " : "");
    toc_slips_word(r, t, is_word ? TOC_TOKEN_NAME : TOC_TOKEN_SYMBOL, begin + len, signs[i].meant,
                   strlen(signs[i].meant));
    return true;
}

// x += 1, x ++: all but the name before it is known.
static bool read_assignment(toc_reading *r, toc_tokens *t, size_t len)
{
    const toc_token *last = r->word_count > 0 ? &r->words[r->word_count - 1] : NULL;
    if (!last || last->kind != TOC_TOKEN_NAME || toc_token_is_keyword(last))
        return false;
    size_t first = r->word_count - 1;
    while (first >= 2 && toc_token_is(&r->words[first - 1], ".") &&
           r->words[first - 2].kind == TOC_TOKEN_NAME)
        first -= 2;
    const char *sign = t->p;
    const char *name = r->words[first].begin;
    int name_len = (int)(last->end - name);
    const char *start = last->start;
    size_t start_len = last->len;
    bool is_step = begins(t, "++");
    if (name_len > 60)
        return false;
    toc_problem *problem = toc_reading_problem(
        r, "E0112", sign, sign + len, "'%.*s' is not Lua; write %.*s = %.*s %.*s %s", (int)len,
        sign, name_len, name, name_len, name, is_step ? 1 : (int)len - 1, sign,
        is_step ? "1" : "…");
    toc_reading_fix(r, problem, sign, sign + len, "%s= %.*s %.*s%s", sign[-1] == ' ' ? "" : " ",
                    name_len, name, is_step ? 1 : (int)len - 1, sign, is_step ? " 1" : "");
    static const char *const equals = "=";
    static const char *const plus = "+";
    toc_slips_word(r, t, TOC_TOKEN_SYMBOL, sign, equals, 1);
    toc_slips_word(r, t, TOC_TOKEN_NAME, sign, start, start_len);
    toc_slips_word(r, t, TOC_TOKEN_SYMBOL, sign + len, plus, 1);
    if (is_step)
        toc_slips_word(r, t, TOC_TOKEN_NUMBER, sign + len, "1", 1);
    return true;
}

// ---- characters beyond ASCII, and control characters ------------------------------------------------

static bool is_unseen(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp <= 0xA0) || cp == 0xAD || cp == 0x34F || cp == 0x61C ||
           cp == 0x180E || (cp >= 0x2000 && cp <= 0x200F) || (cp >= 0x2028 && cp <= 0x202F) ||
           (cp >= 0x205F && cp <= 0x206F) || cp == 0x3000 || cp == 0xFEFF ||
           (cp >= 0xFE00 && cp <= 0xFE0F) || cp == 0xFFFC;
}

static bool is_blank(uint32_t cp)
{
    return cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x202F || cp == 0x205F ||
           cp == 0x3000 || cp == 0x2028 || cp == 0x2029;
}

static const char *name_unseen(uint32_t cp)
{
    return cp == 0xA0 || cp == 0x202F                ? "a no-break space"
           : is_blank(cp)                            ? "a space of another kind"
           : cp == 0xAD                              ? "a soft hyphen"
           : cp == 0x200B || cp == 0xFEFF            ? "a space without width"
           : cp < 0x20 || (cp >= 0x7F && cp <= 0x9F) ? "a control character"
                                                     : "a character that cannot be seen";
}

// A run of the same is one problem.
static bool read_unseen(toc_reading *r, toc_tokens *t, uint32_t cp, size_t len)
{
    const char *begin = t->p;
    const char *end = begin + len;
    size_t count = 1;
    for (; (size_t)(t->end - end) >= len && memcmp(end, begin, len) == 0; end += len)
        count++;
    char spaces[] = "                                ";
    toc_problem *problem =
        toc_reading_problem(r, "E0120", begin, end, "%s (U+%04X), which comes from a paste",
                            name_unseen(cp), (unsigned)cp);
    toc_problem_label(problem, is_blank(cp) ? "no ordinary space" : "cannot be seen");
    bool is_space = is_blank(cp) && count < sizeof spaces;
    toc_problem_help(problem, is_space ? "replace it by an ordinary space"
                                       : "delete it; deleting and typing the word anew does that");
    spaces[is_space ? count : 0] = '\0';
    toc_problem_fix(problem, "%s", spaces);
    toc_reading_mend(r, begin, end, "%s", is_space ? spaces : "");
    // In the middle of a word it takes the word apart: what comes of that says nothing.
    const toc_token *last = r->word_count > 0 ? &r->words[r->word_count - 1] : NULL;
    bool is_within = !is_space && last && last->end == begin && last->kind == TOC_TOKEN_NAME;
    toc_tokens_pass(t, end);
    if (is_within)
        r->is_lost = true;
    return true;
}

static bool is_word_ahead(const toc_tokens *t, size_t len)
{
    const char *p = t->p + len;
    while (p < t->end && *p == ' ')
        p++;
    return p < t->end && p > t->p + len &&
           ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (unsigned char)*p >= 0x80);
}

// What a word processor makes of -- is a dash, and what it makes of ... one character.
static bool read_alike(toc_reading *r, toc_tokens *t, uint32_t cp, size_t len)
{
    static const struct {
        uint32_t cp;
        const char *code, *meant, *name;
    } alike[] = {
        {0x2010, "E0120", "-", "a hyphen"},
        {0x2011, "E0120", "-", "a hyphen"},
        {0x2012, "E0120", "-", "a dash"},
        {0x2013, "E0120", "-", "a dash"},
        {0x2014, "E0120", "-", "a long dash"},
        {0x2015, "E0120", "-", "a long dash"},
        {0x2212, "E0120", "-", "a minus sign"},
        {0xFE58, "E0120", "-", "a dash"},
        {0xFE63, "E0120", "-", "a hyphen"},
        {0x2026, "E0120", "...", "three dots in one"},
        {0x00D7, "E0112", "*", "a sign of mathematics"},
        {0x00F7, "E0112", "/", "a sign of mathematics"},
        {0x2260, "E0112", "~=", "a sign of mathematics"},
        {0x2264, "E0112", "<=", "a sign of mathematics"},
        {0x2265, "E0112", ">=", "a sign of mathematics"},
    };
    static const char ascii[] = "!\"#$%&'()*+,-./0123456789:;<=>?@";
    const char *meant = NULL;
    size_t meant_len = 1;
    const char *code = "E0120";
    const char *name = "a wide character";
    for (size_t i = 0; i < TOC_COUNT(alike); i++)
        if (alike[i].cp == cp) {
            meant = alike[i].meant;
            meant_len = strlen(meant);
            code = alike[i].code;
            name = alike[i].name;
        }
    if (!meant && cp >= 0xFF01 && cp <= 0xFF20)
        meant = &ascii[cp - 0xFF01];
    if (!meant && (cp == 0xFF5B || cp == 0xFF5D || cp == 0xFF3B || cp == 0xFF3D))
        meant = cp == 0xFF5B ? "{" : cp == 0xFF5D ? "}" : cp == 0xFF3B ? "[" : "]";
    if (!meant)
        return false;
    bool is_comment = (cp == 0x2013 || cp == 0x2014) && is_word_ahead(t, len) &&
                      (is_first_on_line(r, t->p) || is_behind_entry(r));
    const char *begin = t->p;
    // A variable of its own: gcc 12 without optimisation ends in an internal error on the choice as an argument.
    const char *shown = is_comment ? "--" : meant;
    const int shown_len = is_comment ? 2 : (int)meant_len;
    toc_problem *problem =
        toc_reading_problem(r, code, begin, begin + len, "%s (U+%04X) stands where %.*s is meant",
                            name, (unsigned)cp, shown_len, shown);
    toc_problem_label(problem, "%s", name);
    toc_reading_fix(r, problem, begin, begin + len, "%.*s", shown_len, shown);
    if (is_comment)
        toc_tokens_pass(t, toc_reading_line_end(r, begin));
    else
        toc_slips_word(r, t, TOC_TOKEN_SYMBOL, begin + len, meant, meant_len);
    return true;
}
