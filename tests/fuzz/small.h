// SPDX-License-Identifier: MIT
#ifndef TOC_SMALL_H
#define TOC_SMALL_H

// A small exercise, conducted and recorded on a disk that syncs nothing, for fuzz targets: it is made anew for each input, so
// that an input that fails does so again by itself. Two teams, EXCON, an evaluator and the board sit in it.

#include <stdint.h>

#include "hub/conduct.h"

enum { SMALL_SEATS = 5 };
extern const char *const small_seats[SMALL_SEATS]; // ops-1 press-1 excon-1 evaluator-1 board-1

typedef struct {
    toc_conduct *c;
    toc_files *files;
    char *seal_pem;
    char folder[40], path[60]; // path: the journal
    int64_t mono;
} small;

void small_open(small *s); // in its lobby, where nobody sits yet
void small_close(small *s);

// small_go lets ms pass and commits what that brought about.
void small_go(small *s, int64_t ms);

// small_judge fails unless the recording, sealed, is one that verify finds no fault with.
void small_judge(small *s);

#endif
