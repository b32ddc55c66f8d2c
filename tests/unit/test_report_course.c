// SPDX-License-Identifier: MIT
// The sections of the report that tell the course: the world, how information spread, who wrote to whom, the master list. Golden pages
// hold their words; make them anew with TOC_UPDATE_GOLDEN=1, and read them.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "poor_morning.h"
#include "relive.h"
#include "report_spread.h"
#include "report_talk.h"
#include "reported.h"

#define COLD   "scenarios/cold-corridor"
#define SILENT "scenarios/silent-beams"

static void begin_morning(reported *x)
{
    acted a;
    poor_morning(&a);
    reported_acted(x, &a);
}

static void begin_plan(reported *x, const char *scenario, const char *plan)
{
    toc_buf journal = {0};
    char *path = toc_sprintf("%s/plans/%s.plan", scenario, plan);
    relive_plan(&journal, scenario, path);
    reported_begin(x, &journal);
    toc_buf_fini(&journal);
    free(path);
}

static void all_sections(reported *x)
{
    toc_report_world(&x->rp);
    toc_report_spread(&x->rp);
    toc_report_talk(&x->rp);
    toc_report_msel(&x->rp);
}

// ---- pages ---------------------------------------------------------------------------------------------------

START_TEST(a_poor_morning_is_told_as_it_went)
{
    reported x = {0};
    begin_morning(&x);
    all_sections(&x);
    char *text = reported_markdown(&x);
    reported_is_golden("first-light-course.md", text);
    free(text);
    reported_end(&x);
}
END_TEST

START_TEST(a_night_that_was_played_well_shows_who_passed_what_on)
{
    reported x = {0};
    begin_plan(&x, SILENT, "good");
    toc_report_spread(&x.rp);
    toc_report_talk(&x.rp);
    char *text = reported_markdown(&x);
    reported_is_golden("silent-beams-course.md", text);
    free(text);
    reported_end(&x);
}
END_TEST

START_TEST(a_winter_played_badly_shows_why_each_service_fell)
{
    reported x = {0};
    begin_plan(&x, COLD, "poor");
    toc_report_world(&x.rp);
    char *text = reported_markdown(&x);
    reported_is_golden("cold-corridor-course.md", text);
    free(text);
    reported_end(&x);
}
END_TEST

// ---- what must agree -------------------------------------------------------------------------------------------

// The cells of one column of a .csv, added up; lines begin after the heading.
static int64_t sum_of(const char *csv, int column, size_t *rows)
{
    int64_t sum = 0;
    int at = 0;
    bool is_quoted = false;
    *rows = 0;
    for (const char *c = strchr(csv, '\n'); c && c[1]; c++) {
        if (c[0] == '"')
            is_quoted = !is_quoted;
        if (!is_quoted && *c == '\n') {
            at = 0;
            ++*rows;
        } else if (!is_quoted && *c == ',') {
            at++;
        }
        if (at == column && c[0] == '"' && is_quoted)
            sum += strtoll(c + 1, NULL, 10);
    }
    return sum;
}

START_TEST(what_people_lost_is_what_the_review_counted)
{
    reported x = {0};
    size_t rows;
    begin_plan(&x, COLD, "poor");
    toc_report_world(&x.rp);
    char *csv = reported_csv(&x, "user-hours");
    ck_assert_int_gt(x.rp.review.numbers.lost, 0);
    ck_assert_int_eq(sum_of(csv, 4, &rows), x.rp.review.numbers.lost);
    free(csv);
    reported_end(&x);
}
END_TEST

START_TEST(every_change_of_a_level_stands_in_the_table)
{
    reported x = {0};
    size_t rows, changes = 0;
    begin_plan(&x, COLD, "poor");
    toc_report_world(&x.rp);
    char *csv = reported_csv(&x, "levels");
    sum_of(csv, 0, &rows);
    for (int64_t seq = 1; seq <= toc_recording_count(x.r); seq++)
        changes += toc_recording_at(x.r, seq)->kind == TOC_K_LEVEL;
    ck_assert_uint_gt(changes, 50);
    ck_assert_uint_eq(rows, changes);
    free(csv);
    reported_end(&x);
}
END_TEST

