// SPDX-License-Identifier: MIT
// The review of a recording says what the exercise itself knows: at the end of random play, wherever it was cut off, and for
// what is written here by hand.

#include "replays/review.h"

#include <stdlib.h>
#include <string.h>

#include "acted.h"
#include "base/mem.h"
#include "check_main.h"
#include "poor_morning.h"
#include "recording.h"
#include "rehearse/rerun.h"
#include "replays/hours.h"
#include "seed.h"

static const char *const scenarios[] = {"tests/fixtures/relay", "tests/fixtures/worldly",
                                        "scenarios/first-light", "scenarios/silent-beams",
                                        "scenarios/cold-corridor"};

static toc_recording *read_bytes(const toc_buf *journal)
{
    toc_recording *r;
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_recording_read(&r, journal->data, journal->len, &e), e);
    return r;
}

static void same_text(const char *what, const char *id, const char *a, const char *b)
{
    bool is_same = a == b || (a && b && strcmp(a, b) == 0);
    ck_assert_msg(is_same, "%s: %s is \"%s\", to the exercise \"%s\"", id, what, a ? a : "(none)",
                  b ? b : "(none)");
}

static void same_number(const char *what, const char *id, int64_t a, int64_t b)
{
    ck_assert_msg(a == b, "%s: %s is %lld, to the exercise %lld", id, what, (long long)a,
                  (long long)b);
}

// ---- against the exercise's own views --------------------------------------------------------------

static void agree_on_injects(const toc_review *v, const toc_exercise *x)
{
    ck_assert_uint_eq(v->inject_count, toc_exercise_inject_count(x));
    for (size_t i = 0; i < v->inject_count; i++) {
        const toc_review_inject *row = &v->injects[i];
        const toc_inject_view known = toc_exercise_inject(x, i);
        const toc_inject *declared = toc_exercise_inject_row(x, i);
        same_text("its id", row->id, row->id, declared->id);
        same_text("its title", row->id, row->title, known.title);
        same_number("when it was sent", row->id, row->sent, known.sent);
        same_number("whether it is skipped", row->id, row->skipped_seq != 0,
                    known.state == TOC_INJECT_SKIPPED);
        same_number("its readers", row->id, (int64_t)row->read_count, (int64_t)known.readers);
        same_number("its acks", row->id, (int64_t)row->ack_count, (int64_t)known.acks);
        same_number("whether it is edited", row->id, row->edited_seq != 0, known.is_edited);
        same_number("whether it is moved", row->id, row->moved_seq != 0, known.is_moved);
        same_number("whether it is ad hoc", row->id, row->is_adhoc, known.is_adhoc);
        same_number("how many teams get it", row->id, (int64_t)row->to_count,
                    (int64_t)declared->to_count);
        bool is_by_itself = row->sent_by && strcmp(row->sent_by, "clock") == 0 && !row->moved_seq &&
                            !row->held_seq && !row->is_voice;
        if (is_by_itself)
            same_number("when it was planned", row->id, row->planned, row->sent);
    }
}

static void agree_on_decisions(const toc_review *v, const toc_exercise *x)
{
    ck_assert_uint_eq(v->decision_count, toc_exercise_plan(x)->decision_count);
    for (size_t i = 0; i < v->decision_count; i++) {
        const toc_review_decision *d = &v->decisions[i];
        const toc_decision_view known = toc_exercise_decision(x, i);
        const char *state = !d->ask_seq       ? "planned"
                            : d->is_overdue   ? "overdue"
                            : d->settled_seq  ? "decided"
                            : d->answered_seq ? "ruling"
                                              : "open";
        same_text("its state", d->id, state, known.state_name);
        bool is_open = known.state == TOC_DECISION_OPEN || known.state == TOC_DECISION_RULING;
        if (is_open)
            same_number("whether it is crossed", d->id, d->crossed_seq != 0, known.is_crossed);
        if (is_open && !known.is_crossed)
            same_number("its deadline", d->id, d->deadline, known.deadline);
        if (known.state == TOC_DECISION_PLANNED || known.state == TOC_DECISION_RULING)
            continue;
        same_text("the answer", d->id, d->option, known.option);
        same_text("its words", d->id, d->text, known.text);
        same_number("whether EXCON decided", d->id, d->is_for_team,
                    known.by && strcmp(known.by, "excon") == 0);
        if (!d->is_for_team) {
            same_text("who decided", d->id, d->by, known.by);
            same_text("the reason", d->id, d->reason, known.reason);
        }
    }
}

