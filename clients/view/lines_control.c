// SPDX-License-Identifier: MIT
// What only control reads, in words. What is said again by the event it brings about (a message, a
// decision, ENDEX) is left out, and so is what this seat did itself: that was answered.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "lines_parts.h"

static bool is_told_otherwise(const toc_picture *p, const toc_event *ev);
static bool is_for_a_team(const toc_picture *p, const toc_event *ev);
static bool add_inject_act(toc_buf *out, const toc_picture *p, const toc_event *ev);
static bool add_conduct(toc_buf *out, const toc_picture *p, const toc_event *ev);
static bool add_keeping(toc_buf *out, const toc_picture *p, const toc_event *ev, int64_t n);
static bool add_seat_act(toc_buf *out, const toc_picture *p, const toc_event *ev);
static bool add_told(toc_buf *out, const toc_event *ev);
static void add_measure(toc_buf *out, const toc_picture *p, const toc_event *ev);
static void add_claim(toc_buf *out, const toc_event *ev);
static void add_assessment(toc_buf *out, const toc_picture *p, const toc_event *ev);
static void add_fields(toc_buf *out, const toc_event *ev);
static void say_cue(const toc_lines_page *g);
static void add_by(toc_buf *out, const toc_picture *p, const toc_event *ev);
static void add_time(toc_buf *out, const char *before, const toc_event *ev, toc_field f);
static void add(toc_buf *out, const char *before, const toc_event *ev, toc_field f);

bool toc_lines_control(const toc_lines_page *g)
{
    const toc_event *ev = g->ev;
    const char *by = toc_event_str(ev, TOC_F_BY);
    bool is_own = by && strcmp(by, g->p->seat) == 0;
    bool is_needed = ev->kind == TOC_K_REVOKE || ev->kind == TOC_K_PROMISE; // for its number
    if (is_told_otherwise(g->p, ev) || (is_own && !is_needed && !g->is_history))
        return true;
    if (ev->kind == TOC_K_CUE) {
        say_cue(g);
        return true;
    }
    toc_buf text = {0};
    toc_act_text_of(&text, g->p, ev, g->n);
    toc_lines_text(g->l, ev->t, g->is_history, toc_buf_text(&text));
    toc_buf_fini(&text);
    if (ev->kind == TOC_K_EDIT && toc_event_has(ev, TOC_F_TEXT))
        toc_lines_block(g->l, toc_event_str(ev, TOC_F_TEXT));
    return true;
}

void toc_act_text_of(toc_buf *out, const toc_picture *p, const toc_event *ev, int64_t n)
{
    if (!add_inject_act(out, p, ev) && !add_conduct(out, p, ev) && !add_keeping(out, p, ev, n) &&
        !add_seat_act(out, p, ev) && !add_told(out, ev))
        add_fields(out, ev);
}

static bool is_told_otherwise(const toc_picture *p, const toc_event *ev)
{
    static const toc_kind kinds[] = {TOC_K_SAY, TOC_K_FORWARD, TOC_K_DECIDE, TOC_K_SUBMIT,
                                     TOC_K_END, TOC_K_RULE,    TOC_K_HALT,   TOC_K_PHASE};
    for (size_t i = 0; i < TOC_COUNT(kinds); i++)
        if (kinds[i] == ev->kind)
            return !is_for_a_team(p, ev);
    return false;
}

// Who of EXCON decided for a team, and why: its answer does not say so.
static bool is_for_a_team(const toc_picture *p, const toc_event *ev)
{
    const char *id = toc_event_str(ev, TOC_F_DECISION);
    const toc_question *q = ev->kind == TOC_K_DECIDE && id ? toc_picture_question(p, id) : NULL;
    return q && strncmp(toc_field_text(ev, TOC_F_BY), "excon-", 6) == 0 &&
           strcmp(toc_field_text(&q->ask, TOC_F_TEAM), "excon") != 0;
}

