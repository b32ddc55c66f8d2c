// SPDX-License-Identifier: MIT
#ifndef TOC_ANSWER_H
#define TOC_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#include "record/json.h"

#define TOC_RECEIPT_LEN 64 // hex digits

// What the engine sent back for a request. What cannot be read is an answer too: the error "bad-reply".
// Texts are borrowed of body.
typedef struct {
    toc_json *body; // NULL if it cannot be read
    const char *id; // "" if there is none
    bool ok;
    const char *code, *text; // of the error; NULL if ok
    const char *receipt;     // NULL if there is none, or it does not look like one
} toc_answer;

void toc_answer_read(toc_answer *a, const char *data, size_t len);
void toc_answer_fini(toc_answer *a);

#endif
