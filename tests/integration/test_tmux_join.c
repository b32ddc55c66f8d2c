// SPDX-License-Identifier: MIT
// The full screen as people have it: the real binary in a real terminal, against a real engine.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/mem.h"
#include "check_main.h"
#include "run_harness.h"
#include "tmux.h"

enum { SECONDS = 30 };

typedef struct {
    process engine;
    char *runs, *folder;
    tmux screen;
} room;

static void open_room_of(room *r, const char *scenario)
{
    process_start(&r->engine, (const char *const[]){binary(), "run", scenario, "--run-dir", r->runs,
                                                    "--listen", "127.0.0.1:0", NULL});
    ck_assert_msg(process_until(&r->engine, "Each seat sits down", NULL, SECONDS), "%s",
                  toc_buf_text(&r->engine.said));
    r->folder = run_folder_of(&r->engine);
}

static void open_room(room *r)
{
    char *scenario = source_path("tests/fixtures/relay");
    *r = (room){.runs = folder_new()};
    open_room_of(r, scenario);
    free(scenario);
}

// A controller, who types one line, and what it leads to.
static void conduct(process *excon, room *r, const char *line, const char *answer)
{
    size_t from = excon->said.len;
    if (excon->pid == 0) {
        char *ticket = toc_sprintf("%s/tickets/excon-1.ticket", r->folder);
        process_start(excon, (const char *const[]){binary(), "join", "--plain", ticket, NULL});
        ck_assert(process_until(excon, "you sit at", NULL, SECONDS));
        free(ticket);
        from = excon->said.len;
    }
    char *typed = toc_sprintf("%s\n", line);
    process_write(excon, typed);
    ck_assert_msg(process_until(excon, answer, &from, SECONDS), "%s", excon->said.data);
    free(typed);
}

// A file in the folder of the runs, which mode says who may do what with; its path.
static char *put(const room *r, const char *name, const char *text, mode_t mode)
{
    char *path = toc_sprintf("%s/%s", r->runs, name);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_int_eq(chmod(path, mode), 0);
    return path;
}

static void close_room(room *r)
{
    process_free(&r->engine);
    folder_remove(r->runs);
    free(r->folder);
}

// A shell in a terminal, in which `environment` holds.
static void open_shell(room *r, int w, int h, const char *environment)
{
    char *line = toc_sprintf(
        "env -u NO_COLOR LC_ALL=C.UTF-8 PS1='ready> ' %s bash --norc --noprofile -i", environment);
    tmux_start(&r->screen, w, h, line);
    tmux_until(&r->screen, "ready>", SECONDS);
    free(line);
}

static void type_line(room *r, const char *format, const char *word)
{
    char *line = toc_sprintf("%s%s", format, word);
    tmux_type(&r->screen, line);
    tmux_keys(&r->screen, (const char *const[]){"Enter", NULL});
    free(line);
}

static void join(room *r, const char *seat, const char *more)
{
    char *line =
        toc_sprintf("clear; %s join %s/tickets/%s.ticket %s", binary(), r->folder, seat, more);
    type_line(r, line, "");
    free(line);
}

// tmux itself writes 39 and 49, which are no colours.
static bool is_colored(room *r)
{
    for (const char *at = tmux_look(&r->screen, true); (at = strstr(at, "\033[3")); at++)
        if (at[3] >= '0' && at[3] <= '7')
            return true;
    return false;
}

// Until then it may say "not connected".
static void until_connected(room *r)
{
    tmux_until(&r->screen, "connected", SECONDS);
    tmux_until_gone(&r->screen, "not connected", SECONDS);
    tmux_until(&r->screen, "connected", SECONDS);
}

static void sign_in(room *r, const char *name)
{
    tmux_until(&r->screen, "Who sits here?", SECONDS);
    tmux_type(&r->screen, name);
    TMUX_KEYS(&r->screen, "Enter");
    tmux_until_gone(&r->screen, "Who sits here?", SECONDS);
    tmux_until(&r->screen, name, SECONDS);
}

