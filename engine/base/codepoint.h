// SPDX-License-Identifier: MIT
#ifndef TOC_CODEPOINT_H
#define TOC_CODEPOINT_H

#include <stdbool.h>
#include <stdint.h>

// What kind a Unicode character is. Marks and widths are those of Unicode 14; the unassigned
// places between two ranges of a kind count as that kind.

bool toc_cp_hidden(uint32_t cp); // shown as nothing, or changes what is shown around it
bool toc_cp_mark(uint32_t cp);   // combines with what stands before it (Mn, Me)
bool toc_cp_wide(uint32_t cp);   // two columns
bool toc_cp_emoji(uint32_t cp);  // may have an emoji form that U+FE0F asks for

#endif
