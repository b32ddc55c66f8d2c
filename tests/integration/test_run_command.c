// SPDX-License-Identifier: MIT
// `tocsin run` and what is around it: a terminal that stands, signals, a run folder that somebody changed between two
// engines. Play goes on, or the run is not taken up and says why.
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/files.h"
#include "base/mem.h"
#include "check_main.h"
#include "venue.h"

enum { TICKET_MOST = 65536 };

static venue v;
static process north, excon;

// An engine that says what happens. before: words of a shell before the program's own, or "".
static void open_venue(const char *before)
{
    char *scenario = source_path("tests/fixtures/relay");
    v = (venue){.runs = folder_new()};
    char *line = toc_sprintf("%s exec %s run %s --run-dir %s --listen 127.0.0.1:0", before,
                             binary(), scenario, v.runs);
    process_start(&v.engine, (const char *const[]){"sh", "-c", line, NULL});
    ck_assert_msg(process_until(&v.engine, "Each seat sits down", NULL, VENUE_PATIENCE), "%s",
                  toc_buf_text(&v.engine.said));
    v.run = run_folder_of(&v.engine);
    free(line);
    free(scenario);
}

static void sit(void)
{
    venue_plain(&v, &north, "north-1");
    venue_plain(&v, &excon, "excon-1");
    venue_say(&excon, "start", "STARTEX");
}

static void leave(void)
{
    process_free(&north);
    process_free(&excon);
    venue_close(&v);
}

// So many messages, each answered; then EXCON pauses and plays on.
static void act(int count)
{
    enum { AT_ONCE = 50 };
    static const char words[] = "abcdefghij abcdefghij abcdefghij abcdefghij abcdefghij abcdefghij";
    toc_buf lines = {0};
    for (int i = 0; i < AT_ONCE; i++)
        toc_buf_printf(&lines, "say south %s\n", words);
    for (; count > 0; count -= AT_ONCE) {
        size_t from = north.said.len;
        process_write(&north, lines.data);
        for (int i = 0; i < AT_ONCE; i++)
            ck_assert_msg(process_until(&north, "sent to south", &from, VENUE_PATIENCE), "%s",
                          north.said.data);
    }
    venue_say(&excon, "pause lunch", "paused");
    venue_say(&excon, "resume", "PLAY GOES ON");
    toc_buf_fini(&lines);
}

// By itself, while nobody reads what it says: waitpid is ended by the test's own time-out.
static int wait_for_end(void)
{
    ck_assert_int_eq(waitpid(v.engine.pid, &v.engine.status, 0), v.engine.pid);
    v.engine.is_over = true;
    return WIFEXITED(v.engine.status) ? WEXITSTATUS(v.engine.status)
                                      : 128 + WTERMSIG(v.engine.status);
}

static char *ticket_of(const char *seat)
{
    return toc_sprintf("%s/tickets/%s.ticket", v.run, seat);
}

static void copy(const char *from, const char *to)
{
    toc_buf bytes = {0};
    toc_error e;
    TOC_OK_OR_FAIL(toc_file_slurp(&bytes, from, TICKET_MOST, &e), e);
    TOC_OK_OR_FAIL(toc_file_write_private(to, bytes.data, bytes.len, &e), e);
    toc_buf_fini(&bytes);
}

static void kill_engine(void)
{
    process_kill(&v.engine, SIGKILL);
    process_end(&v.engine, VENUE_PATIENCE);
}

START_TEST(a_pipe_that_nobody_reads_does_not_stop_play_and_what_it_missed_is_counted)
{
    size_t from = 0;
    open_venue("");
    sit();
    act(6000); // more than a pipe and the engine keep
    ck_assert_msg(process_until(&v.engine, " lines were not shown: the terminal did not take them",
                                &from, VENUE_PATIENCE),
                  "nothing was missed");
    ck_assert_msg(process_until(&v.engine, "play goes on  (excon-1)", &from, VENUE_PATIENCE), "%s",
                  toc_buf_text(&v.engine.said));
    process_kill(&v.engine, SIGINT);
    ck_assert_msg(process_until(&v.engine, "Stopped. Nothing is lost", &from, VENUE_PATIENCE), "%s",
                  toc_buf_text(&v.engine.said));
    ck_assert_int_eq(process_end(&v.engine, VENUE_PATIENCE), 130);
    leave();
}
END_TEST

START_TEST(an_engine_whose_pipe_nobody_reads_ends_all_the_same)
{
    open_venue("");
    sit();
    act(1500); // more than a pipe holds
    process_kill(&v.engine, SIGINT);
    ck_assert_int_eq(wait_for_end(), 130);
    ck_assert_uint_gt(VENUE_COUNT(&v, "\"k\":\"seal\""), 0);
    leave();
}
END_TEST

// The folder of the one run that was made in runs.
static char *only_run(const char *runs)
{
    char *found = NULL;
    DIR *dir = opendir(runs);
    ck_assert_ptr_nonnull(dir);
    for (const struct dirent *one; !found && (one = readdir(dir));)
        if (one->d_name[0] != '.')
            found = toc_sprintf("%s/%s", runs, one->d_name);
    closedir(dir);
    return found;
}

