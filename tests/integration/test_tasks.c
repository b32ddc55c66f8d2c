// SPDX-License-Identifier: MIT
#include "check_main.h"
START_TEST(nothing) {} END_TEST
static void add_tests(TCase *tc) { tcase_add_test(tc, nothing); }
TOC_CHECK_MAIN("tasks", add_tests)
