// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "picture_parts.h"
#include "record/feed.h"

static toc_neighbour *put_seat(toc_picture *p, const char *id);
static void drop_seat(toc_picture *p, const char *id);
static void set_presence(toc_neighbour *seat, const toc_event *ev);
static void sign(toc_neighbour *seat, const char *name, const char *since);
static void fini_seat(toc_neighbour *seat);
static void read_seats(toc_picture *p, const toc_json *rows);
static void set_contact(toc_picture *p, const char *id, const char *name, const char *notes);
static void set_team(toc_picture *p, const toc_json *id, const toc_json *name);
static void set_text(char **to, const toc_json *text);
static void set_objective(toc_picture *p, const char *id, const char *text);

void toc_people_see(toc_picture *p, const toc_event *ev)
{
    const char *seat = toc_event_str(ev, TOC_F_SEAT);
    const char *by = toc_event_str(ev, TOC_F_BY);
    switch (ev->kind) {
    case TOC_K_JOIN:
    case TOC_K_LEAVE:
    case TOC_K_OPEN_SEAT:
        if (seat)
            set_presence(put_seat(p, seat), ev);
        break;
    case TOC_K_SIGN_IN:
        if (by)
            sign(put_seat(p, by), toc_event_str(ev, TOC_F_NAME), toc_event_str(ev, TOC_F_WALL));
        break;
    case TOC_K_SIGN_OUT:
        if (by)
            sign(put_seat(p, by), NULL, NULL);
        break;
    case TOC_K_REVOKE:
        drop_seat(p, seat);
        break;
    case TOC_K_REASSIGN:
        drop_seat(p, seat);
        if (toc_event_str(ev, TOC_F_NEW_SEAT))
            put_seat(p, toc_event_str(ev, TOC_F_NEW_SEAT));
        break;
    default:
        break;
    }
}

void toc_people_fini(toc_picture *p)
{
    for (size_t i = 0; i < p->neighbour_count; i++)
        fini_seat(&p->neighbours[i]);
    for (size_t i = 0; i < p->contact_count; i++) {
        free(p->contacts[i].id);
        free(p->contacts[i].name);
        free(p->contacts[i].notes);
    }
    for (size_t i = 0; i < p->objective_count; i++) {
        free(p->objectives[i].id);
        free(p->objectives[i].text);
    }
    free(p->neighbours);
    free(p->contacts);
    free(p->objectives);
    for (size_t i = 0; i < p->team_count; i++) {
        free(p->teams[i].id);
        free(p->teams[i].name);
    }
    free(p->teams);
    free(p->brief);
    free(p->team_brief);
}

void toc_picture_status(toc_picture *p, const toc_json *status)
{
    const toc_json *j;
    toc_situation_status(&p->situation, status);
    read_seats(p, toc_json_get(status, "seats"));
    const toc_json *lists[] = {toc_json_get(toc_json_get(status, "team"), "contacts"),
                               toc_json_get(status, "parties")};
    for (size_t i = 0; i < TOC_COUNT(lists); i++)
        for (j = toc_json_first(lists[i]); j; j = toc_json_next(j)) {
            const toc_json *id = toc_json_first(j);
            const toc_json *name = id ? toc_json_next(id) : NULL;
            const toc_json *notes = name ? toc_json_next(name) : NULL;
            if (toc_json_text(id) && toc_json_text(name))
                set_contact(p, toc_json_text(id), toc_json_text(name), toc_json_text(notes));
        }
    for (j = toc_json_first(toc_json_get(toc_json_get(status, "team"), "parties")); j;
         j = toc_json_next(j))
        for (size_t i = 0; i < p->contact_count && toc_json_text(j); i++)
            p->contacts[i].is_party |= strcmp(p->contacts[i].id, toc_json_text(j)) == 0;
    for (j = toc_json_first(toc_json_get(status, "teams")); j; j = toc_json_next(j)) {
        const toc_json *id = toc_json_first(j);
        set_team(p, id, id ? toc_json_next(id) : NULL);
    }
    j = toc_json_get(status, "team");
    set_team(p, toc_json_get(j, "id"), toc_json_get(j, "name"));
    set_text(&p->brief, toc_json_get(toc_json_get(status, "exercise"), "brief"));
    set_text(&p->team_brief, toc_json_get(toc_json_get(status, "team"), "brief"));
    for (j = toc_json_first(toc_json_get(status, "objectives")); j; j = toc_json_next(j)) {
        const toc_json *id = toc_json_first(j);
        const toc_json *text = id ? toc_json_next(id) : NULL;
        if (toc_json_text(id) && toc_json_text(text))
            set_objective(p, toc_json_text(id), toc_json_text(text));
    }
    toc_control_weigh(p);
}

