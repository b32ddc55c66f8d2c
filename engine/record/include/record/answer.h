// SPDX-License-Identifier: MIT
#ifndef TOC_ANSWER_H
#define TOC_ANSWER_H

#include <stdbool.h>

// toc_is_answer: does a message answer what was put to `to`? Only one to whom it was put answers it; what was put to control, as
// EXCON or as a party (is_party), any controller answers, as whomever. from speaks in the answer; is_by_control: a seat of control
// wrote it. Capitals do not matter.
bool toc_is_answer(const char *to, bool is_party, const char *from, bool is_by_control);

#endif
