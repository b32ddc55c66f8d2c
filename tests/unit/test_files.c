// SPDX-License-Identifier: MIT
#define _XOPEN_SOURCE 700 // nftw
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/mem.h"
#include "check_main.h"

// A fresh folder a test, made in the test's own process and removed when it went well.
static char root[] = "/tmp/toc-files-XXXXXX";

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *at)
{
    (void)info;
    (void)kind;
    (void)at;
    return remove(path);
}

static void make_root(void)
{
    ck_assert_ptr_nonnull(mkdtemp(root));
}

static void remove_root(void)
{
    nftw(root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static char *at(const char *path)
{
    return toc_sprintf("%s/%s", root, path);
}

static void make_folder(const char *path)
{
    char *where = at(path);
    ck_assert_int_eq(mkdir(where, 0700), 0);
    free(where);
}

static void make_link(const char *target, const char *path)
{
    char *where = at(path);
    ck_assert_int_eq(symlink(target, where), 0);
    free(where);
}

static void make_file_of(const char *path, const void *data, size_t size)
{
    char *where = at(path);
    FILE *file = fopen(where, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(data, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
    free(where);
}

static void make_file(const char *path, const char *text)
{
    make_file_of(path, text, strlen(text));
}

static void check_file(const toc_files *f, const char *path, const char *text)
{
    const toc_file *file = toc_files_find(f, path);
    ck_assert_msg(file != NULL, "%s is missing", path);
    ck_assert_str_eq(file->path, path);
    ck_assert_str_eq(file->data, text);
    ck_assert_uint_eq(file->size, strlen(text));
}

// Reads root, which must fail with code and a text that holds part.
static void check_refused(toc_err code, const char *part)
{
    toc_files *f = toc_files_new();
    toc_files_add(f, "before", "x", 1);
    toc_error e = {0};
    ck_assert_int_eq(toc_files_read_folder(f, root, &e), code);
    ck_assert_msg(strstr(e.msg, part) != NULL, "%s", e.msg);
    ck_assert_uint_eq(toc_files_count(f), 1);
    toc_files_free(f);
}

START_TEST(table_is_sorted_and_replaces)
{
    static const char *const paths[] = {"b", "a/b", "a", "a.lua", "é", "B", "a/b", "a0"};
    static const char *const sorted[] = {"B", "a", "a.lua", "a/b", "a0", "b", "é"};
    toc_files *f = toc_files_new();
    for (size_t i = 0; i < TOC_COUNT(paths); i++)
        toc_files_add(f, paths[i], &"01234567"[i], 1);
    ck_assert_uint_eq(toc_files_count(f), TOC_COUNT(sorted));
    for (size_t i = 0; i < TOC_COUNT(sorted); i++) {
        ck_assert_str_eq(toc_files_at(f, i)->path, sorted[i]);
        ck_assert_ptr_eq(toc_files_find(f, sorted[i]), toc_files_at(f, i));
    }
    ck_assert_ptr_null(toc_files_at(f, TOC_COUNT(sorted)));
    ck_assert_ptr_null(toc_files_find(f, "c"));
    check_file(f, "a/b", "6");
    toc_files_free(f);
    toc_files_free(NULL);
}
END_TEST

START_TEST(table_keeps_any_bytes_and_ends_them_with_nul)
{
    toc_files *f = toc_files_new();
    toc_files_add(f, "x", "a\0b\xff", 4);
    toc_files_add(f, "empty", NULL, 0);
    const toc_file *file = toc_files_find(f, "x");
    ck_assert_uint_eq(file->size, 4);
    ck_assert_mem_eq(file->data, "a\0b\xff", 5);
    check_file(f, "empty", "");
    toc_files_free(f);
}
END_TEST

START_TEST(plain_paths_are_told_from_others)
{
    static const char *const good[] = {"a", "a/b.lua", ".a", "..a", "a..", "...", "a b", "é/中"};
    static const char *const bad[] = {"",      "/",      "/a",         "a/",       "a//b",
                                      ".",     "..",     "a/.",        "a/..",     "../a",
                                      "./a",   "a/../b", "a\\b",       "a\nb",     "a\x7f",
                                      "a\x1b", "\xff",   "a/\xC0\xAE", "\xC2\x9B", "a/./b"};
    for (size_t i = 0; i < TOC_COUNT(good); i++)
        ck_assert_msg(toc_path_ok(good[i]), "%s", good[i]);
    for (size_t i = 0; i < TOC_COUNT(bad); i++)
        ck_assert_msg(!toc_path_ok(bad[i]), "%s", bad[i]);
}
END_TEST

START_TEST(folder_gives_its_sources_and_nothing_else)
{
    make_folder("texts");
    make_folder("texts/deep");
    make_folder("texts/plans");
    make_folder("plans");
    make_folder(".git");
    make_file("scenario.lua", "one");
    make_file("texts/a.md", "two");
    make_file("texts/deep/b.txt", "three");
    make_file("texts/plans/c.md", "four");
    make_file("plans/x.lua", "no");
    make_file(".git/x.lua", "no");
    make_file(".hidden.lua", "no");
    make_file("picture.png", "no");
    make_file("lua", "no");
    make_file("x.LUA", "no");
    make_file("old.lua~", "no");
    make_link("deep/b.txt", "texts/link.txt");
    toc_files *f = toc_files_new();
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_files_read_folder(f, root, &e), e);
    ck_assert_uint_eq(toc_files_count(f), 5);
    check_file(f, "scenario.lua", "one");
    check_file(f, "texts/a.md", "two");
    check_file(f, "texts/deep/b.txt", "three");
    check_file(f, "texts/plans/c.md", "four");
    check_file(f, "texts/link.txt", "three");
    toc_files_free(f);
}
END_TEST

START_TEST(sources_lose_their_bom_and_carriage_returns)
{
    make_file("a.md", "\xEF\xBB\xBFx\r\ny\r\r\nz\r");
    make_file("b.md", "\xEF\xBB\xBF");
    make_file("c.md", "");
    make_file("d.md", "x\xEF\xBB\xBF");
    toc_files *f = toc_files_new();
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_files_read_folder(f, root, &e), e);
    check_file(f, "a.md", "x\ny\r\nz\r");
    check_file(f, "b.md", "");
    check_file(f, "c.md", "");
    check_file(f, "d.md", "x\xEF\xBB\xBF");
    toc_files_free(f);
}
END_TEST

START_TEST(source_that_is_not_utf8_is_refused_with_its_line)
{
    make_file("a.md", "fine");
    make_file("b.md", "one\ntwo\n\xE9t\xE9\n");
    check_refused(TOC_EFORMAT, "b.md:3: byte 0xE9");
}
END_TEST

START_TEST(source_with_a_nul_is_refused)
{
    make_file_of("a.lua", "x\0y", 3);
    check_refused(TOC_EFORMAT, "a.lua:1: byte 0x00");
}
END_TEST

START_TEST(source_one_byte_over_the_limit_is_refused)
{
    size_t size = 256 * 1024;
    char *data = toc_alloc(size + 1);
    memset(data, 'x', size + 1);
    make_file_of("a.md", data, size);
    toc_files *f = toc_files_new();
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_files_read_folder(f, root, &e), e);
    ck_assert_uint_eq(toc_files_find(f, "a.md")->size, size);
    toc_files_free(f);
    make_file_of("a.md", data, size + 1);
    check_refused(TOC_ELIMIT, "a.md is larger than 262144 bytes");
    free(data);
}
END_TEST

START_TEST(sources_over_sixteen_mebibytes_are_refused)
{
    size_t size = 256 * 1024;
    char *data = toc_alloc(size);
    memset(data, 'x', size);
    for (int i = 0; i < 64; i++) {
        char name[16];
        snprintf(name, sizeof name, "%02d.md", i);
        make_file_of(name, data, size);
    }
    toc_files *f = toc_files_new();
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_files_read_folder(f, root, &e), e);
    toc_files_free(f);
    make_file("z.md", "x");
    check_refused(TOC_ELIMIT, "16777216 bytes");
    free(data);
}
END_TEST

