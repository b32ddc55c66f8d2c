// SPDX-License-Identifier: MIT
// What is real. A call for help goes out at once, from any screen and over any form; while one
// stands, nobody can overlook it; and one that did not arrive says so.
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "view_parts.h"

enum {
    HELP_MS = 5000, // in which a call for help has its answer, or nobody knows
    RING_MS = 1000, // between two bells: what comes together rings once
};

static bool call_help(void *owner, toc_form *f);
static bool is_stop(const char *word);

bool toc_view_is_emergency(const toc_view *v)
{
    return v->has_alarm || v->picture.is_emergency || v->lines.clock.emergency;
}

void toc_view_hear_alarm(toc_view *v, const toc_happening *h, toc_wishes *out)
{
    const char *what = h->code ? h->code : "";
    v->is_news = true;
    if (strcmp(what, "behind") == 0) { // nobody is in danger
        toc_view_notice(v, TOC_STYLE_WARN, "%s", h->text ? h->text : "");
        return;
    }
    if (strcmp(what, "emergency") != 0) {
        toc_view_notice(v, TOC_STYLE_BAD, "ALARM, %s: %s", what, h->text ? h->text : "");
        return;
    }
    free(v->alarm_by);
    free(v->alarm_text);
    v->alarm_by = toc_strdup(h->by);
    v->alarm_text = toc_strdup(h->text);
    v->has_alarm = true;
    v->alarm_at = v->mono;
    toc_view_ring(v, out, true);
}

void toc_view_alarm(const toc_view *v, const char *by, const char *text, toc_buf *out)
{
    toc_lines lines;
    char *who = by ? toc_caller_text(&v->picture, by) : NULL;
    toc_lines_init(&lines, v->marking, 0);
    toc_lines_hear(&lines, &v->lines.clock);
    lines.now = toc_view_now(v);
    toc_lines_emergency(&lines, who, text);
    toc_buf_str(out, toc_buf_text(&lines.out));
    toc_lines_fini(&lines);
    free(who);
}

void toc_view_ring(toc_view *v, toc_wishes *out, bool is_real)
{
    if (!is_real && v->has_rung && v->mono - v->rung_at < RING_MS)
        return;
    toc_wish_add(out, TOC_WISH_BELL, NULL);
    v->has_rung = true;
    v->rung_at = v->mono;
}

void toc_view_call_help(toc_view *v)
{
    if (v->form && v->form->is_loud)
        return;
    toc_form *f = toc_form_new("REAL EMERGENCY - NO EXERCISE", "call for help", NULL);
    f->is_loud = true;
    toc_form_note(f, "This stops play for everybody. It is for what is real: fire, an accident, "
                     "somebody who is ill. Esc goes back to the exercise.");
    toc_form_line(f, "stop", "Type STOP", NULL, true);
    toc_form_line(f, "what", "What, and where", NULL, false);
    f->done = call_help;
    // What was being typed stays beneath it.
    v->below = v->form;
    v->form = f;
}

void toc_view_watch_help(toc_view *v)
{
    v->help_number = v->number;
    v->help_at = v->mono;
    v->is_help_lost = v->link != TOC_VIEW_LIVE;
}

void toc_view_tick_help(toc_view *v)
{
    if (v->help_number && (v->link != TOC_VIEW_LIVE || v->mono - v->help_at > HELP_MS))
        v->is_help_lost = true;
}

bool toc_view_alarm_text(const toc_view *v, toc_buf *out, bool is_bottom)
{
    if (v->is_help_lost && (is_bottom || !toc_view_is_emergency(v))) {
        toc_buf_printf(out, "*** NOT DELIVERED: nobody knows. Use the phone or shout%s ***",
                       v->help_number ? "; it goes out when the link is back" : "");
        return true;
    }
    if (!toc_view_is_emergency(v))
        return false;
    bool is_seen = v->picture.is_emergency;
    const char *by = is_seen ? v->picture.emergency_by : v->has_alarm ? v->alarm_by : NULL;
    const char *text = is_seen ? v->picture.emergency : v->has_alarm ? v->alarm_text : NULL;
    toc_buf_str(out, "*** REAL EMERGENCY - NO EXERCISE ***");
    // The engine's words know more of other teams than this seat.
    bool is_told = by && v->alarm_by && toc_is_caller(v->alarm_by, by);
    char *who = is_told ? toc_strdup(v->alarm_by) : by ? toc_caller_text(&v->picture, by) : NULL;
    if (who) {
        toc_buf_char(out, ' ');
        toc_text_visible(out, who, strlen(who), false);
    }
    free(who);
    toc_buf_printf(out, ": %s", text && text[0] ? text : "no words yet");
    return true;
}

static bool call_help(void *owner, toc_form *f)
{
    toc_view *v = owner;
    toc_event in;
    const char *what = toc_form_value(f, "what");
    if (!is_stop(toc_form_value(f, "stop"))) {
        toc_form_refuse(f, "stop", "type the word STOP");
        return false;
    }
    toc_event_init(&in, TOC_K_EMERGENCY, 0);
    if (what[strspn(what, " ")])
        toc_event_set_str(&in, TOC_F_TEXT, what);
    toc_view_act(v, toc_view_wishes(v), &in, false, "your call is out: every seat is told");
    toc_event_fini(&in);
    toc_view_watch_help(v);
    return true;
}

// Whoever is in a hurry does not look at the case of letters.
static bool is_stop(const char *word)
{
    word += strspn(word, " ");
    return strncasecmp(word, "STOP", 4) == 0 && word[4 + strspn(word + 4, " ")] == '\0';
}
