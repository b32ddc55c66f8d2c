// SPDX-License-Identifier: MIT
#include "view/lines.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "lines_parts.h"

#define HEAD "EXERCISE "

static const char gutter[] = HEAD "| ";
static const char indent[] = HEAD "  "; // ours, going on
static const char stars[] = "*** ";

enum { LEFT_COLUMNS = 26, PLAIN_WIDTH = 100, ROW_MIN = 20 };

static void write_line(toc_lines *l, const char *text);
static const char *mark_of(const toc_lines *l, const char *mark);
static void write_time(toc_buf *out, const toc_lines *l, int64_t t, bool is_history);
static void add_story(toc_buf *out, const toc_lines *l, int64_t t);
static void say_notes(toc_lines *l, const toc_event *ev);

void toc_lines_init(toc_lines *l, const char *marking, int width)
{
    memset(l, 0, sizeof *l);
    l->marking = toc_strdup(marking);
    l->width = width;
    snprintf(l->clock.state, sizeof l->clock.state, "lobby");
    toc_timeline_init(&l->timeline);
}

void toc_lines_fini(toc_lines *l)
{
    toc_buf_fini(&l->out);
    toc_timeline_fini(&l->timeline);
    free(l->marking);
    memset(l, 0, sizeof *l);
}

void toc_lines_hear(toc_lines *l, const toc_clock *clock)
{
    int64_t length = l->clock.length;
    l->clock = *clock;
    if (clock->length == 0)
        l->clock.length = length; // heartbeats do not repeat it
    toc_timeline_clock(&l->timeline, clock->t, clock->pace, clock->story);
}

void toc_lines_say(toc_lines *l, const char *format, ...)
{
    char text[4096];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    toc_lines_text(l, l->now, false, text);
}

void toc_lines_say_at(toc_lines *l, int64_t t, bool is_history, const char *format, ...)
{
    char text[4096];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    toc_lines_text(l, t, is_history, text);
}

void toc_lines_text(toc_lines *l, int64_t t, bool is_history, const char *text)
{
    toc_buf line = {0};
    if (l->marking && l->marking[0] && !l->is_bare)
        toc_buf_printf(&line, "%s ", l->marking);
    write_time(&line, l, t, is_history);
    toc_buf_str(&line, text);
    write_line(l, toc_buf_text(&line));
    toc_buf_fini(&line);
}

void toc_lines_block(toc_lines *l, const char *text)
{
    toc_text_block(&l->out, text, strlen(text), mark_of(l, gutter), l->width);
}

// One line of ours, wrapped if need be, each part behind the same mark.
static void write_behind(toc_lines *l, const char *mark, const char *format, va_list args)
    TOC_PRINTF(3, 0);

static void write_behind(toc_lines *l, const char *mark, const char *format, va_list args)
{
    char text[4096];
    toc_buf visible = {0};
    vsnprintf(text, sizeof text, format, args);
    toc_text_visible(&visible, text, strlen(text), false);
    toc_text_block(&l->out, toc_buf_text(&visible), visible.len, mark, l->width);
    toc_buf_fini(&visible);
}

void toc_lines_more(toc_lines *l, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    write_behind(l, mark_of(l, indent), format, args);
    va_end(args);
}

// The right column goes on under itself; a left word that is too long has a line for itself.
void toc_lines_row(toc_lines *l, const char *left, const char *right)
{
    int room = (l->width > 0 ? l->width : PLAIN_WIDTH) - (int)(sizeof indent - 1) - LEFT_COLUMNS;
    toc_buf visible = {0};
    toc_buf wrapped = {0};
    toc_text_visible(&visible, right, strlen(right), false);
    toc_text_block(&wrapped, toc_buf_text(&visible), visible.len, "",
                   room > ROW_MIN ? room : ROW_MIN);
    bool is_long = toc_text_columns(left, strlen(left)) >= LEFT_COLUMNS;
    if (is_long)
        toc_lines_more(l, "%s", left);
    const char *at = toc_buf_text(&wrapped);
    for (bool is_first = !is_long; *at; is_first = false) {
        size_t len = strcspn(at, "\n");
        const char *word = is_first ? left : "";
        int pad = LEFT_COLUMNS - toc_text_columns(word, strlen(word));
        toc_buf_printf(&l->out, "%s%s%*s%.*s\n", mark_of(l, indent), word, pad, "", (int)len, at);
        at += len + (at[len] == '\n');
    }
    toc_buf_fini(&visible);
    toc_buf_fini(&wrapped);
}

