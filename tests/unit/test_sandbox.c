// SPDX-License-Identifier: MIT
//
// The sandbox: what authors have, what they have not, that nothing they write runs for ever, and that
// everything they write does the same in every process.

#include <check.h>
#include <inttypes.h>
#include <lauxlib.h>
#include <locale.h>
#include <lua.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/random.h"
#include "check_main.h"
#include "sandbox.h"

#define PROCESSES 20
#define DUMP                                                                                       \
    "--dump" // the argument that makes this program print the deterministic script's output

static toc_sandbox *s;
static toc_error e;

static void set_up(void)
{
    s = toc_sandbox_new(TOC_SCRIPT_MEMORY);
    memset(&e, 0, sizeof e);
}

static void tear_down(void)
{
    toc_sandbox_free(s);
}

// Runs a source as t.lua; one result is left on the stack if it succeeds.
static toc_err run(const char *source)
{
    toc_err err = toc_sandbox_load(s, "t.lua", source, strlen(source), &e);
    return err ? err : toc_sandbox_call(s, 0, 1, &e);
}

// The result, an expression's, is the wanted text.
static void gives(const char *expression, const char *wanted)
{
    char *source = toc_sprintf("return tostring(%s)", expression);
    ck_assert_msg(run(source) == TOC_OK, "%s: %s", expression, e.msg);
    ck_assert_msg(strcmp(lua_tostring(toc_sandbox_lua(s), -1), wanted) == 0, "%s gives %s, not %s",
                  expression, lua_tostring(toc_sandbox_lua(s), -1), wanted);
    lua_settop(toc_sandbox_lua(s), 0);
    free(source);
}

// The source is refused or fails, as the scenario's mistake, in one line that begins with the place
// and contains the words.
static void fails(const char *source, const char *place, const char *words)
{
    toc_err err = run(source);
    ck_assert_msg(err == TOC_ESCENARIO, "'%.80s' gives %d: %s", source, err, e.msg);
    ck_assert_msg(strncmp(e.msg, place, strlen(place)) == 0 && strstr(e.msg, words), "'%.80s': %s",
                  source, e.msg);
    ck_assert_ptr_null(strchr(e.msg, '\n'));
    ck_assert_ptr_null(strstr(e.msg, "0x"));
    ck_assert_int_eq(lua_gettop(toc_sandbox_lua(s)), 0);
}

// The source is stopped within the budget of one instant, and within seconds whatever it does.
static void is_stopped(const char *source)
{
    clock_t start = clock();
    toc_sandbox_budget(s, TOC_SCRIPT_BUDGET_INSTANT);
    toc_err err = run(source);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    ck_assert_msg(err == TOC_ELIMIT, "'%s' gives %d: %s", source, err, e.msg);
    ck_assert_msg(strstr(e.msg, "too much work"), "'%s': %s", source, e.msg);
    ck_assert(toc_sandbox_is_spent(s));
    ck_assert(!toc_sandbox_is_halted(s));
    ck_assert_int_eq(toc_sandbox_budget_left(s), 0);
    ck_assert_msg(seconds < 20, "'%s' ran %.1f s", source, seconds);
    toc_sandbox_budget(s, TOC_SCRIPT_BUDGET_INSTANT);
    TOC_OK_OR_FAIL(run("return 1"), e); // and life goes on
    lua_settop(toc_sandbox_lua(s), 0);
}

// ---- the environment

START_TEST(authors_have_just_the_names_they_should_have)
{
    static const char *const names[] = {
        "assert",         "error",           "ipairs",        "pairs",         "pcall",
        "select",         "tonumber",        "tostring",      "type",          "string.byte",
        "string.char",    "string.find",     "string.format", "string.gmatch", "string.gsub",
        "string.len",     "string.lower",    "string.match",  "string.rep",    "string.reverse",
        "string.sub",     "string.upper",    "table.concat",  "table.insert",  "table.pack",
        "table.remove",   "table.sort",      "table.unpack",  "math.abs",      "math.ceil",
        "math.floor",     "math.fmod",       "math.huge",     "math.max",      "math.maxinteger",
        "math.min",       "math.mininteger", "math.modf",     "math.pi",       "math.sqrt",
        "math.tointeger", "math.type",
    };
    for (size_t i = 0; i < TOC_COUNT(names); i++) {
        char *source = toc_sprintf("return tostring(%s ~= nil)", names[i]);
        TOC_OK_OR_FAIL(run(source), e);
        free(source);
        lua_settop(toc_sandbox_lua(s), 0);
    }
}
END_TEST

START_TEST(names_of_lua_that_scenarios_lack_are_explained)
{
    static const char *const names[] = {
        "os",
        "io",
        "debug",
        "package",
        "load",
        "loadstring",
        "dofile",
        "loadfile",
        "require",
        "collectgarbage",
        "coroutine",
        "xpcall",
        "next",
        "setmetatable",
        "getmetatable",
        "rawget",
        "rawset",
        "rawequal",
        "rawlen",
        "utf8",
        "_G",
        "string.dump",
        "string.pack",
        "string.unpack",
        "string.packsize",
        "math.random",
        "math.randomseed",
        "math.sin",
        "math.ult",
        "table.move",
        "print",
        "unpack",
    };
    for (size_t i = 0; i < TOC_COUNT(names); i++) {
        char *source = toc_sprintf("\nlocal x = %s", names[i]);
        char *words = toc_sprintf("%s is not available in scenarios", names[i]);
        fails(source, "t.lua:2: ", words);
        free(source);
        free(words);
    }
    fails("os.time()", "t.lua:1: ", "now and story tell the time");
    fails("return ('x').dump", "t.lua:1: ", "string.dump is not available");
}
END_TEST

START_TEST(unknown_names_are_errors_with_a_suggestion)
{
    fails("return foo", "t.lua:1: ", "unknown name 'foo'");
    fails("if foo then end", "t.lua:1: ", "unknown name 'foo'");
    fails("\n\nipair({})", "t.lua:3: ", "did you mean 'ipairs'?");
    fails("return string.uper('x')", "t.lua:1: ", "did you mean string.upper?");
    fails("return ('x'):uper()", "t.lua:1: ", "did you mean string.upper?");
    fails("return ('x')[1]", "t.lua:1: ", "nothing under a number");
    fails("return math[true]", "t.lua:1: ", "nothing under a boolean");
    char *source = toc_alloc(40000);
    strcpy(source, "return ");
    memset(source + 7, 'x', 30000);
    fails(source, "t.lua:1: ", "unknown name 'xxx");
    free(source);
}
END_TEST

