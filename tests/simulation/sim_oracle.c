// SPDX-License-Identifier: MIT
#define _GNU_SOURCE // memmem, in POSIX only since 2024
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/event.h"
#include "sim_oracle_inside.h"

static void add_line(sim_oracle *o, const char *bytes, size_t len);
static void forget_lines(sim_oracle *o);
static void take_line(sim_oracle *o, const char *audience, const char *line);
static void take_notice(sim_oracle *o, const char *audience, const char *line);
static void check_state(sim_oracle *o, const char *audience, const char *line);
static void take_page(sim_oracle *o, const char *audience, const char *reply);
static void check_marks(sim_oracle *o, const char *bytes, const char *where);
static const char *copy(sim_oracle *o, const char *bytes, size_t len);
static void check_words(sim_oracle *o, const char *audience, const char *bytes, size_t len);

sim_oracle *sim_oracle_new(sim *s)
{
    sim_oracle *o = toc_alloc(sizeof *o);
    o->s = s;
    o->hashes = toc_map_new();
    o->ids = toc_map_new();
    o->grants = toc_map_new();
    return o;
}

void sim_oracle_free(sim_oracle *o)
{
    if (!o)
        return;
    forget_lines(o);
    toc_buf_fini(&o->safe);
    toc_buf_fini(&o->scratch);
    toc_map_free(o->hashes);
    toc_map_free(o->ids);
    toc_map_free(o->grants);
    free(o->lines);
    free(o->acts);
    for (size_t i = 0; i < SIM_FEEDS; i++)
        free(o->feeds[i].lines);
    free(o);
}

void sim_oracle_anew(sim_oracle *o)
{
    forget_lines(o);
    toc_map_free(o->hashes);
    toc_map_free(o->ids);
    o->hashes = toc_map_new();
    o->ids = toc_map_new();
    toc_buf_clear(&o->safe);
    o->line_count = 0;
}

void sim_oracle_synced(sim_oracle *o, const char *cache, size_t cache_len, const char *platter,
                       size_t platter_len)
{
    size_t end = cache_len < platter_len ? cache_len : platter_len, at = o->safe.len;
    while (at < end) {
        const char *newline = memchr(cache + at, '\n', end - at);
        size_t len = newline ? (size_t)(newline - (cache + at)) + 1 : 0;
        // A failed sync before this one may have left a hole that nobody sees.
        if (len == 0 || memcmp(cache + at, platter + at, len) != 0)
            return;
        add_line(o, cache + at, len);
        at += len;
    }
}

void sim_oracle_resumes(sim_oracle *o, const char *file, size_t len)
{
    if (len < o->safe.len || memcmp(file, toc_buf_text(&o->safe), o->safe.len) != 0)
        sim_break(o->s, "lines that were safe are not in the journal any more");
}

size_t sim_oracle_lines(const sim_oracle *o)
{
    return o->line_count;
}

int64_t sim_oracle_act(sim_oracle *o, const char *seat, const char *kind, bool has_text)
{
    TOC_GROW(o->acts, o->act_count, o->act_capacity);
    sim_act *a = &o->acts[o->act_count++];
    *a = (sim_act){.state = SIM_ACT_WAITS, .has_text = has_text};
    toc_copy_text(a->seat, sizeof a->seat, seat);
    toc_copy_text(a->kind, sizeof a->kind, kind);
    o->s->tries[SIM_ACTS]++;
    return SIM_OWN + (int64_t)o->act_count - 1;
}

void sim_oracle_answered(sim_oracle *o, int64_t act, sim_act_state state, const char *code)
{
    sim_act *a = &o->acts[act - SIM_OWN];
    if (a->state != SIM_ACT_WAITS)
        sim_break(o->s, "%s of %s was answered twice", a->kind, a->seat);
    a->state = state;
    toc_copy_text(a->code, sizeof a->code, code ? code : "");
}

size_t sim_oracle_waiting(const sim_oracle *o)
{
    size_t count = 0;
    for (size_t i = 0; i < o->act_count; i++)
        count += o->acts[i].state == SIM_ACT_WAITS;
    return count;
}

