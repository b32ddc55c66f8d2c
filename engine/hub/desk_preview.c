// SPDX-License-Identifier: MIT
// preview: what a jump would do. It is found out on a copy, by whoever sends the replies.
#include <string.h>

#include "desk_inside.h"
#include "hub/preview.h"

void toc_desk_preview(toc_request *q)
{
    if (strcmp(q->role, "excon") != 0) {
        toc_reply_error(q, "not-allowed", "\"%s\" is not for the role %s", q->op, q->role);
        return;
    }
    toc_event jump;
    toc_error why = {0};
    toc_event_init(&jump, TOC_K_JUMP, 0);
    if (toc_desk_fields(q, &jump)) {
        toc_event_set_str(&jump, TOC_F_BY, q->seat_id);
        toc_err err = toc_conduct_check(q->desk->conduct, q->mono, &jump, &why);
        if (err)
            toc_desk_failed(q, err, &why);
        else
            q->reply->preview = toc_preview_new(q->desk->conduct, &jump);
    }
    toc_event_fini(&jump);
}
