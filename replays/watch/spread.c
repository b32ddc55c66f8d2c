// SPDX-License-Identifier: MIT
// Where an item went. A forward names what it first was (origin), however often it was passed on, so one walk over the lines finds
// all of them. What a team says in its own words, without forwarding, is not known to be about it.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "record/feed.h"
#include "replays/why.h"

static void arrive(toc_spread *s, const toc_recording *r, const toc_event *ev);
static void see(toc_spread *s, const toc_recording *r, const toc_event *ev);
static void settle(toc_spread *s, const toc_event *ev);
static bool is_it(const toc_spread *s, const toc_recording *r, int64_t item);
static bool is_team(const toc_recording *r, const char *id);
static toc_reached *find(const toc_spread *s, const char *team);
static void say_name(toc_buf *out, const toc_recording *r, const char *team);
static void say_after(toc_buf *out, const char *what, int64_t from, int64_t t);
static void say_reached(toc_buf *out, const toc_recording *r, const toc_spread *s,
                        const toc_reached *at);
static void say_text(toc_buf *out, const char *text);

void toc_spread_of(toc_spread *out, const toc_recording *r, int64_t item)
{
    const int64_t count = toc_recording_count(r);
    *out = (toc_spread){.item = item};
    if (item < 1 || item > count)
        return;
    const toc_event *root = toc_recording_at(r, item);
    if (root->kind != TOC_K_INJECT && root->kind != TOC_K_MESSAGE)
        return;
    const int64_t origin = toc_event_int(root, TOC_F_ORIGIN);
    if (origin >= 1 && origin < item) { // it was passed on: what it first was, is what spread
        item = out->item = origin;
        root = toc_recording_at(r, item);
    }
    arrive(out, r, root);
    for (int64_t seq = item + 1; seq <= count; seq++)
        see(out, r, toc_recording_at(r, seq));
}

void toc_spread_fini(toc_spread *s)
{
    free(s->at);
    *s = (toc_spread){0};
}

void toc_spread_text(toc_buf *out, const toc_recording *r, const toc_spread *s)
{
    if (s->count == 0)
        toc_buf_str(out, "it reached no team\n");
    for (size_t i = 0; i < s->count; i++)
        say_reached(out, r, s, &s->at[i]);
}

// To whom a line brings it that did not have it yet.
static void arrive(toc_spread *s, const toc_recording *r, const toc_event *ev)
{
    const toc_value *to = toc_event_value(ev, TOC_F_TO);
    for (size_t i = 0; to && i < to->count; i++) {
        if (!is_team(r, to->list[i]) || find(s, to->list[i]))
            continue;
        TOC_GROW(s->at, s->count, s->capacity);
        s->at[s->count++] = (toc_reached){.team = to->list[i],
                                          .arrived = ev->t,
                                          .arrived_seq = ev->seq,
                                          .via = ev->seq,
                                          .read = -1,
                                          .acked = -1,
                                          .answered = -1,
                                          .decided = -1};
    }
}

static void see(toc_spread *s, const toc_recording *r, const toc_event *ev)
{
    char team[64] = "";
    toc_reached *at;
    switch (ev->kind) {
    case TOC_K_MESSAGE:
        if (is_it(s, r, toc_event_int(ev, TOC_F_ORIGIN)))
            arrive(s, r, ev);
        at = find(s, toc_event_str(ev, TOC_F_FROM));
        if (at && !at->answered_seq && is_it(s, r, toc_event_int(ev, TOC_F_RE)))
            at->answered = ev->t, at->answered_seq = ev->seq;
        return;
    case TOC_K_READ:
    case TOC_K_ACK:
        toc_seat_audience(toc_event_str(ev, TOC_F_BY), team);
        at = find(s, team);
        if (!at || !is_it(s, r, toc_event_int(ev, TOC_F_ITEM)))
            return;
        if (!at->read_seq && toc_recording_read_by(r, toc_event_int(ev, TOC_F_ITEM), team, ev->seq))
            at->read = ev->t, at->read_seq = ev->seq;
        if (ev->kind == TOC_K_ACK && !at->acked_seq)
            at->acked = ev->t, at->acked_seq = ev->seq;
        return;
    case TOC_K_DECIDED:
        settle(s, ev);
        return;
    default:
        return;
    }
}

