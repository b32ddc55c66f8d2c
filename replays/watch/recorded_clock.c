// SPDX-License-Identifier: MIT
#include "recorded_clock.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "exercise/exercise.h"

static toc_play_state state_of(const recorded_clock *c);
static bool read_wall(const char *text, int64_t *ms);

void recorded_clock_init(recorded_clock *c, const toc_recording *r)
{
    const toc_plan *plan = toc_recording_plan(r, NULL);
    *c = (recorded_clock){.speed = 1000, .pace = plan ? plan->pace : 1000};
    // The first that anybody wrote down: what stands before it was written at once.
    for (int64_t seq = 1; c->wall == 0 && seq <= toc_recording_count(r); seq++) {
        const char *wall = toc_event_str(toc_recording_at(r, seq), TOC_F_WALL);
        if (wall)
            read_wall(wall, &c->wall);
    }
}

void recorded_clock_see(recorded_clock *c, const toc_event *ev)
{
    const char *text = toc_event_str(ev, TOC_F_WALL);
    int64_t wall;
    c->wall = recorded_clock_wall(c, ev->t);
    if (text && read_wall(text, &wall))
        c->wall = wall;
    c->wall_at = ev->t > c->wall_at ? ev->t : c->wall_at;
    c->seq = ev->seq;
    c->t = ev->t;
    switch (ev->kind) {
    case TOC_K_START:
        c->has_started = true;
        break;
    case TOC_K_EMERGENCY:
        c->is_emergency = true;
        c->is_paused = c->has_started;
        break;
    case TOC_K_PAUSE:
    case TOC_K_RESUMED:
        c->is_paused = c->has_started;
        break;
    case TOC_K_RESUME:
        c->is_paused = c->is_emergency = false;
        break;
    case TOC_K_SPEED:
        c->speed = toc_event_int(ev, TOC_F_SPEED);
        break;
    case TOC_K_PACE:
    case TOC_K_PHASE_ENTERED:
        c->pace = toc_event_int(ev, TOC_F_PACE);
        break;
    case TOC_K_JUMP: // play is there at once
        c->wall_at = toc_event_int(ev, TOC_F_UNTIL);
        break;
    case TOC_K_END: // which the same step does
    case TOC_K_ENDEX:
        c->has_ended = true;
        break;
    case TOC_K_CLOSE:
        c->is_closed = true;
        break;
    default:
        break;
    }
}

void recorded_clock_tell(const recorded_clock *c, const toc_recording *r, int64_t t, toc_clock *out)
{
    const toc_plan *plan = toc_recording_plan(r, NULL);
    toc_buf story = {0};
    *out = (toc_clock){.emergency = c->is_emergency,
                       .t = t,
                       .speed = c->speed,
                       .pace = c->pace,
                       .length = plan ? plan->length_ms : 0};
    toc_copy_text(out->state, sizeof out->state, toc_play_state_name(state_of(c)));
    toc_story_text(&story, toc_recording_story_at(r, c->seq, t));
    toc_copy_text(out->story, sizeof out->story, toc_buf_text(&story));
    toc_buf_fini(&story);
}

int64_t recorded_clock_wall(const recorded_clock *c, int64_t t)
{
    const bool runs = state_of(c) == TOC_PLAY_RUNNING && c->speed > 0 && t > c->wall_at;
    // Up to a whole ms, as what is due is done.
    return runs ? c->wall + ((t - c->wall_at) * 1000 + c->speed - 1) / c->speed : c->wall;
}

static toc_play_state state_of(const recorded_clock *c)
{
    return c->is_closed      ? TOC_PLAY_CLOSED
           : c->has_ended    ? TOC_PLAY_ENDED
           : !c->has_started ? TOC_PLAY_LOBBY
           : c->is_paused    ? TOC_PLAY_PAUSED
                             : TOC_PLAY_RUNNING;
}

// "2026-11-21T18:00:00.000Z"
static bool read_wall(const char *text, int64_t *ms)
{
    enum { MINUTES = 16 };
    char minute[MINUTES + 2];
    toc_story story;
    unsigned seconds = 0, rest = 0;
    if (strlen(text) < MINUTES || sscanf(text + MINUTES, ":%2u.%3u", &seconds, &rest) < 1)
        return false;
    snprintf(minute, sizeof minute, "%.*sZ", MINUTES, text);
    if (toc_story_parse(minute, &story, NULL) != TOC_OK)
        return false;
    *ms = story.ms + (int64_t)seconds * 1000 + rest;
    return true;
}
