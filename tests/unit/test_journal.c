// SPDX-License-Identifier: MIT
#include <check.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "check_main.h"
#include "journal_fixture.h"

#define HEX63 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde"
#define HEX64 HEX63 "f"

#define TORN     "{\"seq\":4,\"t\":4000,\"k\":\"no"
#define TORN_LEN ((int64_t)sizeof(TORN) - 1)

// A disk that counts, and fails at one call. A failing write leaves half of its bytes, as a full
// disk does.
typedef struct {
    int writes, syncs;
    int fail_write, fail_sync; // the number of the call that fails, 0 for none
    toc_buf last;              // what was written last
} faulty;

static int write_faulty(void *context, int fd, const void *data, size_t len)
{
    faulty *f = context;
    bool fails = ++f->writes == f->fail_write;
    toc_buf_clear(&f->last);
    toc_buf_add(&f->last, data, len);
    size_t want = fails ? len / 2 : len;
    if (write(fd, data, want) != (ssize_t)want)
        return EIO;
    return fails ? ENOSPC : 0;
}

static int sync_faulty(void *context, int fd)
{
    faulty *f = context;
    (void)fd;
    return ++f->syncs == f->fail_sync ? EIO : 0;
}

static toc_disk faulty_disk(faulty *f)
{
    return (toc_disk){f, write_faulty, sync_faulty, NULL};
}

static toc_chain_report scan_file(const char *path, toc_buf *data)
{
    toc_chain_report r;
    fixture_read(data, path);
    toc_chain_scan(toc_buf_text(data), data->len, &r, NULL, NULL);
    return r;
}

static int64_t size_of(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 ? (int64_t)st.st_size : -1;
}

static toc_line line_of(const toc_buf *data, int64_t seq)
{
    const char *at = data->data;
    for (int64_t i = 0; i < seq; i++)
        at = strchr(at, '\n') + 1;
    toc_line line;
    ck_assert(toc_line_split(&line, at, (size_t)(strchr(at, '\n') - at)));
    return line;
}

START_TEST(a_new_journal_holds_its_header_and_nobody_else_may_read_it)
{
    journal_fixture f;
    fixture_setup(&f);
    toc_journal *j = fixture_create(&f, NULL);
    ck_assert_int_eq(toc_journal_next(j), 1);
    ck_assert_int_eq(toc_journal_durable(j), 0);
    toc_buf data = {0};
    toc_chain_report r = scan_file(f.path, &data);
    ck_assert_int_eq(r.state, TOC_CHAIN_WHOLE);
    ck_assert_int_eq(r.lines, 1);
    ck_assert_str_eq(toc_journal_receipt(j), r.hash);
    ck_assert(toc_journal_holds(j, r.hash));
    toc_buf want = {0};
    toc_buf_printf(&want,
                   "{\"format\":\"tocsin-journal\",\"version\":1,\"semantics\":%d,"
                   "\"exercise\":\"silent-beams\",\"run\":\"silent-beams-1\",\"seed\":26,"
                   "\"startex\":\"2022-02-24 03:00Z\",\"engine\":\"0.1.0\",\"lua\":\"5.4.4\","
                   "\"key\":\"%s\",\"d\":0,\"hash\":\"%s\"}\n",
                   TOC_SEMANTICS, f.header.key, r.hash);
    ck_assert_str_eq(data.data, want.data);
    struct stat st;
    ck_assert_int_eq(stat(f.path, &st), 0);
    ck_assert_uint_eq(st.st_mode & 0777, 0600);
    toc_journal_close(j);
    toc_buf_fini(&want);
    toc_buf_fini(&data);
    fixture_teardown(&f);
}
END_TEST

START_TEST(a_header_is_read_as_it_was_written)
{
    journal_fixture f;
    fixture_setup(&f);
    toc_error e = {0};
    toc_buf once = {0};
    toc_buf twice = {0};
    toc_header h;
    toc_header_body(&once, &f.header);
    toc_buf_char(&once, '}');
    TOC_OK_OR_FAIL(toc_header_parse(&h, once.data, once.len, &e), e);
    ck_assert_int_eq(h.seed, 26);
    toc_header_body(&twice, &h);
    toc_buf_char(&twice, '}');
    ck_assert_str_eq(once.data, twice.data);
    toc_header_fini(&h);
    toc_buf_fini(&once);
    toc_buf_fini(&twice);
    fixture_teardown(&f);
}
END_TEST

