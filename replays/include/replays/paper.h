// SPDX-License-Identifier: MIT
#ifndef TOC_PAPER_H
#define TOC_PAPER_H

// A paper: a document as blocks (sections, paragraphs, facts, tables, figures), written once and rendered three ways: a page
// of HTML that stands alone, Markdown to edit, and the tables as CSV. What a block says is text of ours with foreign text in it;
// escaping is each renderer's work, so nothing that a person or a scenario wrote can become markup anywhere.
//
// Words are toc_buf texts: plain characters, with references made by toc_paper_line and toc_paper_to. Foreign text goes into
// them through toc_paper_foreign alone. Wherever words are wanted, NULL is none.
//
// Thread: one paper, one thread at a time. It reads no clock, file or environment.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

typedef struct toc_paper toc_paper;

// marking is foreign; NULL: none beside EXERCISE, which stands everywhere.
toc_paper *toc_paper_new(const char *title, const char *marking);
void toc_paper_free(toc_paper *p);

// ---- words -------------------------------------------------------------------------------------------

// How good or bad something is: a sign of its own, and a colour where there are colours. The words must say it too.
typedef enum { TOC_TONE_PLAIN, TOC_TONE_GOOD, TOC_TONE_LATE, TOC_TONE_BAD } toc_tone;

void toc_paper_foreign(toc_buf *words, const char *text);    // made visible; NULL adds nothing
#define TOC_PAPER_THIN "\xE2\x80\xAF" // between the thousands of a number; a column of numbers in a CSV goes without
void toc_paper_line(toc_buf *words, int64_t seq);            // "line 1204", a link to it in the log where there is one
// A link to a section, heading or row of this paper, by its id; plain text if the paper has none such. text is foreign.
void toc_paper_to(toc_buf *words, const char *id, const char *text);
void toc_paper_strong(toc_buf *words, const char *text);     // foreign; bold
void toc_paper_tone(toc_buf *words, toc_tone tone, const char *text); // foreign; "▲ late by 4 min"

// ---- blocks, in the order in which they stand ------------------------------------------------------------
// What comes before the first section stands on the cover. Ids may hold anything; the first of equals is the one that is linked.

void toc_paper_section(toc_paper *p, const char *id, const char *heading); // in the table of contents
void toc_paper_heading(toc_paper *p, const char *id, const char *words);   // below it; id may be NULL
void toc_paper_say(toc_paper *p, const char *words);                       // a paragraph
void toc_paper_sayf(toc_paper *p, const char *format, ...) TOC_PRINTF(2, 3);
void toc_paper_quote(toc_paper *p, const char *words); // what somebody wrote: lines stay
void toc_paper_item(toc_paper *p, const char *words);  // of a list; items that follow each other are one
void toc_paper_fact(toc_paper *p, const char *name, const char *words); // of a list of facts; the same
// What is worth a look, beside a number: the five numbers of the overview.
void toc_paper_number(toc_paper *p, const char *number, const char *what);
void toc_paper_box(toc_paper *p, const char *heading, const char *words); // nobody shall overlook it
void toc_paper_details(toc_paper *p, const char *summary); // what follows is folded away; open in print
// The same for what repeats what stands beside it: it is left out in print, and printed stands there instead.
void toc_paper_details_apart(toc_paper *p, const char *summary, const char *printed);
void toc_paper_details_end(toc_paper *p);                  // a section ends them too
void toc_paper_page_break(toc_paper *p); // in print

// A table: columns are "Time|Team|What"; one that ends in ">" is of numbers, set to the right. csv is the name of its file without
// .csv, or NULL: then it is none. Cells are given row by row; what is missing at the end of a row is empty.
void toc_paper_table(toc_paper *p, const char *csv, const char *caption, const char *columns);
// A table that is a file alone, for what is too wide to read on a page: its rows and cells are given in the same way.
void toc_paper_file(toc_paper *p, const char *csv, const char *columns);
void toc_paper_row(toc_paper *p, const char *anchor); // anchor: its id, or NULL
void toc_paper_cell(toc_paper *p, const char *words);
void toc_paper_cellf(toc_paper *p, const char *format, ...) TOC_PRINTF(2, 3);

// A picture: svg is ours, whole, begins with "<svg " and has a viewBox; its foreign text is escaped (toc_text_html). Title and
// description are words for those who do not see it. A table with the same numbers should follow, in details. Markdown has the
// description, and where the picture is. The page's style gives colours for light, dark and print to these classes in it: of shapes fill-ink fill-soft
// fill-rule fill-tint fill-paper fill-accent fill-good fill-late fill-bad, line-ink line-soft line-rule line-accent line-good line-late
// line-bad; of <text> t (ink) ts (soft), tb (bold) on (covers what is drawn below it, on a tinted ground); m and e set text-anchor to middle and end. ids of a picture begin with its own
// name, so that two pictures do not meet.
void toc_paper_figure(toc_paper *p, const char *title, const char *description, const char *svg);
// How the last figure is read: it stands below it, and nowhere without the picture.
void toc_paper_reading(toc_paper *p, const char *words);

// ---- out -------------------------------------------------------------------------------------------------

void toc_paper_cover(toc_paper *p, const char *name, const char *words); // a fact of the cover
// A page beyond 2 MB is made again with less of what is folded away, which says so where it is cut; rows that others link to stay.
void toc_paper_html(toc_buf *out, const toc_paper *p);
void toc_paper_markdown(toc_buf *out, const toc_paper *p);
// Each table with a name: called with the name and the bytes of its file (RFC 4180, UTF-8 with a mark for Excel; a cell that
// begins like a formula is disarmed; the first column is the marking). Tables of one name are one file, with the columns of the first.
void toc_paper_csv(const toc_paper *p, void (*file)(void *context, const char *name, const toc_buf *bytes),
                   void *context);

#endif
