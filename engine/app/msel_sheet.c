// SPDX-License-Identifier: MIT
// Evaluators' sheets, one a team: what it receives and what should come of it, the expected actions, the objectives to rate, with room to
// write times. They are filled in by hand during play.
#include <string.h>

#include "msel_html.h"

static void add_sheet(toc_buf *out, const toc_mel *m, size_t team);
static void add_head(toc_buf *out, const toc_mel *m, size_t team);
static void add_received(toc_buf *out, const toc_mel *m, size_t team);
static void add_received_row(toc_buf *out, const toc_mel *m, const toc_mel_row *row, size_t team);
static void add_reaction(toc_buf *out, const toc_mel *m, const toc_mel_row *row, size_t team);
static void add_actions(toc_buf *out, const toc_mel *m, size_t team);
static void add_objectives(toc_buf *out, const toc_mel *m, size_t team);
static bool is_received(const toc_plan *p, const toc_mel_row *row, size_t team);
static bool is_tested(const toc_objective *objective, size_t team);
static void add_when(toc_buf *out, const toc_mel_row *row);
static void add_boxes(toc_buf *out, const char *const *words);

void toc_mel_sheets(toc_buf *out, const toc_mel *m, size_t team)
{
    toc_html_begin(out, m->plan, "evaluators' sheets");
    for (size_t i = 0; i < m->plan->team_count; i++)
        if (team == TOC_NONE || team == i)
            add_sheet(out, m, i);
    toc_html_end(out, m->plan);
}

static void add_sheet(toc_buf *out, const toc_mel *m, size_t team)
{
    toc_buf what = {0};
    toc_buf_printf(&what, "Evaluator's sheet: %s", m->plan->title ? m->plan->title : m->plan->id);
    toc_html_section(out, m->plan, m->plan->teams[team].id, toc_buf_text(&what),
                     m->plan->teams[team].name);
    add_head(out, m, team);
    add_received(out, m, team);
    add_actions(out, m, team);
    add_objectives(out, m, team);
    toc_html_section_end(out);
    toc_buf_fini(&what);
}

static void add_head(toc_buf *out, const toc_mel *m, size_t team)
{
    toc_buf story = {0};
    toc_story_text(&story, m->plan->startex);
    toc_buf_str(out, "<dl>\n");
    toc_html_fact(out, "Team", m->plan->teams[team].id);
    toc_html_fact(out, "STARTEX, in the story", toc_buf_text(&story));
    toc_buf_str(out, "</dl>\n");
    toc_html_blanks(out, (const char *const[]){"Evaluator", "Date", "STARTEX by the wall", NULL});
    toc_buf_str(out, "<p class=\"urgent\">This sheet says what is to come. Keep it out of the "
                     "players' sight.</p>\n<p class=\"hint\">Observe; never help, and never ask "
                     "leading questions. Write what you see and hear with its time, in play (T+) "
                     "or by the wall. What was written on paper can be entered later: o at the "
                     "terminal, with the time at which it was.</p>\n");
    toc_buf_fini(&story);
}