START_TEST(messages_are_counted_once_for_each_who_got_them)
{
    reported x = {0};
    size_t rows;
    int64_t got = 0, messages = 0;
    begin_plan(&x, SILENT, "good");
    toc_report_talk(&x.rp);
    for (int64_t seq = 1; seq <= toc_recording_count(x.r); seq++) {
        const toc_event *ev = toc_recording_at(x.r, seq);
        const toc_value *to = toc_event_value(ev, TOC_F_TO);
        if (ev->kind == TOC_K_MESSAGE) {
            messages++;
            got += to ? (int64_t)to->count : 0;
        }
    }
    char *csv = reported_csv(&x, "communication");
    ck_assert_int_gt(got, 20);
    ck_assert_int_eq(sum_of(csv, 3, &rows), got);
    free(csv);
    csv = reported_csv(&x, "messages");
    sum_of(csv, 0, &rows);
    ck_assert_int_eq((int64_t)rows, messages);
    free(csv);
    reported_end(&x);
}
END_TEST

START_TEST(the_list_as_played_has_each_inject_once)
{
    reported x = {0};
    size_t rows;
    begin_plan(&x, COLD, "poor");
    toc_report_msel(&x.rp);
    char *csv = reported_csv(&x, "msel-as-played");
    size_t count = x.rp.review.inject_count;
    ck_assert_int_eq(sum_of(csv, 1, &rows), (int64_t)(count * (count + 1) / 2)); // 1 … count
    ck_assert_uint_eq(rows, count);
    for (size_t i = 0; i < count; i++) {
        char *cell = toc_sprintf(",\"%s\",", x.rp.review.injects[i].id);
        must_have(csv, cell);
        free(cell);
    }
    free(csv);
    reported_end(&x);
}
END_TEST

// ---- pictures --------------------------------------------------------------------------------------------------

// The heights of the names at the right of a picture: texts with class t whose x is x. Gives their number.
static size_t heights(const char *svg, const char *end, const char *x, double *out, size_t max)
{
    size_t count = 0;
    char *begin = toc_sprintf("<text class=\"t\" x=\"%s\" y=\"", x);
    for (const char *at = svg; (at = strstr(at, begin)) && at < end && count < max; at++)
        out[count++] = strtod(at + strlen(begin), NULL);
    free(begin);
    return count;
}

START_TEST(names_beside_lines_never_meet)
{
    reported x = {0};
    double y[16];
    size_t pictures = 0, names = 0;
    begin_plan(&x, COLD, "poor");
    toc_report_world(&x.rp);
    char *html = reported_html(&x);
    for (const char *svg = html; (svg = strstr(svg, "<svg ")); svg++, pictures++) {
        const char *end = strstr(svg, "</svg>");
        ck_assert_ptr_nonnull(end);
        size_t count = heights(svg, end, "657", y, TOC_COUNT(y));
        ck_assert_uint_le(count, 8);
        names += count;
        for (size_t i = 0; i < count; i++)
            for (size_t k = 0; k < i; k++)
                ck_assert_msg(y[i] - y[k] >= 15 || y[k] - y[i] >= 15, "%.1f and %.1f", y[i], y[k]);
    }
    ck_assert_uint_ge(pictures, 5);
    ck_assert_uint_ge(names, 20);
    free(html);
    reported_end(&x);
}
END_TEST

START_TEST(a_way_from_team_to_team_is_drawn_with_who_never_read)
{
    reported x = {0};
    acted a;
    acted_begin(&a, SILENT);
    acted_put(&a, "T+0", "engine", "open-seat", "seat", "excon-1", NULL);
    acted_put(&a, "T+0", "excon-1", "start", NULL);
    acted_put(&a, "T+0:10", "operator-1", "read", "item", "INJ-04", NULL);
    acted_put(&a, "T+0:13", "operator-1", "forward", "item", "INJ-04", "to", "csirt,crisis", NULL);
    acted_put(&a, "T+0:21", "csirt-1", "read", "item", "message", NULL);
    acted_put(&a, "T+0:22", "csirt-1", "say", "to", "operator", "re", "message", "text",
              "Since when?", NULL);
    acted_pass(&a, "T+0:30");
    reported_acted(&x, &a);
    toc_report_spread(&x.rp);
    char *text = reported_markdown(&x), *html = reported_html(&x);
    must_have(text, "csirt through operator after 5 min, crisis through operator after 5 min");
    must_have(text, "3 teams had it, 2 only through others, 1 never opened it");
    must_have(html, ">✕ never read</text>");
    must_have(html, ">read 13 min</text>");
    must_have(html, "<text class=\"t tb\" x=\"0\" y=\"25\">Satellite operator NOC</text>");
    free(text);
    free(html);
    reported_end(&x);
}
END_TEST

