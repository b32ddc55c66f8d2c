// SPDX-License-Identifier: MIT
// Two recordings side by side: the same is called the same, either way round; what differs is found; what is lost is reckoned as the
// exercise's own world does.

#include "check_main.h"
#include "process.h"
#include "recording.h"
#include "seed.h"

#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/mem.h"
#include "replays/compare.h"

static const char *const scenarios[] = {"scenarios/first-light", "tests/fixtures/worldly",
                                        "scenarios/cold-corridor"};

static toc_recording *wandered_through(const char *scenario, uint64_t seed)
{
    recording made;
    toc_buf journal = {0};
    toc_recording *r;
    toc_error e = {0};
    recording_make(&made, scenario, seed, 60);
    recording_write(&made, made.bodies, made.count, made.private_pem, &journal);
    TOC_OK_OR_FAIL(toc_recording_read(&r, journal.data, journal.len, &e), e);
    toc_buf_fini(&journal);
    recording_fini(&made);
    return r;
}

static void must_mirror(const toc_comparison *c, const toc_comparison *d)
{
    ck_assert(c->is_same == d->is_same);
    ck_assert_int_eq(c->common, d->common);
    ck_assert_int_eq(c->a.first, d->b.first);
    ck_assert_int_eq(c->b.first, d->a.first);
    ck_assert_uint_eq(c->row_count, d->row_count);
    for (size_t i = 0; i < c->row_count; i++) {
        const toc_compare_row *row = &c->rows[i];
        size_t k = 0;
        while (k < d->row_count &&
               (d->rows[k].kind != row->kind || strcmp(d->rows[k].id, row->id) != 0))
            k++;
        ck_assert_msg(k < d->row_count, "%s is missing the other way round", row->id);
        ck_assert_uint_eq(d->rows[k].a, row->b);
        ck_assert_uint_eq(d->rows[k].b, row->a);
        ck_assert_int_eq(d->rows[k].t, row->t);
    }
}

START_TEST(a_recording_is_the_same_as_itself_and_others_differ_either_way_round)
{
    toc_random random;
    seed_random(&random, "compare");
    for (size_t i = 0; i < TOC_COUNT(scenarios); i++) {
        toc_recording *a = wandered_through(scenarios[i], toc_random_below(&random, 100000));
        toc_recording *b =
            wandered_through(scenarios[i], 100000 + toc_random_below(&random, 100000));
        toc_comparison same, one, other;
        toc_buf text = {0}, json = {0};
        toc_compare(&same, a, a);
        ck_assert(same.is_same);
        ck_assert_uint_eq(same.row_count, 0);
        toc_comparison_text(&text, &same, "x", "x");
        ck_assert_ptr_nonnull(strstr(toc_buf_text(&text), "They are the same"));
        toc_comparison_json(&json, &same);
        ck_assert_ptr_nonnull(
            strstr(toc_buf_text(&json), "{\"schema\":\"tocsin.compare/1\",\"same\":true"));
        toc_compare(&one, a, b);
        toc_compare(&other, b, a);
        ck_assert(!one.is_same && one.is_same_exercise && !one.is_same_seed && one.file_count == 0);
        must_mirror(&one, &other);
        toc_comparison_fini(&same);
        toc_comparison_fini(&one);
        toc_comparison_fini(&other);
        toc_buf_fini(&text);
        toc_buf_fini(&json);
        toc_recording_free(a);
        toc_recording_free(b);
    }
}
END_TEST

START_TEST(lost_user_hours_are_those_of_the_recorded_levels)
{
    toc_random random;
    seed_random(&random, "hours");
    for (size_t i = 0; i < TOC_COUNT(scenarios); i++) {
        toc_recording *r = wandered_through(scenarios[i], toc_random_below(&random, 100000));
        toc_hours hours;
        toc_review review;
        toc_error e = {0};
        TOC_OK_OR_FAIL(toc_hours_of(&hours, r, &e), e);
        toc_review_of(&review, r);
        ck_assert_uint_eq(hours.count, review.service_count);
        for (size_t k = 0; k < review.service_count; k++)
            ck_assert_msg(hours.lost[review.services[k].service] == review.services[k].lost,
                          "%s %s: %lld, not %lld", scenarios[i], review.services[k].id,
                          (long long)review.services[k].lost,
                          (long long)hours.lost[review.services[k].service]);
        ck_assert_int_eq(hours.total, review.numbers.lost);
        toc_review_end(&review);
        toc_hours_fini(&hours);
        toc_recording_free(r);
    }
}
END_TEST

