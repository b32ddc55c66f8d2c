// SPDX-License-Identifier: MIT
#include "record/playplan.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/files.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "record/feed.h"
#include "verb_parse.h"

enum { PLAN_MAX = 1 << 20, VERBS_MAX = 64 };

static toc_err parse_line(toc_playplan *p, int number, const char *line, toc_error *e);
static toc_err parse_step(toc_playstep *step, const char *line, toc_error *e);
static toc_err parse_act(toc_playstep *step, const char *at, toc_error *e);
static toc_err parse_expect(toc_playstep *step, const char *at, toc_error *e);
static toc_err parse_level(toc_playstep *step, const char **at, toc_error *e);
static bool parse_percent(const char *word, int64_t *ppm);
static toc_err refuse_verb(const toc_playstep *step, const char *word, toc_error *e);
static void name_items(toc_error *e);
static toc_role role_of(const char *seat);
static toc_err check_seat(const toc_playstep *step, const toc_verb *verb, toc_error *e);
static bool came_true(const toc_playstep *step, const toc_event *events, size_t count);
static bool is_about(const toc_event *ev, toc_kind kind, toc_field field, const char *id);
static bool shows(const toc_playstep *step, const toc_event *ev);
static int64_t last_level(const char *service, const toc_event *events, size_t count);
static bool is_level(const toc_playstep *step, int64_t level);
static bool ended_so(const toc_playstep *step, const toc_event *events, size_t count);
static void fini_step(toc_playstep *step);

toc_err toc_playplan_parse(toc_playplan *out, const char *name, const char *text, size_t len,
                           toc_error *e)
{
    memset(out, 0, sizeof *out);
    const char *encoding = len && memchr(text, '\0', len) ? toc_text_encoding(text, len) : NULL;
    if (encoding)
        return toc_fail(e, TOC_EFORMAT,
                        "%s:1: the file is saved as %s; save it as plain text, in UTF-8", name,
                        encoding);
    out->name = toc_strdup(name);
    toc_err err = TOC_OK;
    int number = 0;
    for (size_t at = 0; at < len && !err;) {
        const char *newline = memchr(text + at, '\n', len - at);
        size_t n = newline ? (size_t)(newline - (text + at)) : len - at;
        size_t shown = n > 0 && text[at + n - 1] == '\r' ? n - 1 : n;
        toc_error why = {0};
        number++;
        char *line = toc_strndup(text + at, shown);
        if (strlen(line) != shown)
            err = toc_fail(&why, TOC_EFORMAT, "the line holds a NUL byte");
        else
            err = parse_line(out, number, line, &why);
        if (err)
            err = toc_fail(e, TOC_EFORMAT, "%s:%d: %s", name, number, why.msg);
        free(line);
        at += n + 1;
    }
    if (err)
        toc_playplan_fini(out);
    return err;
}

toc_err toc_playplan_read(toc_playplan *out, const char *path, toc_error *e)
{
    memset(out, 0, sizeof *out);
    toc_buf text = {0};
    toc_err err = toc_file_slurp(&text, path, PLAN_MAX, e);
    if (!err)
        err = toc_playplan_parse(out, path, toc_buf_text(&text), text.len, e);
    toc_buf_fini(&text);
    return err;
}

void toc_playplan_fini(toc_playplan *p)
{
    for (size_t i = 0; i < p->count; i++)
        fini_step(&p->steps[i]);
    free(p->steps);
    free(p->name);
    memset(p, 0, sizeof *p);
}

bool toc_playplan_leaves(const toc_playplan *p, const char *decision)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->steps[i].kind == TOC_STEP_LEAVE && strcasecmp(p->steps[i].id, decision) == 0)
            return true;
    return false;
}

size_t toc_playplan_misses(const toc_playplan *p, const toc_event *events, size_t count,
                           toc_buf *misses)
{
    size_t missed = 0;
    for (size_t i = 0; i < p->count; i++) {
        const toc_playstep *step = &p->steps[i];
        if (step->kind < TOC_STEP_EXPECT_SENT || came_true(step, events, count) != step->is_not)
            continue;
        toc_buf_printf(misses, "%s:%d: expected %s, and it %s\n", p->name, step->line, step->text,
                       step->is_not ? "happened" : "did not happen");
        missed++;
    }
    return missed;
}

static toc_err parse_line(toc_playplan *p, int number, const char *line, toc_error *e)
{
    const char *at = line + strspn(line, " \t");
    if (!*at || *at == '#')
        return TOC_OK;
    if (!toc_utf8_clean(line, strlen(line)))
        return toc_fail(e, TOC_EFORMAT,
                        "the line holds bytes or control characters that are no text");
    toc_playstep step = {.line = number};
    toc_err err = parse_step(&step, at, e);
    if (err) {
        fini_step(&step);
        return err;
    }
    TOC_GROW(p->steps, p->count, p->capacity);
    p->steps[p->count++] = step;
    return TOC_OK;
}

