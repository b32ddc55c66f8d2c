// SPDX-License-Identifier: MIT
// Beginning: a new journal with everything in it that is needed to play it again; or an old one, all
// of whose lines are executed and compared; or, in the middle of play, the lines of this very run
// once more, when its scripts went over their memory cap.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "conduct_inside.h"

#define PART_BYTES (512 * 1024) // of an attachment in one line; base64 makes it 683 KiB

// What toc_journal_open's walk over the lines needs.
typedef struct {
    toc_conduct *conduct;
    int64_t t; // of the newest line
    toc_err err;
    toc_error *e;
} reading;

static toc_conduct *new_conduct(const toc_conduct_host *host);
static toc_err load_scenario(toc_conduct *c, const toc_conduct_setup *setup, toc_error *e);
static toc_err fill_header(toc_conduct *c, const toc_conduct_setup *setup, toc_error *e);
static toc_err record_sources(toc_conduct *c, toc_error *e);
static toc_err record_attachment(toc_conduct *c, const toc_file *file, toc_error *e);
static toc_err open_seats(toc_conduct *c, const toc_conduct_setup *setup, int64_t mono,
                          toc_error *e);
static void on_line(void *context, int64_t seq, const toc_line *line);
static toc_err read_header(toc_conduct *c, const toc_line *line, toc_error *e);
static toc_err read_line(toc_conduct *c, const toc_line *line, int64_t *t, toc_error *e);
static toc_err adopt_rerun(toc_conduct *c, toc_error *e);
static toc_err complete_step(toc_conduct *c, int64_t *t, toc_error *e);
static toc_err go_on(toc_conduct *c, int64_t mono, int64_t t, toc_error *e);
static toc_err leave_all(toc_conduct *c, int64_t mono, toc_error *e);
static toc_err rebuild(toc_conduct *c, toc_error *e);
static toc_err record_halt(toc_conduct *c, int64_t mono, toc_error *e);
static void drop_exercise(toc_conduct *c);

toc_err toc_conduct_start(toc_conduct **out, const toc_conduct_host *host,
                          const toc_conduct_setup *setup, int64_t mono, toc_error *e)
{
    *out = NULL;
    toc_conduct *c = new_conduct(host);
    toc_err err = load_scenario(c, setup, e);
    if (!err)
        err = fill_header(c, setup, e);
    if (!err)
        err = toc_journal_create(&c->journal, c->journal_path, &c->header, c->seal_pem, host->disk,
                                 e);
    if (!err)
        err = record_sources(c, e);
    if (!err) {
        toc_conduct_make_feeds(c);
        toc_conduct_follow(c, mono);
        err = open_seats(c, setup, mono, e);
    }
    if (!err)
        err = toc_conduct_flush(c, mono, e);
    if (err) {
        toc_conduct_free(c);
        return err;
    }
    *out = c;
    return TOC_OK;
}

toc_err toc_conduct_resume(toc_conduct **out, const toc_conduct_host *host, int64_t mono,
                           int64_t *cut, toc_error *e)
{
    *out = NULL;
    toc_conduct *c = new_conduct(host);
    reading r = {.conduct = c, .e = e};
    toc_err err = toc_journal_open(&c->journal, c->journal_path, c->seal_pem, host->disk, cut,
                                   on_line, &r, e);
    if (!err)
        err = r.err;
    if (!err)
        err = adopt_rerun(c, e);
    if (!err) {
        toc_conduct_make_feeds(c);
        toc_conduct_show(c, toc_conduct_durable(c), false);
        err = complete_step(c, &r.t, e);
    }
    if (!err)
        err = go_on(c, mono, r.t, e);
    if (!err)
        err = toc_conduct_flush(c, mono, e);
    if (err) {
        toc_conduct_free(c);
        return err;
    }
    *out = c;
    return TOC_OK;
}

void toc_conduct_free(toc_conduct *c)
{
    if (!c)
        return;
    toc_journal_close(c->journal);
    drop_exercise(c);
    toc_conduct_free_feeds(c);
    toc_sessions_free(c->sessions);
    toc_header_fini(&c->header);
    toc_buf_fini(&c->bodies);
    free(c->lines);
    free(c->journal_path);
    free(c->seal_pem);
    free(c);
}

