// SPDX-License-Identifier: MIT
// A form, driven by keys: what it asks, what it refuses, what it gives. Golden screens in tests/fixtures/screens.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "check_main.h"
#include "sampled.h"
#include "screen.h"
#include "seed.h"
#include "view/form.h"

typedef struct {
    int calls;
    bool refuses;
    char option[32], reason[200];
} sent;

static bool take(void *owner, toc_form *f)
{
    sent *s = owner;
    s->calls++;
    toc_copy_text(s->option, sizeof s->option, toc_form_value(f, "option"));
    toc_copy_text(s->reason, sizeof s->reason, toc_form_value(f, "reason"));
    if (s->refuses)
        toc_form_refuse(f, "option", "%s is too late: it was decided by %s", s->option, "ops-2");
    return !s->refuses;
}

static toc_form *decide(void)
{
    toc_form *f = toc_form_new("Decide D-03", "decide", "Send this as your team's answer?");
    toc_form_note(
        f,
        "We have a tanker at berth 7 listing five degrees. Fuel on the water, drift is towards the "
        "marina. Do you want us to close the fairway?");
    toc_form_field *option = toc_form_choice(f, "option", "Close the fairway?", false);
    toc_form_option(option, "close", "Close it now, to all traffic", false);
    toc_form_option(option, "restrict",
                    "Restrict it to tugs and to what is needed to fight the spill; pilots "
                    "are told by the harbour office",
                    false);
    toc_form_option(option, "open", "Keep it open", false);
    toc_form_line(f, "who", "Decided by", "ops-2", false);
    toc_form_text(f, "reason", "Why?", NULL, true);
    f->done = take;
    return f;
}

static toc_form_end type(toc_form *f, sent *s, const char *text)
{
    toc_form_end end = TOC_FORM_STAYS;
    for (size_t i = 0, len = strlen(text); i < len;) {
        uint32_t cp;
        i += toc_utf8_next(text + i, len - i, &cp);
        uint32_t key = cp == '\n' ? TOC_KEY_ENTER : cp == '\t' ? TOC_KEY_TAB : cp;
        end = toc_form_key(f, key, s);
    }
    return end;
}

static void draw(toc_form *f, int w, int h, bool is_ascii, const char *golden)
{
    toc_grid g;
    toc_grid_init(&g, w, h, is_ascii);
    toc_form_draw(f, &g, (toc_rect){0, 0, w, h});
    screen_holds(&g);
    ck_assert_msg(g.cursor_x >= 0, "the cursor is nowhere");
    if (golden)
        screen_compare(&g, golden);
    toc_grid_fini(&g);
}

START_TEST(a_decision_is_made_by_keys)
{
    sent s = {0};
    toc_form *f = decide();
    draw(f, 80, 24, false, "form-decide-80x24");
    draw(f, 110, 30, false, "form-decide-110x30");
    draw(f, 60, 16, false, "form-decide-60x16");
    draw(f, 80, 24, true, "form-decide-ascii");
    type(f, &s, "2");
    draw(f, 60, 16, false, "form-decide-chosen-60x16");
    type(f, &s, "\n\ndrift is towards the marina\n水 is 5 °C, the café is open");
    draw(f, 80, 24, false, "form-decide-typed-80x24");
    draw(f, 60, 16, false, "form-decide-typed-60x16");
    ck_assert_int_eq(toc_form_key(f, TOC_KEY_CTRL('S'), &s), TOC_FORM_STAYS);
    draw(f, 80, 24, false, "form-decide-asked-80x24");
    draw(f, 60, 16, true, "form-decide-asked-ascii-60x16");
    ck_assert_int_eq(s.calls, 0);
    ck_assert_int_eq(toc_form_key(f, 'y', &s), TOC_FORM_DONE);
    ck_assert_int_eq(s.calls, 1);
    ck_assert_str_eq(s.option, "restrict");
    ck_assert_str_eq(s.reason, "drift is towards the marina\n水 is 5 °C, the café is open");
    toc_form_free(f);
}
END_TEST