static toc_err parse_step(toc_playstep *step, const char *line, toc_error *e)
{
    static const char *const words[] = {"at", "on", "leave", "expect"};
    const char *at = line;
    char *first = toc_word_take(&at);
    toc_err err = TOC_OK;
    if (strcmp(first, "at") == 0) {
        step->kind = TOC_STEP_AT;
        char *time = toc_word_take(&at);
        err = time ? toc_play_parse(time, &step->at, e)
                   : toc_fail(e, TOC_EFORMAT, "at what time? at T+0:12 SEAT ACT");
        free(time);
        if (!err)
            err = parse_act(step, at, e);
    } else if (strcmp(first, "on") == 0) {
        step->kind = TOC_STEP_ON;
        step->id = toc_word_take(&at);
        err = step->id ? parse_act(step, at, e)
                       : toc_fail(e, TOC_EFORMAT,
                                  "on what? on D-01 SEAT ACT, on INJ-01, a phase, or EXP-01");
    } else if (strcmp(first, "leave") == 0) {
        step->kind = TOC_STEP_LEAVE;
        step->id = toc_word_take(&at);
        if (!step->id || *at)
            err =
                toc_fail(e, TOC_EFORMAT, "leave which decision? leave D-01, and nothing after it");
    } else if (strcmp(first, "expect") == 0) {
        err = parse_expect(step, at, e);
    } else {
        char quoted[TOC_QUOTE_SIZE];
        const char *near = toc_text_near(first, words, TOC_COUNT(words));
        err = toc_fail(e, TOC_EFORMAT,
                       "a line begins with at, on, leave, expect or #, not with %s%s%s%s",
                       toc_text_quote(quoted, first), near ? "; did you mean `" : "",
                       near ? near : "", near ? "`?" : "");
    }
    free(first);
    return err;
}

static toc_err parse_act(toc_playstep *step, const char *at, toc_error *e)
{
    step->seat = toc_word_take(&at);
    if (!step->seat)
        return toc_fail(e, TOC_EFORMAT, "which seat acts?");
    if (!*at)
        return toc_fail(e, TOC_EFORMAT, "what does %s do?", step->seat);
    step->text = toc_strdup(at);
    const char *after = at;
    char *word = toc_word_take(&after);
    const toc_verb *verb = toc_verb_find(word);
    toc_err err = verb ? toc_act_parse(&step->act, at, e) : refuse_verb(step, word, e);
    if (!err)
        err = toc_act_whole(&step->act, e);
    free(word);
    if (err && verb)
        name_items(e);
    return err ? err : check_seat(step, verb, e);
}

// What was meant, and what a seat of that kind can do.
static toc_err refuse_verb(const toc_playstep *step, const char *word, toc_error *e)
{
    char quoted[TOC_QUOTE_SIZE], audience[64];
    const char *names[VERBS_MAX];
    size_t count = 0;
    const toc_verb *verb;
    toc_buf can = {0};
    toc_seat_audience(step->seat, audience);
    toc_role role = audience[0] ? role_of(step->seat) : TOC_ROLE_PARTICIPANT;
    for (size_t i = 0; (verb = toc_verb_at(i)) && count < VERBS_MAX; i++) {
        if (!(verb->roles & role))
            continue;
        toc_buf_printf(&can, "%s%s", count ? ", " : "", verb->name);
        names[count++] = verb->name;
    }
    const char *near = toc_text_near(word, names, count);
    toc_text_quote(quoted, word);
    if (near)
        toc_fail(e, TOC_EFORMAT, "there is no act %s; did you mean `%s`?", quoted, near);
    else
        toc_fail(e, TOC_EFORMAT, "there is no act %s; it can say %s", quoted, toc_buf_text(&can));
    toc_buf_fini(&can);
    return TOC_EFORMAT;
}

// The forms are those of a terminal, where items have numbers; in a plan they are called by their inject.
static void name_items(toc_error *e)
{
    static const char form[] = "The form is: ";
    toc_buf out = {0};
    const char *at = strstr(e->msg, form);
    if (!at)
        return;
    toc_buf_add(&out, e->msg, (size_t)(at - e->msg));
    for (; *at; at++)
        if (*at == 'N' && at[-1] == ' ' && (at[1] == ' ' || at[1] == ']' || at[1] == '\0'))
            toc_buf_str(&out, "INJ-01");
        else
            toc_buf_char(&out, *at);
    toc_fail(e, e->code, "%s", toc_buf_text(&out));
    toc_buf_fini(&out);
}

