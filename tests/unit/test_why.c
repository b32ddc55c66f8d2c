// SPDX-License-Identifier: MIT
// Why something came about, and whom it reached: from a line back to a person's act or the schedule.
#include <stdlib.h>
#include <string.h>

#include "check_main.h"
#include "replays/why.h"
#include "tape.h"

#define MIN 60000

static const char scenario[] =
    "inject \"INJ-01\" { at = \"T+1m\", to = { \"ops\", \"net\" }, title = \"First\", text = "
    "\"A.\" }\n"
    "inject \"INJ-02\" { at = \"INJ-01 +1m\", to = \"ops\", title = \"Second\", text = \"B.\" }\n"
    "inject \"INJ-03\" { to = \"ops\", title = \"Third\", text = \"C.\" }\n"
    "inject \"INJ-04\" { to = \"ops\", title = \"Where is it?\", text = \"D.\" }\n"
    "inject \"INJ-05\" { to = \"net\", title = \"Fifth\", text = \"E.\" }\n"
    "service \"line\" { name = \"Line\", domain = \"energy\", users = 10, source = \"invented\" }\n"
    "service \"ramp\" { name = \"Ramp\", domain = \"transport\", users = 10, source = "
    "\"invented\",\n"
    "  needs = { { \"line\" } } }\n"
    "decision \"D-01\" { to = \"ops\", within = \"10m\", title = \"Which?\",\n"
    "  options = { { \"a\", \"A\" }, { \"b\", \"B\" } }, default = \"a\" }\n"
    "expect \"EXP-01\" { team = \"ops\", by = \"T+20m\", text = \"A report\", product = "
    "\"sitrep\",\n"
    "  contingency = \"INJ-04\", release = \"manual\", objective = \"OBJ-1\" }\n"
    "storyline \"the day\" (function ()\n"
    "  wait \"3m\"\n"
    "  set(\"line\", 0)\n"
    "  local answer = ask \"D-01\"\n"
    "  if answer.option == \"b\" then send \"INJ-03\" end\n"
    "end)\n"
    "storyline \"another\" (function ()\n"
    "  wait \"50m\"\n"
    "  send \"INJ-05\"\n"
    "end)\n"
    "phase \"calm\" { at = \"T+1m\", title = \"Calm\" }\n"
    "phase \"storm\" { at = \"T+30m\", title = \"Storm\" }\n";

static tape t;
static toc_recording *r;
static toc_buf text;

static void set_up(void)
{
    tape_begin(&t, scenario);
    tape_do(&t, 0, "start", "excon-1", "");
}

static void tear_down(void)
{
    toc_buf_fini(&text);
    toc_recording_free(r);
    tape_end(&t);
}

static void why(int64_t seq)
{
    toc_recording_free(r);
    r = tape_recording(&t);
    toc_buf_clear(&text);
    toc_why_text(&text, r, seq);
}

static void says(const char *words)
{
    ck_assert_msg(strstr(toc_buf_text(&text), words), "\"%s\" is missing in:\n%s", words,
                  toc_buf_text(&text));
}

static int64_t root(int64_t seq)
{
    toc_seqs chain = {0};
    toc_why_chain(r, seq, &chain);
    ck_assert_uint_gt(chain.count, 0);
    ck_assert_int_eq(chain.at[0], seq);
    int64_t last = chain.at[chain.count - 1];
    toc_seqs_fini(&chain);
    return last;
}

START_TEST(a_timed_inject_names_where_it_was_planned)
{
    tape_until(&t, 2 * MIN);
    why(tape_find(&t, TOC_K_INJECT, 1));
    says("the schedule: INJ-01 is planned for T+0:01:00 (scenario.lua:6)");
    why(tape_find(&t, TOC_K_INJECT, 2));
    says("because  T+0:01:00  INJ-01");
    ck_assert_int_eq(root(tape_find(&t, TOC_K_INJECT, 2)), tape_find(&t, TOC_K_START, 1));
}
END_TEST

