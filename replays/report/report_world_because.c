// SPDX-License-Identifier: MIT
// From a level back along its causes, as far as the reader may see them.

#include <string.h>

#include "base/mem.h"
#include "report_world.h"
#include "../watch/why_source.h"
#include "world/words.h"

enum { LINKS_MAX = 12, MINUTE = 16 }; // "2026-02-10 11:02"

static void add_cause(const toc_report *rp, toc_buf *words, const toc_event *ev,
                      const toc_event *cause);
static void add_level(const toc_report *rp, toc_buf *words, const toc_event *ev,
                      const toc_event *cause);
static void add_bound(const toc_report *rp, toc_buf *words, const toc_event *ev, const char *bound);
static void add_measure(const toc_report *rp, toc_buf *words, const toc_event *ev);
static int64_t change_of(const toc_report *rp, const toc_event *ev);

const char *toc_report_service(const toc_report *rp, const char *id)
{
    size_t i = rp->plan ? toc_plan_service(rp->plan, id) : TOC_NONE;
    return i != TOC_NONE ? toc_service_name(&rp->plan->model, i) : id;
}

bool toc_report_sees(const toc_report *rp, const char *service)
{
    size_t i = rp->plan ? toc_plan_service(rp->plan, service) : TOC_NONE;
    return !rp->o->team || (i != TOC_NONE && toc_plan_sees(rp->plan, rp->o->team, i));
}

int64_t toc_report_level(const toc_report *rp, const char *service, int64_t seq)
{
    const toc_review *v = &rp->review;
    for (size_t i = 0; i < v->service_count; i++) {
        const toc_review_service *s = &v->services[i];
        int64_t level = s->first;
        if (strcmp(s->id, service) != 0)
            continue;
        for (size_t k = 0; k < s->count && s->at[k].seq <= seq; k++)
            level = s->at[k].level;
        return level;
    }
    return TOC_PPM;
}

void toc_report_clock(toc_buf *words, const toc_event *ev)
{
    char clock[MINUTE + 1];
    const char *story = toc_event_str(ev, TOC_F_STORY);
    toc_copy_text(clock, sizeof clock, story ? story : "");
    toc_paper_foreign(words, clock);
}

int64_t toc_report_because(const toc_report *rp, toc_buf *words, int64_t seq)
{
    const toc_event *ev = toc_recording_at(rp->r, seq);
    for (int link = 0; ev->kind == TOC_K_LEVEL; link++) {
        const toc_event *cause = toc_recording_at(rp->r, ev->cause < ev->seq ? ev->cause : 0);
        if (cause->kind == TOC_K_UNKNOWN)
            return 0;
        toc_buf_str(words, link > 0 ? " because " : "");
        if (link == LINKS_MAX) {
            toc_buf_str(words, "…");
            return 0;
        }
        const char *bound = toc_event_str(ev, TOC_F_BECAUSE);
        if (toc_report_is_contrary(rp, ev)) {
            add_bound(rp, words, ev, bound && toc_report_sees(rp, bound) ? bound : NULL);
            return 0;
        }
        if (!toc_report_shows(rp, cause->seq)) {
            toc_buf_str(words, strcmp(toc_event_str(ev, TOC_F_WHY), "own") == 0
                                   ? "its own capability fell"
                                   : "of what this team is not shown");
            return 0;
        }
        add_cause(rp, words, ev, cause);
        ev = cause;
    }
    return ev->kind == TOC_K_MEASURE ? ev->seq : 0;
}

static void add_cause(const toc_report *rp, toc_buf *words, const toc_event *ev,
                      const toc_event *cause)
{
    if (cause->kind == TOC_K_LEVEL) {
        add_level(rp, words, ev, cause);
    } else if (cause->kind == TOC_K_MEASURE) {
        add_measure(rp, words, cause);
    } else if (cause->kind == TOC_K_REPAIR) {
        toc_buf_str(words, "a repair of it went on");
    } else {
        toc_report_told(rp, words, cause->seq);
    }
}

