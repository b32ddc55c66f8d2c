// SPDX-License-Identifier: MIT
// Whole tasks at real terminals against a live engine, full screen and plain; the journal says that both did the same.
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/files.h"
#include "base/mem.h"
#include "check_main.h"
#include "venue.h"

static venue v;

static void until(tmux *t, const char *text)
{
    tmux_until(t, text, VENUE_PATIENCE);
}

// What stands there for some seconds only, or what follows it.
static void until_one(tmux *t, const char *brief, const char *next)
{
    const time_t deadline = time(NULL) + VENUE_PATIENCE;
    for (const char *shown = tmux_look(t, false); !strstr(shown, brief) && !strstr(shown, next);
         shown = tmux_look(t, false))
        ck_assert_msg(time(NULL) < deadline, "neither \"%s\" nor \"%s\" is on the screen:\n%s",
                      brief, next, shown);
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
    ck_assert_uint_eq(VENUE_COUNT(&v, "\"k\":\"decide\"", "\"by\":\"ops-1\"",
                                  "\"option\":\"close\"", "two ships are due"),
                      1);
    ck_assert_uint_eq(
        VENUE_COUNT(&v, "\"k\":\"forward\"", "\"by\":\"ops-1\"", "\"town\"", "For your ears."), 1);
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
    ck_assert_uint_eq(
        VENUE_COUNT(&v, "\"k\":\"drop\"", "\"storyline\":\"the light\"", "it is light enough"), 1);
    ck_assert_uint_eq(VENUE_COUNT(&v, "\"k\":\"jump\"", "\"until\":630000"), 1);
    ck_assert_uint_eq(VENUE_COUNT(&v, "\"k\":\"jump\"", "\"until\":2520000",
                                  "\"hold\":[\"INJ-03\"]", "we run late"),
                      1);
    ck_assert_uint_eq(VENUE_COUNT(&v, "\"k\":\"close\""), 1);
    venue_verified(&v);
}

static void begin_full(tmux *excon)
{
    PRESS(excon, "Start play for everybody?", "b");
    PRESS(excon, "RUNNING", "Enter");
}

static void jump_full(tmux *excon, const char *to, const char *sends)
{
    PRESS(excon, "To (T+1:20, +10m)", "j");
    tmux_type(excon, to);
    PRESS(excon, "p asks again", "Enter");
    until(excon, sends);
}

