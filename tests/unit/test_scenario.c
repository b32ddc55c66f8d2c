// SPDX-License-Identifier: MIT
// What a scenario may declare, and what every mistake is answered with: its line and its words.

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "load_lines.h"
#include "script/scenario.h"

#define EXERCISE                                                                                   \
    "exercise \"x\" { title = \"X\", startex = \"2022-02-24 03:00Z\", length = \"3h\" } "
#define TEAMS "team \"operator\" { name = \"NOC\" } team \"wind\" { name = \"Wind\" }\n"
#define BASE  EXERCISE TEAMS // one line, so that what follows begins at line 2

static toc_files *files;
static toc_scenario *scenario;
static toc_buf problems;
static toc_error error;

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

static void add(const char *path, const char *text)
{
    toc_files_add(files, path, text, strlen(text));
}

// "scenario.lua:2:12: E0214 what is wrong | what to do", a problem a line.
static toc_err load_with(const char *text, const toc_fetch *fetch)
{
    toc_problems found = {0};
    add("scenario.lua", text);
    toc_err err =
        toc_scenario_load(&scenario, files, fetch, 26, TOC_SCENARIO_MEMORY, &found, &error);
    for (size_t i = 0; i < found.count && i < TOC_PROBLEMS_SHOWN; i++) {
        const toc_problem *p = &found.at[i];
        toc_buf_printf(&problems, p->help ? "%s:%d:%d: %s %s | %s\n" : "%s:%d:%d: %s %s\n", p->file,
                       p->line, p->column, p->code, p->text, p->help);
    }
    toc_problems_fini(&found);
    return err;
}

static const toc_plan *load(const char *text)
{
    ck_assert_msg(load_with(text, NULL) == TOC_OK, "%s", toc_buf_text(&problems));
    return toc_scenario_plan(scenario);
}

// The scenario BASE + text has exactly these problems, a line each.
static void check_problems(const char *text, const char *expected)
{
    char *whole = toc_sprintf("%s%s", BASE, text);
    toc_buf_clear(&problems);
    ck_assert_int_eq(load_with(whole, NULL), TOC_ESCENARIO);
    ck_assert_str_eq(toc_buf_text(&problems), expected);
    ck_assert_ptr_null(scenario);
    ck_assert_ptr_nonnull(strchr(error.msg, ':'));
    free(whole);
}

START_TEST(an_exercise_has_all_it_says)
{
    const toc_plan *p = load(
        "exercise \"silent-beams\" { title = \"Silent Beams\", startex = \"2022-02-24 "
        "03:00+01:00\",\n"
        "  length = \"2h30m\", marking = \"TLP:CLEAR\", pace = 1.5, brief = \"Who plays what\" }\n"
        "team \"noc\" { name = \"NOC\" }");
    ck_assert_str_eq(p->id, "silent-beams");
    ck_assert_str_eq(p->title, "Silent Beams");
    ck_assert_str_eq(p->marking, "TLP:CLEAR");
    ck_assert_str_eq(p->brief, "Who plays what");
    ck_assert_int_eq(p->startex.zone_minutes, 60);
    ck_assert_int_eq(p->length_ms, 9000000);
    ck_assert_int_eq(p->pace, 1500);
    ck_assert_str_eq(p->place.file, "scenario.lua");
    ck_assert_int_eq(p->place.line, 1);
}
END_TEST

START_TEST(teams_parties_and_objectives_refer_to_each_other)
{
    add("b.md", "Keep turning.\n");
    const toc_plan *p =
        load(EXERCISE "\n"
                      "team \"wind\" { name = \"Wind\", seats = 3, brief = file \"b.md\", contacts "
                      "= { \"press\", \"noc\" } }\n"
                      "team \"noc\" { name = \"NOC\" }\n"
                      "team \"mute\" { name = \"M\", contacts = {} }\n"
                      "party \"press\" { name = \"Radio Nord\", notes = \"asks twice\" }\n"
                      "objective \"O-1\" { text = \"Warn\", team = { \"noc\", \"wind\" }, "
                      "capability = \"Warning\" }\n"
                      "objective \"O-2\" { text = \"Act\", team = \"noc\" }\n"
                      "objective \"O-3\" { text = \"All\" }\n");
    ck_assert_uint_eq(p->team_count, 3);
    ck_assert_int_eq(p->teams[0].seats, 3);
    ck_assert_str_eq(p->teams[0].brief, "Keep turning.");
    ck_assert_str_eq(p->teams[0].contacts[0], "press");
    ck_assert_str_eq(p->teams[0].contacts[1], "noc");
    ck_assert_int_eq(p->teams[1].seats, 1);
    ck_assert_uint_eq(p->teams[1].contact_count, 3); // unset: everybody
    ck_assert_str_eq(p->teams[1].contacts[0], "wind");
    ck_assert_str_eq(p->teams[1].contacts[2], "press");
    ck_assert_uint_eq(p->teams[2].contact_count, 0);
    ck_assert_str_eq(p->parties[0].notes, "asks twice");
    ck_assert_uint_eq(p->objectives[0].team_count, 2);
    ck_assert_uint_eq(p->objectives[0].teams[0], 1);
    ck_assert_uint_eq(p->objectives[1].team_count, 1);
    ck_assert_uint_eq(p->objectives[2].team_count, 3);
    ck_assert_int_eq(p->objectives[2].place.line, 8);
}
END_TEST

START_TEST(an_inject_has_all_it_says)
{
    add("files/map.png", "png");
    const toc_plan *p = load(
        BASE
        "objective \"OBJ-2\" { text = \"t\" }\n"
        "inject \"INJ-01\" { at = \"T+0:05\", from = \"NOC\", to = { \"operator\" }, channel = "
        "\"phone\", urgent = true,\n"
        "  title = \"Down\", text = \"All dark at {{story}}\", attach = { \"files/map.png\" }, "
        "objective = \"OBJ-2\", notes = \"n\" }\n"
        "inject \"INJ-02\" { at = \"INJ-01 +15m\", to = \"all\", title = \"t\", text = function () "
        "return \"x\" end, release = \"manual\", ack = true, attach = \"files/map.png\" }\n"
        "inject \"INJ-03\" { at = \"story 04:30\", to = \"wind\", title = \"t\", text = \"x\" }\n"
        "inject \"INJ-04\" { to = \"wind\", title = \"t\", text = \"x\" }\n");
    const toc_inject *i = p->injects;
    ck_assert_int_eq(i[0].at.kind, TOC_AT_PLAY);
    ck_assert_int_eq(i[0].at.ms, 300000);
    ck_assert_str_eq(i[0].from, "NOC");
    ck_assert_str_eq(i[0].channel, "phone");
    ck_assert_str_eq(i[0].objective, "OBJ-2");
    ck_assert_str_eq(i[0].text, "All dark at {{story}}");
    ck_assert(i[0].urgent && !i[0].ack && !i[0].manual);
    ck_assert_uint_eq(i[0].to_count, 1);
    ck_assert_int_eq(i[1].at.kind, TOC_AT_AFTER);
    ck_assert_uint_eq(i[1].at.inject, 0);
    ck_assert_int_eq(i[1].at.after.ms, 900000);
    ck_assert(!i[1].at.after.is_story);
    ck_assert_uint_eq(i[1].to_count, 2);
    ck_assert_ptr_null(i[1].text);
    ck_assert(!i[1].urgent && i[1].ack && i[1].manual);
    ck_assert_int_eq(i[2].at.kind, TOC_AT_STORY);
    ck_assert_int_eq(i[2].at.ms, p->startex.ms + 5400000);
    ck_assert_int_eq(i[3].at.kind, TOC_AT_NEVER);
    ck_assert_uint_eq(p->attachment_count, 1); // attached twice, kept once
    ck_assert_str_eq(p->attachments[0].sha256,
                     "8f8cbb7dcf46e0bc7d53265749a6c17d116093a6ba95e442764060c76fd4a86c");
}
END_TEST

START_TEST(a_decision_has_all_it_says)
{
    const toc_plan *p = load(
        BASE
        "objective \"OBJ-2\" { text = \"t\" }\n"
        "decision \"D-01\" { to = \"operator\", at = \"T+0:20\", within = \"15m\", title = \"Cut "
        "it off?\", text = \"Now\",\n"
        "  options = { { \"isolate\", \"Cut it off now\" }, { \"wait\", \"Keep watching\" } }, "
        "default = \"wait\", objective = \"OBJ-2\", notes = \"n\" }\n"
        "decision \"D-02\" { to = \"excon\", within = \"24h story\", title = \"Adjudicate\" }\n");
    const toc_decision *d = p->decisions;
    ck_assert_str_eq(d[0].team, "operator");
    ck_assert_int_eq(d[0].at.ms, 1200000);
    ck_assert_int_eq(d[0].within.ms, 900000);
    ck_assert_uint_eq(d[0].option_count, 2);
    ck_assert_str_eq(d[0].options[2], "wait");
    ck_assert_str_eq(d[0].options[3], "Keep watching");
    ck_assert_str_eq(d[0].fallback, "wait");
    ck_assert_str_eq(d[0].objective, "OBJ-2");
    ck_assert_str_eq(d[1].team, "excon");
    ck_assert(d[1].within.is_story);
    ck_assert_int_eq(d[1].within.ms, 86400000);
    ck_assert_uint_eq(d[1].option_count, 0);
    ck_assert_ptr_null(d[1].fallback);
}
END_TEST

