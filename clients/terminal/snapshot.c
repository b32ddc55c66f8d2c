// SPDX-License-Identifier: MIT
// The screen as text: for documentation, for scripts, and for tests of whole tasks.
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "loop.h"
#include "sitting.h"
#include "terminal/full.h"
#include "view/keys.h"

enum {
    TURN_MS = 20,
    QUIET_MS = 300, // what an act sets off has arrived when nothing came for so long
    PATIENCE_S = 60,
};

typedef struct {
    uv_loop_t *loop;
    toc_sitting sitting;
    uv_timer_t turn;
    const char *keys; // those that are still to be pressed
    uint64_t started_at, patience_ms;
    bool is_over, is_late;
} snapshot;

static void press_next(snapshot *s);
static void press(snapshot *s, uint32_t key);
static void on_turn(uv_timer_t *turn);
static void on_wish(void *context, const toc_wish *w, const char *path, bool is_text);
static void take(snapshot *s, int w, int h, bool is_ascii, toc_buf *out);

int toc_snapshot_run(const toc_full_options *o, int w, int h, const char *keys, toc_buf *out,
                     toc_error *e)
{
    snapshot *s = toc_alloc(sizeof *s);
    uv_loop_t *loop = toc_alloc(sizeof *loop);
    toc_sitting_calls calls = {s, on_wish, NULL, NULL};
    s->loop = loop;
    s->sitting.is_confined = o->is_confined;
    s->keys = keys ? keys : "";
    s->patience_ms = (uint64_t)(o->patience_s ? o->patience_s : PATIENCE_S) * 1000;
    signal(SIGPIPE, SIG_IGN);
    toc_err err = toc_sitting_read(&s->sitting, o->ticket, NULL, e);
    int code = err ? 3 : 0;
    if (!err && uv_loop_init(loop) == 0) {
        s->started_at = uv_now(loop);
        uv_timer_init(loop, &s->turn);
        s->turn.data = s;
        uv_timer_start(&s->turn, on_turn, TURN_MS, TURN_MS);
        // Nothing is kept back for a recall: nobody is there to recall it.
        err = toc_sitting_open(&s->sitting, loop, o->host, o->is_ascii, 0, &calls, e);
        if (!err) {
            toc_sitting_happen(&s->sitting,
                               &(toc_happening){.what = TOC_HAPPENED_SIZE, .x = w, .y = h});
            uv_run(loop, UV_RUN_DEFAULT);
            take(s, w, h, o->is_ascii, out);
        }
        code = err          ? toc_error_exit(err)
               : s->is_late ? toc_error_exit(toc_fail(e, TOC_ENET,
                                                      "the engine does not answer in time; this is "
                                                      "what the screen shows until then"))
                            : toc_sitting_exit(&s->sitting, e);
        toc_sitting_close(&s->sitting);
        uv_close((uv_handle_t *)&s->turn, NULL);
        toc_loop_end(loop);
    } else {
        free(loop);
    }
    toc_sitting_fini(&s->sitting);
    free(s);
    return code;
}

static void on_turn(uv_timer_t *turn)
{
    snapshot *s = turn->data;
    toc_sitting *at = &s->sitting;
    uint64_t now = uv_now(s->loop);
    bool is_settled = at->state == TOC_LINK_JOINED && at->has_status &&
                      toc_link_waiting(at->link) == 0 && now - at->news_at >= QUIET_MS;
    if (s->is_over || at->has_ended) {
        uv_stop(s->loop);
    } else if (is_settled) {
        if (*s->keys)
            press_next(s);
        else
            s->is_over = true;
    } else if (now - s->started_at > s->patience_ms) {
        s->is_over = s->is_late = true;
    }
}

// A key, or the letters of a word. What it sets off is awaited only if it sets off anything.
static void press_next(snapshot *s)
{
    s->keys += strspn(s->keys, " ");
    size_t len = strcspn(s->keys, " ");
    char *word = toc_strndup(s->keys, len);
    uint32_t key = len > 0 ? toc_key_find(word) : TOC_KEY_NONE;
    s->keys += len;
    for (size_t i = 0; key == TOC_KEY_NONE && i < len;) {
        uint32_t cp;
        i += toc_utf8_next(word + i, len - i, &cp);
        if (cp != TOC_CP_BAD)
            press(s, cp);
    }
    if (key != TOC_KEY_NONE)
        press(s, key);
    free(word);
}

static void press(snapshot *s, uint32_t key)
{
    toc_sitting_time(&s->sitting);
    toc_sitting_happen(&s->sitting, &(toc_happening){.what = TOC_HAPPENED_KEY, .key = key});
}

static void on_wish(void *context, const toc_wish *w, const char *path, bool is_text)
{
    snapshot *s = context;
    (void)path;
    (void)is_text;
    if (w->kind == TOC_WISH_LEAVE)
        s->is_over = true;
    if (w->kind == TOC_WISH_EDIT || w->kind == TOC_WISH_OPEN)
        toc_sitting_written(&s->sitting, w->number, false,
                            "there is no terminal here for another program");
}

static void take(snapshot *s, int w, int h, bool is_ascii, toc_buf *out)
{
    toc_grid grid;
    toc_grid_init(&grid, w, h, is_ascii);
    toc_sitting_time(&s->sitting);
    toc_view_draw(s->sitting.view, &grid);
    toc_grid_text(out, &grid, false);
    toc_grid_fini(&grid);
}
