// SPDX-License-Identifier: MIT
// Decisions: planned → open → decided or overdue. The first accepted answer settles; an answer of its
// own waits for EXCON's ruling; what comes too late is evidence, not an answer.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "state.h"

static toc_event *settle(toc_exercise *x, size_t i, const char *option, const char *text,
                         const char *by, const char *reason);
static void set_ruled(toc_exercise *x, size_t i, const toc_event *in);
static void rule_crossed(toc_exercise *x, size_t i, const toc_event *in);
static void overdue(toc_exercise *x, size_t i);
static void refuse_late(toc_exercise *x, size_t i, const toc_event *in);
static bool has_option(const toc_decision *plan, const char *option);
static bool is_open(const decision_now *d);
static bool is_blank(const char *text);
static bool is_on_behalf(const toc_exercise *x, size_t i, const toc_event *in);
static toc_err check_on_behalf(const toc_exercise *x, const toc_event *in, toc_error *e);
static bool is_own_answer(const toc_decision *plan, const toc_event *in);
static toc_err check_answer(const toc_decision *plan, const toc_event *in, toc_error *e);
static void tell_deadline(toc_exercise *x, size_t i);
static toc_err fail_settled(const toc_exercise *x, size_t i, bool is_control, toc_error *e);
static toc_err fail_nothing_waits(const toc_exercise *x, size_t i, toc_error *e);
static void set_answer(decision_now *d, const char *option, const char *text, const char *by,
                       const char *reason);

void toc_decisions_init(toc_exercise *x)
{
    const toc_plan *plan = x->plan;
    x->decisions = toc_alloc((plan->decision_count + 1) * sizeof *x->decisions);
    x->decision_ids = toc_map_new();
    for (size_t i = 0; i < plan->decision_count; i++)
        toc_map_put(x->decision_ids, plan->decisions[i].id, (int64_t)i);
}

void toc_decisions_fini(toc_exercise *x)
{
    for (size_t i = 0; i < x->plan->decision_count; i++) {
        decision_now *d = &x->decisions[i];
        free(d->option);
        free(d->text);
        free(d->by);
        free(d->reason);
        free(d->ruled_by);
    }
    free(x->decisions);
    toc_map_free(x->decision_ids);
}

size_t toc_decision_find(const toc_exercise *x, const char *id)
{
    int64_t i;
    return toc_map_get(x->decision_ids, id, &i) ? (size_t)i : TOC_NONE;
}

bool toc_decision_is_settled(const toc_exercise *x, size_t i)
{
    return x->decisions[i].state == TOC_DECISION_DECIDED ||
           x->decisions[i].state == TOC_DECISION_OVERDUE;
}

void toc_decision_open(toc_exercise *x, size_t i)
{
    const toc_decision *plan = &x->plan->decisions[i];
    decision_now *d = &x->decisions[i];
    if (d->state != TOC_DECISION_PLANNED)
        return;
    d->state = TOC_DECISION_OPEN;
    d->is_story = plan->within.is_story;
    if (d->is_story) {
        d->deadline_story = toc_story_after(x, toc_story_now(x), plan->within);
        d->deadline = toc_play_of_story(x, d->deadline_story);
    } else {
        d->deadline = x->now + plan->within.ms;
    }
    toc_event *ev = toc_emit(x, TOC_K_ASK);
    d->seq = ev->seq;
    toc_event_set_str(ev, TOC_F_DECISION, plan->id);
    toc_event_set_str(ev, TOC_F_TEAM, plan->team);
    toc_event_set_str(ev, TOC_F_TITLE, plan->title);
    toc_event_set_str(ev, TOC_F_TEXT, plan->text);
    toc_event_set_pairs(ev, TOC_F_OPTIONS, plan->options, plan->option_count);
    toc_event_set_str(ev, TOC_F_DEFAULT, plan->fallback);
    toc_event_set_int(ev, TOC_F_DEADLINE, d->deadline);
    toc_event_set_str(ev, TOC_F_OBJECTIVE, plan->objective);
    toc_event_set_str(ev, TOC_F_NOTES, plan->notes);
    toc_schedule_add(&x->schedule, (toc_due){.kind = TOC_DUE_DEADLINE,
                                             .index = i,
                                             .cause = d->seq,
                                             .due = d->deadline,
                                             .is_story = d->is_story,
                                             .story = d->deadline_story});
}

