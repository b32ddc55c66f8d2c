// SPDX-License-Identifier: MIT
// One event, one line (or a few), in the words for everybody; lines_control.c has those for control.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "lines_parts.h"
#include "view/lines.h"

static void add_open(toc_buf *out, const toc_picture *p, const toc_item *item);
static void add_jump(toc_buf *out, const toc_event *ev);
static bool say_clock(const toc_lines_page *g);
static bool say_item(const toc_lines_page *g);
static void follow_clock(toc_lines *l, const toc_event *ev, bool is_history);
static bool say_emergency(const toc_lines_page *g);

void toc_lines_event(toc_lines *l, const toc_picture *p, const toc_event *ev, int64_t n,
                     bool is_history)
{
    toc_lines_page g = {l, p, ev, n, is_history};
    toc_lines_learn(l, ev, n);
    follow_clock(l, ev, is_history);
    if (!say_emergency(&g) && !say_clock(&g) && !say_item(&g) && !toc_lines_decision(&g) &&
        !toc_lines_person(&g) && !toc_lines_world(l, p, ev, is_history) && p->is_control)
        toc_lines_control(&g);
}

void toc_lines_learn(toc_lines *l, const toc_event *ev, int64_t n)
{
    if (n <= l->learned)
        return;
    l->learned = n;
    if (ev->kind == TOC_K_PACE)
        toc_timeline_pace(&l->timeline, ev->t, toc_event_int(ev, TOC_F_PACE));
    else if (ev->kind == TOC_K_PHASE_ENTERED && toc_event_has(ev, TOC_F_STORY))
        toc_timeline_phase(&l->timeline, ev->t, toc_event_int(ev, TOC_F_PACE),
                           toc_event_str(ev, TOC_F_STORY));
}

void toc_item_head(toc_buf *out, const toc_item *item)
{
    const toc_event *ev = &item->event;
    const char *inject = toc_event_str(ev, TOC_F_INJECT);
    const char *channel = toc_event_str(ev, TOC_F_CHANNEL);
    const char *from = toc_event_str(ev, TOC_F_FROM);
    const char *title = toc_event_str(ev, TOC_F_TITLE);
    const char *text = toc_event_str(ev, TOC_F_TEXT);
    bool is_of_control = ev->kind == TOC_K_INJECT && toc_event_has(ev, TOC_F_TO);
    toc_buf_printf(out, "item %lld, %s", (long long)item->n,
                   toc_event_int(ev, TOC_F_URGENT) ? "URGENT " : "");
    if (toc_event_int(ev, TOC_F_RFI))
        toc_buf_str(out, "request for information");
    else if (ev->kind == TOC_K_MESSAGE)
        toc_buf_str(out, toc_event_has(ev, TOC_F_ORIGIN) || toc_event_has(ev, TOC_F_QUOTE)
                             ? "forward"
                             : "message");
    else
        toc_buf_str(out, channel ? channel : is_of_control ? "inject" : "message");
    if (toc_event_int(ev, TOC_F_VOICE))
        toc_buf_str(out, ", told by voice");
    if (from)
        toc_buf_printf(out, " from %s", from);
    if (toc_event_has(ev, TOC_F_TO)) {
        toc_buf_str(out, " to ");
        toc_list_text(out, toc_event_value(ev, TOC_F_TO));
    }
    if (toc_event_has(ev, TOC_F_RE))
        toc_buf_printf(out, " re %lld", (long long)toc_event_int(ev, TOC_F_RE));
    if (!title)
        title = toc_event_str(ev, TOC_F_QUOTE_TITLE);
    if (!title)
        title = text;
    toc_buf_str(out, ": ");
    toc_start_text(out, title ? title : "");
    // Control tells injects by their ids; to a team they mean nothing.
    if (inject && toc_event_has(ev, TOC_F_TO))
        toc_buf_printf(out, " (%s)", inject);
}

