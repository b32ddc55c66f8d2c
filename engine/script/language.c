// SPDX-License-Identifier: MIT
// What authors can call. The words of the declarations are in schema.c.

#include "language.h"

#include <string.h>

#include "base/mem.h"

#define INJECT   TOC_BIT(TOC_DECL_INJECT)
#define DECISION TOC_BIT(TOC_DECL_DECISION)
#define SERVICE  TOC_BIT(TOC_DECL_SERVICE)
#define REPAIR   TOC_BIT(TOC_DECL_REPAIR)
#define PHASE    TOC_BIT(TOC_DECL_PHASE)
#define EXPECT   TOC_BIT(TOC_DECL_EXPECT)
#define TEAM     TOC_BIT(TOC_DECL_TEAM)

// A word's group, and where it stands.
#define PART   TOC_WORD_PART, TOC_IN_SCENARIO
#define ACTION TOC_WORD_ACTION, TOC_IN_STORYLINE
#define QUERY  TOC_WORD_QUERY, TOC_IN_STORYLINE | TOC_IN_CONDITION | TOC_IN_TEXT
#define FILES  TOC_WORD_FILE, TOC_IN_ALL
#define LUA    TOC_WORD_LUA, TOC_IN_ALL

// clang-format off
#define ID(name, kind)    {name, "string", kind, false, false}
#define IDS(name, kind)   {name, "string", kind, false, true}
#define MAYBE(name, kind) {name, "string", kind, true, false}
#define ARG(name, type)   {name, type, 0, false, false}
#define OPT(name, type)   {name, type, 0, true, false}
#define ARGS(name, type)  {name, type, 0, false, true}
#define NONE              {NULL, NULL, 0, false, false}

