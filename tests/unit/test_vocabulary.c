// SPDX-License-Identifier: MIT
// What the modules energy, cyber, transport and space declare, and that a mistake in one of their
// tables is told at the author's line, wherever in a module it was found.

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "load_lines.h"
#include "script/scenario.h"

// Three lines, so that what follows begins at line 4.
#define BASE                                                                                       \
    "exercise \"x\" { title = \"X\", startex = \"2022-02-24 03:00Z\", length = \"3h\" } "          \
    "team \"alpha\" { name = \"Alpha\" } service \"a\" { domain = \"d\", name = \"A\" }\n"         \
    "local energy, cyber = require \"energy\", require \"cyber\"\n"                                \
    "local transport, space = require \"transport\", require \"space\"\n"
#define SERVICE_KEYS "level, name, needs, notes, public, restart, rule, seen_by, "

static toc_files *files;
static toc_scenario *scenario;
static toc_buf problems;

static void setup(void)
{
    files = toc_files_new();
    toc_library_add(files);
}

static void teardown(void)
{
    toc_scenario_free(scenario);
    toc_files_free(files);
    toc_buf_fini(&problems);
}

static toc_err load(const char *text)
{
    toc_error e;
    char *whole = toc_sprintf("%s%s", BASE, text);
    toc_files_add(files, "scenario.lua", whole, strlen(whole));
    toc_err err = load_lines(&scenario, files, NULL, 26, TOC_SCENARIO_MEMORY, &problems, &e);
    free(whole);
    return err;
}

static const toc_service *find(const toc_plan *p, const char *id)
{
    size_t i = toc_plan_service(p, id);
    ck_assert_msg(i != TOC_NONE, "there is no service %s", id);
    return &p->model.services[i];
}

static const toc_need *need_of(const toc_plan *p, const char *id, size_t i)
{
    const toc_service *s = find(p, id);
    ck_assert_uint_lt(i, s->need_count);
    return &s->needs[i];
}

static const struct {
    const char *text, *problem;
} mistakes[] = {
    {"energy.grid \"g\" { naem = \"G\" }",
     "scenario.lua:4: energy.grid \"g\": unknown key \"naem\"; its keys are domain, "
     "imports, " SERVICE_KEYS "source, users\n"},
    {"energy.grid \"g\" { \"G\" }",
     "scenario.lua:4: energy.grid \"g\": holds a value without a key (write key = value)\n"},
    {"energy.grid \"g\" \"G\"",
     "scenario.lua:4: energy.grid \"g\": wants a table in braces: { key = value }\n"},
    {"energy.grid \"g\"", "scenario.lua:4: service \"g\": an id without its table\n"},
    {"energy.substation \"s\" { name = \"S\", grid = { strength = 5 } }",
     "scenario.lua:4: energy.substation \"s\": a need wants a service's id, or { \"id\", strength "
     "= 60, autonomy = \"4h\" }\n"},
    {"cyber.mobile \"m\" {\n  name = \"M\",\n  power = { \"a\", class = \"moblie\" } }",
     "scenario.lua:4: cyber.mobile \"m\": unknown class of autonomy \"moblie\"; there are cabinet, "
     "caesium, control_room, data_centre, linepack, mobile, mobile_town, nodnett, nodnett_best, "
     "oven, quartz, reinforced, rubidium, signalling, terminal, tso_tools, tso_voice\n"},
    {"energy.repair \"r\" { service = \"a\", name = \"R\", component = \"line\", damage = \"bad\" "
     "}",
     "scenario.lua:4: energy.repair \"r\": damage of a line is one of complete, extensive, "
     "moderate, slight\n"},
    {"energy.shedding \"u\" { grid = \"a\", stages = { { relief = 5 } } }",
     "scenario.lua:4: energy.shedding \"u\": stage 1: take is missing: a list of services\n"},
    {"energy.black_start_plan \"p\" { steps = { { \"a\" }, { \"a\", hold = \"long\" } } }",
     "scenario.lua:4: energy.black_start_plan \"p\": step 2: hold and next are durations such as "
     "\"30m\" or \"2h\"\n"},
    {"cyber.pair { control = { \"c\", name = \"C\" }, production = { \"p\", name = \"P\", needs = "
     "{ { \"c\" } } } }",
     "scenario.lua:4: cyber.pair: p must not need c: losing control does not reduce production\n"},
    {"cyber.pair { control = { \"c\", nmae = \"C\" },\n  production = { \"p\", name = \"P\" } }",
     "scenario.lua:4: cyber.pair, control \"c\": unknown key \"nmae\"; its keys are "
     "domain, " SERVICE_KEYS "source, users\n"},
    {"cyber.nis2 { team = \"alpha\" }",
     "scenario.lua:4: cyber.nis2: wants team (who reports) and inject (what makes it aware)\n"},
    {"transport.corridor \"c\" { name = \"C\", routes = { { \"a\", capacity = 50 }, { capacity = "
     "60 } } }",
     "scenario.lua:4: transport.corridor \"c\": route 2: wants a service's id first: { "
     "\"road.inland\", capacity = 60 }\n"},
    {"transport.corridor \"c\" { name = \"C\", routes = { { \"a\", clearance = \"D-01\" } } }",
     "scenario.lua:4: transport.corridor \"c\": route 1: clearance is a decision and its option, { "
     "\"D-05\", \"grant\" }, or true\n"},
    {"transport.movement \"m\" { name = \"M\", corridor = \"c\", share = 40, takes = \"6h\" }",
     "scenario.lua:4: transport.movement \"m\": corridor is missing, or declared further down\n"},
    {"space.timing \"t\" { name = \"T\", gnss = \"a\", clock = \"sun\" }",
     "scenario.lua:4: space.timing \"t\": clock is one of caesium, oven, quartz, rubidium\n"},
    {"space.satcom \"s\" { name = \"S\",\n  beams = { { \"b\", nmae = \"B\" } } }",
     "scenario.lua:4: space.satcom, beam \"b\": unknown key \"nmae\"; its keys are "
     "domain, " SERVICE_KEYS "source, users\n"},
    // What only the kernel sees is told at the author's line as well.
    {"cyber.fibre \"f\" { name = \"F\", power = \"b\" }\ncyber.backup \"r\" { service = \"f\", "
     "takes "
     "= \"soon\" }",
     "scenario.lua:4: service \"f\": needs: unknown service \"b\"\nscenario.lua:5: repair \"r\": "
     "work: \"soon\" is not a duration\n"},
};

