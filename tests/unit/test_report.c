// SPDX-License-Identifier: MIT
// The report of recordings that are cut, hostile, or otherwise not as they should be.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "poor_morning.h"
#include "replays/report.h"
#include "tape.h"

static toc_error e;

// The page of a journal; of one team, or of all.
static char *page_of(const toc_buf *journal, const char *team)
{
    toc_recording *r;
    toc_paper *paper;
    toc_buf html = {0}, markdown = {0};
    toc_report_options o = {.team = team, .is_anonymous = team != NULL};
    TOC_OK_OR_FAIL(toc_recording_read(&r, journal->data, journal->len, &e), e);
    if (!toc_recording_plan(r, NULL))
        o.team = NULL;
    TOC_OK_OR_FAIL(toc_report_of(&paper, r, &o, &e), e);
    toc_paper_html(&html, paper);
    toc_paper_markdown(&markdown, paper);
    ck_assert_uint_gt(markdown.len, 100);
    toc_paper_free(paper);
    toc_recording_free(r);
    toc_buf_fini(&markdown);
    return toc_buf_take(&html);
}

static size_t count_of(const char *text, const char *what)
{
    size_t count = 0;
    for (; (text = strstr(text, what)); text += strlen(what))
        count++;
    return count;
}

START_TEST(a_recording_cut_at_any_line_has_a_whole_page)
{
    static const char *const elements[] = {"section", "table", "details", "figure",
                                           "svg",     "dl",    "ul",      "div"};
    acted a;
    poor_morning(&a);
    for (size_t lines = 1; lines <= a.log.count; lines++) {
        toc_buf journal = {0};
        acted_journal(&a, lines, &journal);
        char *page = page_of(&journal, lines % 3 == 0 ? "watch" : lines % 3 == 1 ? "ferry" : NULL);
        for (size_t i = 0; i < TOC_COUNT(elements); i++) {
            char *begin = toc_sprintf("<%s>", elements[i]),
                 *with = toc_sprintf("<%s ", elements[i]);
            char *end = toc_sprintf("</%s>", elements[i]);
            ck_assert_msg(count_of(page, begin) + count_of(page, with) == count_of(page, end),
                          "%s, %zu lines", elements[i], lines);
            free(begin);
            free(with);
            free(end);
        }
        free(page);
        toc_buf_fini(&journal);
    }
    acted_end(&a);
}
END_TEST

// Whoever writes a journal by hand can write any time into it.
START_TEST(times_beyond_all_measure_are_drawn_without_harm)
{
    static const char *const times[] = {"9007199254740991", "4503599627370496", "86400000000000"};
    acted a;
    poor_morning(&a);
    for (size_t i = 0; i < TOC_COUNT(times); i++) {
        toc_buf journal = {0}, body = {0};
        char hash[TOC_HASH_HEX + 1];
        size_t count = 0;
        acted_journal(&a, 0, &journal);
        toc_buf far = {0};
        memset(hash, '0', TOC_HASH_HEX);
        hash[TOC_HASH_HEX] = '\0';
        for (const char *line = journal.data; *line; line += strcspn(line, "\n") + 1, count++) {
            const char *t = strstr(line, "\"t\":");
            size_t len = (size_t)(strstr(line, ",\"d\":") - line);
            toc_buf_clear(&body);
            if (count > 100 && t && t < line + len) {
                size_t before = (size_t)(t + 4 - line);
                size_t digits = strspn(line + before, "0123456789");
                toc_buf_add(&body, line, before);
                toc_buf_str(&body, times[i]);
                toc_buf_add(&body, line + before + digits, len - before - digits);
            } else {
                toc_buf_add(&body, line, len);
            }
            toc_line_write(&far, body.data, body.len, (int64_t)count - (count > 0), hash);
        }
        char *page = page_of(&far, NULL);
        ck_assert_ptr_nonnull(strstr(page, "⋯"));
        free(page);
        toc_buf_fini(&journal);
        toc_buf_fini(&body);
        toc_buf_fini(&far);
    }
    acted_end(&a);
}
END_TEST

