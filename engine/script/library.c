// SPDX-License-Identifier: MIT
#include <stdio.h>

#include "base/embedded.h"
#include "sandbox.h"
#include "script/scenario.h"

extern const toc_embedded toc_library_files[]; // the modules of scripts/
extern const size_t toc_library_count;

void toc_library_add(toc_files *files)
{
    for (size_t i = 0; i < toc_library_count; i++) {
        char path[256];
        snprintf(path, sizeof path, "%s%s", TOC_LIBRARY, toc_library_files[i].path);
        toc_files_add(files, path, toc_library_files[i].data, toc_library_files[i].size);
    }
}
