// SPDX-License-Identifier: MIT
#ifndef TOC_SITUATION_H
#define TOC_SITUATION_H

// The situation: what a seat knows of the world (services, repairs) and, at control, of phases and
// expected actions. Names and the rest come with the desk's `status`; events keep it up to date
// between. Pure.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "record/event.h"
#include "record/json.h"

// Strings are owned, and NULL where nothing was told. Levels and strengths are ppm, durations minutes of
// the story (-1: not told), moments the story's date and time as text.

typedef struct {
    char *provider; // NULL: this seat may not know it
    char *kind, *source, *ends_at, *opens_at;
    int64_t strength, autonomy, left, group, switching;
    bool is_closed;
} toc_known_need;

typedef struct {
    char *id, *name, *domain, *source, *notes;
    char *because, *why, *since, *restart_at, *forced_until;
    char *trend, *next_at, *next_because;
    int64_t users, level, next_level; // next_level -1: no change is foreseen
    int64_t before;                   // the level before the newest event of it
    bool was_seen;                    // an event told its level
    bool is_deadlocked;
    toc_known_need *needs;
    size_t need_count, need_capacity;
} toc_known_service;

typedef struct {
    char *id, *name, *service, *state, *done_at, *lacks, *source;
    int64_t left, crews; // left: crew-minutes
} toc_known_repair;

typedef struct {
    char *id, *title, *story;
    int64_t at; // play ms, -1: by hand
    bool is_current, was_entered;
} toc_known_phase;

typedef struct {
    char *id, *team, *text, *state, *by, *objective, *product, *contingency, *notes;
    char *story; // the deadline's story time, where that is what counts; NULL else
    char *hangs_on,
        *starts;      // its clock starts when that inject is "sent" or "aware", that action "met"
    char *then;       // the contingency inject's state: "planned" "held" "sent" "skipped"
    int64_t deadline; // play ms, -1: not known
    bool is_manual;   // the contingency inject waits for EXCON
    bool is_story;    // its deadline is one of the story's clock
    bool is_armed;    // the contingency inject was armed
    bool was_overdue;
    bool was_told; // that it is open
    bool is_moved; // told so again: its time has changed
} toc_known_expectation;

// Services that wait for each other for ever, until one of them rises.
typedef struct {
    char **members; // ids
    int64_t *levels;
    size_t count;
    char *since;  // the story's date and time
    bool is_over; // by the newest event; the next one forgets it
} toc_known_deadlock;

typedef struct {
    toc_known_service *services;
    size_t service_count, service_capacity;
    toc_map *service_index; // of their ids in small letters
    toc_known_repair *repairs;
    size_t repair_count, repair_capacity;
    toc_known_phase *phases;
    size_t phase_count, phase_capacity;
    toc_known_expectation *expectations;
    size_t expectation_count, expectation_capacity;
    toc_known_deadlock *deadlocks;
    size_t deadlock_count, deadlock_capacity;
    char **products; // words under which this team hands things in
    size_t product_count, product_capacity;
    // Whoever asks the desk again sets it: what it said of what comes next does not hold any more.
    bool is_outlook_old;
} toc_situation;

void toc_situation_fini(toc_situation *s);
void toc_situation_status(toc_situation *s, const toc_json *status); // one page
void toc_situation_see(toc_situation *s, const toc_event *ev);

// By id, capitals do not matter; NULL for none.
toc_known_service *toc_situation_service(const toc_situation *s, const char *id);
toc_known_repair *toc_situation_repair(const toc_situation *s, const char *id);
toc_known_phase *toc_situation_phase(const toc_situation *s, const char *id);
toc_known_expectation *toc_situation_expectation(const toc_situation *s, const char *id);

// A service's name, or its id where the name was not told.
const char *toc_situation_name(const toc_situation *s, const char *id);

#endif
