// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "check_main.h"
#include "terminal/save.h"

static void names(const char *path, const char *name)
{
    toc_buf out = {0};
    toc_save_name(&out, path);
    ck_assert_str_eq(toc_buf_text(&out), name);
    toc_buf_fini(&out);
}

START_TEST(names_are_made_safe)
{
    names("files/beam-map.png", "beam-map.png");
    names("../../etc/passwd", "passwd");
    names("files/..", "_.");
    names("files/.bashrc", "_bashrc");
    names("files/-rf", "_rf");
    names("a b;c|d$e`f\\g:h\"i", "a_b_c_d_e_f_g_h_i");
    names("x\x1b[2J\xe2\x80\xae.png", "x__2J_U_202E_.png");
    names("St\xc3\xb6rung.pdf", "St\xc3\xb6rung.pdf");
    names("files/", "attachment");
}
END_TEST

START_TEST(nothing_is_overwritten)
{
    char dir[] = "/tmp/toc-save-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(dir));
    static const char *const files[] = {"/map.png", "/map-2.png", "/map-3.png"};
    toc_error e;
    for (size_t i = 0; i < 3; i++) {
        toc_buf path = {0};
        TOC_OK_OR_FAIL(toc_save_file(dir, "map.png", &"abc"[i], 1, &path, &e), e);
        ck_assert_str_eq(toc_buf_text(&path) + strlen(dir), files[i]);
        toc_buf text = {0};
        TOC_OK_OR_FAIL(toc_file_slurp(&text, path.data, 10, &e), e);
        ck_assert_int_eq(text.data[0], "abc"[i]);
        toc_buf_fini(&text);
        unlink(path.data);
        if (i < 2) { // put it back, so that the next one finds it
            toc_buf again = {0};
            toc_buf_str(&again, path.data);
            TOC_OK_OR_FAIL(toc_file_write_private(again.data, "x", 1, &e), e);
            toc_buf_fini(&again);
        }
        toc_buf_fini(&path);
    }
    for (size_t i = 0; i < 2; i++) {
        char path[64];
        strcpy(path, dir);
        strcat(path, files[i]);
        unlink(path);
    }
    ck_assert_int_eq(rmdir(dir), 0);
}
END_TEST

START_TEST(a_path_is_taken_as_people_type_it_and_the_file_is_theirs_alone)
{
    char dir[] = "/tmp/toc-save-XXXXXX";
    toc_buf first = {0}, second = {0};
    struct stat about;
    toc_error e;
    ck_assert_ptr_nonnull(mkdtemp(dir));
    ck_assert_int_eq(setenv("HOME", dir, 1), 0);
    umask(0);
    TOC_OK_OR_FAIL(toc_save_as("~/sheet.txt", "a", 1, &first, &e), e);
    TOC_OK_OR_FAIL(toc_save_as("~/sheet.txt", "b", 1, &second, &e), e);
    ck_assert_str_eq(first.data + strlen(dir), "/sheet.txt");
    ck_assert_str_eq(second.data + strlen(dir), "/sheet-2.txt");
    ck_assert_int_eq(stat(second.data, &about), 0);
    ck_assert_uint_eq(about.st_mode & 0777, 0600);
    ck_assert_int_eq(toc_save_as("~/", "c", 1, &first, &e), TOC_EIO);
    ck_assert_msg(strstr(e.msg, "name a file"), "%s", e.msg);
    ck_assert_int_eq(toc_save_as("/nonexistent/x", "c", 1, &first, &e), TOC_EIO);
    unlink(first.data);
    unlink(second.data);
    ck_assert_int_eq(rmdir(dir), 0);
    toc_buf_fini(&first);
    toc_buf_fini(&second);
}
END_TEST

START_TEST(a_folder_that_is_not_there_is_told)
{
    toc_buf path = {0};
    toc_error e;
    ck_assert_int_eq(toc_save_file("/nonexistent", "a", "x", 1, &path, &e), TOC_EIO);
    ck_assert_msg(strstr(e.msg, "/nonexistent/a"), "%s", e.msg);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, names_are_made_safe);
    tcase_add_test(tc, nothing_is_overwritten);
    tcase_add_test(tc, a_path_is_taken_as_people_type_it_and_the_file_is_theirs_alone);
    tcase_add_test(tc, a_folder_that_is_not_there_is_told);
}

TOC_CHECK_MAIN("save", add_tests)
