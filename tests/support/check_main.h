// SPDX-License-Identifier: MIT
#ifndef TOC_CHECK_MAIN_H
#define TOC_CHECK_MAIN_H

#include <check.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

// With TOC_PART=2/3 in the environment only every third test is run, from the second on; each turn of a loop is one.
// CTest runs the parts side by side (toc_test in CMakeLists.txt).
static inline void add_of_part(TCase *tcase, const TTest *test, int first, int end)
{
    static int added;
    int part = 1, parts = 1;
    const char *given = getenv("TOC_PART");
    if (given && (sscanf(given, "%d/%d", &part, &parts) != 2 || part < 1 || part > parts)) {
        fprintf(stderr, "TOC_PART=%s is no part of a whole, as 2/3 is\n", given);
        exit(EXIT_FAILURE);
    }
    for (int i = first; i < end; i++)
        if (added++ % parts == part - 1)
            _tcase_add_test(tcase, test, 0, 0, i, i + 1);
}

#undef tcase_add_test
#define tcase_add_test(tcase, test) add_of_part(tcase, test, 0, 1)
#undef tcase_add_loop_test
#define tcase_add_loop_test(tcase, test, first, end) add_of_part(tcase, test, first, end)

// TOC_CHECK_MAIN(name, add_tests) makes the main() of a test program: one suite, one case, each
// test in a process of its own. CTest ends what hangs.
#define TOC_CHECK_MAIN(name, add_tests)                                                            \
    int main(void)                                                                                 \
    {                                                                                              \
        Suite *suite = suite_create(name);                                                         \
        TCase *tcase = tcase_create(name);                                                         \
        tcase_set_timeout(tcase, 0);                                                               \
        add_tests(tcase);                                                                          \
        suite_add_tcase(suite, tcase);                                                             \
        SRunner *runner = srunner_create(suite);                                                   \
        srunner_run_all(runner, CK_NORMAL);                                                        \
        int failed = srunner_ntests_failed(runner);                                                \
        srunner_free(runner);                                                                      \
        return failed ? EXIT_FAILURE : EXIT_SUCCESS;                                               \
    }

// TOC_OK_OR_FAIL(call, e) fails the test with the error's own text.
#define TOC_OK_OR_FAIL(call, e) ck_assert_msg((call) == TOC_OK, "%s", (e).msg)

#endif
