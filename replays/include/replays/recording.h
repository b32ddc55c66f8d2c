// SPDX-License-Identifier: MIT
#ifndef TOC_REPLAYS_RECORDING_H
#define TOC_REPLAYS_RECORDING_H

// A recording, read: its lines as events, the plan that its sources hold, and where to find what. Everything
// on the reader's side (replay, why, branch, compare, report) looks at this, and nothing here executes anything.
//
// Thread: one recording is read by any number of threads, as long as none adds to it.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/files.h"
#include "exercise/plan.h"
#include "record/chain.h"
#include "record/event.h"
#include "record/journal.h"

typedef struct toc_recording toc_recording;

// toc_recording_read takes a journal's bytes (copied). What stands before a bad line is read, and toc_recording_chain says
// what is wrong; TOC_EFORMAT: it is no tocsin journal at all. toc_recording_open reads a file, or the journal in
// a run folder; TOC_EUSAGE names the newest run if it is a folder of runs.
toc_err toc_recording_read(toc_recording **out, const char *data, size_t len, toc_error *e);
toc_err toc_recording_open(toc_recording **out, const char *path, toc_error *e);
void toc_recording_free(toc_recording *r);

// toc_recording_of makes one of lines that were played and never written, as a branch of `like` has them: header, plan and files are
// like's, which outlives it. It has the lines alone: no bytes, no bodies. Takes lines, which are then empty.
toc_recording *toc_recording_of(const toc_recording *like, toc_events *lines_take);

// toc_recording_path says which journal a path means: a file, or the one in a run folder. The caller frees *out. A folder
// of runs is TOC_EUSAGE and names the newest, behind `command` ("tocsin verify"; NULL: the path alone).
toc_err toc_recording_path(char **out, const char *given, const char *command, toc_error *e);

// toc_recording_add takes bytes that were appended to the file since; an unfinished line waits for its rest.
toc_err toc_recording_add(toc_recording *r, const char *data, size_t len, toc_error *e);

// toc_recording_keep_back takes what people wrote about a real emergency out of every line, also of those that are added later: that there
// was one stays. The bytes, which verify and branch look at, are as they were.
void toc_recording_keep_back(toc_recording *r);

const toc_header *toc_recording_header(const toc_recording *r);
const toc_chain_report *toc_recording_chain(const toc_recording *r);
int64_t toc_recording_count(const toc_recording *r); // seq of the newest line; 0: the header alone
// The line with that seq (1 … count); kind TOC_K_UNKNOWN for those of a later version, and for what is no line at all: seq
// is then 0, so that a reference that leads nowhere does no harm. Sources and attachments have no text and no data.
const toc_event *toc_recording_at(const toc_recording *r, int64_t seq);
// The bytes of its body: without trailer and closing brace. NULL out of range, and where lines have no bytes.
const char *toc_recording_body(const toc_recording *r, int64_t seq, size_t *len);
// The whole file as it was read.
const char *toc_recording_bytes(const toc_recording *r, size_t *len);

// What the sources declare; NULL if they do not load, and why.
const toc_plan *toc_recording_plan(const toc_recording *r, const char **why);
const toc_files *toc_recording_files(const toc_recording *r); // sources and attachments

int64_t toc_recording_start(const toc_recording *r); // seq of `start`; 0: it never began
int64_t toc_recording_end(const toc_recording *r);   // play ms of the newest line
bool toc_recording_is_closed(const toc_recording *r);
int64_t toc_recording_by(const toc_recording *r, int64_t t); // the newest seq at or before play time t; 0: none
// Who sat at a seat when that line was written, as they signed in; NULL: nobody had.
const char *toc_recording_person(const toc_recording *r, const char *seat, int64_t seq);
// The story's time at a line, ms since 1970; by the anchors that the recording holds. On the way of a jump it is the line's
// own. toc_recording_story_at: at play time t after that line, with the zone of the story.
int64_t toc_recording_story(const toc_recording *r, int64_t seq);
toc_story toc_recording_story_at(const toc_recording *r, int64_t seq, int64_t t);
// toc_recording_play_of is the first play time at which the story had come to story_ms; where it never did, when it would have,
// as it went at the end.
int64_t toc_recording_play_of(const toc_recording *r, int64_t story_ms);
// The jump that play time t lies inside of: play was never there; NULL: it was.
const toc_event *toc_recording_jump(const toc_recording *r, int64_t t);
// Is the item (an inject or message) read by that team at that line? The seq of the first `read` or `ack` of theirs, 0: not yet. Whoever
// asks what was read asks here.
int64_t toc_recording_read_by(const toc_recording *r, int64_t item, const char *team, int64_t seq);

#endif
