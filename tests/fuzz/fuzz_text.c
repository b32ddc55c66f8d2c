// SPDX-License-Identifier: MIT
// What is shown is valid UTF-8 without anything that could steer a terminal.
#include "fuzz.h"

#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    toc_buf out = {0};
    toc_text_block(&out, (const char *)data, size, "  | ", 40);
    assert(toc_utf8_valid(toc_buf_text(&out), out.len, NULL));
    for (size_t i = 0; i < out.len; i++)
        assert((unsigned char)out.data[i] >= 0x20 || out.data[i] == '\n');
    toc_buf_fini(&out);
    return 0;
}
