// SPDX-License-Identifier: MIT
// The rules of the language, one tiny script each: every .lua file of this folder (but common.lua and
// world.lua, which the others require) is played in virtual time. Lines `--@ 0:04 alpha-1 decide decision=D-01 …` are what people do,
// lines `--= 0:04 note …` are what must come of it, all of it and in this order.

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "load_lines.h"
#include "record/playplan.h"
#include "script/scenario.h"

#define ENDLESS (60 * 60 * 1000)

typedef struct {
    toc_files *files;
    toc_scenario *scenario;
    toc_exercise *x;
    toc_events log;
    int64_t next_seq;
} play;

static char *scripts[200];
static int script_count;

static void play_begin(play *p, toc_files *files, size_t memory)
{
    toc_error e;
    toc_buf problems = {0};
    *p = (play){.files = files, .next_seq = 1};
    ck_assert_msg(load_lines(&p->scenario, files, NULL, 26, memory, &problems, &e) == TOC_OK, "%s",
                  toc_buf_text(&problems));
    p->x = toc_exercise_new(toc_scenario_plan(p->scenario), toc_scenario_script(p->scenario));
}

static void play_end(play *p)
{
    toc_exercise_free(p->x);
    toc_scenario_free(p->scenario);
    toc_events_fini(&p->log);
}

static toc_err play_to(play *p, int64_t t)
{
    int64_t due;
    toc_err err = TOC_OK;
    while (!err && toc_exercise_next_due(p->x, &due) && due <= t) {
        size_t before = p->log.count;
        err = toc_exercise_advance(p->x, p->next_seq, &p->log, NULL);
        p->next_seq += (int64_t)(p->log.count - before);
    }
    return err;
}

static int64_t find_item(const play *p, const char *inject)
{
    for (size_t i = 0; i < p->log.count; i++)
        if (p->log.at[i].kind == TOC_K_INJECT &&
            strcmp(toc_event_str(&p->log.at[i], TOC_F_INJECT), inject) == 0)
            return p->log.at[i].seq;
    ck_abort_msg("%s was not sent", inject);
    return 0;
}

static void set_field(const play *p, toc_event *in, const char *name, char *value)
{
    toc_field f = toc_field_find(name);
    ck_assert_msg(f != TOC_F_COUNT, "there is no field %s", name);
    char *list[10];
    size_t count = 0;
    switch (toc_field_type(f)) {
    case TOC_TYPE_STR:
        toc_event_set_str(in, f, value);
        return;
    case TOC_TYPE_LIST:
        for (char *at = strtok(value, ","); at && count < TOC_COUNT(list); at = strtok(NULL, ","))
            list[count++] = at;
        toc_event_set_list(in, f, list, count);
        return;
    case TOC_TYPE_REF:
        toc_event_set_int(in, f, find_item(p, value));
        return;
    default:
        toc_event_set_int(in, f, strtoll(value, NULL, 10));
    }
}

// Cuts the next word, or field="several words", off *line; NULL at its end.
static char *next_word(char **line)
{
    char *start = *line + strspn(*line, " ");
    if (!*start)
        return NULL;
    char *quote = strchr(start, '"');
    char *end = start + strcspn(start, " ");
    if (quote && quote < end) {
        end = strchr(quote + 1, '"');
        memmove(quote, quote + 1, (size_t)(end - quote - 1));
        end[-1] = '\0';
    }
    *line = *end ? end + 1 : end;
    *end = '\0';
    return start;
}

static toc_err put(play *p, toc_event *in)
{
    toc_error e;
    toc_events derived = {0};
    toc_event_set_str(in, TOC_F_WALL, "2026-11-21T18:00:00.000Z");
    in->seq = p->next_seq;
    toc_err err = play_to(p, in->t);
    in->seq = p->next_seq;
    if (!err)
        err = toc_exercise_apply(p->x, in, &derived, &e);
    ck_assert_msg(err == TOC_OK || err == TOC_ELIMIT, "%s: %s", toc_kind_name(in->kind), e.msg);
    toc_event_copy(toc_events_add(&p->log, in->kind, in->t), in);
    for (size_t i = 0; i < derived.count; i++)
        toc_event_copy(toc_events_add(&p->log, TOC_K_NOTE, 0), &derived.at[i]);
    p->next_seq += 1 + (int64_t)derived.count;
    toc_events_fini(&derived);
    toc_event_fini(in);
    return err;
}

