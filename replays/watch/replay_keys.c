// SPDX-License-Identifier: MIT
// The one table of keys: hints, help and manual come from it. They are asciinema's where that has one.
#include "base/mem.h"
#include "base/text.h"
#include "replay_inside.h"

enum { HELP_COLUMNS = 8, KEY_COLUMNS = 16 };

typedef struct {
    uint32_t key, other; // other: a second one for the same, 0: none
    toc_plays what;
    const char *word, *help;
    int rank; // hints: lower comes first; 0: only in the help
} binding;

// clang-format off
static const binding bindings[] = {
    {' ', 0, TOC_PLAYS_TOGGLE, "play", "play, stop", 1},
    {TOC_KEY_RIGHT, 0, TOC_PLAYS_ON_5, "+5s", "5 seconds on", 0},
    {TOC_KEY_LEFT, 0, TOC_PLAYS_BACK_5, "-5s", "5 seconds back", 0},
    {')', 0, TOC_PLAYS_ON_MINUTE, "+1min", "a minute on", 0},
    {'(', 0, TOC_PLAYS_BACK_MINUTE, "-1min", "a minute back", 0},
    {TOC_KEY_DOWN, '.', TOC_PLAYS_ROW_DOWN, "next", "the next event", 0},
    {TOC_KEY_UP, ',', TOC_PLAYS_ROW_UP, "before", "the event before", 0},
    {'}', 0, TOC_PLAYS_DECISION_ON, "decision", "the next decision: asked, made, overdue", 5},
    {'{', 0, TOC_PLAYS_DECISION_BACK, "decision before", "the decision before", 0},
    {']', 0, TOC_PLAYS_MARK_ON, "marker", "the next marker: phase, pause, jump, emergency, ENDEX, note", 9},
    {'[', 0, TOC_PLAYS_MARK_BACK, "marker before", "the marker before", 0},
    {TOC_KEY_PAGE_DOWN, TOC_KEY_CTRL('F'), TOC_PLAYS_PAGE_DOWN, "page down", "a page of events on", 0},
    {TOC_KEY_PAGE_UP, TOC_KEY_CTRL('B'), TOC_PLAYS_PAGE_UP, "page up", "a page of events back", 0},
    {TOC_KEY_HOME, 0, TOC_PLAYS_FIRST, "first", "go to the beginning", 0},
    {TOC_KEY_END, 0, TOC_PLAYS_LAST, "last", "go to the end; of a live run: stay there", 0},
    {'5', 0, TOC_PLAYS_PERCENT, "half", "so many tenths of the way: 5 is half of it", 0},
    {'g', 0, TOC_PLAYS_TIME, "time", "go to a time: 1:33 is T+1:33, or the story's clock", 6},
    {'>', '+', TOC_PLAYS_FASTER, "faster", "twice as fast, up to x1000", 10},
    {'<', '-', TOC_PLAYS_SLOWER, "slower", "half as fast, down to x0.5", 0},
    {'f', 0, TOC_PLAYS_FOLD, "fold", "shorten what is idle to a moment, or not", 12},
    {'/', 0, TOC_PLAYS_SEARCH, "search", "search the events for words", 7},
    {'n', 0, TOC_PLAYS_FIND_ON, "next find", "the next event that has them", 0},
    {'N', 0, TOC_PLAYS_FIND_BACK, "find before", "the one before", 0},
    {TOC_KEY_ENTER, 0, TOC_PLAYS_WHOLE, "whole text", "the whole of the event", 0},
    {'a', 0, TOC_PLAYS_EYES, "as whom", "see it as a team, EXCON, the board, or all of it", 3},
    {'w', 0, TOC_PLAYS_WHY, "why", "why it happened: back to a person's act or the schedule", 4},
    {'s', 0, TOC_PLAYS_SPREAD, "spread", "whom an inject or message reached, and when they read it", 8},
    {'o', 0, TOC_PLAYS_NOTE, "note", "write a note about this moment", 11},
    {'x', 0, TOC_PLAYS_NOISE, "noise", "show every line, or only what is news", 0},
    {'v', 0, TOC_PLAYS_PROOF, "verify", "prove the recording", 13},
    {TOC_KEY_TAB, 0, TOC_PLAYS_VIEW, "screen", "give the keys to the seat's screen; q there takes them back", 2},
    {TOC_KEY_CTRL('L'), 0, TOC_PLAYS_REDRAW, "redraw", "draw the screen anew", 0},
    {TOC_KEY_CTRL('Z'), 0, TOC_PLAYS_SUSPEND, "shell", "back to the shell; fg comes back", 0},
    {'q', 0, TOC_PLAYS_LEAVE, "leave", "leave", 14},
    {'?', TOC_KEY_F1, TOC_PLAYS_HELP, "help", "these keys", 0},
};
// clang-format on

static void add_keys(toc_buf *out, const binding *b);
static const binding *next_hint(int rank);

toc_plays toc_replay_key_means(uint32_t key)
{
    if (key >= '0' && key <= '9')
        return TOC_PLAYS_PERCENT;
    for (size_t i = 0; i < TOC_COUNT(bindings); i++)
        if (bindings[i].key == key || (bindings[i].other && bindings[i].other == key))
            return bindings[i].what;
    return TOC_PLAYS_NOTHING;
}

// As many as fit, help always.
void toc_replay_hints(toc_buf *out, int columns)
{
    const binding *b;
    for (int rank = 0, left = columns - HELP_COLUMNS; (b = next_hint(rank)); rank = b->rank) {
        toc_buf hint = {0};
        toc_buf_char(&hint, ' ');
        toc_key_name(&hint, b->key);
        toc_buf_printf(&hint, " %s ", b->word);
        int wide = toc_text_columns(toc_buf_text(&hint), hint.len);
        if (wide <= left) {
            toc_buf_str(out, toc_buf_text(&hint));
            left -= wide;
        }
        toc_buf_fini(&hint);
    }
    toc_buf_str(out, " ? help");
}

void toc_replay_say_keys(toc_page *page)
{
    toc_buf keys = {0};
    for (size_t i = 0; i < TOC_COUNT(bindings); i++) {
        toc_buf_clear(&keys);
        add_keys(&keys, &bindings[i]);
        toc_page_say(page, TOC_STYLE_PLAIN, "%-*s %s", KEY_COLUMNS, toc_buf_text(&keys),
                     bindings[i].help);
    }
    toc_buf_fini(&keys);
}

void toc_replay_manual(toc_buf *out)
{
    toc_buf_str(out, "| keys | what they do |\n| --- | --- |\n");
    for (size_t i = 0; i < TOC_COUNT(bindings); i++) {
        toc_buf_str(out, "| `");
        add_keys(out, &bindings[i]);
        toc_buf_printf(out, "` | %s |\n", bindings[i].help);
    }
}

static void add_keys(toc_buf *out, const binding *b)
{
    if (b->what == TOC_PLAYS_PERCENT) {
        toc_buf_str(out, "0 to 9");
        return;
    }
    toc_key_name(out, b->key);
    if (b->other) {
        toc_buf_str(out, ", ");
        toc_key_name(out, b->other);
    }
}

static const binding *next_hint(int rank)
{
    const binding *next = NULL;
    for (size_t i = 0; i < TOC_COUNT(bindings); i++)
        if (bindings[i].rank > rank && (!next || bindings[i].rank < next->rank))
            next = &bindings[i];
    return next;
}
