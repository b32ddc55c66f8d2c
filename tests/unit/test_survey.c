// SPDX-License-Identifier: MIT
// What a survey finds, one small scenario a finding. What it does with cores is in test_survey_cores.c.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "rehearsal_fixture.h"

static const char *const clean =
    "inject \"INJ-01\" { at = \"T+1m\", to = \"all\", title = \"One\", text = \"One.\" }\n"
    "inject \"INJ-02\" { to = \"net\", title = \"Two\", text = \"Two.\" }\n"
    "inject \"INJ-03\" { to = \"net\", title = \"Three\", text = \"Three.\" }\n"
    "decision \"D-01\" { to = \"ops\", within = \"10m\", title = \"One\", objective = \"OBJ-1\",\n"
    "  options = { { \"a\", \"A\" }, { \"b\", \"B\" } }, default = \"b\" }\n"
    "expect \"EXP-01\" { team = \"ops\", by = \"T+20m\", text = \"Tell\", objective = \"OBJ-1\",\n"
    "  met = function () return said(\"ops\", \"net\") end }\n"
    "storyline \"one\" (function ()\n"
    "  wait \"5m\"\n"
    "  if ask(\"D-01\").option == \"a\" then send \"INJ-02\" else send \"INJ-03\" end\n"
    "end)\n";

static toc_survey surveyed(const char *scenario)
{
    toc_files *files = rehearsal_files(scenario);
    toc_survey s = rehearsal_survey(files, TOC_SURVEY_EACH, 2);
    toc_files_free(files);
    return s;
}

// The scenario, with something more in it, has just this error; the path that is told shows it.
static void finds(const char *more, toc_found kind, const char *subject, const char *text)
{
    char *scenario = toc_sprintf("%s%s", clean, more);
    toc_survey s = surveyed(scenario);
    char *report = rehearsal_report(&s);
    const toc_finding *f = rehearsal_finding(&s, kind, subject);
    ck_assert_msg(f, "%s %s is not found in\n%s", toc_found_name(kind), subject, report);
    ck_assert_msg(strstr(f->text, text), "%s", f->text);
    ck_assert_msg(f->line > 0, "%s", f->text);
    ck_assert_msg(f->path == TOC_NONE || *toc_survey_path(&s, f->path), "%s", f->text);
    for (size_t i = 0; i < s.finding_count; i++)
        ck_assert_msg(!s.findings[i].is_error || &s.findings[i] == f, "more than %s:\n%s",
                      toc_found_name(kind), report);
    free(report);
    toc_survey_fini(&s);
    free(scenario);
}

START_TEST(a_scenario_without_flaws_has_no_findings_but_what_planners_weigh)
{
    toc_survey s = surveyed(clean);
    char *report = rehearsal_report(&s);
    for (size_t i = 0; i < s.finding_count; i++)
        ck_assert_msg(s.findings[i].kind == TOC_FOUND_NO_EVIDENCE, "%s", report);
    ck_assert_uint_eq(s.path_count, 1 + 6 + 2); // b, both late, own words twice, none; missed, late
    ck_assert_uint_eq(s.ended, s.path_count);
    ck_assert_int_eq(s.endex_median, 3600000);
    ck_assert_uint_gt(s.options[0][0].count, 0);
    ck_assert_uint_gt(s.options[0][1].count, 0);
    ck_assert_uint_gt(s.unanswered[0].count, 0);
    ck_assert_str_eq(toc_survey_path(&s, s.injects[2].first), "D-01=b");
    free(report);
    toc_survey_fini(&s);
}
END_TEST

START_TEST(what_never_happens_is_found)
{
    finds("inject \"INJ-09\" { to = \"net\", title = \"N\", text = \"N.\" }\n",
          TOC_FOUND_NEVER_SENT, "INJ-09", "sent on none of");
    finds("when(function () return now() < 0 end, function () note \"x\" end)\n",
          TOC_FOUND_NEVER_TRUE, NULL, "comes true on none");
    finds("on(\"emergency\", function () note \"x\" end)\n", TOC_FOUND_NEVER_TRUE, NULL,
          "runs on none");
    finds("decision \"D-09\" { to = \"net\", within = \"1m\", title = \"N\" }\n",
          TOC_FOUND_NEVER_ASKED, "D-09", "asked on none");
    finds("phase \"late\" { title = \"Late\" }\n", TOC_FOUND_NEVER_ENTERED, "late",
          "entered on none");
    finds("service \"s\" { name = \"S\", domain = \"energy\" }\n"
          "repair \"fix\" { service = \"s\", name = \"Fix\", work = \"4m\", crews = 1, source = "
          "\"assumption\" }\n",
          TOC_FOUND_NEVER_STARTED, "fix", "started on none");
    finds("storyline \"long\" (function () wait \"2h\" end)\n", TOC_FOUND_NEVER_ENDS, "long",
          "reaches its end");
}
END_TEST

