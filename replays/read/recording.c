// SPDX-License-Identifier: MIT
// Lines are read once, in order, and never moved in what they mean: what a line of a known kind does not parse as is kept as one of
// no kind, so that seqs go on without a gap. The chain was checked before a line is read.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "crypto/crypto.h"
#include "recording_inside.h"
#include "script/scenario.h"

#define JOURNAL_MAX ((size_t)4 << 30)

typedef struct {
    size_t from, body_len; // in text
} recorded_line;

struct toc_recording {
    const toc_recording *like; // has header, plan and files; NULL: they are its own
    toc_buf text; // the whole file
    toc_header header;
    toc_story startex;
    toc_chain_report chain;
    recorded_line *lines; // by seq; 0 is the header
    toc_event *events;    // by seq; 0 is empty
    size_t count, line_capacity, event_capacity;
    toc_files *files;
    toc_buf attachment; // the parts read so far of the one that is being put together
    toc_buf json;       // the line that is being read
    toc_scenario *scenario;
    toc_error why; // it did not load
    bool keeps_back, is_emergency; // the words of a real emergency; whether one stands at the newest line
    bool is_begun; // a line after the sources was read: they are whole
    recorded_index index;
};

static toc_err begin(toc_recording **out, toc_buf *text, toc_error *e);
static toc_err scan(toc_recording *r, toc_error *e);
static void on_line(void *context, int64_t seq, const toc_line *line);
static toc_err read_header(toc_recording *r, toc_error *e);
static void read_line(toc_recording *r, size_t seq);
static void take_record(toc_recording *r, toc_event *ev);
static void take_attachment(toc_recording *r, toc_event *ev);
static void load(toc_recording *r);

toc_err toc_recording_read(toc_recording **out, const char *data, size_t len, toc_error *e)
{
    toc_buf text = {0};
    toc_buf_add(&text, data, len);
    return begin(out, &text, e);
}

toc_err toc_recording_open(toc_recording **out, const char *path, toc_error *e)
{
    *out = NULL;
    char *journal = NULL;
    toc_buf text = {0};
    toc_err err = toc_recording_path(&journal, path, NULL, e);
    if (!err)
        err = toc_file_slurp(&text, journal, JOURNAL_MAX, e);
    if (!err)
        err = begin(out, &text, e);
    toc_buf_fini(&text);
    free(journal);
    return err;
}

toc_recording *toc_recording_of(const toc_recording *like, toc_events *lines_take)
{
    toc_recording *r = toc_alloc(sizeof *r);
    const toc_plan *plan = toc_recording_plan(like, NULL);
    r->like = like;
    r->startex = like->startex;
    r->is_begun = true;
    r->count = lines_take->count + 1;
    r->chain = (toc_chain_report){.state = TOC_CHAIN_WHOLE, .lines = (int64_t)r->count};
    r->events = toc_realloc(NULL, r->count * sizeof *r->events);
    toc_event_init(&r->events[0], TOC_K_UNKNOWN, 0);
    if (lines_take->count > 0)
        memcpy(r->events + 1, lines_take->at, lines_take->count * sizeof *r->events);
    free(lines_take->at);
    *lines_take = (toc_events){0};
    toc_index_init(&r->index, r->startex, plan ? plan->pace : 1000);
    for (size_t seq = 1; seq < r->count; seq++)
        if (toc_kind_class(r->events[seq].kind) != TOC_CLASS_RECORD)
            toc_index_add(&r->index, plan, &r->events[seq]);
    return r;
}

void toc_recording_free(toc_recording *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->count; i++)
        toc_event_fini(&r->events[i]);
    free(r->events);
    free(r->lines);
    toc_index_fini(&r->index);
    toc_scenario_free(r->scenario);
    toc_files_free(r->files);
    toc_buf_fini(&r->attachment);
    toc_buf_fini(&r->json);
    toc_buf_fini(&r->text);
    toc_header_fini(&r->header);
    free(r);
}

toc_err toc_recording_add(toc_recording *r, const char *data, size_t len, toc_error *e)
{
    toc_buf_add(&r->text, data, len);
    return scan(r, e);
}

void toc_recording_keep_back(toc_recording *r)
{
    r->keeps_back = true;
    r->is_emergency = false;
    for (size_t seq = 1; seq < r->count; seq++)
        toc_kept_hide(&r->events[seq], &r->is_emergency);
}

const toc_header *toc_recording_header(const toc_recording *r)
{
    return r->like ? toc_recording_header(r->like) : &r->header;
}

