// SPDX-License-Identifier: MIT
// The one table of keys. What the hints, the overlay and the manual say comes from here, and so does what a key
// does: none of them can be wrong about the others.
#include "view/keys.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "record/verb.h"

#define PLAYERS   TOC_ROLE_PARTICIPANT
#define EXCON     TOC_ROLE_EXCON
#define SIMCELL   TOC_ROLE_SIMCELL
#define EVALUATOR TOC_ROLE_EVALUATOR
#define CONTROL   (EXCON | SIMCELL)
#define SPEAKERS  (PLAYERS | CONTROL)
#define JUDGES    (EXCON | EVALUATOR)
#define READERS   (CONTROL | EVALUATOR)
#define MOVING    (TOC_IN_LIST | TOC_IN_PAGE | TOC_IN_JUMP)

enum { HELP_COLUMNS = 8 }; // of " ? help "

// clang-format off
static const toc_binding bindings[] = {
    // forms
    {TOC_KEY_TAB, TOC_KEY_DOWN, TOC_IN_FORM, 0, TOC_DO_NEXT_FIELD, "next", "go to the next field", 0},
    {TOC_KEY_BACK_TAB, TOC_KEY_UP, TOC_IN_FORM, 0, TOC_DO_PREVIOUS_FIELD, "previous", "go to the field before", 0},
    {TOC_KEY_CTRL('S'), 0, TOC_IN_FORM, 0, TOC_DO_SEND, "send", "send what is filled in", 0},
    {TOC_KEY_CTRL('E'), 0, TOC_IN_FORM, 0, TOC_DO_EDITOR, "editor", "write a long text in your own editor ($EDITOR)", 0},
    {TOC_KEY_ESC, 0, TOC_IN_FORM, 0, TOC_DO_CANCEL, "cancel", "leave the form; what was typed is dropped at the second Esc", 0},

    // moving
    {TOC_KEY_UP, TOC_KEY_CTRL('P'), MOVING, 0, TOC_DO_UP, "up", "a line up", 0},
    {TOC_KEY_DOWN, TOC_KEY_CTRL('N'), MOVING, 0, TOC_DO_DOWN, "down", "a line down", 0},
    {TOC_KEY_PAGE_UP, TOC_KEY_CTRL('B'), MOVING, 0, TOC_DO_PAGE_UP, "page up", "a page up", 0},
    {TOC_KEY_PAGE_DOWN, TOC_KEY_CTRL('F'), MOVING, 0, TOC_DO_PAGE_DOWN, "page down", "a page down", 0},
    {TOC_KEY_HOME, '<', MOVING, 0, TOC_DO_FIRST, "first", "go to the beginning", 0},
    {TOC_KEY_END, '>', MOVING, 0, TOC_DO_LAST, "last", "go to the end", 0},
    {TOC_KEY_ENTER, TOC_KEY_RIGHT, TOC_IN_LIST, 0, TOC_DO_OPEN, "open", "open the selected row and read it", 1},
    {TOC_KEY_ESC, TOC_KEY_LEFT, TOC_IN_ALL, 0, TOC_DO_BACK, "back", "go back: to the rows, to all rows, from help", 0},
    {TOC_KEY_TAB, TOC_KEY_BACK_TAB, TOC_IN_LIST, 0, TOC_DO_OTHER_PANE, "pane", "go to the other pane", 60},
    {'*', 0, TOC_IN_INBOX, 0, TOC_DO_NEXT_UNREAD, "unread", "go to the next unread item", 12},
    {'*', 0, TOC_IN_ALL, PLAYERS, TOC_DO_NEXT_UNREAD, "unread", "go to the next unread item, from any screen", 0},
    {'1', 0, TOC_IN_ALL, 0, TOC_DO_TAB_1, "tab", "the first tab; 2 … 9 and 0 are the others", 0},
    {'2', 0, TOC_IN_ALL, 0, TOC_DO_TAB_2, "tab", "", 0},
    {'3', 0, TOC_IN_ALL, 0, TOC_DO_TAB_3, "tab", "", 0},
    {'4', 0, TOC_IN_ALL, 0, TOC_DO_TAB_4, "tab", "", 0},
    {'5', 0, TOC_IN_ALL, 0, TOC_DO_TAB_5, "tab", "", 0},
    {'6', 0, TOC_IN_ALL, 0, TOC_DO_TAB_6, "tab", "", 0},
    {'7', 0, TOC_IN_ALL, 0, TOC_DO_TAB_7, "tab", "", 0},
    {'8', 0, TOC_IN_ALL, 0, TOC_DO_TAB_8, "tab", "", 0},
    {'9', 0, TOC_IN_ALL, 0, TOC_DO_TAB_9, "tab", "", 0},
    {'0', 0, TOC_IN_ALL, 0, TOC_DO_TAB_10, "tab", "", 0},
    {']', 0, TOC_IN_ALL, 0, TOC_DO_TAB_NEXT, "next tab", "the next tab", 0},
    {'[', 0, TOC_IN_ALL, 0, TOC_DO_TAB_PREVIOUS, "tab before", "the tab before", 0},

    // finding
    {'/', 0, TOC_IN_LIST, 0, TOC_DO_FILTER, "filter", "show only rows that hold words; !word: that do not; to:word looks in one field", 50},
    {'/', 0, TOC_IN_PAGE, 0, TOC_DO_FILTER, "search", "look for a word in the text", 50},
    {'n', 0, TOC_IN_PAGE, 0, TOC_DO_FIND_NEXT, "next", "go to the next find", 51},
    {'N', 0, TOC_IN_PAGE, 0, TOC_DO_FIND_PREVIOUS, "previous", "go to the find before", 0},
    {'F', 0, TOC_IN_LOG, 0, TOC_DO_OWN, "own", "show only what your own team, or control, did; again: all", 2},

    // what is written and answered
    {'d', 0, TOC_IN_INBOX | TOC_IN_DECISIONS, PLAYERS, TOC_DO_DECIDE, "decide", "answer the decision, with a reason", 2},
    {'d', 0, TOC_IN_INBOX | TOC_IN_DECISIONS | TOC_IN_SEATS, EXCON, TOC_DO_DECIDE, "decide", "answer the decision: EXCON's own, or for a team, with the reason", 21},
    {'r', 0, TOC_IN_INBOX, SPEAKERS, TOC_DO_REPLY, "reply", "answer the item", 3},
    {'r', 0, TOC_IN_HANDOVER, CONTROL, TOC_DO_REPLY, "reply", "answer the item", 3},
    {'f', 0, TOC_IN_INBOX, SPEAKERS, TOC_DO_FORWARD, "forward", "pass the item on, whole", 6},
    {'k', 0, TOC_IN_INBOX, PLAYERS, TOC_DO_ACK, "acknowledge", "acknowledge the item", 7},
    {'s', 0, TOC_IN_INBOX, 0, TOC_DO_SAVE, "save", "save the item's attachments", 40},
    {'o', 'O', TOC_IN_INBOX, PLAYERS, TOC_DO_SHOW, "open file", "save an attachment and open it", 41},
    {'O', 0, TOC_IN_INBOX, READERS, TOC_DO_SHOW, "open file", "save an attachment and open it", 0},
    {'T', 0, TOC_IN_INBOX, 0, TOC_DO_THREAD, "thread", "show what belongs together, oldest first", 42},
    {'c', 0, TOC_IN_INBOX | TOC_IN_CUES | TOC_IN_HANDOVER, CONTROL, TOC_DO_CLAIM, "claim", "take it on: others see that it is with you", 4},
    {'C', 0, TOC_IN_INBOX | TOC_IN_CUES | TOC_IN_HANDOVER, CONTROL, TOC_DO_UNCLAIM, "unclaim", "give it back", 0},
    {'d', 0, TOC_IN_CUES, CONTROL, TOC_DO_DELIVER, "delivered", "you have said it: it counts as sent now", 2},
    {'w', 0, TOC_IN_ALL, SPEAKERS, TOC_DO_WRITE, "write", "write to teams and organisations", 10},
    {'a', 0, TOC_IN_ALL, SPEAKERS, TOC_DO_ASK_RFI, "ask", "ask for information; it stays open until it is answered", 11},
    {'h', 0, TOC_IN_ALL, PLAYERS, TOC_DO_HAND_IN, "hand in", "hand in what your team is to deliver", 13},

    // EXCON: the list
    {'f', 0, TOC_IN_MSEL, EXCON, TOC_DO_FIRE, "fire", "send it now", 2},
    {'s', 0, TOC_IN_MSEL | TOC_IN_EXPECTED, EXCON, TOC_DO_SKIP, "skip", "never send it, with the reason", 3},
    {'h', 0, TOC_IN_MSEL | TOC_IN_EXPECTED, EXCON, TOC_DO_HOLD, "hold", "keep it back; what is held: let it go", 4},
    {'m', 0, TOC_IN_MSEL, EXCON, TOC_DO_MOVE, "move", "send it at another time, with or without what follows", 5},
    {'e', 0, TOC_IN_MSEL, EXCON, TOC_DO_EDIT, "edit", "change its title or text before it is sent", 6},
    {'n', 0, TOC_IN_LIST, EXCON, TOC_DO_ADHOC, "new", "write an inject that is not in the list", 8},
    {'D', 0, TOC_IN_STORYLINES, EXCON, TOC_DO_DROP, "drop", "drop the storyline, with the reason: it sends nothing more", 2},
    {'W', 0, TOC_IN_STORYLINES, EXCON, TOC_DO_WAKE, "wake", "end the storyline's present wait", 3},
    {'D', 0, TOC_IN_MSEL, EXCON, TOC_DO_DROP, "drop", "drop the storyline that sends the row, with the reason", 22},
    {'W', 0, TOC_IN_MSEL, EXCON, TOC_DO_WAKE, "wake", "end the present wait of the storyline that sends the row", 23},
    {'g', 0, TOC_IN_DECISIONS | TOC_IN_MSEL | TOC_IN_HANDOVER, EXCON, TOC_DO_RULE, "rule", "judge a team's own answer", 14},
    {'x', 0, TOC_IN_DECISIONS | TOC_IN_MSEL | TOC_IN_HANDOVER, EXCON, TOC_DO_EXTEND, "extend", "give more time for the decision", 15},

    // EXCON: a jump that is being prepared
    {' ', 0, TOC_IN_JUMP, EXCON, TOC_DO_CHANGE, "change", "what becomes of the row: sent, held or skipped; a decision lapses or keeps its time", 1},
    {TOC_KEY_ENTER, 0, TOC_IN_JUMP, EXCON, TOC_DO_OPEN, "jump", "jump, as it is shown; it is asked once more", 2},
    {TOC_KEY_ESC, 0, TOC_IN_JUMP, EXCON, TOC_DO_BACK, "leave it", "no jump: back to the list, nothing is changed", 3},
    {'j', 0, TOC_IN_JUMP, EXCON, TOC_DO_JUMP, "another time", "jump to another time", 4},
    {'f', 0, TOC_IN_JUMP, EXCON, TOC_DO_FIRE, "send", "the row is sent, at its own time", 5},
    {'h', 0, TOC_IN_JUMP, EXCON, TOC_DO_HOLD, "hold", "the row is kept back", 6},
    {'s', 0, TOC_IN_JUMP, EXCON, TOC_DO_SKIP, "skip", "the row is never sent", 7},
    {'p', 0, TOC_IN_JUMP, EXCON, TOC_DO_LOOK_AGAIN, "look again", "ask what the jump would do by now: play goes on meanwhile", 8},

    // EXCON: play
    {' ', 0, TOC_IN_ALL, EXCON, TOC_DO_PAUSE, "pause", "PAUSEX; again: play on, also after an emergency", 9},
    {'u', 0, TOC_IN_ALL, CONTROL, TOC_DO_RECALL, "recall", "take back what is about to leave", 16},
    {'+', 0, TOC_IN_ALL, EXCON, TOC_DO_FASTER, "faster", "play twice as fast", 0},
    {'-', 0, TOC_IN_ALL, EXCON, TOC_DO_SLOWER, "slower", "play half as fast", 0},
    {'=', 0, TOC_IN_ALL, EXCON, TOC_DO_SPEED, "speed", "set the speed", 0},
    {'%', 0, TOC_IN_ALL, EXCON, TOC_DO_PACE, "pace", "set how fast the story runs in play", 0},
    {'j', 0, TOC_IN_ALL, EXCON, TOC_DO_JUMP, "jump", "move play on; a preview says what that would do", 17},
    {'p', 0, TOC_IN_ALL, EXCON, TOC_DO_PHASE, "phase", "enter a part of the exercise", 18},
    {'b', 0, TOC_IN_ALL, EXCON, TOC_DO_START, "begin", "STARTEX", 0},
    {'E', 0, TOC_IN_ALL, EXCON, TOC_DO_END, "end", "ENDEX; after it: close, which seals the record", 0},

    // EXCON: the world
    {'s', 0, TOC_IN_SITUATION, EXCON, TOC_DO_SET, "set", "set the service's own level", 2},
    {'r', 0, TOC_IN_SITUATION, EXCON, TOC_DO_REPAIR, "repair", "begin its repair", 3},
    {'f', 0, TOC_IN_SITUATION, EXCON, TOC_DO_REFUEL, "refuel", "fill its reserve", 4},
    {'v', 0, TOC_IN_SITUATION, EXCON, TOC_DO_ALTERNATIVE, "alternative", "open its alternative", 5},
    {'B', 0, TOC_IN_SITUATION, EXCON, TOC_DO_BLACK_START, "black start", "start it without what it needs", 6},

    // EXCON: seats
    {'i', 0, TOC_IN_SEATS, EXCON, TOC_DO_SEAT_OPEN, "ticket", "issue a ticket for a seat", 2},
    {'x', 0, TOC_IN_SEATS, EXCON, TOC_DO_SEAT_REVOKE, "revoke", "end a seat's ticket", 3},
    {'m', 0, TOC_IN_SEATS, EXCON, TOC_DO_SEAT_REASSIGN, "reassign", "give the person at the seat a place in another team", 4},

    // those who conduct and judge
    {'o', 0, TOC_IN_ALL, JUDGES, TOC_DO_OBSERVE, "observe", "note what you see, tied to the selected row", 7},
    {'m', 0, TOC_IN_EXPECTED, JUDGES, TOC_DO_MARK, "mark", "say what came of the expected action", 2},
    {'R', 0, TOC_IN_ALL, JUDGES, TOC_DO_RATE, "rate", "rate an objective: P S M U", 19},
    {'A', 0, TOC_IN_ALL, READERS, TOC_DO_AWARE, "aware", "a team knows of an inject without having read it", 24},
    {'P', 0, TOC_IN_ALL, CONTROL, TOC_DO_PROMISE, "promise", "write down what was promised to a team", 25},
    {'k', 0, TOC_IN_HANDOVER, CONTROL, TOC_DO_KEPT, "kept", "the promise was kept", 5},
    {'H', 0, TOC_IN_ALL, CONTROL, TOC_DO_HANDOVER, "hand over", "the sheet for whoever takes over", 26},

    // the terminal
    {'?', TOC_KEY_F1, TOC_IN_ALL, 0, TOC_DO_HELP, "help", "this list", 70},
    {'b', 0, TOC_IN_ALL, PLAYERS | SIMCELL | EVALUATOR | TOC_ROLE_BOARD, TOC_DO_BRIEF, "brief", "what you were told before play", 75},
    {':', 0, TOC_IN_ALL, 0, TOC_DO_COMMAND, "command", "type an act in words; Tab completes", 72},
    {'t', 0, TOC_IN_ALL, 0, TOC_DO_TIMES, "times", "times: of play, of the story, of the wall, or how long ago", 73},
    {'S', 0, TOC_IN_ALL, SPEAKERS | EVALUATOR, TOC_DO_SIGN, "sign in", "sign in with your name, or out", 74},
    {'M', 0, TOC_IN_ALL, 0, TOC_DO_MOUSE, "mouse", "mouse on or off; with Shift the terminal selects text itself", 0},
    {TOC_KEY_CTRL('L'), 0, TOC_IN_ALL, 0, TOC_DO_REDRAW, "redraw", "draw the screen anew", 0},
    {TOC_KEY_CTRL('Z'), 0, TOC_IN_ALL, 0, TOC_DO_SUSPEND, "suspend", "back to the shell; `fg` returns", 0},
    {'q', 0, TOC_IN_ALL, 0, TOC_DO_LEAVE, "leave", "leave; the seat stays yours", 71},
    {TOC_KEY_CTRL('X'), 0, TOC_IN_ALL | TOC_IN_FORM, 0, TOC_DO_EMERGENCY, "REAL EMERGENCY", "call a real emergency: play stops for everybody", 90},
};

