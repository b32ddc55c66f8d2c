// SPDX-License-Identifier: MIT
// The list as it is played: what the desk and the feed tell of it, what a jump would do, and texts that would like to be more.
// Whole tasks by their keys are in tests/screen.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "check_main.h"
#include "conduct.h"
#include "jump_rows.h"
#include "record/feed.h"
#include "record/verb.h"
#include "seed.h"
#include "sheet.h"
#include "view/view.h"

static toc_json *read_json(const char *text)
{
    toc_json *json;
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_json_read(&json, text, strlen(text), TOC_JSON_REPLY, &e), e);
    return json;
}

static const char status[] =
    "{\"exercise\":{\"id\":\"pier\"},"
    "\"decisions\":[{\"decision\":\"D-01\",\"title\":\"Cut?\",\"team\":\"wind\",\"state\":"
    "\"planned\","
    "\"due\":240000},"
    "{\"decision\":\"D-02\",\"title\":\"If?\",\"team\":\"wind\",\"state\":\"planned\",\"via\":"
    "\"storyline the wipe\",\"follows\":[\"INJ-03\",\"INJ-04\"]}],"
    "\"storylines\":[{\"storyline\":\"the wipe\",\"state\":\"waits\",\"until\":900000,\"story\":"
    "\"2022-02-24 03:15Z\"},{\"storyline\":\"the "
    "call\",\"state\":\"asks\",\"for\":[\"D-03\",\"D-04\"]},"
    "{\"storyline\":\"the end\",\"state\":\"dropped\"}],"
    "\"msel\":["
    "{\"inject\":\"INJ-01\",\"title\":\"Told\",\"to\":[\"wind\"],\"state\":\"cued\",\"due\":60000,"
    "\"voice\":true,\"controller\":\"simcell\"},"
    "{\"inject\":\"INJ-02\",\"title\":\"Late\",\"to\":[\"wind\",\"rail\"],\"state\":\"planned\","
    "\"due\":"
    "600000,\"moved_from\":300000,\"edited\":true,\"text\":\"Old.\"},"
    "{\"inject\":\"INJ-03\",\"title\":\"If\",\"to\":[\"rail\"],\"state\":\"planned\",\"via\":"
    "\"storyline the wipe; when scenario.lua:80\",\"via_text\":\"storyline the wipe; when decided "
    "\\\"D-01\\\" == \\\"cut\\\"\"},"
    "{\"inject\":\"INJ-04\",\"title\":\"Gone\",\"to\":[\"rail\"],\"state\":\"planned\",\"via\":"
    "\"storyline the end\",\"dropped\":true},"
    "{\"inject\":\"ADHOC-1\",\"title\":\"New\",\"to\":[\"rail\"],\"state\":\"planned\",\"due\":"
    "700000,"
    "\"adhoc\":true}]}";

static void take(toc_msel *m)
{
    toc_json *page = read_json(status);
    *m = (toc_msel){0};
    toc_msel_status(m, page);
    toc_json_free(page);
}

START_TEST(the_plain_list_says_what_sends_a_row_and_what_was_done_to_it)
{
    static const char *const wanted[] = {
        "CUED, waits to be told by voice (`deliver`):",
        "INJ-01 T+0:01:00, past, by voice of simcell, to wind: Told",
        "decision D-01 T+0:04:00, in 2m, to wind: Cut?",
        "INJ-02 T+0:10:00, in 8m, was T+0:05:00, edited, to wind, rail: Late",
        "ADHOC-1 T+0:11:40, in 9m40s, ad hoc, to rail: New",
        "INJ-03 by storyline the wipe; when decided \"D-01\" == \"cut\", to rail: If",
        "decision D-02 asked by storyline the wipe, to wind: If?",
        "INJ-04 by storyline the end, DROPPED with what would have sent it, to rail: Gone",
        "storyline \"the wipe\" waits until T+0:15:00 (2022-02-24 03:15Z), in 13m",
        "storyline \"the call\" asks for D-03, D-04",
        "storyline \"the end\" dropped",
    };
    toc_msel m;
    toc_lines l;
    toc_picture p;
    take(&m);
    toc_picture_init(&p, "excon-1");
    toc_lines_init(&l, "", 0);
    l.now = 120000;
    toc_msel_lines(&l, &p, &m);
    toc_msel_story_lines(&l, &m);
    for (size_t i = 0; i < TOC_COUNT(wanted); i++)
        ck_assert_msg(strstr(toc_buf_text(&l.out), wanted[i]) != NULL, "no \"%s\" in\n%s",
                      wanted[i], toc_buf_text(&l.out));
    ck_assert_str_eq(m.exercise, "pier");
    toc_lines_fini(&l);
    toc_picture_fini(&p);
    toc_msel_fini(&m);
}
END_TEST

