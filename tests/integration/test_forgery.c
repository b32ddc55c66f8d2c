// SPDX-License-Identifier: MIT
// A recording made over real sockets, and everything that can be done to it: each is found and named.

#include "check_main.h"
#include "run_harness.h"
#include "seed.h"
#include "tally.h"

#include <stdio.h>
#include <string.h>

#include "base/files.h"
#include "base/mem.h"
#include "crypto/crypto.h"
#include "record/journal.h"
#include "record/ticket.h"

// What is forged.
#define DECIDED  "\"k\":\"decided\""
#define CUT      "\"option\":\"cut\""
#define BY_NORTH "\"k\":\"decide\",\"by\":\"north-1\""

static char *runs, *folder;
static toc_buf journal;
static toc_line *lines;
static size_t line_count, line_capacity;
static toc_error e;

static void on_line(void *context, int64_t seq, const toc_line *line)
{
    (void)context, (void)seq;
    TOC_GROW(lines, line_count, line_capacity);
    lines[line_count++] = *line;
}

// The first line with both of these texts; 0, which is the header: none.
static size_t line_with(const char *text, const char *more)
{
    size_t found = 0;
    for (size_t i = 1; i < line_count && !found; i++) {
        char *body = toc_strndup(lines[i].bytes, lines[i].body_len);
        found = strstr(body, text) && strstr(body, more) ? i : 0;
        free(body);
    }
    return found;
}

static void record(const char *in)
{
    free(folder);
    toc_buf_clear(&journal);
    line_count = 0;
    folder = run_relay(runs, in, "first", NULL);
    char *path = toc_sprintf("%s/journal.jsonl", folder);
    TOC_OK_OR_FAIL(toc_file_slurp(&journal, path, 1 << 28, &e), e);
    toc_chain_report report;
    toc_chain_scan(journal.data, journal.len, &report, on_line, NULL);
    ck_assert_int_eq(report.state, TOC_CHAIN_WHOLE);
    free(path);
}

// An answer has a fifth of a second: a busy machine may give none of those that are to be forged, and then another, slower
// recording is made.
static void record_once(void)
{
    static const char *const in[] = {"3s", "20s", "60s"};
    runs = folder_new();
    for (size_t i = 0; i < TOC_COUNT(in); i++)
        if (!line_with(DECIDED, CUT) || !line_with(BY_NORTH, ""))
            record(in[i]);
}

static void clean_up(void)
{
    folder_remove(runs);
    free(folder);
    free(lines);
    toc_buf_fini(&journal);
}

// Writes bytes as a file and verifies it; the verdict must be the expected one, and the code.
static void expect(const char *verdict, int code, const toc_buf *bytes, const char *const *more,
                   const char *words)
{
    char *path = toc_sprintf("%s/forged.jsonl", runs);
    toc_buf json = {0};
    FILE *file = fopen(path, "wb");
    ck_assert_uint_eq(fwrite(bytes->data, 1, bytes->len, file), bytes->len);
    fclose(file);
    int got = run_verify(path, &json, more);
    char *wanted = toc_sprintf("\"verdict\":\"%s\"", verdict);
    ck_assert_msg(strstr(toc_buf_text(&json), wanted) && got == code, "wanted %s (%d), got %d: %s",
                  verdict, code, got, toc_buf_text(&json));
    ck_assert_msg(!words || strstr(json.data, words), "wanted %s: %s", words, json.data);
    free(wanted);
    free(path);
    toc_buf_fini(&json);
}

