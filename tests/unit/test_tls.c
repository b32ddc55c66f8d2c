// SPDX-License-Identifier: MIT
// Who gets in, and who does not. What travels, and with whom, is in test_tls_wire.c.
#include "crypto/tls.h"

#include <check.h>
#include <nng/nng.h>
#include <nng/supplemental/tls/tls.h>

#include "check_main.h"
#include "tls_room.h"

// nng sometimes sees the connection's end before the alert that explains it.
static bool is_refusal(int rv)
{
    return rv == NNG_EPEERAUTH || rv == NNG_ECONNSHUT || rv == NNG_ECONNRESET;
}

// The seat of config tries, again and again, while wind-2 reads its feed undisturbed.
static void assert_refused(nng_tls_config *config)
{
    pipes joined = {0};
    nng_socket pub = open_pub(), good = open_sub(), bad = open_sub(), again = open_sub();
    nng_tls_config_hold(config);
    watch(pub, &joined);
    int port = listen_on(pub, server_config(&run.server, &run.wind_ca));
    int rv = dial(bad, port, config);
    ck_assert_msg(is_refusal(rv), "the dial gave %d, %s", rv, nng_strerror(rv));
    ck_assert_int_ne(dial(again, port, config), 0);
    nng_ok(dial(good, port, client_config(&run.server_ca, &run.wind_2, "tocsin")));
    for (int i = 0; i < 5; i++)
        publish_until_received(pub, good);
    ck_assert(!readable(bad, 0));
    ck_assert(!readable(again, 0));
    await(&joined, &joined.added, 1); // nng may say it after the first message
    ck_assert_int_eq(count_added(&joined), 1);
}

START_TEST(the_engine_is_openssl_and_is_registered_once)
{
    start_tls();
    start_tls();
    ck_assert_str_eq(nng_tls_engine_name(), "openssl");
}
END_TEST

START_TEST(a_seat_with_a_certificate_of_the_audience_reads_its_feed)
{
    start_tls();
    pipes joined = {0}, own = {0};
    nng_socket pub = open_pub(), sub = open_sub();
    watch(pub, &joined);
    watch(sub, &own);
    int port = listen_on(pub, server_config(&run.server, &run.wind_ca));
    nng_ok(dial(sub, port, client_config(&run.server_ca, &run.wind_1, "localhost")));
    publish_until_received(pub, sub);
    await(&joined, &joined.verified, 1);
    await(&own, &own.verified, 1);
}
END_TEST

START_TEST(the_desk_accepts_every_audience)
{
    start_tls();
    nng_socket pub = open_pub(), one = open_sub(), two = open_sub();
    identity both = {0};
    toc_buf_str(&both.cert, run.wind_ca.cert.data);
    toc_buf_str(&both.cert, run.space_ca.cert.data);
    int port = listen_on(pub, server_config(&run.server, &both));
    nng_ok(dial(one, port, client_config(&run.server_ca, &run.wind_1, "tocsin")));
    nng_ok(dial(two, port, client_config(&run.server_ca, &run.space_1, "tocsin")));
    publish_until_received(pub, one);
    publish_until_received(pub, two);
    fini_identity(&both);
}
END_TEST

START_TEST(a_seat_of_another_audience_is_refused)
{
    start_tls();
    assert_refused(client_config(&run.server_ca, &run.space_1, "tocsin"));
}
END_TEST

START_TEST(a_foreign_ca_of_the_same_name_is_refused)
{
    start_tls();
    identity ca = {0}, seat = {0};
    make_ca("Tocsin audience wind", &ca);
    make_client(&ca, "wind-1", &seat);
    assert_refused(client_config(&run.server_ca, &seat, "tocsin"));
    fini_identity(&ca);
    fini_identity(&seat);
}
END_TEST

START_TEST(a_peer_without_a_certificate_is_refused)
{
    start_tls();
    assert_refused(client_config(&run.server_ca, NULL, "tocsin"));
}
END_TEST

START_TEST(a_servers_certificate_is_no_clients)
{
    start_tls();
    identity server = {0};
    make_server(&run.wind_ca, &server); // the right CA, the wrong purpose
    assert_refused(client_config(&run.server_ca, &server, "tocsin"));
    fini_identity(&server);
}
END_TEST

