// SPDX-License-Identifier: MIT
// The table of keys: what it may not contradict, and that everything said of it comes from it.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/mem.h"
#include "base/text.h"
#include "check_main.h"
#include "record/verb.h"
#include "view/keys.h"

static const unsigned roles[] = {TOC_ROLE_PARTICIPANT, TOC_ROLE_EXCON, TOC_ROLE_SIMCELL,
                                 TOC_ROLE_EVALUATOR, TOC_ROLE_BOARD};

// Where somebody can be: with each set all of its keys are there at once.
static const unsigned places[] = {
    TOC_IN_ALL | TOC_IN_LIST | TOC_IN_INBOX,
    TOC_IN_ALL | TOC_IN_LIST | TOC_IN_DECISIONS,
    TOC_IN_ALL | TOC_IN_LIST | TOC_IN_SITUATION,
    TOC_IN_ALL | TOC_IN_LIST | TOC_IN_CONTACTS,
    TOC_IN_ALL | TOC_IN_LIST | TOC_IN_MSEL,
    TOC_IN_ALL | TOC_IN_LIST | TOC_IN_SEATS,
    TOC_IN_ALL | TOC_IN_LIST | TOC_IN_EXPECTED,
    TOC_IN_ALL | TOC_IN_LIST | TOC_IN_STORYLINES,
    TOC_IN_ALL | TOC_IN_LIST | TOC_IN_CUES,
    TOC_IN_ALL | TOC_IN_LIST | TOC_IN_HANDOVER,
    TOC_IN_ALL | TOC_IN_PAGE | TOC_IN_LOG,
    TOC_IN_ALL | TOC_IN_PAGE,
    TOC_IN_FORM,
};

static bool holds(const toc_binding *b, unsigned where, unsigned role)
{
    return (b->places & where) && (!b->roles || (b->roles & role));
}

START_TEST(no_key_has_two_meanings_in_one_place_for_one_role)
{
    const toc_binding *a, *b;
    for (size_t p = 0; p < TOC_COUNT(places); p++)
        for (size_t r = 0; r < TOC_COUNT(roles); r++)
            for (size_t i = 0; (a = toc_binding_at(i)); i++)
                for (size_t k = 0; (b = toc_binding_at(k)); k++) {
                    bool is_same = a->key == b->key || a->key == b->other ||
                                   (a->other && a->other == b->other);
                    if (is_same && holds(a, places[p], roles[r]) && holds(b, places[p], roles[r]))
                        ck_assert_msg(a->what == b->what, "`%s` and `%s` share a key in %x for %x",
                                      a->word, b->word, places[p], roles[r]);
                }
}
END_TEST

START_TEST(every_word_has_a_key_that_asks_for_it)
{
    const toc_binding *b;
    for (toc_do what = TOC_DO_NOTHING + 1; what < TOC_DO_COUNT; what++) {
        bool is_there = false;
        for (size_t i = 0; (b = toc_binding_at(i)); i++)
            is_there = is_there || b->what == what;
        ck_assert_msg(is_there, "nothing asks for %d", (int)what);
    }
}
END_TEST

START_TEST(every_binding_is_found_by_its_key_and_explains_itself)
{
    const toc_binding *b;
    for (size_t i = 0; (b = toc_binding_at(i)); i++)
        for (size_t r = 0; r < TOC_COUNT(roles); r++) {
            if (b->roles && !(b->roles & roles[r]))
                continue;
            for (unsigned bit = 1; bit <= TOC_IN_PAGE; bit <<= 1)
                if (b->places & bit)
                    ck_assert_int_eq(toc_keys_mean(b->key, bit, roles[r]), b->what);
            bool is_further_tab = b->what >= TOC_DO_TAB_2 && b->what <= TOC_DO_TAB_10;
            ck_assert(is_further_tab || b->help[0]);
            ck_assert(b->word[0]);
            ck_assert(!strchr(b->help, '|'));
        }
}
END_TEST

START_TEST(the_inner_place_is_asked_before_the_outer_one)
{
    unsigned reading = TOC_IN_ALL | TOC_IN_LIST | TOC_IN_MSEL | TOC_IN_PAGE;
    ck_assert_int_eq(toc_keys_mean('n', TOC_IN_ALL | TOC_IN_LIST | TOC_IN_MSEL, TOC_ROLE_EXCON),
                     TOC_DO_ADHOC);
    ck_assert_int_eq(toc_keys_mean('n', reading, TOC_ROLE_EXCON), TOC_DO_FIND_NEXT);
    ck_assert_int_eq(toc_keys_mean('n', TOC_IN_ALL | TOC_IN_LIST, TOC_ROLE_PARTICIPANT),
                     TOC_DO_NOTHING);
}
END_TEST

START_TEST(a_key_is_found_by_the_name_it_is_given)
{
    for (uint32_t key = 1; key < TOC_KEY_NONE; key = key == 0x24F ? TOC_KEY_UP : key + 1) {
        if ((key >= 0x7F && key < 0xA1) || key == 0xAD)
            continue; // what has no name of its own
        toc_buf name = {0};
        toc_key_name(&name, key);
        ck_assert_msg(name.len > 0, "%x has no name", (unsigned)key);
        ck_assert_msg(toc_key_find(toc_buf_text(&name)) == key, "%x is not found by %s",
                      (unsigned)key, toc_buf_text(&name));
        toc_buf_fini(&name);
    }
    ck_assert_uint_eq(toc_key_find("ctrl-x"), 24);
    ck_assert_uint_eq(toc_key_find("escape"), TOC_KEY_NONE);
    ck_assert_uint_eq(toc_key_find(""), TOC_KEY_NONE);
}
END_TEST

