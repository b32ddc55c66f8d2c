// SPDX-License-Identifier: MIT
// `tocsin world` for people: what happens, and what it costs.
#include <stdlib.h>

#include "base/time.h"
#include "world/words.h"
#include "world_show.h"
#include "world_words.h"

enum { TEXT = 10, NAMES = 60 };

// Where the columns of the losses begin.
typedef struct {
    int level, user_hours, service_hours;
} columns;

static void add_row(toc_buf *out, const toc_trace_row *row);
static void add_lost(toc_buf *out, const toc_model *m, const toc_trace *t);

void toc_world_show_trace(toc_buf *out, const toc_plan *p, const toc_trace *t)
{
    toc_add_visible(out, p->title ? p->title : p->id);
    toc_buf_str(out, ", from STARTEX at ");
    toc_story_text(out, p->startex);
    toc_buf_str(out, "\n\n");
    for (size_t i = 0; i < t->count; i++)
        add_row(out, &t->rows[i]);
    if (t->count == 0)
        toc_buf_str(out, "Nothing changes.\n");
    if (t->is_cut)
        toc_buf_printf(out,
                       "\nEnded here: more than %d changes. This world does not come to rest.\n",
                       TOC_TRACE_ROWS);
    toc_buf_char(out, '\n');
    add_lost(out, &p->model, t);
}

static void add_row(toc_buf *out, const toc_trace_row *row)
{
    size_t line = out->len;
    bool is_deadlock = !row->act && row->change.kind == TOC_CHANGE_DEADLOCK;
    toc_buf_char(out, '+');
    toc_minutes_text(out, row->minute);
    toc_pad(out, line, TEXT);
    if (row->act)
        toc_buf_str(out, "> ");
    if (is_deadlock)
        toc_buf_str(out, "*** DEADLOCK *** ");
    toc_add_visible(out, row->text);
    toc_buf_char(out, '\n');
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
    int level = (names > 24 ? names : 24) + 4;
    columns c = {level, level + 12, level + 30};
    toc_buf_str(out, "Lost until +");
    toc_minutes_text(out, t->until);
    toc_pad(out, line, c.level);
    toc_buf_str(out, "level then  user-hours        service-hours\n");
    for (size_t i = 0; i < m->service_count; i++) {
        if (t->lost[i] == 0)
            continue;
        line = out->len;
        toc_buf_str(out, "  ");
        toc_add_service(out, m, i);
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