START_TEST(a_ca_itself_is_no_client)
{
    start_tls();
    assert_refused(client_config(&run.server_ca, &run.wind_ca, "tocsin"));
}
END_TEST

START_TEST(refusals_are_the_same_over_tls_1_2)
{
    start_tls();
    nng_tls_config *config = client_config(&run.server_ca, &run.space_1, "tocsin");
    nng_ok(nng_tls_config_version(config, NNG_TLS_1_2, NNG_TLS_1_2));
    assert_refused(config);
}
END_TEST

// A client that spoke before the server had judged it would hang for ever in some of these dials.
START_TEST(a_refusal_comes_at_once_every_time)
{
    start_tls();
    nng_socket pub = open_pub();
    int port = listen_on(pub, server_config(&run.server, &run.wind_ca));
    for (int i = 0; i < 300; i++) {
        const identity *id = i % 2 ? &run.space_1 : NULL;
        int64_t begin = now_ms();
        int rv = dial(open_sub(), port, client_config(&run.server_ca, id, "tocsin"));
        ck_assert_msg(is_refusal(rv), "dial %d gave %s", i, nng_strerror(rv));
        ck_assert_int_lt(now_ms() - begin, 5000);
    }
}
END_TEST

START_TEST(a_revoked_seat_cannot_come_back_while_another_joins)
{
    start_tls();
    nng_socket pub = open_pub(), before = open_sub(), after = open_sub(), other = open_sub();
    int port = listen_on(pub, server_config(&run.server, &run.wind_ca));
    nng_ok(dial(before, port, client_config(&run.server_ca, &run.wind_1, "tocsin")));
    publish_until_received(pub, before);
    toc_tls_revoke(run.wind_1.serial);
    toc_tls_revoke(run.wind_1.serial);
    toc_tls_revoke("not a serial, and much longer than any serial number could ever be");
    ck_assert_int_ne(dial(after, port, client_config(&run.server_ca, &run.wind_1, "tocsin")), 0);
    nng_ok(dial(other, port, client_config(&run.server_ca, &run.wind_2, "tocsin")));
    publish_until_received(pub, other);
    ck_assert(!readable(after, 0));
    assert_refused(client_config(&run.server_ca, &run.wind_1, "tocsin"));
}
END_TEST

START_TEST(a_servers_name_may_be_any_of_its_names_and_addresses)
{
    static const char *const good[] = {"tocsin", "localhost", "127.0.0.1",    "::1",
                                       "[::1]",  "TOCSIN",    "exercise-hall"};
    start_tls();
    nng_socket pub = open_pub();
    int port = listen_on(pub, server_config(&run.server, &run.wind_ca));
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        int rv = dial(open_sub(), port, client_config(&run.server_ca, &run.wind_1, good[i]));
        ck_assert_msg(rv == 0, "%s: %s", good[i], nng_strerror(rv));
    }
}
END_TEST

START_TEST(a_server_with_another_name_is_refused)
{
    static const char *const bad[] = {"tocsin.example.org", "localhos", "127.0.0.2", "::2", "t*"};
    start_tls();
    nng_socket pub = open_pub();
    int port = listen_on(pub, server_config(&run.server, &run.wind_ca));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int rv = dial(open_sub(), port, client_config(&run.server_ca, &run.wind_1, bad[i]));
        ck_assert_msg(rv == NNG_EPEERAUTH, "%s: %s", bad[i], nng_strerror(rv));
    }
}
END_TEST

START_TEST(a_later_server_name_replaces_an_earlier_one)
{
    start_tls();
    nng_socket pub = open_pub();
    int port = listen_on(pub, server_config(&run.server, &run.wind_ca));
    nng_tls_config *config = client_config(&run.server_ca, &run.wind_1, "wrong");
    nng_ok(nng_tls_config_server_name(config, "127.0.0.2"));
    nng_ok(nng_tls_config_server_name(config, "tocsin"));
    nng_ok(dial(open_sub(), port, config));
    config = client_config(&run.server_ca, &run.wind_1, "tocsin");
    nng_ok(nng_tls_config_server_name(config, "127.0.0.2"));
    ck_assert_int_eq(dial(open_sub(), port, config), NNG_EPEERAUTH);
}
END_TEST

