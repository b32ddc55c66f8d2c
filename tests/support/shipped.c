// SPDX-License-Identifier: MIT
#include "shipped.h"

#include <check.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "playcheck.h"
#include "record/playplan.h"
#include "rehearse/playthrough.h"
#include "solo.h"

static glob_t matches(const char *dir, const char *pattern)
{
    glob_t found = {0};
    char *path = toc_sprintf("%s/%s", dir, pattern);
    int err = glob(path, 0, NULL, &found);
    if (err && err != GLOB_NOMATCH)
        abort();
    free(path);
    return found;
}

size_t shipped_count(void)
{
    const char *root = getenv("TOC_SOURCE_DIR");
    if (!root)
        abort();
    glob_t found = matches(root, "scenarios/*/scenario.lua");
    size_t count = found.gl_pathc;
    globfree(&found);
    return count;
}

const shipped *shipped_at(size_t i)
{
    static shipped *kept[100]; // until the process ends, and so that they are found then
    ck_assert_uint_lt(i, TOC_COUNT(kept));
    if (kept[i])
        return kept[i];
    const char *root = getenv("TOC_SOURCE_DIR");
    shipped *s = kept[i] = toc_alloc(sizeof *s);
    ck_assert_msg(root, "TOC_SOURCE_DIR is not set");
    glob_t found = matches(root, "scenarios/*/scenario.lua");
    ck_assert_uint_lt(i, found.gl_pathc);
    const char *path = found.gl_pathv[i];
    s->dir = toc_strndup(path, strlen(path) - strlen("/scenario.lua"));
    s->id = strrchr(s->dir, '/') + 1;
    globfree(&found);
    found = matches(s->dir, "plans/*.plan");
    s->plans = toc_alloc((found.gl_pathc + 1) * sizeof *s->plans);
    for (size_t k = 0; k < found.gl_pathc; k++)
        s->plans[s->plan_count++] = toc_strdup(found.gl_pathv[k]);
    globfree(&found);
    return s;
}

const shipped *shipped_find(const char *id)
{
    for (size_t i = 0; i < shipped_count(); i++) {
        const shipped *s = shipped_at(i);
        if (strcmp(s->id, id) == 0)
            return s;
    }
    ck_abort_msg("there is no scenarios/%s", id);
    return NULL;
}

toc_files *shipped_read(const shipped *s)
{
    toc_files *files = NULL;
    toc_error e = {0};
    ck_assert_msg(scenario_files(&files, s->dir, &e) == TOC_OK, "%s", e.msg);
    return files;
}

void shipped_play_plans(const shipped *s, toc_scenario *scenario, toc_buf *misses)
{
    toc_error e = {0};
    bool was_played = false;
    for (size_t i = 0; i < s->plan_count; i++) {
        toc_playplan plan;
        toc_playthrough p;
        ck_assert_msg(toc_playplan_read(&plan, s->plans[i], &e) == TOC_OK, "%s", e.msg);
        if (toc_playcheck(&plan, toc_scenario_plan(scenario), NULL, misses) == 0) {
            if (was_played)
                ck_assert_msg(toc_scenario_again(scenario, &e) == TOC_OK, "%s", e.msg);
            was_played = true;
            ck_assert_msg(toc_play_plan(&p, scenario, &plan, -1, &e) == TOC_OK, "%s", e.msg);
            toc_playplan_misses(&plan, p.events.at, p.events.count, misses);
            toc_buf_add(misses, toc_buf_text(&p.refused), p.refused.len);
            toc_playthrough_fini(&p);
        }
        toc_playplan_fini(&plan);
    }
}
