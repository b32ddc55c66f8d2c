// SPDX-License-Identifier: MIT
#ifndef TOC_TROUPE_H
#define TOC_TROUPE_H

// The troupe: one scenario and its players, who play one path after another. One thread at a time.

#include "base/files.h"
#include "players.h"
#include "record/playplan.h"

typedef struct {
    toc_scenario *scenario;
    const toc_files *files; // to load it again from; NULL: scenario is borrowed
    uint64_t run_seed;
    bool is_used; // it has played, and must be made ready
    toc_atlas atlas;
    toc_players *players;
    toc_lore lore; // what is known of every path
    toc_lore own;  // and of the path that was played last, if more; else empty
    bool has_own;
} toc_troupe;

// toc_troupe_load loads a scenario of its own; toc_troupe_borrow takes one that is fresh.
toc_err toc_troupe_load(toc_troupe *t, const toc_files *files, uint64_t run_seed, toc_error *e);
void toc_troupe_borrow(toc_troupe *t, toc_scenario *scenario);
void toc_troupe_fini(toc_troupe *t);

// toc_troupe_learn plays the default path and a few other plain ones. toc_troupe_play then plays a
// path, and once more as long as something new was asked on it: the last time counts.
toc_err toc_troupe_learn(toc_troupe *t, toc_error *e);
toc_err toc_troupe_play(toc_troupe *t, const toc_path *path, const toc_watcher *w, toc_error *e);
// toc_troupe_follow plays a plan. toc_troupe_seed gives scripts another `random` from then on.
toc_err toc_troupe_follow(toc_troupe *t, const toc_playplan *plan, const toc_watcher *w,
                          toc_error *e);
toc_err toc_troupe_seed(toc_troupe *t, uint64_t run_seed, toc_error *e);
// toc_troupe_show plays the same path again, as far as until, knowing what it knew the last time.
toc_err toc_troupe_show(toc_troupe *t, const toc_path *path, const toc_watcher *w, int64_t until,
                        toc_error *e);
const toc_lore *toc_troupe_lore(const toc_troupe *t); // of the path that was played last

#endif
