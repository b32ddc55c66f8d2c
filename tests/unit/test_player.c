// SPDX-License-Identifier: MIT
// The playhead: it goes by play time, waits where play stood, and shortens what is idle.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/mem.h"
#include "base/random.h"
#include "check_main.h"
#include "replays/notes.h"
#include "replays/player.h"
#include "seed.h"
#include "tape.h"

#include <unistd.h>

#define MIN 60000

static const char scenario[] =
    "inject \"INJ-01\" { at = \"T+1m\", to = \"ops\", title = \"First\", text = \"A.\" }\n"
    "inject \"INJ-02\" { at = \"T+10m\", to = \"net\", title = \"Second\", text = \"B.\" }\n"
    "inject \"INJ-03\" { at = \"T+10m\", to = \"ops\", title = \"Third\", text = \"C.\" }\n";

static tape t;
static toc_recording *r;
static toc_player *p;
static int64_t count;

static void set_up(void)
{
    tape_begin(&t, scenario);
    tape_wait(&t, 30000); // in the lobby
    tape_do(&t, 0, "start", "excon-1", "");
    tape_do(&t, 2 * MIN, "pause", "excon-1", ",\"reason\":\"coffee\"");
    tape_wait(&t, 4 * MIN);
    tape_do(&t, 2 * MIN, "resume", "excon-1", "");
    tape_do(&t, 12 * MIN, "end", "excon-1", "");
    tape_do(&t, 12 * MIN, "close", "excon-1", "");
    r = tape_recording(&t);
    p = toc_player_new(r);
    count = toc_recording_count(r);
}

static void tear_down(void)
{
    toc_player_free(p);
    toc_recording_free(r);
    tape_end(&t);
}

static void holds(void)
{
    int64_t seq = toc_player_seq(p), now = toc_player_t(p);
    ck_assert_int_ge(seq, 1);
    ck_assert_int_le(seq, count);
    ck_assert_int_ge(now, toc_recording_at(r, seq)->t);
    if (seq < count)
        ck_assert_int_le(now, toc_recording_at(r, seq + 1)->t);
}

// Plays to the end; the wall's ms that it takes.
static int64_t play_through(int64_t step)
{
    int64_t ms = 0;
    toc_player_go_line(p, toc_recording_start(r));
    toc_player_play(p, true);
    for (; toc_player_is_playing(p); ms += step) {
        toc_player_pass(p, step);
        holds();
        ck_assert_int_lt(ms, 100 * 3600000LL);
    }
    ck_assert_int_eq(toc_player_seq(p), count);
    return ms;
}

START_TEST(it_begins_at_the_start_of_play_and_stands_there)
{
    ck_assert_int_eq(toc_player_seq(p), toc_recording_start(r));
    ck_assert(!toc_player_is_playing(p));
    ck_assert(!toc_player_pass(p, 5000));
    ck_assert_int_eq(toc_player_t(p), 0);
}
END_TEST

START_TEST(play_time_goes_by_at_the_speed_that_was_chosen)
{
    toc_player_set_idle(p, 0);
    toc_player_play(p, true);
    toc_player_pass(p, 7000);
    ck_assert_int_eq(toc_player_t(p), 7000);
    toc_player_set_speed(p, 500);
    toc_player_pass(p, 4000);
    ck_assert_int_eq(toc_player_t(p), 9000);
    toc_player_set_speed(p, 8000);
    toc_player_pass(p, 1000);
    ck_assert_int_eq(toc_player_t(p), 17000);
}
END_TEST

START_TEST(a_pause_takes_the_time_of_the_wall_and_none_of_play)
{
    toc_player_set_idle(p, 0);
    int64_t pause = tape_find(&t, TOC_K_PAUSE, 1), resume = tape_find(&t, TOC_K_RESUME, 1);
    ck_assert_int_eq(toc_player_stood(p, pause, resume), 4 * MIN);
    toc_player_go_line(p, pause);
    ck_assert(toc_player_stands(p));
    toc_player_play(p, true);
    toc_player_pass(p, 4 * MIN - 1000);
    ck_assert_int_eq(toc_player_t(p), 2 * MIN);
    ck_assert_int_eq(toc_player_seq(p), pause);
    toc_player_pass(p, 2000);
    ck_assert_int_eq(toc_player_t(p), 2 * MIN + 1000);
    ck_assert(!toc_player_stands(p));
}
END_TEST

START_TEST(what_is_idle_passes_in_a_moment_and_says_so)
{
    toc_player_set_idle(p, 0);
    int64_t whole = play_through(100);
    toc_player_set_idle(p, TOC_IDLE_MS);
    int64_t folded = play_through(100);
    ck_assert_int_ge(whole, 16 * MIN);
    ck_assert_int_le(folded, 10000);
    toc_player_go_line(p, tape_find(&t, TOC_K_RESUME, 1));
    ck_assert_int_eq(toc_player_folding(p), 8 * MIN);
    toc_player_play(p, true);
    toc_player_pass(p, 500); // half of a moment
    ck_assert_int_eq(toc_player_t(p), 6 * MIN);
}
END_TEST