START_TEST(what_is_needed_and_empty_is_said_at_its_field)
{
    sent s = {0};
    toc_form *f = decide();
    ck_assert_int_eq(toc_form_key(f, TOC_KEY_CTRL('S'), &s), TOC_FORM_STAYS);
    ck_assert(!f->is_asking);
    ck_assert_uint_eq(f->at, 1);
    draw(f, 80, 24, false, "form-problems-80x24");
    type(f, &s, "1");
    toc_form_key(f, TOC_KEY_CTRL('S'), &s);
    ck_assert_uint_eq(f->at, 3);
    ck_assert_ptr_null(f->fields[1].problem);
    type(f, &s, " \n ");
    toc_form_key(f, TOC_KEY_CTRL('S'), &s);
    ck_assert_msg(!f->is_asking, "spaces are no reason");
    toc_form_free(f);
}
END_TEST

START_TEST(what_is_refused_stays_with_all_that_was_typed)
{
    sent s = {.refuses = true};
    toc_form *f = decide();
    type(f, &s, "3\n\nwe wait");
    toc_form_key(f, TOC_KEY_CTRL('S'), &s);
    ck_assert_int_eq(toc_form_key(f, TOC_KEY_ENTER, &s), TOC_FORM_STAYS);
    ck_assert_uint_eq(f->at, 1);
    draw(f, 80, 24, false, "form-refused-80x24");
    ck_assert_str_eq(toc_form_value(f, "reason"), "we wait");
    s.refuses = false;
    toc_form_key(f, TOC_KEY_CTRL('S'), &s);
    ck_assert_int_eq(toc_form_key(f, TOC_KEY_ENTER, &s), TOC_FORM_DONE);
    ck_assert_int_eq(s.calls, 2);
    toc_form_free(f);
}
END_TEST

START_TEST(the_confirmation_can_be_gone_back_from)
{
    static const uint32_t back[] = {TOC_KEY_ESC, 'n', 'N'};
    for (size_t i = 0; i < TOC_COUNT(back); i++) {
        sent s = {0};
        toc_form *f = decide();
        type(f, &s, "1\n\nso");
        toc_form_key(f, TOC_KEY_CTRL('S'), &s);
        ck_assert(f->is_asking);
        // Sent again by mistake is no answer to it.
        ck_assert_int_eq(toc_form_key(f, TOC_KEY_CTRL('S'), &s), TOC_FORM_STAYS);
        ck_assert_int_eq(toc_form_key(f, back[i], &s), TOC_FORM_STAYS);
        ck_assert(!f->is_asking && s.calls == 0);
        ck_assert_str_eq(toc_form_value(f, "reason"), "so");
        toc_form_free(f);
    }
}
END_TEST

START_TEST(esc_asks_only_when_something_was_typed)
{
    sent s = {0};
    toc_form *f = decide();
    toc_form_key(f, TOC_KEY_DOWN, &s);
    toc_form_key(f, TOC_KEY_TAB, &s);
    toc_form_key(f, TOC_KEY_LEFT, &s);
    ck_assert_int_eq(toc_form_key(f, TOC_KEY_ESC, &s), TOC_FORM_CANCELLED);
    type(f, &s, "x");
    ck_assert_int_eq(toc_form_key(f, TOC_KEY_ESC, &s), TOC_FORM_STAYS);
    draw(f, 60, 16, false, "form-leaving-60x16");
    type(f, &s, "y");
    ck_assert_int_eq(toc_form_key(f, TOC_KEY_ESC, &s), TOC_FORM_STAYS);
    ck_assert_int_eq(toc_form_key(f, TOC_KEY_ESC, &s), TOC_FORM_CANCELLED);
    toc_form_free(f);
}
END_TEST

START_TEST(enter_in_the_last_line_sends_what_needs_no_confirmation)
{
    sent s = {0};
    toc_form *f = toc_form_new("Speed", "set", NULL);
    toc_form_line(f, "option", "How fast?", "1", true);
    toc_form_line(f, "reason", "Why?", NULL, false);
    f->done = take;
    ck_assert_int_eq(type(f, &s, "0\n"), TOC_FORM_STAYS);
    ck_assert_int_eq(type(f, &s, "late"), TOC_FORM_STAYS);
    draw(f, 80, 24, false, "form-lines-80x24");
    ck_assert_int_eq(type(f, &s, "\n"), TOC_FORM_DONE);
    ck_assert_str_eq(s.option, "10");
    ck_assert_str_eq(s.reason, "late");
    toc_form_free(f);
}
END_TEST