static toc_err put_plain(play *p, const char *by, const char *kind, const char *seat)
{
    toc_event in;
    toc_event_init(&in, toc_kind_find(kind), 0);
    toc_event_set_str(&in, TOC_F_BY, by);
    toc_event_set_str(&in, TOC_F_SEAT, seat);
    return put(p, &in);
}

static toc_err start(play *p)
{
    put_plain(p, "engine", "open-seat", "excon-1");
    put_plain(p, "engine", "open-seat", "simcell-1");
    put_plain(p, "engine", "open-seat", "evaluator-1");
    return put_plain(p, "excon-1", "start", NULL);
}

static void put_line(play *p, char *line)
{
    char *when = toc_sprintf("T+%s", next_word(&line));
    char *by = next_word(&line);
    toc_event in;
    int64_t t;
    ck_assert(toc_play_parse(when, &t, NULL) == TOC_OK);
    free(when);
    play_to(p, t);
    toc_event_init(&in, toc_kind_find(next_word(&line)), t);
    toc_event_set_str(&in, TOC_F_BY, by);
    for (char *word = next_word(&line); word; word = next_word(&line)) {
        char *value = strchr(word, '=');
        *value++ = '\0';
        set_field(p, &in, word, value);
    }
    put(p, &in);
}

// ---- what happened, as the scripts write it ----------------------------------------------------------

static void write_time(toc_buf *out, int64_t t)
{
    toc_buf_printf(out, "%lld:%02lld", (long long)(t / 3600000), (long long)(t / 60000 % 60));
    if (t / 1000 % 60)
        toc_buf_printf(out, ":%02lld", (long long)(t / 1000 % 60));
}

static void write_text(toc_buf *out, const char *before, const char *text, const char *after)
{
    if (!text)
        return;
    toc_buf_str(out, before);
    for (; *text; text++)
        toc_buf_char(out, *text == '\n' ? '|' : *text);
    toc_buf_str(out, after);
}

// What is shown of each kind, field by field with what stands before it; other kinds are not shown.
typedef struct {
    toc_kind kind;
    struct {
        toc_field field;
        const char *before, *after;
    } parts[4];
} shown;

#define END                                                                                        \
    {                                                                                              \
        TOC_F_COUNT, "", ""                                                                        \
    }
static const shown kinds[] = {
    {TOC_K_INJECT, {{TOC_F_INJECT, " ", ""}, {TOC_F_TEXT, ": ", ""}, END}},
    {TOC_K_HELD, {{TOC_F_INJECT, " ", ""}, {TOC_F_REASON, ": ", ""}, END}},
    {TOC_K_ASK, {{TOC_F_DECISION, " ", ""}, END}},
    {TOC_K_DECIDED,
     {{TOC_F_DECISION, " ", ""}, {TOC_F_OPTION, " ", ""}, {TOC_F_TEXT, " \"", "\""}, END}},
    {TOC_K_OVERDUE,
     {{TOC_F_DECISION, " ", ""}, {TOC_F_OPTION, " ", ""}, {TOC_F_TEXT, " \"", "\""}, END}},
    {TOC_K_NOTE, {{TOC_F_TEXT, " ", ""}, END}},
    {TOC_K_ERROR, {{TOC_F_STORYLINE, " [", "]"}, {TOC_F_TEXT, " ", ""}, END}},
    {TOC_K_LEVEL,
     {{TOC_F_SERVICE, " ", ""}, {TOC_F_LEVEL, " ", ""}, {TOC_F_BECAUSE, " by ", ""}, END}},
    {TOC_K_REPAIR,
     {{TOC_F_REPAIR, " ", ""}, {TOC_F_STATE, " ", ""}, {TOC_F_BECAUSE, " for ", ""}, END}},
    {TOC_K_DEADLOCK, {{TOC_F_SERVICES, " ", ""}, END}},
    {TOC_K_PHASE_ENTERED, {{TOC_F_PHASE, " ", ""}, {TOC_F_STORY, " ", ""}, END}},
    {TOC_K_EXPECTATION, {{TOC_F_EXPECTATION, " ", ""}, {TOC_F_STATE, " ", ""}, END}},
    {TOC_K_ARMED, {{TOC_F_INJECT, " ", ""}, {TOC_F_EXPECTATION, " for ", ""}, END}},
    {TOC_K_ENDEX, {END}},
};

