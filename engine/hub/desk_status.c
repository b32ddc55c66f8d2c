// SPDX-License-Identifier: MIT
// status: what a seat needs to draw its screen, and no more than its audience may know. What may be
// long comes in pages: the rows that the audience sees are numbered through, list after list, and `from`
// is one of these numbers. Rows that it does not see have none: they would tell how many there are.
#include <string.h>

#include "base/mem.h"
#include "desk_status.h"

static void write_exercise(toc_request *q);
static void write_team(toc_request *q, size_t team);
static size_t count_decisions(const toc_request *q);
static bool sees_decision(const toc_request *q, size_t i);
static void write_decision(const toc_request *q, toc_buf *out, size_t i);
static void write_parties(toc_request *q);
static void write_teams(toc_request *q);
static void write_objectives(toc_request *q);
static int64_t write_lists(toc_request *q, size_t from);
static bool write_row(toc_request *q, const toc_list *list, size_t i, bool is_first, bool *is_open);

// In their order on the pages.
static const toc_list lists[] = {
    {"decisions", count_decisions, sees_decision, write_decision},
    {"services", toc_status_services, toc_status_sees_service, toc_status_service},
    {"repairs", toc_status_repairs, toc_status_sees_repair, toc_status_repair},
    {"products", toc_status_expectations, toc_status_sees_product, toc_status_product},
    {"phases", toc_status_phases, toc_status_is_control, toc_status_phase},
    {"expectations", toc_status_expectations, toc_status_is_control, toc_status_expectation},
    {"storylines", toc_status_storylines, toc_status_is_control, toc_status_storyline},
    {"msel", toc_status_injects, toc_status_is_control, toc_status_inject},
};

void toc_desk_status(toc_request *q)
{
    static const char *const keys[] = {"from", NULL};
    int64_t from;
    if (!toc_request_keys(q, keys) || !toc_request_int(q, "from", false, &from))
        return;
    toc_error why;
    toc_conduct_tick(q->desk->conduct, q->mono, &why); // a failed recording shows in the clock
    toc_status_page(q, from);
}

int64_t toc_status_page(toc_request *q, int64_t from)
{
    const bool is_control = strcmp(q->audience, "control") == 0;
    toc_desk_clock(q);
    size_t team = toc_plan_team(toc_conduct_plan(q->desk->conduct), q->audience);
    if (from == 0) {
        write_exercise(q);
        if (team != TOC_NONE)
            write_team(q, team);
        if (is_control || team != TOC_NONE)
            toc_status_seats(q);
        if (is_control) {
            write_parties(q);
            write_teams(q);
            write_objectives(q);
        }
    }
    return write_lists(q, (size_t)from); // last: they take what room is left
}

void toc_desk_clock(toc_request *q)
{
    toc_buf *out = &q->reply->text;
    toc_json_key(out, "clock");
    toc_buf_char(out, '{');
    toc_conduct_clock_json(q->desk->conduct, q->mono, out);
    toc_put_int(out, "length", toc_exercise_clock(toc_conduct_exercise(q->desk->conduct)).length);
    toc_buf_char(out, '}');
}

static void write_exercise(toc_request *q)
{
    const toc_plan *plan = toc_conduct_plan(q->desk->conduct);
    toc_buf *out = &q->reply->text;
    toc_json_key(out, "exercise");
    toc_buf_char(out, '{');
    toc_put_text(out, "id", plan->id);
    toc_put_text(out, "title", plan->title);
    toc_put_text(out, "marking", plan->marking);
    toc_put_text(out, "brief", plan->brief);
    toc_buf_char(out, '}');
}

// The name of a team or party, as a pair with its id.
static void write_named(toc_buf *out, const toc_plan *plan, const char *id)
{
    size_t team = toc_plan_team(plan, id), party = toc_plan_party(plan, id);
    const char *name = team != TOC_NONE    ? plan->teams[team].name
                       : party != TOC_NONE ? plan->parties[party].name
                                           : NULL;
    toc_put_item(out, '[');
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
    toc_put_text(out, "id", team->id);
    toc_put_text(out, "name", team->name);
    toc_put_text(out, "brief", team->brief);
    toc_json_key(out, "contacts");
    toc_buf_char(out, '[');
    for (size_t c = 0; c < team->contact_count; c++)
        write_named(out, plan, team->contacts[c]);
    toc_buf_char(out, ']');
    // Those of them for whom control speaks: any controller's answer is theirs.
    toc_json_key(out, "parties");
    toc_buf_char(out, '[');
    for (size_t c = 0, count = 0; c < team->contact_count; c++)
        if (toc_plan_party(plan, team->contacts[c]) != TOC_NONE) {
            toc_buf_str(out, count++ ? "," : "");
            toc_json_str(out, team->contacts[c]);
        }
    toc_buf_str(out, "]}");
}

