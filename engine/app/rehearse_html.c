// SPDX-License-Identifier: MIT
// rehearsal.html: one file that needs nothing else, for those who plan and do not sit at a terminal.
#include <string.h>

#include "base/text.h"
#include "rehearse_page.h"

enum { FINDINGS = 200 };

static const char style[] =
    ":root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--line:#d0d7de;--paper:#fff;"
    "--fill:#f3f5f7;--inject:#2f6fb3;--decision:#b35900;--action:#6a7a2f;--bad:#a31621;--good:#"
    "1f7a3d}\n"
    "@media(prefers-color-scheme:dark){:root{--ink:#e6e8eb;--soft:#a5adb7;--line:#3d444d;"
    "--paper:#15181c;--fill:#1f242a;--inject:#6cb0f0;--decision:#f0a35c;--action:#b9cc6a;"
    "--bad:#ff8087;--good:#6fd08c}}\n"
    "body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}\n"
    ".banner{padding:.4rem 1rem;background:var(--ink);color:var(--paper);font-weight:700;"
    "letter-spacing:.06em}\n"
    "main{max-width:64rem;margin:0 auto;padding:1rem}\n"
    "h1{font-size:1.7rem;line-height:1.2;margin:.6rem 0}h2{font-size:1.2rem;margin:2.2rem 0 .6rem;"
    "border-bottom:1px solid var(--line)}\n"
    ".verdict{font-size:1.15rem;padding:.6rem .9rem;border-left:.4rem solid var(--good);"
    "background:var(--fill)}.verdict.bad{border-color:var(--bad)}\n"
    "dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.6rem;margin:1rem "
    "0}"
    "dl div{padding:.4rem .7rem;background:var(--fill)}dt{color:var(--soft);font-size:.85rem}"
    "dd{margin:0;font-size:1.2rem}\n"
    "table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{text-align:left;"
    "padding:.25rem .6rem .25rem 0;border-bottom:1px solid var(--line);vertical-align:top}"
    "td.n,th.n{text-align:right;padding-right:1rem;font-variant-numeric:tabular-nums}tr.gap "
    "td{background:var(--fill);"
    "font-weight:600}\n"
    "code{font:.85rem/1.4 ui-monospace,monospace;overflow-wrap:anywhere}\n"
    "ol.found{list-style:none;padding:0}ol.found li{padding:.5rem .9rem;margin:.5rem 0;"
    "border-left:.3rem solid var(--decision);background:var(--fill)}"
    "ol.found li.error{border-color:var(--bad)}ol.found p{margin:.2rem 0}.soft{color:var(--soft)}\n"
    "figure{margin:0;overflow-x:auto}svg{display:block;min-width:46rem;width:100%;height:auto}"
    "svg text{font:12px system-ui,sans-serif;fill:var(--ink)}svg .soft{fill:var(--soft)}"
    "svg .rule{stroke:var(--line);fill:none}svg "
    ".link{stroke:var(--soft);fill:none;stroke-width:1.5}"
    "svg .inject{fill:var(--inject)}svg .decision{fill:var(--decision)}svg .action{fill:none;"
    "stroke:var(--action);stroke-width:2}svg .endex{stroke:var(--bad);stroke-width:2}"
    "svg .level{stroke:var(--decision);fill:none;"
    "stroke-width:2}svg .box{fill:var(--fill);stroke:var(--soft)}svg "
    ".bad{fill:var(--bad);font-weight:700}\n"
    "table.map tbody{border-bottom:2px solid var(--line)}table.map tbody th{width:32%;"
    "padding-top:.5rem}td.bad{color:var(--bad);font-weight:700}\n"
    "details{margin:.6rem 0}summary{cursor:pointer}\n"
    "@media print{:root{--ink:#000;--soft:#333;--line:#999;--paper:#fff;--fill:#fff}"
    "main{max-width:none}details>*{display:block}details::details-content{content-visibility:"
    "visible;"
    "height:auto}h2{break-after:avoid}li,tr,svg{break-inside:avoid}svg{min-width:0}}\n";

static void add_head(toc_buf *out, const toc_rehearsal *r);
static void add_banner(toc_buf *out, const toc_rehearsal *r, const char *tag);
static void add_verdict(toc_buf *out, const toc_rehearsal *r);
static void add_numbers(toc_buf *out, const toc_rehearsal *r);
static void add_findings(toc_buf *out, const toc_rehearsal *r);

void toc_rehearse_html(toc_buf *out, const toc_rehearsal *r)
{
    add_head(out, r);
    add_banner(out, r, "header");
    toc_buf_str(out, "<main>\n<h1>Rehearsal: ");
    toc_page_text(out, r->plan->title);
    toc_buf_str(out, "</h1>\n");
    add_verdict(out, r);
    add_numbers(out, r);
    add_findings(out, r);
    if (r->survey->path_count > 0) {
        toc_page_timeline(out, r);
        toc_page_load(out, r);
        toc_page_map(out, r);
        toc_page_coverage(out, r);
    }
    toc_buf_str(out, "</main>\n");
    add_banner(out, r, "footer");
    toc_buf_str(out, "</body></html>\n");
}

