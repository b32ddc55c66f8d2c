// SPDX-License-Identifier: MIT
// `tocsin world` at the real binary: worked traces minute by minute, the same in text and in JSON; the
// graph; and one clear error for each mistake.

#include "check_main.h"
#include "process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/json.h"

enum { ARGUMENTS = 16 };

static toc_error e;
static toc_buf said;
static char *dir; // a scenario folder of the test's own

static void set_up(void)
{
    dir = folder_new();
}

static void tear_down(void)
{
    toc_buf_fini(&said);
    folder_remove(dir);
}

// Runs `tocsin world SCENARIO` with what else is to be said (separated by spaces); the exit code.
static int world(const char *scenario, const char *options)
{
    const char *argv[ARGUMENTS] = {binary(), "world", scenario};
    char *words = toc_strdup(options), *rest = words, *word;
    for (size_t i = 3; i + 1 < ARGUMENTS && (word = strtok_r(rest, " ", &rest)); i++)
        argv[i] = word;
    toc_buf_clear(&said);
    int code = process_run(argv, &said, 60);
    free(words);
    return code;
}

static int world_of(const char *fixture, const char *options)
{
    char *relative = toc_sprintf("tests/fixtures/world/%s", fixture);
    char *path = source_path(relative);
    int code = world(path, options);
    free(relative);
    free(path);
    return code;
}

static void says(const char *words)
{
    ck_assert_msg(strstr(toc_buf_text(&said), words), "\"%s\" is missing in:\n%s", words,
                  toc_buf_text(&said));
}

// A scenario with one team, and what the test is about.
static void put(const char *rest)
{
    char *path = toc_sprintf("%s/scenario.lua", dir);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fprintf(
        file,
        "exercise \"own\" { title = \"Own\", startex = \"2026-03-01 06:00Z\", length = \"1h\" }\n"
        "team \"solo\" { name = \"Solo\" }\n%s\n",
        rest);
    fclose(file);
    free(path);
}

static toc_json *read_json(void)
{
    toc_json *json;
    toc_json_limits limits = {(size_t)16 << 20, 8, 500000};
    TOC_OK_OR_FAIL(toc_json_read(&json, toc_buf_text(&said), said.len, limits, &e), e);
    ck_assert_str_eq(toc_json_text(toc_json_get(json, "schema")), "tocsin-world-1");
    return json;
}

static int64_t number(const toc_json *object, const char *key)
{
    int64_t n;
    ck_assert_msg(toc_json_int(toc_json_get(object, key), &n), "no number %s", key);
    return n;
}

static const char *text(const toc_json *object, const char *key)
{
    const char *s = toc_json_text(toc_json_get(object, key));
    return s ? s : "-";
}

// One line a change: "240 mobile 0 grid", "1440 repair long standing still 360", "1440 deadlock grid voice".
static void add_row(toc_buf *out, const toc_json *row)
{
    const char *kind = text(row, "kind");
    if (strcmp(kind, "act") == 0)
        return;
    toc_buf_int(out, number(row, "minute"));
    if (strcmp(kind, "level") == 0) {
        toc_buf_printf(out, " %s ", text(row, "service"));
        toc_buf_int(out, number(row, "level_ppm"));
        toc_buf_printf(out, " %s", text(row, "because"));
    } else if (strcmp(kind, "repair") == 0) {
        toc_buf_printf(out, " repair %s %s ", text(row, "repair"), text(row, "state"));
        toc_buf_int(out, number(row, "left_min"));
    } else if (strcmp(kind, "opened") == 0) {
        toc_buf_printf(out, " opened %s ", text(row, "service"));
        toc_buf_str(out, text(row, "provider"));
    } else {
        toc_buf_printf(out, " %s", kind);
        const toc_json *list = toc_json_get(row, "services");
        for (const toc_json *s = toc_json_first(list); s; s = toc_json_next(s))
            toc_buf_printf(out, " %s", toc_json_text(s));
    }
    toc_buf_char(out, '\n');
}

static void check_lost(const toc_json *json, const char *lost)
{
    toc_buf got = {0};
    const toc_json *list = toc_json_get(toc_json_get(json, "lost"), "services");
    for (const toc_json *s = toc_json_first(list); s; s = toc_json_next(s)) {
        int64_t tenths = number(s, "lost_ppm_min") / 6000000;
        if (tenths > 0)
            toc_buf_printf(&got, "%s %d.%d\n", text(s, "service"), (int)(tenths / 10),
                           (int)(tenths % 10));
    }
    ck_assert_str_eq(toc_buf_text(&got), lost);
    toc_buf_fini(&got);
}

