// SPDX-License-Identifier: MIT
// Where in a source something of a declaration stands. In each row the place that must be found is
// marked: what stands between ⟦ and ⟧, which are taken out before.

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "check_main.h"
#include "script/locate.h"
#include "script/scenario.h"

#define OPEN  "⟦"
#define CLOSE "⟧"

#define HEAD                                                                                       \
    {                                                                                              \
        .kind = TOC_WHERE_HEAD                                                                     \
    }
#define ID                                                                                         \
    {                                                                                              \
        .kind = TOC_WHERE_ID                                                                       \
    }
#define KEY(k)                                                                                     \
    {                                                                                              \
        .kind = TOC_WHERE_KEY, .key = k                                                            \
    }
#define VALUE(k)                                                                                   \
    {                                                                                              \
        .kind = TOC_WHERE_VALUE, .key = k                                                          \
    }
#define ITEM(k, n)                                                                                 \
    {                                                                                              \
        .kind = TOC_WHERE_VALUE, .key = k, .item = n                                               \
    }
#define INNER(k, n, i)                                                                             \
    {                                                                                              \
        .kind = TOC_WHERE_VALUE, .key = k, .item = n, .inner = i                                   \
    }
#define INNER_KEY(k, n, i)                                                                         \
    {                                                                                              \
        .kind = TOC_WHERE_KEY, .key = k, .item = n, .inner = i                                     \
    }
#define INNER_ITEM(k, n, m)                                                                        \
    {                                                                                              \
        .kind = TOC_WHERE_VALUE, .key = k, .item = n, .inner_item = m                              \
    }
#define BARE(n)                                                                                    \
    {                                                                                              \
        .kind = TOC_WHERE_VALUE, .item = n                                                         \
    }
#define INSIDE(k, t, n)                                                                            \
    {                                                                                              \
        .kind = TOC_WHERE_VALUE, .key = k, .inside = t, .inside_nth = n                            \
    }

