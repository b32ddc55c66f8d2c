// SPDX-License-Identifier: MIT
#ifndef TOC_KEYBOARD_H
#define TOC_KEYBOARD_H

// Lines from a terminal, a pipe or a file, one at a time, in a libuv loop. Opened, it is held; what
// is typed waits until toc_keyboard_go.

#include <stdbool.h>
#include <uv.h>

typedef struct toc_keyboard toc_keyboard;

// line without its end, NUL-terminated (a NUL in it comes as \x01); NULL at the end of the input. Of a line
// beyond 64 KiB the beginning comes, and never the rest.
typedef void (*toc_line_typed_cb)(void *context, const char *line);

toc_keyboard *toc_keyboard_open(uv_loop_t *loop, int fd, toc_line_typed_cb on_line, void *context);
bool toc_keyboard_is_tty(const toc_keyboard *k);
void toc_keyboard_go(toc_keyboard *k);    // deliver lines, from the next turn of the loop on
void toc_keyboard_hold(toc_keyboard *k);  // no line after this call
void toc_keyboard_close(toc_keyboard *k); // the loop frees it; NULL is fine

#endif
