// SPDX-License-Identifier: MIT
// Foreign text (titles, messages, reasons) goes through toc_text_visible and is cut to one line.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "record/feed.h"
#include "tell_inside.h"
#include "world/words.h"

#define EXCERPT 96 // bytes of a text that are shown

enum { COLUMN_BYTES = 16 }; // at most, of visible text: a character and the two marks upon it

static const char *person_at(const toc_teller *t, const char *seat);
static void tell_words(const toc_teller *t, const char *words, size_t len);
static const char *tell_optional(const toc_teller *t, const char *at);
static bool is_there(const toc_teller *t, toc_field f);
static bool is_news(const toc_event *ev);
static void tell_list(const toc_teller *t, const toc_value *list);
static void tell_item(const toc_teller *t, int64_t item);
static void tell_factor(toc_buf *out, int64_t thousandths);
static toc_field field_of(const char *name, size_t len);

void toc_tell_event(toc_buf *out, const toc_plan *plan, const toc_event *ev)
{
    const toc_teller t = {out, plan, NULL, ev, NULL};
    if (is_news(ev) && !toc_tell_world(&t))
        tell_words(&t, toc_tell_words(ev->kind), strlen(toc_tell_words(ev->kind)));
}

void toc_tell(toc_buf *out, const toc_recording *r, int64_t seq)
{
    toc_tell_shown(out, r, toc_recording_at(r, seq), NULL);
}

void toc_tell_shown(toc_buf *out, const toc_recording *r, const toc_event *ev, const char *audience)
{
    const toc_teller t = {out, toc_recording_plan(r, NULL), r, ev, audience};
    if (!toc_tell_world(&t))
        tell_words(&t, toc_tell_words(t.ev->kind), strlen(toc_tell_words(t.ev->kind)));
}

bool toc_tell_is_news(const toc_recording *r, int64_t seq)
{
    return is_news(toc_recording_at(r, seq));
}

bool toc_tell_jumped(toc_buf *out, const toc_recording *r, int64_t t)
{
    const toc_event *jump = toc_recording_jump(r, t);
    if (!jump)
        return false;
    const char *by = toc_event_str(jump, TOC_F_BY);
    toc_buf_str(out, "jumped over: nobody saw this minute (");
    toc_play_text(out, jump->t);
    toc_buf_str(out, " to ");
    toc_play_text(out, toc_event_int(jump, TOC_F_UNTIL));
    toc_buf_str(out, " by ");
    toc_text_visible(out, by ? by : "EXCON", by ? strlen(by) : 5, false);
    toc_buf_char(out, ')');
    return true;
}

void toc_tell_cut(toc_buf *out, const toc_recording *r, int64_t seq, int columns)
{
    toc_buf line = {0};
    toc_tell(&line, r, seq);
    const char *text = toc_buf_text(&line);
    size_t len = line.len;
    // No column has more bytes than that: a long list is not measured again and again.
    const size_t most = columns > 0 ? (size_t)columns * COLUMN_BYTES : 0;
    const bool is_long = len > most;
    if (is_long)
        for (len = most; len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80;)
            len--;
    if (!is_long && toc_text_columns(text, len) <= columns) {
        toc_buf_add(out, text, len);
    } else if (columns > 0) {
        while (len > 0 && toc_text_columns(text, len) > columns - 1) {
            do
                len--;
            while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80);
        }
        toc_buf_add(out, text, len);
        toc_buf_str(out, "…");
    }
    toc_buf_fini(&line);
}

// Who sits there, if whoever is told may know that.
static const char *person_at(const toc_teller *t, const char *seat)
{
    char audience[64];
    if (t->audience) {
        toc_seat_audience(seat, audience);
        if (strcmp(audience, t->audience) != 0)
            return NULL;
    }
    return t->r ? toc_recording_person(t->r, seat, t->ev->seq) : NULL;
}

