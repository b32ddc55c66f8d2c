// SPDX-License-Identifier: MIT
#include "view/situation.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "copy.h"

static toc_known_service *add_service(toc_situation *s, const char *id);
static void index_service(toc_situation *s, size_t i);
static toc_known_repair *add_repair(toc_situation *s, const char *id);
static toc_known_phase *add_phase(toc_situation *s, const char *id);
static toc_known_expectation *add_expectation(toc_situation *s, const char *id);
static void read_service(toc_situation *s, const toc_json *j);
static void read_need(toc_known_service *to, const toc_json *j);
static void read_repair(toc_situation *s, const toc_json *j);
static void read_phase(toc_situation *s, const toc_json *j);
static void read_expectation(toc_situation *s, const toc_json *j);
static void read_product(toc_situation *s, const toc_json *j);
static void see_level(toc_situation *s, const toc_event *ev);
static void see_repair(toc_situation *s, const toc_event *ev);
static void see_phase(toc_situation *s, const toc_event *ev);
static void see_expectation(toc_situation *s, const toc_event *ev);
static void see_armed(toc_situation *s, const toc_event *ev);
static void see_deadlock(toc_situation *s, const toc_event *ev);
static void end_deadlocks(toc_situation *s, const char *service, int64_t level);
static void forget_deadlocks(toc_situation *s);
static void fini_deadlock(toc_known_deadlock *d);
static void fini_needs(toc_known_service *s);
static char *small(const char *id);
static void put(char **to, const char *text);
static void take_text(char **to, const toc_json *j, const char *key);
static int64_t take_int(const toc_json *j, const char *key);
static bool same(const char *a, const char *b);

void toc_situation_fini(toc_situation *s)
{
    for (size_t i = 0; i < s->service_count; i++) {
        toc_known_service *x = &s->services[i];
        char *texts[] = {x->id,      x->name,    x->domain,      x->source,     x->notes,
                         x->because, x->why,     x->since,       x->restart_at, x->forced_until,
                         x->trend,   x->next_at, x->next_because};
        for (size_t k = 0; k < TOC_COUNT(texts); k++)
            free(texts[k]);
        fini_needs(x);
    }
    for (size_t i = 0; i < s->repair_count; i++) {
        toc_known_repair *x = &s->repairs[i];
        char *texts[] = {x->id, x->name, x->service, x->state, x->done_at, x->lacks, x->source};
        for (size_t k = 0; k < TOC_COUNT(texts); k++)
            free(texts[k]);
    }
    for (size_t i = 0; i < s->phase_count; i++) {
        free(s->phases[i].id);
        free(s->phases[i].title);
        free(s->phases[i].story);
    }
    for (size_t i = 0; i < s->expectation_count; i++) {
        toc_known_expectation *x = &s->expectations[i];
        char *texts[] = {x->id,        x->team,    x->text,        x->state, x->by,
                         x->objective, x->product, x->contingency, x->notes, x->story,
                         x->hangs_on,  x->starts,  x->then};
        for (size_t k = 0; k < TOC_COUNT(texts); k++)
            free(texts[k]);
    }
    for (size_t i = 0; i < s->product_count; i++)
        free(s->products[i]);
    for (size_t i = 0; i < s->deadlock_count; i++)
        fini_deadlock(&s->deadlocks[i]);
    free(s->deadlocks);
    toc_map_free(s->service_index);
    free(s->services);
    free(s->repairs);
    free(s->phases);
    free(s->expectations);
    free(s->products);
    *s = (toc_situation){0};
}

void toc_situation_status(toc_situation *s, const toc_json *status)
{
    static const struct {
        const char *key;
        void (*read)(toc_situation *s, const toc_json *j);
    } lists[] = {{"services", read_service},
                 {"repairs", read_repair},
                 {"phases", read_phase},
                 {"expectations", read_expectation},
                 {"products", read_product}};
    for (size_t i = 0; i < TOC_COUNT(lists); i++)
        for (const toc_json *j = toc_json_first(toc_json_get(status, lists[i].key)); j;
             j = toc_json_next(j))
            lists[i].read(s, j);
}

void toc_situation_see(toc_situation *s, const toc_event *ev)
{
    forget_deadlocks(s);
    if (ev->kind == TOC_K_LEVEL)
        see_level(s, ev);
    else if (ev->kind == TOC_K_REPAIR)
        see_repair(s, ev);
    else if (ev->kind == TOC_K_PHASE_ENTERED)
        see_phase(s, ev);
    else if (ev->kind == TOC_K_EXPECTATION)
        see_expectation(s, ev);
    else if (ev->kind == TOC_K_ARMED)
        see_armed(s, ev);
    else if (ev->kind == TOC_K_DEADLOCK)
        see_deadlock(s, ev);
}