START_TEST(what_a_storyline_did_names_it_and_its_line)
{
    tape_until(&t, 3 * MIN);
    why(tape_find(&t, TOC_K_MEASURE, 1));
    says("by the storyline \"the day\" (scenario.lua:20)");
    why(tape_find(&t, TOC_K_ASK, 1));
    says("by the storyline \"the day\" (scenario.lua:21)");
}
END_TEST

START_TEST(a_branch_ends_at_the_person_and_their_words)
{
    tape_do(&t, 3 * MIN, "sign-in", "ops-1", ",\"name\":\"R. Lind\"");
    int64_t decide = tape_do(&t, 4 * MIN, "decide", "ops-1",
                             ",\"decision\":\"D-01\",\"option\":\"b\",\"reason\":\"it must sail\"");
    why(tape_find(&t, TOC_K_INJECT, 3));
    says("by the storyline \"the day\" (scenario.lua:22)");
    says("it is what R. Lind (ops-1) did, in their words: \"it must sail\"");
    ck_assert_int_eq(root(tape_find(&t, TOC_K_INJECT, 3)), decide);
}
END_TEST

static const char late[] =
    "inject \"INJ-01\" { at = \"T+1m\", to = \"ops\", title = \"First\", text = \"A.\" }\n"
    "inject \"INJ-02\" { at = \"T+2m\", to = \"ops\", title = \"Second\", text = \"B.\" }\n"
    "inject \"INJ-03\" { to = \"ops\", title = \"The wave\", text = \"C.\" }\n"
    "decision \"D-01\" { to = \"ops\", within = \"10m\", title = \"Shut it?\",\n"
    "  options = { { \"a\", \"A\" }, { \"b\", \"B\" } }, default = \"a\" }\n"
    "decision \"D-02\" { to = \"ops\", at = \"T+40m\", within = \"10m\", title = \"And now?\",\n"
    "  options = { { \"a\", \"A\" }, { \"b\", \"B\" } }, default = \"a\" }\n"
    "service \"line\" { name = \"Line\", domain = \"energy\", users = 10, source = \"invented\" }\n"
    "local function count(level)\n"
    "  set(\"line\", level)\n"
    "end\n"
    "storyline \"the gate\" (function () ask \"D-01\" end)\n"
    "storyline \"the wave\" (function ()\n"
    "  wait \"20m\"\n"
    "  if decided \"D-01\".option == \"a\" then return end\n"
    "  send \"INJ-03\"\n"
    "  count(40)\n"
    "  if decided \"D-02\" then return end\n"
    "end)\n";

// Answered at minute 4, read at minute 20: no line of the journal joins the two.
START_TEST(what_a_storyline_read_before_it_acted_is_named_with_who_answered)
{
    tape_end(&t);
    tape_begin(&t, late);
    tape_do(&t, 0, "start", "excon-1", "");
    tape_do(&t, 4 * MIN, "decide", "ops-1",
            ",\"decision\":\"D-01\",\"option\":\"b\",\"reason\":\"it can wait\"");
    tape_until(&t, 20 * MIN);
    why(tape_find(&t, TOC_K_INJECT, 3));
    says("INJ-03 > ops");
    says("by the storyline \"the wave\"");
    says("its storyline reads the answer to D-01 (scenario.lua:");
    says("): b, by ops-1 at T+0:04:00\n");
    // What it reads later, nobody had answered.
    ck_assert_ptr_null(strstr(toc_buf_text(&text), "D-02"));
    why(tape_find(&t, TOC_K_LEVEL, 1)); // set in a function that the storyline calls
    says("by the storyline \"the wave\"");
    says("its storyline reads the answer to D-01 (scenario.lua:");
    why(tape_find(&t, TOC_K_INJECT, 1));
    ck_assert_ptr_null(strstr(toc_buf_text(&text), "reads the answer")); // it came by the clock
}
END_TEST

