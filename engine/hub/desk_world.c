// SPDX-License-Identifier: MIT
// The part of status that is about the world and what is expected. An audience is told of the services
// that the author lets it see; what one of these needs of a service beyond them has no name here.
#include <string.h>

#include "base/mem.h"
#include "desk_status.h"

enum { LINKS = 64 }; // of a chain of causes

static void put_outlook(const toc_request *q, toc_buf *out, size_t service);
static bool may_look_ahead(const toc_request *q, const toc_outlook *all, size_t service);
static bool waits_unseen(const toc_request *q, size_t service);
static void put_need(const toc_request *q, toc_buf *out, size_t service, size_t i);
static void put_minute(const toc_request *q, toc_buf *out, const char *key, int64_t minute);
static void put_seen(const toc_request *q, toc_buf *out, const char *key, size_t service);
static void put_start(const toc_request *q, toc_buf *out, const toc_expectation *x);
static bool is_by_story(const toc_expectation *x);
static bool counts_by_story(const toc_request *q, const toc_expectation *x, int64_t deadline);
static bool is_control(const toc_request *q);
static const toc_plan *plan_of(const toc_request *q);
static const toc_world *world_of(const toc_request *q);
static bool is_named_before(const toc_plan *plan, size_t expectation);

bool toc_status_is_control(const toc_request *q, size_t i)
{
    (void)i;
    return is_control(q);
}

size_t toc_status_services(const toc_request *q)
{
    return plan_of(q)->model.service_count;
}

bool toc_status_sees_service(const toc_request *q, size_t i)
{
    return world_of(q) && toc_plan_sees(plan_of(q), q->audience, i);
}

void toc_status_service(const toc_request *q, toc_buf *out, size_t i)
{
    const toc_plan *plan = plan_of(q);
    const toc_service *s = &plan->model.services[i];
    toc_service_view view = toc_world_service(world_of(q), i);
    toc_buf_char(out, '{');
    toc_put_text(out, "service", s->id);
    toc_put_text(out, "name", s->name);
    toc_put_text(out, "domain", s->domain);
    toc_put_int(out, "users", s->users);
    toc_put_int(out, "level", view.level);
    put_seen(q, out, "because", view.because);
    if (view.since > 0) {
        toc_put_text(out, "why", toc_why_name(view.why));
        put_minute(q, out, "since", view.since);
    }
    put_minute(q, out, "restart_at", view.restart_at);
    put_minute(q, out, "forced_until", view.forced_until);
    put_outlook(q, out, i);
    toc_put_text(out, "source", s->source);
    if (is_control(q)) {
        toc_put_flag(out, "deadlocked", view.is_deadlocked); // as the event of it
        toc_put_int(out, "own", view.own);
        toc_put_text(out, "notes", plan->services[i].notes);
    }
    if (strcmp(q->audience, "board") != 0) {
        toc_json_key(out, "needs");
        toc_buf_char(out, '[');
        for (size_t n = 0; n < s->need_count; n++)
            put_need(q, out, i, n);
        toc_buf_char(out, ']');
    }
    toc_buf_char(out, '}');
}

size_t toc_status_repairs(const toc_request *q)
{
    return plan_of(q)->model.repair_count;
}

// That a repair could be made says what the author means to break: teams are told of those under way.
bool toc_status_sees_repair(const toc_request *q, size_t i)
{
    return toc_status_sees_service(q, plan_of(q)->model.repairs[i].service) &&
           (is_control(q) || toc_world_repair(world_of(q), i).state != TOC_REPAIR_PLANNED);
}

void toc_status_repair(const toc_request *q, toc_buf *out, size_t i)
{
    const toc_plan *plan = plan_of(q);
    const toc_repair *r = &plan->model.repairs[i];
    toc_repair_view view = toc_world_repair(world_of(q), i);
    toc_buf_char(out, '{');
    toc_put_text(out, "repair", r->id);
    toc_put_text(out, "name", r->name);
    toc_put_text(out, "service", plan->model.services[r->service].id);
    toc_put_text(out, "state", toc_repair_state_name(view.state));
    toc_put_int(out, "left", view.left);
    toc_put_int(out, "crews", r->crews);
    put_minute(q, out, "done_at", view.done_at);
    put_seen(q, out, "lacks", view.lacks);
    toc_put_text(out, "source", r->source);
    toc_buf_char(out, '}');
}

size_t toc_status_phases(const toc_request *q)
{
    return plan_of(q)->phase_count;
}

