// SPDX-License-Identifier: MIT
#include "acted.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "check_main.h"
#include "process.h"
#include "record/chain.h"
#include "solo.h"

#define WALL_START INT64_C(1795284000000) // 2026-11-21T18:00:00Z

static void add_sources(acted *a);
static void add_derived(acted *a, toc_events *derived);
static void set_field(const acted *a, toc_event *ev, toc_field f, const char *text);

void acted_begin(acted *a, const char *scenario)
{
    toc_error e = {0};
    toc_files *files;
    char *dir = source_path(scenario);
    TOC_OK_OR_FAIL(scenario_files(&files, dir, &e), e);
    free(dir);
    acted_begin_files(a, files);
}

void acted_begin_files(acted *a, toc_files *files_take)
{
    toc_error e = {0};
    *a = (acted){.files = files_take};
    TOC_OK_OR_FAIL(
        toc_scenario_load(&a->scenario, a->files, NULL, 1, TOC_SCENARIO_MEMORY, NULL, &e), e);
    a->x = toc_exercise_new(toc_scenario_plan(a->scenario), toc_scenario_script(a->scenario));
    add_sources(a);
}

void acted_end(acted *a)
{
    toc_exercise_free(a->x);
    toc_scenario_free(a->scenario);
    toc_files_free(a->files);
    toc_events_fini(&a->log);
}

void acted_pass(acted *a, const char *at)
{
    int64_t until, due;
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_play_parse(at, &until, &e), e);
    while (toc_exercise_next_due(a->x, &due) && due <= until) {
        toc_events derived = {0};
        TOC_OK_OR_FAIL(toc_exercise_advance(a->x, (int64_t)a->log.count + 1, &derived, &e), e);
        add_derived(a, &derived);
    }
}

int64_t acted_put(acted *a, const char *at, const char *by, const char *kind, ...)
{
    toc_events derived = {0};
    toc_error e = {0};
    toc_buf wall = {0};
    toc_event in;
    va_list fields;
    int64_t t;
    acted_pass(a, at);
    TOC_OK_OR_FAIL(toc_play_parse(at, &t, &e), e);
    ck_assert_msg(toc_kind_find(kind) != TOC_K_UNKNOWN, "%s", kind);
    toc_event_init(&in, toc_kind_find(kind), t);
    in.seq = (int64_t)a->log.count + 1;
    toc_wall_text(&wall, WALL_START + t + a->wall);
    toc_event_set_str(&in, TOC_F_BY, by);
    toc_event_set_str(&in, TOC_F_WALL, wall.data);
    toc_buf_fini(&wall);
    va_start(fields, kind);
    for (const char *name; (name = va_arg(fields, const char *));)
        set_field(a, &in, toc_field_find(name), va_arg(fields, const char *));
    va_end(fields);
    toc_err err = toc_exercise_apply(a->x, &in, &derived, &e);
    ck_assert_msg(!err, "%s %s %s: %s", at, by, kind, e.msg);
    const int64_t seq = in.seq;
    toc_event *added = toc_events_add(&a->log, in.kind, 0);
    toc_event_fini(added);
    *added = in;
    add_derived(a, &derived);
    return seq;
}

int64_t acted_item(const acted *a, const char *inject)
{
    for (size_t i = a->log.count; i > 0; i--) {
        const toc_event *ev = &a->log.at[i - 1];
        if (!inject && ev->kind == TOC_K_MESSAGE)
            return ev->seq;
        if (inject && ev->kind == TOC_K_INJECT &&
            strcmp(toc_event_str(ev, TOC_F_INJECT), inject) == 0)
            return ev->seq;
    }
    ck_abort_msg("%s was not sent", inject ? inject : "a message");
}

void acted_journal(const acted *a, size_t lines, toc_buf *out)
{
    char hash[TOC_HASH_HEX + 1], key[65];
    const toc_plan *plan = toc_scenario_plan(a->scenario);
    toc_buf body = {0}, startex = {0};
    memset(hash, '0', TOC_HASH_HEX);
    hash[TOC_HASH_HEX] = '\0';
    memset(key, 'a', 64);
    key[64] = '\0';
    toc_story_text(&startex, plan->startex);
    toc_header header = {.version = TOC_JOURNAL_VERSION,
                         .semantics = TOC_SEMANTICS,
                         .exercise = plan->id,
                         .run = (char[]){"acted-1"},
                         .startex = startex.data,
                         .engine = (char[]){"tests"},
                         .lua = (char *)(uintptr_t)toc_lua_version(),
                         .key = key,
                         .seed = 1};
    toc_header_body(&body, &header);
    toc_line_write(out, body.data, body.len, 0, hash);
    for (size_t i = 0; i < a->log.count && (lines == 0 || i < lines); i++) {
        toc_buf_clear(&body);
        toc_event_body(&body, &a->log.at[i]);
        toc_line_write(out, body.data, body.len, (int64_t)i, hash);
    }
    toc_buf_fini(&body);
    toc_buf_fini(&startex);
}

static void add_sources(acted *a)
{
    const toc_plan *plan = toc_scenario_plan(a->scenario);
    for (size_t i = 0; i < toc_files_count(a->files); i++) {
        const toc_file *file = toc_files_at(a->files, i);
        bool is_attached = false;
        for (size_t k = 0; k < plan->attachment_count; k++)
            is_attached |= strcmp(plan->attachments[k].path, file->path) == 0;
        toc_event *ev = toc_events_add(&a->log, is_attached ? TOC_K_ATTACHMENT : TOC_K_SOURCE, 0);
        ev->seq = (int64_t)a->log.count;
        toc_event_set_str(ev, TOC_F_PATH, file->path);
        if (!is_attached) {
            toc_event_set_str(ev, TOC_F_TEXT, file->data);
            continue;
        }
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
}

static void add_derived(acted *a, toc_events *derived)
{
    for (size_t i = 0; i < derived->count; i++) {
        toc_event *added = toc_events_add(&a->log, derived->at[i].kind, 0);
        toc_event_fini(added);
        toc_event_copy(added, &derived->at[i]);
    }
    toc_events_fini(derived);
}

static void set_field(const acted *a, toc_event *ev, toc_field f, const char *text)
{
    char *list[16], *copy = toc_strdup(text), *at = copy;
    size_t count = 0;
    ck_assert_int_ne(f, TOC_F_COUNT);
    switch (toc_field_type(f)) {
    case TOC_TYPE_LIST:
        for (; at && count < TOC_COUNT(list); count++) {
            char *comma = strchr(at, ',');
            list[count] = at;
            if (comma)
                *comma = '\0';
            at = comma ? comma + 1 : NULL;
        }
        toc_event_set_list(ev, f, list, count);
        break;
    case TOC_TYPE_STR:
        toc_event_set_str(ev, f, text);
        break;
    default:
        toc_event_set_int(ev, f,
                          text[0] >= '0' && text[0] <= '9' ? strtoll(text, NULL, 10)
                          : strcmp(text, "message") == 0   ? acted_item(a, NULL)
                                                           : acted_item(a, text));
        break;
    }
    free(copy);
}
