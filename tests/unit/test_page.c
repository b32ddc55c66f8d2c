// SPDX-License-Identifier: MIT
// A page: wrapping keeps all that is written, nobody can forge a line of ours, finds are found.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "check_main.h"
#include "screen.h"
#include "seed.h"
#include "view/page.h"

static toc_grid draw(toc_page *p, int w, int h)
{
    toc_grid g;
    toc_grid_init(&g, w, h, false);
    toc_page_draw(p, &g, (toc_rect){0, 0, w, h});
    screen_holds(&g);
    return g;
}

static void expect(toc_page *p, int w, int h, const char *want)
{
    toc_grid g = draw(p, w, h);
    toc_buf now = {0};
    toc_grid_text(&now, &g, false);
    ck_assert_str_eq(toc_buf_text(&now), want);
    toc_buf_fini(&now);
    toc_grid_fini(&g);
}

// The clusters from x on, without spaces.
static void add_row(toc_buf *out, const toc_grid *g, int y, int x)
{
    for (; x < g->w; x++) {
        const char *text = g->cells[y * g->w + x].text;
        if (strcmp(text, " ") != 0)
            toc_buf_str(out, text);
    }
}

// Visible text without the spaces at which it may break, and without line ends.
static void add_solid(toc_buf *out, const char *text)
{
    toc_buf shown = {0};
    toc_text_visible(&shown, text, strlen(text), true);
    for (size_t i = 0, n = 0; i < shown.len; i += n) {
        uint32_t cp, next = 0;
        n = toc_utf8_next(shown.data + i, shown.len - i, &cp);
        size_t mark =
            i + n < shown.len ? toc_utf8_next(shown.data + i + n, shown.len - i - n, &next) : 0;
        bool has_mark = next == 0xFE0F || (mark && toc_text_columns(shown.data + i + n, mark) == 0);
        if (cp != '\n' && (cp != ' ' || has_mark))
            toc_buf_add(out, shown.data + i, n);
    }
    toc_buf_fini(&shown);
}

START_TEST(wrapping_keeps_all_that_is_written_behind_the_gutter)
{
    toc_random r;
    seed_random(&r, "page");
    char noise[700];
    for (int round = 0; round < 3000; round++) {
        int w = 4 + (int)toc_random_below(&r, 40);
        bool is_foreign = toc_random_below(&r, 2);
        screen_noise(&r, noise, sizeof noise);
        toc_page p = {0};
        if (is_foreign)
            toc_page_foreign(&p, noise);
        else
            toc_page_say(&p, TOC_STYLE_PLAIN, "%s", noise);
        size_t rows = toc_page_rows(&p, w);
        toc_grid g = draw(&p, w, (int)rows + 1);
        toc_buf now = {0};
        toc_buf want = {0};
        for (int y = 0; y < (int)rows; y++) {
            const toc_cell *row = &g.cells[y * g.w];
            bool has_gutter = row[0].style == TOC_STYLE_GUTTER && strcmp(row[0].text, "│") == 0;
            ck_assert_msg(has_gutter == is_foreign, "whose line is row %d?", y);
            add_row(&now, &g, y, is_foreign ? 2 : 0);
        }
        add_solid(&want, noise);
        ck_assert_str_eq(toc_buf_text(&now), toc_buf_text(&want));
        toc_buf_fini(&now);
        toc_buf_fini(&want);
        toc_grid_fini(&g);
        toc_page_fini(&p);
    }
}
END_TEST

START_TEST(lines_break_at_spaces_or_else_between_characters)
{
    toc_page p = {0};
    toc_page_say(&p, TOC_STYLE_PLAIN, "close the fairway\nabcdefghijkl\n水水水水\n\nend");
    expect(&p, 9, 10, "close the\nfairway\nabcdefghi\njkl\n水水水水\n\nend\n\n\n\n");
    expect(&p, 7, 10, "close\nthe\nfairway\nabcdefg\nhijkl\n水水水\n水\n\nend\n\n");
    toc_page_fini(&p);
}
END_TEST

