// SPDX-License-Identifier: MIT
#include "world_fixture.h"

void begin_world(world_fixture *f)
{
    TOC_OK_OR_FAIL(toc_world_new(&f->world, &f->model, &f->e), f->e);
}

void end_world(world_fixture *f)
{
    toc_world_free(f->world);
    toc_changes_fini(&f->changes);
    toc_model_fini(&f->model);
    f->world = NULL;
}

void set_at(world_fixture *f, int64_t minute, const char *service, int64_t own)
{
    toc_world_goto(f->world, minute, &f->changes);
    toc_world_set(f->world, at(&f->model, service), own);
}

void until(world_fixture *f, int64_t minute)
{
    toc_world_advance(f->world, minute, &f->changes);
}

int64_t level(const world_fixture *f, const char *service)
{
    return toc_world_level(f->world, at(&f->model, service));
}

void expect_lost(const world_fixture *f, const char *service, int64_t minute, int64_t tenths)
{
    int64_t lost = toc_world_lost_service(f->world, at(&f->model, service), minute);
    ck_assert_int_eq(lost * 10, tenths * 60 * ALL);
}

void expect_levels(const world_fixture *f, const step *steps, size_t count)
{
    size_t next = 0;
    for (size_t i = 0; i < f->changes.count; i++) {
        const toc_change *c = &f->changes.at[i];
        if (c->kind != TOC_CHANGE_LEVEL)
            continue;
        ck_assert_msg(next < count, "one change too many: %s %lld at %lld",
                      f->model.services[c->service].id, (long long)c->level, (long long)c->minute);
        const step *s = &steps[next++];
        ck_assert_int_eq(c->minute, s->minute);
        ck_assert_str_eq(f->model.services[c->service].id, s->service);
        ck_assert_int_eq(c->level, s->level);
        ck_assert_uint_eq(c->because, s->because ? at(&f->model, s->because) : TOC_SELF);
    }
    ck_assert_uint_eq(next, count);
}

const toc_change *find_change(const world_fixture *f, toc_change_kind kind, size_t which)
{
    for (size_t i = 0; i < f->changes.count; i++) {
        if (f->changes.at[i].kind == kind && which-- == 0)
            return &f->changes.at[i];
    }
    return NULL;
}

void expect_deadlock(const world_fixture *f, size_t which, int64_t minute, const char *one,
                     const char *two)
{
    const toc_change *c = find_change(f, TOC_CHANGE_DEADLOCK, which);
    ck_assert_ptr_nonnull(c);
    ck_assert_int_eq(c->minute, minute);
    ck_assert_uint_eq(c->member_count, 2);
    ck_assert_uint_eq(c->members[0], at(&f->model, one));
    ck_assert_uint_eq(c->members[1], at(&f->model, two));
}

void make_restoration(world_fixture *f, int64_t work)
{
    add_service(&f->model, "grid")->own = 0;
    add_service(&f->model, "voice");
    add_need(&f->model, "voice", "grid")->autonomy = 1440;
    add_prerequisite(&f->model, add_repair(&f->model, "restore", "grid", work), "voice", 500000);
    begin_world(f);
    TOC_OK_OR_FAIL(toc_world_start_repair(f->world, 0, &f->e), f->e);
}
