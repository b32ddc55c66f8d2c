// SPDX-License-Identifier: MIT
// What an act means to somebody who knows the feed. What is not known here may be known to the desk: only
// what cannot be sent, or looks like a slip, is kept back.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "picture_parts.h"

static const toc_question *meant(const toc_picture *p, const char *line);
static toc_err find_phase(const toc_picture *p, const char *id, toc_error *e);
static toc_err find_question(const toc_picture *p, toc_act *a, const toc_question **q,
                             toc_error *e);
static toc_err find_promise(const toc_picture *p, int64_t n, toc_error *e);
static const toc_question *find_numbered(const toc_picture *p, const char *number);
static void spell_inject(const toc_picture *p, toc_act *a);
static void spell_subject(const toc_picture *p, toc_act *a);

toc_err toc_picture_resolve(const toc_picture *p, toc_act *a, toc_error *e)
{
    char quoted[TOC_QUOTE_SIZE];
    const toc_question *q = NULL;
    if (a->item) {
        const toc_item *item = toc_picture_item(p, a->item);
        if (!item)
            return toc_fail(e, TOC_EUSAGE, "you have no item %s; `inbox` lists them",
                            toc_text_quote(quoted, a->item));
        toc_act_item(a, item->n);
    }
    switch (a->input.kind) {
    case TOC_K_PHASE:
        return find_phase(p, toc_event_str(&a->input, TOC_F_PHASE), e);
    case TOC_K_KEPT:
        return find_promise(p, toc_event_int(&a->input, TOC_F_ITEM), e);
    case TOC_K_OBSERVE:
        spell_subject(p, a);
        return TOC_OK;
    case TOC_K_CLAIM:
    case TOC_K_UNCLAIM:
    case TOC_K_DELIVER:
        spell_inject(p, a);
        return TOC_OK;
    case TOC_K_EXTEND:
        if (find_question(p, a, &q, e))
            return TOC_EUSAGE;
        toc_act_time(a, q->deadline);
        return TOC_OK;
    default:
        break;
    }
    if (toc_act_whole(a, e))
        return TOC_EUSAGE;
    if (!a->answer)
        return TOC_OK;
    if (find_question(p, a, &q, e))
        return TOC_EUSAGE;
    if (a->input.kind == TOC_K_DECIDE && p->is_control && !toc_question_is_ours(p, q) &&
        !toc_event_has(&a->input, TOC_F_REASON) && !strchr(a->answer, ' '))
        return toc_fail(e, TOC_EUSAGE,
                        "this decision is %s's: say why you decide for them, the report will ask: "
                        "decide %s %s because …",
                        toc_event_str(&q->ask, TOC_F_TEAM), toc_event_str(&q->ask, TOC_F_DECISION),
                        a->answer);
    const toc_value *options = toc_event_value(&q->ask, TOC_F_OPTIONS);
    return toc_act_answer(a, options ? options->list : NULL, options ? options->count : 0, e);
}

void toc_picture_form(const toc_picture *p, const char *line, toc_error *e)
{
    static const char form[] = "The form is: ", stands_for[] = " D-01 ";
    const char *at = strstr(e->msg, form);
    const char *id = at ? strstr(at, stands_for) : NULL;
    const toc_question *q = id ? meant(p, line) : NULL;
    if (!q)
        return;
    char *told = toc_sprintf("%.*s %s %s", (int)(id - e->msg), e->msg,
                             toc_event_str(&q->ask, TOC_F_DECISION), id + strlen(stands_for));
    toc_fail(e, e->code, "%s", told);
    free(told);
}

static const toc_question *meant(const toc_picture *p, const char *line)
{
    const char *at = line + strspn(line, " \t");
    at += strcspn(at, " \t");
    at += strspn(at, " \t");
    char *id = toc_strndup(at, strcspn(at, " \t"));
    const toc_question *q = toc_picture_question(p, id);
    size_t open = 0;
    if (!q)
        q = find_numbered(p, id);
    for (size_t i = 0; i < p->question_count && !*id; i++)
        if (p->questions[i].state <= TOC_QUESTION_RULING) {
            q = &p->questions[i];
            open++;
        }
    free(id);
    return open > 1 ? NULL : q;
}

