// SPDX-License-Identifier: MIT
// Lists of what has arrived, what was asked and what is kept track of: one line each.
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/time.h"
#include "lines_parts.h"

static bool holds(const char *text, const char *word);
static bool event_holds(const toc_event *ev, const char *word);
static bool item_holds(const toc_item *item, const char *word);
static void say_item(toc_lines *l, const toc_picture *p, const toc_item *item, int depth);
static void say_promise(toc_lines *l, const toc_picture *p, const toc_promise *promise);
static int depth_of(const toc_picture *p, const toc_item *item);
static void add_ago(toc_buf *out, const toc_lines *l, int64_t t);

void toc_lines_inbox(toc_lines *l, const toc_picture *p)
{
    toc_lines_inbox_of(l, p, NULL);
}

void toc_lines_inbox_of(toc_lines *l, const toc_picture *p, const char *word)
{
    size_t count = 0;
    for (size_t i = 0; i < p->item_count; i++) {
        const toc_item *item = &p->items[i];
        if ((p->is_control && item->event.kind == TOC_K_INJECT) ||
            (word && !item_holds(item, word)))
            continue;
        say_item(l, p, item, 0);
        count++;
    }
    if (count == 0)
        toc_lines_say(l, "%s", word ? "nothing in the inbox holds that" : "the inbox is empty");
    else if (word)
        toc_lines_say(l, "%zu item%s. `inbox` lists all", count, count == 1 ? "" : "s");
    else
        toc_lines_say(l, "%zu item%s, %zu unread (*). `read N` opens one", count,
                      count == 1 ? "" : "s", toc_picture_unread(p));
}

void toc_lines_thread(toc_lines *l, const toc_picture *p, const toc_item *item)
{
    const toc_item *root = toc_picture_root(p, item);
    for (size_t i = 0; i < p->item_count; i++)
        if (toc_picture_root(p, &p->items[i]) == root)
            say_item(l, p, &p->items[i], depth_of(p, &p->items[i]));
}

void toc_lines_find(toc_lines *l, const toc_picture *p, const char *word)
{
    size_t count = 0;
    for (size_t i = 0; i < p->item_count; i++)
        if (item_holds(&p->items[i], word)) {
            say_item(l, p, &p->items[i], 0);
            count++;
        }
    for (size_t i = 0; i < p->question_count; i++) {
        const toc_question *q = &p->questions[i];
        if (!event_holds(&q->ask, word) && !holds(q->answer, word))
            continue;
        toc_lines_say_at(l, q->ask.t, true, "decision %s: %s",
                         toc_event_str(&q->ask, TOC_F_DECISION),
                         toc_event_str(&q->ask, TOC_F_TITLE));
        count++;
    }
    for (size_t i = 0; i < p->deed_count; i++) {
        const toc_event *ev = &p->deeds[i].event;
        // Messages stand among the items.
        if (ev->kind == TOC_K_MESSAGE || ev->kind == TOC_K_SAY || !event_holds(ev, word))
            continue;
        toc_buf text = {0};
        toc_team_deed_text(&text, p, &p->deeds[i]);
        toc_lines_say_at(l, ev->t, true, "%s", toc_buf_text(&text));
        toc_buf_fini(&text);
        count++;
    }
    toc_lines_say(l, count == 1 ? "%zu place holds that" : "%zu places hold that", count);
}

void toc_lines_rfis(toc_lines *l, const toc_picture *p)
{
    size_t open = 0, count = 0;
    for (size_t i = 0; i < p->item_count; i++) {
        const toc_item *item = &p->items[i];
        const toc_item *answer = toc_picture_number(p, item->answered_by);
        if (!toc_event_int(&item->event, TOC_F_RFI))
            continue;
        count++;
        open += toc_item_is_open(item);
        toc_buf text = {0};
        toc_item_head(&text, item);
        if (answer) {
            toc_buf_printf(&text, " [answered by item %lld at ", (long long)answer->n);
            toc_play_text(&text, answer->event.t);
            toc_buf_char(&text, ']');
        } else {
            toc_buf_str(&text, " [OPEN, asked ");
            add_ago(&text, l, item->event.t);
        }
        if (!answer && item->claimed_by) {
            toc_buf_str(&text, ", with ");
            toc_picture_person(p, &text, item->claimed_by);
        }
        toc_buf_str(&text, answer ? "" : "]");
        toc_lines_say_at(l, item->event.t, true, "%s", toc_buf_text(&text));
        toc_buf_fini(&text);
    }
    toc_lines_say(l, "%zu request%s for information, %zu open", count, count == 1 ? "" : "s", open);
}

void toc_lines_settled(toc_lines *l, const toc_picture *p)
{
    for (size_t i = 0; i < p->question_count; i++) {
        const toc_question *q = &p->questions[i];
        if (q->state <= TOC_QUESTION_RULING)
            continue;
        toc_buf text = {0};
        toc_question_outcome(&text, p, q);
        toc_lines_say_at(l, q->ask.t, true, "%s%s%s%s: %s [%s]",
                         toc_event_str(&q->ask, TOC_F_DECISION), p->is_control ? " (" : "",
                         p->is_control ? toc_event_str(&q->ask, TOC_F_TEAM) : "",
                         p->is_control ? ")" : "", toc_event_str(&q->ask, TOC_F_TITLE),
                         toc_buf_text(&text));
        toc_buf_fini(&text);
    }
}