static bool add_inject_act(toc_buf *out, const toc_picture *p, const toc_event *ev)
{
    static const struct {
        toc_kind kind;
        const char *words;
    } acts[] = {
        {TOC_K_FIRE, "sends"},   {TOC_K_HOLD, "keeps back"}, {TOC_K_RELEASE, "lets go"},
        {TOC_K_SKIP, "skips"},   {TOC_K_MOVE, "moves"},      {TOC_K_EDIT, "changes"},
        {TOC_K_DELIVER, "told"},
    };
    size_t i = 0;
    while (i < TOC_COUNT(acts) && acts[i].kind != ev->kind)
        i++;
    if (ev->kind == TOC_K_ADHOC) {
        add_by(out, p, ev);
        toc_buf_str(out, " writes an inject to ");
        toc_list_text(out, toc_event_value(ev, TOC_F_TO));
        add(out, " from ", ev, TOC_F_FROM);
        add_time(out, ", for ", ev, TOC_F_UNTIL);
        add(out, ": ", ev, TOC_F_TITLE);
        return true;
    }
    if (i == TOC_COUNT(acts))
        return false;
    if (ev->kind == TOC_K_MOVE) {
        toc_buf_printf(out, "%s moved to ", toc_field_text(ev, TOC_F_INJECT));
        toc_play_text(out, toc_event_int(ev, TOC_F_UNTIL));
        toc_buf_str(out, " by ");
        add_by(out, p, ev);
        toc_buf_str(out, toc_event_int(ev, TOC_F_FOLLOW) ? ", with what follows it" : "");
    } else {
        add_by(out, p, ev);
        toc_buf_printf(out, " %s %s", acts[i].words, toc_field_text(ev, TOC_F_INJECT));
    }
    if (ev->kind == TOC_K_EDIT) {
        add(out, ", its title: ", ev, TOC_F_TITLE);
        toc_buf_str(out, toc_event_has(ev, TOC_F_TEXT) ? ", its text:" : "");
    } else if (ev->kind == TOC_K_DELIVER) {
        toc_buf_str(out, " by voice");
        add(out, ": ", ev, TOC_F_TEXT);
    }
    add(out, ", because ", ev, TOC_F_REASON);
    return true;
}

static bool add_conduct(toc_buf *out, const toc_picture *p, const toc_event *ev)
{
    switch (ev->kind) {
    case TOC_K_DROP:
    case TOC_K_WAKE:
        add_by(out, p, ev);
        toc_buf_printf(out,
                       ev->kind == TOC_K_DROP ? " drops the storyline \"%s\""
                                              : " lets the storyline \"%s\" go on",
                       toc_field_text(ev, TOC_F_STORYLINE));
        break;
    case TOC_K_DECIDE:
        add_by(out, p, ev);
        toc_buf_printf(out, " decides %s for its team", toc_field_text(ev, TOC_F_DECISION));
        break;
    case TOC_K_EXTEND:
        add_by(out, p, ev);
        toc_buf_printf(out, " gives more time for %s", toc_field_text(ev, TOC_F_DECISION));
        add_time(out, ": until ", ev, TOC_F_UNTIL);
        break;
    case TOC_K_INTERVENE:
        add_by(out, p, ev);
        add_measure(out, p, ev);
        break;
    case TOC_K_AWARE:
        toc_buf_printf(out, "%s is aware of %s (", toc_field_text(ev, TOC_F_TEAM),
                       toc_field_text(ev, TOC_F_INJECT));
        add_by(out, p, ev);
        toc_buf_char(out, ')');
        break;
    case TOC_K_MARK_ACTION:
        add_by(out, p, ev);
        toc_buf_printf(out, " marks %s: %s", toc_field_text(ev, TOC_F_EXPECTATION),
                       toc_field_text(ev, TOC_F_STATE));
        add(out, ": ", ev, TOC_F_TEXT);
        break;
    case TOC_K_OBSERVE:
    case TOC_K_RATE:
        add_assessment(out, p, ev);
        break;
    default:
        return false;
    }
    add(out, ", because ", ev, TOC_F_REASON);
    return true;
}

// What is taken on and kept, or not.
static bool add_keeping(toc_buf *out, const toc_picture *p, const toc_event *ev, int64_t n)
{
    switch (ev->kind) {
    case TOC_K_CLAIM:
    case TOC_K_UNCLAIM:
        add_by(out, p, ev);
        add_claim(out, ev);
        return true;
    case TOC_K_PROMISE:
        toc_buf_printf(out, "PROMISE %lld: ", (long long)n);
        add_by(out, p, ev);
        toc_buf_str(out, " promised ");
        toc_list_text(out, toc_event_value(ev, TOC_F_TO));
        add_time(out, ", by ", ev, TOC_F_UNTIL);
        add(out, ": ", ev, TOC_F_TEXT);
        return true;
    case TOC_K_KEPT:
        toc_buf_printf(out, "promise %lld is kept (", (long long)toc_event_int(ev, TOC_F_ITEM));
        add_by(out, p, ev);
        toc_buf_char(out, ')');
        add(out, ": ", ev, TOC_F_TEXT);
        return true;
    default:
        return false;
    }
}