static const struct {
    uint32_t key;
    const char *name;
} names[] = {
    {TOC_KEY_UP, "Up"}, {TOC_KEY_DOWN, "Down"}, {TOC_KEY_LEFT, "Left"}, {TOC_KEY_RIGHT, "Right"},
    {TOC_KEY_HOME, "Home"}, {TOC_KEY_END, "End"}, {TOC_KEY_PAGE_UP, "PgUp"}, {TOC_KEY_PAGE_DOWN, "PgDn"},
    {TOC_KEY_DELETE, "Delete"}, {TOC_KEY_INSERT, "Insert"}, {TOC_KEY_BACK_TAB, "Shift-Tab"}, {TOC_KEY_F1, "F1"},
    {TOC_KEY_ALT_ENTER, "Alt-Enter"}, {TOC_KEY_ENTER, "Enter"}, {TOC_KEY_TAB, "Tab"}, {TOC_KEY_ESC, "Esc"},
    {TOC_KEY_BACKSPACE, "Backspace"}, {' ', "Space"},
};

// Where keys hold, from the innermost to the outermost, and how the places are called.
static const struct {
    unsigned places;
    const char *title;
} rings[] = {
    {TOC_IN_FORM, "In a form"},
    {TOC_IN_PAGE, "While reading"},
    {TOC_IN_INBOX, "Inbox"},
    {TOC_IN_DECISIONS, "Decisions"},
    {TOC_IN_SITUATION, "Situation"},
    {TOC_IN_LOG, "Log"},
    {TOC_IN_CONTACTS, "Contacts"},
    {TOC_IN_JUMP, "In a jump"},
    {TOC_IN_MSEL, "MSEL"},
    {TOC_IN_SEATS, "Seats"},
    {TOC_IN_EXPECTED, "Expected actions"},
    {TOC_IN_STORYLINES, "Storylines"},
    {TOC_IN_CUES, "Cues"},
    {TOC_IN_HANDOVER, "Hand-over"},
    {TOC_IN_LIST, "In lists"},
    {TOC_IN_ALL, "Everywhere"},
};
// clang-format on

