// SPDX-License-Identifier: MIT
// How this report came about, and what it cannot know.

#include <string.h>

#include "report_findings.h"

static void say_proof(toc_report *rp);
static void say_clock(toc_report *rp);
static void say_pauses(toc_report *rp);
static void say_gaps(toc_report *rp);
static void say_measures(toc_report *rp);
static void say_limits(toc_report *rp);
static bool keeps_any(const toc_report *rp);

void toc_report_method(toc_report *rp)
{
    toc_paper_section(rp->paper, "method", "Method and limits");
    say_proof(rp);
    say_clock(rp);
    say_pauses(rp);
    say_gaps(rp);
    say_measures(rp);
    say_limits(rp);
}

static void say_proof(toc_report *rp)
{
    const toc_verdict *v = rp->o->verdicts;
    toc_buf text = {0}, words = {0};
    toc_paper_heading(rp->paper, "proof", "What is proven");
    if (!v) {
        toc_paper_say(rp->paper, "Nothing: the recording was not verified for this report. To do "
                                 "that: tocsin verify JOURNAL.");
        return;
    }
    toc_paper_say(rp->paper, "Before this report was written, the recording was verified: its "
                             "chain of hashes, its seals, and, by executing "
                             "the scenario again from the recorded inputs, every line that the "
                             "engine had derived from them. Whoever has "
                             "the recording can do the same: tocsin verify JOURNAL.");
    if (v->kind == TOC_VERDICT_VERIFIED || (!rp->o->team && !rp->o->is_anonymous)) {
        toc_verdict_text(&text, v);
        toc_paper_foreign(&words, toc_buf_text(&text));
    } else {
        toc_buf_printf(&words, "The verdict: %s. ", toc_verdict_name(v->kind));
        toc_report_unproven(rp, &words);
    }
    while (words.len > 0 && words.data[words.len - 1] == '\n')
        words.data[--words.len] = '\0';
    toc_paper_quote(rp->paper, toc_buf_text(&words));
    if (!v->is_key_known)
        toc_paper_say(rp->paper, "Without a ticket of the run, anybody could have made the whole "
                                 "file with a key of their own: compare "
                                 "the key's fingerprint with one that a participant kept.");
    toc_buf_fini(&text);
    toc_buf_fini(&words);
}

// The play time at which the story's clock was set anew: by a phase, or another pace or speed.
static void say_clock(toc_report *rp)
{
    bool has_any = false;
    toc_paper_heading(rp->paper, "clock", "Clocks");
    toc_paper_say(rp->paper, "T+ is play time: it begins at STARTEX and stands still in pauses. "
                             "Story time is the time in the "
                             "scenario. Both were stamped by the engine, not by the terminals.");
    for (int64_t seq = 1; seq <= toc_recording_count(rp->r); seq++) {
        const toc_event *ev = toc_recording_at(rp->r, seq);
        if ((ev->kind != TOC_K_SPEED && ev->kind != TOC_K_PACE && ev->kind != TOC_K_JUMP &&
             ev->kind != TOC_K_PHASE_ENTERED) ||
            !toc_report_shows(rp, seq))
            continue;
        if (!has_any)
            toc_paper_say(rp->paper, "The clocks were changed here:");
        has_any = true;
        toc_buf words = {0};
        toc_report_when(rp, &words, ev->t);
        toc_buf_str(&words, " ");
        toc_report_told(rp, &words, seq);
        toc_buf_str(&words, " (");
        toc_report_line(rp, &words, seq);
        toc_buf_char(&words, ')');
        toc_paper_item(rp->paper, toc_buf_text(&words));
        toc_buf_fini(&words);
    }
}

static void say_pauses(toc_report *rp)
{
    const toc_review *v = &rp->review;
    if (v->pause_count == 0)
        return;
    toc_paper_table(rp->paper, "pauses", "When play stood still", "At|How long|Why");
    for (size_t i = 0; i < v->pause_count; i++) {
        const toc_review_pause *pause = &v->pauses[i];
        toc_buf words = {0};
        toc_paper_row(rp->paper, NULL);
        toc_report_when(rp, &words, pause->from);
        toc_paper_cell(rp->paper, toc_buf_text(&words));
        toc_buf_clear(&words);
        if (pause->until_seq == 0)
            toc_buf_str(&words, "play did not go on");
        else
            toc_report_took(&words, pause->wall_ms);
        toc_paper_cell(rp->paper, toc_buf_text(&words));
        toc_buf_clear(&words);
        toc_buf_str(&words, pause->is_emergency ? "real emergency"
                            : pause->is_restart ? "the engine was gone"
                                                : "paused");
        if (pause->by && strcmp(pause->by, "engine") != 0) {
            toc_buf_str(&words, " by ");
            toc_report_person(rp, &words, pause->by, pause->seq);
        }
        if (pause->reason && *pause->reason) {
            toc_buf_str(&words, ": ");
            toc_report_text(rp, &words, pause->reason);
        }
        toc_paper_cell(rp->paper, toc_buf_text(&words));
        toc_buf_fini(&words);
    }
}

