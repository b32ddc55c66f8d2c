// SPDX-License-Identifier: MIT
// The tables that have a name, for a spreadsheet. The marking stands in each row, so that a filtered or sorted print keeps it.

#include <string.h>

#include "base/csv.h"
#include "paper_inside.h"

static void write_header(toc_buf *out, const toc_block *b);
static void add_cell(toc_buf *out, const char *text, bool is_number);
static void write_rows(toc_buf *out, const toc_paper *p, const toc_block *b, size_t columns);
static bool is_first_of_name(const toc_paper *p, size_t table);

void toc_paper_csv(const toc_paper *p,
                   void (*file)(void *context, const char *name, const toc_buf *bytes),
                   void *context)
{
    for (size_t i = 0; i < p->count; i++) {
        const toc_block *first = &p->blocks[i];
        if (first->kind != TOC_BLOCK_TABLE || !first->id || !is_first_of_name(p, i))
            continue;
        toc_buf out = {0};
        write_header(&out, first);
        for (size_t k = i; k < p->count; k++) {
            const toc_block *b = &p->blocks[k];
            if (b->kind == TOC_BLOCK_TABLE && b->id && strcmp(b->id, first->id) == 0)
                write_rows(&out, p, b, first->column_count);
        }
        file(context, first->id, &out);
        toc_buf_fini(&out);
    }
}

static bool is_first_of_name(const toc_paper *p, size_t table)
{
    for (size_t i = 0; i < table; i++)
        if (p->blocks[i].kind == TOC_BLOCK_TABLE && p->blocks[i].id &&
            strcmp(p->blocks[i].id, p->blocks[table].id) == 0)
            return false;
    return true;
}

static void write_header(toc_buf *out, const toc_block *b)
{
    toc_buf_str(out, TOC_CSV_MARK);
    toc_csv_cell(out, "Marking", true);
    for (size_t i = 0; i < b->column_count; i++)
        toc_csv_cell(out, b->columns[i], false);
    toc_buf_str(out, TOC_CSV_END);
}

static void write_rows(toc_buf *out, const toc_paper *p, const toc_block *b, size_t columns)
{
    toc_buf text = {0}, marking = {0};
    toc_buf_printf(&marking, "EXERCISE%s%s", p->marking ? " / " : "", p->marking ? p->marking : "");
    for (size_t i = 0; i < b->row_count; i++) {
        toc_csv_cell(out, toc_buf_text(&marking), true);
        for (size_t k = 0; k < columns; k++) {
            toc_buf_clear(&text);
            toc_words_plain(&text, toc_block_cell(b, &b->rows[i], k));
            add_cell(out, toc_buf_text(&text), k < b->column_count && b->is_number[k]);
        }
        toc_buf_str(out, TOC_CSV_END);
    }
    toc_buf_fini(&text);
    toc_buf_fini(&marking);
}

static void add_cell(toc_buf *out, const char *text, bool is_number)
{
    toc_buf plain = {0};
    for (const char *thin; is_number && (thin = strstr(text, TOC_PAPER_THIN)) != NULL;
         text = thin + strlen(TOC_PAPER_THIN))
        toc_buf_add(&plain, text, (size_t)(thin - text));
    toc_buf_str(&plain, text);
    toc_csv_cell(out, toc_buf_text(&plain), false);
    toc_buf_fini(&plain);
}
