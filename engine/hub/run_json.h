// SPDX-License-Identifier: MIT
#ifndef TOC_RUN_JSON_H
#define TOC_RUN_JSON_H

// run.json: what a run folder's other files do not say, as text.

#include "hub/run_folder.h"

void toc_run_info_copy(toc_run_info *to, const toc_run_info *from); // to is uninitialised
void toc_run_info_json(toc_buf *out, const toc_run_info *info);
toc_err toc_run_info_parse(toc_run_info *out, const char *text, size_t len, toc_error *e);

#endif
