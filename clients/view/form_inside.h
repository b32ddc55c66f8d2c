// SPDX-License-Identifier: MIT
#ifndef TOC_FORM_INSIDE_H
#define TOC_FORM_INSIDE_H

// A form's inside: form.c (what keys do), form_draw.c (how it looks).

#include "view/form.h"

// Does the cursor stop at this field? At a note only when it is longer than its place.
bool toc_form_stops_at(const toc_form_field *field);
bool toc_form_is_last(const toc_form *f); // no stop comes after the field with the cursor
toc_do toc_form_scroll(uint32_t key);     // of a text that is read; TOC_DO_NOTHING: none

#endif
