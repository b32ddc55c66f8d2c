// SPDX-License-Identifier: MIT
#ifndef TOC_TELL_INSIDE_H
#define TOC_TELL_INSIDE_H

#include "replays/tell.h"

// Where the words of a line go, and what is known around it.
typedef struct {
    toc_buf *out;
    const toc_plan *plan;   // NULL: ids stay ids
    const toc_recording *r; // NULL: nothing but the event is known
    const toc_event *ev;
    const char *audience; // who is told: other teams' people they know by their seats; NULL: everybody is named
} toc_teller;

// The words of a kind. In them {field} stands for what the event has there, {field!} for the whole of it, uncut; ~field?words~
// are words that stand only where the event has that field.
const char *toc_tell_words(toc_kind kind);
bool toc_tell_is_loud(toc_kind kind); // a list of what happened has it

// What the world does: the story's clock, then the words. False for other events.
bool toc_tell_world(const toc_teller *t);

void toc_tell_field(const toc_teller *t, toc_field f, bool is_whole);
void toc_tell_seat(const toc_teller *t, const char *seat); // with the person who sits there
void toc_tell_service(const toc_teller *t, const char *before, const char *id);
void toc_tell_text(toc_buf *out, const char *text, bool is_whole); // visible, on one line

#endif