START_TEST(every_terminal_and_size_shows_the_exercise_and_its_clock)
{
    static const char *const types[] = {"xterm-256color", "linux", "vt100"};
    static const int sizes[][2] = {{80, 24}, {110, 30}, {60, 16}, {40, 12}};
    room r;
    open_room(&r);
    for (size_t i = 0; i < TOC_COUNT(types); i++) {
        char *environment = toc_sprintf("TERM=%s", types[i]);
        open_shell(&r, 80, 24, environment);
        join(&r, "north-1", "");
        if (i == 0)
            sign_in(&r, "Ada L.");
        for (size_t k = 0; k < TOC_COUNT(sizes); k++) {
            char *needed = toc_sprintf("%dx%d", sizes[k][0], sizes[k][1]);
            tmux_resize(&r.screen, sizes[k][0], sizes[k][1]);
            tmux_until(&r.screen, sizes[k][0] < 60 ? needed : "Inbox", SECONDS);
            tmux_until(&r.screen, sizes[k][0] < 60 ? "EXERCISE" : "EXERCISE", SECONDS);
            tmux_until(&r.screen, "T+0:00", SECONDS);
            free(needed);
        }
        tmux_resize(&r.screen, 80, 24);
        tmux_until(&r.screen, "? help", SECONDS);
        ck_assert_int_eq(is_colored(&r), i < 2);
        tmux_end(&r.screen);
        free(environment);
    }
    close_room(&r);
}
END_TEST

START_TEST(nobody_who_wants_no_colours_gets_any)
{
    static const struct {
        const char *environment, *option;
    } wishes[] = {{"NO_COLOR=1", ""}, {"TOCSIN_NO_COLOR=1", ""}, {"", "--no-color"}};
    room r;
    open_room(&r);
    for (size_t i = 0; i < TOC_COUNT(wishes); i++) {
        char *environment = toc_sprintf("TERM=xterm-256color %s", wishes[i].environment);
        open_shell(&r, 80, 24, environment);
        join(&r, "north-1", wishes[i].option);
        until_connected(&r);
        ck_assert(!is_colored(&r));
        ck_assert_ptr_nonnull(strstr(tmux_look(&r.screen, true), "7m"));
        tmux_end(&r.screen);
        free(environment);
    }
    close_room(&r);
}
END_TEST

START_TEST(ascii_is_all_that_some_terminals_have)
{
    room r;
    open_room(&r);
    open_shell(&r, 80, 24, "TERM=xterm-256color LC_ALL=C");
    join(&r, "north-1", "");
    until_connected(&r);
    for (const char *at = tmux_look(&r.screen, false); *at; at++)
        ck_assert_msg((unsigned char)*at < 0x80, "%s", toc_buf_text(&r.screen.screen));
    tmux_end(&r.screen);
    close_room(&r);
}
END_TEST

START_TEST(what_was_typed_survives_a_stop_and_a_resize)
{
    room r;
    open_room(&r);
    open_shell(&r, 80, 24, "TERM=xterm-256color");
    join(&r, "north-1", "");
    sign_in(&r, "Ada L.");
    TMUX_KEYS(&r.screen, "S");
    tmux_until(&r.screen, "Ada", SECONDS);
    TMUX_KEYS(&r.screen, "Escape");
    TMUX_KEYS(&r.screen, ":");
    tmux_type(&r.screen, "say west half a sentence");
    tmux_until(&r.screen, "half a sentence", SECONDS);
    TMUX_KEYS(&r.screen, "C-z");
    tmux_until(&r.screen, "Stopped", SECONDS);
    type_line(&r, "stty -a | grep -o -e '.icanon'", "");
    tmux_until(&r.screen, "\n icanon", SECONDS);
    tmux_resize(&r.screen, 100, 28);
    type_line(&r, "clear; fg", "");
    tmux_until(&r.screen, "EXERCISE EXERCISE", SECONDS);
    tmux_until(&r.screen, "half a sentence", SECONDS);
    tmux_end(&r.screen);
    close_room(&r);
}
END_TEST

// The shell tells what came of it; where the terminal was not given back, nothing of this would be readable.
static void end_by(room *r, int number, const char *code, const char *farewell)
{
    char *pids = toc_sprintf("%s/pid", r->runs);
    open_shell(r, 80, 24, "TERM=xterm-256color");
    char *line =
        toc_sprintf("clear; (bash -c 'echo $$ > %s; exec %s join %s/tickets/north-1.ticket'); "
                    "echo \"code $?\"; stty -a | grep -o -e '.icanon' -e '.ixon'",
                    pids, binary(), r->folder);
    type_line(r, line, "");
    until_connected(r);
    char *kill_line = toc_sprintf("kill -%d $(cat %s)", number, pids);
    ck_assert_int_eq(process_run((const char *const[]){"sh", "-c", kill_line, NULL}, NULL, 10), 0);
    tmux_until(&r->screen, code, SECONDS);
    tmux_until(&r->screen, "\n icanon", SECONDS);
    tmux_until(&r->screen, "\n ixon", SECONDS);
    tmux_until(&r->screen, farewell, SECONDS);
    ck_assert_ptr_null(strstr(tmux_look(&r->screen, false), "connected"));
    tmux_end(&r->screen);
    free(kill_line);
    free(line);
    free(pids);
}

