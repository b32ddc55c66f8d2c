// SPDX-License-Identifier: MIT
#include "view/form.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "form_inside.h"
#include "grid_inside.h"

static toc_form_field *add_field(toc_form *f, toc_field_kind kind, const char *name,
                                 const char *label, bool is_needed);
static void free_field(toc_form_field *field);
static const toc_form_field *find_field(const toc_form *f, const char *name);
static toc_form_end asked_key(toc_form *f, uint32_t key, void *owner);
static toc_form_end line_key(toc_form *f, toc_form_field *field, uint32_t key, void *owner);
static toc_form_end choice_key(toc_form *f, toc_form_field *field, uint32_t key, void *owner);
static toc_form_end note_key(toc_form *f, toc_form_field *field, uint32_t key, void *owner);
static void choose(toc_form *f, toc_form_field *field, size_t i);
static void move(toc_form *f, int by);
static void go_round(toc_form *f, int by);
static toc_form_end next_or_send(toc_form *f, void *owner);
static toc_form_end send(toc_form *f, void *owner);
static bool is_filled(const toc_form_field *field);
static bool find_empty(toc_form *f);
static void go_to_problem(toc_form *f);
static void ask(toc_form *f);
static toc_form_end finish(toc_form *f, void *owner);

toc_form *toc_form_new(const char *title, const char *verb, const char *question)
{
    toc_form *f = toc_alloc(sizeof *f);
    f->title = toc_strdup(title);
    f->question = toc_strdup(question);
    f->verb = verb;
    return f;
}

void toc_form_free(toc_form *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < f->count; i++)
        free_field(&f->fields[i]);
    toc_page_fini(&f->asked);
    free(f->title);
    free(f->question);
    free(f->context);
    free(f);
}

toc_form_field *toc_form_line(toc_form *f, const char *name, const char *label, const char *initial,
                              bool is_needed)
{
    toc_form_field *field = add_field(f, TOC_FIELD_LINE, name, label, is_needed);
    toc_editor_set(&field->editor, initial);
    return field;
}

toc_form_field *toc_form_text(toc_form *f, const char *name, const char *label, const char *initial,
                              bool is_needed)
{
    toc_form_field *field = add_field(f, TOC_FIELD_TEXT, name, label, is_needed);
    field->editor.is_long = true;
    toc_editor_set(&field->editor, initial);
    return field;
}

toc_form_field *toc_form_choice(toc_form *f, const char *name, const char *label, bool is_many)
{
    toc_field_kind kind = is_many ? TOC_FIELD_CHOICES : TOC_FIELD_CHOICE;
    toc_form_field *field = add_field(f, kind, name, label, !is_many);
    field->ids = toc_alloc(TOC_FORM_CHOICES * sizeof *field->ids);
    field->texts = toc_alloc(TOC_FORM_CHOICES * sizeof *field->texts);
    field->is_chosen = toc_alloc(TOC_FORM_CHOICES * sizeof *field->is_chosen);
    field->chosen = SIZE_MAX;
    return field;
}

void toc_form_option(toc_form_field *field, const char *id, const char *text, bool is_chosen)
{
    size_t i = field->choice_count;
    if (i == TOC_FORM_CHOICES)
        return;
    field->choice_count++;
    field->ids[i] = toc_strdup(id ? id : "");
    field->texts[i] = toc_strdup(text ? text : "");
    field->is_chosen[i] = is_chosen;
    if (is_chosen && field->kind == TOC_FIELD_CHOICE)
        field->chosen = field->row = i;
}

void toc_form_note(toc_form *f, const char *text)
{
    toc_form_field *field = add_field(f, TOC_FIELD_NOTE, "", NULL, false);
    toc_page_foreign(&field->note, text);
}

const char *toc_form_value(const toc_form *f, const char *name)
{
    const toc_form_field *field = find_field(f, name);
    if (!field)
        return "";
    switch (field->kind) {
    case TOC_FIELD_LINE:
    case TOC_FIELD_TEXT:
        return toc_buf_text(&field->editor.text);
    case TOC_FIELD_CHOICE:
        return field->chosen < field->choice_count ? field->ids[field->chosen] : "";
    case TOC_FIELD_CHOICES:
        for (size_t i = 0; i < field->choice_count; i++)
            if (field->is_chosen[i])
                return field->ids[i];
        return "";
    case TOC_FIELD_NOTE:
        break;
    }
    return "";
}

