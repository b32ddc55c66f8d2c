// SPDX-License-Identifier: MIT
#include "plan_fixture.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define MINUTE 60000

static void *keep(const void *bytes, size_t size)
{
    void *p = toc_alloc(size);
    memcpy(p, bytes, size);
    return p;
}

static char **strings(size_t count, const char *const *list)
{
    char **out = toc_alloc((count + 1) * sizeof *out);
    for (size_t i = 0; i < count; i++)
        out[i] = toc_strdup(list[i]);
    return out;
}

static toc_inject make_inject(const char *id, toc_at at, size_t count, const size_t *to)
{
    toc_inject in = {.id = toc_strdup(id), .at = at, .to_count = count};
    in.from = toc_strdup("press");
    in.channel = toc_strdup("email");
    in.title = toc_sprintf("Title of %s", id);
    in.text = toc_sprintf("Text of %s.", id);
    in.to = keep(to, count * sizeof *to);
    return in;
}

static toc_decision make_decision(const char *id, const char *team, int64_t at, toc_span within)
{
    return (toc_decision){.id = toc_strdup(id),
                          .team = toc_strdup(team),
                          .title = toc_sprintf("Question %s", id),
                          .at = {.kind = TOC_AT_PLAY, .ms = at},
                          .within = within};
}

void toc_plan_fixture(toc_plan *p)
{
    static const size_t alpha[] = {0}, bravo[] = {1}, both[] = {0, 1};
    static const char *const contacts[] = {"bravo", "press"};
    static const char *const options[] = {"isolate", "Cut it off", "wait", "Keep watching"};
    toc_plan_init(p);
    p->id = toc_strdup("fixture");
    p->title = toc_strdup("Fixture");
    p->marking = toc_strdup("TLP:CLEAR");
    toc_story_parse("2022-02-24 08:00Z", &p->startex, NULL);
    p->length_ms = 60 * MINUTE;
    p->team_count = 2;
    p->teams = toc_alloc(2 * sizeof *p->teams);
    p->teams[0] = (toc_team){.id = toc_strdup("alpha"),
                             .name = toc_strdup("Alpha"),
                             .seats = 2,
                             .contacts = strings(2, contacts),
                             .contact_count = 2};
    p->teams[1] = (toc_team){.id = toc_strdup("bravo"), .name = toc_strdup("Bravo"), .seats = 1};
    p->party_count = 1;
    p->parties = toc_alloc(sizeof *p->parties);
    p->parties[0] = (toc_party){.id = toc_strdup("press"), .name = toc_strdup("Radio Nord")};
    p->objective_count = 1;
    p->objectives = toc_alloc(sizeof *p->objectives);
    p->objectives[0] =
        (toc_objective){.id = toc_strdup("OBJ-1"), .text = toc_strdup("Tell each other")};
    p->inject_count = 5;
    p->injects = toc_alloc(5 * sizeof *p->injects);
    p->injects[0] =
        make_inject("INJ-01", (toc_at){.kind = TOC_AT_PLAY, .ms = 5 * MINUTE}, 1, alpha);
    p->injects[1] =
        make_inject("INJ-02", (toc_at){.kind = TOC_AT_PLAY, .ms = 10 * MINUTE}, 2, both);
    p->injects[1].manual = true;
    p->injects[2] = make_inject(
        "INJ-03", (toc_at){.kind = TOC_AT_AFTER, .after.ms = 15 * MINUTE, .inject = 0}, 1, alpha);
    p->injects[3] = make_inject("INJ-04", (toc_at){.kind = TOC_AT_NEVER}, 1, bravo);
    p->injects[4] = make_inject(
        "INJ-05", (toc_at){.kind = TOC_AT_STORY, .ms = p->startex.ms + 30 * MINUTE}, 1, bravo);
    p->decision_count = 3;
    p->decisions = toc_alloc(3 * sizeof *p->decisions);
    p->decisions[0] = make_decision("D-01", "alpha", 6 * MINUTE, (toc_span){.ms = 10 * MINUTE});
    p->decisions[0].options = strings(4, options);
    p->decisions[0].option_count = 2;
    p->decisions[0].fallback = toc_strdup("wait");
    p->decisions[1] = make_decision("D-02", "bravo", 6 * MINUTE, (toc_span){.ms = 20 * MINUTE});
    p->decisions[2] = make_decision("D-03", "alpha", 20 * MINUTE,
                                    (toc_span){.ms = 30 * MINUTE, .is_story = true});
    p->decisions[2].options = strings(4, options);
    p->decisions[2].option_count = 2;
}

