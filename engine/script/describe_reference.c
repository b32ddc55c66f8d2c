// SPDX-License-Identifier: MIT
// The reference for people: the tables of the language as a chapter of Markdown.

#include <string.h>

#include "language.h"
#include "script/describe.h"

static void add_declaration(toc_buf *out, toc_decl kind);
static void add_keys(toc_buf *out, const toc_schema_row *row);
static void add_value(toc_buf *out, const toc_schema_key *key);
static void add_ids(toc_buf *out, unsigned refers);
static void add_words(toc_buf *out, toc_word_group group);
static void add_fields(toc_buf *out, const char *group_table);
static void add_lua(toc_buf *out);
static void add_times(toc_buf *out);
static void add_placeholders(toc_buf *out);
static void add_events(toc_buf *out);
static void add_cell(toc_buf *out, const char *text);

void toc_describe_reference(toc_buf *out)
{
    toc_buf_str(
        out, "## Reference\n\nEvery word of the language. A declaration is `word \"id\" { key = "
             "value, key = value }`; **bold** keys are required. A *line* is at most 200 bytes; a "
             "*text* may have many lines, at most 16 KiB.\n\n### What is declared\n\n");
    for (toc_decl k = 0; k < TOC_DECL_COUNT; k++)
        toc_buf_printf(out, "%s[`%s`](#%s)", k ? " " : "", toc_schema(k)->name,
                       toc_schema(k)->name);
    toc_buf_str(out, "\n\n");
    for (toc_decl k = 0; k < TOC_DECL_COUNT; k++)
        add_declaration(out, k);
    for (toc_word_group g = 0; g < TOC_WORD_LUA; g++)
        add_words(out, g);
    add_times(out);
    add_placeholders(out);
    add_events(out);
    add_lua(out);
}

static void add_declaration(toc_buf *out, toc_decl kind)
{
    const toc_schema_row *row = toc_schema(kind);
    toc_buf_printf(out, "### %s\n\n%s", row->name, row->help);
    if (row->most > 1)
        toc_buf_printf(out, " At most %zu.", row->most);
    toc_buf_printf(out, "\n\n    %s\n\n", row->form);
    add_keys(out, row);
    for (size_t i = 0; i < toc_schema_key_count(row); i++) {
        const toc_schema_row *inner = toc_schema_inner(row->keys[i].value);
        if (!inner)
            continue;
        toc_buf_printf(out, "Each entry of `%s` is a table of its own: `%s`.\n\n",
                       row->keys[i].name, inner->form);
        add_keys(out, inner);
    }
}

static void add_keys(toc_buf *out, const toc_schema_row *row)
{
    toc_buf_str(out, "| key | value | for example | |\n| --- | --- | --- | --- |\n");
    for (size_t i = 0; i < toc_schema_key_count(row); i++) {
        const toc_schema_key *key = &row->keys[i];
        const char *strong = key->is_required ? "**" : "";
        bool is_first = strcmp(key->name, TOC_FIRST) == 0;
        toc_buf_printf(out, "| %s%s%s | ", strong, is_first ? "first" : key->name, strong);
        add_value(out, key);
        toc_buf_str(out, " | `");
        add_cell(out, key->example);
        toc_buf_str(out, "` | ");
        add_cell(out, key->help);
        toc_buf_str(out, " |\n");
    }
    toc_buf_char(out, '\n');
}

static const char *plain_value(toc_value_kind value)
{
    switch (value) {
    case TOC_V_LINE:
        return "line";
    case TOC_V_TEXT:
        return "text, `file`";
    case TOC_V_FN_TEXT:
        return "text, `file`, function";
    case TOC_V_WORD:
        return "one word";
    case TOC_V_PATHS:
        return "path, list";
    case TOC_V_BOOL:
        return "true, false";
    case TOC_V_MOMENT:
    case TOC_V_DEADLINE:
        return "[time](#times)";
    case TOC_V_SPAN:
    case TOC_V_DURATION:
    case TOC_V_MINUTES:
        return "duration";
    case TOC_V_STORY:
    case TOC_V_CLOCK:
        return "date and time";
    case TOC_V_FUNCTION:
        return "function";
    default:
        return NULL;
    }
}