static void add_level(const toc_report *rp, toc_buf *words, const toc_event *ev,
                      const toc_event *cause)
{
    const char *left = toc_event_str(ev, TOC_F_BECAUSE), *why = toc_event_str(ev, TOC_F_WHY);
    const char *service = toc_event_str(cause, TOC_F_SERVICE);
    toc_report_text(rp, words, toc_report_service(rp, service));
    toc_buf_char(words, ' ');
    toc_report_percent(words, toc_event_int(cause, TOC_F_LEVEL));
    // What binds it need not be what changed: it may be the alternative that is left, and worse.
    bool is_left = left && strcmp(left, service) != 0 && toc_report_sees(rp, left);
    bool is_empty = strcmp(why, "autonomy") == 0;
    if (!is_left && !is_empty)
        return;
    toc_buf_str(words, is_empty ? " (for longer than its autonomy" : " (");
    toc_buf_str(words, is_left && is_empty ? "; " : "");
    if (is_left) {
        toc_buf_str(words, "left with ");
        toc_report_text(rp, words, toc_report_service(rp, left));
    }
    toc_buf_char(words, ')');
}

// What the level's own line says: what binds it (NULL: none that the reader sees), and why.
static void add_bound(const toc_report *rp, toc_buf *words, const toc_event *ev, const char *bound)
{
    if (bound) {
        toc_report_text(rp, words, toc_report_service(rp, bound));
        toc_buf_char(words, ' ');
        toc_report_percent(words, toc_report_level(rp, bound, ev->seq));
    } else {
        toc_buf_str(words, "of what it needs");
    }
    if (strcmp(toc_event_str(ev, TOC_F_WHY), "autonomy") == 0)
        toc_buf_str(words, " (for longer than its autonomy)");
}

bool toc_report_is_contrary(const toc_report *rp, const toc_event *ev)
{
    const toc_event *cause = toc_recording_at(rp->r, ev->cause < ev->seq ? ev->cause : 0);
    return ev->kind == TOC_K_LEVEL && cause->kind == TOC_K_LEVEL && change_of(rp, ev) < 0 &&
           change_of(rp, cause) > 0;
}

// By how much the line changed its service's level, ppm.
static int64_t change_of(const toc_report *rp, const toc_event *ev)
{
    const toc_review *v = &rp->review;
    for (size_t i = 0; i < v->service_count; i++) {
        const toc_review_service *s = &v->services[i];
        size_t from = 0, until = s->count;
        if (strcmp(s->id, toc_event_str(ev, TOC_F_SERVICE)) != 0)
            continue;
        while (from < until) { // the first of its lines that is not before this one
            const size_t half = from + (until - from) / 2;
            if (s->at[half].seq < ev->seq)
                from = half + 1;
            else
                until = half;
        }
        return toc_event_int(ev, TOC_F_LEVEL) - (from > 0 ? s->at[from - 1].level : s->first);
    }
    return 0;
}

static void add_measure(const toc_report *rp, toc_buf *words, const toc_event *ev)
{
    const char *measure = toc_event_str(ev, TOC_F_MEASURE);
    const char *provider = toc_event_str(ev, TOC_F_PROVIDER);
    if (strcmp(measure, "set") == 0) {
        toc_buf_str(words, "set to ");
        toc_report_percent(words, toc_event_int(ev, TOC_F_LEVEL));
    } else if (strcmp(measure, "open") == 0 && provider && toc_report_sees(rp, provider)) {
        toc_buf_str(words, "switched to ");
        toc_report_text(rp, words, toc_report_service(rp, provider));
    } else {
        toc_report_text(rp, words, measure);
    }
    toc_report_doer(rp, words, ev);
}

void toc_report_doer(const toc_report *rp, toc_buf *words, const toc_event *ev)
{
    const toc_event *cause = toc_recording_at(rp->r, ev->cause < ev->seq ? ev->cause : 0);
    bool is_settled = cause->kind == TOC_K_DECIDED || cause->kind == TOC_K_OVERDUE;
    bool is_known = false;
    toc_buf part = {0};
    if (rp->o->team)
        return;
    if (cause->kind == TOC_K_INTERVENE) {
        const char *reason = toc_event_str(cause, TOC_F_REASON);
        toc_buf_str(words, " by hand by ");
        toc_report_person(rp, words, toc_event_str(cause, TOC_F_BY), cause->seq);
        if (reason && *reason) {
            toc_buf_str(words, ", ");
            toc_report_quoted(rp, words, reason);
        }
    } else if ((is_known = toc_why_part(&part, rp->r, ev)) || !is_settled) {
        toc_buf_str(words, " by ");
        toc_report_text(rp, words, is_known ? toc_buf_text(&part) : "the scenario");
    }
    if (is_settled) {
        toc_buf_str(words, is_known ? ", after " : " after ");
        toc_report_text(rp, words, toc_event_str(cause, TOC_F_DECISION));
        toc_buf_str(words,
                    cause->kind == TOC_K_DECIDED ? " was decided" : " was not answered in time");
    }
    toc_buf_fini(&part);
}
