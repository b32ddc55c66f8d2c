// SPDX-License-Identifier: MIT
// The master scenario events list as text, table and book. Golden files: tests/fixtures/msel;
// TOC_UPDATE_GOLDEN=1 writes them anew.

#include "check_main.h"
#include "sampled.h"
#include "seed.h"

#include <string.h>

#include "base/files.h"
#include "base/mem.h"
#include "base/text.h"
#include "msel_fields.h"
#include "msel_out.h"

enum { HOUR = 3600000, MINUTE = 60000, CELLS = 32 };

#define ROUNDS sampled_some(300)

static toc_error e;
static toc_files *files;
static toc_scenario *scenario;
static toc_mel mel;
static toc_buf out;

static char *source(const char *relative)
{
    const char *root = getenv("TOC_SOURCE_DIR");
    return toc_sprintf("%s/%s", root ? root : ".", relative);
}

static toc_err fetch(void *dir, const char *path, toc_error *why)
{
    return toc_files_read_one(files, dir, path, (size_t)4 << 20, why);
}

static void load(const char *relative)
{
    char *dir = source(relative);
    files = toc_files_new();
    TOC_OK_OR_FAIL(toc_files_read_folder(files, dir, &e), e);
    toc_library_add(files);
    TOC_OK_OR_FAIL(toc_scenario_load(&scenario, files, &(toc_fetch){fetch, dir}, 1,
                                     TOC_SCENARIO_MEMORY, NULL, &e),
                   e);
    toc_mel_init(&mel, scenario, files);
    free(dir);
}

static void tear_down(void)
{
    toc_mel_fini(&mel);
    toc_scenario_free(scenario);
    toc_files_free(files);
    toc_buf_fini(&out);
}

// ---- the story's clock -----------------------------------------------------------------------------

static toc_phase phases[] = {
    {.id = "jump",
     .at = {.kind = TOC_AT_PLAY, .ms = 2 * HOUR},
     .is_jump = true,
     .story_ms = 10 * HOUR,
     .pace = 4000},
    {.id = "by hand", .is_jump = true, .story_ms = 90 * HOUR},
    {.id = "slow", .at = {.kind = TOC_AT_PLAY, .ms = HOUR}, .pace = 500},
    {.id = "back", .at = {.kind = TOC_AT_PLAY, .ms = 3 * HOUR}, .is_jump = true, .story_ms = HOUR},
};
static const toc_plan clockwork = {.pace = 2000, .phases = phases, .phase_count = 4};

static void comes(const toc_mel_clock *c, int64_t story, int64_t play, bool is_crossed)
{
    bool crossed;
    ck_assert_int_eq(toc_mel_clock_play(c, story, &crossed), play);
    ck_assert_msg(crossed == is_crossed, "at %lld", (long long)story);
}

START_TEST(story_time_goes_through_the_phases_that_come_by_the_clock)
{
    toc_mel_clock c;
    toc_mel_clock_init(&c, &clockwork);
    ck_assert_int_eq(toc_mel_clock_story(&c, HOUR / 2).ms, HOUR);
    ck_assert_int_eq(toc_mel_clock_story(&c, HOUR + HOUR / 2).ms, 2 * HOUR + HOUR / 4);
    ck_assert_int_eq(toc_mel_clock_story(&c, 2 * HOUR).ms, 10 * HOUR);
    ck_assert_int_eq(toc_mel_clock_story(&c, 3 * HOUR).ms, 14 * HOUR); // never back
    ck_assert_int_eq(toc_mel_clock_story(&c, 4 * HOUR).ms, 18 * HOUR);
    comes(&c, -1, 0, false);
    comes(&c, HOUR, HOUR / 2, false);
    comes(&c, 2 * HOUR + HOUR / 4, HOUR + HOUR / 2, false);
    comes(&c, 5 * HOUR, 2 * HOUR, true); // the jump passes over it
    comes(&c, 10 * HOUR, 2 * HOUR, false);
    comes(&c, 18 * HOUR, 4 * HOUR, false);
    toc_mel_clock_fini(&c);
}
END_TEST

