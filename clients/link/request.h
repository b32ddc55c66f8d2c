// SPDX-License-Identifier: MIT
#ifndef TOC_REQUEST_H
#define TOC_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "link/link.h"

// A request that waits for its answer. It gets its id when it is first sent, and keeps it for as
// long as the engine may have seen it.
typedef struct toc_link_request {
    struct toc_link_request *next;
    char *op;
    char *fields;     // JSON to add, from the comma on
    char *id;         // NULL before it was first sent
    bool is_internal; // of the link's own
    int tries;        // how often the engine did not know its session
    toc_link_reply_cb on_reply;
    void *context;
} toc_link_request;

typedef struct {
    toc_link_request *first;
} toc_link_queue;

toc_link_request *toc_link_request_new(const char *op, const char *fields,
                                       toc_link_reply_cb on_reply, void *context);
void toc_link_request_free(toc_link_request *r);

// toc_link_request_input makes the request of an input: its fields as the table of kinds orders them.
toc_link_request *toc_link_request_input(const toc_event *input, toc_link_reply_cb on_reply,
                                         void *context);

// toc_link_request_join makes a join, with an id of its own; session and receipt are what the seat had, or "".
toc_link_request *toc_link_request_join(const char *session, const char *receipt);

// toc_link_request_answer tells whoever asked, and frees the request. code and text are for ok == false.
void toc_link_request_answer(toc_link_request *r, const toc_json *body, bool ok, const char *code,
                             const char *text);

void toc_link_request_text(toc_buf *out, const toc_link_request *r, const char *token);

void toc_link_queue_push(toc_link_queue *q, toc_link_request *r); // behind all
// Before all, but a new request stays behind those that have an id, so that ids arrive in order.
void toc_link_queue_first(toc_link_queue *q, toc_link_request *r);
toc_link_request *toc_link_queue_pop(toc_link_queue *q); // NULL if empty

#endif
