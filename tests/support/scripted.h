// SPDX-License-Identifier: MIT
#ifndef TOC_SCRIPTED_H
#define TOC_SCRIPTED_H

// The relay fixture conducted from the lobby to the close, with a clock made by hand and inputs that are
// written down, each with its request's id: begun, stopped and taken up again anywhere, it asks for
// what is not recorded yet, as people at terminals would.

#include "base/random.h"
#include "hub/conduct.h"

typedef struct {
    // Given.
    const char *journal, *seal_pem;
    const toc_files *files; // for scripted_start
    const toc_disk *disk;   // NULL: the real one
    toc_random
        *pieces; // not NULL: time goes on and lines are committed at random moments, without marks
    void *context;                                          // of the calls below; each may be NULL
    void (*on_input)(void *context, const char *id);        // is recorded, and may be acknowledged
    void (*on_receipt)(void *context, const char *receipt); // was handed out
    // Its own.
    toc_conduct *c;
    int64_t mono;
    int64_t asked; // for the wall's clock, which moves whenever it is looked at
    size_t told;   // inputs, in order of the script, that on_input was called for
} scripted;

// Both give what the conduct gives; the caller frees with scripted_end, whatever came.
toc_err scripted_start(scripted *s, toc_error *e);
toc_err scripted_resume(scripted *s, toc_error *e);
void scripted_end(scripted *s);

// scripted_go puts in what is not recorded yet, each input at its time, until the exercise is closed and
// all is durable. What must not be refused fails the test.
void scripted_go(scripted *s);

size_t scripted_count(void);             // inputs in the script
void scripted_id(size_t i, char id[16]); // the id of one

#endif
