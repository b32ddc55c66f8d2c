// SPDX-License-Identifier: MIT
// Markdown to edit: CommonMark with pipe tables. Every sign that could be markup is escaped, so that it also stands there as
// it was written after pandoc or a word processor.

#include <string.h>

#include "base/text.h"
#include "paper_inside.h"

typedef struct {
    toc_buf *out;
    const char *prefix;  // of each further line: "> "
    const char *newline; // what a line's end becomes, the prefix follows it
    bool is_at_start;    // of a line, where more signs are markup
} writer;

static void write_block(toc_buf *out, const toc_block *b, bool is_continued);
static void write_words(toc_buf *out, const char *words, const char *prefix, const char *newline);
static void write_text(writer *w, const char *text, size_t len);
static void write_escaped(writer *w, const char *text, size_t len);
static void write_name(toc_buf *out, const char *name);
static void write_table(toc_buf *out, const toc_block *b);

void toc_paper_markdown(toc_buf *out, const toc_paper *p)
{
    toc_buf banner = {0};
    toc_paper_banner(&banner, p);
    toc_buf_str(out, "**");
    write_name(out, toc_buf_text(&banner));
    toc_buf_str(out, "**\n\n# ");
    write_name(out, p->title);
    toc_buf_str(out, "\n\n");
    for (size_t i = 0; i < p->cover_count; i++)
        write_block(out, &p->cover[i], i + 1 < p->cover_count);
    for (size_t i = 0; i < p->count; i++) {
        toc_block_kind kind = p->blocks[i].kind;
        write_block(out, &p->blocks[i], i + 1 < p->count && p->blocks[i + 1].kind == kind);
    }
    toc_buf_str(out, "**");
    write_name(out, toc_buf_text(&banner));
    toc_buf_str(out, "**\n");
    toc_buf_fini(&banner);
}

// A block between two marks, on one line.
static void write_line(toc_buf *out, const char *before, const char *words, const char *after)
{
    if (!*words)
        return;
    toc_buf_str(out, before);
    write_words(out, words, "", " ");
    toc_buf_str(out, after);
}

static void write_pair(toc_buf *out, const toc_block *b, const char *between, const char *after)
{
    toc_buf_str(out, "- **");
    write_name(out, b->name);
    toc_buf_str(out, between);
    write_words(out, b->words, "  ", "\\\n");
    toc_buf_str(out, after);
}

// is_continued: the next block is of the same list.
static void write_block(toc_buf *out, const toc_block *b, bool is_continued)
{
    const char *end = is_continued ? "\n" : "\n\n";
    switch (b->kind) {
    case TOC_BLOCK_SECTION:
        toc_buf_str(out, "## ");
        write_name(out, b->name);
        toc_buf_str(out, "\n\n");
        break;
    case TOC_BLOCK_HEADING:
        write_line(out, "### ", b->words, "\n\n");
        break;
    case TOC_BLOCK_SAY:
        if (*b->words) {
            write_words(out, b->words, "", "\\\n");
            toc_buf_str(out, "\n\n");
        }
        break;
    case TOC_BLOCK_QUOTE:
        toc_buf_str(out, "> ");
        write_words(out, b->words, "> ", "\\\n");
        toc_buf_str(out, "\n\n");
        break;
    case TOC_BLOCK_ITEM:
        toc_buf_str(out, "- ");
        write_words(out, *b->words ? b->words : "–", "  ", "\\\n");
        toc_buf_str(out, end);
        break;
    case TOC_BLOCK_FACT:
        write_pair(out, b, ":** ", end);
        break;
    case TOC_BLOCK_NUMBER:
        write_pair(out, b, "** ", end);
        break;
    case TOC_BLOCK_BOX:
        toc_buf_str(out, "> **");
        write_name(out, b->name);
        toc_buf_str(out, "**\\\n> ");
        write_words(out, b->words, "> ", "\\\n");
        toc_buf_str(out, "\n\n");
        break;
    case TOC_BLOCK_DETAILS:
        write_line(out, "**", b->words, "**\n\n");
        break;
    case TOC_BLOCK_TABLE:
        if (!b->is_file)
            write_table(out, b);
        break;
    case TOC_BLOCK_FIGURE:
        write_line(out, "", b->words, " (picture: report.html)\n\n");
        break;
    case TOC_BLOCK_DETAILS_END:
    case TOC_BLOCK_PAGE_BREAK:
        break;
    }
}