static void write_part(toc_buf *out, const toc_event *ev, toc_field field, const char *before,
                       const char *after)
{
    const toc_value *v = toc_event_value(ev, field);
    char text[200] = "";
    if (!v)
        return;
    if (toc_field_type(field) == TOC_TYPE_INT)
        snprintf(text, sizeof text, "%g", (double)v->number / 10000); // ppm
    for (size_t i = 0; toc_field_type(field) == TOC_TYPE_LIST && i < v->count; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i ? "," : "", v->list[i]);
    write_text(out, before, v->text ? v->text : text, after);
}

static void write_event(toc_buf *out, const toc_event *ev)
{
    size_t k = 0;
    while (k < TOC_COUNT(kinds) && kinds[k].kind != ev->kind)
        k++;
    if (k == TOC_COUNT(kinds))
        return;
    write_time(out, ev->t);
    write_text(out, " ", toc_kind_name(ev->kind), "");
    for (size_t i = 0; kinds[k].parts[i].field != TOC_F_COUNT; i++)
        write_part(out, ev, kinds[k].parts[i].field, kinds[k].parts[i].before,
                   kinds[k].parts[i].after);
    toc_buf_char(out, '\n');
}

// The lines of text that begin with mark, without it.
static void take_lines(toc_buf *out, const char *text, const char *mark)
{
    for (const char *line = text; *line;) {
        size_t len = strcspn(line, "\n");
        if (strncmp(line, mark, strlen(mark)) == 0) {
            toc_buf_add(out, line + strlen(mark), len - strlen(mark));
            toc_buf_char(out, '\n');
        }
        line += len + (line[len] == '\n');
    }
}

// ---- a play of a script ----------------------------------------------------------------------------

static void add_file(toc_files *files, const char *folder, const char *name, const char *as)
{
    char *path = toc_sprintf("%s/%s", folder, name);
    toc_buf text = {0};
    toc_error e;
    ck_assert_msg(toc_file_slurp(&text, path, 1 << 20, &e) == TOC_OK, "%s", e.msg);
    toc_files_add(files, as, text.data, text.len);
    toc_buf_fini(&text);
    free(path);
}

static char *folder(void)
{
    const char *source = getenv("TOC_SOURCE_DIR");
    return toc_sprintf("%s/tests/scenario", source ? source : ".");
}

static void add_text(toc_files *files, const char *path, const char *text)
{
    toc_files_add(files, path, text, strlen(text));
}

static toc_files *read_files(const char *script)
{
    toc_files *files = toc_files_new();
    char *dir = folder();
    toc_library_add(files);
    add_file(files, dir, "common.lua", "common.lua");
    add_file(files, dir, "world.lua", "world.lua");
    add_file(files, dir, script, "scenario.lua");
    add_text(files, "helpers.lua", "local h = {} function h.tell(text) note(text) end return h");
    add_text(files, "acting.lua", "send \"INJ-01\"");
    add_text(files, "broken.lua", "this is no Lua");
    add_text(files, "note.md", "from a file");
    free(dir);
    return files;
}

static void play_script(toc_files *files, int64_t until, toc_buf *happened, toc_buf *journal)
{
    play p;
    toc_buf inputs = {0};
    play_begin(&p, files, TOC_SCENARIO_MEMORY);
    start(&p);
    take_lines(&inputs, toc_files_find(files, "scenario.lua")->data, "--@ ");
    char *rest = NULL;
    for (char *line = inputs.data ? strtok_r(inputs.data, "\n", &rest) : NULL; line;
         line = strtok_r(NULL, "\n", &rest))
        put_line(&p, line);
    play_to(&p, until);
    for (size_t i = 0; i < p.log.count; i++) {
        write_event(happened, &p.log.at[i]);
        toc_event_body(journal, &p.log.at[i]);
        toc_buf_char(journal, '\n');
    }
    toc_buf_fini(&inputs);
    play_end(&p);
}

