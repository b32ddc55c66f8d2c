// SPDX-License-Identifier: MIT
// Bad scenarios and bad files at the real binary: a clear error for the right person, and the exercise goes on.

#include "check_main.h"
#include "run_harness.h"

#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

static char *dir;

static void set_up(void)
{
    dir = folder_new();
}

static void tear_down(void)
{
    folder_remove(dir);
}

static void put(const char *name, const char *bytes, size_t len)
{
    char *path = toc_sprintf("%s/%s", dir, name);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, len, file), len);
    fclose(file);
    free(path);
}

// Around what a test is about: one team, one inject late in play.
static void put_scenario(const char *rest)
{
    char *text = toc_sprintf(
        "exercise \"bad\" { title = \"Bad\", startex = \"2026-03-01 06:00Z\", length = \"10m\" }\n"
        "team \"solo\" { name = \"Solo\" }\n"
        "inject \"INJ-01\" { at = \"T+9m\", to = \"solo\", title = \"Still here\", text = \"Yes.\" "
        "}\n"
        "%s\n",
        rest);
    put("scenario.lua", text, strlen(text));
    free(text);
}

static int run_as(const char *policy, const char *in, toc_buf *said)
{
    char *runs = toc_sprintf("%s/runs", dir), *listen = own_listen(dir);
    int code = process_run((const char *const[]){binary(), "run", dir, "--run-dir", runs,
                                                 "--listen", listen, "--auto-start", "--in", in,
                                                 "--play", policy, NULL},
                           said, 60);
    free(runs);
    free(listen);
    return code;
}

static int run_it(toc_buf *said)
{
    return run_as("first", "2s", said);
}

// The scenario is refused before anything is made; each of the words stands in what is said.
static void refuses(const char *rest, int code, const char *words, const char *more)
{
    toc_buf said = {0};
    put_scenario(rest);
    int got = run_it(&said);
    ck_assert_msg(got == code && strstr(toc_buf_text(&said), words) &&
                      (!more || strstr(said.data, more)),
                  "exit %d, wanted \"%s\": %s", got, words, toc_buf_text(&said));
    ck_assert_msg(!strstr(said.data, "STARTEX"), "%s", said.data);
    toc_buf_fini(&said);
}

// The exercise comes to its end, EXCON is told, the late inject is sent, the recording verifies; whoever
// tried the scenario out is told again, at the end and by the exit code.
static void survives(const char *rest, const char *words)
{
    toc_buf said = {0}, json = {0};
    put_scenario(rest);
    int got = run_it(&said);
    ck_assert_msg(got == 1 && strstr(said.data, words) && strstr(said.data, "script error"),
                  "exit %d, wanted \"%s\": %s", got, words, toc_buf_text(&said));
    ck_assert_msg(strstr(said.data, "INJ-01 > solo") && strstr(said.data, "ENDEX"), "%s",
                  said.data);
    char *folder = strstr(said.data, "run       ") + 10;
    folder[strcspn(folder, " \n")] = '\0';
    ck_assert_msg(run_verify(folder, &json, NULL) == 0, "%s", toc_buf_text(&json));
    toc_buf_fini(&said);
    toc_buf_fini(&json);
}

START_TEST(a_folder_that_is_missing_empty_or_no_folder_is_named)
{
    toc_buf said = {0};
    ck_assert_int_eq(
        process_run((const char *const[]){binary(), "run", "/nonexistent/x", NULL}, &said, 20), 3);
    ck_assert_msg(strstr(said.data, "/nonexistent/x"), "%s", said.data);
    toc_buf_clear(&said);
    ck_assert_int_eq(process_run((const char *const[]){binary(), "run", dir, NULL}, &said, 20), 3);
    ck_assert_msg(strstr(said.data, "scenario.lua"), "%s", said.data);
    toc_buf_clear(&said);
    ck_assert_int_eq(
        process_run((const char *const[]){binary(), "run", "/etc/hostname", NULL}, &said, 20), 3);
    ck_assert_msg(strstr(said.data, "not a folder"), "%s", said.data);
    toc_buf_fini(&said);
}
END_TEST

