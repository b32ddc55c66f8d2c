// SPDX-License-Identifier: MIT
// The words that acts are made of: what stands in more than one form.
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "verb_parse.h"

enum { MOST_NAMES = 64 };

char *toc_word_take(const char **at)
{
    *at = toc_skip_spaces(*at);
    size_t len = strcspn(*at, " \t");
    if (len == 0)
        return NULL;
    char *word = toc_strndup(*at, len);
    *at = toc_skip_spaces(*at + len);
    return word;
}

char *toc_name_take(const char **at)
{
    const char *s = toc_skip_spaces(*at);
    const char *end = *s == '"' ? strchr(s + 1, '"') : NULL;
    if (!end || end == s + 1)
        return toc_word_take(at);
    *at = toc_skip_spaces(end + 1);
    return toc_strndup(s + 1, (size_t)(end - s - 1));
}

toc_err toc_take_time(toc_act *a, toc_field field, const char **at, toc_error *e)
{
    int64_t ms;
    char *word = toc_word_take(at);
    if (!word)
        return toc_fail(e, TOC_EUSAGE, "when? A time of play is written T+1:20");
    toc_err err = toc_play_parse(word, &ms, e);
    free(word);
    if (err)
        return TOC_EUSAGE;
    toc_event_set_int(&a->input, field, ms);
    return TOC_OK;
}

toc_err toc_take_new_time(toc_act *a, bool is_bare, const char **at, toc_error *e)
{
    char quoted[TOC_QUOTE_SIZE];
    const char *s = *at;
    bool is_later = *s == '+' || (is_bare && *s >= '0' && *s <= '9');
    if (!is_later && *s != '-')
        return toc_take_time(a, TOC_F_UNTIL, at, e);
    char *word = toc_word_take(at);
    toc_text_quote(quoted, word);
    toc_err err = toc_duration_parse(word + strspn(word, "+-"), &a->by_ms, NULL);
    free(word);
    if (err || a->by_ms == 0)
        return toc_fail(e, TOC_EUSAGE, "%s is no span of time such as %s10m", quoted,
                        is_bare ? "" : "+");
    a->is_relative = true;
    a->by_ms = is_later ? a->by_ms : -a->by_ms;
    return TOC_OK;
}

bool toc_is_time(const char *s)
{
    return (s[0] == 'T' || s[0] == 't') && s[1] == '+';
}

toc_err toc_set_text(toc_act *a, const char *rest, const char *what, toc_error *e)
{
    const char *s = rest;
    if (!*rest)
        return toc_fail(e, TOC_EUSAGE, "%s", what);
    if (*s == '@') {
        s++;
        char *file = toc_name_take(&s);
        if (file && !*s) {
            a->file = file;
            return TOC_OK;
        }
        free(file);
    }
    toc_set_rest(a, TOC_F_TEXT, rest);
    return TOC_OK;
}

toc_err toc_take_field(toc_act *a, toc_field field, const char **at, const char *what, toc_error *e)
{
    char *word = toc_word_take(at);
    if (!word)
        return toc_fail(e, TOC_EUSAGE, "%s", what);
    toc_event_set_str(&a->input, field, word);
    free(word);
    return TOC_OK;
}

toc_err toc_take_item(toc_act *a, toc_field field, const char **at, toc_error *e)
{
    a->item = toc_word_take(at);
    a->item_field = field;
    return a->item ? TOC_OK : toc_fail(e, TOC_EUSAGE, "which item?");
}

toc_err toc_take_names(toc_act *a, toc_field field, const char **at, const char *what, toc_error *e)
{
    char *list[MOST_NAMES];
    size_t count = 0;
    toc_err err = TOC_OK;
    const char *s = toc_skip_spaces(*at);
    for (;;) {
        size_t len = strcspn(s, ", \t");
        if (len == 0)
            err = toc_fail(e, TOC_EUSAGE, "%s", what);
        else if (count == MOST_NAMES)
            err = toc_fail(e, TOC_EUSAGE, "these are more than %d", MOST_NAMES);
        else
            list[count++] = toc_strndup(s, len);
        if (err)
            break;
        s = toc_skip_spaces(s + len);
        if (*s != ',')
            break;
        s = toc_skip_spaces(s + 1);
    }
    if (!err)
        toc_event_set_list(&a->input, field, list, count);
    for (size_t i = 0; i < count; i++)
        free(list[i]);
    *at = s;
    return err;
}

toc_err toc_take_re(toc_act *a, toc_field field, const char **at, toc_error *e)
{
    if (!toc_starts_word(*at, "re"))
        return TOC_OK;
    const char *s = toc_skip_spaces(*at + 2);
    char *word = toc_word_take(&s);
    bool is_item = word && (strspn(word, "0123456789") == strlen(word) || toc_looks_like_id(word));
    free(word);
    if (!is_item)
        return TOC_OK;
    *at = toc_skip_spaces(*at + 2);
    return toc_take_item(a, field, at, e);
}

void toc_set_rest(toc_act *a, toc_field field, const char *rest)
{
    size_t len = strlen(rest);
    while (len > 0 && strchr(" \t", rest[len - 1]))
        len--;
    char *text = toc_strndup(rest, len);
    if (len > 0)
        toc_event_set_str(&a->input, field, text);
    free(text);
}

void toc_set_reason(toc_act *a, const char *rest)
{
    if (toc_starts_word(rest, "because"))
        rest = toc_skip_spaces(rest + 7);
    toc_set_rest(a, TOC_F_REASON, rest);
}

const char *toc_find_because(const char *s)
{
    for (const char *at = s; *at; at++)
        if ((at == s || at[-1] == ' ' || at[-1] == '\t') && toc_starts_word(at, "because") &&
            *toc_skip_spaces(at + 7))
            return at;
    return NULL;
}

const char *toc_skip_spaces(const char *s)
{
    return s + strspn(s, " \t");
}

bool toc_starts_word(const char *s, const char *word)
{
    size_t len = strlen(word);
    return strncasecmp(s, word, len) == 0 && (s[len] == '\0' || s[len] == ' ' || s[len] == '\t');
}

bool toc_looks_like_id(const char *word)
{
    size_t letters = strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    if (letters == 0 || word[letters] != '-')
        return false;
    const char *digits = word + letters + 1;
    size_t len = strspn(digits, "0123456789");
    return len > 0 && (digits[len] == '\0' || strcmp(digits + len, ":") == 0);
}
