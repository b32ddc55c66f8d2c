// SPDX-License-Identifier: MIT
#include "base/files.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

struct toc_files {
    toc_file **list; // sorted by path
    size_t count;
    size_t capacity;
};

static size_t place_of(const toc_files *f, const char *path, int *is_there);
static void free_file(toc_file *file);

toc_files *toc_files_new(void)
{
    return toc_alloc(sizeof(toc_files));
}

void toc_files_free(toc_files *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < f->count; i++)
        free_file(f->list[i]);
    free(f->list);
    free(f);
}

void toc_files_add(toc_files *f, const char *path, const void *data, size_t size)
{
    char *copy = toc_alloc(size + 1);
    if (size)
        memcpy(copy, data, size);
    toc_file *file = toc_alloc(sizeof *file);
    *file = (toc_file){.path = toc_strdup(path), .data = copy, .size = size};
    int is_there;
    size_t i = place_of(f, path, &is_there);
    if (is_there) {
        free_file(f->list[i]);
    } else {
        TOC_GROW(f->list, f->count, f->capacity);
        memmove(f->list + i + 1, f->list + i, (f->count - i) * sizeof *f->list);
        f->count++;
    }
    f->list[i] = file;
}

size_t toc_files_count(const toc_files *f)
{
    return f->count;
}

const toc_file *toc_files_at(const toc_files *f, size_t i)
{
    return i < f->count ? f->list[i] : NULL;
}

const toc_file *toc_files_find(const toc_files *f, const char *path)
{
    int is_there;
    size_t i = place_of(f, path, &is_there);
    return is_there ? f->list[i] : NULL;
}

int toc_path_ok(const char *path)
{
    size_t len = strlen(path);
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        i += toc_utf8_next(path + i, len - i, &cp);
        if (cp == TOC_CP_BAD || cp < 0x20 || (cp >= 0x7F && cp <= 0x9F) || cp == '\\')
            return 0;
    }
    for (const char *part = path;; part++) {
        size_t n = strcspn(part, "/");
        if (n == 0 || (n == 1 && part[0] == '.') || (n == 2 && part[0] == '.' && part[1] == '.'))
            return 0;
        part += n;
        if (!*part)
            return 1;
    }
}

// Where path is, or where it would have to stand.
static size_t place_of(const toc_files *f, const char *path, int *is_there)
{
    size_t low = 0;
    size_t high = f->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(f->list[middle]->path, path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *is_there = low < f->count && strcmp(f->list[low]->path, path) == 0;
    return low;
}

static void free_file(toc_file *file)
{
    free((void *)file->path);
    free((void *)file->data);
    free(file);
}
