// SPDX-License-Identifier: MIT
// Why something never comes about, as far as the scenario's text tells: what names it and never comes so far,
// and whether it hangs on more than the rehearsal's players do.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "survey_inside.h"

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789"

// The line below `from` of a source on which "id" is written next; 0: none. at: where to go on.
static int next_line(const toc_file *file, const char *id, size_t *at)
{
    char *quoted = toc_sprintf("\"%s\"", id);
    const char *text = (const char *)file->data;
    size_t len = strlen(quoted);
    int line = 0;
    for (size_t i = *at; !line && i + len <= file->size; i++) {
        if (memcmp(text + i, quoted, len) != 0)
            continue;
        *at = i + len;
        line = 1;
        for (size_t k = 0; k < i; k++)
            line += text[k] == '\n';
    }
    free(quoted);
    return line;
}

// The part that begins last before a line; TOC_NONE: none.
static size_t part_of(const toc_surveying *v, const char *file, int line)
{
    size_t found = TOC_NONE;
    int from = 0;
    for (size_t i = 0; i < v->out->condition_count; i++) {
        toc_scenario_part part = toc_scenario_part_at(v->scenario, i);
        if (strcmp(part.file, file) == 0 && part.line <= line && part.line > from) {
            from = part.line;
            found = i;
        }
    }
    return found;
}

// A top-level statement: its text from its line on, as long as lines are indented, or close something.
static char *statement_at(const toc_file *file, int line)
{
    const char *text = (const char *)file->data;
    size_t from = 0, to;
    for (; from < file->size && line > 1; from++)
        line -= text[from] == '\n';
    for (to = from; to < file->size; to++)
        if (text[to] == '\n' && to + 4 < file->size && strchr(LETTERS, text[to + 1]) &&
            strncmp(text + to + 1, "end", 3) != 0)
            break;
    return toc_strndup(text + from, to - from);
}

// Is the word there, whatever stands before it?
static bool has_word(const char *text, const char *word)
{
    size_t len = strlen(word);
    bool is_open = !strchr(LETTERS, word[len - 1]); // it ends itself
    for (const char *at = text; (at = strstr(at, word)); at += len)
        if ((is_open || !at[len] || !strchr(LETTERS, at[len])) &&
            (at == text || !strchr(LETTERS, at[-1]) || !strchr(LETTERS, word[0])))
            return true;
    return false;
}

// Of a part that is called as "on message scenario.lua:12" is.
static bool is_of_people(const char *part)
{
    static const char *const kinds[] = {"message", "join",   "leave",     "read",   "ack",
                                        "decide",  "say",    "forward",   "submit", "observe",
                                        "mark",    "rate",   "emergency", "pause",  "resume",
                                        "note",    "handed", "refused",   "jump",   "release"};
    for (size_t i = 0; strncmp(part, "on ", 3) == 0 && i < TOC_COUNT(kinds); i++)
        if (strncmp(part + 3, kinds[i], strlen(kinds[i])) == 0)
            return true;
    return false;
}

static const char *doubt_of_text(const toc_surveying *v, const char *text)
{
    static const char *const random = "it hangs on random numbers: --seed draws others";
    static const char *const people =
        "it hangs on what people write, open or do, and when, which a "
        "rehearsal tries in one way only; a plan in plans/ can show it";
    static const char *const words[] = {
        ".text",     ".t",          ".by",       ".seat",      ".reason",     ".from",
        "read",      "\"message\"", "\"join\"",  "\"say\"",    "\"observe\"", "\"submit\"",
        "\"pause\"", "\"ack\"",     "\"leave\"", "\"resume\"", "\"note\""};
    size_t named = 0;
    bool is_complete =
        v->has_combined || (v->o->strategy == TOC_SURVEY_EXHAUSTIVE && toc_explore_left(v) == 0);
    if (has_word(text, "random"))
        return random;
    for (size_t i = 0; i < TOC_COUNT(words); i++)
        if (has_word(text, words[i]))
            return people;
    for (size_t i = 0; i < v->plan->decision_count && !is_complete; i++) {
        char *quoted = toc_sprintf("\"%s\"", v->plan->decisions[i].id);
        named += strstr(text, quoted) != NULL;
        free(quoted);
    }
    return named > 1 ? "it hangs on several decisions together: --exhaustive tries them all" : NULL;
}

