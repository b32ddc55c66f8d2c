// SPDX-License-Identifier: MIT
// The dependency graph in Graphviz's language. An arrow goes the way a loss goes: from what is needed to
// who needs it.
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "world_show.h"
#include "world_words.h"

static void add_quoted(toc_buf *out, const char *text);
static void add_node(toc_buf *out, const toc_service *s);
static void add_edges(toc_buf *out, const toc_model *m, const toc_service *s);

void toc_world_dot(toc_buf *out, const toc_plan *p)
{
    const toc_model *m = &p->model;
    size_t count;
    const char **domains = toc_world_domains(m, &count);
    toc_buf_str(out, "digraph ");
    add_quoted(out, p->id);
    toc_buf_str(out, " {\n  rankdir=LR;\n  node [shape=box];\n  label=");
    add_quoted(out, p->title ? p->title : p->id);
    toc_buf_str(out, ";\n");
    for (size_t d = 0; d < count; d++) {
        toc_buf_printf(out, "  subgraph \"cluster_%zu\" {\n    label=", d);
        add_quoted(out, domains[d]);
        toc_buf_str(out, ";\n");
        for (size_t i = 0; i < m->service_count; i++)
            if (strcmp(toc_world_domain(&m->services[i]), domains[d]) == 0)
                add_node(out, &m->services[i]);
        toc_buf_str(out, "  }\n");
    }
    for (size_t i = 0; i < m->service_count; i++)
        add_edges(out, m, &m->services[i]);
    toc_buf_str(out, "}\n");
    free(domains);
}

// In Graphviz's quotes a backslash may begin an escape (\n, \N, \"), so each one stands twice.
static void add_escaped(toc_buf *out, const char *text)
{
    toc_buf shown = {0};
    toc_text_visible(&shown, text, strlen(text), false);
    for (size_t i = 0; i < shown.len; i++) {
        if (shown.data[i] == '"' || shown.data[i] == '\\')
            toc_buf_char(out, '\\');
        toc_buf_char(out, shown.data[i]);
    }
    toc_buf_fini(&shown);
}

static void add_quoted(toc_buf *out, const char *text)
{
    toc_buf_char(out, '"');
    add_escaped(out, text);
    toc_buf_char(out, '"');
}

static void add_node(toc_buf *out, const toc_service *s)
{
    toc_buf_str(out, "    ");
    add_quoted(out, s->id);
    toc_buf_str(out, " [label=\"");
    add_escaped(out, s->name ? s->name : s->id);
    if (s->name) {
        toc_buf_str(out, "\\n");
        add_escaped(out, s->id);
    }
    toc_buf_str(out, "\"];\n");
}

static void add_edges(toc_buf *out, const toc_model *m, const toc_service *s)
{
    for (size_t i = 0; i < s->need_count; i++) {
        const toc_need *n = &s->needs[i];
        toc_buf_str(out, "  ");
        add_quoted(out, m->services[n->provider].id);
        toc_buf_str(out, " -> ");
        add_quoted(out, s->id);
        toc_buf_str(out, " [label=\"");
        toc_add_percent(out, n->strength);
        if (n->autonomy > 0) {
            toc_buf_str(out, ", ");
            toc_add_span(out, n->autonomy);
        }
        if (n->group)
            toc_buf_printf(out, "\\none of %zu", n->group);
        toc_buf_str(out, n->is_closed ? "\", style=dashed];\n" : "\"];\n");
    }
}