void toc_tell_seat(const toc_teller *t, const char *seat)
{
    if (strcmp(seat, "engine") == 0) {
        toc_buf_str(t->out, "the engine");
        return;
    }
    toc_tell_text(t->out, seat, false);
    const char *name = person_at(t, seat);
    if (!name || t->ev->kind == TOC_K_SIGN_IN)
        return;
    toc_buf_str(t->out, " (");
    toc_tell_text(t->out, name, false);
    toc_buf_char(t->out, ')');
}

// Never cut where a person has to act upon it.
void toc_tell_text(toc_buf *out, const char *text, bool is_whole)
{
    size_t len = strlen(text);
    if (is_whole) {
        char *line = toc_strdup(text);
        for (char *at = line; (at = strchr(at, '\n'));)
            *at = ' ';
        toc_text_visible(out, line, len, false);
        free(line);
        return;
    }
    bool is_cut = len > EXCERPT;
    if (is_cut)
        for (len = EXCERPT; len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80;)
            len--;
    const char *end = memchr(text, '\n', len);
    toc_text_visible(out, text, end ? (size_t)(end - text) : len, false);
    toc_buf_str(out, is_cut || (end && end[1]) ? "…" : "");
}

void toc_tell_service(const toc_teller *t, const char *before, const char *id)
{
    if (!id)
        return;
    size_t service = t->plan ? toc_plan_service(t->plan, id) : TOC_NONE;
    toc_buf_str(t->out, before);
    toc_tell_text(t->out, service == TOC_NONE ? id : toc_service_name(&t->plan->model, service),
                  true);
}

void toc_tell_field(const toc_teller *t, toc_field f, bool is_whole)
{
    const toc_value *v = toc_event_value(t->ev, f);
    if (!v)
        return;
    switch (f) {
    case TOC_F_BY:
    case TOC_F_SEAT:
        toc_tell_seat(t, v->text);
        break;
    case TOC_F_FROM:
        toc_tell_text(t->out, v->text, false);
        if (t->r &&
            toc_event_has(t->ev, TOC_F_BY)) { // the person behind the team, or behind the party
            const char *name = person_at(t, toc_event_str(t->ev, TOC_F_BY));
            toc_buf_str(t->out, name ? " (" : "");
            toc_tell_text(t->out, name ? name : "", false);
            toc_buf_str(t->out, name ? ")" : "");
        }
        break;
    case TOC_F_SERVICE:
    case TOC_F_PROVIDER:
        toc_tell_service(t, "", v->text);
        break;
    case TOC_F_QUOTE:
        toc_tell_text(t->out,
                      toc_event_has(t->ev, TOC_F_QUOTE_TITLE)
                          ? toc_event_str(t->ev, TOC_F_QUOTE_TITLE)
                          : v->text,
                      false);
        break;
    case TOC_F_UNTIL:
    case TOC_F_DEADLINE:
    case TOC_F_OCCURRED:
        toc_play_text(t->out, v->number);
        break;
    case TOC_F_SPEED:
    case TOC_F_PACE:
        tell_factor(t->out, v->number);
        break;
    case TOC_F_LEVEL:
        toc_percent_text(t->out, v->number);
        toc_buf_str(t->out, " %");
        break;
    case TOC_F_MINUTES:
        toc_minutes_text(t->out, v->number);
        break;
    case TOC_F_ITEM:
    case TOC_F_RE:
        tell_item(t, v->number);
        break;
    default:
        if (toc_field_type(f) == TOC_TYPE_LIST)
            tell_list(t, v);
        else if (v->text)
            toc_tell_text(t->out, v->text, is_whole);
        else
            toc_buf_int(t->out, v->number);
    }
}

static void tell_words(const toc_teller *t, const char *words, size_t len)
{
    for (const char *at = words, *end = words + len; at < end;) {
        if (*at == '~') {
            at = tell_optional(t, at + 1);
        } else if (*at == '{') {
            const char *close = strchr(at, '}');
            bool is_whole = close[-1] == '!';
            toc_tell_field(t, field_of(at + 1, (size_t)(close - at - 1) - is_whole), is_whole);
            at = close + 1;
        } else {
            toc_buf_char(t->out, *at++);
        }
    }
}

