// SPDX-License-Identifier: MIT
#ifndef TOC_ADDRESS_H
#define TOC_ADDRESS_H

#include "base/error.h"

// toc_address_move gives desk and feed, tls+tcp://HOST:PORT each, another host: "HOST" or
// "HOST:PORT", where PORT is the desk's and the feed's stays as far from it as it was. The results
// are the caller's. TOC_EUSAGE if host is none.
toc_err toc_address_move(const char *desk, const char *feed, const char *host, char **new_desk,
                         char **new_feed, toc_error *e);

// toc_address_split takes tls+tcp://HOST:PORT apart; host is the caller's and has no brackets.
// TOC_EFORMAT if it is something else.
toc_err toc_address_split(const char *address, char **host, int *port, toc_error *e);

#endif
