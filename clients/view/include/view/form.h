// SPDX-License-Identifier: MIT
#ifndef TOC_FORM_H
#define TOC_FORM_H

// A form asks for what an act needs, in one overlay: choices, lines, texts. It asks once for
// confirmation, shows what is wrong beside the field, and keeps what was typed when the link is
// lost. Pure.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "view/editor.h"
#include "view/grid.h"
#include "view/keys.h"
#include "view/page.h"

typedef enum {
    TOC_FIELD_LINE,    // one line
    TOC_FIELD_TEXT,    // several; Ctrl-E opens $EDITOR
    TOC_FIELD_CHOICE,  // one of several
    TOC_FIELD_CHOICES, // any of several: Space marks
    TOC_FIELD_NOTE,    // only text to be read
} toc_field_kind;

enum { TOC_FORM_FIELDS = 10, TOC_FORM_CHOICES = 128 };

typedef struct {
    const char *name; // for whoever made the form: "reason"; static
    char *label;      // "Why?", owned
    toc_field_kind kind;
    bool is_needed;
    toc_editor editor;   // LINE, TEXT
    toc_page note;       // NOTE: what is read
    char **ids, **texts; // CHOICE, CHOICES; owned; texts may be foreign
    size_t choice_count;
    bool *is_chosen; // CHOICES
    size_t chosen;   // CHOICE; SIZE_MAX: none yet
    size_t row;      // CHOICE, CHOICES: where the cursor is
    char *problem;   // what is wrong with it, or NULL
    // It is asked only while that choice is this one; static; NULL: always.
    const char *only_with, *only_id;
} toc_form_field;

typedef struct toc_form {
    char *title;        // "Decide D-03"
    char *question;     // the confirmation: "Send this as your team's answer?"; NULL: none is asked
    const char *verb;   // what it does, for the hint: "send"; static
    const char *unverb; // what Esc does: "stay"; static; NULL: "cancel"
    char *warning;      // what has changed since it was opened, above all else; or NULL
    char *refused;      // why what was sent did not go, until it is sent again; or NULL
    struct toc_form *next; // of its owner's list
    toc_form_field fields[TOC_FORM_FIELDS];
    size_t count, at; // at: the field with the cursor
    bool is_asking;   // the confirmation stands:
    toc_page asked;   // the whole act in words
    bool is_loud;     // an emergency's
    bool is_touched;  // something was typed or chosen
    bool is_leaving;  // Esc was pressed once
    bool is_astray;   // letters came where none are typed: nothing is chosen by what follows them
    bool is_settled;  // a choice of one is made, the cursor is where it begins
    size_t top;       // the first row that is shown, where not all fit
    void *context;    // of the form's owner, freed with free()
    // What is wrong is said before the confirmation: it sets problems (toc_form_refuse) and gives
    // false. NULL: nothing more is asked.
    bool (*check)(void *owner, struct toc_form *f);
    // What to do when it is filled in. It may set problems (toc_form_refuse) and give false: the form stays.
    bool (*done)(void *owner, struct toc_form *f);
} toc_form;

// At most TOC_FORM_FIELDS fields; what is given is copied, but for name and verb. A LINE's field,
// TEXT's and CHOICE's are for the caller to set more of. A CHOICE has nothing chosen until an
// option says so, and must have something; its maker may clear is_needed. Where there is only one
// option it is chosen from the start.
toc_form *toc_form_new(const char *title, const char *verb, const char *question);
void toc_form_free(toc_form *f);
toc_form_field *toc_form_line(toc_form *f, const char *name, const char *label, const char *initial,
                              bool is_needed);
toc_form_field *toc_form_text(toc_form *f, const char *name, const char *label, const char *initial,
                              bool is_needed);
toc_form_field *toc_form_choice(toc_form *f, const char *name, const char *label, bool is_many);
// At most TOC_FORM_CHOICES: what comes after is left out.
void toc_form_option(toc_form_field *field, const char *id, const char *text, bool is_chosen);
// toc_form_only_with shows the field only while the choice `name` is `id`; hidden, its value is "".
// Both are static.
void toc_form_only_with(toc_form_field *field, const char *name, const char *id);
void toc_form_note(toc_form *f, const char *text); // foreign or ours: shown behind the gutter

// What was filled in: the text, or the id of what was chosen; "" for nothing.
const char *toc_form_value(const toc_form *f, const char *name);
// CHOICES: appends the ids to list (borrowed), gives how many.
size_t toc_form_values(const toc_form *f, const char *name, char **list, size_t most);
// toc_form_refuse says what is wrong below the field (no field of this name: below the one with the
// cursor), and puts the cursor into it if no earlier one has a problem.
void toc_form_refuse(toc_form *f, const char *name, const char *format, ...) TOC_PRINTF(3, 4);
// toc_form_warn says what has changed since the form was opened, above the fields and in the
// confirmation. It moves nothing.
void toc_form_warn(toc_form *f, const char *text);
// toc_form_return makes a form that was sent one to be filled in again, with all that was typed.
// why: stands above the fields until it is sent again; NULL: nothing does.
void toc_form_return(toc_form *f, const char *why);

typedef enum {
    TOC_FORM_STAYS,
    TOC_FORM_DONE,
    TOC_FORM_CANCELLED,
    TOC_FORM_WANTS_EDITOR
} toc_form_end;
// Tab, Up and Down move; Enter goes to the next field, and sends from the last one; in a long text
// it is a line's end. Ctrl-S and Alt-Enter send from anywhere; digits and Space choose; Esc
// cancels, asking once if something was typed. Letters among choices choose nothing, nor do the
// spaces and digits behind them: the hints say where to type. DONE: `done` was called with owner and took it.
toc_form_end toc_form_key(toc_form *f, uint32_t key, void *owner);
// toc_form_paste puts text into the field with the cursor, if it is one to type in. It sends nothing.
void toc_form_paste(toc_form *f, const char *text);
void toc_form_edited(toc_form *f, const char *text); // $EDITOR gave it back
// In a box in the middle of r, at most 72 columns wide and as high as it needs.
void toc_form_draw(toc_form *f, toc_grid *g, toc_rect r);

#endif
