// SPDX-License-Identifier: MIT
// What is said of a declaration's mistakes: where exactly, and what was probably meant. Nothing of
// this is done before there is one.

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "host.h"

enum { IDS_SHOWN = 8 };

static size_t count_same(const toc_scenario *s, const toc_draft *d);
static toc_problem *place(toc_scenario *s, toc_problem *problem, bool is_found,
                          const toc_spot *spot);
static bool say_other_kind(toc_scenario *s, const toc_draft *d, toc_where where, unsigned kinds,
                           const char *what, const char *prefix, const char *id);
static bool say_several(toc_scenario *s, const toc_draft *d, toc_where where, unsigned kinds,
                        const char *prefix, const char *id);
static const char *a_or_an(const char *noun);

toc_where toc_where_head(void)
{
    return (toc_where){.kind = TOC_WHERE_HEAD};
}

toc_where toc_where_id(void)
{
    return (toc_where){.kind = TOC_WHERE_ID};
}

toc_where toc_where_key(const char *key)
{
    return (toc_where){.kind = TOC_WHERE_KEY, .key = key};
}

toc_where toc_where_value(const char *key)
{
    return (toc_where){.kind = TOC_WHERE_VALUE, .key = key};
}

toc_where toc_where_item(const char *key, size_t item)
{
    return (toc_where){.kind = TOC_WHERE_VALUE, .key = key, .item = item + 1};
}

toc_where toc_where_inner(const char *key, size_t item, const char *inner)
{
    toc_where where = toc_where_item(key, item);
    if (strcmp(inner, TOC_FIRST) == 0)
        where.inner_item = 1;
    else
        where.inner = inner;
    return where;
}

toc_problem *toc_draft_problem(toc_scenario *s, const toc_draft *d, const char *code,
                               toc_where where, const char *format, ...)
{
    char text[800];
    char quote[TOC_QUOTE_SIZE];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    const char *word = toc_schema(d->kind)->name;
    toc_spot spot = {.line = d->place.line};
    // Beyond what is kept nothing is looked for: it would take long and nobody would read it.
    bool is_found = false;
    if (s->problems.count < TOC_PROBLEMS_KEPT) {
        if (!s->locator)
            s->locator = toc_locator_new(s->files);
        is_found =
            toc_locate(s->locator, d->place.file, d->place.line, word, d->id, 0, where, &spot);
        size_t nth = is_found ? count_same(s, d) : 0;
        if (nth > 0)
            toc_locate(s->locator, d->place.file, d->place.line, word, d->id, nth, where, &spot);
    }
    s->is_model_wrong = s->is_model_wrong || d->kind == TOC_DECL_SERVICE;
    toc_problem *problem =
        toc_problems_add(&s->problems, code, d->place.file, spot.line, "%s %s: %s%s", word,
                         toc_text_quote(quote, d->id), s->within, text);
    return place(s, problem, is_found, &spot);
}

toc_problem *toc_call_problem(toc_scenario *s, const char *code, const char *file, int line,
                              const char *word, int argument, const char *format, ...)
{
    char text[800];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (!s->locator)
        s->locator = toc_locator_new(s->files);
    toc_spot spot;
    bool is_found = s->problems.count < TOC_PROBLEMS_KEPT &&
                    toc_locate_call(s->locator, file, line, word, argument, &spot);
    toc_problem *problem = toc_problems_add(&s->problems, code, file, line, "%s", text);
    return place(s, problem, is_found, &spot);
}

void toc_draft_fix(const toc_scenario *s, toc_problem *problem, const char *format, ...)
{
    char text[400];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (problem->column > 0 && s->is_spot_literal)
        toc_problem_fix(problem, "%s", text);
}

