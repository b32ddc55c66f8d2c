// SPDX-License-Identifier: MIT
// status: what a seat needs to draw its screen, and no more than its audience may know.
#include <string.h>

#include "desk_inside.h"

static void write_exercise(toc_request *q);
static void write_team(toc_request *q, size_t team);
static void write_seats(toc_request *q);
static void write_decisions(toc_request *q);
static void write_decision(toc_buf *out, const toc_decision *plan, toc_decision_view view);
static void write_parties(toc_request *q);
static void write_objectives(toc_request *q);
static void write_msel(toc_request *q, size_t from);
static void write_inject(toc_buf *out, const toc_plan *plan, size_t i, toc_inject_view view);
static void write_text(toc_buf *out, const char *key, const char *text);
static void write_int(toc_buf *out, const char *key, int64_t n);
static void write_flag(toc_buf *out, const char *key, bool is_set);
static void open_item(toc_buf *out, char brace);

void toc_desk_status(toc_request *q)
{
    static const char *const keys[] = {"from", NULL};
    bool is_control = strcmp(q->audience, "control") == 0;
    int64_t from;
    if (!toc_request_keys(q, keys) || !toc_request_int(q, "from", false, &from))
        return;
    toc_error why;
    toc_conduct_tick(q->desk->conduct, q->mono, &why); // a failed recording shows in the clock
    toc_desk_clock(q);
    size_t team = toc_plan_team(toc_conduct_plan(q->desk->conduct), q->audience);
    if (from == 0) {
        write_exercise(q);
        if (team != TOC_NONE)
            write_team(q, team);
        if (is_control || team != TOC_NONE) {
            write_seats(q);
            write_decisions(q);
        }
        if (is_control) {
            write_parties(q);
            write_objectives(q);
        }
    }
    if (is_control)
        write_msel(q, (size_t)from); // last: it takes what room is left
}

void toc_desk_clock(toc_request *q)
{
    toc_buf *out = &q->reply->text;
    toc_json_key(out, "clock");
    toc_buf_char(out, '{');
    toc_conduct_clock_json(q->desk->conduct, q->mono, out);
    write_int(out, "length", toc_exercise_clock(toc_conduct_exercise(q->desk->conduct)).length);
    toc_buf_char(out, '}');
}

static void write_exercise(toc_request *q)
{
    const toc_plan *plan = toc_conduct_plan(q->desk->conduct);
    toc_buf *out = &q->reply->text;
    toc_json_key(out, "exercise");
    toc_buf_char(out, '{');
    write_text(out, "id", plan->id);
    write_text(out, "title", plan->title);
    write_text(out, "marking", plan->marking);
    write_text(out, "brief", plan->brief);
    toc_buf_char(out, '}');
}

// The name of a team or party, as a pair with its id.
static void write_named(toc_buf *out, const toc_plan *plan, const char *id)
{
    size_t team = toc_plan_team(plan, id), party = toc_plan_party(plan, id);
    const char *name = team != TOC_NONE    ? plan->teams[team].name
                       : party != TOC_NONE ? plan->parties[party].name
                                           : NULL;
    open_item(out, '[');
    toc_json_str(out, id);
    toc_buf_char(out, ',');
    toc_json_str(out, name ? name : strcmp(id, "excon") == 0 ? "Exercise control" : id);
    toc_buf_char(out, ']');
}

static void write_team(toc_request *q, size_t i)
{
    const toc_plan *plan = toc_conduct_plan(q->desk->conduct);
    const toc_team *team = &plan->teams[i];
    toc_buf *out = &q->reply->text;
    toc_json_key(out, "team");
    toc_buf_char(out, '{');
    write_text(out, "id", team->id);
    write_text(out, "name", team->name);
    write_text(out, "brief", team->brief);
    toc_json_key(out, "contacts");
    toc_buf_char(out, '[');
    for (size_t c = 0; c < team->contact_count; c++)
        write_named(out, plan, team->contacts[c]);
    toc_buf_str(out, "]}");
}

static void write_seats(toc_request *q)
{
    const toc_exercise *x = toc_conduct_exercise(q->desk->conduct);
    bool is_control = strcmp(q->audience, "control") == 0;
    toc_buf *out = &q->reply->text;
    toc_json_key(out, "seats");
    toc_buf_char(out, '[');
    for (size_t i = 0; i < toc_exercise_seat_count(x); i++) {
        toc_seat_view seat = toc_exercise_seat(x, i);
        if (!seat.is_open || (!is_control && strcmp(seat.audience, q->audience) != 0))
            continue;
        open_item(out, '{');
        write_text(out, "seat", seat.id);
        write_text(out, "team", seat.audience);
        toc_json_key(out, "present");
        toc_buf_str(out, seat.is_present ? "true" : "false");
        if (is_control && seat.session[0])
            write_text(out, "session", seat.session);
        toc_buf_char(out, '}');
    }
    toc_buf_char(out, ']');
}

// Teams are shown their own, and none that was not asked yet.
static void write_decisions(toc_request *q)
{
    const toc_exercise *x = toc_conduct_exercise(q->desk->conduct);
    const toc_plan *plan = toc_conduct_plan(q->desk->conduct);
    bool is_control = strcmp(q->audience, "control") == 0;
    toc_buf *out = &q->reply->text;
    toc_json_key(out, "decisions");
    toc_buf_char(out, '[');
    for (size_t i = 0; i < plan->decision_count; i++) {
        toc_decision_view view = toc_exercise_decision(x, i);
        if (!is_control && (strcmp(plan->decisions[i].team, q->audience) != 0 ||
                            view.state == TOC_DECISION_PLANNED))
            continue;
        write_decision(out, &plan->decisions[i], view);
    }
    toc_buf_char(out, ']');
}

