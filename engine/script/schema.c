// SPDX-License-Identifier: MIT
#include <assert.h>

#include "exercise/plan.h"
#include "schema.h"

// clang-format off
static const toc_schema_row schema[TOC_DECL_COUNT] = {
    [TOC_DECL_EXERCISE] = {"exercise", "exercises", 1, "exercise \"silent-beams\" { title = \"…\", … }", {
        {TOC_KEY_TITLE,   "title",   TOC_V_LINE,     true,  0, 0},
        {TOC_KEY_STARTEX, "startex", TOC_V_STORY,    true,  0, 0},
        {TOC_KEY_LENGTH,  "length",  TOC_V_DURATION, true,  0, 0},
        {TOC_KEY_MARKING, "marking", TOC_V_LINE,     false, 0, 0},
        {TOC_KEY_PACE,    "pace",    TOC_V_FACTOR,   false, 1, 1000000},
        {TOC_KEY_BRIEF,   "brief",   TOC_V_TEXT,     false, 0, 0},
    }},
    [TOC_DECL_TEAM] = {"team", "teams", 64, "team \"operator\" { name = \"…\", seats = 2 }", {
        {TOC_KEY_NAME,     "name",     TOC_V_LINE,  true,  0, 0},
        {TOC_KEY_SEATS,    "seats",    TOC_V_COUNT, false, 1, 50},
        {TOC_KEY_BRIEF,    "brief",    TOC_V_TEXT,  false, 0, 0},
        {TOC_KEY_CONTACTS, "contacts", TOC_V_NAMES, false, 0, 200},
    }},
    [TOC_DECL_PARTY] = {"party", "parties", 200, "party \"press\" { name = \"…\" }", {
        {TOC_KEY_NAME,  "name",  TOC_V_LINE, true,  0, 0},
        {TOC_KEY_NOTES, "notes", TOC_V_TEXT, false, 0, 0},
    }},
    [TOC_DECL_OBJECTIVE] = {"objective", "objectives", 200, "objective \"OBJ-1\" { text = \"…\", team = \"…\" }", {
        {TOC_KEY_TEXT,       "text",       TOC_V_TEXT,  true,  0, 0},
        {TOC_KEY_TEAM,       "team",       TOC_V_NAMES, false, 0, 64},
        {TOC_KEY_CAPABILITY, "capability", TOC_V_LINE,  false, 0, 0},
    }},
    [TOC_DECL_INJECT] = {"inject", "injects", 5000, "inject \"INJ-01\" { to = \"…\", title = \"…\", text = \"…\" }", {
        {TOC_KEY_AT,        "at",        TOC_V_MOMENT,  false, 0, 0},
        {TOC_KEY_FROM,      "from",      TOC_V_LINE,    false, 0, 0},
        {TOC_KEY_TO,        "to",        TOC_V_NAMES,   true,  0, 64},
        {TOC_KEY_CHANNEL,   "channel",   TOC_V_LINE,    false, 0, 0},
        {TOC_KEY_URGENT,    "urgent",    TOC_V_BOOL,    false, 0, 0},
        {TOC_KEY_TITLE,     "title",     TOC_V_LINE,    true,  0, 0},
        {TOC_KEY_TEXT,      "text",      TOC_V_FN_TEXT, true,  0, 0},
        {TOC_KEY_ATTACH,    "attach",    TOC_V_PATHS,   false, 0, 20},
        {TOC_KEY_OBJECTIVE, "objective", TOC_V_NAME,    false, 0, 0},
        {TOC_KEY_NOTES,     "notes",     TOC_V_TEXT,    false, 0, 0},
        {TOC_KEY_RELEASE,   "release",   TOC_V_MANUAL,  false, 0, 0},
        {TOC_KEY_ACK,       "ack",       TOC_V_BOOL,    false, 0, 0},
    }},
    [TOC_DECL_DECISION] = {"decision", "decisions", 1000, "decision \"D-01\" { to = \"…\", within = \"15m\", title = \"…\" }", {
        {TOC_KEY_TO,        "to",        TOC_V_NAME,    true,  0, 0},
        {TOC_KEY_AT,        "at",        TOC_V_MOMENT,  false, 0, 0},
        {TOC_KEY_WITHIN,    "within",    TOC_V_SPAN,    true,  0, 0},
        {TOC_KEY_TITLE,     "title",     TOC_V_LINE,    true,  0, 0},
        {TOC_KEY_TEXT,      "text",      TOC_V_TEXT,    false, 0, 0},
        {TOC_KEY_OPTIONS,   "options",   TOC_V_OPTIONS, false, 2, 20},
        {TOC_KEY_DEFAULT,   "default",   TOC_V_NAME,    false, 0, 0},
        {TOC_KEY_OBJECTIVE, "objective", TOC_V_NAME,    false, 0, 0},
        {TOC_KEY_NOTES,     "notes",     TOC_V_TEXT,    false, 0, 0},
    }},
    [TOC_DECL_SERVICE] = {"service", "services", 5000, "service \"grid.north\" { domain = \"energy\", name = \"…\" }", {
        {TOC_KEY_DOMAIN,  "domain",  TOC_V_LINE,    true,  0, 0},
        {TOC_KEY_NAME,    "name",    TOC_V_LINE,    true,  0, 0},
        {TOC_KEY_USERS,   "users",   TOC_V_COUNT,   false, 0, TOC_USERS_MAX},
        {TOC_KEY_LEVEL,   "level",   TOC_V_PERCENT, false, 0, 100},
        {TOC_KEY_NEEDS,   "needs",   TOC_V_NEEDS,   false, 0, 20},
        {TOC_KEY_RESTART, "restart", TOC_V_MINUTES, false, 0, TOC_MINUTES_MAX},
        {TOC_KEY_RULE,    "rule",    TOC_V_RULE,    false, 0, 0},
        {TOC_KEY_SEEN_BY, "seen_by", TOC_V_NAMES,   false, 0, 64},
        {TOC_KEY_PUBLIC,  "public",  TOC_V_BOOL,    false, 0, 0},
        {TOC_KEY_SOURCE,  "source",  TOC_V_LINE,    false, 0, 0},
        {TOC_KEY_NOTES,   "notes",   TOC_V_TEXT,    false, 0, 0},
    }},
    [TOC_DECL_REPAIR] = {"repair", "repairs", 1000, "repair \"cable.splice\" { service = \"…\", name = \"…\", work = \"72h\" }", {
        {TOC_KEY_SERVICE, "service", TOC_V_NAME,    true,  0, 0},
        {TOC_KEY_NAME,    "name",    TOC_V_LINE,    true,  0, 0},
        {TOC_KEY_WORK,    "work",    TOC_V_MINUTES, true,  1, TOC_WORK_MAX},
        {TOC_KEY_CREWS,   "crews",   TOC_V_COUNT,   false, 1, TOC_CREWS_MAX},
        {TOC_KEY_TO,      "to",      TOC_V_PERCENT, false, 0, 100},
        {TOC_KEY_NEEDS,   "needs",   TOC_V_LEVELS,  false, 0, 20},
        {TOC_KEY_SOURCE,  "source",  TOC_V_LINE,    false, 0, 0},
    }},
    [TOC_DECL_PHASE] = {"phase", "phases", 100, "phase \"day-2\" { title = \"…\", story = \"2022-02-25 07:00\" }", {
        {TOC_KEY_TITLE, "title", TOC_V_LINE,   true,  0, 0},
        {TOC_KEY_TEXT,  "text",  TOC_V_TEXT,   false, 0, 0},
        {TOC_KEY_AT,    "at",    TOC_V_MOMENT, false, 0, 0},
        {TOC_KEY_STORY, "story", TOC_V_CLOCK,  false, 0, 0},
        {TOC_KEY_PACE,  "pace",  TOC_V_FACTOR, false, 1, 1000000},
    }},
    [TOC_DECL_EXPECT] = {"expect", "expectations", 1000, "expect \"EXP-01\" { team = \"…\", text = \"…\", by = \"INJ-04 +35m\" }", {
        {TOC_KEY_TEAM,        "team",        TOC_V_NAME,     true,  0, 0},
        {TOC_KEY_TEXT,        "text",        TOC_V_TEXT,     true,  0, 0},
        {TOC_KEY_BY,          "by",          TOC_V_DEADLINE, true,  0, 0},
        {TOC_KEY_MET,         "met",         TOC_V_FUNCTION, false, 0, 0},
        {TOC_KEY_PRODUCT,     "product",     TOC_V_WORD,     false, 0, 0},
        {TOC_KEY_OBJECTIVE,   "objective",   TOC_V_NAME,     false, 0, 0},
        {TOC_KEY_CONTINGENCY, "contingency", TOC_V_NAME,     false, 0, 0},
        {TOC_KEY_RELEASE,     "release",     TOC_V_MANUAL,   false, 0, 0},
        {TOC_KEY_NOTES,       "notes",       TOC_V_TEXT,     false, 0, 0},
    }},
};

