// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/mem.h"
#include "check_main.h"
#include "record/ticket.h"

static const toc_ticket sample = {
    .exercise = "silent-beams",
    .title = "Silent \"Beams\"",
    .marking = "TLP:CLEAR",
    .run = "r-1",
    .seat = "operator-1",
    .role = "participant",
    .team = "operator",
    .desk = "tls+tcp://localhost:7400",
    .feed = "tls+tcp://localhost:7402",
    .token = "00112233445566778899aabbccddeeff",
    .ca = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n",
    .certificate = "C\n",
    .key = "K\n",
    .seal_key = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
};

static char *write_sample(char path[64])
{
    strcpy(path, "/tmp/toc-ticket-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(path));
    strcat(path, "/a.ticket");
    toc_error e;
    TOC_OK_OR_FAIL(toc_ticket_write(&sample, path, &e), e);
    toc_buf text = {0};
    TOC_OK_OR_FAIL(toc_file_slurp(&text, path, 65536, &e), e);
    return toc_buf_take(&text);
}

static void remove_sample(char path[64])
{
    ck_assert_int_eq(unlink(path), 0);
    *strrchr(path, '/') = '\0';
    ck_assert_int_eq(rmdir(path), 0);
}

static void refuses(const char *text, const char *why)
{
    toc_ticket t;
    toc_error e;
    ck_assert_int_eq(toc_ticket_parse(&t, text, strlen(text), &e), TOC_EFORMAT);
    ck_assert_msg(strstr(e.msg, why), "%s", e.msg);
    ck_assert_ptr_null(t.seat);
}

START_TEST(a_ticket_is_read_as_it_was_written)
{
    char path[64];
    free(write_sample(path));
    toc_ticket t;
    toc_error e;
    toc_buf warning = {0};
    TOC_OK_OR_FAIL(toc_ticket_read(&t, path, &warning, &e), e);
    ck_assert_str_eq(t.title, sample.title);
    ck_assert_str_eq(t.ca, sample.ca);
    ck_assert_str_eq(t.seal_key, sample.seal_key);
    ck_assert_str_eq(toc_buf_text(&warning), "");
    toc_ticket_fini(&t);
    remove_sample(path);
}
END_TEST

START_TEST(a_ticket_that_an_editor_of_windows_saved_is_read)
{
    char path[64];
    char *text = write_sample(path);
    toc_buf saved = {0};
    toc_ticket t;
    toc_error e;
    toc_buf_printf(&saved, "\xEF\xBB\xBF%.*s\r\n", (int)strlen(text) - 1, text);
    TOC_OK_OR_FAIL(toc_ticket_parse(&t, saved.data, saved.len, &e), e);
    ck_assert_str_eq(t.title, sample.title);
    toc_ticket_fini(&t);
    toc_buf_fini(&saved);
    free(text);
    remove_sample(path);
    refuses("\xEF\xBB\xBF", "empty");
}
END_TEST

START_TEST(a_ticket_is_for_its_owner_only)
{
    char path[64];
    free(write_sample(path));
    struct stat st;
    ck_assert_int_eq(stat(path, &st), 0);
    ck_assert_int_eq(st.st_mode & 0777, 0600);
    ck_assert_int_eq(chmod(path, 0644), 0);
    toc_ticket t;
    toc_error e;
    toc_buf warning = {0};
    TOC_OK_OR_FAIL(toc_ticket_read(&t, path, &warning, &e), e);
    ck_assert_msg(strstr(toc_buf_text(&warning), "chmod 600"), "%s", toc_buf_text(&warning));
    toc_buf_fini(&warning);
    toc_ticket_fini(&t);
    remove_sample(path);
}
END_TEST

START_TEST(a_ticket_cut_at_any_byte_is_refused)
{
    char path[64];
    char *text = write_sample(path);
    size_t len = strlen(text);
    ck_assert_int_eq(text[len - 1], '\n');
    for (size_t n = 0; n + 1 < len; n++) {
        toc_ticket t;
        toc_error e;
        ck_assert_int_eq(toc_ticket_parse(&t, text, n, &e), TOC_EFORMAT);
        ck_assert_ptr_null(t.seat);
    }
    free(text);
    remove_sample(path);
}
END_TEST

START_TEST(what_is_wrong_with_a_ticket_is_said)
{
    char path[64];
    char *text = write_sample(path);
    remove_sample(path);
    refuses("", "empty");
    refuses("hello\n", "not a ticket");
    refuses("{\"exercise\":\"a\"", "cut short");
    refuses("{\"exercise\":\"a\"}", "has no \"title\"");
    refuses("{\"exercise\":5}", "not a text");
    refuses("{\"exercise\" \"a\"}", "not whole");
    refuses("{\"wings\":\"two\"}", "\"wings\"");
    char *token = strstr(text, "\"token\":\"0");
    token[9] = 'x';
    refuses(text, "token");
    token[9] = '0';
    memcpy(strstr(text, "tls+tcp"), "tcp+tcp", 7);
    refuses(text, "desk");
    free(text);
}
END_TEST

START_TEST(a_missing_file_is_a_matter_of_files)
{
    toc_ticket t;
    toc_error e;
    ck_assert_int_eq(toc_ticket_read(&t, "/nonexistent/a.ticket", NULL, &e), TOC_EIO);
    ck_assert_msg(strstr(e.msg, "/nonexistent/a.ticket"), "%s", e.msg);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, a_ticket_is_read_as_it_was_written);
    tcase_add_test(tc, a_ticket_that_an_editor_of_windows_saved_is_read);
    tcase_add_test(tc, a_ticket_is_for_its_owner_only);
    tcase_add_test(tc, a_ticket_cut_at_any_byte_is_refused);
    tcase_add_test(tc, what_is_wrong_with_a_ticket_is_said);
    tcase_add_test(tc, a_missing_file_is_a_matter_of_files);
}

TOC_CHECK_MAIN("ticket", add_tests)
