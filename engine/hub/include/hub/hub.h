// SPDX-License-Identifier: MIT
#ifndef TOC_HUB_H
#define TOC_HUB_H

// The hub: an exercise on the network. One libuv loop owns everything; the journal's disk is waited for on
// a worker thread, nng's threads only leave notices.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/files.h"
#include "exercise/plan.h"
#include "hub/run_folder.h"
#include "hub/switchboard.h"
#include "record/event.h"
#include "record/journal.h"

// What is known when the doors are open.
typedef struct {
    const char *run, *folder; // folder: its path
    const char *title, *marking;
    bool is_resumed;
    int64_t cut;          // resumed: bytes of a torn tail that were cut off
    const char *cut_path; // and where they are kept; NULL
    const char *listen, *host;
    const int *ports; // the desk's, then one an audience
    char *const *audiences;
    size_t audience_count;
    char *const *tickets; // paths
    size_t ticket_count;
} toc_hub_ready;

// Everything is borrowed for the call of toc_hub_run.
typedef struct {
    // A run to take up again; or NULL and a new one of these files.
    const char *resume; // the run's folder
    toc_files *files;   // the scenario's sources; library and attachments are added
    const char *dir;    // where attachments are fetched from
    const char *runs;   // the folder in which the run's folder is made
    uint64_t seed;      // 0: a random one
    const char *listen; // "HOST:PORT" of the desk, port 0: any free ones; NULL: "*:7400"
    const char *host;   // the engine's name in tickets; NULL: the listening host; localhost for "*"
    int excons, simcells, evaluators, boards; // seats beyond those of the teams
    int64_t speed;                            // thousandths; 0: as the scenario has it

    bool auto_start;  // STARTEX when all seats of teams and EXCON are there
    const char *play; // let the engine's own terminals play every open seat by this policy; or NULL
    bool is_leashed;    // end as a signal would when the standard input ends: whoever started us is gone
    const char *people; // but for these seats, "watch-1,excon-1": somebody sits down there; or NULL
    const toc_disk *disk; // NULL: the real one

    void *context; // of the calls, each of which may be NULL
    void (*on_ready)(void *context, const toc_hub_ready *ready);
    void (*on_event)(void *context, const toc_event *ev); // durable, in order
    void (*on_notice)(void *context, const char *text);   // a line for whoever watches the engine
} toc_hub_options;

// toc_hub_run conducts until the exercise is closed or SIGINT, SIGTERM or SIGHUP arrives (a second SIGINT or SIGTERM ends it
// at once; SIGHUP is nothing where it was ignored at the start). SIGXFSZ is ignored from then on. When recording fails it goes no further, says so to everybody, and waits for the signal;
// the result is TOC_EIO then. After it the process must end with _exit: nng is never closed.
toc_err toc_hub_run(const toc_hub_options *options, toc_hub_end *end, toc_error *e);

// toc_hub_make_folder makes the folder of a run that goes on from a journal: its caller puts that there, signed with the folder's
// seal.key, and takes the run up with `resume`. options say where (runs), and listen and host; seats are all that are open: each
// gets its ticket. After a failure what was made is left for a person to look at, as *out if it is not NULL.
toc_err toc_hub_make_folder(toc_run_folder **out, const toc_hub_options *options, const toc_plan *plan,
                            const char *run, char *const *seats, size_t seat_count, toc_error *e);

#endif