START_TEST(a_moment_is_a_moment_of_whoever_watches)
{
    for (int64_t speed = 1000; speed <= 16000; speed *= 4) {
        toc_player_set_speed(p, speed);
        toc_player_go_line(p, tape_find(&t, TOC_K_RESUME, 1));
        toc_player_play(p, true);
        ck_assert_int_eq(toc_player_wait(p), 1000);
    }
    toc_player_set_speed(p, 1000000); // eight minutes are half a second: nothing to shorten
    toc_player_go_line(p, tape_find(&t, TOC_K_RESUME, 1));
    toc_player_play(p, true);
    ck_assert_int_eq(toc_player_folding(p), 0);
    ck_assert_int_eq(toc_player_wait(p), 480);
}
END_TEST

START_TEST(only_lines_that_are_shown_count_for_what_is_idle)
{
    int64_t seqs[] = {tape_find(&t, TOC_K_START, 1), tape_find(&t, TOC_K_INJECT, 3)};
    toc_player_show(p, seqs, 2);
    toc_player_go_line(p, seqs[0]);
    ck_assert_int_eq(toc_player_folding(p), 14 * MIN); // the pause is among it
    toc_player_play(p, true);
    toc_player_pass(p, 1000);
    ck_assert_int_eq(toc_player_seq(p), seqs[1]);
}
END_TEST

START_TEST(speeds_go_by_twos_from_a_half_to_a_thousand)
{
    toc_player_faster(p, -5);
    ck_assert_int_eq(toc_player_speed(p), 500);
    toc_player_faster(p, 1);
    ck_assert_int_eq(toc_player_speed(p), 1000);
    toc_player_faster(p, 30);
    ck_assert_int_eq(toc_player_speed(p), 1000000);
    toc_player_faster(p, -1);
    ck_assert_int_eq(toc_player_speed(p), 512000);
    toc_player_faster(p, -9);
    ck_assert_int_eq(toc_player_speed(p), 1000);
}
END_TEST

START_TEST(wherever_it_is_taken_it_stays_within_the_recording)
{
    toc_random random;
    seed_random(&random, "player");
    for (int i = 0; i < 5000; i++) {
        int64_t at = (int64_t)toc_random_below(&random, 20 * MIN) - 2 * MIN;
        switch (toc_random_below(&random, 7)) {
        case 0:
            toc_player_go_time(p, at);
            ck_assert_int_eq(toc_player_t(p), at < 0 ? 0 : at > 12 * MIN ? 12 * MIN : at);
            break;
        case 1:
            toc_player_go_line(p, (int64_t)toc_random_below(&random, 60) - 5);
            break;
        case 2:
            toc_player_go(p, (int64_t)toc_random_below(&random, 60), at);
            break;
        case 3:
            toc_player_set_idle(p, toc_random_below(&random, 2) ? TOC_IDLE_MS : 0);
            break;
        case 4:
            toc_player_faster(p, (int)toc_random_below(&random, 9) - 4);
            break;
        case 5:
            toc_player_play(p, toc_random_below(&random, 2));
            break;
        default: {
            int64_t before = toc_player_t(p);
            toc_player_pass(p, (int64_t)toc_random_below(&random, 3000));
            ck_assert_int_ge(toc_player_t(p), before);
        }
        }
        holds();
    }
}
END_TEST

START_TEST(changing_the_folding_moves_nobody)
{
    for (int64_t at = 0; at <= 12 * MIN; at += 7001) {
        toc_player_go_time(p, at);
        int64_t seq = toc_player_seq(p);
        toc_player_set_idle(p, at % 2 ? 0 : TOC_IDLE_MS);
        toc_player_set_speed(p, 3000);
        ck_assert_int_eq(toc_player_t(p), at);
        ck_assert_int_eq(toc_player_seq(p), seq);
    }
}
END_TEST

START_TEST(notes_are_kept_beside_the_recording_and_read_again)
{
    char path[] = "/tmp/tocsin-notes-XXXXXX";
    int fd = mkstemp(path);
    toc_notes notes = {0};
    toc_error e = {0};
    char wall[] = "2026-11-22T09:12:44.000Z", by[] = "A. \"B\" Berg",
         first[] = "who told\nthe mayor?", second[] = "é";
    // Half a line, as a full disk leaves it.
    ck_assert_int_eq(write(fd, "{\"seq\":", 7), 7);
    close(fd);
    TOC_OK_OR_FAIL(toc_notes_append(&notes, path, &(toc_note){7, 900, wall, by, first}, &e), e);
    TOC_OK_OR_FAIL(toc_notes_append(&notes, path, &(toc_note){3, 100, wall, by, second}, &e), e);
    ck_assert_uint_eq(notes.count, 2);
    ck_assert_int_eq(notes.at[0].seq, 3); // in their order, not that of writing
    toc_notes again = {0};
    size_t bad;
    TOC_OK_OR_FAIL(toc_notes_read(&again, path, &bad, &e), e);
    ck_assert_uint_eq(bad, 1);
    ck_assert_uint_eq(again.count, 2);
    ck_assert_str_eq(again.at[1].text, first);
    ck_assert_str_eq(again.at[1].by, by);
    ck_assert_int_eq(again.at[1].t, 900);
    unlink(path);
    toc_notes_fini(&again);
    toc_notes_fini(&notes);
    TOC_OK_OR_FAIL(toc_notes_read(&notes, path, &bad, &e), e); // none yet
    ck_assert_uint_eq(notes.count, 0);
    char *beside = toc_notes_path("runs/a/journal.jsonl");
    ck_assert_str_eq(beside, "runs/a/journal.notes.jsonl");
    free(beside);
}
END_TEST

