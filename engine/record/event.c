// SPDX-License-Identifier: MIT
// Events in memory: a kind and the values it has, in no particular order.

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/event.h"

static toc_value *set_value(toc_event *ev, toc_field f, toc_type a, toc_type b, toc_type c);
static void free_value(toc_value *v);
static void drop_value(toc_event *ev, toc_field f);
static void unpack(toc_event *ev);
static char **copy_list(char *const *list, size_t count);
static size_t strings_of(const toc_value *v);
static size_t size_of(const toc_value *v);
static char *pack_text(char **at, const char *text);
static size_t room_for(size_t count);

void toc_event_init(toc_event *ev, toc_kind kind, int64_t t)
{
    *ev = (toc_event){.kind = kind, .t = t};
}

void toc_event_fini(toc_event *ev)
{
    for (size_t i = 0; !ev->is_packed && i < ev->count; i++)
        free_value(&ev->values[i]);
    free(ev->values);
    *ev = (toc_event){.kind = ev->kind};
}

void toc_event_copy(toc_event *to, const toc_event *from)
{
    *to = *from;
    to->values = NULL;
    if (from->count == 0) {
        to->is_packed = false;
        return;
    }
    size_t size = from->count * sizeof *to->values;
    for (size_t i = 0; i < from->count; i++)
        size += size_of(&from->values[i]);
    to->is_packed = true;
    to->values = toc_realloc(NULL, size);
    memcpy(to->values, from->values, from->count * sizeof *to->values);
    // Lists of pointers first: texts have no alignment.
    char **list = (char **)(to->values + from->count);
    for (size_t i = 0; i < to->count; i++) {
        toc_value *v = &to->values[i];
        if (v->list)
            v->list = memcpy(list, v->list, strings_of(v) * sizeof *list);
        list += strings_of(v);
    }
    char *text = (char *)list;
    for (size_t i = 0; i < to->count; i++) {
        toc_value *v = &to->values[i];
        if (v->text)
            v->text = pack_text(&text, v->text);
        for (size_t k = 0; k < strings_of(v); k++)
            v->list[k] = pack_text(&text, v->list[k]);
    }
}

void toc_event_set_str(toc_event *ev, toc_field f, const char *text)
{
    char *copy = toc_strdup(text); // first: text may belong to the value that is replaced
    drop_value(ev, f);
    if (copy)
        set_value(ev, f, TOC_TYPE_STR, TOC_TYPE_STR, TOC_TYPE_STR)->text = copy;
}

void toc_event_set_int(toc_event *ev, toc_field f, int64_t n)
{
    drop_value(ev, f);
    if (n != 0 || toc_field_type(f) == TOC_TYPE_INT)
        set_value(ev, f, TOC_TYPE_INT, TOC_TYPE_BOOL, TOC_TYPE_REF)->number = n;
}

static void set_strings(toc_event *ev, toc_field f, char *const *list, size_t count, size_t per)
{
    char **copy = count ? copy_list(list, count * per) : NULL; // first: as above
    drop_value(ev, f);
    if (!copy)
        return;
    toc_value *v = set_value(ev, f, TOC_TYPE_LIST, TOC_TYPE_PAIRS, TOC_TYPE_PAIRS);
    v->count = count;
    v->list = copy;
}

void toc_event_set_list(toc_event *ev, toc_field f, char *const *list, size_t count)
{
    assert(toc_field_type(f) == TOC_TYPE_LIST);
    set_strings(ev, f, list, count, 1);
}

void toc_event_set_pairs(toc_event *ev, toc_field f, char *const *list, size_t pairs)
{
    assert(toc_field_type(f) == TOC_TYPE_PAIRS);
    set_strings(ev, f, list, pairs, 2);
}

const toc_value *toc_event_value(const toc_event *ev, toc_field f)
{
    for (size_t i = 0; i < ev->count; i++)
        if (ev->values[i].field == f)
            return &ev->values[i];
    return NULL;
}

