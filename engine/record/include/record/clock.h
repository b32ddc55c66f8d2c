// SPDX-License-Identifier: MIT
#ifndef TOC_CLOCK_H
#define TOC_CLOCK_H

// The exercise's clock as the engine tells it to seats: with each heartbeat and each answer.

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    char state[16]; // "lobby" "running" "paused" "ended" "closed"
    bool emergency;
    int64_t t;      // play ms
    int64_t speed;  // play per wall, thousandths
    int64_t pace;   // story per play, thousandths
    int64_t length; // play ms of ENDEX as planned; 0 if it was not told
    char story[48]; // the story's date and time, zone included
} toc_clock;

#endif
