// SPDX-License-Identifier: MIT
// Conduct: what EXCON does to the exercise as a whole, from any screen. Each is asked about once,
// for forty people feel it.
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/time.h"
#include "conduct.h"
#include "jump.h"
#include "lines_parts.h"
#include "record/verb.h"
#include "seats.h"

enum { SPEED_MOST = 1000000 };

static void ask_start(toc_view *v);
static bool do_start(void *owner, toc_form *f);
static void ask_pause(toc_view *v);
static bool do_pause(void *owner, toc_form *f);
static void ask_resume(toc_view *v);
static bool do_resume(void *owner, toc_form *f);
static void change_speed(toc_view *v, bool faster, toc_wishes *out);
static void ask_rate(toc_view *v, bool is_pace);
static bool do_rate(void *owner, toc_form *f);
static void ask_phase(toc_view *v);
static bool do_phase(void *owner, toc_form *f);
static void ask_end(toc_view *v);
static bool do_end(void *owner, toc_form *f);
static void ask_close(toc_view *v);
static bool do_close(void *owner, toc_form *f);
static bool is_same_name(const char *typed, const char *name);
static void act_on(toc_view *v, toc_kind kind, const char *reason, const char *said);
static void add_missing(toc_buf *out, const toc_picture *p, bool is_player);
static bool is_conduct(toc_do what);

bool toc_acts_conduct(toc_view *v, toc_do what, toc_wishes *out)
{
    if (v->role != TOC_ROLE_EXCON || !is_conduct(what))
        return false;
    const toc_picture *p = &v->picture;
    if (p->is_closed) {
        toc_view_notice(v, TOC_STYLE_WARN, "the exercise is closed: nothing can be done any more");
        return true;
    }
    // A real emergency may have come after it, and ends as any other.
    bool ends_emergency = what == TOC_DO_PAUSE && p->is_emergency;
    if (p->has_ended && what != TOC_DO_END && !ends_emergency) {
        toc_view_notice(v, TOC_STYLE_WARN, "ENDEX was: only close is left");
        return true;
    }
    switch (what) {
    case TOC_DO_START:
        ask_start(v);
        break;
    case TOC_DO_PAUSE:
        if (p->is_paused)
            ask_resume(v);
        else
            ask_pause(v);
        break;
    case TOC_DO_FASTER:
    case TOC_DO_SLOWER:
        change_speed(v, what == TOC_DO_FASTER, out);
        break;
    case TOC_DO_SPEED:
    case TOC_DO_PACE:
        ask_rate(v, what == TOC_DO_PACE);
        break;
    case TOC_DO_PHASE:
        ask_phase(v);
        break;
    case TOC_DO_JUMP:
        toc_jump_open(v);
        break;
    case TOC_DO_ADHOC:
        toc_adhoc_open(v);
        break;
    default:
        if (p->has_ended)
            ask_close(v);
        else
            ask_end(v);
        break;
    }
    return true;
}

static void ask_start(toc_view *v)
{
    toc_buf missing = {0}, text = {0};
    if (v->picture.has_started) {
        toc_view_notice(v, TOC_STYLE_WARN, "STARTEX was: play has begun");
        return;
    }
    size_t players, here = toc_players_here(&v->picture, &players);
    add_missing(&missing, &v->picture, true);
    add_missing(&missing, &v->picture, false);
    if (missing.len == 0)
        toc_buf_str(&text, "Every seat is taken.");
    else
        toc_buf_printf(&text, "%zu of %zu players here; empty: %s. They can join while play runs.",
                       here, players, toc_buf_text(&missing));
    toc_buf_str(&text, " Start play for everybody?");
    toc_form *f = toc_form_new("STARTEX", "start", NULL);
    f->done = do_start;
    toc_form_note(f, toc_buf_text(&text));
    toc_view_open_form(v, f);
    toc_buf_fini(&missing);
    toc_buf_fini(&text);
}

static bool do_start(void *owner, toc_form *f)
{
    (void)f;
    act_on(owner, TOC_K_START, NULL, "STARTEX: play runs");
    return true;
}

static void ask_pause(toc_view *v)
{
    if (!v->picture.has_started) {
        toc_view_notice(v, TOC_STYLE_WARN, "play has not begun: b is STARTEX");
        return;
    }
    toc_form *f = toc_form_new("Pause play", "pause", NULL);
    f->done = do_pause;
    toc_form_line(f, "reason", "Why? Everybody reads it", "", false);
    toc_view_open_form(v, f);
}

