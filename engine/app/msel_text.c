// SPDX-License-Identifier: MIT
// The list for a terminal, 80 columns wide.
#include <string.h>

#include "base/text.h"
#include "msel_fields.h"
#include "msel_out.h"

enum { WIDTH = 80, TIME = 8, STORY = 6, ID = 12, KIND = 12, TO = 12 };

static void add_heading(toc_buf *out, const toc_mel *m, toc_mel_reader reader);
static void add_row(toc_buf *out, const toc_mel *m, const toc_mel_row *row);
static void add_told(toc_buf *out, const toc_mel *m);
static void add_columns(toc_buf *line, const toc_mel *m, const toc_mel_row *row,
                        toc_mel_field kind);
static void add_line(toc_buf *out, toc_buf *line);
static void add_time(toc_buf *out, const toc_mel *m, const toc_mel_row *row);
static void add_column(toc_buf *out, const toc_buf *text, int width);

// Nothing is known of when it comes.
static bool is_free(const toc_mel_row *row)
{
    return row->play < 0 && row->earliest < 0 && row->behind == TOC_NONE;
}

void toc_mel_text(toc_buf *out, const toc_mel *m, toc_mel_reader reader)
{
    bool is_evaluator = reader == TOC_MEL_EVALUATORS, is_timed = true;
    add_heading(out, m, reader);
    for (size_t i = 0; is_evaluator && i < m->count; i++)
        if (m->rows[i].kind == TOC_MEL_EXPECTED)
            add_row(out, m, &m->rows[i]);
    if (is_evaluator && m->plan->expectation_count > 0)
        toc_buf_char(out, '\n');
    for (size_t i = 0; i < m->count; i++) {
        const toc_mel_row *row = &m->rows[i];
        if (is_evaluator && row->kind == TOC_MEL_EXPECTED)
            continue;
        if (is_timed && i > 0 && is_free(row)) {
            toc_buf_str(out, "\nNot on the clock: a storyline or EXCON sends them\n");
            is_timed = false;
        }
        add_row(out, m, row);
    }
    add_told(out, m);
}

static void add_heading(toc_buf *out, const toc_mel *m, toc_mel_reader reader)
{
    const toc_plan *p = m->plan;
    toc_buf line = {0};
    toc_buf_printf(&line, "EXERCISE  %s (%s)", p->title ? p->title : p->id, p->id);
    if (p->marking)
        toc_buf_printf(&line, "  %s", p->marking);
    toc_text_block(out, toc_buf_text(&line), line.len, "", WIDTH);
    toc_buf_printf(out, "Master scenario events list for %s: %zu rows.\nSTARTEX is ",
                   reader == TOC_MEL_EVALUATORS ? "evaluators" : "EXCON", m->count);
    toc_story_text(out, p->startex);
    toc_buf_str(out, ".\nPlayers must not see it: it says what is to come.\n\n");
    toc_buf_printf(out, "%-*s%-*s%-*s%-*s%-*s%s\n", TIME, "T+", STORY, "story", ID, "id", KIND,
                   "kind", TO, "to", "title");
    toc_buf_fini(&line);
}

static void add_row(toc_buf *out, const toc_mel *m, const toc_mel_row *row)
{
    toc_buf line = {0};
    add_time(&line, m, row);
    add_columns(&line, m, row, TOC_MEL_F_KIND);
    add_line(out, &line);
}

// What is told by voice once more, with who tells it where the kind stands above.
static void add_told(toc_buf *out, const toc_mel *m)
{
    bool is_first = true;
    for (size_t i = 0; i < m->count; i++) {
        toc_buf line = {0};
        if (!toc_mel_is_told(m->plan, &m->rows[i]))
            continue;
        if (is_first)
            toc_buf_str(out, "\nTold by voice, by telephone or face to face: by whom\n");
        is_first = false;
        toc_buf_printf(&line, "%*s", TIME + STORY, "");
        add_columns(&line, m, &m->rows[i], TOC_MEL_F_VOICE);
        add_line(out, &line);
    }
}

// Id, kind (or who tells it), teams and title.
static void add_columns(toc_buf *line, const toc_mel *m, const toc_mel_row *row, toc_mel_field kind)
{
    const struct {
        toc_mel_field field;
        int width;
    } columns[] = {{TOC_MEL_F_ID, ID},
                   {kind, KIND},
                   {TOC_MEL_F_TO, TO},
                   {TOC_MEL_F_TITLE, WIDTH - TIME - STORY - ID - KIND - TO}};
    toc_buf text = {0};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        toc_buf_clear(&text);
        if (columns[i].field == TOC_MEL_F_KIND && row->kind == TOC_MEL_CONTINGENCY)
            toc_buf_str(&text, "contingency");
        else if (columns[i].field == TOC_MEL_F_KIND && row->kind == TOC_MEL_EXPECTED)
            toc_buf_str(&text, "expected");
        else if (columns[i].field == TOC_MEL_F_KIND && toc_mel_is_told(m->plan, row))
            toc_buf_str(&text, "voice");
        else
            toc_mel_add(&text, m, row, columns[i].field);
        add_column(line, &text, columns[i].width);
    }
    toc_buf_fini(&text);
}

// Without the blanks at its end. Frees the line.
static void add_line(toc_buf *out, toc_buf *line)
{
    while (line->len > 0 && line->data[line->len - 1] == ' ')
        line->len--;
    toc_buf_add(out, line->data, line->len);
    toc_buf_char(out, '\n');
    toc_buf_fini(line);
}

// "0:12    03:12", "from 0:16", or an arrow below what it hangs on.
static void add_time(toc_buf *out, const toc_mel *m, const toc_mel_row *row)
{
    toc_buf text = {0};
    if (row->play >= 0) {
        toc_mel_time_text(&text, row->play);
        toc_buf_printf(out, "%-*s", TIME, text.data + 2);
        toc_story_clock_text(out, toc_mel_clock_story(&m->clock, row->play));
        toc_buf_char(out, ' ');
    } else if (row->earliest >= 0) {
        toc_mel_time_text(&text, row->earliest);
        toc_buf_printf(out, "from %-*s", TIME + STORY - 5, text.data + 2);
    } else if (row->behind != TOC_NONE) {
        toc_buf_printf(out, "  \xE2\x86\xB3%*s", TIME + STORY - 3, "");
    } else {
        toc_buf_printf(out, "%*s", TIME + STORY, "");
    }
    toc_buf_fini(&text);
}

// A column of text, cut to leave one blank before the next.
static void add_column(toc_buf *out, const toc_buf *text, int width)
{
    toc_buf shown = {0};
    toc_text_visible(&shown, toc_buf_text(text), text->len, false);
    size_t len = shown.len;
    int columns = toc_text_columns(toc_buf_text(&shown), len);
    bool is_cut = columns > width - 1;
    while (len > 0 && columns > width - 1 - is_cut) {
        do
            len--;
        while (len > 0 && ((unsigned char)shown.data[len] & 0xC0) == 0x80);
        columns = toc_text_columns(shown.data, len);
    }
    toc_buf_add(out, toc_buf_text(&shown), len);
    if (is_cut)
        toc_buf_str(out, "\xE2\x80\xA6");
    for (columns += is_cut; columns < width; columns++)
        toc_buf_char(out, ' ');
    toc_buf_fini(&shown);
}
