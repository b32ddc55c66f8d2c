// SPDX-License-Identifier: MIT
// The master list, planned and as played. It is EXCON's alone: a team's report has none.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report_findings.h"
#include "report_msel.h"

enum { ON_TIME = 60 * 1000 }; // ms off the plan that nobody minds

static const toc_review_inject **sort_rows(const toc_report *rp);
static void say_summary(toc_report *rp);
static void say_drops(toc_report *rp);
static void say_rows(toc_report *rp, const toc_review_inject *const *rows, bool is_all);
static void add_row(toc_report *rp, const toc_review_inject *row);

void toc_report_msel(toc_report *rp)
{
    const toc_review *v = &rp->review;
    if (rp->o->team || v->inject_count == 0 || v->started < 0)
        return;
    const toc_review_inject **rows = sort_rows(rp);
    size_t other = 0;
    for (size_t i = 0; i < v->inject_count; i++)
        other += toc_report_is_changed(rp, rows[i]);
    toc_paper_section(rp->paper, "msel", "Master list, planned and as played");
    say_summary(rp);
    if (other > 0) {
        toc_paper_say(rp->paper, "Otherwise than planned:");
        say_rows(rp, rows, false);
    }
    say_drops(rp);
    toc_paper_details(rp->paper, "All rows, in the order in which they came");
    say_rows(rp, rows, true);
    toc_paper_details_end(rp->paper);
    toc_report_msel_file(rp, rows);
    free(rows);
}

static int64_t time_of(const toc_review_inject *row)
{
    return row->sent >= 0       ? row->sent
           : row->moved_to >= 0 ? row->moved_to
           : row->planned >= 0  ? row->planned
                                : INT64_MAX;
}

static int by_time(const void *a, const void *b)
{
    const toc_review_inject *one = *(const toc_review_inject *const *)a;
    const toc_review_inject *other = *(const toc_review_inject *const *)b;
    int64_t left = time_of(one), right = time_of(other);
    if (left != right)
        return left < right ? -1 : 1;
    if (one->sent_seq != other->sent_seq)
        return one->sent_seq < other->sent_seq ? -1 : 1;
    return one < other ? -1 : one > other;
}

static const toc_review_inject **sort_rows(const toc_report *rp)
{
    const toc_review *v = &rp->review;
    const toc_review_inject **rows = toc_alloc(v->inject_count * sizeof *rows);
    for (size_t i = 0; i < v->inject_count; i++)
        rows[i] = &v->injects[i];
    qsort(rows, v->inject_count, sizeof *rows, by_time);
    return rows;
}

// Should it have gone by itself in what was played, and did not?
static bool is_missing(const toc_report *rp, const toc_review_inject *row)
{
    return row->sent_seq == 0 && row->planned >= 0 && row->planned <= toc_recording_end(rp->r);
}

bool toc_report_is_changed(const toc_report *rp, const toc_review_inject *row)
{
    int64_t off = row->sent_seq && row->planned >= 0 ? row->sent - row->planned : 0;
    return row->is_adhoc || row->armed_seq || row->held_seq || row->skipped_seq ||
           row->edited_seq || row->moved_seq || row->fired_seq || off > ON_TIME || off < -ON_TIME ||
           is_missing(rp, row);
}

// How a row went, for the summary.
typedef enum { IN_TIME, OFF, UNTIMED, WRITTEN, SKIPPED, MISSING, UNNEEDED, FATES } fate;

static fate fate_of(const toc_report *rp, const toc_review_inject *row)
{
    int64_t off = row->sent - row->planned;
    if (!row->sent_seq)
        return row->skipped_seq ? SKIPPED : is_missing(rp, row) ? MISSING : UNNEEDED;
    if (row->is_adhoc)
        return WRITTEN;
    if (row->planned < 0)
        return UNTIMED;
    return off > ON_TIME || off < -ON_TIME ? OFF : IN_TIME;
}

static void say_summary(toc_report *rp)
{
    static const char *const words[FATES] = {
        "sent within a minute of the planned time",
        "sent at another time",
        "sent without a time of its own: by a storyline, the lack of an expected action, or EXCON",
        "written in play",
        "skipped",
        "not sent, though the time came",
        "never needed, or the time did not come",
    };
    size_t counts[FATES] = {0};
    for (size_t i = 0; i < rp->review.inject_count; i++)
        counts[fate_of(rp, &rp->review.injects[i])]++;
    toc_paper_sayf(rp->paper, "%zu injects:", rp->review.inject_count);
    for (size_t i = 0; i < FATES; i++) {
        char *line = toc_sprintf("%zu %s", counts[i], words[i]);
        if (counts[i] > 0)
            toc_paper_item(rp->paper, line);
        free(line);
    }
}

// No line tells which rows a storyline would have sent.
static void say_drops(toc_report *rp)
{
    for (int64_t seq = 1; seq <= toc_recording_count(rp->r); seq++) {
        const toc_event *ev = toc_recording_at(rp->r, seq);
        if (ev->kind != TOC_K_DROP)
            continue;
        const char *reason = toc_event_str(ev, TOC_F_REASON);
        toc_buf words = {0};
        toc_buf_str(&words, "EXCON dropped the storyline \"");
        toc_report_text(rp, &words, toc_event_str(ev, TOC_F_STORYLINE));
        toc_buf_str(&words, "\" at ");
        toc_report_when(rp, &words, ev->t);
        toc_buf_str(&words, "; what only it would have sent after that was not sent");
        if (toc_report_has_words(reason)) {
            toc_buf_str(&words, ". The reason: ");
            toc_report_text(rp, &words, reason);
        }
        toc_report_evidence(rp, &words, &seq, 1);
        toc_buf_char(&words, '.');
        toc_paper_say(rp->paper, toc_buf_text(&words));
        toc_buf_fini(&words);
    }
}

static void say_rows(toc_report *rp, const toc_review_inject *const *rows, bool is_all)
{
    toc_paper_table(rp->paper, NULL, NULL,
                    "Inject|Planned|Sent|Difference>|Sent by|What happened|Opened by");
    for (size_t i = 0; i < rp->review.inject_count; i++)
        if (is_all || toc_report_is_changed(rp, rows[i]))
            add_row(rp, rows[i]);
}

static void add_row(toc_report *rp, const toc_review_inject *row)
{
    toc_buf words = {0};
    toc_paper_row(rp->paper, NULL);
    toc_paper_foreign(&words, row->id);
    toc_buf_char(&words, ' ');
    toc_report_text(rp, &words, row->title);
    toc_report_evidence(rp, &words, &row->sent_seq, 1);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_report_when(rp, &words, row->planned);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    if (row->sent_seq)
        toc_report_when(rp, &words, row->sent);
    else
        toc_paper_tone(&words, is_missing(rp, row) ? TOC_TONE_LATE : TOC_TONE_PLAIN, "not sent");
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_report_difference(&words, row);
    toc_paper_cell(rp->paper, words.len > 0 ? toc_buf_text(&words) : "–");
    toc_buf_clear(&words);
    toc_report_sender(rp, &words, row);
    toc_paper_cell(rp->paper, words.len > 0 ? toc_buf_text(&words) : "–");
    toc_buf_clear(&words);
    toc_report_changes(rp, &words, row);
    toc_paper_cell(rp->paper, words.len > 0 ? toc_buf_text(&words) : "–");
    toc_buf_clear(&words);
    toc_report_readers(rp, &words, row);
    toc_paper_cell(rp->paper, words.len > 0 ? toc_buf_text(&words) : "–");
    toc_buf_fini(&words);
}