START_TEST(of_a_decision_it_is_told_what_the_team_had_read_and_what_not)
{
    char rest[40];
    tape_end(&t);
    tape_begin(&t, late);
    tape_do(&t, 0, "start", "excon-1", "");
    tape_until(&t, MIN);
    snprintf(rest, sizeof rest, ",\"item\":%lld", (long long)tape_find(&t, TOC_K_INJECT, 1));
    tape_do(&t, MIN + 20000, "read", "ops-1", rest);
    tape_until(&t, 2 * MIN);
    snprintf(rest, sizeof rest, ",\"item\":%lld", (long long)tape_find(&t, TOC_K_INJECT, 2));
    tape_do(&t, 4 * MIN, "decide", "ops-1", ",\"decision\":\"D-01\",\"option\":\"b\"");
    tape_do(&t, 5 * MIN, "read", "ops-1", rest); // too late to count
    why(tape_find(&t, TOC_K_DECIDED, 1));
    says("the team had read by then: INJ-01 \"First\"\n");
    says("had arrived, and nobody had opened by then: INJ-02 \"Second\"\n");
    why(tape_find(&t, TOC_K_ASK, 1));
    ck_assert_ptr_null(strstr(toc_buf_text(&text), "by then"));
}
END_TEST

START_TEST(a_level_leads_to_the_service_that_was_hit_and_the_act_that_hit_it)
{
    tape_until(&t, 3 * MIN);
    why(tape_find(&t, TOC_K_LEVEL, 2));
    says("Ramp 0 % because Line");
    says("because  T+0:03:00  06:03  Line 0 %");
    says("because  T+0:03:00  06:03  Line set to 0 %");
}
END_TEST

START_TEST(what_excon_released_leads_on_to_why_it_waited)
{
    tape_until(&t, 20 * MIN);
    tape_do(&t, 21 * MIN, "release", "excon-1", ",\"inject\":\"INJ-04\"");
    why(tape_find(&t, TOC_K_INJECT, 3));
    says("Where is it?");
    says("expected action EXP-01 of ops overdue");
    says("the schedule: EXP-01 is due for T+0:20:00 (scenario.lua:");
}
END_TEST

START_TEST(what_excon_sent_before_its_time_is_excons_and_not_the_schedules)
{
    tape_do(&t, 0, "sign-in", "excon-1", ",\"name\":\"M. Ek\"");
    tape_do(&t, MIN / 2, "fire", "excon-1", ",\"inject\":\"INJ-01\"");
    tape_until(&t, 2 * MIN);
    for (int n = 1; n <= 2; n++) { // the second came a minute after it
        why(tape_find(&t, TOC_K_INJECT, n));
        says("it is what M. Ek (excon-1) did");
        ck_assert_ptr_null(strstr(toc_buf_text(&text), "the schedule"));
    }
}
END_TEST

START_TEST(a_phase_that_excon_entered_is_excons_and_not_the_schedules)
{
    tape_until(&t, MIN);
    why(tape_find(&t, TOC_K_PHASE_ENTERED, 1));
    says("the schedule: calm is planned");
    tape_do(&t, 2 * MIN, "phase", "excon-1", ",\"phase\":\"storm\"");
    why(tape_find(&t, TOC_K_PHASE_ENTERED, 2));
    says("it is what excon-1 did");
    ck_assert_ptr_null(strstr(toc_buf_text(&text), "the schedule"));
}
END_TEST

START_TEST(what_nobody_did_leads_back_to_when_it_was_overdue)
{
    int64_t last = 0;
    tape_until(&t, 20 * MIN);
    tape_do(&t, 40 * MIN, "end", "excon-1", "");
    why(1);
    for (int64_t seq = 1; seq <= toc_recording_count(r); seq++)
        last = toc_recording_at(r, seq)->kind == TOC_K_EXPECTATION ? seq : last;
    why(last);
    says("T+0:40:00  expected action EXP-01 of ops not-observed");
    says("because  T+0:20:00  expected action EXP-01 of ops overdue");
    says("nobody was seen doing it by then");
    says("the schedule: EXP-01 is due for T+0:20:00 (scenario.lua:");
}
END_TEST

