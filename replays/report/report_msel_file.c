// SPDX-License-Identifier: MIT
// msel-as-played.csv: what a controller can paste into the next plan.

#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "report_msel.h"

enum { ALL_FROM = 3 }; // so few teams are named, more are "all"

static void add_row(toc_report *rp, const toc_review_inject *row, size_t serial);

void toc_report_msel_file(toc_report *rp, const toc_review_inject *const *rows)
{
    toc_paper_file(rp->paper, "msel-as-played",
                   "Serial>|Kind|Id|Planned time|Sent time|Story time|Difference|Sent by|What "
                   "happened|From|To|Channel|Read aloud by|Title|Text|Notes for "
                   "controllers|Objective|Release|Opened by|Line>");
    for (size_t i = 0; i < rp->review.inject_count; i++)
        add_row(rp, rows[i], i + 1);
}

// As planners write it: "T+1:05", with seconds only where there are any.
static void add_time(toc_report *rp, int64_t t)
{
    int64_t seconds = t / 1000;
    toc_buf words = {0};
    if (t >= 0)
        toc_buf_printf(&words, "T+%lld:%02d", (long long)(seconds / 3600),
                       (int)(seconds / 60 % 60));
    if (t >= 0 && seconds % 60)
        toc_buf_printf(&words, ":%02d", (int)(seconds % 60));
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_fini(&words);
}

static void add_text(toc_report *rp, const char *text)
{
    toc_buf words = {0};
    toc_report_text(rp, &words, text);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_fini(&words);
}

// Is it the contingency of an expected action; of one that EXCON confirms?
static bool is_contingency(const toc_report *rp, const toc_review_inject *row, bool is_manual)
{
    const toc_plan *p = rp->plan;
    for (size_t i = 0; p && row->plan && i < p->expectation_count; i++)
        if (p->expectations[i].contingency == (size_t)(row->plan - p->injects) &&
            (p->expectations[i].manual || !is_manual))
            return true;
    return false;
}

static const char *kind_of(const toc_report *rp, const toc_review_inject *row)
{
    return is_contingency(rp, row, false) ? "contingency inject"
           : row->is_adhoc                ? "ad hoc inject"
                                          : "inject";
}

static const char *release_of(const toc_report *rp, const toc_review_inject *row)
{
    bool is_manual = (row->plan && row->plan->manual) || is_contingency(rp, row, true);
    return is_manual ? "manual: EXCON releases it" : "automatic";
}

static void add_to(toc_report *rp, const toc_review_inject *row, const toc_event *sent)
{
    const toc_value *to = toc_event_value(sent, TOC_F_TO);
    size_t count = to ? to->count : row->plan ? row->plan->to_count : 0;
    toc_buf words = {0};
    if (rp->plan && count == rp->plan->team_count && count > ALL_FROM) {
        toc_paper_cell(rp->paper, "all");
        return;
    }
    for (size_t i = 0; to && i < to->count; i++) {
        toc_buf_str(&words, i > 0 ? ", " : "");
        toc_report_text(rp, &words, to->list[i]);
    }
    for (size_t i = 0; !to && row->plan && i < row->plan->to_count; i++) {
        toc_buf_str(&words, i > 0 ? ", " : "");
        toc_report_text(rp, &words, rp->plan->teams[row->plan->to[i]].id);
    }
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_fini(&words);
}

// Its text in the plan if it was not sent.
static const char *text_of(const toc_event *sent, toc_field f, const char *planned)
{
    const char *text = toc_event_str(sent, f);
    return text ? text : planned;
}

static void add_from(toc_report *rp, const char *from)
{
    const char *name = from ? toc_report_named(rp, from) : NULL;
    add_text(rp, name ? name : from);
}

static void add_what(toc_report *rp, const toc_review_inject *row,
                     void (*add)(const toc_report *, toc_buf *, const toc_review_inject *))
{
    toc_buf words = {0};
    add(rp, &words, row);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_fini(&words);
}

static void add_row(toc_report *rp, const toc_review_inject *row, size_t serial)
{
    const toc_event *sent = toc_recording_at(rp->r, row->sent_seq);
    const toc_inject *plan = row->plan;
    int64_t t = row->sent_seq ? row->sent : row->planned;
    toc_buf words = {0};
    toc_paper_row(rp->paper, NULL);
    toc_paper_cellf(rp->paper, "%zu", serial);
    toc_paper_cell(rp->paper, kind_of(rp, row));
    add_text(rp, row->id);
    add_time(rp, row->planned);
    add_time(rp, row->sent_seq ? row->sent : -1);
    if (t >= 0)
        toc_story_text(&words,
                       toc_recording_story_at(
                           rp->r, row->sent_seq ? row->sent_seq : toc_recording_by(rp->r, t), t));
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_report_difference(&words, row);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    add_what(rp, row, toc_report_sender);
    toc_buf_clear(&words);
    toc_report_changes(rp, &words, row);
    if (words.len == 0 && !row->sent_seq)
        toc_buf_str(&words, "not sent");
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    add_from(rp, text_of(sent, TOC_F_FROM, plan ? plan->from : NULL));
    add_to(rp, row, sent);
    add_text(rp, text_of(sent, TOC_F_CHANNEL, plan ? plan->channel : NULL));
    add_text(rp, plan ? plan->voice : NULL);
    add_text(rp, row->title);
    add_text(rp, text_of(sent, TOC_F_TEXT, plan ? plan->text : NULL));
    add_text(rp, text_of(sent, TOC_F_NOTES, plan ? plan->notes : NULL));
    add_text(rp, row->objective);
    toc_paper_cell(rp->paper, release_of(rp, row));
    add_what(rp, row, toc_report_readers);
    if (row->sent_seq)
        toc_paper_cellf(rp->paper, "%lld", (long long)row->sent_seq);
    toc_buf_fini(&words);
}
