// SPDX-License-Identifier: MIT
// What EXCON does to the list while it is played: rows moved, edited, written, told by voice; storylines
// dropped and woken; and who was first.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "fake_script.h"
#include "plan_fixture.h"

#define MIN INT64_C(60000)

static toc_drive d;
static toc_fake fake;
static toc_error e;

static void set_up(void)
{
    toc_fake_init(&fake);
    toc_plan_fixture(&d.plan);
}

static void tear_down(void)
{
    toc_drive_end(&d);
}

static bool put(int64_t t, const char *by, const char *kind, const char *id, const char *field,
                const char *value)
{
    bool has_id = id != NULL;
    e.msg[0] = '\0';
    return toc_drive_put(&d, t, by, kind, &e, has_id ? "inject" : field, has_id ? id : value,
                         has_id ? field : NULL, value, NULL) == TOC_OK;
}

#define MUST(t, by, kind, id, field, value)                                                        \
    ck_assert_msg(put(t, by, kind, id, field, value), "%s", e.msg)
// Refused, with these words.
#define REFUSED(words, t, by, kind, id, field, value)                                              \
    do {                                                                                           \
        ck_assert_msg(!put(t, by, kind, id, field, value), "taken");                               \
        ck_assert_str_eq(e.msg, words);                                                            \
    } while (0)

static void lobby(void)
{
    toc_drive_begin_with(&d, &fake.hooks);
    MUST(0, "engine", "open-seat", NULL, "seat", "excon-2");
    MUST(0, "engine", "open-seat", NULL, "seat", "simcell-1");
}

static void start(void)
{
    lobby();
    MUST(0, "excon-1", "start", NULL, NULL, NULL);
}

static toc_inject_view row(const char *id)
{
    size_t i = toc_exercise_inject_find(d.x, id);
    ck_assert_msg(i != TOC_NONE, "there is no %s", id);
    return toc_exercise_inject(d.x, i);
}

static const toc_event *sent(const char *id)
{
    return toc_drive_last(&d, TOC_K_INJECT, TOC_F_INJECT, id);
}

static size_t times_sent(const char *id)
{
    size_t n = 0;
    for (size_t i = 0; i < d.log.count; i++)
        n += d.log.at[i].kind == TOC_K_INJECT &&
             strcmp(toc_event_str(&d.log.at[i], TOC_F_INJECT), id) == 0;
    return n;
}

static bool notes(const char *words)
{
    for (size_t i = 0; i < d.log.count; i++)
        if (d.log.at[i].kind == TOC_K_NOTE &&
            strcmp(toc_event_str(&d.log.at[i], TOC_F_TEXT), words) == 0)
            return true;
    return false;
}

// Goes to its time and no further.
static void go(int64_t minute)
{
    toc_drive_to(&d, minute * MIN);
}

static toc_line_says send_4_at_20(toc_exercise *x, int step)
{
    bool waits = false;
    if (step == 0) {
        TOC_OK_OR_FAIL(toc_action_wait_play(x, 20 * MIN, &waits, &e), e);
        return TOC_LINE_WAITS;
    }
    TOC_OK_OR_FAIL(toc_action_send(x, 3, &e), e);
    return TOC_LINE_ENDS;
}

static toc_line_says ask_first(toc_exercise *x, int step)
{
    static const size_t both[] = {0, 1};
    bool settled;
    if (step > 0)
        return TOC_LINE_ENDS;
    TOC_OK_OR_FAIL(toc_action_ask(x, both, 2, &settled, &e), e);
    return settled ? TOC_LINE_ON : TOC_LINE_WAITS;
}

// ---- move ------------------------------------------------------------------------------------------

START_TEST(a_moved_row_is_sent_at_its_new_time_and_once)
{
    start();
    MUST(1 * MIN, "excon-1", "move", "INJ-01", "until", "1200000"); // T+0:20
    const toc_event *moved = toc_drive_last(&d, TOC_K_MOVED, TOC_F_INJECT, "INJ-01");
    ck_assert_int_eq(toc_event_int(moved, TOC_F_UNTIL), 20 * MIN);
    ck_assert_int_eq(row("INJ-01").due, 20 * MIN);
    ck_assert_int_eq(row("INJ-01").moved_from, 5 * MIN);
    go(19);
    ck_assert_ptr_null(sent("INJ-01"));
    go(60);
    ck_assert_int_eq(sent("INJ-01")->t, 20 * MIN);
    ck_assert_uint_eq(times_sent("INJ-01"), 1);
    ck_assert_int_eq(sent("INJ-03")->t, 35 * MIN); // 15 m after it
}
END_TEST

