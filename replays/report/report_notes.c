// SPDX-License-Identifier: MIT
// What reviewers wrote beside the recording when they watched it afterwards.

#include "replays/notes.h"
#include "report_findings.h"

static void say_note(toc_report *rp, const toc_note *n);

void toc_report_notes(toc_report *rp)
{
    const toc_notes *notes = rp->o->notes;
    if (!notes || notes->count == 0 || rp->o->team)
        return; // what was noted about others is not for a team
    toc_paper_section(rp->paper, "reviewers", "Notes of reviewers");
    toc_paper_say(rp->paper,
                  "Written afterwards, by those who watched the recording. They stand in a file "
                  "beside it, are no part of it, and nothing proves who wrote them.");
    for (size_t i = 0; i < notes->count; i++)
        say_note(rp, &notes->at[i]);
}

static void say_note(toc_report *rp, const toc_note *n)
{
    toc_buf words = {0};
    toc_report_when(rp, &words, n->t);
    if (rp->o->is_anonymous) {
        toc_buf_str(&words, ", a reviewer");
    } else if (toc_report_has_words(n->by)) {
        toc_buf_str(&words, ", ");
        toc_report_text(rp, &words, n->by);
    }
    toc_buf_str(&words, ": ");
    toc_report_quoted(rp, &words, toc_report_words_of(rp, n->seq, n->text));
    toc_report_evidence(rp, &words, &n->seq, 1);
    toc_paper_item(rp->paper, toc_buf_text(&words));
    toc_buf_fini(&words);
}
