// SPDX-License-Identifier: MIT
// The acts that hold a text: messages, products, observations, injects that are written or changed.
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "verb_parse.h"

static bool take_option(toc_act *a, const char **at, toc_err *err, toc_error *e);
static toc_err take_about(toc_act *a, const char **at, bool *is_about, toc_error *e);
static toc_field field_of(const char *id);
static toc_err set_title_and_text(toc_act *a, const char *rest, toc_error *e);

toc_err toc_parse_say(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = toc_take_names(a, TOC_F_TO, &rest, "to whom?", e);
    if (!err)
        err = toc_take_re(a, TOC_F_RE, &rest, e);
    return err ? err : toc_set_text(a, rest, "what do you want to say?", e);
}

toc_err toc_parse_ask(toc_act *a, const char *rest, toc_error *e)
{
    toc_event_set_int(&a->input, TOC_F_RFI, true);
    return toc_parse_say(a, rest, e);
}

toc_err toc_parse_as(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = toc_take_field(a, TOC_F_AS, &rest, "as whom?", e);
    if (err)
        return err;
    if (toc_starts_word(rest, "ask"))
        return toc_parse_ask(a, toc_skip_spaces(rest + 3), e);
    if (!toc_starts_word(rest, "say"))
        return toc_fail(e, TOC_EUSAGE, "`say` or `ask` must follow the organisation");
    return toc_parse_say(a, toc_skip_spaces(rest + 3), e);
}

toc_err toc_parse_forward(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = toc_take_item(a, TOC_F_ITEM, &rest, e);
    if (err)
        return err;
    if (toc_starts_word(rest, "to"))
        rest = toc_skip_spaces(rest + 2);
    err = toc_take_names(a, TOC_F_TO, &rest, "to whom?", e);
    if (!err)
        toc_set_rest(a, TOC_F_TEXT, rest);
    return err;
}

// STOP is the safety word: the terminal asks for it, a plan may leave it out.
toc_err toc_parse_emergency(toc_act *a, const char *rest, toc_error *e)
{
    if (toc_starts_word(rest, "STOP"))
        rest = toc_skip_spaces(rest + 4);
    if (!*rest)
        return toc_fail(e, TOC_EUSAGE, "what has happened, and where? Those who help need it");
    toc_set_rest(a, TOC_F_TEXT, rest);
    return TOC_OK;
}

// Without a text, the terminal asks for one.
toc_err toc_parse_submit(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = toc_take_field(a, TOC_F_PRODUCT, &rest, "what do you hand in?", e);
    a->wants_text = !*rest;
    return err || a->wants_text ? err : toc_set_text(a, rest, "", e);
}

toc_err toc_parse_edit(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = toc_take_field(a, TOC_F_INJECT, &rest, "which inject?", e);
    if (err)
        return err;
    if (toc_starts_word(rest, "title")) {
        rest = toc_skip_spaces(rest + 5);
        if (!*rest)
            return toc_fail(e, TOC_EUSAGE, "what is its title to be?");
        toc_set_rest(a, TOC_F_TITLE, rest);
        return TOC_OK;
    }
    if (!toc_starts_word(rest, "text"))
        return toc_fail(e, TOC_EUSAGE, "what of it changes, its title or its text?");
    rest = toc_skip_spaces(rest + 4);
    a->wants_text = !*rest;
    return a->wants_text ? TOC_OK : toc_set_text(a, rest, "", e);
}

toc_err toc_parse_adhoc(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = toc_take_names(a, TOC_F_TO, &rest, "to whom?", e);
    while (!err && take_option(a, &rest, &err, e)) {
    }
    return err ? err : set_title_and_text(a, rest, e);
}

toc_err toc_parse_deliver(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = toc_take_field(a, TOC_F_INJECT, &rest, "which inject?", e);
    if (!err)
        toc_set_rest(a, TOC_F_TEXT, rest);
    return err;
}

toc_err toc_parse_promise(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = toc_take_names(a, TOC_F_TO, &rest, "to whom?", e);
    if (!err && toc_starts_word(rest, "by") && toc_is_time(toc_skip_spaces(rest + 2))) {
        rest = toc_skip_spaces(rest + 2);
        err = toc_take_time(a, TOC_F_UNTIL, &rest, e);
    }
    if (!err && !*rest)
        err = toc_fail(e, TOC_EUSAGE, "what was promised?");
    if (!err)
        toc_set_rest(a, TOC_F_TEXT, rest);
    return err;
}

