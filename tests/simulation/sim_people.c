// SPDX-License-Identifier: MIT
#include "sim_people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/feed.h"
#include "sim_engine.h"
#include "sim_net.h"
#include "sim_oracle.h"

enum { USHER_MS = 1500, TERMINALS_MAX = 200 };

// Somebody with a connection of their own, and what they ask over it.
typedef struct {
    sim *s;
    sim_conn *conn;
    char seat[64], audience[64]; // whose certificate they have
    char request[160];
    int left; // requests that it still sends, most in a burst
} borrower;

struct sim_people {
    sim *s;
    sim_terminal **at;
    size_t count, capacity;
    borrower **borrowers;
    size_t borrower_count, borrower_capacity;
    bool is_calm, is_begun;
};

static void on_usher(void *context, uint64_t what);
static bool may_sit(const sim_people *p, const sim_ticket *ticket);
static void sit(sim_people *p, const sim_ticket *ticket);
static void on_tick(void *context, uint64_t what);
static void on_person(void *context, uint64_t what);
static bool is_here(const sim_terminal *t);
static sim_terminal *some_terminal(sim_people *p);
static borrower *new_borrower(sim_people *p, const sim_terminal *t);
static void ask_borrowed(void *context);
static void on_ask(void *context, uint64_t what);
static void on_borrowed_refused(void *context, toc_err err, const char *why);
static void on_borrowed_reply(void *context, const char *bytes, size_t len, uint32_t number);
static void on_borrowed_end(void *context);
static uint64_t now(void *context);
static bool send_bytes(void *context, const char *bytes, size_t len);
static void drop(void *context, toc_wire_end end);
static void hang_up(void *context);
static void on_reply(void *context, const char *bytes, size_t len);
static void on_feed(void *context, const char *bytes, size_t len);
static void on_connection(void *context, toc_wire_end end, bool is_up);
static void on_failure(void *context, toc_wire_end end, toc_err err, const char *why);
static void on_event(void *context, int64_t n, const toc_event *ev);
static void on_clock(void *context, const toc_clock *clock);
static void on_alarm(void *context, const char *what, const char *text, const char *by);
static void on_state(void *context, toc_link_state state, const char *why);

sim_people *sim_people_new(sim *s)
{
    sim_people *p = toc_alloc(sizeof *p);
    p->s = s;
    return p;
}

void sim_people_free(sim_people *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->count; i++) {
        toc_talk_free(p->at[i]->talk);
        sim_wire_free(p->at[i]->wire);
        for (size_t k = 0; k < SIM_ITEMS; k++)
            free(p->at[i]->texts[k]);
        free(p->at[i]);
    }
    for (size_t i = 0; i < p->borrower_count; i++)
        free(p->borrowers[i]);
    free(p->borrowers);
    free(p->at);
    free(p);
}

void sim_people_begin(sim_people *p)
{
    sim_clock_in(p->s->clock, 0, SIM_WORLD, on_usher, p, 0);
}

void sim_people_kill(sim_people *p)
{
    sim_terminal *t = some_terminal(p);
    if (!t)
        return;
    sim_tell(p->s, "%s: the terminal is killed", t->seat);
    p->s->tries[SIM_KILLED]++;
    t->is_killed = true;
    sim_wire_close(t->wire);
    toc_talk_free(t->talk);
    t->talk = NULL;
}

void sim_people_double(sim_people *p)
{
    const sim_terminal *t = some_terminal(p);
    const sim_ticket *ticket;
    for (size_t i = 0; t && (ticket = sim_engine_ticket(p->s->engine, i)); i++)
        if (strcmp(ticket->seat, t->seat) == 0 && ticket->is_there && p->count < TERMINALS_MAX) {
            p->s->tries[SIM_DOUBLES]++;
            sit(p, ticket);
            return;
        }
}

void sim_people_forge(sim_people *p)
{
    sim_terminal *t = some_terminal(p);
    if (t)
        t->forges = true;
}