static const toc_word words[] = {
    {"storyline", PART, "storyline \"the wipe\" (function () … end)",
     {ARG("name", "string"), ARG("body", "fun()"), NONE}, NULL,
     "A part of the story that runs by itself: it begins at STARTEX, waits, asks, sends, "
     "and chooses how to go on. Its name is its own.", true},
    {"when", PART, "when(function () return level \"grid.north\" < 50 end, function () … end)",
     {ARG("condition", "fun(): any"), ARG("body", "fun()"), NONE}, NULL,
     "Begins a storyline the first time its condition is true. Conditions are asked "
     "after everything that happens.", false},
    {"on", PART, "on(\"overdue\", function (event) … end)",
     {ARG("kind", "EventKind"), ARG("body", "fun(event: Event)"), NONE}, NULL,
     "Begins a storyline each time something of that kind happens, and gives it a table "
     "that tells of it.", false},

    {"send", ACTION, "send \"INJ-04\"", {ID("inject", INJECT), NONE, NONE}, NULL,
     "Sends an inject. One that was sent before or that EXCON skipped is not sent again, nor "
     "one to which EXCON gave another time (this is noted); one that is held goes when it is "
     "released, and one with a voice is sent when its controller has delivered it. The "
     "storyline goes on at once.", false},
    {"ask", ACTION, "ask \"D-01\"", {IDS("decision", DECISION), NONE, NONE}, "Answer",
     "Asks, waits for the answer, and gives it. A decision that has its answer already "
     "is not asked again. `local a, b = ask(\"D-01\", \"D-02\")` asks both and waits for "
     "both, up to 20.", false},
    {"wait", ACTION, "wait \"20m\"", {ARG("duration", "Span"), NONE, NONE}, NULL,
     "Waits; `wait \"24h story\"` for story time.", false},
    {"wait_until", ACTION, "wait_until \"T+0:08\"", {ARG("time", "Moment"), NONE, NONE}, NULL,
     "Waits for a time. A time that is past does not wait. `\"INJ-04 +15m\"` is a "
     "mistake while INJ-04 was not sent.", false},
    {"enter_phase", ACTION, "enter_phase \"day-2\"", {ID("phase", PHASE), NONE, NONE}, NULL,
     "Begins a phase; the storyline goes on in it.", false},
    {"met", ACTION, "met \"EXP-01\"", {ID("expectation", EXPECT), NONE, NONE}, NULL,
     "An expected action has been seen.", false},
    {"note", ACTION, "note \"The crews were told.\"", {ARG("text", "string"), NONE, NONE}, NULL,
     "Writes a line for EXCON into the record.", false},
    {"finish", ACTION, "finish()", {NONE, NONE, NONE}, NULL,
     "ENDEX. Nothing of this storyline comes after it.", false},
    {"set", ACTION, "set(\"grid.north\", 20)",
     {ID("service", SERVICE), ARG("percent", "number"), NONE}, NULL,
     "Changes what a service can do by itself, in percent. What its needs leave may "
     "still be less.", false},
    {"start_repair", ACTION, "start_repair \"cable.splice\"",
     {ID("repair", REPAIR), NONE, NONE}, NULL,
     "Begins a repair. One that was begun before is not begun again (this is noted). "
     "What it gives back is never less than what the service can do by then.", false},
    {"refuel", ACTION, "refuel \"mobile.north\"",
     {ID("service", SERVICE), MAYBE("provider", SERVICE), NONE}, NULL,
     "Fills all its reserves; `refuel(\"mobile.north\", \"grid.north\")` the one for "
     "that service (all of them, if it is needed twice).", false},
    {"open_alternative", ACTION, "open_alternative(\"supplies\", \"road.inland\")",
     {ID("service", SERVICE), ID("provider", SERVICE), NONE}, NULL,
     "Opens an alternative that is closed: the service that needs, and the one it will "
     "use. Needed twice, both are opened. One that was opened before stays so (this is "
     "noted).", false},
    {"black_start", ACTION, "black_start(\"grid.north\", \"30m\")",
     {ID("service", SERVICE), ARG("duration", "Minutes"), NONE}, NULL,
     "Holds a service at 100 for so long, whatever it needs. That must outlast the "
     "restarts of what shall stand by itself afterwards: a black start that ends in the "
     "minute a restart is due ends first.", false},

    {"decided", QUERY, "decided \"D-01\"", {ID("decision", DECISION), NONE, NONE}, "Answer?",
     "The table that `ask` gives, or nil while there is no answer.", false},
    {"sent", QUERY, "sent \"INJ-04\"", {ID("inject", INJECT), NONE, NONE}, "number?",
     "When it was sent, in seconds of play, or nil.", false},
    {"read", QUERY, "read(\"wind\", \"INJ-04\")",
     {ID("team", TEAM), ID("inject", INJECT), NONE}, "boolean",
     "True when somebody of the team has opened it.", false},
    {"aware", QUERY, "aware(\"wind\", \"INJ-04\")",
     {ID("team", TEAM), ID("inject", INJECT), NONE}, "number?",
     "When the team came to know of it (it read it, or a controller marked it), in "
     "seconds of play, or nil.", false},
    {"said", QUERY, "said(\"operator\", \"press\")",
     {ID("from", TOC_REF_SPEAKER), ID("to", TOC_REF_SPEAKER), NONE}, "Message?",
     "The newest message from one to another (teams, parties, `\"excon\"`), or nil.", false},
    {"now", QUERY, "now()", {NONE, NONE, NONE}, "number", "Seconds of play.", false},
    {"story", QUERY, "story()", {NONE, NONE, NONE}, "string",
     "The story's date and time as text.", false},
    {"clock", QUERY, "clock()", {NONE, NONE, NONE}, "string",
     "The story's time of day as text: 15:30.", false},
    {"level", QUERY, "level \"mobile.north\"", {ID("service", SERVICE), NONE, NONE}, "number",
     "A service's level in percent: 40, 33.3.", false},
    {"because", QUERY, "because \"mobile.north\"", {ID("service", SERVICE), NONE, NONE}, "string",
     "Why it has that level, in words: \"Mobile network, north coast 0 % because "
     "Northern grid 0 % (for longer than its autonomy)\".", false},
    {"outlook", QUERY, "outlook \"mobile.north\"", {ID("service", SERVICE), NONE, NONE}, "Outlook",
     "What comes in the next six story hours if nobody does anything.", false},
    {"lost_hours", QUERY, "lost_hours \"mobile.north\"",
     {MAYBE("service", SERVICE), NONE, NONE}, "integer",
     "User-hours lost so far; `lost_hours()` those of all services.", false},
    {"random", TOC_WORD_QUERY, TOC_IN_STORYLINE | TOC_IN_TEXT, "random(6)",
     {OPT("least", "integer"), OPT("most", "integer"), NONE}, "number",
     "A number from 0 up to, not including, 1; `random(6)` a whole number from 1 to 6; "
     "`random(10, 20)` one from 10 to 20. Not in conditions, which are asked again and "
     "again.", false},

    {"file", FILES, "file \"texts/inj-01.md\"", {ARG("path", "string"), NONE, NONE}, "string",
     "The text of a file of the scenario's folder (.md, .txt, .lua).", false},
    {"require", FILES, "require \"act-two\"", {ARG("name", "string"), NONE, NONE}, "any",
     "Runs `act-two.lua` of the folder, once, and gives what it returns; `require "
     "\"texts\"` finds Tocsin's own module unless the folder has a `texts.lua`.", false},

    {"assert", LUA, "assert(value, \"why\")",
     {ARG("value", "any"), OPT("message", "any"), NONE}, "any",
     "Stops with an error unless the value is true.", false},
    {"error", LUA, "error \"why\"", {ARG("message", "any"), OPT("level", "integer"), NONE}, NULL,
     "Stops with an error.", false},
    {"ipairs", LUA, "for i, v in ipairs(list) do", {ARG("list", "table"), NONE, NONE}, "function",
     "Goes through a list.", false},
    {"pairs", LUA, "for k, v in pairs(table) do", {ARG("table", "table"), NONE, NONE}, "function",
     "Goes through a table, in the same order every time: the numbers, then the words by "
     "alphabet.", false},
    {"pcall", LUA, "pcall(f)", {ARG("f", "function"), ARGS("argument", "any"), NONE}, "boolean",
     "Calls, and gives false and the error if there is one.", false},
    {"select", LUA, "select(2, ...)",
     {ARG("n", "integer|string"), ARGS("value", "any"), NONE}, "any",
     "The values from the n-th on; `select(\"#\", ...)` how many there are.", false},
    {"tonumber", LUA, "tonumber \"12\"",
     {ARG("value", "any"), OPT("base", "integer"), NONE}, "number?",
     "A text as a number, or nil.", false},
    {"tostring", LUA, "tostring(12)", {ARG("value", "any"), NONE, NONE}, "string",
     "Any value as text.", false},
    {"type", LUA, "type(value)", {ARG("value", "any"), NONE, NONE}, "string",
     "What kind of value it is: \"string\", \"number\", \"table\" …", false},

    {"math.abs", LUA, "math.abs(-3)", {ARG("x", "number"), NONE, NONE}, "number",
     "Without its sign.", false},
    {"math.ceil", LUA, "math.ceil(2.1)", {ARG("x", "number"), NONE, NONE}, "integer",
     "Rounded up.", false},
    {"math.floor", LUA, "math.floor(2.9)", {ARG("x", "number"), NONE, NONE}, "integer",
     "Rounded down.", false},
    {"math.fmod", LUA, "math.fmod(7, 3)", {ARG("x", "number"), ARG("y", "number"), NONE}, "number",
     "What is left of a division.", false},
    {"math.huge", LUA, "math.huge", {NONE, NONE, NONE}, "number", "More than any number.", false},
    {"math.max", LUA, "math.max(2, 7)", {ARGS("x", "number"), NONE, NONE}, "number",
     "The largest.", false},
    {"math.maxinteger", LUA, "math.maxinteger", {NONE, NONE, NONE}, "integer",
     "The largest whole number.", false},
    {"math.min", LUA, "math.min(2, 7)", {ARGS("x", "number"), NONE, NONE}, "number",
     "The smallest.", false},
    {"math.mininteger", LUA, "math.mininteger", {NONE, NONE, NONE}, "integer",
     "The smallest whole number.", false},
    {"math.modf", LUA, "math.modf(2.5)", {ARG("x", "number"), NONE, NONE}, "number",
     "The whole part, and the rest.", false},
    {"math.pi", LUA, "math.pi", {NONE, NONE, NONE}, "number", "3.14159…", false},
    {"math.sqrt", LUA, "math.sqrt(2)", {ARG("x", "number"), NONE, NONE}, "number",
     "The square root.", false},
    {"math.tointeger", LUA, "math.tointeger(3.0)", {ARG("x", "any"), NONE, NONE}, "integer?",
     "A whole number, or nil.", false},
    {"math.type", LUA, "math.type(3)", {ARG("x", "any"), NONE, NONE}, "string?",
     "\"integer\", \"float\", or nil.", false},

    {"string.byte", LUA, "string.byte(\"A\")",
     {ARG("s", "string"), OPT("from", "integer"), OPT("to", "integer")}, "integer",
     "The bytes of a text.", false},
    {"string.char", LUA, "string.char(65)", {ARGS("byte", "integer"), NONE, NONE}, "string",
     "A text of bytes.", false},
    {"string.find", LUA, "string.find(s, \"fire\", 1, true)",
     {ARG("s", "string"), ARG("pattern", "string"), ARGS("more", "any")}, "integer?",
     "Where a pattern begins and ends, or nil; a fourth argument of true takes it as "
     "plain text.", false},
    {"string.format", LUA, "string.format(\"%d of %d\", 3, 5)",
     {ARG("form", "string"), ARGS("value", "any"), NONE}, "string",
     "Values in a text.", false},
    {"string.gmatch", LUA, "for word in string.gmatch(s, \"%a+\") do",
     {ARG("s", "string"), ARG("pattern", "string"), NONE}, "function",
     "Goes through all places that match.", false},
    {"string.gsub", LUA, "string.gsub(s, \"north\", \"south\")",
     {ARG("s", "string"), ARG("pattern", "string"), ARGS("more", "any")}, "string",
     "Replaces what matches.", false},
    {"string.len", LUA, "string.len(s)", {ARG("s", "string"), NONE, NONE}, "integer",
     "Its length in bytes.", false},
    {"string.lower", LUA, "string.lower(s)", {ARG("s", "string"), NONE, NONE}, "string",
     "In small letters.", false},
    {"string.match", LUA, "string.match(s, \"%d+\")",
     {ARG("s", "string"), ARG("pattern", "string"), OPT("from", "integer")}, "string?",
     "What matches a pattern, or nil.", false},
    {"string.rep", LUA, "string.rep(\"-\", 10)",
     {ARG("s", "string"), ARG("n", "integer"), OPT("between", "string")}, "string",
     "Repeated.", false},
    {"string.reverse", LUA, "string.reverse(s)", {ARG("s", "string"), NONE, NONE}, "string",
     "Backwards.", false},
    {"string.sub", LUA, "string.sub(s, 1, 3)",
     {ARG("s", "string"), ARG("from", "integer"), OPT("to", "integer")}, "string",
     "A part of it.", false},
    {"string.upper", LUA, "string.upper(s)", {ARG("s", "string"), NONE, NONE}, "string",
     "In capitals.", false},

    {"table.concat", LUA, "table.concat(list, \", \")",
     {ARG("list", "table"), OPT("between", "string"), ARGS("more", "integer")}, "string",
     "The texts of a list as one.", false},
    {"table.insert", LUA, "table.insert(list, value)",
     {ARG("list", "table"), ARGS("value", "any"), NONE}, NULL,
     "Puts a value into a list, at its end or at a place.", false},
    {"table.pack", LUA, "table.pack(...)", {ARGS("value", "any"), NONE, NONE}, "table",
     "Values as a list.", false},
    {"table.remove", LUA, "table.remove(list)",
     {ARG("list", "table"), OPT("place", "integer"), NONE}, "any",
     "Takes a value out of a list.", false},
    {"table.sort", LUA, "table.sort(list)",
     {ARG("list", "table"), OPT("comes_before", "fun(a: any, b: any): boolean"), NONE}, NULL,
     "Sorts a list; equals keep their order.", false},
    {"table.unpack", LUA, "table.unpack(list)",
     {ARG("list", "table"), OPT("from", "integer"), OPT("to", "integer")}, "any",
     "A list as values.", false},
};

