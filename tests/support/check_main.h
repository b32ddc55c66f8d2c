// SPDX-License-Identifier: MIT
#ifndef TOC_CHECK_MAIN_H
#define TOC_CHECK_MAIN_H

#include <check.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

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
