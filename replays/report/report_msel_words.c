// SPDX-License-Identifier: MIT
// What became of a row of the master list, in words.

#include <string.h>

#include "report_msel.h"

static void begin_line(toc_buf *words);
static void add_line(const toc_report *rp, toc_buf *words, int64_t seq);
static void add_reason(const toc_report *rp, toc_buf *words, const char *reason);
static void add_edits(const toc_report *rp, toc_buf *words, const toc_review_inject *row);
static void add_stops(const toc_report *rp, toc_buf *words, const toc_review_inject *row);

void toc_report_difference(toc_buf *words, const toc_review_inject *row)
{
    int64_t off = row->sent - row->planned;
    if (!row->sent_seq || row->planned < 0)
        return;
    toc_buf_str(words, off < 0 ? "−" : off > 0 ? "+" : "");
    toc_report_took(words, off < 0 ? -off : off);
}

void toc_report_sender(const toc_report *rp, toc_buf *words, const toc_review_inject *row)
{
    static const char *const own[] = {"clock", "storyline", "contingency"};
    if (!row->sent_seq || !row->sent_by)
        return;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(row->sent_by, own[i]) == 0) {
            toc_buf_str(words, own[i]);
            return;
        }
    toc_report_person(rp, words, row->sent_by, row->sent_seq);
}

void toc_report_changes(const toc_report *rp, toc_buf *words, const toc_review_inject *row)
{
    if (row->is_adhoc)
        toc_buf_str(words, "written in play");
    if (row->armed_by) {
        begin_line(words);
        toc_paper_foreign(words, row->armed_by);
        toc_buf_str(words, row->armed_seq ? " was not seen: armed, waits for EXCON"
                                          : " was not seen: sent by itself");
        add_line(rp, words, row->armed_seq);
    }
    add_stops(rp, words, row);
    if (row->moved_seq) {
        begin_line(words);
        toc_buf_str(words, "moved to ");
        toc_report_when(rp, words, row->moved_to);
        add_line(rp, words, row->moved_seq);
    }
    add_edits(rp, words, row);
    if (row->released_seq) {
        begin_line(words);
        toc_buf_str(words, "released by EXCON");
        add_line(rp, words, row->released_seq);
    }
    if (row->fired_seq) {
        begin_line(words);
        toc_buf_str(words, "sent by hand");
        add_line(rp, words, row->fired_seq);
    }
    if (row->delivered_seq) {
        begin_line(words);
        toc_buf_str(words, "told by voice");
        add_line(rp, words, row->delivered_seq);
    }
}

void toc_report_readers(const toc_report *rp, toc_buf *words, const toc_review_inject *row)
{
    const toc_review *v = &rp->review;
    for (size_t i = 0; row->sent_seq && i < v->arrival_count; i++) {
        const toc_review_arrival *a = &v->arrivals[i];
        if (a->item != row->sent_seq || !a->is_team)
            continue;
        toc_buf_str(words, words->len > 0 ? ", " : "");
        toc_report_text(rp, words, a->to);
        if (a->is_voice) {
            toc_buf_str(words, " told");
        } else if (a->read_seq) {
            toc_buf_str(words, a->since > a->arrived ? " " : " after ");
            toc_report_took(words, toc_review_took(a->since, a->read));
            toc_buf_str(words, a->since > a->arrived ? " after the jump" : "");
        } else {
            toc_buf_char(words, ' ');
            toc_paper_tone(words, TOC_TONE_BAD, "never");
        }
    }
}

static void begin_line(toc_buf *words)
{
    toc_buf_str(words, words->len > 0 ? "\n" : "");
}

static void add_line(const toc_report *rp, toc_buf *words, int64_t seq)
{
    if (seq <= 0 || !toc_report_shows(rp, seq))
        return;
    toc_buf_str(words, " (");
    toc_report_line(rp, words, seq);
    toc_buf_char(words, ')');
}

static void add_reason(const toc_report *rp, toc_buf *words, const char *reason)
{
    if (!reason || !*reason)
        return;
    toc_buf_str(words, ": ");
    toc_report_text(rp, words, reason);
}

// Held and skipped; the reason is the newest one's. What was armed is held by that.
static void add_stops(const toc_report *rp, toc_buf *words, const toc_review_inject *row)
{
    if (row->held_seq && row->held_seq != row->armed_seq) {
        begin_line(words);
        toc_buf_str(words, row->recalled_seq ? "held, its cue taken back" : "held");
        add_reason(rp, words, row->skipped_seq > row->held_seq ? NULL : row->reason);
        add_line(rp, words, row->held_seq);
    }
    if (row->skipped_seq) {
        begin_line(words);
        toc_buf_str(words, "skipped");
        add_reason(rp, words, row->reason);
        add_line(rp, words, row->skipped_seq);
    }
}

static void add_edit(const toc_report *rp, toc_buf *words, const toc_review_inject *row,
                     const toc_event *ev)
{
    const char *title = toc_event_str(ev, TOC_F_TITLE), *was = row->plan ? row->plan->title : NULL;
    begin_line(words);
    toc_buf_str(words, "rewritten: ");
    if (title) {
        toc_buf_str(words, "title ");
        if (was) {
            toc_buf_char(words, '"');
            toc_report_text(rp, words, was);
            toc_buf_str(words, "\" ");
        }
        toc_buf_str(words, "now \"");
        toc_report_text(rp, words, title);
        toc_buf_char(words, '"');
    }
    if (toc_event_has(ev, TOC_F_TEXT))
        toc_buf_str(words, title ? ", and its text" : "its text");
    add_reason(rp, words, toc_event_str(ev, TOC_F_REASON));
    add_line(rp, words, ev->seq);
}

static void add_edits(const toc_report *rp, toc_buf *words, const toc_review_inject *row)
{
    for (int64_t seq = 1; seq <= row->edited_seq; seq++) {
        const toc_event *ev = toc_recording_at(rp->r, seq);
        if (ev->kind == TOC_K_EDIT && strcmp(toc_event_str(ev, TOC_F_INJECT), row->id) == 0)
            add_edit(rp, words, row, ev);
    }
}
