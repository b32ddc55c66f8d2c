// SPDX-License-Identifier: MIT
#ifndef TOC_TMUX_H
#define TOC_TMUX_H

// A real terminal without anybody at it: tmux, with a server of its own. What stands on the screen is asked for until it
// is what is expected, or the deadline is over.

#include <stdbool.h>

#include "base/buf.h"

typedef struct {
    char *folder, *socket;
    toc_buf screen; // as last seen
} tmux;

// tmux_start runs a shell command in a terminal of w columns and h lines.
void tmux_start(tmux *t, int w, int h, const char *command);
void tmux_end(tmux *t); // hangs up on whatever runs in it

// Each word is a key's name as tmux has it ("Enter", "C-z", "Escape") or text; NULL-ended.
void tmux_keys(tmux *t, const char *const *words);
#define TMUX_KEYS(t, ...) tmux_keys(t, (const char *const[]){__VA_ARGS__, NULL})
void tmux_type(tmux *t, const char *text); // letter by letter, nothing is a name
void tmux_resize(tmux *t, int w, int h);

const char *tmux_look(tmux *t, bool with_colors);
// tmux_until waits until text stands on the screen; tmux_until_gone until it does not. They fail the test after `seconds`, and show
// the screen.
void tmux_until(tmux *t, const char *text, int seconds);
void tmux_until_gone(tmux *t, const char *text, int seconds);

#endif
