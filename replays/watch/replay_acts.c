// SPDX-License-Identifier: MIT
// What a key does when the keys are the player's own.
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "marks.h"
#include "replay_inside.h"

enum { STEP_MS = 5000, MINUTE_MS = 60000, TENTHS = 10 };

static void act(toc_replay *p, toc_plays what, uint32_t key);
static void act_on_screen(toc_replay *p, toc_plays what);
static void act_on_event(toc_replay *p, toc_plays what);
static void step_time(toc_replay *p, int64_t ms);
static void step_rows(toc_replay *p, int64_t rows);
static void leap(toc_replay *p, int step, bool is_decision);
static void go_to_end(toc_replay *p);
static void fold(toc_replay *p);
static void find(toc_replay *p, int step);
static void change_noise(toc_replay *p);
static void ask(toc_replay *p, toc_replay_asked asked);
static void take_answer(toc_replay *p);
static void go_to_typed(toc_replay *p, const char *text);
static void prove(toc_replay *p);
static bool read_time(const char *text, int64_t *ms);
static bool read_clock(const toc_replay *p, const char *text, int64_t *ms);

void toc_replay_act(toc_replay *p, uint32_t key)
{
    if (p->asked != TOC_ASKED_NONE) {
        if (key == TOC_KEY_ENTER)
            take_answer(p);
        else if (key == TOC_KEY_ESC || key == TOC_KEY_CTRL('C'))
            p->asked = TOC_ASKED_NONE;
        else
            toc_editor_key(&p->prompt, key);
        return;
    }
    toc_plays what = key == TOC_KEY_CTRL('C') ? TOC_PLAYS_LEAVE : toc_replay_key_means(key);
    if (what == TOC_PLAYS_NOTHING && key != TOC_KEY_ESC && key < 0x110000) {
        toc_buf name = {0};
        toc_key_name(&name, key);
        toc_replay_notice(p, TOC_STYLE_PLAIN, "%s means nothing here; ? lists the keys",
                          toc_buf_text(&name));
        toc_buf_fini(&name);
    }
    act(p, what, key);
}

static void act(toc_replay *p, toc_plays what, uint32_t key)
{
    toc_player *player = p->player;
    switch (what) {
    case TOC_PLAYS_TOGGLE:
        toc_player_play(player, !toc_player_is_playing(player));
        toc_rows_follow(p);
        break;
    case TOC_PLAYS_ON_5:
    case TOC_PLAYS_BACK_5:
        step_time(p, what == TOC_PLAYS_ON_5 ? STEP_MS : -STEP_MS);
        break;
    case TOC_PLAYS_ON_MINUTE:
    case TOC_PLAYS_BACK_MINUTE:
        step_time(p, what == TOC_PLAYS_ON_MINUTE ? MINUTE_MS : -MINUTE_MS);
        break;
    case TOC_PLAYS_ROW_DOWN:
    case TOC_PLAYS_ROW_UP:
        step_rows(p, what == TOC_PLAYS_ROW_DOWN ? 1 : -1);
        break;
    case TOC_PLAYS_PAGE_DOWN:
    case TOC_PLAYS_PAGE_UP:
        step_rows(p, (p->h > 8 ? p->h - 7 : 1) * (what == TOC_PLAYS_PAGE_DOWN ? 1 : -1));
        break;
    case TOC_PLAYS_FIRST:
        toc_replay_seek(p, 1, 0);
        break;
    case TOC_PLAYS_LAST:
        go_to_end(p);
        break;
    case TOC_PLAYS_DECISION_ON:
    case TOC_PLAYS_DECISION_BACK:
        leap(p, what == TOC_PLAYS_DECISION_ON ? 1 : -1, true);
        break;
    case TOC_PLAYS_MARK_ON:
    case TOC_PLAYS_MARK_BACK:
        leap(p, what == TOC_PLAYS_MARK_ON ? 1 : -1, false);
        break;
    case TOC_PLAYS_PERCENT:
        toc_replay_seek(p, 0, toc_recording_end(p->r) * (int64_t)(key - '0') / TENTHS);
        break;
    default:
        act_on_screen(p, what);
    }
}