void toc_decision_deadline(toc_exercise *x, size_t i)
{
    decision_now *d = &x->decisions[i];
    if (d->state == TOC_DECISION_RULING)
        d->is_past = true; // it was answered in time; the ruling says whether that stands
    else if (d->state == TOC_DECISION_OPEN)
        overdue(x, i);
}

// Nobody is late through a jump of the story: the team may still answer, and EXCON may rule.
void toc_decisions_cross(toc_exercise *x, int64_t story_ms)
{
    for (size_t i = 0; i < x->plan->decision_count; i++) {
        decision_now *d = &x->decisions[i];
        if (!is_open(d) || !d->is_story || d->deadline_story > story_ms || d->is_past ||
            d->is_crossed)
            continue;
        d->is_crossed = true;
        toc_schedule_remove(&x->schedule, TOC_DUE_DEADLINE, i);
        toc_event *ev = toc_emit(x, TOC_K_CROSSED);
        toc_event_set_str(ev, TOC_F_DECISION, x->plan->decisions[i].id);
        toc_event_set_str(ev, TOC_F_TEAM, x->plan->decisions[i].team);
    }
}

void toc_decisions_rebase(toc_exercise *x)
{
    for (size_t i = 0; i < x->plan->decision_count; i++) {
        decision_now *d = &x->decisions[i];
        if (!d->is_story || !is_open(d) || d->is_past || d->is_crossed)
            continue;
        d->deadline = toc_play_of_story(x, d->deadline_story);
        tell_deadline(x, i);
    }
}

toc_err toc_decide_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    const char *id = toc_event_str(in, TOC_F_DECISION);
    const size_t i = toc_decision_find(x, id);
    if (is_on_behalf(x, i, in)) {
        toc_err err = check_on_behalf(x, in, e);
        return err ? err : check_answer(&x->plan->decisions[i], in, e);
    }
    char audience[64];
    toc_seat_audience(toc_event_str(in, TOC_F_BY), audience);
    // What was not asked of this team yet, it must not learn of: one answer for all of these.
    bool is_mine = i != TOC_NONE && x->decisions[i].state != TOC_DECISION_PLANNED &&
                   strcmp(strcmp(audience, "control") == 0 ? "excon" : audience,
                          x->plan->decisions[i].team) == 0;
    if (!is_mine)
        return toc_fail(e, TOC_EREFUSED, "there is no decision %s for you", id);
    const decision_now *d = &x->decisions[i];
    bool is_late = d->is_past || !toc_in_play(x);
    if (d->state == TOC_DECISION_DECIDED && !is_late)
        return fail_settled(x, i, false, e);
    toc_err err = check_answer(&x->plan->decisions[i], in, e);
    if (!err && is_own_answer(&x->plan->decisions[i], in) && d->state == TOC_DECISION_RULING &&
        !is_late)
        err = toc_fail(e, TOC_EREFUSED,
                       "%s: an answer of your team's own waits for EXCON's ruling already: %s sent "
                       "it",
                       id, d->by);
    return err;
}

