// SPDX-License-Identifier: MIT
#include "form_inside.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "cluster.h"
#include "grid_inside.h"

enum {
    BOX_WIDTH = 72,
    BESIDE_LABEL = 28, // columns a label may have beside its field
    BESIDE_ROOM = 44,  // columns the inside must have for that
    CHOICE_ROWS = 3,   // of one choice's text,
    NOTE_ROWS = 6,     // of a note,
    PROBLEM_ROWS = 2,  // of what is wrong with a field
    REFUSED_ROWS = 6,  // of why it did not go
    TEXT_LEAST = 3,
    FIELD_LEAST = 2,  // rows of the fields that are seen below it
    MARK_COLUMNS = 2, // before the label of what is typed in: "> "
    INDENT = 8,       // before a choice's text: "> 1 ( ) "
};

static const char optional[] = " (optional)";

// The inside of the form as if there were room for all of it; what is seen is cut out of it.
typedef struct {
    const toc_form *form;
    toc_grid grid;
    int y;                  // the next free row
    int label_columns;      // of the labels beside their fields
    int text_most;          // rows of a long text
    bool has_gaps;          // an empty row between fields
    int focus_y, focus_end; // the rows of the field with the cursor
} sheet;

static void draw_asked(toc_form *f, toc_grid *g, toc_rect r);
static void draw_fields(toc_form *f, toc_grid *g, toc_rect r);
static int lay_said(const toc_form *f, toc_grid *to, const toc_grid *g, toc_rect inside);
static toc_rect draw_box(const toc_form *f, toc_grid *g, toc_rect r, int rows);
static toc_rect box_inside(toc_rect r);
static void lay_out(sheet *s, toc_form *f, const toc_grid *g, toc_rect inside, bool has_gaps);
static int most_rows(const toc_form *f, int text_most);
static bool is_beside(const toc_form_field *field, int columns);
static int label_columns(const toc_form_field *field);
static void lay_label(sheet *s, const toc_form_field *field, bool is_here);
static void lay_line(sheet *s, toc_form_field *field, bool is_here);
static void lay_text(sheet *s, toc_form_field *field, bool is_here);
static void lay_editor(sheet *s, toc_form_field *field, toc_rect r, bool is_here);
static void lay_choices(sheet *s, const toc_form_field *field, bool is_here);
static void lay_choice(sheet *s, const toc_form_field *field, size_t i, bool is_row);
static void lay_note(sheet *s, toc_form_field *field, bool is_here);
static void lay_problem(sheet *s, const toc_form_field *field);
static int put_wrapped(toc_grid *g, toc_rect r, toc_style style, const char *text);
static void scroll(toc_form *f, const sheet *s, int height);
static void draw_beyond(const toc_form *f, toc_grid *g, toc_rect box, int rows, int height);
static void put_count(toc_grid *g, toc_rect box, int y, const char *symbol, int count);
static void draw_hints(const toc_form *f, toc_grid *g, toc_rect r);
static void draw_astray(const toc_form *f, toc_grid *g, toc_rect r);
static bool has_others(const toc_form *f);

void toc_form_draw(toc_form *f, toc_grid *g, toc_rect r)
{
    if (r.w <= 0 || r.h <= 0)
        return;
    toc_grid_cursor(g, -1, -1);
    if (f->is_asking)
        draw_asked(f, g, r);
    else
        draw_fields(f, g, r);
}

static void draw_asked(toc_form *f, toc_grid *g, toc_rect r)
{
    toc_rect inside = box_inside(r);
    inside = draw_box(f, g, r, (int)toc_page_rows(&f->asked, inside.w));
    toc_page_draw(&f->asked, g, inside);
    if (g->cursor_x < 0)
        toc_grid_cursor(g, inside.x, inside.y);
}

