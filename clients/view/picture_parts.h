// SPDX-License-Identifier: MIT
#ifndef TOC_PICTURE_PARTS_H
#define TOC_PICTURE_PARTS_H

// The inside of the picture: picture.c (items, decisions, the clock), picture_people.c (who is there),
// picture_control.c (what controllers keep track of), picture_resolve.c (what an act means).

#include "view/picture.h"

bool toc_picture_same(const char *a,
                      const char *b); // capitals do not matter; NULL is nothing's equal

// A list of words, each once.
bool toc_words_have(char *const *list, size_t count, const char *word);
void toc_words_put(char ***list, size_t *count, size_t *capacity, const char *word, bool is_in);

void toc_people_see(toc_picture *p, const toc_event *ev); // join, leave, sign-in …
void toc_people_fini(toc_picture *p);

void toc_control_see(toc_picture *p, int64_t n, const toc_event *ev); // cues, claims, promises …
void toc_control_item(toc_picture *p, toc_item *item);                // a new one
void toc_control_weigh(toc_picture *p); // whom messages are for, once the parties are known
void toc_control_fini(toc_picture *p);

#endif
