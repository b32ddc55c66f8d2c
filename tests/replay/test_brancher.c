// SPDX-License-Identifier: MIT
// Many branches of one recording: whoever makes them one after another, or beside another one, makes the same as whoever makes each of
// them alone.

#include "check_main.h"
#include "recording.h"
#include "seed.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "process.h"
#include "replays/branch.h"

enum { BRANCHES = 8, INPUTS = 80 };

static const char *const wandered[] = {"scenarios/first-light", "tests/fixtures/worldly",
                                       "scenarios/silent-beams", "scenarios/cold-corridor"};

typedef struct {
    toc_branch_options options;
    toc_path path;
    toc_branch *alone; // NULL: it cannot be made,
    toc_error e;       // and why
} wish;

typedef struct {
    toc_buf bytes;
    toc_recording *r;
    toc_verdict proof;
    wish wishes[BRANCHES];
} many;

// Another answer to a decision, or none; at a time, or behind a line; done again, or by players.
static void make_wish(many *m, wish *w, toc_random *random)
{
    const toc_plan *plan = toc_recording_plan(m->r, NULL);
    const bool is_line = toc_random_below(random, 2) == 0;
    w->options = (toc_branch_options){.run = "branched-1", .at = -1, .until = -1};
    if (is_line)
        w->options.seq = (int64_t)toc_random_below(random, (uint64_t)toc_recording_count(m->r) + 1);
    else
        w->options.at = (int64_t)toc_random_below(random, (uint64_t)toc_recording_end(m->r) + 1);
    const size_t i = plan->decision_count ? toc_random_below(random, plan->decision_count) : 0;
    if (plan->decision_count && plan->decisions[i].option_count)
        toc_path_set(
            &w->path,
            &(toc_choice){.kind = TOC_CHOICE_DECISION,
                          .index = i,
                          .answer = TOC_ANSWER_OPTION,
                          .option = toc_random_below(random, plan->decisions[i].option_count),
                          .when = toc_random_below(random, 2) ? TOC_WHEN_LATE : TOC_WHEN_EARLY});
    w->options.decides = &w->path;
    w->options.path = &w->path;
    if (toc_random_below(random, 3) == 0)
        w->options.otherwise = TOC_ELSE_PATH;
    if (toc_branch_make(&w->alone, m->r, &w->options, &w->e) != TOC_OK)
        w->alone = NULL;
}

static void begin(many *m, const char *scenario, toc_random *random)
{
    recording made;
    toc_error e = {0};
    const uint64_t seed = toc_random_below(random, 1000000);
    *m = (many){0};
    printf("%s, seed %llu\n", scenario, (unsigned long long)seed);
    fflush(stdout);
    recording_make(&made, scenario, seed, INPUTS);
    recording_write(&made, made.bodies, made.count, made.private_pem, &m->bytes);
    recording_fini(&made);
    TOC_OK_OR_FAIL(toc_recording_read(&m->r, m->bytes.data, m->bytes.len, &e), e);
    TOC_OK_OR_FAIL(toc_verify(&m->proof, m->bytes.data, m->bytes.len, &(toc_verify_options){0}, &e),
                   e);
    for (size_t i = 0; i < BRANCHES; i++)
        make_wish(m, &m->wishes[i], random);
}

static void finish(many *m)
{
    for (size_t i = 0; i < BRANCHES; i++) {
        toc_branch_free(m->wishes[i].alone);
        toc_path_fini(&m->wishes[i].path);
    }
    toc_verdict_fini(&m->proof);
    toc_recording_free(m->r);
    toc_buf_fini(&m->bytes);
}

// Sources and attachments have their texts only in a branch that can be written.
static void must_be_the_line(const toc_event *a, const toc_event *b)
{
    toc_buf one = {0}, other = {0};
    ck_assert_int_eq(a->kind, b->kind);
    if (a->kind != TOC_K_SOURCE && a->kind != TOC_K_ATTACHMENT) {
        toc_event_body(&one, a);
        toc_event_body(&other, b);
        ck_assert_str_eq(toc_buf_text(&one), toc_buf_text(&other));
    }
    toc_buf_fini(&one);
    toc_buf_fini(&other);
}

static void must_be_the_same(const toc_branch *a, const toc_branch *b)
{
    toc_buf one = {0}, other = {0};
    ck_assert_uint_eq(a->lines.count, b->lines.count);
    for (size_t i = 0; i < a->lines.count; i++)
        must_be_the_line(&a->lines.at[i], &b->lines.at[i]);
    toc_header_body(&one, &a->header);
    toc_header_body(&other, &b->header);
    ck_assert_str_eq(toc_buf_text(&one), toc_buf_text(&other));
    ck_assert_str_eq(toc_buf_text(&a->notes), toc_buf_text(&b->notes));
    ck_assert_uint_eq(a->left_count, b->left_count);
    for (size_t i = 0; i < a->left_count; i++) {
        ck_assert_int_eq(a->left[i].seq, b->left[i].seq);
        ck_assert_str_eq(a->left[i].why, b->left[i].why);
    }
    ck_assert_int_eq(a->again, b->again);
    ck_assert_int_eq(a->later, b->later);
    ck_assert_int_eq(a->made, b->made);
    ck_assert_int_eq(a->ended, b->ended);
    toc_buf_fini(&one);
    toc_buf_fini(&other);
}

static void must_come_true(toc_brancher *br, const wish *w)
{
    toc_branch *b;
    toc_error e = {0};
    const toc_err err = toc_brancher_make(br, &b, &w->options, &e);
    ck_assert_msg((err == TOC_OK) == (w->alone != NULL), "%s, alone: %s", e.msg, w->e.msg);
    if (err)
        ck_assert_str_eq(e.msg, w->e.msg);
    else
        must_be_the_same(b, w->alone);
    toc_branch_free(b);
}

