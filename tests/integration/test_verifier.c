// SPDX-License-Identifier: MIT
// A verifier that a stranger wrote from the page on the journal alone, and `tocsin verify`, come to the same verdict on good
// and damaged recordings, and name the same line. It executes nothing: where only execution shows a difference, it sees a
// recording that is whole.

#include "check_main.h"
#include "damage.h"
#include "grown.h"
#include "process.h"
#include "sampled.h"
#include "seed.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define SAMPLES sampled_some(100)
#define LINES   160
#define SEALS   50 // lines between seals

typedef struct {
    recording r;
    damage_subject subject;
    char *folder, *file, *script;
} room;

static void room_open(room *o)
{
    toc_files *files = toc_files_new();
    const char *scenario = "exercise \"strange\" { title = \"Strange\", startex = \"2026-03-01 "
                           "06:00Z\", length = \"1h\" }\n"
                           "team \"ops\" { name = \"Operations\", seats = 1 }\n"
                           "inject \"INJ-1\" { at = \"T+5m\", to = \"ops\", title = \"Smoke\", "
                           "text = \"It burns.\" }\n";
    toc_files_add(files, "scenario.lua", scenario, strlen(scenario));
    grown_make_files(&o->r, files, LINES, SEALS);
    damage_subject_make(&o->subject, &o->r);
    o->folder = folder_new();
    o->file = toc_sprintf("%s/journal.jsonl", o->folder);
    o->script = source_path("tests/replay/verifier.py");
}

static void room_close(room *o)
{
    damage_subject_fini(&o->subject);
    recording_fini(&o->r);
    folder_remove(o->folder);
    free(o->file);
    free(o->script);
}

static void write_file(const room *o, const toc_buf *bytes)
{
    FILE *file = fopen(o->file, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(toc_buf_text(bytes), 1, bytes->len, file), bytes->len);
    ck_assert_int_eq(fclose(file), 0);
}

// Adds the options that were given; "" stands for none.
static void add_given(const char **argv, size_t n, const char *key, const char *receipt)
{
    if (key[0])
        argv[n++] = "--key", argv[n++] = key;
    if (receipt[0])
        argv[n++] = "--receipt", argv[n++] = receipt;
    argv[n] = NULL;
}

// "damaged 17", "verified -", and the exit code, of each; "no journal -" where there is no verdict, "nothing" where the question
// was wrong or the file cannot be read.
static int ask_stranger(const room *o, const char *key, const char *receipt, char verdict[64])
{
    const char *argv[12] = {"python3", o->script, o->file};
    toc_buf said = {0};
    add_given(argv, 3, key, receipt);
    int code = process_run(argv, &said, 60);
    snprintf(verdict, 64, "%.*s", (int)strcspn(toc_buf_text(&said), "\n"), toc_buf_text(&said));
    if (code == 2 || code == 3)
        snprintf(verdict, 64, "nothing");
    toc_buf_fini(&said);
    return code;
}

static int ask_tocsin(const room *o, const char *key, const char *receipt, char verdict[64])
{
    const char *argv[12] = {binary(), "verify", o->file, "--json"};
    toc_buf said = {0};
    add_given(argv, 4, key, receipt);
    int code = process_run(argv, &said, 60);
    const char *word = strstr(toc_buf_text(&said), "\"verdict\":\"");
    const char *line = strstr(toc_buf_text(&said), "\"first_difference\":{\"line\":");
    if (word && line)
        snprintf(verdict, 64, "%.*s %d", (int)strcspn(word + 11, "\""), word + 11, atoi(line + 27));
    else if (word)
        snprintf(verdict, 64, "%.*s -", (int)strcspn(word + 11, "\""), word + 11);
    else
        snprintf(verdict, 64, code == 1 ? "no journal -" : "nothing");
    ck_assert_msg(word || toc_buf_text(&said)[0] != '{', "no verdict: %s", toc_buf_text(&said));
    toc_buf_fini(&said);
    return code;
}

