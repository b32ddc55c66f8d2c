// SPDX-License-Identifier: MIT
#include "view/picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "record/feed.h"

static toc_err find_phase(const toc_picture *p, const char *id, toc_error *e);
static void add_item(toc_picture *p, int64_t n, const toc_event *ev);
static void mark_item(toc_picture *p, const toc_event *ev);
static void add_question(toc_picture *p, const toc_event *ev);
static void settle_question(toc_picture *p, const toc_event *ev);
static void cross_question(toc_picture *p, const toc_event *ev);
static char *answer_text(const toc_question *q, const toc_event *ev);
static void hold(toc_picture *p, const char *inject, bool is_held);
static void set_clock(toc_picture *p, const toc_event *ev);
static void set_neighbour(toc_picture *p, const char *seat, bool is_present);
static void set_contact(toc_picture *p, const char *id, const char *name, const char *notes);
static void set_objective(toc_picture *p, const char *id, const char *text);
static void set_emergency(toc_picture *p, const toc_event *ev);
static bool same(const char *a, const char *b);

void toc_picture_init(toc_picture *p, const char *seat)
{
    memset(p, 0, sizeof *p);
    snprintf(p->seat, sizeof p->seat, "%s", seat);
    toc_seat_audience(seat, p->audience);
    p->is_control = strcmp(p->audience, "control") == 0;
}

void toc_picture_fini(toc_picture *p)
{
    for (size_t i = 0; i < p->item_count; i++)
        toc_event_fini(&p->items[i].event);
    for (size_t i = 0; i < p->question_count; i++) {
        toc_event_fini(&p->questions[i].ask);
        free(p->questions[i].answer);
        free(p->questions[i].by);
    }
    for (size_t i = 0; i < p->held_count; i++)
        free(p->held[i]);
    for (size_t i = 0; i < p->neighbour_count; i++)
        free(p->neighbours[i].id);
    for (size_t i = 0; i < p->contact_count; i++) {
        free(p->contacts[i].id);
        free(p->contacts[i].name);
        free(p->contacts[i].notes);
    }
    for (size_t i = 0; i < p->objective_count; i++) {
        free(p->objectives[i].id);
        free(p->objectives[i].text);
    }
    free(p->items);
    free(p->questions);
    free(p->held);
    free(p->neighbours);
    free(p->contacts);
    free(p->objectives);
    free(p->emergency);
    free(p->emergency_by);
    toc_situation_fini(&p->situation);
    memset(p, 0, sizeof *p);
}

void toc_picture_see(toc_picture *p, int64_t n, const toc_event *ev)
{
    p->n = n;
    if (ev->t > p->t)
        p->t = ev->t;
    switch (ev->kind) {
    case TOC_K_INJECT:
        hold(p, toc_event_str(ev, TOC_F_INJECT), false);
        add_item(p, n, ev);
        break;
    case TOC_K_MESSAGE:
        add_item(p, n, ev);
        break;
    case TOC_K_READ:
    case TOC_K_ACK:
        mark_item(p, ev);
        break;
    case TOC_K_ARMED:
        toc_situation_see(&p->situation, ev);
        hold(p, toc_event_str(ev, TOC_F_INJECT), true);
        break;
    case TOC_K_HELD:
        hold(p, toc_event_str(ev, TOC_F_INJECT), true);
        break;
    case TOC_K_SKIP:
        hold(p, toc_event_str(ev, TOC_F_INJECT), false);
        break;
    case TOC_K_ASK:
        add_question(p, ev);
        break;
    case TOC_K_PROPOSED:
    case TOC_K_REJECTED:
    case TOC_K_DECIDED:
    case TOC_K_OVERDUE:
    case TOC_K_DEADLINE:
        settle_question(p, ev);
        break;
    case TOC_K_JOIN:
    case TOC_K_LEAVE:
    case TOC_K_REVOKE:
        set_neighbour(p, toc_event_str(ev, TOC_F_SEAT), ev->kind == TOC_K_JOIN);
        break;
    case TOC_K_CROSSED:
        cross_question(p, ev);
        break;
    case TOC_K_LEVEL:
    case TOC_K_REPAIR:
    case TOC_K_DEADLOCK:
    case TOC_K_PHASE_ENTERED:
    case TOC_K_EXPECTATION:
        toc_situation_see(&p->situation, ev);
        break;
    default:
        set_clock(p, ev);
        break;
    }
}

