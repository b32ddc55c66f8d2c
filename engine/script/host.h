// SPDX-License-Identifier: MIT
#ifndef TOC_HOST_H
#define TOC_HOST_H

// The host of one scenario: what its files declared while they were read (drafts), what is wrong
// with them (problems), and the functions that play it (parts). Private to engine/script.
//
// A C function that Lua calls may be left by a longjmp at any Lua call that allocates; so whatever
// it allocates hangs on the host before the next such call.

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "base/random.h"
#include "base/text.h"
#include "moment.h"
#include "sandbox.h"
#include "schema.h"
#include "script/locate.h"
#include "script/problems.h"
#include "script/scenario.h"

#define TOC_PLAIN_TEXT_MAX 16384 // bytes of a text that people read
#define TOC_LINE_TEXT_MAX  200   // bytes of a title or name

// ---- what was declared -----------------------------------------------------------------------------

typedef struct toc_draft_value {
    bool is_set;
    bool is_given; // the key is there, good or not
    char *text;    // every kind of string
    char **list;   // names and paths; options: 2 × count
    size_t count;
    int64_t number;                // integers, booleans, thousandths, ppm, minutes
    int function;                  // in the registry, else LUA_NOREF
    struct toc_draft_value *inner; // of a list of tables: count × the keys of toc_schema_inner
} toc_draft_value;

typedef struct {
    toc_decl kind;
    char *id; // as written; "" if it was no string
    toc_place place;
    bool has_table;
    bool has_id;     // a good one, and the first of its name
    bool is_planned; // it is in the plan, good or not: whoever names it finds it
    size_t index;    // in the plan's array of its kind
    toc_draft_value values[TOC_SCHEMA_KEYS_MAX];
} toc_draft;

// ---- what plays --------------------------------------------------------------------------------------

#define TOC_FACTS_MAX 6

// What a condition asked, and what it was told as a number (toc_query_mark).
typedef struct {
    toc_query query;
    size_t a, b;
    int64_t mark;
} toc_fact;

// What is known of one condition: its answer was no, and stays no as long as the facts and what the
// function can reach are the same (asked.c).
typedef struct {
    bool is_kept;
    int64_t units;    // that asking it takes
    uint64_t entries; // of the sandbox, up to which what it can reach was the same
    size_t queries;   // made while it was asked; those that are no facts count too
    size_t fact_count;
    toc_fact facts[TOC_FACTS_MAX];
    bool is_whole;      // values are all that it can reach
    int values;         // a list in the registry; 0: none yet
    size_t value_count; // of that list
    bool hangs_on_time; // it asked for the time, or for what goes on with it
} toc_asked;

typedef enum { TOC_PART_STORYLINE, TOC_PART_WHEN, TOC_PART_ON } toc_part_kind;

typedef struct {
    toc_part_kind kind;
    char *name; // as the journal shows it
    toc_place place;
    int function;      // in the registry, like condition
    int condition;     // WHEN
    toc_kind event;    // ON
    bool is_over;      // WHEN: it fired, or its condition failed
    toc_random random; // its own stream
    toc_random fresh;  // that stream at its beginning
    size_t begun, ended;
    bool is_asked;   // WHEN: its condition was asked in this exercise
    bool is_at_once; // and was true then
    toc_asked asked; // WHEN
} toc_part;

// One run of a part, by the exercise's number of its storyline.
typedef struct {
    toc_part *part;
    lua_State *co; // NULL once it is over
    int ref;
    int arguments; // on co's stack, for its first turn
    char *failure; // it ends with this instead of running
} toc_instance;

// What Lua runs for. It says which names of the language have a meaning now.
typedef enum {
    TOC_MODE_IDLE,
    TOC_MODE_LOAD,
    TOC_MODE_MODULE, // a file that is required in play
    TOC_MODE_STORYLINE,
    TOC_MODE_CONDITION,
    TOC_MODE_TEXT,
} toc_mode;

