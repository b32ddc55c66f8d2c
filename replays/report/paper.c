// SPDX-License-Identifier: MIT
// Words are UTF-8 with references between control characters, which visible text never holds: \x01, a letter, what it points at,
// \x03, its text, \x02.

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "paper_inside.h"

enum { OPEN = 1, CLOSE = 2, BETWEEN = 3 };

static toc_block *add_block(toc_paper *p, toc_block_kind kind, const char *name, const char *words);
static void free_block(toc_block *b);
static toc_block *newest_table(toc_paper *p);
static void take_cell(toc_paper *p, char *words);
static char *format_words(const char *format, va_list arguments) TOC_PRINTF(1, 0);
static void open_run(toc_buf *words, char letter, const char *what);

toc_paper *toc_paper_new(const char *title, const char *marking)
{
    toc_paper *p = toc_alloc(sizeof *p);
    p->title = toc_strdup(title ? title : "");
    p->marking = toc_strdup(marking && *marking ? marking : NULL);
    return p;
}

void toc_paper_free(toc_paper *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->count; i++)
        free_block(&p->blocks[i]);
    for (size_t i = 0; i < p->cover_count; i++)
        free_block(&p->cover[i]);
    free(p->blocks);
    free(p->cover);
    free(p->title);
    free(p->marking);
    free(p);
}

static void free_block(toc_block *b)
{
    for (size_t i = 0; i < b->cell_count; i++)
        free(b->cells[i]);
    for (size_t i = 0; i < b->row_count; i++)
        free(b->rows[i].anchor);
    for (size_t i = 0; i < b->column_count; i++)
        free(b->columns[i]);
    free(b->cells);
    free(b->rows);
    free(b->columns);
    free(b->is_number);
    free(b->id);
    free(b->name);
    free(b->words);
    free(b->svg);
}

// ---- words -------------------------------------------------------------------------------------------

void toc_paper_foreign(toc_buf *words, const char *text)
{
    if (text)
        toc_text_visible(words, text, strlen(text), true);
}

void toc_paper_line(toc_buf *words, int64_t seq)
{
    char number[32];
    snprintf(number, sizeof number, "%lld", (long long)seq);
    open_run(words, 'L', number);
    toc_buf_printf(words, "line %s%c", number, CLOSE);
}

void toc_paper_to(toc_buf *words, const char *id, const char *text)
{
    toc_buf anchor = {0};
    toc_paper_anchor(&anchor, id, strlen(id));
    open_run(words, 'T', toc_buf_text(&anchor));
    toc_paper_foreign(words, text);
    toc_buf_char(words, CLOSE);
    toc_buf_fini(&anchor);
}

void toc_paper_strong(toc_buf *words, const char *text)
{
    open_run(words, 'S', "");
    toc_paper_foreign(words, text);
    toc_buf_char(words, CLOSE);
}

void toc_paper_tone(toc_buf *words, toc_tone tone, const char *text)
{
    char which[2] = {(char)('0' + (int)tone), '\0'};
    open_run(words, 'C', which);
    toc_paper_foreign(words, text);
    toc_buf_char(words, CLOSE);
}

static void open_run(toc_buf *words, char letter, const char *what)
{
    toc_buf_printf(words, "%c%c%s%c", OPEN, letter, what, BETWEEN);
}

const char *toc_tone_sign(toc_tone tone)
{
    static const char *const signs[] = {"", "✓", "▲", "✕"};
    return signs[tone];
}

