// SPDX-License-Identifier: MIT
#include <check.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/random.h"
#include "base/text.h"
#include "check_main.h"

// A second decoder, made the other way round: it reads the bits loosely and accepts what encodes
// back to the same bytes. 0 if s begins with no character.
static size_t encode(char out[4], uint32_t cp)
{
    size_t n = cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    static const unsigned lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = n; i-- > 0; cp >>= 6)
        out[i] = (char)(i || n == 1 ? (n == 1 ? cp : 0x80 | (cp & 0x3F)) : lead[n] | cp);
    return n;
}

static size_t decode(const char *s, size_t len, uint32_t *cp)
{
    unsigned char first = (unsigned char)s[0];
    size_t n = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    char again[4];
    if (n > len)
        return 0;
    *cp = n == 1 ? first : first & (0xFFu >> (n + 1));
    for (size_t i = 1; i < n; i++)
        *cp = *cp << 6 | ((unsigned char)s[i] & 0x3Fu);
    if (*cp > 0x10FFFF || (*cp >= 0xD800 && *cp <= 0xDFFF))
        return 0;
    return encode(again, *cp) == n && memcmp(again, s, n) == 0 ? n : 0;
}

static bool is_valid(const char *s, size_t len, size_t *bad)
{
    for (size_t i = 0, n; i < len; i += n) {
        uint32_t cp;
        n = decode(s + i, len - i, &cp);
        *bad = i;
        if (n == 0 || cp == 0)
            return false;
    }
    return true;
}

static bool in(uint32_t cp, uint32_t first, uint32_t last)
{
    return cp >= first && cp <= last;
}

static bool must_not_show(uint32_t cp)
{
    return in(cp, 0, 0x1F) || in(cp, 0x7F, 0x9F) || cp == 0xAD || cp == 0x34F || cp == 0x61C ||
           in(cp, 0x115F, 0x1160) || in(cp, 0x17B4, 0x17B5) || in(cp, 0x180B, 0x180F) ||
           in(cp, 0x200B, 0x200F) || in(cp, 0x2028, 0x202E) || in(cp, 0x2060, 0x206F) ||
           cp == 0x3164 || in(cp, 0xE000, 0xF8FF) || in(cp, 0xFDD0, 0xFDEF) ||
           in(cp, 0xFE00, 0xFE0E) || cp == 0xFEFF || cp == 0xFFA0 || in(cp, 0xFFF9, 0xFFFB) ||
           in(cp, 0x1D173, 0x1D17A) || in(cp, 0xE0000, 0xE0FFF) || cp >= 0xF0000 ||
           (cp & 0xFFFE) == 0xFFFE;
}

static bool is_common_mark(uint32_t cp)
{
    return (in(cp, 0x300, 0x36F) && cp != 0x34F) || in(cp, 0x483, 0x489) ||
           in(cp, 0x20D0, 0x20F0) || in(cp, 0x1DC0, 0x1DFF) || in(cp, 0xFE20, 0xFE2F);
}

// What toc_text_visible promises of its output.
static const char *fault_of(const char *s, size_t len, bool multiline)
{
    int marks = 0;
    uint32_t before = 0;
    for (size_t i = 0, n; i < len; i += n) {
        uint32_t cp;
        n = decode(s + i, len - i, &cp);
        if (n == 0)
            return "not UTF-8";
        if (must_not_show(cp) && !(cp == '\n' && multiline))
            return "a character that must not be shown";
        if (cp == 0xFE0F && before < 0x2000)
            return "a variation selector after what is no emoji";
        bool is_mark = is_common_mark(cp) || cp == 0xFE0F;
        marks = is_mark ? marks + 1 : 0;
        if (marks > 2)
            return "three marks in a row";
        if (is_mark && (before == 0 || before == '\n'))
            return "a mark on nothing";
        before = cp;
    }
    return NULL;
}

static void check_fault(const char *s, size_t len, const char *what)
{
    if (!what)
        return;
    for (size_t i = 0; i < len; i++)
        fprintf(stderr, "%02x ", (unsigned char)s[i]);
    ck_abort_msg("%s", what);
}