START_TEST(conditions_that_say_nothing_are_found)
{
    finds("when(function () return now() >= 0 end, function () note \"x\" end)\n",
          TOC_FOUND_ALWAYS_TRUE, NULL, "at STARTEX");
    finds("expect \"EXP-09\" { team = \"net\", by = \"T+20m\", text = \"N\", met = function () "
          "return now() < 0 end }\n",
          TOC_FOUND_NEVER_MET, "EXP-09", "never met by its condition");
    finds("expect \"EXP-09\" { team = \"net\", by = \"T+20m\", text = \"N\", met = function () "
          "return now() > 60 end }\n",
          TOC_FOUND_MET_IDLE, "EXP-09", "even where nobody");
}
END_TEST

START_TEST(an_expected_action_that_never_comes_due_is_found)
{
    toc_survey s =
        surveyed("inject \"INJ-01\" { to = \"net\", title = \"N\", text = \"N.\" }\n"
                 "expect \"EXP-01\" { team = \"net\", by = \"INJ-01 +1m\", text = \"N\" }\n");
    const toc_finding *f = rehearsal_finding(&s, TOC_FOUND_NEVER_MET, "EXP-01");
    ck_assert_msg(f && strstr(f->text, "never has a deadline"), "%zu", s.finding_count);
    toc_survey_fini(&s);
}
END_TEST

START_TEST(script_errors_are_found_at_their_line)
{
    finds("storyline \"bad\" (function ()\n  wait \"6m\"\n  ask \"D-01\"\n  if "
          "decided(\"D-01\").option == \"b\" then error(\"so\") end\nend)\n",
          TOC_FOUND_ERROR, "bad", "so");
    finds("inject \"INJ-09\" { at = \"T+30m\", to = \"net\", title = \"N\",\n"
          "  text = function () return decided(\"D-01\").option == \"b\" and 1 + {} or \"N.\" end "
          "}\n",
          TOC_FOUND_ERROR, "INJ-09", "its text failed");
}
END_TEST

START_TEST(ends_that_differ_are_found)
{
    finds("storyline \"end\" (function () wait \"6m\"; ask \"D-01\"; wait \"10m\"\n"
          "  if decided(\"D-01\").option == \"a\" then finish() end end)\n",
          TOC_FOUND_NO_ENDEX, "try", "only the exercise's length");
    finds("decision \"D-09\" { to = \"net\", at = \"T+50m\", within = \"20m\", title = \"N\" }\n",
          TOC_FOUND_OPEN_END, "D-09", "still open at ENDEX");
    toc_survey s =
        surveyed("storyline \"spin\" (function () while true do wait \"10ms\" end end)\n");
    ck_assert_ptr_nonnull(rehearsal_finding(&s, TOC_FOUND_NO_ENDEX, "try"));
    ck_assert_uint_eq(s.ended, 0);
    toc_survey_fini(&s);
}
END_TEST

START_TEST(decisions_without_effect_and_full_quarters_are_found)
{
    finds("decision \"D-09\" { to = \"net\", at = \"T+30m\", within = \"10m\", title = \"N\",\n"
          "  options = { { \"a\", \"A\" }, { \"b\", \"B\" }, { \"c\", \"C\" } } }\n",
          TOC_FOUND_NO_EFFECT, "D-09", "changes nothing");
    finds("for i = 1, 8 do inject(\"INJ-2\" .. i) { at = \"T+\" .. 30 + i .. \"m\", to = \"ops\", "
          "title = \"N\", text = \"N.\" } end\n",
          TOC_FOUND_LOAD, "ops", "up to 8 injects");
    finds("objective \"OBJ-2\" { text = \"Nothing\", team = \"net\" }\n", TOC_FOUND_NO_EVIDENCE,
          "OBJ-2", "is not exercised");
    toc_survey s = surveyed(clean);
    ck_assert_ptr_null(rehearsal_finding(&s, TOC_FOUND_NO_EFFECT, NULL));
    toc_survey_fini(&s);
}
END_TEST

