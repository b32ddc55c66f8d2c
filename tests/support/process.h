// SPDX-License-Identifier: MIT
#ifndef TOC_PROCESS_H
#define TOC_PROCESS_H

// Programs under test as child processes: started, watched until they say something, ended. Every
// wait is for a condition and has a deadline; nothing sleeps.

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"

typedef struct {
    pid_t pid;
    int in;       // write end of its stdin, -1 if closed
    int out;      // read end of its stdout and stderr together
    toc_buf said; // all it said so far
    bool is_over;
    int status; // of waitpid, once it is over
} process;

// process_start runs argv[0] (found through PATH if it has no '/') with a pipe at each end.
void process_start(process *p, const char *const *argv);

// process_until reads until what was said since offset *from contains text (NULL: until it closes its
// output), and moves *from behind it; from may be NULL. False after `seconds`, or when it ended without saying it. What was said
// by then is always read: with 0 seconds, too.
bool process_until(process *p, const char *text, size_t *from, int seconds);

// process_lines reads until it has said that many lines.
bool process_lines(process *p, size_t lines, int seconds);

void process_write(process *p, const char *text); // to its stdin
void process_close_in(process *p);
void process_kill(process *p, int signal);

// process_end reads the rest and waits; the exit code, 128 + signal, or -1 if it had to be killed
// after `seconds`.
int process_end(process *p, int seconds);
void process_free(process *p); // kills it if it still runs

// process_run does all of it: start, end, and what it said into out (may be NULL).
int process_run(const char *const *argv, toc_buf *out, int seconds);

// A new folder under TMPDIR, removed with all in it by folder_remove.
char *folder_new(void);
void folder_remove(char *path); // frees it

// own_listen gives an address to listen at, with any free port: one of 127.0.0.0/8, by a folder's name. Engines of other tests are
// elsewhere, and no connection of theirs can come to have a port between its finding and its use, nor while an engine is away that
// comes back to it. The caller frees it.
char *own_listen(const char *folder);

// A path below the source tree (TOC_SOURCE_DIR), and the binary under test (TOC_BINARY).
char *source_path(const char *relative);
const char *binary(void);

#endif
