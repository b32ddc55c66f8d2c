// SPDX-License-Identifier: MIT
// What a scenario may declare, and what every mistake is answered with: its line and its words.

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
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

static toc_err load_with(const char *text, const toc_fetch *fetch)
{
    add("scenario.lua", text);
    return toc_scenario_load(&scenario, files, fetch, 26, TOC_SCENARIO_MEMORY, &problems, &error);
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
    ck_assert(strncmp(error.msg, expected, strlen(error.msg)) == 0);
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
    ck_assert_int_eq(i[1].at.ms, 900000);
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

START_TEST(a_smallest_scenario_loads_and_hands_out_its_script)
{
    load(BASE "storyline \"s\" (function () end) when(function () end, function () end) "
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
     "scenario.lua:2: inject \"INJ-01\": to: unknown team \"opperator\" — did you mean \"operator\"?\n"},
    {"party \"press\" { name = \"P\" } inject \"INJ-01\" { to = \"press\", title = \"t\", text = \"x\" }",
     "scenario.lua:2: inject \"INJ-01\": to: \"press\" is a party (scenario.lua:2), not a team\n"},
    {"inject \"INJ-01\" { to = { \"wind\", \"all\" }, title = \"t\", text = \"x\" }",
     "scenario.lua:2: inject \"INJ-01\": to: \"all\" stands alone\n"},
    {"inject \"INJ-01\" { to = { \"wind\", \"wind\" }, title = \"t\", text = \"x\" }",
     "scenario.lua:2: inject \"INJ-01\": to names \"wind\" twice\n"},
    {"inject \"INJ-01\" { to = { \"wind\", 7 }, title = \"t\", text = \"x\" }",
     "scenario.lua:2: inject \"INJ-01\": to must be an id in quotes, a list of them, or \"all\", not a number\n"},
    {"inject \"INJ-01\" { to = {}, title = \"t\", text = \"x\" }",
     "scenario.lua:2: inject \"INJ-01\": to is empty\n"},
    {"inject \"INJ-01\"", "scenario.lua:2: inject \"INJ-01\": an id without its table: write inject \"INJ-01\" { to = \"…\", title = \"…\", text = \"…\" }\n"},
    {"\nlocal x = inject \"INJ-01\"\nx(7)", "scenario.lua:3: inject \"INJ-01\": its id must be followed by a table: write inject \"INJ-01\" { to = \"…\", title = \"…\", text = \"…\" }\n"},
    {"party { name = \"P\" }", "scenario.lua:2: party wants an id in quotes first: party \"press\" { name = \"…\" }\n"},
    {"party \"p\" { name = \"P\" } { name = \"Q\" }", "scenario.lua:2: attempt to call a nil value\n"},
    {"inject \"INJ-01\" { tp = \"wind\", titel = \"t\", text = \"x\" }",
     "scenario.lua:2: inject \"INJ-01\": title is missing\n"
     "scenario.lua:2: inject \"INJ-01\": to is missing\n"
     "scenario.lua:2: inject \"INJ-01\": unknown key \"titel\" — did you mean \"title\"?\n"
     "scenario.lua:2: inject \"INJ-01\": unknown key \"tp\" — did you mean \"to\"?\n"},
    {"party \"p\" { name = \"P\", seats = 3 }", "scenario.lua:2: party \"p\": unknown key \"seats\"; its keys are name, notes\n"},
    {"party \"p\" { name = \"P\", zzzzzz = 3 }", "scenario.lua:2: party \"p\": unknown key \"zzzzzz\"; its keys are name, notes\n"},
    {"party \"p\" { name = \"P\", \"Q\" }", "scenario.lua:2: party \"p\": holds a value without a key (write key = value)\n"},
    {"party \"p\" { name = 7 }", "scenario.lua:2: party \"p\": name must be text, not a number\n"},
    {"party \"p\" { name = \" \" }", "scenario.lua:2: party \"p\": name is empty\n"},
    {"party \"p\" { name = \"a\\nb\" }", "scenario.lua:2: party \"p\": name must be one line\n"},
    {"party \"p\" { name = \"a\\27b\" }", "scenario.lua:2: party \"p\": name holds a control character\n"},
    {"party \"p\" { name = \"a\\255b\" }", "scenario.lua:2: party \"p\": name is not UTF-8 text (byte 2)\n"},
    {"party \"p\" { name = (\"x\"):rep(201) }", "scenario.lua:2: party \"p\": name is too long: 201 bytes, at most 200\n"},
    {"party \"p\" { name = \"P\", notes = (\"x\"):rep(16385) }", "scenario.lua:2: party \"p\": notes is too long: 16385 bytes, at most 16384\n"},
    {"party \"p q\" { name = \"P\" }", "scenario.lua:2: party \"p q\": this is no id: ids are letters, digits and . _ -, begin with a letter or digit, and have at most 48 characters\n"},
    {"party \"-p\" { name = \"P\" }", "scenario.lua:2: party \"-p\": this is no id: ids are letters, digits and . _ -, begin with a letter or digit, and have at most 48 characters\n"},
    {"party \"Excon\" { name = \"P\" }", "scenario.lua:2: party \"Excon\": this id is reserved for the engine's own use\n"},
    {"team \"cell-2\" { name = \"P\" }", "scenario.lua:2: team \"cell-2\": a team's id cannot end with - and a number: seats are called so (\"cell-2-1\")\n"},
    {"\nparty \"wind\" { name = \"P\" }", "scenario.lua:3: party \"wind\": this id is taken: team \"wind\" at scenario.lua:1\n"},
    {"\nexercise \"y\" { title = \"Y\", startex = \"2022-02-24 03:00Z\", length = \"1h\" }", "scenario.lua:3: exercise \"y\": there is one exercise already: exercise \"x\" at scenario.lua:1\n"},
    {"team \"t\" { name = \"T\", seats = 51 }", "scenario.lua:2: team \"t\": seats must be a whole number from 1 to 50, not a number\n"},
    {"team \"t\" { name = \"T\", seats = \"2\" }", "scenario.lua:2: team \"t\": seats must be a whole number from 1 to 50, not a string\n"},
    {"team \"t\" { name = \"T\", contacts = { \"t\" } }", "scenario.lua:2: team \"t\": contacts: a team needs no contact to itself\n"},
    {"team \"t\" { name = \"T\", contacts = { \"windd\" } }", "scenario.lua:2: team \"t\": contacts: unknown team or party \"windd\" — did you mean \"wind\"?\n"},
    {"objective \"O\" { text = \"t\", team = \"winds\" }", "scenario.lua:2: objective \"O\": team: unknown team \"winds\" — did you mean \"wind\"?\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", objective = \"O\" }", "scenario.lua:2: inject \"I\": unknown objective \"O\"\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", at = \"10 past\" }", "scenario.lua:2: inject \"I\": at: \"10 past\" is not a time: write it like T+0:30 (hours:minutes of play), story 08:00, or INJ-04 +15m (after that inject was sent)\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", at = 10 }", "scenario.lua:2: inject \"I\": at must be a time in quotes, like \"T+0:30\", not a number\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", at = \"T+4:00\" }", "scenario.lua:2: inject \"I\": at: T+4:00 is after ENDEX (T+3:00:00)\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", at = \"J +5m\" }", "scenario.lua:2: inject \"I\": at: unknown inject \"J\"\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", at = \"I +5m\" }", "scenario.lua:2: inject \"I\": at: it waits for \"I\", itself\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", at = \"J +5m\" }\ninject \"J\" { to = \"wind\", title = \"t\", text = \"x\", at = \"I +5m\" }", "scenario.lua:2: inject \"I\": at: it waits for \"J\", which waits for it in turn\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", at = \"story 2022-02-23 08:00\" }", "scenario.lua:2: inject \"I\": at: \"2022-02-23 08:00\" is before 2022-02-24 03:00Z\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", release = \"auto\" }", "scenario.lua:2: inject \"I\": release is \"auto\", but it can only be \"manual\", or left out\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", urgent = \"yes\" }", "scenario.lua:2: inject \"I\": urgent must be true or false, not a string\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", attach = \"../x.png\" }", "scenario.lua:2: inject \"I\": attach: \"../x.png\" is no path inside the scenario's folder\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\", attach = \"x.png\" }", "scenario.lua:2: inject \"I\": attach: there is no file \"x.png\"\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"{{now}} {{stroy}}\" }", "scenario.lua:2: inject \"I\": text: {{…}} does not know \"stroy\" — did you mean \"story\"?\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"{{decided D-1}} {{now\" }", "scenario.lua:2: inject \"I\": text: {{ is not closed by }}\nscenario.lua:2: inject \"I\": text: {{decided}}: unknown decision \"D-1\"\n"},
    {"inject \"I\" { to = \"wind\", title = \"at {{now}}\", text = \"x\" }", "scenario.lua:2: inject \"I\": title: {{…}} is filled in the text of an inject only\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = file \"inj-1.md\" }", "scenario.lua:2: file: there is no file \"inj-1.md\" — did you mean \"inj-01.md\"?\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = file \"inj-01.md\" }", "inj-01.md:3: {{…}} does not know \"level\"; it knows story, now, decided D-01 (the text of I)\n"},
    {"decision \"D\" { to = \"wnd\", within = \"5m\", title = \"t\" }", "scenario.lua:2: decision \"D\": to: unknown team \"wnd\" — did you mean \"wind\"?\n"},
    {"decision \"D\" { to = \"all\", within = \"5m\", title = \"t\" }", "scenario.lua:2: decision \"D\": to: one team decides; declare a decision for each\n"},
    {"decision \"D\" { to = \"wind\", title = \"t\" }", "scenario.lua:2: decision \"D\": within is missing\n"},
    {"decision \"D\" { to = \"wind\", within = \"0s\", title = \"t\" }", "scenario.lua:2: decision \"D\": within must be more than nothing\n"},
    {"decision \"D\" { to = \"wind\", within = \"fast\", title = \"t\" }", "scenario.lua:2: decision \"D\": within: \"fast\" is not a duration: write it like 90s, 15m, 1h30m, 2d or 250ms\n"},
    {"decision \"D\" { to = \"wind\", within = \"5m\", title = \"t\", options = { { \"a\", \"A\" } } }", "scenario.lua:2: decision \"D\": options has 1 entries: offer 2 to 20, or leave it out for an answer in the team's own words\n"},
    {"decision \"D\" { to = \"wind\", within = \"5m\", title = \"t\", options = { a = \"A\", b = \"B\" } }", "scenario.lua:2: decision \"D\": options must be a list of pairs: { { \"isolate\", \"Cut it off now\" }, … }\n"},
    {"decision \"D\" { to = \"wind\", within = \"5m\", title = \"t\", options = { { \"a\", \"A\" }, { \"a\", \"B\" } } }", "scenario.lua:2: decision \"D\": options: \"a\" is there twice\n"},
    {"decision \"D\" { to = \"wind\", within = \"5m\", title = \"t\", options = { { \"a\", \"A\" }, { \"other\", \"B\" } } }", "scenario.lua:2: decision \"D\": options: the id \"other\" is reserved\n"},
    {"decision \"D\" { to = \"wind\", within = \"5m\", title = \"t\", options = { { \"wait\", \"A\" }, { \"go\", \"B\" } }, default = \"wiat\" }", "scenario.lua:2: decision \"D\": default: there is no option \"wiat\" — did you mean \"wait\"?\n"},
    {"decision \"D\" { to = \"wind\", within = \"5m\", title = \"t\", default = \"a\" }", "scenario.lua:2: decision \"D\": default: a decision without options has none\n"},
    {"storyline \"s\"", "scenario.lua:2: storyline \"s\": a name without its function: write storyline \"s\" (function () … end)\n"},
    {"storyline \"s\" (7)", "scenario.lua:2: storyline \"s\": its name must be followed by a function: (function () … end)\n"},
    {"storyline \"s\" (function () end)\nstoryline \"s\" (function () end)", "scenario.lua:3: storyline \"s\": this name is taken: it was declared at scenario.lua:2\n"},
    {"when(true, function () end)", "scenario.lua:2: when wants two functions: when(function () return … end, function () … end)\n"},
    {"on(\"decide\", 7)", "scenario.lua:2: on wants a kind of event and a function: on(\"decided\", function (e) … end)\n"},
    {"on(\"dedided\", function () end)", "scenario.lua:2: on: unknown kind of event \"dedided\" — did you mean \"decided\"?\n"},
    {"on(\"note\", function () end)", "scenario.lua:2: on: \"note\" events cannot begin a storyline\n"},
    {"service \"s\" { name = \"S\" }\nexpect \"e\" { }", "scenario.lua:2: service is not in this version of Tocsin\nscenario.lua:3: expect is not in this version of Tocsin\n"},
    {"injcet \"I\" { }", "scenario.lua:2: unknown name 'injcet'; did you mean 'inject'?\n"},
    {"send \"I\"", "scenario.lua:2: send: only a storyline acts; put it into storyline \"…\" (function () … end)\n"},
    {"local x = now()", "scenario.lua:2: now: nothing has happened yet while the scenario is read; ask in a storyline, a condition or a text function\n"},
    {"party \"p\" { name = \"P\"", "scenario.lua:2: '}' expected near <eof>\n"},
    {"while true do end", "scenario.lua:2: stopped: too much work at one moment (a loop that does not end?)\n"},
    {"require \"txets\"", "scenario.lua:2: require: there is no file \"txets.lua\" — did you mean \"texts.lua\"?\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = file \"x.png\" }",
     "scenario.lua:2: file gives texts (.md, .txt, .lua); use attach for others\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = nowhere.x }",
     "scenario.lua:2: unknown name 'nowhere'; names of your own are declared with local before they are used\n"},
    {"storyline \"s\" (fucntion)",
     "scenario.lua:2: unknown name 'fucntion'; names of your own are declared with local before they are used\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\", text = \"x\",\nat = T+0:05 }",
     "scenario.lua:3: times are written in quotes: \"T+0:05\"\n"},
    {"decision \"D\" { to = \"wind\", title = \"t\", within = 1h30m }",
     "scenario.lua:2: times are written in quotes: \"1h30m\"\n"},
    {"party \"p\" { name = “Press” }",
     "scenario.lua:2: a curly quote; texts stand in straight ones: \"\n"},
    {"inject \"I\" { to = \"wind\", title = \"t\"\ntext = \"x\" }",
     "scenario.lua:3: '}' expected (to close '{' at line 2) near 'text': is a comma missing at the end of the line before?\n"},
    {"inject \"I\" { to = \"wind\" title = \"t\" }",
     "scenario.lua:2: '}' expected near 'title': is a comma missing before it?\n"},
    {"party \"p\" { name = \"P\"\nparty \"q\" { name = \"Q\" }",
     "scenario.lua:3: '}' expected (to close '{' at line 2) near 'party': is a } missing before it?\n"},
    {"party \"p\" { name = Radio Nord }",
     "scenario.lua:2: '}' expected near 'Nord': are the quotes around a text missing?\n"},
    {"decision \"D-01\" { to = \"wind\", title = \"t\", within = \"5m\" }\nstoryline \"s\" (function ()\n  send \"D-01\"\n  local a, b = ask(\"D-01\", \"D-1\")\n  if sent \"I\" and decided(\"D-10\").option then send(\"I\" .. 1) end\nend)",
     "scenario.lua:4: send: \"D-01\" is a decision (scenario.lua:2), not an inject\nscenario.lua:5: ask: unknown decision \"D-1\" — did you mean \"D-01\"?\nscenario.lua:6: decided: unknown decision \"D-10\" — did you mean \"D-01\"?\nscenario.lua:6: sent: unknown inject \"I\"\n"},
    {"storyline \"s\" (function ()\n  wiat \"5m\"\n  print(\"x\") -- wiat \"5m\"\nend)",
     "scenario.lua:3: unknown name 'wiat'; did you mean 'wait'?\nscenario.lua:4: print is not available in scenarios; note writes to the record\n"},
    {"prty \"a\" { name = \"A\" }\nprty \"b\" { name = \"B\" }\nstoryline \"s\" (function () send \"I\" end)",
     "scenario.lua:2: unknown name 'prty'; did you mean 'party'?\nscenario.lua:3: unknown name 'prty'; did you mean 'party'?\n"},
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
        "scenario.lua:2: inject \"A\": to: unknown team \"x1\"\n"
        "scenario.lua:3: inject \"B\": unknown key \"titel\" — did you mean \"title\"?\n"
        "scenario.lua:4: inject \"C\": at: \"soon\" is not a time: write it like T+0:30 "
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
    add("three.lua", "\n\nprty \"p\" { }");
    // References are not looked at: what they name may stand in the broken files.
    check_problems(
        "local one = require \"one\"\nrequire \"two\" require \"three\"\nlocal x = one.field\n"
        "inject \"B\" { to = \"nobody\", title = \"t\" }",
        "one.lua:2: '}' expected (to close '{' at line 1) near 'title': is a comma missing at "
        "the end of the line before?\n"
        "three.lua:3: unknown name 'prty'; did you mean 'party'?\n"
        "two.lua:2: party \"p\": name is missing\n"
        "two.lua:2: party \"p\": unknown key \"nam\" — did you mean \"name\"?\n");
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
    check_problems(
        "local go = require \"act\"\n"
        "inject \"A-1\" { to = \"wind\", title = \"t\", text = \"x\" }\n"
        "storyline \"s\" (function () go() helper() end)",
        "scenario.lua:4: unknown name 'helper'; names of your own are declared with local "
        "before they are used\n"
        "act.lua:2: send: unknown inject \"A-2\" — did you mean \"A-1\"?\n");
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
    check_problems("require \"a\"", "b.lua:2: require: a.lua is being read already: files cannot "
                                    "require each other in a circle\n");
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
                   "scenario.lua:2: texts.sitrep: unknown key \"tiem\"; its keys are time, source, "
                   "known, unknown, asked\n");
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
    ck_assert_str_eq(toc_buf_text(&problems),
                     "scenario.lua:2: inject \"A\": attach: b.bin cannot be read\n");
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
        "scenario.lua:2: inject \"A\": attach: big is too long: 4194305 bytes, at most 4194304\n");
}
END_TEST