void sim_oracle_grant(sim_oracle *o, const char *text, const char *audience)
{
    char audiences[96], key[96];
    int64_t number;
    const char *at = text, *end = text + strlen(text);
    while ((at = sim_mark_next(at, end, audiences, &number))) {
        snprintf(key, sizeof key, "%lld %s", (long long)number, audience);
        toc_map_put(o->grants, key, 1);
    }
}

void sim_oracle_reply(sim_oracle *o, const char *audience, const char *op, const char *id,
                      const char *bytes, size_t len)
{
    const char *reply = copy(o, bytes, len);
    char text[72];
    int64_t lines;
    if (sim_text_of(reply, "id", text, sizeof text) && text[0] && strcmp(text, id) != 0)
        sim_break(o->s, "the reply to %s says that it is one to %s", id, text);
    const char *receipt = strstr(reply, ",\"receipt\":\"");
    for (const char *next = receipt; next; next = strstr(next + 1, ",\"receipt\":\""))
        receipt = next;
    if (receipt && (!sim_text_of(receipt, "receipt", text, sizeof text) ||
                    !toc_map_get(o->hashes, text, NULL)))
        sim_break(o->s, "the receipt of the reply to %s is of no line on the platter", id);
    if (!strstr(reply, ",\"ok\":true"))
        return;
    bool is_act = toc_kind_find(op) != TOC_K_UNKNOWN &&
                  toc_kind_class(toc_kind_find(op)) == TOC_CLASS_INPUT && strcmp(op, "join") != 0;
    if (is_act && (!toc_map_get(o->ids, id, &lines) || lines != 1))
        sim_break(o->s, "%s %s was acknowledged, and is not on the platter", op, id);
    if (strcmp(op, "feed") == 0)
        take_page(o, audience, reply);
    if (strcmp(op, "preview") != 0)
        check_marks(o, reply, op);
}

void sim_oracle_publish(sim_oracle *o, const char *audience, const char *bytes, size_t len)
{
    for (size_t at = 0; at < len && !o->s->broken[0];) {
        const char *newline = memchr(bytes + at, '\n', len - at);
        size_t n = newline ? (size_t)(newline - (bytes + at)) : len - at;
        const char *line = copy(o, bytes + at, n);
        if (strncmp(line, "{\"n\":", 5) == 0) {
            take_line(o, audience, line);
            check_marks(o, line, "a feed");
        } else {
            take_notice(o, audience, line);
        }
        at += n + 1;
    }
}

void sim_oracle_life(sim_oracle *o)
{
    int64_t t = o->line_count > 0 ? o->lines[o->line_count - 1].t : 0;
    for (size_t i = 0; i < SIM_FEEDS; i++)
        o->feeds[i].clock = t;
}

void sim_oracle_arrives(sim_oracle *o, const char *audience, const char *bytes, size_t len)
{
    char audiences[96], key[96];
    int64_t number;
    const char *at = bytes, *end = bytes + len;
    o->s->tries[SIM_ARRIVALS]++;
    if (strcmp(audience, "control") == 0)
        return;
    while ((at = sim_mark_next(at, end, audiences, &number))) {
        snprintf(key, sizeof key, "%lld %s", (long long)number, audience);
        if (!sim_mark_names(audiences, audience) && !toc_map_get(o->grants, key, NULL))
            sim_break(o->s, "%s received m!%s!%lld;: %.*s", audience, audiences, (long long)number,
                      (int)(len < 400 ? len : 400), bytes);
    }
    check_words(o, audience, bytes, len);
}

void sim_oracle_shown(sim_oracle *o, const char *audience, int64_t have, int64_t n,
                      const char *kind, int64_t t, const char *text)
{
    const sim_feed *f = &o->feeds[sim_feed_index(audience)];
    const char *line = n >= 1 && n <= (int64_t)f->count ? f->lines[n - 1] : NULL;
    char shown[24], audiences[96];
    int64_t at, number;
    if (n != have + 1)
        sim_break(o->s, "a terminal of %s was given line %lld after %lld", audience, (long long)n,
                  (long long)have);
    else if (!line)
        sim_break(o->s, "a terminal of %s was given line %lld, which was never sent", audience,
                  (long long)n);
    else if (!sim_text_of(line, "k", shown, sizeof shown) || strcmp(shown, kind) != 0 ||
             !sim_number_of(line, "t", &at) || at != t)
        sim_break(o->s, "a terminal of %s was given a %s for %s", audience, kind, line);
    else if (text && sim_mark_next(text, text + strlen(text), audiences, &number) &&
             !strstr(line, text))
        sim_break(o->s, "a terminal of %s was given \"%s\" for %s", audience, text, line);
}

