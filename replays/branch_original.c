// SPDX-License-Identifier: MIT
// What is the same for all branches of a recording: where its steps are whole, what its things are called, how far it holds. It is
// found once, by executing and verifying the original; branches then only play.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "branch_inside.h"
#include "rehearse/rerun.h"

static branch_original *execute(const toc_recording *parent);
static toc_err advance_until(branching *b, int64_t t, int64_t seq, toc_error *e);
static bool is_that(const branching *b, const toc_event *ev);

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
    if (!br->original) {
        br->original = execute(br->parent);
        br->original->proof = br->given;
    }
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
    br->is_used = true;
    *out =
        toc_exercise_new(toc_scenario_plan(br->scenario), toc_scenario_script(br->scenario));
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

toc_err toc_branch_line(branching *b, const toc_event *ev, toc_error *e)
{
    const toc_class class = toc_kind_class(ev->kind);
    const bool is_input = class == TOC_CLASS_INPUT, rests = b->taken == b->step.count;
    if (class == TOC_CLASS_RECORD)
        return TOC_OK;
    toc_err err = b->x ? TOC_OK : toc_brancher_exercise(b->brancher, &b->x, e);
    // A halt comes before the step that met the cap, and after all that was due earlier.
    if (!err && rests)
        err = advance_until(b, ev->kind == TOC_K_HALT ? ev->t - 1 : ev->t, ev->seq, e);
    if (!err && (is_input ? b->taken < b->step.count : !is_that(b, ev)))
        err = toc_fail(e, TOC_EDIVERGED, "line %lld did not come out as it did before",
                       (long long)ev->seq + 1);
    if (err)
        return err;
    if (!is_input) {
        b->taken++;
        return TOC_OK;
    }
    toc_events_clear(&b->step);
    b->taken = 0;
    return toc_exercise_apply(b->x, ev, &b->step, e);
}

// Instants up to t, one at a time, until one brings something about.
static toc_err advance_until(branching *b, int64_t t, int64_t seq, toc_error *e)
{
    int64_t due;
    toc_err err = TOC_OK;
    toc_events_clear(&b->step);
    b->taken = 0;
    while (!err && b->step.count == 0 && toc_exercise_next_due(b->x, &due) && due <= t)
        err = toc_exercise_advance(b->x, seq, &b->step, e);
    return err;
}

static bool is_that(const branching *b, const toc_event *ev)
{
    const toc_event *next = b->taken < b->step.count ? &b->step.at[b->taken] : NULL;
    return next && next->kind == ev->kind && next->seq == ev->seq && next->t == ev->t;
}

static branch_original *execute(const toc_recording *parent)
{
    branch_original *o = toc_alloc(sizeof *o);
    const int64_t count = toc_recording_count(parent);
    toc_rerun *r = toc_rerun_new(toc_recording_header(parent));
    bool is_behind_input = false;
    o->parent = parent;
    o->is_whole = toc_alloc(((size_t)count + 2) * sizeof *o->is_whole);
    o->is_by_itself = toc_alloc(((size_t)count + 2) * sizeof *o->is_by_itself);
    o->names = toc_alloc(((size_t)count + 2) * sizeof *o->names);
    toc_keys_init(&o->there);
    for (int64_t seq = 1; seq <= count && !o->err; seq++) {
        const toc_event *ev = toc_recording_at(parent, seq);
        const bool is_seal = ev->kind == TOC_K_SEAL, rests = toc_rerun_rests(r);
        toc_class class = ev->kind == TOC_K_UNKNOWN ? TOC_CLASS_UNKNOWN : toc_kind_class(ev->kind);
        size_t len;
        const char *body = toc_recording_body(parent, seq, &len);
        o->looked_at = seq;
        o->is_whole[seq] = rests && (class != TOC_CLASS_RECORD || is_seal);
        o->is_beyond_us = class == TOC_CLASS_UNKNOWN;
        if (o->is_beyond_us) {
            o->err = TOC_EREFUSED;
            break;
        }
        if (class == TOC_CLASS_INPUT || (class == TOC_CLASS_DERIVED && rests))
            is_behind_input = class == TOC_CLASS_INPUT;
        o->is_by_itself[seq] = is_seal && is_behind_input;
        o->names[seq] = toc_keys_add(&o->there, ev, ev->kind == TOC_K_MESSAGE ? ev->cause : seq);
        o->err = toc_rerun_line(r, body, len, &o->e);
    }
    toc_rerun_free(r);
    return o;
}