START_TEST(a_branch_that_only_two_choices_open_is_found_by_drawing)
{
    toc_survey s =
        surveyed("decision \"D-01\" { to = \"ops\", at = \"T+1m\", within = \"10m\", title = "
                 "\"1\", options = { { \"a\", \"A\" }, { \"b\", \"B\" } } }\n"
                 "decision \"D-02\" { to = \"net\", at = \"T+1m\", within = \"10m\", title = "
                 "\"2\", options = { { \"a\", \"A\" }, { \"b\", \"B\" } } }\n"
                 "inject \"INJ-01\" { to = \"net\", title = \"Two\", text = \"Two.\" }\n"
                 "storyline \"both\" (function ()\n"
                 "  local x, y = ask(\"D-01\", \"D-02\")\n"
                 "  if x.option == \"b\" and y.option == \"b\" then send \"INJ-01\" end\nend)\n");
    ck_assert_uint_gt(s.injects[0].count, 0);
    const char *path = toc_survey_path(&s, s.injects[0].first);
    ck_assert_msg(strstr(path, "D-01=b") && strstr(path, "D-02=b"), "%s", path);
    toc_survey_fini(&s);
}
END_TEST

static const char *const options =
    "options = { { \"a\", \"A\" }, { \"b\", \"B\" } }, default = \"a\" }\n";

// A scenario of its own, of n decisions asked at once, and a body that has their answers in a.
static toc_survey surveyed_choices(int n, const char *body)
{
    toc_buf b = {0};
    toc_buf_str(&b, "inject \"INJ-01\" { to = \"net\", title = \"Two\", text = \"Two.\" }\n");
    for (int i = 1; i <= n; i++)
        toc_buf_printf(&b, "decision \"D-0%d\" { to = \"ops\", within = \"10m\", title = \"T\", %s",
                       i, options);
    toc_buf_str(&b, "storyline \"all\" (function ()\n  local a = {}\n");
    for (int i = 1; i <= n; i++)
        toc_buf_printf(&b, "  a[%d] = ask \"D-0%d\"\n", i, i);
    toc_buf_printf(&b, "  %s\nend)\n", body);
    toc_survey s = surveyed(toc_buf_text(&b));
    toc_buf_fini(&b);
    return s;
}

START_TEST(few_choices_are_taken_in_every_combination_before_chance)
{
    toc_survey s =
        surveyed_choices(4, "for i = 1, 4 do if a[i].option ~= \"b\" then return end end "
                            "send \"INJ-01\"");
    char *report = rehearsal_report(&s);
    ck_assert_uint_gt(s.combined_count, 0);
    ck_assert_uint_eq(s.drawn_count, 0);
    ck_assert_str_eq(toc_survey_path(&s, s.injects[0].first), "D-01=b,D-02=b,D-03=b,D-04=b");
    ck_assert_msg(!rehearsal_finding(&s, TOC_FOUND_NO_EFFECT, NULL), "%s", report);
    free(report);
    toc_survey_fini(&s);
}
END_TEST

START_TEST(random_numbers_differ_between_paths_that_are_drawn)
{
    toc_survey s = surveyed_choices(0, "if random(5) == 3 then send \"INJ-01\" end");
    ck_assert(s.has_random);
    ck_assert_uint_gt(s.injects[0].count, 0);
    ck_assert_uint_ne(toc_survey_run_seed(&s, s.injects[0].count < s.path_count ? s.injects[0].first
                                                                                : s.path_count),
                      1);
    toc_survey_fini(&s);
    s = surveyed_choices(0, "if random(1000000) == 3 then send \"INJ-01\" end");
    const toc_finding *f = rehearsal_finding(&s, TOC_FOUND_NEVER_SENT, "INJ-01");
    ck_assert_msg(f && !f->is_error && strstr(f->text, "--seed"), "%s", f ? f->text : "");
    toc_survey_fini(&s);
}
END_TEST

START_TEST(what_only_people_bring_about_is_a_warning)
{
    static const struct {
        const char *body;
        bool is_error;
    } all[] = {{"if a[1].by == \"ops-2\" then send \"INJ-01\" end", false},
               {"if not read(\"net\", \"INJ-01\") and now() < 0 then send \"INJ-01\" end", false},
               {"if a[1].option == \"c\" then send \"INJ-01\" end", true}};
    for (size_t i = 0; i < TOC_COUNT(all); i++) {
        toc_survey s = surveyed_choices(1, all[i].body);
        const toc_finding *f = rehearsal_finding(&s, TOC_FOUND_NEVER_SENT, "INJ-01");
        ck_assert_msg(f && f->is_error == all[i].is_error, "%s: %s", all[i].body, f ? f->text : "");
        toc_survey_fini(&s);
    }
}
END_TEST

