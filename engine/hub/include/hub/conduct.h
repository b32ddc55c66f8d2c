// SPDX-License-Identifier: MIT
#ifndef TOC_CONDUCT_H
#define TOC_CONDUCT_H

// Conducting: an exercise driven by the machine's clock and by people, and recorded. It owns the
// exercise, its journal, its clock and its feeds, and keeps the order of things: what is due happens
// first, each instant as a step of its own at its own time; then an input is stamped and taken; seals
// and marks stand between steps. It knows no network and no event loop: time is handed in as mono
// (monotonic ms of any origin, never falling), commits are done by whoever drives it.
//
// Thread: the loop's. Once recording has failed, every call that would change anything is TOC_EIO.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/files.h"
#include "exercise/exercise.h"
#include "hub/sessions.h"
#include "record/feed.h"
#include "record/journal.h"
#include "script/scenario.h"

typedef struct toc_conduct toc_conduct;

// What it is given from outside. Everything is borrowed until the conduct is freed.
typedef struct {
    const char *journal;            // path of the file
    const char *seal_pem;           // the run's private seal key
    const toc_disk *disk;           // NULL: the real one
    void *context;                  // of the calls below, each of which may be NULL
    int64_t (*wall)(void *context); // ms since 1970; NULL: toc_wall_now
    int64_t (*mono)(void *context); // mono, read anew: how long work takes; NULL: it takes no time
    // A line is durable. is_new is false for the lines that a resumed journal already had.
    void (*on_line)(void *context, const toc_event *ev, bool is_new);
} toc_conduct_host;

typedef struct {
    const char *run;
    uint64_t seed;          // below 2^53
    const toc_files *files; // sources, library and attachments; borrowed until the conduct is freed
    const char *const *seats; // beyond those that the teams declare: opened by the engine
    size_t seat_count;
} toc_conduct_setup;

// toc_conduct_start makes the journal, with all sources and attachments, and opens the lobby. All of
// it is durable when it returns.
toc_err toc_conduct_start(toc_conduct **out, const toc_conduct_host *host,
                          const toc_conduct_setup *setup, int64_t mono, toc_error *e);

// toc_conduct_resume goes on with a journal: every line is executed again and compared, a torn step is
// completed, and the exercise stands paused where the last line left it. *cut is the length of a torn
// tail that was cut off. A closed exercise stays closed; its last seal may be missing. A journal of other
// semantics is TOC_EREFUSED.
toc_err toc_conduct_resume(toc_conduct **out, const toc_conduct_host *host, int64_t mono,
                           int64_t *cut, toc_error *e);
void toc_conduct_free(toc_conduct *c); // no batch may be out

// toc_conduct_tick performs what is due by now, each instant in its order, but only so many instants and
// lines a call, and none while too many lines wait for the disk. If more is due, play time slips: it
// stands just before the next instant, and goes on from there. So does every call below that takes a mono.
toc_err toc_conduct_tick(toc_conduct *c, int64_t mono, toc_error *e);

// toc_conduct_check says whether toc_conduct_input would take it: TOC_OK, or TOC_EREFUSED and why. It
// stamps input as that does.
toc_err toc_conduct_check(toc_conduct *c, int64_t mono, toc_event *input, toc_error *e);

// toc_conduct_input takes an input, which has its kind, `by` and fields; seq, t and wall are set here.
// TOC_EREFUSED: not taken, nothing changed.
toc_err toc_conduct_input(toc_conduct *c, int64_t mono, toc_event *input, toc_error *e);

// toc_conduct_mark adds a mark if one is due; toc_conduct_seal seals what stands in the journal, if
// anything was added since the last seal. There is a seal at each pause, at ENDEX, and every 1,000
// lines; the one after a close is its driver's to ask for, once the close is durable.
toc_err toc_conduct_mark(toc_conduct *c, int64_t mono, toc_error *e);
toc_err toc_conduct_seal(toc_conduct *c, toc_error *e);

// toc_conduct_behind: play slips, and it is time to tell EXCON, at most once a minute; appends the words.
bool toc_conduct_behind(toc_conduct *c, int64_t mono, toc_buf *out);

// toc_conduct_deadline gives the mono at which it next has something to do; false: nothing, or
// nothing before a commit has ended.
bool toc_conduct_deadline(const toc_conduct *c, int64_t *mono);

// A commit: take a batch, commit it on any thread, hand in the outcome. Then the feeds have its lines.
// A failed commit stops the clock.
toc_batch *toc_conduct_batch(toc_conduct *c); // NULL: nothing to commit now
void toc_conduct_done(toc_conduct *c, int64_t mono, toc_batch *b, toc_err outcome,
                      const toc_error *why);
toc_err toc_conduct_flush(toc_conduct *c, int64_t mono, toc_error *e); // all of it, here and now

// ---- what it knows -------------------------------------------------------------------------------

bool toc_conduct_has_failed(const toc_conduct *c);
const char *toc_conduct_failure(const toc_conduct *c); // why recording failed, ""
int64_t toc_conduct_play(const toc_conduct *c, int64_t mono);
int64_t toc_conduct_head(const toc_conduct *c);    // seq of the newest line, durable or not
int64_t toc_conduct_durable(const toc_conduct *c); // seq of the newest durable line
const toc_exercise *toc_conduct_exercise(const toc_conduct *c); // until the next step
const toc_outlook *toc_conduct_outlook(toc_conduct *c); // toc_exercise_outlook's
const toc_plan *toc_conduct_plan(const toc_conduct *c);
const toc_scenario *toc_conduct_scenario(const toc_conduct *c);
const toc_files *toc_conduct_files(const toc_conduct *c);
const toc_journal *toc_conduct_journal(const toc_conduct *c); // NULL in the past
const toc_header *toc_conduct_header(const toc_conduct *c);
toc_sessions *toc_conduct_sessions(toc_conduct *c);

// Feeds: control, then the teams in order of declaration, then board. They hold durable lines only.
size_t toc_conduct_feed_count(const toc_conduct *c);
const toc_feed *toc_conduct_feed(const toc_conduct *c, size_t i);
size_t toc_conduct_feed_find(const toc_conduct *c, const char *audience); // TOC_NONE
// toc_conduct_has_attachment: did that feed bring an attachment of this path (control: is there any)?
bool toc_conduct_has_attachment(const toc_conduct *c, size_t feed, const char *path);

// toc_conduct_clock_json appends "t":…,"state":…,"emergency":…,"speed":…,"pace":…,"story":"…", as play stands; …_told
// the same with the state of the newest durable line, for whoever is told at once; a real emergency counts when it is called. is_called:
// one was called that could not even be taken.
void toc_conduct_clock_json(const toc_conduct *c, int64_t mono, toc_buf *out);
void toc_conduct_clock_told(const toc_conduct *c, int64_t mono, bool is_called, toc_buf *out);

#endif