START_TEST(each_of_many_is_what_it_is_alone)
{
    toc_random random;
    many m;
    seed_random(&random, "many");
    for (size_t i = 0; i < TOC_COUNT(wandered); i++) {
        begin(&m, wandered[i], &random);
        toc_brancher *proven = toc_brancher_new(m.r, &m.proof),
                     *other = toc_brancher_new(m.r, NULL);
        for (size_t k = 0; k < BRANCHES; k++) {
            must_come_true(proven, &m.wishes[k]);
            must_come_true(other, &m.wishes[BRANCHES - 1 - k]);
        }
        toc_brancher_free(proven);
        toc_brancher_free(other);
        finish(&m);
    }
}
END_TEST

typedef struct {
    many *m;
    toc_brancher *br;
    pthread_t thread;
} hand;

static void *make_all(void *context)
{
    hand *h = context;
    for (size_t i = 0; i < BRANCHES; i++)
        must_come_true(h->br, &h->m->wishes[i]);
    return NULL;
}

START_TEST(those_made_beside_each_other_are_the_same)
{
    toc_random random;
    many m;
    seed_random(&random, "beside");
    for (size_t i = 0; i < TOC_COUNT(wandered); i++) {
        begin(&m, wandered[i], &random);
        hand one = {.m = &m, .br = toc_brancher_new(m.r, NULL)};
        hand other = {.m = &m, .br = toc_brancher_beside(one.br)};
        ck_assert_int_eq(pthread_create(&other.thread, NULL, make_all, &other), 0);
        make_all(&one);
        pthread_join(other.thread, NULL);
        toc_brancher_free(other.br);
        toc_brancher_free(one.br);
        finish(&m);
    }
}
END_TEST

// Played and never written, it reads as it would from its file.
static void must_read_as_written(const toc_recording *a, const toc_recording *b)
{
    ck_assert_int_eq(toc_recording_count(a), toc_recording_count(b));
    ck_assert_int_eq(toc_recording_start(a), toc_recording_start(b));
    ck_assert_int_eq(toc_recording_end(a), toc_recording_end(b));
    ck_assert_int_eq(toc_recording_is_closed(a), toc_recording_is_closed(b));
    for (int64_t seq = 1; seq <= toc_recording_count(a); seq++) {
        const toc_event *one = toc_recording_at(a, seq), *other = toc_recording_at(b, seq);
        const char *by = toc_event_str(one, TOC_F_BY);
        const char *x = toc_recording_person(a, by, seq), *y = toc_recording_person(b, by, seq);
        must_be_the_line(one, other);
        ck_assert_msg(x && y ? strcmp(x, y) == 0 : x == y, "line %lld: %s", (long long)seq, by);
        ck_assert_int_eq(toc_recording_story(a, seq), toc_recording_story(b, seq));
        ck_assert_int_eq(toc_recording_by(a, one->t), toc_recording_by(b, one->t));
        if (one->kind == TOC_K_READ) {
            const int64_t item = toc_event_int(one, TOC_F_ITEM);
            char team[64];
            toc_copy_text(team, sizeof team, by);
            *(strrchr(team, '-') ? strrchr(team, '-') : team) = '\0';
            ck_assert_int_eq(toc_recording_read_by(a, item, team, seq),
                             toc_recording_read_by(b, item, team, seq));
        }
    }
}

static void write_lines(toc_buf *out, toc_branch *b, const char *key)
{
    char hash[TOC_HASH_HEX + 1];
    toc_buf body = {0};
    memset(hash, '0', TOC_HASH_HEX);
    hash[TOC_HASH_HEX] = '\0';
    b->header.key = toc_strdup(key);
    toc_header_body(&body, &b->header);
    toc_line_write(out, body.data, body.len, 0, hash);
    for (size_t i = 0; i < b->lines.count; i++) {
        toc_buf_clear(&body);
        toc_event_body(&body, &b->lines.at[i]);
        toc_line_write(out, body.data, body.len, (int64_t)i, hash);
    }
    toc_buf_fini(&body);
}

START_TEST(a_recording_of_lines_reads_as_if_they_were_written)
{
    toc_random random;
    many m;
    seed_random(&random, "of lines");
    for (size_t i = 0; i < TOC_COUNT(wandered); i++) {
        begin(&m, wandered[i], &random);
        for (size_t k = 0; k < BRANCHES; k++) {
            toc_branch *b = m.wishes[k].alone;
            toc_recording *written;
            toc_buf bytes = {0};
            toc_error e = {0};
            size_t len;
            if (!b)
                continue;
            write_lines(&bytes, b, toc_recording_header(m.r)->key);
            TOC_OK_OR_FAIL(toc_recording_read(&written, bytes.data, bytes.len, &e), e);
            toc_recording *played = toc_recording_of(m.r, &b->lines);
            ck_assert_uint_eq(b->lines.count, 0);
            ck_assert_ptr_null(toc_recording_body(played, 1, &len));
            ck_assert_ptr_eq(toc_recording_plan(played, NULL), toc_recording_plan(m.r, NULL));
            must_read_as_written(played, written);
            toc_recording_free(played);
            toc_recording_free(written);
            toc_buf_fini(&bytes);
        }
        finish(&m);
    }
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, each_of_many_is_what_it_is_alone);
    tcase_add_test(tc, those_made_beside_each_other_are_the_same);
    tcase_add_test(tc, a_recording_of_lines_reads_as_if_they_were_written);
}

TOC_CHECK_MAIN("brancher", add_tests)
