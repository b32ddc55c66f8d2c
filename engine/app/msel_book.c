// SPDX-License-Identifier: MIT
// The book for those who conduct or evaluate: what is to come, and all that is needed to go on without
// machines.
#include <string.h>

#include "base/mem.h"
#include "msel_html.h"

static void add_cover(toc_buf *out, const toc_mel *m, bool is_evaluator);
static void add_counts(toc_buf *out, const toc_mel *m);
static void add_paper_rules(toc_buf *out, const toc_plan *p);
static void add_list(toc_buf *out, const toc_mel *m);
static void add_objectives(toc_buf *out, const toc_plan *p);

void toc_mel_html(toc_buf *out, const toc_mel *m, toc_mel_reader reader, size_t team)
{
    if (reader == TOC_MEL_TEAM) {
        toc_mel_team_book(out, m, team);
        return;
    }
    bool is_evaluator = reader == TOC_MEL_EVALUATORS;
    toc_html_begin(out, m->plan, is_evaluator ? "book for evaluators" : "book for EXCON");
    add_cover(out, m, is_evaluator);
    if (is_evaluator)
        toc_mel_evaluation(out, m);
    else
        add_paper_rules(out, m->plan);
    add_list(out, m);
    for (size_t i = 0; i < m->count; i++)
        if (!is_evaluator || m->rows[i].kind != TOC_MEL_EXPECTED)
            toc_mel_page(out, m, &m->rows[i]);
    if (!is_evaluator) {
        add_objectives(out, m->plan);
        toc_mel_contacts(out, m);
        toc_mel_services(out, m);
        toc_mel_storylines(out, m);
    }
    toc_mel_attachments(out, m);
    toc_html_end(out, m->plan);
}

// ---- cover -----------------------------------------------------------------------------------------------

static void add_times(toc_buf *out, const toc_mel *m)
{
    const toc_plan *p = m->plan;
    toc_buf text = {0};
    toc_story_text(&text, p->startex);
    toc_html_fact(out, "STARTEX", toc_buf_text(&text));
    toc_buf_clear(&text);
    toc_mel_time_text(&text, p->length_ms);
    toc_buf_str(&text, ", ");
    toc_story_text(&text, toc_mel_clock_story(&m->clock, p->length_ms));
    toc_html_fact(out, "ENDEX", toc_buf_text(&text));
    toc_buf_clear(&text);
    toc_duration_text(&text, p->length_ms);
    if (p->pace != 1000)
        toc_buf_printf(&text, "; story time runs %g times as fast as play",
                       (double)p->pace / 1000.0);
    toc_html_fact(out, "Length", toc_buf_text(&text));
    toc_buf_fini(&text);
}

static void add_cover(toc_buf *out, const toc_mel *m, bool is_evaluator)
{
    const toc_plan *p = m->plan;
    toc_buf_str(out, "<section class=\"cover\">\n<p class=\"eyebrow\"><span>");
    toc_buf_str(out, is_evaluator ? "Book for evaluators" : "Book for exercise control (EXCON)");
    toc_buf_str(out, "</span><b>EXERCISE</b></p>\n<h1>");
    toc_html_text(out, p->title ? p->title : p->id);
    toc_buf_str(out, "</h1>\n<dl>\n");
    toc_html_fact(out, "Exercise", p->id);
    toc_html_fact(out, "Marking", p->marking);
    add_times(out, m);
    toc_html_fact(out, "For",
                  is_evaluator ? "evaluators; not for players"
                               : "directors, controllers and simulators; not for players");
    toc_buf_str(out,
                "</dl>\n<p class=\"urgent\">This book says what is to come. Keep it out of the "
                "players' sight, count the copies, and collect them after ENDEX.</p>\n"
                "<p>All of it is invented for an exercise. Anyone may call a real emergency: "
                "then play stops at once.</p>\n<h3>Teams</h3>\n<table><thead><tr><th>Team</th>"
                "<th class=\"fix\">Id</th><th class=\"fix\">Seats</th><th>Who sits there</th>"
                "</tr></thead><tbody>\n");
    for (size_t i = 0; i < p->team_count; i++) {
        toc_buf_str(out, "<tr><td>");
        toc_html_text(out, p->teams[i].name);
        toc_buf_str(out, "</td><td>");
        toc_html_text(out, p->teams[i].id);
        toc_buf_printf(out, "</td><td>%d</td><td></td></tr>\n", p->teams[i].seats);
    }
    toc_buf_str(out, "</tbody></table>\n");
    add_counts(out, m);
    toc_html_blanks(out, (const char *const[]){"Copy no.", "Name", "Role", NULL});
    toc_html_section_end(out);
}

static void add_counts(toc_buf *out, const toc_mel *m)
{
    size_t counts[TOC_MEL_ENDEX + 1] = {0};
    for (size_t i = 0; i < m->count; i++)
        counts[m->rows[i].kind]++;
    toc_buf_printf(out,
                   "<p>In this book: %zu injects and %zu contingency injects, %zu decisions, %zu "
                   "expected actions, %zu phases.</p>\n",
                   counts[TOC_MEL_INJECT], counts[TOC_MEL_CONTINGENCY], counts[TOC_MEL_DECISION],
                   counts[TOC_MEL_EXPECTED], counts[TOC_MEL_PHASE]);
}

// ---- when the machines fail ---------------------------------------------------------------------------------

