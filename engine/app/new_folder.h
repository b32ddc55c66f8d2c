// SPDX-License-Identifier: MIT
#ifndef TOC_NEW_FOLDER_H
#define TOC_NEW_FOLDER_H

// Making a folder of files on a disk that belongs to somebody else: nothing that is there is touched.

#include "base/files.h"

// toc_new_folder writes files into dir, which must not exist yet, or be empty; its parent must exist.
// Nothing is ever overwritten. After an error (TOC_EIO) all that it made is gone again.
toc_err toc_new_folder(const char *dir, const toc_files *files, toc_error *e);

#endif
