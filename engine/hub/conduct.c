// SPDX-License-Identifier: MIT
// Driving. The order in every function here is the order of the journal: an instant or an input, what
// it derived, then a seal where one is due. Nothing is undone: a step that cannot be recorded ends
// the recording.
#include "hub/conduct.h"

#include <string.h>

#include "base/mem.h"
#include "conduct_inside.h"

#define QUIET_MS   5000  // a mark follows a batch that nothing followed for so long
#define MARKS_MS   60000 // and then one a minute while play runs
#define SEAL_LINES 1000

static toc_err perform_instant(toc_conduct *c, int64_t mono, toc_error *e);
static void stamp(const toc_conduct *c, int64_t mono, toc_event *input);
static toc_err take_input(toc_conduct *c, int64_t mono, toc_event *input, toc_error *e);
static toc_err apply(toc_conduct *c, const toc_event *input, toc_events *derived, toc_error *e);
static toc_err end_step(toc_conduct *c, int64_t mono, const toc_events *derived, toc_error *e);
static toc_err refuse_if_failed(const toc_conduct *c, toc_error *e);
static toc_err add_seal(toc_conduct *c, int64_t t, toc_error *e);
static void log_line(toc_conduct *c, const toc_event *ev);

toc_err toc_conduct_tick(toc_conduct *c, int64_t mono, toc_error *e)
{
    toc_err err = refuse_if_failed(c, e);
    if (err)
        return err;
    toc_share share = toc_conduct_share(c, mono);
    int64_t due;
    // Asked anew each time: an instant may stop the clock, or bring something due at once. What is due at
    // the time of the last step cannot wait: nothing could be stamped before it.
    while (!err && toc_exercise_next_due(c->x, &due) && due <= toc_conduct_play(c, mono)) {
        if (due > toc_exercise_now(c->x) && !toc_conduct_has_share(c, &share)) {
            toc_conduct_slip(c, &share, due);
            break;
        }
        err = perform_instant(c, mono, e);
        share.instants++;
    }
    return err;
}

toc_err toc_conduct_check(toc_conduct *c, int64_t mono, toc_event *input, toc_error *e)
{
    toc_err err = toc_conduct_tick(c, mono, e);
    if (err)
        return err;
    stamp(c, mono, input);
    return toc_exercise_check(c->x, input, e);
}

toc_err toc_conduct_input(toc_conduct *c, int64_t mono, toc_event *input, toc_error *e)
{
    toc_err err = toc_conduct_tick(c, mono, e);
    return err ? err : take_input(c, mono, input, e);
}

toc_err toc_conduct_mark(toc_conduct *c, int64_t mono, toc_error *e)
{
    if (c->mark_at < 0 || mono < c->mark_at || c->has_failed)
        return refuse_if_failed(c, e);
    c->mark_at = -1;
    toc_event mark;
    toc_event_init(&mark, TOC_K_MARK, 0);
    toc_event_set_str(&mark, TOC_F_BY, "engine");
    toc_err err = toc_conduct_input(c, mono, &mark, e);
    toc_event_fini(&mark);
    return err == TOC_EREFUSED ? TOC_OK : err; // a closed exercise needs no more witnesses
}

toc_err toc_conduct_seal(toc_conduct *c, toc_error *e)
{
    toc_err err = refuse_if_failed(c, e);
    if (err || c->unsealed == 0)
        return err;
    return add_seal(c, toc_exercise_now(c->x), e);
}

bool toc_conduct_deadline(const toc_conduct *c, int64_t *mono)
{
    if (c->has_failed || c->is_past)
        return false;
    int64_t due, at;
    bool is_any = c->mark_at >= 0;
    if (is_any)
        *mono = c->mark_at;
    if (toc_exercise_next_due(c->x, &due) && toc_live_clock_when(&c->clock, due, &at) &&
        toc_conduct_may_go_on(c, &at) && (!is_any || at < *mono)) {
        *mono = at;
        is_any = true;
    }
    return is_any;
}

toc_batch *toc_conduct_batch(toc_conduct *c)
{
    toc_batch *b = c->is_past ? NULL : toc_journal_batch(c->journal);
    if (b) {
        c->batch_has_unmarked = c->has_unmarked;
        c->has_unmarked = false;
    }
    return b;
}

