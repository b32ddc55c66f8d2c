// SPDX-License-Identifier: MIT
// derive SCENARIO SEED [option…]: plays a scenario with inputs chosen by the seed and prints every
// body, so that two processes can be compared. Options make this process unlike the other:
//   --locale        take the locale from the environment, as a program with a full screen does
//   --pieces        let time go on by random smaller amounts
//   --gc MODE       generational, step (a cycle never pauses), never, or emergency: a full collection
//                   at every 97th allocation
//   --where         print an address of this process instead, and end
// Lua's collector is reached by the linker's --wrap, so that nothing in the engine knows of it.

#include <inttypes.h>
#include <locale.h>
#include <lua.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "solo.h"

#define INPUTS          160
#define EMERGENCY_EVERY 97

// Lua's names: --wrap makes every call of lua_newstate one of __wrap_lua_newstate.
lua_State *__real_lua_newstate(lua_Alloc f, void *data);
lua_State *__wrap_lua_newstate(lua_Alloc f, void *data);

typedef enum { GC_STOCK, GC_GENERATIONAL, GC_STEP, GC_NEVER, GC_EMERGENCY } gc_mode;

// One for the process: the wrapped function has no other way to know.
static gc_mode mode;

// An allocator that fails now and then, once: Lua then collects all garbage, and asks again.
typedef struct {
    lua_Alloc f;
    void *data;
    bool is_ready, has_failed;
    unsigned count;
} failing;

static failing fails; // derive makes one state at a time

static void *on_alloc(void *data, void *p, size_t old_size, size_t size)
{
    failing *a = data;
    size_t old = p ? old_size : 0;
    if (a->is_ready && size > old && !a->has_failed && ++a->count % EMERGENCY_EVERY == 0) {
        a->has_failed = true;
        return NULL;
    }
    a->has_failed = false;
    return a->f(a->data, p, old_size, size);
}

lua_State *__wrap_lua_newstate(lua_Alloc f, void *data)
{
    if (mode == GC_EMERGENCY) {
        fails = (failing){.f = f, .data = data};
        lua_State *L = __real_lua_newstate(on_alloc, &fails);
        fails.is_ready = true; // before, Lua has no state to collect in
        return L;
    }
    lua_State *L = __real_lua_newstate(f, data);
    if (mode == GC_GENERATIONAL)
        lua_gc(L, LUA_GCGEN, 1, 1);
    else if (mode == GC_STEP)
        lua_gc(L, LUA_GCINC, 1, 1000, 1);
    else if (mode == GC_NEVER)
        lua_gc(L, LUA_GCSTOP);
    return L;
}

static int usage(void)
{
    fprintf(stderr, "derive SCENARIO SEED [--locale] [--pieces] [--gc MODE] [--where]\n");
    return 2;
}

static bool parse_mode(const char *name)
{
    static const char *const names[] = {"stock", "generational", "step", "never", "emergency"};
    for (size_t i = 0; i < TOC_COUNT(names); i++)
        if (strcmp(name, names[i]) == 0) {
            mode = (gc_mode)i;
            return true;
        }
    return false;
}

// Everything but numbers and the order of letters: those would change what scripts concatenate and
// compare (engine/script/sandbox.h), so a process that executes scenarios leaves them in C.
static bool take_locale(void)
{
    return setlocale(LC_ALL, "") && setlocale(LC_NUMERIC, "C") && setlocale(LC_COLLATE, "C");
}

static int derive(const char *dir, uint64_t seed, bool in_pieces)
{
    toc_error e = {0};
    toc_files *files;
    solo s;
    toc_err err = scenario_files(&files, dir, &e);
    if (!err)
        err = solo_begin(&s, files, seed, INPUTS, 1, &e);
    if (err) {
        fprintf(stderr, "%s\n", e.msg);
        return 1;
    }
    s.in_pieces = in_pieces;
    solo_go(&s);
    toc_buf line = {0};
    for (size_t i = 0; i < s.log.count; i++) {
        toc_buf_clear(&line);
        toc_event_body(&line, &s.log.at[i]);
        printf("%s}\n", line.data);
    }
    printf("%zu steps, %d inputs refused\n", s.step_count, s.refused);
    toc_buf_fini(&line);
    solo_end(&s);
    toc_files_free(files);
    return 0;
}

int main(int argc, char **argv)
{
    bool in_pieces = false;
    if (argc < 3)
        return usage();
    for (int i = 3; i < argc; i++) {
        if (strcmp(argv[i], "--locale") == 0) {
            if (!take_locale()) {
                fprintf(stderr, "the environment's locale is not installed\n");
                return 3;
            }
        } else if (strcmp(argv[i], "--pieces") == 0) {
            in_pieces = true;
        } else if (strcmp(argv[i], "--gc") == 0 && i + 1 < argc) {
            if (!parse_mode(argv[++i]))
                return usage();
        } else if (strcmp(argv[i], "--where") == 0) {
            printf("%p\n", (void *)&mode);
            return 0;
        } else {
            return usage();
        }
    }
    return derive(argv[1], strtoull(argv[2], NULL, 10), in_pieces);
}
