// SPDX-License-Identifier: MIT
#ifndef SIM_ORACLE_INSIDE_H
#define SIM_ORACLE_INSIDE_H

// What sim_oracle.c (as it happens) and sim_judge.c (at the end) share.

#include "base/buf.h"
#include "base/map.h"
#include "sim_mark.h"
#include "sim_oracle.h"

enum { SIM_OWN = 1000 }; // the first number of people's marks; below are the scenario's

typedef struct {
    size_t from, len; // in safe
    int64_t t;
    char kind[24];
    bool is_input;
} sim_line;

typedef struct {
    char seat[64], kind[24], code[24];
    sim_act_state state;
    bool has_text;
    int lines; // inputs with its mark that are safe
} sim_act;

typedef struct {
    char **lines; // by number from 1 on; NULL: not seen yet
    size_t count, capacity;
    int64_t clock; // play time of the newest heartbeat of this process
} sim_feed;

struct sim_oracle {
    sim *s;
    toc_buf safe; // what is on the platter, and was said to be, in whole lines
    sim_line *lines;
    size_t line_count, line_capacity;
    toc_map *hashes, *ids; // of safe lines
    sim_act *acts;
    size_t act_count, act_capacity;
    toc_map *grants; // "NUMBER AUDIENCE"
    sim_feed feeds[SIM_FEEDS];
    toc_buf scratch;
};

// Does this safe line say all that this line of a feed says? Time, kind and marks.
bool sim_line_tells(const sim_oracle *o, const sim_line *line, const char *shown);

#endif
