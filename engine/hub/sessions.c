// SPDX-License-Identifier: MIT
// Ids of accepted requests are looked up in one map for the whole run; refusals stand in a small
// ring of their session's, so that nobody can push out another's.
#include "hub/sessions.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"

typedef struct {
    toc_kind kind;
    int64_t seq;
    char *by, *late, *session, *seat;
} accepted;

typedef struct {
    char *id, *code, *text;
} refusal;

typedef struct {
    char *seat;
    refusal refusals[TOC_REFUSALS_KEPT];
    size_t next;
} session;

struct toc_sessions {
    toc_map *ids; // → accepted
    accepted *accepted;
    size_t accepted_count, accepted_capacity;
    toc_map *names; // → sessions
    session *sessions;
    size_t session_count, session_capacity;
    int64_t newest;
};

static void add_session(toc_sessions *s, const char *name, const char *seat);
static const session *session_of(const toc_sessions *s, const char *id);
static void free_refusal(refusal *r);

toc_sessions *toc_sessions_new(void)
{
    toc_sessions *s = toc_alloc(sizeof *s);
    s->ids = toc_map_new();
    s->names = toc_map_new();
    return s;
}

void toc_sessions_free(toc_sessions *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->accepted_count; i++) {
        free(s->accepted[i].by);
        free(s->accepted[i].late);
        free(s->accepted[i].session);
        free(s->accepted[i].seat);
    }
    for (size_t i = 0; i < s->session_count; i++) {
        free(s->sessions[i].seat);
        for (size_t r = 0; r < TOC_REFUSALS_KEPT; r++)
            free_refusal(&s->sessions[i].refusals[r]);
    }
    free(s->accepted);
    free(s->sessions);
    toc_map_free(s->ids);
    toc_map_free(s->names);
    free(s);
}

void toc_sessions_add(toc_sessions *s, const toc_event *ev)
{
    // A late answer derives refused-late directly after it.
    if (ev->kind == TOC_K_REFUSED_LATE && s->accepted_count > 0) {
        accepted *a = &s->accepted[s->accepted_count - 1];
        if (a->seq == ev->cause && !a->late)
            a->late = toc_strdup(toc_event_str(ev, TOC_F_REASON));
        return;
    }
    if (toc_kind_class(ev->kind) != TOC_CLASS_INPUT)
        return;
    const char *name = toc_event_str(ev, TOC_F_SESSION), *seat = toc_event_str(ev, TOC_F_SEAT);
    if (ev->kind == TOC_K_JOIN && name && seat)
        add_session(s, name, seat);
    const char *id = toc_event_str(ev, TOC_F_ID);
    if (!id)
        return;
    toc_map_put(s->ids, id, (int64_t)s->accepted_count);
    TOC_GROW(s->accepted, s->accepted_count, s->accepted_capacity);
    s->accepted[s->accepted_count++] = (accepted){
        .kind = ev->kind,
        .seq = ev->seq,
        .by = toc_strdup(toc_event_str(ev, TOC_F_BY)),
        .session = ev->kind == TOC_K_JOIN ? toc_strdup(name) : NULL,
        .seat = toc_strdup(ev->kind == TOC_K_REASSIGN ? toc_event_str(ev, TOC_F_NEW_SEAT) : seat),
    };
}

void toc_sessions_refuse(toc_sessions *s, const char *name, const char *id, const char *code,
                         const char *text)
{
    int64_t i;
    if (!toc_map_get(s->names, name, &i))
        return;
    session *found = &s->sessions[i];
    refusal *r = &found->refusals[found->next];
    found->next = (found->next + 1) % TOC_REFUSALS_KEPT;
    free_refusal(r);
    *r = (refusal){toc_strdup(id), toc_strdup(code), toc_strdup(text)};
}

bool toc_sessions_answer(const toc_sessions *s, const char *id, toc_answer *out)
{
    int64_t i;
    if (toc_map_get(s->ids, id, &i)) {
        const accepted *a = &s->accepted[i];
        *out = (toc_answer){.kind = a->kind,
                            .seq = a->seq,
                            .by = a->by,
                            .code = a->late ? "late" : NULL,
                            .text = a->late,
                            .session = a->session,
                            .seat = a->seat};
        return true;
    }
    const session *asked = session_of(s, id);
    for (size_t r = 0; asked && r < TOC_REFUSALS_KEPT; r++) {
        const refusal *kept = &asked->refusals[r];
        if (!kept->id || strcmp(kept->id, id) != 0)
            continue;
        *out = (toc_answer){
            .kind = TOC_K_UNKNOWN, .by = asked->seat, .code = kept->code, .text = kept->text};
        return true;
    }
    return false;
}

const char *toc_sessions_seat(const toc_sessions *s, const char *name)
{
    int64_t i;
    return toc_map_get(s->names, name, &i) ? s->sessions[i].seat : NULL;
}

int64_t toc_sessions_newest(const toc_sessions *s)
{
    return s->newest;
}

static void add_session(toc_sessions *s, const char *name, const char *seat)
{
    if (toc_map_get(s->names, name, NULL))
        return; // the same session goes on
    toc_map_put(s->names, name, (int64_t)s->session_count);
    TOC_GROW(s->sessions, s->session_count, s->session_capacity);
    s->sessions[s->session_count++] = (session){.seat = toc_strdup(seat)};
    int64_t number = name[0] == 's' ? strtoll(name + 1, NULL, 10) : 0;
    if (number > s->newest)
        s->newest = number;
}

static const session *session_of(const toc_sessions *s, const char *id)
{
    const char *dash = strrchr(id, '-');
    if (!dash)
        return NULL;
    char *name = toc_strndup(id, (size_t)(dash - id));
    int64_t i = 0;
    bool is_there = toc_map_get(s->names, name, &i);
    free(name);
    return is_there ? &s->sessions[i] : NULL;
}

static void free_refusal(refusal *r)
{
    free(r->id);
    free(r->code);
    free(r->text);
    *r = (refusal){0};
}
