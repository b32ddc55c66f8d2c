// SPDX-License-Identifier: MIT
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/random.h"
#include "base/text.h"
#include "check_main.h"
#include "record/json.h"
#include "seed.h"

#define TEXT(literal) literal, sizeof(literal) - 1

// The text stands in a block of just its size, so that a sanitizer sees every byte read too many.
static toc_err read_exact(toc_json **out, const char *text, size_t len, toc_json_limits limits,
                          toc_error *e)
{
    char *exact = malloc(len ? len : 1);
    ck_assert_ptr_nonnull(exact);
    memcpy(exact, text, len);
    toc_err err = toc_json_read(out, exact, len, limits, e);
    free(exact);
    return err;
}

static void must_refuse(const char *text, size_t len, const char *why)
{
    toc_error e = {0};
    toc_json *j = NULL;
    ck_assert_msg(read_exact(&j, text, len, TOC_JSON_DESK, &e) == TOC_EFORMAT,
                  "accepted (or another error): %s", text);
    ck_assert_ptr_null(j);
    ck_assert_msg(strstr(e.msg, why) != NULL, "\"%s\" for %s does not say: %s", e.msg, text, why);
}

static toc_json *must_read(const char *text, size_t len)
{
    toc_error e = {0};
    toc_json *j = NULL;
    ck_assert_msg(read_exact(&j, text, len, TOC_JSON_DESK, &e) == TOC_OK, "%s: %s", text, e.msg);
    return j;
}

static void add_node(toc_buf *out, const toc_json *j)
{
    int64_t n = 0;
    bool is_object = toc_json_kind(j) == TOC_JSON_OBJECT;
    switch (toc_json_kind(j)) {
    case TOC_JSON_NULL:
        toc_buf_str(out, "null");
        return;
    case TOC_JSON_BOOL:
        toc_buf_str(out, toc_json_true(j) ? "true" : "false");
        return;
    case TOC_JSON_NUMBER:
        ck_assert(toc_json_int(j, &n));
        toc_buf_int(out, n);
        return;
    case TOC_JSON_STRING:
        toc_json_str(out, toc_json_text(j));
        return;
    case TOC_JSON_ARRAY:
    case TOC_JSON_OBJECT:
        break;
    }
    toc_buf_char(out, is_object ? '{' : '[');
    for (const toc_json *c = toc_json_first(j); c; c = toc_json_next(c)) {
        if (c != toc_json_first(j))
            toc_buf_char(out, ',');
        if (is_object) {
            toc_json_str(out, toc_json_name(c));
            toc_buf_char(out, ':');
        }
        add_node(out, c);
    }
    toc_buf_char(out, is_object ? '}' : ']');
}

START_TEST(a_document_is_walked_by_key_and_in_order)
{
    toc_json *j =
        must_read(TEXT(" {\"op\" : \"decide\",\"n\":[1,-2,true,false,null],\t\"o\":{}} \n"));
    ck_assert_int_eq(toc_json_kind(j), TOC_JSON_OBJECT);
    ck_assert_str_eq(toc_json_text(toc_json_get(j, "op")), "decide");
    const toc_json *n = toc_json_get(j, "n");
    ck_assert_int_eq(toc_json_kind(n), TOC_JSON_ARRAY);
    int64_t value = 0;
    const toc_json *c = toc_json_first(n);
    ck_assert(toc_json_int(c, &value) && value == 1);
    c = toc_json_next(c);
    ck_assert(toc_json_int(c, &value) && value == -2);
    c = toc_json_next(c);
    ck_assert(toc_json_true(c));
    c = toc_json_next(c);
    ck_assert(toc_json_kind(c) == TOC_JSON_BOOL && !toc_json_true(c));
    c = toc_json_next(c);
    ck_assert_int_eq(toc_json_kind(c), TOC_JSON_NULL);
    ck_assert_ptr_null(toc_json_next(c));
    ck_assert_str_eq(toc_json_name(toc_json_next(toc_json_first(j))), "n");
    ck_assert_ptr_null(toc_json_first(toc_json_get(j, "o")));
    toc_json_free(j);
}
END_TEST

