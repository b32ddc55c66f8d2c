// SPDX-License-Identifier: MIT
// tocsin replay with the whole screen, and the same screen as text. The replay itself (replays/replay.h) knows no terminal, no thread
// and no file; here are all three.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "replay_command.h"
#include "replays/replay.h"
#include "replays/stage.h"
#include "replays/tell.h"
#include "replays/viewpoint.h"
#include "terminal/save.h"
#include "terminal/window.h"
#include "view/keys.h"

enum { TURN_MS = 33, FOLLOW_MS = 250 };

typedef struct {
    toc_replay_command *c;
    toc_replay *replay;
    toc_window *window;
    int64_t looked_at; // mono
    bool is_working;
} show;

typedef void (*press_cb)(void *context, uint32_t key);

static toc_err make(toc_replay **out, const toc_replay_command *c, bool is_ascii, toc_error *e);
static void on_begin(void *context, toc_window *w);
static void on_key(void *context, uint32_t key);
static void on_paste(void *context, const char *text);
static void on_click(void *context, int x, int y, int wheel);
static void on_turn(void *context, int64_t mono);
static void look_at_file(show *s);
static bool begin_anew(show *s);
static void on_draw(void *context, toc_grid *g);
static void on_run(void *data);
static void on_done(void *context, void *data);
static void after(show *s);
static void do_ask(show *s, const toc_replay_ask *ask);
static void keep_note(show *s, const toc_replay_ask *ask);
static void save(show *s, const toc_replay_ask *ask);
static void work(show *s);
static void press(const char *keys, press_cb cb, void *context);
static void press_replay(void *context, uint32_t key);
static void press_view(void *context, uint32_t key);
static void put_head(const toc_replay_command *c, const char *as, int64_t t);
static int64_t seat_time(const toc_replay_command *c);
static void put_seat(const toc_replay_command *c, const toc_viewpoint *eyes);

int toc_replay_full(toc_replay_command *c, toc_error *e)
{
    show s = {.c = c};
    toc_window_options o = {
        .has_colors = c->has_colors, .has_mouse = c->has_mouse, .turn_ms = TURN_MS};
    toc_window_calls calls = {&s, on_key, on_paste, on_click, on_turn, on_draw};
    toc_err err = make(&s.replay, c, c->is_ascii || !toc_window_locale(), e);
    if (err)
        return toc_error_exit(err);
    int code = toc_window_run(&o, &calls, on_begin, e);
    if (!s.is_working) // a job that is out still looks at all of it
        toc_replay_free(s.replay);
    return code;
}

int toc_replay_snapshot(toc_replay_command *c, toc_error *e)
{
    toc_replay *replay;
    toc_viewpoint *eyes = NULL;
    if (c->as) {
        toc_err err = toc_viewpoint_new(&eyes, c->r, c->as, e);
        if (err)
            return toc_error_exit(err);
        put_head(c, toc_viewpoint_seat(eyes), seat_time(c));
        put_seat(c, eyes);
        toc_viewpoint_free(eyes);
        return 0;
    }
    toc_err err = make(&replay, c, c->is_ascii, e);
    if (err)
        return toc_error_exit(err);
    toc_grid grid;
    toc_buf out = {0};
    toc_grid_init(&grid, c->w, c->h, c->is_ascii);
    toc_replay_draw(replay, &grid);
    toc_replay_settle(replay);
    press(c->keys, press_replay, replay);
    toc_replay_draw(replay, &grid);
    toc_grid_text(&out, &grid, false);
    put_head(c, toc_replay_eyes(replay), toc_player_t(toc_replay_player(replay)));
    fputs(toc_buf_text(&out), stdout);
    toc_buf_fini(&out);
    toc_grid_fini(&grid);
    toc_replay_free(replay);
    return 0;
}

static toc_err make(toc_replay **out, const toc_replay_command *c, bool is_ascii, toc_error *e)
{
    toc_replay_options o = {
        .as = c->as ? c->as : "all", .is_ascii = is_ascii, .is_following = c->is_following};
    toc_err err = toc_replay_new(out, c->r, &c->notes, &o, e);
    if (err)
        return err;
    toc_player *player = toc_replay_player(*out);
    toc_player_set_idle(player, c->idle);
    if (c->speed > 0)
        toc_player_set_speed(player, c->speed);
    if (c->from >= 0 || c->until >= 0)
        toc_replay_seek(*out, 0, c->from >= 0 ? c->from : c->until);
    else if (c->is_following)
        toc_replay_seek(*out, toc_recording_count(c->r), 0);
    return TOC_OK;
}

static void on_begin(void *context, toc_window *w)
{
    show *s = context;
    s->window = w;
    toc_window_title(w, "EXERCISE (replay)");
}

