// SPDX-License-Identifier: MIT
// Where a branch leaves the original: nothing is branched from what does not verify up to there.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "branch_inside.h"
#include "branch_signs.h"
#include "record/feed.h"
#include "replays/verify.h"

static toc_err check_options(const branching *b, toc_error *e);
static toc_err find_point(branching *b, toc_error *e);
static toc_err find_in_lines(branching *b, toc_error *e);
static toc_err check_proof(const branching *b, toc_error *e);
static void fill_header(branching *b);
static toc_err load_relief(branching *b, toc_error *e);
static toc_err come_to_point(branching *b, toc_error *e);
static toc_err check_until(const branching *b, toc_error *e);
static toc_err check_decides(const branching *b, toc_error *e);
static toc_err stand_still(branching *b, toc_error *e);
static void list_seats(branching *b);
static void on_refused(void *context, const toc_playstep *step, const char *reason);
static void end(branching *b);
static toc_err read_sources(toc_branch *b, const toc_recording *parent, toc_error *e);

toc_err toc_branch_make(toc_branch **out, const toc_recording *parent, const toc_branch_options *o,
                        toc_error *e)
{
    toc_brancher *br = toc_brancher_new(parent, NULL);
    toc_err err = toc_brancher_make(br, out, o, e);
    if (!err)
        err = read_sources(*out, parent, e);
    if (err) {
        toc_branch_free(*out);
        *out = NULL;
    }
    toc_brancher_free(br);
    return err;
}

toc_err toc_brancher_make(toc_brancher *br, toc_branch **out, const toc_branch_options *o,
                          toc_error *e)
{
    branching b = {.out = toc_alloc(sizeof **out),
                   .brancher = br,
                   .parent = br->parent,
                   .o = o,
                   .parent_seq = -1};
    b.plan = toc_recording_plan(b.parent, NULL);
    b.opened = toc_map_new();
    b.host = (toc_relief_host){&b, toc_branch_relieve, on_refused};
    toc_keys_init(&b.here);
    b.out->ended = -1;
    b.out->decide_count = o->decides ? o->decides->count : 0;
    b.out->decides = toc_alloc((b.out->decide_count + 1) * sizeof *b.out->decides);
    toc_err err = check_options(&b, e);
    if (!err)
        err = find_point(&b, e);
    if (!err)
        err = check_proof(&b, e);
    if (!err)
        err = load_relief(&b, e);
    if (!err)
        err = come_to_point(&b, e);
    if (!err)
        err = check_until(&b, e);
    if (!err)
        err = check_decides(&b, e);
    if (!err)
        toc_docket_fill(&b);
    if (!err)
        err = o->otherwise == TOC_ELSE_NOBODY ? stand_still(&b, e) : toc_branch_play(&b, e);
    if (!err && b.out->is_closed)
        toc_branch_seal(&b);
    if (!err)
        list_seats(&b);
    *out = b.out;
    end(&b);
    if (err) {
        toc_branch_free(*out);
        *out = NULL;
    }
    return err;
}

void toc_branch_free(toc_branch *b)
{
    if (!b)
        return;
    toc_header_fini(&b->header);
    toc_events_fini(&b->lines);
    for (size_t i = 0; i < b->left_count; i++)
        free(b->left[i].why);
    for (size_t i = 0; i < b->decide_count; i++)
        free(b->decides[i].refused);
    for (size_t i = 0; i < b->seat_count; i++)
        free(b->seats[i]);
    free(b->left);
    free(b->decides);
    free(b->seats);
    toc_buf_fini(&b->notes);
    free(b);
}

static toc_err check_options(const branching *b, toc_error *e)
{
    const toc_header *h = toc_recording_header(b->parent);
    const char *why = NULL;
    if (h->semantics != TOC_SEMANTICS)
        return toc_fail(e, TOC_EREFUSED,
                        "this recording has semantics %lld, this engine plays %d: branch it with "
                        "the engine that "
                        "made it (%.60s)",
                        (long long)h->semantics, TOC_SEMANTICS, h->engine);
    if (!toc_recording_plan(b->parent, &why))
        return toc_fail(e, TOC_EDIVERGED, "the recorded scenario does not load: %s", why);
    for (size_t i = 0; i < b->out->decide_count; i++) {
        const toc_choice *c = toc_branch_choice(b, i);
        if (c->kind != TOC_CHOICE_DECISION)
            return toc_fail(
                e, TOC_EUSAGE,
                "only decisions are decided: an expected action that is missed, or somebody "
                "who is silent, goes with --path");
    }
    return TOC_OK;
}

