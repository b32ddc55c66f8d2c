// SPDX-License-Identifier: MIT
#include "table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"

// Names and references go on in the next line where they are longer.
enum { NAME = 42, REFERENCE = 20, CELL = 40 };

typedef struct {
    char value[CELL], spread[2 * CELL], reference[CELL], ratio[CELL], target[CELL];
    const char *met;
} cells;

static void print_missed(const toc_figures *list, const char *before);
static void print_row(const char *name, const cells *c, const char *unit, const char *reference);
static void fill(cells *c, const toc_entry *entry, const char *most, const char *least);
static void number(char out[CELL], double value);
static size_t piece(const char *text, size_t width);
static void add_entry(toc_buf *b, const toc_entry *entry);
static void add_number(toc_buf *b, const char *key, double value);

void toc_table_print(const toc_figures *list, const toc_machine *m)
{
    const cells head = {"value", "middle half", "beside", "ratio", "target", "met"};
    printf("%d cores (%s), %.0f GiB, %s, load %.2f\ncommit %s, %s\n\n", m->cores, m->processor,
           m->memory_gib, m->system, m->load, m->commit, m->build);
    print_row("figure", &head, "unit", "reference");
    for (size_t i = 0; i < list->count; i++) {
        const toc_entry *entry = &list->at[i];
        cells c;
        if (entry->absent)
            continue;
        fill(&c, entry, "<= ", ">= ");
        print_row(entry->figure.name, &c, entry->figure.unit,
                  entry->figure.reference_is ? entry->figure.reference_is : "-");
    }
    printf("\n");
    print_missed(list, "");
}

void toc_table_markdown(const toc_figures *list, const toc_machine *m)
{
    printf("%d cores (%s), %.0f GiB, %s; commit %s, %s.\n\n", m->cores, m->processor, m->memory_gib,
           m->system, m->commit, m->build);
    printf("| figure | value | middle half | beside it | ratio | target | met |\n");
    printf("| --- | ---: | ---: | --- | ---: | ---: | --- |\n");
    for (size_t i = 0; i < list->count; i++) {
        const toc_entry *entry = &list->at[i];
        const toc_figure *f = &entry->figure;
        cells c;
        if (entry->absent)
            continue;
        fill(&c, entry, "≤ ", "≥ ");
        printf("| %s | %s %s | %s | ", f->name, c.value, f->unit, c.spread);
        if (f->reference > 0)
            printf("%s: %s %s", f->reference_is, c.reference, f->unit);
        else
            printf("%s", f->reference_is ? f->reference_is : "-");
        printf(" | %s | %s | %s |\n", c.ratio, c.target, c.met);
    }
    printf("\n");
    print_missed(list, "- ");
}

void toc_table_json(const toc_figures *list, const toc_machine *m)
{
    toc_buf b = {0};
    toc_buf_str(&b, "{\"schema\":\"tocsin-bench-1\",\"machine\":{");
    toc_json_put_int(&b, "cores", m->cores);
    toc_json_put_str(&b, "processor", m->processor);
    add_number(&b, "memory_gib", m->memory_gib);
    toc_json_put_str(&b, "system", m->system);
    add_number(&b, "load", m->load);
    toc_json_put_str(&b, "commit", m->commit);
    toc_json_put_str(&b, "build", m->build);
    toc_buf_str(&b, "},\"figures\":[");
    for (size_t i = 0; i < list->count; i++) {
        toc_buf_str(&b, i ? ",\n" : "\n");
        add_entry(&b, &list->at[i]);
    }
    toc_buf_str(&b, "]}");
    printf("%s\n", b.data);
    toc_buf_fini(&b);
}