// What a service needs, and what a repair does.
static const toc_schema_row need = {"needs", "needs", 20, "{ { \"grid.north\", autonomy = \"4h\" }, … }", {
    {TOC_KEY_SERVICE,  TOC_FIRST,  TOC_V_NAME,    true,  0, 0},
    {TOC_KEY_STRENGTH, "strength", TOC_V_PERCENT, false, 0, 100},
    {TOC_KEY_AUTONOMY, "autonomy", TOC_V_MINUTES, false, 0, TOC_MINUTES_MAX},
    {TOC_KEY_RECHARGE, "recharge", TOC_V_MINUTES, false, 0, TOC_MINUTES_MAX},
    {TOC_KEY_GROUP,    "group",    TOC_V_WORD,    false, 0, 0},
    {TOC_KEY_CLOSED,   "closed",   TOC_V_BOOL,    false, 0, 0},
    {TOC_KEY_SWITCH,   "switch",   TOC_V_MINUTES, false, 0, TOC_MINUTES_MAX},
    {TOC_KEY_KIND,     "kind",     TOC_V_LABEL,   false, 0, 0},
    {TOC_KEY_SOURCE,   "source",   TOC_V_LINE,    false, 0, 0},
}};
static const toc_schema_row prerequisite = {"needs", "needs", 20, "{ { \"ship.repair\", level = 50 }, … }", {
    {TOC_KEY_SERVICE, TOC_FIRST, TOC_V_NAME,    true,  0, 0},
    {TOC_KEY_LEVEL,   "level",   TOC_V_PERCENT, false, 0, 100},
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
