// SPDX-License-Identifier: MIT
// What is kept track of until it is done: requests for information, messages to those who are not at the
// table, cues, claims, promises; what was noted; and who did what.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "picture_parts.h"
#include "record/answer.h"
#include "record/feed.h"

static void weigh(const toc_picture *p, toc_item *item);
static void answer_item(toc_picture *p, int64_t n, const toc_event *ev);
static bool speaks_for_control(const toc_picture *p, const toc_event *ev);
static void claim(toc_picture *p, const toc_event *ev);
static void add_cue(toc_picture *p, int64_t n, const toc_event *ev);
static void end_cue(toc_picture *p, const char *inject, bool is_delivered);
static void edit_inject(toc_picture *p, const toc_event *ev);
static bool is_deed(const toc_picture *p, const toc_event *ev);
static bool is_party(const toc_picture *p, const char *id);
static void set_claim(char **claimed_by, const toc_event *ev);

void toc_control_see(toc_picture *p, int64_t n, const toc_event *ev)
{
    const char *inject = toc_event_str(ev, TOC_F_INJECT);
    switch (ev->kind) {
    case TOC_K_MESSAGE:
        answer_item(p, n, ev);
        break;
    case TOC_K_CUE:
        add_cue(p, n, ev);
        break;
    case TOC_K_INJECT:
        end_cue(p, inject, true);
        break;
    case TOC_K_SKIP:
        end_cue(p, inject, false);
        break;
    case TOC_K_CLAIM:
    case TOC_K_UNCLAIM:
        claim(p, ev);
        break;
    case TOC_K_EDIT:
        edit_inject(p, ev);
        break;
    case TOC_K_PROMISE:
        TOC_GROW(p->promises, p->promise_count, p->promise_capacity);
        p->promises[p->promise_count] = (toc_promise){.n = n};
        toc_event_copy(&p->promises[p->promise_count++].event, ev);
        break;
    case TOC_K_KEPT:
        for (size_t i = 0; i < p->promise_count; i++)
            if (p->promises[i].n == toc_event_int(ev, TOC_F_ITEM))
                p->promises[i].is_kept = true;
        break;
    case TOC_K_ERROR:
        TOC_GROW(p->mistakes, p->mistake_count, p->mistake_capacity);
        toc_event_copy(&p->mistakes[p->mistake_count++], ev);
        break;
    case TOC_K_OBSERVE:
    case TOC_K_MARK_ACTION:
    case TOC_K_RATE:
        TOC_GROW(p->observations, p->observation_count, p->observation_capacity);
        p->observations[p->observation_count] = (toc_observation){.n = n};
        toc_event_copy(&p->observations[p->observation_count++].event, ev);
        break;
    default:
        break;
    }
    if (!is_deed(p, ev))
        return;
    TOC_GROW(p->deeds, p->deed_count, p->deed_capacity);
    p->deeds[p->deed_count] = (toc_team_deed){.n = n};
    toc_event_copy(&p->deeds[p->deed_count++].event, ev);
}

void toc_control_item(toc_picture *p, toc_item *item)
{
    const char *inject = toc_event_str(&item->event, TOC_F_INJECT);
    item->is_edited = inject && toc_words_have(p->edited, p->edited_count, inject);
    item->is_adhoc =
        inject && p->is_control && strncmp(inject, "ADHOC-", 6) == 0; // the engine's ids
    weigh(p, item);
}

// Whom a team wrote to is known by the desk's list of parties, which may come later than the message.
void toc_control_weigh(toc_picture *p)
{
    for (size_t i = 0; i < p->item_count && p->is_control; i++)
        weigh(p, &p->items[i]);
}

void toc_control_fini(toc_picture *p)
{
    for (size_t i = 0; i < p->cue_count; i++) {
        toc_event_fini(&p->cues[i].cue);
        free(p->cues[i].claimed_by);
    }
    for (size_t i = 0; i < p->promise_count; i++)
        toc_event_fini(&p->promises[i].event);
    for (size_t i = 0; i < p->observation_count; i++)
        toc_event_fini(&p->observations[i].event);
    for (size_t i = 0; i < p->deed_count; i++)
        toc_event_fini(&p->deeds[i].event);
    for (size_t i = 0; i < p->edited_count; i++)
        free(p->edited[i]);
    for (size_t i = 0; i < p->mistake_count; i++)
        toc_event_fini(&p->mistakes[i]);
    free(p->mistakes);
    free(p->cues);
    free(p->promises);
    free(p->observations);
    free(p->deeds);
    free(p->edited);
}

bool toc_item_is_open(const toc_item *item)
{
    return toc_event_int(&item->event, TOC_F_RFI) && item->answered_by == 0;
}

bool toc_item_is_waiting(const toc_item *item)
{
    return item->is_for_parties && !item->has_answer;
}

bool toc_item_asks_us(const toc_picture *p, const toc_item *item)
{
    return !p->is_control && !item->is_own && item->event.kind == TOC_K_MESSAGE &&
           toc_item_is_open(item);
}

toc_cue *toc_picture_cue(const toc_picture *p, const char *inject)
{
    for (size_t i = p->cue_count; i > 0; i--)
        if (toc_picture_same(toc_event_str(&p->cues[i - 1].cue, TOC_F_INJECT), inject))
            return &p->cues[i - 1];
    return NULL;
}

bool toc_cue_is_open(const toc_cue *cue)
{
    return !cue->is_delivered && !cue->is_skipped;
}

