// SPDX-License-Identifier: MIT
#include "lore.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "timing.h"

static size_t find_line(const toc_lore *l, const char *from, const char *to);
static bool is_asked(const toc_lore *l, size_t line, size_t expectation);
static size_t add_line(toc_lore *l, const toc_atlas *a, const char *from, const char *to);

void toc_lore_init(toc_lore *l, const toc_plan *plan)
{
    *l = (toc_lore){.by_hand = toc_by_hand(plan->length_ms)};
}

void toc_lore_copy(toc_lore *to, const toc_lore *from)
{
    *to = *from;
    to->line_capacity = from->line_count;
    to->ask_capacity = from->ask_count;
    to->lines = toc_alloc((from->line_count + 1) * sizeof *to->lines);
    to->asks = toc_alloc((from->ask_count + 1) * sizeof *to->asks);
    for (size_t i = 0; i < from->line_count; i++) {
        to->lines[i] = from->lines[i];
        to->lines[i].from = toc_strdup(from->lines[i].from);
        to->lines[i].to = toc_strdup(from->lines[i].to);
    }
    for (size_t i = 0; i < from->ask_count; i++)
        to->asks[i] = from->asks[i];
}

void toc_lore_fini(toc_lore *l)
{
    for (size_t i = 0; i < l->line_count; i++) {
        free(l->lines[i].from);
        free(l->lines[i].to);
    }
    free(l->lines);
    free(l->asks);
    *l = (toc_lore){0};
}

bool toc_lore_is_new(const toc_lore *l, const toc_scenario *s)
{
    for (size_t i = 0; i < toc_scenario_talk_count(s); i++) {
        toc_scenario_talk talk = toc_scenario_talk_at(s, i);
        size_t line = find_line(l, talk.from, talk.to);
        if (line == TOC_NONE || !is_asked(l, line, talk.expectation))
            return true;
    }
    return false;
}

bool toc_lore_learn(toc_lore *l, const toc_atlas *a, const toc_scenario *s)
{
    bool is_new = false;
    for (size_t i = 0; i < toc_scenario_talk_count(s); i++) {
        toc_scenario_talk talk = toc_scenario_talk_at(s, i);
        size_t line = find_line(l, talk.from, talk.to);
        if (line == TOC_NONE)
            line = add_line(l, a, talk.from, talk.to);
        if (is_asked(l, line, talk.expectation))
            continue;
        is_new = true;
        if (talk.expectation == TOC_NONE) {
            l->lines[line].is_talk = true;
        } else {
            TOC_GROW(l->asks, l->ask_count, l->ask_capacity);
            l->asks[l->ask_count++] = (toc_lore_ask){line, talk.expectation};
        }
    }
    return is_new;
}

size_t toc_lore_group(const toc_atlas *a, const char *speaker)
{
    size_t team = toc_atlas_id(a->teams, speaker), party = toc_atlas_id(a->parties, speaker);
    if (team != TOC_NONE)
        return team;
    if (party != TOC_NONE)
        return a->plan->team_count + party;
    return strcmp(speaker, "excon") == 0 ? a->plan->team_count + a->plan->party_count : TOC_NONE;
}

static size_t find_line(const toc_lore *l, const char *from, const char *to)
{
    for (size_t i = 0; i < l->line_count; i++)
        if (strcmp(l->lines[i].from, from) == 0 && strcmp(l->lines[i].to, to) == 0)
            return i;
    return TOC_NONE;
}

static bool is_asked(const toc_lore *l, size_t line, size_t expectation)
{
    if (expectation == TOC_NONE)
        return l->lines[line].is_talk;
    for (size_t i = 0; i < l->ask_count; i++)
        if (l->asks[i].line == line && l->asks[i].expectation == expectation)
            return true;
    return false;
}

static size_t add_line(toc_lore *l, const toc_atlas *a, const char *from, const char *to)
{
    TOC_GROW(l->lines, l->line_count, l->line_capacity);
    toc_lore_line *line = &l->lines[l->line_count];
    *line = (toc_lore_line){.from = toc_strdup(from), .to = toc_strdup(to)};
    line->group = toc_lore_group(a, from);
    if (line->group < a->plan->team_count) {
        const toc_team *team = &a->plan->teams[line->group];
        line->is_open = strcmp(to, "excon") == 0;
        for (size_t i = 0; i < team->contact_count; i++)
            line->is_open = line->is_open || strcmp(team->contacts[i], to) == 0;
        line->is_reply = !line->is_open && strcmp(from, to) != 0;
    } else {
        line->is_open = toc_atlas_id(a->teams, to) != TOC_NONE; // controllers write to teams
    }
    return l->line_count++;
}
