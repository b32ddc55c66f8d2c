// SPDX-License-Identifier: MIT
// `tocsin replay` at the real binary: lines, answers, pictures, notes, damage, a run that goes on, and a real terminal.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "check_main.h"
#include "process.h"
#include "record/json.h"
#include "tape.h"
#include "tmux.h"

#define MIN 60000

enum { ARGUMENTS = 20, SECONDS = 60 };

static const char scenario[] =
    "inject \"INJ-01\" { at = \"T+1m\", from = \"Night shift\", to = { \"ops\", \"net\" },\n"
    "  title = \"Good morning\", text = \"All is well.\" }\n"
    "inject \"INJ-02\" { at = \"T+2m\", from = \"Monitor\", to = \"ops\", urgent = true,\n"
    "  title = \"No power\", text = \"Since now.\" }\n";

static tape t;
static toc_buf journal, said;
static char *dir, *path;

static void put(const void *data, size_t len)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(data, 1, len, file), len);
    ck_assert_int_eq(fclose(file), 0);
}

static void set_up(void)
{
    char rest[80];
    dir = folder_new();
    path = toc_sprintf("%s/journal.jsonl", dir);
    tape_begin(&t, scenario);
    tape_do(&t, 0, "start", "excon-1", "");
    tape_until(&t, MIN);
    snprintf(rest, sizeof rest, ",\"item\":%lld", (long long)tape_find(&t, TOC_K_INJECT, 1));
    tape_do(&t, MIN + 30000, "read", "ops-1", rest);
    tape_do(&t, 3 * MIN, "end", "excon-1", "");
    tape_do(&t, 3 * MIN, "close", "excon-1", "");
    tape_write(&t, &journal);
    put(journal.data, journal.len);
}

static void tear_down(void)
{
    tape_end(&t);
    toc_buf_fini(&journal);
    toc_buf_fini(&said);
    free(path);
    folder_remove(dir);
}

// Runs `tocsin replay FOLDER` with what else is to be said (separated by spaces); the exit code.
static int replay(const char *options)
{
    const char *argv[ARGUMENTS] = {binary(), "replay", dir};
    char *words = toc_strdup(options), *rest = words, *word;
    for (size_t i = 3; i + 1 < ARGUMENTS && (word = strtok_r(rest, " ", &rest)); i++)
        argv[i] = word;
    toc_buf_clear(&said);
    int code = process_run(argv, &said, SECONDS);
    free(words);
    return code;
}

static void says(const char *words)
{
    ck_assert_msg(strstr(toc_buf_text(&said), words), "\"%s\" is missing in:\n%s", words,
                  toc_buf_text(&said));
}

static void says_not(const char *words)
{
    ck_assert_msg(!strstr(toc_buf_text(&said), words), "\"%s\" should not be in:\n%s", words,
                  toc_buf_text(&said));
}

START_TEST(lines_say_what_happened_each_marked_as_an_exercise)
{
    ck_assert_int_eq(replay(""), 0); // a pipe is no terminal
    says("EXERCISE TLP:CLEAR T+0:01:00  INJ-01 > ops, net");
    for (const char *at = toc_buf_text(&said); *at; at += strcspn(at, "\n") + 1)
        ck_assert_msg(strncmp(at, "EXERCISE TLP:CLEAR T+", 21) == 0, "%.60s", at);
    ck_assert_int_eq(replay("--from 1:00 --until T+0:01:30"), 2);
    ck_assert_int_eq(replay("--from 2026-03-01T06:01Z"), 2); // the story's clock and the wall's are no play time
    says("--from needs a time of play, as in T+1:33 or T+45m; not \"2026-03-01T06:01Z\"");
    ck_assert_int_eq(replay("--until 2026-03-01T06:01:30.000Z"), 2);
    says("--until needs a time of play");
    ck_assert_int_eq(replay("--from 0:01 --until T+0:01:30"), 0);
    says("INJ-01");
    says_not("STARTEX");
    says_not("INJ-02");
}
END_TEST

