// SPDX-License-Identifier: MIT
// What `tocsin rehearse` shows of a survey, as golden files: lines, JSON and the page, from a survey made by
// hand. TOC_UPDATE_GOLDEN=1 rewrites them.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/mem.h"
#include "check_main.h"
#include "record/json.h"
#include "rehearse_page.h"
#include "rehearse_show.h"

static const char scenario_text[] =
    "exercise \"HARBOUR-26\" { title = \"Oil in the <harbour>\", startex = \"2026-03-01 06:00Z\",\n"
    "  length = \"3h\", marking = \"TLP:CLEAR\" }\n"
    "team \"ops\" { name = \"Harbour operations\" }\n"
    "team \"media\" { name = \"Press desk\" }\n"
    "team \"mayor\" { name = \"Mayor\" }\n"
    "objective \"OBJ-1\" { text = \"Close the fairway in time\" }\n"
    "objective \"OBJ-2\" { text = \"Inform the public\" }\n"
    "inject \"INJ-01\" { at = \"T+5m\", to = \"ops\", title = \"Tanker listing\", text = \"Fuel.\" "
    "}\n"
    "inject \"INJ-02\" { at = \"T+20m\", to = \"media\", title = \"Smell of oil\", text = \"Hm.\" "
    "}\n"
    "inject \"INJ-08\" { to = \"mayor\", title = \"Too late & <b>wet</b>\", text = \"Oh.\" }\n"
    "inject \"INJ-15\" { to = \"ops\", title = \"Closed\", text = \"So.\" }\n"
    "inject \"INJ-19\" { to = \"ops\", title = \"Never\", text = \"No.\" }\n"
    "decision \"D-01\" { to = \"ops\", within = \"10m\", title = \"Warn the quay?\",\n"
    "  options = { { \"warn\", \"Warn\" }, { \"wait\", \"Wait\" } }, default = \"wait\" }\n"
    "decision \"D-03\" { to = \"ops\", within = \"10m\", title = \"Close the fairway?\",\n"
    "  options = { { \"close\", \"C\" }, { \"restrict\", \"R\" }, { \"open\", \"O\" } } }\n"
    "decision \"D-05\" { to = \"excon\", within = \"10m\", title = \"Go on?\",\n"
    "  options = { { \"yes\", \"Y\" }, { \"no\", \"N\" } } }\n"
    "expect \"EXP-01\" { team = \"media\", by = \"T+1h\", text = \"A statement\", objective = "
    "\"OBJ-2\" }\n"
    "service \"fairway\" { name = \"Fairway\", domain = \"transport\" }\n"
    "storyline \"the drift\" (function () ask \"D-01\" ask \"D-03\" ask \"D-05\" send \"INJ-08\" "
    "send "
    "\"INJ-15\" send \"INJ-19\" end)\n"
    "when(function () return false end, function () note \"never\" end)\n";

static const char *const paths[] = {
    "default",          "D-01=wait", "D-03=open,D-05=none", "D-01=none", "D-03=restrict@T+1:02",
    "ops>mayor=silent",
};

// The paths of a survey made by hand; a real one keeps them in a way of its own. The linker puts this in
// place of toc_survey_path.
const char *__wrap_toc_survey_path(const toc_survey *s, size_t path);

const char *__wrap_toc_survey_path(const toc_survey *s, size_t path)
{
    (void)s;
    return path < TOC_COUNT(paths) ? paths[path] : NULL;
}

static toc_error e;
static toc_files *files;
static toc_scenario *scenario;
static toc_survey survey;
static toc_rehearsal rehearsal;

static toc_tally *tallies(size_t count, size_t paths_of_each)
{
    toc_tally *list = toc_alloc((count + 1) * sizeof *list);
    for (size_t i = 0; i < count; i++)
        list[i] = (toc_tally){paths_of_each, paths_of_each ? 0 : TOC_NONE, TOC_NONE, 0};
    return list;
}

enum { MINUTE = 60000, HOUR = 3600000 };

static toc_variation *variation(size_t order, const char *point, const char *outcome, size_t like)
{
    size_t i = survey.variation_count++;
    survey.variations =
        toc_realloc(survey.variations, survey.variation_count * sizeof *survey.variations);
    survey.variations[i] = (toc_variation){.kind = TOC_CHOICE_DECISION,
                                           .index = order,
                                           .order = order,
                                           .point = toc_strdup(point),
                                           .outcome = toc_strdup(outcome),
                                           .is_parent = like == i,
                                           .t = (20 + (int64_t)order) * MINUTE,
                                           .has_endex = true,
                                           .end = 2 * HOUR + 36 * MINUTE,
                                           .like = like};
    return &survey.variations[i];
}

