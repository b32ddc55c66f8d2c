// SPDX-License-Identifier: MIT
#ifndef TOC_EVENT_H
#define TOC_EVENT_H

// The event: one line of the journal, in memory. The table of kinds (kinds.c) is the contract of the
// whole project: which kinds there are, their class, their fields in order, which audiences see
// a kind and which of its fields. Journal lines, feeds and desk requests are all made from it.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

typedef enum {
    TOC_CLASS_INPUT,   // what a person or the engine put in: has by and wall
    TOC_CLASS_RECORD,  // stands in the journal only; never re-derived
    TOC_CLASS_DERIVED, // must come out again, byte for byte; has cause
    TOC_CLASS_UNKNOWN, // a kind of a later version: kept and skipped
} toc_class;

typedef enum {
    TOC_TYPE_STR,
    TOC_TYPE_INT,   // 0 … 2^53-1
    TOC_TYPE_BOOL,  // written only when true
    TOC_TYPE_REF,   // an event: its seq in the journal, its number in a feed
    TOC_TYPE_LIST,  // of strings
    TOC_TYPE_PAIRS, // of two strings each
} toc_type;

// X(enumerator, name, type): a name has one type wherever it stands.
#define TOC_FIELDS(X)                                                                              \
    X(BY, "by", STR)     /* the seat that acted, or "engine" */                                    \
    X(WALL, "wall", STR) /* wall clock, UTC */                                                     \
    X(ID, "id", STR)     /* the request's id, "<session>-<counter>" */                             \
    X(SEAT, "seat", STR)                                                                           \
    X(TEAM, "team", STR)                                                                           \
    X(SESSION, "session", STR)                                                                     \
    X(NAME, "name", STR)         /* of a person at a seat */                                       \
    X(NEW_SEAT, "new_seat", STR) /* what a reassigned seat's people get instead */                 \
    X(CONTROLLER, "controller", STR) /* a control seat, or "simcell": who tells it by voice */     \
    X(SERIAL, "serial", STR) /* of a client certificate, hex */                                    \
    X(INJECT, "inject", STR)                                                                       \
    X(DECISION, "decision", STR)                                                                   \
    X(OBJECTIVE, "objective", STR)                                                                 \
    X(STORYLINE, "storyline", STR)                                                                 \
    X(STATE, "state", STR)                                                                         \
    X(SERVICE, "service", STR)                                                                     \
    X(SERVICES, "services", LIST) /* each needs the next, the last the first */                    \
    X(PROVIDER, "provider", STR)                                                                   \
    X(LEVEL, "level", INT)              /* ppm: 1,000,000 is normal */                             \
    X(BECAUSE, "because", STR)          /* the provider that binds; none: the service itself */    \
    X(BECAUSE_SEEN, "because_seen", LIST) /* the audiences that may see that provider */           \
    X(WHY, "why", STR)                  /* own repaired provider autonomy restarted forced unforced */ \
    X(STORY, "story", STR)              /* the story's time, to the minute */                      \
    X(MINUTES, "minutes", INT)          /* of the story */                                         \
    X(MEASURE, "measure", STR)          /* set, refuel, open, black-start */                       \
    X(REPAIR, "repair", STR)                                                                       \
    X(LEFT, "left", INT) /* crew-minutes of a repair */                                            \
    X(PHASE, "phase", STR)                                                                         \
    X(EXPECTATION, "expectation", STR)                                                             \
    X(PRODUCT, "product", STR) /* what a team hands in */                                          \
    X(ITEM, "item", REF)     /* an inject or message, as the seat's team received it */            \
    X(RE, "re", REF)         /* what a message answers */                                          \
    X(ORIGIN, "origin", REF) /* what a forwarded message first was */                              \
    X(FROM, "from", STR)     /* who speaks: free text, a team, a party, "excon" */                 \
    X(AS, "as", STR)         /* the party a controller speaks for */                               \
    X(TO, "to", LIST)                                                                              \
    X(CHANNEL, "channel", STR)                                                                     \
    X(URGENT, "urgent", BOOL)                                                                      \
    X(ACK, "ack", BOOL) /* an acknowledgement is wanted */                                         \
    X(VOICE, "voice", BOOL) /* a controller told it, by telephone or face to face */               \
    X(RFI, "rfi", BOOL)     /* a request for information: open until it is answered */             \
    X(TITLE, "title", STR)                                                                         \
    X(TEXT, "text", STR)                                                                           \
    X(QUOTE_FROM, "quote_from", STR) /* of a forwarded item: who spoke */                          \
    X(QUOTE_TITLE, "quote_title", STR)                                                             \
    X(QUOTE, "quote", STR)     /* and the text */                                                  \
    X(ATTACH, "attach", PAIRS) /* path, SHA-256 */                                                 \
    X(NOTES, "notes", STR)     /* for controllers */                                               \
    X(OPTION, "option", STR)                                                                       \
    X(OPTIONS, "options", PAIRS) /* id, text */                                                    \
    X(DEFAULT, "default", STR)                                                                     \
    X(RULING, "ruling", STR)     /* accept, reject, or an option's id */                           \
    X(RULING_REASON, "ruling_reason", STR)                                                         \
    X(DEADLINE, "deadline", INT) /* play ms */                                                     \
    X(REASON, "reason", STR)                                                                       \
    X(RATING, "rating", STR) /* P S M U */                                                         \
    X(SPEED, "speed", INT)   /* play per wall, thousandths */                                      \
    X(PACE, "pace", INT)     /* story per play, thousandths */                                     \
    X(UNTIL, "until", INT)   /* play ms */                                                         \
    X(FOLLOW, "follow", BOOL) /* what comes after it moves too */                                  \
    X(HOLD, "hold", LIST)    /* injects that a jump holds, */                                      \
    X(SKIP, "skip", LIST)    /* injects that it skips, */                                          \
    X(KEEP, "keep", LIST)    /* and decisions whose teams keep their time */                       \
    X(OCCURRED, "occurred", INT) /* play ms: when it was seen, if not when it was written */       \
    X(PATH, "path", STR)                                                                           \
    X(SIZE, "size", INT)                                                                           \
    X(SHA256, "sha256", STR)                                                                       \
    X(PART, "part", INT)                                                                           \
    X(PARTS, "parts", INT)                                                                         \
    X(DATA, "data", STR) /* base64 */                                                              \
    X(SIG, "sig", STR)

