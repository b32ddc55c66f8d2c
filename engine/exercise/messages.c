// SPDX-License-Identifier: MIT
// Items (what somebody received) and messages: who may write to whom, and how a forwarded item keeps
// its identity, so that the recording can say how information spread.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "state.h"

static toc_err check_addressee(const toc_exercise *x, const char *from, const char *to,
                               const item *re, toc_error *e);
static toc_err check_addressees(const toc_exercise *x, const toc_event *in, const item *re,
                                toc_error *e);
static void speaker(const toc_event *in, char from[64]);
static toc_event *emit_message(toc_exercise *x, const toc_event *in, const char *from,
                               const char *text, int64_t origin);
static void expand_to(const toc_exercise *x, const toc_event *in, char ***list, size_t *count);
static const char *teams_name(const toc_exercise *x, const char *id);

item *toc_item_add(toc_exercise *x, int64_t seq)
{
    TOC_GROW(x->items, x->item_count, x->item_capacity);
    item *it = &x->items[x->item_count++];
    *it = (item){.seq = seq, .t = x->now, .inject = TOC_NONE};
    return it;
}

const item *toc_item_find(const toc_exercise *x, int64_t seq)
{
    size_t low = 0, high = x->item_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (x->items[middle].seq < seq)
            low = middle + 1;
        else
            high = middle;
    }
    return low < x->item_count && x->items[low].seq == seq ? &x->items[low] : NULL;
}

bool toc_item_is_for(const item *it, const char *audience)
{
    if (strcmp(audience, "control") == 0)
        return true;
    if (it->inject == TOC_NONE && strcmp(it->from, audience) == 0)
        return true;
    for (size_t i = 0; i < it->to_count; i++)
        if (strcmp(it->to[i], audience) == 0)
            return true;
    return false;
}

toc_err toc_text_check(const char *text, const char *what, toc_error *e)
{
    if (strlen(text) > TOC_TEXT_MAX)
        return toc_fail(e, TOC_EREFUSED, "the %s is longer than %d KiB", what, TOC_TEXT_MAX / 1024);
    if (!toc_utf8_clean(text, strlen(text)))
        return toc_fail(e, TOC_EREFUSED, "the %s holds control characters or is not UTF-8", what);
    return TOC_OK;
}

toc_err toc_say_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    const char *text = toc_event_str(in, TOC_F_TEXT), *as = toc_event_str(in, TOC_F_AS);
    bool is_control = !toc_role_may(toc_seat_role(toc_event_str(in, TOC_F_BY)), TOC_K_ACK);
    if (text[strspn(text, " \t\n")] == '\0')
        return toc_fail(e, TOC_EREFUSED, "the message is empty");
    if (as && !is_control)
        return toc_fail(e, TOC_EREFUSED, "only EXCON and SIMCELL speak for parties");
    if (as && toc_plan_party(x->plan, as) == TOC_NONE)
        return toc_fail(e, TOC_EREFUSED, "there is no party %.60s", as);
    if (toc_event_has(in, TOC_F_RFI) && is_control && !as)
        return toc_fail(
            e, TOC_EREFUSED,
            "a request for information comes from a team or a party: ask as a party, or "
            "send a message");
    const item *re = NULL;
    if (toc_event_has(in, TOC_F_RE)) {
        char audience[64];
        toc_seat_audience(toc_event_str(in, TOC_F_BY), audience);
        re = toc_item_find(x, toc_event_int(in, TOC_F_RE));
        if (!re || !toc_item_is_for(re, audience))
            return toc_fail(e, TOC_EREFUSED, "you have no such item to answer");
    }
    return check_addressees(x, in, re, e);
}

void toc_say_apply(toc_exercise *x, const toc_event *in)
{
    char from[64];
    speaker(in, from);
    toc_event *ev = emit_message(x, in, from, toc_event_str(in, TOC_F_TEXT), 0);
    toc_event_set_int(ev, TOC_F_RE, toc_event_int(in, TOC_F_RE));
    toc_event_set_int(ev, TOC_F_RFI, toc_event_int(in, TOC_F_RFI));
}

toc_err toc_forward_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    char audience[64];
    toc_seat_audience(toc_event_str(in, TOC_F_BY), audience);
    const item *it = toc_item_find(x, toc_event_int(in, TOC_F_ITEM));
    if (!it || !toc_item_is_for(it, audience))
        return toc_fail(e, TOC_EREFUSED, "you have no such item to forward");
    return check_addressees(x, in, NULL, e);
}

// What is passed on is always the first item: who forwards a forward passes on the original, with
// words of its own.
void toc_forward_apply(toc_exercise *x, const toc_event *in)
{
    const item *passed = toc_item_find(x, toc_event_int(in, TOC_F_ITEM));
    const item *first = passed->origin ? toc_item_find(x, passed->origin) : passed;
    size_t inject = first->inject;
    char *text = toc_strdup(first->text), *by = toc_strdup(first->from); // items may move
    char from[64];
    speaker(in, from);
    toc_event *ev = emit_message(x, in, from, toc_event_str(in, TOC_F_TEXT), first->seq);
    toc_event_set_str(ev, TOC_F_QUOTE, text);
    if (inject == TOC_NONE) {
        toc_event_set_str(ev, TOC_F_QUOTE_FROM, teams_name(x, by));
    } else {
        const toc_inject *row = toc_exercise_inject_row(x, inject);
        toc_event_set_str(ev, TOC_F_QUOTE_FROM, toc_inject_speaker(x, row));
        toc_event_set_str(ev, TOC_F_QUOTE_TITLE, toc_inject_title(x, inject));
        toc_inject_set_attach(x, row, ev);
    }
    free(text);
    free(by);
}