START_TEST(a_paste_sends_nothing)
{
    sent s = {0};
    toc_form *f = toc_form_new("Speed", "set", NULL);
    toc_form_line(f, "option", "How fast?", NULL, true);
    f->done = take;
    toc_form_paste(f, "one\r\ntwo\x1b[201~\r");
    ck_assert_int_eq(s.calls, 0);
    ck_assert_str_eq(toc_form_value(f, "option"), "one two[201~ ");
    ck_assert_int_eq(toc_form_key(f, TOC_KEY_ESC, &s), TOC_FORM_STAYS);
    toc_form_free(f);
}
END_TEST

START_TEST(any_of_several_are_marked_and_given_in_their_order)
{
    sent s = {0};
    toc_form *f = toc_form_new("Write", "send", NULL);
    toc_form_field *to = toc_form_choice(f, "to", "To whom?", true);
    for (int i = 1; i <= 30; i++) {
        char id[16], text[64];
        snprintf(id, sizeof id, "t%d", i);
        snprintf(text, sizeof text,
                 "Team %d of 部隊 and \xE2\x80\xAE"
                 "others",
                 i);
        toc_form_option(to, id, text, i == 4);
    }
    type(f, &s, "9");
    toc_form_key(f, TOC_KEY_END, &s);
    type(f, &s, " ");
    draw(f, 60, 16, false, "form-choices-60x16");
    draw(f, 80, 24, true, "form-choices-ascii-80x24");
    char *ids[4];
    ck_assert_uint_eq(toc_form_values(f, "to", ids, 4), 3);
    ck_assert(strcmp(ids[0], "t4") == 0 && strcmp(ids[1], "t9") == 0 && strcmp(ids[2], "t30") == 0);
    ck_assert_uint_eq(toc_form_values(f, "to", ids, 2), 2);
    type(f, &s, "4");
    ck_assert_str_eq(toc_form_value(f, "to"), "t9");
    ck_assert_str_eq(toc_form_value(f, "nothing of this name"), "");
    for (int i = 30; i < 200; i++)
        toc_form_option(to, "more", "more", false);
    ck_assert_uint_eq(to->choice_count, TOC_FORM_CHOICES);
    toc_form_free(f);
}
END_TEST

START_TEST(up_and_down_go_through_all_fields_and_choose_nothing)
{
    sent s = {0};
    toc_form *f = decide();
    for (int i = 0; i < 20; i++)
        toc_form_key(f, TOC_KEY_DOWN, &s);
    ck_assert_uint_eq(f->at, 3);
    for (int i = 0; i < 20; i++)
        toc_form_key(f, TOC_KEY_UP, &s);
    ck_assert_uint_eq(f->at, 1);
    ck_assert_uint_eq(f->fields[1].row, 0);
    ck_assert_str_eq(toc_form_value(f, "option"), "");
    toc_form_key(f, TOC_KEY_BACK_TAB, &s);
    ck_assert_uint_eq(f->at, 3);
    toc_form_key(f, TOC_KEY_TAB, &s);
    ck_assert_uint_eq(f->at, 1);
    toc_form_free(f);
}
END_TEST

START_TEST(a_long_note_can_be_read_to_its_end)
{
    sent s = {0};
    toc_form *f = toc_form_new("Forward", "send", NULL);
    toc_buf text = {0};
    for (int i = 1; i <= 40; i++)
        toc_buf_printf(&text, "line %d\n", i);
    toc_form_note(f, toc_buf_text(&text));
    toc_form_line(f, "option", "What do you say?", NULL, true);
    draw(f, 80, 24, false, NULL);
    ck_assert_uint_eq(f->at, 1);
    toc_form_key(f, TOC_KEY_UP, &s);
    ck_assert_uint_eq(f->at, 0);
    draw(f, 60, 16, false, "form-note-60x16");
    int presses = 0;
    for (; f->at == 0 && presses < 100; presses++) {
        toc_form_key(f, TOC_KEY_DOWN, &s);
        draw(f, 80, 24, false, NULL);
    }
    ck_assert_int_eq(presses, 35);
    ck_assert_uint_eq(f->at, 1);
    toc_buf_fini(&text);
    toc_form_free(f);
}
END_TEST

