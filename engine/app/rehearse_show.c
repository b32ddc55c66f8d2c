// SPDX-License-Identifier: MIT
#include "rehearse_show.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"

static void add_word(toc_buf *out, const char *word);
static void begin_again(toc_buf *out, const char *dir, uint64_t seed);
static void put_finding(toc_rehearsal *r, toc_shown one);

void toc_rehearsal_init(toc_rehearsal *r, const toc_plan *plan, const toc_survey *survey,
                        const char *dir)
{
    *r = (toc_rehearsal){.plan = plan, .survey = survey, .dir = dir, .took_ms = -1};
    for (size_t i = 0; i < survey->finding_count; i++) {
        const toc_finding *f = &survey->findings[i];
        const char *path = f->path == TOC_NONE ? NULL : toc_survey_path(survey, f->path);
        toc_buf again = {0};
        if (path)
            toc_again_path(&again, dir, toc_survey_run_seed(survey, f->path), path);
        put_finding(r, (toc_shown){.kind = f->kind,
                                   .subject = toc_strdup(f->subject ? f->subject : ""),
                                   .text = toc_strdup(f->text ? f->text : ""),
                                   .file = toc_strdup(f->file ? f->file : ""),
                                   .line = f->line,
                                   .again = path ? toc_buf_take(&again) : NULL,
                                   .count = f->count,
                                   .is_error = f->is_error,
                                   .plan = f->plan});
    }
}

void toc_rehearsal_add(toc_rehearsal *r, toc_found kind, const char *subject, const char *text,
                       const char *file, int line, const char *again)
{
    put_finding(r, (toc_shown){.kind = kind,
                               .subject = toc_strdup(subject),
                               .text = toc_strdup(text),
                               .file = toc_strdup(file),
                               .line = line,
                               .again = toc_strdup(again),
                               .is_error = toc_found_is_error(kind),
                               .plan = TOC_NONE});
}

void toc_rehearsal_again(toc_rehearsal *r, size_t plan, const char *path)
{
    for (size_t i = 0; i < r->finding_count; i++) {
        toc_buf again = {0};
        if (r->findings[i].plan != plan || r->findings[i].again)
            continue;
        toc_again_plan(&again, r->dir, r->survey->seed, path);
        r->findings[i].again = toc_buf_take(&again);
    }
}

void toc_rehearsal_fini(toc_rehearsal *r)
{
    for (size_t i = 0; i < r->finding_count; i++) {
        free(r->findings[i].subject);
        free(r->findings[i].text);
        free(r->findings[i].file);
        free(r->findings[i].again);
    }
    free(r->findings);
    *r = (toc_rehearsal){0};
}

size_t toc_rehearsal_errors(const toc_rehearsal *r)
{
    size_t count = 0;
    for (size_t i = 0; i < r->finding_count; i++)
        count += r->findings[i].is_error;
    return count;
}

void toc_rehearsal_verdict(toc_buf *out, const toc_rehearsal *r)
{
    const toc_survey *s = r->survey;
    size_t errors = toc_rehearsal_errors(r), warnings = r->finding_count - errors;
    if (s->path_count == 0)
        toc_buf_str(out, "No path was played");
    else if (s->ended == s->path_count)
        toc_buf_printf(out, "%s",
                       s->path_count == 1 ? "The one path played ends" : "Every path played ends");
    else
        toc_buf_printf(out, "%zu of %zu paths %s not end", s->path_count - s->ended, s->path_count,
                       s->path_count - s->ended == 1 ? "does" : "do");
    if (errors == 0 && warnings == 0)
        toc_buf_str(out, ", and nothing was found that needs mending");
    if (errors > 0)
        toc_buf_printf(out, "; %zu error%s to mend", errors, errors == 1 ? "" : "s");
    if (warnings > 0)
        toc_buf_printf(out, "%s%zu warning%s to weigh", errors ? " and " : "; ", warnings,
                       warnings == 1 ? "" : "s");
    toc_buf_str(out, s->is_interrupted ? ". It was interrupted: there is more to play."
                     : s->is_capped    ? ". There are more paths than were played."
                                       : ".");
}

void toc_again_path(toc_buf *out, const char *dir, uint64_t seed, const char *path)
{
    begin_again(out, dir, seed);
    toc_buf_str(out, " --path ");
    add_word(out, path);
}

void toc_again_plan(toc_buf *out, const char *dir, uint64_t seed, const char *plan)
{
    begin_again(out, dir, seed);
    toc_buf_str(out, " --plan ");
    add_word(out, plan);
}

const char *toc_strategy_name(toc_strategy s)
{
    static const char *const names[] = {"each-option", "exhaustive", "random"};
    return names[s];
}

const char *toc_strategy_words(toc_strategy s)
{
    static const char *const words[] = {"each choice changed once",
                                        "every combination of options and no answer",
                                        "drawn at random"};
    return words[s];
}

// Was it come to by the paths that follow a plan?
static bool is_left(const toc_survey *s, const toc_tally *t)
{
    return t->plans == 0 && (t->first == TOC_NONE || t->first >= s->path_count - s->drawn_count);
}