static bool add_seat_act(toc_buf *out, const toc_picture *p, const toc_event *ev)
{
    switch (ev->kind) {
    case TOC_K_OPEN_SEAT:
        toc_buf_printf(out, "seat %s opened (", toc_field_text(ev, TOC_F_SEAT));
        break;
    case TOC_K_REVOKE:
        toc_buf_printf(out, "%s revoked", toc_field_text(ev, TOC_F_SEAT));
        add(out, ": ", ev, TOC_F_REASON);
        toc_buf_str(out, " (");
        break;
    case TOC_K_REASSIGN:
        toc_buf_printf(out, "%s is reassigned to %s, as %s", toc_field_text(ev, TOC_F_SEAT),
                       toc_field_text(ev, TOC_F_TEAM), toc_field_text(ev, TOC_F_NEW_SEAT));
        add(out, ", because ", ev, TOC_F_REASON);
        toc_buf_str(out, " (");
        break;
    default:
        return false;
    }
    add_by(out, p, ev);
    toc_buf_char(out, ')');
    return true;
}

// What the engine tells control.
static bool add_told(toc_buf *out, const toc_event *ev)
{
    const char *id = toc_field_text(ev, TOC_F_INJECT);
    switch (ev->kind) {
    case TOC_K_HELD:
        toc_buf_printf(out, "HELD: %s: %s (`release %s`, or `skip %s REASON`)", id,
                       toc_field_text(ev, TOC_F_REASON), id, id);
        return true;
    case TOC_K_MOVED:
        toc_buf_printf(out, "%s now comes at ",
                       toc_event_has(ev, TOC_F_INJECT) ? id : toc_field_text(ev, TOC_F_DECISION));
        toc_play_text(out, toc_event_int(ev, TOC_F_UNTIL));
        return true;
    case TOC_K_STORYLINE:
        toc_buf_printf(out, "storyline \"%s\" %s", toc_field_text(ev, TOC_F_STORYLINE),
                       toc_field_text(ev, TOC_F_STATE));
        return true;
    case TOC_K_NOTE:
    case TOC_K_ERROR:
        toc_buf_str(out, ev->kind == TOC_K_NOTE ? "note" : "ERROR");
        if (toc_event_has(ev, TOC_F_STORYLINE))
            toc_buf_printf(out, " in storyline \"%s\"", toc_field_text(ev, TOC_F_STORYLINE));
        add(out, ": ", ev, TOC_F_TEXT);
        return true;
    default:
        return false;
    }
}

// "CUE INJ-07 for simcell: phone, as Coast Guard, to operator: Tanker listing", the script, and what then.
static void say_cue(const toc_lines_page *g)
{
    const toc_cue *cue = toc_picture_cue(g->p, toc_field_text(g->ev, TOC_F_INJECT));
    toc_cue now = {.n = g->n, .cue = *g->ev};
    toc_lines_cue(g->l, g->p, cue && cue->n == g->n ? cue : &now, g->ev->t, g->is_history);
}

void toc_lines_cue(toc_lines *l, const toc_picture *p, const toc_cue *cue, int64_t t,
                   bool is_history)
{
    const toc_event *ev = &cue->cue;
    const char *inject = toc_field_text(ev, TOC_F_INJECT);
    toc_buf text = {0};
    toc_buf_printf(
        &text, "%sCUE %s for %s: %s%s", toc_cue_is_open(cue) ? "!!! " : "", inject,
        toc_field_text(ev, TOC_F_CONTROLLER), toc_event_int(ev, TOC_F_URGENT) ? "URGENT " : "",
        toc_event_has(ev, TOC_F_CHANNEL) ? toc_field_text(ev, TOC_F_CHANNEL) : "by voice");
    add(&text, ", as ", ev, TOC_F_FROM);
    toc_buf_str(&text, ", to ");
    toc_list_text(&text, toc_event_value(ev, TOC_F_TO));
    add(&text, ": ", ev, TOC_F_TITLE);
    if (cue->claimed_by) {
        toc_buf_str(&text, " [with ");
        toc_picture_person(p, &text, cue->claimed_by);
        toc_buf_char(&text, ']');
    }
    toc_buf_str(&text, cue->is_delivered ? " [told]" : cue->is_skipped ? " [skipped]" : "");
    toc_lines_text(l, t, is_history, toc_buf_text(&text));
    toc_buf_fini(&text);
    toc_lines_block(l, toc_field_text(ev, TOC_F_TEXT));
    if (toc_event_has(ev, TOC_F_NOTES)) {
        toc_lines_more(l, "NOTES FOR CONTROLLERS, not shown to teams:");
        toc_lines_block(l, toc_field_text(ev, TOC_F_NOTES));
    }
    bool may = strncmp(p->seat, "excon-", 6) == 0 || strncmp(p->seat, "simcell-", 8) == 0;
    if (may && toc_cue_is_open(cue))
        toc_lines_more(l, "tell it, then: deliver %s%s%s", inject,
                       cue->claimed_by ? "" : "; to take it on before: claim ",
                       cue->claimed_by ? "" : inject);
}

