// SPDX-License-Identifier: MIT
#include "hub/preview.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "conduct_inside.h"

struct toc_preview {
    toc_rerun *rerun;
    toc_event jump;
    bool has_begun, is_run;
    toc_buf bodies; // of all lines, as the conduct keeps them
    toc_span_of_bytes *lines;
    size_t line_count;
    toc_events found;
    int64_t *levels; // of each service before the jump, ppm; NULL: there is no world
    toc_err err;
    toc_error why;
};

static toc_err rebuild(toc_preview *p, toc_error *e);
static void keep_levels(toc_preview *p);
static size_t write_changes(const toc_preview *p, toc_buf *out, size_t room);
static int64_t level_after(const toc_preview *p, const char *service, int64_t before);
static bool write_row(toc_buf *out, const toc_event *ev);
static void put_field(toc_buf *out, const toc_event *ev, toc_field f);

toc_preview *toc_preview_new(const toc_conduct *c, const toc_event *jump)
{
    toc_preview *p = toc_alloc(sizeof *p);
    toc_event_copy(&p->jump, jump);
    p->line_count = c->line_count;
    return p;
}

void toc_preview_free(toc_preview *p)
{
    if (!p)
        return;
    toc_rerun_free(p->rerun);
    toc_event_fini(&p->jump);
    toc_buf_fini(&p->bodies);
    toc_events_fini(&p->found);
    free(p->lines);
    free(p->levels);
    free(p);
}

// Lines are only ever added: the first ones are what they were when it was asked for.
void toc_preview_begin(toc_preview *p, const toc_conduct *c)
{
    if (p->has_begun)
        return;
    p->has_begun = true;
    p->rerun = toc_rerun_new(&c->header);
    p->lines = toc_alloc((p->line_count + 1) * sizeof *p->lines);
    memcpy(p->lines, c->lines, p->line_count * sizeof *p->lines);
    if (p->line_count > 0) {
        const toc_span_of_bytes *last = &p->lines[p->line_count - 1];
        toc_buf_add(&p->bodies, c->bodies.data, last->from + last->len);
    }
}

void toc_preview_run(toc_preview *p)
{
    if (p->is_run)
        return;
    p->is_run = true;
    p->err = rebuild(p, &p->why);
    if (!p->err)
        keep_levels(p);
    if (p->err)
        return;
    toc_jump_share share = toc_conduct_jump_share(&(toc_conduct_host){.mono = NULL});
    toc_exercise *x = toc_rerun_exercise(p->rerun);
    toc_exercise_bound_jump(x, toc_jump_is_enough, &share);
    p->err = toc_exercise_apply(x, &p->jump, &p->found, &p->why);
}

void toc_preview_write(const toc_preview *p, toc_buf *out, size_t room)
{
    const size_t end = out->len + room;
    int64_t levels = 0, more = 0;
    size_t count = 0;
    toc_buf changes = {0};
    size_t untold = write_changes(p, &changes, room / 8);
    toc_json_key(out, "preview");
    toc_buf_char(out, '[');
    for (size_t i = 0; i < p->found.count; i++) {
        toc_buf row = {0};
        levels += p->found.at[i].kind == TOC_K_LEVEL;
        if (write_row(&row, &p->found.at[i])) {
            bool fits = more == 0 && out->len + row.len + changes.len + 512 <= end;
            if (fits && count++ > 0)
                toc_buf_char(out, ',');
            if (fits)
                toc_buf_add(out, row.data, row.len);
            more += !fits;
        }
        toc_buf_fini(&row);
    }
    if (p->err) { // what the copy met the jump would meet
        toc_buf_printf(out, "%s{\"t\":%lld,\"k\":\"error\",\"text\":", count > 0 ? "," : "",
                       (long long)p->jump.t);
        toc_json_str(out, p->why.msg);
        toc_buf_char(out, '}');
    }
    toc_buf_char(out, ']');
    toc_json_key(out, "levels");
    toc_buf_int(out, levels);
    if (changes.len > 0) {
        toc_json_key(out, "changes");
        toc_buf_printf(out, "[%s]", changes.data);
    }
    if (untold > 0) {
        toc_json_key(out, "more_changes");
        toc_buf_int(out, (int64_t)untold);
    }
    toc_buf_fini(&changes);
    if (more > 0) {
        toc_json_key(out, "more");
        toc_buf_int(out, more);
    }
    toc_json_key(out, "at");
    toc_buf_int(out, p->jump.t);
}

// The copy stands where the exercise stood when the jump was stamped: instants that derived nothing left
// no line.
static toc_err rebuild(toc_preview *p, toc_error *e)
{
    toc_err err = TOC_OK;
    for (size_t i = 0; i < p->line_count && !err; i++)
        err = toc_rerun_line(p->rerun, p->bodies.data + p->lines[i].from, p->lines[i].len, e);
    toc_exercise *x = err ? NULL : toc_rerun_exercise(p->rerun);
    if (!err && !x)
        err = toc_fail(e, TOC_EINTERNAL, "play has not begun");
    if (err)
        return err;
    toc_scenario_cap(toc_rerun_scenario(p->rerun), TOC_SCENARIO_MEMORY);
    int64_t due;
    while (!err && toc_exercise_next_due(x, &due) && due <= p->jump.t) {
        toc_events nothing = {0};
        err = toc_exercise_advance(x, p->jump.seq, &nothing, e);
        toc_events_fini(&nothing);
    }
    return err;
}

