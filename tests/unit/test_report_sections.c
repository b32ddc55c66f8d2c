// SPDX-License-Identifier: MIT
// The sections of the report that weigh: objectives, decisions, the improvement plan. Their words are held by a golden page of a
// morning played badly; make it anew with TOC_UPDATE_GOLDEN=1, and read it.

#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/mem.h"
#include "check_main.h"
#include "poor_morning.h"
#include "process.h"
#include "reported.h"

static void begin_morning(reported *x)
{
    acted a;
    poor_morning(&a);
    reported_acted(x, &a);
}

static void all_sections(reported *x)
{
    toc_report_objectives(&x->rp);
    toc_report_decisions(&x->rp);
    toc_report_improvement(&x->rp);
}

START_TEST(a_poor_morning_reads_as_its_director_would_tell_it)
{
    reported x = {.o = {.has_alternatives = true}};
    begin_morning(&x);
    all_sections(&x);
    char *text = reported_markdown(&x);
    reported_is_golden("first-light-poor.md", text);
    free(text);
    reported_end(&x);
}
END_TEST

START_TEST(a_team_is_told_nothing_of_others)
{
    reported x = {.o = {.team = "ferry", .has_alternatives = true}};
    begin_morning(&x);
    all_sections(&x);
    char *text = reported_markdown(&x);
    must_have(text, "Passengers are at the quay");
    must_lack(text, "One generator");
    must_lack(text, "the boat must sail");
    must_lack(text, "Nobody told the ferry anything"); // an evaluator's, of the watch
    must_lack(text, "both are on the telephone");
    must_lack(text, "EXP-01");
    must_lack(text, "INJ-21");
    must_lack(text, "excon-1");
    must_lack(text, "they are writing");
    free(text);
    reported_end(&x);
}
END_TEST

START_TEST(an_anonymous_report_names_seats)
{
    reported x = {.o = {.is_anonymous = true}};
    begin_morning(&x);
    all_sections(&x);
    char *text = reported_markdown(&x);
    must_have(text, "watch-1");
    must_lack(text, "Lind");
    must_lack(text, "Berg");
    must_lack(text, "Holm");
    free(text);
    reported_end(&x);
}
END_TEST

static void take_plan(void *context, const char *name, const toc_buf *bytes)
{
    if (strcmp(name, TOC_CORRECTIVE_CSV) == 0)
        toc_buf_add(context, bytes->data, bytes->len);
}

// What one report leaves open, the next one reads, carries forward, and numbers on from.
START_TEST(an_improvement_plan_is_read_by_the_next_report)
{
    reported x = {0}, next = {0};
    toc_buf csv = {0}, again = {0};
    toc_corrective *rows = NULL;
    toc_error e = {0};
    size_t count = 0, second = 0;
    begin_morning(&x);
    toc_report_improvement(&x.rp);
    toc_paper_csv(x.rp.paper, take_plan, &csv);
    TOC_OK_OR_FAIL(toc_corrective_read(&rows, &count, csv.data, csv.len, &e), e);
    ck_assert_uint_gt(count, 4);
    ck_assert_str_eq(rows[0].id, "IP-01");
    ck_assert_str_eq(rows[0].from, "First Light, 2026-11-21");
    ck_assert_str_eq(rows[0].state, "open");
    ck_assert_str_eq(rows[0].owner, "Halmey island watch (watch)");
    ck_assert_str_eq(rows[0].action, "");
    next.o = (toc_report_options){.previous = rows, .previous_count = count};
    begin_morning(&next);
    toc_report_improvement(&next.rp);
    char *text = reported_markdown(&next);
    must_have(text, "Carried forward");
    free(text);
    toc_paper_csv(next.rp.paper, take_plan, &again);
    toc_corrective *all = NULL;
    TOC_OK_OR_FAIL(toc_corrective_read(&all, &second, again.data, again.len, &e), e);
    ck_assert_uint_eq(second, 2 * count);
    for (size_t i = 0; i < second; i++)
        for (size_t k = 0; k < i; k++)
            ck_assert_str_ne(all[i].id, all[k].id);
    for (size_t i = 0; i < count; i++)
        ck_assert_str_eq(all[i].issue, rows[i].issue);
    toc_correctives_free(all, second);
    toc_correctives_free(rows, count);
    toc_buf_fini(&csv);
    toc_buf_fini(&again);
    reported_end(&next);
    reported_end(&x);
}
END_TEST

