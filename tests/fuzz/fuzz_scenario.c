// SPDX-License-Identifier: MIT
// A scenario of any bytes loads or is refused; it neither hangs nor crashes.
#include "fuzz.h"

#include "script/scenario.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    toc_files *files = toc_files_new();
    toc_files_add(files, "scenario.lua", data, size);
    toc_scenario *s = NULL;
    if (toc_scenario_load(&s, files, NULL, 26, TOC_SCENARIO_MEMORY, NULL, NULL) == TOC_OK)
        toc_scenario_free(s);
    toc_files_free(files);
    return 0;
}