START_TEST(a_story_time_that_is_shown_leads_back_to_its_play_time)
{
    toc_random r;
    toc_mel_clock c;
    seed_random(&r, "story and play");
    toc_mel_clock_init(&c, &clockwork);
    for (int i = 0; i < ROUNDS; i++) {
        int64_t play = (int64_t)toc_random_below(&r, 6 * HOUR / 1000) * 1000;
        bool is_crossed;
        ck_assert_int_eq(toc_mel_clock_play(&c, toc_mel_clock_story(&c, play).ms, &is_crossed),
                         play);
        ck_assert(!is_crossed);
    }
    toc_span span = {.ms = HOUR, .is_story = true};
    ck_assert_int_eq(toc_mel_clock_after(&c, 0, span, NULL), HOUR / 2);
    span.is_story = false;
    ck_assert_int_eq(toc_mel_clock_after(&c, 0, span, NULL), HOUR);
    toc_mel_clock_fini(&c);
}
END_TEST

// ---- rows -------------------------------------------------------------------------------------------

static const char *id_of(size_t i)
{
    toc_buf_clear(&out);
    toc_mel_add(&out, &mel, &mel.rows[i], TOC_MEL_F_ID);
    return toc_buf_text(&out);
}

static void check_rows(void)
{
    const toc_plan *p = mel.plan;
    int64_t last = 0;
    ck_assert_uint_eq(mel.count, p->inject_count + p->decision_count + p->expectation_count +
                                     p->phase_count + 2);
    for (size_t i = 0; i < mel.count; i++) {
        const toc_mel_row *row = &mel.rows[i];
        ck_assert_msg(row->play < 0 || row->play >= last, "%s is out of order", id_of(i));
        last = row->play < 0 ? last : row->play;
        if (row->play < 0 && row->behind != TOC_NONE)
            ck_assert_msg(row->behind < i, "%s stands before what it hangs on", id_of(i));
        for (size_t k = 0; k < i; k++)
            ck_assert(mel.rows[k].kind != row->kind || mel.rows[k].index != row->index);
    }
}

START_TEST(every_row_stands_there_once_in_the_order_of_its_time)
{
    static const char *const scenarios[] = {"tests/fixtures/msel/night", "scenarios/silent-beams",
                                            "scenarios/cold-corridor", "tests/fixtures/worldly"};
    load(scenarios[_i]);
    check_rows();
}
END_TEST

static void field(const char *id, toc_mel_field which, const char *text)
{
    for (size_t i = 0; i < mel.count; i++) {
        if (strcmp(id_of(i), id) != 0)
            continue;
        toc_buf_clear(&out);
        toc_mel_add(&out, &mel, &mel.rows[i], which);
        ck_assert_str_eq(toc_buf_text(&out), text);
        return;
    }
    ck_abort_msg("there is no row %s", id);
}

START_TEST(a_row_says_when_it_comes_and_what_sends_it)
{
    load("tests/fixtures/msel/night");
    field("INJ-02", TOC_MEL_F_TIME, "T+0:37");
    field("INJ-02", TOC_MEL_F_TRIGGER, "INJ-01 +35m");
    field("INJ-02", TOC_MEL_F_RELEASE, "manual: EXCON releases it");
    field("INJ-03", TOC_MEL_F_TRIGGER,
          "by the story's clock, 2026-03-02 05:00+01:00 (a phase jumps over it: EXCON rules)");
    field("INJ-04", TOC_MEL_F_TIME, "T+1:33:30");
    field("INJ-05", TOC_MEL_F_KIND, "contingency inject");
    field("INJ-05", TOC_MEL_F_TRIGGER, "contingency of EXP-01");
    field("INJ-05", TOC_MEL_F_VOICE, "excon-2");
    field("INJ-06", TOC_MEL_F_VOICE, "");
    field("INJ-07", TOC_MEL_F_VOICE, "simcell");
    field("D-01", TOC_MEL_F_VOICE, "");
    field("INJ-06", TOC_MEL_F_TRIGGER, "storyline the gate, not before T+0:20");
    field("INJ-07", TOC_MEL_F_TRIGGER, "storyline the gate, not before T+0:25");
    field("INJ-08", TOC_MEL_F_TRIGGER, "when scenario.lua:52");
    field("INJ-09", TOC_MEL_F_TRIGGER, "by a storyline or by hand");
    field("MAR-02", TOC_MEL_F_DEADLINE, "T+1:00, 1h story after it is asked");
    field("D-01", TOC_MEL_F_DEADLINE, "15m after it is asked");
    field("EXP-01", TOC_MEL_F_DEADLINE, "T+0:12, INJ-01 +10m");
    field("EXP-03", TOC_MEL_F_DEADLINE, "1 month story after EXP-02 is met, or else was due");
}
END_TEST

