// SPDX-License-Identifier: MIT
// The table of the language: that it tells of what there is, and of all of it; and that the files made
// from it are those in scripts/. TOC_UPDATE_GOLDEN=1 writes them anew.

#include "check_main.h"

#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/map.h"
#include "base/mem.h"
#include "host.h"
#include "language.h"
#include "lib.h"
#include "script/describe.h"

// Everything that the examples name.
static const char base[] =
    "exercise \"own\" { title = \"Own\", startex = \"2022-02-24 03:00Z\", length = \"8h\" }\n"
    "team \"operator\" { name = \"O\" }\n"
    "team \"wind\" { name = \"W\" }\n"
    "party \"press\" { name = \"P\" }\n"
    "objective \"OBJ-1\" { text = \"t\" }\n"
    "inject \"INJ-01\" { at = \"T+0:01\", to = \"operator\", title = \"t\", text = \"t\" }\n"
    "inject \"INJ-04\" { to = \"operator\", title = \"t\", text = \"t\" }\n"
    "inject \"INJ-09\" { to = \"operator\", title = \"t\", text = \"t\" }\n"
    "decision \"D-01\" { to = \"operator\", within = \"5m\", title = \"t\" }\n"
    "service \"grid.north\" { domain = \"energy\", name = \"G\" }\n"
    "service \"road.inland\" { domain = \"transport\", name = \"R\" }\n"
    "service \"mobile.north\" { domain = \"cyber\", name = \"M\", needs = { { \"grid.north\", "
    "autonomy = \"4h\" } } }\n"
    "service \"supplies\" { domain = \"transport\", name = \"S\", needs = { { \"road.inland\", "
    "group = \"way\", closed = true } } }\n"
    "repair \"cable.splice\" { service = \"mobile.north\", name = \"C\", work = \"4h\" }\n"
    "phase \"day-2\" { title = \"D\" }\n"
    "expect \"EXP-01\" { team = \"operator\", text = \"t\", by = \"T+1:00\", product = \"report\" "
    "}\n";

typedef struct {
    toc_files *files;
    toc_scenario *scenario;
    toc_buf lines; // its problems
} loaded;

static bool load(loaded *l, const char *before, const char *text)
{
    char *whole = toc_sprintf("%s%s", before, text);
    toc_problems problems = {0};
    toc_error e;
    *l = (loaded){.files = toc_files_new()};
    toc_library_add(l->files);
    toc_files_add(l->files, "scenario.lua", whole, strlen(whole));
    toc_files_add(l->files, "act-two.lua", "return 2", 8);
    toc_files_add(l->files, "texts/inj-01.md", "text", 4);
    toc_files_add(l->files, "files/map.png", "png", 3);
    toc_err err =
        toc_scenario_load(&l->scenario, l->files, NULL, 26, TOC_SCENARIO_MEMORY, &problems, &e);
    toc_problems_lines(&problems, &l->lines);
    toc_problems_fini(&problems);
    free(whole);
    return err == TOC_OK;
}

static void unload(loaded *l)
{
    toc_scenario_free(l->scenario);
    toc_files_free(l->files);
    toc_buf_fini(&l->lines);
}

static bool loads(const char *text)
{
    loaded l;
    bool is_good = load(&l, base, text);
    unload(&l);
    return is_good;
}

// ---- the declarations ---------------------------------------------------------------------------

// One declaration with each key of a row as its example has it.
static void add_example(toc_buf *out, const toc_schema_row *row)
{
    for (size_t i = 0; i < toc_schema_key_count(row); i++) {
        const toc_schema_key *key = &row->keys[i];
        const toc_schema_row *inner = toc_schema_inner(key->value);
        bool is_first = strcmp(key->name, TOC_FIRST) == 0;
        toc_buf_printf(out, "%s%s", is_first ? "" : key->name, is_first ? "" : " = ");
        if (inner) {
            toc_buf_str(out, "{ { ");
            add_example(out, inner);
            toc_buf_str(out, " } }");
        } else {
            toc_buf_str(out, key->example);
        }
        toc_buf_str(out, ", ");
    }
}

