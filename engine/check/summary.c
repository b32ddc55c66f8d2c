// SPDX-License-Identifier: MIT
#include <string.h>

#include "base/text.h"
#include "check/render.h"
#include "pass.h"

enum { TODOS_SHOWN = 10 };

static void add_scenario(toc_buf *out, const toc_review *r);
static void add_loads(toc_buf *out, const toc_review *r);
static void add_todos(toc_buf *out, const toc_review *r);
static void add_verdict(toc_buf *out, const toc_review *r);

void toc_render_summary(toc_buf *out, const toc_review *r)
{
    if (r->scenario) {
        add_scenario(out, r);
        add_loads(out, r);
    }
    add_todos(out, r);
    add_verdict(out, r);
}

static void add_count(toc_buf *out, size_t count, const char *one, const char *many)
{
    toc_buf_printf(out, "%zu %s", count, count == 1 ? one : many);
}

// 2140 as "2,140".
static void add_number(toc_buf *out, size_t n)
{
    if (n >= 1000) {
        add_number(out, n / 1000);
        toc_buf_printf(out, ",%03zu", n % 1000);
    } else {
        toc_buf_printf(out, "%zu", n);
    }
}

// A line of at most TOC_RENDER_COLUMNS, and what is left of it below.
static void add_folded(toc_buf *out, const toc_buf *line)
{
    const char *p = toc_buf_text(line);
    for (int used = 0; *p;) {
        size_t word = strcspn(p, " ");
        int width = toc_text_columns(p, word);
        if (used > 0 && used + 1 + width > TOC_RENDER_COLUMNS) {
            toc_buf_str(out, "\n ");
            used = 1;
        }
        if (used > 0)
            toc_buf_char(out, ' ');
        toc_buf_add(out, p, word);
        used += width + (used > 0);
        p += word + (p[word] == ' ');
    }
    toc_buf_char(out, '\n');
}

static void add_scenario(toc_buf *out, const toc_review *r)
{
    toc_buf line = {0};
    toc_buf *all = out;
    out = &line;
    toc_buf_str(out, "EXERCISE ");
    toc_text_visible(out, r->id, strlen(r->id), false);
    if (r->marking && *r->marking) {
        toc_buf_str(out, " (");
        toc_text_visible(out, r->marking, strlen(r->marking), false);
        toc_buf_char(out, ')');
    }
    toc_buf_str(out, ": ");
    add_count(out, r->injects, "inject, ", "injects, ");
    add_count(out, r->decisions, "decision", "decisions");
    if (r->options > 0) {
        toc_buf_str(out, " (");
        add_count(out, r->options, "option)", "options)");
    }
    toc_buf_str(out, ", ");
    add_count(out, r->expectations, "expected action, ", "expected actions, ");
    add_count(out, r->teams, "team, ", "teams, ");
    add_count(out, r->objectives, "objective, ", "objectives, ");
    if (r->services > 0)
        add_count(out, r->services, "service, ", "services, ");
    toc_duration_text(out, r->length_ms);
    add_folded(all, &line);
    toc_buf_fini(&line);
}

static void add_loads(toc_buf *out, const toc_review *r)
{
    char when[32];
    toc_buf_str(out, "Reading load, in words over all branches, and the busiest quarter of an\n"
                     "hour by known times:\n");
    for (size_t i = 0; i < r->load_count; i++) {
        const toc_load *load = &r->loads[i];
        toc_buf name = {0};
        toc_text_visible(&name, load->team, strlen(load->team), false);
        toc_buf_printf(out, "  %-16s ", toc_buf_text(&name));
        toc_buf_fini(&name);
        add_number(out, load->words);
        if (load->busiest_count > 0) {
            toc_buf_printf(out, "; from %s ", toc_pass_time(when, load->busiest_ms));
            add_number(out, load->busiest_words);
            toc_buf_str(out, " words in ");
            add_count(out, load->busiest_count, "piece", "pieces");
        }
        toc_buf_str(out, load->is_nearly_idle ? " (nearly idle)\n" : "\n");
    }
}

static void add_todos(toc_buf *out, const toc_review *r)
{
    if (r->todo_count == 0)
        return;
    toc_buf line = {0};
    toc_buf *all = out;
    out = &line;
    toc_buf_printf(out, "TODO: %zu (", r->todo_count);
    for (size_t i = 0; i < r->todo_count && i < TODOS_SHOWN; i++) {
        toc_buf_str(out, i ? ", " : "");
        toc_text_visible(out, r->todos[i].file, strlen(r->todos[i].file), false);
        toc_buf_printf(out, ":%d", r->todos[i].line);
    }
    toc_buf_str(out, r->todo_count > TODOS_SHOWN ? ", …)" : ")");
    add_folded(all, &line);
    toc_buf_fini(&line);
}

static void add_verdict(toc_buf *out, const toc_review *r)
{
    size_t errors, warnings;
    toc_review_count(r, &errors, &warnings);
    if (errors + warnings == 0) {
        toc_buf_str(out, "No mistakes.\n");
        return;
    }
    if (r->problems.lost > 0)
        toc_buf_str(out, "at least ");
    errors += r->problems.lost;
    if (errors > 0)
        add_count(out, errors, "error", "errors");
    if (errors > 0 && warnings > 0)
        toc_buf_str(out, ", ");
    if (warnings > 0)
        add_count(out, warnings, "warning", "warnings");
    toc_buf_printf(out, ".  tocsin explain %s\n", r->problems.at[0].code);
}
