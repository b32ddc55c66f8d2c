// SPDX-License-Identifier: MIT
#include "damage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"

static void on_line(void *context, int64_t seq, const toc_line *line);
static void copy(damage *d, const damage_subject *s, size_t from, size_t to);
static void flip(damage *d, const damage_subject *s, toc_random *random);
static void rearrange(damage *d, const damage_subject *s, toc_random *random);
static void rewrite(damage *d, const damage_subject *s, toc_random *random);
static char *altered(const damage_subject *s, size_t line, toc_random *random);

void damage_subject_make(damage_subject *s, const recording *r)
{
    toc_error e = {0};
    toc_buf pem = {0};
    toc_chain_report report;
    *s = (damage_subject){.r = r};
    recording_write(r, r->bodies, r->count, r->private_pem, &s->bytes);
    toc_chain_scan(s->bytes.data, s->bytes.len, &report, on_line, s);
    ck_assert_int_eq(report.state, TOC_CHAIN_WHOLE);
    TOC_OK_OR_FAIL(toc_seal_key_new(&pem, s->other_key, &e), e);
    s->other_pem = toc_buf_take(&pem);
}

void damage_subject_fini(damage_subject *s)
{
    toc_buf_fini(&s->bytes);
    free(s->lines);
    free(s->other_pem);
}

size_t damage_line_at(const damage_subject *s, size_t offset)
{
    size_t line = 0;
    while (line + 1 < s->count && s->bytes.data + offset >= s->lines[line + 1].bytes)
        line++;
    return line;
}

void damage_make(damage *d, damage_kind kind, const damage_subject *s, toc_random *random)
{
    *d = (damage){.kind = kind};
    switch (kind) {
    case DAMAGE_CUT:
        copy(d, s, 0, (size_t)toc_random_below(random, s->bytes.len));
        d->from = d->bytes.len;
        d->line = damage_line_at(s, d->from) + 1;
        snprintf(d->what, sizeof d->what, "cut at byte %zu", d->from);
        break;
    case DAMAGE_FLIP:
        flip(d, s, random);
        break;
    case DAMAGE_DROP:
    case DAMAGE_SWAP:
    case DAMAGE_DUPLICATE:
        rearrange(d, s, random);
        break;
    default:
        rewrite(d, s, random);
        break;
    }
}

void damage_fini(damage *d)
{
    toc_buf_fini(&d->bytes);
}

static void on_line(void *context, int64_t seq, const toc_line *line)
{
    (void)seq;
    damage_subject *s = context;
    TOC_GROW(s->lines, s->count, s->capacity);
    s->lines[s->count++] = *line;
}

static void copy(damage *d, const damage_subject *s, size_t from, size_t to)
{
    toc_buf_add(&d->bytes, s->bytes.data + from, to - from);
}

static void flip(damage *d, const damage_subject *s, toc_random *random)
{
    copy(d, s, 0, s->bytes.len);
    d->from = (size_t)toc_random_below(random, s->bytes.len);
    int bit = (int)toc_random_below(random, 8);
    d->bytes.data[d->from] = (char)(d->bytes.data[d->from] ^ (1 << bit));
    d->line = damage_line_at(s, d->from) + 1;
    snprintf(d->what, sizeof d->what, "bit %d of byte %zu, line %zu", bit, d->from, d->line);
}

static void copy_line(damage *d, const damage_subject *s, size_t line)
{
    size_t from = (size_t)(s->lines[line].bytes - s->bytes.data);
    copy(d, s, from, from + s->lines[line].len + 1);
}

static void rearrange(damage *d, const damage_subject *s, toc_random *random)
{
    // The first of two lines to change places is never the last.
    size_t most = d->kind == DAMAGE_SWAP ? s->count - 1 : s->count;
    size_t line = (size_t)toc_random_below(random, most);
    size_t other =
        line + 1 + (size_t)toc_random_below(random, s->count - line - 1 ? s->count - line - 1 : 1);
    for (size_t i = 0; i < s->count; i++) {
        bool is_it = i == line;
        if (d->kind == DAMAGE_SWAP)
            copy_line(d, s, is_it ? other : i == other ? line : i);
        else if (d->kind == DAMAGE_DUPLICATE || !is_it)
            copy_line(d, s, i);
        if (d->kind == DAMAGE_DUPLICATE && is_it)
            copy_line(d, s, i);
    }
    d->line = line + (d->kind == DAMAGE_DUPLICATE ? 2 : 1);
    snprintf(d->what, sizeof d->what, "line %zu %s", line + 1,
             d->kind == DAMAGE_SWAP   ? "moved"
             : d->kind == DAMAGE_DROP ? "left out"
                                      : "twice");
}

// One line other than the header altered, or none, and the whole written anew.
static void rewrite(damage *d, const damage_subject *s, toc_random *random)
{
    size_t line;
    do
        line = 1 + (size_t)toc_random_below(random, s->count - 1);
    while (d->kind == DAMAGE_RESEAL && strstr(s->r->bodies[line - 1], "\"k\":\"seal\""));
    char **bodies = toc_alloc(s->r->count * sizeof *bodies);
    recording changed = *s->r;
    for (size_t i = 1; i < s->count; i++) // seals with the signatures they have
        bodies[i - 1] = i == line && d->kind != DAMAGE_TAKE
                            ? altered(s, i, random)
                            : toc_strndup(s->lines[i].bytes, s->lines[i].body_len);
    if (d->kind != DAMAGE_REHASH)
        changed.header.key = (char *)(uintptr_t)s->other_key;
    recording_write(&changed, bodies, changed.count, d->kind == DAMAGE_REHASH ? NULL : s->other_pem,
                    &d->bytes);
    d->line = d->kind == DAMAGE_REHASH ? line + 1 : 1;
    snprintf(d->what, sizeof d->what, "line %zu %s: %.90s", line + 1,
             d->kind == DAMAGE_TAKE ? "(not altered)" : "altered", bodies[line - 1]);
    recording_free_bodies(bodies, changed.count);
}

// One letter or digit of a line's body, behind its seq, becomes another; so it stays a line of a journal, whose numbers begin
// with no 0.
static char *altered(const damage_subject *s, size_t line, toc_random *random)
{
    char *body = toc_strndup(s->lines[line].bytes, s->lines[line].body_len);
    size_t first = strcspn(body, ",");
    for (;;) {
        char *at = body + first + toc_random_below(random, s->lines[line].body_len - first);
        bool is_digit = *at >= '0' && *at <= '9', is_letter = *at >= 'a' && *at <= 'z';
        if (!is_digit && !is_letter)
            continue;
        *at = (char)(is_digit && at[-1] == ':'
                         ? '1' + (*at - '0' + (int)toc_random_below(random, 8)) % 9
                     : is_digit ? '0' + (*at - '0' + 1 + (int)toc_random_below(random, 9)) % 10
                                : 'a' + (*at - 'a' + 1 + (int)toc_random_below(random, 25)) % 26);
        return body;
    }
}