START_TEST(a_file_that_is_not_utf8_or_is_bytecode_is_refused_by_name)
{
    toc_buf said = {0};
    put("scenario.lua", "exercise \"x\xff\" {}", 16);
    ck_assert_int_ne(run_it(&said), 0);
    ck_assert_msg(strstr(said.data, "scenario.lua") && strstr(said.data, "UTF-8"), "%s", said.data);
    toc_buf_clear(&said);
    put("scenario.lua", "\x1bLua\x54\x00", 6);
    ck_assert_int_ne(run_it(&said), 0);
    ck_assert_msg(strstr(said.data, "scenario.lua"), "%s", said.data);
    toc_buf_fini(&said);
}
END_TEST

START_TEST(a_scenario_that_never_finishes_loading_is_stopped_at_its_line)
{
    refuses("while true do end", 1, "scenario.lua:4", NULL);
    refuses("while true do pcall(function () while true do end end) end", 1, "scenario.lua:4",
            NULL);
    refuses("local t = {} while true do t[#t + 1] = (\"x\"):rep(60000) end", 1, "scenario.lua:4",
            NULL);
    refuses("local function f() return 1 + f() end f()", 1, "scenario.lua:4", NULL);
    refuses("local s = (\"a\"):rep(200) s:find(\".-.-.-.-.-.-b\")", 1, "scenario.lua:4", NULL);
}
END_TEST

START_TEST(what_a_scenario_may_not_reach_is_named)
{
    refuses("os.execute(\"true\")", 1, "scenario.lua:4", "os");
    refuses("io.open(\"/etc/passwd\")", 1, "scenario.lua:4", "io");
    refuses("load(\"\\27Lua\")", 1, "scenario.lua:4", "load");
    refuses("file \"../../etc/passwd\"", 1, "scenario.lua:4", NULL);
    refuses("require \"../secret\"", 1, "scenario.lua:4", NULL);
    refuses("inject \"INJ-02\" { to = \"sola\", title = \"x\", text = \"y\", atttach = {} }", 1,
            "solo", "attach");
}
END_TEST

static const struct {
    const char *code, *words;
} wild[] = {
    {"storyline \"wild\" (function () wait \"1m\" while true do end end)", "SCRIPT ERROR"},
    {"storyline \"zero\" (function () while true do wait \"0s\" end end)", "SCRIPT ERROR"},
    {"storyline \"deep\" (function () local function f() return 1 + f() end f() end)",
     "SCRIPT ERROR"},
    {"storyline \"nil\" (function () wait \"1m\" local x = nil; x.y = 1 end)", "scenario.lua:4"},
    {"on(\"inject\", function (ev) while true do end end)", "SCRIPT ERROR"},
    {"local id when(function () return now() > 30 and sent(id) end, function () end)",
     "SCRIPT ERROR"},
};

START_TEST(a_storyline_that_runs_wild_is_stopped_and_the_exercise_goes_on)
{
    survives(wild[_i].code, wild[_i].words);
}
END_TEST

START_TEST(scripts_that_eat_memory_are_stopped_for_good_and_the_exercise_goes_on)
{
    survives("local keep = {}\n"
             "storyline \"eater\" (function ()\n"
             "  for i = 1, 500 do wait \"1s\" for k = 1, 3 do keep[#keep + 1] = (\"x\"):rep(60000) "
             ".. i .. k end note(\"ate \" .. i) end\n"
             "end)",
             "scripts stopped");
}
END_TEST

START_TEST(a_text_that_fails_holds_its_inject_and_tells_excon)
{
    survives("inject \"INJ-05\" { at = \"T+1m\", to = \"solo\", title = \"Broken\", text = "
             "function () return nil + 1 end }",
             "HELD INJ-05");
    refuses("inject \"INJ-05\" { at = \"T+1m\", to = \"solo\", title = \"Broken\", text = "
            "\"{{decided D-99}}\" }",
            1, "D-99", NULL);
}
END_TEST

START_TEST(a_ticket_that_is_cut_short_or_missing_is_refused_in_words)
{
    toc_buf said = {0};
    char *path = toc_sprintf("%s/cut.ticket", dir);
    put("cut.ticket", "{\"exercise\":\"relay\",\"title\":\"Re", 30);
    ck_assert_int_eq(process_run((const char *const[]){binary(), "join", path, NULL}, &said, 20),
                     3);
    ck_assert_msg(strstr(said.data, "cut.ticket"), "%s", said.data);
    toc_buf_clear(&said);
    ck_assert_int_eq(
        process_run((const char *const[]){binary(), "join", "/nonexistent.ticket", NULL}, &said,
                    20),
        3);
    ck_assert_msg(strstr(said.data, "/nonexistent.ticket"), "%s", said.data);
    toc_buf_fini(&said);
    free(path);
}
END_TEST

