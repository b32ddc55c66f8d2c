// SPDX-License-Identifier: MIT
// The table of kinds: one row a kind, its fields in the order in which they are written. It is the
// contract between journal, feeds, desk, exercise and terminals; everything else here follows it.

#include <string.h>

#include "base/mem.h"
#include "kinds.h"


typedef struct {
    const char *name;
    toc_class class;
    toc_see see;
    bool is_clock;
    toc_field_rule fields[TOC_KIND_FIELDS]; // up to END
} kind_row;

// clang-format off
// Need: must be there. May: may be there. The suffix says who is shown it.
#define NEED(f)      {TOC_F_##f, true, TOC_SHOW_ALL}
#define MAY(f)       {TOC_F_##f, false, TOC_SHOW_ALL}
#define MAY_OWN(f)   {TOC_F_##f, false, TOC_SHOW_OWN}
#define NEED_NAMES(f) {TOC_F_##f, true, TOC_SHOW_SENDER}
#define NEED_CTRL(f) {TOC_F_##f, true, TOC_SHOW_CONTROL}
#define MAY_CTRL(f)  {TOC_F_##f, false, TOC_SHOW_CONTROL}
#define MAY_SEEN(f)  {TOC_F_##f, false, TOC_SHOW_SEEN}
#define END          {TOC_F_COUNT, false, TOC_SHOW_ALL}

// Every input begins with who, when by the clock on the wall, and the request's id.
#define INPUT      {TOC_F_BY, true, TOC_SHOW_CONTROL}, {TOC_F_WALL, true, TOC_SHOW_ALL}, {TOC_F_ID, false, TOC_SHOW_CONTROL}
#define SEAT_INPUT {TOC_F_BY, true, TOC_SHOW_ALL}, {TOC_F_WALL, true, TOC_SHOW_ALL}, {TOC_F_ID, false, TOC_SHOW_CONTROL}

