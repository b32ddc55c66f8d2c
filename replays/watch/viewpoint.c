// SPDX-License-Identifier: MIT
#include "replays/viewpoint.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "record/feed.h"
#include "replays/tell.h"

enum { NAMES = 64 };

static const char *const others[] = {"excon", "board", "all"};

struct toc_viewpoint {
    const toc_recording *r;
    char *id, *seat;
    toc_feed *feed; // NULL: all
    bool is_team, is_first; // first: the screen is that of its first seat
};

static void restore(const toc_viewpoint *v, const toc_event *ev, toc_event *out);
static toc_err fail_unknown(const toc_recording *r, const char *as, toc_error *e);
static bool is_seat_there(const toc_recording *r, const char *as);
static bool is_among(const toc_value *list, const char *word);

toc_err toc_viewpoint_new(toc_viewpoint **out, const toc_recording *r, const char *as, toc_error *e)
{
    const char *known = NULL;
    *out = NULL;
    char *id = toc_strdup(strcmp(as, "control") == 0 ? "excon" : as);
    const bool is_seat = is_seat_there(r, as);
    if (is_seat)
        *strrchr(id, '-') = '\0';
    for (size_t i = 0; !known && (known = toc_viewpoint_at(r, i)); i++)
        known = strcmp(known, id) == 0 ? known : NULL;
    // A recording whose sources do not load names no teams; whoever asks for one knows it.
    bool is_other = strcmp(id, "excon") == 0 || strcmp(id, "board") == 0 || strcmp(id, "all") == 0;
    bool is_blind = !toc_recording_plan(r, NULL);
    if (!known && !is_other && (!is_blind || strlen(id) > TOC_ID_MAX)) {
        free(id);
        return fail_unknown(r, as, e);
    }
    toc_viewpoint *v = toc_alloc(sizeof *v);
    v->r = r;
    v->id = id;
    v->is_team = !is_other;
    v->seat = is_seat ? toc_strdup(as) : toc_sprintf("%s-1", strcmp(id, "all") == 0 ? "excon" : id);
    v->is_first = strcmp(v->seat + strlen(v->seat) - 2, "-1") == 0;
    if (strcmp(id, "all") != 0)
        v->feed = toc_feed_new(strcmp(id, "excon") == 0 ? "control" : id);
    *out = v;
    return TOC_OK;
}

void toc_viewpoint_free(toc_viewpoint *v)
{
    if (!v)
        return;
    toc_feed_free(v->feed);
    free(v->id);
    free(v->seat);
    free(v);
}

const char *toc_viewpoint_id(const toc_viewpoint *v)
{
    return v->id;
}

const char *toc_viewpoint_as(const toc_viewpoint *v)
{
    return v->is_first ? v->id : v->seat;
}

const char *toc_viewpoint_seat(const toc_viewpoint *v)
{
    return v->seat;
}

void toc_viewpoint_name(const toc_viewpoint *v, toc_buf *out)
{
    const toc_plan *plan = toc_recording_plan(v->r, NULL);
    size_t i = v->is_team && plan ? toc_plan_team(plan, v->id) : TOC_NONE;
    const char *name = i != TOC_NONE && plan->teams[i].name ? plan->teams[i].name
                       : v->is_team                         ? v->id
                       : strcmp(v->id, "excon") == 0        ? "EXCON"
                       : strcmp(v->id, "board") == 0        ? "the board"
                                                            : "everything";
    toc_text_visible(out, name, strlen(name), false);
}

bool toc_viewpoint_is_team(const toc_viewpoint *v)
{
    return v->is_team;
}

bool toc_viewpoint_shows(const toc_viewpoint *v, int64_t seq, bool has_noise)
{
    if (v->feed && !toc_feed_sees(v->feed, toc_recording_at(v->r, seq)))
        return false;
    return has_noise || toc_tell_is_news(v->r, seq);
}

void toc_viewpoint_event(const toc_viewpoint *v, int64_t seq, toc_event *out)
{
    const toc_event *ev = toc_recording_at(v->r, seq);
    toc_feed *feed = v->feed ? toc_feed_new(toc_feed_audience(v->feed)) : NULL;
    if (!feed || !toc_feed_show(feed, ev, out))
        toc_event_copy(out, ev);
    else
        restore(v, ev, out);
    out->seq = seq;
    toc_feed_free(feed);
}

