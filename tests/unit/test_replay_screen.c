// SPDX-License-Identifier: MIT
// The screen of a replay: what a team had and had not read, where the keys go, and whole screens as they are drawn.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "replays/replay.h"
#include "replays/viewpoint.h"
#include "screen.h"
#include "seed.h"
#include "tape.h"
#include "view/keys.h"

#define MIN 60000

static const char scenario[] =
    "inject \"INJ-01\" { at = \"T+1m\", from = \"Night shift\", to = { \"ops\", \"net\" }, channel "
    "= "
    "\"phone\",\n"
    "  title = \"Good morning\", text = \"All is well.\" }\n"
    "inject \"INJ-02\" { at = \"T+2m\", from = \"Monitor\", to = \"ops\", channel = \"alert\", "
    "urgent = "
    "true,\n"
    "  title = \"North shore without power\", text = \"Since now.\", notes = \"for us\" }\n"
    "inject \"INJ-03\" { to = \"net\", title = \"Nobody answers\", text = \"C.\" }\n"
    "service \"line\" { name = \"Power line\", domain = \"energy\", users = 420, seen_by = "
    "\"ops\", "
    "source = \"invented\" }\n"
    "service \"ramp\" { name = \"Ferry ramp\", domain = \"transport\", users = 60, seen_by = "
    "\"all\",\n"
    "  source = \"invented\", needs = { { \"line\" } } }\n"
    "decision \"D-01\" { to = \"ops\", within = \"10m\", title = \"Which?\",\n"
    "  options = { { \"mast\", \"The mast\" }, { \"ramp\", \"The ramp\" } }, default = \"mast\" }\n"
    "storyline \"the night\" (function ()\n"
    "  wait \"2m\"\n"
    "  set(\"line\", 0)\n"
    "  local answer = ask \"D-01\"\n"
    "  if answer.option == \"ramp\" then send \"INJ-03\" end\n"
    "end)\n";

static tape t;
static toc_recording *r;
static toc_notes notes;
static toc_replay *p;
static toc_grid g;
static toc_buf screen;

static void set_up(void)
{
    char rest[120];
    p = NULL;
    tape_begin(&t, scenario);
    tape_do(&t, 0, "join", "ops-1", ",\"seat\":\"ops-1\",\"session\":\"a\"");
    tape_do(&t, 0, "sign-in", "ops-1", ",\"name\":\"R. Lind\"");
    tape_do(&t, 0, "join", "net-1", ",\"seat\":\"net-1\",\"session\":\"b\"");
    tape_wait(&t, 600000);
    tape_do(&t, 0, "start", "excon-1", "");
    tape_until(&t, MIN);
    snprintf(rest, sizeof rest, ",\"item\":%lld", (long long)tape_find(&t, TOC_K_INJECT, 1));
    tape_do(&t, MIN + 20000, "read", "ops-1", rest);
    tape_until(&t, 2 * MIN);
    snprintf(rest, sizeof rest, ",\"item\":%lld,\"to\":[\"net\"],\"text\":\"what do you see?\"",
             (long long)tape_find(&t, TOC_K_INJECT, 1));
    tape_do(&t, 3 * MIN, "forward", "ops-1", rest);
    tape_do(&t, 4 * MIN, "pause", "excon-1", ",\"reason\":\"coffee\"");
    tape_wait(&t, 5 * MIN);
    tape_do(&t, 4 * MIN, "resume", "excon-1", "");
    tape_do(&t, 6 * MIN, "decide", "ops-1",
            ",\"decision\":\"D-01\",\"option\":\"ramp\",\"reason\":\"the boat must sail\"");
    tape_do(&t, 30 * MIN, "end", "excon-1", ",\"reason\":\"enough\"");
    tape_do(&t, 30 * MIN, "close", "excon-1", "");
    r = tape_recording(&t);
}

static void tear_down(void)
{
    toc_buf_fini(&screen);
    toc_grid_fini(&g);
    toc_replay_free(p);
    toc_notes_fini(&notes);
    toc_recording_free(r);
    tape_end(&t);
}

static void show(int w, int h)
{
    toc_grid_fini(&g);
    toc_grid_init(&g, w, h, false);
    toc_replay_size(p, w, h);
    toc_replay_draw(p, &g);
    toc_replay_settle(p);
    toc_replay_draw(p, &g);
    screen_holds(&g);
    toc_buf_clear(&screen);
    toc_grid_text(&screen, &g, false);
}