void toc_picture_status(toc_picture *p, const toc_json *status)
{
    const toc_json *j;
    toc_situation_status(&p->situation, status);
    for (j = toc_json_first(toc_json_get(status, "seats")); j; j = toc_json_next(j))
        if (toc_json_text(toc_json_get(j, "seat")))
            set_neighbour(p, toc_json_text(toc_json_get(j, "seat")),
                          toc_json_true(toc_json_get(j, "present")));
    const toc_json *lists[] = {toc_json_get(toc_json_get(status, "team"), "contacts"),
                               toc_json_get(status, "parties")};
    for (size_t i = 0; i < TOC_COUNT(lists); i++)
        for (j = toc_json_first(lists[i]); j; j = toc_json_next(j)) {
            const toc_json *id = toc_json_first(j);
            const toc_json *name = id ? toc_json_next(id) : NULL;
            const toc_json *notes = name ? toc_json_next(name) : NULL;
            if (toc_json_text(id) && toc_json_text(name))
                set_contact(p, toc_json_text(id), toc_json_text(name), toc_json_text(notes));
        }
    for (j = toc_json_first(toc_json_get(status, "objectives")); j; j = toc_json_next(j)) {
        const toc_json *id = toc_json_first(j);
        const toc_json *text = id ? toc_json_next(id) : NULL;
        if (toc_json_text(id) && toc_json_text(text))
            set_objective(p, toc_json_text(id), toc_json_text(text));
    }
}

toc_item *toc_picture_item(const toc_picture *p, const char *word)
{
    bool is_number = word[0] && strspn(word, "0123456789") == strlen(word);
    for (size_t i = p->item_count; i > 0; i--) {
        toc_item *item = &p->items[i - 1];
        const char *inject = toc_event_str(&item->event, TOC_F_INJECT);
        if (is_number ? item->n == strtoll(word, NULL, 10) : same(inject, word))
            return item;
    }
    return NULL;
}

toc_item *toc_picture_number(const toc_picture *p, int64_t n)
{
    for (size_t i = p->item_count; i > 0; i--)
        if (p->items[i - 1].n == n)
            return &p->items[i - 1];
    return NULL;
}

toc_question *toc_picture_question(const toc_picture *p, const char *id)
{
    for (size_t i = p->question_count; i > 0; i--)
        if (same(toc_event_str(&p->questions[i - 1].ask, TOC_F_DECISION), id))
            return &p->questions[i - 1];
    return NULL;
}

bool toc_item_wants_ack(const toc_item *item)
{
    return toc_event_int(&item->event, TOC_F_ACK) && !item->is_acked && !item->is_own;
}

bool toc_question_is_ours(const toc_picture *p, const toc_question *q)
{
    const char *team = toc_event_str(&q->ask, TOC_F_TEAM);
    if (p->is_control)
        return same(team, "excon") && strncmp(p->seat, "excon-", 6) == 0;
    return same(team, p->audience);
}

size_t toc_picture_unread(const toc_picture *p)
{
    size_t count = 0;
    for (size_t i = 0; i < p->item_count; i++)
        count += !p->items[i].is_read && !p->items[i].is_own;
    return count;
}