static void keep_levels(toc_preview *p)
{
    const toc_world *w = toc_exercise_world(toc_rerun_exercise(p->rerun));
    size_t count = toc_scenario_plan(toc_rerun_scenario(p->rerun))->model.service_count;
    if (!w || count == 0)
        return;
    p->levels = toc_alloc(count * sizeof *p->levels);
    for (size_t i = 0; i < count; i++)
        p->levels[i] = toc_world_level(w, i);
}

// The services whose level is another one behind the jump, in their order. Gives how many there was no
// room for.
static size_t write_changes(const toc_preview *p, toc_buf *out, size_t room)
{
    const toc_plan *plan = p->levels ? toc_scenario_plan(toc_rerun_scenario(p->rerun)) : NULL;
    size_t untold = 0;
    for (size_t i = 0; plan && i < plan->model.service_count; i++) {
        const char *id = plan->model.services[i].id;
        int64_t to = level_after(p, id, p->levels[i]);
        toc_buf row = {0};
        if (to == p->levels[i])
            continue;
        toc_buf_printf(&row, "%s{\"service\":", out->len > 0 ? "," : "");
        toc_json_str(&row, id);
        toc_buf_printf(&row, ",\"from\":%lld,\"to\":%lld}", (long long)p->levels[i], (long long)to);
        if (untold == 0 && out->len + row.len <= room)
            toc_buf_add(out, row.data, row.len);
        else
            untold++;
        toc_buf_fini(&row);
    }
    return untold;
}

static int64_t level_after(const toc_preview *p, const char *service, int64_t before)
{
    for (size_t i = p->found.count; i > 0; i--) {
        const toc_event *ev = &p->found.at[i - 1];
        if (ev->kind == TOC_K_LEVEL && strcmp(toc_event_str(ev, TOC_F_SERVICE), service) == 0)
            return toc_event_int(ev, TOC_F_LEVEL);
    }
    return before;
}

// false: it is no row of a preview.
static bool write_row(toc_buf *out, const toc_event *ev)
{
    static const struct {
        toc_kind kind;
        const char *k;
        toc_field fields[4]; // up to COUNT
    } rows[] = {
        {TOC_K_INJECT, "inject", {TOC_F_INJECT, TOC_F_TITLE, TOC_F_TO, TOC_F_COUNT}},
        {TOC_K_CUE, "cue", {TOC_F_INJECT, TOC_F_TITLE, TOC_F_TO, TOC_F_CONTROLLER}},
        {TOC_K_HELD, "held", {TOC_F_INJECT, TOC_F_REASON, TOC_F_COUNT}},
        {TOC_K_ARMED, "held", {TOC_F_INJECT, TOC_F_REASON, TOC_F_COUNT}},
        {TOC_K_ASK, "ask", {TOC_F_DECISION, TOC_F_TITLE, TOC_F_TEAM, TOC_F_COUNT}},
        {TOC_K_OVERDUE, "overdue", {TOC_F_DECISION, TOC_F_TEAM, TOC_F_COUNT}},
        {TOC_K_PHASE_ENTERED, "phase-entered", {TOC_F_PHASE, TOC_F_TITLE, TOC_F_COUNT}},
        {TOC_K_EXPECTATION,
         "expectation",
         {TOC_F_EXPECTATION, TOC_F_STATE, TOC_F_TEAM, TOC_F_COUNT}},
        {TOC_K_ENDEX, "endex", {TOC_F_COUNT}},
        {TOC_K_ERROR, "error", {TOC_F_TEXT, TOC_F_COUNT}},
    };
    const char *state = toc_event_str(ev, TOC_F_STATE);
    if (ev->kind == TOC_K_EXPECTATION && strcmp(state, "overdue") != 0)
        return false;
    for (size_t i = 0; i < TOC_COUNT(rows); i++) {
        if (rows[i].kind != ev->kind)
            continue;
        toc_buf_printf(out, "{\"t\":%lld,\"k\":\"%s\"", (long long)ev->t, rows[i].k);
        for (size_t f = 0; f < TOC_COUNT(rows[i].fields) && rows[i].fields[f] != TOC_F_COUNT; f++)
            put_field(out, ev, rows[i].fields[f]);
        toc_buf_char(out, '}');
        return true;
    }
    return false;
}

static void put_field(toc_buf *out, const toc_event *ev, toc_field f)
{
    const toc_value *v = toc_event_value(ev, f);
    if (!v)
        return;
    toc_json_key(out, toc_field_name(f));
    if (v->text) {
        toc_json_str(out, v->text);
        return;
    }
    toc_buf_char(out, '[');
    for (size_t i = 0; i < v->count; i++) {
        if (i > 0)
            toc_buf_char(out, ',');
        toc_json_str(out, v->list[i]);
    }
    toc_buf_char(out, ']');
}
