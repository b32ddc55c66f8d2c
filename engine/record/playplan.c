// SPDX-License-Identifier: MIT
#include "record/playplan.h"

#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "record/feed.h"
#include "verb_parse.h"

enum { PLAN_MAX = 1 << 20 };

static toc_err parse_line(toc_playplan *p, int number, const char *line, toc_error *e);
static toc_err parse_step(toc_playstep *step, const char *line, toc_error *e);
static toc_err parse_act(toc_playstep *step, const char *at, toc_error *e);
static toc_err parse_expect(toc_playstep *step, const char *at, toc_error *e);
static toc_err check_seat(const toc_playstep *step, const toc_verb *verb, toc_error *e);
static toc_role role_of(const char *seat);
static bool came_true(const toc_playstep *step, const toc_event *events, size_t count);
static bool shows(const toc_playstep *step, const toc_event *ev);
static void fini_step(toc_playstep *step);

toc_err toc_playplan_parse(toc_playplan *out, const char *name, const char *text, size_t len,
                           toc_error *e)
{
    memset(out, 0, sizeof *out);
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
    static const char *const words[] = {"at", "on", "expect"};
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
        err = step->id
                  ? parse_act(step, at, e)
                  : toc_fail(e, TOC_EFORMAT, "on what? on D-01 SEAT ACT, or on INJ-01 SEAT ACT");
    } else if (strcmp(first, "expect") == 0) {
        err = parse_expect(step, at, e);
    } else {
        char quoted[TOC_QUOTE_SIZE];
        const char *near = toc_text_near(first, words, TOC_COUNT(words));
        err = toc_fail(e, TOC_EFORMAT, "a line begins with at, on, expect or #, not with %s%s%s%s",
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
    toc_err err = toc_act_parse(&step->act, at, e);
    if (err)
        return err;
    const char *after = at;
    char *word = toc_word_take(&after);
    err = check_seat(step, toc_verb_find(word), e);
    free(word);
    return err;
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
        {"sent", TOC_STEP_EXPECT_SENT},
        {"decided", TOC_STEP_EXPECT_DECIDED},
        {"overdue", TOC_STEP_EXPECT_OVERDUE},
        {"endex", TOC_STEP_EXPECT_ENDEX},
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
                        "expect [not] sent INJ-01, decided D-01 [OPTION], "
                        "overdue D-01, or endex");
    step->kind = words[i].kind;
    if (step->kind != TOC_STEP_EXPECT_ENDEX) {
        step->id = toc_word_take(&at);
        if (!step->id)
            return toc_fail(e, TOC_EFORMAT, "expect %s what?", words[i].word);
    }
    if (step->kind == TOC_STEP_EXPECT_DECIDED)
        step->option = toc_word_take(&at);
    if (*at)
        return toc_fail(e, TOC_EFORMAT, "there is more on the line than is expected: %s", at);
    return TOC_OK;
}

static bool came_true(const toc_playstep *step, const toc_event *events, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (shows(step, &events[i]))
            return true;
    return false;
}

static bool shows(const toc_playstep *step, const toc_event *ev)
{
    const char *inject = toc_event_str(ev, TOC_F_INJECT);
    const char *decision = toc_event_str(ev, TOC_F_DECISION);
    const char *option = toc_event_str(ev, TOC_F_OPTION);
    switch (step->kind) {
    case TOC_STEP_EXPECT_SENT:
        return ev->kind == TOC_K_INJECT && inject && strcmp(inject, step->id) == 0;
    case TOC_STEP_EXPECT_DECIDED:
        return ev->kind == TOC_K_DECIDED && decision && strcmp(decision, step->id) == 0 &&
               (!step->option || (option && strcmp(option, step->option) == 0));
    case TOC_STEP_EXPECT_OVERDUE:
        return ev->kind == TOC_K_OVERDUE && decision && strcmp(decision, step->id) == 0;
    case TOC_STEP_EXPECT_ENDEX:
        return ev->kind == TOC_K_ENDEX;
    default:
        return false;
    }
}

static void fini_step(toc_playstep *step)
{
    free(step->id);
    free(step->option);
    free(step->seat);
    free(step->text);
    toc_act_fini(&step->act);
}