START_TEST(each_script_shows_its_rule)
{
    toc_files *files = read_files(scripts[_i]);
    toc_buf expected = {0}, happened = {0}, again = {0}, journal = {0}, journal_again = {0};
    take_lines(&expected, toc_files_find(files, "scenario.lua")->data, "--= ");
    play_script(files, ENDLESS, &happened, &journal);
    ck_assert_msg(strcmp(toc_buf_text(&happened), toc_buf_text(&expected)) == 0,
                  "%s: expected\n%s\nbut this happened\n%s", scripts[_i], toc_buf_text(&expected),
                  toc_buf_text(&happened));
    play_script(files, ENDLESS, &again, &journal_again);
    ck_assert_str_eq(toc_buf_text(&journal_again), toc_buf_text(&journal));
    toc_buf_fini(&expected);
    toc_buf_fini(&happened);
    toc_buf_fini(&again);
    toc_buf_fini(&journal);
    toc_buf_fini(&journal_again);
    toc_files_free(files);
}
END_TEST

static toc_files *files_of(const char *text)
{
    toc_files *files = read_files("common.lua");
    char *whole = toc_sprintf("require \"common\"\n%s", text);
    add_text(files, "scenario.lua", whole);
    free(whole);
    return files;
}

START_TEST(storylines_tell_when_they_begin_and_end)
{
    toc_files *files =
        files_of("storyline \"s\" (function () wait \"1m\" end)\n"
                 "when(function () return now() >= 60 end, function () end)\n"
                 "on(\"inject\", function () end)\n"
                 "storyline \"t\" (function () send \"INJ-01\" error(\"no\") end)\n");
    play p;
    play_begin(&p, files, TOC_SCENARIO_MEMORY);
    start(&p);
    play_to(&p, ENDLESS);
    toc_buf told = {0};
    for (size_t i = 0; i < p.log.count; i++)
        if (p.log.at[i].kind == TOC_K_STORYLINE)
            toc_buf_printf(&told, "%s %s, ", toc_event_str(&p.log.at[i], TOC_F_STORYLINE),
                           toc_event_str(&p.log.at[i], TOC_F_STATE));
    ck_assert_str_eq(toc_buf_text(&told), "s begins, t begins, t stopped by an error, s ends, "
                                          "when scenario.lua:3 begins, when scenario.lua:3 ends, ");
    toc_buf_fini(&told);
    play_end(&p);
    toc_files_free(files);
}
END_TEST

START_TEST(the_memory_cap_halts_and_is_told_to_the_driver)
{
    toc_files *files = files_of("storyline \"hoards\" (function ()\n"
                                "  wait \"1m\" local t = {} for i = 1, 60000 do t[i] = { i } end\n"
                                "end)\n");
    play p;
    play_begin(&p, files, (size_t)2 << 20);
    ck_assert_int_eq(start(&p), TOC_OK);
    ck_assert_int_eq(play_to(&p, ENDLESS), TOC_ELIMIT);
    ck_assert(toc_scenario_script(p.scenario)->halted(p.scenario));
    play_end(&p);
    toc_files_free(files);
}
END_TEST

START_TEST(a_handler_that_begins_others_without_end_is_stopped)
{
    toc_files *files =
        files_of("on(\"inject\", function () for i = 1, 4 do send (\"INJ-0\" .. i) end end)\n"
                 "for i = 1, 200 do on(\"inject\", function () note \"x\" end) end\n"
                 "storyline \"s\" (function () send \"INJ-01\" wait \"1m\" note \"alive\" send "
                 "\"INJ-05\" end)\n");
    play p;
    play_begin(&p, files, TOC_SCENARIO_MEMORY);
    start(&p);
    play_to(&p, ENDLESS);
    size_t errors = 0;
    size_t notes = 0;
    size_t later = 0; // by the same handlers, at the next moment
    bool is_alive = false;
    for (size_t i = 0; i < p.log.count; i++) {
        errors += p.log.at[i].kind == TOC_K_ERROR;
        notes += p.log.at[i].kind == TOC_K_NOTE;
        later += p.log.at[i].kind == TOC_K_NOTE && p.log.at[i].t == 60000 &&
                 strcmp(toc_event_str(&p.log.at[i], TOC_F_TEXT), "x") == 0;
        is_alive = is_alive || (p.log.at[i].kind == TOC_K_NOTE &&
                                strcmp(toc_event_str(&p.log.at[i], TOC_F_TEXT), "alive") == 0);
    }
    ck_assert_uint_eq(errors, 1);
    ck_assert_uint_lt(notes, 1000);
    ck_assert_uint_eq(later, 200);
    ck_assert(is_alive);
    play_end(&p);
    toc_files_free(files);
}
END_TEST