START_TEST(a_team_that_is_none_is_named_with_those_that_are)
{
    acted a;
    toc_recording *r;
    toc_paper *paper;
    toc_buf journal = {0};
    toc_report_options o = {.team = "wathc"};
    poor_morning(&a);
    acted_journal(&a, 0, &journal);
    TOC_OK_OR_FAIL(toc_recording_read(&r, journal.data, journal.len, &e), e);
    ck_assert_int_eq(toc_report_of(&paper, r, &o, &e), TOC_EUSAGE);
    ck_assert_str_eq(
        e.msg, "no team \"wathc\" in run acted-1; did you mean watch; its teams are: watch, ferry");
    toc_recording_free(r);
    toc_buf_fini(&journal);
    acted_end(&a);
}
END_TEST

// What is wrong at a line is told as it stands there, whoever may know it.
START_TEST(a_teams_report_says_what_is_not_proven_and_not_what_stands_there)
{
    static const toc_report_options wanted[] = {
        {.team = NULL}, {.team = "watch"}, {.is_anonymous = true}};
    acted a;
    toc_buf journal = {0};
    poor_morning(&a);
    acted_journal(&a, 0, &journal);
    for (size_t i = 0; i < TOC_COUNT(wanted); i++) {
        char about[] = "Secretabout", words[] = "Secretwords";
        toc_verdict v = {.kind = TOC_VERDICT_DIVERGED, .difference = 41, .what = "Secretwhat"};
        v.told = (toc_difference){.about = about, .recorded = words, .came_out = words};
        toc_report_options o = wanted[i];
        toc_recording *r;
        toc_paper *paper;
        toc_buf text = {0};
        o.verdicts = &v;
        TOC_OK_OR_FAIL(toc_recording_read(&r, journal.data, journal.len, &e), e);
        TOC_OK_OR_FAIL(toc_report_of(&paper, r, &o, &e), e);
        toc_paper_markdown(&text, paper);
        ck_assert_ptr_nonnull(strstr(toc_buf_text(&text), "diverged"));
        ck_assert_ptr_nonnull(strstr(toc_buf_text(&text), "Line 41 of the file"));
        ck_assert_int_eq(strstr(toc_buf_text(&text), "Secret") != NULL, i == 0);
        toc_buf_fini(&text);
        toc_paper_free(paper);
        toc_recording_free(r);
    }
    toc_buf_fini(&journal);
    acted_end(&a);
}
END_TEST

START_TEST(side_by_side_a_team_carries_forward_its_own_actions_alone)
{
    static const char csv[] = "Id,Issue,Responsible,State\nCA-1,theirs alone,watch,open\n"
                              "CA-2,of others,ferry,open\nCA-3,is over,watch,Closed \n"
                              "CA-4,is done,watch,DONE.\n";
    acted a;
    toc_recording *r;
    toc_paper *paper;
    toc_buf journal = {0}, text = {0};
    toc_corrective *previous;
    toc_report_options o = {.team = "watch"};
    TOC_OK_OR_FAIL(
        toc_corrective_read(&previous, &o.previous_count, csv, sizeof csv - 1, &e), e);
    ck_assert_uint_eq(o.previous_count, 2);
    o.previous = previous;
    poor_morning(&a);
    acted_journal(&a, 0, &journal);
    TOC_OK_OR_FAIL(toc_recording_read(&r, journal.data, journal.len, &e), e);
    const toc_recording *both[] = {r, r};
    TOC_OK_OR_FAIL(toc_report_beside(&paper, both, 2, &o, &e), e);
    toc_paper_markdown(&text, paper);
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&text), "theirs alone"));
    ck_assert_ptr_null(strstr(toc_buf_text(&text), "of others"));
    toc_correctives_free(previous, o.previous_count);
    toc_buf_fini(&text);
    toc_buf_fini(&journal);
    toc_paper_free(paper);
    toc_recording_free(r);
    acted_end(&a);
}
END_TEST

// ---- made by hand -------------------------------------------------------------------------------------

#define MIN 60000

static char *markdown_of(const tape *t, const toc_report_options *o)
{
    toc_paper *paper;
    toc_buf text = {0}, html = {0};
    toc_recording *r = tape_recording(t);
    TOC_OK_OR_FAIL(toc_report_of(&paper, r, o, &e), e);
    toc_paper_markdown(&text, paper);
    toc_paper_html(&html, paper);
    toc_buf_add(&text, html.data, html.len);
    toc_buf_fini(&html);
    toc_paper_free(paper);
    toc_recording_free(r);
    return toc_buf_take(&text);
}