static bool agree(const char *stranger, const char *tocsin)
{
    bool is_whole = strcmp(stranger, "verified -") == 0 || strcmp(stranger, "open -") == 0 ||
                    strcmp(stranger, "foreign receipt -") == 0 ||
                    strncmp(stranger, "torn ", 5) == 0;
    return strcmp(stranger, tocsin) == 0 || (is_whole && strncmp(tocsin, "diverged ", 9) == 0);
}

// What the stranger says, and its code.
static int compare(const room *o, const char *key, const char *receipt, const char *what,
                   char stranger[64])
{
    char tocsin[64];
    int code = ask_stranger(o, key, receipt, stranger), other = ask_tocsin(o, key, receipt, tocsin);
    ck_assert_msg(agree(stranger, tocsin), "%s: a stranger finds \"%s\", verify \"%s\"", what,
                  stranger, tocsin);
    ck_assert_msg(code == other || strncmp(tocsin, "diverged", 8) == 0, "%s: exit codes %d and %d",
                  what, code, other);
    return code;
}

START_TEST(a_stranger_and_verify_agree_on_a_recording_and_its_receipts)
{
    room o;
    char hash[TOC_HASH_HEX + 1] = "", none[TOC_HASH_HEX + 1], said[64];
    room_open(&o);
    write_file(&o, &o.subject.bytes);
    memcpy(hash, o.subject.lines[LINES / 2].hash, TOC_HASH_HEX);
    memset(none, 'a', TOC_HASH_HEX);
    none[TOC_HASH_HEX] = '\0';
    ck_assert_int_eq(ask_stranger(&o, o.r.header.key, hash, said), 0);
    ck_assert_str_eq(said, "verified -");
    compare(&o, "", "", "whole", said);
    compare(&o, o.r.header.key, hash, "with its key and a receipt", said);
    compare(&o, o.r.header.key, none, "with a receipt of another file", said);
    compare(&o, "", none, "with a receipt of another file, and no key", said);
    compare(&o, none, "", "with another key", said);
    room_close(&o);
}
END_TEST

START_TEST(a_stranger_and_verify_agree_on_what_was_damaged)
{
    room o;
    toc_random random;
    int found = 0;
    seed_random(&random, "stranger");
    room_open(&o);
    for (int i = 0; i < SAMPLES; i++) {
        damage d;
        char stranger[64];
        damage_make(&d, (damage_kind)(i % DAMAGE_KINDS), &o.subject, &random);
        write_file(&o, &d.bytes);
        int code = compare(&o, i % 3 ? o.r.header.key : "", "", d.what, stranger);
        if (i % 3 == 0) // without the key not everything need be found
            code = ask_stranger(&o, o.r.header.key, "", stranger);
        found += code != 0;
        damage_fini(&d);
    }
    ck_assert_int_eq(found, SAMPLES);
    room_close(&o);
}
END_TEST

// What is done to the signatures of the seals from a line on.
typedef enum { SIGNED, SIGNED_UPPER, SIGNED_SHORT, UNSIGNED } signing;

static void make_seal(const room *o, toc_buf *out, const char *body, const char *hash, signing how)
{
    char sig[129];
    toc_error e = {0};
    toc_buf text = {0};
    const char *at = strstr(body, "\"sig\":\"");
    ck_assert_ptr_nonnull(at);
    toc_seal_text(&text, o->r.header.run, atoll(body + strlen("{\"seq\":")) - 1, hash);
    TOC_OK_OR_FAIL(toc_seal_sign(o->r.private_pem, text.data, text.len, sig, &e), e);
    for (char *c = sig; how == SIGNED_UPPER && *c; c++)
        *c = (char)toupper((unsigned char)*c);
    if (how == SIGNED_SHORT)
        sig[127] = '\0';
    if (how == UNSIGNED)
        memset(sig, '0', 128);
    toc_buf_printf(out, "%.*s\"sig\":\"%s\"", (int)(at - body), body, sig);
    toc_buf_fini(&text);
}