static toc_service make_service(const char *id, const char *name, size_t needs)
{
    return (toc_service){.id = toc_strdup(id),
                         .name = toc_strdup(name),
                         .own = TOC_PPM,
                         .need_count = needs,
                         .needs = toc_alloc((needs + 1) * sizeof(toc_need))};
}

static void seen_by(toc_plan *p, size_t service, size_t count, const size_t *teams)
{
    p->services[service].seen_by_count = count;
    p->services[service].seen_by = keep(teams, count * sizeof *teams);
}

static void add_world(toc_plan *p)
{
    static const size_t alpha[] = {0}, bravo[] = {1}, both[] = {0, 1};
    toc_model *m = &p->model;
    m->service_count = 5;
    m->services = toc_alloc(5 * sizeof *m->services);
    m->services[0] = make_service("grid", "Grid", 0);
    m->services[1] = make_service("voice", "TSO voice", 1);
    m->services[2] = make_service("rail", "Rail", 1);
    m->services[3] = make_service("link", "Link", 2);
    m->services[4] = make_service("spare", "Spare", 0);
    m->services[1].needs[0] = (toc_need){.strength = TOC_PPM, .autonomy = 1440};
    m->services[2].needs[0] = (toc_need){.strength = 600000};
    m->services[2].users = 1000;
    m->services[2].restart = 240;
    m->services[3].needs[0] = (toc_need){.strength = TOC_PPM, .group = 1};
    m->services[3].needs[1] = (toc_need){
        .provider = 4, .strength = TOC_PPM, .group = 1, .is_closed = true, .switching = 45};
    m->repair_count = 1;
    m->repairs = toc_alloc(sizeof *m->repairs);
    m->repairs[0] = (toc_repair){.id = toc_strdup("fix.grid"),
                                 .name = toc_strdup("Restore the grid"),
                                 .to = TOC_PPM,
                                 .work = 1800,
                                 .crews = 1,
                                 .need_count = 1,
                                 .needs = toc_alloc(sizeof(toc_prerequisite))};
    m->repairs[0].needs[0] = (toc_prerequisite){.service = 1, .level = TOC_PPM};
    p->services = toc_alloc(5 * sizeof *p->services);
    p->services[0].is_public = true;
    seen_by(p, 0, 1, alpha);
    seen_by(p, 1, 2, both);
    seen_by(p, 2, 1, bravo);
}

void toc_plan_fixture_world(toc_plan *p)
{
    toc_plan_fixture(p);
    p->length_ms = (int64_t)200 * 60 * MINUTE;
    for (size_t i = 0; i < p->inject_count; i++)
        p->injects[i].at = (toc_at){.kind = TOC_AT_NEVER};
    for (size_t i = 0; i < p->decision_count; i++)
        p->decisions[i].at = (toc_at){.kind = TOC_AT_NEVER};
    add_world(p);
}

toc_phase *toc_plan_add_phase(toc_plan *p, const char *id, int64_t at)
{
    p->phases = toc_realloc(p->phases, (p->phase_count + 1) * sizeof *p->phases);
    toc_phase *phase = &p->phases[p->phase_count++];
    *phase = (toc_phase){.id = toc_strdup(id), .title = toc_sprintf("Phase %s", id)};
    phase->at.kind = at < 0 ? TOC_AT_NEVER : TOC_AT_PLAY;
    phase->at.ms = at < 0 ? 0 : at;
    return phase;
}