START_TEST(the_example_of_every_key_is_accepted)
{
    const toc_schema_row *row = toc_schema((toc_decl)_i);
    toc_buf text = {0};
    toc_buf_printf(&text, "%s \"OWN\" { ", row->name);
    add_example(&text, row);
    toc_buf_str(&text, "}\n");
    const char *before = _i == TOC_DECL_EXERCISE ? strchr(base, '\n') + 1 : base;
    loaded l;
    ck_assert_msg(load(&l, before, toc_buf_text(&text)), "%s\n%s", text.data,
                  toc_buf_text(&l.lines));
    unload(&l);
    toc_buf_fini(&text);
}
END_TEST

// Also the examples of lists of tables, which the test above writes out key by key.
START_TEST(every_key_is_told_in_one_line_and_refers_as_its_value_does)
{
    for (toc_decl k = 0; k < TOC_DECL_COUNT; k++) {
        const toc_schema_row *row = toc_schema(k);
        ck_assert_ptr_nonnull(row->help);
        for (size_t i = 0; i < toc_schema_key_count(row); i++) {
            const toc_schema_key *key = &row->keys[i];
            ck_assert_msg(key->help && *key->help && !strchr(key->help, '\n') && key->example,
                          "%s of %s", key->name, row->name);
            bool is_ids = key->value == TOC_V_NAME || key->value == TOC_V_NAMES;
            ck_assert_msg(is_ids == ((key->refers & ~TOC_REF_PARTY) != 0), "%s of %s", key->name,
                          row->name);
        }
    }
}
END_TEST

// Something of each kind that an id can be of.
static const struct {
    unsigned bit;
    const char *id;
} ids[] = {
    {TOC_BIT(TOC_DECL_TEAM), "operator"},
    {TOC_BIT(TOC_DECL_PARTY), "press"},
    {TOC_BIT(TOC_DECL_OBJECTIVE), "OBJ-1"},
    {TOC_BIT(TOC_DECL_INJECT), "INJ-09"},
    {TOC_BIT(TOC_DECL_DECISION), "D-01"},
    {TOC_BIT(TOC_DECL_SERVICE), "grid.north"},
    {TOC_BIT(TOC_DECL_REPAIR), "cable.splice"},
    {TOC_BIT(TOC_DECL_PHASE), "day-2"},
    {TOC_BIT(TOC_DECL_EXPECT), "EXP-01"},
    {TOC_REF_EXCON, "excon"},
    {TOC_REF_ALL, "all"},
    {TOC_REF_NONE, "none"},
    {TOC_REF_CONTROL, "simcell"},
    {TOC_REF_CONTROL, "simcell-2"},
};

// A word that refers to teams takes a team's id and no party's, and so on.
START_TEST(keys_refer_to_what_the_table_says)
{
    const toc_schema_row *row = toc_schema((toc_decl)_i);
    for (size_t i = 0; i < toc_schema_key_count(row); i++) {
        if (row->keys[i].value != TOC_V_NAME && row->keys[i].value != TOC_V_NAMES)
            continue;
        for (size_t n = 0; n < TOC_COUNT(ids) && row->keys[i].refers != TOC_REF_OPTION; n++) {
            toc_buf text = {0};
            toc_buf_printf(&text, "%s \"OWN\" { ", row->name);
            for (size_t other = 0; other < toc_schema_key_count(row); other++)
                if (row->keys[other].is_required && other != i)
                    toc_buf_printf(&text, "%s = %s, ", row->keys[other].name,
                                   row->keys[other].example);
            toc_buf_printf(&text, "%s = \"%s\" }", row->keys[i].name, ids[n].id);
            ck_assert_msg(loads(toc_buf_text(&text)) == ((row->keys[i].refers & ids[n].bit) != 0),
                          "%s", text.data);
            toc_buf_fini(&text);
        }
    }
}
END_TEST

// ---- the names ----------------------------------------------------------------------------------

static void add_names(toc_map *names, lua_State *L, const char *table)
{
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        char *name = toc_sprintf("%s%s%s", table, *table ? "." : "", lua_tostring(L, -2));
        if (*table || lua_type(L, -1) != LUA_TTABLE) {
            toc_map_put(names, name, 1);
        } else {
            lua_getmetatable(L, -1);
            lua_getfield(L, -1, "__index");
            add_names(names, L, name);
            lua_pop(L, 2);
        }
        free(name);
    }
}

