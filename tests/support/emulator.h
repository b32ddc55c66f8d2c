// SPDX-License-Identifier: MIT
#ifndef TOC_EMULATOR_H
#define TOC_EMULATOR_H

// A terminal that is only looked at: it takes what a program writes and knows what would stand on the screen. Strict: what a
// program of ours has no business to send is counted.

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

typedef struct {
    int w, h, x, y;
    int top, bottom;   // the lines that scroll
    bool is_wrapping;  // the last column was written; the next character begins a line
    char (*cells)[32]; // w × h; "" is the right half of a wide character
    size_t colors;     // how often a colour was set
    size_t strangers;  // sequences that nobody here should send, and control characters
    size_t shifts;
    size_t bells, titles; // OSC 2
    toc_buf stranger;     // the first of them
    // How wide this terminal believes a character to be that others measure differently: 1 or 2; 0: as we do.
    int doubtful;
} emulator;

void emulator_init(emulator *m, int w, int h, int doubtful);
void emulator_fini(emulator *m);
// emulator_take gives how many bytes it took: what is cut off at the end waits for its rest.
size_t emulator_take(emulator *m, const char *bytes, size_t len);
const char *emulator_cell(const emulator *m, int x, int y);

#endif
