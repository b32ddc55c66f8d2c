// SPDX-License-Identifier: MIT
// Re-execution, line by line. What comes out of a step waits in `pending` until the journal's own
// derived lines have been compared with it.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "crypto/crypto.h"
#include "rehearse/rerun.h"

struct toc_rerun {
    uint64_t seed;
    char *exercise_id, *startex;
    toc_files *files;
    toc_buf attachment; // the parts read so far of the attachment that is being put together
    toc_scenario *scenario;
    toc_exercise *exercise;
    toc_events pending;
    size_t compared; // of pending
    int64_t last_t;
    toc_rerun_count count;
    toc_buf recorded, came_out;
    toc_buf json; // the line that is being taken, as a whole object
};

static toc_err check_form(const toc_event *ev, const char *body, size_t len, toc_error *e);
static toc_err take_record(toc_rerun *r, const toc_event *ev, toc_error *e);
static toc_err take_attachment(toc_rerun *r, const toc_event *ev, toc_error *e);
static toc_err take_input(toc_rerun *r, const toc_event *ev, toc_error *e);
static toc_err take_derived(toc_rerun *r, const toc_event *ev, const char *body, size_t len,
                            toc_error *e);
static toc_err load(toc_rerun *r, toc_error *e);
static toc_err advance_until(toc_rerun *r, int64_t t, toc_error *e);
static toc_err differ(toc_rerun *r, int64_t seq, const char *recorded, size_t len, const char *how,
                      toc_error *e);
static bool has_pending(const toc_rerun *r);

toc_rerun *toc_rerun_new(const toc_header *header)
{
    toc_rerun *r = toc_alloc(sizeof *r);
    r->seed = (uint64_t)header->seed;
    r->exercise_id = toc_strdup(header->exercise);
    r->startex = toc_strdup(header->startex);
    r->files = toc_files_new();
    r->count.next_seq = 1;
    return r;
}

void toc_rerun_free(toc_rerun *r)
{
    if (!r)
        return;
    toc_exercise_free(r->exercise);
    toc_scenario_free(r->scenario);
    toc_files_free(r->files);
    toc_events_fini(&r->pending);
    toc_buf_fini(&r->attachment);
    toc_buf_fini(&r->recorded);
    toc_buf_fini(&r->came_out);
    toc_buf_fini(&r->json);
    free(r->exercise_id);
    free(r->startex);
    free(r);
}

toc_err toc_rerun_line(toc_rerun *r, const char *body, size_t len, toc_error *e)
{
    toc_buf_clear(&r->json);
    toc_buf_add(&r->json, body, len);
    toc_buf_char(&r->json, '}');
    toc_event ev;
    toc_error why = {0};
    toc_err err = toc_event_parse(&ev, r->json.data, r->json.len, &why);
    if (err)
        return toc_fail(e, err, "line %lld: %s", (long long)r->count.next_seq + 1, why.msg);
    if (ev.seq != r->count.next_seq || ev.t < r->last_t) {
        err = toc_fail(e, TOC_EFORMAT, "line %lld: seq %lld at play ms %lld is out of order",
                       (long long)r->count.next_seq + 1, (long long)ev.seq, (long long)ev.t);
    } else {
        err = check_form(&ev, body, len, e);
        switch (err ? TOC_CLASS_UNKNOWN : toc_kind_class(ev.kind)) {
        case TOC_CLASS_RECORD:
            err = take_record(r, &ev, e);
            break;
        case TOC_CLASS_INPUT:
            err = take_input(r, &ev, e);
            break;
        case TOC_CLASS_DERIVED:
            err = take_derived(r, &ev, body, len, e);
            break;
        case TOC_CLASS_UNKNOWN: // under the same semantics none can stand within a step
            if (!err && has_pending(r))
                err = differ(r, ev.seq, body, len, "something else came out", e);
            r->count.unknown += !err;
            break;
        }
    }
    r->count.next_seq++;
    r->count.lines++;
    r->last_t = ev.t;
    toc_event_fini(&ev);
    return err;
}

toc_err toc_rerun_open(toc_rerun *r, toc_error *e)
{
    return load(r, e);
}

toc_err toc_rerun_wait(toc_rerun *r, int64_t t, toc_error *e)
{
    return !r->exercise || has_pending(r) ? TOC_OK : advance_until(r, t, e);
}

