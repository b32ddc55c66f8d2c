// SPDX-License-Identifier: MIT
// What a conduct shows: its feeds, which take a line only when it is durable, and plain answers to
// what it knows.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "conduct_inside.h"

static void write_clock(const toc_conduct *c, int64_t t, toc_play_state state, bool emergency,
                        toc_buf *out);
static int64_t told_play(const toc_conduct *c, int64_t mono);
static void show_event(toc_conduct *c, const toc_event *ev);

void toc_conduct_make_feeds(toc_conduct *c)
{
    c->shown_count = c->plan->team_count + 2;
    c->shown = toc_alloc(c->shown_count * sizeof *c->shown);
    for (size_t i = 0; i < c->shown_count; i++) {
        const char *audience = i == 0                   ? "control"
                               : i < c->shown_count - 1 ? c->plan->teams[i - 1].id
                                                        : "board";
        c->shown[i] = (toc_shown){toc_feed_new(audience), toc_map_new()};
    }
}

void toc_conduct_free_feeds(toc_conduct *c)
{
    free(c->to_tell);
    for (size_t i = 0; i < c->shown_count; i++) {
        toc_feed_free(c->shown[i].feed);
        toc_map_free(c->shown[i].attachments);
    }
    free(c->shown);
    for (size_t i = c->pending_from; i < c->pending_count; i++)
        toc_event_fini(&c->pending[i]);
    free(c->pending);
}

void toc_conduct_pend(toc_conduct *c, const toc_event *ev)
{
    TOC_GROW(c->pending, c->pending_count, c->pending_capacity);
    toc_event_copy(&c->pending[c->pending_count++], ev);
}

void toc_conduct_show(toc_conduct *c, int64_t durable, bool is_new)
{
    while (c->pending_from < c->pending_count && c->pending[c->pending_from].seq <= durable) {
        toc_event *ev = &c->pending[c->pending_from++];
        show_event(c, ev);
        if (c->host.on_line)
            c->host.on_line(c->host.context, ev, is_new);
        toc_event_fini(ev);
    }
    // Usually everything became durable; else the rest moves up, so that the list does not creep.
    c->pending_count -= c->pending_from;
    if (c->pending_count > 0)
        memmove(c->pending, c->pending + c->pending_from, c->pending_count * sizeof *c->pending);
    c->pending_from = 0;
    size_t told = 0;
    while (told < c->to_tell_count && c->to_tell[told].seq <= durable)
        c->told = c->to_tell[told++];
    c->to_tell_count -= told;
    if (told > 0)
        memmove(c->to_tell, c->to_tell + told, c->to_tell_count * sizeof *c->to_tell);
}

bool toc_conduct_has_failed(const toc_conduct *c)
{
    return c->has_failed;
}

const char *toc_conduct_failure(const toc_conduct *c)
{
    return c->failure.msg;
}

int64_t toc_conduct_play(const toc_conduct *c, int64_t mono)
{
    return toc_live_clock_play(&c->clock, mono);
}

int64_t toc_conduct_head(const toc_conduct *c)
{
    return c->is_past ? toc_rerun_counted(c->rerun).next_seq - 1 : toc_journal_next(c->journal) - 1;
}

int64_t toc_conduct_durable(const toc_conduct *c)
{
    return c->is_past ? toc_conduct_head(c) : toc_journal_durable(c->journal);
}

const toc_exercise *toc_conduct_exercise(const toc_conduct *c)
{
    return c->x;
}

const toc_outlook *toc_conduct_outlook(toc_conduct *c)
{
    return toc_exercise_outlook(c->x);
}

const toc_scenario *toc_conduct_scenario(const toc_conduct *c)
{
    return c->rerun ? toc_rerun_scenario(c->rerun) : c->scenario;
}

const toc_plan *toc_conduct_plan(const toc_conduct *c)
{
    return c->plan;
}

const toc_files *toc_conduct_files(const toc_conduct *c)
{
    return c->files;
}

