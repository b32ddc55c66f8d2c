// SPDX-License-Identifier: MIT
// The plans that stand beside a scenario are its tests: each is played, and what it expects is compared.
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "playcheck.h"
#include "record/playplan.h"
#include "rehearse_play.h"
#include "transcript.h"

enum { WIDTH = 80 };

static void miss_lines(toc_judged *j, const toc_plan *plan, const toc_playplan *play,
                       const char *path, const toc_buf *lines);
static const toc_place *place_of(const toc_plan *plan, const char *id);
static char **list_plans(const char *folder, size_t *count);

toc_err toc_judge_plan(toc_judged *out, toc_player *p, const char *path, toc_buf *transcript,
                       toc_error *e)
{
    const toc_plan *plan = toc_scenario_plan(p->scenario);
    toc_playplan steps = {0};
    toc_playthrough play = {0};
    toc_buf problems = {0}, misses = {0};
    *out = (toc_judged){0};
    toc_err err = toc_playread(&steps, path, &problems, e);
    if (err && problems.len > 0) { // its lines cannot be read: that is what was found
        miss_lines(out, plan, NULL, path, &problems);
        toc_buf_fini(&problems);
        return TOC_OK;
    }
    if (!err && toc_playcheck(&steps, plan, NULL, &problems) == 0)
        err = toc_player_fresh(p, e);
    bool is_played = !err && problems.len == 0;
    if (is_played)
        err = toc_play_plan(&play, p->scenario, &steps, -1, e);
    for (size_t i = 0; transcript && is_played && !err && i < play.events.count; i++)
        if (play.events.at[i].kind != TOC_K_JOIN) // that they all sit down tells nothing here
            toc_transcript_line(transcript, plan->marking, plan, &play.events.at[i]);
    if (is_played && !err) {
        out->expected = toc_playexpects(&steps);
        out->missed = toc_playplan_misses(&steps, play.events.at, play.events.count, &misses);
        miss_lines(out, plan, &steps, path, &misses);
        miss_lines(out, plan, &steps, path, &play.refused);
    } else if (!err) {
        miss_lines(out, plan, &steps, path, &problems);
    }
    if (is_played)
        toc_playthrough_fini(&play);
    toc_playplan_fini(&steps);
    toc_buf_fini(&problems);
    toc_buf_fini(&misses);
    return err;
}

void toc_judged_fini(toc_judged *j)
{
    for (size_t i = 0; i < j->count; i++) {
        free(j->at[i].subject);
        free(j->at[i].text);
    }
    free(j->at);
    *j = (toc_judged){0};
}

void toc_judge_tell(toc_buf *out, const toc_player *p, const char *path, const toc_judged *j)
{
    const toc_plan *plan = toc_scenario_plan(p->scenario);
    toc_buf line = {0};
    toc_buf_str(&line, "EXERCISE ");
    if (plan->marking && plan->marking[0])
        toc_buf_printf(&line, "%s ", plan->marking);
    toc_buf_printf(&line, "%s: %s", plan->id, path);
    toc_text_visible(out, line.data, line.len, false);
    toc_buf_char(out, '\n');
    for (size_t i = 0; i < j->count; i++) {
        const toc_missed *m = &j->at[i];
        toc_buf_clear(&line);
        toc_buf_str(&line, path);
        if (m->line > 0)
            toc_buf_printf(&line, ":%d", m->line);
        toc_buf_printf(&line, ": %s", m->text);
        if (m->place)
            toc_buf_printf(&line, " (%s is declared at %s:%d)", m->subject, m->place->file,
                           m->place->line);
        toc_text_visible(out, line.data, line.len, false);
        toc_buf_char(out, '\n');
    }
    if (j->expected > 0)
        toc_buf_printf(out, "%zu of %zu expectations of the plan came about\n",
                       j->expected - j->missed, j->expected);
    else if (j->count == 0)
        toc_buf_str(out, "the plan expects nothing; all its lines could be done\n");
    toc_buf_fini(&line);
}

// What one plan is to be blamed for, as findings.
static void add_missed(toc_rehearsal *r, const toc_player *p, const char *name, const char *path,
                       const toc_judged *j)
{
    toc_buf again = {0}, file = {0}, text = {0};
    toc_again_plan(&again, p->dir, p->seed, path);
    toc_buf_printf(&file, "plans/%s", name);
    for (size_t i = 0; i < j->count; i++) {
        const toc_missed *m = &j->at[i];
        toc_buf_clear(&text);
        toc_buf_str(&text, m->text);
        if (m->place)
            toc_buf_printf(&text, " (declared at %s:%d)", m->place->file, m->place->line);
        toc_rehearsal_add(r, TOC_FOUND_PLAN, m->subject, toc_buf_text(&text), toc_buf_text(&file),
                          m->line, toc_buf_text(&again));
    }
    toc_buf_fini(&again);
    toc_buf_fini(&file);
    toc_buf_fini(&text);
}

