// SPDX-License-Identifier: MIT
// `tocsin world` for people: what happens, and what it costs.
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "world/words.h"
#include "world_show.h"
#include "world_words.h"

enum { DATE = 11, MINUTE = 16, NAMES = 60 };
#define MS_PER_MINUTE 60000
#define HUNDRED_HOURS 6000 // minutes

// Where the columns of the losses begin.
typedef struct {
    int at_start, level, user_hours, service_hours;
} columns;

static void add_rows(toc_buf *out, const toc_plan *p, const toc_trace *t);
static void add_lost(toc_buf *out, const toc_model *m, const toc_trace *t);

void toc_world_show_trace(toc_buf *out, const toc_plan *p, const toc_trace *t)
{
    toc_add_visible(out, p->title ? p->title : p->id);
    toc_buf_str(out, ", from STARTEX at ");
    toc_story_text(out, p->startex);
    toc_buf_str(out, "\n\n");
    add_rows(out, p, t);
    if (t->count == 0)
        toc_buf_str(out, "Nothing changes.\n");
    if (t->is_cut) {
        toc_buf_printf(out, "\nStopped after %d changes, at +", TOC_TRACE_ROWS);
        toc_minutes_text(out, t->until);
        toc_buf_str(out, ": ask for a shorter --until. A world whose buffers and restarts chase "
                         "each other never\ncomes to rest.\n");
    }
    toc_buf_char(out, '\n');
    add_lost(out, &p->model, t);
}

// The story's moment of a minute: "2026-02-10 11:02+01:00".
static void story_of(toc_buf *out, const toc_plan *p, int64_t minute)
{
    toc_story story = p->startex;
    story.ms += minute * MS_PER_MINUTE;
    toc_buf_clear(out);
    toc_story_text(out, story);
}

static void add_row(toc_buf *out, const toc_trace_row *row, int text)
{
    size_t line = out->len;
    bool is_deadlock = !row->act && row->change.kind == TOC_CHANGE_DEADLOCK;
    toc_buf_char(out, '+');
    toc_minutes_text(out, row->minute);
    toc_pad(out, line, text);
    if (row->act)
        toc_buf_str(out, "> ");
    if (is_deadlock)
        toc_buf_str(out, "*** DEADLOCK *** ");
    toc_add_visible(out, row->text);
    toc_buf_char(out, '\n');
}

// A line of its own where the day changes, then the story's clock beside the time since STARTEX.
static void add_rows(toc_buf *out, const toc_plan *p, const toc_trace *t)
{
    toc_buf day = {0}, story = {0};
    story_of(&day, p, 0);
    for (size_t i = 0; i < t->count; i++) {
        story_of(&story, p, t->rows[i].minute);
        if (story.len < MINUTE || strncmp(story.data, toc_buf_text(&day), DATE) != 0) {
            toc_buf_printf(out, "%.*s\n", DATE - 1, toc_buf_text(&story));
            toc_buf_clear(&day);
            toc_buf_str(&day, toc_buf_text(&story));
        }
        if (story.len >= MINUTE)
            toc_buf_printf(out, "%.*s  ", MINUTE - DATE, story.data + DATE);
        add_row(out, &t->rows[i], t->until >= HUNDRED_HOURS ? 11 : 9);
    }
    toc_buf_fini(&day);
    toc_buf_fini(&story);
}

static void add_line(toc_buf *out, size_t line, columns c, int64_t user_hours, int64_t lost)
{
    toc_pad(out, line, c.user_hours);
    toc_add_count(out, user_hours);
    toc_pad(out, line, c.service_hours);
    toc_add_hours(out, lost);
    toc_buf_char(out, '\n');
}

static void add_lost(toc_buf *out, const toc_model *m, const toc_trace *t)
{
    int64_t user_hours = 0, lost = 0;
    size_t line = out->len;
    int names = toc_names_width(m, false, NAMES);
    int first = (names > 24 ? names : 24) + 4;
    columns c = {first, first + 18, first + 36, first + 54};
    toc_buf_str(out, "Lost until +");
    toc_minutes_text(out, t->until);
    toc_pad(out, line, c.at_start);
    toc_buf_str(out, "level at STARTEX  level at the end  user-hours        service-hours\n");
    for (size_t i = 0; i < m->service_count; i++) {
        if (t->lost[i] == 0)
            continue;
        line = out->len;
        toc_buf_str(out, "  ");
        toc_add_service(out, m, i);
        toc_pad(out, line, c.at_start);
        toc_add_percent(out, t->at_start[i]);
        toc_pad(out, line, c.level);
        toc_add_percent(out, t->levels[i]);
        add_line(out, line, c, t->user_hours[i], t->lost[i]);
        user_hours += t->user_hours[i];
        lost += t->lost[i];
    }
    line = out->len;
    toc_buf_str(out, lost ? "  in all" : "  nothing");
    if (lost)
        add_line(out, line, c, user_hours, lost);
    else
        toc_buf_char(out, '\n');
}