// Wherever memory runs out, in the host's own code too, the scenario is refused or the play halts.
START_TEST(memory_may_run_out_anywhere)
{
    static const char text[] =
        "require \"common\"\n"
        "local kept = {}\n"
        "on(\"inject\", function (e) kept[#kept + 1] = e wait \"1m\" kept[#kept + 1] = require "
        "\"texts\" end)\n"
        "on(\"say\", function (e) kept[#kept + 1] = said(\"alpha\", \"excon\") ask \"D-02\" end)\n"
        "when(function () return #kept > 3 end, function () kept[1] = {} note((\"n\"):rep(3000)) "
        "end)\n"
        "inject \"T\" { to = \"all\", title = \"t\", text = function () return (\"x\"):rep(9000) "
        ".. story() end }\n"
        "local function world(i) return { domain = \"d\", name = \"W\", seen_by = \"all\", needs = "
        "{\n"
        "  { \"w\" .. i % 20 + 1, autonomy = \"2m\", group = \"g\", source = \"s\" },\n"
        "  { \"w\" .. (i + 6) % 20 + 1, strength = 5 } } } end\n"
        "for i = 1, 20 do service (\"w\" .. i) (world(i)) end\n"
        "expect \"E\" { team = \"alpha\", text = \"t\", by = \"T+0:30\", met = function () return "
        "level "
        "\"w3\" < 5 end }\n"
        "on(\"level\", function (e) kept[#kept + 1] = e.because end)\n"
        "storyline \"world\" (function () set(\"w1\", 0) wait \"3m\" kept[#kept + 1] = because "
        "\"w2\" "
        "kept[#kept + 1] = outlook \"w5\" end)\n"
        "for i = 1, 30 do storyline (\"s\" .. i) (function ()\n"
        "  for n = 1, 20 do kept[#kept + 1] = { n } end\n"
        "  send (\"INJ-0\" .. i % 5 + 1) wait \"2m\" send \"T\" ask(\"D-01\", \"D-03\") kept[#kept "
        "+ 1] = decided \"D-01\"\n"
        "end) end\n";
    toc_files *files = read_files("common.lua");
    add_text(files, "scenario.lua", text);
    int refused = 0, halted = 0, played = 0;
    for (size_t memory = 20000; memory < 400000; memory += 611) {
        play p = {.files = files, .next_seq = 1};
        toc_error e;
        if (toc_scenario_load(&p.scenario, files, NULL, 26, memory, NULL, &e) != TOC_OK) {
            refused++;
            continue;
        }
        p.x = toc_exercise_new(toc_scenario_plan(p.scenario), toc_scenario_script(p.scenario));
        toc_err err = start(&p);
        if (!err)
            err = play_to(&p, ENDLESS);
        ck_assert(err == TOC_OK || err == TOC_ELIMIT);
        ck_assert_int_eq(toc_scenario_script(p.scenario)->halted(p.scenario), err == TOC_ELIMIT);
        halted += err == TOC_ELIMIT;
        played += err == TOC_OK;
        play_end(&p);
    }
    ck_assert_msg(refused > 0 && halted > 0 && played > 0, "%d %d %d", refused, halted, played);
    toc_files_free(files);
}
END_TEST

