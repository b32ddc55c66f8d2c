// SPDX-License-Identifier: MIT
// The view by itself: a feed fed by hand, keys, time made by hand; what it wishes and what stands on its screen.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/text.h"
#include "check_main.h"
#include "record/feed.h"
#include "view_inside.h"
#include "write.h"

typedef struct {
    toc_view *view;
    toc_wishes wishes; // since the last forget
    toc_buf screen;
    int64_t n, mono;
} seat;

static void happen(seat *s, toc_happening h)
{
    toc_view_update(s->view, &h, &s->wishes);
}

static void pass(seat *s, int64_t ms)
{
    s->mono += ms;
    happen(s, (toc_happening){.what = TOC_HAPPENED_TIME, .mono = s->mono, .wall = "14:32:07"});
}

static void forget(seat *s)
{
    toc_wishes_clear(&s->wishes);
}

static void clock_is(seat *s, const char *state, bool emergency)
{
    toc_clock c = {.emergency = emergency, .speed = 1000, .pace = 1000, .t = 60000};
    snprintf(c.state, sizeof c.state, "%s", state);
    snprintf(c.story, sizeof c.story, "2022-02-24 03:00Z");
    happen(s, (toc_happening){.what = TOC_HAPPENED_CLOCK, .clock = &c});
}

static void feed(seat *s, const char *rest)
{
    char *line = toc_sprintf("{\"n\":%lld,%s}", (long long)++s->n, rest);
    int64_t n;
    toc_event ev;
    toc_error e;
    TOC_OK_OR_FAIL(toc_feed_parse(line, strlen(line), &n, &ev, &e), e);
    happen(s, (toc_happening){.what = TOC_HAPPENED_EVENT, .number = n, .event = &ev});
    toc_event_fini(&ev);
    free(line);
}

static void status(seat *s, const char *json)
{
    toc_json *j;
    toc_error e;
    TOC_OK_OR_FAIL(toc_json_read(&j, json, strlen(json), TOC_JSON_REPLY, &e), e);
    happen(s, (toc_happening){.what = TOC_HAPPENED_STATUS, .json = j, .is_last = true, .ok = true});
    toc_json_free(j);
}

static seat *sit(const char *name, const char *role, const char *team, int64_t recall_ms)
{
    seat *s = toc_alloc(sizeof *s);
    toc_view_options o = {.seat = name,
                          .role = role,
                          .team = team,
                          .title = "Harbour",
                          .marking = "TLP:CLEAR",
                          .recall_ms = recall_ms};
    s->view = toc_view_new(&o);
    s->mono = 1000;
    pass(s, 0);
    return s;
}

// Somebody who sits there while play runs, and has signed in.
static seat *sit_live(const char *name, const char *role, const char *team, int64_t recall_ms)
{
    seat *s = sit(name, role, team, recall_ms);
    char *join = toc_sprintf("\"t\":0,\"k\":\"sign-in\",\"by\":\"%s\",\"wall\":"
                             "\"2026-11-21T13:30:00.000Z\",\"name\":\"R. Lind\"",
                             name);
    feed(s, join);
    free(join);
    clock_is(s, "running", false);
    happen(s, (toc_happening){.what = TOC_HAPPENED_LINK, .link = TOC_VIEW_LIVE});
    char *seats = toc_sprintf("{\"seats\":[{\"seat\":\"%s\",\"team\":\"%s\",\"present\":true,"
                              "\"name\":\"R. Lind\"}]}",
                              name, team);
    status(s, seats);
    free(seats);
    forget(s);
    return s;
}

static void leave(seat *s)
{
    toc_view_free(s->view);
    toc_wishes_fini(&s->wishes);
    toc_buf_fini(&s->screen);
    free(s);
}

static void key(seat *s, uint32_t k)
{
    happen(s, (toc_happening){.what = TOC_HAPPENED_KEY, .key = k});
}

static void type(seat *s, const char *text)
{
    for (; *text; text++)
        key(s, (unsigned char)*text);
}

static const char *screen_of(seat *s, int w, int h)
{
    toc_grid g;
    toc_grid_init(&g, w, h, false);
    happen(s, (toc_happening){.what = TOC_HAPPENED_SIZE, .x = w, .y = h});
    toc_view_draw(s->view, &g);
    toc_buf_clear(&s->screen);
    toc_grid_text(&s->screen, &g, false);
    toc_grid_fini(&g);
    return toc_buf_text(&s->screen);
}

static void sees(seat *s, const char *text)
{
    const char *screen = screen_of(s, 80, 24);
    ck_assert_msg(strstr(screen, text) != NULL, "`%s` does not stand on\n%s", text, screen);
}

static void sees_not(seat *s, const char *text)
{
    const char *screen = screen_of(s, 80, 24);
    ck_assert_msg(strstr(screen, text) == NULL, "`%s` stands on\n%s", text, screen);
}

static size_t count(const seat *s, toc_wish_kind kind, const char *text)
{
    size_t n = 0;
    for (size_t i = 0; i < s->wishes.count; i++)
        n += s->wishes.at[i].kind == kind &&
             (!text || (s->wishes.at[i].text && strcmp(s->wishes.at[i].text, text) == 0));
    return n;
}

