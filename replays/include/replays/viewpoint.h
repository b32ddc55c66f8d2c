// SPDX-License-Identifier: MIT
#ifndef TOC_VIEWPOINT_H
#define TOC_VIEWPOINT_H

// Whose eyes a recording is seen with: a team's, EXCON's, the board's, or those of somebody who may see every line.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "replays/recording.h"

typedef struct toc_viewpoint toc_viewpoint;

// toc_viewpoint_new: as is a team's id, a seat of it ("wind-2": the same eyes, the screen is that seat's), "excon" (or "control"), "board" or
// "all". TOC_EUSAGE names what there is.
toc_err toc_viewpoint_new(toc_viewpoint **out, const toc_recording *r, const char *as,
                          toc_error *e);
void toc_viewpoint_free(toc_viewpoint *v);

const char *toc_viewpoint_id(const toc_viewpoint *v);
const char *toc_viewpoint_as(const toc_viewpoint *v); // the id, or the seat if one was named that is not the first
const char *toc_viewpoint_seat(
    const toc_viewpoint *v); // whose screen stands for it: "watch-1"; "excon-1" for all
void toc_viewpoint_name(const toc_viewpoint *v,
                        toc_buf *out); // "Grid operator", "everything"; visible
bool toc_viewpoint_is_team(const toc_viewpoint *v);

// Is the line shown? has_noise: also what is no news.
bool toc_viewpoint_shows(const toc_viewpoint *v, int64_t seq, bool has_noise);
// toc_viewpoint_event copies the line as these eyes may see it: without what its audience was not told. *out is uninitialised.
void toc_viewpoint_event(const toc_viewpoint *v, int64_t seq, toc_event *out);
void toc_viewpoint_tell(const toc_viewpoint *v, int64_t seq, toc_buf *out); // in words
// Had this team the item of that line (an inject or message), and not opened it yet, at line `now`? False for all others.
bool toc_viewpoint_is_unread(const toc_viewpoint *v, int64_t seq, int64_t now);

// The viewpoints there are, in order: the teams, excon, board, all. NULL past the last.
const char *toc_viewpoint_at(const toc_recording *r, size_t i);

#endif
