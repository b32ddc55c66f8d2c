// SPDX-License-Identifier: MIT
// Events to and from JSON. Writing follows the table's order, so that equal events are equal bytes.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "event_json.h"

static toc_err read_strings(toc_event *ev, toc_field f, const toc_json *value, toc_error *e);
static toc_err wrong_type(toc_field f, const char *wanted, toc_error *e);
static bool is_in(const char *name, const char *const *list);

static void list_json(toc_buf *out, const toc_value *v)
{
    bool is_pairs = toc_field_type(v->field) == TOC_TYPE_PAIRS;
    toc_buf_char(out, '[');
    for (size_t i = 0; i < v->count; i++) {
        if (i)
            toc_buf_char(out, ',');
        if (!is_pairs) {
            toc_json_str(out, v->list[i]);
            continue;
        }
        toc_buf_char(out, '[');
        toc_json_str(out, v->list[2 * i]);
        toc_buf_char(out, ',');
        toc_json_str(out, v->list[2 * i + 1]);
        toc_buf_char(out, ']');
    }
    toc_buf_char(out, ']');
}

void toc_value_json(toc_buf *out, const toc_value *v)
{
    toc_json_key(out, toc_field_name(v->field));
    switch (toc_field_type(v->field)) {
    case TOC_TYPE_STR:
        toc_json_str(out, v->text);
        break;
    case TOC_TYPE_INT:
    case TOC_TYPE_REF:
        toc_buf_int(out, v->number);
        break;
    case TOC_TYPE_BOOL:
        toc_buf_str(out, "true");
        break;
    case TOC_TYPE_LIST:
    case TOC_TYPE_PAIRS:
        list_json(out, v);
        break;
    }
}

void toc_event_request(toc_buf *out, const toc_event *input)
{
    for (size_t i = 0; i < toc_kind_field_count(input->kind); i++) {
        toc_field f = toc_kind_field(input->kind, i);
        const toc_value *v = toc_event_value(input, f);
        if (!v || f == TOC_F_BY || f == TOC_F_WALL || f == TOC_F_ID)
            continue;
        toc_buf pair = {0}; // something stands before the first one too
        toc_value_json(&pair, v);
        toc_buf_char(out, ',');
        toc_buf_add(out, pair.data, pair.len);
        toc_buf_fini(&pair);
    }
}

void toc_event_body(toc_buf *out, const toc_event *ev)
{
    toc_buf_str(out, "{\"seq\":");
    toc_buf_int(out, ev->seq);
    toc_buf_str(out, ",\"t\":");
    toc_buf_int(out, ev->t);
    toc_buf_str(out, ",\"k\":");
    toc_json_str(out, toc_kind_name(ev->kind));
    if (toc_kind_class(ev->kind) == TOC_CLASS_DERIVED) {
        toc_buf_str(out, ",\"cause\":");
        toc_buf_int(out, ev->cause);
    }
    size_t count;
    const toc_field_rule *rules = toc_kind_rules(ev->kind, &count);
    for (size_t i = 0; i < count; i++) {
        const toc_value *v = toc_event_value(ev, rules[i].field);
        if (v)
            toc_value_json(out, v);
    }
}

// member_int reads a required number of the line itself.
static toc_err member_int(const toc_json *object, const char *name, int64_t *n, toc_error *e)
{
    const toc_json *value = toc_json_get(object, name);
    if (!value || !toc_json_int(value, n) || *n < 0)
        return toc_fail(e, TOC_EFORMAT, "the event has no whole number \"%s\"", name);
    return TOC_OK;
}

toc_err toc_event_parse(toc_event *out, const char *json, size_t len, toc_error *e)
{
    static const char *const own[] = {"seq", "t", "k", "cause", NULL};
    toc_json *line;
    toc_err err = toc_json_read(&line, json, len, TOC_JSON_JOURNAL, e);
    if (err)
        return err;
    toc_event_init(out, TOC_K_UNKNOWN, 0);
    const toc_json *kind = toc_json_get(line, "k");
    if (toc_json_kind(line) != TOC_JSON_OBJECT || !kind || !toc_json_text(kind))
        err = toc_fail(e, TOC_EFORMAT, "the event has no kind \"k\"");
    if (!err)
        err = member_int(line, "seq", &out->seq, e);
    if (!err)
        err = member_int(line, "t", &out->t, e);
    if (!err) {
        out->kind = toc_kind_find(toc_json_text(kind));
        bool is_derived = toc_kind_class(out->kind) == TOC_CLASS_DERIVED;
        if (is_derived)
            err = member_int(line, "cause", &out->cause, e);
        else if (out->kind != TOC_K_UNKNOWN && toc_json_get(line, "cause"))
            err = toc_fail(e, TOC_EFORMAT, "a %s has no cause", toc_kind_name(out->kind));
    }
    if (!err && out->kind != TOC_K_UNKNOWN)
        err = toc_event_fields(out, line, own, true, e);
    toc_json_free(line);
    if (err)
        toc_event_fini(out);
    return err;
}