START_TEST(globals_cannot_be_assigned)
{
    fails("x = 1", "t.lua:1: ", "write local x");
    fails("\nfunction f() end", "t.lua:2: ", "write local f");
    fails("pairs = 1", "t.lua:1: ", "'pairs' belongs to the language");
    fails("string = {}", "t.lua:1: ", "'string' belongs to the language");
    fails("string.upper = 1", "t.lua:1: ", "string belongs to the language");
    fails("string.mine = 1", "t.lua:1: ", "string belongs to the language");
    fails("math.pi = 3", "t.lua:1: ", "math belongs to the language");
    fails("table.insert(string, 1)", "t.lua:1: ", "cannot be changed");
    fails("table.sort(math)", "t.lua:1: ", "cannot be changed");
    fails("table.remove(table)", "t.lua:1: ", "cannot be changed");
    fails("('').upper = 1", "t.lua:1: ", "attempt to index a string value");
    fails("for k in pairs(string) do end", "t.lua:1: ", "cannot be listed");
    gives("('x'):upper()", "X");
    TOC_OK_OR_FAIL(run("local x, pairs = 1, 2 return x + pairs"), e);
}
END_TEST

START_TEST(texts_are_never_taken_for_numbers)
{
    fails("return '10' + 1", "t.lua:1: ", "arithmetic on a string value");
    fails("return -'1'", "t.lua:1: ", "arithmetic on a string value");
    fails("return math.abs('1')", "t.lua:1: ", "number expected, got string");
    fails("return ('x'):rep('3')", "t.lua:1: ", "number expected, got string");
    fails("return string.format('%d', '3')", "t.lua:1: ", "number expected, got string");
    gives("tonumber('10') + 1", "11");
    gives("1 .. 2", "12");
}
END_TEST

// ---- what the source may not contain

START_TEST(bit_operators_are_refused_where_they_stand)
{
    fails("return 1 & 2", "t.lua:1: ", "no bit operators");
    fails("\nreturn 1 | 2", "t.lua:2: ", "no bit operators");
    fails("return 1 ~ 2", "t.lua:1: ", "no bit operators");
    fails("return ~1", "t.lua:1: ", "no bit operators");
    fails("--[[\n]] return 1 << 2", "t.lua:2: ", "no bit operators");
    fails("local t = [[\n\n]] return 1 >> 2", "t.lua:3: ", "no bit operators");
    fails("local t = '\\\n\\z\n  ' return 1 & 2", "t.lua:3: ", "no bit operators");
    fails("return a && b", "t.lua:1: ", "write and");
    fails("return a || b", "t.lua:1: ", "write or");
    fails("return a != b", "t.lua:1: ", "write ~=");
    gives("1 ~= 2", "true");
    gives("7 // 2", "3");
    gives("'& | ~ << >> ! _ENV'", "& | ~ << >> ! _ENV");
    gives("\"it's & ~ \\\" |\"", "it's & ~ \" |");
    gives("[==[ & ]] | ]=] ~]==]", " & ]] | ]=] ~");
    gives("1 --[==[ & ]] ~ ]==] + 1 -- & |\n", "2");
    gives("({[ [[a&]] ]=1})['a&']", "1");
    TOC_OK_OR_FAIL(run("local x <const> = 1 goto done ::done:: return x"), e);
}
END_TEST

// Numeric loops are rewritten before Lua sees them: the same loops must come out, and the same lines.
START_TEST(loops_count_numbers_and_refuse_texts)
{
    fails("for i = 1, '3' do end", "t.lua:1: ", "arithmetic on a string value");
    fails("\nfor i = '1', 3 do end", "t.lua:2: ", "arithmetic on a string value");
    fails("local n = '1' for i = 1, 3,\n n do end", "t.lua:1: ", "arithmetic on a string value");
    fails("for i = 1, nil do end", "t.lua:1: ", "arithmetic on a nil value");
    fails("for i = 1, 2, 0 do end", "t.lua:1: ", "'for' step is zero");
    fails("for i = 1 2 do end", "t.lua:1: ", "expected near '2'");
    gives("(function() local n = 0 for i = 1, 10 do n = n + i end return n end)()", "55");
    gives("(function() local n = 0 for i = 1.0, 2, 0.5 do n = n .. ' ' .. i end return n end)()",
          "0 1.0 1.5 2.0");
    gives("(function() for i = math.mininteger, math.mininteger do return i == math.mininteger end "
          "end)()",
          "true");
    gives("(function() local fork, dot = 1, 2 local t = {['for'] = 1, \"do\"} "
          "for x = 'x' == 'y' and 1 or 2, #t + 1 do fork = fork + x end return fork end)()",
          "3");
    TOC_OK_OR_FAIL(run("for i = 1, 2 do goto on ::on:: end for _, v in ipairs({1, 2}) do end"), e);
}
END_TEST

START_TEST(other_traps_in_a_source_are_refused)
{
    fails("_ENV = {}", "t.lua:1: ", "_ENV is not available");
    fails("local _ENV <const> = 1", "t.lua:1: ", "_ENV is not available");
    fails("\nreturn '\\0'", "t.lua:2: ", "NUL");
    fails("return '\\x00'", "t.lua:1: ", "NUL");
    fails("return '\\u{0}'", "t.lua:1: ", "NUL");
    fails("return '\\000'", "t.lua:1: ", "NUL");
    gives("#'\\01\\x01\\u{1}\\\\0'", "5");
    ck_assert_int_eq(toc_sandbox_load(s, "t.lua", "return 'a\0b'", 12, &e), TOC_ESCENARIO);
    ck_assert_int_eq(toc_sandbox_load(s, "t.lua", "return 1 --\0", 12, &e), TOC_ESCENARIO);
    ck_assert_int_eq(toc_sandbox_load(s, "t.lua", "return 1 --", 11, &e), TOC_OK);
    ck_assert_int_eq(toc_sandbox_load(s, "t.lua", "\33Lua", 4, &e), TOC_ESCENARIO);
    ck_assert_str_eq(e.msg,
                     "t.lua:1: this is compiled Lua; scenarios are read from their source only");
}
END_TEST

START_TEST(compiled_lua_is_refused_whole)
{
    lua_State *L = luaL_newstate();
    ck_assert_int_eq(luaL_loadstring(L, "return 1"), LUA_OK);
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    lua_close(L);
    ck_assert_int_eq(toc_sandbox_load(s, "t.lua", LUA_SIGNATURE "\x54\x00\x19\x93", 8, &e),
                     TOC_ESCENARIO);
    ck_assert_int_eq(lua_gettop(toc_sandbox_lua(s)), 0);
}
END_TEST

START_TEST(sources_cut_anywhere_do_no_harm)
{
    static const char source[] =
        "local a = '\\z\n x\\065\\u{41}' --[==[ c ]] ]==] b = [=[\n]=] .. "
        "\"\\x41\\\n\" --c\nreturn a ~= 1.5e3 // [[x]] ::l:: a[ [[y]] ] = ...";
    for (size_t len = 0; len < sizeof source; len++) {
        char *cut = toc_strndup(source, len);
        // In memory of its own size, so that a sanitizer sees reading beyond it.
        char *exact = toc_alloc(len + 1);
        memcpy(exact, cut, len);
        char *tight = toc_realloc(exact, len ? len : 1);
        (void)toc_sandbox_load(s, "t.lua", tight, len, &e);
        lua_settop(toc_sandbox_lua(s), 0);
        free(tight);
        free(cut);
    }
}
END_TEST

