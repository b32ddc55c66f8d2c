// SPDX-License-Identifier: MIT
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "seed.h"
#include "world_random.h"
#include "world_reference.h"

#define SYSTEMS 10000

// Check writes down where it is at each of its own assertions: millions are too many.
#define EXPECT_MSG(holds, ...)                                                                     \
    do {                                                                                           \
        if (!(holds))                                                                              \
            ck_abort_msg(__VA_ARGS__);                                                             \
    } while (0)
#define EXPECT(holds) EXPECT_MSG(holds, "%s", #holds)

static const random_class everything = {true, true, true};
// Where delays do not remember: here more at hand never means less later. A restart may begin its wait
// anew because of a short rise, and an act may undo a repair that came earlier.
static const random_class monotone = {.has_alternatives = true};

static toc_world *new_world(const toc_model *m)
{
    toc_world *w;
    toc_error e;
    EXPECT_MSG(toc_world_new(&w, m, &e) == TOC_OK, "%s", e.msg);
    return w;
}

// ---- against the reference ------------------------------------------------------------------------

static int compare_facts(const void *a, const void *b)
{
    const fact *x = a;
    const fact *y = b;
    if (x->minute != y->minute)
        return x->minute < y->minute ? -1 : 1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->which != y->which)
        return x->which < y->which ? -1 : 1;
    return (x->value > y->value) - (x->value < y->value);
}

static size_t facts_of(const toc_changes *changes, fact *out)
{
    size_t count = 0;
    for (size_t i = 0; i < changes->count; i++) {
        const toc_change *c = &changes->at[i];
        if (c->kind == TOC_CHANGE_DEADLOCK)
            continue;
        fact f = {c->minute, c->kind, c->service, c->level};
        if (c->kind == TOC_CHANGE_REPAIR)
            f = (fact){c->minute, c->kind, c->repair, (int64_t)c->state};
        else if (c->kind == TOC_CHANGE_OPENED)
            f = (fact){c->minute, c->kind, c->service, (int64_t)c->need};
        out[count++] = f;
    }
    return count;
}

static void expect_reference(const random_run *r, const toc_world *w, const toc_changes *changes,
                             size_t number)
{
    reference_trace t;
    reference_run(&r->model, r->acts, r->act_count, RANDOM_HORIZON, &t);
    fact *facts = toc_alloc((changes->count + 1) * sizeof *facts);
    size_t count = facts_of(changes, facts);
    qsort(facts, count, sizeof *facts, compare_facts);
    if (t.count > 0)
        qsort(t.at, t.count, sizeof *t.at, compare_facts);
    for (size_t i = 0; i < count && i < t.count; i++) {
        const fact *x = &facts[i];
        const fact *y = &t.at[i];
        EXPECT_MSG(compare_facts(x, y) == 0,
                   "system %zu: %lld %d %zu %lld, by the reference %lld %d %zu %lld", number,
                   (long long)x->minute, (int)x->kind, x->which, (long long)x->value,
                   (long long)y->minute, (int)y->kind, y->which, (long long)y->value);
    }
    EXPECT_MSG(count == t.count, "system %zu: %zu changes, by the reference %zu", number, count,
               t.count);
    for (size_t i = 0; i < r->model.service_count; i++)
        EXPECT(toc_world_lost_service(w, i, RANDOM_HORIZON) == t.lost[i]);
    free(facts);
    reference_fini(&t);
}

// ---- what holds of every trace ------------------------------------------------------------------------

static void expect_integral(const toc_model *m, const toc_world *w, const int64_t *first,
                            const toc_changes *changes)
{
    for (size_t s = 0; s < m->service_count; s++) {
        int64_t level = first[s];
        int64_t since = 0;
        int64_t lost = 0;
        for (size_t i = 0; i < changes->count; i++) {
            const toc_change *c = &changes->at[i];
            if (c->kind != TOC_CHANGE_LEVEL || c->service != s)
                continue;
            EXPECT(c->level >= 0 && c->level <= ALL && c->level != level);
            lost += (c->minute - since) * (ALL - level);
            since = c->minute;
            level = c->level;
        }
        lost += (RANDOM_HORIZON - since) * (ALL - level);
        EXPECT(lost == toc_world_lost_service(w, s, RANDOM_HORIZON));
        EXPECT(lost * m->services[s].users / 60 / ALL ==
               toc_world_lost_user_hours(w, s, RANDOM_HORIZON));
    }
}

