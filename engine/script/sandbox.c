// SPDX-License-Identifier: MIT
//
// The state: its memory, its budget, and running code in it.
//
// Three things stop a script. The budget is deterministic: instructions are counted by a hook, C
// functions charge for themselves, and long texts are charged where they are made, because `..`
// belongs to the VM. A text over the limit is refused by the allocator, deterministically as well,
// and is an error like others. The memory cap is not deterministic (it depends on when garbage is
// collected): meeting it halts the state for good.

#include "sandbox.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "lib.h"
#include "pool.h"

#define HOOK_MASK (LUA_MASKCOUNT | LUA_MASKCALL)
// Texts from this size on are charged for where they are made. Shorter ones are not, because whether
// a short one is made at all can depend on what Lua still has in its caches.
#define TEXT_CHARGED 1024
// A refused text makes Lua collect all garbage before it gives up.
#define TEXT_REFUSED_UNITS 20000
// Bytes handed out under one budget, as a multiple of the cap: far above what a budget's worth of
// instructions asks for, unless tables are made to rehash again and again.
#define CHURN   32
#define DEPTH_FREE 128 // calls within calls, before catching an error costs more
#define WHERE   128
#define MESSAGE 480 // fits in toc_error

struct toc_sandbox {
    lua_State *L;
    toc_pool *pool;
    lua_State *running; // whose code is being run; NULL while none is
    size_t memory;      // the cap
    size_t used;
    size_t text_header; // bytes that Lua adds to a text
    size_t largest;     // bytes of the largest table so far, about
    uint64_t entries;   // how often code was begun or went on
    const void *env;    // the authors' environment
    uint64_t churn;     // bytes handed out since the last toc_sandbox_budget
    int64_t left;       // below 0: spent
    int results;
    toc_advise advise; // NULL: nobody is asked
    void *adviser;
    bool is_halted;
    bool is_known;          // what runs now ran before, within its budget
    bool is_text_refused;   // what the allocator refused last was a text, and too long
    char refused_at[WHERE]; // "file:line: "
};

static const char *stop_reason(const toc_sandbox *s);
static int stop(lua_State *L);
static void spend(toc_sandbox *s, int64_t units);
static void *on_alloc(void *data, void *p, size_t old_size, size_t size);
static void on_hook(lua_State *L, lua_Debug *ar);
static int on_error(lua_State *L);
static void write_where(lua_State *L, char *out, size_t size);
static void write_error(lua_State *L, char *out, size_t size);
static void mend_utf8(char *text);
static int64_t cost_of_catching(lua_State *L);
static toc_err place_error(toc_err err, const char *path, toc_error *e);
static bool enter(toc_sandbox *s, lua_State *L, lua_State **before, toc_error *e);
static toc_err leave(toc_sandbox *s, lua_State *L, lua_State *before, int status, toc_error *e);

toc_sandbox *toc_sandbox_new(size_t memory)
{
    toc_sandbox *s = toc_alloc(sizeof *s);
    s->memory = memory;
    s->pool = toc_pool_new();
    s->L = lua_newstate(on_alloc, s);
    if (!s->L) {
        toc_pool_free(s->pool);
        free(s);
        return NULL;
    }
    *(toc_sandbox **)lua_getextraspace(s->L) = s; // new coroutines get a copy
    size_t before = s->used;
    char probe[TEXT_CHARGED] = "";
    lua_pushlstring(s->L, probe, sizeof probe);
    s->text_header = s->used - before - sizeof probe;
    lua_pop(s->L, 1);
    toc_names_open(s->L);
    toc_names_push_env(s->L);
    s->env = lua_topointer(s->L, -1);
    lua_pop(s->L, 1);
    toc_lib_base(s);
    toc_lib_string(s);
    toc_lib_table(s);
    toc_lib_math(s);
    toc_sandbox_budget(s, TOC_SCRIPT_BUDGET_LOAD);
    return s;
}

void toc_sandbox_cap(toc_sandbox *s, size_t memory)
{
    s->memory = memory;
}

void toc_sandbox_free(toc_sandbox *s)
{
    if (!s)
        return;
    lua_close(s->L);
    toc_pool_free(s->pool);
    free(s);
}

