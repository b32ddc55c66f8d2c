// SPDX-License-Identifier: MIT
// tocsin join: sit down at a seat.

#include <stdio.h>
#include <unistd.h>

#include "command.h"
#include "terminal/terminal.h"

static const toc_option options[] = {
    {"plain", NULL, "append-only lines (the only form in this version)", false},
    {"desk", "HOST[:PORT]", "the engine's address, if it moved since the ticket was made", false},
    {"auto", "POLICY", "play by itself: first, random:SEED, silent, plan:FILE", false},
    {NULL, NULL, NULL, false},
};

static int run(const toc_arguments *a)
{
    toc_error e = {0};
    if (a->argument_count != 1) {
        toc_fail(&e, TOC_EUSAGE,
                 "join needs one ticket: tocsin join runs/…/tickets/operator-1.ticket");
        return toc_report(&e);
    }
    toc_terminal_options o = {
        .ticket = a->arguments[0],
        .host = toc_options_get(a, "desk"),
        .policy = toc_options_get(a, "auto"),
        .in = STDIN_FILENO,
        .out = STDOUT_FILENO,
    };
    int code = toc_terminal_run(&o, &e);
    if (code != 0)
        toc_report(&e);
    fflush(stdout);
    _exit(code); // nng's sockets are never closed, because closing can hang
}

const toc_command toc_command_join = {
    .name = "join",
    .usage = "join TICKET",
    .summary = "sit down at a seat",
    .about = "Connects with the ticket, and comes back by itself whenever the connection is lost; "
             "nothing typed or\n"
             "sent is lost. `help` lists what can be typed. The exercise may not have started: you "
             "wait in the lobby.\n",
    .examples = "  tocsin join runs/silent-beams-20261121-180000-ab12/tickets/operator-1.ticket\n"
                "  tocsin join excon-1.ticket --desk 10.0.0.7\n"
                "  tocsin join wind-1.ticket --auto random:7\n",
    .options = options,
    .run = run,
};
