// SPDX-License-Identifier: MIT
// Everything that can be done to a recording is found, and the line is named: the one that holds the first byte that is not what it
// was. A newline belongs to the line that it ends; a line too many is named where it stands; where lines are gone, the first
// behind them is. A chain that was made anew shows no such line: there the first seal behind it that no longer holds is named,
// or the line that executes differently.
//
// What is lost and what is damaged is told apart by the later lines: a bad line i is damage if one of them says, in its d, that i was
// on the disk.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "damage.h"
#include "grown.h"
#include "record/journal.h"
#include "replays/verify.h"
#include "seed.h"
#include "tally.h"

#define SHORT   200
#define LONG    2000
#define FLIPS   5000
#define SAMPLES 200
#define SEALS   40 // lines between seals

static const char scenario[] =
    "exercise \"drill\" { title = \"Drill\", startex = \"2026-03-01 06:00Z\", length = \"1h\" }\n"
    "team \"ops\" { name = \"Operations\", seats = 1 }\n"
    "team \"press\" { name = \"Press\", seats = 1 }\n"
    "inject \"INJ-1\" { at = \"T+5m\", to = \"ops\", title = \"Smoke\", text = \"It burns.\" }\n"
    "decision \"D-1\" { to = \"ops\", within = \"5m\", title = \"Close?\",\n"
    "  options = { { \"yes\", \"Close\" }, { \"no\", \"Stay\" } }, default = \"no\" }\n"
    "storyline \"the fire\" (function ()\n"
    "  wait \"10m\"\n"
    "  local d = ask \"D-1\"\n"
    "  note(\"they said \" .. d.option)\n"
    "end)\n";

static void subject_make(damage_subject *s, recording *r, size_t lines)
{
    toc_files *files = toc_files_new();
    toc_files_add(files, "scenario.lua", scenario, strlen(scenario));
    grown_make_files(r, files, lines, SEALS);
    damage_subject_make(s, r);
}

static void subject_fini(damage_subject *s, recording *r)
{
    damage_subject_fini(s);
    recording_fini(r);
}

static toc_chain_report scan(const toc_buf *bytes)
{
    toc_chain_report report;
    toc_chain_scan(toc_buf_text(bytes), bytes->len, &report, NULL, NULL);
    return report;
}

// ---- the chain -----------------------------------------------------------------------------------

START_TEST(cut_at_every_byte_the_whole_lines_before_are_good_and_the_rest_is_torn)
{
    recording r;
    damage_subject s;
    subject_make(&s, &r, SHORT);
    size_t line = 0; // whole ones before the cut
    for (size_t len = 0; len <= s.bytes.len; len++) {
        toc_chain_report report;
        if (len > 0 && s.bytes.data[len - 1] == '\n')
            line++;
        toc_chain_scan(s.bytes.data, len, &report, NULL, NULL);
        bool is_whole = len > 0 && s.bytes.data[len - 1] == '\n';
        ck_assert_int_eq(report.state, is_whole ? TOC_CHAIN_WHOLE : TOC_CHAIN_TORN);
        ck_assert_int_eq(report.lines, (int64_t)line);
        ck_assert_int_eq(report.bad_line, is_whole ? 0 : (int64_t)line + 1);
    }
    tally("recordings cut off at every byte", s.bytes.len + 1, 0);
    ck_assert_uint_eq(line, s.count);
    subject_fini(&s, &r);
}
END_TEST

// Does a line behind the bad one, or behind the next to it, say that it was on the disk?
static bool is_witnessed(const damage_subject *s, size_t bad, size_t behind)
{
    for (size_t i = bad + behind; i < s->count; i++)
        if (s->lines[i].d >= (int64_t)bad)
            return true;
    return false;
}