START_TEST(the_terminal_is_given_back_however_it_ends)
{
    room r;
    open_room(&r);
    end_by(&r, SIGTERM, "code 130", "To come back:");
    end_by(&r, SIGINT, "code 130", "To come back:");
    end_by(&r, SIGHUP, "code 130", "To come back:");
    end_by(&r, SIGABRT, "code 134", "");
    close_room(&r);
}
END_TEST

START_TEST(leaving_says_how_to_come_back)
{
    room r;
    open_room(&r);
    open_shell(&r, 80, 24, "TERM=xterm-256color");
    join(&r, "north-1", "; echo code $?");
    sign_in(&r, "Ada L.");
    TMUX_KEYS(&r.screen, "C-c");
    tmux_until(&r.screen, "Ctrl-C again leaves", SECONDS);
    TMUX_KEYS(&r.screen, "C-c");
    tmux_until(&r.screen, "code 130", SECONDS);
    tmux_until(&r.screen, "To come back:  tocsin join", SECONDS);
    tmux_until(&r.screen, "receipt ", SECONDS);
    tmux_end(&r.screen);
    close_room(&r);
}
END_TEST

START_TEST(a_text_goes_through_the_editor_and_back)
{
    room r;
    open_room(&r);
    open_shell(&r, 80, 24, "TERM=xterm-256color");
    type_line(&r, "export EDITOR='sed -i s/nobody/everybody/'; umask 022", "");
    join(&r, "north-1", "");
    sign_in(&r, "Ada L.");
    TMUX_KEYS(&r.screen, "h");
    tmux_until(&r.screen, "Hand in", SECONDS);
    tmux_type(&r.screen, "here is nobody");
    tmux_until(&r.screen, "here is nobody", SECONDS);
    TMUX_KEYS(&r.screen, "C-e");
    tmux_until(&r.screen, "here is everybody", SECONDS);
    tmux_end(&r.screen);
    close_room(&r);
}
END_TEST

// Whoever writes sees nothing of the screen: it must stand there when the editor gives it back.
START_TEST(an_emergency_that_came_while_somebody_wrote_is_seen_after_the_editor)
{
    room r;
    process excon = {0};
    open_room(&r);
    open_shell(&r, 80, 24, "TERM=xterm-256color");
    char *go = toc_sprintf("%s/go", r.runs);
    char *script = toc_sprintf("#!/bin/sh\nclear\necho the editor has the terminal\n"
                               "until [ -e %s ]; do sleep 0.05; done\necho more >> \"$1\"\n",
                               go);
    char *editor = put(&r, "editor", script, 0700), *line = toc_sprintf("export EDITOR=%s", editor);
    type_line(&r, line, "");
    join(&r, "north-1", "");
    sign_in(&r, "Ada L.");
    TMUX_KEYS(&r.screen, "h");
    tmux_until(&r.screen, "Hand in", SECONDS);
    tmux_type(&r.screen, "half a report");
    tmux_until(&r.screen, "half a report", SECONDS);
    TMUX_KEYS(&r.screen, "C-e");
    tmux_until(&r.screen, "the editor has the terminal", SECONDS);
    conduct(&excon, &r, "emergency STOP smoke in the hall", "smoke in the hall");
    free(put(&r, "go", "", 0600));
    tmux_until_gone(&r.screen, "the editor has the terminal", SECONDS);
    tmux_until(&r.screen, "half a report", SECONDS); // what was written is still there
    tmux_until(&r.screen, "smoke in the hall", SECONDS);
    process_free(&excon);
    tmux_end(&r.screen);
    close_room(&r);
    free(go);
    free(script);
    free(editor);
    free(line);
}
END_TEST

