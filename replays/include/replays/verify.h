// SPDX-License-Identifier: MIT
#ifndef TOC_VERIFY_H
#define TOC_VERIFY_H

// Verification: is this recording whole, whose is it, and do its inputs, fed to its own sources,
// give every derived line again, byte for byte?

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

typedef enum {
    TOC_VERDICT_VERIFIED,  // closed, sealed, re-executed: identical
    TOC_VERDICT_OPEN,      // all of that so far, but the recording goes on: not closed
    TOC_VERDICT_TORN,      // a tail that nobody was told was durable is incomplete
    TOC_VERDICT_NOT_RERUN, // made by other semantics: chain and seals hold, nothing was re-executed
    TOC_VERDICT_DIVERGED,  // a line is not what the inputs give
    TOC_VERDICT_TRUNCATED, // a receipt is of a line that is gone
    TOC_VERDICT_STRANGER,  // a receipt is of no line of it, and nothing is gone: the run's key sealed its end
    TOC_VERDICT_FORGED,    // a seal, or the key, is not that of the run
    TOC_VERDICT_DAMAGED,   // a line was changed, lost or moved
} toc_verdict_kind;

const char *toc_verdict_name(toc_verdict_kind k); // "verified" "open" "torn" "not re-executed" …

// What there is to know of the line that differs, beside its number. Texts are NULL where there is nothing to say.
typedef struct {
    char *about;                     // the line in short: "T+0:31:07 decided D-01"
    char *recorded, *came_out;       // both sides, told in words
    char field[40];                  // the first of their fields that differs; "" where there is one side only
    int64_t cause, root;             // lines of the file. cause: what it follows from, 0 where it is an input itself
    char *cause_about, *root_about;  // "decide by operator-1". root: the input behind the cause; 0: the cause is one
} toc_difference;

typedef struct {
    toc_verdict_kind kind;
    int64_t lines, inputs, derived; // derived: compared and equal
    int64_t unknown;                // lines of kinds of a later version, which were not executed
    int64_t sealed;                 // seq of the last line that a good seal covers, 0 for none
    bool is_closed;
    char key[65];      // the public key in the header, hex
    bool is_key_known; // it was compared with one given from outside
    bool is_foreign;   // it, or the run, is another than was given
    bool is_other_run; // the run given from outside is another: whose key it is was not asked
    char given[20];    // the fingerprint of the key given, or itself; "" for none
    bool is_fingerprint; // a fingerprint was given: it was compared, which is less than a whole key
    char exercise[64], run[128], engine[128];
    int64_t semantics;
    char parent[128], parent_hash[65]; // a branch: the run that it left; "" for none
    int64_t parent_seq;
    int64_t torn_lines, torn_bytes; // torn: what stands behind the last good line
    size_t receipts, held;          // given from outside; of them, those of a line that is here
    int64_t held_line;              // the newest of these lines, 1-based; 0: none
    int64_t difference;             // 1-based line of the first difference or bad line, 0 for none
    char what[512];                 // what is wrong there, in words
    char *recorded, *came_out;      // diverged: both sides as bytes, without trailer; "" where there is none
    toc_difference told;            // diverged: the same for people
    char last_hash[65];
} toc_verdict;

void toc_verdict_fini(toc_verdict *v);

typedef struct {
    const char *key;             // expected public key, 64 hex digits or its fingerprint, or NULL
    const char *run;             // expected run id, or NULL
    const char *const *receipts; // hashes that must be there
    size_t receipt_count;
} toc_verify_options;

// toc_verify judges a journal's bytes. It fails only for what is no tocsin journal at all
// (TOC_EFORMAT); whatever is wrong with one that is becomes the verdict.
toc_err toc_verify(toc_verdict *out, const char *data, size_t len,
                   const toc_verify_options *options, toc_error *e);

// The verdict for people (several lines) and for programs (one line of JSON).
void toc_verdict_text(toc_buf *out, const toc_verdict *v);
void toc_verdict_json(toc_buf *out, const toc_verdict *v);
// What the verdict means, in one or two sentences for somebody who was in the exercise.
void toc_verdict_meaning(toc_buf *out, const toc_verdict *v);
// What is proven and what is not, a sentence a line; both lists are short.
void toc_verdict_proven(toc_buf *out, const toc_verdict *v);
void toc_verdict_unproven(toc_buf *out, const toc_verdict *v);
// 0 verified, 5 damaged, 1 anything else.
int toc_verdict_exit(const toc_verdict *v);

#endif
