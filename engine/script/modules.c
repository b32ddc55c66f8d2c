// SPDX-License-Identifier: MIT
// The scenario's other files: require "name" runs a module once, file "path" gives a text. Both
// work in play too, because all sources are in memory (and in the journal).

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "host.h"
#include "lib.h"

static int on_require(lua_State *L);
static int on_file(lua_State *L);
static const toc_file *find_module(const toc_scenario *s, const char *name);
static size_t find_open(const toc_scenario *s, const char *path);
static int run_module(toc_scenario *s, lua_State *L, const toc_file *f);
static toc_err load_file(toc_scenario *s, const toc_file *f, bool *is_taken, toc_error *e);
static int fail_module(toc_scenario *s, lua_State *L, size_t module, const char *message);
static int refuse(toc_scenario *s, lua_State *L, const char *path, const char *why);
static int refuse_text(toc_scenario *s, lua_State *L, const char *path, const char *why,
                       const char *meant);
static void say_way(toc_problem *problem, const char *path);
static bool is_source(const char *path);

void toc_module_install(toc_scenario *s, lua_State *L)
{
    toc_host_global(s, L, "require", on_require);
    toc_host_global(s, L, "file", on_file);
}

void toc_module_run(toc_scenario *s, const char *path)
{
    toc_error e;
    const toc_file *f = toc_files_find(s->files, path);
    if (!f) {
        toc_problem_help(toc_problems_add(&s->problems, "E0223", path, 1,
                                          "there is no such file; a scenario begins with it"),
                         "name the folder that holds scenario.lua, or begin one: tocsin new");
        s->is_partial = true;
        return;
    }
    toc_err err = load_file(s, f, &s->is_main_compiled, &e);
    bool is_loaded = err == TOC_OK;
    s->is_main_mended = is_loaded && !s->is_main_compiled;
    if (!err)
        err = toc_sandbox_call(s->sandbox, 0, 0, &e);
    if (!err)
        return;
    // What a module that is broken would have given is missed where it is used: the same mistake.
    bool is_echo = false;
    for (size_t i = 0; i < s->module_count; i++)
        is_echo = is_echo || (s->modules[i].is_broken && strstr(e.msg, "attempt to "));
    if (is_loaded && !is_echo)
        toc_source_stopped(&s->problems, s->files, e.msg);
    s->is_partial = true;
    toc_declare_broken(s, path);
    toc_parts_broken(s, path);
}

// While the scenario is read, what is wrong with a file is in problems, and it may have been mended.
static toc_err load_file(toc_scenario *s, const toc_file *f, bool *is_taken, toc_error *e)
{
    if (s->turn.mode == TOC_MODE_LOAD && !s->is_again && !toc_module_is_library(f->path))
        return toc_source_load(s->sandbox, f->path, f->data, f->size, &s->problems, is_taken, e);
    toc_err err = toc_again_load(s, f, e);
    *is_taken = err == TOC_OK;
    return err;
}

bool toc_module_is_library(const char *path)
{
    return strncmp(path, TOC_LIBRARY, strlen(TOC_LIBRARY)) == 0;
}

static int on_require(lua_State *L)
{
    toc_scenario *s = toc_host_of(L);
    if (s->asking)
        s->asking->queries++; // what a file gives can be changed by anybody
    toc_sandbox_charge(L, 50);
    if (lua_type(L, 1) != LUA_TSTRING)
        return toc_sandbox_raise(L, "require wants the name of a file without .lua, in quotes");
    const toc_file *f = find_module(s, lua_tostring(L, 1));
    if (!f)
        return refuse(s, L, lua_tostring(L, 1), "require");
    size_t open = find_open(s, f->path);
    if (open == TOC_NONE)
        return run_module(s, L, f);
    const toc_module *m = &s->modules[open];
    if (m->is_open)
        return toc_sandbox_raise(L,
                                 "require: %s is being read already: files cannot require each "
                                 "other in a circle",
                                 m->path);
    lua_rawgeti(L, LUA_REGISTRYINDEX, m->value);
    return 1;
}

