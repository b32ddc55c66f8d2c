// SPDX-License-Identifier: MIT
// Foreign text (titles, messages, reasons) goes through toc_text_visible and is cut to one line.

#include "transcript.h"

#include <string.h>

#include "base/text.h"
#include "base/time.h"

#define EXCERPT 96 // bytes of a text that are shown

static void say_text(toc_buf *out, const char *before, const char *text, const char *after);
static void say_whole(toc_buf *out, const char *before, const char *text);
static void say_to(toc_buf *out, const toc_event *ev);
static void say_inject(toc_buf *out, const toc_event *ev);
static void say_message(toc_buf *out, const toc_event *ev);
static void say_answer(toc_buf *out, const toc_event *ev, const char *who);
static bool say_control(toc_buf *out, const toc_event *ev);
static bool say_event(toc_buf *out, const toc_plan *plan, const toc_event *ev);

void toc_transcript_line(toc_buf *out, const char *marking, const toc_plan *plan,
                         const toc_event *ev)
{
    toc_buf what = {0};
    if (say_event(&what, plan, ev)) {
        toc_buf_str(out, "EXERCISE ");
        if (marking && marking[0])
            say_text(out, "", marking, " ");
        toc_play_text(out, ev->t);
        toc_buf_printf(out, "  %s\n", toc_buf_text(&what));
    }
    toc_buf_fini(&what);
}

static bool say_event(toc_buf *out, const toc_plan *plan, const toc_event *ev)
{
    if (toc_transcript_world(out, plan, ev))
        return true;
    switch (ev->kind) {
    case TOC_K_INJECT:
        say_inject(out, ev);
        return true;
    case TOC_K_MESSAGE:
        say_message(out, ev);
        return true;
    case TOC_K_ASK:
        say_text(out, "DECISION ", toc_event_str(ev, TOC_F_DECISION), "");
        say_text(out, " for ", toc_event_str(ev, TOC_F_TEAM), "");
        say_text(out, ": ", toc_event_str(ev, TOC_F_TITLE), "  due ");
        toc_play_text(out, toc_event_int(ev, TOC_F_DEADLINE));
        return true;
    case TOC_K_DECIDED:
        say_answer(out, ev, "decided by ");
        return true;
    case TOC_K_PROPOSED:
        say_answer(out, ev, "an answer of its own, to be ruled on, by ");
        return true;
    case TOC_K_OVERDUE:
        say_text(out, "OVERDUE ", toc_event_str(ev, TOC_F_DECISION), "");
        say_text(out, " of ", toc_event_str(ev, TOC_F_TEAM), "");
        say_text(out, "; goes on as: ", toc_event_str(ev, TOC_F_OPTION), "");
        return true;
    default:
        return say_control(out, ev);
    }
}

static const struct {
    toc_kind kind;
    const char *words;
} shown[] = {
    {TOC_K_START, "STARTEX"},
    {TOC_K_PAUSE, "PAUSEX"},
    {TOC_K_RESUME, "play goes on"},
    {TOC_K_SPEED, "speed"},
    {TOC_K_PACE, "pace"},
    {TOC_K_JUMP, "jump"},
    {TOC_K_FIRE, "fired"},
    {TOC_K_HOLD, "held"},
    {TOC_K_RELEASE, "released"},
    {TOC_K_SKIP, "skipped"},
    {TOC_K_RULE, "ruling on"},
    {TOC_K_OPEN_SEAT, "seat opened:"},
    {TOC_K_REVOKE, "seat revoked:"},
    {TOC_K_END, "EXCON ends play"},
    {TOC_K_CLOSE, "closed"},
    {TOC_K_JOIN, "sits down:"},
    {TOC_K_LEAVE, "connection lost:"},
    {TOC_K_EMERGENCY, "REAL EMERGENCY"},
    {TOC_K_RESUMED, "the engine is back; play is paused"},
    {TOC_K_HALT, "scripts stopped"},
    {TOC_K_PHASE_ENTERED, "PHASE"},
    {TOC_K_EXPECTATION, "expected action"},
    {TOC_K_ARMED, "contingency armed:"},
    {TOC_K_CROSSED, "a jump of the story passed the time of"},
    {TOC_K_HANDED_IN, "handed in:"},
    {TOC_K_AWARE, "aware:"},
    {TOC_K_HELD, "HELD"},
    {TOC_K_REJECTED, "answer rejected:"},
    {TOC_K_REFUSED_LATE, "TOO LATE"},
    {TOC_K_NOTE, "note"},
    {TOC_K_ERROR, "SCRIPT ERROR"},
    {TOC_K_ENDEX, "ENDEX"},
    {TOC_K_OBSERVE, "observation"},
    {TOC_K_RATE, "rating"},
};
static const struct {
    toc_field field;
    const char *before;
} told[] = {
    {TOC_F_STORYLINE, " "},    {TOC_F_PHASE, " "},  {TOC_F_EXPECTATION, " "},
    {TOC_F_PRODUCT, " "},      {TOC_F_INJECT, " "}, {TOC_F_DECISION, " "},
    {TOC_F_RULING, " "},       {TOC_F_SEAT, " "},   {TOC_F_OBJECTIVE, " "},
    {TOC_F_TEAM, " of "},      {TOC_F_RATING, " "}, {TOC_F_STATE, " "},
    {TOC_F_TITLE, ": "},       {TOC_F_TEXT, ": "},  {TOC_F_REASON, ": "},
    {TOC_F_STORY, "  story "},
};

