// SPDX-License-Identifier: MIT
// Whatever is read as an event is written and read again as the same bytes.
#include "fuzz.h"

#include "record/event.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    toc_event ev, again;
    if (toc_event_parse(&ev, (const char *)data, size, NULL))
        return 0;
    if (ev.kind != TOC_K_UNKNOWN) {
        toc_buf first = {0}, second = {0};
        toc_event_body(&first, &ev);
        toc_buf_char(&first, '}');
        toc_err err = toc_event_parse(&again, first.data, first.len, NULL);
        assert(err == TOC_OK);
        (void)err;
        toc_event_body(&second, &again);
        toc_buf_char(&second, '}');
        assert(strcmp(first.data, second.data) == 0);
        toc_event_fini(&again);
        toc_buf_fini(&first);
        toc_buf_fini(&second);
    }
    toc_event_fini(&ev);
    return 0;
}
