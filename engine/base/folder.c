// SPDX-License-Identifier: MIT
// Reading a scenario's folder. Names are walked in sorted order, so that of several mistakes the same
// one is told everywhere.
#define _XOPEN_SOURCE 700 // realpath

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/files.h"
#include "base/mem.h"
#include "base/text.h"

enum {
    FILE_LIMIT = 256 * 1024,
    TOTAL_LIMIT = 16 * 1024 * 1024,
    COUNT_LIMIT = 2000,
    DEPTH_LIMIT = 16,
    NAMES_LIMIT = 20000, // of any kind in one folder
};

typedef struct {
    toc_files *files;
    const char *dir;
    size_t total;
    toc_files_told told; // of what cannot be taken; NULL: the first ends it
    void *context;
} walk;

typedef struct {
    char **list;
    size_t count;
    size_t capacity;
} names;

static toc_err walk_folder(walk *w, const char *folder, int depth, toc_error *e);
static toc_err walk_name(walk *w, const char *folder, const char *name, int depth, toc_error *e);
static toc_err pass_on(const walk *w, const char *path, toc_err err, const toc_error *e);
static toc_err add_source(walk *w, const char *path, toc_error *e);
static toc_err clean_source(toc_buf *text, const char *path, toc_error *e);
static toc_err read_inside(toc_buf *out, const char *dir, const char *path, size_t limit,
                           toc_error *e);
static toc_err list_names(names *n, const char *folder, toc_error *e);
static void free_names(names *n);
static int compare_names(const void *a, const void *b);
static bool is_source(const char *name);

toc_err toc_files_read_folder(toc_files *f, const char *dir, toc_error *e)
{
    return toc_files_gather(f, dir, NULL, NULL, e);
}

toc_err toc_files_gather(toc_files *f, const char *dir, toc_files_told told, void *context,
                         toc_error *e)
{
    walk w = {.files = toc_files_new(), .dir = dir, .told = told, .context = context};
    toc_err err = walk_folder(&w, "", 0, e);
    for (size_t i = 0; err == TOC_OK && i < toc_files_count(w.files); i++) {
        const toc_file *file = toc_files_at(w.files, i);
        toc_files_add(f, file->path, file->data, file->size);
    }
    toc_files_free(w.files);
    return err;
}

toc_err toc_files_read_one(toc_files *f, const char *dir, const char *path, size_t limit,
                           toc_error *e)
{
    toc_buf data = {0};
    toc_err err = read_inside(&data, dir, path, limit, e);
    if (err == TOC_OK)
        toc_files_add(f, path, toc_buf_text(&data), data.len);
    toc_buf_fini(&data);
    return err;
}

// folder is "" or relative to w->dir with a '/' at its end.
static toc_err walk_folder(walk *w, const char *folder, int depth, toc_error *e)
{
    if (depth > DEPTH_LIMIT)
        return toc_fail(e, TOC_ELIMIT, "%s is more than %d folders deep", folder, DEPTH_LIMIT);
    names n = {0};
    char *where = *folder ? toc_sprintf("%s/%s", w->dir, folder) : toc_strdup(w->dir);
    toc_err err = list_names(&n, where, e);
    for (size_t i = 0; err == TOC_OK && i < n.count; i++)
        err = walk_name(w, folder, n.list[i], depth, e);
    free(where);
    free_names(&n);
    return err;
}

static toc_err walk_name(walk *w, const char *folder, const char *name, int depth, toc_error *e)
{
    char *path = toc_sprintf("%s%s", folder, name);
    char *where = toc_sprintf("%s/%s", w->dir, path);
    struct stat info;
    struct stat target;
    toc_err err = TOC_OK;
    if (lstat(where, &info) < 0) {
        err = pass_on(w, path, toc_fail_sys(e, errno, "cannot read %s", where), e);
    } else if (S_ISLNK(info.st_mode) && stat(where, &target) == 0 && S_ISDIR(target.st_mode)) {
        err = pass_on(w, path,
                      toc_fail(e, TOC_EREFUSED, "%s is a symbolic link to a folder", where), e);
    } else if (S_ISDIR(info.st_mode)) {
        if (depth > 0 || (strcmp(name, "plans") != 0 && strcmp(name, "runs") != 0)) {
            char *inner = toc_sprintf("%s/", path);
            err = walk_folder(w, inner, depth + 1, e);
            free(inner);
        }
    } else if (is_source(name)) {
        err = add_source(w, path, e);
    }
    free(where);
    free(path);
    return err;
}

// What is wrong with one name, where somebody wants to hear of all.
static toc_err pass_on(const walk *w, const char *path, toc_err err, const toc_error *e)
{
    if (err == TOC_OK || !w->told)
        return err;
    w->told(w->context, path, e);
    return TOC_OK;
}