// What authors can really write, out of their environment; the tables of the locked libraries by name.
static toc_map *real_names(toc_scenario *s)
{
    lua_State *L = toc_sandbox_lua(s->sandbox);
    toc_map *names = toc_map_new();
    toc_names_push_env(L);
    lua_getmetatable(L, -1);
    lua_getfield(L, -1, "__index");
    add_names(names, L, "");
    lua_pop(L, 3);
    return names;
}

static size_t count_rows(const toc_map *names, const char **missing)
{
    size_t count;
    int64_t found;
    const toc_word *words = toc_language_words(&count);
    for (size_t i = 0; i < count; i++)
        if (!toc_map_get(names, words[i].name, &found))
            *missing = words[i].name;
    for (toc_decl k = 0; k < TOC_DECL_COUNT; k++)
        if (!toc_map_get(names, toc_schema(k)->name, &found))
            *missing = toc_schema(k)->name;
    return count + TOC_DECL_COUNT;
}

START_TEST(every_name_that_authors_can_use_has_a_row_and_every_row_a_name)
{
    loaded l;
    const char *missing = NULL;
    ck_assert(load(&l, base, ""));
    toc_map *names = real_names(l.scenario);
    size_t rows = count_rows(names, &missing);
    ck_assert_msg(!missing, "there is no %s", missing);
    ck_assert_uint_eq(rows, toc_map_count(names)); // so none is without a row
    toc_map_free(names);
    unload(&l);
}
END_TEST

START_TEST(the_groups_stand_in_their_order_and_each_form_begins_with_its_word)
{
    size_t count;
    const toc_word *words = toc_language_words(&count);
    for (size_t i = 0; i < count; i++) {
        ck_assert(i == 0 || words[i - 1].group <= words[i].group);
        ck_assert_msg(words[i].group == TOC_WORD_LUA ||
                          strncmp(words[i].form, words[i].name, strlen(words[i].name)) == 0,
                      "%s", words[i].form);
        ck_assert_ptr_eq(toc_language_verb(words[i].name),
                         words[i].group == TOC_WORD_LUA ? NULL : &words[i]);
    }
    ck_assert_ptr_null(toc_language_verb("inject"));
}
END_TEST

// ---- what the words take, and where they stand --------------------------------------------------

// The value of a parameter: an id of its kind, or something of its type.
static const char *argument(const toc_parameter *p)
{
    static const struct {
        unsigned bit;
        const char *text;
    } values[] = {
        {TOC_BIT(TOC_DECL_TEAM), "\"operator\""},   {TOC_BIT(TOC_DECL_INJECT), "\"INJ-04\""},
        {TOC_BIT(TOC_DECL_DECISION), "\"D-01\""},   {TOC_BIT(TOC_DECL_REPAIR), "\"cable.splice\""},
        {TOC_BIT(TOC_DECL_PHASE), "\"day-2\""},     {TOC_BIT(TOC_DECL_EXPECT), "\"EXP-01\""},
        {TOC_BIT(TOC_DECL_SERVICE), "\"supplies\""}};
    for (size_t i = 0; i < TOC_COUNT(values); i++)
        if (p->refers & values[i].bit)
            return values[i].text;
    return strcmp(p->type, "number") == 0 ? "20" : "\"30m\"";
}

// A call of a word in a storyline, with one of its parameters replaced.
static char *call(const toc_word *word, size_t place, const char *id)
{
    toc_buf text = {0};
    toc_buf_printf(&text, "storyline \"s\" (function () %s(", word->name);
    for (size_t i = 0; i < TOC_PARAMETERS_MAX && word->parameters[i].name; i++) {
        toc_buf_str(&text, i ? ", " : "");
        if (i == place)
            toc_buf_printf(&text, "\"%s\"", id);
        else
            toc_buf_str(&text, argument(&word->parameters[i]));
    }
    toc_buf_str(&text, ") end)");
    return toc_buf_take(&text);
}

START_TEST(words_take_the_ids_that_the_table_says)
{
    size_t count;
    const toc_word *words = toc_language_words(&count);
    for (size_t w = 0; w < count; w++)
        for (size_t i = 0; i < TOC_PARAMETERS_MAX && words[w].parameters[i].name; i++) {
            unsigned refers = words[w].parameters[i].refers;
            for (size_t n = 0; refers && n < TOC_COUNT(ids); n++) {
                char *text = call(&words[w], i, ids[n].id);
                ck_assert_msg(loads(text) == ((refers & ids[n].bit) != 0), "%s", text);
                free(text);
            }
        }
}
END_TEST