START_TEST(a_service_has_all_it_says)
{
    const toc_plan *p = load(
        BASE
        "service \"mobile.north\" { domain = \"cyber\", name = \"Mobile\", users = 240000, level = "
        "33.3, restart = \"30m\", rule = \"sum\",\n"
        "  needs = { { \"grid.north\", strength = 12.5, autonomy = \"4h\", recharge = \"8h "
        "story\", "
        "kind = \"cyber\", source = \"Nkom\" },\n"
        "    { \"fibre\", group = \"link\" }, { \"radio\", group = \"link\", closed = true, switch "
        "= "
        "\"45m\" }, { \"grid.north\", group = \"one\" } },\n"
        "  seen_by = { \"wind\" }, public = true, source = \"assumption\", notes = \"n\" }\n"
        "service \"grid.north\" { domain = \"energy\", name = \"Grid\", seen_by = \"all\" }\n"
        "service \"fibre\" { domain = \"cyber\", name = \"Fibre\", seen_by = \"none\", needs = {} "
        "}\n"
        "service \"radio\" { domain = \"cyber\", name = \"Radio\", seen_by = {} }\n");
    ck_assert_uint_eq(p->model.service_count, 4);
    const toc_service *s = p->model.services;
    ck_assert_str_eq(s[0].id, "mobile.north");
    ck_assert_str_eq(s[0].name, "Mobile");
    ck_assert_str_eq(s[0].domain, "cyber");
    ck_assert_str_eq(s[0].source, "assumption");
    ck_assert_int_eq(s[0].users, 240000);
    ck_assert_int_eq(s[0].own, 333000);
    ck_assert_int_eq(s[0].restart, 30);
    ck_assert_int_eq(s[0].rule, TOC_RULE_SUM);
    ck_assert_uint_eq(s[0].need_count, 4);
    const toc_need *n = s[0].needs;
    ck_assert_uint_eq(n[0].provider, 1);
    ck_assert_int_eq(n[0].strength, 125000);
    ck_assert_int_eq(n[0].autonomy, 240);
    ck_assert_int_eq(n[0].recharge, 480);
    ck_assert_uint_eq(n[0].group, 0);
    ck_assert_str_eq(n[0].kind, "cyber");
    ck_assert_str_eq(n[0].source, "Nkom");
    ck_assert_int_eq(n[1].strength, TOC_PPM);
    ck_assert_uint_ne(n[1].group, 0);
    ck_assert_uint_eq(n[1].group, n[2].group);
    ck_assert_uint_ne(n[1].group, n[3].group); // a group of one is one
    ck_assert(n[2].is_closed && !n[1].is_closed);
    ck_assert_int_eq(n[2].switching, 45);
    ck_assert_int_eq(s[1].own, TOC_PPM);
    ck_assert_int_eq(s[1].rule, TOC_RULE_MIN);
    ck_assert_uint_eq(p->services[0].seen_by_count, 1);
    ck_assert_uint_eq(p->services[0].seen_by[0], 1);
    ck_assert(p->services[0].is_public && !p->services[1].is_public);
    ck_assert_str_eq(p->services[0].notes, "n");
    ck_assert_int_eq(p->services[1].place.line, 6);
    ck_assert_uint_eq(p->services[1].seen_by_count, 2);
    ck_assert_uint_eq(p->services[2].seen_by_count, 0);
    ck_assert_uint_eq(p->services[3].seen_by_count, 0);
}
END_TEST

START_TEST(a_repair_and_a_phase_have_all_they_say)
{
    const toc_plan *p = load(
        BASE
        "repair \"splice\" { service = \"cable\", name = \"Splice\", work = \"3d\", crews = 2, to "
        "= 80,\n"
        "  needs = { { \"ship\", level = 50 }, { \"cable\", level = 0 }, { \"ship\" } }, source = "
        "\"s\" }\n"
        "repair \"look\" { service = \"ship\", name = \"Look\", work = \"1m\" }\n"
        "service \"ship\" { domain = \"d\", name = \"S\" } service \"cable\" { domain = \"d\", "
        "name = "
        "\"C\" }\n"
        "phase \"day-2\" { title = \"Day 2\", text = \"t\", at = \"T+1:50\", story = \"2022-02-25 "
        "07:00\", pace = 4 }\n"
        "phase \"night\" { title = \"Night\", story = \"02:00\" } phase \"talk\" { title = \"T\" "
        "}\n");
    const toc_repair *r = p->model.repairs;
    ck_assert_uint_eq(p->model.repair_count, 2);
    ck_assert_uint_eq(r[0].service, 1);
    ck_assert_int_eq(r[0].work, 4320);
    ck_assert_int_eq(r[0].crews, 2);
    ck_assert_int_eq(r[0].to, 800000);
    ck_assert_uint_eq(r[0].need_count, 3);
    ck_assert_uint_eq(r[0].needs[0].service, 0);
    ck_assert_int_eq(r[0].needs[0].level, 500000);
    ck_assert_int_eq(r[0].needs[1].level, 0);
    ck_assert_int_eq(r[0].needs[2].level, TOC_PPM);
    ck_assert_int_eq(r[1].crews, 1);
    ck_assert_int_eq(r[1].to, TOC_PPM);
    const toc_phase *f = p->phases;
    ck_assert_uint_eq(p->phase_count, 3);
    ck_assert_int_eq(f[0].at.kind, TOC_AT_PLAY);
    ck_assert_int_eq(f[0].at.ms, 6600000);
    ck_assert(f[0].is_jump);
    ck_assert_int_eq(f[0].story_ms, p->startex.ms + 28 * 3600000LL);
    ck_assert_int_eq(f[0].pace, 4000);
    ck_assert_int_eq(f[1].story_ms, p->startex.ms + 23 * 3600000LL); // the first 02:00 there is
    ck_assert_int_eq(f[1].at.kind, TOC_AT_NEVER);
    ck_assert(!f[2].is_jump);
    ck_assert_int_eq(f[2].pace, 0);
}
END_TEST

START_TEST(an_expectation_has_all_it_says)
{
    const toc_plan *p = load(
        BASE
        "inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", at = \"T+0:10\" } inject \"C\" "
        "{ to = "
        "\"wind\", title = \"t\", text = \"x\" }\n"
        "inject \"L\" { to = \"wind\", title = \"t\", text = \"x\", at = \"I +6h story\" }\n"
        "objective \"O\" { text = \"t\" }\n"
        "expect \"E-1\" { team = \"wind\", text = \"Warn\", by = \"aware I +24h story\", objective "
        "= \"O\", "
        "product = \"early-warning\", met = function () return true end, contingency = \"C\", "
        "release = "
        "\"manual\", notes = \"n\" }\n"
        "expect \"E-2\" { team = \"operator\", text = \"t\", by = \"met E-1 +1 month story\" }\n"
        "expect \"E-3\" { team = \"wind\", text = \"t\", by = \"I+35m\" }\n"
        "expect \"E-4\" { team = \"wind\", text = \"t\", by = \"story 05:00\" }\n"
        "expect \"E-5\" { team = \"wind\", text = \"t\", by = \"met E-2 + 2 months story\" }\n");
    const toc_expectation *x = p->expectations;
    ck_assert_uint_eq(p->expectation_count, 5);
    ck_assert_uint_eq(x[0].team, 1);
    ck_assert_str_eq(x[0].text, "Warn");
    ck_assert_int_eq(x[0].by.kind, TOC_AT_AWARE);
    ck_assert_uint_eq(x[0].by.inject, 0);
    ck_assert(x[0].by.after.is_story);
    ck_assert_int_eq(x[0].by.after.ms, 86400000);
    ck_assert_str_eq(x[0].objective, "O");
    ck_assert_str_eq(x[0].product, "early-warning");
    ck_assert_uint_eq(x[0].contingency, 1);
    ck_assert(x[0].manual && x[0].has_condition);
    ck_assert_str_eq(x[0].notes, "n");
    ck_assert_int_eq(x[1].by.kind, TOC_AT_MET);
    ck_assert_uint_eq(x[1].by.expectation, 0);
    ck_assert_int_eq(x[1].by.after.months, 1);
    ck_assert(x[1].by.after.is_story);
    ck_assert_uint_eq(x[1].contingency, TOC_NONE);
    ck_assert(!x[1].manual && !x[1].has_condition);
    ck_assert_ptr_null(x[1].product);
    ck_assert_int_eq(x[2].by.kind, TOC_AT_AFTER);
    ck_assert_int_eq(x[2].by.after.ms, 2100000);
    ck_assert_int_eq(x[3].by.kind, TOC_AT_STORY);
    ck_assert_int_eq(x[4].by.after.months, 2);
    ck_assert_int_eq(p->injects[2].at.kind, TOC_AT_AFTER);
    ck_assert(p->injects[2].at.after.is_story);
    ck_assert_int_eq(p->injects[2].at.after.ms, 21600000);
}
END_TEST

START_TEST(a_smallest_scenario_loads_and_hands_out_its_script)
{
    load(BASE
         "storyline \"s\" (function () end) when(function () return now() end, function () end) "
         "on(\"decided\", function () end)");
    const toc_script *script = toc_scenario_script(scenario);
    ck_assert(script->start != NULL);
    ck_assert(!script->halted(script->self));
    ck_assert_int_eq(strncmp(toc_lua_version(), "Lua 5.4", 7), 0);
}
END_TEST