typedef enum {
#define X(enumerator, name, type) TOC_F_##enumerator,
    TOC_FIELDS(X)
#undef X
        TOC_F_COUNT
} toc_field;

typedef enum {
    // inputs, EXCON
    TOC_K_START,
    TOC_K_PAUSE,
    TOC_K_RESUME,
    TOC_K_SPEED,
    TOC_K_PACE,
    TOC_K_JUMP,
    TOC_K_PHASE,
    TOC_K_FIRE,
    TOC_K_HOLD,
    TOC_K_RELEASE,
    TOC_K_SKIP,
    TOC_K_MOVE,
    TOC_K_EDIT,
    TOC_K_ADHOC,
    TOC_K_DELIVER,
    TOC_K_DROP,
    TOC_K_WAKE,
    TOC_K_EXTEND,
    TOC_K_INTERVENE,
    TOC_K_RULE,
    TOC_K_AWARE,
    TOC_K_CLAIM,
    TOC_K_UNCLAIM,
    TOC_K_PROMISE,
    TOC_K_KEPT,
    TOC_K_OPEN_SEAT,
    TOC_K_REVOKE,
    TOC_K_REASSIGN,
    TOC_K_END,
    TOC_K_CLOSE,
    // inputs, seats
    TOC_K_JOIN,
    TOC_K_LEAVE,
    TOC_K_SIGN_IN,
    TOC_K_SIGN_OUT,
    TOC_K_READ,
    TOC_K_DECIDE,
    TOC_K_SAY,
    TOC_K_FORWARD,
    TOC_K_SUBMIT,
    TOC_K_OBSERVE,
    TOC_K_MARK_ACTION,
    TOC_K_RATE,
    TOC_K_ACK,
    TOC_K_EMERGENCY,
    // inputs, engine
    TOC_K_MARK,
    TOC_K_RESUMED,
    TOC_K_HALT,
    // derived
    TOC_K_INJECT,
    TOC_K_HELD,
    TOC_K_CUE,
    TOC_K_MOVED,
    TOC_K_ASK,
    TOC_K_DEADLINE,
    TOC_K_PROPOSED,
    TOC_K_REJECTED,
    TOC_K_DECIDED,
    TOC_K_OVERDUE,
    TOC_K_REFUSED_LATE,
    TOC_K_CROSSED,
    TOC_K_MESSAGE,
    TOC_K_HANDED_IN,
    TOC_K_MEASURE,
    TOC_K_REPAIR,
    TOC_K_LEVEL,
    TOC_K_DEADLOCK,
    TOC_K_PHASE_ENTERED,
    TOC_K_EXPECTATION,
    TOC_K_ARMED,
    TOC_K_STORYLINE,
    TOC_K_NOTE,
    TOC_K_ERROR,
    TOC_K_ENDEX,
    // records
    TOC_K_SOURCE,
    TOC_K_ATTACHMENT,
    TOC_K_SEAL,
    TOC_K_COUNT,
    TOC_K_UNKNOWN = TOC_K_COUNT,
} toc_kind;