START_TEST(more_than_two_thousand_sources_are_refused)
{
    for (int i = 0; i < 2000; i++) {
        char name[16];
        snprintf(name, sizeof name, "%04d.md", i);
        make_file(name, "");
    }
    toc_files *f = toc_files_new();
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_files_read_folder(f, root, &e), e);
    ck_assert_uint_eq(toc_files_count(f), 2000);
    toc_files_free(f);
    make_file("z.md", "");
    check_refused(TOC_ELIMIT, "z.md");
}
END_TEST

START_TEST(folders_too_deep_are_refused)
{
    char path[64] = "d";
    for (int depth = 1; depth <= 16; depth++) {
        make_folder(path);
        strcat(path, "/d");
    }
    toc_files *f = toc_files_new();
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_files_read_folder(f, root, &e), e);
    toc_files_free(f);
    make_folder(path);
    check_refused(TOC_ELIMIT, "16 folders");
}
END_TEST

START_TEST(symbolic_links_cannot_leave_the_folder)
{
    make_folder("in");
    make_folder("inside");
    make_file("secret.md", "s");
    make_file("inside/secret.md", "s");
    make_file("in/a.md", "a");
    make_link("a.md", "in/fine.md");
    make_link("../secret.md", "in/up.md");
    make_link("../inside/secret.md", "in/beside.md"); // a name that begins like ours
    make_link("/etc/passwd", "in/far.md");
    make_link("gone", "in/dangling.md");
    make_link("..", "in/folder");
    char *in = at("in");
    toc_files *f = toc_files_new();
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_files_read_one(f, in, "fine.md", 10, &e), e);
    static const char *const leaving[] = {"up.md", "beside.md", "far.md", "folder/secret.md"};
    for (size_t i = 0; i < TOC_COUNT(leaving); i++) {
        ck_assert_int_eq(toc_files_read_one(f, in, leaving[i], 10000, &e), TOC_EREFUSED);
        ck_assert_ptr_nonnull(strstr(e.msg, "leaves"));
    }
    ck_assert_int_eq(toc_files_read_one(f, in, "folder", 10, &e), TOC_EREFUSED);
    ck_assert_int_eq(toc_files_read_one(f, in, "dangling.md", 10, &e), TOC_EIO);
    ck_assert_int_eq(e.sys, ENOENT);
    ck_assert_int_eq(toc_files_read_one(f, in, "../secret.md", 10, &e), TOC_EFORMAT);
    ck_assert_uint_eq(toc_files_count(f), 1);
    toc_files_free(f);
    free(in);
}
END_TEST

