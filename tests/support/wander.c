// SPDX-License-Identifier: MIT
#include "wander.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/random.h"

struct wander {
    wander_host host;
    toc_random random;
    int inputs, sent;
    int64_t *items; // seqs of injects and messages, in order
    size_t item_count, item_capacity;
    int64_t promised; // seq of the newest promise
};

static const char *const texts[] = {
    "We isolate the segment.",
    "Call me back, please: 0461 \"77 12\" \\ extension 5",
    "Gr\xc3\xbc\xc3\x9f"
    "e vom D\xc3\xbcnendeich \xe2\x80\x94 1,5 Meter \xc3\xbc"
    "ber Normal",
    "one line\nanother line",
    "42",
    "1,5",
    "\xf0\x9f\x9a\xa8 nothing works; {{story}} %s %d",
    "wait",
    "Z",
    "a",
    "\xc3\xa4",
    "   ",          // empty: refused where words are needed
    "\x1b[31mred",  // refused: a control character
    "broken \xff.", // refused: not UTF-8
};

static size_t below(wander *w, size_t n)
{
    return n ? (size_t)toc_random_below(&w->random, n) : 0;
}

static bool one_in(wander *w, size_t n)
{
    return below(w, n) == 0;
}

static const char *any_text(wander *w)
{
    return texts[below(w, TOC_COUNT(texts))];
}

static const toc_exercise *now(const wander *w)
{
    return w->host.exercise(w->host.context);
}

static const toc_plan *plan(const wander *w)
{
    return toc_exercise_plan(now(w));
}

wander *wander_new(const wander_host *host, uint64_t seed, int inputs)
{
    wander *w = toc_alloc(sizeof *w);
    w->host = *host;
    w->inputs = inputs;
    toc_random_seed(&w->random, seed, "wander");
    return w;
}

void wander_free(wander *w)
{
    if (!w)
        return;
    free(w->items);
    free(w);
}

void wander_saw(wander *w, const toc_event *ev)
{
    if (ev->kind == TOC_K_PROMISE)
        w->promised = ev->seq;
    if (ev->kind != TOC_K_INJECT && ev->kind != TOC_K_MESSAGE)
        return;
    TOC_GROW(w->items, w->item_count, w->item_capacity);
    w->items[w->item_count++] = ev->seq;
}

// ---- who and what --------------------------------------------------------------------------------

// Any seat; with an audience, mostly one of that audience's.
static const char *any_seat(wander *w, const char *audience)
{
    const toc_exercise *x = now(w);
    size_t count = toc_exercise_seat_count(x), from = below(w, count);
    for (size_t i = 0; audience && !one_in(w, 20) && i < count; i++) {
        toc_seat_view seat = toc_exercise_seat(x, (from + i) % count);
        if (seat.is_open && strcmp(seat.audience, audience) == 0)
            return seat.id;
    }
    return toc_exercise_seat(x, from).id;
}

static const char *any_control(wander *w)
{
    static const char *const control[] = {"excon-1", "excon-1", "excon-1", "simcell-1",
                                          "evaluator-1"};
    return control[below(w, TOC_COUNT(control))];
}

static const char *any_team(wander *w)
{
    return plan(w)->teams[below(w, plan(w)->team_count)].id;
}

// Mostly one in one of these states.
static const char *inject_in(wander *w, toc_inject_state one, toc_inject_state other)
{
    size_t count = toc_exercise_inject_count(now(w)), from = below(w, count);
    for (size_t i = 0; i < count && !one_in(w, 12); i++) {
        size_t at = (from + i) % count;
        toc_inject_state state = toc_exercise_inject(now(w), at).state;
        if (state == one || state == other)
            return toc_exercise_inject_row(now(w), at)->id;
    }
    return count ? toc_exercise_inject_row(now(w), from)->id : "INJ-none";
}

// Mostly one that was not sent yet.
static const char *any_inject(wander *w)
{
    return inject_in(w, TOC_INJECT_PLANNED, TOC_INJECT_HELD);
}