static void settle(toc_spread *s, const toc_event *ev)
{
    toc_reached *at = find(s, toc_event_str(ev, TOC_F_TEAM));
    if (at && at->read_seq && !at->decided_seq)
        at->decided = ev->t, at->decided_seq = ev->seq;
}

// The item itself, or a forward of it.
static bool is_it(const toc_spread *s, const toc_recording *r, int64_t item)
{
    if (item == s->item)
        return true;
    if (item < 1 || item > toc_recording_count(r))
        return false;
    return toc_event_int(toc_recording_at(r, item), TOC_F_ORIGIN) == s->item;
}

// EXCON and parties write and are written to, but are not who is exercised.
static bool is_team(const toc_recording *r, const char *id)
{
    const toc_plan *plan = toc_recording_plan(r, NULL);
    if (plan)
        return toc_plan_team(plan, id) != TOC_NONE;
    return strcmp(id, "excon") != 0 && strcmp(id, "control") != 0 && strcmp(id, "board") != 0;
}

static toc_reached *find(const toc_spread *s, const char *team)
{
    for (size_t i = 0; team && i < s->count; i++)
        if (strcmp(s->at[i].team, team) == 0)
            return &s->at[i];
    return NULL;
}

static void say_reached(toc_buf *out, const toc_recording *r, const toc_spread *s,
                        const toc_reached *at)
{
    const toc_event *root = toc_recording_at(r, s->item), *via = toc_recording_at(r, at->via);
    say_name(out, r, at->team);
    if (at->via == s->item) {
        toc_buf_str(out, ": arrived ");
        toc_play_text(out, at->arrived);
    } else {
        toc_buf_str(out, ": forwarded by ");
        say_name(out, r, toc_event_str(via, TOC_F_FROM));
        say_after(out, "", root->t, at->arrived);
    }
    if (at->read_seq)
        say_after(out, ", read", at->arrived, at->read);
    else
        toc_buf_str(out, ", never read");
    if (at->acked_seq)
        say_after(out, ", acknowledged", at->arrived, at->acked);
    if (at->answered_seq)
        say_after(out, ", answered", at->arrived, at->answered);
    if (at->decided_seq) {
        const toc_event *decided = toc_recording_at(r, at->decided_seq);
        toc_buf_str(out, "; their next decision, ");
        say_text(out, toc_event_str(decided, TOC_F_DECISION));
        say_after(out, ",", at->arrived, at->decided);
    }
    toc_buf_char(out, '\n');
}

// "Grid operator (tso)"
static void say_name(toc_buf *out, const toc_recording *r, const char *team)
{
    const toc_plan *plan = toc_recording_plan(r, NULL);
    size_t i = plan && team ? toc_plan_team(plan, team) : TOC_NONE;
    if (i != TOC_NONE && plan->teams[i].name) {
        say_text(out, plan->teams[i].name);
        toc_buf_str(out, " (");
        say_text(out, team);
        toc_buf_char(out, ')');
    } else {
        say_text(out, team ? team : "?");
    }
}

static void say_after(toc_buf *out, const char *what, int64_t from, int64_t t)
{
    int64_t s = (t - from) / 1000;
    toc_buf_str(out, what);
    if (s < 1)
        toc_buf_str(out, " at once");
    else if (s < 60)
        toc_buf_printf(out, " after %lld s", (long long)s);
    else if (s < 3600)
        toc_buf_printf(out, " after %lld min %lld s", (long long)(s / 60), (long long)(s % 60));
    else
        toc_buf_printf(out, " after %lld h %lld min", (long long)(s / 3600),
                       (long long)(s / 60 % 60));
}

static void say_text(toc_buf *out, const char *text)
{
    toc_text_visible(out, text, strlen(text), false);
}
