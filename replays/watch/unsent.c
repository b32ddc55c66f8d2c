// SPDX-License-Identifier: MIT
// Why an inject never went out. What stopped it is written down; which part of the scenario would have sent it is not, and is looked
// up in its text.
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "base/time.h"
#include "replays/why.h"
#include "why_source.h"

static const char *its_id(const toc_recording *r, const char *id, int64_t last, const char **title);
static bool is_sent(const toc_recording *r, const char *id, int64_t last);
static int64_t stopped_by(const toc_recording *r, const char *id, int64_t last);
static bool is_listed(const toc_value *list, const char *id);
static void say_stop(toc_buf *out, const toc_recording *r, int64_t seq);
static void say_time(toc_buf *out, const toc_recording *r, size_t inject, int64_t last);
static bool say_contingency(toc_buf *out, const toc_recording *r, size_t inject, int64_t last);
static void say_part(toc_buf *out, const toc_recording *r, const char *id, int64_t last);
static void say_storyline(toc_buf *out, const toc_recording *r, const char *name, int64_t last);
static const char *end_words(const toc_recording *r, int64_t last);
static void say_text(toc_buf *out, const char *text);

bool toc_why_unsent(toc_buf *out, const toc_recording *r, const char *wanted, int64_t last)
{
    const toc_plan *plan = toc_recording_plan(r, NULL);
    const int64_t count = toc_recording_count(r);
    const char *title = NULL;
    last = last > 0 && last < count ? last : count;
    const char *id = its_id(r, wanted, last, &title);
    if (!id || is_sent(r, id, last))
        return false;
    say_text(out, id);
    if (title) {
        toc_buf_str(out, " \"");
        say_text(out, title);
        toc_buf_char(out, '"');
    }
    toc_buf_printf(out, " was %s sent%s\n", last == count ? "never" : "not",
                   last == count ? "" : " by then");
    const size_t i = plan ? toc_plan_inject(plan, id) : TOC_NONE;
    const int64_t stop = stopped_by(r, id, last);
    if (stop > 0) {
        toc_why_text(out, r, stop);
        say_stop(out, r, stop);
    } else if (i != TOC_NONE && plan->injects[i].at.kind != TOC_AT_NEVER) {
        say_time(out, r, i, last);
    } else if (i != TOC_NONE && !say_contingency(out, r, i, last)) {
        say_part(out, r, id, last);
    }
    return true;
}

// As the list writes it: of the plan, or written in play. NULL: there is none.
static const char *its_id(const toc_recording *r, const char *id, int64_t last, const char **title)
{
    const toc_plan *plan = toc_recording_plan(r, NULL);
    for (size_t i = 0; plan && i < plan->inject_count; i++)
        if (strcasecmp(plan->injects[i].id, id) == 0) {
            *title = plan->injects[i].title;
            return plan->injects[i].id;
        }
    for (int64_t seq = 1; seq <= last; seq++) {
        const toc_event *ev = toc_recording_at(r, seq);
        const char *its = toc_event_str(ev, TOC_F_INJECT);
        if (its && ev->kind != TOC_K_OBSERVE && strcasecmp(its, id) == 0)
            return its;
    }
    return NULL;
}

static bool is_sent(const toc_recording *r, const char *id, int64_t last)
{
    for (int64_t seq = 1; seq <= last; seq++) {
        const toc_event *ev = toc_recording_at(r, seq);
        if (ev->kind == TOC_K_INJECT && strcmp(toc_event_str(ev, TOC_F_INJECT), id) == 0)
            return true;
    }
    return false;
}

// The newest line that held it, skipped it or waits for somebody to tell it; 0: none.
static int64_t stopped_by(const toc_recording *r, const char *id, int64_t last)
{
    for (int64_t seq = last; seq > 0; seq--) {
        const toc_event *ev = toc_recording_at(r, seq);
        const char *its = toc_event_str(ev, TOC_F_INJECT);
        const bool is_its = its && strcmp(its, id) == 0;
        if (is_its && (ev->kind == TOC_K_SKIP || ev->kind == TOC_K_HOLD || ev->kind == TOC_K_HELD ||
                       ev->kind == TOC_K_ARMED || ev->kind == TOC_K_CUE))
            return seq;
        if (ev->kind == TOC_K_JUMP && (is_listed(toc_event_value(ev, TOC_F_SKIP), id) ||
                                       is_listed(toc_event_value(ev, TOC_F_HOLD), id)))
            return seq;
        if (is_its && ev->kind == TOC_K_RELEASE)
            return 0; // it waits for its time again
    }
    return 0;
}

static bool is_listed(const toc_value *list, const char *id)
{
    for (size_t i = 0; list && i < list->count; i++)
        if (strcmp(list->list[i], id) == 0)
            return true;
    return false;
}

static void say_stop(toc_buf *out, const toc_recording *r, int64_t seq)
{
    const toc_kind kind = toc_recording_at(r, seq)->kind;
    if (kind == TOC_K_CUE)
        toc_buf_str(out, "  nobody marked it as told\n");
    else if (kind == TOC_K_HELD || kind == TOC_K_HOLD || kind == TOC_K_ARMED)
        toc_buf_str(out, "  nobody released it\n");
}