START_TEST(many_conditions_at_a_busy_moment_are_no_runaway)
{
    toc_files *files = files_of("for i = 1, 300 do inject (\"X\" .. i) { at = \"T+0:10\", to = "
                                "\"all\", title = \"t\", text = \"x\" } end\n"
                                "for i = 1, 200 do when(function () return sent \"X300\" end, "
                                "function () if i == 200 then note \"all\" end end) end\n");
    play p;
    play_begin(&p, files, TOC_SCENARIO_MEMORY);
    start(&p);
    play_to(&p, ENDLESS);
    size_t notes = 0;
    for (size_t i = 0; i < p.log.count; i++) {
        notes += p.log.at[i].kind == TOC_K_NOTE;
        ck_assert_int_ne(p.log.at[i].kind, TOC_K_ERROR);
    }
    ck_assert_uint_eq(notes, 1);
    play_end(&p);
    toc_files_free(files);
}
END_TEST

// One act can move all services, and asking for a level lets it happen.
START_TEST(a_storyline_that_moves_the_world_without_end_is_stopped)
{
    toc_files *files = files_of(
        "service \"hub\" { domain = \"d\", name = \"H\" }\n"
        "for i = 1, 2000 do service(\"s\" .. i) { domain = \"d\", name = \"S\", needs = { { "
        "\"hub\" } } } end\n"
        "storyline \"s\" (function () wait \"1m\" for i = 1, 500 do set(\"hub\", i % 2 * 50) "
        "level \"s1\" end end)\n"
        "storyline \"t\" (function () wait \"2m\" note(tostring(level \"s1\")) end)\n");
    play p;
    play_begin(&p, files, TOC_SCENARIO_MEMORY);
    start(&p);
    play_to(&p, ENDLESS);
    ck_assert_uint_lt(p.log.count, 60000);
    const char *failure = "", *note = "";
    for (size_t i = 0; i < p.log.count; i++) {
        if (p.log.at[i].kind == TOC_K_ERROR && toc_event_has(&p.log.at[i], TOC_F_STORYLINE))
            failure = toc_event_str(&p.log.at[i], TOC_F_TEXT);
        if (p.log.at[i].kind == TOC_K_NOTE)
            note = toc_event_str(&p.log.at[i], TOC_F_TEXT);
    }
    ck_assert_str_eq(failure, "scenario.lua:4: set: more than 50000 events at one moment of play");
    ck_assert_str_eq(note, "50"); // the others go on
    play_end(&p);
    toc_files_free(files);
}
END_TEST

// What storyline "a" draws, with `others` declared before it.
static void draw(const char *others, char out[100])
{
    char *text = toc_sprintf(
        "%sstoryline \"a\" (function () note(random(1000) .. \" \" .. random(1000)) end)", others);
    toc_files *files = files_of(text);
    play p;
    play_begin(&p, files, TOC_SCENARIO_MEMORY);
    start(&p);
    for (size_t i = 0; i < p.log.count; i++)
        if (p.log.at[i].kind == TOC_K_NOTE)
            snprintf(out, 100, "%s", toc_event_str(&p.log.at[i], TOC_F_TEXT));
    play_end(&p);
    toc_files_free(files);
    free(text);
}

START_TEST(another_storyline_does_not_disturb_the_draws_of_one)
{
    char alone[100] = "", beside[100] = "";
    draw("", alone);
    draw("storyline \"b\" (function () for i = 1, 7 do random() end end)\n", beside);
    ck_assert_str_ne(alone, "");
    ck_assert_str_eq(alone, beside);
}
END_TEST

// The blocks of Markdown that begin with ```word.
static void take_blocks(toc_buf *out, const char *text, const char *word)
{
    char *mark = toc_sprintf("```%s\n", word);
    for (const char *at = strstr(text, mark); at; at = strstr(at, mark)) {
        at += strlen(mark);
        const char *end = strstr(at, "```");
        toc_buf_add(out, at, (size_t)(end - at));
        at = end;
    }
    free(mark);
}

