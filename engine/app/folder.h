// SPDX-License-Identifier: MIT
#ifndef TOC_APP_FOLDER_H
#define TOC_APP_FOLDER_H

// A scenario folder, as the commands take it.

#include <stdbool.h>

#include "base/files.h"
#include "check/check.h"
#include "script/scenario.h"

// toc_folder_read reads the sources of a scenario folder into files, and says what is wrong if it is
// missing, no folder, or holds no scenario.lua.
toc_err toc_folder_read(toc_files *files, const char *dir, toc_error *e);

// toc_folder_of gives the folder of a file scenario.lua that was named in its place, for the caller to free;
// NULL if path is no such file.
char *toc_folder_of(const char *path);

// toc_folder_load loads the scenario whose sources toc_folder_read gave, adding the library and what it
// attaches. Its mistakes are printed; e then says how many there are.
toc_err toc_folder_load(toc_scenario **out, toc_files *files, const char *dir, toc_error *e);

// toc_folder_check reads the folder too, and looks at everything that can be known without playing. Mistakes
// are in out, and so are files that cannot be read; an error means that the folder as a whole cannot.
toc_err toc_folder_check(toc_review *out, toc_files *files, const char *dir, toc_error *e);

// toc_color_allowed: a terminal that shows colours, and nobody who asked for none (NO_COLOR).
bool toc_color_allowed(int fd);

// toc_problems_show prints the lines of problems on stderr; if there are any, e says how many in what.
void toc_problems_show(const toc_buf *problems, const char *what, toc_err err, toc_error *e);

#endif