START_TEST(the_command_line_suggests_what_was_meant)
{
    static const struct {
        const char *argv[6];
        int code;
        const char *words;
    } cases[] = {
        {{"verfy"}, 2, "verify"},
        {{"run", "--lisen", "x"}, 2, "--listen"},
        {{"run"}, 2, "scenario"},
        {{"run", "x", "--speed", "fast"}, 2, "--speed"},
        {{"run", "x", "--excon", "-1"}, 2, "--excon"},
        {{"verify", "a", "b"}, 2, "one journal"},
        {{"verify", "x", "--key", "abc"}, 2, "64"},
        {{"help", "verify"}, 0, "re-execution"},
        {{"run", "--help"}, 0, "--resume"},
        {{"--version"}, 0, "Lua 5.4"},
    };
    for (size_t i = 0; i < TOC_COUNT(cases); i++) {
        const char *argv[8] = {binary()};
        for (size_t k = 0; k < 6 && cases[i].argv[k]; k++)
            argv[k + 1] = cases[i].argv[k];
        toc_buf said = {0};
        int code = process_run(argv, &said, 20);
        ck_assert_msg(code == cases[i].code && strstr(toc_buf_text(&said), cases[i].words),
                      "case %zu: exit %d: %s", i, code, toc_buf_text(&said));
        toc_buf_fini(&said);
    }
}
END_TEST

// What the plan says beside the scenario: a team with two seats and one contact, and one without any.
static int run_plan(const char *plan, toc_buf *said)
{
    put_scenario("team \"town\" { name = \"Town\", seats = 2, contacts = { \"press\" } }\n"
                 "party \"press\" { name = \"Press\" }\n"
                 "decision \"D-01\" { at = \"T+1m\", to = \"town\", title = \"Which?\", text = "
                 "\"Which?\", within = \"5m\", options = { { \"wait\", \"Wait\" }, { \"go\", "
                 "\"Go\" } } }\n");
    put("p.plan", plan, strlen(plan));
    char *policy = toc_sprintf("plan:%s/p.plan", dir);
    int code = run_as(policy, "2s", said);
    free(policy);
    return code;
}

START_TEST(what_a_plan_can_never_do_is_told_before_play_line_by_line)
{
    static const struct {
        const char *line, *words;
    } cases[] = {
        {"at T+1m town-3 say press Hello", "there is no town-3: town has 2 seats"},
        {"at T+1m excon-2 say town Hello", "there is no excon-2: excon has 1 seat in this run"},
        {"at T+1m twon-1 say press Hello", "no seat \"twon-1\"; did you mean \"town\"?"},
        {"at T+10m town-1 say press Hello", "T+0:10:00 is not before ENDEX, at T+0:10:00"},
        {"at T+1m town-1 say prss Hello", "\"prss\"; did you mean \"press\"?"},
        {"at T+1m town-1 say solo Hello", "\"solo\" is not one of town's contacts: press, excon"},
        {"at T+1m excon-1 say press Hello", "no team \"press\""},
        {"on D-01 town-1 decide D-01 stay", "D-01 has no option \"stay\""},
        {"on D-01 solo-1 decide D-01 go", "D-01 is asked of town, not of solo"},
        {"on D-1 town-1 decide D-1 go", "did you mean \"D-01\"?"},
        {"on INJ-01 solo-1 forward INJ-02 to excon", "\"INJ-02\"; did you mean \"INJ-01\"?"},
        {"expect decided D-01 stay", "D-01 has no option \"stay\"; it has wait, go, other"},
    };
    for (size_t i = 0; i < TOC_COUNT(cases); i++) {
        toc_buf said = {0};
        int code = run_plan(cases[i].line, &said);
        ck_assert_msg(code == 1 && strstr(toc_buf_text(&said), cases[i].words) &&
                          strstr(said.data, "p.plan:1: ") && !strstr(said.data, "STARTEX"),
                      "%s: exit %d: %s", cases[i].line, code, toc_buf_text(&said));
        toc_buf_fini(&said);
    }
}
END_TEST

