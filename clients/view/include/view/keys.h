// SPDX-License-Identifier: MIT
#ifndef TOC_KEYS_H
#define TOC_KEYS_H

// Keys, and what they mean: one table of bindings, from which come the hints, the `?` overlay and the manual.
// Pure.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

// A key: a Unicode character (Ctrl-A is 1 … Ctrl-Z 26, Enter 13, Tab 9, Esc 27, Backspace 127), or
// one of these.
typedef enum {
    TOC_KEY_UP = 0x110000,
    TOC_KEY_DOWN,
    TOC_KEY_LEFT,
    TOC_KEY_RIGHT,
    TOC_KEY_HOME,
    TOC_KEY_END,
    TOC_KEY_PAGE_UP,
    TOC_KEY_PAGE_DOWN,
    TOC_KEY_DELETE,
    TOC_KEY_INSERT,
    TOC_KEY_BACK_TAB,
    TOC_KEY_F1,
    TOC_KEY_ALT_ENTER,
    TOC_KEY_NONE,
} toc_special_key;
#define TOC_KEY_CTRL(letter) ((uint32_t)(letter)&0x1f)
enum { TOC_KEY_ENTER = 13, TOC_KEY_TAB = 9, TOC_KEY_ESC = 27, TOC_KEY_BACKSPACE = 127 };

void toc_key_name(toc_buf *out, uint32_t key); // "Enter" "Ctrl-X" "PgDn" "Space" "a"
// toc_key_find reads such a name; TOC_KEY_NONE if it is none.
uint32_t toc_key_find(const char *name);
// toc_key_text writes a character's key as UTF-8 and gives its bytes; key is below 0x110000.
size_t toc_key_text(uint32_t key, char out[4]);

// Where a binding holds. A key is looked up from the innermost outwards: form, overlay, screen, everywhere.
typedef enum {
    TOC_IN_ALL = 1 << 0,   // every screen
    TOC_IN_LIST = 1 << 1,  // a screen with rows
    TOC_IN_INBOX = 1 << 2, // and the single screens
    TOC_IN_DECISIONS = 1 << 3,
    TOC_IN_SITUATION = 1 << 4,
    TOC_IN_LOG = 1 << 5,
    TOC_IN_CONTACTS = 1 << 6,
    TOC_IN_MSEL = 1 << 7,
    TOC_IN_SEATS = 1 << 8,
    TOC_IN_EXPECTED = 1 << 9,
    TOC_IN_STORYLINES = 1 << 10,
    TOC_IN_CUES = 1 << 11,
    TOC_IN_HANDOVER = 1 << 12,
    TOC_IN_FORM = 1 << 13,
    TOC_IN_PAGE = 1 << 14, // a text that fills the screen: reading pane, help
    TOC_IN_JUMP = 1 << 15, // a jump that is being prepared, in the place of the list
} toc_place_of_keys;

