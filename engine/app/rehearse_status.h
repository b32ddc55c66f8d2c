// SPDX-License-Identifier: MIT
#ifndef TOC_REHEARSE_STATUS_H
#define TOC_REHEARSE_STATUS_H

#include "base/buf.h"
#include "exercise/exercise.h"

// toc_rehearse_status appends what the desk would answer to `status`, as far as a screen needs it, for an
// audience: services that it sees and what they need (services beyond them have no name), repairs under way,
// what it can hand in; for control the expected actions.
void toc_rehearse_status(toc_buf *out, toc_exercise *x, const char *audience);

#endif