static void add_value(toc_buf *out, const toc_schema_key *key)
{
    const char *plain = plain_value(key->value);
    const char *const *words = toc_schema_words(key->value);
    if (plain) {
        toc_buf_str(out, plain);
    } else if (words) {
        for (size_t i = 0; words[i]; i++)
            toc_buf_printf(out, "%s`\"%s\"`", i ? ", " : "", words[i]);
    } else if (key->value == TOC_V_NAME || key->value == TOC_V_NAMES) {
        add_ids(out, key->refers);
        if (key->value == TOC_V_NAMES)
            toc_buf_str(out, ", or a list");
    } else if (key->value == TOC_V_OPTIONS) {
        toc_buf_printf(out, "%lld to %lld pairs", (long long)key->least, (long long)key->most);
    } else if (key->value == TOC_V_FACTOR) {
        toc_buf_printf(out, "%g to %g", (double)key->least / 1000, (double)key->most / 1000);
    } else if (key->value == TOC_V_COUNT || key->value == TOC_V_PERCENT) {
        toc_buf_printf(out, "%lld to %lld%s", (long long)key->least, (long long)key->most,
                       key->value == TOC_V_PERCENT ? " percent" : "");
    } else {
        toc_buf_printf(out, "list of tables, at most %lld", (long long)key->most);
    }
}

// team or party, `"excon"`, `"all"`
static void add_ids(toc_buf *out, unsigned refers)
{
    static const struct {
        unsigned bit;
        const char *word;
    } others[] = {{TOC_REF_OPTION, "option"},
                  {TOC_REF_EXCON, "`\"excon\"`"},
                  {TOC_REF_ALL, "`\"all\"`"},
                  {TOC_REF_NONE, "`\"none\"`"},
                  {TOC_REF_CONTROL, "`\"simcell\"`, one seat of theirs"}};
    bool is_first = true;
    for (toc_decl k = 0; k < TOC_DECL_COUNT; k++)
        if (refers & TOC_BIT(k)) {
            toc_buf_printf(out, "%s%s", is_first ? "" : ", ", toc_schema(k)->name);
            is_first = false;
        }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (refers & others[i].bit) {
            toc_buf_printf(out, "%s%s", is_first ? "" : ", ", others[i].word);
            is_first = false;
        }
}

static void add_words(toc_buf *out, toc_word_group group)
{
    static const char *const where[] = {
        [TOC_WORD_PART] = "They stand in the scenario, outside of functions.",
        [TOC_WORD_ACTION] = "They stand in storylines, and in what `when` and `on` begin.",
        [TOC_WORD_QUERY] = "They change nothing, and work in storylines, conditions and texts.",
        [TOC_WORD_FILE] = "They work everywhere.",
    };
    size_t count;
    const toc_word *words = toc_language_words(&count);
    toc_buf_printf(out, "### %s%s\n\n%s\n\n| written | |\n| --- | --- |\n",
                   group == TOC_WORD_QUERY ? "All " : "",
                   group == TOC_WORD_QUERY ? "questions" : toc_language_group(group), where[group]);
    for (size_t i = 0; i < count; i++) {
        if (words[i].group != group)
            continue;
        toc_buf_str(out, "| `");
        add_cell(out, words[i].form);
        toc_buf_str(out, "` | ");
        add_cell(out, words[i].help);
        toc_buf_str(out, " |\n");
    }
    toc_buf_char(out, '\n');
    for (size_t i = 0; i < count; i++)
        if (words[i].group == group && words[i].gives)
            add_fields(out, words[i].name);
}

