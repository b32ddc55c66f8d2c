// SPDX-License-Identifier: MIT
// An improvement plan, read again: what is still open is carried forward.

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/csv.h"
#include "base/mem.h"
#include "replays/report.h"

#define BLANK " \t\r\n"

enum { FIELDS = 9, ISSUE = 4, COLUMNS_MAX = 64 };

typedef struct {
    const char *at, *end;
    char separator;
    size_t fields[COLUMNS_MAX]; // of each column; FIELDS: none that is known
    size_t columns;
    toc_buf cell;
} reader;

static toc_err read_header(reader *r, toc_error *e);
static toc_err read_row(reader *r, toc_corrective *row, toc_error *e);
static size_t field_of(const char *name);
static char **field_at(toc_corrective *c, size_t field);
static void free_row(toc_corrective *c);
static char find_separator(const char *at, const char *end);
static bool is_open(const toc_corrective *c);

toc_err toc_corrective_read(toc_corrective **out, size_t *count, const char *csv, size_t len,
                            toc_error *e)
{
    reader r = {.at = csv, .end = csv + len};
    toc_corrective *list = NULL;
    size_t capacity = 0;
    *out = NULL;
    *count = 0;
    if (len >= 3 && memcmp(csv, TOC_CSV_MARK, 3) == 0)
        r.at += 3;
    r.separator = find_separator(r.at, r.end);
    toc_err err = read_header(&r, e);
    while (!err && r.at < r.end) {
        toc_corrective row = {0};
        err = read_row(&r, &row, e);
        if (err || !is_open(&row)) {
            free_row(&row);
            continue;
        }
        TOC_GROW(list, *count, capacity);
        list[(*count)++] = row;
    }
    toc_buf_fini(&r.cell);
    if (err) {
        toc_correctives_free(list, *count);
        *count = 0;
        return err;
    }
    *out = list;
    return TOC_OK;
}

void toc_correctives_free(toc_corrective *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free_row(&list[i]);
    free(list);
}

static toc_err read_header(reader *r, toc_error *e)
{
    bool is_last = false, has_issue = false;
    while (!is_last) {
        toc_err err = toc_csv_read(&r->cell, &r->at, r->end, r->separator, &is_last, e);
        if (err)
            return err;
        if (r->columns == COLUMNS_MAX)
            return toc_fail(e, TOC_EFORMAT, "more than %d columns", COLUMNS_MAX);
        r->fields[r->columns] = field_of(toc_buf_text(&r->cell));
        has_issue |= r->fields[r->columns++] == ISSUE;
    }
    return has_issue
               ? TOC_OK
               : toc_fail(
                     e, TOC_EFORMAT,
                     "no column \"Issue\"; an improvement plan begins with a row of names: Id, "
                     "Exercise, "
                     "Requirement, Objective, Issue, Corrective action, Responsible, Due, State");
}

static toc_err read_row(reader *r, toc_corrective *row, toc_error *e)
{
    bool is_last = false;
    for (size_t i = 0; !is_last; i++) {
        toc_err err = toc_csv_read(&r->cell, &r->at, r->end, r->separator, &is_last, e);
        if (err)
            return err;
        char **field = i < r->columns && r->fields[i] < FIELDS ? field_at(row, r->fields[i]) : NULL;
        if (field && !*field)
            *field = toc_strdup(toc_buf_text(&r->cell));
    }
    for (size_t i = 0; i < FIELDS; i++)
        if (!*field_at(row, i))
            *field_at(row, i) = toc_strdup("");
    return TOC_OK;
}

// Which field a column is of; FIELDS for none. Other templates name them otherwise.
static size_t field_of(const char *name)
{
    static const struct {
        const char *name;
        size_t field;
    } names[] = {{"id", 0},        {"exercise", 1},  {"requirement", 2},       {"capability", 2},
                 {"objective", 3}, {"issue", ISSUE}, {"corrective action", 5}, {"responsible", 6},
                 {"owner", 6},     {"due", 7},       {"completion", 7},        {"state", 8},
                 {"status", 8}};
    for (size_t i = 0; i < TOC_COUNT(names); i++)
        if (strcasecmp(name, names[i].name) == 0)
            return names[i].field;
    return FIELDS;
}

static char **field_at(toc_corrective *c, size_t field)
{
    char **const fields[FIELDS] = {&c->id,     &c->from,  &c->requirement, &c->objective, &c->issue,
                                   &c->action, &c->owner, &c->due,         &c->state};
    return fields[field];
}

static void free_row(toc_corrective *c)
{
    for (size_t i = 0; i < FIELDS; i++)
        free(*field_at(c, i));
}

// What a spreadsheet put between cells depends on its country.
static char find_separator(const char *at, const char *end)
{
    bool is_quoted = false;
    for (; at < end && *at != '\n'; at++) {
        is_quoted ^= *at == '"';
        if (!is_quoted && (*at == ',' || *at == ';' || *at == '\t'))
            return *at;
    }
    return ',';
}

// Is there anything in it, and is it neither done nor closed?
static bool is_open(const toc_corrective *c)
{
    static const char *const over[] = {"done", "closed", "complete", "completed"};
    // People type a blank behind it, or a full stop.
    const char *state = c->state + strspn(c->state, BLANK);
    size_t len = strlen(state);
    while (len > 0 && strchr(BLANK ".", state[len - 1]))
        len--;
    for (size_t i = 0; i < TOC_COUNT(over); i++)
        if (strlen(over[i]) == len && strncasecmp(state, over[i], len) == 0)
            return false;
    return c->issue[0] || c->action[0];
}
