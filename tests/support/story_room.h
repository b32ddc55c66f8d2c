// SPDX-License-Identifier: MIT
#ifndef STORY_ROOM_H
#define STORY_ROOM_H

// One exercise with a world and scripts made of C functions, driven by hand: what the tests of the story's
// clock have in common. For one test file each, which fills `d.plan` and `fake` before it starts.

#include <string.h>

#include "check_main.h"
#include "fake_script.h"
#include "plan_fixture.h"

#define M 60000
#define H ((int64_t)60 * M)

static toc_drive d;
static toc_fake fake;
static toc_error e;

static void set_up(void)
{
    toc_fake_init(&fake);
    toc_plan_fixture_world(&d.plan);
}

static void tear_down(void)
{
    toc_drive_end(&d);
}

#define PUT(t, by, kind, ...) TOC_OK_OR_FAIL(toc_drive_put(&d, t, by, kind, &e, __VA_ARGS__), e)
#define REFUSED(words, t, by, kind, ...)                                                           \
    do {                                                                                           \
        ck_assert_int_eq(toc_drive_put(&d, t, by, kind, &e, __VA_ARGS__), TOC_EREFUSED);           \
        ck_assert_msg(strstr(e.msg, words), "%s", e.msg);                                          \
    } while (0)

static void start(void)
{
    toc_drive_begin_with(&d, &fake.hooks);
    PUT(0, "excon-1", "start", NULL);
}

#endif
