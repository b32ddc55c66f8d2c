// SPDX-License-Identifier: MIT
// Times that lie outside the exercise. Those that are written as "T+9:00" in a declaration are refused as
// it is read; here are the ones that take some reckoning, and those in code.

#include "base/time.h"
#include "pass.h"

static void check_injects(toc_pass *p);
static void check_decisions(toc_pass *p);
static void check_expectations(toc_pass *p);
static void check_phases(toc_pass *p);
static void check_code(toc_pass *p);
static toc_problem *finish(const toc_pass *p, toc_problem *o);

void toc_pass_times(toc_pass *p)
{
    check_injects(p);
    check_decisions(p);
    check_expectations(p);
    check_phases(p);
    check_code(p);
}

static toc_problem *finish(const toc_pass *p, toc_problem *o)
{
    char endex[32];
    toc_buf length = {0};
    toc_duration_text(&length, p->plan->length_ms);
    toc_problem_label(o, "after ENDEX");
    toc_problem_note(o, "length is \"%s\": ENDEX is at %s", toc_buf_text(&length),
                     toc_pass_time(endex, p->plan->length_ms));
    toc_buf_fini(&length);
    return o;
}

static void check_injects(toc_pass *p)
{
    char when[32];
    for (size_t i = 0; i < p->plan->inject_count; i++) {
        const toc_inject *inject = &p->plan->injects[i];
        const toc_reach *r = &p->inject_reach[i];
        toc_problem *o = NULL;
        int64_t play;
        if (inject->at.kind == TOC_AT_STORY && toc_pass_story(p, inject->at.ms, &play) &&
            play > p->plan->length_ms) {
            o = toc_pass_tell(p, "E0301", "inject", inject->id, &inject->place, "at",
                              "inject \"%s\" would come at %s of play, after the end of the "
                              "exercise",
                              inject->id, toc_pass_time(when, play));
        } else if (inject->at.kind == TOC_AT_AFTER && r->is_sent &&
                   r->earliest_ms > p->plan->length_ms && r->earliest_ms != INT64_MAX &&
                   p->inject_reach[inject->at.inject].earliest_ms <= p->plan->length_ms) {
            o = toc_pass_tell(p, "E0301", "inject", inject->id, &inject->place, "at",
                              "inject \"%s\" cannot come before %s, after the end of the exercise",
                              inject->id, toc_pass_time(when, r->earliest_ms));
        }
        if (o)
            toc_problem_help(finish(p, o), "give it an earlier time, or the exercise a greater "
                                           "length");
    }
}

// A storyline asks it, whenever that is.
static void check_longest(toc_pass *p, const toc_decision *d)
{
    char length[32];
    if (d->within.is_story || d->within.months || d->within.ms <= p->plan->length_ms)
        return;
    toc_problem *o = toc_pass_tell(p, "E0301", "decision", d->id, &d->place, "within",
                                   "decision \"%s\" may be answered for longer than the exercise "
                                   "lasts (ENDEX is at %s)",
                                   d->id, toc_pass_time(length, p->plan->length_ms));
    toc_problem_help(finish(p, o), "leave less time for the answer: nobody is late otherwise");
}

static void check_decisions(toc_pass *p)
{
    char asked[32], due[32];
    for (size_t i = 0; i < p->plan->decision_count; i++) {
        const toc_decision *d = &p->plan->decisions[i];
        int64_t at = d->at.ms;
        bool is_timed = d->at.kind == TOC_AT_PLAY ||
                        (d->at.kind == TOC_AT_STORY && toc_pass_story(p, d->at.ms, &at));
        if (!is_timed) {
            check_longest(p, d);
            continue;
        }
        toc_pass_time(asked, at);
        if (at > p->plan->length_ms) {
            toc_problem *o = toc_pass_tell(p, "E0301", "decision", d->id, &d->place, "at",
                                           "decision \"%s\" would be asked at %s, after the end of "
                                           "the exercise",
                                           d->id, asked);
            toc_problem_help(finish(p, o), "ask it earlier, or give the exercise a greater length");
        } else if (!d->within.is_story && !d->within.months &&
                   d->within.ms > p->plan->length_ms - at) {
            toc_problem *o =
                toc_pass_tell(p, "E0301", "decision", d->id, &d->place, "within",
                              "decision \"%s\" is asked at %s and may be answered until %s, after "
                              "the end of the exercise",
                              d->id, asked, toc_pass_time(due, at + d->within.ms));
            toc_problem_help(finish(p, o), "ask it earlier, or leave less time for the answer");
        }
    }
}

static void check_expectations(toc_pass *p)
{
    char due[32];
    for (size_t i = 0; i < p->plan->expectation_count; i++) {
        const toc_expectation *x = &p->plan->expectations[i];
        if (x->by.kind != TOC_AT_AFTER && x->by.kind != TOC_AT_AWARE)
            continue;
        const toc_reach *r = &p->inject_reach[x->by.inject];
        // A duty of days may end after ENDEX; an inject's own time is told already.
        if (x->by.after.is_story || x->by.after.months || !r->is_sent ||
            r->earliest_ms > p->plan->length_ms ||
            x->by.after.ms <= p->plan->length_ms - r->earliest_ms)
            continue;
        toc_problem *o = toc_pass_tell(p, "E0301", "expect", x->id, &x->place, "by",
                                       "expected action \"%s\" is due at %s or later, after the "
                                       "end of the exercise",
                                       x->id, toc_pass_time(due, r->earliest_ms + x->by.after.ms));
        toc_problem_help(finish(p, o), "make it due earlier: what is due after ENDEX is never "
                                       "missed");
    }
}

static void check_phases(toc_pass *p)
{
    char when[32];
    for (size_t i = 0; i < p->plan->phase_count; i++) {
        const toc_phase *phase = &p->plan->phases[i];
        if (phase->at.kind != TOC_AT_PLAY || phase->at.ms < p->plan->length_ms)
            continue;
        toc_problem *o = toc_pass_tell(p, "E0301", "phase", phase->id, &phase->place, "at",
                                       "phase \"%s\" would begin at %s, when the exercise is over",
                                       phase->id, toc_pass_time(when, phase->at.ms));
        toc_problem_help(finish(p, o), "let it begin earlier, or give the exercise a greater "
                                       "length");
    }
}

// wait_until "T+9:00" in code. What a storyline begins with is told by parts.c.
static void check_code(toc_pass *p)
{
    for (size_t i = 0; i < toc_uses_count(p->uses); i++) {
        const toc_use *u = toc_uses_at(p->uses, i);
        if (u->is_first || !toc_pass_is_late(p, u))
            continue;
        toc_problem *o = toc_pass_tell_use(p, "E0301", &u->at,
                                           "wait_until \"%s\" is after the end of the exercise: "
                                           "what follows never happens",
                                           u->id);
        toc_problem_help(finish(p, o), "wait for an earlier time, or give the exercise a greater "
                                       "length");
    }
}