START_TEST(a_header_that_is_not_ours_is_refused_and_says_why)
{
    static const char rest[] =
        "\"semantics\":1,\"exercise\":\"x\",\"run\":\"r\",\"seed\":1,"
        "\"startex\":\"s\",\"engine\":\"e\",\"lua\":\"l\",\"key\":\"" HEX64 "\"";
    static const struct {
        const char *start, *end, *why;
    } bad[] = {
        {"{\"format\":\"tocsin-journal\",\"version\":2,", ",\"new\":1}", "version 2"},
        {"{\"format\":\"asciicast\",\"version\":1,", "}", "not a tocsin journal"},
        {"{\"version\":1,", "}", "not a tocsin journal"},
        {"{\"format\":\"tocsin-journal\",", "}", "no version"},
        {"{\"format\":\"tocsin-journal\",\"version\":\"1\",", "}", "no version"},
        {"{\"format\":\"tocsin-journal\",\"version\":0,", "}", "the first is 1"},
        {"{\"format\":\"tocsin-journal\",\"version\":1,", ",\"x\":1}", "has not"},
        {"{\"format\":\"tocsin-journal\",\"version\":1,", ",\"seed\":1}", "twice"},
        {"{\"format\":\"tocsin-journal\",\"version\":1,", "", "not JSON"},
        {"{\"format\":\"tocsin-journal\",\"version\":1,",
         ",\"parent\":\"p\",\"parent_seq\":1,\"parent_hash\":\"zz\"}",
         "a parent_hash that is not 64 lower-case hex digits"},
    };
    for (size_t i = 0; i < TOC_COUNT(bad); i++) {
        toc_error e = {0};
        toc_header h;
        toc_buf b = {0};
        toc_buf_printf(&b, "%s%s%s", bad[i].start, rest, bad[i].end);
        ck_assert_int_eq(toc_header_parse(&h, b.data, b.len, &e), TOC_EFORMAT);
        ck_assert_msg(strstr(e.msg, bad[i].why) != NULL, "%s", e.msg);
        ck_assert_ptr_null(h.run);
        ck_assert_int_eq(toc_header_parse(&h, b.data, b.len, NULL), TOC_EFORMAT);
        toc_buf_fini(&b);
    }
    toc_error e = {0};
    toc_header h;
    static const char no_lua[] =
        "{\"format\":\"tocsin-journal\",\"version\":1,\"semantics\":1,\"exercise\":\"x\",\"run\":"
        "\"r\",\"seed\":1,\"startex\":\"s\",\"engine\":\"e\",\"key\":\"k\"}";
    ck_assert_int_eq(toc_header_parse(&h, no_lua, strlen(no_lua), &e), TOC_EFORMAT);
    ck_assert_ptr_nonnull(strstr(e.msg, "no lua"));
}
END_TEST

START_TEST(a_header_has_one_way_to_write_its_key)
{
    static const char *const bad[] = {"", "k", HEX63, HEX63 "A", HEX63 "g", HEX64 "0"};
    for (size_t i = 0; i < TOC_COUNT(bad); i++) {
        toc_error e = {0};
        toc_header h;
        toc_buf b = {0};
        toc_buf_printf(&b,
                       "{\"format\":\"tocsin-journal\",\"version\":1,\"semantics\":1,\"exercise\":"
                       "\"x\",\"run\":\"r\",\"seed\":1,\"startex\":\"s\",\"engine\":\"e\","
                       "\"lua\":\"l\",\"key\":\"%s\"}",
                       bad[i]);
        ck_assert_msg(toc_header_parse(&h, b.data, b.len, &e) == TOC_EFORMAT, "%s", bad[i]);
        ck_assert_msg(strstr(e.msg, "a key that is not 64 lower-case hex") != NULL, "%s", e.msg);
        toc_buf_fini(&b);
    }
}
END_TEST

START_TEST(a_journal_is_never_written_over)
{
    journal_fixture f;
    fixture_setup(&f);
    toc_error e = {0};
    toc_journal *j = NULL;
    fixture_write(f.path, "mine", 4);
    ck_assert_int_eq(toc_journal_create(&j, f.path, &f.header, f.private_pem, NULL, &e), TOC_EIO);
    ck_assert_int_eq(e.sys, EEXIST);
    ck_assert_ptr_null(j);
    ck_assert_int_eq(size_of(f.path), 4);
    fixture_teardown(&f);
}
END_TEST

START_TEST(what_was_committed_is_there_after_opening_again)
{
    journal_fixture f;
    fixture_setup(&f);
    toc_journal *j = fixture_create(&f, NULL);
    for (int i = 0; i < 5; i++)
        fixture_commit_note(j, "a note");
    char receipt[TOC_HASH_HEX + 1];
    snprintf(receipt, sizeof receipt, "%s", toc_journal_receipt(j));
    toc_journal_close(j);
    int64_t cut = 7;
    j = fixture_open(&f, NULL, &cut);
    ck_assert_int_eq(cut, 0);
    ck_assert_ptr_null(toc_journal_cut_path(j));
    ck_assert_int_eq(toc_journal_next(j), 6);
    ck_assert_int_eq(toc_journal_durable(j), 5);
    ck_assert_str_eq(toc_journal_receipt(j), receipt);
    ck_assert(toc_journal_holds(j, receipt));
    fixture_commit_note(j, "another");
    toc_buf data = {0};
    toc_chain_report r = scan_file(f.path, &data);
    ck_assert_int_eq(r.state, TOC_CHAIN_WHOLE);
    ck_assert_int_eq(r.lines, 7);
    ck_assert_int_eq(r.durable, 5);
    toc_buf_fini(&data);
    toc_journal_close(j);
    fixture_teardown(&f);
}
END_TEST