START_TEST(a_sender_is_one_of_those_that_are_named_and_no_part_of_a_name)
{
    toc_msel m;
    take(&m);
    const toc_msel_row *row = toc_msel_inject(&m, "inj-03");
    ck_assert_ptr_nonnull(row);
    ck_assert(toc_msel_sends(row, "storyline the wipe"));
    ck_assert(toc_msel_sends(row, "when scenario.lua:80"));
    ck_assert(!toc_msel_sends(row, "storyline the"));
    ck_assert(!toc_msel_sends(row, "when scenario.lua:8"));
    ck_assert(!toc_msel_sends(row, "the wipe"));
    ck_assert_ptr_null(toc_msel_inject(&m, "D-01"));
    toc_msel_fini(&m);
}
END_TEST

START_TEST(what_the_feed_tells_stands_in_the_list_at_once)
{
    toc_msel m;
    toc_event ev;
    take(&m);
    const struct {
        toc_kind kind;
        const char *state;
    } steps[] = {{TOC_K_HOLD, "held"},
                 {TOC_K_RELEASE, "planned"},
                 {TOC_K_CUE, "cued"},
                 {TOC_K_SKIP, "skipped"},
                 {TOC_K_INJECT, "sent"}};
    for (size_t i = 0; i < TOC_COUNT(steps); i++) {
        toc_event_init(&ev, steps[i].kind, 5000);
        toc_event_set_str(&ev, TOC_F_INJECT, "INJ-02");
        toc_event_set_str(&ev, TOC_F_REASON, steps[i].kind == TOC_K_SKIP ? "no time" : NULL);
        toc_msel_hear(&m, &ev);
        ck_assert_str_eq(toc_msel_inject(&m, "INJ-02")->state, steps[i].state);
        toc_event_fini(&ev);
    }
    ck_assert_int_eq(toc_msel_inject(&m, "INJ-02")->sent, 5000);
    ck_assert_str_eq(toc_msel_inject(&m, "INJ-02")->reason, "no time");
    toc_event_init(&ev, TOC_K_MOVED, 5000);
    toc_event_set_str(&ev, TOC_F_INJECT, "ADHOC-1");
    toc_event_set_int(&ev, TOC_F_UNTIL, 900000);
    toc_msel_hear(&m, &ev);
    toc_event_fini(&ev);
    ck_assert_int_eq(toc_msel_inject(&m, "ADHOC-1")->due, 900000);
    ck_assert_int_eq(toc_msel_inject(&m, "ADHOC-1")->moved_from, 700000);
    toc_msel_fini(&m);
}
END_TEST

START_TEST(a_time_is_one_of_play_or_so_long_from_another)
{
    static const struct {
        const char *text;
        int64_t ms; // -1: refused
    } times[] = {{"T+1:20", 4800000}, {"t+1:20", 4800000}, {" 1:20", 4800000},
                 {"T+45m", 2700000},  {"+10m", 1600000},   {"-5m", 700000},
                 {"-1h", -1},         {"+", -1},           {"", -1},
                 {"soon", -1},        {"T", -1},           {"+10", -1}};
    for (size_t i = 0; i < TOC_COUNT(times); i++) {
        int64_t ms = -2;
        toc_error e = {0};
        toc_err err = toc_when_read(times[i].text, 1000000, &ms, &e);
        ck_assert_msg((err == TOC_OK) == (times[i].ms >= 0), "\"%s\": %s", times[i].text, e.msg);
        if (times[i].ms >= 0)
            ck_assert_int_eq(ms, times[i].ms);
    }
}
END_TEST