// ---- golden files --------------------------------------------------------------------------------------

static void is_golden(const char *name)
{
    char *relative = toc_sprintf("tests/fixtures/msel/%s", name), *path = source(relative);
    if (getenv("TOC_UPDATE_GOLDEN")) {
        FILE *file = fopen(path, "wb");
        ck_assert_ptr_nonnull(file);
        fwrite(out.data, 1, out.len, file);
        fclose(file);
    }
    toc_buf want = {0};
    TOC_OK_OR_FAIL(toc_file_slurp(&want, path, (size_t)1 << 20, &e), e);
    ck_assert_msg(want.len == out.len && memcmp(want.data, out.data, out.len) == 0,
                  "%s is not what is printed now; TOC_UPDATE_GOLDEN=1 writes it anew", path);
    toc_buf_fini(&want);
    free(path);
    free(relative);
    toc_buf_clear(&out);
}

START_TEST(the_forms_of_a_small_exercise_are_as_they_were_read_over)
{
    load("tests/fixtures/msel/night");
    toc_mel_text(&out, &mel, TOC_MEL_EXCON);
    is_golden("excon.txt");
    toc_mel_text(&out, &mel, TOC_MEL_EVALUATORS);
    is_golden("evaluators.txt");
    toc_mel_csv(&out, &mel, TOC_MEL_EXCON, TOC_NONE);
    is_golden("excon.csv");
    toc_mel_csv(&out, &mel, TOC_MEL_EVALUATORS, TOC_NONE);
    is_golden("evaluators.csv");
    toc_mel_html(&out, &mel, TOC_MEL_EXCON, TOC_NONE);
    is_golden("excon.html");
    toc_mel_html(&out, &mel, TOC_MEL_EVALUATORS, TOC_NONE);
    is_golden("evaluators.html");
    toc_mel_html(&out, &mel, TOC_MEL_TEAM, 0);
    is_golden("lock.html");
    toc_mel_sheets(&out, &mel, TOC_NONE);
    is_golden("sheets.html");
}
END_TEST

// ---- what a team must not see -------------------------------------------------------------------------

static void is_same(const toc_buf *a, const toc_buf *b)
{
    size_t at = 0;
    while (at < a->len && at < b->len && a->data[at] == b->data[at])
        at++;
    ck_assert_msg(at == a->len && at == b->len, "they part at \"%.80s\" and \"%.80s\"",
                  a->data + at, b->data + at);
}

// Whatever else the plan holds, the book of a team is the same: nothing of it can show through.
START_TEST(a_teams_book_does_not_depend_on_what_is_to_come)
{
    static const char *const scenarios[] = {"tests/fixtures/msel/night", "scenarios/silent-beams",
                                            "scenarios/cold-corridor"};
    load(scenarios[_i]);
    const toc_plan *p = toc_scenario_plan(scenario);
    for (size_t team = 0; team < p->team_count; team++) {
        toc_plan bare = *p;
        toc_buf html = {0}, csv = {0};
        mel.plan = p;
        toc_mel_html(&out, &mel, TOC_MEL_TEAM, team);
        toc_mel_csv(&csv, &mel, TOC_MEL_TEAM, team);
        bare.inject_count = bare.decision_count = bare.expectation_count = 0;
        bare.objective_count = bare.phase_count = bare.attachment_count = 0;
        bare.length_ms = 0;
        bare.teams = toc_alloc(p->team_count * sizeof *bare.teams);
        bare.parties = toc_alloc((p->party_count + 1) * sizeof *bare.parties);
        bare.services = toc_alloc((p->model.service_count + 1) * sizeof *bare.services);
        for (size_t i = 0; i < p->team_count; i++) {
            bare.teams[i] = p->teams[i];
            bare.teams[i].brief = i == team ? p->teams[i].brief : NULL;
        }
        for (size_t i = 0; i < p->party_count; i++)
            bare.parties[i] = (toc_party){.id = p->parties[i].id, .name = p->parties[i].name};
        for (size_t i = 0; i < p->model.service_count; i++) {
            bare.services[i] = p->services[i];
            bare.services[i].notes = NULL;
        }
        toc_mel hidden = {.plan = &bare, .scenario = scenario, .files = files};
        toc_mel_html(&html, &hidden, TOC_MEL_TEAM, team);
        is_same(&html, &out);
        toc_buf_clear(&html);
        toc_mel_csv(&html, &hidden, TOC_MEL_TEAM, team);
        is_same(&html, &csv);
        toc_buf_clear(&out);
        toc_buf_fini(&html);
        toc_buf_fini(&csv);
        free(bare.teams);
        free(bare.parties);
        free(bare.services);
    }
}
END_TEST

