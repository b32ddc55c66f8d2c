// SPDX-License-Identifier: MIT
#ifndef TOC_SCENARIO_H
#define TOC_SCENARIO_H

// A scenario: its files read by the Lua host, giving the plan, and the scripts that play it. One
// scenario plays one exercise at a time: scripts keep state in variables of their own, so a second exercise
// begins with a second load or with toc_scenario_again.
//
// Thread: one scenario, one thread at a time.

#include <stddef.h>
#include <stdint.h>

#include "base/files.h"
#include "exercise/exercise.h"
#include "script/problems.h"

typedef struct toc_scenario toc_scenario;

// How a live load gets at attachments, which are not among the sources: called for each path that a
// scenario attaches and files does not hold; on TOC_OK it has added the path to files. A load from a
// journal has them all and needs none.
typedef struct {
    toc_err (*fetch)(void *context, const char *path, toc_error *e);
    void *context;
} toc_fetch;

// toc_scenario_load runs scenario.lua out of files, which must outlive the scenario and hold the
// library (toc_library_add). Every independent mistake is in problems (zeroed before, sorted; the caller
// ends it with toc_problems_fini); the result is then TOC_ESCENARIO and e holds the first. fetch and
// problems may be NULL. memory is the cap of the Lua state in bytes.
toc_err toc_scenario_load(toc_scenario **out, const toc_files *files, const toc_fetch *fetch,
                          uint64_t seed, size_t memory, toc_problems *problems, toc_error *e);
void toc_scenario_free(toc_scenario *s);

// toc_scenario_again makes it ready to play one more exercise, as if it had been loaded anew, at a
// fraction of the cost: what the scripts keep is as after a load. The exercise before must be freed.
// An error (TOC_EINTERNAL, TOC_ELIMIT) leaves it good for toc_scenario_free only.
toc_err toc_scenario_again(toc_scenario *s, toc_error *e);

// toc_scenario_cap sets another cap on memory: a resumed run re-executes with more than it goes on with.
void toc_scenario_cap(toc_scenario *s, size_t memory);

const toc_plan *toc_scenario_plan(const toc_scenario *s);

// The parts that play by themselves, in the order of declaration.
typedef enum { TOC_SCENARIO_STORYLINE, TOC_SCENARIO_WHEN, TOC_SCENARIO_ON } toc_scenario_part_kind;
typedef struct {
    toc_scenario_part_kind kind;
    const char *
        name; // as the journal calls it: "the wipe", "when scenario.lua:612", "on level scenario.lua:807"
    const char *file;
    int line;
    // In the exercise that was played last:
    size_t begun;    // how often it began; a when: its condition came true
    size_t ended;    // how often it ran to its end
    bool is_at_once; // a when that was true the first time it was asked
} toc_scenario_part;
size_t toc_scenario_part_count(const toc_scenario *s);
toc_scenario_part toc_scenario_part_at(const toc_scenario *s, size_t i);

// Whom conditions and scripts asked about with said(from, to) since the load or toc_scenario_again, in
// the order of asking: each pair once for every expectation whose met asked (its index), and once for all
// else that did (TOC_NONE).
typedef struct {
    const char *from, *to;
    size_t expectation;
} toc_scenario_talk;
size_t toc_scenario_talk_count(const toc_scenario *s);
toc_scenario_talk toc_scenario_talk_at(const toc_scenario *s, size_t i);
const toc_script *toc_scenario_script(toc_scenario *s);

// toc_library_add adds the modules of scripts/ that are built in, as "tocsin/<name>.lua".
void toc_library_add(toc_files *files);

const char *toc_lua_version(void); // "Lua 5.4.4"

#define TOC_SCENARIO_MEMORY ((size_t)64 << 20) // live
#define TOC_SCENARIO_MEMORY_AGAIN                                                                  \
    ((size_t)256 << 20) // re-execution: must not meet the cap by itself

#endif
