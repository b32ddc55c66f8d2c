// SPDX-License-Identifier: MIT
#include <assert.h>

#include "exercise/plan.h"
#include "schema.h"

#define TEAM      TOC_BIT(TOC_DECL_TEAM)
#define OBJECTIVE TOC_BIT(TOC_DECL_OBJECTIVE)
#define SERVICE   TOC_BIT(TOC_DECL_SERVICE)
#define INJECT    TOC_BIT(TOC_DECL_INJECT)

// clang-format off
static const toc_schema_row schema[TOC_DECL_COUNT] = {
    [TOC_DECL_EXERCISE] = {"exercise", "exercises", 1,
     "exercise \"silent-beams\" { title = \"…\", … }",
        "The exercise as a whole. One in each scenario.", {
        {TOC_KEY_TITLE, "title", TOC_V_LINE, true, 0, 0, 0, "\"Silent Beams\"",
         "What the exercise is called."},
        {TOC_KEY_STARTEX, "startex", TOC_V_STORY, true, 0, 0, 0, "\"2022-02-24 03:00Z\"",
         "The story's date and time when play begins, with its zone: `\"2022-02-24 03:00Z\"`, "
         "`\"2022-02-24 03:00+01:00\"`."},
        {TOC_KEY_LENGTH, "length", TOC_V_DURATION, true, 0, 0, 0, "\"3h\"",
         "Play time until ENDEX. Nothing may be planned after it."},
        {TOC_KEY_MARKING, "marking", TOC_V_LINE, false, 0, 0, 0, "\"TLP:CLEAR\"",
         "Shown on every line of every terminal and on everything that is printed."},
        {TOC_KEY_PACE, "pace", TOC_V_FACTOR, false, 1, 1000000, 0, "4",
         "Story time per play time; 1 unless you say otherwise. EXCON can change it in play."},
        {TOC_KEY_BRIEF, "brief", TOC_V_TEXT, false, 0, 0, 0, "\"You are on night shift.\"",
         "What everybody reads first."},
    }},
    [TOC_DECL_TEAM] = {"team", "teams", 64, "team \"operator\" { name = \"…\", seats = 2 }",
        "Those who are exercised. A person alone is a team of one seat. Seats are called "
        "`operator-1`, "
        "`operator-2` …, so a team's id cannot end with a dash and a number.", {
        {TOC_KEY_NAME, "name", TOC_V_LINE, true, 0, 0, 0, "\"Satellite operator NOC\"",
         "What people call it."},
        {TOC_KEY_SEATS, "seats", TOC_V_COUNT, false, 1, 50, 0, "2",
         "Terminals of this team; 1 unless you say otherwise."},
        {TOC_KEY_BRIEF, "brief", TOC_V_TEXT, false, 0, 0, 0, "\"You keep the beams lit.\"",
         "What this team reads first."},
        {TOC_KEY_CONTACTS, "contacts", TOC_V_NAMES, false, 0, 200, TOC_REF_SPEAKER | TOC_REF_ALL,
         "{ \"wind\", \"press\" }",
         "Whom it can write to. Left out: everybody. `{}`: only EXCON, who can always be reached."},
    }},
    [TOC_DECL_PARTY] = {"party", "parties", 200, "party \"press\" { name = \"…\" }",
        "An organisation that is not at the table. SIMCELL or EXCON speaks for it.", {
        {TOC_KEY_NAME, "name", TOC_V_LINE, true, 0, 0, 0, "\"Radio Nord newsroom\"",
         "What people call it."},
        {TOC_KEY_NOTES, "notes", TOC_V_TEXT, false, 0, 0, 0, "\"Fair, and in a hurry.\"",
         "For those who speak for it: what it knows, what it wants."},
    }},
    [TOC_DECL_OBJECTIVE] = {"objective", "objectives", 200,
     "objective \"OBJ-1\" { text = \"…\", team = \"…\" }",
        "What the exercise tests. Observations and ratings hang on it.", {
        {TOC_KEY_TEXT, "text", TOC_V_TEXT, true, 0, 0, 0, "\"Warn those who depend on you.\"",
         "What shall be shown, in one sentence."},
        {TOC_KEY_TEAM, "team", TOC_V_NAMES, false, 0, 64, TEAM | TOC_REF_ALL, "\"operator\"",
         "Whose objective it is. Left out: all teams."},
        {TOC_KEY_CAPABILITY, "capability", TOC_V_LINE, false, 0, 0, 0, "\"Situation awareness\"",
         "The capability it stands for, as your framework calls it."},
    }},
    [TOC_DECL_INJECT] = {"inject", "injects", 5000,
     "inject \"INJ-01\" { to = \"…\", title = \"…\", text = \"…\" }",
        "What happens to players: a call, a message, a news item. Each is sent once.", {
        {TOC_KEY_AT, "at", TOC_V_MOMENT, false, 0, 0, 0, "\"T+0:30\"",
         "When it is sent. Left out: only when a storyline or EXCON sends it."},
        {TOC_KEY_FROM, "from", TOC_V_LINE, false, 0, 0, TOC_REF_PARTY, "\"press\"",
         "Who speaks: a party's id is shown by its name, anything else as it is."},
        {TOC_KEY_TO, "to", TOC_V_NAMES, true, 0, 64, TEAM | TOC_REF_ALL,
         "{ \"operator\", \"wind\" }",
         "The teams that receive it."},
        {TOC_KEY_CHANNEL, "channel", TOC_V_LINE, false, 0, 0, 0, "\"phone\"",
         "How it comes: phone, email, radio … Any word will do."},
        {TOC_KEY_URGENT, "urgent", TOC_V_BOOL, false, 0, 0, 0, "true",
         "Marked as urgent on the screen."},
        {TOC_KEY_TITLE, "title", TOC_V_LINE, true, 0, 0, 0, "\"Modems dropping\"",
         "What stands in the list."},
        {TOC_KEY_TEXT, "text", TOC_V_FN_TEXT, true, 0, 0, 0, "\"It is {{clock}}.\"",
         "What players read. `{{…}}` in it is filled in when it is sent; a function gives the text "
         "at that moment."},
        {TOC_KEY_ATTACH, "attach", TOC_V_PATHS, false, 0, 20, 0, "\"files/map.png\"",
         "Files of the scenario's folder to hand out, up to 4 MiB each."},
        {TOC_KEY_OBJECTIVE, "objective", TOC_V_NAME, false, 0, 0, OBJECTIVE, "\"OBJ-1\"",
         "What it serves."},
        {TOC_KEY_NOTES, "notes", TOC_V_TEXT, false, 0, 0, 0, "\"If asked: nobody is hurt.\"",
         "For controllers only: what is true, what to answer, what is expected."},
        {TOC_KEY_RELEASE, "release", TOC_V_MANUAL, false, 0, 0, 0, "\"manual\"",
         "When its time has come it waits until EXCON releases it."},
        {TOC_KEY_VOICE, "voice", TOC_V_NAME, false, 0, 0, TOC_REF_EXCON | TOC_REF_CONTROL, "\"simcell\"",
         "Who tells it by telephone or face to face instead of its being sent: this controller gets "
         "the text as a cue, and says when it was delivered."},
        {TOC_KEY_ACK, "ack", TOC_V_BOOL, false, 0, 0, 0, "true",
         "Each team is asked to acknowledge it."},
    }},
    [TOC_DECL_DECISION] = {"decision", "decisions", 1000,
     "decision \"D-01\" { to = \"…\", within = \"15m\", title = \"…\" }",
        "A question to one team. Each is asked once. To one with options a team may also answer "
        "in its "
        "own words (`other: …`); EXCON accepts that, rejects it, or counts it as one of the "
        "options. "
        "The words other, accept and reject are therefore no options.", {
        {TOC_KEY_TO, "to", TOC_V_NAME, true, 0, 0, TEAM | TOC_REF_EXCON, "\"operator\"",
         "Who decides; `\"excon\"` lets a controller adjudicate."},
        {TOC_KEY_AT, "at", TOC_V_MOMENT, false, 0, 0, 0, "\"T+0:40\"",
         "When it is asked. Left out: when a storyline asks it."},
        {TOC_KEY_WITHIN, "within", TOC_V_SPAN, true, 0, 0, 0, "\"15m\"",
         "How long they have: `\"15m\"`, `\"24h story\"`."},
        {TOC_KEY_TITLE, "title", TOC_V_LINE, true, 0, 0, 0, "\"Cut the segment off?\"",
         "The question."},
        {TOC_KEY_TEXT, "text", TOC_V_TEXT, false, 0, 0, 0, "\"Both ways have a price.\"",
         "What they must know to answer it."},
        {TOC_KEY_OPTIONS, "options", TOC_V_OPTIONS, false, 2, 20, 0,
         "{ { \"cut\", \"Cut it off\" }, { \"wait\", \"Keep watching\" } }",
         "A word to type, and what it means, for each. Left out: they answer in their own words."},
        {TOC_KEY_DEFAULT, "default", TOC_V_NAME, false, 0, 0, TOC_REF_OPTION, "\"wait\"",
         "What the exercise goes on with when nobody answers in time."},
        {TOC_KEY_OBJECTIVE, "objective", TOC_V_NAME, false, 0, 0, OBJECTIVE, "\"OBJ-1\"",
         "What it serves."},
        {TOC_KEY_NOTES, "notes", TOC_V_TEXT, false, 0, 0, 0, "\"There is no right answer.\"",
         "For controllers only."},
    }},
    [TOC_DECL_SERVICE] = {"service", "services", 5000,
     "service \"grid.north\" { domain = \"energy\", name = \"…\" }",
        "Something that people or other services live on: a grid, a mobile network, a road, a "
        "satellite "
        "beam.", {
        {TOC_KEY_DOMAIN, "domain", TOC_V_LINE, true, 0, 0, 0, "\"energy\"",
         "energy, cyber, transport, space, or any other word."},
        {TOC_KEY_NAME, "name", TOC_V_LINE, true, 0, 0, 0, "\"Northern grid\"",
         "As people will read it."},
        {TOC_KEY_USERS, "users", TOC_V_COUNT, false, 0, TOC_USERS_MAX, 0, "240000",
         "How many depend on it: lost user-hours are counted from it."},
        {TOC_KEY_LEVEL, "level", TOC_V_PERCENT, false, 0, 100, 0, "80",
         "What it can do by itself at STARTEX; 100 unless you say otherwise."},
        {TOC_KEY_NEEDS, "needs", TOC_V_NEEDS, false, 0, 20, 0,
         "{ { \"grid.north\", autonomy = \"4h\" } }",
         "What it needs of other services: the keys are below."},
        {TOC_KEY_RESTART, "restart", TOC_V_MINUTES, false, 0, TOC_MINUTES_MAX, 0, "\"30m\"",
         "Story time that a rise waits: starting up, checking, clearing."},
        {TOC_KEY_RULE, "rule", TOC_V_RULE, false, 0, 0, 0, "\"min\"",
         "`\"min\"` unless you say otherwise: the worst need counts. `\"sum\"`: all losses add "
         "up."},
        {TOC_KEY_SEEN_BY, "seen_by", TOC_V_NAMES, false, 0, 64, TEAM | TOC_REF_ALL | TOC_REF_NONE,
         "{ \"operator\", \"wind\" }",
         "The teams that see it; `\"none\"` unless you say otherwise. Control always does."},
        {TOC_KEY_PUBLIC, "public", TOC_V_BOOL, false, 0, 0, 0, "true",
         "The board shows it, to everybody."},
        {TOC_KEY_SOURCE, "source", TOC_V_LINE, false, 0, 0, 0, "\"assumption\"",
         "Where its numbers are from; `\"assumption\"` is a source, too."},
        {TOC_KEY_NOTES, "notes", TOC_V_TEXT, false, 0, 0, 0, "\"Two lines feed it.\"",
         "For controllers only."},
    }},
    [TOC_DECL_REPAIR] = {"repair", "repairs", 1000,
     "repair \"cable.splice\" { service = \"…\", name = \"…\", work = \"72h\" }",
        "What brings a service back. It does nothing until a storyline says `start_repair`.", {
        {TOC_KEY_SERVICE, "service", TOC_V_NAME, true, 0, 0, SERVICE, "\"mobile.north\"",
         "What it repairs."},
        {TOC_KEY_NAME, "name", TOC_V_LINE, true, 0, 0, 0, "\"Splice the cable\"",
         "As people will read it."},
        {TOC_KEY_WORK, "work", TOC_V_MINUTES, true, 1, TOC_WORK_MAX, 0, "\"72h\"",
         "How long one crew takes."},
        {TOC_KEY_CREWS, "crews", TOC_V_COUNT, false, 1, TOC_CREWS_MAX, 0, "2",
         "Two crews take half as long; 1 unless you say otherwise."},
        {TOC_KEY_TO, "to", TOC_V_PERCENT, false, 0, 100, 0, "100",
         "What the service can do by itself then; 100 unless you say otherwise. It never lowers: "
         "if "
         "it can do more already, that stays."},
        {TOC_KEY_NEEDS, "needs", TOC_V_LEVELS, false, 0, 20, 0,
         "{ { \"grid.north\", level = 50 } }",
         "Work stands still while one of these is lower: the keys are below."},
        {TOC_KEY_SOURCE, "source", TOC_V_LINE, false, 0, 0, 0, "\"assumption\"",
         "Where these numbers are from."},
    }},
    [TOC_DECL_PHASE] = {"phase", "phases", 100,
     "phase \"day-2\" { title = \"…\", story = \"2022-02-25 07:00\" }",
        "A part of the exercise, such as its second day.", {
        {TOC_KEY_TITLE, "title", TOC_V_LINE, true, 0, 0, 0, "\"The morning after\"",
         "What it is called."},
        {TOC_KEY_TEXT, "text", TOC_V_TEXT, false, 0, 0, 0, "\"You have slept.\"",
         "What everybody reads when it begins."},
        {TOC_KEY_AT, "at", TOC_V_MOMENT, false, 0, 0, 0, "\"T+1:50\"",
         "When it begins by itself, in play time. Left out: a storyline or EXCON enters it."},
        {TOC_KEY_STORY, "story", TOC_V_CLOCK, false, 0, 0, 0, "\"2022-02-25 07:00\"",
         "The story time it begins with, without a zone. Time between is jumped over. Left out: no "
         "jump."},
        {TOC_KEY_PACE, "pace", TOC_V_FACTOR, false, 1, 1000000, 0, "4",
         "Story time per play time from then on. Left out: it stays."},
    }},
    [TOC_DECL_EXPECT] = {"expect", "expectations", 1000,
     "expect \"EXP-01\" { team = \"…\", text = \"…\", by = \"INJ-04 +35m\" }",
        "What a team should do by a time. Players are not told, except the words of the products "
        "they "
        "can hand in.", {
        {TOC_KEY_TEAM, "team", TOC_V_NAME, true, 0, 0, TEAM, "\"operator\"",
         "Who should do it."},
        {TOC_KEY_TEXT, "text", TOC_V_TEXT, true, 0, 0, 0, "\"Warns the CSIRT.\"",
         "What evaluators look for."},
        {TOC_KEY_BY, "by", TOC_V_DEADLINE, true, 0, 0, 0, "\"INJ-01 +35m\"",
         "The deadline: a time, also `\"aware INJ-04 +24h story\"` and `\"met EXP-01 +1 month "
         "story\"`."},
        {TOC_KEY_MET, "met", TOC_V_FUNCTION, false, 0, 0, 0,
         "function () return said(\"operator\", \"wind\") end",
         "A condition: it is met when this gives something true. One without any `return` gives "
         "nothing, which is a mistake."},
        {TOC_KEY_PRODUCT, "product", TOC_V_WORD, false, 0, 0, 0, "\"early-warning\"",
         "It is met when the team hands this in: `submit early-warning We see …`."},
        {TOC_KEY_OBJECTIVE, "objective", TOC_V_NAME, false, 0, 0, OBJECTIVE, "\"OBJ-1\"",
         "What it gives evidence for."},
        {TOC_KEY_CONTINGENCY, "contingency", TOC_V_NAME, false, 0, 0, INJECT, "\"INJ-09\"",
         "An inject without a time of its own, for the case that it did not happen."},
        {TOC_KEY_RELEASE, "release", TOC_V_MANUAL, false, 0, 0, 0, "\"manual\"",
         "EXCON decides whether the contingency inject goes; else it goes by itself."},
        {TOC_KEY_NOTES, "notes", TOC_V_TEXT, false, 0, 0, 0, "\"A call counts as well.\"",
         "For controllers and evaluators only."},
    }},
};