static void lacks(const char *what, const char *text)
{
    ck_assert_msg(!strstr(toc_buf_text(&out), what), "the team reads %s: \"%s\"", text, what);
}

START_TEST(nothing_of_the_list_stands_in_a_teams_book)
{
    load("tests/fixtures/msel/night");
    const toc_plan *p = toc_scenario_plan(scenario);
    toc_mel_html(&out, &mel, TOC_MEL_TEAM, 0);
    toc_mel_csv(&out, &mel, TOC_MEL_TEAM, 0);
    for (size_t i = 0; i < p->inject_count; i++) {
        lacks(p->injects[i].id, "an inject's id");
        lacks(p->injects[i].title, "an inject's title");
        if (p->injects[i].text)
            lacks(p->injects[i].text, "an inject's text");
        if (p->injects[i].notes)
            lacks(p->injects[i].notes, "an inject's notes");
    }
    for (size_t i = 0; i < p->decision_count; i++) {
        lacks(p->decisions[i].id, "a decision's id");
        lacks(p->decisions[i].title, "a decision's title");
        for (size_t k = 0; k < p->decisions[i].option_count; k++)
            lacks(p->decisions[i].options[2 * k + 1], "an option");
    }
    for (size_t i = 0; i < p->expectation_count; i++) {
        lacks(p->expectations[i].id, "an expected action's id");
        lacks(p->expectations[i].text, "an expected action");
    }
    lacks("OBJECTIVE", "an objective");
    lacks("TOWN-BRIEF", "another team's brief");
    lacks("PARTY-NOTES", "notes on a party");
    lacks("SERVICE-NOTES", "notes on a service");
    lacks("next morning", "a phase");
    ck_assert_ptr_nonnull(strstr(out.data, "You keep the <b>lock</b> at Marn."));
    ck_assert_ptr_nonnull(strstr(out.data, "Everybody knows the river."));
    ck_assert_ptr_nonnull(strstr(out.data, "Town pumps"));
}
END_TEST

// ---- cells and pages that do nothing -------------------------------------------------------------------

// Reads one record as RFC 4180 has it: the cells, joined texts in out; its end. Fails on what is no CSV.
static const char *read_record(const char *at, char *cells[CELLS], size_t *count)
{
    toc_buf cell = {0};
    for (*count = 0;; at++) {
        bool is_quoted = *at == '"';
        at += is_quoted;
        while (is_quoted ? at[0] != '"' || at[1] == '"' : !strchr(",\r", *at)) {
            ck_assert_msg(*at, "the file ends in a cell");
            ck_assert_msg(is_quoted || *at != '"', "a quote in a bare cell");
            toc_buf_char(&cell, *at);
            at += is_quoted && at[0] == '"' ? 2 : 1;
        }
        at += is_quoted;
        ck_assert_uint_lt(*count, CELLS);
        cells[(*count)++] = toc_buf_take(&cell);
        if (*at != ',')
            break;
    }
    ck_assert_msg(at[0] == '\r' && at[1] == '\n', "a record ends with %.10s", at);
    return at + 2;
}

static void is_safe(const char *cell)
{
    ck_assert_msg(!*cell || !strchr("=+-@\t\r|%", *cell), "a formula: %s", cell);
    ck_assert_uint_lt(strlen(cell), 32767);
    ck_assert(toc_utf8_clean(cell, strlen(cell)));
}

