// SPDX-License-Identifier: MIT
// Each decision that was asked: the question, the answer with its reason, what was known by then, what came of it, and
// what another answer would have led to.

#include "report_decisions.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report_alternatives.h"

static bool is_shown(const toc_report *rp, const toc_review_decision *d);
static void say_table(toc_report *rp);
static void say_row(toc_report *rp, const toc_review_decision *d);
static void say_decision(toc_report *rp, const size_t *origins, const toc_alternatives *others,
                         size_t i);
static void say_question(toc_report *rp, const toc_review_decision *d);
static void say_asked(toc_report *rp, const toc_review_decision *d);
static void say_answered(toc_report *rp, const toc_review_decision *d);
static void say_ruling(toc_report *rp, const toc_review_decision *d);
static void say_late(toc_report *rp, const toc_review_decision *d);
static toc_tone outcome(toc_buf *words, const toc_review_decision *d);
static const char *hand_of(const toc_report *rp, int64_t seq);
static void fact(toc_report *rp, const char *name, toc_buf *words);
static void say_never_asked(toc_report *rp);

void toc_report_decisions(toc_report *rp)
{
    size_t count = 0;
    for (size_t i = 0; i < rp->review.decision_count; i++)
        count += is_shown(rp, &rp->review.decisions[i]);
    toc_paper_section(rp->paper, "decisions", "Decisions");
    if (count == 0) {
        toc_paper_say(rp->paper, rp->o->team ? "This team was asked for no decision."
                                             : "No decision was asked for.");
        return;
    }
    const bool has_others = rp->o->has_alternatives && !rp->o->team;
    toc_alternatives *others = has_others ? toc_alternatives_of(rp) : NULL;
    size_t *origins = toc_report_origins(rp);
    say_table(rp);
    say_never_asked(rp);
    if (others)
        toc_paper_say(
            rp->paper,
            "Under each decision stands what another answer would have led to. It is reckoned, not "
            "foretold: the recording was executed again with that one answer changed at the same "
            "time, and what people did and said later stands as they did and said it, even where "
            "it no longer fits; what nobody here was asked, the players of a rehearsal answered "
            "with the first option.");
    for (size_t i = 0; i < rp->review.decision_count; i++)
        if (is_shown(rp, &rp->review.decisions[i]))
            say_decision(rp, origins, others, i);
    free(origins);
    toc_alternatives_free(others);
}

static bool is_shown(const toc_report *rp, const toc_review_decision *d)
{
    return d->ask_seq && toc_report_is_team(rp, d->team);
}

// ---- all of them ------------------------------------------------------------------------------------------

static void say_table(toc_report *rp)
{
    toc_paper_table(rp->paper, "decisions", "Decisions at a glance",
                    "Decision|Team|Question|Asked|Due|Answered|After>|How|Answer|By|Reason");
    for (size_t i = 0; i < rp->review.decision_count; i++)
        if (is_shown(rp, &rp->review.decisions[i]))
            say_row(rp, &rp->review.decisions[i]);
}

static void end_cell(toc_report *rp, toc_buf *words)
{
    toc_paper_cell(rp->paper, toc_buf_text(words));
    toc_buf_clear(words);
}