// clang-format off
// All ask for an inject "A"; line 0: that of its word.
static const struct {
    const char *source;
    toc_where where;
    int line;
    size_t nth;
} rows[] = {
    {"⟦inject \"A\"⟧ { to = \"ops\" }", HEAD, 0, 0},
    {"inject ⟦\"A\"⟧ { to = \"ops\" }", ID, 0, 0},
    {"inject \"A\" { ⟦to⟧ = \"ops\" }", KEY("to"), 0, 0},
    {"inject \"A\" { to = ⟦\"ops\"⟧ }", VALUE("to"), 0, 0},
    // Tabs and letters of several bytes count as one.
    {"\t\tinject \"A\" {\tto = ⟦\"ops\"⟧ }", VALUE("to"), 0, 0},
    {"inject \"A\" { title = \"Öl — läuft 🛢\", to = ⟦\"öps\"⟧ }", VALUE("to"), 0, 0},
    // Keys in any order, comments between, several lines.
    {"inject \"A\" {\n  text = \"to = 1\", -- to = 2\n  --[[ to = 3 ]] to = ⟦\"ops\"⟧,\n}", VALUE("to"), 0, 0},
    {"inject \"A\" {\n  at = \"T+0:05\"; ⟦urgent⟧ = true;\n}", KEY("urgent"), 0, 0},
    {"inject \"A\" { [\"to\"] = ⟦\"ops\"⟧ }", VALUE("to"), 0, 0},
    {"inject \"A\" { ⟦[\"to\"]⟧ = \"ops\" }", KEY("to"), 0, 0},
    {"inject \"A\" { to = \"x\", to = ⟦\"ops\"⟧ }", VALUE("to"), 0, 0}, // Lua takes the last
    // Keys of the same name deeper down are others.
    {"inject \"A\" { more = { to = \"x\" }, text = function () return f { to = 1, 2 } end, to = ⟦\"ops\"⟧ }", VALUE("to"), 0, 0},
    {"inject \"A\" { text = function (a, b) if a then for i = 1, 2 do b = a, i end end repeat local to = 1 until to return a, b end, to = ⟦\"ops\"⟧ }", VALUE("to"), 0, 0},
    // Head and table on different lines, and where Lua says the call is.
    {"inject\n\"A\"\n{\n  to = ⟦\"ops\"⟧ }", VALUE("to"), 1, 0},
    {"inject\n\"A\"\n{\n  to = ⟦\"ops\"⟧ }", VALUE("to"), 2, 0},
    {"inject\n\"A\"\n{\n  to = ⟦\"ops\"⟧ }", VALUE("to"), 3, 0},
    {"⟦inject⟧\n\"A\" { to = \"ops\" }", HEAD, 2, 0}, // as far as it goes on its line
    {"inject(\"A\")({ to = ⟦\"ops\"⟧ })", VALUE("to"), 0, 0},
    {"⟦inject(\"A\")⟧({ to = \"ops\" })", HEAD, 0, 0},
    {"inject (⟦\"A\"⟧) {}", ID, 0, 0},
    {"local a = inject [[A]] { to = ⟦'ops'⟧ }", VALUE("to"), 0, 0},
    // Several on one line, and the second of one id.
    {"team \"A\" { to = 1 } inject \"B\" { to = 2 } inject \"A\" { to = ⟦3⟧ } inject \"C\" { to = 4 }", VALUE("to"), 0, 0},
    {"inject \"A\" { to = 1 } inject ⟦\"A\"⟧ { to = 2 }", ID, 0, 1},
    {"inject ⟦\"A\"⟧ { to = 1 } inject \"A\" { to = 2 }", ID, 0, 0},
    {"inject \"A\" { to = 1 }\ninject \"A\" { to = ⟦2⟧ }\ninject \"A\" { to = 3 }", VALUE("to"), 2, 0},
    // Lists, tables in lists, pairs.
    {"inject \"A\" { to = { \"ops\", ⟦\"opps\"⟧, \"media\" } }", ITEM("to", 2), 0, 0},
    {"inject \"A\" { to = ⟦\"ops\"⟧ }", ITEM("to", 1), 0, 0}, // a list of one without its braces
    {"inject \"A\" { to = ⟦everybody⟧ }", ITEM("to", 2), 0, 0}, // a list of another place
    {"inject \"A\" { to = { \"ops\", ⟦team_of(1, 2)⟧ } }", ITEM("to", 2), 0, 0},
    {"inject \"A\" { needs = { { \"x\" }, { \"y\", strength = ⟦130⟧ } } }", INNER("needs", 2, "strength"), 0, 0},
    {"inject \"A\" { needs = { { \"x\" }, { \"y\", ⟦strenght⟧ = 130 } } }", INNER_KEY("needs", 2, "strenght"), 0, 0},
    {"inject \"A\" { needs = {\n  { \"x\" },\n  ⟦{ strength = 5 }⟧ } }", INNER_ITEM("needs", 2, 1), 0, 0},
    {"inject \"A\" { needs = { ⟦energy.need { \"x\" }⟧ } }", INNER("needs", 1, "strength"), 0, 0},
    {"inject \"A\" { options = { { \"a\", \"b\" }, { \"c\", ⟦\"d\"⟧ } } }", INNER_ITEM("options", 2, 2), 0, 0},
    {"inject \"A\" { to = \"ops\", ⟦\"T+0:05\"⟧, title = \"t\" }", BARE(1), 0, 0},
    // What is not there: the nearest around it.
    {"⟦inject \"A\"⟧ { to = \"ops\" }", KEY("text"), 0, 0},
    {"⟦inject \"A\"⟧ (all)", VALUE("to"), 0, 0},
    {"local x = ⟦inject \"A\"⟧\nx(7)", HEAD, 0, 0},
    // Values of more than one word, and of more than one line.
    {"inject \"A\" { text = ⟦file \"texts/a.md\"⟧ }", VALUE("text"), 0, 0},
    {"inject \"A\" { text = ⟦\"a\" .. b .. \"c\"⟧, to = \"x\" }", VALUE("text"), 0, 0},
    {"inject \"A\" { text = ⟦function ()⟧\n return 1 end }", VALUE("text"), 0, 0},
    {"inject \"A\" { text = ⟦[[one⟧\ntwo]] }", VALUE("text"), 0, 0},
    // Inside a text.
    {"inject \"A\" { text = \"Öl: {{now}} ⟦{{now}}⟧.\" }", INSIDE("text", "{{now}}", 1), 0, 0},
    {"inject \"A\" { text = [[one\ntwo ⟦{{levle x}}⟧\n]] }", INSIDE("text", "{{levle x}}", 0), 0, 0},
    {"inject \"A\" { at = \"⟦INJ-9⟧ +5m\" }", INSIDE("at", "INJ-9", 0), 0, 0},
    {"inject \"A\" { at = ⟦\"INJ-9 +5m\"⟧ }", INSIDE("at", "INJ-7", 0), 0, 0},
};
// clang-format on