// A chain over the same bodies, from line `from` on, so that only seals and re-execution can tell.
static void rehash(toc_buf *out, size_t from, size_t changed, const char *old, const char *new)
{
    char hash[TOC_HASH_HEX + 1];
    size_t head = from ? (size_t)(lines[from].bytes - journal.data) : 0;
    toc_buf_add(out, journal.data, head);
    memset(hash, '0', TOC_HASH_HEX);
    hash[TOC_HASH_HEX] = '\0';
    if (from)
        memcpy(hash, lines[from - 1].hash, TOC_HASH_HEX);
    for (size_t i = from; i < line_count; i++) {
        char *body = toc_strndup(lines[i].bytes, lines[i].body_len);
        char *at = i == changed ? strstr(body, old) : NULL;
        ck_assert(i != changed || at);
        char *all = at ? toc_sprintf("%.*s%s%s", (int)(at - body), body, new, at + strlen(old))
                       : toc_strdup(body);
        toc_line_write(out, all, strlen(all), lines[i].d, hash);
        free(all);
        free(body);
    }
}

START_TEST(an_untouched_recording_verifies_with_its_ticket_and_every_receipt)
{
    char *ticket = toc_sprintf("%s/tickets/north-1.ticket", folder);
    char receipt[65] = "";
    memcpy(receipt, lines[line_count / 2].hash, 64);
    expect("verified", 0, &journal,
           (const char *const[]){"--ticket", ticket, "--receipt", receipt, NULL},
           "\"sealed\":true");
    free(ticket);
}
END_TEST

START_TEST(one_changed_character_anywhere_is_damage_and_the_line_is_named)
{
    toc_random r;
    seed_random(&r, "flip");
    int64_t durable = lines[line_count - 1].d; // lines up to this one have a witness
    unsigned tried = 0;
    for (; tried < 40; tried++) {
        size_t line = toc_random_below(&r, (uint64_t)durable + 1); // the header too
        toc_buf copy = {0};
        toc_buf_add(&copy, journal.data, journal.len);
        char *at =
            copy.data + (lines[line].bytes - journal.data) + toc_random_below(&r, lines[line].len);
        *at = *at == 'x' ? 'y' : 'x';
        char *words = toc_sprintf("\"line\":%zu", line + 1);
        expect("damaged", 5, &copy, NULL, words);
        free(words);
        toc_buf_fini(&copy);
    }
    tally("recordings of a live run with one changed character", tried, 0);
}
END_TEST

START_TEST(a_dropped_and_a_swapped_line_are_damage)
{
    size_t line = line_count / 2;
    size_t start = (size_t)(lines[line].bytes - journal.data),
           next = (size_t)(lines[line + 1].bytes - journal.data);
    size_t after = (size_t)(lines[line + 2].bytes - journal.data);
    toc_buf copy = {0};
    char *words = toc_sprintf("\"line\":%zu", line + 1);
    toc_buf_add(&copy, journal.data, start);
    toc_buf_add(&copy, journal.data + next, journal.len - next);
    expect("damaged", 5, &copy, NULL, words);
    toc_buf_clear(&copy);
    toc_buf_add(&copy, journal.data, start);
    toc_buf_add(&copy, journal.data + next, after - next);
    toc_buf_add(&copy, journal.data + start, next - start);
    toc_buf_add(&copy, journal.data + after, journal.len - after);
    expect("damaged", 5, &copy, NULL, words);
    free(words);
    toc_buf_fini(&copy);
}
END_TEST

START_TEST(a_cut_tail_is_open_or_torn_and_truncated_for_whoever_holds_a_receipt)
{
    char receipt[65] = "";
    memcpy(receipt, lines[line_count - 2].hash, 64);
    const char *const more[] = {"--receipt", receipt, NULL};
    size_t line = line_count * 2 / 3;
    toc_buf copy = {0};
    toc_buf_add(&copy, journal.data, (size_t)(lines[line].bytes - journal.data));
    expect("open", 1, &copy, NULL, "\"first_difference\":null");
    expect("truncated", 1, &copy, more, receipt);
    toc_buf_add(&copy, lines[line].bytes, lines[line].len / 2);
    char *words = toc_sprintf("\"line\":%zu", line + 1);
    expect("torn", 1, &copy, NULL, words);
    free(words);
    toc_buf_fini(&copy);
}
END_TEST

