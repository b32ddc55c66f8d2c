// SPDX-License-Identifier: MIT
// The sections of the report that weigh: objectives, decisions, the improvement plan. Their words are held by a golden page of a
// morning played badly; make it anew with TOC_UPDATE_GOLDEN=1, and read it.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "poor_morning.h"
#include "process.h"
#include "report_inside.h"

typedef struct {
    acted a;
    toc_recording *r;
    toc_report_options o;
    toc_report rp;
} reported;

static void begin(reported *x)
{
    toc_error e = {0};
    toc_buf journal = {0};
    acted_journal(&x->a, 0, &journal);
    TOC_OK_OR_FAIL(toc_recording_read(&x->r, journal.data, journal.len, &e), e);
    toc_buf_fini(&journal);
    x->rp = (toc_report){.r = x->r, .o = &x->o, .plan = toc_recording_plan(x->r, NULL)};
    toc_review_of(&x->rp.review, x->r);
    toc_report_names(&x->rp);
    x->rp.paper = toc_paper_new("Try", NULL);
    if (!x->o.team)
        return;
    x->rp.feed = toc_feed_new(x->o.team);
    for (int64_t seq = 1; seq <= toc_recording_count(x->r); seq++)
        toc_feed_add(x->rp.feed, toc_recording_at(x->r, seq));
}

static char *markdown(const reported *x)
{
    toc_buf out = {0};
    toc_paper_markdown(&out, x->rp.paper);
    return toc_buf_take(&out);
}

static void end(reported *x)
{
    toc_paper_free(x->rp.paper);
    toc_feed_free(x->rp.feed);
    toc_report_names_fini(&x->rp);
    toc_review_end(&x->rp.review);
    toc_recording_free(x->r);
    acted_end(&x->a);
}

static void is_golden(const char *name, const char *text)
{
    char *file = toc_sprintf("tests/fixtures/report/%s", name), *path = source_path(file);
    toc_error e = {0};
    toc_buf golden = {0};
    if (getenv("TOC_UPDATE_GOLDEN")) {
        FILE *f = fopen(path, "w");
        ck_assert_ptr_nonnull(f);
        fputs(text, f);
        fclose(f);
    }
    TOC_OK_OR_FAIL(toc_file_slurp(&golden, path, 1 << 20, &e), e);
    const char *was = toc_buf_text(&golden), *is = text;
    for (int line = 1; *was || *is; line++) {
        size_t left = strcspn(was, "\n"), right = strcspn(is, "\n");
        ck_assert_msg(left == right && memcmp(was, is, left) == 0,
                      "%s:%d is not what comes out; TOC_UPDATE_GOLDEN=1 writes it:\n%.*s\n%.*s",
                      file, line, left < 500 ? (int)left : 500, was, right < 500 ? (int)right : 500,
                      is);
        was += left + (was[left] != '\0');
        is += right + (is[right] != '\0');
    }
    toc_buf_fini(&golden);
    free(file);
    free(path);
}

static void must_have(const char *text, const char *words)
{
    if (!strstr(text, words))
        puts(text);
    ck_assert_msg(strstr(text, words), "not in it: %s", words);
}

static void must_lack(const char *text, const char *words)
{
    if (strstr(text, words))
        puts(text);
    ck_assert_msg(!strstr(text, words), "in it: %s", words);
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
    poor_morning(&x.a);
    begin(&x);
    all_sections(&x);
    char *text = markdown(&x);
    is_golden("first-light-poor.md", text);
    free(text);
    end(&x);
}
END_TEST

START_TEST(a_team_is_told_nothing_of_others)
{
    reported x = {.o = {.team = "ferry", .has_alternatives = true}};
    poor_morning(&x.a);
    begin(&x);
    all_sections(&x);
    char *text = markdown(&x);
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
    end(&x);
}
END_TEST

START_TEST(an_anonymous_report_names_seats)
{
    reported x = {.o = {.is_anonymous = true}};
    poor_morning(&x.a);
    begin(&x);
    all_sections(&x);
    char *text = markdown(&x);
    must_have(text, "watch-1");
    must_lack(text, "Lind");
    must_lack(text, "Berg");
    must_lack(text, "Holm");
    free(text);
    end(&x);
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
    poor_morning(&x.a);
    begin(&x);
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
    poor_morning(&next.a);
    begin(&next);
    toc_report_improvement(&next.rp);
    char *text = markdown(&next);
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
    end(&next);
    end(&x);
}
END_TEST

START_TEST(what_play_never_came_to_is_called_not_exercised)
{
    reported x = {0};
    acted_begin(&x.a, "scenarios/first-light");
    acted_put(&x.a, "T+0", "engine", "open-seat", "seat", "excon-1", NULL);
    acted_put(&x.a, "T+0", "excon-1", "start", NULL);
    acted_put(&x.a, "T+0:00:30", "excon-1", "end", NULL);
    begin(&x);
    all_sections(&x);
    char *text = markdown(&x);
    must_have(text, "Not exercised: play never came to anything that belongs to it.");
    must_have(text, "No decision was asked for.");
    must_have(text, "Nothing was late, missed, left unanswered or rated M or U.");
    free(text);
    end(&x);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, a_poor_morning_reads_as_its_director_would_tell_it);
    tcase_add_test(tc, a_team_is_told_nothing_of_others);
    tcase_add_test(tc, an_anonymous_report_names_seats);
    tcase_add_test(tc, an_improvement_plan_is_read_by_the_next_report);
    tcase_add_test(tc, what_play_never_came_to_is_called_not_exercised);
}

TOC_CHECK_MAIN("report_sections", add_tests)