toc_err toc_picture_resolve(const toc_picture *p, toc_act *a, toc_error *e)
{
    char quoted[TOC_QUOTE_SIZE];
    if (a->item) {
        const toc_item *item = toc_picture_item(p, a->item);
        if (!item)
            return toc_fail(e, TOC_EUSAGE, "you have no item %s; `inbox` lists them",
                            toc_text_quote(quoted, a->item));
        toc_act_item(a, item->n);
    }
    if (a->input.kind == TOC_K_PHASE)
        return find_phase(p, toc_event_str(&a->input, TOC_F_PHASE), e);
    if (!a->answer)
        return TOC_OK;
    const toc_question *q = toc_picture_question(p, toc_event_str(&a->input, TOC_F_DECISION));
    if (!q)
        return toc_fail(e, TOC_EUSAGE, "%s was not asked; `status` lists the open decisions",
                        toc_text_quote(quoted, toc_event_str(&a->input, TOC_F_DECISION)));
    toc_event_set_str(&a->input, TOC_F_DECISION, toc_event_str(&q->ask, TOC_F_DECISION));
    const toc_value *options = toc_event_value(&q->ask, TOC_F_OPTIONS);
    return toc_act_answer(a, options ? options->list : NULL, options ? options->count : 0, e);
}

// One that is not known here may be known to the desk: only what looks like a slip is kept back.
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

static void add_item(toc_picture *p, int64_t n, const toc_event *ev)
{
    TOC_GROW(p->items, p->item_count, p->item_capacity);
    toc_item *item = &p->items[p->item_count++];
    *item = (toc_item){.n = n};
    toc_event_copy(&item->event, ev);
    const char *by = toc_event_str(ev, TOC_F_BY);
    if (ev->kind == TOC_K_MESSAGE)
        item->is_own =
            p->is_control ? same(by, p->seat) : same(toc_event_str(ev, TOC_F_FROM), p->audience);
    // Controllers see what others are sent; nothing of it waits for them to read.
    item->is_read = item->is_own || (p->is_control && ev->kind == TOC_K_INJECT);
}

static void mark_item(toc_picture *p, const toc_event *ev)
{
    int64_t n = toc_event_int(ev, TOC_F_ITEM);
    for (size_t i = 0; i < p->item_count; i++) {
        if (p->items[i].n != n)
            continue;
        if (ev->kind == TOC_K_ACK)
            p->items[i].is_acked = true; // one of the team is enough
        if (same(toc_event_str(ev, TOC_F_BY), p->seat))
            p->items[i].is_read = true;
    }
}

static void add_question(toc_picture *p, const toc_event *ev)
{
    TOC_GROW(p->questions, p->question_count, p->question_capacity);
    toc_question *q = &p->questions[p->question_count++];
    *q = (toc_question){.deadline = toc_event_int(ev, TOC_F_DEADLINE)};
    toc_event_copy(&q->ask, ev);
}

static void settle_question(toc_picture *p, const toc_event *ev)
{
    const char *id = toc_event_str(ev, TOC_F_DECISION);
    toc_question *q = id ? toc_picture_question(p, id) : NULL;
    if (!q)
        return;
    q->is_crossed = false;
    if (ev->kind == TOC_K_DEADLINE) {
        q->deadline = toc_event_int(ev, TOC_F_DEADLINE);
        return;
    }
    free(q->answer);
    free(q->by);
    q->answer = answer_text(q, ev);
    q->by = toc_strdup(toc_event_str(ev, TOC_F_BY));
    q->state = ev->kind == TOC_K_PROPOSED   ? TOC_QUESTION_RULING
               : ev->kind == TOC_K_REJECTED ? TOC_QUESTION_OPEN
               : ev->kind == TOC_K_DECIDED  ? TOC_QUESTION_DECIDED
                                            : TOC_QUESTION_OVERDUE;
}

static void cross_question(toc_picture *p, const toc_event *ev)
{
    const char *id = toc_event_str(ev, TOC_F_DECISION);
    toc_question *q = id ? toc_picture_question(p, id) : NULL;
    if (q)
        q->is_crossed = true;
}

