// SPDX-License-Identifier: MIT
// Decisions: asked, answered by somebody, settled. Who decided when EXCON decided for a team, and why, stands in the input alone.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/feed.h"
#include "rehearse/path.h"
#include "replays/branch.h"
#include "review_inside.h"

static void ask(review_work *w, toc_review_decision *d, const toc_event *ev);
static void set_deadline(review_work *w, toc_review_decision *d, const toc_event *ev);
static void propose(review_work *w, toc_review_decision *d, const toc_event *ev);
static void reject(review_work *w, toc_review_decision *d, const toc_event *ev);
static void decide(review_work *w, toc_review_decision *d, const toc_event *ev);
static void lapse(review_work *w, toc_review_decision *d, const toc_event *ev);
static void rule(toc_review_decision *d, const toc_event *cause);
static void note_known(review_work *w, toc_review_decision *d);
static void forget_known(toc_review_decision *d);
static bool has_option(const review_work *w, const toc_review_decision *d, const char *option);

void toc_review_decisions_begin(review_work *w)
{
    for (size_t i = 0; w->plan && i < w->plan->decision_count; i++) {
        const toc_decision *plan = &w->plan->decisions[i];
        toc_review_decision *d = toc_review_decision_of(w, plan->id, true);
        d->plan = plan;
        d->team = plan->team;
        d->title = plan->title;
        d->objective = plan->objective;
    }
}

toc_review_decision *toc_review_decision_of(review_work *w, const char *id, bool is_new)
{
    int64_t at;
    if (toc_map_get(w->decision_of, id, &at))
        return &w->out->decisions[at];
    if (!is_new)
        return NULL;
    TOC_GROW(w->out->decisions, w->out->decision_count, w->decision_capacity);
    toc_map_put(w->decision_of, id, (int64_t)w->out->decision_count);
    w->out->decisions[w->out->decision_count] = (toc_review_decision){.id = id,
                                                                      .team = "",
                                                                      .asked = -1,
                                                                      .since = -1,
                                                                      .first_deadline = -1,
                                                                      .deadline = -1,
                                                                      .answered = -1,
                                                                      .settled = -1,
                                                                      .late = -1};
    return &w->out->decisions[w->out->decision_count++];
}

void toc_review_decisions_see(review_work *w, const toc_event *ev)
{
    const char *id = toc_event_str(ev, TOC_F_DECISION);
    if (!id || toc_kind_class(ev->kind) != TOC_CLASS_DERIVED)
        return;
    toc_review_decision *d = toc_review_decision_of(w, id, true);
    switch (ev->kind) {
    case TOC_K_ASK:
        ask(w, d, ev);
        break;
    case TOC_K_DEADLINE:
        set_deadline(w, d, ev);
        break;
    case TOC_K_PROPOSED:
        propose(w, d, ev);
        break;
    case TOC_K_REJECTED:
        reject(w, d, ev);
        break;
    case TOC_K_DECIDED:
        decide(w, d, ev);
        break;
    case TOC_K_OVERDUE:
        lapse(w, d, ev);
        break;
    case TOC_K_CROSSED:
        d->crossed_seq = ev->seq;
        break;
    case TOC_K_REFUSED_LATE:
        if (d->late_seq)
            break;
        d->late_seq = ev->seq;
        d->late = ev->t;
        d->late_by = toc_event_str(ev, TOC_F_BY);
        break;
    default:
        break;
    }
}

void toc_review_decisions_end(review_work *w)
{
    for (size_t i = 0; i < w->out->decision_count; i++) {
        toc_review_decision *d = &w->out->decisions[i];
        if (d->ask_seq && !d->settled_seq && !d->answered_seq)
            note_known(w, d);
    }
}

toc_review_hand toc_review_hand_of(const toc_recording *r, int64_t seq)
{
    const toc_header *h = toc_recording_header(r);
    const toc_event *ev = seq > 0 ? toc_recording_at(r, seq) : NULL;
    const char *reason = ev ? toc_event_str(ev, TOC_F_REASON) : NULL;
    if (!reason)
        return TOC_HAND_PEOPLE;
    if (h->parent && seq > h->parent_seq && strcmp(reason, TOC_BRANCH_REASON) == 0)
        return TOC_HAND_OPTIONS;
    return strcmp(reason, TOC_REHEARSED_REASON) == 0 ? TOC_HAND_REHEARSAL : TOC_HAND_PEOPLE;
}

static void ask(review_work *w, toc_review_decision *d, const toc_event *ev)
{
    d->ask_seq = ev->seq;
    d->asked = ev->t;
    d->since = toc_review_since(w, ev);
    d->team = toc_event_str(ev, TOC_F_TEAM);
    d->title = toc_event_str(ev, TOC_F_TITLE);
    d->objective = toc_event_str(ev, TOC_F_OBJECTIVE);
    d->first_deadline = d->deadline = toc_event_int(ev, TOC_F_DEADLINE);
}