START_TEST(what_excon_jumped_over_is_folded)
{
    for (int jumps = 0; jumps < 2; jumps++) {
        reported x = {0};
        acted a;
        acted_begin(&a, "scenarios/first-light");
        acted_put(&a, "T+0", "engine", "open-seat", "seat", "excon-1", NULL);
        acted_put(&a, "T+0", "excon-1", "start", NULL);
        acted_pass(&a, "T+0:02");
        if (jumps)
            acted_put(&a, "T+0:02", "excon-1", "jump", "until", "840000", NULL);
        acted_pass(&a, "T+0:15");
        reported_acted(&x, &a);
        toc_report_world(&x.rp);
        char *html = reported_html(&x);
        if (jumps)
            must_have(html, "⋯ 12 min ⋯");
        else
            must_lack(html, "⋯");
        free(html);
        reported_end(&x);
    }
}
END_TEST

// ---- who may read what -----------------------------------------------------------------------------------------

START_TEST(a_team_reads_of_its_own_alone)
{
    reported x = {.o = {.team = "ferry"}};
    begin_morning(&x);
    all_sections(&x);
    char *text = reported_markdown(&x), *messages = reported_csv(&x, "messages");
    must_have(text, "The ramp does not move. What is going on?");
    must_lack(text, "INJ-02");       // sent to the watch alone
    must_lack(text, "scenario.lua"); // how the world is driven
    must_lack(text, "as planned");   // the list is EXCON's
    must_lack(text, "fire alarm test");
    must_have(messages, "Do you know of a power cut in the north?");
    for (size_t i = 0; i < x.rp.review.service_count; i++) {
        const toc_review_service *s = &x.rp.review.services[i];
        const char *name = x.rp.plan->model.services[s->service].name;
        if (s->count > 0 && !toc_plan_sees(x.rp.plan, "ferry", s->service)) {
            char *row = toc_sprintf("| %s |", name ? name : s->id);
            must_lack(text, row);
            free(row);
        }
    }
    free(text);
    free(messages);
    reported_end(&x);
}
END_TEST

static size_t count_shown(const reported *x, toc_kind kind, toc_field with)
{
    size_t shown = 0;
    for (int64_t seq = 1; seq <= toc_recording_count(x->r); seq++) {
        const toc_event *ev = toc_recording_at(x->r, seq);
        shown += ev->kind == kind && (with == TOC_F_COUNT || toc_event_has(ev, with)) &&
                 toc_report_shows(&x->rp, seq);
    }
    return shown;
}

// Tables with nothing but what the team's feed has; who else got a message stands in none.
static void reads_its_own(const toc_buf *journal, const char *team, size_t *rfis)
{
    reported x = {.o = {.team = team}};
    size_t rows;
    reported_begin(&x, journal);
    all_sections(&x);
    char *text = reported_markdown(&x), *messages = reported_csv(&x, "messages");
    char *spread = reported_csv(&x, "spread"), *others = toc_sprintf("(%s), ", team);
    sum_of(messages, 0, &rows);
    ck_assert_uint_eq(rows, count_shown(&x, TOC_K_MESSAGE, TOC_F_COUNT));
    must_lack(messages, others);
    must_lack(text, "by the storyline");
    must_lack(text, "set to ");
    for (size_t i = 0; i < x.rp.plan->team_count; i++) {
        const char *id = x.rp.plan->teams[i].id;
        char *row = toc_sprintf(",\"%s\",\"", id);
        if (strcmp(id, team) == 0)
            must_have(spread, row);
        else if (!strstr(messages, "passed on"))
            must_lack(spread, row);
        free(row);
    }
    for (size_t i = 0; i < x.rp.review.inject_count; i++) {
        const toc_review_inject *row = &x.rp.review.injects[i];
        char *cell = toc_sprintf("\"%s ", row->id);
        if (row->sent_seq && !toc_report_shows(&x.rp, row->sent_seq))
            must_lack(spread, cell);
        free(cell);
    }
    size_t asked = count_shown(&x, TOC_K_MESSAGE, TOC_F_RFI);
    if (asked > 0) {
        char *questions = reported_csv(&x, "rfis");
        sum_of(questions, 0, &rows);
        ck_assert_uint_eq(rows, asked);
        free(questions);
    } else {
        must_lack(text, "Answered after | By");
    }
    *rfis += asked;
    free(text);
    free(messages);
    free(spread);
    free(others);
    reported_end(&x);
}