START_TEST(syntax_errors_are_one_line_with_the_place)
{
    fails("\nlocal = 1", "t.lua:2: ", "name");
    fails("x = 'abc\n'", "t.lua:1: ", "unfinished string");
    fails("return [[\n\n", "t.lua:", "unfinished long string");
    fails("return {{{{{{{{{", "t.lua:1: ", "expected");
    char *deep = toc_alloc(2000);
    memset(deep, '(', 1000);
    fails(deep, "t.lua", "overflow");
    free(deep);
}
END_TEST

// ---- errors

START_TEST(errors_are_one_clean_line_with_the_place)
{
    fails("\nerror('boom')", "t.lua:2: boom", "boom");
    fails("error('boom', 0)", "t.lua:1: boom", "boom");
    fails("error({})", "t.lua:1: ", "error object of type table");
    fails("error({message = 'from a table'})", "t.lua:1: ", "from a table");
    fails("error(pairs)", "t.lua:1: ", "error object of type function");
    fails("error()", "t.lua:1: ", "error object of type nil");
    fails("error(1.5)", "t.lua:1: ", "1.5");
    fails("error('a\\nb\\r\\nc')", "t.lua:1: ", "a b  c");
    fails("local x = {} .. 'x'", "t.lua:1: ", "attempt to concatenate a table value");
    fails("assert(false)", "t.lua:1: ", "assertion failed");
    fails("assert(nil, 'said')", "t.lua:1: ", "said");
    fails("assert(nil, {})", "t.lua:1: ", "type table");
    fails("\ntable.sort({1, 'a'})", "t.lua:2: ", "cannot compare");
    fails("\ntable.sort({1, 2}, function(a, b) return a.x end)", "t.lua:2: ", "index a number");
    fails("error(('x'):rep(60000))", "t.lua:1: ", "xxxx");
    fails("string.rep()", "t.lua:1: ", "bad argument #1 to 'rep'");
    fails("\n\nlocal function f() return f() + 1 end f()", "t.lua:3: ", "calls itself");
    fails("local function f(n) return n > 0 and 1 + f(n - 1) or 0 end f(4900) f(5100)",
          "t.lua:1: ", "more than 5000 calls deep");
    gives("(function() local function f(n) return n > 0 and 1 + f(n - 1) or 0 end return f(4900) "
          "end)()",
          "4900");
    fails("local function f() pcall(f) error('x') end f()", "t.lua:1: ", "x");
}
END_TEST

START_TEST(values_shown_have_no_addresses)
{
    gives("tostring({})", "table");
    gives("tostring(pairs)", "function");
    gives("tostring(function() end)", "function");
    gives("string.format('%s %s %s', {}, nil, true)", "table nil true");
    fails("return string.format('%p', {})", "t.lua:1: ", "no '%p'");
    fails("return string.format('%q', 'x')", "t.lua:1: ", "no '%q'");
    fails("return string.format('%a', 1)", "t.lua:1: ", "no '%a'");
}
END_TEST

START_TEST(pcall_passes_errors_as_they_are)
{
    gives("select(2, pcall(error, 'x', 0))", "x");
    gives("select(2, pcall(error, {7}))[1]", "7");
    gives("select(2, pcall(error))", "nil");
    gives("(pcall(function() return 1 end))", "true");
    gives("select('#', pcall(function() return 1, nil, nil end))", "4");
    gives("select(2, pcall(function() error('x') end))", "t.lua:1: x");
    fails("pcall()", "t.lua:1: ", "bad argument #1");
    gives("(pcall(pcall))", "false");
}
END_TEST

// ---- budget

START_TEST(loops_without_end_are_stopped)
{
    is_stopped("while true do end");
    is_stopped("while true do pcall(function() while true do end end) end");
    is_stopped(
        "local function f() while true do end end pcall(f) pcall(f) while true do pcall(f) end");
    is_stopped("repeat pcall(error) until false");
    is_stopped("for i = 1, math.maxinteger do end");
    is_stopped("::a:: goto a");
    is_stopped("local function f() return f() end f()");
    is_stopped("local function f() pcall(f) return pcall(f) end f()");
    is_stopped("table.sort({3, 2, 1}, function() while true do end end)");
    is_stopped("pcall(table.sort, {3, 2, 1}, function() while true do end end) while true do end");
    is_stopped("(('x'):rep(9)):gsub('x', function() while true do end end)");
    is_stopped("local t = {} for i = 1, 500 do t[i] = i % 7 end while true do table.sort(t) end");
    is_stopped("for i = 1, 1e9 do local t = {} for j = 1, 100 do t[j] = j end "
               "for k in pairs(t) do end end");
}
END_TEST

START_TEST(work_inside_c_functions_is_charged)
{
    is_stopped("local s = ('a'):rep(60000) while true do s:upper() end");
    is_stopped("local s = ('a'):rep(60000) while true do local x = s .. 'b' end");
    is_stopped("local s = ('a'):rep(60000) while true do s:find('b', 1, true) end");
    is_stopped("local s = ('a'):rep(60000) while true do s:find('ab', 1, true) end");
    is_stopped("local s = ('a'):rep(60000) while true do s:gsub('a', 'b') end");
    is_stopped("local s = ('a'):rep(60000) while true do for w in s:gmatch('a+') do end end");
    is_stopped("local s = ('1'):rep(60000) while true do tonumber(s) end");
    is_stopped("local s = ('1'):rep(60000) while true do tonumber(s, 2) end");
    is_stopped("local s = ('a'):rep(60000) while true do string.format('%s', s) end");
    is_stopped("local s = ('a'):rep(60000) local t = {} while true do t[s .. 'x'] = nil end");
    is_stopped(
        "local t = {} for i = 1, 20000 do t[i] = i end while true do table.insert(t, 1, 0) end");
    is_stopped("local t = {} for i = 1, 9999 do t[i] = '' end while true do table.concat(t) end");
    is_stopped("local s = ('a'):rep(200) while true do pcall(s.find, s, '.-.-.-.-b') end");
    is_stopped("local s = ('a'):rep(60000) while true do pcall(function() return s .. s end) end");
    is_stopped("while true do pcall(function() return foo end) end");
    is_stopped(
        "local s = ('1'):rep(60000) while true do pcall(function() for i = 1, s do end end) end");
}
END_TEST

// The hook counts instructions; an instruction that copies 100,000 values would count as one.
START_TEST(calls_with_too_many_values_are_refused)
{
    fails("local function grow(...) return grow(1, 2, 3, 4, 5, 6, 7, 8, 9, ...) end grow()",
          "t.lua:1: ", "more than 250 values");
    fails("local t = {} for i = 1, 251 do t[i] = i end return table.unpack(t)",
          "t.lua:1: ", "at most 250");
    fails("return table.unpack({}, math.mininteger, math.maxinteger)", "t.lua:1: ", "at most 250");
    fails("return (('x'):rep(251)):byte(1, -1)", "t.lua:1: ", "at most 250");
    gives("select('#', (('x'):rep(250)):byte(1, -1))", "250");
    gives("(function(...) return select('#', ...) end)(table.unpack({}, 1, 250))", "250");
}
END_TEST