bool toc_query_said(const toc_exercise *x, size_t from, size_t to, toc_said *out)
{
    size_t newest = x->said[from * toc_plan_speaker_count(x->plan) + to];
    if (newest == 0)
        return false;
    const item *it = &x->items[newest - 1];
    *out = (toc_said){.text = it->text, .by = it->by, .t = it->t};
    return true;
}

// A team speaks as itself; control as a party, or as EXCON.
static void speaker(const toc_event *in, char from[64])
{
    const char *as = toc_event_str(in, TOC_F_AS);
    toc_seat_audience(toc_event_str(in, TOC_F_BY), from);
    if (strcmp(from, "control") == 0)
        strcpy(from, "excon");
    if (as)
        toc_copy_text(from, 64, as);
}

static toc_err check_addressees(const toc_exercise *x, const toc_event *in, const item *re,
                                toc_error *e)
{
    const toc_value *to = toc_event_value(in, TOC_F_TO);
    char from[64];
    speaker(in, from);
    for (size_t i = 0; i < to->count; i++) {
        toc_err err = check_addressee(x, from, to->list[i], re, e);
        if (err)
            return err;
        for (size_t k = 0; k < i; k++)
            if (strcmp(to->list[k], to->list[i]) == 0)
                return toc_fail(e, TOC_EREFUSED, "%.60s is named twice", to->list[i]);
    }
    return TOC_OK;
}

static toc_err check_addressee(const toc_exercise *x, const char *from, const char *to,
                               const item *re, toc_error *e)
{
    size_t team = toc_plan_team(x->plan, from);
    bool is_team = toc_plan_team(x->plan, to) != TOC_NONE;
    if (team == TOC_NONE) { // control, in whatever role
        if (is_team || strcmp(to, "all") == 0)
            return TOC_OK;
        return toc_fail(e, TOC_EREFUSED, "there is no team \"%.60s\"", to);
    }
    if (strcmp(to, "excon") == 0 ||
        (re && re->from && strcmp(re->from, to) == 0 && strcmp(from, to) != 0))
        return TOC_OK; // whoever wrote to you may be answered
    const toc_team *t = &x->plan->teams[team];
    for (size_t i = 0; i < t->contact_count; i++)
        if (strcmp(t->contacts[i], to) == 0)
            return TOC_OK;
    toc_buf contacts = {0};
    for (size_t i = 0; i < t->contact_count; i++)
        toc_buf_printf(&contacts, "%s, ", t->contacts[i]);
    toc_err err = toc_fail(e, TOC_EREFUSED, "\"%.60s\" is not one of your contacts: %sexcon", to,
                           toc_buf_text(&contacts));
    toc_buf_fini(&contacts);
    return err;
}

static toc_event *emit_message(toc_exercise *x, const toc_event *in, const char *from,
                               const char *text, int64_t origin)
{
    char **to;
    size_t count;
    expand_to(x, in, &to, &count);
    toc_event *ev = toc_emit(x, TOC_K_MESSAGE);
    item *it = toc_item_add(x, ev->seq);
    it->from = toc_strdup(from);
    it->to = to;
    it->to_count = count;
    it->by = toc_strdup(toc_event_str(in, TOC_F_BY));
    it->text = toc_strdup(text ? text : "");
    it->origin = origin;
    toc_event_set_str(ev, TOC_F_BY, it->by);
    toc_event_set_str(ev, TOC_F_FROM, from);
    toc_event_set_list(ev, TOC_F_TO, to, count);
    toc_event_set_str(ev, TOC_F_TEXT, text);
    toc_event_set_int(ev, TOC_F_ORIGIN, origin);
    for (size_t i = 0; i < count; i++) {
        size_t speaker = toc_plan_speaker(x->plan, from), hearer = toc_plan_speaker(x->plan, to[i]);
        if (speaker != TOC_NONE && hearer != TOC_NONE)
            x->said[speaker * toc_plan_speaker_count(x->plan) + hearer] = x->item_count;
    }
    return ev;
}

static void expand_to(const toc_exercise *x, const toc_event *in, char ***list, size_t *count)
{
    const toc_value *to = toc_event_value(in, TOC_F_TO);
    bool is_all = false;
    for (size_t i = 0; i < to->count; i++)
        is_all |= strcmp(to->list[i], "all") == 0;
    *count = is_all ? x->plan->team_count : to->count;
    *list = toc_alloc((*count + 1) * sizeof **list);
    for (size_t i = 0; i < *count; i++)
        (*list)[i] = toc_strdup(is_all ? x->plan->teams[i].id : to->list[i]);
}

// What a reader is shown for the id of a team or party.
static const char *teams_name(const toc_exercise *x, const char *id)
{
    size_t team = toc_plan_team(x->plan, id), party = toc_plan_party(x->plan, id);
    if (team != TOC_NONE && x->plan->teams[team].name)
        return x->plan->teams[team].name;
    if (party != TOC_NONE && x->plan->parties[party].name)
        return x->plan->parties[party].name;
    return strcmp(id, "excon") == 0 ? "EXCON" : id;
}