START_TEST(hints_fit_and_begin_with_what_matters_most)
{
    for (size_t p = 0; p < TOC_COUNT(places); p++)
        for (size_t r = 0; r < TOC_COUNT(roles); r++) {
            size_t before = 0;
            for (int columns = 0; columns <= 200; columns++) {
                toc_buf hints = {0};
                toc_keys_hints(&hints, places[p], roles[r], columns);
                ck_assert_int_le(toc_text_columns(toc_buf_text(&hints), hints.len), columns);
                ck_assert_uint_ge(hints.len + 40, before); // more room, not less of them
                before = hints.len;
                toc_buf_fini(&hints);
            }
            ck_assert_uint_gt(before, 0);
        }
    toc_buf hints = {0};
    toc_keys_hints(&hints, places[0], TOC_ROLE_PARTICIPANT, 76);
    ck_assert(strncmp(toc_buf_text(&hints), " Enter open  d decide  r reply ", 30) == 0);
    toc_buf_fini(&hints);
}
END_TEST

START_TEST(what_play_waits_for_stands_first_and_a_word_can_be_another)
{
    static const toc_hint now[] = {{TOC_DO_PAUSE, "go on", true},
                                   {TOC_DO_HOLD, "release INJ-04", false}};
    unsigned list = TOC_IN_LIST | TOC_IN_MSEL | TOC_IN_ALL;
    for (int columns = 0; columns <= 200; columns++) {
        toc_buf hints = {0};
        toc_keys_hints_now(&hints, list, TOC_ROLE_EXCON, columns, now, TOC_COUNT(now));
        ck_assert_int_le(toc_text_columns(toc_buf_text(&hints), hints.len), columns);
        toc_buf_fini(&hints);
    }
    toc_buf hints = {0};
    toc_keys_hints_now(&hints, list, TOC_ROLE_EXCON, 120, now, TOC_COUNT(now));
    ck_assert(strncmp(toc_buf_text(&hints), " Space go on  Enter open ", 25) == 0);
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&hints), " h release INJ-04 "));
    ck_assert_ptr_null(strstr(toc_buf_text(&hints), "pause"));
    toc_buf_clear(&hints);
    // Whom a key is not for reads no hint of it.
    toc_keys_hints_now(&hints, list, TOC_ROLE_PARTICIPANT, 120, now, TOC_COUNT(now));
    ck_assert_ptr_null(strstr(toc_buf_text(&hints), "go on"));
    toc_buf_fini(&hints);
}
END_TEST

// The guide holds what the table says, between its marks. TOC_UPDATE_GOLDEN=1 writes it anew.
static void compare_guide(const char *file, const char *mark, unsigned role)
{
    toc_buf guide = {0}, keys = {0}, next = {0};
    toc_error e = {0};
    char *path = toc_sprintf("%s/%s", getenv("TOC_SOURCE_DIR"), file);
    char *begin_mark = toc_sprintf("<!-- keys of %s: made from clients/view/keys.c -->\n", mark);
    TOC_OK_OR_FAIL(toc_file_slurp(&guide, path, 1 << 20, &e), e);
    const char *begin = strstr(toc_buf_text(&guide), begin_mark);
    ck_assert_msg(begin != NULL, "%s has no place for the keys of %s", file, mark);
    begin += strlen(begin_mark);
    const char *end = strstr(begin, "<!-- end of keys -->");
    ck_assert_ptr_nonnull(end);
    toc_keys_manual(&keys, role);
    toc_buf_char(&keys, '\n');
    bool is_same = (size_t)(end - begin) == keys.len && memcmp(begin, keys.data, keys.len) == 0;
    if (!is_same && getenv("TOC_UPDATE_GOLDEN")) {
        FILE *out = fopen(path, "w");
        toc_buf_add(&next, guide.data, (size_t)(begin - guide.data));
        toc_buf_add(&next, keys.data, keys.len);
        toc_buf_str(&next, end);
        ck_assert_ptr_nonnull(out);
        ck_assert_uint_eq(fwrite(next.data, 1, next.len, out), next.len);
        ck_assert_int_eq(fclose(out), 0);
    } else {
        ck_assert_msg(is_same, "the keys of %s in %s are not those of the table", mark, file);
    }
    toc_buf_fini(&guide);
    toc_buf_fini(&keys);
    toc_buf_fini(&next);
    free(begin_mark);
    free(path);
}

START_TEST(the_guide_has_the_keys_of_the_table)
{
    compare_guide("clients/README.md", "participants", TOC_ROLE_PARTICIPANT);
    compare_guide("scenarios/README.md", "control",
                  TOC_ROLE_EXCON | TOC_ROLE_SIMCELL | TOC_ROLE_EVALUATOR);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, no_key_has_two_meanings_in_one_place_for_one_role);
    tcase_add_test(tcase, every_word_has_a_key_that_asks_for_it);
    tcase_add_test(tcase, every_binding_is_found_by_its_key_and_explains_itself);
    tcase_add_test(tcase, the_inner_place_is_asked_before_the_outer_one);
    tcase_add_test(tcase, a_key_is_found_by_the_name_it_is_given);
    tcase_add_test(tcase, hints_fit_and_begin_with_what_matters_most);
    tcase_add_test(tcase, what_play_waits_for_stands_first_and_a_word_can_be_another);
    tcase_add_test(tcase, the_guide_has_the_keys_of_the_table);
}

TOC_CHECK_MAIN("keys", add_tests)
