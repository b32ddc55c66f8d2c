// SPDX-License-Identifier: MIT
#include "jump_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "lines_parts.h"

static void take_row(toc_jump_rows *r, const toc_jump_rows *before, const toc_json *j);
static void take_changes(toc_jump_rows *r, const toc_json *changes);
static void write_row(toc_buf *out, const toc_json *j, const char *kind);
static void write_to(toc_buf *out, const toc_json *to);
static toc_fate fate_of(const char *kind);
static bool is_chosen(const toc_jump_row *row);
static size_t find_row(const toc_jump_rows *r, const char *key);
static void insert_row(toc_jump_rows *r, toc_jump_row row);
static const char *text_of(const toc_json *j, const char *key);

void toc_jump_rows_fini(toc_jump_rows *r)
{
    for (size_t i = 0; i < r->count; i++) {
        free(r->rows[i].key);
        free(r->rows[i].text);
    }
    for (size_t i = 0; i < r->change_count; i++)
        free(r->changes[i].service);
    free(r->rows);
    free(r->changes);
    *r = (toc_jump_rows){0};
}

void toc_jump_rows_take(toc_jump_rows *r, const toc_json *answer)
{
    toc_jump_rows fresh = {0};
    const toc_json *all = toc_json_get(answer, "preview");
    fresh.at = -1;
    toc_json_int(toc_json_get(answer, "levels"), &fresh.levels);
    toc_json_int(toc_json_get(answer, "more_changes"), &fresh.untold);
    toc_json_int(toc_json_get(answer, "at"), &fresh.at);
    take_changes(&fresh, toc_json_get(answer, "changes"));
    for (const toc_json *j = toc_json_first(all); j; j = toc_json_next(j))
        take_row(&fresh, r, j);
    for (size_t i = 0; i < r->count; i++) {
        if (!is_chosen(&r->rows[i]))
            continue;
        insert_row(&fresh, r->rows[i]);
        r->rows[i].key = r->rows[i].text = NULL;
    }
    toc_jump_rows_fini(r);
    *r = fresh;
}

void toc_jump_rows_want(toc_jump_rows *r, const char *key, const char *text, int64_t t,
                        toc_fate fate)
{
    if (find_row(r, key) < r->count)
        return;
    insert_row(r,
               (toc_jump_row){.key = toc_strdup(key),
                              .text = toc_strdup(text),
                              .t = t,
                              .by_itself = fate == TOC_FATE_KEEP ? TOC_FATE_LAPSE : TOC_FATE_SEND,
                              .fate = fate});
}

bool toc_jump_rows_cycle(toc_jump_rows *r, size_t i)
{
    static const toc_fate injects[] = {TOC_FATE_HOLD, TOC_FATE_SKIP};
    if (i >= r->count)
        return false;
    toc_jump_row *row = &r->rows[i];
    switch (row->fate) {
    case TOC_FATE_SEND:
    case TOC_FATE_CUE:
        return toc_jump_rows_choose(r, i, injects[0]);
    case TOC_FATE_HELD:
    case TOC_FATE_HOLD:
        return toc_jump_rows_choose(r, i, injects[1]);
    case TOC_FATE_LAPSE:
        return toc_jump_rows_choose(r, i, TOC_FATE_KEEP);
    case TOC_FATE_SKIP:
    case TOC_FATE_KEEP:
        return toc_jump_rows_choose(r, i, row->by_itself);
    case TOC_FATE_INFO:
        break;
    }
    return false;
}

bool toc_jump_rows_choose(toc_jump_rows *r, size_t i, toc_fate fate)
{
    if (i >= r->count || r->rows[i].fate == TOC_FATE_INFO)
        return false;
    toc_jump_row *row = &r->rows[i];
    bool is_decision = row->by_itself == TOC_FATE_LAPSE;
    bool for_decision = fate == TOC_FATE_KEEP || fate == TOC_FATE_LAPSE;
    if (is_decision != for_decision)
        return false;
    row->fate = fate == TOC_FATE_SEND || fate == TOC_FATE_LAPSE ? row->by_itself : fate;
    return true;
}

