// SPDX-License-Identifier: MIT
// What editors read of the language: annotations for LuaLS, names for luacheck.

#include "script/describe.h"

#include <ctype.h>
#include <string.h>

#include "language.h"

enum { COMMENT_WIDTH = 96 };

static void add_class_name(toc_buf *out, const char *word);
static void add_spec_class(toc_buf *out, const char *name, const toc_schema_row *row);
static void add_spec_name(toc_buf *out, toc_value_kind list, const char *name);
static void add_key_type(toc_buf *out, const toc_schema_key *key);
static void add_aliases(toc_buf *out);
static void add_time_alias(toc_buf *out, const char *name, toc_value_kind value,
                           toc_value_kind other);
static void add_tables(toc_buf *out);
static void add_event_classes(toc_buf *out);
static void add_declaration(toc_buf *out, toc_decl kind);
static void add_function(toc_buf *out, const toc_word *word);
static void add_overloads(toc_buf *out);
static void add_comment(toc_buf *out, const char *text);
static void add_names(toc_buf *out, const char *table);

void toc_describe_meta(toc_buf *out)
{
    size_t count;
    const toc_word *words = toc_language_words(&count);
    toc_buf_str(
        out,
        "---@meta\n"
        "-- The scenario language for editors with LuaLS: they complete its words, show what they\n"
        "-- mean, and mark what is wrong. Made from Tocsin's own tables; changes are lost.\n\n");
    add_aliases(out);
    for (toc_decl k = 0; k < TOC_DECL_COUNT; k++) {
        const toc_schema_row *row = toc_schema(k);
        for (size_t i = 0; i < toc_schema_key_count(row); i++) {
            const toc_schema_row *inner = toc_schema_inner(row->keys[i].value);
            toc_buf name = {0};
            add_spec_name(&name, row->keys[i].value, row->name);
            if (inner)
                add_spec_class(out, toc_buf_text(&name), inner);
            toc_buf_fini(&name);
        }
        toc_buf name = {0};
        add_class_name(&name, row->name);
        toc_buf_str(&name, "Spec");
        add_spec_class(out, toc_buf_text(&name), row);
        toc_buf_fini(&name);
    }
    add_tables(out);
    add_event_classes(out);
    for (toc_decl k = 0; k < TOC_DECL_COUNT; k++)
        add_declaration(out, k);
    for (size_t i = 0; i < count && words[i].group != TOC_WORD_LUA; i++)
        add_function(out, &words[i]);
}

void toc_describe_luacheck(toc_buf *out)
{
    toc_buf_str(out, "-- Settings for luacheck: the names a scenario may use. There is no os and "
                     "no io, as in the\n"
                     "-- engine. Made from Tocsin's own tables; changes are lost.\n"
                     "std = \"tocsin\"\n"
                     "max_line_length = false\n"
                     "exclude_files = { \"lib/*.meta.lua\" }\n"
                     "stds.tocsin = {\n  read_globals = {\n");
    for (toc_decl k = 0; k < TOC_DECL_COUNT; k++)
        toc_buf_printf(out, "    \"%s\",\n", toc_schema(k)->name);
    add_names(out, NULL);
    static const char *const tables[] = {"math", "string", "table"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        toc_buf_printf(out, "    %s = { fields = {\n", tables[i]);
        add_names(out, tables[i]);
        toc_buf_str(out, "    } },\n");
    }
    toc_buf_str(out, "  },\n}\n");
}

// ---- the parts of the annotations ---------------------------------------------------------------

static void add_aliases(toc_buf *out)
{
    add_time_alias(out, "Moment", TOC_V_MOMENT, TOC_V_MOMENT);
    add_time_alias(out, "Deadline", TOC_V_MOMENT, TOC_V_DEADLINE);
    add_time_alias(out, "Span", TOC_V_SPAN, TOC_V_SPAN);
    add_time_alias(out, "Minutes", TOC_V_MINUTES, TOC_V_MINUTES);
    toc_buf_str(out, "---@alias Channel string\n"
                     "---| '\"phone\"'\n---| '\"email\"'\n---| '\"radio\"'\n---| '\"press\"'\n"
                     "---| '\"alert\"'\n---| '\"sitrep\"'\n\n");
    size_t count;
    const toc_event_row *events = toc_language_events(&count);
    toc_buf_str(out, "---@alias EventKind\n");
    for (size_t i = 0; i < count; i++)
        toc_buf_printf(out, "---| '\"%s\"' # %s\n", toc_kind_name(events[i].kind), events[i].help);
    toc_buf_char(out, '\n');
}

