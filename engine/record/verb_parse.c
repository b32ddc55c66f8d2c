// SPDX-License-Identifier: MIT
#include "verb_parse.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"

static bool parse_thousandths(const char *word, int64_t *n);
static bool is_rating(const char *word);

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
    toc_set_reason(a, rest);
    return TOC_OK;
}

toc_err toc_parse_item(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = toc_take_item(a, TOC_F_ITEM, &rest, e);
    return err ? err : toc_parse_nothing(a, rest, e);
}

toc_err toc_parse_decide(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = toc_take_field(a, TOC_F_DECISION, &rest, "which decision?", e);
    if (err)
        return err;
    const char *because = toc_find_because(rest);
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
        toc_set_reason(a, because);
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

toc_err toc_parse_inject(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = toc_take_field(a, TOC_F_INJECT, &rest, "which inject?", e);
    return err ? err : toc_parse_nothing(a, rest, e);
}

toc_err toc_parse_skip(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = toc_take_field(a, TOC_F_INJECT, &rest, "which inject?", e);
    if (!err && !*rest)
        err = toc_fail(e, TOC_EUSAGE, "why? The report will ask");
    if (!err)
        toc_set_reason(a, rest);
    return err;
}

toc_err toc_parse_rule(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = toc_take_field(a, TOC_F_DECISION, &rest, "which decision?", e);
    if (err)
        return err;
    a->answer = toc_word_take(&rest);
    if (!a->answer)
        return toc_fail(e, TOC_EUSAGE, "accept it, reject it, or take it for which option?");
    toc_set_reason(a, rest);
    return TOC_OK;
}

toc_err toc_parse_phase(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = toc_take_field(a, TOC_F_PHASE, &rest, "which phase?", e);
    return err ? err : toc_parse_nothing(a, rest, e);
}

toc_err toc_parse_aware(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = toc_take_field(a, TOC_F_TEAM, &rest, "which team?", e);
    if (!err)
        err = toc_take_field(a, TOC_F_INJECT, &rest, "of which inject?", e);
    // No team's id ends with a dash and a number.
    if (!err && toc_looks_like_id(toc_event_str(&a->input, TOC_F_TEAM)) &&
        !toc_looks_like_id(toc_event_str(&a->input, TOC_F_INJECT)))
        return toc_fail(e, TOC_EUSAGE, "the team comes first, then the inject: aware %s %s",
                        toc_event_str(&a->input, TOC_F_INJECT),
                        toc_event_str(&a->input, TOC_F_TEAM));
    if (!err)
        toc_set_reason(a, rest);
    return err;
}

toc_err toc_parse_mark(toc_act *a, const char *rest, toc_error *e)
{
    static const char *const states[] = {"met", "late", "not-observed", "not-exercised"};
    toc_err err = toc_take_field(a, TOC_F_EXPECTATION, &rest, "which expected action?", e);
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
    toc_set_rest(a, TOC_F_TEXT, rest);
    return TOC_OK;
}

toc_err toc_parse_seat(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = toc_take_field(a, TOC_F_SEAT, &rest, "which seat?", e);
    return err ? err : toc_parse_nothing(a, rest, e);
}

toc_err toc_parse_revoke(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = toc_take_field(a, TOC_F_SEAT, &rest, "which seat?", e);
    if (!err)
        toc_set_reason(a, rest);
    return err;
}

toc_err toc_parse_rating(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = toc_take_field(a, TOC_F_OBJECTIVE, &rest, "which objective?", e);
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
    toc_set_rest(a, TOC_F_TEXT, rest);
    return TOC_OK;
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
