// SPDX-License-Identifier: MIT
// The list as a spreadsheet.
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/mem.h"
#include "msel_fields.h"
#include "msel_out.h"

enum {
    FORM_ROWS = 20,
};

static const struct {
    const char *name;
    toc_mel_field field;
} columns[] = {
    {"Serial", TOC_MEL_F_SERIAL},
    {"Kind", TOC_MEL_F_KIND},
    {"Id", TOC_MEL_F_ID},
    {"Planned time", TOC_MEL_F_TIME},
    {"Story time", TOC_MEL_F_STORY},
    {"Trigger", TOC_MEL_F_TRIGGER},
    {"From", TOC_MEL_F_FROM},
    {"To", TOC_MEL_F_TO},
    {"Channel", TOC_MEL_F_CHANNEL},
    {"Read aloud by", TOC_MEL_F_VOICE},
    {"Title", TOC_MEL_F_TITLE},
    {"Text", TOC_MEL_F_TEXT},
    {"Notes for controllers", TOC_MEL_F_NOTES},
    {"Objective", TOC_MEL_F_OBJECTIVE},
    {"Capability", TOC_MEL_F_CAPABILITY},
    {"Expected action", TOC_MEL_F_EXPECTED},
    {"Release", TOC_MEL_F_RELEASE},
    {"Attachments", TOC_MEL_F_ATTACHMENTS},
    {"Seats", TOC_MEL_F_SEATS},
    {"Deadline", TOC_MEL_F_DEADLINE},
    {"Options", TOC_MEL_F_OPTIONS},
};
// What people fill in.
static const char *const for_planners[] = {"Controller", "Status", "Remarks"};
static const char *const for_evaluators[] = {"Observed (met, late, not observed)", "Observed at",
                                             "Rating (P S M U)", "Remarks"};
static const char *const for_teams[] = {"No.",          "Time",
                                        "Story time",   "From",
                                        "To",           "By (phone, email, paper)",
                                        "What it says", "What we did or decided",
                                        "Why",          "Who",
                                        "Answer due",   "Remarks"};

static void add_header(toc_buf *out, toc_mel_reader reader);
static void add_row(toc_buf *out, const toc_mel *m, const toc_mel_row *row, toc_mel_reader reader);
static void add_objectives(toc_buf *out, const toc_mel *m);
static void add_form(toc_buf *out, const toc_plan *p, size_t team);
static void add_marking(toc_buf *out, const toc_plan *p);

void toc_mel_csv(toc_buf *out, const toc_mel *m, toc_mel_reader reader, size_t team)
{
    toc_buf_str(out, TOC_CSV_MARK);
    if (reader == TOC_MEL_TEAM) {
        add_form(out, m->plan, team);
        return;
    }
    add_header(out, reader);
    bool is_evaluator = reader == TOC_MEL_EVALUATORS;
    for (size_t i = 0; is_evaluator && i < m->count; i++)
        if (m->rows[i].kind == TOC_MEL_EXPECTED)
            add_row(out, m, &m->rows[i], reader);
    if (is_evaluator)
        add_objectives(out, m);
    for (size_t i = 0; i < m->count; i++)
        if (!is_evaluator || m->rows[i].kind != TOC_MEL_EXPECTED)
            add_row(out, m, &m->rows[i], reader);
}

static void add_empty(toc_buf *out, toc_mel_reader reader)
{
    size_t count =
        reader == TOC_MEL_EVALUATORS ? TOC_COUNT(for_evaluators) : TOC_COUNT(for_planners);
    for (size_t i = 0; i < count; i++)
        toc_buf_char(out, ',');
    toc_buf_str(out, "\r\n");
}

static void add_header(toc_buf *out, toc_mel_reader reader)
{
    bool is_evaluator = reader == TOC_MEL_EVALUATORS;
    size_t count = is_evaluator ? TOC_COUNT(for_evaluators) : TOC_COUNT(for_planners);
    toc_csv_cell(out, "Marking", true);
    for (size_t i = 0; i < TOC_COUNT(columns); i++)
        toc_csv_cell(out, columns[i].name, false);
    for (size_t i = 0; i < count; i++)
        toc_csv_cell(out, is_evaluator ? for_evaluators[i] : for_planners[i], false);
    toc_buf_str(out, "\r\n");
}

static void add_row(toc_buf *out, const toc_mel *m, const toc_mel_row *row, toc_mel_reader reader)
{
    toc_buf text = {0};
    add_marking(out, m->plan);
    for (size_t i = 0; i < TOC_COUNT(columns); i++) {
        toc_buf_clear(&text);
        toc_mel_add(&text, m, row, columns[i].field);
        toc_csv_cell(out, toc_buf_text(&text), false);
    }
    toc_buf_fini(&text);
    add_empty(out, reader);
}

// What the evaluators rate.
static void add_objectives(toc_buf *out, const toc_mel *m)
{
    for (size_t i = 0; i < m->plan->objective_count; i++) {
        const toc_objective *objective = &m->plan->objectives[i];
        toc_buf teams = {0};
        for (size_t k = 0; k < objective->team_count; k++)
            toc_buf_printf(&teams, "%s%s", k ? ", " : "", m->plan->teams[objective->teams[k]].id);
        add_marking(out, m->plan);
        for (size_t k = 0; k < TOC_COUNT(columns); k++) {
            static const char *const empty = "";
            toc_mel_field field = columns[k].field;
            toc_csv_cell(out,
                         field == TOC_MEL_F_KIND         ? "objective"
                         : field == TOC_MEL_F_ID         ? objective->id
                         : field == TOC_MEL_F_TO         ? toc_buf_text(&teams)
                         : field == TOC_MEL_F_TITLE      ? objective->text
                         : field == TOC_MEL_F_CAPABILITY ? objective->capability
                                                         : empty,
                         false);
        }
        add_empty(out, TOC_MEL_EVALUATORS);
        toc_buf_fini(&teams);
    }
}

// An empty log, for a team whose terminals have failed.
static void add_form(toc_buf *out, const toc_plan *p, size_t team)
{
    toc_csv_cell(out, "Marking", true);
    toc_csv_cell(out, "Team", false);
    for (size_t i = 0; i < TOC_COUNT(for_teams); i++)
        toc_csv_cell(out, for_teams[i], false);
    toc_buf_str(out, "\r\n");
    for (int row = 1; row <= FORM_ROWS; row++) {
        add_marking(out, p);
        toc_csv_cell(out, p->teams[team].id, false);
        toc_buf_printf(out, ",%d", row);
        for (size_t i = 1; i < TOC_COUNT(for_teams); i++)
            toc_buf_char(out, ',');
        toc_buf_str(out, "\r\n");
    }
}

// It stands in each row, so that a filtered or sorted print keeps it.
static void add_marking(toc_buf *out, const toc_plan *p)
{
    toc_buf text = {0};
    toc_buf_printf(&text, "EXERCISE%s%s", p->marking ? " / " : "", p->marking ? p->marking : "");
    toc_csv_cell(out, toc_buf_text(&text), true);
    toc_buf_fini(&text);
}