// Mostly one in that state; TOC_NONE if the plan has none at all.
static size_t any_decision(wander *w, toc_decision_state state)
{
    const toc_plan *p = plan(w);
    size_t from = below(w, p->decision_count);
    for (size_t i = 0; i < p->decision_count && !one_in(w, 15); i++) {
        size_t at = (from + i) % p->decision_count;
        if (toc_exercise_decision(now(w), at).state == state)
            return at;
    }
    return p->decision_count ? from : TOC_NONE;
}

static const char *any_option(wander *w, const toc_decision *d)
{
    if (d->option_count == 0 || one_in(w, 12))
        return one_in(w, 2) ? "other" : "no-such-option";
    return one_in(w, 4) ? "other" : d->options[2 * below(w, d->option_count)];
}

static void set_addressees(wander *w, toc_event *in, const char *by)
{
    const toc_plan *p = plan(w);
    size_t seat = toc_exercise_seat_find(now(w), by);
    size_t team =
        seat == TOC_NONE ? TOC_NONE : toc_plan_team(p, toc_exercise_seat(now(w), seat).audience);
    char *to[3];
    size_t count = 1 + below(w, 2);
    for (size_t i = 0; i < count; i++) {
        const char *one = any_team(w);
        if (one_in(w, 6))
            one = one_in(w, 2) ? "excon" : "all";
        else if (team != TOC_NONE && p->teams[team].contact_count)
            one = p->teams[team].contacts[below(w, p->teams[team].contact_count)];
        to[i] = toc_strdup(one);
    }
    toc_event_set_list(in, TOC_F_TO, to, count);
    for (size_t i = 0; i < count; i++)
        free(to[i]);
}

// Mostly a new one that the seat's team has.
static int64_t any_item(wander *w, const char *by)
{
    size_t seat = toc_exercise_seat_find(now(w), by);
    const char *audience = seat == TOC_NONE ? "" : toc_exercise_seat(now(w), seat).audience;
    for (int tries = 0; w->item_count && tries < 10; tries++) {
        int64_t item = w->items[below(w, w->item_count)];
        if (one_in(w, 20) || toc_exercise_has_item(now(w), audience, item))
            return item;
    }
    return 7; // a source, most likely
}

// ---- inputs --------------------------------------------------------------------------------------

static void begin(wander *w, toc_event *in, toc_kind kind, const char *by)
{
    toc_event_init(in, kind, 0);
    toc_event_set_str(in, TOC_F_BY, by);
    char *id = toc_sprintf("s1-%d", ++w->sent);
    if (!one_in(w, 8))
        toc_event_set_str(in, TOC_F_ID, id);
    free(id);
}

static void decide(wander *w, toc_event *in)
{
    size_t i = any_decision(w, one_in(w, 5) ? TOC_DECISION_OVERDUE : TOC_DECISION_OPEN);
    if (i == TOC_NONE) {
        begin(w, in, TOC_K_DECIDE, any_seat(w, NULL));
        return;
    }
    const toc_decision *d = &plan(w)->decisions[i];
    begin(w, in, TOC_K_DECIDE, any_seat(w, strcmp(d->team, "excon") == 0 ? "control" : d->team));
    toc_event_set_str(in, TOC_F_DECISION, d->id);
    const char *option = d->option_count || one_in(w, 10) ? any_option(w, d) : NULL;
    toc_event_set_str(in, TOC_F_OPTION, option);
    if (!option || strcmp(option, "other") == 0 || one_in(w, 9))
        toc_event_set_str(in, TOC_F_TEXT, any_text(w));
    if (one_in(w, 2))
        toc_event_set_str(in, TOC_F_REASON, any_text(w));
}

static void rule(wander *w, toc_event *in)
{
    size_t i = any_decision(w, TOC_DECISION_RULING);
    begin(w, in, TOC_K_RULE, "excon-1");
    if (i == TOC_NONE)
        return;
    const toc_decision *d = &plan(w)->decisions[i];
    toc_event_set_str(in, TOC_F_DECISION, d->id);
    const char *ruling = one_in(w, 2) ? "accept" : one_in(w, 2) ? "reject" : any_option(w, d);
    toc_event_set_str(in, TOC_F_RULING, ruling);
    if (one_in(w, 2))
        toc_event_set_str(in, TOC_F_REASON, any_text(w));
}