START_TEST(what_is_not_there_is_nothing)
{
    int64_t n = 7;
    toc_json *j = must_read(TEXT("{\"a\":\"1\",\"b\":[{\"a\":1}]}"));
    ck_assert_ptr_null(toc_json_get(j, "A"));
    ck_assert_ptr_null(toc_json_get(toc_json_get(j, "b"), "a"));
    ck_assert_ptr_null(toc_json_get(NULL, "a"));
    ck_assert_ptr_null(toc_json_text(toc_json_get(j, "b")));
    ck_assert_ptr_null(toc_json_text(NULL));
    ck_assert(!toc_json_int(toc_json_get(j, "a"), &n));
    ck_assert(!toc_json_int(NULL, &n));
    ck_assert_int_eq(n, 7);
    ck_assert(!toc_json_true(NULL));
    ck_assert_ptr_null(toc_json_first(NULL));
    ck_assert_ptr_null(toc_json_next(NULL));
    ck_assert_ptr_null(toc_json_name(NULL));
    ck_assert_int_eq(toc_json_kind(NULL), TOC_JSON_NULL);
    toc_json_free(j);
    toc_json_free(NULL);
}
END_TEST

START_TEST(bytes_that_are_not_utf8_are_refused)
{
    static const char *const bad[] = {
        "\x80",         "\xC3",
        "\xC3\x28",     "\xC0\xAF",
        "\xC1\x81",     "\xE0\x80\xAF",
        "\xE0\x9F\xBF", "\xED\xA0\x80",
        "\xED\xBF\xBF", "\xE2\x82",
        "\xF0\x8F\xBF", "\xF0\x80\x80\xAF",
        "\xF5\x80\x80", "\xF4\x90\x80\x80",
        "\xFF",         "\xFE",
    };
    for (size_t i = 0; i < TOC_COUNT(bad); i++) {
        toc_buf b = {0};
        toc_buf_printf(&b, "{\"a\":\"x%s\"}", bad[i]);
        must_refuse(b.data, b.len, "not UTF-8");
        toc_buf_clear(&b);
        toc_buf_printf(&b, "{\"%s\":1}", bad[i]);
        must_refuse(b.data, b.len, "byte 2");
        toc_buf_fini(&b);
    }
    toc_json *j = must_read(TEXT("\"\xC2\x80\xE2\x82\xAC\xF0\x9F\x9A\xA8\xF4\x8F\xBF\xBF\""));
    ck_assert_str_eq(toc_json_text(j), "\xC2\x80\xE2\x82\xAC\xF0\x9F\x9A\xA8\xF4\x8F\xBF\xBF");
    toc_json_free(j);
}
END_TEST

START_TEST(a_zero_byte_hides_nothing_behind_it)
{
    must_refuse(TEXT("{\"seat\":\"admin\0x\"}"), "zero byte");
    must_refuse(TEXT("{\"a\":1}\0{\"b\":2}"), "byte 7");
    must_refuse(TEXT("1\0"), "zero byte");
    must_refuse(TEXT("\0"), "zero byte");
}
END_TEST

START_TEST(an_escaped_zero_is_refused_in_texts_and_keys)
{
    must_refuse(TEXT("{\"seat\":\"admin\\u0000x\"}"), "\\u0000");
    must_refuse(TEXT("{\"sea\\u0000t\":1}"), "\\u0000");
    must_refuse(TEXT("[\"\\u0000\"]"), "byte 2");
    toc_json *j = must_read(TEXT("\"\\\\u0000\""));
    ck_assert_str_eq(toc_json_text(j), "\\u0000");
    toc_json_free(j);
}
END_TEST