START_TEST(without_a_server_name_the_chain_is_still_checked)
{
    start_tls();
    identity ca = {0};
    make_ca("Tocsin server CA", &ca);
    nng_socket pub = open_pub();
    int port = listen_on(pub, server_config(&run.server, &run.wind_ca));
    nng_ok(dial(open_sub(), port, client_config(&run.server_ca, &run.wind_1, NULL)));
    ck_assert_int_eq(dial(open_sub(), port, client_config(&ca, &run.wind_1, NULL)), NNG_EPEERAUTH);
    fini_identity(&ca);
}
END_TEST

START_TEST(a_clients_certificate_is_no_servers)
{
    start_tls();
    identity seat = {0};
    make_client(&run.server_ca, "impostor", &seat);
    nng_socket pub = open_pub();
    int port = listen_on(pub, server_config(&seat, &run.wind_ca));
    ck_assert_int_eq(dial(open_sub(), port, client_config(&run.server_ca, &run.wind_1, NULL)),
                     NNG_EPEERAUTH);
    fini_identity(&seat);
}
END_TEST

START_TEST(what_is_no_pem_or_no_pair_is_refused_when_it_is_set)
{
    start_tls();
    nng_tls_config *config;
    nng_ok(nng_tls_config_alloc(&config, NNG_TLS_MODE_SERVER));
    ck_assert_int_eq(nng_tls_config_ca_chain(config, "nonsense", NULL), NNG_ECRYPTO);
    ck_assert_int_eq(nng_tls_config_ca_chain(config, "", NULL), NNG_ECRYPTO);
    ck_assert_int_eq(
        nng_tls_config_own_cert(config, run.wind_1.cert.data, run.wind_2.key.data, NULL),
        NNG_ECRYPTO);
    ck_assert_int_eq(nng_tls_config_own_cert(config, "nonsense", run.wind_1.key.data, NULL),
                     NNG_ECRYPTO);
    ck_assert_int_eq(nng_tls_config_own_cert(config, run.wind_1.cert.data, "", NULL), NNG_ECRYPTO);
    ck_assert_int_eq(nng_tls_config_version(config, NNG_TLS_1_0, NNG_TLS_1_1), NNG_ENOTSUP);
    nng_ok(nng_tls_config_version(config, NNG_TLS_1_0, NNG_TLS_1_2));
    nng_ok(nng_tls_config_version(config, NNG_TLS_1_3, NNG_TLS_1_3));
    nng_tls_config_free(config);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, setup_run, free_run);
    tcase_add_test(tc, the_engine_is_openssl_and_is_registered_once);
    tcase_add_test(tc, a_seat_with_a_certificate_of_the_audience_reads_its_feed);
    tcase_add_test(tc, the_desk_accepts_every_audience);
    tcase_add_test(tc, a_seat_of_another_audience_is_refused);
    tcase_add_test(tc, a_foreign_ca_of_the_same_name_is_refused);
    tcase_add_test(tc, a_peer_without_a_certificate_is_refused);
    tcase_add_test(tc, a_servers_certificate_is_no_clients);
    tcase_add_test(tc, a_ca_itself_is_no_client);
    tcase_add_test(tc, refusals_are_the_same_over_tls_1_2);
    tcase_add_test(tc, a_refusal_comes_at_once_every_time);
    tcase_add_test(tc, a_revoked_seat_cannot_come_back_while_another_joins);
    tcase_add_test(tc, a_servers_name_may_be_any_of_its_names_and_addresses);
    tcase_add_test(tc, a_server_with_another_name_is_refused);
    tcase_add_test(tc, a_later_server_name_replaces_an_earlier_one);
    tcase_add_test(tc, without_a_server_name_the_chain_is_still_checked);
    tcase_add_test(tc, a_clients_certificate_is_no_servers);
    tcase_add_test(tc, what_is_no_pem_or_no_pair_is_refused_when_it_is_set);
}
TOC_CHECK_MAIN("tls", add_tests)