toc_known_service *toc_situation_service(const toc_situation *s, const char *id)
{
    int64_t i;
    if (!id || !s->service_index)
        return NULL;
    char *key = small(id);
    bool is_known = toc_map_get(s->service_index, key, &i);
    free(key);
    return is_known ? &s->services[i] : NULL;
}

toc_known_repair *toc_situation_repair(const toc_situation *s, const char *id)
{
    for (size_t i = 0; i < s->repair_count; i++)
        if (same(s->repairs[i].id, id))
            return &s->repairs[i];
    return NULL;
}

toc_known_phase *toc_situation_phase(const toc_situation *s, const char *id)
{
    for (size_t i = 0; i < s->phase_count; i++)
        if (same(s->phases[i].id, id))
            return &s->phases[i];
    return NULL;
}

toc_known_expectation *toc_situation_expectation(const toc_situation *s, const char *id)
{
    for (size_t i = 0; i < s->expectation_count; i++)
        if (same(s->expectations[i].id, id))
            return &s->expectations[i];
    return NULL;
}

void toc_situation_index(toc_situation *s)
{
    for (size_t i = 0; i < s->service_count; i++)
        index_service(s, i);
}

const char *toc_situation_name(const toc_situation *s, const char *id)
{
    const toc_known_service *x = id ? toc_situation_service(s, id) : NULL;
    return x && x->name ? x->name : id ? id : "?";
}

static toc_known_service *add_service(toc_situation *s, const char *id)
{
    toc_known_service *x = toc_situation_service(s, id);
    if (x)
        return x;
    TOC_GROW(s->services, s->service_count, s->service_capacity);
    x = &s->services[s->service_count++];
    *x = (toc_known_service){.id = toc_strdup(id), .level = 1000000, .next_level = -1};
    index_service(s, s->service_count - 1);
    return x;
}

static void index_service(toc_situation *s, size_t i)
{
    if (!s->service_index)
        s->service_index = toc_map_new();
    char *key = small(s->services[i].id);
    toc_map_put(s->service_index, key, (int64_t)i);
    free(key);
}

static toc_known_repair *add_repair(toc_situation *s, const char *id)
{
    toc_known_repair *x = toc_situation_repair(s, id);
    if (x)
        return x;
    TOC_GROW(s->repairs, s->repair_count, s->repair_capacity);
    x = &s->repairs[s->repair_count++];
    *x = (toc_known_repair){.id = toc_strdup(id), .left = -1, .crews = -1};
    return x;
}

static toc_known_phase *add_phase(toc_situation *s, const char *id)
{
    toc_known_phase *x = toc_situation_phase(s, id);
    if (x)
        return x;
    TOC_GROW(s->phases, s->phase_count, s->phase_capacity);
    x = &s->phases[s->phase_count++];
    *x = (toc_known_phase){.id = toc_strdup(id), .at = -1};
    return x;
}

static toc_known_expectation *add_expectation(toc_situation *s, const char *id)
{
    toc_known_expectation *x = toc_situation_expectation(s, id);
    if (x)
        return x;
    TOC_GROW(s->expectations, s->expectation_count, s->expectation_capacity);
    x = &s->expectations[s->expectation_count++];
    *x = (toc_known_expectation){.id = toc_strdup(id), .deadline = -1};
    return x;
}

// What the desk says replaces what was known.
static void read_service(toc_situation *s, const toc_json *j)
{
    const char *id = toc_json_text(toc_json_get(j, "service"));
    const toc_json *next = toc_json_get(j, "next");
    if (!id)
        return;
    toc_known_service *x = add_service(s, id);
    take_text(&x->name, j, "name");
    take_text(&x->domain, j, "domain");
    take_text(&x->source, j, "source");
    take_text(&x->notes, j, "notes");
    take_text(&x->because, j, "because");
    take_text(&x->why, j, "why");
    take_text(&x->since, j, "since");
    take_text(&x->restart_at, j, "restart_at");
    take_text(&x->forced_until, j, "forced_until");
    take_text(&x->trend, j, "trend");
    s->is_outlook_old = false;
    take_text(&x->next_at, next, "at");
    take_text(&x->next_because, next, "because");
    x->users = take_int(j, "users");
    x->level = take_int(j, "level");
    x->next_level = take_int(next, "level");
    x->is_deadlocked = toc_json_true(toc_json_get(j, "deadlocked"));
    fini_needs(x);
    for (const toc_json *n = toc_json_first(toc_json_get(j, "needs")); n; n = toc_json_next(n))
        read_need(x, n);
}