static void speak(wander *w, toc_event *in, toc_kind kind)
{
    const char *by = one_in(w, 3) ? any_control(w) : any_seat(w, NULL);
    begin(w, in, kind, by);
    set_addressees(w, in, by);
    toc_event_set_str(in, TOC_F_TEXT, any_text(w));
    if (kind == TOC_K_FORWARD) {
        toc_event_set_int(in, TOC_F_ITEM, any_item(w, by));
        return;
    }
    const toc_plan *p = plan(w);
    if (strcmp(toc_seat_role(by), "participant") != 0 && p->party_count && one_in(w, 2))
        toc_event_set_str(in, TOC_F_AS, p->parties[below(w, p->party_count)].id);
    if (one_in(w, 4))
        toc_event_set_int(in, TOC_F_RE, any_item(w, by));
}

static void open_item(wander *w, toc_event *in, toc_kind kind)
{
    const char *by = any_seat(w, one_in(w, 10) ? NULL : any_team(w));
    begin(w, in, kind, by);
    toc_event_set_int(in, TOC_F_ITEM, any_item(w, by));
}

// Mostly one to come soon.
static int64_t any_time(wander *w)
{
    toc_clock_view clock = toc_exercise_clock(now(w));
    int64_t soon = clock.now + (int64_t)below(w, (size_t)clock.length / 6);
    return one_in(w, 8) ? (int64_t)below(w, (size_t)clock.length + 1000) : soon;
}

static void on_inject(wander *w, toc_event *in, toc_kind kind)
{
    begin(w, in, kind, "excon-1");
    toc_event_set_str(in, TOC_F_INJECT, any_inject(w));
    if (kind == TOC_K_SKIP)
        toc_event_set_str(in, TOC_F_REASON, any_text(w));
}

// A row that EXCON writes.
static void write_row(wander *w, toc_event *in)
{
    const toc_plan *p = plan(w);
    begin(w, in, TOC_K_ADHOC, "excon-1");
    set_addressees(w, in, "excon-1");
    toc_event_set_str(in, TOC_F_TITLE, any_text(w));
    toc_event_set_str(in, TOC_F_TEXT, one_in(w, 3) ? "{{now}} {{story}}" : any_text(w));
    if (p->party_count && one_in(w, 2))
        toc_event_set_str(in, TOC_F_FROM, p->parties[below(w, p->party_count)].id);
    if (one_in(w, 2))
        toc_event_set_int(in, TOC_F_UNTIL, any_time(w));
}

// What EXCON does to the list beyond sending it.
static void on_list(wander *w, toc_event *in)
{
    size_t which = below(w, 10);
    if (which < 4) {
        begin(w, in, TOC_K_MOVE, "excon-1");
        toc_event_set_str(in, TOC_F_INJECT, any_inject(w));
        toc_event_set_int(in, TOC_F_UNTIL, any_time(w));
        toc_event_set_int(in, TOC_F_FOLLOW, one_in(w, 3));
    } else if (which < 6) {
        begin(w, in, TOC_K_EDIT, "excon-1");
        toc_event_set_str(in, TOC_F_INJECT, any_inject(w));
        if (one_in(w, 2))
            toc_event_set_str(in, TOC_F_TITLE, any_text(w));
        toc_event_set_str(in, TOC_F_TEXT, one_in(w, 4) ? "{{clock}} {{wrong}}" : any_text(w));
    } else if (which < 8) {
        write_row(w, in);
    } else {
        begin(w, in, TOC_K_DELIVER, one_in(w, 2) ? "simcell-1" : "excon-1");
        toc_event_set_str(in, TOC_F_INJECT, inject_in(w, TOC_INJECT_CUED, TOC_INJECT_CUED));
        if (one_in(w, 2))
            toc_event_set_str(in, TOC_F_TEXT, any_text(w));
    }
}

// Mostly one that waits.
static void on_storyline(wander *w, toc_event *in)
{
    size_t count = toc_exercise_storyline_count(now(w)), from = below(w, count);
    const char *name = "no such storyline";
    for (size_t i = 0; i < count; i++) {
        toc_storyline_view view = toc_exercise_storyline(now(w), (from + i) % count);
        if (view.is_told)
            name = view.name;
        if (view.is_told && (view.until >= 0 || one_in(w, 9)))
            break;
    }
    begin(w, in, one_in(w, 4) ? TOC_K_DROP : TOC_K_WAKE, "excon-1");
    toc_event_set_str(in, TOC_F_STORYLINE, name);
    toc_event_set_str(in, TOC_F_REASON, any_text(w));
}