static void draw_fields(toc_form *f, toc_grid *g, toc_rect r)
{
    sheet s;
    toc_grid said;
    toc_form_settle(f);
    toc_rect inside = box_inside(r);
    int top = lay_said(f, &said, g, inside);
    inside.h -= top;
    lay_out(&s, f, g, inside, true);
    if (s.y > inside.h) {
        toc_grid_fini(&s.grid);
        lay_out(&s, f, g, inside, false);
    }
    inside = draw_box(f, g, r, s.y + top);
    toc_grid_copy(g, inside.x, inside.y, &said, (toc_rect){0, 0, inside.w, top});
    toc_grid_fini(&said);
    inside.y += top;
    inside.h -= top;
    scroll(f, &s, inside.h);
    toc_grid_copy(g, inside.x, inside.y, &s.grid, (toc_rect){0, (int)f->top, inside.w, inside.h});
    if (s.grid.cursor_y >= (int)f->top && s.grid.cursor_y < (int)f->top + inside.h)
        toc_grid_cursor(g, inside.x + s.grid.cursor_x, inside.y + s.grid.cursor_y - (int)f->top);
    if (inside.h + top < r.h)
        draw_beyond(f, g,
                    (toc_rect){inside.x - 2, inside.y - top - 1, inside.w + 4, inside.h + top + 3},
                    s.y, inside.h);
    toc_grid_fini(&s.grid);
}

// Why it did not go, and what has changed since, stand above the fields however they are scrolled, as far
// as that leaves room to see one of them. Gives their rows.
static int lay_said(const toc_form *f, toc_grid *to, const toc_grid *g, toc_rect inside)
{
    const char *const said[] = {f->refused, f->warning};
    const int rows[] = {REFUSED_ROWS, PROBLEM_ROWS};
    int y = 0;
    toc_grid_init(to, inside.w, REFUSED_ROWS + PROBLEM_ROWS, g->is_ascii);
    for (size_t i = 0; i < TOC_COUNT(said); i++) {
        int room = inside.h - FIELD_LEAST - y;
        int most = room < rows[i] ? room : rows[i];
        if (said[i] && most > 0)
            y += put_wrapped(to, (toc_rect){0, y, inside.w, most}, TOC_STYLE_BAD, said[i]);
    }
    return y;
}

// Draws the frame and the hints, and gives the place for `rows` rows, or as many as there are.
static toc_rect draw_box(const toc_form *f, toc_grid *g, toc_rect r, int rows)
{
    toc_rect inside = box_inside(r);
    if (inside.h == r.h) {
        toc_grid_fill(g, r, TOC_STYLE_PLAIN);
        return inside;
    }
    if (rows < 1)
        rows = 1;
    if (rows < inside.h) {
        inside.y += (inside.h - rows) / 2;
        inside.h = rows;
    }
    toc_rect box = {inside.x - 2, inside.y - 1, inside.w + 4, inside.h + 3};
    toc_grid_box(g, box, f->title);
    toc_rect hints = {inside.x, inside.y + inside.h, inside.w, 1};
    draw_hints(f, g, hints);
    if (f->is_loud)
        toc_grid_restyle(g, (toc_rect){box.x, box.y, box.w, 1}, TOC_STYLE_EMERGENCY);
    return inside;
}

// The most that fits: all of r but for the frame, a space beside it, and the line of hints. Where
// there is no room for a frame, all of r.
static toc_rect box_inside(toc_rect r)
{
    if (r.h < 4 || r.w < 16)
        return r;
    int w = r.w < BOX_WIDTH ? r.w : BOX_WIDTH;
    return (toc_rect){r.x + (r.w - w) / 2 + 2, r.y + 1, w - 4, r.h - 3};
}

static void lay_out(sheet *s, toc_form *f, const toc_grid *g, toc_rect inside, bool has_gaps)
{
    *s = (sheet){.form = f, .has_gaps = has_gaps};
    s->text_most = inside.h / 2 > TEXT_LEAST ? inside.h / 2 : TEXT_LEAST;
    toc_grid_init(&s->grid, inside.w, most_rows(f, s->text_most), g->is_ascii);
    for (size_t i = 0; i < f->count; i++)
        if (is_beside(&f->fields[i], inside.w) && label_columns(&f->fields[i]) > s->label_columns)
            s->label_columns = label_columns(&f->fields[i]);
    bool was_beside = true;
    for (size_t i = 0; i < f->count; i++) {
        toc_form_field *field = &f->fields[i];
        bool is_here = i == f->at;
        if (toc_form_is_hidden(f, field))
            continue;
        bool beside = is_beside(field, inside.w);
        if ((i > 0 || f->warning) && has_gaps && !(beside && was_beside))
            s->y++;
        was_beside = beside;
        int from = s->y;
        if (field->kind == TOC_FIELD_LINE)
            lay_line(s, field, is_here);
        else if (field->kind == TOC_FIELD_TEXT)
            lay_text(s, field, is_here);
        else if (field->kind == TOC_FIELD_NOTE)
            lay_note(s, field, is_here);
        else
            lay_choices(s, field, is_here);
        lay_problem(s, field);
        if (is_here) {
            s->focus_y = from;
            s->focus_end = s->y;
        }
    }
}