// What a service needs, and what a repair does.
static const toc_schema_row need = {"needs", "needs", 20,
 "{ { \"grid.north\", autonomy = \"4h\" }, … }",
    "What a service needs of another.", {
    {TOC_KEY_SERVICE, TOC_FIRST, TOC_V_NAME, true, 0, 0, SERVICE, "\"grid.north\"",
     "The service it needs. It stands first, without a key."},
    {TOC_KEY_STRENGTH, "strength", TOC_V_PERCENT, false, 0, 100, 0, "60",
     "How much is lost when the other is gone; 100 unless you say otherwise."},
    {TOC_KEY_AUTONOMY, "autonomy", TOC_V_MINUTES, false, 0, TOC_MINUTES_MAX, 0, "\"4h\"",
     "How long a reserve lasts when the other is gone: batteries, fuel, stocks."},
    {TOC_KEY_RECHARGE, "recharge", TOC_V_MINUTES, false, 0, TOC_MINUTES_MAX, 0, "\"8h\"",
     "How long an empty reserve takes to be full again; only with autonomy. Left out: at once."},
    {TOC_KEY_GROUP, "group", TOC_V_WORD, false, 0, 0, 0, "\"way\"",
     "Needs of the same word are alternatives: one of them is enough. Its strength is no "
     "capacity: a "
     "limited alternative is a service with a level below 100."},
    {TOC_KEY_CLOSED, "closed", TOC_V_BOOL, false, 0, 0, 0, "true",
     "An alternative that counts only after `open_alternative`. One that is closed and alone in "
     "its "
     "group counts as lost until then, so its service falls at STARTEX."},
    {TOC_KEY_SWITCH, "switch", TOC_V_MINUTES, false, 0, TOC_MINUTES_MAX, 0, "\"45m\"",
     "How long opening it takes."},
    {TOC_KEY_KIND, "kind", TOC_V_LABEL, false, 0, 0, 0, "\"physical\"",
     "A label."},
    {TOC_KEY_SOURCE, "source", TOC_V_LINE, false, 0, 0, 0, "\"assumption\"",
     "Where these numbers are from."},
}};
static const toc_schema_row prerequisite = {"needs", "needs", 20,
 "{ { \"ship.repair\", level = 50 }, … }",
    "What the work of a repair needs.", {
    {TOC_KEY_SERVICE, TOC_FIRST, TOC_V_NAME, true, 0, 0, SERVICE, "\"grid.north\"",
     "The service that work needs. It stands first, without a key."},
    {TOC_KEY_LEVEL, "level", TOC_V_PERCENT, false, 0, 100, 0, "50",
     "The least that will do; 100 unless you say otherwise."},
}};