lua_State *toc_sandbox_lua(toc_sandbox *s)
{
    return s->L;
}

toc_sandbox *toc_sandbox_of(lua_State *L)
{
    return *(toc_sandbox **)lua_getextraspace(L);
}

void toc_sandbox_global(toc_sandbox *s, const char *name)
{
    toc_names_set(s->L, name);
}

void toc_sandbox_advise(toc_sandbox *s, toc_advise advise, void *self)
{
    s->advise = advise;
    s->adviser = self;
}

bool toc_sandbox_advice(lua_State *L, const char *name, char *out, size_t size)
{
    toc_sandbox *s = toc_sandbox_of(L);
    return s->advise && s->advise(L, s->adviser, name, out, size);
}

static int compile(lua_State *L, const char *path, const char *text, size_t len)
{
    char name[256];
    snprintf(name, sizeof name, "=%s", path);
    return luaL_loadbufferx(L, text, len, name, "t");
}

toc_err toc_sandbox_load(toc_sandbox *s, const char *path, const char *text, size_t len,
                         toc_error *e)
{
    lua_State *L = s->L;
    lua_State *before;
    toc_buf safe = {0};
    if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) { // what some editors begin a file with
        text += 3;
        len -= 3;
    }
    toc_err err = toc_source_check(path, text, len, &safe, e);
    if (!err && !enter(s, s->running ? s->running : L, &before, e))
        err = TOC_ELIMIT;
    if (err) {
        toc_buf_fini(&safe);
        return err;
    }
    spend(s, (int64_t)(len / 16)); // compiling is not counted by the hook
    int status = LUA_ERRSYNTAX;
    if (safe.len > 0)
        status = compile(L, path, safe.data, safe.len);
    if (status == LUA_ERRSYNTAX) { // its messages shall quote the author's own words
        lua_pop(L, safe.len > 0);
        status = compile(L, path, text, len);
    }
    toc_buf_fini(&safe);
    err = leave(s, L, before, status, e);
    if (err) {
        lua_pop(L, status == LUA_OK);
        return place_error(err, path, e);
    }
    toc_names_push_env(L);
    lua_setupvalue(L, -2, 1);
    return TOC_OK;
}

toc_sandbox_cost toc_sandbox_meter(const toc_sandbox *s)
{
    return (toc_sandbox_cost){.units = -s->left, .bytes = s->churn};
}

bool toc_sandbox_load_kept(toc_sandbox *s, int function, const toc_sandbox_cost *cost)
{
    lua_State *before;
    lua_State *L = s->running ? s->running : s->L;
    toc_error e;
    if (stop_reason(s) || cost->units >= s->left)
        return false;
    enter(s, L, &before, &e);
    spend(s, cost->units - TOC_SCRIPT_STEP); // which entering spent
    s->churn += cost->bytes;
    lua_rawgeti(s->L, LUA_REGISTRYINDEX, function);
    leave(s, L, before, LUA_OK, &e);
    return true;
}

size_t toc_sandbox_largest(const toc_sandbox *s)
{
    return s->largest;
}

void toc_sandbox_again(toc_sandbox *s, size_t largest)
{
    lua_settop(s->L, 0);
    s->running = NULL;
    s->largest = largest;
    s->results = 0;
    s->is_text_refused = false;
    *s->refused_at = '\0';
    toc_sandbox_budget(s, TOC_SCRIPT_BUDGET_LOAD);
}

uint64_t toc_sandbox_entries(const toc_sandbox *s)
{
    return s->entries;
}

size_t toc_sandbox_used(const toc_sandbox *s)
{
    return s->used;
}

void toc_sandbox_budget(toc_sandbox *s, int64_t units)
{
    s->left = units;
    s->churn = 0;
}

int64_t toc_sandbox_budget_left(const toc_sandbox *s)
{
    return s->left > 0 ? s->left : 0;
}

bool toc_sandbox_is_spent(const toc_sandbox *s)
{
    return s->left < 0;
}

bool toc_sandbox_is_halted(const toc_sandbox *s)
{
    return s->is_halted;
}

void toc_sandbox_charge(lua_State *L, int64_t units)
{
    toc_sandbox *s = toc_sandbox_of(L);
    spend(s, units);
    if (stop_reason(s))
        stop(L);
}

