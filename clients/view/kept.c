// SPDX-License-Identifier: MIT
// Forms that were sent. Each waits beside the act that it made until the engine has answered: what
// was refused comes back as it was filled in, with the reason above it, so that nobody types twice.
#include <stdlib.h>

#include "base/mem.h"
#include "view_parts.h"

// A form keeps its first act only: the others follow from it.
bool toc_view_keep_form(toc_view *v, toc_form *f, bool is_sent)
{
    bool is_kept = false;
    for (size_t i = 0; i < v->outgoing_count + v->wanted_count; i++) {
        bool is_out = i < v->outgoing_count;
        toc_form **held = is_out ? &v->outgoing[i].form : &v->wanted[i - v->outgoing_count].form;
        if (*held != f)
            continue;
        if (!is_sent || is_kept)
            *held = NULL;
        is_kept = is_sent;
    }
    return is_kept;
}

void toc_view_return_form(toc_view *v, toc_form *f, const char *why)
{
    if (!f)
        return;
    toc_form_return(f, why);
    toc_form **end = &v->returning;
    while (*end)
        end = &(*end)->next;
    *end = f;
}

// The keys of somebody who types elsewhere are not to land in it.
void toc_view_open_returned(toc_view *v)
{
    toc_form *f = v->returning;
    if (!f || v->form || v->prompt_kind != TOC_PROMPT_NONE || v->link == TOC_VIEW_OVER)
        return;
    v->returning = f->next;
    f->next = NULL;
    v->form = f;
    v->is_news = true;
}

void toc_view_kept_fini(toc_view *v)
{
    while (v->returning) {
        toc_form *next = v->returning->next;
        toc_form_free(v->returning);
        v->returning = next;
    }
}