void toc_status_phase(const toc_request *q, toc_buf *out, size_t i)
{
    const toc_phase *phase = &plan_of(q)->phases[i];
    toc_buf_char(out, '{');
    toc_put_text(out, "phase", phase->id);
    toc_put_text(out, "title", phase->title);
    if (phase->at.kind == TOC_AT_PLAY)
        toc_put_int(out, "at", phase->at.ms);
    if (phase->is_jump) {
        toc_buf story = {0};
        toc_story_text(&story, (toc_story){phase->story_ms, plan_of(q)->startex.zone_minutes});
        toc_put_text(out, "story", toc_buf_text(&story));
        toc_buf_fini(&story);
    }
    toc_put_flag(out, "current", toc_exercise_phase(toc_conduct_exercise(q->desk->conduct)) == i);
    toc_buf_char(out, '}');
}

size_t toc_status_expectations(const toc_request *q)
{
    return plan_of(q)->expectation_count;
}

void toc_status_expectation(const toc_request *q, toc_buf *out, size_t i)
{
    const toc_plan *plan = plan_of(q);
    const toc_expectation *x = &plan->expectations[i];
    toc_expect_view view = toc_exercise_expectation(toc_conduct_exercise(q->desk->conduct), i);
    toc_buf_char(out, '{');
    toc_put_text(out, "expectation", x->id);
    toc_put_text(out, "team", plan->teams[x->team].id);
    toc_put_text(out, "text", x->text);
    toc_put_text(out, "state", view.state_name);
    if (view.deadline >= 0)
        toc_put_int(out, "deadline", view.deadline);
    else
        put_start(q, out, x);
    toc_put_flag(out, "by_story", is_by_story(x));
    if (view.deadline >= 0 && counts_by_story(q, x, view.deadline)) {
        toc_buf story = {0};
        toc_story at = toc_exercise_story(toc_conduct_exercise(q->desk->conduct), view.deadline);
        at.ms += 999; // play is whole milliseconds: it may fall short of the minute by one of them
        toc_story_text(&story, at);
        toc_put_text(out, "story", toc_buf_text(&story));
        toc_buf_fini(&story);
    }
    toc_put_text(out, "by", view.by);
    toc_put_text(out, "objective", x->objective);
    toc_put_text(out, "product", x->product);
    if (x->contingency != TOC_NONE) {
        toc_put_text(out, "contingency", plan->injects[x->contingency].id);
        toc_put_flag(out, "manual", x->manual);
        toc_put_text(
            out, "then",
            toc_exercise_inject(toc_conduct_exercise(q->desk->conduct), x->contingency).state_name);
    }
    toc_put_text(out, "notes", x->notes);
    toc_buf_char(out, '}');
}

bool toc_status_sees_product(const toc_request *q, size_t i)
{
    const toc_plan *plan = plan_of(q);
    const toc_expectation *x = &plan->expectations[i];
    return x->product && strcmp(plan->teams[x->team].id, q->audience) == 0 &&
           !is_named_before(plan, i);
}

void toc_status_product(const toc_request *q, toc_buf *out, size_t i)
{
    toc_json_str(out, plan_of(q)->expectations[i].product);
}

void toc_put_flag(toc_buf *out, const char *key, bool is_set)
{
    if (!is_set)
        return;
    toc_json_key(out, key);
    toc_buf_str(out, "true");
}

void toc_put_text(toc_buf *out, const char *key, const char *text)
{
    if (!text)
        return;
    toc_json_key(out, key);
    toc_json_str(out, text);
}

void toc_put_int(toc_buf *out, const char *key, int64_t n)
{
    toc_json_key(out, key);
    toc_buf_int(out, n);
}

void toc_put_item(toc_buf *out, char brace)
{
    if (out->len > 0 && out->data[out->len - 1] != '[')
        toc_buf_char(out, ',');
    toc_buf_char(out, brace);
}

// What a deadline that is not known yet hangs on.
static void put_start(const toc_request *q, toc_buf *out, const toc_expectation *x)
{
    const toc_plan *plan = plan_of(q);
    bool is_inject = x->by.kind == TOC_AT_AFTER || x->by.kind == TOC_AT_AWARE;
    if (!is_inject && x->by.kind != TOC_AT_MET)
        return;
    toc_put_text(out, "starts",
                 x->by.kind == TOC_AT_AWARE   ? "aware"
                 : x->by.kind == TOC_AT_AFTER ? "sent"
                                              : "met");
    toc_put_text(out, "hangs_on",
                 is_inject ? plan->injects[x->by.inject].id
                           : plan->expectations[x->by.expectation].id);
}

// Its time is one of the story's clock, or lies beyond play.
static bool counts_by_story(const toc_request *q, const toc_expectation *x, int64_t deadline)
{
    toc_clock_view clock = toc_exercise_clock(toc_conduct_exercise(q->desk->conduct));
    return is_by_story(x) || (clock.length > 0 && deadline > clock.length);
}

