// SPDX-License-Identifier: MIT
#ifndef TOC_WORLD_WORDS_H
#define TOC_WORLD_WORDS_H

// Pieces of lines about the world. Names are made visible here.

#include <stdbool.h>

#include "base/buf.h"
#include "world/model.h"

void toc_add_visible(toc_buf *out, const char *text);
void toc_add_service(toc_buf *out, const toc_model *m, size_t service); // "Grid (grid)"
void toc_add_repair(toc_buf *out, const toc_model *m, size_t repair);
void toc_add_percent(toc_buf *out, int64_t ppm);       // "33.3 %"
void toc_add_span(toc_buf *out, int64_t minutes);      // "24h", "1h30m", "30m"
void toc_add_count(toc_buf *out, int64_t n);           // "1,234,567"
void toc_add_hours(toc_buf *out, int64_t ppm_minutes); // "6.5": service-hours, to the hundredth

// toc_names_width gives the columns of the widest service's name as toc_add_service writes it, and of the
// widest repair's if asked for, at most `most`.
int toc_names_width(const toc_model *m, bool has_repairs, int most);

// toc_pad appends spaces until the line that begins at `from` is `width` columns wide, at least two.
void toc_pad(toc_buf *out, size_t from, int width);

#endif
