// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "crypto/crypto.h"
#include "host.h"

#define ATTACHMENT_MAX ((size_t)4 << 20)

static size_t find_attachment(toc_scenario *s, const toc_draft *d, const char *path);
static const toc_file *fetch(toc_scenario *s, const toc_draft *d, const char *path);

void toc_attach_resolve(toc_scenario *s, const toc_draft *d, toc_inject *inject)
{
    const toc_draft_value *paths = toc_draft_get(d, TOC_KEY_ATTACH);
    inject->attach = toc_alloc((paths->count + 1) * sizeof *inject->attach);
    for (size_t i = 0; i < paths->count; i++) {
        size_t attachment = find_attachment(s, d, paths->list[i]);
        if (attachment != TOC_NONE)
            inject->attach[inject->attach_count++] = attachment;
    }
}

// One file attached to many injects is one attachment.
static size_t find_attachment(toc_scenario *s, const toc_draft *d, const char *path)
{
    toc_plan *p = &s->plan;
    for (size_t i = 0; i < p->attachment_count; i++)
        if (strcmp(p->attachments[i].path, path) == 0)
            return i;
    const toc_file *f = fetch(s, d, path);
    if (!f)
        return TOC_NONE;
    if (f->size > ATTACHMENT_MAX) {
        toc_draft_problem(s, d, "E0000", NULL, "attach: %s is too long: %zu bytes, at most %zu",
                          path, f->size, ATTACHMENT_MAX);
        return TOC_NONE;
    }
    p->attachments =
        toc_realloc(p->attachments, (p->attachment_count + 1) * sizeof *p->attachments);
    toc_attachment *a = &p->attachments[p->attachment_count];
    *a = (toc_attachment){.path = toc_strdup(path), .size = f->size};
    toc_sha256_hex(a->sha256, (toc_bytes[]){{f->data, f->size}, {NULL, 0}});
    return p->attachment_count++;
}

static const toc_file *fetch(toc_scenario *s, const toc_draft *d, const char *path)
{
    char quote[TOC_QUOTE_SIZE];
    toc_error e;
    if (!toc_path_ok(path)) {
        toc_draft_problem(s, d, "E0000", NULL, "attach: %s is no path inside the scenario's folder",
                          toc_text_quote(quote, path));
        return NULL;
    }
    const toc_file *f = toc_files_find(s->files, path);
    if (f)
        return f;
    if (s->fetch && s->fetch->fetch(s->fetch->context, path, &e) != TOC_OK) {
        toc_draft_problem(s, d, "E0000", NULL, "attach: %s", e.msg);
        return NULL;
    }
    f = toc_files_find(s->files, path);
    if (!f)
        toc_draft_problem(s, d, "E0000", NULL, "attach: there is no file %s",
                          toc_text_quote(quote, path));
    return f;
}
