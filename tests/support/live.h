// SPDX-License-Identifier: MIT
#ifndef TOC_LIVE_H
#define TOC_LIVE_H

// An exercise conducted live, journal and all, with a clock made by hand and the inputs of one that was
// played in virtual time. Whatever goes wrong in here fails the test.

#include <stdint.h>

#include "base/files.h"
#include "record/event.h"

// live_bodies gives every input of `played` at its time of play, goes on until ENDEX (ended: its play ms;
// -1: it never came), verifies the journal, and gives the bodies of inputs and derived lines, a line each;
// the caller frees them. speed is play per wall time, in thousandths.
//
// A journal has lines that a rehearsal has not: sources, seals, marks, changes of speed. They are left out,
// and seq, cause and whatever refers to other lines are those that the lines have without them, counted
// from 1. The wall of inputs is that of rehearsals.
char *live_bodies(const toc_files *files, const toc_events *played, int64_t ended, int64_t speed);

#endif