void toc_lines_loud(toc_lines *l, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    write_behind(l, stars, format, args);
    va_end(args);
}

void toc_lines_loud_at(toc_lines *l, int64_t t, bool is_history, const char *format, ...)
{
    char text[4096];
    va_list args;
    toc_buf line = {0};
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    write_time(&line, l, t, is_history);
    toc_buf_str(&line, text);
    toc_lines_loud(l, "%s", toc_buf_text(&line));
    toc_buf_fini(&line);
}

void toc_lines_emergency(toc_lines *l, const char *by, const char *text)
{
    const char *what = text && text[0] ? text : "no words yet";
    toc_lines_loud(l, "REAL EMERGENCY - NO EXERCISE ***%s%s%s: %s", by ? " (" : "", by ? by : "",
                   by ? ")" : "", what);
    bool is_play = strcmp(l->clock.state, "running") == 0 || strcmp(l->clock.state, "paused") == 0;
    toc_lines_loud_at(l, l->now, false, "a real emergency, no exercise%s%s%s: %s%s", by ? " (" : "",
                      by ? by : "", by ? ")" : "", what,
                      is_play ? ". Play has stopped until EXCON resumes" : "");
}

void toc_lines_take(const toc_lines_page *g, toc_buf *text)
{
    toc_lines_text(g->l, g->ev->t, g->is_history, toc_buf_text(text));
    toc_buf_fini(text);
}

const char *toc_field_text(const toc_event *ev, toc_field f)
{
    const char *text = toc_event_str(ev, f);
    return text ? text : "?";
}

void toc_reason_text(toc_buf *out, const toc_event *ev)
{
    if (toc_event_has(ev, TOC_F_REASON))
        toc_buf_printf(out, ", because %s", toc_field_text(ev, TOC_F_REASON));
}

void toc_list_text(toc_buf *out, const toc_value *list)
{
    for (size_t i = 0; list && i < list->count; i++)
        toc_buf_printf(out, "%s%s", i ? ", " : "", list->list[i]);
}

void toc_factor_text(toc_buf *out, int64_t thousandths)
{
    toc_buf_printf(out, "x%lld", (long long)(thousandths / 1000));
    int rest = (int)(thousandths % 1000);
    int places = rest % 100 == 0 ? 1 : rest % 10 == 0 ? 2 : 3;
    if (rest)
        toc_buf_printf(out, ".%0*d", places,
                       places == 1   ? rest / 100
                       : places == 2 ? rest / 10
                                     : rest);
}

void toc_lines_item(toc_lines *l, const toc_item *item)
{
    const toc_event *ev = &item->event;
    toc_buf head_text = {0};
    toc_item_head(&head_text, item);
    toc_lines_text(l, ev->t, true, toc_buf_text(&head_text));
    toc_buf_fini(&head_text);
    const char *text = toc_event_str(ev, TOC_F_TEXT);
    if (text)
        toc_lines_block(l, text);
    const char *quote = toc_event_str(ev, TOC_F_QUOTE);
    if (quote) {
        const char *from = toc_event_str(ev, TOC_F_QUOTE_FROM);
        const char *title = toc_event_str(ev, TOC_F_QUOTE_TITLE);
        toc_lines_say_at(l, ev->t, true, "forwarded:%s%s%s%s", from ? " from " : "",
                         from ? from : "", title ? (from ? ": " : " ") : "", title ? title : "");
        toc_lines_block(l, quote);
    }
    say_notes(l, ev);
    const toc_value *attach = toc_event_value(ev, TOC_F_ATTACH);
    for (size_t i = 0; attach && i < attach->count; i++)
        toc_lines_say_at(l, ev->t, true, "attached: %s (`save %lld` keeps it)", attach->list[2 * i],
                         (long long)item->n);
    bool is_of_control = ev->kind == TOC_K_INJECT && toc_event_has(ev, TOC_F_TO);
    if (toc_item_wants_ack(item) && is_of_control)
        toc_lines_say_at(l, ev->t, true, "the team is to acknowledge it, and has not yet");
    else if (toc_item_wants_ack(item))
        toc_lines_say_at(l, ev->t, true, "an acknowledgement is wanted: ack %lld",
                         (long long)item->n);
}

void toc_lines_questions(toc_lines *l, const toc_picture *p)
{
    size_t count = 0;
    for (size_t i = 0; i < p->question_count; i++) {
        if (p->questions[i].state > TOC_QUESTION_RULING ||
            (p->has_ended && p->questions[i].state == TOC_QUESTION_OPEN))
            continue;
        toc_question_lines(l, p, &p->questions[i], l->now, false);
        count++;
    }
    if (count == 0)
        toc_lines_say(l, p->has_ended ? "no decision is open: the exercise is over"
                                      : "no decision is open");
}