START_TEST(raw_control_characters_are_refused_and_escaped_ones_read)
{
    for (char c = 1; c < 0x20; c++) {
        char text[] = "[\"a?\"]";
        text[3] = c;
        must_refuse(TEXT(text), "control character");
        char between[] = "[?1]";
        between[1] = c;
        if (!strchr(" \t\r\n", c))
            must_refuse(TEXT(between), "byte 1");
        toc_buf b = {0};
        toc_buf_printf(&b, "\"\\u%04X\\u%04x\"", (unsigned)c, (unsigned)c);
        toc_json *j = must_read(b.data, b.len);
        char want[] = {c, c, '\0'};
        ck_assert_str_eq(toc_json_text(j), want);
        toc_json_free(j);
        toc_buf_fini(&b);
    }
}
END_TEST

START_TEST(escapes_are_those_of_json_and_no_others)
{
    toc_json *j = must_read(TEXT("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDEA8\""));
    ck_assert_str_eq(toc_json_text(j), "\"\\/\b\f\n\r\t\xC3\xA9\xF0\x9F\x9A\xA8");
    toc_json_free(j);
    must_refuse(TEXT("\"\\x41\""), "an escape");
    must_refuse(TEXT("\"\\'\""), "an escape");
    must_refuse(TEXT("\"\\U0041\""), "an escape");
    must_refuse(TEXT("\"\\u004\""), "an escape");
    must_refuse(TEXT("\"\\u00g1\""), "an escape");
    must_refuse(TEXT("\"\\u+041\""), "an escape");
    must_refuse(TEXT("\"\\u 041\""), "an escape");
    must_refuse(TEXT("\"\\"), "ends within");
    must_refuse(TEXT("\"\\u00"), "an escape");
}
END_TEST

START_TEST(half_a_surrogate_pair_is_refused)
{
    must_refuse(TEXT("\"\\ud83d\""), "surrogate");
    must_refuse(TEXT("\"\\udea8\""), "surrogate");
    must_refuse(TEXT("\"\\ud83dx\""), "surrogate");
    must_refuse(TEXT("\"\\ud83d\\n\""), "surrogate");
    must_refuse(TEXT("\"\\ud83d\\u0041\""), "surrogate");
    must_refuse(TEXT("\"\\ud83d\\ud83d\""), "surrogate");
    must_refuse(TEXT("\"\\udea8\\ud83d\""), "surrogate");
    must_refuse(TEXT("\"\\udea8\\udea8\""), "surrogate");
    must_refuse(TEXT("\"\\ud83d\\u"), "surrogate");
    must_refuse(TEXT("\"\\ud83d\\"), "surrogate");
}
END_TEST

START_TEST(a_key_stands_once_however_it_is_written)
{
    must_refuse(TEXT("{\"op\":1,\"op\":2}"), "twice in one object: op");
    must_refuse(TEXT("{\"op\":1,\"x\":0,\"\\u006f\\u0070\":2}"), "twice");
    must_refuse(TEXT("{\"\":1,\"\":2}"), "twice");
    must_refuse(TEXT("[0,{\"a\":{\"b\":[{\"c\":1,\"d\":2,\"c\":3}]}}]"), "twice");
    must_refuse(TEXT("{\"\\u202ex\":1,\"\\u202ex\":2}"), "<U+202E>");
    // A key of another case is another key, and lookups keep them apart.
    toc_json *j = must_read(TEXT("{\"Op\":1,\"op\":2,\"o\":{\"op\":3}}"));
    int64_t n = 0;
    ck_assert(toc_json_int(toc_json_get(j, "op"), &n) && n == 2);
    ck_assert(toc_json_int(toc_json_get(j, "Op"), &n) && n == 1);
    toc_json_free(j);
}
END_TEST

