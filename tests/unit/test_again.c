// SPDX-License-Identifier: MIT
// A scenario that is played once more plays as if it had been loaded anew, whatever was played before.

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "check_main.h"
#include "host.h"
#include "seed.h"
#include "solo.h"

enum { ROUNDS = 6, INPUTS = 90, SCENARIO_SEED = 26 };

// Whatever a script can keep between two moments of play, and every way in which one can stop.
static const char hard[] =
    "exercise \"x\" { title = \"X\", startex = \"2022-02-24 03:00Z\", length = \"1h\" }\n"
    "team \"a\" { name = \"A\", contacts = { \"b\" } } team \"b\" { name = \"B\", contacts = { "
    "\"a\" } }\n"
    "party \"press\" { name = \"Press\" }\n"
    "local count, own, log, bare = 0, { n = 0 }, {}, 1\n"
    "local words = string.gmatch(\"one two three four five six seven\", \"%a+\")\n"
    "local early = require \"early\"\n"
    "local function more() count = count + 1; return count end\n"
    "inject \"I-1\" { at = \"T+0:02\", to = \"all\", title = \"t\", text = function ()\n"
    "  own.n = own.n + 10; return words() .. \" \" .. random(1000) .. \" \" .. count end }\n"
    "inject \"I-2\" { at = \"I-1 +3m\", to = \"a\", title = \"t\", text = file \"t.txt\" }\n"
    "decision \"D-1\" { to = \"a\", title = \"t\", text = \"t\", within = \"5m\", at = "
    "\"T+0:01\",\n"
    "  options = { { \"x\", \"X\" }, { \"y\", \"Y\" } }, default = \"y\" }\n"
    "expect \"E-1\" { team = \"a\", text = \"t\", by = \"T+0:20\", met = function () return "
    "said(\"a\", \"b\") end }\n"
    "expect \"E-2\" { team = \"b\", text = \"t\", by = \"T+0:30\", met = function () more() return "
    "own.n > 30 end }\n"
    "expect \"E-3\" { team = \"b\", text = \"t\", by = \"T+0:30\", met = function () error(\"no\" "
    ".. count) end }\n"
    "storyline \"counts\" (function () for i = 1, 9 do log[#log + 1] = more(); own[i] = i; own.n = "
    "own.n + 1\n"
    "  bare = bare * 3; note(table.concat(log, \" \") .. \" \" .. #own .. \" \" .. bare); wait "
    "\"2m\" end end)\n"
    "storyline \"asks\" (function () local d = ask \"D-1\"; note(d.option .. more() .. (words() or "
    "\"-\")) end)\n"
    "storyline \"endless\" (function () wait \"4m\"; while true do count = count + 1 end end)\n"
    "storyline \"catches\" (function () wait \"5m\"; note(tostring(select(2, pcall(error, \"e\" .. "
    "more()))))\n"
    "  note(tostring(pcall(function () wait \"1m\"; own.n = own.n + 1; error({}) end)) .. own.n)\n"
    "  while true do pcall(function () while true do more() end end) end end)\n"
    "storyline \"fails\" (function () wait \"6m\"; local t = nil; t.x = more() end)\n"
    "storyline \"late\" (function () wait \"7m\"; local m = require \"late\"; m.n = m.n + 1\n"
    "  early.n = early.n + 1; note(m.n .. early.n .. file \"t.txt\" .. random(50)); wait \"5m\"\n"
    "  note(require \"late\".n .. \" \" .. tostring(select(2, pcall(require, \"broken\"))) .. "
    "#log) end)\n"
    "storyline \"waits\" (function () wait \"3h\" end)\n"
    "when(function () return more() > 300 end, function () note(\"300: \" .. count) end)\n"
    "when(function () return own.n >= 4 end, function () note(\"own \" .. own.n) end)\n"
    "when(function () return bare > 9 end, function () note(\"bare \" .. bare .. random(9)) end)\n"
    "when(function () return decided \"D-1\" and said(\"b\", \"a\") end, function () note \"both\" "
    "end)\n"
    "when(function () return sent \"I-1\" and now() > sent \"I-1\" + 60 end, function () note "
    "\"later\" end)\n"
    "when(function () for i = 1, 1e9 do bare = i end return true end, function () end)\n"
    "when(function () return said(\"press\", \"a\") end, function () note \"press\" end)\n"
    "on(\"message\", function (e) more(); note(e.text .. random(100) .. count) end)\n"
    "on(\"decided\", function (e) note(e.option or e.text) end)\n";

static char *path_of(const char *folder)
{
    const char *source = getenv("TOC_SOURCE_DIR");
    ck_assert_msg(source != NULL, "TOC_SOURCE_DIR is not set");
    return toc_sprintf("%s/%s", source, folder);
}

static toc_files *files_of(const char *folder)
{
    toc_files *files;
    toc_error e;
    char *dir = path_of(folder);
    TOC_OK_OR_FAIL(scenario_files(&files, dir, &e), e);
    free(dir);
    return files;
}

