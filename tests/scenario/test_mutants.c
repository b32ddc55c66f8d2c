// SPDX-License-Identifier: MIT
// Authors' mistakes are caught before players meet them: mutants of every shipped scenario, and for each a
// word of check or rehearse that points at the place. Rehearse plays the plans beside the scenario too, as
// the command does. TOC_LONG=1 takes all mutants there are; a sanitizer every fifth (support/sampled.h).
#include <string.h>

#include "base/mem.h"
#include "check/check.h"
#include "check_main.h"
#include "mutant.h"
#include "rehearsal_fixture.h"
#include "sampled.h"
#include "seed.h"
#include "shipped.h"

#define DRAWN ((size_t)sampled_some(12)) // of each scenario, beside the fixed ones

typedef enum { BY_NOBODY, BY_CHECK, BY_SURVEY, BY_PLAN, CATCHERS } catcher;

typedef struct {
    const shipped *shipped;
    toc_files *files;
    mutants all;
    size_t caught[MUTANT_KINDS][CATCHERS];
    toc_buf missed; // a few lines for each that is not caught
} trial;

// ---- who catches it ----------------------------------------------------------------------------------

// The line of a file, up to its end.
static char *line_of(const toc_files *files, const char *path, int line)
{
    const toc_file *f = toc_files_find(files, path);
    const char *at = f ? f->data : "";
    for (int i = 1; i < line && *at; i++) {
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
    return toc_strndup(at, strcspn(at, "\n"));
}

static bool is_at(const mutant *m, const char *file, int line)
{
    return strcmp(file, m->file) == 0 && line >= m->line && line <= m->last_line;
}

// A problem points at the edit, or at a line that names what was edited.
static bool problem_points(const mutant *m, const toc_files *files, const toc_problem *p)
{
    char *line = line_of(files, p->file, p->line);
    bool does =
        is_at(m, p->file, p->line) || mutant_is_named(m, p->text) || mutant_is_named(m, line);
    free(line);
    return does;
}

// What was said but points elsewhere goes to `other`.
static catcher caught_by_check(const mutant *m, toc_files *files, toc_buf *other)
{
    toc_review r;
    toc_error e = {0};
    catcher by = BY_NOBODY;
    TOC_OK_OR_FAIL(toc_check(&r, files, NULL, &e), e);
    for (size_t i = 0; i < r.problems.count && !by; i++) {
        const toc_problem *p = &r.problems.at[i];
        if (problem_points(m, files, p))
            by = BY_CHECK;
        else
            toc_buf_printf(other, "    check: %s:%d: %s\n", p->file, p->line, p->text);
    }
    toc_review_fini(&r);
    return by;
}

static catcher caught_by_survey(const mutant *m, const toc_files *files, toc_buf *other)
{
    toc_survey v = rehearsal_survey(files, TOC_SURVEY_EACH, 2);
    catcher by = BY_NOBODY;
    for (size_t i = 0; i < v.finding_count && !by; i++) {
        const toc_finding *f = &v.findings[i];
        if (!toc_found_is_error(f->kind))
            continue;
        if (is_at(m, f->file, f->line) || mutant_is_named(m, f->subject) ||
            mutant_is_named(m, f->text))
            by = BY_SURVEY;
        else
            toc_buf_printf(other, "    rehearse: %s %s:%d %s\n", toc_found_name(f->kind), f->file,
                           f->line, f->text);
    }
    toc_survey_fini(&v);
    return by;
}

static catcher caught_by_plans(const mutant *m, const shipped *s, const toc_files *files,
                               toc_buf *other)
{
    toc_scenario *scenario = rehearsal_scenario(files);
    toc_buf misses = {0};
    catcher by = BY_NOBODY;
    shipped_play_plans(s, scenario, &misses);
    char *said = toc_strdup(toc_buf_text(&misses));
    for (char *save, *line = strtok_r(said, "\n", &save); line && !by;
         line = strtok_r(NULL, "\n", &save)) {
        const char *text = strrchr(line, '/') ? strrchr(line, '/') : line;
        if (mutant_is_named(m, text))
            by = BY_PLAN;
        else
            toc_buf_printf(other, "    plan: %s\n", text);
    }
    free(said);
    toc_buf_fini(&misses);
    toc_scenario_free(scenario);
    return by;
}

// What neither a survey nor a plan can see, by the line that comes of it: something happens at another time, or
// on no path that anybody wrote a plan for. A plan has no word for when something was sent.
static const struct {
    const char *scenario, *after;
} unseen[] = {
    {"first-light", "if event.state ~= \"done\" then send \"INJ-14\" end"},
    {"silent-beams", "level \"ferries\" == 0 and now() < 112 * 60"},
    {"silent-beams", "choice \"D-05\" == \"list\" and level \"tarnholm-link\" ~= 100"},
    {"silent-beams", "if level \"tarnholm-112\" ~= 0 then wait_until"},
    {"silent-beams", "if level \"tarnholm-link\" >= 100 then start_repair"},
    {"silent-beams", "elseif late ~= \"rekey\" and queued <= 0 then"},
    {"silent-beams", "elseif late == \"rekey\" and queued > 0 then"},
    {"silent-beams", "event.service ~= \"rail\" and event.why == \"autonomy\""},
    {"silent-beams", "event.repair == \"rekey\" and event.state ~= \"done\""},
    {"cold-corridor", "said(\"alliance\", \"eu\").t <= 3 * 3600"},
    {"cold-corridor", "said(\"crisis\", \"press\").t < (sent \"INJ-43\" or 0)"},
    {"cold-corridor", "whose.option == \"army\" or whose.option ~= \"islands\" then"},
    {"cold-corridor", "and now() >= 3 * 3600 and level \"rokken.feeder\" == 0"},
    {"cold-corridor", "level \"hvdc.kaldra\" ~= 100"},
    {"cold-corridor", "if level \"balance\" < 88 then"},
    {"cold-corridor", "elseif ship.option ~= \"anchor\" then"},
};

static bool is_unseen(const trial *t, const mutant *m)
{
    for (size_t i = 0; i < TOC_COUNT(unseen); i++)
        if (strcmp(unseen[i].scenario, t->shipped->id) == 0 && strstr(m->after, unseen[i].after))
            return true;
    return false;
}

static void try_one(trial *t, const mutant *m)
{
    toc_files *files = mutant_files(m, t->files);
    toc_buf other = {0};
    catcher by = caught_by_check(m, files, &other);
    if (!by && other.len == 0) { // what check finds fault with need not load
        by = caught_by_survey(m, files, &other);
        if (!by)
            by = caught_by_plans(m, t->shipped, files, &other);
    }
    t->caught[m->kind][by]++;
    if (!by && !is_unseen(t, m))
        toc_buf_printf(&t->missed, "%s %s:%d: %s\n  %s\n  %s\n%s", t->shipped->id, m->file, m->line,
                       mutant_kind_name(m->kind), m->before, m->after, toc_buf_text(&other));
    toc_buf_fini(&other);
    toc_files_free(files);
}

// ---- trials -------------------------------------------------------------------------------------------

static void trial_begin(trial *t, const shipped *s)
{
    *t = (trial){.shipped = s, .files = shipped_read(s)};
}

static void trial_end(trial *t)
{
    for (size_t k = 0; k < MUTANT_KINDS; k++)
        printf("%s: %s: %zu by check, %zu by rehearse, %zu by a plan, %zu by nobody\n",
               t->shipped->id, mutant_kind_name((mutant_kind)k), t->caught[k][BY_CHECK],
               t->caught[k][BY_SURVEY], t->caught[k][BY_PLAN], t->caught[k][BY_NOBODY]);
    fflush(stdout);
    fputs(toc_buf_text(&t->missed), stderr);
    ck_assert_msg(t->missed.len == 0, "not caught: %.3000s", toc_buf_text(&t->missed));
    mutants_fini(&t->all);
    toc_buf_fini(&t->missed);
    toc_files_free(t->files);
}

static const struct {
    const char *scenario;
    mutant_kind kind;
    const char *file, *find, *text;
} fixed[] = {
    {"first-light", MUTANT_RENAMED, "scenario.lua", "inject \"INJ-02\"", "inject \"INJ-2\""},
    {"first-light", MUTANT_RENAMED, "scenario.lua", "inject \"INJ-12\"", "inject \"INJ-21b\""},
    {"first-light", MUTANT_OPTION, "scenario.lua",
     "{ \"ramp\", \"To the ramp: the six o'clock ferry takes the nurse across\" },", ""},
    {"first-light", MUTANT_REVERSED, "scenario.lua", "generator.option == \"ramp\"",
     "generator.option ~= \"ramp\""},
    {"first-light", MUTANT_REVERSED, "scenario.lua", "ferry.option == \"south\"",
     "ferry.option ~= \"south\""},
    {"first-light", MUTANT_REVERSED, "scenario.lua", "level \"mast\" == 0", "level \"mast\" ~= 0"},
    {"first-light", MUTANT_REVERSED, "scenario.lua", "said(\"watch\", \"ferry\") ~= nil",
     "said(\"watch\", \"ferry\") == nil"},
    {"first-light", MUTANT_LATE, "scenario.lua", "by = \"T+0:12\"", "by = \"T+0:22\""},
    {"first-light", MUTANT_LATE, "scenario.lua", "at = \"T+0:09\", within = \"4m\"",
     "at = \"T+0:09\", within = \"14m\""},
    {"first-light", MUTANT_LATE, "scenario.lua", "to = \"watch\", within = \"4m\"",
     "to = \"watch\", within = \"4h\""},
    {"first-light", MUTANT_LATE, "scenario.lua", "at = \"T+0:14\"", "at = \"T+0:41\""},
    {"silent-beams", MUTANT_RENAMED, "scenario.lua", "inject \"INJ-17\"", "inject \"INJ-117\""},
    {"silent-beams", MUTANT_RENAMED, "scenario.lua", "inject \"INJ-57\"", "inject \"INJ-57a\""},
    {"silent-beams", MUTANT_OPTION, "scenario.lua",
     "    { \"block\",   \"Close the contractor's VPN only and go on managing\" },", ""},
    {"silent-beams", MUTANT_REVERSED, "scenario.lua", "gate.option == \"block\"",
     "gate.option ~= \"block\""},
    {"silent-beams", MUTANT_REVERSED, "scenario.lua", "trains.option == \"slow\" then set",
     "trains.option ~= \"slow\" then set"},
    {"silent-beams", MUTANT_REVERSED, "scenario.lua", "level \"ferries\" == 0 and",
     "level \"ferries\" ~= 0 and"},
    {"silent-beams", MUTANT_REVERSED, "scenario.lua",
     "met = function () return said(\"csirt\", \"partners\") ~= nil",
     "met = function () return said(\"csirt\", \"partners\") == nil"},
    {"silent-beams", MUTANT_LATE, "scenario.lua",
     "decision \"D-10\" { to = \"csirt\", within = \"12m\"",
     "decision \"D-10\" { to = \"csirt\", within = \"12h\""},
    {"silent-beams", MUTANT_LATE, "scenario.lua", "by = \"INJ-27 +25m\"", "by = \"INJ-27 +25h\""},
    {"cold-corridor", MUTANT_RENAMED, "scenario.lua", "inject \"INJ-21\"", "inject \"INJ-12b\""},
    {"cold-corridor", MUTANT_RENAMED, "story.lua", "branch(108,", "branch(180,"},
    {"cold-corridor", MUTANT_OPTION, "decisions.lua",
     "{ \"satline\", \"Ask for the reserve transponder and go back to 100 %\" },", ""},
    {"cold-corridor", MUTANT_REVERSED, "story.lua", "antenna.option == \"holdover\"",
     "antenna.option ~= \"holdover\""},
    {"cold-corridor", MUTANT_REVERSED, "story.lua",
     "when(function () return level \"gas.grid\" < 50",
     "when(function () return level \"gas.grid\" >= 50"},
    {"cold-corridor", MUTANT_REVERSED, "story.lua",
     "when(function () return read(\"rail\", \"INJ-21\")",
     "when(function () return not read(\"rail\", \"INJ-21\")"},
    {"cold-corridor", MUTANT_REVERSED, "decisions.lua", "return said(\"csirt\", \"eu\") end",
     "return not said(\"csirt\", \"eu\") end"},
    {"cold-corridor", MUTANT_LATE, "decisions.lua",
     "decision \"D-21\" { to = \"tso\", within = \"6m\"",
     "decision \"D-21\" { to = \"tso\", within = \"6h\""},
    {"cold-corridor", MUTANT_LATE, "decisions.lua", "by = \"T+3:24\"", "by = \"T+4:23\""},
};

START_TEST(the_mistakes_that_authors_make_are_caught_where_they_are)
{
    trial t;
    trial_begin(&t, shipped_at((size_t)_i));
    for (size_t i = 0; i < TOC_COUNT(fixed); i++)
        if (strcmp(fixed[i].scenario, t.shipped->id) == 0)
            mutant_of_line(&t.all, t.files, fixed[i].kind, fixed[i].file, fixed[i].find,
                           fixed[i].text);
    for (size_t i = 0; i < t.all.count; i += sampled(1))
        try_one(&t, &t.all.at[i]);
    trial_end(&t);
}
END_TEST

static char *all_plans(const shipped *s)
{
    toc_buf text = {0};
    toc_error e = {0};
    for (size_t i = 0; i < s->plan_count; i++)
        TOC_OK_OR_FAIL(toc_file_slurp(&text, s->plans[i], 1 << 20, &e), e);
    return toc_buf_take(&text);
}

START_TEST(mutants_that_are_drawn_by_chance_are_caught_where_they_are)
{
    trial t;
    toc_random random;
    trial_begin(&t, shipped_at((size_t)_i));
    seed_random(&random, t.shipped->id);
    char *plans = all_plans(t.shipped);
    mutants_of(&t.all, t.files, plans);
    printf("%s: %zu mutants\n", t.shipped->id, t.all.count);
    ck_assert_uint_ge(t.all.count, DRAWN);
    size_t drawn = getenv("TOC_LONG") ? t.all.count : DRAWN;
    for (size_t i = 0; i < drawn; i++) {
        size_t pick = i + (size_t)toc_random_below(&random, t.all.count - i);
        mutant one = t.all.at[pick];
        t.all.at[pick] = t.all.at[i];
        t.all.at[i] = one;
        try_one(&t, &t.all.at[i]);
    }
    free(plans);
    trial_end(&t);
}
END_TEST

static void add_tests(TCase *tc)
{
    int count = (int)shipped_count();
    tcase_add_loop_test(tc, the_mistakes_that_authors_make_are_caught_where_they_are, 0, count);
    tcase_add_loop_test(tc, mutants_that_are_drawn_by_chance_are_caught_where_they_are, 0, count);
}

TOC_CHECK_MAIN("mutants", add_tests)
