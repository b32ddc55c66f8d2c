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
#include "report_alternatives.h"
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
    ck_assert_str_eq(rows[0].from, "First Light, 2026-11-21 18:00 UTC, run acted-1");
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
    // The same again: what is about the same is one row, and says so.
    size_t again_missed = 0, again_late = 0;
    for (size_t i = 0; i < count; i++) {
        again_missed += strstr(all[i].state, "open; missed again in run acted-1") != NULL;
        again_late += strstr(all[i].state, "open; late this time, by ") != NULL;
    }
    ck_assert_uint_gt(again_missed, 0);
    ck_assert_uint_lt(second, 2 * count);
    ck_assert_uint_eq(second, 2 * count - again_missed - again_late);
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
                            .issue =
                                toc_sprintf("%s, \"%s\": not observed (line 3).", about, words),
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
    const size_t rows_carried = count;
    x.o = (toc_report_options){.previous = rows, .previous_count = count};
    begin_quick_morning(&x);
    toc_report_improvement(&x.rp);
    toc_paper_csv(x.rp.paper, take_plan, &csv);
    TOC_OK_OR_FAIL(toc_corrective_read(&read, &read_count, csv.data, csv.len, &e), e);
    ck_assert_str_eq(read[0].state, "open; met this time: close it?");
    ck_assert_str_eq(read[1].state, "open; missed again in run acted-1");
    ck_assert_str_eq(read[2].state, "open");
    ck_assert_str_eq(read[3].state, "open; answered in time this time");
    for (size_t i = rows_carried; i < read_count; i++)
        ck_assert_ptr_null(strstr(read[i].issue, missed->text));
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
    toc_note list[] = {
        {.seq = 12, .t = 90000, .by = "A. Berglund", .text = "Who told <b>them</b>?"},
        {.seq = 14, .t = 95000, .by = "", .text = "Ask Berglund, or Lind."}};
    const toc_notes notes = {.at = list, .count = TOC_COUNT(list)};
    for (int kind = 0; kind < 3; kind++) {
        reported x = {
            .o = {.notes = &notes, .team = kind == 1 ? "watch" : NULL, .is_anonymous = kind == 2}};
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
    must_have(text, "**7 of 9** decisions of teams answered in time");
    must_have(text, "; 1 decided for a team by EXCON");
    must_have(text, "- an evaluator wrote about D-04"); // a note is no blame
    must_have(text, "Trains on the Elvedal line; decided by EXCON (");
    must_have(text, "| decided by EXCON D-04: ");
    must_lack(text, "**✓ answered in time**"); // which says nothing of what was decided
    must_have(text, "| answered in time D-");  // and stands there
    must_lack(text, "Opened late or never");   // it came within a jump, and was opened at its end
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

// ---- what hung on an answer ------------------------------------------------------------------------------------

static void begin_recorded(reported *x, const char *name)
{
    toc_buf journal = {0};
    toc_error e = {0};
    char *file = toc_sprintf("replays/recordings/%s/journal.jsonl", name),
         *path = source_path(file);
    TOC_OK_OR_FAIL(toc_file_slurp(&journal, path, 1 << 26, &e), e);
    reported_begin(x, &journal);
    free(file);
    free(path);
    toc_buf_fini(&journal);
}

// What a storyline did much later because of an answer, and no other answer would have had, stands with that answer. Each other
// answer is a row, and one sentence that says of itself that it is reckoned.
START_TEST(what_no_other_answer_would_have_had_hung_on_the_one_given)
{
    reported x = {.o = {.has_alternatives = true}};
    begin_recorded(&x, "silent-beams-good");
    toc_alternatives *all = toc_alternatives_of(&x.rp);
    size_t *none = toc_alloc(((size_t)toc_recording_count(x.r) + 1) * sizeof *none);
    size_t named = 0, rows = 0;
    for (size_t d = 0; d < x.rp.review.decision_count; d++) {
        reported one = x;
        one.rp.paper = toc_paper_new("Try", NULL);
        toc_report_hung(&one.rp, all, none, d);
        char *text = reported_markdown(&one);
        for (size_t i = 0; i < x.rp.review.inject_count; i++) {
            const toc_review_inject *inject = &x.rp.review.injects[i];
            bool is_elsewhere = !inject->sent_seq;
            size_t others = 0;
            for (size_t k = 0; k < all->count; k++)
                if (all->at[k].decision == d && all->at[k].is_played) {
                    is_elsewhere |= all->at[k].facts.sent[i];
                    others++;
                }
            char *name = toc_sprintf("%s \"", inject->id);
            if (is_elsewhere || others == 0)
                must_lack(text, name);
            named += strstr(text, name) != NULL;
            free(name);
        }
        if (strstr(text, "Hung on"))
            must_have(text, "Reckoned, all else as people did it: ");
        free(text);
        toc_paper_free(one.rp.paper);
    }
    ck_assert_uint_gt(named, 0);
    toc_report_decisions(&x.rp);
    char *text = reported_markdown(&x);
    must_have(
        text,
        "| Another answer | Injects | Decisions | Levels that matter most | Lost user-hours |");
    for (const char *at = text; (at = strstr(at, ":** Reckoned, all else as people did it: "));
         at++)
        rows++;
    size_t played = 0;
    for (size_t k = 0; k < all->count; k++)
        played += all->at[k].is_played;
    ck_assert_uint_eq(rows, played);
    must_lack(text, "could not be done again."); // without saying what
    free(text);
    free(none);
    toc_alternatives_free(all);
    reported_end(&x);
}
END_TEST

static toc_recording *read_back(toc_branch *b)
{
    char *folder = folder_new(), *path = toc_sprintf("%s/branch.jsonl", folder), public_hex[65];
    toc_recording *r;
    toc_buf pem = {0};
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_seal_key_new(&pem, public_hex, &e), e);
    TOC_OK_OR_FAIL(toc_branch_write(b, path, pem.data, &e), e);
    TOC_OK_OR_FAIL(toc_recording_open(&r, path, &e), e);
    toc_buf_fini(&pem);
    free(path);
    folder_remove(folder);
    return r;
}

