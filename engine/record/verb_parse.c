// SPDX-License-Identifier: MIT
#include "verb_parse.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"

enum { MOST_ADDRESSEES = 64 };

static toc_err take_field(toc_act *a, toc_field field, const char **at, const char *what,
                          toc_error *e);
static toc_err take_item(toc_act *a, toc_field field, const char **at, toc_error *e);
static toc_err take_addressees(toc_act *a, const char **at, toc_error *e);
static toc_err take_re(toc_act *a, toc_field field, const char **at, toc_error *e);
static void set_rest(toc_act *a, toc_field field, const char *rest);
static void set_reason(toc_act *a, const char *rest);
static const char *find_because(const char *s);
static const char *skip_spaces(const char *s);
static bool starts_word(const char *s, const char *word);
static bool parse_thousandths(const char *word, int64_t *n);
static bool is_rating(const char *word);
static bool looks_like_id(const char *word);

char *toc_word_take(const char **at)
{
    *at = skip_spaces(*at);
    size_t len = strcspn(*at, " \t");
    if (len == 0)
        return NULL;
    char *word = toc_strndup(*at, len);
    *at = skip_spaces(*at + len);
    return word;
}

toc_err toc_parse_nothing(toc_act *a, const char *rest, toc_error *e)
{
    (void)a;
    char quoted[TOC_QUOTE_SIZE];
    return *rest ? toc_fail(e, TOC_EUSAGE, "nothing follows this word, but there is %s",
                            toc_text_quote(quoted, rest))
                 : TOC_OK;
}

toc_err toc_parse_reason(toc_act *a, const char *rest, toc_error *e)
{
    (void)e;
    set_reason(a, rest);
    return TOC_OK;
}

toc_err toc_parse_item(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = take_item(a, TOC_F_ITEM, &rest, e);
    return err ? err : toc_parse_nothing(a, rest, e);
}

toc_err toc_parse_decide(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = take_field(a, TOC_F_DECISION, &rest, "which decision?", e);
    if (err)
        return err;
    const char *because = find_because(rest);
    size_t len = because ? (size_t)(because - rest) : strlen(rest);
    while (len > 0 && strchr(" \t,", rest[len - 1]))
        len--;
    if (len == 0)
        return toc_fail(e, TOC_EUSAGE, "which answer?");
    a->answer = toc_strndup(rest, len);
    if (strcasecmp(a->answer, "other:") == 0 || strcasecmp(a->answer, "other") == 0)
        return toc_fail(e, TOC_EUSAGE,
                        "an answer of your own says what it is: other: CLOSE HALF OF IT");
    if (because)
        set_reason(a, because);
    return TOC_OK;
}

toc_err toc_parse_say(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = take_addressees(a, &rest, e);
    if (!err)
        err = take_re(a, TOC_F_RE, &rest, e);
    if (!err && !*rest)
        err = toc_fail(e, TOC_EUSAGE, "what do you want to say?");
    if (!err)
        set_rest(a, TOC_F_TEXT, rest);
    return err;
}

toc_err toc_parse_as(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = take_field(a, TOC_F_AS, &rest, "as whom?", e);
    if (err)
        return err;
    if (!starts_word(rest, "say"))
        return toc_fail(e, TOC_EUSAGE, "`say` must follow the organisation");
    return toc_parse_say(a, skip_spaces(rest + 3), e);
}

toc_err toc_parse_forward(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = take_item(a, TOC_F_ITEM, &rest, e);
    if (err)
        return err;
    if (starts_word(rest, "to"))
        rest = skip_spaces(rest + 2);
    err = take_addressees(a, &rest, e);
    if (!err)
        set_rest(a, TOC_F_TEXT, rest);
    return err;
}

// STOP is the safety word: the terminal asks for it, a plan may leave it out.
toc_err toc_parse_emergency(toc_act *a, const char *rest, toc_error *e)
{
    if (starts_word(rest, "STOP"))
        rest = skip_spaces(rest + 4);
    if (!*rest)
        return toc_fail(e, TOC_EUSAGE, "what has happened, and where? Those who help need it");
    set_rest(a, TOC_F_TEXT, rest);
    return TOC_OK;
}

toc_err toc_parse_rate(toc_act *a, const char *rest, toc_error *e)
{
    char quoted[TOC_QUOTE_SIZE];
    char *word = toc_word_take(&rest);
    if (!word)
        return toc_fail(e, TOC_EUSAGE, "how fast?");
    int64_t n;
    bool ok = parse_thousandths(word, &n);
    toc_text_quote(quoted, word);
    free(word);
    if (!ok)
        return toc_fail(e, TOC_EUSAGE, "%s is not a factor such as 1, 0.5 or 60", quoted);
    toc_event_set_int(&a->input, a->input.kind == TOC_K_PACE ? TOC_F_PACE : TOC_F_SPEED, n);
    return toc_parse_nothing(a, rest, e);
}

