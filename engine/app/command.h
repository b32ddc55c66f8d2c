// SPDX-License-Identifier: MIT
#ifndef TOC_COMMAND_H
#define TOC_COMMAND_H

// The command table: one row a subcommand, and everything that --help says of it.

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

// toc_report prints an error as "tocsin: …" on stderr and returns its exit code.
int toc_report(const toc_error *e);

// toc_sit sits down at a seat, full screen or plain as the options of `join` and the terminal say (plain, ascii, no-color, no-bell,
// no-mouse, desk, auto); toc_terminal_run's exit code.
// is_guest: the engine ends with it, so that nothing is said of coming back.
int toc_sit(const char *ticket, const toc_arguments *a, bool is_guest, toc_error *e);

// toc_said_all gives code, or 3 and a message if stdout did not take everything that was printed.
int toc_said_all(int code);

#endif
