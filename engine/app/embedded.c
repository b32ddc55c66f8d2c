// SPDX-License-Identifier: MIT
#include "embedded.h"

#include <stdlib.h>
#include <string.h>

#include "base/embedded.h"
#include "base/mem.h"
#include "base/text.h"
#include "script/scenario.h"

enum { EXAMPLES_MAX = 50 };

extern const toc_embedded toc_embedded_files[];
extern const size_t toc_embedded_count;

static size_t list_examples(char *names[EXAMPLES_MAX]);
static void free_names(char **names, size_t count);
static toc_err show_example(toc_buf *out, const char *name, toc_error *e);
static void add_length(toc_buf *out, int64_t ms);
static void add_sentence(toc_buf *out, const toc_file *readme);
static bool is_script(const char *path);
static toc_err fetch(void *context, const char *path, toc_error *e);

size_t toc_embedded_take(const char *prefix, toc_files *files)
{
    size_t len = strlen(prefix);
    size_t taken = 0;
    for (size_t i = 0; i < toc_embedded_count; i++) {
        const toc_embedded *f = &toc_embedded_files[i];
        if (strncmp(f->path, prefix, len) != 0)
            continue;
        toc_files_add(files, f->path + len, f->data, f->size);
        taken++;
    }
    return taken;
}

toc_err toc_examples_show(toc_buf *out, toc_error *e)
{
    char *names[EXAMPLES_MAX];
    size_t count = list_examples(names);
    toc_err err = TOC_OK;
    for (size_t i = 0; i < count && !err; i++)
        err = show_example(out, names[i], e);
    free_names(names, count);
    return err;
}

toc_err toc_examples_find(const char *name, toc_error *e)
{
    char *names[EXAMPLES_MAX];
    char quote[TOC_QUOTE_SIZE];
    toc_buf all = {0};
    size_t count = list_examples(names);
    size_t found = 0;
    while (found < count && strcmp(names[found], name) != 0)
        found++;
    for (size_t i = 0; i < count; i++)
        toc_buf_printf(&all, "%s%s", i ? ", " : "", names[i]);
    toc_err err = TOC_OK;
    if (found == count) {
        const char *near = toc_text_near(name, (const char *const *)names, count);
        err = toc_fail(e, TOC_EUSAGE, "there is no example %s%s%s%s; there are %s",
                       toc_text_quote(quote, name), near ? "; did you mean " : "", near ? near : "",
                       near ? "?" : "", toc_buf_text(&all));
    }
    toc_buf_fini(&all);
    free_names(names, count);
    return err;
}

// The folders that hold a scenario.lua, in the order of the alphabet; to be freed.
static size_t list_examples(char *names[EXAMPLES_MAX])
{
    static const char main_file[] = "/scenario.lua";
    size_t count = 0;
    for (size_t i = 0; i < toc_embedded_count && count < EXAMPLES_MAX; i++) {
        const char *path = toc_embedded_files[i].path;
        if (strncmp(path, TOC_EXAMPLES, strlen(TOC_EXAMPLES)) != 0)
            continue;
        const char *name = path + strlen(TOC_EXAMPLES);
        size_t len = strcspn(name, "/");
        if (strcmp(name + len, main_file) == 0)
            names[count++] = toc_strndup(name, len);
    }
    return count;
}

static void free_names(char **names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(names[i]);
}

// What a load is given: the sources, and all there is for what it attaches.
typedef struct {
    toc_files *sources, *all;
} shelf;

static toc_err show_example(toc_buf *out, const char *name, toc_error *e)
{
    shelf s = {toc_files_new(), toc_files_new()};
    char *prefix = toc_sprintf("%s%s/", TOC_EXAMPLES, name);
    toc_scenario *scenario = NULL;
    toc_embedded_take(prefix, s.all);
    for (size_t i = 0; i < toc_files_count(s.all); i++) {
        const toc_file *f = toc_files_at(s.all, i);
        if (is_script(f->path))
            toc_files_add(s.sources, f->path, f->data, f->size);
    }
    toc_library_add(s.sources);
    toc_err err = toc_scenario_load(&scenario, s.sources, &(toc_fetch){fetch, &s}, 1,
                                    TOC_SCENARIO_MEMORY, NULL, e);
    if (!err) {
        const toc_plan *p = toc_scenario_plan(scenario);
        toc_buf_printf(out, "%-16s %s, %zu team%s, ", name, p->title, p->team_count,
                       p->team_count == 1 ? "" : "s");
        add_length(out, p->length_ms);
        toc_buf_printf(out, ", %s\n", p->marking ? p->marking : "not marked");
        add_sentence(out, toc_files_find(s.all, "README.md"));
    }
    toc_scenario_free(scenario);
    free(prefix);
    toc_files_free(s.sources);
    toc_files_free(s.all);
    return err;
}

static void add_length(toc_buf *out, int64_t ms)
{
    long long minutes = (long long)(ms / 60000);
    if (minutes >= 60)
        toc_buf_printf(out, "%lld h%s", minutes / 60, minutes % 60 ? " " : "");
    if (minutes < 60 || minutes % 60)
        toc_buf_printf(out, "%lld min", minutes % 60);
}

// The first sentence of the first paragraph behind the title, on one line.
static void add_sentence(toc_buf *out, const toc_file *readme)
{
    const char *p = readme ? readme->data : "";
    while (*p == '#' || *p == '\n') {
        p += strcspn(p, "\n");
        p += *p == '\n';
    }
    if (!*p)
        return;
    toc_buf_printf(out, "%-16s ", "");
    for (; *p && strncmp(p, "\n\n", 2) != 0; p++) {
        if (*p != '*' && *p != '`')
            toc_buf_char(out, *p == '\n' ? ' ' : *p);
        if (*p == '.' && (p[1] == ' ' || p[1] == '\n'))
            break;
    }
    toc_buf_char(out, '\n');
}

static bool is_script(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot && (strcmp(dot, ".lua") == 0 || strcmp(dot, ".md") == 0 || strcmp(dot, ".txt") == 0);
}

static toc_err fetch(void *context, const char *path, toc_error *e)
{
    shelf *s = context;
    const toc_file *f = toc_files_find(s->all, path);
    if (!f)
        return toc_fail(e, TOC_EIO, "there is no file %s", path);
    toc_files_add(s->sources, f->path, f->data, f->size);
    return TOC_OK;
}