const toc_journal *toc_conduct_journal(const toc_conduct *c)
{
    return c->journal;
}

const toc_header *toc_conduct_header(const toc_conduct *c)
{
    return &c->header;
}

toc_sessions *toc_conduct_sessions(toc_conduct *c)
{
    return c->sessions;
}

size_t toc_conduct_feed_count(const toc_conduct *c)
{
    return c->shown_count;
}

const toc_feed *toc_conduct_feed(const toc_conduct *c, size_t i)
{
    return c->shown[i].feed;
}

size_t toc_conduct_feed_find(const toc_conduct *c, const char *audience)
{
    for (size_t i = 0; i < c->shown_count; i++)
        if (strcmp(toc_feed_audience(c->shown[i].feed), audience) == 0)
            return i;
    return TOC_NONE;
}

bool toc_conduct_has_attachment(const toc_conduct *c, size_t feed, const char *path)
{
    if (feed > 0)
        return toc_map_get(c->shown[feed].attachments, path, NULL);
    for (size_t i = 0; i < c->plan->attachment_count; i++)
        if (strcmp(c->plan->attachments[i].path, path) == 0)
            return true;
    return false;
}

void toc_conduct_clock_json(const toc_conduct *c, int64_t mono, toc_buf *out)
{
    toc_clock_view view = toc_exercise_clock(c->x);
    if (c->has_failed)
        toc_conduct_clock_told(c, mono, false, out);
    else
        write_clock(c, toc_conduct_play(c, mono), view.state, view.emergency, out);
}

// A real emergency was told when it was called, whatever the disk does since; play stands with it.
void toc_conduct_clock_told(const toc_conduct *c, int64_t mono, bool is_called, toc_buf *out)
{
    const bool is_emergency =
        c->told.emergency || is_called || toc_exercise_clock(c->x).emergency;
    const bool stands = is_emergency && c->told.state == TOC_PLAY_RUNNING;
    write_clock(c, told_play(c, mono), stands ? TOC_PLAY_PAUSED : c->told.state, is_emergency, out);
}

static void write_clock(const toc_conduct *c, int64_t t, toc_play_state state, bool emergency,
                        toc_buf *out)
{
    toc_clock_view view = toc_exercise_clock(c->x);
    toc_json_key(out, "t");
    toc_buf_int(out, t);
    toc_json_key(out, "state");
    bool is_stopped = c->has_failed && state == TOC_PLAY_RUNNING;
    toc_json_str(out, toc_play_state_name(is_stopped ? TOC_PLAY_PAUSED : state));
    toc_json_key(out, "emergency");
    toc_buf_str(out, emergency ? "true" : "false");
    toc_json_key(out, "speed");
    toc_buf_int(out, view.speed);
    toc_json_key(out, "pace");
    toc_buf_int(out, view.pace);
    toc_buf story = {0};
    toc_story_text(&story, toc_exercise_story(c->x, t));
    toc_json_key(out, "story");
    toc_json_str(out, toc_buf_text(&story));
    toc_buf_fini(&story);
}

// What is due and has not happened is still to come, for whoever is told the time: play may slip to it.
static int64_t told_play(const toc_conduct *c, int64_t mono)
{
    const int64_t play = toc_conduct_play(c, mono), now = toc_exercise_now(c->x);
    int64_t due;
    if (c->is_past || !toc_exercise_next_due(c->x, &due) || due > play)
        return play;
    return due > now ? due - 1 : now;
}

static void show_event(toc_conduct *c, const toc_event *ev)
{
    const toc_value *attach = toc_event_value(ev, TOC_F_ATTACH);
    for (size_t i = 0; i < c->shown_count; i++) {
        if (!toc_feed_add(c->shown[i].feed, ev))
            continue;
        for (size_t a = 0; attach && a < attach->count; a++)
            toc_map_put(c->shown[i].attachments, attach->list[2 * a], 1);
    }
}
