// SPDX-License-Identifier: MIT
#ifndef TOC_APP_MSEL_FIELDS_H
#define TOC_APP_MSEL_FIELDS_H

// What stands in a row of the list, in plain words, column by column. Texts are the author's, and are not made
// safe for a cell, a page or a terminal here.

#include "base/buf.h"
#include "msel_rows.h"

typedef enum {
    TOC_MEL_F_SERIAL,
    TOC_MEL_F_KIND,
    TOC_MEL_F_ID,
    TOC_MEL_F_TIME,
    TOC_MEL_F_STORY,
    TOC_MEL_F_TRIGGER,
    TOC_MEL_F_FROM, // its name; of what has none, what the author wrote
    TOC_MEL_F_FROM_ID,
    TOC_MEL_F_TO,
    TOC_MEL_F_CHANNEL,
    TOC_MEL_F_VOICE, // who tells it by voice: "simcell"; nothing for what is sent
    TOC_MEL_F_TITLE,
    TOC_MEL_F_TEXT,
    TOC_MEL_F_NOTES,
    TOC_MEL_F_OBJECTIVE,
    TOC_MEL_F_CAPABILITY,
    TOC_MEL_F_EXPECTED,
    TOC_MEL_F_RELEASE,
    TOC_MEL_F_ATTACHMENTS,
    TOC_MEL_F_SEATS,
    TOC_MEL_F_DEADLINE,
    TOC_MEL_F_OPTIONS,
} toc_mel_field;

// toc_mel_add appends a field of a row; nothing where the row has none.
void toc_mel_add(toc_buf *out, const toc_mel *m, const toc_mel_row *row, toc_mel_field field);

// A play time as planners write it: "T+1:05", with seconds only where there are any.
void toc_mel_time_text(toc_buf *out, int64_t play_ms);
// "35m", "24h story", "1 month story".
void toc_mel_span_text(toc_buf *out, toc_span span);
// The name of a team, a party or excon by its id; what is none of them is its own name.
const char *toc_mel_name(const toc_plan *p, const char *id);
// The objective that a row serves, or NULL.
const toc_objective *toc_mel_objective(const toc_plan *p, const toc_mel_row *row);
// Is it an inject that a controller tells by voice?
bool toc_mel_is_told(const toc_plan *p, const toc_mel_row *row);
// Does an expected action hang on an inject: counts from it, or has it as its contingency?
bool toc_mel_hangs_on(const toc_expectation *expectation, size_t inject);
// How an expected action is observed: "handed in as early-warning", "the engine watches
// for it".
void toc_mel_observed_text(toc_buf *out, const toc_mel *m, size_t expectation);

#endif