START_TEST(a_flipped_bit_is_found_in_its_line)
{
    recording r;
    damage_subject s;
    toc_random random;
    seed_random(&random, "flip");
    subject_make(&s, &r, LONG);
    for (int i = 0; i < FLIPS; i++) {
        damage d;
        damage_make(&d, DAMAGE_FLIP, &s, &random);
        toc_chain_report report = scan(&d.bytes);
        ck_assert_msg(report.state != TOC_CHAIN_WHOLE, "%s passes", d.what);
        ck_assert_msg(report.bad_line == (int64_t)d.line, "%s: line %lld is named", d.what,
                      (long long)report.bad_line);
        // Whether the next line counts may hang on the one that was hit.
        if (is_witnessed(&s, d.line - 1, 2))
            ck_assert_msg(report.state == TOC_CHAIN_DAMAGED, "%s: torn, not damaged", d.what);
        damage_fini(&d);
    }
    tally("recordings with a flipped bit: the line is named", FLIPS, 0);
    subject_fini(&s, &r);
}
END_TEST

START_TEST(lines_left_out_moved_and_doubled_are_found_where_they_stand)
{
    static const damage_kind kinds[] = {DAMAGE_DROP, DAMAGE_SWAP, DAMAGE_DUPLICATE};
    recording r;
    damage_subject s;
    toc_random random;
    seed_random(&random, "lines");
    subject_make(&s, &r, SHORT);
    unsigned tried = 0;
    for (; tried < 1500; tried++) {
        damage d;
        damage_make(&d, kinds[tried % 3], &s, &random);
        toc_chain_report report = scan(&d.bytes);
        bool is_last = d.line > s.count - (d.kind == DAMAGE_DROP);
        if (is_last && d.kind == DAMAGE_DROP) // the last line: nothing behind it can tell
            ck_assert_msg(report.state == TOC_CHAIN_WHOLE && report.lines + 1 == (int64_t)s.count,
                          "%s", d.what);
        else
            ck_assert_msg(report.state != TOC_CHAIN_WHOLE && report.bad_line == (int64_t)d.line,
                          "%s: line %lld is named", d.what, (long long)report.bad_line);
        damage_fini(&d);
    }
    tally("recordings with lines left out, moved, doubled", tried, 0);
    subject_fini(&s, &r);
}
END_TEST

START_TEST(a_chain_made_anew_is_whole_so_that_only_seals_and_execution_tell)
{
    recording r;
    damage_subject s;
    toc_random random;
    seed_random(&random, "rehash");
    subject_make(&s, &r, SHORT);
    for (int i = 0; i < 200; i++) {
        damage d;
        damage_make(&d, i % 2 ? DAMAGE_REHASH : DAMAGE_RESEAL, &s, &random);
        ck_assert_msg(scan(&d.bytes).state == TOC_CHAIN_WHOLE, "%s", d.what);
        damage_fini(&d);
    }
    subject_fini(&s, &r);
}
END_TEST

// ---- the verdict ---------------------------------------------------------------------------------

static toc_verdict verdict_of(const toc_buf *bytes, const char *key)
{
    toc_verdict v;
    toc_error e = {0};
    TOC_OK_OR_FAIL(
        toc_verify(&v, toc_buf_text(bytes), bytes->len, &(toc_verify_options){.key = key}, &e), e);
    return v;
}

static size_t seal_from(const damage_subject *s, size_t line)
{
    while (line < s->count && !strstr(s->r->bodies[line - 1], "\"k\":\"seal\""))
        line++;
    return line;
}

// Every text of every verdict is made, so that the sanitizers see it.
static void speak(const toc_verdict *v)
{
    toc_buf text = {0}, json = {0};
    toc_verdict_text(&text, v);
    toc_verdict_json(&json, v);
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&text), "not proven:\n"));
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&json), "\"not_proven\":["));
    toc_buf_fini(&text);
    toc_buf_fini(&json);
}

