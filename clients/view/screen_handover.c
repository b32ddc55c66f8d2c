// SPDX-License-Identifier: MIT
#include "view_inside.h"

static void draw(toc_view *v, toc_grid *g, toc_rect r)
{
    (void)v;
    toc_grid_fill(g, r, TOC_STYLE_PLAIN);
}

static bool act(toc_view *v, toc_do what, toc_wishes *out)
{
    (void)v;
    (void)what;
    (void)out;
    return false;
}

const toc_screen toc_screen_handover = {
    .name = "Hand-over",
    .places = TOC_IN_PAGE | TOC_IN_HANDOVER,
    .draw = draw,
    .act = act,
};