START_TEST(a_teams_lines_say_what_it_had_not_read)
{
    ck_assert_int_eq(replay("--as ops --until 2m --plain"), 0);
    says("T+0:01:00  INJ-01 > ops");
    says("T+0:02:00  [not read yet] URGENT INJ-02 > ops");
    ck_assert_int_eq(replay("--as ops --until 0:01 --plain"), 0);
    says("[not read yet] INJ-01 > ops");
    ck_assert_int_eq(replay("--as net --plain"), 0);
    says("[not read yet] INJ-01 > net");
    says_not("INJ-02");
    ck_assert_int_eq(replay("--as nte"), 2);
    says("did you mean net?");
}
END_TEST

static int64_t now_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

START_TEST(with_a_speed_the_lines_come_in_time)
{
    const char *argv[] = {binary(), "replay", dir, "--plain", "--speed", "60", NULL};
    process p;
    size_t from = 0;
    // Sixty minutes of play a minute: two and three seconds after the first line. Only that nothing is early is told of
    // a busy machine.
    const int64_t start = now_ms();
    process_start(&p, argv);
    ck_assert(process_until(&p, "STARTEX", &from, SECONDS));
    ck_assert(process_until(&p, "INJ-02", &from, SECONDS));
    ck_assert_int_ge(now_ms() - start, 1500);
    ck_assert(process_until(&p, "closed", &from, SECONDS));
    ck_assert_int_ge(now_ms() - start, 2500);
    ck_assert_int_eq(process_end(&p, SECONDS), 0);
    process_free(&p);
}
END_TEST

START_TEST(why_and_spread_answer_in_lines_and_json)
{
    ck_assert_int_eq(replay("--why inj-02"), 0);
    says("the schedule: INJ-02 is planned for T+0:02:00 (scenario.lua:8)");
    ck_assert_int_eq(replay("--why INJ-99"), 2);
    says("nothing in this recording is about \"INJ-99\"");
    ck_assert_int_eq(replay("--why INJ-02 --until 0:01"), 0);
    says("EXERCISE INJ-02 \"No power\" was not sent by then");
    ck_assert_int_eq(replay("--why INJ-02 --until 0:01 --json"), 0);
    says("{\"schema\":\"tocsin.replay.why/1\",\"chain\":[],\"text\":\"INJ-02");
    ck_assert_int_eq(replay("--spread INJ-01"), 0);
    says("Operations (ops): arrived T+0:01:00, read after 30 s");
    says("Network (net): arrived T+0:01:00, never read");
    const char *asked[] = {"--why INJ-02 --json", "--spread INJ-01 --json"};
    for (size_t i = 0; i < 2; i++) {
        toc_json *json;
        toc_error e = {0};
        ck_assert_int_eq(replay(asked[i]), 0);
        TOC_OK_OR_FAIL(toc_json_read(&json, said.data, said.len - 1, TOC_JSON_REPLY, &e), e);
        ck_assert_ptr_nonnull(toc_json_text(toc_json_get(json, "schema")));
        toc_json_free(json);
    }
}
END_TEST

START_TEST(json_is_a_line_an_object)
{
    ck_assert_int_eq(replay("--json --as ops --until 2m"), 0);
    for (const char *at = toc_buf_text(&said); *at;) {
        size_t len = strcspn(at, "\n");
        toc_json *json;
        toc_error e = {0};
        TOC_OK_OR_FAIL(toc_json_read(&json, at, len, TOC_JSON_REPLY, &e), e);
        toc_json_free(json);
        at += len + 1;
    }
    says("\"schema\":\"tocsin.replay/1\"");
    says("\"unread\":true");
}
END_TEST

START_TEST(one_screen_can_be_printed)
{
    ck_assert_int_eq(replay("--as ops --until 2m --snapshot 80x24"), 0);
    says("EXERCISE");
    says("[1 Inbox(U1 N1)]"); // the seat's own
    says("EXERCISE (replay) of ");
    says(", as ops-1, at T+0:02:00\n");
    ck_assert_int_eq(replay("--as ops --until 2m --snapshot 80x24 --keys Down"), 0);
    says("All is well.");
    ck_assert_int_eq(replay("--until 2m --snapshot 80x24 --keys w"), 0);
    says("(replay)");
    says("is planned for T+0:02:00");
    says(", as all, at T+0:02:00\n");
    ck_assert_int_eq(replay("--snapshot 80"), 2);
    ck_assert_int_eq(replay("--keys w"), 2);
}
END_TEST