START_TEST(moved_in_the_lobby_is_scheduled_at_startex)
{
    lobby();
    MUST(0, "excon-1", "move", "INJ-01", "until", "1200000");
    MUST(0, "excon-1", "move", "INJ-03", "until", "60000");
    MUST(0, "excon-1", "move", "INJ-04", "until", "120000");
    ck_assert_int_eq(row("INJ-01").due, 20 * MIN);
    MUST(0, "excon-1", "start", NULL, NULL, NULL);
    go(60);
    ck_assert_int_eq(sent("INJ-01")->t, 20 * MIN);
    ck_assert_int_eq(sent("INJ-03")->t, 1 * MIN);
    ck_assert_int_eq(sent("INJ-04")->t, 2 * MIN);
    ck_assert_uint_eq(times_sent("INJ-03"), 1);
}
END_TEST

START_TEST(a_row_of_the_storys_clock_is_of_plays_when_moved)
{
    start();
    MUST(1 * MIN, "excon-1", "move", "INJ-05", "until", "2400000"); // T+0:40
    MUST(2 * MIN, "excon-1", "pace", NULL, "pace", "4000");
    go(60);
    ck_assert_int_eq(sent("INJ-05")->t, 40 * MIN);
}
END_TEST

START_TEST(what_comes_after_another_is_not_scheduled_a_second_time)
{
    start();
    MUST(1 * MIN, "excon-1", "move", "INJ-03", "until", "1800000"); // T+0:30, before that 0:20
    go(60);
    ck_assert_int_eq(sent("INJ-03")->t, 30 * MIN);
    ck_assert_uint_eq(times_sent("INJ-03"), 1);
}
END_TEST

START_TEST(a_storylines_send_does_nothing_before_or_after_the_clocks)
{
    fake.lines[0] = send_4_at_20;
    bool is_later = _i == 0;
    start();
    MUST(1 * MIN, "excon-1", "move", "INJ-04", "until", is_later ? "1800000" : "600000");
    go(60);
    ck_assert_int_eq(sent("INJ-04")->t, is_later ? 30 * MIN : 10 * MIN);
    ck_assert_uint_eq(times_sent("INJ-04"), 1);
    ck_assert(notes(is_later ? "INJ-04 is not sent now: EXCON moved it to T+0:30:00"
                             : "INJ-04 is not sent again: it was sent before"));
}
END_TEST

START_TEST(a_held_row_stays_held_with_its_new_time)
{
    start();
    MUST(1 * MIN, "excon-1", "hold", "INJ-01", NULL, NULL);
    go(6); // its time has come
    MUST(7 * MIN, "excon-1", "move", "INJ-01", "until", "1200000");
    ck_assert_str_eq(row("INJ-01").state_name, "held");
    ck_assert_int_eq(row("INJ-01").due, 20 * MIN);
    MUST(8 * MIN, "excon-1", "release", "INJ-01", NULL, NULL);
    ck_assert_ptr_null(sent("INJ-01"));
    go(60);
    ck_assert_int_eq(sent("INJ-01")->t, 20 * MIN);
}
END_TEST

START_TEST(a_held_row_is_told_of_when_its_new_time_has_come)
{
    start();
    MUST(1 * MIN, "excon-1", "hold", "INJ-01", NULL, NULL);
    MUST(2 * MIN, "excon-1", "move", "INJ-01", "until", "1200000");
    go(30);
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_HELD, TOC_F_INJECT, "INJ-01")->t, 20 * MIN);
    MUST(31 * MIN, "excon-1", "release", "INJ-01", NULL, NULL);
    ck_assert_int_eq(sent("INJ-01")->t, 31 * MIN);
}
END_TEST

// Five injects, two decisions asked at T+0:06 and one at T+0:20.
START_TEST(what_follows_moves_by_the_same_and_what_came_before_does_not)
{
    start();
    MUST(1 * MIN, "excon-1", "hold", "INJ-05", NULL, NULL);
    ck_assert_int_eq(toc_drive_put(&d, 1 * MIN, "excon-1", "move", &e, "inject", "INJ-02", "until",
                                   "900000", "follow", "1", NULL),
                     TOC_OK);                               // T+0:10 to T+0:15
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_MOVED), 2); // and D-03
    ck_assert_int_eq(toc_exercise_decision(d.x, 2).due, 25 * MIN);
    ck_assert_int_eq(row("INJ-01").due, 5 * MIN);
    ck_assert_int_eq(toc_exercise_decision(d.x, 0).due, 6 * MIN);
    ck_assert_int_eq(row("INJ-05").due, 30 * MIN); // held: EXCON has it in hand
    go(60);
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_ASK, TOC_F_DECISION, "D-03")->t, 25 * MIN);
    ck_assert_int_eq(sent("INJ-03")->t, 20 * MIN);
}
END_TEST

