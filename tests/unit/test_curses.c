// SPDX-License-Identifier: MIT
// The screen on a pseudo terminal: what is written is read back by an emulator, and must be the grid.
#define _XOPEN_SOURCE 700
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/random.h"
#include "base/text.h"
#include "check_main.h"
#include "curses.h"
#include "emulator.h"
#include "seed.h"

enum { W = 40, H = 10, DEADLINE_MS = 10000 };

typedef struct {
    int master, slave;
    toc_curses *curses;
    emulator screen;
    struct termios before;
} desk;

// Reads what was written so far: up to a mark that is written behind it.
static void look(desk *d)
{
    toc_buf got = {0};
    ck_assert_int_eq(write(d->slave, "\005", 1), 1);
    for (bool is_there = false; !is_there;) {
        char bytes[4096];
        struct pollfd fd = {.fd = d->master, .events = POLLIN};
        ck_assert_int_eq(poll(&fd, 1, DEADLINE_MS), 1);
        ssize_t n = read(d->master, bytes, sizeof bytes);
        ck_assert_int_gt(n, 0);
        toc_buf_add(&got, bytes, (size_t)n);
        is_there = got.data[got.len - 1] == '\005';
    }
    ck_assert_uint_eq(emulator_take(&d->screen, got.data, got.len - 1), got.len - 1);
    toc_buf_fini(&got);
}

static void open_desk(desk *d, const char *type, bool has_colors, int doubtful)
{
    bool is_utf8, is_sure;
    toc_error e = {0};
    d->master = posix_openpt(O_RDWR | O_NOCTTY);
    ck_assert_int_ge(d->master, 0);
    ck_assert_int_eq(grantpt(d->master), 0);
    ck_assert_int_eq(unlockpt(d->master), 0);
    d->slave = open(ptsname(d->master), O_RDWR | O_NOCTTY);
    ck_assert_int_ge(d->slave, 0);
    struct winsize size = {.ws_row = H, .ws_col = W};
    ck_assert_int_eq(ioctl(d->master, TIOCSWINSZ, &size), 0);
    ck_assert_int_eq(tcgetattr(d->slave, &d->before), 0);
    setenv("LC_ALL", "C.UTF-8", 1);
    toc_curses_locale(&is_utf8, &is_sure);
    ck_assert(is_utf8 && is_sure);
    emulator_init(&d->screen, W, H, doubtful);
    toc_curses_options o = {d->slave, d->slave, type, has_colors, true, is_utf8};
    TOC_OK_OR_FAIL(toc_curses_open(&d->curses, &o, &e), e);
    look(d);
}

static void close_desk(desk *d)
{
    struct termios after;
    toc_curses_close(d->curses);
    ck_assert_int_eq(tcgetattr(d->slave, &after), 0);
    ck_assert_uint_eq(after.c_lflag, d->before.c_lflag);
    ck_assert_uint_eq(after.c_iflag, d->before.c_iflag);
    ck_assert_uint_eq(after.c_oflag, d->before.c_oflag);
    look(d);
    ck_assert_msg(d->screen.strangers == 0, "%zu, the first: \"%s\"", d->screen.strangers,
                  toc_buf_text(&d->screen.stranger) + 1);
    emulator_fini(&d->screen);
    close(d->slave);
    close(d->master);
}

