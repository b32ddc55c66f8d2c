// SPDX-License-Identifier: MIT
#include "branch_signs.h"

#include <string.h>

#include "base/mem.h"
#include "rehearse/path.h"
#include "replays/branch.h"

// The chain was checked when the recording was read.
char *toc_sign_hash(const toc_recording *r, int64_t seq)
{
    size_t len, all;
    const char *bytes = toc_recording_bytes(r, &all), *body = toc_recording_body(r, seq, &len);
    const char *newline = body ? memchr(body, '\n', all - (size_t)(body - bytes)) : NULL;
    toc_line line;
    if (!newline || !toc_line_split(&line, body, (size_t)(newline - body)))
        return NULL;
    return toc_strndup(line.hash, TOC_HASH_HEX);
}

// A person's terminal gives each input an id; players that take their place have none.
void toc_signs_add(toc_signs *s, const toc_event *ev)
{
    const char *reason = ev->kind == TOC_K_DECIDE ? toc_event_str(ev, TOC_F_REASON) : NULL;
    bool is_message = ev->kind == TOC_K_SAY || ev->kind == TOC_K_FORWARD;
    s->again += is_message && toc_event_has(ev, TOC_F_ID);
    s->invented += reason && (strcmp(reason, TOC_REHEARSED_REASON) == 0 ||
                              strcmp(reason, TOC_BRANCH_REASON) == 0);
}
