// SPDX-License-Identifier: MIT
// One step more: an input of the original, one of ours, or an instant; and who may act where nobody of the original does.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "branch_inside.h"
#include "record/feed.h"

#define WORDS_ANSWER "(what if: an answer of their own)"

static void add_line(branching *b, const toc_event *ev, int64_t origin);
static toc_err halt(branching *b, toc_error *e);
static toc_err catch_up(branching *b, toc_error *e);
static bool translate(const branching *b, toc_event *ev);
static bool is_other_answer(const branching *b, const toc_event *ev);
static void stamp_wall(const branching *b, toc_event *ev);
static bool is_wanted(const branching *b, const toc_event *input, const toc_playstep *step);
static bool is_met(const branching *b, char mark, const char *id, const char *suffix);

toc_err toc_branch_put(branching *b, toc_event *input, int64_t origin, toc_error *e)
{
    toc_events derived = {0};
    input->seq = (int64_t)b->out->lines.count + 1;
    input->t = b->now;
    if (!toc_event_has(input, TOC_F_WALL))
        stamp_wall(b, input);
    toc_err err = toc_exercise_apply(b->x, input, &derived, e);
    if (err == TOC_ELIMIT) {
        toc_events_clear(&derived);
        err = halt(b, e);
        if (!err)
            err = catch_up(b, e);
        input->seq = (int64_t)b->out->lines.count + 1;
        if (!err)
            err = toc_exercise_apply(b->x, input, &derived, e);
    }
    if (!err) {
        add_line(b, input, origin);
        for (size_t i = 0; i < derived.count; i++)
            toc_branch_take(b, &derived.at[i]);
        if (toc_exercise_now(b->x) > b->now)
            b->now = toc_exercise_now(b->x); // a jump
        toc_branch_see_wall(b, input);
    }
    toc_events_fini(&derived);
    return err;
}

toc_err toc_branch_advance(branching *b, toc_error *e)
{
    toc_events derived = {0};
    int64_t due;
    toc_exercise_next_due(b->x, &due);
    toc_err err = toc_exercise_advance(b->x, (int64_t)b->out->lines.count + 1, &derived, e);
    if (err == TOC_ELIMIT) {
        toc_events_clear(&derived);
        err = halt(b, e);
        if (!err && toc_exercise_next_due(b->x, &due)) // an earlier one, if that derived nothing
            err = toc_exercise_advance(b->x, (int64_t)b->out->lines.count + 1, &derived, e);
    }
    if (!err && due > b->now)
        b->now = due;
    for (size_t i = 0; i < derived.count && !err; i++)
        toc_branch_take(b, &derived.at[i]);
    toc_events_fini(&derived);
    return err;
}

void toc_branch_take(branching *b, toc_event *derived)
{
    toc_event *ev = toc_events_add(&b->out->lines, derived->kind, derived->t);
    *ev = *derived;
    toc_event_init(derived, derived->kind, 0);
    toc_branch_shown(b, ev, 0);
}

void toc_branch_seal(branching *b)
{
    const toc_events *lines = &b->out->lines;
    if (lines->count == 0 || lines->at[lines->count - 1].kind == TOC_K_SEAL)
        return;
    toc_event seal;
    toc_event_init(&seal, TOC_K_SEAL, toc_exercise_now(b->x));
    seal.seq = (int64_t)lines->count + 1;
    toc_event_set_str(&seal, TOC_F_SIG, "");
    add_line(b, &seal, 0);
    toc_event_fini(&seal);
}

toc_err toc_branch_again(branching *b, const branch_act *act, toc_error *e)
{
    const toc_event *there = toc_recording_at(b->parent, act->seq);
    toc_error why = {0};
    toc_event ev;
    if (there->kind == TOC_K_SEAL) {
        toc_branch_seal(b);
        return TOC_OK;
    }
    if (is_other_answer(b, there))
        return TOC_OK;
    toc_event_copy(&ev, there);
    bool is_person = strcmp(toc_event_str(&ev, TOC_F_BY), "engine") != 0;
    toc_err err = translate(b, &ev)
                      ? TOC_OK
                      : toc_fail(&why, TOC_EREFUSED, "what it speaks of never came here");
    if (!err && b->now != there->t)
        toc_event_set_str(&ev, TOC_F_WALL, NULL);
    if (!err)
        err = toc_branch_put(b, &ev, act->seq, &why);
    if (err == TOC_EREFUSED) {
        toc_branch_leave(b, act->seq, why.msg);
        err = TOC_OK;
    } else if (err) {
        toc_fail(e, err, "%s", why.msg);
    } else if (is_person) {
        b->out->again++;
        b->out->later += ev.t != there->t;
    }
    toc_event_fini(&ev);
    return err;
}

