// SPDX-License-Identifier: MIT
// The acts by which control conducts: the list, the clock, storylines, deadlines, the world, seats; and who
// sits where.
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "verb_parse.h"

enum { NAME_MAX_BYTES = 256 };

static toc_err take_storyline(toc_act *a, const char *rest, const char **because, toc_error *e);
static toc_err take_service(toc_act *a, const char **at, toc_error *e);
static bool has_more(const char *rest);
static toc_err set_measure(toc_act *a, const char *measure, const char *rest, toc_error *e);
static bool parse_percent(const char *word, int64_t *ppm);

toc_err toc_parse_move(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = toc_take_field(a, TOC_F_INJECT, &rest, "which inject?", e);
    if (!err)
        err = toc_take_new_time(a, false, &rest, e);
    if (err)
        return err;
    if (toc_starts_word(rest, "follow")) {
        rest = toc_skip_spaces(rest + 6);
        toc_event_set_int(&a->input, TOC_F_FOLLOW, true);
    }
    toc_set_reason(a, rest);
    return TOC_OK;
}

toc_err toc_parse_extend(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = toc_take_field(a, TOC_F_DECISION, &rest, "which decision?", e);
    if (!err)
        err = toc_take_new_time(a, true, &rest, e);
    if (!err && a->is_relative && a->by_ms < 0)
        err = toc_fail(e, TOC_EUSAGE, "time is only added: extend D-03 10m");
    if (!err)
        toc_set_reason(a, rest);
    return err;
}

toc_err toc_parse_drop(toc_act *a, const char *rest, toc_error *e)
{
    const char *because;
    toc_err err = take_storyline(a, rest, &because, e);
    if (!err && !because)
        err = toc_fail(e, TOC_EUSAGE, "why? The report will ask");
    if (!err)
        toc_set_reason(a, because);
    return err;
}

toc_err toc_parse_wake(toc_act *a, const char *rest, toc_error *e)
{
    const char *because;
    toc_err err = take_storyline(a, rest, &because, e);
    if (!err && because)
        toc_set_reason(a, because);
    return err;
}

toc_err toc_parse_jump(toc_act *a, const char *rest, toc_error *e)
{
    static const struct {
        const char *word, *what;
        toc_field field;
    } lists[] = {{"hold", "hold which injects?", TOC_F_HOLD},
                 {"skip", "skip which injects?", TOC_F_SKIP},
                 {"keep", "keep the time of which decisions?", TOC_F_KEEP}};
    toc_err err = toc_take_time(a, TOC_F_UNTIL, &rest, e);
    for (size_t i = 0; i < TOC_COUNT(lists) && !err; i++) {
        if (!toc_starts_word(rest, lists[i].word))
            continue;
        rest = toc_skip_spaces(rest + strlen(lists[i].word));
        if (toc_event_has(&a->input, lists[i].field))
            return toc_fail(e, TOC_EUSAGE,
                            "`%s` stands there twice; name all in one list: %s "
                            "INJ-04,INJ-05",
                            lists[i].word, lists[i].word);
        err = toc_take_names(a, lists[i].field, &rest, lists[i].what, e);
        i = (size_t)-1; // they may come in any order
    }
    if (err)
        return err;
    if (!toc_starts_word(rest, "because"))
        return toc_parse_nothing(a, rest, e);
    toc_set_reason(a, rest);
    return TOC_OK;
}

toc_err toc_parse_set(toc_act *a, const char *rest, toc_error *e)
{
    int64_t level;
    toc_err err = take_service(a, &rest, e);
    if (err)
        return err;
    char *word = toc_word_take(&rest);
    bool is_level = word && parse_percent(word, &level);
    free(word);
    if (!is_level)
        return toc_fail(e, TOC_EUSAGE,
                        "to what level? It is a percentage from 0 to 100: set grid "
                        "40");
    if (toc_starts_word(rest, "%"))
        rest = toc_skip_spaces(rest + 1);
    toc_event_set_int(&a->input, TOC_F_LEVEL, level);
    return set_measure(a, "set", rest, e);
}

toc_err toc_parse_start_repair(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = toc_take_field(a, TOC_F_REPAIR, &rest, "which repair?", e);
    return err ? err : set_measure(a, "start-repair", rest, e);
}

toc_err toc_parse_refuel(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = take_service(a, &rest, e);
    if (!err && has_more(rest))
        err = toc_take_field(a, TOC_F_PROVIDER, &rest, "against the loss of what?", e);
    return err ? err : set_measure(a, "refuel", rest, e);
}

