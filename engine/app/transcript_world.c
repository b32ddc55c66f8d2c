// SPDX-License-Identifier: MIT
// The transcript's lines of the world: names where the plan is known, and the story's clock.
#include <string.h>

#include "base/text.h"
#include "transcript.h"
#include "world/words.h"

static void say_clock(toc_buf *out, const toc_plan *plan, const toc_event *ev);
static void say_level(toc_buf *out, const toc_plan *plan, const toc_event *ev);
static void say_measure(toc_buf *out, const toc_plan *plan, const toc_event *ev);
static void say_repair(toc_buf *out, const toc_plan *plan, const toc_event *ev);
static void say_service(toc_buf *out, const toc_plan *plan, const char *before, const char *id);
static void say_percent(toc_buf *out, const toc_event *ev);
static void say_visible(toc_buf *out, const char *text);

bool toc_transcript_world(toc_buf *out, const toc_plan *plan, const toc_event *ev)
{
    if (ev->kind != TOC_K_LEVEL && ev->kind != TOC_K_MEASURE && ev->kind != TOC_K_REPAIR &&
        ev->kind != TOC_K_DEADLOCK)
        return false;
    if (ev->kind == TOC_K_MEASURE && strcmp(toc_event_str(ev, TOC_F_MEASURE), "set") == 0)
        return false; // the level that follows tells it
    say_clock(out, plan, ev);
    if (ev->kind == TOC_K_LEVEL) {
        say_level(out, plan, ev);
    } else if (ev->kind == TOC_K_MEASURE) {
        say_measure(out, plan, ev);
    } else if (ev->kind == TOC_K_REPAIR) {
        say_repair(out, plan, ev);
    } else { // never cut: the way out stands at its end
        toc_buf_str(out, "DEADLOCK: ");
        say_visible(out, toc_event_str(ev, TOC_F_TEXT));
    }
    return true;
}

// "11:02", with its date if that is another than STARTEX's. The event has "2026-02-10 11:02+01:00".
static void say_clock(toc_buf *out, const toc_plan *plan, const toc_event *ev)
{
    enum { DATE = 11, MINUTE = 16 };
    const char *story = toc_event_str(ev, TOC_F_STORY);
    if (!story || strlen(story) < MINUTE)
        return;
    toc_buf start = {0};
    if (plan)
        toc_story_text(&start, plan->startex);
    size_t from = start.len > DATE && strncmp(start.data, story, DATE) == 0 ? DATE : 0;
    toc_text_visible(out, story + from, MINUTE - from, false);
    toc_buf_str(out, "  ");
    toc_buf_fini(&start);
}

static void say_level(toc_buf *out, const toc_plan *plan, const toc_event *ev)
{
    // Own, and the loss or return of a provider, need no more words.
    static const char *const words[][2] = {
        {"autonomy", " (for longer than its autonomy)"},
        {"repaired", " (repaired)"},
        {"restarted", " (restarted)"},
        {"forced", " (held up by a black start)"},
        {"unforced", " (its black start is over)"},
    };
    say_service(out, plan, "", toc_event_str(ev, TOC_F_SERVICE));
    say_percent(out, ev);
    say_service(out, plan, " because ", toc_event_str(ev, TOC_F_BECAUSE));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], toc_event_str(ev, TOC_F_WHY)) == 0)
            toc_buf_str(out, words[i][1]);
}

static void say_measure(toc_buf *out, const toc_plan *plan, const toc_event *ev)
{
    const char *measure = toc_event_str(ev, TOC_F_MEASURE);
    const char *state = toc_event_str(ev, TOC_F_STATE);
    const char *service = toc_event_str(ev, TOC_F_SERVICE);
    const char *provider = toc_event_str(ev, TOC_F_PROVIDER);
    if (strcmp(measure, "refuel") == 0) {
        say_service(out, plan, "", service);
        say_service(out, plan, " is refuelled against the loss of ", provider);
    } else if (strcmp(measure, "open") == 0) {
        bool is_done = state && strcmp(state, "open") == 0;
        say_service(out, plan, "", service);
        say_service(out, plan, is_done ? ": from now on with " : ": being switched to ", provider);
    } else {
        say_visible(out, measure);
        say_service(out, plan, ": ", service);
    }
    if (toc_event_has(ev, TOC_F_MINUTES)) {
        toc_buf_str(out, " for ");
        toc_minutes_text(out, toc_event_int(ev, TOC_F_MINUTES));
    }
}

static void say_repair(toc_buf *out, const toc_plan *plan, const toc_event *ev)
{
    const char *id = toc_event_str(ev, TOC_F_REPAIR);
    size_t repair = plan ? toc_plan_repair(plan, id) : TOC_NONE;
    const char *name = repair == TOC_NONE ? NULL : plan->model.repairs[repair].name;
    toc_buf_str(out, "repair ");
    say_visible(out, name ? name : id);
    say_service(out, plan, " of ", toc_event_str(ev, TOC_F_SERVICE));
    toc_buf_str(out, ": ");
    say_visible(out, toc_event_str(ev, TOC_F_STATE));
    say_service(out, plan, " for want of ", toc_event_str(ev, TOC_F_BECAUSE));
    if (toc_event_int(ev, TOC_F_LEFT) > 0) {
        toc_buf_str(out, ", ");
        toc_minutes_text(out, toc_event_int(ev, TOC_F_LEFT));
        toc_buf_str(out, " of crew time left");
    }
}

static void say_service(toc_buf *out, const toc_plan *plan, const char *before, const char *id)
{
    if (!id)
        return;
    size_t service = plan ? toc_plan_service(plan, id) : TOC_NONE;
    toc_buf_str(out, before);
    say_visible(out, service == TOC_NONE ? id : toc_service_name(&plan->model, service));
}

static void say_percent(toc_buf *out, const toc_event *ev)
{
    if (!toc_event_has(ev, TOC_F_LEVEL))
        return;
    toc_buf_char(out, ' ');
    toc_percent_text(out, toc_event_int(ev, TOC_F_LEVEL));
    toc_buf_str(out, " %");
}

static void say_visible(toc_buf *out, const char *text)
{
    toc_text_visible(out, text, strlen(text), false);
}