const char *toc_event_str(const toc_event *ev, toc_field f)
{
    const toc_value *v = toc_event_value(ev, f);
    return v ? v->text : NULL;
}

int64_t toc_event_int(const toc_event *ev, toc_field f)
{
    const toc_value *v = toc_event_value(ev, f);
    return v ? v->number : 0;
}

bool toc_event_has(const toc_event *ev, toc_field f)
{
    return toc_event_value(ev, f) != NULL;
}

toc_event *toc_events_add(toc_events *list, toc_kind kind, int64_t t)
{
    TOC_GROW(list->at, list->count, list->capacity);
    toc_event *ev = &list->at[list->count++];
    toc_event_init(ev, kind, t);
    return ev;
}

void toc_events_clear(toc_events *list)
{
    for (size_t i = 0; i < list->count; i++)
        toc_event_fini(&list->at[i]);
    list->count = 0;
}

void toc_events_fini(toc_events *list)
{
    toc_events_clear(list);
    free(list->at);
    *list = (toc_events){0};
}

// a, b, c are the types that the caller may set; anything else is our own mistake.
static toc_value *set_value(toc_event *ev, toc_field f, toc_type a, toc_type b, toc_type c)
{
    toc_type type = toc_field_type(f);
    assert(type == a || type == b || type == c);
    (void)type, (void)a, (void)b, (void)c;
    unpack(ev);
    if (room_for(ev->count) == ev->count)
        ev->values = toc_realloc(ev->values, room_for(ev->count + 1) * sizeof *ev->values);
    toc_value *v = &ev->values[ev->count++];
    *v = (toc_value){.field = f};
    return v;
}

static void free_value(toc_value *v)
{
    free(v->list); // with its strings
    free(v->text);
}

static void drop_value(toc_event *ev, toc_field f)
{
    unpack(ev);
    for (size_t i = 0; i < ev->count; i++) {
        if (ev->values[i].field != f)
            continue;
        free_value(&ev->values[i]);
        ev->values[i] = ev->values[--ev->count];
        return;
    }
}

// So that single values can be put in and taken out.
static void unpack(toc_event *ev)
{
    if (!ev->is_packed)
        return;
    toc_value *packed = ev->values;
    ev->is_packed = false;
    ev->values = toc_realloc(NULL, room_for(ev->count) * sizeof *ev->values);
    for (size_t i = 0; i < ev->count; i++) {
        ev->values[i] = packed[i];
        ev->values[i].text = toc_strdup(packed[i].text);
        ev->values[i].list =
            packed[i].list ? copy_list(packed[i].list, strings_of(&packed[i])) : NULL;
    }
    free(packed);
}

static size_t strings_of(const toc_value *v)
{
    return v->list ? v->count * (toc_field_type(v->field) == TOC_TYPE_PAIRS ? 2 : 1) : 0;
}

// Beside the value itself.
static size_t size_of(const toc_value *v)
{
    size_t size = strings_of(v) * sizeof *v->list + (v->text ? strlen(v->text) + 1 : 0);
    for (size_t i = 0; i < strings_of(v); i++)
        size += strlen(v->list[i]) + 1;
    return size;
}

static char *pack_text(char **at, const char *text)
{
    size_t len = strlen(text) + 1;
    char *packed = memcpy(*at, text, len);
    *at += len;
    return packed;
}

// One piece of memory: the pointers, then the strings they point to.
static char **copy_list(char *const *list, size_t count)
{
    size_t size = count * sizeof *list;
    for (size_t i = 0; i < count; i++)
        size += strlen(list[i]) + 1;
    char **copy = toc_realloc(NULL, size);
    char *at = (char *)(copy + count);
    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(list[i]) + 1;
        copy[i] = memcpy(at, list[i], len);
        at += len;
    }
    return copy;
}

// How many values an event of so many has memory for: it follows from their number.
static size_t room_for(size_t count)
{
    return (count + 7) / 8 * 8;
}
