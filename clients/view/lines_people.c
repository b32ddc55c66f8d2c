// SPDX-License-Identifier: MIT
// Who is there, and what people do. A seat's own acts were confirmed to it already.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "lines_parts.h"

static void add_act(toc_buf *out, const toc_lines_page *g, const char *verb);
static void add_seat(toc_buf *out, const toc_lines *l, const toc_picture *p,
                     const toc_neighbour *seat);
static void add_clock(toc_buf *out, const toc_event *ev);
static void add_message(toc_buf *out, const toc_event *ev);
static void add_item(toc_buf *out, const toc_picture *p, const toc_event *ev);
static bool was_taken(const toc_picture *p, const char *seat);
static void add(toc_buf *out, const char *before, const toc_event *ev, toc_field f);

bool toc_lines_person(const toc_lines_page *g)
{
    const char *by = toc_field_text(g->ev, TOC_F_BY);
    bool is_own = strcmp(by, g->p->seat) == 0 && !g->is_history;
    toc_buf text = {0};
    switch (g->ev->kind) {
    case TOC_K_JOIN:
    case TOC_K_LEAVE:
        toc_picture_person(g->p, &text, toc_field_text(g->ev, TOC_F_SEAT));
        toc_buf_str(&text, g->ev->kind == TOC_K_JOIN ? " sits down" : " has left");
        if (g->ev->kind == TOC_K_JOIN && was_taken(g->p, toc_field_text(g->ev, TOC_F_SEAT)))
            toc_buf_str(&text, " at another terminal; the one before is closed");
        if (toc_event_has(g->ev, TOC_F_REASON))
            toc_buf_printf(&text, " (%s)", toc_field_text(g->ev, TOC_F_REASON));
        is_own = false;
        break;
    case TOC_K_SIGN_IN:
        toc_buf_printf(&text, "%s has signed in at %s", toc_field_text(g->ev, TOC_F_NAME), by);
        break;
    case TOC_K_SIGN_OUT:
        toc_buf_printf(&text, "nobody is signed in at %s any more", by);
        break;
    case TOC_K_READ:
        is_own = strcmp(by, g->p->seat) == 0;
        add_act(&text, g, "has read");
        break;
    case TOC_K_ACK:
        is_own = strcmp(by, g->p->seat) == 0;
        add_act(&text, g, "acknowledges");
        break;
    default:
        return false;
    }
    if (!is_own)
        toc_lines_text(g->l, g->ev->t, g->is_history, toc_buf_text(&text));
    toc_buf_fini(&text);
    return true;
}

void toc_lines_neighbours(toc_lines *l, const toc_picture *p)
{
    toc_buf here = {0};
    toc_buf away = {0};
    for (size_t i = 0; i < p->neighbour_count; i++) {
        toc_buf *list = p->neighbours[i].is_present ? &here : &away;
        toc_buf_str(list, list->len ? ", " : "");
        toc_picture_person(p, list, p->neighbours[i].id);
    }
    toc_lines_say(l, "here: %s%s%s", here.len ? toc_buf_text(&here) : "nobody",
                  away.len ? "; not here: " : "", toc_buf_text(&away));
    toc_buf_fini(&here);
    toc_buf_fini(&away);
}

void toc_lines_seats(toc_lines *l, const toc_picture *p)
{
    size_t here = 0;
    for (size_t i = 0; i < p->neighbour_count; i++)
        here += p->neighbours[i].is_present;
    toc_lines_say(l, "seats: %zu, of which %zu taken", p->neighbour_count, here);
    for (size_t i = 0; i < p->neighbour_count; i++) {
        toc_buf text = {0};
        add_seat(&text, l, p, &p->neighbours[i]);
        toc_lines_more(l, "%s", toc_buf_text(&text));
        toc_buf_fini(&text);
    }
}

void toc_lines_log(toc_lines *l, const toc_picture *p, size_t most)
{
    size_t from = p->deed_count > most ? p->deed_count - most : 0;
    if (p->deed_count == 0)
        toc_lines_say(l, "your team has done nothing yet");
    for (size_t i = from; i < p->deed_count; i++) {
        toc_buf text = {0};
        toc_team_deed_text(&text, p, &p->deeds[i]);
        toc_lines_say_at(l, p->deeds[i].event.t, true, "%s", toc_buf_text(&text));
        toc_buf_fini(&text);
    }
    if (from > 0)
        toc_lines_say(l, "%zu of %zu; `log %zu` shows all", p->deed_count - from, p->deed_count,
                      p->deed_count);
}

// "R. Lind (wind-1) has read INJ-04": control tells injects by their ids.
static void add_act(toc_buf *out, const toc_lines_page *g, const char *verb)
{
    toc_picture_person(g->p, out, toc_field_text(g->ev, TOC_F_BY));
    toc_buf_printf(out, " %s ", verb);
    add_item(out, g->p, g->ev);
}

static void add_item(toc_buf *out, const toc_picture *p, const toc_event *ev)
{
    const toc_item *item = toc_picture_number(p, toc_event_int(ev, TOC_F_ITEM));
    const char *inject = item ? toc_event_str(&item->event, TOC_F_INJECT) : NULL;
    if (p->is_control && inject)
        toc_buf_str(out, inject);
    else
        toc_buf_printf(out, "item %lld", (long long)toc_event_int(ev, TOC_F_ITEM));
}

