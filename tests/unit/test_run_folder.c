// SPDX-License-Identifier: MIT
// The folder of a run: private, whole, and enough to take the run up again.

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/mem.h"
#include "check_main.h"
#include "crypto/certificate.h"
#include "crypto/crypto.h"
#include "hub/run_folder.h"
#include "process.h"

static char *top;
static char *runs;
static toc_run_folder *folder;
static toc_error e;

static int ports[] = {7400, 7401, 7402, 7403};
static char *audiences[] = {"control", "ops", "board"};
static char *seats[] = {"excon-1", "board-1"};
static toc_run_info info = {.run = "fixture-1",
                            .exercise = "fixture",
                            .title = "A \"quoted\" title — über",
                            .marking = "TLP:CLEAR",
                            .listen = "0.0.0.0",
                            .host = "hall",
                            .ports = ports,
                            .audiences = audiences,
                            .audience_count = 3,
                            .seats = seats,
                            .seat_count = 2};

static void setup(void)
{
    top = folder_new();
    runs = toc_sprintf("%s/runs", top);
    TOC_OK_OR_FAIL(toc_run_folder_create(&folder, runs, &info, &e), e);
}

static void teardown(void)
{
    toc_run_folder_free(folder);
    folder_remove(top);
    free(runs);
}

static unsigned mode_of(const char *below)
{
    struct stat st;
    char *path = toc_sprintf("%s/%s", toc_run_folder_path(folder), below);
    ck_assert_msg(stat(path, &st) == 0, "%s is missing", path);
    free(path);
    return st.st_mode & 07777;
}

START_TEST(nobody_else_can_look_into_a_run)
{
    char serial[33];
    TOC_OK_OR_FAIL(toc_run_folder_issue(folder, "ops-1", NULL, serial, &e), e);
    ck_assert_uint_eq(mode_of(""), 0700);
    ck_assert_uint_eq(mode_of("keys"), 0700);
    ck_assert_uint_eq(mode_of("tickets"), 0700);
    ck_assert_uint_eq(mode_of("keys/seal.key"), 0600);
    ck_assert_uint_eq(mode_of("keys/server.key"), 0600);
    ck_assert_uint_eq(mode_of("keys/audience-ops.key"), 0600);
    ck_assert_uint_eq(mode_of("tickets/ops-1.ticket"), 0600);
    ck_assert_uint_eq(mode_of("run.json"), 0600);
}
END_TEST

START_TEST(an_opened_folder_says_what_the_made_one_said)
{
    toc_run_folder *again;
    TOC_OK_OR_FAIL(toc_run_folder_open(&again, toc_run_folder_path(folder), &e), e);
    const toc_run_info *read = toc_run_folder_info(again);
    ck_assert_str_eq(read->run, info.run);
    ck_assert_str_eq(read->exercise, info.exercise);
    ck_assert_str_eq(read->title, info.title);
    ck_assert_str_eq(read->marking, info.marking);
    ck_assert_str_eq(read->listen, info.listen);
    ck_assert_str_eq(read->host, info.host);
    ck_assert_uint_eq(read->audience_count, 3);
    ck_assert_uint_eq(read->seat_count, 2);
    for (size_t i = 0; i < 4; i++)
        ck_assert_int_eq(read->ports[i], ports[i]);
    ck_assert_str_eq(read->audiences[2], "board");
    ck_assert_str_eq(read->seats[1], "board-1");
    toc_run_folder_free(again);
}
END_TEST

START_TEST(a_ticket_names_its_seat_its_ports_and_the_runs_key)
{
    toc_ticket t;
    toc_buf seal = {0}, ca = {0};
    char serial[33], of_cert[33], key[65];
    TOC_OK_OR_FAIL(toc_run_folder_issue(folder, "ops-2", &t, serial, &e), e);
    TOC_OK_OR_FAIL(toc_run_folder_key(folder, "seal.key", &seal, &e), e);
    TOC_OK_OR_FAIL(toc_run_folder_key(folder, "ca.pem", &ca, &e), e);
    TOC_OK_OR_FAIL(toc_seal_key_public(seal.data, key, &e), e);
    TOC_OK_OR_FAIL(toc_cert_serial(t.certificate, of_cert, &e), e);
    ck_assert_str_eq(t.seat, "ops-2");
    ck_assert_str_eq(t.role, "participant");
    ck_assert_str_eq(t.team, "ops");
    ck_assert_str_eq(t.desk, "tls+tcp://hall:7400");
    ck_assert_str_eq(t.feed, "tls+tcp://hall:7402");
    ck_assert_uint_eq(strlen(t.token), 32);
    ck_assert_str_eq(t.seal_key, key);
    ck_assert_str_eq(t.ca, ca.data);
    ck_assert_str_eq(serial, of_cert);
    toc_ticket_fini(&t);
    TOC_OK_OR_FAIL(toc_run_folder_issue(folder, "excon-1", &t, serial, &e), e);
    ck_assert_str_eq(t.role, "excon");
    ck_assert_str_eq(t.team, "control");
    ck_assert_str_eq(t.feed, "tls+tcp://hall:7401");
    toc_ticket_fini(&t);
    toc_buf_fini(&seal);
    toc_buf_fini(&ca);
}
END_TEST