static const toc_word_field fields[] = {
    {"Answer", "option", "string?",
     "The option's id; `\"other\"` for an answer of their own that EXCON accepted; the default "
     "if they were late; nil if there is none."},
    {"Answer", "text", "string?", "The answer in their own words, or nil."},
    {"Answer", "by", "string?", "The seat that answered: `\"operator-2\"`; `\"excon\"` for a team; or nil."},
    {"Answer", "reason", "string?", "Why, in their words, or nil."},
    {"Answer", "overdue", "boolean", "True when nobody answered in time."},
    {"Message", "text", "string", "What was written."},
    {"Message", "by", "string", "The seat that wrote it."},
    {"Message", "t", "number", "When, in seconds of play."},
    {"Outlook", "trend", "\"stable\"|\"improving\"|\"worsening\"", "Where it goes."},
    {"Outlook", "level", "number?",
     "Its next level, in percent; nil where no change is ahead. So are the rest."},
    {"Outlook", "at", "string?", "When, by the story's clock: `\"08:00\"`."},
    {"Outlook", "minutes", "integer?", "How many story minutes from now."},
    {"Outlook", "because", "string?", "The id of the service that it follows from, or nil."},
};
// clang-format on

const toc_word *toc_language_words(size_t *count)
{
    *count = TOC_COUNT(words);
    return words;
}

const toc_word *toc_language_verb(const char *name)
{
    for (size_t i = 0; i < TOC_COUNT(words) && words[i].group != TOC_WORD_LUA; i++)
        if (strcmp(words[i].name, name) == 0)
            return &words[i];
    return NULL;
}

const char *toc_language_group(toc_word_group group)
{
    static const char *const names[TOC_WORD_GROUPS] = {
        [TOC_WORD_PART] = "Parts of the story", [TOC_WORD_ACTION] = "Actions",
        [TOC_WORD_QUERY] = "Questions",         [TOC_WORD_FILE] = "Other files",
        [TOC_WORD_LUA] = "Lua's own",
    };
    return names[group];
}

const toc_word_field *toc_language_fields(size_t *count)
{
    *count = TOC_COUNT(fields);
    return fields;
}