START_TEST(counts_are_limited)
{
    check_problems("for i = 1, 63 do team (\"t\" .. i) { name = \"T\" } end",
                   "scenario.lua:2: more than 64 teams\n");
    check_problems("for i = 1, 1001 do decision (\"d\" .. i) { to = \"wind\", within = \"5m\", "
                   "title = \"T\" } end",
                   "scenario.lua:2: more than 1000 decisions\n");
    check_problems("for i = 1, 1001 do storyline (\"d\" .. i) (function () end) end",
                   "scenario.lua:2: more than 1000 storylines\n");
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
    ck_assert_str_eq(toc_buf_text(&problems), "scenario.lua:1: no exercise is declared: write "
                                              "exercise \"silent-beams\" { title = \"…\", … }\n"
                                              "scenario.lua:1: no team is declared: write team "
                                              "\"operator\" { name = \"…\", seats = 2 }\n");
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
    ck_assert_int_ne(
        toc_scenario_load(&scenario, files, NULL, 1, (size_t)2 << 20, &problems, &error), TOC_OK);
    ck_assert_ptr_nonnull(strstr(error.msg, "scenario.lua:2: "));
    ck_assert_ptr_nonnull(strstr(error.msg, "memory"));
}
END_TEST

// The keys are those that the check itself lists.
START_TEST(the_reference_has_every_key_of_every_declaration)
{
    static const char *const kinds[] = {"exercise",  "team",   "party",
                                        "objective", "inject", "decision"};
    const char *source = getenv("TOC_SOURCE_DIR");
    char *path = toc_sprintf("%s/scripts/README.md", source ? source : ".");
    toc_buf readme = {0};
    TOC_OK_OR_FAIL(toc_file_slurp(&readme, path, 1 << 20, &error), error);
    for (size_t i = 0; i < TOC_COUNT(kinds); i++) {
        char *heading = toc_sprintf("\n### %s\n", kinds[i]);
        const char *section = strstr(readme.data, heading);
        ck_assert_msg(section != NULL, "%s", kinds[i]);
        const char *next = strstr(section + 4, "\n## ");
        const char *sibling = strstr(section + 4, "\n### ");
        const char *end = sibling && sibling < next ? sibling : next;
        char *text = toc_sprintf("%s \"x\" { zzzzzzzzz = 1 }", kinds[i]);
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
            ck_assert_msg((at && at < end) || (at_bold && at_bold < end), "%s: %s", kinds[i], key);
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