toc_err toc_parse_jump(toc_act *a, const char *rest, toc_error *e)
{
    char *word = toc_word_take(&rest);
    if (!word)
        return toc_fail(e, TOC_EUSAGE, "to what time?");
    int64_t until;
    toc_err err = toc_play_parse(word, &until, e);
    free(word);
    if (err)
        return TOC_EUSAGE;
    toc_event_set_int(&a->input, TOC_F_UNTIL, until);
    return toc_parse_nothing(a, rest, e);
}

toc_err toc_parse_inject(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = take_field(a, TOC_F_INJECT, &rest, "which inject?", e);
    return err ? err : toc_parse_nothing(a, rest, e);
}

toc_err toc_parse_skip(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = take_field(a, TOC_F_INJECT, &rest, "which inject?", e);
    if (!err && !*rest)
        err = toc_fail(e, TOC_EUSAGE, "why? The report will ask");
    if (!err)
        set_reason(a, rest);
    return err;
}

toc_err toc_parse_rule(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = take_field(a, TOC_F_DECISION, &rest, "which decision?", e);
    if (err)
        return err;
    a->answer = toc_word_take(&rest);
    if (!a->answer)
        return toc_fail(e, TOC_EUSAGE, "accept it, reject it, or take it for which option?");
    set_reason(a, rest);
    return TOC_OK;
}

toc_err toc_parse_phase(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = take_field(a, TOC_F_PHASE, &rest, "which phase?", e);
    return err ? err : toc_parse_nothing(a, rest, e);
}

toc_err toc_parse_aware(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = take_field(a, TOC_F_TEAM, &rest, "which team?", e);
    if (!err)
        err = take_field(a, TOC_F_INJECT, &rest, "of which inject?", e);
    // No team's id ends with a dash and a number.
    if (!err && looks_like_id(toc_event_str(&a->input, TOC_F_TEAM)) &&
        !looks_like_id(toc_event_str(&a->input, TOC_F_INJECT)))
        return toc_fail(e, TOC_EUSAGE, "the team comes first, then the inject: aware %s %s",
                        toc_event_str(&a->input, TOC_F_INJECT),
                        toc_event_str(&a->input, TOC_F_TEAM));
    if (!err)
        set_reason(a, rest);
    return err;
}

toc_err toc_parse_mark(toc_act *a, const char *rest, toc_error *e)
{
    static const char *const states[] = {"met", "late", "not-observed", "not-exercised"};
    toc_err err = take_field(a, TOC_F_EXPECTATION, &rest, "which expected action?", e);
    if (err)
        return err;
    char *word = toc_word_take(&rest);
    size_t i = 0;
    while (word && i < TOC_COUNT(states) && strcasecmp(states[i], word) != 0)
        i++;
    bool is_known = word && i < TOC_COUNT(states);
    free(word);
    if (!is_known)
        return toc_fail(e, TOC_EUSAGE,
                        "what came of it is one of met, late, not-observed, not-exercised");
    toc_event_set_str(&a->input, TOC_F_STATE, states[i]);
    set_rest(a, TOC_F_TEXT, rest);
    return TOC_OK;
}

toc_err toc_parse_submit(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = take_field(a, TOC_F_PRODUCT, &rest, "what do you hand in?", e);
    if (!err && !*rest)
        err = toc_fail(e, TOC_EUSAGE, "what does it say?");
    if (!err)
        set_rest(a, TOC_F_TEXT, rest);
    return err;
}

toc_err toc_parse_seat(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = take_field(a, TOC_F_SEAT, &rest, "which seat?", e);
    return err ? err : toc_parse_nothing(a, rest, e);
}

toc_err toc_parse_revoke(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = take_field(a, TOC_F_SEAT, &rest, "which seat?", e);
    if (!err)
        set_reason(a, rest);
    return err;
}

toc_err toc_parse_observe(toc_act *a, const char *rest, toc_error *e)
{
    const char *after = rest;
    char *word = toc_word_take(&after);
    if (word && looks_like_id(word)) {
        size_t len = strlen(word);
        if (word[len - 1] == ':')
            word[len - 1] = '\0';
        toc_event_set_str(&a->input, TOC_F_OBJECTIVE, word);
        rest = after;
    }
    free(word);
    toc_err err = take_re(a, TOC_F_ITEM, &rest, e);
    if (!err && !*rest)
        err = toc_fail(e, TOC_EUSAGE, "what do you see?");
    if (!err)
        set_rest(a, TOC_F_TEXT, rest);
    return err;
}

toc_err toc_parse_rating(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = take_field(a, TOC_F_OBJECTIVE, &rest, "which objective?", e);
    if (err)
        return err;
    char *word = toc_word_take(&rest);
    if (word && !is_rating(word)) {
        toc_event_set_str(&a->input, TOC_F_TEAM, word);
        free(word);
        word = toc_word_take(&rest);
    }
    if (!word || !is_rating(word)) {
        free(word);
        return toc_fail(e, TOC_EUSAGE, "the rating is one of P, S, M, U");
    }
    char letter[2] = {(char)(word[0] & ~0x20), '\0'};
    free(word);
    toc_event_set_str(&a->input, TOC_F_RATING, letter);
    set_rest(a, TOC_F_TEXT, rest);
    return TOC_OK;
}

