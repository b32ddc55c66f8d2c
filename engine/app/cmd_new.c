// SPDX-License-Identifier: MIT
// tocsin new: a scenario to start from, or a copy of a shipped one.

#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "command.h"
#include "embedded.h"
#include "new_folder.h"
#include "script/describe.h"
#include "script/scenario.h"

#define TEMPLATE_ID    "harbour-night"
#define TEMPLATE_TITLE "Harbour Night"

static toc_err take_name(char name[TOC_ID_MAX + 1], const char *dir, toc_error *e);
static toc_err check_id(const char *name, toc_error *e);
static void take_template(toc_files *files, const char *name);
static void replace_all(toc_buf *out, const toc_file *f, const char *id, const char *title);
static void write_title(char title[TOC_ID_MAX + 1], const char *name);
static void add_settings(toc_files *files);
static void add_blank(toc_files *files, const char *name);
static void tell(toc_buf *out, const char *dir, const toc_files *files, bool is_blank);
static void add_shell_word(toc_buf *out, const char *word);

static const toc_option options[] = {
    {"example", "NAME",
     "copy this shipped scenario instead; without DIR, into a folder of its name", false},
    {"blank", NULL, "only the exercise itself in scenario.lua, and the settings for editors",
     false},
    {"list-examples", NULL, "what is shipped: title, teams, length", false},
    {NULL, NULL, NULL, false},
};

static toc_err check(const toc_arguments *a, toc_error *e)
{
    const char *example = toc_options_get(a, "example");
    if (toc_options_has(a, "list-examples")) {
        if (example || a->argument_count > 0 || toc_options_has(a, "blank"))
            return toc_fail(e, TOC_EUSAGE, "--list-examples stands alone");
        return TOC_OK;
    }
    if (example && toc_options_has(a, "blank"))
        return toc_fail(e, TOC_EUSAGE,
                        "--blank begins with nothing, --example with a copy: choose");
    if (a->argument_count > 1 || (a->argument_count == 0 && !example))
        return toc_fail(e, TOC_EUSAGE,
                        "new needs one folder that is not there yet: tocsin new harbour-spill");
    return example ? toc_examples_find(example, e) : TOC_OK;
}

// DIR without the slashes at its end; the caller's.
static char *plain_dir(const char *dir)
{
    size_t len = strlen(dir);
    while (len > 1 && dir[len - 1] == '/')
        len--;
    return toc_strndup(dir, len);
}

static toc_err make(toc_buf *out, const toc_arguments *a, toc_error *e)
{
    const char *example = toc_options_get(a, "example");
    char *dir = plain_dir(a->argument_count ? a->arguments[0] : example);
    toc_files *files = toc_files_new();
    toc_err err = TOC_OK;
    if (example) {
        char *prefix = toc_sprintf("%s%s/", TOC_EXAMPLES, example);
        toc_embedded_take(prefix, files);
        free(prefix);
    } else {
        char name[TOC_ID_MAX + 1] = "";
        err = take_name(name, dir, e);
        if (!err && toc_options_has(a, "blank"))
            add_blank(files, name);
        else if (!err)
            take_template(files, name);
    }
    add_settings(files);
    if (!err)
        err = toc_new_folder(dir, files, e);
    if (!err)
        tell(out, dir, files, toc_options_has(a, "blank"));
    toc_files_free(files);
    free(dir);
    return err;
}

static int run(const toc_arguments *a)
{
    toc_error e = {0};
    toc_buf out = {0};
    signal(SIGPIPE, SIG_IGN); // a reader that leaves is an output that could not be written
    toc_err err = check(a, &e);
    if (!err && toc_options_has(a, "list-examples"))
        err = toc_examples_show(&out, &e);
    else if (!err)
        err = make(&out, a, &e);
    fwrite(toc_buf_text(&out), 1, out.len, stdout);
    int code = toc_said_all(0);
    if (err)
        code = toc_report(&e);
    toc_buf_fini(&out);
    return code;
}

// ---- names --------------------------------------------------------------------------------------

