// SPDX-License-Identifier: MIT
// A source read for its mistakes and compiled: as it is if Lua takes it, else as it could be mended.
#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "lib.h"
#include "scan.h"

static void read(toc_reading *r, const char *path, const char *text, size_t len,
                 const toc_map *known);
static void add_known(void *context, const char *name);
static bool is_known(const void *known, const char *name, size_t len);
static void read_names(toc_reading *r, toc_sandbox *s);
static bool load_mended(toc_reading *r, toc_sandbox *s, toc_error *e);
static void tell_lua(toc_reading *r, const char *message);
static toc_err fail_first(const toc_problems *problems, size_t from, toc_error *e);

toc_err toc_source_load(toc_sandbox *s, const char *path, const char *text, size_t len,
                        toc_problems *problems, bool *is_taken, toc_error *e)
{
    size_t skip;
    size_t told = problems->count;
    *is_taken = false;
    if (!toc_encoding_check(problems, path, text, len, &skip))
        return fail_first(problems, told, e);
    toc_error why;
    toc_map *known = toc_map_new();
    toc_names_each(toc_sandbox_lua(s), add_known, known);
    toc_err err = toc_sandbox_load(s, path, text, len, &why);
    toc_reading r;
    read(&r, path, text + skip, len - skip, known);
    bool has_function = err == TOC_OK;
    *is_taken = has_function;
    if (err == TOC_ELIMIT) {
        toc_problems_fini(&r.slips);
        toc_problems_fini(&r.certain);
        toc_reading_certain(&r, "E0119", r.text, r.text, "%s", why.msg);
    } else if (has_function) {
        bool is_read = !r.is_lost;
        toc_reading_plain(&r);
        *is_taken = r.certain.count == 0;
        if (is_read)
            read_names(&r, s);
    } else if (!r.is_lost && !r.is_guess) {
        read_names(&r, s);
    }
    if (err == TOC_ESCENARIO && r.slips.count + r.certain.count == 0)
        tell_lua(&r, why.msg);
    else if (err != TOC_ELIMIT && r.mend_count > 0 && !r.is_guess) {
        toc_error other;
        if (load_mended(&r, s, &other)) {
            if (has_function)
                lua_remove(toc_sandbox_lua(s), -2);
            has_function = true;
        } else if (!has_function && !r.is_lost) {
            tell_lua(&r, other.msg);
        }
    }
    problems->lost += r.is_cut; // one at least
    toc_problems_take(problems, &r.slips);
    toc_problems_take(problems, &r.certain);
    toc_reading_fini(&r);
    toc_map_free(known);
    if (has_function)
        return TOC_OK;
    fail_first(problems, told, e);
    return err == TOC_ELIMIT ? err : TOC_ESCENARIO;
}

void toc_source_words(toc_sandbox *s, const char *path, const char *text, size_t len,
                      toc_reading *r)
{
    static const char mark[] = "\xEF\xBB\xBF";
    size_t skip = len >= 3 && memcmp(text, mark, 3) == 0 ? 3 : 0;
    toc_map *known = toc_map_new();
    toc_names_each(toc_sandbox_lua(s), add_known, known);
    *r = (toc_reading){
        .path = path, .text = text + skip, .len = len - skip, .is_known = is_known, .known = known};
    toc_reading_words(r);
    r->known = NULL;
    toc_map_free(known);
}

static void read(toc_reading *r, const char *path, const char *text, size_t len,
                 const toc_map *known)
{
    *r =
        (toc_reading){.path = path, .text = text, .len = len, .is_known = is_known, .known = known};
    toc_reading_words(r);
    if (!r->is_lost)
        toc_reading_grammar(r);
}

static void add_known(void *context, const char *name)
{
    toc_map_put(context, name, 1);
}

static bool is_known(const void *known, const char *name, size_t len)
{
    char text[128];
    int64_t found;
    snprintf(text, sizeof text, "%.*s", (int)(len < 127 ? len : 127), name);
    return toc_map_get(known, text, &found);
}

// Arguments: the reading.
static int on_names(lua_State *L)
{
    toc_reading *r = lua_touserdata(L, 1);
    lua_settop(L, 0);
    toc_reading_names(r, L);
    return 0;
}