START_TEST(folder_with_a_leaving_link_is_refused)
{
    make_link("/etc/passwd", "passwd.txt");
    check_refused(TOC_EREFUSED, "passwd.txt is a symbolic link that leaves");
}
END_TEST

START_TEST(folder_with_a_linked_folder_is_refused)
{
    make_link(".", "again");
    check_refused(TOC_EREFUSED, "again is a symbolic link to a folder");
}
END_TEST

START_TEST(source_with_an_ugly_name_is_refused)
{
    make_file("a\nb.md", "");
    check_refused(TOC_EFORMAT, "a␊b.md");
}
END_TEST

START_TEST(one_file_is_read_whatever_its_bytes_are)
{
    make_file_of("x.bin", "\xff\0\r\n", 4);
    char *fifo = at("pipe");
    ck_assert_int_eq(mkfifo(fifo, 0600), 0);
    toc_files *f = toc_files_new();
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_files_read_one(f, root, "x.bin", 4, &e), e);
    ck_assert_mem_eq(toc_files_find(f, "x.bin")->data, "\xff\0\r\n", 5);
    ck_assert_int_eq(toc_files_read_one(f, root, "x.bin", 3, &e), TOC_ELIMIT);
    ck_assert_int_eq(toc_files_read_one(f, root, "gone", 3, &e), TOC_EIO);
    ck_assert_int_eq(toc_files_read_one(f, root, "pipe", 3, &e), TOC_EREFUSED); // and no waiting
    toc_files_free(f);
    free(fifo);
}
END_TEST

START_TEST(missing_folder_is_a_file_error)
{
    toc_files *f = toc_files_new();
    char *where = at("none");
    toc_error e = {0};
    ck_assert_int_eq(toc_files_read_folder(f, where, &e), TOC_EIO);
    ck_assert_int_eq(e.sys, ENOENT);
    ck_assert_ptr_nonnull(strstr(e.msg, where));
    toc_files_free(f);
    free(where);
}
END_TEST

