// SPDX-License-Identifier: MIT
// The timeline as text: a lane a team, a column some minutes.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "rehearse_show.h"

enum {
    WIDTH = 80,
    LABEL_MAX = 16,
    MINUTE = 60000,
    TICK_COLUMNS = 6,
    SERVICES = 12,
    WHOLE = 1000000
};

// Which minutes a column may have: what divides an hour or a day.
static const int64_t steps[] = {1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440};

typedef struct {
    const toc_rehearsal *r;
    int label;
    int64_t step; // ms a column
    size_t columns;
} lanes;

static bool measure(lanes *l, const toc_rehearsal *r);
static void add_hours(toc_buf *out, const lanes *l, const char *label);
static void add_lane(toc_buf *out, const lanes *l, size_t team);
static void add_levels(toc_buf *out, const lanes *l);

void toc_rehearse_timeline(toc_buf *out, const toc_rehearsal *r)
{
    lanes l;
    if (!measure(&l, r))
        return;
    toc_buf_str(out, "\nTimeline of the ordinary path from ");
    toc_story_at(out, r->survey, 0, false);
    toc_buf_str(out, "; one column = ");
    toc_buf_int(out, l.step / MINUTE);
    toc_buf_str(out, " min\n            # inject, 2 two of them, D decision, A expected action "
                     "done, E ENDEX\n");
    add_hours(out, &l, "T+");
    add_hours(out, &l, "story");
    for (size_t i = 0; i < r->plan->team_count; i++)
        add_lane(out, &l, i);
    if (toc_marks_have_excon(r->survey))
        add_lane(out, &l, TOC_NONE);
    add_levels(out, &l);
}

static int columns_of(const lanes *l, size_t team)
{
    toc_buf label = {0};
    toc_team_label(&label, l->r->plan, team);
    int columns = toc_text_columns(toc_buf_text(&label), label.len);
    toc_buf_fini(&label);
    return columns > LABEL_MAX ? LABEL_MAX : columns;
}

// The finest columns that fit. False: there is nothing to draw.
static bool measure(lanes *l, const toc_rehearsal *r)
{
    const toc_survey *s = r->survey;
    *l = (lanes){.r = r, .label = 5};
    int64_t last = 0;
    for (size_t i = 0; i < s->mark_count; i++)
        last = s->marks[i].t > last ? s->marks[i].t : last;
    for (size_t i = 0; i < r->plan->team_count; i++)
        if (columns_of(l, i) > l->label)
            l->label = columns_of(l, i);
    size_t services[SERVICES], count = toc_changed_services(r, services, SERVICES);
    for (size_t i = 0; i < count && i < SERVICES; i++) {
        int wide = (int)strlen(r->plan->model.services[services[i]].id);
        l->label = wide > l->label ? wide < LABEL_MAX ? wide : LABEL_MAX : l->label;
    }
    int64_t room = WIDTH - 2 - l->label - 2;
    for (size_t i = 0; i < TOC_COUNT(steps); i++) {
        l->step = steps[i] * MINUTE;
        if (last / l->step + 1 <= room)
            break;
    }
    while (last / l->step + 1 > room)
        l->step *= 2;
    l->columns = (size_t)(last / l->step) + 1;
    return s->mark_count > 0;
}

static void add_hours(toc_buf *out, const lanes *l, const char *label)
{
    int64_t tick = l->step;
    for (size_t i = 0; i < TOC_COUNT(steps) && tick / l->step < TICK_COLUMNS; i++)
        tick = steps[i] * MINUTE % l->step == 0 ? steps[i] * MINUTE : tick;
    while (tick / l->step < TICK_COLUMNS)
        tick *= 2;
    toc_buf_printf(out, "  %-*s", l->label + 2, label);
    for (size_t column = 0; column < l->columns;) {
        toc_buf hour = {0};
        int64_t minutes = (int64_t)column * l->step / MINUTE;
        if (label[0] == 'T')
            toc_buf_printf(&hour, "%lld:%02lld", (long long)(minutes / 60),
                           (long long)(minutes % 60));
        else
            toc_story_at(&hour, l->r->survey, minutes * MINUTE, true);
        toc_buf_str(out, toc_buf_text(&hour));
        size_t next = column + (size_t)(tick / l->step);
        if (next < l->columns)
            toc_buf_printf(out, "%*s", (int)(next - column - hour.len), "");
        toc_buf_fini(&hour);
        column = next;
    }
    toc_buf_char(out, '\n');
}

static void add_lane(toc_buf *out, const lanes *l, size_t team)
{
    const toc_survey *s = l->r->survey;
    toc_buf label = {0};
    char *row = toc_alloc(l->columns + 1);
    memset(row, '.', l->columns);
    for (size_t i = 0; i < s->mark_count; i++) {
        const toc_mark *m = &s->marks[i];
        char *at = &row[m->t < 0 ? 0 : m->t / l->step];
        if (!toc_mark_is_of(m, team) || *at == 'E')
            continue;
        if (m->kind == TOC_MARK_ENDEX)
            *at = 'E';
        else if (m->kind == TOC_MARK_DECISION)
            *at = 'D';
        else if (m->kind == TOC_MARK_INJECT && *at != 'D')
            *at = *at == '#'                ? '2'
                  : *at >= '2' && *at < '9' ? (char)(*at + 1)
                  : *at == '9'              ? '9'
                                            : '#';
        else if (*at == '.')
            *at = 'A';
    }
    toc_team_label(&label, l->r->plan, team);
    toc_buf_printf(out, "  %-*.*s  %s\n", l->label, l->label, toc_buf_text(&label), row);
    toc_buf_fini(&label);
    free(row);
}

// The services that change, in tenths of normal, at the end of each column.
static void add_levels(toc_buf *out, const lanes *l)
{
    size_t services[SERVICES], count = toc_changed_services(l->r, services, SERVICES);
    if (count > 0)
        toc_buf_str(out, "  services, in tenths of normal: . whole, 9 … 0 (down)\n");
    for (size_t i = 0; i < count && i < SERVICES; i++) {
        toc_buf_printf(out, "  %-*.*s  ", l->label, l->label,
                       l->r->plan->model.services[services[i]].id);
        for (size_t column = 0; column < l->columns; column++) {
            int64_t t = ((int64_t)column + 1) * l->step - 1;
            int32_t level = toc_level_at(l->r, services[i], t);
            toc_buf_char(out, level >= WHOLE ? '.' : "0123456789"[level / (WHOLE / 10)]);
        }
        toc_buf_char(out, '\n');
    }
    if (count > SERVICES)
        toc_buf_printf(out, "  and %zu more services that change\n", count - SERVICES);
}
