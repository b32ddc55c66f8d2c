// SPDX-License-Identifier: MIT
#ifndef TOC_VIEW_INSIDE_H
#define TOC_VIEW_INSIDE_H

// The view's inside: view.c (what happens, in what order), frame.c (what stands around a screen),
// outbox.c (what was sent and may be recalled), and the screens, one file each (screen_*.c). A
// screen is a tab: rows, and a pane that reads the selected one.

#include "view/form.h"
#include "view/lines.h"
#include "view/list.h"
#include "view/msel.h"
#include "view/page.h"
#include "view/view.h"
#include "walls.h"

typedef struct {
    const char *name; // of the tab: "Inbox"
    unsigned places;  // toc_place_of_keys of its own (TOC_IN_LIST, TOC_IN_INBOX …)
    void (*badge)(toc_view *v, toc_buf *out); // " U1 N3"; NULL: none
    void (*draw)(toc_view *v, toc_grid *g, toc_rect r);
    bool (*act)(toc_view *v, toc_do what, toc_wishes *out); // false: it means nothing here
    void (*learn)(toc_view *v, int64_t n,
                  const toc_event *ev); // after the picture has seen it; may be NULL
    // Sets what the selected row is (item, inject, decision, expectation, objective, team), for an
    // observation about it; may be NULL.
    void (*about)(toc_view *v, toc_event *observe);
    // What a hint says a key does now, if that is another word than the table has: "release
    // INJ-04", put in word; NULL: the table's. May be NULL.
    const char *(*reword)(toc_view *v, toc_do what, toc_buf *word);
    bool (*is_empty)(toc_view *v); // no row is there that a key could be about; NULL: one always is
} toc_screen;

extern const toc_screen toc_screen_inbox, toc_screen_decisions, toc_screen_situation,
    toc_screen_log, toc_screen_contacts, toc_screen_msel, toc_screen_seats, toc_screen_expected,
    toc_screen_storylines, toc_screen_cues, toc_screen_handover;

// What a screen keeps between two keys.
typedef struct {
    const toc_screen *screen;
    toc_list list;
    toc_page page;   // of the selected row
    char *shown;     // the key of the row that the page shows
    bool is_reading; // the keys go to the page
    bool has_moved;  // somebody chose a row: what comes does not choose another
    toc_page log;    // toc_screen_log: all of it
} toc_room;

enum { TOC_ROOMS = 10 };

// Something that was asked of the outside and not answered yet.
typedef struct {
    int64_t number;
    toc_wish_kind kind;
    char *said; // what the notice says when it was done: "D-03 recorded: 1 close now"
    void (*answered)(toc_view *v, const toc_happening *h, toc_wishes *out); // or NULL
    toc_form *form; // that asked for it, owned: it comes back if it is refused; or NULL
} toc_wanted;

// What waits to be sent, and can be recalled until then.
typedef struct {
    toc_event event;
    char *said;
    int64_t due;    // mono
    toc_form *form; // that asked for it, owned: it comes back if it is recalled; or NULL
} toc_outgoing;

// One line of the log, as it was written when it happened.
typedef struct {
    char *text; // owned
    toc_style style;
    bool is_foreign;
    bool is_own;     // this team, or control, did it
    bool is_routine; // what goes on by itself: no news beside the list
} toc_log_line;

typedef struct {
    toc_log_line *lines;
    size_t count, capacity;
    size_t shown; // of them, the page has this many
    bool is_own_only;
} toc_log;

typedef enum {
    TOC_PROMPT_NONE,
    TOC_PROMPT_COMMAND,
    TOC_PROMPT_FILTER,
    TOC_PROMPT_SEEK
} toc_prompt_kind;

typedef enum { TOC_TIMES_PLAY, TOC_TIMES_STORY, TOC_TIMES_WALL, TOC_TIMES_AGO } toc_times;

struct toc_view {
    toc_picture picture;
    toc_lines lines; // the timeline of the story, the clock, and the words of the log
    toc_msel msel;   // control: the newest that came whole
    toc_msel coming; // and the one that is coming
    toc_role role;
    char *seat, *team, *title, *marking; // owned
    bool is_ascii, is_confined, is_recording;
    int64_t recall_ms;

    toc_room rooms[TOC_ROOMS];
    size_t room_count, room; // the one that is open
    toc_form *form;          // over everything; or NULL
    toc_wishes *wishes;      // while an update runs
    toc_page *overlay;       // help and the like, over the screen; or NULL
    char *overlay_title;

    toc_editor prompt; // the line at the bottom: command, filter, search
    toc_prompt_kind prompt_kind;

    char *notice; // the newest answer to what was done
    toc_style notice_style;
    int64_t notice_at;

    toc_view_link link;
    char *link_why;
    int64_t lost_at;
    int64_t mono, clock_at; // mono of the newest clock
    char wall[16];
    toc_times times;
    int w, h;

    int64_t number; // of the newest wish
    toc_wanted *wanted;
    size_t wanted_count, wanted_capacity;
    toc_outgoing *outgoing;
    size_t outgoing_count, outgoing_capacity;
    int64_t status_due; // mono at which the status is to be asked; -1: it is not needed
    int64_t status_at;  // of the newest
    bool is_status_out;
    int64_t status_number;       // of the wish
    bool is_live;                // the past is there
    struct toc_deeds *deeds;     // what was done to the rows of the list, who read them; deeds.c's
    struct toc_jump *jump;       // that is being prepared; jump.c's
    struct toc_answers *answers; // what became of decisions and products; answers.c's