static void check_csv(void)
{
    char *cells[CELLS];
    size_t columns = 0, count;
    ck_assert_int_eq(strncmp(out.data, "\xEF\xBB\xBF\"Marking\",", 13), 0);
    for (const char *at = out.data + 3; *at;) {
        at = read_record(at, cells, &count);
        ck_assert_msg(columns == 0 || strncmp(cells[0], "EXERCISE", 8) == 0, "%s", cells[0]);
        ck_assert_msg(columns == 0 || columns == count, "%zu columns, not %zu", count, columns);
        columns = count;
        for (size_t i = 0; i < count; i++) {
            is_safe(cells[i]);
            free(cells[i]);
        }
    }
}

START_TEST(a_table_is_read_back_with_its_columns_and_holds_no_formula)
{
    static const char *const scenarios[] = {"tests/fixtures/msel/night", "scenarios/silent-beams",
                                            "scenarios/cold-corridor"};
    load(scenarios[_i]);
    for (toc_mel_reader reader = TOC_MEL_EXCON; reader <= TOC_MEL_TEAM; reader++) {
        toc_buf_clear(&out);
        toc_mel_csv(&out, &mel, reader, 0);
        check_csv();
    }
}
END_TEST

static void add_hostile(toc_buf *text, toc_random *r)
{
    static const char *const bits[] = {"=",
                                       "+",
                                       "-",
                                       "@",
                                       "\t",
                                       "\r",
                                       "\n",
                                       "\"",
                                       "'",
                                       ",",
                                       ";",
                                       " ",
                                       "\xC2\xA0",
                                       "|",
                                       "<",
                                       ">",
                                       "&",
                                       "</section>",
                                       "<script>",
                                       "]]>",
                                       "\xEF\xBC\x9D",
                                       "\xE2\x80\xAE",
                                       "\xE2\x80\x8B",
                                       "\x01",
                                       "\xFF",
                                       "cmd|' /C calc'!A0",
                                       "HYPERLINK(1)",
                                       "DEC-01",
                                       "007",
                                       "1E5",
                                       "3/4",
                                       "word",
                                       "**",
                                       "# ",
                                       "- ",
                                       "{{level x}}",
                                       "\xF0\x9F\x9A\xA8"};
    for (uint64_t n = toc_random_below(r, 8) + 1; n > 0; n--)
        toc_buf_str(text, bits[toc_random_below(r, TOC_COUNT(bits))]);
}

// Tags that are not ours, or a quote that ends an attribute, would show here.
static void check_html(void)
{
    static const char *const ours[] = {
        "!DOCTYPE", "html",  "head", "meta", "title", "style", "body", "div",
        "section",  "p",     "span", "b",    "i",     "h1",    "h2",   "h3",
        "h4",       "dl",    "dt",   "dd",   "ul",    "ol",    "li",   "table",
        "thead",    "tbody", "tr",   "th",   "td",    "pre",   "a",    "img"};
    const char *style = strstr(out.data, "</style>");
    ck_assert_ptr_nonnull(style);
    for (const char *at = style; (at = strchr(at, '<')); at++) {
        const char *word = at + 1 + (at[1] == '/');
        size_t len = strcspn(word, " >"), found = 0;
        for (size_t i = 0; i < TOC_COUNT(ours); i++)
            found += strlen(ours[i]) == len && strncmp(word, ours[i], len) == 0;
        ck_assert_msg(found == 1, "not our tag: %.60s", at);
        const char *end = strchr(at, '>');
        ck_assert_msg(end && !memchr(at + 1, '<', (size_t)(end - at - 1)), "%.60s", at);
        for (const char *c = at; c < end; c++)
            ck_assert_msg(strncmp(c, " on", 3) != 0, "a handler: %.80s", at);
    }
    ck_assert(toc_utf8_clean(out.data, out.len));
}

