// SPDX-License-Identifier: MIT
#include "tape.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "check_main.h"
#include "record/journal.h"

#define WALL_BEGIN 1763748000000LL // ms; any moment does

static const char head[] =
    "exercise \"try\" { title = \"Try\", startex = \"2026-03-01 06:00Z\", length = \"1h\", marking "
    "= \"TLP:CLEAR\" }\n"
    "team \"ops\" { name = \"Operations\", seats = 2, contacts = { \"net\", \"press\" } }\n"
    "team \"net\" { name = \"Network\", contacts = { \"ops\" } }\n"
    "party \"press\" { name = \"Press\" }\n"
    "objective \"OBJ-1\" { text = \"Talk\", team = \"ops\" }\n";

static void add_sources(tape *t);
static int64_t next_seq(const tape *t);

void tape_begin(tape *t, const char *scenario)
{
    toc_error e = {0};
    char *text = toc_sprintf("%s%s", head, scenario);
    *t = (tape){.files = toc_files_new()};
    toc_files_add(t->files, "scenario.lua", text, strlen(text));
    toc_library_add(t->files);
    free(text);
    TOC_OK_OR_FAIL(
        toc_scenario_load(&t->scenario, t->files, NULL, 26, TOC_SCENARIO_MEMORY, NULL, &e), e);
    t->x = toc_exercise_new(toc_scenario_plan(t->scenario), toc_scenario_script(t->scenario));
    add_sources(t);
    tape_do(t, 0, "open-seat", "engine", ",\"seat\":\"excon-1\"");
}

void tape_end(tape *t)
{
    toc_exercise_free(t->x);
    toc_scenario_free(t->scenario);
    toc_files_free(t->files);
    toc_events_fini(&t->log);
}

int64_t tape_do(tape *t, int64_t at, const char *kind, const char *by, const char *rest)
{
    toc_error e = {0};
    toc_event input;
    toc_buf wall = {0};
    tape_until(t, at);
    const int64_t seq = next_seq(t);
    toc_wall_text(&wall, WALL_BEGIN + at + t->waited);
    char *json =
        toc_sprintf("{\"seq\":%lld,\"t\":%lld,\"k\":\"%s\",\"by\":\"%s\",\"wall\":\"%s\"%s}",
                    (long long)seq, (long long)at, kind, by, toc_buf_text(&wall), rest);
    TOC_OK_OR_FAIL(toc_event_parse(&input, json, strlen(json), &e), e);
    toc_event *kept = toc_events_add(&t->log, input.kind, at);
    toc_event_fini(kept);
    *kept = input;
    toc_event own;
    toc_event_copy(&own, &input); // the log moves while it grows
    TOC_OK_OR_FAIL(toc_exercise_apply(t->x, &own, &t->log, &e), e);
    toc_event_fini(&own);
    toc_buf_fini(&wall);
    free(json);
    return seq;
}

void tape_until(tape *t, int64_t at)
{
    int64_t due;
    toc_error e = {0};
    while (toc_exercise_next_due(t->x, &due) && due <= at)
        TOC_OK_OR_FAIL(toc_exercise_advance(t->x, next_seq(t), &t->log, &e), e);
    t->played = at;
}

void tape_wait(tape *t, int64_t wall_ms)
{
    t->waited += wall_ms;
}

int64_t tape_find(const tape *t, toc_kind kind, int n)
{
    for (size_t i = 0; i < t->log.count; i++)
        if (t->log.at[i].kind == kind && --n == 0)
            return t->log.at[i].seq;
    ck_abort_msg("no such %s", toc_kind_name(kind));
    return 0;
}

void tape_write(const tape *t, toc_buf *out)
{
    char hash[TOC_HASH_HEX + 1], key[65], exercise[] = "try", run[] = "try-run";
    char startex[] = "2026-03-01 06:00Z", engine[] = "test", lua[] = "test";
    memset(hash, '0', TOC_HASH_HEX);
    hash[TOC_HASH_HEX] = '\0';
    memset(key, '0', 64);
    key[64] = '\0';
    const toc_header header = {.version = TOC_JOURNAL_VERSION,
                               .semantics = TOC_SEMANTICS,
                               .exercise = exercise,
                               .run = run,
                               .startex = startex,
                               .engine = engine,
                               .lua = lua,
                               .key = key,
                               .seed = 26};
    toc_buf body = {0};
    toc_header_body(&body, &header);
    toc_line_write(out, body.data, body.len, 0, hash);
    for (size_t i = 0; i < t->log.count; i++) {
        toc_buf_clear(&body);
        toc_event_body(&body, &t->log.at[i]);
        toc_line_write(out, body.data, body.len, t->log.at[i].seq - 1, hash);
    }
    toc_buf_fini(&body);
}

toc_recording *tape_recording(const tape *t)
{
    toc_buf journal = {0};
    toc_recording *r;
    toc_error e = {0};
    tape_write(t, &journal);
    TOC_OK_OR_FAIL(toc_recording_read(&r, journal.data, journal.len, &e), e);
    toc_buf_fini(&journal);
    return r;
}

static void add_sources(tape *t)
{
    for (size_t i = 0; i < toc_files_count(t->files); i++) {
        const toc_file *file = toc_files_at(t->files, i);
        const int64_t seq = next_seq(t);
        toc_event *ev = toc_events_add(&t->log, TOC_K_SOURCE, 0);
        ev->seq = seq;
        toc_event_set_str(ev, TOC_F_PATH, file->path);
        toc_event_set_str(ev, TOC_F_TEXT, file->data);
    }
}

static int64_t next_seq(const tape *t)
{
    return t->log.count > 0 ? t->log.at[t->log.count - 1].seq + 1 : 1;
}