static void read_need(toc_known_service *to, const toc_json *j)
{
    TOC_GROW(to->needs, to->need_count, to->need_capacity);
    toc_known_need *x = &to->needs[to->need_count++];
    *x = (toc_known_need){0};
    take_text(&x->provider, j, "provider");
    take_text(&x->kind, j, "kind");
    take_text(&x->source, j, "source");
    take_text(&x->ends_at, j, "ends_at");
    take_text(&x->opens_at, j, "opens_at");
    x->strength = take_int(j, "strength");
    x->autonomy = take_int(j, "autonomy");
    x->left = take_int(j, "left");
    x->group = take_int(j, "group");
    x->switching = take_int(j, "switch");
    x->is_closed = toc_json_true(toc_json_get(j, "closed"));
}

static void read_repair(toc_situation *s, const toc_json *j)
{
    const char *id = toc_json_text(toc_json_get(j, "repair"));
    if (!id)
        return;
    toc_known_repair *x = add_repair(s, id);
    take_text(&x->name, j, "name");
    take_text(&x->service, j, "service");
    take_text(&x->state, j, "state");
    take_text(&x->done_at, j, "done_at");
    take_text(&x->lacks, j, "lacks");
    take_text(&x->source, j, "source");
    x->left = take_int(j, "left");
    x->crews = take_int(j, "crews");
}

static void read_phase(toc_situation *s, const toc_json *j)
{
    const char *id = toc_json_text(toc_json_get(j, "phase"));
    if (!id)
        return;
    toc_known_phase *x = add_phase(s, id);
    take_text(&x->title, j, "title");
    take_text(&x->story, j, "story");
    x->at = take_int(j, "at");
    x->is_current = toc_json_true(toc_json_get(j, "current"));
}

static void read_expectation(toc_situation *s, const toc_json *j)
{
    const char *id = toc_json_text(toc_json_get(j, "expectation"));
    if (!id)
        return;
    toc_known_expectation *x = add_expectation(s, id);
    take_text(&x->team, j, "team");
    take_text(&x->text, j, "text");
    take_text(&x->state, j, "state");
    take_text(&x->by, j, "by");
    take_text(&x->objective, j, "objective");
    take_text(&x->product, j, "product");
    take_text(&x->contingency, j, "contingency");
    take_text(&x->notes, j, "notes");
    take_text(&x->story, j, "story");
    take_text(&x->hangs_on, j, "hangs_on");
    take_text(&x->starts, j, "starts");
    take_text(&x->then, j, "then");
    x->deadline = take_int(j, "deadline");
    x->is_story = x->story != NULL || toc_json_true(toc_json_get(j, "by_story"));
    x->is_manual = toc_json_true(toc_json_get(j, "manual"));
}

static void read_product(toc_situation *s, const toc_json *j)
{
    const char *word = toc_json_text(j);
    for (size_t i = 0; word && i < s->product_count; i++)
        if (strcmp(s->products[i], word) == 0)
            return;
    if (!word)
        return;
    TOC_GROW(s->products, s->product_count, s->product_capacity);
    s->products[s->product_count++] = toc_strdup(word);
}

static void see_level(toc_situation *s, const toc_event *ev)
{
    const char *id = toc_event_str(ev, TOC_F_SERVICE);
    if (!id)
        return;
    toc_known_service *x = add_service(s, id);
    x->before = x->was_seen ? x->level : 1000000;
    x->was_seen = true;
    x->level = toc_event_int(ev, TOC_F_LEVEL);
    end_deadlocks(s, id, x->level);
    put(&x->because, toc_event_str(ev, TOC_F_BECAUSE));
    put(&x->why, toc_event_str(ev, TOC_F_WHY));
    put(&x->since, toc_event_str(ev, TOC_F_STORY));
}

static void see_repair(toc_situation *s, const toc_event *ev)
{
    const char *id = toc_event_str(ev, TOC_F_REPAIR);
    if (!id)
        return;
    toc_known_repair *x = add_repair(s, id);
    put(&x->service, toc_event_str(ev, TOC_F_SERVICE));
    put(&x->state, toc_event_str(ev, TOC_F_STATE));
    put(&x->lacks, toc_event_str(ev, TOC_F_BECAUSE));
    x->left = toc_event_has(ev, TOC_F_LEFT) ? toc_event_int(ev, TOC_F_LEFT) : -1;
}

static void see_phase(toc_situation *s, const toc_event *ev)
{
    const char *id = toc_event_str(ev, TOC_F_PHASE);
    if (!id)
        return;
    for (size_t i = 0; i < s->phase_count; i++)
        s->phases[i].is_current = false;
    toc_known_phase *x = add_phase(s, id);
    put(&x->title, toc_event_str(ev, TOC_F_TITLE));
    x->is_current = x->was_entered = true;
}

