// SPDX-License-Identifier: MIT
#include "screen.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

static void cell_holds(const toc_cell *c);

void screen_holds(const toc_grid *g)
{
    for (int y = 0; y < g->h; y++) {
        const toc_cell *row = &g->cells[(size_t)y * (size_t)g->w];
        int columns = 0;
        for (int x = 0; x < g->w; x++) {
            columns += row[x].width;
            ck_assert_msg(row[x].style < TOC_STYLE_COUNT, "no style: %d", row[x].style);
            bool is_right_half = x > 0 && row[x - 1].width == 2;
            ck_assert_msg((row[x].width == 0) == is_right_half, "half a character at %d, %d", x, y);
            if (is_right_half)
                ck_assert_str_eq(row[x].text, "");
            else
                cell_holds(&row[x]);
        }
        ck_assert_int_eq(columns, g->w);
    }
    bool is_inside =
        g->cursor_x >= 0 && g->cursor_x < g->w && g->cursor_y >= 0 && g->cursor_y < g->h;
    ck_assert_msg(is_inside || (g->cursor_x == -1 && g->cursor_y == -1), "the cursor is outside");
}

static void cell_holds(const toc_cell *c)
{
    if (c->width == 1 && strcmp(c->text, " ") == 0)
        return; // most are: it need not cost more
    size_t len = strnlen(c->text, sizeof c->text);
    ck_assert_msg(len > 0 && len < sizeof c->text, "a cell without text, or without its end");
    toc_buf shown = {0};
    toc_text_visible(&shown, c->text, len, false);
    ck_assert_msg(shown.len == len && memcmp(shown.data, c->text, len) == 0,
                  "a cell that is not visible text: %s", shown.data);
    toc_buf_fini(&shown);
    int columns = toc_text_columns(c->text, len);
    ck_assert_msg(columns == c->width || (columns > 2 && c->width == 2),
                  "\"%s\" has %d columns, not %d", c->text, columns, c->width);
    // One character; what else is there are marks on it.
    uint32_t cp;
    for (size_t i = toc_utf8_next(c->text, len, &cp); i < len;) {
        size_t n = toc_utf8_next(c->text + i, len - i, &cp);
        ck_assert_msg(cp == 0xFE0F || toc_text_columns(c->text + i, n) == 0, "two characters: %s",
                      c->text);
        i += n;
    }
}

void screen_compare(const toc_grid *g, const char *name)
{
    const char *top = getenv("TOC_SOURCE_DIR");
    char path[512];
    snprintf(path, sizeof path, "%s/tests/fixtures/screens/%s.txt", top ? top : ".", name);
    screen_holds(g);
    toc_buf now = {0};
    toc_grid_text(&now, g, true);
    if (getenv("TOC_UPDATE_GOLDEN")) {
        FILE *f = fopen(path, "w");
        ck_assert_msg(f != NULL, "%s cannot be written", path);
        fputs(toc_buf_text(&now), f);
        fclose(f);
    }
    toc_buf golden = {0};
    FILE *f = fopen(path, "r");
    ck_assert_msg(f != NULL, "%s is not there; TOC_UPDATE_GOLDEN=1 writes it", path);
    for (int c; (c = fgetc(f)) != EOF;)
        toc_buf_char(&golden, (char)c);
    fclose(f);
    ck_assert_msg(strcmp(toc_buf_text(&now), toc_buf_text(&golden)) == 0,
                  "%s is not what is shown now; TOC_UPDATE_GOLDEN=1 writes it anew. Now:\n%s", path,
                  toc_buf_text(&now));
    toc_buf_fini(&now);
    toc_buf_fini(&golden);
}

size_t screen_noise(toc_random *r, char *out, size_t most)
{
    static const char *const pieces[] = {
        "a",
        "Z",
        " ",
        " ",
        "word",
        "longer-word",
        "\n",
        "\t",
        "\r",
        "\033[2J",
        "\033]52;c;aGk=\a",
        "\x7F",
        ("\xC2\x9B"
         "31m"),
        "\xE2\x80\xAE",
        "\xE2\x80\x8B",
        "\xCC\x81",
        "\xCC\x88\xCC\x88\xCC\x88",
        "\xE6\xB0\xB4",
        "\xED\x95\x9C",
        "\xF0\x9F\x94\xA5",
        "\xE2\x9D\xA4\xEF\xB8\x8F",
        "\xF0\x9F\x94\xA5\xEF\xB8\x8F",
        "\xEF\xB8\x8F",
        "\xEF\xBC\xA1",
        "\xC3",
        "\xE2\x82",
        "\xFF",
        "\xC0\xAF",
        "\xED\xA0\x80",
        "\xC3\xA9",
        "e\xCC\x81",
        " \xCC\x81",
        "\xE2\x80\xA6",
        "\xE2\x90\x9B",
        "\xE2\x94\x82",
        "\xEE\x80\x80",
        "\xF4\x8F\xBF\xBF",
        "\xE0\xB8\x81\xE0\xB8\xB4",
        "\xC2\xA0",
    };
    size_t len = 0;
    while (toc_random_below(r, 40) != 0) {
        char byte[2] = {(char)(1 + toc_random_below(r, 255)), '\0'};
        const char *piece = pieces[toc_random_below(r, TOC_COUNT(pieces))];
        if (toc_random_below(r, 8) == 0)
            piece = byte;
        size_t n = strlen(piece);
        if (len + n + 1 > most)
            break;
        memcpy(out + len, piece, n);
        len += n;
    }
    out[len] = '\0';
    return len;
}