void toc_draft_unknown(toc_scenario *s, const toc_draft *d, toc_where where, unsigned kinds,
                       const char *what, const char *prefix, const char *id)
{
    char quote[TOC_QUOTE_SIZE];
    char ids[400];
    if (toc_id_is_meant(s, kinds, id) || say_other_kind(s, d, where, kinds, what, prefix, id) ||
        s->is_partial || say_several(s, d, where, kinds, prefix, id))
        return;
    const char *near = toc_near_id(s, d, kinds, id);
    toc_problem *problem = toc_draft_problem(s, d, "E0214", where, "%sunknown %s %s", prefix, what,
                                             toc_text_quote(quote, id));
    toc_problem_label(problem, "no such %s", what);
    toc_problem_help(problem, "%s", toc_say_ids(s, d, kinds, what, near, ids, sizeof ids));
    if (near)
        toc_draft_fix(s, problem, where.inside ? "%s" : "\"%s\"", near);
}

bool toc_id_is_meant(const toc_scenario *s, unsigned kinds, const char *id)
{
    char mended[TOC_ID_MAX + 1];
    for (size_t i = 0; i < s->draft_count; i++) {
        const toc_draft *d = s->drafts[i];
        if (!d->has_id && kinds & TOC_BIT(d->kind) && *d->id &&
            (strcmp(d->id, id) == 0 || (toc_id_mend(d->id, mended) && strcmp(mended, id) == 0)))
            return true;
    }
    return false;
}

const char *toc_say_ids(const toc_scenario *s, const toc_draft *d, unsigned kinds, const char *what,
                        const char *near, char *out, size_t size)
{
    char ids[300];
    size_t count = 0;
    size_t len = 0;
    for (size_t i = 0; i < s->draft_count && count <= IDS_SHOWN; i++) {
        if (s->drafts[i] == d || !s->drafts[i]->has_id || !(kinds & TOC_BIT(s->drafts[i]->kind)))
            continue;
        int n = snprintf(ids + len, sizeof ids - len, "%s%s", count ? ", " : "", s->drafts[i]->id);
        count = (size_t)n >= sizeof ids - len ? IDS_SHOWN + 1 : count + 1;
        len += count <= IDS_SHOWN ? (size_t)n : 0;
    }
    bool is_list = count > 0 && count <= IDS_SHOWN;
    if (near)
        snprintf(out, size, "did you mean \"%s\"?%s%s", near,
                 is_list && count > 1 ? " There are: " : "", is_list && count > 1 ? ids : "");
    else if (is_list)
        snprintf(out, size, "there %s %s", count == 1 ? "is only" : "are:", ids);
    else if (count == 0)
        snprintf(out, size, "no %s%s is declared", kinds & TOC_BIT(d->kind) ? "other " : "", what);
    else
        snprintf(out, size, "no %s is called so; declare it, or name another", what);
    return out;
}

// How many of this word and id were declared on its line before it.
static size_t count_same(const toc_scenario *s, const toc_draft *d)
{
    size_t count = 0;
    for (size_t i = 0; i < s->draft_count && s->drafts[i] != d; i++) {
        const toc_draft *other = s->drafts[i];
        count += other->place.line == d->place.line && other->kind == d->kind &&
                 strcmp(other->id, d->id) == 0 && strcmp(other->place.file, d->place.file) == 0;
    }
    return count;
}

static toc_problem *place(toc_scenario *s, toc_problem *problem, bool is_found,
                          const toc_spot *spot)
{
    s->is_spot_literal = is_found && spot->is_literal;
    return is_found ? toc_problem_at(problem, spot->column, spot->width) : problem;
}

