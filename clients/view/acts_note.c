// SPDX-License-Identifier: MIT
// What is noted from any screen, about its selected row: an observation, a rating, that a team
// knows, a promise.
#include "assess.h"
#include "base/mem.h"
#include "keeping.h"

static void ask_row(toc_view *v, toc_event *about);

bool toc_acts_note(toc_view *v, toc_do what, toc_wishes *out)
{
    static const struct {
        toc_do what;
        toc_kind kind;
    } acts[] = {{TOC_DO_OBSERVE, TOC_K_OBSERVE},
                {TOC_DO_RATE, TOC_K_RATE},
                {TOC_DO_AWARE, TOC_K_AWARE},
                {TOC_DO_PROMISE, TOC_K_PROMISE}};
    size_t i = 0;
    (void)out;
    while (i < TOC_COUNT(acts) && acts[i].what != what)
        i++;
    if (i == TOC_COUNT(acts) || !toc_view_may(v, acts[i].kind))
        return false;
    if (v->picture.is_closed) {
        toc_view_notice(v, TOC_STYLE_WARN, "the exercise is closed: nothing can be written to it");
        return true;
    }
    toc_event about;
    toc_event_init(&about, TOC_K_OBSERVE, 0);
    ask_row(v, &about);
    if (what == TOC_DO_OBSERVE)
        toc_observe_open(v, &about);
    else if (what == TOC_DO_RATE)
        toc_rate_open(v, toc_event_str(&about, TOC_F_OBJECTIVE), toc_event_str(&about, TOC_F_TEAM));
    else if (what == TOC_DO_AWARE)
        toc_aware_open(v, &about);
    else
        toc_promise_open(v, &about);
    toc_event_fini(&about);
    return true;
}

static void ask_row(toc_view *v, toc_event *about)
{
    const toc_screen *screen = v->rooms[v->room].screen;
    if (screen->about)
        screen->about(v, about);
}