toc_err toc_branch_answer(branching *b, const branch_act *act, toc_error *e)
{
    const toc_choice *c = toc_branch_choice(b, act->decide);
    const toc_decision *d = &b->plan->decisions[c->index];
    const toc_event *there = toc_recording_at(b->parent, act->seq);
    bool is_excon = strcmp(d->team, "excon") == 0;
    char *first = is_excon ? toc_strdup("excon-1") : toc_sprintf("%s-1", d->team);
    const char *by = there->kind == TOC_K_DECIDE ? toc_event_str(there, TOC_F_BY) : first;
    const char *seat = toc_branch_seat(b, by);
    toc_error why = {0};
    toc_event in;
    toc_event_init(&in, TOC_K_DECIDE, b->now);
    toc_event_set_str(&in, TOC_F_BY, seat ? seat : "excon-1");
    toc_event_set_str(&in, TOC_F_DECISION, d->id);
    if (c->answer == TOC_ANSWER_OPTION)
        toc_event_set_str(&in, TOC_F_OPTION, d->options[2 * c->option]);
    else
        toc_event_set_str(&in, TOC_F_TEXT, WORDS_ANSWER);
    if (c->answer != TOC_ANSWER_OPTION && d->option_count > 0)
        toc_event_set_str(&in, TOC_F_OPTION, "other");
    toc_event_set_str(&in, TOC_F_REASON, TOC_BRANCH_REASON);
    toc_err err = toc_branch_put(b, &in, 0, &why);
    if (err == TOC_EREFUSED) {
        b->out->decides[act->decide].refused = toc_strdup(why.msg);
        err = TOC_OK;
    } else if (err) {
        toc_fail(e, err, "%s", why.msg);
    } else {
        const toc_event *last = &b->out->lines.at[b->out->lines.count - 1];
        b->out->made++;
        if (last->kind == TOC_K_REFUSED_LATE &&
            last->cause == in.seq) // play jumped over its deadline
            b->out->decides[act->decide].refused = toc_strdup(toc_event_str(last, TOC_F_REASON));
    }
    toc_event_fini(&in);
    free(first);
    return err;
}

toc_err toc_branch_rule(branching *b, const branch_act *act, toc_error *e)
{
    const toc_choice *c = toc_branch_choice(b, act->decide);
    const char *seat = toc_branch_seat(b, "excon-1");
    toc_error why = {0};
    toc_event in;
    toc_event_init(&in, TOC_K_RULE, b->now);
    toc_event_set_str(&in, TOC_F_BY, seat ? seat : "excon-1");
    toc_event_set_str(&in, TOC_F_DECISION, b->plan->decisions[c->index].id);
    toc_event_set_str(&in, TOC_F_RULING, c->answer == TOC_ANSWER_REJECTED ? "reject" : "accept");
    toc_event_set_str(&in, TOC_F_REASON, TOC_BRANCH_REASON);
    toc_err err = toc_branch_put(b, &in, 0, &why);
    b->out->made += !err;
    toc_event_fini(&in);
    return err == TOC_EREFUSED ? TOC_OK : err ? toc_fail(e, err, "%s", why.msg) : TOC_OK;
}

const char *toc_branch_seat(const branching *b, const char *wanted)
{
    size_t i = toc_exercise_seat_find(b->x, wanted);
    if (i != TOC_NONE && toc_exercise_seat(b->x, i).is_open)
        return toc_exercise_seat(b->x, i).id;
    char audience[64];
    toc_seat_audience(wanted, audience);
    const char *role = toc_seat_role(wanted), *other = NULL;
    bool is_control = strcmp(audience, "control") == 0;
    for (i = 0; i < toc_exercise_seat_count(b->x); i++) {
        toc_seat_view seat = toc_exercise_seat(b->x, i);
        if (!seat.is_open || strcmp(seat.audience, audience) != 0)
            continue;
        if (!is_control || strcmp(seat.role, role) == 0)
            return seat.id;
        if (strcmp(seat.role, "excon") == 0)
            other = seat.id;
    }
    return other;
}

