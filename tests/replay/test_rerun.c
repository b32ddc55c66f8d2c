// SPDX-License-Identifier: MIT
// Re-execution of recorded exercises: the whole gives every line again; a torn end is completed with
// exactly the lines that are missing; whatever is altered, left out or put in between is found.

#include "check_main.h"
#include "recording.h"
#include "sampled.h"
#include "seed.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "rehearse/rerun.h"
#include "replays/verify.h"

enum { ENOUGH = 12 }; // a stride at which the shortest of them still have some lines to try

typedef struct {
    const char *scenario;
    int inputs;
    size_t stride; // every how manyeth line is cut or altered; under a sanitizer fewer
} subject;

// Short enough to be done again for each of their lines.
static const subject subjects[] = {
    {"tests/fixtures/relay", 60, 1},
    {"scenarios/silent-beams", 60, 6},
    {"tests/fixtures/deterministic", 60, 24},
    {"tests/fixtures/worldly", 60, 12},
    {"scenarios/cold-corridor", 60, 40},
};

static bool is_long(void)
{
    return getenv("TOC_LONG") != NULL;
}

static size_t stride_of(const subject *s)
{
    const size_t wider = sampled(s->stride) < ENOUGH ? sampled(s->stride) : ENOUGH;
    return is_long() ? (s->stride + 3) / 4 : s->stride < wider ? wider : s->stride;
}

// Feeds lines until one is refused: its seq, 0 if none was. The caller frees *out.
static size_t feed(const recording *r, char *const *bodies, size_t count, toc_rerun **out,
                   toc_err *err, toc_error *e)
{
    *out = toc_rerun_new(&r->header);
    *err = TOC_OK;
    for (size_t i = 0; i < count; i++) {
        *err = toc_rerun_line(*out, bodies[i], strlen(bodies[i]), e);
        if (*err)
            return i + 1;
    }
    return 0;
}

static toc_verdict verdict_of(const toc_buf *journal, const char *key)
{
    toc_verdict v;
    toc_error e = {0};
    TOC_OK_OR_FAIL(
        toc_verify(&v, journal->data, journal->len, &(toc_verify_options){.key = key}, &e), e);
    return v;
}

// The verdict on these bodies with a good chain; pem NULL: with the seals they have.
static toc_verdict verdict_on(const recording *r, char *const *bodies, size_t count,
                              const char *pem)
{
    toc_buf journal = {0};
    recording_write(r, bodies, count, pem, &journal);
    toc_verdict v = verdict_of(&journal, r->header.key);
    toc_buf_fini(&journal);
    return v;
}

static void must_be(toc_verdict v, toc_verdict_kind kind, const char *what)
{
    ck_assert_msg(v.kind == kind, "%.300s: the verdict is %s (line %lld: %s), not %s", what,
                  toc_verdict_name(v.kind), (long long)v.difference, v.what,
                  toc_verdict_name(kind));
    toc_verdict_fini(&v);
}

typedef void (*with_recording)(const subject *s, const recording *r, toc_random *random);

static void on_each(const char *what, with_recording f)
{
    toc_random random;
    seed_random(&random, what);
    for (int round = 0; round < (is_long() ? 2 : 1); round++)
        for (size_t i = 0; i < TOC_COUNT(subjects); i++) {
            recording r;
            uint64_t seed = toc_random_below(&random, 1000000);
            printf("%s: %s, seed %llu\n", what, subjects[i].scenario, (unsigned long long)seed);
            fflush(stdout);
            recording_make(&r, subjects[i].scenario, seed, subjects[i].inputs);
            f(&subjects[i], &r, &random);
            recording_fini(&r);
        }
}

// ---- whole and cut -------------------------------------------------------------------------------

