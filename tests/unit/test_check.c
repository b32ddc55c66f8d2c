// SPDX-License-Identifier: MIT
// The review of a scenario: what is certain and what is not, how it is shown, and what it costs.

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "check/render.h"
#include "check_main.h"

#define HEAD                                                                                       \
    "exercise \"x\" { title = \"X\", startex = \"2026-03-02 07:00Z\", length = \"20m\" }\n"        \
    "team \"ops\" { name = \"Ops\" }\n"
#define INJECT "inject \"INJ-01\" { at = \"T+0:05\", to = \"ops\", title = \"A\", text = \"B.\" }\n"
#define DECISION                                                                                   \
    "decision \"D-01\" { to = \"ops\", within = \"5m\", title = \"C?\",\n"                         \
    "  options = { { \"a\", \"A\" }, { \"b\", \"B\" } }, default = \"a\" }\n"

static toc_files *files;
static toc_review review;
static toc_buf shown;

static void setup(void)
{
    files = toc_files_new();
}

static void teardown(void)
{
    toc_review_fini(&review);
    toc_files_free(files);
    toc_buf_fini(&shown);
}

static void check(const char *text)
{
    toc_error e = {0};
    toc_review_fini(&review);
    toc_files_add(files, "scenario.lua", text, strlen(text));
    TOC_OK_OR_FAIL(toc_check(&review, files, NULL, &e), e);
}

// The codes of all problems, with their lines.
static const char *codes(void)
{
    toc_buf_clear(&shown);
    for (size_t i = 0; i < review.problems.count; i++)
        toc_buf_printf(&shown, "%s%s:%d", i ? " " : "", review.problems.at[i].code,
                       review.problems.at[i].line);
    return toc_buf_text(&shown);
}

static const char *render(void)
{
    const toc_render how = {.files = files};
    toc_buf_clear(&shown);
    toc_render_problems(&shown, &review.problems, &how);
    return toc_buf_text(&shown);
}

// ---- what is certain -------------------------------------------------------------------------------

START_TEST(options_are_followed_through_scopes)
{
    check(HEAD INJECT DECISION
          "storyline \"s\" (function ()\n"
          "  local d = ask \"D-01\"\n"
          "  do local d = { option = \"z\" }; if d.option == \"z\" then note \"own\" end end\n"
          "  local function f(d) return d.option == \"z\" end\n"
          "  for _, d in ipairs { d } do if d.option == \"z\" then note \"loop\" end end\n"
          "  if d.option == \"z\" then note(f(d) and \"yes\" or \"no\") end\n"
          "end)\n");
    ck_assert_str_eq(codes(), "E0302:11");
}
END_TEST

START_TEST(names_that_change_are_not_followed)
{
    check(HEAD INJECT DECISION "storyline \"s\" (function ()\n"
                               "  local d = ask \"D-01\"\n"
                               "  if now() > 60 then d = { option = \"z\" } end\n"
                               "  if d.option == \"z\" then note \"no\" end\n"
                               "  local e = ask \"D-01\" or { option = \"z\" }\n"
                               "  if e.option == \"z\" then note \"no\" end\n"
                               "  if ask(\"D-01\").option == \"z\" .. \"\" then note \"no\" end\n"
                               "end)\n");
    ck_assert_str_eq(codes(), "");
}
END_TEST

START_TEST(several_decisions_at_once_are_told_apart)
{
    check(HEAD INJECT DECISION
          "decision \"D-02\" { to = \"ops\", within = \"5m\", title = \"C?\",\n"
          "  options = { { \"c\", \"C\" }, { \"d\", \"D\" } }, default = \"c\" }\n"
          "storyline \"s\" (function ()\n"
          "  local one, two = ask(\"D-01\", \"D-02\")\n"
          "  if one.option == \"a\" and two.option == \"c\" then note \"fine\" end\n"
          "  if one.option == \"c\" or two.option == \"a\" then note \"never\" end\n"
          "  local word = one.option\n"
          "  if \"d\" == word then note \"never\" end\n"
          "end)\n");
    ck_assert_str_eq(codes(), "E0302:11 E0302:11 E0302:13");
}
END_TEST