// It also moves with the story's clock, which is nobody's kindness.
static void set_deadline(review_work *w, toc_review_decision *d, const toc_event *ev)
{
    const toc_event *cause = toc_review_cause(w, ev);
    d->deadline = toc_event_int(ev, TOC_F_DEADLINE);
    d->crossed_seq = 0; // it has one again
    if (!cause || (cause->kind != TOC_K_EXTEND && cause->kind != TOC_K_JUMP))
        return;
    d->extended_seq = ev->seq;
    d->extended_count++;
}

static void propose(review_work *w, toc_review_decision *d, const toc_event *ev)
{
    d->is_own = true;
    d->answered = ev->t;
    d->answered_seq = ev->cause;
    d->by = toc_event_str(ev, TOC_F_BY);
    d->text = toc_event_str(ev, TOC_F_TEXT);
    d->reason = toc_event_str(ev, TOC_F_REASON);
    note_known(w, d);
}

static void reject(review_work *w, toc_review_decision *d, const toc_event *ev)
{
    const toc_event *cause = toc_review_cause(w, ev);
    d->rejected_seq = ev->seq;
    d->rejected_count++;
    if (cause)
        rule(d, cause);
    d->is_own = false;
    d->answered = -1;
    d->answered_seq = 0;
    d->by = d->text = d->reason = NULL;
    forget_known(d);
}

static void decide(review_work *w, toc_review_decision *d, const toc_event *ev)
{
    const toc_event *cause = toc_review_cause(w, ev);
    const char *ruling = toc_event_str(ev, TOC_F_RULING);
    bool was_proposed = d->answered_seq != 0;
    d->settled_seq = ev->seq;
    d->settled = ev->t;
    d->option = toc_event_str(ev, TOC_F_OPTION);
    d->text = toc_event_str(ev, TOC_F_TEXT);
    d->by = toc_event_str(ev, TOC_F_BY);
    d->reason = toc_event_str(ev, TOC_F_REASON);
    d->ruling = d->ruling_by = d->ruling_reason = NULL;
    d->is_for_team = strcmp(d->by, "excon") == 0;
    if (ruling && cause)
        rule(d, cause);
    if (d->is_for_team && cause) {
        forget_known(d);
        d->by = toc_event_str(cause, TOC_F_BY);
        d->reason = toc_event_str(cause, TOC_F_REASON);
    }
    if (!was_proposed || d->is_for_team ||
        !ruling) { // else it was answered before, and this is the ruling
        forget_known(d);
        d->is_own = d->option && strcmp(d->option, "other") == 0 && !has_option(w, d, "other");
        d->answered = ev->t;
        d->answered_seq = ev->cause;
        note_known(w, d);
    }
}

// Its default is what the exercise went on with.
static void lapse(review_work *w, toc_review_decision *d, const toc_event *ev)
{
    const toc_event *cause = toc_review_cause(w, ev);
    d->settled_seq = ev->seq;
    d->settled = ev->t;
    d->is_overdue = true;
    d->jumped_seq = w->jump_seq;
    d->option = toc_event_str(ev, TOC_F_OPTION);
    if (cause)
        rule(d, cause);
    note_known(w, d);
}

static void rule(toc_review_decision *d, const toc_event *cause)
{
    if (cause->kind != TOC_K_RULE)
        return;
    d->ruling = toc_event_str(cause, TOC_F_RULING);
    d->ruling_by = toc_event_str(cause, TOC_F_BY);
    d->ruling_reason = toc_event_str(cause, TOC_F_REASON);
}

// What had come to the team by now, in two lists.
static void note_known(review_work *w, toc_review_decision *d)
{
    if (strcmp(d->team, "excon") == 0)
        return;
    const review_place *place = toc_review_place(w, d->team);
    const size_t count = place->arrivals.count;
    forget_known(d);
    d->read = toc_alloc((count + 1) * sizeof *d->read);
    d->unread = toc_alloc((count + 1) * sizeof *d->unread);
    for (size_t i = 0; i < count; i++) {
        const toc_review_arrival *a = &w->out->arrivals[place->arrivals.at[i]];
        if (a->read_seq || a->is_voice)
            d->read[d->read_count++] = a->item;
        else
            d->unread[d->unread_count++] = a->item;
    }
}

static void forget_known(toc_review_decision *d)
{
    free(d->read);
    free(d->unread);
    d->read = d->unread = NULL;
    d->read_count = d->unread_count = 0;
}

static bool has_option(const review_work *w, const toc_review_decision *d, const char *option)
{
    const toc_event *asked = d->ask_seq ? toc_recording_at(w->r, d->ask_seq) : NULL;
    const toc_value *options = asked ? toc_event_value(asked, TOC_F_OPTIONS) : NULL;
    for (size_t i = 0; options && i < options->count; i++)
        if (strcmp(options->list[2 * i], option) == 0)
            return true;
    return false;
}
