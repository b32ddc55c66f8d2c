// SPDX-License-Identifier: MIT
#include "sp.h"

#include <stdint.h>
#include <string.h>

void toc_sp_greeting(char out[TOC_SP_GREETING], toc_sp_protocol protocol)
{
    const char greeting[TOC_SP_GREETING] = {0, 'S', 'P', 0, 0, (char)protocol, 0, 0};
    memcpy(out, greeting, sizeof greeting);
}

bool toc_sp_is_greeting(const char *data, size_t len, toc_sp_protocol protocol)
{
    char wanted[TOC_SP_GREETING];
    toc_sp_greeting(wanted, protocol);
    return len >= TOC_SP_GREETING && memcmp(data, wanted, TOC_SP_GREETING) == 0;
}

toc_sp_found toc_sp_next(const char *data, size_t len, size_t *at, const char **message,
                         size_t *message_len)
{
    uint64_t wanted = 0;
    if (len - *at < TOC_SP_LENGTH)
        return TOC_SP_MORE;
    for (size_t i = 0; i < TOC_SP_LENGTH; i++)
        wanted = wanted << 8 | (unsigned char)data[*at + i];
    if (wanted > TOC_SP_MESSAGE_MAX)
        return TOC_SP_TOO_LONG;
    if (len - *at - TOC_SP_LENGTH < wanted)
        return TOC_SP_MORE;
    *message = data + *at + TOC_SP_LENGTH;
    *message_len = (size_t)wanted;
    *at += TOC_SP_LENGTH + (size_t)wanted;
    return TOC_SP_MESSAGE;
}
