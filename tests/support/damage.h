// SPDX-License-Identifier: MIT
#ifndef TOC_DAMAGE_H
#define TOC_DAMAGE_H

// Everything that can be done to a recording, by chance or by somebody, one piece at a time.

#include "base/random.h"
#include "recording.h"

typedef enum {
    DAMAGE_CUT,       // the file ends at some byte
    DAMAGE_FLIP,      // one bit
    DAMAGE_DROP,      // a line is left out
    DAMAGE_SWAP,      // two lines change places
    DAMAGE_DUPLICATE, // a line stands twice
    DAMAGE_REHASH,    // a line is altered, and the chain made anew
    DAMAGE_RESEAL,    // the same, every seal and the header's key made anew with another key
    DAMAGE_TAKE,      // nothing is altered, but seals and the header's key are another's
    DAMAGE_KINDS,
} damage_kind;

// The journal that is damaged, with its lines.
typedef struct {
    const recording *r;
    toc_buf bytes;
    toc_line *lines;
    size_t count, capacity;
    char *other_pem; // of the one who has no business with it
    char other_key[65];
} damage_subject;

void damage_subject_make(damage_subject *s, const recording *r);
void damage_subject_fini(damage_subject *s);
size_t damage_line_at(const damage_subject *s,
                      size_t offset); // the line, from 0, that has this byte, its newline included

typedef struct {
    damage_kind kind;
    toc_buf bytes;
    size_t
        line; // of the file, 1-based: where its bytes begin to differ from the subject's, but for trailers
    size_t from; // the first byte that differs
    char what[160];
} damage;

void damage_make(damage *d, damage_kind kind, const damage_subject *s, toc_random *random);
void damage_fini(damage *d);

#endif
