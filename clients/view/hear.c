// SPDX-License-Identifier: MIT
// What the engine says: events, its clock, its answers to `status`, and whether it is there. What
// happened before we sat down is kept until names are known, and rings no bell.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "view_parts.h"
#include "write.h"

enum {
    TRUSTED_MS = 4500,  // two heartbeats: an engine that is not heard may have stopped
    SOON_MS = 300,      // events that change the list come in groups
    AGAIN_MS = 1000,    // between two questions
    LATER_MS = 3000,    // after one that failed
    PATIENCE_MS = 8000, // a status that does not come is asked again
    SEATS_MS = 5000,
    SPEED_MOST = 1000000000, // thousandths; more than any engine takes
};

static void see_event(toc_view *v, int64_t n, const toc_event *ev, toc_wishes *out);
static bool changes_list(const toc_view *v, const toc_event *ev);
static bool changes_outlook(const toc_view *v, const toc_event *ev);
static bool rings(const toc_view *v, const toc_event *ev);
static void mark_stop(toc_view *v, const toc_event *ev);
static void follow_play(toc_view *v, const toc_event *ev);
static void ask_soon(toc_view *v, int64_t wait);
static void on_seats(toc_view *v, const toc_happening *h, toc_wishes *out);
static void on_status_failed(toc_view *v, const toc_happening *h, toc_wishes *out);

void toc_view_hear_event(toc_view *v, int64_t n, const toc_event *ev, toc_wishes *out)
{
    toc_lines_learn(&v->lines, ev, n);
    toc_walls_see(&v->walls, ev, v->is_live && v->wall[0] ? v->wall : NULL);
    if (v->is_live) {
        see_event(v, n, ev, out);
        return;
    }
    if (v->past.count == 0)
        v->past_from = n;
    toc_event *kept = toc_events_add(&v->past, ev->kind, ev->t);
    toc_event_fini(kept);
    toc_event_copy(kept, ev);
}

void toc_view_sit_down(toc_view *v, toc_wishes *out)
{
    for (size_t i = 0; i < v->past.count; i++)
        see_event(v, v->past_from + (int64_t)i, &v->past.at[i], out);
    toc_events_fini(&v->past);
    v->is_live = true;
    v->is_news = true;
    v->lines.now = toc_view_now(v);
    const toc_neighbour *own = toc_picture_seat(&v->picture, v->seat);
    if (own && own->was_taken)
        toc_view_notice(
            v, TOC_STYLE_WARN,
            "somebody sat at this seat until now; their terminal says so and is closed");
    toc_view_ask_name(v);
}

static void see_event(toc_view *v, int64_t n, const toc_event *ev, toc_wishes *out)
{
    toc_picture_see(&v->picture, n, ev);
    // A line of the log is of its own moment, however late it is heard.
    v->lines.now = v->is_live ? ev->t : toc_view_now(v);
    toc_view_log(v, n, ev, !v->is_live);
    v->lines.now = toc_view_now(v);
    mark_stop(v, ev);
    for (size_t i = 0; i < v->room_count; i++)
        if (v->rooms[i].screen->learn)
            v->rooms[i].screen->learn(v, n, ev);
    if (!v->is_live)
        return;
    toc_write_watch(v, ev);
    follow_play(v, ev);
    v->is_news = v->is_news || ev->kind == TOC_K_INJECT || ev->kind == TOC_K_MESSAGE ||
                 ev->kind == TOC_K_READ || toc_kind_is_clock(ev->kind);
    if (rings(v, ev))
        toc_view_ring(v, out, ev->kind == TOC_K_EMERGENCY);
    if (changes_list(v, ev))
        toc_view_refresh(v);
    else if (changes_outlook(v, ev))
        toc_view_refresh(v);
    if (changes_outlook(v, ev))
        v->picture.situation.is_outlook_old = true;
}

void toc_view_hear_clock(toc_view *v, const toc_clock *clock)
{
    bool is_other = strcmp(v->lines.clock.state, clock->state) != 0;
    toc_lines_hear(&v->lines, clock);
    v->clock_at = v->mono;
    v->lines.now = toc_view_now(v);
    // The heartbeat knows when the emergency is over, unless it left before the alarm did.
    if (!clock->emergency && v->has_alarm && v->mono - v->alarm_at > TRUSTED_MS)
        v->has_alarm = false;
    if (is_other && v->is_live)
        toc_view_refresh(v);
    v->is_news = v->is_news || is_other;
}

