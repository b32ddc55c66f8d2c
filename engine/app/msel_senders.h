// SPDX-License-Identifier: MIT
#ifndef TOC_APP_MSEL_SENDERS_H
#define TOC_APP_MSEL_SENDERS_H

// Who sends a row that is not on the clock: the storylines, whens and ons of the scripts, as far as their
// text says so.

#include "base/buf.h"
#include "msel_rows.h"

// What the scripts tell of when a row comes.
typedef struct {
    size_t
        use; // the first place that sends, asks or enters it, in the order of their text; or TOC_NONE
    int64_t earliest; // only storylines do that, and not before this play ms; -1: not known
    size_t inject;    // only whens do that, and they wait for this inject; or TOC_NONE
} toc_mel_sender;

toc_mel_sender toc_mel_find_sender(const toc_mel *m, const toc_mel_row *row);

// toc_mel_senders_text: "storyline the sky; when story.lua:203", each once; nothing where none is known.
void toc_mel_senders_text(toc_buf *out, const toc_mel *m, const toc_mel_row *row);

// toc_mel_follows marks in injects, which holds one for each of the plan, those that a decision may bring:
// what its storyline sends after asking it, and what stands in a block that reads its answer.
void toc_mel_follows(const toc_mel *m, size_t decision, bool *injects);

// Does a script say that an expected action is met?
bool toc_mel_is_met_by_script(const toc_mel *m, size_t expectation);

#endif
