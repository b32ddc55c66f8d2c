// SPDX-License-Identifier: MIT
#ifndef TOC_ROOM_TEST_H
#define TOC_ROOM_TEST_H

// An exercise room in memory: the engine's conduct and desk, a view at each seat that somebody sat down at, and time made by
// hand. What a view wishes is done as a terminal would, without a network, so that keys can be pressed and whole screens be
// compared. Whatever goes wrong in here fails the test.
//
// Scripts (tests/screen/*.keys), one line one thing, `#` begins a comment:
//   scenario first-light          a folder below scenarios/, or a path in the repository; the first line
//   control excon-1 simcell-1     the seats beside those of the teams
//   recall 0                      ms that what is written by hand waits; 5000 if it is not said
//   sit excon-1                   somebody sits down there; from now on the lines are this seat's (also: a second time)
//   at watch-1                   the lines that follow are that seat's
//   size 110 30                   of its screen; 80 24 at first
//   ascii                         of the seats that sit down from here on
//   keys d 1 Tab Enter            by their names
//   type The wind turns.          as it stands
//   paste ESC[31m                 all at once; ESC and \xHH stand for bytes
//   pass 5s                       time on the wall: ms, s, m
//   cut, mend                     the link of that seat
//   editor First line\nSecond     what $EDITOR gives back from now on
//   file report.txt Text\nMore    a file that can be read
//   see Close the fairway         the screen holds these words; `unseen` the contrary
//   rang 1                        bells since it was asked last
//   title (!1)                    the window's title holds this
//   screen decided                compare with fixtures/screens/SCRIPT/decided.txt; `screen decided plain` without roles
//   journal decide option=isolate by=watch-1   the journal holds such a line

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "conduct_fixture.h"
#include "view/view.h"

typedef struct room room;

room *room_open(const char *scenario, const char *const *control, size_t control_count);
void room_close(room *r);
void room_sit(room *r, const char *seat, bool is_ascii, int64_t recall_ms);
void room_size(room *r, const char *seat, int w, int h);
void room_key(room *r, const char *seat, uint32_t key);
void room_type(room *r, const char *seat, const char *text);
void room_paste(room *r, const char *seat, const char *text);
void room_pass(room *r, int64_t ms);
void room_link(room *r, const char *seat, bool is_up);
void room_screen(room *r, const char *seat, toc_buf *out, bool with_styles);
toc_view *room_view(room *r, const char *seat);
// Sends an input as if a terminal at that seat had; gives the desk's reply (borrowed until the next).
const char *room_say(room *r, const char *seat, const char *line);

int room_bells(room *r, const char *seat);         // since it was asked last
const char *room_title(room *r, const char *seat); // of the window
void room_edited(room *r, const char *text);       // what $EDITOR gives back from now on
void room_file(room *r, const char *name, const char *text);
const conduct_fixture *room_fixture(const room *r);

// room_run plays a script from its first line to its last. A failure names the line and shows the screen.
void room_run(const char *path);

#endif
