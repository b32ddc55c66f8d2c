// SPDX-License-Identifier: MIT
//
// The pattern matcher against the one of the Lua library: on thousands of generated patterns and
// subjects both must say the same. Stock Lua is the oracle only where it ends: see `pathological`.

#include <check.h>
#include <inttypes.h>
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/random.h"
#include "check_main.h"
#include "match.h"
#include "sandbox.h"

#define ROUNDS 20000

// The functions of both worlds side by side: `stock` is a plain Lua, `own` a sandbox.
static lua_State *stock;
static toc_sandbox *own;

static void set_up(void)
{
    stock = luaL_newstate();
    luaL_openlibs(stock);
    own = toc_sandbox_new(TOC_SCRIPT_MEMORY);
}

static void tear_down(void)
{
    lua_close(stock);
    toc_sandbox_free(own);
}

static toc_random seeded(const char *stream)
{
    const char *given = getenv("TOC_SEED");
    uint64_t seed = given ? strtoull(given, NULL, 10) : 20261121;
    printf("%s: seed %" PRIu64 "\n", stream, seed);
    toc_random r;
    toc_random_seed(&r, seed, stream);
    return r;
}

static char one_of(toc_random *r, const char *chars)
{
    return chars[toc_random_below(r, strlen(chars))];
}

static void add(char *out, const char *text)
{
    strcat(out, text);
}

static void add_char(char *out, char c)
{
    size_t len = strlen(out);
    out[len] = c;
    out[len + 1] = '\0';
}

static void add_set(char *out, toc_random *r)
{
    add(out, toc_random_below(r, 4) == 0 ? "[^" : "[");
    if (toc_random_below(r, 8) == 0)
        add_char(out, one_of(r, "]-^"));
    size_t parts = 1 + toc_random_below(r, 3);
    for (size_t i = 0; i < parts; i++) {
        switch (toc_random_below(r, 5)) {
        case 0:
            add(out, "a-c");
            break;
        case 1:
            add_char(out, '%');
            add_char(out, one_of(r, "adlswuxpDSW]-%"));
            break;
        case 2:
            add(out, toc_random_below(r, 2) ? "b-" : "c-a");
            break;
        default:
            add_char(out, one_of(r, "abc .1-"));
            break;
        }
    }
    add_char(out, ']');
}

static void add_single(char *out, toc_random *r)
{
    switch (toc_random_below(r, 8)) {
    case 0:
        add_char(out, '.');
        break;
    case 1:
        add_set(out, r);
        break;
    case 2:
        add_char(out, '%');
        add_char(out, one_of(r, "acdglpsuwxACDGLPSUWX.%"));
        break;
    case 3:
        add_char(out, one_of(r, "$^*]-"));
        break;
    default:
        add_char(out, one_of(r, "abc( 1"));
        if (out[strlen(out) - 1] == '(')
            out[strlen(out) - 1] = 'a';
        break;
    }
}

// A well-formed pattern. Captures are opened and closed in order, so that %1… can be valid.
static void make_pattern(char *out, toc_random *r)
{
    int open = 0;
    int captures = 0;
    bool is_closed[8] = {false};
    int stack[8];
    *out = '\0';
    if (toc_random_below(r, 6) == 0)
        add_char(out, '^');
    size_t items = toc_random_below(r, 6);
    for (size_t i = 0; i < items; i++) {
        uint64_t what = toc_random_below(r, 16);
        if (what == 0 && captures < 8) {
            stack[open++] = captures++;
            add_char(out, '(');
            add_single(out, r); // else it might be a position capture that is closed again
        } else if (what == 1 && open > 0) {
            is_closed[stack[--open]] = true;
            add_char(out, ')');
        } else if (what == 2 && captures < 8) {
            is_closed[captures++] = true;
            add(out, "()");
        } else if (what == 3) {
            add(out, toc_random_below(r, 2) ? "%b()" : "%bab");
        } else if (what == 4) {
            add(out, "%f");
            add_set(out, r);
        } else if (what == 5 && captures > 0 && is_closed[captures - 1]) {
            add_char(out, '%');
            add_char(out, (char)('0' + captures));
        } else {
            add_single(out, r);
            if (toc_random_below(r, 2))
                add_char(out, one_of(r, "*+-?"));
        }
    }
    while (open-- > 0)
        add_char(out, ')');
    if (toc_random_below(r, 6) == 0)
        add_char(out, '$');
}