START_TEST(mistakes_are_told_at_the_authors_line)
{
    ck_assert_int_eq(load(mistakes[_i].text), TOC_ESCENARIO);
    ck_assert_str_eq(toc_buf_text(&problems), mistakes[_i].problem);
}
END_TEST

START_TEST(numbers_come_with_their_sources)
{
    ck_assert_msg(
        load("cyber.mobile \"town\" { name = \"M\", power = \"a\", town = true }\n"
             "cyber.mobile \"own\" { name = \"M\", power = { \"a\", autonomy = \"3h\" } }\n"
             "service \"voice\" { domain = \"energy\", name = \"V\", needs = {\n"
             "  energy.need { \"a\", class = \"tso_voice\" } } }\n"
             "transport.rail \"rail\" { name = \"R\", power = \"a\" }\n"
             "transport.rail \"tram\" { name = \"T\", restart = \"20m\" }\n"
             "energy.repair \"fix\" { service = \"a\", name = \"F\", component = \"line\","
             " damage = \"slight\" }\n") == TOC_OK,
        "%s", toc_buf_text(&problems));
    const toc_plan *p = toc_scenario_plan(scenario);
    ck_assert_int_eq(need_of(p, "town", 0)->autonomy, 120);
    ck_assert_ptr_nonnull(strstr(need_of(p, "town", 0)->source, "Nkom"));
    ck_assert_int_eq(need_of(p, "own", 0)->autonomy, 180);
    ck_assert_str_eq(need_of(p, "own", 0)->source, "assumption");
    ck_assert_int_eq(need_of(p, "voice", 0)->autonomy, 1440);
    ck_assert_str_eq(need_of(p, "voice", 0)->source,
                     "Commission Regulation (EU) 2017/2196 Art. 41(1)");
    ck_assert_int_eq(find(p, "rail")->restart, 240);
    ck_assert_ptr_nonnull(strstr(find(p, "rail")->source, "9 August 2019"));
    ck_assert_int_eq(find(p, "tram")->restart, 20);
    ck_assert_str_eq(find(p, "tram")->source, "assumption");
    ck_assert_int_eq(p->model.repairs[0].work, 432);
}
END_TEST

START_TEST(a_corridor_is_itself_its_limited_routes_and_civil_traffic)
{
    ck_assert_msg(
        load("service \"b\" { domain = \"d\", name = \"B\" }\n"
             "transport.corridor \"c\" { name = \"C\", users = 50, seen_by = \"all\",\n"
             "  routes = { { \"a\" }, { \"b\", capacity = 60, opens_in = \"45m\" } } }\n") ==
            TOC_OK,
        "%s", toc_buf_text(&problems));
    const toc_plan *p = toc_scenario_plan(scenario);
    ck_assert_uint_eq(p->model.service_count, 5);
    const toc_service *civil = find(p, "c.civil");
    ck_assert_int_eq(civil->users, 50);
    ck_assert_int_eq(civil->rule, TOC_RULE_SUM);
    ck_assert_int_eq(find(p, "c")->users, 0);
    ck_assert_int_eq(find(p, "c.route-2")->own, 600000);
    ck_assert(!need_of(p, "c", 0)->is_closed);
    ck_assert(need_of(p, "c", 1)->is_closed);
    ck_assert_int_eq(need_of(p, "c", 1)->switching, 45);
    ck_assert_uint_eq(need_of(p, "c", 0)->group, need_of(p, "c", 1)->group);
    ck_assert(toc_plan_sees(p, "alpha", toc_plan_service(p, "c.civil")));
    ck_assert_int_eq(p->services[toc_plan_service(p, "c.civil")].place.line, 5);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, mistakes_are_told_at_the_authors_line, 0, TOC_COUNT(mistakes));
    tcase_add_test(tc, numbers_come_with_their_sources);
    tcase_add_test(tc, a_corridor_is_itself_its_limited_routes_and_civil_traffic);
}

TOC_CHECK_MAIN("vocabulary", add_tests)
