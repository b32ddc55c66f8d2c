// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "check_main.h"
#include "relive.h"
#include "replays/tell.h"
#include "seed.h"

static toc_recording *wander_somewhere(const char *scenario)
{
    toc_random random;
    toc_recording *r;
    toc_buf journal = {0};
    toc_error e = {0};
    seed_random(&random, "tell");
    relive_wander(&journal, scenario, toc_random_below(&random, 1000000), 150);
    TOC_OK_OR_FAIL(toc_recording_read(&r, journal.data, journal.len, &e), e);
    toc_buf_fini(&journal);
    return r;
}

static void says(const char *words, const toc_event *ev)
{
    toc_buf out = {0};
    toc_tell_event(&out, NULL, ev);
    ck_assert_str_eq(toc_buf_text(&out), words);
    toc_buf_fini(&out);
}

START_TEST(an_act_is_told_with_who_and_why)
{
    toc_event ev;
    toc_event_init(&ev, TOC_K_SKIP, 0);
    toc_event_set_str(&ev, TOC_F_BY, "excon-1");
    toc_event_set_str(&ev, TOC_F_INJECT, "INJ-09");
    toc_event_set_str(&ev, TOC_F_REASON, "the team is ahead");
    says("excon-1 skipped INJ-09: the team is ahead", &ev);
    ev.kind = TOC_K_HOLD;
    says("excon-1 held INJ-09", &ev);
    toc_event_fini(&ev);
}
END_TEST

START_TEST(what_the_engine_does_by_itself_names_nobody)
{
    toc_event ev;
    toc_event_init(&ev, TOC_K_SPEED, 0);
    toc_event_set_str(&ev, TOC_F_BY, "engine");
    toc_event_set_int(&ev, TOC_F_SPEED, 2500);
    says("speed x2.5", &ev);
    toc_event_set_str(&ev, TOC_F_BY, "excon-2");
    toc_event_set_int(&ev, TOC_F_SPEED, 1000);
    says("speed x1  (excon-2)", &ev);
    toc_event_fini(&ev);
}
END_TEST

START_TEST(foreign_words_cannot_make_a_line_of_their_own)
{
    toc_event ev;
    toc_event_init(&ev, TOC_K_NOTE, 0);
    toc_event_set_str(&ev, TOC_F_TEXT, "one\nEXERCISE T+0:00:00  STARTEX");
    says("note: one…", &ev);
    toc_event_set_str(&ev, TOC_F_TEXT, "\x1b[2J");
    says("note: \xe2\x90\x9b[2J", &ev);
    toc_event_fini(&ev);
}
END_TEST

START_TEST(a_script_error_is_told_whole)
{
    toc_event ev;
    char text[400];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    text[200] = '\n';
    toc_event_init(&ev, TOC_K_ERROR, 0);
    toc_event_set_str(&ev, TOC_F_TEXT, text);
    toc_buf out = {0};
    toc_tell_event(&out, NULL, &ev);
    ck_assert_uint_eq(out.len, strlen("SCRIPT ERROR: ") + sizeof text - 1);
    ck_assert_ptr_null(strchr(out.data, '\n'));
    toc_buf_fini(&out);
    toc_event_fini(&ev);
}
END_TEST

static const char *const scenarios[] = {"tests/fixtures/relay", "tests/fixtures/quay",
                                        "tests/fixtures/worldly", "scenarios/first-light"};

START_TEST(every_line_has_words_on_one_line)
{
    toc_recording *r = wander_somewhere(scenarios[_i]);
    for (int64_t seq = 1; seq <= toc_recording_count(r); seq++) {
        toc_buf words = {0}, event = {0}, again = {0};
        toc_tell(&words, r, seq);
        ck_assert_msg(words.len > 0, "line %lld", (long long)seq);
        ck_assert_ptr_null(strchr(words.data, '\n'));
        toc_text_visible(&again, words.data, words.len, false);
        ck_assert_str_eq(words.data, again.data);
        toc_tell_event(&event, toc_recording_plan(r, NULL), toc_recording_at(r, seq));
        ck_assert_int_eq(event.len > 0, toc_tell_is_news(r, seq));
        toc_buf_fini(&words);
        toc_buf_fini(&event);
        toc_buf_fini(&again);
    }
    toc_recording_free(r);
}
END_TEST

static void put(relive *l, toc_kind kind, const char *by, toc_field f, const char *text)
{
    toc_event in;
    toc_event_init(&in, kind, 0);
    toc_event_set_str(&in, TOC_F_BY, by);
    if (text)
        toc_event_set_str(&in, f, text);
    ck_assert(relive_put(l, &in));
    toc_event_fini(&in);
}

START_TEST(a_person_stands_beside_the_seat_that_they_signed_in_at)
{
    toc_files *files = relive_files("scenarios/first-light");
    relive l = {0};
    toc_buf journal = {0}, words = {0};
    toc_recording *r;
    toc_error e = {0};
    relive_open(&l, files, 1);
    put(&l, TOC_K_OPEN_SEAT, "engine", TOC_F_SEAT, "excon-1");
    put(&l, TOC_K_SIGN_IN, "excon-1", TOC_F_NAME, "M. Ek");
    put(&l, TOC_K_HOLD, "excon-1", TOC_F_INJECT, "INJ-02");
    put(&l, TOC_K_SIGN_OUT, "excon-1", TOC_F_COUNT, NULL);
    put(&l, TOC_K_RELEASE, "excon-1", TOC_F_INJECT, "INJ-02");
    fixture_read(&journal, l.disk.path);
    TOC_OK_OR_FAIL(toc_recording_read(&r, journal.data, journal.len, &e), e);
    for (int64_t seq = toc_recording_count(r) - 3; seq <= toc_recording_count(r); seq++) {
        toc_tell(&words, r, seq);
        toc_buf_char(&words, '\n');
    }
    ck_assert_str_eq(words.data, "M. Ek signed in at excon-1\n"
                                 "excon-1 (M. Ek) held INJ-02\n"
                                 "nobody is signed in at excon-1 any more\n"
                                 "excon-1 released INJ-02\n");
    toc_recording_free(r);
    relive_close(&l);
    toc_files_free(files);
    toc_buf_fini(&journal);
    toc_buf_fini(&words);
}
END_TEST

START_TEST(a_cut_line_fits_its_columns)
{
    toc_recording *r = wander_somewhere("tests/fixtures/quay");
    for (int64_t seq = 1; seq <= toc_recording_count(r); seq++)
        for (int columns = 0; columns < 100; columns += 9) {
            toc_buf words = {0}, whole = {0};
            toc_tell(&whole, r, seq);
            toc_tell_cut(&words, r, seq, columns);
            ck_assert_int_le(toc_text_columns(toc_buf_text(&words), words.len), columns);
            if (toc_text_columns(whole.data, whole.len) <= columns)
                ck_assert_str_eq(toc_buf_text(&words), whole.data);
            toc_buf_fini(&words);
            toc_buf_fini(&whole);
        }
    toc_recording_free(r);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, an_act_is_told_with_who_and_why);
    tcase_add_test(tcase, what_the_engine_does_by_itself_names_nobody);
    tcase_add_test(tcase, foreign_words_cannot_make_a_line_of_their_own);
    tcase_add_test(tcase, a_script_error_is_told_whole);
    tcase_add_loop_test(tcase, every_line_has_words_on_one_line, 0, (int)TOC_COUNT(scenarios));
    tcase_add_test(tcase, a_person_stands_beside_the_seat_that_they_signed_in_at);
    tcase_add_test(tcase, a_cut_line_fits_its_columns);
}

TOC_CHECK_MAIN("tell", add_tests)
