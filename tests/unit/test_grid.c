// SPDX-License-Identifier: MIT
// The grid: whatever is put into it, each cell is one visible character of its stated width, and nothing is written outside.
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "check_main.h"
#include "screen.h"
#include "seed.h"

static int between(toc_random *r, int low, int high)
{
    return low + (int)toc_random_below(r, (uint64_t)(high - low + 1));
}

static toc_rect some_rect(toc_random *r, const toc_grid *g)
{
    return (toc_rect){between(r, -3, g->w + 3), between(r, -3, g->h + 3), between(r, -2, g->w + 4),
                      between(r, -2, g->h + 4)};
}

static void expect_text(const toc_grid *g, const char *want)
{
    toc_buf now = {0};
    screen_holds(g);
    toc_grid_text(&now, g, false);
    ck_assert_str_eq(toc_buf_text(&now), want);
    toc_buf_fini(&now);
}

static void put_line(char *want, int w, bool is_ascii, const char *text)
{
    toc_grid g;
    toc_grid_init(&g, w, 1, is_ascii);
    toc_grid_put(&g, 0, 0, w, TOC_STYLE_PLAIN, text);
    screen_holds(&g);
    toc_buf now = {0};
    toc_grid_text(&now, &g, false);
    toc_copy_text(want, 128, toc_buf_text(&now));
    want[strcspn(want, "\n")] = '\0';
    toc_buf_fini(&now);
    toc_grid_fini(&g);
}

START_TEST(whatever_is_drawn_each_cell_is_one_visible_character)
{
    toc_random r;
    seed_random(&r, "grid");
    char noise[600];
    for (int round = 0; round < 400; round++) {
        toc_grid g;
        toc_grid_init(&g, between(&r, 0, 50), between(&r, 0, 9), round % 2 == 0);
        for (int i = 0; i < 20; i++) {
            toc_rect at = some_rect(&r, &g);
            toc_style style = (toc_style)toc_random_below(&r, TOC_STYLE_COUNT);
            screen_noise(&r, noise, sizeof noise);
            switch (toc_random_below(&r, 7)) {
            case 0:
                toc_grid_fill(&g, at, style);
                break;
            case 1:
                toc_grid_restyle(&g, at, style);
                break;
            case 2:
                toc_grid_box(&g, at, noise);
                break;
            case 3:
                toc_grid_rule(&g, at.x, at.y, at.w, noise);
                break;
            case 4:
                toc_grid_cursor(&g, at.x, at.y);
                break;
            default:
                toc_grid_printf(&g, at.x, at.y, at.w, style, "%s", noise);
            }
            screen_holds(&g);
        }
        toc_grid_fini(&g);
    }
}
END_TEST

// Cells outside the columns that were given stay, but for the other half of a wide character that was cut.
static void stays(const toc_grid *g, const toc_cell *before, int x, int y, int columns)
{
    for (int row = 0; row < g->h; row++)
        for (int i = 0; i < g->w; i++) {
            const toc_cell *was = &before[row * g->w + i];
            const toc_cell *now = &g->cells[row * g->w + i];
            if (row == y && i >= x && i < x + columns)
                continue;
            bool is_neighbour = row == y && (i == x - 1 || i == x + columns);
            if (is_neighbour && was->width != 1 && strcmp(now->text, " ") == 0)
                continue;
            ck_assert_msg(strcmp(was->text, now->text) == 0 && was->style == now->style &&
                              was->width == now->width,
                          "the cell %d, %d was changed by %d columns at %d, %d", i, row, columns, x,
                          y);
        }
}