static void on_clock(wander *w, toc_event *in)
{
    static const int64_t rates[] = {499, 500, 1000, 1500, 3333, 60000, 1000000, 1000001};
    toc_clock_view clock = toc_exercise_clock(now(w));
    toc_kind kind = clock.state == TOC_PLAY_PAUSED ? TOC_K_RESUME : TOC_K_PAUSE;
    size_t which = below(w, 8);
    if (which == 0)
        kind = TOC_K_SPEED;
    else if (which == 1)
        kind = TOC_K_PACE;
    else if (which == 2)
        kind = TOC_K_JUMP;
    begin(w, in, kind, one_in(w, 12) ? any_control(w) : "excon-1");
    if (kind == TOC_K_SPEED)
        toc_event_set_int(in, TOC_F_SPEED, rates[below(w, TOC_COUNT(rates))]);
    else if (kind == TOC_K_PACE)
        toc_event_set_int(in, TOC_F_PACE, rates[below(w, TOC_COUNT(rates))]);
    else if (kind == TOC_K_JUMP)
        toc_event_set_int(in, TOC_F_UNTIL,
                          clock.now + (int64_t)below(w, (size_t)clock.length / 10));
    else if (kind == TOC_K_PAUSE && one_in(w, 2))
        toc_event_set_str(in, TOC_F_REASON, any_text(w));
}

static void on_seat(wander *w, toc_event *in)
{
    static const toc_kind kinds[] = {TOC_K_OPEN_SEAT, TOC_K_REVOKE, TOC_K_JOIN, TOC_K_JOIN,
                                     TOC_K_LEAVE};
    toc_kind kind = kinds[below(w, TOC_COUNT(kinds))];
    // One draw a statement: the order in which arguments are evaluated is each compiler's own.
    const char *audience = one_in(w, 4) ? "evaluator" : any_team(w);
    char *made = toc_sprintf("%s-%d", audience, (int)below(w, 9) + 1);
    const char *seat = kind == TOC_K_OPEN_SEAT ? made : any_seat(w, NULL);
    if (kind == TOC_K_REVOKE && strcmp(toc_seat_role(seat), "participant") != 0 && !one_in(w, 9))
        seat = made; // whoever conducts is to stay
    begin(w, in, kind, kind == TOC_K_JOIN ? seat : kind == TOC_K_LEAVE ? "engine" : "excon-1");
    toc_event_set_str(in, TOC_F_SEAT, seat);
    char *session = toc_sprintf("s%d", (int)below(w, 30));
    if (kind == TOC_K_JOIN)
        toc_event_set_str(in, TOC_F_SESSION, session);
    free(session);
    free(made);
}

static void judge(wander *w, toc_event *in)
{
    static const char *const ratings[] = {"P", "S", "M", "U", "X"};
    toc_kind kind = one_in(w, 2) ? TOC_K_OBSERVE : TOC_K_RATE;
    const toc_plan *p = plan(w);
    const char *by = one_in(w, 3) ? "excon-1" : "evaluator-1";
    begin(w, in, kind, by);
    if (p->objective_count && (kind == TOC_K_RATE || one_in(w, 2)))
        toc_event_set_str(in, TOC_F_OBJECTIVE, p->objectives[below(w, p->objective_count)].id);
    if (kind == TOC_K_RATE)
        toc_event_set_str(in, TOC_F_RATING, ratings[below(w, TOC_COUNT(ratings))]);
    else if (one_in(w, 3))
        toc_event_set_int(in, TOC_F_ITEM, any_item(w, by));
    if (one_in(w, 2))
        toc_event_set_str(in, TOC_F_TEAM, any_team(w));
    toc_event_set_str(in, TOC_F_TEXT, any_text(w));
}