static void make_subject(char *out, toc_random *r)
{
    size_t len = toc_random_below(r, 24);
    for (size_t i = 0; i < len; i++)
        out[i] = one_of(r, "aaabbbcc  ()1.-XY_\xc3\xa9");
    out[len] = '\0';
}

// Calls name(subject, pattern, extra…) in a state whose string functions are in the table on top.
static int call_stock(const char *name, const char *subject, const char *pattern, const char *with)
{
    lua_settop(stock, 0);
    lua_getglobal(stock, "string");
    lua_getfield(stock, -1, name);
    lua_remove(stock, 1);
    lua_pushstring(stock, subject);
    lua_pushstring(stock, pattern);
    if (with)
        lua_pushstring(stock, with);
    return lua_pcall(stock, with ? 3 : 2, LUA_MULTRET, 0);
}

static toc_err call_own(const char *name, const char *subject, const char *pattern,
                        const char *with, toc_error *e)
{
    lua_State *L = toc_sandbox_lua(own);
    lua_settop(L, 0);
    char source[64];
    snprintf(source, sizeof source, "return string.%s(...)", name);
    toc_sandbox_budget(own, TOC_SCRIPT_BUDGET_LOAD);
    TOC_OK_OR_FAIL(toc_sandbox_load(own, "test.lua", source, strlen(source), e), *e);
    lua_pushstring(L, subject);
    lua_pushstring(L, pattern);
    if (with)
        lua_pushstring(L, with);
    return toc_sandbox_call(own, with ? 3 : 2, LUA_MULTRET, e);
}

// Both stacks hold results: the same number, types and values?
static void check_same(const char *name, const char *subject, const char *pattern)
{
    lua_State *L = toc_sandbox_lua(own);
    ck_assert_msg(lua_gettop(L) == lua_gettop(stock), "%s('%s', '%s'): %d results, stock has %d",
                  name, subject, pattern, lua_gettop(L), lua_gettop(stock));
    for (int i = 1; i <= lua_gettop(L); i++) {
        ck_assert_msg(lua_type(L, i) == lua_type(stock, i), "%s('%s', '%s'): type of %d", name,
                      subject, pattern, i);
        const char *a = lua_tostring(L, i);
        const char *b = lua_tostring(stock, i);
        ck_assert_msg((!a && !b) || (a && b && strcmp(a, b) == 0),
                      "%s('%s', '%s'): result %d is '%s', stock has '%s'", name, subject, pattern,
                      i, a ? a : "nil", b ? b : "nil");
    }
}

static void compare(const char *name, const char *subject, const char *pattern, const char *with)
{
    toc_error e;
    int status = call_stock(name, subject, pattern, with);
    toc_err err = call_own(name, subject, pattern, with, &e);
    ck_assert_msg(err == TOC_OK, "%s('%s', '%s'): %s", name, subject, pattern, e.msg);
    ck_assert_msg(status == LUA_OK, "stock %s('%s', '%s')", name, subject, pattern);
    check_same(name, subject, pattern);
}

START_TEST(find_and_match_say_what_stock_lua_says)
{
    toc_random r = seeded("find");
    for (int i = 0; i < ROUNDS; i++) {
        char pattern[256];
        char subject[64];
        make_pattern(pattern, &r);
        make_subject(subject, &r);
        compare(i % 2 ? "find" : "match", subject, pattern, NULL);
    }
}
END_TEST

START_TEST(gsub_says_what_stock_lua_says)
{
    toc_random r = seeded("gsub");
    for (int i = 0; i < ROUNDS; i++) {
        char pattern[256];
        char subject[64];
        make_pattern(pattern, &r);
        make_subject(subject, &r);
        compare("gsub", subject, pattern, toc_random_below(&r, 3) ? "<%0>" : "[%%%1]");
    }
}
END_TEST

