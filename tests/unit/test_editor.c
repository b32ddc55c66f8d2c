// SPDX-License-Identifier: MIT
// The editor: against a naive model, and as it is seen.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "check_main.h"
#include "screen.h"
#include "seed.h"
#include "view/editor.h"
#include "view/keys.h"

// The model: a row of characters as they are seen, each a text of its own.
enum { MOST = 4000 };
typedef struct {
    char seen[MOST][24];
    int marks[MOST];
    size_t count, at;
    bool is_long;
} model;

static void model_insert(model *m, const char *text)
{
    if (m->count == MOST)
        return;
    memmove(m->seen[m->at + 1], m->seen[m->at], (m->count - m->at) * sizeof m->seen[0]);
    memmove(&m->marks[m->at + 1], &m->marks[m->at], (m->count - m->at) * sizeof m->marks[0]);
    toc_copy_text(m->seen[m->at], sizeof m->seen[0], text);
    m->marks[m->at++] = 0;
    m->count++;
}

static void model_erase(model *m, size_t from, size_t to)
{
    memmove(m->seen[from], m->seen[to], (m->count - to) * sizeof m->seen[0]);
    memmove(&m->marks[from], &m->marks[to], (m->count - to) * sizeof m->marks[0]);
    m->count -= to - from;
    m->at = from;
}

static bool model_is(const model *m, size_t i, const char *text)
{
    return strcmp(m->seen[i], text) == 0;
}

static size_t model_begin(const model *m)
{
    size_t i = m->at;
    while (i > 0 && !model_is(m, i - 1, "\n"))
        i--;
    return i;
}

static size_t model_end(const model *m)
{
    size_t i = m->at;
    while (i < m->count && !model_is(m, i, "\n"))
        i++;
    return i;
}

static size_t model_word(const model *m)
{
    size_t i = m->at;
    if (i > 0 && model_is(m, i - 1, "\n"))
        return i - 1;
    while (i > model_begin(m) && model_is(m, i - 1, " "))
        i--;
    while (i > model_begin(m) && !model_is(m, i - 1, " "))
        i--;
    return i;
}

// What is typed, and whether it is kept: as itself, as a mark on what is before it, or as another character.
static void model_type(model *m, uint32_t key)
{
    char text[8] = "";
    size_t n = toc_key_text(key, text);
    text[n] = '\0';
    bool has_base = m->at > 0 && !model_is(m, m->at - 1, "\n");
    char *base = has_base ? m->seen[m->at - 1] : NULL;
    if (key == 0x301 && has_base && m->marks[m->at - 1] < 2) {
        strcat(base, text);
        m->marks[m->at - 1]++;
    } else if (key == 0xFE0F && has_base && (strcmp(base, "❤") == 0 || strcmp(base, "🔥") == 0)) {
        strcat(base, text);
        m->marks[m->at - 1]++; // it counts as one
    } else if (key == 'a' || key == ' ' || key == 0xE9 || key == 0x6C34 || key == 0x2764 ||
               key == 0x1F525) {
        model_insert(m, text);
    }
}

static void model_key(model *m, uint32_t key)
{
    switch (key) {
    case TOC_KEY_LEFT:
        m->at -= m->at > 0;
        break;
    case TOC_KEY_RIGHT:
        m->at += m->at < m->count;
        break;
    case TOC_KEY_HOME:
    case TOC_KEY_CTRL('A'):
        m->at = model_begin(m);
        break;
    case TOC_KEY_END:
    case TOC_KEY_CTRL('E'):
        m->at = model_end(m);
        break;
    case TOC_KEY_BACKSPACE:
        model_erase(m, m->at - (m->at > 0), m->at);
        break;
    case TOC_KEY_DELETE:
        model_erase(m, m->at, m->at + (m->at < m->count));
        break;
    case TOC_KEY_CTRL('U'):
        model_erase(m, model_begin(m), m->at);
        break;
    case TOC_KEY_CTRL('K'):
        model_erase(m, m->at, model_end(m) > m->at ? model_end(m) : m->at + (m->at < m->count));
        break;
    case TOC_KEY_CTRL('W'):
        model_erase(m, model_word(m), m->at);
        break;
    case TOC_KEY_ENTER:
        if (m->is_long)
            model_insert(m, "\n");
        break;
    default:
        model_type(m, key);
    }
}

static void compare(const toc_editor *e, const model *m)
{
    toc_buf want = {0};
    size_t at = 0;
    for (size_t i = 0; i < m->count; i++) {
        if (i == m->at)
            at = want.len;
        toc_buf_str(&want, m->seen[i]);
    }
    if (m->at == m->count)
        at = want.len;
    ck_assert_str_eq(toc_buf_text(&e->text), toc_buf_text(&want));
    ck_assert_uint_eq(e->at, at);
    toc_buf_fini(&want);
}