static void say_row(toc_report *rp, const toc_review_decision *d)
{
    toc_buf words = {0}, id = {0}, how = {0};
    bool is_answered = d->answered_seq && !d->is_overdue;
    toc_paper_row(rp->paper, NULL);
    toc_buf_printf(&id, "decision-%s", d->id);
    toc_paper_to(&words, toc_buf_text(&id), d->id);
    end_cell(rp, &words);
    toc_report_who(rp, &words, d->team);
    end_cell(rp, &words);
    toc_report_text(rp, &words, d->title);
    end_cell(rp, &words);
    toc_report_when(rp, &words, d->asked);
    end_cell(rp, &words);
    toc_report_when(rp, &words, d->deadline);
    end_cell(rp, &words);
    toc_report_when(rp, &words, is_answered ? d->answered : d->late);
    end_cell(rp, &words);
    toc_report_took(&words, is_answered   ? toc_review_took(d->since, d->answered)
                            : d->late_seq ? toc_review_took(d->since, d->late)
                                          : -1);
    end_cell(rp, &words);
    toc_tone tone = outcome(&how, d);
    toc_paper_tone(&words, tone, toc_buf_text(&how));
    end_cell(rp, &words);
    if (is_answered)
        toc_report_answer(rp, &words, d);
    end_cell(rp, &words);
    if (is_answered)
        toc_report_person(rp, &words, d->by, d->answered_seq);
    end_cell(rp, &words);
    const char *hand = is_answered ? hand_of(rp, d->answered_seq) : NULL;
    if (hand)
        toc_buf_printf(&words, "answered %s", hand);
    else if (is_answered && (!d->is_for_team || !rp->o->team))
        toc_report_text(rp, &words, d->reason);
    end_cell(rp, &words);
    toc_buf_fini(&words);
    toc_buf_fini(&id);
    toc_buf_fini(&how);
}

static toc_tone outcome(toc_buf *words, const toc_review_decision *d)
{
    if (d->is_overdue) {
        toc_buf_str(words, d->ruling     ? "lapsed, as EXCON ruled"
                           : d->late_seq ? "answered too late"
                                         : "nobody answered");
        return d->late_seq && !d->ruling ? TOC_TONE_LATE : TOC_TONE_BAD;
    }
    if (!d->settled_seq) {
        toc_buf_str(words, d->late_seq       ? "answered after play had ended"
                           : d->answered_seq ? "waited for a ruling to the end"
                                             : "open to the end");
        return TOC_TONE_LATE;
    }
    if (d->is_for_team) {
        toc_buf_str(words, "decided by EXCON");
        return TOC_TONE_LATE;
    }
    if (d->extended_seq && d->answered > d->first_deadline) {
        toc_buf_str(words, "in the time that EXCON added");
        return TOC_TONE_LATE;
    }
    toc_buf_str(words, "answered in time"); // which says nothing of what was decided
    return TOC_TONE_PLAIN;
}

static void say_never_asked(toc_report *rp)
{
    toc_buf words = {0};
    for (size_t i = 0; i < rp->review.decision_count && !rp->o->team; i++) {
        const toc_review_decision *d = &rp->review.decisions[i];
        if (d->ask_seq)
            continue;
        toc_buf_str(&words, words.len ? "; " : "Planned, and never asked: ");
        toc_paper_foreign(&words, d->id);
        toc_buf_str(&words, ", ");
        toc_report_text(rp, &words, d->title);
    }
    if (words.len > 0) {
        const char last = words.data[words.len - 1]; // titles are often questions
        toc_buf_str(&words, last == '?' || last == '.' || last == '!' ? "" : ".");
        toc_paper_say(rp->paper, toc_buf_text(&words));
    }
    toc_buf_fini(&words);
}

// ---- one ---------------------------------------------------------------------------------------------------

static void say_decision(toc_report *rp, const size_t *origins, const toc_alternatives *others,
                         size_t i)
{
    const toc_review_decision *d = &rp->review.decisions[i];
    toc_buf words = {0}, id = {0};
    toc_buf_printf(&id, "decision-%s", d->id);
    toc_paper_foreign(&words, d->id);
    toc_buf_str(&words, ": ");
    toc_report_text(rp, &words, d->title);
    toc_paper_heading(rp->paper, toc_buf_text(&id), toc_buf_text(&words));
    toc_buf_fini(&words);
    toc_buf_fini(&id);
    say_question(rp, d);
    say_asked(rp, d);
    say_answered(rp, d);
    say_ruling(rp, d);
    say_late(rp, d);
    toc_report_known(rp, d);
    toc_report_followed(rp, origins, i);
    if (others) {
        toc_report_hung(rp, others, origins, i);
        toc_report_alternatives(rp, others, i);
    }
}