static void agree_on_actions(const toc_review *v, const toc_exercise *x)
{
    ck_assert_uint_eq(v->action_count, toc_exercise_plan(x)->expectation_count);
    for (size_t i = 0; i < v->action_count; i++) {
        const toc_expect_view known = toc_exercise_expectation(x, i);
        same_text("its state", v->actions[i].id, v->actions[i].state, known.state_name);
        same_text("what met it", v->actions[i].id, v->actions[i].by, known.by);
    }
}

static void agree_on_world(const toc_review *v, toc_exercise *x)
{
    const toc_plan *plan = toc_exercise_plan(x);
    ck_assert_uint_eq(v->service_count, plan->model.service_count);
    for (size_t i = 0; i < v->service_count; i++) {
        const toc_review_service *s = &v->services[i];
        same_number("its last level", s->id, s->last, toc_world_level(toc_exercise_world(x), i));
        same_number("the lost user-hours", s->id, s->lost, toc_query_lost_hours(x, i));
    }
    same_number("all lost user-hours", "the world", v->numbers.lost,
                toc_query_lost_hours(x, TOC_NONE));
}

static void agree(const toc_review *v, toc_exercise *x)
{
    ck_assert_ptr_nonnull(v->plan);
    agree_on_injects(v, x);
    agree_on_decisions(v, x);
    agree_on_actions(v, x);
    agree_on_world(v, x);
}

// Reckoned from levels, and by executing it again.
static void agree_on_hours(const toc_review *v, const toc_recording *r)
{
    toc_hours hours;
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_hours_of(&hours, r, &e), e);
    ck_assert_uint_eq(hours.count, v->service_count);
    for (size_t i = 0; i < hours.count; i++)
        same_number("the lost user-hours", v->services[i].id, v->services[i].lost, hours.lost[i]);
    ck_assert_int_eq(hours.total, v->numbers.lost);
    toc_hours_fini(&hours);
}

static size_t count_kind(const toc_recording *r, toc_kind kind)
{
    size_t count = 0;
    for (int64_t seq = 1; seq <= toc_recording_count(r); seq++)
        count += toc_recording_at(r, seq)->kind == kind;
    return count;
}

static void sums_agree(const toc_review *v, const toc_recording *r)
{
    const toc_review_numbers *n = &v->numbers;
    size_t talks = 0, letters = 0, answers = 0, answered = 0, overdue = 0;
    ck_assert_uint_eq(n->sent, count_kind(r, TOC_K_INJECT));
    ck_assert_uint_eq(n->sent + n->skipped + n->never_sent, v->inject_count);
    ck_assert_uint_eq(n->adhoc, count_kind(r, TOC_K_ADHOC));
    ck_assert_uint_eq(n->asked, n->decided + n->late + n->unanswered);
    ck_assert_uint_eq(v->note_count, count_kind(r, TOC_K_OBSERVE));
    for (size_t i = 0; i < v->decision_count; i++)
        overdue += v->decisions[i].is_overdue;
    ck_assert_uint_eq(overdue, count_kind(r, TOC_K_OVERDUE));
    for (size_t i = 0; i < v->talk_count; i++) {
        talks += v->talks[i].count;
        answers += v->talks[i].answered;
        ck_assert_uint_le(v->talks[i].answered, v->talks[i].count);
        ck_assert_int_eq(v->talks[i].median_answer >= 0, v->talks[i].answered > 0);
    }
    for (size_t i = 0; i < v->arrival_count; i++) {
        const toc_review_arrival *a = &v->arrivals[i];
        letters += !a->is_inject;
        answered += !a->is_inject && a->answered_seq;
        ck_assert_int_eq(a->read >= 0, a->read_seq != 0);
        ck_assert_msg(!a->read_seq || a->read >= a->arrived, "read before it came");
        ck_assert_msg(!a->acted_seq || a->acted >= a->read, "acted on before it was read");
    }
    ck_assert_uint_eq(talks, letters);
    ck_assert_uint_eq(answers, answered);
}