static void act_on_screen(toc_replay *p, toc_plays what)
{
    switch (what) {
    case TOC_PLAYS_FASTER:
    case TOC_PLAYS_SLOWER:
        toc_player_faster(p->player, what == TOC_PLAYS_FASTER ? 1 : -1);
        break;
    case TOC_PLAYS_FOLD:
        fold(p);
        break;
    case TOC_PLAYS_HELP:
        toc_over_open(p, TOC_OVER_HELP);
        break;
    case TOC_PLAYS_EYES:
        toc_over_open(p, TOC_OVER_EYES);
        break;
    case TOC_PLAYS_NOISE:
        change_noise(p);
        break;
    case TOC_PLAYS_VIEW:
        p->has_view_keys = true;
        break;
    case TOC_PLAYS_PROOF:
        prove(p);
        break;
    case TOC_PLAYS_REDRAW:
        toc_replay_want(p, TOC_REPLAY_ASKS_REDRAW, NULL);
        break;
    case TOC_PLAYS_SUSPEND:
        toc_replay_want(p, TOC_REPLAY_ASKS_SUSPEND, NULL);
        break;
    case TOC_PLAYS_LEAVE:
        toc_replay_want(p, TOC_REPLAY_ASKS_LEAVE, NULL);
        break;
    default:
        act_on_event(p, what);
    }
}

static void act_on_event(toc_replay *p, toc_plays what)
{
    switch (what) {
    case TOC_PLAYS_TIME:
        ask(p, TOC_ASKED_TIME);
        break;
    case TOC_PLAYS_SEARCH:
        ask(p, TOC_ASKED_WORD);
        break;
    case TOC_PLAYS_NOTE:
        ask(p, TOC_ASKED_NOTE);
        break;
    case TOC_PLAYS_FIND_ON:
    case TOC_PLAYS_FIND_BACK:
        find(p, what == TOC_PLAYS_FIND_ON ? 1 : -1);
        break;
    case TOC_PLAYS_WHOLE:
        toc_over_open(p, TOC_OVER_WHOLE);
        break;
    case TOC_PLAYS_WHY:
        toc_over_open(p, TOC_OVER_WHY);
        break;
    case TOC_PLAYS_SPREAD:
        toc_over_open(p, TOC_OVER_SPREAD);
        break;
    default:
        break;
    }
}

static void step_time(toc_replay *p, int64_t ms)
{
    int64_t t = toc_player_t(p->player) + ms;
    toc_player_go_time(p->player, t > 0 ? t : 0);
    toc_replay_moved(p);
}

static void step_rows(toc_replay *p, int64_t rows)
{
    int64_t here = p->row < p->row_count ? (int64_t)p->row : -1, last = (int64_t)p->row_count - 1;
    int64_t to = here + rows > last ? last : here + rows < 0 ? 0 : here + rows;
    toc_player_play(p->player, false);
    toc_replay_go_row(p, (size_t)(to < 0 ? 0 : to));
}

static void leap(toc_replay *p, int step, bool is_decision)
{
    size_t from = p->row < p->row_count ? p->row : p->row_count;
    if (from == p->row_count && step > 0)
        from = (size_t)-1; // so that the next one is the first
    for (size_t i = from + (size_t)step; i < p->row_count; i += (size_t)step) {
        const toc_replay_row *row = &p->rows[i];
        toc_kind kind = toc_recording_at(p->r, row->seq)->kind;
        bool is_it = is_decision ? !row->note && toc_mark_is_decision(kind)
                                 : toc_mark_is_leap((toc_mark)toc_row_mark(p, row));
        if (!is_it)
            continue;
        toc_replay_go_row(p, i);
        return;
    }
    toc_replay_notice(p, TOC_STYLE_PLAIN, "no %s %s", is_decision ? "decision" : "marker",
                      step > 0 ? "after this" : "before this");
}

static void go_to_end(toc_replay *p)
{
    toc_player_play(p->player, false);
    toc_replay_seek(p, toc_recording_count(p->r), 0);
    if (p->row_count > 0)
        p->row = p->row_count - 1;
}

static void fold(toc_replay *p)
{
    bool is_folded = toc_player_idle(p->player) > 0;
    toc_player_set_idle(p->player, is_folded ? 0 : TOC_IDLE_MS);
    toc_replay_notice(p, TOC_STYLE_PLAIN,
                      is_folded ? "pauses and idle times last as long as they did"
                                : "pauses and idle times of more than 5 s pass in a moment");
}