void toc_rehearsal_uncovered(toc_buf *out, const toc_rehearsal *r)
{
    enum { NAMED = 5 };
    const toc_survey *s = r->survey;
    const toc_plan *p = r->plan;
    size_t count = 0;
    toc_buf_str(out, "what those left uncovered:");
    for (size_t i = 0; i < p->inject_count; i++)
        if (is_left(s, &s->injects[i]) && count++ < NAMED)
            toc_buf_printf(out, "%s %s", count > 1 ? "," : "", p->injects[i].id);
    for (size_t i = 0; i < p->decision_count; i++)
        for (size_t k = 0; k < p->decisions[i].option_count; k++)
            if (is_left(s, &s->options[i][k]) && count++ < NAMED)
                toc_buf_printf(out, "%s %s=%s", count > 1 ? "," : "", p->decisions[i].id,
                               p->decisions[i].options[2 * k]);
    for (size_t i = 0; i < p->phase_count; i++)
        if (is_left(s, &s->phases[i]) && count++ < NAMED)
            toc_buf_printf(out, "%s phase %s", count > 1 ? "," : "", p->phases[i].id);
    for (size_t i = 0; i < p->model.repair_count; i++)
        if (is_left(s, &s->repairs[i]) && count++ < NAMED)
            toc_buf_printf(out, "%s repair %s", count > 1 ? "," : "", p->model.repairs[i].id);
    for (size_t i = 0; i < r->part_count && i < s->condition_count; i++)
        if (is_left(s, &s->conditions[i]) && count++ < NAMED)
            toc_buf_printf(out, "%s %s", count > 1 ? "," : "", r->parts[i].name);
    if (count > NAMED)
        toc_buf_printf(out, " and %zu more", count - NAMED);
}

void toc_story_at(toc_buf *out, const toc_survey *s, int64_t t, bool is_clock)
{
    const toc_anchor *a = NULL;
    for (size_t i = 0; i < s->anchor_count && (!a || s->anchors[i].t <= t); i++)
        a = &s->anchors[i];
    if (!a)
        return;
    toc_story story = a->story;
    story.ms += (t - a->t) * a->pace / 1000;
    (is_clock ? toc_story_clock_text : toc_story_text)(out, story);
}

int32_t toc_level_at(const toc_rehearsal *r, size_t service, int64_t t)
{
    const toc_survey *s = r->survey;
    int32_t level = (int32_t)r->plan->model.services[service].own;
    for (size_t i = 0; i < s->level_count && s->levels[i].t <= t; i++)
        if (s->levels[i].service == service)
            level = s->levels[i].level;
    return level;
}

size_t toc_changed_services(const toc_rehearsal *r, size_t *services, size_t most)
{
    const toc_plan *p = r->plan;
    size_t count = 0;
    for (int pass = 0; pass < 3; pass++) // public, seen by teams, all others
        for (size_t i = 0; i < p->model.service_count; i++) {
            int rank = p->services[i].is_public ? 0 : p->services[i].seen_by_count > 0 ? 1 : 2;
            size_t k = 0;
            while (rank == pass && k < r->survey->level_count && r->survey->levels[k].service != i)
                k++;
            if (rank != pass || k == r->survey->level_count)
                continue;
            if (count < most)
                services[count] = i;
            count++;
        }
    return count;
}

void toc_short_play(toc_buf *out, int64_t ms)
{
    toc_play_text(out, ms);
    if (out->len > 3 && memcmp(out->data + out->len - 3, ":00", 3) == 0) {
        out->len -= 3;
        out->data[out->len] = '\0';
    }
}

size_t toc_tally_covered(const toc_tally *tallies, size_t count)
{
    size_t covered = 0;
    for (size_t i = 0; tallies && i < count; i++)
        covered += toc_tally_is_seen(&tallies[i]);
    return covered;
}

void toc_team_label(toc_buf *out, const toc_plan *plan, size_t team)
{
    toc_buf_str(out, team == TOC_NONE ? "excon" : plan->teams[team].id);
}

bool toc_mark_is_of(const toc_mark *m, size_t team)
{
    return m->kind == TOC_MARK_ENDEX || m->team == team;
}

bool toc_marks_have_excon(const toc_survey *s)
{
    for (size_t i = 0; i < s->mark_count; i++)
        if (s->marks[i].kind != TOC_MARK_ENDEX && s->marks[i].team == TOC_NONE)
            return true;
    return false;
}

static void begin_again(toc_buf *out, const char *dir, uint64_t seed)
{
    toc_buf_str(out, "tocsin rehearse");
    if (dir) {
        toc_buf_char(out, ' ');
        if (dir[0] == '-')
            toc_buf_str(out, "./");
        add_word(out, dir);
    }
    if (seed != TOC_REHEARSE_SEED)
        toc_buf_printf(out, " --seed %llu", (unsigned long long)seed);
}

// One word for a shell, as it is or in single quotes.
static void add_word(toc_buf *out, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_-+=.,:/@%";
    if (*word && word[strspn(word, plain)] == '\0') {
        toc_buf_str(out, word);
        return;
    }
    toc_buf_char(out, '\'');
    for (; *word; word++)
        if (*word == '\'')
            toc_buf_str(out, "'\\''");
        else
            toc_buf_char(out, *word);
    toc_buf_char(out, '\'');
}

// Errors first, then by kind; of one kind in the order in which they came.
static bool is_before(const toc_shown *a, const toc_shown *b)
{
    return a->is_error != b->is_error ? a->is_error : a->kind < b->kind;
}

static void put_finding(toc_rehearsal *r, toc_shown one)
{
    size_t at = r->finding_count;
    TOC_GROW(r->findings, r->finding_count, r->finding_capacity);
    while (at > 0 && is_before(&one, &r->findings[at - 1]))
        at--;
    memmove(&r->findings[at + 1], &r->findings[at], (r->finding_count - at) * sizeof one);
    r->findings[at] = one;
    r->finding_count++;
}