static int characters(const char *from, const char *to)
{
    int count = 0;
    for (; from < to; from++)
        count += ((unsigned char)*from & 0xC0) != 0x80;
    return count;
}

START_TEST(every_place_is_found_to_the_character)
{
    const char *source = rows[_i].source;
    const char *open = strstr(source, OPEN);
    const char *close = strstr(source, CLOSE);
    ck_assert(open && close);
    char *plain = toc_sprintf("%.*s%.*s%s", (int)(open - source), source,
                              (int)(close - open) - (int)strlen(OPEN), open + strlen(OPEN),
                              close + strlen(CLOSE));
    int line = 1;
    int word_line = 1;
    const char *start = source;
    for (const char *p = source; p < open; p++)
        if (*p == '\n') {
            line++;
            start = p + 1;
        }
    for (const char *p = plain; p < strstr(plain, "inject"); p++)
        word_line += *p == '\n';
    toc_files *files = toc_files_new();
    toc_files_add(files, "scenario.lua", plain, strlen(plain));
    toc_locator *l = toc_locator_new(files);
    toc_spot spot;
    ck_assert(toc_locate(l, "scenario.lua", rows[_i].line ? rows[_i].line : word_line, "inject",
                         "A", rows[_i].nth, rows[_i].where, &spot));
    ck_assert_msg(spot.line == line && spot.column == characters(start, open) + 1 &&
                      spot.width == characters(open + strlen(OPEN), close),
                  "%s: found %d:%d, %d wide", source, spot.line, spot.column, spot.width);
    toc_locator_free(l);
    toc_files_free(files);
    free(plain);
}
END_TEST

START_TEST(what_has_no_words_of_its_own_is_not_found)
{
    static const char text[] =
        "for i = 1, 3 do inject (\"A\" .. i) { } end\n"
        "energy.grid \"A\" { }\nteam \"A\" { }\n\n\n\n\n\n\ninject \"A\" { }";
    toc_files *files = toc_files_new();
    toc_files_add(files, "scenario.lua", text, sizeof text - 1);
    toc_locator *l = toc_locator_new(files);
    toc_spot spot;
    toc_where head = HEAD;
    for (int line = 1; line < 10; line++)
        ck_assert(!toc_locate(l, "scenario.lua", line, "inject", "A", 0, head, &spot));
    ck_assert(toc_locate(l, "scenario.lua", 10, "inject", "A", 0, head, &spot));
    ck_assert(!toc_locate(l, "scenario.lua", 10, "inject", "A1", 0, head, &spot));
    ck_assert(!toc_locate(l, "other.lua", 10, "inject", "A", 0, head, &spot));
    toc_locator_free(l);
    toc_files_free(files);
}
END_TEST