static void add(toc_moments *m, size_t index)
{
    m->at = toc_realloc(m->at, (m->count + 1) * sizeof *m->at);
    m->at[m->count++] = (toc_moment){index, 30 * MINUTE};
}

static void mark(toc_mark_kind kind, size_t index, size_t team, int64_t t)
{
    size_t i = survey.mark_count++;
    survey.marks = toc_realloc(survey.marks, survey.mark_count * sizeof *survey.marks);
    survey.marks[i] = (toc_mark){kind, index, team, t};
}

static void found(toc_found kind, const char *subject, const char *text, const char *file, int line,
                  size_t path)
{
    size_t i = survey.finding_count++;
    survey.findings = toc_realloc(survey.findings, survey.finding_count * sizeof *survey.findings);
    survey.findings[i] = (toc_finding){.kind = kind,
                                       .subject = toc_strdup(subject),
                                       .text = toc_strdup(text),
                                       .file = toc_strdup(file),
                                       .line = line,
                                       .path = path,
                                       .plan = TOC_NONE,
                                       .count = 2,
                                       .is_error = toc_found_is_error(kind)};
}

// D-01=wait and none come out the same, at other times.
static void plant(void)
{
    toc_variation *v = variation(0, "D-01", "warn", 0);
    add(&v->sent, 2);
    v = variation(0, "D-01", "wait", 1);
    v->is_parent = false;
    v->path = 1;
    add(&v->sent, 3);
    add(&v->unsent, 2);
    add(&v->asked, 1);
    v->level_count = 4;
    v->levels[0] = (toc_level_change){0, 200000, 400000, 1000000, 1000000};
    v = variation(0, "D-01", "none", 1);
    v->path = 3;
    v->end += 30 * MINUTE;
    add(&v->sent, 3);
    v = variation(0, "D-01", "warn", 3);
    v->is_late = true;
    v->is_parent = v->has_endex = false;
    v->path = 2;
    v = variation(1, "D-03", "close", 4);
    v->path = v->parent = 1;
    v = variation(1, "D-03", "none", 4);
    v->path = 3;
    v->parent = 1;
    v = variation(0, "EXP-01", "in time", 6);
    v->kind = TOC_CHOICE_ACTION;
    v->order = 2;
    v = variation(0, "EXP-01", "late", 6);
    v->kind = TOC_CHOICE_ACTION;
    v->order = 2;
}