START_TEST(random_play_is_reviewed_as_the_exercise_knows_it)
{
    toc_random seeds;
    seed_random(&seeds, "review");
    const int rounds = getenv("TOC_LONG") ? 40 : 4;
    for (size_t i = 0; i < TOC_COUNT(scenarios); i++)
        for (int k = 0; k < rounds; k++) {
            recording played;
            toc_buf journal = {0};
            toc_review v;
            recording_make(&played, scenarios[i], toc_random_below(&seeds, 1u << 30), 250);
            recording_write(&played, played.bodies, played.count, played.private_pem, &journal);
            toc_recording *r = read_bytes(&journal);
            toc_review_of(&v, r);
            agree(&v, played.played.x);
            sums_agree(&v, r);
            agree_on_hours(&v, r);
            toc_review_end(&v);
            toc_recording_free(r);
            toc_buf_fini(&journal);
            recording_fini(&played);
        }
}
END_TEST

// At the border of any step, the exercise executed up to there knows the same.
START_TEST(a_recording_that_was_cut_off_is_reviewed_as_far_as_it_goes)
{
    toc_random seeds;
    seed_random(&seeds, "review-cut");
    for (size_t i = 0; i < TOC_COUNT(scenarios); i++) {
        recording played;
        recording_make(&played, scenarios[i], toc_random_below(&seeds, 1u << 30), 120);
        toc_rerun *rerun = toc_rerun_new(&played.header);
        size_t line = 0;
        for (size_t k = 0; k < played.played.step_count; k++) {
            const solo_step *step = &played.played.steps[k];
            toc_error e = {0};
            toc_buf journal = {0};
            toc_review v;
            for (size_t end = recording_first(&played, step) + step->count - 1; line < end; line++)
                TOC_OK_OR_FAIL(
                    toc_rerun_line(rerun, played.bodies[line], strlen(played.bodies[line]), &e), e);
            if (!getenv("TOC_LONG") && k % 9 != 0)
                continue;
            recording_write(&played, played.bodies, line, played.private_pem, &journal);
            toc_recording *r = read_bytes(&journal);
            toc_review_of(&v, r);
            agree(&v, toc_rerun_exercise(rerun));
            sums_agree(&v, r);
            toc_review_end(&v);
            toc_recording_free(r);
            toc_buf_fini(&journal);
        }
        toc_rerun_free(rerun);
        recording_fini(&played);
    }
}
END_TEST

// ---- by hand ------------------------------------------------------------------------------------------

typedef struct {
    acted a;
    toc_recording *r;
    toc_review v;
} reviewed;

static void review(reviewed *x)
{
    toc_buf journal = {0};
    acted_journal(&x->a, 0, &journal);
    x->r = read_bytes(&journal);
    toc_review_of(&x->v, x->r);
    toc_buf_fini(&journal);
    agree(&x->v, x->a.x);
    sums_agree(&x->v, x->r);
}

static void review_end(reviewed *x)
{
    toc_review_end(&x->v);
    toc_recording_free(x->r);
    acted_end(&x->a);
}

static const toc_review_inject *inject(const reviewed *x, const char *id)
{
    size_t i = toc_review_find_inject(&x->v, id);
    ck_assert_msg(i != TOC_NONE, "%s", id);
    return &x->v.injects[i];
}

static const toc_review_decision *decision(const reviewed *x, const char *id)
{
    size_t i = toc_review_find_decision(&x->v, id);
    ck_assert_msg(i != TOC_NONE, "%s", id);
    return &x->v.decisions[i];
}

static const toc_review_seat *seat(const reviewed *x, const char *id)
{
    for (size_t i = 0; i < x->v.seat_count; i++)
        if (strcmp(x->v.seats[i].id, id) == 0)
            return &x->v.seats[i];
    ck_abort_msg("%s", id);
}

static bool has(const int64_t *list, size_t count, int64_t seq)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == seq)
            return true;
    return false;
}

START_TEST(a_poor_morning_is_counted_as_it_was)
{
    reviewed x = {0};
    poor_morning(&x.a);
    review(&x);
    const toc_review_numbers *n = &x.v.numbers;
    ck_assert_uint_eq(n->asked, 3);
    ck_assert_uint_eq(n->decided, 2);
    ck_assert_uint_eq(n->late, 1);
    ck_assert_uint_eq(n->unanswered, 0);
    ck_assert_uint_eq(n->adhoc, 1);
    ck_assert_uint_eq(n->skipped, 1);
    ck_assert_int_eq(n->median_decide, 90000); // 2 min, 1 min
    ck_assert_str_eq(inject(&x, "INJ-02")->sent_by, "clock");
    ck_assert_str_eq(inject(&x, "INJ-03")->sent_by, "clock");
    ck_assert_int_eq(inject(&x, "INJ-03")->planned, 180000);
    ck_assert_str_eq(inject(&x, "INJ-12")->sent_by, "storyline");
    ck_assert_str_eq(inject(&x, "INJ-21")->sent_by, "contingency");
    ck_assert_str_eq(inject(&x, "INJ-21")->armed_by, "EXP-01");
    ck_assert_str_eq(inject(&x, "ADHOC-1")->sent_by, "excon-1");
    ck_assert_str_eq(inject(&x, "INJ-22")->armed_by, "EXP-02");
    ck_assert_str_eq(inject(&x, "INJ-22")->reason, "they are writing");
    ck_assert_int_eq(x.v.wall_ended != NULL, 1);
    review_end(&x);
}
END_TEST