static size_t count_decisions(const toc_request *q)
{
    return toc_conduct_plan(q->desk->conduct)->decision_count;
}

// Teams are shown their own, and none that was not asked yet; the board is shown none.
static bool sees_decision(const toc_request *q, size_t i)
{
    const toc_plan *plan = toc_conduct_plan(q->desk->conduct);
    toc_decision_view view = toc_exercise_decision(toc_conduct_exercise(q->desk->conduct), i);
    return strcmp(q->audience, "control") == 0 ||
           (toc_plan_team(plan, q->audience) != TOC_NONE &&
            strcmp(plan->decisions[i].team, q->audience) == 0 &&
            view.state != TOC_DECISION_PLANNED);
}

static void write_decision(const toc_request *q, toc_buf *out, size_t i)
{
    const toc_decision *plan = &toc_conduct_plan(q->desk->conduct)->decisions[i];
    toc_decision_view view = toc_exercise_decision(toc_conduct_exercise(q->desk->conduct), i);
    toc_buf_char(out, '{');
    toc_put_text(out, "decision", plan->id);
    toc_put_text(out, "title", plan->title);
    toc_put_text(out, "team", plan->team);
    toc_put_text(out, "state", view.state_name);
    if (view.deadline >= 0)
        toc_put_int(out, "deadline", view.deadline);
    if (view.due >= 0)
        toc_put_int(out, "due", view.due);
    toc_put_text(out, "option", view.option);
    toc_put_text(out, "text", view.text);
    toc_put_text(out, "by", view.by);
    if (strcmp(q->audience, "control") == 0)
        toc_status_asked(q, out, i);
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
        toc_put_item(out, '[');
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

static void write_teams(toc_request *q)
{
    const toc_plan *plan = toc_conduct_plan(q->desk->conduct);
    toc_buf *out = &q->reply->text;
    toc_json_key(out, "teams");
    toc_buf_char(out, '[');
    for (size_t i = 0; i < plan->team_count; i++)
        write_named(out, plan, plan->teams[i].id);
    toc_buf_char(out, ']');
}

static void write_objectives(toc_request *q)
{
    const toc_plan *plan = toc_conduct_plan(q->desk->conduct);
    toc_buf *out = &q->reply->text;
    toc_json_key(out, "objectives");
    toc_buf_char(out, '[');
    for (size_t i = 0; i < plan->objective_count; i++) {
        toc_put_item(out, '[');
        toc_json_str(out, plan->objectives[i].id);
        toc_buf_char(out, ',');
        toc_json_str(out, plan->objectives[i].text ? plan->objectives[i].text : "");
        toc_buf_char(out, ']');
    }
    toc_buf_char(out, ']');
}

static int64_t write_lists(toc_request *q, size_t from)
{
    toc_buf *out = &q->reply->text;
    size_t number = 0; // of the row
    bool fits = true;
    toc_conduct_outlook(q->desk->conduct); // brings the world to this minute, for every row
    for (size_t k = 0; k < TOC_COUNT(lists) && fits; k++) {
        size_t count = lists[k].count(q);
        bool is_open = false;
        for (size_t i = 0; i < count && fits; i++) {
            if (!lists[k].sees(q, i))
                continue;
            fits = number < from || write_row(q, &lists[k], i, number == from, &is_open);
            number += fits;
        }
        if (is_open)
            toc_buf_char(out, ']');
    }
    if (!fits)
        toc_put_int(out, "more", (int64_t)number);
    return fits ? 0 : (int64_t)number;
}

// false: there is no room for it on this page. One row goes even if it is longer than a page.
static bool write_row(toc_request *q, const toc_list *list, size_t i, bool is_first, bool *is_open)
{
    toc_buf *out = &q->reply->text;
    toc_buf row = {0};
    list->write(q, &row, i);
    bool fits = is_first || out->len + row.len + 256 <= TOC_PAGE_BYTES;
    if (fits) {
        if (!*is_open) {
            toc_json_key(out, list->key);
            toc_buf_char(out, '[');
        } else {
            toc_buf_char(out, ',');
        }
        *is_open = true;
        toc_buf_add(out, row.data, row.len);
    }
    toc_buf_fini(&row);
    return fits;
}
