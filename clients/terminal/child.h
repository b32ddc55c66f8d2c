// SPDX-License-Identifier: MIT
#ifndef TOC_CHILD_H
#define TOC_CHILD_H

// Another program beside this one: an editor, or what shows a file. No shell reads anything, and
// nothing is forked by hand.

#include <stdbool.h>
#include <sys/types.h>

#include "base/error.h"

// toc_child_argv makes the arguments of a command as people put it into the environment ("vim -u
// NONE"): its words, then path. The caller frees it with toc_child_free.
char **toc_child_argv(const char *command, const char *path);
void toc_child_free(char **argv);

// toc_child_start runs argv[0], found through PATH, at this terminal, or (is_apart) without one.
// What a pager would do with a file beyond showing it is turned off. TOC_EIO: it cannot be run.
toc_err toc_child_start(pid_t *out, char **argv, bool is_apart, toc_error *e);

// toc_child_edit runs $VISUAL, $EDITOR, or an editor that is there, on a file, at this terminal.
toc_err toc_child_edit(pid_t *out, const char *path, toc_error *e);

// toc_child_show shows a file: with $TOCSIN_OPEN, with what the desktop has for it, or, if it is
// text, with less. *is_apart: it has a window of its own, and is not waited for. TOC_EREFUSED:
// nothing here can show it.
toc_err toc_child_show(pid_t *out, const char *path, bool is_text, bool *is_apart, toc_error *e);

#endif