START_TEST(what_a_team_had_opened_when_it_decided_is_told_from_what_it_had_not)
{
    reviewed x = {0};
    poor_morning(&x.a);
    review(&x);
    const toc_review_decision *d = decision(&x, "D-01");
    ck_assert_int_eq(has(d->read, d->read_count, inject(&x, "INJ-01")->sent_seq), 1);
    ck_assert_int_eq(has(d->unread, d->unread_count, inject(&x, "INJ-02")->sent_seq), 1);
    ck_assert_uint_eq(d->unread_count, 2); // and the ferry's question
    ck_assert_uint_eq(d->read_count, 1);
    ck_assert_str_eq(d->reason, "the boat must sail");
    ck_assert_str_eq(d->by, "watch-1");
    const toc_review_decision *late = decision(&x, "D-03");
    ck_assert_int_eq(late->is_overdue, 1);
    ck_assert_int_eq(late->late, 810000);
    ck_assert_str_eq(late->late_by, "watch-1");
    review_end(&x);
}
END_TEST

START_TEST(questions_are_answered_by_those_who_were_asked)
{
    reviewed x = {0};
    poor_morning(&x.a);
    review(&x);
    ck_assert_uint_eq(x.v.rfi_count, 2);
    ck_assert_str_eq(x.v.rfis[0].to[0], "watch");
    ck_assert_int_eq(x.v.rfis[0].answered_seq, 0);
    ck_assert_str_eq(x.v.rfis[1].answered_by, "radio");
    ck_assert_int_eq(x.v.rfis[1].answered - x.v.rfis[1].t, 30000);
    for (size_t i = 0; i < x.v.talk_count; i++) {
        const toc_review_talk *t = &x.v.talks[i];
        bool is_answered = strcmp(t->from, "ferry") == 0 && strcmp(t->to, "radio") == 0;
        ck_assert_uint_eq(t->answered, is_answered);
    }
    review_end(&x);
}
END_TEST

START_TEST(pauses_have_the_length_of_the_wall_and_seats_their_gaps)
{
    reviewed x = {0};
    poor_morning(&x.a);
    review(&x);
    ck_assert_uint_eq(x.v.pause_count, 1);
    ck_assert_int_eq(x.v.pauses[0].wall_ms, 240000);
    ck_assert_int_eq(x.v.pauses[0].from, 330000);
    ck_assert_int_eq(x.v.pauses[0].until, 330000);
    ck_assert_str_eq(x.v.pauses[0].reason, "fire alarm test next door");
    const toc_review_seat *ferry = seat(&x, "ferry-1");
    ck_assert_str_eq(ferry->name, "K. Aune");
    ck_assert_uint_eq(ferry->gaps, 1);
    ck_assert_int_eq(ferry->away, 40000);
    ck_assert_int_eq(ferry->left, -1);
    ck_assert_uint_eq(ferry->acts, 3);
    ck_assert_ptr_null(seat(&x, "excon-1")->team);
    review_end(&x);
}
END_TEST

// The newest of a person, and everybody's own.
START_TEST(ratings_of_several_stand_side_by_side)
{
    reviewed x = {0};
    poor_morning(&x.a);
    review(&x);
    ck_assert_uint_eq(x.v.rating_count, 3);
    ck_assert_str_eq(x.v.ratings[0].rating, "U");
    ck_assert_str_eq(x.v.ratings[1].rating, "M");
    ck_assert_str_eq(x.v.ratings[2].rating, "P");
    ck_assert_str_eq(x.v.ratings[2].text, "Quick, and they stood by it.");
    ck_assert_uint_eq(x.v.note_count, 1);
    ck_assert_int_eq(x.v.notes[0].about, inject(&x, "INJ-02")->sent_seq);
    ck_assert_str_eq(x.v.notes[0].objective, "OBJ-1");
    ck_assert_int_eq(x.v.notes[0].occurred, 140000);
    review_end(&x);
}
END_TEST