static bool holds(const toc_binding *b, unsigned places, unsigned role);
static void put_hint(toc_buf *out, const toc_binding *b, const char *word, int *left);
static const toc_binding *binding_of(toc_do what, unsigned places, unsigned role);
static const toc_hint *find_hint(toc_do what, const toc_hint *now, size_t count);
static void add_keys(toc_buf *out, const toc_binding *b);
static const toc_binding *next_hint(int rank, unsigned places, unsigned role);

const toc_binding *toc_binding_at(size_t i)
{
    return i < TOC_COUNT(bindings) ? &bindings[i] : NULL;
}

toc_do toc_keys_mean(uint32_t key, unsigned places, unsigned role)
{
    for (size_t ring = 0; ring < TOC_COUNT(rings); ring++)
        for (size_t i = 0; i < TOC_COUNT(bindings); i++) {
            const toc_binding *b = &bindings[i];
            if (holds(b, places & rings[ring].places, role) &&
                (b->key == key || (b->other && b->other == key)))
                return b->what;
        }
    return TOC_DO_NOTHING;
}

void toc_keys_hints(toc_buf *out, unsigned places, unsigned role, int columns)
{
    toc_keys_hints_now(out, places, role, columns, NULL, 0);
}

void toc_keys_hints_now(toc_buf *out, unsigned places, unsigned role, int columns,
                        const toc_hint *now, size_t count)
{
    int rank = 0;
    // What leads to all the others is never left out.
    int last = places & TOC_IN_FORM ? 0 : HELP_COLUMNS;
    int left = columns - last;
    const toc_binding *b;
    for (size_t i = 0; i < count; i++)
        if (now[i].is_first && (b = binding_of(now[i].what, places, role)))
            put_hint(out, b, now[i].word, &left);
    while ((b = next_hint(rank, places, role))) {
        const toc_hint *hint = find_hint(b->what, now, count);
        rank = b->rank;
        if (b->what == TOC_DO_HELP) {
            left += last;
            last = 0;
        }
        // A key that another place has taken over does something else here.
        bool is_shadowed = toc_keys_mean(b->key, places, role) != b->what;
        if (!is_shadowed && !(hint && (hint->is_first || !hint->word)))
            put_hint(out, b, hint ? hint->word : b->word, &left);
    }
}

