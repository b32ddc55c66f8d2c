// SPDX-License-Identifier: MIT
#ifndef TOC_REPORTED_H
#define TOC_REPORTED_H

// Sections of a report of a journal made in memory, and what must stand in them. Whatever goes wrong in here fails the test.

#include "acted.h"
#include "report_inside.h"

typedef struct {
    toc_recording *r;
    toc_report_options o; // set before reported_begin
    toc_report rp;
} reported;

void reported_begin(reported *x, const toc_buf *journal);
void reported_acted(reported *x, acted *a); // of what was played; ends a
void reported_end(reported *x);

// For the caller to free; reported_csv: a table's file, which must be there.
char *reported_markdown(const reported *x);
char *reported_html(const reported *x);
char *reported_csv(const reported *x, const char *name);

// Is the text what stands in tests/fixtures/report? TOC_UPDATE_GOLDEN writes it.
void reported_is_golden(const char *name, const char *text);
void must_have(const char *text, const char *words);
void must_lack(const char *text, const char *words);

#endif