int64_t sim_oracle_known(const sim_oracle *o, const char *audience)
{
    return (int64_t)o->feeds[sim_feed_index(audience)].count;
}

static void add_line(sim_oracle *o, const char *bytes, size_t len)
{
    const char *line = copy(o, bytes, len);
    sim_line added = {.from = o->safe.len, .len = len};
    char text[72], audiences[96];
    int64_t count = 0, number;
    toc_buf_add(&o->safe, bytes, len);
    sim_number_of(line, "t", &added.t);
    sim_text_of(line, "k", added.kind, sizeof added.kind);
    added.is_input = strstr(line, ",\"wall\":") != NULL;
    if (o->line_count > 0 && added.t < o->lines[o->line_count - 1].t)
        sim_break(o->s, "play time goes back: %.300s", line);
    if (sim_text_of(line, "hash", text, sizeof text))
        toc_map_put(o->hashes, text, (int64_t)o->line_count);
    if (added.is_input && sim_text_of(line, "id", text, sizeof text)) {
        toc_map_get(o->ids, text, &count);
        toc_map_put(o->ids, text, count + 1);
        if (count > 0)
            sim_break(o->s, "the request %s stands twice in the journal", text);
    }
    if (added.is_input && sim_mark_next(line, line + len, audiences, &number) &&
        number >= SIM_OWN && number - SIM_OWN < (int64_t)o->act_count)
        o->acts[number - SIM_OWN].lines++;
    TOC_GROW(o->lines, o->line_count, o->line_capacity);
    o->lines[o->line_count++] = added;
}

static void forget_lines(sim_oracle *o)
{
    for (size_t i = 0; i < SIM_FEEDS; i++) {
        for (size_t n = 0; n < o->feeds[i].count; n++)
            free(o->feeds[i].lines[n]);
        o->feeds[i].count = 0;
    }
}

// There are so many: told by a line, or by a number alone (lines of a team that has just lost somebody are not published).
static void know_lines(sim_feed *f, int64_t count)
{
    while ((int64_t)f->count < count) {
        TOC_GROW(f->lines, f->count, f->capacity);
        f->lines[f->count++] = NULL;
    }
}

// A line of a feed leaves the engine: for the first time, or once more.
static void take_line(sim_oracle *o, const char *audience, const char *line)
{
    sim_feed *f = &o->feeds[sim_feed_index(audience)];
    int64_t n = 0, seq = 0;
    bool is_told = false;
    sim_number_of(line, "n", &n);
    if (n < 1 || n > (int64_t)o->line_count) {
        sim_break(o->s, "%s has a line %lld of %zu", audience, (long long)n, o->line_count);
        return;
    }
    know_lines(f, n);
    if (f->lines[n - 1]) {
        if (strcmp(f->lines[n - 1], line) != 0)
            sim_break(o->s, "line %lld of %s was\n%s\nand is\n%s", (long long)n, audience,
                      f->lines[n - 1], line);
        return;
    }
    f->lines[n - 1] = toc_strdup(line);
    if (strcmp(audience, "control") == 0) {
        is_told = sim_number_of(line, "seq", &seq) && seq > 0 && seq < (int64_t)o->line_count &&
                  sim_line_tells(o, &o->lines[seq], line);
    } else {
        for (size_t i = o->line_count; i > 0 && !is_told; i--)
            is_told = sim_line_tells(o, &o->lines[i - 1], line);
    }
    if (!is_told)
        sim_break(o->s, "%s is shown what is not on the platter: %s", audience, line);
}

