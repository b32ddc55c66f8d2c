// SPDX-License-Identifier: MIT
#include "check_main.h"
static void add_tests(TCase *tc) { (void)tc; }
TOC_CHECK_MAIN("x", add_tests)