// The scenario's own file before the library's.
static const toc_file *find_module(const toc_scenario *s, const char *name)
{
    char path[TOC_FILE_MAX];
    static const char *const folders[] = {"", TOC_LIBRARY};
    if (strlen(name) > TOC_FILE_MAX - 20 || strcmp(name, "scenario") == 0)
        return NULL;
    for (size_t i = 0; i < TOC_COUNT(folders); i++) {
        snprintf(path, sizeof path, "%s%s.lua", folders[i], name);
        const toc_file *f = toc_path_ok(path) ? toc_files_find(s->files, path) : NULL;
        if (f)
            return f;
    }
    return NULL;
}

static size_t find_open(const toc_scenario *s, const char *path)
{
    for (size_t i = 0; i < s->module_count; i++)
        if (strcmp(s->modules[i].path, path) == 0)
            return i;
    return TOC_NONE;
}

static int run_module(toc_scenario *s, lua_State *L, const toc_file *f)
{
    TOC_GROW(s->modules, s->module_count, s->module_capacity);
    size_t module = s->module_count++;
    s->modules[module] =
        (toc_module){.path = toc_strdup(f->path), .is_open = true, .value = LUA_NOREF};
    toc_sandbox_charge(L, (int64_t)f->size / 16);
    toc_error e;
    size_t told = s->problems.count;
    bool is_taken;
    toc_err err = load_file(s, f, &is_taken, &e);
    if (err)
        return fail_module(s, L, module, s->problems.count > told ? NULL : e.msg);
    s->modules[module].is_compiled = is_taken;
    s->modules[module].is_mended = !is_taken;
    if (L != toc_sandbox_lua(s->sandbox))
        lua_xmove(toc_sandbox_lua(s->sandbox), L, 1);
    toc_mode mode = s->turn.mode;
    if (mode != TOC_MODE_LOAD)
        s->turn.mode = TOC_MODE_MODULE;
    int status = lua_pcall(L, 0, 1, 0);
    s->turn.mode = mode;
    if (status != LUA_OK) {
        toc_sandbox_caught(L, status);
        size_t len;
        return fail_module(s, L, module, toc_push_shown(L, -1, &len));
    }
    if (lua_isnil(L, -1))
        lua_pushboolean(L, true);
    lua_pushvalue(L, -1);
    s->modules[module].value = luaL_ref(L, LUA_REGISTRYINDEX);
    s->modules[module].is_open = false;
    return 1;
}

// While the scenario is read, the other files go on, so that all mistakes are found; in play the
// mistake is that of whoever required it. message is NULL if it is told already.
static int fail_module(toc_scenario *s, lua_State *L, size_t module, const char *message)
{
    toc_module *m = &s->modules[module];
    m->is_open = false;
    if (s->turn.mode != TOC_MODE_LOAD || s->is_again) {
        free(m->path); // it may be tried again
        s->modules[module] = s->modules[--s->module_count];
        lua_pushstring(L, message);
        return lua_error(L);
    }
    m->is_broken = true;
    toc_declare_broken(s, m->path);
    toc_parts_broken(s, m->path);
    lua_pushnil(L);
    m->value = luaL_ref(L, LUA_REGISTRYINDEX);
    s->is_partial = true;
    if (message)
        toc_source_stopped(&s->problems, s->files, message);
    return 0;
}

static int on_file(lua_State *L)
{
    toc_scenario *s = toc_host_of(L);
    toc_sandbox_charge(L, 50);
    if (lua_type(L, 1) != LUA_TSTRING)
        return toc_sandbox_raise(L, "file wants a path in quotes");
    const char *path = lua_tostring(L, 1);
    // Only what a scenario's folder gives as sources: attachments are in memory at a replay, but not
    // yet at a live load.
    if (!is_source(path))
        return refuse_text(s, L, path, "file gives texts (.md, .txt, .lua); use attach for others",
                           NULL);
    const toc_file *f = toc_files_find(s->files, path);
    if (!f)
        return refuse(s, L, path, "file");
    if (f->size > TOC_SCRIPT_TEXT_MAX) {
        char why[TOC_FILE_MAX + 80];
        snprintf(why, sizeof why, "file: %.*s is too long: %zu bytes, at most %d", TOC_FILE_MAX,
                 f->path, f->size, TOC_SCRIPT_TEXT_MAX);
        return refuse_text(s, L, path, why, NULL);
    }
    toc_sandbox_charge(L, (int64_t)f->size / 16);
    toc_again_text(s, L, f);
    return 1;
}