toc_err toc_rerun_finish(toc_rerun *r, toc_events *missing, toc_error *e)
{
    toc_err err = load(r, e);
    int64_t due;
    // Each instant starts its own numbers, so what is pending is counted in before the next one.
    int64_t next = r->count.next_seq + (int64_t)(r->pending.count - r->compared);
    while (!err && toc_exercise_next_due(r->exercise, &due) && due <= r->last_t) {
        size_t before = r->pending.count;
        err = toc_exercise_advance(r->exercise, next, &r->pending, e);
        next += (int64_t)(r->pending.count - before);
    }
    for (; !err && r->compared < r->pending.count; r->compared++) {
        toc_event *ev = toc_events_add(missing, TOC_K_NOTE, 0);
        toc_event_copy(ev, &r->pending.at[r->compared]);
    }
    return err;
}

bool toc_rerun_rests(const toc_rerun *r)
{
    return !has_pending(r);
}

toc_rerun_count toc_rerun_counted(const toc_rerun *r)
{
    return r->count;
}

const char *toc_rerun_recorded(const toc_rerun *r)
{
    return toc_buf_text(&r->recorded);
}

const char *toc_rerun_came_out(const toc_rerun *r)
{
    return toc_buf_text(&r->came_out);
}

toc_exercise *toc_rerun_exercise(toc_rerun *r)
{
    return r->exercise;
}

toc_files *toc_rerun_files(toc_rerun *r)
{
    return r->files;
}

toc_scenario *toc_rerun_scenario(toc_rerun *r)
{
    return r->scenario;
}

// A line of a known kind has one form only; another would be read as what it was not written as.
static toc_err check_form(const toc_event *ev, const char *body, size_t len, toc_error *e)
{
    if (ev->kind == TOC_K_UNKNOWN || toc_kind_class(ev->kind) == TOC_CLASS_DERIVED)
        return TOC_OK; // derived lines are compared with what comes out
    toc_buf form = {0};
    toc_event_body(&form, ev);
    bool is_same = form.len == len && memcmp(form.data, body, len) == 0;
    toc_buf_fini(&form);
    if (!is_same)
        return toc_fail(e, TOC_EFORMAT, "line %lld: it is not written as the engine writes it",
                        (long long)ev->seq + 1);
    return TOC_OK;
}

static toc_err take_record(toc_rerun *r, const toc_event *ev, toc_error *e)
{
    if (ev->kind == TOC_K_SEAL) {
        // Seals stand between steps: nothing may be left of the one before.
        return has_pending(r) ? differ(r, ev->seq, "a seal", 6, "a step is cut short", e) : TOC_OK;
    }
    if (r->exercise)
        return toc_fail(e, TOC_EFORMAT, "line %lld: a %s after play has begun",
                        (long long)ev->seq + 1, toc_kind_name(ev->kind));
    if (ev->kind == TOC_K_ATTACHMENT)
        return take_attachment(r, ev, e);
    const char *text = toc_event_str(ev, TOC_F_TEXT);
    toc_files_add(r->files, toc_event_str(ev, TOC_F_PATH), text, strlen(text));
    return TOC_OK;
}

static toc_err take_attachment(toc_rerun *r, const toc_event *ev, toc_error *e)
{
    const char *path = toc_event_str(ev, TOC_F_PATH), *data = toc_event_str(ev, TOC_F_DATA);
    if (toc_event_int(ev, TOC_F_PART) == 1)
        toc_buf_clear(&r->attachment);
    toc_err err = toc_base64_decode(&r->attachment, data, strlen(data), e);
    if (err || toc_event_int(ev, TOC_F_PART) < toc_event_int(ev, TOC_F_PARTS))
        return err;
    char hash[TOC_HASH_HEX + 1];
    toc_sha256_hex(hash,
                   (toc_bytes[]){{toc_buf_text(&r->attachment), r->attachment.len}, {NULL, 0}});
    if (strcmp(hash, toc_event_str(ev, TOC_F_SHA256)) != 0)
        return toc_fail(e, TOC_EFORMAT, "line %lld: the attachment %s is not what its hash says",
                        (long long)ev->seq + 1, path);
    toc_files_add(r->files, path, toc_buf_text(&r->attachment), r->attachment.len);
    return TOC_OK;
}