static const char *doubt_at(const toc_surveying *v, const char *path, int line)
{
    for (size_t f = 0; f < toc_files_count(v->files); f++) {
        const toc_file *file = toc_files_at(v->files, f);
        if (strcmp(file->path, path) != 0)
            continue;
        char *text = statement_at(file, line);
        const char *doubt = doubt_of_text(v, text);
        free(text);
        return doubt;
    }
    return NULL;
}

const char *toc_doubt_at(const toc_surveying *v, const toc_place *place)
{
    return doubt_at(v, place->file, place->line);
}

const char *toc_doubt(const toc_surveying *v, const char *id, size_t part)
{
    const char *doubt = NULL;
    if (part != TOC_NONE) {
        toc_scenario_part p = toc_scenario_part_at(v->scenario, part);
        return is_of_people(p.name) ? "only people bring it about, and in a rehearsal nobody does; "
                                      "a plan in plans/ can show it"
                                    : doubt_at(v, p.file, p.line);
    }
    for (size_t f = 0; f < toc_files_count(v->files) && !doubt; f++) {
        const toc_file *file = toc_files_at(v->files, f);
        size_t at = 0;
        for (int line; !doubt && (line = next_line(file, id, &at)) > 0;) {
            size_t i = part_of(v, file->path, line);
            if (i != TOC_NONE)
                doubt = doubt_at(v, file->path, toc_scenario_part_at(v->scenario, i).line);
        }
    }
    return doubt;
}

bool toc_has_random(const toc_files *files)
{
    for (size_t f = 0; f < toc_files_count(files); f++) {
        const toc_file *file = toc_files_at(files, f);
        char *text = toc_strndup((const char *)file->data, file->size);
        bool has = strncmp(file->path, "tocsin", 6) != 0 && has_word(text, "random");
        free(text);
        if (has)
            return true;
    }
    return false;
}

toc_place toc_place_named(const toc_surveying *v, const char *id)
{
    for (size_t f = 0; f < toc_files_count(v->files); f++) {
        const toc_file *file = toc_files_at(v->files, f);
        size_t at = 0;
        int line = next_line(file, id, &at);
        if (line > 0)
            return (toc_place){.file = (char *)(uintptr_t)file->path, .line = line};
    }
    return (toc_place){0};
}

void toc_cause_unsent(const toc_surveying *v, const char *inject, toc_buf *text)
{
    const toc_plan *plan = v->plan;
    const toc_place *declared = &plan->injects[toc_plan_inject(plan, inject)].place;
    for (size_t f = 0; f < toc_files_count(v->files); f++) {
        const toc_file *file = toc_files_at(v->files, f);
        size_t at = 0;
        for (int line; (line = next_line(file, inject, &at)) > 0;) {
            size_t i = part_of(v, file->path, line);
            if (i == TOC_NONE || v->out->conditions[i].count > 0 ||
                (declared->line == line && strcmp(declared->file, file->path) == 0))
                continue;
            toc_scenario_part part = toc_scenario_part_at(v->scenario, i);
            if (part.kind == TOC_SCENARIO_STORYLINE)
                toc_buf_printf(text, "; storyline \"%s\", which names it (%s:%d), %s", part.name,
                               file->path, line,
                               v->begun[i] ? "still waits when play ends" : "never begins");
            else
                toc_buf_printf(text, "; %s, which names it (%s:%d), never %s", part.name,
                               file->path, line,
                               part.kind == TOC_SCENARIO_WHEN ? "comes true" : "runs");
            return;
        }
    }
}