// Is the line behind the point? Steps are never cut.
static bool is_beyond(const branching *b, const toc_event *ev)
{
    return b->o->at >= 0 ? ev->t > b->o->at : ev->seq > b->o->seq;
}

// Up to the point the original must hold; beyond it, as far as it does.
static toc_err find_point(branching *b, toc_error *e)
{
    const int64_t count = toc_recording_count(b->parent), end = toc_recording_end(b->parent);
    toc_buf when = {0};
    toc_err err = TOC_OK;
    const toc_chain_report *chain = toc_recording_chain(b->parent);
    toc_play_text(&when, end);
    if (chain->state == TOC_CHAIN_DAMAGED && (b->o->at > end || b->o->seq > count))
        err = toc_fail(e, TOC_EDAMAGED,
                       "nothing is branched from what does not verify: line %lld: %.300s",
                       (long long)chain->bad_line, chain->why);
    else if (b->o->at > end)
        err = toc_fail(e, TOC_EUSAGE, "the recording ends at %s: branch at that time or before",
                       when.data);
    else if (b->o->at < 0 && (b->o->seq < 0 || b->o->seq > count))
        err = toc_fail(e, TOC_EUSAGE, "there is no line with seq %lld: the recording has %lld",
                       (long long)b->o->seq, (long long)count);
    toc_buf_fini(&when);
    if (!err)
        err = find_in_lines(b, e);
    if (!err && b->o->otherwise == TOC_ELSE_ORIGINAL && chain->bad_line > 0)
        toc_buf_printf(
            &b->out->notes,
            "the original is unreadable from line %lld on: what was done there is not known\n",
            (long long)chain->bad_line);
    return err;
}

static toc_err find_in_lines(branching *b, toc_error *e)
{
    const branch_original *o = b->original = toc_brancher_original(b->brancher);
    for (int64_t seq = 1; seq <= o->looked_at && b->parent_seq < 0; seq++)
        if (o->is_whole[seq] && is_beyond(b, toc_recording_at(b->parent, seq)))
            b->parent_seq = seq - 1;
    if (o->is_beyond_us)
        return toc_fail(e, TOC_EREFUSED,
                        "line %lld is of a kind that this version does not know: branch it "
                        "with a newer one",
                        (long long)o->looked_at + 1);
    if (o->err && b->parent_seq < 0)
        return toc_fail(e, o->err, "nothing is branched from what does not verify: %.400s",
                        o->e.msg);
    if (o->err)
        toc_buf_printf(&b->out->notes, "the original does not verify to its end: %s\n", o->e.msg);
    if (b->parent_seq < 0)
        b->parent_seq = toc_recording_count(b->parent);
    return TOC_OK;
}

// The chain holds as far as lines could be read; the seals, up to the point.
static toc_err check_proof(const branching *b, toc_error *e)
{
    toc_err err = toc_brancher_prove(b->brancher, e);
    if (err)
        return err;
    const toc_verdict *v = b->original->proof;
    if (v->kind == TOC_VERDICT_FORGED && v->difference <= b->parent_seq + 1)
        return toc_fail(e, TOC_EREFUSED,
                        "nothing is branched from what does not verify: line %lld: %.300s",
                        (long long)v->difference, v->what);
    return TOC_OK;
}

static void fill_header(branching *b)
{
    const toc_header *h = toc_recording_header(b->parent);
    b->out->header = (toc_header){.version = h->version,
                                  .semantics = h->semantics,
                                  .exercise = toc_strdup(h->exercise),
                                  .run = toc_strdup(b->o->run),
                                  .startex = toc_strdup(h->startex),
                                  .engine = toc_strdup("tocsin " TOC_VERSION),
                                  .lua = toc_strdup(toc_lua_version()),
                                  .seed = h->seed,
                                  .parent = toc_strdup(h->run),
                                  .parent_seq = b->parent_seq};
}

static toc_err load_relief(branching *b, toc_error *e)
{
    fill_header(b);
    switch (b->o->otherwise) {
    case TOC_ELSE_PLAN:
        b->relief = b->of_plan = toc_relief_plan(b->plan, b->o->plan, &b->host);
        return TOC_OK;
    case TOC_ELSE_ORIGINAL:
        return toc_brancher_relief(b->brancher, &b->relief, NULL, &b->host, e);
    case TOC_ELSE_PATH:
        return toc_brancher_relief(b->brancher, &b->relief, b->o->path, &b->host, e);
    case TOC_ELSE_NOBODY:
        break;
    }
    return TOC_OK;
}