static toc_err check_seat(const toc_playstep *step, const toc_verb *verb, toc_error *e)
{
    char quoted[TOC_QUOTE_SIZE];
    char audience[64];
    toc_seat_audience(step->seat, audience);
    if (!audience[0])
        return toc_fail(e, TOC_EFORMAT, "%s is not a seat: seats are written operator-1, excon-1",
                        toc_text_quote(quoted, step->seat));
    if (!(verb->roles & role_of(step->seat)))
        return toc_fail(e, TOC_EFORMAT, "a seat like %s cannot `%s`",
                        toc_text_quote(quoted, step->seat), verb->name);
    return TOC_OK;
}

static toc_role role_of(const char *seat)
{
    size_t len = (size_t)(strrchr(seat, '-') - seat);
    char *name = toc_strndup(seat, len);
    toc_role role = toc_role_find(name);
    free(name);
    return role ? role : TOC_ROLE_PARTICIPANT;
}

static toc_err parse_expect(toc_playstep *step, const char *at, toc_error *e)
{
    static const struct {
        const char *word;
        toc_step_kind kind;
    } words[] = {
        {"sent", TOC_STEP_EXPECT_SENT},           {"decided", TOC_STEP_EXPECT_DECIDED},
        {"overdue", TOC_STEP_EXPECT_OVERDUE},     {"level", TOC_STEP_EXPECT_LEVEL},
        {"met", TOC_STEP_EXPECT_ACTION},          {"late", TOC_STEP_EXPECT_ACTION},
        {"not-observed", TOC_STEP_EXPECT_ACTION}, {"not-exercised", TOC_STEP_EXPECT_ACTION},
        {"entered", TOC_STEP_EXPECT_ENTERED},     {"handed-in", TOC_STEP_EXPECT_HANDED_IN},
        {"deadlock", TOC_STEP_EXPECT_DEADLOCK},   {"endex", TOC_STEP_EXPECT_ENDEX},
    };
    step->text = toc_strdup(at);
    char *word = toc_word_take(&at);
    if (word && strcmp(word, "not") == 0) {
        step->is_not = true;
        free(word);
        word = toc_word_take(&at);
    }
    size_t i = 0;
    while (i < TOC_COUNT(words) && (!word || strcmp(words[i].word, word) != 0))
        i++;
    free(word);
    if (i == TOC_COUNT(words))
        return toc_fail(e, TOC_EFORMAT,
                        "expect [not] sent INJ-01, decided D-01 [OPTION], overdue D-01, level "
                        "SERVICE below 50, met EXP-01, entered PHASE, handed-in PRODUCT, deadlock "
                        "[SERVICE], or endex");
    step->kind = words[i].kind;
    if (step->kind != TOC_STEP_EXPECT_ENDEX)
        step->id = toc_word_take(&at);
    if (!step->id && step->kind != TOC_STEP_EXPECT_ENDEX && step->kind != TOC_STEP_EXPECT_DEADLOCK)
        return toc_fail(e, TOC_EFORMAT, "expect %s what?", words[i].word);
    if (step->kind == TOC_STEP_EXPECT_DECIDED)
        step->option = toc_word_take(&at);
    if (step->kind == TOC_STEP_EXPECT_ACTION)
        step->option = toc_strdup(words[i].word);
    toc_err err = step->kind == TOC_STEP_EXPECT_LEVEL ? parse_level(step, &at, e) : TOC_OK;
    if (!err && *at)
        err = toc_fail(e, TOC_EFORMAT, "there is more on the line than is expected: %s", at);
    return err;
}

// "below 50", "at 33.3 at end"
static toc_err parse_level(toc_playstep *step, const char **at, toc_error *e)
{
    static const char *const sides[] = {"below", "above", "at"}; // as toc_level_side
    char *side = toc_word_take(at), *number = toc_word_take(at), *more = toc_word_take(at);
    if (more && strcmp(more, "%") == 0) {
        free(more);
        more = toc_word_take(at);
    }
    size_t i = 0;
    while (i < TOC_COUNT(sides) && (!side || strcmp(sides[i], side) != 0))
        i++;
    bool is_good = i < TOC_COUNT(sides) && number && parse_percent(number, &step->level);
    step->side = (toc_level_side)i;
    if (more) {
        char *end = toc_word_take(at);
        step->is_at_end = end && strcmp(more, "at") == 0 && strcmp(end, "end") == 0;
        is_good = is_good && step->is_at_end;
        free(end);
    }
    free(side);
    free(number);
    free(more);
    return is_good ? TOC_OK
                   : toc_fail(e, TOC_EFORMAT,
                              "expect level SERVICE below 50 (or above, at; percent), and `at end` "
                              "after it if the last level is meant");
}