START_TEST(lines_get_their_trailer_when_the_batch_is_taken)
{
    journal_fixture f;
    fixture_setup(&f);
    toc_error e = {0};
    toc_journal *j = fixture_create(&f, NULL);
    ck_assert_ptr_null(toc_journal_batch(j));
    fixture_note(j, "one");
    fixture_note(j, "two");
    ck_assert(toc_journal_has_queue(j));
    toc_batch *b = toc_journal_batch(j);
    ck_assert_ptr_nonnull(b);
    ck_assert(!toc_journal_has_queue(j));
    // Queued while the batch is out: it is not known yet what of it will be durable.
    fixture_note(j, "three");
    ck_assert_ptr_null(toc_journal_batch(j));
    ck_assert_int_eq(toc_journal_flush(j, &e), TOC_EINTERNAL);
    ck_assert_int_eq(toc_journal_durable(j), 0);
    TOC_OK_OR_FAIL(toc_batch_commit(b, &e), e);
    ck_assert_int_eq(toc_journal_durable(j), 0);
    toc_journal_done(j, b, TOC_OK);
    ck_assert_int_eq(toc_journal_durable(j), 2);
    ck_assert_int_eq(toc_journal_next(j), 4);
    TOC_OK_OR_FAIL(toc_journal_flush(j, &e), e);
    TOC_OK_OR_FAIL(toc_journal_flush(j, &e), e);
    toc_buf data = {0};
    scan_file(f.path, &data);
    ck_assert_int_eq(line_of(&data, 1).d, 0);
    ck_assert_int_eq(line_of(&data, 2).d, 0);
    ck_assert_int_eq(line_of(&data, 3).d, 2);
    toc_buf_fini(&data);
    toc_journal_close(j);
    fixture_teardown(&f);
}
END_TEST

START_TEST(a_receipt_is_held_only_once_it_is_durable)
{
    journal_fixture f;
    fixture_setup(&f);
    toc_error e = {0};
    toc_journal *j = fixture_create(&f, NULL);
    fixture_note(j, "one");
    toc_batch *b = toc_journal_batch(j);
    TOC_OK_OR_FAIL(toc_batch_commit(b, &e), e);
    toc_buf data = {0};
    toc_chain_report r = scan_file(f.path, &data);
    ck_assert_int_eq(r.lines, 2);
    ck_assert(!toc_journal_holds(j, r.hash));
    toc_journal_done(j, b, TOC_OK);
    ck_assert(toc_journal_holds(j, r.hash));
    ck_assert_str_eq(toc_journal_receipt(j), r.hash);
    ck_assert(!toc_journal_holds(j, NULL));
    ck_assert(!toc_journal_holds(j, ""));
    ck_assert(
        !toc_journal_holds(j, "0000000000000000000000000000000000000000000000000000000000000000"));
    toc_buf_fini(&data);
    toc_journal_close(j);
    fixture_teardown(&f);
}
END_TEST

START_TEST(a_batch_is_one_write_and_one_sync)
{
    journal_fixture f;
    fixture_setup(&f);
    faulty counts = {0};
    toc_disk disk = faulty_disk(&counts);
    toc_error e = {0};
    toc_journal *j = fixture_create(&f, &disk);
    ck_assert_int_eq(counts.writes, 1);
    ck_assert_int_eq(counts.syncs, 2); // the file and its folder
    for (int i = 0; i < 100; i++)
        fixture_note(j, "a note");
    TOC_OK_OR_FAIL(toc_journal_seal(j, 0, &e), e);
    TOC_OK_OR_FAIL(toc_journal_flush(j, &e), e);
    ck_assert_int_eq(counts.writes, 2);
    ck_assert_int_eq(counts.syncs, 3);
    ck_assert_int_eq(toc_journal_durable(j), 101);
    toc_journal_close(j);
    toc_buf_fini(&counts.last);
    fixture_teardown(&f);
}
END_TEST

// Everything a journal does, until the disk fails; nothing that was not durable may have been said
// to be. Returns what was said last.
static int64_t write_until_failure(const journal_fixture *f, const toc_disk *disk,
                                   char receipt[TOC_HASH_HEX + 1], bool *failed)
{
    toc_error e = {0};
    toc_journal *j = NULL;
    *failed = toc_journal_create(&j, f->path, &f->header, f->private_pem, disk, &e) != TOC_OK;
    if (*failed) {
        ck_assert_int_eq(e.code, TOC_EIO);
        ck_assert_int_eq(size_of(f->path), -1);
        return -1;
    }
    for (int batch = 0; batch < 5 && !*failed; batch++) {
        for (int i = 0; i <= batch; i++)
            fixture_note(j, "a note of some length");
        int64_t before = toc_journal_durable(j);
        *failed = toc_journal_flush(j, &e) != TOC_OK;
        ck_assert_int_eq(toc_journal_durable(j), before + (*failed ? 0 : batch + 1));
        ck_assert(toc_journal_has_failed(j) == *failed);
    }
    if (*failed) {
        ck_assert_int_eq(e.code, TOC_EIO);
        ck_assert_int_ne(e.sys, 0);
        toc_event ev;
        toc_event_init(&ev, TOC_K_NOTE, 0);
        ev.seq = toc_journal_next(j);
        ck_assert_int_eq(toc_journal_add(j, &ev, &e), TOC_EIO);
        toc_event_fini(&ev);
        ck_assert_int_eq(toc_journal_seal(j, 0, &e), TOC_EIO);
        ck_assert(!toc_journal_has_queue(j));
        ck_assert_ptr_null(toc_journal_batch(j));
        ck_assert_int_eq(toc_journal_flush(j, &e), TOC_EIO);
        ck_assert_ptr_nonnull(strstr(e.msg, "failed"));
    }
    int64_t durable = toc_journal_durable(j);
    snprintf(receipt, TOC_HASH_HEX + 1, "%s", toc_journal_receipt(j));
    toc_journal_close(j);
    return durable;
}