// The step that met the cap is not in the lines yet, so what is rebuilt stands just before it. Its
// memory is larger (TOC_SCENARIO_MEMORY_AGAIN), so that it gets there; `halt` then retires the
// scripts, in every replay too.
toc_err toc_conduct_halt(toc_conduct *c, int64_t mono, toc_error *e)
{
    toc_err err = rebuild(c, e);
    return err ? err : record_halt(c, mono, e);
}

// Instants that derived nothing left no line: they happen once more.
toc_err toc_conduct_take_back(toc_conduct *c, int64_t t, toc_error *e)
{
    toc_err err = rebuild(c, e);
    int64_t due;
    while (!err && toc_exercise_next_due(c->x, &due) && due <= t) {
        toc_events nothing = {0};
        err = toc_exercise_advance(c->x, toc_journal_next(c->journal), &nothing, e);
        toc_events_fini(&nothing);
    }
    return err == TOC_ELIMIT ? TOC_OK : err; // whoever goes on meets the cap, and halts
}

static toc_err rebuild(toc_conduct *c, toc_error *e)
{
    toc_rerun *again = toc_rerun_new(&c->header);
    toc_err err = TOC_OK;
    for (size_t i = 0; i < c->line_count && !err; i++)
        err = toc_rerun_line(again, c->bodies.data + c->lines[i].from, c->lines[i].len, e);
    // Not finished (toc_rerun_finish): that would perform the very instant that met the cap.
    if (err) {
        toc_rerun_free(again);
        return err;
    }
    drop_exercise(c);
    c->rerun = again;
    return adopt_rerun(c, e);
}

static toc_err record_halt(toc_conduct *c, int64_t mono, toc_error *e)
{
    toc_event halt;
    toc_events derived = {0};
    toc_event_init(&halt, TOC_K_HALT, toc_exercise_now(c->x));
    halt.seq = toc_journal_next(c->journal);
    toc_event_set_str(&halt, TOC_F_BY, "engine");
    toc_conduct_stamp_wall(c, &halt);
    toc_event_set_str(&halt, TOC_F_REASON, "the scripts went over their memory cap");
    toc_err err = toc_exercise_apply(c->x, &halt, &derived, e);
    if (!err)
        err = toc_conduct_record(c, &halt, e);
    for (size_t i = 0; i < derived.count && !err; i++)
        err = toc_conduct_record(c, &derived.at[i], e);
    c->is_halted = true;
    if (!err)
        toc_conduct_follow(c, mono);
    toc_event_fini(&halt);
    toc_events_fini(&derived);
    return err;
}

static toc_conduct *new_conduct(const toc_conduct_host *host)
{
    toc_conduct *c = toc_alloc(sizeof *c);
    c->host = *host;
    c->journal_path = toc_strdup(host->journal);
    c->seal_pem = toc_strdup(host->seal_pem);
    c->sessions = toc_sessions_new();
    c->clock.speed = 1000;
    c->mark_at = -1;
    return c;
}

static toc_err load_scenario(toc_conduct *c, const toc_conduct_setup *setup, toc_error *e)
{
    c->files = setup->files;
    toc_err err = toc_scenario_load(&c->scenario, setup->files, NULL, setup->seed,
                                    TOC_SCENARIO_MEMORY, NULL, e);
    if (err)
        return err;
    c->plan = toc_scenario_plan(c->scenario);
    c->own = c->x = toc_exercise_new(c->plan, toc_scenario_script(c->scenario));
    return TOC_OK;
}

static toc_err fill_header(toc_conduct *c, const toc_conduct_setup *setup, toc_error *e)
{
    char public_hex[65];
    toc_err err = toc_seal_key_public(c->seal_pem, public_hex, e);
    if (err)
        return err;
    toc_buf startex = {0};
    toc_story_text(&startex, c->plan->startex);
    c->header = (toc_header){
        .version = TOC_JOURNAL_VERSION,
        .semantics = TOC_SEMANTICS,
        .exercise = toc_strdup(c->plan->id),
        .run = toc_strdup(setup->run),
        .startex = toc_buf_take(&startex),
        .engine = toc_strdup("tocsin " TOC_VERSION),
        .lua = toc_strdup(toc_lua_version()),
        .key = toc_strdup(public_hex),
        .seed = (int64_t)setup->seed,
    };
    return TOC_OK;
}