static void say_question(toc_report *rp, const toc_review_decision *d)
{
    const toc_event *asked = toc_recording_at(rp->r, d->ask_seq);
    const toc_value *options = toc_event_value(asked, TOC_F_OPTIONS);
    const char *fallback = toc_event_str(asked, TOC_F_DEFAULT);
    toc_buf words = {0};
    toc_report_text(rp, &words, toc_event_str(asked, TOC_F_TEXT));
    if (words.len > 0)
        toc_paper_quote(rp->paper, toc_buf_text(&words));
    for (size_t i = 0; options && i < options->count; i++) {
        const char *option = options->list[2 * i];
        toc_buf_clear(&words);
        toc_report_text(rp, &words, option);
        toc_buf_str(&words, ": ");
        toc_report_text(rp, &words, options->list[2 * i + 1]);
        if (fallback && strcmp(fallback, option) == 0)
            toc_buf_str(&words, " (default, if nobody answers)");
        if (d->option && strcmp(d->option, option) == 0) {
            toc_buf_str(&words, " – ");
            toc_paper_strong(&words, d->is_overdue ? "so play went on" : "chosen");
        }
        toc_paper_item(rp->paper, toc_buf_text(&words));
    }
    toc_buf_fini(&words);
}

static void say_asked(toc_report *rp, const toc_review_decision *d)
{
    toc_buf words = {0};
    toc_report_who(rp, &words, d->team);
    toc_buf_str(&words, ", at ");
    toc_report_when(rp, &words, d->asked);
    toc_report_evidence(rp, &words, &d->ask_seq, 1);
    fact(rp, "Asked", &words);
    toc_report_when(rp, &words, d->deadline);
    if (d->extended_seq) {
        toc_buf_str(&words, "; first ");
        toc_report_when(rp, &words, d->first_deadline);
        toc_buf_printf(&words, ", put off by EXCON%s",
                       d->extended_count == 1 ? "" : " more than once");
        toc_report_evidence(rp, &words, &d->extended_seq, 1);
    } else if (d->deadline != d->first_deadline) {
        toc_buf_str(&words, "; first ");
        toc_report_when(rp, &words, d->first_deadline);
        toc_buf_str(&words, ", it moved with the story's clock");
    }
    if (d->crossed_seq) {
        toc_buf_str(&words, "; the story jumped over it, so nobody was late");
        toc_report_evidence(rp, &words, &d->crossed_seq, 1);
    }
    fact(rp, "Due", &words);
}

static void say_answered(toc_report *rp, const toc_review_decision *d)
{
    toc_buf words = {0}, how = {0};
    toc_tone tone = outcome(&how, d);
    toc_paper_tone(&words, tone, toc_buf_text(&how));
    toc_buf_fini(&how);
    if (!d->answered_seq || d->is_overdue) {
        if (d->jumped_seq)
            toc_buf_str(&words, "; EXCON jumped over its deadline");
        if (d->is_overdue && d->option) {
            toc_buf_str(&words, "; play went on as: ");
            toc_report_answer(rp, &words, d);
        }
        toc_report_evidence(rp, &words, &d->settled_seq, 1);
        fact(rp, "Answer", &words);
        return;
    }
    toc_buf_str(&words, ", ");
    toc_report_took(&words, toc_review_took(d->since, d->answered));
    toc_buf_str(&words, d->since > d->asked ? " after the jump in which it was asked, by "
                                            : " after it was asked, by ");
    toc_report_person(rp, &words, d->by, d->answered_seq);
    toc_buf_str(&words, d->is_for_team ? ", for the team"
                        : d->is_own    ? ", in the team's own words"
                                       : "");
    toc_buf_str(&words, ": ");
    toc_report_answer(rp, &words, d);
    toc_report_evidence(rp, &words, (int64_t[]){d->answered_seq, d->settled_seq}, 2);
    fact(rp, "Answer", &words);
    if (d->is_for_team && rp->o->team)
        return; // who of EXCON, and why, is not for the team
    if (!d->option && !toc_report_has_words(d->reason))
        return; // an answer in one's own words says why by itself
    const char *hand = hand_of(rp, d->answered_seq);
    if (hand) {
        toc_buf_printf(&words, "answered %s; nobody gave a reason", hand);
    } else if (toc_report_has_words(d->reason)) {
        toc_report_quoted(rp, &words, d->reason);
    } else {
        toc_buf_str(&words, "none given");
    }
    // Behind the point of a branch a plan may have spoken: its reasons look like anybody's.
    const toc_header *h = toc_recording_header(rp->r);
    const bool is_of_branch = h->parent && d->answered_seq > h->parent_seq;
    fact(rp, hand || is_of_branch ? "Reason" : "Reason, in their words", &words);
}