// What came of a decision is told as it came, levels among the rest.
START_TEST(what_came_of_a_decision_stands_in_order_of_time)
{
    reported x = {0};
    toc_buf journal = {0};
    size_t lists = 0, items = 0;
    relive_plan(&journal, COLD, COLD "/plans/poor.plan");
    reported_begin(&x, &journal);
    toc_report_decisions(&x.rp);
    char *text = reported_markdown(&x);
    for (char *at = text; (at = strstr(at, "What came of it:\n\n")) != NULL; lists++) {
        long before = 0;
        at += strlen("What came of it:\n\n");
        while (strncmp(at, "- T+", 4) == 0 || strncmp(at, "**More", 6) == 0 || *at == '\n') {
            int h = 0, m = 0, s = 0;
            if (sscanf(at, "- T+%d:%d:%d", &h, &m, &s) == 3) {
                const long now = h * 3600L + m * 60L + s;
                ck_assert_msg(now >= before, "%.200s", at);
                before = now;
                items++;
            }
            at += strcspn(at, "\n") + 1;
        }
    }
    ck_assert_uint_ge(lists, 10);
    ck_assert_uint_ge(items, 30);
    free(text);
    toc_buf_fini(&journal);
    reported_end(&x);
}
END_TEST

static void stands_under_an_objective(const char *scenario, const char *plan)
{
    toc_buf journal = {0};
    reported all = {0};
    relive_plan(&journal, scenario, plan);
    reported_begin(&all, &journal);
    for (size_t i = 0; i < all.rp.plan->team_count; i++) {
        reported x = {.o = {.team = all.rp.plan->teams[i].id}};
        size_t wanted = 0, rows = 0;
        for (size_t k = 0; k < all.rp.review.action_count; k++)
            wanted += all.rp.review.actions[k].objective &&
                      strcmp(all.rp.review.actions[k].team, x.o.team) == 0;
        reported_begin(&x, &journal);
        toc_report_objectives(&x.rp);
        if (wanted > 0) {
            char *actions = reported_csv(&x, "expected-actions");
            sum_of(actions, 0, &rows);
            free(actions);
        }
        ck_assert_msg(rows == wanted, "%s: %zu rows of %zu", x.o.team, rows, wanted);
        reported_end(&x);
    }
    toc_buf_fini(&journal);
    reported_end(&all);
}

// Of an objective that does not name the team too.
START_TEST(every_expected_action_of_a_team_stands_under_an_objective)
{
    stands_under_an_objective(COLD, COLD "/plans/poor.plan");
    stands_under_an_objective(SILENT, SILENT "/plans/good.plan");
}
END_TEST

START_TEST(every_team_reads_of_its_own_alone)
{
    static const char *const silent[] = {"operator", "wind", "csirt", "transport", "crisis"};
    static const char *const cold[] = {"tso", "space", "eu"};
    toc_buf journal = {0};
    size_t rfis = 0;
    relive_plan(&journal, SILENT, SILENT "/plans/good.plan");
    for (size_t i = 0; i < TOC_COUNT(silent); i++)
        reads_its_own(&journal, silent[i], &rfis);
    ck_assert_uint_ge(rfis, 2);
    toc_buf_clear(&journal);
    relive_plan(&journal, COLD, COLD "/plans/poor.plan");
    for (size_t i = 0; i < TOC_COUNT(cold); i++)
        reads_its_own(&journal, cold[i], &rfis);
    toc_buf_clear(&journal);
    acted a;
    poor_morning(&a);
    acted_journal(&a, 0, &journal);
    acted_end(&a);
    reads_its_own(&journal, "watch", &rfis);
    reads_its_own(&journal, "ferry", &rfis);
    toc_buf_fini(&journal);
}
END_TEST

