// SPDX-License-Identifier: MIT
#ifndef TOC_REPLAY_H
#define TOC_REPLAY_H

// The screen of `tocsin replay`, but for the terminal: a bar of time, the screen of a seat as it stood (replays/stage.h), and what happened.
// It takes keys and time, and draws a grid. It reads no clock, socket or file: what takes long, and what is outside, is asked
// for (toc_replay_job, toc_replay_ask) and given back.
//
// Thread: one replay, one thread at a time; a job that it gave out runs on any other.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "replays/notes.h"
#include "replays/player.h"
#include "replays/recording.h"
#include "view/grid.h"

typedef struct toc_replay toc_replay;

typedef struct {
    const char *as; // whose eyes: a team's id, "excon", "board" or "all"; copied
    bool is_ascii;
    bool is_following; // more lines may come
} toc_replay_options;

// toc_replay_new: TOC_EUSAGE if nobody in the recording is called so; r is borrowed, and so is notes (may be NULL).
toc_err toc_replay_new(toc_replay **out, const toc_recording *r, const toc_notes *notes,
                       const toc_replay_options *o, toc_error *e);
void toc_replay_free(toc_replay *p); // no job may be out

toc_player *toc_replay_player(toc_replay *p);

void toc_replay_size(toc_replay *p, int w, int h);
// toc_replay_time: ms, never falling; at least 20 times a second while it plays. True: it would be drawn otherwise now.
bool toc_replay_time(toc_replay *p, int64_t mono);
void toc_replay_key(toc_replay *p, uint32_t key);
void toc_replay_paste(toc_replay *p, const char *text);
void toc_replay_click(toc_replay *p, int x, int y, int wheel); // wheel: 0 a click, -1 up, 1 down
void toc_replay_draw(toc_replay *p, toc_grid *g);
void toc_replay_grown(toc_replay *p); // the recording has more lines; no job may be out
void toc_replay_say(toc_replay *p, bool is_good, const char *format, ...)
    TOC_PRINTF(3, 4); // the line that answers

// toc_replay_seek goes to a line, or a time (seq 0).
void toc_replay_seek(toc_replay *p, int64_t seq, int64_t t);

// What is asked of the outside; each is asked once. text is the caller's to free.
typedef enum {
    TOC_REPLAY_ASKS_NOTHING,
    TOC_REPLAY_ASKS_LEAVE,
    TOC_REPLAY_ASKS_REDRAW,
    TOC_REPLAY_ASKS_SUSPEND,
    TOC_REPLAY_ASKS_NOTE, // text, at seq and t: append it to the notes, then toc_replay_noted
    TOC_REPLAY_ASKS_SAVE, // text: the path of an attachment; number goes back with toc_replay_saved
} toc_replay_asks;

typedef struct {
    toc_replay_asks what;
    char *text;
    int64_t seq, t, number;
} toc_replay_ask;

bool toc_replay_next_ask(toc_replay *p, toc_replay_ask *out);
void toc_replay_noted(toc_replay *p); // the notes are others now
void toc_replay_saved(toc_replay *p, int64_t number, bool ok,
                      const char *text); // where, or why not

// What takes long: executing the exercise up to a line, making a seat's screen, proving the recording. One job at a time; NULL: there is
// nothing to do, or one is out.
typedef struct toc_replay_job toc_replay_job;
toc_replay_job *toc_replay_next_job(toc_replay *p);
void toc_replay_job_run(toc_replay_job *job);                 // on any thread
void toc_replay_job_done(toc_replay *p, toc_replay_job *job); // frees it
void toc_replay_settle(toc_replay *p);                        // does all there is, here and now

// Whose eyes they are now: an id as in the options. Borrowed.
const char *toc_replay_eyes(const toc_replay *p);
// The seat whose screen is shown: "watch-1". Borrowed.
const char *toc_replay_seat(const toc_replay *p);

// toc_replay_manual: the keys as Markdown, for the guide.
void toc_replay_manual(toc_buf *out);

#endif
