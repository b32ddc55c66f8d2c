// SPDX-License-Identifier: MIT
// Support files assert with Check, which knows what to do only inside a test. Here these are its two functions behind every
// assertion: one that fails ends the bench.
#include <check.h>
#include <stdlib.h>

#include "bench.h"

void _mark_point(const char *file, int line)
{
    (void)file;
    (void)line;
}

void _ck_assert_failed(const char *file, int line, const char *expr, const char *msg, ...)
{
    (void)file;
    (void)line;
    (void)msg;
    toc_bench_require(false, expr);
    _Exit(1);
}
