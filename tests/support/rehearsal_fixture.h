// SPDX-License-Identifier: MIT
#ifndef TOC_REHEARSAL_FIXTURE_H
#define TOC_REHEARSAL_FIXTURE_H

// A scenario out of a text, played by a path or surveyed, and what came of it as text.

#include "base/files.h"
#include "rehearse/playthrough.h"
#include "rehearse/survey.h"

toc_files *
rehearsal_files(const char *scenario); // the body of scenario.lua; the exercise and team are added
toc_scenario *rehearsal_scenario(const toc_files *files);

// rehearsal_play plays a path that is given as text; mistakes fail the test.
toc_playthrough rehearsal_play(const toc_files *files, const char *path, int64_t until);
// What happened, a line an event: "0:01 decided decision=D-01 option=a by=ops-1". The caller frees it.
char *rehearsal_log(const toc_playthrough *p);
// The bodies of all events, or of the derived ones, a line each.
char *rehearsal_bodies(const toc_playthrough *p, bool is_all);

// Everything that a survey says, as text.
char *rehearsal_report(const toc_survey *s);
toc_survey rehearsal_survey(const toc_files *files, toc_strategy strategy, unsigned cores);
const toc_finding *rehearsal_finding(const toc_survey *s, toc_found kind, const char *subject);

#endif