START_TEST(a_spent_budget_stays_spent_until_renewed)
{
    toc_sandbox_budget(s, 1000);
    ck_assert_int_eq(run("while true do end"), TOC_ELIMIT);
    ck_assert(toc_sandbox_is_spent(s));
    ck_assert_int_eq(run("return 1"), TOC_ELIMIT);
    toc_sandbox_budget(s, 1000);
    ck_assert(!toc_sandbox_is_spent(s));
    ck_assert_int_eq(run("return 1"), TOC_OK);
}
END_TEST

static int count_up(lua_State *L)
{
    int *n = lua_touserdata(L, lua_upvalueindex(1));
    ++*n;
    return 0;
}

START_TEST(after_the_budget_is_gone_hardly_an_instruction_runs)
{
    int n = 0;
    lua_pushlightuserdata(toc_sandbox_lua(s), &n);
    lua_pushcclosure(toc_sandbox_lua(s), count_up, 1);
    toc_sandbox_global(s, "tick");
    toc_sandbox_budget(s, 10000);
    ck_assert_int_eq(run("pcall(function() while true do end end) while true do tick() end"),
                     TOC_ELIMIT);
    ck_assert_int_eq(n, 0);
}
END_TEST

// Work cannot be laundered through many short runs: each costs at least one step.
START_TEST(short_runs_are_paid_for_too)
{
    lua_State *L = toc_sandbox_lua(s);
    TOC_OK_OR_FAIL(toc_sandbox_load(s, "t.lua", "local x = 1", 11, &e), e);
    toc_sandbox_budget(s, 100 * TOC_SCRIPT_STEP);
    int runs = 0;
    for (;; runs++) {
        int ref;
        bool yielded;
        lua_pushvalue(L, 1);
        lua_State *co = toc_sandbox_thread(s, &ref);
        toc_err err = toc_sandbox_resume(s, co, 0, &yielded, &e);
        toc_sandbox_release(s, ref);
        if (err)
            break;
    }
    ck_assert_int_eq(runs, 100);
}
END_TEST

// ---- memory and lengths

START_TEST(texts_have_a_greatest_length)
{
    gives("#('a'):rep(65536)", "65536");
    fails("return ('a'):rep(65537)", "t.lua:1: ", "more than 64 KiB");
    fails("return ('a'):rep(1e9)", "t.lua:1: ", "more than 64 KiB");
    fails("return ('a'):rep(math.maxinteger)", "t.lua:1: ", "more than 64 KiB");
    fails("return ('a'):rep(2, ('b'):rep(65535))", "t.lua:1: ", "more than 64 KiB");
    gives("#('a'):rep(2, ('b'):rep(65534))", "65536");
    gives("(''):rep(1e18)", "");
    gives("('x'):rep(-1)", "");
    gives("#(('a'):rep(65535) .. 'b')", "65536");
    fails("local s = ('a'):rep(65536)\nlocal t = s .. 'b'", "t.lua:2: ", "more than 64 KiB");
    fails("local s = 'x' while true do s = s .. s end", "t.lua:1: ", "more than 64 KiB");
    fails("local t = {} for i = 1, 70 do t[i] = ('a'):rep(1000) end table.concat(t)",
          "t.lua:1: ", "more than 64 KiB");
    fails("return (('a'):rep(60000)):gsub('a', 'bb')", "t.lua:1: ", "more than 64 KiB");
    fails("local s = ('a'):rep(60000) return string.format('%s%s', s, s)", "t.lua:1: ", "64 KiB");
    ck_assert(!toc_sandbox_is_halted(s));
}
END_TEST

START_TEST(a_text_too_long_is_an_error_like_others)
{
    gives("select(2, pcall(function() local s = ('a'):rep(60000) return s .. s end))",
          "t.lua:1: a text of more than 64 KiB");
    gives("(pcall(string.rep, 'a', 1e9))", "false");
    char *source = toc_alloc(70100);
    strcpy(source, "\nreturn '");
    memset(source + 9, 'x', 70000);
    strcpy(source + 70009, "'");
    fails(source, "t.lua:2: ", "more than 64 KiB");
    free(source);
    ck_assert(!toc_sandbox_is_halted(s));
}
END_TEST

static void is_halted(const char *source)
{
    toc_sandbox_budget(s, 500000000);
    toc_err err = run(source);
    ck_assert_msg(err == TOC_ELIMIT, "'%s' gives %d: %s", source, err, e.msg);
    ck_assert_msg(strstr(e.msg, "memory") && strncmp(e.msg, "t.lua:1: ", 9) == 0, "%s", e.msg);
    ck_assert(toc_sandbox_is_halted(s));
    toc_sandbox_budget(s, 1000);
    ck_assert_int_eq(run("return 1"), TOC_ELIMIT); // for good
    ck_assert(toc_sandbox_is_halted(s));
    tear_down();
    s = toc_sandbox_new(4u << 20);
}

START_TEST(eating_memory_halts_for_good)
{
    tear_down();
    s = toc_sandbox_new(4u << 20);
    is_halted("local t = {} while true do t = {t} end");
    is_halted("local t = {} for i = 1, 1e9 do t[i] = i end");
    is_halted("local t = {} for i = 1, 1e9 do t[i] = ('a'):rep(60000) .. i end");
    is_halted("local t = {} while true do pcall(function() while true do t = {t} end end) end");
    is_halted("local function f() return f() + 1 end while true do pcall(f) end");
    is_halted("local t = {} table.sort({1, 2}, function() while true do t = {t} end end)");
}
END_TEST

// A table that is just full rehashes at each change: nothing counts that but the bytes handed out.
START_TEST(endless_rehashing_halts)
{
    tear_down();
    s = toc_sandbox_new(4u << 20);
    toc_sandbox_budget(s, 500000000);
    ck_assert_int_eq(
        run("local t = {} for i = 1, 32768 do t[i + 0.5] = i end "
            "local i = 1 while true do t[i + 0.5] = nil t[i + 32768.5] = i i = i + 1 end"),
        TOC_ELIMIT);
    ck_assert(toc_sandbox_is_halted(s));
}
END_TEST

START_TEST(garbage_is_no_reason_to_halt)
{
    tear_down();
    s = toc_sandbox_new(4u << 20);
    toc_sandbox_budget(s, TOC_SCRIPT_BUDGET_LOAD);
    TOC_OK_OR_FAIL(run("for i = 1, 200 do local s = ('a'):rep(60000) .. i end "
                       "for i = 1, 200 do local t = {} for j = 1, 500 do t[j] = {} end end"),
                   e);
    ck_assert(!toc_sandbox_is_halted(s));
}
END_TEST

// ---- coroutines

static int resumed_ask(lua_State *L, int status, lua_KContext ctx)
{
    (void)status;
    (void)ctx;
    return lua_gettop(L) > 0 ? 1 : 0;
}

static int host_ask(lua_State *L)
{
    return toc_sandbox_yield(L, "ask", lua_gettop(L), 0, resumed_ask);
}