size_t toc_jump_rows_with(const toc_jump_rows *r, toc_fate fate)
{
    size_t count = 0;
    for (size_t i = 0; i < r->count; i++)
        count += r->rows[i].fate == fate;
    return count;
}

void toc_jump_rows_list(const toc_jump_rows *r, toc_fate fate, toc_buf *out)
{
    size_t count = 0;
    toc_buf_char(out, '[');
    for (size_t i = 0; i < r->count; i++)
        if (r->rows[i].fate == fate) {
            if (count++)
                toc_buf_char(out, ',');
            toc_json_str(out, r->rows[i].key);
        }
    toc_buf_char(out, ']');
}

void toc_jump_rows_sum(const toc_jump_rows *r, toc_buf *out)
{
    size_t cues = toc_jump_rows_with(r, TOC_FATE_CUE), kept = toc_jump_rows_with(r, TOC_FATE_KEEP);
    size_t lapses = toc_jump_rows_with(r, TOC_FATE_LAPSE);
    toc_buf_printf(out, "sends %zu, holds %zu, skips %zu", toc_jump_rows_with(r, TOC_FATE_SEND),
                   toc_jump_rows_with(r, TOC_FATE_HOLD) + toc_jump_rows_with(r, TOC_FATE_HELD),
                   toc_jump_rows_with(r, TOC_FATE_SKIP));
    if (cues)
        toc_buf_printf(out, ", cues %zu", cues);
    toc_buf_printf(out, ", lets %zu decision%s lapse", lapses, lapses == 1 ? "" : "s");
    if (kept)
        toc_buf_printf(out, ", keeps %zu", kept);
    toc_buf_printf(out, ", %lld level%s change%s", (long long)r->levels, r->levels == 1 ? "" : "s",
                   r->levels == 1 ? "s" : "");
}

void toc_jump_rows_changes(const toc_jump_rows *r, const toc_situation *s, int columns,
                           toc_buf *out)
{
    for (size_t i = 0; i < r->change_count; i++) {
        const toc_jump_change *c = &r->changes[i];
        toc_buf next = {0}, rest = {0};
        int64_t others = r->untold + (int64_t)(r->change_count - i - 1);
        toc_buf_printf(&next, "%s%s ", i ? ", " : "", toc_situation_name(s, c->service));
        toc_level_text(&next, c->from);
        toc_buf_str(&next, " → ");
        toc_level_text(&next, c->to);
        if (others > 0)
            toc_buf_printf(&rest, " and %lld more", (long long)others);
        int w = toc_text_columns(toc_buf_text(out), out->len) +
                toc_text_columns(toc_buf_text(&next), next.len) + (int)rest.len;
        bool fits = i == 0 || w <= columns;
        if (fits)
            toc_buf_str(out, toc_buf_text(&next));
        toc_buf_fini(&next);
        toc_buf_fini(&rest);
        if (fits)
            continue;
        toc_buf_printf(out, " and %lld more", (long long)others + 1);
        return;
    }
    if (r->change_count > 0 && r->untold > 0)
        toc_buf_printf(out, " and %lld more", (long long)r->untold);
}

const char *toc_fate_name(toc_fate fate)
{
    static const char *const names[] = {
        [TOC_FATE_INFO] = "",       [TOC_FATE_SEND] = "send", [TOC_FATE_CUE] = "cue",
        [TOC_FATE_HELD] = "held",   [TOC_FATE_HOLD] = "HOLD", [TOC_FATE_SKIP] = "SKIP",
        [TOC_FATE_LAPSE] = "lapse", [TOC_FATE_KEEP] = "KEEP",
    };
    return names[fate];
}

static void take_changes(toc_jump_rows *r, const toc_json *changes)
{
    for (const toc_json *j = toc_json_first(changes); j; j = toc_json_next(j)) {
        toc_jump_change c = {0};
        if (!toc_json_text(toc_json_get(j, "service")) ||
            !toc_json_int(toc_json_get(j, "from"), &c.from) ||
            !toc_json_int(toc_json_get(j, "to"), &c.to))
            continue;
        c.service = toc_strdup(toc_json_text(toc_json_get(j, "service")));
        TOC_GROW(r->changes, r->change_count, r->change_capacity);
        r->changes[r->change_count++] = c;
    }
}