static void set_up(void)
{
    files = toc_files_new();
    toc_files_add(files, "scenario.lua", scenario_text, strlen(scenario_text));
    toc_library_add(files);
    TOC_OK_OR_FAIL(toc_scenario_load(&scenario, files, NULL, 1, TOC_SCENARIO_MEMORY, NULL, &e), e);
    const toc_plan *p = toc_scenario_plan(scenario);
    survey = (toc_survey){.strategy = TOC_SURVEY_EACH,
                          .seed = 26,
                          .path_count = 214,
                          .ended = 212,
                          .endex_first = 2 * HOUR + 28 * MINUTE,
                          .endex_median = 2 * HOUR + 36 * MINUTE,
                          .endex_last = 2 * HOUR + 44 * MINUTE + 30000,
                          .inject_count = p->inject_count,
                          .option_count = 7,
                          .condition_count = toc_scenario_part_count(scenario),
                          .injects = tallies(p->inject_count, 214),
                          .decisions = tallies(p->decision_count, 214),
                          .options = toc_alloc(p->decision_count * sizeof(toc_tally *)),
                          .unanswered = tallies(p->decision_count, 3),
                          .actions = tallies(p->expectation_count, 200),
                          .conditions = tallies(2, 214),
                          .objectives = tallies(p->objective_count, 214),
                          .phases = tallies(0, 0),
                          .repairs = tallies(0, 0),
                          .most_injects = toc_alloc(p->team_count * sizeof(toc_peak)),
                          .most_words = toc_alloc(p->team_count * sizeof(toc_peak))};
    for (size_t i = 0; i < p->decision_count; i++)
        survey.options[i] = tallies(p->decisions[i].option_count, 30);
    survey.injects[4] = (toc_tally){0, TOC_NONE, 0, 0};
    survey.conditions[1] = (toc_tally){0, TOC_NONE, 0, 0};
    survey.most_injects[0] = survey.most_words[0] = (toc_peak){30 * MINUTE, 7, 2412, 0};
    survey.most_injects[1] = (toc_peak){0, 2, 90, 0};
    survey.most_words[1] = (toc_peak){HOUR + 30 * MINUTE, 0, 310, 4};
    mark(TOC_MARK_INJECT, 0, 0, 5 * MINUTE);
    mark(TOC_MARK_INJECT, 3, 0, 6 * MINUTE);
    mark(TOC_MARK_DECISION, 0, 0, 10 * MINUTE);
    mark(TOC_MARK_INJECT, 1, 1, 20 * MINUTE);
    mark(TOC_MARK_ACTION, 0, 1, 60 * MINUTE);
    mark(TOC_MARK_DECISION, 2, TOC_NONE, 95 * MINUTE);
    mark(TOC_MARK_ENDEX, 0, TOC_NONE, survey.endex_median);
    survey.levels = toc_alloc(2 * sizeof *survey.levels);
    survey.levels[survey.level_count++] = (toc_level_mark){30 * MINUTE, 0, 250000};
    survey.levels[survey.level_count++] = (toc_level_mark){90 * MINUTE, 0, 1000000};
    survey.anchors = toc_alloc(sizeof *survey.anchors);
    survey.anchors[survey.anchor_count++] = (toc_anchor){0, p->startex, p->pace};
    plant();
    found(TOC_FOUND_NO_ENDEX, "", "play does not come to ENDEX on 2 of 214 paths: it stands still",
          "", 0, 2);
    found(TOC_FOUND_NEVER_SENT, "INJ-19", "INJ-19 \"Never\" is sent on none of 214 paths",
          "scenario.lua", 14, TOC_NONE);
    found(TOC_FOUND_NO_EVIDENCE, "OBJ-2",
          "OBJ-2 is not exercised where the press desk says nothing <script>alert(1)</script>",
          "scenario.lua", 7, 5);
    toc_rehearsal_init(&rehearsal, p, &survey, "my scenarios/it's");
    static toc_scenario_part parts[2];
    for (size_t i = 0; i < 2; i++)
        parts[i] = toc_scenario_part_at(scenario, i);
    rehearsal.parts = parts;
    rehearsal.part_count = 2;
    rehearsal.took_ms = 840;
    rehearsal.plans_played = 2;
    rehearsal.plans_good = 1;
    toc_rehearsal_add(&rehearsal, TOC_FOUND_PLAN, "INJ-19",
                      "expected sent INJ-19, and it did not happen", "plans/good.plan", 7,
                      "tocsin rehearse --plan plans/good.plan");
}

static void tear_down(void)
{
    toc_rehearsal_fini(&rehearsal);
    toc_scenario_free(scenario);
    toc_files_free(files);
}

static void compare(const toc_buf *out, const char *name)
{
    const char *top = getenv("TOC_SOURCE_DIR");
    char *path = toc_sprintf("%s/tests/fixtures/rehearse/%s", top ? top : ".", name);
    toc_buf golden = {0};
    if (getenv("TOC_UPDATE_GOLDEN")) {
        FILE *f = fopen(path, "w");
        ck_assert_ptr_nonnull(f);
        fputs(toc_buf_text(out), f);
        fclose(f);
    }
    TOC_OK_OR_FAIL(toc_file_slurp(&golden, path, 1 << 20, &e), e);
    ck_assert_str_eq(toc_buf_text(out), toc_buf_text(&golden));
    toc_buf_fini(&golden);
    free(path);
}

START_TEST(the_text_has_all_parts_in_80_columns)
{
    toc_buf out = {0};
    toc_rehearse_text(&out, &rehearsal);
    compare(&out, "survey.txt");
    for (const char *at = toc_buf_text(&out); *at;) {
        size_t len = strcspn(at, "\n");
        bool is_command = strncmp(at + strspn(at, " "), "tocsin ", 7) == 0;
        ck_assert_msg(len <= 80 || is_command, "too long: %.*s", (int)len, at);
        at += len + 1;
    }
    toc_buf_fini(&out);
}
END_TEST