size_t toc_keys_rings(void)
{
    return TOC_COUNT(rings);
}

const char *toc_keys_ring(size_t i, unsigned *places)
{
    *places = rings[i].places;
    return rings[i].title;
}

void toc_binding_text(toc_buf *out, const toc_binding *b)
{
    add_keys(out, b);
}

void toc_keys_manual(toc_buf *out, unsigned role)
{
    toc_buf_str(out, "| where | keys |\n| --- | --- |\n");
    for (size_t i = TOC_COUNT(rings); i > 0; i--) {
        bool is_open = false;
        for (size_t k = 0; k < TOC_COUNT(bindings); k++) {
            const toc_binding *b = &bindings[k];
            if (!holds(b, rings[i - 1].places, role) || !b->help[0])
                continue;
            toc_buf_printf(out, is_open ? " · `" : "| %s | `", rings[i - 1].title);
            is_open = true;
            add_keys(out, b);
            toc_buf_printf(out, "` %s", b->word);
        }
        toc_buf_str(out, is_open ? " |\n" : "");
    }
}

void toc_key_name(toc_buf *out, uint32_t key)
{
    for (size_t i = 0; i < TOC_COUNT(names); i++)
        if (names[i].key == key) {
            toc_buf_str(out, names[i].name);
            return;
        }
    if (key > 0 && key < 32) {
        toc_buf_printf(out, "Ctrl-%c", (int)(key + '@'));
    } else if (key > 32 && key < 127) {
        toc_buf_char(out, (char)key);
    } else if (key >= 128 && key < 0x110000) {
        char text[4];
        size_t len = toc_key_text(key, text);
        toc_text_visible(out, text, len, false);
    }
}

