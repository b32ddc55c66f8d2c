// SPDX-License-Identifier: MIT
#include <string.h>

#include "base/mem.h"
#include "pass.h"

enum { TODOS_MAX = 1000 };

// A word of its own: no TODOS, no METHODO.
static bool is_word(const char *text, const char *at, size_t len)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    return (at == text || !strchr(letters, at[-1])) && (!at[len] || !strchr(letters, at[len]));
}

static bool is_mark(const char *text, const char *at)
{
    if (*at == '?')
        return strncmp(at, "???", 3) == 0;
    if (strncmp(at, "TODO", 4) == 0)
        return is_word(text, at, 4);
    return strncmp(at, "FIXME", 5) == 0 && is_word(text, at, 5);
}

void toc_review_todos(toc_review *out, const toc_files *files)
{
    for (size_t i = 0; i < toc_files_count(files); i++) {
        const toc_file *f = toc_files_at(files, i);
        const char *end = f->data + f->size;
        const char *counted = f->data;
        int line = 1, last = 0;
        if (strncmp(f->path, "tocsin/", 7) == 0)
            continue;
        for (const char *at = f->data; at < end && out->todo_count < TODOS_MAX; at++) {
            at += strcspn(at, "TF?");
            if (at >= end)
                break;
            if (!is_mark(f->data, at))
                continue;
            for (; counted < at; counted++)
                line += *counted == '\n';
            if (line == last)
                continue;
            last = line;
            TOC_GROW(out->todos, out->todo_count, out->todo_capacity);
            out->todos[out->todo_count++] = (toc_todo){toc_strdup(f->path), line};
        }
    }
}