// In lines too: what the engine does not take is there when the same words are typed again. STOP needs
// no capitals and no words.
START_TEST(a_text_by_lines_that_is_refused_is_kept)
{
    room r;
    process excon = {0};
    open_room(&r);
    open_shell(&r, 100, 30, "TERM=xterm-256color");
    char *editor = put(&r, "editor", 
                       "#!/bin/sh\n[ -s \"$1\" ] && echo ', and three' >> \"$1\" ||"
                       " printf 'smoke on deck two' >> \"$1\"\n", 0700);
    char *line = toc_sprintf("export EDITOR=%s", editor);
    type_line(&r, line, "");
    conduct(&excon, &r, "start", "STARTEX");
    join(&r, "north-1", "--plain");
    tmux_until(&r.screen, "who sits here?", SECONDS);
    type_line(&r, "Emergency Stop", "");
    tmux_until(&r.screen, "What has happened, and where?", SECONDS);
    tmux_until(&r.screen, "REAL EMERGENCY", SECONDS);
    type_line(&r, "a lamp fell in room 2", "");
    conduct(&excon, &r, "status", "a lamp fell in room 2");
    type_line(&r, "submit report", "");
    tmux_until(&r.screen, "yes or no", SECONDS);
    type_line(&r, "yes", "");
    tmux_until(&r.screen, "What you wrote is kept", SECONDS);
    conduct(&excon, &r, "resume", "the emergency is over");
    tmux_until(&r.screen, "PLAY GOES ON", SECONDS);
    type_line(&r, "submit report", "");
    tmux_until(&r.screen, "smoke on deck two, and three", SECONDS);
    type_line(&r, "yes", "");
    conduct(&excon, &r, "status", "smoke on deck two, and three");
    process_free(&excon);
    tmux_end(&r.screen);
    close_room(&r);
    free(editor);
    free(line);
}
END_TEST

START_TEST(a_decision_by_lines_is_asked_back_once)
{
    room r;
    process excon = {0};
    open_room(&r);
    open_shell(&r, 100, 30, "TERM=xterm-256color");
    conduct(&excon, &r, "start", "STARTEX");
    conduct(&excon, &r, "jump T+0:00:21", "DECISION D-01"); // 39 s are left to the pause
    conduct(&excon, &r, "pause", "PAUSED");
    join(&r, "south-1", "--plain");
    tmux_until(&r.screen, "who sits here?", SECONDS);
    type_line(&r, "", ""); // nobody signs in
    type_line(&r, "decide D-01 1 because it burns", "");
    tmux_until(&r.screen, "your answer: 1 cut", SECONDS);
    type_line(&r, "no", "");
    tmux_until(&r.screen, "not sent", SECONDS);
    type_line(&r, "decide D-01 2 because it spreads", "");
    tmux_until(&r.screen, "your answer: 2 wait", SECONDS);
    type_line(&r, "yes", "");
    tmux_until(&r.screen, "your answer is recorded", SECONDS);
    TMUX_KEYS(&r.screen, "C-d");
    tmux_until(&r.screen, "receipt of the newest line you were shown", SECONDS);
    tmux_until(&r.screen, "keep it: it can prove later", SECONDS);
    process_free(&excon);
    tmux_end(&r.screen);
    close_room(&r);
}
END_TEST

START_TEST(stop_by_lines_asks_once_whether_it_is_real)
{
    room r;
    open_room(&r);
    open_shell(&r, 100, 30, "TERM=xterm-256color");
    join(&r, "north-1", "--plain");
    tmux_until(&r.screen, "who sits here?", SECONDS);
    type_line(&r, "STOP", "");
    tmux_until(&r.screen, "is it real?", SECONDS);
    type_line(&r, "no", "");
    tmux_until(&r.screen, "no call went out", SECONDS);
    type_line(&r, "stop, somebody has collapsed", "");
    type_line(&r, "Yes", "");
    tmux_until(&r.screen, "no exercise (North control (north-1)): somebody has collapsed", SECONDS);
    tmux_end(&r.screen);
    close_room(&r);
}
END_TEST

