// SPDX-License-Identifier: MIT
// What is wrong with what was filled in, and the question before it is sent.
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "form_inside.h"
#include "grid_inside.h"

enum { ASKED_LINES = 8 }; // of a text, in the confirmation

static bool find_empty(toc_form *f);
static void go_to_problem(toc_form *f);
static void ask(toc_form *f);
static void say_text(toc_page *p, const char *text);

void toc_form_refuse(toc_form *f, const char *name, const char *format, ...)
{
    if (f->count == 0)
        return;
    const toc_form_field *named = toc_form_find(f, name);
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

void toc_form_warn(toc_form *f, const char *text)
{
    free(f->warning);
    f->warning = toc_strdup(text);
    if (f->is_asking)
        ask(f);
}

void toc_form_return(toc_form *f, const char *why)
{
    free(f->refused);
    f->refused = toc_strdup(why);
    f->is_asking = f->is_leaving = false;
    f->is_touched = true;
    f->top = 0;
    f->next = NULL;
}

toc_form_end toc_form_send(toc_form *f, void *owner)
{
    free(f->refused);
    f->refused = NULL;
    if (find_empty(f) || (f->check && !f->check(owner, f)))
        return TOC_FORM_STAYS;
    if (!f->question)
        return toc_form_finish(f, owner);
    ask(f);
    return TOC_FORM_STAYS;
}

// What was refused is shown beside its field; the owner says it by toc_form_refuse.
toc_form_end toc_form_finish(toc_form *f, void *owner)
{
    f->is_asking = false;
    if (!f->done || f->done(owner, f))
        return TOC_FORM_DONE;
    return TOC_FORM_STAYS;
}

bool toc_form_is_filled(const toc_form_field *field)
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
        if (!field->is_needed || toc_form_is_hidden(f, field) || toc_form_is_filled(field))
            continue;
        bool is_typed = field->kind == TOC_FIELD_LINE || field->kind == TOC_FIELD_TEXT;
        field->problem =
            toc_strdup(is_typed                           ? "This is needed: please fill it in."
                       : field->kind == TOC_FIELD_CHOICES ? "Nobody is marked: Space marks."
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
    if (f->warning)
        toc_page_say(p, TOC_STYLE_BAD, "%s", f->warning);
    toc_page_say(p, TOC_STYLE_TITLE, "%s", f->question);
    for (size_t i = 0; i < f->count; i++) {
        const toc_form_field *field = &f->fields[i];
        if (field->kind == TOC_FIELD_NOTE || toc_form_is_hidden(f, field))
            continue;
        toc_page_say(p, TOC_STYLE_KEY, "%s", field->label);
        if (!toc_form_is_filled(field))
            toc_page_say(p, TOC_STYLE_PLAIN, "  (nothing)");
        else if (field->kind == TOC_FIELD_LINE || field->kind == TOC_FIELD_TEXT)
            say_text(p, toc_buf_text(&field->editor.text));
        for (size_t k = 0; k < field->choice_count; k++)
            if (field->kind == TOC_FIELD_CHOICES ? field->is_chosen[k] : field->chosen == k)
                toc_page_foreign(p, field->texts[k]);
    }
}

// A long text is known by how it begins, and by its length.
static void say_text(toc_page *p, const char *text)
{
    size_t lines = 0, shown = 0;
    size_t len = strlen(text);
    while (len > 0 && text[len - 1] == '\n')
        len--;
    for (size_t i = 0; i <= len; i++) {
        if (i < len && text[i] != '\n')
            continue;
        lines++;
        if (lines <= ASKED_LINES)
            shown = i;
    }
    if (lines <= ASKED_LINES) {
        toc_page_foreign(p, text);
        return;
    }
    toc_buf begin = {0};
    toc_buf_add(&begin, text, shown);
    toc_page_say(p, TOC_STYLE_PLAIN, "%zu lines; the first %d:", lines, (int)ASKED_LINES);
    toc_page_foreign(p, toc_buf_text(&begin));
    toc_buf_fini(&begin);
}