// The form without its …, which stands for an author's own words.
static char *plain_form(const toc_word *word)
{
    toc_buf text = {0};
    for (const char *p = word->form; *p;)
        if (strncmp(p, "…", strlen("…")) == 0)
            p += strlen("…");
        else
            toc_buf_char(&text, *p++);
    return toc_buf_take(&text);
}

// Plays what `text` declares for a minute; the errors and held texts that come of it.
static void play(const char *text, toc_buf *troubles, toc_buf *keys)
{
    loaded l;
    ck_assert_msg(load(&l, base, text), "%s\ngives\n%s", text, toc_buf_text(&l.lines));
    toc_exercise *x =
        toc_exercise_new(toc_scenario_plan(l.scenario), toc_scenario_script(l.scenario));
    toc_events log = {0};
    toc_error e;
    int64_t due;
    static const char *const inputs[] = {"open-seat", "start"};
    for (size_t i = 0; i < TOC_COUNT(inputs); i++) {
        toc_event in;
        toc_event_init(&in, toc_kind_find(inputs[i]), 0);
        in.seq = (int64_t)log.count + 1;
        toc_event_set_str(&in, TOC_F_BY, i ? "excon-1" : "engine");
        toc_event_set_str(&in, TOC_F_SEAT, i ? NULL : "excon-1");
        toc_event_set_str(&in, TOC_F_WALL, "2026-11-21T18:00:00.000Z");
        toc_events_add(&log, in.kind, 0);
        TOC_OK_OR_FAIL(toc_exercise_apply(x, &in, &log, &e), e);
        toc_event_fini(&in);
    }
    while (toc_exercise_next_due(x, &due) && due <= 60000)
        TOC_OK_OR_FAIL(toc_exercise_advance(x, (int64_t)log.count + 1, &log, &e), e);
    for (size_t i = 0; i < log.count; i++) {
        toc_kind kind = log.at[i].kind;
        if (kind == TOC_K_ERROR || kind == TOC_K_HELD)
            toc_buf_printf(
                troubles, "%s\n",
                toc_event_str(&log.at[i], kind == TOC_K_HELD ? TOC_F_REASON : TOC_F_TEXT));
        if (kind == TOC_K_NOTE && keys)
            toc_buf_printf(keys, "%s\n", toc_event_str(&log.at[i], TOC_F_TEXT));
    }
    toc_events_fini(&log);
    toc_exercise_free(x);
    unload(&l);
}

static bool plays(const char *before, const char *form, const char *after)
{
    toc_buf troubles = {0};
    char *whole = toc_sprintf("%s %s %s", before, form, after);
    play(whole, &troubles, NULL);
    bool is_good = troubles.len == 0;
    free(whole);
    toc_buf_fini(&troubles);
    return is_good;
}

START_TEST(words_stand_where_the_table_says)
{
    static const struct {
        unsigned where;
        const char *before, *after;
    } places[] = {
        {TOC_IN_STORYLINE, "storyline \"s\" (function () send \"INJ-04\"", "end)"},
        {TOC_IN_CONDITION, "when(function ()", "return false end, function () end)"},
        {TOC_IN_TEXT,
         "inject \"T\" { at = \"T+0:00\", to = \"wind\", title = \"t\", text = function ()",
         "return \"x\" end }"},
    };
    size_t count;
    const toc_word *word = &toc_language_words(&count)[_i];
    if (word->group == TOC_WORD_LUA)
        return;
    char *form = plain_form(word);
    ck_assert_msg(loads(form) == ((word->where & TOC_IN_SCENARIO) != 0), "%s", form);
    for (size_t i = 0; i < TOC_COUNT(places); i++)
        ck_assert_msg(plays(places[i].before, form, places[i].after) ==
                          ((word->where & places[i].where) != 0),
                      "%s %s %s", places[i].before, form, places[i].after);
    free(form);
}
END_TEST

// ---- texts, times, events -----------------------------------------------------------------------

static bool is_filled_in(const char *words)
{
    char *text =
        toc_sprintf("inject \"T\" { to = \"wind\", title = \"t\", text = \"{{%s}}\" }", words);
    bool is_good = loads(text);
    free(text);
    return is_good;
}