static bool is_by_story(const toc_expectation *x)
{
    bool is_span = x->by.kind != TOC_AT_PLAY && x->by.kind != TOC_AT_STORY;
    return x->by.kind == TOC_AT_STORY || (is_span && x->by.after.is_story);
}

static void put_outlook(const toc_request *q, toc_buf *out, size_t service)
{
    const toc_outlook *all = toc_conduct_outlook(q->desk->conduct);
    if (!all)
        return;
    const toc_outlook *o = &all[service];
    if (!may_look_ahead(q, all, service))
        return;
    toc_put_text(out, "trend", toc_trend_name(o->trend));
    if (o->next_minute < 0)
        return;
    toc_json_key(out, "next");
    toc_buf_char(out, '{');
    put_minute(q, out, "at", o->next_minute);
    toc_put_int(out, "level", o->next_level);
    put_seen(q, out, "because", o->next_because);
    toc_put_text(out, "why", toc_why_name(o->next_why));
    toc_buf_char(out, '}');
}

// When something changes tells what it hangs on: a cause that an audience may not know, now or then, has
// no outlook either.
static bool may_look_ahead(const toc_request *q, const toc_outlook *all, size_t service)
{
    size_t chain[LINKS];
    size_t count = toc_world_chain(world_of(q), service, chain, TOC_COUNT(chain));
    size_t links = toc_status_services(q);
    if (is_control(q))
        return true;
    if (count == TOC_COUNT(chain))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!toc_status_sees_service(q, chain[i]) || waits_unseen(q, chain[i]))
            return false;
    for (size_t at = service; links > 0 && all[at].next_minute >= 0; links--) {
        at = all[at].next_because;
        if (at == TOC_SELF)
            return true;
        if (!toc_status_sees_service(q, at))
            return false;
    }
    return true;
}

// Its repair stands still for want of something that the audience may not know.
static bool waits_unseen(const toc_request *q, size_t service)
{
    for (size_t i = 0; i < toc_status_repairs(q); i++) {
        size_t lacks = toc_world_repair(world_of(q), i).lacks;
        if (plan_of(q)->model.repairs[i].service == service && lacks != TOC_SELF &&
            !toc_status_sees_service(q, lacks))
            return true;
    }
    return false;
}

static void put_need(const toc_request *q, toc_buf *out, size_t service, size_t i)
{
    const toc_plan *plan = plan_of(q);
    const toc_need *need = &plan->model.services[service].needs[i];
    toc_need_view view = toc_world_need(world_of(q), service, i);
    toc_put_item(out, '{');
    put_seen(q, out, "provider", need->provider);
    toc_put_int(out, "strength", need->strength);
    if (need->autonomy > 0) {
        toc_put_int(out, "autonomy", need->autonomy);
        toc_put_int(out, "left", view.left);
        put_minute(q, out, "ends_at", view.ends_at);
    }
    if (need->group > 0)
        toc_put_int(out, "group", (int64_t)need->group);
    toc_put_flag(out, "closed", !view.is_open);
    if (!view.is_open)
        toc_put_int(out, "switch", need->switching);
    put_minute(q, out, "opens_at", view.opens_at);
    toc_put_text(out, "kind", need->kind);
    toc_put_text(out, "source", need->source);
    toc_buf_char(out, '}');
}

// A minute of the world as the story's date and time; nothing for -1.
static void put_minute(const toc_request *q, toc_buf *out, const char *key, int64_t minute)
{
    if (minute < 0)
        return;
    toc_buf text = {0};
    toc_story at = plan_of(q)->startex;
    at.ms += minute * 60000;
    toc_story_text(&text, at);
    toc_put_text(out, key, toc_buf_text(&text));
    toc_buf_fini(&text);
}

// The id of a service, if the audience may know of it.
static void put_seen(const toc_request *q, toc_buf *out, const char *key, size_t service)
{
    const toc_plan *plan = plan_of(q);
    if (service != TOC_SELF && toc_plan_sees(plan, q->audience, service))
        toc_put_text(out, key, plan->model.services[service].id);
}

// As in the journal's `level`.
static bool is_control(const toc_request *q)
{
    return strcmp(q->audience, "control") == 0;
}

static const toc_plan *plan_of(const toc_request *q)
{
    return toc_conduct_plan(q->desk->conduct);
}

static const toc_world *world_of(const toc_request *q)
{
    return toc_exercise_world(toc_conduct_exercise(q->desk->conduct));
}

// Several expectations may want the same product.
static bool is_named_before(const toc_plan *plan, size_t expectation)
{
    const toc_expectation *x = &plan->expectations[expectation];
    for (size_t i = 0; i < expectation; i++)
        if (plan->expectations[i].team == x->team && plan->expectations[i].product &&
            strcmp(plan->expectations[i].product, x->product) == 0)
            return true;
    return false;
}
