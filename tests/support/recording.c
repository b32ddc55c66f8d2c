// SPDX-License-Identifier: MIT
#include "recording.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "process.h"

#define SEAL_ONE_IN 12 // rests

static void add_records(recording *r, const toc_plan *plan);
static void add_attachment(toc_event *ev, const toc_file *file);
static void on_rest(void *context);
static void fill_header(recording *r, uint64_t seed, const toc_plan *plan);
static char *seal_body(const recording *r, const char *body, const char hash[TOC_HASH_HEX + 1],
                       const char *pem);

void recording_make(recording *r, const char *scenario, uint64_t seed, int inputs)
{
    *r = (recording){0};
    toc_error e = {0};
    char *dir = source_path(scenario);
    TOC_OK_OR_FAIL(scenario_files(&r->files, dir, &e), e);
    TOC_OK_OR_FAIL(solo_begin(&r->played, r->files, seed, inputs, 1, &e), e);
    const toc_plan *plan = toc_scenario_plan(r->played.scenario);
    add_records(r, plan);
    fill_header(r, seed, plan);
    r->played.next_seq = (int64_t)r->records.count + 1;
    r->played.context = r;
    r->played.on_rest = on_rest;
    solo_go(&r->played);
    ck_assert_int_eq(toc_exercise_clock(r->played.x).state, TOC_PLAY_CLOSED);

    r->count = r->records.count + r->played.log.count;
    r->bodies = toc_alloc(r->count * sizeof *r->bodies);
    for (size_t i = 0; i < r->count; i++) {
        toc_buf body = {0};
        toc_event_body(&body, recording_event(r, i + 1));
        r->bodies[i] = toc_buf_take(&body);
    }
    free(dir);
}

void recording_fini(recording *r)
{
    recording_free_bodies(r->bodies, r->count);
    solo_end(&r->played);
    toc_files_free(r->files);
    toc_events_fini(&r->records);
    toc_header_fini(&r->header);
    free(r->private_pem);
}

const toc_event *recording_event(const recording *r, size_t seq)
{
    size_t i = seq - 1;
    return i < r->records.count ? &r->records.at[i] : &r->played.log.at[i - r->records.count];
}

size_t recording_first(const recording *r, const solo_step *step)
{
    return r->records.count + step->first + 1;
}

const solo_step *recording_step(const recording *r, size_t seq)
{
    for (size_t i = 0; i < r->played.step_count; i++) {
        const solo_step *s = &r->played.steps[i];
        if (seq >= recording_first(r, s) && seq < recording_first(r, s) + s->count)
            return s;
    }
    return NULL;
}

void recording_write(const recording *r, char *const *bodies, size_t count, const char *pem,
                     toc_buf *out)
{
    char hash[TOC_HASH_HEX + 1];
    toc_buf header = {0};
    memset(hash, '0', TOC_HASH_HEX);
    hash[TOC_HASH_HEX] = '\0';
    toc_header_body(&header, &r->header);
    toc_line_write(out, header.data, header.len, 0, hash);
    toc_buf_fini(&header);
    for (size_t i = 0; i < count; i++) {
        char *seal =
            pem && strstr(bodies[i], "\"k\":\"seal\"") ? seal_body(r, bodies[i], hash, pem) : NULL;
        const char *body = seal ? seal : bodies[i];
        toc_line_write(out, body, strlen(body), (int64_t)i, hash);
        free(seal);
    }
}

typedef struct {
    char **bodies;
    size_t count, capacity;
} splitting;

static void on_line(void *context, int64_t seq, const toc_line *line)
{
    splitting *s = context;
    if (seq == 0)
        return;
    TOC_GROW(s->bodies, s->count, s->capacity);
    s->bodies[s->count++] = toc_strndup(line->bytes, line->body_len);
}

char **recording_split(const toc_buf *journal, size_t *count)
{
    splitting s = {0};
    toc_chain_report report;
    toc_chain_scan(journal->data, journal->len, &report, on_line, &s);
    ck_assert_msg(report.state == TOC_CHAIN_WHOLE, "%s", report.why);
    *count = s.count;
    return s.bodies;
}