static bool is_placeholder(const char *word)
{
    size_t count;
    const toc_placeholder *rows = toc_language_placeholders(&count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].word, word) == 0)
            return true;
    return false;
}

START_TEST(placeholders_are_those_that_are_filled_in)
{
    size_t count;
    const toc_placeholder *rows = toc_language_placeholders(&count);
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(is_filled_in(rows[i].form), "{{%s}}", rows[i].form);
    const toc_word *words = toc_language_words(&count);
    static const char *const behind[] = {"",        " grid.north", " D-01",
                                         " INJ-04", " operator",   " EXP-01"};
    for (size_t i = 0; i < count; i++)
        for (size_t n = 0; n < TOC_COUNT(behind); n++) {
            char *text = toc_sprintf("%s%s", words[i].name, behind[n]);
            ck_assert_msg(is_placeholder(words[i].name) || !is_filled_in(text), "{{%s}}", text);
            free(text);
        }
}
END_TEST

// Tries one way of writing a time where a value of that kind stands.
static void try_time(toc_value_kind value, const char *form)
{
    static const char *const bearers[] = {
        [TOC_V_MOMENT] = "inject \"T\" { to = \"wind\", title = \"t\", text = \"t\", at",
        [TOC_V_DEADLINE] = "expect \"T\" { team = \"operator\", text = \"t\", product = \"p\", by",
        [TOC_V_SPAN] = "decision \"T\" { to = \"wind\", title = \"t\", within",
        [TOC_V_MINUTES] = "service \"T\" { domain = \"d\", name = \"n\", restart",
        [TOC_V_CLOCK] = "phase \"T\" { title = \"t\", story",
        [TOC_V_STORY] = "exercise \"T\" { title = \"t\", length = \"8h\", startex",
    };
    loaded l;
    char *text = toc_sprintf("%s = \"%s\" }", bearers[value], form);
    ck_assert_msg(load(&l, value == TOC_V_STORY ? strchr(base, '\n') : base, text), "%s\n%s", text,
                  toc_buf_text(&l.lines));
    unload(&l);
    free(text);
}

START_TEST(times_are_written_as_the_table_says)
{
    size_t count;
    const toc_time_form *times = toc_language_times(&count);
    for (size_t i = 0; i < count; i++) {
        try_time(times[i].value, times[i].form);
        if (times[i].value == TOC_V_MOMENT)
            try_time(TOC_V_DEADLINE, times[i].form);
    }
}
END_TEST

START_TEST(events_are_those_that_on_knows)
{
    size_t count;
    const toc_event_row *rows = toc_language_events(&count);
    for (toc_kind k = 0; k < TOC_K_COUNT; k++) {
        size_t found = 0;
        for (size_t i = 0; i < count; i++)
            found += rows[i].kind == k;
        char *text = toc_sprintf("on(\"%s\", function () end)", toc_kind_name(k));
        ck_assert_msg(found == (loads(text) ? 1u : 0u), "%s", text);
        free(text);
    }
}
END_TEST

