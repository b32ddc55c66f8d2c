// SPDX-License-Identifier: MIT
#ifndef TOC_COMMAND_H
#define TOC_COMMAND_H

// The command table: one row a subcommand, and everything that --help says of it.

#include "base/buf.h"
#include "base/error.h"
#include "options.h"

typedef struct {
    const char *name, *usage, *summary;
    const char *about;    // some lines more, or NULL
    const char *examples; // each line an example
    const toc_option *options;
    int (*run)(const toc_arguments *a); // the exit code
} toc_command;

extern const toc_command toc_command_run, toc_command_join, toc_command_verify, toc_command_world;
extern const toc_command toc_command_new, toc_command_practice;

extern const toc_command toc_command_msel, toc_command_rehearse;

extern const toc_command toc_command_check, toc_command_explain;

extern const toc_command toc_command_replay;

extern const toc_command toc_command_branch, toc_command_compare;

extern const toc_command toc_command_report;

// toc_run_on takes up the run in a folder, and conducts it as `run --resume` does, by the options play and quiet of a. It does not
// come back: the process ends with it.
int toc_run_on(const char *folder, const toc_arguments *a);

// toc_report prints an error as "tocsin: …" on stderr and returns its exit code.
int toc_report(const toc_error *e);
int toc_error_line(toc_buf *out, const toc_error *e); // the same, added to out

// toc_sit sits down at a seat, full screen or plain as the options of `join` and the terminal say (plain, ascii, no-color, no-bell,
// no-mouse, desk, auto); toc_terminal_run's exit code.
// engine: the descriptor on which an engine speaks that is only there for this seat: when it ends, so does the sitting, with 4, and
// nothing is said of coming back. 0: there is none.
int toc_sit(const char *ticket, const toc_arguments *a, int engine, toc_error *e);

// toc_said_all gives code, or 3 and a message if stdout did not take everything that was printed.
int toc_said_all(int code);

#endif
