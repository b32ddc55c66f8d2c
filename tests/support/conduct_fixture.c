// SPDX-License-Identifier: MIT
#include "conduct_fixture.h"

#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "rehearse/rerun.h"
#include "script/scenario.h"

#define WALL_START INT64_C(1795284000000) // 2026-11-21T18:00:00Z

static const char scenario_text[] =
    "exercise \"fixture\" { title = \"Fixture\", startex = \"2026-01-01 08:00Z\", length = \"1h\","
    " marking = \"TLP:CLEAR\" }\n"
    "team \"ops\" { name = \"Operations\", seats = 2, contacts = { \"press\", \"police\" } }\n"
    "team \"press\" { name = \"Press office\", seats = 1, contacts = { \"ops\" } }\n"
    "party \"police\" { name = \"Police\" }\n"
    "objective \"OBJ-1\" { team = \"ops\", text = \"Warn the press office\" }\n"
    "inject \"I-1\" { at = \"T+10m\", from = \"Harbour\", to = { \"ops\" }, channel = \"phone\",\n"
    "  title = \"Fog\", text = \"Nothing to be seen.\", attach = { \"files/map.bin\" } }\n"
    "inject \"I-2\" { at = \"T+20m\", from = \"Harbour\", to = \"all\", channel = \"email\",\n"
    "  release = \"manual\", title = \"More fog\", text = \"Still nothing.\" }\n"
    "inject \"I-3\" { from = \"Radio\", to = { \"press\" }, channel = \"phone\",\n"
    "  title = \"Call\", text = \"What is going on?\" }\n"
    "decision \"D-1\" { to = \"ops\", at = \"T+5m\", within = \"10m\", title = \"Close the "
    "harbour?\",\n"
    "  options = { { \"yes\", \"Close it\" }, { \"no\", \"Leave it open\" } }, default = \"no\" }\n"
    "storyline \"story\" (function () wait_until \"T+15m\"; note \"quarter\" end)\n";

static toc_conduct_host host_of(conduct_fixture *f);
static int64_t wall_now(void *context);
static void on_line(void *context, const toc_event *ev, bool is_new);
static void set_field(toc_event *ev, const char *name, const char *value);
static void each_line(void *context, int64_t seq, const toc_line *line);
static void verify_line(void *context, int64_t seq, const toc_line *line);

void conduct_setup(conduct_fixture *f, const char *more)
{
    memset(f, 0, sizeof *f);
    fixture_setup(&f->disk);
    f->mono = 1000000;
    f->files = toc_files_new();
    toc_library_add(f->files);
    char *text = toc_sprintf("%s%s", scenario_text, more);
    toc_files_add(f->files, "scenario.lua", text, strlen(text));
    free(text);
    char *map = toc_alloc(600000);
    for (size_t i = 0; i < 600000; i++)
        map[i] = (char)(i * 31 % 251);
    toc_files_add(f->files, "files/map.bin", map, 600000);
    free(map);
}

void conduct_teardown(conduct_fixture *f)
{
    toc_conduct_free(f->c);
    toc_files_free(f->files);
    fixture_teardown(&f->disk);
}

void conduct_start(conduct_fixture *f)
{
    static const char *const seats[] = {"excon-1", "evaluator-1", "board-1"};
    toc_conduct_host host = host_of(f);
    toc_conduct_setup setup = {"fixture-1", 26, f->files, seats, TOC_COUNT(seats)};
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_conduct_start(&f->c, &host, &setup, f->mono, &e), e);
}

void conduct_kill(conduct_fixture *f)
{
    toc_conduct_free(f->c);
    f->c = NULL;
}

void conduct_resume(conduct_fixture *f)
{
    toc_conduct_host host = host_of(f);
    toc_error e = {0};
    int64_t cut;
    f->mono += 12345; // time went on meanwhile
    TOC_OK_OR_FAIL(toc_conduct_resume(&f->c, &host, f->mono, &cut, &e), e);
}

toc_err conduct_put(conduct_fixture *f, const char *by, const char *kind, toc_error *e, ...)
{
    toc_event in;
    toc_kind k = toc_kind_find(kind);
    ck_assert_int_ne(k, TOC_K_UNKNOWN);
    toc_event_init(&in, k, 0);
    toc_event_set_str(&in, TOC_F_BY, by);
    va_list args;
    va_start(args, e);
    for (const char *name = va_arg(args, const char *); name; name = va_arg(args, const char *))
        set_field(&in, name, va_arg(args, const char *));
    va_end(args);
    toc_err err = toc_conduct_input(f->c, f->mono, &in, e);
    toc_event_fini(&in);
    return err;
}

void conduct_do(conduct_fixture *f, const char *by, const char *kind)
{
    toc_error e = {0};
    TOC_OK_OR_FAIL(conduct_put(f, by, kind, &e, NULL), e);
}

void conduct_tick(conduct_fixture *f, int64_t ms)
{
    toc_error e = {0};
    f->mono += ms;
    TOC_OK_OR_FAIL(toc_conduct_tick(f->c, f->mono, &e), e);
    TOC_OK_OR_FAIL(toc_conduct_mark(f->c, f->mono, &e), e);
}

void conduct_commit(conduct_fixture *f)
{
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_conduct_flush(f->c, f->mono, &e), e);
}

void conduct_run(conduct_fixture *f, int64_t ms)
{
    int64_t end = f->mono + ms, at;
    conduct_commit(f);
    while (toc_conduct_deadline(f->c, &at) && at <= end) {
        conduct_tick(f, at > f->mono ? at - f->mono : 0);
        conduct_commit(f);
    }
    conduct_tick(f, end - f->mono);
    conduct_commit(f);
}