START_TEST(all_mistakes_of_writing_in_a_plan_are_told_at_once)
{
    toc_buf said = {0};
    int code = run_plan("at noon town-1 say press Hello\n# fine\nwhen D-01 town-1 decide D-01 go\n"
                        "on D-01 town-1 decide D-01 go\nexpect rain\n",
                        &said);
    ck_assert_msg(code != 0 && strstr(said.data, "p.plan:1: ") && strstr(said.data, "p.plan:3: ") &&
                      strstr(said.data, "p.plan:5: ") && !strstr(said.data, "p.plan:4: "),
                  "exit %d: %s", code, said.data);
    ck_assert_msg(strstr(said.data, "3 mistakes in ") && !strstr(said.data, "STARTEX"), "%s",
                  said.data);
    toc_buf_fini(&said);
}
END_TEST

START_TEST(what_the_world_does_is_told_with_names_and_the_storys_clock)
{
    toc_buf said = {0};
    put_scenario(
        "service \"grid\" { domain = \"x\", name = \"Town grid\" }\n"
        "service \"phone\" { domain = \"x\", name = \"Telephone network\", needs = { { \"grid\" } "
        "} }\n"
        "storyline \"dark\" (function () wait \"2m\" set(\"grid\", 0) end)\n"
        "expect \"EXP-01\" { team = \"solo\", text = \"Say so\", by = \"T+5m\", met = function () "
        "return false end }");
    int code = run_it(&said);
    ck_assert_msg(code == 0, "exit %d: %s", code, said.data);
    ck_assert_msg(strstr(said.data, " T+0:02:00  06:02  Town grid 0 %\n") &&
                      strstr(said.data, "06:02  Telephone network 0 % because Town grid\n"),
                  "%s", said.data);
    ck_assert_msg(strstr(said.data, "EXP-01 of solo overdue") && !strstr(said.data, " open"), "%s",
                  said.data);
    toc_buf_fini(&said);
}
END_TEST

START_TEST(what_a_plan_could_not_do_in_play_is_told_at_the_end)
{
    toc_buf said = {0};
    int code = run_plan("on D-01 town-1 decide D-01 go because it is time\n"
                        "at T+2m excon-1 say town All is well\n"
                        "at T+3m excon-1 release INJ-01\n",
                        &said);
    ck_assert_msg(code == 1 && strstr(said.data, "\n1 line of the plan could not be done:\n") &&
                      strstr(said.data, "p.plan:3: excon-1: "),
                  "exit %d: %s", code, said.data);
    ck_assert_msg(strstr(said.data, "decided by town-1") && !strstr(said.data, "p.plan:1: "), "%s",
                  said.data);
    toc_buf_clear(&said);
    code = run_plan("on D-01 town-1 decide D-01 go because it is time\n", &said);
    ck_assert_msg(code == 0 && !strstr(said.data, "could not be done"), "exit %d: %s", code,
                  said.data);
    toc_buf_fini(&said);
}
END_TEST

START_TEST(a_long_script_error_is_told_to_its_end)
{
    toc_buf said = {0};
    put_scenario("storyline \"long\" (function () wait \"1m\" error((\"word \"):rep(60) .. "
                 "\"END-OF-IT\") end)\n"
                 "storyline \"two\" (function () wait \"2m\" error(\"again\") end)");
    int code = run_it(&said);
    ck_assert_msg(code == 1 && strstr(said.data, "2 script errors, the first: "), "exit %d: %s",
                  code, said.data);
    ck_assert_msg(strstr(said.data, "END-OF-IT"), "%s", said.data);
    ck_assert_msg(strstr(strstr(said.data, "END-OF-IT") + 1, "END-OF-IT"), "%s", said.data);
    toc_buf_fini(&said);
}
END_TEST

START_TEST(a_run_that_nobody_will_close_says_so_at_endex)
{
    process engine;
    size_t from = 0;
    put_scenario("");
    char *runs = toc_sprintf("%s/runs", dir), *listen = own_listen(dir);
    process_start(&engine,
                  (const char *const[]){binary(), "run", dir, "--run-dir", runs, "--listen", listen,
                                        "--auto-start", "--in", "1s", "--play", "silent", NULL});
    ck_assert_msg(process_until(&engine, "nobody plays EXCON: `close` at an EXCON seat", &from, 60),
                  "%s", engine.said.data);
    process_kill(&engine, SIGINT);
    ck_assert_int_eq(process_end(&engine, 60), 130);
    process_free(&engine);
    free(runs);
    free(listen);
}
END_TEST