int toc_sandbox_raise(lua_State *L, const char *format, ...)
{
    char text[WHERE + MESSAGE];
    write_where(L, text, WHERE);
    size_t len = strlen(text);
    va_list args;
    va_start(args, format);
    vsnprintf(text + len, sizeof text - len, format, args);
    va_end(args);
    lua_pushlstring(L, text, strlen(text));
    return lua_error(L);
}

int toc_sandbox_yield(lua_State *L, const char *what, int nresults, lua_KContext ctx,
                      lua_KFunction k)
{
    if (lua_isyieldable(L))
        return lua_yieldk(L, nresults, ctx, k);
    bool is_main = lua_pushthread(L);
    if (is_main)
        return toc_sandbox_raise(L, "'%s' waits, and only a storyline can wait", what);
    return toc_sandbox_raise(
        L, "'%s' waits, and a function given to table.sort or string.gsub cannot wait", what);
}

toc_err toc_sandbox_repeat(toc_sandbox *s, int nargs, int nresults, toc_error *e)
{
    s->is_known = true;
    toc_err err = toc_sandbox_call(s, nargs, nresults, e);
    s->is_known = false;
    return err;
}

// Stack of L before: function, arguments.
toc_err toc_sandbox_call(toc_sandbox *s, int nargs, int nresults, toc_error *e)
{
    lua_State *L = s->L;
    lua_State *before;
    int function = lua_gettop(L) - nargs;
    if (!enter(s, L, &before, e)) {
        lua_settop(L, function - 1);
        return TOC_ELIMIT;
    }
    lua_pushcfunction(L, on_error);
    lua_insert(L, function);
    int status = lua_pcall(L, nargs, nresults, function);
    lua_remove(L, function);
    toc_err err = leave(s, L, before, status, e);
    if (err)
        lua_settop(L, function - 1);
    return err;
}

lua_State *toc_sandbox_thread(toc_sandbox *s, int *ref)
{
    lua_State *co = lua_newthread(s->L);
    lua_insert(s->L, -2);
    lua_xmove(s->L, co, 1);
    *ref = luaL_ref(s->L, LUA_REGISTRYINDEX);
    return co;
}

void toc_sandbox_release(toc_sandbox *s, int ref)
{
    luaL_unref(s->L, LUA_REGISTRYINDEX, ref);
}

toc_err toc_sandbox_resume(toc_sandbox *s, lua_State *co, int nargs, bool *yielded, toc_error *e)
{
    lua_State *before;
    *yielded = false;
    s->results = 0;
    if (!enter(s, co, &before, e)) {
        lua_resetthread(co);
        lua_settop(co, 0);
        return TOC_ELIMIT;
    }
    int status = lua_resume(co, before ? before : s->L, nargs, &s->results);
    *yielded = status == LUA_YIELD;
    toc_err err = leave(s, co, before, *yielded ? LUA_OK : status, e);
    if (err) {
        *yielded = false;
        s->results = 0;
        lua_resetthread(co);
        lua_settop(co, 0);
    }
    return err;
}

int toc_sandbox_results(const toc_sandbox *s)
{
    return s->results;
}

bool toc_sandbox_is_env(lua_State *L, int index)
{
    return lua_topointer(L, index) == toc_sandbox_of(L)->env;
}

void toc_sandbox_caught(lua_State *L, int status)
{
    toc_sandbox *s = toc_sandbox_of(L);
    if (status == LUA_ERRMEM && !s->is_text_refused)
        s->is_halted = true;
    spend(s, cost_of_catching(L));
    if (stop_reason(s))
        stop(L);
    if (status == LUA_ERRMEM) {
        lua_pushfstring(L, "%sa text of more than 64 KiB", s->refused_at);
        lua_replace(L, -2);
    }
}

// Each time an error is caught Lua goes through all the calls that it was caught within. As deep as people write, that is nothing.
static int64_t cost_of_catching(lua_State *L)
{
    lua_Debug ar;
    int depth = DEPTH_FREE;
    if (!lua_getstack(L, depth, &ar))
        return 0;
    while (lua_getstack(L, depth * 2, &ar))
        depth *= 2;
    return depth;
}

void toc_sandbox_scanned(lua_State *L)
{
    toc_sandbox *s = toc_sandbox_of(L);
    s->churn += s->largest;
}