size_t toc_form_values(const toc_form *f, const char *name, char **list, size_t most)
{
    const toc_form_field *field = find_field(f, name);
    size_t count = 0;
    if (!field || field->kind != TOC_FIELD_CHOICES)
        return 0;
    for (size_t i = 0; i < field->choice_count && count < most; i++)
        if (field->is_chosen[i])
            list[count++] = field->ids[i];
    return count;
}

void toc_form_refuse(toc_form *f, const char *name, const char *format, ...)
{
    if (f->count == 0)
        return;
    const toc_form_field *named = find_field(f, name);
    toc_form_field *field = &f->fields[named ? (size_t)(named - f->fields) : f->at];
    va_list args;
    va_start(args, format);
    char *problem = toc_format(format, args);
    va_end(args);
    free(field->problem);
    field->problem = problem;
    f->is_asking = false;
    go_to_problem(f);
}

toc_form_end toc_form_key(toc_form *f, uint32_t key, void *owner)
{
    if (f->is_asking)
        return asked_key(f, key, owner);
    if (key == TOC_KEY_ESC) {
        if (!f->is_touched || f->is_leaving)
            return TOC_FORM_CANCELLED;
        f->is_leaving = true;
        return TOC_FORM_STAYS;
    }
    f->is_leaving = false;
    if (key == TOC_KEY_CTRL('S') || key == TOC_KEY_ALT_ENTER)
        return send(f, owner);
    if (key == TOC_KEY_TAB || key == TOC_KEY_BACK_TAB) {
        go_round(f, key == TOC_KEY_TAB ? 1 : -1);
        return TOC_FORM_STAYS;
    }
    if (f->count == 0)
        return key == TOC_KEY_ENTER ? send(f, owner) : TOC_FORM_STAYS;
    toc_form_field *field = &f->fields[f->at];
    switch (field->kind) {
    case TOC_FIELD_TEXT:
        if (key == TOC_KEY_CTRL('E'))
            return TOC_FORM_WANTS_EDITOR;
        return line_key(f, field, key, owner);
    case TOC_FIELD_LINE:
        return line_key(f, field, key, owner);
    case TOC_FIELD_CHOICE:
    case TOC_FIELD_CHOICES:
        return choice_key(f, field, key, owner);
    case TOC_FIELD_NOTE:
        break;
    }
    return note_key(f, field, key, owner);
}

void toc_form_paste(toc_form *f, const char *text)
{
    if (f->is_asking || f->count == 0 || !text || !text[0])
        return;
    toc_form_field *field = &f->fields[f->at];
    if (field->kind != TOC_FIELD_LINE && field->kind != TOC_FIELD_TEXT)
        return;
    f->is_touched = true;
    f->is_leaving = false;
    toc_editor_insert(&field->editor, text, strlen(text));
}

void toc_form_edited(toc_form *f, const char *text)
{
    if (f->count == 0 || f->fields[f->at].kind != TOC_FIELD_TEXT)
        return;
    f->is_touched = true;
    toc_editor_set(&f->fields[f->at].editor, text);
}

static toc_form_field *add_field(toc_form *f, toc_field_kind kind, const char *name,
                                 const char *label, bool is_needed)
{
    assert(f->count < TOC_FORM_FIELDS);
    toc_form_field *field = &f->fields[f->count++];
    *field = (toc_form_field){.name = name, .kind = kind, .is_needed = is_needed};
    field->label = toc_strdup(label ? label : "");
    // The cursor begins in the first field that asks something.
    if (kind != TOC_FIELD_NOTE && f->fields[f->at].kind == TOC_FIELD_NOTE)
        f->at = f->count - 1;
    return field;
}

static void free_field(toc_form_field *field)
{
    for (size_t i = 0; i < field->choice_count; i++) {
        free(field->ids[i]);
        free(field->texts[i]);
    }
    free(field->ids);
    free(field->texts);
    free(field->is_chosen);
    free(field->label);
    free(field->problem);
    toc_editor_fini(&field->editor);
    toc_page_fini(&field->note);
}

