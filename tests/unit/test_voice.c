// SPDX-License-Identifier: MIT
// What the engine says: in order, whole, and without ever waiting for whoever reads it.
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "check_main.h"
#include "voice.h"

enum {
    PATIENCE = 30000,
    LINES = 30000,
    LINE = 64
}; // LINES of LINE bytes are far more than is kept

static int out[2], err[2];
static toc_voice *voice;
static toc_error e;

static void set_up(void)
{
    signal(SIGPIPE, SIG_IGN);
    ck_assert_int_eq(pipe(out), 0);
    ck_assert_int_eq(pipe(err), 0);
}

static void start(int out_fd, int err_fd)
{
    TOC_OK_OR_FAIL(toc_voice_start(&voice, out_fd, err_fd, &e), e);
}

static bool say(toc_voice_end end, const char *text)
{
    return toc_voice_say(voice, end, text, strlen(text));
}

static void say_many(int count)
{
    char line[LINE + 1];
    for (int i = 0; i < count; i++) {
        snprintf(line, sizeof line, "%-*d\n", LINE - 1, i);
        ck_assert(say(TOC_VOICE_OUT, line));
    }
}

// Until the other end is closed, or text has come.
static void read_until(int fd, toc_buf *all, const char *text)
{
    char bytes[4096];
    struct pollfd readable = {.fd = fd, .events = POLLIN};
    while (!text || !strstr(toc_buf_text(all), text)) {
        ck_assert_msg(poll(&readable, 1, PATIENCE) == 1, "no \"%s\" came", text ? text : "end");
        ssize_t n = read(fd, bytes, sizeof bytes);
        if (n <= 0)
            break;
        toc_buf_add(all, bytes, (size_t)n);
    }
    ck_assert(!text || strstr(toc_buf_text(all), text));
}

static int64_t now_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

START_TEST(lines_of_both_ends_come_in_their_order_where_both_are_one_file)
{
    toc_buf all = {0}, wanted = {0};
    start(out[1], dup(out[1]));
    for (int i = 0; i < 300; i++) {
        char line[40];
        snprintf(line, sizeof line, "%d\nand %d\n", i, i);
        toc_buf_str(&wanted, line);
        ck_assert(say(i % 3 == 0 ? TOC_VOICE_ERR : TOC_VOICE_OUT, line));
    }
    ck_assert(toc_voice_stop(voice, PATIENCE));
    read_until(out[0], &all, "and 299\n");
    ck_assert_str_eq(all.data, wanted.data);
    toc_buf_fini(&all);
    toc_buf_fini(&wanted);
}
END_TEST

// What comes after the stand: whole lines in order from the first to the last, and where some are missing, how many.
START_TEST(a_pipe_that_nobody_reads_holds_nothing_up_and_the_missing_are_counted)
{
    toc_buf all = {0};
    long next = 0, missing = 0;
    start(out[1], err[1]);
    say_many(LINES);
    ck_assert(say(TOC_VOICE_OUT, "the last words\n"));
    read_until(out[0], &all, "the last words\n");
    ck_assert(toc_voice_stop(voice, PATIENCE));
    for (char *at = all.data, *end; (end = strchr(at, '\n')); at = end + 1) {
        static const char mark[] = "EXERCISE  engine: ";
        *end = '\0';
        if (strncmp(at, mark, sizeof mark - 1) == 0) {
            char *rest;
            long gap = strtol(at + sizeof mark - 1, &rest, 10);
            ck_assert_str_eq(rest, gap == 1
                                       ? " line was not shown: the terminal did not take it"
                                       : " lines were not shown: the terminal did not take them");
            missing += gap;
            next += gap;
        } else if (strcmp(at, "the last words") != 0) {
            ck_assert_int_eq(end - at, LINE - 1);
            ck_assert_int_eq(strtol(at, NULL, 10), next);
            next++;
        }
    }
    ck_assert_int_eq(next, LINES);
    ck_assert_int_gt(missing, 0);
    ck_assert_int_ge((LINES - missing) * LINE, (long)TOC_VOICE_MOST - 2 * LINE);
    toc_buf_fini(&all);
}
END_TEST

START_TEST(an_end_that_stands_does_not_hold_up_the_other)
{
    toc_buf all = {0};
    start(out[1], err[1]);
    say_many(LINES);
    ck_assert(say(TOC_VOICE_ERR, "something is wrong\n"));
    read_until(err[0], &all, "something is wrong\n");
    close(out[0]);
    toc_voice_stop(voice, PATIENCE);
    toc_buf_fini(&all);
}
END_TEST

START_TEST(at_the_end_nobody_is_waited_for_longer_than_was_said)
{
    start(out[1], err[1]);
    say_many(LINES);
    int64_t before = now_ms();
    ck_assert(!toc_voice_stop(voice, 300));
    int64_t took = now_ms() - before;
    ck_assert_msg(took >= 300 && took < PATIENCE, "%ld ms", (long)took);
}
END_TEST

START_TEST(a_reader_that_left_is_noticed_and_the_other_end_goes_on)
{
    toc_buf all = {0};
    start(out[1], err[1]);
    close(out[0]);
    while (say(TOC_VOICE_OUT, "is anybody there?\n"))
        sched_yield();
    ck_assert(say(TOC_VOICE_ERR, "nobody is\n"));
    ck_assert(toc_voice_stop(voice, PATIENCE));
    read_until(err[0], &all, "nobody is\n");
    toc_buf_fini(&all);
}
END_TEST

START_TEST(a_descriptor_that_somebody_made_non_blocking_gets_everything)
{
    toc_buf all = {0};
    fcntl(out[1], F_SETFL, fcntl(out[1], F_GETFL) | O_NONBLOCK);
    start(out[1], err[1]);
    say_many(5000); // more than a pipe holds, less than is kept
    ck_assert(say(TOC_VOICE_OUT, "the last words\n"));
    read_until(out[0], &all, "the last words\n");
    ck_assert_uint_eq(all.len, 5000 * LINE + strlen("the last words\n"));
    ck_assert(toc_voice_stop(voice, PATIENCE));
    toc_buf_fini(&all);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, set_up, NULL);
    tcase_add_test(tc, lines_of_both_ends_come_in_their_order_where_both_are_one_file);
    tcase_add_test(tc, a_pipe_that_nobody_reads_holds_nothing_up_and_the_missing_are_counted);
    tcase_add_test(tc, an_end_that_stands_does_not_hold_up_the_other);
    tcase_add_test(tc, at_the_end_nobody_is_waited_for_longer_than_was_said);
    tcase_add_test(tc, a_reader_that_left_is_noticed_and_the_other_end_goes_on);
    tcase_add_test(tc, a_descriptor_that_somebody_made_non_blocking_gets_everything);
}

TOC_CHECK_MAIN("voice", add_tests)