START_TEST(what_follows_is_never_before_now_and_keeps_its_order)
{
    start();
    go(6);
    ck_assert_int_eq(toc_drive_put(&d, 9 * MIN, "excon-1", "move", &e, "inject", "INJ-02", "until",
                                   "540000", "follow", "1", NULL),
                     TOC_OK); // one minute earlier: now
    go(9);
    ck_assert_str_eq(row("INJ-02").state_name, "held");
    ck_assert_int_eq(row("INJ-03").due, 19 * MIN);
    ck_assert_int_eq(toc_drive_put(&d, 10 * MIN, "excon-1", "move", &e, "inject", "INJ-03", "until",
                                   "600000", "follow", "1", NULL),
                     TOC_OK);
    go(10);
    ck_assert_int_eq(sent("INJ-03")->t, 10 * MIN);
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_ASK, TOC_F_DECISION, "D-03")->t, 10 * MIN);
    ck_assert_int_gt(sent("INJ-03")->seq, // it was scheduled after the question
                     toc_drive_last(&d, TOC_K_ASK, TOC_F_DECISION, "D-03")->seq);
}
END_TEST

START_TEST(the_lobby_moves_what_follows_too)
{
    lobby();
    ck_assert_int_eq(toc_drive_put(&d, 0, "excon-1", "move", &e, "inject", "INJ-01", "until",
                                   "900000", "follow", "1", NULL),
                     TOC_OK); // ten minutes later
    MUST(0, "excon-1", "start", NULL, NULL, NULL);
    go(60);
    ck_assert_int_eq(sent("INJ-01")->t, 15 * MIN);
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_ASK, TOC_F_DECISION, "D-01")->t, 16 * MIN);
    ck_assert_int_eq(toc_drive_last(&d, TOC_K_HELD, TOC_F_INJECT, "INJ-02")->t, 20 * MIN);
    ck_assert_int_eq(sent("INJ-05")->t, 40 * MIN);
}
END_TEST

START_TEST(a_move_that_cannot_be_is_refused)
{
    start();
    REFUSED("there is no inject INJ-99", 0, "excon-1", "move", "INJ-99", "until", "60000");
    REFUSED("play is at T+0:02:00 already; give a later time", 2 * MIN, "excon-1", "move", "INJ-01",
            "until", "60000");
    REFUSED("ENDEX is at T+1:00:00; give an earlier time", 2 * MIN, "excon-1", "move", "INJ-01",
            "until", "3600001");
    ck_assert_int_eq(toc_drive_put(&d, 2 * MIN, "excon-1", "move", &e, "inject", "INJ-04", "until",
                                   "900000", "follow", "1", NULL),
                     TOC_EREFUSED);
    go(6);
    REFUSED("INJ-01 was sent already, at T+0:05:00", 7 * MIN, "excon-1", "move", "INJ-01", "until",
            "1200000");
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_MOVED), 0);
}
END_TEST

START_TEST(a_contingency_with_a_time_of_excons_waits_for_it)
{
    toc_expectation *x =
        toc_plan_add_expectation(&d.plan, "EXP-01", (toc_at){.kind = TOC_AT_PLAY, .ms = 10 * MIN});
    x->contingency = 3;
    start();
    MUST(1 * MIN, "excon-1", "move", "INJ-04", "until", "1800000");
    go(60);
    ck_assert_int_eq(sent("INJ-04")->t, 30 * MIN);
}
END_TEST

// ---- edit ------------------------------------------------------------------------------------------

START_TEST(an_edited_row_is_sent_as_edited)
{
    start();
    MUST(1 * MIN, "excon-1", "edit", "INJ-01", "title", "Another title");
    ck_assert_str_eq(row("INJ-01").text, "Text of INJ-01.");
    MUST(2 * MIN, "excon-1", "edit", "INJ-01", "text", "Another text.");
    ck_assert(row("INJ-01").is_edited && !row("INJ-02").is_edited);
    go(6);
    ck_assert_str_eq(toc_event_str(sent("INJ-01"), TOC_F_TITLE), "Another title");
    ck_assert_str_eq(toc_event_str(sent("INJ-01"), TOC_F_TEXT), "Another text.");
    REFUSED("INJ-01 was sent already, at T+0:05:00", 7 * MIN, "excon-1", "edit", "INJ-01", "text",
            "Too late.");
}
END_TEST