// Whatever another team does that this one never hears of, its report does not change by it.
START_TEST(a_team_report_does_not_hang_on_what_it_never_saw)
{
    char *texts[2];
    for (int other = 0; other < 2; other++) {
        reported x = {.o = {.team = "ferry"}};
        acted a;
        acted_begin(&a, "scenarios/first-light");
        acted_put(&a, "T+0", "engine", "open-seat", "seat", "excon-1", NULL);
        acted_put(&a, "T+0", "excon-1", "start", NULL);
        acted_put(&a, "T+0:02", "ferry-1", "read", "item", "INJ-01", NULL);
        acted_put(&a, "T+0:02:10", "watch-1", "read", "item", "INJ-01", NULL);
        acted_put(&a, "T+0:02:20", "watch-1", other ? "say" : "ack", other ? "to" : "item",
                  other ? "excon" : "INJ-02", other ? "text" : NULL, "Nothing here.", NULL);
        acted_pass(&a, "T+0:03");
        reported_acted(&x, &a);
        all_sections(&x);
        texts[other] = reported_markdown(&x);
        reported_end(&x);
    }
    // Numbers of lines are the recording's.
    for (int i = 0; i < 2; i++)
        for (char *at = texts[i]; (at = strstr(at, "line ")); at++)
            for (char *digit = at + 5; *digit >= '0' && *digit <= '9'; digit++)
                *digit = 'N';
    ck_assert_str_eq(texts[0], texts[1]);
    free(texts[0]);
    free(texts[1]);
}
END_TEST

START_TEST(anonymous_sections_name_nobody)
{
    reported x = {.o = {.is_anonymous = true}};
    begin_morning(&x);
    all_sections(&x);
    char *text = reported_markdown(&x), *list = reported_csv(&x, "msel-as-played");
    must_lack(text, "M. Ek");
    must_lack(text, "Lind");
    must_lack(text, "Aune");
    must_lack(list, "M. Ek");
    free(text);
    free(list);
    reported_end(&x);
}
END_TEST

// ---- what EXCON did to the list, and to the world ---------------------------------------------------------------

START_TEST(a_row_tells_all_that_was_done_to_it)
{
    reported x = {0};
    acted a;
    acted_begin(&a, "scenarios/first-light");
    acted_put(&a, "T+0", "engine", "open-seat", "seat", "excon-1", NULL);
    acted_put(&a, "T+0", "excon-1", "start", NULL);
    acted_put(&a, "T+0:00:10", "excon-1", "edit", "inject", "INJ-04", "title", "<b>Tides</b>",
              "reason", "the old one was wrong", NULL);
    acted_put(&a, "T+0:00:20", "excon-1", "move", "inject", "INJ-04", "until", "420000", NULL);
    acted_put(&a, "T+0:00:30", "excon-1", "hold", "inject", "INJ-02", NULL);
    acted_put(&a, "T+0:04", "excon-1", "release", "inject", "INJ-02", NULL);
    acted_put(&a, "T+0:04:10", "excon-1", "skip", "inject", "INJ-31", "reason", "no time", NULL);
    acted_put(&a, "T+0:04:20", "excon-1", "intervene", "measure", "set", "service", "line", "level",
              "500000", "reason", "a generator came", NULL);
    acted_put(&a, "T+0:08", "ferry-1", "read", "item", "INJ-04", NULL);
    acted_pass(&a, "T+0:09");
    reported_acted(&x, &a);
    toc_report_msel(&x.rp);
    toc_report_world(&x.rp);
    char *text = reported_markdown(&x), *html = reported_html(&x);
    must_have(text, "moved to T+0:07:00");
    must_have(text, "\\+2 min");
    must_have(text, "title \"Tide table for today\" now \"\\<b\\>Tides\\</b\\>\"");
    must_have(text, "the old one was wrong");
    must_have(text, "released by EXCON");
    must_have(text, "skipped: no time");
    must_have(text, "ferry after 1 min");
    must_have(text, "What EXCON did to the world by hand");
    must_have(text, "a generator came");
    must_lack(html, "<b>Tides</b>");
    free(text);
    free(html);
    reported_end(&x);
}
END_TEST

START_TEST(a_play_that_never_began_adds_no_empty_section)
{
    reported x = {0};
    acted a;
    acted_begin(&a, "scenarios/first-light");
    acted_put(&a, "T+0", "engine", "open-seat", "seat", "excon-1", NULL);
    reported_acted(&x, &a);
    all_sections(&x);
    char *text = reported_markdown(&x);
    must_lack(text, "## The world");
    must_lack(text, "## How information spread");
    must_lack(text, "## Who wrote to whom");
    must_lack(text, "## Master list");
    free(text);
    reported_end(&x);
}
END_TEST