static void add_time_alias(toc_buf *out, const char *name, toc_value_kind value,
                           toc_value_kind other)
{
    size_t count;
    const toc_time_form *times = toc_language_times(&count);
    toc_buf_printf(out, "---@alias %s string\n", name);
    for (size_t i = 0; i < count; i++)
        if (times[i].value == value || times[i].value == other)
            toc_buf_printf(out, "---| '\"%s\"' # %s\n", times[i].form, times[i].help);
    toc_buf_char(out, '\n');
}

// "open-seat" gives OpenSeat
static void add_class_name(toc_buf *out, const char *word)
{
    bool is_first = true;
    for (; *word; word++) {
        if (isalpha((unsigned char)*word))
            toc_buf_char(out, (char)(is_first ? toupper((unsigned char)*word) : *word));
        is_first = !isalpha((unsigned char)*word);
    }
}

// What the tables of a list are called: ServiceNeed.
static void add_spec_name(toc_buf *out, toc_value_kind list, const char *name)
{
    add_class_name(out, name);
    toc_buf_str(out, list == TOC_V_NEEDS || list == TOC_V_LEVELS ? "Need" : "Spec");
}

static void add_spec_class(toc_buf *out, const char *name, const toc_schema_row *row)
{
    add_comment(out, row->help);
    toc_buf_printf(out, "---@class (exact) %s\n", name);
    for (size_t i = 0; i < toc_schema_key_count(row); i++) {
        const toc_schema_key *key = &row->keys[i];
        toc_buf type = {0};
        add_key_type(&type, key);
        if (key->value == TOC_V_NEEDS || key->value == TOC_V_LEVELS) {
            toc_buf_clear(&type);
            add_spec_name(&type, key->value, row->name);
            toc_buf_str(&type, "[]");
        }
        toc_buf_printf(out, "---@field %s%s %s # %s Example: `%s`\n", key->name,
                       key->is_required ? "" : "?", toc_buf_text(&type), key->help, key->example);
        toc_buf_fini(&type);
    }
    toc_buf_char(out, '\n');
}

static void add_words(toc_buf *out, const char *const *words)
{
    for (size_t i = 0; words[i]; i++)
        toc_buf_printf(out, "%s\"%s\"", i ? "|" : "", words[i]);
}

static void add_key_type(toc_buf *out, const toc_schema_key *key)
{
    switch (key->value) {
    case TOC_V_LINE:
        toc_buf_str(out, key->key == TOC_KEY_CHANNEL ? "Channel" : "string");
        return;
    case TOC_V_TEXT:
    case TOC_V_NAME:
    case TOC_V_WORD:
    case TOC_V_DURATION:
    case TOC_V_STORY:
    case TOC_V_CLOCK:
        toc_buf_str(out, "string");
        return;
    case TOC_V_FN_TEXT:
        toc_buf_str(out, "string|(fun(): string)");
        return;
    case TOC_V_NAMES:
    case TOC_V_PATHS:
        toc_buf_str(out, "string|string[]");
        return;
    case TOC_V_OPTIONS:
        toc_buf_str(out, "string[][]");
        return;
    case TOC_V_BOOL:
        toc_buf_str(out, "boolean");
        return;
    case TOC_V_COUNT:
        toc_buf_str(out, "integer");
        return;
    case TOC_V_FACTOR:
    case TOC_V_PERCENT:
        toc_buf_str(out, "number");
        return;
    case TOC_V_MOMENT:
        toc_buf_str(out, "Moment");
        return;
    case TOC_V_DEADLINE:
        toc_buf_str(out, "Deadline");
        return;
    case TOC_V_MINUTES:
        toc_buf_str(out, "Minutes");
        return;
    case TOC_V_SPAN:
        toc_buf_str(out, "Span");
        return;
    case TOC_V_FUNCTION:
        toc_buf_str(out, "fun(): any");
        return;
    case TOC_V_MANUAL:
    case TOC_V_RULE:
    case TOC_V_LABEL:
        add_words(out, toc_schema_words(key->value));
        return;
    case TOC_V_NEEDS:
    case TOC_V_LEVELS:
        toc_buf_str(out, "table[]");
        return;
    }
}

static void add_tables(toc_buf *out)
{
    size_t count;
    const toc_word_field *fields = toc_language_fields(&count);
    const char *table = "";
    for (size_t i = 0; i < count; i++) {
        if (strcmp(fields[i].table, table) != 0)
            toc_buf_printf(out, "%s---@class (exact) %s\n", *table ? "\n" : "", fields[i].table);
        table = fields[i].table;
        toc_buf_printf(out, "---@field %s %s # %s\n", fields[i].name, fields[i].type,
                       fields[i].help);
    }
    toc_buf_char(out, '\n');
}

