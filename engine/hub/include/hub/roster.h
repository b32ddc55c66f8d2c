// SPDX-License-Identifier: MIT
#ifndef TOC_ROSTER_H
#define TOC_ROSTER_H

// The roster says which seat a token belongs to. A token and a certificate are one ticket: a token shown over
// another's certificate is nothing. A seat has one ticket at a time; a revoked ticket's token is dead, and
// stays so, because the serial number of its certificate stands in the journal.

#include <stdbool.h>
#include <stddef.h>

typedef struct toc_roster toc_roster;

toc_roster *toc_roster_new(void);
void toc_roster_free(toc_roster *r);

// toc_roster_put gives a seat its ticket, in place of one it had. A token on a serial number that was
// revoked before is dead from the start.
void toc_roster_put(toc_roster *r, const char *seat, const char *token, const char *serial);

// toc_roster_revoke kills whatever ticket has that serial number, now or later.
void toc_roster_revoke(toc_roster *r, const char *serial);

// toc_roster_bid keeps what whoever still has that dead ticket is to be told; toc_roster_farewell gives it for
// its token over its own certificate, NULL if there is nothing to tell.
void toc_roster_bid(toc_roster *r, const char *serial, const char *text);
const char *toc_roster_farewell(const toc_roster *r, const char *token, const char *serial);
bool toc_roster_is_bidden(const toc_roster *r, const char *serial); // is there anything to tell?

// toc_roster_find gives the seat of a token that is shown over the certificate of that serial number, NULL for
// an unknown or dead one, or another ticket's certificate. How long it takes says nothing about tokens: they are
// found by their hash, and compared in constant time.
const char *toc_roster_find(const toc_roster *r, const char *token, const char *serial);

const char *toc_roster_serial(const toc_roster *r, const char *seat);   // NULL: no live ticket
const char *toc_roster_bearer(const toc_roster *r, const char *serial); // whose it is or was; or NULL

#endif
