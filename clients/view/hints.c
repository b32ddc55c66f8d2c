// SPDX-License-Identifier: MIT
// The line of keys at the bottom: what play waits for, and what can be done now.
#include "base/mem.h"
#include "decide.h"
#include "view_parts.h"

enum { HINTS_MOST = 64 };

// What needs play that goes on, and what needs a row.
static const toc_do in_play[] = {
    TOC_DO_REPLY,  TOC_DO_WRITE, TOC_DO_ASK_RFI,     TOC_DO_FORWARD,    TOC_DO_HAND_IN,
    TOC_DO_PAUSE,  TOC_DO_SPEED, TOC_DO_FASTER,      TOC_DO_SLOWER,     TOC_DO_PACE,
    TOC_DO_FIRE,   TOC_DO_HOLD,  TOC_DO_SKIP,        TOC_DO_MOVE,       TOC_DO_EDIT,
    TOC_DO_ADHOC,  TOC_DO_JUMP,  TOC_DO_PHASE,       TOC_DO_DROP,       TOC_DO_WAKE,
    TOC_DO_EXTEND, TOC_DO_AWARE, TOC_DO_DELIVER,     TOC_DO_SET,        TOC_DO_REPAIR,
    TOC_DO_REFUEL, TOC_DO_START, TOC_DO_ALTERNATIVE, TOC_DO_BLACK_START};
static const toc_do of_rows[] = {TOC_DO_OPEN,        TOC_DO_FILTER, TOC_DO_REPLY,   TOC_DO_FORWARD,
                                 TOC_DO_ACK,         TOC_DO_SAVE,   TOC_DO_SHOW,    TOC_DO_THREAD,
                                 TOC_DO_NEXT_UNREAD, TOC_DO_CLAIM,  TOC_DO_UNCLAIM, TOC_DO_DECIDE,
                                 TOC_DO_RULE,        TOC_DO_EXTEND};

static void add_play(const toc_view *v, toc_hint *hints, size_t *count);
static void leave_out(toc_view *v, toc_hint *hints, size_t *count);
static void add_none(toc_hint *hints, size_t *count, const toc_do *list, size_t len);
static bool can_decide(const toc_view *v);

// What play waits for comes first; then what the screen's keys do to the selected row.
void toc_view_hints(toc_view *v, toc_buf *out, int columns)
{
    const toc_screen *screen = v->rooms[v->room].screen;
    toc_hint hints[HINTS_MOST];
    toc_buf word = {0};
    size_t count = 0;
    add_play(v, hints, &count);
    leave_out(v, hints, &count);
    const char *hold = screen->reword ? screen->reword(v, TOC_DO_HOLD, &word) : NULL;
    if (hold)
        hints[count++] = (toc_hint){TOC_DO_HOLD, hold, false};
    toc_keys_hints_now(out, toc_view_places(v), v->role, columns, hints, count);
    toc_buf_fini(&word);
}

// At EXCON: what play waits for. The table of keys leaves out whom it is not for.
static void add_play(const toc_view *v, toc_hint *hints, size_t *count)
{
    const toc_picture *p = &v->picture;
    if (v->role != TOC_ROLE_EXCON || v->jump || p->is_closed)
        return;
    if (toc_view_is_emergency(v)) {
        hints[(*count)++] = (toc_hint){TOC_DO_PAUSE, "play on", true};
    } else if (p->has_ended) {
        hints[(*count)++] = (toc_hint){TOC_DO_END, "close", true};
        hints[(*count)++] = (toc_hint){TOC_DO_RATE, "rate", true};
    } else if (p->is_paused) {
        hints[(*count)++] = (toc_hint){TOC_DO_PAUSE, "go on", true};
    } else if (!p->has_started) {
        hints[(*count)++] = (toc_hint){TOC_DO_START, "STARTEX", true};
    }
}

// A key that would only be refused is not offered; it stands in the help all the same.
static void leave_out(toc_view *v, toc_hint *hints, size_t *count)
{
    static const toc_do decide[] = {TOC_DO_DECIDE}, unread[] = {TOC_DO_NEXT_UNREAD};
    const toc_screen *screen = v->rooms[v->room].screen;
    if (v->picture.has_ended)
        add_none(hints, count, in_play, TOC_COUNT(in_play));
    if (screen->is_empty && screen->is_empty(v))
        add_none(hints, count, of_rows, TOC_COUNT(of_rows));
    if (!can_decide(v))
        add_none(hints, count, decide, TOC_COUNT(decide));
    if (v->picture.unread == 0)
        add_none(hints, count, unread, TOC_COUNT(unread));
}

static void add_none(toc_hint *hints, size_t *count, const toc_do *list, size_t len)
{
    for (size_t i = 0; i < len && *count < HINTS_MOST; i++)
        hints[(*count)++] = (toc_hint){list[i], NULL, false};
}

// Is there a decision that takes an answer, if only a late one?
static bool can_decide(const toc_view *v)
{
    for (size_t i = 0; i < v->picture.question_count; i++)
        if ((v->picture.questions[i].state <= TOC_QUESTION_RULING && !v->picture.has_ended) ||
            toc_decide_is_late(v, &v->picture.questions[i]))
            return true;
    return false;
}