START_TEST(what_is_torn_or_damaged_is_shown_up_to_there_and_said)
{
    put(journal.data, journal.len - 20);
    ck_assert_int_eq(replay(""), 0);
    says("the recording is torn");
    says("INJ-02");
    char *changed = toc_alloc(journal.len);
    memcpy(changed, journal.data, journal.len);
    char *title = strstr(changed, "\"title\":\"No power\"");
    ck_assert_ptr_nonnull(title);
    title[9] = 'S';
    put(changed, journal.len);
    ck_assert_int_eq(replay(""), 5);
    says("the recording is damaged");
    says("INJ-01");
    says_not("STARTEX\n INJ-02");
    free(changed);
    put("nothing\n", 8);
    ck_assert_int_ne(replay(""), 0);
}
END_TEST

START_TEST(a_run_that_goes_on_is_followed_to_its_end)
{
    const char *argv[] = {binary(), "replay", dir, "--plain", "--follow", NULL};
    size_t half = journal.len - 900, from = 0; // in the middle of a line
    process p;
    put(journal.data, half);
    process_start(&p, argv);
    ck_assert(process_until(&p, "STARTEX", &from, SECONDS));
    FILE *file = fopen(path, "a");
    ck_assert_uint_eq(fwrite(journal.data + half, 1, journal.len - half, file), journal.len - half);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_int_eq(process_end(&p, SECONDS), 0);
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&p.said), "closed"));
    ck_assert_ptr_null(strstr(toc_buf_text(&p.said), "torn"));
    process_free(&p);
}
END_TEST

// At a terminal, as in a hot wash.
START_TEST(it_is_watched_at_a_terminal_and_notes_are_kept)
{
    tmux screen;
    char *command =
        toc_sprintf("%s replay %s --as ops --by Berg; echo code $?; exec cat", binary(), dir);
    char *notes = toc_sprintf("%s/journal.notes.jsonl", dir);
    struct stat before, after;
    ck_assert_int_eq(stat(path, &before), 0);
    tmux_start(&screen, 110, 30, command);
    tmux_until(&screen, "What Operations had", SECONDS);
    tmux_until(&screen, "ops-1", SECONDS);
    TMUX_KEYS(&screen, "g");
    tmux_type(&screen, "0:02");
    TMUX_KEYS(&screen, "Enter");
    tmux_until(&screen, "[not read yet] URGENT", SECONDS);
    tmux_until(&screen, "No power", SECONDS); // the seat's screen is there
    TMUX_KEYS(&screen, "o");
    tmux_type(&screen, "who saw this?");
    TMUX_KEYS(&screen, "Enter");
    tmux_until(&screen, "noted in", SECONDS);
    tmux_until(&screen, "note, Berg", SECONDS);
    TMUX_KEYS(&screen, "v");
    tmux_until(&screen, "came out the same", SECONDS);
    tmux_resize(&screen, 60, 16);
    tmux_until(&screen, "Space play", SECONDS);
    TMUX_KEYS(&screen, "Tab");
    tmux_until(&screen, "The keys are those of ops-1", SECONDS);
    TMUX_KEYS(&screen, "Escape");
    tmux_until_gone(&screen, "The keys are those", SECONDS);
    TMUX_KEYS(&screen, "q");
    tmux_until(&screen, "code 0", SECONDS);
    tmux_end(&screen);
    // The recording is as it was; the note is beside it, and in the lines.
    ck_assert_int_eq(stat(path, &after), 0);
    ck_assert_int_eq(before.st_size, after.st_size);
    ck_assert_int_eq(access(notes, R_OK), 0);
    ck_assert_int_eq(replay("--plain --as ops"), 0);
    says("note, Berg: who saw this?");
    free(command);
    free(notes);
}
END_TEST