START_TEST(a_failure_at_any_write_or_sync_loses_nothing_that_was_durable)
{
    journal_fixture f;
    fixture_setup(&f);
    for (int kind = 0; kind < 2; kind++) {
        bool failed = true;
        int n = 0;
        while (failed) {
            n++;
            faulty disk_state = {.fail_write = kind == 0 ? n : 0, .fail_sync = kind == 1 ? n : 0};
            toc_disk disk = faulty_disk(&disk_state);
            char receipt[TOC_HASH_HEX + 1];
            int64_t durable = write_until_failure(&f, &disk, receipt, &failed);
            if (durable >= 0) {
                int64_t cut = 0;
                toc_journal *j = fixture_open(&f, NULL, &cut);
                ck_assert_int_ge(toc_journal_durable(j), durable);
                ck_assert(toc_journal_holds(j, receipt));
                fixture_commit_note(j, "gone on");
                toc_journal_close(j);
            }
            toc_buf_fini(&disk_state.last);
            fixture_empty_folder(&f);
        }
        // One header and five batches; the header's folder is synced too.
        ck_assert_int_eq(n, kind == 0 ? 7 : 8);
    }
    fixture_teardown(&f);
}
END_TEST

START_TEST(lines_queued_behind_a_failed_batch_are_not_written)
{
    journal_fixture f;
    fixture_setup(&f);
    faulty disk_state = {.fail_sync = 3};
    toc_disk disk = faulty_disk(&disk_state);
    toc_error e = {0};
    toc_journal *j = fixture_create(&f, &disk);
    fixture_note(j, "one");
    toc_batch *b = toc_journal_batch(j);
    fixture_note(j, "two");
    toc_err outcome = toc_batch_commit(b, &e);
    ck_assert_int_eq(outcome, TOC_EIO);
    toc_journal_done(j, b, outcome);
    ck_assert(!toc_journal_has_queue(j));
    ck_assert_int_eq(toc_journal_durable(j), 0);
    ck_assert_int_eq(disk_state.writes, 2);
    toc_journal_close(j);
    toc_buf_fini(&disk_state.last);
    fixture_teardown(&f);
}
END_TEST

// The real disk, made full: the kernel writes what fits and refuses the rest.
START_TEST(a_full_disk_tears_the_batch_and_nothing_else)
{
    journal_fixture f;
    fixture_setup(&f);
    toc_error e = {0};
    toc_journal *j = fixture_create(&f, NULL);
    fixture_commit_note(j, "durable");
    int64_t durable_bytes = size_of(f.path);
    fixture_note(j, "this one is longer than the hundred bytes that are left on the disk");
    struct rlimit old;
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &old), 0);
    const struct rlimit small = {(rlim_t)durable_bytes + 100, old.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    // Nothing is asserted under the limit: Check keeps its messages in a file as well.
    int limited = setrlimit(RLIMIT_FSIZE, &small);
    toc_err err = toc_journal_flush(j, &e);
    int restored = setrlimit(RLIMIT_FSIZE, &old);
    ck_assert(limited == 0 && restored == 0);
    ck_assert_int_eq(err, TOC_EIO);
    ck_assert_int_eq(e.sys, EFBIG);
    ck_assert_int_eq(size_of(f.path), durable_bytes + 100);
    toc_journal_close(j);
    int64_t cut = 0;
    j = fixture_open(&f, NULL, &cut);
    ck_assert_int_eq(cut, 100);
    ck_assert_int_eq(toc_journal_durable(j), 1);
    toc_journal_close(j);
    fixture_teardown(&f);
}
END_TEST

static void fill_and_tear(const journal_fixture *f, size_t *good)
{
    toc_journal *j = fixture_create(f, NULL);
    for (int i = 0; i < 3; i++)
        fixture_commit_note(j, "a note");
    toc_journal_close(j);
    toc_buf data = {0};
    fixture_read(&data, f->path);
    *good = data.len;
    toc_buf_str(&data, TORN);
    fixture_write(f->path, data.data, data.len);
    toc_buf_fini(&data);
}

// What another program did to the journal: 0 nothing, 1 removed, 2 replaced, 3 cut, 4 moved away, 5 appended.
static void meddle(const char *path, int how)
{
    char *other = toc_sprintf("%s.other", path);
    if (how == 1)
        ck_assert_int_eq(unlink(path), 0);
    if (how == 2) {
        toc_buf data = {0};
        fixture_read(&data, path);
        fixture_write(other, data.data, data.len);
        ck_assert_int_eq(rename(other, path), 0);
        toc_buf_fini(&data);
    }
    if (how == 3)
        ck_assert_int_eq(truncate(path, 100), 0);
    if (how == 4)
        ck_assert_int_eq(rename(path, other), 0);
    if (how == 5) {
        FILE *f = fopen(path, "a");
        ck_assert_ptr_nonnull(f);
        fputs("x", f);
        fclose(f);
    }
    free(other);
}