// `"press" is a party, not a team`
static bool say_other_kind(toc_scenario *s, const toc_draft *d, toc_where where, unsigned kinds,
                           const char *what, const char *prefix, const char *id)
{
    int64_t found;
    if (!toc_map_get(s->ids, id, &found) || kinds & TOC_BIT(s->drafts[found]->kind))
        return false;
    const toc_draft *other = s->drafts[found];
    const char *noun = toc_schema_noun(other->kind);
    char quote[TOC_QUOTE_SIZE];
    char ids[400];
    toc_problem *problem =
        toc_draft_problem(s, d, "E0215", where, "%s%s is %s %s, not %s %s", prefix,
                          toc_text_quote(quote, id), a_or_an(noun), noun, a_or_an(what), what);
    toc_problem_label(problem, "%s %s", a_or_an(noun), noun);
    toc_say_ids(s, d, kinds, what, NULL, ids, sizeof ids);
    bool is_party = other->kind == TOC_DECL_PARTY && kinds & TOC_BIT(TOC_DECL_TEAM);
    toc_problem_help(problem, "%s%s",
                     is_party ? "a party is not at the table: EXCON speaks for it, and only teams "
                                "receive and decide; "
                              : "",
                     ids);
    toc_problem_note(problem, "%s \"%s\" is declared at %s:%d", toc_schema(other->kind)->name,
                     other->id, other->place.file, other->place.line);
    return true;
}

// "ops, media", where a list is meant.
static bool say_several(toc_scenario *s, const toc_draft *d, toc_where where, unsigned kinds,
                        const char *prefix, const char *id)
{
    char quote[TOC_QUOTE_SIZE];
    char list[300] = "";
    size_t count = 0;
    size_t known = 0;
    if (!strpbrk(id, ",;") || where.inside)
        return false;
    for (const char *p = id; *p;) {
        p += strspn(p, " ,;");
        size_t len = strcspn(p, ",;");
        size_t end = len;
        while (end > 0 && isspace((unsigned char)p[end - 1]))
            end--;
        if (end > 0 && end <= TOC_ID_MAX) {
            char one[TOC_ID_MAX + 1];
            snprintf(one, sizeof one, "%.*s", (int)end, p);
            int64_t found;
            known += toc_map_get(s->ids, one, &found) && kinds & TOC_BIT(s->drafts[found]->kind);
            size_t at = strlen(list);
            snprintf(list + at, sizeof list - at, "%s\"%s\"", count++ ? ", " : "", one);
        }
        p += len;
    }
    toc_problem *problem =
        toc_draft_problem(s, d, "E0214", where, "%s%s is one text, not a list of ids", prefix,
                          toc_text_quote(quote, id));
    // A list of its own is around it already, if the whole value stands elsewhere.
    toc_spot whole;
    bool has_list = problem->column > 0 && where.item > 0 &&
                    toc_locate(s->locator, d->place.file, d->place.line, toc_schema(d->kind)->name,
                               d->id, count_same(s, d), toc_where_value(where.key), &whole) &&
                    (whole.column != problem->column || whole.line != problem->line);
    const char *braces = has_list ? "" : "{ ";
    toc_problem_label(problem, "one text");
    toc_problem_help(problem, "quotes around each id%s: %s%s%s",
                     *braces ? ", braces around the list" : "", braces, list, *braces ? " }" : "");
    if (known == count && count > 0)
        toc_draft_fix(s, problem, "%s%s%s", braces, list, *braces ? " }" : "");
    return true;
}

// Guesses are for mistakes that will be read: thousands of ids times thousands would take long.
const char *toc_near_id(const toc_scenario *s, const toc_draft *d, unsigned kinds, const char *id)
{
    const char **names = NULL;
    size_t count = 0;
    size_t capacity = 0;
    if (s->problems.count >= TOC_PROBLEMS_SHOWN)
        return NULL;
    for (size_t i = 0; i < s->draft_count; i++)
        if (s->drafts[i] != d && s->drafts[i]->has_id && kinds & TOC_BIT(s->drafts[i]->kind)) {
            TOC_GROW(names, count, capacity);
            names[count++] = s->drafts[i]->id;
        }
    const char *near = toc_text_near(id, names, count);
    free(names);
    return near;
}

static const char *a_or_an(const char *noun)
{
    return strchr("aeiou", noun[0]) ? "an" : "a";
}