// Attachments as bytes, everything else as text. A file that is both goes as an attachment: its bytes
// are the same either way.
static toc_err record_sources(toc_conduct *c, toc_error *e)
{
    toc_map *attached = toc_map_new();
    for (size_t i = 0; i < c->plan->attachment_count; i++)
        toc_map_put(attached, c->plan->attachments[i].path, 1);
    toc_err err = TOC_OK;
    for (size_t i = 0; i < toc_files_count(c->files) && !err; i++) {
        const toc_file *file = toc_files_at(c->files, i);
        if (toc_map_get(attached, file->path, NULL)) {
            err = record_attachment(c, file, e);
            continue;
        }
        toc_event source;
        toc_event_init(&source, TOC_K_SOURCE, 0);
        source.seq = toc_journal_next(c->journal);
        toc_event_set_str(&source, TOC_F_PATH, file->path);
        toc_event_set_str(&source, TOC_F_TEXT, file->data);
        err = toc_conduct_record(c, &source, e);
        toc_event_fini(&source);
    }
    toc_map_free(attached);
    return err;
}

static toc_err record_attachment(toc_conduct *c, const toc_file *file, toc_error *e)
{
    char hash[TOC_HASH_HEX + 1];
    toc_sha256_hex(hash, (toc_bytes[]){{file->data, file->size}, {NULL, 0}});
    size_t parts = file->size == 0 ? 1 : (file->size + PART_BYTES - 1) / PART_BYTES;
    toc_err err = TOC_OK;
    for (size_t i = 0; i < parts && !err; i++) {
        size_t from = i * PART_BYTES;
        size_t len = file->size - from < PART_BYTES ? file->size - from : PART_BYTES;
        toc_buf data = {0};
        toc_base64_encode(&data, file->data + from, len);
        toc_event part;
        toc_event_init(&part, TOC_K_ATTACHMENT, 0);
        part.seq = toc_journal_next(c->journal);
        toc_event_set_str(&part, TOC_F_PATH, file->path);
        toc_event_set_int(&part, TOC_F_SIZE, (int64_t)file->size);
        toc_event_set_str(&part, TOC_F_SHA256, hash);
        toc_event_set_int(&part, TOC_F_PART, (int64_t)i + 1);
        toc_event_set_int(&part, TOC_F_PARTS, (int64_t)parts);
        toc_event_set_str(&part, TOC_F_DATA, toc_buf_text(&data));
        err = toc_conduct_record(c, &part, e);
        toc_event_fini(&part);
        toc_buf_fini(&data);
    }
    return err;
}

static toc_err open_seats(toc_conduct *c, const toc_conduct_setup *setup, int64_t mono,
                          toc_error *e)
{
    toc_err err = TOC_OK;
    for (size_t i = 0; i < setup->seat_count && !err; i++) {
        toc_event open;
        toc_event_init(&open, TOC_K_OPEN_SEAT, 0);
        toc_event_set_str(&open, TOC_F_BY, "engine");
        toc_event_set_str(&open, TOC_F_SEAT, setup->seats[i]);
        err = toc_conduct_input(c, mono, &open, e);
        toc_event_fini(&open);
    }
    return err;
}

static void on_line(void *context, int64_t seq, const toc_line *line)
{
    reading *r = context;
    if (r->err)
        return;
    r->err =
        seq == 0 ? read_header(r->conduct, line, r->e) : read_line(r->conduct, line, &r->t, r->e);
}

static toc_err read_header(toc_conduct *c, const toc_line *line, toc_error *e)
{
    toc_buf body = {0};
    toc_buf_add(&body, line->bytes, line->body_len);
    toc_buf_char(&body, '}');
    toc_err err = toc_header_parse(&c->header, body.data, body.len, e);
    toc_buf_fini(&body);
    if (err)
        return err;
    if (c->header.semantics != TOC_SEMANTICS)
        return toc_fail(e, TOC_EREFUSED,
                        "this run was recorded with semantics %lld, this engine plays %d: go on "
                        "with the engine that began it (%s)",
                        (long long)c->header.semantics, TOC_SEMANTICS, c->header.engine);
    c->rerun = toc_rerun_new(&c->header);
    return TOC_OK;
}