// An answer of the desk: some of ten injects and three decisions, in the order of play.
static toc_json *random_answer(toc_random *r, const toc_jump_rows *chosen)
{
    static const char *const kinds[] = {"inject", "cue", "held"};
    toc_buf text = {0};
    int64_t t = 0;
    toc_buf_str(&text, "{\"preview\":[");
    for (int i = 0; i < 14; i++) {
        char id[16];
        bool is_decision = i % 5 == 4;
        snprintf(id, sizeof id, "%s-%02d", is_decision ? "D" : "INJ", i);
        t += (int64_t)toc_random_below(r, 3) * 1000;
        bool was_kept = false; // the desk tells nothing of what is skipped or kept
        for (size_t k = 0; k < chosen->count; k++)
            was_kept |=
                strcmp(chosen->rows[k].key, id) == 0 &&
                (chosen->rows[k].fate == TOC_FATE_SKIP || chosen->rows[k].fate == TOC_FATE_KEEP);
        if (was_kept || toc_random_below(r, 4) == 0)
            continue;
        toc_buf_printf(&text, "%s{\"t\":%lld,\"k\":\"%s\",\"%s\":\"%s\",\"team\":\"wind\"}",
                       text.data[text.len - 1] == '[' ? "" : ",", (long long)t,
                       is_decision ? "overdue" : kinds[toc_random_below(r, 3)],
                       is_decision ? "decision" : "inject", id);
    }
    toc_buf_str(&text, "],\"levels\":12}");
    toc_json *json = read_json(toc_buf_text(&text));
    toc_buf_fini(&text);
    return json;
}

static void rows_hold(const toc_jump_rows *r)
{
    size_t sum = 0;
    for (toc_fate f = TOC_FATE_INFO; f <= TOC_FATE_KEEP; f++)
        sum += toc_jump_rows_with(r, f);
    ck_assert_uint_eq(sum, r->count);
    for (size_t i = 0; i < r->count; i++) {
        ck_assert(i == 0 || r->rows[i - 1].t <= r->rows[i].t);
        for (size_t k = 0; k < i; k++)
            ck_assert_str_ne(r->rows[i].key, r->rows[k].key);
        bool is_decision = r->rows[i].key[0] == 'D';
        ck_assert(is_decision == (r->rows[i].fate >= TOC_FATE_LAPSE));
    }
}

START_TEST(what_was_chosen_about_a_jump_stays_whatever_the_desk_answers)
{
    toc_random r;
    seed_random(&r, "jump");
    for (int run = 0; run < 200; run++) {
        toc_jump_rows rows = {0};
        for (int turn = 0; turn < 12; turn++) {
            toc_json *answer = random_answer(&r, &rows);
            toc_jump_rows before = {0};
            for (size_t i = 0; i < rows.count; i++) {
                TOC_GROW(before.rows, before.count, before.capacity);
                before.rows[before.count++] = rows.rows[i];
                before.rows[i].key = toc_strdup(rows.rows[i].key);
                before.rows[i].text = toc_strdup(rows.rows[i].text);
            }
            toc_jump_rows_take(&rows, answer);
            toc_json_free(answer);
            rows_hold(&rows);
            for (size_t i = 0; i < before.count; i++) {
                bool is_there = before.rows[i].fate == before.rows[i].by_itself;
                for (size_t k = 0; k < rows.count; k++)
                    is_there |= strcmp(rows.rows[k].key, before.rows[i].key) == 0 &&
                                rows.rows[k].fate == before.rows[i].fate;
                ck_assert_msg(is_there, "%s was forgotten", before.rows[i].key);
            }
            toc_jump_rows_fini(&before);
            if (rows.count > 0)
                toc_jump_rows_cycle(&rows, (size_t)toc_random_below(&r, (uint32_t)rows.count));
            rows_hold(&rows);
        }
        toc_jump_rows_fini(&rows);
    }
}
END_TEST

START_TEST(the_levels_that_a_jump_changes_are_named_as_far_as_there_is_room)
{
    toc_json *answer = read_json(
        "{\"preview\":[],\"levels\":9,\"changes\":[{\"service\":\"light\",\"from\":1000000,\"to\":"
        "0},"
        "{\"service\":\"water\",\"from\":250000,\"to\":500000},"
        "{\"service\":\"mobile\",\"from\":0,\"to\":1000000}],\"more_changes\":4,\"at\":370000}");
    toc_jump_rows rows = {0};
    toc_situation s = {0};
    static const struct {
        int columns;
        const char *text;
    } tries[] = {
        {200, "light 100 % → 0 %, water 25 % → 50 %, mobile 0 % → 100 % and 4 more"},
        {67, "light 100 % → 0 %, water 25 % → 50 %, mobile 0 % → 100 % and 4 more"},
        {66, "light 100 % → 0 %, water 25 % → 50 % and 5 more"},
        {40, "light 100 % → 0 % and 6 more"},
        {5, "light 100 % → 0 % and 6 more"}, // whatever the screen can show of it
    };
    toc_jump_rows_take(&rows, answer);
    toc_json_free(answer);
    ck_assert_int_eq(rows.at, 370000);
    for (size_t i = 0; i < TOC_COUNT(tries); i++) {
        toc_buf text = {0};
        toc_jump_rows_changes(&rows, &s, tries[i].columns, &text);
        ck_assert_str_eq(toc_buf_text(&text), tries[i].text);
        toc_buf_fini(&text);
    }
    toc_jump_rows_fini(&rows);
    toc_situation_fini(&s);
}
END_TEST

