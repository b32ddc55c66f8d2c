// SPDX-License-Identifier: MIT
// What was done about the world: repairs, alternatives, fuel, black starts. A repair that stands still names what it waits for.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report_world.h"
#include "world/words.h"

typedef struct {
    const toc_event *begun, *done, *newest; // done: NULL if it was not
    int64_t waits_since;                    // seq; 0: it does not wait
    toc_buf waits;
} mended;

typedef struct {
    mended *at;
    size_t count, capacity;
} mendeds;

static void see_repair(mendeds *all, const toc_report *rp, const toc_event *ev);
static void see_measure(mendeds *all, const toc_event *ev);
static mended *open_one(mendeds *all, const toc_event *ev);
static mended *begin(mendeds *all, const toc_event *ev);
static void end_wait(mended *m, const toc_report *rp, const toc_event *until);
static void add_row(toc_report *rp, mended *m);
static void add_what(const toc_report *rp, toc_buf *words, const mended *m);

void toc_report_mended(toc_report *rp)
{
    mendeds all = {0};
    for (int64_t seq = 1; seq <= toc_recording_count(rp->r); seq++) {
        const toc_event *ev = toc_recording_at(rp->r, seq);
        if (ev->kind != TOC_K_REPAIR && ev->kind != TOC_K_MEASURE)
            continue;
        if (!toc_report_sees(rp, toc_event_str(ev, TOC_F_SERVICE)))
            continue;
        if (ev->kind == TOC_K_REPAIR)
            see_repair(&all, rp, ev);
        else
            see_measure(&all, ev);
    }
    if (all.count > 0) {
        toc_paper_heading(rp->paper, "world-mended", "Repairs and alternatives");
        toc_paper_table(rp->paper, "repairs", NULL,
                        rp->o->team ? "What|Begun|Story|Done|Story|Waited for"
                                    : "What|Begun|Story|Done|Story|Waited for|Brought about");
    }
    for (size_t i = 0; i < all.count; i++) {
        add_row(rp, &all.at[i]);
        toc_buf_fini(&all.at[i].waits);
    }
    free(all.at);
}

static void see_repair(mendeds *all, const toc_report *rp, const toc_event *ev)
{
    const char *state = toc_event_str(ev, TOC_F_STATE);
    mended *m = open_one(all, ev);
    m = m ? m : begin(all, ev);
    m->newest = ev;
    if (strcmp(state, "standing still") == 0 && !m->waits_since)
        m->waits_since = ev->seq;
    else if (strcmp(state, "standing still") != 0)
        end_wait(m, rp, ev);
    if (strcmp(state, "done") == 0)
        m->done = ev;
}

static void see_measure(mendeds *all, const toc_event *ev)
{
    const char *measure = toc_event_str(ev, TOC_F_MEASURE), *state = toc_event_str(ev, TOC_F_STATE);
    bool is_opening = state && strcmp(state, "opening") == 0;
    if (strcmp(measure, "set") == 0)
        return;
    mended *m = is_opening ? NULL : open_one(all, ev);
    m = m ? m : begin(all, ev);
    m->newest = ev;
    if (!is_opening)
        m->done = ev;
}

static bool is_same(const toc_event *a, const toc_event *b, toc_field f)
{
    const char *one = toc_event_str(a, f), *other = toc_event_str(b, f);
    return one && other ? strcmp(one, other) == 0 : one == other;
}

static mended *open_one(mendeds *all, const toc_event *ev)
{
    for (size_t i = all->count; i-- > 0;) {
        mended *m = &all->at[i];
        if (!m->done && m->begun->kind == ev->kind && is_same(m->begun, ev, TOC_F_REPAIR) &&
            is_same(m->begun, ev, TOC_F_MEASURE) && is_same(m->begun, ev, TOC_F_SERVICE) &&
            is_same(m->begun, ev, TOC_F_PROVIDER))
            return m;
    }
    return NULL;
}

static mended *begin(mendeds *all, const toc_event *ev)
{
    TOC_GROW(all->at, all->count, all->capacity);
    all->at[all->count] = (mended){.begun = ev};
    return &all->at[all->count++];
}