START_TEST(ctrl_s_in_the_engines_terminal_does_not_stop_play)
{
    tmux t;
    char *scenario = source_path("tests/fixtures/relay");
    v = (venue){.runs = folder_new(), .engine = {.in = -1, .out = -1}};
    char *line = toc_sprintf("stty ixon; %s run %s --run-dir %s --listen 127.0.0.1:0; "
                             "echo \"left, code $?\"; read line",
                             binary(), scenario, v.runs);
    tmux_start(&t, 80, 24, line);
    tmux_until(&t, "Each seat sits down", VENUE_PATIENCE);
    v.run = only_run(v.runs);
    sit();
    tmux_until(&t, "STARTEX", VENUE_PATIENCE);
    TMUX_KEYS(&t, "C-s");
    act(200);
    ck_assert_ptr_null(strstr(tmux_look(&t, false), "north > south"));
    TMUX_KEYS(&t, "C-q");
    tmux_until(&t, "play goes on  (excon-1)", VENUE_PATIENCE);
    TMUX_KEYS(&t, "C-c");
    tmux_until(&t, "left, code 130", VENUE_PATIENCE);
    tmux_until(&t, "Stopped. Nothing is lost", VENUE_PATIENCE);
    tmux_end(&t);
    free(line);
    free(scenario);
    leave();
}
END_TEST

START_TEST(a_terminal_that_is_closed_ends_the_engine_in_order)
{
    open_venue("");
    sit();
    process_kill(&v.engine, SIGHUP);
    process_kill(&v.engine, SIGHUP); // the shell's and the kernel's
    ck_assert_int_eq(process_end(&v.engine, VENUE_PATIENCE), 130);
    ck_assert_msg(strstr(v.engine.said.data, "Stopped. Nothing is lost"), "%s", v.engine.said.data);
    ck_assert_uint_gt(VENUE_COUNT(&v, "\"k\":\"seal\""), 0);
    leave();
}
END_TEST

START_TEST(who_ignores_the_hangup_at_the_start_stays)
{
    open_venue("trap '' HUP;");
    sit();
    process_kill(&v.engine, SIGHUP);
    for (int i = 0; i < 20; i++)
        venue_say(&north, "say south We are still here.", "sent to south");
    ck_assert_ptr_null(strstr(toc_buf_text(&v.engine.said), "Stopped."));
    process_kill(&v.engine, SIGTERM);
    ck_assert_int_eq(process_end(&v.engine, VENUE_PATIENCE), 130);
    leave();
}
END_TEST

START_TEST(a_file_that_may_not_grow_is_a_recording_that_fails_and_is_told)
{
    open_venue("ulimit -f 200;"); // of 512 bytes
    sit();
    toc_buf line = {0};
    toc_buf_str(&line, "say south ");
    for (int i = 0; i < 3000; i++)
        toc_buf_char(&line, 'x');
    toc_buf_char(&line, '\n');
    for (int i = 0; i < 20; i++)
        process_write(&north, line.data);
    toc_buf_fini(&line);
    venue_hear(&excon, "the engine cannot record");
    process_kill(&v.engine, SIGINT);
    ck_assert_int_eq(process_end(&v.engine, VENUE_PATIENCE), 3);
    ck_assert_msg(strstr(v.engine.said.data, "recording failed"), "%s", v.engine.said.data);
    leave();
}
END_TEST

START_TEST(a_run_in_which_a_seat_has_anothers_ticket_is_not_taken_up)
{
    toc_buf said = {0};
    open_venue("");
    kill_engine();
    char *excons = ticket_of("excon-1"), *norths = ticket_of("north-1");
    copy(norths, excons);
    char *wanted = toc_sprintf("%s is the ticket of north-1, and not excon-1's: put the right file "
                               "back, or delete it: a new one is made",
                               excons);
    int code = process_run((const char *const[]){binary(), "run", "--resume", v.run, NULL}, &said,
                           VENUE_PATIENCE);
    ck_assert_msg(code == 1 && strstr(toc_buf_text(&said), wanted), "%d: %s", code,
                  toc_buf_text(&said));
    ck_assert_int_eq(unlink(excons), 0);
    venue_resume(&v, v.run);
    venue_plain(&v, &excon, "excon-1");
    process_free(&excon);
    venue_close(&v);
    toc_buf_fini(&said);
    free(wanted);
    free(excons);
    free(norths);
}
END_TEST

START_TEST(a_run_without_its_tickets_makes_them_and_their_folder)
{
    struct stat made;
    open_venue("");
    kill_engine();
    char *tickets = toc_sprintf("%s/tickets", v.run), *path = ticket_of("west-1");
    process_run((const char *const[]){"rm", "-r", tickets, NULL}, NULL, VENUE_PATIENCE);
    ck_assert_int_ne(stat(tickets, &made), 0);
    venue_resume(&v, v.run);
    ck_assert_int_eq(stat(tickets, &made), 0);
    ck_assert_int_eq(made.st_mode & 07777, 0700);
    ck_assert_int_eq(stat(path, &made), 0);
    venue_plain(&v, &north, "north-1");
    process_free(&north);
    venue_close(&v);
    free(tickets);
    free(path);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, a_pipe_that_nobody_reads_does_not_stop_play_and_what_it_missed_is_counted);
    tcase_add_test(tc, an_engine_whose_pipe_nobody_reads_ends_all_the_same);
    tcase_add_test(tc, ctrl_s_in_the_engines_terminal_does_not_stop_play);
    tcase_add_test(tc, a_terminal_that_is_closed_ends_the_engine_in_order);
    tcase_add_test(tc, who_ignores_the_hangup_at_the_start_stays);
    tcase_add_test(tc, a_file_that_may_not_grow_is_a_recording_that_fails_and_is_told);
    tcase_add_test(tc, a_run_in_which_a_seat_has_anothers_ticket_is_not_taken_up);
    tcase_add_test(tc, a_run_without_its_tickets_makes_them_and_their_folder);
}

TOC_CHECK_MAIN("run command", add_tests)
