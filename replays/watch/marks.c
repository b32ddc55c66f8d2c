// SPDX-License-Identifier: MIT
#include "marks.h"

toc_mark toc_mark_of(toc_kind kind)
{
    switch (kind) {
    case TOC_K_INJECT:
        return TOC_MARK_INJECT;
    case TOC_K_DECIDED:
    case TOC_K_OVERDUE:
        return TOC_MARK_DECISION;
    case TOC_K_PHASE_ENTERED:
        return TOC_MARK_PHASE;
    case TOC_K_JUMP:
        return TOC_MARK_JUMP;
    case TOC_K_PAUSE:
    case TOC_K_RESUMED:
        return TOC_MARK_PAUSE;
    case TOC_K_ENDEX:
        return TOC_MARK_ENDEX;
    case TOC_K_EMERGENCY:
        return TOC_MARK_EMERGENCY;
    default:
        return TOC_MARK_NONE;
    }
}

char toc_mark_letter(toc_mark m)
{
    static const char letters[] = {
        [TOC_MARK_NONE] = '-',  [TOC_MARK_INJECT] = '#', [TOC_MARK_DECISION] = 'D',
        [TOC_MARK_NOTE] = 'N',  [TOC_MARK_PHASE] = 'P',  [TOC_MARK_JUMP] = 'J',
        [TOC_MARK_PAUSE] = '=', [TOC_MARK_ENDEX] = 'E',  [TOC_MARK_EMERGENCY] = '!'};
    return letters[m];
}

bool toc_mark_is_leap(toc_mark m)
{
    return m >= TOC_MARK_NOTE;
}

bool toc_mark_is_decision(toc_kind kind)
{
    return kind == TOC_K_ASK || kind == TOC_K_DECIDED || kind == TOC_K_OVERDUE;
}