// What a key asks for. One word, whatever the screen; the screen says what it means there.
typedef enum {
    TOC_DO_NOTHING,
    // moving
    TOC_DO_UP,
    TOC_DO_DOWN,
    TOC_DO_PAGE_UP,
    TOC_DO_PAGE_DOWN,
    TOC_DO_FIRST,
    TOC_DO_LAST,
    TOC_DO_OPEN,
    TOC_DO_BACK,
    TOC_DO_OTHER_PANE,
    TOC_DO_NEXT_UNREAD,
    TOC_DO_TAB_1,
    TOC_DO_TAB_2,
    TOC_DO_TAB_3,
    TOC_DO_TAB_4,
    TOC_DO_TAB_5,
    TOC_DO_TAB_6,
    TOC_DO_TAB_7,
    TOC_DO_TAB_8,
    TOC_DO_TAB_9,
    TOC_DO_TAB_10,
    TOC_DO_TAB_NEXT,
    TOC_DO_TAB_PREVIOUS,
    // finding
    TOC_DO_FILTER,
    TOC_DO_FIND_NEXT,
    TOC_DO_FIND_PREVIOUS,
    TOC_DO_OWN, // the log: only what this team did
    // the terminal
    TOC_DO_HELP,
    TOC_DO_BRIEF,
    TOC_DO_COMMAND,
    TOC_DO_TIMES,
    TOC_DO_REDRAW,
    TOC_DO_SUSPEND,
    TOC_DO_MOUSE,
    TOC_DO_LEAVE,
    TOC_DO_EMERGENCY,
    TOC_DO_SIGN,
    // participants
    TOC_DO_DECIDE,
    TOC_DO_REPLY,
    TOC_DO_WRITE,
    TOC_DO_ASK_RFI,
    TOC_DO_FORWARD,
    TOC_DO_ACK,
    TOC_DO_SAVE,
    TOC_DO_SHOW, // an attachment: save it and open it
    TOC_DO_HAND_IN,
    TOC_DO_THREAD,
    // EXCON
    TOC_DO_PAUSE,
    TOC_DO_SPEED,  // asks which
    TOC_DO_FASTER, // twice
    TOC_DO_SLOWER, // half
    TOC_DO_PACE,
    TOC_DO_FIRE,
    TOC_DO_HOLD, // what is held: release
    TOC_DO_SKIP,
    TOC_DO_MOVE,
    TOC_DO_EDIT,
    TOC_DO_ADHOC,
    TOC_DO_RECALL,
    TOC_DO_JUMP,
    TOC_DO_CHANGE,     // in a jump: the row's next fate
    TOC_DO_LOOK_AGAIN, // in a jump: what it would do by now
    TOC_DO_PHASE,
    TOC_DO_DROP,
    TOC_DO_WAKE,
    TOC_DO_EXTEND,
    TOC_DO_RULE,
    TOC_DO_AWARE,
    TOC_DO_PROMISE,
    TOC_DO_KEPT,
    TOC_DO_HANDOVER,
    TOC_DO_START,
    TOC_DO_END, // after ENDEX: close
    TOC_DO_SET,
    TOC_DO_REPAIR,
    TOC_DO_REFUEL,
    TOC_DO_ALTERNATIVE,
    TOC_DO_BLACK_START,
    TOC_DO_SEAT_OPEN,
    TOC_DO_SEAT_REVOKE,
    TOC_DO_SEAT_REASSIGN,
    // SIMCELL, evaluators
    TOC_DO_CLAIM,
    TOC_DO_UNCLAIM,
    TOC_DO_DELIVER,
    TOC_DO_OBSERVE,
    TOC_DO_MARK,
    TOC_DO_RATE,
    // forms
    TOC_DO_NEXT_FIELD,
    TOC_DO_PREVIOUS_FIELD,
    TOC_DO_SEND,
    TOC_DO_EDITOR,
    TOC_DO_CANCEL,
    TOC_DO_COUNT
} toc_do;

typedef struct {
    uint32_t key,
        other;       // other: a second key for the same, 0: none; only the first is shown in hints
    unsigned places; // toc_place_of_keys
    unsigned roles;  // toc_role, 0: all
    toc_do what;
    const char *word; // of the hint: "open"
    const char *help; // "open the selected row"
    int rank;         // hints: lower comes first; 0: only in the overlay
} toc_binding;

const toc_binding *toc_binding_at(size_t i); // NULL past the last
// toc_keys_mean: what key asks for in a place, for a role; the innermost place wins.
toc_do toc_keys_mean(uint32_t key, unsigned places, unsigned role);
// toc_keys_hints: " Enter open  d decide …", as many as fit, in the order of their ranks.
void toc_keys_hints(toc_buf *out, unsigned places, unsigned role, int columns);

// What a hint says now: another word for what a key does, and whether it stands before all others.
typedef struct {
    toc_do what;
    const char *word; // borrowed
    bool is_first;
} toc_hint;

// toc_keys_hints_now: the same, with the words that hold now; without those whose word is NULL.
void toc_keys_hints_now(toc_buf *out, unsigned places, unsigned role, int columns,
                        const toc_hint *now, size_t count);
// The places with their names, from the innermost to the outermost, for the overlay.
size_t toc_keys_rings(void);
const char *toc_keys_ring(size_t i, unsigned *places);
void toc_binding_text(toc_buf *out, const toc_binding *b); // its keys: "Enter, Right"
// toc_keys_manual: the table as Markdown, for the guides; a test compares them.
void toc_keys_manual(toc_buf *out, unsigned role);

#endif
