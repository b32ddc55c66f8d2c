// SPDX-License-Identifier: MIT
#ifndef TOC_SCRIPT_LIB_H
#define TOC_SCRIPT_LIB_H

// What the functions that authors can call have in common. All of it may raise, so nothing here or
// in its callers holds memory that Lua does not know of.

#include <lauxlib.h>

#include "base/files.h"
#include "sandbox.h"
#include "script/problems.h"

// Each opens its part of the authors' environment: the base functions, and the locked tables
// string, table and math.
void toc_lib_base(toc_sandbox *s);
void toc_lib_string(toc_sandbox *s);
void toc_lib_table(toc_sandbox *s);
void toc_lib_math(toc_sandbox *s);

int toc_base_pairs(lua_State *L);    // pairs.c
int toc_string_format(lua_State *L); // format.c
int toc_string_find(lua_State *L);   // lib_pattern.c, these four
int toc_string_match(lua_State *L);
int toc_string_gmatch(lua_State *L);
int toc_string_gsub(lua_State *L);

// names.c: the strict environment. toc_names_open makes it, toc_names_push_env pushes it for a chunk.
void toc_names_open(lua_State *L);
void toc_names_set(lua_State *L, const char *name); // pops the value
void toc_names_push_env(lua_State *L);

// toc_names_lacks says in `why`, in the words of the error it will be, that authors have no such name.
bool toc_names_lacks(lua_State *L, const char *name, char *why, size_t size);

// toc_names_each gives every name that authors have, "string.upper" too. It makes nothing in L and
// raises nothing.
typedef void (*toc_names_cb)(void *context, const char *name);
void toc_names_each(lua_State *L, toc_names_cb take, void *context);

// toc_names_why says why authors lack a name, or a name in one of the language's own tables ("": in
// none), and gives false if they have it. As toc_names_lacks, but those who know what was meant are
// asked before (toc_sandbox_advise). Arguments of the C function that calls it are not kept.
bool toc_names_why(lua_State *L, const char *table, const char *name, char *why, size_t size);

// toc_source_load is toc_sandbox_load that tells all mistakes of the writing, each at its place, in
// problems. If they could be mended it gives TOC_OK and the function of the mended text, whose lines
// are those of the author, so that the mistakes of what is declared are found too. *is_taken: Lua
// takes the text as it is. No problem is told twice.
toc_err toc_source_load(toc_sandbox *s, const char *path, const char *text, size_t len,
                        toc_problems *problems, bool *is_taken, toc_error *e);

// toc_source_stopped tells what a file ran into while it was read: an error's line, "path:12: …".
void toc_source_stopped(toc_problems *problems, const toc_files *files, const char *line);

// toc_source_check reads a source before Lua does, and refuses what scenarios may not contain; see
// toc_sandbox_load. Where something must be compiled in another form, *safe gets the whole source in
// that form, with the same lines; else it stays empty.
toc_err toc_source_check(const char *path, const char *text, size_t len, toc_buf *safe,
                         toc_error *e);

// toc_sandbox_caught looks at the error that a protected call in L ended with, which is on top of
// the stack: a spent budget or a met cap is raised again, running out of room for one text becomes
// an error like others. For pcall only.
void toc_sandbox_caught(lua_State *L, int status);

// toc_sandbox_scanned notes that a whole table is gone through. A table keeps the room it once needed,
// nothing tells how much that is, and passing over it takes time; so this counts the largest there
// ever was against the bytes that may be handed out under one budget.
void toc_sandbox_scanned(lua_State *L);

// Arguments. Unlike Lua's own, a text is never taken for a number; a number may stand for a text.
const char *toc_arg_text(lua_State *L, int arg, size_t *len);
lua_Integer toc_arg_int(lua_State *L, int arg);
lua_Integer toc_arg_int_or(lua_State *L, int arg, lua_Integer otherwise);
lua_Number toc_arg_number(lua_State *L, int arg);
void toc_arg_list(lua_State *L, int arg);           // a table
void toc_arg_list_to_change(lua_State *L, int arg); // one that is not locked

void toc_charge_bytes(lua_State *L, size_t n); // for looking at, or copying, n bytes

// Numbers as Lua writes them, whatever the locale, and without the sign of a NaN.
#define TOC_NUMBER_TEXT 48
size_t toc_number_text(lua_State *L, int index, char out[TOC_NUMBER_TEXT]);
// toc_percent_in: is this text a percentage that was written as a text, "50" or "50 %"? Its number.
bool toc_percent_in(char number[TOC_NUMBER_TEXT], const char *text); // values.c
// toc_number_plain makes what printf wrote locale-free, in place, and gives its length.
size_t toc_number_plain(char *text);

// toc_push_shown pushes any value as tostring does: never an address.
const char *toc_push_shown(lua_State *L, int index, size_t *len);

// A text being built, at most TOC_SCRIPT_TEXT_MAX bytes; growing further raises. It keeps one stack
// slot, taken at toc_out_start, for memory that Lua owns.
typedef struct {
    lua_State *L;
    int slot;
    char *data;
    size_t len;
    size_t capacity;
    char small[256];
} toc_out;

void toc_out_start(toc_out *o, lua_State *L);
char *toc_out_room(toc_out *o, size_t n); // where n more bytes may be written; add n to len then
void toc_out_add(toc_out *o, const char *bytes, size_t n);
void toc_out_char(toc_out *o, char c);
void toc_out_push(toc_out *o);

#endif