uint32_t toc_key_find(const char *name)
{
    uint32_t cp;
    size_t len = strlen(name);
    for (size_t i = 0; i < TOC_COUNT(names); i++)
        if (strcasecmp(names[i].name, name) == 0)
            return names[i].key;
    if (strncasecmp(name, "Ctrl-", 5) == 0 && len == 6)
        return TOC_KEY_CTRL(name[5]);
    if (len > 0 && toc_utf8_next(name, len, &cp) == len && cp != TOC_CP_BAD && cp > 32 && cp != 127)
        return cp;
    return TOC_KEY_NONE;
}

size_t toc_key_text(uint32_t key, char out[4])
{
    if (key < 0x80) {
        out[0] = (char)key;
        return 1;
    }
    if (key < 0x800) {
        out[0] = (char)(0xC0 | (key >> 6));
        out[1] = (char)(0x80 | (key & 0x3F));
        return 2;
    }
    if (key < 0x10000) {
        out[0] = (char)(0xE0 | (key >> 12));
        out[1] = (char)(0x80 | ((key >> 6) & 0x3F));
        out[2] = (char)(0x80 | (key & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | (key >> 18));
    out[1] = (char)(0x80 | ((key >> 12) & 0x3F));
    out[2] = (char)(0x80 | ((key >> 6) & 0x3F));
    out[3] = (char)(0x80 | (key & 0x3F));
    return 4;
}

static bool holds(const toc_binding *b, unsigned places, unsigned role)
{
    return (b->places & places) && (b->roles == 0 || (b->roles & role));
}

// Of the bindings that hold here, the one with the next rank.
static const toc_binding *next_hint(int rank, unsigned places, unsigned role)
{
    const toc_binding *next = NULL;
    for (size_t i = 0; i < TOC_COUNT(bindings); i++) {
        const toc_binding *b = &bindings[i];
        if (holds(b, places, role) && b->rank > rank && (!next || b->rank < next->rank))
            next = b;
    }
    return next;
}

// Nothing where it does not fit. left: the columns that are free.
static void put_hint(toc_buf *out, const toc_binding *b, const char *word, int *left)
{
    toc_buf hint = {0};
    toc_buf_char(&hint, ' ');
    toc_key_name(&hint, b->key);
    toc_buf_printf(&hint, " %s ", word);
    int wide = toc_text_columns(toc_buf_text(&hint), hint.len);
    if (wide <= *left) {
        toc_buf_str(out, toc_buf_text(&hint));
        *left -= wide;
    }
    toc_buf_fini(&hint);
}

// The one by which a key does it here.
static const toc_binding *binding_of(toc_do what, unsigned places, unsigned role)
{
    for (size_t i = 0; i < TOC_COUNT(bindings); i++)
        if (bindings[i].what == what && holds(&bindings[i], places, role) &&
            toc_keys_mean(bindings[i].key, places, role) == what)
            return &bindings[i];
    return NULL;
}

static const toc_hint *find_hint(toc_do what, const toc_hint *now, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (now[i].what == what)
            return &now[i];
    return NULL;
}

// A bar would end the table's cell in Markdown; no key is one.
static void add_keys(toc_buf *out, const toc_binding *b)
{
    toc_key_name(out, b->key);
    if (b->other) {
        toc_buf_str(out, ", ");
        toc_key_name(out, b->other);
    }
}
