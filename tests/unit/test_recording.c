// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "process.h"
#include "record/feed.h"
#include "relive.h"
#include "replays/recording.h"
#include "seed.h"

static toc_recording *read_all(const toc_buf *journal)
{
    toc_recording *r;
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_recording_read(&r, journal->data, journal->len, &e), e);
    return r;
}

static void wander_somewhere(toc_buf *journal)
{
    toc_random random;
    seed_random(&random, "recording");
    relive_wander(journal, "tests/fixtures/worldly", toc_random_below(&random, 1000000), 80);
}

START_TEST(every_line_is_read_as_it_was_written)
{
    toc_buf journal = {0};
    wander_somewhere(&journal);
    toc_recording *r = read_all(&journal);
    size_t bytes, records = 0;
    ck_assert_int_eq(toc_recording_chain(r)->state, TOC_CHAIN_WHOLE);
    ck_assert_int_eq(toc_recording_chain(r)->lines, toc_recording_count(r) + 1);
    for (int64_t seq = 1; seq <= toc_recording_count(r); seq++) {
        const toc_event *ev = toc_recording_at(r, seq);
        const char *recorded = toc_recording_body(r, seq, &bytes);
        toc_buf body = {0};
        ck_assert_int_eq(ev->seq, seq);
        ck_assert_int_ne(ev->kind, TOC_K_UNKNOWN);
        toc_event_body(&body, ev);
        if (ev->kind == TOC_K_SOURCE || ev->kind == TOC_K_ATTACHMENT) {
            ck_assert(!toc_event_has(ev, TOC_F_TEXT) && !toc_event_has(ev, TOC_F_DATA));
            ck_assert_ptr_nonnull(
                toc_files_find(toc_recording_files(r), toc_event_str(ev, TOC_F_PATH)));
            records++;
        } else {
            ck_assert(body.len == bytes && memcmp(body.data, recorded, bytes) == 0);
        }
        toc_buf_fini(&body);
    }
    ck_assert_uint_gt(records, 0);
    ck_assert_ptr_nonnull(toc_recording_plan(r, NULL));
    ck_assert(toc_recording_is_closed(r));
    toc_recording_free(r);
    toc_buf_fini(&journal);
}
END_TEST

START_TEST(what_leads_nowhere_is_an_event_of_no_kind)
{
    toc_buf journal = {0};
    size_t len;
    wander_somewhere(&journal);
    toc_recording *r = read_all(&journal);
    const int64_t nowhere[] = {-1, 0, toc_recording_count(r) + 1, INT64_MAX};
    for (size_t i = 0; i < TOC_COUNT(nowhere); i++) {
        ck_assert_int_eq(toc_recording_at(r, nowhere[i])->kind, TOC_K_UNKNOWN);
        ck_assert_int_eq(toc_recording_at(r, nowhere[i])->seq, 0);
        ck_assert_int_eq(toc_recording_read_by(r, nowhere[i], "tso", INT64_MAX), 0);
    }
    ck_assert_ptr_null(toc_recording_body(r, toc_recording_count(r) + 1, &len));
    toc_recording_free(r);
    toc_buf_fini(&journal);
}
END_TEST

// Any piece may end in the middle of a line.
START_TEST(a_recording_that_grows_is_the_same_as_one_that_is_read_at_once)
{
    toc_random random;
    toc_buf journal = {0};
    toc_error e = {0};
    seed_random(&random, "pieces");
    wander_somewhere(&journal);
    toc_recording *whole = read_all(&journal), *r;
    size_t at = (size_t)(strchr(journal.data, '\n') - journal.data) + 1;
    TOC_OK_OR_FAIL(toc_recording_read(&r, journal.data, at, &e), e);
    while (at < journal.len) {
        size_t piece = 1 + (size_t)toc_random_below(&random, 5000);
        piece = piece < journal.len - at ? piece : journal.len - at;
        TOC_OK_OR_FAIL(toc_recording_add(r, journal.data + at, piece, &e), e);
        at += piece;
    }
    ck_assert_int_eq(toc_recording_count(r), toc_recording_count(whole));
    ck_assert_int_eq(toc_recording_start(r), toc_recording_start(whole));
    ck_assert_int_eq(toc_recording_chain(r)->state, TOC_CHAIN_WHOLE);
    ck_assert_ptr_nonnull(toc_recording_plan(r, NULL));
    for (int64_t seq = 1; seq <= toc_recording_count(r); seq++) {
        ck_assert_int_eq(toc_recording_at(r, seq)->kind, toc_recording_at(whole, seq)->kind);
        ck_assert_int_eq(toc_recording_story(r, seq), toc_recording_story(whole, seq));
    }
    toc_recording_free(r);
    toc_recording_free(whole);
    toc_buf_fini(&journal);
}
END_TEST

START_TEST(lines_before_a_bad_one_are_read)
{
    toc_buf journal = {0};
    wander_somewhere(&journal);
    toc_recording *whole = read_all(&journal);
    journal.data[journal.len - 200] ^= 1;
    toc_recording *r = read_all(&journal);
    ck_assert_int_ne(toc_recording_chain(r)->state, TOC_CHAIN_WHOLE);
    ck_assert_int_lt(toc_recording_count(r), toc_recording_count(whole));
    ck_assert_int_gt(toc_recording_count(r), toc_recording_count(whole) - 4);
    toc_recording_free(r);
    toc_recording_free(whole);
    toc_buf_fini(&journal);
}
END_TEST

START_TEST(what_is_no_journal_is_refused)
{
    static const char *const texts[] = {"", "\n", "{}\n", "{\"format\":\"tocsin-journal\"}\n",
                                        "plain words"};
    for (size_t i = 0; i < TOC_COUNT(texts); i++) {
        toc_recording *r;
        toc_error e = {0};
        ck_assert_int_eq(toc_recording_read(&r, texts[i], strlen(texts[i]), &e), TOC_EFORMAT);
        ck_assert_ptr_null(r);
    }
}
END_TEST

