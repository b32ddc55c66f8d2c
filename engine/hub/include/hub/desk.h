// SPDX-License-Identifier: MIT
#ifndef TOC_DESK_H
#define TOC_DESK_H

// The desk: a request's bytes in, a reply's bytes out. The seat is what token and certificate say, never what
// the message claims. It knows no sockets: replies are sent by the caller, when what they were made
// from is durable.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "hub/conduct.h"
#include "hub/preview.h"
#include "hub/roster.h"

#define TOC_PAGE_BYTES    ((size_t)256 * 1024) // of a reply, and of a message of a feed
#define TOC_ATTACHED_PART ((size_t)128 * 1024) // of an attachment, raw, in one reply
#define TOC_TEXT_BYTES    ((size_t)16 * 1024)  // of one text

// What the desk brings about outside the exercise. Calls may be NULL; context is theirs.
typedef struct {
    void *context;
    // At once, whatever the journal does. what: "emergency" on every feed, "unknown-receipt" on control's.
    void (*on_alarm)(void *context, const char *what, const char *text, const char *by);
    // A ticket is revoked: its token is dead already. serial may be NULL.
    void (*on_revoked)(void *context, const char *seat, const char *serial);
    // Make a new ticket for a seat that is about to be opened, and put it in the roster.
    toc_err (*issue)(void *context, const char *seat, toc_error *e);
} toc_desk_host;

typedef struct toc_desk toc_desk;

toc_desk *toc_desk_new(toc_conduct *conduct, toc_roster *roster,
                       const toc_desk_host *host); // borrowed
void toc_desk_free(toc_desk *d);

// End one with toc_buf_fini(&reply.text), once toc_reply_finish was called; else with toc_reply_drop.
typedef struct {
    toc_buf text; // whole but for its end, which toc_reply_finish adds
    toc_preview *preview; // part of the answer, or NULL: may be run on any thread before that
    int64_t waits;    // may be sent when this line is durable
    bool has_receipt; // not for strangers
    char seat[64];    // who asked, in the seat's newest session; "" otherwise
    bool sits_down;   // it was a join, and is recorded
} toc_reply;

// toc_desk_handle answers one request, whatever its bytes are. serial: of the certificate that showed its
// connection to be a seat's. A token over another certificate than its ticket's is as good as none.
void toc_desk_handle(toc_desk *d, int64_t mono, const char *serial, const char *bytes, size_t len,
                     toc_reply *out);

// toc_desk_watch looks for seats whose terminals were not heard for 20 s: each has left. To be called every
// few seconds.
void toc_desk_watch(toc_desk *d, int64_t mono);

// toc_reply_finish adds what the preview found, the receipt and the end. If recording failed before the reply could be sent, it
// becomes the message that says so.
void toc_reply_finish(toc_reply *r, const toc_conduct *conduct);
void toc_reply_drop(toc_reply *r);

// Two replies that are not finished: are both previews of one seat?
typedef enum {
    TOC_MEETING_APART, // no: nothing was changed
    TOC_MEETING_SAME,  // one request that came twice: newer has older's preview now; drop older
    TOC_MEETING_NEWER, // two: older became the refusal that says so; *spare was its preview
} toc_meeting;

// toc_reply_meet: *spare is NULL, or a preview that is the caller's to free now.
toc_meeting toc_reply_meet(toc_reply *older, toc_reply *newer, toc_preview **spare);

#endif