void toc_conduct_done(toc_conduct *c, int64_t mono, toc_batch *b, toc_err outcome,
                      const toc_error *why)
{
    toc_journal_done(c->journal, b, outcome);
    if (outcome) {
        toc_conduct_fail(c, mono, outcome, why ? why->msg : "the journal could not be written");
        return;
    }
    toc_conduct_show(c, toc_journal_durable(c->journal), true);
    if (toc_journal_has_queue(c->journal))
        return; // the next batch tells that this one is durable
    if (c->batch_has_unmarked)
        c->mark_at = mono + QUIET_MS;
    else if (c->state == TOC_PLAY_RUNNING)
        c->mark_at = mono + MARKS_MS;
}

toc_err toc_conduct_flush(toc_conduct *c, int64_t mono, toc_error *e)
{
    toc_err err = refuse_if_failed(c, e);
    toc_batch *b = err ? NULL : toc_conduct_batch(c);
    if (b) {
        toc_error why = {0};
        err = toc_batch_commit(b, &why);
        toc_conduct_done(c, mono, b, err, &why);
        if (err)
            refuse_if_failed(c, e);
    }
    return err;
}

toc_err toc_conduct_fail(toc_conduct *c, int64_t mono, toc_err code, const char *why)
{
    if (!c->has_failed) {
        c->has_failed = true;
        toc_fail(&c->failure, code, "%s", why);
        toc_live_clock_set(&c->clock, mono, false, c->clock.speed);
    }
    return TOC_EIO;
}

// Adds a line and keeps what is needed of it until it is durable.
toc_err toc_conduct_record(toc_conduct *c, const toc_event *ev, toc_error *e)
{
    toc_err err = toc_journal_add(c->journal, ev, e);
    if (err)
        return err;
    log_line(c, ev);
    c->unsealed++;
    c->mark_at = -1;
    if (ev->kind != TOC_K_MARK)
        c->has_unmarked = true;
    if (toc_kind_class(ev->kind) == TOC_CLASS_RECORD)
        return TOC_OK;
    toc_sessions_add(c->sessions, ev);
    toc_conduct_pend(c, ev);
    return TOC_OK;
}

void toc_conduct_stamp_wall(const toc_conduct *c, toc_event *input)
{
    toc_buf wall = {0};
    toc_wall_text(&wall, c->host.wall ? c->host.wall(c->host.context) : toc_wall_now());
    toc_event_set_str(input, TOC_F_WALL, wall.data);
    toc_buf_fini(&wall);
}

// Sets the live clock by the exercise after a step.
void toc_conduct_follow(toc_conduct *c, int64_t mono)
{
    toc_clock_view view = toc_exercise_clock(c->x);
    bool runs = view.state == TOC_PLAY_RUNNING;
    if (runs != c->clock.runs || view.speed != c->clock.speed)
        toc_live_clock_set(&c->clock, mono, runs, view.speed);
    // A jump went ahead of the clock; an instant that ended play was due before it.
    int64_t play = toc_live_clock_play(&c->clock, mono);
    if (view.now > play || (!runs && view.state != c->state && view.now != play))
        toc_live_clock_place(&c->clock, mono, view.now);
    c->state = view.state;
    const toc_stand *last = c->to_tell_count > 0 ? &c->to_tell[c->to_tell_count - 1] : &c->told;
    if (last->state == view.state && last->emergency == view.emergency)
        return;
    TOC_GROW(c->to_tell, c->to_tell_count, c->to_tell_capacity);
    c->to_tell[c->to_tell_count++] =
        (toc_stand){toc_journal_next(c->journal) - 1, view.state, view.emergency};
}

static toc_err perform_instant(toc_conduct *c, int64_t mono, toc_error *e)
{
    toc_events derived = {0};
    toc_err err = toc_exercise_advance(c->x, toc_journal_next(c->journal), &derived, e);
    if (err == TOC_ELIMIT) {
        toc_events_clear(&derived);
        err = toc_conduct_halt(c, mono, e);
        if (!err)
            err = toc_exercise_advance(c->x, toc_journal_next(c->journal), &derived, e);
    }
    if (err)
        toc_conduct_fail(c, mono, err, e ? e->msg : "an instant could not be performed");
    else
        err = end_step(c, mono, &derived, e);
    toc_events_fini(&derived);
    return err;
}