void toc_page_text(toc_buf *out, const char *text)
{
    if (text)
        toc_text_html(out, text, strlen(text), false);
}

static void add_head(toc_buf *out, const toc_rehearsal *r)
{
    toc_buf_str(out, "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
                     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                     "style-src 'unsafe-inline'; img-src data:\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                     "<title>EXERCISE: rehearsal of ");
    toc_page_text(out, r->plan->title);
    toc_buf_printf(out, "</title>\n<style>\n%s</style></head>\n<body>\n", style);
}

static void add_banner(toc_buf *out, const toc_rehearsal *r, const char *tag)
{
    toc_buf_printf(out, "<%s class=\"banner\">EXERCISE EXERCISE EXERCISE &nbsp; ", tag);
    toc_page_text(out, r->plan->marking);
    toc_buf_printf(out, "</%s>\n", tag);
}

static void add_verdict(toc_buf *out, const toc_rehearsal *r)
{
    toc_buf verdict = {0};
    toc_rehearsal_verdict(&verdict, r);
    toc_buf_printf(out, "<p class=\"verdict%s\">",
                   r->survey->path_count == 0 || toc_rehearsal_errors(r) ? " bad" : "");
    toc_page_text(out, toc_buf_text(&verdict));
    toc_buf_str(out, "</p>\n");
    toc_buf_fini(&verdict);
}

static void begin_number(toc_buf *out, const char *name)
{
    toc_buf_printf(out, "<div><dt>%s</dt><dd>", name);
}

static void add_count(toc_buf *out, const char *name, size_t n)
{
    begin_number(out, name);
    toc_buf_printf(out, "%zu</dd></div>\n", n);
}

static void add_time(toc_buf *out, const char *name, int64_t ms)
{
    begin_number(out, name);
    toc_short_play(out, ms);
    toc_buf_str(out, "</dd></div>\n");
}

static void add_numbers(toc_buf *out, const toc_rehearsal *r)
{
    const toc_survey *s = r->survey;
    toc_buf_str(out, "<dl>\n");
    add_count(out, "paths played", s->path_count);
    begin_number(out, "how");
    toc_buf_printf(out, "%s</dd></div>\n", toc_strategy_words(s->strategy));
    begin_number(out, "seed");
    toc_buf_printf(out, "%llu</dd></div>\n", (unsigned long long)s->seed);
    add_count(out, "paths with ENDEX", s->ended);
    if (s->ended > 0) {
        add_time(out, "earliest ENDEX", s->endex_first);
        add_time(out, "half of them by", s->endex_median);
        add_time(out, "latest ENDEX", s->endex_last);
    }
    if (r->plans_played > 0) {
        begin_number(out, "play plans that came out");
        toc_buf_printf(out, "%zu of %zu</dd></div>\n", r->plans_good, r->plans_played);
    }
    toc_buf_str(out, "</dl>\n");
}

static void add_findings(toc_buf *out, const toc_rehearsal *r)
{
    toc_buf_str(out, "<h2 id=\"findings\">Findings</h2>\n");
    if (r->finding_count == 0) {
        toc_buf_str(out, "<p>None.</p>\n");
        return;
    }
    toc_buf_str(out, "<p class=\"soft\">The last line of each is the command that shows it.</p>\n"
                     "<ol class=\"found\">\n");
    for (size_t i = 0; i < r->finding_count && i < FINDINGS; i++) {
        const toc_shown *f = &r->findings[i];
        bool is_error = f->is_error;
        toc_buf_printf(out, "<li class=\"%s\"><p><strong>%s: %s</strong>",
                       is_error ? "error" : "warning", is_error ? "Error" : "Warning",
                       toc_found_name(f->kind));
        if (f->file[0]) {
            toc_buf_str(out, " <span class=\"soft\">");
            toc_page_text(out, f->file);
            if (f->line > 0)
                toc_buf_printf(out, ":%d", f->line);
            toc_buf_str(out, "</span>");
        }
        toc_buf_str(out, "</p><p>");
        toc_page_text(out, f->text);
        toc_buf_str(out, "</p>");
        if (f->again) {
            toc_buf_str(out, "<p><code>");
            toc_page_text(out, f->again);
            toc_buf_str(out, "</code></p>");
        }
        toc_buf_str(out, "</li>\n");
    }
    toc_buf_str(out, "</ol>\n");
    if (r->finding_count > FINDINGS)
        toc_buf_printf(out, "<p>And %zu more, which <code>--json</code> has.</p>\n",
                       r->finding_count - FINDINGS);
}