// Letters of Europe's languages as people write them where there are none but a to z.
static const char *plain_letters(uint32_t sign)
{
    static const struct {
        const char *signs, *plain;
    } rows[] = {
        {"ä", "ae"},      {"ö", "oe"},      {"ü", "ue"},        {"Ä", "Ae"},
        {"Ö", "Oe"},      {"Ü", "Ue"},      {"ß", "ss"},        {"å", "aa"},
        {"Å", "Aa"},      {"æ", "ae"},      {"Æ", "Ae"},        {"ø", "oe"},
        {"Ø", "Oe"},      {"œ", "oe"},      {"þ", "th"},        {"ð", "d"},
        {"àáâãāăą", "a"}, {"ÀÁÂÃĀĂĄ", "A"}, {"çćčĉ", "c"},      {"ÇĆČĈ", "C"},
        {"ďđ", "d"},      {"ĎĐ", "D"},      {"èéêëēĕėęě", "e"}, {"ÈÉÊËĒĔĖĘĚ", "E"},
        {"ğģ", "g"},      {"ĞĢ", "G"},      {"ìíîïīįı", "i"},   {"ÌÍÎÏĪĮİ", "I"},
        {"ķ", "k"},       {"Ķ", "K"},       {"ĺļľł", "l"},      {"ĹĻĽŁ", "L"},
        {"ñńņň", "n"},    {"ÑŃŅŇ", "N"},    {"òóôõōŏő", "o"},   {"ÒÓÔÕŌŎŐ", "O"},
        {"ŕř", "r"},      {"ŔŘ", "R"},      {"śşšș", "s"},      {"ŚŞŠȘ", "S"},
        {"ťţț", "t"},     {"ŤŢȚ", "T"},     {"ùúûūŭůűų", "u"},  {"ÙÚÛŪŬŮŰŲ", "U"},
        {"ýÿ", "y"},      {"Ý", "Y"},       {"źżž", "z"},       {"ŹŻŽ", "Z"},
    };
    for (size_t i = 0; i < TOC_COUNT(rows); i++)
        for (const char *at = rows[i].signs; *at;) {
            uint32_t one;
            at += toc_utf8_next(at, strlen(at), &one);
            if (one == sign)
                return rows[i].plain;
        }
    return NULL;
}

// A name that will do, out of one that does not: "Öl im Hafen" gives Oel-im-Hafen.
static void mend_name(char out[TOC_ID_MAX + 1], const char *name)
{
    size_t len = 0;
    while (*name && len < TOC_ID_MAX) {
        uint32_t sign;
        const char *letters = NULL;
        name += toc_utf8_next(name, strlen(name), &sign);
        bool is_good = sign < 0x80 && (isalnum((int)sign) || (len > 0 && strchr("._-", (int)sign)));
        if (is_good)
            out[len++] = (char)sign;
        else if (sign >= 0x80 && (letters = plain_letters(sign)))
            while (*letters && len < TOC_ID_MAX)
                out[len++] = *letters++;
        else if (len > 0 && out[len - 1] != '-' && sign != 0x301 && sign != 0x308)
            out[len++] = '-';
    }
    while (len > 0 && strchr("._-", out[len - 1]))
        len--;
    out[len] = '\0';
}

