// SPDX-License-Identifier: MIT
#ifndef TOC_SANDBOX_H
#define TOC_SANDBOX_H

// One Lua state in which a scenario runs: a whitelist environment with strict globals, one
// instruction budget over all its coroutines, limits in every C function an author can reach, a cap
// on memory, and nothing that differs from one process to the next. Private to engine/script: no
// lua_State leaves this folder.
//
// What stays the same in every process: the order of pairs, sorting, formatting, every error text,
// and the units a script spends. Out of our reach, because they belong to the VM: # of a list with
// holes (any border is right to Lua; which one it takes can depend on its hash seed), the libm behind
// the ^ operator, and `..` and < , which ask the locale (the process stays in C) and show a NaN's sign.
//
// Thread: one state, one thread at a time.

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

// Units of work. A VM instruction is one; C functions charge what they do (bytes, comparisons,
// matcher steps) so that no unit takes much longer than another. Instructions are paid for in
// advance, TOC_SCRIPT_STEP at a time, so every call and resume costs at least that much.
#define TOC_SCRIPT_BUDGET_LOAD    5000000 // declaring the whole scenario
#define TOC_SCRIPT_BUDGET_INSTANT 250000  // one input or one instant of play
#define TOC_SCRIPT_STEP           32
#define TOC_SCRIPT_TEXT_MAX       65536       // bytes of any one string
#define TOC_SCRIPT_VALUES_MAX     250         // of unpack, byte, and the ... of a function
#define TOC_SCRIPT_DEPTH_MAX      5000        // calls within calls, about
#define TOC_SCRIPT_MEMORY         (64u << 20) // bytes of the whole state, live; a re-execution gets more

typedef struct toc_sandbox toc_sandbox;

// toc_sandbox_new makes a state with at most memory bytes. It never fails but for being out of
// memory at once (NULL).
toc_sandbox *toc_sandbox_new(size_t memory);
void toc_sandbox_cap(toc_sandbox *s, size_t memory); // another cap, from now on
void toc_sandbox_free(toc_sandbox *s);
lua_State *toc_sandbox_lua(toc_sandbox *s); // the main one; "the stack" below is its stack
toc_sandbox *toc_sandbox_of(lua_State *L);  // from any of its coroutines

// toc_sandbox_global adds one C function (or whatever is on top of the stack) to the authors' names;
// the value is popped. Authors cannot assign to it.
void toc_sandbox_global(toc_sandbox *s, const char *name);

// toc_sandbox_advise: who is asked about a name that authors have not, before it is called unknown. If
// it knows what was meant, it writes that into out and gives true. It may charge, and must not allocate.
typedef bool (*toc_advise)(lua_State *L, void *self, const char *name, char *out, size_t size);
void toc_sandbox_advise(toc_sandbox *s, toc_advise advise, void *self);
bool toc_sandbox_advice(lua_State *L, const char *name, char *out, size_t size);

// toc_sandbox_lock replaces the table on top of L's stack by one that authors can index but not
// change or list; asking it for a name it has not is an error that calls it by `name`.
void toc_sandbox_lock(lua_State *L, const char *name);

// toc_sandbox_load compiles text (never bytecode) as a chunk called `path`, with the authors'
// environment, and leaves it on the stack. An error is TOC_ESCENARIO and "path:line: …", or
// TOC_ELIMIT as in toc_sandbox_call. Refused beside what Lua refuses: bit operators (a compiler bug
// of Lua 5.4.4 makes some of them wrong), the name _ENV, NUL bytes, texts over TOC_SCRIPT_TEXT_MAX.
toc_err toc_sandbox_load(toc_sandbox *s, const char *path, const char *text, size_t len,
                         toc_error *e);

// toc_sandbox_load_kept is a load whose work was done before: function is in the registry, cost the
// difference that toc_sandbox_load made to the meter then. It pushes the function and spends the same.
// False, and nothing done: so little is left that it must be loaded in earnest, to fail as it would.
typedef struct {
    int64_t units;  // count up as they are spent
    uint64_t bytes; // handed out
} toc_sandbox_cost;
toc_sandbox_cost toc_sandbox_meter(const toc_sandbox *s);
bool toc_sandbox_load_kept(toc_sandbox *s, int function, const toc_sandbox_cost *cost);