static void stamp(const toc_conduct *c, int64_t mono, toc_event *input)
{
    toc_conduct_stamp_wall(c, input);
    input->t = toc_conduct_play(c, mono);
    input->seq = toc_journal_next(c->journal);
}

static toc_err take_input(toc_conduct *c, int64_t mono, toc_event *input, toc_error *e)
{
    toc_events derived = {0};
    stamp(c, mono, input);
    toc_err err = apply(c, input, &derived, e);
    if (err == TOC_ELIMIT) {
        toc_events_clear(&derived);
        err = toc_conduct_halt(c, mono, e);
        if (!err)
            err = toc_conduct_tick(c, mono, e); // instants that derived nothing are due once more
        stamp(c, mono, input);
        if (!err)
            err = apply(c, input, &derived, e);
    }
    if (err && err != TOC_EREFUSED)
        err = toc_conduct_fail(c, mono, err, e ? e->msg : "an input could not be taken");
    if (!err) {
        err = toc_conduct_record(c, input, e);
        if (err)
            err = toc_conduct_fail(c, mono, err, e ? e->msg : "an input could not be recorded");
        else
            err = end_step(c, mono, &derived, e);
    }
    toc_events_fini(&derived);
    return err;
}

// A jump that brings about too much at once is refused when that is seen: it has spoilt the exercise by
// then, and nothing of it is in the lines.
static toc_err apply(toc_conduct *c, const toc_event *input, toc_events *derived, toc_error *e)
{
    toc_jump_share share = toc_conduct_jump_share(&c->host);
    toc_error words = {0};
    toc_exercise_bound_jump(c->x, toc_jump_is_enough, &share);
    toc_err err = toc_exercise_apply(c->x, input, derived, &words);
    bool is_too_far = toc_exercise_is_too_far(c->x);
    if (!is_too_far)
        toc_exercise_bound_jump(c->x, NULL, NULL);
    else if (toc_conduct_take_back(c, input->t, e) != TOC_OK)
        return TOC_EINTERNAL;
    err = is_too_far ? TOC_EREFUSED : err;
    return err ? toc_fail(e, err, "%s", words.msg) : TOC_OK;
}

// Records what a step derived, follows its clock, and seals where a seal is due.
static toc_err end_step(toc_conduct *c, int64_t mono, const toc_events *derived, toc_error *e)
{
    toc_err err = TOC_OK;
    for (size_t i = 0; i < derived->count && !err; i++)
        err = toc_conduct_record(c, &derived->at[i], e);
    toc_play_state before = c->state;
    toc_conduct_follow(c, mono);
    // The last seal is made when all before it is durable (toc_conduct_seal), and witnesses that.
    bool stopped = c->state == TOC_PLAY_PAUSED || c->state == TOC_PLAY_ENDED;
    stopped = stopped && c->state != before;
    if (!err && (stopped || c->unsealed >= SEAL_LINES))
        err = add_seal(c, toc_exercise_now(c->x), e);
    if (err)
        err = toc_conduct_fail(c, mono, err, e ? e->msg : "a step could not be recorded");
    return err;
}

static toc_err refuse_if_failed(const toc_conduct *c, toc_error *e)
{
    if (c->is_past)
        return toc_fail(e, TOC_EREFUSED, "this is a recording: nothing can be done in it");
    if (!c->has_failed)
        return TOC_OK;
    return toc_fail(e, TOC_EIO, "recording failed, and nothing is played unrecorded: %s",
                    c->failure.msg);
}

static toc_err add_seal(toc_conduct *c, int64_t t, toc_error *e)
{
    // Signed when the batch is taken; rebuilding needs the line's place only.
    toc_event seal;
    toc_event_init(&seal, TOC_K_SEAL, t);
    seal.seq = toc_journal_next(c->journal);
    toc_event_set_str(&seal, TOC_F_SIG, "");
    toc_err err = toc_journal_seal(c->journal, t, e);
    if (!err) {
        log_line(c, &seal);
        c->unsealed = 0;
        c->mark_at = -1;
        c->has_unmarked = true;
    }
    toc_event_fini(&seal);
    return err;
}

static void log_line(toc_conduct *c, const toc_event *ev)
{
    TOC_GROW(c->lines, c->line_count, c->line_capacity);
    toc_span_of_bytes *line = &c->lines[c->line_count++];
    line->from = c->bodies.len;
    toc_event_body(&c->bodies, ev);
    line->len = c->bodies.len - line->from;
}
