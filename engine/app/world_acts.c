// SPDX-License-Identifier: MIT
#include "world_acts.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "msel_clock.h"

static const char *const act_names[] = {
    [TOC_ACT_SHOCK] = "shock", [TOC_ACT_REPAIR] = "repair",           [TOC_ACT_REFUEL] = "refuel",
    [TOC_ACT_OPEN] = "open",   [TOC_ACT_BLACK_START] = "black-start",
};

static bool find_kind(const char *name, toc_act_kind *kind);
static toc_err read_act(toc_act *act, const toc_plan *p, int64_t until, toc_error *e);
static toc_err read_parts(toc_act *act, const toc_plan *p, char *text, toc_error *e);
static toc_err read_moment(const char *text, const toc_plan *p, int64_t until, int64_t *minutes,
                           toc_error *e);
static int64_t story_minutes(const toc_plan *p, int64_t play_ms);
static toc_err read_time(const char *text, int64_t most, int64_t *minutes, toc_error *e);
static toc_err read_level(const char *text, int64_t *ppm, toc_error *e);
static toc_err find_service(const toc_plan *p, const char *id, size_t *out, toc_error *e);
static toc_err find_repair(const toc_plan *p, const char *id, size_t *out, toc_error *e);
static toc_err refuel(const toc_act *act, toc_world *w, toc_error *e);
static toc_err open_one(const toc_act *act, toc_world *w, toc_error *e);
static void sort(toc_acts *acts);

const char *toc_act_name(toc_act_kind kind)
{
    return act_names[kind];
}

toc_err toc_acts_until(int64_t *until, const toc_arguments *a, const toc_plan *p, toc_error *e)
{
    const char *text = toc_options_get(a, "until");
    toc_error why;
    *until = story_minutes(p, p->length_ms);
    if (*until < TOC_UNTIL_LEAST)
        *until = TOC_UNTIL_LEAST;
    if (!text)
        return TOC_OK;
    bool is_play = strncmp(text, "T+", 2) == 0;
    if (is_play ? !read_moment(text, p, TOC_UNTIL_MAX, until, &why)
                : !read_time(text, TOC_UNTIL_MAX, until, &why))
        return TOC_OK;
    return toc_fail(e, TOC_EUSAGE, "--until: %s", why.msg);
}

toc_err toc_acts_read(toc_acts *out, const toc_arguments *a, const toc_plan *p, int64_t *until,
                      toc_error *e)
{
    bool is_fixed = toc_options_has(a, "until");
    out->count = 0;
    for (size_t i = 0; i < a->given_count; i++) {
        toc_act *act = &out->at[out->count];
        *act = (toc_act){.given = a->given[i].value, .provider = TOC_NONE};
        if (!find_kind(a->given[i].option->name, &act->kind))
            continue;
        toc_error why;
        if (read_act(act, p, is_fixed ? *until : TOC_UNTIL_MAX, &why)) {
            char quote[TOC_QUOTE_SIZE];
            return toc_fail(e, TOC_EUSAGE, "--%s %s: %s", act_names[act->kind],
                            toc_text_quote(quote, act->given), why.msg);
        }
        out->count++;
        if (!is_fixed && act->minute + TOC_UNTIL_AFTER > *until)
            *until = act->minute + TOC_UNTIL_AFTER;
    }
    sort(out);
    return TOC_OK;
}

toc_err toc_act_do(const toc_act *act, toc_world *w, toc_error *e)
{
    toc_error why;
    toc_err err = TOC_OK;
    switch (act->kind) {
    case TOC_ACT_SHOCK:
        toc_world_set(w, act->service, act->level);
        break;
    case TOC_ACT_REPAIR:
        err = toc_world_start_repair(w, act->repair, &why);
        break;
    case TOC_ACT_REFUEL:
        err = refuel(act, w, &why);
        break;
    case TOC_ACT_OPEN:
        err = open_one(act, w, &why);
        break;
    case TOC_ACT_BLACK_START:
        err = toc_world_black_start(w, act->service, act->minutes, &why);
        break;
    }
    char quote[TOC_QUOTE_SIZE];
    return err ? toc_fail(e, TOC_EUSAGE, "--%s %s: %s", act_names[act->kind],
                          toc_text_quote(quote, act->given), why.msg)
               : TOC_OK;
}

// ---- doing -------------------------------------------------------------------------------------------

static toc_err refuel(const toc_act *act, toc_world *w, toc_error *e)
{
    const toc_service *s = &toc_world_model(w)->services[act->service];
    size_t filled = 0;
    for (size_t i = 0; i < s->need_count; i++) {
        if (act->provider != TOC_NONE && s->needs[i].provider != act->provider)
            continue;
        if (s->needs[i].autonomy == 0)
            continue;
        toc_err err = toc_world_refuel(w, act->service, i, e);
        if (err)
            return err;
        filled++;
    }
    if (filled == 0)
        return toc_fail(e, TOC_EUSAGE, "it has no buffer that could be filled");
    return TOC_OK;
}