// More than any layout of it takes.
static int most_rows(const toc_form *f, int text_most)
{
    int rows = 1;
    for (size_t i = 0; i < f->count; i++) {
        rows += 2 + PROBLEM_ROWS + (text_most > NOTE_ROWS ? text_most : NOTE_ROWS);
        rows += (int)f->fields[i].choice_count * CHOICE_ROWS;
    }
    return rows;
}

static bool is_beside(const toc_form_field *field, int columns)
{
    return field->kind == TOC_FIELD_LINE && columns >= BESIDE_ROOM &&
           label_columns(field) <= BESIDE_LABEL;
}

static int label_columns(const toc_form_field *field)
{
    toc_buf shown = {0};
    // Cut where it is too long in any case.
    toc_text_visible(&shown, field->label, strnlen(field->label, 1024), false);
    int columns = toc_cluster_columns(toc_buf_text(&shown), shown.len);
    toc_buf_fini(&shown);
    return MARK_COLUMNS + columns + (field->is_needed ? 0 : (int)sizeof optional - 1);
}

// What is typed in is marked as the row of a choice is.
static void lay_label(sheet *s, const toc_form_field *field, bool is_here)
{
    bool is_typed = field->kind == TOC_FIELD_LINE || field->kind == TOC_FIELD_TEXT;
    int x = is_typed ? MARK_COLUMNS : 0;
    int room = s->grid.w - x;
    if (is_typed && is_here)
        toc_grid_put(&s->grid, 0, s->y, 1, TOC_STYLE_TITLE, ">");
    // What need not be filled in says so, even behind a label that is cut.
    int suffix = field->is_needed ? 0 : (int)sizeof optional - 1;
    x += toc_grid_put(&s->grid, x, s->y, room > suffix ? room - suffix : room, TOC_STYLE_TITLE,
                      field->label);
    if (suffix)
        toc_grid_put(&s->grid, x, s->y, suffix, TOC_STYLE_FAINT, optional);
}

static void lay_line(sheet *s, toc_form_field *field, bool is_here)
{
    lay_label(s, field, is_here);
    int x = is_beside(field, s->grid.w) ? s->label_columns + 1 : 0;
    if (x == 0)
        s->y++;
    lay_editor(s, field, (toc_rect){x, s->y, s->grid.w - x, 1}, is_here);
    s->y++;
}

static void lay_text(sheet *s, toc_form_field *field, bool is_here)
{
    lay_label(s, field, is_here);
    s->y++;
    int rows = toc_editor_rows(&field->editor, s->grid.w - 2);
    if (rows > s->text_most)
        rows = s->text_most;
    if (rows < TEXT_LEAST)
        rows = TEXT_LEAST;
    lay_editor(s, field, (toc_rect){0, s->y, s->grid.w, rows}, is_here);
    s->y += rows;
}

// A field stands in brackets: what is to be filled in is seen without colours.
static void lay_editor(sheet *s, toc_form_field *field, toc_rect r, bool is_here)
{
    for (int y = r.y; y < r.y + r.h && r.w > 2; y++) {
        toc_grid_put(&s->grid, r.x, y, 1, TOC_STYLE_FRAME, "[");
        toc_grid_put(&s->grid, r.x + r.w - 1, y, 1, TOC_STYLE_FRAME, "]");
    }
    toc_rect text = {r.x + 1, r.y, r.w - 2, r.h};
    toc_editor_draw(&field->editor, &s->grid, r.w > 2 ? text : r, is_here);
}

static void lay_choices(sheet *s, const toc_form_field *field, bool is_here)
{
    lay_label(s, field, is_here);
    if (is_here)
        toc_grid_cursor(&s->grid, 0, s->y);
    s->y++;
    for (size_t i = 0; i < field->choice_count; i++)
        lay_choice(s, field, i, is_here && i == field->row);
}

