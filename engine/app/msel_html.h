// SPDX-License-Identifier: MIT
#ifndef TOC_APP_MSEL_HTML_H
#define TOC_APP_MSEL_HTML_H

// Pieces of the printed book. Every text goes through toc_html_text or toc_html_body: what an author wrote
// is shown, never obeyed.

#include "base/buf.h"
#include "msel_fields.h"
#include "msel_out.h"

// Escaped, invisible and bidirectional characters shown by their numbers. NULL adds nothing.
void toc_html_text(toc_buf *out, const char *text);
// A body of many lines, Markdown rendered lightly: headings, bullets, **bold**; lines stay as they are.
void toc_html_body(toc_buf *out, const char *text);

// The document's head with its style, and the bars that stand on every printed page.
void toc_html_begin(toc_buf *out, const toc_plan *p, const char *kind);
void toc_html_end(toc_buf *out, const toc_plan *p);

// A section begins on a page of its own, with the marking and what it is above its heading. name (may be
// NULL) is its anchor.
void toc_html_section(toc_buf *out, const toc_plan *p, const char *name, const char *what,
                      const char *heading);
void toc_html_section_end(toc_buf *out);

// A row of a list of facts (between <dl> and </dl>); nothing if text is empty.
void toc_html_fact(toc_buf *out, const char *name, const char *text);
// A field of a row as a fact.
void toc_html_field(toc_buf *out, const toc_mel *m, const toc_mel_row *row, const char *name,
                    toc_mel_field field);
// A cell of a table with a field.
void toc_html_cell(toc_buf *out, const toc_mel *m, const toc_mel_row *row, toc_mel_field field);
// "Delivered at ____ by ____": names of blanks to fill in, ending with NULL.
void toc_html_blanks(toc_buf *out, const char *const *names);
// Ruled lines to write on.
void toc_html_lines(toc_buf *out, int count);
// A team or party with its id: "Grid operator (tso)".
void toc_html_who(toc_buf *out, const toc_plan *p, const char *id);

// ---- the parts of a book -------------------------------------------------------------------------------

void toc_mel_page(toc_buf *out, const toc_mel *m, const toc_mel_row *row); // of one row
void toc_mel_contacts(toc_buf *out, const toc_mel *m);
void toc_mel_services(toc_buf *out, const toc_mel *m);
void toc_mel_storylines(toc_buf *out, const toc_mel *m);
void toc_mel_attachments(toc_buf *out, const toc_mel *m);
void toc_mel_evaluation(toc_buf *out,
                        const toc_mel *m); // expected actions and objectives, to fill in
void toc_mel_team_book(toc_buf *out, const toc_mel *m, size_t team);

#endif