static toc_err take_field(toc_act *a, toc_field field, const char **at, const char *what,
                          toc_error *e)
{
    char *word = toc_word_take(at);
    if (!word)
        return toc_fail(e, TOC_EUSAGE, "%s", what);
    toc_event_set_str(&a->input, field, word);
    free(word);
    return TOC_OK;
}

static toc_err take_item(toc_act *a, toc_field field, const char **at, toc_error *e)
{
    a->item = toc_word_take(at);
    a->item_field = field;
    return a->item ? TOC_OK : toc_fail(e, TOC_EUSAGE, "which item?");
}

// One word, or several parted by commas, with or without spaces after them.
static toc_err take_addressees(toc_act *a, const char **at, toc_error *e)
{
    char *list[MOST_ADDRESSEES];
    size_t count = 0;
    toc_err err = TOC_OK;
    const char *s = skip_spaces(*at);
    for (;;) {
        size_t len = strcspn(s, ", \t");
        if (len == 0)
            err = toc_fail(e, TOC_EUSAGE, "to whom?");
        else if (count == MOST_ADDRESSEES)
            err = toc_fail(e, TOC_EUSAGE, "too many addressees");
        if (err)
            break;
        list[count++] = toc_strndup(s, len);
        s = skip_spaces(s + len);
        if (*s != ',')
            break;
        s = skip_spaces(s + 1);
    }
    if (!err)
        toc_event_set_list(&a->input, TOC_F_TO, list, count);
    for (size_t i = 0; i < count; i++)
        free(list[i]);
    *at = s;
    return err;
}

// An optional "re N": the item must follow, and must look like one, or it is the beginning of a text.
static toc_err take_re(toc_act *a, toc_field field, const char **at, toc_error *e)
{
    if (!starts_word(*at, "re"))
        return TOC_OK;
    const char *s = skip_spaces(*at + 2);
    char *word = toc_word_take(&s);
    bool is_item = word && (strspn(word, "0123456789") == strlen(word) || looks_like_id(word));
    free(word);
    if (!is_item)
        return TOC_OK;
    *at = skip_spaces(*at + 2);
    return take_item(a, field, at, e);
}

static void set_rest(toc_act *a, toc_field field, const char *rest)
{
    size_t len = strlen(rest);
    while (len > 0 && strchr(" \t", rest[len - 1]))
        len--;
    char *text = toc_strndup(rest, len);
    if (len > 0)
        toc_event_set_str(&a->input, field, text);
    free(text);
}

static void set_reason(toc_act *a, const char *rest)
{
    if (starts_word(rest, "because"))
        rest = skip_spaces(rest + 7);
    set_rest(a, TOC_F_REASON, rest);
}

// The first "because" that is a word of its own and has something after it.
static const char *find_because(const char *s)
{
    for (const char *at = s; *at; at++)
        if ((at == s || at[-1] == ' ' || at[-1] == '\t') && starts_word(at, "because") &&
            *skip_spaces(at + 7))
            return at;
    return NULL;
}

static const char *skip_spaces(const char *s)
{
    return s + strspn(s, " \t");
}

static bool starts_word(const char *s, const char *word)
{
    size_t len = strlen(word);
    return strncasecmp(s, word, len) == 0 && (s[len] == '\0' || s[len] == ' ' || s[len] == '\t');
}

// "x10" "10x" "0.5" → thousandths.
static bool parse_thousandths(const char *word, int64_t *n)
{
    if (*word == 'x' || *word == 'X')
        word++;
    int64_t value = 0;
    int digits = 0;
    int places = -1;
    for (; *word; word++) {
        if (*word == '.' && places < 0) {
            places = 0;
        } else if (*word >= '0' && *word <= '9' && digits < 12 && places < 3) {
            value = value * 10 + (*word - '0');
            digits++;
            places += places >= 0;
        } else {
            break;
        }
    }
    if ((*word == 'x' || *word == 'X') && !word[1])
        word++;
    for (int i = places < 0 ? 0 : places; i < 3; i++)
        value *= 10;
    *n = value;
    return digits > 0 && !*word;
}

static bool is_rating(const char *word)
{
    return word[0] && !word[1] && strchr("PSMUpsmu", word[0]);
}

// Letters, a dash, digits, perhaps a colon: how authors write ids (OBJ-2, INJ-09).
static bool looks_like_id(const char *word)
{
    size_t letters = strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    if (letters == 0 || word[letters] != '-')
        return false;
    const char *digits = word + letters + 1;
    size_t len = strspn(digits, "0123456789");
    return len > 0 && (digits[len] == '\0' || strcmp(digits + len, ":") == 0);
}