static toc_err open_one(const toc_act *act, toc_world *w, toc_error *e)
{
    const toc_service *s = &toc_world_model(w)->services[act->service];
    for (size_t i = 0; i < s->need_count; i++)
        if (s->needs[i].provider == act->provider && s->needs[i].is_closed)
            return toc_world_open(w, act->service, i, e);
    return toc_fail(e, TOC_EUSAGE, "it has no such alternative that is closed");
}

// ---- reading -----------------------------------------------------------------------------------------

static bool find_kind(const char *name, toc_act_kind *kind)
{
    for (size_t i = 0; i < TOC_COUNT(act_names); i++)
        if (strcmp(act_names[i], name) == 0) {
            *kind = (toc_act_kind)i;
            return true;
        }
    return false;
}

static toc_err read_act(toc_act *act, const toc_plan *p, int64_t until, toc_error *e)
{
    char *text = toc_strdup(act->given);
    char *at = strrchr(text, '@');
    toc_err err = TOC_OK;
    if (at) {
        *at = '\0';
        err = read_moment(at + 1, p, until, &act->minute, e);
    }
    if (!err)
        err = read_parts(act, p, text, e);
    free(text);
    return err;
}

// Cuts text behind its first part; the second, or NULL.
static char *split(char *text, char where)
{
    char *rest = strchr(text, where);
    if (rest)
        *rest++ = '\0';
    return rest;
}

static toc_err read_parts(toc_act *act, const toc_plan *p, char *text, toc_error *e)
{
    bool has_value = act->kind == TOC_ACT_SHOCK || act->kind == TOC_ACT_BLACK_START;
    char *rest = split(text, has_value ? '=' : ':');
    if (act->kind == TOC_ACT_REPAIR)
        return rest ? toc_fail(e, TOC_EUSAGE, "it is written ID or ID@TIME")
                    : find_repair(p, text, &act->repair, e);
    toc_err err = find_service(p, text, &act->service, e);
    if (err)
        return err;
    switch (act->kind) {
    case TOC_ACT_SHOCK:
        return rest ? read_level(rest, &act->level, e)
                    : toc_fail(e, TOC_EUSAGE, "its level is missing: %s=0", text);
    case TOC_ACT_BLACK_START:
        return rest ? read_time(rest, TOC_MINUTES_MAX, &act->minutes, e)
                    : toc_fail(e, TOC_EUSAGE, "how long it is held up is missing: %s=30m", text);
    case TOC_ACT_OPEN:
        if (!rest)
            return toc_fail(e, TOC_EUSAGE, "the alternative is missing: %s:PROVIDER", text);
        return find_service(p, rest, &act->provider, e);
    case TOC_ACT_REFUEL:
        return rest ? find_service(p, rest, &act->provider, e) : TOC_OK;
    case TOC_ACT_REPAIR:
        break;
    }
    return TOC_OK;
}

// The story's minute that runs at a play time, as the pace and the phases have it.
static int64_t story_minutes(const toc_plan *p, int64_t play_ms)
{
    toc_mel_clock clock;
    toc_mel_clock_init(&clock, p);
    int64_t story = toc_mel_clock_story(&clock, play_ms).ms - p->startex.ms;
    toc_mel_clock_fini(&clock);
    return story / 60000;
}

// When: of the story, also as the trace shows it, "+2h40"; or of play, "T+1:30".
static toc_err read_moment(const char *text, const toc_plan *p, int64_t until, int64_t *minutes,
                           toc_error *e)
{
    int64_t play;
    bool is_play = strncmp(text, "T+", 2) == 0;
    toc_err err = is_play ? toc_play_parse(text, &play, e)
                          : read_time(text + (*text == '+'), INT64_MAX, minutes, e);
    if (!err && is_play)
        *minutes = story_minutes(p, play);
    if (err || *minutes <= until)
        return err;
    char quote[TOC_QUOTE_SIZE];
    toc_buf end = {0};
    toc_duration_text(&end, until * 60000);
    toc_fail(e, TOC_EUSAGE,
             "%s is after the end of the trace, %s: say how far it is to go with --until",
             toc_text_quote(quote, text), end.data);
    toc_buf_fini(&end);
    return TOC_EUSAGE;
}

// "1h10" is what "1h10m" is: the trace shows times so.
static toc_err parse_span(const char *text, int64_t *ms, toc_error *e)
{
    const char *hours = strchr(text, 'h');
    bool is_shown = hours && hours[1] && strspn(hours + 1, "0123456789") == strlen(hours + 1);
    char *whole = toc_sprintf("%s%s", text, is_shown ? "m" : "");
    // 2h00 is shown for 2h, and 2h05 for 2h5m.
    if (is_shown && strtol(hours + 1, NULL, 10) == 0)
        whole[hours + 1 - text] = '\0';
    else if (is_shown && hours[1] == '0')
        memmove(whole + (hours + 1 - text), whole + (hours + 2 - text), strlen(hours + 2) + 2);
    toc_err err = toc_duration_parse(whole, ms, e);
    free(whole);
    return err;
}

