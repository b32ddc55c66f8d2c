// SPDX-License-Identifier: MIT
#ifndef TOC_REPLAY_COMMAND_H
#define TOC_REPLAY_COMMAND_H

// The command `tocsin replay`: what was asked for, and the ways to show it.

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "replays/notes.h"
#include "replays/recording.h"

typedef struct {
    toc_recording *r;
    toc_notes notes;
    char *path, *notes_path; // the journal; where notes go
    const char *as;          // NULL: nobody was named
    const char *by;          // who makes notes
    const char *keys;        // to press before a snapshot, or NULL
    int64_t from, until;     // play ms; -1: not given
    int64_t speed;           // thousandths; 0: not given
    int64_t idle;            // ms; 0: nothing is shortened
    int w, h;                // of the snapshot
    bool is_ascii, has_colors, has_mouse, is_following, is_json;
    bool keeps_back; // what people wrote about a real emergency
} toc_replay_command;

// toc_replay_full: the whole screen; the exit code.
int toc_replay_full(toc_replay_command *c, toc_error *e);
// toc_replay_lines: what happened, as lines; at once, or in time.
int toc_replay_lines(toc_replay_command *c, toc_error *e);
// toc_replay_snapshot: one screen as text; of the seat that stands for who was named, or the replay's own.
int toc_replay_snapshot(toc_replay_command *c, toc_error *e);
// toc_replay_why, toc_replay_spread: of a line's number, or the newest line about an id.
int toc_replay_why(toc_replay_command *c, const char *what, toc_error *e);
int toc_replay_spread(toc_replay_command *c, const char *what, toc_error *e);

// toc_replay_grow reads what was appended to the journal since; *more: there is more, or something else, to show. Where the file no
// longer begins with what was read (it was cut, or replaced) it is read from its beginning: c->r is another recording then, and *old the
// one before, which the caller frees when nothing looks at it any more; else *old is NULL.
toc_err toc_replay_grow(toc_replay_command *c, bool *more, toc_recording **old, toc_error *e);
#define TOC_REPLAY_ANEW "the journal was cut or replaced: read again"

#endif
