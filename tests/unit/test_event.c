// SPDX-License-Identifier: MIT
// Events and feeds: one table makes the bytes, reads them again, and keeps need-to-know.

#include "check_main.h"
#include "seed.h"

#include <string.h>

#include "base/mem.h"
#include "base/random.h"
#include "record/feed.h"

static toc_error e;

// A text that names its owner, so that a leak shows as a word.
static char *random_text(toc_random *r, const char *owner)
{
    static const char *const ends[] = {"",      "\"quoted\"", "back\\slash", "line\nbreak",
                                       "tab\t", "\xc3\xa9",   "\x01",        "\xf0\x9f\x93\xa1"};
    return toc_sprintf("%s-%llu%s", owner, (unsigned long long)toc_random_below(r, 1000),
                       ends[toc_random_below(r, TOC_COUNT(ends))]);
}

static void fill(toc_event *ev, toc_random *r, const char *owner)
{
    for (size_t i = 0; i < toc_kind_field_count(ev->kind); i++) {
        toc_field f = toc_kind_field(ev->kind, i);
        if (!toc_kind_needs(ev->kind, f) && toc_random_below(r, 2))
            continue;
        char *texts[4];
        for (size_t k = 0; k < 4; k++)
            texts[k] = random_text(r, owner);
        switch (toc_field_type(f)) {
        case TOC_TYPE_STR:
            toc_event_set_str(ev, f, texts[0]);
            break;
        case TOC_TYPE_INT:
            toc_event_set_int(ev, f, (int64_t)toc_random_below(r, 1ULL << 53));
            break;
        case TOC_TYPE_BOOL:
        case TOC_TYPE_REF:
            toc_event_set_int(ev, f, 1);
            break;
        case TOC_TYPE_LIST:
            toc_event_set_list(ev, f, texts, 1 + toc_random_below(r, 4));
            break;
        case TOC_TYPE_PAIRS:
            toc_event_set_pairs(ev, f, texts, 1 + toc_random_below(r, 2));
            break;
        }
        for (size_t k = 0; k < 4; k++)
            free(texts[k]);
    }
}

START_TEST(every_kind_written_and_read_again_gives_the_same_bytes)
{
    toc_random r;
    seed_random(&r, "round trip");
    for (int i = 0; i < 5000; i++) {
        toc_event ev, again;
        toc_event_init(&ev, (toc_kind)toc_random_below(&r, TOC_K_COUNT),
                       (int64_t)toc_random_below(&r, 1 << 30));
        ev.seq = i + 1;
        if (toc_kind_class(ev.kind) == TOC_CLASS_DERIVED)
            ev.cause = i;
        fill(&ev, &r, "x");
        toc_buf first = {0}, second = {0};
        toc_event_body(&first, &ev);
        toc_buf_char(&first, '}');
        TOC_OK_OR_FAIL(toc_event_parse(&again, first.data, first.len, &e), e);
        toc_event_body(&second, &again);
        toc_buf_char(&second, '}');
        ck_assert_str_eq(first.data, second.data);
        toc_event_fini(&ev);
        toc_event_fini(&again);
        toc_buf_fini(&first);
        toc_buf_fini(&second);
    }
}
END_TEST

START_TEST(an_event_with_an_unknown_a_missing_or_a_mistyped_field_is_refused)
{
    static const char *const bad[] = {
        "{\"seq\":1,\"t\":0,\"k\":\"fire\",\"by\":\"excon-1\",\"wall\":\"w\"}",
        "{\"seq\":1,\"t\":0,\"k\":\"fire\",\"by\":\"e\",\"wall\":\"w\",\"inject\":\"I\",\"colour\":\"red\"}",
        "{\"seq\":1,\"t\":0,\"k\":\"fire\",\"by\":\"excon-1\",\"wall\":\"w\",\"inject\":7}",
        "{\"seq\":1,\"t\":-1,\"k\":\"start\",\"by\":\"excon-1\",\"wall\":\"w\"}",
        "{\"seq\":1,\"t\":0,\"k\":\"endex\"}",
        "{\"seq\":1,\"t\":0,\"k\":\"start\",\"cause\":1,\"by\":\"excon-1\",\"wall\":\"w\"}",
        "{\"seq\":1,\"t\":0}",
        "[1]",
    };
    toc_event ev;
    for (size_t i = 0; i < TOC_COUNT(bad); i++)
        ck_assert_msg(toc_event_parse(&ev, bad[i], strlen(bad[i]), &e) == TOC_EFORMAT, "%s",
                      bad[i]);
}
END_TEST

START_TEST(an_unknown_kind_is_kept_with_its_seq_and_time)
{
    const char *line = "{\"seq\":7,\"t\":9,\"k\":\"wormhole\",\"depth\":3}";
    toc_event ev;
    TOC_OK_OR_FAIL(toc_event_parse(&ev, line, strlen(line), &e), e);
    ck_assert_int_eq(ev.kind, TOC_K_UNKNOWN);
    ck_assert_int_eq(ev.seq, 7);
    ck_assert_int_eq(ev.t, 9);
    toc_event_fini(&ev);
}
END_TEST