START_TEST(arguments_of_a_call_are_found)
{
    static const char text[] = "storyline \"s\" (function () end)\n"
                               "  when(level \"g\" < 5, function (a, b) end)\non(\"dcided\")\non()";
    toc_files *files = toc_files_new();
    toc_files_add(files, "scenario.lua", text, sizeof text - 1);
    toc_locator *l = toc_locator_new(files);
    toc_spot s;
    ck_assert(toc_locate_call(l, "scenario.lua", 1, "storyline", 1, &s));
    ck_assert(s.column == 11 && s.width == 3 && s.is_literal);
    ck_assert(toc_locate_call(l, "scenario.lua", 2, "when", 0, &s));
    ck_assert(s.column == 3 && s.width == 4);
    ck_assert(toc_locate_call(l, "scenario.lua", 2, "when", 1, &s));
    ck_assert(s.column == 8 && s.width == 13 && !s.is_literal);
    ck_assert(toc_locate_call(l, "scenario.lua", 2, "when", 2, &s));
    ck_assert(s.column == 23 && s.width == 19);
    ck_assert(toc_locate_call(l, "scenario.lua", 3, "on", 1, &s));
    ck_assert(s.column == 4 && s.width == 8);
    ck_assert(!toc_locate_call(l, "scenario.lua", 3, "on", 2, &s));
    ck_assert(!toc_locate_call(l, "scenario.lua", 4, "on", 1, &s));
    ck_assert(!toc_locate_call(l, "scenario.lua", 1, "when", 0, &s));
    toc_locator_free(l);
    toc_files_free(files);
}
END_TEST

// Whatever the bytes are, a question is answered or not, and nothing is read beyond them.
START_TEST(any_beginning_of_a_source_can_be_asked)
{
    static const char text[] = "inject \"A\" { to = { { \"ops\", [\"x\"] = function () end }, "
                               "[[a]] }, text = \"{{x\" .. y } ) end ] until } inject(\"A\")({";
    toc_where where = INNER("to", 1, "x");
    for (size_t len = 0; len < sizeof text; len++) {
        toc_files *files = toc_files_new();
        toc_files_add(files, "s.lua", text, len);
        toc_locator *l = toc_locator_new(files);
        toc_spot spot;
        for (int argument = 0; argument < 4; argument++)
            toc_locate_call(l, "s.lua", 1, "inject", argument, &spot);
        for (size_t nth = 0; nth < 2; nth++)
            toc_locate(l, "s.lua", 1, "inject", "A", nth, where, &spot);
        toc_locator_free(l);
        toc_files_free(files);
    }
}
END_TEST

// 5,000 declarations, each with mistakes: what is kept of them is told at once.
START_TEST(a_thousand_mistakes_are_placed_in_well_under_a_second)
{
    toc_buf text = {0};
    toc_files *files = toc_files_new();
    toc_problems problems = {0};
    toc_scenario *scenario = NULL;
    toc_error e;
    toc_buf_str(&text, "exercise \"x\" { title = \"X\", startex = \"2022-02-24 03:00Z\", length = "
                       "\"3h\" } team \"ops\" { name = \"O\" }\n");
    for (int i = 0; i < 5000; i++)
        toc_buf_printf(&text,
                       "inject \"I-%d\" { to = { \"ops\", \"nobody-%d\" }, title = \"t\",%s"
                       "text = \"x\" }\n",
                       i, i, i % 5 ? " " : " tilte = \"t\", ");
    toc_files_add(files, "scenario.lua", text.data, text.len);
    clock_t begin = clock();
    ck_assert_int_eq(
        toc_scenario_load(&scenario, files, NULL, 1, TOC_SCENARIO_MEMORY, &problems, &e),
        TOC_ESCENARIO);
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    ck_assert_uint_ge(problems.count, TOC_PROBLEMS_KEPT);
    for (size_t i = 0; i < TOC_PROBLEMS_KEPT; i++)
        ck_assert_int_gt(problems.at[i].column, 0);
    ck_assert_msg(seconds < 3, "%.2f s", seconds); // of the slowest sanitizer; plain it is a tenth
    toc_problems_fini(&problems);
    toc_files_free(files);
    toc_buf_fini(&text);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_loop_test(tc, every_place_is_found_to_the_character, 0, (int)TOC_COUNT(rows));
    tcase_add_test(tc, what_has_no_words_of_its_own_is_not_found);
    tcase_add_test(tc, arguments_of_a_call_are_found);
    tcase_add_test(tc, any_beginning_of_a_source_can_be_asked);
    tcase_add_test(tc, a_thousand_mistakes_are_placed_in_well_under_a_second);
}

TOC_CHECK_MAIN("locate", add_tests)