toc_err toc_parse_open_alternative(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = take_service(a, &rest, e);
    if (!err && has_more(rest))
        err = toc_take_field(a, TOC_F_PROVIDER, &rest, "which alternative?", e);
    return err ? err : set_measure(a, "open-alternative", rest, e);
}

toc_err toc_parse_black_start(toc_act *a, const char *rest, toc_error *e)
{
    int64_t ms;
    toc_err err = take_service(a, &rest, e);
    if (err)
        return err;
    if (has_more(rest)) {
        char quoted[TOC_QUOTE_SIZE];
        char *word = toc_word_take(&rest);
        toc_text_quote(quoted, word);
        err = toc_duration_parse(word, &ms, NULL);
        free(word);
        if (err || ms < 60000 || ms % 60000 != 0)
            return toc_fail(e, TOC_EUSAGE,
                            "%s is no span of whole minutes of the story, such as 90m", quoted);
        toc_event_set_int(&a->input, TOC_F_MINUTES, ms / 60000);
    }
    return set_measure(a, "black-start", rest, e);
}

// A number is a message; a cue has its inject's id.
toc_err toc_parse_claim(toc_act *a, const char *rest, toc_error *e)
{
    if (*rest >= '0' && *rest <= '9')
        return toc_parse_item(a, rest, e);
    toc_err err =
        toc_take_field(a, TOC_F_INJECT, &rest, "which message, or the cue of which inject?", e);
    return err ? err : toc_parse_nothing(a, rest, e);
}

toc_err toc_parse_reassign(toc_act *a, const char *rest, toc_error *e)
{
    toc_err err = toc_take_field(a, TOC_F_SEAT, &rest, "which seat?", e);
    if (!err)
        err = toc_take_field(a, TOC_F_TEAM, &rest, "to which team?", e);
    if (!err)
        toc_set_reason(a, rest);
    return err;
}

toc_err toc_parse_sign_in(toc_act *a, const char *rest, toc_error *e)
{
    if (!*rest)
        return toc_fail(e, TOC_EUSAGE, "who sits here?");
    if (strlen(rest) > NAME_MAX_BYTES || strchr(rest, '\n'))
        return toc_fail(e, TOC_EUSAGE, "a name is one line, and short");
    toc_set_rest(a, TOC_F_NAME, rest);
    return TOC_OK;
}

// A storyline's name may hold spaces; the word because ends it.
static toc_err take_storyline(toc_act *a, const char *rest, const char **because, toc_error *e)
{
    const char *s = rest;
    *because = toc_find_because(rest);
    size_t len = *because ? (size_t)(*because - rest) : strlen(rest);
    char *name = NULL;
    if (*rest == '"') {
        name = toc_name_take(&s);
        *because = toc_find_because(s);
    } else {
        while (len > 0 && strchr(" \t,", rest[len - 1]))
            len--;
        name = len > 0 ? toc_strndup(rest, len) : NULL;
    }
    toc_event_set_str(&a->input, TOC_F_STORYLINE, name);
    bool has_name = name != NULL;
    free(name);
    return has_name ? TOC_OK : toc_fail(e, TOC_EUSAGE, "which storyline? `storylines` lists them");
}

static toc_err take_service(toc_act *a, const char **at, toc_error *e)
{
    return toc_take_field(a, TOC_F_SERVICE, at, "which service? `situation` lists them", e);
}

static bool has_more(const char *rest)
{
    return *rest && !toc_starts_word(rest, "because");
}

static toc_err set_measure(toc_act *a, const char *measure, const char *rest, toc_error *e)
{
    toc_event_set_str(&a->input, TOC_F_MEASURE, measure);
    if (has_more(rest))
        return toc_parse_nothing(a, rest, e);
    toc_set_reason(a, rest);
    return TOC_OK;
}

// "40" "33.3" "100%" → ppm
static bool parse_percent(const char *word, int64_t *ppm)
{
    size_t digits = strspn(word, "0123456789");
    if (digits == 0 || digits > 3)
        return false;
    *ppm = strtoll(word, NULL, 10) * 10000;
    word += digits;
    if (*word == '.') {
        int64_t worth = 1000;
        for (word++; *word >= '0' && *word <= '9'; word++, worth /= 10)
            *ppm += (*word - '0') * worth;
    }
    return *ppm <= 1000000 && (!*word || strcmp(word, "%") == 0);
}
