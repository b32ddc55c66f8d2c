// SPDX-License-Identifier: MIT
#ifndef TOC_VIEW_H
#define TOC_VIEW_H

// The view: everything a full-screen terminal is, but for the terminal. toc_view_update takes what happened (a key, an event
// of the feed, an answer, time) and says what is wished of the outside; toc_view_draw puts the screen into a grid. It reads no clock, socket
// or file, so a test, a replay and a snapshot use it as a terminal does.
//
// Thread: one view, one thread at a time.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record/clock.h"
#include "record/event.h"
#include "record/json.h"
#include "view/grid.h"
#include "view/picture.h"

typedef struct toc_view toc_view;

typedef struct {
    const char *seat, *role, *team, *title, *marking; // of the ticket; copied
    bool is_ascii;
    int64_t
        recall_ms; // how long what is fired or written by hand can be recalled; 5000 for people, 0: it goes at once
    bool is_confined; // no file of this machine is offered to the person
    bool is_recording; // what is shown is past: nobody is asked for a name, opening an item does not make it read
} toc_view_options;

toc_view *toc_view_new(const toc_view_options *o);
void toc_view_free(toc_view *v);

typedef enum {
    TOC_HAPPENED_KEY,    // key
    TOC_HAPPENED_PASTE,  // text: many characters at once; an Enter in it sends nothing
    TOC_HAPPENED_CLICK,  // x, y; number: 0 a click, -1 and 1 the wheel
    TOC_HAPPENED_SIZE,   // x columns, y lines
    TOC_HAPPENED_EVENT,  // number, event: the next one of the feed
    TOC_HAPPENED_CLOCK,  // clock
    TOC_HAPPENED_STATUS, // json: one page of the desk's answer to `status`; is_last
    TOC_HAPPENED_ANSWER, // number: the wish that is answered; ok, or code and text why not; json (may be NULL)
    TOC_HAPPENED_LINK,    // link, text why
    TOC_HAPPENED_ALARM,   // code what, text, by
    TOC_HAPPENED_TIME,    // mono, wall: at least twice a second, and before every key
    TOC_HAPPENED_WRITTEN, // number: the wish; ok and text: what $EDITOR or a file held, or where an attachment was saved; else why not
    TOC_HAPPENED_SHOWN, // number: the wish; code the attachment's name, text what it holds: to be read here, where nothing else can show it
} toc_happened;

typedef enum { TOC_VIEW_CONNECTING, TOC_VIEW_LIVE, TOC_VIEW_LOST, TOC_VIEW_OVER } toc_view_link;

// Everything is borrowed for the call. The fields that a happening uses stand beside it above.
typedef struct {
    toc_happened what;
    uint32_t key;
    int x, y;
    int64_t number;
    const toc_event *event;
    const toc_clock *clock;
    const toc_json *json;
    bool is_last, ok;
    const char *code, *text, *by;
    toc_view_link link;
    int64_t mono;     // ms, never falling
    const char *wall; // "14:32:07", as people read it here
} toc_happening;

typedef enum {
    TOC_WISH_ACT, // number, event: send this input; its answer comes as ANSWER
    TOC_WISH_ASK, // number, text op, detail fields: ask the desk; its answer comes as ANSWER (`status`: as STATUS)
    TOC_WISH_SAVE, // number, text path, detail SHA-256: save an attachment; comes back as WRITTEN
    TOC_WISH_OPEN, // the same, and show it
    TOC_WISH_EDIT, // number, text: give it to $EDITOR; comes back as WRITTEN
    TOC_WISH_READ, // number, text path: read a file; comes back as WRITTEN
    TOC_WISH_WRITE, // number, text path, detail what it shall hold: write a new file, never over an old one; comes back as WRITTEN
    TOC_WISH_BELL,
    TOC_WISH_TITLE,  // text: of the window
    TOC_WISH_MOUSE,  // number: 1 on, 0 off
    TOC_WISH_REDRAW, // everything, from nothing
    TOC_WISH_SUSPEND,
    TOC_WISH_LEAVE,
} toc_wish_kind;

typedef struct {
    toc_wish_kind kind;
    int64_t number;
    toc_event event;     // owned
    char *text, *detail; // owned
} toc_wish;

typedef struct {
    toc_wish *at;
    size_t count, capacity;
} toc_wishes;

void toc_wishes_clear(toc_wishes *w); // frees what they own, keeps the memory
void toc_wishes_fini(toc_wishes *w);

// toc_view_update takes what happened and appends what is wished.
void toc_view_update(toc_view *v, const toc_happening *h, toc_wishes *out);

// toc_view_draw draws the screen as it is now into a grid of any size. It changes nothing but where
// lists are scrolled to.
void toc_view_draw(toc_view *v, toc_grid *g);

// toc_view_alarm appends a call for help as lines, for whoever does not see the screen: with the time of play, and
// the caller's name as far as this seat knows one.
void toc_view_alarm(const toc_view *v, const char *by, const char *text, toc_buf *out);

const toc_picture *toc_view_picture(const toc_view *v);

// toc_view_return puts what another view of the same seat knows in the place of what v knows: what happened, the clock, notices, how the
// lists stood. What a person chose in v (tab, row by its key, scroll, filter, form) stays as far as it is there.
void toc_view_return(toc_view *v, const toc_view *from);

#endif
