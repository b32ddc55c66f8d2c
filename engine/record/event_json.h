// SPDX-License-Identifier: MIT
#ifndef TOC_EVENT_JSON_H
#define TOC_EVENT_JSON_H

// Events as JSON, shared by the journal's lines and the feeds'.

#include "base/buf.h"
#include "kinds.h"
#include "record/json.h"

// toc_value_json appends ,"name":value.
void toc_value_json(toc_buf *out, const toc_value *v);

// toc_event_fields reads the members of object that are fields of ev->kind into ev. Members named in
// skip (NULL-ended) are left alone; any other is an error. Where is_whole, what the kind needs must
// be there (a feed leaves out what its audience may not see).
toc_err toc_event_fields(toc_event *ev, const toc_json *object, const char *const *skip,
                         bool is_whole, toc_error *e);

// toc_value_read sets field f of ev from a JSON value of the field's type.
toc_err toc_value_read(toc_event *ev, toc_field f, const toc_json *value, toc_error *e);

#endif
