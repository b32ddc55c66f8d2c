// SPDX-License-Identifier: MIT
// A stranger's client: Debian's nngcat, which knows nothing of us. With a team's certificate it reads that team's
// feed and nothing else; with any other, or none, or a revoked one, it reads nothing at all.

#include "check_main.h"
#include "run_harness.h"
#include "tally.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/files.h"
#include "base/mem.h"
#include "crypto/certificate.h"
#include "record/ticket.h"

static char *runs, *folder;
static process engine;
static toc_error e;

static void open_doors(void)
{
    char *scenario = source_path("tests/fixtures/relay");
    runs = folder_new();
    // An answer has 40 s of play: more than a second on the wall, for a busy machine.
    process_start(&engine,
                  (const char *const[]){binary(), "run", scenario, "--run-dir", runs, "--listen",
                                        "127.0.0.1:0", "--auto-start", "--in", "20s", NULL});
    ck_assert_msg(process_until(&engine, "sits down with", NULL, 30), "%s",
                  toc_buf_text(&engine.said));
    folder = run_folder_of(&engine);
    free(scenario);
}

static void close_doors(void)
{
    process_kill(&engine, SIGKILL);
    process_free(&engine);
    folder_remove(runs);
    free(folder);
}

static char *write_file(const char *name, const char *text)
{
    char *path = toc_sprintf("%s/%s", runs, name);
    TOC_OK_OR_FAIL(toc_file_write_private(path, text, strlen(text), &e), e);
    return path;
}

// nngcat at a feed of an audience, with this certificate and key (NULL: none).
static void start_nngcat(process *p, const char *audience, const char *ca, const char *cert,
                         const char *key)
{
    char *url = toc_sprintf("tls+tcp://localhost:%d", run_port_of(&engine, audience));
    if (cert)
        process_start(p, (const char *const[]){"nngcat", "--sub", "--subscribe", "", "--raw",
                                               "--cacert", ca, "--cert", cert, "--key", key,
                                               "--dial", url, NULL});
    else
        process_start(p, (const char *const[]){"nngcat", "--sub", "--subscribe", "", "--raw",
                                               "--cacert", ca, "--dial", url, NULL});
    free(url);
}

typedef struct {
    char *ca, *cert, *key;
} papers;

static papers papers_of(const char *seat)
{
    toc_ticket t = {0};
    char *path = toc_sprintf("%s/tickets/%s.ticket", folder, seat);
    TOC_OK_OR_FAIL(toc_ticket_read(&t, path, NULL, &e), e);
    char *names[3] = {toc_sprintf("%s.ca", seat), toc_sprintf("%s.cert", seat),
                      toc_sprintf("%s.key", seat)};
    papers p = {write_file(names[0], t.ca), write_file(names[1], t.certificate),
                write_file(names[2], t.key)};
    for (size_t i = 0; i < 3; i++)
        free(names[i]);
    toc_ticket_fini(&t);
    free(path);
    return p;
}

static papers foreign_papers(const char *ca_of_run)
{
    toc_buf ca = {0}, ca_key = {0}, cert = {0}, key = {0};
    char serial[33];
    TOC_OK_OR_FAIL(toc_ca_new("somebody else", &ca, &ca_key, &e), e);
    TOC_OK_OR_FAIL(toc_client_cert_new(ca.data, ca_key.data, "north-1", &cert, &key, serial, &e),
                   e);
    papers p = {toc_strdup(ca_of_run), write_file("foreign.cert", cert.data),
                write_file("foreign.key", key.data)};
    toc_buf_fini(&ca);
    toc_buf_fini(&ca_key);
    toc_buf_fini(&cert);
    toc_buf_fini(&key);
    return p;
}

static void free_papers(papers *p)
{
    free(p->ca);
    free(p->cert);
    free(p->key);
}