static void put_random(toc_grid *g, toc_random *random)
{
    static const char *const words[] = {"EXERCISE",
                                        "Flut an der Küste",
                                        "洪水が来る",
                                        "हिन्दी",
                                        "é̂",
                                        "❤️ 🚑 ✔",
                                        "\033[31mred",
                                        "\033]52;c;aGFoYQ==\007",
                                        "\xc2\x9b"
                                        "31m",
                                        "\xe2\x80\xae"
                                        "txt.exe",
                                        "\xff\xfe",
                                        "─│┌┐",
                                        "🇩🇪",
                                        "a\xcc\x81\xcc\x82\xcc\x83\xcc\x84",
                                        "…•▼",
                                        "Ω Ж ₿ ％",
                                        "\x7f\t\r\n"};
    for (int i = 0; i < 6; i++) {
        const char *word = words[toc_random_below(random, TOC_COUNT(words))];
        toc_grid_put(g, (int)toc_random_below(random, W), (int)toc_random_below(random, H),
                     (int)toc_random_below(random, W),
                     (toc_style)toc_random_below(random, TOC_STYLE_COUNT), word);
    }
    if (toc_random_below(random, 3) == 0)
        toc_grid_fill(g, (toc_rect){0, (int)toc_random_below(random, H), W, 1}, TOC_STYLE_PLAIN);
    toc_grid_cursor(g, (int)toc_random_below(random, W + 1) - 1, (int)toc_random_below(random, H));
}

// Where this terminal is narrower than we are, it shows a space after the character.
static void compare(const desk *d, const toc_grid *g)
{
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++) {
            const char *shown = emulator_cell(&d->screen, x, y);
            const toc_cell *cell = &g->cells[y * W + x];
            bool is_half = cell->width == 0;
            const char *wanted = is_half ? "" : cell->text[0] ? cell->text : " ";
            if (is_half && strcmp(shown, " ") == 0)
                continue;
            ck_assert_msg(strcmp(shown, wanted) == 0, "at %d,%d \"%s\" stands instead of \"%s\"", x,
                          y, shown, wanted);
        }
    if (g->cursor_x >= 0) {
        ck_assert_int_eq(d->screen.x, g->cursor_x);
        ck_assert_int_eq(d->screen.y, g->cursor_y);
    }
}

static void draw_much(const char *type, bool has_colors, int doubtful)
{
    desk d;
    toc_grid g;
    toc_random random;
    seed_random(&random, type);
    open_desk(&d, type, has_colors, doubtful);
    toc_grid_init(&g, W, H, false);
    for (int i = 0; i < 200; i++) {
        put_random(&g, &random);
        if (i % 50 == 49)
            toc_curses_redraw(d.curses);
        toc_curses_draw(d.curses, &g);
        look(&d);
        compare(&d, &g);
    }
    if (!has_colors)
        ck_assert_uint_eq(d.screen.colors, 0);
    else
        ck_assert_uint_gt(d.screen.colors, 0);
    toc_grid_fini(&g);
    close_desk(&d);
}

START_TEST(what_the_terminal_shows_is_the_grid)
{
    draw_much("xterm-256color", true, 0);
}
END_TEST

START_TEST(a_terminal_that_measures_narrower_shifts_no_line)
{
    draw_much("xterm-256color", true, 1);
}
END_TEST

START_TEST(a_terminal_without_colours_is_sent_none)
{
    draw_much("vt100", false, 0);
}
END_TEST

START_TEST(colours_that_nobody_wants_are_not_sent)
{
    draw_much("linux", false, 0);
}
END_TEST

START_TEST(an_unknown_terminal_is_taken_for_an_xterm)
{
    draw_much("of-the-year-2040", true, 0);
}
END_TEST

START_TEST(cells_that_no_gate_has_seen_are_harmless)
{
    static const char *const bad[] = {"\033", "\033[2J",       "\x9b", "\xc2\x9b",
                                      "\007", "\xe2\x80\xae",  "\r",   "a\033c",
                                      "\xff", "e\xe2\x80\x8b", "\n"};
    desk d;
    toc_grid g;
    open_desk(&d, "xterm-256color", true, 0);
    toc_grid_init(&g, W, H, false);
    for (size_t i = 0; i < TOC_COUNT(bad); i++)
        toc_copy_text(g.cells[i * 2].text, sizeof g.cells[0].text, bad[i]);
    toc_copy_text(g.cells[W].text, sizeof g.cells[0].text, "z");
    toc_curses_draw(d.curses, &g);
    look(&d);
    ck_assert_str_eq(emulator_cell(&d.screen, 0, 1), "z");
    for (size_t i = 0; i < TOC_COUNT(bad); i++)
        ck_assert_str_eq(emulator_cell(&d.screen, (int)i * 2, 0), "?");
    toc_curses_title(d.curses, "a\007b\033]52;c;aGFoYQ==\007");
    look(&d);
    ck_assert_uint_eq(d.screen.titles, 1);
    ck_assert_uint_eq(d.screen.bells, 0);
    toc_grid_fini(&g);
    close_desk(&d);
}
END_TEST