START_TEST(what_play_never_came_to_is_called_not_exercised)
{
    reported x = {0};
    acted a;
    acted_begin(&a, "scenarios/first-light");
    acted_put(&a, "T+0", "engine", "open-seat", "seat", "excon-1", NULL);
    acted_put(&a, "T+0", "excon-1", "start", NULL);
    acted_put(&a, "T+0:00:30", "excon-1", "end", NULL);
    reported_acted(&x, &a);
    all_sections(&x);
    char *text = reported_markdown(&x);
    must_have(text, "Not exercised: play never came to anything that belongs to it.");
    must_have(text, "No decision was asked for.");
    must_have(text, "Nothing was late, missed, left unanswered or rated M or U.");
    free(text);
    reported_end(&x);
}
END_TEST

// A rehearsal's players give a reason, which is nobody's.
START_TEST(what_a_rehearsal_answered_is_in_nobodys_words)
{
    reported x = {0};
    acted a;
    acted_begin(&a, "scenarios/first-light");
    acted_put(&a, "T+0", "engine", "open-seat", "seat", "excon-1", NULL);
    acted_put(&a, "T+0", "excon-1", "start", NULL);
    acted_put(&a, "T+0:05", "watch-1", "decide", "decision", "D-01", "option", "ramp", "reason",
              "rehearsed", NULL);
    acted_put(&a, "T+0:08", "ferry-1", "decide", "decision", "D-02", "option", "south", "reason",
              "we rehearsed it", NULL);
    acted_pass(&a, "T+0:09");
    reported_acted(&x, &a);
    toc_report_decisions(&x.rp);
    char *text = reported_markdown(&x);
    must_have(text, "**Reason:** answered by rehearsal; nobody gave a reason");
    must_lack(text, "**Reason, in their words:** \"rehearsed\"");
    must_have(text, "**Reason, in their words:** \"we rehearsed it\"");
    free(text);
    reported_end(&x);
}
END_TEST

static toc_corrective carried(const char *id, const char *about, const char *words,
                              const char *state)
{
    return (toc_corrective){.id = toc_strdup(id),
                            .from = toc_strdup("First Light"),
                            .requirement = toc_strdup(""),
                            .objective = toc_strdup(""),
                            .issue = toc_sprintf("%s, \"%s\": not observed (line 3).", about, words),
                            .action = toc_strdup(""),
                            .owner = toc_strdup(""),
                            .due = toc_strdup(""),
                            .state = toc_strdup(state)};
}

static void begin_quick_morning(reported *x)
{
    acted a;
    acted_begin(&a, "scenarios/first-light");
    acted_put(&a, "T+0", "engine", "open-seat", "seat", "excon-1", NULL);
    acted_put(&a, "T+0", "excon-1", "start", NULL);
    acted_put(&a, "T+0:05", "watch-1", "decide", "decision", "D-01", "option", "ramp", NULL);
    acted_put(&a, "T+0:11", "watch-1", "submit", "product", "sitrep", "text", "Fuse.", NULL);
    acted_pass(&a, "T+0:13");
    reported_acted(x, &a);
}

START_TEST(what_was_met_this_time_asks_to_be_closed)
{
    reported probe = {0}, x = {0};
    toc_corrective *rows = toc_alloc(4 * sizeof *rows), *read = NULL;
    size_t count = 0, read_count = 0;
    const toc_review_action *met = NULL, *missed = NULL;
    toc_buf csv = {0};
    toc_error e = {0};
    begin_quick_morning(&probe);
    for (size_t i = 0; i < probe.rp.review.action_count; i++) {
        const toc_review_action *a = &probe.rp.review.actions[i];
        if (strcmp(a->state, "met") == 0)
            met = a;
        else
            missed = a;
    }
    ck_assert(met && missed);
    rows[count++] = carried("IP-01", met->id, met->text, "open");
    rows[count++] = carried("IP-02", missed->id, missed->text, "open; met this time: close it?");
    rows[count++] = carried("IP-03", met->id, "another scenario's", "open");
    rows[count++] = carried("IP-04", "D-01", "One generator. Where does it go?", "");
    x.o = (toc_report_options){.previous = rows, .previous_count = count};
    begin_quick_morning(&x);
    toc_report_improvement(&x.rp);
    toc_paper_csv(x.rp.paper, take_plan, &csv);
    TOC_OK_OR_FAIL(toc_corrective_read(&read, &read_count, csv.data, csv.len, &e), e);
    ck_assert_str_eq(read[0].state, "open; met this time: close it?");
    ck_assert_str_eq(read[1].state, "open");
    ck_assert_str_eq(read[2].state, "open");
    ck_assert_str_eq(read[3].state, "open; met this time: close it?");
    char *text = reported_markdown(&x);
    must_have(text, "those of the recordings that they come from");
    free(text);
    toc_correctives_free(read, read_count);
    toc_correctives_free(rows, count);
    toc_buf_fini(&csv);
    reported_end(&x);
    reported_end(&probe);
}
END_TEST