static const toc_wish *act_of(const seat *s, toc_kind kind)
{
    for (size_t i = 0; i < s->wishes.count; i++)
        if (s->wishes.at[i].kind == TOC_WISH_ACT && s->wishes.at[i].event.kind == kind)
            return &s->wishes.at[i];
    return NULL;
}

static void command(seat *s, const char *line)
{
    key(s, ':');
    type(s, line);
    key(s, TOC_KEY_ENTER);
}

static void answer(seat *s, const toc_wish *wish, bool ok, const char *code, const char *text)
{
    happen(s, (toc_happening){.what = TOC_HAPPENED_ANSWER,
                              .number = wish->number,
                              .ok = ok,
                              .code = code,
                              .text = text});
}

static const char urgent[] = "\"t\":61000,\"k\":\"inject\",\"inject\":\"INJ-09\",\"from\":\"Coast "
                             "Guard\",\"urgent\":true,\"title\":\"Tanker listing\",\"text\":\"x\"";

START_TEST(every_size_says_something_and_most_say_exercise)
{
    static const char *const roles[][3] = {{"ops-1", "participant", "ops"},
                                           {"excon-1", "excon", "control"},
                                           {"simcell-1", "simcell", "control"},
                                           {"evaluator-1", "evaluator", "control"},
                                           {"board-1", "board", "board"}};
    for (size_t i = 0; i < TOC_COUNT(roles); i++) {
        seat *s = sit_live(roles[i][0], roles[i][1], roles[i][2], 5000);
        feed(s, urgent);
        for (int w = 1; w <= 132; w += w < 70 ? 1 : 7)
            for (int h = 1; h <= 40; h += h < 20 ? 1 : 5) {
                const char *screen = screen_of(s, w, h);
                ck_assert_msg(strspn(screen, " \n") < strlen(screen), "nothing at %dx%d", w, h);
                bool is_whole = w >= 60 && h >= 16;
                if (is_whole)
                    ck_assert_msg(strstr(screen, "EXERCISE") && strstr(screen, "T+0:01"),
                                  "%dx%d:\n%s", w, h, screen);
                else if (w >= 30 && h >= 3)
                    ck_assert_msg(strstr(screen, "60x16 needed") && strstr(screen, "T+0:01"),
                                  "%dx%d:\n%s", w, h, screen);
                if (i == 0 && !is_whole && w >= 30)
                    ck_assert_msg(strstr(screen, "URGENT"), "%dx%d:\n%s", w, h, screen);
            }
        leave(s);
    }
}
END_TEST

START_TEST(digits_and_brackets_open_the_tabs)
{
    seat *s = sit_live("ops-1", "participant", "ops", 5000);
    key(s, '4');
    sees(s, "[4 Log]");
    key(s, ']');
    sees(s, "[5 Contacts");
    key(s, ']');
    sees(s, "[1 Inbox");
    key(s, '[');
    sees(s, "[5 Contacts");
    key(s, '9');
    sees(s, "there are 5 tabs");
    leave(s);
    s = sit_live("excon-1", "excon", "control", 5000);
    key(s, '0');
    sees(s, "[0 Log]");
    leave(s);
}
END_TEST

START_TEST(the_past_rings_no_bell_and_an_urgent_item_rings_once)
{
    seat *s = sit("ops-1", "participant", "ops", 5000);
    feed(s, urgent);
    clock_is(s, "running", false);
    happen(s, (toc_happening){.what = TOC_HAPPENED_LINK, .link = TOC_VIEW_LIVE});
    ck_assert_uint_eq(count(s, TOC_WISH_ASK, "status"), 1);
    status(s, "{\"seats\":[]}");
    ck_assert_uint_eq(count(s, TOC_WISH_BELL, NULL), 0);
    key(s, TOC_KEY_ESC); // the name: later
    feed(s, urgent);
    ck_assert_uint_eq(count(s, TOC_WISH_BELL, NULL), 1);
    feed(s, "\"t\":62000,\"k\":\"inject\",\"inject\":\"INJ-10\",\"title\":\"y\",\"text\":\"x\"");
    ck_assert_uint_eq(count(s, TOC_WISH_BELL, NULL), 1);
    pass(s, 250);
    ck_assert_uint_eq(count(s, TOC_WISH_TITLE, "(!2 *3) tocsin EXERCISE ops-1"), 1);
    sees(s, "URGENT (* goes there)");
    leave(s);
}
END_TEST

START_TEST(a_burst_rings_once_a_second)
{
    seat *s = sit_live("ops-1", "participant", "ops", 5000);
    for (int i = 0; i < 1000; i++) {
        feed(s, urgent);
        if (i % 10 == 9)
            pass(s, 20);
    }
    ck_assert_uint_ge(count(s, TOC_WISH_BELL, NULL), 1);
    ck_assert_uint_le(count(s, TOC_WISH_BELL, NULL), 3); // it lasted two seconds
    leave(s);
}
END_TEST

START_TEST(the_past_is_shown_though_the_desk_does_not_answer)
{
    seat *s = sit("ops-1", "participant", "ops", 0);
    feed(s, urgent);
    happen(s, (toc_happening){.what = TOC_HAPPENED_LINK, .link = TOC_VIEW_LIVE});
    sees(s, "Fetching what happened so far");
    pass(s, 4000);
    sees(s, "Tanker listing");
    leave(s);
}
END_TEST