static void write_table(toc_buf *out, const toc_block *b)
{
    write_line(out, "**", b->words, "**\n\n");
    toc_buf_char(out, '|');
    for (size_t i = 0; i < b->column_count; i++) {
        toc_buf_char(out, ' ');
        write_name(out, b->columns[i]);
        toc_buf_str(out, " |");
    }
    toc_buf_str(out, "\n|");
    for (size_t i = 0; i < b->column_count; i++)
        toc_buf_str(out, b->is_number[i] ? " ---: |" : " --- |");
    toc_buf_char(out, '\n');
    for (size_t i = 0; i < b->row_count; i++) {
        toc_buf_char(out, '|');
        for (size_t k = 0; k < b->column_count; k++) {
            toc_buf_char(out, ' ');
            write_words(out, toc_block_cell(b, &b->rows[i], k), "", " / ");
            toc_buf_str(out, " |");
        }
        toc_buf_char(out, '\n');
    }
    if (b->row_count == 0)
        toc_buf_str(out, "| none |\n");
    toc_buf_char(out, '\n');
}

static void write_name(toc_buf *out, const char *name)
{
    writer w = {.out = out, .prefix = "", .newline = " ", .is_at_start = true};
    write_text(&w, name, strlen(name));
}

static void write_words(toc_buf *out, const char *words, const char *prefix, const char *newline)
{
    writer w = {.out = out, .prefix = prefix, .newline = newline, .is_at_start = true};
    toc_run run;
    while (toc_words_next(&words, &run)) {
        bool is_bold = run.len > 0 && (run.kind == TOC_RUN_STRONG ||
                                       (run.kind == TOC_RUN_TONE && run.tone != TOC_TONE_PLAIN));
        toc_buf_str(out, is_bold ? "**" : "");
        if (run.kind == TOC_RUN_TONE && run.tone != TOC_TONE_PLAIN)
            toc_buf_printf(out, "%s ", toc_tone_sign(run.tone));
        write_text(&w, run.text, run.len);
        toc_buf_str(out, is_bold ? "**" : "");
    }
}

static void write_text(writer *w, const char *text, size_t len)
{
    toc_buf shown = {0};
    toc_text_visible(&shown, text, len, true);
    const char *at = toc_buf_text(&shown), *end = at + shown.len;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        write_escaped(w, at, (size_t)((stop ? stop : end) - at));
        if (!stop)
            break;
        toc_buf_printf(w->out, "%s%s", w->newline, w->prefix);
        w->is_at_start = true;
        at = stop + 1;
    }
    toc_buf_fini(&shown);
}

// Does the sign at s[i] need a backslash? Links come without any sign of their own in some dialects: those are broken too.
static bool is_markup(const char *s, size_t len, size_t i, bool is_at_start)
{
    if (strchr("\\`*_[]<>#&|~$^{}@", s[i]))
        return true;
    if (s[i] == '!' && i + 1 < len && s[i + 1] == '[')
        return true;
    if (s[i] == ':' && i + 2 < len && s[i + 1] == '/' && s[i + 2] == '/')
        return true;
    if (s[i] == '.' && i >= 3 && (s[i - 1] | 32) == 'w' && (s[i - 2] | 32) == 'w' &&
        (s[i - 3] | 32) == 'w')
        return true;
    if (i == 0 && is_at_start)
        return strchr("+-=:%", s[i]);
    size_t digits = is_at_start ? strspn(s, "0123456789") : 0;
    const bool is_decimal = i + 1 < len && s[i] == '.' && s[i + 1] >= '0' && s[i + 1] <= '9';
    return digits > 0 && i == digits && (s[i] == '.' || s[i] == ')') && !is_decimal;
}

static void write_escaped(writer *w, const char *text, size_t len)
{
    while (w->is_at_start && len > 0 && *text == ' ') { // four of them would make it code
        text++;
        len--;
    }
    for (size_t i = 0; i < len; i++) {
        if (is_markup(text, len, i, w->is_at_start))
            toc_buf_char(w->out, '\\');
        toc_buf_char(w->out, text[i]);
    }
    w->is_at_start = w->is_at_start && len == 0;
}