// Every line of the trace stands in the text too, with its time beside the story's clock.
static void check_text(const toc_json *json)
{
    const toc_json *trace = toc_json_get(json, "trace");
    for (const toc_json *row = toc_json_first(trace); row; row = toc_json_next(row)) {
        char *time = toc_sprintf("  +%dh%02d ", (int)(number(row, "minute") / 60),
                                 (int)(number(row, "minute") % 60));
        bool is_there = false;
        for (const char *at = said.data; !is_there && (at = strstr(at, time)); at++) {
            size_t len = strcspn(at + 1, "\n") + 1, words = strlen(text(row, "text"));
            is_there = len > words && strncmp(at + len - words, text(row, "text"), words) == 0;
        }
        ck_assert_msg(is_there, "%s %s is missing in:\n%s", time + 1, text(row, "text"), said.data);
        free(time);
    }
}

// The changes, and the service-hours lost of those that lost any; in JSON, and the same in the text.
static void plays(const char *fixture, const char *options, const char *trace, const char *lost)
{
    toc_buf got = {0};
    char *with = toc_sprintf("%s --json", options);
    ck_assert_msg(world_of(fixture, with) == 0, "%s", toc_buf_text(&said));
    toc_json *json = read_json();
    const toc_json *rows = toc_json_get(json, "trace");
    for (const toc_json *row = toc_json_first(rows); row; row = toc_json_next(row))
        add_row(&got, row);
    ck_assert_str_eq(toc_buf_text(&got), trace);
    check_lost(json, lost);
    ck_assert_int_eq(world_of(fixture, options), 0);
    check_text(json);
    toc_json_free(json);
    toc_buf_fini(&got);
    free(with);
}

START_TEST(norwegian_sites_go_dark_when_their_reserve_power_ends)
{
    plays("norway", "--shock grid=0 --shock grid=100@167h --until 168h",
          "0 grid 0 -\n"
          "120 mobile.city 0 grid\n"
          "240 mobile.rural 0 grid\n"
          "480 nodnett.8h 0 grid\n"
          "2880 nodnett.48h 0 grid\n"
          "4320 forsterket.72h 0 grid\n"
          "10020 grid 1000000 -\n"
          "10020 mobile.city 1000000 -\n"
          "10020 mobile.rural 1000000 -\n"
          "10020 nodnett.8h 1000000 -\n"
          "10020 nodnett.48h 1000000 -\n"
          "10020 forsterket.72h 1000000 -\n",
          "grid 167.0\nmobile.city 165.0\nmobile.rural 163.0\nnodnett.8h 159.0\n"
          "nodnett.48h 119.0\nforsterket.72h 95.0\n");
    says("  +4h00      Mobile sites, country 0 % because Grid 0 %");
    says("16,700,000"); // 100,000 users for 167 hours
    says("1,467,000");  // 9,000 users for 163 hours
}
END_TEST

START_TEST(ten_hours_without_the_grid_are_fourteen_without_trains)
{
    plays("grid-out", "--shock grid=0 --shock grid=100@10h --until 24h",
          "0 grid 0 -\n"
          "0 rail 0 grid\n"
          "240 mobile 0 grid\n"
          "240 road 800000 mobile\n"
          "600 grid 1000000 -\n"
          "630 mobile 1000000 -\n"
          "630 road 1000000 -\n"
          "840 rail 1000000 -\n",
          "grid 10.0\nmobile 6.5\nrail 14.0\nroad 1.3\n");
    says("Roads 80 % because Mobile network 0 % because Grid 0 %");
}
END_TEST

START_TEST(a_repair_shorter_than_the_batteries_is_done)
{
    plays("trap", "--repair short --until 72h",
          "0 repair short running 1200\n"
          "1200 repair short done 0\n"
          "1200 grid 1000000 -\n",
          "grid 20.0\n");
}
END_TEST

START_TEST(a_repair_longer_than_the_batteries_stops_for_ever_and_the_trap_is_told_with_its_names)
{
    plays("trap", "--repair long --until 72h",
          "0 repair long running 1800\n"
          "1440 voice 0 grid\n"
          "1440 repair long standing still 360\n"
          "1440 deadlock grid voice\n",
          "grid 72.0\nvoice 48.0\n");
    says("*** DEADLOCK ***");
    says("6h00 of crew time left");
}
END_TEST