static void begin_sized(const char *as, int64_t at, int w, int h)
{
    toc_error e = {0};
    toc_replay_options o = {.as = as};
    toc_replay_free(p);
    TOC_OK_OR_FAIL(toc_replay_new(&p, r, &notes, &o, &e), e);
    toc_replay_time(p, 1000);
    toc_replay_seek(p, 0, at);
    show(w, h);
}

static void begin(const char *as, int64_t at)
{
    begin_sized(as, at, 80, 24);
}

// Each word is a key's name, or is typed.
static void press(const char *keys)
{
    while (*keys) {
        size_t len = strcspn(keys, " ");
        char *word = toc_strndup(keys, len);
        uint32_t key = toc_key_find(word);
        if (key != TOC_KEY_NONE)
            toc_replay_key(p, key);
        for (size_t i = 0; key == TOC_KEY_NONE && i < len; i++)
            toc_replay_key(p, (unsigned char)word[i]);
        free(word);
        keys += len + (keys[len] == ' ');
    }
    show(g.w, g.h);
}

static void says(const char *words)
{
    ck_assert_msg(strstr(toc_buf_text(&screen), words), "\"%s\" is missing in:\n%s", words,
                  toc_buf_text(&screen));
}

static void says_not(const char *words)
{
    ck_assert_msg(!strstr(toc_buf_text(&screen), words), "\"%s\" should not be in:\n%s", words,
                  toc_buf_text(&screen));
}

static toc_replay_asks asked(void)
{
    toc_replay_ask ask;
    bool is_there = toc_replay_next_ask(p, &ask);
    free(ask.text);
    return is_there ? ask.what : TOC_REPLAY_ASKS_NOTHING;
}

START_TEST(whole_screens_are_drawn_as_they_were)
{
    begin("all", 3 * MIN);
    screen_compare(&g, "replay-all-80x24");
    begin_sized("ops", 3 * MIN, 110, 30);
    screen_compare(&g, "replay-ops-110x30");
    begin_sized("net", 5 * MIN, 60, 16);
    screen_compare(&g, "replay-net-60x16");
    press("Tab");
    screen_compare(&g, "replay-net-view-60x16");
    begin("all", 6 * MIN);
    press("w");
    screen_compare(&g, "replay-why-80x24");
    press("Esc ?");
    screen_compare(&g, "replay-help-80x24");
}
END_TEST

START_TEST(what_a_team_had_not_read_yet_is_said_in_words)
{
    begin("ops", MIN);
    says("[not read yet] INJ-01");
    says("1 not read yet");
    toc_replay_seek(p, 0, MIN + 30000);
    show(80, 24);
    says("INJ-01");
    says_not("[not read yet] INJ-01");
    begin("net", 5 * MIN); // the inject, and what was forwarded
    says("2 not read yet");
}
END_TEST

START_TEST(a_team_is_shown_only_what_its_feed_has)
{
    begin("net", 3 * MIN);
    says_not("INJ-02");
    says_not("Power line");
    says("Ferry ramp");
    press("a Up Enter"); // the team before
    says("What Operations had");
    says("URGENT INJ-02");
    press("Enter"); // the whole of the newest event
    says_not("for us");
    begin("all", 2 * MIN);
    press("/ INJ-02 Enter Enter");
    says("for us");
}
END_TEST

START_TEST(the_seats_own_screen_stands_beside_it_and_takes_keys)
{
    begin("ops", 3 * MIN);
    press("Tab");
    says("The keys are those of ops-1");
    says("North shore without power");
    press("2"); // the view's own tab
    says("[2 Decisions");
    says("D-01");
    press("d Down Space Ctrl-S Enter");
    says("this is a recording: nothing can be done in it");
}
END_TEST

START_TEST(esc_closes_what_is_open_there_and_then_comes_back)
{
    begin("ops", 3 * MIN);
    press("Tab ?");
    says("The keys are those of ops-1");
    press("Esc");
    says("The keys are those of ops-1");
    press("Esc");
    says("What Operations had");
}
END_TEST