static void add(toc_files *files, const char *path, const char *text)
{
    toc_files_add(files, path, text, strlen(text));
}

static toc_files *hard_files(void)
{
    toc_files *files = toc_files_new();
    toc_library_add(files);
    add(files, "scenario.lua", hard);
    add(files, "early.lua", "local m = { n = 5 }\nreturn m\n");
    add(files, "late.lua",
        "local m = { n = 7, long = [[" /* longer than what is made for nothing */
        "0123456789012345678901234567890123456789012345678901234567890123456789]] }\n"
        "return m\n");
    add(files, "broken.lua", "error(\"this file is broken\")\n");
    add(files, "t.txt", "A text that is read.\n");
    return files;
}

static toc_scenario *load(const toc_files *files)
{
    toc_scenario *scenario;
    toc_error e;
    TOC_OK_OR_FAIL(
        toc_scenario_load(&scenario, files, NULL, SCENARIO_SEED, TOC_SCENARIO_MEMORY, NULL, &e), e);
    return scenario;
}

static void must_again(toc_scenario *scenario)
{
    toc_error e;
    TOC_OK_OR_FAIL(toc_scenario_again(scenario, &e), e);
}

// Every body of a play by a wanderer, and what the scenario tells of its parts after it.
static char *play(toc_scenario *scenario, uint64_t seed)
{
    solo s;
    toc_buf all = {0};
    solo_take(&s, scenario, seed, INPUTS, 1);
    solo_go(&s);
    for (size_t i = 0; i < s.log.count; i++) {
        toc_event_body(&all, &s.log.at[i]);
        toc_buf_str(&all, "}\n");
    }
    for (size_t i = 0; i < toc_scenario_part_count(scenario); i++) {
        toc_scenario_part p = toc_scenario_part_at(scenario, i);
        toc_buf_printf(&all, "%s %zu %zu %d\n", p.name, p.begun, p.ended, p.is_at_once);
    }
    for (size_t i = 0; i < toc_scenario_talk_count(scenario); i++) {
        toc_scenario_talk t = toc_scenario_talk_at(scenario, i);
        toc_buf_printf(&all, "%s>%s %zd\n", t.from, t.to, (ssize_t)t.expectation);
    }
    s.scenario = NULL;
    solo_end(&s);
    return toc_buf_take(&all);
}

// Play that is cut off after some instants: storylines wait, decisions are open.
static void play_some(toc_scenario *scenario, int instants)
{
    toc_exercise *x = toc_exercise_new(toc_scenario_plan(scenario), toc_scenario_script(scenario));
    toc_events out = {0};
    toc_event start;
    toc_error e;
    toc_event_init(&start, TOC_K_START, 0);
    toc_event_set_str(&start, TOC_F_BY, "engine");
    toc_event_set_str(&start, TOC_F_WALL, "2026-11-21T18:00:00.000Z");
    start.seq = 1;
    TOC_OK_OR_FAIL(toc_exercise_apply(x, &start, &out, &e), e);
    for (int64_t due; instants > 0 && toc_exercise_next_due(x, &due); instants--)
        TOC_OK_OR_FAIL(toc_exercise_advance(x, 2 + (int64_t)out.count, &out, &e), e);
    toc_event_fini(&start);
    toc_events_fini(&out);
    toc_exercise_free(x);
}

// The first line in which two plays differ.
static void must_be_same(const char *fresh, const char *again, const char *what, size_t round)
{
    size_t at = 0, line = 0;
    if (strcmp(fresh, again) == 0)
        return;
    while (fresh[at] == again[at])
        line = fresh[at++] == '\n' ? at : line;
    ck_abort_msg("%s, round %zu:\nfresh %.300s\nagain %.300s", what, round, fresh + line,
                 again + line);
}

// Plays of one scenario, one after the other, against plays of scenarios loaded for each.
static void compare(const toc_files *files, const char *what)
{
    toc_random r;
    toc_scenario *scenario = load(files);
    seed_random(&r, what);
    for (size_t round = 0; round < ROUNDS; round++) {
        uint64_t seed = toc_random_below(&r, 1000000);
        toc_scenario *fresh = load(files);
        char *expected = play(fresh, seed);
        if (round > 0)
            must_again(scenario);
        if (toc_random_below(&r, 2) == 0) {
            play_some(scenario, (int)toc_random_below(&r, 40));
            must_again(scenario);
        }
        char *got = play(scenario, seed);
        must_be_same(expected, got, what, round);
        free(expected);
        free(got);
        toc_scenario_free(fresh);
    }
    toc_scenario_free(scenario);
}

static const char *const folders[] = {"scenarios/silent-beams", "scenarios/cold-corridor",
                                      "tests/fixtures/deterministic", "tests/fixtures/worldly",
                                      "tests/fixtures/relay"};

