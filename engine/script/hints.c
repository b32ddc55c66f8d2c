// SPDX-License-Identifier: MIT
//
// What Lua's own words for a mistake leave open: between two fields of a table something is missing,
// and what it is can be told from what stands there.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib.h"
#include "tokens.h"

static const char *hint(const toc_token *before, const toc_token *t, const toc_token *next);

void toc_source_hint(const char *path, const char *text, size_t len, toc_error *e)
{
    const char *why = strstr(e->msg, ": '}' expected");
    if (!why || strncmp(e->msg, path, strlen(path)) != 0)
        return;
    int line = atoi(e->msg + strlen(path) + 1);
    const char *near = strstr(why, " near '");
    if (!near)
        return;
    near += strlen(" near '");
    size_t near_len = strlen(near);
    toc_tokens tokens = {text, text + len, 1};
    toc_token before = {0};
    for (toc_token t = toc_tokens_next(&tokens); t.kind != TOC_TOKEN_END && t.line <= line;) {
        toc_token next = toc_tokens_next(&tokens);
        size_t quote = t.kind == TOC_TOKEN_TEXT;
        bool is_value = before.kind != TOC_TOKEN_SYMBOL || toc_token_is(&before, "}") ||
                        toc_token_is(&before, ")") || toc_token_is(&before, "]");
        if (t.line == line && is_value && near_len > t.len + 2 * quote &&
            memcmp(near + quote, t.start, t.len) == 0 && near[t.len + 2 * quote] == '\'') {
            size_t end = strlen(e->msg);
            const char *words = hint(&before, &t, &next);
            if (words)
                snprintf(e->msg + end, sizeof e->msg - end, ": %s", words);
            return;
        }
        before = t;
        t = next;
    }
}

static const char *hint(const toc_token *before, const toc_token *t, const toc_token *next)
{
    bool is_first = before->line < t->line;
    if (toc_token_is_keyword(t))
        return NULL;
    if (t->kind == TOC_TOKEN_TEXT || toc_token_is(t, "{") || toc_token_is(next, "="))
        return is_first ? "is a comma missing at the end of the line before?"
                        : "is a comma missing before it?";
    if (t->kind == TOC_TOKEN_NAME && is_first)
        return "is a } missing before it?";
    if (t->kind == TOC_TOKEN_NAME)
        return "are the quotes around a text missing?";
    return NULL;
}
