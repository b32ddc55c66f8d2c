// SPDX-License-Identifier: MIT
#ifndef TOC_FILES_H
#define TOC_FILES_H

#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

// A scenario's files in memory: path (relative, with '/', no "." or "..") → bytes. A live run fills
// it from a folder, a replay from the journal; whoever reads scenarios sees only this.
typedef struct toc_files toc_files;

// Valid until the table is freed or this path is replaced.
typedef struct {
    const char *path;
    const char *data; // NUL-terminated after size bytes
    size_t size;
} toc_file;

toc_files *toc_files_new(void);
void toc_files_free(toc_files *f);
void toc_files_add(toc_files *f, const char *path, const void *data, size_t size); // replaces
size_t toc_files_count(const toc_files *f);
const toc_file *toc_files_at(const toc_files *f, size_t i);           // sorted by path, bytewise
const toc_file *toc_files_find(const toc_files *f, const char *path); // NULL if not there

// toc_files_read_folder adds the scenario's sources: every .lua, .md and .txt file below dir, but for
// hidden files and folders, `plans/` and `runs/` at the top, and .meta.lua files, which are for editors.
// At most 256 KiB each, 16 MiB and 2,000 files in all, folders 16 deep, each strict UTF-8 (a leading
// BOM is taken off, \r\n becomes \n). Symbolic links to folders, and to files outside dir, are refused.
// Errors name the file; after one f is as it was.
toc_err toc_files_read_folder(toc_files *f, const char *dir, toc_error *e);

// toc_files_gather is toc_files_read_folder that goes on behind a name that cannot be taken: told gets its
// path in the folder and why (TOC_EFORMAT: no UTF-8; its words begin with "path:line: "). An error is one of
// the folder as a whole: it cannot be read, or holds too much.
typedef void (*toc_files_told)(void *context, const char *path, const toc_error *why);
toc_err toc_files_gather(toc_files *f, const char *dir, toc_files_told told, void *context,
                         toc_error *e);

// toc_files_read_one adds dir/path, whatever its bytes are, up to limit bytes. path must be a plain
// relative path (else TOC_EFORMAT); what is no file, or a symbolic link that leaves dir, is refused
// (TOC_EREFUSED).
toc_err toc_files_read_one(toc_files *f, const char *dir, const char *path, size_t limit,
                           toc_error *e);

// toc_path_ok: relative, '/'-separated, no empty, "." or ".." part, no control characters or '\',
// strict UTF-8.
int toc_path_ok(const char *path);

// toc_file_slurp appends a whole file (at most limit bytes, else TOC_ELIMIT and nothing is appended);
// toc_file_write_private writes path through a temporary file in the same folder, mode 0600, synced,
// then renamed: path is the old file or the whole new one, whatever happens. What stands there and is no regular file (a folder,
// a symbolic link, a device, a pipe) is left as it is: TOC_EIO, and what to do.
toc_err toc_file_slurp(toc_buf *out, const char *path, size_t limit, toc_error *e);
toc_err toc_file_write_private(const char *path, const void *data, size_t size, toc_error *e);

// toc_file_put_private is the same without the syncs: until toc_paths_sync, the file may be lost with the power, or be
// empty. toc_paths_sync syncs files and folders, several at a time: most disks make twenty safe in the time of one.
toc_err toc_file_put_private(const char *path, const void *data, size_t size, toc_error *e);
toc_err toc_paths_sync(char *const *paths, size_t count, toc_error *e);

#endif
