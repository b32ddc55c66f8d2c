// SPDX-License-Identifier: MIT
// A derived line names its cause, so most of the way back is written down. What a controller did has none: a ruling,
// a release and a voice inject told are about something, and that goes on as the chain.
#include "replays/why.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "replays/tell.h"
#include "why_source.h"

static void add(toc_seqs *list, int64_t seq);
static int64_t cause_of(const toc_recording *r, const toc_event *ev);
static int64_t overdue_of(const toc_recording *r, const toc_event *ev);
static bool is_state(const toc_event *ev, const char *state);
static int64_t matter_of(const toc_recording *r, const toc_event *input);
static int64_t newest(const toc_recording *r, int64_t before, const toc_kind *kinds, size_t count,
                      toc_field f, const char *id);
static void say_line(toc_buf *out, const toc_recording *r, int64_t seq, bool is_first);
static void say_part(toc_buf *out, const toc_recording *r, const toc_event *ev,
                     const toc_seqs *chain);
static void say_root(toc_buf *out, const toc_recording *r, const toc_seqs *chain);
static bool is_by_hand(const toc_event *root, const toc_event *above);
static void say_person(toc_buf *out, const toc_recording *r, const toc_event *ev);
static void say_at(toc_buf *out, const toc_plan *plan, const toc_at *at);
static void say_place(toc_buf *out, const toc_place *place);
static void say_text(toc_buf *out, const char *text);

void toc_seqs_fini(toc_seqs *s)
{
    free(s->at);
    *s = (toc_seqs){0};
}

void toc_why_chain(const toc_recording *r, int64_t seq, toc_seqs *out)
{
    out->count = 0;
    // Causes stand before what they bring about; a file that says otherwise must not keep us here for ever.
    for (int64_t before = INT64_MAX; seq > 0 && seq < before && seq <= toc_recording_count(r);) {
        add(out, seq);
        before = seq;
        seq = cause_of(r, toc_recording_at(r, seq));
    }
}

void toc_why_text(toc_buf *out, const toc_recording *r, int64_t seq)
{
    toc_seqs chain = {0};
    toc_why_chain(r, seq, &chain);
    for (size_t i = 0; i < chain.count; i++) {
        say_line(out, r, chain.at[i], i == 0);
        say_part(out, r, toc_recording_at(r, chain.at[i]), &chain);
    }
    if (chain.count > 0)
        say_root(out, r, &chain);
    toc_why_known(out, r, toc_recording_at(r, seq));
    toc_seqs_fini(&chain);
}

static void add(toc_seqs *list, int64_t seq)
{
    TOC_GROW(list->at, list->count, list->capacity);
    list->at[list->count++] = seq;
}

// What nobody did has no cause but that it was overdue: the end of play only counted it.
static int64_t cause_of(const toc_recording *r, const toc_event *ev)
{
    const int64_t overdue = overdue_of(r, ev);
    if (overdue)
        return overdue;
    return toc_kind_class(ev->kind) == TOC_CLASS_INPUT ? matter_of(r, ev) : ev->cause;
}

// The line at which an expected action that was not observed had become overdue; 0: there is none.
static int64_t overdue_of(const toc_recording *r, const toc_event *ev)
{
    const char *id = toc_event_str(ev, TOC_F_EXPECTATION);
    if (!id || !is_state(ev, "not-observed"))
        return 0;
    for (int64_t seq = ev->seq - 1; seq > 0; seq--) {
        const toc_event *line = toc_recording_at(r, seq);
        if (is_state(line, "overdue") && strcmp(toc_event_str(line, TOC_F_EXPECTATION), id) == 0)
            return seq;
    }
    return 0;
}

static bool is_state(const toc_event *ev, const char *state)
{
    const char *its = ev->kind == TOC_K_EXPECTATION ? toc_event_str(ev, TOC_F_STATE) : NULL;
    return its && strcmp(its, state) == 0;
}