static const char *const manual[] = {"manual", NULL};
static const char *const rules[] = {"min", "sum", NULL};
static const char *const labels[] = {"physical", "cyber", "geographic", "logical", NULL};
// clang-format on

const toc_schema_row *toc_schema(toc_decl kind)
{
    return &schema[kind];
}

const char *toc_schema_noun(toc_decl kind)
{
    return kind == TOC_DECL_EXPECT ? "expectation" : schema[kind].name;
}

size_t toc_schema_key_count(const toc_schema_row *row)
{
    size_t count = 0;
    while (count < TOC_SCHEMA_KEYS_MAX && row->keys[count].name)
        count++;
    return count;
}

size_t toc_schema_slot(const toc_schema_row *row, toc_key key)
{
    size_t slot = 0;
    size_t count = toc_schema_key_count(row);
    while (slot < count && row->keys[slot].key != key)
        slot++;
    assert(slot < count);
    return slot;
}

const toc_schema_row *toc_schema_inner(toc_value_kind value)
{
    return value == TOC_V_NEEDS ? &need : value == TOC_V_LEVELS ? &prerequisite : NULL;
}

const char *const *toc_schema_words(toc_value_kind value)
{
    return value == TOC_V_MANUAL  ? manual
           : value == TOC_V_RULE  ? rules
           : value == TOC_V_LABEL ? labels
                                  : NULL;
}
