// SPDX-License-Identifier: MIT
#include "poor_morning.h"

#include "base/mem.h"

static void sit_down(acted *a)
{
    static const struct {
        const char *seat, *name;
    } people[] = {{"excon-1", "M. Ek"},   {"evaluator-1", "S. Berg"}, {"evaluator-2", "T. Holm"},
                  {"watch-1", "R. Lind"}, {"watch-2", "A. Dahl"},     {"ferry-1", "K. Aune"}};
    for (size_t i = 0; i < 3; i++)
        acted_put(a, "T+0", "engine", "open-seat", "seat", people[i].seat, NULL);
    for (size_t i = 0; i < TOC_COUNT(people); i++) {
        acted_put(a, "T+0", people[i].seat, "join", "seat", people[i].seat, "session", "s", NULL);
        acted_put(a, "T+0", people[i].seat, "sign-in", "name", people[i].name, NULL);
    }
}

static void first_minutes(acted *a)
{
    acted_put(a, "T+0", "excon-1", "start", NULL);
    acted_put(a, "T+0:01:20", "watch-1", "read", "item", "INJ-01", NULL);
    acted_put(a, "T+0:02", "ferry-1", "read", "item", "INJ-01", NULL);
    acted_put(a, "T+0:02:30", "evaluator-1", "observe", "inject", "INJ-02", "team", "watch",
              "occurred", "140000", "text", "The alarm lights up; both are on the telephone.",
              NULL);
    acted_put(a, "T+0:03:30", "ferry-1", "read", "item", "INJ-03", NULL);
    acted_put(a, "T+0:03:50", "ferry-1", "say", "to", "watch", "rfi", "1", "text",
              "The ramp does not move. What is going on?", NULL);
    acted_put(a, "T+0:04:10", "ferry-1", "say", "to", "radio", "rfi", "1", "text",
              "Do you know of a power cut in the north?", NULL);
    acted_put(a, "T+0:04:40", "excon-1", "say", "as", "radio", "to", "ferry", "re", "message",
              "text", "Nobody told us anything.", NULL);
    acted_put(a, "T+0:05", "watch-1", "decide", "decision", "D-01", "option", "ramp", "reason",
              "the boat must sail", NULL);
    acted_put(a, "T+0:05:30", "excon-1", "pause", "reason", "fire alarm test next door", NULL);
    a->wall += 240000;
    acted_put(a, "T+0:05:30", "excon-1", "resume", NULL);
}

static void the_rest(acted *a)
{
    acted_put(a, "T+0:05:40", "watch-2", "read", "item", "INJ-02", NULL);
    acted_put(a, "T+0:05:45", "watch-2", "ack", "item", "INJ-02", NULL);
    acted_put(a, "T+0:06:30", "engine", "leave", "seat", "ferry-1", "session", "s", NULL);
    acted_put(a, "T+0:07:10", "ferry-1", "join", "seat", "ferry-1", "session", "s", NULL);
    acted_put(a, "T+0:07:20", "excon-1", "adhoc", "to", "ferry", "title", "A taxi at the quay",
              "text", "Two people get out and ask when you sail.", "from", "Taxi", NULL);
    acted_put(a, "T+0:08", "ferry-1", "decide", "decision", "D-02", "option", "south", NULL);
    acted_put(a, "T+0:12:30", "excon-1", "skip", "inject", "INJ-22", "reason", "they are writing",
              NULL);
    acted_put(a, "T+0:13:30", "watch-1", "decide", "decision", "D-03", "text",
              "Power is out. Stay at home.", "reason", "we had no time before", NULL);
    acted_put(a, "T+0:14:10", "watch-1", "submit", "product", "sitrep", "text",
              "Fuse. Ramp on generator. Mast silent.", NULL);
    acted_pass(a, "T+0:15");
    acted_put(a, "T+0:15", "evaluator-1", "rate", "objective", "OBJ-1", "team", "watch", "rating",
              "U", "text", "Nobody told the ferry anything.", NULL);
    acted_put(a, "T+0:15", "evaluator-2", "rate", "objective", "OBJ-1", "team", "watch", "rating",
              "M", NULL);
    acted_put(a, "T+0:15", "evaluator-2", "rate", "objective", "OBJ-2", "rating", "S", NULL);
    acted_put(a, "T+0:15", "evaluator-2", "rate", "objective", "OBJ-2", "rating", "P", "text",
              "Quick, and they stood by it.", NULL);
    acted_put(a, "T+0:15", "excon-1", "close", NULL);
}

void poor_morning(acted *a)
{
    acted_begin(a, "scenarios/first-light");
    sit_down(a);
    first_minutes(a);
    the_rest(a);
}