START_TEST(helpers_that_give_more_than_options_are_not_believed)
{
    check(HEAD INJECT DECISION "local function choice(id)\n"
                               "  local d = decided(id)\n"
                               "  return d and d.option or \"none\"\n"
                               "end\n"
                               "storyline \"s\" (function ()\n"
                               "  ask \"D-01\"\n"
                               "  if choice \"D-01\" == \"none\" then note \"nothing\" end\n"
                               "end)\n");
    ck_assert_str_eq(codes(), "");
}
END_TEST

START_TEST(ids_that_are_put_together_silence_never)
{
    static const char two[] = "inject \"INJ-02\" { to = \"ops\", title = \"A\", text = \"B.\" }\n";
    char *text = toc_sprintf("%s%s%s", HEAD INJECT, two,
                             "when(function () return now() > 60 end, "
                             "function () send(\"INJ-0\" .. 2) end)\n");
    check(text);
    ck_assert_str_eq(codes(), "");
    free(text);
    text =
        toc_sprintf("%s%s%s", HEAD INJECT, two,
                    "local later = { one = \"INJ-02\" }\n"
                    "when(function () return now() > 60 end, function () send(later.one) end)\n");
    check(text);
    ck_assert_str_eq(codes(), "");
    free(text);
    text =
        toc_sprintf("%s%s%s", HEAD INJECT, two,
                    "local function pass(id) send(id) end\n"
                    "when(function () return now() > 60 end, function () pass \"INJ-01\" end)\n");
    check(text);
    ck_assert_str_eq(codes(), "E0304:4");
    free(text);
}
END_TEST

START_TEST(waits_in_a_branch_count_there_only)
{
    check(HEAD INJECT "inject \"INJ-02\" { to = \"ops\", title = \"A\", text = \"B.\" }\n"
                      "expect \"EXP-01\" { team = \"ops\", by = \"INJ-02 +5m\", text = \"C\",\n"
                      "  met = function () return said(\"ops\", \"excon\") end }\n"
                      "storyline \"s\" (function ()\n"
                      "  if now() > 0 then wait_until \"T+0:18\" end\n"
                      "  send \"INJ-02\"\n"
                      "end)\n");
    ck_assert_str_eq(codes(), "");
    check(HEAD INJECT "inject \"INJ-02\" { to = \"ops\", title = \"A\", text = \"B.\" }\n"
                      "expect \"EXP-01\" { team = \"ops\", by = \"INJ-02 +5m\", text = \"C\",\n"
                      "  met = function () return said(\"ops\", \"excon\") end }\n"
                      "storyline \"s\" (function ()\n"
                      "  wait_until \"T+0:10\" wait \"6m\"\n"
                      "  send \"INJ-02\"\n"
                      "end)\n");
    ck_assert_str_eq(codes(), "E0301:5");
}
END_TEST

START_TEST(story_times_go_by_pace_and_phases)
{
    check(HEAD INJECT
          "phase \"p\" { title = \"P\", at = \"T+0:10\", story = \"12:00\", pace = 6 }\n"
          "inject \"INJ-02\" { at = \"story 12:59\", to = \"ops\", title = \"A\", text = "
          "\"B.\" }\n"
          "inject \"INJ-03\" { at = \"story 13:01\", to = \"ops\", title = \"A\", text = "
          "\"B.\" }\n");
    ck_assert_str_eq(codes(), "E0301:6");
    check(HEAD INJECT "storyline \"s\" (function ()\n"
                      "  note \"a\"\n"
                      "  wait_until \"story 07:19\"\n"
                      "  wait_until \"story 07:20\"\n"
                      "end)\n"
                      "storyline \"t\" (function () wait_until \"story 07:21\" end)\n");
    ck_assert_str_eq(codes(), "E0301:7 E0306:9");
}
END_TEST

// ---- how it is shown -------------------------------------------------------------------------------