// ---- running

// Why nothing more may run, or NULL.
static const char *stop_reason(const toc_sandbox *s)
{
    if (s->is_halted)
        return "stopped: the scripts need more memory than they may have";
    if (s->left < 0)
        return "stopped: too much work at one moment (a loop that does not end?)";
    return NULL;
}

static int stop(lua_State *L)
{
    lua_sethook(L, on_hook, HOOK_MASK, 1); // from now on every instruction comes back here
    return toc_sandbox_raise(L, "%s", stop_reason(toc_sandbox_of(L)));
}

static void spend(toc_sandbox *s, int64_t units)
{
    if (s->left >= 0 && units > 0)
        s->left = units > s->left ? -1 : s->left - units;
}

// enter begins to run code of L's. The first instructions are paid for here, so that work split
// over many short runs costs no less.
static bool enter(toc_sandbox *s, lua_State *L, lua_State **before, toc_error *e)
{
    *before = s->running;
    if (!stop_reason(s))
        spend(s, TOC_SCRIPT_STEP);
    const char *reason = stop_reason(s);
    if (reason) {
        toc_fail(e, TOC_ELIMIT, "%s", reason);
        return false;
    }
    s->running = L;
    s->entries++;
    if (s->is_known)
        lua_sethook(L, NULL, 0, 0);
    else
        lua_sethook(L, on_hook, HOOK_MASK, TOC_SCRIPT_STEP);
    return true;
}

// leave ends it. With an error status the error is on top of L, and is popped.
static toc_err leave(toc_sandbox *s, lua_State *L, lua_State *before, int status, toc_error *e)
{
    s->running = before;
    char text[MESSAGE];
    if (status == LUA_OK && !stop_reason(s))
        return TOC_OK;
    if (status == LUA_OK) { // the last long text was one too many
        return toc_fail(e, TOC_ELIMIT, "%s", stop_reason(s));
    }
    if (status == LUA_ERRMEM && !s->is_text_refused)
        s->is_halted = true;
    if (status != LUA_ERRMEM)
        write_error(L, text, sizeof text);
    else
        snprintf(text, sizeof text, "%s%s", s->refused_at,
                 s->is_halted ? stop_reason(s) : "a text of more than 64 KiB");
    lua_pop(L, 1);
    return toc_fail(e, stop_reason(s) ? TOC_ELIMIT : TOC_ESCENARIO, "%s", text);
}

static void on_hook(lua_State *L, lua_Debug *ar)
{
    toc_sandbox *s = toc_sandbox_of(L);
    if (ar->event == LUA_HOOKCOUNT) {
        spend(s, TOC_SCRIPT_STEP);
        if (stop_reason(s))
            stop(L);
        lua_Debug deep;
        if (lua_getstack(L, TOC_SCRIPT_DEPTH_MAX,
                         &deep)) // Lua's own limit is beyond the memory cap
            toc_sandbox_raise(L,
                              "more than %d calls deep (a function that calls itself without end?)",
                              TOC_SCRIPT_DEPTH_MAX);
    } else if (lua_getlocal(L, ar, -(TOC_SCRIPT_VALUES_MAX + 1))) {
        // An instruction that copies ... costs as much as there is in it, and counts as one.
        toc_sandbox_raise(L, "a call with more than %d values in '...'", TOC_SCRIPT_VALUES_MAX);
    }
}

// ---- memory

// May size bytes be handed out in place of old_size (0: new)? Only code that runs is limited.
static bool may_grow(toc_sandbox *s, bool is_text, size_t old_size, size_t size)
{
    if (!s->running || s->is_halted)
        return true;
    bool is_long = is_text && size > s->text_header + TOC_SCRIPT_TEXT_MAX;
    if (!is_long && size - old_size <= s->memory - (s->used < s->memory ? s->used : s->memory) &&
        s->churn + size <= (uint64_t)s->memory * CHURN) {
        s->churn += size;
        if (is_text && size >= TEXT_CHARGED)
            spend(s, (int64_t)(size / 64));
        return true;
    }
    // Lua will collect all garbage, ask once more, and then raise an error that tells nothing. It
    // is all right to ask here where the code stands: that neither allocates nor changes anything.
    // What is handed out later does not change the answer: Lua moves its stack before it gives the error.
    s->is_text_refused = is_long;
    write_where(s->running, s->refused_at, sizeof s->refused_at);
    if (is_long)
        spend(s, TEXT_REFUSED_UNITS / 2);
    return false;
}