START_TEST(it_leaps_by_events_decisions_and_markers)
{
    begin("all", 0);
    press("}");
    ck_assert_int_eq(toc_player_seq(toc_replay_player(p)), tape_find(&t, TOC_K_ASK, 1));
    press("}");
    ck_assert_int_eq(toc_player_seq(toc_replay_player(p)), tape_find(&t, TOC_K_DECIDED, 1));
    press("}");
    says("no decision after this");
    press("[");
    ck_assert_int_eq(toc_player_seq(toc_replay_player(p)), tape_find(&t, TOC_K_PAUSE, 1));
    says("play stood for 5m");
    press("] .");
    ck_assert_int_gt(toc_player_seq(toc_replay_player(p)), tape_find(&t, TOC_K_ENDEX, 1));
    press("5");
    ck_assert_int_eq(toc_player_t(toc_replay_player(p)), 15 * MIN);
    press("Right");
    ck_assert_int_eq(toc_player_t(toc_replay_player(p)), 15 * MIN + 5000);
    press("( Left");
    ck_assert_int_eq(toc_player_t(toc_replay_player(p)), 14 * MIN);
    press("g 0:02 Enter");
    ck_assert_int_eq(toc_player_t(toc_replay_player(p)), 2 * MIN);
    press("g nonsense Enter");
    says("that is no time");
    ck_assert_int_eq(toc_player_t(toc_replay_player(p)), 2 * MIN);
}
END_TEST

START_TEST(words_are_searched_in_what_is_told)
{
    begin("all", 0);
    press("/ boat Space SAIL Enter");
    ck_assert_int_eq(toc_player_seq(toc_replay_player(p)), tape_find(&t, TOC_K_DECIDED, 1));
    press("/ zebra Enter"); // what was sought before is not in the way
    says("nothing here says \"zebra\"");
    press(")");
    says_not("nothing here says");
}
END_TEST

START_TEST(words_are_searched_in_texts_and_round_the_end)
{
    begin("all", 0);
    press("/ all Space well Enter");
    ck_assert_int_eq(toc_player_seq(toc_replay_player(p)), tape_find(&t, TOC_K_INJECT, 1));
    says("in its text (Enter shows it)");
    press("n"); // the forward carries it on
    const int64_t forward = toc_player_seq(toc_replay_player(p));
    ck_assert_int_gt(forward, tape_find(&t, TOC_K_INJECT, 1));
    press("n");
    says("from the beginning again");
    ck_assert_int_eq(toc_player_seq(toc_replay_player(p)), tape_find(&t, TOC_K_INJECT, 1));
    press("N");
    says("from the end again");
    press("/ sail Enter n");
    says("nothing else here says \"sail\"");
    ck_assert_int_eq(toc_player_seq(toc_replay_player(p)), tape_find(&t, TOC_K_DECIDED, 1));
    // What a team was not told is not found with its eyes.
    begin("ops", 0);
    press("/ Nobody Space answers Enter");
    says("nothing here says");
}
END_TEST

START_TEST(a_time_is_play_time_or_the_storys_clock)
{
    begin("all", 3 * MIN);
    press("g 06:20 Enter");
    says("taken as the story's clock: 06:20, which is T+0:20:00");
    ck_assert_int_eq(toc_player_t(toc_replay_player(p)), 20 * MIN);
    press("g 0:06 Enter");
    says("taken as play time: T+0:06:00, 06:06 in the story");
    ck_assert_int_eq(toc_player_t(toc_replay_player(p)), 6 * MIN);
    press("g 23:00 Enter");
    says("the recording ends before that, at T+0:30:00");
    ck_assert_int_eq(toc_player_t(toc_replay_player(p)), 6 * MIN);
}
END_TEST

START_TEST(a_question_shows_its_options_and_its_answer)
{
    begin("all", 2 * MIN);
    press("/ DECISION Enter Enter");
    says("mast: The mast");
    says("ramp: The ramp");
    says("T+0:06:00  D-01 decided by ops-1 (R. Lind): ramp");
    press("Esc } Enter");
    says("The question, and its options");
    says("Which?");
    says("mast: The mast");
    // A team that it was not put to sees none of it.
    begin("net", 6 * MIN);
    says_not("mast");
}
END_TEST

START_TEST(the_row_where_we_are_is_told_in_two_lines)
{
    begin_sized("all", 3 * MIN, 110, 30);
    says("> 0:03:00   ops (R. Lind) > net: what do you see?\n");
    says("│            [forwards: Good morning]\n");
    for (int y = 3; y < 28; y++) {
        const toc_cell *cell = &g.cells[(size_t)y * (size_t)g.w + 61];
        if (cell->text[0] != '>')
            continue;
        toc_replay_click(p, 70, y + 1, 0);
        ck_assert_int_eq(toc_player_t(toc_replay_player(p)), 3 * MIN);
        toc_replay_draw(p, &g);
        toc_replay_click(p, 70, y + 3, 0); // below the second line, and the one that says later
        ck_assert_int_eq(toc_player_seq(toc_replay_player(p)), tape_find(&t, TOC_K_PAUSE, 1));
        return;
    }
    ck_abort_msg("where we are is not marked");
}
END_TEST