static void judge(const damage_subject *s, const damage *d)
{
    toc_verdict v = verdict_of(&d->bytes, s->r->header.key);
    ck_assert_msg(v.kind != TOC_VERDICT_VERIFIED, "%s passes against the ticket's key", d->what);
    const char *name = toc_verdict_name(v.kind);
    int64_t line = (int64_t)d->line;
    size_t seal;
    switch (d->kind) {
    case DAMAGE_CUT:
        ck_assert_msg(v.kind == TOC_VERDICT_OPEN ||
                          (v.kind == TOC_VERDICT_TORN && v.difference == line),
                      "%s: %s, line %lld", d->what, name, (long long)v.difference);
        break;
    case DAMAGE_REHASH:
        // The first seal over the altered line. That may be the altered line itself if it is a seal, whose signature was
        // altered, or else it is the next one. The last seal is found by its time; with another name it closes nothing, or
        // cannot be executed.
        seal = seal_from(s, d->line - 1);
        if (seal == d->line - 1 && v.difference > line)
            seal = seal_from(s, d->line);
        ck_assert_msg((v.kind == TOC_VERDICT_FORGED && v.difference == (int64_t)seal + 1) ||
                          (v.kind == TOC_VERDICT_OPEN && line == (int64_t)s->count) ||
                          (v.kind == TOC_VERDICT_DIVERGED && line == (int64_t)s->count &&
                           v.difference == line),
                      "%s: %s, line %lld (%s), seal %zu", d->what, name, (long long)v.difference,
                      v.what, seal + 1);
        break;
    case DAMAGE_RESEAL:
    case DAMAGE_TAKE:
        ck_assert_msg(v.kind == TOC_VERDICT_FORGED && v.difference == 1, "%s: %s", d->what, name);
        break;
    default:
        if (d->kind == DAMAGE_DROP && v.kind == TOC_VERDICT_OPEN)
            ck_assert_uint_eq(d->line, s->count); // the last seal
        else
            ck_assert_msg((v.kind == TOC_VERDICT_DAMAGED || v.kind == TOC_VERDICT_TORN) &&
                              v.difference == line,
                          "%s: %s, line %lld", d->what, name, (long long)v.difference);
        break;
    }
    speak(&v);
    toc_verdict_fini(&v);
}

START_TEST(nothing_that_was_altered_passes_against_the_tickets_key_and_the_line_is_named)
{
    recording r;
    damage_subject s;
    toc_random random;
    seed_random(&random, "verdict");
    subject_make(&s, &r, SHORT);
    toc_verdict v = verdict_of(&s.bytes, r.header.key);
    ck_assert_msg(v.kind == TOC_VERDICT_VERIFIED, "%s: %s", toc_verdict_name(v.kind), v.what);
    toc_verdict_fini(&v);
    for (int i = 0; i < SAMPLES; i++) {
        damage d;
        damage_make(&d, (damage_kind)(i % DAMAGE_KINDS), &s, &random);
        // A header that is cut or hit may not be one any more: that it is no journal is said, too.
        bool has_header = d.line > 1 || d.kind == DAMAGE_RESEAL || d.kind == DAMAGE_TAKE;
        toc_error e = {0};
        if (has_header || toc_verify(&v, toc_buf_text(&d.bytes), d.bytes.len,
                                     &(toc_verify_options){.key = r.header.key}, &e) == TOC_OK) {
            if (!has_header)
                toc_verdict_fini(&v);
            judge(&s, &d);
        }
        damage_fini(&d);
    }
    tally("altered recordings against the ticket's key: none verifies", SAMPLES, 0);
    subject_fini(&s, &r);
}
END_TEST