// clang-format off
// Each row: what follows BASE (line 1), and the problems it has.
static const struct {
    const char *text, *expected;
} mistakes[] = {
    {"inject \"INJ-01\" { to = \"opperator\", title = \"t\", text = \"x\" }",
     "scenario.lua:2:24: E0214 inject \"INJ-01\": to: unknown team \"opperator\" | did you mean \"operator\"? There are: operator, wind\n"},
    {"party \"press\" { name = \"P\" } inject \"INJ-01\" { to = \"press\", title = \"t\", text = \"x\" }",
     "scenario.lua:2:53: E0215 inject \"INJ-01\": to: \"press\" is a party, not a team | a party is not at the table: EXCON speaks for it, and only teams receive and decide; there are: operator, wind\n"},
    {"inject \"INJ-01\" { to = { \"wind\", \"all\" }, title = \"t\", text = \"x\" }",
     "scenario.lua:2:34: E0216 inject \"INJ-01\": to: \"all\" stands alone | write to = \"all\", or name each of them\n"},
    {"inject \"INJ-01\" { to = { \"wind\", \"wind\" }, title = \"t\", text = \"x\" }",
     "scenario.lua:2:34: E0216 inject \"INJ-01\": to names \"wind\" twice | once is enough; was another one meant?\n"},
    {"inject \"INJ-01\" { to = { \"wind\", 7 }, title = \"t\", text = \"x\" }",
     "scenario.lua:2:34: E0203 inject \"INJ-01\": to must be an id in quotes, a list of them, or \"all\", not 7 | write each in quotes: to = { \"operator\", \"wind\" }\n"},
    {"inject \"INJ-01\" { to = {}, title = \"t\", text = \"x\" }",
     "scenario.lua:2:24: E0203 inject \"INJ-01\": to is empty | name at least one: to = { \"operator\", \"wind\" }\n"},
    {"inject \"INJ-01\"", "scenario.lua:2:1: E0211 inject \"INJ-01\": an id without its table | write inject \"INJ-01\" { to = \"…\", title = \"…\", text = \"…\" }\n"},
    {"\nlocal x = inject \"INJ-01\"\nx(7)", "scenario.lua:3:11: E0211 inject \"INJ-01\": its id must be followed by a table | write inject \"INJ-01\" { to = \"…\", title = \"…\", text = \"…\" }\n"},
    {"party { name = \"P\" }", "scenario.lua:2:1: E0209 party wants an id in quotes first | write party \"press\" { name = \"…\" }\n"},
    {"party \"p\" { name = \"P\" } { name = \"Q\" }", "scenario.lua:2:0: E0118 a value in this line is missing, so it cannot be called | is a text or a table there too much, as in team \"x\" { } { }?\n"},
    {"inject \"INJ-01\" { tp = \"wind\", titel = \"t\", text = \"x\" }",
     "scenario.lua:2:1: E0202 inject \"INJ-01\": to is missing | write to = { \"operator\", \"wind\" }\n"
     "scenario.lua:2:19: E0201 inject \"INJ-01\": unknown key \"tp\" | its keys are at, from, to, channel, urgent, title, text, attach, objective, notes, release, voice, ack\n"
     "scenario.lua:2:32: E0201 inject \"INJ-01\": unknown key \"titel\" | did you mean title?\n"},
    {"party \"p\" { name = \"P\", seats = 3 }", "scenario.lua:2:25: E0201 party \"p\": unknown key \"seats\" | its keys are name, notes\n"},
    {"party \"p\" { name = \"P\", zzzzzz = 3 }", "scenario.lua:2:25: E0201 party \"p\": unknown key \"zzzzzz\" | its keys are name, notes\n"},
    {"party \"p\" { name = \"P\", \"Q\" }", "scenario.lua:2:25: E0212 party \"p\": holds a value without a key | write key = value; its keys are name, notes\n"},
    {"party \"p\" { name = 7 }", "scenario.lua:2:20: E0203 party \"p\": name must be text, not 7 | write it in quotes: name = \"7\"\n"},
    {"party \"p\" { name = \" \" }", "scenario.lua:2:20: E0208 party \"p\": name is empty | write something between the quotes\n"},
    {"party \"p\" { name = \"a\\nb\" }", "scenario.lua:2:20: E0208 party \"p\": name must be one line | take out its line breaks and tabs; long words belong into text\n"},
    {"party \"p\" { name = \"a\\27b\" }", "scenario.lua:2:20: E0208 party \"p\": name holds a control character | is it a \\ with a number or letter behind it? A \\ itself is written \\\\\n"},
    {"party \"p\" { name = \"a\\255b\" }", "scenario.lua:2:20: E0208 party \"p\": name is not UTF-8 text (byte 2) | save the file as UTF-8, and write letters as they are\n"},
    {"party \"p\" { name = (\"x\"):rep(201) }", "scenario.lua:2:20: E0208 party \"p\": name is too long: 201 bytes, at most 200 | shorten it; long words belong into text\n"},
    {"party \"p\" { name = \"P\", notes = (\"x\"):rep(16385) }", "scenario.lua:2:33: E0208 party \"p\": notes is too long: 16385 bytes, at most 16384 | shorten it\n"},
    {"party \"p q\" { name = \"P\" }", "scenario.lua:2:7: E0209 party \"p q\": this is no id: it holds a space | write \"p-q\": ids are letters (a to z), digits and . _ -, begin with a letter or digit, and have at most 48 characters\n"},
    {"party \"-p\" { name = \"P\" }", "scenario.lua:2:7: E0209 party \"-p\": this is no id: it begins with a sign | write \"p\": ids are letters (a to z), digits and . _ -, begin with a letter or digit, and have at most 48 characters\n"},
    {"party \"Excon\" { name = \"P\" }", "scenario.lua:2:7: E0209 party \"Excon\": this id is reserved for the engine's own use | take another, as \"party-Excon\"\n"},
    {"team \"cell-2\" { name = \"P\" }", "scenario.lua:2:6: E0209 team \"cell-2\": a team's id cannot end with - and a number: seats are called so (\"cell-2-1\") | leave the dash out, or write a word behind it\n"},
    {"\nparty \"wind\" { name = \"P\" }", "scenario.lua:3:7: E0210 party \"wind\": this id is taken by team \"wind\" | give one of them another id; an id is used once in the whole scenario\n"},
    {"\nexercise \"y\" { title = \"Y\", startex = \"2022-02-24 03:00Z\", length = \"1h\" }", "scenario.lua:3:1: E0218 exercise \"y\": there is one exercise already, \"x\" | a scenario is one exercise: put both into one, or this one into a folder of its own\n"},
    {"team \"t\" { name = \"T\", seats = 51 }", "scenario.lua:2:32: E0204 team \"t\": seats must be a whole number from 1 to 50, not 51 | write seats = 2\n"},
    {"team \"t\" { name = \"T\", seats = \"2\" }", "scenario.lua:2:32: E0203 team \"t\": seats must be a whole number from 1 to 50, not \"2\" | write the number without quotes: seats = 2\n"},
    {"team \"t\" { name = \"T\", contacts = { \"t\" } }", "scenario.lua:2:37: E0228 team \"t\": contacts: a team needs no contact to itself | take it out of the list\n"},
    {"team \"t\" { name = \"T\", contacts = { \"windd\" } }", "scenario.lua:2:37: E0214 team \"t\": contacts: unknown team or party \"windd\" | did you mean \"wind\"? There are: operator, wind\n"},
    {"objective \"O\" { text = \"t\", team = \"winds\" }", "scenario.lua:2:36: E0214 objective \"O\": team: unknown team \"winds\" | did you mean \"wind\"? There are: operator, wind\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", objective = \"O\" }", "scenario.lua:2:64: E0214 inject \"I\": unknown objective \"O\" | no objective is declared\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", at = \"10 past\" }", "scenario.lua:2:57: E0206 inject \"I\": at: \"10 past\" is not a time | write it like T+0:30 (hours:minutes of play), story 08:00, or INJ-04 +15m (after that inject was sent)\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", at = 10 }", "scenario.lua:2:57: E0203 inject \"I\": at must be a time in quotes, like \"T+0:30\", not 10 | in quotes and with its unit; are minutes meant? at = \"T+10m\"\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", at = \"T+4:00\" }", "scenario.lua:2:57: E0204 inject \"I\": at: T+4:00 is after ENDEX (T+3:00:00) | make it earlier, or the exercise longer (length); T+1:30 is one hour and thirty minutes of play\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", at = \"J +5m\" }", "scenario.lua:2:58: E0214 inject \"I\": at: unknown inject \"J\" | no other inject is declared\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", at = \"I +5m\" }", "scenario.lua:2:57: E0225 inject \"I\": at: it waits for \"I\", itself | give one of them a time that does not wait: at = \"T+0:10\"\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", at = \"J +5m\" }\ninject \"J\" { to = \"wind\", title = \"t\", text = \"x\", at = \"I +5m\" }", "scenario.lua:2:57: E0225 inject \"I\": at: it waits for \"J\", which waits for it in turn | give one of them a time that does not wait: at = \"T+0:10\"\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", at = \"story 2022-02-23 08:00\" }", "scenario.lua:2:57: E0206 inject \"I\": at: \"2022-02-23 08:00\" is before 2022-02-24 03:00Z | write it like \"T+0:30\"\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", release = \"auto\" }", "scenario.lua:2:62: E0205 inject \"I\": release is \"auto\", but it can only be \"manual\", or left out | write release = \"manual\", or leave it out\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", urgent = \"yes\" }", "scenario.lua:2:61: E0203 inject \"I\": urgent must be true or false, not \"yes\" | write urgent = true, without quotes\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", attach = \"../x.png\" }", "scenario.lua:2:61: E0224 inject \"I\": attach: \"../x.png\" is no path inside the scenario's folder | copy the file into the scenario's folder, and write its path from there, with /: \"files/map.png\"\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", attach = \"x.png\" }", "scenario.lua:2:61: E0223 inject \"I\": attach: there is no file \"x.png\" | is it in the scenario's folder, and its name written in the same capital and small letters? A path begins there: \"files/map.png\"\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"{{now}} {{stroy}}\" }", "scenario.lua:2:56: E0222 inject \"I\": text: {{…}} does not know \"stroy\" | did you mean {{story}}?\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"{{decided D-1}} {{now\" }", "scenario.lua:2:48: E0214 inject \"I\": text: {{decided}}: unknown decision \"D-1\" | write it like {{decided D-01}}; no decision is declared\n"
     "scenario.lua:2:64: E0222 inject \"I\": text: {{ is not closed by }} | write }} behind it, or { alone where braces are meant\n"},
    {"inject \"I\" { to = \"wind\", title = \"at {{now}}\", text = \"x\" }", "scenario.lua:2:39: E0222 inject \"I\": title: {{…}} is filled in the text of an inject only | write here what players shall read, as it is\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = file \"inj-1.md\" }", "scenario.lua:2:52: E0223 file: there is no file \"inj-1.md\" | did you mean \"inj-01.md\"?\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = file \"inj-01.md\" }", "inj-01.md:3:7: E0214 {{level}}: unknown service \"ka-sat\" (the text of I) | write it like {{level grid.north}}; no service is declared\n"},
    {"decision \"D\" { to = \"wnd\", within = \"5m\", title = \"t\" }", "scenario.lua:2:21: E0214 decision \"D\": to: unknown team \"wnd\" | did you mean \"wind\"? There are: operator, wind\n"},
    {"decision \"D\" { to = \"all\", within = \"5m\", title = \"t\" }", "scenario.lua:2:21: E0203 decision \"D\": to: one team decides | declare a decision for each of them\n"},
    {"decision \"D\" { to = \"wind\", title = \"t\" }", "scenario.lua:2:1: E0202 decision \"D\": within is missing | write within = \"15m\"\n"},
    {"decision \"D\" { to = \"wind\", within = \"0s\", title = \"t\" }", "scenario.lua:2:38: E0207 decision \"D\": within must be more than nothing | write it like \"15m\"\n"},
    {"decision \"D\" { to = \"wind\", within = \"fast\", title = \"t\" }", "scenario.lua:2:38: E0207 decision \"D\": within: \"fast\" is not a duration | write it like 90s, 15m, 1h30m, 2d or 250ms\n"},
    {"decision \"D\" { to = \"wind\", within = \"5m\", title = \"t\", options = { { \"a\", \"A\" } } }", "scenario.lua:2:67: E0220 decision \"D\": options has 1 entry | offer 2 to 20, or leave it out for an answer in the team's own words\n"},
    {"decision \"D\" { to = \"wind\", within = \"5m\", title = \"t\", options = { a = \"A\", b = \"B\" } }", "scenario.lua:2:67: E0220 decision \"D\": options must be a list of pairs; values with keys have no order to be shown in | write each as a pair: options = { { \"a\", \"A\" }, … }\n"},
    {"decision \"D\" { to = \"wind\", within = \"5m\", title = \"t\", options = { { \"a\", \"A\" }, { \"a\", \"B\" } } }", "scenario.lua:2:85: E0216 decision \"D\": options: \"a\" is there twice | give each option a word of its own\n"},
    {"decision \"D\" { to = \"wind\", within = \"5m\", title = \"t\", options = { { \"a\", \"A\" }, { \"other\", \"B\" } } }", "scenario.lua:2:85: E0220 decision \"D\": options: the word \"other\" is reserved | teams type it for something else (other: …); take another word\n"},
    {"decision \"D\" { to = \"wind\", within = \"5m\", title = \"t\", options = { { \"wait\", \"A\" }, { \"go\", \"B\" } }, default = \"wiat\" }", "scenario.lua:2:113: E0221 decision \"D\": default: there is no option \"wiat\" | did you mean \"wait\"?\n"},
    {"decision \"D\" { to = \"wind\", within = \"5m\", title = \"t\", default = \"a\" }", "scenario.lua:2:67: E0221 decision \"D\": default: a decision without options has none | write options too, or take default out\n"},
    {"storyline \"s\"", "scenario.lua:2:1: E0211 storyline \"s\": a name without its function | write storyline \"s\" (function () … end)\n"},
    {"storyline \"s\" (7)", "scenario.lua:2:1: E0226 storyline \"s\": its name must be followed by a function | write storyline \"s\" (function () … end)\n"},
    {"storyline \"s\" (function () end)\nstoryline \"s\" (function () end)", "scenario.lua:3:11: E0210 storyline \"s\": this name is taken | give one of them another name\n"},
    {"when(true, function () end)", "scenario.lua:2:6: E0226 when wants two functions | the first is what it waits for, the second what happens then: when(function () return level \"grid\" < 50 end, function () … end)\n"},
    {"on(\"decide\", 7)", "scenario.lua:2:14: E0226 on wants a kind of event and a function | write on(\"decided\", function (e) … end)\n"},
    {"on(\"dedided\", function () end)", "scenario.lua:2:4: E0227 on: unknown kind of event \"dedided\" | did you mean \"decided\"?\n"},
    {"on(\"note\", function () end)", "scenario.lua:2:4: E0227 on: \"note\" events cannot begin a storyline | often wanted: \"sent\", \"decided\", \"message\", \"level\"\n"},
    {"injcet \"I\" { }", "scenario.lua:2:0: E0202 inject \"I\": text is missing | write text = \"It is {{clock}}.\"\n"
     "scenario.lua:2:0: E0202 inject \"I\": title is missing | write title = \"Modems dropping\"\n"
     "scenario.lua:2:0: E0202 inject \"I\": to is missing | write to = { \"operator\", \"wind\" }\n"
     "scenario.lua:2:1: E0115 unknown name 'injcet' | did you mean 'inject'?\n"},
    {"send \"I\"", "scenario.lua:2:1: E0123 send: only a storyline acts; put it into storyline \"…\" (function () … end)\n"},
    {"local x = now()", "scenario.lua:2:11: E0123 now: nothing has happened yet while the scenario is read; ask in a storyline, or write function () return now … end\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nwhen(level(\"b\") < 50, function () end)", "scenario.lua:3:6: E0123 level: nothing has happened yet while the scenario is read; ask in a storyline, or write function () return level … end\n"},
    {"party \"p\" { name = \"P\"", "scenario.lua:2:11: E0103 this { is not closed | write } behind its last line\n"},
    {"while true do end", "scenario.lua:2:0: E0119 stopped: too much work at one moment (a loop that does not end?) | a scenario is a list of what happens; look for a loop that never ends\n"},
    {"require \"txets\"", "scenario.lua:2:9: E0223 require: there is no file \"txets.lua\" | did you mean \"texts.lua\"?\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = file \"x.png\" }",
     "scenario.lua:2:52: E0223 file gives texts (.md, .txt, .lua); use attach for others\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = nowhere.x }",
     "scenario.lua:2:47: E0115 unknown name 'nowhere' | names of your own are declared with local before they are used\n"},
    {"storyline \"s\" (fucntion)",
     "scenario.lua:2:16: E0115 unknown name 'fucntion' | names of your own are declared with local before they are used\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\",\nat = T+0:05 }",
     "scenario.lua:3:6: E0110 times are written in quotes | write \"T+0:05\"\n"},
    {"decision \"D\" { to = \"wind\", title = \"t\", within = 1h30m }",
     "scenario.lua:2:51: E0110 times are written in quotes | write \"1h30m\"\n"},
    {"party \"p\" { name = “Press” }",
     "scenario.lua:2:20: E0104 a curly quote (U+201C): texts stand in straight ones, \" | put a straight quote here: \"\n"
     "scenario.lua:2:26: E0104 a curly quote (U+201D): texts stand in straight ones, \" | put a straight quote here: \"\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\"\ntext = \"x\" }",
     "scenario.lua:2:37: E0102 a comma is missing before 'text' | add the comma\n"},
    {"inject \"I\" { to = \"wind\" title = \"t\" }",
     "scenario.lua:2:1: E0202 inject \"I\": text is missing | write text = \"It is {{clock}}.\"\n"
     "scenario.lua:2:24: E0102 a comma is missing before 'title' | add the comma\n"},
    {"party \"p\" { name = \"P\"\nparty \"q\" { name = \"Q\" }",
     "scenario.lua:2:11: E0103 this { is not closed | write } before line 3 goes on\n"},
    {"party \"p\" { name = Radio Nord }",
     "scenario.lua:2:20: E0109 a text without its quotes: Radio Nord | write \"Radio Nord\"\n"},
    {"decision \"D-01\" { to = \"wind\", title = \"t\", within = \"5m\" }\nstoryline \"s\" (function ()\n  send \"D-01\"\n  local a, b = ask(\"D-01\", \"D-1\")\n  if sent \"I\" and decided(\"D-10\").option then send(\"I\" .. 1) end\nend)",
     "scenario.lua:4:8: E0215 send: \"D-01\" is a decision, not an inject\n"
     "scenario.lua:5:28: E0214 ask: unknown decision \"D-1\" | did you mean \"D-01\"?\n"
     "scenario.lua:6:11: E0214 sent: unknown inject \"I\" | no inject is declared\n"
     "scenario.lua:6:27: E0214 decided: unknown decision \"D-10\" | did you mean \"D-01\"?\n"},
    {"storyline \"s\" (function ()\n  wiat \"5m\"\n  print(\"x\") -- wiat \"5m\"\nend)",
     "scenario.lua:3:3: E0115 unknown name 'wiat' | did you mean 'wait'?\n"
     "scenario.lua:4:3: E0117 print is not available in scenarios | note writes to the record\n"},
    {"prty \"a\" { name = \"A\" }\nprty \"b\" { name = \"B\" }\nstoryline \"s\" (function () send \"I\" end)",
     "scenario.lua:2:1: E0115 unknown name 'prty' | did you mean 'party'?\n"
     "scenario.lua:3:1: E0115 unknown name 'prty' | did you mean 'party'?\n"
     "scenario.lua:4:33: E0214 send: unknown inject \"I\" | no inject is declared\n"},
    {"service \"g\" { domain = \"d\", name = \"G\" }\nstoryline \"s\" (function ()\n  wait \"soon\" wait(20) wait_until(\"noon\")\n  wait_until(20) wait \"2h\" wait_until \"T+9:00\" wait(\"1\" .. \"h\")\n  set(\"g\", 130) set(\"g\", 13 * 0) set(\"g\", \"50%\") set(\"g\", \"half\")\n  said(\"wnd\", \"excon\") said(\"wind\", \"g\")\nend)",
     "scenario.lua:4:8: E0207 wait: \"soon\" is not a duration: write it like 90s, 15m, 1h30m, 2d or 250ms | write it like \"90s\", \"20m\", \"1h30m\" or \"24h story\"\n"
     "scenario.lua:4:20: E0110 wait wants a duration, in quotes | write wait \"20m\"\n"
     "scenario.lua:4:35: E0206 wait_until: \"noon\" is not a time: write it like T+0:30 (hours:minutes of play), story 08:00, or INJ-04 +15m (after that inject was sent) | write it like \"T+0:08\" (hours and minutes after STARTEX) or \"story 08:00\"\n"
     "scenario.lua:5:14: E0110 wait_until wants a time, in quotes | write wait_until \"T+0:08\"\n"
     "scenario.lua:6:12: E0204 set: 0 to 100 percent, not 130 | a level is a percentage of what a service can do: 0 is nothing, 100 all of it\n"
     "scenario.lua:6:43: E0111 set: a percentage stands without quotes and sign | write the number alone: 50\n"
     "scenario.lua:6:59: E0233 set: 0 to 100 percent, not a text | the second value is a number: set(\"g\", 20)\n"
     "scenario.lua:7:8: E0214 said: unknown team or party \"wnd\" | did you mean \"wind\"?\n"
     "scenario.lua:7:37: E0215 said: \"g\" is a service, not a team or party\n"},
    {"decision \"D\" { to = \"wind\", title = \"t\", within = \"5m\" }\nstoryline \"s\" (function ()\n  if ask \"D\" == \"yes\" then note \"x\" end\n  if decided(\"D\") ~= \"no\" or decided \"D\" == nil or ask \"D\".option == \"a\" then note \"x\" end\nend)",
     "scenario.lua:4:14: E0234 ask gives a table, which is never equal to a text | compare its option: ask(\"D\").option == \"yes\"\n"
     "scenario.lua:5:19: E0234 decided gives a table, which is never equal to a text | compare its option: decided(\"D\").option ~= \"no\"\n"},
    {"service \"g\" { domain = \"d\", name = \"G\", level = 50% }",
     "scenario.lua:2:49: E0111 a percentage is written as a plain number: 50 | write 50\n"},
    {"service \"g\" { domain = \"d\", level = 50%,\n name = \"G\" }",
     "scenario.lua:2:37: E0111 a percentage is written as a plain number: 50 | write 50\n"},
    {"service \"g\" { domain = \"d\", level = 50%\n name = \"G\" }",
     "scenario.lua:2:37: E0111 a percentage is written as a plain number: 50 | write 50\n"
     "scenario.lua:2:39: E0102 a comma is missing before 'name' | add the comma\n"},
    {"local x = 50%x y = 3 local z = = 3",
     "scenario.lua:2:14: E0109 an id without its quotes: x | write \"x\"\n"
     "scenario.lua:2:16: E0116 'y' is not declared | a name of your own is declared with local where it is first used\n"
     "scenario.lua:2:30: E0113 one = gives a value, == compares; here is both | write one =\n"},
    {"storyline \"s\" (function ()\n  wait 10\nend)",
     "scenario.lua:3:8: E0110 durations are written in quotes: wait \"10m\" | 10 minutes are \"10m\", 10 seconds \"10s\"\n"},
    {"storyline \"s\" (function ()\n  wait_until T\nend)",
     "scenario.lua:3:14: E0110 times are written in quotes: wait_until \"T+0:10\"\n"},
    {"storyline \"s\" (function ()\n  send INJ-01\nend)",
     "scenario.lua:3:8: E0109 ids stand in quotes: send \"INJ-01\" | write \"INJ-01\"\n"},
    {"inject I { to = \"wind\", title = \"t\", text = \"x\" }",
     "scenario.lua:2:8: E0109 ids stand in quotes: inject \"I\" | a name of your own stands in brackets: inject(I)\n"},
    {"storyline \"s\" (function ()\n  note Hello\n  wait\nend)",
     "scenario.lua:3:8: E0109 texts stand in quotes: note \"Hello\" | a name of your own stands in brackets: note(Hello)\n"},
    {"inject \"I\" { to = wind, title = \"t\", text = \"x\" }",
     "scenario.lua:2:19: E0109 an id without its quotes: wind | write \"wind\"\n"},
    {"inject \"I\" { to = later, title = \"t\", text = \"x\" }\nteam \"later\" { name = \"L\" }",
     "scenario.lua:2:19: E0109 an id without its quotes: later | write \"later\"\n"},
    {"inject \"INJ-01\" { to = \"wind\", title = \"t\", text = \"x\" }\nexpect \"E\" { team = \"wind\", text = \"t\", by = \"T+1:00\", contingency = INJ-01 }",
     "scenario.lua:3:70: E0109 an id without its quotes: INJ-01 | write \"INJ-01\"\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", urgent = yes }",
     "scenario.lua:2:61: E0115 unknown name 'yes' | write true, or \"yes\" if it is a text\n"},
    {"energy.grid \"g\" { name = \"G\" }",
     "scenario.lua:2:1: E0115 unknown name 'energy' | write local energy = require \"energy\" before\n"},
    // ---- the world, phases, expected actions
    {"service \"a\" { }",
     "scenario.lua:2:1: E0202 service \"a\": domain is missing | write domain = \"energy\"\n"
     "scenario.lua:2:1: E0202 service \"a\": name is missing | write name = \"Northern grid\"\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", level = 130 }",
     "scenario.lua:3:49: E0204 service \"a\": level: 0 to 100 percent, not 130 | write a number from 0 to 100: 100 is all of it\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", level = -1 }",
     "scenario.lua:3:49: E0204 service \"a\": level: 0 to 100 percent, not -1 | write a number from 0 to 100: 100 is all of it\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", level = \"all\" }",
     "scenario.lua:3:49: E0203 service \"a\": level: 0 to 100 percent, not \"all\" | write a number from 0 to 100: 100 is all of it\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", users = 1.5 }",
     "scenario.lua:3:49: E0204 service \"a\": users must be a whole number from 0 to 10000000000, not 1.5 | write users = 240000\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", rule = \"max\" }",
     "scenario.lua:3:48: E0205 service \"a\": rule is \"max\", but it can only be \"min\", \"sum\", or left out | write rule = \"min\", or leave it out\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", restart = 30 }",
     "scenario.lua:3:51: E0203 service \"a\": restart must be a duration in quotes, like \"4h\", not 30 | in quotes and with its unit; are minutes meant? restart = \"30m\"\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", restart = \"-4h\" }",
     "scenario.lua:3:51: E0207 service \"a\": restart: \"-4h\": a duration cannot be negative | write it like \"4h\"\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", restart = \"90s\" }",
     "scenario.lua:3:51: E0207 service \"a\": restart: \"90s\": the world goes by whole minutes of story time | write it like \"4h\"\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", restart = \"366d\" }",
     "scenario.lua:3:51: E0207 service \"a\": restart: \"366d\" is longer than a year | write it like \"4h\"\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", restart = \"1 month story\" }",
     "scenario.lua:3:51: E0207 service \"a\": restart: \"1 month story\" | write it in days, hours and minutes: 30d\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", seen_by = \"wnd\" }",
     "scenario.lua:3:51: E0214 service \"a\": seen_by: unknown team \"wnd\" | did you mean \"wind\"? There are: operator, wind\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", seen_by = { \"none\", \"wind\" } }",
     "scenario.lua:3:53: E0216 service \"a\": seen_by: \"none\" stands alone | write seen_by = \"none\", or name each team that sees it\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", public = 1 }",
     "scenario.lua:3:50: E0203 service \"a\": public must be true or false, not 1 | write public = true, without quotes\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", neds = { { \"b\" } } }",
     "scenario.lua:3:41: E0201 service \"a\": unknown key \"neds\" | did you mean needs?\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"b\" { domain = \"d\", name = \"B\" }\n",
     "scenario.lua:3:9: E0210 service \"b\": this id is taken by service \"b\" | give one of them another id; an id is used once in the whole scenario\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", needs = \"b\" }",
     "scenario.lua:3:49: E0203 service \"a\": needs must be a list of tables, not \"b\" | write each in braces of its own: needs = { { \"grid.north\", autonomy = \"4h\" }, … }\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", needs = { \"b\" } }",
     "scenario.lua:3:51: E0203 service \"a\": needs must be a list of tables, not \"b\" | put each into braces of its own: needs = { { \"b\" }, … }\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", needs = { { \"b\" }, autonomy = \"4h\" } }",
     "scenario.lua:3:49: E0203 service \"a\": needs must be a list of tables | write each in braces of its own: needs = { { \"grid.north\", autonomy = \"4h\" }, … }\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", needs = { { autonomy = \"4h\" } } }",
     "scenario.lua:3:51: E0229 service \"a\": needs, entry 1: it begins with a service's id | write { { \"grid.north\", autonomy = \"4h\" }, … }\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", needs = { { \"grid\" } } }",
     "scenario.lua:3:53: E0214 service \"a\": needs: unknown service \"grid\" | there is only b\n"},
    {"service \"grid\" { domain = \"d\", name = \"G\" }\nservice \"a\" { domain = \"d\", name = \"A\", needs = { { \"gird\" } } }",
     "scenario.lua:3:53: E0214 service \"a\": needs: unknown service \"gird\" | did you mean \"grid\"?\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", needs = { { \"wind\" } } }",
     "scenario.lua:3:53: E0215 service \"a\": needs: \"wind\" is a team, not a service | there is only b\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", needs = { { \"a\" } } }",
     "scenario.lua:3:53: E0228 service \"a\": needs: a service cannot need itself | take this need out, or name what it really hangs on\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", needs = { { \"b\", strength = 130 } } }",
     "scenario.lua:3:69: E0204 service \"a\": needs \"b\": strength: 0 to 100 percent, not 130 | write a number from 0 to 100: 100 is all of it\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", needs = { { \"b\", autonomy = \"-4h\" } } }",
     "scenario.lua:3:69: E0207 service \"a\": needs \"b\": autonomy: \"-4h\": a duration cannot be negative | write it like \"4h\"\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", needs = { { \"b\", autonomy = \"400d\" } } }",
     "scenario.lua:3:69: E0207 service \"a\": needs \"b\": autonomy: \"400d\" is longer than a year | write it like \"4h\"\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", needs = { { \"b\", recharge = \"1h30s\" } } }",
     "scenario.lua:3:69: E0207 service \"a\": needs \"b\": recharge: \"1h30s\": the world goes by whole minutes of story time | write it like \"4h\"\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", needs = { { \"b\", autnomy = \"4h\" } } }",
     "scenario.lua:3:58: E0201 service \"a\": needs \"b\": unknown key \"autnomy\" | did you mean autonomy?\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", needs = { { \"b\", backup = \"4h\" } } }",
     "scenario.lua:3:58: E0201 service \"a\": needs \"b\": unknown key \"backup\" | its keys are strength, autonomy, recharge, group, closed, switch, kind, source\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", needs = { { \"b\", \"c\" } } }",
     "scenario.lua:3:58: E0212 service \"a\": needs \"b\": holds a value without a key | write key = value; its keys are strength, autonomy, recharge, group, closed, switch, kind, source\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", needs = { { \"b\", group = \"a way\" } } }",
     "scenario.lua:3:66: E0208 service \"a\": needs \"b\": group is \"a way\", but it must be one word, without spaces or signs, as people type it | join its words with a dash, like \"way\"\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", needs = { { \"b\", kind = \"cybr\" } } }",
     "scenario.lua:3:65: E0205 service \"a\": needs \"b\": kind is \"cybr\", but it can only be \"physical\", \"cyber\", \"geographic\", \"logical\", or left out | did you mean \"cyber\"?\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", needs = { { \"b\", switch = \"5m\" } } }",
     "scenario.lua:3:67: E0229 service \"a\": needs \"b\": switch without closed = true | switch is the time that opening an alternative takes: write closed = true too, or take switch out\n"},
    {"local n = {} for i = 1, 21 do n[i] = { \"b\" } end\nservice \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", needs = n }",
     "scenario.lua:4:49: E0219 service \"a\": needs has 21 entries, at most 20 | leave some out\n"},
    {"service \"a\" { domain = \"d\", name = \"A\", rule = \"sum\", needs = { { \"b\" } } }\nservice \"b\" { domain = \"d\", name = \"B\", rule = \"sum\", needs = { { \"c\" } } }\nservice \"c\" { domain = \"d\", name = \"C\", rule = \"sum\", needs = { { \"a\" } } }",
     "scenario.lua:2:63: E0230 service \"a\": needs: this circle of sums hands on all of a loss, or more, so that it would never settle: \"a\" needs \"b\" needs \"c\" needs \"a\" | lower a strength in it, or use rule = \"min\"\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", needs = { { \"b\", recharge = \"5m\" } } }",
     "scenario.lua:3:69: E0229 service \"a\": needs \"b\": recharge without autonomy | recharge is the time that an empty reserve takes to fill: write how long the reserve lasts too, as autonomy = \"4h\"\n"},
    {"service \"a\" { domain = \"d\", name = \"A\", level = \"50%\" }",
     "scenario.lua:2:49: E0203 service \"a\": level must be a number, not a text | write the number alone, without quotes or %: level = 50\n"},
    {"service \"a\" { domain = \"d\", name = \"A\", level = \" 7.5 \" }",
     "scenario.lua:2:49: E0203 service \"a\": level must be a number, not a text | write the number alone, without quotes or %: level = 7.5\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nservice \"a\" { domain = \"d\", name = \"A\", needs = { { \"b\", strength = \"50 %\" } } }",
     "scenario.lua:3:69: E0203 service \"a\": needs \"b\": strength must be a number, not a text | write the number alone, without quotes or %: strength = 50\n"},
    {"service \"\" { domain = \"d\", name = \"B\" }", "scenario.lua:2:9: E0209 service: its id is empty | write service \"grid.north\" { domain = \"energy\", name = \"…\" }\n"},
    {"party \"\"", "scenario.lua:2:7: E0209 party: its id is empty | write party \"press\" { name = \"…\" }\n"},
    {"repair \"r\" { }",
     "scenario.lua:2:1: E0202 repair \"r\": name is missing | write name = \"Splice the cable\"\n"
     "scenario.lua:2:1: E0202 repair \"r\": service is missing | write service = \"mobile.north\"\n"
     "scenario.lua:2:1: E0202 repair \"r\": work is missing | write work = \"72h\"\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nrepair \"r\" { service = \"c\", name = \"R\", work = \"0m\" }",
     "scenario.lua:3:24: E0214 repair \"r\": service: unknown service \"c\" | there is only b\n"
     "scenario.lua:3:48: E0207 repair \"r\": work: \"0m\": it must be more than nothing | write it like \"4h\"\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nrepair \"r\" { service = \"b\", name = \"R\", work = \"4h\", crews = 0 }",
     "scenario.lua:3:62: E0204 repair \"r\": crews must be a whole number from 1 to 1000, not 0 | write crews = 2\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nrepair \"r\" { service = \"b\", name = \"R\", work = \"4h\", to = 101 }",
     "scenario.lua:3:59: E0204 repair \"r\": to: 0 to 100 percent, not 101 | write a number from 0 to 100: 100 is all of it\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nrepair \"r\" { service = \"b\", name = \"R\", work = \"4h\", needs = { { \"b\", level = 50 }, { \"d\" } } }",
     "scenario.lua:3:87: E0214 repair \"r\": needs: unknown service \"d\" | there is only b\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nrepair \"r\" { service = \"b\", name = \"R\", work = \"4h\", needs = { { \"b\", strength = 50 } } }",
     "scenario.lua:3:71: E0201 repair \"r\": needs \"b\": unknown key \"strength\" | its keys are level\n"},
    {"phase \"p\" { title = \"P\", story = \"2022-02-23 07:00\" }",
     "scenario.lua:2:34: E0206 phase \"p\": story: \"2022-02-23 07:00\" is before 2022-02-24 03:00Z | write it like \"2022-02-25 07:00\"\n"},
    {"phase \"p\" { title = \"P\", story = \"seven\" }",
     "scenario.lua:2:34: E0206 phase \"p\": story: \"seven\" is not a story moment | write it like 08:00 or 2022-02-25 08:00, without a zone: it is that of startex\n"},
    {"phase \"p\" { title = \"P\", at = \"story 08:00\" }",
     "scenario.lua:2:31: E0231 phase \"p\": at: a phase begins by itself at a time of play only | write it like \"T+1:50\"; for another moment let a storyline wait, and enter_phase \"p\"\n"},
    {"phase \"p\" { title = \"P\", at = \"T+3:10\" }",
     "scenario.lua:2:31: E0204 phase \"p\": at: T+3:10 is after ENDEX (T+3:00:00) | make it earlier, or the exercise longer (length); T+1:30 is one hour and thirty minutes of play\n"},
    {"phase \"p\" { title = \"P\", pace = 0 }",
     "scenario.lua:2:33: E0204 phase \"p\": pace must be a number from 0.001 to 1000, not 0 | write pace = 4\n"},
    {"expect \"E-1\" { text = \"t\", by = \"T+1:00\" }",
     "scenario.lua:2:1: E0202 expect \"E-1\": team is missing | write team = \"operator\"\n"},
    {"expect \"E-1\" { text = \"t\", team = \"wnd\", by = \"T+1:00\" }",
     "scenario.lua:2:35: E0214 expect \"E-1\": team: unknown team \"wnd\" | did you mean \"wind\"? There are: operator, wind\n"},
    {"expect \"E-1\" { text = \"t\", team = \"wind\" }",
     "scenario.lua:2:1: E0202 expect \"E-1\": by is missing | write by = \"INJ-01 +35m\"\n"},
    {"expect \"E-1\" { text = \"t\", team = \"wind\", by = \"J +1h\" }\ninject \"I\" { to = \"wind\", title = \"t\", text = \"x\" }",
     "scenario.lua:2:49: E0214 expect \"E-1\": by: unknown inject \"J\" | there is only I\n"},
    {"expect \"E-1\" { text = \"t\", team = \"wind\", by = \"aware J +24h story\" }\ninject \"I\" { to = \"wind\", title = \"t\", text = \"x\" }",
     "scenario.lua:2:55: E0214 expect \"E-1\": by: unknown inject \"J\" | there is only I\n"},
    {"expect \"E-1\" { text = \"t\", team = \"wind\", by = \"met E-9 +24h story\" }",
     "scenario.lua:2:53: E0214 expect \"E-1\": by: unknown expectation \"E-9\" | no other expectation is declared\n"},
    {"expect \"E-1\" { text = \"t\", team = \"wind\", by = \"met I +24h story\" }\ninject \"I\" { to = \"wind\", title = \"t\", text = \"x\" }",
     "scenario.lua:2:53: E0215 expect \"E-1\": by: \"I\" is an inject, not an expectation | no other expectation is declared\n"},
    {"expect \"E-1\" { text = \"t\", team = \"wind\", by = \"met E-1 +1h\" }",
     "scenario.lua:2:48: E0228 expect \"E-1\": by: it counts from itself | count from the expected action before it, or from an inject\n"},
    {"expect \"E-1\" { text = \"t\", team = \"wind\", by = \"met E-2 +1h\" }\nexpect \"E-2\" { team = \"wind\", text = \"t\", by = \"T+1:00\" }",
     "scenario.lua:2:48: E0232 expect \"E-1\": by: it counts from \"E-2\", which must stand before it | move expect \"E-2\" up, before this one\n"},
    {"expect \"E-1\" { text = \"t\", team = \"wind\", by = \"aware I\" }\ninject \"I\" { to = \"wind\", title = \"t\", text = \"x\" }",
     "scenario.lua:2:48: E0206 expect \"E-1\": by: \"aware I\" is not a time | write it like aware INJ-04 +24h story\n"},
    {"expect \"E-1\" { text = \"t\", team = \"wind\", by = \"met E-2 in time\" }",
     "scenario.lua:2:48: E0206 expect \"E-1\": by: \"met E-2 in time\" is not a time | write it like met EXP-02 +1 month story\n"},
    {"expect \"E-1\" { text = \"t\", team = \"wind\", by = \"I +1 month\" }\ninject \"I\" { to = \"wind\", title = \"t\", text = \"x\" }",
     "scenario.lua:2:48: E0206 expect \"E-1\": by: \"1 month\": months are of story time | write 1 month story\n"},
    {"expect \"E-1\" { text = \"t\", team = \"wind\", by = \"I +121 months story\" }\ninject \"I\" { to = \"wind\", title = \"t\", text = \"x\" }",
     "scenario.lua:2:48: E0206 expect \"E-1\": by: \"121 months story\" is longer than ten years | write it like \"T+0:30\"\n"},
    {"expect \"E-1\" { text = \"t\", team = \"wind\", by = \"I +1h\", contingency = \"I\" }\ninject \"I\" { to = \"wind\", title = \"t\", text = \"x\" }",
     "scenario.lua:2:48: E0232 expect \"E-1\": by: it counts from its own contingency inject \"I\", which is sent only after that | count from the inject that makes the team act\n"},
    {"expect \"E-1\" { text = \"t\", team = \"wind\", by = \"T+1:00\", contingency = \"J\" }\ninject \"I\" { to = \"wind\", title = \"t\", text = \"x\" }",
     "scenario.lua:2:72: E0214 expect \"E-1\": contingency: unknown inject \"J\" | there is only I\n"},
    {"expect \"E-1\" { text = \"t\", team = \"wind\", by = \"T+1:00\", contingency = \"J\" }\ninject \"J\" { at = \"T+0:10\", to = \"wind\", title = \"t\", text = \"x\" }",
     "scenario.lua:2:72: E0235 expect \"E-1\": contingency: \"J\" has an at of its own, so it is sent whatever happens | a contingency inject is sent only because an expected action did not happen: take its at out\n"},
    {"expect \"E-1\" { text = \"t\", team = \"wind\", by = \"T+1:00\", release = \"manual\" }",
     "scenario.lua:2:58: E0235 expect \"E-1\": release: without a contingency inject there is nothing to release | write contingency = \"…\" too, or take release out\n"},
    {"expect \"E-1\" { text = \"t\", team = \"wind\", by = \"T+1:00\", product = \"early warning\" }",
     "scenario.lua:2:68: E0208 expect \"E-1\": product is \"early warning\", but it must be one word, without spaces or signs, as people type it | join its words with a dash, like \"early-warning\"\n"},
    {"expect \"E-1\" { text = \"t\", team = \"wind\", by = \"T+1:00\", met = true }",
     "scenario.lua:2:64: E0203 expect \"E-1\": met must be a function, not true | write met = function () return said(\"operator\", \"wind\") end\n"},
    {"expect \"E-1\" { text = \"t\", team = \"wind\", by = \"T+1:00\", objective = \"O\" }",
     "scenario.lua:2:70: E0214 expect \"E-1\": unknown objective \"O\" | no objective is declared\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", at = \"aware J +1h\" }",
     "scenario.lua:2:57: E0206 inject \"I\": at: \"aware J +1h\": aware is for the deadline of an expected action only (by, in expect) | write it like \"T+0:30\"\n"},
    {"decision \"D\" { to = \"wind\", within = \"1h\", title = \"t\", at = \"met E +1h\" }",
     "scenario.lua:2:62: E0206 decision \"D\": at: \"met E +1h\": met is for the deadline of an expected action only (by, in expect) | write it like \"T+0:30\"\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"{{level}} {{because wind}} {{levle b}}\" }",
     "scenario.lua:2:48: E0222 inject \"I\": text: {{level}} wants a service's id | write it like {{level grid.north}}; no service is declared\n"
     "scenario.lua:2:58: E0215 inject \"I\": text: {{because}}: \"wind\" is of kind team, not service | write it like {{because grid.north}}; no service is declared\n"
     "scenario.lua:2:75: E0222 inject \"I\": text: {{…}} does not know \"levle\" | did you mean {{level b}}?\n"},
    {"team \"none\" { name = \"N\" }",
     "scenario.lua:2:6: E0209 team \"none\": this id is reserved for the engine's own use | take another, as \"team-none\"\n"},
    {"service \"b\" { domain = \"d\", name = \"B\" }\nrepair \"r\" { service = \"b\", name = \"R\", work = \"4h\" }\nphase \"p\" { title = \"P\" }\nstoryline \"s\" (function ()\n  set(\"c\", 5) refuel(\"b\", \"r\") start_repair \"b\"\n  if level \"c\" < 5 and lost_hours \"c\" > 1 then enter_phase \"q\" met \"p\" end\n  read(\"wnd\", \"b\") black_start(\"b\", \"5m\") open_alternative(\"b\", \"c\")\nend)",
     "scenario.lua:6:7: E0214 set: unknown service \"c\" | there is only b\n"
     "scenario.lua:6:27: E0215 refuel: \"r\" is a repair, not a service\n"
     "scenario.lua:6:45: E0215 start_repair: \"b\" is a service, not a repair\n"
     "scenario.lua:7:12: E0214 level: unknown service \"c\" | there is only b\n"
     "scenario.lua:7:35: E0214 lost_hours: unknown service \"c\" | there is only b\n"
     "scenario.lua:7:60: E0214 enter_phase: unknown phase \"q\" | there is only p\n"
     "scenario.lua:7:68: E0215 met: \"p\" is a phase, not an expectation\n"
     "scenario.lua:8:8: E0214 read: unknown team \"wnd\" | did you mean \"wind\"?\n"
     "scenario.lua:8:15: E0215 read: \"b\" is a service, not an inject\n"
     "scenario.lua:8:65: E0214 open_alternative: unknown service \"c\" | there is only b\n"},
};

// clang-format on
START_TEST(every_mistake_is_named_with_its_line)
{
    add("inj-01.md", "Dear all,\n\nit is {{level ka-sat}} now.\n");
    check_problems(mistakes[_i].text, mistakes[_i].expected);
}
END_TEST

START_TEST(all_mistakes_are_listed_in_the_order_of_lines_up_to_fifty)
{
    check_problems(
        "inject \"A\" { to = \"x1\", title = \"t\", text = \"x\" }\n"
        "inject \"B\" { to = \"wind\", titel = \"t\", text = \"x\", title = \"t\" }\n"
        "inject \"C\" { to = \"wind\", title = \"t\", text = \"x\", at = \"soon\" }\n",
        "scenario.lua:2:19: E0214 inject \"A\": to: unknown team \"x1\" | there are: operator, "
        "wind\n"
        "scenario.lua:3:27: E0201 inject \"B\": unknown key \"titel\" | did you mean title?\n"
        "scenario.lua:4:57: E0206 inject \"C\": at: \"soon\" is not a time | write it like T+0:30 "
        "(hours:minutes of play), story 08:00, or INJ-04 +15m (after that inject was sent)\n");
    toc_buf_clear(&problems);
    load_with(BASE "for i = 1, 80 do\nparty (\"p\" .. i) { }\nend", NULL);
    size_t lines = 0;
    for (const char *p = toc_buf_text(&problems); *p; p++)
        lines += *p == '\n';
    ck_assert_uint_eq(lines, 50);
}
END_TEST

START_TEST(a_broken_file_stops_itself_and_not_the_others)
{
    add("one.lua", "inject \"A\" { to = \"wind\" \n title = 1 }");
    add("two.lua", "\nparty \"p\" { nam = \"P\" }");
    add("three.lua", "\n\nprty \"q\" { }");
    // References are not looked at: what they name may stand in the broken files.
    check_problems(
        "local one = require \"one\"\nrequire \"two\" require \"three\"\nlocal x = one.field\n"
        "inject \"B\" { to = \"nobody\", title = \"t\" }",
        "scenario.lua:4:11: E0118 'one' is true or false, so it cannot have anything taken out of "
        "it | is it written right, and does it have a value at this point?\n"
        "one.lua:1:1: E0202 inject \"A\": text is missing | write text = \"It is {{clock}}.\"\n"
        "one.lua:1:24: E0102 a comma is missing before 'title' | add the comma\n"
        "one.lua:2:10: E0203 inject \"A\": title must be text, not 1 | write it in quotes: title = "
        "\"1\"\n"
        "three.lua:3:0: E0202 party \"q\": name is missing | write name = \"Radio Nord newsroom\"\n"
        "three.lua:3:1: E0115 unknown name 'prty' | did you mean 'party'?\n"
        "two.lua:2:13: E0201 party \"p\": unknown key \"nam\" | did you mean name?\n");
}
END_TEST

START_TEST(what_may_be_right_is_not_reported_before_it_runs)
{
    add("act.lua", "local function wiat(t) wait(t) end return { wiat = wiat, send = send }");
    load(BASE
         "local act = require \"act\"\n"
         "local helpers <const>, many = { go = function (self, id) send(id) end }, {}\n"
         "local function later(ask, ...) local n = ... ask \"NO-1\" return n end\n"
         "storyline \"s\" (function ()\n"
         "  act.wiat \"5m\" helpers:go \"NO-2\" act.send \"NO-3\"\n"
         "  -- send \"NO-4\"\n"
         "  note [[send \"NO-5\" wiat(1)]] note 'nowhere \"x\"'\n"
         "  send(\"NO-\" .. 6) send(many[\"NO-7\"]) send \"NO\\45\"\n"
         "  for _, each in ipairs(many) do each \"NO-8\" goto next ::next:: (\"x\"):rep(2) end\n"
         "end)\n");
}
END_TEST

START_TEST(modules_are_looked_through_too)
{
    add("act.lua", "local function go()\n  send \"A-2\"\nend\nreturn go");
    add("unused.lua", "send \"A-3\"");
    check_problems("local go = require \"act\"\n"
                   "inject \"A-1\" { to = \"wind\", title = \"t\", text = \"x\" }\n"
                   "storyline \"s\" (function () go() helper() end)",
                   "scenario.lua:4:33: E0115 unknown name 'helper' | names of your own are "
                   "declared with local before they are used\n"
                   "act.lua:2:8: E0214 send: unknown inject \"A-2\" | did you mean \"A-1\"?\n");
}
END_TEST

START_TEST(modules_run_once_and_own_files_come_before_the_library)
{
    add("acts/one.lua",
        "inject \"A\" { to = \"wind\", title = \"t\", text = \"x\" } return { n = 7 }");
    add("texts.lua", "return { mine = \"own\" }");
    const toc_plan *p = load(BASE "local a, b = require \"acts/one\", require \"acts/one\"\n"
                                  "inject (a == b and \"same\" or \"differs\") { to = \"all\", "
                                  "title = require(\"texts\").mine, text = \"x\" }");
    ck_assert_uint_eq(p->inject_count, 2);
    ck_assert_str_eq(p->injects[0].place.file, "acts/one.lua");
    ck_assert_str_eq(p->injects[1].id, "same");
    ck_assert_str_eq(p->injects[1].title, "own");
}
END_TEST

START_TEST(files_that_require_each_other_in_a_circle_are_refused)
{
    add("a.lua", "require \"b\"");
    add("b.lua", "\nrequire \"a\"");
    check_problems(
        "require \"a\"",
        "b.lua:2:9: E0223 require: a.lua is being read already: files cannot require each other in "
        "a circle | put what both need into a third file, and let both require that\n");
}
END_TEST

START_TEST(the_library_writes_a_situation_report)
{
    const toc_plan *p =
        load(BASE "local texts = require \"texts\"\n"
                  "inject \"S\" { to = \"wind\", title = \"t\", text = texts.sitrep { time = "
                  "\"03:20Z\", source = \"NOC\", known = { \"a\", \"b\" }, asked = \"When?\" } }");
    ck_assert_str_eq(
        p->injects[0].text,
        "SITUATION REPORT, 03:20Z\nSource: NOC\n\nKNOWN\n- a\n- b\n\nASKED OF YOU\n- When?");
    toc_scenario_free(scenario);
    check_problems("require(\"texts\").sitrep { tiem = \"x\" }",
                   "scenario.lua:2:0: E0118 texts.sitrep: unknown key \"tiem\"; its keys are time, "
                   "source, known, unknown, asked\n");
}
END_TEST

static toc_err fetch_one(void *context, const char *path, toc_error *e)
{
    int *calls = context;
    ++*calls;
    if (strcmp(path, "files/a.bin") != 0)
        return toc_fail(e, TOC_EIO, "%s cannot be read", path);
    toc_files_add(files, path, "\0\1", 2);
    return TOC_OK;
}

START_TEST(attachments_are_fetched_once_and_only_on_demand)
{
    int calls = 0;
    toc_fetch fetch = {fetch_one, &calls};
    ck_assert_int_eq(
        load_with(
            BASE
            "inject \"A\" { to = \"all\", title = \"t\", text = \"x\", attach = \"files/a.bin\" }\n"
            "inject \"B\" { to = \"all\", title = \"t\", text = \"x\", attach = { \"files/a.bin\" "
            "} }",
            &fetch),
        TOC_OK);
    ck_assert_int_eq(calls, 1);
    ck_assert_uint_eq(toc_scenario_plan(scenario)->attachments[0].size, 2);
    toc_scenario_free(scenario);
    ck_assert_int_eq(
        load_with(BASE
                  "inject \"A\" { to = \"all\", title = \"t\", text = \"x\", attach = \"b.bin\" }",
                  &fetch),
        TOC_ESCENARIO);
    ck_assert_str_eq(
        toc_buf_text(&problems),
        "scenario.lua:2:60: E0223 inject \"A\": attach: b.bin cannot be read | is it in the "
        "scenario's folder, and its name written in the same capital and small "
        "letters? A path begins there: \"files/map.png\"\n");
}
END_TEST

START_TEST(an_attachment_over_4_mib_is_refused)
{
    size_t size = ((size_t)4 << 20) + 1;
    char *big = toc_alloc(size);
    toc_files_add(files, "big", big, size);
    free(big);
    check_problems(
        "inject \"A\" { to = \"all\", title = \"t\", text = \"x\", attach = \"big\" }",
        "scenario.lua:2:60: E0224 inject \"A\": attach: big is too long: 4194305 bytes, at most "
        "4194304 | 4 MiB is the most that is handed out: make it smaller, or split it\n");
}
END_TEST

START_TEST(counts_are_limited)
{
    check_problems("for i = 1, 63 do team (\"t\" .. i) { name = \"T\" } end",
                   "scenario.lua:2:18: E0219 more than 64 teams | a scenario holds at most 64; is "
                   "there a loop that does not end?\n");
    check_problems("for i = 1, 1001 do decision (\"d\" .. i) { to = \"wind\", within = \"5m\", "
                   "title = \"T\" } end",
                   "scenario.lua:2:20: E0219 more than 1000 decisions | a scenario holds at most "
                   "1000; is there a loop that does not end?\n");
    check_problems("for i = 1, 1001 do storyline (\"d\" .. i) (function () end) end",
                   "scenario.lua:2:20: E0219 more than 1000 storylines | a scenario holds at most "
                   "1000, when and on counted; is there a loop that does not end?\n");
}
END_TEST

// The shapes that people try first when they want to break it: one clear line each, at once.
START_TEST(large_worlds_load_or_are_refused_with_one_line)
{
    check_problems(
        "for i = 1, 10000 do service (\"s\" .. i) { domain = \"d\", name = \"S\", needs = { { "
        "\"s\" .. i % 10000 + 1 } } } end",
        "scenario.lua:2:21: E0219 more than 5000 services | a scenario holds at most 5000; is "
        "there a loop that does not end?\n");
    check_problems(
        "for i = 1, 5000 do service (\"s\" .. i) { domain = \"d\", name = \"S\", rule = \"sum\", "
        "needs = { { \"s\" .. i % 5000 + 1 } } } end",
        "scenario.lua:2:0: E0230 service \"s1\": needs: this circle of sums hands on all of a "
        "loss, or more, so that it would never settle: \"s1\" needs \"s2\" needs \"s3\" needs "
        "\"s4\" needs \"s5\" needs \"s6\" needs \"s7\" needs \"s8\" … 4992 more … needs \"s1\" | "
        "lower a strength in it, or use rule = \"min\"\n");
    const toc_plan *p = load(
        BASE "for i = 1, 5000 do service (\"s\" .. i) { domain = \"d\", name = \"S\", needs = { { "
             "\"s\" .. i % 5000 + 1, autonomy = \"4h\" } } } end");
    ck_assert_uint_eq(p->model.service_count, 5000);
    ck_assert_uint_eq(p->model.services[4999].needs[0].provider, 0);
    toc_scenario_free(scenario);
    scenario = NULL;
    p = load(
        BASE
        "for i = 1, 5000 do local n = {} for k = 1, 20 do n[k] = { \"s\" .. (i + k * k) % 5000 + "
        "1 } end service (\"s\" .. i) { domain = \"d\", name = \"S\", needs = n } end");
    ck_assert_uint_eq(p->model.services[0].need_count, 20);
    toc_scenario_free(scenario);
    scenario = NULL;
    toc_buf_clear(
        &problems); // a wrong id in each of them: fifty lines, and no long search for names
    ck_assert_int_eq(load_with(BASE
                               "for i = 1, 5000 do local n = {} for k = 1, 20 do n[k] = { \"t\" .. "
                               "i * k } end service (\"s\" .. i) { domain = \"d\", name = \"S\", "
                               "needs = n } end",
                               NULL),
                     TOC_ESCENARIO);
}
END_TEST

START_TEST(what_a_library_module_declares_stands_where_its_author_called_it)
{
    add("tocsin/field.lua",
        "local f = {}\n"
        "function f.mast(id) return function(t)\n"
        "  if t.power == 0 then error(\"field.mast: no power\", 2) end\n"
        "  service (id) { domain = \"cyber\", name = t.name, needs = { { t.power } } }\n"
        "  when(function () return level(id) < 50 end, function () end)\n"
        "end end\n"
        "function f.drop(id) set(id, 0) end\n"
        "return f");
    check_problems("local field = require \"field\"\n"
                   "field.mast \"a\" { name = \"A\", power = \"grd\" }\n"
                   "service \"grid\" { domain = \"d\", name = \"G\" }\n"
                   "field.mast \"grid\" { name = 7 }\n",
                   "scenario.lua:3:0: E0214 service \"a\": needs: unknown service \"grd\" | did "
                   "you mean \"grid\"?\n"
                   "scenario.lua:5:0: E0203 service \"grid\": name must be text, not 7 | write it "
                   "in quotes: name = \"7\"\n"
                   "scenario.lua:5:0: E0229 service \"grid\": needs, entry 1: it begins with a "
                   "service's id | write { { \"grid.north\", autonomy = \"4h\" }, … }\n"
                   "scenario.lua:5:0: E0210 service \"grid\": this id is taken by service \"grid\" "
                   "| give one of them another id; an id is used once in the whole scenario\n");
    check_problems("\nrequire(\"field\").mast \"a\" { power = 0 }\n",
                   "scenario.lua:3:0: E0118 field.mast: no power\n");
    check_problems("local field = require \"field\"\n\nfield.drop \"a\"",
                   "scenario.lua:4:0: E0123 set: only a storyline acts; put it into storyline "
                   "\"…\" (function () … end)\n");
}
END_TEST

START_TEST(five_thousand_injects_load_within_the_budget)
{
    const toc_plan *p =
        load(BASE "for i = 1, 5000 do inject (\"I\" .. i) { at = \"T+1:00\", to = \"all\", title = "
                  "\"T\", text = (\"x\"):rep(500), objective = nil, urgent = true } end");
    ck_assert_uint_eq(p->inject_count, 5000);
}
END_TEST

START_TEST(what_is_missing_altogether_is_said)
{
    ck_assert_int_eq(load_with("", NULL), TOC_ESCENARIO);
    ck_assert_str_eq(toc_buf_text(&problems),
                     "scenario.lua:1:1: E0217 no exercise is declared | write exercise "
                     "\"silent-beams\" { title = \"…\", … }\n"
                     "scenario.lua:1:1: E0217 no team is declared | write team \"operator\" { name "
                     "= \"…\", seats = 2 }\n");
    toc_files *none = toc_files_new();
    ck_assert_int_eq(toc_scenario_load(&scenario, none, NULL, 1, TOC_SCENARIO_MEMORY, NULL, &error),
                     TOC_ESCENARIO);
    ck_assert_str_eq(error.msg, "scenario.lua:1: there is no such file; a scenario begins with it");
    toc_files_free(none);
}
END_TEST

START_TEST(a_load_that_needs_too_much_memory_is_refused)
{
    add("scenario.lua", BASE "local t = {} for i = 1, 100000 do t[i] = { i } end");
    ck_assert_int_ne(load_lines(&scenario, files, NULL, 1, (size_t)2 << 20, &problems, &error),
                     TOC_OK);
    ck_assert_ptr_nonnull(strstr(error.msg, "scenario.lua:2: "));
    ck_assert_ptr_nonnull(strstr(error.msg, "memory"));
}
END_TEST

// The keys are those that the check itself lists.
START_TEST(the_reference_has_every_key_of_every_declaration)
{
    static const struct {
        const char *name, *before, *after; // what stands around the keys of a list's tables
    } kinds[] = {
        {"exercise", "", ""}, {"team", "", ""},
        {"party", "", ""},    {"objective", "", ""},
        {"inject", "", ""},   {"decision", "", ""},
        {"service", "", ""},  {"service", "needs = { { \"x\", ", " } }"},
        {"repair", "", ""},   {"repair", "needs = { { \"x\", ", " } }"},
        {"phase", "", ""},    {"expect", "", ""},
    };
    const char *source = getenv("TOC_SOURCE_DIR");
    char *path = toc_sprintf("%s/scripts/README.md", source ? source : ".");
    toc_buf readme = {0};
    TOC_OK_OR_FAIL(toc_file_slurp(&readme, path, 1 << 20, &error), error);
    for (size_t i = 0; i < TOC_COUNT(kinds); i++) {
        char *heading = toc_sprintf("\n### %s\n", kinds[i].name);
        const char *section = strstr(readme.data, heading);
        ck_assert_msg(section != NULL, "%s", kinds[i].name);
        const char *next = strstr(section + 4, "\n## ");
        const char *sibling = strstr(section + 4, "\n### ");
        const char *end = sibling && sibling < next ? sibling : next;
        char *text = toc_sprintf("%s \"x\" { %szzzzzzzzz = 1%s }", kinds[i].name, kinds[i].before,
                                 kinds[i].after);
        toc_buf_clear(&problems);
        load_with(text, NULL);
        char *keys = strstr(problems.data, "its keys are ");
        ck_assert_ptr_nonnull(keys);
        keys += strlen("its keys are ");
        keys[strcspn(keys, "\n")] = '\0';
        char *rest = NULL;
        for (char *key = strtok_r(keys, ", ", &rest); key; key = strtok_r(NULL, ", ", &rest)) {
            char *plain = toc_sprintf("\n| %s |", key);
            char *bold = toc_sprintf("\n| **%s** |", key);
            const char *at = strstr(section, plain);
            const char *at_bold = strstr(section, bold);
            ck_assert_msg((at && at < end) || (at_bold && at_bold < end), "%s: %s", kinds[i].name,
                          key);
            free(plain);
            free(bold);
        }
        free(text);
        free(heading);
    }
    toc_buf_fini(&readme);
    free(path);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, an_exercise_has_all_it_says);
    tcase_add_test(tc, teams_parties_and_objectives_refer_to_each_other);
    tcase_add_test(tc, an_inject_has_all_it_says);
    tcase_add_test(tc, a_decision_has_all_it_says);
    tcase_add_test(tc, a_service_has_all_it_says);
    tcase_add_test(tc, a_repair_and_a_phase_have_all_they_say);
    tcase_add_test(tc, an_expectation_has_all_it_says);
    tcase_add_test(tc, large_worlds_load_or_are_refused_with_one_line);
    tcase_add_test(tc, what_a_library_module_declares_stands_where_its_author_called_it);
    tcase_add_test(tc, a_smallest_scenario_loads_and_hands_out_its_script);
    tcase_add_loop_test(tc, every_mistake_is_named_with_its_line, 0, (int)TOC_COUNT(mistakes));
    tcase_add_test(tc, all_mistakes_are_listed_in_the_order_of_lines_up_to_fifty);
    tcase_add_test(tc, a_broken_file_stops_itself_and_not_the_others);
    tcase_add_test(tc, what_may_be_right_is_not_reported_before_it_runs);
    tcase_add_test(tc, modules_are_looked_through_too);
    tcase_add_test(tc, modules_run_once_and_own_files_come_before_the_library);
    tcase_add_test(tc, files_that_require_each_other_in_a_circle_are_refused);
    tcase_add_test(tc, the_library_writes_a_situation_report);
    tcase_add_test(tc, attachments_are_fetched_once_and_only_on_demand);
    tcase_add_test(tc, an_attachment_over_4_mib_is_refused);
    tcase_add_test(tc, counts_are_limited);
    tcase_add_test(tc, five_thousand_injects_load_within_the_budget);
    tcase_add_test(tc, what_is_missing_altogether_is_said);
    tcase_add_test(tc, the_reference_has_every_key_of_every_declaration);
    tcase_add_test(tc, a_load_that_needs_too_much_memory_is_refused);
}

TOC_CHECK_MAIN("scenario", add_tests)