static void add_received(toc_buf *out, const toc_mel *m, size_t team)
{
    toc_buf_str(out, "<h3>What they receive, and what should come of it</h3>\n"
                     "<table class=\"list\"><thead><tr><th style=\"width:10%\">Time</th>"
                     "<th style=\"width:11%\">Id</th><th style=\"width:25%\">What they receive"
                     "</th><th style=\"width:26%\">Expected</th><th style=\"width:10%\">Seen at"
                     "</th><th style=\"width:18%\">What they did</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < m->count; i++)
        if (is_received(m->plan, &m->rows[i], team))
            add_received_row(out, m, &m->rows[i], team);
    toc_buf_str(out, "</tbody></table>\n");
}

static void add_received_row(toc_buf *out, const toc_mel *m, const toc_mel_row *row, size_t team)
{
    toc_buf text = {0};
    toc_buf_str(out, "<tr>");
    add_when(out, row);
    toc_html_cell(out, m, row, TOC_MEL_F_ID);
    toc_mel_add(&text, m, row, TOC_MEL_F_TITLE);
    toc_buf_str(&text, row->kind == TOC_MEL_DECISION      ? " (they are asked to decide)"
                       : row->kind == TOC_MEL_CONTINGENCY ? " (only if an action is not seen)"
                                                          : "");
    toc_buf_str(out, "<td>");
    toc_html_text(out, toc_buf_text(&text));
    toc_buf_clear(&text);
    toc_mel_add(&text, m, row, TOC_MEL_F_FROM);
    if (text.len > 0) {
        toc_buf_str(out, "\nfrom ");
        toc_html_text(out, toc_buf_text(&text));
    }
    toc_buf_str(out, "</td><td>");
    add_reaction(out, m, row, team);
    toc_buf_str(out, "</td><td></td><td></td></tr>\n");
    toc_buf_fini(&text);
}

// The actions of this team that hang on an inject; the options of a decision.
static void add_reaction(toc_buf *out, const toc_mel *m, const toc_mel_row *row, size_t team)
{
    const toc_plan *p = m->plan;
    size_t count = 0;
    if (row->kind == TOC_MEL_DECISION) {
        toc_buf options = {0};
        toc_mel_add(&options, m, row, TOC_MEL_F_OPTIONS);
        toc_html_text(out, toc_buf_text(&options));
        toc_buf_fini(&options);
        return;
    }
    for (size_t i = 0; i < p->expectation_count; i++) {
        const toc_expectation *x = &p->expectations[i];
        if (x->team != team || x->contingency == row->index || !toc_mel_hangs_on(x, row->index))
            continue;
        toc_buf_str(out, count++ ? "\n" : "");
        toc_html_text(out, x->id);
        toc_buf_str(out, " ");
        toc_html_text(out, x->text);
    }
}

static void add_actions(toc_buf *out, const toc_mel *m, size_t team)
{
    static const char *const words[] = {"met", "late", "not observed", "not exercised", NULL};
    size_t count = 0;
    for (size_t i = 0; i < m->count; i++) {
        const toc_mel_row *row = &m->rows[i];
        if (row->kind != TOC_MEL_EXPECTED || m->plan->expectations[row->index].team != team)
            continue;
        if (count++ == 0)
            toc_buf_str(out, "<h3>What they should do</h3>\n<table class=\"list\"><thead><tr>"
                             "<th style=\"width:12%\">Id</th><th style=\"width:14%\">Due</th>"
                             "<th>Expected action</th><th style=\"width:18%\">How it is observed"
                             "</th><th style=\"width:17%\">Seen</th><th style=\"width:14%\">When, "
                             "what</th></tr></thead><tbody>\n");
        toc_buf_str(out, "<tr>");
        toc_html_cell(out, m, row, TOC_MEL_F_ID);
        toc_html_cell(out, m, row, TOC_MEL_F_DEADLINE);
        toc_html_cell(out, m, row, TOC_MEL_F_TITLE);
        toc_html_cell(out, m, row, TOC_MEL_F_TRIGGER);
        toc_buf_str(out, "<td class=\"boxes\">");
        add_boxes(out, words);
        toc_buf_str(out, "</td><td></td></tr>\n");
    }
    toc_buf_str(out, count ? "</tbody></table>\n" : "");
}

static void add_objectives(toc_buf *out, const toc_mel *m, size_t team)
{
    static const char *const ratings[] = {
        "P  performed without challenges", "S  performed with some challenges",
        "M  performed with major challenges (still achieved)", "U  unable to be performed", NULL};
    for (size_t i = 0; i < m->plan->objective_count; i++) {
        const toc_objective *objective = &m->plan->objectives[i];
        if (!is_tested(objective, team))
            continue;
        toc_buf_str(out, "<h3>Objective ");
        toc_html_text(out, objective->id);
        toc_buf_str(out, "</h3>\n");
        toc_html_body(out, objective->text);
        toc_buf_str(out, "<table><tbody><tr><td class=\"boxes\">");
        add_boxes(out, ratings);
        toc_buf_str(out, "</td></tr></tbody></table>\n<p>Why: what went well, what did not</p>\n");
        toc_html_lines(out, 3);
    }
}

static bool is_received(const toc_plan *p, const toc_mel_row *row, size_t team)
{
    if (row->kind == TOC_MEL_DECISION)
        return strcmp(p->decisions[row->index].team, p->teams[team].id) == 0;
    if (row->kind != TOC_MEL_INJECT && row->kind != TOC_MEL_CONTINGENCY)
        return false;
    const toc_inject *inject = &p->injects[row->index];
    for (size_t i = 0; i < inject->to_count; i++)
        if (inject->to[i] == team)
            return true;
    return false;
}

static bool is_tested(const toc_objective *objective, size_t team)
{
    for (size_t i = 0; i < objective->team_count; i++)
        if (objective->teams[i] == team)
            return true;
    return false;
}

// "T+0:12"; "from T+0:15" where a storyline sends it; "open" where nobody knows.
static void add_when(toc_buf *out, const toc_mel_row *row)
{
    toc_buf text = {0};
    if (row->play < 0 && row->earliest > 0)
        toc_buf_str(&text, "from ");
    if (row->play >= 0 || row->earliest > 0)
        toc_mel_time_text(&text, row->play >= 0 ? row->play : row->earliest);
    toc_buf_str(out, "<td>");
    toc_html_text(out, text.len ? toc_buf_text(&text) : "open");
    toc_buf_str(out, "</td>");
    toc_buf_fini(&text);
}

static void add_boxes(toc_buf *out, const char *const *words)
{
    for (size_t i = 0; words[i]; i++)
        toc_buf_printf(out, "%s<span class=\"box\"></span>%s", i ? "\n" : "", words[i]);
}
