// SPDX-License-Identifier: MIT
// One event, one line (or a few), in the words for everybody; lines_control.c has those for control.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "lines_parts.h"
#include "view/lines.h"

typedef struct {
    toc_lines *l;
    const toc_picture *p;
    const toc_event *ev;
    int64_t n;
    bool is_history;
} page;

static void add_start(toc_buf *out, const char *text);
static bool say_clock(const page *g);
static bool say_item(const page *g);
static bool say_decision(const page *g);
static void say_settled(const page *g, const toc_question *q);
static bool say_person(const page *g);
static void follow_clock(toc_lines *l, const toc_event *ev, bool is_history);
static bool say_emergency(const page *g);
static void add_ruling(toc_buf *out, const page *g, const toc_question *q);
static void add_how_to_rule(toc_buf *out, const toc_picture *p, const toc_question *q);
static const char *text_of(const toc_event *ev, toc_field f);
static void add_reason(toc_buf *out, const toc_event *ev);
static void say(const page *g, toc_buf *text);

void toc_lines_event(toc_lines *l, const toc_picture *p, const toc_event *ev, int64_t n,
                     bool is_history)
{
    page g = {l, p, ev, n, is_history};
    toc_lines_learn(l, ev, n);
    follow_clock(l, ev, is_history);
    if (!say_emergency(&g) && !say_clock(&g) && !say_item(&g) && !say_decision(&g) &&
        !say_person(&g) && !toc_lines_world(l, p, ev, is_history) && p->is_control)
        toc_lines_control(l, p, ev, is_history);
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
    if (ev->kind == TOC_K_MESSAGE)
        toc_buf_str(out, toc_event_has(ev, TOC_F_ORIGIN) || toc_event_has(ev, TOC_F_QUOTE)
                             ? "forward"
                             : "message");
    else
        toc_buf_str(out, channel ? channel : is_of_control ? "inject" : "message");
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
    add_start(out, title ? title : "");
    // Control tells injects by their ids; to a team they mean nothing.
    if (inject && toc_event_has(ev, TOC_F_TO))
        toc_buf_printf(out, " (%s)", inject);
}

void toc_question_lines(toc_lines *l, const toc_picture *p, const toc_question *q, int64_t t,
                        bool is_history)
{
    const char *id = text_of(&q->ask, TOC_F_DECISION);
    const char *text = toc_event_str(&q->ask, TOC_F_TEXT);
    const toc_value *options = toc_event_value(&q->ask, TOC_F_OPTIONS);
    bool is_ours = toc_question_is_ours(p, q);
    toc_buf line = {0};
    toc_buf_printf(&line, "DECISION %s", id);
    if (is_ours)
        toc_buf_str(&line, " for you");
    else
        toc_buf_printf(&line, " for %s", text_of(&q->ask, TOC_F_TEAM));
    const char *title = text_of(&q->ask, TOC_F_TITLE);
    size_t len = strlen(title);
    bool is_sentence = len > 0 && strchr(".?!:", title[len - 1]);
    toc_buf_printf(&line, ": %s%s Answer by ", title, is_sentence ? "" : ".");
    toc_play_text(&line, q->deadline);
    if (q->deadline > t) {
        toc_buf_str(&line, ", in ");
        toc_duration_text(&line, (q->deadline - t + 999) / 1000 * 1000);
    }
    if (q->state == TOC_QUESTION_RULING) {
        toc_buf_printf(&line, ". Proposed by %s: %s; EXCON rules on it", q->by ? q->by : "?",
                       q->answer ? q->answer : "");
        add_how_to_rule(&line, p, q);
    } else if (q->is_crossed) {
        toc_buf_str(&line, ". Story time has jumped over that; EXCON rules on it");
        add_how_to_rule(&line, p, q);
    }
    toc_lines_text(l, t, is_history, toc_buf_text(&line));
    if (text)
        toc_lines_block(l, text);
    for (size_t i = 0; options && i < options->count; i++) {
        toc_buf_clear(&line);
        toc_buf_printf(&line, "%zu) %s: %s", i + 1, options->list[2 * i], options->list[2 * i + 1]);
        toc_lines_block(l, toc_buf_text(&line));
    }
    const char *notes = toc_event_str(&q->ask, TOC_F_NOTES);
    if (notes) {
        toc_lines_more(l, "NOTES FOR CONTROLLERS, not shown to teams:");
        toc_lines_block(l, notes);
    }
    if (is_ours && q->state == TOC_QUESTION_OPEN && options)
        toc_lines_say_at(l, t, is_history,
                         "to answer: decide %s NUMBER because REASON; or: decide %s other: YOUR "
                         "ANSWER because REASON",
                         id, id);
    else if (is_ours && q->state == TOC_QUESTION_OPEN)
        toc_lines_say_at(l, t, is_history, "to answer: decide %s YOUR ANSWER because REASON", id);
    toc_buf_fini(&line);
}