void sim_people_borrow(sim_people *p)
{
    static const char *const ops[] = {"join", "status", "end"};
    sim *s = p->s;
    const sim_terminal *t = some_terminal(p);
    const sim_ticket *other = NULL, *ticket;
    uint64_t seen = 0;
    for (size_t i = 0; t && (ticket = sim_engine_ticket(s->engine, i)); i++)
        if (ticket->is_there && strcmp(ticket->serial, t->serial) != 0 && sim_below(s, ++seen) == 0)
            other = ticket;
    if (!other)
        return;
    borrower *b = new_borrower(p, t);
    const char *op = ops[sim_below(s, TOC_COUNT(ops))];
    char id[24];
    if (op == ops[0])
        snprintf(id, sizeof id, "%016llx-0", (unsigned long long)toc_random_next(&s->random));
    else
        snprintf(id, sizeof id, "s%d-%d", (int)sim_between(s, 1, 9), (int)sim_between(s, 500, 999));
    snprintf(b->request, sizeof b->request, "{\"op\":\"%s\",\"token\":\"%s\",\"id\":\"%s\"}", op,
             other->token, id);
    sim_tell(s, "%s: %s with the token of %s", t->seat, op, other->seat);
}

// Lines wait for a crowd to calm down; this is one, with nothing to say.
void sim_people_crowd(sim_people *p)
{
    const sim_terminal *t = some_terminal(p);
    if (!t)
        return;
    borrower *b = new_borrower(p, t);
    b->left = (int)sim_between(p->s, 64, 1500);
    p->s->is_crowded = true;
    p->s->tries[SIM_CROWDS]++;
    snprintf(b->request, sizeof b->request,
             "{\"op\":\"ping\",\"token\":\"00000000000000000000000000000000\",\"id\":\"s1-1\"}");
    sim_tell(p->s, "%s: asks %d times over another connection", t->seat, b->left);
}

int sim_people_node(sim_people *p)
{
    const sim_terminal *t = some_terminal(p);
    return t ? t->node : SIM_WORLD;
}

void sim_people_calm(sim_people *p)
{
    p->is_calm = true;
}

void sim_people_call(sim_people *p)
{
    for (size_t i = 0; i < p->count; i++)
        if (is_here(p->at[i]))
            sim_act_note(p->at[i]);
}

void sim_people_close(sim_people *p)
{
    for (size_t i = 0; i < p->count; i++)
        if (is_here(p->at[i]) && strncmp(p->at[i]->seat, "excon", 5) == 0)
            sim_act_close(p->at[i]);
}

bool sim_people_agree(const sim_people *p, char *why, size_t size)
{
    const sim_ticket *ticket;
    snprintf(why, size, "the engine is not up");
    if (!sim_engine_is_up(p->s->engine))
        return false;
    for (size_t i = 0; (ticket = sim_engine_ticket(p->s->engine, i)); i++) {
        size_t here = 0;
        for (size_t k = 0; k < p->count; k++) {
            const sim_terminal *t = p->at[k];
            if (strcmp(t->seat, ticket->seat) != 0 || !is_here(t))
                continue;
            int64_t head = sim_oracle_known(p->s->oracle, t->audience);
            here++;
            if (t->state != TOC_LINK_JOINED || t->have != head || toc_talk_waiting(t->talk) > 0) {
                snprintf(why, size,
                         "%s is in state %d with %lld of %lld lines, and waits for %zu answers",
                         t->seat, (int)t->state, (long long)t->have, (long long)head,
                         toc_talk_waiting(t->talk));
                return false;
            }
        }
        bool is_open = sim_oracle_seat_open(p->s->oracle, ticket->seat);
        if (here != (size_t)is_open) {
            snprintf(why, size, "at %s, which is %s, there are %zu terminals", ticket->seat,
                     is_open ? "open" : "not open", here);
            return false;
        }
    }
    return true;
}

bool sim_people_left(const sim_people *p, char *why, size_t size)
{
    for (size_t i = 0; i < p->count; i++) {
        const sim_terminal *t = p->at[i];
        if (!is_here(t))
            continue;
        snprintf(why, size, "%s does not know that it is closed: state %d", t->seat, (int)t->state);
        return false;
    }
    return true;
}

// ---- sitting down --------------------------------------------------------------------------------

// Whoever has a ticket and no terminal starts one, after a while.
static void on_usher(void *context, uint64_t what)
{
    sim_people *p = context;
    const sim_ticket *ticket;
    (void)what;
    for (size_t i = 0; (ticket = sim_engine_ticket(p->s->engine, i)); i++)
        if (may_sit(p, ticket) && (!p->is_begun || p->s->is_healed || sim_chance(p->s, 30)))
            sit(p, ticket);
    p->is_begun = p->count > 0;
    if (!p->s->is_over)
        sim_clock_in(p->s->clock, USHER_MS, SIM_WORLD, on_usher, p, 0);
}

