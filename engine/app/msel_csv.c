// SPDX-License-Identifier: MIT
// The list as a spreadsheet. A cell must never be a formula: it would run on the planner's machine.
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "msel_fields.h"
#include "msel_out.h"

enum {
    CELL_MAX = 32000, // bytes; Excel takes 32,767 characters and breaks a longer cell apart
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
static void add_cell(toc_buf *out, const char *text, bool is_first);
static void add_marking(toc_buf *out, const toc_plan *p);
static bool is_formula(const char *text, size_t len);
static bool is_misread(const char *text, size_t len);

void toc_mel_csv(toc_buf *out, const toc_mel *m, toc_mel_reader reader, size_t team)
{
    toc_buf_str(out,
                "\xEF\xBB\xBF"); // Excel takes a file without it for the machine's old code page
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
    add_cell(out, "Marking", true);
    for (size_t i = 0; i < TOC_COUNT(columns); i++)
        add_cell(out, columns[i].name, false);
    for (size_t i = 0; i < count; i++)
        add_cell(out, is_evaluator ? for_evaluators[i] : for_planners[i], false);
    toc_buf_str(out, "\r\n");
}

static void add_row(toc_buf *out, const toc_mel *m, const toc_mel_row *row, toc_mel_reader reader)
{
    toc_buf text = {0};
    add_marking(out, m->plan);
    for (size_t i = 0; i < TOC_COUNT(columns); i++) {
        toc_buf_clear(&text);
        toc_mel_add(&text, m, row, columns[i].field);
        add_cell(out, toc_buf_text(&text), false);
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
            add_cell(out,
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
    add_cell(out, "Marking", true);
    add_cell(out, "Team", false);
    for (size_t i = 0; i < TOC_COUNT(for_teams); i++)
        add_cell(out, for_teams[i], false);
    toc_buf_str(out, "\r\n");
    for (int row = 1; row <= FORM_ROWS; row++) {
        add_marking(out, p);
        add_cell(out, p->teams[team].id, false);
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
    add_cell(out, toc_buf_text(&text), true);
    toc_buf_fini(&text);
}

static void add_cell(toc_buf *out, const char *text, bool is_first)
{
    toc_buf cell = {0};
    if (text)
        toc_text_visible(&cell, text, strlen(text), true);
    bool is_guarded =
        is_formula(toc_buf_text(&cell), cell.len) || is_misread(toc_buf_text(&cell), cell.len);
    size_t len = cell.len;
    if (len > CELL_MAX) {
        len = CELL_MAX;
        while (len > 0 && ((unsigned char)cell.data[len] & 0xC0) == 0x80)
            len--;
    }
    if (!is_first)
        toc_buf_char(out, ',');
    toc_buf_char(out, '"');
    if (is_guarded)
        toc_buf_char(out, '\'');
    for (size_t i = 0; i < len; i++) {
        if (cell.data[i] == '"')
            toc_buf_char(out, '"');
        toc_buf_char(out, cell.data[i]);
    }
    if (len < cell.len)
        toc_buf_str(out, " … (cut here: a cell holds no more)");
    toc_buf_char(out, '"');
    toc_buf_fini(&cell);
}

// Would a spreadsheet take it for a formula? Tabs and returns are visible signs by now. Some skip blanks and
// quotes before the sign, and some read the wide signs of East Asian keyboards as = + - @.
static bool is_formula(const char *text, size_t len)
{
    size_t at = 0;
    uint32_t sign = 0;
    while (at < len) {
        size_t size = toc_utf8_next(text + at, len - at, &sign);
        if (sign != ' ' && sign != '\n' && sign != '\'' && sign != '"' && sign != 0xA0 &&
            sign != 0x3000 && !(sign >= 0x2000 && sign <= 0x200A))
            break;
        at += size;
    }
    return at < len &&
           (sign == '=' || sign == '+' || sign == '-' || sign == '@' || sign == '|' ||
            sign == '%' || sign == 0x2212 || sign == 0xFF1D || sign == 0xFF0B || sign == 0xFF0D ||
            sign == 0xFF20 || sign == 0x2409 /* tab */ || sign == 0x240D /* return */);
}

static bool is_month(const char *word, size_t len)
{
    static const char *const months[] = {"january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december"};
    for (size_t i = 0; i < TOC_COUNT(months); i++)
        if ((len == 3 || len == strlen(months[i])) && strncasecmp(word, months[i], len) == 0)
            return true;
    return false;
}

// A number that would be shown as another: 007 as 7, 1E5 as 100000, the last digits of a long one as zeros.
static bool is_odd_number(const char *text, size_t len)
{
    size_t digits = strspn(text, "0123456789");
    if (digits == 0)
        return false;
    if (digits == len)
        return len > 15 || (len > 1 && text[0] == '0');
    size_t rest = strspn(text + digits + 1, "0123456789");
    return (text[digits] == 'e' || text[digits] == 'E') && rest > 0 && digits + 1 + rest == len;
}

// Would it silently become another value: an id such as DEC-01 or 3-4 a date?
static bool is_misread(const char *text, size_t len)
{
    static const char between[] = "-/.:, ";
    size_t parts = 0, numbers = 0, at = 0;
    while (at < len) {
        size_t part = strcspn(text + at, between);
        size_t digits = strspn(text + at, "0123456789");
        if (digits != part && !is_month(text + at, part))
            return parts == 0 && is_odd_number(text, len);
        parts += part > 0;
        numbers += digits > 0;
        at += part + (at + part < len);
    }
    return numbers > 0 && (parts == 1 ? is_odd_number(text, len) : parts <= 6);
}