START_TEST(a_changed_scenario_is_told_by_file_and_line)
{
    recording made;
    toc_buf journal = {0}, text = {0};
    toc_recording *a, *b;
    toc_error e = {0};
    toc_comparison c;
    recording_make(&made, "scenarios/first-light", 3, 40);
    recording_write(&made, made.bodies, made.count, made.private_pem, &journal);
    TOC_OK_OR_FAIL(toc_recording_read(&a, journal.data, journal.len, &e), e);
    size_t at = 0;
    while (!strstr(made.bodies[at], "\"path\":\"scenario.lua\""))
        at++;
    // A comment more before the third line.
    char *kept = made.bodies[at], *line = strstr(strstr(kept, "\\n") + 2, "\\n") + 2;
    made.bodies[at] = toc_sprintf("%.*s-- changed\\n%s", (int)(line - kept), kept, line);
    toc_buf_clear(&journal);
    recording_write(&made, made.bodies, made.count, made.private_pem, &journal);
    TOC_OK_OR_FAIL(toc_recording_read(&b, journal.data, journal.len, &e), e);
    toc_compare(&c, a, b);
    ck_assert(!c.is_same);
    ck_assert_uint_eq(c.file_count, 1);
    ck_assert_str_eq(c.files[0].path, "scenario.lua");
    ck_assert_int_eq(c.files[0].line, 3);
    toc_comparison_text(&text, &c, "a", "b");
    ck_assert_msg(strstr(toc_buf_text(&text), "scenario.lua  from line 3 on") != NULL, "%s",
                  toc_buf_text(&text));
    toc_comparison_fini(&c);
    toc_buf_fini(&text);
    toc_buf_fini(&journal);
    free(made.bodies[at]);
    made.bodies[at] = kept;
    toc_recording_free(a);
    toc_recording_free(b);
    recording_fini(&made);
}
END_TEST

START_TEST(a_line_at_another_time_is_another_line)
{
    recording made;
    toc_buf journal = {0};
    toc_recording *a, *b;
    toc_error e = {0};
    toc_comparison c;
    recording_make(&made, "scenarios/first-light", 5, 40);
    recording_write(&made, made.bodies, made.count, made.private_pem, &journal);
    TOC_OK_OR_FAIL(toc_recording_read(&a, journal.data, journal.len, &e), e);
    size_t at = made.count - 1;
    while (recording_event(&made, at + 1)->kind != TOC_K_CLOSE)
        at--;
    char *kept = made.bodies[at];
    made.bodies[at] =
        toc_sprintf("{\"seq\":%zu,\"t\":%lld%s", at + 1,
                    (long long)recording_event(&made, at + 1)->t + 1, strstr(kept, ",\"k\""));
    toc_buf_clear(&journal);
    recording_write(&made, made.bodies, made.count, made.private_pem, &journal);
    TOC_OK_OR_FAIL(toc_recording_read(&b, journal.data, journal.len, &e), e);
    toc_compare(&c, a, b);
    ck_assert(!c.is_same);
    ck_assert_int_eq(c.a.first, (int64_t)at + 1);
    ck_assert_int_eq(c.b.first, (int64_t)at + 1);
    toc_comparison_fini(&c);
    toc_buf_fini(&journal);
    free(made.bodies[at]);
    made.bodies[at] = kept;
    toc_recording_free(a);
    toc_recording_free(b);
    recording_fini(&made);
}
END_TEST