static bool may_sit(const sim_people *p, const sim_ticket *ticket)
{
    if (!ticket->is_there || p->count >= TERMINALS_MAX)
        return false;
    for (size_t i = 0; i < p->count; i++) {
        const sim_terminal *t = p->at[i];
        bool is_same = strcmp(t->serial, ticket->serial) == 0;
        if (strcmp(t->seat, ticket->seat) == 0 && is_here(t))
            return false;
        // It was turned away: once more when all is well, for the seat may have been opened later.
        if (is_same && t->state == TOC_LINK_REFUSED && !t->is_killed &&
            (!p->s->is_healed || !sim_oracle_seat_open(p->s->oracle, t->seat)))
            return false;
        if (is_same && t->state == TOC_LINK_CLOSED)
            return false;
    }
    return true;
}

static void sit(sim_people *p, const sim_ticket *ticket)
{
    sim *s = p->s;
    sim_terminal *t = toc_alloc(sizeof *t);
    t->s = s;
    t->node = SIM_TERMINALS + (int)p->count;
    toc_copy_text(t->seat, sizeof t->seat, ticket->seat);
    toc_copy_text(t->serial, sizeof t->serial, ticket->serial);
    toc_seat_audience(t->seat, t->audience);
    TOC_GROW(p->at, p->count, p->capacity);
    p->at[p->count++] = t;
    char token[40], none[] = "-";
    toc_copy_text(token, sizeof token, ticket->token);
    const toc_ticket copied = {.exercise = none,
                               .title = none,
                               .marking = none,
                               .run = none,
                               .seat = t->seat,
                               .role = none,
                               .team = t->audience,
                               .desk = none,
                               .feed = none,
                               .token = token,
                               .ca = none,
                               .certificate = none,
                               .key = none,
                               .seal_key = none};
    const toc_link_calls calls = {t, on_event, on_clock, on_alarm, on_state};
    const toc_talk_host host = {t, now, send_bytes, drop, hang_up};
    const sim_wire_calls wire = {t, on_reply, on_feed, on_connection, on_failure};
    sim_tell(s, "%s: a terminal is started", t->seat);
    t->talk = toc_talk_new(&copied, none, none, &calls, &host);
    t->wire = sim_wire_new(s, t->node, t->audience, t->serial, &wire);
    sim_clock_in(s->clock, sim_between(s, 0, TOC_TALK_TICK_MS), t->node, on_tick, t, 0);
    sim_clock_in(s->clock, sim_between(s, 500, 6000), t->node, on_person, t, 0);
}

static void on_tick(void *context, uint64_t what)
{
    sim_terminal *t = context;
    (void)what;
    if (!is_here(t))
        return;
    toc_talk_tick(t->talk);
    sim_clock_in(t->s->clock, TOC_TALK_TICK_MS, t->node, on_tick, t, 0);
}

static void on_person(void *context, uint64_t what)
{
    sim_terminal *t = context;
    (void)what;
    if (!is_here(t) || t->s->people->is_calm)
        return;
    sim_act_some(t);
    sim_clock_in(t->s->clock, sim_between(t->s, 300, 6000), t->node, on_person, t, 0);
}

static bool is_here(const sim_terminal *t)
{
    return !t->is_killed && !toc_talk_is_over(t->talk);
}

static sim_terminal *some_terminal(sim_people *p)
{
    sim_terminal *found = NULL;
    uint64_t seen = 0;
    for (size_t i = 0; i < p->count; i++)
        if (is_here(p->at[i]) && sim_below(p->s, ++seen) == 0)
            found = p->at[i];
    return found;
}

// ---- a token and another's certificate -------------------------------------------------------------

static borrower *new_borrower(sim_people *p, const sim_terminal *t)
{
    borrower *b = toc_alloc(sizeof *b);
    TOC_GROW(p->borrowers, p->borrower_count, p->borrower_capacity);
    p->borrowers[p->borrower_count++] = b;
    b->s = p->s;
    b->left = 1;
    toc_copy_text(b->seat, sizeof b->seat, t->seat);
    toc_copy_text(b->audience, sizeof b->audience, t->audience);
    const sim_conn_calls calls = {b, ask_borrowed, on_borrowed_refused, on_borrowed_reply,
                                  on_borrowed_end};
    b->conn = sim_net_dial(p->s->net, t->node, TOC_WIRE_DESK, t->audience, t->serial, &calls);
    return b;
}

static void ask_borrowed(void *context)
{
    on_ask(context, 0);
}

static void on_ask(void *context, uint64_t what)
{
    borrower *b = context;
    (void)what;
    for (int i = 0; i < 8 && b->left > 0; i++, b->left--)
        sim_net_send(b->conn, b->request, strlen(b->request), 1);
    if (b->left > 0)
        sim_clock_in(b->s->clock, 1, SIM_WORLD, on_ask, b, 0);
}