START_TEST(the_sum_of_a_jump_counts_what_was_chosen)
{
    toc_json *answer = read_json(
        "{\"preview\":[{\"t\":1,\"k\":\"inject\",\"inject\":\"INJ-01\",\"title\":\"A\",\"to\":["
        "\"wind\"]},"
        "{\"t\":2,\"k\":\"inject\",\"inject\":\"INJ-02\"},{\"t\":2,\"k\":\"endex\"},"
        "{\"t\":3,\"k\":\"overdue\",\"decision\":\"D-02\",\"team\":\"wind\"}],\"levels\":1}");
    toc_jump_rows rows = {0};
    toc_buf text = {0};
    toc_jump_rows_take(&rows, answer);
    toc_json_free(answer);
    toc_jump_rows_sum(&rows, &text);
    ck_assert_str_eq(toc_buf_text(&text),
                     "sends 2, holds 0, skips 0, lets 1 decision lapse, 1 level changes");
    ck_assert(toc_jump_rows_cycle(&rows, 1));
    ck_assert(!toc_jump_rows_cycle(&rows, 2)); // ENDEX comes as it comes
    ck_assert(toc_jump_rows_cycle(&rows, 3));
    ck_assert(!toc_jump_rows_choose(&rows, 3, TOC_FATE_SKIP));
    toc_buf_clear(&text);
    toc_jump_rows_sum(&rows, &text);
    ck_assert_str_eq(toc_buf_text(&text),
                     "sends 1, holds 1, skips 0, lets 0 decisions lapse, keeps 1, 1 level changes");
    toc_buf_clear(&text);
    toc_jump_rows_list(&rows, TOC_FATE_HOLD, &text);
    ck_assert_str_eq(toc_buf_text(&text), "[\"INJ-02\"]");
    toc_buf_fini(&text);
    toc_jump_rows_fini(&rows);
}
END_TEST

static const char hostile[] =
    "{\"exercise\":{\"id\":\"pier\"},\"clock\":{\"length\":900000},"
    "\"storylines\":[{\"storyline\":\"a\\nFORGED\",\"state\":\"waits\\u001b[2J\",\"for\":["
    "\"\\u202eD\"]}],"
    "\"msel\":[{\"inject\":\"INJ-01\",\"title\":\"x\\nFORGED \\u001b]52;c;eA==\\u0007 \\u009b31m "
    "\\u202eabc\",\"to\":[\"wind\\nFORGED\"],\"state\":\"planned\",\"due\":60000,\"channel\":"
    "\"\\nFORGED\","
    "\"from\":\"\\nFORGED\",\"objective\":\"\\nFORGED\",\"attach\":[\"\\nFORGED\"],\"text\":"
    "\"FORGED\\n"
    "FORGED \\u001b[31m\",\"notes\":\"FORGED\",\"via\":\"storyline "
    "a\\nFORGED\",\"via_text\":\"when \\u001b[2J\\nFORGED \\u202eabc\",\"reason\":\"\\nFORGED\"}]}";

static void screen_holds(toc_view *v, int w, int h)
{
    toc_grid g;
    toc_buf text = {0};
    toc_grid_init(&g, w, h, false);
    toc_view_draw(v, &g);
    toc_grid_text(&text, &g, false);
    ck_assert(toc_utf8_valid(toc_buf_text(&text), text.len, NULL));
    for (const char *at = toc_buf_text(&text); *at;) {
        size_t len = strcspn(at, "\n");
        size_t first = strspn(at, " ");
        ck_assert_msg(strncmp(at + first, "FORGED", 6) != 0, "a line of somebody else's:\n%s",
                      toc_buf_text(&text));
        for (size_t i = 0; i < len; i++)
            ck_assert((unsigned char)at[i] >= 0x20 && at[i] != 0x7f);
        at += len + (at[len] == '\n');
    }
    ck_assert_ptr_null(strstr(toc_buf_text(&text), "\xc2\x9b"));
    ck_assert_ptr_null(strstr(toc_buf_text(&text), "\xe2\x80\xae"));
    toc_buf_fini(&text);
    toc_grid_fini(&g);
}