static const char *field_type(toc_field field)
{
    switch (toc_field_type(field)) {
    case TOC_TYPE_INT:
        return "number";
    case TOC_TYPE_BOOL:
        return "boolean";
    case TOC_TYPE_LIST:
        return "string[]";
    case TOC_TYPE_PAIRS:
        return "string[][]";
    case TOC_TYPE_STR:
    case TOC_TYPE_REF:
        break;
    }
    return "string";
}

static void add_event_classes(toc_buf *out)
{
    size_t count;
    const toc_event_row *events = toc_language_events(&count);
    toc_buf_str(out,
                "---@class Event\n---@field kind EventKind\n---@field t number # When, in seconds "
                "of play.\n\n");
    for (size_t i = 0; i < count; i++) {
        toc_kind kind = events[i].kind;
        add_comment(out, events[i].help);
        toc_buf_str(out, "---@class ");
        add_class_name(out, toc_kind_name(kind));
        toc_buf_str(out, "Event: Event\n");
        for (size_t f = 0; f < toc_kind_field_count(kind); f++) {
            toc_field field = toc_kind_field(kind, f);
            const char *help = toc_language_field_help(field);
            if (toc_language_field_is_shown(field))
                toc_buf_printf(out, "---@field %s%s %s%s%s\n", toc_field_name(field),
                               toc_kind_needs(kind, field) ? "" : "?", field_type(field),
                               help ? " # " : "", help ? help : "");
        }
        toc_buf_char(out, '\n');
    }
}

static void add_declaration(toc_buf *out, toc_decl kind)
{
    const toc_schema_row *row = toc_schema(kind);
    add_comment(out, row->help);
    toc_buf_printf(out, "---@param id string\n---@return fun(spec: ");
    add_class_name(out, row->name);
    toc_buf_printf(out, "Spec)\nfunction %s(id) end\n\n", row->name);
}

static void add_function(toc_buf *out, const toc_word *word)
{
    add_comment(out, word->help);
    toc_buf_printf(out, "---\n--- `%s`\n", word->form);
    toc_buf list = {0};
    for (size_t i = 0; i < TOC_PARAMETERS_MAX && word->parameters[i].name; i++) {
        const toc_parameter *p = &word->parameters[i];
        if (word->is_curried && i > 0) {
            toc_buf_printf(out, "---@return fun(%s: %s)\n", p->name, p->type);
            break;
        }
        toc_buf_printf(out, "---@param %s%s %s\n", p->is_repeated ? "..." : p->name,
                       p->is_optional ? "?" : "", p->type);
        toc_buf_printf(&list, "%s%s", i ? ", " : "", p->is_repeated ? "..." : p->name);
    }
    if (word->gives)
        toc_buf_printf(out, "---@return %s%s\n", word->gives,
                       word->parameters[0].is_repeated ? " ..." : "");
    if (strcmp(word->name, "on") == 0)
        add_overloads(out);
    toc_buf_printf(out, "function %s(%s) end\n\n", word->name, toc_buf_text(&list));
    toc_buf_fini(&list);
}

// So that an editor knows the fields of each kind of event.
static void add_overloads(toc_buf *out)
{
    size_t count;
    const toc_event_row *events = toc_language_events(&count);
    for (size_t i = 0; i < count; i++) {
        toc_buf_printf(
            out, "---@overload fun(kind: \"%s\", body: fun(event: ", toc_kind_name(events[i].kind));
        add_class_name(out, toc_kind_name(events[i].kind));
        toc_buf_str(out, "Event))\n");
    }
}

// A comment of several lines, broken at spaces.
static void add_comment(toc_buf *out, const char *text)
{
    while (*text) {
        size_t len = strlen(text);
        size_t cut = len;
        if (len > COMMENT_WIDTH)
            for (cut = COMMENT_WIDTH; cut > 0 && text[cut] != ' '; cut--) {
            }
        cut = cut ? cut : len;
        toc_buf_str(out, "--- ");
        toc_buf_add(out, text, cut);
        toc_buf_char(out, '\n');
        text += cut;
        text += *text == ' ';
    }
}

// ---- for luacheck -------------------------------------------------------------------------------

// The words of a table, or those of none.
static void add_names(toc_buf *out, const char *table)
{
    size_t count;
    const toc_word *words = toc_language_words(&count);
    size_t len = table ? strlen(table) : 0;
    for (size_t i = 0; i < count; i++) {
        const char *dot = strchr(words[i].name, '.');
        bool is_of_it = table ? dot && (size_t)(dot - words[i].name) == len &&
                                    strncmp(words[i].name, table, len) == 0
                              : !dot;
        if (is_of_it)
            toc_buf_printf(out, "    %s\"%s\",\n", table ? "  " : "",
                           dot ? dot + 1 : words[i].name);
    }
}
