// SPDX-License-Identifier: MIT
// Who has taken on what, and what was promised to whom. The first claim counts; it ends when its holder
// or EXCON gives it back, or its seat is closed.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "state.h"

static toc_err check_claimable(const toc_exercise *x, const toc_event *in, toc_error *e);
static toc_err check_free(const toc_event *in, const claim_now *c, const char *what, toc_error *e);
static toc_err check_own(const toc_event *in, const claim_now *c, const char *what, toc_error *e);
static claim_now *find_claim(const toc_exercise *x, const toc_event *in);
static bool is_held(const toc_exercise *x, const claim_now *c);
static promise_now *find_promise(const toc_exercise *x, int64_t seq);
static bool is_blank(const char *text);

toc_err toc_claim_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    toc_err err = check_claimable(x, in, e);
    if (err)
        return err;
    const claim_now *c = find_claim(x, in);
    const char *inject = toc_event_str(in, TOC_F_INJECT);
    const char *what = inject ? inject : "this message";
    if (c && !is_held(x, c))
        c = NULL;
    return in->kind == TOC_K_CLAIM ? check_free(in, c, what, e) : check_own(in, c, what, e);
}

void toc_claim_apply(toc_exercise *x, const toc_event *in)
{
    const char *inject = toc_event_str(in, TOC_F_INJECT);
    claim_now *c = find_claim(x, in); // one whose seat was closed
    if (!c) {
        TOC_GROW(x->ledger.claims, x->ledger.claim_count, x->ledger.claim_capacity);
        c = &x->ledger.claims[x->ledger.claim_count++];
        *c = (claim_now){.item = toc_event_int(in, TOC_F_ITEM), .inject = TOC_NONE};
        if (inject)
            c->inject = toc_exercise_inject_find(x, inject);
    }
    free(c->by);
    c->by = toc_strdup(toc_event_str(in, TOC_F_BY));
    c->t = x->now;
}

void toc_unclaim_apply(toc_exercise *x, const toc_event *in)
{
    claim_now *c = find_claim(x, in);
    free(c->by);
    *c = x->ledger.claims[--x->ledger.claim_count];
}

toc_err toc_promise_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    const toc_value *to = toc_event_value(in, TOC_F_TO);
    if (is_blank(toc_event_str(in, TOC_F_TEXT)))
        return toc_fail(e, TOC_EREFUSED, "say what is promised");
    for (size_t i = 0; i < to->count; i++) {
        size_t team;
        toc_err err = strcmp(to->list[i], "all") == 0
                          ? TOC_OK
                          : toc_name_find(x, TOC_F_TEAM, to->list[i], &team, e);
        for (size_t k = 0; k < i && !err; k++)
            if (strcmp(to->list[k], to->list[i]) == 0)
                err = toc_fail(e, TOC_EREFUSED, "%.60s is named twice", to->list[i]);
        if (err)
            return err;
    }
    if (toc_event_has(in, TOC_F_UNTIL) && toc_event_int(in, TOC_F_UNTIL) <= in->t) {
        toc_buf now = {0};
        toc_play_text(&now, in->t);
        toc_err err =
            toc_fail(e, TOC_EREFUSED, "play is at %s already: promise it for later", now.data);
        toc_buf_fini(&now);
        return err;
    }
    return TOC_OK;
}

void toc_promise_apply(toc_exercise *x, const toc_event *in)
{
    TOC_GROW(x->ledger.promises, x->ledger.promise_count, x->ledger.promise_capacity);
    x->ledger.promises[x->ledger.promise_count++] = (promise_now){.seq = in->seq};
}

toc_err toc_kept_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    const promise_now *p = find_promise(x, toc_event_int(in, TOC_F_ITEM));
    if (!p)
        return toc_fail(e, TOC_EREFUSED, "that is no promise");
    if (!p->kept_by)
        return TOC_OK;
    toc_buf when = {0};
    toc_play_text(&when, p->kept_at);
    toc_err err = toc_fail(e, TOC_EREFUSED, "that promise was kept already: %s said so at %s",
                           p->kept_by, when.data);
    toc_buf_fini(&when);
    return err;
}

