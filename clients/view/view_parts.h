// SPDX-License-Identifier: MIT
#ifndef TOC_VIEW_PARTS_H
#define TOC_VIEW_PARTS_H

// What the parts of the view itself share; screens need none of it.

#include "view_inside.h"

// view.c: what was said goes when the state of play changes; a refusal stays, and what was said just now.
void toc_view_drop_notice(toc_view *v);

// hear.c: what the engine says.
void toc_view_hear_event(toc_view *v, int64_t n, const toc_event *ev, toc_wishes *out);
void toc_view_hear_clock(toc_view *v, const toc_clock *clock);
void toc_view_hear_status(toc_view *v, const toc_happening *h, toc_wishes *out);
void toc_view_hear_link(toc_view *v, const toc_happening *h, toc_wishes *out);
void toc_view_sit_down(toc_view *v, toc_wishes *out); // the past becomes the present
// toc_view_ask: the status and the seats, where it is time to.
void toc_view_ask(toc_view *v, toc_wishes *out);

// outbox.c: what is sent, and what comes back.
toc_wish *toc_wish_add(toc_wishes *out, toc_wish_kind kind, const char *text);
void toc_view_answer(toc_view *v, const toc_happening *h, toc_wishes *out);
void toc_view_show_text(toc_view *v, const toc_happening *h); // SHOWN: a page over the screen
void toc_outgoing_text(toc_buf *out, const toc_outgoing *o); // "adhoc to wind"
void toc_view_tick_outbox(toc_view *v, toc_wishes *out);     // what is due leaves
void toc_view_recall(toc_view *v);
void toc_view_empty_outbox(toc_view *v, bool is_sent, toc_wishes *out);
size_t toc_view_acts_out(const toc_view *v); // acts without an answer yet
void toc_view_outbox_fini(toc_view *v);

// kept.c: forms that were sent, until their answer is there. A refusal brings them back.
bool toc_view_keep_form(toc_view *v, toc_form *f, bool is_sent); // false: nothing asks for it
void toc_view_return_form(toc_view *v, toc_form *f, const char *why); // takes it; NULL: nothing
void toc_view_open_returned(toc_view *v); // as soon as nobody types elsewhere
void toc_view_kept_fini(toc_view *v);

// alarm.c: what is real.
bool toc_view_is_emergency(const toc_view *v);
void toc_view_hear_alarm(toc_view *v, const toc_happening *h, toc_wishes *out);
void toc_view_ring(toc_view *v, toc_wishes *out, bool is_real); // the bell
void toc_view_call_help(toc_view *v);
void toc_view_watch_help(toc_view *v); // a call has just been sent: its answer is waited for
void toc_view_tick_help(toc_view *v);
// toc_view_alarm_text: the loud words for the top (0) or the bottom (1) of the screen; NULL: all is
// well. Appended to out.
bool toc_view_alarm_text(const toc_view *v, toc_buf *out, bool is_bottom);

// seat.c: who sits here, and leaving.
void toc_view_ask_name(toc_view *v);
void toc_view_sign(toc_view *v);
void toc_view_leave(toc_view *v, toc_wishes *out);
void toc_view_tick_leave(toc_view *v, toc_wishes *out);

// prompt.c: the line at the bottom.
void toc_view_open_prompt(toc_view *v, toc_prompt_kind kind);
void toc_view_prompt_key(toc_view *v, uint32_t key, toc_wishes *out);
void toc_view_prompt_paste(toc_view *v, const char *text); // what has room; an end of a line is a space
void toc_view_command(toc_view *v, const char *line, toc_wishes *out);
// commands.c: the words of the terminal itself; NULL past the last.
const char *toc_view_command_word(size_t i);
void toc_view_typed(toc_view *v, const char *line, toc_wishes *out); // typed.c: an act
void toc_view_typed_fini(toc_view *v);
void toc_view_complete(toc_view *v);
void toc_view_prompt_fini(toc_view *v);

// rooms.c: tabs, rows, panes.
void toc_view_furnish(toc_view *v); // the rooms of the role
void toc_view_rooms_fini(toc_view *v);
unsigned toc_view_places(const toc_view *v); // where keys hold now
bool toc_view_go(toc_view *v, size_t room);  // false: there is none
bool toc_view_go_screen(toc_view *v, const toc_screen *screen);
void toc_view_click(toc_view *v, const toc_happening *h, toc_wishes *out);
toc_page *toc_view_page(toc_view *v); // the text that is read now; or NULL
bool toc_view_room_do(toc_view *v, toc_do what, toc_wishes *out); // what no screen took

// help.c
void toc_view_help(toc_view *v);
void toc_view_brief(toc_view *v); // what the scenario says before play

// screen_log.c: the event becomes lines of the log.
void toc_view_log(toc_view *v, int64_t n, const toc_event *ev, bool is_history);
void toc_view_log_fini(toc_view *v);
// toc_view_next_line takes the next of lines made for the plain terminal, without the marks they
// have there: false at the end. line->text is the caller's.
bool toc_view_next_line(const char **at, toc_log_line *line);

// attention.c: the one line that says what is next and what waits.
void toc_view_hints(toc_view *v, toc_buf *out, int columns); // the line of keys
void toc_view_attention(const toc_view *v, toc_buf *out, toc_style *style);
void toc_view_urgent(const toc_view *v,
                     toc_buf *out); // the newest urgent item not yet read; nothing if there is none

#endif