START_TEST(a_problem_is_shown_with_its_place_cause_and_fix)
{
    check(HEAD INJECT DECISION "storyline \"s\" (function ()\n"
                               "  if ask(\"D-01\").option == \"aa\" then note \"no\" end\n"
                               "end)\n");
    ck_assert_str_eq(render(), "error[E0302]: decision \"D-01\" has no option \"aa\"\n"
                               "  --> scenario.lua:7:28\n"
                               "   |\n"
                               " 5 |   options = { { \"a\", \"A\" }, { \"b\", \"B\" } }, default = "
                               "\"a\" }\n"
                               " 6 | storyline \"s\" (function ()\n"
                               " 7 |   if ask(\"D-01\").option == \"aa\" then note \"no\" end\n"
                               "   |                            ^^^^ D-01 offers: a, b\n"
                               "help: did you mean \"a\"?\n"
                               "   |\n"
                               " 7 |   if ask(\"D-01\").option == \"a\" then note \"no\" end\n"
                               "   |                            +++\n"
                               "note: D-01 is declared at scenario.lua:4\n\n");
}
END_TEST

// The line of the excerpt, up to the underline, is as wide as what stands before the underline.
static void check_underline(const char *before, const char *marked, const char *expected)
{
    toc_problems p = {0};
    char *line = toc_sprintf("%s%s tail", before, marked);
    int column = 1, width = 0;
    for (const char *c = before; *c; c++)
        column += ((unsigned char)*c & 0xC0) != 0x80;
    for (const char *c = marked; *c; c++)
        width += ((unsigned char)*c & 0xC0) != 0x80;
    toc_files_add(files, "texts/a.md", line, strlen(line));
    toc_problem_at(toc_problems_add(&p, "E0208", "texts/a.md", 1, "x"), column, width);
    toc_buf_clear(&shown);
    toc_render_problems(&shown, &p, &(toc_render){.files = files});
    ck_assert_msg(strstr(toc_buf_text(&shown), expected) != NULL, "%s", toc_buf_text(&shown));
    toc_problems_fini(&p);
    free(line);
}

START_TEST(the_underline_stands_below_its_characters)
{
    check_underline("ab ", "cd", " 1 | ab cd tail\n   |    ^^\n");
    check_underline("\ta ", "cd", " 1 |     a cd tail\n   |       ^^\n");
    check_underline("\u65e5\u672c ", "\u65e5\u672c", " tail\n   |      ^^^^\n");
    check_underline("e\u0301 ", "cd", " tail\n   |   ^^\n");
    check_underline("a\u202e", "b", " 1 | a<U+202E>b tail\n   |          ^\n");
}
END_TEST

START_TEST(long_lines_are_cut_around_the_place)
{
    char before[301], marked[301];
    memset(before, 'x', 300);
    memset(marked, 'y', 300);
    before[300] = marked[300] = '\0';
    check_underline(before, "HERE", "xxxxHERE tail\n");
    ck_assert_ptr_nonnull(strstr(shown.data, " 1 | \u2026xxx"));
    check_underline("a ", marked, "y\u2026");
    for (const char *p = shown.data; *p;) {
        size_t len = strcspn(p, "\n");
        ck_assert_int_le((int)len, 120);
        p += len + (p[len] == '\n');
    }
}
END_TEST

START_TEST(fifty_are_shown_and_the_rest_counted)
{
    toc_buf text = {0};
    toc_buf_str(&text, HEAD);
    for (int i = 0; i < 60; i++)
        toc_buf_printf(&text, "inject \"INJ-%d\" { to = \"ops\", title = \"A\", text = \"B.\" }\n",
                       i);
    check(toc_buf_text(&text));
    ck_assert_uint_eq(review.problems.count, 60);
    render();
    ck_assert_ptr_nonnull(strstr(shown.data, "\n\u2026 and 10 more\n"));
    toc_buf_clear(&shown);
    toc_render_gcc(&shown, &review.problems, &(toc_render){.files = files, .dir = "a/b/"});
    ck_assert_ptr_nonnull(strstr(shown.data, "a/b/scenario.lua:62:1: error: inject \"INJ-59\" can "
                                             "never be sent [E0304]\n"));
    toc_buf_fini(&text);
}
END_TEST