START_TEST(events_that_change_the_list_ask_for_one_status_a_second)
{
    seat *s = sit_live("excon-1", "excon", "control", 5000);
    size_t asked = 0;
    pass(s, 5000);
    forget(s);
    for (int i = 0; i < 1000; i++) { // in five seconds; each question is answered at once
        feed(s, "\"t\":62000,\"k\":\"storyline\",\"storyline\":\"a\",\"state\":\"waits\"");
        if (i % 10 == 9)
            pass(s, 50);
        if (count(s, TOC_WISH_ASK, "status") == 0)
            continue;
        asked++;
        forget(s);
        status(s, "{\"seats\":[]}");
    }
    ck_assert_uint_ge(asked, 3);
    ck_assert_uint_le(asked, 6);
    pass(s, 60000);
    forget(s);
    pass(s, 60000);
    ck_assert_uint_eq(count(s, TOC_WISH_ASK, "status"), 0); // nothing has changed
    leave(s);
}
END_TEST

START_TEST(the_past_is_told_with_the_names_that_the_desk_gives)
{
    seat *s = sit("ops-1", "participant", "ops", 0);
    feed(s, "\"t\":0,\"k\":\"level\",\"service\":\"grid\",\"level\":500000,\"why\":\"own\","
            "\"story\":\"2022-02-24 03:00Z\"");
    clock_is(s, "running", false);
    happen(s, (toc_happening){.what = TOC_HAPPENED_LINK, .link = TOC_VIEW_LIVE});
    status(s, "{\"services\":[{\"service\":\"grid\",\"name\":\"Power, north\",\"level\":500000}]}");
    key(s, '4');
    sees(s, "Power, north: 50 %");
    leave(s);
}
END_TEST

START_TEST(control_asks_who_is_there_and_a_team_does_not)
{
    seat *s = sit_live("excon-1", "excon", "control", 5000);
    for (int i = 0; i < 20; i++)
        pass(s, 1000);
    ck_assert_uint_ge(count(s, TOC_WISH_ASK, "seats"), 3);
    ck_assert_uint_le(count(s, TOC_WISH_ASK, "seats"), 5);
    leave(s);
    s = sit_live("ops-1", "participant", "ops", 5000);
    for (int i = 0; i < 20; i++)
        pass(s, 1000);
    ck_assert_uint_eq(count(s, TOC_WISH_ASK, "seats"), 0);
    leave(s);
}
END_TEST

START_TEST(a_refusal_stands_until_a_key_and_good_news_waits_behind_it)
{
    seat *s = sit_live("ops-1", "participant", "ops", 0);
    command(s, "say wind Hello");
    answer(s, act_of(s, TOC_K_SAY), false, "refused", "nobody here may write to wind");
    command(s, ""); // nothing is typed, nothing is done
    leave(s);
    s = sit_live("ops-1", "participant", "ops", 0);
    command(s, "say wind Hello");
    command(s, "emergency STOP fire");
    const toc_wish *said = act_of(s, TOC_K_SAY), *called = act_of(s, TOC_K_EMERGENCY);
    ck_assert(said && called);
    answer(s, said, false, "refused", "nobody here may write to wind");
    answer(s, called, true, NULL, NULL);
    pass(s, 60000);
    sees(s, "refused: nobody here may write to wind");
    key(s, TOC_KEY_ESC);
    sees_not(s, "refused");
    sees(s, "your call is out: every seat is told");
    leave(s);
}
END_TEST

START_TEST(what_was_said_goes_after_a_while_and_when_play_changes)
{
    seat *s = sit_live("ops-1", "participant", "ops", 0);
    key(s, 't');
    sees(s, "times: of the story");
    pass(s, 9000);
    sees(s, "times: of the story");
    pass(s, 2000);
    sees_not(s, "times: of the story");
    key(s, 't');
    pass(s, 2000);
    sees(s, "times: of the clock");
    feed(s, "\"t\":60000,\"k\":\"pause\",\"by\":\"excon-1\",\"wall\":\"w\"");
    sees_not(s, "times: of the clock");
    leave(s);
}
END_TEST

START_TEST(nothing_is_said_of_play_before_an_engine_has_answered)
{
    seat *s = sit("ops-1", "participant", "ops", 0);
    happen(s, (toc_happening){.what = TOC_HAPPENED_LINK,
                              .link = TOC_VIEW_CONNECTING,
                              .text = "no engine answers at tcp://quay:7000: trying again"});
    sees(s, "not connected: how play stands is not known");
    sees(s, "no engine answers at tcp://quay:7000: trying again");
    sees_not(s, "LOBBY");
    leave(s);
}
END_TEST

START_TEST(what_control_writes_by_hand_leaves_after_its_time_unless_it_is_recalled)
{
    seat *s = sit_live("excon-1", "excon", "control", 5000);
    command(s, "fire INJ-14");
    command(s, "say ops Hello");
    ck_assert_ptr_null(act_of(s, TOC_K_FIRE));
    sees(s, "message to ops leaves in 5 s: u takes it back (1 more before it)");
    pass(s, 3000);
    sees(s, "leaves in 2 s");
    key(s, 'u'); // the newest
    sees(s, "recalled, nobody has seen it: message to ops");
    pass(s, 1999);
    ck_assert_ptr_null(act_of(s, TOC_K_FIRE));
    pass(s, 1);
    ck_assert_ptr_nonnull(act_of(s, TOC_K_FIRE));
    ck_assert_ptr_null(act_of(s, TOC_K_SAY));
    key(s, 'u');
    sees(s, "nothing waits any more");
    leave(s);
}
END_TEST