START_TEST(fuel_an_hour_before_the_trap_lets_the_repair_finish)
{
    plays("trap", "--repair long --refuel voice@23h --until 72h",
          "0 repair long running 1800\n"
          "1800 repair long done 0\n"
          "1800 grid 1000000 -\n",
          "grid 30.0\n");
    ck_assert(!strstr(said.data, "DEADLOCK"));
}
END_TEST

START_TEST(a_black_start_leads_out_of_the_trap)
{
    plays("trap", "--repair long --black-start voice=6h@30h --until 72h",
          "0 repair long running 1800\n"
          "1440 voice 0 grid\n"
          "1440 repair long standing still 360\n"
          "1440 deadlock grid voice\n"
          "1800 voice 1000000 -\n"
          "1800 repair long running 360\n"
          "2160 repair long done 0\n"
          "2160 grid 1000000 -\n",
          "grid 36.0\nvoice 6.0\n");
}
END_TEST

START_TEST(times_are_taken_as_they_are_shown_and_levels_as_scenarios_have_them)
{
    ck_assert_int_eq(world_of("grid-out", "--shock grid=50.55@+1h10 --shock grid=100@+2h05 --shock "
                                          "grid=33.3333@1h10m --until 5h00 --json"),
                     0);
    toc_json *json = read_json();
    const toc_json *row = toc_json_first(toc_json_get(json, "trace"));
    ck_assert_int_eq(number(row, "minute"), 70);
    toc_json_free(json);
    says("\"level_ppm\":333333");
    says("\"minute\":125");
    ck_assert_int_eq(world_of("grid-out", "--shock grid=0@3h --shock grid=100@+4h00"), 0);
    says("\n2026-01-31\n01:00  +3h00    > Grid is set to 0 %\n");
    says("level at STARTEX  level at the end");
    says("\n02:00  +4h00    Grid 100 %");
}
END_TEST

START_TEST(what_is_down_from_the_start_is_told_with_the_level_it_began_with)
{
    ck_assert_int_eq(world_of("trap", "--until 1h"), 0);
    says("Nothing changes.");
    says("  Grid (grid)                 0 %               0 %               1,000");
    ck_assert_int_eq(world_of("trap", "--repair long --until 1h"), 0);
    says("the repair Restore the grid in 30 hours (long) is started");
}
END_TEST

START_TEST(an_alternative_that_was_opened_counts_after_its_switch_time)
{
    put("service \"a\" { domain = \"x\", name = \"Cable\" }\n"
        "service \"b\" { domain = \"x\", name = \"Beam\" }\n"
        "service \"c\" { domain = \"y\", name = \"Island\", needs = { { \"a\", group = \"link\" },"
        " { \"b\", group = \"link\", closed = true, switch = \"45m\", strength = 70 } } }\n");
    ck_assert_msg(world(dir, "--shock a=0@1h --shock b=50 --open c:b@1h30m") == 0, "%s", said.data);
    says(":00  +1h00    Island 0 % because Cable 0 %");
    says(":15  +2h15    Island: Beam counts from now on");
    says(":15  +2h15    Island 65 % because Beam 50 %");
}
END_TEST

START_TEST(the_model_is_listed_by_domain_with_what_its_author_should_know)
{
    ck_assert_int_eq(world_of("grid-out", "--sources"), 0);
    says("Ten hours dark (grid-out): 6 services in 4 domains, 7 needs, 0 repairs");
    says("\nspace\n  Satellite timing (gnss)");
    says("2,000 users, restart 30m");
    says("autonomy 4h, recharge 8h");
    says("source: Nkom (Norway) minimum requirement; recharge: assumption");
    says(
        "76,000 user-hours, 72 service-hours, 4 services"); // grid, rail all day, mobile 20 h, road 4 h
    ck_assert_int_eq(world_of("trap", ""), 0);
    says("level 0 %");
    says("30h of crew time, 1 crew, while Control room voice (voice) has 50 %");
    says("can hold each other down");
    put("service \"a\" { domain = \"x\", name = \"A\", needs = { { \"b\" } } }\n"
        "service \"b\" { domain = \"x\", name = \"B\", needs = { { \"c\" } } }\n"
        "service \"c\" { domain = \"x\", name = \"C\", needs = { { \"a\", source = \"law\" } } }\n"
        "service \"d\" { domain = \"x\", name = \"D\", needs = { { \"a\" } }, public = true }");
    ck_assert_int_eq(world(dir, ""), 0);
    says("A (a) needs B (b), which needs C (c), which needs A (a)");
    says("all need a black start");
    says("sees:\n    A (a), B (b), C (c)\n");
    says("3 of 4 needs name no source");
}
END_TEST

