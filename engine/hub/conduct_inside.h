// SPDX-License-Identifier: MIT
#ifndef TOC_CONDUCT_INSIDE_H
#define TOC_CONDUCT_INSIDE_H

// What conduct.c (driving), conduct_slip.c (how much at once), conduct_open.c (start, resume, halt) and
// conduct_feeds.c (what became durable) share.

#include "base/map.h"
#include "hub/conduct.h"
#include "hub/live_clock.h"
#include "rehearse/rerun.h"
#include "script/scenario.h"

typedef struct {
    size_t from, len;
} toc_span_of_bytes;

typedef struct {
    toc_feed *feed;
    toc_map *attachments; // paths that it brought
} toc_shown;

// How play stands after a line.
typedef struct {
    int64_t seq;
    toc_play_state state;
    bool emergency;
} toc_stand;

// What one call has done of what is due.
typedef struct {
    int64_t mono, began; // began: by host.mono
    size_t instants, line_count, bytes;
} toc_share;

// How play time fell behind what its speed asks for.
typedef struct {
    int64_t lost;       // play ms, since it began to
    int64_t newest;     // mono of the newest slip
    int64_t rest_until; // mono: before that nothing is performed that can wait
    int64_t told_at;    // mono
    bool is_told;
} toc_slip;

struct toc_conduct {
    toc_conduct_host host;
    char *journal_path, *seal_pem;
    toc_header header;
    toc_journal *journal;

    // The exercise, either loaded from files (scenario, own) or rebuilt from lines (rerun).
    const toc_files *files;
    toc_scenario *scenario;
    toc_exercise *own;
    toc_rerun *rerun;
    toc_exercise *x; // own, or rerun's
    const toc_plan *plan;

    // Every line's body, for rebuilding.
    toc_buf bodies;
    toc_span_of_bytes *lines;
    size_t line_count, line_capacity;

    toc_live_clock clock;
    toc_slip slip;
    toc_play_state state; // after the last step
    toc_stand told;       // after the newest durable line: a close that could not be recorded is none
    toc_stand *to_tell;   // the changes after that
    size_t to_tell_count, to_tell_capacity;

    toc_sessions *sessions;
    toc_event *pending; // lines that are not durable yet; the first is pending[pending_from]
    size_t pending_from, pending_count, pending_capacity;
    toc_shown *shown;
    size_t shown_count;

    int64_t unsealed;  // lines since the last seal
    int64_t mark_at;   // mono; -1: none due
    bool has_unmarked; // something but a mark was added since the last batch was taken
    bool batch_has_unmarked;

    bool is_halted; // in this process
    bool has_failed, is_past; // is_past: made of recorded lines, without a journal
    toc_error failure;
};

// conduct.c
toc_err toc_conduct_fail(toc_conduct *c, int64_t mono, toc_err code, const char *why);
toc_err toc_conduct_record(toc_conduct *c, const toc_event *ev, toc_error *e);
void toc_conduct_stamp_wall(const toc_conduct *c, toc_event *input);
void toc_conduct_follow(toc_conduct *c, int64_t mono);

// conduct_open.c
toc_err toc_conduct_halt(toc_conduct *c, int64_t mono, toc_error *e);
toc_err toc_conduct_take_back(toc_conduct *c, int64_t t, toc_error *e); // an input that spoilt it

// conduct_slip.c
toc_share toc_conduct_share(const toc_conduct *c, int64_t mono);
bool toc_conduct_has_share(const toc_conduct *c, const toc_share *share); // may it do one instant more?
// What is due, later than the exercise's now, is left: play time slips to just before it.
void toc_conduct_slip(toc_conduct *c, const toc_share *share, int64_t due);
// The most that a jump may bring about, whoever it is asked for (toc_jump_bound): mono NULL takes no time.
typedef struct {
    int64_t (*mono)(void *context);
    void *context;
    int64_t began;
    size_t seen, bytes; // of the events
} toc_jump_share;

toc_jump_share toc_conduct_jump_share(const toc_conduct_host *host);
bool toc_jump_is_enough(void *jump_share, size_t instants, const toc_events *derived);
// When may something be performed that is due at *mono? false: not before a commit has ended.
bool toc_conduct_may_go_on(const toc_conduct *c, int64_t *mono);

// conduct_feeds.c
void toc_conduct_make_feeds(toc_conduct *c);
void toc_conduct_free_feeds(toc_conduct *c);
void toc_conduct_pend(toc_conduct *c, const toc_event *ev);
void toc_conduct_show(toc_conduct *c, int64_t durable, bool is_new);

#endif
