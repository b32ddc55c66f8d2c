// SPDX-License-Identifier: MIT
#ifndef TOC_SESSIONS_H
#define TOC_SESSIONS_H

// Sessions and first answers. A request may arrive two or three times (REQ resends it): an id that
// was used gets the answer it got the first time. What was accepted follows from the journal and so
// holds after a resume; refusals, which changed nothing, are kept in memory, the newest few a session.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record/event.h"

typedef struct toc_sessions toc_sessions;

toc_sessions *toc_sessions_new(void);
void toc_sessions_free(toc_sessions *s);

// toc_sessions_add takes every line of the journal in order.
void toc_sessions_add(toc_sessions *s, const toc_event *ev);

// toc_sessions_refuse remembers a refusal; nothing is kept for a session that does not exist.
#define TOC_REFUSALS_KEPT 16
void toc_sessions_refuse(toc_sessions *s, const char *session, const char *id, const char *code,
                         const char *text);

// The first answer to a request. Strings are borrowed until the next change.
typedef struct {
    toc_kind kind;       // what was accepted; TOC_K_UNKNOWN for a refusal
    int64_t seq;         // its line; 0 for a refusal
    const char *by;      // the seat that asked
    const char *code;    // NULL: accepted; "late", or the refusal's code
    const char *text;    // why not; NULL if accepted
    const char *session; // of a join, else NULL
    const char *seat;    // that it was about (open-seat, revoke, join; of reassign the new one), else NULL
} toc_answer;

bool toc_sessions_answer(const toc_sessions *s, const char *id, toc_answer *out);

// toc_sessions_seat tells whose session that is or was; NULL if there was none.
const char *toc_sessions_seat(const toc_sessions *s, const char *session);

// toc_sessions_newest is the number in the newest session's name, "s12" → 12; 0 for none.
int64_t toc_sessions_newest(const toc_sessions *s);

#endif