START_TEST(a_line_of_the_chain_can_be_gone_to)
{
    begin("all", 6 * MIN);
    press("w Down Enter");
    ck_assert_int_eq(toc_player_seq(toc_replay_player(p)), tape_find(&t, TOC_K_DECIDED, 1));
    press("/ Good Enter s");
    says("How it spread");
    says("Network (net): arrived T+0:01:00, never read");
    press("Down Enter");
    says("0:01:00 # INJ-01");
}
END_TEST

START_TEST(a_note_is_asked_for_with_its_moment_and_shown)
{
    char by[] = "Berg", text[] = "who told the mayor?", wall[] = "";
    begin("all", 3 * MIN);
    press("o who Enter");
    toc_replay_ask ask;
    ck_assert(toc_replay_next_ask(p, &ask));
    ck_assert_int_eq(ask.what, TOC_REPLAY_ASKS_NOTE);
    ck_assert_str_eq(ask.text, "who");
    ck_assert_int_eq(ask.t, 3 * MIN);
    TOC_GROW(notes.at, notes.count, notes.capacity);
    notes.at[notes.count++] =
        (toc_note){ask.seq, ask.t, toc_strdup(wall), toc_strdup(by), toc_strdup(text)};
    free(ask.text);
    toc_replay_noted(p);
    show(80, 24);
    says("N reviewer's note, Berg: who told the mayor?");
    press("Home ]");
    ck_assert_int_eq(toc_player_t(toc_replay_player(p)), 3 * MIN);
}
END_TEST

START_TEST(it_plays_by_itself_until_the_end_and_says_what_it_folds)
{
    begin("all", 0);
    press("Space");
    says("playing");
    toc_replay_time(p, 1200);
    show(80, 24);
    says("in which nothing happens pass in a moment");
    for (int64_t mono = 1200; mono < 60000; mono += 33)
        toc_replay_time(p, mono);
    show(80, 24);
    says("at the end");
    ck_assert_int_eq(toc_player_seq(toc_replay_player(p)), toc_recording_count(r));
}
END_TEST

START_TEST(the_verdict_is_told)
{
    begin("all", 0);
    press("v");
    // It has no seal of its run's key; every line comes out again all the same.
    says("lines came out the same");
}
END_TEST

START_TEST(before_a_line_that_cannot_be_executed_there_is_a_past)
{
    toc_event *made_up = &t.log.at[tape_find(&t, TOC_K_DECIDED, 1) - 1];
    toc_event_set_str(made_up, TOC_F_OPTION, "mast");
    toc_recording_free(r);
    r = tape_recording(&t);
    begin("all", 30 * MIN);
    says("only the engine knows");
    toc_replay_seek(p, 0, 3 * MIN);
    toc_replay_job *job = toc_replay_next_job(p);
    ck_assert_ptr_nonnull(job);
    toc_replay_job_run(job);
    toc_replay_job_done(p, job);
    toc_replay_seek(p, 0, 30 * MIN);
    ck_assert_ptr_null(toc_replay_next_job(p));
    toc_replay_seek(p, 0, 3 * MIN);
    ck_assert_ptr_null(toc_replay_next_job(p)); // it was kept
}
END_TEST

START_TEST(leaving_is_asked_for_and_ctrl_x_is_no_emergency)
{
    begin("ops", MIN);
    press("Tab Ctrl-X");
    says("this is a recording");
    press("Esc q");
    ck_assert_int_eq(asked(), TOC_REPLAY_ASKS_LEAVE);
    press("Tab Ctrl-C");
    ck_assert_int_eq(asked(), TOC_REPLAY_ASKS_LEAVE);
}
END_TEST

START_TEST(whoever_is_not_there_cannot_be_looked_as)
{
    toc_error e = {0};
    toc_replay_options o = {.as = "osp"};
    ck_assert_int_eq(toc_replay_new(&p, r, NULL, &o, &e), TOC_EUSAGE);
    ck_assert(strstr(e.msg, "did you mean ops?"));
    p = NULL;
}
END_TEST

