// SPDX-License-Identifier: MIT
// tocsin verify: chain, seals, receipts, exact re-execution.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/mem.h"
#include "base/text.h"
#include "command.h"
#include "record/ticket.h"
#include "replays/recording.h"
#include "replays/verify.h"

#define MAX_JOURNAL ((size_t)4 << 30)

static const toc_option options[] = {
    {"key", "HEX",
     "the run's public key, as a ticket has it (seal_key), or its fingerprint, which "
     "`join TICKET --about` and reports show",
     false},
    {"ticket", "FILE", "take the key from a ticket of the run", false},
    {"receipt", "HASH", "a receipt that must be in the journal; may be repeated. Every terminal says one when it ends, "
     "and the report's cover has one: the last line's hash", true},
    {"json", NULL, "the verdict as one line of JSON", false},
    {NULL, NULL, NULL, false},
};

static bool is_fingerprint(const char *key);

static toc_err find_key(const toc_arguments *a, toc_ticket *ticket, toc_verify_options *wanted,
                        toc_error *e)
{
    const char *key = wanted->key = toc_options_get(a, "key");
    const char *file = toc_options_get(a, "ticket");
    if (key && file)
        return toc_fail(e, TOC_EUSAGE, "--key or --ticket, not both");
    if (key && !is_fingerprint(key) && (strlen(key) != 64 || strspn(key, "0123456789abcdef") != 64))
        return toc_fail(e, TOC_EUSAGE,
                        "--key needs the 64 hex digits of a ticket's seal_key, or its fingerprint, "
                        "as in 3402-c560-ae50-e6bd");
    if (!file)
        return TOC_OK;
    toc_err err = toc_ticket_read(ticket, file, NULL, e);
    if (!err) {
        wanted->key = ticket->seal_key;
        wanted->run = ticket->run;
    }
    if (err && e->code == TOC_EFORMAT)
        e->code = err = TOC_EIO; // 3, as for `join`: nothing was found out about the recording
    return err;
}

// Four groups of four.
static bool is_fingerprint(const char *key)
{
    bool is_it = strlen(key) == 19;
    for (size_t i = 0; is_it && i < 19; i++)
        is_it = i % 5 == 4 ? key[i] == '-' : strchr("0123456789abcdef", key[i]) != NULL;
    return is_it;
}

// A slip, not a forgery: whoever has a ticket of another run asked nothing about this one.
static toc_err check_run(const toc_verdict *v, const toc_verify_options *wanted, toc_error *e)
{
    if (v->kind != TOC_VERDICT_FORGED || !v->is_other_run)
        return TOC_OK;
    return toc_fail(
        e, TOC_EUSAGE,
        "this ticket is of run %.120s, the recording is of run %.120s: nothing was asked "
        "about its key. Give a ticket of that run, or none",
        wanted->run, v->run);
}

static toc_err find_receipts(const toc_arguments *a, const char **receipts,
                             toc_verify_options *wanted, toc_error *e)
{
    wanted->receipts = receipts;
    wanted->receipt_count = toc_options_all(a, "receipt", receipts, TOC_GIVEN_MAX);
    for (size_t i = 0; i < wanted->receipt_count; i++)
        if (strlen(receipts[i]) != 64 || strspn(receipts[i], "0123456789abcdef") != 64)
            return toc_fail(e, TOC_EUSAGE,
                            "--receipt needs the 64 hex digits of a receipt, not \"%.70s\"",
                            receipts[i]);
    return TOC_OK;
}

static int run(const toc_arguments *a)
{
    toc_error e = {0};
    toc_ticket ticket = {0};
    toc_verify_options wanted = {0};
    const char *receipts[TOC_GIVEN_MAX];
    if (a->argument_count != 1) {
        toc_fail(&e, TOC_EUSAGE,
                 "verify needs one journal (or run folder): tocsin verify runs/…/journal.jsonl");
        return toc_report(&e);
    }
    toc_buf journal = {0}, text = {0};
    toc_verdict verdict = {0};
    char *path = NULL;
    toc_err err = find_key(a, &ticket, &wanted, &e);
    if (!err)
        err = find_receipts(a, receipts, &wanted, &e);
    if (!err)
        err = toc_recording_path(&path, a->arguments[0], "tocsin verify", &e);
    if (!err)
        err = toc_file_slurp(&journal, path, MAX_JOURNAL, &e);
    if (!err)
        err = toc_verify(&verdict, toc_buf_text(&journal), journal.len, &wanted, &e);
    if (!err)
        err = check_run(&verdict, &wanted, &e);
    int code;
    if (err) {
        code = toc_report(&e);
    } else {
        if (toc_options_has(a, "json")) {
            toc_verdict_json(&text, &verdict);
            fputs(toc_buf_text(&text), stdout);
        } else {
            toc_buf shown = {0};
            toc_verdict_text(&text, &verdict);
            toc_text_visible(&shown, text.data, text.len, true);
            fputs(toc_buf_text(&shown), stdout);
            toc_buf_fini(&shown);
        }
        code = toc_said_all(toc_verdict_exit(&verdict));
    }
    toc_verdict_fini(&verdict);
    toc_ticket_fini(&ticket);
    toc_buf_fini(&journal);
    toc_buf_fini(&text);
    free(path);
    return code;
}

const toc_command toc_command_verify = {
    .name = "verify",
    .usage = "verify JOURNAL",
    .summary = "prove a recording: chain, seals, exact re-execution",
    .about =
        "Reads the recording alone and executes it again from the sources it holds: every "
        "line that the\n"
        "engine derived must come out again, byte for byte. With a ticket of the run (or its "
        "key) it also\n"
        "proves whose recording it is; with a receipt, that the line it stands for is still "
        "there. It says\n"
        "what is proven and what is not, and, of a line that differs, both sides, its field, and "
        "what\n"
        "it follows from.\n",
    .examples = "  tocsin verify runs/silent-beams-20261121-180000-ab12\n"
                "  tocsin verify journal.jsonl --ticket operator-1.ticket --json\n",
    .options = options,
    .run = run,
};