void toc_decide_apply(toc_exercise *x, const toc_event *in)
{
    size_t i = toc_decision_find(x, toc_event_str(in, TOC_F_DECISION));
    const toc_decision *plan = &x->plan->decisions[i];
    decision_now *d = &x->decisions[i];
    const char *option = toc_event_str(in, TOC_F_OPTION), *text = toc_event_str(in, TOC_F_TEXT);
    const char *by = toc_event_str(in, TOC_F_BY), *reason = toc_event_str(in, TOC_F_REASON);
    if (is_on_behalf(x, i, in)) { // who of EXCON, and why, is not for the team
        set_ruled(x, i, in);
        settle(x, i, option, text, "excon", NULL);
    } else if (!is_open(d) || d->is_past || !toc_in_play(x)) {
        refuse_late(x, i, in);
    } else if (is_own_answer(plan, in)) {
        d->state = TOC_DECISION_RULING;
        set_answer(d, "other", text, by, reason);
        toc_event *ev = toc_emit(x, TOC_K_PROPOSED);
        toc_event_set_str(ev, TOC_F_DECISION, plan->id);
        toc_event_set_str(ev, TOC_F_TEAM, plan->team);
        toc_event_set_str(ev, TOC_F_BY, by);
        toc_event_set_str(ev, TOC_F_TEXT, text);
        toc_event_set_str(ev, TOC_F_REASON, reason);
    } else {
        settle(x, i, option, text, by, reason);
    }
}

// EXCON answers for a team, as often as not because nobody of it is there.
static bool is_on_behalf(const toc_exercise *x, size_t i, const toc_event *in)
{
    char audience[64];
    toc_seat_audience(toc_event_str(in, TOC_F_BY), audience);
    return strcmp(audience, "control") == 0 &&
           (i == TOC_NONE || strcmp(x->plan->decisions[i].team, "excon") != 0);
}

static toc_err check_on_behalf(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    const char *reason = toc_event_str(in, TOC_F_REASON);
    size_t i;
    toc_err err = toc_name_find(x, TOC_F_DECISION, toc_event_str(in, TOC_F_DECISION), &i, e);
    if (!err)
        err = toc_decision_may_extend(x, i, e); // asked, and not settled
    if (!err && !toc_in_play(x))
        err = toc_fail(e, TOC_EREFUSED, "play has ended");
    if (!err && (!reason || is_blank(reason)))
        err = toc_fail(e, TOC_EREFUSED, "say why %s is decided for %s: the report will ask",
                       x->plan->decisions[i].id, x->plan->decisions[i].team);
    return err;
}

static bool is_own_answer(const toc_decision *plan, const toc_event *in)
{
    const char *option = toc_event_str(in, TOC_F_OPTION);
    return option && strcmp(option, "other") == 0 && !has_option(plan, "other");
}

static toc_err check_answer(const toc_decision *plan, const toc_event *in, toc_error *e)
{
    const char *option = toc_event_str(in, TOC_F_OPTION), *text = toc_event_str(in, TOC_F_TEXT);
    const char *id = plan->id;
    bool is_own = is_own_answer(plan, in);
    if (plan->option_count == 0 && option)
        return toc_fail(e, TOC_EREFUSED, "%s is answered in your own words, not by an option", id);
    if (plan->option_count > 0 && !option)
        return toc_fail(e, TOC_EREFUSED,
                        "%s needs one of its options, or \"other\" and your own answer", id);
    if (option && !is_own && !has_option(plan, option))
        return toc_fail(e, TOC_EREFUSED, "%s has no option \"%.60s\"", id, option);
    if ((is_own || !option) && (!text || is_blank(text)))
        return toc_fail(e, TOC_EREFUSED, "%s: the answer is empty", id);
    return TOC_OK;
}