void toc_lines_waiting(toc_lines *l, const toc_picture *p)
{
    for (size_t i = 0; i < p->item_count; i++) {
        const toc_item *item = &p->items[i];
        if (!toc_item_is_waiting(item) || toc_event_int(&item->event, TOC_F_RFI))
            continue;
        toc_buf text = {0};
        toc_item_head(&text, item);
        toc_buf_str(&text, " [unanswered, ");
        add_ago(&text, l, item->event.t);
        toc_buf_str(&text, item->claimed_by ? ", with " : ", with nobody");
        if (item->claimed_by)
            toc_picture_person(p, &text, item->claimed_by);
        toc_lines_say_at(l, item->event.t, true, "%s]", toc_buf_text(&text));
        toc_buf_fini(&text);
    }
}

void toc_lines_cues(toc_lines *l, const toc_picture *p)
{
    size_t open = 0;
    for (size_t i = 0; i < p->cue_count; i++) {
        if (!toc_cue_is_open(&p->cues[i]))
            continue;
        toc_lines_cue(l, p, &p->cues[i], p->cues[i].cue.t, true);
        open++;
    }
    toc_lines_say(l, "%zu cue%s, %zu still to be told", p->cue_count, p->cue_count == 1 ? "" : "s",
                  open);
}

void toc_lines_promises(toc_lines *l, const toc_picture *p)
{
    size_t open = 0;
    for (size_t i = 0; i < p->promise_count; i++) {
        say_promise(l, p, &p->promises[i]);
        open += !p->promises[i].is_kept;
    }
    toc_lines_say(l, "%zu promise%s, %zu open. `kept NUMBER` when one is kept", p->promise_count,
                  p->promise_count == 1 ? "" : "s", open);
}

void toc_lines_observations(toc_lines *l, const toc_picture *p)
{
    for (size_t i = 0; i < p->observation_count; i++) {
        const toc_observation *o = &p->observations[i];
        toc_buf text = {0};
        toc_act_text_of(&text, p, &o->event, o->n);
        toc_lines_say_at(l, o->event.t, true, "%s", toc_buf_text(&text));
        toc_buf_fini(&text);
    }
    toc_lines_say(l, "%zu observation%s, marks and ratings among them", p->observation_count,
                  p->observation_count == 1 ? "" : "s");
}

// Capitals of ASCII do not matter.
static bool holds(const char *text, const char *word)
{
    size_t len = strlen(word);
    for (; text && *text; text++)
        if (strncasecmp(text, word, len) == 0)
            return true;
    return false;
}

static bool event_holds(const toc_event *ev, const char *word)
{
    for (size_t i = 0; i < ev->count; i++) {
        const toc_value *v = &ev->values[i];
        if (v->field == TOC_F_WALL || v->field == TOC_F_ID)
            continue;
        size_t strings = toc_field_type(v->field) == TOC_TYPE_PAIRS ? 2 * v->count : v->count;
        if (holds(v->text, word))
            return true;
        for (size_t k = 0; v->list && k < strings; k++)
            if (holds(v->list[k], word))
                return true;
    }
    return false;
}

static bool item_holds(const toc_item *item, const char *word)
{
    return event_holds(&item->event, word) || (strcasecmp(word, "unread") == 0 && !item->is_read) ||
           (strcasecmp(word, "urgent") == 0 && toc_event_int(&item->event, TOC_F_URGENT)) ||
           (strcasecmp(word, "rfi") == 0 && toc_event_int(&item->event, TOC_F_RFI));
}

static void say_item(toc_lines *l, const toc_picture *p, const toc_item *item, int depth)
{
    toc_buf text = {0};
    toc_item_head(&text, item);
    const toc_value *attach = toc_event_value(&item->event, TOC_F_ATTACH);
    if (attach && attach->count > 0)
        toc_buf_printf(&text, " [%zu file%s]", attach->count, attach->count == 1 ? "" : "s");
    if (toc_item_is_open(item))
        toc_buf_str(&text, " [OPEN]");
    if (item->claimed_by && !item->has_answer) {
        toc_buf_str(&text, " [with ");
        toc_picture_person(p, &text, item->claimed_by);
        toc_buf_char(&text, ']');
    }
    toc_lines_say_at(l, item->event.t, true, "%*s%s%s", 2 * depth, "", item->is_read ? "  " : "* ",
                     toc_buf_text(&text));
    toc_buf_fini(&text);
}

static int depth_of(const toc_picture *p, const toc_item *item)
{
    enum { MOST = 6 };
    int depth = 0;
    const toc_item *root = toc_picture_root(p, item);
    while (item && item != root && depth < MOST) {
        int64_t re = toc_event_int(&item->event, TOC_F_RE);
        item = toc_picture_number(p, re ? re : toc_event_int(&item->event, TOC_F_ORIGIN));
        depth++;
    }
    return depth;
}

static void say_promise(toc_lines *l, const toc_picture *p, const toc_promise *promise)
{
    toc_buf text = {0};
    int64_t until = toc_event_int(&promise->event, TOC_F_UNTIL);
    toc_act_text_of(&text, p, &promise->event, promise->n);
    if (promise->is_kept)
        toc_buf_str(&text, " [kept]");
    else if (toc_event_has(&promise->event, TOC_F_UNTIL) && until < l->now)
        toc_buf_str(&text, " [OPEN, its time is past]");
    else
        toc_buf_str(&text, " [open]");
    toc_lines_say_at(l, promise->event.t, true, "%s", toc_buf_text(&text));
    toc_buf_fini(&text);
}

static void add_ago(toc_buf *out, const toc_lines *l, int64_t t)
{
    toc_duration_text(out, l->now > t ? (l->now - t) / 1000 * 1000 : 0);
    toc_buf_str(out, " ago");
}
