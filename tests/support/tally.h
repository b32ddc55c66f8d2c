// SPDX-License-Identifier: MIT
#ifndef TOC_TALLY_H
#define TOC_TALLY_H

// What faults and attacks were tried, and what was lost to them. A test says it once it has looked;
// tests/run gathers these lines into the table that it ends with (--faults: that table alone). A test that asserts as
// it goes instead of counting says 0 lost because it got there, and one that failed has a row of its own in the table.

#include <stdio.h>

// tally: what, in the words of the table ("connections closed at once"), how often it was tried, and how often
// something that was promised did not hold.
static inline void tally(const char *what, unsigned long long tried, unsigned long long lost)
{
    printf("TALLY\t%s\t%llu\t%llu\n", what, tried, lost);
    fflush(stdout);
}

#endif