static toc_err read_line(toc_conduct *c, const toc_line *line, int64_t *t, toc_error *e)
{
    toc_err err = toc_rerun_line(c->rerun, line->bytes, line->body_len, e);
    if (err)
        return err;
    TOC_GROW(c->lines, c->line_count, c->line_capacity);
    c->lines[c->line_count++] = (toc_span_of_bytes){c->bodies.len, line->body_len};
    toc_buf_add(&c->bodies, line->bytes, line->body_len);
    toc_buf body = {0};
    toc_buf_add(&body, line->bytes, line->body_len);
    toc_buf_char(&body, '}');
    toc_event ev;
    err = toc_event_parse(&ev, body.data, body.len, e);
    toc_buf_fini(&body);
    if (err)
        return err;
    *t = ev.t > *t ? ev.t : *t;
    c->unsealed = ev.kind == TOC_K_SEAL ? 0 : c->unsealed + 1;
    if (ev.kind != TOC_K_UNKNOWN && toc_kind_class(ev.kind) != TOC_CLASS_RECORD) {
        toc_sessions_add(c->sessions, &ev);
        toc_conduct_pend(c, &ev); // the feeds are made when the plan is known
    }
    toc_event_fini(&ev);
    return TOC_OK;
}

static toc_err adopt_rerun(toc_conduct *c, toc_error *e)
{
    c->x = toc_rerun_exercise(c->rerun);
    if (!c->x)
        return toc_fail(e, TOC_EREFUSED,
                        "this run ended before its lobby opened: nothing is lost "
                        "by starting a new one");
    c->plan = toc_exercise_plan(c->x);
    c->files = toc_rerun_files(c->rerun);
    toc_scenario_cap(toc_rerun_scenario(c->rerun), TOC_SCENARIO_MEMORY);
    return TOC_OK;
}

// A torn step gets the rest of its lines.
static toc_err complete_step(toc_conduct *c, int64_t *t, toc_error *e)
{
    toc_events missing = {0};
    toc_err err = toc_rerun_finish(c->rerun, &missing, e);
    for (size_t i = 0; i < missing.count && !err; i++) {
        err = toc_conduct_record(c, &missing.at[i], e);
        *t = missing.at[i].t > *t ? missing.at[i].t : *t;
    }
    toc_events_fini(&missing);
    return err;
}

// Stands the clock where the last line left it, or where a jump was going to, lets everything due by
// then happen, and says `resumed`, which pauses.
static toc_err go_on(toc_conduct *c, int64_t mono, int64_t t, toc_error *e)
{
    toc_clock_view view = toc_exercise_clock(c->x);
    c->state = view.state;
    c->told = (toc_stand){0, view.state, view.emergency};
    if (view.now > t)
        t = view.now; // a jump
    c->clock = (toc_live_clock){.speed = view.speed};
    toc_live_clock_place(&c->clock, mono, t);
    if (view.state == TOC_PLAY_CLOSED)
        return TOC_OK; // only its last seal may be missing
    toc_event resumed;
    toc_event_init(&resumed, TOC_K_RESUMED, 0);
    toc_event_set_str(&resumed, TOC_F_BY, "engine");
    toc_err err = toc_conduct_input(c, mono, &resumed, e);
    toc_event_fini(&resumed);
    return err ? err : leave_all(c, mono, e);
}

// Whoever was there is not connected any more.
static toc_err leave_all(toc_conduct *c, int64_t mono, toc_error *e)
{
    toc_err err = TOC_OK;
    for (size_t i = 0; i < toc_exercise_seat_count(c->x) && !err; i++) {
        toc_seat_view seat = toc_exercise_seat(c->x, i);
        if (!seat.is_present)
            continue;
        toc_event leave;
        toc_event_init(&leave, TOC_K_LEAVE, 0);
        toc_event_set_str(&leave, TOC_F_BY, "engine");
        toc_event_set_str(&leave, TOC_F_SEAT, seat.id);
        toc_event_set_str(&leave, TOC_F_SESSION, seat.session);
        toc_event_set_str(&leave, TOC_F_REASON, "the engine was started again");
        err = toc_conduct_input(c, mono, &leave, e);
        toc_event_fini(&leave);
    }
    return err;
}

static void drop_exercise(toc_conduct *c)
{
    // The exercise borrows the plan and the scripts: it goes first.
    toc_exercise_free(c->own);
    toc_scenario_free(c->scenario);
    toc_rerun_free(c->rerun);
    c->own = NULL;
    c->scenario = NULL;
    c->rerun = NULL;
    c->x = NULL;
    c->plan = NULL;
}