static const kind_row kinds[TOC_K_COUNT] = {
    [TOC_K_START] = {"start", TOC_CLASS_INPUT, TOC_SEE_ALL, true, {INPUT, END}},
    [TOC_K_PAUSE] = {"pause", TOC_CLASS_INPUT, TOC_SEE_ALL, true, {INPUT, MAY(REASON), END}},
    [TOC_K_RESUME] = {"resume", TOC_CLASS_INPUT, TOC_SEE_ALL, true, {INPUT, END}},
    [TOC_K_SPEED] = {"speed", TOC_CLASS_INPUT, TOC_SEE_ALL, true, {INPUT, NEED(SPEED), END}},
    [TOC_K_PACE] = {"pace", TOC_CLASS_INPUT, TOC_SEE_ALL, true, {INPUT, NEED(PACE), END}},
    [TOC_K_JUMP] = {"jump", TOC_CLASS_INPUT, TOC_SEE_ALL, true, {INPUT, NEED(UNTIL), MAY_CTRL(HOLD), MAY_CTRL(SKIP), MAY_CTRL(KEEP), MAY_CTRL(REASON), END}},
    [TOC_K_PHASE] = {"phase", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false, {INPUT, NEED(PHASE), END}},
    [TOC_K_FIRE] = {"fire", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false, {INPUT, NEED(INJECT), END}},
    [TOC_K_HOLD] = {"hold", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false, {INPUT, NEED(INJECT), END}},
    [TOC_K_RELEASE] = {"release", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false, {INPUT, NEED(INJECT), END}},
    [TOC_K_SKIP] = {"skip", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false,
                    {INPUT, NEED(INJECT), NEED(REASON), END}},
    [TOC_K_MOVE] = {"move", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false,
                    {INPUT, NEED(INJECT), NEED(UNTIL), MAY(FOLLOW), MAY(REASON), END}},
    [TOC_K_EDIT] = {"edit", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false,
                    {INPUT, NEED(INJECT), MAY(TITLE), MAY(TEXT), MAY(REASON), END}},
    [TOC_K_ADHOC] = {"adhoc", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false,
                     {INPUT, MAY(FROM), NEED(TO), MAY(CHANNEL), MAY(URGENT), NEED(TITLE), NEED(TEXT),
                      MAY(OBJECTIVE), MAY(UNTIL), END}},
    [TOC_K_DELIVER] = {"deliver", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false,
                       {INPUT, NEED(INJECT), MAY(TEXT), END}},
    [TOC_K_DROP] = {"drop", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false,
                    {INPUT, NEED(STORYLINE), NEED(REASON), END}},
    [TOC_K_WAKE] = {"wake", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false,
                    {INPUT, NEED(STORYLINE), MAY(REASON), END}},
    [TOC_K_EXTEND] = {"extend", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false,
                      {INPUT, NEED(DECISION), NEED(UNTIL), MAY(REASON), END}},
    [TOC_K_INTERVENE] = {"intervene", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false,
                         {INPUT, NEED(MEASURE), MAY(SERVICE), MAY(PROVIDER), MAY(REPAIR), MAY(LEVEL),
                          MAY(MINUTES), MAY(REASON), END}},
    [TOC_K_RULE] = {"rule", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false,
                    {INPUT, NEED(DECISION), NEED(RULING), MAY(REASON), END}},
    [TOC_K_AWARE] = {"aware", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false,
                     {INPUT, NEED(TEAM), NEED(INJECT), MAY(REASON), END}},
    [TOC_K_CLAIM] = {"claim", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false,
                     {INPUT, MAY(ITEM), MAY(INJECT), END}},
    [TOC_K_UNCLAIM] = {"unclaim", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false,
                       {INPUT, MAY(ITEM), MAY(INJECT), END}},
    [TOC_K_PROMISE] = {"promise", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false,
                       {INPUT, NEED(TO), NEED(TEXT), MAY(UNTIL), END}},
    [TOC_K_KEPT] = {"kept", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false,
                    {INPUT, NEED(ITEM), MAY(TEXT), END}},
    [TOC_K_OPEN_SEAT] = {"open-seat", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false, {INPUT, NEED(SEAT), END}},
    [TOC_K_REVOKE] = {"revoke", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false,
                      {INPUT, NEED(SEAT), MAY(SERIAL), MAY(REASON), END}},
    [TOC_K_REASSIGN] = {"reassign", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false,
                        {INPUT, NEED(SEAT), NEED(TEAM), NEED(NEW_SEAT), MAY(SERIAL), MAY(REASON), END}},
    [TOC_K_END] = {"end", TOC_CLASS_INPUT, TOC_SEE_CONTROL, true, {INPUT, MAY(REASON), END}},
    [TOC_K_CLOSE] = {"close", TOC_CLASS_INPUT, TOC_SEE_ALL, true, {INPUT, END}},

    [TOC_K_JOIN] = {"join", TOC_CLASS_INPUT, TOC_SEE_SEAT, false,
                    {SEAT_INPUT, NEED(SEAT), NEED_CTRL(SESSION), END}},
    [TOC_K_LEAVE] = {"leave", TOC_CLASS_INPUT, TOC_SEE_SEAT, false,
                     {INPUT, NEED(SEAT), MAY_CTRL(SESSION), MAY(REASON), END}},
    [TOC_K_SIGN_IN] = {"sign-in", TOC_CLASS_INPUT, TOC_SEE_SEAT, false, {SEAT_INPUT, NEED(NAME), END}},
    [TOC_K_SIGN_OUT] = {"sign-out", TOC_CLASS_INPUT, TOC_SEE_SEAT, false, {SEAT_INPUT, END}},
    [TOC_K_READ] = {"read", TOC_CLASS_INPUT, TOC_SEE_SEAT, false, {SEAT_INPUT, NEED(ITEM), END}},
    [TOC_K_DECIDE] = {"decide", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false,
                      {SEAT_INPUT, NEED(DECISION), MAY(OPTION), MAY(TEXT), MAY(REASON), END}},
    [TOC_K_SAY] = {"say", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false,
                   {SEAT_INPUT, MAY(AS), NEED(TO), MAY(RE), MAY(RFI), NEED(TEXT), END}},
    [TOC_K_FORWARD] = {"forward", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false,
                       {SEAT_INPUT, NEED(ITEM), NEED(TO), MAY(TEXT), END}},
    [TOC_K_SUBMIT] = {"submit", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false,
                      {SEAT_INPUT, NEED(PRODUCT), NEED(TEXT), END}},
    [TOC_K_OBSERVE] = {"observe", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false,
                       {SEAT_INPUT, MAY(ITEM), MAY(INJECT), MAY(DECISION), MAY(EXPECTATION), MAY(OBJECTIVE), MAY(TEAM),
                        MAY(OCCURRED), NEED(TEXT), END}},
    [TOC_K_MARK_ACTION] = {"mark-action", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false,
                           {SEAT_INPUT, NEED(EXPECTATION), NEED(STATE), MAY(TEXT), END}},
    [TOC_K_RATE] = {"rate", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false,
                    {SEAT_INPUT, NEED(OBJECTIVE), MAY(TEAM), NEED(RATING), MAY(TEXT), END}},
    [TOC_K_ACK] = {"ack", TOC_CLASS_INPUT, TOC_SEE_SEAT, false, {SEAT_INPUT, NEED(ITEM), END}},
    [TOC_K_EMERGENCY] = {"emergency", TOC_CLASS_INPUT, TOC_SEE_ALL, true,
                         {SEAT_INPUT, MAY(TEXT), END}},

    [TOC_K_MARK] = {"mark", TOC_CLASS_INPUT, TOC_SEE_NOBODY, false, {INPUT, END}},
    [TOC_K_RESUMED] = {"resumed", TOC_CLASS_INPUT, TOC_SEE_ALL, true, {INPUT, END}},
    [TOC_K_HALT] = {"halt", TOC_CLASS_INPUT, TOC_SEE_CONTROL, false, {INPUT, MAY(REASON), END}},

    [TOC_K_INJECT] = {"inject", TOC_CLASS_DERIVED, TOC_SEE_ADDRESSED, false,
                      {NEED(INJECT), MAY(FROM), NEED_CTRL(TO), MAY(CHANNEL), MAY(URGENT), MAY(ACK),
                       NEED(TITLE), NEED(TEXT), MAY(ATTACH), MAY(VOICE), MAY_CTRL(OBJECTIVE), MAY_CTRL(NOTES), END}},
    [TOC_K_HELD] = {"held", TOC_CLASS_DERIVED, TOC_SEE_CONTROL, false, {NEED(INJECT), NEED(REASON), END}},
    [TOC_K_CUE] = {"cue", TOC_CLASS_DERIVED, TOC_SEE_CONTROL, false,
                   {NEED(INJECT), NEED(CONTROLLER), MAY(FROM), NEED(TO), MAY(CHANNEL), MAY(URGENT), NEED(TITLE),
                    NEED(TEXT), MAY(OBJECTIVE), MAY(NOTES), END}},
    [TOC_K_MOVED] = {"moved", TOC_CLASS_DERIVED, TOC_SEE_CONTROL, false,
                     {MAY(INJECT), MAY(DECISION), NEED(UNTIL), END}},
    [TOC_K_ASK] = {"ask", TOC_CLASS_DERIVED, TOC_SEE_TEAM, false,
                   {NEED(DECISION), NEED(TEAM), NEED(TITLE), MAY(TEXT), MAY(OPTIONS), MAY(DEFAULT),
                    NEED(DEADLINE), MAY_CTRL(OBJECTIVE), MAY_CTRL(NOTES), END}},
    [TOC_K_DEADLINE] = {"deadline", TOC_CLASS_DERIVED, TOC_SEE_TEAM, false,
                        {NEED(DECISION), NEED(TEAM), NEED(DEADLINE), END}},
    [TOC_K_PROPOSED] = {"proposed", TOC_CLASS_DERIVED, TOC_SEE_TEAM, false,
                        {NEED(DECISION), NEED(TEAM), NEED(BY), NEED(TEXT), MAY(REASON), END}},
    [TOC_K_REJECTED] = {"rejected", TOC_CLASS_DERIVED, TOC_SEE_TEAM, false,
                        {NEED(DECISION), NEED(TEAM), MAY(REASON), END}},
    [TOC_K_DECIDED] = {"decided", TOC_CLASS_DERIVED, TOC_SEE_TEAM, false,
                       {NEED(DECISION), MAY(OPTION), MAY(TEXT), NEED(TEAM), NEED(BY), MAY(REASON),
                        MAY(RULING), MAY(RULING_REASON), END}},
    [TOC_K_OVERDUE] = {"overdue", TOC_CLASS_DERIVED, TOC_SEE_TEAM, false,
                       {NEED(DECISION), MAY(OPTION), NEED(TEAM), END}},
    [TOC_K_REFUSED_LATE] = {"refused-late", TOC_CLASS_DERIVED, TOC_SEE_TEAM, false,
                            {NEED(DECISION), NEED(TEAM), NEED(BY), NEED(REASON), END}},
    [TOC_K_CROSSED] = {"crossed", TOC_CLASS_DERIVED, TOC_SEE_TEAM, false,
                       {NEED(DECISION), NEED(TEAM), END}},
    [TOC_K_MESSAGE] = {"message", TOC_CLASS_DERIVED, TOC_SEE_ADDRESSED, false,
                       {MAY_OWN(BY), NEED(FROM), NEED_NAMES(TO), MAY(RE), MAY(RFI), MAY(ORIGIN), MAY(TEXT), MAY(QUOTE_FROM),
                        MAY(QUOTE_TITLE), MAY(QUOTE), MAY(ATTACH), END}},
    [TOC_K_HANDED_IN] = {"handed-in", TOC_CLASS_DERIVED, TOC_SEE_TEAM, false,
                         {NEED(PRODUCT), NEED(TEAM), NEED(BY), NEED(TEXT), END}},
    [TOC_K_MEASURE] = {"measure", TOC_CLASS_DERIVED, TOC_SEE_ADDRESSED, false,
                       {NEED(MEASURE), NEED(SERVICE), MAY_SEEN(PROVIDER), MAY(LEVEL), MAY(STATE), MAY(MINUTES),
                        NEED(STORY), MAY_CTRL(TO), MAY_CTRL(BECAUSE_SEEN), END}},
    [TOC_K_REPAIR] = {"repair", TOC_CLASS_DERIVED, TOC_SEE_ADDRESSED, false,
                      {NEED(REPAIR), NEED(SERVICE), NEED(STATE), MAY_SEEN(BECAUSE), MAY(LEFT), NEED(STORY),
                       MAY_CTRL(TO), MAY_CTRL(BECAUSE_SEEN), END}},
    [TOC_K_LEVEL] = {"level", TOC_CLASS_DERIVED, TOC_SEE_ADDRESSED, false,
                     {NEED(SERVICE), NEED(LEVEL), MAY_SEEN(BECAUSE), NEED(WHY), NEED(STORY), MAY_CTRL(TO),
                      MAY_CTRL(BECAUSE_SEEN), END}},
    [TOC_K_DEADLOCK] = {"deadlock", TOC_CLASS_DERIVED, TOC_SEE_CONTROL, false,
                        {NEED(SERVICES), MAY(REPAIR), MAY(LEFT), NEED(TEXT), NEED(STORY), END}},
    [TOC_K_PHASE_ENTERED] = {"phase-entered", TOC_CLASS_DERIVED, TOC_SEE_ALL, true,
                             {NEED(PHASE), NEED(TITLE), MAY(TEXT), NEED(STORY), NEED(PACE), END}},
    [TOC_K_EXPECTATION] = {"expectation", TOC_CLASS_DERIVED, TOC_SEE_CONTROL, false,
                           {NEED(EXPECTATION), NEED(TEAM), NEED(STATE), MAY(BY), MAY(DEADLINE), MAY(STORY),
                            MAY(TEXT), MAY(OBJECTIVE), END}},
    [TOC_K_ARMED] = {"armed", TOC_CLASS_DERIVED, TOC_SEE_CONTROL, false,
                     {NEED(INJECT), NEED(EXPECTATION), NEED(REASON), END}},
    [TOC_K_STORYLINE] = {"storyline", TOC_CLASS_DERIVED, TOC_SEE_CONTROL, false,
                         {NEED(STORYLINE), NEED(STATE), END}},
    [TOC_K_NOTE] = {"note", TOC_CLASS_DERIVED, TOC_SEE_CONTROL, false, {MAY(STORYLINE), NEED(TEXT), END}},
    [TOC_K_ERROR] = {"error", TOC_CLASS_DERIVED, TOC_SEE_CONTROL, false, {MAY(STORYLINE), NEED(TEXT), END}},
    [TOC_K_ENDEX] = {"endex", TOC_CLASS_DERIVED, TOC_SEE_ALL, true, {MAY_CTRL(REASON), END}},

    [TOC_K_SOURCE] = {"source", TOC_CLASS_RECORD, TOC_SEE_NOBODY, false, {NEED(PATH), NEED(TEXT), END}},
    [TOC_K_ATTACHMENT] = {"attachment", TOC_CLASS_RECORD, TOC_SEE_NOBODY, false,
                          {NEED(PATH), NEED(SIZE), NEED(SHA256), NEED(PART), NEED(PARTS), NEED(DATA), END}},
    [TOC_K_SEAL] = {"seal", TOC_CLASS_RECORD, TOC_SEE_NOBODY, false, {NEED(SIG), END}},
};
// clang-format on