START_TEST(the_examples_of_the_reference_are_a_scenario_that_plays)
{
    const char *source = getenv("TOC_SOURCE_DIR");
    char *path = toc_sprintf("%s/scripts/README.md", source ? source : ".");
    toc_buf readme = {0}, lua = {0}, lines = {0}, happened = {0}, journal = {0};
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_file_slurp(&readme, path, 1 << 20, &e), e);
    take_blocks(&lua, readme.data, "lua");
    take_blocks(&lines, readme.data, "plan");
    toc_playplan plan;
    TOC_OK_OR_FAIL(toc_playplan_parse(&plan, "README.md", lines.data, lines.len, &e), e);
    ck_assert_uint_gt(plan.count, 5);
    toc_playplan_fini(&plan);
    toc_files *files = toc_files_new();
    toc_library_add(files);
    toc_files_add(files, "scenario.lua", lua.data, lua.len);
    add_text(files, "texts/operator.md", "You keep the beams lit.\n");
    add_text(files, "texts/inj-01.md", "They drop by the thousand, {{story}}.\n");
    add_text(files, "files/beam-map.png", "png");
    play_script(files, 2 * ENDLESS, &happened, &journal);
    ck_assert_msg(!strstr(toc_buf_text(&happened), " error ") &&
                      !strstr(toc_buf_text(&happened), " held "),
                  "%s", toc_buf_text(&happened));
    ck_assert_ptr_nonnull(
        strstr(toc_buf_text(&happened),
               "0:05 inject INJ-01: They drop by the thousand, 2022-02-24 03:05Z."));
    ck_assert_ptr_nonnull(
        strstr(toc_buf_text(&happened), "inject INJ-08: Two of them drive into the storm."));
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&happened), "inject INJ-09: "));
    // What the chapters on the world, phases and expected actions say of their examples.
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&happened), "0:40 inject INJ-10: "));
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&happened), "0:40 level supplies 0 by road.coast\n"));
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&happened),
                                 "1:10 repair cable.splice standing still for ship.repair\n"));
    ck_assert_ptr_nonnull(
        strstr(toc_buf_text(&happened), "1:30 level mobile.north 0 by grid.north\n"));
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&happened),
                                 "1:30 note Dark: Mobile network, north coast 0 % because Northern "
                                 "grid 0 % (for longer than its autonomy)\n"));
    toc_files_free(files);
    toc_buf_fini(&readme);
    toc_buf_fini(&lua);
    toc_buf_fini(&lines);
    toc_buf_fini(&happened);
    toc_buf_fini(&journal);
    free(path);
}
END_TEST

static int compare_names(const void *a, const void *b)
{
    const char *const *x = a;
    const char *const *y = b;
    return strcmp(*x, *y);
}

static void find_scripts(void)
{
    char *path = folder();
    DIR *dir = opendir(path);
    for (struct dirent *entry = dir ? readdir(dir) : NULL; entry; entry = readdir(dir)) {
        const char *dot = strrchr(entry->d_name, '.');
        if (dot && strcmp(dot, ".lua") == 0 && strcmp(entry->d_name, "common.lua") != 0 &&
            strcmp(entry->d_name, "world.lua") != 0 && script_count < (int)TOC_COUNT(scripts))
            scripts[script_count++] = toc_strdup(entry->d_name);
    }
    if (dir)
        closedir(dir);
    free(path);
    qsort(scripts, (size_t)script_count, sizeof *scripts, compare_names);
}

START_TEST(there_are_scripts)
{
    ck_assert_int_gt(script_count, 20);
}
END_TEST

static void add_tests(TCase *tc)
{
    find_scripts();
    tcase_add_test(tc, there_are_scripts);
    tcase_add_loop_test(tc, each_script_shows_its_rule, 0, script_count);
    tcase_add_test(tc, storylines_tell_when_they_begin_and_end);
    tcase_add_test(tc, the_memory_cap_halts_and_is_told_to_the_driver);
    tcase_add_test(tc, memory_may_run_out_anywhere);
    tcase_add_test(tc, the_examples_of_the_reference_are_a_scenario_that_plays);
    tcase_add_test(tc, many_conditions_at_a_busy_moment_are_no_runaway);
    tcase_add_test(tc, another_storyline_does_not_disturb_the_draws_of_one);
    tcase_add_test(tc, a_handler_that_begins_others_without_end_is_stopped);
    tcase_add_test(tc, a_storyline_that_moves_the_world_without_end_is_stopped);
}

TOC_CHECK_MAIN("language", add_tests)
