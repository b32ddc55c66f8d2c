// SPDX-License-Identifier: MIT
// tocsin join: sit down at a seat.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "command.h"
#include "crypto/crypto.h"
#include "record/ticket.h"
#include "terminal/full.h"
#include "terminal/terminal.h"

static const toc_option options[] = {
    {"plain", NULL,
     "append-only lines, for screen readers and pipes (also with TERM=dumb, TOCSIN_ACCESSIBLE=1, "
     "or "
     "where there is no terminal)",
     false},
    {"ascii", NULL, "frames and marks of ASCII only (also where the locale is not UTF-8)", false},
    {"no-color", NULL, "bold and reverse instead of colours (also with NO_COLOR, TOCSIN_NO_COLOR)",
     false},
    {"no-bell", NULL, "no bell for what is urgent", false},
    {"no-mouse", NULL, "leave the mouse to the terminal, for selecting text", false},
    {"confined", NULL,
     "for a seat over SSH: no editor, no other program, no file of this machine is read or written",
     false},
    {"desk", "HOST[:PORT]", "the engine's address, if it moved since the ticket was made", false},
    {"auto", "POLICY", "play by itself: first, random:SEED, silent, plan:FILE", false},
    {"snapshot", "WxH",
     "print the full screen once, as text, and leave, as in 80x24; whoever sits at the seat is "
     "taken "
     "over",
     false},
    {"keys", "KEYS", "press these before the snapshot: \"2 Enter\"; other words are typed", false},
    {"about", NULL,
     "say what the ticket is for, and the fingerprint of the run's key, to compare with a "
     "recording's "
     "or a report's; nobody sits down",
     false},
    {NULL, NULL, NULL, false},
};

static bool is_set(const char *name)
{
    const char *value = getenv(name);
    return value && value[0] != '\0';
}

static toc_err check_options(const toc_arguments *a, int *w, int *h, toc_error *e)
{
    const char *size = toc_options_get(a, "snapshot");
    if (a->argument_count == 0)
        return toc_fail(e, TOC_EUSAGE,
                        "join needs your ticket, the file that EXCON gave you: tocsin join "
                        "operator-1.ticket. Without one, nobody can sit down");
    if (a->argument_count > 1)
        return toc_fail(e, TOC_EUSAGE, "join takes one ticket: one terminal is one seat");
    if (size && (toc_options_has(a, "plain") || toc_options_has(a, "auto")))
        return toc_fail(e, TOC_EUSAGE, "--snapshot shows the full screen: not with --%s",
                        toc_options_has(a, "plain") ? "plain" : "auto");
    if (!size && toc_options_has(a, "keys"))
        return toc_fail(e, TOC_EUSAGE, "--keys goes with --snapshot");
    return size ? toc_options_size(size, w, h, e) : TOC_OK;
}

static bool wants_plain(const toc_arguments *a)
{
    const char *type = getenv("TERM");
    return toc_options_has(a, "plain") || toc_options_has(a, "auto") ||
           is_set("TOCSIN_ACCESSIBLE") || !type || !*type || strcmp(type, "dumb") == 0 ||
           !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO);
}

static int sit_plain(const char *ticket, const toc_arguments *a, int engine, toc_error *e)
{
    toc_terminal_options o = {
        .ticket = ticket,
        .host = toc_options_get(a, "desk"),
        .policy = toc_options_get(a, "auto"),
        .is_confined = toc_options_has(a, "confined"),
        .in = STDIN_FILENO,
        .out = STDOUT_FILENO,
        .engine = engine,
    };
    return toc_terminal_run(&o, e);
}

