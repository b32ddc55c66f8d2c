// SPDX-License-Identifier: MIT
// A verifier that a stranger could have written by the page on the journal, and `tocsin verify`, come to the same verdict on good
// and damaged recordings, and name the same line. It executes nothing: where only execution shows a difference, it sees a
// recording that is whole.

#include "check_main.h"
#include "damage.h"
#include "grown.h"
#include "process.h"
#include "seed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define SAMPLES 100
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

// "damaged 17", and the exit code, of each; "no-journal" where there is no verdict. key "" and receipt "": not given.
static int ask_stranger(const room *o, const char *key, const char *receipt, char verdict[64])
{
    toc_buf said = {0};
    int code = process_run((const char *const[]){"python3", o->script, o->file, key,
                                                 receipt[0] ? receipt : NULL, NULL},
                           &said, 60);
    snprintf(verdict, 64, "%.*s", (int)strcspn(toc_buf_text(&said), "\n"), toc_buf_text(&said));
    toc_buf_fini(&said);
    return code;
}

static int ask_tocsin(const room *o, const char *key, const char *receipt, char verdict[64])
{
    const char *argv[12] = {binary(), "verify", o->file, "--json"};
    size_t n = 4;
    if (key[0])
        argv[n++] = "--key", argv[n++] = key;
    if (receipt[0])
        argv[n++] = "--receipt", argv[n++] = receipt;
    toc_buf said = {0};
    int code = process_run(argv, &said, 60);
    const char *word = strstr(toc_buf_text(&said), "\"verdict\":\"");
    const char *line = strstr(toc_buf_text(&said), "\"first_difference\":{\"line\":");
    if (word)
        snprintf(verdict, 64, "%.*s %d", (int)strcspn(word + 11, "\""), word + 11,
                 line ? atoi(line + 27) : 0);
    else
        snprintf(verdict, 64, "no-journal 1");
    toc_buf_fini(&said);
    return code;
}

static bool agree(const char *stranger, const char *tocsin)
{
    bool is_whole = strcmp(stranger, "verified 0") == 0 || strcmp(stranger, "open 0") == 0 ||
                    strncmp(stranger, "torn ", 5) == 0;
    return strcmp(stranger, tocsin) == 0 || (is_whole && strncmp(tocsin, "diverged ", 9) == 0);
}

static void compare(const room *o, const char *key, const char *receipt, const char *what)
{
    char stranger[64], tocsin[64];
    int code = ask_stranger(o, key, receipt, stranger), other = ask_tocsin(o, key, receipt, tocsin);
    ck_assert_msg(agree(stranger, tocsin), "%s: a stranger finds \"%s\", verify \"%s\"", what,
                  stranger, tocsin);
    ck_assert_msg(code == other || strncmp(tocsin, "diverged", 8) == 0, "%s: exit codes %d and %d",
                  what, code, other);
}

START_TEST(a_stranger_and_verify_agree_on_a_recording_and_its_receipts)
{
    room o;
    char hash[TOC_HASH_HEX + 1] = "", none[TOC_HASH_HEX + 1], stranger[64];
    room_open(&o);
    write_file(&o, &o.subject.bytes);
    memcpy(hash, o.subject.lines[LINES / 2].hash, TOC_HASH_HEX);
    memset(none, 'a', TOC_HASH_HEX);
    none[TOC_HASH_HEX] = '\0';
    ck_assert_int_eq(ask_stranger(&o, o.r.header.key, hash, stranger), 0);
    ck_assert_str_eq(stranger, "verified 0");
    compare(&o, "", "", "whole");
    compare(&o, o.r.header.key, hash, "with its key and a receipt");
    compare(&o, o.r.header.key, none, "with a receipt of another file");
    compare(&o, none, "", "with another key");
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
        compare(&o, i % 3 ? o.r.header.key : "", "", d.what);
        found += ask_stranger(&o, o.r.header.key, "", stranger) != 0;
        damage_fini(&d);
    }
    ck_assert_int_eq(found, SAMPLES);
    room_close(&o);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, a_stranger_and_verify_agree_on_a_recording_and_its_receipts);
    tcase_add_test(tcase, a_stranger_and_verify_agree_on_what_was_damaged);
}

TOC_CHECK_MAIN("verifier", add_tests)
