// SPDX-License-Identifier: MIT
// The page stands alone: no script, no network, nothing that is folded is lost in print.

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/text.h"
#include "paper_inside.h"

enum { PAGE_MAX = 2000000 }; // bytes
enum { COLUMNS_FEW = 6 };    // of a table that stays within a narrow window
enum { PROSE_BYTES = 18 };   // of a cell beyond which its column is not squeezed

typedef enum { OPEN_NOTHING, OPEN_LIST, OPEN_FACTS, OPEN_NUMBERS } open_group;

typedef struct {
    toc_buf *out;
    const toc_paper *p;
    toc_map *wanted;  // anchors that something links to
    toc_map *there;   // anchors that the page has
    toc_map *written; // those that stand already: an id may stand once
    size_t keep;      // rows of a folded table
    size_t longest;   // rows of the longest table
    size_t depth;     // details that are open
    bool has_section;
    bool is_quote; // its text may be light Markdown, whose marks are left out
    open_group group;
} page;

static void write_page(page *g);
static void find_wanted(page *g);
static void want_words(page *g, const char *words);
static void find_anchors(page *g);
static void write_head(page *g);
static void write_contents(page *g);
static void write_block(page *g, const toc_block *b);
static void write_table(page *g, const toc_block *b);
static void write_figure(page *g, const toc_block *b);
static void write_words(page *g, const char *words);
static void write_id(page *g, const char *id);
static void change_group(page *g, open_group group);
static void end_details(page *g);
static void add_text(toc_buf *out, const char *text, bool has_lines);

void toc_paper_html(toc_buf *out, const toc_paper *p)
{
    size_t before = out->len;
    page g = {.out = out, .p = p, .keep = SIZE_MAX, .wanted = toc_map_new()};
    find_wanted(&g);
    write_page(&g);
    for (g.keep = 4096; out->len - before > PAGE_MAX && g.keep > 0; g.keep = g.keep * 3 / 4) {
        if (g.keep >= g.longest) // it would be the same page again
            continue;
        out->len = before;
        write_page(&g);
    }
    toc_map_free(g.wanted);
}

static void write_page(page *g)
{
    g->there = toc_map_new();
    g->written = toc_map_new();
    g->depth = 0;
    g->has_section = false;
    find_anchors(g);
    write_head(g);
    bool has_contents = false;
    for (size_t i = 0; i < g->p->count; i++) {
        if (g->p->blocks[i].kind == TOC_BLOCK_SECTION && !has_contents) {
            end_details(g);
            write_contents(g);
            toc_buf_str(g->out, "</header>\n");
            has_contents = true;
        }
        write_block(g, &g->p->blocks[i]);
    }
    end_details(g);
    toc_buf_str(g->out, g->has_section ? "</section>\n" : "</header>\n");
    toc_buf_str(g->out, "</main>\n<div class=\"bar foot\">");
    toc_buf banner = {0};
    toc_paper_banner(&banner, g->p);
    add_text(g->out, toc_buf_text(&banner), false);
    toc_buf_str(g->out, "</div>\n</body>\n</html>\n");
    toc_buf_fini(&banner);
    toc_map_free(g->there);
    toc_map_free(g->written);
}

// ---- what is linked, and what is there --------------------------------------------------------------------

static void find_wanted(page *g)
{
    for (size_t i = 0; i < g->p->cover_count; i++)
        want_words(g, g->p->cover[i].words);
    for (size_t i = 0; i < g->p->count; i++) {
        const toc_block *b = &g->p->blocks[i];
        want_words(g, b->words);
        for (size_t k = 0; k < b->cell_count; k++)
            want_words(g, b->cells[k]);
    }
}

// The anchor that a run points at; false if it points nowhere.
static bool run_anchor(toc_buf *anchor, const toc_run *run)
{
    toc_buf_clear(anchor);
    if (run->kind == TOC_RUN_LINE)
        toc_buf_printf(anchor, "e%lld", (long long)run->seq);
    else if (run->kind == TOC_RUN_LINK)
        toc_paper_anchor(anchor, run->id, run->id_len);
    return anchor->len > 0;
}

