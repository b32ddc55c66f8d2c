// SPDX-License-Identifier: MIT
// The same rows as the desk's, made of an exercise without a hub. An audience is told of the services that
// the author lets it see; what one of these needs beyond them has no name here.
#include "rehearse_status.h"

#include <string.h>

typedef struct {
    toc_buf *out;
    toc_exercise *x;
    const toc_plan *plan;
    const toc_world *world; // NULL where the plan has no services
    const char *audience;
} status;

static void put_services(const status *s);
static void put_needs(const status *s, size_t service);
static void put_repairs(const status *s);
static void put_products(const status *s);
static void put_expectations(const status *s);
static void put_text(const status *s, const char *key, const char *text);
static void put_int(const status *s, const char *key, int64_t n);
static void put_minute(const status *s, const char *key, int64_t minute);
static void put_seen(const status *s, const char *key, size_t service);
static void begin(const status *s, const char *key);
static void next(const status *s);

void toc_rehearse_status(toc_buf *out, toc_exercise *x, const char *audience)
{
    status s = {out, x, toc_exercise_plan(x), toc_exercise_world(x), audience};
    toc_buf_char(out, '{');
    if (s.world) {
        put_services(&s);
        put_repairs(&s);
    }
    put_products(&s);
    if (strcmp(audience, "control") == 0)
        put_expectations(&s);
    toc_buf_char(out, '}');
}

static void put_outlook(const status *s, const toc_outlook *o)
{
    put_text(s, "trend", toc_trend_name(o->trend));
    if (o->next_minute < 0)
        return;
    toc_json_key(s->out, "next");
    toc_buf_char(s->out, '{');
    put_minute(s, "at", o->next_minute);
    put_int(s, "level", o->next_level);
    put_seen(s, "because", o->next_because);
    put_text(s, "why", toc_why_name(o->next_why));
    toc_buf_char(s->out, '}');
}

static void put_services(const status *s)
{
    const toc_outlook *outlook = toc_exercise_outlook(s->x);
    begin(s, "services");
    for (size_t i = 0; i < s->plan->model.service_count; i++) {
        const toc_service *service = &s->plan->model.services[i];
        toc_service_view view = toc_world_service(s->world, i);
        if (!toc_plan_sees(s->plan, s->audience, i))
            continue;
        next(s);
        put_text(s, "service", service->id);
        put_text(s, "name", service->name);
        put_text(s, "domain", service->domain);
        put_int(s, "users", service->users);
        put_int(s, "level", view.level);
        put_seen(s, "because", view.because);
        if (view.since > 0) {
            put_text(s, "why", toc_why_name(view.why));
            put_minute(s, "since", view.since);
        }
        put_minute(s, "restart_at", view.restart_at);
        put_minute(s, "forced_until", view.forced_until);
        if (outlook)
            put_outlook(s, &outlook[i]);
        if (strcmp(s->audience, "board") != 0)
            put_needs(s, i);
        toc_buf_char(s->out, '}');
    }
    toc_buf_char(s->out, ']');
}

static void put_needs(const status *s, size_t service)
{
    begin(s, "needs");
    for (size_t i = 0; i < s->plan->model.services[service].need_count; i++) {
        const toc_need *need = &s->plan->model.services[service].needs[i];
        toc_need_view view = toc_world_need(s->world, service, i);
        next(s);
        put_seen(s, "provider", need->provider);
        put_int(s, "strength", need->strength);
        if (need->autonomy > 0) {
            put_int(s, "autonomy", need->autonomy);
            put_int(s, "left", view.left);
            put_minute(s, "ends_at", view.ends_at);
        }
        toc_buf_char(s->out, '}');
    }
    toc_buf_char(s->out, ']');
}

// Teams are told of those under way: that one could be made says what will break.
static void put_repairs(const status *s)
{
    bool is_control = strcmp(s->audience, "control") == 0;
    begin(s, "repairs");
    for (size_t i = 0; i < s->plan->model.repair_count; i++) {
        const toc_repair *r = &s->plan->model.repairs[i];
        toc_repair_view view = toc_world_repair(s->world, i);
        if (!toc_plan_sees(s->plan, s->audience, r->service) ||
            (!is_control && view.state == TOC_REPAIR_PLANNED))
            continue;
        next(s);
        put_text(s, "repair", r->id);
        put_text(s, "name", r->name);
        put_text(s, "service", s->plan->model.services[r->service].id);
        put_text(s, "state", toc_repair_state_name(view.state));
        put_int(s, "left", view.left);
        put_int(s, "crews", r->crews);
        put_minute(s, "done_at", view.done_at);
        put_seen(s, "lacks", view.lacks);
        toc_buf_char(s->out, '}');
    }
    toc_buf_char(s->out, ']');
}

static void put_products(const status *s)
{
    const toc_plan *p = s->plan;
    bool is_first = true;
    begin(s, "products");
    for (size_t i = 0; i < p->expectation_count; i++) {
        const toc_expectation *x = &p->expectations[i];
        size_t before = 0;
        if (!x->product || strcmp(p->teams[x->team].id, s->audience) != 0)
            continue;
        while (before < i &&
               (p->expectations[before].team != x->team || !p->expectations[before].product ||
                strcmp(p->expectations[before].product, x->product) != 0))
            before++;
        if (before < i)
            continue;
        toc_buf_str(s->out, is_first ? "" : ",");
        toc_json_str(s->out, x->product);
        is_first = false;
    }
    toc_buf_char(s->out, ']');
}

static void put_expectations(const status *s)
{
    begin(s, "expectations");
    for (size_t i = 0; i < s->plan->expectation_count; i++) {
        const toc_expectation *x = &s->plan->expectations[i];
        toc_expect_view view = toc_exercise_expectation(s->x, i);
        next(s);
        put_text(s, "expectation", x->id);
        put_text(s, "team", s->plan->teams[x->team].id);
        put_text(s, "text", x->text);
        put_text(s, "state", view.state_name);
        if (view.deadline >= 0)
            put_int(s, "deadline", view.deadline);
        put_text(s, "by", view.by);
        put_text(s, "objective", x->objective);
        put_text(s, "product", x->product);
        toc_buf_char(s->out, '}');
    }
    toc_buf_char(s->out, ']');
}

static void put_text(const status *s, const char *key, const char *text)
{
    if (!text)
        return;
    toc_json_key(s->out, key);
    toc_json_str(s->out, text);
}

static void put_int(const status *s, const char *key, int64_t n)
{
    toc_json_key(s->out, key);
    toc_buf_int(s->out, n);
}

// A minute of the world as the story's date and time; nothing for -1.
static void put_minute(const status *s, const char *key, int64_t minute)
{
    toc_buf text = {0};
    toc_story at = s->plan->startex;
    at.ms += minute * 60000;
    if (minute >= 0) {
        toc_story_text(&text, at);
        put_text(s, key, toc_buf_text(&text));
    }
    toc_buf_fini(&text);
}

static void put_seen(const status *s, const char *key, size_t service)
{
    if (service != TOC_SELF && toc_plan_sees(s->plan, s->audience, service))
        put_text(s, key, s->plan->model.services[service].id);
}

static void begin(const status *s, const char *key)
{
    toc_json_key(s->out, key);
    toc_buf_char(s->out, '[');
}

static void next(const status *s)
{
    if (s->out->data[s->out->len - 1] != '[')
        toc_buf_char(s->out, ',');
    toc_buf_char(s->out, '{');
}