START_TEST(an_edit_says_something)
{
    start();
    REFUSED("edit needs a title or a text", 0, "excon-1", "edit", "INJ-01", NULL, NULL);
    REFUSED("the text is empty", 0, "excon-1", "edit", "INJ-01", "text", " \n");
    REFUSED("the title must be one line", 0, "excon-1", "edit", "INJ-01", "title", "a\nb");
}
END_TEST

static toc_err fill(void *self, toc_exercise *x, const char *text, toc_buf *out, toc_error *why)
{
    (void)self;
    if (strstr(text, "{{wrong}}"))
        return toc_fail(why, TOC_ESCENARIO, "{{…}} does not know wrong");
    toc_buf_printf(out, "%lld: %s", (long long)toc_exercise_now(x) / MIN, text);
    return TOC_OK;
}

START_TEST(what_excon_wrote_is_filled_in_when_it_is_sent)
{
    fake.hooks.fill = fill;
    start();
    MUST(1 * MIN, "excon-1", "edit", "INJ-01", "text", "Now.");
    go(6);
    ck_assert_str_eq(toc_event_str(sent("INJ-01"), TOC_F_TEXT), "5: Now.");
}
END_TEST

START_TEST(a_text_that_cannot_be_filled_in_holds_its_row)
{
    fake.hooks.fill = fill;
    start();
    MUST(1 * MIN, "excon-1", "edit", "INJ-01", "text", "{{wrong}}");
    go(6);
    ck_assert_ptr_null(sent("INJ-01"));
    ck_assert_str_eq(row("INJ-01").state_name, "held");
    ck_assert_ptr_nonnull(strstr(row("INJ-01").reason, "does not know wrong"));
    MUST(7 * MIN, "excon-1", "edit", "INJ-01", "text", "Right.");
    MUST(8 * MIN, "excon-1", "release", "INJ-01", NULL, NULL);
    ck_assert_str_eq(toc_event_str(sent("INJ-01"), TOC_F_TEXT), "8: Right.");
}
END_TEST

// ---- ad-hoc ----------------------------------------------------------------------------------------

static bool write_row(int64_t t, const char *to, const char *until)
{
    return toc_drive_put(&d, t, "excon-1", "adhoc", &e, "from", "press", "to", to, "title",
                         "A question", "text", "What now?", "channel", "phone", "urgent", "1",
                         until ? "until" : NULL, until, NULL) == TOC_OK;
}

START_TEST(an_adhoc_row_without_a_time_goes_at_once)
{
    start();
    ck_assert_msg(write_row(2 * MIN, "bravo", NULL), "%s", e.msg);
    const toc_event *ev = sent("ADHOC-1");
    ck_assert_int_eq(ev->t, 2 * MIN);
    ck_assert_str_eq(toc_event_str(ev, TOC_F_FROM), "Radio Nord");
    ck_assert_str_eq(toc_event_str(ev, TOC_F_CHANNEL), "phone");
    ck_assert_int_eq(toc_event_int(ev, TOC_F_URGENT), 1);
    ck_assert(row("ADHOC-1").is_adhoc);
    REFUSED("ADHOC-1 was sent already, by excon-1 at T+0:02:00", 3 * MIN, "excon-2", "skip",
            "ADHOC-1", "reason", "no");
}
END_TEST

START_TEST(an_adhoc_row_with_a_time_is_a_row_like_any)
{
    start();
    for (int i = 0; i < 5; i++)
        ck_assert_msg(write_row(1 * MIN, "all", "1200000"), "%s", e.msg);
    MUST(2 * MIN, "excon-1", "hold", "ADHOC-2", NULL, NULL);
    MUST(2 * MIN, "excon-1", "move", "ADHOC-3", "until", "1500000");
    MUST(2 * MIN, "excon-1", "edit", "ADHOC-4", "title", "Edited");
    MUST(2 * MIN, "excon-1", "skip", "ADHOC-5", "reason", "not needed");
    go(60);
    ck_assert_int_eq(sent("ADHOC-1")->t, 20 * MIN);
    ck_assert_str_eq(row("ADHOC-2").state_name, "held");
    ck_assert_int_eq(sent("ADHOC-3")->t, 25 * MIN);
    ck_assert_str_eq(toc_event_str(sent("ADHOC-4"), TOC_F_TITLE), "Edited");
    ck_assert_ptr_null(sent("ADHOC-5"));
}
END_TEST