static toc_err add_source(walk *w, const char *path, toc_error *e)
{
    if (toc_files_count(w->files) == COUNT_LIMIT)
        return toc_fail(e, TOC_ELIMIT, "%s has more than %d text files: %s is one too many", w->dir,
                        COUNT_LIMIT, path);
    toc_buf text = {0};
    toc_err err = read_inside(&text, w->dir, path, FILE_LIMIT, e);
    w->total += text.len;
    if (err == TOC_OK && w->total > TOTAL_LIMIT) {
        toc_buf_fini(&text);
        return toc_fail(e, TOC_ELIMIT, "the text files of %s are larger than %d bytes: at %s",
                        w->dir, TOTAL_LIMIT, path);
    }
    if (err == TOC_OK)
        err = clean_source(&text, path, e);
    if (err == TOC_OK)
        toc_files_add(w->files, path, toc_buf_text(&text), text.len);
    toc_buf_fini(&text);
    return pass_on(w, path, err, e);
}

static toc_err clean_source(toc_buf *text, const char *path, toc_error *e)
{
    size_t bad;
    const char *bytes = toc_buf_text(text);
    if (!toc_utf8_valid(bytes, text->len, &bad)) {
        size_t line = 1;
        for (size_t i = 0; i < bad; i++)
            line += bytes[i] == '\n';
        const char *encoding = toc_text_encoding(bytes, text->len);
        return toc_fail(e, TOC_EFORMAT,
                        "%s:%zu: byte 0x%02X is not UTF-8 text: the file is %s%s; open it in an "
                        "editor and save it as UTF-8 (in Word: Save As, Plain text, Other "
                        "encoding, Unicode UTF-8)",
                        path, line, (unsigned char)bytes[bad],
                        !encoding || encoding[0] == 'a' ? "" : "saved in ",
                        encoding ? encoding : "damaged, or no text");
    }
    if (text->len == 0)
        return TOC_OK;
    size_t from = strncmp(text->data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    size_t to = 0;
    for (; from < text->len; from++) {
        if (text->data[from] != '\r' || text->data[from + 1] != '\n')
            text->data[to++] = text->data[from];
    }
    text->data[to] = '\0';
    text->len = to;
    return TOC_OK;
}

// The check and the reading are two steps: this keeps out mistakes and borrowed scenarios, not someone
// who changes the folder meanwhile; whoever can do that can change the scenario itself.
static toc_err read_inside(toc_buf *out, const char *dir, const char *path, size_t limit,
                           toc_error *e)
{
    char quote[TOC_QUOTE_SIZE];
    if (!toc_path_ok(path))
        return toc_fail(e, TOC_EFORMAT, "%s is not a plain path below the scenario's folder",
                        toc_text_quote(quote, path));
    char *where = toc_sprintf("%s/%s", dir, path);
    char *real_dir = realpath(dir, NULL);
    char *real = realpath(where, NULL);
    size_t len = real_dir ? strlen(real_dir) : 0;
    if (len == 1)
        len = 0; // "/" needs no second one
    struct stat info;
    toc_err err = TOC_OK;
    if (!real_dir || !real || stat(real, &info) < 0)
        err = toc_fail_sys(e, errno, "cannot read %s", where);
    else if (strncmp(real, real_dir, len) != 0 || real[len] != '/')
        err = toc_fail(e, TOC_EREFUSED, "%s is a symbolic link that leaves %s", where, dir);
    else if (!S_ISREG(info.st_mode))
        err = toc_fail(e, TOC_EREFUSED, "%s is not a file", where);
    else
        err = toc_file_slurp(out, where, limit, e);
    free(real);
    free(real_dir);
    free(where);
    return err;
}

static toc_err list_names(names *n, const char *folder, toc_error *e)
{
    DIR *d = opendir(folder);
    if (!d)
        return toc_fail_sys(e, errno, "cannot read the folder %s", folder);
    toc_err err = TOC_OK;
    while (err == TOC_OK) {
        errno = 0;
        struct dirent *entry = readdir(d);
        if (!entry && errno)
            err = toc_fail_sys(e, errno, "cannot read the folder %s", folder);
        if (!entry)
            break;
        if (entry->d_name[0] == '.')
            continue;
        if (n->count == NAMES_LIMIT) {
            err = toc_fail(e, TOC_ELIMIT, "the folder %s holds more than %d files", folder,
                           NAMES_LIMIT);
            break;
        }
        TOC_GROW(n->list, n->count, n->capacity);
        n->list[n->count++] = toc_strdup(entry->d_name);
    }
    closedir(d);
    if (n->count)
        qsort(n->list, n->count, sizeof *n->list, compare_names);
    return err;
}

static void free_names(names *n)
{
    for (size_t i = 0; i < n->count; i++)
        free(n->list[i]);
    free(n->list);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

// What is called something.meta.lua tells editors of the language; no scenario runs it.
static bool is_source(const char *name)
{
    static const char *const endings[] = {".lua", ".md", ".txt"};
    static const char meta[] = ".meta.lua";
    const char *dot = strrchr(name, '.');
    size_t len = strlen(name);
    if (len >= strlen(meta) && strcmp(name + len - strlen(meta), meta) == 0)
        return false;
    for (size_t i = 0; dot && i < TOC_COUNT(endings); i++) {
        if (strcmp(dot, endings[i]) == 0)
            return true;
    }
    return false;
}
