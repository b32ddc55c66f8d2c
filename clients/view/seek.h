// SPDX-License-Identifier: MIT
#ifndef TOC_SEEK_H
#define TOC_SEEK_H

// Looking for a word in a text as people mean it: capitals do not matter, in Latin, Greek and Cyrillic. Pure.

#include <stddef.h>

// toc_seek gives the offset of the first place in s at or after `from` where word stands, and puts the bytes
// it takes there into *found (may be NULL); SIZE_MAX: it is not there. An empty word is nowhere.
size_t toc_seek(const char *s, size_t len, size_t from, const char *word, size_t word_len,
                size_t *found);

#endif