START_TEST(json_says_where_each_edit_goes)
{
    check(HEAD INJECT "when(function () return sent \"INJ-91\" end, function () end)\n");
    toc_buf_clear(&shown);
    toc_render_json(&shown, &review, &(toc_render){.files = files}, false);
    ck_assert_ptr_eq(strstr(shown.data, "{\"schema\":\"tocsin.check/1\",\"valid\":false,"
                                        "\"error_count\":1,\"warning_count\":0,"),
                     shown.data);
    ck_assert_ptr_nonnull(strstr(shown.data, "\"start\":{\"line\":4,\"column\":30,\"byte\":"));
    ck_assert_ptr_nonnull(strstr(shown.data, "\"text\":\"\\\"INJ-01\\\"\"}]}]"));
}
END_TEST

START_TEST(what_is_to_do_is_listed)
{
    static const char text[] = "Fine.\n\nWho signs? TODO ask TODO\nNo TODOS\nWhen???\n";
    toc_files_add(files, "texts/a.md", text, strlen(text));
    check(HEAD INJECT "-- FIXME the ferry\n");
    ck_assert_uint_eq(review.todo_count, 3);
    ck_assert_str_eq(review.todos[0].file, "scenario.lua");
    ck_assert_int_eq(review.todos[0].line, 4);
    ck_assert_int_eq(review.todos[1].line, 3);
    ck_assert_int_eq(review.todos[2].line, 5);
}
END_TEST

START_TEST(the_summary_counts_what_there_is)
{
    check(HEAD INJECT);
    toc_buf_clear(&shown);
    toc_render_summary(&shown, &review);
    ck_assert_ptr_nonnull(strstr(shown.data, "EXERCISE x: 1 inject, 0 decisions"));
    ck_assert_ptr_nonnull(strstr(shown.data, "(nearly idle)"));
    ck_assert_ptr_nonnull(strstr(shown.data, "\nNo mistakes.\n"));
    ck_assert_uint_eq(review.loads[0].words, 2);
}
END_TEST

// ---- what it costs ---------------------------------------------------------------------------------

static double seconds_for(int count)
{
    toc_buf text = {0};
    toc_buf_str(&text, HEAD "storyline \"s\" (function ()\n");
    for (int i = 0; i < count; i++)
        toc_buf_printf(&text, "  send \"INJ-%04d\"\n", i);
    toc_buf_str(&text, "end)\n");
    toc_files_add(files, "story.lua", text.data + strlen(HEAD), text.len - strlen(HEAD));
    toc_buf_clear(&text);
    toc_buf_str(&text, HEAD);
    for (int i = 0; i < count; i++)
        toc_buf_printf(&text, "inject \"INJ-%04d\" {to=\"ops\",title=\"A\",text=\"B\"}\n", i);
    toc_buf_str(&text, "require \"story\"\n");
    clock_t before = clock();
    check(toc_buf_text(&text));
    double seconds = (double)(clock() - before) / CLOCKS_PER_SEC;
    ck_assert_str_eq(codes(), "");
    toc_buf_fini(&text);
    return seconds;
}

// Four times as much takes about four times as long; sixteen would be a square.
START_TEST(the_cost_grows_with_the_scenario_and_no_faster)
{
    double small = seconds_for(1200);
    double large = seconds_for(4800);
    ck_assert_msg(large < 9 * small + 0.05, "%.3f s, then %.3f s", small, large);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, options_are_followed_through_scopes);
    tcase_add_test(tcase, names_that_change_are_not_followed);
    tcase_add_test(tcase, several_decisions_at_once_are_told_apart);
    tcase_add_test(tcase, helpers_that_give_more_than_options_are_not_believed);
    tcase_add_test(tcase, ids_that_are_put_together_silence_never);
    tcase_add_test(tcase, waits_in_a_branch_count_there_only);
    tcase_add_test(tcase, story_times_go_by_pace_and_phases);
    tcase_add_test(tcase, a_problem_is_shown_with_its_place_cause_and_fix);
    tcase_add_test(tcase, the_underline_stands_below_its_characters);
    tcase_add_test(tcase, long_lines_are_cut_around_the_place);
    tcase_add_test(tcase, fifty_are_shown_and_the_rest_counted);
    tcase_add_test(tcase, json_says_where_each_edit_goes);
    tcase_add_test(tcase, what_is_to_do_is_listed);
    tcase_add_test(tcase, the_summary_counts_what_there_is);
    tcase_add_test(tcase, the_cost_grows_with_the_scenario_and_no_faster);
}

TOC_CHECK_MAIN("check", add_tests)