// Protected: guessing what was meant needs memory of the state's. Without it there is no guess.
static void read_names(toc_reading *r, toc_sandbox *s)
{
    lua_State *L = toc_sandbox_lua(s);
    int top = lua_gettop(L);
    if (r->name_count == 0 || !lua_checkstack(L, 4))
        return;
    lua_pushcfunction(L, on_names);
    lua_pushlightuserdata(L, r);
    (void)lua_pcall(L, 1, 0, 0);
    lua_settop(L, top);
}

static bool load_mended(toc_reading *r, toc_sandbox *s, toc_error *e)
{
    toc_buf mended = {0};
    toc_reading_mended(r, &mended);
    toc_err err = toc_sandbox_load(s, r->path, toc_buf_text(&mended), mended.len, e);
    toc_buf_fini(&mended);
    return err == TOC_OK;
}

// ---- what only Lua knows -----------------------------------------------------------------------------

static const char *line_start(const toc_reading *r, int line)
{
    const char *p = r->text;
    for (int n = 1; n < line && p < r->text + r->len; n++) {
        p = toc_reading_line_end(r, p);
        if (p < r->text + r->len)
            p += *p == '\r' && p + 1 < r->text + r->len && p[1] == '\n' ? 2 : 1;
    }
    return p;
}

static const char *code_of(const char *text)
{
    return strstr(text, "_ENV")                                          ? "E0117"
           : strstr(text, "64 KiB")                                      ? "E0119"
           : strstr(text, "NUL byte")                                    ? "E0114"
           : strstr(text, "escape sequence")                             ? "E0124"
           : strstr(text, "const variable")                              ? "E0116"
           : strstr(text, "too many") || strstr(text, "overflow")        ? "E0119"
           : strstr(text, "bit operators") || strstr(text, "is not Lua") ? "E0112"
                                                                         : "E0101";
}

// message: "path:12: …", in Lua's words. Told at the word it names, if that is on the line.
static void tell_lua(toc_reading *r, const char *message)
{
    size_t path = strlen(r->path);
    int line =
        strncmp(message, r->path, path) == 0 && message[path] == ':' ? atoi(message + path + 1) : 0;
    const char *text = line > 0 ? strstr(message + path, ": ") : NULL;
    text = text ? text + 2 : message;
    for (size_t i = 0; i < r->slips.count + r->certain.count; i++) {
        const toc_problem *p =
            i < r->slips.count ? &r->slips.at[i] : &r->certain.at[i - r->slips.count];
        if (p->line >= line - 1 && p->line <= line + 1)
            return; // an echo of it, or near enough to be one
    }
    static const char *const own[][2] = {
        {"break outside", "break stands outside of a loop"},
        {"attempt to assign to const", "this name is declared with <const> and cannot be changed"},
        {"no visible label", "goto names a place that is not there"},
        {"jumps into the scope", "goto jumps over the declaration of a name"},
        {"too many local variables", "more than 200 names are declared with local in one function"},
        {"overflow", "too many brackets or blocks inside each other"},
    };
    const char *at_line = strstr(text, " at line ");
    bool is_goto = strncmp(text, "no visible label", 16) == 0;
    if ((is_goto || strncmp(text, "break outside", 13) == 0) && at_line)
        line = atoi(at_line + 9); // it is seen only where the block ends
    const char *begin = line_start(r, line);
    const char *end = toc_reading_line_end(r, begin);
    begin += strspn(begin, " \t");
    const char *near = strstr(text, " near '");
    if (near) {
        const char *word = near + 7;
        size_t len = strlen(word) - (strlen(word) > 0);
        for (const char *p = begin; len > 0 && p + len <= end; p++)
            if (memcmp(p, word, len) == 0) {
                begin = p;
                end = p + len;
                break;
            }
    }
    const char *code = code_of(text);
    size_t shown = near ? (size_t)(near - text) : strlen(text);
    for (size_t i = 0; i < TOC_COUNT(own); i++)
        if (strstr(text, own[i][0])) {
            text = own[i][1];
            shown = strlen(text);
        }
    toc_problem *problem = toc_reading_problem(r, code, begin, end > begin ? end : begin + 1,
                                               "%.*s", (int)(shown < 400 ? shown : 400), text);
    toc_problem_help(problem, "look at this line and the one before it");
}

static toc_err fail_first(const toc_problems *problems, size_t from, toc_error *e)
{
    if (from >= problems->count)
        return toc_fail(e, TOC_ESCENARIO, "this cannot be read");
    const toc_problem *first = &problems->at[from];
    return toc_fail(e, TOC_ESCENARIO, "%s:%d: %s", first->file, first->line, first->text);
}
