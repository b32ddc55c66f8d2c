// SPDX-License-Identifier: MIT
#include <assert.h>

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
};
// clang-format on

const toc_schema_row *toc_schema(toc_decl kind)
{
    return &schema[kind];
}

size_t toc_schema_key_count(toc_decl kind)
{
    size_t count = 0;
    while (count < TOC_SCHEMA_KEYS_MAX && schema[kind].keys[count].name)
        count++;
    return count;
}

size_t toc_schema_slot(toc_decl kind, toc_key key)
{
    size_t slot = 0;
    size_t count = toc_schema_key_count(kind);
    while (slot < count && schema[kind].keys[slot].key != key)
        slot++;
    assert(slot < count);
    return slot;
}
