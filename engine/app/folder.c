// SPDX-License-Identifier: MIT
#include "folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "check/render.h"

// For fetching attachments.
typedef struct {
    toc_files *files;
    const char *dir;
} folder;

// Files of the folder that cannot be taken, each with its problem.
typedef struct {
    toc_problems problems;
} refused;

static toc_err see_folder(const char *dir, toc_error *e);
static toc_err fetch(void *context, const char *path, toc_error *e);
static void add_refused(void *context, const char *path, const toc_error *why);
static void hold_place(toc_files *files, const char *path);
static void forget(toc_problems *problems, const char *path);

static toc_err see_folder(const char *dir, toc_error *e)
{
    struct stat st;
    if (stat(dir, &st) != 0)
        return toc_fail_sys(e, errno, "there is no scenario folder %.200s", dir);
    if (!S_ISDIR(st.st_mode))
        return toc_fail(e, TOC_EIO,
                        "%.200s is not a folder; a scenario is a folder with scenario.lua in it",
                        dir);
    char *main_file = toc_sprintf("%s/scenario.lua", dir);
    bool is_scenario = stat(main_file, &st) == 0, is_here = strcmp(dir, ".") == 0;
    free(main_file);
    if (!is_scenario)
        return toc_fail(e, TOC_EIO,
                        "%.200s holds no scenario.lua; name a scenario's folder, or make one: "
                        "tocsin new DIR",
                        is_here ? "this folder" : dir);
    return TOC_OK;
}

toc_err toc_folder_read(toc_files *files, const char *dir, toc_error *e)
{
    toc_err err = see_folder(dir, e);
    return err ? err : toc_files_read_folder(files, dir, e);
}

char *toc_folder_of(const char *path)
{
    static const char main_file[] = "scenario.lua";
    size_t len = strlen(path), tail = sizeof main_file - 1;
    struct stat st;
    if (len < tail || strcmp(path + len - tail, main_file) != 0 ||
        (len > tail && path[len - tail - 1] != '/') || stat(path, &st) != 0 || S_ISDIR(st.st_mode))
        return NULL;
    size_t cut = len - tail;
    while (cut > 1 && path[cut - 1] == '/')
        cut--;
    return cut ? toc_strndup(path, cut) : toc_strdup(".");
}

toc_err toc_folder_load(toc_scenario **out, toc_files *files, const char *dir, toc_error *e)
{
    toc_problems problems = {0};
    toc_buf text = {0};
    folder f = {files, dir};
    const toc_render how = {
        .files = files, .dir = dir, .has_color = toc_color_allowed(STDERR_FILENO)};
    toc_library_add(files);
    toc_err err = toc_scenario_load(out, files, &(toc_fetch){fetch, &f}, 1, TOC_SCENARIO_MEMORY,
                                    &problems, e);
    if (problems.count > 0) {
        toc_render_problems(&text, &problems, &how);
        fputs(toc_buf_text(&text), stderr);
        size_t count = problems.count + problems.lost;
        toc_fail(e, err, "%zu mistake%s in %s; mend %s and try again (tocsin explain %s)", count,
                 count == 1 ? "" : "s", dir, count == 1 ? "it" : "them", problems.at[0].code);
    }
    toc_buf_fini(&text);
    toc_problems_fini(&problems);
    return err;
}

toc_err toc_folder_check(toc_review *out, toc_files *files, const char *dir, toc_error *e)
{
    folder f = {files, dir};
    refused bad = {0};
    *out = (toc_review){0};
    toc_err err = see_folder(dir, e);
    if (!err)
        err = toc_files_gather(files, dir, add_refused, &bad, e);
    bool is_begun = !err && toc_files_find(files, "scenario.lua");
    for (size_t i = 0; i < bad.problems.count; i++)
        hold_place(files, bad.problems.at[i].file);
    if (is_begun)
        err = toc_check(out, files, &(toc_fetch){fetch, &f}, e);
    for (size_t i = 0; i < bad.problems.count; i++) {
        forget(&out->problems, bad.problems.at[i].file);
        toc_files_add(files, bad.problems.at[i].file, "", 0); // nothing to quote
    }
    toc_problems_take(&out->problems, &bad.problems);
    toc_problems_sort(&out->problems);
    toc_problems_fini(&bad.problems);
    return err;
}

// ---- files that cannot be taken --------------------------------------------------------------------

static void add_refused(void *context, const char *path, const toc_error *why)
{
    refused *r = context;
    char *text = toc_strdup(why->msg);
    char *advice = strstr(text, "; open it");
    if (advice)
        *advice = '\0';
    bool is_code = why->code == TOC_EFORMAT;
    toc_problem *problem = is_code ? toc_problems_add_line(&r->problems, "E0114", text)
                                   : toc_problems_add(&r->problems, "E0223", path, 1, "%s", text);
    if (!*problem->file) { // its words name no place
        free(problem->file);
        problem->file = toc_strdup(path);
        problem->line = 1;
    }
    toc_problem_help(problem, "%s",
                     advice                    ? advice + 2
                     : why->code == TOC_ELIMIT ? "text files have at most 256 KiB; cut it into "
                                                 "several, or hand it out with attach"
                     : why->code == TOC_EREFUSED
                         ? "put the file itself into the folder, or take it out"
                         : "see that you may read it, or take it out of the folder");
    free(text);
}

// So that whoever uses the file does not get told once more that it is not there. A source is one that
// cannot be read here either.
static void hold_place(toc_files *files, const char *path)
{
    const char *dot = strrchr(path, '.');
    bool is_source = dot && strcmp(dot, ".lua") == 0;
    toc_files_add(files, path, is_source ? "\xFF" : "(not read)", is_source ? 1 : 10);
}

// What was found in what stands there in its place.
static void forget(toc_problems *problems, const char *path)
{
    toc_problems all = *problems, one = {0};
    *problems = (toc_problems){0};
    for (size_t i = 0; i < all.count; i++) {
        bool is_kept = strcmp(all.at[i].file, path) != 0;
        TOC_GROW(one.at, one.count, one.capacity);
        one.at[one.count++] = all.at[i];
        if (is_kept)
            toc_problems_take(problems, &one);
        else
            toc_problems_fini(&one);
    }
    problems->lost += all.lost;
    free(all.at);
}

bool toc_color_allowed(int fd)
{
    const char *no_color = getenv("NO_COLOR");
    const char *own = getenv("TOCSIN_NO_COLOR");
    const char *term = getenv("TERM");
    return isatty(fd) && !(no_color && *no_color) && !(own && *own) && term && *term &&
           strcmp(term, "dumb") != 0;
}

void toc_problems_show(const toc_buf *problems, const char *what, toc_err err, toc_error *e)
{
    toc_buf shown = {0};
    size_t count = 0;
    for (size_t i = 0; i < problems->len; i++)
        count += problems->data[i] == '\n';
    if (count > 0) {
        toc_text_visible(&shown, problems->data, problems->len, true);
        fputs(toc_buf_text(&shown), stderr);
        toc_fail(e, err, "%zu mistake%s in %s; mend %s and try again", count, count == 1 ? "" : "s",
                 what, count == 1 ? "it" : "them");
    }
    toc_buf_fini(&shown);
}

static toc_err fetch(void *context, const char *path, toc_error *e)
{
    folder *f = context;
    return toc_files_read_one(f->files, f->dir, path, (size_t)4 << 20, e);
}