START_TEST(numbers_are_whole_and_exact_or_refused)
{
    static const struct {
        const char *text;
        int64_t n;
    } good[] = {
        {"0", 0},
        {"-1", -1},
        {"10", 10},
        {"9007199254740991", INT64_C(9007199254740991)},
        {"-9007199254740991", INT64_C(-9007199254740991)},
        {"2147483648", INT64_C(2147483648)},
    };
    for (size_t i = 0; i < TOC_COUNT(good); i++) {
        int64_t n = 0;
        toc_json *j = must_read(good[i].text, strlen(good[i].text));
        ck_assert(toc_json_int(j, &n));
        ck_assert_int_eq(n, good[i].n);
        toc_json_free(j);
    }
    static const struct {
        const char *text, *why;
    } bad[] = {
        {"9007199254740992", "beyond"},
        {"9007199254740993", "beyond"},
        {"-9007199254740992", "beyond"},
        {"10000000000000000", "beyond"},
        {"99999999999999999999999999", "beyond"},
        {"1e400", "whole"},
        {"1E3", "whole"},
        {"1e", "whole"},
        {"1.0", "whole"},
        {"0.5", "whole"},
        {"1.", "whole"},
        {"9007199254740991.4", "whole"},
        {"007", "zero too many"},
        {"00", "zero too many"},
        {"-0", "zero too many"},
        {"-01", "zero too many"},
        {"-", "minus sign"},
        {"--1", "minus sign"},
        {"+1", "value should stand"},
        {".5", "value should stand"},
        {"NaN", "value should stand"},
        {"Infinity", "value should stand"},
        {"-Infinity", "minus sign"},
        {"0x10", "follows"},
        {"1 2", "follows"},
        {"1_000", "follows"},
    };
    for (size_t i = 0; i < TOC_COUNT(bad); i++)
        must_refuse(bad[i].text, strlen(bad[i].text), bad[i].why);
}
END_TEST

START_TEST(only_the_grammar_of_json_is_read)
{
    static const char *const bad[] = {
        "",
        " ",
        "{",
        "}",
        "[",
        "]",
        "[1",
        "[1,",
        "[,1]",
        "[1,]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{'a':1}",
        "{1:2}",
        "{\"a\" 1}",
        "tru",
        "True",
        "nul",
        "nulll",
        "truefalse",
        "\"",
        "\"a",
        "'a'",
        "[1]]",
        "{}{}",
        "[]x",
        "// c\n1",
        "/**/1",
        "1/**/",
        "[1}",
        "{\"a\":1]",
        "\xEF\xBB\xBF{}",
        ("\xC2\xA0"
         "1"),
        "\v1",
        "\f1",
        "undefined",
    };
    for (size_t i = 0; i < TOC_COUNT(bad); i++)
        must_refuse(bad[i], strlen(bad[i]), "not JSON");
}
END_TEST

START_TEST(every_beginning_of_a_document_is_refused)
{
    static const char text[] =
        "{\"a\":[1,{\"b\":\"x\\u00e9\\ud83d\\udea8\xE2\x82\xAC\"},true,null],\"c\":{\"d\":-12}}";
    for (size_t len = 0; len < sizeof text - 1; len++)
        must_refuse(text, len, "not JSON");
    toc_json_free(must_read(TEXT(text)));
}
END_TEST

START_TEST(limits_hold_to_the_last_byte_level_and_token)
{
    toc_error e = {0};
    toc_json *j = NULL;
    const toc_json_limits limits = {12, 3, 5};
    ck_assert_int_eq(read_exact(&j, TEXT("[[[1]],2]   "), limits, &e), TOC_OK);
    toc_json_free(j);
    ck_assert_int_eq(read_exact(&j, TEXT("[[[1]],2]    "), limits, &e), TOC_ELIMIT);
    ck_assert_int_eq(read_exact(&j, TEXT("[[[[]]]]"), limits, &e), TOC_ELIMIT);
    ck_assert_int_eq(read_exact(&j, TEXT("[[[{}]]]"), limits, &e), TOC_ELIMIT);
    ck_assert_int_eq(read_exact(&j, TEXT("[[],[],[1]]"), limits, &e), TOC_OK);
    toc_json_free(j);
    ck_assert_int_eq(read_exact(&j, TEXT("[1,2,3,4]"), limits, &e), TOC_OK);
    toc_json_free(j);
    ck_assert_int_eq(read_exact(&j, TEXT("[1,2,3,4,5]"), limits, &e), TOC_ELIMIT);
    ck_assert_int_eq(read_exact(&j, TEXT("{\"\":1,\"\":2}"), limits, &e), TOC_EFORMAT);
    ck_assert_int_eq(read_exact(&j, TEXT("{\"\":[1,1]}"), limits, &e), TOC_OK);
    toc_json_free(j);
    ck_assert_int_eq(read_exact(&j, TEXT("{\"\":[1,1,1]}"), (toc_json_limits){20, 3, 5}, &e),
                     TOC_ELIMIT);
}
END_TEST