// Side by side stands what was played first first, and a branch, which has the beginning of what it left, behind that; it is no
// later time at which anything got better.
START_TEST(a_branch_stands_behind_what_it_left)
{
    reported x = {0};
    toc_error e = {0};
    toc_branch *branch;
    toc_paper *paper;
    begin_recorded(&x, "silent-beams-good");
    const toc_branch_options how = {
        .run = "elsewhere", .at = 600000, .seq = -1, .otherwise = TOC_ELSE_ORIGINAL, .until = -1};
    TOC_OK_OR_FAIL(toc_branch_make(&branch, x.r, &how, &e), e);
    toc_recording *other = read_back(branch);
    const toc_recording *const given[] = {other, x.r};
    TOC_OK_OR_FAIL(toc_report_beside(&paper, given, 2, &x.o, &e), e);
    toc_buf text = {0}, row = {0};
    toc_paper_markdown(&text, paper);
    toc_buf_printf(&row, "| Run | %s | elsewhere |", toc_recording_header(x.r)->run);
    must_have(toc_buf_text(&text), toc_buf_text(&row));
    must_have(toc_buf_text(&text), "| exercised once |");
    must_lack(toc_buf_text(&text), "| as at first |");
    toc_buf_fini(&text);
    toc_buf_fini(&row);
    toc_paper_free(paper);
    toc_recording_free(other);
    toc_branch_free(branch);
    reported_end(&x);
}
END_TEST

// Late by seconds is late, and no issue of the same rank as what was never done.
START_TEST(what_was_late_by_seconds_stands_last)
{
    static const char *const times[] = {"T+0:12:03", "T+0:13:03"};
    for (int is_much = 0; is_much < 2; is_much++) {
        reported x = {0};
        acted a;
        acted_begin(&a, "scenarios/first-light");
        acted_put(&a, "T+0", "engine", "open-seat", "seat", "excon-1", NULL);
        acted_put(&a, "T+0", "excon-1", "start", NULL);
        acted_put(&a, times[is_much], "watch-1", "submit", "product", "sitrep", "text", "Fuse.",
                  NULL);
        acted_pass(&a, "T+0:13:30");
        reported_acted(&x, &a);
        toc_report_improvement(&x.rp);
        char *text = reported_markdown(&x);
        const char *late = strstr(text, ": late by "), *other = strstr(text, "nobody answered");
        ck_assert(late && other);
        ck_assert_msg((late > other) == !is_much, "%s", text);
        free(text);
        reported_end(&x);
    }
}
END_TEST

START_TEST(a_level_is_told_as_the_log_tells_it)
{
    static const struct {
        int64_t ppm;
        const char *words;
    } levels[] = {
        {0, "0 %"}, {1, "0.1 %"}, {333333, "33.3 %"}, {997999, "99.7 %"}, {1000000, "100 %"}};
    for (size_t i = 0; i < TOC_COUNT(levels); i++) {
        toc_buf words = {0};
        toc_report_percent(&words, levels[i].ppm);
        ck_assert_str_eq(toc_buf_text(&words), levels[i].words);
        toc_buf_fini(&words);
    }
    ck_assert(toc_report_is_same_percent(997999, 997001));
    ck_assert(!toc_report_is_same_percent(997999, 996999));
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, what_no_other_answer_would_have_had_hung_on_the_one_given);
    tcase_add_test(tc, a_branch_stands_behind_what_it_left);
    tcase_add_test(tc, what_was_late_by_seconds_stands_last);
    tcase_add_test(tc, a_level_is_told_as_the_log_tells_it);
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
