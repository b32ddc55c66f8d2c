// SPDX-License-Identifier: MIT
#ifndef TOC_MESSAGES_H
#define TOC_MESSAGES_H

// An item as people read it: as a row, as a page, and as the thread it stands in. Text of others is
// visible and behind the gutter. Pure.

#include "table.h"

// "message", "forward", "RFI", "reply", "phone"; never NULL.
const char *toc_message_channel(const toc_item *item);
void toc_message_title(toc_buf *out, const toc_item *item); // one line of it, visible
// Who speaks, and where it is not clear, to whom: "Coast Guard", "to Mayor's office", "North
// control to Mayor's office".
void toc_message_names(const toc_view *v, toc_buf *out, const toc_item *item);
// What is open about it: "no answer, 12m", "unanswered", "with simcell-1", "ack wanted, 2 files";
// may be nothing.
void toc_message_state(const toc_view *v, toc_buf *out, const toc_item *item);
// It can be shown without anybody's having opened it: it was, or this role opens nothing.
bool toc_message_is_open(const toc_view *v, const toc_item *item);

void toc_message_row(toc_view *v, toc_grid *g, toc_rect line, const toc_item *item);
void toc_message_page(toc_view *v, toc_page *page, const toc_item *item);
void toc_message_thread(toc_view *v, toc_page *page, const toc_item *item);

// The organisation of an id, for which control speaks; NULL: it is none.
const toc_contact *toc_message_party(const toc_view *v, const char *id);

// A request for information that this seat's team put, and that nobody has answered.
bool toc_message_is_asking(const toc_item *item);

#endif
