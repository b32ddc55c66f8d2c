// SPDX-License-Identifier: MIT
#ifndef TOC_DESK_STATUS_H
#define TOC_DESK_STATUS_H

// What desk_status.c (people, decisions, injects, the pages) and desk_world.c (services, repairs, phases,
// expected actions) share.

#include "desk_inside.h"

// A list of status. Each row that the audience of q sees is written as a JSON value.
typedef struct {
    const char *key;
    size_t (*count)(const toc_plan *plan);
    bool (*sees)(const toc_request *q, size_t i);
    void (*write)(const toc_request *q, toc_buf *out, size_t i);
} toc_list;

bool toc_status_is_control(const toc_request *q, size_t i); // whatever row it is
size_t toc_status_services(const toc_plan *plan);
bool toc_status_sees_service(const toc_request *q, size_t i);
void toc_status_service(const toc_request *q, toc_buf *out, size_t i);
size_t toc_status_repairs(const toc_plan *plan);
bool toc_status_sees_repair(const toc_request *q, size_t i);
void toc_status_repair(const toc_request *q, toc_buf *out, size_t i);
size_t toc_status_phases(const toc_plan *plan);
void toc_status_phase(const toc_request *q, toc_buf *out, size_t i);
size_t toc_status_expectations(const toc_plan *plan);
void toc_status_expectation(const toc_request *q, toc_buf *out, size_t i);
bool toc_status_sees_product(const toc_request *q, size_t i);
void toc_status_product(const toc_request *q, toc_buf *out, size_t i); // of expectation i

// Members of an object; what is NULL or false is left out.
void toc_put_text(toc_buf *out, const char *key, const char *text);
void toc_put_int(toc_buf *out, const char *key, int64_t n);
void toc_put_flag(toc_buf *out, const char *key, bool is_set);
// Begins an item of a list, after a comma unless it is the first.
void toc_put_item(toc_buf *out, char brace);

#endif