static void add_paper_rules(toc_buf *out, const toc_plan *p)
{
    toc_html_section(out, p, NULL, "When the machines fail", "To conduct from this book");
    toc_buf_str(
        out,
        "<ol>\n"
        "<li>Say PAUSEX to everybody. Write down the play time and what was sent last.</li>\n"
        "<li>One controller keeps the clock: a wall clock, and the time of STARTEX on a board. "
        "Times in this book count from STARTEX; a pause stops them.</li>\n"
        "<li>Go down the list. At its time, read the inject out to its teams or hand it over as a "
        "copy; begin and end with EXERCISE. Notes for controllers are never read out.</li>\n"
        "<li>Enter on its page when it was delivered, and by whom. This is the record.</li>\n"
        "<li>Teams write to each other on paper, through you. Log each message: when, from, to, "
        "what.</li>\n"
        "<li>When a decision is due, take the team's answer in writing, with its reason. Its page "
        "says what each answer brings, and when.</li>\n"
        "<li>At the deadline of an expected action, ask the evaluator. If it was not observed, its "
        "contingency inject goes, or waits for the director's word, as its page says.</li>\n"
        "<li>What follows from levels of services you must judge yourselves: the engine would have "
        "reckoned it. <span class=\"soft\">tocsin world</span> prints the model beforehand.</li>\n"
        "<li>A real emergency stops everything. Say &quot;real emergency&quot;, "
        "not an exercise word, and help.</li>\n"
        "</ol>\n<h3>Log</h3>\n<table class=\"form\"><thead><tr><th>Time</th><th>From</th><th>To"
        "</th><th style=\"width:60%\">What</th></tr></thead><tbody>\n");
    for (int i = 0; i < 8; i++)
        toc_buf_str(out, "<tr><td></td><td></td><td></td><td></td></tr>\n");
    toc_buf_str(out, "</tbody></table>\n");
    toc_html_section_end(out);
}

// ---- the list ----------------------------------------------------------------------------------------------

// The planned time; or when it can come at the earliest; or below what it stands.
static void add_when(toc_buf *out, const toc_mel *m, const toc_mel_row *row)
{
    toc_buf_str(out, "<td>");
    if (row->play >= 0) {
        toc_mel_time_text(out, row->play);
    } else if (row->earliest >= 0) {
        toc_buf_str(out, "from\n");
        toc_mel_time_text(out, row->earliest);
    } else {
        toc_buf_str(out, "<span class=\"soft\">open</span>");
    }
    toc_buf_str(out, "</td><td class=\"fix\">");
    if (row->play >= 0)
        toc_story_clock_text(out, toc_mel_clock_story(&m->clock, row->play));
    toc_buf_str(out, "</td>");
}

// "inject, read aloud"
static void add_kind(toc_buf *out, const toc_mel *m, const toc_mel_row *row)
{
    toc_buf kind = {0};
    toc_mel_add(&kind, m, row, TOC_MEL_F_KIND);
    toc_buf_str(out, "<td>");
    toc_html_text(out, toc_buf_text(&kind));
    toc_buf_str(out, toc_mel_is_told(m->plan, row) ? ", read aloud</td>" : "</td>");
    toc_buf_fini(&kind);
}

static void add_list(toc_buf *out, const toc_mel *m)
{
    static const struct {
        const char *name, *percent;
    } columns[] = {{"No.", "5"},   {"Time", "10"}, {"Story", "8"},  {"Id", "11"}, {"Kind", "13"},
                   {"From", "14"}, {"To", "11"},   {"Title", "20"}, {"Sent", "8"}};
    toc_html_section(out, m->plan, "list", "MSEL", "Master scenario events list");
    toc_buf_str(out, "<p class=\"hint\">In the order in which control meets them. "
                     "<i>from</i>: a storyline sends it, not before that time. <i>open</i>: only "
                     "what its page names sends it; it stands below that where it is known.</p>\n"
                     "<table class=\"list\"><thead><tr>");
    for (size_t i = 0; i < TOC_COUNT(columns); i++)
        toc_buf_printf(out, "<th style=\"width:%s%%\">%s</th>", columns[i].percent,
                       columns[i].name);
    toc_buf_str(out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < m->count; i++) {
        const toc_mel_row *row = &m->rows[i];
        toc_buf_printf(out, "<tr><td><a href=\"#row-%zu\">%zu</a></td>", i + 1, i + 1);
        add_when(out, m, row);
        toc_html_cell(out, m, row, TOC_MEL_F_ID);
        add_kind(out, m, row);
        toc_html_cell(out, m, row, TOC_MEL_F_FROM);
        toc_html_cell(out, m, row, TOC_MEL_F_TO);
        toc_html_cell(out, m, row, TOC_MEL_F_TITLE);
        toc_buf_str(out, "<td></td></tr>\n");
    }
    toc_buf_str(out, "</tbody></table>\n");
    toc_html_section_end(out);
}

static void add_objectives(toc_buf *out, const toc_plan *p)
{
    if (p->objective_count == 0)
        return;
    toc_html_section(out, p, NULL, "Objectives", "What the exercise tests");
    toc_buf_str(out, "<table><thead><tr><th>Id</th><th>Objective</th><th>Capability</th><th>Teams"
                     "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < p->objective_count; i++) {
        const toc_objective *objective = &p->objectives[i];
        toc_buf_str(out, "<tr><td class=\"fix\">");
        toc_html_text(out, objective->id);
        toc_buf_str(out, "</td><td>");
        toc_html_text(out, objective->text);
        toc_buf_str(out, "</td><td>");
        toc_html_text(out, objective->capability);
        toc_buf_str(out, "</td><td>");
        for (size_t k = 0; k < objective->team_count; k++) {
            toc_buf_str(out, k ? ", " : "");
            toc_html_text(out, p->teams[objective->teams[k]].id);
        }
        toc_buf_str(out, "</td></tr>\n");
    }
    toc_buf_str(out, "</tbody></table>\n");
    toc_html_section_end(out);
}