START_TEST(an_editor_writes_the_text_and_only_there)
{
    sent s = {0};
    toc_form *f = decide();
    ck_assert_int_eq(toc_form_key(f, TOC_KEY_CTRL('E'), &s), TOC_FORM_STAYS);
    type(f, &s, "1\n");
    ck_assert_int_eq(toc_form_key(f, TOC_KEY_CTRL('E'), &s), TOC_FORM_STAYS);
    type(f, &s, "\n");
    ck_assert_int_eq(toc_form_key(f, TOC_KEY_CTRL('E'), &s), TOC_FORM_WANTS_EDITOR);
    toc_form_edited(f, "written\nelsewhere\033");
    ck_assert_str_eq(toc_form_value(f, "reason"), "written\nelsewhere");
    toc_form_free(f);
}
END_TEST

START_TEST(what_leaves_no_choice_is_chosen_and_the_cursor_begins_behind_it)
{
    sent s = {0};
    toc_form *f = toc_form_new("Hand in", "hand in", NULL);
    toc_form_field *option = toc_form_choice(f, "option", "What?", false);
    toc_form_option(option, "report", "the first report", false);
    toc_form_line(f, "reason", "Text", NULL, true);
    f->done = take;
    ck_assert_int_eq(type(f, &s, "1 ship\n"), TOC_FORM_DONE);
    ck_assert_str_eq(s.option, "report");
    ck_assert_str_eq(s.reason, "1 ship");
    toc_form_free(f);
}
END_TEST

START_TEST(a_field_of_one_choice_is_asked_for_only_with_that_choice)
{
    sent s = {0};
    toc_form *f = toc_form_new("Decide", "decide", NULL);
    toc_form_field *option = toc_form_choice(f, "option", "Your answer", false);
    toc_form_option(option, "close", "Close it", false);
    toc_form_option(option, "other", "Another answer", false);
    toc_form_only_with(toc_form_line(f, "own", "In your words", NULL, true), "option", "other");
    toc_form_line(f, "reason", "Why?", NULL, false);
    f->done = take;
    type(f, &s, "2\thalf of it");
    ck_assert_str_eq(toc_form_value(f, "own"), "half of it");
    toc_form_key(f, TOC_KEY_BACK_TAB, &s);
    type(f, &s, "1\tbecause");
    ck_assert_str_eq(toc_form_value(f, "own"), "");
    ck_assert_str_eq(toc_form_value(f, "reason"), "because");
    toc_form_key(f, TOC_KEY_BACK_TAB, &s);
    type(f, &s, "2"); // what was typed is there again
    ck_assert_str_eq(toc_form_value(f, "own"), "half of it");
    type(f, &s, "1");
    ck_assert_int_eq(toc_form_key(f, TOC_KEY_CTRL('S'), &s), TOC_FORM_DONE);
    ck_assert_str_eq(s.option, "close");
    toc_form_free(f);
}
END_TEST

static bool refuse_before(void *owner, toc_form *f)
{
    (void)owner;
    toc_form_refuse(f, "reason", "that is no reason");
    return false;
}

START_TEST(what_is_wrong_is_said_before_the_confirmation)
{
    sent s = {0};
    toc_form *f = decide();
    f->check = refuse_before;
    type(f, &s, "1\t\twhy");
    toc_form_key(f, TOC_KEY_CTRL('S'), &s);
    ck_assert(!f->is_asking);
    ck_assert_str_eq(f->fields[3].problem, "that is no reason");
    ck_assert_int_eq(s.calls, 0);
    toc_form_free(f);
}
END_TEST

