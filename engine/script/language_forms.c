// SPDX-License-Identifier: MIT
// What stands in texts and in place of texts: placeholders, times, and the kinds of events.

#include "base/mem.h"
#include "language.h"

#define SERVICE TOC_BIT(TOC_DECL_SERVICE)

// clang-format off
static const toc_placeholder placeholders[] = {
    {"story", "story", 0, "The story's date and time: 2022-02-24 03:20Z."},
    {"clock", "clock", 0, "The story's time of day: 03:20."},
    {"now", "now", 0, "Play time: T+0:20:00."},
    {"decided", "decided D-01", TOC_BIT(TOC_DECL_DECISION),
     "The words of the option that was chosen (or the default), or the answer in their own "
     "words, or \"not decided\"."},
    {"level", "level grid.north", SERVICE, "A service's level in percent: 40."},
    {"because", "because grid.north", SERVICE,
     "Why, in words. It is the whole chain, also through services the reader does not see: for "
     "those readers write it yourself."},
    {"outlook", "outlook grid.north", SERVICE,
     "What comes next: `worsening: 0 % at 14:40`, or `stable`."},
    {"lost_hours", "lost_hours grid.north", SERVICE, "User-hours that were lost so far."},
};

static const toc_time_form times[] = {
    {TOC_V_MOMENT, "T+1:30", "Play time since STARTEX: hours and minutes."},
    {TOC_V_MOMENT, "T+1:30:15", "The same, and seconds."},
    {TOC_V_MOMENT, "T+45m", "The same, as a duration."},
    {TOC_V_MOMENT, "story 08:00", "The first 08:00 of the story at or after startex, in its zone."},
    {TOC_V_MOMENT, "story 2022-02-25 08:00", "That day."},
    {TOC_V_MOMENT, "INJ-01 +15m", "15 minutes of play after INJ-01 was sent."},
    {TOC_V_MOMENT, "INJ-01 +6h story", "Six hours of the story after it was sent."},
    {TOC_V_DEADLINE, "aware INJ-01 +24h story",
     "From when the team knew of INJ-01: it read it, or a controller marked that it knows. Only "
     "for the `by` of `expect`; so is the next."},
    {TOC_V_DEADLINE, "met EXP-01 +1 month story",
     "From when EXP-01 was met; if it was not, from its deadline. An expectation that stands "
     "before."},
    {TOC_V_SPAN, "15m",
     "A duration of play time; also `\"250ms\"`, `\"90s\"`, `\"1h30m\"`, `\"2d\"`."},
    {TOC_V_SPAN, "24h story", "A duration of story time."},
    {TOC_V_SPAN, "1 month story",
     "A month of the story; it ends on the same day of the month, or its last."},
    {TOC_V_MINUTES, "4h", "A duration of the world: story time in whole minutes, at most a year."},
    {TOC_V_CLOCK, "2022-02-25 07:00", "A date and time of the story, in the zone of startex."},
    {TOC_V_STORY, "2022-02-24 03:00Z",
     "A date and time with its zone, for startex; also `\"2022-02-24 03:00+01:00\"`."},
};