static const struct {
    const char *name;
    toc_type type;
} fields[TOC_F_COUNT] = {
#define X(enumerator, name, type) [TOC_F_##enumerator] = {name, TOC_TYPE_##type},
    TOC_FIELDS(X)
#undef X
};

const char *toc_kind_name(toc_kind k)
{
    return k < TOC_K_COUNT ? kinds[k].name : "unknown";
}

toc_kind toc_kind_find(const char *name)
{
    for (toc_kind k = 0; k < TOC_K_COUNT; k++)
        if (strcmp(kinds[k].name, name) == 0)
            return k;
    return TOC_K_UNKNOWN;
}

toc_class toc_kind_class(toc_kind k)
{
    return k < TOC_K_COUNT ? kinds[k].class : TOC_CLASS_UNKNOWN;
}

toc_see toc_kind_see(toc_kind k)
{
    return k < TOC_K_COUNT ? kinds[k].see : TOC_SEE_NOBODY;
}

const toc_field_rule *toc_kind_rules(toc_kind k, size_t *count)
{
    *count = 0;
    if (k >= TOC_K_COUNT)
        return NULL;
    while (*count < TOC_KIND_FIELDS && kinds[k].fields[*count].field != TOC_F_COUNT)
        ++*count;
    return kinds[k].fields;
}