// What a controller's act was about, if that stands in the recording; 0: the act is where it began.
static int64_t matter_of(const toc_recording *r, const toc_event *input)
{
    static const toc_kind ruled[] = {TOC_K_PROPOSED, TOC_K_CROSSED},
                          freed[] = {TOC_K_ARMED, TOC_K_HELD, TOC_K_HOLD}, told[] = {TOC_K_CUE},
                          marked[] = {TOC_K_EXPECTATION};
    static const struct {
        toc_kind act;
        const toc_kind *kinds;
        size_t count;
        toc_field id;
    } matters[] = {{TOC_K_RULE, ruled, TOC_COUNT(ruled), TOC_F_DECISION},
                   {TOC_K_RELEASE, freed, TOC_COUNT(freed), TOC_F_INJECT},
                   {TOC_K_DELIVER, told, TOC_COUNT(told), TOC_F_INJECT},
                   {TOC_K_MARK_ACTION, marked, TOC_COUNT(marked), TOC_F_EXPECTATION}};
    for (size_t i = 0; i < TOC_COUNT(matters); i++)
        if (matters[i].act == input->kind)
            return newest(r, input->seq, matters[i].kinds, matters[i].count, matters[i].id,
                          toc_event_str(input, matters[i].id));
    return 0;
}

// The newest line of one of the kinds, about that id, before a line.
static int64_t newest(const toc_recording *r, int64_t before, const toc_kind *kinds, size_t count,
                      toc_field f, const char *id)
{
    for (int64_t seq = before - 1; id && seq > 0; seq--) {
        const toc_event *ev = toc_recording_at(r, seq);
        for (size_t i = 0; i < count; i++) {
            const char *its = ev->kind == kinds[i] ? toc_event_str(ev, f) : NULL;
            if (its && strcmp(its, id) == 0)
                return seq;
        }
    }
    return 0;
}

static void say_line(toc_buf *out, const toc_recording *r, int64_t seq, bool is_first)
{
    toc_buf_str(out, is_first ? "" : "  because  ");
    toc_play_text(out, toc_recording_at(r, seq)->t);
    toc_buf_str(out, "  ");
    toc_tell(out, r, seq);
    toc_buf_char(out, '\n');
}

// What neither a person nor the schedule did, a part of the scenario did.
static void say_part(toc_buf *out, const toc_recording *r, const toc_event *ev,
                     const toc_seqs *chain)
{
    toc_buf part = {0}, planned = {0};
    if (toc_kind_class(ev->kind) == TOC_CLASS_DERIVED &&
        !toc_why_planned(&planned, toc_recording_plan(r, NULL), ev) && toc_why_part(&part, r, ev)) {
        toc_buf_printf(out, "           by %s\n", toc_buf_text(&part));
        toc_why_reads(out, r, ev, chain->at, chain->count);
    }
    if (is_state(ev, "overdue"))
        toc_buf_str(out, "           nobody was seen doing it by then\n");
    toc_buf_fini(&part);
    toc_buf_fini(&planned);
}

// Who began it, or where it was planned.
static void say_root(toc_buf *out, const toc_recording *r, const toc_seqs *chain)
{
    const toc_event *root = toc_recording_at(r, chain->at[chain->count - 1]);
    const toc_event *above =
        chain->count > 1 ? toc_recording_at(r, chain->at[chain->count - 2]) : NULL;
    const toc_plan *plan = toc_recording_plan(r, NULL);
    toc_buf planned = {0};
    toc_buf_str(out, "  ");
    // Whatever the schedule brought hangs on the start, or on what moved the clock.
    const toc_event *timed = above ? above : root;
    if (above && is_by_hand(root, above)) {
        say_person(out, r, root);
    } else if (toc_kind_class(timed->kind) == TOC_CLASS_DERIVED &&
               toc_why_planned(&planned, plan, timed)) {
        toc_buf_str(out, "the schedule: ");
        toc_buf_str(out, toc_buf_text(&planned));
    } else if (root->kind == TOC_K_START) {
        toc_buf_str(out, "it began with the start of play (STARTEX)");
    } else if (toc_kind_class(root->kind) == TOC_CLASS_INPUT) {
        say_person(out, r, root);
    } else if (root->kind == TOC_K_UNKNOWN) {
        toc_buf_str(out, "a line of a later version: what brought it about is not known");
    } else {
        toc_buf_str(out, "nothing in the recording stands before it");
    }
    toc_buf_char(out, '\n');
    toc_buf_fini(&planned);
}

// Somebody did it before its time, or without one: not the schedule.
static bool is_by_hand(const toc_event *root, const toc_event *above)
{
    return root->kind == TOC_K_FIRE ||
           (root->kind == TOC_K_PHASE && above->kind == TOC_K_PHASE_ENTERED);
}