// toc_sandbox_again makes the state forget what it knows of the code that ran in it, as after a load
// whose largest table was `largest` (toc_sandbox_largest then).
size_t toc_sandbox_largest(const toc_sandbox *s);
void toc_sandbox_again(toc_sandbox *s, size_t largest);
uint64_t toc_sandbox_entries(const toc_sandbox *s); // how often code was begun or went on
size_t toc_sandbox_used(const toc_sandbox *s);      // bytes

// toc_sandbox_budget sets what may still be spent; toc_sandbox_charge spends from it inside a C
// function called by Lua and raises the budget error when it is gone. Once gone, every further
// instruction raises again, pcall or not, until the next toc_sandbox_budget.
void toc_sandbox_budget(toc_sandbox *s, int64_t units);
int64_t toc_sandbox_budget_left(const toc_sandbox *s); // never below 0
void toc_sandbox_charge(lua_State *L, int64_t units);
bool toc_sandbox_is_spent(const toc_sandbox *s);
// toc_sandbox_is_halted: the memory cap was met since the state was made. It stays true, and no
// script runs in this state again; where it was met is not the same in every process, so the caller
// must take the step back.
bool toc_sandbox_is_halted(const toc_sandbox *s);

// toc_sandbox_raise raises an error inside a C function called by Lua: the text, after the file and
// line of the nearest function of an author's. What stands in the library is no author's, unless no
// other is there.
#define TOC_LIBRARY "tocsin/" // what the paths of the library's modules begin with
int toc_sandbox_raise(lua_State *L, const char *format, ...) TOC_PRINTF(2, 3);

// toc_sandbox_yield suspends a storyline: `return toc_sandbox_yield(L, "ask", n, ctx, k)` as
// lua_yieldk. Where nothing can wait (outside of storylines; in a function given to table.sort or
// string.gsub) it raises an error that says so and names what, the author's word.
int toc_sandbox_yield(lua_State *L, const char *what, int nresults, lua_KContext ctx,
                      lua_KFunction k);

// toc_sandbox_call runs the function and nargs arguments on top of the stack, protected, leaving
// nresults (none after an error). An error becomes one clean line in e ("scenario.lua:12: …", never
// an address): code TOC_ELIMIT for a spent budget or memory, else TOC_ESCENARIO.
toc_err toc_sandbox_call(toc_sandbox *s, int nargs, int nresults, toc_error *e);
// toc_sandbox_repeat is the same for code that ran to its end before and does the same now: what it
// takes is not counted, which is what running takes most time for.
toc_err toc_sandbox_repeat(toc_sandbox *s, int nargs, int nresults, toc_error *e);

// toc_sandbox_thread makes a coroutine of the engine's from the function on top of the stack (popped),
// anchored in the registry; *ref releases it with toc_sandbox_release. toc_sandbox_resume runs it
// with nargs values pushed on co's stack: TOC_OK and *yielded false when it ended. What it yielded
// or returned, toc_sandbox_results values, is on top of co's stack; pop it before the next resume.
// After an error co is dead and empty.
lua_State *toc_sandbox_thread(toc_sandbox *s, int *ref);
void toc_sandbox_release(toc_sandbox *s, int ref);
toc_err toc_sandbox_resume(toc_sandbox *s, lua_State *co, int nargs, bool *yielded, toc_error *e);
int toc_sandbox_results(const toc_sandbox *s);
// toc_sandbox_is_env: is the value at index the authors' environment?
bool toc_sandbox_is_env(lua_State *L, int index);

// Memory, text lengths and budget are limited while script code runs (load, call, resume), not while
// the engine itself pushes values between two of them. Texts over 1,000 bytes must be pushed with
// lua_pushlstring: lua_pushstring has a cache that goes by address, and would make the units spent
// differ. Never use luaL_Buffer: when it is out of memory it raises an error that pcall may catch.

#endif