// Shows s both ways and checks all promises of it.
static void check_shown(const char *s, size_t len)
{
    for (int multiline = 0; multiline < 2; multiline++) {
        toc_buf once = {0};
        toc_buf twice = {0};
        toc_text_visible(&once, s, len, multiline);
        check_fault(s, len, fault_of(toc_buf_text(&once), once.len, multiline));
        toc_text_visible(&twice, toc_buf_text(&once), once.len, multiline);
        if (once.len != twice.len || memcmp(toc_buf_text(&once), toc_buf_text(&twice), once.len))
            check_fault(s, len, "shown twice it changed");
        toc_buf_fini(&once);
        toc_buf_fini(&twice);
    }
}

static void check_visible(const char *s, size_t len, bool multiline, const char *want)
{
    toc_buf b = {0};
    toc_text_visible(&b, s, len, multiline);
    ck_assert_str_eq(toc_buf_text(&b), want);
    toc_buf_fini(&b);
}

#define SHOWS(text, want) check_visible(text, sizeof text - 1, true, want)

// Random text in which every kind of trouble is frequent.
static size_t make_text(toc_random *r, char *s, size_t most)
{
    static const uint32_t odd[] = {0x1B,    0x9B,   0x202E, 0x2066, 0x200B, 0x200D,  0x301,
                                   0x336,   0x20E3, 0xFE0F, 0xFE0E, 0x2764, 0x1F469, 0x1F4BB,
                                   0xE0041, 0xE000, 0x2028, 0x0A,   0x0D,   0x09,    0x4E2D,
                                   0x5D0,   0x20,   0x61,   0xE9,   0xFFFE, 0x10FFFF};
    size_t len = 0;
    size_t count = toc_random_below(r, most / 4);
    for (size_t i = 0; i < count; i++) {
        switch (toc_random_below(r, 4)) {
        case 0:
            s[len++] = (char)toc_random_next(r);
            break;
        case 1:
            len += encode(s + len, (uint32_t)toc_random_below(r, 0x110000));
            break;
        default:
            len += encode(s + len, odd[toc_random_below(r, TOC_COUNT(odd))]);
        }
    }
    return len;
}

START_TEST(every_code_point_is_valid_but_surrogates_and_nul)
{
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        char s[4];
        size_t n = encode(s, cp);
        uint32_t got;
        bool want = cp != 0 && !in(cp, 0xD800, 0xDFFF);
        if (toc_utf8_valid(s, n, NULL) != want)
            ck_abort_msg("U+%04X", (unsigned)cp);
        if (!in(cp, 0xD800, 0xDFFF) && (toc_utf8_next(s, n, &got) != n || got != cp))
            ck_abort_msg("U+%04X decodes to U+%04X", (unsigned)cp, (unsigned)got);
    }
}
END_TEST

START_TEST(every_pair_of_bytes_is_judged_as_by_the_second_decoder)
{
    for (unsigned i = 0; i < 0x10000; i++) {
        char s[2] = {(char)(i >> 8), (char)(i & 0xFF)};
        size_t bad = 9;
        size_t want_bad = 9;
        bool want = is_valid(s, 2, &want_bad);
        if (toc_utf8_valid(s, 2, &bad) != want || (!want && bad != want_bad))
            ck_abort_msg("%04x", i);
        check_shown(s, 2);
    }
}
END_TEST

START_TEST(every_corrupted_byte_and_every_cut_is_judged_and_shown_safely)
{
    static const char *const texts[] = {
        "a é \xC3\xBF",
        "€ \xE0\xA0\x80 \xED\x9F\xBF \xEE\x80\x80 \xEF\xBF\xBD",
        "😀 \xF0\x90\x80\x80 \xF4\x8F\xBF\xBF",
        "e\xCC\x81\xCC\xB6\xCC\x81 \xE2\x80\xAE x\n",
    };
    for (size_t t = 0; t < TOC_COUNT(texts); t++) {
        size_t len = strlen(texts[t]);
        for (size_t cut = 0; cut <= len; cut++) {
            char *s = toc_alloc(cut ? cut : 1); // of its own size, so that reading on is seen
            memcpy(s, texts[t], cut);
            size_t bad = 0;
            size_t want_bad = 0;
            bool want = is_valid(s, cut, &want_bad);
            ck_assert_int_eq(toc_utf8_valid(s, cut, &bad), want);
            if (!want)
                ck_assert_uint_eq(bad, want_bad);
            check_shown(s, cut);
            for (size_t at = 0; cut == len && at < len; at++) {
                for (int byte = 0; byte < 256; byte++) {
                    s[at] = (char)byte;
                    want = is_valid(s, len, &want_bad);
                    ck_assert_int_eq(toc_utf8_valid(s, len, &bad), want);
                    if (!want)
                        ck_assert_uint_eq(bad, want_bad);
                    check_shown(s, len);
                }
                s[at] = texts[t][at];
            }
            free(s);
        }
    }
}
END_TEST