START_TEST(gmatch_says_what_stock_lua_says)
{
    static const char source[] = "local s, p = ... local out = {} "
                                 "for a, b, c in string.gmatch(s, p) do "
                                 "  out[#out + 1] = tostring(a) .. '|' .. tostring(b) .. '|' .. "
                                 "tostring(c) end return table.concat(out, '\\n')";
    toc_random r = seeded("gmatch");
    lua_State *L = toc_sandbox_lua(own);
    for (int i = 0; i < ROUNDS / 4; i++) {
        char pattern[256];
        char subject[64];
        toc_error e;
        make_pattern(pattern, &r);
        make_subject(subject, &r);
        lua_settop(stock, 0);
        lua_settop(L, 0);
        ck_assert_int_eq(luaL_loadstring(stock, source), LUA_OK);
        toc_sandbox_budget(own, TOC_SCRIPT_BUDGET_LOAD);
        TOC_OK_OR_FAIL(toc_sandbox_load(own, "test.lua", source, strlen(source), &e), e);
        lua_pushstring(stock, subject);
        lua_pushstring(stock, pattern);
        lua_pushstring(L, subject);
        lua_pushstring(L, pattern);
        ck_assert_int_eq(lua_pcall(stock, 2, LUA_MULTRET, 0), LUA_OK);
        TOC_OK_OR_FAIL(toc_sandbox_call(own, 2, LUA_MULTRET, &e), e);
        check_same("gmatch", subject, pattern);
    }
}
END_TEST

// Any bytes at all: where ours accepts the pattern, stock accepts it and agrees. (Ours refuses more:
// it looks at the whole pattern, stock only at what it comes across.)
START_TEST(garbage_patterns_are_refused_or_agree)
{
    toc_random r = seeded("garbage");
    int accepted = 0;
    for (int i = 0; i < ROUNDS; i++) {
        char pattern[32];
        char subject[64];
        toc_error e;
        size_t len = toc_random_below(&r, 12);
        for (size_t j = 0; j < len; j++)
            pattern[j] = one_of(&r, "ab1.%%%[[]]()()^$*+-?bf012\xff");
        pattern[len] = '\0';
        make_subject(subject, &r);
        if (call_own("find", subject, pattern, NULL, &e) != TOC_OK) {
            ck_assert_msg(strstr(e.msg, "pattern"), "%s", e.msg);
            continue;
        }
        accepted++;
        ck_assert_msg(call_stock("find", subject, pattern, NULL) == LUA_OK, "'%s'", pattern);
        check_same("find", subject, pattern);
    }
    ck_assert_int_gt(accepted, ROUNDS / 20);
}
END_TEST

START_TEST(classes_are_those_of_the_c_locale_for_every_byte)
{
    static const char classes[] = "acdglpsuwxACDGLPSUWX";
    toc_pattern *p = toc_alloc(toc_pattern_size(2));
    for (const char *class = classes; *class; class ++) {
        char pattern[3] = {'%', *class, '\0'};
        ck_assert_ptr_null(toc_pattern_compile(p, pattern, 2, true));
        for (int c = 1; c < 256; c++) {
            char subject[2] = {(char)c, '\0'};
            toc_match m = {.pattern = p, .subject = subject, .len = 1, .steps = 100};
            ck_assert_int_eq(call_stock("find", subject, pattern, NULL), LUA_OK);
            ck_assert_msg(toc_match_find(&m, 0) == !lua_isnil(stock, 1), "%s of %d", pattern, c);
        }
    }
    free(p);
}
END_TEST

// Compiles and matches within some steps; gives what is left of them.
static int64_t steps_left(const char *pattern, const char *subject, int64_t steps, bool *is_found)
{
    toc_pattern *p = toc_alloc(toc_pattern_size(strlen(pattern)));
    ck_assert_ptr_null(toc_pattern_compile(p, pattern, strlen(pattern), true));
    toc_match m = {.pattern = p, .subject = subject, .len = strlen(subject), .steps = steps};
    *is_found = toc_match_find(&m, 0);
    free(p);
    return m.steps;
}