static bool do_pause(void *owner, toc_form *f)
{
    act_on(owner, TOC_K_PAUSE, toc_form_value(f, "reason"), "play is paused");
    return true;
}

static void ask_resume(toc_view *v)
{
    bool is_real = v->picture.is_emergency;
    toc_form *f = toc_form_new("Play on", "play on", NULL);
    f->done = do_resume;
    toc_form_note(f, is_real
                         ? "A real emergency stopped play. Whoever called it should say that it is "
                           "over. Is it, and is everybody safe?"
                         : "Play goes on for everybody, from where it stopped.");
    toc_view_open_form(v, f);
}

static bool do_resume(void *owner, toc_form *f)
{
    const toc_view *v = owner;
    (void)f;
    act_on(owner, TOC_K_RESUME, NULL,
           v->picture.is_emergency ? "the emergency is over: play goes on" : "play runs");
    return true;
}

static void change_speed(toc_view *v, bool faster, toc_wishes *out)
{
    int64_t old = v->lines.clock.speed > 0 ? v->lines.clock.speed : 1000;
    int64_t speed = faster ? old * 2 : old / 2;
    if (speed < 1 || speed > SPEED_MOST) {
        toc_view_notice(v, TOC_STYLE_WARN, "play cannot be %s", faster ? "faster" : "slower");
        return;
    }
    toc_buf text = {0};
    toc_event ev;
    toc_factor_text(&text, speed);
    toc_event_init(&ev, TOC_K_SPEED, 0);
    toc_event_set_int(&ev, TOC_F_SPEED, speed);
    toc_view_act(v, out, &ev, false, "play runs at %s", toc_buf_text(&text));
    toc_event_fini(&ev);
    toc_buf_fini(&text);
}

static void ask_rate(toc_view *v, bool is_pace)
{
    toc_buf now = {0};
    toc_form *f = toc_form_new(is_pace ? "Pace of the story" : "Speed of play", "set", NULL);
    f->done = do_rate;
    toc_factor_text(&now, is_pace ? v->lines.clock.pace : v->lines.clock.speed);
    toc_form_note(
        f, is_pace
               ? "Minutes of the story in a minute of play. Deadlines of the story's clock move."
               : "Minutes of play in a minute on the wall. 1 is as people live it; 0.5 gives "
                 "them twice the time.");
    toc_form_line(f, is_pace ? "pace" : "speed", is_pace ? "Pace" : "Speed",
                  toc_buf_text(&now)[0] == 'x' ? toc_buf_text(&now) + 1 : toc_buf_text(&now), true);
    toc_view_open_form(v, f);
    toc_buf_fini(&now);
}

static bool do_rate(void *owner, toc_form *f)
{
    toc_view *v = owner;
    const char *name = f->fields[f->count - 1].name;
    char *line = toc_sprintf("%s %s", name, toc_form_value(f, name));
    toc_act a;
    toc_error e = {0};
    toc_err err = toc_act_parse(&a, line, &e);
    if (err)
        toc_form_refuse(f, name, "write a number such as 2, 0.5 or 60");
    else
        toc_view_act(v, toc_view_wishes(v), &a.input, false, "the %s is %s",
                     strcmp(name, "pace") == 0 ? "story's pace" : "speed of play",
                     toc_form_value(f, name));
    toc_act_fini(&a);
    free(line);
    return !err;
}

static void ask_phase(toc_view *v)
{
    const toc_situation *s = &v->picture.situation;
    size_t count = 0;
    toc_form *f = toc_form_new("Enter a phase", "begin it", "Enter it now, for everybody?");
    f->done = do_phase;
    toc_form_field *phase = toc_form_choice(f, "phase", "Phase", false);
    for (size_t i = 0; i < s->phase_count && i < TOC_FORM_CHOICES; i++) {
        const toc_known_phase *x = &s->phases[i];
        if (x->is_current)
            continue;
        char *text = toc_sprintf("%s: %s%s%s", x->id, x->title ? x->title : "",
                                 x->story ? " (the story jumps to " : " (the story goes on)",
                                 x->story ? x->story : "");
        char *whole = toc_sprintf("%s%s%s", text, x->story ? ")" : "",
                                  x->was_entered ? ", entered before" : "");
        toc_form_option(phase, x->id, whole, count++ == 0);
        free(text);
        free(whole);
    }
    if (count == 0) {
        toc_form_free(f);
        toc_view_notice(v, TOC_STYLE_WARN, "there is no other phase to enter");
        return;
    }
    toc_view_open_form(v, f);
}

