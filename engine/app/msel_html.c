// SPDX-License-Identifier: MIT
#include "msel_html.h"

#include <string.h>

#include "base/text.h"

// Paper first: the bars stand at the edges of each printed page, and each piece of a section that goes over
// several pages leaves room for them.
static const char style[] =
    ":root{color-scheme:light dark;--ink:#16181d;--soft:#5b6270;--rule:#c3c8d2;--paper:#fff;"
    "--tint:#f3f4f7;--mark:#a3001b}\n"
    "@media(prefers-color-scheme:dark){:root{--ink:#e6e8ee;--soft:#9aa3b5;--rule:#3d4454;"
    "--paper:#14161b;--tint:#1e222b;--mark:#ff8a94}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0 auto;padding:0 1.5rem;max-width:54rem;background:var(--paper);color:var(--ink);"
    "font:15px/1.45 system-ui,\"Segoe UI\",\"Liberation Sans\",Arial,sans-serif}\n"
    ".bar{padding:.5rem 0;text-align:center;font-weight:700;font-size:.85rem;letter-spacing:.06em;"
    "color:var(--mark)}\n"
    ".head{position:sticky;top:0;background:var(--paper)}\n"
    "section{margin:0 0 2.5rem;padding-top:1rem;border-top:2px solid var(--ink)}\n"
    ".eyebrow{display:flex;justify-content:space-between;gap:1rem;margin:0 0 "
    ".3rem;color:var(--soft);"
    "font-size:.82rem}\n"
    ".eyebrow b{color:var(--mark)}\n"
    "h1{margin:.2rem 0 .6rem;font-size:2rem;line-height:1.15}\n"
    "h2{margin:0 0 .8rem;font-size:1.35rem;line-height:1.25}\n"
    "h3{margin:1.2rem 0 .35rem;font-size:1rem}\n"
    "h2,h3,h4{break-after:avoid;overflow-wrap:anywhere}\n"
    "p{margin:0 0 .6rem}\n"
    "dl{display:grid;grid-template-columns:9rem 1fr;gap:.15rem 1rem;margin:0 0 .8rem}\n"
    "dt{color:var(--soft)}\n"
    "dd{margin:0;white-space:pre-line;overflow-wrap:anywhere}\n"
    "table{width:calc(100% - 1px);border-collapse:collapse;margin:.3rem 0 1rem;font-size:.86rem}\n"
    "th,td{padding:.25rem .45rem;border:1px solid var(--rule);text-align:left;vertical-align:top;"
    "white-space:pre-line;overflow-wrap:break-word}\n"
    "th{background:var(--tint);overflow-wrap:normal}\n"
    "tr{break-inside:avoid}\n"
    "thead{display:table-header-group}\n"
    "table.list{table-layout:fixed;font-size:.8rem}\n"
    ".fix{white-space:nowrap;overflow-wrap:normal}\n"
    "td.boxes{white-space:pre}\n"
    "ul.boxes{list-style:none;padding-left:0}\n"
    ".form td{height:2.3rem}\n"
    ".tall td{height:3.6rem}\n"
    ".body{margin:.2rem 0 .8rem;padding:.7rem .9rem;border-left:4px solid var(--ink);"
    "background:var(--tint);overflow-wrap:anywhere}\n"
    ".body p,.body li{white-space:pre-wrap}\n"
    ".body h4{margin:.4rem 0}\n"
    ".body ul{margin:0 0 .6rem;padding-left:1.2rem}\n"
    ".body>:last-child{margin-bottom:0}\n"
    "pre{margin:0 0 .6rem;font:.82rem/1.4 ui-monospace,\"Liberation Mono\",Consolas,monospace;"
    "white-space:pre-wrap;overflow-wrap:anywhere}\n"
    ".urgent{color:var(--mark);font-weight:700}\n"
    ".soft{color:var(--soft)}\n"
    ".hint{font-size:.86rem;color:var(--soft)}\n"
    ".blanks{display:flex;flex-wrap:wrap;gap:.6rem 1.2rem;margin:1.2rem 0 "
    ".6rem;break-inside:avoid}\n"
    ".blanks span{display:flex;flex:1 1 8rem;gap:.4rem;align-items:flex-end;color:var(--soft)}\n"
    ".blanks span::after{content:\"\";flex:1;min-width:3rem;border-bottom:1px solid var(--ink)}\n"
    ".line{height:1.9rem;border-bottom:1px solid var(--rule);break-inside:avoid}\n"
    ".box{display:inline-block;width:.85em;height:.85em;border:1.5px solid var(--ink);"
    "margin-right:.35em;vertical-align:-.08em}\n"
    "img{max-width:100%;max-height:17cm;background:#fff}\n"
    "a{color:inherit}\n"
    "@page{margin:9mm 15mm}\n"
    "@media print{:root{color-scheme:light;--ink:#000;--soft:#444;--rule:#999;--paper:#fff;"
    "--tint:#f3f3f3;--mark:#8c0017}\n"
    "body{max-width:none;padding:0;font-size:10pt}\n"
    ".bar{position:fixed;left:0;right:0;padding:0;font-size:9pt;line-height:6mm;background:none}\n"
    ".head{top:0}.foot{bottom:0}\n"
    "section{break-before:page;margin:0;padding:10mm 0;border-top:0;-webkit-box-decoration-break:"
    "clone;box-decoration-break:clone}\n"
    "section.cover{break-before:auto}\n"
    "a{text-decoration:none}}\n";