START_TEST(nothing_is_durable_in_a_file_that_another_program_replaced_removed_or_cut)
{
    static const char *const says[] = {NULL, "removed", "replaced", "cut", NULL, NULL};
    for (int how = 0; how < (int)TOC_COUNT(says); how++) {
        toc_error e = {0};
        journal_fixture g;
        fixture_setup(&g);
        toc_journal *j = fixture_create(&g, NULL);
        fixture_commit_note(j, "while all was well");
        meddle(g.path, how);
        fixture_note(j, "afterwards");
        toc_err err = toc_journal_flush(j, &e);
        ck_assert_int_eq(err, says[how] ? TOC_EIO : TOC_OK);
        ck_assert_int_eq(toc_journal_durable(j), says[how] ? 1 : 2);
        if (says[how])
            ck_assert_msg(strstr(e.msg, says[how]), "%s", e.msg);
        toc_journal_close(j);
        fixture_teardown(&g);
    }
}
END_TEST

START_TEST(a_torn_tail_is_cut_kept_beside_and_reported)
{
    journal_fixture f;
    fixture_setup(&f);
    size_t good = 0;
    fill_and_tear(&f, &good);
    toc_buf data = {0};
    for (int i = 1; i <= 3; i++) {
        int64_t cut = 0;
        toc_journal *j = fixture_open(&f, NULL, &cut);
        ck_assert_int_eq(cut, TORN_LEN);
        ck_assert_int_eq(toc_journal_next(j), 4);
        ck_assert_int_eq(size_of(f.path), (int64_t)good);
        char name[128];
        snprintf(name, sizeof name, "%s.cut%s", f.path, i == 1 ? "" : i == 2 ? "-2" : "-3");
        ck_assert_str_eq(toc_journal_cut_path(j), name);
        fixture_read(&data, name);
        ck_assert_str_eq(data.data, TORN);
        toc_journal_close(j);
        fixture_read(&data, f.path);
        toc_buf_str(&data, TORN);
        fixture_write(f.path, data.data, data.len);
    }
    int64_t cut = 0;
    toc_journal *j = fixture_open(&f, NULL, &cut);
    fixture_commit_note(j, "gone on");
    toc_journal_close(j);
    toc_chain_report r = scan_file(f.path, &data);
    ck_assert_int_eq(r.state, TOC_CHAIN_WHOLE);
    ck_assert_int_eq(r.lines, 5);
    ck_assert_int_eq(r.durable, 3);
    toc_buf_fini(&data);
    fixture_teardown(&f);
}
END_TEST

START_TEST(a_failure_while_opening_changes_no_line_and_leaves_no_half_copy)
{
    journal_fixture f;
    fixture_setup(&f);
    toc_buf data = {0};
    for (int kind = 0; kind < 2; kind++) {
        toc_err err = TOC_EIO;
        for (int n = 1; err; n++) {
            size_t good = 0;
            fill_and_tear(&f, &good);
            faulty disk_state = {.fail_write = kind == 0 ? n : 0, .fail_sync = kind == 1 ? n : 0};
            toc_disk disk = faulty_disk(&disk_state);
            toc_error e = {0};
            toc_journal *j = NULL;
            int64_t cut = 0;
            err = toc_journal_open(&j, f.path, f.private_pem, &disk, &cut, NULL, NULL, &e);
            toc_buf_fini(&disk_state.last);
            if (err) {
                char kept[128];
                snprintf(kept, sizeof kept, "%s.cut", f.path);
                ck_assert_int_eq(err, TOC_EIO);
                ck_assert_ptr_null(j);
                ck_assert_int_ge(size_of(f.path), (int64_t)good);
                // The tail is in the file or in its copy.
                ck_assert(size_of(f.path) == (int64_t)good + TORN_LEN || size_of(kept) == TORN_LEN);
                ck_assert(size_of(kept) == -1 || size_of(kept) == TORN_LEN);
                j = fixture_open(&f, NULL, &cut);
            }
            ck_assert_int_eq(toc_journal_durable(j), 3);
            toc_journal_close(j);
            fixture_empty_folder(&f);
            ck_assert_int_lt(n, 6);
        }
    }
    toc_buf_fini(&data);
    fixture_teardown(&f);
}
END_TEST

// After a failed sync the kernel shows pages that are not on the disk and calls them clean.
START_TEST(lines_without_a_witness_are_written_again_before_they_are_trusted)
{
    journal_fixture f;
    fixture_setup(&f);
    toc_error e = {0};
    faulty disk_state = {0};
    toc_disk disk = faulty_disk(&disk_state);
    toc_journal *j = fixture_create(&f, NULL);
    toc_journal_close(j);
    toc_buf data = {0};
    int64_t cut = 0;
    j = fixture_open(&f, &disk, &cut);
    fixture_read(&data, f.path);
    ck_assert_str_eq(disk_state.last.data, data.data);
    fixture_commit_note(j, "witnessed");
    size_t witnessed = (size_t)size_of(f.path);
    fixture_note(j, "not witnessed");
    fixture_note(j, "nor this");
    TOC_OK_OR_FAIL(toc_journal_flush(j, &e), e);
    toc_journal_close(j);
    disk_state.writes = disk_state.syncs = 0;
    j = fixture_open(&f, &disk, &cut);
    fixture_read(&data, f.path);
    ck_assert_int_eq(disk_state.writes, 1);
    ck_assert_int_eq(disk_state.syncs, 1);
    ck_assert_str_eq(disk_state.last.data, data.data + witnessed);
    fixture_commit_note(j, "at the end");
    toc_journal_close(j);
    ck_assert_int_eq(scan_file(f.path, &data).state, TOC_CHAIN_WHOLE);
    toc_buf_fini(&disk_state.last);
    toc_buf_fini(&data);
    fixture_teardown(&f);
}
END_TEST