static const toc_form_field *find_field(const toc_form *f, const char *name)
{
    for (size_t i = 0; name && i < f->count; i++)
        if (f->fields[i].kind != TOC_FIELD_NOTE && strcmp(f->fields[i].name, name) == 0)
            return &f->fields[i];
    return NULL;
}

static toc_form_end asked_key(toc_form *f, uint32_t key, void *owner)
{
    switch (key) {
    case TOC_KEY_ENTER:
    case 'y':
    case 'Y':
        return finish(f, owner);
    case TOC_KEY_ESC:
    case 'n':
    case 'N':
        f->is_asking = false;
        break;
    default:
        toc_page_do(&f->asked, toc_form_scroll(key));
    }
    return TOC_FORM_STAYS;
}

static toc_form_end line_key(toc_form *f, toc_form_field *field, uint32_t key, void *owner)
{
    size_t len = field->editor.text.len;
    if (toc_editor_key(&field->editor, key)) {
        // Moving about is no typing.
        f->is_touched = f->is_touched || field->editor.text.len != len;
        return TOC_FORM_STAYS;
    }
    if (key == TOC_KEY_UP || key == TOC_KEY_DOWN)
        move(f, key == TOC_KEY_UP ? -1 : 1);
    return key == TOC_KEY_ENTER ? next_or_send(f, owner) : TOC_FORM_STAYS;
}

static toc_form_end choice_key(toc_form *f, toc_form_field *field, uint32_t key, void *owner)
{
    size_t count = field->choice_count;
    if (key >= '1' && key <= '9' && key - '1' < count) {
        field->row = key - '1';
        choose(f, field, field->row);
    } else if (key == ' ' && count > 0) {
        choose(f, field, field->row);
    } else if (key == TOC_KEY_HOME) {
        field->row = 0;
    } else if (key == TOC_KEY_END && count > 0) {
        field->row = count - 1;
    } else if (key == TOC_KEY_UP && field->row > 0) {
        field->row--;
    } else if (key == TOC_KEY_DOWN && field->row + 1 < count) {
        field->row++;
    } else if (key == TOC_KEY_UP || key == TOC_KEY_DOWN) {
        move(f, key == TOC_KEY_UP ? -1 : 1);
    } else if (key == TOC_KEY_ENTER) {
        if (field->kind == TOC_FIELD_CHOICE && count > 0 && field->chosen != field->row)
            choose(f, field, field->row);
        return next_or_send(f, owner);
    }
    return TOC_FORM_STAYS;
}

// A note that is longer than its place is read by scrolling it; at its ends the keys go on to the fields.
static toc_form_end note_key(toc_form *f, toc_form_field *field, uint32_t key, void *owner)
{
    toc_page *note = &field->note;
    if (key == TOC_KEY_UP && note->top == 0)
        move(f, -1);
    else if (key == TOC_KEY_DOWN && note->top + note->height >= note->wrapped)
        move(f, 1);
    else if (key == TOC_KEY_ENTER)
        return next_or_send(f, owner);
    else
        toc_page_do(note, toc_form_scroll(key));
    return TOC_FORM_STAYS;
}

static void choose(toc_form *f, toc_form_field *field, size_t i)
{
    f->is_touched = true;
    if (field->kind == TOC_FIELD_CHOICES)
        field->is_chosen[i] = !field->is_chosen[i];
    else
        field->chosen = i;
}

toc_do toc_form_scroll(uint32_t key)
{
    switch (key) {
    case TOC_KEY_UP:
        return TOC_DO_UP;
    case TOC_KEY_DOWN:
        return TOC_DO_DOWN;
    case TOC_KEY_PAGE_UP:
        return TOC_DO_PAGE_UP;
    case TOC_KEY_PAGE_DOWN:
    case ' ':
        return TOC_DO_PAGE_DOWN;
    case TOC_KEY_HOME:
        return TOC_DO_FIRST;
    case TOC_KEY_END:
        return TOC_DO_LAST;
    default:
        return TOC_DO_NOTHING;
    }
}

bool toc_form_stops_at(const toc_form_field *field)
{
    return field->kind != TOC_FIELD_NOTE || field->note.wrapped > field->note.height;
}

bool toc_form_is_last(const toc_form *f)
{
    for (size_t i = f->at + 1; i < f->count; i++)
        if (toc_form_stops_at(&f->fields[i]))
            return false;
    return true;
}