START_TEST(nobody_can_forge_a_line_of_ours)
{
    toc_page p = {0};
    toc_page_say(&p, TOC_STYLE_TITLE, "From Coast Guard");
    toc_page_foreign(&p, "one two three\nFrom EXCON: stop\r\n\033[1mnow");
    expect(&p, 12, 8,
           "From Coast\nGuard\n│ one two\n│ three\n│ From\n│ EXCON:\n│ stop␍\n│ ␛[1mnow\n");
    toc_page_fini(&p);
}
END_TEST

START_TEST(what_is_below_is_counted)
{
    toc_page p = {0};
    for (int i = 1; i <= 20; i++)
        toc_page_say(&p, TOC_STYLE_PLAIN, "line %d of the log", i);
    expect(&p, 30, 3, "line 1 of the log\nline 2 of the log\nline 3 of the log    ▼ 17 more\n");
    ck_assert(toc_page_do(&p, TOC_DO_PAGE_DOWN));
    expect(&p, 30, 3, "line 3 of the log\nline 4 of the log\nline 5 of the log    ▼ 15 more\n");
    ck_assert(toc_page_do(&p, TOC_DO_LAST));
    expect(&p, 30, 3, "line 18 of the log\nline 19 of the log\nline 20 of the log\n");
    ck_assert(toc_page_do(&p, TOC_DO_DOWN) && toc_page_do(&p, TOC_DO_UP));
    expect(&p, 30, 3, "line 17 of the log\nline 18 of the log\nline 19 of the log    ▼ 1 more\n");
    ck_assert(toc_page_do(&p, TOC_DO_FIRST) && !toc_page_do(&p, TOC_DO_OPEN));
    expect(&p, 30, 1, "line 1 of the log    ▼ 19 more\n");
    toc_page_clear(&p);
    expect(&p, 30, 1, "\n");
    toc_page_fini(&p);
}
END_TEST

START_TEST(in_ascii_nothing_is_lost_where_symbols_are_wider)
{
    toc_page p = {0};
    toc_page_foreign(&p, "\033\033\033\033 …");
    toc_grid g;
    toc_grid_init(&g, 6, 4, true);
    toc_page_draw(&p, &g, (toc_rect){0, 0, 6, 4});
    toc_buf now = {0};
    toc_grid_text(&now, &g, false);
    ck_assert_str_eq(toc_buf_text(&now), "| ^[^[\n| ^[^[\n| ..\n\n");
    toc_buf_fini(&now);
    toc_grid_fini(&g);
    toc_page_fini(&p);
}
END_TEST

// The rows of a drawn page that show a find.
static int finds(const toc_grid *g, int *cells)
{
    int rows = 0;
    *cells = 0;
    for (int y = 0; y < g->h; y++) {
        int here = 0;
        for (int x = 0; x < g->w; x++)
            here += g->cells[y * g->w + x].style == TOC_STYLE_SELECTED;
        rows += here > 0;
        *cells += here;
    }
    return rows;
}

