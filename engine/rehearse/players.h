// SPDX-License-Identifier: MIT
#ifndef TOC_PLAYERS_H
#define TOC_PLAYERS_H

// The players of a rehearsal: the first seat of every team, EXCON and SIMCELL, who do what a path says
// and the ordinary thing where it says nothing. What they do follows from the path, what they know
// beforehand, and what happens; they have no clock and no chance.

#include "atlas.h"
#include "lore.h"
#include "rehearse/path.h"
#include "stage.h"

typedef struct toc_players toc_players;

toc_players *toc_players_new(const toc_atlas *atlas); // borrowed
void toc_actors_free(toc_players *p);
// toc_players_ready makes them ready for one play; path and lore are borrowed until it is over.
void toc_players_ready(toc_players *p, const toc_path *path, const toc_lore *lore);
const toc_actors *toc_players_actors(const toc_players *p);

#endif