void toc_picture_person(const toc_picture *p, toc_buf *out, const char *seat)
{
    const toc_neighbour *who = seat ? toc_picture_seat(p, seat) : NULL;
    if (!seat) {
        toc_buf_char(out, '?');
        return;
    }
    if (strcmp(seat, "excon") == 0) { // who of them is theirs to know
        toc_buf_str(out, "EXCON");
        return;
    }
    if (who && who->name) {
        toc_text_visible(out, who->name, strlen(who->name), false);
        toc_buf_str(out, " (");
    }
    toc_text_visible(out, seat, strlen(seat), false);
    if (who && who->name)
        toc_buf_char(out, ')');
}

char *toc_caller_text(const toc_picture *p, const char *by)
{
    const toc_neighbour *who = toc_picture_seat(p, by);
    char audience[64];
    const char *team = NULL;
    toc_seat_audience(by, audience);
    for (size_t i = 0; i < p->contact_count; i++)
        if (strcmp(p->contacts[i].id, audience) == 0)
            team = p->contacts[i].name;
    for (size_t i = 0; i < p->team_count; i++)
        if (strcmp(p->teams[i].id, audience) == 0)
            team = p->teams[i].name;
    const char *name = who ? who->name : NULL;
    if (!name && !team)
        return toc_strdup(by);
    return toc_sprintf("%s%s%s (%s)", name ? name : "", name && team ? ", " : "", team ? team : "",
                       by);
}

bool toc_is_caller(const char *a, const char *b)
{
    const char *both[] = {a, b};
    for (size_t i = 0; i < TOC_COUNT(both); i++) {
        const char *words = both[i], *seat = both[1 - i];
        size_t len = strlen(words), n = strlen(seat);
        if (strcmp(words, seat) == 0 ||
            (len > n + 2 && words[len - 1] == ')' && words[len - n - 2] == '(' &&
             strncmp(words + len - n - 1, seat, n) == 0))
            return true;
    }
    return false;
}

char *toc_person_text(const toc_picture *p, const char *seat)
{
    toc_buf text = {0};
    toc_picture_person(p, &text, seat);
    return toc_buf_take(&text);
}

toc_neighbour *toc_picture_seat(const toc_picture *p, const char *id)
{
    for (size_t i = 0; i < p->neighbour_count; i++)
        if (strcmp(p->neighbours[i].id, id) == 0)
            return &p->neighbours[i];
    return NULL;
}

static toc_neighbour *put_seat(toc_picture *p, const char *id)
{
    toc_neighbour *seat = toc_picture_seat(p, id);
    if (seat)
        return seat;
    TOC_GROW(p->neighbours, p->neighbour_count, p->neighbour_capacity);
    seat = &p->neighbours[p->neighbour_count++];
    *seat = (toc_neighbour){.id = toc_strdup(id), .silent_s = -1, .idle_s = -1};
    return seat;
}

static void drop_seat(toc_picture *p, const char *id)
{
    toc_neighbour *seat = id ? toc_picture_seat(p, id) : NULL;
    if (!seat)
        return;
    size_t i = (size_t)(seat - p->neighbours);
    fini_seat(seat);
    memmove(seat, seat + 1, (p->neighbour_count - i - 1) * sizeof *seat);
    p->neighbour_count--;
}

