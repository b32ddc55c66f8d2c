// SPDX-License-Identifier: MIT
// What people do. Every text carries the mark of its act, with those who may see it.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sim_oracle.h"
#include "sim_people.h"

typedef struct {
    sim_terminal *t;
    sim *s;
    int64_t act;
} asked;

static void participant(sim_terminal *t);
static void excon(sim_terminal *t);
static void excon_seats(sim_terminal *t);
static void excon_clock(sim_terminal *t);
static void excon_rows(sim_terminal *t);
static void simcell(sim_terminal *t);
static void evaluator(sim_terminal *t);
static void write_to(sim_terminal *t, bool is_forward);
static void handle_item(sim_terminal *t);
static void decide(sim_terminal *t);
static void preview_or_jump(sim_terminal *t);
static void ask(sim_terminal *t, const char *op, const char *fields);
static void send_act(sim_terminal *t, toc_event *ev, toc_field text, const char *audiences);
static void on_answer(void *context, const toc_link_reply *reply);
static void on_asked(void *context, const toc_link_reply *reply);
static void set_to(toc_event *ev, const char *to);
static const char *some_team(sim *s);
static void set_inject(sim_terminal *t, toc_event *ev);

void sim_act_some(sim_terminal *t)
{
    if (sim_chance(t->s, 8)) {
        ask(t, sim_chance(t->s, 70) ? "status" : "ping", "");
    } else if (sim_chance(t->s, 3)) {
        toc_event ev;
        toc_event_init(&ev, TOC_K_SIGN_IN, 0);
        send_act(t, &ev, TOC_F_NAME, "all"); // whoever calls for help is named to everybody
    } else if (sim_chance(t->s, 1)) {
        toc_event ev;
        toc_event_init(&ev, TOC_K_EMERGENCY, 0);
        send_act(t, &ev, TOC_F_TEXT, "all");
    } else if (strcmp(t->audience, "control") != 0 && strcmp(t->audience, "board") != 0) {
        participant(t);
    } else if (strncmp(t->seat, "excon", 5) == 0) {
        excon(t);
    } else if (strncmp(t->seat, "simcell", 7) == 0) {
        simcell(t);
    } else if (strncmp(t->seat, "evaluator", 9) == 0) {
        evaluator(t);
    }
}

void sim_act_note(sim_terminal *t)
{
    toc_event ev;
    toc_event_init(&ev, TOC_K_SIGN_IN, 0);
    send_act(t, &ev, TOC_F_NAME, "all");
}

void sim_act_close(sim_terminal *t)
{
    bool is_played =
        strcmp(t->clock.state, "running") == 0 || strcmp(t->clock.state, "paused") == 0;
    toc_event ev;
    toc_event_init(&ev, is_played ? TOC_K_END : TOC_K_CLOSE, 0);
    send_act(t, &ev, is_played ? TOC_F_REASON : TOC_F_COUNT, "control");
}

void sim_act_learn(sim_terminal *t, int64_t n, const toc_event *ev)
{
    static const toc_field words[] = {TOC_F_TITLE, TOC_F_TEXT, TOC_F_QUOTE_TITLE, TOC_F_QUOTE};
    const char *decision = toc_event_str(ev, TOC_F_DECISION);
    if (ev->kind == TOC_K_INJECT || ev->kind == TOC_K_MESSAGE) {
        toc_buf all = {0};
        for (size_t i = 0; i < TOC_COUNT(words); i++)
            toc_buf_str(&all, toc_event_str(ev, words[i]) ? toc_event_str(ev, words[i]) : "");
        size_t i = t->item_count++ % SIM_ITEMS;
        free(t->texts[i]);
        t->items[i] = n;
        t->texts[i] = toc_buf_take(&all);
    } else if (ev->kind == TOC_K_ASK) {
        toc_copy_text(t->decision, sizeof t->decision, decision);
    }
}

// ---- by role -------------------------------------------------------------------------------------

static void participant(sim_terminal *t)
{
    uint64_t what = sim_below(t->s, 100);
    toc_event ev;
    if (what < 35) {
        write_to(t, false);
    } else if (what < 45 && t->item_count > 0) {
        write_to(t, true);
    } else if (what < 70 && t->item_count > 0) {
        handle_item(t);
    } else if (what < 85 && t->decision[0]) {
        decide(t);
    } else {
        toc_event_init(&ev, TOC_K_SUBMIT, 0);
        toc_event_set_str(&ev, TOC_F_PRODUCT, "report");
        send_act(t, &ev, TOC_F_TEXT, t->audience);
    }
}