START_TEST(an_event_has_the_fields_that_are_told_and_no_others)
{
    static const char *const kinds[] = {"start", "inject", "ask", "level"};
    toc_buf text = {0}, troubles = {0}, keys = {0};
    for (size_t i = 0; i < TOC_COUNT(kinds); i++)
        toc_buf_printf(
            &text,
            "on(\"%s\", function (e) for k in pairs(e) do note(e.kind .. \" \" .. k) end "
            "end)\n",
            kinds[i]);
    toc_buf_str(&text, "storyline \"s\" (function () set(\"grid.north\", 0) send \"INJ-04\" ask "
                       "\"D-01\" end)\n");
    play(text.data, &troubles, &keys);
    ck_assert_str_eq(toc_buf_text(&troubles), "");
    size_t told = 0;
    char *rest = keys.data;
    for (char *line = strtok_r(rest, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        char *name = strchr(line, ' ') + 1;
        toc_field field = toc_field_find(name);
        ck_assert_msg(strcmp(name, "kind") == 0 || strcmp(name, "t") == 0 ||
                          (field != TOC_F_COUNT && toc_language_field_is_shown(field)),
                      "%s", line);
        told++;
    }
    ck_assert_uint_gt(told, 12);
    ck_assert(!toc_language_field_is_shown(TOC_F_WALL));
    toc_buf_fini(&text);
    toc_buf_fini(&troubles);
    toc_buf_fini(&keys);
}
END_TEST

// ---- the files made from it ---------------------------------------------------------------------

static char *script_path(const char *name)
{
    const char *source = getenv("TOC_SOURCE_DIR");
    return toc_sprintf("%s/scripts/%s", source ? source : ".", name);
}

static void slurp(toc_buf *out, const char *path)
{
    toc_error e;
    TOC_OK_OR_FAIL(toc_file_slurp(out, path, 1 << 20, &e), e);
}

static void put(const char *path, const toc_buf *text)
{
    FILE *f = fopen(path, "w");
    ck_assert_msg(f != NULL, "%s", path);
    fwrite(toc_buf_text(text), 1, text->len, f);
    ck_assert_int_eq(fclose(f), 0);
}

static void compare(const char *name, const toc_buf *wanted)
{
    char *path = script_path(name);
    toc_buf there = {0};
    if (getenv("TOC_UPDATE_GOLDEN"))
        put(path, wanted);
    slurp(&there, path);
    ck_assert_msg(strcmp(toc_buf_text(&there), toc_buf_text(wanted)) == 0,
                  "%s is not what the table says; TOC_UPDATE_GOLDEN=1 writes it anew", path);
    toc_buf_fini(&there);
    free(path);
}

START_TEST(the_annotations_for_editors_are_those_of_the_table)
{
    toc_buf text = {0};
    toc_describe_meta(&text);
    compare("tocsin.meta.lua", &text);
    toc_buf_fini(&text);
}
END_TEST

START_TEST(the_names_for_luacheck_are_those_of_the_table)
{
    toc_buf text = {0};
    toc_describe_luacheck(&text);
    compare("luacheckrc", &text);
    toc_buf_fini(&text);
}
END_TEST

// All of README.md, with what stands between the two marks made anew.
START_TEST(the_reference_of_the_guide_is_that_of_the_table)
{
    char *path = script_path("README.md");
    toc_buf there = {0}, wanted = {0};
    slurp(&there, path);
    const char *begin = strstr(toc_buf_text(&there), TOC_REFERENCE_BEGIN);
    const char *end = strstr(toc_buf_text(&there), TOC_REFERENCE_END);
    ck_assert_msg(begin && end && begin < end, "the marks are missing in %s", path);
    begin += strlen(TOC_REFERENCE_BEGIN);
    toc_buf_add(&wanted, there.data, (size_t)(begin - there.data));
    toc_describe_reference(&wanted);
    toc_buf_str(&wanted, end);
    compare("README.md", &wanted);
    toc_buf_fini(&there);
    toc_buf_fini(&wanted);
    free(path);
}
END_TEST

static void add_tests(TCase *tc)
{
    size_t words;
    toc_language_words(&words);
    tcase_add_loop_test(tc, the_example_of_every_key_is_accepted, 0, TOC_DECL_COUNT);
    tcase_add_test(tc, every_key_is_told_in_one_line_and_refers_as_its_value_does);
    tcase_add_loop_test(tc, keys_refer_to_what_the_table_says, 0, TOC_DECL_COUNT);
    tcase_add_test(tc, every_name_that_authors_can_use_has_a_row_and_every_row_a_name);
    tcase_add_test(tc, the_groups_stand_in_their_order_and_each_form_begins_with_its_word);
    tcase_add_test(tc, words_take_the_ids_that_the_table_says);
    tcase_add_loop_test(tc, words_stand_where_the_table_says, 0, (int)words);
    tcase_add_test(tc, placeholders_are_those_that_are_filled_in);
    tcase_add_test(tc, times_are_written_as_the_table_says);
    tcase_add_test(tc, events_are_those_that_on_knows);
    tcase_add_test(tc, an_event_has_the_fields_that_are_told_and_no_others);
    tcase_add_test(tc, the_annotations_for_editors_are_those_of_the_table);
    tcase_add_test(tc, the_names_for_luacheck_are_those_of_the_table);
    tcase_add_test(tc, the_reference_of_the_guide_is_that_of_the_table);
}

TOC_CHECK_MAIN("describe", add_tests)