void toc_start_text(toc_buf *out, const char *text)
{
    size_t whole = strcspn(text, "\n");
    size_t len = whole > 120 ? 120 : whole;
    while (len < whole && len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
        len--;
    toc_buf_add(out, text, len);
    if (text[len])
        toc_buf_str(out, " …");
}

static bool say_clock(const toc_lines_page *g)
{
    static const struct {
        toc_kind kind;
        const char *text;
    } words[] = {
        {TOC_K_START, "STARTEX: play has begun"},
        {TOC_K_PAUSE, "PAUSED by EXCON: play time stands"},
        {TOC_K_RESUME, "PLAY GOES ON"},
        {TOC_K_SPEED, "the speed of play is changed"},
        {TOC_K_PACE, "the pace of story time is changed"},
        {TOC_K_JUMP, "EXCON moves play on"},
        {TOC_K_RESUMED, "the engine was started again; everything recorded is there"},
        {TOC_K_ENDEX, "ENDEX: the exercise is over"},
        {TOC_K_CLOSE, "CLOSED: the record is sealed; thank you"},
    };
    size_t i = 0;
    while (i < TOC_COUNT(words) && words[i].kind != g->ev->kind)
        i++;
    if (i == TOC_COUNT(words))
        return false;
    toc_buf text = {0};
    toc_buf_str(&text, words[i].text);
    if (toc_event_has(g->ev, TOC_F_SPEED) || toc_event_has(g->ev, TOC_F_PACE)) {
        int64_t x = toc_event_int(g->ev, TOC_F_SPEED) + toc_event_int(g->ev, TOC_F_PACE);
        toc_buf_str(&text, ": ");
        toc_factor_text(&text, x);
    }
    if (toc_event_has(g->ev, TOC_F_UNTIL)) {
        toc_buf_str(&text, " to ");
        toc_play_text(&text, toc_event_int(g->ev, TOC_F_UNTIL));
    }
    if (toc_event_has(g->ev, TOC_F_BY)) {
        toc_buf_str(&text, " (");
        toc_picture_person(g->p, &text, toc_field_text(g->ev, TOC_F_BY));
        toc_buf_char(&text, ')');
    }
    add_jump(&text, g->ev);
    toc_reason_text(&text, g->ev);
    if (g->ev->kind == TOC_K_ENDEX && !g->p->is_control && !g->is_history)
        toc_buf_str(&text, ". Stay: EXCON says what comes next");
    toc_lines_take(g, &text);
    return true;
}

// The call, and its end, after which play goes on only if it was going.
static bool say_emergency(const toc_lines_page *g)
{
    const char *what = toc_event_str(g->ev, TOC_F_TEXT);
    bool is_call = g->ev->kind == TOC_K_EMERGENCY;
    if (!is_call && (g->ev->kind != TOC_K_RESUME || !g->p->was_emergency))
        return false;
    const char *seat = toc_event_str(g->ev, TOC_F_BY);
    char *by = !seat ? NULL : is_call ? toc_caller_text(g->p, seat) : toc_person_text(g->p, seat);
    if (is_call && g->is_history)
        toc_lines_loud_at(g->l, g->ev->t, true, "a real emergency was called (%s): %s",
                          by ? by : "?", what ? what : "no words yet");
    else if (is_call)
        toc_lines_emergency(g->l, by, what);
    else
        toc_lines_loud_at(g->l, g->ev->t, g->is_history, "the emergency is over%s%s%s",
                          by ? " (" : "", by ? by : "", by ? ")" : "");
    free(by);
    return is_call || !g->p->has_started || g->p->has_ended;
}

// Lines that follow carry the state that this event makes; the heartbeat says it later.
static void follow_clock(toc_lines *l, const toc_event *ev, bool is_history)
{
    const char *state = NULL;
    if (ev->kind == TOC_K_START)
        state = "running";
    else if (ev->kind == TOC_K_ENDEX)
        state = "ended";
    else if (ev->kind == TOC_K_PAUSE || ev->kind == TOC_K_EMERGENCY)
        state = strcmp(l->clock.state, "running") == 0 ? "paused" : NULL;
    else if (ev->kind == TOC_K_RESUME)
        state = strcmp(l->clock.state, "paused") == 0 ? "running" : NULL;
    if (ev->kind == TOC_K_EMERGENCY || ev->kind == TOC_K_RESUME)
        l->clock.emergency = ev->kind == TOC_K_EMERGENCY && (!is_history || l->clock.emergency);
    // An instant is performed a moment after it was due, when the clock is past it; nothing comes after ENDEX.
    bool is_newer = ev->t >= l->clock.t ||
                    (ev->kind == TOC_K_ENDEX && strcmp(l->clock.state, "running") == 0);
    if (state && !is_history && is_newer) {
        memset(l->clock.state, 0, sizeof l->clock.state);
        memcpy(l->clock.state, state, strlen(state));
    }
}

static bool say_item(const toc_lines_page *g)
{
    if (g->ev->kind != TOC_K_INJECT && g->ev->kind != TOC_K_MESSAGE)
        return false;
    toc_buf text = {0};
    const toc_item *item = toc_picture_number(g->p, g->n);
    if (!item)
        return false;
    toc_item_head(&text, item);
    if (item->is_own)
        toc_buf_str(&text, " (sent)");
    else if (!g->p->is_control)
        toc_buf_printf(&text, " (`read %lld`)", (long long)g->n);
    add_open(&text, g->p, item);
    if (toc_item_wants_ack(item) && !g->p->is_control)
        toc_buf_printf(&text, " (`ack %lld` is wanted)", (long long)g->n);
    toc_lines_take(g, &text);
    return true;
}

// How a request for information is answered, for those who may, and which one this answers.
static void add_open(toc_buf *out, const toc_picture *p, const toc_item *item)
{
    const toc_item *asked = toc_picture_number(p, toc_event_int(&item->event, TOC_F_RE));
    const char *from = toc_event_str(&item->event, TOC_F_FROM);
    if (asked && asked->answered_by == item->n)
        toc_buf_printf(out, " (answers request %lld)", (long long)asked->n);
    if (!toc_item_is_open(item) || item->is_own || !from ||
        (p->is_control && !item->is_for_parties))
        return;
    const toc_value *to = toc_event_value(&item->event, TOC_F_TO);
    const char *as = p->is_control && to && strcmp(to->list[0], "excon") != 0 ? to->list[0] : NULL;
    toc_buf_printf(out, " (to answer: %s%s%ssay %s re %lld …)", as ? "as " : "", as ? as : "",
                   as ? " " : "", from, (long long)item->n);
}

// What a jump does to the list, told to control.
static void add_jump(toc_buf *out, const toc_event *ev)
{
    static const struct {
        toc_field field;
        const char *words;
    } lists[] = {{TOC_F_HOLD, "; held: "},
                 {TOC_F_SKIP, "; skipped: "},
                 {TOC_F_KEEP, "; keeping their time: "}};
    for (size_t i = 0; i < TOC_COUNT(lists); i++) {
        if (!toc_event_has(ev, lists[i].field))
            continue;
        toc_buf_str(out, lists[i].words);
        toc_list_text(out, toc_event_value(ev, lists[i].field));
    }
}