static void write_to(sim_terminal *t, bool is_forward)
{
    static const char *const others[] = {"south", "north", "west", "excon", "mayor"};
    const char *to = others[sim_below(t->s, TOC_COUNT(others))];
    size_t i = t->item_count > 0
                   ? (size_t)sim_below(t->s, t->item_count < SIM_ITEMS ? t->item_count : SIM_ITEMS)
                   : 0;
    char audiences[160];
    toc_event ev;
    toc_event_init(&ev, is_forward ? TOC_K_FORWARD : TOC_K_SAY, 0);
    set_to(&ev, to);
    if (is_forward) {
        toc_event_set_int(&ev, TOC_F_ITEM, t->items[i]);
        sim_oracle_grant(t->s->oracle, t->texts[i], to);
    } else if (t->item_count > 0 && sim_chance(t->s, 30)) {
        toc_event_set_int(&ev, TOC_F_RE, t->items[i]);
    }
    snprintf(audiences, sizeof audiences, "%s+%s", t->audience, to);
    send_act(t, &ev, TOC_F_TEXT, audiences);
}

static void handle_item(sim_terminal *t)
{
    toc_event ev;
    toc_event_init(&ev, sim_chance(t->s, 50) ? TOC_K_ACK : TOC_K_READ, 0);
    toc_event_set_int(&ev, TOC_F_ITEM, t->items[(t->item_count - 1) % SIM_ITEMS]);
    send_act(t, &ev, TOC_F_COUNT, "");
}

static void decide(sim_terminal *t)
{
    bool is_own = sim_chance(t->s, 20);
    toc_event ev;
    toc_event_init(&ev, TOC_K_DECIDE, 0);
    toc_event_set_str(&ev, TOC_F_DECISION, t->decision);
    if (!is_own)
        toc_event_set_str(&ev, TOC_F_OPTION, sim_chance(t->s, 50) ? "cut" : "wait");
    send_act(t, &ev, is_own ? TOC_F_TEXT : TOC_F_REASON, t->audience);
}

static void excon(sim_terminal *t)
{
    uint64_t what = sim_below(t->s, 100);
    toc_event ev;
    bool is_still = strcmp(t->clock.state, "paused") == 0 || t->clock.emergency;
    if (is_still && what < 60) {
        toc_event_init(&ev, TOC_K_RESUME, 0);
        send_act(t, &ev, TOC_F_COUNT, "");
    } else if (what < 15) {
        excon_clock(t);
    } else if (what < 45) {
        excon_rows(t);
    } else if (what < 55) {
        excon_seats(t);
    } else if (what < 75) {
        const char *team = some_team(t->s);
        toc_event_init(&ev, TOC_K_ADHOC, 0);
        set_to(&ev, team);
        toc_event_set_str(&ev, TOC_F_TITLE, "By the way");
        send_act(t, &ev, TOC_F_TEXT, team);
    } else if (what < 85) {
        char id[8];
        snprintf(id, sizeof id, "D-%02d", (int)sim_between(t->s, 1, 6));
        toc_event_init(&ev, TOC_K_RULE, 0);
        toc_event_set_str(&ev, TOC_F_DECISION, id);
        toc_event_set_str(&ev, TOC_F_RULING, sim_chance(t->s, 50) ? "accept" : "cut");
        send_act(t, &ev, TOC_F_REASON, "all");
    } else {
        evaluator(t);
    }
}

static void excon_clock(sim_terminal *t)
{
    toc_event ev;
    if (sim_chance(t->s, 40)) {
        preview_or_jump(t);
    } else if (sim_chance(t->s, 50)) {
        toc_event_init(&ev, TOC_K_SPEED, 0);
        toc_event_set_int(&ev, TOC_F_SPEED, sim_between(t->s, 1, 6) * 1000);
        send_act(t, &ev, TOC_F_COUNT, "");
    } else {
        toc_event_init(&ev, TOC_K_PAUSE, 0);
        send_act(t, &ev, TOC_F_REASON, "all");
    }
}

static void preview_or_jump(sim_terminal *t)
{
    int64_t until = t->clock.t + sim_between(t->s, 5000, 60000);
    char fields[48];
    snprintf(fields, sizeof fields, ",\"until\":%lld", (long long)until);
    ask(t, "preview", fields);
    if (sim_chance(t->s, 50))
        return;
    toc_event ev;
    toc_event_init(&ev, TOC_K_JUMP, 0);
    toc_event_set_int(&ev, TOC_F_UNTIL, until);
    send_act(t, &ev, TOC_F_REASON, "control");
}

static void excon_rows(sim_terminal *t)
{
    static const toc_kind kinds[] = {TOC_K_FIRE, TOC_K_HOLD, TOC_K_RELEASE,
                                     TOC_K_SKIP, TOC_K_MOVE, TOC_K_EDIT};
    toc_kind kind = kinds[sim_below(t->s, TOC_COUNT(kinds))];
    toc_event ev;
    toc_event_init(&ev, kind, 0);
    set_inject(t, &ev);
    if (kind == TOC_K_MOVE)
        toc_event_set_int(&ev, TOC_F_UNTIL, t->clock.t + sim_between(t->s, 1000, 90000));
    toc_field text = kind == TOC_K_SKIP || kind == TOC_K_MOVE ? TOC_F_REASON
                     : kind == TOC_K_EDIT                     ? TOC_F_TEXT
                                                              : TOC_F_COUNT;
    send_act(t, &ev, text, kind == TOC_K_EDIT ? "all" : "control");
}