START_TEST(a_rehashed_derived_line_diverges_or_breaks_a_seal)
{
    size_t line = line_with(DECIDED, CUT);
    ck_assert_uint_gt(line, 0);
    toc_buf copy = {0};
    rehash(&copy, line, line, CUT, "\"option\":\"wait\"");
    expect("forged", 1, &copy, NULL, "not made with the run's key");
    toc_buf_fini(&copy);
}
END_TEST

// The whole file made anew by somebody with a key of their own: sealed again, header and all.
static void reforge(toc_buf *out, const char *pem, const char *key, const char *old,
                    const char *new)
{
    char hash[TOC_HASH_HEX + 1], sig[129];
    toc_ticket t = {0};
    memset(hash, '0', TOC_HASH_HEX);
    hash[TOC_HASH_HEX] = '\0';
    char *path = toc_sprintf("%s/tickets/north-1.ticket", folder);
    TOC_OK_OR_FAIL(toc_ticket_read(&t, path, NULL, &e), e);
    bool is_changed = false;
    for (size_t i = 0; i < line_count; i++) {
        toc_buf body = {0}, text = {0};
        toc_buf_add(&body, lines[i].bytes, lines[i].body_len);
        char *at = i == 0 && key ? strstr(body.data, t.seal_key) : NULL;
        if (at)
            memcpy(at, key, 64);
        at = i > 0 && !is_changed ? strstr(body.data, old) : NULL;
        if (at && strlen(old) == strlen(new)) {
            memcpy(at, new, strlen(new));
            is_changed = true;
        }
        if (i > 0 && strstr(body.data, "\"k\":\"seal\"")) {
            toc_seal_text(&text, t.run, (int64_t)i - 1, hash);
            TOC_OK_OR_FAIL(toc_seal_sign(pem, text.data, text.len, sig, &e), e);
            memcpy(strstr(body.data, "\"sig\":\"") + 7, sig, 128);
        }
        toc_line_write(out, body.data, body.len, lines[i].d, hash);
        toc_buf_fini(&body);
        toc_buf_fini(&text);
    }
    toc_ticket_fini(&t);
    free(path);
    ck_assert(is_changed || !*old);
}

START_TEST(
    seals_of_another_key_are_forged_and_a_wholly_reforged_file_is_only_consistent_with_itself)
{
    toc_buf pem = {0}, copy = {0};
    char key[65];
    unsigned tried = 0;
    char *ticket = toc_sprintf("%s/tickets/north-1.ticket", folder);
    const char *const with_ticket[] = {"--ticket", ticket, NULL};
    TOC_OK_OR_FAIL(toc_seal_key_new(&pem, key, &e), e);
    reforge(&copy, pem.data, NULL, "", ""); // the header still names the run's key
    expect("forged", 1, &copy, NULL, "not made with the run's key");
    tried++;
    toc_buf_clear(&copy);
    reforge(&copy, pem.data, key, "",
            ""); // and now the forger's: the same content, so it re-executes
    expect("verified", 0, &copy, NULL, "\"key_known\":false");
    tried++;
    expect("forged", 1, &copy, with_ticket, "not the run's key");
    tried++;
    toc_buf_clear(&copy);
    reforge(&copy, pem.data, key, "is number 7.",
            "is number 8."); // a derived text, consistently rehashed and sealed
    expect("diverged", 1, &copy, NULL, "something else came out");
    tried++;
    toc_buf_clear(&copy);
    reforge(&copy, pem.data, key, BY_NORTH, "\"k\":\"decide\",\"by\":\"south-1\"");
    expect("diverged", 1, &copy, NULL, "refused");
    tried++;
    tally("recordings of a live run, chained and sealed anew by a forger", tried, 0);
    toc_buf_fini(&copy);
    toc_buf_fini(&pem);
    free(ticket);
}
END_TEST