static void run_whole(const subject *s, const recording *r, toc_random *random)
{
    (void)s;
    (void)random;
    toc_rerun *again;
    toc_err err;
    toc_error e = {0};
    toc_events missing = {0};
    size_t bad = feed(r, r->bodies, r->count, &again, &err, &e);
    ck_assert_msg(bad == 0, "%s\n%s\n%s", e.msg, toc_rerun_recorded(again),
                  toc_rerun_came_out(again));
    TOC_OK_OR_FAIL(toc_rerun_finish(again, &missing, &e), e);
    ck_assert_uint_eq(missing.count, 0);
    toc_rerun_count count = toc_rerun_counted(again);
    ck_assert_int_eq(count.lines, (int64_t)r->count);
    ck_assert_int_eq(count.next_seq, (int64_t)r->count + 1);
    ck_assert_int_eq(count.unknown, 0);
    ck_assert_int_gt(count.inputs, 10);
    ck_assert_int_gt(count.derived, 10);
    toc_rerun_free(again);
    toc_events_fini(&missing);
    must_be(verdict_on(r, r->bodies, r->count, r->private_pem), TOC_VERDICT_VERIFIED, "the whole");
}

START_TEST(a_recording_gives_every_line_again)
{
    on_each("whole", run_whole);
}
END_TEST

// How many lines must be missing after line seq: the rest of its step, and the instants that were due
// by the time of the line.
static size_t missing_after(const recording *r, size_t seq)
{
    const solo_step *step = recording_step(r, seq), *end = r->played.steps + r->played.step_count;
    if (!step)
        return 0;
    int64_t t = recording_event(r, seq)->t;
    size_t count = recording_first(r, step) + step->count - 1 - seq;
    for (step++; step < end && !step->is_input && step->t <= t; step++)
        count += step->count;
    return count;
}

static void cut_at(const recording *r, size_t seq)
{
    toc_rerun *again;
    toc_err err;
    toc_error e = {0};
    toc_events missing = {0};
    size_t bad = feed(r, r->bodies, seq, &again, &err, &e);
    ck_assert_msg(bad == 0, "%s\n%s\n%s", e.msg, toc_rerun_recorded(again),
                  toc_rerun_came_out(again));
    TOC_OK_OR_FAIL(toc_rerun_finish(again, &missing, &e), e);
    size_t expected = missing_after(r, seq);
    ck_assert_msg(missing.count == expected, "after %s: %zu lines are missing, not %zu",
                  r->bodies[seq - 1], missing.count, expected);
    for (size_t i = 0; i < missing.count; i++) {
        toc_buf body = {0};
        toc_event_body(&body, &missing.at[i]);
        ck_assert_str_eq(body.data, r->bodies[seq + i]);
        toc_buf_fini(&body);
    }
    toc_rerun_free(again);
    toc_events_fini(&missing);

    toc_verdict v = verdict_on(r, r->bodies, seq, r->private_pem);
    ck_assert_msg((expected > 0) == (strstr(v.what, "incomplete") != NULL), "%s", v.what);
    must_be(v, seq == r->count ? TOC_VERDICT_VERIFIED : TOC_VERDICT_OPEN, r->bodies[seq - 1]);
}

static void cut_everywhere(const subject *s, const recording *r, toc_random *random)
{
    size_t torn = 0, stride = stride_of(s);
    // Among the records nothing was played yet.
    for (size_t seq = 1; seq <= r->records.count; seq += stride)
        must_be(verdict_on(r, r->bodies, seq, r->private_pem), TOC_VERDICT_OPEN,
                r->bodies[seq - 1]);
    size_t first = r->records.count + 1 + (size_t)toc_random_below(random, stride);
    for (size_t seq = first; seq <= r->count; seq += stride) {
        torn += missing_after(r, seq) > 0;
        cut_at(r, seq);
    }
    ck_assert_uint_gt(torn, 0);
}

START_TEST(cut_after_any_line_exactly_the_torn_steps_lines_are_missing)
{
    on_each("cut", cut_everywhere);
}
END_TEST