static void see_expectation(toc_situation *s, const toc_event *ev)
{
    const char *id = toc_event_str(ev, TOC_F_EXPECTATION);
    const char *state = toc_event_str(ev, TOC_F_STATE);
    if (!id || !state)
        return;
    toc_known_expectation *x = add_expectation(s, id);
    put(&x->state, state);
    put(&x->team, toc_event_str(ev, TOC_F_TEAM));
    put(&x->by, toc_event_str(ev, TOC_F_BY));
    if (toc_event_has(ev, TOC_F_DEADLINE)) {
        if (x->is_story)
            put(&x->story, toc_event_str(ev, TOC_F_STORY));
        else if (x->deadline != toc_event_int(ev, TOC_F_DEADLINE))
            put(&x->story, NULL);
        x->deadline = toc_event_int(ev, TOC_F_DEADLINE);
    }
    bool is_open = strcmp(state, "open") == 0;
    x->is_moved = is_open && x->was_told;
    x->was_told = x->was_told || is_open;
    x->was_overdue = x->was_overdue || strcmp(state, "overdue") == 0;
}

static void see_armed(toc_situation *s, const toc_event *ev)
{
    const char *id = toc_event_str(ev, TOC_F_EXPECTATION);
    if (!id)
        return;
    toc_known_expectation *x = add_expectation(s, id);
    put(&x->contingency, toc_event_str(ev, TOC_F_INJECT));
    x->is_armed = true;
}

static void see_deadlock(toc_situation *s, const toc_event *ev)
{
    const toc_value *list = toc_event_value(ev, TOC_F_SERVICES);
    if (!list || list->count == 0)
        return;
    toc_known_deadlock d = {.members = toc_alloc(list->count * sizeof *d.members),
                            .levels = toc_alloc(list->count * sizeof *d.levels),
                            .count = list->count,
                            .since = toc_strdup(toc_event_str(ev, TOC_F_STORY))};
    for (size_t i = 0; i < d.count; i++) {
        const toc_known_service *x = toc_situation_service(s, list->list[i]);
        d.members[i] = toc_strdup(list->list[i]);
        d.levels[i] = x ? x->level : 0;
    }
    TOC_GROW(s->deadlocks, s->deadlock_count, s->deadlock_capacity);
    s->deadlocks[s->deadlock_count++] = d;
}

// One that rises breaks the circle.
static void end_deadlocks(toc_situation *s, const char *service, int64_t level)
{
    for (size_t i = 0; i < s->deadlock_count; i++) {
        toc_known_deadlock *d = &s->deadlocks[i];
        for (size_t k = 0; k < d->count; k++) {
            if (!same(d->members[k], service))
                continue;
            d->is_over = d->is_over || level > d->levels[k];
            d->levels[k] = level;
        }
    }
}

static void forget_deadlocks(toc_situation *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->deadlock_count; i++) {
        if (s->deadlocks[i].is_over)
            fini_deadlock(&s->deadlocks[i]);
        else
            s->deadlocks[kept++] = s->deadlocks[i];
    }
    s->deadlock_count = kept;
}

static void fini_deadlock(toc_known_deadlock *d)
{
    for (size_t i = 0; i < d->count; i++)
        free(d->members[i]);
    free(d->members);
    free(d->levels);
    free(d->since);
}

static void fini_needs(toc_known_service *s)
{
    for (size_t i = 0; i < s->need_count; i++) {
        toc_known_need *n = &s->needs[i];
        char *texts[] = {n->provider, n->kind, n->source, n->ends_at, n->opens_at};
        for (size_t k = 0; k < TOC_COUNT(texts); k++)
            free(texts[k]);
    }
    free(s->needs);
    s->needs = NULL;
    s->need_count = s->need_capacity = 0;
}

static void put(char **to, const char *text)
{
    char *copy = toc_strdup(text);
    free(*to);
    *to = copy;
}

static void take_text(char **to, const toc_json *j, const char *key)
{
    put(to, toc_json_text(toc_json_get(j, key)));
}

static int64_t take_int(const toc_json *j, const char *key)
{
    int64_t n;
    return toc_json_int(toc_json_get(j, key), &n) ? n : -1;
}

// Capitals do not matter in what people type.
static char *small(const char *id)
{
    char *key = toc_strdup(id);
    for (char *c = key; *c; c++)
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 'a' - 'A') : *c;
    return key;
}

static bool same(const char *a, const char *b)
{
    return a && b && strcasecmp(a, b) == 0;
}
