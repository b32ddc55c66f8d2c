// SPDX-License-Identifier: MIT
#ifndef TOC_WRITE_H
#define TOC_WRITE_H

// Writing: the forms of messages, requests for information, forwards and products. They open over
// whatever screen there is; what they need of a row is given to them, and looked up again by its
// number when they are sent.

#include "view_inside.h"

// A new message, or the answer to an item. to: the id of whom it goes to; as: the party that
// speaks, at control; re: what it answers. Each may be NULL: it is then asked, and what follows
// from the item is chosen already.
void toc_write_letter(toc_view *v, const char *to, const char *as, const toc_item *re, bool is_rfi);
void toc_write_forward(toc_view *v, const toc_item *item);
// product: the one that is chosen at first; NULL: the first. A notice says so where there is none.
void toc_write_hand_in(toc_view *v, const char *product);

// toc_write_watch tells whoever is writing an answer that somebody else has given one, or has taken it on: ev
// is the next of the feed.
void toc_write_watch(toc_view *v, const toc_event *ev);

// Whom this seat may write to: ids (owned, with the array: toc_write_free) in the order in which
// they are shown.
char **toc_write_addressees(const toc_view *v, size_t *count);
void toc_write_free(char **ids, size_t count);

#endif