static lua_State *storyline(const char *source, int *ref)
{
    lua_pushcfunction(toc_sandbox_lua(s), host_ask);
    toc_sandbox_global(s, "ask");
    TOC_OK_OR_FAIL(toc_sandbox_load(s, "t.lua", source, strlen(source), &e), e);
    return toc_sandbox_thread(s, ref);
}

START_TEST(storylines_wait_across_pcall_and_loops)
{
    int ref;
    bool yielded;
    lua_State *co = storyline("local ok, got = pcall(function() for k, v in pairs({7, 8}) do "
                              "local a = ask(v) if a == 'stop' then error('stopped') end end end) "
                              "return got",
                              &ref);
    TOC_OK_OR_FAIL(toc_sandbox_resume(s, co, 0, &yielded, &e), e);
    ck_assert(yielded);
    ck_assert_int_eq(toc_sandbox_results(s), 1);
    ck_assert_int_eq(lua_tointeger(co, -1), 7);
    lua_pop(co, 1);
    lua_pushliteral(co, "go on");
    TOC_OK_OR_FAIL(toc_sandbox_resume(s, co, 1, &yielded, &e), e);
    ck_assert_int_eq(lua_tointeger(co, -1), 8);
    lua_pop(co, 1);
    lua_pushliteral(co, "stop");
    TOC_OK_OR_FAIL(toc_sandbox_resume(s, co, 1, &yielded, &e), e);
    ck_assert(!yielded);
    ck_assert_int_eq(toc_sandbox_results(s), 1);
    ck_assert_str_eq(lua_tostring(co, -1), "t.lua:1: stopped");
    toc_sandbox_release(s, ref);
}
END_TEST

START_TEST(an_error_in_a_storyline_names_its_place)
{
    int ref;
    bool yielded;
    lua_State *co = storyline("ask()\nlocal x = nil + 1", &ref);
    TOC_OK_OR_FAIL(toc_sandbox_resume(s, co, 0, &yielded, &e), e);
    ck_assert_int_eq(toc_sandbox_resume(s, co, 0, &yielded, &e), TOC_ESCENARIO);
    ck_assert(!yielded);
    ck_assert_str_eq(e.msg, "t.lua:2: attempt to perform arithmetic on a nil value");
    ck_assert_int_eq(lua_gettop(co), 0);
    toc_sandbox_release(s, ref);
    co = storyline("\nerror({})", &ref);
    ck_assert_int_eq(toc_sandbox_resume(s, co, 0, &yielded, &e), TOC_ESCENARIO);
    ck_assert_str_eq(e.msg, "t.lua:2: error object of type table");
    toc_sandbox_release(s, ref);
    co = storyline("\n\nlocal s = ('a'):rep(60000) s = s .. s", &ref);
    ck_assert_int_eq(toc_sandbox_resume(s, co, 0, &yielded, &e), TOC_ESCENARIO);
    ck_assert_str_eq(e.msg, "t.lua:3: a text of more than 64 KiB");
    toc_sandbox_release(s, ref);
}
END_TEST

START_TEST(a_spent_budget_goes_through_a_waiting_pcall)
{
    int ref;
    bool yielded;
    lua_State *co =
        storyline("while true do pcall(function() ask() while true do end end) end", &ref);
    TOC_OK_OR_FAIL(toc_sandbox_resume(s, co, 0, &yielded, &e), e);
    toc_sandbox_budget(s, TOC_SCRIPT_BUDGET_INSTANT);
    ck_assert_int_eq(toc_sandbox_resume(s, co, 0, &yielded, &e), TOC_ELIMIT);
    ck_assert(!yielded);
    ck_assert(toc_sandbox_is_spent(s));
    toc_sandbox_release(s, ref);
}
END_TEST

START_TEST(waiting_where_nothing_can_wait_is_explained)
{
    int ref;
    bool yielded;
    lua_State *co = storyline("table.sort({2, 1}, function() ask() end)", &ref);
    ck_assert_int_eq(toc_sandbox_resume(s, co, 0, &yielded, &e), TOC_ESCENARIO);
    ck_assert_ptr_nonnull(
        strstr(e.msg, "t.lua:1: 'ask' waits, and a function given to table.sort"));
    toc_sandbox_release(s, ref);
    co = storyline("('x'):gsub('x', function() ask() end)", &ref);
    ck_assert_int_eq(toc_sandbox_resume(s, co, 0, &yielded, &e), TOC_ESCENARIO);
    ck_assert_ptr_nonnull(strstr(e.msg, "string.gsub"));
    toc_sandbox_release(s, ref);
    fails("ask()", "t.lua:1: ", "only a storyline can wait");
}
END_TEST

// ---- the library

START_TEST(pairs_goes_in_a_defined_order)
{
    static const char source[] =
        "local t = {[3]='c', [1]='a', [2.5]='b5', [-1]='m', [-0.5]='mh', b=1, a=2, B=3, ['']=4, "
        "[true]=5, [false]=6, [1e300]='big', [-1e300]='small', [math.maxinteger]='max', "
        "[math.huge]='inf', aa=7, ['\\xff']=8, [2]='two', [9007199254740993]='odd', [0.1]='tenth'} "
        "local out = {} for k, v in pairs(t) do out[#out + 1] = tostring(k) end "
        "return table.concat(out, ' ')";
    TOC_OK_OR_FAIL(run(source), e);
    ck_assert_str_eq(
        lua_tostring(toc_sandbox_lua(s), -1),
        "-1e+300 -1 -0.5 0.1 1 2 2.5 3 9007199254740993 9223372036854775807 1e+300 inf  "
        "B a aa b \xff false true");
}
END_TEST

START_TEST(pairs_skips_what_the_loop_removes)
{
    gives("(function() local t, out = {a=1, b=2, c=3}, '' for k in pairs(t) do out = out .. k "
          "t.b = nil t.d = 4 end return out end)()",
          "ac");
    gives("(function() local n = 0 for _ in pairs({}) do n = n + 1 end return n end)()", "0");
    fails("for k in pairs({[{}] = 1}) do end", "t.lua:1: ", "has a table for a key");
    fails("for k in pairs({[pairs] = 1}) do end", "t.lua:1: ", "has a function for a key");
    fails("for k in pairs(nil) do end", "t.lua:1: ", "table expected, got nil");
    fails("for k in ipairs() do end", "t.lua:1: ", "table expected, got no value");
}
END_TEST

START_TEST(sort_is_stable_and_harmless)
{
    gives("(function() local t = {'b2', 'a1', 'b1', 'a2', 'c1'} "
          "table.sort(t, function(a, b) return a:sub(1, 1) < b:sub(1, 1) end) "
          "return table.concat(t, ' ') end)()",
          "a1 a2 b2 b1 c1");
    gives("(function() local t = {3, 1, 2.5, -1, 10, 2} table.sort(t) return table.concat(t, ' ') "
          "end)()",
          "-1 1 2 2.5 3 10");
    gives("(function() local t = {'b', 'B', '', 'a\\xc3\\xa6', 'az', 'a'} table.sort(t) "
          "return table.concat(t, ' ') end)()",
          " B a az a\xc3\xa6 b");
    // Comparing nonsense gives some order; raising leaves the list as it was.
    gives("(function() local t = {3, 1, 2} table.sort(t, function() return true end) return #t "
          "end)()",
          "3");
    gives("(function() local t = {3, 1, 2} pcall(table.sort, t, function(a, b) t[1] = 9 error('x') "
          "end) "
          "return table.concat(t, ' ') end)()",
          "9 1 2");
    fails("table.sort({{}, {}})", "t.lua:1: ", "give it a function");
}
END_TEST

