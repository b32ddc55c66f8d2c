// SPDX-License-Identifier: MIT
#ifndef TOC_FAKE_ENGINE_H
#define TOC_FAKE_ENGINE_H

// An engine of a few lines for the tests of clients/link: a raw REP and a PUB over TLS, with a run's
// certificates, that answers like the real one and can be told to be unreliable. What it took down
// survives a restart, as a journal would; connections and replies under way do not.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "record/ticket.h"

typedef struct fake_engine fake_engine;

fake_engine *fake_engine_new(uv_loop_t *loop);
const toc_ticket *fake_engine_ticket(const fake_engine *f);         // of seat wind-1
const toc_ticket *fake_engine_foreign_ticket(const fake_engine *f); // of another run's CA

void fake_engine_stop(fake_engine *f);  // closes listeners and connections
void fake_engine_start(fake_engine *f); // listens again, on the same ports

// fake_engine_add appends an event to the feed, and publishes it, unless mute.
void fake_engine_add(fake_engine *f, const char *text);
void fake_engine_set_mute(fake_engine *f, bool is_mute);
void fake_engine_beat(fake_engine *f);  // a heartbeat, now
void fake_engine_close(fake_engine *f); // adds the event `close`

void fake_engine_lose_replies(fake_engine *f, int count); // the next ones are made, and not sent
void fake_engine_take_over(fake_engine *f);               // somebody else joins on the seat
void fake_engine_sit_elsewhere(fake_engine *f); // the same, and nobody is told: they were away
// fake_engine_shut_feed closes the feed alone: the ticket is dead, and farewell is what the desk says of it.
void fake_engine_shut_feed(fake_engine *f, const char *farewell);
void fake_engine_forget_session(fake_engine *f); // on resume: the next join gets a new session

void fake_engine_hold_previews(fake_engine *f, bool is_held); // they are heard, and not answered
const char *fake_engine_order(const fake_engine *f); // what was heard, "preview s1-2\n" each; not what nng sent again

size_t fake_engine_said(const fake_engine *f); // how many `say` were done
const char *fake_engine_said_text(const fake_engine *f, size_t i);
size_t fake_engine_joins(const fake_engine *f);
size_t fake_engine_pings(const fake_engine *f);
size_t fake_engine_repeats(const fake_engine *f); // requests that came again

#endif