typedef struct {
    toc_mode mode;
    toc_exercise *x;
    size_t storyline;   // TOC_MODE_STORYLINE
    toc_random *random; // NULL where random has no meaning
    bool has_finished;  // the storyline called finish
    size_t met;         // CONDITION: of the expectation before this one in the plan; 0: a when's
} toc_turn;

typedef struct {
    char *path;
    bool is_open;     // being read now
    bool is_compiled; // it is Lua, whatever came of running it
    bool is_mended;   // or it was read as if it were mended
    bool is_broken;   // its mistake is in problems
    int value;        // what it returned, in the registry
} toc_module;

// The function of a source, kept from the first toc_scenario_again on.
typedef struct {
    const char *data; // of its file: that stays where it is
    int function;     // in the registry
    toc_sandbox_cost cost;
} toc_code;

// Who was asked about with said.
typedef struct {
    size_t from, to; // speakers: teams, then parties, then excon
    size_t met;      // as in toc_turn
    size_t next;     // of the same pair, or TOC_NONE
} toc_talk;

struct toc_scenario {
    const toc_files *files;
    const toc_fetch *fetch;
    uint64_t seed;
    toc_sandbox *sandbox;
    toc_plan plan;
    toc_script script;
    toc_turn turn;

    toc_problems problems;
    struct toc_uses *uses;   // what the code names, of a scenario without mistakes (uses.h)
    bool is_partial;         // a file broke off: what it would have declared is not known
    bool has_too_many_parts; // said once
    bool is_model_wrong;     // a service has a mistake: circles of them are not looked for
    toc_locator *locator;    // since the first mistake of a declaration
    bool is_spot_literal;    // what the last problem underlines can be replaced
    toc_draft **drafts;
    size_t draft_count, draft_capacity;
    toc_map *ids;                     // of all but the exercise: their drafts
    char within[TOC_QUOTE_SIZE + 32]; // the part of a declaration whose mistakes are being told
    size_t counts[TOC_DECL_COUNT];
    bool is_main_compiled; // scenario.lua
    bool is_main_mended;
    toc_module *modules;
    size_t module_count, module_capacity;

    toc_part **parts; // in order of declaration
    size_t part_count, part_capacity;
    toc_part **whens, **ons; // those of the parts
    size_t when_count, on_count;
    int *texts;          // by inject: a text function in the registry, or LUA_NOREF
    int *mets;           // by expectation: its condition, or LUA_NOREF
    toc_instance *instances;
    size_t instance_count, instance_capacity;
    int depth;               // of turns within turns
    size_t born;             // handlers begun in this instant
    int64_t conditions_left; // units for asking them in this instant

    size_t largest;      // toc_sandbox_largest after the load
    bool is_again;       // the sources run once more: declarations only give their functions
    bool keeps_code;     // it is played more than once
    bool has_differed;   // what was declared then was not what was declared at the load
    size_t drafts_again; // heads
    size_t bodies_again; // their tables, and the functions of storylines
    size_t parts_again;  // storylines, whens and ons
    toc_code *codes;
    size_t code_count, code_capacity;
    int kept_texts; // a table in the registry: what `file` gave while the sources ran once more; 0: none
    size_t kept_bytes;     // of those texts
    toc_asked *asking;     // the condition that is being asked, or NULL
    toc_asked *asked_mets; // by expectation
    toc_talk *talks;
    size_t talk_count, talk_capacity;
    size_t *talk_of; // by pair of speakers: the newest of talks + 1, or 0; NULL before the first
};

// toc_host_of gives the host of a C function made by toc_host_global (its first upvalue).
toc_scenario *toc_host_of(lua_State *L);
void toc_host_global(toc_scenario *s, lua_State *L, const char *name, lua_CFunction f);
// toc_host_closure pushes a C function with the host and a number as its upvalues.
void toc_host_closure(toc_scenario *s, lua_State *L, lua_CFunction f, lua_Integer number);
lua_Integer toc_host_number(lua_State *L); // that number

