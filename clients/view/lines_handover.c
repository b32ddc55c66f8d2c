// SPDX-License-Identifier: MIT
// The sheet for the next controller, and what a jump would do: both are read before somebody acts.
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "lines_parts.h"
#include "sheet.h"
#include "view/msel.h"

static void add_change(toc_buf *out, const toc_json *change, const char *kind, bool is_asked);
static bool is_asked_in(const toc_json *changes, const char *decision);
static void say_changes(toc_lines *l, const toc_picture *p, const toc_json *answer);
static void add_names(toc_buf *out, const toc_json *list);
static const char *text_at(const toc_json *j, const char *key);

void toc_lines_handover(toc_lines *l, const toc_picture *p, const toc_msel *m)
{
    toc_sheet sheet = {0};
    toc_lines_say(l, "HAND-OVER, written for whoever conducts next:");
    toc_lines_clock(l);
    toc_sheet_make(&sheet, l, p, m);
    for (size_t i = 0; i < sheet.count; i++) {
        const toc_sheet_row *row = &sheet.rows[i];
        if (row->of == TOC_SHEET_DEADLOCK || row->of == TOC_SHEET_SEAT)
            continue; // told at length below
        if (row->kind == TOC_SHEET_HEAD)
            toc_lines_say(l, "%s", row->text);
        else
            toc_lines_more(l, "%s", row->text);
    }
    toc_sheet_fini(&sheet);
    toc_lines_deadlocks(l, p);
    toc_lines_seats(l, p);
}

void toc_lines_handover_sheet(toc_lines *l, const toc_picture *p, const toc_msel *m, toc_buf *out)
{
    toc_buf screen = l->out;
    int width = l->width;
    bool is_bare = l->is_bare;
    l->out = *out;
    l->width = 0;
    l->is_bare = false; // on paper nothing else says what this is
    toc_lines_handover(l, p, m);
    *out = l->out;
    l->out = screen;
    l->width = width;
    l->is_bare = is_bare;
}

void toc_lines_preview(toc_lines *l, const toc_picture *p, const toc_json *answer)
{
    size_t sends = 0, held = 0, overdue = 0;
    int64_t levels = 0;
    const toc_json *changes = toc_json_get(answer, "preview");
    toc_json_int(toc_json_get(answer, "levels"), &levels);
    for (const toc_json *j = toc_json_first(changes); j; j = toc_json_next(j)) {
        const char *kind = text_at(j, "k");
        int64_t t = l->now;
        toc_buf text = {0};
        toc_json_int(toc_json_get(j, "t"), &t);
        toc_play_text(&text, t);
        toc_buf_char(&text, ' ');
        add_change(&text, j, kind, is_asked_in(changes, text_at(j, "decision")));
        toc_lines_more(l, "%s", toc_buf_text(&text));
        toc_buf_fini(&text);
        sends += strcmp(kind, "inject") == 0;
        held += strcmp(kind, "held") == 0 || strcmp(kind, "cue") == 0;
        overdue += strcmp(kind, "overdue") == 0;
    }
    say_changes(l, p, answer);
    toc_lines_say(
        l,
        "such a jump sends %zu inject%s, leaves %zu held or as a cue, lets %zu decision%s "
        "lapse, and changes %lld level%s. Nothing was done: `jump …` does it",
        sends, sends == 1 ? "" : "s", held, overdue, overdue == 1 ? "" : "s", (long long)levels,
        levels == 1 ? "" : "s");
}

// Where the levels are that the jump leaves elsewhere than it found them.
static void say_changes(toc_lines *l, const toc_picture *p, const toc_json *answer)
{
    const toc_json *changes = toc_json_get(answer, "changes");
    int64_t more = 0;
    for (const toc_json *j = toc_json_first(changes); j; j = toc_json_next(j)) {
        int64_t from = 0, to = 0;
        toc_buf text = {0};
        toc_json_int(toc_json_get(j, "from"), &from);
        toc_json_int(toc_json_get(j, "to"), &to);
        toc_buf_printf(&text,
                       "level of %s: ", toc_situation_name(&p->situation, text_at(j, "service")));
        toc_level_text(&text, from);
        toc_buf_str(&text, " → ");
        toc_level_text(&text, to);
        toc_lines_more(l, "%s", toc_buf_text(&text));
        toc_buf_fini(&text);
    }
    if (toc_json_int(toc_json_get(answer, "more_changes"), &more) && more > 0)
        toc_lines_more(l, "and %lld other levels", (long long)more);
}

// is_asked: the decision is asked on the way only, and has no time yet that could be kept.
static void add_change(toc_buf *out, const toc_json *change, const char *kind, bool is_asked)
{
    const char *title = text_at(change, "title");
    if (strcmp(kind, "inject") == 0 || strcmp(kind, "cue") == 0) {
        toc_buf_printf(out, "%s %s to ", kind[0] == 'i' ? "sends" : "cue for",
                       text_at(change, "inject"));
        add_names(out, toc_json_get(change, "to"));
        toc_buf_printf(out, ": %s", title);
    } else if (strcmp(kind, "held") == 0) {
        toc_buf_printf(out, "%s comes due and is held: %s", text_at(change, "inject"),
                       text_at(change, "reason"));
    } else if (strcmp(kind, "ask") == 0) {
        toc_buf_printf(out, "asks %s of %s: %s", text_at(change, "decision"),
                       text_at(change, "team"), title);
    } else if (strcmp(kind, "overdue") == 0) {
        toc_buf_printf(out, "%s of %s LAPSES", text_at(change, "decision"),
                       text_at(change, "team"));
        if (!is_asked)
            toc_buf_printf(out, " (`keep %s` keeps its time)", text_at(change, "decision"));
    } else if (strcmp(kind, "phase-entered") == 0) {
        toc_buf_printf(out, "phase %s: %s", text_at(change, "phase"), title);
    } else if (strcmp(kind, "expectation") == 0) {
        toc_buf_printf(out, "expected action %s of %s: %s", text_at(change, "expectation"),
                       text_at(change, "team"), text_at(change, "state"));
    } else if (strcmp(kind, "endex") == 0) {
        toc_buf_str(out, "ENDEX");
    } else {
        toc_buf_printf(out, "%s: %s", strcmp(kind, "error") == 0 ? "SCRIPT ERROR" : kind,
                       text_at(change, "text"));
    }
}

static bool is_asked_in(const toc_json *changes, const char *decision)
{
    for (const toc_json *j = toc_json_first(changes); j; j = toc_json_next(j))
        if (strcmp(text_at(j, "k"), "ask") == 0 && strcmp(text_at(j, "decision"), decision) == 0)
            return true;
    return false;
}

static void add_names(toc_buf *out, const toc_json *list)
{
    size_t count = 0;
    for (const toc_json *j = toc_json_first(list); j; j = toc_json_next(j))
        toc_buf_printf(out, "%s%s", count++ ? ", " : "", toc_json_text(j) ? toc_json_text(j) : "?");
}

static const char *text_at(const toc_json *j, const char *key)
{
    const char *text = toc_json_text(toc_json_get(j, key));
    return text ? text : "?";
}
