// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "rehearsal_fixture.h"
#include "seed.h"

static const char scenario[] =
    "decision \"D-01\" { to = \"ops\", at = \"T+1m\", within = \"10m\", title = \"One\",\n"
    "  options = { { \"a\", \"A\" }, { \"b\", \"B\" } } }\n"
    "decision \"D-02\" { to = \"ops\", at = \"T+1m\", within = \"10m\", title = \"Two\" }\n"
    "decision \"D-03\" { to = \"net\", at = \"T+1m\", within = \"10m\", title = \"Three\",\n"
    "  options = { { \"none\", \"None\" }, { \"own\", \"By itself\" }, { \"rejected\", \"No\" } } "
    "}\n"
    "inject \"INJ-01\" { at = \"T+1m\", to = \"ops\", title = \"One\", text = \"One.\" }\n"
    "expect \"EXP-01\" { team = \"ops\", by = \"T+9m\", text = \"Do\" }\n"
    "expect \"EXP-02\" { team = \"net\", by = \"T+9m\", text = \"Do more\" }\n";

static toc_files *files;
static toc_scenario *loaded;
static const toc_plan *plan;

static void set_up(void)
{
    files = rehearsal_files(scenario);
    loaded = rehearsal_scenario(files);
    plan = toc_scenario_plan(loaded);
}

static void tear_down(void)
{
    toc_scenario_free(loaded);
    toc_files_free(files);
}

static char *text_of(const toc_path *path)
{
    toc_buf b = {0};
    toc_path_text(&b, plan, path);
    return toc_buf_take(&b);
}

static void reads_as(const char *text, const char *wanted)
{
    toc_path path;
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_path_parse(&path, plan, text, &e), e);
    char *out = text_of(&path);
    ck_assert_str_eq(out, wanted);
    free(out);
    toc_path_fini(&path);
}

START_TEST(a_path_is_read_and_written)
{
    reads_as("", "default");
    reads_as("default", "default");
    reads_as("D-01=b", "D-01=b");
    reads_as(" D-01=b@late , D-02=none", "D-01=b@late,D-02=none");
    reads_as("D-01=b@T+1:38", "D-01=b@T+1:38:00");
    reads_as("D-01=rejected,D-02=own@late", "D-01=rejected,D-02=own@late");
    reads_as("ops>press=silent,EXP-02=late,EXP-01=missed,D-02=none,excon>ops=silent",
             "D-02=none,EXP-01=missed,EXP-02=late,ops>press=silent,excon>ops=silent");
}
END_TEST

START_TEST(an_option_may_be_called_as_no_answer_is)
{
    reads_as("D-03=none", "D-03=none");
    reads_as("D-03=no-answer", "D-03=no-answer");
    reads_as("D-03=own-answer", "D-03=own-answer");
    reads_as("D-03=own-rejected", "D-03=own-rejected");
    reads_as("D-01=no-answer", "D-01=none");
    toc_path path;
    TOC_OK_OR_FAIL(toc_path_parse(&path, plan, "D-03=none", NULL), (toc_error){0});
    ck_assert_int_eq(path.choices[0].answer, TOC_ANSWER_OPTION);
    toc_path_fini(&path);
}
END_TEST

static void refuses(const char *text, const char *why)
{
    toc_path path;
    toc_error e = {0};
    ck_assert_msg(toc_path_parse(&path, plan, text, &e) == TOC_EUSAGE, "taken: %s", text);
    ck_assert_msg(strstr(e.msg, why), "%s: %s", text, e.msg);
}

START_TEST(mistakes_name_what_could_have_been_written)
{
    refuses("D-01", "a path is written");
    refuses("D-01=", "a path is written");
    refuses("D-10=a", "no decision or expected action");
    refuses("D-0l=a", "did you mean `D-01`?");
    refuses("D-01=c", "there are: a, b, none, own, rejected");
    refuses("D-02=rejected", "there are: own, none");
    refuses("D-01=none@late", "cannot be answered");
    refuses("D-01=a@soon", "@late or at a time");
    refuses("EXP-01=done", "missed or late");
    refuses("ops>moon=silent", "no team or party \"moon\"");
    refuses("ops>press=loud", "can only be silent");
    refuses("D-01=a,D-01=b", "chosen twice");
}
END_TEST

static toc_choice any_choice(toc_random *r)
{
    static char *const who[] = {"ops", "net", "press", "excon"};
    toc_choice c = {.kind = (toc_choice_kind)toc_random_below(r, 3), .answer = TOC_ANSWER_NONE};
    if (c.kind == TOC_CHOICE_TALK) {
        c.from = who[toc_random_below(r, 4)];
        c.to = who[toc_random_below(r, 4)];
    } else if (c.kind == TOC_CHOICE_ACTION) {
        c.index = toc_random_below(r, 2);
        c.answer = toc_random_below(r, 2) ? TOC_ANSWER_LATE : TOC_ANSWER_NONE;
    } else {
        c.index = toc_random_below(r, 3);
        size_t options = plan->decisions[c.index].option_count;
        c.answer = options > 0 ? (toc_answer)toc_random_below(r, 4)
                               : (toc_random_below(r, 2) ? TOC_ANSWER_OWN : TOC_ANSWER_NONE);
        if (c.answer == TOC_ANSWER_OPTION)
            c.option = toc_random_below(r, options);
        if (c.answer != TOC_ANSWER_NONE)
            c.when = (toc_when)toc_random_below(r, 3);
        if (c.when == TOC_WHEN_AT)
            c.at = (int64_t)toc_random_below(r, 3600) * 1000;
    }
    return c;
}

START_TEST(what_is_written_is_read_back)
{
    toc_random r;
    seed_random(&r, "paths");
    for (int i = 0; i < 3000; i++) {
        toc_path path = {0}, again, copy;
        toc_error e = {0};
        for (uint64_t n = toc_random_below(&r, 6); n > 0; n--) {
            toc_choice c = any_choice(&r);
            toc_path_set(&path, &c);
            const toc_choice *found = toc_path_find(&path, c.kind, c.index, c.from, c.to);
            ck_assert(found && found->answer == c.answer);
        }
        char *text = text_of(&path);
        TOC_OK_OR_FAIL(toc_path_parse(&again, plan, text, &e), e);
        ck_assert_msg(toc_path_equal(&path, &again), "%s", text);
        toc_path_copy(&copy, &path);
        ck_assert(toc_path_equal(&path, &copy));
        free(text);
        toc_path_fini(&path);
        toc_path_fini(&again);
        toc_path_fini(&copy);
    }
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, a_path_is_read_and_written);
    tcase_add_test(tc, an_option_may_be_called_as_no_answer_is);
    tcase_add_test(tc, mistakes_name_what_could_have_been_written);
    tcase_add_test(tc, what_is_written_is_read_back);
}

TOC_CHECK_MAIN("path", add_tests)