void conduct_read(const conduct_fixture *f, toc_events *out)
{
    toc_buf data = {0};
    toc_chain_report report;
    *out = (toc_events){0};
    fixture_read(&data, f->disk.path);
    toc_chain_scan(toc_buf_text(&data), data.len, &report, each_line, out);
    ck_assert_int_ne(report.state, TOC_CHAIN_DAMAGED);
    toc_buf_fini(&data);
}

int64_t conduct_t(const conduct_fixture *f, const char *kind, toc_field field, const char *value)
{
    toc_events events;
    int64_t t = -1;
    conduct_read(f, &events);
    for (size_t i = 0; i < events.count; i++) {
        const char *has = field < TOC_F_COUNT ? toc_event_str(&events.at[i], field) : NULL;
        if (events.at[i].kind == toc_kind_find(kind) &&
            (!value || (has && strcmp(has, value) == 0)))
            t = events.at[i].t;
    }
    toc_events_fini(&events);
    return t;
}

size_t conduct_count(const conduct_fixture *f, const char *kind)
{
    toc_events events;
    size_t count = 0;
    conduct_read(f, &events);
    for (size_t i = 0; i < events.count; i++)
        count += events.at[i].kind == toc_kind_find(kind);
    toc_events_fini(&events);
    return count;
}

typedef struct {
    toc_rerun *rerun;
    toc_header header;
    char hash[TOC_HASH_HEX + 1]; // of the line before
} verifying;

void conduct_verify(const conduct_fixture *f)
{
    toc_buf data = {0};
    toc_chain_report report;
    toc_events missing = {0};
    toc_error e = {0};
    verifying v = {0};
    fixture_read(&data, f->disk.path);
    toc_chain_scan(toc_buf_text(&data), data.len, &report, verify_line, &v);
    ck_assert_msg(report.state == TOC_CHAIN_WHOLE, "%s", report.why);
    TOC_OK_OR_FAIL(toc_rerun_finish(v.rerun, &missing, &e), e);
    ck_assert_uint_eq(missing.count, 0);
    toc_events_fini(&missing);
    toc_rerun_free(v.rerun);
    toc_header_fini(&v.header);
    toc_buf_fini(&data);
}

static toc_conduct_host host_of(conduct_fixture *f)
{
    return (toc_conduct_host){.journal = f->disk.path,
                              .seal_pem = f->disk.private_pem,
                              .disk = f->faults,
                              .context = f,
                              .wall = wall_now,
                              .on_line = on_line};
}

static int64_t wall_now(void *context)
{
    return WALL_START + ((const conduct_fixture *)context)->mono;
}

static void on_line(void *context, const toc_event *ev, bool is_new)
{
    conduct_fixture *f = context;
    f->lines += is_new;
    f->past += !is_new;
    if (f->listener)
        f->listener(f->listener_context, ev, is_new);
}

static void set_field(toc_event *ev, const char *name, const char *value)
{
    toc_field field = toc_field_find(name);
    ck_assert_msg(field != TOC_F_COUNT, "no field %s", name);
    char *copy = toc_strdup(value), *list[8];
    size_t count = 0;
    switch (toc_field_type(field)) {
    case TOC_TYPE_STR:
        toc_event_set_str(ev, field, value);
        break;
    case TOC_TYPE_LIST:
        for (char *save, *part = strtok_r(copy, ",", &save); part;
             part = strtok_r(NULL, ",", &save))
            list[count++] = part;
        toc_event_set_list(ev, field, list, count);
        break;
    default:
        toc_event_set_int(ev, field, strtoll(value, NULL, 10));
        break;
    }
    free(copy);
}

static void body_of(toc_buf *out, const toc_line *line)
{
    toc_buf_add(out, line->bytes, line->body_len);
    toc_buf_char(out, '}');
}

static void each_line(void *context, int64_t seq, const toc_line *line)
{
    toc_events *list = context;
    if (seq == 0)
        return;
    toc_buf body = {0};
    toc_error e = {0};
    toc_event *ev = toc_events_add(list, TOC_K_NOTE, 0);
    body_of(&body, line);
    TOC_OK_OR_FAIL(toc_event_parse(ev, body.data, body.len, &e), e);
    toc_buf_fini(&body);
}

static void verify_line(void *context, int64_t seq, const toc_line *line)
{
    verifying *v = context;
    toc_buf body = {0}, text = {0};
    toc_error e = {0};
    body_of(&body, line);
    if (seq == 0) {
        TOC_OK_OR_FAIL(toc_header_parse(&v->header, body.data, body.len, &e), e);
        v->rerun = toc_rerun_new(&v->header);
    } else {
        toc_event ev;
        TOC_OK_OR_FAIL(toc_event_parse(&ev, body.data, body.len, &e), e);
        if (ev.kind == TOC_K_SEAL) {
            toc_seal_text(&text, v->header.run, seq - 1, v->hash);
            ck_assert(
                toc_seal_verify(v->header.key, text.data, text.len, toc_event_str(&ev, TOC_F_SIG)));
        }
        toc_event_fini(&ev);
        toc_err err = toc_rerun_line(v->rerun, line->bytes, line->body_len, &e);
        ck_assert_msg(err == TOC_OK, "%s\nrecorded %s\ncame out %s", e.msg,
                      toc_rerun_recorded(v->rerun), toc_rerun_came_out(v->rerun));
    }
    memcpy(v->hash, line->hash, TOC_HASH_HEX);
    v->hash[TOC_HASH_HEX] = '\0';
    toc_buf_fini(&body);
    toc_buf_fini(&text);
}
