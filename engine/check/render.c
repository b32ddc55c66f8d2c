// SPDX-License-Identifier: MIT
#include "check/render.h"

#include <string.h>

#include "base/text.h"
#include "excerpt.h"

static void render_one(toc_buf *out, const toc_problem *p, const toc_render *how);
static void render_advice(toc_buf *out, const char *word, const char *text, const char *bold,
                          const char *plain, int columns);
static bool is_fix(const toc_problem *p);
static void add_wrapped(toc_buf *out, const char *text, size_t len, int used, int indent,
                        int columns);

static void add_path(toc_buf *out, const char *file, const toc_render *how)
{
    if (how->dir && strcmp(how->dir, ".") != 0) {
        size_t len = strlen(how->dir);
        while (len > 1 && how->dir[len - 1] == '/')
            len--;
        toc_text_visible(out, how->dir, len, false);
        if (*file && how->dir[len - 1] != '/')
            toc_buf_char(out, '/');
    }
    toc_text_visible(out, file, strlen(file), false);
}

void toc_render_problems(toc_buf *out, const toc_problems *p, const toc_render *how)
{
    for (size_t i = 0; i < p->count && i < TOC_PROBLEMS_SHOWN; i++) {
        render_one(out, &p->at[i], how);
        toc_buf_char(out, '\n');
    }
    size_t all = p->count + p->lost;
    if (all > TOC_PROBLEMS_SHOWN)
        toc_buf_printf(out, "… and %zu more\n\n", all - TOC_PROBLEMS_SHOWN);
}

static void render_one(toc_buf *out, const toc_problem *p, const toc_render *how)
{
    bool is_error = toc_problem_is_error(p);
    const char *bold = how->has_color ? "\x1b[1m" : "";
    const char *plain = how->has_color ? "\x1b[0m" : "";
    const char *mark = !how->has_color ? "" : is_error ? "\x1b[1;31m" : "\x1b[1;33m";
    int columns = how->columns > 0 ? how->columns : TOC_RENDER_COLUMNS;
    const toc_excerpt_style style = {mark, how->has_color ? "\x1b[36m" : "", plain, columns};
    toc_buf_printf(out, "%s%s[%s]%s%s: ", mark, is_error ? "error" : "warning", p->code, plain,
                   bold);
    add_wrapped(out, p->text, strlen(p->text), is_error ? 14 : 16, 2, columns);
    toc_buf_printf(out, "%s\n", plain);
    if (*p->file) {
        toc_buf_printf(out, "  %s-->%s ", style.gutter, plain);
        add_path(out, p->file, how);
        if (p->line > 0)
            toc_buf_printf(out, ":%d", p->line);
        if (p->line > 0 && p->column > 0)
            toc_buf_printf(out, ":%d", p->column);
        toc_buf_char(out, '\n');
        toc_excerpt(out, p, how->files, &style);
    }
    if (p->help)
        render_advice(out, "help", is_fix(p) ? "write it so:" : p->help, bold, plain, columns);
    if (p->fix) {
        const toc_excerpt_style good = {how->has_color ? "\x1b[1;32m" : "", style.gutter, plain,
                                        columns};
        toc_excerpt_fixed(out, p, how->files, &good);
    }
    if (p->note)
        render_advice(out, "note", p->note, bold, plain, columns);
}

// Further lines stand below the first.
static void render_advice(toc_buf *out, const char *word, const char *text, const char *bold,
                          const char *plain, int columns)
{
    toc_buf_printf(out, "%s%s:%s ", bold, word, plain);
    for (;;) {
        size_t len = strcspn(text, "\n");
        add_wrapped(out, text, len, 6, 6, columns);
        toc_buf_char(out, '\n');
        if (!text[len] || !text[len + 1])
            return;
        text += len + 1;
        toc_buf_str(out, "      ");
    }
}

// The help says no more than what the mended line shows.
static bool is_fix(const toc_problem *p)
{
    const char *fix = p->fix ? p->fix + strspn(p->fix, " ") : NULL;
    return fix && *fix && strncmp(p->help, "write ", 6) == 0 && strcmp(p->help + 6, fix) == 0;
}

// Breaks between words; used columns of the first line are taken already.
static void add_wrapped(toc_buf *out, const char *text, size_t len, int used, int indent,
                        int columns)
{
    toc_buf shown = {0};
    toc_text_visible(&shown, text, len, false);
    const char *p = toc_buf_text(&shown);
    bool is_first = true;
    while (*p) {
        size_t blanks = strspn(p, " ");
        size_t word = strcspn(p + blanks, " ");
        int width = toc_text_columns(p, blanks + word);
        if (!is_first && used + width > columns) {
            toc_buf_printf(out, "\n%*s", indent, "");
            used = indent;
            p += blanks;
            width -= (int)blanks;
            blanks = 0;
        }
        toc_buf_add(out, p, blanks + word);
        used += width;
        p += blanks + word;
        is_first = false;
    }
    toc_buf_fini(&shown);
}

void toc_render_gcc(toc_buf *out, const toc_problems *p, const toc_render *how)
{
    for (size_t i = 0; i < p->count; i++) {
        const toc_problem *one = &p->at[i];
        add_path(out, *one->file ? one->file : "scenario.lua", how);
        toc_buf_printf(out, ":%d", one->line > 0 ? one->line : 1);
        if (one->column > 0)
            toc_buf_printf(out, ":%d", one->column);
        toc_buf_printf(out, ": %s: ", toc_problem_is_error(one) ? "error" : "warning");
        toc_text_visible(out, one->text, strlen(one->text), false);
        toc_buf_printf(out, " [%s]\n", one->code);
    }
}