static void want_words(page *g, const char *words)
{
    toc_run run;
    toc_buf anchor = {0};
    while (toc_words_next(&words, &run))
        if (run.kind != TOC_RUN_TEXT && run_anchor(&anchor, &run))
            toc_map_put(g->wanted, toc_buf_text(&anchor), 1);
    toc_buf_fini(&anchor);
}

static void note_anchor(page *g, const char *id)
{
    toc_buf anchor = {0};
    if (id)
        toc_paper_anchor(&anchor, id, strlen(id));
    if (anchor.len > 0)
        toc_map_put(g->there, anchor.data, 1);
    toc_buf_fini(&anchor);
}

static bool is_wanted(const page *g, const char *id)
{
    int64_t found;
    toc_buf anchor = {0};
    if (id)
        toc_paper_anchor(&anchor, id, strlen(id));
    bool is = anchor.len > 0 && toc_map_get(g->wanted, anchor.data, &found);
    toc_buf_fini(&anchor);
    return is;
}

static bool is_kept(const page *g, const toc_block *b, size_t row, bool is_folded)
{
    return !is_folded || row < g->keep || is_wanted(g, b->rows[row].anchor);
}

static void find_anchors(page *g)
{
    size_t depth = 0;
    for (size_t i = 0; i < g->p->count; i++) {
        const toc_block *b = &g->p->blocks[i];
        if (b->kind == TOC_BLOCK_SECTION || b->kind == TOC_BLOCK_HEADING)
            note_anchor(g, b->id);
        depth = b->kind == TOC_BLOCK_SECTION                    ? 0
                : b->kind == TOC_BLOCK_DETAILS                  ? depth + 1
                : b->kind == TOC_BLOCK_DETAILS_END && depth > 0 ? depth - 1
                                                                : depth;
        for (size_t k = 0; k < b->row_count; k++)
            if (is_kept(g, b, k, depth > 0))
                note_anchor(g, b->rows[k].anchor);
    }
}

// ---- the frame ------------------------------------------------------------------------------------------

static void write_head(page *g)
{
    toc_buf banner = {0};
    toc_paper_banner(&banner, g->p);
    toc_buf_str(g->out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                        "'none'; style-src 'unsafe-inline'; "
                        "img-src data:; base-uri 'none'; form-action 'none'\">\n"
                        "<meta name=\"viewport\" content=\"width=device-width, "
                        "initial-scale=1\">\n<title>EXERCISE");
    if (g->p->marking) {
        toc_buf_str(g->out, " · ");
        add_text(g->out, g->p->marking, false);
    }
    toc_buf_str(g->out, " · ");
    add_text(g->out, g->p->title, false);
    toc_buf_str(g->out, "</title>\n<style>\n");
    for (const char *const *style = toc_paper_style; *style; style++)
        toc_buf_str(g->out, *style);
    toc_buf_str(g->out, "</style>\n</head>\n<body id=\"top\">\n<div class=\"bar head\">");
    toc_map_put(g->written, "top", 1);
    add_text(g->out, toc_buf_text(&banner), false);
    toc_buf_str(g->out, "</div>\n<main>\n<header>\n<h1>");
    add_text(g->out, g->p->title, false);
    toc_buf_str(g->out, "</h1>\n");
    for (size_t i = 0; i < g->p->cover_count; i++)
        write_block(g, &g->p->cover[i]);
    toc_buf_fini(&banner);
}

