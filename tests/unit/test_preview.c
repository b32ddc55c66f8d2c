// SPDX-License-Identifier: MIT
// Previews: they tell what a jump does, and leave no trace.

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/random.h"
#include "check_main.h"
#include "conduct_fixture.h"
#include "hub/preview.h"

// Chance, waits, a condition, a question, and a handler.
static const char story[] =
    "inject \"I-4\" { to = { \"ops\" }, channel = \"phone\", from = \"Harbour\",\n"
    "  title = \"Bell\", text = function () return \"rung \" .. random(1, 1000) end }\n"
    "inject \"I-5\" { to = { \"ops\" }, channel = \"phone\", from = \"Harbour\",\n"
    "  title = \"Boat\", text = \"adrift\" }\n"
    "decision \"D-2\" { to = \"press\", within = \"7m\", title = \"Tell them?\" }\n"
    "storyline \"dice\" (function ()\n"
    "  for i = 1, 12 do\n"
    "    wait(random(1, 4) .. \"m\")\n"
    "    note(\"threw \" .. random(1, 6))\n"
    "    if i == 3 then send \"I-4\" end\n"
    "    if i == 5 then ask \"D-2\" end\n"
    "  end\n"
    "end)\n"
    "storyline \"idle\" (function () for i = 1, 55 do wait \"1m\" end end)\n"
    "when (function () return sent \"I-4\" end, function () wait \"2m\" send \"I-5\" end)\n";

static conduct_fixture f;
static uint64_t seed;

static void setup(void)
{
    conduct_setup(&f, story);
}

static void teardown(void)
{
    conduct_teardown(&f);
}

static toc_err preview(int64_t until, toc_buf *out)
{
    toc_event jump;
    toc_error e = {0};
    toc_event_init(&jump, TOC_K_JUMP, 0);
    toc_event_set_str(&jump, TOC_F_BY, "excon-1");
    toc_event_set_int(&jump, TOC_F_UNTIL, until);
    toc_err err = toc_conduct_check(f.c, f.mono, &jump, &e);
    if (!err) {
        toc_preview *p = toc_preview_new(f.c, &jump);
        toc_preview_begin(p, f.c);
        toc_preview_run(p);
        toc_buf_char(out, '{');
        toc_preview_write(p, out, 1 << 20);
        toc_preview_free(p);
    }
    toc_event_fini(&jump);
    return err;
}

// Plays for a while with inputs at random times, and gives all lines but for what is sealed, and every time
// at which there was something to do.
static char *play(bool with_previews)
{
    static const char *const people[] = {"ops-1", "ops-2", "press-1"};
    toc_buf out = {0};
    toc_events events;
    toc_random r;
    toc_random_seed(&r, seed, "preview");
    conduct_start(&f);
    conduct_do(&f, "excon-1", "start");
    for (int i = 0; i < 60; i++) {
        int64_t at = 0;
        toc_error e = {0};
        conduct_run(&f, (int64_t)toc_random_below(&r, 90000));
        conduct_put(&f, people[toc_random_below(&r, 3)], "say", &e, "to", "excon", "text", "Well?",
                    NULL);
        if (toc_random_below(&r, 4) == 0)
            conduct_put(&f, "press-1", "decide", &e, "decision", "D-2", "text", "Yes", NULL);
        int64_t until = toc_conduct_play(f.c, f.mono) + (int64_t)toc_random_below(&r, 1200000);
        toc_buf found = {0};
        if (with_previews) // also while lines wait for the disk
            preview(until, &found);
        toc_buf_fini(&found);
        toc_conduct_deadline(f.c, &at);
        toc_buf_printf(&out, "%lld\n", (long long)at);
    }
    conduct_commit(&f);
    conduct_verify(&f);
    conduct_read(&f, &events);
    for (size_t i = 0; i < events.count; i++)
        if (events.at[i].kind != TOC_K_SEAL) {
            toc_event_body(&out, &events.at[i]);
            toc_buf_char(&out, '\n');
        }
    toc_events_fini(&events);
    for (size_t i = 0; i < toc_conduct_feed_count(f.c); i++)
        for (int64_t n = 1; n <= toc_feed_head(toc_conduct_feed(f.c, i)); n++)
            toc_buf_printf(&out, "%s\n", toc_feed_line(toc_conduct_feed(f.c, i), n));
    return toc_buf_take(&out);
}

START_TEST(previews_leave_no_trace_in_a_run)
{
    seed = 20261122;
    char *with = play(true);
    ck_assert_ptr_nonnull(strstr(with, "threw "));
    ck_assert_ptr_nonnull(strstr(with, "rung "));
    teardown();
    setup();
    char *without = play(false);
    ck_assert_str_eq(with, without);
    free(with);
    free(without);
}
END_TEST

