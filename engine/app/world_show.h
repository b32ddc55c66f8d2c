// SPDX-License-Identifier: MIT
#ifndef TOC_WORLD_SHOW_H
#define TOC_WORLD_SHOW_H

// The answers of `tocsin world`, as text for people, as a graph for Graphviz, and as JSON. What they
// append to out is safe for a terminal, but for JSON and the graph, which are for programs and hold names
// as they are.

#include <stdbool.h>

#include "base/buf.h"
#include "exercise/plan.h"
#include "world_findings.h"
#include "world_trace.h"

// Services by domain, what they need, repairs; then what its author should know.
void toc_world_show_model(toc_buf *out, const toc_plan *p, bool has_sources);
void toc_world_show_findings(toc_buf *out, const toc_plan *p, const toc_findings *f);
// A line a change, then what was lost.
void toc_world_show_trace(toc_buf *out, const toc_plan *p, const toc_trace *t);

void toc_world_dot(toc_buf *out, const toc_plan *p);

// One object, "schema":"tocsin-world-1". trace may be NULL.
void toc_world_json(toc_buf *out, const toc_plan *p, const toc_findings *f, const toc_trace *t);

// toc_world_domains gives the distinct domains in the order of their first services: at most one a
// service. The caller frees the list; the names are the plan's.
const char **toc_world_domains(const toc_model *m, size_t *count);
const char *toc_world_domain(const toc_service *s);

#endif