void toc_view_hear_status(toc_view *v, const toc_happening *h, toc_wishes *out)
{
    int64_t length;
    toc_picture_status(&v->picture, h->json);
    if (toc_json_int(toc_json_get(toc_json_get(h->json, "clock"), "length"), &length))
        v->lines.clock.length = length;
    if (v->picture.is_control)
        toc_msel_status(&v->coming, h->json);
    if (!h->is_last)
        return;
    if (v->picture.is_control) {
        toc_msel_add_phases(&v->coming, &v->picture);
        toc_msel_fini(&v->msel);
        v->msel = v->coming;
        memset(&v->coming, 0, sizeof v->coming);
    }
    // Its pages are its answer.
    toc_view_answer(v, &(toc_happening){.number = v->status_number, .ok = true}, out);
    v->is_status_out = false;
    v->status_at = v->mono;
    if (!v->is_live)
        toc_view_sit_down(v, out);
}

void toc_view_hear_link(toc_view *v, const toc_happening *h, toc_wishes *out)
{
    bool was_lost = v->link == TOC_VIEW_LOST;
    toc_view_link before = v->link;
    v->link = h->link;
    v->is_news = true;
    free(v->link_why);
    v->link_why = toc_strdup(h->text);
    switch (h->link) {
    case TOC_VIEW_LIVE:
        if (v->live_at < 0)
            v->live_at = v->mono;
        if (was_lost)
            toc_view_notice(v, TOC_STYLE_GOOD, "the link is back; what happened meanwhile is here");
        v->is_status_out = false;
        v->status_due = v->mono;
        break;
    case TOC_VIEW_LOST:
        if (before != TOC_VIEW_LOST)
            v->lost_at = v->mono;
        v->is_status_out = false;
        break;
    case TOC_VIEW_CONNECTING:
        if (before == TOC_VIEW_LIVE)
            v->lost_at = v->mono;
        break;
    case TOC_VIEW_OVER:
        if (!v->is_live)
            toc_view_sit_down(v, out);
        v->lost_at = v->mono;
        break;
    }
}

int64_t toc_view_now(const toc_view *v)
{
    const toc_clock *c = &v->lines.clock;
    int64_t now = c->t;
    int64_t since = v->mono - v->clock_at;
    const int64_t speed = c->speed < SPEED_MOST ? c->speed : SPEED_MOST;
    if (strcmp(c->state, "running") == 0 && since > 0)
        now += (since < TRUSTED_MS ? since : TRUSTED_MS) * speed / 1000;
    return now > v->picture.t ? now : v->picture.t;
}

void toc_view_refresh(toc_view *v)
{
    ask_soon(v, SOON_MS);
}

void toc_view_ask(toc_view *v, toc_wishes *out)
{
    if (v->link != TOC_VIEW_LIVE || v->is_recording)
        return;
    if (v->is_status_out && v->mono - v->status_at > PATIENCE_MS)
        v->is_status_out = false;
    if (!v->is_status_out && v->status_due >= 0 && v->mono >= v->status_due) {
        toc_msel_fini(&v->coming);
        v->status_number = toc_view_want(v, out, TOC_WISH_ASK, "status", "", on_status_failed);
        v->is_status_out = true;
        v->status_at = v->mono;
        v->status_due = -1;
    }
    if (v->is_live && v->seats_due >= 0 && v->mono >= v->seats_due) {
        toc_view_want(v, out, TOC_WISH_ASK, "seats", "", on_seats);
        v->seats_due = v->mono + SEATS_MS;
    }
}

static void ask_soon(toc_view *v, int64_t wait)
{
    int64_t due = v->mono + wait;
    if (due < v->status_at + AGAIN_MS)
        due = v->status_at + AGAIN_MS;
    if (v->status_due < 0 || v->status_due > due)
        v->status_due = due;
}

static void on_seats(toc_view *v, const toc_happening *h, toc_wishes *out)
{
    (void)out;
    if (h->ok && h->json)
        toc_picture_status(&v->picture, h->json);
}

// Only a failure is answered so; what went well comes as pages.
static void on_status_failed(toc_view *v, const toc_happening *h, toc_wishes *out)
{
    if (h->ok)
        return;
    v->is_status_out = false;
    ask_soon(v, LATER_MS);
    if (!v->is_live)
        toc_view_sit_down(v, out);
}

