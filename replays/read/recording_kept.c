// SPDX-License-Identifier: MIT
// What people wrote about a real emergency, from the call until play goes on, can be kept back from a wall that everybody sees. That there
// was one, and for how long play stood, is not. The lines are changed here, where all that shows one reads it; the bytes, which are
// executed and proven, are not.
#include "recording_inside.h"

#define KEPT "(kept back: written while play stood for a real emergency)"

static bool has_words_of_people(toc_kind kind);

void toc_kept_hide(toc_event *ev, bool *is_emergency)
{
    static const toc_field texts[] = {TOC_F_TEXT,  TOC_F_TITLE,       TOC_F_REASON,
                                      TOC_F_QUOTE, TOC_F_QUOTE_TITLE, TOC_F_RULING_REASON};
    *is_emergency |= ev->kind == TOC_K_EMERGENCY;
    if (*is_emergency && has_words_of_people(ev->kind)) {
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
            if (toc_event_str(ev, texts[i]))
                toc_event_set_str(ev, texts[i], KEPT);
        if (ev->kind == TOC_K_EMERGENCY) {
            toc_event_set_str(ev, TOC_F_TEXT, NULL);
            toc_event_set_str(ev, TOC_F_BY, "somebody");
        }
    }
    if (ev->kind == TOC_K_RESUME)
        *is_emergency = false;
}

// What is said, and not what the exercise makes of it.
static bool has_words_of_people(toc_kind kind)
{
    static const toc_kind kinds[] = {TOC_K_EMERGENCY, TOC_K_SAY,     TOC_K_FORWARD, TOC_K_MESSAGE,
                                     TOC_K_OBSERVE,   TOC_K_PROMISE, TOC_K_PAUSE,   TOC_K_RESUME,
                                     TOC_K_END,       TOC_K_ENDEX};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i] == kind)
            return true;
    return false;
}
