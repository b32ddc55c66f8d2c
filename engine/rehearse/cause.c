// SPDX-License-Identifier: MIT
// Why an inject is never sent, as far as the scenario's text tells: what names it, and never comes so far.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "survey_inside.h"

// The line below `from` of a source on which "id" is written next; 0: none. at: where to go on.
static int next_line(const toc_file *file, const char *id, size_t *at)
{
    char *quoted = toc_sprintf("\"%s\"", id);
    const char *text = (const char *)file->data;
    size_t len = strlen(quoted);
    int line = 0;
    for (size_t i = *at; !line && i + len <= file->size; i++) {
        if (memcmp(text + i, quoted, len) != 0)
            continue;
        *at = i + len;
        line = 1;
        for (size_t k = 0; k < i; k++)
            line += text[k] == '\n';
    }
    free(quoted);
    return line;
}

// The part that begins last before a line; TOC_NONE: none.
static size_t part_of(const toc_surveying *v, const char *file, int line)
{
    size_t found = TOC_NONE;
    int from = 0;
    for (size_t i = 0; i < v->out->condition_count; i++) {
        toc_scenario_part part = toc_scenario_part_at(v->scenario, i);
        if (strcmp(part.file, file) == 0 && part.line <= line && part.line > from) {
            from = part.line;
            found = i;
        }
    }
    return found;
}

void toc_cause_unsent(const toc_surveying *v, const char *inject, toc_buf *text)
{
    const toc_plan *plan = v->plan;
    const toc_place *declared = &plan->injects[toc_plan_inject(plan, inject)].place;
    for (size_t f = 0; f < toc_files_count(v->files); f++) {
        const toc_file *file = toc_files_at(v->files, f);
        size_t at = 0;
        for (int line; (line = next_line(file, inject, &at)) > 0;) {
            size_t i = part_of(v, file->path, line);
            if (i == TOC_NONE || v->out->conditions[i].count > 0 ||
                (declared->line == line && strcmp(declared->file, file->path) == 0))
                continue;
            toc_scenario_part part = toc_scenario_part_at(v->scenario, i);
            if (part.kind == TOC_SCENARIO_STORYLINE)
                toc_buf_printf(text, "; storyline \"%s\", which names it (%s:%d), %s", part.name,
                               file->path, line,
                               v->begun[i] ? "still waits when play ends" : "never begins");
            else
                toc_buf_printf(text, "; %s, which names it (%s:%d), never %s", part.name,
                               file->path, line,
                               part.kind == TOC_SCENARIO_WHEN ? "comes true" : "runs");
            return;
        }
    }
}
