// SPDX-License-Identifier: MIT
#ifndef TOC_HUB_INSIDE_H
#define TOC_HUB_INSIDE_H

// What hub.c (the loop), setup.c (what stands before it runs), turn.c (what each turn of it ends
// with), previews.c (what jumps would do) and players.c (seats that the engine plays) share.

#include <uv.h>

#include "hub/conduct.h"
#include "hub/desk.h"
#include "hub/farewell.h"
#include "hub/hub.h"
#include "hub/presence.h"
#include "hub/preview.h"
#include "hub/roster.h"
#include "hub/run_folder.h"
#include "net.h"

typedef struct {
    toc_reply reply;
    toc_packet packet;
    bool is_finished, is_previewed;
} toc_waiting;

typedef struct toc_players toc_players;

typedef enum {
    TOC_PHASE_OPEN,
    TOC_PHASE_CLOSING,  // closed; the last words are on their way
    TOC_PHASE_STOPPING, // a signal came; a commit may still be out
    TOC_PHASE_OVER,
} toc_hub_phase;

typedef struct {
    const toc_hub_options *o;
    toc_run_folder *folder;
    toc_buf seal_pem;
    toc_roster *roster;
    toc_conduct *conduct;
    toc_desk *desk;
    toc_net *net;
    toc_presence *presence;
    toc_players *players;
    int64_t cut;
    bool is_live; // the lines that come now are new ones

    uv_loop_t loop;
    uv_poll_t requests;
    uv_timer_t due, heartbeat, grace, farewell;
    uv_async_t wake;
    uv_signal_t interrupt, terminate;
    uv_poll_t leash;

    uv_work_t commit;
    toc_batch *batch; // out, or NULL
    toc_err outcome;
    toc_error why;

    uv_work_t preview_work;
    toc_preview *preview; // being run, or NULL
    bool is_preview_ours; // its reply does not wait for it any more
    toc_farewells *farewells;

    toc_waiting *waiting; // replies that may not be sent yet, or were refused by nng
    size_t waiting_count, waiting_capacity;
    int64_t *published; // per feed: the newest number
    bool clock_changed;
    bool is_lonely; // a resumed run that was closed already: those on their way back are to be told
    bool failure_told, files_told;
    toc_hub_phase phase;
    toc_hub_end end;
} toc_hub;

int64_t toc_hub_mono(void);
void toc_hub_notice(toc_hub *h, const char *format, ...) TOC_PRINTF(2, 3);

// setup.c: h->folder, roster, conduct and desk, for a new run or an old one.
toc_err toc_hub_set_up(toc_hub *h, toc_error *e);
toc_err toc_hub_issue(toc_hub *h, const char *seat, toc_error *e);

// turn.c
void toc_hub_turn(toc_hub *h); // after anything happened: commit, publish, reply, set the timer
void toc_hub_alarm(toc_hub *h, const char *what, const char *text, const char *by);
void toc_hub_heartbeat(toc_hub *h);
void toc_hub_take(toc_hub *h, toc_packet *packet); // answer a request, when the answer may be told
void toc_hub_changes(toc_hub *h);                  // connections that opened or closed
void toc_hub_shut_out(toc_hub *h, const char *seat, const char *serial); // a revoked ticket
void toc_hub_stop(toc_hub *h); // as soon as no batch is out: seal, commit, and leave the loop

// previews.c
void toc_previews_take(toc_hub *h);  // the newest reply that waits may be one
void toc_previews_start(toc_hub *h); // the next, if none is run

// players.c
toc_err toc_players_start(toc_players **out, toc_hub *h, toc_error *e);
void toc_players_stop(toc_players *p);          // asks those still there to end
size_t toc_players_count(const toc_players *p); // those still there
void toc_players_free(toc_players *p);          // when the loop has closed their handles

#endif
