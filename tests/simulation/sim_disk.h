// SPDX-License-Identifier: MIT
#ifndef SIM_DISK_H
#define SIM_DISK_H

// The disk under one journal: a file as the engine's process sees it, and the platter, which is what would be
// left if the power failed now. Between the two, in 512-byte sectors: what was written and not synced; and what the
// kernel calls clean though it never got there, because a sync failed. Every call is a step of the engine's, at which it may die.

#include "record/journal.h"
#include "sim.h"

sim_disk *sim_disk_new(sim *s);
void sim_disk_free(sim_disk *d);
const toc_disk *sim_disk_seam(const sim_disk *d);
const char *sim_disk_path(const sim_disk *d); // of the journal

// The n-th write or sync from now on fails: short, with ENOSPC or EIO; n = 1 is the next.
void sim_disk_fail(sim_disk *d, bool is_sync, int n);
bool sim_disk_has_failed(const sim_disk *d); // a call failed since that was last forgotten
void sim_disk_forget(sim_disk *d);

// sim_disk_lose_power leaves any subset of the sectors that are not on the platter, with any size between. Nobody has the
// journal open.
void sim_disk_lose_power(sim_disk *d);

// sim_disk_begin: a process opens the journal; the file must be what was left. sim_disk_scrap removes it.
void sim_disk_begin(sim_disk *d);
void sim_disk_scrap(sim_disk *d);

#endif