toc_err toc_parse_kept(toc_act *a, const char *rest, toc_error *e)
{
    char quoted[TOC_QUOTE_SIZE];
    char *number = toc_word_take(&rest);
    if (!number)
        return toc_fail(e, TOC_EUSAGE, "which promise? `promises` lists them");
    bool is_number = strlen(number) < 16 && strspn(number, "0123456789") == strlen(number);
    int64_t n = is_number ? strtoll(number, NULL, 10) : 0;
    toc_text_quote(quoted, number);
    free(number);
    if (n <= 0)
        return toc_fail(e, TOC_EUSAGE, "%s is no number of a promise; `promises` lists them",
                        quoted);
    toc_event_set_int(&a->input, TOC_F_ITEM, n);
    toc_set_rest(a, TOC_F_TEXT, rest);
    return TOC_OK;
}

// What it is about stands before the text, in any order.
toc_err toc_parse_observe(toc_act *a, const char *rest, toc_error *e)
{
    bool is_about = true;
    toc_err err = TOC_OK;
    while (is_about && !err)
        err = take_about(a, &rest, &is_about, e);
    if (!err && !*rest)
        err = toc_fail(e, TOC_EUSAGE, "what do you see?");
    if (!err)
        toc_set_rest(a, TOC_F_TEXT, rest);
    return err;
}

// from "Coast Guard" · by phone · urgent · at T+1:20
static bool take_option(toc_act *a, const char **at, toc_err *err, toc_error *e)
{
    if (toc_starts_word(*at, "urgent")) {
        *at = toc_skip_spaces(*at + 6);
        toc_event_set_int(&a->input, TOC_F_URGENT, true);
        return true;
    }
    if (toc_starts_word(*at, "at") && toc_is_time(toc_skip_spaces(*at + 2))) {
        *at = toc_skip_spaces(*at + 2);
        *err = toc_take_time(a, TOC_F_UNTIL, at, e);
        return true;
    }
    bool is_from = toc_starts_word(*at, "from");
    if (!is_from && !toc_starts_word(*at, "by"))
        return false;
    toc_field field = is_from ? TOC_F_FROM : TOC_F_CHANNEL;
    *at = toc_skip_spaces(*at + (is_from ? 4 : 2));
    char *name = toc_name_take(at);
    if (!name)
        *err = toc_fail(e, TOC_EUSAGE, is_from ? "from whom?" : "by which channel?");
    else
        toc_event_set_str(&a->input, field, name);
    free(name);
    return true;
}

static toc_err set_title_and_text(toc_act *a, const char *rest, toc_error *e)
{
    const char *colon = strstr(rest, ": ");
    if (!colon || colon == rest)
        return toc_fail(e, TOC_EUSAGE,
                        "it has a title, a colon and a text, such as: Smoke over "
                        "the port: Two ships burn");
    char *title = toc_strndup(rest, (size_t)(colon - rest));
    toc_event_set_str(&a->input, TOC_F_TITLE, title);
    free(title);
    return toc_set_text(a, toc_skip_spaces(colon + 2), "what is its text?", e);
}

static toc_err take_about(toc_act *a, const char **at, bool *is_about, toc_error *e)
{
    const char *before = *at;
    const char *after = *at;
    char *word = toc_word_take(&after);
    toc_err err = TOC_OK;
    if (word && toc_looks_like_id(word)) {
        size_t len = strlen(word);
        if (word[len - 1] == ':')
            word[len - 1] = '\0';
        toc_event_set_str(&a->input, field_of(word), word);
        *at = after;
    } else if (word && strcasecmp(word, "team") == 0) {
        *at = after;
        err = toc_take_field(a, TOC_F_TEAM, at, "which team?", e);
    } else if (word && strcasecmp(word, "at") == 0 && toc_is_time(after)) {
        *at = after;
        err = toc_take_time(a, TOC_F_OCCURRED, at, e);
    } else if (!a->item) {
        err = toc_take_re(a, TOC_F_ITEM, at, e);
    }
    free(word);
    *is_about = *at != before;
    return err;
}

// How authors begin ids: INJ-04, D-02, EXP-01; the rest are objectives.
static toc_field field_of(const char *id)
{
    static const struct {
        const char *letters;
        toc_field field;
    } kinds[] = {{"INJ-", TOC_F_INJECT}, {"D-", TOC_F_DECISION}, {"EXP-", TOC_F_EXPECTATION}};
    for (size_t i = 0; i < TOC_COUNT(kinds); i++)
        if (strncmp(id, kinds[i].letters, strlen(kinds[i].letters)) == 0)
            return kinds[i].field;
    return TOC_F_OBJECTIVE;
}
