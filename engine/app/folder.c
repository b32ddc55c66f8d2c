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

static toc_err fetch(void *context, const char *path, toc_error *e);

toc_err toc_folder_read(toc_files *files, const char *dir, toc_error *e)
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
    return toc_files_read_folder(files, dir, e);
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
    return toc_check(out, files, &(toc_fetch){fetch, &f}, e);
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