// Whoever writes a journal by hand can write to anybody.
START_TEST(thousands_of_strangers_are_one_row_of_the_matrix)
{
    enum { STRANGERS = 3000 };
    reported x = {0};
    acted a;
    toc_buf svg = {0};
    poor_morning(&a);
    reported_acted(&x, &a);
    toc_review_talk *own = x.rp.review.talks, *talks = toc_alloc(STRANGERS * sizeof *talks);
    const size_t count = x.rp.review.talk_count;
    char(*ids)[16] = toc_alloc(STRANGERS * sizeof *ids);
    for (size_t i = 0; i < STRANGERS; i++) {
        snprintf(ids[i], sizeof ids[i], "t%zu", i);
        talks[i] = (toc_review_talk){.from = "watch", .to = ids[i], .count = 2};
    }
    x.rp.review.talks = talks;
    x.rp.review.talk_count = STRANGERS;
    toc_report_matrix(&svg, &x.rp);
    must_have(toc_buf_text(&svg), ">others<");
    must_have(toc_buf_text(&svg), ">t5<");
    must_lack(toc_buf_text(&svg), ">t2999<");
    ck_assert_uint_lt(svg.len, 400000);
    x.rp.review.talks = own;
    x.rp.review.talk_count = count;
    free(talks);
    free(ids);
    toc_buf_fini(&svg);
    reported_end(&x);
}
END_TEST

START_TEST(an_inject_read_after_ages_has_an_axis_all_the_same)
{
    reported x = {0};
    acted a;
    toc_buf svg = {0};
    poor_morning(&a);
    reported_acted(&x, &a);
    toc_reached at = {.team = "watch", .arrived = 9007199254740991, .arrived_seq = 1, .via = 1};
    toc_review_inject row = {.id = "INJ-01", .sent_seq = 1};
    toc_report_key k = {.row = &row, .spread = {.item = 1, .at = &at, .count = 1}};
    toc_report_spread_picture(&svg, &x.rp, &k);
    ck_assert_uint_lt(svg.len, 20000);
    toc_buf_fini(&svg);
    reported_end(&x);
}
END_TEST

// Nobody is blamed for what never reached them, and their own report does not tell them of it by name.
START_TEST(an_action_says_what_its_team_never_had)
{
    for (int kind = 0; kind < 2; kind++) {
        reported x = {.o = {.team = kind == 1 ? "crisis" : NULL}};
        begin_plan(&x, SILENT, "poor");
        toc_report_overview(&x.rp);
        toc_report_objectives(&x.rp);
        toc_report_timeline(&x.rp);
        toc_report_improvement(&x.rp);
        char *text = reported_markdown(&x);
        if (kind == 0) {
            must_have(text, "Puts INJ-17 and INJ-20 side by side");
            must_have(text, "INJ-17 reached only Transport authority (transport); Government crisis "
                            "cell (crisis) never had it (line ");
            must_have(text, "**0 of 10** expected actions met in time");
        } else {
            must_lack(text, "INJ-17");
            must_have(text, "that this team did not have\\] and INJ-20 side by side");
            must_have(text, "its team never had an inject that it hangs on");
        }
        free(text);
        reported_end(&x);
    }
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, an_action_says_what_its_team_never_had);
    tcase_add_test(tc, a_poor_morning_is_told_as_it_went);
    tcase_add_test(tc, a_night_that_was_played_well_shows_who_passed_what_on);
    tcase_add_test(tc, a_winter_played_badly_shows_why_each_service_fell);
    tcase_add_test(tc, what_people_lost_is_what_the_review_counted);
    tcase_add_test(tc, every_change_of_a_level_stands_in_the_table);
    tcase_add_test(tc, messages_are_counted_once_for_each_who_got_them);
    tcase_add_test(tc, the_list_as_played_has_each_inject_once);
    tcase_add_test(tc, names_beside_lines_never_meet);
    tcase_add_test(tc, a_way_from_team_to_team_is_drawn_with_who_never_read);
    tcase_add_test(tc, what_excon_jumped_over_is_folded);
    tcase_add_test(tc, a_team_reads_of_its_own_alone);
    tcase_add_test(tc, what_came_of_a_decision_stands_in_order_of_time);
    tcase_add_test(tc, every_expected_action_of_a_team_stands_under_an_objective);
    tcase_add_test(tc, every_team_reads_of_its_own_alone);
    tcase_add_test(tc, a_team_report_does_not_hang_on_what_it_never_saw);
    tcase_add_test(tc, anonymous_sections_name_nobody);
    tcase_add_test(tc, a_row_tells_all_that_was_done_to_it);
    tcase_add_test(tc, a_play_that_never_began_adds_no_empty_section);
    tcase_add_test(tc, thousands_of_strangers_are_one_row_of_the_matrix);
    tcase_add_test(tc, an_inject_read_after_ages_has_an_axis_all_the_same);
}

TOC_CHECK_MAIN("report_course", add_tests)