// It has a time of its own, which did not come.
static void say_time(toc_buf *out, const toc_recording *r, size_t inject, int64_t last)
{
    const toc_plan *plan = toc_recording_plan(r, NULL);
    const toc_inject *row = &plan->injects[inject];
    toc_event ev;
    toc_event_init(&ev, TOC_K_INJECT, 0);
    toc_event_set_str(&ev, TOC_F_INJECT, row->id);
    toc_buf_str(out, "  the schedule: ");
    toc_why_planned(out, plan, &ev);
    toc_event_fini(&ev);
    if (row->at.kind == TOC_AT_AFTER && !is_sent(r, plan->injects[row->at.inject].id, last)) {
        toc_buf_str(out, ", and ");
        say_text(out, plan->injects[row->at.inject].id);
        toc_buf_str(out, " was not sent either");
    } else {
        toc_buf_printf(out, "; that time had not come at %s, ", end_words(r, last));
        toc_play_text(out, toc_recording_at(r, last)->t);
    }
    toc_buf_char(out, '\n');
}

// It goes only where an expected action is not seen.
static bool say_contingency(toc_buf *out, const toc_recording *r, size_t inject, int64_t last)
{
    const toc_plan *plan = toc_recording_plan(r, NULL);
    for (size_t i = 0; i < plan->expectation_count; i++) {
        const toc_expectation *x = &plan->expectations[i];
        const char *state = NULL;
        if (x->contingency != inject)
            continue;
        for (int64_t seq = last; seq > 0 && !state; seq--) {
            const toc_event *ev = toc_recording_at(r, seq);
            if (ev->kind == TOC_K_EXPECTATION &&
                strcmp(toc_event_str(ev, TOC_F_EXPECTATION), x->id) == 0)
                state = toc_event_str(ev, TOC_F_STATE);
        }
        toc_buf_str(out, "  it is sent only if ");
        say_text(out, x->id);
        toc_buf_str(out, " is not seen in time: that was ");
        say_text(out, state ? state : "not expected yet");
        toc_buf_char(out, '\n');
        return true;
    }
    return false;
}

// A part of the scenario would have sent it, or EXCON by hand.
static void say_part(toc_buf *out, const toc_recording *r, const char *id, int64_t last)
{
    toc_source_parts parts;
    toc_why_parts(&parts, r, id);
    if (parts.count == 0)
        toc_buf_str(out, "  nothing in the scenario sends it: it was EXCON's to send, and nobody "
                         "did\n");
    for (size_t i = 0; i < parts.count && i < TOC_SOURCE_PARTS; i++) {
        const toc_source_part *part = &parts.at[i];
        toc_buf_str(out, "  it has no time of its own; ");
        toc_buf_str(out, part->name[0] ? "the storyline \"" : "what the scenario does in answer");
        say_text(out, part->name);
        toc_buf_str(out, part->name[0] ? "\" (" : " (");
        say_text(out, part->file);
        toc_buf_printf(out, ":%d) names it, and ", part->line);
        if (part->name[0])
            say_storyline(out, r, part->name, last);
        else
            toc_buf_str(out, "did not send it");
        toc_buf_char(out, '\n');
    }
}

// How far it came.
static void say_storyline(toc_buf *out, const toc_recording *r, const char *name, int64_t last)
{
    const toc_event *found = NULL;
    for (int64_t seq = last; seq > 0 && !found; seq--) {
        const toc_event *ev = toc_recording_at(r, seq);
        const bool is_one = ev->kind == TOC_K_STORYLINE || ev->kind == TOC_K_DROP;
        if (is_one && strcmp(toc_event_str(ev, TOC_F_STORYLINE), name) == 0)
            found = ev;
    }
    const char *state = found ? toc_event_str(found, TOC_F_STATE) : NULL;
    if (!found) {
        toc_buf_str(out, "did not begin");
    } else if (state && strcmp(state, "begins") == 0) {
        toc_buf_printf(out, "had not come to it at %s", end_words(r, last));
    } else if (state && strcmp(state, "ends") == 0) {
        toc_buf_str(out, "took another course, to its end at ");
        toc_play_text(out, found->t);
    } else {
        toc_buf_str(out, "was dropped at ");
        toc_play_text(out, found->t);
        const bool has_cause = found->cause >= 1 && found->cause < found->seq;
        const toc_event *act = has_cause ? toc_recording_at(r, found->cause) : found;
        const char *reason = act->kind == TOC_K_DROP ? toc_event_str(act, TOC_F_REASON) : NULL;
        toc_buf_str(out, reason ? ": " : "");
        say_text(out, reason ? reason : "");
    }
}

static const char *end_words(const toc_recording *r, int64_t last)
{
    for (int64_t seq = last; seq > 0; seq--)
        if (toc_recording_at(r, seq)->kind == TOC_K_ENDEX)
            return "ENDEX";
    return last == toc_recording_count(r) ? "the end of the recording" : "that moment";
}

static void say_text(toc_buf *out, const char *text)
{
    toc_text_visible(out, text, strlen(text), false);
}