START_TEST(a_scenario_plays_again_as_if_loaded_anew)
{
    toc_files *files = files_of(folders[_i]);
    compare(files, folders[_i]);
    toc_files_free(files);
}
END_TEST

START_TEST(nothing_is_left_of_errors_budgets_and_caught_errors)
{
    toc_files *files = hard_files();
    compare(files, "hard");
    toc_scenario *scenario = load(files);
    char *body = play(scenario, 3);
    static const char *const shows[] = {"used up its budget",
                                        "is not asked again",
                                        "attempt to index a nil value",
                                        "this file is broken",
                                        "counts 1 1 0",
                                        "a>b 0",
                                        "b>a -1"};
    for (size_t i = 0; i < TOC_COUNT(shows); i++) // it was as hard as it looks
        if (!strstr(body, shows[i])) {
            printf("%s\n", body);
            ck_abort_msg("no %s", shows[i]);
        }
    free(body);
    toc_scenario_free(scenario);
    toc_files_free(files);
}
END_TEST

START_TEST(parts_and_talk_begin_anew)
{
    toc_files *files = hard_files();
    toc_scenario *scenario = load(files);
    char *body = play(scenario, 1);
    must_again(scenario);
    for (size_t i = 0; i < toc_scenario_part_count(scenario); i++) {
        toc_scenario_part p = toc_scenario_part_at(scenario, i);
        ck_assert_uint_eq(p.begun + p.ended, 0);
        ck_assert(!p.is_at_once);
    }
    ck_assert_uint_eq(toc_scenario_talk_count(scenario), 0);
    free(body);
    toc_scenario_free(scenario);
    toc_files_free(files);
}
END_TEST

START_TEST(a_when_that_is_true_at_once_is_told_as_such)
{
    toc_files *files = toc_files_new();
    toc_library_add(files);
    add(files, "scenario.lua",
        "exercise \"x\" { title = \"X\", startex = \"2022-02-24 03:00Z\", length = \"1h\" }\n"
        "team \"a\" { name = \"A\" }\n"
        "when(function () return true end, function () wait \"30s\" end)\n"
        "when(function () return now() > 30 end, function () wait \"2h\" end)\n"
        "when(function () return now() > 7200 end, function () end)\n"
        "storyline \"s\" (function () wait \"45s\"; note \"x\"; wait \"15s\"; finish() end)\n");
    toc_scenario *scenario = load(files);
    for (int round = 0; round < 3; round++) {
        if (round > 0)
            must_again(scenario);
        play_some(scenario, 100);
        static const toc_scenario_part parts[] = {{.begun = 1, .ended = 1, .is_at_once = true},
                                                  {.begun = 1},
                                                  {.begun = 0},
                                                  {.begun = 1, .ended = 1}};
        for (size_t i = 0; i < TOC_COUNT(parts); i++) {
            toc_scenario_part p = toc_scenario_part_at(scenario, i);
            ck_assert_uint_eq(p.begun, parts[i].begun);
            ck_assert_uint_eq(p.ended, parts[i].ended);
            ck_assert_int_eq(p.is_at_once, parts[i].is_at_once);
        }
    }
    toc_scenario_free(scenario);
    toc_files_free(files);
}
END_TEST

static size_t resident_kib(void)
{
    unsigned long size = 0, resident = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (!f || fscanf(f, "%lu %lu", &size, &resident) != 2)
        resident = 0;
    if (f)
        fclose(f);
    return resident * (size_t)sysconf(_SC_PAGESIZE) / 1024;
}

START_TEST(memory_stays_flat)
{
    enum { WARM = 1000, TIMES = 10000 };
    toc_files *files = hard_files();
    toc_scenario *scenario = load(files);
    size_t most[2] = {0, 0}, resident = 0;
    for (int i = 0; i < TIMES; i++) {
        size_t *phase = &most[i >= TIMES / 2];
        if (i == WARM)
            resident = resident_kib();
        if (i % 100 == 0)
            play_some(scenario, i / 100 % 30);
        must_again(scenario);
        size_t used = toc_sandbox_used(scenario->sandbox);
        *phase = used > *phase ? used : *phase;
    }
    ck_assert_msg(most[1] <= most[0] + most[0] / 10, "%zu bytes, then %zu", most[0], most[1]);
#ifndef __SANITIZE_ADDRESS__ // which keeps what was freed
    ck_assert_msg(resident_kib() <= resident + 2048, "%zu KiB, then %zu", resident, resident_kib());
#endif
    (void)resident;
    toc_scenario_free(scenario);
    toc_files_free(files);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, a_scenario_plays_again_as_if_loaded_anew, 0,
                        (int)TOC_COUNT(folders));
    tcase_add_test(tcase, nothing_is_left_of_errors_budgets_and_caught_errors);
    tcase_add_test(tcase, parts_and_talk_begin_anew);
    tcase_add_test(tcase, a_when_that_is_true_at_once_is_told_as_such);
    tcase_add_test(tcase, memory_stays_flat);
}

TOC_CHECK_MAIN("again", add_tests)
