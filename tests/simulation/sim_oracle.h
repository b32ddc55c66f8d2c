// SPDX-License-Identifier: MIT
#ifndef SIM_ORACLE_H
#define SIM_ORACLE_H

// The oracle: what was promised, and whether it holds. It looks at bytes only: those on the platter, those that leave
// the engine, those that arrive at a seat. It takes lines apart by hand, so that a mistake in the code that
// makes them is not its mistake too.
//
// Every text that is played carries a mark, m!AUDIENCE+AUDIENCE!NUMBER; : who may see it. Control may see all.

#include "sim.h"

sim_oracle *sim_oracle_new(sim *s);
void sim_oracle_free(sim_oracle *o);
void sim_oracle_anew(sim_oracle *o); // a run that had promised nothing was thrown away

// ---- the disk ------------------------------------------------------------------------------------

// A sync succeeded: what the process believes to be safe, and what is.
void sim_oracle_synced(sim_oracle *o, const char *cache, size_t cache_len, const char *platter,
                       size_t platter_len);
// A process opens this file: every line that was ever safe must be in it.
void sim_oracle_resumes(sim_oracle *o, const char *file, size_t len);
size_t sim_oracle_lines(const sim_oracle *o); // that are safe, the header too

// ---- people --------------------------------------------------------------------------------------

// Somebody is about to do something: the number of its mark, for a text to carry, if it has one.
int64_t sim_oracle_act(sim_oracle *o, const char *seat, const char *kind, bool has_text);
// It was answered: ok, refused for good, or nobody knows.
typedef enum { SIM_ACT_WAITS, SIM_ACT_OK, SIM_ACT_REFUSED, SIM_ACT_UNKNOWN } sim_act_state;
void sim_oracle_answered(sim_oracle *o, int64_t act, sim_act_state state, const char *code);
size_t sim_oracle_waiting(const sim_oracle *o);
// An audience was passed a text on: what is marked in it is its to see from now on.
void sim_oracle_grant(sim_oracle *o, const char *text, const char *audience);

// ---- the network ---------------------------------------------------------------------------------

// What leaves the engine. op and id are of the request.
void sim_oracle_reply(sim_oracle *o, const char *audience, const char *op, const char *id,
                      const char *bytes, size_t len);
void sim_oracle_publish(sim_oracle *o, const char *audience, const char *bytes, size_t len);
void sim_oracle_life(sim_oracle *o); // another process: its clock begins where the journal ends
// What arrives at a seat, whatever it is.
void sim_oracle_arrives(sim_oracle *o, const char *audience, const char *bytes, size_t len);
// A seat's terminal hands a line on; have is how many it had before.
void sim_oracle_shown(sim_oracle *o, const char *audience, int64_t have, int64_t n,
                      const char *kind, int64_t t, const char *text);

// ---- the end -------------------------------------------------------------------------------------

int64_t sim_oracle_known(const sim_oracle *o,
                         const char *audience); // the highest number seen of a feed
// sim_oracle_judge looks at the journal as a whole: acts, injects, feeds.
void sim_oracle_judge(sim_oracle *o);
// sim_oracle_seat_open: does the journal say that somebody may sit there?
bool sim_oracle_seat_open(const sim_oracle *o, const char *seat);

#endif