// What stands in control's list: states, times, texts, who read.
static bool changes_list(const toc_view *v, const toc_event *ev)
{
    if (!v->picture.is_control)
        return ev->kind == TOC_K_PHASE_ENTERED || ev->kind == TOC_K_HANDED_IN;
    switch (ev->kind) {
    case TOC_K_START:
    case TOC_K_JUMP:
    case TOC_K_PACE:
    case TOC_K_FIRE:
    case TOC_K_HOLD:
    case TOC_K_RELEASE:
    case TOC_K_SKIP:
    case TOC_K_MOVE:
    case TOC_K_EDIT:
    case TOC_K_ADHOC:
    case TOC_K_DELIVER:
    case TOC_K_DROP:
    case TOC_K_WAKE:
    case TOC_K_EXTEND:
    case TOC_K_OPEN_SEAT:
    case TOC_K_REVOKE:
    case TOC_K_REASSIGN:
    case TOC_K_READ:
    case TOC_K_ACK:
    case TOC_K_INJECT:
    case TOC_K_HELD:
    case TOC_K_CUE:
    case TOC_K_MOVED:
    case TOC_K_ASK:
    case TOC_K_DEADLINE:
    case TOC_K_DECIDED:
    case TOC_K_OVERDUE:
    case TOC_K_PHASE_ENTERED:
    case TOC_K_EXPECTATION:
    case TOC_K_ARMED:
    case TOC_K_STORYLINE:
    case TOC_K_ERROR:
    case TOC_K_ENDEX:
        return true;
    default:
        return false;
    }
}

static bool changes_outlook(const toc_view *v, const toc_event *ev)
{
    bool is_world =
        ev->kind == TOC_K_LEVEL || ev->kind == TOC_K_REPAIR || ev->kind == TOC_K_MEASURE;
    return is_world && v->role != TOC_ROLE_BOARD;
}

// A bell is for what somebody must turn to now.
static bool rings(const toc_view *v, const toc_event *ev)
{
    const char *team = toc_event_str(ev, TOC_F_TEAM);
    const toc_picture *p = &v->picture;
    const toc_item *item;
    switch (ev->kind) {
    case TOC_K_INJECT:
    case TOC_K_MESSAGE:
        item = toc_picture_number(p, p->n);
        return item && !item->is_read && !item->is_own && toc_event_int(ev, TOC_F_URGENT);
    case TOC_K_ASK:
        return team && strcmp(team, p->is_control ? "excon" : p->audience) == 0 &&
               v->role & (TOC_ROLE_PARTICIPANT | TOC_ROLE_EXCON);
    case TOC_K_PROPOSED:
    case TOC_K_ARMED:
        return v->role == TOC_ROLE_EXCON;
    case TOC_K_CUE:
        return (v->role & (TOC_ROLE_EXCON | TOC_ROLE_SIMCELL)) != 0;
    case TOC_K_EMERGENCY:
        return !v->has_alarm; // which has rung already
    default:
        return false;
    }
}

// What was said of the state before does not hold any more.
static void follow_play(toc_view *v, const toc_event *ev)
{
    const toc_picture *p = &v->picture;
    switch (ev->kind) {
    case TOC_K_START:
    case TOC_K_PAUSE:
    case TOC_K_EMERGENCY:
    case TOC_K_RESUMED:
    case TOC_K_ENDEX:
        toc_view_drop_notice(v);
        break;
    case TOC_K_RESUME:
        toc_view_drop_notice(v);
        if (p->was_emergency)
            toc_view_notice(v, TOC_STYLE_GOOD, "the emergency is over%s",
                            p->has_started && !p->has_ended ? ": play goes on" : "");
        break;
    default:
        break;
    }
}

// Who stopped play, when and why: it stands in the banner until play goes on.
static void mark_stop(toc_view *v, const toc_event *ev)
{
    if (ev->kind == TOC_K_RESUME) {
        v->has_alarm = false;
        v->lines.clock.emergency = false;
    }
    if (ev->kind != TOC_K_PAUSE && ev->kind != TOC_K_RESUMED && ev->kind != TOC_K_EMERGENCY)
        return;
    toc_buf at = {0};
    if (!toc_walls_clock_text(&v->walls, &at, toc_event_str(ev, TOC_F_WALL)))
        toc_play_text(&at, ev->t);
    free(v->stopped_by);
    free(v->stopped_why);
    free(v->stopped_at);
    v->stopped_at = toc_buf_take(&at);
    const char *why = toc_event_str(ev, ev->kind == TOC_K_EMERGENCY ? TOC_F_TEXT : TOC_F_REASON);
    v->stopped_why = ev->kind == TOC_K_RESUMED
                         ? toc_strdup("the engine was taken up again; EXCON resumes play")
                         : toc_strdup(why);
    toc_buf by = {0};
    const char *seat = toc_event_str(ev, TOC_F_BY);
    if (ev->kind == TOC_K_RESUMED)
        toc_buf_str(&by, "THE ENGINE");
    else if (ev->kind == TOC_K_PAUSE && !v->picture.is_control)
        toc_buf_str(&by, "EXCON");
    else if (seat)
        toc_picture_person(&v->picture, &by, seat);
    v->stopped_by = toc_buf_take(&by);
}
