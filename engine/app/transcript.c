// SPDX-License-Identifier: MIT
#include "transcript.h"

#include <string.h>

#include "base/text.h"
#include "replays/tell.h"

void toc_transcript_line(toc_buf *out, const char *marking, const toc_plan *plan,
                         const toc_event *ev)
{
    toc_buf what = {0};
    toc_tell_event(&what, plan, ev);
    if (what.len > 0) {
        toc_buf_str(out, "EXERCISE ");
        if (marking && marking[0]) {
            toc_text_visible(out, marking, strcspn(marking, "\n"), false);
            toc_buf_char(out, ' ');
        }
        toc_play_text(out, ev->t);
        toc_buf_printf(out, "  %s\n", toc_buf_text(&what));
    }
    toc_buf_fini(&what);
}