toc_err toc_judge_folder(toc_rehearsal *r, toc_player *p, toc_error *e)
{
    char *folder = p->dir ? toc_sprintf("%s/plans", p->dir) : toc_strdup("plans");
    size_t count = 0;
    char **names = list_plans(folder, &count);
    toc_err err = TOC_OK;
    for (size_t i = 0; i < count; i++) {
        char *path = toc_sprintf("%s/%s", folder, names[i]);
        toc_judged judged = {0};
        if (!err)
            err = toc_judge_plan(&judged, p, path, NULL, e);
        if (!err) {
            r->plans_played++;
            r->plans_good += judged.count == 0;
            add_missed(r, p, names[i], path, &judged);
        }
        toc_judged_fini(&judged);
        free(path);
        free(names[i]);
    }
    free(names);
    free(folder);
    return err;
}

void toc_plans_read(toc_plans *out, const toc_player *p)
{
    char *folder = p->dir ? toc_sprintf("%s/plans", p->dir) : toc_strdup("plans");
    size_t count = 0;
    char **names = list_plans(folder, &count);
    *out = (toc_plans){0};
    for (size_t i = 0; i < count; i++) {
        char *path = toc_sprintf("%s/%s", folder, names[i]);
        toc_playplan steps = {0};
        toc_buf problems = {0};
        bool is_good = toc_playread(&steps, path, &problems, NULL) == TOC_OK &&
                       toc_playcheck(&steps, toc_scenario_plan(p->scenario), NULL, &problems) == 0;
        if (is_good) {
            size_t capacity = out->capacity;
            TOC_GROW(out->at, out->count, capacity);
            TOC_GROW(out->paths, out->count, out->capacity);
            out->at[out->count] = steps;
            out->paths[out->count++] = path;
        } else {
            toc_playplan_fini(&steps);
            free(path);
        }
        toc_buf_fini(&problems);
        free(names[i]);
    }
    free(names);
    free(folder);
}

void toc_plans_fini(toc_plans *all)
{
    for (size_t i = 0; i < all->count; i++) {
        toc_playplan_fini(&all->at[i]);
        free(all->paths[i]);
    }
    free(all->at);
    free(all->paths);
    *all = (toc_plans){0};
}

// Each line is "PATH:LINE: what", or, without a place, what.
static void miss_lines(toc_judged *j, const toc_plan *plan, const toc_playplan *play,
                       const char *path, const toc_buf *lines)
{
    size_t name = strlen(path);
    for (const char *at = toc_buf_text(lines); *at;) {
        size_t len = strcspn(at, "\n");
        char *line = toc_strndup(at, len), *what = line, *rest;
        toc_missed m = {0};
        if (strncmp(line, path, name) == 0 && line[name] == ':') {
            m.line = (int)strtol(line + name + 1, &rest, 10);
            what = strncmp(rest, ": ", 2) == 0 ? rest + 2 : rest;
        }
        const char *id = NULL;
        for (size_t i = 0; play && i < play->count && !id; i++)
            if (play->steps[i].line == m.line && play->steps[i].kind >= TOC_STEP_EXPECT_SENT)
                id = play->steps[i].id;
        m.place = id ? place_of(plan, id) : NULL;
        m.subject = toc_strdup(id ? id : "");
        m.text = toc_strdup(what);
        TOC_GROW(j->at, j->count, j->capacity);
        j->at[j->count++] = m;
        free(line);
        at += len + (at[len] == '\n');
    }
}

static const toc_place *place_of(const toc_plan *plan, const char *id)
{
    size_t i;
    if ((i = toc_plan_inject(plan, id)) != TOC_NONE)
        return &plan->injects[i].place;
    if ((i = toc_plan_decision(plan, id)) != TOC_NONE)
        return &plan->decisions[i].place;
    if ((i = toc_plan_expectation(plan, id)) != TOC_NONE)
        return &plan->expectations[i].place;
    if ((i = toc_plan_phase(plan, id)) != TOC_NONE)
        return &plan->phases[i].place;
    if ((i = toc_plan_service(plan, id)) != TOC_NONE)
        return &plan->services[i].place;
    return NULL;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

// The names of the plans in a folder, sorted; none if there is no such folder.
static char **list_plans(const char *folder, size_t *count)
{
    static const char suffix[] = ".plan";
    char **names = NULL;
    size_t capacity = 0;
    DIR *dir = opendir(folder);
    *count = 0;
    for (struct dirent *one; dir && (one = readdir(dir));) {
        size_t len = strlen(one->d_name), tail = sizeof suffix - 1;
        if (one->d_name[0] == '.' || len <= tail || strcmp(one->d_name + len - tail, suffix) != 0)
            continue;
        TOC_GROW(names, *count, capacity);
        names[(*count)++] = toc_strdup(one->d_name);
    }
    if (dir)
        closedir(dir);
    if (*count > 1)
        qsort(names, *count, sizeof *names, by_name);
    return names;
}