START_TEST(an_adhoc_row_of_the_lobby_is_scheduled_at_startex)
{
    lobby();
    ck_assert(!write_row(0, "alpha", NULL));
    ck_assert_str_eq(e.msg, "play has not started; say when it is to be sent: at T+0:10");
    ck_assert_msg(write_row(0, "alpha", "600000"), "%s", e.msg);
    ck_assert_int_eq(row("ADHOC-1").due, 10 * MIN);
    MUST(0, "excon-1", "start", NULL, NULL, NULL);
    go(60);
    ck_assert_int_eq(sent("ADHOC-1")->t, 10 * MIN);
}
END_TEST

START_TEST(an_id_of_the_authors_is_skipped_over)
{
    free(d.plan.injects[3].id);
    d.plan.injects[3].id = toc_strdup("adhoc-2");
    start();
    ck_assert(write_row(1 * MIN, "alpha", NULL) && write_row(1 * MIN, "alpha", NULL));
    ck_assert_ptr_nonnull(sent("ADHOC-1"));
    ck_assert_ptr_nonnull(sent("ADHOC-3"));
    ck_assert_ptr_null(sent("ADHOC-2"));
}
END_TEST

START_TEST(an_adhoc_row_is_read_acknowledged_forwarded_and_known)
{
    start();
    ck_assert_msg(write_row(2 * MIN, "alpha", NULL), "%s", e.msg);
    char *seq = toc_sprintf("%lld", (long long)sent("ADHOC-1")->seq);
    ck_assert_int_eq(toc_drive_put(&d, 3 * MIN, "alpha-1", "ack", &e, "item", seq, NULL), TOC_OK);
    ck_assert_uint_eq(row("ADHOC-1").readers, 1);
    ck_assert_uint_eq(row("ADHOC-1").acks, 1);
    TOC_OK_OR_FAIL(
        toc_drive_put(&d, 4 * MIN, "alpha-1", "forward", &e, "item", seq, "to", "bravo", NULL), e);
    const toc_event *message = toc_drive_last(&d, TOC_K_MESSAGE, TOC_F_QUOTE_TITLE, "A question");
    ck_assert_str_eq(toc_event_str(message, TOC_F_QUOTE), "What now?");
    TOC_OK_OR_FAIL(toc_drive_put(&d, 5 * MIN, "alpha-1", "say", &e, "to", "press", "re", seq,
                                 "text", "Nothing.", NULL),
                   e);
    TOC_OK_OR_FAIL(toc_drive_put(&d, 6 * MIN, "excon-1", "aware", &e, "team", "bravo", "inject",
                                 "ADHOC-1", NULL),
                   e);
    ck_assert_int_eq(toc_drive_put(&d, 6 * MIN, "excon-1", "aware", &e, "team", "alpha", "inject",
                                   "ADHOC-1", NULL),
                     TOC_EREFUSED); // it has read it
    free(seq);
}
END_TEST

START_TEST(an_adhoc_row_that_cannot_be_is_refused)
{
    static const char *const wrong[] = {"charlie", "alpha,alpha", "all,alpha"};
    start();
    for (size_t i = 0; i < TOC_COUNT(wrong); i++)
        ck_assert_msg(!write_row(1 * MIN, wrong[i], NULL), "%s", wrong[i]);
    ck_assert(!write_row(5 * MIN, "alpha", "240000"));
    ck_assert(!write_row(5 * MIN, "alpha", "99999999"));
    ck_assert_uint_eq(toc_exercise_inject_count(d.x), d.plan.inject_count);
}
END_TEST

// ---- voice -----------------------------------------------------------------------------------------

static void start_with_voice(void)
{
    toc_expectation *x = toc_plan_add_expectation(
        &d.plan, "EXP-01", (toc_at){.kind = TOC_AT_AWARE, .after.ms = 10 * MIN, .inject = 0});
    x->team = 0;
    d.plan.injects[0].voice = toc_strdup("simcell");
    d.plan.injects[0].notes = toc_strdup("Sound tired.");
    start();
    go(5);
}

START_TEST(a_voice_inject_is_a_cue_until_it_is_delivered)
{
    start_with_voice();
    const toc_event *cue = toc_drive_last(&d, TOC_K_CUE, TOC_F_INJECT, "INJ-01");
    ck_assert_str_eq(toc_event_str(cue, TOC_F_CONTROLLER), "simcell");
    ck_assert_str_eq(toc_event_str(cue, TOC_F_TEXT), "Text of INJ-01.");
    ck_assert_str_eq(toc_event_str(cue, TOC_F_NOTES), "Sound tired.");
    ck_assert_str_eq(row("INJ-01").state_name, "cued");
    ck_assert_ptr_null(sent("INJ-01"));
    go(7);
    MUST(7 * MIN, "simcell-1", "deliver", "INJ-01", NULL, NULL);
    ck_assert_int_eq(toc_event_int(sent("INJ-01"), TOC_F_VOICE), 1);
    ck_assert_str_eq(toc_event_str(sent("INJ-01"), TOC_F_TEXT), "Text of INJ-01.");
    ck_assert_int_eq(toc_query_aware(d.x, 0, 0), 7 * MIN);
    ck_assert_int_eq(toc_exercise_expectation(d.x, 0).deadline, 17 * MIN);
    ck_assert_int_eq(row("INJ-03").due, 22 * MIN); // 15 m after it was told
}
END_TEST