// toc_host_where: the author's file and line that called; what a module of the library does is done
// where the author called it. file holds at least TOC_FILE_MAX bytes.
#define TOC_FILE_MAX 256
int toc_host_where(lua_State *L, char file[TOC_FILE_MAX]);
// toc_host_find gives the index in the plan of what has this id and is of this kind, or TOC_NONE.
size_t toc_host_find(const toc_scenario *s, toc_decl kind, const char *id);
// toc_host_unknown writes `unknown team "opps" — did you mean "operator"?`; kinds is a set of 1 << toc_decl.
// If the id belongs to something else it says so instead.
#define TOC_UNKNOWN_MAX 512
#define TOC_NEAR_MAX    160
const char *toc_host_unknown(const toc_scenario *s, char out[TOC_UNKNOWN_MAX], unsigned kinds,
                             const char *what, const char *id);

// toc_host_advise tells what an unknown name was meant for (toc_advise): an id without its quotes, a
// module of the library without its require, yes for true.
bool toc_host_advise(lua_State *L, void *self, const char *name, char *out, size_t size);

// toc_host_near writes ` — did you mean "…"?`, or nothing.
const char *toc_host_near(char out[TOC_NEAR_MAX], const char *word, const char *const *names,
                          size_t count);

// Each adds the names of its file to the authors' environment. Inside a protected call.
void toc_declare_install(toc_scenario *s, lua_State *L);
void toc_module_install(toc_scenario *s, lua_State *L);
void toc_action_install(toc_scenario *s, lua_State *L);
void toc_measure_install(toc_scenario *s, lua_State *L);
void toc_query_install(toc_scenario *s, lua_State *L);
void toc_world_install(toc_scenario *s, lua_State *L);

// declare.c
const toc_draft_value *toc_draft_get(const toc_draft *d, toc_key key); // never NULL
// toc_draft_inner gives a value of entry i of a list of tables.
const toc_draft_value *toc_draft_inner(const toc_draft *d, toc_key list, size_t i, toc_key key);
const char *toc_draft_key_name(const toc_draft *d, toc_key key);
void toc_draft_free(toc_draft *d);
// toc_draft_unknown_keys reports the keys of the table at an index of L's stack that row has not; at is
// where that table stands. It gives the positions in row of the keys that were meant, as bits.
unsigned toc_draft_unknown_keys(toc_scenario *s, lua_State *L, int index, const toc_draft *d,
                                const toc_schema_row *row, toc_where at);
// loose.c: says what a value without a key, which problem underlines, was meant for, if that can be told.
bool toc_loose_say(const toc_scenario *s, toc_problem *problem, const toc_schema_row *row);
void toc_declare_finish(toc_scenario *s); // ids without their tables
// toc_declare_broken: this file broke off. If it did between an id and its table, that is no mistake.
void toc_declare_broken(toc_scenario *s, const char *path);

// mistake.c: what is said of the mistakes of a declaration.
toc_where toc_where_head(void);
toc_where toc_where_id(void);
toc_where toc_where_key(const char *key);
toc_where toc_where_value(const char *key);
toc_where toc_where_item(const char *key, size_t item);                     // from 0
toc_where toc_where_inner(const char *key, size_t item, const char *inner); // item from 0
// toc_draft_problem adds a problem; where is what of the declaration is wrong. Its line is that of
// where, as far as that can be found.
toc_problem *toc_draft_problem(toc_scenario *s, const toc_draft *d, const char *code,
                               toc_where where, const char *format, ...) TOC_PRINTF(5, 6);
// toc_draft_fix: what the underlined text of the problem just added should be, if it is a text, number
// or name as it stands; where it is computed, a fix would take the wrong thing's place.
void toc_draft_fix(const toc_scenario *s, toc_problem *problem, const char *format, ...)
    TOC_PRINTF(3, 4);