static void on_key(void *context, uint32_t key)
{
    show *s = context;
    toc_replay_key(s->replay, key);
    after(s);
}

static void on_paste(void *context, const char *text)
{
    show *s = context;
    toc_replay_paste(s->replay, text);
    after(s);
}

static void on_click(void *context, int x, int y, int wheel)
{
    show *s = context;
    toc_replay_click(s->replay, x, y, wheel);
    after(s);
}

static void on_turn(void *context, int64_t mono)
{
    show *s = context;
    if (toc_replay_time(s->replay, mono))
        toc_window_changed(s->window);
    if (s->c->is_following && !s->is_working && mono - s->looked_at >= FOLLOW_MS) {
        s->looked_at = mono;
        look_at_file(s);
    }
    work(s);
}

static void look_at_file(show *s)
{
    toc_error e = {0};
    toc_recording *old = NULL;
    bool more = false;
    if (toc_replay_grow(s->c, &more, &old, &e))
        toc_replay_say(s->replay, false, "%s", e.msg);
    if (old && !begin_anew(s)) { // then all stays as it was
        toc_recording *now = s->c->r;
        s->c->r = old;
        old = now;
    } else if (more && !old) {
        toc_replay_grown(s->replay);
    }
    if (more)
        toc_window_changed(s->window);
    toc_recording_free(old);
}

// The file is another: the same eyes look at it, at the same time.
static bool begin_anew(show *s)
{
    toc_replay *before = s->replay, *now = NULL;
    toc_player *player = toc_replay_player(before);
    const bool is_at_end = toc_player_is_at_end(player);
    toc_replay_command like = *s->c;
    toc_error e = {0};
    like.as = toc_replay_eyes(before);
    like.idle = toc_player_idle(player);
    like.speed = toc_player_speed(player);
    like.from = like.until = -1;
    const bool is_ascii = s->c->is_ascii || !toc_window_locale();
    if (make(&now, &like, is_ascii, &e)) { // nobody is called so any more
        like.as = "all";
        if (make(&now, &like, is_ascii, &e))
            return false;
    }
    if (!is_at_end) {
        toc_replay_seek(now, 0, toc_player_t(player));
        toc_player_play(toc_replay_player(now), toc_player_is_playing(player));
    }
    toc_replay_free(before);
    s->replay = now;
    toc_replay_time(now, s->looked_at); // what it says counts from now on
    toc_replay_say(now, false, "%s", TOC_REPLAY_ANEW);
    return true;
}

static void on_draw(void *context, toc_grid *g)
{
    show *s = context;
    toc_replay_draw(s->replay, g);
}

// After a key: what it asks for.
static void after(show *s)
{
    toc_replay_ask ask;
    while (toc_replay_next_ask(s->replay, &ask)) {
        do_ask(s, &ask);
        free(ask.text);
    }
    work(s);
}

static void do_ask(show *s, const toc_replay_ask *ask)
{
    switch (ask->what) {
    case TOC_REPLAY_ASKS_LEAVE:
        toc_window_leave(s->window, 0);
        break;
    case TOC_REPLAY_ASKS_REDRAW:
        toc_window_redraw(s->window);
        break;
    case TOC_REPLAY_ASKS_SUSPEND:
        toc_window_suspend(s->window);
        break;
    case TOC_REPLAY_ASKS_NOTE:
        keep_note(s, ask);
        break;
    case TOC_REPLAY_ASKS_SAVE:
        save(s, ask);
        break;
    case TOC_REPLAY_ASKS_NOTHING:
        break;
    }
}

static void keep_note(show *s, const toc_replay_ask *ask)
{
    toc_error e = {0};
    toc_buf wall = {0};
    toc_wall_text(&wall, toc_wall_now());
    toc_note note = {ask->seq, ask->t, toc_buf_take(&wall), toc_strdup(s->c->by), ask->text};
    toc_err err = toc_notes_check(s->c->notes_path, s->c->path, &e);
    if (!err)
        err = toc_notes_append(&s->c->notes, s->c->notes_path, &note, &e);
    toc_replay_noted(s->replay);
    if (err)
        toc_replay_say(s->replay, false, "the note was not kept: %s", e.msg);
    else
        toc_replay_say(s->replay, true, "noted in %s", s->c->notes_path);
    free(note.wall);
    free(note.by);
}

// An attachment goes where we are, under a name that nothing has.
static void save(show *s, const toc_replay_ask *ask)
{
    const toc_file *file = toc_files_find(toc_recording_files(s->c->r), ask->text);
    toc_buf name = {0}, path = {0};
    toc_error e = {0};
    if (!file) {
        toc_replay_saved(s->replay, ask->number, false, "the recording does not hold it");
        return;
    }
    toc_save_name(&name, ask->text);
    toc_err err = toc_save_file(".", toc_buf_text(&name), file->data, file->size, &path, &e);
    toc_replay_saved(s->replay, ask->number, !err, err ? e.msg : toc_buf_text(&path));
    if (!err)
        toc_replay_say(s->replay, true, "saved as %s", toc_buf_text(&path));
    toc_buf_fini(&name);
    toc_buf_fini(&path);
}