static void cut_in_lines(const subject *s, const recording *r, toc_random *random)
{
    toc_buf journal = {0};
    recording_write(r, r->bodies, r->count, r->private_pem, &journal);
    const char *header_end = memchr(journal.data, '\n', journal.len);
    size_t header = (size_t)(header_end - journal.data) + 1;
    for (size_t n = 0; n < 200 / stride_of(s); n++) {
        toc_buf cut = journal;
        cut.len = header + (size_t)toc_random_below(random, journal.len - header);
        bool is_torn = journal.data[cut.len - 1] != '\n';
        must_be(verdict_of(&cut, NULL), is_torn ? TOC_VERDICT_TORN : TOC_VERDICT_OPEN, "cut");
    }
    toc_buf_fini(&journal);
}

START_TEST(cut_within_a_line_it_is_torn)
{
    on_each("torn", cut_in_lines);
}
END_TEST

// ---- altered -------------------------------------------------------------------------------------

static void alter_list(toc_event *ev, toc_field field, bool is_pairs)
{
    toc_event copy; // the setter frees what the list borrows
    toc_event_copy(&copy, ev);
    const toc_value *v = toc_event_value(&copy, field);
    size_t width = is_pairs ? 2 : 1;
    char **list = toc_alloc((v->count + 1) * width * sizeof *list), more[] = "zzz";
    for (size_t i = 0; i < (v->count + 1) * width; i++)
        list[i] = i < v->count * width ? v->list[i] : more;
    if (is_pairs)
        toc_event_set_pairs(ev, field, list, v->count + 1);
    else
        toc_event_set_list(ev, field, list, v->count + 1);
    toc_event_fini(&copy);
    free(list);
}

static void alter_value(toc_event *ev, size_t i)
{
    const toc_value *v = &ev->values[i];
    char *text;
    switch (toc_field_type(v->field)) {
    case TOC_TYPE_STR:
        text = toc_sprintf("%s%s", v->text, v->text[0] ? "" : "x");
        text[strlen(text) - 1] = text[strlen(text) - 1] == '.' ? '!' : '.';
        if (!toc_utf8_valid(text, strlen(text), NULL))
            strcpy(text, "?"); // it ended in a letter of several bytes
        toc_event_set_str(ev, v->field, text);
        free(text);
        break;
    case TOC_TYPE_INT:
    case TOC_TYPE_REF:
        toc_event_set_int(ev, v->field, v->number + 1);
        break;
    case TOC_TYPE_BOOL:
        toc_event_set_int(ev, v->field, false);
        break;
    case TOC_TYPE_LIST:
    case TOC_TYPE_PAIRS:
        alter_list(ev, v->field, toc_field_type(v->field) == TOC_TYPE_PAIRS);
        break;
    }
}

// The which-th alteration of a line: time, cause, then its fields, then a field more; NULL: no such.
static char *altered(const toc_event *original, size_t which)
{
    toc_event ev;
    toc_buf body = {0};
    toc_event_copy(&ev, original);
    bool is_any = true;
    if (which == 0) {
        ev.t++;
    } else if (which == 1) {
        ev.cause++;
    } else if (which - 2 < original->count) {
        alter_value(&ev, which - 2);
    } else {
        is_any = false; // and now a field that it may have and has not
        for (size_t i = 0; i < toc_kind_field_count(ev.kind) && !is_any; i++) {
            toc_field f = toc_kind_field(ev.kind, i);
            if (toc_field_type(f) != TOC_TYPE_STR || toc_event_has(&ev, f))
                continue;
            toc_event_set_str(&ev, f, "more");
            is_any = which - 2 == original->count;
            break;
        }
    }
    if (is_any)
        toc_event_body(&body, &ev);
    toc_event_fini(&ev);
    return is_any ? toc_buf_take(&body) : NULL;
}