static void type_bytes(desk *d, const char *bytes)
{
    ck_assert_int_eq(write(d->master, bytes, strlen(bytes)), (ssize_t)strlen(bytes));
    struct pollfd fd = {.fd = d->slave, .events = POLLIN};
    ck_assert_int_eq(poll(&fd, 1, DEADLINE_MS), 1);
}

START_TEST(keys_come_as_ours_whatever_a_terminal_calls_them)
{
    static const struct {
        const char *bytes;
        uint32_t key;
    } keys[] = {
        {"a", 'a'},
        {"é", 0xE9},
        {"洪", 0x6D2A},
        {"\033[A", TOC_KEY_UP},
        {"\033OB", TOC_KEY_DOWN},
        {"\033[1~", TOC_KEY_HOME},
        {"\033OF", TOC_KEY_END},
        {"\033[5~", TOC_KEY_PAGE_UP},
        {"\033[3~", TOC_KEY_DELETE},
        {"\033[Z", TOC_KEY_BACK_TAB},
        {"\033[11~", TOC_KEY_F1},
        {"\033OP", TOC_KEY_F1},
        {"\033\r", TOC_KEY_ALT_ENTER},
        {"\r", TOC_KEY_ENTER},
        {"\n", TOC_KEY_ENTER},
        {"\t", TOC_KEY_TAB},
        {"\x7f", TOC_KEY_BACKSPACE},
        {"\b", TOC_KEY_BACKSPACE},
        {"\033", TOC_KEY_ESC},
        {"\x13", TOC_KEY_CTRL('S')},
        {"\x18", TOC_KEY_CTRL('X')},
        {"\x1a", TOC_KEY_CTRL('Z')},
        {"\x03", TOC_KEY_CTRL('C')},
    };
    desk d;
    toc_input in;
    open_desk(&d, "xterm-256color", true, 0);
    for (size_t i = 0; i < TOC_COUNT(keys); i++) {
        type_bytes(&d, keys[i].bytes);
        ck_assert_msg(toc_curses_read(d.curses, 0, &in), "key %zu is not heard", i);
        ck_assert_int_eq(in.kind, TOC_INPUT_KEY);
        ck_assert_msg(in.key == keys[i].key, "key %zu came as %#x", i, in.key);
        ck_assert(!toc_curses_read(d.curses, 0, &in));
    }
    close_desk(&d);
}
END_TEST

START_TEST(a_key_that_nobody_knows_types_nothing)
{
    desk d;
    toc_input in;
    open_desk(&d, "xterm-256color", true, 0);
    type_bytes(&d, "\033[27;5;9~x");
    ck_assert(toc_curses_read(d.curses, 0, &in));
    ck_assert_uint_eq(in.key, 'x');
    ck_assert(!toc_curses_read(d.curses, 0, &in));
    close_desk(&d);
}
END_TEST

START_TEST(a_paste_comes_whole_and_is_no_keys)
{
    desk d;
    toc_input in;
    open_desk(&d, "xterm-256color", true, 0);
    type_bytes(&d, "\033[200~one\rtwo é\033[201~q");
    ck_assert(toc_curses_read(d.curses, 0, &in));
    ck_assert_int_eq(in.kind, TOC_INPUT_PASTE);
    ck_assert_str_eq(in.text, "one\ntwo é");
    ck_assert(toc_curses_read(d.curses, 0, &in));
    ck_assert_uint_eq(in.key, 'q');
    close_desk(&d);
}
END_TEST