// A reference at s, which begins with OPEN; its length, or 0 if it does not hold together.
static size_t read_reference(const char *s, toc_run *run)
{
    static const char letters[] = "LTSC";
    static const toc_run_kind kinds[] = {TOC_RUN_LINE, TOC_RUN_LINK, TOC_RUN_STRONG, TOC_RUN_TONE};
    const char *letter = s[1] ? strchr(letters, s[1]) : NULL;
    size_t id_len = letter ? strcspn(s + 2, "\x01\x02\x03") : 0;
    if (!letter || s[2 + id_len] != BETWEEN)
        return 0;
    const char *text = s + 3 + id_len;
    size_t len = strcspn(text, "\x01\x02\x03");
    if (text[len] != CLOSE)
        return 0;
    *run = (toc_run){
        .kind = kinds[letter - letters], .text = text, .len = len, .id = s + 2, .id_len = id_len};
    if (run->kind == TOC_RUN_LINE)
        run->seq = strtoll(run->id, NULL, 10);
    else if (run->kind == TOC_RUN_TONE)
        run->tone =
            id_len == 1 && s[2] >= '0' && s[2] <= '3' ? (toc_tone)(s[2] - '0') : TOC_TONE_PLAIN;
    return 4 + id_len + len;
}

bool toc_words_next(const char **at, toc_run *run)
{
    const char *s = *at;
    if (!s || !*s)
        return false;
    size_t len = *s == OPEN ? read_reference(s, run) : 0;
    if (len == 0) {
        len = 1 + strcspn(s + 1, "\x01");
        *run = (toc_run){.kind = TOC_RUN_TEXT, .text = s, .len = len};
    }
    *at = s + len;
    return true;
}

void toc_words_plain(toc_buf *out, const char *words)
{
    toc_run run;
    while (toc_words_next(&words, &run))
        toc_buf_add(out, run.text, run.len);
}

void toc_paper_anchor(toc_buf *out, const char *id, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        char c = id[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
        toc_buf_char(out, is_plain ? c : '_');
    }
}

void toc_paper_banner(toc_buf *out, const toc_paper *p)
{
    toc_buf_str(out, "EXERCISE EXERCISE EXERCISE");
    if (p->marking) {
        toc_buf_str(out, " · ");
        toc_text_visible(out, p->marking, strlen(p->marking), false);
    }
}

// ---- blocks ------------------------------------------------------------------------------------------

static toc_block *add_block(toc_paper *p, toc_block_kind kind, const char *name, const char *words)
{
    TOC_GROW(p->blocks, p->count, p->capacity);
    toc_block *b = &p->blocks[p->count++];
    size_t len = words ? strlen(words) : 0;
    while (len > 0 && words[len - 1] == ' ')
        len--;
    *b = (toc_block){
        .kind = kind, .name = toc_strdup(name), .words = toc_strndup(words ? words : "", len)};
    return b;
}

void toc_paper_section(toc_paper *p, const char *id, const char *heading)
{
    add_block(p, TOC_BLOCK_SECTION, heading, NULL)->id = toc_strdup(id ? id : heading);
}

void toc_paper_heading(toc_paper *p, const char *id, const char *words)
{
    add_block(p, TOC_BLOCK_HEADING, NULL, words)->id = toc_strdup(id);
}

void toc_paper_say(toc_paper *p, const char *words)
{
    add_block(p, TOC_BLOCK_SAY, NULL, words);
}

void toc_paper_sayf(toc_paper *p, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *words = format_words(format, arguments);
    va_end(arguments);
    toc_paper_say(p, words);
    free(words);
}

void toc_paper_quote(toc_paper *p, const char *words)
{
    add_block(p, TOC_BLOCK_QUOTE, NULL, words);
}

void toc_paper_item(toc_paper *p, const char *words)
{
    add_block(p, TOC_BLOCK_ITEM, NULL, words);
}

void toc_paper_fact(toc_paper *p, const char *name, const char *words)
{
    add_block(p, TOC_BLOCK_FACT, name, words);
}

void toc_paper_number(toc_paper *p, const char *number, const char *what)
{
    add_block(p, TOC_BLOCK_NUMBER, number, what);
}

void toc_paper_box(toc_paper *p, const char *heading, const char *words)
{
    add_block(p, TOC_BLOCK_BOX, heading, words);
}

void toc_paper_details(toc_paper *p, const char *summary)
{
    add_block(p, TOC_BLOCK_DETAILS, NULL, summary);
}

