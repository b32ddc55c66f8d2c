// SPDX-License-Identifier: MIT
#include "view/msel.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/time.h"

static toc_msel_row *find_row(const toc_msel *m, const char *inject);
static void set_text(char **field, const char *text);
static char *take_text(const toc_json *row, const char *key);
static int64_t take_int(const toc_json *row, const char *key);
static bool take_flag(const toc_json *row, const char *key);
static char *take_list(const toc_json *row, const char *key);
static char *take_waits(const toc_json *row);
static bool is_planned(const toc_json *decision);

void toc_msel_status(toc_msel *m, const toc_json *page)
{
    const char *id = toc_json_text(toc_json_get(toc_json_get(page, "exercise"), "id"));
    if (id) {
        free(m->exercise);
        m->exercise = toc_strdup(id);
    }
    toc_msel_add(m, toc_json_get(page, "msel"));
    toc_msel_add_decisions(m, toc_json_get(page, "decisions"));
    toc_msel_add_stories(m, toc_json_get(page, "storylines"));
}

void toc_msel_add(toc_msel *m, const toc_json *rows)
{
    for (const toc_json *j = toc_json_first(rows); j; j = toc_json_next(j)) {
        TOC_GROW(m->rows, m->count, m->capacity);
        m->rows[m->count++] = (toc_msel_row){
            .inject = take_text(j, "inject"),
            .title = take_text(j, "title"),
            .state = take_text(j, "state"),
            .reason = take_text(j, "reason"),
            .to = take_list(j, "to"),
            .channel = take_text(j, "channel"),
            .notes = take_text(j, "notes"),
            .text = take_text(j, "text"),
            .after = take_text(j, "after"),
            .from = take_text(j, "from"),
            .objective = take_text(j, "objective"),
            .attach = take_list(j, "attach"),
            .due = take_int(j, "due"),
            .sent = take_int(j, "sent"),
            .readers = take_int(j, "readers"),
            .acks = take_int(j, "acks"),
            .via = take_text(j, "via"),
            .via_text = take_text(j, "via_text"),
            .controller = take_text(j, "controller"),
            .moved_from = take_int(j, "moved_from"),
            .is_manual = take_flag(j, "manual"),
            .is_urgent = take_flag(j, "urgent"),
            .wants_ack = take_flag(j, "ack"),
            .is_voice = take_flag(j, "voice"),
            .is_edited = take_flag(j, "edited"),
            .is_adhoc = take_flag(j, "adhoc"),
            .is_dropped = take_flag(j, "dropped"),
        };
    }
}

void toc_msel_add_decisions(toc_msel *m, const toc_json *decisions)
{
    for (const toc_json *j = toc_json_first(decisions); j; j = toc_json_next(j)) {
        if (toc_json_get(j, "follows")) {
            TOC_GROW(m->branches, m->branch_count, m->branch_capacity);
            m->branches[m->branch_count++] =
                (toc_msel_branch){take_text(j, "decision"), take_list(j, "follows")};
        }
        if (!is_planned(j))
            continue;
        TOC_GROW(m->rows, m->count, m->capacity);
        m->rows[m->count++] = (toc_msel_row){.other = "decision",
                                             .inject = take_text(j, "decision"),
                                             .title = take_text(j, "title"),
                                             .state = take_text(j, "state"),
                                             .to = take_text(j, "team"),
                                             .due = take_int(j, "due"),
                                             .via = take_text(j, "via"),
                                             .via_text = take_text(j, "via_text"),
                                             .moved_from = -1,
                                             .sent = -1,
                                             .readers = -1,
                                             .acks = -1};
    }
}

void toc_msel_add_phases(toc_msel *m, const toc_picture *p)
{
    for (size_t i = 0; i < p->situation.phase_count; i++) {
        const toc_known_phase *x = &p->situation.phases[i];
        if (x->at < 0 || x->was_entered || x->is_current)
            continue;
        TOC_GROW(m->rows, m->count, m->capacity);
        m->rows[m->count++] = (toc_msel_row){.other = "phase",
                                             .inject = toc_strdup(x->id),
                                             .title = toc_strdup(x->title),
                                             .due = x->at,
                                             .moved_from = -1,
                                             .sent = -1,
                                             .readers = -1,
                                             .acks = -1};
    }
}

void toc_msel_add_stories(toc_msel *m, const toc_json *storylines)
{
    for (const toc_json *j = toc_json_first(storylines); j; j = toc_json_next(j)) {
        TOC_GROW(m->stories, m->story_count, m->story_capacity);
        m->stories[m->story_count++] = (toc_msel_story){.name = take_text(j, "storyline"),
                                                        .state = take_text(j, "state"),
                                                        .waits = take_waits(j),
                                                        .wakes = take_int(j, "until")};
    }
}

void toc_msel_hear(toc_msel *m, const toc_event *ev)
{
    static const struct {
        toc_kind kind;
        const char *state;
    } states[] = {{TOC_K_INJECT, "sent"}, {TOC_K_HOLD, "held"}, {TOC_K_HELD, "held"},
                  {TOC_K_ARMED, "held"},  {TOC_K_CUE, "cued"},  {TOC_K_RELEASE, "planned"},
                  {TOC_K_SKIP, "skipped"}};
    toc_msel_row *row = find_row(m, toc_event_str(ev, TOC_F_INJECT));
    for (size_t i = 0; row && i < TOC_COUNT(states); i++)
        if (states[i].kind == ev->kind)
            set_text(&row->state, states[i].state);
    if (row && ev->kind == TOC_K_INJECT)
        row->sent = ev->t;
    if (row && ev->kind == TOC_K_SKIP)
        set_text(&row->reason, toc_event_str(ev, TOC_F_REASON));
    if (row && ev->kind == TOC_K_MOVED) {
        row->moved_from = row->moved_from >= 0 ? row->moved_from : row->due;
        row->due = toc_event_int(ev, TOC_F_UNTIL);
    }
    if (row && ev->kind == TOC_K_EDIT) {
        row->is_edited = true;
        if (toc_event_has(ev, TOC_F_TITLE))
            set_text(&row->title, toc_event_str(ev, TOC_F_TITLE));
        if (toc_event_has(ev, TOC_F_TEXT))
            set_text(&row->text, toc_event_str(ev, TOC_F_TEXT));
    }
}