START_TEST(no_text_of_the_list_leaves_its_place_on_any_screen)
{
    static const uint32_t keys[] = {
        TOC_KEY_ESC, TOC_KEY_DOWN, TOC_KEY_ENTER, TOC_KEY_ESC, 'm',           TOC_KEY_ESC, 'e',
        TOC_KEY_ESC, 's',          TOC_KEY_ESC,   '7',         TOC_KEY_ENTER, TOC_KEY_ESC, 'D',
        TOC_KEY_ESC, 'W',          TOC_KEY_ESC,   '1',         'n',           TOC_KEY_ESC};
    static const int sizes[][2] = {{80, 24}, {110, 30}, {60, 16}, {160, 50}, {20, 4}};
    toc_view_options o = {
        .seat = "excon-1", .role = "excon", .team = "control", .title = "Pier", .marking = ""};
    toc_view *v = toc_view_new(&o);
    toc_wishes out = {0};
    toc_json *page = read_json(hostile);
    toc_view_update(v, &(toc_happening){.what = TOC_HAPPENED_LINK, .link = TOC_VIEW_LIVE}, &out);
    toc_view_update(
        v, &(toc_happening){.what = TOC_HAPPENED_STATUS, .json = page, .is_last = true, .ok = true},
        &out);
    toc_json_free(page);
    for (size_t i = 0; i < TOC_COUNT(keys); i++) {
        toc_view_update(v, &(toc_happening){.what = TOC_HAPPENED_KEY, .key = keys[i]}, &out);
        for (size_t s = 0; s < TOC_COUNT(sizes); s++)
            screen_holds(v, sizes[s][0], sizes[s][1]);
    }
    toc_wishes_fini(&out);
    toc_view_free(v);
}
END_TEST

static void hear(toc_picture *p, int64_t n, const char *line)
{
    toc_event ev;
    int64_t number;
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_feed_parse(line, strlen(line), &number, &ev, &e), e);
    toc_picture_see(p, n, &ev);
    toc_event_fini(&ev);
}

#define ASKED                                                                                      \
    "{\"n\":1,\"t\":60000,\"k\":\"ask\",\"decision\":\"D-01\",\"team\":\"wind\",\"title\":\"Cut?"  \
    "\","                                                                                          \
    "\"options\":[[\"cut\",\"Cut it\"],[\"wait\",\"Wait\"]],\"deadline\":240000}"

static size_t count(const char *text, const char *what)
{
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, what)) != NULL; at++)
        n++;
    return n;
}

// The desk's list still has the decision as one that is to be asked.
START_TEST(a_decision_stays_in_the_list_when_it_was_asked_and_settled)
{
    static const struct {
        const char *settled, *state, *said;
    } ends[] = {
        {NULL, "open", "D-01 for wind: Cut?: by T+0:04:00, in 2m"},
        {"{\"n\":2,\"t\":90000,\"k\":\"decided\",\"decision\":\"D-01\",\"option\":\"cut\",\"team\":"
         "\"wind\",\"by\":\"wind-1\"}",
         "settled", "D-01 for wind T+0:01:30: Cut?: decided: cut (Cut it), by wind-1"},
        {"{\"n\":2,\"t\":240000,\"k\":\"overdue\",\"decision\":\"D-01\",\"option\":\"wait\","
         "\"team\":"
         "\"wind\"}",
         "settled", "D-01 for wind T+0:04:00: Cut?: the time was up; it stands as wait (Wait)"},
    };
    for (size_t i = 0; i < TOC_COUNT(ends); i++) {
        toc_msel m;
        toc_lines l;
        toc_picture p;
        take(&m);
        toc_picture_init(&p, "excon-1");
        toc_lines_init(&l, "", 0);
        l.now = 120000;
        hear(&p, 1, ASKED);
        if (ends[i].settled)
            hear(&p, 2, ends[i].settled);
        toc_msel_lines(&l, &p, &m);
        const char *shown = toc_buf_text(&l.out);
        char *head = toc_sprintf("DECISIONS that are %s:", ends[i].state);
        ck_assert_msg(strstr(shown, head) && strstr(shown, ends[i].said), "no \"%s\" in\n%s",
                      ends[i].said, shown);
        ck_assert_uint_eq(count(shown, "D-01"), 2); // once as itself, once in what INJ-03 waits for
        free(head);
        toc_lines_fini(&l);
        toc_picture_fini(&p);
        toc_msel_fini(&m);
    }
}
END_TEST