// To the next field, if there is one.
static void move(toc_form *f, int by)
{
    for (size_t i = f->at; by > 0 ? i + 1 < f->count : i > 0;) {
        i = by > 0 ? i + 1 : i - 1;
        if (toc_form_stops_at(&f->fields[i])) {
            f->at = i;
            toc_form_field *field = &f->fields[i];
            // A list of choices, or a note, is entered from the side one comes from.
            if (field->kind != TOC_FIELD_NOTE && field->choice_count > 0)
                field->row = by > 0 ? 0 : field->choice_count - 1;
            return;
        }
    }
}

static void go_round(toc_form *f, int by)
{
    for (size_t n = 0, i = f->at; n < f->count; n++) {
        i = (i + (by > 0 ? 1 : f->count - 1)) % f->count;
        if (toc_form_stops_at(&f->fields[i])) {
            f->at = i;
            return;
        }
    }
}

static toc_form_end next_or_send(toc_form *f, void *owner)
{
    if (toc_form_is_last(f))
        return send(f, owner);
    go_round(f, 1);
    return TOC_FORM_STAYS;
}

static toc_form_end send(toc_form *f, void *owner)
{
    if (find_empty(f))
        return TOC_FORM_STAYS;
    if (!f->question)
        return finish(f, owner);
    ask(f);
    return TOC_FORM_STAYS;
}

static bool is_filled(const toc_form_field *field)
{
    const char *text;
    switch (field->kind) {
    case TOC_FIELD_LINE:
    case TOC_FIELD_TEXT:
        text = toc_buf_text(&field->editor.text);
        return text[strspn(text, " \n")] != '\0';
    case TOC_FIELD_CHOICE:
        return field->chosen < field->choice_count;
    case TOC_FIELD_CHOICES:
        for (size_t i = 0; i < field->choice_count; i++)
            if (field->is_chosen[i])
                return true;
        return false;
    case TOC_FIELD_NOTE:
        break;
    }
    return true;
}

// Forgets the problems of the last time, and says which fields are still empty.
static bool find_empty(toc_form *f)
{
    bool is_any = false;
    for (size_t i = 0; i < f->count; i++) {
        toc_form_field *field = &f->fields[i];
        free(field->problem);
        field->problem = NULL;
        if (!field->is_needed || is_filled(field))
            continue;
        bool is_typed = field->kind == TOC_FIELD_LINE || field->kind == TOC_FIELD_TEXT;
        field->problem = toc_strdup(is_typed ? "This is needed: please fill it in."
                                             : "This is needed: please choose.");
        is_any = true;
    }
    if (is_any)
        go_to_problem(f);
    return is_any;
}

static void go_to_problem(toc_form *f)
{
    for (size_t i = f->count; i-- > 0;)
        if (f->fields[i].problem)
            f->at = i;
}

// The whole act in words, as it will be sent.
static void ask(toc_form *f)
{
    toc_page *p = &f->asked;
    toc_page_clear(p);
    p->top = 0;
    f->is_asking = true;
    toc_page_say(p, TOC_STYLE_TITLE, "%s", f->question);
    for (size_t i = 0; i < f->count; i++) {
        const toc_form_field *field = &f->fields[i];
        if (field->kind == TOC_FIELD_NOTE)
            continue;
        toc_page_say(p, TOC_STYLE_KEY, "%s", field->label);
        if (!is_filled(field))
            toc_page_say(p, TOC_STYLE_PLAIN, "  (nothing)");
        else if (field->kind == TOC_FIELD_LINE || field->kind == TOC_FIELD_TEXT)
            toc_page_foreign(p, toc_buf_text(&field->editor.text));
        for (size_t k = 0; k < field->choice_count; k++)
            if (field->kind == TOC_FIELD_CHOICES ? field->is_chosen[k] : field->chosen == k)
                toc_page_foreign(p, field->texts[k]);
    }
}

// What was refused is shown beside its field; the owner says it by toc_form_refuse.
static toc_form_end finish(toc_form *f, void *owner)
{
    f->is_asking = false;
    if (!f->done || f->done(owner, f))
        return TOC_FORM_DONE;
    return TOC_FORM_STAYS;
}