START_TEST(random_lists_are_sorted_as_stock_lua_sorts_them)
{
    static const char source[] =
        "local n, seed = ... local t = {} for i = 1, n do seed = (seed * 75 + 74) % 65537 "
        "t[i] = seed % 50 + 0.5 end table.sort(t, function(a, b) return a > b end) "
        "return table.concat(t, ' ')";
    lua_State *stock = luaL_newstate();
    luaL_openlibs(stock);
    for (int n = 0; n < 70; n++) {
        lua_settop(stock, 0);
        lua_settop(toc_sandbox_lua(s), 0);
        ck_assert_int_eq(luaL_loadstring(stock, source), LUA_OK);
        lua_pushinteger(stock, n);
        lua_pushinteger(stock, n * 31);
        ck_assert_int_eq(lua_pcall(stock, 2, 1, 0), LUA_OK);
        TOC_OK_OR_FAIL(toc_sandbox_load(s, "t.lua", source, strlen(source), &e), e);
        lua_pushinteger(toc_sandbox_lua(s), n);
        lua_pushinteger(toc_sandbox_lua(s), n * 31);
        TOC_OK_OR_FAIL(toc_sandbox_call(s, 2, 1, &e), e);
        ck_assert_str_eq(lua_tostring(toc_sandbox_lua(s), -1), lua_tostring(stock, -1));
    }
    lua_close(stock);
}
END_TEST

// Expressions whose value must be that of stock Lua.
static const char *const same_as_stock[] = {
    // Heads of loops that have all there is in them.
    "(function() local n = 0 for --[[for j = 1]] i --x\n = ({1, 2})[1], "
    "(function(a, b) for k = b, a do n = n + 100 end do end if a then n = n + 1 end "
    "repeat n = n + 1 until true while n > 9 do break end for _ in pairs({1}) do n = n + 1 end "
    "return b end)(1, 3) do n = n + i for j = i, 2 do n = n + 10 end end return n end)()",
    "(function() for i = 1, (1 == 1 and #'[[, do' or 2), 4 do return i end end)()",
    "(function() local n = '' for i = -0.0, 1 do n = n .. i end return n end)()",
    "table.concat({1, 2.5, 'x'}, ', ')",
    "table.concat({1, 2, 3}, '-', 2, 3)",
    "table.concat({}, 'x')",
    "table.concat({1}, 'x', 3, 2)",
    "table.unpack({1, 2, 3}, 2)",
    "select('#', table.unpack({}, 1, 3))",
    "select(-1, 1, 2, 3)",
    "select(2, 'a', 'b', 'c')",
    "table.pack(1, nil, 3).n",
    "(function() local t = {1, 2, 3} table.insert(t, 2, 9) table.insert(t, 8) "
    "return table.concat(t, ' ') end)()",
    "(function() local t = {1, 2, 3} local x = table.remove(t, 1) return x .. table.concat(t, ' ') "
    ".. tostring(table.remove({})) .. tostring(table.remove(t, 3)) end)()",
    "pcall(table.insert, {}, 5, 1)",
    "pcall(table.remove, {1}, 5)",
    "tostring(1e15)",
    "tostring(1e14)",
    "tostring(-0.0)",
    "tostring(1/0)",
    "tostring(-1/0)",
    "tostring(3.0)",
    "tostring(0.1)",
    "tostring(1e100)",
    "tostring(2^53)",
    "tostring(2^63)",
    "tostring(math.mininteger)",
    "tonumber('0x10')",
    "tonumber(' 10 ')",
    "tonumber('1e1')",
    "tonumber('abc')",
    "tonumber('10', 2)",
    "tonumber('zz', 36)",
    "tonumber('-ff', 16)",
    "tonumber('8', 8)",
    "tonumber('')",
    "tonumber('0x')",
    "tonumber('1 2')",
    "tonumber({})",
    "tonumber('7fffffffffffffff', 16)",
    "tonumber('  -7  ', 10)",
    "tonumber('1,5')",
    "('hello'):sub(2, -2)",
    "('hello'):sub(-100, 100)",
    "('hello'):sub(4, 2)",
    "('hello'):sub(0)",
    "('hello'):sub(math.mininteger, math.maxinteger)",
    "('hello'):byte(-1)",
    "('hello'):byte(10)",
    "('hello'):byte(1, -1)",
    "('hello'):byte(0)",
    "string.char(72, 105)",
    "string.char()",
    "('abc'):rep(3, ', ')",
    "('abc'):rep(1, 'x')",
    "('AbC'):lower()",
    "('AbC'):upper()",
    "('abc'):reverse()",
    "#('abc')",
    "(5):type()",
    "math.floor(-3.5)",
    "math.ceil(-3.5)",
    "math.floor(1e300)",
    "math.fmod(-7, 3)",
    "math.fmod(7, -3)",
    "math.fmod(-6, 2)",
    "math.fmod(5.5, 2)",
    "math.fmod(math.mininteger, -1)",
    "pcall(math.fmod, 1, 0)",
    "math.modf(3.7)",
    "math.modf(-3.7)",
    "math.modf(5)",
    "math.modf(1/0)",
    "math.sqrt(2)",
    "math.abs(math.mininteger)",
    "math.abs(-2.5)",
    "math.max(1, 2.5, -1)",
    "math.min(3, 1.0, 1)",
    "math.max(2, 2.0)",
    "math.tointeger(3.0)",
    "math.tointeger(3.5)",
    "math.tointeger({})",
    "math.type(1)",
    "math.type(1.0)",
    "math.type('1')",
    "math.pi",
    "math.huge",
    "math.maxinteger",
    "('a.b'):find('.', 1, true)",
    "('a.b'):find('.', 2)",
    "('abc'):find('')",
    "('abc'):find('', 4)",
    "('abc'):find('', 5)",
    "('abc'):find('b', -1)",
    "('abc'):find('b', -10)",
    "('abc'):find('z')",
    "('aXb'):find('%u')",
    "('key = value'):match('(%w+)%s*=%s*(%w+)')",
    "('abc'):match('()b()')",
    "('abc'):match('b', math.maxinteger)",
    "('hello world'):gsub('o', '0')",
    "('hello world'):gsub('%w+', '<%0>')",
    "('abc'):gsub('', '-')",
    "('abc'):gsub('%w', '%%')",
    "('hello'):gsub('l', {l = 'L'})",
    "('hello'):gsub('.', {h = 1, e = false})",
    "('hello'):gsub('l', function(c) return c:upper() end)",
    "('hello'):gsub('l', function() end)",
    "('hello'):gsub('l', 'x', 1)",
    "('hello'):gsub('l', 'x', 0)",
    "('hello'):gsub('l', 'x', -1)",
    "('abc'):gsub('(b)()', '%2%1')",
    "('abc'):gsub('^a', 'x')",
    "('x'):gsub('x', 7)",
    "('THE (quick) fox'):find('%((%a+)%)')",
    "('THE (quick) fox'):gsub('%f[%a]%a+', 'W')",
    "(pcall(string.rep))",
    "(pcall(('x').gsub, 'x', 'x', '%2'))",
    "(pcall(('x').gsub, 'x', 'x', '%a'))",
    "(pcall(('x').gsub, 'x', 'x', true))",
    "(pcall(('x').gsub, 'x', 'x', function() return {} end))",
    "(pcall(select, 0))",
    "(pcall(ipairs))",
    "(pcall(tostring))",
    "(pcall(type))",
    "(pcall(tonumber, 1, 2))",
    "(pcall(tonumber, '1', 99))",
    "(pcall(tonumber))",
    "(pcall(string.char, 256))",
    "(pcall(table.concat, {{}}))",
    "(pcall(math.floor, {}))",
};