START_TEST(leaving_asks_what_becomes_of_the_outbox)
{
    seat *s = sit_live("excon-1", "excon", "control", 5000);
    command(s, "fire INJ-14");
    key(s, 'q');
    ck_assert_uint_eq(count(s, TOC_WISH_LEAVE, NULL), 0);
    sees(s, "1 act has not left yet: fire INJ-14");
    key(s, TOC_KEY_ENTER);
    const toc_wish *fired = act_of(s, TOC_K_FIRE);
    ck_assert_ptr_nonnull(fired);
    ck_assert_uint_eq(count(s, TOC_WISH_LEAVE, NULL), 0); // its answer comes first
    answer(s, fired, true, NULL, NULL);
    pass(s, 250);
    ck_assert_uint_eq(count(s, TOC_WISH_LEAVE, NULL), 1);
    leave(s);

    s = sit_live("excon-1", "excon", "control", 5000);
    command(s, "fire INJ-14");
    key(s, 'q');
    key(s, '2');
    key(s, TOC_KEY_ENTER);
    ck_assert_ptr_null(act_of(s, TOC_K_FIRE));
    ck_assert_uint_eq(count(s, TOC_WISH_LEAVE, NULL), 1);
    leave(s);

    s = sit_live("ops-1", "participant", "ops", 5000);
    key(s, 'q');
    key(s, TOC_KEY_ESC);
    ck_assert_uint_eq(count(s, TOC_WISH_LEAVE, NULL), 0);
    clock_is(s, "ended", false);
    key(s, 'q');
    ck_assert_uint_eq(count(s, TOC_WISH_LEAVE, NULL), 1); // nothing is at stake any more
    leave(s);
}
END_TEST

static void call_help(seat *s)
{
    key(s, TOC_KEY_CTRL('X'));
    type(s, "STOP");
    key(s, TOC_KEY_TAB);
    type(s, "fire in room 2");
    key(s, TOC_KEY_ENTER);
}

START_TEST(an_emergency_goes_out_at_once_from_over_any_form_which_keeps_its_text)
{
    seat *s = sit_live("excon-1", "excon", "control", 5000);
    key(s, 'S');
    sees(s, "Sign");
    toc_view_open_form(s->view, toc_form_new("A letter", "send", NULL));
    toc_form_line(s->view->form, "text", "Text", NULL, true);
    type(s, "half a word");
    call_help(s);
    const toc_wish *called = act_of(s, TOC_K_EMERGENCY);
    ck_assert_ptr_nonnull(called); // no outbox
    ck_assert_str_eq(toc_event_str(&called->event, TOC_F_TEXT), "fire in room 2");
    sees(s, "A letter");
    sees(s, "half a word");
    leave(s);
}
END_TEST

START_TEST(the_word_stop_must_be_there)
{
    seat *s = sit_live("ops-1", "participant", "ops", 5000);
    key(s, TOC_KEY_CTRL('X'));
    type(s, "stopping");
    key(s, TOC_KEY_TAB);
    type(s, "nothing");
    key(s, TOC_KEY_ENTER);
    ck_assert_ptr_null(act_of(s, TOC_K_EMERGENCY));
    sees(s, "type the word STOP");
    leave(s);
}
END_TEST

START_TEST(a_call_for_help_needs_one_word_in_any_case_and_no_more)
{
    static const char *const words[] = {"STOP", "stop", "  Stop "};
    for (size_t i = 0; i < TOC_COUNT(words); i++) {
        seat *s = sit_live("ops-1", "participant", "ops", 5000);
        key(s, TOC_KEY_CTRL('X'));
        type(s, words[i]);
        key(s, TOC_KEY_CTRL('S'));
        const toc_wish *called = act_of(s, TOC_K_EMERGENCY);
        ck_assert_ptr_nonnull(called);
        ck_assert(!toc_event_has(&called->event, TOC_F_TEXT)); // the screens say: no words yet
        leave(s);
    }
}
END_TEST

START_TEST(a_call_that_is_not_answered_says_that_nobody_knows)
{
    seat *s = sit_live("ops-1", "participant", "ops", 5000);
    call_help(s);
    pass(s, 4900);
    sees_not(s, "NOT DELIVERED");
    pass(s, 200);
    sees(s, "*** NOT DELIVERED: nobody knows");
    answer(s, act_of(s, TOC_K_EMERGENCY), true, NULL, NULL);
    sees_not(s, "NOT DELIVERED");
    sees(s, "every seat is told");
    leave(s);
    s = sit_live("ops-1", "participant", "ops", 5000);
    happen(s, (toc_happening){.what = TOC_HAPPENED_LINK, .link = TOC_VIEW_LOST});
    call_help(s);
    sees(s, "*** NOT DELIVERED: nobody knows"); // without a link there is nothing to wait for
    leave(s);
}
END_TEST

static size_t loud_lines(seat *s, int w, int h, bool *is_first, bool *is_last)
{
    const char *screen = screen_of(s, w, h);
    size_t n = 0;
    int y = 0;
    *is_first = strncmp(screen, "***", 3) == 0;
    for (const char *at = screen; *at; y++) {
        size_t len = strcspn(at, "\n");
        bool is_loud = strncmp(at, "*** REAL EMERGENCY", 18) == 0;
        n += is_loud;
        if (y == h - 1)
            *is_last = is_loud;
        at += len + (at[len] == '\n');
    }
    return n;
}

