// SPDX-License-Identifier: MIT
#ifndef TOC_BRANCH_H
#define TOC_BRANCH_H

// What if: a recording executed again up to a moment, and played on from there with other inputs. The result is a recording
// of its own, with a run and a key of its own; its header names the original, the last line that it has from there, and
// that line's hash. The same original and options give the same lines.
//
// Up to the point every line is the original's; only its seals are made anew. After it, unless others play:
// - What people did there is done again. What answers something (an answer its question, a reading its item, a ruling, a
//   release, a voice inject told) keeps its distance from it; all else keeps its play time. What is about an item is about the same one
//   here: the same inject, or what came of the same input.
// - So is what the engine put in: who came and went, marks, where it was started again (which pauses). They are facts of the
//   room that the original's people sat in.
// - What the original never met, the players of a rehearsal do: they read what arrives, answer what is asked with its first option,
//   rule, release, and tell what has a voice.
// - What the exercise refuses, and what would answer something that never comes, is left out and listed.
// So a branch to which nothing is changed is the original, line for line.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record/playplan.h"
#include "rehearse/path.h"
#include "replays/recording.h"
#include "replays/verify.h"

// The reason of every answer and ruling that the options gave: nobody's words.
#define TOC_BRANCH_REASON "what if"

typedef enum {
    TOC_ELSE_ORIGINAL, // as in the original
    TOC_ELSE_PATH,     // players of a rehearsal, by a path
    TOC_ELSE_PLAN, // those of a .plan: its lines from the point on, and the first option of what no line decides
    TOC_ELSE_NOBODY, // play stands at the point, and the recording stays open: people go on
} toc_branch_else;

typedef struct {
    const char *run; // id of the new run
    int64_t
        at; // the point, play ms: all that was due or put in until then has happened. -1: seq says
    int64_t seq;             // the point: after the step of this line
    const toc_path *decides; // other answers to decisions, whoever plays; may be NULL
    toc_branch_else otherwise;
    const toc_path *path;     // TOC_ELSE_PATH
    const toc_playplan *plan; // TOC_ELSE_PLAN
    int64_t until;            // play ms at which EXCON ends it; -1: ENDEX
} toc_branch_options;

// An input of the original that was not done again, and why.
typedef struct {
    int64_t seq; // in the original
    char *why;
} toc_branch_left;

// What became of another answer.
typedef struct {
    size_t decision; // in the plan
    int64_t was_seq; // the original's line that settled it; 0: it never was
    int64_t now_seq; // the same here
    char *refused;   // the answer could not be given: why; NULL: it was, or was not to be given
} toc_branch_decide;

typedef struct {
    toc_header header; // its key is set when it is written
    toc_events lines;  // seals have an empty sig
    int64_t point;     // play ms
    int64_t parent_seq, parent_count;
    int64_t again;  // inputs of people after the point that were done again
    int64_t later;  // of them, at another play time than there
    int64_t unused; // inputs of people after the point, where others play
    int64_t made;   // inputs that are not the original's
    toc_branch_left *left;
    size_t left_count, left_capacity;
    toc_branch_decide *decides; // in the order of the options'
    size_t decide_count;
    toc_buf notes; // what else there is to know, a line each
    int64_t ended; // play ms of ENDEX; -1
    bool is_closed;
    char **seats; // that are open at its end: who needs a ticket to go on
    size_t seat_count;
} toc_branch;

// toc_branch_make plays it. TOC_EUSAGE: there is no such point, or a decision was settled before it. TOC_EREFUSED: the original has other
// semantics, was closed by then (NOBODY), or what stands before the point was forged. TOC_EDAMAGED, TOC_EDIVERGED: the original does not
// verify up to there. End it with toc_branch_free.
toc_err toc_branch_make(toc_branch **out, const toc_recording *parent, const toc_branch_options *o,
                        toc_error *e);
void toc_branch_free(toc_branch *b);

// A brancher makes many branches of one recording: the recording is executed and verified once, its scenario loaded once. Nothing
// happens before the first branch is made. proof: what toc_verify says of parent's bytes; NULL: it is verified. Both are
// borrowed. toc_brancher_make is toc_branch_make; but sources and attachments among the lines have no text and no data,
// so that it cannot be written.
// Thread: one brancher, one thread at a time. toc_brancher_beside makes another one for another thread, which shares what the
// first found, and ends before it.
typedef struct toc_brancher toc_brancher;
toc_brancher *toc_brancher_new(const toc_recording *parent, const toc_verdict *proof);
toc_brancher *toc_brancher_beside(toc_brancher *other);
toc_err toc_brancher_make(toc_brancher *br, toc_branch **out, const toc_branch_options *o,
                          toc_error *e);
void toc_brancher_free(toc_brancher *br);

// toc_branch_write makes the journal at path (it must not exist), sealed with the private key.
toc_err toc_branch_write(toc_branch *b, const char *path, const char *seal_pem, toc_error *e);

// toc_branch_text says what was done, in a few lines.
void toc_branch_text(toc_buf *out, const toc_branch *b, const toc_recording *parent);

#endif
