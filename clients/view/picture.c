// SPDX-License-Identifier: MIT
#include "view/picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "picture_parts.h"
#include "record/feed.h"

static void add_item(toc_picture *p, int64_t n, const toc_event *ev);
static void hold(toc_picture *p, const char *inject, bool is_held);
static void mark_item(toc_picture *p, const toc_event *ev);
static void add_question(toc_picture *p, const toc_event *ev);
static void settle_question(toc_picture *p, const toc_event *ev);
static void cross_question(toc_picture *p, const toc_event *ev);
static char *answer_text(const toc_question *q, const toc_event *ev);
static void set_clock(toc_picture *p, const toc_event *ev);
static void set_emergency(toc_picture *p, const toc_event *ev);

void toc_picture_init(toc_picture *p, const char *seat)
{
    memset(p, 0, sizeof *p);
    snprintf(p->seat, sizeof p->seat, "%s", seat);
    toc_seat_audience(seat, p->audience);
    p->is_control = strcmp(p->audience, "control") == 0;
}

void toc_picture_fini(toc_picture *p)
{
    for (size_t i = 0; i < p->item_count; i++) {
        toc_event_fini(&p->items[i].event);
        free(p->items[i].claimed_by);
    }
    for (size_t i = 0; i < p->question_count; i++) {
        toc_event_fini(&p->questions[i].ask);
        free(p->questions[i].answer);
        free(p->questions[i].by);
    }
    for (size_t i = 0; i < p->held_count; i++)
        free(p->held[i]);
    free(p->items);
    free(p->questions);
    free(p->held);
    free(p->emergency);
    free(p->emergency_by);
    toc_people_fini(p);
    toc_control_fini(p);
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
    case TOC_K_SIGN_IN:
    case TOC_K_SIGN_OUT:
    case TOC_K_OPEN_SEAT:
    case TOC_K_REVOKE:
    case TOC_K_REASSIGN:
        toc_people_see(p, ev);
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
    toc_control_see(p, n, ev);
}

toc_item *toc_picture_item(const toc_picture *p, const char *word)
{
    bool is_number = word[0] && strspn(word, "0123456789") == strlen(word);
    for (size_t i = p->item_count; i > 0; i--) {
        toc_item *item = &p->items[i - 1];
        const char *inject = toc_event_str(&item->event, TOC_F_INJECT);
        if (is_number ? item->n == strtoll(word, NULL, 10) : toc_picture_same(inject, word))
            return item;
    }
    return NULL;
}

// Items come in the order of their numbers.
toc_item *toc_picture_number(const toc_picture *p, int64_t n)
{
    size_t low = 0, high = p->item_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->items[middle].n < n)
            low = middle + 1;
        else
            high = middle;
    }
    return low < p->item_count && p->items[low].n == n ? &p->items[low] : NULL;
}

toc_question *toc_picture_question(const toc_picture *p, const char *id)
{
    for (size_t i = p->question_count; i > 0; i--)
        if (toc_picture_same(toc_event_str(&p->questions[i - 1].ask, TOC_F_DECISION), id))
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
        return toc_picture_same(team, "excon") && strncmp(p->seat, "excon-", 6) == 0;
    return toc_picture_same(team, p->audience);
}

size_t toc_picture_unread(const toc_picture *p)
{
    return p->unread;
}

void toc_picture_read(toc_picture *p, toc_item *item)
{
    if (item->is_read || item->is_own)
        return;
    item->is_read = true;
    p->unread--;
    p->unread_urgent -= toc_event_int(&item->event, TOC_F_URGENT) != 0;
}

bool toc_picture_same(const char *a, const char *b)
{
    return a && b && strcasecmp(a, b) == 0;
}

bool toc_words_have(char *const *list, size_t count, const char *word)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i], word) == 0)
            return true;
    return false;
}

void toc_words_put(char ***list, size_t *count, size_t *capacity, const char *word, bool is_in)
{
    char **at = *list;
    size_t i = 0;
    while (i < *count && strcmp(at[i], word) != 0)
        i++;
    if (is_in && i == *count) {
        TOC_GROW(*list, *count, *capacity);
        (*list)[(*count)++] = toc_strdup(word);
    } else if (!is_in && i < *count) {
        free(at[i]);
        memmove(at + i, at + i + 1, (*count - i - 1) * sizeof *at);
        --*count;
    }
}

static void add_item(toc_picture *p, int64_t n, const toc_event *ev)
{
    TOC_GROW(p->items, p->item_count, p->item_capacity);
    toc_item *item = &p->items[p->item_count++];
    *item = (toc_item){.n = n};
    toc_event_copy(&item->event, ev);
    const char *by = toc_event_str(ev, TOC_F_BY);
    if (ev->kind == TOC_K_MESSAGE)
        item->is_own = p->is_control ? toc_picture_same(by, p->seat)
                                     : toc_picture_same(toc_event_str(ev, TOC_F_FROM), p->audience);
    // Controllers see what others are sent; nothing of it waits for them to read.
    item->is_read = item->is_own || (p->is_control && ev->kind == TOC_K_INJECT);
    p->unread += !item->is_read;
    p->unread_urgent += !item->is_read && toc_event_int(ev, TOC_F_URGENT);
    toc_control_item(p, item);
}

static void mark_item(toc_picture *p, const toc_event *ev)
{
    toc_item *item = toc_picture_number(p, toc_event_int(ev, TOC_F_ITEM));
    if (!item)
        return;
    if (ev->kind == TOC_K_ACK)
        item->is_acked = true; // one of the team is enough
    if (toc_picture_same(toc_event_str(ev, TOC_F_BY), p->seat))
        toc_picture_read(p, item);
}

static void add_question(toc_picture *p, const toc_event *ev)
{
    TOC_GROW(p->questions, p->question_count, p->question_capacity);
    toc_question *q = &p->questions[p->question_count++];
    *q = (toc_question){.deadline = toc_event_int(ev, TOC_F_DEADLINE), .before = -1, .settled = -1};
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
        q->before = q->deadline;
        q->deadline = toc_event_int(ev, TOC_F_DEADLINE);
        return;
    }
    free(q->answer);
    free(q->by);
    q->answer = answer_text(q, ev);
    q->by = toc_strdup(toc_event_str(ev, TOC_F_BY));
    const char *ruling = toc_event_str(ev, TOC_F_RULING);
    q->is_ruled = ev->kind == TOC_K_DECIDED && ruling && strcmp(ruling, "accept") != 0 &&
                  toc_event_has(ev, TOC_F_TEXT);
    q->state = ev->kind == TOC_K_PROPOSED   ? TOC_QUESTION_RULING
               : ev->kind == TOC_K_REJECTED ? TOC_QUESTION_OPEN
               : ev->kind == TOC_K_DECIDED  ? TOC_QUESTION_DECIDED
                                            : TOC_QUESTION_OVERDUE;
    q->settled = q->state > TOC_QUESTION_RULING ? ev->t : -1;
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
    if (inject)
        toc_words_put(&p->held, &p->held_count, &p->held_capacity, inject, is_held);
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

static void set_emergency(toc_picture *p, const toc_event *ev)
{
    free(p->emergency);
    free(p->emergency_by);
    p->is_emergency = true;
    p->emergency = toc_strdup(toc_event_str(ev, TOC_F_TEXT));
    p->emergency_by = toc_strdup(toc_event_str(ev, TOC_F_BY));
}