START_TEST(a_jump_does_what_its_preview_said)
{
    for (int64_t from = 1; from < 40; from += 3) {
        toc_buf said = {0};
        toc_events events;
        toc_error e = {0};
        conduct_start(&f);
        conduct_do(&f, "excon-1", "start");
        conduct_run(&f, from * CONDUCT_MIN + 77);
        int64_t head = toc_conduct_head(f.c);
        ck_assert_int_eq(preview(50 * CONDUCT_MIN, &said), TOC_OK);
        ck_assert_int_eq(toc_conduct_head(f.c), head);
        TOC_OK_OR_FAIL(conduct_put(&f, "excon-1", "jump", &e, "until", "3000000", NULL), e);
        conduct_commit(&f);
        conduct_read(&f, &events);
        size_t rows = 0, told = 0;
        for (const char *at = said.data; (at = strstr(at, "{\"t\":")); at++)
            told++;
        for (size_t i = (size_t)head; i < events.count; i++) {
            const toc_event *ev = &events.at[i];
            toc_field id = ev->kind == TOC_K_INJECT || ev->kind == TOC_K_HELD   ? TOC_F_INJECT
                           : ev->kind == TOC_K_ASK || ev->kind == TOC_K_OVERDUE ? TOC_F_DECISION
                                                                                : TOC_F_COUNT;
            if (id == TOC_F_COUNT)
                continue;
            char *row =
                toc_sprintf("{\"t\":%lld,\"k\":\"%s\",\"%s\":\"%s\"", (long long)ev->t,
                            toc_kind_name(ev->kind), toc_field_name(id), toc_event_str(ev, id));
            ck_assert_msg(strstr(said.data, row), "no %s in %s", row, said.data);
            free(row);
            rows++;
        }
        ck_assert_uint_eq(rows, told);
        toc_events_fini(&events);
        toc_buf_fini(&said);
        teardown();
        setup();
    }
}
END_TEST

START_TEST(a_preview_that_does_not_fit_counts_the_rest)
{
    toc_event jump;
    toc_error e = {0};
    toc_buf out = {0};
    conduct_start(&f);
    conduct_do(&f, "excon-1", "start");
    toc_event_init(&jump, TOC_K_JUMP, 0);
    toc_event_set_str(&jump, TOC_F_BY, "excon-1");
    toc_event_set_int(&jump, TOC_F_UNTIL, 50 * CONDUCT_MIN);
    TOC_OK_OR_FAIL(toc_conduct_check(f.c, f.mono, &jump, &e), e);
    toc_preview *p = toc_preview_new(f.c, &jump);
    toc_preview_begin(p, f.c);
    toc_preview_run(p);
    toc_preview_write(p, &out, 700);
    toc_buf whole = {0};
    toc_preview_write(p, &whole, 1 << 20);
    size_t kept = (size_t)(strstr(out.data, "],\"levels\"") - out.data);
    ck_assert_uint_gt(kept, 100);
    ck_assert_int_eq(strncmp(out.data, whole.data, kept), 0); // the first of them, none left out
    toc_buf_fini(&whole);
    ck_assert_ptr_nonnull(strstr(out.data, "],\"levels\":0,\"more\":"));
    ck_assert_uint_le(out.len, 700);
    toc_preview_free(p);
    toc_buf_fini(&out);
    toc_event_fini(&jump);
}
END_TEST

// The exercise goes on while previews wait for their turn; each tells of the moment at which it was asked for.
START_TEST(a_preview_that_waited_says_what_it_would_have_said_at_once)
{
    toc_buf at_once = {0}, late = {0};
    toc_event jump;
    toc_error e = {0};
    conduct_start(&f);
    conduct_do(&f, "excon-1", "start");
    conduct_run(&f, 3 * CONDUCT_MIN);
    toc_event_init(&jump, TOC_K_JUMP, 0);
    toc_event_set_str(&jump, TOC_F_BY, "excon-1");
    toc_event_set_int(&jump, TOC_F_UNTIL, 50 * CONDUCT_MIN);
    TOC_OK_OR_FAIL(toc_conduct_check(f.c, f.mono, &jump, &e), e);
    toc_preview *p = toc_preview_new(f.c, &jump);
    ck_assert_int_eq(preview(50 * CONDUCT_MIN, &at_once), TOC_OK);
    int64_t head = toc_conduct_head(f.c);
    conduct_run(&f, 20 * CONDUCT_MIN);
    ck_assert_int_gt(toc_conduct_head(f.c), head);
    toc_preview_begin(p, f.c);
    conduct_run(&f, 1 * CONDUCT_MIN);
    toc_preview_run(p);
    toc_buf_char(&late, '{');
    toc_preview_write(p, &late, 1 << 20);
    ck_assert_ptr_nonnull(strstr(late.data, "\"k\":\"inject\""));
    ck_assert_str_eq(late.data, at_once.data);
    toc_preview_free(p);
    toc_buf_fini(&late);
    toc_buf_fini(&at_once);
    toc_event_fini(&jump);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, previews_leave_no_trace_in_a_run);
    tcase_add_test(tc, a_jump_does_what_its_preview_said);
    tcase_add_test(tc, a_preview_that_does_not_fit_counts_the_rest);
    tcase_add_test(tc, a_preview_that_waited_says_what_it_would_have_said_at_once);
}

TOC_CHECK_MAIN("preview", add_tests)
