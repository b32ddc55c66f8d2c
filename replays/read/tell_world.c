// SPDX-License-Identifier: MIT
// What the world does, in words: names where the plan is known, and the story's clock.
#include <string.h>

#include "base/text.h"
#include "tell_inside.h"
#include "world/words.h"

static void say_clock(const toc_teller *t);
static void say_level(const toc_teller *t);
static void say_measure(const toc_teller *t);
static void say_repair(const toc_teller *t);
static void say_percent(const toc_teller *t);

bool toc_tell_world(const toc_teller *t)
{
    const toc_kind kind = t->ev->kind;
    if (kind != TOC_K_LEVEL && kind != TOC_K_MEASURE && kind != TOC_K_REPAIR &&
        kind != TOC_K_DEADLOCK)
        return false;
    say_clock(t);
    if (kind == TOC_K_LEVEL) {
        say_level(t);
    } else if (kind == TOC_K_MEASURE) {
        say_measure(t);
    } else if (kind == TOC_K_REPAIR) {
        say_repair(t);
    } else { // never cut: the way out stands at its end
        toc_buf_str(t->out, "DEADLOCK: ");
        toc_tell_field(t, TOC_F_TEXT, true);
    }
    return true;
}

// "11:02", with its date if that is another than STARTEX's. The event has "2026-02-10 11:02+01:00".
static void say_clock(const toc_teller *t)
{
    enum { DATE = 11, MINUTE = 16 };
    const char *story = toc_event_str(t->ev, TOC_F_STORY);
    if (!story || strlen(story) < MINUTE)
        return;
    toc_buf start = {0};
    if (t->plan)
        toc_story_text(&start, t->plan->startex);
    size_t from = start.len > DATE && strncmp(start.data, story, DATE) == 0 ? DATE : 0;
    toc_text_visible(t->out, story + from, MINUTE - from, false);
    toc_buf_str(t->out, "  ");
    toc_buf_fini(&start);
}

static void say_level(const toc_teller *t)
{
    // Own, and the loss or return of a provider, need no more words.
    static const char *const words[][2] = {
        {"autonomy", " (for longer than its autonomy)"},
        {"repaired", " (repaired)"},
        {"restarted", " (restarted)"},
        {"forced", " (held up by a black start)"},
        {"unforced", " (its black start is over)"},
    };
    toc_tell_service(t, "", toc_event_str(t->ev, TOC_F_SERVICE));
    say_percent(t);
    toc_tell_service(t, " because ", toc_event_str(t->ev, TOC_F_BECAUSE));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], toc_event_str(t->ev, TOC_F_WHY)) == 0)
            toc_buf_str(t->out, words[i][1]);
}

static void say_measure(const toc_teller *t)
{
    const char *measure = toc_event_str(t->ev, TOC_F_MEASURE);
    const char *state = toc_event_str(t->ev, TOC_F_STATE);
    const char *service = toc_event_str(t->ev, TOC_F_SERVICE);
    const char *provider = toc_event_str(t->ev, TOC_F_PROVIDER);
    if (strcmp(measure, "set") == 0) {
        toc_tell_service(t, "", service);
        toc_buf_str(t->out, " set to");
        say_percent(t);
    } else if (strcmp(measure, "refuel") == 0) {
        toc_tell_service(t, "", service);
        toc_tell_service(t, " is refuelled against the loss of ", provider);
    } else if (strcmp(measure, "open") == 0) {
        bool is_done = state && strcmp(state, "open") == 0;
        toc_tell_service(t, "", service);
        toc_tell_service(t, is_done ? ": from now on with " : ": being switched to ", provider);
    } else {
        toc_tell_text(t->out, measure, true);
        toc_tell_service(t, ": ", service);
    }
    if (toc_event_has(t->ev, TOC_F_MINUTES)) {
        toc_buf_str(t->out, " for ");
        toc_minutes_text(t->out, toc_event_int(t->ev, TOC_F_MINUTES));
    }
}

static void say_repair(const toc_teller *t)
{
    const char *id = toc_event_str(t->ev, TOC_F_REPAIR);
    size_t repair = t->plan ? toc_plan_repair(t->plan, id) : TOC_NONE;
    const char *name = repair == TOC_NONE ? NULL : t->plan->model.repairs[repair].name;
    toc_buf_str(t->out, "repair ");
    toc_tell_text(t->out, name ? name : id, true);
    toc_tell_service(t, " of ", toc_event_str(t->ev, TOC_F_SERVICE));
    toc_buf_str(t->out, ": ");
    toc_tell_field(t, TOC_F_STATE, true);
    toc_tell_service(t, " for want of ", toc_event_str(t->ev, TOC_F_BECAUSE));
    if (toc_event_int(t->ev, TOC_F_LEFT) > 0) {
        toc_buf_str(t->out, ", ");
        toc_minutes_text(t->out, toc_event_int(t->ev, TOC_F_LEFT));
        toc_buf_str(t->out, " of crew time left");
    }
}

static void say_percent(const toc_teller *t)
{
    if (!toc_event_has(t->ev, TOC_F_LEVEL))
        return;
    toc_buf_char(t->out, ' ');
    toc_percent_text(t->out, toc_event_int(t->ev, TOC_F_LEVEL));
    toc_buf_str(t->out, " %");
}