static void participate_full(tmux *ops)
{
    until(ops, "Tanker off the quay");
    PRESS(ops, "She lists five degrees", "Enter");
    PRESS(ops, "Decide D-01", "d");
    TMUX_KEYS(ops, "1", "Tab");
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
static void select_row(tmux *excon, const char *inject)
{
    char *title = toc_sprintf("─ %s ─", inject);
    TMUX_KEYS(excon, "1", "Escape", "/", "C-u");
    type(excon, inject);
    TMUX_KEYS(excon, "Enter", "Down");
    until(excon, title);
    free(title);
}

static void conduct_full(tmux *excon)
{
    select_row(excon, "INJ-02");
    PRESS(excon, "INJ-02 is held", "h");
    select_row(excon, "INJ-03");
    PRESS(excon, "Move INJ-03", "m");
    tmux_type(excon, "+10m");
    TMUX_KEYS(excon, "Tab", "Tab");
    type(excon, "the shift is late");
    PRESS(excon, "INJ-03 moved to T+0:40:00", "C-s");
    select_row(excon, "INJ-04");
    // At once: from one command of tmux to the next a busy machine may take the five seconds.
    PRESS(excon, "recalled, nobody has seen it", "f", "u");
    TMUX_KEYS(excon, "f");
    until_one(excon, "leaves in", "delivered, not read");
    until(excon, "delivered, not read");
}

static void adhoc_full(tmux *excon)
{
    PRESS(excon, "An inject that is not in the list", "n");
    TMUX_KEYS(excon, "2", "Tab", "2", "Tab", "Tab");
    tmux_type(excon, "phone");
    TMUX_KEYS(excon, "Tab", "Tab");
    type(excon, "Helicopter on its way");
    TMUX_KEYS(excon, "Tab");
    type(excon, "It lands on the quay.");
    TMUX_KEYS(excon, "C-s");
    until_one(excon, "leaves in", "\"Helicopter on its way\" is sent");
    until(excon, "\"Helicopter on its way\" is sent");
}

static void drop_full(tmux *excon)
{
    PRESS(excon, "the light", "7", "/");
    tmux_type(excon, "light");
    PRESS(excon, "D drops it", "Enter");
    PRESS(excon, "Why?", "D");
    type(excon, "it is light enough");
    PRESS(excon, "Drop it?", "C-s");
    PRESS(excon, "the light is dropped", "Enter");
}

START_TEST(whole_tasks_at_full_screens)
{
    tmux excon, ops, simcell;
    venue_sit(&v, &excon, "excon-1", "M. Chair", "");
    venue_sit(&v, &ops, "ops-1", "Ada Lind", "");
    venue_sit(&v, &simcell, "simcell-1", NULL, "");
    begin_full(&excon);
    jump_full(&excon, "T+0:10:30", "INJ-01 to ops");
    PRESS(&excon, "Jump now?", "Enter");
    PRESS(&excon, "play has jumped to T+0:10:30", "Enter");
    participate_full(&ops);
    answer_full(&simcell);
    conduct_full(&excon);
    adhoc_full(&excon);
    drop_full(&excon);

    // The answer came meanwhile, to whoever asked.
    until(&ops, "Nine metres.");
    PRESS(&ops, "Enter opens", "1", "Escape");
    PRESS(&ops, "answers item", "Home", "Down", "Enter");

    TMUX_KEYS(&excon, "Escape", "1");
    jump_full(&excon, "T+0:42", "[send]  INJ-03");
    PRESS(&excon, "[HOLD]", "Down", "Space");
    PRESS(&excon, "Jump now?", "Enter");
    type(&excon, "we run late");
    PRESS(&excon, "play has jumped to T+0:42:00", "Enter");

    PRESS(&excon, "Why?", "E");
    PRESS(&excon, "End play for everybody?", "Enter");
    PRESS(&excon, "ENDEX: play is over", "Enter");
    PRESS(&excon, "Type tasks to close", "E");
    tmux_type(&excon, "tasks");
    TMUX_KEYS(&excon, "Enter");
    until(&ops, "closed");
    ck_assert_int_eq(process_end(&v.engine, VENUE_PATIENCE), 0);
    check_acts();
    tmux_end(&simcell);
    tmux_end(&ops);
    tmux_end(&excon);
}
END_TEST

// "… item 5, phone from Coast Guard: Tanker off the quay (`read 5`)": the number.
static int item_of(process *p, const char *title)
{
    venue_hear(p, title);
    const char *at = strstr(toc_buf_text(&p->said), title), *item = NULL;
    for (const char *i = p->said.data; (i = strstr(i, "item ")) && i < at; i++)
        item = i;
    ck_assert_msg(item != NULL, "%s", toc_buf_text(&p->said));
    return atoi(item + 5);
}

static void say_number(process *p, const char *format, int number, const char *answer)
{
    const char *hole = strchr(format, '#');
    char *line = toc_sprintf("%.*s%d%s", (int)(hole - format), format, number, hole + 1);
    venue_say(p, line, answer);
    free(line);
}

// People have the five seconds, scripts mean what they say. Both lines are typed at once, as in conduct_full.
static void recall_plain(void)
{
    tmux excon;
    venue_shell(&v, &excon, "excon-2", "--plain");
    until(&excon, "who sits here?");
    venue_type(&excon, "R. Deputy", "R. Deputy");
    TMUX_KEYS(&excon, "fire INJ-04", "Enter", "recall", "Enter");
    until(&excon, "leaves in 5 s");
    until(&excon, "taken back, nobody saw it: fire INJ-04");
    tmux_end(&excon);
}

START_TEST(the_same_tasks_by_lines)
{
    process excon, ops, simcell;
    venue_plain(&v, &excon, "excon-1");
    venue_plain(&v, &ops, "ops-1");
    venue_plain(&v, &simcell, "simcell-1");
    venue_say(&excon, "start", "STARTEX");
    venue_say(&excon, "preview T+0:10:30", "INJ-01");
    venue_say(&excon, "jump T+0:10:30", "T+0:10:30");

    int inject = item_of(&ops, "Tanker off the quay");
    say_number(&ops, "read #", inject, "She lists five degrees");
    venue_say(&ops, "decide 1 close because two ships are due", "D-01");
    say_number(&ops, "forward # to town For your ears.", inject, "is passed on to town");
    venue_say(&ops, "ask COAST GUARD What is her draught?", "asked of coast");

    int question = item_of(&simcell, "What is her draught?");
    say_number(&simcell, "claim #", question, "it is yours now");
    say_number(&simcell, "as coast say ops re # Nine metres.", question, "sent to ops");
    int reply = item_of(&ops, "Nine metres.");
    say_number(&ops, "read #", reply, "Nine metres.");

    venue_say(&excon, "hold INJ-02", "INJ-02");
    venue_say(&excon, "move INJ-03 +10m because the shift is late", "INJ-03 is moved to T+0:40:00");
    recall_plain();
    venue_say(&excon, "fire INJ-04", "INJ-04");
    venue_say(&excon, "adhoc ops from coast by phone Helicopter on its way: It lands on the quay.",
              "your inject is recorded");
    venue_say(&excon, "drop the light because it is light enough", "is dropped");
    venue_say(&excon, "preview T+0:42 hold INJ-03", "INJ-03");
    venue_say(&excon, "jump T+0:42 hold INJ-03 because we run late", "T+0:42:00");
    venue_say(&excon, "end", "ENDEX");
    process_write(&excon, "close\n");
    ck_assert_int_eq(process_end(&v.engine, VENUE_PATIENCE), 0);
    check_acts();
    process_free(&simcell);
    process_free(&ops);
    process_free(&excon);
}
END_TEST

START_TEST(a_confined_seat_reads_what_is_attached_and_touches_nothing)
{
    process excon;
    tmux ops;
    venue_plain(&v, &excon, "excon-1");
    venue_sit(&v, &ops, "ops-1", NULL, "--confined");
    venue_say(&excon, "start", "STARTEX");
    venue_say(&excon, "jump T+0:10:30", "T+0:10:30");
    until(&ops, "Tanker off the quay");
    PRESS(&ops, "She lists five degrees", "Enter");
    PRESS(&ops, "Save an attachment", "s");
    PRESS(&ops, "Call the pilot first.", "1", "Enter");
    TMUX_KEYS(&ops, "Escape");
    tmux_until_gone(&ops, "Call the pilot first.", VENUE_PATIENCE);
    PRESS(&ops, "Open an attachment", "O");
    PRESS(&ops, "this seat is confined: ask EXCON for the file", "2", "Enter");
    TMUX_KEYS(&ops, ":");
    tmux_type(&ops, "submit first-report @/etc/hostname");
    PRESS(&ops, "it reads no files", "Enter");
    tmux_end(&ops);
    process_free(&excon);
}
END_TEST

START_TEST(a_hand_over_sheet_is_written_from_a_full_screen_and_no_file_is_lost)
{
    tmux excon, confined;
    struct stat about;
    char *sheet = toc_sprintf("%s/sheet.txt", v.runs), *line = toc_sprintf("handover %s", sheet);
    char *second = toc_sprintf("%s/sheet-2.txt", v.runs);
    venue_sit(&v, &confined, "excon-2", NULL, "--confined");
    venue_sit(&v, &excon, "excon-1", "M. Chair", "");
    TMUX_KEYS(&confined, ":");
    tmux_type(&confined, line);
    PRESS(&confined, "no file was written: this seat is confined", "Enter");
    ck_assert_int_ne(access(sheet, F_OK), 0);
    for (int i = 0; i < 2; i++) {
        TMUX_KEYS(&excon, ":");
        tmux_type(&excon, line);
        TMUX_KEYS(&excon, "Enter");
        tmux_until_gone(&excon, "handover /", VENUE_PATIENCE);
        until(&excon, i == 0 ? "sheet.txt" : "sheet-2.txt");
        until(&excon, "the hand-over sheet is in");
    }
    toc_buf text = {0};
    toc_error e;
    TOC_OK_OR_FAIL(toc_file_slurp(&text, second, 1 << 20, &e), e);
    ck_assert_msg(strncmp(text.data, "EXERCISE TLP:", 13) == 0, "%s", text.data);
    ck_assert_ptr_nonnull(strstr(text.data, "HAND-OVER"));
    ck_assert_int_eq(stat(sheet, &about), 0);
    ck_assert_uint_eq(about.st_mode & 0777, 0600);
    toc_buf_fini(&text);
    free(sheet);
    free(second);
    free(line);
    tmux_end(&excon);
    tmux_end(&confined);
}
END_TEST

START_TEST(a_confined_seat_by_lines_touches_nothing_either)
{
    process excon, ops;
    char *ticket = toc_sprintf("%s/tickets/ops-1.ticket", v.run);
    char *sheet = toc_sprintf("%s/sheet.txt", v.runs), *line = toc_sprintf("handover %s", sheet);
    process_start(&ops,
                  (const char *const[]){binary(), "join", "--plain", "--confined", ticket, NULL});
    venue_hear(&ops, "you sit at");
    free(ticket);
    ticket = toc_sprintf("%s/tickets/excon-1.ticket", v.run);
    process_start(&excon,
                  (const char *const[]){binary(), "join", "--plain", "--confined", ticket, NULL});
    venue_hear(&excon, "you sit at");
    venue_say(&excon, "start", "STARTEX");
    venue_say(&excon, "jump T+0:10:30", "T+0:10:30");
    int inject = item_of(&ops, "Tanker off the quay");
    size_t from = ops.said.len;
    say_number(&ops, "save #", inject, "ask EXCON for the file");
    ck_assert_msg(strstr(ops.said.data + from, "Call the pilot first."), "%s", ops.said.data);
    venue_say(&ops, "submit first-report @/etc/hostname", "this seat is confined");
    venue_say(&excon, line, "this seat is confined");
    ck_assert_int_ne(access(sheet, F_OK), 0);
    ck_assert_uint_eq(VENUE_COUNT(&v, "\"k\":\"submit\""), 0);
    process_free(&ops);
    process_free(&excon);
    free(ticket);
    free(sheet);
    free(line);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, whole_tasks_at_full_screens);
    tcase_add_test(tc, the_same_tasks_by_lines);
    tcase_add_test(tc, a_confined_seat_reads_what_is_attached_and_touches_nothing);
    tcase_add_test(tc, a_hand_over_sheet_is_written_from_a_full_screen_and_no_file_is_lost);
    tcase_add_test(tc, a_confined_seat_by_lines_touches_nothing_either);
}

TOC_CHECK_MAIN("tasks", add_tests)