const toc_chain_report *toc_recording_chain(const toc_recording *r)
{
    return &r->chain;
}

int64_t toc_recording_count(const toc_recording *r)
{
    return (int64_t)r->count - 1;
}

const toc_event *toc_recording_at(const toc_recording *r, int64_t seq)
{
    static const toc_event none = {.kind = TOC_K_UNKNOWN};
    return seq >= 1 && seq < (int64_t)r->count ? &r->events[seq] : &none;
}

const char *toc_recording_body(const toc_recording *r, int64_t seq, size_t *len)
{
    *len = 0;
    if (seq < 0 || seq >= (int64_t)r->count || !r->lines)
        return NULL;
    *len = r->lines[seq].body_len;
    return r->text.data + r->lines[seq].from;
}

const char *toc_recording_bytes(const toc_recording *r, size_t *len)
{
    *len = r->text.len;
    return toc_buf_text(&r->text);
}

const toc_plan *toc_recording_plan(const toc_recording *r, const char **why)
{
    if (r->like)
        return toc_recording_plan(r->like, why);
    if (why)
        *why = r->scenario ? NULL : r->why.msg;
    return r->scenario ? toc_scenario_plan(r->scenario) : NULL;
}

const toc_files *toc_recording_files(const toc_recording *r)
{
    return r->like ? toc_recording_files(r->like) : r->files;
}

int64_t toc_recording_start(const toc_recording *r)
{
    return r->index.start;
}

int64_t toc_recording_end(const toc_recording *r)
{
    return r->events[r->count - 1].t;
}

bool toc_recording_is_closed(const toc_recording *r)
{
    return r->index.is_closed;
}

const toc_event *toc_recording_jump(const toc_recording *r, int64_t t)
{
    for (int64_t seq = toc_recording_by(r, t); seq > 0; seq--) {
        const toc_event *ev = &r->events[seq];
        if (ev->kind == TOC_K_JUMP && ev->t < t && t < toc_event_int(ev, TOC_F_UNTIL))
            return ev;
    }
    return NULL;
}

int64_t toc_recording_by(const toc_recording *r, int64_t t)
{
    size_t low = 1, high = r->count; // the first one after t
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->events[middle].t <= t)
            low = middle + 1;
        else
            high = middle;
    }
    return (int64_t)low - 1;
}

const char *toc_recording_person(const toc_recording *r, const char *seat, int64_t seq)
{
    return toc_index_person(&r->index, seat, seq);
}

int64_t toc_recording_story(const toc_recording *r, int64_t seq)
{
    enum { MINUTE = 60 * 1000 };
    const toc_event *ev = toc_recording_at(r, seq);
    const int64_t now = toc_index_story(&r->index, seq, ev->t);
    const char *own = ev->kind == TOC_K_EXPECTATION ? NULL : toc_event_str(ev, TOC_F_STORY);
    toc_story told;
    if (own && toc_story_parse(own, &told, NULL) == TOC_OK && told.ms / MINUTE != now / MINUTE)
        return told.ms;
    return now;
}

toc_story toc_recording_story_at(const toc_recording *r, int64_t seq, int64_t t)
{
    toc_story story = r->startex;
    story.ms = toc_index_story(&r->index, seq, t);
    return story;
}

int64_t toc_recording_play_of(const toc_recording *r, int64_t story_ms)
{
    return toc_index_play(&r->index, story_ms);
}

int64_t toc_recording_read_by(const toc_recording *r, int64_t item, const char *team, int64_t seq)
{
    return toc_index_read(&r->index, item, team, seq);
}

// Takes text.
static toc_err begin(toc_recording **out, toc_buf *text, toc_error *e)
{
    toc_recording *r = toc_alloc(sizeof *r);
    r->text = *text;
    *text = (toc_buf){0};
    r->files = toc_files_new();
    memset(r->chain.hash, '0', TOC_HASH_HEX);
    toc_index_init(&r->index, (toc_story){0, 0}, 1000);
    toc_err err = scan(r, e);
    if (!err && r->count == 0)
        err = toc_fail(e, TOC_EFORMAT,
                       "this is not a tocsin journal, or not as it was written: line 1: %s",
                       r->chain.why);
    if (err) {
        toc_recording_free(r);
        r = NULL;
    }
    *out = r;
    return err;
}