toc_err toc_rule_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    const char *id = toc_event_str(in, TOC_F_DECISION), *ruling = toc_event_str(in, TOC_F_RULING);
    size_t i;
    toc_err err = toc_name_find(x, TOC_F_DECISION, id, &i, e);
    if (err)
        return err;
    const decision_now *d = &x->decisions[i];
    bool is_unanswered = d->state == TOC_DECISION_OPEN && d->is_crossed;
    if (d->state != TOC_DECISION_RULING && !is_unanswered)
        return fail_nothing_waits(x, i, e);
    if (is_unanswered && strcmp(ruling, "reject") != 0 &&
        !has_option(&x->plan->decisions[i], ruling))
        return toc_fail(e, TOC_EREFUSED,
                        "nothing was answered to %s: rule one of its options, or reject to let it "
                        "lapse",
                        id);
    if (strcmp(ruling, "accept") != 0 && strcmp(ruling, "reject") != 0 &&
        !has_option(&x->plan->decisions[i], ruling))
        return toc_fail(e, TOC_EREFUSED, "rule accept, reject, or one of the options of %s", id);
    return TOC_OK;
}

void toc_rule_apply(toc_exercise *x, const toc_event *in)
{
    size_t i = toc_decision_find(x, toc_event_str(in, TOC_F_DECISION));
    const char *ruling = toc_event_str(in, TOC_F_RULING);
    decision_now *d = &x->decisions[i];
    set_ruled(x, i, in);
    if (d->state == TOC_DECISION_OPEN) { // crossed, and nobody answered
        rule_crossed(x, i, in);
        return;
    }
    if (strcmp(ruling, "reject") != 0) {
        const char *option = strcmp(ruling, "accept") == 0 ? "other" : ruling;
        toc_event *ev = settle(x, i, option, d->text, d->by, d->reason);
        toc_event_set_str(ev, TOC_F_RULING, ruling);
        toc_event_set_str(ev, TOC_F_RULING_REASON, toc_event_str(in, TOC_F_REASON));
        return;
    }
    set_answer(d, NULL, NULL, NULL, NULL);
    d->state = TOC_DECISION_OPEN;
    toc_event *ev = toc_emit(x, TOC_K_REJECTED);
    toc_event_set_str(ev, TOC_F_DECISION, x->plan->decisions[i].id);
    toc_event_set_str(ev, TOC_F_TEAM, x->plan->decisions[i].team);
    toc_event_set_str(ev, TOC_F_REASON, toc_event_str(in, TOC_F_REASON));
    if (d->is_past || !toc_in_play(x))
        overdue(x, i);
}

toc_err toc_extend_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    const int64_t until = toc_event_int(in, TOC_F_UNTIL);
    size_t i;
    toc_err err = toc_name_find(x, TOC_F_DECISION, toc_event_str(in, TOC_F_DECISION), &i, e);
    if (!err)
        err = toc_decision_may_extend(x, i, e);
    if (err)
        return err;
    const decision_now *d = &x->decisions[i];
    toc_buf when = {0};
    toc_play_text(&when, d->deadline);
    if (!d->is_crossed && until <= d->deadline)
        err = toc_fail(e, TOC_EREFUSED, "%s is due at %s; give it a later time",
                       x->plan->decisions[i].id, when.data);
    toc_buf_clear(&when);
    toc_play_text(&when, in->t);
    if (!err && until <= in->t)
        err = toc_fail(e, TOC_EREFUSED, "play is at %s already; give %s a later time", when.data,
                       x->plan->decisions[i].id);
    toc_buf_clear(&when);
    toc_play_text(&when, x->plan->length_ms);
    if (!err && until >= x->plan->length_ms)
        err = toc_fail(e, TOC_EREFUSED, "ENDEX is at %s; a deadline then or later would never come",
                       when.data);
    toc_buf_fini(&when);
    return err;
}

void toc_extend_apply(toc_exercise *x, const toc_event *in)
{
    size_t i = toc_decision_find(x, toc_event_str(in, TOC_F_DECISION));
    toc_decision_extend(x, i, toc_event_int(in, TOC_F_UNTIL));
}

toc_err toc_decision_may_extend(const toc_exercise *x, size_t i, toc_error *e)
{
    if (x->decisions[i].state == TOC_DECISION_PLANNED)
        return toc_fail(e, TOC_EREFUSED, "%s was not asked yet", x->plan->decisions[i].id);
    return toc_decision_is_settled(x, i) ? fail_settled(x, i, true, e) : TOC_OK;
}