START_TEST(what_was_said_is_the_record)
{
    start_with_voice();
    MUST(6 * MIN, "simcell-1", "deliver", "INJ-01", "text", "Only {{half}} of it.");
    ck_assert_str_eq(toc_event_str(sent("INJ-01"), TOC_F_TEXT), "Only {{half}} of it.");
    REFUSED("INJ-01 was sent already, by simcell-1 at T+0:06:00", 7 * MIN, "excon-1", "deliver",
            "INJ-01", NULL, NULL);
}
END_TEST

START_TEST(a_cue_can_be_taken_back_or_skipped)
{
    bool is_held = _i == 0;
    start_with_voice();
    MUST(6 * MIN, "excon-1", is_held ? "hold" : "skip", "INJ-01", is_held ? NULL : "reason",
         is_held ? NULL : "the team knows it");
    ck_assert(!put(7 * MIN, "simcell-1", "deliver", "INJ-01", NULL, NULL));
    if (!is_held)
        return;
    MUST(8 * MIN, "excon-1", "edit", "INJ-01", "text", "Say this.");
    MUST(8 * MIN, "excon-1", "release", "INJ-01", NULL, NULL);
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_CUE), 2);
    MUST(9 * MIN, "simcell-1", "deliver", "INJ-01", NULL, NULL);
    ck_assert_str_eq(toc_event_str(sent("INJ-01"), TOC_F_TEXT), "Say this.");
}
END_TEST

START_TEST(a_cue_is_not_given_twice)
{
    start_with_voice();
    REFUSED("simcell has the cue for INJ-01 already, at T+0:05:00; deliver says it was told",
            6 * MIN, "excon-1", "fire", "INJ-01", NULL, NULL);
    ck_assert(!put(6 * MIN, "excon-1", "edit", "INJ-01", "text", "x"));
    ck_assert(!put(6 * MIN, "excon-1", "move", "INJ-01", "until", "1200000"));
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_CUE), 1);
}
END_TEST

static toc_line_says send_1_at_20(toc_exercise *x, int step)
{
    bool waits = false;
    if (step == 0) {
        TOC_OK_OR_FAIL(toc_action_wait_play(x, 20 * MIN, &waits, &e), e);
        return TOC_LINE_WAITS;
    }
    TOC_OK_OR_FAIL(toc_action_send(x, 0, &e), e);
    return TOC_LINE_ENDS;
}

START_TEST(a_storyline_that_sends_what_is_cued_says_so)
{
    fake.lines[0] = send_1_at_20;
    start_with_voice();
    go(30);
    ck_assert(notes("INJ-01 is not cued again: simcell has the cue"));
    ck_assert_uint_eq(toc_drive_count(&d, TOC_K_CUE), 1);
}
END_TEST

START_TEST(nothing_is_delivered_that_is_not_cued)
{
    start_with_voice();
    REFUSED("INJ-04 is sent, not told: there is nothing to deliver", 6 * MIN, "simcell-1",
            "deliver", "INJ-04", NULL, NULL);
    MUST(6 * MIN, "excon-1", "hold", "INJ-01", NULL, NULL);
    REFUSED("INJ-01 is held: held by excon-1; EXCON releases it first", 6 * MIN, "simcell-1",
            "deliver", "INJ-01", NULL, NULL);
}
END_TEST

// ---- storylines --------------------------------------------------------------------------------------

static size_t dropped;

static void on_drop(void *self, size_t storyline)
{
    (void)self;
    dropped = storyline + 1;
}