START_TEST(a_ruling_leads_on_to_what_was_ruled_on)
{
    tape_until(&t, 3 * MIN);
    tape_do(
        &t, 4 * MIN, "decide", "ops-1",
        ",\"decision\":\"D-01\",\"option\":\"other\",\"text\":\"neither\",\"reason\":\"no time\"");
    tape_do(&t, 5 * MIN, "rule", "excon-1",
            ",\"decision\":\"D-01\",\"ruling\":\"accept\",\"reason\":\"fine\"");
    why(tape_find(&t, TOC_K_DECIDED, 1));
    ck_assert_int_eq(root(tape_find(&t, TOC_K_DECIDED, 1)), tape_find(&t, TOC_K_DECIDE, 1));
    says("in their words: \"no time\"");
}
END_TEST

START_TEST(every_chain_goes_back_and_ends)
{
    tape_do(&t, 4 * MIN, "decide", "ops-1", ",\"decision\":\"D-01\",\"option\":\"b\"");
    tape_until(&t, 60 * MIN);
    r = tape_recording(&t);
    for (int64_t seq = 1; seq <= toc_recording_count(r); seq++) {
        toc_seqs chain = {0};
        toc_why_chain(r, seq, &chain);
        for (size_t i = 1; i < chain.count; i++)
            ck_assert_int_lt(chain.at[i], chain.at[i - 1]);
        const toc_event *last = toc_recording_at(r, root(seq));
        ck_assert_msg(toc_kind_class(last->kind) != TOC_CLASS_DERIVED, "line %lld hangs on nothing",
                      (long long)seq);
        toc_seqs_fini(&chain);
    }
}
END_TEST

// Of what never went out: what stopped it, or what it waited for.
static void unsent(const char *id, int64_t last, const char *words)
{
    toc_buf_clear(&text);
    ck_assert_msg(toc_why_unsent(&text, r, id, last), "%s was sent", id);
    says(words);
}

START_TEST(what_was_never_sent_is_told_with_what_stopped_it)
{
    tape_until(&t, 10 * MIN);
    int64_t early = tape_find(&t, TOC_K_INJECT, 1) - 1;
    tape_do(&t, 11 * MIN, "skip", "excon-1", ",\"inject\":\"INJ-05\",\"reason\":\"too much\"");
    tape_do(&t, 12 * MIN, "decide", "ops-1", ",\"decision\":\"D-01\",\"option\":\"a\"");
    tape_until(&t, 25 * MIN);
    int64_t armed = tape_find(&t, TOC_K_ARMED, 1);
    tape_do(&t, 26 * MIN, "end", "excon-1", "");
    r = tape_recording(&t);
    unsent("INJ-05", 0, "skipped INJ-05: too much");
    unsent("inj-03", 0, "\"the day\"");
    says("took another course, to its end at T+0:12:00");
    unsent("INJ-04", 0, "nobody released it");
    unsent("INJ-04", armed - 1, "it is sent only if EXP-01 is not seen in time");
    unsent("INJ-02", early, "INJ-02 is planned 1m after INJ-01 was sent");
    says("and INJ-01 was not sent either");
    unsent("INJ-05", early, "the storyline \"another\"");
    says("had not come to it at that moment");
    toc_buf_clear(&text);
    ck_assert(!toc_why_unsent(&text, r, "INJ-01", 0)); // it was
    ck_assert(!toc_why_unsent(&text, r, "INJ-77", 0)); // there is none
    ck_assert_uint_eq(text.len, 0);
}
END_TEST