// Marks what can be reached from a service: by needs, and by repairs that need it.
static void spread(const toc_model *m, bool *reached)
{
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < m->service_count; i++) {
            bool now = reached[i];
            for (size_t k = 0; k < m->services[i].need_count; k++)
                now |= reached[m->services[i].needs[k].provider];
            for (size_t k = 0; k < m->repair_count; k++) {
                for (size_t n = 0; m->repairs[k].service == i && n < m->repairs[k].need_count; n++)
                    now |= reached[m->repairs[k].needs[n].service];
            }
            again |= now != reached[i];
            reached[i] = now;
        }
    }
}

static void expect_no_effect_without_a_path(const random_run *r, const int64_t *first,
                                            const toc_changes *changes)
{
    bool reached[16] = {false};
    for (size_t i = 0; i < r->model.service_count; i++)
        reached[i] = first[i] < ALL; // its buffers' end is on its way
    for (size_t i = 0; i < r->act_count; i++) {
        const act *a = &r->acts[i];
        reached[a->kind == ACT_REPAIR ? r->model.repairs[a->which].service : a->which] = true;
    }
    spread(&r->model, reached);
    for (size_t i = 0; i < changes->count; i++) {
        const toc_change *c = &changes->at[i];
        EXPECT(c->kind == TOC_CHANGE_DEADLOCK || reached[c->service]);
    }
}

// ---- what holds of every state ------------------------------------------------------------------------

typedef struct {
    int64_t level;  // by the equation
    int64_t worst;  // loss
    uint64_t binds; // services that may be named as its cause, a bit each
} equation;

// The group of a need, if that is its first.
static void add_group(const toc_world *w, const toc_model *m, size_t service, size_t need,
                      equation *q, int64_t *sum)
{
    const toc_service *s = &m->services[service];
    size_t group = s->needs[need].group;
    int64_t least = -1;
    int64_t total = -1;
    uint64_t least_of = 0;
    uint64_t total_of = 0;
    for (size_t k = 0; k < s->need_count; k++) {
        const toc_need *n = &s->needs[k];
        if (k != need && (group == 0 || n->group != group))
            continue;
        if (k < need)
            return;
        toc_need_view v = toc_world_need(w, service, k);
        int64_t u = v.has_buffer && v.left > 0 ? ALL : toc_world_level(w, n->provider);
        int64_t loss = n->strength * (ALL - u) / ALL;
        uint64_t of = (uint64_t)1 << n->provider;
        if (n->strength >= total) {
            total_of = n->strength > total ? of : total_of | of;
            total = n->strength;
        }
        if (v.is_open && (least < 0 || loss <= least)) {
            least_of = loss == least ? least_of | of : of;
            least = loss;
        }
    }
    int64_t loss = least >= 0 ? least : total;
    uint64_t of = least >= 0 ? least_of : total_of;
    if (loss >= q->worst)
        q->binds = loss > q->worst ? of : q->binds | of;
    q->worst = loss > q->worst ? loss : q->worst;
    *sum += loss;
}

static void expect_equation(const toc_world *w, const toc_model *m, size_t service)
{
    toc_service_view v = toc_world_service(w, service);
    equation q = {0};
    int64_t sum = 0;
    for (size_t k = 0; k < m->services[service].need_count; k++)
        add_group(w, m, service, k, &q, &sum);
    q.level = v.own < ALL - q.worst ? v.own : ALL - q.worst;
    if (m->services[service].rule == TOC_RULE_SUM)
        q.level = v.own > sum ? v.own - sum : 0;
    bool is_forced = v.forced_until >= 0;
    bool waits = v.restart_at >= 0;
    EXPECT(v.level >= 0 && v.level <= ALL);
    EXPECT(!is_forced || v.level == ALL);
    EXPECT(is_forced || v.level <= q.level);
    EXPECT(is_forced || waits == (v.level < q.level));
    if (is_forced || waits || q.worst <= ALL - v.own)
        EXPECT(v.because == TOC_SELF);
    else
        EXPECT(v.because != TOC_SELF && (q.binds >> v.because & 1));
    EXPECT(!v.is_deadlocked || v.level < ALL);
}

// What was named stays down if nobody acts.
static void expect_stuck(const toc_world *w, const toc_change *trap)
{
    toc_world *ahead = toc_world_copy(w);
    toc_changes list = {0};
    toc_world_advance(ahead, toc_world_minute(w) + 300, &list);
    for (size_t i = 0; i < trap->member_count; i++) {
        int64_t level = toc_world_level(w, trap->members[i]);
        EXPECT(level < ALL);
        for (size_t k = 0; k < list.count; k++) {
            if (list.at[k].kind == TOC_CHANGE_LEVEL && list.at[k].service == trap->members[i])
                EXPECT(list.at[k].level <= level);
        }
    }
    toc_changes_fini(&list);
    toc_world_free(ahead);
}

