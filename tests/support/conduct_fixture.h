// SPDX-License-Identifier: MIT
#ifndef TOC_CONDUCT_FIXTURE_H
#define TOC_CONDUCT_FIXTURE_H

// A small scripted exercise that is conducted with a clock made by hand, in a folder of its own, and
// what its journal says afterwards. Whatever goes wrong in here fails the test.

#include "hub/conduct.h"
#include "journal_fixture.h"

// The scenario: teams ops (2 seats) and press (1), party police, objective OBJ-1, one hour, attachment
// files/map.bin of 600,000 bytes.
//   I-1 at T+10m to ops, with the attachment     I-2 at T+20m to all, for EXCON to release
//   I-3 without a time, to press                 D-1 ops at T+5m within 10m: yes, no (default no)
//   a storyline: waits until T+15m, notes "quarter", and whatever is added to it
typedef struct {
    journal_fixture disk; // the folder, its seal key
    toc_files *files;
    toc_conduct *c;
    int64_t mono;           // now
    size_t lines, past;     // that on_line was called for: new ones, and those of before a resume
    const toc_disk *faults; // NULL: the real disk
    // Is called for every line too, or NULL; set after conduct_setup.
    void (*listener)(void *context, const toc_event *ev, bool is_new);
    void *listener_context;
} conduct_fixture;

#define CONDUCT_HOUR (60 * 60 * 1000)
#define CONDUCT_MIN  (60 * 1000)

// conduct_setup makes the scenario, with more Lua at its end ("" for none).
void conduct_setup(conduct_fixture *f, const char *more);
void conduct_teardown(conduct_fixture *f);

void conduct_start(conduct_fixture *f); // with excon-1, evaluator-1 and board-1; in the lobby
void conduct_kill(conduct_fixture *f);  // as power loss would: what was not committed is gone
void conduct_resume(conduct_fixture *f);

// conduct_put sends an input now, for what is due is done first. fields: name, value, …, NULL; a list is
// "a,b", a number "12".
toc_err conduct_put(conduct_fixture *f, const char *by, const char *kind, toc_error *e, ...);
void conduct_do(conduct_fixture *f, const char *by,
                const char *kind); // without fields; must be taken

void conduct_tick(conduct_fixture *f, int64_t ms); // ms later
void conduct_commit(conduct_fixture *f);
// conduct_run goes from deadline to deadline, commits included, until ms are over.
void conduct_run(conduct_fixture *f, int64_t ms);

// conduct_read reads what the journal's file holds; the caller ends the list.
void conduct_read(const conduct_fixture *f, toc_events *out);
// The newest event of a kind in the file whose field has that value (value NULL: any): its t, or -1.
int64_t conduct_t(const conduct_fixture *f, const char *kind, toc_field field, const char *value);
size_t conduct_count(const conduct_fixture *f, const char *kind);

// conduct_verify checks the file as `verify` would: the chain, every seal, and every line executed
// again with the same result.
void conduct_verify(const conduct_fixture *f);

#endif