void toc_branch_leave(branching *b, int64_t seq, const char *why)
{
    toc_branch *out = b->out;
    const toc_event *ev = toc_recording_at(b->parent, seq);
    const char *by = toc_event_str(ev, TOC_F_BY);
    if (!by || strcmp(by, "engine") == 0 || is_other_answer(b, ev))
        return;
    TOC_GROW(out->left, out->left_count, out->left_capacity);
    out->left[out->left_count++] = (toc_branch_left){seq, toc_strdup(why)};
}

const toc_choice *toc_branch_choice(const branching *b, size_t decide)
{
    return &b->o->decides->choices[decide];
}

size_t toc_branch_decides(const branching *b, const char *decision)
{
    for (size_t i = 0; decision && i < b->out->decide_count; i++)
        if (strcmp(b->plan->decisions[toc_branch_choice(b, i)->index].id, decision) == 0)
            return i;
    return TOC_NONE;
}

bool toc_branch_relieve(void *context, const char *seat, toc_event *input, const toc_playstep *step)
{
    branching *b = context;
    const char *by = strcmp(seat, "engine") == 0 ? seat : toc_branch_seat(b, seat);
    toc_error why = {0};
    toc_event_set_str(input, TOC_F_BY, by ? by : seat);
    if (!is_wanted(b, input, step))
        return false;
    toc_err err = toc_branch_put(b, input, 0, &why);
    b->out->made += !err;
    if (err == TOC_EREFUSED && step)
        b->host.refused(b, step, why.msg);
    if (err && err != TOC_EREFUSED && !b->failed)
        b->failed = toc_fail(&b->why, err, "%s", why.msg);
    return !err;
}

static void add_line(branching *b, const toc_event *ev, int64_t origin)
{
    toc_event_copy(toc_events_add(&b->out->lines, ev->kind, ev->t), ev);
    toc_branch_shown(b, &b->out->lines.at[b->out->lines.count - 1], origin);
}

// The step that met the scripts' memory cap is not in the lines: the exercise is built again up to there, and told to go on without.
static toc_err halt(branching *b, toc_error *e)
{
    toc_events derived = {0};
    toc_event in;
    toc_branch_step_fini(&b->step);
    toc_err err = toc_brancher_exercise(b->brancher, &b->step.x, e);
    for (size_t i = 0; i < b->out->lines.count && !err; i++)
        err = toc_branch_line(b->brancher, &b->step, &b->out->lines.at[i], e);
    b->x = b->step.x;
    if (err)
        return err;
    toc_event_init(&in, TOC_K_HALT, toc_exercise_now(b->x));
    in.seq = (int64_t)b->out->lines.count + 1;
    toc_event_set_str(&in, TOC_F_BY, "engine");
    stamp_wall(b, &in);
    toc_event_set_str(&in, TOC_F_REASON, "the scripts went over their memory cap");
    err = toc_exercise_apply(b->x, &in, &derived, e);
    if (!err)
        add_line(b, &in, 0);
    for (size_t i = 0; i < derived.count && !err; i++)
        toc_branch_take(b, &derived.at[i]);
    toc_scenario_cap(b->brancher->scenario, TOC_BRANCH_MEMORY);
    toc_event_fini(&in);
    toc_events_fini(&derived);
    return err;
}

// Instants that derived nothing are in no line, and so are due once more.
static toc_err catch_up(branching *b, toc_error *e)
{
    int64_t due;
    toc_err err = TOC_OK;
    while (!err && toc_exercise_next_due(b->x, &due) && due <= b->now)
        err = toc_branch_advance(b, e);
    return err;
}

// What it speaks of has another number here.
static bool translate(const branching *b, toc_event *ev)
{
    static const toc_field refs[] = {TOC_F_ITEM, TOC_F_RE};
    for (size_t i = 0; i < TOC_COUNT(refs); i++) {
        int64_t there = toc_event_int(ev, refs[i]), here = 0;
        if (there <= b->parent_seq)
            continue;
        if (there > toc_recording_count(b->parent) || !b->original->names[there] ||
            !toc_map_get(b->here.seqs, b->original->names[there], &here))
            return false;
        toc_event_set_int(ev, refs[i], here);
    }
    return true;
}

// Was it given other words by the options?
static bool is_other_answer(const branching *b, const toc_event *ev)
{
    if (ev->kind != TOC_K_DECIDE && ev->kind != TOC_K_RULE)
        return false;
    size_t i = toc_branch_decides(b, toc_event_str(ev, TOC_F_DECISION));
    return i != TOC_NONE &&
           (ev->kind == TOC_K_DECIDE || toc_branch_choice(b, i)->answer != TOC_ANSWER_NONE);
}