static void write_contents(page *g)
{
    toc_buf_str(g->out, "<nav aria-label=\"Contents\">\n<h2>Contents</h2>\n<ol>\n");
    for (size_t i = 0; i < g->p->count; i++) {
        const toc_block *b = &g->p->blocks[i];
        if (b->kind != TOC_BLOCK_SECTION)
            continue;
        toc_buf_str(g->out, "<li><a href=\"#");
        toc_paper_anchor(g->out, b->id, strlen(b->id));
        toc_buf_str(g->out, "\">");
        add_text(g->out, b->name, false);
        toc_buf_str(g->out, "</a></li>\n");
    }
    toc_buf_str(g->out, "</ol>\n</nav>\n");
}

static void change_group(page *g, open_group group)
{
    static const char *const begins[] = {"", "<ul>\n", "<dl>\n", "<div class=\"numbers\">\n"};
    static const char *const ends[] = {"", "</ul>\n", "</dl>\n", "</div>\n"};
    if (g->group == group)
        return;
    toc_buf_str(g->out, ends[g->group]);
    toc_buf_str(g->out, begins[group]);
    g->group = group;
}

static void end_details(page *g)
{
    change_group(g, OPEN_NOTHING);
    for (; g->depth > 0; g->depth--)
        toc_buf_str(g->out, "</details>\n");
}

// ---- blocks ------------------------------------------------------------------------------------------

static void write_element(page *g, const char *begin, const char *words, const char *end)
{
    if (!words || !*words)
        return;
    toc_buf_str(g->out, begin);
    write_words(g, words);
    toc_buf_str(g->out, end);
}

static void write_section(page *g, const toc_block *b)
{
    end_details(g);
    toc_buf_str(g->out, g->has_section ? "</section>\n<section" : "<section");
    g->has_section = true;
    write_id(g, b->id);
    toc_buf_str(g->out, ">\n<h2>");
    add_text(g->out, b->name, false);
    toc_buf_str(g->out, "</h2>\n");
}

static void write_pair(page *g, const toc_block *b, const char *begin, const char *between,
                       const char *end)
{
    toc_buf_str(g->out, begin);
    add_text(g->out, b->name, false);
    toc_buf_str(g->out, between);
    write_words(g, b->words);
    toc_buf_str(g->out, end);
}

static void write_block(page *g, const toc_block *b)
{
    change_group(g, b->kind == TOC_BLOCK_ITEM     ? OPEN_LIST
                    : b->kind == TOC_BLOCK_FACT   ? OPEN_FACTS
                    : b->kind == TOC_BLOCK_NUMBER ? OPEN_NUMBERS
                                                  : OPEN_NOTHING);
    switch (b->kind) {
    case TOC_BLOCK_SECTION:
        write_section(g, b);
        break;
    case TOC_BLOCK_HEADING:
        toc_buf_str(g->out, "<h3");
        write_id(g, b->id);
        write_element(g, ">", *b->words ? b->words : "–", "</h3>\n");
        break;
    case TOC_BLOCK_SAY:
        write_element(g, "<p>", b->words, "</p>\n");
        break;
    case TOC_BLOCK_QUOTE:
        g->is_quote = true;
        write_element(g, "<blockquote>", b->words, "</blockquote>\n");
        g->is_quote = false;
        break;
    case TOC_BLOCK_ITEM:
        write_element(g, "<li>", *b->words ? b->words : "–", "</li>\n");
        break;
    case TOC_BLOCK_FACT:
        write_pair(g, b, "<dt>", "</dt><dd>", "</dd>\n");
        break;
    case TOC_BLOCK_NUMBER:
        write_pair(g, b, "<p><b>", "</b>", "</p>\n");
        break;
    case TOC_BLOCK_BOX:
        write_pair(g, b, "<div class=\"box\" role=\"note\"><p class=\"what\">", "</p><p>",
                   "</p></div>\n");
        break;
    case TOC_BLOCK_DETAILS:
        g->depth++;
        if (b->name) {
            toc_buf_str(g->out, "<p class=\"printed\">");
            add_text(g->out, b->name, false);
            toc_buf_str(g->out, "</p>\n");
        }
        write_element(g, b->name ? "<details class=\"apart\">\n<summary>" : "<details>\n<summary>",
                      *b->words ? b->words : "More", "</summary>\n");
        break;
    case TOC_BLOCK_DETAILS_END:
        toc_buf_str(g->out, g->depth > 0 ? "</details>\n" : "");
        g->depth -= g->depth > 0;
        break;
    case TOC_BLOCK_PAGE_BREAK:
        toc_buf_str(g->out, "<div class=\"page\"></div>\n");
        break;
    case TOC_BLOCK_TABLE:
        if (!b->is_file)
            write_table(g, b);
        break;
    case TOC_BLOCK_FIGURE:
        write_figure(g, b);
        break;
    }
}