START_TEST(clean_text_has_no_controls_but_newline_and_tab)
{
    ck_assert(toc_utf8_clean("a\n\té😀", strlen("a\n\té😀")));
    ck_assert(toc_utf8_clean("", 0));
    ck_assert(!toc_utf8_clean("\xff", 1));
    for (int c = 0; c < 0x80; c++) {
        char s[3] = {'x', (char)c, 'y'};
        ck_assert_int_eq(toc_utf8_clean(s, 3), (c >= 0x20 && c != 0x7F) || c == '\n' || c == '\t');
    }
}
END_TEST

START_TEST(harmless_text_is_shown_as_it_is)
{
    static const char *const texts[] = {
        "Grüße, žluťoučký kůň — „x“ │\n",
        "中文 한국어 日本語",
        "עברית العربية ไทย हिन्दी",
        "😀 ❤️ ⚠️ 1",
    };
    for (size_t i = 0; i < TOC_COUNT(texts); i++)
        check_visible(texts[i], strlen(texts[i]), true, texts[i]);
    SHOWS("", "");
    SHOWS("e\xCC\x81\xCC\xA7", "e\xCC\x81\xCC\xA7");
}
END_TEST

START_TEST(dangerous_text_is_shown_as_what_it_is)
{
    SHOWS("\x1b[2Jx\r\t\x7f", "␛[2Jx␍␉␡");
    SHOWS("a\0b", "a␀b");
    SHOWS("\xC2\x9B"
          "2J",
          "<U+009B>2J");
    SHOWS("abc\xE2\x80\xAEtxt.exe", "abc<U+202E>txt.exe");
    SHOWS("ad\xE2\x80\x8Bmin", "ad<U+200B>min");
    SHOWS("a\xE2\x80\xA8"
          "b",
          "a<U+2028>b");
    SHOWS("\xF3\xA0\x81\x81", "<U+E0041>");
    SHOWS("\xEE\x80\x80", "<U+E000>");
    SHOWS("\xF4\x8F\xBF\xBF", "<U+10FFFF>");
    SHOWS("\xEF\xBB\xBFx", "<U+FEFF>x");
    SHOWS("❤\xEF\xB8\x8F\xEF\xB8\x8F", "❤\xEF\xB8\x8F<U+FE0F>");
    SHOWS("a\xEF\xB8\x8F", "a<U+FE0F>");
    SHOWS("e\xCC\x81\xCC\x81\xCC\x81\xCC\x81", "e\xCC\x81\xCC\x81<U+0301><U+0301>");
    SHOWS("\xCC\x81x\n\xCC\xB6", "<U+0301>x\n<U+0336>");
    SHOWS("\xff\xC0\x80\xED\xA0\x80\xE2\x82", "������"
                                              "�");
    check_visible("a\nb", 3, false, "a␊b");
}
END_TEST

START_TEST(every_code_point_is_shown_safely)
{
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        char s[8] = "a";
        size_t n = 1 + encode(s + 1, cp);
        toc_buf b = {0};
        toc_text_visible(&b, s, n, false);
        const char *fault = fault_of(toc_buf_text(&b), b.len, false);
        if (fault)
            ck_abort_msg("U+%04X: %s", (unsigned)cp, fault);
        toc_buf_fini(&b);
    }
}
END_TEST

START_TEST(random_bytes_are_shown_safely)
{
    uint64_t seed = 20261121;
    printf("text seed %" PRIu64 "\n", seed);
    toc_random r;
    toc_random_seed(&r, seed, "text");
    for (int i = 0; i < 100000; i++) {
        char s[64];
        size_t len = i % 2 ? make_text(&r, s, sizeof s) : toc_random_below(&r, sizeof s);
        for (size_t k = 0; i % 2 == 0 && k < len; k++)
            s[k] = (char)toc_random_next(&r);
        check_shown(s, len);
    }
}
END_TEST

static void check_block(const char *body, int width, const char *want)
{
    toc_buf b = {0};
    toc_text_block(&b, body, strlen(body), "| ", width);
    ck_assert_str_eq(toc_buf_text(&b), want);
    toc_buf_fini(&b);
}