// The program gets one argument, which no shell has read, and a name that means nothing to one.
START_TEST(an_attachment_is_shown_by_a_program_whatever_its_name_is)
{
    static const char hostile[] = "-rf; touch pwned $(touch pwned) `touch pwned` 'a b'.txt";
    room r = {.runs = folder_new()};
    process excon = {0};
    char *folder = toc_sprintf("%s/own", r.runs), *files = toc_sprintf("%s/files", folder);
    ck_assert_int_eq(mkdir(folder, 0700), 0);
    ck_assert_int_eq(mkdir(files, 0700), 0);
    char *name = toc_sprintf("own/files/%s", hostile);
    char *text = toc_sprintf(
        "exercise \"own\" { title = \"Own\", startex = \"2026-03-01 06:00Z\", length = \"1h\",\n"
        "  marking = \"TLP:CLEAR\" }\n"
        "team \"north\" { name = \"North\", seats = 1 }\n"
        "inject \"INJ-01\" { to = \"north\", title = \"A plan\", text = \"See there.\",\n"
        "  attach = { \"files/%s\" } }\n",
        hostile);
    char *out = toc_sprintf("%s/out", r.runs);
    char *script = toc_sprintf("#!/bin/sh\nprintf '%%s\\n' \"$#\" \"$1\" > %s\ncat -- \"$1\"\n"
                               "echo; echo shown; read -r answer\n",
                               out);
    free(put(&r, name, "berth seven is free", 0600));
    free(put(&r, "own/scenario.lua", text, 0600));
    char *program = put(&r, "show", script, 0700);
    char *line = toc_sprintf("cd %s; export TOCSIN_OPEN=%s", r.runs, program);
    open_room_of(&r, folder);
    open_shell(&r, 80, 24, "TERM=xterm-256color");
    type_line(&r, line, "");
    join(&r, "north-1", "");
    sign_in(&r, "Ada L.");
    conduct(&excon, &r, "start", "STARTEX");
    conduct(&excon, &r, "fire INJ-01", "INJ-01");
    tmux_until(&r.screen, "A plan", SECONDS);
    TMUX_KEYS(&r.screen, "Enter");
    tmux_until(&r.screen, "See there.", SECONDS);
    TMUX_KEYS(&r.screen, "O");
    tmux_until(&r.screen, "berth seven is free", SECONDS);
    tmux_until(&r.screen, "shown", SECONDS);
    TMUX_KEYS(&r.screen, "Enter");
    tmux_until(&r.screen, "EXERCISE EXERCISE", SECONDS);

    toc_buf said = {0};
    toc_error e;
    TOC_OK_OR_FAIL(toc_file_slurp(&said, out, 4096, &e), e);
    ck_assert_msg(strncmp(said.data, "1\n/", 3) == 0, "%s", said.data);
    const char *last = strrchr(said.data, '/') + 1;
    ck_assert_uint_eq(strcspn(last, " ;$`'\"()\n") + 1,
                      strlen(last)); // all but the end of the line
    ck_assert_int_ne(last[0], '-');
    char *pwned = toc_sprintf("%s/pwned", r.runs);
    ck_assert_int_ne(access(pwned, F_OK), 0);
    toc_buf_fini(&said);
    process_free(&excon);
    tmux_end(&r.screen);
    close_room(&r);
    char *owned[] = {folder, files, name, text, out, script, program, line, pwned};
    for (size_t i = 0; i < TOC_COUNT(owned); i++)
        free(owned[i]);
}
END_TEST

START_TEST(a_seat_taken_elsewhere_says_so_on_the_screen)
{
    room r;
    open_room(&r);
    open_shell(&r, 80, 24, "TERM=xterm-256color");
    join(&r, "north-1", "; echo code $?");
    until_connected(&r);
    char *ticket = toc_sprintf("%s/tickets/north-1.ticket", r.folder);
    toc_buf out = {0};
    int code = process_run((const char *const[]){binary(), "join", ticket, "--snapshot", "80x24",
                                                 "--keys", "Esc 3", NULL},
                           &out, SECONDS);
    ck_assert_msg(code == 0, "%s", toc_buf_text(&out));
    ck_assert_msg(strstr(toc_buf_text(&out), "[3 Situation]"), "%s", toc_buf_text(&out));
    tmux_until_gone(&r.screen, "connected", SECONDS);
    TMUX_KEYS(&r.screen, "Enter");
    tmux_until(&r.screen, "code 4", SECONDS);
    toc_buf_fini(&out);
    free(ticket);
    tmux_end(&r.screen);
    close_room(&r);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, every_terminal_and_size_shows_the_exercise_and_its_clock);
    tcase_add_test(tc, nobody_who_wants_no_colours_gets_any);
    tcase_add_test(tc, ascii_is_all_that_some_terminals_have);
    tcase_add_test(tc, what_was_typed_survives_a_stop_and_a_resize);
    tcase_add_test(tc, the_terminal_is_given_back_however_it_ends);
    tcase_add_test(tc, leaving_says_how_to_come_back);
    tcase_add_test(tc, a_text_goes_through_the_editor_and_back);
    tcase_add_test(tc, an_emergency_that_came_while_somebody_wrote_is_seen_after_the_editor);
    tcase_add_test(tc, a_text_by_lines_that_is_refused_is_kept);
    tcase_add_test(tc, a_decision_by_lines_is_asked_back_once);
    tcase_add_test(tc, stop_by_lines_asks_once_whether_it_is_real);
    tcase_add_test(tc, an_attachment_is_shown_by_a_program_whatever_its_name_is);
    tcase_add_test(tc, a_seat_taken_elsewhere_says_so_on_the_screen);
}

TOC_CHECK_MAIN("tmux_join", add_tests)