// What a word gives, if that is a table that no word before it gives.
static void add_fields(toc_buf *out, const char *name)
{
    size_t count;
    const toc_word *word = toc_language_verb(name);
    const toc_word_field *fields = toc_language_fields(&count);
    bool is_told = strcmp(name, "decided") == 0; // as ask
    size_t told = 0;
    for (size_t i = 0; i < count && !is_told; i++) {
        if (strncmp(word->gives, fields[i].table, strlen(fields[i].table)) != 0)
            continue;
        if (told++ == 0)
            toc_buf_printf(out, "What `%s` gives is a table:\n\n| field | |\n| --- | --- |\n",
                           name);
        toc_buf_printf(out, "| `%s` | ", fields[i].name);
        add_cell(out, fields[i].help);
        toc_buf_str(out, " |\n");
    }
    if (told > 0)
        toc_buf_char(out, '\n');
}

static void add_times(toc_buf *out)
{
    size_t count;
    const toc_time_form *times = toc_language_times(&count);
    toc_buf_str(out, "### How times are written\n\n| written | means |\n| --- | --- |\n");
    for (size_t i = 0; i < count; i++)
        toc_buf_printf(out, "| `\"%s\"` | %s |\n", times[i].form, times[i].help);
    toc_buf_char(out, '\n');
}

static void add_placeholders(toc_buf *out)
{
    size_t count;
    const toc_placeholder *rows = toc_language_placeholders(&count);
    toc_buf_str(out, "### What is filled in\n\n| in an inject's text | becomes |\n| --- | --- |\n");
    for (size_t i = 0; i < count; i++)
        toc_buf_printf(out, "| `{{%s}}` | %s |\n", rows[i].form, rows[i].help);
    toc_buf_char(out, '\n');
}

static void add_events(toc_buf *out)
{
    size_t count;
    const toc_event_row *events = toc_language_events(&count);
    toc_buf_str(
        out, "### Kinds of events\n\nWhat `on` knows. Each event has `kind` and `t`, the seconds "
             "of play, and these fields; those in brackets may be nil.\n\n"
             "| kind | when | fields |\n| --- | --- | --- |\n");
    for (size_t i = 0; i < count; i++) {
        toc_kind kind = events[i].kind;
        toc_buf_printf(out, "| `\"%s\"` | %s | ", toc_kind_name(kind), events[i].help);
        bool is_first = true;
        for (size_t f = 0; f < toc_kind_field_count(kind); f++) {
            toc_field field = toc_kind_field(kind, f);
            if (!toc_language_field_is_shown(field))
                continue;
            bool is_needed = toc_kind_needs(kind, field);
            toc_buf_printf(out, "%s%s%s%s", is_first ? "" : ", ", is_needed ? "" : "[",
                           toc_field_name(field), is_needed ? "" : "]");
            is_first = false;
        }
        toc_buf_str(out, " |\n");
    }
    toc_buf_str(out, "\n| field | |\n| --- | --- |\n");
    for (toc_field f = 0; f < TOC_F_COUNT; f++)
        if (toc_language_field_help(f))
            toc_buf_printf(out, "| `%s` | %s |\n", toc_field_name(f), toc_language_field_help(f));
    toc_buf_char(out, '\n');
}

static void add_lua(toc_buf *out)
{
    size_t count;
    const toc_word *words = toc_language_words(&count);
    toc_buf_str(
        out,
        "## Lua's own names\n\nFor those who program. The rest of Lua is left out: it could harm "
        "the machine, or make a replay differ.\n\n| name | |\n| --- | --- |\n");
    for (size_t i = 0; i < count; i++) {
        if (words[i].group != TOC_WORD_LUA)
            continue;
        toc_buf_printf(out, "| `%s` | ", words[i].name);
        add_cell(out, words[i].help);
        toc_buf_str(out, " |\n");
    }
}

// A | would end the cell.
static void add_cell(toc_buf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '|')
            toc_buf_char(out, '\\');
        toc_buf_char(out, *text);
    }
}