START_TEST(an_emergency_stands_at_the_top_and_bottom_of_everything_until_play_resumes)
{
    static const int sizes[][2] = {{80, 24}, {110, 30}, {60, 16}, {40, 12}};
    seat *s = sit_live("ops-1", "participant", "ops", 5000);
    happen(s, (toc_happening){.what = TOC_HAPPENED_ALARM,
                              .code = "emergency",
                              .text = "fire in room 2",
                              .by = "csirt-1"});
    ck_assert_uint_eq(count(s, TOC_WISH_BELL, NULL), 1);
    bool first, last;
    for (int pass_no = 0; pass_no < 3; pass_no++) {
        if (pass_no == 1)
            key(s, '?');
        if (pass_no == 2) {
            key(s, TOC_KEY_ESC);
            key(s, 'S');
        }
        for (size_t i = 0; i < TOC_COUNT(sizes); i++) {
            ck_assert_uint_eq(loud_lines(s, sizes[i][0], sizes[i][1], &first, &last), 2);
            ck_assert(first && last);
        }
    }
    key(s, TOC_KEY_ESC);
    feed(s, "\"t\":60000,\"k\":\"emergency\",\"by\":\"csirt-1\",\"wall\":"
            "\"2026-11-21T13:32:07.000Z\",\"text\":\"fire in room 2\"");
    for (char tab = '1'; tab <= '5'; tab++) {
        key(s, (uint32_t)tab);
        ck_assert_uint_ge(loud_lines(s, 80, 24, &first, &last), 2); // the log has it too
        ck_assert(first && last);
        sees(s, "fire in room 2");
    }
    clock_is(s, "paused", true);
    feed(s, "\"t\":60000,\"k\":\"resume\",\"wall\":\"2026-11-21T13:40:07.000Z\"");
    clock_is(s, "running", false);
    key(s, '1');
    ck_assert_uint_eq(loud_lines(s, 80, 24, &first, &last), 0);
    leave(s);
}
END_TEST

START_TEST(a_lost_link_loses_no_typed_text)
{
    seat *s = sit_live("ops-1", "participant", "ops", 5000);
    toc_view_open_form(s->view, toc_form_new("A letter", "send", NULL));
    toc_form_line(s->view->form, "text", "Text", NULL, true);
    type(s, "half a ");
    happen(s, (toc_happening){.what = TOC_HAPPENED_LINK, .link = TOC_VIEW_LOST, .text = "gone"});
    type(s, "word");
    pass(s, 12000);
    sees(s, "half a word");
    sees(s, "link lost 00:12: reconnecting, nothing you typed is lost");
    key(s, TOC_KEY_ESC);
    key(s, TOC_KEY_ESC);
    command(s, "say wind Hello");
    sees(s, "kept: it goes out as soon as the link is back");
    sees(s, "1 to be sent");
    happen(s, (toc_happening){.what = TOC_HAPPENED_LINK, .link = TOC_VIEW_LIVE});
    sees(s, "the link is back");
    sees_not(s, "link lost");
    leave(s);
}
END_TEST

START_TEST(a_pause_says_who_when_and_why)
{
    seat *s = sit_live("ops-1", "participant", "ops", 5000);
    feed(s,
         "\"t\":60000,\"k\":\"pause\",\"wall\":\"2026-11-21T13:32:01.000Z\",\"reason\":\"lunch\"");
    clock_is(s, "paused", false);
    sees(s, "PAUSED BY EXCON 14:32: lunch"); // the wall here is an hour ahead of UTC
    feed(s, "\"t\":60000,\"k\":\"resume\",\"wall\":\"2026-11-21T13:40:07.000Z\"");
    clock_is(s, "running", false);
    sees(s, "RUNNING");
    feed(s, "\"t\":70000,\"k\":\"endex\"");
    sees(s, "ENDEX: play is over");
    leave(s);
}
END_TEST

START_TEST(who_is_taken_over_is_told_and_any_key_leaves)
{
    seat *s = sit_live("ops-1", "participant", "ops", 5000);
    toc_view_open_form(s->view, toc_form_new("A letter", "send", NULL));
    toc_form_line(s->view->form, "text", "Text", NULL, true);
    happen(s, (toc_happening){.what = TOC_HAPPENED_LINK,
                              .link = TOC_VIEW_OVER,
                              .text = "this seat sat down at another terminal"});
    sees(s, "this seat sat down at another terminal");
    sees(s, "Any key leaves");
    sees_not(s, "A letter");
    key(s, 'x');
    ck_assert_uint_eq(count(s, TOC_WISH_LEAVE, NULL), 1);
    leave(s);
}
END_TEST