// The recording under another header, its chain and seals made anew; those from line `from` on as `how` says.
static void remake(const room *o, const char *header, size_t from, signing how, toc_buf *out)
{
    char hash[TOC_HASH_HEX + 1];
    memset(hash, '0', TOC_HASH_HEX);
    hash[TOC_HASH_HEX] = '\0';
    toc_line_write(out, header, strlen(header), 0, hash);
    for (size_t seq = 1; seq <= o->r.count; seq++) {
        toc_buf body = {0};
        if (strstr(o->r.bodies[seq - 1], "\"k\":\"seal\""))
            make_seal(o, &body, o->r.bodies[seq - 1], hash, seq + 1 >= from ? how : SIGNED);
        else
            toc_buf_str(&body, o->r.bodies[seq - 1]);
        toc_line_write(out, toc_buf_text(&body), body.len, (int64_t)seq - 1, hash);
        toc_buf_fini(&body);
    }
}

static char *header_of(const room *o)
{
    toc_buf header = {0};
    toc_header_body(&header, &o->r.header);
    return toc_buf_take(&header);
}

// Both say this, and no more than this.
static void must_say(const room *o, const char *key, const char *want, const char *what)
{
    char stranger[64];
    compare(o, key, "", what, stranger);
    ck_assert_msg(strcmp(stranger, want) == 0, "%s: \"%s\", not \"%s\"", what, stranger, want);
}

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

START_TEST(a_stranger_and_verify_agree_on_headers)
{
    static const struct {
        const char *from, *to, *verdict;
    } rows[] = {
        {"\"version\":1,\"", "\"lua\":\"5.4\",\"version\":1,\"", "no journal -"},
        {"\"version\":1,\"", "\"version\":1,\"version\":1,\"", "no journal -"},
        {"\"version\":1,\"", "\"version\":2,\"", "no journal -"},
        {"\"version\":1,\"", "\"version\":0,\"", "no journal -"},
        {"\"version\":1,\"", "\"version\":true,\"", "no journal -"},
        {"\"version\":1,\"", "\"version\":1.0,\"", "no journal -"},
        {"\"version\":1,\"", "\"", "no journal -"},
        {"\"version\":1,\"", "\"version\":1,\"new\":1,\"", "no journal -"},
        {"\"version\":1,\"", "\"version\":1,\"parent\":\"p\",\"", "no journal -"},
        {"\"version\":1,\"", "\"version\":1,,\"", "no journal -"},
        {"\"seed\":", "\"seed\":-", "no journal -"},
        {"\"startex\":\"", "\"startex\":[],\"x\":\"", "no journal -"},
        {"\"key\":\"", "\"key\":\"0", "no journal -"},
        {"\"key\":\"", "\"parent\":\"p\",\"parent_seq\":3,\"parent_hash\":\"zz\",\"key\":\"",
         "no journal -"},
        {"\"key\":\"", "\"parent\":\"\",\"parent_seq\":3,\"parent_hash\":\"" HASH "\",\"key\":\"",
         "no journal -"},
        {"\"key\":\"", "\"parent\":\"p\",\"parent_seq\":3,\"parent_hash\":\"" HASH "\",\"key\":\"",
         "verified -"}, // not in the order that the engine writes, too
    };
    room o;
    char said[64];
    room_open(&o);
    char *header = header_of(&o);
    for (size_t i = 0; i < TOC_COUNT(rows); i++) {
        const char *at = strstr(header, rows[i].from);
        ck_assert_ptr_nonnull(at);
        char *other = toc_sprintf("%.*s%s%s", (int)(at - header), header, rows[i].to,
                                  at + strlen(rows[i].from));
        toc_buf bytes = {0};
        remake(&o, other, 0, SIGNED, &bytes);
        write_file(&o, &bytes);
        must_say(&o, "", rows[i].verdict, rows[i].to);
        bytes.data[bytes.len / 2] ^= 1; // a header that gets no verdict is judged before damage
        write_file(&o, &bytes);
        compare(&o, "", "", rows[i].to, said);
        toc_buf_fini(&bytes);
        free(other);
    }
    free(header);
    room_close(&o);
}
END_TEST

