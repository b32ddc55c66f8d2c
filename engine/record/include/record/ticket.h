// SPDX-License-Identifier: MIT
#ifndef TOC_TICKET_H
#define TOC_TICKET_H

// The ticket: one file that lets one person sit down at one seat of one run. It is a secret, like a
// key. A JSON object on one line, every field a string, all of them there.

#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

// Owns its strings; zero-initialise, end with toc_ticket_fini.
typedef struct {
    char *exercise, *title, *marking, *run;
    char *seat, *role, *team;     // team: the seat's audience
    char *desk, *feed;            // tls+tcp://HOST:PORT
    char *token;                  // 32 hex digits
    char *ca, *certificate, *key; // PEM
    char *seal_key;               // the run's public key, 64 hex digits
} toc_ticket;

// toc_ticket_parse reads a ticket's text. TOC_EFORMAT says what is wrong with it: cut short, not
// JSON, a field missing. out is empty after a failure.
toc_err toc_ticket_parse(toc_ticket *out, const char *text, size_t len, toc_error *e);

// toc_ticket_read reads a file. That others may read the file is no error, but a line in warning (which
// may be NULL).
toc_err toc_ticket_read(toc_ticket *out, const char *path, toc_buf *warning, toc_error *e);

// toc_ticket_text appends the text of its file; toc_ticket_write writes that, so that only its owner may read
// it, whole or not at all.
void toc_ticket_text(toc_buf *out, const toc_ticket *t);
toc_err toc_ticket_write(const toc_ticket *t, const char *path, toc_error *e);

void toc_ticket_copy(toc_ticket *to, const toc_ticket *from); // to is uninitialised
void toc_ticket_fini(toc_ticket *t);

#endif