START_TEST(the_newest_line_by_a_time_is_found)
{
    toc_buf journal = {0};
    wander_somewhere(&journal);
    toc_recording *r = read_all(&journal);
    const int64_t count = toc_recording_count(r);
    for (int64_t t = 0; t <= toc_recording_end(r); t += 777) {
        int64_t seq = toc_recording_by(r, t);
        ck_assert(seq >= 1 && toc_recording_at(r, seq)->t <= t);
        ck_assert(seq == count || toc_recording_at(r, seq + 1)->t > t);
    }
    ck_assert_int_eq(toc_recording_by(r, -1), 0);
    ck_assert_int_eq(toc_recording_by(r, INT64_MAX), count);
    toc_recording_free(r);
    toc_buf_fini(&journal);
}
END_TEST

// Against a walk over all lines before.
START_TEST(who_sat_where_and_who_had_read_what_is_known_at_every_line)
{
    toc_buf journal = {0};
    wander_somewhere(&journal);
    toc_recording *r = read_all(&journal);
    for (int64_t seq = 1; seq <= toc_recording_count(r); seq += 3) {
        const char *seat = "tso-1", *name = NULL;
        for (int64_t i = 1; i <= seq; i++) {
            const toc_event *ev = toc_recording_at(r, i);
            const char *by = toc_event_str(ev, TOC_F_BY), *of = toc_event_str(ev, TOC_F_SEAT);
            if (ev->kind == TOC_K_SIGN_IN && strcmp(by, seat) == 0)
                name = toc_event_str(ev, TOC_F_NAME);
            else if ((ev->kind == TOC_K_SIGN_OUT && strcmp(by, seat) == 0) ||
                     ((ev->kind == TOC_K_REVOKE || ev->kind == TOC_K_REASSIGN) &&
                      strcmp(of, seat) == 0))
                name = NULL;
            char team[64] = "";
            if (ev->kind != TOC_K_READ)
                continue;
            toc_seat_audience(by, team);
            int64_t first = toc_recording_read_by(r, toc_event_int(ev, TOC_F_ITEM), team, seq);
            ck_assert(first > 0 && first <= i);
            ck_assert_int_eq(
                toc_recording_read_by(r, toc_event_int(ev, TOC_F_ITEM), team, first - 1), 0);
        }
        const char *known = toc_recording_person(r, seat, seq);
        ck_assert(!name == !known && (!name || strstr(name, known)));
    }
    toc_recording_free(r);
    toc_buf_fini(&journal);
}
END_TEST

// By phases, paces and jumps: the world's own lines say what time of the story it is.
START_TEST(the_storys_time_is_that_of_the_lines_that_tell_it)
{
    toc_buf journal = {0};
    size_t told = 0;
    wander_somewhere(&journal);
    toc_recording *r = read_all(&journal);
    for (int64_t seq = 1; seq <= toc_recording_count(r); seq++) {
        const toc_event *ev = toc_recording_at(r, seq);
        const char *own = ev->kind == TOC_K_EXPECTATION ? NULL : toc_event_str(ev, TOC_F_STORY);
        toc_story story;
        if (!own)
            continue;
        ck_assert(toc_story_parse(own, &story, NULL) == TOC_OK);
        ck_assert_int_eq(toc_recording_story(r, seq) / 60000, story.ms / 60000);
        told++;
    }
    ck_assert_uint_gt(told, 0);
    toc_recording_free(r);
    toc_buf_fini(&journal);
}
END_TEST

START_TEST(a_folder_of_runs_names_the_newest)
{
    toc_error e = {0};
    char *folder = folder_new(), *run = toc_sprintf("%s/one", folder), *path = NULL;
    char *journal = toc_sprintf("%s/journal.jsonl", run);
    const char *const mkdir_run[] = {"mkdir", run, NULL};
    ck_assert_int_eq(process_run(mkdir_run, NULL, 10), 0);
    ck_assert(toc_recording_path(&path, folder, "tocsin verify", &e) == TOC_OK);
    free(path);
    fixture_write(journal, "x", 1);
    ck_assert(toc_recording_path(&path, folder, "tocsin verify", &e) == TOC_EUSAGE);
    ck_assert_ptr_nonnull(strstr(e.msg, "the newest is: tocsin verify "));
    ck_assert_ptr_nonnull(strstr(e.msg, "/one"));
    TOC_OK_OR_FAIL(toc_recording_path(&path, run, NULL, &e), e);
    ck_assert_str_eq(path, journal);
    free(path);
    TOC_OK_OR_FAIL(toc_recording_path(&path, journal, NULL, &e), e);
    ck_assert_str_eq(path, journal);
    free(path);
    free(journal);
    free(run);
    folder_remove(folder);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, every_line_is_read_as_it_was_written);
    tcase_add_test(tcase, what_leads_nowhere_is_an_event_of_no_kind);
    tcase_add_test(tcase, a_recording_that_grows_is_the_same_as_one_that_is_read_at_once);
    tcase_add_test(tcase, lines_before_a_bad_one_are_read);
    tcase_add_test(tcase, what_is_no_journal_is_refused);
    tcase_add_test(tcase, the_newest_line_by_a_time_is_found);
    tcase_add_test(tcase, who_sat_where_and_who_had_read_what_is_known_at_every_line);
    tcase_add_test(tcase, the_storys_time_is_that_of_the_lines_that_tell_it);
    tcase_add_test(tcase, a_folder_of_runs_names_the_newest);
}

TOC_CHECK_MAIN("recording", add_tests)