typedef struct {
    toc_field field;
    int64_t number; // INT, BOOL, REF
    char *text;     // STR
    char **list;    // LIST: count strings; PAIRS: 2 × count strings
    size_t count;
} toc_value;

// An event owns its values. Zero-initialise with toc_event_init, end with toc_event_fini.
typedef struct {
    toc_kind kind;
    int64_t seq;   // from 1; 0 while it has none
    int64_t t;     // play ms
    int64_t cause; // derived events: the seq of what brought it about
    toc_value *values;
    size_t count;
    bool is_packed; // values and all they hold are one piece of memory, as a copy's are
} toc_event;

void toc_event_init(toc_event *ev, toc_kind kind, int64_t t);
void toc_event_fini(toc_event *ev);
void toc_event_copy(toc_event *to, const toc_event *from); // to is uninitialised

// Setters copy; a field set again is replaced; NULL text and empty lists leave the field out.
void toc_event_set_str(toc_event *ev, toc_field f, const char *text);
void toc_event_set_int(toc_event *ev, toc_field f,
                       int64_t n); // INT, BOOL, REF; 0 REF and false: left out
void toc_event_set_list(toc_event *ev, toc_field f, char *const *list, size_t count);
void toc_event_set_pairs(toc_event *ev, toc_field f, char *const *list, size_t pairs);

// Getters: NULL, 0 or an empty list where the event has no such field.
const char *toc_event_str(const toc_event *ev, toc_field f);
int64_t toc_event_int(const toc_event *ev, toc_field f);
bool toc_event_has(const toc_event *ev, toc_field f);
const toc_value *toc_event_value(const toc_event *ev, toc_field f); // NULL if not there

// The table.
const char *toc_kind_name(toc_kind k);
toc_kind toc_kind_find(const char *name); // TOC_K_UNKNOWN
toc_class toc_kind_class(toc_kind k);
size_t toc_kind_field_count(toc_kind k);        // by, wall and id included
toc_field toc_kind_field(toc_kind k, size_t i); // in order
bool toc_kind_has(toc_kind k, toc_field f);     // the kind has such a field
bool toc_kind_needs(toc_kind k, toc_field f);   // and it must be there
bool toc_kind_is_clock(
    toc_kind k); // it changes the clock: start pause resume speed pace jump endex …
const char *toc_field_name(toc_field f);
toc_type toc_field_type(toc_field f);
toc_field toc_field_find(const char *name); // TOC_F_COUNT

// toc_event_request appends the fields of an input as a request to the desk has them, ,"inject":"INJ-04" …: all but
// by, wall and id, which the engine sets itself.
void toc_event_request(toc_buf *out, const toc_event *input);

// toc_event_body appends the line's body without its trailer and closing brace:
// {"seq":42,"t":725000,"k":"decided","cause":41,"decision":"D-01"   Fixed key order, byte for byte.
void toc_event_body(toc_buf *out, const toc_event *ev);

// toc_event_parse reads a body (with its closing brace: a whole JSON object, strictly). A known kind
// with an unknown field, a missing one, or a wrong type is TOC_EFORMAT. An unknown kind gives
// kind TOC_K_UNKNOWN with seq and t only.
toc_err toc_event_parse(toc_event *out, const char *json, size_t len, toc_error *e);

// A list of events that owns them.
typedef struct {
    toc_event *at;
    size_t count;
    size_t capacity;
} toc_events;

toc_event *toc_events_add(toc_events *list, toc_kind kind, int64_t t); // initialised
void toc_events_clear(toc_events *list);
void toc_events_fini(toc_events *list);

#endif