START_TEST(a_new_ticket_replaces_the_old_and_has_another_token_and_serial)
{
    toc_ticket first, second, read;
    char a[33], b[33], c[33];
    TOC_OK_OR_FAIL(toc_run_folder_issue(folder, "ops-1", &first, a, &e), e);
    TOC_OK_OR_FAIL(toc_run_folder_issue(folder, "ops-1", &second, b, &e), e);
    ck_assert_str_ne(a, b);
    ck_assert_str_ne(first.token, second.token);
    TOC_OK_OR_FAIL(toc_run_folder_ticket(folder, "ops-1", &read, c, &e), e);
    ck_assert_str_eq(c, b);
    ck_assert_str_eq(read.token, second.token);
    toc_ticket_fini(&first);
    toc_ticket_fini(&second);
    toc_ticket_fini(&read);
    TOC_OK_OR_FAIL(toc_run_folder_drop_ticket(folder, "ops-1", &e), e);
    TOC_OK_OR_FAIL(toc_run_folder_drop_ticket(folder, "ops-1", &e), e); // gone already
    ck_assert_int_ne(toc_run_folder_ticket(folder, "ops-1", &read, c, &e), TOC_OK);
}
END_TEST

static char *put_ticket(const toc_ticket *t, const char *seat)
{
    char *path = toc_run_folder_ticket_path(folder, seat);
    TOC_OK_OR_FAIL(toc_ticket_write(t, path, &e), e);
    return path;
}

// Each part that could be taken from another's ticket, put into the file of ops-1.
START_TEST(a_ticket_that_is_not_its_files_seats_is_refused_by_name)
{
    toc_ticket own, other, read;
    char serial[33], no_run[] = "fixture-2", excon[] = "excon-1";
    TOC_OK_OR_FAIL(toc_run_folder_issue(folder, "ops-1", &own, serial, &e), e);
    TOC_OK_OR_FAIL(toc_run_folder_issue(folder, "ops-2", &other, serial, &e), e);
    toc_ticket cases[] = {other, own, own, own, own};
    cases[1].run = no_run;
    cases[2].seat = excon;
    cases[3].certificate = other.certificate;
    cases[4].certificate = own.ca;
    static const char *const words[] = {"is the ticket of ops-2, and not ops-1's",
                                        "is a ticket of another run, fixture-2",
                                        "is the ticket of excon-1, and not ops-1's",
                                        "is not ops-1's in this run", "is not ops-1's in this run"};
    for (size_t i = 0; i < TOC_COUNT(cases); i++) {
        char *path = put_ticket(&cases[i], "ops-1");
        ck_assert_int_eq(toc_run_folder_ticket(folder, "ops-1", &read, serial, &e), TOC_EREFUSED);
        ck_assert_msg(strstr(e.msg, path) && strstr(e.msg, words[i]) &&
                          strstr(e.msg, "put the right file back, or delete it"),
                      "%s", e.msg);
        free(path);
    }
    free(put_ticket(&own, "ops-1"));
    TOC_OK_OR_FAIL(toc_run_folder_ticket(folder, "ops-1", &read, serial, &e), e);
    toc_ticket_fini(&read);
    toc_ticket_fini(&own);
    toc_ticket_fini(&other);
}
END_TEST

START_TEST(a_folder_of_tickets_that_is_gone_is_made_again)
{
    char serial[33];
    char *tickets = toc_sprintf("%s/tickets", toc_run_folder_path(folder));
    ck_assert_int_eq(rmdir(tickets), 0);
    TOC_OK_OR_FAIL(toc_run_folder_issue(folder, "ops-1", NULL, serial, &e), e);
    ck_assert_uint_eq(mode_of("tickets"), 0700);
    ck_assert_uint_eq(mode_of("tickets/ops-1.ticket"), 0600);
    free(tickets);
}
END_TEST

static size_t issued;

static void on_issued(void *context, const toc_ticket *t, const char *serial)
{
    toc_ticket read;
    char same[33];
    ck_assert_ptr_eq(context, folder);
    TOC_OK_OR_FAIL(toc_run_folder_ticket(folder, t->seat, &read, same, &e), e);
    ck_assert_str_eq(read.token, t->token);
    ck_assert_str_eq(same, serial);
    toc_ticket_fini(&read);
    issued++;
}