START_TEST(an_inject_spreads_to_those_who_got_it_and_by_forwards)
{
    tape_until(&t, 2 * MIN);
    int64_t second = tape_find(&t, TOC_K_INJECT, 2);
    char rest[160];
    snprintf(rest, sizeof rest, ",\"item\":%lld", (long long)second);
    tape_do(&t, 2 * MIN + 5000, "read", "ops-2", rest);
    tape_do(&t, 2 * MIN + 9000, "read", "ops-1", rest); // not the first
    snprintf(rest, sizeof rest, ",\"item\":%lld,\"to\":[\"net\"],\"text\":\"see this\"",
             (long long)second);
    tape_do(&t, 3 * MIN, "forward", "ops-1", rest);
    int64_t message = tape_find(&t, TOC_K_MESSAGE, 1);
    snprintf(rest, sizeof rest, ",\"item\":%lld", (long long)message);
    tape_do(&t, 4 * MIN, "read", "net-1", rest);
    snprintf(rest, sizeof rest, ",\"to\":[\"ops\"],\"re\":%lld,\"text\":\"thank you\"",
             (long long)message);
    tape_do(&t, 5 * MIN, "say", "net-1", rest);
    tape_do(&t, 6 * MIN, "decide", "ops-1", ",\"decision\":\"D-01\",\"option\":\"a\"");
    r = tape_recording(&t);
    toc_spread s;
    toc_spread_of(&s, r, second);
    ck_assert_uint_eq(s.count, 2);
    ck_assert_str_eq(s.at[0].team, "ops");
    ck_assert_int_eq(s.at[0].via, second);
    ck_assert_int_eq(s.at[0].read, 2 * MIN + 5000);
    ck_assert_int_eq(s.at[0].decided, 6 * MIN);
    ck_assert_int_eq(s.at[0].answered_seq, 0);
    ck_assert_str_eq(s.at[1].team, "net");
    ck_assert_int_eq(s.at[1].via, message);
    ck_assert_int_eq(s.at[1].arrived, 3 * MIN);
    ck_assert_int_eq(s.at[1].read, 4 * MIN);
    ck_assert_int_eq(s.at[1].answered, 5 * MIN);
    ck_assert_int_eq(s.at[1].decided_seq, 0);
    toc_spread_text(&text, r, &s);
    says("Network (net): forwarded by Operations (ops) after 1 min 0 s, read after 1 min 0 s");
    toc_spread_fini(&s);
    toc_spread_of(&s, r, message); // of the forward: the same
    ck_assert_int_eq(s.item, second);
    ck_assert_uint_eq(s.count, 2);
    toc_spread_fini(&s);
}
END_TEST

START_TEST(what_nobody_opened_is_said_to_be_unread)
{
    tape_until(&t, 1 * MIN);
    r = tape_recording(&t);
    toc_spread s;
    toc_spread_of(&s, r, tape_find(&t, TOC_K_INJECT, 1));
    ck_assert_uint_eq(s.count, 2);
    ck_assert_int_eq(s.at[0].read, -1);
    toc_spread_text(&text, r, &s);
    says("never read");
    toc_spread_fini(&s);
    toc_spread_of(&s, r, tape_find(&t, TOC_K_START, 1)); // no item
    ck_assert_uint_eq(s.count, 0);
    toc_spread_fini(&s);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, a_timed_inject_names_where_it_was_planned);
    tcase_add_test(tc, what_a_storyline_did_names_it_and_its_line);
    tcase_add_test(tc, a_branch_ends_at_the_person_and_their_words);
    tcase_add_test(tc, what_a_storyline_read_before_it_acted_is_named_with_who_answered);
    tcase_add_test(tc, of_a_decision_it_is_told_what_the_team_had_read_and_what_not);
    tcase_add_test(tc, a_level_leads_to_the_service_that_was_hit_and_the_act_that_hit_it);
    tcase_add_test(tc, what_excon_released_leads_on_to_why_it_waited);
    tcase_add_test(tc, what_excon_sent_before_its_time_is_excons_and_not_the_schedules);
    tcase_add_test(tc, a_phase_that_excon_entered_is_excons_and_not_the_schedules);
    tcase_add_test(tc, what_nobody_did_leads_back_to_when_it_was_overdue);
    tcase_add_test(tc, a_ruling_leads_on_to_what_was_ruled_on);
    tcase_add_test(tc, every_chain_goes_back_and_ends);
    tcase_add_test(tc, what_was_never_sent_is_told_with_what_stopped_it);
    tcase_add_test(tc, an_inject_spreads_to_those_who_got_it_and_by_forwards);
    tcase_add_test(tc, what_nobody_opened_is_said_to_be_unread);
}

TOC_CHECK_MAIN("why", add_tests)