START_TEST(slurp_appends_all_or_nothing)
{
    char big[50000];
    memset(big, 'x', sizeof big);
    make_file_of("big", big, sizeof big);
    make_file("empty", "");
    char *where = at("big");
    char *empty = at("empty");
    toc_buf b = {0};
    toc_error e = {0};
    toc_buf_str(&b, "start:");
    ck_assert_int_eq(toc_file_slurp(&b, where, sizeof big - 1, &e), TOC_ELIMIT);
    ck_assert_str_eq(toc_buf_text(&b), "start:");
    ck_assert_int_eq(toc_file_slurp(&b, root, 100, &e), TOC_EIO); // a folder
    ck_assert_str_eq(toc_buf_text(&b), "start:");
    TOC_OK_OR_FAIL(toc_file_slurp(&b, empty, 0, &e), e);
    TOC_OK_OR_FAIL(toc_file_slurp(&b, where, sizeof big, &e), e);
    ck_assert_uint_eq(b.len, 6 + sizeof big);
    ck_assert_mem_eq(b.data + 6, big, sizeof big);
    toc_buf_fini(&b);
    free(where);
    free(empty);
}
END_TEST

START_TEST(private_file_is_written_whole_and_private)
{
    char *where = at("ticket");
    toc_error e = {0};
    umask(0);
    TOC_OK_OR_FAIL(toc_file_write_private(where, "old", 3, &e), e);
    chmod(where, 0644);
    umask(0777); // the mode is ours whatever the umask is
    TOC_OK_OR_FAIL(toc_file_write_private(where, "n\0w", 3, &e), e);
    umask(022);
    struct stat info;
    ck_assert_int_eq(stat(where, &info), 0);
    ck_assert_int_eq(info.st_mode & 07777, 0600);
    toc_buf b = {0};
    TOC_OK_OR_FAIL(toc_file_slurp(&b, where, 100, &e), e);
    ck_assert_uint_eq(b.len, 3);
    ck_assert_mem_eq(b.data, "n\0w", 3);
    toc_buf_fini(&b);
    free(where);
}
END_TEST

START_TEST(many_files_are_synced_together_and_one_that_is_missing_is_named)
{
    char *paths[50];
    toc_error e = {0};
    for (size_t i = 0; i < TOC_COUNT(paths); i++) {
        char name[16];
        snprintf(name, sizeof name, "f%zu", i);
        paths[i] = at(name);
        TOC_OK_OR_FAIL(toc_file_put_private(paths[i], name, strlen(name), &e), e);
    }
    TOC_OK_OR_FAIL(toc_paths_sync(paths, TOC_COUNT(paths), &e), e);
    TOC_OK_OR_FAIL(toc_paths_sync(&(char *){root}, 1, &e), e); // a folder
    TOC_OK_OR_FAIL(toc_paths_sync(NULL, 0, &e), e);
    ck_assert_int_eq(remove(paths[31]), 0);
    ck_assert_int_eq(toc_paths_sync(paths, TOC_COUNT(paths), &e), TOC_EIO);
    ck_assert_int_eq(e.sys, ENOENT);
    ck_assert_ptr_nonnull(strstr(e.msg, paths[31]));
    for (size_t i = 0; i < TOC_COUNT(paths); i++)
        free(paths[i]);
}
END_TEST

START_TEST(failed_private_write_leaves_no_litter)
{
    make_folder("ticket");
    make_file("ticket/x", "in the way");
    char *where = at("ticket");
    char *nowhere = at("none/ticket");
    toc_error e = {0};
    ck_assert_int_eq(toc_file_write_private(where, "x", 1, &e), TOC_EIO);
    ck_assert_int_eq(toc_file_write_private(nowhere, "x", 1, &e), TOC_EIO);
    ck_assert_int_eq(e.sys, ENOENT);
    ck_assert_int_eq(remove(where), -1);
    char *inner = at("ticket/x");
    ck_assert_int_eq(remove(inner), 0);
    ck_assert_int_eq(remove(where), 0);
    ck_assert_int_eq(rmdir(root), 0); // nothing else was in it
    free(inner);
    free(where);
    free(nowhere);
}
END_TEST