// Nobody looked at a clock: what is made gets the wall of the newest input, and the play time since.
static void stamp_wall(const branching *b, toc_event *ev)
{
    int64_t speed = toc_exercise_clock(b->x).speed;
    int64_t played = b->now > b->wall_t ? b->now - b->wall_t : 0; // play may end within a jump
    int64_t wall = b->wall + played * 1000 / speed;
    const branch_act *next = toc_docket_next(&b->docket);
    if (next && next->kind == ACT_AGAIN) { // no later than what is to come
        int64_t most = toc_branch_wall(toc_recording_at(b->parent, next->seq));
        if (most > 0 && wall > most)
            wall = most > b->wall ? most : b->wall;
    }
    toc_buf text = {0};
    toc_wall_text(&text, wall);
    toc_event_set_str(ev, TOC_F_WALL, toc_buf_text(&text));
    toc_buf_fini(&text);
}

void toc_branch_see_wall(branching *b, const toc_event *input)
{
    const int64_t wall = toc_branch_wall(input);
    if (wall <= 0)
        return;
    b->wall = wall;
    // A jump takes no time on the wall: play is there at once.
    b->wall_t = input->kind == TOC_K_JUMP ? toc_event_int(input, TOC_F_UNTIL) : input->t;
}

int64_t toc_branch_wall(const toc_event *ev)
{
    const char *text = toc_event_str(ev, TOC_F_WALL);
    toc_story at;
    if (!text || strlen(text) != strlen("2026-11-21T18:00:00.000Z"))
        return 0;
    char *seconds = toc_sprintf("%.19sZ", text);
    toc_err err = toc_story_parse(seconds, &at, NULL);
    free(seconds);
    return err ? 0 : at.ms + strtol(text + 20, NULL, 10);
}

// Players of a rehearsal look back on what happened before they came: of that they do what is still open. Where the original's people
// act, they do only what those never met.
static bool is_wanted(const branching *b, const toc_event *input, const toc_playstep *step)
{
    const char *decision = toc_event_str(input, TOC_F_DECISION),
               *inject = toc_event_str(input, TOC_F_INJECT);
    int64_t item = toc_event_int(input, TOC_F_ITEM);
    bool is_reading = input->kind == TOC_K_READ || input->kind == TOC_K_ACK;
    bool is_answer = input->kind == TOC_K_DECIDE || input->kind == TOC_K_RULE;
    bool is_release = input->kind == TOC_K_RELEASE || input->kind == TOC_K_DELIVER;
    if (is_answer && toc_branch_decides(b, decision) != TOC_NONE)
        return false;
    if (b->o->otherwise == TOC_ELSE_ORIGINAL) {
        if (is_reading)
            return item >= 1 && item <= (int64_t)b->from_count && !b->from[item - 1];
        if (input->kind == TOC_K_DECIDE)
            return !is_met(b, 'a', decision, "");
        if (input->kind == TOC_K_RULE)
            return !is_met(b, 'p', decision, " 1") && !is_met(b, 'x', decision, " 1");
        if (input->kind == TOC_K_RELEASE)
            return !is_met(b, 'h', inject, " 1") && !is_met(b, 'r', inject, " 1");
        return input->kind == TOC_K_DELIVER && !is_met(b, 'c', inject, " 1");
    }
    if (input->kind == TOC_K_OPEN_SEAT)
        return toc_exercise_seat_find(b->x, toc_event_str(input, TOC_F_SEAT)) == TOC_NONE;
    if (is_reading) {
        char *key = toc_sprintf("%s %lld", toc_event_str(input, TOC_F_BY), (long long)item);
        bool is_opened = toc_map_get(b->opened, key, NULL);
        free(key);
        return !is_opened;
    }
    bool is_past = step && step->kind == TOC_STEP_AT && step->at < b->point;
    return b->now > b->point ||
           (!is_past && (is_answer || is_release || input->kind == TOC_K_START ||
                         (step && step->kind == TOC_STEP_AT)));
}

static bool is_met(const branching *b, char mark, const char *id, const char *suffix)
{
    char *key = toc_sprintf("%c %s%s", mark, id, suffix);
    bool is_there = toc_map_get(b->original->there.seqs, key, NULL);
    free(key);
    return is_there;
}
