// SPDX-License-Identifier: MIT
#ifndef TOC_ASSESS_H
#define TOC_ASSESS_H

// Assessing: the forms in which evaluators and EXCON note what they see, say what came of an
// expected action, and rate objectives; and the words for what was written so.

#include "view_inside.h"

// toc_observe_open: about is what the selected row is (item, inject, decision, expectation,
// objective, team), none of it for no row.
void toc_observe_open(toc_view *v, const toc_event *about);
// objective, team: chosen already; or NULL.
void toc_rate_open(toc_view *v, const char *objective, const char *team);
void toc_mark_open(toc_view *v, const toc_known_expectation *x);

// toc_occurred_read reads when something was seen: "" (now), "10m ago", "-10m", "T+0:40". now: play ms.
toc_err toc_occurred_read(const char *text, int64_t now, int64_t *t, toc_error *e);

// "performed with some challenges"; the letter itself if it is none of P S M U; never NULL.
const char *toc_rating_words(const char *letter);
// toc_rating_next walks the ratings of an objective that stand, newest first: of each seat and team
// only the last one. *i begins at observation_count; NULL past the end.
const toc_observation *toc_rating_next(const toc_picture *p, const char *objective, size_t *i);

#endif