START_TEST(who_decided_for_a_team_and_why_stands_in_the_input)
{
    reviewed x = {0};
    acted_begin(&x.a, "scenarios/first-light");
    acted_put(&x.a, "T+0", "engine", "open-seat", "seat", "excon-1", NULL);
    acted_put(&x.a, "T+0", "excon-1", "start", NULL);
    acted_put(&x.a, "T+0:05", "excon-1", "extend", "decision", "D-01", "until", "600000", NULL);
    acted_put(&x.a, "T+0:06", "excon-1", "decide", "decision", "D-01", "option", "ramp", "reason",
              "nobody is there", NULL);
    acted_put(&x.a, "T+0:08", "ferry-1", "decide", "decision", "D-02", "option", "other", "text",
              "We call the helicopter", "reason", "she must cross", NULL);
    acted_put(&x.a, "T+0:09", "excon-1", "rule", "decision", "D-02", "ruling", "south", "reason",
              "there is none", NULL);
    acted_put(&x.a, "T+0:10", "excon-1", "end", NULL);
    review(&x);
    const toc_review_decision *d = decision(&x, "D-01"), *own = decision(&x, "D-02");
    ck_assert_int_eq(d->is_for_team, 1);
    ck_assert_str_eq(d->by, "excon-1");
    ck_assert_str_eq(d->reason, "nobody is there");
    ck_assert_int_eq(d->first_deadline, 420000);
    ck_assert_int_eq(d->deadline, 600000);
    ck_assert_uint_eq(d->extended_count, 1);
    ck_assert_int_eq(own->is_own, 1);
    ck_assert_str_eq(own->option, "south");
    ck_assert_str_eq(own->text, "We call the helicopter");
    ck_assert_str_eq(own->by, "ferry-1");
    ck_assert_str_eq(own->ruling_by, "excon-1");
    ck_assert_str_eq(own->ruling_reason, "there is none");
    ck_assert_int_eq(own->answered, 480000);
    ck_assert_int_eq(own->settled, 540000);
    ck_assert_uint_eq(x.v.numbers.decided, 2);
    ck_assert_uint_eq(x.v.numbers.decided_for, 1);
    ck_assert_uint_eq(x.v.numbers.unanswered, 1);
    review_end(&x);
}
END_TEST

START_TEST(whose_time_passed_in_a_jump_was_jumped_over)
{
    reviewed x = {0};
    acted_begin(&x.a, "scenarios/first-light");
    acted_put(&x.a, "T+0", "engine", "open-seat", "seat", "excon-1", NULL);
    acted_put(&x.a, "T+0", "excon-1", "start", NULL);
    int64_t jump = acted_put(&x.a, "T+0:02:30", "excon-1", "jump", "until", "480000", NULL);
    acted_put(&x.a, "T+0:14", "excon-1", "mark-action", "expectation", "EXP-01", "state", "late",
              "text", "by word of mouth", NULL);
    acted_put(&x.a, "T+0:14", "excon-1", "end", NULL);
    review(&x);
    ck_assert_int_eq(decision(&x, "D-01")->jumped_seq, jump);
    ck_assert_int_eq(decision(&x, "D-01")->is_overdue, 1);
    ck_assert_int_eq(decision(&x, "D-01")->asked, 180000);
    ck_assert_int_eq(decision(&x, "D-01")->since, 480000); // nobody could know of it earlier
    ck_assert_int_eq(decision(&x, "D-02")->jumped_seq, 0);
    ck_assert_int_eq(decision(&x, "D-02")->is_overdue, 1);
    const toc_review_action *a = &x.v.actions[toc_review_find_action(&x.v, "EXP-01")];
    ck_assert_int_eq(a->jumped_seq, jump);
    ck_assert_str_eq(a->state, "late");
    ck_assert_int_eq(a->is_marked, 1);
    ck_assert_str_eq(a->mark_text, "by word of mouth");
    ck_assert_int_eq(a->late, -1); // a mark does not say by how much
    review_end(&x);
}
END_TEST