START_TEST(a_dropped_storyline_never_runs_again)
{
    fake.lines[0] = send_4_at_20;
    fake.hooks.drop = on_drop;
    start();
    ck_assert_str_eq(toc_exercise_storyline(d.x, 0).state_name, "waits");
    ck_assert_int_eq(toc_exercise_storyline(d.x, 0).until, 20 * MIN);
    TOC_OK_OR_FAIL(toc_drive_put(&d, 3 * MIN, "excon-1", "drop", &e, "storyline", "line 1",
                                 "reason", "no time", NULL),
                   e);
    ck_assert_uint_eq(dropped, 1);
    ck_assert_ptr_nonnull(toc_drive_last(&d, TOC_K_STORYLINE, TOC_F_STATE, "dropped"));
    ck_assert_str_eq(toc_exercise_storyline(d.x, 0).state_name, "dropped");
    ck_assert_int_eq(toc_exercise_storyline(d.x, 0).until, -1);
    ck_assert_int_eq(toc_drive_put(&d, 4 * MIN, "excon-2", "drop", &e, "storyline", "line 1",
                                   "reason", "no time", NULL),
                     TOC_EREFUSED);
    ck_assert_str_eq(e.msg, "line 1 was dropped already, by excon-1 at T+0:03:00");
    ck_assert_int_eq(toc_drive_put(&d, 4 * MIN, "excon-2", "wake", &e, "storyline", "line 1", NULL),
                     TOC_EREFUSED);
    go(60);
    ck_assert_ptr_null(sent("INJ-04"));
    ck_assert_str_eq(toc_exercise_storyline(d.x, 0).state_name, "dropped");
}
END_TEST

START_TEST(a_dropped_storyline_takes_no_answer)
{
    fake.lines[0] = ask_first;
    start();
    ck_assert_str_eq(toc_exercise_storyline(d.x, 0).state_name, "asks");
    ck_assert_uint_eq(toc_exercise_storyline(d.x, 0).ask_count, 2);
    TOC_OK_OR_FAIL(toc_drive_put(&d, 1 * MIN, "excon-1", "drop", &e, "storyline", "line 1",
                                 "reason", "no time", NULL),
                   e);
    go(60); // both are overdue
    ck_assert_ptr_null(toc_drive_last(&d, TOC_K_STORYLINE, TOC_F_STATE, "ends"));
}
END_TEST

START_TEST(a_woken_storyline_goes_on_now_and_not_again)
{
    fake.lines[0] = send_4_at_20;
    start();
    TOC_OK_OR_FAIL(toc_drive_put(&d, 3 * MIN, "excon-1", "wake", &e, "storyline", "line 1", NULL),
                   e);
    ck_assert_int_eq(sent("INJ-04")->t, 3 * MIN);
    ck_assert_int_eq(sent("INJ-04")->cause,
                     toc_drive_last(&d, TOC_K_WAKE, TOC_F_STORYLINE, NULL)->seq);
    go(60);
    ck_assert_uint_eq(times_sent("INJ-04"), 1);
}
END_TEST

START_TEST(a_storyline_that_asks_is_not_woken)
{
    fake.lines[0] = ask_first;
    start();
    TOC_OK_OR_FAIL(toc_drive_put(&d, 1 * MIN, "alpha-1", "decide", &e, "decision", "D-01", "option",
                                 "wait", NULL),
                   e);
    ck_assert_int_eq(toc_drive_put(&d, 2 * MIN, "excon-1", "wake", &e, "storyline", "line 1", NULL),
                     TOC_EREFUSED);
    ck_assert_str_eq(e.msg, "line 1 waits for an answer, not for a time: D-02 (bravo); it goes on "
                            "when that is decided");
    ck_assert_int_eq(toc_drive_put(&d, 2 * MIN, "excon-1", "wake", &e, "storyline", "lime 1", NULL),
                     TOC_EREFUSED);
    ck_assert_str_eq(e.msg, "no storyline \"lime 1\" runs; there are: line 1");
}
END_TEST

// ---- who was first -----------------------------------------------------------------------------------

START_TEST(the_second_controller_hears_who_was_first)
{
    start();
    MUST(1 * MIN, "excon-2", "hold", "INJ-01", NULL, NULL);
    REFUSED("INJ-01 is held already, by excon-2", 1 * MIN, "excon-1", "hold", "INJ-01", NULL, NULL);
    MUST(2 * MIN, "excon-2", "skip", "INJ-03", "reason", "the team is too busy");
    REFUSED("INJ-03 was skipped already, by excon-2, because the team is too busy", 2 * MIN,
            "excon-1", "fire", "INJ-03", NULL, NULL);
    MUST(727000, "excon-2", "fire", "INJ-04", NULL, NULL);
    REFUSED("INJ-04 was sent already, by excon-2 at T+0:12:07", 727000, "excon-1", "skip", "INJ-04",
            "reason", "no");
    MUST(13 * MIN, "excon-2", "release", "INJ-01", NULL, NULL);
    REFUSED("INJ-01 was sent already, by excon-2 at T+0:13:00", 14 * MIN, "excon-1", "release",
            "INJ-01", NULL, NULL);
    REFUSED("INJ-02 is held already: waits for release by EXCON", 14 * MIN, "excon-1", "hold",
            "INJ-02", NULL, NULL);
}
END_TEST