// The first line of a text, at most 120 bytes of it, whole characters.
static void add_start(toc_buf *out, const char *text)
{
    size_t whole = strcspn(text, "\n");
    size_t len = whole > 120 ? 120 : whole;
    while (len < whole && len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
        len--;
    toc_buf_add(out, text, len);
    if (text[len])
        toc_buf_str(out, " …");
}

static bool say_clock(const page *g)
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
    if (toc_event_has(g->ev, TOC_F_BY))
        toc_buf_printf(&text, " (%s)", text_of(g->ev, TOC_F_BY));
    add_reason(&text, g->ev);
    say(g, &text);
    return true;
}

// The call, and its end, after which play goes on only if it was going.
static bool say_emergency(const page *g)
{
    const char *by = toc_event_str(g->ev, TOC_F_BY);
    const char *what = toc_event_str(g->ev, TOC_F_TEXT);
    if (g->ev->kind == TOC_K_EMERGENCY && g->is_history) {
        toc_lines_say_at(g->l, g->ev->t, true, "a real emergency was called (%s): %s",
                         by ? by : "?", what ? what : "nobody said what");
        return true;
    }
    if (g->ev->kind == TOC_K_EMERGENCY) {
        toc_lines_emergency(g->l, by, what);
        return true;
    }
    if (g->ev->kind != TOC_K_RESUME || !g->p->was_emergency)
        return false;
    toc_lines_say_at(g->l, g->ev->t, g->is_history, "the emergency is over%s%s%s", by ? " (" : "",
                     by ? by : "", by ? ")" : "");
    return !g->p->has_started || g->p->has_ended;
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
    if (state && !is_history && ev->t >= l->clock.t) {
        memset(l->clock.state, 0, sizeof l->clock.state);
        memcpy(l->clock.state, state, strlen(state));
    }
}

static bool say_item(const page *g)
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
    if (toc_item_wants_ack(item) && !g->p->is_control)
        toc_buf_printf(&text, " (`ack %lld` is wanted)", (long long)g->n);
    say(g, &text);
    return true;
}

static bool say_decision(const page *g)
{
    const char *id = toc_event_str(g->ev, TOC_F_DECISION);
    const toc_question *q = id ? toc_picture_question(g->p, id) : NULL;
    switch (g->ev->kind) {
    case TOC_K_ASK:
        if (q)
            toc_question_lines(g->l, g->p, q, g->ev->t, g->is_history);
        return q != NULL;
    case TOC_K_PROPOSED:
    case TOC_K_REJECTED:
    case TOC_K_DECIDED:
    case TOC_K_OVERDUE:
    case TOC_K_DEADLINE:
    case TOC_K_REFUSED_LATE:
    case TOC_K_CROSSED:
        say_settled(g, q);
        return true;
    default:
        return false;
    }
}

static void say_settled(const page *g, const toc_question *q)
{
    const char *answer = q && q->answer ? q->answer : NULL;
    toc_buf text = {0};
    toc_buf_str(&text, text_of(g->ev, TOC_F_DECISION));
    if (g->p->is_control && toc_event_has(g->ev, TOC_F_TEAM))
        toc_buf_printf(&text, " (%s)", text_of(g->ev, TOC_F_TEAM));
    switch (g->ev->kind) {
    case TOC_K_PROPOSED:
        toc_buf_printf(&text, ": %s proposes an answer of their own, EXCON rules on it: %s",
                       text_of(g->ev, TOC_F_BY), text_of(g->ev, TOC_F_TEXT));
        add_reason(&text, g->ev);
        if (q && !g->is_history)
            add_how_to_rule(&text, g->p, q);
        say(g, &text);
        return;
    case TOC_K_REJECTED:
        toc_buf_str(&text, ": EXCON rejects the answer; it is open again");
        break;
    case TOC_K_DECIDED:
        if (toc_event_has(g->ev, TOC_F_RULING)) {
            add_ruling(&text, g, q);
            say(g, &text);
            return;
        }
        toc_buf_printf(&text, ": %s decided: %s", text_of(g->ev, TOC_F_BY), answer ? answer : "");
        break;
    case TOC_K_OVERDUE:
        toc_buf_printf(&text, ": the time is up%s%s", answer ? "; it stands as " : "",
                       answer ? answer : "");
        break;
    case TOC_K_DEADLINE:
        toc_buf_str(&text, ": the time to answer is now ");
        toc_play_text(&text, toc_event_int(g->ev, TOC_F_DEADLINE));
        break;
    case TOC_K_CROSSED:
        toc_buf_str(&text, ": story time has jumped over the time to answer; EXCON rules on it");
        if (q && !g->is_history)
            add_how_to_rule(&text, g->p, q);
        break;
    default:
        toc_buf_printf(&text, ": the answer of %s came too late", text_of(g->ev, TOC_F_BY));
        break;
    }
    add_reason(&text, g->ev);
    say(g, &text);
}

