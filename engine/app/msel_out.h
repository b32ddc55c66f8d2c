// SPDX-License-Identifier: MIT
#ifndef TOC_APP_MSEL_OUT_H
#define TOC_APP_MSEL_OUT_H

// The forms in which the list leaves the engine. All give the same bytes for the same scenario.

#include "base/buf.h"
#include "msel_rows.h"

typedef enum {
    TOC_MEL_EXCON,      // everything
    TOC_MEL_EVALUATORS, // everything, what is to be observed first
    TOC_MEL_TEAM,       // nothing of what is to come
} toc_mel_reader;

// A readable list, 80 columns wide. Not for a team.
void toc_mel_text(toc_buf *out, const toc_mel *m, toc_mel_reader reader);

// A table for a spreadsheet: UTF-8 with BOM, CRLF, quoted as RFC 4180 has it; no cell is a formula, and none
// is longer than spreadsheets take. team is the index of the team where the reader is one.
void toc_mel_csv(toc_buf *out, const toc_mel *m, toc_mel_reader reader, size_t team);

// A book to be printed: one page of HTML without scripts and without anything from elsewhere.
void toc_mel_html(toc_buf *out, const toc_mel *m, toc_mel_reader reader, size_t team);

// Evaluators' sheets to be printed, one a team (TOC_NONE: all of them): what it receives and the reaction expected, its expected actions
// and objectives, with boxes and room for times.
void toc_mel_sheets(toc_buf *out, const toc_mel *m, size_t team);

#endif