START_TEST(a_stranger_cannot_make_reading_expensive)
{
    toc_error e = {0};
    toc_json *j = NULL;
    toc_buf b = {0};
    for (int i = 0; i < 65536; i++)
        toc_buf_char(&b, '[');
    ck_assert_int_eq(toc_json_read(&j, b.data, b.len, TOC_JSON_DESK, &e), TOC_ELIMIT);
    toc_buf_clear(&b);
    toc_buf_char(&b, '[');
    while (b.len < 65000)
        toc_buf_str(&b, "1,");
    toc_buf_str(&b, "1]");
    ck_assert_int_eq(toc_json_read(&j, b.data, b.len, TOC_JSON_DESK, &e), TOC_ELIMIT);
    toc_buf_add(&b, b.data, 1000);
    ck_assert_int_eq(toc_json_read(&j, b.data, b.len, TOC_JSON_DESK, &e), TOC_ELIMIT);
    ck_assert_ptr_null(j);
    toc_buf_fini(&b);
}
END_TEST

static void add_random_text(toc_buf *b, toc_random *r)
{
    static const char *const pieces[] = {
        "a", "\"", "\\", "\n", "\x01", "\xC3\xA9", "\xF0\x9F\x9A\xA8", "/", "{", ",", "\x7F", " "};
    toc_buf text = {0};
    for (uint64_t n = toc_random_below(r, 6); n > 0; n--)
        toc_buf_str(&text, pieces[toc_random_below(r, TOC_COUNT(pieces))]);
    toc_json_str(b, toc_buf_text(&text));
    toc_buf_fini(&text);
}

static void add_random_value(toc_buf *b, toc_random *r, int depth)
{
    static const char *const words[] = {"true", "false", "null"};
    uint64_t kind = toc_random_below(r, depth > 0 ? 5 : 3);
    uint64_t count = kind > 2 ? toc_random_below(r, 5) : 0;
    switch (kind) {
    case 0:
        toc_buf_str(b, words[toc_random_below(r, 3)]);
        return;
    case 1:
        toc_buf_int(b, (int64_t)(toc_random_next(r) >> 11) - (INT64_C(1) << 52));
        return;
    case 2:
        add_random_text(b, r);
        return;
    default:
        break;
    }
    toc_buf_char(b, kind == 3 ? '[' : '{');
    for (uint64_t i = 0; i < count; i++) {
        if (i > 0)
            toc_buf_char(b, ',');
        if (kind == 4)
            toc_buf_printf(b, "\"k%llu\":", (unsigned long long)i);
        add_random_value(b, r, depth - 1);
    }
    toc_buf_char(b, kind == 3 ? ']' : '}');
}

START_TEST(what_we_write_is_read_as_it_was_written)
{
    toc_random r;
    seed_random(&r, "json round trip");
    toc_buf written = {0};
    toc_buf again = {0};
    for (int i = 0; i < 5000; i++) {
        toc_buf_clear(&written);
        toc_buf_clear(&again);
        add_random_value(&written, &r, 5);
        toc_json *j = must_read(written.data, written.len);
        add_node(&again, j);
        ck_assert_str_eq(again.data, written.data);
        toc_json_free(j);
    }
    toc_buf_fini(&written);
    toc_buf_fini(&again);
}
END_TEST