START_TEST(a_stranger_and_verify_name_the_first_bad_seal)
{
    room o;
    size_t seals[64], count = 0;
    room_open(&o);
    char *header = header_of(&o), want[64];
    for (size_t seq = 1; seq <= o.r.count && count < TOC_COUNT(seals); seq++)
        if (strstr(o.r.bodies[seq - 1], "\"k\":\"seal\""))
            seals[count++] = seq + 1;
    ck_assert_uint_ge(count, 3);
    for (int how = SIGNED; how <= UNSIGNED; how++) {
        toc_buf bytes = {0};
        remake(&o, header, seals[1], (signing)how, &bytes);
        write_file(&o, &bytes);
        snprintf(want, sizeof want, "forged %zu", seals[1]);
        must_say(&o, "", how == SIGNED ? "verified -" : want, "seals");
        must_say(&o, HASH, "forged 1", "seals, and another key");
        toc_buf_fini(&bytes);
    }
    free(header);
    room_close(&o);
}
END_TEST

START_TEST(a_stranger_and_verify_accept_seals_behind_the_end)
{
    room o;
    toc_buf bytes = {0};
    char hash[TOC_HASH_HEX + 1] = "";
    room_open(&o);
    const char *last = o.r.bodies[o.r.count - 1];
    memcpy(hash, o.subject.lines[o.subject.count - 1].hash, TOC_HASH_HEX);
    toc_buf_add(&bytes, o.subject.bytes.data, o.subject.bytes.len);
    for (size_t seq = o.r.count + 1; seq < o.r.count + 3; seq++) {
        char *body = toc_sprintf("{\"seq\":%zu%s", seq, strchr(last, ','));
        toc_buf sealed = {0};
        make_seal(&o, &sealed, body, hash, SIGNED);
        toc_line_write(&bytes, toc_buf_text(&sealed), sealed.len, (int64_t)seq - 1, hash);
        write_file(&o, &bytes);
        must_say(&o, o.r.header.key, "verified -", "a seal behind the end");
        toc_buf_fini(&sealed);
        free(body);
    }
    toc_buf_fini(&bytes);
    room_close(&o);
}
END_TEST

START_TEST(a_stranger_and_verify_agree_on_what_cannot_be_answered)
{
    static const char upper[] = "ABCDEF6789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    char said[64];
    room o;
    room_open(&o);
    compare(&o, "", "", "there is no such file", said);
    ck_assert_int_eq(ask_tocsin(&o, "", "", said), 3);
    write_file(&o, &o.subject.bytes);
    compare(&o, upper, "", "a key in upper case", said);
    ck_assert_int_eq(ask_tocsin(&o, upper, "", said), 2);
    compare(&o, "", upper, "a receipt in upper case", said);
    compare(&o, "", "abcd", "a short receipt", said);
    ck_assert_int_eq(ask_tocsin(&o, "", "abcd", said), 2);
    room_close(&o);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, a_stranger_and_verify_agree_on_a_recording_and_its_receipts);
    tcase_add_test(tcase, a_stranger_and_verify_agree_on_what_was_damaged);
    tcase_add_test(tcase, a_stranger_and_verify_agree_on_headers);
    tcase_add_test(tcase, a_stranger_and_verify_name_the_first_bad_seal);
    tcase_add_test(tcase, a_stranger_and_verify_accept_seals_behind_the_end);
    tcase_add_test(tcase, a_stranger_and_verify_agree_on_what_cannot_be_answered);
}

TOC_CHECK_MAIN("verifier", add_tests)
