// SPDX-License-Identifier: MIT
// A list: the selection stays with its row, whatever comes and goes; filters pass what they say.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "seed.h"
#include "view/list.h"

enum { MOST = 60 };

typedef struct {
    char names[MOST][16];
    const char *keys[MOST];
    size_t count;
    int next;
} rows;

static void insert(rows *r, size_t at)
{
    if (r->count == MOST)
        return;
    memmove(r->names[at + 1], r->names[at], (r->count - at) * sizeof r->names[0]);
    snprintf(r->names[at], sizeof r->names[at], "row-%d", r->next++);
    r->count++;
}

static void delete (rows *r, size_t at)
{
    r->count--;
    memmove(r->names[at], r->names[at + 1], (r->count - at) * sizeof r->names[0]);
}

static void settle(toc_list *l, rows *r, int height)
{
    for (size_t i = 0; i < r->count; i++)
        r->keys[i] = r->names[i];
    toc_list_settle(l, r->keys, r->count, height);
    if (r->count == 0)
        return;
    ck_assert_uint_lt(l->at, r->count);
    if (height > 0)
        ck_assert_msg(l->at >= l->top && l->at < l->top + (size_t)height,
                      "the selection is not seen");
    ck_assert_msg(l->top == 0 || l->top + (size_t)(height > 0 ? height : 1) <= r->count,
                  "rows are wasted at the end");
}

START_TEST(the_selection_stays_with_its_row)
{
    toc_random r;
    seed_random(&r, "list");
    rows all = {0};
    toc_list l = {0};
    static const toc_do moves[] = {TOC_DO_UP,        TOC_DO_DOWN,  TOC_DO_PAGE_UP,
                                   TOC_DO_PAGE_DOWN, TOC_DO_FIRST, TOC_DO_LAST};
    for (int round = 0; round < 20000; round++) {
        int height = (int)toc_random_below(&r, 12);
        char selected[16] = "";
        size_t place = l.at;
        if (l.key && all.count > 0)
            toc_copy_text(selected, sizeof selected, l.key);
        bool is_gone = false;
        for (int i = (int)toc_random_below(&r, 4); i > 0; i--) {
            if (toc_random_below(&r, 2) || all.count == 0) {
                insert(&all, toc_random_below(&r, all.count + 1));
            } else {
                size_t at = toc_random_below(&r, all.count);
                is_gone |= strcmp(all.names[at], selected) == 0;
                delete (&all, at);
            }
        }
        settle(&l, &all, height);
        if (all.count == 0)
            continue;
        if (!l.key)
            ck_assert_uint_eq(l.at, 0);
        else if (selected[0] && !is_gone)
            ck_assert_str_eq(all.names[l.at], selected);
        else if (selected[0])
            ck_assert_uint_eq(l.at, place < all.count ? place : all.count - 1);
        if (toc_random_below(&r, 3) == 0) {
            ck_assert(toc_list_do(&l, moves[toc_random_below(&r, TOC_COUNT(moves))], all.keys,
                                  all.count));
            ck_assert_str_eq(all.names[l.at], l.key);
        }
    }
    toc_list_fini(&l);
}
END_TEST

START_TEST(until_somebody_moves_the_first_row_is_selected)
{
    rows all = {0};
    toc_list l = {0};
    insert(&all, 0);
    settle(&l, &all, 5);
    insert(&all, 0);
    settle(&l, &all, 5);
    ck_assert_uint_eq(l.at, 0);
    ck_assert(toc_list_do(&l, TOC_DO_DOWN, all.keys, all.count));
    insert(&all, 0);
    settle(&l, &all, 5);
    ck_assert_uint_eq(l.at, 2);
    ck_assert(!toc_list_do(&l, TOC_DO_OPEN, all.keys, all.count));
    toc_list_fini(&l);
}
END_TEST

START_TEST(a_filter_that_hides_all_rows_forgets_nothing)
{
    rows all = {0};
    toc_list l = {0};
    for (int i = 0; i < 9; i++)
        insert(&all, all.count);
    settle(&l, &all, 4);
    toc_list_select(&l, "row-6");
    settle(&l, &all, 4);
    ck_assert_uint_eq(l.at, 6);
    toc_list_settle(&l, NULL, 0, 4);
    ck_assert(toc_list_do(&l, TOC_DO_DOWN, NULL, 0));
    settle(&l, &all, 4);
    ck_assert_uint_eq(l.at, 6);
    toc_list_fini(&l);
}
END_TEST