// toc_draft_unknown tells that nothing, or something else, has an id; kinds is what it may be of, a
// set of TOC_BIT, what says so in words. prefix stands before ("to: "). Nothing is said of what a file
// that broke off might have declared.
void toc_draft_unknown(toc_scenario *s, const toc_draft *d, toc_where where, unsigned kinds,
                       const char *what, const char *prefix, const char *id);
// toc_call_problem adds a problem of a call, storyline "x" …; argument as in toc_locate_call.
toc_problem *toc_call_problem(toc_scenario *s, const char *code, const char *file, int line,
                              const char *word, int argument, const char *format, ...)
    TOC_PRINTF(7, 8);
// toc_id_is_meant: something of these kinds has this id, or nearly, but one that cannot be an id or is
// taken: that mistake is enough.
bool toc_id_is_meant(const toc_scenario *s, unsigned kinds, const char *id);
// toc_near_id gives the id of these kinds, but not that of d, that was probably meant, or NULL.
const char *toc_near_id(const toc_scenario *s, const toc_draft *d, unsigned kinds, const char *id);
// toc_say_ids writes `did you mean "ops"? There are: ops, media`, as far as that can be said, for a
// mistake in d; what is these kinds in words, near what toc_near_id gave.
const char *toc_say_ids(const toc_scenario *s, const toc_draft *d, unsigned kinds, const char *what,
                        const char *near, char *out, size_t size);

// parts.c
void toc_parts_install(toc_scenario *s, lua_State *L);
void toc_parts_finish(toc_scenario *s);                   // names without their functions
void toc_parts_broken(toc_scenario *s, const char *path); // like toc_declare_broken
void toc_part_free(toc_part *p);

// values.c: reads the value on top of L's stack into d.
void toc_draft_read(toc_scenario *s, lua_State *L, toc_draft *d, const toc_schema_key *key,
                    toc_draft_value *out);

// times.c: tells that text is no time of this kind; why is what its parser said, name the key.
toc_problem *toc_time_problem(toc_scenario *s, const toc_draft *d, toc_where at,
                              toc_value_kind kind, const char *name, const char *text,
                              const char *why);

// ids.c: puts every draft into the plan. toc_id_mend writes what an id could be instead of one that is
// none; "" and false if nothing is left of it.
void toc_ids_register(toc_scenario *s);
bool toc_id_mend(const char *id, char out[TOC_ID_MAX + 1]);
// options.c
void toc_options_resolve(toc_scenario *s, const toc_draft *d, toc_decision *decision);

// refs.c: the second pass.
#define TOC_BIT(kind) (1u << (kind))
void toc_refs_resolve(toc_scenario *s);
char *toc_refs_text(const toc_draft *d, toc_key key); // a copy, or NULL
toc_at toc_refs_moment(toc_scenario *s, const toc_draft *d, toc_key key);
// The index of what a key names, or TOC_NONE: unset, or told.
size_t toc_refs_one(toc_scenario *s, const toc_draft *d, toc_key key, toc_decl kind);
size_t *toc_refs_teams(toc_scenario *s, const toc_draft *d, toc_key key, size_t *count);
char *toc_refs_objective(toc_scenario *s, const toc_draft *d);
// {{…}} means something in an inject's text only; elsewhere it would be shown as it is.
void toc_refs_plain(toc_scenario *s, const toc_draft *d, toc_key key);

// refs_world.c: services and repairs, and what is wrong with all of them together.
void toc_refs_service(toc_scenario *s, const toc_draft *d);
void toc_refs_repair(toc_scenario *s, const toc_draft *d);
void toc_refs_model(toc_scenario *s);

// refs_expect.c: phases and expected actions.
void toc_refs_phase(toc_scenario *s, const toc_draft *d, toc_phase *phase);
void toc_refs_expect(toc_scenario *s, const toc_draft *d, toc_expectation *expectation);

