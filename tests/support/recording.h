// SPDX-License-Identifier: MIT
#ifndef TOC_RECORDING_MADE_H
#define TOC_RECORDING_MADE_H

// A journal made in memory from what a wanderer did, with the borders of its steps, so that it can be
// cut, altered and sealed again at will. Whatever goes wrong in here fails the test.

#include "record/journal.h"
#include "solo.h"

typedef struct {
    toc_header header;
    char *private_pem;
    toc_files *files;
    solo played;
    toc_events records; // sources and attachments: lines 1 … records.count
    char **bodies;      // by seq - 1, without closing brace; seals with an empty sig
    size_t count;
} recording;

// recording_make plays a scenario (a path below the source tree) to its close.
void recording_make(recording *r, const char *scenario, uint64_t seed, int inputs);
void recording_fini(recording *r);

// The event of a line, by seq.
const toc_event *recording_event(const recording *r, size_t seq);
// The step that a line belongs to; NULL for records.
const solo_step *recording_step(const recording *r, size_t seq);
size_t recording_first(const recording *r, const solo_step *step); // its first line's seq

// recording_write makes the journal's bytes of these bodies, header and trailers added, each seal signed
// with pem. pem NULL: seals stay as their bodies have them.
void recording_write(const recording *r, char *const *bodies, size_t count, const char *pem,
                     toc_buf *out);

// recording_split gives the bodies of a journal's bytes, the header left out, for recording_free_bodies.
char **recording_split(const toc_buf *journal, size_t *count);
void recording_free_bodies(char **bodies, size_t count);

#endif
