// SPDX-License-Identifier: MIT
#include "crypto/crypto.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "check_main.h"
#include "crypto/certificate.h"

static void assert_sha256(const char *text, const char *expected)
{
    char hex[TOC_HASH_HEX + 1];
    toc_sha256_hex(hex, (const toc_bytes[]){{text, strlen(text)}, {NULL, 0}});
    ck_assert_str_eq(hex, expected);
}

// FIPS 180-2, appendix B, and the empty message.
START_TEST(sha256_gives_the_published_values)
{
    assert_sha256("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_sha256("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}
END_TEST

START_TEST(runs_of_bytes_hash_as_if_they_were_one)
{
    char hex[TOC_HASH_HEX + 1];
    toc_sha256_hex(hex, (const toc_bytes[]){{"a", 1}, {"", 0}, {"bc", 2}, {NULL, 0}});
    ck_assert_str_eq(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    toc_sha256_hex(hex, (const toc_bytes[]){{NULL, 0}});
    ck_assert_str_eq(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}
END_TEST

START_TEST(tokens_are_32_hex_digits_and_differ)
{
    char a[33], b[33];
    uint8_t bytes[16];
    toc_token_new(a);
    toc_token_new(b);
    ck_assert(toc_hex_decode(a, bytes, sizeof bytes));
    ck_assert_uint_eq(strspn(a, "0123456789abcdef"), 32);
    ck_assert_str_ne(a, b);
}
END_TEST

START_TEST(random_bytes_fill_all_of_a_large_block)
{
    static uint8_t block[10000];
    toc_random_bytes(block, sizeof block);
    size_t zeros = 0;
    for (size_t i = 0; i < sizeof block; i++)
        zeros += block[i] == 0;
    ck_assert_uint_lt(zeros, 200); // 39 are to be expected
}
END_TEST

START_TEST(secrets_are_equal_only_as_a_whole)
{
    ck_assert(toc_secret_equal("", ""));
    ck_assert(toc_secret_equal("0123", "0123"));
    ck_assert(!toc_secret_equal("0123", "0124"));
    ck_assert(!toc_secret_equal("0123", "012"));
    ck_assert(!toc_secret_equal("", "0"));
}
END_TEST

START_TEST(hex_goes_there_and_back)
{
    const uint8_t bytes[] = {0x00, 0x7f, 0x80, 0xff, 0x1a};
    uint8_t back[sizeof bytes];
    toc_buf out = {0};
    toc_hex_encode(&out, bytes, sizeof bytes);
    ck_assert_str_eq(out.data, "007f80ff1a");
    ck_assert(toc_hex_decode(out.data, back, sizeof back));
    ck_assert_mem_eq(back, bytes, sizeof bytes);
    ck_assert(toc_hex_decode("007F80FF1A", back, sizeof back));
    toc_buf_fini(&out);
}
END_TEST

START_TEST(hex_that_is_too_short_too_long_or_not_hex_is_refused)
{
    uint8_t out[2];
    ck_assert(!toc_hex_decode("", out, 2));
    ck_assert(!toc_hex_decode("012", out, 2));
    ck_assert(!toc_hex_decode("01234", out, 2));
    ck_assert(!toc_hex_decode("012345", out, 2));
    ck_assert(!toc_hex_decode("01g3", out, 2));
    ck_assert(!toc_hex_decode(" 123", out, 2));
    ck_assert(!toc_hex_decode("0x12", out, 2));
    ck_assert(toc_hex_decode("", out, 0));
}
END_TEST

static void assert_base64(const char *plain, const char *coded)
{
    toc_error e = {0};
    toc_buf out = {0};
    toc_base64_encode(&out, plain, strlen(plain));
    ck_assert_str_eq(out.data, coded);
    toc_buf_clear(&out);
    TOC_OK_OR_FAIL(toc_base64_decode(&out, coded, strlen(coded), &e), e);
    ck_assert_str_eq(out.data, plain);
    ck_assert_uint_eq(out.len, strlen(plain));
    toc_buf_fini(&out);
}

// RFC 4648, section 10.
START_TEST(base64_gives_the_published_values)
{
    assert_base64("", "");
    assert_base64("f", "Zg==");
    assert_base64("fo", "Zm8=");
    assert_base64("foo", "Zm9v");
    assert_base64("foob", "Zm9vYg==");
    assert_base64("fooba", "Zm9vYmE=");
    assert_base64("foobar", "Zm9vYmFy");
}
END_TEST

START_TEST(base64_of_every_length_up_to_2000_comes_back)
{
    uint8_t bytes[2000];
    toc_error e = {0};
    toc_buf coded = {0}, back = {0};
    toc_random_bytes(bytes, sizeof bytes);
    for (size_t len = 0; len <= sizeof bytes; len++) {
        toc_buf_clear(&coded);
        toc_buf_clear(&back);
        toc_base64_encode(&coded, bytes, len);
        ck_assert_uint_eq(coded.len, (len + 2) / 3 * 4);
        TOC_OK_OR_FAIL(toc_base64_decode(&back, coded.data, coded.len, &e), e);
        ck_assert_uint_eq(back.len, len);
        ck_assert(memcmp(back.data, bytes, len) == 0);
    }
    toc_buf_fini(&coded);
    toc_buf_fini(&back);
}
END_TEST

START_TEST(base64_with_a_flaw_is_refused_and_named)
{
    static const char *const bad[] = {
        "Z",    "Zg",   "Zg=",   "Zg===", "====", "Z===", "=g==",     "Zg==Zg==", "Zm9v\n",
        "Zm 9", " m9v", "Zm9v ", "Zm-_",  "Zm9=", "Zh==", "Zm9vYmF=", "Zm9vY===", "Zg=a",
    };
    toc_buf out = {0};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        toc_error e = {0};
        ck_assert_msg(toc_base64_decode(&out, bad[i], strlen(bad[i]), &e) == TOC_EFORMAT, "%s",
                      bad[i]);
        ck_assert_str_ne(e.msg, "");
        ck_assert_uint_eq(out.len, 0);
    }
    ck_assert_int_eq(toc_base64_decode(&out, "Zm9v\0m9v", 8, NULL), TOC_EFORMAT);
    toc_buf_fini(&out);
}
END_TEST

// RFC 8032, section 7.1, tests 1 and 3.
START_TEST(published_ed25519_signatures_verify)
{
    ck_assert(toc_seal_verify("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                              "", 0,
                              "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                              "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"));
    ck_assert(toc_seal_verify("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
                              "\xaf\x82", 2,
                              "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                              "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"));
}
END_TEST

// RFC 8032, section 7.1, test 3; the key as PKCS#8 (RFC 8410).
START_TEST(a_signature_is_the_published_one_because_ed25519_uses_no_chance)
{
    static const char pem[] = "-----BEGIN PRIVATE KEY-----\n"
                              "MC4CAQAwBQYDK2VwBCIEIMWqjfQ/n4N77bdELzHct7Fm04U1B28JS4XOOi4LRFj3\n"
                              "-----END PRIVATE KEY-----\n";
    toc_error e = {0};
    char public[65], sig[129];
    TOC_OK_OR_FAIL(toc_seal_key_public(pem, public, &e), e);
    ck_assert_str_eq(public, "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
    TOC_OK_OR_FAIL(toc_seal_sign(pem, "\xaf\x82", 2, sig, &e), e);
    ck_assert_str_eq(sig, "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                          "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
}
END_TEST

START_TEST(a_new_key_signs_what_its_public_half_verifies)
{
    static const char text[] = "tocsin-seal-1\nrun\n12\nhash\n";
    toc_error e = {0};
    toc_buf pem = {0};
    char public[65], again[65], sig[129];
    TOC_OK_OR_FAIL(toc_seal_key_new(&pem, public, &e), e);
    TOC_OK_OR_FAIL(toc_seal_key_public(pem.data, again, &e), e);
    ck_assert_str_eq(public, again);
    TOC_OK_OR_FAIL(toc_seal_sign(pem.data, text, strlen(text), sig, &e), e);
    ck_assert(toc_seal_verify(public, text, strlen(text), sig));
    ck_assert(!toc_seal_verify(public, text, strlen(text) - 1, sig));
    toc_buf_fini(&pem);
}
END_TEST

START_TEST(another_key_does_not_verify)
{
    toc_error e = {0};
    toc_buf pem = {0}, other = {0};
    char public[65], foreign[65], sig[129];
    TOC_OK_OR_FAIL(toc_seal_key_new(&pem, public, &e), e);
    TOC_OK_OR_FAIL(toc_seal_key_new(&other, foreign, &e), e);
    TOC_OK_OR_FAIL(toc_seal_sign(pem.data, "x", 1, sig, &e), e);
    ck_assert(!toc_seal_verify(foreign, "x", 1, sig));
    toc_buf_fini(&pem);
    toc_buf_fini(&other);
}
END_TEST

START_TEST(any_flipped_bit_breaks_a_seal)
{
    toc_error e = {0};
    toc_buf pem = {0}, flipped = {0};
    char public[65], sig[129];
    uint8_t text[8] = "T+1:32:0", bytes[64];
    TOC_OK_OR_FAIL(toc_seal_key_new(&pem, public, &e), e);
    TOC_OK_OR_FAIL(toc_seal_sign(pem.data, text, sizeof text, sig, &e), e);
    for (size_t bit = 0; bit < 8 * sizeof text; bit++) {
        text[bit / 8] ^= (uint8_t)(1U << bit % 8);
        ck_assert(!toc_seal_verify(public, text, sizeof text, sig));
        text[bit / 8] ^= (uint8_t)(1U << bit % 8);
    }
    ck_assert(toc_hex_decode(sig, bytes, sizeof bytes));
    for (size_t bit = 0; bit < 8 * sizeof bytes; bit++) {
        bytes[bit / 8] ^= (uint8_t)(1U << bit % 8);
        toc_buf_clear(&flipped);
        toc_hex_encode(&flipped, bytes, sizeof bytes);
        ck_assert(!toc_seal_verify(public, text, sizeof text, flipped.data));
        bytes[bit / 8] ^= (uint8_t)(1U << bit % 8);
    }
    ck_assert(toc_seal_verify(public, text, sizeof text, sig));
    toc_buf_fini(&pem);
    toc_buf_fini(&flipped);
}
END_TEST

START_TEST(what_is_no_seal_key_is_refused_with_a_reason)
{
    toc_error e = {0};
    toc_buf cert = {0}, p256 = {0};
    char public[65], sig[129];
    ck_assert_int_eq(toc_seal_key_public("", public, &e), TOC_EFORMAT);
    ck_assert_str_ne(e.msg, "");
    ck_assert_int_eq(toc_seal_sign("-----BEGIN PRIVATE KEY-----\nAAAA\n", "x", 1, sig, &e),
                     TOC_EFORMAT);
    TOC_OK_OR_FAIL(toc_ca_new("a P-256 key", &cert, &p256, &e), e);
    ck_assert_int_eq(toc_seal_sign(p256.data, "x", 1, sig, &e), TOC_EFORMAT);
    ck_assert_ptr_nonnull(strstr(e.msg, "Ed25519"));
    ck_assert(!toc_seal_verify("", "x", 1, ""));
    ck_assert(!toc_seal_verify("zz", "x", 1, "zz"));
    toc_buf_fini(&cert);
    toc_buf_fini(&p256);
}
END_TEST

START_TEST(a_fingerprint_is_the_start_of_the_keys_hash_in_groups)
{
    char out[20];
    // sha256 of 32 zero bytes: 66687aadf862bd776c8fc18b8e9f8e20…
    toc_key_fingerprint("0000000000000000000000000000000000000000000000000000000000000000", out);
    ck_assert_str_eq(out, "6668-7aad-f862-bd77");
    toc_key_fingerprint("nonsense", out);
    ck_assert_str_eq(out, "not-a-key");
}
END_TEST

// The openssl program has the last word about our certificates.
static void assert_openssl_says(const toc_buf *pem, const char *options,
                                const char *const *expected)
{
    char path[] = "/tmp/tocsin-test-XXXXXX", command[512];
    static char text[20000];
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, pem->data, pem->len), (ssize_t)pem->len);
    close(fd);
    snprintf(command, sizeof command, "openssl x509 -in %s -noout %s 2>&1", path, options);
    FILE *f = popen(command, "r");
    ck_assert_ptr_nonnull(f);
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    int status = pclose(f);
    unlink(path);
    ck_assert_msg(status == 0, "%s", text);
    for (; *expected; expected++)
        ck_assert_msg(strstr(text, *expected) != NULL, "no \"%s\" in:\n%s", *expected, text);
}

START_TEST(certificates_say_who_they_are_for_and_last_from_1950_to_9999)
{
    toc_error e = {0};
    toc_buf ca = {0}, ca_key = {0}, cert = {0}, key = {0};
    char serial[33], again[33];
    TOC_OK_OR_FAIL(toc_ca_new("Tocsin test CA", &ca, &ca_key, &e), e);
    assert_openssl_says(&ca, "-text",
                        (const char *const[]){"Issuer: CN = Tocsin test CA",
                                              "Subject: CN = Tocsin test CA", "CA:TRUE, pathlen:0",
                                              "Not Before: Jan  1 00:00:00 1950",
                                              "Not After : Dec 31 23:59:59 9999", "prime256v1",
                                              "Certificate Sign", NULL});
    TOC_OK_OR_FAIL(toc_server_cert_new(ca.data, ca_key.data, "10.1.2.3", &cert, &key, &e), e);
    assert_openssl_says(&cert, "-text",
                        (const char *const[]){"TLS Web Server Authentication", "DNS:tocsin",
                                              "DNS:localhost", "IP Address:127.0.0.1",
                                              "IP Address:0:0:0:0:0:0:0:1", "IP Address:10.1.2.3",
                                              "9999", "CA:FALSE", NULL});
    toc_buf_clear(&cert);
    toc_buf_clear(&key);
    TOC_OK_OR_FAIL(toc_client_cert_new(ca.data, ca_key.data, "operator-1", &cert, &key, serial, &e),
                   e);
    assert_openssl_says(&cert, "-text",
                        (const char *const[]){"TLS Web Client Authentication", "CN = operator-1",
                                              "CA:FALSE", NULL});
    TOC_OK_OR_FAIL(toc_cert_serial(cert.data, again, &e), e);
    ck_assert_str_eq(again, serial);
    ck_assert_uint_eq(strspn(serial, "0123456789abcdef"), 32);
    toc_buf_fini(&ca);
    toc_buf_fini(&ca_key);
    toc_buf_fini(&cert);
    toc_buf_fini(&key);
}
END_TEST

// From the beginning of a machine's time, where it stands when its battery is dead, to the last moment that Linux has.
START_TEST(a_certificate_is_good_at_whatever_time_a_clock_may_stand)
{
    static const char *const times[] = {"0",          "1",          "946684799",
                                        "2147483648", "4294967296", "9223372036"};
    toc_error e = {0};
    toc_buf ca = {0}, ca_key = {0}, cert = {0}, key = {0};
    char serial[33], folder[] = "/tmp/tocsin-test-XXXXXX", path[2][64], command[512];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    TOC_OK_OR_FAIL(toc_ca_new("ca", &ca, &ca_key, &e), e);
    TOC_OK_OR_FAIL(toc_client_cert_new(ca.data, ca_key.data, "ops-1", &cert, &key, serial, &e), e);
    for (int i = 0; i < 2; i++) {
        snprintf(path[i], sizeof path[i], "%s/%d", folder, i);
        FILE *f = fopen(path[i], "w");
        ck_assert_ptr_nonnull(f);
        fputs(i == 0 ? ca.data : cert.data, f);
        fclose(f);
    }
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        snprintf(command, sizeof command,
                 "openssl verify -attime %s -purpose sslclient -CAfile %s %s >&2", times[i],
                 path[0], path[1]);
        ck_assert_msg(system(command) == 0, "not good at %s s", times[i]);
    }
    unlink(path[0]);
    unlink(path[1]);
    rmdir(folder);
    toc_buf_fini(&ca);
    toc_buf_fini(&ca_key);
    toc_buf_fini(&cert);
    toc_buf_fini(&key);
}
END_TEST

START_TEST(a_certificate_is_told_from_one_of_another_name_or_another_ca)
{
    toc_error e = {0};
    toc_buf ca = {0}, ca_key = {0}, other = {0}, other_key = {0}, cert = {0}, key = {0};
    char serial[33];
    TOC_OK_OR_FAIL(toc_ca_new("ca", &ca, &ca_key, &e), e);
    TOC_OK_OR_FAIL(toc_ca_new("ca", &other, &other_key, &e), e);
    TOC_OK_OR_FAIL(toc_client_cert_new(ca.data, ca_key.data, "ops-1", &cert, &key, serial, &e), e);
    TOC_OK_OR_FAIL(toc_cert_check(cert.data, ca.data, "ops-1", &e), e);
    ck_assert_int_eq(toc_cert_check(cert.data, other.data, "ops-1", &e), TOC_EREFUSED);
    ck_assert_int_eq(toc_cert_check(cert.data, ca.data, "ops-2", &e), TOC_EREFUSED);
    ck_assert_int_eq(toc_cert_check(cert.data, ca.data, "ops-11", &e), TOC_EREFUSED);
    ck_assert_int_eq(toc_cert_check(cert.data, ca.data, "ops-", &e), TOC_EREFUSED);
    ck_assert_int_eq(toc_cert_check(ca.data, ca.data, "ops-1", &e), TOC_EREFUSED);
    ck_assert_int_eq(toc_cert_check("no PEM", ca.data, "ops-1", &e), TOC_EFORMAT);
    toc_buf_fini(&ca);
    toc_buf_fini(&ca_key);
    toc_buf_fini(&other);
    toc_buf_fini(&other_key);
    toc_buf_fini(&cert);
    toc_buf_fini(&key);
}
END_TEST

START_TEST(a_servers_host_must_be_a_name_or_an_address)
{
    static const char *const bad[] = {"",   "*",  "*.example.org", "a b", "x,DNS:y", "x\ny",
                                      "-x", "::g"};
    static const char *const good[] = {"exercise-hall", "a.example.org", "fe80::1", "192.168.1.7",
                                       "localhost"};
    toc_error e = {0};
    toc_buf ca = {0}, ca_key = {0}, cert = {0}, key = {0};
    TOC_OK_OR_FAIL(toc_ca_new("ca", &ca, &ca_key, &e), e);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ck_assert_msg(toc_server_cert_new(ca.data, ca_key.data, bad[i], &cert, &key, &e) ==
                          TOC_EUSAGE,
                      "%s", bad[i]);
        ck_assert_uint_eq(cert.len + key.len, 0);
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        TOC_OK_OR_FAIL(toc_server_cert_new(ca.data, ca_key.data, good[i], &cert, &key, &e), e);
    toc_buf_fini(&ca);
    toc_buf_fini(&ca_key);
    toc_buf_fini(&cert);
    toc_buf_fini(&key);
}
END_TEST

START_TEST(what_is_no_certificate_is_refused_with_a_reason)
{
    toc_error e = {0};
    toc_buf ca = {0}, ca_key = {0}, other = {0}, other_key = {0}, cert = {0}, key = {0};
    char serial[33];
    char long_name[66];
    memset(long_name, 'n', 65);
    long_name[65] = '\0';
    TOC_OK_OR_FAIL(toc_ca_new("one", &ca, &ca_key, &e), e);
    TOC_OK_OR_FAIL(toc_ca_new("two", &other, &other_key, &e), e);
    ck_assert_int_eq(toc_cert_serial("nonsense", serial, &e), TOC_EFORMAT);
    ck_assert_int_eq(toc_client_cert_new(ca.data, other_key.data, "s", &cert, &key, serial, &e),
                     TOC_EFORMAT);
    ck_assert_int_eq(toc_client_cert_new("", ca_key.data, "s", &cert, &key, serial, &e),
                     TOC_EFORMAT);
    ck_assert_int_eq(toc_ca_new("", &cert, &key, &e), TOC_EUSAGE);
    ck_assert_int_eq(toc_ca_new(long_name, &cert, &key, &e), TOC_EUSAGE);
    ck_assert_str_ne(e.msg, "");
    ck_assert_uint_eq(cert.len + key.len, 0);
    toc_buf_fini(&ca);
    toc_buf_fini(&ca_key);
    toc_buf_fini(&other);
    toc_buf_fini(&other_key);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, sha256_gives_the_published_values);
    tcase_add_test(tc, runs_of_bytes_hash_as_if_they_were_one);
    tcase_add_test(tc, tokens_are_32_hex_digits_and_differ);
    tcase_add_test(tc, random_bytes_fill_all_of_a_large_block);
    tcase_add_test(tc, secrets_are_equal_only_as_a_whole);
    tcase_add_test(tc, hex_goes_there_and_back);
    tcase_add_test(tc, hex_that_is_too_short_too_long_or_not_hex_is_refused);
    tcase_add_test(tc, base64_gives_the_published_values);
    tcase_add_test(tc, base64_of_every_length_up_to_2000_comes_back);
    tcase_add_test(tc, base64_with_a_flaw_is_refused_and_named);
    tcase_add_test(tc, published_ed25519_signatures_verify);
    tcase_add_test(tc, a_signature_is_the_published_one_because_ed25519_uses_no_chance);
    tcase_add_test(tc, a_new_key_signs_what_its_public_half_verifies);
    tcase_add_test(tc, another_key_does_not_verify);
    tcase_add_test(tc, any_flipped_bit_breaks_a_seal);
    tcase_add_test(tc, what_is_no_seal_key_is_refused_with_a_reason);
    tcase_add_test(tc, a_fingerprint_is_the_start_of_the_keys_hash_in_groups);
    tcase_add_test(tc, certificates_say_who_they_are_for_and_last_from_1950_to_9999);
    tcase_add_test(tc, a_certificate_is_good_at_whatever_time_a_clock_may_stand);
    tcase_add_test(tc, a_certificate_is_told_from_one_of_another_name_or_another_ca);
    tcase_add_test(tc, a_servers_host_must_be_a_name_or_an_address);
    tcase_add_test(tc, what_is_no_certificate_is_refused_with_a_reason);
}
TOC_CHECK_MAIN("crypto", add_tests)