static int sit_full(const char *ticket, const toc_arguments *a, int w, int h, int engine,
                    toc_error *e)
{
    bool is_snapshot = toc_options_has(a, "snapshot");
    toc_buf out = {0};
    toc_full_options o = {
        .ticket = ticket,
        .host = toc_options_get(a, "desk"),
        .is_ascii = toc_options_has(a, "ascii"),
        .has_colors =
            !toc_options_has(a, "no-color") && !is_set("NO_COLOR") && !is_set("TOCSIN_NO_COLOR"),
        .has_bell = !toc_options_has(a, "no-bell"),
        .has_mouse = !toc_options_has(a, "no-mouse"),
        .is_confined = toc_options_has(a, "confined"),
        .engine = engine,
    };
    int code = is_snapshot ? toc_snapshot_run(&o, w, h, toc_options_get(a, "keys"), &out, e)
                           : toc_full_run(&o, &out, e);
    if (engine == 0) // else nobody can come back to it
        fputs(toc_buf_text(&out), stdout);
    toc_buf_fini(&out);
    return code;
}

int toc_sit(const char *ticket, const toc_arguments *a, int engine, toc_error *e)
{
    return wants_plain(a) ? sit_plain(ticket, a, engine, e) : sit_full(ticket, a, 0, 0, engine, e);
}

static int say_about(const char *path, toc_error *e)
{
    toc_ticket ticket = {0};
    toc_buf text = {0}, shown = {0};
    char fingerprint[20];
    toc_err err = toc_ticket_read(&ticket, path, NULL, e);
    if (err == TOC_EFORMAT)
        e->code = err = TOC_EIO; // as for sitting down
    if (err)
        return toc_error_exit(err);
    toc_key_fingerprint(ticket.seal_key, fingerprint);
    toc_buf_printf(&text, "exercise  %s\nrun       %s\nseat      %s\ndesk      %s\n", ticket.title,
                   ticket.run, ticket.seat, ticket.desk);
    toc_buf_printf(&text,
                   "key       %s\nWhoever kept this line can tell later whose a recording is: "
                   "`tocsin verify` and the report show the key again.\n",
                   fingerprint);
    toc_text_visible(&shown, text.data, text.len, true);
    fputs(toc_buf_text(&shown), stdout);
    toc_ticket_fini(&ticket);
    toc_buf_fini(&text);
    toc_buf_fini(&shown);
    return toc_said_all(0);
}

static int run(const toc_arguments *a)
{
    toc_error e = {0};
    int w = 0, h = 0;
    if (check_options(a, &w, &h, &e))
        return toc_report(&e);
    if (toc_options_has(a, "about")) {
        int code = say_about(a->arguments[0], &e);
        return code ? toc_report(&e) : 0;
    }
    int code =
        w == 0 ? toc_sit(a->arguments[0], a, 0, &e) : sit_full(a->arguments[0], a, w, h, 0, &e);
    fflush(stdout);
    if (code != 0)
        toc_report(&e);
    _exit(code); // a name that is being looked up would be waited for
}

const toc_command toc_command_join = {
    .name = "join",
    .usage = "join TICKET",
    .summary = "sit down at a seat",
    .about = "Connects with the ticket, and comes back by itself whenever the connection is lost; "
             "nothing typed or\n"
             "sent is lost. `?` lists the keys; with --plain, `help` what can be typed. The "
             "exercise may not have\n"
             "started: you wait in the lobby. Texts are written in $VISUAL or $EDITOR, attachments "
             "shown by $TOCSIN_OPEN,\n"
             "the desktop's own program, or less. When you leave, it says a receipt of the newest "
             "line you were shown:\n"
             "keep it, and `tocsin verify` can tell later whether the record up to there is "
             "whole.\n",
    .examples = "  tocsin join runs/silent-beams-20261121-180000-ab12/tickets/operator-1.ticket\n"
                "  tocsin join excon-1.ticket --desk 10.0.0.7\n"
                "  tocsin join wind-1.ticket --plain\n"
                "  tocsin join wind-1.ticket --about        what it is for; the run's key\n"
                "  tocsin join wind-1.ticket --auto random:7\n"
                "  tocsin join wind-1.ticket --snapshot 80x24 --keys \"2 Enter\"\n",
    .options = options,
    .run = run,
};