// Phases, awareness, products and marks, mostly of things that there are.
static void on_course(wander *w, toc_event *in)
{
    static const char *const states[] = {"met", "late", "not-observed", "not-exercised", "met."};
    const toc_plan *p = plan(w);
    size_t which = below(w, 8);
    const toc_expectation *x =
        p->expectation_count ? &p->expectations[below(w, p->expectation_count)] : NULL;
    if (which == 0) {
        begin(w, in, TOC_K_PHASE, "excon-1");
        const char *phase =
            p->phase_count ? p->phases[below(w, p->phase_count)].id : "no-such-phase";
        toc_event_set_str(in, TOC_F_PHASE, phase);
    } else if (which < 4) {
        begin(w, in, TOC_K_AWARE, any_control(w));
        toc_event_set_str(in, TOC_F_TEAM, any_team(w));
        const char *inject =
            p->inject_count ? p->injects[below(w, p->inject_count)].id : "INJ-none";
        toc_event_set_str(in, TOC_F_INJECT, inject);
    } else if (which < 6) {
        begin(w, in, TOC_K_SUBMIT, any_seat(w, x ? p->teams[x->team].id : NULL));
        toc_event_set_str(in, TOC_F_PRODUCT, x && x->product ? x->product : "report");
        toc_event_set_str(in, TOC_F_TEXT, any_text(w));
    } else {
        begin(w, in, TOC_K_MARK_ACTION, one_in(w, 3) ? "excon-1" : "evaluator-1");
        toc_event_set_str(in, TOC_F_EXPECTATION, x ? x->id : "EXP-none");
        toc_event_set_str(in, TOC_F_STATE, states[below(w, TOC_COUNT(states))]);
        toc_event_set_str(in, TOC_F_TEXT, any_text(w));
    }
}

// The other acts of control, mostly upon things that there are.
static void extend(wander *w, toc_event *in)
{
    size_t i = any_decision(w, one_in(w, 4) ? TOC_DECISION_RULING : TOC_DECISION_OPEN);
    toc_clock_view clock = toc_exercise_clock(now(w));
    begin(w, in, TOC_K_EXTEND, "excon-1");
    toc_event_set_str(in, TOC_F_DECISION, i == TOC_NONE ? "D-none" : plan(w)->decisions[i].id);
    toc_event_set_int(in, TOC_F_UNTIL, clock.now + (int64_t)below(w, (size_t)clock.length / 4));
}

static void intervene(wander *w, toc_event *in)
{
    static const char *const measures[] = {
        "set", "set", "start-repair", "refuel", "open-alternative", "black-start"};
    const toc_model *m = &plan(w)->model;
    const char *measure = measures[below(w, TOC_COUNT(measures))];
    begin(w, in, TOC_K_INTERVENE, "excon-1");
    toc_event_set_str(in, TOC_F_MEASURE, measure);
    if (strcmp(measure, "start-repair") == 0) {
        size_t repair = below(w, m->repair_count);
        toc_event_set_str(in, TOC_F_REPAIR,
                          repair < m->repair_count ? m->repairs[repair].id : "no-such-repair");
    } else {
        size_t service = below(w, m->service_count);
        toc_event_set_str(in, TOC_F_SERVICE,
                          service < m->service_count ? m->services[service].id : "no-such-service");
    }
    if (strcmp(measure, "set") == 0)
        toc_event_set_int(in, TOC_F_LEVEL, (int64_t)below(w, 5) * 250000);
    else if (strcmp(measure, "black-start") == 0 && one_in(w, 2))
        toc_event_set_int(in, TOC_F_MINUTES, (int64_t)below(w, 90));
    if (one_in(w, 2))
        toc_event_set_str(in, TOC_F_REASON, any_text(w));
}

static void jump_with_lists(wander *w, toc_event *in)
{
    toc_clock_view clock = toc_exercise_clock(now(w));
    size_t i = any_decision(w, TOC_DECISION_OPEN);
    begin(w, in, TOC_K_JUMP, "excon-1");
    toc_event_set_int(in, TOC_F_UNTIL,
                      clock.now + 1 + (int64_t)below(w, (size_t)clock.length / 20));
    char *inject = toc_strdup(any_inject(w));
    toc_event_set_list(in, one_in(w, 2) ? TOC_F_HOLD : TOC_F_SKIP, &inject, 1);
    free(inject);
    if (i != TOC_NONE && one_in(w, 2)) {
        char *id = toc_strdup(plan(w)->decisions[i].id);
        toc_event_set_list(in, TOC_F_KEEP, &id, 1);
        free(id);
    }
}