static toc_err take_line(branching *b, int64_t seq, toc_error *e)
{
    const toc_event *there = toc_recording_at(b->parent, seq);
    toc_class class = toc_kind_class(there->kind);
    toc_err err = toc_branch_line(b->brancher, &b->step, there, e);
    b->x = b->step.x;
    if (err)
        return err;
    if (class == TOC_CLASS_DERIVED) {
        toc_branch_take(b, &b->step.derived.at[b->step.taken - 1]);
        return TOC_OK;
    }
    toc_event *ev = toc_events_add(&b->out->lines, TOC_K_NOTE, 0);
    toc_event_copy(ev, there);
    if (ev->kind == TOC_K_SEAL)
        toc_event_set_str(ev, TOC_F_SIG, "");
    toc_branch_shown(b, ev, class == TOC_CLASS_INPUT ? seq : 0);
    return TOC_OK;
}

// What a torn last step derives beyond the lines that are there.
static toc_err complete_step(branching *b, toc_error *e)
{
    branch_step *step = &b->step;
    int64_t due, next = b->parent_seq + 1 + (int64_t)(step->derived.count - step->taken);
    const int64_t last = toc_recording_at(b->parent, b->parent_seq)->t;
    const bool is_torn = step->taken < step->derived.count;
    toc_err err = TOC_OK;
    while (is_torn && !err && toc_exercise_next_due(b->x, &due) && due <= last) {
        size_t before = step->derived.count;
        err = toc_exercise_advance(b->x, next, &step->derived, e);
        next += (int64_t)(step->derived.count - before);
    }
    for (; !err && step->taken < step->derived.count; step->taken++)
        toc_branch_take(b, &step->derived.at[step->taken]);
    return err;
}

static toc_err come_to_point(branching *b, toc_error *e)
{
    toc_err err = TOC_OK;
    b->out->header.parent_hash = toc_sign_hash(b->parent, b->parent_seq);
    for (int64_t seq = 1; seq <= b->parent_seq && !err; seq++)
        err = take_line(b, seq, e);
    if (!err)
        err = complete_step(b, e);
    if (!err && !b->x)
        err = toc_fail(e, TOC_EUSAGE,
                       "the recording ended before its lobby opened: there is nothing to branch");
    if (err)
        return err;
    const toc_events *lines = &b->out->lines;
    for (size_t i = lines->count; i-- > 0 && !b->wall;)
        toc_branch_see_wall(b, &lines->at[i]);
    toc_scenario_cap(b->brancher->scenario, TOC_BRANCH_MEMORY);
    b->now = toc_exercise_now(b->x) > lines->at[lines->count - 1].t ? toc_exercise_now(b->x)
                                                                    : lines->at[lines->count - 1].t;
    b->point = b->o->at > b->now ? b->o->at : b->now;
    int64_t due;
    bool runs = toc_exercise_clock(b->x).state == TOC_PLAY_RUNNING;
    while (!err && runs && b->o->at >= 0 && toc_exercise_next_due(b->x, &due) && due <= b->o->at)
        err = toc_branch_advance(b, e);
    if (runs && b->o->at > b->now)
        b->now = b->o->at;
    b->out->point = b->point;
    b->out->parent_seq = b->parent_seq;
    b->out->parent_count = toc_recording_count(b->parent);
    return err;
}

// What the original says of a decision at its end.
static int64_t settled_there(const branching *b, const char *id)
{
    int64_t found = 0;
    for (int64_t seq = 1; seq <= toc_recording_count(b->parent); seq++) {
        const toc_event *ev = toc_recording_at(b->parent, seq);
        bool is_settled = ev->kind == TOC_K_DECIDED || ev->kind == TOC_K_OVERDUE;
        if (is_settled && strcmp(toc_event_str(ev, TOC_F_DECISION), id) == 0)
            found = seq;
    }
    return found;
}

static toc_err check_until(const branching *b, toc_error *e)
{
    if (b->o->until < 0 || b->o->until >= b->point)
        return TOC_OK;
    toc_buf when = {0};
    toc_play_text(&when, b->point);
    toc_fail(e, TOC_EUSAGE, "the branch begins at %s: play until that time or a later one",
             toc_buf_text(&when));
    toc_buf_fini(&when);
    return TOC_EUSAGE;
}

