// SPDX-License-Identifier: MIT
// What waits for those who conduct, in one place: told once, it would be forgotten.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "lines_parts.h"

enum { NAMES = 6 };

#define MARK "!!! "

static void say_waiting(toc_lines *l, const toc_picture *p, const char *inject);
static void say_cue(toc_lines *l, const toc_picture *p, const toc_cue *cue);
static void say_promise(toc_lines *l, const toc_promise *promise);
static void say_missed(toc_lines *l, const toc_picture *p, const toc_known_expectation *x);
static void add_open(toc_buf *out, const toc_picture *p);
static bool is_excon(const toc_picture *p);

void toc_lines_attention(toc_lines *l, const toc_picture *p)
{
    if (!p->is_control || p->is_closed)
        return;
    toc_lines_deadlocks(l, p);
    for (size_t i = 0; i < p->held_count && !p->has_ended; i++)
        say_waiting(l, p, p->held[i]);
    for (size_t i = 0; i < p->cue_count && !p->has_ended; i++)
        say_cue(l, p, &p->cues[i]);
    for (size_t i = 0; i < p->promise_count; i++)
        say_promise(l, &p->promises[i]);
    for (size_t i = 0; i < p->situation.expectation_count; i++)
        say_missed(l, p, &p->situation.expectations[i]);
    for (size_t i = 0; i < p->question_count && !p->has_ended; i++) {
        const toc_question *q = &p->questions[i];
        if (q->is_crossed && q->state == TOC_QUESTION_OPEN)
            toc_lines_say(l,
                          MARK "%s of %s waits for EXCON's ruling: story time has jumped over "
                               "its deadline",
                          toc_event_str(&q->ask, TOC_F_DECISION),
                          toc_event_str(&q->ask, TOC_F_TEAM));
    }
}

void toc_lines_deadlocks(toc_lines *l, const toc_picture *p)
{
    for (size_t i = 0; i < p->situation.deadlock_count && p->is_control; i++) {
        const toc_known_deadlock *d = &p->situation.deadlocks[i];
        toc_buf text = {0};
        if (d->is_over)
            continue;
        toc_buf_str(&text, MARK "DEADLOCK since ");
        toc_when_text(&text, l, d->since);
        toc_buf_str(&text, ": ");
        toc_circle_text(&text, p, d);
        toc_buf_str(&text, " (ways out: fuel, an alternative, a black start; only a decision or a "
                           "storyline can do them: ");
        add_open(&text, p);
        toc_buf_char(&text, ')');
        toc_lines_say(l, "%s", toc_buf_text(&text));
        toc_buf_fini(&text);
    }
}

void toc_circle_text(toc_buf *out, const toc_picture *p, const toc_known_deadlock *d)
{
    for (size_t i = 0; i < d->count && i < NAMES; i++)
        toc_buf_printf(out, "%s%s", i ? " ↔ " : "",
                       toc_situation_name(&p->situation, d->members[i]));
    if (d->count > NAMES)
        toc_buf_printf(out, " ↔ … and %zu more", d->count - NAMES);
}

void toc_deadline_text(toc_buf *out, const toc_lines *l, const toc_known_expectation *x)
{
    bool is_late = l->clock.length > 0 && x->deadline > l->clock.length;
    toc_buf story = {0};
    toc_story at;
    if (x->story) {
        toc_buf_str(&story, x->story);
    } else if ((x->is_story || is_late) && toc_timeline_story(&l->timeline, x->deadline, &at)) {
        at.ms += 999; // play is whole milliseconds: it may fall short of the minute by one of them
        toc_story_text(&story, at);
    }
    if (story.len)
        toc_buf_str(out, toc_buf_text(&story));
    else
        toc_play_text(out, x->deadline);
    toc_buf_str(out, is_late ? " (after ENDEX)" : "");
    toc_buf_fini(&story);
}