static void alter_line(const recording *r, char **bodies, size_t seq, size_t which)
{
    char *kept = bodies[seq - 1], *other = altered(recording_event(r, seq), which);
    if (!other)
        return;
    ck_assert_str_ne(kept, other);
    bodies[seq - 1] = other;
    toc_rerun *again;
    toc_err err;
    toc_error e = {0};
    size_t bad = feed(r, bodies, r->count, &again, &err, &e);
    ck_assert_msg(err == TOC_EDIVERGED && bad == seq,
                  "line %zu: %s\nwas altered to %s\nand found at %zu: %s", seq, kept, other, bad,
                  e.msg);
    ck_assert_str_eq(toc_rerun_recorded(again), other);
    ck_assert_str_eq(toc_rerun_came_out(again), kept);
    toc_rerun_free(again);
    // A forger without the key, and one who has it.
    must_be(verdict_on(r, bodies, r->count, NULL), TOC_VERDICT_FORGED, other);
    toc_verdict v = verdict_on(r, bodies, r->count, r->private_pem);
    ck_assert_int_eq(v.difference, (int64_t)seq + 1);
    ck_assert_str_eq(v.recorded, other);
    ck_assert_str_eq(v.came_out, kept);
    must_be(v, TOC_VERDICT_DIVERGED, other);
    free(other);
    bodies[seq - 1] = kept;
}

// The bodies with the seals' signatures in them.
static char **signed_bodies(const recording *r)
{
    toc_buf journal = {0};
    size_t count;
    recording_write(r, r->bodies, r->count, r->private_pem, &journal);
    char **bodies = recording_split(&journal, &count);
    ck_assert_uint_eq(count, r->count);
    toc_buf_fini(&journal);
    return bodies;
}

static void alter_lines(const subject *s, const recording *r, toc_random *random)
{
    char **bodies = signed_bodies(r);
    size_t stride = stride_of(s), turn = (size_t)toc_random_below(random, stride), altered_count = 0;
    for (size_t seq = r->records.count + 1; seq <= r->count; seq++) {
        const toc_event *ev = recording_event(r, seq);
        if (toc_kind_class(ev->kind) != TOC_CLASS_DERIVED || turn++ % stride != 0)
            continue;
        for (size_t which = 0; which < ev->count + 3; which++)
            if (is_long() || toc_random_below(random, 4) == 0) {
                alter_line(r, bodies, seq, which);
                altered_count++;
            }
    }
    printf("altered %zu times\n", altered_count);
    ck_assert_uint_gt(altered_count, 0);
    recording_free_bodies(bodies, r->count);
}

START_TEST(any_altered_field_of_a_derived_line_is_found_at_that_line)
{
    on_each("altered", alter_lines);
}
END_TEST

// ---- left out ------------------------------------------------------------------------------------

static int64_t renumber(int64_t seq, size_t gone)
{
    return seq > (int64_t)gone ? seq - 1 : seq;
}

// The bodies without one line, as a careful forger would leave them: all numbers close up.
static char **without(const recording *r, char *const *bodies, size_t gone)
{
    char **out = toc_alloc(r->count * sizeof *out);
    size_t count = 0;
    for (size_t i = 0; i < r->count; i++) {
        if (i + 1 == gone)
            continue;
        toc_event ev;
        toc_error e = {0};
        toc_buf body = {0};
        char *json = toc_sprintf("%s}", bodies[i]);
        TOC_OK_OR_FAIL(toc_event_parse(&ev, json, strlen(json), &e), e);
        free(json);
        ev.seq = renumber(ev.seq, gone);
        ev.cause = renumber(ev.cause, gone);
        for (size_t f = 0; f < ev.count; f++)
            if (toc_field_type(ev.values[f].field) == TOC_TYPE_REF)
                ev.values[f].number = renumber(ev.values[f].number, gone);
        toc_event_body(&body, &ev);
        toc_event_fini(&ev);
        out[count++] = toc_buf_take(&body);
    }
    return out;
}