// A resumed run loses its torn end first; somebody may put another file in its place.
START_TEST(a_followed_journal_that_was_cut_or_replaced_is_read_again)
{
    const char *argv[] = {binary(), "replay", dir, "--plain", "--follow", NULL};
    size_t from = 0, half = journal.len - 900;
    char *torn;
    process p;
    while (journal.data[half - 1] != '\n')
        half--;
    torn = toc_sprintf("%.*s{\"seq\":7,\"t\":1,\"k\":\"read\"", (int)half, journal.data);
    put(torn, strlen(torn));
    process_start(&p, argv);
    ck_assert(process_until(&p, "STARTEX", &from, SECONDS));
    put(journal.data, journal.len); // longer than what was read, and another
    ck_assert_int_eq(process_end(&p, SECONDS), 0);
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&p.said), "the journal was cut or replaced: read again"));
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&p.said), "closed"));
    const char *first = strstr(toc_buf_text(&p.said), "STARTEX");
    ck_assert_ptr_null(strstr(first + 1, "STARTEX")); // what still stands there is not said again
    process_free(&p);
    free(torn);
}
END_TEST

// On the whole screen too, at its end, where whoever watches a run stays.
START_TEST(the_screen_goes_on_at_the_end_of_a_run_that_was_resumed)
{
    tmux screen;
    size_t half = journal.len - 900;
    char *command = toc_sprintf("%s replay %s --follow; echo code $?; exec cat", binary(), dir);
    while (journal.data[half - 1] != '\n')
        half--;
    char *torn = toc_sprintf("%.*s{\"seq\":7,\"t\":1,\"k\":\"read\"", (int)half, journal.data);
    put(torn, strlen(torn));
    tmux_start(&screen, 110, 30, command);
    tmux_until(&screen, "STARTEX", SECONDS);
    tmux_until_gone(&screen, "closed", SECONDS);
    put(journal.data, journal.len);
    tmux_until(&screen, "read again", SECONDS);
    tmux_until(&screen, "closed", SECONDS);
    tmux_until(&screen, "T+0:03:00", SECONDS);
    TMUX_KEYS(&screen, "q");
    tmux_until(&screen, "code 0", SECONDS);
    tmux_end(&screen);
    free(command);
    free(torn);
}
END_TEST

START_TEST(a_damaged_line_in_a_followed_journal_is_told)
{
    const char *argv[] = {binary(), "replay", dir, "--plain", "--follow", NULL};
    size_t from = 0, half = journal.len - 900;
    process p;
    while (journal.data[half - 1] != '\n')
        half--;
    put(journal.data, half);
    process_start(&p, argv);
    ck_assert(process_until(&p, "STARTEX", &from, SECONDS));
    char *bad = toc_strndup(journal.data, journal.len);
    bad[half + 20] ^= 1;
    put(bad, journal.len);
    ck_assert(process_until(&p, "damaged at line", &from, SECONDS));
    put(journal.data, journal.len); // mended
    ck_assert_int_eq(process_end(&p, SECONDS), 0);
    process_free(&p);
    free(bad);
}
END_TEST

START_TEST(notes_are_not_written_into_the_journal)
{
    char *options = toc_sprintf("--plain --notes %s", path);
    ck_assert_int_eq(replay(options), 2);
    says("is the recording itself");
    free(options);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, lines_say_what_happened_each_marked_as_an_exercise);
    tcase_add_test(tc, a_teams_lines_say_what_it_had_not_read);
    tcase_add_test(tc, with_a_speed_the_lines_come_in_time);
    tcase_add_test(tc, why_and_spread_answer_in_lines_and_json);
    tcase_add_test(tc, json_is_a_line_an_object);
    tcase_add_test(tc, one_screen_can_be_printed);
    tcase_add_test(tc, what_is_torn_or_damaged_is_shown_up_to_there_and_said);
    tcase_add_test(tc, a_run_that_goes_on_is_followed_to_its_end);
    tcase_add_test(tc, it_is_watched_at_a_terminal_and_notes_are_kept);
    tcase_add_test(tc, a_followed_journal_that_was_cut_or_replaced_is_read_again);
    tcase_add_test(tc, the_screen_goes_on_at_the_end_of_a_run_that_was_resumed);
    tcase_add_test(tc, a_damaged_line_in_a_followed_journal_is_told);
    tcase_add_test(tc, notes_are_not_written_into_the_journal);
}

TOC_CHECK_MAIN("replay command", add_tests)