START_TEST(notes_that_fall_in_time_are_sorted_once)
{
    enum { NOTES = 200000 };
    char path[] = "/tmp/tocsin-notes-XXXXXX";
    int fd = mkstemp(path);
    toc_notes notes = {0};
    toc_error e = {0};
    toc_buf text = {0};
    for (int i = NOTES; i > 0; i--)
        toc_buf_printf(&text, "{\"seq\":%d,\"t\":5,\"text\":\"%s\"}\n", i / 2,
                       i % 2 ? "later" : "sooner");
    ck_assert_int_eq(write(fd, text.data, text.len), (ssize_t)text.len);
    close(fd);
    const clock_t from = clock();
    TOC_OK_OR_FAIL(toc_notes_read(&notes, path, NULL, &e), e);
    ck_assert_int_lt((clock() - from) / CLOCKS_PER_SEC, 10); // it was minutes
    ck_assert_uint_eq(notes.count, NOTES);
    for (size_t i = 1; i < notes.count; i++)
        ck_assert_int_le(notes.at[i - 1].seq, notes.at[i].seq);
    ck_assert_str_eq(notes.at[1].text, "later"); // of one moment as they were written
    ck_assert_str_eq(notes.at[2].text, "sooner");
    unlink(path);
    toc_notes_fini(&notes);
    toc_buf_fini(&text);
}
END_TEST

START_TEST(notes_are_never_written_into_the_recording_or_a_pipe)
{
    char dir[] = "/tmp/tocsin-notes-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(dir));
    char *journal = toc_sprintf("%s/journal.jsonl", dir), *link = toc_sprintf("%s/link", dir),
         *pipe = toc_sprintf("%s/pipe", dir), *none = toc_sprintf("%s/none", dir);
    toc_notes notes = {0};
    toc_error e = {0};
    char wall[] = "", by[] = "", text[] = "x";
    const toc_note note = {1, 1, wall, by, text};
    FILE *file = fopen(journal, "w");
    ck_assert_ptr_nonnull(file);
    fclose(file);
    ck_assert_int_eq(symlink(journal, link), 0);
    ck_assert_int_eq(mkfifo(pipe, 0600), 0);
    ck_assert_int_eq(toc_notes_check(journal, journal, &e), TOC_EUSAGE);
    ck_assert_int_eq(toc_notes_check(link, journal, &e), TOC_EUSAGE);
    ck_assert_ptr_nonnull(strstr(e.msg, "is the recording itself"));
    ck_assert_int_eq(toc_notes_check(pipe, journal, &e), TOC_EUSAGE);
    ck_assert_int_eq(toc_notes_check(none, journal, &e), TOC_OK);
    ck_assert_int_ne(toc_notes_read(&notes, pipe, NULL, &e), TOC_OK);
    ck_assert_int_ne(toc_notes_append(&notes, pipe, &note, &e), TOC_OK);
    ck_assert_uint_eq(notes.count, 0);
    unlink(journal);
    unlink(link);
    unlink(pipe);
    rmdir(dir);
    free(journal);
    free(link);
    free(pipe);
    free(none);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, it_begins_at_the_start_of_play_and_stands_there);
    tcase_add_test(tc, play_time_goes_by_at_the_speed_that_was_chosen);
    tcase_add_test(tc, a_pause_takes_the_time_of_the_wall_and_none_of_play);
    tcase_add_test(tc, what_is_idle_passes_in_a_moment_and_says_so);
    tcase_add_test(tc, a_moment_is_a_moment_of_whoever_watches);
    tcase_add_test(tc, only_lines_that_are_shown_count_for_what_is_idle);
    tcase_add_test(tc, speeds_go_by_twos_from_a_half_to_a_thousand);
    tcase_add_test(tc, wherever_it_is_taken_it_stays_within_the_recording);
    tcase_add_test(tc, changing_the_folding_moves_nobody);
    tcase_add_test(tc, notes_are_kept_beside_the_recording_and_read_again);
    tcase_add_test(tc, notes_that_fall_in_time_are_sorted_once);
    tcase_add_test(tc, notes_are_never_written_into_the_recording_or_a_pipe);
}

TOC_CHECK_MAIN("player", add_tests)
