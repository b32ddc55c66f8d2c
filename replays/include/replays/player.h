// SPDX-License-Identifier: MIT
#ifndef TOC_PLAYER_H
#define TOC_PLAYER_H

// The player: where in a recording we are, and how it goes on. It reads no clock: whoever has one says how much of the wall's
// time went by. A recording goes by its play time; while play stood (lobby, pauses, emergencies, after ENDEX) play time
// stands, and the wall's time goes by instead. Where whoever watches would wait for longer than `idle`, that is shortened to a moment.
//
// The playhead is a line (seq) and a play time (t), never before that line's and never behind the next one's.
//
// Thread: one player, one thread at a time.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "replays/recording.h"

typedef struct toc_player toc_player;

enum {
    TOC_SPEED_LEAST = 500, // thousandths
    TOC_SPEED_MOST = 1000000,
    TOC_IDLE_MS = 5000,
};

// toc_player_new stands at the start of play (or the first line), stopped, at normal speed, folding what is idle for longer than TOC_IDLE_MS.
toc_player *toc_player_new(const toc_recording *r);
void toc_player_free(toc_player *p);

// toc_player_show says which lines count as something happening, in order; copied. Until it is called all do. The playhead stays.
void toc_player_show(toc_player *p, const int64_t *seqs, size_t count);
// toc_player_grow: the recording has more lines. Then toc_player_show, if not all lines count.
void toc_player_grow(toc_player *p);

int64_t toc_player_seq(const toc_player *p); // 0: the recording has no line
int64_t toc_player_t(const toc_player *p);
bool toc_player_is_at_end(const toc_player *p);

bool toc_player_is_playing(const toc_player *p);
void toc_player_play(toc_player *p, bool is_playing); // at the end: from the start of play again
int64_t toc_player_speed(const toc_player *p);
void toc_player_set_speed(toc_player *p, int64_t thousandths); // kept within the bounds
void toc_player_faster(toc_player *p, int steps);              // twice, or half, each step
int64_t toc_player_idle(const toc_player *p);
void toc_player_set_idle(toc_player *p, int64_t ms); // 0: nothing is shortened
// What is being shortened where we are: ms that pass in a moment; 0: nothing is.
int64_t toc_player_folding(const toc_player *p);

// toc_player_pass lets that much of the wall's time go by; at the end it stops. True: the playhead moved.
bool toc_player_pass(toc_player *p, int64_t ms);
// The wall's ms after which the next line that counts is there; -1: there is none, or it is stopped.
int64_t toc_player_wait(const toc_player *p);

void toc_player_go(toc_player *p, int64_t seq, int64_t t); // kept within the recording
void toc_player_go_time(toc_player *p, int64_t t);         // to the newest line there
void toc_player_go_line(toc_player *p, int64_t seq);

// Does play stand here: the lobby, a pause, an emergency, ENDEX?
bool toc_player_stands(const toc_player *p);
// For how long play stood, by the clock on the wall, between two lines; ms.
int64_t toc_player_stood(const toc_player *p, int64_t from, int64_t to);

#endif