// The results of `return …` joined, in a state whose stack is empty and that can run it.
static char *joined(lua_State *L)
{
    toc_buf b = {0};
    for (int i = 1; i <= lua_gettop(L); i++) {
        int type = lua_type(L, i);
        toc_buf_printf(&b, "%d:%s ", type,
                       type == LUA_TBOOLEAN ? (lua_toboolean(L, i) ? "true" : "false")
                       : lua_isstring(L, i) ? lua_tostring(L, i)
                                            : "");
    }
    return toc_buf_take(&b);
}

static void is_same(lua_State *stock, const char *expression)
{
    lua_State *L = toc_sandbox_lua(s);
    char *source = toc_sprintf("return %s", expression);
    lua_settop(stock, 0);
    lua_settop(L, 0);
    bool is_ok = luaL_dostring(stock, source) == LUA_OK;
    toc_err err = toc_sandbox_load(s, "t.lua", source, strlen(source), &e);
    err = err ? err : toc_sandbox_call(s, 0, LUA_MULTRET, &e);
    ck_assert_msg(is_ok == (err == TOC_OK), "%s: stock %s, ours %s", expression,
                  is_ok ? "does it" : lua_tostring(stock, -1), err ? e.msg : "does it");
    if (is_ok) {
        char *ours = joined(L);
        char *theirs = joined(stock);
        bool are_errors = strncmp(theirs, "1:false", 7) == 0 && strncmp(ours, "1:false", 7) == 0;
        ck_assert_msg(are_errors || strcmp(ours, theirs) == 0, "%s: ours %s, stock %s", expression,
                      ours, theirs);
        free(ours);
        free(theirs);
    }
    free(source);
}

START_TEST(the_library_does_what_stock_lua_does)
{
    lua_State *stock = luaL_newstate();
    luaL_openlibs(stock);
    for (size_t i = 0; i < TOC_COUNT(same_as_stock); i++)
        is_same(stock, same_as_stock[i]);
    lua_close(stock);
}
END_TEST

START_TEST(format_does_what_stock_lua_does)
{
    static const char *const numbers[] = {"0",     "1",     "-1",   "42",   "1.5",
                                          "-0.0",  "1e10",  "0.1",  "1e-5", "123456.789",
                                          "-7.25", "1e300", "2^53", "1/0"};
    static const char *const whole[] = {"0",  "1", "-1", "42", "math.mininteger", "math.maxinteger",
                                        "3.0"};
    lua_State *stock = luaL_newstate();
    luaL_openlibs(stock);
    toc_random r;
    printf("format: seed 7\n");
    toc_random_seed(&r, 7, "format");
    for (int i = 0; i < 6000; i++) {
        char spec[32] = "%";
        for (uint64_t n = toc_random_below(&r, 3); n > 0; n--)
            strncat(spec, &"-+ #0"[toc_random_below(&r, 5)], 1);
        if (toc_random_below(&r, 2))
            snprintf(spec + strlen(spec), 8, "%d", (int)toc_random_below(&r, 24));
        if (toc_random_below(&r, 2))
            snprintf(spec + strlen(spec), 8, ".%d", (int)toc_random_below(&r, 24));
        char kind = "dixXcsfeEgG"[toc_random_below(&r, 11)];
        const char *value = kind == 'c'   ? "65"
                            : kind == 's' ? "'h\xc3\xa9llo'"
                            : strchr("dixX", kind)
                                ? whole[toc_random_below(&r, TOC_COUNT(whole))]
                                : numbers[toc_random_below(&r, TOC_COUNT(numbers))];
        char *expression = toc_sprintf("string.format('%s%c|%%%%', %s)", spec, kind, value);
        is_same(stock, expression);
        free(expression);
    }
    lua_close(stock);
}
END_TEST

START_TEST(format_refuses_what_it_cannot_do)
{
    fails("return string.format('%100d', 1)", "t.lua:1: ", "two digits");
    fails("return string.format('%.100f', 1)", "t.lua:1: ", "two digits");
    fails("return string.format('%d', 1.5)", "t.lua:1: ", "whole number");
    fails("return string.format('%d')", "t.lua:1: ", "no value");
    fails("return string.format('%')", "t.lua:1: ", "no '%'");
    fails("return string.format('%-')", "t.lua:1: ", "no '%-'");
    fails("return string.format('%c', 0)", "t.lua:1: ", "1 to 255");
    fails("return string.char(0)", "t.lua:1: ", "1 to 255");
    gives("string.format('%5.1f|%-5d|%05d|%s|%x', 3.14159, 42, -42, 'x', 255)",
          "  3.1|42   |-0042|x|ff");
    gives("string.format('%.99f', 1e308):len()", "409");
    gives("0/0 ~= 0/0 and tostring(0/0) .. string.format(' %f %g', 0/0, -(0/0))", "nan nan nan");
}
END_TEST

START_TEST(patterns_without_end_are_an_error)
{
    fails("return (('a'):rep(200)):find('.-.-.-.-b')", "t.lua:1: ", "pattern takes too long");
    fails("return (('a'):rep(200)):match(('a?'):rep(30) .. ('a'):rep(201))",
          "t.lua:1: ", "pattern takes too long");
    fails("return (('a'):rep(200)):gsub('.-.-.-.-b', 'x')", "t.lua:1: ", "pattern takes too long");
    fails("for w in (('a'):rep(200)):gmatch('.-.-.-.-b') do end", "t.lua:1: ", "takes too long");
    fails("return ('x'):find(('%a'):rep(513))", "t.lua:1: ", "longer than 1024");
    gives("(('a b '):rep(15000)):gsub('%s+', '_'):len()", "60000");
}
END_TEST

