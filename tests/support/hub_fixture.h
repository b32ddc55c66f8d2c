// SPDX-License-Identifier: MIT
#ifndef TOC_HUB_FIXTURE_H
#define TOC_HUB_FIXTURE_H

// Real hubs, each in a process of its own, and plain nng clients in this one. The processes are
// forked when the fixture is set up, because nng must not be initialised before a fork, and wait to be
// told what to run. Waiting is always for a condition, with a deadline. No socket is ever closed.

#include <nng/nng.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "hub/hub.h"
#include "record/ticket.h"

#define HUBS            3
#define HUB_DEADLINE_MS 30000

typedef struct {
    pid_t pid;
    int orders; // write end
    int news;   // read end
} hub_process;

typedef struct {
    char *folder; // a temporary one; runs/ is in it
    char *run;    // the run's folder, once a hub is ready
    hub_process hubs[HUBS];
    size_t started; // hubs that were told to run
} hub_fixture;

// Sent to a waiting process as it is.
typedef struct {
    char folder[200];
    char resume[300]; // "": a new run of the conduct fixture's scenario
    char more[300];   // Lua at that scenario's end
    int64_t fail_at;  // the write of the journal that fails, 0: none
    int64_t speed;
    bool auto_start;
} hub_order;

void hub_setup(hub_fixture *f);
void hub_teardown(hub_fixture *f); // kills what still runs

// hub_start runs the next process (teams ops with 2 seats and press, seats excon-1, evaluator-1,
// board-1) and waits until its doors are open. hub_resume takes the same run up again.
void hub_start(hub_fixture *f, hub_order order);
void hub_resume(hub_fixture *f);
// hub_wait waits for the newest process to end: 0 closed, 130 interrupted, else a toc_err; -1 killed.
int hub_wait(hub_fixture *f);
void hub_signal(hub_fixture *f, int signal);

void hub_ticket(const hub_fixture *f, const char *seat, toc_ticket *out);

// ---- clients -------------------------------------------------------------------------------------

typedef struct {
    toc_ticket ticket;
    nng_socket desk, feed;
    char session[24];
    int counter;
    toc_buf reply; // the newest
    toc_buf heard; // lines of the feed, each with \n; heartbeats are left out
    int64_t have;  // the newest number in heard
    int64_t head;  // of the newest heartbeat
    size_t beats;
} hub_client;

void client_open(hub_client *c, const hub_fixture *f, const char *seat); // dials desk and feed
void client_fini(hub_client *c);                                         // memory only
// client_dial dials a URL with these PEM strings (certificate and key may be NULL).
int client_dial(nng_socket socket, const char *url, const char *ca, const char *certificate,
                const char *key);
void client_join(hub_client *c);
// client_ask sends op and more fields (",\"to\":[…]" or "") under the next id, and waits for the reply.
const char *client_ask(hub_client *c, const char *op, const char *fields);
const char *client_ask_as(hub_client *c, const char *id, const char *op, const char *fields);
void client_send(hub_client *c, const char *text); // bytes as they are
bool client_receive(hub_client *c, int ms);        // the reply to them
void client_must_say(const hub_client *c, const char *text);
// client_hear reads the feed until what was heard contains text; false after ms.
bool client_hear(hub_client *c, const char *text, int ms);
void client_beats(hub_client *c, size_t count); // hears so many heartbeats more

#endif
