// SPDX-License-Identifier: MIT
// One path as EXCON would see it, and what came of it: the same facts that findings are made of.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "rehearse_play.h"
#include "transcript.h"

enum { WIDTH = 80 };

static void add_outcome(toc_buf *out, const toc_player *p, const toc_path *path,
                        const toc_playthrough *play);
static void add_ending(toc_buf *out, const toc_playthrough *play);
static void add_missing(toc_buf *out, const char *what, const toc_plan *plan,
                        const toc_playthrough *play, toc_kind kind);
static void add_open(toc_buf *out, const toc_plan *plan, const toc_playthrough *play);
static void add_objectives(toc_buf *out, const toc_plan *plan, const toc_playthrough *play);
static size_t count_errors(const toc_playthrough *play);
static void add_text(toc_buf *out, const char *text);

toc_err toc_player_fresh(toc_player *p, toc_error *e)
{
    toc_err err = p->was_played ? toc_scenario_again(p->scenario, e) : TOC_OK;
    p->was_played = true;
    return err;
}

toc_err toc_play_one(toc_buf *out, toc_player *p, const toc_path *path, bool *is_bad, toc_error *e)
{
    const toc_plan *plan = toc_scenario_plan(p->scenario);
    toc_playthrough play = {0};
    toc_err err = toc_player_fresh(p, e);
    if (!err)
        err = toc_play_path(&play, p->scenario, path, -1, e);
    for (size_t i = 0; !err && i < play.events.count; i++)
        if (play.events.at[i].kind != TOC_K_JOIN) // that they all sit down tells nothing here
            toc_transcript_line(out, plan->marking, plan, &play.events.at[i]);
    if (!err) {
        add_outcome(out, p, path, &play);
        *is_bad = play.ended < 0 || play.is_stopped || count_errors(&play) > 0 ||
                  (play.refused.len > 0 && toc_found_is_error(TOC_FOUND_REFUSED));
    }
    toc_playthrough_fini(&play);
    return err;
}

static void add_outcome(toc_buf *out, const toc_player *p, const toc_path *path,
                        const toc_playthrough *play)
{
    const toc_plan *plan = toc_scenario_plan(p->scenario);
    toc_buf text = {0};
    toc_path_text(&text, plan, path);
    toc_buf_str(out, path->count ? "\nOutcome of the path " : "\nOutcome of the ordinary path");
    if (path->count > 0)
        add_text(out, toc_buf_text(&text));
    toc_buf_char(out, '\n');
    add_ending(out, play);
    add_missing(out, "injects sent", plan, play, TOC_K_INJECT);
    add_missing(out, "decisions asked", plan, play, TOC_K_ASK);
    add_missing(out, "decisions answered", plan, play, TOC_K_DECIDED);
    add_missing(out, "expected actions met", plan, play, TOC_K_EXPECTATION);
    add_open(out, plan, play);
    add_objectives(out, plan, play);
    size_t errors = count_errors(play);
    if (errors > 0)
        toc_buf_printf(out, "  %zu script error%s (SCRIPT ERROR or HELD above)\n", errors,
                       errors == 1 ? "" : "s");
    if (play->refused.len > 0) {
        toc_buf shown = {0};
        toc_buf_str(out, "  refused:\n");
        toc_text_block(out, toc_buf_text(&play->refused), play->refused.len, "    ", WIDTH);
        toc_buf_fini(&shown);
    }
    toc_buf_fini(&text);
}

static void add_ending(toc_buf *out, const toc_playthrough *play)
{
    toc_buf_str(out, "  ");
    if (play->ended >= 0) {
        toc_buf_str(out, "ENDEX at ");
        toc_short_play(out, play->ended);
    } else if (play->is_stopped) {
        toc_buf_printf(out, "no ENDEX: stopped after %d steps, or %d within a minute of play; something "
                       "goes on for ever, or wakes again and again",
                       TOC_PLAY_STEPS, TOC_PLAY_STEPS_MINUTE);
    } else {
        toc_buf_str(out, "no ENDEX: the exercise does not end on this path");
    }
    toc_buf_char(out, '\n');
}

// The things of a kind, by index; NULL past the last.
static const char *id_at(const toc_plan *p, toc_kind kind, size_t i)
{
    if (kind == TOC_K_INJECT)
        return i < p->inject_count ? p->injects[i].id : NULL;
    if (kind == TOC_K_EXPECTATION)
        return i < p->expectation_count ? p->expectations[i].id : NULL;
    return i < p->decision_count ? p->decisions[i].id : NULL;
}

// Did it come about? Of expected actions the newest state counts.
static bool came_about(const toc_playthrough *play, toc_kind kind, const char *id)
{
    toc_field field = kind == TOC_K_INJECT        ? TOC_F_INJECT
                      : kind == TOC_K_EXPECTATION ? TOC_F_EXPECTATION
                                                  : TOC_F_DECISION;
    bool has_come = false;
    for (size_t i = 0; i < play->events.count; i++) {
        const toc_event *ev = &play->events.at[i];
        const char *of = ev->kind == kind ? toc_event_str(ev, field) : NULL;
        const char *state = toc_event_str(ev, TOC_F_STATE);
        if (of && strcmp(of, id) == 0)
            has_come = kind != TOC_K_EXPECTATION || (state && strcmp(state, "met") == 0);
    }
    return has_come;
}