static void find(toc_replay *p, int step)
{
    if (!p->sought || !p->sought[0])
        toc_replay_notice(p, TOC_STYLE_PLAIN, "/ says what to search for");
    else
        toc_rows_find(p, step);
}

static void change_noise(toc_replay *p)
{
    p->has_noise = !p->has_noise;
    toc_rows_make(p);
    toc_replay_notice(p, TOC_STYLE_PLAIN,
                      p->has_noise ? "every line is shown" : "only what is news is shown");
}

static void ask(toc_replay *p, toc_replay_asked asked)
{
    p->asked = asked;
    p->asked_seq = toc_player_seq(p->player);
    p->asked_t = toc_player_t(p->player);
    toc_editor_set(&p->prompt, "");
    if (asked == TOC_ASKED_NOTE) // it is about this moment
        toc_player_play(p->player, false);
}

static void take_answer(toc_replay *p)
{
    char *text = toc_strdup(toc_buf_text(&p->prompt.text));
    toc_replay_asked asked = p->asked;
    p->asked = TOC_ASKED_NONE;
    if (!text[0]) {
        free(text);
        return;
    }
    if (asked == TOC_ASKED_WORD) {
        free(p->sought);
        p->sought = text;
        find(p, 1);
        return;
    }
    if (asked == TOC_ASKED_TIME) {
        go_to_typed(p, text);
    } else {
        toc_replay_want(p, TOC_REPLAY_ASKS_NOTE, text);
        p->asks[p->ask_count - 1].seq = p->asked_seq;
        p->asks[p->ask_count - 1].t = p->asked_t;
    }
    free(text);
}

static void go_to_typed(toc_replay *p, const char *text)
{
    int64_t ms, story;
    bool is_time = read_time(text, &ms), is_clock = read_clock(p, text, &story);
    bool is_story = is_clock && (!is_time || ms > toc_recording_end(p->r));
    toc_buf play = {0}, clock = {0};
    if (is_story)
        ms = story;
    if (!is_time && !is_story) {
        toc_replay_notice(p, TOC_STYLE_WARN,
                          "that is no time here: 1:33 is T+1:33, 45m and T+1:33:20 are times too, "
                          "and the story's clock is");
    } else if (ms > toc_recording_end(p->r)) {
        toc_play_text(&play, toc_recording_end(p->r));
        toc_replay_notice(p, TOC_STYLE_WARN, "the recording ends before that, at %s",
                          toc_buf_text(&play));
    } else {
        toc_replay_seek(p, 0, ms);
        toc_play_text(&play, ms);
        toc_story_clock_text(&clock, toc_recording_story_at(p->r, toc_player_seq(p->player), ms));
        if (is_story)
            toc_replay_notice(p, TOC_STYLE_PLAIN, "taken as the story's clock: %s, which is %s",
                              toc_buf_text(&clock), toc_buf_text(&play));
        else
            toc_replay_notice(p, TOC_STYLE_PLAIN, "taken as play time: %s, %s in the story",
                              toc_buf_text(&play), toc_buf_text(&clock));
    }
    toc_buf_fini(&play);
    toc_buf_fini(&clock);
}

// The first such moment of the story, if play came to it.
static bool read_clock(const toc_replay *p, const char *text, int64_t *ms)
{
    const int64_t start = toc_recording_start(p->r);
    toc_story at;
    if (start == 0 ||
        toc_story_clock_parse(text, toc_recording_story_at(p->r, start, 0), &at, NULL))
        return false;
    *ms = toc_recording_play_of(p->r, at.ms);
    return *ms >= 0 && *ms <= toc_recording_end(p->r);
}

// With or without T+.
static bool read_time(const char *text, int64_t *ms)
{
    char *whole = toc_sprintf("%s%s", strncasecmp(text, "T+", 2) == 0 ? "" : "T+", text);
    whole[0] = 'T';
    bool is_time = toc_play_parse(whole, ms, NULL) == TOC_OK;
    free(whole);
    return is_time;
}

static void prove(toc_replay *p)
{
    p->wants_proof = true;
    toc_replay_notice(p, TOC_STYLE_PLAIN, "the recording is being executed again, to prove it");
}
