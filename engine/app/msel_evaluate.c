// SPDX-License-Identifier: MIT
// What evaluators fill in: what is to be observed, in time order, and a sheet an objective.
#include <string.h>

#include "msel_html.h"

static void add_observed(toc_buf *out, const toc_mel *m);
static void add_objective(toc_buf *out, const toc_mel *m, const toc_objective *objective);
static void add_tasks(toc_buf *out, const toc_mel *m, const toc_objective *objective);

void toc_mel_evaluation(toc_buf *out, const toc_mel *m)
{
    add_observed(out, m);
    for (size_t i = 0; i < m->plan->objective_count; i++)
        add_objective(out, m, &m->plan->objectives[i]);
}

static void add_boxes(toc_buf *out)
{
    static const char *const words[] = {"met", "late", "not observed", "not exercised", NULL};
    toc_buf_str(out, "<td class=\"boxes\">");
    for (size_t i = 0; words[i]; i++)
        toc_buf_printf(out, "%s<span class=\"box\"></span>%s", i ? "\n" : "", words[i]);
    toc_buf_str(out, "</td>");
}

static void add_observed(toc_buf *out, const toc_mel *m)
{
    toc_html_section(out, m->plan, "expected", "Evaluation", "Expected actions");
    toc_buf_str(out, "<p class=\"hint\">Observe; never help, and never ask leading questions. Not "
                     "observed: it was due, and nobody saw it. Not exercised: play never came to "
                     "it.</p>\n<table class=\"list\"><thead><tr><th style=\"width:12%\">Id</th>"
                     "<th style=\"width:12%\">Team</th><th style=\"width:13%\">Due</th><th>What "
                     "they should do</th><th style=\"width:14%\">How it is observed</th>"
                     "<th style=\"width:17%\">Seen</th><th style=\"width:12%\">When, what</th>"
                     "</tr></thead><tbody>\n");
    for (size_t i = 0; i < m->count; i++) {
        const toc_mel_row *row = &m->rows[i];
        if (row->kind != TOC_MEL_EXPECTED)
            continue;
        toc_buf_printf(out, "<tr id=\"row-%zu\">", i + 1);
        toc_html_cell(out, m, row, TOC_MEL_F_ID);
        toc_html_cell(out, m, row, TOC_MEL_F_TO);
        toc_html_cell(out, m, row, TOC_MEL_F_DEADLINE);
        toc_html_cell(out, m, row, TOC_MEL_F_TITLE);
        toc_html_cell(out, m, row, TOC_MEL_F_TRIGGER);
        add_boxes(out);
        toc_buf_str(out, "<td></td></tr>\n");
    }
    toc_buf_str(out, "</tbody></table>\n");
    toc_html_section_end(out);
}

static void add_objective(toc_buf *out, const toc_mel *m, const toc_objective *objective)
{
    static const char *const ratings[] = {
        "P  performed without challenges", "S  performed with some challenges",
        "M  performed with major challenges (still achieved)", "U  unable to be performed", NULL};
    toc_buf teams = {0};
    for (size_t i = 0; i < objective->team_count; i++)
        toc_buf_printf(&teams, "%s%s", i ? ", " : "", m->plan->teams[objective->teams[i]].name);
    toc_html_section(out, m->plan, NULL, "Evaluation: objective", objective->id);
    toc_html_body(out, objective->text);
    toc_buf_str(out, "<dl>\n");
    toc_html_fact(out, "Capability", objective->capability);
    toc_html_fact(out, "Teams", toc_buf_text(&teams));
    toc_buf_str(out, "</dl>\n");
    add_tasks(out, m, objective);
    toc_buf_str(out, "<h3>Rating</h3>\n<table><tbody>\n");
    for (size_t i = 0; ratings[i]; i++)
        toc_buf_printf(out, "<tr><td><span class=\"box\"></span>%s</td></tr>\n", ratings[i]);
    toc_buf_str(out, "</tbody></table>\n<h3>What was seen and heard, with times</h3>\n");
    toc_html_lines(out, 4);
    toc_buf_str(out, "<h3>Strengths</h3>\n");
    toc_html_lines(out, 2);
    toc_buf_str(out, "<h3>Areas for improvement, and why</h3>\n");
    toc_html_lines(out, 2);
    toc_html_blanks(out, (const char *const[]){"Evaluator", "Team", "Date", NULL});
    toc_html_section_end(out);
    toc_buf_fini(&teams);
}

// The expected actions that are evidence for an objective.
static void add_tasks(toc_buf *out, const toc_mel *m, const toc_objective *objective)
{
    bool is_first = true;
    for (size_t i = 0; i < m->count; i++) {
        const toc_mel_row *row = &m->rows[i];
        if (row->kind != TOC_MEL_EXPECTED || toc_mel_objective(m->plan, row) != objective)
            continue;
        toc_buf_str(out, is_first ? "<h3>Evidence to look for</h3>\n<table><tbody>\n" : "");
        is_first = false;
        toc_buf_str(out, "<tr>");
        toc_html_cell(out, m, row, TOC_MEL_F_ID);
        toc_html_cell(out, m, row, TOC_MEL_F_TO);
        toc_html_cell(out, m, row, TOC_MEL_F_TITLE);
        toc_buf_str(out, "</tr>\n");
    }
    toc_buf_str(out, is_first ? "" : "</tbody></table>\n");
}
