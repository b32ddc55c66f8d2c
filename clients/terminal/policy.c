// SPDX-License-Identifier: MIT
// What a policy makes of an item, a question, a held inject; and how an answer is worded. Nobody
// learns from it: it is there so that an exercise can be played through.
#include <stdlib.h>
#include <string.h>

#include "auto_parts.h"
#include "base/mem.h"

enum { READ_MS = 300000, ACK_MS = 120000, RELEASE_MS = 300000 };

static int64_t some_time(toc_auto *a, int64_t now, int64_t within);
static bool is_chance(toc_auto *a, uint64_t percent);
static void rule(toc_auto *a, const toc_question *q, toc_events *acts);

toc_item_intent toc_auto_item(toc_auto *a, const toc_item *item, int64_t now)
{
    toc_item_intent never = {-1, -1, -1};
    if (!a->is_player || item->is_own)
        return never;
    if (a->kind != TOC_AUTO_RANDOM)
        return (toc_item_intent){now, now, -1};
    toc_item_intent intent = {some_time(a, now, READ_MS), -1, -1};
    intent.ack_at = some_time(a, intent.read_at, ACK_MS);
    // A reply to a reply would be answered for ever.
    if (item->event.kind == TOC_K_MESSAGE && !toc_event_has(&item->event, TOC_F_RE) &&
        is_chance(a, 25))
        intent.reply_at = intent.ack_at;
    return intent;
}

int64_t toc_auto_answer_at(toc_auto *a, const toc_picture *p, const toc_question *q, int64_t now)
{
    const char *id = toc_event_str(&q->ask, TOC_F_DECISION);
    bool rules = toc_auto_rules(a, q);
    if (!a->is_first || (!rules && (q->state != TOC_QUESTION_OPEN || !toc_question_is_ours(p, q))))
        return -1;
    if (toc_playplan_leaves(&a->plan, id) ||
        toc_auto_mentions(a, rules ? TOC_K_RULE : TOC_K_DECIDE, TOC_F_DECISION, id))
        return -1;
    if (a->kind != TOC_AUTO_RANDOM)
        return now;
    if (!rules && is_chance(a, 10))
        return -1; // nobody answers
    int64_t left = q->deadline > now ? q->deadline - now : 0;
    return some_time(a, now, rules ? left : left + left / 5); // one in six comes too late
}

bool toc_auto_rules(const toc_auto *a, const toc_question *q)
{
    return a->is_excon && (q->state == TOC_QUESTION_RULING ||
                           (q->state == TOC_QUESTION_OPEN && q->is_crossed));
}

int64_t toc_auto_release_at(toc_auto *a, const char *inject, int64_t now)
{
    (void)inject;
    // A plan that does not speak of a held inject means it to stay where it is.
    if (!a->is_first || a->kind == TOC_AUTO_PLAN)
        return -1;
    return a->kind == TOC_AUTO_RANDOM ? some_time(a, now, RELEASE_MS) : now;
}

void toc_auto_answer(toc_auto *a, const toc_question *q, toc_events *acts)
{
    if (toc_auto_rules(a, q)) {
        rule(a, q, acts);
        return;
    }
    const toc_value *options = toc_event_value(&q->ask, TOC_F_OPTIONS);
    toc_event *act = toc_events_add(acts, TOC_K_DECIDE, 0);
    toc_event_set_str(act, TOC_F_DECISION, toc_event_str(&q->ask, TOC_F_DECISION));
    if (options && !(a->kind == TOC_AUTO_RANDOM && is_chance(a, 10))) {
        size_t i = a->kind == TOC_AUTO_RANDOM ? toc_random_below(&a->random, options->count) : 0;
        toc_event_set_str(act, TOC_F_OPTION, options->list[2 * i]);
    } else {
        char *text = toc_sprintf(
            "%s does what is possible at once and reports in a quarter of an hour.", a->seat);
        toc_event_set_str(act, TOC_F_OPTION, options ? "other" : NULL);
        toc_event_set_str(act, TOC_F_TEXT, text);
        free(text);
    }
    toc_event_set_str(act, TOC_F_REASON, "this seat plays by itself");
}

void toc_auto_reply(toc_auto *a, const toc_item *item, toc_events *acts)
{
    const char *from = toc_event_str(&item->event, TOC_F_FROM);
    if (!from)
        return;
    char *to[] = {toc_strdup(from)};
    char *text = toc_sprintf("%s has read this.", a->seat);
    toc_event *act = toc_events_add(acts, TOC_K_SAY, 0);
    toc_event_set_list(act, TOC_F_TO, to, 1);
    toc_event_set_int(act, TOC_F_RE, item->n);
    toc_event_set_str(act, TOC_F_TEXT, text);
    free(to[0]);
    free(text);
}

static void rule(toc_auto *a, const toc_question *q, toc_events *acts)
{
    const toc_value *options = toc_event_value(&q->ask, TOC_F_OPTIONS);
    const char *ruling = "accept";
    if (q->state == TOC_QUESTION_OPEN) // nobody answered: there is nothing to accept
        ruling = options ? options->list[0] : "reject";
    else if (a->kind == TOC_AUTO_RANDOM && is_chance(a, 20))
        ruling = "reject";
    else if (a->kind == TOC_AUTO_RANDOM && options && is_chance(a, 20))
        ruling = options->list[2 * toc_random_below(&a->random, options->count)];
    toc_event *act = toc_events_add(acts, TOC_K_RULE, 0);
    toc_event_set_str(act, TOC_F_DECISION, toc_event_str(&q->ask, TOC_F_DECISION));
    toc_event_set_str(act, TOC_F_RULING, ruling);
    toc_event_set_str(act, TOC_F_REASON, "this seat plays by itself");
}

static int64_t some_time(toc_auto *a, int64_t now, int64_t within)
{
    return now + (int64_t)toc_random_below(&a->random, (uint64_t)within + 1);
}

static bool is_chance(toc_auto *a, uint64_t percent)
{
    return toc_random_below(&a->random, 100) < percent;
}