static void set_presence(toc_neighbour *seat, const toc_event *ev)
{
    seat->is_present = ev->kind == TOC_K_JOIN;
    seat->was_taken = seat->is_present && seat->is_sat;
    seat->is_sat = seat->is_present;
    free(seat->lost);
    seat->lost = toc_strdup(ev->kind == TOC_K_LEAVE ? toc_event_str(ev, TOC_F_REASON) : NULL);
}

static void sign(toc_neighbour *seat, const char *name, const char *since)
{
    char *old[] = {seat->name, seat->since}; // they may be what is put in again
    seat->name = toc_strdup(name);
    seat->since = toc_strdup(name ? since : NULL);
    free(old[0]);
    free(old[1]);
}

static void fini_seat(toc_neighbour *seat)
{
    free(seat->id);
    free(seat->name);
    free(seat->since);
    free(seat->lost);
}

static toc_neighbour *move_seat(toc_picture *p, toc_neighbour *seat, size_t place)
{
    const toc_neighbour own = *seat;
    toc_neighbour *to = &p->neighbours[place];
    memmove(to + 1, to, (size_t)(seat - to) * sizeof *to);
    *to = own;
    return to;
}

// All of them stand on one page: who is not among them is gone, and theirs is the order, whatever came about before.
static void read_seats(toc_picture *p, const toc_json *rows)
{
    size_t place = 0;
    if (!rows)
        return;
    for (size_t i = p->neighbour_count; i > 0; i--) {
        const char *id = p->neighbours[i - 1].id;
        const toc_json *j = toc_json_first(rows);
        while (j && !(toc_json_text(toc_json_get(j, "seat")) &&
                      strcmp(toc_json_text(toc_json_get(j, "seat")), id) == 0))
            j = toc_json_next(j);
        if (!j)
            drop_seat(p, id);
    }
    for (const toc_json *j = toc_json_first(rows); j; j = toc_json_next(j)) {
        const char *id = toc_json_text(toc_json_get(j, "seat"));
        if (!id)
            continue;
        toc_neighbour *seat = put_seat(p, id);
        if ((size_t)(seat - p->neighbours) < place)
            continue; // named twice, as the engine does not
        seat = move_seat(p, seat, place++);
        seat->is_present = toc_json_true(toc_json_get(j, "present"));
        sign(seat, toc_json_text(toc_json_get(j, "name")), toc_json_text(toc_json_get(j, "since")));
        if (!toc_json_int(toc_json_get(j, "silent"), &seat->silent_s))
            seat->silent_s = -1;
        if (!toc_json_int(toc_json_get(j, "idle"), &seat->idle_s))
            seat->idle_s = -1;
    }
}

static void set_contact(toc_picture *p, const char *id, const char *name, const char *notes)
{
    for (size_t i = 0; i < p->contact_count; i++)
        if (strcmp(p->contacts[i].id, id) == 0)
            return;
    TOC_GROW(p->contacts, p->contact_count, p->contact_capacity);
    p->contacts[p->contact_count++] =
        (toc_contact){toc_strdup(id), toc_strdup(name), toc_strdup(notes), p->is_control};
}

static void set_team(toc_picture *p, const toc_json *id, const toc_json *name)
{
    if (!toc_json_text(id) || !toc_json_text(name))
        return;
    for (size_t i = 0; i < p->team_count; i++)
        if (strcmp(p->teams[i].id, toc_json_text(id)) == 0)
            return;
    TOC_GROW(p->teams, p->team_count, p->team_capacity);
    p->teams[p->team_count++] =
        (toc_contact){toc_strdup(toc_json_text(id)), toc_strdup(toc_json_text(name)), NULL, false};
}

static void set_text(char **to, const toc_json *text)
{
    if (!toc_json_text(text))
        return;
    free(*to);
    *to = toc_strdup(toc_json_text(text));
}

static void set_objective(toc_picture *p, const char *id, const char *text)
{
    for (size_t i = 0; i < p->objective_count; i++)
        if (strcmp(p->objectives[i].id, id) == 0)
            return;
    TOC_GROW(p->objectives, p->objective_count, p->objective_capacity);
    p->objectives[p->objective_count++] = (toc_objective_text){toc_strdup(id), toc_strdup(text)};
}