// "  injects sent 24/27; not INJ-15, INJ-19"
static void add_missing(toc_buf *out, const char *what, const toc_plan *plan,
                        const toc_playthrough *play, toc_kind kind)
{
    toc_buf line = {0}, missing = {0};
    size_t count = 0, come = 0;
    for (const char *id; (id = id_at(plan, kind, count)); count++) {
        if (came_about(play, kind, id)) {
            come++;
            continue;
        }
        toc_buf_str(&missing, missing.len ? ", " : "; not ");
        add_text(&missing, id);
    }
    toc_buf_printf(&line, "%s %zu/%zu%s", what, come, count, toc_buf_text(&missing));
    if (count > 0)
        toc_text_block(out, toc_buf_text(&line), line.len, "  ", WIDTH);
    toc_buf_fini(&line);
    toc_buf_fini(&missing);
}

static bool was(const toc_playthrough *play, toc_kind kind, const char *id)
{
    for (size_t i = 0; i < play->events.count; i++)
        if (play->events.at[i].kind == kind &&
            strcmp(toc_event_str(&play->events.at[i], TOC_F_DECISION), id) == 0)
            return true;
    return false;
}

static bool is_settled(const toc_playthrough *play, const char *id)
{
    return was(play, TOC_K_DECIDED, id) || was(play, TOC_K_OVERDUE, id);
}

// "  still open at ENDEX: D-02"
static void add_open(toc_buf *out, const toc_plan *plan, const toc_playthrough *play)
{
    toc_buf line = {0};
    for (size_t i = 0; i < plan->decision_count; i++) {
        const char *id = plan->decisions[i].id;
        if (!was(play, TOC_K_ASK, id) || is_settled(play, id))
            continue;
        toc_buf_str(&line, line.len ? ", " : "still open at ENDEX: ");
        add_text(&line, id);
    }
    if (line.len > 0)
        toc_text_block(out, toc_buf_text(&line), line.len, "  ", WIDTH);
    toc_buf_fini(&line);
}

// Did an expected action come due, or was it done? Its newest state tells.
static bool is_due(const toc_playthrough *play, const char *id)
{
    bool due = false;
    for (size_t i = 0; i < play->events.count; i++) {
        const toc_event *ev = &play->events.at[i];
        if (ev->kind != TOC_K_EXPECTATION || strcmp(toc_event_str(ev, TOC_F_EXPECTATION), id) != 0)
            continue;
        const char *state = toc_event_str(ev, TOC_F_STATE);
        due = strcmp(state, "planned") != 0 && strcmp(state, "open") != 0 &&
              strcmp(state, "not-exercised") != 0;
    }
    return due;
}

static bool is_exercised(const toc_plan *plan, const toc_playthrough *play, const char *id)
{
    for (size_t i = 0; i < plan->decision_count; i++)
        if (plan->decisions[i].objective && strcmp(plan->decisions[i].objective, id) == 0 &&
            is_settled(play, plan->decisions[i].id))
            return true;
    for (size_t i = 0; i < plan->expectation_count; i++)
        if (plan->expectations[i].objective && strcmp(plan->expectations[i].objective, id) == 0 &&
            is_due(play, plan->expectations[i].id))
            return true;
    return false;
}

static void add_objectives(toc_buf *out, const toc_plan *plan, const toc_playthrough *play)
{
    toc_buf line = {0}, missing = {0};
    size_t count = 0;
    for (size_t i = 0; i < plan->objective_count; i++) {
        bool is = is_exercised(plan, play, plan->objectives[i].id);
        count += is;
        if (is)
            continue;
        toc_buf_str(&missing, missing.len ? ", " : "; not ");
        add_text(&missing, plan->objectives[i].id);
    }
    toc_buf_printf(&line, "objectives exercised %zu/%zu%s", count, plan->objective_count,
                   toc_buf_text(&missing));
    if (plan->objective_count > 0)
        toc_text_block(out, toc_buf_text(&line), line.len, "  ", WIDTH);
    toc_buf_fini(&line);
    toc_buf_fini(&missing);
}

// An inject whose text could not be filled is held, and says so.
static size_t count_errors(const toc_playthrough *play)
{
    static const char failed[] = "its text failed";
    size_t count = 0;
    for (size_t i = 0; i < play->events.count; i++) {
        const toc_event *ev = &play->events.at[i];
        const char *reason = ev->kind == TOC_K_HELD ? toc_event_str(ev, TOC_F_REASON) : NULL;
        count += ev->kind == TOC_K_ERROR || ev->kind == TOC_K_HALT ||
                 (reason && strncmp(reason, failed, sizeof failed - 1) == 0);
    }
    return count;
}

static void add_text(toc_buf *out, const char *text)
{
    toc_text_visible(out, text, strlen(text), false);
}