// Who makes everything anew with a key of their own is found by whoever compares it; without that, execution finds what was altered,
// unless it is what a person said: there they are only consistent with themselves.
START_TEST(a_wholly_forged_recording_is_never_called_the_runs_own)
{
    recording r;
    damage_subject s;
    toc_random random;
    unsigned tried = 0;
    int diverged = 0;
    seed_random(&random, "forged");
    subject_make(&s, &r, SHORT);
    for (; tried < 60; tried++) {
        damage d;
        damage_make(&d, tried % 10 ? DAMAGE_RESEAL : DAMAGE_TAKE, &s, &random);
        toc_verdict v = verdict_of(&d.bytes, NULL);
        toc_buf text = {0};
        toc_verdict_json(&text, &v);
        diverged += v.kind == TOC_VERDICT_DIVERGED;
        ck_assert_msg(v.kind != TOC_VERDICT_VERIFIED ||
                          strstr(text.data, "was not compared with a ticket's"),
                      "%s", text.data);
        ck_assert_ptr_null(strstr(text.data, "run's own, complete"));
        if (v.kind == TOC_VERDICT_DIVERGED)
            speak(&v);
        toc_buf_fini(&text);
        toc_verdict_fini(&v);
        damage_fini(&d);
    }
    tally("recordings forged as a whole: none is called the run's own", tried, 0);
    ck_assert_int_gt(diverged, 20);
    subject_fini(&s, &r);
}
END_TEST

static void must_be_forged(const toc_buf *bytes, int64_t line, const toc_verify_options *given)
{
    toc_verdict v;
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_verify(&v, toc_buf_text(bytes), bytes->len, given, &e), e);
    ck_assert_msg(v.kind == TOC_VERDICT_FORGED && v.difference == line, "%s",
                  toc_verdict_name(v.kind));
    toc_verdict_fini(&v);
}

START_TEST(the_time_of_the_last_seal_is_that_of_the_line_before_it_or_somebody_altered_it)
{
    static const int64_t steps[] = {-1, 1, 36000000};
    recording r;
    damage_subject s;
    subject_make(&s, &r, SHORT);
    char *last = r.bodies[r.count - 1], *t = strstr(last, "\"t\":");
    ck_assert(strstr(last, "\"k\":\"seal\"") && t);
    char *rest = t + strlen("\"t\":");
    const int64_t was = strtoll(rest, &rest, 10);
    char hash[TOC_HASH_HEX + 1] = "";
    memcpy(hash, s.lines[s.count - 1].hash, TOC_HASH_HEX);
    const char *const receipt = hash;
    for (size_t i = 0; i < TOC_COUNT(steps); i++) {
        toc_buf bytes = {0};
        r.bodies[r.count - 1] = toc_sprintf("%.*s\"t\":%lld%s", (int)(t - last), last,
                                            (long long)(was + steps[i]), rest);
        recording_write(&r, r.bodies, r.count, r.private_pem, &bytes);
        must_be_forged(&bytes, (int64_t)s.count, &(toc_verify_options){.key = r.header.key});
        // The receipt of the line that stood there, and without the key, and with a torn line behind it.
        must_be_forged(
            &bytes, (int64_t)s.count,
            &(toc_verify_options){.key = r.header.key, .receipts = &receipt, .receipt_count = 1});
        must_be_forged(&bytes, (int64_t)s.count,
                       &(toc_verify_options){.receipts = &receipt, .receipt_count = 1});
        toc_buf_str(&bytes, "{\"seq\":");
        must_be_forged(&bytes, (int64_t)s.count, &(toc_verify_options){.key = r.header.key});
        toc_buf_fini(&bytes);
        free(r.bodies[r.count - 1]);
    }
    r.bodies[r.count - 1] = last;
    subject_fini(&s, &r);
}
END_TEST

// ---- what it says --------------------------------------------------------------------------------

static void must_say(const toc_verdict *v, const char *words)
{
    toc_buf text = {0};
    toc_verdict_text(&text, v);
    ck_assert_msg(strstr(text.data, words) != NULL, "wanted \"%s\":\n%s", words, text.data);
    toc_buf_fini(&text);
}

static void must_not_say(const toc_verdict *v, const char *words)
{
    toc_buf text = {0};
    toc_verdict_text(&text, v);
    ck_assert_msg(strstr(text.data, words) == NULL, "not wanted \"%s\":\n%s", words, text.data);
    toc_buf_fini(&text);
}

static size_t line_with(const recording *r, const char *words)
{
    size_t line = 0;
    while (line < r->count && !strstr(r->bodies[line], words))
        line++;
    ck_assert_uint_lt(line, r->count);
    return line + 2; // of the file: behind the header
}

