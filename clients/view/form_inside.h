// SPDX-License-Identifier: MIT
#ifndef TOC_FORM_INSIDE_H
#define TOC_FORM_INSIDE_H

// A form's inside: form.c (what keys do), form_ask.c (what is wrong, and the confirmation),
// form_draw.c (how it looks).

#include "view/form.h"

// Does the cursor stop at this field? At a note only when it is longer than its place.
bool toc_form_stops_at(const toc_form *f, const toc_form_field *field);
// Is the choice that this field belongs to another one?
bool toc_form_is_hidden(const toc_form *f, const toc_form_field *field);
// NULL: no field is called so.
const toc_form_field *toc_form_find(const toc_form *f, const char *name);
bool toc_form_is_filled(const toc_form_field *field);
// Once, when all options are there: what leaves no choice is chosen, and the cursor begins behind it.
void toc_form_settle(toc_form *f);
toc_form_end toc_form_send(toc_form *f, void *owner); // says what is missing, asks, or sends
toc_form_end toc_form_finish(toc_form *f, void *owner);
bool toc_form_is_last(const toc_form *f); // no stop comes after the field with the cursor
toc_do toc_form_scroll(uint32_t key);     // of a text that is read; TOC_DO_NOTHING: none

#endif
