// SPDX-License-Identifier: MIT
#ifndef TOC_STAGE_H
#define TOC_STAGE_H

// The stage: the screen of one seat as it stood at any moment of a recording. The recorded events of that seat's feed are
// folded into a view, as its terminal did; what the desk told besides (status) comes from the past: the exercise executed
// again up to there. The first is there at once; the second may take a while for a long recording, and a view without it is
// what a terminal shows before the desk has answered.
//
// Thread: one stage, one thread at a time; toc_past on any one thread at a time.

#include <stdbool.h>
#include <stdint.h>

#include "replays/recording.h"
#include "view/view.h"

typedef struct toc_stage toc_stage;

// toc_stage_new folds the whole recording once (half a second for 100,000 lines at control) and keeps what the view knew on the
// way, so that from then on every moment is near. seat: any seat of the recording, or one that could be ("excon-1" of a run without one).
toc_stage *toc_stage_new(const toc_recording *r, const char *seat, bool is_ascii);
void toc_stage_free(toc_stage *s);

// toc_stage_go puts the view where it stood just after line seq, with the clock at play time t (at least that line's, at most the next
// one's). What a person chose in it (tab, row) stays as far as it is there. Forwards and back; back is as cheap as forwards.
void toc_stage_go(toc_stage *s, int64_t seq, int64_t t);
toc_view *toc_stage_view(toc_stage *s); // the same one always
int64_t toc_stage_number(const toc_stage *s, int64_t seq); // of the line in this seat's feed; 0: it does not see it

// toc_stage_happen gives the view a key, a size, a click or the like. What it wishes of a live engine is answered at once: nothing can be done
// in a recording. The rest of its wishes are appended to out: SAVE and OPEN of an attachment (toc_recording_files has it; answered by WRITTEN or
// SHOWN), LEAVE, REDRAW …
void toc_stage_happen(toc_stage *s, const toc_happening *h, toc_wishes *out);

// The past: the exercise executed up to a line. It goes forwards only. TOC_EREFUSED for other semantics, TOC_EDIVERGED and others
// for a recording that does not execute, with why: then there is no status, and nothing else is lost.
typedef struct toc_past toc_past;
toc_err toc_past_new(toc_past **out, const toc_recording *r, toc_error *e);
void toc_past_free(toc_past *p);
toc_err toc_past_go(toc_past *p, int64_t seq, toc_error *e); // TOC_EUSAGE: behind
int64_t toc_past_seq(const toc_past *p);

// toc_stage_told gives the view what the desk would have told its seat at the past's line, at play time t. The stage must stand at that
// line (toc_stage_go). p may be used by one thread at a time; asking it executes nothing but what was due by t and derived nothing.
void toc_stage_told(toc_stage *s, toc_past *p, int64_t t);

#endif