bool toc_kind_needs(toc_kind k, toc_field f)
{
    size_t count;
    const toc_field_rule *rules = toc_kind_rules(k, &count);
    for (size_t i = 0; i < count; i++)
        if (rules[i].field == f)
            return rules[i].is_needed;
    return false;
}

bool toc_kind_has(toc_kind k, toc_field f)
{
    size_t count;
    const toc_field_rule *rules = toc_kind_rules(k, &count);
    for (size_t i = 0; i < count; i++)
        if (rules[i].field == f)
            return true;
    return false;
}

size_t toc_kind_field_count(toc_kind k)
{
    size_t count;
    toc_kind_rules(k, &count);
    return count;
}

toc_field toc_kind_field(toc_kind k, size_t i)
{
    size_t count;
    const toc_field_rule *rules = toc_kind_rules(k, &count);
    return i < count ? rules[i].field : TOC_F_COUNT;
}

bool toc_kind_is_clock(toc_kind k)
{
    return k < TOC_K_COUNT && kinds[k].is_clock;
}

const char *toc_field_name(toc_field f)
{
    return f < TOC_F_COUNT ? fields[f].name : "";
}

toc_type toc_field_type(toc_field f)
{
    return fields[f].type;
}

toc_field toc_field_find(const char *name)
{
    for (toc_field f = 0; f < TOC_F_COUNT; f++)
        if (strcmp(fields[f].name, name) == 0)
            return f;
    return TOC_F_COUNT;
}