static bool do_phase(void *owner, toc_form *f)
{
    toc_view *v = owner;
    toc_event ev;
    toc_event_init(&ev, TOC_K_PHASE, 0);
    toc_event_set_str(&ev, TOC_F_PHASE, toc_form_value(f, "phase"));
    toc_view_act(v, toc_view_wishes(v), &ev, false, "phase %s is entered",
                 toc_form_value(f, "phase"));
    toc_event_fini(&ev);
    return true;
}

static void ask_end(toc_view *v)
{
    if (!v->picture.has_started) {
        toc_view_notice(v, TOC_STYLE_WARN, "play has not begun: b is STARTEX");
        return;
    }
    toc_form *f = toc_form_new("ENDEX", "end", "End play for everybody? It cannot be taken back.");
    f->done = do_end;
    toc_form_line(f, "reason", "Why?", "", false);
    toc_view_open_form(v, f);
}

static bool do_end(void *owner, toc_form *f)
{
    act_on(owner, TOC_K_END, toc_form_value(f, "reason"), "ENDEX");
    return true;
}

static void ask_close(toc_view *v)
{
    toc_form *f = toc_form_new("Close the exercise", "close", NULL);
    f->done = do_close;
    toc_form_note(
        f, "The record is sealed and every seat leaves. Ratings and notes that are not written yet "
           "cannot be written after it.");
    const char *id = v->msel.exercise ? v->msel.exercise : v->title;
    char *label = toc_sprintf("Type %s to close", id ? id : "the exercise's id");
    toc_form_line(f, "id", label, "", true);
    free(label);
    toc_view_open_form(v, f);
}

static bool do_close(void *owner, toc_form *f)
{
    toc_view *v = owner;
    const char *id = v->msel.exercise ? v->msel.exercise : v->title;
    if (id && !is_same_name(toc_form_value(f, "id"), id) &&
        !(v->title && is_same_name(toc_form_value(f, "id"), v->title))) {
        toc_form_refuse(f, "id", "its id is %s", id);
        return false;
    }
    act_on(v, TOC_K_CLOSE, NULL, "the record is sealed");
    return true;
}

// Capitals, and blanks around it, are no other name.
static bool is_same_name(const char *typed, const char *name)
{
    typed += strspn(typed, " ");
    size_t len = strlen(name);
    return strncasecmp(typed, name, len) == 0 && typed[len + strspn(typed + len, " ")] == '\0';
}

static void act_on(toc_view *v, toc_kind kind, const char *reason, const char *said)
{
    toc_event ev;
    toc_event_init(&ev, kind, 0);
    toc_event_set_str(&ev, TOC_F_REASON, reason && reason[0] ? reason : NULL);
    toc_view_act(v, toc_view_wishes(v), &ev, false, "%s", said);
    toc_event_fini(&ev);
}

static void add_missing(toc_buf *out, const toc_picture *p, bool is_player)
{
    const char *between = !is_player && out->len ? "; of control: "
                          : is_player            ? ""
                                                 : "of control: ";
    for (size_t i = 0; i < p->neighbour_count; i++) {
        const toc_neighbour *seat = &p->neighbours[i];
        if (seat->is_present || strcmp(seat->id, p->seat) == 0 ||
            toc_seat_is_player(seat) != is_player)
            continue;
        toc_buf_printf(out, "%s%s", between, seat->id);
        between = ", ";
    }
}

static bool is_conduct(toc_do what)
{
    static const toc_do all[] = {TOC_DO_START,  TOC_DO_PAUSE, TOC_DO_SPEED, TOC_DO_FASTER,
                                 TOC_DO_SLOWER, TOC_DO_PACE,  TOC_DO_PHASE, TOC_DO_JUMP,
                                 TOC_DO_ADHOC,  TOC_DO_END};
    for (size_t i = 0; i < TOC_COUNT(all); i++)
        if (all[i] == what)
            return true;
    return false;
}
