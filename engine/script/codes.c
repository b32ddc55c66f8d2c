// SPDX-License-Identifier: MIT
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "script/codes.h"

// clang-format off
static const toc_code codes[] = {
    // What Lua cannot read, or runs into while the scenario is read.
    {"E0101", "not-lua",             "this is not Lua"},
    {"E0102", "missing-comma",       "a comma is missing"},
    {"E0103", "unclosed-bracket",    "a bracket is not closed"},
    {"E0104", "curly-quote",         "a curly quote from a word processor"},
    {"E0105", "quote-in-quotes",     "quotes inside quotes"},
    {"E0106", "line-break-in-text",  "a line break inside quotes"},
    {"E0107", "unclosed-long-text",  "a long text is not closed"},
    {"E0108", "missing-end",         "an end is missing"},
    {"E0109", "unquoted-text",       "a text or id without quotes"},
    {"E0110", "unquoted-time",       "a time without quotes"},
    {"E0111", "percent-sign",        "a percentage with its sign"},
    {"E0112", "foreign-operator",    "a sign or word of another language"},
    {"E0113", "single-equals",       "one = where two are meant, or two for one"},
    {"E0114", "not-a-text-file",     "this is not a text file that can be read"},
    {"E0115", "unknown-name",        "a name that nothing has"},
    {"E0116", "not-assignable",      "this name cannot be given a value"},
    {"E0117", "not-available",       "scenarios do without this"},
    {"E0118", "script-failed",       "the scenario stopped while it was read"},
    {"E0119", "too-much-work",       "reading the scenario takes too much time, memory or text"},
    {"E0120", "invisible-character", "a character that cannot be seen, or looks like another"},
    {"E0121", "missing-word",        "a small word or sign is missing: then, do, = or a bracket"},
    {"E0122", "closed-too-often",    "a bracket, end or comma too many"},
    {"E0123", "outside-storyline",   "something that only a storyline can do, or ask"},
    {"E0124", "backslash-in-text",   "a backslash inside quotes"},
    // What is declared: one declaration by itself, and what refers to what.
    {"E0201", "unknown-key",         "a declaration has no such key"},
    {"E0202", "missing-key",         "a key is missing"},
    {"E0203", "wrong-value",         "a value of the wrong kind"},
    {"E0204", "out-of-range",        "a number or time out of its range"},
    {"E0205", "not-one-of",          "only certain words can stand here"},
    {"E0206", "bad-time",            "a time that cannot be read"},
    {"E0207", "bad-duration",        "a duration that cannot be read"},
    {"E0208", "bad-text",            "a text that cannot stand here"},
    {"E0209", "bad-id",              "this is no id"},
    {"E0210", "id-taken",            "two things have the same id, or nearly"},
    {"E0211", "half-declared",       "an id without its table, or a name without its function"},
    {"E0212", "value-without-key",   "a value without a key, or a second table"},
    {"E0213", "key-twice",           "a key is written twice"},
    {"E0214", "unknown-id",          "nothing has this id"},
    {"E0215", "other-kind",          "this id belongs to something else"},
    {"E0216", "named-twice",         "named twice in one list"},
    {"E0217", "nothing-declared",    "no exercise, or no team, is declared"},
    {"E0218", "second-exercise",     "a second exercise"},
    {"E0219", "too-many",            "more than can be held"},
    {"E0220", "bad-options",         "options that cannot be offered"},
    {"E0221", "default-not-offered", "the default is none of the options"},
    {"E0222", "bad-placeholder",     "a {{…}} that cannot be filled"},
    {"E0223", "no-such-file",        "a file that is not there, or cannot be used"},
    {"E0224", "bad-attachment",      "an attachment that cannot be handed out"},
    {"E0225", "circular-times",      "times that wait for each other"},
    {"E0226", "bad-part",            "a storyline, when or on without what it needs"},
    {"E0227", "unknown-event",       "there is no such kind of event"},
    {"E0228", "refers-to-itself",    "something refers to itself"},
    {"E0229", "bad-need",            "needs that cannot be meant"},
    {"E0230", "circle-of-sums",      "a circle of sums that hands on all of a loss"},
    {"E0231", "bad-phase",           "a phase that cannot be entered as it says"},
    {"E0232", "bad-deadline",        "a deadline that cannot count from what it names"},
    {"E0233", "bad-argument",        "an action or query is given what it cannot take"},
    {"E0234", "table-as-text",       "a table is compared with a text"},
    {"E0235", "bad-contingency",     "a contingency that cannot be meant"},
    {"E0236", "gives-nothing",       "a function that should give something gives nothing"},
    {"E0237", "unknown-field",       "an answer has no such field"},
    {"E0238", "no-controller",       "a voice that is nobody of control"},
    // What can be read, but cannot be meant. Only check looks at these.
    {"E0301", "after-endex",         "a time after the end of the exercise"},
    {"E0302", "unknown-option",      "compared with an option that is not offered"},
    {"E0304", "never-sent",          "an inject that can never be sent"},
    {"E0305", "never-asked",         "a decision that is never asked"},
    {"E0306", "never-runs",          "a storyline or condition that can never run"},
    {"E0307", "decides-nothing",     "a decision whose outcome changes nothing"},
    {"E0308", "no-evidence",         "an objective without evidence"},
    {"E0309", "nothing-to-do",       "a team without anything to do"},
    {"E0310", "never-entered",       "a repair that is never started"},
    {"E0311", "cannot-be-met",       "an expected action that nothing can meet in time"},
    {"E0312", "bad-plan",            "a plan that this scenario cannot be played by"},
    {"E0313", "cannot-write",        "asks for a message that nobody can write"},
    {"E0314", "asked-early",         "a decision that is asked before its own time"},
    // For planners.
    {"W0401", "inject-without-objective", "an inject without an objective"},
    {"W0402", "action-without-objective", "a decision or expected action without an objective"},
    {"W0403", "reading-load",        "more to read than a team can read"},
    {"W0404", "many-at-once",        "too many injects at once"},
    {"W0405", "idle-team",           "a team with nothing new for long"},
    {"W0406", "long-call",           "a call too long to be said"},
    {"W0407", "no-default",          "a decision without a default"},
    {"W0408", "no-notes",            "an inject waits for EXCON, and nobody says for what"},
};
// clang-format on

const toc_code *toc_codes(size_t *count)
{
    *count = TOC_COUNT(codes);
    return codes;
}

const toc_code *toc_code_find(const char *code)
{
    for (size_t i = 0; i < TOC_COUNT(codes); i++)
        if (strcasecmp(codes[i].code, code) == 0)
            return &codes[i];
    return NULL;
}
