// SPDX-License-Identifier: MIT
#ifndef TOC_DISK_H
#define TOC_DISK_H

// What the journal needs of the file system, each call as careful as the journal has to be. Only
// for this folder.

#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "record/journal.h"

// toc_disk_real writes until all is written and syncs with fdatasync, folders with fsync.
toc_disk toc_disk_real(void);

// toc_disk_lock takes the whole file for this process. TOC_EIO if another one has it.
toc_err toc_disk_lock(int fd, const char *path, toc_error *e);

// toc_disk_read appends the whole file behind fd.
toc_err toc_disk_read(int fd, const char *path, toc_buf *out, toc_error *e);

// toc_disk_check: path still names the file behind fd, or was only moved, and all is in it that was
// written. Another program that replaces, removes or cuts it gets TOC_EIO: what is written then is lost
// when this process ends.
toc_err toc_disk_check(int fd, const char *path, toc_error *e);

// toc_disk_sync_folder makes the name of path durable.
toc_err toc_disk_sync_folder(const toc_disk *disk, const char *path, toc_error *e);

// toc_disk_keep saves bytes, durably, in a new file beside path: path.cut, path.cut-2, … The caller
// owns *kept, the file's path.
toc_err toc_disk_keep(const toc_disk *disk, const char *path, const void *data, size_t len,
                      char **kept, toc_error *e);

// toc_disk_cut makes the file end at size, durably.
toc_err toc_disk_cut(const toc_disk *disk, int fd, const char *path, int64_t size, toc_error *e);

#endif
