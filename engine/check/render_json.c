// SPDX-License-Identifier: MIT
// The review as one JSON object. Its shape is that of other tools' diagnostics, so that editors and
// builds can take it as it is.

#include <string.h>

#include "check/render.h"
#include "excerpt.h"

static void add_problem(toc_buf *out, const toc_problem *p, const toc_render *how);
static void add_place(toc_buf *out, const toc_problem *p, const toc_file *f, int column);
static void add_summary(toc_buf *out, const toc_review *r);
static void add_loads(toc_buf *out, const toc_review *r);
static void add_todos(toc_buf *out, const toc_review *r);

static void add_text(toc_buf *out, const char *key, const char *text)
{
    toc_json_key(out, key);
    if (text)
        toc_json_str(out, text);
    else
        toc_buf_str(out, "null");
}

static void add_number(toc_buf *out, const char *key, int64_t number)
{
    toc_json_key(out, key);
    toc_buf_int(out, number);
}

void toc_render_json(toc_buf *out, const toc_review *r, const toc_render *how, bool is_valid)
{
    size_t errors, warnings;
    toc_review_count(r, &errors, &warnings);
    toc_buf_str(out, "{\"schema\":\"tocsin.check/1\"");
    toc_json_key(out, "valid");
    toc_buf_str(out, is_valid ? "true" : "false");
    add_number(out, "error_count", (int64_t)errors);
    add_number(out, "warning_count", (int64_t)warnings);
    add_number(out, "lost_count", (int64_t)r->problems.lost);
    toc_json_key(out, "diagnostics");
    toc_buf_char(out, '[');
    for (size_t i = 0; i < r->problems.count; i++) {
        toc_buf_str(out, i ? "," : "");
        add_problem(out, &r->problems.at[i], how);
    }
    toc_buf_char(out, ']');
    if (r->scenario)
        add_summary(out, r);
    add_loads(out, r);
    add_todos(out, r);
    toc_buf_str(out, "}\n");
}

static void add_problem(toc_buf *out, const toc_problem *p, const toc_render *how)
{
    const toc_file *f = *p->file ? toc_files_find(how->files, p->file) : NULL;
    toc_buf_char(out, '{');
    add_text(out, "code", p->code);
    add_text(out, "severity", toc_problem_is_error(p) ? "error" : "warning");
    add_text(out, "message", p->text);
    if (*p->file) {
        add_text(out, "file", p->file);
        toc_json_key(out, "start");
        add_place(out, p, f, p->column);
        toc_json_key(out, "end");
        add_place(out, p, f, p->column ? p->column + p->width : 0);
    }
    if (p->label)
        add_text(out, "label", p->label);
    toc_json_key(out, "help");
    toc_buf_char(out, '[');
    if (p->help || p->fix) {
        toc_buf_char(out, '{');
        add_text(out, "message", p->help ? p->help : "");
        toc_json_key(out, "edits");
        toc_buf_char(out, '[');
        if (p->fix && *p->file && p->column) {
            toc_buf_char(out, '{');
            add_text(out, "file", p->file);
            toc_json_key(out, "start");
            add_place(out, p, f, p->column);
            toc_json_key(out, "end");
            add_place(out, p, f, p->column + p->width);
            add_text(out, "text", p->fix);
            toc_buf_char(out, '}');
        }
        toc_buf_str(out, "]}");
    }
    toc_buf_char(out, ']');
    if (p->note)
        add_text(out, "note", p->note);
    toc_buf_char(out, '}');
}

// Column 0: the line as a whole.
static void add_place(toc_buf *out, const toc_problem *p, const toc_file *f, int column)
{
    toc_buf_char(out, '{');
    add_number(out, "line", p->line);
    add_number(out, "column", column);
    if (f && p->line > 0)
        add_number(out, "byte", (int64_t)toc_excerpt_byte(f, p->line, column ? column : 1));
    toc_buf_char(out, '}');
}

static void add_summary(toc_buf *out, const toc_review *r)
{
    toc_json_key(out, "scenario");
    toc_buf_char(out, '{');
    add_text(out, "id", r->id);
    add_text(out, "title", r->title);
    add_text(out, "marking", r->marking);
    add_number(out, "length_ms", r->length_ms);
    add_number(out, "injects", (int64_t)r->injects);
    add_number(out, "decisions", (int64_t)r->decisions);
    add_number(out, "options", (int64_t)r->options);
    add_number(out, "teams", (int64_t)r->teams);
    add_number(out, "parties", (int64_t)r->parties);
    add_number(out, "objectives", (int64_t)r->objectives);
    add_number(out, "expectations", (int64_t)r->expectations);
    add_number(out, "phases", (int64_t)r->phases);
    add_number(out, "services", (int64_t)r->services);
    add_number(out, "storylines", (int64_t)r->storylines);
    toc_buf_char(out, '}');
}

static void add_loads(toc_buf *out, const toc_review *r)
{
    toc_json_key(out, "load");
    toc_buf_char(out, '[');
    for (size_t i = 0; i < r->load_count; i++) {
        const toc_load *load = &r->loads[i];
        toc_buf_str(out, i ? ",{" : "{");
        add_text(out, "team", load->team);
        add_number(out, "words", (int64_t)load->words);
        add_number(out, "injects", (int64_t)load->injects);
        add_number(out, "tasks", (int64_t)load->tasks);
        toc_json_key(out, "busiest");
        toc_buf_char(out, '{');
        add_number(out, "t", load->busiest_ms);
        add_number(out, "words", (int64_t)load->busiest_words);
        add_number(out, "count", (int64_t)load->busiest_count);
        toc_buf_char(out, '}');
        toc_json_key(out, "nearly_idle");
        toc_buf_str(out, load->is_nearly_idle ? "true}" : "false}");
    }
    toc_buf_char(out, ']');
}

static void add_todos(toc_buf *out, const toc_review *r)
{
    toc_json_key(out, "todo");
    toc_buf_char(out, '[');
    for (size_t i = 0; i < r->todo_count; i++) {
        toc_buf_str(out, i ? ",{" : "{");
        add_text(out, "file", r->todos[i].file);
        add_number(out, "line", r->todos[i].line);
        toc_buf_char(out, '}');
    }
    toc_buf_char(out, ']');
}
