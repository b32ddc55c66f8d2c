// SPDX-License-Identifier: MIT
// What a report that is handed on (a team's, or an anonymous one) keeps back: what people wrote about a real emergency. That there was
// one, and for how long play stopped, stands in every report; the words, and who called it, only in the one that has everything.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report_inside.h"

#define KEPT "(kept back: written while play stood for a real emergency)"

static bool has_words_of_people(toc_kind kind);
static void keep_back(toc_report *rp);

void toc_report_find_kept(toc_report *rp)
{
    bool is_emergency = false;
    const int64_t count = toc_recording_count(rp->r);
    if (!rp->o->team && !rp->o->is_anonymous)
        return;
    rp->kept = toc_alloc(((size_t)count + 1) * sizeof *rp->kept);
    for (int64_t seq = 1; seq <= count; seq++) {
        const toc_event *ev = toc_recording_at(rp->r, seq);
        is_emergency |= ev->kind == TOC_K_EMERGENCY;
        rp->kept[seq] = is_emergency && has_words_of_people(ev->kind);
        if (ev->kind == TOC_K_RESUME || ev->kind == TOC_K_ENDEX || ev->kind == TOC_K_CLOSE)
            is_emergency = false;
    }
    keep_back(rp);
}

bool toc_report_keeps(const toc_report *rp, int64_t seq)
{
    return rp->kept && seq >= 1 && seq <= toc_recording_count(rp->r) && rp->kept[seq];
}

const char *toc_report_words_of(const toc_report *rp, int64_t seq, const char *text)
{
    return text && toc_report_keeps(rp, seq) ? KEPT : text;
}

void toc_report_make_fit(const toc_report *rp, int64_t seq, toc_event *ev)
{
    static const toc_field texts[] = {TOC_F_TEXT,  TOC_F_TITLE,       TOC_F_REASON,
                                      TOC_F_QUOTE, TOC_F_QUOTE_TITLE, TOC_F_RULING_REASON};
    for (size_t i = 0; i < TOC_COUNT(texts); i++) {
        const char *text = toc_event_str(ev, texts[i]);
        if (!text)
            continue;
        toc_buf safe = {0};
        toc_report_nameless(rp, &safe, toc_report_words_of(rp, seq, text));
        toc_event_set_str(ev, texts[i], toc_buf_text(&safe));
        toc_buf_fini(&safe);
    }
    if (ev->kind == TOC_K_EMERGENCY && toc_report_keeps(rp, seq)) {
        toc_event_set_str(ev, TOC_F_TEXT, NULL);
        toc_event_set_str(ev, TOC_F_BY, NULL);
    }
}

// What is said, and not what the exercise makes of it.
static bool has_words_of_people(toc_kind kind)
{
    static const toc_kind kinds[] = {TOC_K_EMERGENCY, TOC_K_SAY,     TOC_K_FORWARD, TOC_K_MESSAGE,
                                     TOC_K_OBSERVE,   TOC_K_PROMISE, TOC_K_PAUSE,   TOC_K_RESUME,
                                     TOC_K_END,       TOC_K_ENDEX};
    for (size_t i = 0; i < TOC_COUNT(kinds); i++)
        if (kinds[i] == kind)
            return true;
    return false;
}

// The sections take these texts out of the review.
static void keep_back(toc_report *rp)
{
    toc_review *v = &rp->review;
    for (size_t i = 0; i < v->pause_count; i++)
        if (v->pauses[i].is_emergency)
            v->pauses[i].by = v->pauses[i].reason = NULL;
    for (size_t i = 0; i < v->note_count; i++)
        v->notes[i].text = toc_report_words_of(rp, v->notes[i].seq, v->notes[i].text);
    for (size_t i = 0; i < v->rfi_count; i++)
        v->rfis[i].text = toc_report_words_of(rp, v->rfis[i].seq, v->rfis[i].text);
}