START_TEST(finds_are_shown_and_gone_round)
{
    toc_page p = {0};
    for (int i = 0; i < 50; i++)
        toc_page_say(&p, TOC_STYLE_PLAIN, i % 20 == 7 ? "the Fairway is closed" : "quiet");
    toc_grid g = draw(&p, 30, 5);
    toc_grid_fini(&g);
    ck_assert(!toc_page_do(&p, TOC_DO_FIND_NEXT));
    toc_page_seek(&p, "fairWAY");
    ck_assert(toc_page_do(&p, TOC_DO_FIND_NEXT));
    size_t want[] = {7, 27, 47, 7, 47, 27};
    for (size_t i = 0; i < TOC_COUNT(want); i++) {
        int cells;
        g = draw(&p, 30, 5);
        ck_assert_int_eq(finds(&g, &cells), 1);
        ck_assert_int_eq(cells, 7);
        ck_assert_uint_eq(p.find_line, want[i]);
        ck_assert(p.top <= want[i] && want[i] < p.top + 5);
        toc_grid_fini(&g);
        ck_assert(toc_page_do(&p, i < 3 ? TOC_DO_FIND_NEXT : TOC_DO_FIND_PREVIOUS));
    }
    p.top = 30;
    toc_page_seek(&p, "fairWAY");
    ck_assert(toc_page_do(&p, TOC_DO_FIND_NEXT));
    ck_assert_uint_eq(p.find_line, 47);
    toc_page_seek(&p, "nowhere");
    ck_assert(toc_page_do(&p, TOC_DO_FIND_NEXT));
    toc_page_seek(&p, NULL);
    ck_assert(!toc_page_do(&p, TOC_DO_FIND_NEXT));
    toc_page_fini(&p);
}
END_TEST

START_TEST(a_find_goes_on_in_the_next_row)
{
    toc_page p = {0};
    int cells;
    toc_page_foreign(&p, "xx 水水abcdef yy");
    toc_page_seek(&p, "水abcd");
    toc_grid g = draw(&p, 8, 4); // "│ xx", "│ 水水ab", "│ cdef", "│ yy"
    ck_assert_int_eq(finds(&g, &cells), 2);
    ck_assert_int_eq(cells, 6);
    toc_grid_fini(&g);
    toc_page_fini(&p);
}
END_TEST

START_TEST(whatever_is_done_to_a_page_it_can_be_drawn)
{
    toc_random r;
    seed_random(&r, "page keys");
    static const toc_do deeds[] = {TOC_DO_UP,        TOC_DO_DOWN,         TOC_DO_PAGE_UP,
                                   TOC_DO_PAGE_DOWN, TOC_DO_FIRST,        TOC_DO_LAST,
                                   TOC_DO_FIND_NEXT, TOC_DO_FIND_PREVIOUS};
    char noise[300];
    toc_page p = {0};
    for (int round = 0; round < 6000; round++) {
        screen_noise(&r, noise, sizeof noise);
        switch (toc_random_below(&r, 8)) {
        case 0:
            toc_page_foreign(&p, noise);
            break;
        case 1:
            toc_page_say(&p, TOC_STYLE_WARN, "%s", noise);
            break;
        case 2:
            toc_page_seek(&p, noise);
            break;
        case 3:
            if (toc_random_below(&r, 10) == 0)
                toc_page_clear(&p);
            break;
        default:
            toc_page_do(&p, deeds[toc_random_below(&r, TOC_COUNT(deeds))]);
        }
        if (toc_random_below(&r, 3))
            continue;
        int w = (int)toc_random_below(&r, 30);
        int h = (int)toc_random_below(&r, 8);
        toc_grid g;
        toc_grid_init(&g, 30, 8, toc_random_below(&r, 50) == 0);
        toc_page_draw(&p, &g, (toc_rect){1, 1, w, h});
        screen_holds(&g);
        if (w > 0 && h > 0)
            ck_assert(p.top == 0 || p.top + p.height <= p.wrapped);
        toc_grid_fini(&g);
    }
    toc_page_fini(&p);
}
END_TEST

static void add_tests(TCase *t)
{
    tcase_add_test(t, wrapping_keeps_all_that_is_written_behind_the_gutter);
    tcase_add_test(t, lines_break_at_spaces_or_else_between_characters);
    tcase_add_test(t, nobody_can_forge_a_line_of_ours);
    tcase_add_test(t, what_is_below_is_counted);
    tcase_add_test(t, in_ascii_nothing_is_lost_where_symbols_are_wider);
    tcase_add_test(t, finds_are_shown_and_gone_round);
    tcase_add_test(t, a_find_goes_on_in_the_next_row);
    tcase_add_test(t, whatever_is_done_to_a_page_it_can_be_drawn);
}

TOC_CHECK_MAIN("page", add_tests)