// attach.c: fills the plan's attachments of one inject.
void toc_attach_resolve(toc_scenario *s, const toc_draft *d, toc_inject *inject);

// modules.c: runs a file of the scenario as the main chunk; problems has what went wrong.
void toc_module_run(toc_scenario *s, const char *path);
bool toc_module_is_library(const char *path);

// again.c: the same scenario played once more. toc_again_load is toc_sandbox_load of a file, which costs
// the same units whether it is compiled or was kept; toc_again_text pushes what `file` gives.
// toc_again_differs raises.
toc_err toc_again_load(toc_scenario *s, const toc_file *f, toc_error *e);
void toc_again_text(toc_scenario *s, lua_State *L, const toc_file *f);
int toc_again_differs(toc_scenario *s, lua_State *L);
void toc_again_fini(toc_scenario *s);

// asked.c. toc_asked_is_no: asking it again would give no again. toc_asked_begin stands before asking it,
// toc_asked_end after; toc_fact_note tells of a query what it was told.
bool toc_asked_is_no(toc_scenario *s, const toc_exercise *x, toc_asked *a, int function);
void toc_asked_begin(toc_scenario *s, toc_asked *a, int function);
void toc_asked_end(toc_scenario *s, toc_asked *a, int function, bool is_no, int64_t units);
void toc_time_note(toc_scenario *s); // what is asked now hangs on the time
void toc_fact_note(toc_scenario *s, toc_query query, size_t a, size_t b);
void toc_asked_forget(toc_scenario *s);

// talk.c: notes that the turn asked what one speaker said to another.
void toc_talk_note(toc_scenario *s, size_t from, size_t to);
void toc_talk_clear(toc_scenario *s);
void toc_talk_fini(toc_scenario *s);

// scan.c: what is certain to fail in play, wherever it stands.
void toc_scan_sources(toc_scenario *s);

// query.c: what people wrote. {{ in it becomes { {: what is filled in is for authors to say.
void toc_query_push_words(lua_State *L, const char *text);

// template.c. toc_template_check reports what {{…}} it could not fill; toc_template_fill fills them.
const toc_file *toc_template_origin(const toc_scenario *s,
                                    const char *text); // that it came from, or NULL
void toc_template_check(toc_scenario *s, const toc_draft *d, const char *text);
// where stands before what is said of a mistake: whose text it is.
toc_err toc_template_fill(const toc_scenario *s, toc_exercise *x, const char *where,
                          const char *text, toc_buf *out, toc_error *e);

// action.c: what every action begins with, and the id in quotes that most want.
toc_scenario *toc_action_begin(lua_State *L, const char *what);
void toc_action_can_wait(lua_State *L, const char *what);
int toc_action_waited(lua_State *L, int status, lua_KContext context);

// query.c: what every query begins with. toc_host_argument gives the plan's index of the id that an
// argument of an action or query is, and raises if there is none.
toc_scenario *toc_query_begin(lua_State *L, const char *what);
size_t toc_host_argument(lua_State *L, int index, const char *what, toc_decl kind,
                         const char *wanted);

// storyline.c
void toc_storyline_hooks(toc_scenario *s);
void toc_storyline_sort(toc_scenario *s); // after the load: the parts by what begins them
void toc_instances_fini(toc_scenario *s);

// query.c: pushes {option, text, by, reason, overdue} and gives true, or nil and false while it is
// not settled.
bool toc_query_push_decision(toc_scenario *s, lua_State *L, size_t decision);
// Milliseconds as seconds, ppm as percent: an integer when whole.
void toc_query_push_seconds(lua_State *L, int64_t ms);
void toc_query_push_percent(lua_State *L, int64_t ppm);

// query_world.c: the story's minutes since STARTEX, now; and "worsening: 0 % at 14:40".
int64_t toc_world_story_minute(const toc_exercise *x);
void toc_world_outlook_text(toc_exercise *x, size_t service, toc_buf *out);

#endif