START_TEST(a_fingerprint_is_compared_and_a_ticket_shows_it)
{
    char fingerprint[20];
    toc_ticket t = {0};
    char *path = toc_sprintf("%s/tickets/north-1.ticket", folder);
    TOC_OK_OR_FAIL(toc_ticket_read(&t, path, NULL, &e), e);
    toc_key_fingerprint(t.seal_key, fingerprint);
    const char *const right[] = {"--key", fingerprint, NULL};
    const char *const wrong[] = {"--key", "0123-4567-89ab-cdef", NULL};
    char *given = toc_sprintf("\"fingerprint_given\":\"%s\"", fingerprint);
    expect("verified", 0, &journal, right, given);
    expect("verified", 0, &journal, right, "a ticket has the whole key, which proves more");
    expect("forged", 1, &journal, wrong, "not the run's key");
    toc_buf about = {0};
    const char *argv[] = {binary(), "join", path, "--about", NULL};
    ck_assert_int_eq(process_run(argv, &about, 20), 0);
    ck_assert_msg(strstr(toc_buf_text(&about), fingerprint), "%s", toc_buf_text(&about));
    toc_buf_fini(&about);
    toc_ticket_fini(&t);
    free(given);
    free(path);
}
END_TEST

START_TEST(a_ticket_of_another_run_is_a_slip_and_no_forgery)
{
    toc_ticket t = {0};
    char *path = toc_sprintf("%s/tickets/north-1.ticket", folder);
    char *other = toc_sprintf("%s/other.ticket", runs);
    char *file = toc_sprintf("%s/journal.jsonl", folder);
    TOC_OK_OR_FAIL(toc_ticket_read(&t, path, NULL, &e), e);
    free(t.run);
    t.run = toc_strdup("another-run");
    TOC_OK_OR_FAIL(toc_ticket_write(&t, other, &e), e);
    toc_buf out = {0};
    const char *argv[] = {binary(), "verify", file, "--ticket", other, NULL};
    ck_assert_int_eq(process_run(argv, &out, 60), 2);
    ck_assert_msg(strstr(toc_buf_text(&out), "this ticket is of run another-run, the recording is"),
                  "%s", toc_buf_text(&out));
    ck_assert_ptr_null(strstr(toc_buf_text(&out), "FORGED"));
    toc_buf_fini(&out);
    toc_ticket_fini(&t);
    free(path);
    free(other);
    free(file);
}
END_TEST

START_TEST(what_is_no_journal_at_all_is_said_to_be_none)
{
    char *path = toc_sprintf("%s/none.jsonl", runs);
    FILE *file = fopen(path, "wb");
    fputs("{\"hello\":1}\n", file);
    fclose(file);
    toc_buf said = {0};
    ck_assert_int_eq(process_run((const char *const[]){binary(), "verify", path, NULL}, &said, 20),
                     1);
    ck_assert_msg(strstr(said.data, "not a tocsin journal"), "%s", said.data);
    toc_buf_clear(&said);
    ck_assert_int_eq(
        process_run((const char *const[]){binary(), "verify", "/nonexistent", NULL}, &said, 20), 3);
    toc_buf_fini(&said);
    free(path);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_unchecked_fixture(tc, record_once,
                                clean_up); // no nng in this process: only its children have it
    tcase_add_test(tc, an_untouched_recording_verifies_with_its_ticket_and_every_receipt);
    tcase_add_test(tc, one_changed_character_anywhere_is_damage_and_the_line_is_named);
    tcase_add_test(tc, a_dropped_and_a_swapped_line_are_damage);
    tcase_add_test(tc, a_cut_tail_is_open_or_torn_and_truncated_for_whoever_holds_a_receipt);
    tcase_add_test(tc, a_rehashed_derived_line_diverges_or_breaks_a_seal);
    tcase_add_test(
        tc,
        seals_of_another_key_are_forged_and_a_wholly_reforged_file_is_only_consistent_with_itself);
    tcase_add_test(tc, a_fingerprint_is_compared_and_a_ticket_shows_it);
    tcase_add_test(tc, a_ticket_of_another_run_is_a_slip_and_no_forgery);
    tcase_add_test(tc, what_is_no_journal_at_all_is_said_to_be_none);
}

TOC_CHECK_MAIN("forgery", add_tests)
