// SPDX-License-Identifier: MIT
#ifndef TOC_COMPANY_H
#define TOC_COMPANY_H

// The relay exercise with its five seats, each a terminal that decides by itself, for tests in which something
// happens to the engine, its disk or the network; and what must have been kept through it.

#include "process.h"
#include "tally.h"

enum { COMPANY = 5 };
extern const char *const company_seats[COMPANY];

// company_begin starts an engine that listens at address (NULL: one of its own on this machine) and waits for its seats; `in` is how long
// play lasts ("2s"). It does not wait: company_ready does, and gives the run folder (the caller frees it); NULL if it
// ended instead.
void company_begin(process *engine, const char *runs, const char *address, const char *in);
void company_resume(process *engine, const char *folder);
char *company_ready(process *engine);

// company_sit starts one seat. company_leave waits until it has left by the close, and gives its exit code. Excon may
// close while another seat is away, and that one finds no engine any more: it goes on dialling, is told to leave,
// and has left. company_closed: the engine said that the exercise is closed.
void company_sit(process *seat, const char *folder, size_t i, unsigned seed);
int company_leave(process *seat, int seconds);
bool company_closed(const process *engine);

// What the recording holds. company_kept fails the test unless it verifies. doubled: injects and decisions that stand
// there more than once; missing: timed injects that never came, though play went to its end.
typedef struct {
    toc_buf injects, decided; // ",INJ-01," …
    toc_buf answers;          // what people answered: ",D-01: cut by north-1," …
    unsigned inject_count, doubled, missing;
} kept;

void company_kept(kept *k, const char *folder);
void kept_fini(kept *k);

// company_told gives how many answers the seat of that name was told the engine has, and adds to *lost those that are
// not recorded, as its own and with the words that it was told.
unsigned company_told(const kept *k, const process *seat, const char *name, unsigned *lost);
unsigned company_answers(const kept *k, const char *name); // of that seat, which are recorded

#endif