START_TEST(enter_means_somebody_only_where_nobody_is_marked)
{
    for (int is_marked = 0; is_marked < 2; is_marked++) {
        sent s = {0};
        char *list[4];
        toc_form *f = toc_form_new("Write", "send", NULL);
        toc_form_field *to = toc_form_choice(f, "to", "To whom?", true);
        to->is_needed = true;
        toc_form_option(to, "watch", "Watch", false);
        toc_form_option(to, "radio", "Radio", false);
        toc_form_line(f, "reason", "Text", NULL, true);
        f->done = take;
        toc_form_key(f, TOC_KEY_CTRL('S'), &s);
        ck_assert_str_eq(f->fields[0].problem, "Nobody is marked: Space marks.");
        type(f, &s, is_marked ? " " : "");
        toc_form_key(f, TOC_KEY_DOWN, &s);
        type(f, &s, "\nHello");
        ck_assert_uint_eq(toc_form_values(f, "to", list, 4), 1);
        ck_assert_str_eq(list[0], is_marked ? "watch" : "radio");
        ck_assert_str_eq(toc_form_value(f, "reason"), "Hello");
        toc_form_free(f);
    }
}
END_TEST

START_TEST(what_has_changed_meanwhile_is_said_at_once_and_takes_nothing_away)
{
    sent s = {0};
    toc_form *f = decide();
    type(f, &s, "1\t\twhy");
    toc_form_key(f, TOC_KEY_CTRL('S'), &s);
    ck_assert(f->is_asking);
    toc_form_warn(f, "The time is over.");
    ck_assert(f->is_asking);
    ck_assert_str_eq(f->asked.lines[0].text, "The time is over.");
    toc_form_key(f, TOC_KEY_ESC, &s);
    ck_assert_str_eq(toc_form_value(f, "reason"), "why");
    ck_assert_uint_eq(f->at, 3);
    toc_form_free(f);
}
END_TEST

START_TEST(an_emergency_looks_like_one)
{
    toc_form *f = toc_form_new("*** REAL EMERGENCY ***", "stop the exercise", NULL);
    toc_form_line(f, "word", "Type STOP", NULL, true);
    f->is_loud = true;
    draw(f, 60, 16, false, "form-loud-60x16");
    toc_form_free(f);
}
END_TEST

static toc_form *some_form(toc_random *r)
{
    char noise[300];
    screen_noise(r, noise, sizeof noise);
    toc_form *f = toc_form_new(noise, "send", toc_random_below(r, 2) ? noise : NULL);
    f->is_loud = toc_random_below(r, 4) == 0;
    for (int i = (int)toc_random_below(r, TOC_FORM_FIELDS + 1); i > 0; i--) {
        screen_noise(r, noise, sizeof noise);
        bool is_needed = toc_random_below(r, 4) == 0;
        switch (toc_random_below(r, 4)) {
        case 0:
            toc_form_line(f, "option", noise, noise, is_needed);
            break;
        case 1:
            toc_form_text(f, "reason", noise, noise, is_needed);
            break;
        case 2:
            toc_form_note(f, noise);
            break;
        default: {
            toc_form_field *field = toc_form_choice(f, "choice", noise, toc_random_below(r, 2));
            for (int k = (int)toc_random_below(r, 12); k > 0; k--) {
                screen_noise(r, noise, sizeof noise);
                toc_form_option(field, "id", noise, toc_random_below(r, 5) == 0);
            }
        }
        }
    }
    f->done = take;
    return f;
}

START_TEST(whatever_is_asked_and_typed_the_cursor_is_in_the_form)
{
    static const uint32_t keys[] = {
        TOC_KEY_TAB,
        TOC_KEY_BACK_TAB,
        TOC_KEY_UP,
        TOC_KEY_DOWN,
        TOC_KEY_DOWN,
        TOC_KEY_PAGE_UP,
        TOC_KEY_PAGE_DOWN,
        TOC_KEY_HOME,
        TOC_KEY_END,
        TOC_KEY_ENTER,
        TOC_KEY_ENTER,
        TOC_KEY_ESC,
        ' ',
        'a',
        'y',
        '1',
        '4',
        0x6C34,
        0x301,
        TOC_KEY_BACKSPACE,
        TOC_KEY_CTRL('S'),
        TOC_KEY_CTRL('W'),
        TOC_KEY_F1,
    };
    toc_random r;
    seed_random(&r, "form");
    char noise[300];
    for (int round = 0; round < sampled_some(80); round++) {
        toc_form *f = some_form(&r);
        sent s = {.refuses = toc_random_below(&r, 2)};
        for (int i = 0; i < 40; i++) {
            if (toc_random_below(&r, 12) == 0) {
                screen_noise(&r, noise, sizeof noise);
                toc_form_paste(f, noise);
            }
            toc_form_key(f, keys[toc_random_below(&r, TOC_COUNT(keys))], &s);
            ck_assert(f->count == 0 || f->at < f->count);
            toc_grid g;
            toc_grid_init(&g, 1 + (int)toc_random_below(&r, 90), 1 + (int)toc_random_below(&r, 30),
                          round % 2 == 0);
            toc_form_draw(f, &g, (toc_rect){0, 0, g.w, g.h});
            screen_holds(&g);
            ck_assert_msg(g.cursor_x >= 0 || f->count == 0, "the cursor is nowhere");
            toc_grid_fini(&g);
        }
        toc_form_free(f);
    }
}
END_TEST