START_TEST(what_reviewers_noted_is_for_those_who_see_all)
{
    toc_note list[] = {{.seq = 12, .t = 90000, .by = "A. Berglund", .text = "Who told <b>them</b>?"},
                       {.seq = 14, .t = 95000, .by = "", .text = "Ask Berglund, or Lind."}};
    const toc_notes notes = {.at = list, .count = TOC_COUNT(list)};
    for (int kind = 0; kind < 3; kind++) {
        reported x = {.o = {.notes = &notes,
                            .team = kind == 1 ? "watch" : NULL,
                            .is_anonymous = kind == 2}};
        begin_morning(&x);
        toc_report_notes(&x.rp);
        char *text = reported_markdown(&x), *html = reported_html(&x);
        if (kind == 0) {
            must_have(text, "T+0:01:30, A. Berglund: \"Who told");
            must_have(text, "(line 12)");
        } else if (kind == 1) {
            must_lack(text, "Who told");
        } else {
            must_have(text, "T+0:01:30, a reviewer: \"Who told");
            must_lack(text, "Berglund");
            must_lack(text, "Lind");
        }
        must_lack(html, "<b>them");
        free(text);
        free(html);
        reported_end(&x);
    }
}
END_TEST

START_TEST(a_quote_is_read_without_the_marks_of_its_markdown)
{
    reported x = {0};
    begin_morning(&x);
    toc_paper_quote(x.rp.paper, "**You can** wait.\n# Then\n*now*, 2 * 3 * 4 <b>no</b> **open");
    char *text = reported_markdown(&x), *html = reported_html(&x);
    must_have(html, "<blockquote>You can wait.");
    must_have(html, "<br>\nThen<br>");
    must_have(html, "now, 2 * 3 * 4 &lt;b&gt;no&lt;/b&gt; **open");
    must_have(text, "\\*\\*You can\\*\\* wait.");
    free(text);
    free(html);
    reported_end(&x);
}
END_TEST

// The recording of a night that went wrong in many ways, as its report and its journal tell it.
START_TEST(what_excon_did_is_not_told_as_the_teams)
{
    reported x = {0};
    toc_buf journal = {0};
    toc_error e = {0};
    char *path = source_path("replays/recordings/silent-beams-rough/journal.jsonl");
    TOC_OK_OR_FAIL(toc_file_slurp(&journal, path, 1 << 26, &e), e);
    reported_begin(&x, &journal);
    toc_report_overview(&x.rp);
    toc_report_timeline(&x.rp);
    toc_report_objectives(&x.rp);
    toc_report_world(&x.rp);
    toc_report_msel(&x.rp);
    char *text = reported_markdown(&x), *html = reported_html(&x);
    must_have(text, "**7 of 9** decisions of teams made in time");
    must_have(text, "; 1 decided for a team by EXCON");
    must_have(text, "- an evaluator wrote about D-04"); // a note is no blame
    must_have(text, "Trains on the Elvedal line; decided by EXCON (");
    must_have(text, "| decided by EXCON D-04: ");
    must_lack(text, "**✓ decided in time** D-04");
    must_lack(text, "Opened late or never"); // it came within a jump, and was opened at its end
    must_have(text, "operator 0 s after the jump");
    must_lack(text, "signals (skerries, hills) 100 %"); // a rise is no cause of a fall
    must_have(text, "Fault monitoring of 41 crossings 10 % (for longer than its autonomy) (line");
    must_have(text, "EXCON dropped the storyline \"the island\"");
    must_have(text, "the rescue boat is out for the Havbris");
    must_lack(text, "From left to right"); // of pictures, which Markdown has not
    must_lack(text, "dashed");
    must_have(text, "(picture: report.html)");
    must_have(html, "From left to right");
    must_lack(html, "(picture: report.html)");
    free(text);
    free(html);
    free(path);
    toc_buf_fini(&journal);
    reported_end(&x);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, what_excon_did_is_not_told_as_the_teams);
    tcase_add_test(tc, what_a_rehearsal_answered_is_in_nobodys_words);
    tcase_add_test(tc, what_was_met_this_time_asks_to_be_closed);
    tcase_add_test(tc, what_reviewers_noted_is_for_those_who_see_all);
    tcase_add_test(tc, a_quote_is_read_without_the_marks_of_its_markdown);
    tcase_add_test(tc, a_poor_morning_reads_as_its_director_would_tell_it);
    tcase_add_test(tc, a_team_is_told_nothing_of_others);
    tcase_add_test(tc, an_anonymous_report_names_seats);
    tcase_add_test(tc, an_improvement_plan_is_read_by_the_next_report);
    tcase_add_test(tc, what_play_never_came_to_is_called_not_exercised);
}

TOC_CHECK_MAIN("report_sections", add_tests)
