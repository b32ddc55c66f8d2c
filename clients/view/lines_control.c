// SPDX-License-Identifier: MIT
// What only control reads, in words. What is said again by the event it brings about (a message, a
// decision, ENDEX) is left out, and so is what this seat did itself: that was answered.
#include <string.h>

#include "base/mem.h"
#include "lines_parts.h"

static bool is_told_otherwise(const toc_event *ev);
static void add_words(toc_buf *out, const toc_event *ev);
static void add_assessment(toc_buf *out, const toc_event *ev);
static void add_fields(toc_buf *out, const toc_event *ev);
static void add(toc_buf *out, const char *before, const toc_event *ev, toc_field f);
static const char *text_of(const toc_event *ev, toc_field f);

bool toc_lines_control(toc_lines *l, const toc_picture *p, const toc_event *ev, bool is_history)
{
    const char *by = toc_event_str(ev, TOC_F_BY);
    bool is_own = by && strcmp(by, p->seat) == 0;
    if (is_told_otherwise(ev) || (is_own && ev->kind != TOC_K_REVOKE && !is_history))
        return true;
    toc_buf text = {0};
    add_words(&text, ev);
    toc_lines_text(l, ev->t, is_history, toc_buf_text(&text));
    toc_buf_fini(&text);
    return true;
}

static bool is_told_otherwise(const toc_event *ev)
{
    static const toc_kind kinds[] = {TOC_K_SAY, TOC_K_FORWARD, TOC_K_DECIDE, TOC_K_SUBMIT,
                                     TOC_K_END, TOC_K_RULE,    TOC_K_HALT,   TOC_K_PHASE};
    for (size_t i = 0; i < TOC_COUNT(kinds); i++)
        if (kinds[i] == ev->kind)
            return true;
    return false;
}

static void add_words(toc_buf *out, const toc_event *ev)
{
    static const struct {
        toc_kind kind;
        const char *words;
    } acts[] = {
        {TOC_K_FIRE, "sends"},
        {TOC_K_HOLD, "keeps back"},
        {TOC_K_RELEASE, "lets go"},
        {TOC_K_SKIP, "skips"},
    };
    for (size_t i = 0; i < TOC_COUNT(acts); i++)
        if (acts[i].kind == ev->kind) {
            toc_buf_printf(out, "%s %s %s", text_of(ev, TOC_F_BY), acts[i].words,
                           text_of(ev, TOC_F_INJECT));
            add(out, ", because ", ev, TOC_F_REASON);
            return;
        }
    const char *id = text_of(ev, TOC_F_INJECT);
    switch (ev->kind) {
    case TOC_K_HELD:
        toc_buf_printf(out, "HELD: %s: %s (`release %s`, or `skip %s REASON`)", id,
                       text_of(ev, TOC_F_REASON), id, id);
        break;
    case TOC_K_OPEN_SEAT:
        toc_buf_printf(out, "seat %s opened (%s)", text_of(ev, TOC_F_SEAT), text_of(ev, TOC_F_BY));
        break;
    case TOC_K_REVOKE:
        toc_buf_printf(out, "%s revoked", text_of(ev, TOC_F_SEAT));
        add(out, ": ", ev, TOC_F_REASON);
        toc_buf_printf(out, " (%s)", text_of(ev, TOC_F_BY));
        break;
    case TOC_K_AWARE:
        toc_buf_printf(out, "%s is aware of %s (%s)", text_of(ev, TOC_F_TEAM), id,
                       text_of(ev, TOC_F_BY));
        add(out, ", because ", ev, TOC_F_REASON);
        break;
    case TOC_K_MARK_ACTION:
        toc_buf_printf(out, "%s marks %s: %s", text_of(ev, TOC_F_BY),
                       text_of(ev, TOC_F_EXPECTATION), text_of(ev, TOC_F_STATE));
        add(out, ": ", ev, TOC_F_TEXT);
        break;
    case TOC_K_STORYLINE:
        toc_buf_printf(out, "storyline \"%s\" %s", text_of(ev, TOC_F_STORYLINE),
                       text_of(ev, TOC_F_STATE));
        break;
    case TOC_K_NOTE:
    case TOC_K_ERROR:
        toc_buf_str(out, ev->kind == TOC_K_NOTE ? "note" : "ERROR");
        if (toc_event_has(ev, TOC_F_STORYLINE))
            toc_buf_printf(out, " in storyline \"%s\"", text_of(ev, TOC_F_STORYLINE));
        add(out, ": ", ev, TOC_F_TEXT);
        break;
    case TOC_K_OBSERVE:
    case TOC_K_RATE:
        add_assessment(out, ev);
        break;
    default:
        add_fields(out, ev);
        break;
    }
}

// "eva-1 rates OBJ-2 of wind: some challenges: slow at first"
static void add_assessment(toc_buf *out, const toc_event *ev)
{
    static const struct {
        const char *letter, *words;
    } ratings[] = {{"P", "performed"},
                   {"S", "performed with some challenges"},
                   {"M", "performed with major challenges"},
                   {"U", "unable to perform"}};
    toc_buf_printf(out, "%s %s", text_of(ev, TOC_F_BY), ev->kind == TOC_K_RATE ? "rates" : "notes");
    add(out, " ", ev, TOC_F_OBJECTIVE);
    add(out, " of ", ev, TOC_F_TEAM);
    if (toc_event_has(ev, TOC_F_ITEM))
        toc_buf_printf(out, " on item %lld", (long long)toc_event_int(ev, TOC_F_ITEM));
    const char *rating = toc_event_str(ev, TOC_F_RATING);
    for (size_t i = 0; rating && i < TOC_COUNT(ratings); i++)
        if (strcmp(rating, ratings[i].letter) == 0)
            toc_buf_printf(out, ": %s", ratings[i].words);
    add(out, ": ", ev, TOC_F_TEXT);
}

// A kind that has no words here: "skip by excon-1: inject INJ-01, reason overtaken".
static void add_fields(toc_buf *out, const toc_event *ev)
{
    toc_buf_str(out, toc_kind_name(ev->kind));
    add(out, " by ", ev, TOC_F_BY);
    const char *between = ": ";
    for (size_t i = 0; i < ev->count; i++) {
        const toc_value *v = &ev->values[i];
        if (v->field == TOC_F_BY || v->field == TOC_F_WALL || v->field == TOC_F_ID ||
            v->field == TOC_F_SERIAL)
            continue;
        toc_buf_printf(out, "%s%s ", between, toc_field_name(v->field));
        between = ", ";
        if (toc_field_type(v->field) == TOC_TYPE_STR)
            toc_buf_str(out, v->text);
        else if (toc_field_type(v->field) == TOC_TYPE_LIST)
            toc_list_text(out, v);
        else
            toc_buf_int(out, v->number);
    }
}

static void add(toc_buf *out, const char *before, const toc_event *ev, toc_field f)
{
    if (toc_event_has(ev, f))
        toc_buf_printf(out, "%s%s", before, text_of(ev, f));
}

static const char *text_of(const toc_event *ev, toc_field f)
{
    const char *text = toc_event_str(ev, f);
    return text ? text : "?";
}