static void write_row(page *g, const toc_block *b, const toc_paper_row_at *row)
{
    toc_buf_str(g->out, "<tr");
    write_id(g, row->anchor);
    toc_buf_char(g->out, '>');
    for (size_t i = 0; i < b->column_count; i++) {
        const char *words = toc_block_cell(b, row, i);
        bool is_time = i == 0 && strncmp(words, "T+", 2) == 0;
        toc_buf_str(g->out, b->is_number[i] ? "<td class=\"n\">"
                            : is_time       ? "<td class=\"k\">"
                                            : "<td>");
        write_words(g, words);
        toc_buf_str(g->out, "</td>");
    }
    toc_buf_str(g->out, "</tr>\n");
}

static bool is_prose(const toc_block *b, size_t column)
{
    for (size_t i = 0; i < b->row_count; i++)
        if (strlen(toc_block_cell(b, &b->rows[i], column)) > PROSE_BYTES)
            return true;
    return false;
}

static void write_table(page *g, const toc_block *b)
{
    size_t cut = 0;
    g->longest = b->row_count > g->longest ? b->row_count : g->longest;
    toc_buf_str(g->out, b->column_count <= COLUMNS_FEW ? "<div class=\"wide few\"><table>\n"
                                                       : "<div class=\"wide\"><table>\n");
    write_element(g, "<caption>", b->words, "</caption>\n");
    toc_buf_str(g->out, "<thead><tr>");
    for (size_t i = 0; i < b->column_count; i++) {
        toc_buf_printf(g->out, "<th scope=\"col\" class=\"%s\">",
                       b->is_number[i]  ? "n"
                       : is_prose(b, i) ? "w"
                                        : "s");
        add_text(g->out, b->columns[i], false);
        toc_buf_str(g->out, "</th>");
    }
    toc_buf_str(g->out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < b->row_count; i++) {
        if (is_kept(g, b, i, g->depth > 0))
            write_row(g, b, &b->rows[i]);
        else
            cut++;
    }
    if (cut > 0 || b->row_count == 0)
        toc_buf_printf(g->out, "<tr class=\"cut\"><td colspan=\"%zu\">", b->column_count);
    if (cut > 0) {
        toc_buf_printf(g->out, "%zu rows more were left out to keep this page small", cut);
        if (b->id) {
            toc_buf_str(g->out, "; they are in ");
            add_text(g->out, b->id, false);
            toc_buf_str(g->out, ".csv");
        }
        toc_buf_str(g->out, ".</td></tr>\n");
    } else if (b->row_count == 0) {
        toc_buf_str(g->out, "none</td></tr>\n");
    }
    toc_buf_str(g->out, "</tbody></table></div>\n");
}