    // What happened before the first answer of the desk: names are known only then. past_from: the
    // number of the first.
    toc_events past;
    int64_t past_from;
    int64_t live_at; // mono of LIVE; -1: not yet

    // A real emergency: as an alarm, which may come before its event; and our own call, until it is answered.
    bool has_alarm, is_help_lost;
    char *alarm_by, *alarm_text;
    int64_t alarm_at;
    int64_t help_number, help_at; // 0: none is out
    toc_form *below;              // the form over which the emergency's stands
    toc_form *answering;          // the form whose key is being handled
    toc_form *returning;          // forms that were refused and open as soon as nothing else is

    char *stopped_by, *stopped_why, *stopped_at; // the newest pause; at: as people read it here
    toc_walls walls;
    toc_log log_lines;

    char **history; // of the command line
    size_t history_count, history_capacity, history_at;

    toc_act typed; // an act that waits for a file or a text
    bool has_typed;

    bool is_bad_kept;   // a refusal stands until a key
    char *notice_after; // what is said when the key has come; or NULL
    toc_style notice_after_style;

    char *window;                      // its title
    bool has_rung, is_news, has_mouse; // has_rung: once; is_news: the title may have changed
    int64_t rung_at;                   // mono
    bool is_leaving;                   // as soon as what was sent is answered
    int64_t seats_due;                 // mono; -1: not asked for at this seat
    bool has_asked_name;
    // Where things stood when they were last drawn, for the mouse.
    toc_rect rows_at;
    size_t rows_top;
    char **rows_keys;
    size_t rows_count, rows_capacity;
    int tabs_y, tabs_x[TOC_ROOMS + 1];
};

// ---- what screens call (view.c, frame.c, outbox.c) --------------------------------------------------------

toc_room *toc_view_room(toc_view *v, const toc_screen *screen); // NULL: not at this seat
// toc_view_act sends an input. said: the notice when it was taken ("INJ-04 sent"); a refusal is a
// notice of its own. by_hand: it waits in the outbox first, and can be recalled.
void toc_view_act(toc_view *v, toc_wishes *out, const toc_event *input, bool by_hand,
                  const char *said, ...) TOC_PRINTF(5, 6);
// toc_view_want asks something else of the outside and gives its number; answered may be NULL.
int64_t toc_view_want(toc_view *v, toc_wishes *out, toc_wish_kind kind, const char *text,
                      const char *detail,
                      void (*answered)(toc_view *v, const toc_happening *h, toc_wishes *out));
void toc_view_refresh(toc_view *v); // the status is wanted soon
void toc_view_open_form(toc_view *v,
                        toc_form *f); // takes it; done gets the view as owner, and v->wishes
void toc_view_overlay(toc_view *v, const char *title); // opens an empty one: v->overlay
void toc_view_notice(toc_view *v, toc_style style, const char *format, ...) TOC_PRINTF(3, 4);
toc_wishes *
toc_view_wishes(toc_view *v);            // of the update that runs: where a form's `done` puts them
int64_t toc_view_now(const toc_view *v); // play ms
// toc_view_time appends the time t (play ms) of an event as the seat wants times: "T+1:31" "03:05Z"
// "14:31" "5m ago".
void toc_view_time(const toc_view *v, toc_buf *out, int64_t t);
// toc_view_left: "06:10 left", "1h05m left", "late by 04:00"
void toc_view_left(const toc_view *v, toc_buf *out, int64_t deadline);
// The name of a team, party or seat, as far as this seat knows one; else the id.
const char *toc_view_name(const toc_view *v, const char *id);
// toc_view_named: the name and, if that is another word, the id: "Wind fleet (wind)". Appended, visible.
void toc_view_named(const toc_view *v, toc_buf *out, const char *id);
bool toc_view_may(const toc_view *v, toc_kind kind); // may this role send it?
// toc_view_unanswered: "question of watch to radio, 1m (and 2 more): 2 Inbox". Appended; with
// foreign words in it.
void toc_view_unanswered(const toc_view *v, toc_buf *out, const toc_item *item, size_t more);

// toc_view_say_brief puts what the scenario says to everybody and to this team on a page; nothing
// if that is nothing.
void toc_view_say_brief(const toc_view *v, toc_page *page);

// toc_view_split divides a screen into its rows and what reads the selected one: side by side where
// it is wide, else one below the other, and rows alone where it is low. page.h is 0 then.
void toc_view_split(toc_rect r, size_t rows, toc_rect *list, toc_rect *page);
// toc_view_rows draws rows with the selected one marked and the cursor on it. draw_row fills one line.
void toc_view_rows(toc_view *v, toc_grid *g, toc_rect r, toc_room *room, const char *const *keys,
                   size_t count,
                   void (*draw_row)(toc_view *v, toc_grid *g, toc_rect line, size_t i,
                                    void *context),
                   void *context);

// toc_view_drop_answers frees what screen_decisions keeps: toc_view_free calls it.
void toc_view_drop_answers(toc_view *v);

// toc_view_drop_plans frees what the screens of EXCON keep (deeds, jump): toc_view_free calls it.
void toc_view_drop_plans(toc_view *v);

// ---- acts that are the same on every screen; false: not theirs, or not for this role -------------------------

bool toc_acts_conduct(toc_view *v, toc_do what,
                      toc_wishes *out); // EXCON: start, pause, speed, jump, phase, adhoc …
bool toc_acts_note(toc_view *v, toc_do what,
                   toc_wishes *out); // observe, rate, mark, aware, promise
bool toc_acts_write(toc_view *v, toc_do what,
                    toc_wishes *out); // write, ask for information, hand in

#endif