static void lay_choice(sheet *s, const toc_form_field *field, size_t i, bool is_row)
{
    toc_grid *g = &s->grid;
    bool is_many = field->kind == TOC_FIELD_CHOICES;
    bool is_chosen = is_many ? field->is_chosen[i] : field->chosen == i;
    toc_style style = is_row ? TOC_STYLE_SELECTED : TOC_STYLE_PLAIN;
    const char *mark = is_many ? (is_chosen ? "[✓]" : "[ ]") : (is_chosen ? "(•)" : "( )");
    char digit = i < 9 ? (char)('1' + i) : ' ';
    toc_grid_printf(g, 0, s->y, g->w, TOC_STYLE_PLAIN, "%c %c %s", is_row ? '>' : ' ', digit, mark);
    if (i < 9)
        toc_grid_restyle(g, (toc_rect){2, s->y, 1, 1}, TOC_STYLE_KEY);
    toc_rect text = {INDENT, s->y, g->w - INDENT, CHOICE_ROWS};
    int rows = put_wrapped(g, text, TOC_STYLE_PLAIN, field->texts[i]);
    toc_grid_restyle(g, (toc_rect){INDENT, s->y, g->w - INDENT, rows}, style);
    if (is_row)
        toc_grid_cursor(g, 0, s->y);
    s->y += rows;
}

static void lay_note(sheet *s, toc_form_field *field, bool is_here)
{
    size_t rows = toc_page_rows(&field->note, s->grid.w);
    toc_rect r = {0, s->y, s->grid.w, rows < NOTE_ROWS ? (int)rows : NOTE_ROWS};
    toc_page_draw(&field->note, &s->grid, r);
    if (is_here)
        toc_grid_cursor(&s->grid, 0, s->y);
    s->y += r.h;
}

static void lay_problem(sheet *s, const toc_form_field *field)
{
    if (!field->problem)
        return;
    toc_grid_put(&s->grid, 0, s->y, 2, TOC_STYLE_BAD, "! ");
    toc_rect r = {2, s->y, s->grid.w - 2, PROBLEM_ROWS};
    s->y += put_wrapped(&s->grid, r, TOC_STYLE_BAD, field->problem);
}

// Puts text into at most r.h rows and gives how many it took, at least 1. The last one is cut with "…".
static int put_wrapped(toc_grid *g, toc_rect r, toc_style style, const char *text)
{
    toc_buf shown = {0};
    int columns = r.w > 1 ? r.w : 1;
    // A column takes 12 bytes at most: a character with two marks.
    toc_text_visible(&shown, text, strnlen(text, (size_t)(columns * r.h + 4) * 12), false);
    if (g->is_ascii) {
        toc_buf ascii = {0};
        toc_grid_ascii(&ascii, toc_buf_text(&shown), shown.len);
        toc_buf_fini(&shown);
        shown = ascii;
    }
    const char *s = toc_buf_text(&shown);
    size_t len = shown.len;
    int row = 0;
    for (; len > 0 && row < r.h; row++) {
        size_t next = len;
        size_t n = len;
        if (row < r.h - 1)
            n = toc_cluster_wrap(s, len, columns, &next);
        toc_grid_put_shown(g, r.x, r.y + row, r.w, style, s, n);
        s += next;
        len -= next;
    }
    toc_buf_fini(&shown);
    return row ? row : 1;
}

// The whole field with the cursor is shown if there is room for it, and the cursor's row always.
static void scroll(toc_form *f, const sheet *s, int height)
{
    int top = (int)f->top;
    if (top + height < s->focus_end)
        top = s->focus_end - height;
    if (top > s->focus_y)
        top = s->focus_y;
    int cursor = s->grid.cursor_y;
    if (cursor >= top + height)
        top = cursor + 1 - height;
    if (top + height > s->y)
        top = s->y - height;
    f->top = top > 0 ? (size_t)top : 0;
}

// Says in the frame how many rows are above and below.
static void draw_beyond(const toc_form *f, toc_grid *g, toc_rect box, int rows, int height)
{
    int below = rows - (int)f->top - height;
    put_count(g, box, box.y, "▲", (int)f->top);
    put_count(g, box, box.y + box.h - 1, "▼", below);
}

