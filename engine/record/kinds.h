// SPDX-License-Identifier: MIT
#ifndef TOC_KINDS_H
#define TOC_KINDS_H

// The inside of the table of kinds, for event_json.c and feed.c.

#include "record/event.h"

// Which audiences see an event of a kind, besides control, which sees all but records.
#define TOC_KIND_FIELDS 20 // at most, of a kind

typedef enum {
    TOC_SEE_CONTROL,   // nobody else
    TOC_SEE_ALL,       // every audience
    TOC_SEE_SEAT,      // the audience of the seat it is about (`seat`, else `by`)
    TOC_SEE_TEAM,      // the team named in `team`
    TOC_SEE_ADDRESSED, // those named in `to`, and `from`
    TOC_SEE_NOBODY,    // not even control
} toc_see;

// Which of those see a field.
typedef enum {
    TOC_SHOW_ALL,
    TOC_SHOW_OWN,     // control, and the audience of the seat in `by`
    TOC_SHOW_SENDER,  // a list of names: control and the sender see all, others only their own
    TOC_SHOW_SEEN,    // the name of a service: control, and the audiences in `because_seen`
    TOC_SHOW_CONTROL, // control only
} toc_show;

typedef struct {
    toc_field field;
    bool is_needed;
    toc_show show;
} toc_field_rule;

toc_see toc_kind_see(toc_kind k);
const toc_field_rule *toc_kind_rules(toc_kind k, size_t *count);

#endif
