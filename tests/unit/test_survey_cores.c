// SPDX-License-Identifier: MIT
// Nothing that a survey says depends on the number of cores. These run under the thread sanitizer, so no
// storyline waits here: the sanitizer does not see the jump by which Lua leaves one, and its stacks grow.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "rehearsal_fixture.h"

static const char *const scenario =
    "inject \"INJ-01\" { at = \"T+1m\", to = \"all\", title = \"One\", text = \"One at "
    "{{story}}.\" }\n"
    "inject \"INJ-02\" { to = \"net\", title = \"Two\", text = \"Two.\" }\n"
    "inject \"INJ-03\" { to = \"net\", title = \"Three\", text = \"Three.\" }\n"
    "inject \"INJ-04\" { to = \"net\", title = \"Never\", text = \"Never.\" }\n"
    "for i = 1, 4 do\n"
    "  decision(\"D-0\" .. i) { to = \"ops\", at = \"T+\" .. 5 * i .. \"m\", within = \"10m\", "
    "title = \"T\",\n"
    "    options = { { \"a\", \"A\" }, { \"b\", \"B\" }, { \"c\", \"C\" } } }\n"
    "end\n"
    "expect \"EXP-01\" { team = \"ops\", by = \"T+40m\", text = \"Tell\", objective = \"OBJ-1\",\n"
    "  met = function () return said(\"ops\", \"net\") end }\n"
    "service \"s\" { name = \"S\", domain = \"energy\" }\n"
    "on(\"decided\", function (ev)\n"
    "  if ev.option == \"b\" then set(\"s\", 50); send \"INJ-02\" end\n"
    "  if ev.option == \"c\" and said(\"net\", \"ops\") then set(\"s\", 100); send \"INJ-03\" end\n"
    "end)\n";

static char *reported(const toc_files *files, toc_strategy strategy, unsigned cores, size_t most)
{
    toc_survey s;
    toc_error e = {0};
    toc_survey_options o = {
        .strategy = strategy, .most = most, .seed = 26, .run_seed = 1, .cores = cores};
    TOC_OK_OR_FAIL(toc_survey_run(&s, files, &o, &e), e);
    ck_assert_uint_gt(s.path_count, 50);
    char *report = rehearsal_report(&s);
    toc_survey_fini(&s);
    return report;
}

static void same(toc_strategy strategy, size_t most)
{
    toc_files *files = rehearsal_files(scenario);
    char *one = reported(files, strategy, 1, most), *two = reported(files, strategy, 2, most),
         *eight = reported(files, strategy, 8, most);
    ck_assert_str_eq(one, two);
    ck_assert_str_eq(one, eight);
    free(one);
    free(two);
    free(eight);
    toc_files_free(files);
}

START_TEST(each_option_is_the_same_on_any_number_of_cores)
{
    same(TOC_SURVEY_EACH, 0);
}
END_TEST

START_TEST(exhaustive_is_the_same_on_any_number_of_cores)
{
    same(TOC_SURVEY_EXHAUSTIVE, 200);
}
END_TEST

START_TEST(random_is_the_same_on_any_number_of_cores)
{
    same(TOC_SURVEY_RANDOM, 200);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, each_option_is_the_same_on_any_number_of_cores);
    tcase_add_test(tc, exhaustive_is_the_same_on_any_number_of_cores);
    tcase_add_test(tc, random_is_the_same_on_any_number_of_cores);
}

TOC_CHECK_MAIN("survey_cores", add_tests)