static const toc_event_row events[] = {
    {TOC_K_INJECT, "An inject is sent."},
    {TOC_K_HELD, "An inject that is due waits for its release."},
    {TOC_K_ASK, "A decision is asked."},
    {TOC_K_DEADLINE, "A decision's deadline moved."},
    {TOC_K_DECIDED, "A decision has its answer."},
    {TOC_K_OVERDUE, "Nobody answered in time; the default counts."},
    {TOC_K_PROPOSED, "A team gave an answer of its own, which EXCON rules on."},
    {TOC_K_REJECTED, "EXCON rejected an answer of a team's own."},
    {TOC_K_REFUSED_LATE, "An answer came too late."},
    {TOC_K_CROSSED, "A deadline of the players that a jump passed over."},
    {TOC_K_MESSAGE, "A message arrives."},
    {TOC_K_HANDED_IN, "A product arrives."},
    {TOC_K_LEVEL, "A service's level changes."},
    {TOC_K_MEASURE, "Something is done to the world."},
    {TOC_K_REPAIR, "A repair begins, stands still, goes on or is done."},
    {TOC_K_DEADLOCK, "Services wait for each other in a circle."},
    {TOC_K_PHASE_ENTERED, "A phase begins."},
    {TOC_K_EXPECTATION, "An expected action opens, is met, or is overdue."},
    {TOC_K_ARMED, "A contingency inject waits for EXCON."},
    {TOC_K_JOIN, "Somebody sits down at a seat."},
    {TOC_K_LEAVE, "Somebody leaves a seat."},
    {TOC_K_READ, "A seat opens an inject or message."},
    {TOC_K_ACK, "A seat acknowledges an inject."},
    {TOC_K_DECIDE, "A seat answers a decision."},
    {TOC_K_SAY, "A seat writes a message."},
    {TOC_K_FORWARD, "A seat forwards what it received."},
    {TOC_K_SUBMIT, "A seat hands in a product."},
    {TOC_K_OBSERVE, "An evaluator notes an observation."},
    {TOC_K_MARK_ACTION, "An evaluator marks an expected action."},
    {TOC_K_RATE, "An evaluator rates an objective."},
    {TOC_K_EMERGENCY, "Somebody calls a real emergency: play stops."},
    {TOC_K_START, "STARTEX."},
    {TOC_K_PAUSE, "EXCON pauses."},
    {TOC_K_RESUME, "EXCON goes on."},
    {TOC_K_SPEED, "EXCON changes how fast play runs."},
    {TOC_K_PACE, "EXCON changes story time per play time."},
    {TOC_K_JUMP, "EXCON jumps forward."},
    {TOC_K_PHASE, "EXCON begins a phase."},
    {TOC_K_FIRE, "EXCON sends an inject by hand."},
    {TOC_K_HOLD, "EXCON holds an inject back."},
    {TOC_K_RELEASE, "EXCON releases an inject."},
    {TOC_K_SKIP, "EXCON skips an inject."},
    {TOC_K_RULE, "EXCON rules on an answer of a team's own."},
    {TOC_K_AWARE, "EXCON marks that a team knows of an inject."},
    {TOC_K_OPEN_SEAT, "A seat is opened."},
    {TOC_K_REVOKE, "A seat's ticket is taken back."},
};

static const struct {
    toc_field field;
    const char *help;
} field_help[] = {
    {TOC_F_BY, "the seat that acted"},
    {TOC_F_LEVEL, "percent"},
    {TOC_F_BECAUSE, "a service's id, or nil"},
    {TOC_F_WHY,
     "`\"own\"`, `\"repaired\"`, `\"provider\"`, `\"autonomy\"`, `\"restarted\"`, `\"forced\"` "
     "or `\"unforced\"`"},
    {TOC_F_STORY, "the story's time"},
    {TOC_F_MINUTES, "of the story"},
    {TOC_F_MEASURE, "`\"set\"`, `\"refuel\"`, `\"open\"` or `\"black-start\"`"},
    {TOC_F_LEFT, "crew-minutes"},
    {TOC_F_SERVICES, "a list; each needs the next"},
    {TOC_F_TO, "a list"},
    {TOC_F_ATTACH, "a list of pairs"},
    {TOC_F_OPTIONS, "a list of pairs"},
    {TOC_F_DEADLINE, "seconds of play"},
    {TOC_F_UNTIL, "seconds of play"},
    {TOC_F_SPEED, "play time per real time"},
    {TOC_F_PACE, "story time per play time"},
};
// clang-format on

const toc_placeholder *toc_language_placeholders(size_t *count)
{
    *count = TOC_COUNT(placeholders);
    return placeholders;
}

const toc_time_form *toc_language_times(size_t *count)
{
    *count = TOC_COUNT(times);
    return times;
}

const toc_event_row *toc_language_events(size_t *count)
{
    *count = TOC_COUNT(events);
    return events;
}

bool toc_language_field_is_shown(toc_field field)
{
    return toc_field_type(field) != TOC_TYPE_REF && field != TOC_F_WALL && field != TOC_F_ID &&
           field != TOC_F_SESSION && field != TOC_F_SERIAL && field != TOC_F_BECAUSE_SEEN;
}

const char *toc_language_field_help(toc_field field)
{
    for (size_t i = 0; i < TOC_COUNT(field_help); i++)
        if (field_help[i].field == field)
            return field_help[i].help;
    return NULL;
}