static void add_line(toc_buf *out, const char *line, size_t len);

void toc_html_text(toc_buf *out, const char *text)
{
    if (text)
        add_line(out, text, strlen(text));
}

// Lines may stand in it: cells and facts keep them.
static void add_line(toc_buf *out, const char *line, size_t len)
{
    toc_text_html(out, line, len, true);
}

// ---- Markdown, lightly ----------------------------------------------------------------------------------

// Text in which **two stars** make bold and *one* makes italics.
static void add_inline(toc_buf *out, const char *s, size_t len)
{
    size_t plain = 0;
    for (size_t i = 0; i < len;) {
        size_t marks = 2, inside = toc_text_marked(s + i, len - i, marks);
        if (inside == 0)
            inside = toc_text_marked(s + i, len - i, marks = 1);
        if (inside == 0) {
            i++;
            continue;
        }
        add_line(out, s + plain, i - plain);
        toc_buf_str(out, marks == 2 ? "<b>" : "<i>");
        add_line(out, s + i + marks, inside);
        toc_buf_str(out, marks == 2 ? "</b>" : "</i>");
        i += inside + 2 * marks;
        plain = i;
    }
    add_line(out, s + plain, len - plain);
}

typedef enum { NOTHING, PARAGRAPH, BULLETS, TABLE } block;

static void change_block(toc_buf *out, block *now, block next)
{
    static const char *const begins[] = {"", "<p>", "<ul>", "<pre>"};
    static const char *const ends[] = {"", "</p>\n", "</ul>\n", "</pre>\n"};
    if (*now == next) {
        if (next == PARAGRAPH || next == TABLE)
            toc_buf_char(out, '\n');
        return;
    }
    toc_buf_str(out, ends[*now]);
    toc_buf_str(out, begins[next]);
    *now = next;
}

static void add_body_line(toc_buf *out, block *now, const char *line, size_t len)
{
    size_t marks = 0;
    while (marks < len && line[marks] == '#')
        marks++;
    if (len == 0 || strspn(line, " \t") >= len) {
        change_block(out, now, NOTHING);
    } else if (marks > 0 && marks < len && line[marks] == ' ') {
        change_block(out, now, NOTHING);
        toc_buf_str(out, "<h4>");
        add_inline(out, line + marks + 1, len - marks - 1);
        toc_buf_str(out, "</h4>\n");
    } else if (len > 2 && (line[0] == '-' || line[0] == '*') && line[1] == ' ') {
        change_block(out, now, BULLETS);
        toc_buf_str(out, "<li>");
        add_inline(out, line + 2, len - 2);
        toc_buf_str(out, "</li>\n");
    } else if (line[0] == '|') {
        change_block(out, now, TABLE);
        add_line(out, line, len);
    } else {
        change_block(out, now, PARAGRAPH);
        add_inline(out, line, len);
    }
}

