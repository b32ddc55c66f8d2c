// SPDX-License-Identifier: MIT
#ifndef TOC_DEEDS_H
#define TOC_DEEDS_H

// Deeds: what was done to the rows of the list, by whom, and who read them, as the feed tells it;
// and the mistakes of scripts. The desk's list says how a row stands; this says how it came to
// that. Everything is owned by the view.

#include "view_inside.h"

typedef struct {
    toc_kind kind; // an act, or what the engine did: inject, held, cue, armed, moved
    char *by;      // a seat; NULL: the engine
    char *why;
    int64_t t;     // play ms
    int64_t until; // move, moved: to that time; else -1
} toc_deed;

// The first of a team to open it, or to acknowledge it.
typedef struct {
    char *team, *by;
    int64_t t; // play ms
    bool is_ack;
} toc_reader;

typedef struct {
    char *inject;
    int64_t sent; // play ms; -1: it was not
    toc_deed *deeds;
    size_t count, capacity;
    toc_reader *readers;
    size_t reader_count, reader_capacity;
    size_t others;       // how often somebody else changed it, or the engine did
    char *flash;         // the controller who has just changed it,
    int64_t flash_until; // shown until then (mono)
} toc_deed_row;

typedef struct {
    char *storyline, *text; // storyline may be NULL
    int64_t t;              // play ms
} toc_mistake;

typedef struct toc_deeds {
    toc_deed_row *rows;
    size_t count, capacity;
    toc_mistake *mistakes;
    size_t mistake_count, mistake_capacity;
} toc_deeds;

// toc_deeds_learn takes the next event of the feed, after the picture has seen it.
void toc_deeds_learn(toc_view *v, int64_t n, const toc_event *ev);

void toc_deeds_drop(toc_view *v); // all of them

const toc_deed_row *toc_deeds_of(const toc_view *v,
                                 const char *inject); // NULL: nothing was done to it
// toc_deeds_readers counts the teams that opened it, or that acknowledged it.
size_t toc_deeds_readers(const toc_deed_row *row, bool acks);
// toc_deed_text: "held by R. Lind (excon-2), because the team is late"
void toc_deed_text(toc_buf *out, const toc_view *v, const toc_deed *d);
// toc_deeds_flash: the controller who has changed it just now; or NULL.
const char *toc_deeds_flash(const toc_view *v, const char *inject);

#endif