START_TEST(a_line_that_differs_is_told_with_both_sides_its_field_and_what_it_follows_from)
{
    recording r;
    damage_subject s;
    toc_buf bytes = {0};
    subject_make(&s, &r, SHORT);
    size_t line = line_with(&r, "\"k\":\"overdue\"");
    char *body = strstr(r.bodies[line - 2], "\"option\":\"no\"");
    ck_assert_ptr_nonnull(body);
    memcpy(body, "\"option\":\"on\"", 13);
    recording_write(&r, r.bodies, r.count, r.private_pem, &bytes);

    toc_verdict v = verdict_of(&bytes, NULL);
    ck_assert_int_eq(v.kind, TOC_VERDICT_DIVERGED);
    ck_assert_int_eq(v.difference, (int64_t)line);
    ck_assert_str_eq(v.told.field, "option");
    ck_assert_str_eq(v.told.about, "T+0:15:00 overdue D-1");
    ck_assert_int_eq(v.told.cause, (int64_t)line_with(&r, "\"k\":\"ask\""));
    ck_assert_str_eq(v.told.cause_about, "ask D-1");
    ck_assert_int_eq(v.told.root, (int64_t)line_with(&r, "\"k\":\"start\""));
    ck_assert_str_eq(v.told.root_about, "start by excon-1");
    ck_assert_ptr_nonnull(strstr(v.told.recorded, "on"));
    ck_assert_str_ne(v.told.recorded, v.told.came_out);
    must_say(&v, ">>\"option\":\"on\"<<");
    must_say(&v, ">>\"option\":\"no\"<<");
    must_say(&v, "Somebody");
    toc_verdict_fini(&v);
    // What the run's own key sealed, nobody altered afterwards.
    v = verdict_of(&bytes, r.header.key);
    must_say(&v, "is at fault");
    must_not_say(&v, "Somebody");
    toc_verdict_fini(&v);
    toc_buf_fini(&bytes);
    subject_fini(&s, &r);
}
END_TEST

START_TEST(of_other_semantics_nothing_is_executed_and_a_torn_end_stays_torn)
{
    recording r;
    damage_subject s;
    toc_buf bytes = {0};
    subject_make(&s, &r, SHORT);
    r.header.semantics = TOC_SEMANTICS + 1;
    recording_write(&r, r.bodies, r.count, r.private_pem, &bytes);
    toc_verdict v = verdict_of(&bytes, r.header.key);
    ck_assert_int_eq(v.kind, TOC_VERDICT_NOT_RERUN);
    must_say(&v, "another generation");
    must_not_say(&v, "Executed again");
    toc_verdict_fini(&v);
    bytes.len -= 10;
    v = verdict_of(&bytes, r.header.key);
    ck_assert_int_eq(v.kind, TOC_VERDICT_TORN);
    ck_assert_int_eq(v.torn_lines, 1);
    must_say(&v, "its last line");
    must_not_say(&v, "Executed again");
    toc_verdict_fini(&v);
    toc_buf_fini(&bytes);
    subject_fini(&s, &r);
}
END_TEST