START_TEST(the_command_line_says_what_is_wrong_remembers_and_completes)
{
    seat *s = sit_live("ops-1", "participant", "ops", 5000);
    command(s, "sya wind Hello");
    sees(s, "did you mean `say`?");
    command(s, "pause");
    sees(s, "`pause` is not for this seat");
    command(s, "read 99");
    sees(s, "there is nothing of that number");
    ck_assert_uint_eq(count(s, TOC_WISH_ACT, NULL), 0);
    key(s, ':');
    key(s, TOC_KEY_UP);
    key(s, TOC_KEY_UP);
    sees(s, ": pause");
    key(s, TOC_KEY_DOWN);
    sees(s, ": read 99");
    key(s, TOC_KEY_DOWN);
    type(s, "forw");
    key(s, TOC_KEY_TAB);
    sees(s, ": forward");
    key(s, TOC_KEY_ESC);
    sees_not(s, ": forward");
    command(s, "inbox flood");
    sees(s, "[1 Inbox");
    ck_assert_str_eq(s->view->rooms[0].list.filter, "flood");
    leave(s);
}
END_TEST

START_TEST(a_typed_act_takes_its_text_from_a_file_or_asks_for_it)
{
    seat *s = sit_live("ops-1", "participant", "ops", 5000);
    command(s, "submit report @notes.txt");
    ck_assert_uint_eq(count(s, TOC_WISH_ACT, NULL), 0);
    ck_assert_uint_eq(count(s, TOC_WISH_READ, "notes.txt"), 1);
    happen(s, (toc_happening){.what = TOC_HAPPENED_WRITTEN,
                              .number = s->view->number,
                              .ok = true,
                              .text = "One.\nTwo.\n"});
    ck_assert_str_eq(toc_event_str(&act_of(s, TOC_K_SUBMIT)->event, TOC_F_TEXT), "One.\nTwo.");
    forget(s);
    command(s, "submit report @absent.txt");
    happen(s, (toc_happening){.what = TOC_HAPPENED_WRITTEN,
                              .number = s->view->number,
                              .text = "there is no file absent.txt"});
    sees(s, "not sent: there is no file absent.txt");
    command(s, "submit report");
    type(s, "By hand.");
    key(s, TOC_KEY_CTRL('S'));
    ck_assert_str_eq(toc_event_str(&act_of(s, TOC_K_SUBMIT)->event, TOC_F_TEXT), "By hand.");
    ck_assert_uint_eq(count(s, TOC_WISH_ACT, NULL), 1);
    leave(s);
}
END_TEST

START_TEST(a_typed_message_goes_to_whom_its_words_mean)
{
    seat *s = sit_live("ops-1", "participant", "ops", 0);
    status(s, "{\"team\":{\"id\":\"ops\",\"name\":\"Operations\",\"contacts\":[[\"town\",\"Town "
              "hall\"],[\"tower\",\"The tower\"]]}}");
    command(s, "say TOWN HALL We are here");
    ck_assert_str_eq(toc_event_value(&act_of(s, TOC_K_SAY)->event, TOC_F_TO)->list[0], "town");
    ck_assert_str_eq(toc_event_str(&act_of(s, TOC_K_SAY)->event, TOC_F_TEXT), "We are here");
    forget(s);
    command(s, "say tow We are here");
    sees(s, "may be town or tower: write more of it");
    command(s, "say twon We are here");
    sees(s, "did you mean `town`?");
    ck_assert_uint_eq(count(s, TOC_WISH_ACT, NULL), 0);
    leave(s);
}
END_TEST

START_TEST(a_hand_over_sheet_is_written_whole_and_only_where_files_may_be)
{
    seat *s = sit_live("excon-1", "excon", "control", 0);
    command(s, "handover sheet.txt");
    sees(s, "no file was written: the list has not come yet");
    status(s, "{\"exercise\":{\"id\":\"x\",\"title\":\"X\"}}");
    command(s, "handover > sheet.txt");
    ck_assert_uint_eq(count(s, TOC_WISH_WRITE, "sheet.txt"), 1);
    happen(s, (toc_happening){.what = TOC_HAPPENED_WRITTEN,
                              .number = s->view->number,
                              .text = "cannot write sheet.txt"});
    sees(s, "the sheet was not written: cannot write sheet.txt");
    s->view->is_confined = true;
    forget(s);
    command(s, "handover sheet.txt");
    sees(s, "no file was written: this seat is confined");
    ck_assert_uint_eq(count(s, TOC_WISH_WRITE, NULL), 0);
    leave(s);
}
END_TEST

START_TEST(a_ruling_tells_what_may_follow_as_far_as_scripts_name_the_decision)
{
    seat *s = sit_live("excon-1", "excon", "control", 0);
    feed(s, "\"t\":1000,\"k\":\"ask\",\"decision\":\"D-01\",\"team\":\"ops\",\"title\":\"Close?\","
            "\"options\":[[\"a\",\"Close it\"],[\"b\",\"Leave it\"]],\"deadline\":600000");
    feed(s, "\"t\":2000,\"k\":\"proposed\",\"decision\":\"D-01\",\"team\":\"ops\",\"by\":\"ops-1\","
            "\"text\":\"Half of it\"");
    status(s, "{\"decisions\":[{\"decision\":\"D-01\",\"state\":\"ruling\",\"follows\":[\"INJ-15\","
              "\"INJ-16\"]}],\"msel\":[{\"inject\":\"INJ-1\",\"title\":\"Not "
              "this\",\"state\":\"planned\"},"
              "{\"inject\":\"INJ-15\",\"title\":\"It is shut\",\"state\":\"planned\"},"
              "{\"inject\":\"INJ-16\",\"title\":\"It is open\",\"state\":\"skipped\"}]}");
    key(s, '3');
    key(s, 'g');
    sees(s, "Half of it");
    sees(s, "What may follow, by the scripts that name D-01: INJ-15 It is");
    sees(s, "INJ-16 It is open (skipped)");
    sees_not(s, "Not this");
    leave(s);
}
END_TEST