START_TEST(the_json_is_strict_and_names_paths)
{
    toc_buf out = {0};
    toc_json *json;
    toc_json_limits limits = {(size_t)1 << 20, 8, 50000};
    int64_t n;
    toc_rehearse_json(&out, &rehearsal);
    compare(&out, "survey.json");
    TOC_OK_OR_FAIL(toc_json_read(&json, out.data, out.len, limits, &e), e);
    ck_assert_str_eq(toc_json_text(toc_json_get(json, "schema")), "tocsin.rehearse/1");
    ck_assert(toc_json_int(toc_json_get(json, "error_count"), &n));
    ck_assert_int_eq(n, (int64_t)toc_rehearsal_errors(&rehearsal));
    toc_json_free(json);
    toc_buf_fini(&out);
}
END_TEST

START_TEST(the_page_needs_nothing_else_and_escapes_everything)
{
    toc_buf out = {0}, again = {0};
    toc_rehearse_html(&out, &rehearsal);
    compare(&out, "survey.html");
    const char *page = toc_buf_text(&out);
    ck_assert_ptr_null(strstr(page, "<script"));
    ck_assert_ptr_null(strstr(page, "<b>wet"));
    ck_assert_ptr_null(strstr(page, "<harbour>"));
    ck_assert_ptr_null(strstr(page, "http://"));
    ck_assert_ptr_null(strstr(page, "https://"));
    ck_assert_ptr_nonnull(strstr(page, "default-src 'none'"));
    ck_assert_ptr_nonnull(strstr(page, "EXERCISE EXERCISE EXERCISE"));
    ck_assert_ptr_nonnull(strstr(page, "TLP:CLEAR"));
    rehearsal.took_ms = 99999; // how long it took is not in it
    toc_rehearse_html(&again, &rehearsal);
    ck_assert_str_eq(page, toc_buf_text(&again));
    toc_buf_fini(&out);
    toc_buf_fini(&again);
}
END_TEST

START_TEST(outcomes_that_come_out_the_same_share_a_row)
{
    toc_buf out = {0};
    toc_rehearse_map(&out, &rehearsal);
    const char *map = toc_buf_text(&out);
    ck_assert_msg(strstr(map, "wait, none "), "%s", map);
    ck_assert_msg(strstr(map, "warn at the last"), "%s", map);
    ck_assert_msg(strstr(map, "no end"), "%s", map);
    ck_assert_msg(strstr(map, "only if D-01=wait"), "%s", map);
    ck_assert_msg(strstr(map, "changes nothing for: EXP-01"), "%s", map);
    toc_buf_fini(&out);
}
END_TEST

START_TEST(a_command_to_copy_survives_a_shell)
{
    toc_buf out = {0};
    toc_again_path(&out, NULL, TOC_REHEARSE_SEED, "D-01=wait,D-03=open@T+1:38");
    ck_assert_str_eq(toc_buf_text(&out), "tocsin rehearse --path D-01=wait,D-03=open@T+1:38");
    toc_buf_clear(&out);
    toc_again_path(&out, "-it's", 7, "a>b=silent");
    ck_assert_str_eq(toc_buf_text(&out),
                     "tocsin rehearse ./'-it'\\''s' --seed 7 --path 'a>b=silent'");
    toc_buf_fini(&out);
}
END_TEST

START_TEST(a_survey_without_paths_is_shown_too)
{
    toc_buf out = {0};
    toc_survey nothing = {.strategy = TOC_SURVEY_RANDOM, .is_interrupted = true};
    toc_rehearsal r;
    toc_rehearsal_init(&r, toc_scenario_plan(scenario), &nothing, NULL);
    toc_rehearse_text(&out, &r);
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&out), "interrupted"));
    toc_rehearse_html(&out, &r);
    toc_rehearse_json(&out, &r);
    toc_rehearsal_fini(&r);
    toc_buf_fini(&out);
}
END_TEST

static void add_tests(TCase *t)
{
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, the_text_has_all_parts_in_80_columns);
    tcase_add_test(t, the_json_is_strict_and_names_paths);
    tcase_add_test(t, the_page_needs_nothing_else_and_escapes_everything);
    tcase_add_test(t, outcomes_that_come_out_the_same_share_a_row);
    tcase_add_test(t, a_command_to_copy_survives_a_shell);
    tcase_add_test(t, a_survey_without_paths_is_shown_too);
}

TOC_CHECK_MAIN("rehearse_show", add_tests)