START_TEST(a_recording_of_nothing_is_shown_as_nothing)
{
    const tape none = {0};
    toc_error e = {0};
    toc_replay_options o = {.as = "all"};
    toc_recording *empty = tape_recording(&none);
    TOC_OK_OR_FAIL(toc_replay_new(&p, empty, NULL, &o, &e), e);
    toc_replay_time(p, 1000);
    show(80, 24);
    press("Space Down w } ] > f End 5 Tab Esc / x Enter");
    toc_replay_time(p, 5000);
    show(80, 24);
    says("(replay)");
    toc_replay_free(p);
    p = NULL;
    toc_recording_free(empty);
}
END_TEST

START_TEST(a_long_recording_is_searched_piece_by_piece)
{
    tape_end(&t);
    toc_recording_free(r);
    tape_begin(&t, scenario);
    tape_do(&t, 0, "start", "excon-1", "");
    for (int i = 0; i < 7000; i++)
        tape_do(&t, 1000, "observe", "excon-1", ",\"text\":\"nothing new\"");
    tape_do(&t, 2000, "observe", "excon-1", ",\"text\":\"the needle\"");
    r = tape_recording(&t);
    begin("all", 0);
    press("/ needle Enter");
    says("searching for");
    for (int64_t mono = 1033; mono < 1500; mono += 33)
        toc_replay_time(p, mono);
    ck_assert_int_eq(toc_player_seq(toc_replay_player(p)), toc_recording_count(r));
}
END_TEST

START_TEST(each_key_stands_in_the_manual)
{
    toc_buf manual = {0};
    toc_replay_manual(&manual);
    for (const char *key = " .,{}[]()<>+-fxawsovgnNq?/"; *key; key++) {
        char row[16];
        snprintf(row, sizeof row, *key == ' ' ? "`Space`" : "%c`", *key);
        bool is_there = strstr(toc_buf_text(&manual), row);
        snprintf(row, sizeof row, "`%c,", *key);
        ck_assert_msg(is_there || strstr(toc_buf_text(&manual), row), "\"%c\" is not there", *key);
    }
    toc_buf_fini(&manual);
}
END_TEST

// Any keys, any size: it draws, and stays within the recording.
START_TEST(no_keys_lead_out_of_it)
{
    static const uint32_t special[] = {
        TOC_KEY_UP,  TOC_KEY_DOWN, TOC_KEY_LEFT, TOC_KEY_RIGHT,   TOC_KEY_ENTER,    TOC_KEY_TAB,
        TOC_KEY_ESC, TOC_KEY_HOME, TOC_KEY_END,  TOC_KEY_PAGE_UP, TOC_KEY_PAGE_DOWN};
    toc_random random;
    seed_random(&random, "replay");
    int64_t mono = 1000;
    begin("all", 0);
    for (int i = 0; i < 500; i++) {
        uint32_t key = toc_random_below(&random, 3)
                           ? special[toc_random_below(&random, TOC_COUNT(special))]
                           : (uint32_t)(32 + toc_random_below(&random, 95));
        toc_replay_time(p, mono += (int64_t)toc_random_below(&random, 100));
        toc_replay_key(p, key);
        if (toc_random_below(&random, 5) == 0)
            toc_replay_click(p, (int)toc_random_below(&random, 130),
                             (int)toc_random_below(&random, 40),
                             (int)toc_random_below(&random, 3) - 1);
        while (asked() != TOC_REPLAY_ASKS_NOTHING)
            continue;
        show(1 + (int)toc_random_below(&random, 130), 1 + (int)toc_random_below(&random, 40));
    }
}
END_TEST

// Notes are written by hand, or beside a recording that was cut since.
START_TEST(a_note_of_a_time_that_never_was_stands_at_the_end_of_the_bar)
{
    static const int64_t times[] = {31 * MIN, 4503599627370496, 9007199254740991};
    for (size_t i = 0; i < TOC_COUNT(times); i++) {
        TOC_GROW(notes.at, notes.count, notes.capacity);
        notes.at[notes.count++] = (toc_note){times[i], times[i], toc_strdup(""), toc_strdup(""),
                                             toc_strdup("out of reach")};
    }
    for (int w = 40; w < 200; w += 53) {
        begin_sized("all", MIN, w, 24);
        ck_assert_ptr_nonnull(strstr(toc_buf_text(&screen), "E] T+0:30"));
        toc_replay_click(p, w - 14, 1, 0);
    }
}
END_TEST

