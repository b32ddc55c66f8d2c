// SPDX-License-Identifier: MIT
#define _GNU_SOURCE // memmem, in POSIX only since 2024
// The end of a history: the journal as a whole, against what people did and what they saw.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sim_oracle_inside.h"

static void judge_acts(sim_oracle *o);
static void judge_order(sim_oracle *o, size_t feed);
static void judge_deliveries(sim_oracle *o, size_t feed);
static bool is_delivery(const char *kind);
static bool is_for(const char *line, const char *kind, const char *audience);
static char *line_at(const sim_oracle *o, size_t i);

void sim_oracle_judge(sim_oracle *o)
{
    judge_acts(o);
    for (size_t i = 0; i < SIM_FEEDS && !o->s->broken[0]; i++) {
        bool is_whole = true;
        for (size_t n = 0; n < o->feeds[i].count; n++)
            is_whole = is_whole && o->feeds[i].lines[n];
        judge_order(o, i);
        o->s->tries[SIM_ORDERS]++;
        if (!is_whole || i == 0)
            continue;
        judge_deliveries(o, i);
        o->s->tries[SIM_DELIVERIES]++;
    }
}

bool sim_oracle_seat_open(const sim_oracle *o, const char *seat)
{
    bool is_open = strncmp(seat, "excon", 5) != 0 && strncmp(seat, "simcell", 7) != 0 &&
                   strncmp(seat, "evaluator", 9) != 0 && strncmp(seat, "board", 5) != 0 &&
                   strcmp(seat + strlen(seat) - 2, "-3") < 0; // those that the teams declare
    for (size_t i = 0; i < o->line_count; i++) {
        const char *kind = o->lines[i].kind;
        bool opens = strcmp(kind, "open-seat") == 0, moves = strcmp(kind, "reassign") == 0;
        if (!opens && !moves && strcmp(kind, "revoke") != 0)
            continue;
        char *line = line_at(o, i), named[64];
        if (sim_text_of(line, "seat", named, sizeof named) && strcmp(named, seat) == 0)
            is_open = opens;
        if (moves && sim_text_of(line, "new_seat", named, sizeof named) && strcmp(named, seat) == 0)
            is_open = true;
        free(line);
    }
    return is_open;
}

bool sim_line_tells(const sim_oracle *o, const sim_line *line, const char *shown)
{
    char kind[24], audiences[96];
    int64_t t, number;
    if (!sim_number_of(shown, "t", &t) || !sim_text_of(shown, "k", kind, sizeof kind) ||
        t != line->t || strcmp(kind, line->kind) != 0)
        return false;
    const char *end = shown + strlen(shown), *at = shown;
    while ((at = sim_mark_next(at, end, audiences, &number))) {
        char mark[128];
        snprintf(mark, sizeof mark, "m!%s!%lld;", audiences, (long long)number);
        if (!memmem(o->safe.data + line->from, line->len, mark, strlen(mark)))
            return false;
    }
    return true;
}

static void judge_acts(sim_oracle *o)
{
    static const char *const words[] = {"not answered", "acknowledged", "refused", "unknown"};
    for (size_t i = 0; i < o->act_count; i++) {
        const sim_act *a = &o->acts[i];
        bool is_good = a->state == SIM_ACT_OK        ? a->lines == 1
                       : a->state == SIM_ACT_REFUSED ? a->lines == 0
                                                     : a->lines <= 1;
        if (a->has_text && !is_good)
            sim_break(o->s, "%s by %s (mark %zu), %s %s, stands %d times in the journal", a->kind,
                      a->seat, SIM_OWN + i, words[a->state], a->code, a->lines);
    }
}

// A feed's lines, as far as they were seen, are some of the journal's, in its order.
static void judge_order(sim_oracle *o, size_t feed)
{
    size_t at = 0;
    for (size_t n = 0; n < o->feeds[feed].count; n++) {
        if (!o->feeds[feed].lines[n])
            continue;
        while (at < o->line_count && !sim_line_tells(o, &o->lines[at], o->feeds[feed].lines[n]))
            at++;
        if (at++ == o->line_count) {
            sim_break(o->s, "line %zu of %s is not in the journal's order: %s", n + 1,
                      sim_feed_audience(feed), o->feeds[feed].lines[n]);
            return;
        }
    }
}

// Every inject and message for this audience is in its feed once, and no other.
static void judge_deliveries(sim_oracle *o, size_t feed)
{
    const sim_feed *f = &o->feeds[feed];
    const char *audience = sim_feed_audience(feed);
    size_t n = 0;
    for (size_t i = 0; i <= o->line_count && !o->s->broken[0]; i++) {
        char *line = i < o->line_count ? line_at(o, i) : NULL, kind[24], id[64], shown[64];
        if (line && !is_for(line, o->lines[i].kind, audience)) {
            free(line);
            continue;
        }
        while (n < f->count &&
               (!sim_text_of(f->lines[n], "k", kind, sizeof kind) || !is_delivery(kind)))
            n++;
        if (line && n == f->count) {
            sim_break(o->s, "%s never got %.300s", audience, line);
        } else if (line) {
            sim_text_of(line, "inject", id, sizeof id);
            sim_text_of(f->lines[n], "inject", shown, sizeof shown);
            if (strcmp(id, shown) != 0 || !sim_line_tells(o, &o->lines[i], f->lines[n]))
                sim_break(o->s, "%s got\n%s\nwhere the journal has\n%.300s", audience, f->lines[n],
                          line);
            n++;
        } else if (n < f->count) {
            sim_break(o->s, "%s got what is not for it: %s", audience, f->lines[n]);
        }
        free(line);
    }
}

static bool is_delivery(const char *kind)
{
    return strcmp(kind, "inject") == 0 || strcmp(kind, "message") == 0;
}

static bool is_for(const char *line, const char *kind, const char *audience)
{
    char from[64];
    if (!is_delivery(kind))
        return false;
    if (strcmp(kind, "message") == 0 && sim_text_of(line, "from", from, sizeof from) &&
        strcmp(from, audience) == 0)
        return true;
    return sim_list_has(line, "to", audience);
}

static char *line_at(const sim_oracle *o, size_t i)
{
    return toc_strndup(o->safe.data + o->lines[i].from, o->lines[i].len);
}