START_TEST(a_scenario_without_services_says_so)
{
    put("");
    ck_assert_int_eq(world(dir, ""), 0);
    says("declares no services");
    ck_assert_int_eq(world(dir, "--until 1h"), 0);
    says("Nothing changes");
    ck_assert_int_eq(world(dir, "--dot"), 0);
    ck_assert_int_eq(world(dir, "--json"), 0);
    toc_json_free(read_json());
}
END_TEST

START_TEST(a_world_that_does_not_come_to_rest_is_ended_and_told)
{
    // Five minutes of darkness go round and round: each waits as long as the next one's battery lasts.
    put("for i = 0, 9 do service(\"s\" .. i)({ domain = \"x\", name = \"S\" .. i, restart = "
        "\"5m\", needs = { { \"s\" .. (i + 9) % 10, autonomy = \"5m\" } } }) end");
    ck_assert_int_eq(world(dir, "--shock s0=0 --shock s0=100@2m --until 3652d"), 1);
    says("Stopped after 100000 changes, at +");
    says("tocsin: the trace was stopped after 100000 changes; ask for a shorter --until");
}
END_TEST

START_TEST(names_cannot_play_tricks_on_a_terminal_or_a_graph)
{
    put("service \"a\" { domain = \"the \\\"x\\\"\", name = \"\\u{202E}evil\\\\N \\\"A\\\"\" }\n"
        "service \"b\" { domain = \"y\", name = \"B\", needs = { { \"a\", strength = 33.3, "
        "autonomy "
        "= \"90m\", closed = true, switch = \"1h\" } } }\n");
    ck_assert_msg(world(dir, "") == 0, "%s", said.data);
    says("<U+202E>evil\\N \"A\" (a)");
    ck_assert_int_eq(world(dir, "--until 1h --shock a=0"), 0);
    says("<U+202E>evil");
    ck_assert_int_eq(world(dir, "--dot"), 0);
    says("label=\"the \\\"x\\\"\"");
    says("\"a\" [label=\"<U+202E>evil\\\\N \\\"A\\\"\\na\"]");
    says("\"a\" -> \"b\" [label=\"33.3 %, 1h30m\", style=dashed]");
}
END_TEST

// As much of Graphviz's grammar as the graph uses: braces that match outside of strings that end.
static void check_graph(const char *graph)
{
    int depth = 0;
    bool is_string = false;
    graph = strstr(graph, "digraph \""); // comments stand before it
    ck_assert_ptr_nonnull(graph);
    for (const char *c = graph; *c; c++) {
        if (is_string && *c == '\\')
            c++;
        else if (*c == '"')
            is_string = !is_string;
        else if (!is_string)
            depth += *c == '{' ? 1 : *c == '}' ? -1 : 0;
        ck_assert_msg(*c && depth >= 0, "%s", graph);
    }
    ck_assert_msg(depth == 0 && !is_string, "%s", graph);
}

START_TEST(the_graph_is_one_that_graphviz_draws)
{
    ck_assert_int_eq(world_of("grid-out", "--dot"), 0);
    check_graph(said.data);
    int arrows = 0;
    for (const char *at = said.data; (at = strstr(at, " -> ")); at++)
        arrows++;
    ck_assert_int_eq(arrows, 7);
    if (process_run((const char *const[]){"sh", "-c", "command -v dot", NULL}, NULL, 20) != 0)
        return; // it is not installed
    char *path = toc_sprintf("%s/world.dot", dir);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(said.data, file);
    fclose(file);
    toc_buf_clear(&said);
    ck_assert_int_eq(process_run((const char *const[]){"dot", "-Tsvg", path, NULL}, &said, 60), 0);
    says("</svg>");
    says("cluster_0");
    free(path);
}
END_TEST

static void refuses(const char *fixture, const char *options, const char *words)
{
    int code = world_of(fixture, options);
    ck_assert_msg(code == 2 && strstr(toc_buf_text(&said), words), "%s: exit %d, wanted \"%s\": %s",
                  options, code, words, toc_buf_text(&said));
    ck_assert_msg(strncmp(said.data, "tocsin: ", 8) == 0 &&
                      strchr(said.data, '\n') == said.data + said.len - 1,
                  "not one line: %s", said.data);
}