START_TEST(only_a_regular_file_is_replaced)
{
    static const struct {
        const char *name, *words;
    } cases[] = {
        {"pipe", "a pipe or a socket, and no file that could be replaced: name another"},
        {"to-folder", "is a symbolic link: name the file that it leads to"},
        {"to-file", "is a symbolic link: name the file that it leads to"},
        {"to-nothing", "is a symbolic link: name the file that it leads to"},
        {"folder", "is a folder: name a file in it"},
    };
    make_folder("folder");
    make_file("file", "mine");
    make_link("folder", "to-folder");
    make_link("file", "to-file");
    make_link("nothing", "to-nothing");
    char *fifo = at("pipe");
    ck_assert_int_eq(mkfifo(fifo, 0600), 0);
    for (size_t i = 0; i < TOC_COUNT(cases); i++) {
        toc_error e = {0};
        struct stat before, after;
        char *where = at(cases[i].name);
        ck_assert_int_eq(lstat(where, &before), 0);
        ck_assert_int_eq(toc_file_write_private(where, "x", 1, &e), TOC_EIO);
        ck_assert_msg(strstr(e.msg, where) && strstr(e.msg, cases[i].words), "%s", e.msg);
        ck_assert_int_eq(toc_file_put_private(where, "x", 1, &e), TOC_EIO);
        ck_assert_int_eq(lstat(where, &after), 0);
        ck_assert_uint_eq(after.st_ino, before.st_ino);
        ck_assert_uint_eq(after.st_mode, before.st_mode);
        free(where);
    }
    free(fifo);
}
END_TEST

START_TEST(write_that_stops_halfway_keeps_the_old_file)
{
    char big[5000] = "new";
    char *where = at("ticket");
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_file_write_private(where, "old", 3, &e), e);
    struct rlimit limit;
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = 1000;
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    toc_err err = toc_file_write_private(where, big, sizeof big, &e);
    limit.rlim_cur = limit.rlim_max;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    ck_assert_int_eq(err, TOC_EIO);
    ck_assert_int_eq(e.sys, EFBIG);
    toc_buf b = {0};
    TOC_OK_OR_FAIL(toc_file_slurp(&b, where, 100, &e), e);
    ck_assert_str_eq(toc_buf_text(&b), "old");
    ck_assert_int_eq(remove(where), 0);
    ck_assert_int_eq(rmdir(root), 0); // no litter
    toc_buf_fini(&b);
    free(where);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, make_root, remove_root);
    tcase_add_test(tc, table_is_sorted_and_replaces);
    tcase_add_test(tc, table_keeps_any_bytes_and_ends_them_with_nul);
    tcase_add_test(tc, plain_paths_are_told_from_others);
    tcase_add_test(tc, folder_gives_its_sources_and_nothing_else);
    tcase_add_test(tc, sources_lose_their_bom_and_carriage_returns);
    tcase_add_test(tc, source_that_is_not_utf8_is_refused_with_its_line);
    tcase_add_test(tc, source_with_a_nul_is_refused);
    tcase_add_test(tc, source_one_byte_over_the_limit_is_refused);
    tcase_add_test(tc, sources_over_sixteen_mebibytes_are_refused);
    tcase_add_test(tc, more_than_two_thousand_sources_are_refused);
    tcase_add_test(tc, folders_too_deep_are_refused);
    tcase_add_test(tc, symbolic_links_cannot_leave_the_folder);
    tcase_add_test(tc, folder_with_a_leaving_link_is_refused);
    tcase_add_test(tc, folder_with_a_linked_folder_is_refused);
    tcase_add_test(tc, source_with_an_ugly_name_is_refused);
    tcase_add_test(tc, one_file_is_read_whatever_its_bytes_are);
    tcase_add_test(tc, missing_folder_is_a_file_error);
    tcase_add_test(tc, slurp_appends_all_or_nothing);
    tcase_add_test(tc, private_file_is_written_whole_and_private);
    tcase_add_test(tc, many_files_are_synced_together_and_one_that_is_missing_is_named);
    tcase_add_test(tc, failed_private_write_leaves_no_litter);
    tcase_add_test(tc, only_a_regular_file_is_replaced);
    tcase_add_test(tc, write_that_stops_halfway_keeps_the_old_file);
}

TOC_CHECK_MAIN("files", add_tests)
