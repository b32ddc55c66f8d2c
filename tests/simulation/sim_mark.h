// SPDX-License-Identifier: MIT
#ifndef SIM_MARK_H
#define SIM_MARK_H

// Bytes taken apart by hand: marks (sim_oracle.h), and lines of JSON, without the code under test.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// sim_mark_next finds the next mark from at on: its audiences, its number. NULL: no more; else where to look on.
const char *sim_mark_next(const char *at, const char *end, char audiences[96], int64_t *number);
bool sim_mark_names(const char *audiences, const char *audience);

// The value of a key in one line of JSON without spaces; keys inside of texts are escaped, and not found. false: not there.
bool sim_text_of(const char *json, const char *key, char *out, size_t size);
bool sim_number_of(const char *json, const char *key, int64_t *out);
bool sim_list_has(const char *json, const char *key, const char *item);

// The feeds: control, the teams of the scenario, board.
enum { SIM_FEEDS = 5 };
size_t sim_feed_index(const char *audience);
const char *sim_feed_audience(size_t i);

#endif