START_TEST(a_paste_without_an_end_ends_by_itself)
{
    desk d;
    toc_input in;
    open_desk(&d, "xterm-256color", true, 0);
    type_bytes(&d, "\033[200~half");
    ck_assert(!toc_curses_read(d.curses, 100, &in));
    ck_assert(!toc_curses_read(d.curses, 1000, &in));
    ck_assert(toc_curses_read(d.curses, 1200, &in));
    ck_assert_str_eq(in.text, "half");
    close_desk(&d);
}
END_TEST

START_TEST(the_mouse_clicks_and_turns_its_wheel)
{
    desk d;
    toc_input in;
    open_desk(&d, "xterm-256color", true, 0);
    type_bytes(&d, "\033[<0;5;3M\033[<0;5;3m");
    ck_assert(toc_curses_read(d.curses, 0, &in));
    ck_assert_int_eq(in.kind, TOC_INPUT_CLICK);
    ck_assert(in.x == 4 && in.y == 2 && in.wheel == 0);
    ck_assert(!toc_curses_read(d.curses, 0, &in));
    type_bytes(&d, "\033[<65;1;1M");
    ck_assert(toc_curses_read(d.curses, 0, &in));
    ck_assert_int_eq(in.wheel, 1);
    close_desk(&d);
}
END_TEST

START_TEST(a_terminal_of_another_size_is_drawn_anew)
{
    desk d;
    toc_grid g;
    int w, h;
    open_desk(&d, "xterm-256color", true, 0);
    struct winsize size = {.ws_row = 6, .ws_col = 30};
    ck_assert_int_eq(ioctl(d.master, TIOCSWINSZ, &size), 0);
    toc_curses_resize(d.curses);
    toc_curses_size(d.curses, &w, &h);
    ck_assert(w == 30 && h == 6);
    toc_grid_init(&g, w, h, false);
    toc_grid_put(&g, 28, 5, 2, TOC_STYLE_PLAIN, "ok");
    toc_curses_draw(d.curses, &g);
    look(&d);
    ck_assert_str_eq(emulator_cell(&d.screen, 29, 5), "k");
    toc_grid_fini(&g);
    close_desk(&d);
}
END_TEST

START_TEST(after_another_program_all_is_drawn_again)
{
    desk d;
    toc_grid g;
    struct termios away;
    open_desk(&d, "xterm-256color", true, 0);
    toc_grid_init(&g, W, H, false);
    toc_grid_put(&g, 3, 3, 20, TOC_STYLE_BAD, "still 洪水 here");
    toc_curses_draw(d.curses, &g);
    toc_curses_away(d.curses);
    ck_assert_int_eq(tcgetattr(d.slave, &away), 0);
    ck_assert_uint_eq(away.c_lflag, d.before.c_lflag);
    look(&d);
    emulator_take(&d.screen, "\033[2J", 4);
    toc_curses_back(d.curses);
    toc_curses_draw(d.curses, &g);
    look(&d);
    compare(&d, &g);
    toc_grid_fini(&g);
    close_desk(&d);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, what_the_terminal_shows_is_the_grid);
    tcase_add_test(tc, a_terminal_that_measures_narrower_shifts_no_line);
    tcase_add_test(tc, a_terminal_without_colours_is_sent_none);
    tcase_add_test(tc, colours_that_nobody_wants_are_not_sent);
    tcase_add_test(tc, an_unknown_terminal_is_taken_for_an_xterm);
    tcase_add_test(tc, cells_that_no_gate_has_seen_are_harmless);
    tcase_add_test(tc, keys_come_as_ours_whatever_a_terminal_calls_them);
    tcase_add_test(tc, a_key_that_nobody_knows_types_nothing);
    tcase_add_test(tc, a_paste_comes_whole_and_is_no_keys);
    tcase_add_test(tc, a_paste_without_an_end_ends_by_itself);
    tcase_add_test(tc, the_mouse_clicks_and_turns_its_wheel);
    tcase_add_test(tc, a_terminal_of_another_size_is_drawn_anew);
    tcase_add_test(tc, after_another_program_all_is_drawn_again);
}

TOC_CHECK_MAIN("curses", add_tests)