START_TEST(what_would_come_after_the_end_is_found)
{
    toc_survey s = surveyed_choices(
        1,
        "wait_until \"T+55m\" send \"INJ-01\" end)\n"
        "inject \"INJ-02\" { at = \"INJ-01 +10m\", to = \"net\", title = \"L\", text = \"L.\" }\n"
        "storyline \"other\" (function ()");
    const toc_finding *f = rehearsal_finding(&s, TOC_FOUND_BEHIND_END, "INJ-02");
    ck_assert_msg(f && !f->is_error && f->count == s.path_count, "%s", f ? f->text : "none");
    ck_assert_ptr_null(rehearsal_finding(&s, TOC_FOUND_BEHIND_END, "INJ-01"));
    toc_survey_fini(&s);
}
END_TEST

START_TEST(what_a_plan_brings_about_is_covered)
{
    static const char script[] = "at T+0:01 excon-1 say ops hello\n";
    toc_files *files =
        rehearsal_files("inject \"INJ-01\" { to = \"net\", title = \"N\", text = \"N.\" }\n"
                        "on(\"message\", function () send \"INJ-01\" end)\n");
    toc_playplan plan;
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_playplan_parse(&plan, "one.plan", script, sizeof script - 1, &e), e);
    for (size_t plans = 0; plans < 2; plans++) {
        toc_survey_options o = {
            .seed = 26, .run_seed = 1, .cores = 2, .plans = &plan, .plan_count = plans};
        toc_survey s;
        TOC_OK_OR_FAIL(toc_survey_run(&s, files, &o, &e), e);
        ck_assert_uint_eq(s.injects[0].plans, plans);
        ck_assert_uint_eq(s.injects[0].count, 0);
        ck_assert(!rehearsal_finding(&s, TOC_FOUND_NEVER_SENT, "INJ-01") == (plans > 0));
        ck_assert(!rehearsal_finding(&s, TOC_FOUND_NEVER_TRUE, NULL) == (plans > 0));
        ck_assert(s.path_count == 1 || plans == 0);
        toc_survey_fini(&s);
    }
    toc_playplan_fini(&plan);
    toc_files_free(files);
}
END_TEST

START_TEST(a_deadlock_of_some_paths_names_one_and_its_place)
{
    toc_survey s = surveyed(
        "service \"g\" { domain = \"e\", name = \"G\", needs = { { \"m\", autonomy = \"5m\", "
        "source = "
        "\"x\" } }, source = \"x\" }\n"
        "service \"m\" { domain = \"e\", name = \"M\", needs = { { \"g\", autonomy = \"5m\", "
        "source = "
        "\"x\" }, { \"p\", source = \"x\" } }, source = \"x\" }\n"
        "service \"p\" { domain = \"e\", name = \"P\", source = \"x\" }\n"
        "decision \"D-01\" { to = \"ops\", within = \"5m\", title = \"T\", options = { { \"a\", "
        "\"A\" }, { \"b\", \"B\" } }, default = \"a\" }\n"
        "storyline \"s\" (function () if ask(\"D-01\").option == \"b\" then set(\"p\", 0) wait "
        "\"20m\" set(\"p\", 100) end end)\n");
    const toc_finding *f = rehearsal_finding(&s, TOC_FOUND_DEADLOCK, NULL);
    ck_assert_msg(f && !f->is_error && f->line > 0, "%s", f ? f->text : "none");
    ck_assert_str_eq(toc_survey_path(&s, f->path), "D-01=b");
    ck_assert_msg(strstr(f->text, "until the end"), "%s", f->text);
    toc_survey_fini(&s);
}
END_TEST

static const toc_variation *variation(const toc_survey *s, const char *path)
{
    for (size_t i = 0; i < s->variation_count; i++)
        if (!s->variations[i].is_parent &&
            strcmp(toc_survey_path(s, s->variations[i].path), path) == 0)
            return &s->variations[i];
    ck_abort_msg("no variation %s in\n%s", path, rehearsal_report(s));
}