// As the feed gave it: a seat.
// Play leapt from minute 7 to minute 20: what is drawn in between nobody saw.
START_TEST(a_moment_inside_a_jump_says_that_nobody_saw_it)
{
    tape_end(&t);
    toc_recording_free(r);
    tape_begin(&t, scenario);
    tape_do(&t, 0, "start", "excon-1", "");
    tape_do(&t, 7 * MIN, "jump", "excon-1", ",\"until\":1200000");
    tape_do(&t, 30 * MIN, "end", "excon-1", "");
    r = tape_recording(&t);
    begin("ops", 10 * MIN);
    says("jumped over: nobody saw this minute (T+0:07:00 to T+0:20:00 by excon-1)");
    begin("ops", 7 * MIN);
    says_not("jumped over");
    begin("ops", 20 * MIN);
    says_not("jumped over");
    press("End");
    says("this is the end of the recording");
    says_not("play stood here");
}
END_TEST

// A seat's own screen asks nobody whether to leave: nobody sits there.
START_TEST(q_in_a_seats_screen_goes_back_to_the_events)
{
    begin("ops", 3 * MIN);
    press("Tab");
    says("q back to the events");
    press("q");
    says_not("The seat stays yours");
    says("? help");
    says_not("The keys are those of");
    press("q");
    toc_replay_ask ask;
    ck_assert(toc_replay_next_ask(p, &ask));
    ck_assert_int_eq(ask.what, TOC_REPLAY_ASKS_LEAVE);
}
END_TEST

START_TEST(another_seat_of_a_team_can_be_chosen)
{
    tape_end(&t);
    toc_recording_free(r);
    tape_begin(&t, scenario);
    tape_do(&t, 0, "join", "ops-1", ",\"seat\":\"ops-1\",\"session\":\"a\"");
    tape_do(&t, 0, "join", "ops-2", ",\"seat\":\"ops-2\",\"session\":\"b\"");
    tape_do(&t, 0, "start", "excon-1", "");
    tape_do(&t, 5 * MIN, "end", "excon-1", "");
    r = tape_recording(&t);
    begin("ops-2", MIN);
    ck_assert_str_eq(toc_replay_seat(p), "ops-2");
    ck_assert_str_eq(toc_replay_eyes(p), "ops-2");
    says("as ops-2");
    begin("ops", MIN);
    ck_assert_str_eq(toc_replay_seat(p), "ops-1");
    press("a");
    says("ops-2");
    press("Down Enter");
    ck_assert_str_eq(toc_replay_seat(p), "ops-2");
    toc_viewpoint *v;
    ck_assert_int_eq(toc_viewpoint_new(&v, r, "ops-77", NULL), TOC_EUSAGE);
    ck_assert_int_eq(toc_viewpoint_new(&v, r, "ops-", NULL), TOC_EUSAGE);
}
END_TEST

START_TEST(the_words_of_a_real_emergency_can_be_kept_back)
{
    tape_end(&t);
    toc_recording_free(r);
    tape_begin(&t, scenario);
    tape_do(&t, 0, "join", "ops-1", ",\"seat\":\"ops-1\",\"session\":\"a\"");
    tape_do(&t, 0, "start", "excon-1", "");
    tape_do(&t, MIN, "emergency", "ops-1", ",\"text\":\"Maren has fainted\"");
    tape_do(&t, MIN, "say", "ops-1", ",\"to\":[\"net\"],\"text\":\"she is well again\"");
    tape_do(&t, MIN, "resume", "excon-1", "");
    tape_do(&t, 2 * MIN, "pause", "excon-1", ",\"reason\":\"coffee\"");
    tape_do(&t, 2 * MIN, "resume", "excon-1", "");
    tape_do(&t, 5 * MIN, "end", "excon-1", "");
    r = tape_recording(&t);
    const char *const eyes[] = {"all", "ops", "excon"};
    for (int is_kept = 0; is_kept < 2; is_kept++) {
        for (size_t i = 0; i < TOC_COUNT(eyes); i++) {
            begin_sized(eyes[i], MIN, 140, 40);
            says("REAL EMERGENCY");
            (is_kept ? says_not : says)("Maren has fainted");
            press("End");
            (is_kept ? says_not : says)("she is well again");
            (is_kept ? says_not : says)("Maren has fainted");
            says("PAUSEX: coffee");
        }
        toc_recording_keep_back(r);
    }
}
END_TEST