START_TEST(block_puts_the_gutter_before_every_line)
{
    check_block("", 0, "");
    check_block("a", 0, "| a\n");
    check_block("a\nb\n", 0, "| a\n| b\n");
    check_block("\n\n", 0, "| \n| \n");
    check_block("From: EXCON\r\nx\xE2\x80\xA8y", 0, "| From: EXCON␍\n| x<U+2028>y\n");
    check_block("the quick brown fox", 11, "| the quick\n| brown fox\n");
    check_block("the quick brown fox", 12, "| the quick\n| brown fox\n");
    check_block("abcdefgh ij", 7, "| abcde\n| fgh\n| ij\n");
    check_block("ab  cd", 4, "| ab \n| cd\n");
    check_block("abc \xCC\x81x", 5, "| abc\n|  \xCC\x81x\n"); // a space with an accent
    check_block("中文字符", 7, "| 中文\n| 字符\n");
    check_block("abcd ", 6, "| abcd\n");
    check_block("abc", -1, "| abc\n");
    check_block("abcd", 1, "| abc\n| d\n");
}
END_TEST

// What is left when spaces, line ends and gutters are gone.
static char *squeeze(const char *s, const char *gutter)
{
    toc_buf b = {0};
    while (*s) {
        if (gutter)
            ck_assert_int_eq(strncmp(s, gutter, strlen(gutter)), 0);
        s += gutter ? strlen(gutter) : 0;
        size_t n = strcspn(s, "\n");
        for (size_t i = 0; i < n; i++) {
            if (s[i] != ' ')
                toc_buf_char(&b, s[i]);
        }
        s += n + (s[n] == '\n');
    }
    return toc_buf_take(&b);
}

START_TEST(wrapped_blocks_fit_and_lose_nothing)
{
    static const char gutter[] = "│ ";
    uint64_t seed = 11;
    printf("block seed %" PRIu64 "\n", seed);
    toc_random r;
    toc_random_seed(&r, seed, "block");
    for (int i = 0; i < 20000; i++) {
        char s[256];
        size_t len = make_text(&r, s, sizeof s);
        int width = 5 + (int)toc_random_below(&r, 30);
        toc_buf block = {0};
        toc_buf plain = {0};
        toc_text_block(&block, s, len, gutter, width);
        toc_text_visible(&plain, s, len, true);
        check_fault(s, len, fault_of(toc_buf_text(&block), block.len, true));
        for (const char *line = toc_buf_text(&block); *line;) {
            size_t n = strcspn(line, "\n");
            ck_assert_int_eq(line[n], '\n');
            ck_assert_int_le(toc_text_columns(line, n), width);
            uint32_t first;
            if (n > strlen(gutter)) {
                toc_utf8_next(line + strlen(gutter), n - strlen(gutter), &first);
                ck_assert(!is_common_mark(first) && first != 0xFE0F);
            }
            line += n + 1;
        }
        char *got = squeeze(toc_buf_text(&block), gutter);
        char *want = squeeze(toc_buf_text(&plain), NULL);
        ck_assert_str_eq(got, want);
        free(got);
        free(want);
        toc_buf_fini(&block);
        toc_buf_fini(&plain);
    }
}
END_TEST

START_TEST(columns_are_those_of_a_terminal)
{
    ck_assert_int_eq(toc_text_columns("", 0), 0);
    ck_assert_int_eq(toc_text_columns("abc", 3), 3);
    ck_assert_int_eq(toc_text_columns("é€│", strlen("é€│")), 3);
    ck_assert_int_eq(toc_text_columns("e\xCC\x81x", 4), 2);
    ck_assert_int_eq(toc_text_columns("中文", strlen("中文")), 4);
    ck_assert_int_eq(toc_text_columns("ｱ한😀", strlen("ｱ한😀")), 5);
}
END_TEST

START_TEST(quotes_are_short_visible_and_whole_characters)
{
    char q[TOC_QUOTE_SIZE];
    ck_assert_str_eq(toc_text_quote(q, "T+x"), "\"T+x\"");
    ck_assert_str_eq(toc_text_quote(q, ""), "\"\"");
    ck_assert_str_eq(toc_text_quote(q, "a\x1b\n"), "\"a␛␊\"");
    ck_assert_str_eq(toc_text_quote(q, "1234567890123456789012345678901234567890"),
                     "\"1234567890123456789012345678901234567890\"");
    ck_assert_str_eq(toc_text_quote(q, "12345678901234567890123456789012345678901"),
                     "\"1234567890123456789012345678901234567890…\"");
    uint64_t seed = 12;
    printf("quote seed %" PRIu64 "\n", seed);
    toc_random r;
    toc_random_seed(&r, seed, "quote");
    for (int i = 0; i < 20000; i++) {
        char s[1024];
        size_t len = make_text(&r, s, sizeof s - 1);
        s[len] = '\0';
        memset(q, 'x', sizeof q);
        toc_text_quote(q, s);
        ck_assert_ptr_nonnull(memchr(q, '\0', sizeof q));
        check_fault(s, len, fault_of(q, strlen(q), false));
    }
}
END_TEST