START_TEST(the_graph_shows_alternatives_what_is_down_and_its_repairs)
{
    put("service \"a\" { domain = \"x\", name = \"Cable\", level = 40 }\n"
        "service \"b\" { domain = \"x\", name = \"Beam\" }\n"
        "service \"c\" { domain = \"y\", name = \"Island\", needs = { { \"a\", group = \"link\" },"
        " { \"b\", group = \"link\", closed = true, switch = \"45m\" } } }\n"
        "repair \"splice\" { name = \"Splice\", service = \"a\", work = \"6h\" }\n");
    ck_assert_msg(world(dir, "--dot") == 0, "%s", said.data);
    check_graph(said.data);
    says("Cable\\na\\nlevel 40 %\\nrepair splice, 6h\", style=filled");
    says("\"a\" -> \"c\" [label=\"100 %\\nalternative 1 of 2\"];");
    says("\"b\" -> \"c\" [label=\"100 %\\nalternative 2 of 2\", style=dashed];");
    says("// An arrow goes from what is needed to who needs it");
}
END_TEST

START_TEST(an_inject_that_quotes_what_its_team_does_not_see_is_a_finding)
{
    put("team \"town\" { name = \"Town\" }\n"
        "service \"cranes\" { domain = \"x\", name = \"Quay cranes\", seen_by = { \"solo\" } }\n"
        "service \"rail\" { domain = \"x\", name = \"Rail\", seen_by = { \"solo\", \"town\" } }\n"
        "inject \"INJ-03\" { at = \"T+1m\", to = { \"solo\", \"town\" }, title = \"T\", text = "
        "\"{{level rail}} {{now}} {{because cranes}} {{ level cranes }}\" }\n"
        "inject \"INJ-04\" { at = \"T+2m\", to = \"town\", title = \"T\", text = "
        "\"{{lost_hours cranes}} {{outlook boats}}\" }\n"
        "service \"boats\" { domain = \"x\", name = \"Boats\", seen_by = { \"solo\" } }\n");
    ck_assert_msg(world(dir, "") == 0, "%s", said.data);
    says("\n  INJ-03 quotes Quay cranes (cranes), which town does not see\n");
    says("\n  INJ-04 quotes 2 services that not all of its teams see: cranes, boats\n");
    ck_assert(!strstr(said.data, "quotes Rail"));
    ck_assert_int_eq(world(dir, "--json"), 0);
    toc_json_free(read_json());
    says("{\"inject\":\"INJ-03\",\"service\":\"cranes\",\"team\":\"town\"}");
    says("\"tried\":3");
}
END_TEST

START_TEST(findings_of_a_dense_system_take_a_bounded_time_and_say_how_many_were_tried)
{
    put("for i = 0, 1999 do\n local n = {}\n for k = 1, 10 do n[k] = { \"s\" .. (i + 1 + k * 37) % "
        "2000, strength = 90, autonomy = \"1h\" } end\n"
        " service(\"s\" .. i)({ domain = \"x\", name = \"S\" .. i, needs = n })\nend");
    ck_assert_msg(world(dir, "") == 0, "%.300s", said.data);
    const char *tried = strstr(said.data, "(of ");
    ck_assert_ptr_nonnull(tried);
    long count = strtol(tried + 4, NULL, 10);
    ck_assert_msg(count >= 10 && count < 500, "%ld", count);
    says(" tried, those that most others need)");
}
END_TEST

