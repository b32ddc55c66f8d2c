// SPDX-License-Identifier: MIT
// The first line that differs, for people: which it is, what both sides say in words, which field differs, and from what the
// line follows.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "replays/tell.h"
#include "verify_inside.h"

#define EXCERPT   100 // bytes of a line that are shown before and behind what differs
#define FIELD_MAX 400 // and of what differs itself
#define NOWHERE   SIZE_MAX
#define WAY_MAX   100 // causes that are followed back

// A member of a body: "option":"cut". Of a body without members, or behind its end: nothing.
typedef struct {
    size_t from, to;
} member;

static void put_bytes(toc_buf *out, const char *key, const char *text);
static bool parse(toc_event *ev, const char *body, size_t len);
static bool parse_line(toc_event *ev, const toc_verify_lines *lines, int64_t seq);
static char *tell(const char *body, const toc_plan *plan);
static char *about(const toc_event *ev, bool has_time);
static void find_cause(toc_verdict *v, const toc_verify_lines *lines);
static void find_field(toc_verdict *v);
static size_t common(const char *a, const char *b);
static member member_at(const char *body, size_t offset);
static void text_line(toc_buf *out, const toc_verdict *v);
static void text_bytes(toc_buf *out, const char *label, const char *body, size_t differs);
static void add_excerpt(toc_buf *out, const char *text, size_t from, size_t to);
static bool has(const char *text);

void toc_difference_find(toc_verdict *v, const toc_verify_lines *lines, const toc_plan *plan)
{
    toc_event ev;
    const char *seen = has(v->recorded) ? v->recorded : v->came_out;
    if (seen && parse(&ev, seen, strlen(seen))) {
        v->told.about = about(&ev, true);
        toc_event_fini(&ev);
    }
    v->told.recorded = tell(v->recorded, plan);
    v->told.came_out = tell(v->came_out, plan);
    find_cause(v, lines);
    find_field(v);
}

void toc_difference_fini(toc_difference *d)
{
    free(d->about);
    free(d->recorded);
    free(d->came_out);
    free(d->cause_about);
    free(d->root_about);
    *d = (toc_difference){0};
}

void toc_difference_text(toc_buf *out, const toc_verdict *v)
{
    const toc_difference *d = &v->told;
    text_line(out, v);
    if (d->cause)
        toc_buf_printf(out, "    It follows from line %lld (%s)", (long long)d->cause,
                       d->cause_about);
    if (d->root)
        toc_buf_printf(out, ", and that from line %lld (%s)", (long long)d->root, d->root_about);
    toc_buf_str(out, d->cause ? ".\n" : "");
    if (d->field[0])
        toc_buf_printf(out, "    The field that differs: %s. In bytes, between >> and <<:\n",
                       d->field);
    bool is_told = has(d->recorded) || has(d->came_out);
    if (d->field[0] || !is_told) {
        size_t differs = d->field[0] ? common(v->recorded, v->came_out) : NOWHERE;
        text_bytes(out, "recorded", v->recorded, differs);
        text_bytes(out, "came out", v->came_out, differs);
    }
}

void toc_difference_json(toc_buf *out, const toc_verdict *v)
{
    const toc_difference *d = &v->told;
    toc_buf_printf(out, "{\"line\":%lld", (long long)v->difference);
    put_bytes(out, "what", v->what);
    toc_json_put_str(out, "about", d->about);
    put_bytes(out, "recorded", v->recorded ? v->recorded : "");
    put_bytes(out, "came_out", v->came_out ? v->came_out : "");
    toc_json_put_str(out, "recorded_words", d->recorded);
    toc_json_put_str(out, "came_out_words", d->came_out);
    toc_json_put_str(out, "field", d->field[0] ? d->field : NULL);
    if (d->cause) {
        toc_json_put_int(out, "cause_line", d->cause);
        toc_json_put_str(out, "cause", d->cause_about);
    }
    if (d->root) {
        toc_json_put_int(out, "root_line", d->root);
        toc_json_put_str(out, "root", d->root_about);
    }
    toc_buf_char(out, '}');
}