static char *answer_text(const toc_question *q, const toc_event *ev)
{
    const char *option = toc_event_str(ev, TOC_F_OPTION);
    const toc_value *options = toc_event_value(&q->ask, TOC_F_OPTIONS);
    for (size_t i = 0; option && options && i < options->count; i++)
        if (strcmp(options->list[2 * i], option) == 0)
            return toc_sprintf("%s (%s)", option, options->list[2 * i + 1]);
    const char *text = toc_event_str(ev, TOC_F_TEXT); // with the option "other"
    return toc_strdup(text ? text : option);
}

static void hold(toc_picture *p, const char *inject, bool is_held)
{
    size_t i = 0;
    if (!inject)
        return;
    while (i < p->held_count && strcmp(p->held[i], inject) != 0)
        i++;
    if (is_held && i == p->held_count) {
        TOC_GROW(p->held, p->held_count, p->held_capacity);
        p->held[p->held_count++] = toc_strdup(inject);
    } else if (!is_held && i < p->held_count) {
        free(p->held[i]);
        memmove(p->held + i, p->held + i + 1, (p->held_count - i - 1) * sizeof *p->held);
        p->held_count--;
    }
}

static void set_clock(toc_picture *p, const toc_event *ev)
{
    switch (ev->kind) {
    case TOC_K_START:
        p->has_started = true;
        break;
    case TOC_K_PAUSE:
        p->is_paused = true;
        break;
    case TOC_K_EMERGENCY:
        p->is_paused = true;
        set_emergency(p, ev);
        break;
    case TOC_K_RESUMED:
        p->is_paused = p->has_started;
        p->taken_up = p->has_started ? p->n : 0;
        break;
    case TOC_K_RESUME:
        p->is_paused = false;
        p->taken_up = 0;
        p->was_emergency = p->is_emergency;
        p->is_emergency = false;
        break;
    case TOC_K_ENDEX:
        p->has_ended = true;
        break;
    case TOC_K_CLOSE:
        p->is_closed = true;
        break;
    default:
        break;
    }
}

static void set_neighbour(toc_picture *p, const char *seat, bool is_present)
{
    if (!seat)
        return;
    size_t i = 0;
    while (i < p->neighbour_count && strcmp(p->neighbours[i].id, seat) != 0)
        i++;
    if (i == p->neighbour_count) {
        TOC_GROW(p->neighbours, p->neighbour_count, p->neighbour_capacity);
        p->neighbours[p->neighbour_count++] = (toc_neighbour){.id = toc_strdup(seat)};
    }
    p->neighbours[i].is_present = is_present;
}

static void set_contact(toc_picture *p, const char *id, const char *name, const char *notes)
{
    for (size_t i = 0; i < p->contact_count; i++)
        if (strcmp(p->contacts[i].id, id) == 0)
            return;
    TOC_GROW(p->contacts, p->contact_count, p->contact_capacity);
    p->contacts[p->contact_count++] =
        (toc_contact){toc_strdup(id), toc_strdup(name), toc_strdup(notes)};
}

static void set_objective(toc_picture *p, const char *id, const char *text)
{
    for (size_t i = 0; i < p->objective_count; i++)
        if (strcmp(p->objectives[i].id, id) == 0)
            return;
    TOC_GROW(p->objectives, p->objective_count, p->objective_capacity);
    p->objectives[p->objective_count++] = (toc_objective_text){toc_strdup(id), toc_strdup(text)};
}

static void set_emergency(toc_picture *p, const toc_event *ev)
{
    free(p->emergency);
    free(p->emergency_by);
    p->is_emergency = true;
    p->emergency = toc_strdup(toc_event_str(ev, TOC_F_TEXT));
    p->emergency_by = toc_strdup(toc_event_str(ev, TOC_F_BY));
}

static bool same(const char *a, const char *b)
{
    return a && b && strcasecmp(a, b) == 0;
}