static void must_not_open(const journal_fixture *f, toc_err want, const char *why)
{
    toc_error e = {0};
    toc_journal *j = NULL;
    int64_t cut = 7;
    toc_buf before = {0};
    toc_buf after = {0};
    fixture_read(&before, f->path);
    toc_err err = toc_journal_open(&j, f->path, f->private_pem, NULL, &cut, NULL, NULL, &e);
    ck_assert_msg(err == want, "%d: %s", (int)err, e.msg);
    ck_assert_msg(strstr(e.msg, why) != NULL, "%s", e.msg);
    ck_assert_ptr_null(j);
    ck_assert_int_eq(cut, 0);
    fixture_read(&after, f->path);
    ck_assert_uint_eq(before.len, after.len);
    if (before.len > 0)
        ck_assert_mem_eq(before.data, after.data, before.len);
    char kept[128];
    snprintf(kept, sizeof kept, "%s.cut", f->path);
    ck_assert_int_eq(size_of(kept), -1);
    toc_buf_fini(&before);
    toc_buf_fini(&after);
}

START_TEST(damage_is_refused_by_line_and_leaves_the_file_as_it_was)
{
    journal_fixture f;
    fixture_setup(&f);
    size_t good = 0;
    fill_and_tear(&f, &good);
    toc_buf data = {0};
    fixture_read(&data, f.path);
    char *line = strchr(data.data, '\n') + 1;
    line[20] ^= 1;
    fixture_write(f.path, data.data, data.len);
    must_not_open(&f, TOC_EDAMAGED, "damaged at line 2");
    toc_buf_fini(&data);
    fixture_teardown(&f);
}
END_TEST

START_TEST(a_file_without_a_whole_header_is_refused_and_says_that_nothing_was_recorded)
{
    journal_fixture f;
    fixture_setup(&f);
    toc_journal_close(fixture_create(&f, NULL));
    toc_buf data = {0};
    fixture_read(&data, f.path);
    for (size_t len = 0; len < data.len; len++) {
        fixture_write(f.path, data.data, len);
        must_not_open(&f, TOC_EDAMAGED, "never recorded anything");
    }
    fixture_write(f.path, "root:x:0:0\n", 11);
    must_not_open(&f, TOC_EDAMAGED, "not the header");
    toc_buf_fini(&data);
    fixture_teardown(&f);
}
END_TEST

START_TEST(what_is_no_file_or_of_a_later_version_is_refused)
{
    journal_fixture f;
    fixture_setup(&f);
    toc_error e = {0};
    toc_journal *j = NULL;
    int64_t cut = 0;
    ck_assert_int_eq(toc_journal_open(&j, f.path, NULL, NULL, &cut, NULL, NULL, &e), TOC_EIO);
    ck_assert_int_eq(e.sys, ENOENT);
    ck_assert_int_eq(toc_journal_open(&j, f.folder, NULL, NULL, &cut, NULL, NULL, &e), TOC_EIO);
    ck_assert_int_eq(toc_journal_open(&j, "/dev/null", NULL, NULL, &cut, NULL, NULL, &e), TOC_EIO);
    ck_assert_ptr_nonnull(strstr(e.msg, "not a file"));
    f.header.version = 2;
    toc_journal_close(fixture_create(&f, NULL));
    must_not_open(&f, TOC_EFORMAT, "version 2");
    fixture_teardown(&f);
}
END_TEST

typedef struct {
    int64_t count;
    toc_buf bytes;
} seen;

static void on_line(void *context, int64_t seq, const toc_line *line)
{
    seen *s = context;
    ck_assert_int_eq(seq, s->count++);
    toc_buf_add(&s->bytes, line->bytes, line->len);
    toc_buf_char(&s->bytes, '\n');
}

START_TEST(opening_shows_every_good_line_in_order)
{
    journal_fixture f;
    fixture_setup(&f);
    size_t good = 0;
    fill_and_tear(&f, &good);
    seen s = {0};
    toc_error e = {0};
    toc_journal *j = NULL;
    int64_t cut = 0;
    TOC_OK_OR_FAIL(toc_journal_open(&j, f.path, f.private_pem, NULL, &cut, on_line, &s, &e), e);
    toc_buf data = {0};
    fixture_read(&data, f.path);
    ck_assert_int_eq(s.count, 4);
    ck_assert_str_eq(s.bytes.data, data.data);
    for (int64_t i = 0; i < s.count; i++) {
        char hash[TOC_HASH_HEX + 1];
        snprintf(hash, sizeof hash, "%s", line_of(&data, i).hash);
        ck_assert(toc_journal_holds(j, hash));
    }
    toc_buf_fini(&data);
    toc_buf_fini(&s.bytes);
    toc_journal_close(j);
    fixture_teardown(&f);
}
END_TEST

