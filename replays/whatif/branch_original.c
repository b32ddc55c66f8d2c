// SPDX-License-Identifier: MIT
// What is the same for all branches of a recording: where its steps are whole, what its things are called, how far it holds. It is
// found once, by executing and verifying the original; branches then only play.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "branch_inside.h"
#include "rehearse/rerun.h"

static bool is_at_rest(const branch_step *step);
static bool is_next(const branch_step *step, const toc_event *ev);
static toc_err advance_until(branch_step *step, int64_t t, int64_t seq, toc_error *e);
static branch_original *execute(toc_brancher *br);
static void step_through(branch_original *o, toc_brancher *br);
static void compare(branch_original *o, const toc_recording *parent);
static bool note_line(branch_original *o, const toc_recording *parent, int64_t seq, bool rests,
                      bool *is_behind_input);

toc_brancher *toc_brancher_new(const toc_recording *parent, const toc_verdict *proof)
{
    toc_brancher *br = toc_alloc(sizeof *br);
    br->parent = parent;
    br->given = proof;
    return br;
}

toc_brancher *toc_brancher_beside(toc_brancher *other)
{
    toc_brancher *br = toc_brancher_new(other->parent, other->given);
    toc_brancher_original(other);
    toc_brancher_prove(other, NULL); // what it may find wrong, the first branch says
    br->original = other->original;
    br->is_shared = true;
    return br;
}

void toc_brancher_free(toc_brancher *br)
{
    if (!br)
        return;
    branch_original *o = br->is_shared ? NULL : br->original;
    for (int64_t seq = 0; o && seq <= toc_recording_count(br->parent); seq++)
        free(o->names[seq]);
    if (o) {
        free(o->names);
        free(o->is_whole);
        free(o->is_by_itself);
        toc_keys_fini(&o->there);
        toc_verdict_fini(&o->own);
    }
    free(o);
    toc_relief_free(br->relief);
    toc_scenario_free(br->scenario);
    free(br);
}

const branch_original *toc_brancher_original(toc_brancher *br)
{
    if (!br->original)
        br->original = execute(br);
    return br->original;
}

toc_err toc_brancher_prove(toc_brancher *br, toc_error *e)
{
    branch_original *o = br->original;
    if (o->proof)
        return TOC_OK;
    size_t len;
    const char *bytes = toc_recording_bytes(br->parent, &len);
    toc_err err = toc_verify(&o->own, bytes, len, &(toc_verify_options){0}, e);
    if (!err)
        o->proof = &o->own;
    return err;
}

toc_err toc_brancher_exercise(toc_brancher *br, toc_exercise **out, toc_error *e)
{
    // One that went over its memory cap cannot be made ready, and is loaded anew.
    if (br->is_used && toc_scenario_again(br->scenario, NULL) != TOC_OK) {
        toc_scenario_free(br->scenario);
        br->scenario = NULL;
    }
    if (!br->scenario) {
        const uint64_t seed = (uint64_t)toc_recording_header(br->parent)->seed;
        br->is_used = false;
        toc_err err = toc_scenario_load(&br->scenario, toc_recording_files(br->parent), NULL, seed,
                                        TOC_SCENARIO_MEMORY_AGAIN, NULL, e);
        if (err)
            return err;
    }
    toc_scenario_cap(br->scenario, TOC_SCENARIO_MEMORY_AGAIN);
    br->is_used = true;
    *out = toc_exercise_new(toc_scenario_plan(br->scenario), toc_scenario_script(br->scenario));
    return TOC_OK;
}

toc_err toc_brancher_relief(toc_brancher *br, toc_relief **out, const toc_path *path,
                            const toc_relief_host *host, toc_error *e)
{
    const toc_path *played = path ? path : &br->no_path;
    toc_err err = TOC_OK;
    if (br->relief)
        toc_relief_again(br->relief, played, host);
    else
        err = toc_relief_path(&br->relief, toc_recording_files(br->parent),
                              (uint64_t)toc_recording_header(br->parent)->seed, played, host, e);
    *out = br->relief;
    return err;
}

