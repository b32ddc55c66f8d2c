// SPDX-License-Identifier: MIT
// tocsin check: all mistakes of a scenario at once, and of the plans beside it.

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/mem.h"
#include "check/render.h"
#include "command.h"
#include "folder.h"
#include "playcheck.h"

enum { PLAN_MAX = 1 << 20 };

static const toc_option options[] = {
    {"strict", NULL, "warnings count as mistakes", false},
    {"format", "NAME", "text (the default), or gcc: one line each, for editors", false},
    {"json", NULL, "everything as one JSON object", false},
    {"no-color", NULL, "no colours; NO_COLOR in the environment says the same", false},
    {NULL, NULL, NULL, false},
};

static toc_err check_usage(const toc_arguments *a, toc_error *e)
{
    const char *format = toc_options_get(a, "format");
    if (a->argument_count > 1)
        return toc_fail(e, TOC_EUSAGE, "check takes one scenario folder: tocsin check my-scenario");
    if (format && strcmp(format, "text") != 0 && strcmp(format, "gcc") != 0)
        return toc_fail(e, TOC_EUSAGE, "--format is text or gcc, not \"%.40s\"", format);
    if (format && toc_options_has(a, "json"))
        return toc_fail(e, TOC_EUSAGE, "--format and --json do not go together");
    return TOC_OK;
}

// ---- plans -----------------------------------------------------------------------------------------

// How the part of a message begins that says what to do.
static const char *const advices[] = {"; did you mean ", "; it has ",    "; its teams are ",
                                      " The form is: ",  "; write ",     "; delete ",
                                      "; it can say ",   "; save it as "};

// Lines "DIR/plans/good.plan:12: text; did you mean …?".
static void add_lines(toc_problems *out, const toc_buf *lines, const char *path, const char *name)
{
    size_t path_len = strlen(path);
    const char *p = toc_buf_text(lines);
    while (*p) {
        size_t len = strcspn(p, "\n");
        char *line = strncmp(p, path, path_len) == 0
                         ? toc_sprintf("%s%.*s", name, (int)(len - path_len), p + path_len)
                         : toc_strndup(p, len);
        char *advice = NULL;
        for (size_t i = 0; i < TOC_COUNT(advices) && !advice; i++)
            advice = strstr(line, advices[i]);
        const char *help = advice ? advice + strspn(advice, "; ") : NULL;
        if (advice)
            *advice = '\0';
        toc_problem *problem = toc_problems_add_line(out, "E0312", line);
        if (advice)
            toc_problem_help(problem, "%s", help);
        free(line);
        p += len + (p[len] == '\n');
    }
}