START_TEST(a_seat_belongs_to_the_audience_its_id_says)
{
    static const char *const cases[][2] = {{"operator-2", "operator"},
                                           {"rail-north-12", "rail-north"},
                                           {"excon-1", "control"},
                                           {"simcell-1", "control"},
                                           {"evaluator-3", "control"},
                                           {"board-1", "board"},
                                           {"operator", ""},
                                           {"operator-0", ""},
                                           {"operator-x", ""},
                                           {"-1", ""},
                                           {"engine", ""},
                                           {"operator-1a", ""}};
    char audience[64];
    for (size_t i = 0; i < TOC_COUNT(cases); i++) {
        toc_seat_audience(cases[i][0], audience);
        ck_assert_str_eq(audience, cases[i][1]);
    }
}
END_TEST

// Every team-addressed kind, once for bravo alone: alpha's feed must not move, and no word of bravo's,
// nor any seq, may stand in what alpha is shown.
START_TEST(a_team_is_shown_nothing_of_another_team_whatever_the_kind)
{
    toc_random r;
    seed_random(&r, "need to know");
    toc_feed *alpha = toc_feed_new("alpha"), *control = toc_feed_new("control");
    char *to[] = {(char *)(uintptr_t) "bravo"};
    for (int i = 0; i < 20000; i++) {
        toc_event ev;
        toc_event_init(&ev, (toc_kind)toc_random_below(&r, TOC_K_COUNT), i);
        ev.seq = 1000000 + i;
        fill(&ev, &r, "bravo");
        toc_event_set_str(&ev, TOC_F_BY, "bravo-1");
        if (toc_kind_has(ev.kind, TOC_F_SEAT))
            toc_event_set_str(&ev, TOC_F_SEAT, "bravo-1");
        if (toc_kind_has(ev.kind, TOC_F_TEAM))
            toc_event_set_str(&ev, TOC_F_TEAM, "bravo");
        if (toc_kind_has(ev.kind, TOC_F_FROM))
            toc_event_set_str(&ev, TOC_F_FROM, "bravo");
        if (toc_kind_has(ev.kind, TOC_F_TO))
            toc_event_set_list(&ev, TOC_F_TO, to, 1);
        toc_feed_add(control, &ev);
        if (toc_feed_add(alpha, &ev))
            ck_assert_msg(toc_kind_is_clock(ev.kind) || ev.kind == TOC_K_RESUMED, "%s",
                          toc_kind_name(ev.kind));
        toc_event_fini(&ev);
    }
    for (int64_t n = 1; n <= toc_feed_head(alpha); n++) {
        const char *line = toc_feed_line(alpha, n);
        ck_assert_msg(!strstr(line, "\"seq\"") && !strstr(line, "\"cause\"") &&
                          !strstr(line, "\"id\""),
                      "%s", line);
    }
    ck_assert_int_gt(toc_feed_head(alpha), 100);
    ck_assert_int_gt(toc_feed_head(control), toc_feed_head(alpha));
    toc_feed_free(alpha);
    toc_feed_free(control);
}
END_TEST

// Which provider is the cause is told to those who may see it; who those are, to control alone.
START_TEST(a_levels_cause_is_told_only_to_those_who_may_see_the_provider)
{
    static const char *const audiences[] = {"control", "alpha", "bravo", "board", "charlie"};
    char *to[] = {(char *)(uintptr_t) "alpha", (char *)(uintptr_t) "bravo",
                  (char *)(uintptr_t) "board"};
    static const toc_kind kinds[] = {TOC_K_LEVEL, TOC_K_REPAIR, TOC_K_MEASURE};
    for (size_t k = 0; k < TOC_COUNT(kinds); k++) {
        toc_event ev;
        toc_event_init(&ev, kinds[k], 5);
        ev.seq = 40;
        toc_event_set_str(&ev, TOC_F_MEASURE, kinds[k] == TOC_K_MEASURE ? "refuel" : NULL);
        toc_event_set_str(&ev, TOC_F_REPAIR, kinds[k] == TOC_K_REPAIR ? "lines" : NULL);
        toc_event_set_str(&ev, TOC_F_STATE, kinds[k] == TOC_K_LEVEL ? NULL : "done");
        toc_event_set_str(&ev, TOC_F_WHY, kinds[k] == TOC_K_LEVEL ? "autonomy" : NULL);
        toc_event_set_str(&ev, TOC_F_SERVICE, "rail");
        toc_event_set_int(&ev, TOC_F_LEVEL, 400000);
        toc_event_set_str(&ev, kinds[k] == TOC_K_MEASURE ? TOC_F_PROVIDER : TOC_F_BECAUSE,
                          "grid.x");
        toc_event_set_str(&ev, TOC_F_STORY, "2026-02-10 05:00Z");
        toc_event_set_list(&ev, TOC_F_TO, to, 3);
        toc_event_set_list(&ev, TOC_F_BECAUSE_SEEN, &to[1], 1);
        for (size_t i = 0; i < TOC_COUNT(audiences); i++) {
            toc_feed *f = toc_feed_new(audiences[i]);
            bool is_control = i == 0;
            ck_assert_int_eq(toc_feed_add(f, &ev), i < 4);
            const char *line = i < 4 ? toc_feed_line(f, 1) : "";
            ck_assert_int_eq(strstr(line, "grid.x") != NULL, is_control || i == 2);
            ck_assert_int_eq(strstr(line, "because_seen") != NULL, is_control);
            ck_assert_int_eq(strstr(line, "\"to\"") != NULL, is_control);
            toc_feed_free(f);
        }
        toc_event_fini(&ev);
    }
}
END_TEST