START_TEST(each_mistake_on_the_command_line_is_one_clear_sentence)
{
    refuses("trap", "--shock gird=0", "there is no service \"gird\"; did you mean \"grid\"?");
    refuses("trap", "--shock grid", "level is missing");
    refuses("trap", "--shock grid=130", "0 to 100 percent");
    refuses("trap", "--shock grid=-1", "0 to 100 percent");
    refuses("trap", "--shock grid=half", "0 to 100 percent");
    refuses("trap", "--shock grid=33.33333", "0 to 100 percent");
    refuses("trap", "--shock grid=100.1", "0 to 100 percent");
    refuses("trap", "--shock grid=33.", "0 to 100 percent");
    refuses("trap", "--shock grid=0%", "write the number alone, without %: 0");
    refuses("trap", "--shock grid=99999999999999999999", "0 to 100 percent");
    refuses("trap", "--shock grid=0@soon", "not a duration");
    refuses("trap", "--shock grid=0@90s", "whole minutes");
    refuses("trap", "--shock grid=0@49h --until 48h", "after the end of the trace, 2d");
    refuses("trap", "--shock grid=0@T+soon", "T+soon");
    refuses("trap", "--shock grid=0@9999d", "--until");
    refuses("trap", "--until 11y", "not a duration");
    refuses("trap", "--until 4000d", "at most 3652d");
    refuses("trap", "--repair lnog", "there is no repair \"lnog\"; did you mean \"long\"?");
    refuses("trap", "--repair long --repair long@1h", "--repair \"long@1h\": ");
    refuses("trap", "--refuel grid", "no buffer");
    refuses("trap", "--refuel voice:voice", "no buffer");
    refuses("trap", "--open voice", "alternative is missing");
    refuses("trap", "--open voice:grid", "no such alternative");
    refuses("trap", "--black-start grid", "how long");
    refuses("trap", "--black-start grid=0m", "--black-start \"grid=0m\": ");
    refuses("norway", "--repair grid", "declares no repair");
    refuses("trap", "--shok grid=0", "did you mean --shock?");
    refuses("trap", "--dot --json", "--dot");
    refuses("trap", "--sources --until 1h", "--sources");
    refuses("trap", "and-another", "one scenario folder");
}
END_TEST

START_TEST(the_trace_goes_to_endex_or_past_the_last_act)
{
    put("service \"a\" { domain = \"x\", name = \"A\", users = 1 }");
    ck_assert_int_eq(world(dir, "--shock a=0@T+0:03"), 0);
    says("+0h03");
    says("Lost until +6h03");
    ck_assert_int_eq(world(dir, "--shock a=0@10h"), 0);
    says("Lost until +16h00");
    ck_assert_int_eq(world(dir, "--shock a=0 --until T+0:30"), 0);
    says("Lost until +0h30");
}
END_TEST

START_TEST(what_is_wrong_with_the_scenario_is_told_as_run_tells_it)
{
    put("service \"a\" { domain = \"x\", name = \"A\", needs = { { \"nobody\" } } }");
    ck_assert_int_eq(world(dir, ""), 1);
    says("scenario.lua:3");
    says("nobody");
    ck_assert_int_eq(world("/nonexistent/x", ""), 3);
    says("/nonexistent/x");
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, norwegian_sites_go_dark_when_their_reserve_power_ends);
    tcase_add_test(tc, ten_hours_without_the_grid_are_fourteen_without_trains);
    tcase_add_test(tc, a_repair_shorter_than_the_batteries_is_done);
    tcase_add_test(
        tc, a_repair_longer_than_the_batteries_stops_for_ever_and_the_trap_is_told_with_its_names);
    tcase_add_test(tc, fuel_an_hour_before_the_trap_lets_the_repair_finish);
    tcase_add_test(tc, a_black_start_leads_out_of_the_trap);
    tcase_add_test(tc, times_are_taken_as_they_are_shown_and_levels_as_scenarios_have_them);
    tcase_add_test(tc, what_is_down_from_the_start_is_told_with_the_level_it_began_with);
    tcase_add_test(tc, an_alternative_that_was_opened_counts_after_its_switch_time);
    tcase_add_test(tc, the_model_is_listed_by_domain_with_what_its_author_should_know);
    tcase_add_test(tc, a_scenario_without_services_says_so);
    tcase_add_test(tc, a_world_that_does_not_come_to_rest_is_ended_and_told);
    tcase_add_test(tc, names_cannot_play_tricks_on_a_terminal_or_a_graph);
    tcase_add_test(tc, the_graph_is_one_that_graphviz_draws);
    tcase_add_test(tc, the_graph_shows_alternatives_what_is_down_and_its_repairs);
    tcase_add_test(tc, an_inject_that_quotes_what_its_team_does_not_see_is_a_finding);
    tcase_add_test(tc, findings_of_a_dense_system_take_a_bounded_time_and_say_how_many_were_tried);
    tcase_add_test(tc, each_mistake_on_the_command_line_is_one_clear_sentence);
    tcase_add_test(tc, the_trace_goes_to_endex_or_past_the_last_act);
    tcase_add_test(tc, what_is_wrong_with_the_scenario_is_told_as_run_tells_it);
}

TOC_CHECK_MAIN("world command", add_tests)