void toc_viewpoint_tell(const toc_viewpoint *v, int64_t seq, toc_buf *out)
{
    toc_event ev;
    toc_viewpoint_event(v, seq, &ev);
    const char *audience = v->feed ? toc_feed_audience(v->feed) : NULL;
    const bool is_control = audience && strcmp(audience, "control") == 0;
    toc_tell_shown(out, v->r, &ev, is_control ? NULL : audience);
    toc_event_fini(&ev);
}

bool toc_viewpoint_is_unread(const toc_viewpoint *v, int64_t seq, int64_t now)
{
    const toc_event *ev = toc_recording_at(v->r, seq);
    bool is_item = ev->kind == TOC_K_INJECT || ev->kind == TOC_K_MESSAGE;
    return v->is_team && is_item && seq <= now && is_among(toc_event_value(ev, TOC_F_TO), v->id) &&
           toc_recording_read_by(v->r, seq, v->id, now) == 0;
}

const char *toc_viewpoint_at(const toc_recording *r, size_t i)
{
    const toc_plan *plan = toc_recording_plan(r, NULL);
    size_t teams = plan ? plan->team_count : 0;
    if (i < teams)
        return plan->teams[i].id;
    return i - teams < TOC_COUNT(others) ? others[i - teams] : NULL;
}

// A feed has numbers of its own; the words are made from the recording's. What the audience has not got stays unnamed. Who else
// got something it is not told; that it got it itself it knows.
static void restore(const toc_viewpoint *v, const toc_event *ev, toc_event *out)
{
    static const toc_field references[] = {TOC_F_ITEM, TOC_F_RE, TOC_F_ORIGIN};
    for (size_t i = 0; i < TOC_COUNT(references); i++) {
        const int64_t seq = toc_event_int(ev, references[i]);
        bool is_seen = seq > 0 && toc_feed_sees(v->feed, toc_recording_at(v->r, seq));
        toc_event_set_int(out, references[i], is_seen ? seq : 0);
    }
    if (!toc_event_has(out, TOC_F_TO) && is_among(toc_event_value(ev, TOC_F_TO), v->id))
        toc_event_set_list(out, TOC_F_TO, &(char *){v->id}, 1);
}

static toc_err fail_unknown(const toc_recording *r, const char *as, toc_error *e)
{
    const char *names[NAMES], *name;
    char quoted[TOC_QUOTE_SIZE];
    size_t count = 0;
    toc_buf list = {0};
    for (size_t i = 0; count < NAMES && (name = toc_viewpoint_at(r, i)); i++) {
        toc_buf_printf(&list, "%s%s", i ? ", " : "", name);
        names[count++] = name;
    }
    const char *near = toc_text_near(as, names, count);
    toc_text_quote(quoted, as);
    toc_err err =
        near ? toc_fail(e, TOC_EUSAGE, "nobody here is called %s; did you mean %s?", quoted, near)
             : toc_fail(e, TOC_EUSAGE, "nobody here is called %s; there are %.300s", quoted,
                        toc_buf_text(&list));
    toc_buf_fini(&list);
    return err;
}

static bool is_among(const toc_value *list, const char *word)
{
    for (size_t i = 0; list && i < list->count; i++)
        if (strcmp(list->list[i], word) == 0)
            return true;
    return false;
}

// A team's seats are numbered; EXCON and the board have as many as sat down.
static bool is_seat_there(const toc_recording *r, const char *as)
{
    const toc_plan *plan = toc_recording_plan(r, NULL);
    for (size_t i = 0; plan && i < plan->team_count; i++) {
        const size_t len = strlen(plan->teams[i].id);
        if (strncmp(as, plan->teams[i].id, len) != 0 || as[len] != '-')
            continue;
        const char *digits = as + len + 1;
        const long number = strlen(digits) < 4 ? strtol(digits, NULL, 10) : 0;
        if (digits[0] >= '1' && strspn(digits, "0123456789") == strlen(digits) &&
            number <= plan->teams[i].seats)
            return true;
    }
    for (int64_t seq = 1; seq <= toc_recording_count(r); seq++) {
        const toc_event *ev = toc_recording_at(r, seq);
        const char *seat = ev->kind == TOC_K_JOIN ? toc_event_str(ev, TOC_F_SEAT) : NULL;
        if (seat && strcmp(seat, as) == 0)
            return strrchr(seat, '-') != NULL;
    }
    return false;
}
