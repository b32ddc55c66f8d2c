// SPDX-License-Identifier: MIT
// A ticket of any bytes is read or refused, and what is read is written as a ticket again and read as the same.
#include "fuzz.h"

#include "record/ticket.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    toc_ticket ticket = {0}, again = {0};
    toc_buf text = {0}, same = {0};
    if (toc_ticket_parse(&ticket, (const char *)data, size, NULL) == TOC_OK) {
        toc_ticket_text(&text, &ticket);
        toc_err err = toc_ticket_parse(&again, text.data, text.len, NULL);
        assert(!err && strcmp(again.title, ticket.title) == 0 &&
               strcmp(again.key, ticket.key) == 0 && strcmp(again.token, ticket.token) == 0 &&
               strcmp(again.seat, ticket.seat) == 0);
        toc_ticket_text(&same, &again); // every field of it
        assert(same.len == text.len && memcmp(same.data, text.data, text.len) == 0);
        (void)err;
    }
    toc_ticket_fini(&ticket);
    toc_ticket_fini(&again);
    toc_buf_fini(&text);
    toc_buf_fini(&same);
    return 0;
}