static void say_gaps(toc_report *rp)
{
    size_t said = 0;
    toc_paper_heading(rp->paper, "gaps", "Terminals that were not there");
    for (size_t i = 0; i < rp->review.seat_count; i++) {
        const toc_review_seat *seat = &rp->review.seats[i];
        if (!toc_report_is_team(rp, seat->team) || seat->gaps == 0)
            continue;
        toc_buf words = {0};
        toc_report_person(rp, &words, seat->id, toc_recording_count(rp->r));
        toc_buf_str(&words, " was away ");
        if (seat->gaps == 1)
            toc_buf_str(&words, "once, for ");
        else
            toc_buf_printf(&words, "%zu times, for ", seat->gaps);
        if (seat->away < 1000)
            toc_buf_str(&words, "less than a second");
        else
            toc_report_took(&words, seat->away);
        toc_buf_str(&words,
                    " of play. What was sent to its team meanwhile was there when it came back.");
        toc_paper_item(rp->paper, toc_buf_text(&words));
        toc_buf_fini(&words);
        said++;
    }
    if (said == 0)
        toc_paper_say(rp->paper, "Nobody who had sat down was away in between.");
}

static void say_measures(toc_report *rp)
{
    toc_paper_heading(rp->paper, "measures", "How it is counted");
    toc_paper_item(rp->paper, "Opened: the first seat of the team opened or acknowledged it. What "
                              "was told by voice counts as opened when it was told.");
    toc_buf words = {0};
    toc_buf_printf(&words,
                   "Opened late: more than %d minutes of play after an inject came, %d where it is "
                   "urgent. No rule of the field says so; it is only where a question is worth "
                   "asking.",
                   TOC_REPORT_LATE_MINUTES, TOC_REPORT_URGENT_MINUTES);
    toc_paper_item(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_buf_printf(&words,
                   "Late by less than %d seconds is late, and stands behind everything that was "
                   "missed or later: in the overview, and in the improvement plan.",
                   TOC_REPORT_SLIGHT_S);
    toc_paper_item(rp->paper, toc_buf_text(&words));
    toc_paper_item(rp->paper, "Answered in time says when a decision was made, and nothing of "
                              "whether it was a good one: it has no mark of its own.");
    toc_paper_item(rp->paper, "Levels are in percent, with tenths where there are any; what lies "
                              "between two tenths counts as the lower one, as in the log.");
    toc_buf_fini(&words);
    toc_paper_item(rp->paper, "First act: the team's first message, decision, product handed in, "
                              "message passed on or acknowledgement after it had opened the "
                              "inject, whatever that was about.");
    toc_paper_item(rp->paper, "What came on the way of a jump counts from where the jump ended. "
                              "Who never opened or answered is not in a median.");
}

static bool keeps_any(const toc_report *rp)
{
    for (int64_t seq = 1; seq <= toc_recording_count(rp->r); seq++)
        if (toc_report_keeps(rp, seq))
            return true;
    return false;
}

static void say_limits(toc_report *rp)
{
    static const char *const limits[] = {
        "What was said at the table, on real telephones or in the corridor is not in a recording. "
        "A decision may have been made before "
        "it was entered.",
        "\"Read\" means that the first seat of a team opened a message, not that it was "
        "understood, nor that all at that table "
        "had seen it.",
        "An expected action was met if the engine saw its condition, or a controller marked it. "
        "What nobody could see stands as not "
        "observed; that is not the same as not done.",
        "Ratings, observations and reasons are by people, in their words. The rest is counted from "
        "the recording.",
        "Corrective actions are drafts from what was late or missed; people decide which of them "
        "are issues, and who mends them.",
        "Texts that people wrote may carry names and details of real persons, with or without "
        "anonymity.",
        "Levels of services and user-hours are those of the scenario's model, which its author "
        "wrote; they are no forecast.",
    };
    toc_paper_heading(rp->paper, "limits", "What it cannot know");
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        toc_paper_item(rp->paper, limits[i]);
    if (keeps_any(rp))
        toc_paper_item(rp->paper, "Who called a real emergency, and what was written until play "
                                  "went on, is kept back: it stands in EXCON's full report alone. "
                                  "What people wrote of it later is not known to be about it.");
    if (rp->o->is_anonymous)
        toc_paper_item(rp->paper,
                       "Names that people signed in with are taken out of texts in capitals and in "
                       "small letters, and so is each of their words from four letters on. A name "
                       "that is a common word too is taken out where it is that word; nicknames and "
                       "misspelt names stay.");
    toc_paper_say(
        rp->paper,
        "The same recording, notes and options always give the same report, byte for byte.");
}
