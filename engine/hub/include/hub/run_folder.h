// SPDX-License-Identifier: MIT
#ifndef TOC_RUN_FOLDER_H
#define TOC_RUN_FOLDER_H

// The folder of a run, for its owner only (0700): whoever has it can take the run up again, on this
// machine or another.
//
//     run.json               names, address, ports
//     journal.jsonl          the exercise (record/journal.h)
//     tickets/SEAT.ticket    one a seat (record/ticket.h)
//     keys/                  server CA and certificate, one CA an audience, seal.key until the close
//     logs/                  of seats that the engine plays itself
//
// All calls may block on the disk.

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "record/ticket.h"

typedef struct {
    char *run, *exercise, *title, *marking;
    char *listen;     // address listened on
    char *host;       // name of the engine in tickets
    int *ports;       // the desk's, then one an audience
    char **audiences; // control, the teams in order of declaration, board
    size_t audience_count;
    char **seats; // beyond those that teams declare
    size_t seat_count;
} toc_run_info;

void toc_run_info_fini(toc_run_info *info);

typedef struct toc_run_folder toc_run_folder;

// toc_run_id makes a name for a run: exercise, UTC date and time, four random digits
// ("silent-beams-20261121-180000-ab12").
char *toc_run_id(const char *exercise, int64_t unix_ms);

// toc_run_folder_create makes runs/<info->run> with its keys (runs is made too where it is missing).
// After a failure what was made is left for a person to look at. Where others on the machine may look into runs, or the file system
// keeps no rights, it is TOC_EIO and says how to mend that; so does toc_run_folder_open of a folder, keys or tickets.
toc_err toc_run_folder_create(toc_run_folder **out, const char *runs, const toc_run_info *info,
                              toc_error *e);
toc_err toc_run_folder_open(toc_run_folder **out, const char *path, toc_error *e);
void toc_run_folder_free(toc_run_folder *f);

const toc_run_info *toc_run_folder_info(const toc_run_folder *f);
const char *toc_run_folder_path(const toc_run_folder *f);
const char *toc_run_folder_journal(const toc_run_folder *f); // path

// toc_run_folder_key appends a file of keys/: "seal.key", "server.pem", "server.key", "ca.pem".
toc_err toc_run_folder_key(const toc_run_folder *f, const char *name, toc_buf *pem, toc_error *e);
// toc_run_folder_ca appends the certificate of the CA of an audience.
toc_err toc_run_folder_ca(const toc_run_folder *f, const char *audience, toc_buf *pem,
                          toc_error *e);

// toc_run_folder_issue makes a new ticket for a seat and writes it over the one there was; a folder of tickets that is gone is
// made again. out (may
// be NULL) gets it, serial the number of its certificate.
toc_err toc_run_folder_issue(toc_run_folder *f, const char *seat, toc_ticket *out, char serial[33],
                             toc_error *e);
// toc_run_folder_issue_all makes the first tickets of seats, and syncs them together: that of a thousand takes a
// second, one after the other half a minute. on_issued (may be NULL) is called for each, before that.
typedef void (*toc_run_issued)(void *context, const toc_ticket *t, const char *serial);
toc_err toc_run_folder_issue_all(toc_run_folder *f, char *const *seats, size_t count,
                                 toc_run_issued on_issued, void *context, toc_error *e);
char *toc_run_folder_ticket_path(const toc_run_folder *f, const char *seat);
// toc_run_folder_ticket reads a seat's ticket and the serial number of its certificate. What stands in the seat's file and is the
// ticket of another seat or run, or holds a certificate that is not this seat's, is TOC_EREFUSED, and what to do.
toc_err toc_run_folder_ticket(const toc_run_folder *f, const char *seat, toc_ticket *out,
                              char serial[33], toc_error *e);
// toc_run_folder_drop_ticket removes a revoked ticket; that there is none is fine.
toc_err toc_run_folder_drop_ticket(toc_run_folder *f, const char *seat, toc_error *e);

// toc_run_folder_remove removes a run's folder and all that is in it, for one that was made a moment ago and in
// which nothing was conducted: its name is free again. What cannot be removed stays.
void toc_run_folder_remove(const char *path);

// toc_run_folder_close destroys the seal key: nothing more can be signed as this run.
toc_err toc_run_folder_close(toc_run_folder *f, toc_error *e);

#endif