toc_expectation *toc_plan_add_expectation(toc_plan *p, const char *id, toc_at by)
{
    p->expectations =
        toc_realloc(p->expectations, (p->expectation_count + 1) * sizeof *p->expectations);
    toc_expectation *ex = &p->expectations[p->expectation_count++];
    *ex = (toc_expectation){.id = toc_strdup(id),
                            .text = toc_sprintf("What %s asks for", id),
                            .by = by,
                            .contingency = TOC_NONE};
    return ex;
}

void toc_drive_begin(toc_drive *d)
{
    toc_plan_fixture(&d->plan);
    toc_drive_begin_with(d, NULL);
}

void toc_drive_begin_with(toc_drive *d, const toc_script *script)
{
    d->log = (toc_events){0};
    d->next_seq = 1;
    d->x = toc_exercise_new(&d->plan, script);
    toc_drive_put(d, 0, "engine", "open-seat", NULL, "seat", "excon-1", NULL);
    toc_drive_put(d, 0, "engine", "open-seat", NULL, "seat", "evaluator-1", NULL);
}

void toc_drive_end(toc_drive *d)
{
    toc_exercise_free(d->x);
    toc_plan_fini(&d->plan);
    toc_events_fini(&d->log);
}

void toc_drive_to(toc_drive *d, int64_t t)
{
    int64_t due;
    while (toc_exercise_next_due(d->x, &due) && due <= t) {
        size_t before = d->log.count;
        toc_exercise_advance(d->x, d->next_seq, &d->log, NULL);
        d->next_seq += (int64_t)(d->log.count - before);
    }
}

static void set_field(toc_event *ev, const char *name, const char *value)
{
    toc_field f = toc_field_find(name);
    char *list[16], *copy = toc_strdup(value);
    size_t count = 0;
    switch (toc_field_type(f)) {
    case TOC_TYPE_STR:
        toc_event_set_str(ev, f, value);
        break;
    case TOC_TYPE_LIST:
        for (char *at = strtok(copy, ","); at && count < 16; at = strtok(NULL, ","))
            list[count++] = at;
        toc_event_set_list(ev, f, list, count);
        break;
    default:
        toc_event_set_int(ev, f, strtoll(value, NULL, 10));
    }
    free(copy);
}

toc_err toc_drive_put(toc_drive *d, int64_t t, const char *by, const char *kind, toc_error *e, ...)
{
    toc_drive_to(d, t);
    toc_event in;
    toc_event_init(&in, toc_kind_find(kind), t);
    toc_event_set_str(&in, TOC_F_BY, by);
    toc_event_set_str(&in, TOC_F_WALL, "2026-11-21T18:00:00.000Z");
    va_list args;
    va_start(args, e);
    for (const char *name = va_arg(args, const char *); name; name = va_arg(args, const char *))
        set_field(&in, name, va_arg(args, const char *));
    va_end(args);
    in.seq = d->next_seq;
    toc_events derived = {0};
    toc_err err = toc_exercise_apply(d->x, &in, &derived, e);
    if (err == TOC_OK) {
        toc_event_copy(toc_events_add(&d->log, in.kind, t), &in);
        for (size_t i = 0; i < derived.count; i++)
            toc_event_copy(toc_events_add(&d->log, TOC_K_NOTE, 0), &derived.at[i]);
        d->next_seq += 1 + (int64_t)derived.count;
        toc_drive_to(d, t);
    }
    toc_events_fini(&derived);
    toc_event_fini(&in);
    return err;
}

const toc_event *toc_drive_last(const toc_drive *d, toc_kind kind, toc_field f, const char *value)
{
    for (size_t i = d->log.count; i-- > 0;) {
        const toc_event *ev = &d->log.at[i];
        const char *text = toc_event_str(ev, f);
        if (ev->kind == kind && (!value || (text && strcmp(text, value) == 0)))
            return ev;
    }
    return NULL;
}

size_t toc_drive_count(const toc_drive *d, toc_kind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < d->log.count; i++)
        n += d->log.at[i].kind == kind;
    return n;
}