// at: behind the first ~. Gives what is behind the second.
static const char *tell_optional(const toc_teller *t, const char *at)
{
    const char *ask = strchr(at, '?'), *close = strchr(ask, '~');
    if (is_there(t, field_of(at, (size_t)(ask - at))))
        tell_words(t, ask + 1, (size_t)(close - ask - 1));
    return close + 1;
}

// What the engine did by itself needs no name.
static bool is_there(const toc_teller *t, toc_field f)
{
    if (f == TOC_F_BY && toc_event_has(t->ev, f))
        return strcmp(toc_event_str(t->ev, f), "engine") != 0;
    return toc_event_has(t->ev, f);
}

static bool is_news(const toc_event *ev)
{
    const char *state = toc_event_str(ev, TOC_F_STATE), *measure = toc_event_str(ev, TOC_F_MEASURE);
    char audience[64] = "";
    switch (ev->kind) {
    case TOC_K_EXPECTATION: // that something is expected from now on stands in the list of expected actions
        return strcmp(state, "open") != 0 && strcmp(state, "planned") != 0;
    case TOC_K_MEASURE: // the level that follows tells it
        return strcmp(measure, "set") != 0;
    case TOC_K_DECIDE: // what a team decides is told by what is derived; who did it in its place stands here alone
        toc_seat_audience(toc_event_str(ev, TOC_F_BY), audience);
        return strcmp(audience, "control") == 0;
    case TOC_K_LEVEL:
    case TOC_K_REPAIR:
    case TOC_K_DEADLOCK:
        return true;
    default:
        return toc_tell_is_loud(ev->kind);
    }
}

static void tell_list(const toc_teller *t, const toc_value *list)
{
    for (size_t i = 0; i < list->count; i++) {
        toc_buf_str(t->out, i ? ", " : "");
        toc_tell_text(t->out, list->list[i], false);
    }
}

// Injects by their ids, messages by who wrote them.
static void tell_item(const toc_teller *t, int64_t item)
{
    const toc_event *ev = t->r && item < t->ev->seq ? toc_recording_at(t->r, item) : NULL;
    const char *inject = ev ? toc_event_str(ev, TOC_F_INJECT) : NULL;
    if (inject) {
        toc_tell_text(t->out, inject, false);
    } else if (ev && ev->kind == TOC_K_MESSAGE) {
        toc_buf_str(t->out, "the message of ");
        toc_tell_text(t->out, toc_event_str(ev, TOC_F_FROM), false);
        toc_buf_printf(t->out, " (line %lld)", (long long)item);
    } else if (ev && ev->kind == TOC_K_PROMISE) {
        toc_buf_str(t->out, "the promise \"");
        toc_tell_text(t->out, toc_event_str(ev, TOC_F_TEXT), false);
        toc_buf_char(t->out, '"');
    } else {
        toc_buf_printf(t->out, "line %lld", (long long)item);
    }
}

// "x1", "x0.5": thousandths without the zeros at their end.
static void tell_factor(toc_buf *out, int64_t thousandths)
{
    toc_buf_printf(out, "x%lld", (long long)(thousandths / 1000));
    char part[8];
    int rest = (int)(thousandths % 1000), digits = 3;
    if (rest == 0)
        return;
    for (; rest % 10 == 0; rest /= 10)
        digits--;
    snprintf(part, sizeof part, ".%0*d", digits, rest);
    toc_buf_str(out, part);
}

static toc_field field_of(const char *name, size_t len)
{
    for (toc_field f = 0; f < TOC_F_COUNT; f++)
        if (strlen(toc_field_name(f)) == len && memcmp(toc_field_name(f), name, len) == 0)
            return f;
    return TOC_F_COUNT;
}
