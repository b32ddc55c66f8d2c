// SPDX-License-Identifier: MIT
#ifndef TOC_FULL_H
#define TOC_FULL_H

// A person at one seat, with the whole screen; and the same screen as text.

#include <stdbool.h>

#include "base/buf.h"
#include "base/error.h"

typedef struct {
    const char *ticket; // the file
    const char *host;   // the engine's host, if it is not the ticket's; or NULL
    bool is_ascii;      // frames and marks of ASCII, even where more could be shown
    bool has_colors;
    bool has_bell;
    bool has_mouse;
    bool is_confined; // the person may not touch this machine: no editor, no other program, no file is read or written
    int patience_s; // to wait for the first connection; 0: a minute
    int engine;     // a descriptor on which an engine of our own speaks: when that ends, we leave, code 4; 0: it is not ours
} toc_full_options;

// toc_full_run takes over the terminal on standard input and output, and stays until the person leaves or the run is over; the terminal
// is as before when it returns. It gives the exit code: 0; 2 a host that is none; 3 a ticket that cannot be read, or a terminal that cannot be
// drawn on; 4 no engine, a refused ticket, a seat taken over; 130 interrupted. Unless it is 0, e says why. farewell gets a line for
// the person: what happened, and how to come back. It sets LC_CTYPE, handles signals and ignores SIGPIPE for the process, which
// must not fork after it.
int toc_full_run(const toc_full_options *o, toc_buf *farewell, toc_error *e);

// toc_snapshot_run joins, waits until the past is there, presses the keys, each when what the one before set off is
// answered, and appends the screen, w columns and h lines, as text. It needs no terminal. Whoever sits at the seat is taken over.
// keys (may be NULL): words parted by spaces; "Enter", "Esc", "Ctrl-X", "Space" are keys, other words are typed letter by letter.
// Exit codes as toc_full_run's; 4, too, if the past does not come within the patience.
int toc_snapshot_run(const toc_full_options *o, int w, int h, const char *keys, toc_buf *out,
                     toc_error *e);

#endif