START_TEST(it_does_what_a_row_of_characters_would_do)
{
    static const uint32_t keys[] = {
        'a',
        'a',
        ' ',
        0xE9,
        0x6C34,
        0x2764,
        0x1F525,
        0x301,
        0x301,
        0xFE0F, // seen, marks
        0x202E,
        0x200B,
        0x9B,
        0xE000,
        0xD800,
        1,
        0x7F - 0x60, // and what is dropped
        TOC_KEY_LEFT,
        TOC_KEY_LEFT,
        TOC_KEY_RIGHT,
        TOC_KEY_HOME,
        TOC_KEY_END,
        TOC_KEY_CTRL('A'),
        TOC_KEY_CTRL('E'),
        TOC_KEY_BACKSPACE,
        TOC_KEY_DELETE,
        TOC_KEY_CTRL('W'),
        TOC_KEY_ENTER,
    };
    toc_random r;
    seed_random(&r, "editor");
    model *m = toc_alloc(sizeof *m);
    for (int round = 0; round < 60; round++) {
        toc_editor e = {.is_long = round % 2 == 0};
        *m = (model){.is_long = e.is_long};
        for (int i = 0; i < 400; i++) {
            uint32_t key = keys[toc_random_below(&r, TOC_COUNT(keys))];
            if (toc_random_below(&r, 60) == 0)
                key = toc_random_below(&r, 2) ? TOC_KEY_CTRL('U') : TOC_KEY_CTRL('K');
            toc_editor_key(&e, key);
            model_key(m, key);
            compare(&e, m);
        }
        toc_editor_fini(&e);
    }
    free(m);
}
END_TEST

START_TEST(whatever_is_pasted_what_is_kept_is_visible_as_it_is)
{
    toc_random r;
    seed_random(&r, "paste");
    char noise[600];
    static const uint32_t keys[] = {TOC_KEY_LEFT,      TOC_KEY_UP,    TOC_KEY_DOWN,
                                    TOC_KEY_RIGHT,     TOC_KEY_HOME,  TOC_KEY_BACKSPACE,
                                    TOC_KEY_CTRL('W'), TOC_KEY_DELETE};
    for (int round = 0; round < 500; round++) {
        toc_editor e = {.is_long = round % 2 == 0, .most = toc_random_below(&r, 400)};
        for (int i = 0; i < 8; i++) {
            if (toc_random_below(&r, 2))
                toc_editor_insert(&e, noise, screen_noise(&r, noise, sizeof noise));
            else
                toc_editor_key(&e, keys[toc_random_below(&r, TOC_COUNT(keys))]);
            toc_buf shown = {0};
            toc_text_visible(&shown, toc_buf_text(&e.text), e.text.len, e.is_long);
            ck_assert_str_eq(toc_buf_text(&shown), toc_buf_text(&e.text));
            toc_buf_fini(&shown);
            ck_assert(e.most == 0 || e.text.len <= e.most);
            ck_assert_uint_le(e.at, e.text.len);
            toc_grid g;
            toc_grid_init(&g, 44, 9, round % 3 == 0);
            toc_rect at = {2, 2, (int)toc_random_below(&r, 40), (int)toc_random_below(&r, 6)};
            toc_editor_draw(&e, &g, at, true);
            screen_holds(&g);
            if (at.w > 0 && at.h > 0)
                ck_assert_msg(g.cursor_x >= at.x && g.cursor_x < at.x + at.w &&
                                  g.cursor_y >= at.y && g.cursor_y < at.y + at.h,
                              "the cursor is not in the field");
            toc_grid_fini(&g);
        }
        toc_editor_fini(&e);
    }
}
END_TEST

static void expect(toc_editor *e, int w, int h, const char *want)
{
    toc_grid g;
    toc_grid_init(&g, w, h, false);
    toc_editor_draw(e, &g, (toc_rect){0, 0, w, h}, true);
    screen_holds(&g);
    toc_buf now = {0};
    toc_grid_text(&now, &g, false);
    toc_buf_printf(&now, "%d,%d", g.cursor_x, g.cursor_y);
    ck_assert_str_eq(toc_buf_text(&now), want);
    toc_buf_fini(&now);
    toc_grid_fini(&g);
}

START_TEST(a_long_line_is_moved_sideways_with_the_cursor)
{
    toc_editor e = {0};
    toc_editor_set(&e, "abcdefghijklmnopqrst");
    expect(&e, 10, 1, "<qrst\n5,0");
    for (int i = 0; i < 4; i++)
        toc_editor_key(&e, TOC_KEY_LEFT);
    expect(&e, 10, 1, "<lmnopqrst\n6,0");
    toc_editor_key(&e, TOC_KEY_HOME);
    expect(&e, 10, 1, "abcdefghi>\n0,0");
    toc_editor_set(&e, "水水水水水水");
    expect(&e, 9, 1, "< 水\n4,0");
    toc_editor_key(&e, TOC_KEY_HOME);
    expect(&e, 9, 1, "水水水水>\n0,0");
    toc_editor_fini(&e);
}
END_TEST

