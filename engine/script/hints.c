// SPDX-License-Identifier: MIT
//
// What Lua's own words for a mistake leave open: between two fields of a table something is missing,
// a text stands without its quotes, a percentage with its sign; and what it is can be told from what
// stands there.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "lib.h"
#include "tokens.h"

// Where Lua stopped: its word there, and the words around it.
typedef struct {
    toc_token before, at, next;
} spot;

static bool has_percent(const char *text, size_t len, int line);
static bool find_spot(const char *text, size_t len, int line, const char *near, spot *s);
static const char *hint_of_field(const spot *s);
static bool hint_of_call(const spot *s, char *out, size_t size);

void toc_source_hint(const char *path, const char *text, size_t len, toc_error *e)
{
    char own[160] = "";
    const char *words = NULL;
    const char *near = strstr(e->msg, " near ");
    spot s;
    if (!near || strncmp(e->msg, path, strlen(path)) != 0)
        return;
    int line = atoi(e->msg + strlen(path) + 1);
    if (has_percent(text, len, line))
        words = "a percentage is written as a plain number: 50";
    else if (!find_spot(text, len, line, near + strlen(" near "), &s))
        return;
    else if (strstr(e->msg, ": '}' expected"))
        words = hint_of_field(&s);
    else if (strstr(e->msg, ": syntax error near ") && hint_of_call(&s, own, sizeof own))
        words = own;
    size_t end = strlen(e->msg);
    if (words)
        snprintf(e->msg + end, sizeof e->msg - end, ": %s", words);
}

// 50% with nothing that it could divide by right behind it, on this line or ending before it.
static bool has_percent(const char *text, size_t len, int line)
{
    toc_tokens tokens = {text, text + len, 1, NULL, 0, NULL};
    toc_token before = {0};
    for (toc_token t = toc_tokens_next(&tokens); t.kind != TOC_TOKEN_END && t.line <= line;) {
        toc_token next = toc_tokens_next(&tokens);
        if (before.kind == TOC_TOKEN_NUMBER && toc_token_is(&t, "%") &&
            t.start == before.start + before.len && (t.line == line || next.line == line) &&
            (next.start > t.start + 1 || next.kind == TOC_TOKEN_SYMBOL) &&
            next.kind != TOC_TOKEN_NUMBER && !toc_token_is(&next, "("))
            return true;
        before = t;
        t = next;
    }
    return false;
}

// near: 'word', or '"text"', of which the first on the line that stands behind a value is taken.
static bool find_spot(const char *text, size_t len, int line, const char *near, spot *s)
{
    size_t near_len = strlen(near);
    toc_tokens tokens = {text, text + len, 1, NULL, 0, NULL};
    toc_token before = {0};
    for (toc_token t = toc_tokens_next(&tokens); t.kind != TOC_TOKEN_END && t.line <= line;) {
        toc_token next = toc_tokens_next(&tokens);
        size_t quote = t.kind == TOC_TOKEN_TEXT;
        bool is_value = before.kind != TOC_TOKEN_SYMBOL || toc_token_is(&before, "}") ||
                        toc_token_is(&before, ")") || toc_token_is(&before, "]");
        if (t.line == line && is_value && near_len > t.len + 2 * quote + 1 &&
            memcmp(near + 1 + quote, t.start, t.len) == 0 && near[1 + t.len + 2 * quote] == '\'') {
            *s = (spot){before, t, next};
            return true;
        }
        before = t;
        t = next;
    }
    return false;
}

static const char *hint_of_field(const spot *s)
{
    bool is_first = s->before.line < s->at.line;
    if (toc_token_is_keyword(&s->at))
        return NULL;
    if (s->at.kind == TOC_TOKEN_TEXT || toc_token_is(&s->at, "{") || toc_token_is(&s->next, "="))
        return is_first ? "is a comma missing at the end of the line before?"
                        : "is a comma missing before it?";
    if (s->at.kind == TOC_TOKEN_NAME && is_first)
        return "is a } missing before it?";
    if (s->at.kind == TOC_TOKEN_NAME)
        return "are the quotes around a text missing?";
    return NULL;
}

// wait 10, send INJ-01, inject I { … }: words of the language whose text has no quotes.
static bool hint_of_call(const spot *s, char *out, size_t size)
{
    static const char *const takes_id[] = {
        "exercise",    "team",   "party",   "objective",    "inject",    "decision",
        "service",     "repair", "phase",   "expect",       "send",      "ask",
        "met",         "sent",   "decided", "start_repair", "refuel",    "enter_phase",
        "black_start", "level",  "because", "outlook",      "lost_hours"};
    static const char *const takes_text[] = {"note", "file", "require", "storyline"};
    const toc_token *word = &s->before;
    int len = s->at.len < 48 ? (int)s->at.len : 48;
    const char *what = NULL;
    if (toc_token_is_keyword(&s->at))
        return false;
    if (toc_token_is(word, "wait")) {
        snprintf(out, size, "durations are written in quotes: wait \"10m\"");
        return true;
    }
    if (toc_token_is(word, "wait_until")) {
        snprintf(out, size, "times are written in quotes: wait_until \"T+0:10\"");
        return true;
    }
    for (size_t i = 0; i < TOC_COUNT(takes_id); i++)
        what = toc_token_is(word, takes_id[i]) ? "ids stand" : what;
    for (size_t i = 0; i < TOC_COUNT(takes_text); i++)
        what = toc_token_is(word, takes_text[i]) ? "texts stand" : what;
    if (!what || (s->at.kind != TOC_TOKEN_NAME && s->at.kind != TOC_TOKEN_NUMBER))
        return false;
    snprintf(out, size, "%s in quotes: %.*s \"%.*s\"; a name of your own in brackets: %.*s(%.*s)",
             what, (int)word->len, word->start, len, s->at.start, (int)word->len, word->start, len,
             s->at.start);
    return true;
}