static toc_err find_phase(const toc_picture *p, const char *id, toc_error *e)
{
    char quoted[TOC_QUOTE_SIZE];
    const toc_situation *s = &p->situation;
    if (!id || toc_situation_phase(s, id))
        return TOC_OK;
    const char **names = toc_alloc((s->phase_count + 1) * sizeof *names);
    for (size_t i = 0; i < s->phase_count; i++)
        names[i] = s->phases[i].id;
    const char *near = toc_text_near(id, names, s->phase_count);
    free(names);
    return near ? toc_fail(e, TOC_EUSAGE,
                           "there is no phase %s; did you mean `%s`? `phases` lists them",
                           toc_text_quote(quoted, id), near)
                : TOC_OK;
}

static toc_err find_question(const toc_picture *p, toc_act *a, const toc_question **q, toc_error *e)
{
    char quoted[TOC_QUOTE_SIZE];
    const char *id = toc_event_str(&a->input, TOC_F_DECISION);
    *q = toc_picture_question(p, id);
    if (!*q)
        *q = find_numbered(p, id);
    if (!*q)
        return toc_fail(e, TOC_EUSAGE, "%s was not asked; `status` lists the open decisions",
                        toc_text_quote(quoted, id));
    toc_event_set_str(&a->input, TOC_F_DECISION, toc_event_str(&(*q)->ask, TOC_F_DECISION));
    return TOC_OK;
}

// "3" for D-03, if only one question has that number.
static const toc_question *find_numbered(const toc_picture *p, const char *number)
{
    const toc_question *found = NULL;
    if (!number || !*number || strspn(number, "0123456789") != strlen(number))
        return NULL;
    for (size_t i = 0; i < p->question_count; i++) {
        const char *id = toc_event_str(&p->questions[i].ask, TOC_F_DECISION);
        const char *tail = id ? strrchr(id, '-') : NULL;
        if (!tail || !tail[1] || strspn(tail + 1, "0123456789") != strlen(tail + 1) ||
            strtoul(tail + 1, NULL, 10) != strtoul(number, NULL, 10))
            continue;
        if (found)
            return NULL;
        found = &p->questions[i];
    }
    return found;
}

static toc_err find_promise(const toc_picture *p, int64_t n, toc_error *e)
{
    for (size_t i = 0; i < p->promise_count; i++)
        if (p->promises[i].n == n)
            return TOC_OK;
    return toc_fail(e, TOC_EUSAGE, "there is no promise %lld; `promises` lists them", (long long)n);
}

static void spell_inject(const toc_picture *p, toc_act *a)
{
    const char *id = toc_event_str(&a->input, TOC_F_INJECT);
    const toc_cue *cue = id ? toc_picture_cue(p, id) : NULL;
    if (cue)
        toc_event_set_str(&a->input, TOC_F_INJECT, toc_event_str(&cue->cue, TOC_F_INJECT));
}

// An id that begins in no usual way was taken for an objective's; it may be something else's.
static void spell_subject(const toc_picture *p, toc_act *a)
{
    const char *id = toc_event_str(&a->input, TOC_F_OBJECTIVE);
    for (size_t i = 0; i < p->objective_count && id; i++)
        if (toc_picture_same(p->objectives[i].id, id))
            return;
    if (!id)
        return;
    toc_field field = toc_picture_question(p, id)                    ? TOC_F_DECISION
                      : toc_situation_expectation(&p->situation, id) ? TOC_F_EXPECTATION
                      : toc_picture_item(p, id)                      ? TOC_F_INJECT
                                                                     : TOC_F_OBJECTIVE;
    if (field == TOC_F_OBJECTIVE || toc_event_has(&a->input, field))
        return;
    toc_event_set_str(&a->input, field, id);
    toc_event_set_str(&a->input, TOC_F_OBJECTIVE, NULL);
}