START_TEST(what_the_clock_did_was_nobodys_doing)
{
    start();
    MUST(1 * MIN, "excon-2", "hold", "INJ-01", NULL, NULL);
    MUST(2 * MIN, "excon-2", "release", "INJ-01", NULL, NULL); // its time has not come
    REFUSED("INJ-01 is not held: released by excon-2 at T+0:02:00", 3 * MIN, "excon-1", "release",
            "INJ-01", NULL, NULL);
    go(6);
    REFUSED("INJ-01 was sent already, at T+0:05:00", 7 * MIN, "excon-1", "hold", "INJ-01", NULL,
            NULL);
}
END_TEST

START_TEST(while_people_may_be_in_danger_nothing_is_sent)
{
    fake.lines[0] = send_4_at_20;
    start_with_voice();
    MUST(6 * MIN, "excon-1", "emergency", NULL, NULL, NULL);
    ck_assert(!put(6 * MIN, "simcell-1", "deliver", "INJ-01", NULL, NULL));
    ck_assert(!put(6 * MIN, "excon-1", "wake", NULL, "storyline", "line 1"));
    ck_assert(!put(6 * MIN, "excon-1", "move", "INJ-04", "until", "360000"));
    ck_assert(!write_row(6 * MIN, "alpha", NULL));
    ck_assert_msg(write_row(6 * MIN, "alpha", "600000"), "%s", e.msg);
    MUST(6 * MIN, "excon-1", "move", "INJ-04", "until", "600000");
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, a_moved_row_is_sent_at_its_new_time_and_once);
    tcase_add_test(tc, moved_in_the_lobby_is_scheduled_at_startex);
    tcase_add_test(tc, a_row_of_the_storys_clock_is_of_plays_when_moved);
    tcase_add_test(tc, what_comes_after_another_is_not_scheduled_a_second_time);
    tcase_add_loop_test(tc, a_storylines_send_does_nothing_before_or_after_the_clocks, 0, 2);
    tcase_add_test(tc, a_held_row_stays_held_with_its_new_time);
    tcase_add_test(tc, a_held_row_is_told_of_when_its_new_time_has_come);
    tcase_add_test(tc, what_follows_moves_by_the_same_and_what_came_before_does_not);
    tcase_add_test(tc, what_follows_is_never_before_now_and_keeps_its_order);
    tcase_add_test(tc, the_lobby_moves_what_follows_too);
    tcase_add_test(tc, a_move_that_cannot_be_is_refused);
    tcase_add_test(tc, a_contingency_with_a_time_of_excons_waits_for_it);
    tcase_add_test(tc, an_edited_row_is_sent_as_edited);
    tcase_add_test(tc, an_edit_says_something);
    tcase_add_test(tc, what_excon_wrote_is_filled_in_when_it_is_sent);
    tcase_add_test(tc, a_text_that_cannot_be_filled_in_holds_its_row);
    tcase_add_test(tc, an_adhoc_row_without_a_time_goes_at_once);
    tcase_add_test(tc, an_adhoc_row_with_a_time_is_a_row_like_any);
    tcase_add_test(tc, an_adhoc_row_of_the_lobby_is_scheduled_at_startex);
    tcase_add_test(tc, an_id_of_the_authors_is_skipped_over);
    tcase_add_test(tc, an_adhoc_row_is_read_acknowledged_forwarded_and_known);
    tcase_add_test(tc, an_adhoc_row_that_cannot_be_is_refused);
    tcase_add_test(tc, a_voice_inject_is_a_cue_until_it_is_delivered);
    tcase_add_test(tc, what_was_said_is_the_record);
    tcase_add_loop_test(tc, a_cue_can_be_taken_back_or_skipped, 0, 2);
    tcase_add_test(tc, a_cue_is_not_given_twice);
    tcase_add_test(tc, a_storyline_that_sends_what_is_cued_says_so);
    tcase_add_test(tc, nothing_is_delivered_that_is_not_cued);
    tcase_add_test(tc, a_dropped_storyline_never_runs_again);
    tcase_add_test(tc, a_dropped_storyline_takes_no_answer);
    tcase_add_test(tc, a_woken_storyline_goes_on_now_and_not_again);
    tcase_add_test(tc, a_storyline_that_asks_is_not_woken);
    tcase_add_test(tc, the_second_controller_hears_who_was_first);
    tcase_add_test(tc, what_the_clock_did_was_nobodys_doing);
    tcase_add_test(tc, while_people_may_be_in_danger_nothing_is_sent);
}

TOC_CHECK_MAIN("msel_acts", add_tests)