// From now on it has a deadline of play, whatever it had: that is what EXCON named.
void toc_decision_extend(toc_exercise *x, size_t i, int64_t until)
{
    decision_now *d = &x->decisions[i];
    d->is_story = d->is_crossed = d->is_past = false;
    d->deadline = until;
    toc_schedule_remove(&x->schedule, TOC_DUE_DEADLINE, i);
    toc_schedule_add(
        &x->schedule,
        (toc_due){.kind = TOC_DUE_DEADLINE, .index = i, .cause = x->cause, .due = until});
    tell_deadline(x, i);
}

static void tell_deadline(toc_exercise *x, size_t i)
{
    toc_event *ev = toc_emit(x, TOC_K_DEADLINE);
    toc_event_set_str(ev, TOC_F_DECISION, x->plan->decisions[i].id);
    toc_event_set_str(ev, TOC_F_TEAM, x->plan->decisions[i].team);
    toc_event_set_int(ev, TOC_F_DEADLINE, x->decisions[i].deadline);
}

static void set_ruled(toc_exercise *x, size_t i, const toc_event *in)
{
    decision_now *d = &x->decisions[i];
    free(d->ruled_by);
    d->ruled_by = toc_strdup(toc_event_str(in, TOC_F_BY));
    d->ruled_at = x->now;
}

// Who was first. A team is not told who of EXCON ruled.
static toc_err fail_settled(const toc_exercise *x, size_t i, bool is_control, toc_error *e)
{
    const decision_now *d = &x->decisions[i];
    toc_buf text = {0};
    toc_buf_str(&text, x->plan->decisions[i].id);
    if (d->state == TOC_DECISION_DECIDED) {
        bool is_for_them = strcmp(d->by, "excon") == 0;
        toc_buf_printf(&text, " is decided already: %s, by %s at ",
                       d->option ? d->option : "in words",
                       !is_for_them ? d->by
                       : is_control ? d->ruled_by
                                    : "EXCON");
        toc_play_text(&text, d->settled_at);
        if (is_control && !is_for_them && d->ruled_by && d->ruled_at == d->settled_at)
            toc_buf_printf(&text, "; %s ruled so", d->ruled_by);
    } else {
        toc_buf_str(&text, " lapsed at ");
        toc_play_text(&text, d->settled_at);
        if (is_control && d->ruled_by && d->ruled_at == d->settled_at)
            toc_buf_printf(&text, ", as %s ruled", d->ruled_by);
        if (d->option)
            toc_buf_printf(&text, "; it went on as if its team had said: %s", d->option);
    }
    toc_err err = toc_fail(e, TOC_EREFUSED, "%s", text.data);
    toc_buf_fini(&text);
    return err;
}

static toc_err fail_nothing_waits(const toc_exercise *x, size_t i, toc_error *e)
{
    const decision_now *d = &x->decisions[i];
    const char *id = x->plan->decisions[i].id;
    if (toc_decision_is_settled(x, i))
        return fail_settled(x, i, true, e);
    if (!d->ruled_by)
        return toc_fail(e, TOC_EREFUSED, "no answer to %s waits for a ruling", id);
    toc_buf when = {0};
    toc_play_text(&when, d->ruled_at);
    toc_err err =
        toc_fail(e, TOC_EREFUSED, "no answer to %s waits for a ruling: %s ruled on the last at %s",
                 id, d->ruled_by, when.data);
    toc_buf_fini(&when);
    return err;
}

static void rule_crossed(toc_exercise *x, size_t i, const toc_event *in)
{
    const char *ruling = toc_event_str(in, TOC_F_RULING);
    const char *reason = toc_event_str(in, TOC_F_REASON);
    if (strcmp(ruling, "reject") == 0) {
        overdue(x, i);
        return;
    }
    toc_event *ev = settle(x, i, ruling, NULL, "excon", NULL);
    toc_event_set_str(ev, TOC_F_RULING, ruling);
    toc_event_set_str(ev, TOC_F_RULING_REASON, reason);
}