static void on_borrowed_refused(void *context, toc_err err, const char *why)
{
    (void)context, (void)err, (void)why;
}

// They are told what is told to somebody whose token is nobody's.
static void on_borrowed_reply(void *context, const char *bytes, size_t len, uint32_t number)
{
    static const char refusal[] = ",\"ok\":false,\"error\":{\"code\":\"no-seat\",\"text\":\"this "
                                  "ticket is not valid, or not any "
                                  "more: ask EXCON for a new one\"}}";
    borrower *b = context;
    char *reply = toc_strndup(bytes, len);
    const char *said = strstr(reply, ",\"ok\":");
    (void)number;
    b->s->tries[SIM_BORROWED] += strstr(b->request, "ping") == NULL;
    sim_oracle_arrives(b->s->oracle, b->audience, bytes, len);
    if (!said || strcmp(said, refusal) != 0)
        sim_break(b->s, "%s has the token of another seat, asks %s and hears %.40s", b->seat,
                  b->request, said ? said : reply);
    if (b->left == 0)
        sim_net_hang_up(b->conn);
    free(reply);
}

static void on_borrowed_end(void *context)
{
    borrower *b = context;
    b->left = 0;
}

// ---- the talk's host -----------------------------------------------------------------------------

static uint64_t now(void *context)
{
    const sim_terminal *t = context;
    return (uint64_t)sim_clock_now(t->s->clock);
}

static bool send_bytes(void *context, const char *bytes, size_t len)
{
    sim_terminal *t = context;
    char *copy = toc_strndup(bytes, len), *receipt = strstr(copy, "\"receipt\":\"");
    if (t->forges && receipt && strstr(copy, "\"op\":\"join\"")) {
        memset(receipt + 11, 'f', 64);
        t->forges = false;
        t->s->forged++;
        t->s->tries[SIM_RECEIPTS]++;
    }
    bool is_sent = sim_wire_send(t->wire, copy, len);
    free(copy);
    return is_sent;
}

static void drop(void *context, toc_wire_end end)
{
    sim_terminal *t = context;
    sim_wire_drop(t->wire, end);
}

static void hang_up(void *context)
{
    sim_terminal *t = context;
    sim_wire_close(t->wire);
}

// ---- what comes to it ----------------------------------------------------------------------------

static void on_reply(void *context, const char *bytes, size_t len)
{
    sim_terminal *t = context;
    sim_oracle_arrives(t->s->oracle, t->audience, bytes, len);
    if (is_here(t))
        toc_talk_reply(t->talk, bytes, len);
}

static void on_feed(void *context, const char *bytes, size_t len)
{
    sim_terminal *t = context;
    sim_oracle_arrives(t->s->oracle, t->audience, bytes, len);
    if (is_here(t))
        toc_talk_feed(t->talk, bytes, len);
}

static void on_connection(void *context, toc_wire_end end, bool is_up)
{
    sim_terminal *t = context;
    if (is_here(t))
        toc_talk_connection(t->talk, end, is_up);
}

static void on_failure(void *context, toc_wire_end end, toc_err err, const char *why)
{
    sim_terminal *t = context;
    if (is_here(t))
        toc_talk_failure(t->talk, end, err, why);
}

static void on_event(void *context, int64_t n, const toc_event *ev)
{
    sim_terminal *t = context;
    sim_oracle_shown(t->s->oracle, t->audience, t->have, n, toc_kind_name(ev->kind), ev->t,
                     toc_event_str(ev, TOC_F_TEXT));
    t->have = n;
    sim_act_learn(t, n, ev);
}

static void on_clock(void *context, const toc_clock *clock)
{
    sim_terminal *t = context;
    t->clock = *clock;
}

static void on_alarm(void *context, const char *what, const char *text, const char *by)
{
    sim_terminal *t = context;
    (void)text, (void)by;
    if (strcmp(what, "unreadable") == 0)
        sim_break(t->s, "%s cannot read a line of its feed", t->seat);
}

static void on_state(void *context, toc_link_state state, const char *why)
{
    static const char *const names[] = {"connecting", "joined",     "lost",
                                        "refused",    "taken over", "closed"};
    sim_terminal *t = context;
    if (t->state != state)
        sim_tell(t->s, "%s: %s%s%s", t->seat, names[state], why[0] ? ", " : "", why);
    t->state = state;
}