static void say_ruling(toc_report *rp, const toc_review_decision *d)
{
    toc_buf words = {0};
    if (!d->ruling)
        return;
    const char *option = toc_report_option_text(rp, d, d->ruling);
    bool is_reopened = d->rejected_seq && !d->settled_seq;
    if (option) {
        toc_buf_str(&words, "as: ");
        toc_report_text(rp, &words, option);
    } else {
        toc_buf_str(&words, strcmp(d->ruling, "accept") == 0 ? "accepted"
                            : is_reopened     ? "their own answer was rejected; it was open again"
                            : d->rejected_seq ? "their own answer was rejected"
                                              : "let lapse");
    }
    toc_buf_str(&words, ", by ");
    toc_report_person(rp, &words, d->ruling_by, d->settled_seq ? d->settled_seq : d->rejected_seq);
    const toc_event *ruled =
        toc_recording_at(rp->r, d->settled_seq ? d->settled_seq : d->rejected_seq);
    const char *hand = hand_of(rp, ruled->cause);
    if (hand) {
        toc_buf_printf(&words, " (%s)", hand);
    } else if (toc_report_has_words(d->ruling_reason)) {
        toc_buf_str(&words, ": ");
        toc_report_quoted(rp, &words, d->ruling_reason);
    }
    toc_report_evidence(rp, &words, (int64_t[]){d->rejected_seq, d->settled_seq}, 2);
    fact(rp, "Ruling", &words);
}

// What came too late is evidence, not an answer.
static void say_late(toc_report *rp, const toc_review_decision *d)
{
    toc_buf words = {0};
    if (!d->late_seq)
        return;
    const toc_event *late = toc_recording_at(rp->r, d->late_seq);
    const toc_event *input = toc_recording_at(rp->r, late->cause);
    const char *option = toc_event_str(input, TOC_F_OPTION),
               *text = toc_event_str(input, TOC_F_TEXT);
    const char *chosen = toc_report_option_text(rp, d, option),
               *reason = toc_event_str(input, TOC_F_REASON);
    toc_report_person(rp, &words, d->late_by, d->late_seq);
    toc_buf_str(&words, " at ");
    toc_report_when(rp, &words, d->late);
    if (d->deadline >= 0 && d->late > d->deadline) {
        toc_buf_str(&words, ", ");
        toc_report_took(&words, d->late - d->deadline);
        toc_buf_str(&words, " after its deadline");
    }
    toc_buf_str(&words, ": ");
    toc_report_text(rp, &words, chosen ? chosen : text ? text : option);
    const char *hand = hand_of(rp, late->cause);
    if (hand) {
        toc_buf_printf(&words, " (%s)", hand);
    } else if (toc_report_has_words(reason)) {
        toc_buf_str(&words, " – ");
        toc_report_quoted(rp, &words, reason);
    }
    toc_report_evidence(rp, &words, &d->late_seq, 1);
    fact(rp, "Came too late", &words);
}

// Whose the answer or ruling of that input was, if it was nobody's; NULL.
static const char *hand_of(const toc_report *rp, int64_t seq)
{
    static const char *const words[] = {
        [TOC_HAND_REHEARSAL] = "by rehearsal", [TOC_HAND_OPTIONS] = "by the branch (--decide)"};
    return words[toc_review_hand_of(rp->r, seq)];
}

static void fact(toc_report *rp, const char *name, toc_buf *words)
{
    toc_paper_fact(rp->paper, name, toc_buf_text(words));
    toc_buf_fini(words);
}
