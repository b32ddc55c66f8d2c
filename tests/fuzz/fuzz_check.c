// SPDX-License-Identifier: MIT
// A check of any bytes ends, and what it says is about a place that the bytes have. They are a scenario by
// themselves, and the end of a clean one. All forms in which problems are shown are written too.
#include "fuzz.h"

#include "base/text.h"
#include "check/check.h"
#include "check/render.h"

#define BEFORE                                                                                     \
    "exercise \"x\" { title = \"X\", startex = \"2026-03-02 07:00Z\", length = \"1h\" }\n"         \
    "team \"ops\" { name = \"O\" }\n"                                                              \
    "service \"grid\" { domain = \"d\", name = \"G\" }\n"                                          \
    "inject \"I\" { to = \"ops\", title = \"t\", text = \"x\", at = \"T+0:05\" }\n"

// Counts as the sources do: \r\n and \n\r are one end of line.
static int count_lines(const toc_file *f)
{
    int lines = 1;
    for (size_t i = 0; i < f->size; i++) {
        char c = f->data[i];
        if (c != '\n' && c != '\r')
            continue;
        char next = i + 1 < f->size ? f->data[i + 1] : '\0';
        if ((next == '\n' || next == '\r') && next != c)
            i++;
        lines++;
    }
    return lines;
}

static void look_at(const toc_problem *p, const toc_files *files)
{
    const toc_file *f = toc_files_find(files, p->file);
    assert(*p->text && !strchr(p->text, '\n'));
    assert(p->column >= 0 && (p->column == 0 || p->width > 0));
    assert(!f || (p->line >= 1 && p->line <= count_lines(f)));
    assert(!f || p->column == 0 || (size_t)p->column <= f->size + 1);
}

static void check(const char *before, const uint8_t *data, size_t size)
{
    toc_files *files = toc_files_new();
    toc_buf text = {0};
    toc_buf out = {0};
    toc_review review;
    toc_error e;
    toc_buf_str(&text, before);
    toc_buf_add(&text, data, size);
    toc_files_add(files, "scenario.lua", toc_buf_text(&text), text.len);
    if (toc_check(&review, files, NULL, &e) == TOC_OK) {
        const toc_render how = {.files = files, .has_color = true};
        for (size_t i = 0; i < review.problems.count; i++)
            look_at(&review.problems.at[i], files);
        toc_render_problems(&out, &review.problems, &how);
        toc_render_summary(&out, &review);
        toc_render_gcc(&out, &review.problems, &how);
        toc_render_json(&out, &review, &how, false);
        assert(toc_utf8_valid(toc_buf_text(&out), out.len, NULL));
    }
    toc_review_fini(&review);
    toc_files_free(files);
    toc_buf_fini(&out);
    toc_buf_fini(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check("", data, size);
    check(BEFORE, data, size);
    return 0;
}