// The title and description stand in the picture itself, where those who do not see it find them.
static void write_figure(page *g, const toc_block *b)
{
    size_t opening = strcspn(b->svg, ">");
    if (strncmp(b->svg, "<svg ", 5) != 0 || b->svg[opening] == '\0')
        return;
    toc_buf plain = {0}, caption = {0};
    toc_words_plain(&plain, b->words);
    toc_buf_str(g->out, "<figure><div><svg role=\"img\" ");
    toc_buf_add(g->out, b->svg + 5, opening - 4);
    toc_buf_str(g->out, "\n<title>");
    add_text(g->out, b->name, false);
    toc_buf_str(g->out, "</title>\n<desc>");
    add_text(g->out, plain.len ? toc_buf_text(&plain) : b->name, false);
    toc_buf_str(g->out, "</desc>\n");
    toc_buf_str(g->out, b->svg + opening + 1);
    toc_buf_str(g->out, "</div>\n");
    toc_buf_str(&caption, b->words);
    if (b->id && *b->id)
        toc_buf_printf(&caption, "%s%s", caption.len ? " " : "", b->id);
    write_element(g, "<figcaption>", toc_buf_text(&caption), "</figcaption>");
    toc_buf_fini(&caption);
    toc_buf_str(g->out, "</figure>\n");
    toc_buf_fini(&plain);
}

// ---- words -------------------------------------------------------------------------------------------

// A line of light Markdown without its marks: **bold**, *italics*, and those of a heading. Foreign text adds no markup, not even this.
static void add_plain(toc_buf *out, const char *line, size_t len)
{
    const size_t level = strspn(line, "#");
    size_t plain = level > 0 && level < len && line[level] == ' ' ? level + 1 : 0;
    for (size_t i = plain; i < len;) {
        size_t marks = 2, inside = toc_text_marked(line + i, len - i, marks);
        if (inside == 0)
            inside = toc_text_marked(line + i, len - i, marks = 1);
        if (inside == 0) {
            i++;
            continue;
        }
        toc_text_html(out, line + plain, i - plain, false);
        toc_text_html(out, line + i + marks, inside, false);
        i += inside + 2 * marks;
        plain = i;
    }
    toc_text_html(out, line + plain, len - plain, false);
}

static void write_words(page *g, const char *words)
{
    static const char *const tones[] = {"", "good", "late", "bad"};
    toc_run run;
    toc_buf anchor = {0};
    int64_t found;
    while (toc_words_next(&words, &run)) {
        const char *end = "";
        if (run.kind == TOC_RUN_STRONG) {
            toc_buf_str(g->out, "<b>");
            end = "</b>";
        } else if (run.kind == TOC_RUN_TONE && run.tone != TOC_TONE_PLAIN) {
            toc_buf_printf(g->out, "<span class=\"%s\">%s ", tones[run.tone],
                           toc_tone_sign(run.tone));
            end = "</span>";
        } else if (run.kind != TOC_RUN_TEXT && run_anchor(&anchor, &run) &&
                   toc_map_get(g->there, anchor.data, &found)) {
            toc_buf_printf(g->out, "<a href=\"#%s\">", anchor.data);
            end = "</a>";
        }
        for (size_t at = 0; at <= run.len;) {
            const char *line = run.text + at;
            const char *stop = memchr(line, '\n', run.len - at);
            size_t len = stop ? (size_t)(stop - line) : run.len - at;
            if (g->is_quote && run.kind == TOC_RUN_TEXT)
                add_plain(g->out, line, len);
            else
                toc_text_html(g->out, line, len, false);
            toc_buf_str(g->out, stop ? "<br>\n" : "");
            at += len + 1;
        }
        toc_buf_str(g->out, end);
    }
    toc_buf_fini(&anchor);
}

static void write_id(page *g, const char *id)
{
    int64_t found;
    toc_buf anchor = {0};
    if (id)
        toc_paper_anchor(&anchor, id, strlen(id));
    if (anchor.len > 0 && !toc_map_get(g->written, anchor.data, &found)) {
        toc_buf_printf(g->out, " id=\"%s\"", anchor.data);
        toc_map_put(g->written, anchor.data, 1);
    }
    toc_buf_fini(&anchor);
}

static void add_text(toc_buf *out, const char *text, bool has_lines)
{
    toc_text_html(out, text, strlen(text), has_lines);
}