static void say_person(toc_buf *out, const toc_recording *r, const toc_event *ev)
{
    const char *seat = toc_event_str(ev, TOC_F_BY);
    const char *reason = toc_event_str(ev, TOC_F_REASON);
    if (!seat || strcmp(seat, "engine") == 0) {
        toc_buf_str(out, "the engine itself wrote this");
        return;
    }
    const char *person = toc_recording_person(r, seat, ev->seq);
    toc_buf_str(out, "it is what ");
    say_text(out, person ? person : seat);
    if (person) {
        toc_buf_str(out, " (");
        say_text(out, seat);
        toc_buf_char(out, ')');
    }
    toc_buf_str(out, " did");
    if (reason && reason[0]) {
        toc_buf_str(out, ", in their words: \"");
        say_text(out, reason);
        toc_buf_char(out, '"');
    }
}

bool toc_why_planned(toc_buf *out, const toc_plan *plan, const toc_event *ev)
{
    const toc_at *at = NULL;
    const toc_place *place = NULL;
    toc_field field = ev->kind == TOC_K_INJECT || ev->kind == TOC_K_CUE || ev->kind == TOC_K_HELD
                          ? TOC_F_INJECT
                      : ev->kind == TOC_K_ASK           ? TOC_F_DECISION
                      : ev->kind == TOC_K_PHASE_ENTERED ? TOC_F_PHASE
                      : ev->kind == TOC_K_EXPECTATION   ? TOC_F_EXPECTATION
                                                        : TOC_F_COUNT;
    const char *id = field == TOC_F_COUNT ? NULL : toc_event_str(ev, field);
    size_t i;
    if (!plan || !id)
        return false;
    if (field == TOC_F_INJECT && (i = toc_plan_inject(plan, id)) != TOC_NONE)
        at = &plan->injects[i].at, place = &plan->injects[i].place;
    else if (field == TOC_F_DECISION && (i = toc_plan_decision(plan, id)) != TOC_NONE)
        at = &plan->decisions[i].at, place = &plan->decisions[i].place;
    else if (field == TOC_F_PHASE && (i = toc_plan_phase(plan, id)) != TOC_NONE)
        at = &plan->phases[i].at, place = &plan->phases[i].place;
    else if (field == TOC_F_EXPECTATION && (i = toc_plan_expectation(plan, id)) != TOC_NONE)
        at = &plan->expectations[i].by, place = &plan->expectations[i].place;
    if (!at || at->kind == TOC_AT_NEVER)
        return false;
    say_text(out, id);
    toc_buf_str(out, field == TOC_F_EXPECTATION ? " is due " : " is planned ");
    say_at(out, plan, at);
    say_place(out, place);
    return true;
}

static void say_at(toc_buf *out, const toc_plan *plan, const toc_at *at)
{
    static const char *const from[] = {
        [TOC_AT_AFTER] = " was sent", [TOC_AT_AWARE] = " is known", [TOC_AT_MET] = " was seen"};
    switch (at->kind) {
    case TOC_AT_PLAY:
        toc_buf_str(out, "for ");
        toc_play_text(out, at->ms);
        return;
    case TOC_AT_STORY:
        toc_buf_str(out, "for the story's ");
        toc_story_text(out, (toc_story){at->ms, plan->startex.zone_minutes});
        return;
    case TOC_AT_AFTER:
    case TOC_AT_AWARE:
    case TOC_AT_MET:
        if (at->after.months)
            toc_buf_printf(out, "%d months", at->after.months);
        else
            toc_duration_text(out, at->after.ms);
        toc_buf_str(out, at->after.is_story ? " of the story after " : " after ");
        say_text(out, at->kind == TOC_AT_MET ? plan->expectations[at->expectation].id
                                             : plan->injects[at->inject].id);
        toc_buf_str(out, from[at->kind]);
        return;
    case TOC_AT_NEVER:
        return;
    }
}

static void say_place(toc_buf *out, const toc_place *place)
{
    if (!place->file)
        return;
    toc_buf_str(out, " (");
    say_text(out, place->file);
    toc_buf_printf(out, ":%d)", place->line);
}

static void say_text(toc_buf *out, const char *text)
{
    toc_text_visible(out, text, strlen(text), false);
}