static toc_err check_decides(const branching *b, toc_error *e)
{
    toc_err err = TOC_OK;
    for (size_t i = 0; i < b->out->decide_count && !err; i++) {
        const toc_choice *c = toc_branch_choice(b, i);
        const toc_decision *d = &b->plan->decisions[c->index];
        toc_decision_view view = toc_exercise_decision(b->x, c->index);
        toc_branch_decide *out = &b->out->decides[i];
        *out = (toc_branch_decide){.decision = c->index, .was_seq = settled_there(b, d->id)};
        toc_buf when = {0};
        toc_play_text(&when, toc_recording_at(b->parent, out->was_seq)->t);
        if (view.state == TOC_DECISION_DECIDED || view.state == TOC_DECISION_OVERDUE)
            err = toc_fail(e, TOC_EUSAGE,
                           "%s was settled at %s, before the branch: branch at an earlier time",
                           d->id, when.data);
        toc_buf_clear(&when);
        toc_play_text(&when, b->point);
        if (!err && c->answer != TOC_ANSWER_NONE && c->when == TOC_WHEN_AT && c->at < b->point)
            err = toc_fail(e, TOC_EUSAGE, "%s cannot be answered before the branch, which is at %s",
                           d->id, when.data);
        toc_buf_fini(&when);
    }
    return err;
}

// The last line says what time it is: a run that is taken up again goes on from there.
static toc_err stand_still(branching *b, toc_error *e)
{
    toc_event mark;
    toc_play_state state = toc_exercise_clock(b->x).state;
    if (state == TOC_PLAY_CLOSED || state == TOC_PLAY_ENDED)
        return toc_fail(e, TOC_EREFUSED, "play had ended by then: nobody could play on");
    int64_t speed = toc_exercise_clock(b->x).speed;
    if (speed != 1000)
        toc_buf_printf(&b->out->notes,
                       "play runs at x%lld.%lld, as it did there: `speed 1` at an EXCON seat lets "
                       "it run at life's pace\n",
                       (long long)(speed / 1000), (long long)(speed % 1000 / 100));
    if (b->out->lines.at[b->out->lines.count - 1].t >= b->now)
        return TOC_OK;
    toc_event_init(&mark, TOC_K_MARK, b->now);
    toc_event_set_str(&mark, TOC_F_BY, "engine");
    toc_err err = toc_branch_put(b, &mark, 0, e);
    toc_event_fini(&mark);
    return err;
}

static void list_seats(branching *b)
{
    size_t count = toc_exercise_seat_count(b->x);
    b->out->seats = toc_alloc((count + 1) * sizeof *b->out->seats);
    for (size_t i = 0; i < count; i++) {
        toc_seat_view seat = toc_exercise_seat(b->x, i);
        if (seat.is_open)
            b->out->seats[b->out->seat_count++] = toc_strdup(seat.id);
    }
}

static void on_refused(void *context, const toc_playstep *step, const char *reason)
{
    branching *b = context;
    if (step)
        toc_buf_printf(&b->out->notes, "%s:%d: %s\n", b->o->plan->name, step->line, reason);
}

static void end(branching *b)
{
    free(b->from);
    toc_map_free(b->opened);
    toc_keys_fini(&b->here);
    toc_docket_fini(&b->docket);
    toc_relief_free(b->of_plan);
    toc_branch_step_fini(&b->step);
}

// A recording does not keep the texts of its sources twice: they are in its lines.
static toc_err read_sources(toc_branch *b, const toc_recording *parent, toc_error *e)
{
    toc_err err = TOC_OK;
    toc_buf json = {0};
    for (size_t i = 0; i < b->lines.count && !err; i++) {
        toc_event *ev = &b->lines.at[i];
        if (ev->kind != TOC_K_SOURCE && ev->kind != TOC_K_ATTACHMENT)
            continue;
        size_t len;
        const char *body = toc_recording_body(parent, (int64_t)i + 1, &len);
        toc_buf_clear(&json);
        toc_buf_add(&json, body, len);
        toc_buf_char(&json, '}');
        toc_event_fini(ev);
        err = toc_event_parse(ev, json.data, json.len, e);
    }
    toc_buf_fini(&json);
    return err;
}
