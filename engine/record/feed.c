// SPDX-License-Identifier: MIT
// Feeds: the journal as one audience may see it. The lines are kept, because the desk serves them
// again to whoever missed some; a feed of an exercise day is a few megabytes.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "event_json.h"
#include "record/feed.h"

typedef struct {
    int64_t seq;
    char *line;
} entry;

struct toc_feed {
    char audience[64];
    bool is_control;
    entry *entries; // in order of seq; number n is entries[n - 1]
    size_t count, capacity;
};

static bool is_named(const toc_value *list, const char *audience);
static bool is_shown(const toc_feed *f, const toc_event *ev, const toc_field_rule *rule);
static char *make_line(const toc_feed *f, const toc_event *ev, int64_t n);
static void make_event(const toc_feed *f, const toc_event *ev, toc_event *out);

void toc_seat_audience(const char *seat, char out[64])
{
    out[0] = '\0';
    const char *dash = strrchr(seat, '-');
    if (!dash || dash == seat || dash[1] < '1' || dash[1] > '9' ||
        strspn(dash + 1, "0123456789") != strlen(dash + 1))
        return;
    size_t len = (size_t)(dash - seat);
    if (len >= 64)
        return;
    memcpy(out, seat, len);
    out[len] = '\0';
    if (strcmp(out, "excon") == 0 || strcmp(out, "simcell") == 0 || strcmp(out, "evaluator") == 0)
        strcpy(out, "control");
}

toc_feed *toc_feed_new(const char *audience)
{
    toc_feed *f = toc_alloc(sizeof *f);
    toc_copy_text(f->audience, sizeof f->audience, audience);
    f->is_control = strcmp(audience, "control") == 0;
    return f;
}

void toc_feed_free(toc_feed *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < f->count; i++)
        free(f->entries[i].line);
    free(f->entries);
    free(f);
}

const char *toc_feed_audience(const toc_feed *f)
{
    return f->audience;
}

bool toc_feed_sees(const toc_feed *f, const toc_event *ev)
{
    toc_see see = toc_kind_see(ev->kind);
    if (see == TOC_SEE_NOBODY)
        return false;
    if (f->is_control || see == TOC_SEE_ALL)
        return true;
    char audience[64] = "";
    const char *seat = toc_event_str(ev, TOC_F_SEAT);
    switch (see) {
    case TOC_SEE_SEAT:
        if (!seat)
            seat = toc_event_str(ev, TOC_F_BY);
        if (seat)
            toc_seat_audience(seat, audience);
        return strcmp(audience, f->audience) == 0;
    case TOC_SEE_TEAM:
        seat = toc_event_str(ev, TOC_F_TEAM);
        return seat && strcmp(seat, f->audience) == 0;
    case TOC_SEE_ADDRESSED:
        // An inject's `from` is free text of the author's; only a message's is a sender who may see it.
        if (ev->kind == TOC_K_MESSAGE && strcmp(toc_event_str(ev, TOC_F_FROM), f->audience) == 0)
            return true;
        return is_named(toc_event_value(ev, TOC_F_TO), f->audience);
    default:
        return false;
    }
}

bool toc_feed_add(toc_feed *f, const toc_event *ev)
{
    if (!toc_feed_sees(f, ev))
        return false;
    TOC_GROW(f->entries, f->count, f->capacity);
    entry *added = &f->entries[f->count++];
    added->seq = ev->seq;
    added->line = make_line(f, ev, (int64_t)f->count);
    return true;
}

bool toc_feed_show(toc_feed *f, const toc_event *ev, toc_event *out)
{
    if (!toc_feed_sees(f, ev))
        return false;
    TOC_GROW(f->entries, f->count, f->capacity);
    f->entries[f->count++] = (entry){.seq = ev->seq};
    make_event(f, ev, out);
    return true;
}

int64_t toc_feed_head(const toc_feed *f)
{
    return (int64_t)f->count;
}

const char *toc_feed_line(const toc_feed *f, int64_t n)
{
    return n >= 1 && n <= (int64_t)f->count ? f->entries[n - 1].line : NULL;
}

int64_t toc_feed_seq(const toc_feed *f, int64_t n)
{
    return n >= 1 && n <= (int64_t)f->count ? f->entries[n - 1].seq : 0;
}

int64_t toc_feed_number(const toc_feed *f, int64_t seq)
{
    size_t low = 0, high = f->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (f->entries[middle].seq < seq)
            low = middle + 1;
        else
            high = middle;
    }
    return low < f->count && f->entries[low].seq == seq ? (int64_t)low + 1 : 0;
}