// "EXCON counts your answer ("crews in the north only", by wind-1) as crews: close enough"
static void add_ruling(toc_buf *out, const page *g, const toc_question *q)
{
    const char *ruling = text_of(g->ev, TOC_F_RULING);
    bool is_accepted = strcmp(ruling, "accept") == 0;
    bool is_ours = q && toc_question_is_ours(g->p, q);
    if (!toc_event_has(g->ev, TOC_F_TEXT)) { // nobody answered before story time jumped
        toc_buf_printf(out, ": EXCON rules: %s", q && q->answer ? q->answer : ruling);
        if (toc_event_has(g->ev, TOC_F_RULING_REASON))
            toc_buf_printf(out, ": %s", text_of(g->ev, TOC_F_RULING_REASON));
        return;
    }
    toc_buf_printf(out, ": EXCON %s %s answer (\"%s\", by %s)", is_accepted ? "accepts" : "counts",
                   is_ours ? "your" : "the", text_of(g->ev, TOC_F_TEXT), text_of(g->ev, TOC_F_BY));
    if (!is_accepted)
        toc_buf_printf(out, " as %s", ruling);
    if (toc_event_has(g->ev, TOC_F_RULING_REASON))
        toc_buf_printf(out, ": %s", text_of(g->ev, TOC_F_RULING_REASON));
}

// For those who may.
static void add_how_to_rule(toc_buf *out, const toc_picture *p, const toc_question *q)
{
    const toc_value *options = toc_event_value(&q->ask, TOC_F_OPTIONS);
    if (strncmp(p->seat, "excon-", 6) != 0)
        return;
    toc_buf_printf(out, ". To rule: rule %s %sreject", text_of(&q->ask, TOC_F_DECISION),
                   q->state == TOC_QUESTION_RULING ? "accept|" : "");
    for (size_t i = 0; options && i < options->count; i++)
        toc_buf_printf(out, "|%s", options->list[2 * i]);
    toc_buf_str(out, " REASON");
}

// What people do. A seat's own acts were confirmed to it already.
static bool say_person(const page *g)
{
    const char *by = text_of(g->ev, TOC_F_BY);
    const char *verb = NULL;
    toc_buf text = {0};
    switch (g->ev->kind) {
    case TOC_K_JOIN:
        toc_buf_printf(&text, "%s sits down", text_of(g->ev, TOC_F_SEAT));
        break;
    case TOC_K_LEAVE:
        toc_buf_printf(&text, "%s has left", text_of(g->ev, TOC_F_SEAT));
        if (toc_event_has(g->ev, TOC_F_REASON))
            toc_buf_printf(&text, " (%s)", text_of(g->ev, TOC_F_REASON));
        break;
    case TOC_K_READ:
        verb = "has read";
        break;
    case TOC_K_ACK:
        verb = "acknowledges";
        break;
    default:
        return false;
    }
    if (verb && strcmp(by, g->p->seat) == 0)
        return true;
    if (verb) {
        const toc_item *item = toc_picture_number(g->p, toc_event_int(g->ev, TOC_F_ITEM));
        const char *inject = item ? toc_event_str(&item->event, TOC_F_INJECT) : NULL;
        toc_buf_printf(&text, "%s %s ", by, verb);
        if (g->p->is_control && inject)
            toc_buf_str(&text, inject);
        else
            toc_buf_printf(&text, "item %lld", (long long)toc_event_int(g->ev, TOC_F_ITEM));
    }
    say(g, &text);
    return true;
}

static const char *text_of(const toc_event *ev, toc_field f)
{
    const char *text = toc_event_str(ev, f);
    return text ? text : "?";
}

static void add_reason(toc_buf *out, const toc_event *ev)
{
    if (toc_event_has(ev, TOC_F_REASON))
        toc_buf_printf(out, ", because %s", text_of(ev, TOC_F_REASON));
}

static void say(const page *g, toc_buf *text)
{
    toc_lines_text(g->l, g->ev->t, g->is_history, toc_buf_text(text));
    toc_buf_fini(text);
}
