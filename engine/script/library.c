// SPDX-License-Identifier: MIT
#include "library.h"
#include "script/scenario.h"

void toc_library_add(toc_files *files)
{
    for (size_t i = 0; i < toc_library_file_count; i++)
        toc_files_add(files, toc_library_files[i].path, toc_library_files[i].data,
                      toc_library_files[i].size);
}