START_TEST(a_stock_client_reads_its_own_feed_and_a_stranger_reads_nothing)
{
    static const char *const seats[] = {"excon-1", "north-1", "north-2", "south-1", "west-1"};
    papers north = papers_of("north-2"), south = papers_of("south-1"),
           foreign = foreign_papers(north.ca);
    process own, at_south, at_control, at_board, wrong, none, seat[TOC_COUNT(seats)];
    start_nngcat(&own, "north", north.ca, north.cert, north.key);
    start_nngcat(&at_south, "south", north.ca, north.cert, north.key);
    start_nngcat(&at_control, "control", north.ca, north.cert, north.key);
    start_nngcat(&at_board, "board", south.ca, south.cert, south.key);
    start_nngcat(&wrong, "north", foreign.ca, foreign.cert, foreign.key);
    start_nngcat(&none, "north", north.ca, NULL, NULL);
    ck_assert(
        process_until(&own, "heartbeat", NULL, 20)); // it is connected before anything happens
    for (size_t i = 0; i < TOC_COUNT(seats); i++) {
        char *ticket = toc_sprintf("%s/tickets/%s.ticket", folder, seats[i]);
        process_start(&seat[i],
                      (const char *const[]){binary(), "join", ticket, "--auto", "first", NULL});
        free(ticket);
    }
    ck_assert_int_eq(process_end(&engine, 110), 0);
    ck_assert(process_until(&own, "\"k\":\"close\"", NULL, 10));

    const char *said = toc_buf_text(&own.said);
    ck_assert_ptr_nonnull(strstr(said, "SECRET of north is number 18"));
    ck_assert_ptr_nonnull(strstr(said, "\"k\":\"decided\""));
    ck_assert_msg(!strstr(said, "SECRET of south") && !strstr(said, "SECRET of west"), "%s", said);
    ck_assert_msg(!strstr(said, "\"seq\"") && !strstr(said, "\"cause\"") &&
                      !strstr(said, "south-1"),
                  "%s", said);
    process *silent[] = {&at_south, &at_control, &at_board, &wrong, &none};
    for (size_t i = 0; i < TOC_COUNT(silent); i++) {
        process_kill(silent[i], SIGTERM);
        process_end(silent[i], 10);
        ck_assert_msg(!strstr(toc_buf_text(&silent[i]->said), "{"), "stranger %zu read: %s", i,
                      silent[i]->said.data);
        process_free(silent[i]);
    }
    tally("strangers at a feed: another audience's, foreign, or no certificate", TOC_COUNT(silent),
          0);
    process_kill(&own, SIGTERM);
    process_free(&own);
    for (size_t i = 0; i < TOC_COUNT(seats); i++)
        process_free(&seat[i]);
    free_papers(&north);
    free_papers(&south);
    free_papers(&foreign);
}
END_TEST

START_TEST(a_revoked_certificate_reads_nothing_more_and_never_again)
{
    papers north = papers_of("north-2");
    process excon, before, after;
    char *ticket = toc_sprintf("%s/tickets/excon-1.ticket", folder);
    process_start(&excon, (const char *const[]){binary(), "join", ticket, NULL});
    start_nngcat(&before, "north", north.ca, north.cert, north.key);
    ck_assert(process_until(&before, "heartbeat", NULL, 20));
    process_write(&excon, "revoke north-2 lost\n");
    ck_assert_msg(process_until(&engine, "seat revoked: north-2", NULL, 20), "%s",
                  toc_buf_text(&excon.said));
    start_nngcat(&after, "north", north.ca, north.cert, north.key);
    process_write(&excon, "start\n");
    ck_assert_msg(process_until(&engine, "INJ-03", NULL, 30), "%s", toc_buf_text(&excon.said));
    process *silent[] = {&before, &after};
    for (size_t i = 0; i < TOC_COUNT(silent); i++) {
        process_kill(silent[i], SIGTERM);
        process_end(silent[i], 10);
        ck_assert_msg(!strstr(toc_buf_text(&silent[i]->said), "\"k\":\"start\""), "%s",
                      silent[i]->said.data);
        process_free(silent[i]);
    }
    tally("revoked certificates at a feed, held open and dialled anew", TOC_COUNT(silent), 0);
    process_free(&excon);
    free(ticket);
    free_papers(&north);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, open_doors, close_doors);
    tcase_add_test(tc, a_stock_client_reads_its_own_feed_and_a_stranger_reads_nothing);
    tcase_add_test(tc, a_revoked_certificate_reads_nothing_more_and_never_again);
}

TOC_CHECK_MAIN("stranger", add_tests)
