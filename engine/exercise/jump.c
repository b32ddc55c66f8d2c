// SPDX-License-Identifier: MIT
// A jump: play goes on to a later time at once. Everything due on the way happens in order, at its own
// time; what EXCON named before does not: held or skipped, or given the time that the jump takes.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "state.h"

static toc_err check_until(const toc_exercise *x, const toc_event *in, toc_error *e);
static toc_err check_injects(const toc_exercise *x, const toc_event *in, toc_field list,
                             toc_kind act, toc_error *e);
static toc_err check_kept(const toc_exercise *x, const toc_event *in, toc_error *e);
static toc_err check_once(const toc_event *in, toc_field list, char *const *ids, size_t i,
                          toc_error *e);
static void do_act(toc_exercise *x, const toc_event *in, toc_field list, toc_kind act,
                   const char *reason);
static void give_reason(toc_exercise *x, const toc_event *in, const char *inject,
                        const char *reason);
static toc_err check_room(const toc_exercise *x, const toc_event *in, size_t d, toc_error *e);
static void keep_time(toc_exercise *x, const toc_event *in);
static void make_act(toc_event *out, const toc_event *in, toc_kind act, const char *inject,
                     const char *reason);
static size_t listed(const toc_event *in, toc_field list, char *const **ids);

toc_err toc_jump_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    toc_err err = check_until(x, in, e);
    if (!err)
        err = check_injects(x, in, TOC_F_HOLD, TOC_K_HOLD, e);
    if (!err)
        err = check_injects(x, in, TOC_F_SKIP, TOC_K_SKIP, e);
    return err ? err : check_kept(x, in, e);
}

void toc_jump_apply(toc_exercise *x, const toc_event *in)
{
    int64_t until = toc_event_int(in, TOC_F_UNTIL), due, jump = x->cause;
    const char *given = toc_event_str(in, TOC_F_REASON);
    toc_buf reason = {0};
    toc_buf_str(&reason, given ? given : "for the jump to ");
    if (!given)
        toc_play_text(&reason, until);
    do_act(x, in, TOC_F_HOLD, TOC_K_HOLD, reason.data);
    do_act(x, in, TOC_F_SKIP, TOC_K_SKIP, reason.data);
    toc_buf_fini(&reason);
    keep_time(x, in);
    for (size_t i = 0; toc_in_play(x) && toc_exercise_next_due(x, &due) && due <= until; i++) {
        if (i > 0 && x->is_enough && x->is_enough(x->bound_context, i, x->out)) {
            x->is_too_far = true;
            return;
        }
        toc_refill(x);
        toc_do_instant(x, due);
    }
    x->cause = jump;
    if (toc_in_play(x))
        x->now = until;
}

void toc_exercise_bound_jump(toc_exercise *x, toc_jump_bound is_enough, void *context)
{
    x->is_enough = is_enough;
    x->bound_context = context;
}

bool toc_exercise_is_too_far(const toc_exercise *x)
{
    return x->is_too_far;
}

toc_err toc_jump_refuse(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    const int64_t reached = x->now / 1000 * 1000; // as it can be typed
    toc_buf until = {0}, far = {0};
    toc_play_text(&until, toc_event_int(in, TOC_F_UNTIL));
    toc_play_text(&far, reached);
    if (reached > in->t)
        toc_fail(e, TOC_ELIMIT,
                 "so much happens before %s that it cannot be done at once: jump to %s first, and "
                 "go on from there",
                 until.data, far.data);
    else
        toc_fail(e, TOC_ELIMIT,
                 "so much happens before %s that it cannot be done at once: let play run on, at a "
                 "higher speed",
                 until.data);
    toc_buf_fini(&until);
    toc_buf_fini(&far);
    return TOC_ELIMIT;
}

static toc_err check_until(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    int64_t until = toc_event_int(in, TOC_F_UNTIL);
    toc_buf when = {0};
    toc_err err = TOC_OK;
    if (until <= in->t) {
        toc_play_text(&when, in->t);
        err = toc_fail(e, TOC_EREFUSED, "play is at %s already; it jumps forward only", when.data);
    } else if (until > x->plan->length_ms) {
        toc_play_text(&when, x->plan->length_ms);
        err = toc_fail(e, TOC_EREFUSED, "ENDEX is at %s; play cannot jump beyond it", when.data);
    }
    toc_buf_fini(&when);
    return err;
}

// What the act by itself would refuse, the jump refuses.
static toc_err check_injects(const toc_exercise *x, const toc_event *in, toc_field list,
                             toc_kind act, toc_error *e)
{
    char *const *ids;
    const size_t count = listed(in, list, &ids);
    toc_err err = TOC_OK;
    for (size_t i = 0; i < count && !err; i++) {
        toc_event one;
        make_act(&one, in, act, ids[i], "for a jump");
        err = toc_input_rule(x, &one, e);
        toc_event_fini(&one);
        if (!err)
            err = check_once(in, list, ids, i, e);
    }
    return err;
}