// An inject that is due and held, or a contingency that is armed.
static void say_waiting(toc_lines *l, const toc_picture *p, const char *inject)
{
    const toc_known_expectation *of = NULL;
    for (size_t i = 0; i < p->situation.expectation_count; i++) {
        const toc_known_expectation *x = &p->situation.expectations[i];
        if (x->is_armed && x->contingency && strcmp(x->contingency, inject) == 0)
            of = x;
    }
    toc_buf text = {0};
    if (of)
        toc_buf_printf(&text, MARK "%s: contingency %s is armed", of->id, inject);
    else
        toc_buf_printf(&text, MARK "%s is due and held", inject);
    if (is_excon(p))
        toc_buf_printf(&text, ": `release %s`, or `skip %s REASON`", inject, inject);
    toc_lines_say(l, "%s", toc_buf_text(&text));
    toc_buf_fini(&text);
}

static void say_cue(toc_lines *l, const toc_picture *p, const toc_cue *cue)
{
    if (!toc_cue_is_open(cue))
        return;
    char *who = cue->claimed_by ? toc_person_text(p, cue->claimed_by) : NULL;
    toc_lines_say(l, MARK "%s is to be told by voice, by %s: %s%s%s (`cues`)",
                  toc_event_str(&cue->cue, TOC_F_INJECT),
                  toc_event_str(&cue->cue, TOC_F_CONTROLLER), toc_event_str(&cue->cue, TOC_F_TITLE),
                  who ? ", with " : "", who ? who : "");
    free(who);
}

static void say_promise(toc_lines *l, const toc_promise *promise)
{
    const toc_event *ev = &promise->event;
    if (promise->is_kept || !toc_event_has(ev, TOC_F_UNTIL) ||
        toc_event_int(ev, TOC_F_UNTIL) >= l->now)
        return;
    toc_buf to = {0};
    toc_list_text(&to, toc_event_value(ev, TOC_F_TO));
    toc_lines_say(l, MARK "promise %lld to %s is past its time: %s (`kept %lld`)",
                  (long long)promise->n, toc_buf_text(&to), toc_event_str(ev, TOC_F_TEXT),
                  (long long)promise->n);
    toc_buf_fini(&to);
}

static void say_missed(toc_lines *l, const toc_picture *p, const toc_known_expectation *x)
{
    bool is_overdue = x->state && strcmp(x->state, "overdue") == 0;
    if (!is_overdue && !(x->state && strcmp(x->state, "crossed") == 0))
        return;
    toc_buf text = {0};
    toc_buf_printf(&text, MARK "%s of %s ", x->id, x->team ? x->team : "?");
    if (is_overdue && x->deadline >= 0) {
        toc_buf_str(&text, "NOT SEEN by ");
        toc_deadline_text(&text, l, x);
    } else {
        toc_buf_str(&text, is_overdue ? "NOT SEEN in time"
                                      : "not seen, and story time has jumped over its time");
    }
    toc_buf_printf(&text, ": %s", x->text ? x->text : "");
    if (strncmp(p->seat, "simcell-", 8) != 0)
        toc_buf_printf(&text, " (`mark %s met|late|not-observed|not-exercised`)", x->id);
    toc_lines_say(l, "%s", toc_buf_text(&text));
    toc_buf_fini(&text);
}

// "open decisions D-02, D-03"
static void add_open(toc_buf *out, const toc_picture *p)
{
    size_t count = 0;
    for (size_t i = 0; i < p->question_count && !p->has_ended; i++)
        if (p->questions[i].state <= TOC_QUESTION_RULING)
            toc_buf_printf(out, "%s%s", count++ ? ", " : "open decisions ",
                           toc_event_str(&p->questions[i].ask, TOC_F_DECISION));
    if (count == 0)
        toc_buf_str(out, "no decision is open");
}

static bool is_excon(const toc_picture *p)
{
    return strncmp(p->seat, "excon-", 6) == 0;
}