// A run of the same name, and a line of that number: only the hash says that it is another.
static toc_recording *parted(recording *made, const toc_recording *from, const char *hash)
{
    toc_buf journal = {0};
    toc_recording *r;
    toc_error e = {0};
    toc_header kept = made->header;
    made->header.run = toc_strdup("parted");
    made->header.parent = toc_strdup(toc_recording_header(from)->run);
    made->header.parent_seq = toc_recording_count(from);
    made->header.parent_hash = toc_strdup(hash);
    recording_write(made, made->bodies, made->count, made->private_pem, &journal);
    TOC_OK_OR_FAIL(toc_recording_read(&r, journal.data, journal.len, &e), e);
    free(made->header.run);
    free(made->header.parent);
    free(made->header.parent_hash);
    made->header = kept;
    toc_buf_fini(&journal);
    return r;
}

START_TEST(a_run_of_the_same_name_is_no_parent)
{
    recording made;
    toc_buf journal = {0};
    toc_recording *from;
    toc_error e = {0};
    recording_make(&made, "scenarios/first-light", 5, 40);
    recording_write(&made, made.bodies, made.count, made.private_pem, &journal);
    TOC_OK_OR_FAIL(toc_recording_read(&from, journal.data, journal.len, &e), e);
    char *hash = toc_strdup(toc_recording_chain(from)->hash);
    for (int is_own = 1; is_own >= 0; is_own--) {
        toc_comparison c;
        hash[0] = is_own ? hash[0] : hash[0] == '0' ? '1' : '0';
        toc_recording *branch = parted(&made, from, hash);
        toc_compare(&c, from, branch);
        ck_assert_int_eq(c.is_b_of_a, is_own);
        ck_assert(!c.is_a_of_b);
        toc_comparison_fini(&c);
        toc_recording_free(branch);
    }
    free(hash);
    toc_buf_fini(&journal);
    toc_recording_free(from);
    recording_fini(&made);
}
END_TEST

static toc_recording *recorded(const char *name)
{
    toc_buf journal = {0};
    toc_recording *r;
    toc_error e = {0};
    char *file = toc_sprintf("replays/recordings/%s/journal.jsonl", name), *path = source_path(file);
    TOC_OK_OR_FAIL(toc_file_slurp(&journal, path, 1 << 26, &e), e);
    TOC_OK_OR_FAIL(toc_recording_read(&r, journal.data, journal.len, &e), e);
    toc_buf_fini(&journal);
    free(file);
    free(path);
    return r;
}

// What EXCON decided for a team is counted by itself, as the report counts it; levels and names stand where people look.
START_TEST(people_read_names_and_the_levels_that_differ_most)
{
    toc_recording *a = recorded("silent-beams-rough"), *b = recorded("silent-beams-good");
    toc_comparison c;
    toc_buf text = {0};
    toc_compare(&c, a, b);
    toc_comparison_text(&text, &c, "rough", "good");
    static const char *const wanted[] = {
        "\n  decisions in time             7 ",
        "\n    decided by EXCON            1 ",
        "\nThe levels that differ most\n  Ferries in the Skerries (ferries): lowest 0 % in A, 100 % in B\n",
        "\n  Terminals that still work\n    terminals        A 68.4 %, 68.4 %, ",
        "\n  Shut the management segment?\n    D-01             A ",
    };
    for (size_t i = 0; i < TOC_COUNT(wanted); i++)
        ck_assert_msg(strstr(toc_buf_text(&text), wanted[i]), "not in it: %s", wanted[i]);
    toc_buf_fini(&text);
    toc_comparison_fini(&c);
    toc_recording_free(a);
    toc_recording_free(b);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, people_read_names_and_the_levels_that_differ_most);
    tcase_add_test(tc, a_recording_is_the_same_as_itself_and_others_differ_either_way_round);
    tcase_add_test(tc, lost_user_hours_are_those_of_the_recorded_levels);
    tcase_add_test(tc, a_changed_scenario_is_told_by_file_and_line);
    tcase_add_test(tc, a_line_at_another_time_is_another_line);
    tcase_add_test(tc, a_run_of_the_same_name_is_no_parent);
}

TOC_CHECK_MAIN("compare", add_tests)
