// SPDX-License-Identifier: MIT
#ifndef TOC_WANDER_H
#define TOC_WANDER_H

// A wanderer plays an exercise in virtual time, from the lobby to its close. Again and again it
// chooses by its seed how much time passes and which input comes, among those that make sense where the
// exercise stands, and some that do not. It asks nothing but the exercise, so the same seed and
// scenario give the same inputs, whoever drives.

#include <stdbool.h>
#include <stdint.h>

#include "exercise/exercise.h"

// Who drives. pass and put tell wander_saw of every event that comes, in order.
typedef struct {
    void *context;
    const toc_exercise *(*exercise)(void *context);
    void (*pass)(void *context, int64_t play_ms); // time goes on by that much, if play runs
    void (*put)(void *context, toc_event *input); // has kind, by and fields; a refusal is fine
} wander_host;

typedef struct wander wander;

// inputs: about how many it tries.
wander *wander_new(const wander_host *host, uint64_t seed, int inputs);
void wander_free(wander *w);
void wander_saw(wander *w, const toc_event *ev);
void wander_go(wander *w);

#endif