toc_err toc_feed_parse(const char *json, size_t len, int64_t *n, toc_event *out, toc_error *e)
{
    static const char *const own[] = {"n", "seq", "t", "k", "cause", NULL};
    toc_json *line;
    toc_err err = toc_json_read(&line, json, len, TOC_JSON_REPLY, e);
    if (err)
        return err;
    const toc_json *kind = toc_json_get(line, "k");
    const toc_json *number = toc_json_get(line, "n"), *t = toc_json_get(line, "t");
    toc_event_init(out, TOC_K_UNKNOWN, 0);
    if (!kind || !toc_json_text(kind) || !number || !toc_json_int(number, n) || *n < 1 || !t ||
        !toc_json_int(t, &out->t))
        err = toc_fail(e, TOC_EFORMAT, "a line of the feed lacks n, t or k");
    if (!err) {
        out->kind = toc_kind_find(toc_json_text(kind));
        if (toc_json_get(line, "seq"))
            toc_json_int(toc_json_get(line, "seq"), &out->seq);
        if (toc_json_get(line, "cause"))
            toc_json_int(toc_json_get(line, "cause"), &out->cause);
        if (out->kind != TOC_K_UNKNOWN)
            err = toc_event_fields(out, line, own, false, e);
    }
    toc_json_free(line);
    if (err)
        toc_event_fini(out);
    return err;
}

static bool is_named(const toc_value *list, const char *audience)
{
    for (size_t i = 0; list && i < list->count; i++)
        if (strcmp(list->list[i], audience) == 0)
            return true;
    return false;
}

static bool is_shown(const toc_feed *f, const toc_event *ev, const toc_field_rule *rule)
{
    if (f->is_control || rule->show == TOC_SHOW_ALL)
        return true;
    const char *by = toc_event_str(ev, TOC_F_BY);
    if (rule->show == TOC_SHOW_SENDER)
        return true;
    if (rule->show == TOC_SHOW_SEEN)
        return is_named(toc_event_value(ev, TOC_F_BECAUSE_SEEN), f->audience);
    if (rule->show == TOC_SHOW_CONTROL || !by)
        return false;
    char audience[64];
    toc_seat_audience(by, audience);
    return strcmp(audience, f->audience) == 0;
}

// The value as the audience is shown it; false: it is not. own: room for the audience's name in a list.
static bool show_value(const toc_feed *f, const toc_event *ev, const toc_field_rule *rule,
                       toc_value *shown, char *own[1])
{
    const toc_value *v = toc_event_value(ev, rule->field);
    if (!v || !is_shown(f, ev, rule))
        return false;
    *shown = *v;
    if (toc_field_type(v->field) == TOC_TYPE_REF) {
        shown->number = toc_feed_number(f, v->number);
        if (shown->number == 0)
            return false; // what it points at is not this audience's to know of
    }
    const char *from = toc_event_str(ev, TOC_F_FROM);
    if (rule->show == TOC_SHOW_SENDER && !f->is_control &&
        (!from || strcmp(from, f->audience) != 0)) {
        own[0] = (char *)(uintptr_t)f->audience;
        shown->list = own; // who else was written to is not this audience's to know
        shown->count = 1;
    }
    return true;
}

static char *make_line(const toc_feed *f, const toc_event *ev, int64_t n)
{
    toc_buf line = {0};
    toc_buf_str(&line, "{\"n\":");
    toc_buf_int(&line, n);
    if (f->is_control)
        toc_buf_printf(&line, ",\"seq\":%lld", (long long)ev->seq);
    toc_buf_printf(&line, ",\"t\":%lld,\"k\":", (long long)ev->t);
    toc_json_str(&line, toc_kind_name(ev->kind));
    if (f->is_control && toc_kind_class(ev->kind) == TOC_CLASS_DERIVED)
        toc_buf_printf(&line, ",\"cause\":%lld", (long long)ev->cause);
    size_t count;
    const toc_field_rule *rules = toc_kind_rules(ev->kind, &count);
    for (size_t i = 0; i < count; i++) {
        toc_value shown;
        char *own[1];
        if (show_value(f, ev, &rules[i], &shown, own))
            toc_value_json(&line, &shown);
    }
    toc_buf_char(&line, '}');
    return toc_buf_take(&line);
}

static void make_event(const toc_feed *f, const toc_event *ev, toc_event *out)
{
    toc_event shown = {.kind = ev->kind, .t = ev->t};
    toc_value values[TOC_KIND_FIELDS];
    char *own[TOC_KIND_FIELDS][1];
    size_t count;
    const toc_field_rule *rules = toc_kind_rules(ev->kind, &count);
    if (f->is_control) {
        shown.seq = ev->seq;
        shown.cause = toc_kind_class(ev->kind) == TOC_CLASS_DERIVED ? ev->cause : 0;
    }
    shown.values = values;
    for (size_t i = 0; i < count; i++)
        shown.count += show_value(f, ev, &rules[i], &values[shown.count], own[i]);
    toc_event_copy(out, &shown);
}