START_TEST(pasted_text_never_sends)
{
    seat *s = sit_live("ops-1", "participant", "ops", 5000);
    happen(s, (toc_happening){.what = TOC_HAPPENED_PASTE, .text = "qqq\n"});
    ck_assert_uint_eq(count(s, TOC_WISH_LEAVE, NULL), 0);
    key(s, ':');
    happen(s, (toc_happening){.what = TOC_HAPPENED_PASTE,
                              .text = "emergency STOP\r\nnothing\x1b[31m \xff\n"});
    ck_assert_uint_eq(count(s, TOC_WISH_ACT, NULL), 0);
    sees(s, ": emergency STOP nothing[31m");
    leave(s);
}
END_TEST

START_TEST(a_confined_seat_is_not_offered_files)
{
    for (int is_confined = 0; is_confined < 2; is_confined++) {
        seat *s = sit_live("ops-1", "participant", "ops", 5000);
        s->view->is_confined = is_confined;
        status(s, "{\"products\":[\"report\"]}");
        toc_write_hand_in(s->view, "report");
        sees(s, "Text");
        if (is_confined)
            sees_not(s, "@report.txt");
        else
            sees(s, "@report.txt");
        leave(s);
    }
}
END_TEST

START_TEST(what_is_pasted_into_a_prompt_is_cut_to_what_has_room_at_once)
{
    seat *s = sit_live("ops-1", "participant", "ops", 5000);
    size_t len = 1 << 20;
    char *text = toc_alloc(len + 1);
    memset(text, 'x', len);
    clock_t begin = clock();
    key(s, '/');
    happen(s, (toc_happening){.what = TOC_HAPPENED_PASTE, .text = text});
    ck_assert_uint_eq(strlen(s->view->rooms[0].list.filter), TOC_ACT_MAX);
    key(s, TOC_KEY_ESC);
    key(s, ':');
    happen(s, (toc_happening){.what = TOC_HAPPENED_PASTE, .text = text});
    ck_assert_uint_eq(s->view->prompt.text.len, TOC_ACT_MAX);
    ck_assert_int_lt((clock() - begin) * 1000 / CLOCKS_PER_SEC,
                     250); // a character at a time: seconds
    free(text);
    leave(s);
}
END_TEST

START_TEST(a_filter_works_while_it_is_typed_and_esc_ends_it)
{
    seat *s = sit_live("ops-1", "participant", "ops", 5000);
    key(s, '/');
    type(s, "flo");
    ck_assert_str_eq(s->view->rooms[0].list.filter, "flo");
    key(s, TOC_KEY_ENTER);
    ck_assert_str_eq(s->view->rooms[0].list.filter, "flo");
    key(s, '/');
    sees(s, "filter: flo");
    key(s, TOC_KEY_ESC);
    ck_assert_ptr_null(s->view->rooms[0].list.filter);
    leave(s);
}
END_TEST

START_TEST(the_log_is_searched_and_shows_own_acts_alone)
{
    seat *s = sit_live("ops-1", "participant", "ops", 5000);
    feed(s, urgent);
    feed(s, "\"t\":62000,\"k\":\"message\",\"by\":\"ops-2\",\"from\":\"ops\",\"to\":[\"wind\"],"
            "\"text\":\"our words\"");
    key(s, '4');
    sees(s, "URGENT message from Coast Guard");
    key(s, 'F');
    sees_not(s, "URGENT message from Coast Guard");
    sees(s, "our words");
    sees(s, "What our team did");
    key(s, 'F');
    sees(s, "URGENT message from Coast Guard");
    key(s, '/');
    type(s, "nowhere");
    key(s, TOC_KEY_ENTER);
    sees(s, "\"nowhere\" is not found");
    leave(s);
}
END_TEST

START_TEST(times_are_those_that_are_chosen)
{
    seat *s = sit_live("ops-1", "participant", "ops", 5000);
    feed(s, "\"t\":61000,\"k\":\"read\",\"by\":\"ops-1\",\"wall\":\"2026-11-21T13:32:07.000Z\","
            "\"item\":1");
    static const char *const wanted[] = {"T+0:01", "03:00Z", "14:32", "1m ago"};
    for (size_t i = 0; i < TOC_COUNT(wanted); i++) {
        toc_buf text = {0};
        clock_is(s, "running", false);
        s->view->picture.t = 121000;
        toc_view_time(s->view, &text, 61000);
        ck_assert_str_eq(toc_buf_text(&text), wanted[i]);
        toc_buf_fini(&text);
        key(s, 't');
    }
    leave(s);
}
END_TEST