static toc_event *settle(toc_exercise *x, size_t i, const char *option, const char *text,
                         const char *by, const char *reason)
{
    const toc_decision *plan = &x->plan->decisions[i];
    decision_now *d = &x->decisions[i];
    set_answer(d, option, text, by, reason);
    d->state = TOC_DECISION_DECIDED;
    d->settled_at = x->now;
    toc_schedule_remove(&x->schedule, TOC_DUE_DEADLINE, i);
    toc_event *ev = toc_emit(x, TOC_K_DECIDED);
    toc_event_set_str(ev, TOC_F_DECISION, plan->id);
    toc_event_set_str(ev, TOC_F_OPTION, d->option);
    toc_event_set_str(ev, TOC_F_TEXT, d->text);
    toc_event_set_str(ev, TOC_F_TEAM, plan->team);
    toc_event_set_str(ev, TOC_F_BY, d->by);
    toc_event_set_str(ev, TOC_F_REASON, d->reason);
    return ev;
}

static void overdue(toc_exercise *x, size_t i)
{
    const toc_decision *plan = &x->plan->decisions[i];
    decision_now *d = &x->decisions[i];
    set_answer(d, plan->fallback, NULL, NULL, NULL);
    d->state = TOC_DECISION_OVERDUE;
    d->settled_at = x->now;
    toc_event *ev = toc_emit(x, TOC_K_OVERDUE);
    toc_event_set_str(ev, TOC_F_DECISION, plan->id);
    toc_event_set_str(ev, TOC_F_OPTION, d->option);
    toc_event_set_str(ev, TOC_F_TEAM, plan->team);
}

static void refuse_late(toc_exercise *x, size_t i, const toc_event *in)
{
    const decision_now *d = &x->decisions[i];
    const char *id = x->plan->decisions[i].id;
    toc_buf reason = {0};
    if (!toc_in_play(x)) {
        toc_buf_printf(&reason, "%s: play has ended", id);
    } else {
        toc_buf_printf(&reason, "%s was ", id);
        if (d->is_crossed) {
            toc_buf_str(&reason, "passed over by the story, and EXCON let it lapse");
        } else {
            toc_buf_str(&reason, "due at ");
            toc_play_text(&reason, d->deadline);
        }
        if (d->state == TOC_DECISION_OVERDUE && d->option)
            toc_buf_printf(&reason, "; it went on as if you had said: %s", d->option);
    }
    toc_event *ev = toc_emit(x, TOC_K_REFUSED_LATE);
    toc_event_set_str(ev, TOC_F_DECISION, id);
    toc_event_set_str(ev, TOC_F_TEAM, x->plan->decisions[i].team);
    toc_event_set_str(ev, TOC_F_BY, toc_event_str(in, TOC_F_BY));
    toc_event_set_str(ev, TOC_F_REASON, toc_buf_text(&reason));
    toc_buf_fini(&reason);
}

static bool has_option(const toc_decision *plan, const char *option)
{
    for (size_t i = 0; i < plan->option_count; i++)
        if (strcmp(plan->options[2 * i], option) == 0)
            return true;
    return false;
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\n")] == '\0';
}

static bool is_open(const decision_now *d)
{
    return d->state == TOC_DECISION_OPEN || d->state == TOC_DECISION_RULING;
}

// The new strings may be the old ones.
static void set_answer(decision_now *d, const char *option, const char *text, const char *by,
                       const char *reason)
{
    char *old[] = {d->option, d->text, d->by, d->reason};
    d->version++;
    d->option = toc_strdup(option);
    d->text = toc_strdup(text);
    d->by = toc_strdup(by);
    d->reason = toc_strdup(reason);
    for (size_t i = 0; i < TOC_COUNT(old); i++)
        free(old[i]);
}