static toc_err take_input(toc_rerun *r, const toc_event *ev, toc_error *e)
{
    toc_err err = load(r, e);
    toc_buf body = {0};
    toc_event_body(&body, ev);
    // A halt comes before the step that met the cap, and after all that was due earlier.
    if (!err && !has_pending(r))
        err = advance_until(r, ev->kind == TOC_K_HALT ? ev->t - 1 : ev->t, e);
    if (!err && has_pending(r)) {
        err =
            differ(r, ev->seq, body.data, body.len, "something came out that was not recorded", e);
    } else if (!err) {
        toc_error why = {0};
        toc_events_clear(&r->pending);
        r->compared = 0;
        err = toc_exercise_apply(r->exercise, ev, &r->pending, &why);
        if (err == TOC_EREFUSED) {
            char *how = toc_sprintf("the input is refused: %s", why.msg);
            err = differ(r, ev->seq, body.data, body.len, how, e);
            free(how);
        } else if (err) {
            err = toc_fail(e, err, "line %lld: %s", (long long)ev->seq + 1, why.msg);
        }
        r->count.inputs += err == TOC_OK;
    }
    toc_buf_fini(&body);
    return err;
}

static toc_err take_derived(toc_rerun *r, const toc_event *ev, const char *body, size_t len,
                            toc_error *e)
{
    toc_err err = load(r, e);
    if (!err && !has_pending(r))
        err = advance_until(r, ev->t, e);
    if (err)
        return err;
    if (!has_pending(r))
        return differ(r, ev->seq, body, len, "nothing came out", e);
    toc_buf out = {0};
    toc_event_body(&out, &r->pending.at[r->compared]);
    bool is_same = out.len == len && memcmp(out.data, body, len) == 0;
    toc_buf_fini(&out);
    if (!is_same)
        return differ(r, ev->seq, body, len, "something else came out", e);
    r->compared++;
    r->count.derived++;
    return TOC_OK;
}

// The scenario is loaded when the first line after the sources comes.
static toc_err load(toc_rerun *r, toc_error *e)
{
    if (r->exercise)
        return TOC_OK;
    toc_error why = {0};
    toc_err err = toc_scenario_load(&r->scenario, r->files, NULL, r->seed,
                                    TOC_SCENARIO_MEMORY_AGAIN, NULL, &why);
    if (err)
        return toc_fail(e, err, "the recorded scenario does not load: %s", why.msg);
    const toc_plan *plan = toc_scenario_plan(r->scenario);
    toc_buf startex = {0};
    toc_story_text(&startex, plan->startex);
    bool is_header =
        strcmp(plan->id, r->exercise_id) == 0 && strcmp(toc_buf_text(&startex), r->startex) == 0;
    if (!is_header) {
        toc_buf_printf(&r->recorded, "%s, from %s", r->exercise_id, r->startex);
        toc_buf_printf(&r->came_out, "%s, from %s", plan->id, toc_buf_text(&startex));
    }
    toc_buf_fini(&startex);
    if (!is_header)
        return toc_fail(e, TOC_EDIVERGED,
                        "the header names another exercise or start than the recorded scenario");
    r->exercise = toc_exercise_new(plan, toc_scenario_script(r->scenario));
    return TOC_OK;
}

// Instants up to t, one at a time, until one brings something about.
static toc_err advance_until(toc_rerun *r, int64_t t, toc_error *e)
{
    int64_t due;
    toc_err err = TOC_OK;
    toc_events_clear(&r->pending);
    r->compared = 0;
    while (!err && r->pending.count == 0 && toc_exercise_next_due(r->exercise, &due) && due <= t)
        err = toc_exercise_advance(r->exercise, r->count.next_seq, &r->pending, e);
    return err;
}

static toc_err differ(toc_rerun *r, int64_t seq, const char *recorded, size_t len, const char *how,
                      toc_error *e)
{
    toc_buf_clear(&r->recorded);
    toc_buf_clear(&r->came_out);
    toc_buf_add(&r->recorded, recorded, len);
    if (has_pending(r))
        toc_event_body(&r->came_out, &r->pending.at[r->compared]);
    return toc_fail(e, TOC_EDIVERGED, "line %lld differs: %s", (long long)seq + 1, how);
}

static bool has_pending(const toc_rerun *r)
{
    return r->compared < r->pending.count;
}
