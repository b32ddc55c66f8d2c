// SPDX-License-Identifier: MIT
// What goes away and comes back: a seat that is taken at a second terminal, a terminal or an engine that is killed, a run that moves
// to another machine. Nothing that was typed or sent is lost, and nothing is done twice.
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "venue.h"

enum { LOOKS = 1000 }; // at a screen, at most

static venue v;

static void until(tmux *t, const char *text)
{
    tmux_until(t, text, VENUE_PATIENCE);
}

static void setup(void)
{
    venue_open(&v, "tests/fixtures/tasks", NULL);
}

static void teardown(void)
{
    venue_close(&v);
}

static void kill_engine(void)
{
    process_kill(&v.engine, SIGKILL);
    process_end(&v.engine, VENUE_PATIENCE);
}

START_TEST(a_ticket_at_a_second_terminal_is_told_to_both)
{
    tmux first, second;
    process excon;
    venue_plain(&v, &excon, "excon-1");
    venue_sit(&v, &first, "ops-1", "Ada Lind", "");
    venue_shell(&v, &second, "ops-1", "");
    until(&first, "somebody sat down at ops-1 elsewhere");
    until(&second, "Ada Lind (ops-1)");
    until(&second, "somebody sat at this seat until now");
    venue_hear(&excon, "sits down at another terminal");
    TMUX_KEYS(&first, "Enter");
    until(&first, "left, code 4");

    // And so by lines.
    process third;
    venue_plain(&v, &third, "ops-1");
    venue_hear(&third, "somebody sat at this seat until now");
    until(&second, "somebody sat down at ops-1 elsewhere");
    process_free(&third);
    tmux_end(&second);
    tmux_end(&first);
    process_free(&excon);
}
END_TEST

START_TEST(a_killed_terminal_is_seen_to_be_gone_and_its_ticket_brings_it_back)
{
    process excon, ops;
    venue_plain(&v, &excon, "excon-1");
    venue_plain(&v, &ops, "ops-1");
    venue_hear(&excon, "ops-1 sits down");
    process_kill(&ops, SIGKILL);
    venue_hear(&excon, "ops-1 has left");
    process_free(&ops);
    size_t from = excon.said.len;
    venue_plain(&v, &ops, "ops-1");
    ck_assert(process_until(&excon, "ops-1 sits down", &from, VENUE_PATIENCE));
    ck_assert_ptr_null(strstr(toc_buf_text(&excon.said), "another terminal"));
    process_free(&ops);
    process_free(&excon);
}
END_TEST

START_TEST(a_killed_engine_takes_nothing_that_was_typed_or_sent)
{
    tmux ops;
    process town, excon;
    venue_plain(&v, &excon, "excon-1");
    venue_plain(&v, &town, "town-1");
    venue_sit(&v, &ops, "ops-1", "Ada Lind", "");
    venue_say(&excon, "start", "STARTEX");
    TMUX_KEYS(&ops, "w");
    until(&ops, "To whom?");
    TMUX_KEYS(&ops, "1", "Tab");
    tmux_type(&ops, "half a sentence");
    until(&ops, "half a sentence");

    kill_engine();
    venue_hear(&town, "lost");
    until(&ops, "lost");
    until(&ops, "half a sentence");
    venue_say(&town, "say ops Is anybody there?", "kept: it goes out");
    tmux_type(&ops, " and the rest");
    TMUX_KEYS(&ops, "C-s");
    until(&ops, "1 to be sent");
    TMUX_KEYS(&ops, "w");
    until(&ops, "To whom?");
    TMUX_KEYS(&ops, "1", "Tab");
    tmux_type(&ops, "still open");

    venue_resume(&v, v.run);
    venue_hear(&town, "the link is back");
    venue_hear(&town, "sent to ops");
    venue_hear(&town, "half a sentence and the rest");
    until(&ops, "connected");
    until(&ops, "still open");
    ck_assert_uint_eq(VENUE_COUNT(&v, "\"k\":\"say\"", "Is anybody there?"), 1);
    ck_assert_uint_eq(VENUE_COUNT(&v, "\"k\":\"say\"", "half a sentence and the rest"), 1);
    ck_assert_uint_eq(VENUE_COUNT(&v, "still open"), 0);
    venue_hear(&excon, "the link is back");
    venue_say(&excon, "resume", "PLAY GOES ON");
    TMUX_KEYS(&ops, "C-s");
    until(&ops, "sent to Town hall");
    venue_hear(&town, "still open");
    venue_say(&excon, "end", "ENDEX");
    process_write(&excon, "close\n");
    ck_assert_int_eq(process_end(&v.engine, VENUE_PATIENCE), 0);
    venue_verified(&v);
    tmux_end(&ops);
    process_free(&town);
    process_free(&excon);
}
END_TEST

START_TEST(a_run_goes_on_from_a_copy_of_its_folder_at_another_address)
{
    process excon;
    tmux ops;
    venue_close(&v);
    venue_open(&v, "tests/fixtures/tasks",
               (const char *const[]){"--listen", "0.0.0.0:0", "--host", "localhost", NULL});
    char *elsewhere = toc_sprintf("%s/elsewhere", v.runs);
    char *copy = toc_sprintf("%s/run", elsewhere), *line;
    venue_plain(&v, &excon, "excon-1");
    venue_say(&excon, "start", "STARTEX");
    venue_say(&excon, "jump T+0:10:30", "T+0:10:30");
    kill_engine();
    process_free(&excon);

    line = toc_sprintf("mkdir %s && cp -a %s %s && mv %s %s.gone", elsewhere, v.run, copy, v.run,
                       v.run);
    ck_assert_int_eq(process_run((const char *const[]){"sh", "-c", line, NULL}, NULL, 10), 0);
    venue_resume(&v, copy);
    venue_sit(&v, &ops, "ops-1", "Ada Lind", "--desk 127.0.0.2");
    until(&ops, "Tanker off the quay");
    TMUX_KEYS(&ops, "Enter");
    until(&ops, "She lists five degrees");
    // It stands on the screen at once; that it was read is recorded when the engine has heard of it.
    for (int i = 0; i < LOOKS && VENUE_COUNT(&v, "\"k\":\"read\"", "\"by\":\"ops-1\"") == 0; i++)
        until(&ops, "She lists five degrees");
    ck_assert_uint_eq(VENUE_COUNT(&v, "\"k\":\"read\"", "\"by\":\"ops-1\""), 1);
    tmux_end(&ops);
    free(line);
    free(copy);
    free(elsewhere);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_ticket_at_a_second_terminal_is_told_to_both);
    tcase_add_test(tc, a_killed_terminal_is_seen_to_be_gone_and_its_ticket_brings_it_back);
    tcase_add_test(tc, a_killed_engine_takes_nothing_that_was_typed_or_sent);
    tcase_add_test(tc, a_run_goes_on_from_a_copy_of_its_folder_at_another_address);
}

TOC_CHECK_MAIN("away", add_tests)