toc_err toc_branch_line(toc_brancher *br, branch_step *step, const toc_event *ev, toc_error *e)
{
    const toc_class class = toc_kind_class(ev->kind);
    const bool is_input = class == TOC_CLASS_INPUT, rests = is_at_rest(step);
    if (class == TOC_CLASS_RECORD)
        return TOC_OK;
    toc_err err = step->x ? TOC_OK : toc_brancher_exercise(br, &step->x, e);
    // A halt comes before the step that met the cap, and after all that was due earlier.
    if (!err && rests)
        err = advance_until(step, ev->kind == TOC_K_HALT ? ev->t - 1 : ev->t, ev->seq, e);
    if (!err && (is_input ? !is_at_rest(step) : !is_next(step, ev)))
        err = toc_fail(e, TOC_EDIVERGED, "line %lld did not come out as it did before",
                       (long long)ev->seq + 1);
    if (err)
        return err;
    if (!is_input) {
        step->taken++;
        return TOC_OK;
    }
    toc_events_clear(&step->derived);
    step->taken = 0;
    return toc_exercise_apply(step->x, ev, &step->derived, e);
}

void toc_branch_step_fini(branch_step *step)
{
    toc_exercise_free(step->x);
    toc_events_fini(&step->derived);
    *step = (branch_step){0};
}

static bool is_at_rest(const branch_step *step)
{
    return step->taken == step->derived.count;
}

static bool is_next(const branch_step *step, const toc_event *ev)
{
    const toc_event *next = is_at_rest(step) ? NULL : &step->derived.at[step->taken];
    return next && next->kind == ev->kind && next->seq == ev->seq && next->t == ev->t;
}

// Instants up to t, one at a time, until one brings something about.
static toc_err advance_until(branch_step *step, int64_t t, int64_t seq, toc_error *e)
{
    int64_t due;
    toc_err err = TOC_OK;
    toc_events_clear(&step->derived);
    step->taken = 0;
    while (!err && is_at_rest(step) && toc_exercise_next_due(step->x, &due) && due <= t)
        err = toc_exercise_advance(step->x, seq, &step->derived, e);
    return err;
}

// ---- the original -------------------------------------------------------------------------------------------

static branch_original *execute(toc_brancher *br)
{
    branch_original *o = toc_alloc(sizeof *o);
    const size_t count = (size_t)toc_recording_count(br->parent) + 2;
    o->is_whole = toc_alloc(count * sizeof *o->is_whole);
    o->is_by_itself = toc_alloc(count * sizeof *o->is_by_itself);
    o->names = toc_alloc(count * sizeof *o->names);
    o->proof = br->given;
    toc_keys_init(&o->there);
    if (o->proof && o->proof->kind == TOC_VERDICT_VERIFIED)
        step_through(o, br);
    else
        compare(o, br->parent);
    return o;
}

// Each line is known to be what comes out.
static void step_through(branch_original *o, toc_brancher *br)
{
    branch_step step = {0};
    bool is_behind_input = false;
    for (int64_t seq = 1; seq <= toc_recording_count(br->parent) && !o->err; seq++)
        if (note_line(o, br->parent, seq, is_at_rest(&step), &is_behind_input))
            o->err = toc_branch_line(br, &step, toc_recording_at(br->parent, seq), &o->e);
    toc_branch_step_fini(&step);
}

static void compare(branch_original *o, const toc_recording *parent)
{
    toc_rerun *r = toc_rerun_new(toc_recording_header(parent));
    bool is_behind_input = false;
    for (int64_t seq = 1; seq <= toc_recording_count(parent) && !o->err; seq++) {
        size_t len;
        const char *body = toc_recording_body(parent, seq, &len);
        if (note_line(o, parent, seq, toc_rerun_rests(r), &is_behind_input))
            o->err = toc_rerun_line(r, body, len, &o->e);
    }
    toc_rerun_free(r);
}

// What there is to know of a line before it is executed; false if it cannot be.
static bool note_line(branch_original *o, const toc_recording *parent, int64_t seq, bool rests,
                      bool *is_behind_input)
{
    const toc_event *ev = toc_recording_at(parent, seq);
    const bool is_seal = ev->kind == TOC_K_SEAL;
    toc_class class = ev->kind == TOC_K_UNKNOWN ? TOC_CLASS_UNKNOWN : toc_kind_class(ev->kind);
    o->looked_at = seq;
    o->is_whole[seq] = rests && (class != TOC_CLASS_RECORD || is_seal);
    o->is_beyond_us = class == TOC_CLASS_UNKNOWN;
    if (o->is_beyond_us) {
        o->err = TOC_EREFUSED;
        return false;
    }
    if (class == TOC_CLASS_INPUT || (class == TOC_CLASS_DERIVED && rests))
        *is_behind_input = class == TOC_CLASS_INPUT;
    o->is_by_itself[seq] = is_seal && *is_behind_input;
    o->names[seq] = toc_keys_add(&o->there, ev, ev->kind == TOC_K_MESSAGE ? ev->cause : seq);
    return true;
}