START_TEST(pathological_patterns_are_given_up)
{
    char subject[201];
    char optional[91] = "";
    bool is_found;
    memset(subject, 'a', 200);
    subject[200] = '\0';
    for (int i = 0; i < 30; i++)
        strcat(optional, "a?");
    for (int i = 0; i < 30; i++)
        strcat(optional, "a");
    ck_assert_int_lt(steps_left(".-.-.-.-b", subject, 200000, &is_found), 0);
    ck_assert(!is_found);
    subject[29] = '\0';
    ck_assert_int_lt(steps_left(optional, subject, 200000, &is_found), 0);
    ck_assert(!is_found);
    // Every character looked at is a step: 29 + 28 + … once to run over them, once to come back.
    int64_t left = steps_left("a*b", subject, 200000, &is_found);
    ck_assert_int_lt(left, 200000 - 1200);
    ck_assert_int_gt(left, 200000 - 1800);
    ck_assert(!is_found);
}
END_TEST

// Every step is counted: whatever the limit, the matcher ends with at most one scan beyond it.
START_TEST(steps_never_run_far_below_zero)
{
    toc_random r = seeded("steps");
    for (int i = 0; i < ROUNDS; i++) {
        char pattern[256];
        char subject[64];
        bool is_found;
        make_pattern(pattern, &r);
        make_subject(subject, &r);
        int64_t left = steps_left(pattern, subject, (int64_t)toc_random_below(&r, 50), &is_found);
        ck_assert_int_ge(left, -2 - (int64_t)strlen(subject));
    }
}
END_TEST

START_TEST(malformed_patterns_say_what_is_wrong)
{
    static const struct {
        const char *pattern;
        const char *says;
    } cases[] = {
        {"%", "ends with '%'"}, {"[a", "'['"},       {"[", "'['"},          {"[^", "'['"},
        {"[%", "'['"},          {"[]", "'['"},       {"(a", "'('"},         {"a)", "')'"},
        {"%b", "two"},          {"%b(", "two"},      {"%fa", "%f"},         {"%f", "%f"},
        {"%f[a", "'['"},        {"%1", "not there"}, {"(%1)", "not there"}, {"%0", "not there"},
        {"(a)%2", "not there"},
    };
    toc_pattern *p = toc_alloc(toc_pattern_size(TOC_PATTERN_MAX));
    for (size_t i = 0; i < TOC_COUNT(cases); i++) {
        const char *wrong =
            toc_pattern_compile(p, cases[i].pattern, strlen(cases[i].pattern), true);
        ck_assert_msg(wrong && strstr(wrong, cases[i].says), "%s: %s", cases[i].pattern,
                      wrong ? wrong : "accepted");
    }
    char many[2 * (TOC_PATTERN_CAPTURES + 1) + 1] = "";
    for (int i = 0; i <= TOC_PATTERN_CAPTURES; i++)
        strcat(many, "()");
    ck_assert_ptr_nonnull(toc_pattern_compile(p, many, strlen(many), true));
    ck_assert_ptr_null(toc_pattern_compile(p, many, strlen(many) - 2, true));
    char longest[TOC_PATTERN_MAX + 1];
    memset(longest, 'a', sizeof longest);
    ck_assert_ptr_null(toc_pattern_compile(p, longest, TOC_PATTERN_MAX, true));
    ck_assert_ptr_nonnull(toc_pattern_compile(p, longest, TOC_PATTERN_MAX + 1, true));
    free(p);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, find_and_match_say_what_stock_lua_says);
    tcase_add_test(tc, gsub_says_what_stock_lua_says);
    tcase_add_test(tc, gmatch_says_what_stock_lua_says);
    tcase_add_test(tc, garbage_patterns_are_refused_or_agree);
    tcase_add_test(tc, classes_are_those_of_the_c_locale_for_every_byte);
    tcase_add_test(tc, pathological_patterns_are_given_up);
    tcase_add_test(tc, steps_never_run_far_below_zero);
    tcase_add_test(tc, malformed_patterns_say_what_is_wrong);
}

TOC_CHECK_MAIN("match", add_tests)