static void add_measure(toc_buf *out, const toc_picture *p, const toc_event *ev)
{
    const char *measure = toc_field_text(ev, TOC_F_MEASURE);
    const char *service = toc_event_str(ev, TOC_F_SERVICE);
    const char *provider = toc_event_str(ev, TOC_F_PROVIDER);
    const char *name = service ? toc_situation_name(&p->situation, service) : "?";
    const char *other = provider ? toc_situation_name(&p->situation, provider) : NULL;
    if (strcmp(measure, "set") == 0) {
        toc_buf_printf(out, " sets %s to ", name);
        toc_level_text(out, toc_event_int(ev, TOC_F_LEVEL));
    } else if (strcmp(measure, "start-repair") == 0) {
        toc_buf_printf(out, " starts the repair %s", toc_field_text(ev, TOC_F_REPAIR));
    } else if (strcmp(measure, "refuel") == 0) {
        toc_buf_printf(out, " fills up %s%s%s", name, other ? ", against a loss of " : "",
                       other ? other : "");
    } else if (strcmp(measure, "black-start") == 0) {
        toc_buf_printf(out, " gives %s a black start", name);
    } else {
        toc_buf_printf(out, " opens %s for %s", other ? other : "an alternative", name);
    }
    if (toc_event_has(ev, TOC_F_MINUTES)) {
        toc_buf_str(out, ", for ");
        toc_span_text(out, toc_event_int(ev, TOC_F_MINUTES));
        toc_buf_str(out, " of the story");
    }
}

static void add_claim(toc_buf *out, const toc_event *ev)
{
    toc_buf_str(out, ev->kind == TOC_K_CLAIM ? " takes on " : " gives back ");
    if (toc_event_has(ev, TOC_F_ITEM))
        toc_buf_printf(out, "item %lld", (long long)toc_event_int(ev, TOC_F_ITEM));
    else
        toc_buf_printf(out, "the cue of %s", toc_field_text(ev, TOC_F_INJECT));
}

// "eva-1 rates OBJ-2 of wind: some challenges: slow at first"
static void add_assessment(toc_buf *out, const toc_picture *p, const toc_event *ev)
{
    static const struct {
        const char *letter, *words;
    } ratings[] = {{"P", "performed"},
                   {"S", "performed with some challenges"},
                   {"M", "performed with major challenges"},
                   {"U", "unable to perform"}};
    add_by(out, p, ev);
    toc_buf_str(out, ev->kind == TOC_K_RATE ? " rates" : " notes");
    add(out, " ", ev, TOC_F_OBJECTIVE);
    add(out, " of ", ev, TOC_F_TEAM);
    add(out, " on ", ev, TOC_F_INJECT);
    add(out, " on ", ev, TOC_F_DECISION);
    add(out, " on ", ev, TOC_F_EXPECTATION);
    if (toc_event_has(ev, TOC_F_ITEM))
        toc_buf_printf(out, " on item %lld", (long long)toc_event_int(ev, TOC_F_ITEM));
    add_time(out, ", seen at ", ev, TOC_F_OCCURRED);
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

static void add_by(toc_buf *out, const toc_picture *p, const toc_event *ev)
{
    toc_picture_person(p, out, toc_field_text(ev, TOC_F_BY));
}

static void add_time(toc_buf *out, const char *before, const toc_event *ev, toc_field f)
{
    if (!toc_event_has(ev, f))
        return;
    toc_buf_str(out, before);
    toc_play_text(out, toc_event_int(ev, f));
}

static void add(toc_buf *out, const char *before, const toc_event *ev, toc_field f)
{
    if (toc_event_has(ev, f))
        toc_buf_printf(out, "%s%s", before, toc_field_text(ev, f));
}