void toc_lines_question(toc_lines *l, const toc_picture *p, const toc_question *q)
{
    toc_question_lines(l, p, q, l->now, false);
    if (q->answer) {
        toc_buf text = {0};
        toc_question_outcome(&text, p, q);
        toc_lines_say(l, "%s: %s", toc_event_str(&q->ask, TOC_F_DECISION), toc_buf_text(&text));
        toc_buf_fini(&text);
    }
}

void toc_lines_clock(toc_lines *l)
{
    toc_buf text = {0};
    const toc_clock *c = &l->clock;
    if (strcmp(c->state, "lobby") == 0)
        toc_buf_str(&text, "the exercise has not begun (lobby)");
    else
        toc_buf_printf(&text, "the exercise is %s", c->state);
    if (c->emergency)
        toc_buf_str(&text, ", A REAL EMERGENCY WAS CALLED AND IS NOT OVER");
    toc_buf_printf(&text, ", play time ");
    toc_play_text(&text, l->now);
    if (c->length > 0) {
        toc_buf_str(&text, " of ");
        toc_duration_text(&text, c->length / 1000 * 1000);
    }
    toc_story story;
    if (toc_timeline_story(&l->timeline, l->now, &story)) {
        toc_buf_str(&text, ", story time ");
        toc_story_text(&text, story);
    } else if (c->story[0]) {
        toc_buf_printf(&text, ", story time %s", c->story);
    }
    if (c->speed && c->speed != 1000) {
        toc_buf_str(&text, ", speed ");
        toc_factor_text(&text, c->speed);
    }
    toc_buf_str(&text, ", wall clock ");
    toc_wall_text(&text, toc_wall_now());
    toc_lines_text(l, l->now, false, toc_buf_text(&text));
    toc_buf_fini(&text);
}

// What the author wrote for those who conduct; only their feed has it.
static void say_notes(toc_lines *l, const toc_event *ev)
{
    const char *notes = toc_event_str(ev, TOC_F_NOTES);
    if (!notes)
        return;
    toc_lines_more(l, "NOTES FOR CONTROLLERS, not shown to teams:");
    toc_lines_block(l, notes);
}

// One line, wrapped behind the indent if the terminal is narrower, so that the terminal itself does
// not wrap and start a line with foreign text.
static void write_line(toc_lines *l, const char *text)
{
    const char *mark = mark_of(l, indent);
    toc_buf visible = {0};
    toc_buf wrapped = {0};
    toc_text_visible(&visible, text, strlen(text), false);
    toc_text_block(&wrapped, toc_buf_text(&visible), visible.len, mark, l->width);
    toc_buf_str(&l->out, l->is_bare ? "" : HEAD);
    if (wrapped.len >= strlen(mark))
        toc_buf_str(&l->out, wrapped.data + strlen(mark));
    else
        toc_buf_char(&l->out, '\n');
    toc_buf_fini(&visible);
    toc_buf_fini(&wrapped);
}

static const char *mark_of(const toc_lines *l, const char *mark)
{
    return l->is_bare ? mark + sizeof HEAD - 1 : mark;
}

// "[03:12Z T+0:12:07] ", "[T+0:12:07] " where the story's time is not known, "[lobby] ".
static void write_time(toc_buf *out, const toc_lines *l, int64_t t, bool is_history)
{
    if (strcmp(l->clock.state, "lobby") == 0 && t == 0) {
        toc_buf_str(out, "[lobby] ");
        return;
    }
    toc_buf_char(out, '[');
    add_story(out, l, t);
    toc_play_text(out, t);
    if (!is_history &&
        (strcmp(l->clock.state, "paused") == 0 || strcmp(l->clock.state, "ended") == 0))
        toc_buf_printf(out, " %s", l->clock.state);
    toc_buf_str(out, "] ");
}

static void add_story(toc_buf *out, const toc_lines *l, int64_t t)
{
    toc_story story;
    if (!toc_timeline_story(&l->timeline, t, &story))
        return;
    toc_buf full = {0};
    toc_story_text(&full, story); // "2022-02-24 03:12Z": the date is left out
    const char *space = strchr(toc_buf_text(&full), ' ');
    toc_buf_printf(out, "%s ", space ? space + 1 : toc_buf_text(&full));
    toc_buf_fini(&full);
}