static void take_notice(sim_oracle *o, const char *audience, const char *line)
{
    sim_feed *f = &o->feeds[sim_feed_index(audience)];
    int64_t t, head;
    if (strstr(line, "\"k\":\"alarm\"")) {
        char what[24] = "";
        sim_text_of(line, "what", what, sizeof what);
        sim_tell(o->s, "alarm %s to %s", what, audience);
        // Only of the receipt that was forged (sim_people.c) may the journal not know.
        if (strcmp(what, "unknown-receipt") == 0 &&
            (o->s->forged == 0 || !strstr(line, " came with receipt ffffffffffffffff")))
            sim_break(o->s, "the journal lost a line: %s", line);
        return;
    }
    if (!strstr(line, "\"k\":\"heartbeat\"") || !sim_number_of(line, "t", &t) ||
        !sim_number_of(line, "head", &head)) {
        sim_break(o->s, "%s is sent %s", audience, line);
        return;
    }
    if (t < f->clock)
        sim_break(o->s, "the clock of %s goes back from %lld to %lld", audience,
                  (long long)f->clock, (long long)t);
    if (head >= (int64_t)o->line_count)
        sim_break(o->s, "%s is told of line %lld, and %zu are safe", audience, (long long)head,
                  o->line_count);
    else
        know_lines(f, head);
    f->clock = t;
    check_state(o, audience, line);
}

// The end of play, and of all, is told when it is safe: whoever hears of it leaves.
static void check_state(sim_oracle *o, const char *audience, const char *line)
{
    char state[16] = "";
    sim_text_of(line, "state", state, sizeof state);
    const char *kind = strcmp(state, "closed") == 0  ? "close"
                       : strcmp(state, "ended") == 0 ? "endex"
                                                     : NULL;
    for (size_t i = o->line_count; kind && i > 0; i--)
        if (strcmp(o->lines[i - 1].kind, kind) == 0)
            return;
    if (kind)
        sim_break(o->s, "%s is told that play is %s, which is not on the platter", audience, state);
}

// The lines of a page are objects in an array, as they stand in the feed.
static void take_page(sim_oracle *o, const char *audience, const char *reply)
{
    const char *at = strstr(reply, "\"lines\":[");
    toc_buf line = {0};
    for (at = at ? at + 9 : NULL; at && *at == '{' && !o->s->broken[0]; at += *at == ',') {
        const char *from = at;
        int depth = 0;
        bool is_text = false;
        do {
            if (*at == '\\')
                at++;
            else if (*at == '"')
                is_text = !is_text;
            else if (!is_text)
                depth += *at == '{' ? 1 : *at == '}' ? -1 : 0;
            at++;
        } while (depth > 0 && *at);
        toc_buf_clear(&line);
        toc_buf_add(&line, from, (size_t)(at - from));
        take_line(o, audience, line.data);
    }
    toc_buf_fini(&line);
}

// What somebody did is told of only when it is safe.
static void check_marks(sim_oracle *o, const char *bytes, const char *where)
{
    char audiences[96];
    int64_t number;
    const char *at = bytes, *end = bytes + strlen(bytes);
    while ((at = sim_mark_next(at, end, audiences, &number)))
        if (number >= SIM_OWN && o->acts[number - SIM_OWN].lines == 0)
            sim_break(o->s, "%s tells of %s by %s, which is not on the platter", where,
                      o->acts[number - SIM_OWN].kind, o->acts[number - SIM_OWN].seat);
}

static const char *copy(sim_oracle *o, const char *bytes, size_t len)
{
    toc_buf_clear(&o->scratch);
    toc_buf_add(&o->scratch, bytes, len);
    return toc_buf_text(&o->scratch);
}

// Ids of services that only one team may see: their levels carry no text of the author's.
static void check_words(sim_oracle *o, const char *audience, const char *bytes, size_t len)
{
    static const char *const words[][2] = {{"northcable", "north"}, {"southlamps", "south"}};
    for (size_t i = 0; i < TOC_COUNT(words); i++)
        if (strcmp(audience, words[i][1]) != 0 &&
            memmem(bytes, len, words[i][0], strlen(words[i][0])))
            sim_break(o->s, "%s received word of %s: %.*s", audience, words[i][0],
                      (int)(len < 400 ? len : 400), bytes);
}
