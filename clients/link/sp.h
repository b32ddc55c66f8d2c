// SPDX-License-Identifier: MIT
#ifndef TOC_SP_H
#define TOC_SP_H

// The frames of nng's wire, SP over a stream: a greeting of each side, then messages, each behind its length. Pure.

#include <stdbool.h>
#include <stddef.h>

enum {
    TOC_SP_GREETING = 8,          // bytes of a greeting
    TOC_SP_LENGTH = 8,            // of a length, the highest first
    TOC_SP_MESSAGE_MAX = 1 << 20, // of a message; the engine cuts at 256 KiB
};

// The numbers that the greeting has for both sides.
typedef enum {
    TOC_SP_PUB = 0x20,
    TOC_SP_SUB = 0x21,
    TOC_SP_REQ = 0x30,
    TOC_SP_REP = 0x31
} toc_sp_protocol;

void toc_sp_greeting(char out[TOC_SP_GREETING], toc_sp_protocol protocol);
// toc_sp_is_greeting looks at the first bytes of a stream; false for fewer than a greeting has.
bool toc_sp_is_greeting(const char *data, size_t len, toc_sp_protocol protocol);

typedef enum { TOC_SP_MORE, TOC_SP_MESSAGE, TOC_SP_TOO_LONG } toc_sp_found;

// toc_sp_next finds the message that begins at *at of len bytes, and moves *at behind it. TOC_SP_MORE: it is not all
// there yet, *at stays.
toc_sp_found toc_sp_next(const char *data, size_t len, size_t *at, const char **message,
                         size_t *message_len);

#endif