START_TEST(a_german_locale_changes_nothing)
{
    if (!setlocale(LC_ALL, "de_DE.UTF-8") && !setlocale(LC_ALL, "de_DE"))
        return; // not installed here
    gives("tostring(1.5)", "1.5");
    gives("string.format('%.2f %g %s', 1.5, 2.5, 0.25)", "1.50 2.5 0.25");
    gives("tonumber('1,5')", "nil");
    gives("('\xe4'):upper()", "\xe4");
    gives("table.concat({1.5, 2.5}, ' ')", "1.5 2.5");
    setlocale(LC_ALL, "C");
}
END_TEST

// ---- determinism

// Exercises whatever could differ: hash seeds, addresses, sorting, formatting, what is charged.
static const char deterministic[] =
    "local out = {} local function put(...) out[#out + 1] = table.concat({...}, ' ') end\n"
    "local t = {} for i = 1, 300 do t['key' .. (i * 7919) % 1009] = i t[i * 1.5] = i end\n"
    "for i = 1, 300, 3 do t['key' .. (i * 7919) % 1009] = nil end\n"
    "for i = 1, 100 do t['more' .. i] = i end\n"
    "local sum = 0 for k, v in pairs(t) do sum = (sum * 31 + v + #tostring(k)) % 1000003 end "
    "put(sum)\n"
    "local words = {} for w in ((('the quick brown fox '):rep(200))):gmatch('%a+') do words[#words "
    "+ 1] = w end\n"
    "table.sort(words, function(a, b) return #a < #b end) put(words[1], words[400], words[800])\n"
    "table.sort(words) put(words[1], words[400], words[800])\n"
    "put(string.format('%s %s %5.2f %g %x', {}, pairs, 3.14159, 1e20, 255))\n"
    "put(tostring(pcall(error, {})), tostring(select(2, pcall(error, 'e'))))\n"
    "local s = '' for i = 1, 300 do s = s .. ('long text '):rep(20) .. i end put(#s)\n"
    "for i = 1, 20 do local ok, e = pcall(function() return s .. s .. s end) put(tostring(ok), "
    "tostring(e)) end\n"
    "local deep = 0 local function f() deep = deep + 1 return f() + 1 end\n"
    "put(tostring(select(2, pcall(f))), deep)\n"
    "put(tostring(select(2, pcall(function() return foo end))))\n"
    "put(tostring(select(2, pcall(function() return iairs end)))) -- as near to ipairs as to "
    "pairs\n"
    "put((s:gsub('%d+', function(d) return '<' .. d .. '>' end)):sub(1, 300))\n"
    "local tables = {} for i = 1, 2000 do tables[i] = {i, tostring(i)} end put(#tables)\n"
    "return table.concat(out, '\\n')\n";

static void print_deterministic(void)
{
    set_up();
    toc_sandbox_budget(s, 40000000);
    toc_err err = run(deterministic);
    printf("%d %s\n", err, err ? e.msg : lua_tostring(toc_sandbox_lua(s), -1));
    printf("left %" PRId64 "\n", toc_sandbox_budget_left(s));
    toc_sandbox_budget(s, 50000);
    printf("%d %s\n", run(deterministic), e.msg); // where it stops is the same, too
    tear_down();
}

// What this program prints when it is started anew: other addresses, another seed.
static char *output_of_a_new_process(void)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execl("/proc/self/exe", "test_sandbox", DUMP, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    toc_buf b = {0};
    char block[4096];
    for (ssize_t n; (n = read(ends[0], block, sizeof block)) > 0;)
        toc_buf_add(&b, block, (size_t)n);
    close(ends[0]);
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    return toc_buf_take(&b);
}

START_TEST(every_process_prints_and_spends_the_same)
{
    char *first = output_of_a_new_process();
    ck_assert_msg(strncmp(first, "0 ", 2) == 0, "%s", first);
    ck_assert_ptr_nonnull(strstr(first, "too much work"));
    for (int i = 1; i < PROCESSES; i++) {
        char *other = output_of_a_new_process();
        ck_assert_str_eq(first, other);
        free(other);
    }
    free(first);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, authors_have_just_the_names_they_should_have);
    tcase_add_test(tc, names_of_lua_that_scenarios_lack_are_explained);
    tcase_add_test(tc, unknown_names_are_errors_with_a_suggestion);
    tcase_add_test(tc, globals_cannot_be_assigned);
    tcase_add_test(tc, texts_are_never_taken_for_numbers);
    tcase_add_test(tc, bit_operators_are_refused_where_they_stand);
    tcase_add_test(tc, loops_count_numbers_and_refuse_texts);
    tcase_add_test(tc, other_traps_in_a_source_are_refused);
    tcase_add_test(tc, compiled_lua_is_refused_whole);
    tcase_add_test(tc, sources_cut_anywhere_do_no_harm);
    tcase_add_test(tc, syntax_errors_are_one_line_with_the_place);
    tcase_add_test(tc, errors_are_one_clean_line_with_the_place);
    tcase_add_test(tc, values_shown_have_no_addresses);
    tcase_add_test(tc, pcall_passes_errors_as_they_are);
    tcase_add_test(tc, loops_without_end_are_stopped);
    tcase_add_test(tc, work_inside_c_functions_is_charged);
    tcase_add_test(tc, calls_with_too_many_values_are_refused);
    tcase_add_test(tc, a_spent_budget_stays_spent_until_renewed);
    tcase_add_test(tc, after_the_budget_is_gone_hardly_an_instruction_runs);
    tcase_add_test(tc, short_runs_are_paid_for_too);
    tcase_add_test(tc, texts_have_a_greatest_length);
    tcase_add_test(tc, a_text_too_long_is_an_error_like_others);
    tcase_add_test(tc, eating_memory_halts_for_good);
    tcase_add_test(tc, endless_rehashing_halts);
    tcase_add_test(tc, garbage_is_no_reason_to_halt);
    tcase_add_test(tc, storylines_wait_across_pcall_and_loops);
    tcase_add_test(tc, an_error_in_a_storyline_names_its_place);
    tcase_add_test(tc, a_spent_budget_goes_through_a_waiting_pcall);
    tcase_add_test(tc, waiting_where_nothing_can_wait_is_explained);
    tcase_add_test(tc, pairs_goes_in_a_defined_order);
    tcase_add_test(tc, pairs_skips_what_the_loop_removes);
    tcase_add_test(tc, sort_is_stable_and_harmless);
    tcase_add_test(tc, random_lists_are_sorted_as_stock_lua_sorts_them);
    tcase_add_test(tc, the_library_does_what_stock_lua_does);
    tcase_add_test(tc, format_does_what_stock_lua_does);
    tcase_add_test(tc, format_refuses_what_it_cannot_do);
    tcase_add_test(tc, patterns_without_end_are_an_error);
    tcase_add_test(tc, a_german_locale_changes_nothing);
    tcase_add_test(tc, every_process_prints_and_spends_the_same);
}

static int run_suite(void)
{
    Suite *suite = suite_create("sandbox");
    TCase *tcase = tcase_create("sandbox");
    tcase_set_timeout(tcase, 0);
    add_tests(tcase);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], DUMP) == 0) {
        print_deterministic();
        return EXIT_SUCCESS;
    }
    return run_suite();
}
