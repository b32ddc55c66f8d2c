// SPDX-License-Identifier: MIT
#ifndef TOC_PLAN_H
#define TOC_PLAN_H

// The plan is the exercise as its author declared it: read from the scenario once, never changed in
// play. Things are named by their index here; ids are the author's.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/time.h"
#include "world/model.h"

#define TOC_ID_MAX 48 // bytes of an id
#define TOC_NONE   ((size_t)-1)

// How long something lasts: ms of play time, or of story time after so many calendar months.
typedef struct {
    int64_t ms;
    int months; // of story time
    bool is_story;
} toc_span;

// When something is to happen.
typedef enum {
    TOC_AT_NEVER, // only when a storyline or EXCON says so
    TOC_AT_PLAY,  // ms of play time
    TOC_AT_STORY, // ms of story time since 1970 UTC
    TOC_AT_AFTER, // a span after an inject was sent
    TOC_AT_AWARE, // a span after the team became aware of an inject (expectations only)
    TOC_AT_MET,   // a span after another expectation was met, or else was due (expectations only)
} toc_at_kind;

typedef struct {
    toc_at_kind kind;
    int64_t ms;         // PLAY, STORY
    toc_span after;     // AFTER, AWARE, MET
    size_t inject;      // AFTER, AWARE
    size_t expectation; // MET: an earlier one
} toc_at;

// Where a thing was declared, for messages.
typedef struct {
    char *file;
    int line;
} toc_place;

typedef struct {
    char *id, *name, *brief;
    int seats;
    char **contacts; // ids of teams and parties
    size_t contact_count;
    toc_place place;
} toc_team;

typedef struct {
    char *id, *name, *notes;
    toc_place place;
} toc_party;

typedef struct {
    char *id, *text, *capability;
    size_t *teams;
    size_t team_count;
    toc_place place;
} toc_objective;

typedef struct {
    char *path;
    char sha256[65];
    size_t size;
} toc_attachment;

typedef struct {
    char *id;
    toc_at at;
    char *from, *channel, *title;
    char *text; // NULL where a function makes it; may hold {{…}}
    char *notes, *objective;
    char *voice; // "simcell", "excon" or a seat of theirs, who tells it; NULL: it is sent
    size_t *to;  // teams
    size_t to_count;
    size_t *attach; // attachments
    size_t attach_count;
    bool urgent, ack, manual; // manual: waits for EXCON's release
    toc_place place;
} toc_inject;

typedef struct {
    char *id, *title, *text, *notes, *objective;
    toc_at at;
    char *team; // a team's id, or "excon"
    toc_span within;
    char **options; // 2 × option_count: id, text; none: free text
    size_t option_count;
    char *fallback; // the default option, or NULL
    toc_place place;
} toc_decision;

// What the plan says of a service of the model beside what the model itself needs.
typedef struct {
    size_t *seen_by; // teams
    size_t seen_by_count;
    bool is_public; // the board shows it
    char *notes;    // for controllers
    toc_place place;
} toc_service_plan;

// A part of the exercise. Story time may jump to where it begins, and go on at another pace.
typedef struct {
    char *id, *title, *text;
    toc_at at;     // PLAY: entered by itself then; NEVER: by a storyline or EXCON
    bool is_jump;  // story time moves forward to story_ms
    int64_t story_ms;
    int64_t pace; // story per play, thousandths; 0: stays
    toc_place place;
} toc_phase;

// What players should do by a time. It is observed, never sent. The script may hold a condition
// (toc_script.met).
typedef struct {
    char *id, *text, *objective, *notes;
    size_t team;
    toc_at by;
    char *product;      // handing this in meets it; or NULL
    size_t contingency; // the inject that its absence arms, or TOC_NONE
    bool manual;        // EXCON confirms the contingency inject; else it goes by itself
    bool has_condition;
    toc_place place;
} toc_expectation;

typedef struct {
    char *id, *title, *marking, *brief;
    toc_story startex;
    int64_t length_ms;
    int64_t pace; // story per play, thousandths
    toc_place place;

    toc_team *teams;
    size_t team_count;
    toc_party *parties;
    size_t party_count;
    toc_objective *objectives;
    size_t objective_count;
    toc_attachment *attachments;
    size_t attachment_count;
    toc_inject *injects;
    size_t inject_count;
    toc_decision *decisions;
    size_t decision_count;
    toc_model model;            // services and repairs
    toc_service_plan *services; // as model.services
    toc_phase *phases;
    size_t phase_count;
    toc_expectation *expectations;
    size_t expectation_count;
} toc_plan;

// The index of an id, or TOC_NONE.
size_t toc_plan_team(const toc_plan *p, const char *id);
size_t toc_plan_party(const toc_plan *p, const char *id);
// Who can speak: the teams, then the parties, then "excon".
size_t toc_plan_speaker_count(const toc_plan *p);
size_t toc_plan_speaker(const toc_plan *p, const char *id);
const char *toc_plan_speaker_id(const toc_plan *p, size_t speaker);
size_t toc_plan_objective(const toc_plan *p, const char *id);
size_t toc_plan_inject(const toc_plan *p, const char *id);
size_t toc_plan_decision(const toc_plan *p, const char *id);
size_t toc_plan_service(const toc_plan *p, const char *id);
size_t toc_plan_repair(const toc_plan *p, const char *id);
size_t toc_plan_phase(const toc_plan *p, const char *id);
size_t toc_plan_expectation(const toc_plan *p, const char *id);
// Does an audience ("control", "board" or a team's id) see a service?
bool toc_plan_sees(const toc_plan *p, const char *audience, size_t service);

// toc_plan_init zeroes, toc_plan_fini frees everything the plan owns (all its strings and arrays).
void toc_plan_init(toc_plan *p);
void toc_plan_fini(toc_plan *p);

#endif