static void put_count(toc_grid *g, toc_rect box, int y, const char *symbol, int count)
{
    if (count <= 0)
        return;
    toc_buf text = {0};
    toc_buf_printf(&text, " %s %d more ", symbol, count);
    int columns = toc_cluster_columns(text.data, text.len);
    toc_grid_put(g, box.x + box.w - 2 - columns, y, columns, TOC_STYLE_KEY, text.data);
    toc_buf_fini(&text);
}

// As many hints as fit, the most needed first.
static void draw_hints(const toc_form *f, toc_grid *g, toc_rect r)
{
    const char *verb = f->verb ? f->verb : "send";
    const char *hints[8][2] = {{0}};
    size_t count = 0;
    toc_field_kind kind = f->count ? f->fields[f->at].kind : TOC_FIELD_NOTE;
    bool is_last = toc_form_is_last(f);
    if (f->is_leaving) {
        toc_grid_put(g, r.x, r.y, r.w, TOC_STYLE_WARN, "Esc again drops what you typed");
        return;
    }
    if (f->is_astray) {
        draw_astray(f, g, r);
        return;
    }
    if (f->is_asking) {
        hints[count][0] = "Enter";
        hints[count++][1] = "or";
        hints[count][0] = "y";
        hints[count++][1] = verb;
        hints[count][0] = "Esc";
        hints[count++][1] = "or";
        hints[count][0] = "n";
        hints[count++][1] = "go back";
        toc_grid_cursor(g, r.x, r.y);
    } else {
        hints[count][0] = "Enter";
        hints[count++][1] = kind == TOC_FIELD_TEXT ? "new line" : is_last ? verb : "next";
        if (kind == TOC_FIELD_CHOICE || kind == TOC_FIELD_CHOICES) {
            hints[count][0] = "1-9 Space";
            hints[count++][1] = kind == TOC_FIELD_CHOICE ? "choose" : "mark";
        }
        if (kind == TOC_FIELD_TEXT || !is_last) {
            hints[count][0] = "Ctrl-S";
            hints[count++][1] = verb;
        }
        hints[count][0] = "Esc";
        hints[count++][1] = f->unverb ? f->unverb : "cancel";
        if (has_others(f)) {
            hints[count][0] = "Tab";
            hints[count++][1] = "next field";
        }
        if (kind == TOC_FIELD_TEXT) {
            hints[count][0] = "Ctrl-E";
            hints[count++][1] = "editor";
        }
    }
    int x = r.x;
    for (size_t i = 0; i < count; i++) {
        int need = (int)(strlen(hints[i][0]) + strlen(hints[i][1])) + 1;
        if (x + need > r.x + r.w)
            break;
        x += toc_grid_put(g, x, r.y, r.x + r.w - x, TOC_STYLE_KEY, hints[i][0]) + 1;
        x += toc_grid_put(g, x, r.y, r.x + r.w - x, TOC_STYLE_PLAIN, hints[i][1]);
        bool is_pair = f->is_asking && i % 2 == 0;
        x += is_pair ? 1 : 2;
    }
}

// What was pressed did nothing: what it takes instead.
static void draw_astray(const toc_form *f, toc_grid *g, toc_rect r)
{
    const char *verb = f->verb ? f->verb : "send";
    if (f->is_asking) {
        toc_grid_printf(g, r.x, r.y, r.w, TOC_STYLE_WARN,
                        "Not yet: Enter or y to %s, Esc to go back", verb);
        toc_grid_cursor(g, r.x, r.y);
        return;
    }
    for (size_t i = 1; i < f->count; i++) { // the next one, or before it the first
        const toc_form_field *field = &f->fields[(f->at + i) % f->count];
        bool is_typed = field->kind == TOC_FIELD_LINE || field->kind == TOC_FIELD_TEXT;
        if (!is_typed || toc_form_is_hidden(f, field))
            continue;
        toc_grid_printf(g, r.x, r.y, r.w, TOC_STYLE_WARN,
                        "Not typed: these are choices. Tab goes to: %s", field->label);
        return;
    }
    toc_grid_put(g, r.x, r.y, r.w, TOC_STYLE_WARN, "Not typed: 1-9 or arrows and Space choose");
}

// Is there a field that the cursor can go to?
static bool has_others(const toc_form *f)
{
    for (size_t i = 0; i < f->count; i++)
        if (i != f->at && toc_form_stops_at(f, &f->fields[i]))
            return true;
    return false;
}