static void begin_emergency(tape *t)
{
    tape_begin(t, "");
    tape_do(t, 0, "start", "excon-1", "");
    tape_do(t, 5 * MIN, "say", "ops-1", ",\"to\":[\"net\"],\"text\":\"a word before\"");
    tape_do(t, 6 * MIN, "emergency", "ops-2", ",\"text\":\"a faint by the door\"");
    tape_do(t, 6 * MIN, "say", "excon-1",
            ",\"to\":[\"ops\",\"net\"],\"text\":\"the ambulance comes\"");
    tape_wait(t, 90000);
    tape_do(t, 6 * MIN, "resume", "excon-1", "");
    tape_do(t, 7 * MIN, "say", "ops-1", ",\"to\":[\"net\"],\"text\":\"a word behind\"");
    tape_do(t, 8 * MIN, "end", "excon-1", "");
}

// What is handed on says that there was one, and for how long; the rest is EXCON's.
START_TEST(what_was_written_in_a_real_emergency_is_in_the_full_report_alone)
{
    const toc_report_options shared[] = {{.team = "ops"},
                                         {.team = "net"},
                                         {.is_anonymous = true},
                                         {.team = "ops", .is_anonymous = true}};
    tape t;
    begin_emergency(&t);
    char *all = markdown_of(&t, &(toc_report_options){0});
    ck_assert_ptr_nonnull(strstr(all, "play stopped for 1 min 30 s: a faint by the door; called by "
                                      "ops-2"));
    ck_assert_ptr_nonnull(strstr(all, "the ambulance comes"));
    ck_assert_ptr_null(strstr(all, "kept back"));
    free(all);
    for (size_t i = 0; i < TOC_COUNT(shared); i++) {
        char *text = markdown_of(&t, &shared[i]);
        ck_assert_ptr_nonnull(
            strstr(text, "real emergency** T+0:06:00, play stopped for 1 min 30 s"));
        ck_assert_ptr_null(strstr(text, "a faint"));
        ck_assert_ptr_null(strstr(text, "called by"));
        ck_assert_ptr_null(strstr(text, "ambulance"));
        ck_assert_ptr_nonnull(strstr(text, "a word before"));
        ck_assert_ptr_nonnull(strstr(text, "a word behind"));
        ck_assert_ptr_nonnull(strstr(text, "what was written until play went on, is kept back"));
        free(text);
    }
    tape_end(&t);
}
END_TEST

START_TEST(what_was_due_after_endex_is_neither_late_nor_missed)
{
    tape t;
    tape_begin(&t, "expect \"EXP-01\" { team = \"ops\", by = \"T+20m\", text = \"A report\", "
                   "objective = \"OBJ-1\" }\n"
                   "expect \"EXP-02\" { team = \"ops\", by = \"T+25m\", text = \"A call\", "
                   "objective = \"OBJ-1\" }\n");
    tape_do(&t, 0, "start", "excon-1", "");
    tape_do(&t, 5 * MIN, "mark-action", "excon-1",
            ",\"expectation\":\"EXP-02\",\"state\":\"not-observed\",\"text\":\"forgotten\"");
    tape_do(&t, 10 * MIN, "end", "excon-1", "");
    char *text = markdown_of(&t, &(toc_report_options){0});
    ck_assert_ptr_nonnull(strstr(text, "not exercised: the exercise ended before it was due"));
    ck_assert_ptr_nonnull(strstr(text, "not observed; the exercise ended before it was due, by "
                                       "T+0:25:00"));
    ck_assert_ptr_null(strstr(text, "it was due by"));
    ck_assert_ptr_null(strstr(text, "by its deadline: expected action"));
    free(text);
    tape_end(&t);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, a_recording_cut_at_any_line_has_a_whole_page);
    tcase_add_test(tc, times_beyond_all_measure_are_drawn_without_harm);
    tcase_add_test(tc, a_team_that_is_none_is_named_with_those_that_are);
    tcase_add_test(tc, a_teams_report_says_what_is_not_proven_and_not_what_stands_there);
    tcase_add_test(tc, side_by_side_a_team_carries_forward_its_own_actions_alone);
    tcase_add_test(tc, what_was_written_in_a_real_emergency_is_in_the_full_report_alone);
    tcase_add_test(tc, what_was_due_after_endex_is_neither_late_nor_missed);
}

TOC_CHECK_MAIN("report", add_tests)
