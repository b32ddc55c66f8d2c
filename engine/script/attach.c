// SPDX-License-Identifier: MIT
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "crypto/crypto.h"
#include "host.h"

#define ATTACHMENT_MAX ((size_t)4 << 20)

static size_t find_attachment(toc_scenario *s, const toc_draft *d, size_t i, const char *path);
static const toc_file *fetch(toc_scenario *s, const toc_draft *d, size_t i, const char *path);
static const char *find_meant(toc_scenario *s, const char *path, char out[TOC_LINE_TEXT_MAX]);
static bool is_there(toc_scenario *s, const char *path);

void toc_attach_resolve(toc_scenario *s, const toc_draft *d, toc_inject *inject)
{
    const toc_draft_value *paths = toc_draft_get(d, TOC_KEY_ATTACH);
    inject->attach = toc_alloc((paths->count + 1) * sizeof *inject->attach);
    for (size_t i = 0; i < paths->count; i++) {
        size_t attachment = find_attachment(s, d, i, paths->list[i]);
        if (attachment != TOC_NONE)
            inject->attach[inject->attach_count++] = attachment;
    }
}

// One file attached to many injects is one attachment.
static size_t find_attachment(toc_scenario *s, const toc_draft *d, size_t number, const char *path)
{
    toc_plan *p = &s->plan;
    for (size_t i = 0; i < p->attachment_count; i++)
        if (strcmp(p->attachments[i].path, path) == 0)
            return i;
    const toc_file *f = fetch(s, d, number, path);
    if (!f)
        return TOC_NONE;
    if (f->size > ATTACHMENT_MAX) {
        toc_problem_help(toc_draft_problem(s, d, "E0224", toc_where_item("attach", number),
                                           "attach: %s is too long: %zu bytes, at most %zu", path,
                                           f->size, ATTACHMENT_MAX),
                         "4 MiB is the most that is handed out: make it smaller, or split it");
        return TOC_NONE;
    }
    p->attachments =
        toc_realloc(p->attachments, (p->attachment_count + 1) * sizeof *p->attachments);
    toc_attachment *a = &p->attachments[p->attachment_count];
    *a = (toc_attachment){.path = toc_strdup(path), .size = f->size};
    toc_sha256_hex(a->sha256, (toc_bytes[]){{f->data, f->size}, {NULL, 0}});
    return p->attachment_count++;
}

static const toc_file *fetch(toc_scenario *s, const toc_draft *d, size_t i, const char *path)
{
    char quote[TOC_QUOTE_SIZE];
    char near[TOC_LINE_TEXT_MAX];
    toc_error e = {0};
    toc_where at = toc_where_item("attach", i);
    const toc_file *f = toc_path_ok(path) ? toc_files_find(s->files, path) : NULL;
    if (f)
        return f;
    bool is_path = toc_path_ok(path);
    toc_err err = is_path && s->fetch ? s->fetch->fetch(s->fetch->context, path, &e) : TOC_OK;
    f = is_path ? toc_files_find(s->files, path) : NULL;
    if (f)
        return f;
    bool is_missing = !err || e.sys == ENOENT;
    bool is_large = err == TOC_ELIMIT, is_no_file = err == TOC_EREFUSED;
    toc_problem *problem =
        !is_path      ? toc_draft_problem(s, d, "E0224", at,
                                          "attach: %s is no path inside the scenario's folder",
                                          toc_text_quote(quote, path))
        : is_large    ? toc_draft_problem(s, d, "E0223", at, "attach: %s is larger than 4 MiB",
                                          toc_text_quote(quote, path))
        : is_no_file  ? toc_draft_problem(s, d, "E0223", at,
                                          "attach: %s is a folder, or leads out of the scenario's",
                                          toc_text_quote(quote, path))
        : !is_missing ? toc_draft_problem(s, d, "E0223", at, "attach: %s", e.msg)
                      : toc_draft_problem(s, d, "E0223", at, "attach: there is no file %s",
                                          toc_text_quote(quote, path));
    const char *meant = find_meant(s, path, near);
    if (is_large) {
        toc_problem_help(problem, "make it smaller: a picture with fewer pixels, a text without "
                                  "pictures");
    } else if (is_no_file) {
        toc_problem_help(problem, "name a file in the scenario's folder: \"files/map.png\"");
    } else if (meant) {
        toc_problem_help(problem, "did you mean \"%s\"?", meant);
        toc_draft_fix(s, problem, "\"%s\"", meant);
    } else if (!is_path) {
        toc_problem_help(problem,
                         "copy the file into the scenario's folder, and write its path from "
                         "there, with /: \"files/map.png\"");
    } else {
        toc_problem_help(problem,
                         "is it in the scenario's folder, and its name written in the same "
                         "capital and small letters? A path begins there: \"files/map.png\"");
    }
    return NULL;
}

// The same name in another folder or in other letters. Attachments cannot be listed, so that likely
// places are tried.
static const char *find_meant(toc_scenario *s, const char *path, char out[TOC_LINE_TEXT_MAX])
{
    static const char *const folders[] = {"",       "files/",  "attachments/",
                                          "texts/", "images/", "maps/"};
    char name[TOC_LINE_TEXT_MAX];
    if (strlen(path) + 20 > TOC_LINE_TEXT_MAX || s->problems.count > TOC_PROBLEMS_SHOWN)
        return NULL;
    const char *base = path + strlen(path);
    while (base > path && base[-1] != '/' && base[-1] != '\\')
        base--;
    for (size_t i = 0; i < toc_files_count(s->files); i++) {
        const char *other = toc_files_at(s->files, i)->path;
        const char *slash = strrchr(other, '/');
        if (strcasecmp(slash ? slash + 1 : other, base) == 0 && !toc_module_is_library(other) &&
            strlen(other) < TOC_LINE_TEXT_MAX)
            return other;
    }
    for (size_t i = 0; i < 2 * TOC_COUNT(folders); i++) {
        snprintf(name, sizeof name, "%s", base);
        for (char *p = name; *p && i >= TOC_COUNT(folders); p++)
            *p = (char)tolower((unsigned char)*p);
        snprintf(out, TOC_LINE_TEXT_MAX, "%s%s", folders[i % TOC_COUNT(folders)], name);
        if (is_there(s, out))
            return out;
    }
    return NULL;
}

static bool is_there(toc_scenario *s, const char *path)
{
    toc_error e;
    return toc_path_ok(path) &&
           (toc_files_find(s->files, path) ||
            (s->fetch && s->fetch->fetch(s->fetch->context, path, &e) == TOC_OK));
}
