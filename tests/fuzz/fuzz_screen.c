// SPDX-License-Identifier: MIT
// Whatever keys and bytes come, each cell of a screen is visible text of its stated width, rows add up, and the cursor is inside.
#include "fuzz.h"

#include "base/mem.h"
#include "base/text.h"
#include "view/form.h"
#include "view/page.h"

static void holds(const toc_grid *g)
{
    toc_buf shown = {0};
    for (int y = 0; y < g->h; y++) {
        int columns = 0;
        for (int x = 0; x < g->w; x++) {
            const toc_cell *c = &g->cells[y * g->w + x];
            size_t len = strnlen(c->text, sizeof c->text);
            columns += c->width;
            assert(len < sizeof c->text && (len == 0) == (c->width == 0));
            toc_buf_clear(&shown);
            toc_text_visible(&shown, c->text, len, false);
            assert(shown.len == len && memcmp(toc_buf_text(&shown), c->text, len) == 0);
            int want = toc_text_columns(c->text, len);
            assert(c->width == (want > 2 ? 2 : want));
        }
        assert(columns == g->w);
    }
    assert(g->cursor_x < g->w && g->cursor_y < g->h);
    toc_buf_fini(&shown);
}

static toc_form *make_form(uint8_t shape, const char *text)
{
    toc_form *f = toc_form_new(text, "send", shape & 1 ? text : NULL);
    if (shape & 2)
        toc_form_note(f, text);
    if (shape & 4)
        toc_form_line(f, "line", text, text, shape & 8);
    toc_form_field *choice = toc_form_choice(f, "choice", text, shape & 16);
    for (int i = 0; i < shape % 7; i++)
        toc_form_option(choice, "id", text, i == 2);
    toc_form_text(f, "text", "Why?", text, shape & 32);
    return f;
}

// A byte is a key; some stand for keys that are no characters, one for a paste of the rest.
static void press(toc_form *f, toc_page *p, const uint8_t *data, size_t size, const char *rest)
{
    static const toc_do deeds[] = {TOC_DO_DOWN,      TOC_DO_PAGE_DOWN,     TOC_DO_LAST,
                                   TOC_DO_FIND_NEXT, TOC_DO_FIND_PREVIOUS, TOC_DO_UP};
    for (size_t i = 0; i < size; i++) {
        uint32_t key = data[i];
        if (key >= 0xF0)
            key = TOC_KEY_UP + (key - 0xF0) % (TOC_KEY_NONE - TOC_KEY_UP);
        else if (key >= 0xE0)
            key = 0x300 + (key & 3);
        else if (key >= 0xD0)
            key = 0x1F525;
        if (data[i] == 0xCF)
            toc_form_paste(f, rest);
        else
            toc_form_key(f, key, NULL);
        toc_page_do(p, deeds[data[i] % TOC_COUNT(deeds)]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 8)
        return 0;
    size_t keys = data[3] < size - 4 ? data[3] : size - 4;
    char *text = toc_strndup((const char *)data + 4 + keys, size - 4 - keys);
    toc_grid g;
    toc_grid_init(&g, data[0] % 100, data[1] % 40, data[2] & 64);
    toc_rect all = {0, 0, g.w, g.h};
    toc_page page = {0};
    toc_page_say(&page, TOC_STYLE_PLAIN, "%s", text);
    toc_page_foreign(&page, text);
    toc_page_seek(&page, text + strlen(text) / 2);
    toc_form *form = make_form(data[2], text);
    for (size_t i = 0; i <= keys; i += 16) {
        press(form, &page, data + 4 + i, keys - i < 16 ? keys - i : 16, text);
        toc_page_draw(&page, &g, toc_rect_inside(all));
        holds(&g);
        toc_form_draw(form, &g, all);
        holds(&g);
    }
    toc_form_free(form);
    toc_page_fini(&page);
    toc_grid_fini(&g);
    free(text);
    return 0;
}
