// SPDX-License-Identifier: MIT
#ifndef TOC_DESK_INSIDE_H
#define TOC_DESK_INSIDE_H

// What desk.c (who asks, sessions), desk_input.c (requests that are inputs), desk_preview.c (what one would
// do), desk_seats.c (who is there), desk_status.c and desk_pages.c (what is only read) share.

#include "hub/desk.h"
#include "hub/pulse.h"
#include "record/json.h"

struct toc_desk {
    toc_conduct *conduct;
    toc_roster *roster;
    toc_desk_host host;
    toc_pulse *pulse;
    int64_t watched_at; // mono; -1: never
};

// One request on its way through the desk.
typedef struct {
    toc_desk *desk;
    int64_t mono;
    const char *serial; // of the certificate that it came over
    const toc_json *json;
    const char *op, *id;
    char session[24]; // part of the id, for all but join
    char seat_id[64];
    toc_seat_view seat; // when it came in: borrowed until the next step
    const char *role;
    char audience[64];
    size_t feed;
    toc_reply *reply;
} toc_request;

// toc_reply_error makes the reply a refusal.
void toc_reply_error(toc_request *q, const char *code, const char *format, ...) TOC_PRINTF(3, 4);

// toc_request_keys: are all keys of the request known? allowed ends with NULL; op, token and id always are.
// If not, the reply says which.
bool toc_request_keys(toc_request *q, const char *const *allowed);
// toc_request_int reads a whole number of at least 1; 0 if it is not there and needed is false. false:
// the reply says what is wrong.
bool toc_request_int(toc_request *q, const char *key, bool needed, int64_t *n);

void toc_desk_input(toc_request *q, toc_kind kind);
// toc_desk_fields reads the fields of a kind from the request, those that people may set. false: the reply
// says what is wrong.
bool toc_desk_fields(toc_request *q, toc_event *in);
void toc_desk_answered(toc_request *q, const toc_answer *a); // the first answer, again
void toc_desk_failed(toc_request *q, toc_err err, const toc_error *why);
void toc_desk_preview(toc_request *q);
void toc_desk_seats(toc_request *q);
void toc_desk_status(toc_request *q);
void toc_desk_clock(toc_request *q); // "clock":{…}
void toc_desk_feed(toc_request *q);
void toc_desk_attachment(toc_request *q);

#endif