START_TEST(nothing_is_written_outside_the_columns_that_were_given)
{
    toc_random r;
    seed_random(&r, "outside");
    char noise[300];
    for (int round = 0; round < 2000; round++) {
        toc_grid g;
        toc_grid_init(&g, between(&r, 1, 30), between(&r, 1, 3), round % 2 == 0);
        for (int y = 0; y < g.h; y++) {
            screen_noise(&r, noise, sizeof noise);
            toc_grid_put(&g, 0, y, g.w, TOC_STYLE_TITLE, noise);
        }
        size_t size = (size_t)(g.w * g.h) * sizeof *g.cells;
        toc_cell *before = toc_alloc(size);
        memcpy(before, g.cells, size);
        toc_rect at = some_rect(&r, &g);
        screen_noise(&r, noise, sizeof noise);
        int columns = toc_grid_put(&g, at.x, at.y, at.w, TOC_STYLE_URGENT, noise);
        ck_assert_int_ge(columns, 0);
        ck_assert(columns == 0 || (columns <= at.w && at.x + columns <= g.w));
        stays(&g, before, at.x, at.y, columns);
        free(before);
        toc_grid_fini(&g);
    }
}
END_TEST

START_TEST(what_is_cut_is_cut_between_characters_and_says_so)
{
    toc_random r;
    seed_random(&r, "cut");
    char noise[300];
    for (int round = 0; round < 3000; round++) {
        toc_grid g;
        toc_grid_init(&g, between(&r, 1, 30), 1, false);
        screen_noise(&r, noise, sizeof noise);
        int columns = toc_grid_put(&g, 0, 0, g.w, TOC_STYLE_PLAIN, noise);
        toc_buf whole = {0};
        toc_buf put = {0};
        toc_text_visible(&whole, noise, strlen(noise), false);
        int at = 0;
        for (; at < columns; at++)
            toc_buf_str(&put, g.cells[at].text);
        if (strcmp(toc_buf_text(&put), toc_buf_text(&whole)) != 0) { // cut
            ck_assert_msg(put.len > 2 && strcmp(put.data + put.len - 3, "…") == 0,
                          "it was cut and does not say so: %s", toc_buf_text(&put));
            put.len -= 3;
            uint32_t cp;
            size_t n = toc_utf8_next(whole.data + put.len, whole.len - put.len, &cp);
            ck_assert_msg(cp != 0xFE0F && toc_text_columns(whole.data + put.len, n) > 0,
                          "a mark was cut off");
        }
        ck_assert_mem_eq(toc_buf_text(&put), toc_buf_text(&whole), put.len);
        toc_buf_fini(&whole);
        toc_buf_fini(&put);
        toc_grid_fini(&g);
    }
}
END_TEST

START_TEST(a_long_line_costs_no_more_than_what_is_seen_of_it)
{
    // No NUL, and behind it memory that cannot be read.
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    FILE *f = tmpfile();
    ck_assert(f && ftruncate(fileno(f), (off_t)(2 * page)) == 0);
    char *text = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE, fileno(f), 0);
    fclose(f);
    ck_assert(text != MAP_FAILED);
    memset(text, 'a', page);
    ck_assert_int_eq(mprotect(text + page, page, PROT_NONE), 0);
    toc_grid g;
    toc_grid_init(&g, 40, 1, false);
    ck_assert_int_eq(toc_grid_put(&g, 0, 0, 40, TOC_STYLE_PLAIN, text + page - 700), 40);
    ck_assert_str_eq(g.cells[39].text, "…");
    toc_grid_fini(&g);
    munmap(text, 2 * page);
}
END_TEST

START_TEST(a_wide_character_that_does_not_fit_whole_is_left_out)
{
    char line[128];
    put_line(line, 5, false, "水水水");
    ck_assert_str_eq(line, "水水…");
    put_line(line, 4, false, "水水水");
    ck_assert_str_eq(line, "水…");
    put_line(line, 1, false, "水");
    ck_assert_str_eq(line, "…");
    put_line(line, 6, false, "水水水");
    ck_assert_str_eq(line, "水水水");
}
END_TEST

START_TEST(what_steers_a_terminal_is_shown)
{
    char line[128];
    put_line(line, 30, false,
             "a\033[2Jb\xE2\x80\xAE"
             "c\xFF");
    ck_assert_str_eq(line, "a␛[2Jb<U+202E>c\xEF\xBF\xBD");
    put_line(line, 30, true, "a\033[2Jb\x7F");
    ck_assert_str_eq(line, "a^[[2Jb^?");
}
END_TEST