void toc_msel_fini(toc_msel *m)
{
    for (size_t i = 0; i < m->count; i++) {
        toc_msel_row *r = &m->rows[i];
        char *texts[] = {r->inject,    r->title,  r->state, r->reason,   r->to,
                         r->channel,   r->notes,  r->text,  r->after,    r->from,
                         r->objective, r->attach, r->via,   r->via_text, r->controller};
        for (size_t k = 0; k < TOC_COUNT(texts); k++)
            free(texts[k]);
    }
    for (size_t i = 0; i < m->story_count; i++) {
        free(m->stories[i].name);
        free(m->stories[i].state);
        free(m->stories[i].waits);
    }
    for (size_t i = 0; i < m->branch_count; i++) {
        free(m->branches[i].decision);
        free(m->branches[i].injects);
    }
    free(m->rows);
    free(m->stories);
    free(m->branches);
    free(m->exercise);
    *m = (toc_msel){0};
}

const toc_msel_row *toc_msel_inject(const toc_msel *m, const char *inject)
{
    return find_row(m, inject);
}

bool toc_msel_is(const toc_msel_row *row, const char *state)
{
    return row->state && strcmp(row->state, state) == 0;
}

const char *toc_msel_via(const toc_msel_row *row)
{
    return row->via_text ? row->via_text : row->via;
}

bool toc_msel_plans(const toc_msel *m, const char *decision)
{
    for (size_t i = 0; decision && i < m->count; i++)
        if (m->rows[i].other && strcmp(m->rows[i].other, "decision") == 0 && m->rows[i].inject &&
            strcmp(m->rows[i].inject, decision) == 0)
            return true;
    return false;
}

bool toc_msel_was_asked(const toc_msel_row *row, const toc_picture *p)
{
    return row->other && row->inject && toc_picture_question(p, row->inject);
}

bool toc_msel_may_follow(const toc_msel *m, const char *decision, const char *inject)
{
    const char *at = NULL;
    for (size_t i = 0; i < m->branch_count && !at; i++)
        if (m->branches[i].decision && strcmp(m->branches[i].decision, decision) == 0)
            at = m->branches[i].injects;
    while (at && *at) {
        size_t len = strcspn(at, ",");
        if (len == strlen(inject) && strncmp(at, inject, len) == 0)
            return true;
        at += len + strspn(at + len, ", ");
    }
    return false;
}

bool toc_msel_sends(const toc_msel_row *row, const char *sender)
{
    size_t len = strlen(sender);
    for (const char *at = row->via; at && *at;) {
        const char *end = strstr(at, "; ");
        size_t part = end ? (size_t)(end - at) : strlen(at);
        if (part == len && strncmp(at, sender, len) == 0)
            return true;
        at = end ? end + 2 : NULL;
    }
    return row->after && strncmp(sender, "after ", 6) == 0 && strcmp(row->after, sender + 6) == 0;
}

static toc_msel_row *find_row(const toc_msel *m, const char *inject)
{
    for (size_t i = 0; inject && i < m->count; i++)
        if (!m->rows[i].other && m->rows[i].inject && strcasecmp(m->rows[i].inject, inject) == 0)
            return &m->rows[i];
    return NULL;
}

static void set_text(char **field, const char *text)
{
    free(*field);
    *field = toc_strdup(text);
}

static char *take_text(const toc_json *row, const char *key)
{
    return toc_strdup(toc_json_text(toc_json_get(row, key)));
}

static int64_t take_int(const toc_json *row, const char *key)
{
    int64_t n;
    return toc_json_int(toc_json_get(row, key), &n) ? n : -1;
}

static bool take_flag(const toc_json *row, const char *key)
{
    return toc_json_true(toc_json_get(row, key));
}

static char *take_list(const toc_json *row, const char *key)
{
    toc_buf list = {0};
    const toc_json *all = toc_json_get(row, key);
    for (const toc_json *j = toc_json_first(all); j; j = toc_json_next(j))
        toc_buf_printf(&list, "%s%s", list.len ? ", " : "",
                       toc_json_text(j) ? toc_json_text(j) : "?");
    return toc_buf_take(&list);
}

// "until T+1:30:00 (2022-02-24 05:00Z)", "for D-03, D-04"; NULL: it waits for nothing.
static char *take_waits(const toc_json *row)
{
    int64_t until = take_int(row, "until");
    const char *story = toc_json_text(toc_json_get(row, "story"));
    char *asked = take_list(row, "for");
    toc_buf waits = {0};
    if (until >= 0) {
        toc_buf_str(&waits, "until ");
        toc_play_text(&waits, until);
        if (story)
            toc_buf_printf(&waits, " (%s)", story);
    } else if (story) {
        toc_buf_printf(&waits, "until %s", story);
    }
    if (asked[0])
        toc_buf_printf(&waits, "%sfor %s", waits.len ? ", " : "", asked);
    free(asked);
    if (waits.len)
        return toc_buf_take(&waits);
    toc_buf_fini(&waits);
    return NULL;
}

static bool is_planned(const toc_json *decision)
{
    const char *state = toc_json_text(toc_json_get(decision, "state"));
    return take_int(decision, "due") >= 0 || (state && strcmp(state, "planned") == 0);
}