static void work(show *s)
{
    toc_replay_job *job = s->is_working ? NULL : toc_replay_next_job(s->replay);
    if (!job)
        return;
    s->is_working = true;
    toc_window_work(s->window, on_run, on_done, job);
}

static void on_run(void *data)
{
    toc_replay_job_run(data);
}

static void on_done(void *context, void *data)
{
    show *s = context;
    s->is_working = false;
    toc_replay_job_done(s->replay, data);
    toc_window_changed(s->window);
    work(s);
}

// Keys as words: "Enter", "Ctrl-L", "Space" are keys, other words are typed letter by letter.
static void press(const char *keys, press_cb cb, void *context)
{
    for (const char *at = keys ? keys : ""; *at;) {
        at += strspn(at, " ");
        size_t len = strcspn(at, " ");
        char *word = toc_strndup(at, len);
        uint32_t key = len > 0 ? toc_key_find(word) : TOC_KEY_NONE;
        if (key != TOC_KEY_NONE)
            cb(context, key);
        for (size_t i = 0; key == TOC_KEY_NONE && i < len;) {
            uint32_t cp;
            i += toc_utf8_next(word + i, len - i, &cp);
            if (cp != TOC_CP_BAD)
                cb(context, cp);
        }
        free(word);
        at += len;
    }
}

static void press_replay(void *context, uint32_t key)
{
    toc_replay *replay = context;
    toc_replay_ask ask;
    toc_replay_key(replay, key);
    while (toc_replay_next_ask(replay, &ask))
        free(ask.text); // nothing is written for a picture
    toc_replay_settle(replay);
}

static void press_view(void *context, uint32_t key)
{
    toc_wishes wishes = {0};
    toc_view_update(context, &(toc_happening){.what = TOC_HAPPENED_KEY, .key = key}, &wishes);
    toc_wishes_fini(&wishes);
}

// Of which run the screen is, and at which time: beside it, for the screen itself has exactly the size that was asked for.
static void put_head(const toc_replay_command *c, const char *as, int64_t t)
{
    const int64_t end = toc_recording_end(c->r);
    toc_buf line = {0}, head = {0};
    toc_buf_printf(&line, "EXERCISE (replay) of %s, as %s, at ", toc_recording_header(c->r)->run,
                   as);
    toc_play_text(&line, t < end ? t : end);
    toc_text_visible(&head, line.data, line.len, false);
    toc_buf_char(&head, '\n');
    if (toc_tell_jumped(&head, c->r, t))
        toc_buf_char(&head, '\n');
    fputs(toc_buf_text(&head), stderr);
    toc_buf_fini(&line);
    toc_buf_fini(&head);
}

// Without a time it is what the seat had in the end.
static int64_t seat_time(const toc_replay_command *c)
{
    return c->until >= 0 ? c->until : c->from >= 0 ? c->from : toc_recording_end(c->r);
}

// The seat's own screen, as its terminal showed it.
static void put_seat(const toc_replay_command *c, const toc_viewpoint *eyes)
{
    const bool is_timed = c->until >= 0 || c->from >= 0;
    const int64_t t = seat_time(c);
    const int64_t seq = is_timed ? toc_recording_by(c->r, t) : toc_recording_count(c->r);
    toc_stage *stage = toc_stage_new(c->r, toc_viewpoint_seat(eyes), c->is_ascii);
    toc_past *past = NULL;
    toc_wishes wishes = {0};
    toc_error e = {0};
    toc_grid grid;
    toc_buf out = {0};
    toc_grid_init(&grid, c->w, c->h, c->is_ascii);
    toc_stage_go(stage, seq, t);
    toc_err err = toc_past_new(&past, c->r, &e);
    if (!err)
        err = toc_past_go(past, seq, &e);
    if (!err)
        toc_stage_told(stage, past, t);
    else
        fprintf(stderr, "tocsin: lists and levels that only the engine knows are missing: %s\n",
                e.msg);
    toc_view *view = toc_stage_view(stage);
    toc_view_update(view, &(toc_happening){.what = TOC_HAPPENED_SIZE, .x = c->w, .y = c->h},
                    &wishes);
    press(c->keys, press_view, view);
    toc_view_draw(view, &grid);
    toc_grid_text(&out, &grid, false);
    fputs(toc_buf_text(&out), stdout);
    toc_wishes_fini(&wishes);
    toc_past_free(past);
    toc_stage_free(stage);
    toc_grid_fini(&grid);
    toc_buf_fini(&out);
}