// 0 if another process may open the journal, 1 if it is told that an engine is writing.
static int open_elsewhere(const journal_fixture *f)
{
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        toc_error e = {0};
        toc_journal *j = NULL;
        int64_t cut = 0;
        toc_err err = toc_journal_open(&j, f->path, f->private_pem, NULL, &cut, NULL, NULL, &e);
        _exit(err == TOC_OK                                                           ? 0
              : err == TOC_EIO && strstr(e.msg, "is being written by another engine") ? 1
                                                                                      : 2);
    }
    int status = 0;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status));
    return WEXITSTATUS(status);
}

START_TEST(one_engine_at_a_time_writes_a_journal)
{
    journal_fixture f;
    fixture_setup(&f);
    toc_journal *j = fixture_create(&f, NULL);
    ck_assert_int_eq(open_elsewhere(&f), 1);
    fixture_commit_note(j, "still locked");
    ck_assert_int_eq(open_elsewhere(&f), 1);
    toc_journal_close(j);
    ck_assert_int_eq(open_elsewhere(&f), 0);
    int64_t cut = 0;
    j = fixture_open(&f, NULL, &cut);
    ck_assert_int_eq(open_elsewhere(&f), 1);
    toc_journal_close(j);
    ck_assert_int_eq(open_elsewhere(&f), 0);
    fixture_teardown(&f);
}
END_TEST

static bool seal_verifies(const journal_fixture *f, const toc_buf *data, int64_t seq)
{
    toc_error e = {0};
    toc_line seal = line_of(data, seq);
    toc_line before = line_of(data, seq - 1);
    toc_buf body = {0};
    toc_buf_add(&body, seal.bytes, seal.body_len);
    toc_buf_char(&body, '}');
    toc_event ev;
    TOC_OK_OR_FAIL(toc_event_parse(&ev, body.data, body.len, &e), e);
    ck_assert_int_eq(ev.kind, TOC_K_SEAL);
    ck_assert_int_eq(ev.seq, seq);
    toc_buf text = {0};
    toc_seal_text(&text, f->header.run, seq - 1, before.hash);
    bool good = toc_seal_verify(f->header.key, text.data, text.len, toc_event_str(&ev, TOC_F_SIG));
    toc_event_fini(&ev);
    toc_buf_fini(&text);
    toc_buf_fini(&body);
    return good;
}

START_TEST(seals_sign_the_line_before_them)
{
    journal_fixture f;
    fixture_setup(&f);
    toc_error e = {0};
    toc_journal *j = fixture_create(&f, NULL);
    TOC_OK_OR_FAIL(toc_journal_seal(j, 0, &e), e); // 1, over the header
    fixture_note(j, "one");                        // 2
    TOC_OK_OR_FAIL(toc_journal_seal(j, 2500, &e), e);
    TOC_OK_OR_FAIL(toc_journal_seal(j, 2500, &e), e); // 4, over a seal
    fixture_note(j, "two");                           // 5
    TOC_OK_OR_FAIL(toc_journal_flush(j, &e), e);
    TOC_OK_OR_FAIL(toc_journal_seal(j, 9000, &e), e); // 6, over a line of another batch
    TOC_OK_OR_FAIL(toc_journal_flush(j, &e), e);
    toc_journal_close(j);
    int64_t cut = 0;
    j = fixture_open(&f, NULL, &cut);
    TOC_OK_OR_FAIL(toc_journal_seal(j, 9000, &e), e); // 7, over a line of another process
    TOC_OK_OR_FAIL(toc_journal_flush(j, &e), e);
    toc_journal_close(j);
    toc_buf data = {0};
    toc_chain_report r = scan_file(f.path, &data);
    ck_assert_int_eq(r.state, TOC_CHAIN_WHOLE);
    ck_assert_int_eq(r.lines, 8);
    static const int64_t seals[] = {1, 3, 4, 6, 7};
    for (size_t i = 0; i < TOC_COUNT(seals); i++)
        ck_assert(seal_verifies(&f, &data, seals[i]));
    ck_assert_ptr_nonnull(strstr(data.data, "{\"seq\":3,\"t\":2500,\"k\":\"seal\",\"sig\":\""));
    // Another run's name, and the signature covers nothing any more.
    f.header.run[0] = 'S';
    ck_assert(!seal_verifies(&f, &data, 3));
    toc_buf_fini(&data);
    fixture_teardown(&f);
}
END_TEST

START_TEST(the_text_of_a_seal_is_what_the_format_says)
{
    toc_buf b = {0};
    toc_seal_text(&b, "silent-beams-1", 41,
                  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"}");
    ck_assert_str_eq(b.data, "tocsin-seal-1\nsilent-beams-1\n41\n"
                             "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n");
    toc_buf_fini(&b);
}
END_TEST

