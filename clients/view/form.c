// SPDX-License-Identifier: MIT
#include "view/form.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "form_inside.h"

static toc_form_field *add_field(toc_form *f, toc_field_kind kind, const char *name,
                                 const char *label, bool is_needed);
static void free_field(toc_form_field *field);
static bool goes_astray(const toc_form *f, uint32_t key);
static toc_form_end asked_key(toc_form *f, uint32_t key, void *owner);
static toc_form_end line_key(toc_form *f, toc_form_field *field, uint32_t key, void *owner);
static toc_form_end choice_key(toc_form *f, toc_form_field *field, uint32_t key, void *owner);
static toc_form_end note_key(toc_form *f, toc_form_field *field, uint32_t key, void *owner);
static void choose(toc_form *f, toc_form_field *field, size_t i);
static void move(toc_form *f, int by);
static void go_round(toc_form *f, int by);
static toc_form_end next_or_send(toc_form *f, void *owner);

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
    free(f->warning);
    free(f->refused);
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

void toc_form_only_with(toc_form_field *field, const char *name, const char *id)
{
    field->only_with = name;
    field->only_id = id;
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
    const toc_form_field *field = toc_form_find(f, name);
    if (!field || toc_form_is_hidden(f, field))
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
    const toc_form_field *field = toc_form_find(f, name);
    size_t count = 0;
    if (!field || field->kind != TOC_FIELD_CHOICES)
        return 0;
    for (size_t i = 0; i < field->choice_count && count < most; i++)
        if (field->is_chosen[i])
            list[count++] = field->ids[i];
    return count;
}

toc_form_end toc_form_key(toc_form *f, uint32_t key, void *owner)
{
    toc_form_settle(f);
    f->is_astray = goes_astray(f, key);
    if (f->is_astray)
        return TOC_FORM_STAYS;
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
        return toc_form_send(f, owner);
    if (key == TOC_KEY_TAB || key == TOC_KEY_BACK_TAB) {
        go_round(f, key == TOC_KEY_TAB ? 1 : -1);
        return TOC_FORM_STAYS;
    }
    if (f->count == 0)
        return key == TOC_KEY_ENTER ? toc_form_send(f, owner) : TOC_FORM_STAYS;
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
    f->is_astray = field->kind != TOC_FIELD_LINE && field->kind != TOC_FIELD_TEXT;
    if (f->is_astray)
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

// Whoever writes looks at the text, and has not seen that the cursor is elsewhere: a word's space is
// not the Space that chooses.
static bool goes_astray(const toc_form *f, uint32_t key)
{
    if (f->is_asking)
        return key == TOC_KEY_CTRL('S') || key == TOC_KEY_ALT_ENTER;
    toc_field_kind kind = f->count ? f->fields[f->at].kind : TOC_FIELD_NOTE;
    bool is_printed = key >= ' ' && key < TOC_KEY_UP && key != TOC_KEY_BACKSPACE;
    bool is_chooser = key == ' ' || (key >= '0' && key <= '9');
    return is_printed && (kind == TOC_FIELD_CHOICE || kind == TOC_FIELD_CHOICES) &&
           (f->is_astray || !is_chooser);
}

static toc_form_end asked_key(toc_form *f, uint32_t key, void *owner)
{
    switch (key) {
    case TOC_KEY_ENTER:
    case 'y':
    case 'Y':
        return toc_form_finish(f, owner);
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
        // Enter on somebody means them, where nobody was marked with Space.
        bool is_meant = field->kind == TOC_FIELD_CHOICE
                            ? field->chosen != field->row
                            : field->is_needed && !toc_form_is_filled(field);
        if (is_meant && count > 0)
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

const toc_form_field *toc_form_find(const toc_form *f, const char *name)
{
    for (size_t i = 0; name && i < f->count; i++)
        if (f->fields[i].kind != TOC_FIELD_NOTE && strcmp(f->fields[i].name, name) == 0)
            return &f->fields[i];
    return NULL;
}

bool toc_form_is_hidden(const toc_form *f, const toc_form_field *field)
{
    return field->only_with && strcmp(toc_form_value(f, field->only_with), field->only_id) != 0;
}

void toc_form_settle(toc_form *f)
{
    if (f->is_settled)
        return;
    f->is_settled = true;
    for (size_t i = 0; i < f->count; i++) {
        toc_form_field *field = &f->fields[i];
        if (field->kind == TOC_FIELD_CHOICE && field->is_needed && field->choice_count == 1)
            field->chosen = 0;
    }
    toc_form_field *at = f->count ? &f->fields[f->at] : NULL;
    if (at && at->kind == TOC_FIELD_CHOICE && at->choice_count == 1 && at->chosen == 0)
        move(f, 1);
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

bool toc_form_stops_at(const toc_form *f, const toc_form_field *field)
{
    if (toc_form_is_hidden(f, field))
        return false;
    return field->kind != TOC_FIELD_NOTE || field->note.wrapped > field->note.height;
}

bool toc_form_is_last(const toc_form *f)
{
    for (size_t i = f->at + 1; i < f->count; i++)
        if (toc_form_stops_at(f, &f->fields[i]))
            return false;
    return true;
}

// To the next field, if there is one.
static void move(toc_form *f, int by)
{
    for (size_t i = f->at; by > 0 ? i + 1 < f->count : i > 0;) {
        i = by > 0 ? i + 1 : i - 1;
        if (toc_form_stops_at(f, &f->fields[i])) {
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
        if (toc_form_stops_at(f, &f->fields[i])) {
            f->at = i;
            return;
        }
    }
}

static toc_form_end next_or_send(toc_form *f, void *owner)
{
    if (toc_form_is_last(f))
        return toc_form_send(f, owner);
    go_round(f, 1);
    return TOC_FORM_STAYS;
}