static toc_err check_plan(toc_review *out, toc_files *files, const char *dir, const char *file,
                          toc_error *e)
{
    toc_buf text = {0}, lines = {0};
    char *path = toc_sprintf("%s/plans/%s", dir, file);
    char *name = toc_sprintf("plans/%s", file);
    toc_err err = toc_file_slurp(&text, path, PLAN_MAX, e);
    if (!err) {
        toc_files_add(files, name, toc_buf_text(&text), text.len); // for the excerpts
        err = toc_playreview(path, out->scenario ? toc_scenario_plan(out->scenario) : NULL, &lines,
                             e);
        add_lines(&out->problems, &lines, path, name);
    }
    toc_buf_fini(&lines);
    toc_buf_fini(&text);
    free(name);
    free(path);
    return err;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

// A scenario without plans has none to check.
static toc_err check_plans(toc_review *out, toc_files *files, const char *dir, toc_error *e)
{
    char **names = NULL;
    size_t count = 0, capacity = 0;
    toc_err err = TOC_OK;
    char *folder = toc_sprintf("%s/plans", dir);
    DIR *d = opendir(folder);
    const struct dirent *entry;
    while (d && (entry = readdir(d))) {
        size_t len = strlen(entry->d_name);
        if (len <= 5 || entry->d_name[0] == '.' || strcmp(entry->d_name + len - 5, ".plan") != 0)
            continue;
        TOC_GROW(names, count, capacity);
        names[count++] = toc_strdup(entry->d_name);
    }
    if (d)
        closedir(d);
    if (count > 0)
        qsort(names, count, sizeof *names, by_name);
    for (size_t i = 0; i < count; i++) {
        if (!err)
            err = check_plan(out, files, dir, names[i], e);
        free(names[i]);
    }
    toc_problems_sort(&out->problems);
    free(names);
    free(folder);
    return err;
}

// ---- the command -----------------------------------------------------------------------------------

// As wide as the terminal is; TOC_RENDER_COLUMNS for a pipe, and for one that is too narrow to be meant.
static int columns_of(int fd)
{
    struct winsize size;
    bool is_known = isatty(fd) && ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col >= 60;
    return !is_known ? 0 : size.ws_col < 160 ? size.ws_col : 160;
}

static void answer(const toc_arguments *a, const toc_review *r, const toc_files *files,
                   const char *dir, bool is_valid)
{
    toc_buf out = {0};
    const char *format = toc_options_get(a, "format");
    const toc_render how = {.files = files,
                            .dir = dir,
                            .columns = columns_of(STDOUT_FILENO),
                            .has_color = toc_color_allowed(STDOUT_FILENO) &&
                                         !toc_options_has(a, "no-color")};
    if (toc_options_has(a, "json")) {
        toc_render_json(&out, r, &how, is_valid);
    } else if (format && strcmp(format, "gcc") == 0) {
        toc_render_gcc(&out, &r->problems, &how);
    } else {
        toc_render_problems(&out, &r->problems, &how);
        toc_render_summary(&out, r);
    }
    fwrite(toc_buf_text(&out), 1, out.len, stdout);
    toc_buf_fini(&out);
}

// Whoever reads JSON gets an object in any case.
static void answer_failed(const toc_arguments *a, const toc_error *e, const toc_files *files,
                          const char *dir)
{
    toc_review none = {0};
    toc_problems_add(&none.problems, "E0223", "", 0, "%s", e->msg);
    answer(a, &none, files, dir, false);
    toc_review_fini(&none);
}

static int run(const toc_arguments *a)
{
    toc_error e = {0};
    toc_review review = {0};
    size_t errors = 0, warnings = 0;
    signal(SIGPIPE, SIG_IGN); // a reader that leaves is an output that could not be written
    const char *dir = a->argument_count > 0 ? a->arguments[0] : ".";
    toc_files *files = toc_files_new();
    toc_err err = check_usage(a, &e);
    bool is_asked = !err;
    if (!err)
        err = toc_folder_check(&review, files, dir, &e);
    if (!err)
        err = check_plans(&review, files, dir, &e);
    int code = 0;
    if (!err) {
        toc_review_count(&review, &errors, &warnings);
        bool is_valid = errors == 0 && (warnings == 0 || !toc_options_has(a, "strict"));
        answer(a, &review, files, dir, is_valid);
        code = toc_said_all(is_valid ? 0 : 1);
    } else {
        if (is_asked && toc_options_has(a, "json"))
            answer_failed(a, &e, files, dir);
        code = toc_report(&e);
    }
    toc_review_fini(&review);
    toc_files_free(files);
    return code;
}

const toc_command toc_command_check = {
    .name = "check",
    .usage = "check [SCENARIO]",
    .summary = "all mistakes of a scenario at once, and what planners should know",
    .about = "Reads a scenario without playing it, and the plans beside it (plans/*.plan). Prints "
             "every mistake\n"
             "with its place, its cause and what to do; warnings for planning; how much each team "
             "reads. Without\n"
             "a folder it takes the one you are in. `tocsin rehearse` plays it.\n",
    .examples = "  tocsin check scenarios/silent-beams\n"
                "  tocsin check --strict\n"
                "  tocsin check my-scenario --format=gcc\n"
                "  tocsin check my-scenario --json\n",
    .options = options,
    .run = run,
};
