// SPDX-License-Identifier: MIT
#ifndef TOC_SITTING_H
#define TOC_SITTING_H

// A seat that is sat at: the view, the link to the engine, and what goes between them. Files are read and written here; what
// needs a terminal (the screen, an editor, the bell) is whoever's who has one.
//
// Thread: the loop's.

#include <uv.h>

#include "link/link.h"
#include "scratch.h"
#include "view/view.h"

typedef struct {
    void *context;
    // Wishes of the terminal: EDIT and OPEN (detail is then the file, number 1 if it is text) are
    // answered by toc_sitting_written; BELL, TITLE, MOUSE, REDRAW, SUSPEND and LEAVE are not.
    // Borrowed for the call.
    void (*on_wish)(void *context, const toc_wish *w, const char *path, bool is_text);
    void (*on_change)(void *context); // what the view would draw may be another
    void (*on_help)(void *context, const char *by, const char *text); // a real emergency was called
} toc_sitting_calls;

typedef struct {
    uv_loop_t *loop;
    uv_timer_t tick;
    toc_ticket ticket;
    toc_link *link;
    char receipt[65]; // the newest, when the link was closed; "" for none
    toc_view *view;
    toc_wishes wishes;
    toc_scratch scratch;
    toc_sitting_calls calls;
    const char *host;
    bool is_confined; // set before it is opened: nothing of this machine is read, written or run for the person
    toc_link_state state;
    bool has_joined, has_status, has_ended; // once; its answer was there; state is a last one
    bool is_granting, is_over;
    char *why;        // of the last state
    uint64_t news_at; // loop time at which the newest event or answer came
} toc_sitting;

// toc_sitting_read reads the ticket. warning gets a line for the person, if there is one.
toc_err toc_sitting_read(toc_sitting *s, const char *ticket, toc_buf *warning, toc_error *e);

// toc_sitting_open begins to connect. s was zeroed and has read its ticket; recall_ms: as in view/view.h.
toc_err toc_sitting_open(toc_sitting *s, uv_loop_t *loop, const char *host, bool is_ascii,
                         int64_t recall_ms, const toc_sitting_calls *calls, toc_error *e);
void toc_sitting_close(toc_sitting *s); // the loop must run on for a few turns; then
void toc_sitting_fini(toc_sitting *s);

void toc_sitting_happen(toc_sitting *s, const toc_happening *h);
void toc_sitting_time(toc_sitting *s); // tells the view what time it is: before every key
int64_t toc_sitting_mono(void);        // ms, never falling
void toc_sitting_written(toc_sitting *s, int64_t number, bool ok, const char *text);

// toc_sitting_exit gives the exit code for how the link stands, and fills e unless it is 0.
int toc_sitting_exit(const toc_sitting *s, toc_error *e);

#endif