static void excon_seats(sim_terminal *t)
{
    static const toc_kind kinds[] = {TOC_K_OPEN_SEAT, TOC_K_OPEN_SEAT, TOC_K_REVOKE,
                                     TOC_K_REASSIGN};
    toc_kind kind = kinds[sim_below(t->s, TOC_COUNT(kinds))];
    char seat[64];
    toc_event ev;
    toc_event_init(&ev, kind, 0);
    snprintf(seat, sizeof seat, "%s-%d", some_team(t->s), (int)sim_between(t->s, 1, 3));
    toc_event_set_str(&ev, TOC_F_SEAT, seat);
    if (kind == TOC_K_REASSIGN)
        toc_event_set_str(&ev, TOC_F_TEAM, some_team(t->s));
    send_act(t, &ev, kind == TOC_K_OPEN_SEAT ? TOC_F_COUNT : TOC_F_REASON, "control");
}

static void simcell(sim_terminal *t)
{
    const char *team = some_team(t->s);
    uint64_t what = sim_below(t->s, 100);
    toc_event ev;
    if (what < 50) {
        toc_event_init(&ev, TOC_K_SAY, 0);
        toc_event_set_str(&ev, TOC_F_AS, "mayor");
        set_to(&ev, team);
        send_act(t, &ev, TOC_F_TEXT, team);
    } else if (what < 70) {
        toc_event_init(&ev, TOC_K_PROMISE, 0);
        set_to(&ev, team);
        send_act(t, &ev, TOC_F_TEXT, "control");
    } else if (what < 85) {
        toc_event_init(&ev, TOC_K_DELIVER, 0);
        toc_event_set_str(&ev, TOC_F_INJECT, "INJ-83");
        send_act(t, &ev, TOC_F_TEXT, "south");
    } else if (t->item_count > 0) {
        toc_event_init(&ev, TOC_K_CLAIM, 0);
        toc_event_set_int(&ev, TOC_F_ITEM, t->items[(t->item_count - 1) % SIM_ITEMS]);
        send_act(t, &ev, TOC_F_COUNT, "");
    }
}

static void evaluator(sim_terminal *t)
{
    bool rates = sim_chance(t->s, 30);
    toc_event ev;
    toc_event_init(&ev, rates ? TOC_K_RATE : TOC_K_OBSERVE, 0);
    if (rates) {
        toc_event_set_str(&ev, TOC_F_OBJECTIVE, "OBJ-1");
        toc_event_set_str(&ev, TOC_F_RATING, "S");
    }
    send_act(t, &ev, TOC_F_TEXT, "control");
}

// ---- sending -------------------------------------------------------------------------------------

static void ask(sim_terminal *t, const char *op, const char *fields)
{
    toc_talk_ask(t->talk, op, fields, on_asked, t);
}

// The text is made here. The event is ended.
static void send_act(sim_terminal *t, toc_event *ev, toc_field text, const char *audiences)
{
    asked *a = toc_alloc(sizeof *a);
    const char *kind = toc_kind_name(ev->kind);
    *a = (asked){t, t->s, sim_oracle_act(t->s->oracle, t->seat, kind, text != TOC_F_COUNT)};
    if (text != TOC_F_COUNT) {
        char words[256];
        snprintf(words, sizeof words, "words m!%s!%lld;", audiences, (long long)a->act);
        toc_event_set_str(ev, text, words);
    }
    sim_tell(t->s, "%s: %s, mark %lld", t->seat, kind, (long long)a->act);
    toc_talk_act(t->talk, ev, on_answer, a);
    toc_event_fini(ev);
}

static void on_answer(void *context, const toc_link_reply *reply)
{
    asked *a = context;
    sim_act_state state = SIM_ACT_REFUSED;
    const char *code = reply->ok ? "" : reply->code;
    if (reply->ok || strcmp(code, "late") == 0)
        state = SIM_ACT_OK; // what came too late is recorded
    else if (strcmp(code, "link") == 0 || strcmp(code, "recording-failed") == 0)
        state = SIM_ACT_UNKNOWN;
    sim_tell(a->s, "%s: mark %lld: %s%s%s", a->t->seat, (long long)a->act,
             reply->ok ? "done" : code, reply->ok ? "" : ", ", reply->ok ? "" : reply->text);
    sim_oracle_answered(a->s->oracle, a->act, state, code);
    free(a);
}

static void on_asked(void *context, const toc_link_reply *reply)
{
    (void)context;
    (void)reply;
}

static void set_to(toc_event *ev, const char *to)
{
    char name[16], *list[] = {name};
    toc_copy_text(name, sizeof name, to);
    toc_event_set_list(ev, TOC_F_TO, list, 1);
}

static const char *some_team(sim *s)
{
    static const char *const teams[] = {"north", "south", "west"};
    return teams[sim_below(s, TOC_COUNT(teams))];
}

static void set_inject(sim_terminal *t, toc_event *ev)
{
    char id[16];
    int i = (int)sim_between(t->s, 1, 19);
    snprintf(id, sizeof id, "INJ-%02d", i <= 15 ? i : i + 64); // and 80 to 83
    toc_event_set_str(ev, TOC_F_INJECT, id);
}