START_TEST(hostile_words_reach_no_cell_as_they_are)
{
    static const char evil[] = "\x1b]52;c;ZXZpbA==\x07\xc2\x9b"
                               "31m\xe2\x80\xae \xff a\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81";
    static const int sizes[][2] = {{80, 24}, {60, 16}, {30, 5}, {1, 1}};
    toc_buf loud = {0};
    for (int i = 0; i < 4000; i++)
        toc_buf_str(&loud, evil);
    toc_view_options o = {.seat = "ops-1",
                          .role = "participant",
                          .team = evil,
                          .title = toc_buf_text(&loud),
                          .marking = evil};
    seat *s = sit_live("ops-1", "participant", "ops", 0);
    toc_view_free(s->view);
    s->view = toc_view_new(&o);
    happen(s, (toc_happening){
                  .what = TOC_HAPPENED_LINK, .link = TOC_VIEW_LIVE, .text = toc_buf_text(&loud)});
    s->mono += 10000;
    for (int round = 0; round < 3; round++) {
        if (round == 1) {
            pass(s, 0);
            happen(s, (toc_happening){.what = TOC_HAPPENED_ALARM,
                                      .code = "emergency",
                                      .text = toc_buf_text(&loud),
                                      .by = evil});
        }
        if (round == 2)
            happen(s, (toc_happening){.what = TOC_HAPPENED_LINK,
                                      .link = TOC_VIEW_OVER,
                                      .text = toc_buf_text(&loud)});
        toc_view_notice(s->view, TOC_STYLE_BAD, "%s", toc_buf_text(&loud));
        for (size_t i = 0; i < TOC_COUNT(sizes); i++) {
            const char *screen = screen_of(s, sizes[i][0], sizes[i][1]);
            ck_assert(toc_utf8_valid(screen, strlen(screen), NULL));
            ck_assert(!strchr(screen, '\x1b') && !strchr(screen, '\x07'));
            ck_assert(!strstr(screen, "\xc2\x9b") && !strstr(screen, "\xe2\x80\xae"));
        }
    }
    toc_buf_fini(&loud);
    leave(s);
}
END_TEST

// What an event costs does not grow with what there is: the second thousand costs about what the first did.
START_TEST(events_do_not_grow_dearer)
{
    seat *s = sit_live("ops-1", "participant", "ops", 5000);
    double first = 0, later = 0;
    for (int round = 0; round < 12; round++) {
        clock_t begin = clock();
        for (int i = 0; i < 500; i++)
            feed(s, urgent);
        double took = (double)(clock() - begin) / CLOCKS_PER_SEC;
        if (round < 3)
            first += took;
        if (round >= 9)
            later += took;
    }
    ck_assert_msg(later < 20 * first + 0.5, "%f s at first, %f s later", first, later);
    leave(s);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, every_size_says_something_and_most_say_exercise);
    tcase_add_test(tcase, digits_and_brackets_open_the_tabs);
    tcase_add_test(tcase, the_past_rings_no_bell_and_an_urgent_item_rings_once);
    tcase_add_test(tcase, a_burst_rings_once_a_second);
    tcase_add_test(tcase, the_past_is_shown_though_the_desk_does_not_answer);
    tcase_add_test(tcase, events_that_change_the_list_ask_for_one_status_a_second);
    tcase_add_test(tcase, the_past_is_told_with_the_names_that_the_desk_gives);
    tcase_add_test(tcase, control_asks_who_is_there_and_a_team_does_not);
    tcase_add_test(tcase, a_refusal_stands_until_a_key_and_good_news_waits_behind_it);
    tcase_add_test(tcase, what_was_said_goes_after_a_while_and_when_play_changes);
    tcase_add_test(tcase, nothing_is_said_of_play_before_an_engine_has_answered);
    tcase_add_test(tcase, what_control_writes_by_hand_leaves_after_its_time_unless_it_is_recalled);
    tcase_add_test(tcase, leaving_asks_what_becomes_of_the_outbox);
    tcase_add_test(tcase, an_emergency_goes_out_at_once_from_over_any_form_which_keeps_its_text);
    tcase_add_test(tcase, the_word_stop_must_be_there);
    tcase_add_test(tcase, a_call_for_help_needs_one_word_in_any_case_and_no_more);
    tcase_add_test(tcase, a_call_that_is_not_answered_says_that_nobody_knows);
    tcase_add_test(tcase,
                   an_emergency_stands_at_the_top_and_bottom_of_everything_until_play_resumes);
    tcase_add_test(tcase, a_lost_link_loses_no_typed_text);
    tcase_add_test(tcase, a_pause_says_who_when_and_why);
    tcase_add_test(tcase, who_is_taken_over_is_told_and_any_key_leaves);
    tcase_add_test(tcase, the_command_line_says_what_is_wrong_remembers_and_completes);
    tcase_add_test(tcase, a_typed_act_takes_its_text_from_a_file_or_asks_for_it);
    tcase_add_test(tcase, a_typed_message_goes_to_whom_its_words_mean);
    tcase_add_test(tcase, a_hand_over_sheet_is_written_whole_and_only_where_files_may_be);
    tcase_add_test(tcase, a_ruling_tells_what_may_follow_as_far_as_scripts_name_the_decision);
    tcase_add_test(tcase, pasted_text_never_sends);
    tcase_add_test(tcase, a_confined_seat_is_not_offered_files);
    tcase_add_test(tcase, what_is_pasted_into_a_prompt_is_cut_to_what_has_room_at_once);
    tcase_add_test(tcase, a_filter_works_while_it_is_typed_and_esc_ends_it);
    tcase_add_test(tcase, the_log_is_searched_and_shows_own_acts_alone);
    tcase_add_test(tcase, times_are_those_that_are_chosen);
    tcase_add_test(tcase, hostile_words_reach_no_cell_as_they_are);
    tcase_add_test(tcase, events_do_not_grow_dearer);
}

TOC_CHECK_MAIN("view", add_tests)
