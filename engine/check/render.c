// SPDX-License-Identifier: MIT
#include "check/render.h"

#include <string.h>

#include "base/text.h"
#include "excerpt.h"

static void render_one(toc_buf *out, const toc_problem *p, const toc_render *how);
static void render_advice(toc_buf *out, const char *word, const char *text, const char *bold,
                          const char *plain);

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
    const toc_excerpt_style style = {mark, how->has_color ? "\x1b[36m" : "", plain};
    toc_buf_printf(out, "%s%s[%s]%s%s: ", mark, is_error ? "error" : "warning", p->code, plain,
                   bold);
    toc_text_visible(out, p->text, strlen(p->text), false);
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
        render_advice(out, "help", p->help, bold, plain);
    if (p->fix) {
        const toc_excerpt_style good = {how->has_color ? "\x1b[1;32m" : "", style.gutter, plain};
        toc_excerpt_fixed(out, p, how->files, &good);
    }
    if (p->note)
        render_advice(out, "note", p->note, bold, plain);
}

// Further lines stand below the first.
static void render_advice(toc_buf *out, const char *word, const char *text, const char *bold,
                          const char *plain)
{
    toc_buf_printf(out, "%s%s:%s ", bold, word, plain);
    for (;;) {
        size_t len = strcspn(text, "\n");
        toc_text_visible(out, text, len, false);
        toc_buf_char(out, '\n');
        if (!text[len] || !text[len + 1])
            return;
        text += len + 1;
        toc_buf_str(out, "      ");
    }
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