static void print_missed(const toc_figures *list, const char *before)
{
    size_t targets = 0, missed = 0;
    for (size_t i = 0; i < list->count; i++) {
        const toc_entry *entry = &list->at[i];
        const toc_figure *f = &entry->figure;
        if (entry->absent || f->target <= 0)
            continue;
        targets++;
        if (toc_entry_is_met(entry))
            continue;
        cells c;
        fill(&c, entry, "at most ", "at least ");
        missed++;
        printf("%sMissed: %s: %s %s, where %s were asked for: %.0f %% %s\n", before, f->name,
               c.value, f->unit, c.target, 100 * fabs(f->value / f->target - 1),
               entry->is_least ? "too few" : "too much");
    }
    if (targets > 0 && missed == 0)
        printf("%sAll %zu targets are met.\n", before, targets);
    else if (targets > 0)
        printf("%s%zu of %zu targets are met.\n", before, targets - missed, targets);
    for (size_t i = 0; i < list->count; i++)
        if (list->at[i].absent)
            printf("%sNot measured: %s: %s\n", before, list->at[i].figure.name, list->at[i].absent);
}

static void print_row(const char *name, const cells *c, const char *unit, const char *reference)
{
    size_t n = piece(name, NAME), r = piece(reference, REFERENCE);
    printf("%-*.*s %8s %-4s %13s %8s %6s %9s %-3s  %.*s\n", NAME, (int)n, name, c->value, unit,
           c->spread, c->reference, c->ratio, c->target, c->met, (int)r, reference);
    for (name += n, reference += r; *name || *reference; name += n, reference += r) {
        name += strspn(name, " ");
        reference += strspn(reference, " ");
        n = piece(name, NAME - 2);
        r = piece(reference, REFERENCE);
        if (r > 0)
            printf("  %-*.*s %57s  %.*s\n", NAME - 2, (int)n, name, "", (int)r, reference);
        else
            printf("  %.*s\n", (int)n, name);
    }
}

static void fill(cells *c, const toc_entry *entry, const char *most, const char *least)
{
    const toc_figure *f = &entry->figure;
    *c = (cells){.spread = "-", .reference = "-", .ratio = "-", .target = "-", .met = "-"};
    number(c->value, f->value);
    if (entry->upper > 0) {
        char lower[CELL], upper[CELL];
        number(lower, entry->lower);
        number(upper, entry->upper);
        snprintf(c->spread, sizeof c->spread, "%s-%s", lower, upper);
    }
    if (f->reference > 0) {
        number(c->reference, f->reference);
        number(c->ratio, f->value / f->reference);
    }
    if (f->target > 0) {
        char target[CELL];
        number(target, f->target);
        snprintf(c->target, sizeof c->target, "%s%.20s", entry->is_least ? least : most, target);
        c->met = toc_entry_is_met(entry) ? "yes" : "NO";
    }
}

// Three figures are enough; more would be noise.
static void number(char out[CELL], double value)
{
    int after = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
    snprintf(out, CELL, "%.*f", after, value);
}

// How much of a text goes into a line: whole words, if there is a space.
static size_t piece(const char *text, size_t width)
{
    size_t len = strlen(text);
    if (len <= width)
        return len;
    for (size_t at = width; at > 0; at--)
        if (text[at] == ' ')
            return at;
    return width;
}

static void add_entry(toc_buf *b, const toc_entry *entry)
{
    const toc_figure *f = &entry->figure;
    toc_buf_char(b, '{');
    toc_json_put_str(b, "name", f->name);
    if (entry->absent) {
        toc_json_put_str(b, "not_measured", entry->absent);
        toc_buf_char(b, '}');
        return;
    }
    toc_json_put_str(b, "unit", f->unit);
    add_number(b, "value", f->value);
    if (entry->upper > 0) {
        add_number(b, "lower", entry->lower);
        add_number(b, "upper", entry->upper);
    }
    if (f->reference > 0) {
        add_number(b, "reference", f->reference);
        add_number(b, "ratio", f->value / f->reference);
    }
    toc_json_put_str(b, "reference_is", f->reference_is);
    if (f->target > 0) {
        add_number(b, entry->is_least ? "at_least" : "at_most", f->target);
        toc_buf_printf(b, ",\"met\":%s", toc_entry_is_met(entry) ? "true" : "false");
    }
    toc_buf_char(b, '}');
}

static void add_number(toc_buf *b, const char *key, double value)
{
    toc_json_key(b, key);
    toc_buf_printf(b, "%.6g", value);
}