static void keep_ledger(wander *w, toc_event *in)
{
    static const toc_kind kinds[] = {TOC_K_CLAIM, TOC_K_CLAIM, TOC_K_UNCLAIM, TOC_K_PROMISE,
                                     TOC_K_KEPT};
    toc_kind kind = kinds[below(w, TOC_COUNT(kinds))];
    const char *by = any_control(w);
    begin(w, in, kind, by);
    if (kind == TOC_K_PROMISE) {
        char *team = toc_strdup(any_team(w));
        toc_event_set_list(in, TOC_F_TO, &team, 1);
        toc_event_set_str(in, TOC_F_TEXT, any_text(w));
        free(team);
    } else if (kind == TOC_K_KEPT) {
        toc_event_set_int(in, TOC_F_ITEM, w->promised);
    } else {
        toc_event_set_int(in, TOC_F_ITEM, any_item(w, by));
    }
}

static void change_shift(wander *w, toc_event *in)
{
    size_t which = below(w, 4);
    if (which < 3) {
        const char *by = any_seat(w, NULL);
        begin(w, in, which < 2 ? TOC_K_SIGN_IN : TOC_K_SIGN_OUT, by);
        if (which < 2)
            toc_event_set_str(in, TOC_F_NAME, any_text(w));
        return;
    }
    const char *seat = any_seat(w, any_team(w));
    const char *team = any_team(w);
    char *made = toc_sprintf("%s-%d", team, (int)below(w, 9) + 1);
    begin(w, in, TOC_K_REASSIGN, "excon-1");
    toc_event_set_str(in, TOC_F_SEAT, seat);
    toc_event_set_str(in, TOC_F_TEAM, team);
    toc_event_set_str(in, TOC_F_NEW_SEAT, made);
    free(made);
}

static void decide_for_team(wander *w, toc_event *in)
{
    size_t i = any_decision(w, TOC_DECISION_OPEN);
    begin(w, in, TOC_K_DECIDE, "excon-1");
    if (i == TOC_NONE)
        return;
    const toc_decision *d = &plan(w)->decisions[i];
    toc_event_set_str(in, TOC_F_DECISION, d->id);
    toc_event_set_str(in, TOC_F_OPTION, d->option_count ? any_option(w, d) : NULL);
    toc_event_set_str(in, TOC_F_TEXT, any_text(w));
    toc_event_set_str(in, TOC_F_REASON, any_text(w));
}

static void by_hand(wander *w, toc_event *in)
{
    switch (below(w, 8)) {
    case 0:
        extend(w, in);
        break;
    case 1:
        jump_with_lists(w, in);
        break;
    case 2:
        decide_for_team(w, in);
        break;
    case 3:
        change_shift(w, in);
        break;
    case 4:
        keep_ledger(w, in);
        break;
    default:
        intervene(w, in);
    }
}

// What seldom happens, ends play, or takes its scripts away.
static void seldom(wander *w, toc_event *in)
{
    size_t which = below(w, 16);
    if (which < 4) {
        begin(w, in, TOC_K_MARK, "engine");
    } else if (which < 6) {
        begin(w, in, TOC_K_RESUMED, "engine");
    } else if (which < 10) {
        begin(w, in, TOC_K_EMERGENCY, any_seat(w, NULL));
        toc_event_set_str(in, TOC_F_TEXT, any_text(w));
    } else if (which == 10 && w->sent * 3 > w->inputs * 2) {
        begin(w, in, TOC_K_HALT, "engine");
        toc_event_set_str(in, TOC_F_REASON, "the scripts went over their memory cap");
    } else if (which == 11 && w->sent * 3 > w->inputs * 2) {
        begin(w, in, TOC_K_END, "excon-1");
        toc_event_set_str(in, TOC_F_REASON, any_text(w));
    } else {
        const char *by = any_seat(w, NULL);
        bool is_lobby =
            toc_exercise_clock(now(w)).state == TOC_PLAY_LOBBY; // to close it is to play nothing
        begin(w, in, one_in(w, 2) && !is_lobby ? TOC_K_CLOSE : TOC_K_START, by);
    }
}

