// SPDX-License-Identifier: MIT
#include "record/answer.h"

#include <strings.h>

bool toc_is_answer(const char *to, bool is_party, const char *from, bool is_by_control)
{
    return strcasecmp(to, from) == 0 || (is_by_control && is_party);
}