toc_err toc_event_fields(toc_event *ev, const toc_json *object, const char *const *skip,
                         bool is_whole, toc_error *e)
{
    const char *kind = toc_kind_name(ev->kind);
    for (const toc_json *m = toc_json_first(object); m; m = toc_json_next(m)) {
        const char *name = toc_json_name(m);
        if (is_in(name, skip))
            continue;
        toc_field f = toc_field_find(name);
        if (f == TOC_F_COUNT || !toc_kind_has(ev->kind, f))
            return toc_fail(e, TOC_EFORMAT, "\"%.40s\" is not a field of \"%s\"", name, kind);
        toc_err err = toc_value_read(ev, f, m, e);
        if (err)
            return err;
    }
    for (size_t i = 0; is_whole && i < toc_kind_field_count(ev->kind); i++) {
        toc_field f = toc_kind_field(ev->kind, i);
        if (toc_kind_needs(ev->kind, f) && !toc_event_has(ev, f))
            return toc_fail(e, TOC_EFORMAT, "\"%s\" needs \"%s\"", kind, toc_field_name(f));
    }
    return TOC_OK;
}

toc_err toc_value_read(toc_event *ev, toc_field f, const toc_json *value, toc_error *e)
{
    int64_t n;
    switch (toc_field_type(f)) {
    case TOC_TYPE_STR:
        if (!toc_json_text(value))
            return wrong_type(f, "a text", e);
        toc_event_set_str(ev, f, toc_json_text(value));
        return TOC_OK;
    case TOC_TYPE_BOOL:
        if (!toc_json_true(value))
            return wrong_type(f, "true, or left out", e);
        toc_event_set_int(ev, f, 1);
        return TOC_OK;
    case TOC_TYPE_INT:
        if (!toc_json_int(value, &n) || n < 0)
            return wrong_type(f, "a whole number", e);
        toc_event_set_int(ev, f, n);
        return TOC_OK;
    case TOC_TYPE_REF:
        if (!toc_json_int(value, &n) || n < 1)
            return wrong_type(f, "the number of an item", e);
        toc_event_set_int(ev, f, n);
        return TOC_OK;
    case TOC_TYPE_LIST:
    case TOC_TYPE_PAIRS:
        return read_strings(ev, f, value, e);
    }
    return toc_fail(e, TOC_EINTERNAL, "a field without a type");
}

static toc_err read_strings(toc_event *ev, toc_field f, const toc_json *value, toc_error *e)
{
    bool is_pairs = toc_field_type(f) == TOC_TYPE_PAIRS;
    const char *wanted = is_pairs ? "a list of pairs of texts" : "a list of texts";
    if (toc_json_kind(value) != TOC_JSON_ARRAY || !toc_json_first(value))
        return wrong_type(f, wanted, e);
    toc_err err = TOC_OK;
    char **list = NULL; // borrowed strings
    size_t count = 0, capacity = 0;
    for (const toc_json *m = toc_json_first(value); m && !err; m = toc_json_next(m)) {
        const toc_json *first = is_pairs ? toc_json_first(m) : m;
        const toc_json *second = is_pairs && first ? toc_json_next(first) : NULL;
        if (!first || !toc_json_text(first) || (is_pairs && (!second || !toc_json_text(second))) ||
            (second && toc_json_next(second))) {
            err = wrong_type(f, wanted, e);
            break;
        }
        TOC_GROW(list, count, capacity);
        list[count++] = (char *)(uintptr_t)toc_json_text(first);
        if (!is_pairs)
            continue;
        TOC_GROW(list, count, capacity);
        list[count++] = (char *)(uintptr_t)toc_json_text(second);
    }
    if (!err && is_pairs)
        toc_event_set_pairs(ev, f, list, count / 2);
    else if (!err)
        toc_event_set_list(ev, f, list, count);
    free(list);
    return err;
}

static toc_err wrong_type(toc_field f, const char *wanted, toc_error *e)
{
    return toc_fail(e, TOC_EFORMAT, "\"%s\" must be %s", toc_field_name(f), wanted);
}

static bool is_in(const char *name, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(name, *list) == 0)
            return true;
    return false;
}
