// SPDX-License-Identifier: MIT
#ifndef TOC_CHAIN_H
#define TOC_CHAIN_H

// The chain: how lines of a journal hang together, without reading them as JSON. A line is
// BODY,"d":N,"hash":"<64 hex>"}\n ; hash = SHA-256 in hex over the previous line's 64 hex digits
// (64 zeros before the header) and this line's bytes before `,"hash":`. d is the newest seq that was
// known durable when the line was written, so d < i in line i. The header is line 0; line i has seq
// i and begins with {"seq":i, . Scanning needs no JSON parser. Thread: anywhere.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "crypto/crypto.h"

#define TOC_LINE_MAX    (1 << 20) // bytes of a line, \n included
#define TOC_TRAILER_MAX 97        // bytes of the longest trailer, \n included

typedef struct {
    const char *bytes; // the whole line without \n
    size_t len;
    size_t body_len; // bytes before `,"d":`; add '}' and it is a JSON object
    int64_t d;
    const char *hash; // 64 digits, not NUL-terminated
} toc_line;

// toc_line_split finds the trailer; false if there is none of the exact form.
bool toc_line_split(toc_line *line, const char *bytes, size_t len);

// toc_line_write appends body, trailer and \n, and puts the line's hash into hash, which holds the
// previous line's on entry.
void toc_line_write(toc_buf *out, const char *body, size_t body_len, int64_t d,
                    char hash[TOC_HASH_HEX + 1]);

typedef enum {
    TOC_CHAIN_WHOLE,   // every line is good, and there is a header
    TOC_CHAIN_TORN,    // good up to a tail that nobody was ever told was durable; lines is 0 if
                       // not even the header is good: nothing was ever recorded
    TOC_CHAIN_DAMAGED, // a bad line that some later line shows to have been durable once
} toc_chain_state;

typedef struct {
    toc_chain_state state;
    int64_t lines;      // good lines from the start, header included
    int64_t good_bytes; // where the last good line ends
    int64_t bad_line;   // 1-based number of the first bad line in the file, 0 if none
    int64_t witness;    // damaged: the 1-based line whose d shows that the bad line was durable;
                        // the bad line itself where the next one ran into it
    char hash[TOC_HASH_HEX + 1]; // of the last good line
    int64_t durable;             // highest d of the good lines
    char why[256];               // what is wrong with the bad line, in words
} toc_chain_report;

// toc_chain_scan judges a whole journal. Bad line i is damage if any later line that has a trailer
// (whatever else is wrong with it) says d >= i: then i was durable before that line was written.
// (A d that lies across a border of sectors may be made of two; it counts if that line's hash follows
// from the line before it.) Without such a witness nobody was ever told of line i, and the file is
// torn there. each (may be NULL) is called for every good line in order, before the verdict is known.
typedef void (*toc_line_cb)(void *context, int64_t seq, const toc_line *line);
void toc_chain_scan(const char *data, size_t len, toc_chain_report *report, toc_line_cb each,
                    void *context);
// toc_chain_scan_on goes on behind the good lines of a report that was made of a shorter data of the same beginning.
void toc_chain_scan_on(const char *data, size_t len, toc_chain_report *report, toc_line_cb each,
                       void *context);

#endif