// That something is expected from now on stands in the list of expected actions.
static bool is_merely_open(const toc_event *ev)
{
    const char *state = toc_event_str(ev, TOC_F_STATE);
    return strcmp(state, "open") == 0 || strcmp(state, "planned") == 0;
}

// The rest is shown in one form: the kind in words, and its fields.
static bool say_control(toc_buf *out, const toc_event *ev)
{
    const char *words = NULL;
    for (size_t i = 0; i < sizeof shown / sizeof *shown && !words; i++)
        if (shown[i].kind == ev->kind)
            words = shown[i].words;
    if (!words || (ev->kind == TOC_K_EXPECTATION && is_merely_open(ev)))
        return false;
    toc_buf_str(out, words);
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        if (told[i].field == TOC_F_OBJECTIVE && ev->kind == TOC_K_EXPECTATION)
            continue;
        const char *text = toc_event_str(ev, told[i].field);
        if (ev->kind == TOC_K_ERROR || ev->kind == TOC_K_HALT || ev->kind == TOC_K_HELD)
            say_whole(out, told[i].before, text);
        else
            say_text(out, told[i].before, text, "");
    }
    if (ev->kind == TOC_K_SPEED || ev->kind == TOC_K_PACE) {
        int64_t value = toc_event_int(ev, ev->kind == TOC_K_SPEED ? TOC_F_SPEED : TOC_F_PACE);
        toc_buf_printf(out, " x%lld.%03lld", (long long)(value / 1000), (long long)(value % 1000));
    } else if (ev->kind == TOC_K_JUMP) {
        toc_buf_str(out, " to ");
        toc_play_text(out, toc_event_int(ev, TOC_F_UNTIL));
    }
    const char *by = toc_event_str(ev, TOC_F_BY);
    if (by && ev->kind != TOC_K_JOIN && strcmp(by, "engine") != 0)
        say_text(out, "  (", by, ")");
    return true;
}

static void say_inject(toc_buf *out, const toc_event *ev)
{
    say_text(out, toc_event_int(ev, TOC_F_URGENT) ? "URGENT " : "", toc_event_str(ev, TOC_F_INJECT),
             "");
    say_to(out, ev);
    say_text(out, "  ", toc_event_str(ev, TOC_F_CHANNEL), "");
    say_text(out, " from ", toc_event_str(ev, TOC_F_FROM), "");
    say_text(out, ": ", toc_event_str(ev, TOC_F_TITLE), "");
}

static void say_message(toc_buf *out, const toc_event *ev)
{
    say_text(out, "", toc_event_str(ev, TOC_F_FROM), "");
    say_to(out, ev);
    say_text(out, ": ", toc_event_str(ev, TOC_F_TEXT), "");
    const char *title = toc_event_str(ev, TOC_F_QUOTE_TITLE);
    if (toc_event_has(ev, TOC_F_ORIGIN))
        say_text(out, "  [forwards: ", title ? title : toc_event_str(ev, TOC_F_QUOTE), "]");
}

static void say_answer(toc_buf *out, const toc_event *ev, const char *who)
{
    say_text(out, "", toc_event_str(ev, TOC_F_DECISION), " ");
    say_text(out, who, toc_event_str(ev, TOC_F_BY), ":");
    say_text(out, " ", toc_event_str(ev, TOC_F_OPTION), "");
    say_text(out, " \"", toc_event_str(ev, TOC_F_TEXT), "\"");
    say_text(out, ", because ", toc_event_str(ev, TOC_F_REASON), "");
}

static void say_to(toc_buf *out, const toc_event *ev)
{
    const toc_value *to = toc_event_value(ev, TOC_F_TO);
    for (size_t i = 0; to && i < to->count; i++)
        say_text(out, i ? ", " : " > ", to->list[i], "");
}

// before, the text made visible on one line, after; nothing at all if there is no text.
static void say_text(toc_buf *out, const char *before, const char *text, const char *after)
{
    if (!text)
        return;
    size_t len = strlen(text);
    bool is_cut = len > EXCERPT;
    if (is_cut)
        for (len = EXCERPT; len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80;)
            len--;
    const char *end = memchr(text, '\n', len);
    toc_buf_str(out, before);
    toc_text_visible(out, text, end ? (size_t)(end - text) : len, false);
    toc_buf_str(out, is_cut || (end && end[1]) ? "…" : "");
    toc_buf_str(out, after);
}

// Never cut: what a person has to act upon.
static void say_whole(toc_buf *out, const char *before, const char *text)
{
    if (!text)
        return;
    toc_buf line = {0};
    toc_buf_str(&line, text);
    for (size_t i = 0; i < line.len; i++)
        if (line.data[i] == '\n')
            line.data[i] = ' ';
    toc_buf_str(out, before);
    toc_text_visible(out, toc_buf_text(&line), line.len, false);
    toc_buf_fini(&line);
}