// "R. Lind (wind-1): here since 14:02Z, silent for 40s"
static void add_seat(toc_buf *out, const toc_lines *l, const toc_picture *p,
                     const toc_neighbour *seat)
{
    (void)l;
    toc_picture_person(p, out, seat->id);
    toc_buf_str(out, seat->is_present ? ": here" : ": NOT here");
    if (!seat->name)
        toc_buf_str(out, ", nobody signed in");
    else if (seat->since && strlen(seat->since) >= 16)
        toc_buf_printf(out, ", signed in at %.5sZ by the clock on the wall", seat->since + 11);
    if (!p->is_control)
        return;
    if (seat->is_present && seat->silent_s >= 0) {
        toc_buf_str(out, seat->silent_s >= TOC_SILENT_S ? ", SILENT for " : ", heard ");
        toc_duration_text(out, seat->silent_s * 1000);
        toc_buf_str(out, seat->silent_s >= TOC_SILENT_S ? "" : " ago");
    }
    if (seat->idle_s >= 0) {
        toc_buf_str(out, ", last did something ");
        toc_duration_text(out, seat->idle_s * 1000);
        toc_buf_str(out, " ago");
    } else if (seat->is_present && seat->silent_s >= 0) {
        toc_buf_str(out, ", did nothing yet");
    }
}

void toc_team_deed_text(toc_buf *out, const toc_picture *p, const toc_team_deed *d)
{
    const toc_event *ev = &d->event;
    toc_picture_person(p, out, toc_field_text(ev, TOC_F_BY));
    toc_buf_str(out, ": ");
    switch (ev->kind) {
    case TOC_K_READ:
    case TOC_K_ACK:
    case TOC_K_FORWARD:
        toc_buf_printf(out, "%s ", toc_kind_name(ev->kind));
        add_item(out, p, ev);
        break;
    case TOC_K_MESSAGE:
    case TOC_K_SAY:
        add_message(out, ev);
        break;
    case TOC_K_PROPOSED:
    case TOC_K_DECIDED:
    case TOC_K_DECIDE:
        toc_buf_printf(out, "%s %s", ev->kind == TOC_K_PROPOSED ? "proposed for" : "decided",
                       toc_field_text(ev, TOC_F_DECISION));
        add(out, ": ", ev, TOC_F_OPTION);
        add(out, ": ", ev, TOC_F_TEXT);
        break;
    case TOC_K_REFUSED_LATE:
        toc_buf_printf(out, "answered %s too late", toc_field_text(ev, TOC_F_DECISION));
        break;
    case TOC_K_HANDED_IN:
        toc_buf_printf(out, "handed in %s: ", toc_field_text(ev, TOC_F_PRODUCT));
        toc_start_text(out, toc_field_text(ev, TOC_F_TEXT));
        break;
    case TOC_K_SIGN_IN:
        toc_buf_printf(out, "signed in as %s", toc_field_text(ev, TOC_F_NAME));
        break;
    case TOC_K_SIGN_OUT:
        toc_buf_str(out, "signed out");
        break;
    default:
        if (!toc_kind_is_clock(ev->kind)) {
            toc_buf_clear(out);
            toc_act_text_of(out, p, ev, d->n);
            return;
        }
        add_clock(out, ev);
        break;
    }
    add(out, ", because ", ev, TOC_F_REASON);
}

// "jump to T+1:30:00", "speed x2", "emergency: fire"
static void add_clock(toc_buf *out, const toc_event *ev)
{
    toc_buf_str(out, toc_kind_name(ev->kind));
    if (toc_event_has(ev, TOC_F_UNTIL)) {
        toc_buf_str(out, " to ");
        toc_play_text(out, toc_event_int(ev, TOC_F_UNTIL));
    }
    if (toc_event_has(ev, TOC_F_SPEED) || toc_event_has(ev, TOC_F_PACE)) {
        toc_buf_char(out, ' ');
        toc_factor_text(out, toc_event_int(ev, TOC_F_SPEED) + toc_event_int(ev, TOC_F_PACE));
    }
    add(out, ": ", ev, TOC_F_TEXT);
}

static void add_message(toc_buf *out, const toc_event *ev)
{
    bool is_rfi = toc_event_int(ev, TOC_F_RFI);
    bool is_forward = toc_event_has(ev, TOC_F_ORIGIN) || toc_event_has(ev, TOC_F_QUOTE);
    const char *text = toc_event_str(ev, TOC_F_TEXT);
    toc_buf_str(out, is_rfi ? "asked " : is_forward ? "passed on to " : "wrote to ");
    toc_list_text(out, toc_event_value(ev, TOC_F_TO));
    add(out, " as ", ev, TOC_F_AS);
    if (toc_event_has(ev, TOC_F_RE))
        toc_buf_printf(out, " re %lld", (long long)toc_event_int(ev, TOC_F_RE));
    toc_buf_str(out, ": ");
    toc_start_text(out, text ? text : is_forward ? toc_field_text(ev, TOC_F_QUOTE) : "");
}

static bool was_taken(const toc_picture *p, const char *seat)
{
    const toc_neighbour *who = toc_picture_seat(p, seat);
    return who && who->was_taken;
}

static void add(toc_buf *out, const char *before, const toc_event *ev, toc_field f)
{
    if (toc_event_has(ev, f))
        toc_buf_printf(out, "%s%s", before, toc_field_text(ev, f));
}