void toc_html_body(toc_buf *out, const char *text)
{
    block now = NOTHING;
    toc_buf_str(out, "<div class=\"body\">\n");
    for (const char *line = text; line && *line;) {
        size_t len = strcspn(line, "\n");
        add_body_line(out, &now, line, len);
        line += len + (line[len] == '\n');
    }
    change_block(out, &now, NOTHING);
    toc_buf_str(out, "</div>\n");
}

// ---- the document --------------------------------------------------------------------------------------

static void add_marking(toc_buf *out, const toc_plan *p)
{
    if (p->marking) {
        toc_buf_str(out, " &middot; ");
        toc_html_text(out, p->marking);
    }
}

static void add_bar(toc_buf *out, const toc_plan *p, const char *where)
{
    toc_buf_printf(out, "<div class=\"bar %s\">EXERCISE EXERCISE EXERCISE", where);
    add_marking(out, p);
    toc_buf_str(out, "</div>\n");
}

void toc_html_begin(toc_buf *out, const toc_plan *p, const char *kind)
{
    toc_buf_str(out,
                "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<title>EXERCISE");
    add_marking(out, p);
    toc_buf_str(out, " &middot; ");
    toc_html_text(out, p->title ? p->title : p->id);
    toc_buf_printf(out, ": %s</title>\n<style>\n%s</style>\n</head>\n<body>\n", kind, style);
    add_bar(out, p, "head");
}

void toc_html_end(toc_buf *out, const toc_plan *p)
{
    add_bar(out, p, "foot");
    toc_buf_str(out, "</body>\n</html>\n");
}

void toc_html_section(toc_buf *out, const toc_plan *p, const char *name, const char *what,
                      const char *heading)
{
    toc_buf_str(out, "<section");
    if (name) {
        toc_buf_str(out, " id=\"");
        toc_html_text(out, name);
        toc_buf_char(out, '"');
    }
    toc_buf_str(out, ">\n<p class=\"eyebrow\"><span>");
    toc_html_text(out, what);
    toc_buf_str(out, "</span><b>EXERCISE");
    add_marking(out, p);
    toc_buf_str(out, "</b></p>\n<h2>");
    toc_html_text(out, heading);
    toc_buf_str(out, "</h2>\n");
}

void toc_html_section_end(toc_buf *out)
{
    toc_buf_str(out, "</section>\n");
}

void toc_html_fact(toc_buf *out, const char *name, const char *text)
{
    if (!text || !*text)
        return;
    toc_buf_printf(out, "<dt>%s</dt><dd>", name);
    toc_html_text(out, text);
    toc_buf_str(out, "</dd>\n");
}

void toc_html_field(toc_buf *out, const toc_mel *m, const toc_mel_row *row, const char *name,
                    toc_mel_field field)
{
    toc_buf text = {0};
    toc_mel_add(&text, m, row, field);
    toc_html_fact(out, name, toc_buf_text(&text));
    toc_buf_fini(&text);
}

void toc_html_cell(toc_buf *out, const toc_mel *m, const toc_mel_row *row, toc_mel_field field)
{
    toc_buf text = {0};
    toc_mel_add(&text, m, row, field);
    toc_buf_str(out, "<td>");
    toc_html_text(out, toc_buf_text(&text));
    toc_buf_str(out, "</td>");
    toc_buf_fini(&text);
}

void toc_html_blanks(toc_buf *out, const char *const *names)
{
    toc_buf_str(out, "<div class=\"blanks\">");
    for (; *names; names++)
        toc_buf_printf(out, "<span>%s</span>", *names);
    toc_buf_str(out, "</div>\n");
}

void toc_html_lines(toc_buf *out, int count)
{
    for (int i = 0; i < count; i++)
        toc_buf_str(out, "<div class=\"line\"></div>\n");
}

void toc_html_who(toc_buf *out, const toc_plan *p, const char *id)
{
    const char *name = toc_mel_name(p, id);
    toc_html_text(out, name);
    if (strcmp(name, id) != 0) {
        toc_buf_str(out, " (");
        toc_html_text(out, id);
        toc_buf_char(out, ')');
    }
}