START_TEST(a_variation_tells_what_its_choice_changes)
{
    toc_survey s = surveyed(clean);
    const toc_variation *b = variation(&s, "D-01=b"), *none = variation(&s, "D-01=none");
    ck_assert_str_eq(b->point, "D-01");
    ck_assert_str_eq(b->outcome, "b");
    ck_assert_int_eq(b->t, 6 * 60000);
    ck_assert_uint_eq(b->sent.count, 1);
    ck_assert_uint_eq(b->sent.at[0].index, 2);
    ck_assert_uint_eq(b->unsent.count, 1);
    ck_assert_uint_eq(b->unsent.at[0].index, 1);
    ck_assert_int_eq(none->t, 15 * 60000);
    ck_assert_uint_eq(none->like, b->like); // the default answer when time is up is b
    ck_assert(b->has_endex && b->end == 3600000);
    const toc_variation *own = &s.variations[0], *late = variation(&s, "D-01=a@late");
    ck_assert(own->is_parent && own->path == 0);
    ck_assert_str_eq(own->outcome, "a");
    ck_assert_uint_eq(own->sent.count, 1); // what b does not send
    ck_assert_uint_eq(own->sent.at[0].index, 1);
    ck_assert(late->is_late && late->like == 0);
    ck_assert_str_eq(variation(&s, "EXP-01=missed")->outcome, "missed");
    toc_survey_fini(&s);
}
END_TEST

START_TEST(what_only_another_branch_comes_to_is_compared_with_that_branch)
{
    char *scenario = toc_sprintf(
        "%s%s", clean,
        "service \"s\" { name = \"S\", domain = \"energy\" }\n"
        "decision \"D-02\" { to = \"net\", within = \"5m\", title = \"2\", options = { { "
        "\"x\", \"X\" }, { \"y\", \"Y\" } } }\n"
        "storyline \"two\" (function ()\n"
        "  wait \"5m\"\n"
        "  if ask(\"D-01\").option ~= \"b\" then return end\n"
        "  if ask(\"D-02\").option == \"y\" then set(\"s\", 40) end\n"
        "end)\n");
    toc_survey s = surveyed(scenario);
    const toc_variation *y = variation(&s, "D-01=b,D-02=y");
    ck_assert_str_eq(toc_survey_path(&s, y->parent), "D-01=b");
    ck_assert_uint_eq(y->level_count, 1);
    ck_assert_int_eq(y->levels[0].last, 400000);
    ck_assert_int_eq(y->levels[0].was_last, 1000000);
    ck_assert_uint_eq(variation(&s, "D-01=b")->asked.count, 1);
    ck_assert_uint_eq(y->sent.count + y->unsent.count, 0);
    toc_survey_fini(&s);
    free(scenario);
}
END_TEST

static const char *const three =
    "for i = 1, 3 do\n"
    "  decision(\"D-0\" .. i) { to = \"ops\", within = \"5m\", title = \"T\", options = { { \"a\", "
    "\"A\" }, { \"b\", \"B\" } } }\n"
    "end\n"
    "inject \"INJ-01\" { to = \"ops\", title = \"T\", text = \"{{decided D-01}}\" }\n"
    "storyline \"three\" (function ()\n"
    "  for i = 1, 3 do if ask(\"D-0\" .. i).option == \"b\" then return end end\n"
    "  send \"INJ-01\"\n"
    "end)\n";

START_TEST(exhaustive_takes_every_combination_once)
{
    toc_files *files = rehearsal_files(three);
    toc_survey s = rehearsal_survey(files, TOC_SURVEY_EXHAUSTIVE, 2);
    ck_assert_uint_eq(s.path_count, 7 + 8); // b ends it: 1 + 2 × (1 + 2 × 3)
    ck_assert_int_eq(s.is_capped, 0);
    ck_assert_uint_eq(s.variation_count, 3 * 3); // a, b, none
    toc_survey_fini(&s);

    toc_error e = {0};
    toc_survey_options o = {.strategy = TOC_SURVEY_EXHAUSTIVE, .most = 5, .seed = 1, .cores = 1};
    TOC_OK_OR_FAIL(toc_survey_run(&s, files, &o, &e), e);
    ck_assert_uint_eq(s.path_count, 5);
    ck_assert_int_eq(s.is_capped, 1);
    ck_assert(s.at_least > 5 && s.at_least <= 15);
    toc_survey_fini(&s);
    toc_files_free(files);
}
END_TEST

static bool stop_soon(void *context, size_t done, size_t known)
{
    size_t *calls = context;
    ck_assert_uint_le(done, known);
    return ++*calls < 2;
}