// until: the line that ends it; NULL: it waited to the end.
static void end_wait(mended *m, const toc_report *rp, const toc_event *until)
{
    if (!m->waits_since)
        return;
    const toc_event *from = toc_recording_at(rp->r, m->waits_since);
    const char *provider = toc_event_str(from, TOC_F_BECAUSE);
    toc_buf_str(&m->waits, m->waits.len > 0 ? "\n" : "");
    if (provider && toc_report_sees(rp, provider))
        toc_report_text(rp, &m->waits, toc_report_service(rp, provider));
    else
        toc_buf_str(&m->waits, "something it needs");
    toc_buf_str(&m->waits, ", from ");
    toc_report_when(rp, &m->waits, from->t);
    toc_buf_str(&m->waits, " (");
    toc_report_clock(&m->waits, from);
    toc_buf_str(&m->waits, until ? ") to " : ") to the end");
    if (until) {
        toc_report_when(rp, &m->waits, until->t);
        toc_buf_str(&m->waits, " (");
        toc_report_clock(&m->waits, until);
        toc_buf_char(&m->waits, ')');
    }
    m->waits_since = 0;
}

static void add_row(toc_report *rp, mended *m)
{
    toc_buf words = {0};
    end_wait(m, rp, NULL);
    toc_paper_row(rp->paper, NULL);
    add_what(rp, &words, m);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    for (int i = 0; i < 2; i++) {
        const toc_event *ev = i == 0 ? m->begun : m->done;
        toc_buf_clear(&words);
        if (ev)
            toc_report_when(rp, &words, ev->t);
        else
            toc_paper_tone(&words, TOC_TONE_LATE, "not done");
        toc_paper_cell(rp->paper, toc_buf_text(&words));
        toc_buf_clear(&words);
        if (ev) {
            toc_report_clock(&words, ev);
        } else if (toc_event_int(m->newest, TOC_F_LEFT) > 0) {
            toc_minutes_text(&words, toc_event_int(m->newest, TOC_F_LEFT));
            toc_buf_str(&words, " of crew time were left when it was last told");
        }
        toc_paper_cell(rp->paper, toc_buf_text(&words));
    }
    toc_paper_cell(rp->paper, m->waits.len > 0 ? toc_buf_text(&m->waits) : "–");
    toc_buf_clear(&words);
    toc_report_doer(rp, &words, m->begun);
    toc_buf_str(&words, words.len > 0 ? " (" : "");
    bool is_open = words.len > 0;
    toc_report_line(rp, &words, m->begun->seq);
    toc_buf_str(&words, is_open ? ")" : "");
    if (!rp->o->team)
        toc_paper_cell(rp->paper, toc_buf_text(&words) + (toc_buf_text(&words)[0] == ' '));
    toc_buf_fini(&words);
}

static void add_what(const toc_report *rp, toc_buf *words, const mended *m)
{
    const toc_event *ev = m->begun;
    const char *measure = toc_event_str(ev, TOC_F_MEASURE), *provider = NULL;
    const char *service = toc_report_service(rp, toc_event_str(ev, TOC_F_SERVICE));
    if (ev->kind == TOC_K_REPAIR) {
        const char *id = toc_event_str(ev, TOC_F_REPAIR);
        size_t i = rp->plan ? toc_plan_repair(rp->plan, id) : TOC_NONE;
        const char *name = i != TOC_NONE ? rp->plan->model.repairs[i].name : NULL;
        toc_buf_str(words, "Repair of ");
        toc_report_text(rp, words, service);
        toc_buf_str(words, ": ");
        toc_report_text(rp, words, name ? name : id);
        return;
    }
    provider = toc_event_str(ev, TOC_F_PROVIDER);
    provider = provider && toc_report_sees(rp, provider) ? provider : NULL;
    toc_report_text(rp, words, service);
    if (strcmp(measure, "open") == 0)
        toc_buf_str(words, provider ? " switched to " : " switched to an alternative");
    else if (strcmp(measure, "refuel") == 0)
        toc_buf_str(words, provider ? " refuelled against the loss of " : " refuelled");
    else
        toc_buf_str(words, ": black start");
    if (provider)
        toc_report_text(rp, words, toc_report_service(rp, provider));
}