static void take_row(toc_jump_rows *r, const toc_jump_rows *before, const toc_json *j)
{
    const char *kind = text_of(j, "k");
    toc_jump_row row = {.by_itself = fate_of(kind)};
    const char *key = row.by_itself == TOC_FATE_INFO    ? NULL
                      : row.by_itself == TOC_FATE_LAPSE ? text_of(j, "decision")
                                                        : text_of(j, "inject");
    size_t was = key ? find_row(before, key) : before->count;
    // What was chosen is taken over whole; and what is on its way twice is chosen about once.
    if (was < before->count && is_chosen(&before->rows[was]))
        return;
    if (!key || find_row(r, key) < r->count)
        row.by_itself = TOC_FATE_INFO;
    row.fate = row.by_itself;
    row.key = row.fate == TOC_FATE_INFO ? toc_sprintf("#%zu", r->count) : toc_strdup(key);
    toc_json_int(toc_json_get(j, "t"), &row.t);
    toc_buf text = {0};
    write_row(&text, j, kind);
    row.text = toc_buf_take(&text);
    insert_row(r, row);
}

static void write_row(toc_buf *out, const toc_json *j, const char *kind)
{
    const char *title = text_of(j, "title");
    if (strcmp(kind, "phase-entered") == 0) {
        toc_buf_printf(out, "phase %s begins: %s", text_of(j, "phase"), title);
    } else if (strcmp(kind, "expectation") == 0) {
        toc_buf_printf(out, "%s of %s: %s", text_of(j, "expectation"), text_of(j, "team"),
                       text_of(j, "state"));
    } else if (strcmp(kind, "endex") == 0) {
        toc_buf_str(out, "ENDEX");
    } else if (strcmp(kind, "error") == 0) {
        toc_buf_printf(out, "SCRIPT ERROR: %s", text_of(j, "text"));
    } else if (strcmp(kind, "ask") == 0 || strcmp(kind, "overdue") == 0) {
        toc_buf_printf(out, "%s of %s", text_of(j, "decision"), text_of(j, "team"));
        toc_buf_str(out, strcmp(kind, "ask") == 0 ? " is asked" : " without an answer");
        if (title[0])
            toc_buf_printf(out, ": %s", title);
    } else if (toc_json_get(j, "inject")) {
        toc_buf_str(out, text_of(j, "inject"));
        write_to(out, toc_json_get(j, "to"));
        if (title[0])
            toc_buf_printf(out, ": %s", title);
        if (toc_json_get(j, "reason"))
            toc_buf_printf(out, " (%s)", text_of(j, "reason"));
    } else {
        toc_buf_str(out, kind);
    }
}

static void write_to(toc_buf *out, const toc_json *to)
{
    const char *between = " to ";
    for (const toc_json *j = toc_json_first(to); j; j = toc_json_next(j)) {
        toc_buf_printf(out, "%s%s", between, toc_json_text(j) ? toc_json_text(j) : "?");
        between = ", ";
    }
}

static toc_fate fate_of(const char *kind)
{
    return strcmp(kind, "inject") == 0    ? TOC_FATE_SEND
           : strcmp(kind, "cue") == 0     ? TOC_FATE_CUE
           : strcmp(kind, "held") == 0    ? TOC_FATE_HELD
           : strcmp(kind, "overdue") == 0 ? TOC_FATE_LAPSE
                                          : TOC_FATE_INFO;
}

static bool is_chosen(const toc_jump_row *row)
{
    return row->fate != row->by_itself;
}

static size_t find_row(const toc_jump_rows *r, const char *key)
{
    size_t i = 0;
    while (i < r->count && strcmp(r->rows[i].key, key) != 0)
        i++;
    return i;
}

// Behind all that happen no later.
static void insert_row(toc_jump_rows *r, toc_jump_row row)
{
    TOC_GROW(r->rows, r->count, r->capacity);
    size_t i = r->count++;
    for (; i > 0 && r->rows[i - 1].t > row.t; i--)
        r->rows[i] = r->rows[i - 1];
    r->rows[i] = row;
}

static const char *text_of(const toc_json *j, const char *key)
{
    const char *text = toc_json_text(toc_json_get(j, key));
    return text ? text : "";
}