// Of a line that somebody may have forged: what is no UTF-8 becomes U+FFFD, or the whole were no JSON.
static void put_bytes(toc_buf *out, const char *key, const char *text)
{
    toc_buf clean = {0};
    for (size_t at = 0, len = strlen(text); at < len;) {
        uint32_t cp;
        size_t n = toc_utf8_next(text + at, len - at, &cp);
        if (cp == TOC_CP_BAD)
            toc_buf_str(&clean, "\xEF\xBF\xBD");
        else
            toc_buf_add(&clean, text + at, n);
        at += n;
    }
    toc_json_put_str(out, key, toc_buf_text(&clean));
    toc_buf_fini(&clean);
}

// body is without its closing brace.
static bool parse(toc_event *ev, const char *body, size_t len)
{
    toc_buf json = {0};
    toc_buf_add(&json, body, len);
    toc_buf_char(&json, '}');
    bool is_event = toc_event_parse(ev, json.data, json.len, NULL) == TOC_OK;
    toc_buf_fini(&json);
    return is_event;
}

static bool parse_line(toc_event *ev, const toc_verify_lines *lines, int64_t seq)
{
    return seq > 0 && (size_t)seq < lines->count &&
           parse(ev, lines->at[seq].bytes, lines->at[seq].body_len);
}

// NULL where there is nothing to tell.
static char *tell(const char *body, const toc_plan *plan)
{
    toc_event ev;
    toc_buf words = {0};
    if (!has(body) || !parse(&ev, body, strlen(body)))
        return NULL;
    toc_tell_event(&words, plan, &ev);
    char *told = words.len > 0 ? toc_buf_take(&words) : about(&ev, false);
    toc_buf_fini(&words);
    toc_event_fini(&ev);
    return told;
}

// "T+0:31:07 decided D-01", "decide D-01 by operator-1".
static char *about(const toc_event *ev, bool has_time)
{
    static const toc_field names[] = {TOC_F_INJECT,    TOC_F_DECISION, TOC_F_EXPECTATION,
                                      TOC_F_STORYLINE, TOC_F_PHASE,    TOC_F_PRODUCT,
                                      TOC_F_OBJECTIVE, TOC_F_REPAIR,   TOC_F_SERVICE,
                                      TOC_F_SEAT,      TOC_F_PATH};
    toc_buf out = {0};
    if (has_time) {
        toc_play_text(&out, ev->t);
        toc_buf_char(&out, ' ');
    }
    toc_buf_str(&out,
                ev->kind == TOC_K_UNKNOWN ? "a kind of a later version" : toc_kind_name(ev->kind));
    const char *by = toc_event_str(ev, TOC_F_BY);
    for (size_t i = 0; i < TOC_COUNT(names); i++) {
        const char *name = toc_event_str(ev, names[i]);
        if (!name)
            continue;
        toc_buf_char(&out, ' ');
        toc_text_visible(&out, name, strlen(name), false);
        break;
    }
    if (by) {
        toc_buf_str(&out, " by ");
        toc_text_visible(&out, by, strlen(by), false);
    }
    return toc_buf_take(&out);
}

// What came out knows it best: the recorded line's cause may be what was altered.
static void find_cause(toc_verdict *v, const toc_verify_lines *lines)
{
    toc_difference *d = &v->told;
    const char *body = has(v->came_out) ? v->came_out : v->recorded;
    toc_event ev;
    int64_t cause = 0;
    if (has(body) && parse(&ev, body, strlen(body))) {
        cause = ev.cause;
        toc_event_fini(&ev);
    }
    if (cause >= v->difference - 1 || !parse_line(&ev, lines, cause))
        return;
    d->cause = cause + 1;
    d->cause_about = about(&ev, false);
    for (int i = 0; i < WAY_MAX && ev.cause > 0; i++) {
        int64_t before = ev.cause;
        toc_event_fini(&ev);
        if (before >= cause || !parse_line(&ev, lines, before))
            return;
        cause = before;
        if (toc_kind_class(ev.kind) == TOC_CLASS_INPUT) {
            d->root = before + 1;
            d->root_about = about(&ev, false);
        }
    }
    toc_event_fini(&ev);
}