static toc_err scan(toc_recording *r, toc_error *e)
{
    size_t from = r->count;
    toc_chain_scan_on(toc_buf_text(&r->text), r->text.len, &r->chain, on_line, r);
    for (; from < r->count; from++) {
        if (from > 0) {
            read_line(r, from);
            continue;
        }
        toc_err err = read_header(r, e);
        if (err)
            return err;
    }
    if (!r->is_begun) // cut among its sources, or before play: what there is may be enough
        load(r);
    return TOC_OK;
}

static void on_line(void *context, int64_t seq, const toc_line *line)
{
    toc_recording *r = context;
    TOC_GROW(r->lines, r->count, r->line_capacity);
    TOC_GROW(r->events, r->count, r->event_capacity);
    r->lines[r->count] = (recorded_line){(size_t)(line->bytes - r->text.data), line->body_len};
    toc_event_init(&r->events[r->count++], TOC_K_UNKNOWN, 0);
    (void)seq; // the line's place
}

static toc_err read_header(toc_recording *r, toc_error *e)
{
    char *json = toc_sprintf("%.*s}", (int)r->lines[0].body_len, r->text.data);
    toc_err err = toc_header_parse(&r->header, json, strlen(json), e);
    free(json);
    if (!err && toc_story_parse(r->header.startex, &r->startex, NULL) != TOC_OK)
        r->startex = (toc_story){0, 0};
    r->index.anchors[0].story = r->startex.ms;
    return err;
}

static void read_line(toc_recording *r, size_t seq)
{
    const recorded_line *line = &r->lines[seq];
    toc_event *ev = &r->events[seq];
    const int64_t before = r->events[seq - 1].t;
    toc_buf_clear(&r->json);
    toc_buf_add(&r->json, r->text.data + line->from, line->body_len);
    toc_buf_char(&r->json, '}');
    if (toc_event_parse(ev, r->json.data, r->json.len, NULL) != TOC_OK || ev->t < before) {
        toc_event_fini(ev);
        toc_event_init(ev, TOC_K_UNKNOWN, before);
    }
    ev->seq = (int64_t)seq;
    if (toc_kind_class(ev->kind) == TOC_CLASS_RECORD) {
        take_record(r, ev);
        return;
    }
    if (!r->is_begun) {
        load(r);
        r->is_begun = true;
    }
    toc_index_add(&r->index, toc_recording_plan(r, NULL), ev);
    if (r->keeps_back)
        toc_kept_hide(ev, &r->is_emergency);
}

static void take_record(toc_recording *r, toc_event *ev)
{
    if (ev->kind == TOC_K_ATTACHMENT && !r->is_begun)
        take_attachment(r, ev);
    const char *text = ev->kind == TOC_K_SOURCE ? toc_event_str(ev, TOC_F_TEXT) : NULL;
    if (text && !r->is_begun)
        toc_files_add(r->files, toc_event_str(ev, TOC_F_PATH), text, strlen(text));
    toc_event_set_str(ev, TOC_F_TEXT, NULL);
    toc_event_set_str(ev, TOC_F_DATA, NULL);
}

// One whose bytes are not what its hash says is left out: nobody should open it.
static void take_attachment(toc_recording *r, toc_event *ev)
{
    const char *data = toc_event_str(ev, TOC_F_DATA);
    char hash[TOC_HASH_HEX + 1];
    if (toc_event_int(ev, TOC_F_PART) == 1)
        toc_buf_clear(&r->attachment);
    if (toc_base64_decode(&r->attachment, data, strlen(data), NULL) != TOC_OK ||
        toc_event_int(ev, TOC_F_PART) < toc_event_int(ev, TOC_F_PARTS))
        return;
    const toc_bytes bytes[] = {{toc_buf_text(&r->attachment), r->attachment.len}, {NULL, 0}};
    toc_sha256_hex(hash, bytes);
    if (strcmp(hash, toc_event_str(ev, TOC_F_SHA256)) == 0)
        toc_files_add(r->files, toc_event_str(ev, TOC_F_PATH), bytes[0].data, bytes[0].len);
}

static void load(toc_recording *r)
{
    toc_scenario_free(r->scenario);
    r->scenario = NULL;
    r->why = (toc_error){0};
    if (toc_scenario_load(&r->scenario, r->files, NULL, (uint64_t)r->header.seed,
                          TOC_SCENARIO_MEMORY_AGAIN, NULL, &r->why) != TOC_OK) {
        r->scenario = NULL;
        return;
    }
    const toc_plan *plan = toc_scenario_plan(r->scenario);
    r->startex = plan->startex;
    r->index.anchors[0].story = plan->startex.ms;
    r->index.anchors[0].pace = plan->pace;
}
