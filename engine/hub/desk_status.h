// SPDX-License-Identifier: MIT
#ifndef TOC_DESK_STATUS_H
#define TOC_DESK_STATUS_H

// What desk_status.c (people, decisions, the pages), desk_world.c (services, repairs, phases, expected
// actions) and desk_msel.c (injects, storylines) share.

#include "desk_inside.h"

// A list of status. Each row that the audience of q sees is written as a JSON value.
typedef struct {
    const char *key;
    size_t (*count)(const toc_request *q);
    bool (*sees)(const toc_request *q, size_t i);
    void (*write)(const toc_request *q, toc_buf *out, size_t i);
} toc_list;

// toc_status_page writes all of a page, from row `from` on; gives the row of the next page, 0: there is none.
int64_t toc_status_page(toc_request *q, int64_t from);
void toc_status_seats(toc_request *q); // "seats":[…], those that its audience sees
bool toc_status_is_control(const toc_request *q, size_t i); // whatever row it is
size_t toc_status_services(const toc_request *q);
bool toc_status_sees_service(const toc_request *q, size_t i);
void toc_status_service(const toc_request *q, toc_buf *out, size_t i);
size_t toc_status_repairs(const toc_request *q);
bool toc_status_sees_repair(const toc_request *q, size_t i);
void toc_status_repair(const toc_request *q, toc_buf *out, size_t i);
size_t toc_status_phases(const toc_request *q);
void toc_status_phase(const toc_request *q, toc_buf *out, size_t i);
size_t toc_status_expectations(const toc_request *q);
void toc_status_expectation(const toc_request *q, toc_buf *out, size_t i);
bool toc_status_sees_product(const toc_request *q, size_t i);
void toc_status_product(const toc_request *q, toc_buf *out, size_t i); // of expectation i

// toc_status_asked: members of a decision that control alone may see: the scripts that ask it while it has no
// time ("via"), and the injects of the scripts that name it ("follows").
void toc_status_asked(const toc_request *q, toc_buf *out, size_t i);
size_t toc_status_injects(const toc_request *q);
void toc_status_inject(const toc_request *q, toc_buf *out, size_t i);
size_t toc_status_storylines(const toc_request *q); // those that are told of
void toc_status_storyline(const toc_request *q, toc_buf *out, size_t i);

// Members of an object; what is NULL or false is left out.
void toc_put_text(toc_buf *out, const char *key, const char *text);
void toc_put_int(toc_buf *out, const char *key, int64_t n);
void toc_put_flag(toc_buf *out, const char *key, bool is_set);
// Begins an item of a list, after a comma unless it is the first.
void toc_put_item(toc_buf *out, char brace);

#endif
