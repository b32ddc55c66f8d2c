// SPDX-License-Identifier: MIT
#ifndef TOC_WHY_H
#define TOC_WHY_H

// Why did this happen, and whom did it reach? From a line back through its causes to a person's act or the schedule, and from an
// inject or message forwards to those who got it, read it, passed it on and acted on it.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "replays/recording.h"

typedef struct {
    int64_t *at; // seqs
    size_t count, capacity;
} toc_seqs;

void toc_seqs_fini(toc_seqs *s);

// toc_why_chain: the line itself first, then what brought it about, and so on to the act of a person, or the start of play.
void toc_why_chain(const toc_recording *r, int64_t seq, toc_seqs *out);
// The same as lines of text, nearest first, each with its time and its words; the last says what stands at the root: whose act, with
// their reason, or where in the scenario it was planned (file and line). Ends with \n.
void toc_why_text(toc_buf *out, const toc_recording *r, int64_t seq);

// toc_why_unsent: why an inject never went out, as far as the recording knows: lines of text, each with its \n. last: as it stood at
// that line; 0: at the end. False, and nothing said: it was sent by then, or there is none by that id.
bool toc_why_unsent(toc_buf *out, const toc_recording *r, const char *id, int64_t last);

// What became of an item at one team. Times are play ms; -1: not. seqs 0: not.
typedef struct {
    const char *team;     // id; borrowed from the recording
    int64_t arrived, read, acked;          // when
    int64_t arrived_seq, read_seq, acked_seq;
    int64_t via;          // the message or forward that brought it; the item itself if it was sent to them
    int64_t answered, answered_seq;        // their first message with `re` to it
    int64_t decided, decided_seq;          // their first decision settled after they had read it
} toc_reached;

typedef struct {
    int64_t item; // the inject or message at the root
    toc_reached *at; // in order of arrival
    size_t count, capacity;
} toc_spread;

// item may be a forward: what it first was is followed.
void toc_spread_of(toc_spread *out, const toc_recording *r, int64_t item);
void toc_spread_fini(toc_spread *s);
void toc_spread_text(toc_buf *out, const toc_recording *r, const toc_spread *s); // a line a team, with delays

#endif