START_TEST(line_ends_and_tabs_become_what_the_field_can_hold)
{
    toc_editor e = {0};
    toc_editor_set(&e, "one\r\ntwo\tthree\rfour\033[31m");
    ck_assert_str_eq(toc_buf_text(&e.text), "one two three four[31m");
    e.is_long = true;
    toc_editor_set(&e, "one\r\ntwo\tthree\rfour");
    ck_assert_str_eq(toc_buf_text(&e.text), "one\ntwo three\nfour");
    toc_editor_set(&e, NULL);
    ck_assert_str_eq(toc_buf_text(&e.text), "");
    toc_editor_fini(&e);
}
END_TEST

START_TEST(up_and_down_go_by_the_rows_that_are_seen)
{
    toc_editor e = {.is_long = true};
    toc_editor_set(&e, "close the fairway now\n水水水水水\nend");
    expect(&e, 10, 7, "close the\nfairway\nnow\n水水水水\n水\nend\n\n3,5");
    ck_assert_int_eq(toc_editor_rows(&e, 10), 6);
    ck_assert(!toc_editor_key(&e, TOC_KEY_DOWN));
    static const char *const at[] = {"2,4", "2,3", "2,2", "2,1", "2,0"};
    for (size_t i = 0; i < TOC_COUNT(at); i++) {
        ck_assert(toc_editor_key(&e, TOC_KEY_UP));
        char want[100];
        snprintf(want, sizeof want, "close the\nfairway\nnow\n水水水水\n水\nend\n\n%s", at[i]);
        expect(&e, 10, 7, want);
    }
    ck_assert(!toc_editor_key(&e, TOC_KEY_UP));
    expect(&e, 10, 2, "close the\nfairway\n2,0");
    toc_editor_key(&e, TOC_KEY_DOWN);
    toc_editor_key(&e, TOC_KEY_DOWN);
    expect(&e, 10, 2, "fairway\nnow\n2,1");
    toc_editor_fini(&e);
}
END_TEST

START_TEST(up_and_down_visit_each_row_once)
{
    toc_random r;
    seed_random(&r, "rows");
    char noise[400];
    for (int round = 0; round < 400; round++) {
        toc_editor e = {.is_long = true};
        toc_editor_insert(&e, noise, screen_noise(&r, noise, sizeof noise));
        int w = 3 + (int)toc_random_below(&r, 30);
        toc_grid g;
        toc_grid_init(&g, w, 1, false);
        toc_editor_draw(&e, &g, (toc_rect){0, 0, w, 1}, true);
        int rows = 1;
        while (toc_editor_key(&e, TOC_KEY_UP))
            rows++;
        ck_assert_int_eq(rows, toc_editor_rows(&e, w));
        rows = 1;
        while (toc_editor_key(&e, TOC_KEY_DOWN))
            rows++;
        ck_assert_int_eq(rows, toc_editor_rows(&e, w));
        toc_grid_fini(&g);
        toc_editor_fini(&e);
    }
}
END_TEST

START_TEST(what_there_is_no_room_for_is_left_out)
{
    toc_editor e = {.most = 7};
    toc_editor_set(&e, "水水水");
    ck_assert_str_eq(toc_buf_text(&e.text), "水水");
    toc_editor_key(&e, TOC_KEY_LEFT);
    toc_editor_insert(&e, "abc", 3);
    ck_assert_str_eq(toc_buf_text(&e.text), "水a水");
    toc_editor_fini(&e);
    char *much = toc_alloc(70000);
    memset(much, 'x', 65536);
    toc_editor_set(&e, much);
    ck_assert_uint_eq(e.text.len, 16384);
    toc_editor_fini(&e);
    free(much);
}
END_TEST

static void add_tests(TCase *t)
{
    tcase_add_test(t, it_does_what_a_row_of_characters_would_do);
    tcase_add_test(t, whatever_is_pasted_what_is_kept_is_visible_as_it_is);
    tcase_add_test(t, a_long_line_is_moved_sideways_with_the_cursor);
    tcase_add_test(t, line_ends_and_tabs_become_what_the_field_can_hold);
    tcase_add_test(t, up_and_down_go_by_the_rows_that_are_seen);
    tcase_add_test(t, up_and_down_visit_each_row_once);
    tcase_add_test(t, what_there_is_no_room_for_is_left_out);
}

TOC_CHECK_MAIN("editor", add_tests)