void toc_kept_apply(toc_exercise *x, const toc_event *in)
{
    promise_now *p = find_promise(x, toc_event_int(in, TOC_F_ITEM));
    p->kept_by = toc_strdup(toc_event_str(in, TOC_F_BY));
    p->kept_at = x->now;
}

void toc_ledger_fini(toc_exercise *x)
{
    ledger_now *l = &x->ledger;
    for (size_t i = 0; i < l->claim_count; i++)
        free(l->claims[i].by);
    for (size_t i = 0; i < l->promise_count; i++)
        free(l->promises[i].kept_by);
    free(l->claims);
    free(l->promises);
}

// What control can take on: what a team wrote to a party or to EXCON, and what is to be told by voice.
static toc_err check_claimable(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    const char *inject = toc_event_str(in, TOC_F_INJECT);
    size_t i;
    if ((inject != NULL) == toc_event_has(in, TOC_F_ITEM))
        return toc_fail(e, TOC_EREFUSED, "%s a message or a cue, one of them",
                        toc_kind_name(in->kind));
    if (inject) {
        toc_err err = toc_name_find(x, TOC_F_INJECT, inject, &i, e);
        if (!err && in->kind == TOC_K_CLAIM && x->injects[i].state != TOC_INJECT_CUED)
            err = toc_fail(e, TOC_EREFUSED, "%s is not to be told by voice now: it is %s", inject,
                           toc_exercise_inject(x, i).state_name);
        return err;
    }
    const item *it = toc_item_find(x, toc_event_int(in, TOC_F_ITEM));
    for (size_t t = 0; it && it->inject == TOC_NONE && t < it->to_count; t++)
        if (toc_plan_team(x->plan, it->to[t]) == TOC_NONE)
            return TOC_OK;
    return toc_fail(e, TOC_EREFUSED, "that is no message to a party or to EXCON");
}

static toc_err check_free(const toc_event *in, const claim_now *c, const char *what, toc_error *e)
{
    if (!c)
        return TOC_OK;
    toc_buf since = {0};
    toc_play_text(&since, c->t);
    toc_err err =
        strcmp(c->by, toc_event_str(in, TOC_F_BY)) == 0
            ? toc_fail(e, TOC_EREFUSED, "you have %s already, since %s", what, since.data)
            : toc_fail(e, TOC_EREFUSED, "%s is with %s since %s", what, c->by, since.data);
    toc_buf_fini(&since);
    return err;
}

static toc_err check_own(const toc_event *in, const claim_now *c, const char *what, toc_error *e)
{
    const char *by = toc_event_str(in, TOC_F_BY);
    if (!c)
        return toc_fail(e, TOC_EREFUSED, "nobody has claimed %s", what);
    if (strcmp(c->by, by) == 0 || strcmp(toc_seat_role(by), "excon") == 0)
        return TOC_OK;
    return toc_fail(e, TOC_EREFUSED, "%s is with %s: only they or EXCON can give it back", what,
                    c->by);
}

static claim_now *find_claim(const toc_exercise *x, const toc_event *in)
{
    const char *inject = toc_event_str(in, TOC_F_INJECT);
    size_t index = inject ? toc_exercise_inject_find(x, inject) : TOC_NONE;
    for (size_t i = 0; i < x->ledger.claim_count; i++) {
        claim_now *c = &x->ledger.claims[i];
        if (c->item == toc_event_int(in, TOC_F_ITEM) && c->inject == index)
            return c;
    }
    return NULL;
}

static bool is_held(const toc_exercise *x, const claim_now *c)
{
    size_t seat = toc_exercise_seat_find(x, c->by);
    return seat != TOC_NONE && x->seats[seat].is_open;
}

static promise_now *find_promise(const toc_exercise *x, int64_t seq)
{
    for (size_t i = 0; i < x->ledger.promise_count; i++)
        if (x->ledger.promises[i].seq == seq)
            return &x->ledger.promises[i];
    return NULL;
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\n")] == '\0';
}
