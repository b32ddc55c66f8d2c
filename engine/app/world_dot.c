// SPDX-License-Identifier: MIT
// The dependency graph in Graphviz's language. An arrow goes the way a loss goes: from what is needed to
// who needs it.
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "world_show.h"
#include "world_words.h"

static void add_quoted(toc_buf *out, const char *text);
static void add_node(toc_buf *out, const toc_model *m, size_t service);
static void add_edges(toc_buf *out, const toc_model *m, const toc_service *s);

void toc_world_dot(toc_buf *out, const toc_plan *p)
{
    const toc_model *m = &p->model;
    size_t count;
    const char **domains = toc_world_domains(m, &count);
    toc_buf_str(
        out, "// An arrow goes from what is needed to who needs it: what is lost when it is gone "
             "(percent), for\n// how long it does without (time). Dashed: an alternative that is "
             "closed until it is opened.\n// Grey: below 100 % from STARTEX on.\n");
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
                add_node(out, m, i);
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

static void add_node(toc_buf *out, const toc_model *m, size_t service)
{
    const toc_service *s = &m->services[service];
    toc_buf_str(out, "    ");
    add_quoted(out, s->id);
    toc_buf_str(out, " [label=\"");
    add_escaped(out, s->name ? s->name : s->id);
    if (s->name) {
        toc_buf_str(out, "\\n");
        add_escaped(out, s->id);
    }
    if (s->own < TOC_PPM) {
        toc_buf_str(out, "\\nlevel ");
        toc_add_percent(out, s->own);
    }
    for (size_t i = 0; i < m->repair_count; i++) {
        if (m->repairs[i].service != service)
            continue;
        toc_buf_str(out, "\\nrepair ");
        add_escaped(out, m->repairs[i].id);
        toc_buf_str(out, ", ");
        toc_add_span(out, m->repairs[i].work);
    }
    toc_buf_str(out, s->own < TOC_PPM ? "\", style=filled, fillcolor=lightgrey];\n" : "\"];\n");
}

// "alternative 1 of 2": one of them is enough.
static void add_alternative(toc_buf *out, const toc_service *s, size_t need)
{
    size_t place = 0, count = 0;
    for (size_t i = 0; i < s->need_count; i++) {
        if (s->needs[i].group != s->needs[need].group)
            continue;
        count++;
        place += i <= need;
    }
    toc_buf_printf(out, "\\nalternative %zu of %zu", place, count);
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
            add_alternative(out, s, i);
        toc_buf_str(out, n->is_closed ? "\", style=dashed];\n" : "\"];\n");
    }
}
