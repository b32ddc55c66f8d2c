// SPDX-License-Identifier: MIT
// However a journal's bytes are, the scan says something about all of them and never more than it read.
#include "fuzz.h"

#include "record/chain.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    toc_chain_report report;
    toc_chain_scan((const char *)data, size, &report, NULL, NULL);
    assert(report.good_bytes >= 0 && (size_t)report.good_bytes <= size);
    assert((report.state == TOC_CHAIN_WHOLE) == (report.bad_line == 0));
    return 0;
}
