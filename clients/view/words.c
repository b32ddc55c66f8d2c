// SPDX-License-Identifier: MIT
// Words that several screens use: times as this seat wants them, what is left of a deadline, names,
// and what a role may do.
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "view_parts.h"

#define PLAYERS   TOC_ROLE_PARTICIPANT
#define EXCON     TOC_ROLE_EXCON
#define SIMCELL   TOC_ROLE_SIMCELL
#define EVALUATOR TOC_ROLE_EVALUATOR
#define CONTROL   (EXCON | SIMCELL)
#define ANYONE    (PLAYERS | CONTROL | EVALUATOR | TOC_ROLE_BOARD)

static void add_ago(toc_buf *out, int64_t ms);
static void add_span(toc_buf *out, int64_t ms);

void toc_view_time(const toc_view *v, toc_buf *out, int64_t t)
{
    toc_story story;
    switch (v->times) {
    case TOC_TIMES_STORY:
        if (toc_timeline_story(&v->lines.timeline, t, &story)) {
            toc_story_clock_text(out, story);
            if (story.zone_minutes == 0)
                toc_buf_char(out, 'Z');
            return;
        }
        break;
    case TOC_TIMES_WALL:
        if (toc_walls_text(&v->walls, out, t))
            return;
        break;
    case TOC_TIMES_AGO:
        add_ago(out, toc_view_now(v) - t);
        return;
    case TOC_TIMES_PLAY:
        break;
    }
    toc_buf full = {0}; // "T+1:31:07": to the minute in lists
    toc_play_text(&full, t);
    const char *colon = strrchr(toc_buf_text(&full), ':');
    if (colon)
        toc_buf_add(out, full.data, (size_t)(colon - full.data));
    else
        toc_buf_str(out, toc_buf_text(&full));
    toc_buf_fini(&full);
}

void toc_view_left(const toc_view *v, toc_buf *out, int64_t deadline)
{
    int64_t left = deadline - toc_view_now(v);
    if (left < 0) {
        toc_buf_str(out, "late by ");
        add_span(out, -left);
    } else {
        add_span(out, left);
        toc_buf_str(out, " left");
    }
}

const char *toc_view_name(const toc_view *v, const char *id)
{
    for (size_t i = 0; id && i < v->picture.contact_count; i++)
        if (strcmp(v->picture.contacts[i].id, id) == 0 && v->picture.contacts[i].name)
            return v->picture.contacts[i].name;
    for (size_t i = 0; id && i < v->picture.team_count; i++)
        if (strcmp(v->picture.teams[i].id, id) == 0)
            return v->picture.teams[i].name;
    if (id && v->team && v->team[0] && strcmp(id, v->picture.audience) == 0)
        return v->team;
    return id && strcmp(id, "excon") == 0 ? "EXCON" : id ? id : "";
}

void toc_view_named(const toc_view *v, toc_buf *out, const char *id)
{
    const char *name = toc_view_name(v, id);
    toc_text_visible(out, name, strlen(name), false);
    if (id && strcasecmp(name, id) != 0) {
        toc_buf_str(out, " (");
        toc_text_visible(out, id, strlen(id), false);
        toc_buf_char(out, ')');
    }
}

// As the engine's table of inputs has it; the engine decides, this only keeps keys from promising too much.
bool toc_view_may(const toc_view *v, toc_kind kind)
{
    switch (kind) {
    case TOC_K_READ:
    case TOC_K_ACK:
    case TOC_K_SUBMIT:
        return (v->role & PLAYERS) != 0;
    case TOC_K_DECIDE:
        return (v->role & (PLAYERS | EXCON)) != 0;
    case TOC_K_SAY:
    case TOC_K_FORWARD:
        return (v->role & (PLAYERS | CONTROL)) != 0;
    case TOC_K_DELIVER:
    case TOC_K_CLAIM:
    case TOC_K_UNCLAIM:
    case TOC_K_PROMISE:
    case TOC_K_KEPT:
        return (v->role & CONTROL) != 0;
    case TOC_K_AWARE:
        return (v->role & (CONTROL | EVALUATOR)) != 0;
    case TOC_K_OBSERVE:
    case TOC_K_MARK_ACTION:
    case TOC_K_RATE:
        return (v->role & (EXCON | EVALUATOR)) != 0;
    case TOC_K_SIGN_IN:
    case TOC_K_SIGN_OUT:
    case TOC_K_EMERGENCY:
        return (v->role & ANYONE) != 0;
    case TOC_K_JOIN:
    case TOC_K_LEAVE:
        return false;
    default: // what conducts the exercise
        return v->role == EXCON && toc_kind_class(kind) == TOC_CLASS_INPUT && kind < TOC_K_JOIN;
    }
}

static void add_ago(toc_buf *out, int64_t ms)
{
    int64_t minutes = ms / 60000;
    if (ms < 0)
        toc_buf_str(out, "to come");
    else if (ms < 60000)
        toc_buf_printf(out, "%llds ago", (long long)(ms / 1000));
    else if (minutes < 60)
        toc_buf_printf(out, "%lldm ago", (long long)minutes);
    else
        toc_buf_printf(out, "%lldh%02lld ago", (long long)(minutes / 60),
                       (long long)(minutes % 60));
}

// "06:10", and "1h05m" from an hour on.
static void add_span(toc_buf *out, int64_t ms)
{
    int64_t s = ms / 1000;
    if (s < 3600)
        toc_buf_printf(out, "%02lld:%02lld", (long long)(s / 60), (long long)(s % 60));
    else
        toc_buf_printf(out, "%lldh%02lldm", (long long)(s / 3600), (long long)(s / 60 % 60));
}