// Of a recording whose end the run's own key sealed nothing can be gone: only without that key, or that end, may it be.
START_TEST(a_receipt_of_no_line_is_foreign_to_a_sealed_end_and_shows_a_gap_anywhere_else)
{
    recording r;
    damage_subject s;
    toc_buf bytes = {0};
    toc_error e = {0};
    char none[TOC_HASH_HEX + 1];
    const char *const receipts[] = {none};
    subject_make(&s, &r, SHORT);
    memset(none, 'a', TOC_HASH_HEX);
    none[TOC_HASH_HEX] = '\0';
    recording_write(&r, r.bodies, r.count - 4, r.private_pem, &bytes);
    const struct {
        const toc_buf *bytes;
        const char *key;
        toc_verdict_kind kind;
    } cases[] = {{&s.bytes, r.header.key, TOC_VERDICT_STRANGER},
                 {&s.bytes, NULL, TOC_VERDICT_TRUNCATED},
                 {&bytes, r.header.key, TOC_VERDICT_TRUNCATED}};
    for (size_t i = 0; i < TOC_COUNT(cases); i++) {
        const toc_verify_options wanted = {
            .key = cases[i].key, .receipts = receipts, .receipt_count = 1};
        toc_verdict v;
        TOC_OK_OR_FAIL(toc_verify(&v, cases[i].bytes->data, cases[i].bytes->len, &wanted, &e), e);
        ck_assert_msg(v.kind == cases[i].kind, "%zu: %s", i, toc_verdict_name(v.kind));
        ck_assert_int_eq(toc_verdict_exit(&v), 1);
        if (v.kind == TOC_VERDICT_STRANGER) {
            must_say(&v, none);
            must_say(&v, "Executed again");
            must_say(&v, "nothing was added or taken away");
            must_not_say(&v, "Something is missing");
        } else {
            must_say(&v, "Something is missing");
            must_not_say(&v, "nothing was added or taken away");
        }
        toc_verdict_fini(&v);
    }
    toc_buf_fini(&bytes);
    subject_fini(&s, &r);
}
END_TEST

START_TEST(a_branch_names_its_original_and_a_receipt_the_line_it_is_of)
{
    recording r;
    damage_subject s;
    toc_buf bytes = {0};
    char hash[TOC_HASH_HEX + 1] = "";
    toc_error e = {0};
    toc_verdict v;
    subject_make(&s, &r, SHORT);
    memcpy(hash, s.lines[7].hash, TOC_HASH_HEX);
    r.header.parent = toc_strdup("drill-1");
    r.header.parent_hash = toc_strdup(hash);
    r.header.parent_seq = 7;
    recording_write(&r, r.bodies, r.count - 4, r.private_pem, &bytes);
    damage_subject_fini(&s);
    damage_subject_make(&s, &r);
    memcpy(hash, s.lines[r.count - 10].hash, TOC_HASH_HEX);
    const char *const receipts[] = {hash};
    TOC_OK_OR_FAIL(toc_verify(&v, bytes.data, bytes.len,
                              &(toc_verify_options){.receipts = receipts, .receipt_count = 1}, &e),
                   e);
    ck_assert_int_eq(v.kind, TOC_VERDICT_OPEN);
    ck_assert_uint_eq(v.held, 1);
    ck_assert_int_eq(v.held_line, (int64_t)r.count - 9);
    ck_assert_str_eq(v.parent, "drill-1");
    must_say(&v, "drill-1");
    must_say(&v, "Receipts: 1 of the 1 given");
    toc_verdict_fini(&v);
    toc_buf_fini(&bytes);
    subject_fini(&s, &r);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, cut_at_every_byte_the_whole_lines_before_are_good_and_the_rest_is_torn);
    tcase_add_test(tcase, a_flipped_bit_is_found_in_its_line);
    tcase_add_test(tcase, lines_left_out_moved_and_doubled_are_found_where_they_stand);
    tcase_add_test(tcase, a_chain_made_anew_is_whole_so_that_only_seals_and_execution_tell);
    tcase_add_test(tcase,
                   nothing_that_was_altered_passes_against_the_tickets_key_and_the_line_is_named);
    tcase_add_test(tcase,
                   the_time_of_the_last_seal_is_that_of_the_line_before_it_or_somebody_altered_it);
    tcase_add_test(tcase, a_wholly_forged_recording_is_never_called_the_runs_own);
    tcase_add_test(tcase,
                   a_line_that_differs_is_told_with_both_sides_its_field_and_what_it_follows_from);
    tcase_add_test(tcase, of_other_semantics_nothing_is_executed_and_a_torn_end_stays_torn);
    tcase_add_test(tcase,
                   a_receipt_of_no_line_is_foreign_to_a_sealed_end_and_shows_a_gap_anywhere_else);
    tcase_add_test(tcase, a_branch_names_its_original_and_a_receipt_the_line_it_is_of);
}

TOC_CHECK_MAIN("damage", add_tests)