// Whom a service waits for, a bit each, where nothing is pending any more.
static uint64_t waits_for(const toc_world *w, const toc_model *m, size_t service)
{
    toc_service_view v = toc_world_service(w, service);
    if (v.level == ALL)
        return 0;
    uint64_t all = v.because == TOC_SELF ? 0 : (uint64_t)1 << v.because;
    for (size_t k = 0; k < m->services[service].need_count; k++) {
        if (m->services[service].needs[k].provider == v.because &&
            !toc_world_need(w, service, k).is_open)
            return 0; // for somebody who opens it
    }
    for (size_t k = 0; k < m->repair_count && v.because == TOC_SELF; k++) {
        const toc_repair *r = &m->repairs[k];
        if (r->service != service || r->to <= v.own ||
            toc_world_repair(w, k).state != TOC_REPAIR_STANDING)
            continue;
        for (size_t n = 0; n < r->need_count; n++) {
            if (toc_world_level(w, r->needs[n].service) < r->needs[n].level)
                all |= (uint64_t)1 << r->needs[n].service;
        }
    }
    return all;
}

// Where nothing is pending, each service that waits for itself in the end was named, or waits so with
// one that was. (Where a `sum` is in the model, a cycle may be held down from outside.)
static void expect_named(const toc_world *w, const toc_model *m)
{
    uint64_t reach[16] = {0};
    for (size_t i = 0; i < m->service_count; i++) {
        if (m->services[i].rule == TOC_RULE_SUM)
            return;
        reach[i] = waits_for(w, m, i);
    }
    for (size_t k = 0; k < m->service_count; k++) {
        for (size_t i = 0; i < m->service_count; i++) {
            if (reach[i] >> k & 1)
                reach[i] |= reach[k];
        }
    }
    for (size_t i = 0; i < m->service_count; i++) {
        bool is_named = !(reach[i] >> i & 1);
        for (size_t k = 0; k < m->service_count; k++)
            is_named |=
                (reach[i] >> k & 1) && (reach[k] >> i & 1) && toc_world_service(w, k).is_deadlocked;
        EXPECT_MSG(is_named, "%s", m->services[i].id);
    }
}

// ---- one piece and many -------------------------------------------------------------------------------

static void expect_same(const toc_changes *a, const toc_changes *b)
{
    EXPECT(a->count == b->count);
    for (size_t i = 0; i < a->count; i++) {
        toc_change x = a->at[i];
        toc_change y = b->at[i];
        EXPECT(x.member_count == y.member_count);
        for (size_t k = 0; k < x.member_count; k++)
            EXPECT(x.members[k] == y.members[k]);
        EXPECT(x.kind == y.kind && x.minute == y.minute && x.service == y.service &&
               x.level == y.level && x.because == y.because && x.why == y.why && x.need == y.need &&
               x.repair == y.repair && x.state == y.state);
    }
}

static int64_t before_next_act(const random_run *r, size_t next, int64_t minute)
{
    bool is_later = next == r->act_count || r->acts[next].minute > minute;
    return is_later ? minute : r->acts[next].minute;
}

static void play_in_pieces(const random_run *r, toc_random *random, toc_changes *out)
{
    toc_world *w = new_world(&r->model);
    size_t next = 0;
    while (toc_world_minute(w) < RANDOM_HORIZON) {
        int64_t until = toc_world_minute(w) + random_between(random, 1, 25);
        until = until < RANDOM_HORIZON ? until : RANDOM_HORIZON;
        size_t told = out->count;
        if (toc_random_below(random, 3) == 0)
            toc_world_goto(w, before_next_act(r, next, (toc_world_minute(w) + until) / 2), out);
        if (toc_random_below(random, 4) == 0) {
            toc_world *copy = toc_world_copy(w);
            toc_world_free(w);
            w = copy;
        }
        play_to(w, r->acts, r->act_count, &next, until, out);
        for (size_t i = 0; i < r->model.service_count; i++)
            expect_equation(w, &r->model, i);
        for (size_t i = told; i < out->count; i++) {
            if (out->at[i].kind == TOC_CHANGE_DEADLOCK && out->at[i].minute == until)
                expect_stuck(w, &out->at[i]);
        }
    }
    toc_world_free(w);
}

static void check_system(toc_random *random, size_t number)
{
    random_run r;
    random_run_make(&r, random, everything);
    toc_world *w = new_world(&r.model);
    int64_t first[16];
    for (size_t i = 0; i < r.model.service_count; i++)
        first[i] = toc_world_level(w, i);
    toc_changes whole = {0};
    toc_changes pieces = {0};
    size_t next = 0;
    play_to(w, r.acts, r.act_count, &next, RANDOM_HORIZON, &whole);
    expect_reference(&r, w, &whole, number);
    expect_integral(&r.model, w, first, &whole);
    expect_no_effect_without_a_path(&r, first, &whole);
    play_in_pieces(&r, random, &pieces);
    expect_same(&whole, &pieces);
    toc_world_advance(w, 2000, NULL);
    int64_t due;
    if (!toc_world_next(w, &due)) // a fall and a rise may chase each other round for ever
        expect_named(w, &r.model);
    toc_changes_fini(&whole);
    toc_changes_fini(&pieces);
    toc_world_free(w);
    random_run_fini(&r);
}