START_TEST(half_of_a_wide_character_that_is_written_over_leaves_a_space)
{
    toc_grid g;
    toc_grid_init(&g, 6, 1, false);
    toc_grid_put(&g, 0, 0, 6, TOC_STYLE_PLAIN, "水水水");
    toc_grid_put(&g, 1, 0, 2, TOC_STYLE_PLAIN, "xy");
    expect_text(&g, " xy 水\n");
    toc_grid_fill(&g, (toc_rect){5, 0, 1, 1}, TOC_STYLE_PLAIN);
    expect_text(&g, " xy\n");
    toc_grid_fini(&g);
}
END_TEST

START_TEST(frames_and_symbols_have_forms_in_ascii)
{
    for (int is_ascii = 0; is_ascii < 2; is_ascii++) {
        toc_grid g;
        toc_grid_init(&g, 22, 4, is_ascii);
        toc_grid_box(&g, (toc_rect){0, 0, 22, 4}, "Decide");
        toc_grid_put(&g, 1, 1, 20, TOC_STYLE_PLAIN, "• one ✓ ▼ 12 → x");
        toc_grid_put(&g, 1, 2, 10, TOC_STYLE_PLAIN, "it is too long");
        expect_text(&g, is_ascii ? "+- Decide -----------+\n"
                                   "|* one x v 12 -> x   |\n"
                                   "|it is to..          |\n"
                                   "+--------------------+\n"
                                 : "┌─ Decide ───────────┐\n"
                                   "│• one ✓ ▼ 12 → x    │\n"
                                   "│it is too…          │\n"
                                   "└────────────────────┘\n");
        toc_grid_fini(&g);
    }
}
END_TEST

START_TEST(letters_below_a_line_say_what_its_cells_are)
{
    toc_grid g;
    toc_grid_init(&g, 12, 3, false);
    toc_grid_put(&g, 0, 0, 12, TOC_STYLE_PLAIN, "plain");
    toc_grid_put(&g, 1, 1, 12, TOC_STYLE_URGENT, "水!");
    toc_grid_put(&g, 5, 1, 12, TOC_STYLE_UNREAD, "*");
    toc_grid_cursor(&g, 8, 1);
    toc_buf now = {0};
    toc_grid_text(&now, &g, true);
    ck_assert_str_eq(toc_buf_text(&now), "plain\n"
                                         " 水! *\n"
                                         "~ !!! *  ^\n"
                                         "\n");
    toc_buf_fini(&now);
    toc_grid_fini(&g);
}
END_TEST

START_TEST(every_style_has_a_name_of_its_own)
{
    for (int i = 0; i < TOC_STYLE_COUNT; i++)
        for (int k = 0; k < i; k++)
            ck_assert_str_ne(toc_style_name((toc_style)i), toc_style_name((toc_style)k));
}
END_TEST

static void add_tests(TCase *t)
{
    tcase_add_test(t, whatever_is_drawn_each_cell_is_one_visible_character);
    tcase_add_test(t, nothing_is_written_outside_the_columns_that_were_given);
    tcase_add_test(t, what_is_cut_is_cut_between_characters_and_says_so);
    tcase_add_test(t, a_long_line_costs_no_more_than_what_is_seen_of_it);
    tcase_add_test(t, a_wide_character_that_does_not_fit_whole_is_left_out);
    tcase_add_test(t, what_steers_a_terminal_is_shown);
    tcase_add_test(t, half_of_a_wide_character_that_is_written_over_leaves_a_space);
    tcase_add_test(t, frames_and_symbols_have_forms_in_ascii);
    tcase_add_test(t, letters_below_a_line_say_what_its_cells_are);
    tcase_add_test(t, every_style_has_a_name_of_its_own);
}

TOC_CHECK_MAIN("grid", add_tests)