START_TEST(what_a_message_points_at_is_a_number_of_the_readers_own_feed_or_left_out)
{
    toc_feed *alpha = toc_feed_new("alpha"), *bravo = toc_feed_new("bravo");
    char *both[] = {(char *)(uintptr_t) "alpha", (char *)(uintptr_t) "bravo"};
    toc_event ev;
    toc_event_init(&ev, TOC_K_MESSAGE, 5); // excon to alpha, seq 40
    ev.seq = 40;
    toc_event_set_str(&ev, TOC_F_FROM, "excon");
    toc_event_set_list(&ev, TOC_F_TO, both, 1);
    toc_feed_add(alpha, &ev);
    toc_feed_add(bravo, &ev);
    toc_event_fini(&ev);
    toc_event_init(&ev, TOC_K_MESSAGE, 6); // its forward, to both, seq 50
    ev.seq = 50;
    toc_event_set_str(&ev, TOC_F_FROM, "excon");
    toc_event_set_int(&ev, TOC_F_ORIGIN, 40);
    toc_event_set_list(&ev, TOC_F_TO, both, 2);
    ck_assert(toc_feed_add(alpha, &ev));
    ck_assert(toc_feed_add(bravo, &ev));
    toc_event_fini(&ev);
    ck_assert_int_eq(toc_feed_head(bravo), 1);
    ck_assert_ptr_nonnull(strstr(toc_feed_line(alpha, 2), "\"origin\":1"));
    ck_assert_ptr_null(strstr(toc_feed_line(bravo, 1), "origin"));
    ck_assert_ptr_nonnull(strstr(toc_feed_line(bravo, 1), "\"to\":[\"bravo\"]")); // not who else
    ck_assert_int_eq(toc_feed_seq(bravo, 1), 50);
    ck_assert_int_eq(toc_feed_number(alpha, 50), 2);
    ck_assert_int_eq(toc_feed_number(alpha, 41), 0);
    toc_feed_free(alpha);
    toc_feed_free(bravo);
}
END_TEST

START_TEST(a_line_of_a_feed_is_read_back_as_the_event_it_shows)
{
    toc_feed *f = toc_feed_new("alpha");
    char *to[] = {(char *)(uintptr_t) "alpha"};
    toc_event ev, read;
    toc_event_init(&ev, TOC_K_INJECT, 300000);
    ev.seq = 12;
    toc_event_set_str(&ev, TOC_F_INJECT, "INJ-01");
    toc_event_set_str(&ev, TOC_F_TITLE, "Modems \"drop\"");
    toc_event_set_str(&ev, TOC_F_TEXT, "a\nb");
    toc_event_set_str(&ev, TOC_F_NOTES, "secret of the controllers");
    toc_event_set_list(&ev, TOC_F_TO, to, 1);
    ck_assert(toc_feed_add(f, &ev));
    const char *line = toc_feed_line(f, 1);
    int64_t n;
    TOC_OK_OR_FAIL(toc_feed_parse(line, strlen(line), &n, &read, &e), e);
    ck_assert_int_eq(n, 1);
    ck_assert_str_eq(toc_event_str(&read, TOC_F_TEXT), "a\nb");
    ck_assert_ptr_null(toc_event_str(&read, TOC_F_NOTES));
    toc_event_fini(&ev);
    toc_event_fini(&read);
    toc_feed_free(f);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, every_kind_written_and_read_again_gives_the_same_bytes);
    tcase_add_test(tc, an_event_with_an_unknown_a_missing_or_a_mistyped_field_is_refused);
    tcase_add_test(tc, an_unknown_kind_is_kept_with_its_seq_and_time);
    tcase_add_test(tc, a_seat_belongs_to_the_audience_its_id_says);
    tcase_add_test(tc, a_team_is_shown_nothing_of_another_team_whatever_the_kind);
    tcase_add_test(tc, a_levels_cause_is_told_only_to_those_who_may_see_the_provider);
    tcase_add_test(tc, what_a_message_points_at_is_a_number_of_the_readers_own_feed_or_left_out);
    tcase_add_test(tc, a_line_of_a_feed_is_read_back_as_the_event_it_shows);
}

TOC_CHECK_MAIN("event", add_tests)