START_TEST(hostile_words_are_shown_and_never_obeyed)
{
    toc_random r;
    load("tests/fixtures/msel/night");
    seed_random(&r, "hostile words");
    toc_plan hostile = *toc_scenario_plan(scenario);
    toc_inject inject = hostile.injects[0];
    toc_team teams[2] = {hostile.teams[0], hostile.teams[1]};
    hostile.injects = &inject;
    hostile.teams = teams;
    mel.plan = &hostile;
    for (int i = 0; i < ROUNDS; i++) {
        toc_buf words[6] = {{0}};
        for (size_t k = 0; k < TOC_COUNT(words); k++)
            add_hostile(&words[k], &r);
        inject.id = words[0].data;
        inject.title = words[1].data;
        inject.text = words[2].data;
        inject.notes = words[3].data;
        teams[0].name = words[4].data;
        hostile.marking = hostile.title = words[5].data;
        // Only the first row is of an inject that is there.
        toc_mel one = mel;
        toc_mel_row rows[] = {{.kind = TOC_MEL_INJECT, .play = 0, .due = -1, .behind = TOC_NONE}};
        one.rows = rows;
        one.count = 1;
        hostile.inject_count = 1;
        hostile.expectation_count = 0;
        hostile.attachment_count = 0;
        toc_buf_clear(&out);
        toc_mel_csv(&out, &one, TOC_MEL_EXCON, TOC_NONE);
        check_csv();
        toc_buf_clear(&out);
        toc_mel_html(&out, &one, TOC_MEL_EXCON, TOC_NONE);
        check_html();
        toc_buf_clear(&out);
        toc_mel_html(&out, &one, TOC_MEL_TEAM, 0);
        check_html();
        toc_buf_clear(&out);
        toc_mel_text(&out, &one, TOC_MEL_EXCON);
        ck_assert(toc_utf8_clean(out.data, out.len));
        for (size_t k = 0; k < TOC_COUNT(words); k++)
            toc_buf_fini(&words[k]);
    }
}
END_TEST

START_TEST(no_line_of_the_list_is_wider_than_a_terminal)
{
    load("scenarios/cold-corridor");
    toc_mel_text(&out, &mel, TOC_MEL_EXCON);
    for (const char *line = out.data; *line;) {
        size_t len = strcspn(line, "\n");
        ck_assert_msg(toc_text_columns(line, len) <= 80, "%.*s", (int)len, line);
        line += len + 1;
    }
}
END_TEST

START_TEST(a_book_says_what_it_is_on_every_page_and_runs_nothing)
{
    load("scenarios/cold-corridor");
    toc_mel_html(&out, &mel, TOC_MEL_EXCON, TOC_NONE);
    ck_assert_uint_lt(out.len, 5 << 20);
    check_html();
    ck_assert_ptr_nonnull(strstr(out.data, "content=\"default-src 'none'; "));
    size_t sections = 0, marked = 0;
    for (const char *at = out.data; (at = strstr(at, "<section")); at++)
        sections++;
    for (const char *at = out.data; (at = strstr(at, "<b>EXERCISE")); at++)
        marked++;
    ck_assert_uint_gt(sections, mel.count);
    ck_assert_uint_eq(sections, marked);
    for (const char *at = out.data; (at = strstr(at, "src=\"")); at++)
        ck_assert_int_eq(strncmp(at, "src=\"data:image/", 16), 0);
    for (const char *at = out.data; (at = strstr(at, "href=\"")); at++)
        ck_assert_int_eq(strncmp(at, "href=\"#row-", 11), 0);
    ck_assert_ptr_null(strstr(out.data, "url("));
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, NULL, tear_down);
    tcase_add_test(tc, story_time_goes_through_the_phases_that_come_by_the_clock);
    tcase_add_test(tc, a_story_time_that_is_shown_leads_back_to_its_play_time);
    tcase_add_loop_test(tc, every_row_stands_there_once_in_the_order_of_its_time, 0, 4);
    tcase_add_test(tc, a_row_says_when_it_comes_and_what_sends_it);
    tcase_add_test(tc, the_forms_of_a_small_exercise_are_as_they_were_read_over);
    tcase_add_loop_test(tc, a_teams_book_does_not_depend_on_what_is_to_come, 0, 3);
    tcase_add_test(tc, nothing_of_the_list_stands_in_a_teams_book);
    tcase_add_loop_test(tc, a_table_is_read_back_with_its_columns_and_holds_no_formula, 0, 3);
    tcase_add_test(tc, hostile_words_are_shown_and_never_obeyed);
    tcase_add_test(tc, no_line_of_the_list_is_wider_than_a_terminal);
    tcase_add_test(tc, a_book_says_what_it_is_on_every_page_and_runs_nothing);
}

TOC_CHECK_MAIN("msel", add_tests)