void recording_free_bodies(char **bodies, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(bodies[i]);
    free(bodies);
}

static void add_records(recording *r, const toc_plan *plan)
{
    for (size_t i = 0; i < toc_files_count(r->files); i++) {
        const toc_file *file = toc_files_at(r->files, i);
        bool is_attached = false;
        for (size_t a = 0; a < plan->attachment_count; a++)
            is_attached |= strcmp(plan->attachments[a].path, file->path) == 0;
        toc_event *ev =
            toc_events_add(&r->records, is_attached ? TOC_K_ATTACHMENT : TOC_K_SOURCE, 0);
        ev->seq = (int64_t)r->records.count;
        toc_event_set_str(ev, TOC_F_PATH, file->path);
        if (is_attached)
            add_attachment(ev, file);
        else
            toc_event_set_str(ev, TOC_F_TEXT, file->data);
    }
}

static void add_attachment(toc_event *ev, const toc_file *file)
{
    char hash[TOC_HASH_HEX + 1];
    toc_buf data = {0};
    toc_sha256_hex(hash, (toc_bytes[]){{file->data, file->size}, {NULL, 0}});
    toc_base64_encode(&data, file->data, file->size);
    toc_event_set_int(ev, TOC_F_SIZE, (int64_t)file->size);
    toc_event_set_str(ev, TOC_F_SHA256, hash);
    toc_event_set_int(ev, TOC_F_PART, 1);
    toc_event_set_int(ev, TOC_F_PARTS, 1);
    toc_event_set_str(ev, TOC_F_DATA, toc_buf_text(&data));
    toc_buf_fini(&data);
}

// Seals stand between steps: now and then, and after the close.
static void on_rest(void *context)
{
    recording *r = context;
    solo *s = &r->played;
    bool is_closed = toc_exercise_clock(s->x).state == TOC_PLAY_CLOSED;
    if (!is_closed && toc_random_below(&s->pieces, SEAL_ONE_IN) != 0)
        return;
    toc_event *seal = toc_events_add(&s->log, TOC_K_SEAL, toc_exercise_now(s->x));
    seal->seq = s->next_seq++;
    toc_event_set_str(seal, TOC_F_SIG, "");
}

static void fill_header(recording *r, uint64_t seed, const toc_plan *plan)
{
    toc_error e = {0};
    toc_buf pem = {0}, startex = {0};
    char public_hex[65];
    TOC_OK_OR_FAIL(toc_seal_key_new(&pem, public_hex, &e), e);
    toc_story_text(&startex, plan->startex);
    r->private_pem = toc_buf_take(&pem);
    r->header = (toc_header){.version = TOC_JOURNAL_VERSION,
                             .semantics = TOC_SEMANTICS,
                             .exercise = toc_strdup(plan->id),
                             .run = toc_strdup("recorded-1"),
                             .startex = toc_buf_take(&startex),
                             .engine = toc_strdup("tests"),
                             .lua = toc_strdup(toc_lua_version()),
                             .key = toc_strdup(public_hex),
                             .seed = (int64_t)seed};
}

static char *seal_body(const recording *r, const char *body, const char hash[TOC_HASH_HEX + 1],
                       const char *pem)
{
    char *json = toc_sprintf("%s}", body), sig[129];
    toc_error e = {0};
    toc_buf text = {0}, out = {0};
    toc_event ev;
    TOC_OK_OR_FAIL(toc_event_parse(&ev, json, strlen(json), &e), e);
    toc_seal_text(&text, r->header.run, ev.seq - 1, hash);
    TOC_OK_OR_FAIL(toc_seal_sign(pem, text.data, text.len, sig, &e), e);
    toc_event_set_str(&ev, TOC_F_SIG, sig);
    toc_event_body(&out, &ev);
    toc_event_fini(&ev);
    toc_buf_fini(&text);
    free(json);
    return toc_buf_take(&out);
}