// "50", "33.3", "100%" → ppm.
static bool parse_percent(const char *word, int64_t *ppm)
{
    size_t digits = strspn(word, "0123456789");
    if (digits == 0 || digits > 3)
        return false;
    *ppm = strtoll(word, NULL, 10) * 10000;
    word += digits;
    if (*word == '.' && word[1] >= '0' && word[1] <= '9') {
        *ppm += (word[1] - '0') * 1000;
        word += 2;
    }
    return *ppm <= 1000000 && (!*word || strcmp(word, "%") == 0);
}

static bool came_true(const toc_playstep *step, const toc_event *events, size_t count)
{
    if (step->kind == TOC_STEP_EXPECT_LEVEL && step->is_at_end)
        return is_level(step, last_level(step->id, events, count));
    if (step->kind == TOC_STEP_EXPECT_ACTION)
        return ended_so(step, events, count);
    for (size_t i = 0; i < count; i++)
        if (shows(step, &events[i]))
            return true;
    return false;
}

static bool is_about(const toc_event *ev, toc_kind kind, toc_field field, const char *id)
{
    const char *of = ev->kind == kind ? toc_event_str(ev, field) : NULL;
    return of && strcmp(of, id) == 0;
}

static bool shows(const toc_playstep *step, const toc_event *ev)
{
    const char *option = toc_event_str(ev, TOC_F_OPTION);
    const char *state = toc_event_str(ev, TOC_F_STATE);
    const toc_value *services = toc_event_value(ev, TOC_F_SERVICES);
    switch (step->kind) {
    case TOC_STEP_EXPECT_SENT:
        return is_about(ev, TOC_K_INJECT, TOC_F_INJECT, step->id);
    case TOC_STEP_EXPECT_DECIDED:
        return is_about(ev, TOC_K_DECIDED, TOC_F_DECISION, step->id) &&
               (!step->option || (option && strcmp(option, step->option) == 0));
    case TOC_STEP_EXPECT_OVERDUE:
        return is_about(ev, TOC_K_OVERDUE, TOC_F_DECISION, step->id) ||
               (is_about(ev, TOC_K_EXPECTATION, TOC_F_EXPECTATION, step->id) && state &&
                strcmp(state, "overdue") == 0);
    case TOC_STEP_EXPECT_LEVEL:
        return is_about(ev, TOC_K_LEVEL, TOC_F_SERVICE, step->id) &&
               is_level(step, toc_event_int(ev, TOC_F_LEVEL));
    case TOC_STEP_EXPECT_ENTERED:
        return is_about(ev, TOC_K_PHASE_ENTERED, TOC_F_PHASE, step->id);
    case TOC_STEP_EXPECT_HANDED_IN:
        return is_about(ev, TOC_K_HANDED_IN, TOC_F_PRODUCT, step->id);
    case TOC_STEP_EXPECT_DEADLOCK:
        for (size_t i = 0; step->id && services && i < services->count; i++)
            if (strcmp(services->list[i], step->id) == 0)
                return ev->kind == TOC_K_DEADLOCK;
        return !step->id && ev->kind == TOC_K_DEADLOCK;
    case TOC_STEP_EXPECT_ENDEX:
        return ev->kind == TOC_K_ENDEX;
    default:
        return false;
    }
}

static int64_t last_level(const char *service, const toc_event *events, size_t count)
{
    for (size_t i = count; i > 0; i--)
        if (is_about(&events[i - 1], TOC_K_LEVEL, TOC_F_SERVICE, service))
            return toc_event_int(&events[i - 1], TOC_F_LEVEL);
    return 1000000;
}

// An equal level is one that people read as equal: to the tenth of a percent.
static bool is_level(const toc_playstep *step, int64_t level)
{
    return step->side == TOC_LEVEL_BELOW   ? level < step->level
           : step->side == TOC_LEVEL_ABOVE ? level > step->level
                                           : level / 1000 == step->level / 1000;
}

// The last word on an expected action counts: an evaluator may have changed it.
static bool ended_so(const toc_playstep *step, const toc_event *events, size_t count)
{
    for (size_t i = count; i > 0; i--)
        if (is_about(&events[i - 1], TOC_K_EXPECTATION, TOC_F_EXPECTATION, step->id)) {
            const char *state = toc_event_str(&events[i - 1], TOC_F_STATE);
            return state && strcmp(state, step->option) == 0;
        }
    return false;
}

static void fini_step(toc_playstep *step)
{
    free(step->id);
    free(step->option);
    free(step->seat);
    free(step->text);
    toc_act_fini(&step->act);
}
