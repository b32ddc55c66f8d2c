// SPDX-License-Identifier: MIT
// Whole tasks at real terminals against a live engine, full screen and plain; the journal says that both did the same.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "venue.h"

static venue v;

static void until(tmux *t, const char *text)
{
    tmux_until(t, text, VENUE_PATIENCE);
}

// Keys, and what they lead to.
#define PRESS(t, text, ...)                                                                        \
    do {                                                                                           \
        TMUX_KEYS(t, __VA_ARGS__);                                                                 \
        until(t, text);                                                                            \
    } while (0)

static void type(tmux *t, const char *text)
{
    tmux_type(t, text);
    until(t, text);
}

static void setup(void)
{
    venue_open(&v, "tests/fixtures/tasks",
               (const char *const[]){"--simcell", "1", "--excon", "2", NULL});
}

static void teardown(void)
{
    venue_close(&v);
}

// What the journal holds after the tasks, whatever terminal they were done at.
static void check_acts(void)
{
    ck_assert_uint_eq(VENUE_COUNT(&v, "\"k\":\"read\"", "\"by\":\"ops-1\""), 2);
    ck_assert_uint_eq(VENUE_COUNT(&v, "\"k\":\"decide\"", "\"by\":\"ops-1\"", "\"option\":\"close\"",
                                  "two ships are due"),
                      1);
    ck_assert_uint_eq(VENUE_COUNT(&v, "\"k\":\"forward\"", "\"by\":\"ops-1\"", "\"town\"",
                                  "For your ears."),
                      1);
    ck_assert_uint_eq(VENUE_COUNT(&v, "\"k\":\"say\"", "\"by\":\"ops-1\"", "\"coast\"", "\"rfi\"",
                                  "What is her draught?"),
                      1);
    ck_assert_uint_eq(VENUE_COUNT(&v, "\"k\":\"claim\"", "\"by\":\"simcell-1\""), 1);
    ck_assert_uint_eq(VENUE_COUNT(&v, "\"k\":\"say\"", "\"by\":\"simcell-1\"", "\"as\":\"coast\"",
                                  "Nine metres."),
                      1);
    ck_assert_uint_eq(VENUE_COUNT(&v, "\"k\":\"hold\"", "\"inject\":\"INJ-02\""), 1);
    ck_assert_uint_eq(VENUE_COUNT(&v, "\"k\":\"move\"", "\"inject\":\"INJ-03\"",
                                  "\"until\":2400000", "the shift is late"),
                      1);
    ck_assert_uint_eq(VENUE_COUNT(&v, "\"k\":\"fire\"", "\"inject\":\"INJ-04\""), 1);
    ck_assert_uint_eq(VENUE_COUNT(&v, "\"k\":\"adhoc\"", "Helicopter", "\"coast\""), 1);
    ck_assert_uint_eq(VENUE_COUNT(&v, "\"k\":\"drop\"", "\"storyline\":\"the light\"",
                                  "it is light enough"),
                      1);
    ck_assert_uint_eq(VENUE_COUNT(&v, "\"k\":\"jump\"", "\"until\":630000"), 1);
    ck_assert_uint_eq(VENUE_COUNT(&v, "\"k\":\"jump\"", "\"until\":2520000",
                                  "\"hold\":[\"INJ-03\"]", "we run late"),
                      1);
    ck_assert_uint_eq(VENUE_COUNT(&v, "\"k\":\"close\""), 1);
    venue_verified(&v);
}

static void begin_full(tmux *excon)
{
    PRESS(excon, "seats are empty", "b");
    PRESS(excon, "Start play for everybody?", "Enter");
    PRESS(excon, "RUNNING", "Enter");
}

static void jump_full(tmux *excon, const char *to, const char *sends)
{
    PRESS(excon, "To which time", "j");
    tmux_type(excon, to);
    PRESS(excon, "what it would do", "Enter");
    until(excon, sends);
}

static void participate_full(tmux *ops)
{
    until(ops, "Tanker off the quay");
    PRESS(ops, "She lists five degrees", "Enter");
    PRESS(ops, "Decide D-01", "d");
    TMUX_KEYS(ops, "1", "Tab", "Tab");
    type(ops, "two ships are due");
    PRESS(ops, "Send this as your team's answer?", "C-s");
    PRESS(ops, "D-01 recorded", "Enter");
    PRESS(ops, "Forward", "f");
    TMUX_KEYS(ops, "1", "Tab");
    type(ops, "For your ears.");
    PRESS(ops, "forwarded to", "C-s");
    PRESS(ops, "Ask for information", "a");
    TMUX_KEYS(ops, "2", "Tab");
    type(ops, "What is her draught?");
    PRESS(ops, "asked Coast Guard", "C-s");
}

static void answer_full(tmux *simcell)
{
    until(simcell, "unanswered");
    PRESS(simcell, "is with you", "c");
    PRESS(simcell, "Reply to item", "r");
    type(simcell, "Nine metres.");
    TMUX_KEYS(simcell, "C-s");
}

// The row of one inject, selected.
static void select_row(tmux *excon, const char *inject, const char *title)
{
    TMUX_KEYS(excon, "1", "Escape", "/", "C-u");
    tmux_type(excon, inject);
    TMUX_KEYS(excon, "Enter", "Down");
    until(excon, title);
    tmux_until_gone(excon, "NOW T+", 0 + VENUE_PATIENCE);
}

static void conduct_full(tmux *excon)
{
    select_row(excon, "INJ-02", "Is the quay safe?");
    PRESS(excon, "INJ-02 is held", "h");
    select_row(excon, "INJ-03", "Shift change");
    PRESS(excon, "Move INJ-03", "m");
    tmux_type(excon, "+10m");
    TMUX_KEYS(excon, "Tab", "Tab");
    type(excon, "the shift is late");
    PRESS(excon, "INJ-03 moved to T+0:40:00", "C-s");
    select_row(excon, "INJ-04", "Where do we land?");
    PRESS(excon, "leaves in", "f");
    PRESS(excon, "recalled, nobody has seen it", "u");
    PRESS(excon, "leaves in", "f");
    until(excon, "delivered, not read");
}

START_TEST(whole_tasks_at_full_screens)
{
    tmux excon, ops, simcell;
    venue_sit(&v, &excon, "excon-1", "M. Chair", "");
    venue_sit(&v, &ops, "ops-1", "Ada Lind", "");
    venue_sit(&v, &simcell, "simcell-1", NULL, "");
    begin_full(&excon);
    jump_full(&excon, "T+0:10:30", "INJ-01 to ops");
    (void)conduct_full;
    tmux_end(&simcell);
    tmux_end(&ops);
    tmux_end(&excon);
    (void)answer_full; (void)participate_full; (void)check_acts;
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, whole_tasks_at_full_screens);
}

TOC_CHECK_MAIN("tasks", add_tests)