START_TEST(people_are_seated_at_seats_of_the_run_or_nothing_starts)
{
    static const char *const cases[][2] = {
        {"nobody-9", "\"nobody-9\" is no seat of this run"},
        {"sol-1", "did you mean solo-1?"},
        {"", "names no seat"},
        {",,,", "names no seat"},
        {"solo-1 excon-1", "put a comma between two seats"},
    };
    put_scenario("");
    char *runs = toc_sprintf("%s/runs", dir);
    for (size_t i = 0; i < TOC_COUNT(cases); i++) {
        toc_buf said = {0};
        int code =
            process_run((const char *const[]){binary(), "run", dir, "--run-dir", runs, "--listen",
                                              "127.0.0.1:0", "--auto-start", "--play", "first",
                                              "--people", cases[i][0], NULL},
                        &said, 60);
        ck_assert_msg(code == 2 && strstr(toc_buf_text(&said), cases[i][1]), "exit %d: %s", code,
                      toc_buf_text(&said));
        ck_assert_msg(!strstr(said.data, "desk  "), "%s", said.data);
        toc_buf_fini(&said);
    }
    struct stat made;
    ck_assert_int_ne(stat(runs, &made), 0); // no run folder was made
    free(runs);
}
END_TEST

START_TEST(an_address_that_another_listens_at_is_named_and_no_run_is_left_behind)
{
    put_scenario("");
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof here;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_eq(bind(fd, (struct sockaddr *)&here, len), 0);
    ck_assert_int_eq(listen(fd, 1), 0);
    ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&here, &len), 0);
    char *runs = toc_sprintf("%s/runs", dir);
    char *address = toc_sprintf("127.0.0.1:%d", ntohs(here.sin_port));
    toc_buf said = {0};
    int code = process_run((const char *const[]){binary(), "run", dir, "--run-dir", runs,
                                                 "--listen", address, NULL},
                           &said, 60);
    ck_assert_msg(code != 0 && strstr(said.data, "is in use"), "exit %d: %s", code, said.data);
    ck_assert_int_eq(rmdir(runs), 0); // it is empty
    close(fd);
    toc_buf_fini(&said);
    free(address);
    free(runs);
}
END_TEST

START_TEST(a_time_that_is_too_short_or_too_long_to_play_in_names_the_bound)
{
    toc_buf said = {0};
    put_scenario("");
    int code = run_as("first", "500ms", &said);
    ck_assert_msg(code == 2 && strstr(said.data, "--in 500ms is too short: the shortest for this "
                                                 "exercise is 1s"),
                  "exit %d: %s", code, said.data);
    toc_buf_clear(&said);
    code = run_as("first", "1h", &said);
    ck_assert_msg(code == 2 && strstr(said.data, "the longest for this exercise is 20m"),
                  "exit %d: %s", code, said.data);
    toc_buf_fini(&said);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, a_folder_that_is_missing_empty_or_no_folder_is_named);
    tcase_add_test(tc, a_file_that_is_not_utf8_or_is_bytecode_is_refused_by_name);
    tcase_add_test(tc, a_scenario_that_never_finishes_loading_is_stopped_at_its_line);
    tcase_add_test(tc, what_a_scenario_may_not_reach_is_named);
    tcase_add_loop_test(tc, a_storyline_that_runs_wild_is_stopped_and_the_exercise_goes_on, 0,
                        (int)TOC_COUNT(wild));
    tcase_add_test(tc, scripts_that_eat_memory_are_stopped_for_good_and_the_exercise_goes_on);
    tcase_add_test(tc, a_text_that_fails_holds_its_inject_and_tells_excon);
    tcase_add_test(tc, a_ticket_that_is_cut_short_or_missing_is_refused_in_words);
    tcase_add_test(tc, the_command_line_suggests_what_was_meant);
    tcase_add_test(tc, what_a_plan_can_never_do_is_told_before_play_line_by_line);
    tcase_add_test(tc, all_mistakes_of_writing_in_a_plan_are_told_at_once);
    tcase_add_test(tc, what_the_world_does_is_told_with_names_and_the_storys_clock);
    tcase_add_test(tc, what_a_plan_could_not_do_in_play_is_told_at_the_end);
    tcase_add_test(tc, a_long_script_error_is_told_to_its_end);
    tcase_add_test(tc, a_run_that_nobody_will_close_says_so_at_endex);
    tcase_add_test(tc, people_are_seated_at_seats_of_the_run_or_nothing_starts);
    tcase_add_test(tc, an_address_that_another_listens_at_is_named_and_no_run_is_left_behind);
    tcase_add_test(tc, a_time_that_is_too_short_or_too_long_to_play_in_names_the_bound);
}

TOC_CHECK_MAIN("bad_input", add_tests)
