// SPDX-License-Identifier: MIT
#ifndef SIM_PEOPLE_H
#define SIM_PEOPLE_H

// The people: a terminal at each seat with the real talk (clients/link/talk.h), played by a seeded person who does all
// that people do. Terminals are killed and started anew, two are used for one seat, and new tickets are handed
// over a while after they were made.

#include "link/talk.h"
#include "sim.h"
#include "sim_wire.h"

enum { SIM_ITEMS = 6 };

// One terminal, from its start to its end. It stays in memory as long as the people.
typedef struct {
    sim *s;
    int node;
    char seat[64], audience[64], serial[40];
    toc_talk *talk;
    sim_wire *wire;
    bool is_killed, is_told_failed;
    toc_link_state state;
    toc_clock clock;
    int64_t have;
    bool forges;              // the next receipt that it tells
    int64_t items[SIM_ITEMS]; // numbers of what it received last
    char *texts[SIM_ITEMS];   // and all words of it
    size_t item_count;
    char decision[16]; // asked last, ""
} sim_terminal;

sim_people *sim_people_new(sim *s);
void sim_people_free(sim_people *p);
void sim_people_begin(sim_people *p); // tickets are handed out, and everybody sits down

// ---- faults ----------------------------------------------------------------------------------------

void sim_people_kill(sim_people *p);   // a terminal
void sim_people_double(sim_people *p); // somebody sits down at a seat where somebody sits
void sim_people_forge(sim_people *p);  // a terminal tells a receipt of another journal
void sim_people_crowd(sim_people *p);  // asks faster than anybody types
// Somebody asks with the token of another seat, over their own certificate.
void sim_people_borrow(sim_people *p);
int sim_people_node(sim_people *p); // the machine of some terminal; SIM_WORLD: there is none

// ---- the end ---------------------------------------------------------------------------------------

void sim_people_calm(sim_people *p);  // nobody does anything more by themselves
void sim_people_call(sim_people *p);  // everybody does one thing
void sim_people_close(sim_people *p); // EXCON ends the exercise and closes it
// sim_people_agree: all seats that are open are taken once, joined, and have all lines; no act waits. Else why says what not.
bool sim_people_agree(const sim_people *p, char *why, size_t size);
bool sim_people_left(const sim_people *p, char *why,
                     size_t size); // every terminal knows that it is closed

// sim_act: what a person at this terminal does next.
void sim_act_some(sim_terminal *t);
void sim_act_note(sim_terminal *t);  // something harmless, with a text
void sim_act_close(sim_terminal *t); // a step towards the end
void sim_act_learn(sim_terminal *t, int64_t n, const toc_event *ev);

#endif