START_TEST(letters_among_choices_choose_nothing_and_are_told_where_to_go)
{
    sent s = {0};
    toc_form *f = decide();
    type(f, &s, "no 2 ways");
    ck_assert_uint_eq(f->fields[1].chosen, SIZE_MAX);
    ck_assert(!f->is_touched);
    draw(f, 80, 24, false, "form-astray-80x24");
    toc_form_key(f, TOC_KEY_DOWN, &s);
    toc_form_key(f, ' ', &s);
    ck_assert_str_eq(toc_form_value(f, "option"), "restrict");
    toc_form_paste(f, "one 2 three");
    ck_assert(f->is_astray);
    ck_assert_str_eq(toc_form_value(f, "option"), "restrict");
    type(f, &s, "\t\tit is near");
    ck_assert_str_eq(toc_form_value(f, "reason"), "it is near");
    toc_form_free(f);
}
END_TEST

START_TEST(who_sends_a_second_time_is_told_what_the_confirmation_wants)
{
    sent s = {0};
    toc_form *f = decide();
    type(f, &s, "1\n\nnear");
    toc_form_key(f, TOC_KEY_CTRL('S'), &s);
    ck_assert(f->is_asking && !f->is_astray);
    toc_form_key(f, TOC_KEY_CTRL('S'), &s);
    ck_assert(f->is_asking && f->is_astray);
    ck_assert_int_eq(s.calls, 0);
    draw(f, 80, 24, false, "form-twice-80x24");
    ck_assert_int_eq(toc_form_key(f, 'y', &s), TOC_FORM_DONE);
    toc_form_free(f);
}
END_TEST

static void add_tests(TCase *t)
{
    tcase_add_test(t, letters_among_choices_choose_nothing_and_are_told_where_to_go);
    tcase_add_test(t, who_sends_a_second_time_is_told_what_the_confirmation_wants);
    tcase_add_test(t, a_decision_is_made_by_keys);
    tcase_add_test(t, what_is_needed_and_empty_is_said_at_its_field);
    tcase_add_test(t, what_is_refused_stays_with_all_that_was_typed);
    tcase_add_test(t, the_confirmation_can_be_gone_back_from);
    tcase_add_test(t, esc_asks_only_when_something_was_typed);
    tcase_add_test(t, enter_in_the_last_line_sends_what_needs_no_confirmation);
    tcase_add_test(t, a_paste_sends_nothing);
    tcase_add_test(t, any_of_several_are_marked_and_given_in_their_order);
    tcase_add_test(t, up_and_down_go_through_all_fields_and_choose_nothing);
    tcase_add_test(t, a_long_note_can_be_read_to_its_end);
    tcase_add_test(t, an_editor_writes_the_text_and_only_there);
    tcase_add_test(t, what_leaves_no_choice_is_chosen_and_the_cursor_begins_behind_it);
    tcase_add_test(t, a_field_of_one_choice_is_asked_for_only_with_that_choice);
    tcase_add_test(t, what_is_wrong_is_said_before_the_confirmation);
    tcase_add_test(t, enter_means_somebody_only_where_nobody_is_marked);
    tcase_add_test(t, what_has_changed_meanwhile_is_said_at_once_and_takes_nothing_away);
    tcase_add_test(t, an_emergency_looks_like_one);
    tcase_add_test(t, whatever_is_asked_and_typed_the_cursor_is_in_the_form);
}

TOC_CHECK_MAIN("form", add_tests)
