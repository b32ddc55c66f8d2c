// SPDX-License-Identifier: MIT
#ifndef TOC_TABLE_H
#define TOC_TABLE_H

// The figures as they are shown: a table for a terminal of 120 columns, Markdown for README.md, JSON
// for programs. Each begins with the machine; the first two end with what missed its target.

#include "bench.h"
#include "machine.h"

void toc_table_print(const toc_figures *list, const toc_machine *m);
void toc_table_markdown(const toc_figures *list, const toc_machine *m);
void toc_table_json(const toc_figures *list, const toc_machine *m);

#endif