START_TEST(a_key_of_another_run_is_refused_and_without_a_key_nothing_is_sealed)
{
    journal_fixture f;
    fixture_setup(&f);
    toc_error e = {0};
    toc_journal *j = NULL;
    int64_t cut = 0;
    toc_buf pem = {0};
    char public_hex[65];
    TOC_OK_OR_FAIL(toc_seal_key_new(&pem, public_hex, &e), e);
    ck_assert_int_eq(toc_journal_create(&j, f.path, &f.header, pem.data, NULL, &e), TOC_EUSAGE);
    ck_assert_int_eq(size_of(f.path), -1);
    size_t good = 0;
    fill_and_tear(&f, &good);
    ck_assert_int_eq(toc_journal_open(&j, f.path, pem.data, NULL, &cut, NULL, NULL, &e),
                     TOC_EUSAGE);
    ck_assert_int_eq(size_of(f.path), (int64_t)good + TORN_LEN);
    TOC_OK_OR_FAIL(toc_journal_open(&j, f.path, NULL, NULL, &cut, NULL, NULL, &e), e);
    ck_assert_int_eq(toc_journal_seal(j, 0, &e), TOC_EUSAGE);
    ck_assert_int_eq(toc_journal_next(j), 4);
    fixture_commit_note(j, "without a seal");
    toc_journal_close(j);
    toc_buf_fini(&pem);
    fixture_teardown(&f);
}
END_TEST

static toc_err add_note_of(toc_journal *j, int64_t seq, const char *text, toc_error *e)
{
    toc_event ev;
    toc_event_init(&ev, TOC_K_NOTE, 0);
    ev.seq = seq;
    toc_event_set_str(&ev, TOC_F_TEXT, text);
    toc_err err = toc_journal_add(j, &ev, e);
    toc_event_fini(&ev);
    return err;
}

START_TEST(a_line_that_could_not_be_read_again_is_refused_and_the_next_one_taken)
{
    journal_fixture f;
    fixture_setup(&f);
    toc_error e = {0};
    toc_journal *j = fixture_create(&f, NULL);
    ck_assert_int_eq(add_note_of(j, 2, "out of order", &e), TOC_EINTERNAL);
    ck_assert_int_eq(add_note_of(j, 1, "\xC3(", &e), TOC_EFORMAT);
    toc_buf text = {0};
    while (text.len < TOC_LINE_MAX)
        toc_buf_char(&text, 'x');
    ck_assert_int_eq(add_note_of(j, 1, text.data, &e), TOC_ELIMIT);
    ck_assert(!toc_journal_has_queue(j));
    ck_assert_int_eq(toc_journal_next(j), 1);
    // The longest that is taken makes a line that is read again.
    toc_err err = TOC_ELIMIT;
    while (err == TOC_ELIMIT) {
        text.data[--text.len] = '\0';
        err = add_note_of(j, 1, text.data, &e);
    }
    TOC_OK_OR_FAIL(err, e);
    fixture_note(j, "an ordinary one");
    TOC_OK_OR_FAIL(toc_journal_flush(j, &e), e);
    toc_journal_close(j);
    int64_t cut = 0;
    j = fixture_open(&f, NULL, &cut);
    ck_assert_int_eq(cut, 0);
    ck_assert_int_eq(toc_journal_next(j), 3);
    toc_journal_close(j);
    toc_buf_fini(&text);
    fixture_teardown(&f);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, a_new_journal_holds_its_header_and_nobody_else_may_read_it);
    tcase_add_test(tc, a_header_is_read_as_it_was_written);
    tcase_add_test(tc, a_header_that_is_not_ours_is_refused_and_says_why);
    tcase_add_test(tc, a_header_has_one_way_to_write_its_key);
    tcase_add_test(tc, a_journal_is_never_written_over);
    tcase_add_test(tc, what_was_committed_is_there_after_opening_again);
    tcase_add_test(tc, lines_get_their_trailer_when_the_batch_is_taken);
    tcase_add_test(tc, a_receipt_is_held_only_once_it_is_durable);
    tcase_add_test(tc, a_batch_is_one_write_and_one_sync);
    tcase_add_test(tc, a_failure_at_any_write_or_sync_loses_nothing_that_was_durable);
    tcase_add_test(tc, lines_queued_behind_a_failed_batch_are_not_written);
    tcase_add_test(tc, a_full_disk_tears_the_batch_and_nothing_else);
    tcase_add_test(tc, nothing_is_durable_in_a_file_that_another_program_replaced_removed_or_cut);
    tcase_add_test(tc, a_torn_tail_is_cut_kept_beside_and_reported);
    tcase_add_test(tc, a_failure_while_opening_changes_no_line_and_leaves_no_half_copy);
    tcase_add_test(tc, lines_without_a_witness_are_written_again_before_they_are_trusted);
    tcase_add_test(tc, damage_is_refused_by_line_and_leaves_the_file_as_it_was);
    tcase_add_test(tc, a_file_without_a_whole_header_is_refused_and_says_that_nothing_was_recorded);
    tcase_add_test(tc, what_is_no_file_or_of_a_later_version_is_refused);
    tcase_add_test(tc, opening_shows_every_good_line_in_order);
    tcase_add_test(tc, one_engine_at_a_time_writes_a_journal);
    tcase_add_test(tc, seals_sign_the_line_before_them);
    tcase_add_test(tc, the_text_of_a_seal_is_what_the_format_says);
    tcase_add_test(tc, a_key_of_another_run_is_refused_and_without_a_key_nothing_is_sealed);
    tcase_add_test(tc, a_line_that_could_not_be_read_again_is_refused_and_the_next_one_taken);
}

TOC_CHECK_MAIN("journal", add_tests)