static void any_input(wander *w, toc_event *in)
{
    static const toc_kind injects[] = {TOC_K_FIRE, TOC_K_HOLD, TOC_K_RELEASE, TOC_K_RELEASE,
                                       TOC_K_SKIP};
    size_t dice = below(w, 100);
    if (dice < 16)
        decide(w, in);
    else if (dice < 24)
        by_hand(w, in);
    else if (dice < 32)
        rule(w, in);
    else if (dice < 46)
        speak(w, in, TOC_K_SAY);
    else if (dice < 52)
        speak(w, in, TOC_K_FORWARD);
    else if (dice < 64)
        open_item(w, in, one_in(w, 3) ? TOC_K_ACK : TOC_K_READ);
    else if (dice < 69)
        on_inject(w, in, injects[below(w, TOC_COUNT(injects))]);
    else if (dice < 72)
        on_list(w, in);
    else if (dice < 74)
        on_storyline(w, in);
    else if (dice < 81)
        on_clock(w, in);
    else if (dice < 87)
        on_course(w, in);
    else if (dice < 92)
        on_seat(w, in);
    else if (dice < 97)
        judge(w, in);
    else
        seldom(w, in);
}

static void put(wander *w, toc_event *in)
{
    w->host.put(w->host.context, in);
    toc_event_fini(in);
}

static void put_plain(wander *w, toc_kind kind, const char *by)
{
    toc_event in;
    begin(w, &in, kind, by);
    put(w, &in);
}

// ---- the way -------------------------------------------------------------------------------------

static void wait_some(wander *w)
{
    toc_clock_view clock = toc_exercise_clock(now(w));
    int64_t due, mean = clock.length / (w->inputs + 1);
    int64_t ms = 0;
    size_t how = below(w, 10);
    bool is_due = toc_exercise_next_due(now(w), &due) && due > clock.now;
    if (how < 2 && is_due)
        ms = due - clock.now; // input and instant at one time
    else if (how < 3 && is_due)
        ms = due - clock.now - 1;
    else if (how < 8)
        ms = (int64_t)below(w, (size_t)(3 * mean) + 1);
    if (ms > 6 * mean)
        ms = 6 * mean;
    w->host.pass(w->host.context, ms);
}

static void open_seats(wander *w)
{
    static const char *const seats[] = {"excon-1", "simcell-1", "evaluator-1", "board-1"};
    for (size_t i = 0; i < TOC_COUNT(seats); i++) {
        toc_event in;
        begin(w, &in, TOC_K_OPEN_SEAT, "engine");
        toc_event_set_str(&in, TOC_F_SEAT, seats[i]);
        put(w, &in);
    }
}

static bool is_over(const wander *w)
{
    return toc_exercise_clock(now(w)).state >= TOC_PLAY_ENDED;
}

void wander_go(wander *w)
{
    open_seats(w);
    for (int i = 0; i < 5; i++) { // in the lobby
        toc_event in;
        any_input(w, &in);
        put(w, &in);
    }
    put_plain(w, TOC_K_RESUME, "excon-1"); // if somebody called an emergency
    put_plain(w, TOC_K_START, "excon-1");
    for (int i = 0; i < w->inputs && !is_over(w); i++) {
        toc_event in;
        wait_some(w);
        any_input(w, &in);
        put(w, &in);
        if (toc_exercise_clock(now(w)).state == TOC_PLAY_PAUSED && one_in(w, 3))
            put_plain(w, TOC_K_RESUME, "excon-1");
    }
    if (!is_over(w))
        put_plain(w, TOC_K_RESUME, "excon-1");
    for (int i = 0; i < 40 && !is_over(w); i++)
        w->host.pass(w->host.context, toc_exercise_clock(now(w)).length / 20);
    for (int i = 0; i < 8; i++) { // after ENDEX
        toc_event in;
        any_input(w, &in);
        put(w, &in);
    }
    put_plain(w, TOC_K_CLOSE, "excon-1");
}
