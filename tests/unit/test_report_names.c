// SPDX-License-Identifier: MIT
// Anonymity: which words of a text are somebody's name, and which are not.
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "report_inside.h"
#include "tape.h"

#define NAME "[name]"

static tape t;
static toc_recording *r;
static toc_report rp;
static toc_report_options o;

static void sign_in(const char *const *names, size_t count)
{
    tape_begin(&t,
               "inject \"INJ-01\" { at = \"T+1m\", to = \"ops\", title = \"A\", text = \"B.\" }\n");
    tape_do(&t, 0, "join", "ops-1", ",\"seat\":\"ops-1\",\"session\":\"a\"");
    for (size_t i = 0; i < count; i++) {
        char rest[200];
        snprintf(rest, sizeof rest, ",\"name\":\"%s\"", names[i]);
        tape_do(&t, 0, "sign-in", "ops-1", rest);
    }
    r = tape_recording(&t);
    o = (toc_report_options){.is_anonymous = true};
    rp = (toc_report){.r = r, .o = &o};
    toc_report_names(&rp);
}

static void sign_in_one(const char *name)
{
    sign_in(&name, 1);
}

static void tear_down(void)
{
    toc_report_names_fini(&rp);
    toc_recording_free(r);
    tape_end(&t);
}

static void becomes(const char *text, const char *expected)
{
    toc_buf out = {0};
    toc_report_nameless(&rp, &out, text);
    ck_assert_msg(strcmp(toc_buf_text(&out), expected) == 0, "\"%s\" became \"%s\"", text,
                  toc_buf_text(&out));
    toc_buf_fini(&out);
}

START_TEST(a_name_is_found_whatever_its_case_and_what_stands_around_it)
{
    sign_in_one("Zorblax Quimby");
    becomes("Zorblax Quimby said", NAME " said");
    becomes("ZORBLAX QUIMBY, zorblax  quimby", NAME ", " NAME);
    becomes("quimby’s and Quimby's, Quimbys", NAME "’s and " NAME "'s, " NAME);
    becomes("“Quimby” – ‘Quimby’ —Quimby— **Quimby** _Quimby_",
            "“" NAME "” – ‘" NAME "’ —" NAME "— **" NAME "** _" NAME "_");
    becomes("zorblax.quimby@example.org zquimby@example.org",
            NAME "@example.org " NAME "@example.org");
    becomes("files/Zorblax_Quimby.pdf", "files/" NAME ".pdf");
    becomes("Zorblax\nQuimby2", NAME "2");
}
END_TEST

START_TEST(what_is_invisible_in_a_name_hides_it_from_nobody)
{
    sign_in_one("Zorblax Quimby");
    becomes("Qui\xE2\x80\x8Bmby", NAME);
    becomes("\xE2\x80\xAEQuimby, Zor\xC2\xAD"
            "blax",
            "\xE2\x80\xAE" NAME ", " NAME);
    becomes("Qui<U+200B>mby", NAME);
}
END_TEST

START_TEST(letters_beyond_ascii_have_two_cases_and_no_accents)
{
    static const char *const names[] = {"Jürgen Häas", "Łukasz Żółw", "Мария Иванова", "Strauß"};
    sign_in(names, TOC_COUNT(names));
    becomes("JÜRGEN HÄAS", NAME);
    becomes("Ju\xCC\x88rgen", NAME);
    becomes("juergen and Jurgen", NAME " and " NAME);
    becomes("ŁUKASZ und żółw", NAME " und " NAME);
    becomes("МАРИЯ ИВАНОВА", NAME);
    becomes("STRAUSS", NAME);
}
END_TEST

START_TEST(parts_of_a_name_are_words_of_their_own)
{
    static const char *const names[] = {"Anna-Lena Maier", "山田太郎", "O'Quimby & Co",
                                        "R. Lind jr."};
    sign_in(names, TOC_COUNT(names));
    becomes("Lena, anna, Maier-Lena", NAME ", " NAME ", " NAME "-" NAME);
    becomes("山田太郎が来た", NAME "が来た");
    becomes("<b>O'Quimby & Co</b>", "<b>" NAME "</b>");
    becomes("ops-1 (R. Lind jr.)", "ops-1 (" NAME ")");
}
END_TEST

static void cut_at(size_t most, const char *text, const char *expected)
{
    toc_buf out = {0};
    toc_report_cut(&rp, &out, text, most);
    ck_assert_msg(strcmp(toc_buf_text(&out), expected) == 0, "\"%s\" became \"%s\"", text,
                  toc_buf_text(&out));
    toc_buf_fini(&out);
}

START_TEST(a_name_is_masked_before_its_text_is_cut)
{
    sign_in_one("Zorblax Quimby");
    cut_at(8, "ask Quimby again", "ask " NAME "…"); // never within the mask
    cut_at(4, "ask Quimby again", "ask …");
    cut_at(99, "ask Quimby\nagain", "ask " NAME "…");
    cut_at(7, "Zorblax", NAME);
    becomes("a quiz is no Qui…", "a quiz is no Qui…"); // where people cut a word, it is their word
}
END_TEST

START_TEST(other_words_stay)
{
    static const char *const names[] = {"Wu Li", "Ann Blue", "7"};
    sign_in(names, TOC_COUNT(names));
    becomes("an annual swull of 7 wu’s, the blues ann",
            "an annual swull of 7 wu’s, the " NAME " ann");
    becomes("Ann met Wu Li", NAME " met " NAME);
    becomes("bluetooth Li", "bluetooth Li");
    becomes("", "");
    becomes("\xFF broken", "\xFF broken");
}
END_TEST

// A text is read once, however many people there were.
START_TEST(twenty_thousand_people_cost_no_more_than_their_names)
{
    toc_buf text = {0};
    sign_in_one("Zorblax Quimby");
    for (int i = 0; i < 20000; i++) {
        toc_buf key = {0};
        toc_buf_printf(&key, "person%d", i);
        TOC_GROW(rp.names, rp.name_count, rp.name_capacity);
        rp.names[rp.name_count++] = (toc_report_name){toc_buf_take(&key), toc_strdup(""), false};
        toc_buf_printf(&text, "nobody %d quimby\n", i);
    }
    toc_report_names(&rp);
    toc_buf out = {0};
    toc_report_nameless(&rp, &out, toc_buf_text(&text));
    ck_assert_ptr_null(strstr(toc_buf_text(&out), "quimby"));
    ck_assert_uint_ge(rp.name_count, 20000);
    toc_buf_fini(&out);
    toc_buf_fini(&text);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, NULL, tear_down);
    tcase_add_test(tc, a_name_is_found_whatever_its_case_and_what_stands_around_it);
    tcase_add_test(tc, what_is_invisible_in_a_name_hides_it_from_nobody);
    tcase_add_test(tc, letters_beyond_ascii_have_two_cases_and_no_accents);
    tcase_add_test(tc, parts_of_a_name_are_words_of_their_own);
    tcase_add_test(tc, a_name_is_masked_before_its_text_is_cut);
    tcase_add_test(tc, other_words_stay);
    tcase_add_test(tc, twenty_thousand_people_cost_no_more_than_their_names);
}

TOC_CHECK_MAIN("report_names", add_tests)