START_TEST(a_survey_can_be_interrupted)
{
    char *scenario =
        toc_sprintf("%sinject \"INJ-09\" { to = \"net\", title = \"N\", text = \"N.\" }\n", clean);
    toc_files *files = rehearsal_files(scenario);
    toc_survey s;
    toc_error e = {0};
    size_t calls = 0;
    toc_survey_options o = {.strategy = TOC_SURVEY_RANDOM,
                            .most = 10000,
                            .cores = 1,
                            .progress = stop_soon,
                            .context = &calls};
    TOC_OK_OR_FAIL(toc_survey_run(&s, files, &o, &e), e);
    ck_assert_int_eq(s.is_interrupted, 1);
    ck_assert_uint_lt(s.path_count, 200);
    ck_assert_ptr_null(rehearsal_finding(&s, TOC_FOUND_NEVER_SENT, NULL)); // it may come yet
    toc_survey_fini(&s);
    toc_files_free(files);
    free(scenario);
}
END_TEST

START_TEST(who_is_silent_is_not_marked_as_having_spoken)
{
    toc_files *files = rehearsal_files(clean);
    toc_playthrough p = rehearsal_play(files, "ops>net=silent", -1);
    char *log = rehearsal_log(&p);
    ck_assert_msg(strstr(log, "state=not-observed"), "%s", log);
    ck_assert_msg(!strstr(log, "state=met"), "%s", log);
    free(log);
    toc_playthrough_fini(&p);
    toc_files_free(files);
}
END_TEST

START_TEST(an_inject_that_is_never_sent_names_what_still_waits)
{
    finds("inject \"INJ-09\" { to = \"net\", title = \"N\", text = \"N.\" }\n"
          "storyline \"leak\" (function () wait \"2h\"; send \"INJ-09\" end)\n",
          TOC_FOUND_NEVER_SENT, "INJ-09", "storyline \"leak\", which names it");
    toc_survey s = surveyed("decision \"D-09\" { to = \"net\", at = \"T+50m\", within = \"20m\", "
                            "title = \"N\", options = { { \"a\", \"A\" }, { \"b\", \"B\" } } }\n");
    const toc_finding *f = rehearsal_finding(&s, TOC_FOUND_OPEN_END, "D-09");
    ck_assert_str_eq(toc_survey_path(&s, f->path), "D-09=none");
    toc_survey_fini(&s);
}
END_TEST

START_TEST(a_scenario_that_does_not_load_is_an_error)
{
    toc_files *files = rehearsal_files("inject \"INJ-01\" { to = \"nobody\" }\n");
    toc_survey s;
    toc_error e = {0};
    toc_survey_options o = {.cores = 2};
    ck_assert_int_eq(toc_survey_run(&s, files, &o, &e), TOC_ESCENARIO);
    toc_survey_fini(&s);
    toc_files_free(files);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, a_scenario_without_flaws_has_no_findings_but_what_planners_weigh);
    tcase_add_test(tc, what_never_happens_is_found);
    tcase_add_test(tc, conditions_that_say_nothing_are_found);
    tcase_add_test(tc, an_expected_action_that_never_comes_due_is_found);
    tcase_add_test(tc, script_errors_are_found_at_their_line);
    tcase_add_test(tc, ends_that_differ_are_found);
    tcase_add_test(tc, decisions_without_effect_and_full_quarters_are_found);
    tcase_add_test(tc, a_branch_that_only_two_choices_open_is_found_by_drawing);
    tcase_add_test(tc, few_choices_are_taken_in_every_combination_before_chance);
    tcase_add_test(tc, random_numbers_differ_between_paths_that_are_drawn);
    tcase_add_test(tc, what_only_people_bring_about_is_a_warning);
    tcase_add_test(tc, what_would_come_after_the_end_is_found);
    tcase_add_test(tc, what_a_plan_brings_about_is_covered);
    tcase_add_test(tc, a_deadlock_of_some_paths_names_one_and_its_place);
    tcase_add_test(tc, a_variation_tells_what_its_choice_changes);
    tcase_add_test(tc, what_only_another_branch_comes_to_is_compared_with_that_branch);
    tcase_add_test(tc, exhaustive_takes_every_combination_once);
    tcase_add_test(tc, a_survey_can_be_interrupted);
    tcase_add_test(tc, who_is_silent_is_not_marked_as_having_spoken);
    tcase_add_test(tc, an_inject_that_is_never_sent_names_what_still_waits);
    tcase_add_test(tc, a_scenario_that_does_not_load_is_an_error);
}

TOC_CHECK_MAIN("survey", add_tests)