START_TEST(a_team_is_told_the_seats_of_others_and_not_who_sits_there)
{
    static const struct {
        const char *as;
        bool is_named;
    } eyes[] = {{"ops", false}, {"board", false}, {"net", true}, {"excon", true}, {"all", true}};
    tape x;
    toc_error e = {0};
    tape_begin(&x, scenario);
    tape_do(&x, 0, "join", "net-1", ",\"seat\":\"net-1\",\"session\":\"b\"");
    tape_do(&x, 0, "sign-in", "net-1", ",\"name\":\"Z. Quimby\"");
    tape_do(&x, 0, "start", "excon-1", "");
    tape_do(&x, MIN, "emergency", "net-1", ",\"text\":\"somebody fell\"");
    toc_recording *other = tape_recording(&x);
    for (size_t i = 0; i < TOC_COUNT(eyes); i++) {
        toc_viewpoint *v;
        toc_buf words = {0};
        TOC_OK_OR_FAIL(toc_viewpoint_new(&v, other, eyes[i].as, &e), e);
        for (int64_t seq = 1; seq <= toc_recording_count(other); seq++)
            if (toc_viewpoint_shows(v, seq, true))
                toc_viewpoint_tell(v, seq, &words);
        ck_assert_msg(strstr(toc_buf_text(&words), "EMERGENCY"), "%s", toc_buf_text(&words));
        ck_assert_ptr_nonnull(strstr(toc_buf_text(&words), "net-1"));
        ck_assert_msg((strstr(toc_buf_text(&words), "Quimby") != NULL) == eyes[i].is_named,
                      "%s: %s", eyes[i].as, toc_buf_text(&words));
        toc_buf_fini(&words);
        toc_viewpoint_free(v);
    }
    toc_recording_free(other);
    tape_end(&x);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, whole_screens_are_drawn_as_they_were);
    tcase_add_test(tc, what_a_team_had_not_read_yet_is_said_in_words);
    tcase_add_test(tc, a_team_is_shown_only_what_its_feed_has);
    tcase_add_test(tc, the_seats_own_screen_stands_beside_it_and_takes_keys);
    tcase_add_test(tc, esc_closes_what_is_open_there_and_then_comes_back);
    tcase_add_test(tc, it_leaps_by_events_decisions_and_markers);
    tcase_add_test(tc, words_are_searched_in_what_is_told);
    tcase_add_test(tc, words_are_searched_in_texts_and_round_the_end);
    tcase_add_test(tc, a_time_is_play_time_or_the_storys_clock);
    tcase_add_test(tc, a_question_shows_its_options_and_its_answer);
    tcase_add_test(tc, the_row_where_we_are_is_told_in_two_lines);
    tcase_add_test(tc, a_line_of_the_chain_can_be_gone_to);
    tcase_add_test(tc, a_note_is_asked_for_with_its_moment_and_shown);
    tcase_add_test(tc, it_plays_by_itself_until_the_end_and_says_what_it_folds);
    tcase_add_test(tc, the_verdict_is_told);
    tcase_add_test(tc, before_a_line_that_cannot_be_executed_there_is_a_past);
    tcase_add_test(tc, leaving_is_asked_for_and_ctrl_x_is_no_emergency);
    tcase_add_test(tc, whoever_is_not_there_cannot_be_looked_as);
    tcase_add_test(tc, a_recording_of_nothing_is_shown_as_nothing);
    tcase_add_test(tc, a_long_recording_is_searched_piece_by_piece);
    tcase_add_test(tc, each_key_stands_in_the_manual);
    tcase_add_test(tc, no_keys_lead_out_of_it);
    tcase_add_test(tc, a_note_of_a_time_that_never_was_stands_at_the_end_of_the_bar);
    tcase_add_test(tc, a_moment_inside_a_jump_says_that_nobody_saw_it);
    tcase_add_test(tc, q_in_a_seats_screen_goes_back_to_the_events);
    tcase_add_test(tc, another_seat_of_a_team_can_be_chosen);
    tcase_add_test(tc, the_words_of_a_real_emergency_can_be_kept_back);
    tcase_add_test(tc, a_team_is_told_the_seats_of_others_and_not_who_sits_there);
}

TOC_CHECK_MAIN("replay screen", add_tests)