START_TEST(near_names_are_found)
{
    static const char *const names[] = {"inject", "injects",   "phase", "operator",
                                        "NOC",    "ministère", "at"};
    static const struct {
        const char *word, *want;
    } cases[] = {
        {"injekt", "inject"},
        {"inejct", "inject"},
        {"inject", "inject"},
        {"injcts", "injects"},
        {"oprator", "operator"},
        {"opreatro", "operator"},
        {"noc", "NOC"},
        {"nco", "NOC"},
        {"fase", NULL},
        {"phasse", "phase"},
        {"ministere", "ministère"},
        {"to", NULL},
        {"x", NULL},
        {"a", "at"},
        {"", NULL},
        {"zzzzzz", NULL},
        {"operators everywhere", NULL},
        {"ta", "at"},
    };
    for (size_t i = 0; i < TOC_COUNT(cases); i++) {
        const char *got = toc_text_near(cases[i].word, names, TOC_COUNT(names));
        if (cases[i].want)
            ck_assert_str_eq(got ? got : cases[i].word, cases[i].want);
        else
            ck_assert_msg(got == NULL, "%s: %s", cases[i].word, got);
    }
    ck_assert_ptr_null(toc_text_near("x", NULL, 0));
}
END_TEST

START_TEST(one_slip_in_a_name_is_always_forgiven)
{
    static const char *const names[] = {"chronometer"};
    size_t len = strlen(names[0]);
    for (size_t at = 0; at < len; at++) {
        char dropped[32] = "";
        char changed[32] = "";
        char doubled[32] = "";
        char swapped[32] = "";
        snprintf(dropped, sizeof dropped, "%.*s%s", (int)at, names[0], names[0] + at + 1);
        snprintf(changed, sizeof changed, "%.*sq%s", (int)at, names[0], names[0] + at + 1);
        snprintf(doubled, sizeof doubled, "%.*sq%s", (int)at, names[0], names[0] + at);
        snprintf(swapped, sizeof swapped, "%s", names[0]);
        if (at + 1 < len) {
            swapped[at] = names[0][at + 1];
            swapped[at + 1] = names[0][at];
        }
        ck_assert_ptr_eq(toc_text_near(dropped, names, 1), names[0]);
        ck_assert_ptr_eq(toc_text_near(changed, names, 1), names[0]);
        ck_assert_ptr_eq(toc_text_near(doubled, names, 1), names[0]);
        ck_assert_ptr_eq(toc_text_near(swapped, names, 1), names[0]);
    }
    char longest[200];
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    ck_assert_ptr_null(toc_text_near(longest, names, 1));
    const char *const only[] = {longest};
    ck_assert_ptr_null(toc_text_near("aaaa", only, 1));
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, every_code_point_is_valid_but_surrogates_and_nul);
    tcase_add_test(tc, every_pair_of_bytes_is_judged_as_by_the_second_decoder);
    tcase_add_test(tc, every_corrupted_byte_and_every_cut_is_judged_and_shown_safely);
    tcase_add_test(tc, clean_text_has_no_controls_but_newline_and_tab);
    tcase_add_test(tc, harmless_text_is_shown_as_it_is);
    tcase_add_test(tc, dangerous_text_is_shown_as_what_it_is);
    tcase_add_test(tc, every_code_point_is_shown_safely);
    tcase_add_test(tc, random_bytes_are_shown_safely);
    tcase_add_test(tc, block_puts_the_gutter_before_every_line);
    tcase_add_test(tc, wrapped_blocks_fit_and_lose_nothing);
    tcase_add_test(tc, columns_are_those_of_a_terminal);
    tcase_add_test(tc, quotes_are_short_visible_and_whole_characters);
    tcase_add_test(tc, near_names_are_found);
    tcase_add_test(tc, one_slip_in_a_name_is_always_forgiven);
}

TOC_CHECK_MAIN("text", add_tests)
