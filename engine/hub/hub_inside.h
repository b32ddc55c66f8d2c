// SPDX-License-Identifier: MIT
#ifndef TOC_HUB_INSIDE_H
#define TOC_HUB_INSIDE_H

// What hub.c (the loop), hub_host.c (what the switchboard wishes), setup.c (what stands before the loop
// runs) and players.c (seats that the engine plays) share.

#include <uv.h>

#include "hub/conduct.h"
#include "hub/hub.h"
#include "hub/preview.h"
#include "hub/roster.h"
#include "hub/run_folder.h"
#include "hub/switchboard.h"
#include "net.h"

typedef struct toc_players toc_players;

typedef struct {
    const toc_hub_options *o;
    toc_run_folder *folder;
    toc_buf seal_pem;
    toc_roster *roster;
    toc_conduct *conduct;
    toc_switchboard *switchboard;
    toc_net *net;
    toc_players *players;
    int64_t cut;

    uv_loop_t loop;
    uv_poll_t requests;
    uv_timer_t due; // the switchboard's wake
    uv_async_t wake;
    uv_signal_t interrupt, terminate, hangup;
    uv_poll_t leash;

    uv_work_t commit;
    toc_batch *batch; // out, or NULL
    toc_err outcome;
    toc_error why;

    uv_work_t preview_work;
    toc_preview *preview; // being run, or NULL

    uv_timer_t files; // when to look again what is open
    int64_t files_told; // mono: when it was last told that they are scarce
    bool blind_told;
    bool is_stopping, is_signalled;
    bool is_over; // the loop is being left
    toc_hub_end end;
} toc_hub;

// hub.c
void toc_hub_turn(toc_hub *h); // after anything happened
int64_t toc_hub_mono(void);
void toc_hub_notice(toc_hub *h, const char *format, ...) TOC_PRINTF(2, 3);

// hub_host.c: the world as the switchboard sees it.
toc_switchboard_host toc_hub_host(toc_hub *h);

// setup.c: h->folder, roster, switchboard and conduct, for a new run or an old one.
toc_err toc_hub_set_up(toc_hub *h, toc_error *e);
toc_err toc_hub_issue(toc_hub *h, const char *seat, toc_error *e);
// toc_hub_lend allows the process as many files as there may be, but for those that are kept for the engine's own:
// of these, so many are lent. Strangers' connections can then take all others and no more.
#define TOC_HUB_KEPT 64
void toc_hub_lend(size_t files);

// players.c
toc_err toc_players_start(toc_players **out, toc_hub *h, toc_error *e);
void toc_players_stop(toc_players *p);          // asks those still there to end
size_t toc_players_count(const toc_players *p); // those still there
void toc_players_free(toc_players *p);          // when the loop has closed their handles

#endif