START_TEST(what_is_next_counts_decisions_before_the_injects_that_come_later)
{
    static const char *const is_next[] = {"T+0:04:00 decision D-01 to wind: Cut?",
                                          "T+0:04:00 decision D-01 of wind is due: Cut?",
                                          "T+0:10:00 INJ-02 to wind, rail: Late"};
    toc_msel m;
    toc_lines l;
    toc_picture p;
    take(&m);
    toc_picture_init(&p, "excon-1");
    toc_lines_init(&l, "", 0);
    l.now = 120000;
    for (size_t i = 0; i < TOC_COUNT(is_next); i++) {
        toc_sheet sheet = {0};
        if (i == 1)
            hear(&p, 1, ASKED);
        if (i == 2)
            hear(&p, 2,
                 "{\"n\":2,\"t\":90000,\"k\":\"decided\",\"decision\":\"D-01\",\"option\":\"cut\","
                 "\"team\":\"wind\",\"by\":\"wind-1\"}");
        toc_sheet_make(&sheet, &l, &p, &m);
        size_t at = 0;
        while (at < sheet.count && sheet.rows[at].kind != TOC_SHEET_NEXT)
            at++;
        ck_assert_uint_lt(at, sheet.count);
        ck_assert_str_eq(sheet.rows[at].text, is_next[i]);
        toc_sheet_fini(&sheet);
    }
    toc_lines_fini(&l);
    toc_picture_fini(&p);
    toc_msel_fini(&m);
}
END_TEST

START_TEST(after_endex_what_was_to_come_was_not_sent)
{
    toc_msel m;
    toc_lines l;
    toc_picture p;
    take(&m);
    toc_picture_init(&p, "excon-1");
    toc_lines_init(&l, "", 0);
    toc_clock clock = {.state = "ended", .speed = 1000, .pace = 1000, .t = 300000};
    toc_lines_hear(&l, &clock);
    toc_msel_lines(&l, &p, &m);
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&l.out), "NOT SENT, ENDEX was before it:"));
    ck_assert_ptr_null(strstr(toc_buf_text(&l.out), "PLANNED"));
    ck_assert_ptr_null(strstr(toc_buf_text(&l.out), "NEXT:"));
    toc_lines_fini(&l);
    toc_picture_fini(&p);
    toc_msel_fini(&m);
}
END_TEST