static void write_decision(toc_buf *out, const toc_decision *plan, toc_decision_view view)
{
    open_item(out, '{');
    write_text(out, "decision", plan->id);
    write_text(out, "title", plan->title);
    write_text(out, "team", plan->team);
    write_text(out, "state", view.state_name);
    if (view.deadline >= 0)
        write_int(out, "deadline", view.deadline);
    write_text(out, "option", view.option);
    write_text(out, "text", view.text);
    write_text(out, "by", view.by);
    toc_buf_char(out, '}');
}

static void write_parties(toc_request *q)
{
    const toc_plan *plan = toc_conduct_plan(q->desk->conduct);
    toc_buf *out = &q->reply->text;
    toc_json_key(out, "parties");
    toc_buf_char(out, '[');
    for (size_t i = 0; i < plan->party_count; i++) {
        const toc_party *party = &plan->parties[i];
        open_item(out, '[');
        toc_json_str(out, party->id);
        toc_buf_char(out, ',');
        toc_json_str(out, party->name ? party->name : party->id);
        if (party->notes) {
            toc_buf_char(out, ',');
            toc_json_str(out, party->notes);
        }
        toc_buf_char(out, ']');
    }
    toc_buf_char(out, ']');
}

static void write_objectives(toc_request *q)
{
    const toc_plan *plan = toc_conduct_plan(q->desk->conduct);
    toc_buf *out = &q->reply->text;
    toc_json_key(out, "objectives");
    toc_buf_char(out, '[');
    for (size_t i = 0; i < plan->objective_count; i++) {
        open_item(out, '[');
        toc_json_str(out, plan->objectives[i].id);
        toc_buf_char(out, ',');
        toc_json_str(out, plan->objectives[i].text ? plan->objectives[i].text : "");
        toc_buf_char(out, ']');
    }
    toc_buf_char(out, ']');
}

static void write_msel(toc_request *q, size_t from)
{
    const toc_exercise *x = toc_conduct_exercise(q->desk->conduct);
    const toc_plan *plan = toc_conduct_plan(q->desk->conduct);
    toc_buf *out = &q->reply->text;
    toc_json_key(out, "msel");
    toc_buf_char(out, '[');
    size_t i = from;
    for (; i < plan->inject_count; i++) {
        toc_buf row = {0};
        write_inject(&row, plan, i, toc_exercise_inject(x, i));
        bool fits = i == from || out->len + row.len + 256 <= TOC_PAGE_BYTES;
        if (fits && i > from)
            toc_buf_char(out, ',');
        if (fits)
            toc_buf_add(out, row.data, row.len);
        toc_buf_fini(&row);
        if (!fits)
            break;
    }
    toc_buf_char(out, ']');
    if (i < plan->inject_count)
        write_int(out, "more", (int64_t)i);
}

static void write_inject(toc_buf *out, const toc_plan *plan, size_t i, toc_inject_view view)
{
    const toc_inject *inject = &plan->injects[i];
    toc_buf_char(out, '{');
    write_text(out, "inject", inject->id);
    write_text(out, "title", inject->title);
    toc_json_key(out, "to");
    toc_buf_char(out, '[');
    for (size_t t = 0; t < inject->to_count; t++) {
        if (t > 0)
            toc_buf_char(out, ',');
        toc_json_str(out, plan->teams[inject->to[t]].id);
    }
    toc_buf_char(out, ']');
    write_text(out, "state", view.state_name);
    if (view.due >= 0)
        write_int(out, "due", view.due);
    if (view.sent >= 0)
        write_int(out, "sent", view.sent);
    write_text(out, "reason", view.reason);
    write_text(out, "channel", inject->channel);
    write_int(out, "readers", (int64_t)view.readers);
    write_int(out, "acks", (int64_t)view.acks);
    write_text(out, "notes", inject->notes);
    write_flag(out, "manual", inject->manual);
    write_flag(out, "urgent", inject->urgent);
    write_flag(out, "ack", inject->ack);
    if (inject->at.kind == TOC_AT_AFTER)
        write_text(out, "after", plan->injects[inject->at.inject].id);
    write_text(out, "text", inject->text); // none where a function makes it
    toc_buf_char(out, '}');
}

static void write_flag(toc_buf *out, const char *key, bool is_set)
{
    if (!is_set)
        return;
    toc_json_key(out, key);
    toc_buf_str(out, "true");
}

static void write_text(toc_buf *out, const char *key, const char *text)
{
    if (!text)
        return;
    toc_json_key(out, key);
    toc_json_str(out, text);
}

static void write_int(toc_buf *out, const char *key, int64_t n)
{
    toc_json_key(out, key);
    toc_buf_int(out, n);
}

// Begins an item of a list, after a comma unless it is the first.
static void open_item(toc_buf *out, char brace)
{
    if (out->len > 0 && out->data[out->len - 1] != '[')
        toc_buf_char(out, ',');
    toc_buf_char(out, brace);
}
