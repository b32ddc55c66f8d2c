// SPDX-License-Identifier: MIT
#ifndef TOC_CONDUCT_ACTS_H
#define TOC_CONDUCT_ACTS_H

// What controllers do to the list: the acts on one row, on a storyline, and the inject that is in
// no list. Each asks in a form for what it needs, and says so if the row was changed by somebody
// else meanwhile.

#include "board.h"
#include "view/when.h"
#include "view_inside.h"

// toc_row_act does fire, hold (or release), skip, move or edit to the inject of a row. False: it is
// none of these.
bool toc_row_act(toc_view *v, toc_do what, const toc_msel_row *row, toc_wishes *out);
void toc_adhoc_open(toc_view *v);
// toc_adhoc_again opens its form with what was written: ev, an adhoc.
void toc_adhoc_again(toc_view *v, const toc_event *ev);
// toc_story_act asks what dropping or waking needs. False: it is neither.
bool toc_story_act(toc_view *v, toc_do what, const char *storyline);
// toc_row_story: the storyline that sends a row; NULL: none does. The caller frees it.
char *toc_row_story(const toc_view *v, const toc_msel_row *row);

// toc_when_typed reads a time as toc_when_read does, and refuses what toc_when_meant does.
toc_err toc_when_typed(const toc_view *v, const char *text, int64_t base, int64_t *ms,
                       toc_error *e);
// toc_when_examples: what a time may look like in an exercise of this length; static.
const char *toc_when_examples(const toc_view *v);

// toc_page_line puts one line of ours with foreign words among it on a page, so that they cannot
// begin another.
void toc_page_line_of(toc_page *p, toc_style style, toc_buf *line); // line is cleared
// toc_board_read fills a page with all that is known of a row.
void toc_board_read(toc_view *v, const toc_entry *e, toc_page *p);
// toc_mistakes_say: the scripts' mistakes, newest first; of one storyline, or of all (NULL).
size_t toc_mistakes_say(const toc_view *v, toc_page *p, const char *storyline);

#endif