// In a quarter of an hour.
START_TEST(hours_that_cannot_be_are_asked_back_as_minutes)
{
    static const struct {
        const char *line, *said; // NULL: nothing is said about it
    } lines[] = {
        {"jump 12:30", "12:30 is 12 hours 30 minutes, after ENDEX; 12 minutes 30 seconds are "
                       "T+0:12:30"},
        {"JUMP T+5:30 skip INJ-02", "5:30 is 5 hours 30 minutes, after ENDEX; 5 minutes 30 "
                                    "seconds are T+0:05:30"},
        {"move INJ-02 1:05", "1:05 is 1 hour 05 minutes, after ENDEX; 1 minute 05 seconds are "
                             "T+0:01:05"},
        {"extend D-01 T+5:30", "5:30 is"},
        {"preview 5:30", "5:30 is"},
        {"adhoc wind by phone at T+5:30 \"A\" B", "5:30 is"},
        {"promise wind by T+5:30 a boat", "5:30 is"},
        {"jump T+0:12:30", NULL},
        {"jump T+12m30s", NULL},
        {"jump 0:10", NULL},
        {"jump 20:00", NULL}, // as minutes it is after ENDEX too
        {"move INJ-02 +5m", NULL},
        {"move INJ-02", NULL},
        {"say wind at 5:30 we meet", NULL},
        {"promise wind a boat by 5:30", NULL},
        {"jump 5:300", NULL},
        {"jump 5:75", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < TOC_COUNT(lines); i++) {
        toc_error e = {0};
        toc_err err = toc_when_line(lines[i].line, 900000, &e);
        ck_assert_msg((err == TOC_OK) == (lines[i].said == NULL), "%s: %s", lines[i].line, e.msg);
        if (lines[i].said)
            ck_assert_msg(strstr(e.msg, lines[i].said) != NULL, "%s: %s", lines[i].line, e.msg);
        ck_assert_int_eq(toc_when_line(lines[i].line, 0, NULL), TOC_OK);
        ck_assert_int_eq(toc_when_line(lines[i].line, 86400000, NULL), TOC_OK);
    }
}
END_TEST

START_TEST(the_examples_of_a_time_are_possible_in_the_exercise)
{
    static const int64_t lengths[] = {900000, 3000000, 7200000};
    toc_view *v = toc_alloc(sizeof *v);
    for (size_t i = 0; i < TOC_COUNT(lengths); i++) {
        v->lines.clock.length = lengths[i];
        const char *examples = toc_when_examples(v);
        char *first = toc_strndup(examples, strcspn(examples, ","));
        int64_t ms;
        toc_error e = {0};
        TOC_OK_OR_FAIL(toc_when_read(first, 0, &ms, &e), e);
        ck_assert_int_lt(ms, lengths[i]);
        free(first);
    }
    free(v);
}
END_TEST

START_TEST(a_refused_answer_names_the_decision_that_is_meant)
{
    static const struct {
        const char *line, *form;
    } lines[] = {{"decide", "The form is: decide D-02 OPTION"},
                 {"decide d-02", "The form is: decide D-02 OPTION"},
                 {"decide 2", "The form is: decide D-02 OPTION"},
                 {"rule D-02", "The form is: rule D-02 accept"},
                 {"decide D-07", "The form is: decide D-01 OPTION"}};
    toc_picture p;
    toc_picture_init(&p, "wind-1");
    hear(&p, 1,
         "{\"n\":1,\"t\":0,\"k\":\"ask\",\"decision\":\"D-02\",\"team\":\"wind\",\"title\":\"Go?\","
         "\"deadline\":60000}");
    for (size_t i = 0; i < TOC_COUNT(lines); i++) {
        toc_act act;
        toc_error e = {0};
        ck_assert_int_ne(toc_act_parse(&act, lines[i].line, &e), TOC_OK);
        toc_picture_form(&p, lines[i].line, &e);
        ck_assert_msg(strstr(e.msg, lines[i].form) != NULL, "%s: %s", lines[i].line, e.msg);
    }
    // Two are open: which one is meant is not known.
    hear(&p, 2,
         "{\"n\":2,\"t\":0,\"k\":\"ask\",\"decision\":\"D-03\",\"team\":\"wind\",\"title\":\"Go?\","
         "\"deadline\":60000}");
    toc_act act;
    toc_error e = {0};
    ck_assert_int_ne(toc_act_parse(&act, "decide", &e), TOC_OK);
    toc_picture_form(&p, "decide", &e);
    ck_assert_ptr_nonnull(strstr(e.msg, "decide D-01 OPTION"));
    toc_picture_fini(&p);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, a_decision_stays_in_the_list_when_it_was_asked_and_settled);
    tcase_add_test(tcase, what_is_next_counts_decisions_before_the_injects_that_come_later);
    tcase_add_test(tcase, after_endex_what_was_to_come_was_not_sent);
    tcase_add_test(tcase, hours_that_cannot_be_are_asked_back_as_minutes);
    tcase_add_test(tcase, the_examples_of_a_time_are_possible_in_the_exercise);
    tcase_add_test(tcase, a_refused_answer_names_the_decision_that_is_meant);
    tcase_add_test(tcase, the_plain_list_says_what_sends_a_row_and_what_was_done_to_it);
    tcase_add_test(tcase, a_sender_is_one_of_those_that_are_named_and_no_part_of_a_name);
    tcase_add_test(tcase, what_the_feed_tells_stands_in_the_list_at_once);
    tcase_add_test(tcase, a_time_is_one_of_play_or_so_long_from_another);
    tcase_add_test(tcase, what_was_chosen_about_a_jump_stays_whatever_the_desk_answers);
    tcase_add_test(tcase, the_levels_that_a_jump_changes_are_named_as_far_as_there_is_room);
    tcase_add_test(tcase, the_sum_of_a_jump_counts_what_was_chosen);
    tcase_add_test(tcase, no_text_of_the_list_leaves_its_place_on_any_screen);
}

TOC_CHECK_MAIN("excon", add_tests)
