// SPDX-License-Identifier: MIT
#ifndef TOC_TALK_INSIDE_H
#define TOC_TALK_INSIDE_H

// A talk from within: talk.c is what happens to it, talk_desk.c what is asked of the desk.

#include "answer.h"
#include "inlet.h"
#include "outbox.h"
#include "talk.h"

struct toc_talk {
    toc_talk_host host;
    toc_link_calls calls;
    toc_link_calls inner; // of the inlet: ours, which look before they pass on
    char *seat, *token;   // of the ticket
    char *addresses[TOC_WIRE_ENDS];
    toc_inlet inlet;
    toc_outbox outbox;
    char session[64];
    char receipt[TOC_RECEIPT_LEN + 1];
    int64_t joined_head;
    size_t refills;
    bool is_up[TOC_WIRE_ENDS];
    uint64_t down_since[TOC_WIRE_ENDS];
    int refusals[TOC_WIRE_ENDS]; // one after another
    uint64_t heard, sent_at, away_at, closing_since, rejoin_at;
    bool must_join, is_joined, must_refill, is_refilling, is_pinging;
    toc_link_state told;
    bool is_over;  // nothing is wanted of the host any more
    bool is_ended; // nor is anything told of the link
};

uint64_t toc_talk_now(const toc_talk *t);
void toc_talk_tell_if_current(toc_talk *t);
void toc_talk_tell_away(toc_talk *t, const char *why); // every few seconds at most
void toc_talk_finish(toc_talk *t, toc_link_state state, const char *why); // the end
// toc_talk_settle finishes a talk whose exercise is closed, once nobody waits for an answer.
void toc_talk_settle(toc_talk *t);

// ---- what is asked of the desk ----------------------------------------------------------------------

void toc_talk_pump(toc_talk *t); // sends the next request, if one may be sent
void toc_talk_refill(toc_talk *t);
void toc_talk_ping(toc_talk *t); // a sign of life, and a question: is this seat still ours?

#endif