const toc_item *toc_picture_root(const toc_picture *p, const toc_item *item)
{
    for (;;) {
        int64_t re = toc_event_int(&item->event, TOC_F_RE);
        if (re == 0)
            re = toc_event_int(&item->event, TOC_F_ORIGIN);
        const toc_item *before = re > 0 && re < item->n ? toc_picture_number(p, re) : NULL;
        if (!before)
            return item;
        item = before;
    }
}

static void weigh(const toc_picture *p, toc_item *item)
{
    const toc_event *ev = &item->event;
    char sender[64] = "";
    if (ev->kind != TOC_K_MESSAGE || !p->is_control)
        return;
    if (toc_event_str(ev, TOC_F_BY))
        toc_seat_audience(toc_event_str(ev, TOC_F_BY), sender);
    const toc_value *to = toc_event_value(ev, TOC_F_TO);
    item->is_for_parties = false;
    for (size_t k = 0; to && k < to->count && strcmp(sender, "control") != 0; k++)
        item->is_for_parties = item->is_for_parties || is_party(p, to->list[k]);
}

static void answer_item(toc_picture *p, int64_t n, const toc_event *ev)
{
    toc_item *item = toc_picture_number(p, toc_event_int(ev, TOC_F_RE));
    const char *from = toc_event_str(ev, TOC_F_FROM);
    if (!item || item->event.kind != TOC_K_MESSAGE || !from)
        return;
    const toc_value *to = toc_event_value(&item->event, TOC_F_TO);
    bool is_answer = false, is_control = speaks_for_control(p, ev);
    for (size_t i = 0; to && i < to->count; i++)
        is_answer |= toc_is_answer(to->list[i], is_party(p, to->list[i]), from, is_control);
    if (!is_answer)
        return;
    item->has_answer = true;
    if (toc_item_is_open(item))
        item->answered_by = n;
}

// A team is not told who wrote what others send. But only those to whom a message was put, and
// control, can answer it.
static bool speaks_for_control(const toc_picture *p, const toc_event *ev)
{
    char audience[64] = "";
    const char *by = toc_event_str(ev, TOC_F_BY);
    if (!p->is_control)
        return !toc_picture_same(toc_event_str(ev, TOC_F_FROM), p->audience);
    if (by)
        toc_seat_audience(by, audience);
    return strcmp(audience, "control") == 0;
}

static void claim(toc_picture *p, const toc_event *ev)
{
    const char *inject = toc_event_str(ev, TOC_F_INJECT);
    toc_item *item = toc_picture_number(p, toc_event_int(ev, TOC_F_ITEM));
    toc_cue *cue = inject ? toc_picture_cue(p, inject) : NULL;
    if (item)
        set_claim(&item->claimed_by, ev);
    if (cue)
        set_claim(&cue->claimed_by, ev);
}

static void set_claim(char **claimed_by, const toc_event *ev)
{
    free(*claimed_by);
    *claimed_by = ev->kind == TOC_K_CLAIM ? toc_strdup(toc_event_str(ev, TOC_F_BY)) : NULL;
}

static void add_cue(toc_picture *p, int64_t n, const toc_event *ev)
{
    TOC_GROW(p->cues, p->cue_count, p->cue_capacity);
    p->cues[p->cue_count] = (toc_cue){.n = n};
    toc_event_copy(&p->cues[p->cue_count++].cue, ev);
}

static void end_cue(toc_picture *p, const char *inject, bool is_delivered)
{
    for (size_t i = 0; i < p->cue_count; i++) {
        toc_cue *cue = &p->cues[i];
        if (!toc_picture_same(toc_event_str(&cue->cue, TOC_F_INJECT), inject) ||
            !toc_cue_is_open(cue))
            continue;
        cue->is_delivered = is_delivered;
        cue->is_skipped = !is_delivered;
    }
}

static void edit_inject(toc_picture *p, const toc_event *ev)
{
    const char *inject = toc_event_str(ev, TOC_F_INJECT);
    if (!inject)
        return;
    toc_words_put(&p->edited, &p->edited_count, &p->edited_capacity, inject, true);
    toc_cue *cue = toc_picture_cue(p, inject);
    if (!cue || !toc_cue_is_open(cue))
        return;
    if (toc_event_has(ev, TOC_F_TITLE))
        toc_event_set_str(&cue->cue, TOC_F_TITLE, toc_event_str(ev, TOC_F_TITLE));
    if (toc_event_has(ev, TOC_F_TEXT))
        toc_event_set_str(&cue->cue, TOC_F_TEXT, toc_event_str(ev, TOC_F_TEXT));
}

// What people did, by the event that tells most of it.
static bool is_deed(const toc_picture *p, const toc_event *ev)
{
    char audience[64] = "";
    const char *by = toc_event_str(ev, TOC_F_BY);
    if (by)
        toc_seat_audience(by, audience);
    switch (ev->kind) {
    case TOC_K_JOIN:
    case TOC_K_LEAVE:
        return false;
    case TOC_K_MESSAGE:
        return !p->is_control && toc_picture_same(toc_event_str(ev, TOC_F_FROM), p->audience);
    case TOC_K_PROPOSED:
    case TOC_K_DECIDED:
    case TOC_K_REFUSED_LATE:
    case TOC_K_HANDED_IN:
        return !p->is_control && strcmp(audience, p->audience) == 0;
    default:
        return toc_kind_class(ev->kind) == TOC_CLASS_INPUT && audience[0] &&
               strcmp(audience, p->audience) == 0;
    }
}

static bool is_party(const toc_picture *p, const char *id)
{
    if (toc_picture_same(id, "excon"))
        return true;
    for (size_t i = 0; i < p->contact_count; i++)
        if (toc_picture_same(p->contacts[i].id, id))
            return p->contacts[i].is_party;
    return false;
}