// Nothing shows what was due at the very time of a halt: that comes before the step that met the cap.
static bool is_before_halt(const recording *r, size_t seq)
{
    int64_t t = recording_event(r, seq)->t;
    for (seq++; seq <= r->count && recording_event(r, seq)->t == t; seq++)
        if (recording_event(r, seq)->kind == TOC_K_HALT)
            return true;
    return false;
}

static bool has_derived(const recording *r, size_t seq)
{
    const solo_step *step = recording_step(r, seq);
    return step && step->is_input && step->count > 1;
}

// Gives whether it was found.
static bool leave_out(const recording *r, char *const *bodies, size_t gone)
{
    toc_rerun *again;
    toc_err err;
    toc_error e = {0};
    // A hole in the numbers is found at once.
    char **rest = toc_alloc(r->count * sizeof *rest);
    memcpy(rest, bodies, (gone - 1) * sizeof *rest);
    memcpy(rest + gone - 1, bodies + gone, (r->count - gone) * sizeof *rest);
    size_t bad = feed(r, rest, r->count - 1, &again, &err, &e);
    toc_rerun_free(again);
    free(rest);
    if (gone < r->count)
        ck_assert_msg(err == TOC_EFORMAT && bad == gone, "%zu was left out and found at %zu: %s",
                      gone, bad, e.msg);

    char **closed = without(r, bodies, gone);
    bad = feed(r, closed, r->count - 1, &again, &err, &e);
    const toc_event *ev = recording_event(r, gone);
    bool is_derived = toc_kind_class(ev->kind) == TOC_CLASS_DERIVED;
    // Without a jump the same happens at the same times.
    if ((is_derived && !is_before_halt(r, gone)) ||
        (ev->kind != TOC_K_JUMP && has_derived(r, gone)))
        ck_assert_msg(err == TOC_EDIVERGED, "without %s: %d %s", bodies[gone - 1], err, e.msg);
    ck_assert_msg(!err || err == TOC_EDIVERGED, "without %s: %s", bodies[gone - 1], e.msg);
    toc_rerun_free(again);
    must_be(verdict_on(r, closed, r->count - 1, NULL), TOC_VERDICT_FORGED, bodies[gone - 1]);
    if (err)
        must_be(verdict_on(r, closed, r->count - 1, r->private_pem), TOC_VERDICT_DIVERGED,
                bodies[gone - 1]);
    recording_free_bodies(closed, r->count - 1);
    return err != TOC_OK;
}

static void leave_out_lines(const subject *s, const recording *r, toc_random *random)
{
    char **bodies = signed_bodies(r);
    size_t stride = stride_of(s), turn = (size_t)toc_random_below(random, stride);
    size_t tried = 0, found = 0;
    for (size_t seq = r->records.count + 1; seq < r->count - 1; seq++) {
        const toc_event *ev = recording_event(r, seq);
        toc_class class = toc_kind_class(ev->kind);
        if (class == TOC_CLASS_RECORD || turn++ % stride != 0)
            continue;
        tried++;
        found += leave_out(r, bodies, seq);
    }
    printf("left out %zu, %zu of them with a consequence\n", tried, found);
    ck_assert_uint_gt(found, 0);
    recording_free_bodies(bodies, r->count);
}

START_TEST(a_line_left_out_diverges_or_breaks_the_seals)
{
    on_each("left out", leave_out_lines);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, a_recording_gives_every_line_again);
    tcase_add_test(tc, cut_after_any_line_exactly_the_torn_steps_lines_are_missing);
    tcase_add_test(tc, cut_within_a_line_it_is_torn);
    tcase_add_test(tc, any_altered_field_of_a_derived_line_is_found_at_that_line);
    tcase_add_test(tc, a_line_left_out_diverges_or_breaks_the_seals);
}

TOC_CHECK_MAIN("rerun", add_tests)
