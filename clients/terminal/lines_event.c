// SPDX-License-Identifier: MIT
// One event, one line (or a few). A team reads what concerns it; control reads everything, the kinds
// that have no words of their own field by field.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "lines_parts.h"
#include "terminal/lines.h"

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
static void say_fields(const page *g);
static const char *text_of(const toc_event *ev, toc_field f);
static void add_reason(toc_buf *out, const toc_event *ev);
static void say(const page *g, toc_buf *text);

void toc_lines_event(toc_lines *l, const toc_picture *p, const toc_event *ev, int64_t n,
                     bool is_history)
{
    page g = {l, p, ev, n, is_history};
    if (!say_clock(&g) && !say_item(&g) && !say_decision(&g) && !say_person(&g) && p->is_control)
        say_fields(&g);
}

void toc_item_head(toc_buf *out, const toc_item *item)
{
    const toc_event *ev = &item->event;
    const char *inject = toc_event_str(ev, TOC_F_INJECT);
    const char *channel = toc_event_str(ev, TOC_F_CHANNEL);
    const char *from = toc_event_str(ev, TOC_F_FROM);
    const char *title = toc_event_str(ev, TOC_F_TITLE);
    const char *text = toc_event_str(ev, TOC_F_TEXT);
    toc_buf_printf(out, "item %lld, %s", (long long)item->n,
                   toc_event_int(ev, TOC_F_URGENT) ? "URGENT " : "");
    if (ev->kind == TOC_K_MESSAGE)
        toc_buf_str(out, toc_event_has(ev, TOC_F_ORIGIN) || toc_event_has(ev, TOC_F_QUOTE)
                             ? "forward"
                             : "message");
    else
        toc_buf_str(out, channel ? channel : "inject");
    toc_buf_printf(out, " from %s", from ? from : "unknown");
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
    if (q->state == TOC_QUESTION_RULING)
        toc_buf_printf(&line, ". Proposed: %s; EXCON rules on it", q->answer ? q->answer : "");
    toc_lines_text(l, t, is_history, toc_buf_text(&line));
    if (text)
        toc_lines_block(l, text);
    for (size_t i = 0; options && i < options->count; i++) {
        toc_buf_clear(&line);
        toc_buf_printf(&line, "%zu) %s: %s", i + 1, options->list[2 * i], options->list[2 * i + 1]);
        toc_lines_block(l, toc_buf_text(&line));
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
        {TOC_K_EMERGENCY, "REAL EMERGENCY, THIS IS NO EXERCISE: play is stopped"},
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
    if (g->ev->kind == TOC_K_EMERGENCY && toc_event_has(g->ev, TOC_F_TEXT))
        toc_buf_printf(&text, ": %s", text_of(g->ev, TOC_F_TEXT));
    say(g, &text);
    return true;
}

static bool say_item(const page *g)
{
    if (g->ev->kind != TOC_K_INJECT && g->ev->kind != TOC_K_MESSAGE)
        return false;
    char number[24];
    toc_buf word = {0};
    toc_buf text = {0};
    toc_buf_int(&word, g->n);
    size_t len = word.len < sizeof number ? word.len : sizeof number - 1;
    memcpy(number, word.data, len);
    number[len] = '\0';
    toc_buf_fini(&word);
    const toc_item *item = toc_picture_item(g->p, number);
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
        break;
    case TOC_K_REJECTED:
        toc_buf_str(&text, ": EXCON rejects the answer; it is open again");
        break;
    case TOC_K_DECIDED:
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
    default:
        toc_buf_printf(&text, ": the answer of %s came too late", text_of(g->ev, TOC_F_BY));
        break;
    }
    add_reason(&text, g->ev);
    say(g, &text);
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
    if (verb)
        toc_buf_printf(&text, "%s %s item %lld", by, verb,
                       (long long)toc_event_int(g->ev, TOC_F_ITEM));
    say(g, &text);
    return true;
}

// Control: "skip by excon-1: inject INJ-01, reason overtaken".
static void say_fields(const page *g)
{
    toc_buf text = {0};
    toc_buf_str(&text, toc_kind_name(g->ev->kind));
    if (toc_event_has(g->ev, TOC_F_BY))
        toc_buf_printf(&text, " by %s", text_of(g->ev, TOC_F_BY));
    const char *between = ": ";
    for (size_t i = 0; i < g->ev->count; i++) {
        const toc_value *v = &g->ev->values[i];
        if (v->field == TOC_F_BY || v->field == TOC_F_WALL || v->field == TOC_F_ID)
            continue;
        toc_buf_printf(&text, "%s%s ", between, toc_field_name(v->field));
        between = ", ";
        if (toc_field_type(v->field) == TOC_TYPE_STR)
            toc_buf_str(&text, v->text);
        else if (toc_field_type(v->field) == TOC_TYPE_LIST)
            toc_list_text(&text, v);
        else
            toc_buf_int(&text, v->number);
    }
    say(g, &text);
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