// While the scenario is read a missing text is noted and reading goes on with something in its place.
static int refuse(toc_scenario *s, lua_State *L, const char *path, const char *why)
{
    bool is_require = strcmp(why, "require") == 0;
    size_t count = toc_files_count(s->files);
    const char **names = toc_alloc((count + 1) * sizeof *names);
    char wanted[TOC_FILE_MAX];
    snprintf(wanted, sizeof wanted, "%s%s", path, is_require ? ".lua" : "");
    for (size_t i = 0; i < count; i++) {
        const char *name = toc_files_at(s->files, i)->path;
        names[i] = toc_module_is_library(name) ? name + strlen(TOC_LIBRARY) : name;
    }
    char near[TOC_NEAR_MAX];
    char quote[TOC_QUOTE_SIZE];
    char other[TOC_QUOTE_SIZE];
    toc_host_near(near, wanted, names, count);
    const char *meant = toc_text_near(wanted, names, count); // in the files
    free(names);
    toc_text_quote(quote, wanted);
    size_t len = strlen(path);
    if (is_require && len > 4 && strcmp(path + len - 4, ".lua") == 0) {
        snprintf(wanted, sizeof wanted, "%.*s", (int)(len - 4), path);
        return toc_sandbox_raise(L,
                                 "require: there is no file %s — write require %s: the name stands "
                                 "without .lua",
                                 toc_text_quote(quote, path), toc_text_quote(other, wanted));
    }
    if (is_require && !*near)
        return toc_sandbox_raise(L,
                                 "require: there is no file %s — create it in the scenario's "
                                 "folder: %s",
                                 quote, wanted);
    if (is_require)
        return toc_sandbox_raise(L, "require: there is no file %s%s", quote, near);
    if (s->turn.mode != TOC_MODE_LOAD)
        return toc_sandbox_raise(L, "file: there is no file %s%s", quote, near);
    char text[TOC_QUOTE_SIZE + 40];
    snprintf(text, sizeof text, "file: there is no file %s", quote);
    return refuse_text(s, L, path, text, meant);
}

// What to do about a text that is not there, or is none.
static void say_way(toc_problem *problem, const char *path)
{
    static const char *const documents[] = {".doc", ".docx", ".odt", ".rtf", ".pages", ".pdf"};
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot && i < TOC_COUNT(documents); i++)
        if (strcasecmp(dot, documents[i]) == 0) {
            toc_problem_help(problem,
                             "save it as a plain text (UTF-8) that ends in .txt or .md, and name "
                             "that one here; attach hands out documents as they are");
            return;
        }
    if (!toc_path_ok(path))
        toc_problem_help(problem, "copy the file into the scenario's folder, and write its path "
                                  "from there, with /: file \"texts/inj-01.md\"");
    else if (is_source(path))
        toc_problem_help(problem, "create it: %.200s, in the scenario's folder", path);
}

// meant: the path that was probably meant, or NULL.
static int refuse_text(toc_scenario *s, lua_State *L, const char *path, const char *why,
                       const char *meant)
{
    if (s->turn.mode != TOC_MODE_LOAD)
        return toc_sandbox_raise(L, "%s", why);
    char quote[TOC_QUOTE_SIZE];
    char place[TOC_FILE_MAX];
    int line = toc_host_where(L, place);
    toc_problem *problem = toc_call_problem(s, "E0223", place, line, "file", 1, "%s", why);
    if (meant)
        toc_draft_fix(s, toc_problem_help(problem, "did you mean \"%s\"?", meant), "\"%s\"", meant);
    else
        say_way(problem, path);
    lua_pushfstring(L, "(%s)", toc_text_quote(quote, path));
    return 1;
}

static bool is_source(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot && (strcmp(dot, ".md") == 0 || strcmp(dot, ".txt") == 0 || strcmp(dot, ".lua") == 0);
}