START_TEST(random_systems_do_as_the_reference_does_in_one_piece_and_in_many)
{
    toc_random random;
    seed_random(&random, "world systems");
    for (size_t i = 0; i < SYSTEMS; i++)
        check_system(&random, i);
}
END_TEST

// ---- more and less ------------------------------------------------------------------------------------

// Level by level, minute by minute: one run is nowhere above the other.
static void expect_nowhere_above(const toc_model *less, const act *less_acts, const toc_model *more,
                                 const act *more_acts, size_t acts)
{
    toc_world *below = new_world(less);
    toc_world *above = new_world(more);
    size_t next_below = 0;
    size_t next_above = 0;
    for (int64_t t = 0; t <= RANDOM_HORIZON; t++) {
        play_to(below, less_acts, acts, &next_below, t, NULL);
        play_to(above, more_acts, acts, &next_above, t, NULL);
        for (size_t i = 0; i < less->service_count; i++)
            EXPECT(toc_world_level(below, i) <= toc_world_level(above, i));
    }
    toc_world_free(below);
    toc_world_free(above);
}

START_TEST(a_deeper_shock_raises_no_level)
{
    toc_random random;
    seed_random(&random, "world shocks");
    for (size_t i = 0; i < SYSTEMS / 4; i++) {
        random_run r;
        random_run_make(&r, &random, monotone);
        act deeper[RANDOM_ACTS];
        memcpy(deeper, r.acts, sizeof deeper);
        for (size_t k = 0; k < r.act_count; k++) {
            if (deeper[k].kind == ACT_SET && toc_random_below(&random, 2) == 0)
                deeper[k].amount = random_between(&random, 0, deeper[k].amount);
        }
        expect_nowhere_above(&r.model, deeper, &r.model, r.acts, r.act_count);
        random_run_fini(&r);
    }
}
END_TEST

START_TEST(a_longer_buffer_lowers_no_level)
{
    toc_random random;
    seed_random(&random, "world buffers");
    for (size_t i = 0; i < SYSTEMS / 4; i++) {
        random_run r;
        random_run_make(&r, &random, monotone);
        toc_model longer = r.model;
        longer.services = toc_alloc(longer.service_count * sizeof *longer.services);
        memcpy(longer.services, r.model.services, longer.service_count * sizeof *longer.services);
        toc_service *s = &longer.services[toc_random_below(&random, longer.service_count)];
        const toc_need *needs = s->needs;
        s->needs = toc_alloc((s->need_count + 1) * sizeof *s->needs);
        for (size_t k = 0; k < s->need_count; k++) {
            s->needs[k] = needs[k];
            s->needs[k].autonomy += random_between(&random, 0, 30);
        }
        expect_nowhere_above(&r.model, r.acts, &longer, r.acts, r.act_count);
        free(s->needs);
        free(longer.services);
        random_run_fini(&r);
    }
}
END_TEST

START_TEST(without_a_shock_there_is_no_event)
{
    toc_random random;
    seed_random(&random, "world peace");
    for (size_t i = 0; i < SYSTEMS / 4; i++) {
        random_run r;
        random_run_make(&r, &random, everything);
        for (size_t s = 0; s < r.model.service_count; s++) {
            r.model.services[s].own = ALL;
            for (size_t k = 0; k < r.model.services[s].need_count; k++)
                r.model.services[s].needs[k].is_closed = false;
        }
        toc_world *w = new_world(&r.model);
        toc_changes changes = {0};
        int64_t due;
        EXPECT(!toc_world_next(w, &due));
        toc_world_advance(w, 100000, &changes);
        EXPECT(changes.count == 0);
        for (size_t s = 0; s < r.model.service_count; s++)
            EXPECT(toc_world_lost_service(w, s, 100000) == 0);
        toc_changes_fini(&changes);
        toc_world_free(w);
        random_run_fini(&r);
    }
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, random_systems_do_as_the_reference_does_in_one_piece_and_in_many);
    tcase_add_test(tc, a_deeper_shock_raises_no_level);
    tcase_add_test(tc, a_longer_buffer_lowers_no_level);
    tcase_add_test(tc, without_a_shock_there_is_no_event);
}

TOC_CHECK_MAIN("world_properties", add_tests)