static void find_field(toc_verdict *v)
{
    toc_difference *d = &v->told;
    if (!has(v->recorded) || !has(v->came_out) || strcmp(v->recorded, v->came_out) == 0)
        return;
    size_t differs = common(v->recorded, v->came_out);
    member m = member_at(v->recorded, differs), other = member_at(v->came_out, differs);
    const char *body = m.to > m.from ? v->recorded : v->came_out;
    if (m.to <= m.from)
        m = other;
    size_t len = 0;
    if (m.to > m.from && body[m.from] == '"')
        while (m.from + 1 + len < m.to && body[m.from + 1 + len] != '"')
            len++;
    snprintf(d->field, sizeof d->field, "%.*s", (int)len, body + m.from + (len > 0));
}

static size_t common(const char *a, const char *b)
{
    size_t n = 0;
    while (a && b && a[n] && a[n] == b[n])
        n++;
    return n;
}

// The member of the outermost object in which offset lies; behind the end of the body: nothing.
static member member_at(const char *body, size_t offset)
{
    member m = {1, 1};
    int depth = 0;
    bool is_text = false;
    size_t at = 0;
    for (; body[at]; at++) {
        if (is_text) {
            if (body[at] == '\\' && body[at + 1])
                at++;
            else if (body[at] == '"')
                is_text = false;
            continue;
        }
        if (depth == 1 && body[at] == ',') {
            if (at > offset)
                break;
            m.from = at + 1;
        }
        is_text = body[at] == '"';
        depth += (body[at] == '{' || body[at] == '[') - (body[at] == '}' || body[at] == ']');
    }
    m.to = at;
    return offset >= at ? (member){at, at} : m;
}

static void text_line(toc_buf *out, const toc_verdict *v)
{
    const toc_difference *d = &v->told;
    toc_buf_printf(out, "  line %lld", (long long)v->difference);
    if (d->about)
        toc_buf_printf(out, " (%s)", d->about);
    if (has(d->recorded) && has(d->came_out)) {
        toc_buf_printf(out, " was recorded as\n      %s\n    but comes out as\n      %s\n",
                       d->recorded, d->came_out);
    } else if (has(d->came_out)) {
        toc_buf_printf(out, " is not in the recording, but comes out as\n      %s\n", d->came_out);
    } else {
        if (has(d->recorded))
            toc_buf_printf(out, " was recorded as\n      %s\n    but", d->recorded);
        else
            toc_buf_char(out, ':');
        toc_buf_printf(out, " %s.\n", v->what);
    }
}

static void text_bytes(toc_buf *out, const char *label, const char *body, size_t differs)
{
    if (!has(body))
        return;
    size_t len = strlen(body);
    if (differs == NOWHERE) {
        toc_buf_printf(out, "      %s ", label);
        add_excerpt(out, body, 0, len < FIELD_MAX ? len : FIELD_MAX);
        toc_buf_printf(out, "%s\n", len > FIELD_MAX ? "…" : "");
        return;
    }
    member m = member_at(body, differs);
    size_t from = m.from > EXCERPT ? m.from - EXCERPT : 0;
    size_t to = len - m.to > EXCERPT ? m.to + EXCERPT : len;
    toc_buf_printf(out, "      %s %s", label, from > 0 ? "…" : "");
    add_excerpt(out, body, from, m.from);
    toc_buf_str(out, ">>");
    if (m.to - m.from > FIELD_MAX) { // around the first byte that differs
        size_t begin = differs > m.from + EXCERPT ? differs - EXCERPT : m.from;
        size_t end = begin + FIELD_MAX < m.to ? begin + FIELD_MAX : m.to;
        toc_buf_str(out, begin > m.from ? "…" : "");
        add_excerpt(out, body, begin, end);
        toc_buf_str(out, end < m.to ? "…" : "");
    } else {
        add_excerpt(out, body, m.from, m.to);
    }
    toc_buf_str(out, "<<");
    add_excerpt(out, body, m.to, to);
    toc_buf_printf(out, "%s\n", to < len ? "…" : "");
}

// A character that the cut goes through shows as a bad one; that is no harm here.
static void add_excerpt(toc_buf *out, const char *text, size_t from, size_t to)
{
    if (to > from)
        toc_text_visible(out, text + from, to - from, false);
}

static bool has(const char *text)
{
    return text && text[0];
}
