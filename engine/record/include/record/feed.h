// SPDX-License-Identifier: MIT
#ifndef TOC_FEED_H
#define TOC_FEED_H

// A feed is what one audience may see of the journal, numbered 1, 2, 3 … The numbers follow
// from the journal alone, so they are the same after a resume. An audience is "control" (EXCON, SIMCELL,
// evaluators), "board", or a team's id; a team's feed carries no seq, no cause, and nothing of others.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "record/event.h"

// toc_seat_audience writes the audience of a seat id: "operator-2" → "operator"; excon-1, simcell-1,
// evaluator-1 → "control"; board-1 → "board". out holds at least 64 bytes. "" for no seat's id.
void toc_seat_audience(const char *seat, char out[64]);

typedef struct toc_feed toc_feed;

toc_feed *toc_feed_new(const char *audience);
void toc_feed_free(toc_feed *f);
const char *toc_feed_audience(const toc_feed *f);

// toc_feed_sees: would this audience be shown ev? Pure.
bool toc_feed_sees(const toc_feed *f, const toc_event *ev);

// toc_feed_add shows ev to the feed: if its audience may see it, it gets the next number, and true is
// returned. Call it for every line of the journal, in order.
bool toc_feed_add(toc_feed *f, const toc_event *ev);

// toc_feed_show is toc_feed_add for whoever reads events and no lines: *out (uninitialised) is the event as its audience gets it, as
// toc_feed_parse reads it. No line is kept: toc_feed_line is NULL for it.
bool toc_feed_show(toc_feed *f, const toc_event *ev, toc_event *out);

int64_t toc_feed_head(const toc_feed *f);                // the newest number, 0 for none
const char *toc_feed_line(const toc_feed *f, int64_t n); // {"n":12,"t":…,"k":…}; NULL out of range
int64_t toc_feed_seq(const toc_feed *f, int64_t n);      // 0 out of range
int64_t toc_feed_number(const toc_feed *f, int64_t seq); // 0 if the audience does not see it

// toc_feed_parse reads one line of a feed into n and an event whose REF fields are feed numbers.
toc_err toc_feed_parse(const char *json, size_t len, int64_t *n, toc_event *out, toc_error *e);

#endif
