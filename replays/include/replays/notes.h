// SPDX-License-Identifier: MIT
#ifndef TOC_NOTES_H
#define TOC_NOTES_H

// What reviewers write while they watch a recording. The recording itself is never touched: notes stand in a file beside it, one
// JSON object a line, and are only ever appended.
//
//   {"seq":412,"t":5524000,"wall":"2026-11-22T09:12:44.000Z","by":"A. Berg","text":"who told the mayor?"}

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

typedef struct {
    int64_t seq, t; // the line it is about, and the play time, ms
    char *wall;     // when it was written, UTC
    char *by, *text;
} toc_note;

typedef struct {
    toc_note *at; // by seq and play time
    size_t count, capacity;
} toc_notes;

void toc_notes_fini(toc_notes *n);

// toc_notes_path: where the notes of a journal stand: journal.jsonl → journal.notes.jsonl. The caller frees it.
char *toc_notes_path(const char *journal);

// toc_notes_check: TOC_EUSAGE if the path is what nothing may be written into: the journal itself, whatever it is called there, or
// no file at all, as a pipe. What is not there yet is fine. journal may be NULL.
toc_err toc_notes_check(const char *path, const char *journal, toc_error *e);

// toc_notes_read adds the notes in a file; one that is not there has none. Lines that are no notes are left out, and *bad (may be
// NULL) says how many.
toc_err toc_notes_read(toc_notes *n, const char *path, size_t *bad, toc_error *e);

// toc_notes_append writes a note to the end of the file, through to the disk, and adds it to n.
toc_err toc_notes_append(toc_notes *n, const char *path, const toc_note *note, toc_error *e);

#endif