static void mutate(toc_buf *b, toc_random *r)
{
    static const char spice[] =
        "\"\\{}[]:,0123456789-+.eEu \n\t\x01\x1b\xC3\x80\xED\xA0\xEF\xFFtfn/d";
    for (uint64_t n = 1 + toc_random_below(r, 3); n > 0 && b->len > 0; n--) {
        size_t at = (size_t)toc_random_below(r, b->len);
        char c = toc_random_below(r, 4) ? spice[toc_random_below(r, sizeof spice)]
                                        : (char)toc_random_below(r, 256);
        switch (toc_random_below(r, 4)) {
        case 0:
            b->data[at] = c;
            break;
        case 1: // insert
            toc_buf_char(b, 0);
            memmove(b->data + at + 1, b->data + at, b->len - 1 - at);
            b->data[at] = c;
            break;
        case 2: // drop
            memmove(b->data + at, b->data + at + 1, b->len - at);
            b->len--;
            break;
        default: // repeat a piece
            toc_buf_add(b, "", 0);
            for (size_t i = at; i < at + 4 && i < b->len && b->len < 4000; i++)
                toc_buf_char(b, b->data[i]);
            break;
        }
    }
}

// What is read may be written again and then reads the same; and the scanner and cJSON never
// disagree, which would be TOC_EINTERNAL.
START_TEST(mutated_documents_are_refused_or_mean_one_thing)
{
    toc_random r;
    seed_random(&r, "json mutation");
    toc_buf b = {0};
    toc_buf once = {0};
    toc_buf twice = {0};
    int accepted = 0;
    const int rounds = getenv("TOC_LONG") ? 2000000 : 40000;
    for (int i = 0; i < rounds; i++) {
        toc_error e = {0};
        toc_json *j = NULL;
        toc_buf_clear(&b);
        add_random_value(&b, &r, 4);
        mutate(&b, &r);
        toc_err err = read_exact(&j, toc_buf_text(&b), b.len, TOC_JSON_DESK, &e);
        if (err) {
            ck_assert_msg(err == TOC_EFORMAT || err == TOC_ELIMIT, "%s: %s", e.msg, b.data);
            continue;
        }
        accepted++;
        ck_assert(toc_utf8_valid(b.data, b.len, NULL));
        toc_buf_clear(&once);
        toc_buf_clear(&twice);
        add_node(&once, j);
        toc_json_free(j);
        j = must_read(once.data, once.len);
        add_node(&twice, j);
        toc_json_free(j);
        ck_assert_str_eq(once.data, twice.data);
    }
    printf("json mutation: %d of %d accepted\n", accepted, rounds);
    ck_assert_int_gt(accepted, 0);
    ck_assert_int_lt(accepted, rounds);
    toc_buf_fini(&b);
    toc_buf_fini(&once);
    toc_buf_fini(&twice);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, a_document_is_walked_by_key_and_in_order);
    tcase_add_test(tc, what_is_not_there_is_nothing);
    tcase_add_test(tc, bytes_that_are_not_utf8_are_refused);
    tcase_add_test(tc, a_zero_byte_hides_nothing_behind_it);
    tcase_add_test(tc, an_escaped_zero_is_refused_in_texts_and_keys);
    tcase_add_test(tc, raw_control_characters_are_refused_and_escaped_ones_read);
    tcase_add_test(tc, escapes_are_those_of_json_and_no_others);
    tcase_add_test(tc, half_a_surrogate_pair_is_refused);
    tcase_add_test(tc, a_key_stands_once_however_it_is_written);
    tcase_add_test(tc, numbers_are_whole_and_exact_or_refused);
    tcase_add_test(tc, only_the_grammar_of_json_is_read);
    tcase_add_test(tc, every_beginning_of_a_document_is_refused);
    tcase_add_test(tc, limits_hold_to_the_last_byte_level_and_token);
    tcase_add_test(tc, a_stranger_cannot_make_reading_expensive);
    tcase_add_test(tc, what_we_write_is_read_as_it_was_written);
    tcase_add_test(tc, mutated_documents_are_refused_or_mean_one_thing);
}

TOC_CHECK_MAIN("json", add_tests)
