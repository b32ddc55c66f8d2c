// SPDX-License-Identifier: MIT
#ifndef TOC_AUTO_H
#define TOC_AUTO_H

// A seat that plays by itself. It looks at the picture of its seat and at play time, and says what
// to do now; it has no clock, no socket, and the same picture gives the same acts.
//
// Policies:
//   first          reads and acknowledges at once, takes the first option; as EXCON starts when all teams are
//                  there, lets play go on after the engine was started again, releases what is held,
//                  accepts answers of a team's own, closes after ENDEX
//   random:SEED    the same, with choices and delays by chance: other options, own answers, too late
//   silent         sits there
//   plan:FILE      the seat's lines of a .plan; what no line mentions as `first` does, but what is held stays held
// While a real emergency stands it reads what has come, and does nothing else but what lines of its plan
// say of the emergency and of the end.
// What a controller is to tell by voice is told at once, but where a line of the plan says when.
// Of several seats of a team the first one (-1) decides what no plan decides; the others only read.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "view/picture.h"

typedef struct toc_auto toc_auto;

// A line of the plan that cannot be done, and why.
typedef struct {
    int line;
    char *why;
} toc_auto_note;

typedef struct {
    toc_auto_note *at;
    size_t count, capacity;
} toc_auto_notes;

void toc_auto_notes_fini(toc_auto_notes *notes);

// toc_auto_new: TOC_EUSAGE for an unknown policy, TOC_EIO or TOC_EFORMAT for a plan that cannot be read.
toc_err toc_auto_new(toc_auto **out, const char *policy, const char *seat, toc_error *e);
void toc_auto_free(toc_auto *a);

// toc_auto_see is told each event, after the picture has seen it: a seat that comes back does not
// say again what it said before.
void toc_auto_see(toc_auto *a, const toc_event *ev);

// toc_auto_next appends what is to be done at play time now, each thing once. is_idle: nothing that was
// asked for before still waits for its answer. A line of the plan that cannot be done goes to notes.
void toc_auto_next(toc_auto *a, const toc_picture *p, int64_t now, bool is_idle, toc_events *acts,
                   toc_auto_notes *notes);

// toc_auto_again is told of an act that was refused because of a real emergency: it is done again when
// play goes on. line: that of the plan, or 0.
void toc_auto_again(toc_auto *a, const toc_event *act, int line);

// toc_auto_line: the line of the plan that the i-th act of the newest toc_auto_next comes from; 0 for none.
int toc_auto_line(const toc_auto *a, size_t i);

// toc_auto_due: the next play time at which there will be something to do, should nothing happen before;
// false if there is none.
bool toc_auto_due(const toc_auto *a, int64_t now, int64_t *due);

#endif
