// SPDX-License-Identifier: MIT
#ifndef TOC_SENDERS_H
#define TOC_SENDERS_H

// Who sends an inject, asks a decision or enters a phase that is not on the clock: the storylines, whens
// and ons of the scripts, as far as their text says so.

#include "base/buf.h"
#include "script/uses.h"

// toc_senders_next gives the first use of a verb with this id from *at on, in the order of their text,
// and moves *at behind it; of each block only one. NULL: there is no other.
const toc_use *toc_senders_next(const toc_uses *u, toc_use_verb verb, const char *id, size_t *at);

// toc_sender_text: "storyline the sky", "when story.lua:203", "a script, story.lua:7"
void toc_sender_text(toc_buf *out, const toc_uses *u, const toc_use *use);

// toc_senders_text: "storyline the sky; when story.lua:203"; nothing where none is known.
void toc_senders_text(toc_buf *out, const toc_uses *u, toc_use_verb verb, const char *id);

#endif