static toc_err check_kept(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    char *const *ids;
    const size_t count = listed(in, TOC_F_KEEP, &ids);
    toc_err err = TOC_OK;
    for (size_t i = 0; i < count && !err; i++) {
        size_t d;
        err = toc_name_find(x, TOC_F_DECISION, ids[i], &d, e);
        if (!err)
            err = toc_decision_may_extend(x, d, e);
        if (!err && x->decisions[d].is_crossed)
            err = toc_fail(e, TOC_EREFUSED,
                           "%s has no deadline to keep: the story passed over it; extend it, or "
                           "rule on it",
                           ids[i]);
        if (!err && x->decisions[d].is_past)
            err = toc_fail(e, TOC_EREFUSED,
                           "%s was answered in time and waits for a ruling: it needs no more time",
                           ids[i]);
        if (!err)
            err = check_room(x, in, d, e);
        if (!err)
            err = check_once(in, TOC_F_KEEP, ids, i, e);
    }
    return err;
}

// A deadline at ENDEX or later would never come.
static toc_err check_room(const toc_exercise *x, const toc_event *in, size_t d, toc_error *e)
{
    int64_t deadline = x->decisions[d].deadline + toc_event_int(in, TOC_F_UNTIL) - in->t;
    toc_buf when = {0}, end = {0};
    toc_err err = TOC_OK;
    if (deadline >= x->plan->length_ms) {
        toc_play_text(&when, deadline);
        toc_play_text(&end, x->plan->length_ms);
        err = toc_fail(e, TOC_EREFUSED,
                       "%s would be due at %s, not before ENDEX at %s: jump less, or do not keep "
                       "its time",
                       x->plan->decisions[d].id, when.data, end.data);
    }
    toc_buf_fini(&when);
    toc_buf_fini(&end);
    return err;
}

// An inject is held, or skipped, and either once.
static toc_err check_once(const toc_event *in, toc_field list, char *const *ids, size_t i,
                          toc_error *e)
{
    char *const *others;
    for (size_t k = 0; k < i; k++)
        if (strcmp(ids[k], ids[i]) == 0)
            return toc_fail(e, TOC_EREFUSED, "%s is named twice", ids[i]);
    const size_t count = list == TOC_F_SKIP ? listed(in, TOC_F_HOLD, &others) : 0;
    for (size_t k = 0; k < count; k++)
        if (strcmp(others[k], ids[i]) == 0)
            return toc_fail(e, TOC_EREFUSED, "%s cannot be held and skipped: name it once", ids[i]);
    return TOC_OK;
}

static void do_act(toc_exercise *x, const toc_event *in, toc_field list, toc_kind act,
                   const char *reason)
{
    char *const *ids;
    const size_t count = listed(in, list, &ids);
    for (size_t i = 0; i < count; i++) {
        toc_event one;
        make_act(&one, in, act, ids[i], reason);
        toc_input_apply(x, &one);
        if (act == TOC_K_HOLD) // which has no reason of its own
            give_reason(x, in, ids[i], reason);
        toc_event_fini(&one);
    }
}

static void give_reason(toc_exercise *x, const toc_event *in, const char *inject,
                        const char *reason)
{
    size_t i = toc_exercise_inject_find(x, inject);
    toc_inject_hold(x, i, reason);
    toc_inject_set_by(x, i, toc_event_str(in, TOC_F_BY));
}

// Their teams lose nothing by the jump. Scripts are shown the new deadlines before play moves.
static void keep_time(toc_exercise *x, const toc_event *in)
{
    char *const *ids;
    const size_t count = listed(in, TOC_F_KEEP, &ids);
    const int64_t jump = x->cause, length = toc_event_int(in, TOC_F_UNTIL) - x->now;
    for (size_t i = 0; i < count; i++) {
        size_t d = toc_decision_find(x, ids[i]);
        toc_decision_extend(x, d, x->decisions[d].deadline + length);
    }
    if (count > 0)
        toc_settle(x);
    x->cause = jump;
}

static void make_act(toc_event *out, const toc_event *in, toc_kind act, const char *inject,
                     const char *reason)
{
    toc_event_init(out, act, in->t);
    toc_event_set_str(out, TOC_F_BY, toc_event_str(in, TOC_F_BY));
    toc_event_set_str(out, TOC_F_INJECT, inject);
    toc_event_set_str(out, TOC_F_REASON, reason);
}

static size_t listed(const toc_event *in, toc_field list, char *const **ids)
{
    const toc_value *v = toc_event_value(in, list);
    *ids = v ? v->list : NULL;
    return v ? v->count : 0;
}