static toc_err read_time(const char *text, int64_t most, int64_t *minutes, toc_error *e)
{
    int64_t ms = 0;
    char quote[TOC_QUOTE_SIZE];
    toc_err err = strcmp(text, "0") == 0 ? TOC_OK : parse_span(text, &ms, e);
    if (err)
        return err;
    if (ms % 60000)
        return toc_fail(e, TOC_EUSAGE, "%s: the world knows whole minutes only",
                        toc_text_quote(quote, text));
    if (ms / 60000 > most) {
        toc_buf longest = {0};
        toc_duration_text(&longest, most * 60000);
        toc_fail(e, TOC_EUSAGE, "%s is too long: at most %s", toc_text_quote(quote, text),
                 longest.data);
        toc_buf_fini(&longest);
        return TOC_EUSAGE;
    }
    *minutes = ms / 60000;
    return TOC_OK;
}

// Percent: "0" … "100", with four decimals at most, so that each is a whole number of ppm.
static toc_err read_level(const char *text, int64_t *ppm, toc_error *e)
{
    enum { DECIMALS = 4 };
    char quote[TOC_QUOTE_SIZE];
    size_t whole = strspn(text, "0123456789"), decimals = 0;
    const char *rest = text + whole;
    int64_t level = 0;
    bool is_read = whole > 0 && whole <= 3;
    for (size_t i = 0; i < whole && is_read; i++)
        level = level * 10 + (text[i] - '0');
    if (rest[0] == '.') {
        decimals = strspn(rest + 1, "0123456789");
        is_read = is_read && decimals > 0 && decimals <= DECIMALS;
    }
    for (size_t i = 0; i < DECIMALS && is_read; i++)
        level = level * 10 + (i < decimals ? rest[1 + i] - '0' : 0);
    rest += decimals > 0 ? decimals + 1 : 0;
    if (is_read && strcmp(rest, "%") == 0)
        return toc_fail(e, TOC_EUSAGE, "write the number alone, without %%: %.*s",
                        (int)(rest - text), text);
    if (!is_read || *rest || level > TOC_PPM)
        return toc_fail(e, TOC_EUSAGE, "a level is 0 to 100 percent, not %s",
                        toc_text_quote(quote, text));
    *ppm = level;
    return TOC_OK;
}

static toc_err unknown(const char *what, const char *id, const char **ids, size_t count,
                       toc_error *e)
{
    char quote[TOC_QUOTE_SIZE];
    const char *near = toc_text_near(id, ids, count);
    toc_text_quote(quote, id);
    if (count == 0)
        return toc_fail(e, TOC_EUSAGE, "the scenario declares no %s at all", what);
    if (near)
        return toc_fail(e, TOC_EUSAGE, "there is no %s %s; did you mean \"%s\"?", what, quote,
                        near);
    return toc_fail(e, TOC_EUSAGE, "there is no %s %s; the first of %zu is \"%s\"", what, quote,
                    count, ids[0]);
}

static toc_err find_service(const toc_plan *p, const char *id, size_t *out, toc_error *e)
{
    const toc_model *m = &p->model;
    *out = toc_plan_service(p, id);
    if (*out != TOC_NONE)
        return TOC_OK;
    const char **ids = toc_alloc((m->service_count + 1) * sizeof *ids);
    for (size_t i = 0; i < m->service_count; i++)
        ids[i] = m->services[i].id;
    toc_err err = unknown("service", id, ids, m->service_count, e);
    free(ids);
    return err;
}

static toc_err find_repair(const toc_plan *p, const char *id, size_t *out, toc_error *e)
{
    const toc_model *m = &p->model;
    *out = toc_plan_repair(p, id);
    if (*out != TOC_NONE)
        return TOC_OK;
    const char **ids = toc_alloc((m->repair_count + 1) * sizeof *ids);
    for (size_t i = 0; i < m->repair_count; i++)
        ids[i] = m->repairs[i].id;
    toc_err err = unknown("repair", id, ids, m->repair_count, e);
    free(ids);
    return err;
}

// By insertion: those of one minute stay in their order, and there are few.
static void sort(toc_acts *acts)
{
    for (size_t i = 1; i < acts->count; i++) {
        toc_act act = acts->at[i];
        size_t k = i;
        for (; k > 0 && acts->at[k - 1].minute > act.minute; k--)
            acts->at[k] = acts->at[k - 1];
        acts->at[k] = act;
    }
}