void toc_paper_details_apart(toc_paper *p, const char *summary, const char *printed)
{
    add_block(p, TOC_BLOCK_DETAILS, NULL, summary)->name = toc_strdup(printed);
}

void toc_paper_details_end(toc_paper *p)
{
    add_block(p, TOC_BLOCK_DETAILS_END, NULL, NULL);
}

void toc_paper_page_break(toc_paper *p)
{
    add_block(p, TOC_BLOCK_PAGE_BREAK, NULL, NULL);
}

void toc_paper_figure(toc_paper *p, const char *title, const char *description, const char *svg)
{
    add_block(p, TOC_BLOCK_FIGURE, title, description)->svg = toc_strdup(svg);
}

void toc_paper_reading(toc_paper *p, const char *words)
{
    toc_block *b = &p->blocks[p->count - 1];
    free(b->id);
    b->id = toc_strdup(words);
}

void toc_paper_cover(toc_paper *p, const char *name, const char *words)
{
    TOC_GROW(p->cover, p->cover_count, p->cover_capacity);
    p->cover[p->cover_count++] = (toc_block){
        .kind = TOC_BLOCK_FACT, .name = toc_strdup(name), .words = toc_strdup(words ? words : "")};
}

// ---- tables ------------------------------------------------------------------------------------------

void toc_paper_table(toc_paper *p, const char *csv, const char *caption, const char *columns)
{
    toc_block *b = add_block(p, TOC_BLOCK_TABLE, NULL, caption);
    b->id = toc_strdup(csv);
    size_t count = 1;
    for (const char *c = columns; *c; c++)
        count += *c == '|';
    b->columns = toc_alloc(count * sizeof *b->columns);
    b->is_number = toc_alloc(count * sizeof *b->is_number);
    for (const char *c = columns; b->column_count < count; b->column_count++) {
        size_t len = strcspn(c, "|");
        bool is_number = len > 0 && c[len - 1] == '>';
        b->columns[b->column_count] = toc_strndup(c, is_number ? len - 1 : len);
        b->is_number[b->column_count] = is_number;
        c += len + (c[len] == '|');
    }
}

void toc_paper_file(toc_paper *p, const char *csv, const char *columns)
{
    toc_paper_table(p, csv, NULL, columns);
    newest_table(p)->is_file = true;
}

static toc_block *newest_table(toc_paper *p)
{
    return p->count > 0 && p->blocks[p->count - 1].kind == TOC_BLOCK_TABLE
               ? &p->blocks[p->count - 1]
               : NULL;
}

void toc_paper_row(toc_paper *p, const char *anchor)
{
    toc_block *b = newest_table(p);
    if (!b)
        return;
    TOC_GROW(b->rows, b->row_count, b->row_capacity);
    b->rows[b->row_count++] =
        (toc_paper_row_at){.anchor = toc_strdup(anchor), .first = b->cell_count};
}

void toc_paper_cell(toc_paper *p, const char *words)
{
    take_cell(p, toc_strdup(words ? words : ""));
}

void toc_paper_cellf(toc_paper *p, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    take_cell(p, format_words(format, arguments));
    va_end(arguments);
}

static void take_cell(toc_paper *p, char *words)
{
    toc_block *b = newest_table(p);
    if (!b || b->row_count == 0) {
        free(words);
        return;
    }
    TOC_GROW(b->cells, b->cell_count, b->cell_capacity);
    b->cells[b->cell_count++] = words;
    b->rows[b->row_count - 1].count++;
}

const char *toc_block_cell(const toc_block *b, const toc_paper_row_at *row, size_t column)
{
    return column < row->count ? b->cells[row->first + column] : "";
}

static char *format_words(const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int len = vsnprintf(NULL, 0, format, arguments);
    char *words = toc_alloc((size_t)(len > 0 ? len : 0) + 1);
    if (len > 0)
        vsnprintf(words, (size_t)len + 1, format, again);
    va_end(again);
    return words;
}