START_TEST(first_tickets_are_made_together_and_each_is_a_ticket)
{
    char ops1[] = "ops-1", ops2[] = "ops-2", excon[] = "excon-1", nobody[] = "nobody-1";
    issued = 0;
    TOC_OK_OR_FAIL(toc_run_folder_issue_all(folder, (char *const[]){ops1, ops2, excon}, 3,
                                            on_issued, folder, &e),
                   e);
    ck_assert_uint_eq(issued, 3);
    ck_assert_uint_eq(mode_of("tickets/ops-2.ticket"), 0600);
    ck_assert_int_eq(toc_run_folder_issue_all(folder, (char *const[]){ops1, nobody, ops2}, 3,
                                              on_issued, folder, &e),
                     TOC_EUSAGE);
    ck_assert_uint_eq(issued, 4);
}
END_TEST

START_TEST(only_seats_of_the_run_get_tickets)
{
    char serial[33];
    ck_assert_int_eq(toc_run_folder_issue(folder, "nobody-1", NULL, serial, &e), TOC_EUSAGE);
    ck_assert_int_eq(toc_run_folder_issue(folder, "../../x-1", NULL, serial, &e), TOC_EUSAGE);
    ck_assert_int_eq(toc_run_folder_issue(folder, "ops", NULL, serial, &e), TOC_EUSAGE);
}
END_TEST

START_TEST(a_run_is_not_made_over_another)
{
    toc_run_folder *second;
    ck_assert_int_eq(toc_run_folder_create(&second, runs, &info, &e), TOC_EIO);
    ck_assert_ptr_null(second);
}
END_TEST

START_TEST(closing_destroys_the_seal_key_alone)
{
    toc_buf pem = {0};
    toc_run_folder *again;
    TOC_OK_OR_FAIL(toc_run_folder_close(folder, &e), e);
    ck_assert_int_ne(toc_run_folder_key(folder, "seal.key", &pem, &e), TOC_OK);
    TOC_OK_OR_FAIL(toc_run_folder_key(folder, "server.key", &pem, &e), e);
    TOC_OK_OR_FAIL(toc_run_folder_open(&again, toc_run_folder_path(folder), &e), e);
    toc_run_folder_free(again);
    toc_buf_fini(&pem);
}
END_TEST

START_TEST(what_is_no_run_folder_is_refused_with_a_reason)
{
    static const char *const bad[] = {
        "",
        "{}",
        "[]",
        "{\"run\":1}",
        "{\"run\":\"r\",\"exercise\":\"x\",\"title\":\"\",\"marking\":\"\",\"listen\":\"l\","
        "\"host\":\"h\",\"ports\":[7400],\"audiences\":[\"control\"],\"seats\":[]}",
        "{\"run\":\"r\",\"exercise\":\"x\",\"title\":\"\",\"marking\":\"\",\"listen\":\"l\","
        "\"host\":\"h\",\"ports\":[7400,0],\"audiences\":[\"control\"],\"seats\":[]}",
        "{\"run\":\"r\",\"exercise\":\"x\",\"title\":\"\",\"marking\":\"\",\"listen\":\"l\","
        "\"host\":\"h\",\"ports\":[7400,7401],\"audiences\":\"control\",\"seats\":[]}",
    };
    toc_run_folder *opened;
    ck_assert_int_eq(toc_run_folder_open(&opened, top, &e), TOC_EIO);
    for (size_t i = 0; i < TOC_COUNT(bad); i++) {
        char *path = toc_sprintf("%s/run.json", toc_run_folder_path(folder));
        TOC_OK_OR_FAIL(toc_file_write_private(path, bad[i], strlen(bad[i]), &e), e);
        free(path);
        ck_assert_int_eq(toc_run_folder_open(&opened, toc_run_folder_path(folder), &e),
                         TOC_EFORMAT);
        ck_assert_ptr_nonnull(strstr(e.msg, "run.json"));
    }
}
END_TEST

START_TEST(a_run_is_named_after_exercise_and_time)
{
    char *id = toc_run_id("silent-beams", INT64_C(1795284000000));
    ck_assert_int_eq(strncmp(id, "silent-beams-20261121-180000-", 29), 0);
    ck_assert_uint_eq(strlen(id), 33);
    free(id);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, nobody_else_can_look_into_a_run);
    tcase_add_test(tc, an_opened_folder_says_what_the_made_one_said);
    tcase_add_test(tc, a_ticket_names_its_seat_its_ports_and_the_runs_key);
    tcase_add_test(tc, a_new_ticket_replaces_the_old_and_has_another_token_and_serial);
    tcase_add_test(tc, a_ticket_that_is_not_its_files_seats_is_refused_by_name);
    tcase_add_test(tc, a_folder_of_tickets_that_is_gone_is_made_again);
    tcase_add_test(tc, first_tickets_are_made_together_and_each_is_a_ticket);
    tcase_add_test(tc, only_seats_of_the_run_get_tickets);
    tcase_add_test(tc, a_run_is_not_made_over_another);
    tcase_add_test(tc, closing_destroys_the_seal_key_alone);
    tcase_add_test(tc, what_is_no_run_folder_is_refused_with_a_reason);
    tcase_add_test(tc, a_run_is_named_after_exercise_and_time);
}

TOC_CHECK_MAIN("run_folder", add_tests)
