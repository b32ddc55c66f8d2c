// SPDX-License-Identifier: MIT
#ifndef TOC_PEOPLE_H
#define TOC_PEOPLE_H

// The seats at which people sit down while the engine plays the others: "watch-1,excon-1". Pure.

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

// toc_people_has: is seat one of them? people may be NULL: nobody.
bool toc_people_has(const char *people, const char *seat);

// toc_people_check: TOC_EUSAGE if people names no seat at all, or one that is not among those of the run; e
// says which was probably meant. people may be NULL.
toc_err toc_people_check(const char *people, const char *const *seats, size_t count, toc_error *e);

#endif