START_TEST(rows_that_come_above_do_not_push_what_is_read)
{
    rows all = {0};
    toc_list l = {0};
    for (int i = 0; i < 30; i++)
        insert(&all, all.count);
    settle(&l, &all, 5);
    toc_list_select(&l, "row-12");
    settle(&l, &all, 5);
    toc_list_do(&l, TOC_DO_UP, all.keys, all.count);
    toc_list_do(&l, TOC_DO_UP, all.keys, all.count);
    size_t below_top = l.at - l.top;
    for (int i = 0; i < 3; i++)
        insert(&all, 0);
    settle(&l, &all, 5);
    ck_assert_uint_eq(l.at - l.top, below_top);
    toc_list_fini(&l);
}
END_TEST

START_TEST(pages_go_to_the_ends_and_no_further)
{
    rows all = {0};
    toc_list l = {0};
    for (int i = 0; i < 23; i++)
        insert(&all, all.count);
    settle(&l, &all, 10);
    size_t want[] = {9, 18, 22, 22};
    for (size_t i = 0; i < TOC_COUNT(want); i++) {
        toc_list_do(&l, TOC_DO_PAGE_DOWN, all.keys, all.count);
        ck_assert_uint_eq(l.at, want[i]);
    }
    toc_list_do(&l, TOC_DO_PAGE_UP, all.keys, all.count);
    ck_assert_uint_eq(l.at, 13);
    toc_list_do(&l, TOC_DO_FIRST, all.keys, all.count);
    ck_assert_uint_eq(l.at, 0);
    toc_list_fini(&l);
}
END_TEST

START_TEST(a_filter_passes_what_it_says)
{
    static const char *const fields[] = {"from",  "Coast Guard",    "to", "ops, Köln",
                                         "title", "Flood at 14:31", NULL};
    static const char *const late[] = {"title", "nobody is late", NULL};
    static const struct {
        const char *filter;
        bool passes;
    } table[] = {
        {NULL, true},          {"", true},
        {"  ", true},          {"flood", true},
        {"FLOOD coast", true}, {"flood media", false},
        {"!media", true},      {"flood !coast", false},
        {"!", true},           {"to:ops", true},
        {"TO:Ops", true},      {"to:coast", false},
        {"!to:coast", true},   {"!to:ops", false},
        {"to:", true},         {"14:31", true},
        {"14:32", false},      {"KÖLN", true},
        {"unread", true},      {"Unread", true},
        {"!unread", false},    {"urgent", false},
        {"mine", true},        {"min", false},
    };
    for (size_t i = 0; i < TOC_COUNT(table); i++)
        ck_assert_msg(toc_filter_passes(table[i].filter, fields, "unread mine") == table[i].passes,
                      "\"%s\"", table[i].filter ? table[i].filter : "NULL");
    // "late" is what a row is, not a word in it.
    ck_assert(!toc_filter_passes("late", late, "unread"));
    ck_assert(toc_filter_passes("late", late, "unread late"));
    ck_assert(toc_filter_passes("", NULL, NULL));
    ck_assert(!toc_filter_passes("x", NULL, NULL));
}
END_TEST

START_TEST(capitals_do_not_matter_in_any_of_the_scripts_people_write_here)
{
    static const char *const pairs[][2] = {
        {"straße", "STRAße"}, {"ŁÓDŹ", "łódź"}, {"Žďár", "žďÁR"}, {"ΑΘΗΝΑ", "αθηνα"},
        {"КИЇВ", "киЇв"},     {"Ёлка", "ёЛКА"}, {"õhtu", "ÕHTU"}, {"ŸŽ", "ÿž"},
    };
    for (size_t i = 0; i < TOC_COUNT(pairs); i++) {
        const char *fields[] = {"title", pairs[i][0], NULL};
        ck_assert_msg(toc_filter_passes(pairs[i][1], fields, ""), "%s", pairs[i][1]);
        fields[1] = pairs[i][1];
        ck_assert_msg(toc_filter_passes(pairs[i][0], fields, ""), "%s", pairs[i][0]);
    }
}
END_TEST

static void add_tests(TCase *t)
{
    tcase_add_test(t, the_selection_stays_with_its_row);
    tcase_add_test(t, until_somebody_moves_the_first_row_is_selected);
    tcase_add_test(t, a_filter_that_hides_all_rows_forgets_nothing);
    tcase_add_test(t, rows_that_come_above_do_not_push_what_is_read);
    tcase_add_test(t, pages_go_to_the_ends_and_no_further);
    tcase_add_test(t, a_filter_passes_what_it_says);
    tcase_add_test(t, capitals_do_not_matter_in_any_of_the_scripts_people_write_here);
}

TOC_CHECK_MAIN("list", add_tests)