static void *on_alloc(void *data, void *p, size_t old_size, size_t size)
{
    toc_sandbox *s = data;
    bool is_text = !p && old_size == LUA_TSTRING; // without p, old_size says what it is for
    if (!p && old_size == 0 && size > s->largest)
        s->largest = size;
    if (!p)
        old_size = 0;
    if (size == 0) {
        s->used -= old_size;
        if (p)
            toc_pool_drop(s->pool, p, old_size);
        return NULL;
    }
    if (size > old_size && !may_grow(s, is_text, old_size, size))
        return NULL;
    void *q = p ? toc_pool_resize(s->pool, p, old_size, size) : toc_pool_alloc(s->pool, size);
    if (!q) {
        s->is_text_refused = false;
        return size <= old_size ? p : NULL;
    }
    s->used = s->used - old_size + size;
    return q;
}

// ---- error texts

// "file:line: " of the innermost Lua function of an author's, of the library's if there is none, or "".
static void write_where(lua_State *L, char *out, size_t size)
{
    lua_Debug ar;
    *out = '\0';
    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "Sl", &ar);
        if (ar.currentline <= 0)
            continue;
        bool is_library = strncmp(ar.short_src, TOC_LIBRARY, strlen(TOC_LIBRARY)) == 0;
        if (!is_library || !*out)
            snprintf(out, size, "%s:%d: ", ar.short_src, ar.currentline);
        if (!is_library)
            return;
    }
}

// Does a text begin with "file:line: "?
static bool has_where(const char *text)
{
    for (const char *p = strchr(text, ':'); p; p = strchr(p + 1, ':')) {
        size_t digits = strspn(p + 1, "0123456789");
        if (digits > 0 && p[1 + digits] == ':' && p[2 + digits] == ' ')
            return p > text;
    }
    return false;
}

// write_error describes the value on top of L's stack in one line, with a place in front if it names
// none. It calls nothing that could raise or run code.
static void write_error(lua_State *L, char *out, size_t size)
{
    char other[64];
    const char *text = other;
    int top = lua_gettop(L);
    snprintf(other, sizeof other, "error object of type %s", luaL_typename(L, top));
    if (lua_type(L, top) == LUA_TNUMBER) {
        toc_number_text(L, top, other);
    } else if (lua_type(L, top) == LUA_TSTRING) {
        text = lua_tostring(L, top);
    } else if (lua_istable(L, top)) {
        lua_pushliteral(L, "message");
        if (lua_rawget(L, top) == LUA_TSTRING)
            text = lua_tostring(L, -1);
    }
    *out = '\0';
    if (!has_where(text))
        write_where(L, out, WHERE);
    size_t len = strlen(out);
    snprintf(out + len, size - len, "%s", text);
    for (char *p = out; *p; p++) {
        if (*p == '\n' || *p == '\r')
            *p = ' ';
    }
    mend_utf8(out);
    lua_settop(L, top);
}

// A text of an author's may be no UTF-8, or have been cut within a character, and what is no UTF-8 cannot be recorded.
static void mend_utf8(char *text)
{
    for (size_t left = strlen(text); left > 0;) {
        uint32_t cp;
        size_t len = toc_utf8_next(text, left, &cp);
        if (cp == TOC_CP_BAD)
            memset(text, '?', len);
        text += len;
        left -= len;
    }
}

// Some errors of the compiler name no line (too many levels of brackets); then the file must do.
static toc_err place_error(toc_err err, const char *path, toc_error *e)
{
    if (!e || has_where(e->msg))
        return err;
    toc_error before = *e;
    return toc_fail(e, err, "%s:1: %.*s", path, MESSAGE - WHERE, before.msg);
}

// Runs where the error was raised, while it is still known who called whom.
static int on_error(lua_State *L)
{
    char text[MESSAGE];
    write_error(L, text, sizeof text);
    lua_pushlstring(L, text, strlen(text));
    return 1;
}
