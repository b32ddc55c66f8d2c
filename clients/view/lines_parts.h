// SPDX-License-Identifier: MIT
#ifndef TOC_LINES_PARTS_H
#define TOC_LINES_PARTS_H

// The inside of the plain lines: parts that several lines are made of.

#include "view/lines.h"

// One event, as it is told.
typedef struct {
    toc_lines *l;
    const toc_picture *p;
    const toc_event *ev;
    int64_t n;
    bool is_history;
} toc_lines_page;

// Each tells what is its own; true: it needs no more.
bool toc_lines_decision(const toc_lines_page *g);
bool toc_lines_person(const toc_lines_page *g);

void toc_lines_text(toc_lines *l, int64_t t, bool is_history, const char *text);
void toc_lines_take(const toc_lines_page *g,
                    toc_buf *text); // the same, of g's event; text is freed
const char *toc_field_text(const toc_event *ev, toc_field f); // "?" where there is none
void toc_reason_text(toc_buf *out,
                     const toc_event *ev); // ", because we run late"; nothing without a reason

// "item 13, URGENT phone from Coast Guard: Tanker listing"
void toc_item_head(toc_buf *out, const toc_item *item);

void toc_factor_text(toc_buf *out, int64_t thousandths); // "x2.5"

// What control reads of an event that has no words for everybody; true: it needs no more.
bool toc_lines_control(const toc_lines_page *g);
// toc_act_text_of: such an event in one sentence: "excon-2 sends INJ-04".
void toc_act_text_of(toc_buf *out, const toc_picture *p, const toc_event *ev, int64_t n);
// toc_team_deed_text: what somebody did, in one sentence: "R. Lind (wind-1): decided D-03: close".
void toc_team_deed_text(toc_buf *out, const toc_picture *p, const toc_team_deed *d);
// toc_lines_cue: what is to be told by voice, whole.
void toc_lines_cue(toc_lines *l, const toc_picture *p, const toc_cue *cue, int64_t t,
                   bool is_history);
// toc_start_text: the first line of a text, at most 120 bytes of it, whole characters.
void toc_start_text(toc_buf *out, const char *text);

// What happens in the world, to phases, and to what is expected; true: it needs no more.
bool toc_lines_world(toc_lines *l, const toc_picture *p, const toc_event *ev, bool is_history);

void toc_level_text(toc_buf *out, int64_t ppm); // "33.3 %"; what is there is never 0
// toc_when_text: a moment of the story ("2026-02-11 07:00Z"): "07:00Z" if that is today.
void toc_when_text(toc_buf *out, const toc_lines *l, const char *story);
void toc_span_text(toc_buf *out, int64_t minutes); // "4h30m"
void toc_crew_text(toc_buf *out,
                   int64_t minutes); // "30h00 of crew time left", as a deadlock tells it

// toc_cause_text: " because Grid north is at 0 %, and …", ", repaired" … of a service's newest change.
// toc_cause_is_hidden: something that it needs is the cause, and this seat may not know what.
bool toc_cause_is_hidden(const toc_picture *p, const toc_known_service *s);
void toc_cause_text(toc_buf *out, const toc_picture *p, const toc_known_service *s);

// toc_service_domain: "energy"; "other" where none was told. toc_service_state_text: " since 14:40Z
// because Grid north 0 %".
const char *toc_service_domain(const toc_known_service *s);
void toc_service_state_text(toc_buf *out, const toc_lines *l, const toc_picture *p,
                            const toc_known_service *s);
// toc_service_why_text: of that, what stands behind the time: " because Grid north 0 %"
void toc_service_why_text(toc_buf *out, const toc_lines *l, const toc_picture *p,
                          const toc_known_service *s);

// toc_circle_text: "Town grid ↔ Telephone network"
void toc_circle_text(toc_buf *out, const toc_picture *p, const toc_known_deadlock *d);
// toc_deadline_text: by when something is expected: in play, or by the story's clock where that counts.
void toc_deadline_text(toc_buf *out, const toc_lines *l, const toc_known_expectation *x);
// toc_expected_group: 0 not seen in time, 1 expected, 2 later, 3 settled.
int toc_expected_group(const toc_known_expectation *x);
// toc_expected_start: before its time is known: " (begins when port knows of INJ-01 …)"
void toc_expected_start(toc_buf *out, const toc_known_expectation *x);

void toc_question_lines(toc_lines *l, const toc_picture *p, const toc_question *q, int64_t t,
                        bool is_history);

// toc_question_outcome: "decided: close (Close it now), by ops-1", "settled: EXCON took your answer as …"
void toc_question_outcome(toc_buf *out, const toc_picture *p, const toc_question *q);

#endif
