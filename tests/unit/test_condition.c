// SPDX-License-Identifier: MIT
// What a `when` waits for, as it stands in the source.

#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "condition.h"

static void expect(const char *source, int line, const char *condition)
{
    toc_files *files = toc_files_new();
    toc_buf out = {0};
    toc_files_add(files, "story.lua", source, strlen(source));
    toc_condition_text(&out, toc_files_find(files, "story.lua"), line);
    ck_assert_str_eq(toc_buf_text(&out), condition);
    toc_buf_fini(&out);
    toc_files_free(files);
}

START_TEST(a_condition_is_what_stands_between_return_and_end)
{
    expect("\n  when(function () return decided \"D-01\" == \"warn\" end, function ()\n", 2,
           "decided \"D-01\" == \"warn\"");
    expect("when (function() return level \"mast\" == 0 end , function () send \"I-1\" end)", 1,
           "level \"mast\" == 0");
    expect("when(function ()\n\n    return sent \"I-1\"\nend, function () end)", 1, "sent \"I-1\"");
    expect("when(function () return weekend end, f)", 1, "weekend");
    expect("when(function () return sent \"I-1\" end\n, f)", 1, "sent \"I-1\"");
}
END_TEST

START_TEST(a_function_that_stands_elsewhere_is_told_by_its_name)
{
    expect("when(by_sky, function ()\n", 1, "by_sky");
    expect("when(by_sky,\n  is_up)", 1, "by_sky");
}
END_TEST

START_TEST(a_line_without_a_when_tells_nothing)
{
    expect("storyline \"a\" (function () end)", 1, "");
    expect("when(function () return true end, f)", 2, "");

    expect("when", 1, "");
    expect("when(", 1, "");
    expect("", 1, "");
    toc_buf out = {0};
    toc_condition_text(&out, NULL, 1);
    ck_assert_str_eq(toc_buf_text(&out), "");
    toc_buf_fini(&out);
}
END_TEST

START_TEST(a_long_condition_is_cut_between_two_characters)
{
    toc_buf source = {0}, out = {0};
    toc_files *files = toc_files_new();
    toc_buf_str(&source, "when(function () return a");
    for (int i = 0; i < 300; i++)
        toc_buf_str(&source, "\u00e9");
    toc_buf_str(&source, " end, f)");
    toc_files_add(files, "story.lua", source.data, source.len);
    toc_condition_text(&out, toc_files_find(files, "story.lua"), 1);
    ck_assert_uint_eq(out.len, 159 + strlen("\u2026"));
    ck_assert_str_eq(out.data + 157, "\u00e9\u2026");
    toc_buf_fini(&source);
    toc_buf_fini(&out);
    toc_files_free(files);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, a_condition_is_what_stands_between_return_and_end);
    tcase_add_test(tc, a_function_that_stands_elsewhere_is_told_by_its_name);
    tcase_add_test(tc, a_line_without_a_when_tells_nothing);
    tcase_add_test(tc, a_long_condition_is_cut_between_two_characters);
}

TOC_CHECK_MAIN("condition", add_tests)