// What was put to a team, no controller answers for it; what was put to a party, any does.
START_TEST(a_controller_answers_for_parties_alone)
{
    reviewed x = {0};
    acted_begin(&x.a, "scenarios/first-light");
    acted_put(&x.a, "T+0", "engine", "open-seat", "seat", "excon-1", NULL);
    acted_put(&x.a, "T+0", "excon-1", "start", NULL);
    acted_put(&x.a, "T+0:01", "ferry-1", "say", "to", "watch,radio", "rfi", "1", "text", "What?",
              NULL);
    acted_put(&x.a, "T+0:02", "excon-1", "say", "to", "ferry", "re", "message", "text", "Wait.",
              NULL);
    review(&x);
    for (size_t i = 0; i < x.v.arrival_count; i++) {
        const toc_review_arrival *a = &x.v.arrivals[i];
        bool is_answered =
            strcmp(a->from ? a->from : "", "ferry") == 0 && strcmp(a->to, "radio") == 0;
        ck_assert_int_eq(a->answered_seq != 0, is_answered);
    }
    ck_assert_str_eq(x.v.rfis[0].answered_by, "excon");
    review_end(&x);
}
END_TEST

// Its last line stands before the time to which it jumped.
START_TEST(a_recording_may_end_with_a_jump)
{
    reviewed x = {0};
    acted_begin(&x.a, "scenarios/first-light");
    acted_put(&x.a, "T+0", "engine", "open-seat", "seat", "excon-1", NULL);
    acted_put(&x.a, "T+0", "excon-1", "start", NULL);
    acted_put(&x.a, "T+0:02:30", "excon-1", "jump", "until", "530000", NULL);
    review(&x);
    ck_assert_int_gt(x.v.numbers.lost, 0);
    review_end(&x);
}
END_TEST

START_TEST(a_real_emergency_and_a_restart_are_pauses_of_their_own)
{
    reviewed x = {0};
    acted_begin(&x.a, "scenarios/first-light");
    acted_put(&x.a, "T+0", "engine", "open-seat", "seat", "excon-1", NULL);
    acted_put(&x.a, "T+0", "excon-1", "start", NULL);
    acted_put(&x.a, "T+0:01", "excon-1", "pause", NULL);
    x.a.wall += 10000;
    acted_put(&x.a, "T+0:01", "watch-1", "emergency", "text", "somebody fainted", NULL);
    x.a.wall += 60000;
    acted_put(&x.a, "T+0:01", "excon-1", "resume", NULL);
    acted_put(&x.a, "T+0:02", "watch-1", "read", "item", "INJ-01", NULL);
    x.a.wall += 30000;
    acted_put(&x.a, "T+0:02", "engine", "resumed", NULL);
    x.a.wall += 5000;
    acted_put(&x.a, "T+0:02", "excon-1", "end", NULL);
    review(&x);
    ck_assert_uint_eq(x.v.pause_count, 3);
    ck_assert_int_eq(x.v.pauses[0].wall_ms, 10000);
    ck_assert_int_eq(x.v.pauses[1].is_emergency, 1);
    ck_assert_int_eq(x.v.pauses[1].wall_ms, 60000);
    ck_assert_str_eq(x.v.pauses[1].reason, "somebody fainted");
    ck_assert_int_eq(x.v.pauses[2].is_restart, 1);
    ck_assert_int_eq(x.v.pauses[2].wall_ms, 35000); // since its last line
    ck_assert_int_eq(x.v.pauses[2].until_seq, 0);
    review_end(&x);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, random_play_is_reviewed_as_the_exercise_knows_it);
    tcase_add_test(tc, a_poor_morning_is_counted_as_it_was);
    tcase_add_test(tc, what_a_team_had_opened_when_it_decided_is_told_from_what_it_had_not);
    tcase_add_test(tc, questions_are_answered_by_those_who_were_asked);
    tcase_add_test(tc, pauses_have_the_length_of_the_wall_and_seats_their_gaps);
    tcase_add_test(tc, ratings_of_several_stand_side_by_side);
    tcase_add_test(tc, who_decided_for_a_team_and_why_stands_in_the_input);
    tcase_add_test(tc, whose_time_passed_in_a_jump_was_jumped_over);
    tcase_add_test(tc, a_controller_answers_for_parties_alone);
    tcase_add_test(tc, a_recording_may_end_with_a_jump);
    tcase_add_test(tc, a_real_emergency_and_a_restart_are_pauses_of_their_own);
    tcase_add_test(tc, a_recording_that_was_cut_off_is_reviewed_as_far_as_it_goes);
}

TOC_CHECK_MAIN("review", add_tests)
