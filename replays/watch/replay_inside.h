// SPDX-License-Identifier: MIT
#ifndef TOC_REPLAY_INSIDE_H
#define TOC_REPLAY_INSIDE_H

// The replay's inside: replay.c (life, where it stands), replay_rows.c (what happened), replay_keys.c (the table of keys),
// replay_acts.c (what a key does), replay_over.c (what lies over the panes), replay_pane.c (the seat's screen), replay_jobs.c (what
// takes long), replay_draw.c (the frame).

#include "replays/replay.h"
#include "replays/stage.h"
#include "replays/verify.h"
#include "replays/viewpoint.h"
#include "view/editor.h"
#include "view/keys.h"
#include "view/page.h"

// A row of what happened: a line, or a note that was made there.
typedef struct {
    int64_t seq, t;
    const toc_note *note; // or NULL
} toc_replay_row;

typedef enum {
    TOC_OVER_NONE,
    TOC_OVER_HELP,
    TOC_OVER_WHOLE,
    TOC_OVER_WHY,
    TOC_OVER_SPREAD,
    TOC_OVER_EYES
} toc_replay_over;
typedef enum { TOC_ASKED_NONE, TOC_ASKED_WORD, TOC_ASKED_TIME, TOC_ASKED_NOTE } toc_replay_asked;

// One thing to choose from in what lies over the panes.
typedef struct {
    toc_page text;
    int64_t seq;    // where it leads; 0: nowhere
    const char *id; // a viewpoint; borrowed
} toc_replay_choice;

struct toc_replay {
    const toc_recording *r;
    const toc_notes *notes;
    toc_player *player;
    toc_viewpoint *eyes;
    bool is_ascii, is_following, has_noise;
    int w, h;
    int64_t mono;

    toc_replay_row *rows;
    size_t row_count, row_capacity, row; // row: where we are; row_count: before the first
    size_t row_top,
        row_later; // as they were drawn: the first row, and the line below which later ones stand
    char *sought;
    size_t find_at,
        find_left; // a search that goes on: the row looked at last, and how many are left
    int find_step;
    size_t find_from; // the row where it began; row_count: before the first
    int row_more;     // lines that the row where we are has more than one, as it was drawn

    bool has_view_keys; // the keys go to the seat's screen
    toc_stage *stage;   // NULL: it is being made
    char *stage_seat;
    int64_t stage_seq, stage_t; // where it was put; 0: nowhere yet
    int stage_w, stage_h;
    bool is_told;

    toc_past *past; // NULL: none yet, or a job has it
    int64_t no_past_from; // from this line on the past cannot be executed; 0: it can
    bool is_job_out, wants_proof;

    toc_replay_over over;
    char *over_title;
    toc_page over_page;
    toc_replay_choice *choices;
    size_t choice_count, choice_capacity, chosen;

    toc_replay_asked asked;
    toc_editor prompt;
    int64_t asked_seq, asked_t; // where the note belongs

    char *notice;
    toc_style notice_style;
    int64_t notice_at;

    toc_replay_ask *asks; // owned texts
    size_t ask_count, ask_capacity;
};

// What a key does. The table of keys is the only place that knows which.
typedef enum {
    TOC_PLAYS_NOTHING,
    TOC_PLAYS_TOGGLE,
    TOC_PLAYS_BACK_5,
    TOC_PLAYS_ON_5,
    TOC_PLAYS_BACK_MINUTE,
    TOC_PLAYS_ON_MINUTE,
    TOC_PLAYS_ROW_UP,
    TOC_PLAYS_ROW_DOWN,
    TOC_PLAYS_PAGE_UP,
    TOC_PLAYS_PAGE_DOWN,
    TOC_PLAYS_FIRST,
    TOC_PLAYS_LAST,
    TOC_PLAYS_DECISION_BACK,
    TOC_PLAYS_DECISION_ON,
    TOC_PLAYS_MARK_BACK,
    TOC_PLAYS_MARK_ON,
    TOC_PLAYS_PERCENT,
    TOC_PLAYS_TIME,
    TOC_PLAYS_FASTER,
    TOC_PLAYS_SLOWER,
    TOC_PLAYS_FOLD,
    TOC_PLAYS_SEARCH,
    TOC_PLAYS_FIND_ON,
    TOC_PLAYS_FIND_BACK,
    TOC_PLAYS_NOISE,
    TOC_PLAYS_EYES,
    TOC_PLAYS_WHOLE,
    TOC_PLAYS_WHY,
    TOC_PLAYS_SPREAD,
    TOC_PLAYS_NOTE,
    TOC_PLAYS_PROOF,
    TOC_PLAYS_VIEW,
    TOC_PLAYS_HELP,
    TOC_PLAYS_REDRAW,
    TOC_PLAYS_SUSPEND,
    TOC_PLAYS_LEAVE,
} toc_plays;

toc_plays toc_replay_key_means(uint32_t key);
void toc_replay_hints(toc_buf *out, int columns);
void toc_replay_say_keys(toc_page *page);

// replay_rows.c
void toc_rows_make(toc_replay *p);   // anew: other eyes, other notes, more lines
void toc_rows_follow(toc_replay *p); // row is the newest one at the playhead
void toc_row_words(const toc_replay *p, const toc_replay_row *row, toc_buf *out);
bool toc_row_is_unread(const toc_replay *p, const toc_replay_row *row);
size_t toc_rows_unread(const toc_replay *p);
void toc_rows_find(toc_replay *p, int step); // begins: the next row that holds p->sought
bool toc_rows_find_on(toc_replay *p,
                      size_t rows); // looks at so many more; false: nothing is being searched
int toc_row_mark(const toc_replay *p, const toc_replay_row *row); // toc_mark
void toc_rows_click(toc_replay *p, int y);                        // a line of the pane, 0 its title
void toc_rows_draw(toc_replay *p, toc_grid *g, toc_rect r);
const toc_replay_row *toc_row_here(const toc_replay *p); // NULL: before the first

// replay.c
void toc_replay_go_row(toc_replay *p, size_t row);
void toc_replay_moved(toc_replay *p); // somebody took the playhead elsewhere
toc_err toc_replay_look_as(toc_replay *p, const char *as, toc_error *e);
void toc_replay_want(toc_replay *p, toc_replay_asks what, const char *text);
void toc_replay_notice(toc_replay *p, toc_style style, const char *format, ...) TOC_PRINTF(3, 4);

// replay_acts.c
void toc_replay_act(toc_replay *p, uint32_t key);

// replay_over.c
void toc_over_open(toc_replay *p, toc_replay_over over);
void toc_over_close(toc_replay *p);
void toc_over_key(toc_replay *p, uint32_t key);
void toc_over_draw(toc_replay *p, toc_grid *g, toc_rect r);

// replay_pane.c: the seat's screen.
void toc_pane_draw(toc_replay *p, toc_grid *g, toc_rect r);
bool toc_pane_key(toc_replay *p, uint32_t key); // false: it has no use for it
void toc_pane_happen(toc_replay *p, const toc_happening *h);
void toc_pane_click(toc_replay *p, int x, int y, int wheel); // in the pane

// replay_draw.c: which pane is where. Empty ones are not shown.
int64_t toc_bar_time(const toc_replay *p, int x); // the play time at a column of the bar
void toc_replay_panes(const toc_replay *p, toc_rect *view, toc_rect *rows);

#endif