// The last part of dir, which becomes the exercise's id: as the language has ids.
static toc_err take_name(char name[TOC_ID_MAX + 1], const char *dir, toc_error *e)
{
    const char *slash = strrchr(dir, '/');
    const char *last = slash ? slash + 1 : dir;
    size_t plain =
        strspn(last, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");
    char quote[TOC_QUOTE_SIZE];
    char mended[TOC_ID_MAX + 1];
    if (!*last || strcmp(last, ".") == 0 || strcmp(last, "..") == 0)
        return toc_fail(e, TOC_EUSAGE,
                        "the exercise is called after its folder, so give a new folder's name: "
                        "tocsin new harbour-spill");
    toc_text_quote(quote, last);
    mend_name(mended, last);
    if (!last[plain] && plain > TOC_ID_MAX)
        return toc_fail(e, TOC_EUSAGE,
                        "the folder's name becomes the exercise's id, which has at most %d "
                        "characters; %s has %zu",
                        TOC_ID_MAX, quote, plain);
    if (!last[plain] && isalnum((unsigned char)last[0])) {
        toc_copy_text(name, TOC_ID_MAX + 1, last);
        return check_id(name, e);
    }
    return toc_fail(e, TOC_EUSAGE,
                    "the folder's name becomes the exercise's id: it begins with a letter or digit "
                    "and has letters a to z, digits, . _ and - only; %s does not fit%s%s",
                    quote, *mended ? ". Try " : "", mended);
}

// What else an id must not be, the language itself knows.
static toc_err check_id(const char *name, toc_error *e)
{
    toc_scenario *scenario = NULL;
    toc_files *files = toc_files_new();
    toc_problems problems = {0};
    char *text = toc_sprintf("exercise \"%s\" { title = \"T\", length = \"1h\", startex = "
                             "\"2026-01-01 00:00Z\" }\nteam \"one\" { name = \"One\" }\n",
                             name);
    toc_files_add(files, "scenario.lua", text, strlen(text));
    toc_library_add(files);
    toc_err err =
        toc_scenario_load(&scenario, files, NULL, 1, TOC_SCENARIO_MEMORY, &problems, NULL);
    if (err)
        toc_fail(e, TOC_EUSAGE,
                 "the folder's name becomes the exercise's id, which cannot be \"%s\": %.200s",
                 name, problems.count > 0 ? problems.at[0].text : "the scenario would not load");
    toc_problems_fini(&problems);
    toc_scenario_free(scenario);
    toc_files_free(files);
    free(text);
    return err ? TOC_EUSAGE : TOC_OK;
}

// "harbour-spill" gives Harbour Spill
static void write_title(char title[TOC_ID_MAX + 1], const char *name)
{
    size_t len = 0;
    bool is_first = true;
    for (; *name; name++) {
        bool is_sign = strchr("._-", *name) != NULL;
        if (!is_sign)
            title[len++] = (char)(is_first ? toupper((unsigned char)*name) : *name);
        else if (len > 0 && title[len - 1] != ' ')
            title[len++] = ' ';
        is_first = is_sign;
    }
    while (len > 0 && title[len - 1] == ' ')
        len--;
    title[len] = '\0';
}

// ---- what stands in the folder ------------------------------------------------------------------

static void take_template(toc_files *files, const char *name)
{
    char title[TOC_ID_MAX + 1];
    toc_files *original = toc_files_new();
    toc_embedded_take(TOC_TEMPLATE, original);
    write_title(title, name);
    for (size_t i = 0; i < toc_files_count(original); i++) {
        const toc_file *f = toc_files_at(original, i);
        toc_buf text = {0};
        replace_all(&text, f, name, title);
        toc_files_add(files, f->path, toc_buf_text(&text), text.len);
        toc_buf_fini(&text);
    }
    toc_files_free(original);
}

// What an exercise cannot be without; the rest is the planner's. It has no team yet, and check says so.
static void add_blank(toc_files *files, const char *name)
{
    char title[TOC_ID_MAX + 1];
    toc_buf text = {0};
    write_title(title, name);
    toc_buf_printf(
        &text,
        "-- %s. Whatever stands behind two dashes is a comment, for those who read this file.\n"
        "-- Below stands what an exercise cannot be without. Write the rest under it, in this "
        "order:\n"
        "--\n"
        "--   team        who sits at a terminal         team \"ops\" { name = \"Operations\" }\n"
        "--   objective   what it is for\n"
        "--   inject      what people get, and when\n"
        "--   decision    what they are asked\n"
        "--   storyline   what follows from the answers\n"
        "--   expect      what you hope to see\n"
        "--\n"
        "-- Texts for people can stand in files of their own: text = file \"texts/inj-01.md\".\n"
        "-- `tocsin check` says what is wrong or missing, `tocsin explain` what a mistake means.\n"
        "\n"
        "exercise \"%s\" {\n"
        "  title   = \"%s\",\n"
        "  startex = \"2026-03-12 09:00Z\", -- the story's date and time when play begins; Z is "
        "UTC\n"
        "  length  = \"1h\",                -- of play, until ENDEX\n"
        "  marking = \"TLP:CLEAR\",         -- stands on every line of every screen\n"
        "}\n",
        name, name, title);
    toc_files_add(files, "scenario.lua", toc_buf_text(&text), text.len);
    toc_buf_fini(&text);
}

// The template's own id and title become those of the new exercise.
static void replace_all(toc_buf *out, const toc_file *f, const char *id, const char *title)
{
    const char *end = f->data + f->size;
    for (const char *p = f->data; p < end;) {
        if (strncmp(p, TEMPLATE_ID, strlen(TEMPLATE_ID)) == 0) {
            toc_buf_str(out, id);
            p += strlen(TEMPLATE_ID);
        } else if (strncmp(p, TEMPLATE_TITLE, strlen(TEMPLATE_TITLE)) == 0) {
            toc_buf_str(out, title);
            p += strlen(TEMPLATE_TITLE);
        } else {
            toc_buf_char(out, *p++);
        }
    }
}

// For editors. None of it is read as a part of the scenario.
static void add_settings(toc_files *files)
{
    static const char luarc[] =
        "{\n"
        "  \"runtime.version\": \"Lua 5.4\",\n"
        "  \"workspace.library\": [\"lib\"],\n"
        "  \"workspace.checkThirdParty\": false,\n"
        "  \"runtime.builtin\": {\n"
        "    \"io\": \"disable\", \"os\": \"disable\", \"debug\": \"disable\", \"coroutine\": "
        "\"disable\",\n"
        "    \"package\": \"disable\", \"utf8\": \"disable\"\n"
        "  },\n"
        "  \"diagnostics.globals\": []\n"
        "}\n";
    toc_buf meta = {0};
    toc_buf check_names = {0};
    toc_describe_meta(&meta);
    toc_describe_luacheck(&check_names);
    toc_files_add(files, "lib/tocsin.meta.lua", toc_buf_text(&meta), meta.len);
    toc_files_add(files, ".luacheckrc", toc_buf_text(&check_names), check_names.len);
    toc_files_add(files, ".luarc.json", luarc, strlen(luarc));
    toc_buf_fini(&meta);
    toc_buf_fini(&check_names);
}

// ---- what was done, and what to do next ---------------------------------------------------------

// What stands at the top of a scenario's folder, in the order in which it is told.
static const struct {
    const char *name, *about;
} known[] = {
    {"scenario.lua", "the exercise: teams, objectives, injects, decisions"},
    {"texts", "what people read, one file each"},
    {"files", "pictures and documents to hand out"},
    {"plans", "scripted runs, to try one way through it"},
    {"README.md", "what is where, and where to begin"},
    {"SOURCES.md", "what is record and what is invented"},
    {NULL, "more of the exercise"}, // whatever has no row
    {"lib", "lets editors complete and check the scenario language"},
    {".luacheckrc", "settings for luacheck"},
    {".luarc.json", "settings for editors"},
};

static bool has_top(const char *path, const char *name)
{
    size_t len = strlen(name);
    return strncmp(path, name, len) == 0 && (path[len] == '/' || path[len] == '\0');
}

static bool is_known(const char *path)
{
    for (size_t i = 0; i < TOC_COUNT(known); i++)
        if (known[i].name && has_top(path, known[i].name))
            return true;
    return false;
}

static void tell_row(toc_buf *out, const toc_files *files, size_t row)
{
    toc_buf name = {0};
    size_t count = 0;
    const char *path = NULL;
    for (size_t i = 0; i < toc_files_count(files); i++) {
        const char *at = toc_files_at(files, i)->path;
        if (known[row].name ? !has_top(at, known[row].name) : is_known(at))
            continue;
        count++;
        path = at;
        if (!known[row].name)
            toc_buf_printf(&name, "%s%s", name.len ? " " : "", at);
    }
    if (count > 1 && known[row].name)
        toc_buf_printf(&name, "%s/ (%zu files)", known[row].name, count);
    else if (count == 1 && known[row].name)
        toc_buf_str(&name, path);
    if (count > 0)
        toc_buf_printf(out, "  %-22s %s\n", toc_buf_text(&name), known[row].about);
    toc_buf_fini(&name);
}

static void tell(toc_buf *out, const char *dir, const toc_files *files, bool is_blank)
{
    toc_buf shown = {0};
    toc_text_visible(&shown, dir, strlen(dir), false);
    toc_buf_printf(out, "Created %s/\n", toc_buf_text(&shown));
    for (size_t i = 0; i < TOC_COUNT(known); i++)
        tell_row(out, files, i);
    toc_buf_fini(&shown);
    if (is_blank)
        toc_buf_str(out, "Next:  write its teams and its first inject into scenario.lua, then\n");
    toc_buf_str(out, is_blank ? "       tocsin check " : "Next:  tocsin check ");
    add_shell_word(out, dir);
    toc_buf_str(out, "\n       tocsin rehearse ");
    add_shell_word(out, dir);
    if (is_blank)
        toc_buf_str(out, "\nA small exercise that works, to look at:  tocsin new DIR");
    toc_buf_str(out, "\nShipped exercises to learn from:  tocsin new --list-examples\n");
}

// As it is typed: quoted if a shell would take it apart, and harmless to a terminal.
static void add_shell_word(toc_buf *out, const char *word)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/+,:@%";
    toc_buf shown = {0};
    toc_text_visible(&shown, word, strlen(word), false);
    if (word[strspn(word, plain)] == '\0') {
        toc_buf_str(out, word);
    } else {
        toc_buf_char(out, '\'');
        for (const char *p = toc_buf_text(&shown); *p; p++)
            toc_buf_str(out, *p == '\'' ? "'\\''" : (char[]){*p, '\0'});
        toc_buf_char(out, '\'');
    }
    toc_buf_fini(&shown);
}

const toc_command toc_command_new = {
    .name = "new",
    .usage = "new DIR",
    .summary = "a scenario to start from, complete and commented",
    .about =
        "Writes a small exercise into a folder that is not there yet, or is empty: two teams, 40 "
        "minutes, ready to be\n"
        "checked, rehearsed and changed. The folder's name becomes its id and title. Settings for "
        "editors are\n"
        "added, so that they complete the words of the language. Nothing is ever overwritten.\n"
        "With --blank, only the exercise itself is there, and all else is yours to write.\n",
    .examples = "  tocsin new harbour-spill\n"
                "  tocsin new --blank harbour-spill\n"
                "  tocsin new --list-examples\n"
                "  tocsin new my-copy --example silent-beams\n",
    .options = options,
    .run = run,
};
