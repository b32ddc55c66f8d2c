// SPDX-License-Identifier: MIT
#include "aftermath.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/mem.h"
#include "base/text.h"
#include "playcheck.h"

enum { LOG_MAX = 1 << 28 };

// A line of the plan that a seat could not do, as it wrote it down in its log.
typedef struct {
    long line;
    char *seat, *why;
} undone;

typedef struct {
    undone *at;
    size_t count, capacity;
} undones;

static size_t tell_expectations(const toc_aftermath *a, toc_buf *out);
static size_t tell_undone(const toc_aftermath *a, const char *folder, toc_buf *out);
static size_t tell_errors(const toc_aftermath *a, toc_buf *out);
static void read_logs(undones *list, const char *folder, toc_buf *out);
static void read_log(undones *list, const char *path, const char *seat, toc_buf *out);
static int by_line(const void *a, const void *b);

void toc_aftermath_see(toc_aftermath *a, const toc_event *ev)
{
    if (a->play.count > 0)
        toc_event_copy(toc_events_add(&a->events, ev->kind, ev->t), ev);
    const char *text = toc_event_str(ev, ev->kind == TOC_K_ERROR ? TOC_F_TEXT : TOC_F_REASON);
    bool is_text = ev->kind == TOC_K_HELD && text && strncmp(text, "its text failed", 15) == 0;
    if (ev->kind != TOC_K_ERROR && ev->kind != TOC_K_HALT && !is_text)
        return;
    if (a->script_errors++ == 0)
        a->first_error = toc_strdup(text ? text : "scripts stopped");
}

bool toc_aftermath_tell(const toc_aftermath *a, const char *folder, bool has_logs, toc_buf *out)
{
    size_t missed = tell_expectations(a, out);
    size_t failed = has_logs && a->play.count > 0 ? tell_undone(a, folder, out) : 0;
    return (missed + failed + tell_errors(a, out)) > 0;
}

static void say(toc_buf *out, const char *text, const char *after)
{
    toc_text_visible(out, text, strlen(text), false);
    toc_buf_str(out, after);
}

static size_t tell_expectations(const toc_aftermath *a, toc_buf *out)
{
    toc_buf misses = {0}, shown = {0};
    size_t count = toc_playexpects(&a->play);
    size_t missed = toc_playplan_misses(&a->play, a->events.at, a->events.count, &misses);
    toc_text_visible(&shown, toc_buf_text(&misses), misses.len, true);
    if (count > 0)
        toc_buf_printf(out, "\n%s%zu of %zu expectations of the plan came about\n",
                       toc_buf_text(&shown), count - missed, count);
    toc_buf_fini(&misses);
    toc_buf_fini(&shown);
    return missed;
}

static size_t tell_undone(const toc_aftermath *a, const char *folder, toc_buf *out)
{
    undones list = {0};
    read_logs(&list, folder, out);
    if (list.count > 0) {
        qsort(list.at, list.count, sizeof *list.at, by_line);
        toc_buf_printf(out, "\n%zu line%s of the plan could not be done:\n", list.count,
                       list.count == 1 ? "" : "s");
    }
    for (size_t i = 0; i < list.count; i++) {
        say(out, a->play.name, "");
        toc_buf_printf(out, ":%ld: ", list.at[i].line);
        say(out, list.at[i].seat, ": ");
        say(out, list.at[i].why, "\n");
        free(list.at[i].seat);
        free(list.at[i].why);
    }
    free(list.at);
    return list.count;
}

static size_t tell_errors(const toc_aftermath *a, toc_buf *out)
{
    if (a->script_errors == 1)
        toc_buf_str(out, "\n1 script error: ");
    else if (a->script_errors > 1)
        toc_buf_printf(out, "\n%zu script errors, the first: ", a->script_errors);
    if (a->script_errors > 0)
        say(out, a->first_error, "\n");
    return a->script_errors;
}

static void read_logs(undones *list, const char *folder, toc_buf *out)
{
    char *logs = toc_sprintf("%s/logs", folder);
    DIR *dir = opendir(logs);
    for (struct dirent *one; dir && (one = readdir(dir));) {
        size_t len = strlen(one->d_name);
        if (len < 5 || strcmp(one->d_name + len - 4, ".log") != 0)
            continue;
        char *path = toc_sprintf("%s/%s", logs, one->d_name);
        char *seat = toc_strndup(one->d_name, len - 4);
        read_log(list, path, seat, out);
        free(path);
        free(seat);
    }
    if (dir)
        closedir(dir);
    free(logs);
}

// "tocsin: SEAT: line 12 of the plan cannot be done: REASON". What a seat shows of others never
// begins a line so: its lines begin with the exercise's mark.
static void read_log(undones *list, const char *path, const char *seat, toc_buf *out)
{
    toc_buf text = {0};
    toc_error why;
    if (toc_file_slurp(&text, path, LOG_MAX, &why)) {
        toc_buf_printf(out, "\nwhat %s could not do is not known: %s\n", seat, why.msg);
        return;
    }
    char *start = toc_sprintf("tocsin: %s: line ", seat);
    for (char *at = text.data, *end; at && *at; at = end ? end + 1 : NULL) {
        static const char said[] = " of the plan cannot be done: ";
        end = strchr(at, '\n');
        if (end)
            *end = '\0';
        if (strncmp(at, start, strlen(start)) != 0)
            continue;
        char *rest;
        long line = strtol(at + strlen(start), &rest, 10);
        if (strncmp(rest, said, sizeof said - 1) != 0)
            continue;
        TOC_GROW(list->at, list->count, list->capacity);
        list->at[list->count++] =
            (undone){line, toc_strdup(seat), toc_strdup(rest + sizeof said - 1)};
    }
    free(start);
    toc_buf_fini(&text);
}

static int by_line(const void *a, const void *b)
{
    const undone *x = a, *y = b;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return strcmp(x->seat, y->seat);
}
