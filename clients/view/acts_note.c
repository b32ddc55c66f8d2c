// SPDX-License-Identifier: MIT
#include "view_inside.h"

bool toc_acts_note(toc_view *v, toc_do what, toc_wishes *out)
{
    (void)v;
    (void)what;
    (void)out;
    return false;
}
