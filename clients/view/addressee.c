// SPDX-License-Identifier: MIT
// Whom people mean when they type: an id, a name, or as much of either as only one of them has.
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "picture_parts.h"
#include "record/verb.h"

enum { SHORTEST = 3 }; // letters of a beginning: below it, "to" would be the town

static const char *find_names(const char *line);
static const char *skip(const char *at, size_t len);
static size_t word_at(const char *at);
static bool is_word(const char *at, const char *word);
static toc_err take_one(const toc_picture *p, const char **at, toc_buf *out, toc_error *e);
static const char *whole_name(const toc_picture *p, const char *text, size_t *len);
static toc_err begins(const toc_picture *p, const char *word, const char **id, toc_error *e);
static toc_err suggest(const toc_picture *p, const char *word, toc_error *e);
static size_t match_name(const char *text, const char *name);
static size_t count_of(const toc_picture *p);
static const toc_contact *contact_of(const toc_picture *p, size_t i);

toc_err toc_picture_addressed(const toc_picture *p, const char *line, char **out, toc_error *e)
{
    const char *at = find_names(line);
    toc_buf whole = {0};
    toc_err err = TOC_OK;
    if (!at) {
        *out = toc_strdup(line);
        return TOC_OK;
    }
    toc_buf_add(&whole, line, (size_t)(at - line));
    while (*at && !err) {
        err = take_one(p, &at, &whole, e);
        const char *next = skip(at, 0);
        if (err || *next != ',')
            break;
        toc_buf_char(&whole, ',');
        at = skip(next, 1);
    }
    toc_buf_str(&whole, at);
    *out = err ? NULL : toc_buf_take(&whole);
    toc_buf_fini(&whole);
    return err;
}

// Where those stand to whom an act goes; NULL for one that goes to nobody, or does not say to whom.
static const char *find_names(const char *line)
{
    const char *at = skip(line, 0);
    char *word = toc_strndup(at, word_at(at));
    const toc_verb *verb = toc_verb_find(word);
    const char *name = verb ? verb->name : "";
    free(word);
    at = skip(at, word_at(at));
    if (strcmp(name, "as") == 0) {
        at = skip(at, word_at(at));
        if (!is_word(at, "say") && !is_word(at, "ask"))
            return NULL;
        at = skip(at, 3);
    } else if (strcmp(name, "forward") == 0) {
        at = skip(at, word_at(at));
        if (is_word(at, "to"))
            at = skip(at, 2);
    } else if (strcmp(name, "say") != 0 && strcmp(name, "ask") != 0 &&
               strcmp(name, "promise") != 0 && strcmp(name, "adhoc") != 0) {
        return NULL;
    }
    return *at ? at : NULL;
}

static const char *skip(const char *at, size_t len)
{
    return at + len + strspn(at + len, " \t");
}

static size_t word_at(const char *at)
{
    return strcspn(at, " \t");
}

static bool is_word(const char *at, const char *word)
{
    return word_at(at) == strlen(word) && strncasecmp(at, word, strlen(word)) == 0;
}

// Appends the id of the one that *at begins with, and moves *at behind it.
static toc_err take_one(const toc_picture *p, const char **at, toc_buf *out, toc_error *e)
{
    size_t len;
    const char *id = whole_name(p, *at, &len);
    if (id) {
        toc_buf_str(out, id);
        *at += len;
        return TOC_OK;
    }
    len = strcspn(*at, ", \t");
    char *word = toc_strndup(*at, len);
    toc_err err = begins(p, word, &id, e);
    toc_buf_str(out, id ? id : word);
    *at += len;
    free(word);
    return err;
}

// An id as it is written goes before names, which may begin with it.
static const char *whole_name(const toc_picture *p, const char *text, size_t *len)
{
    const char *found = NULL;
    *len = 0;
    for (size_t i = 0; i < count_of(p); i++) {
        const toc_contact *c = contact_of(p, i);
        size_t by_id = match_name(text, c->id), by_name = match_name(text, c->name);
        if (by_id > 0 && strncmp(text, c->id, by_id) == 0) {
            *len = by_id;
            return c->id;
        }
        size_t longest = by_name > by_id ? by_name : by_id;
        if (longest > *len) {
            *len = longest;
            found = c->id;
        }
    }
    return found;
}

// *id NULL: nobody is called like that, and nobody nearly so; the desk may know better.
static toc_err begins(const toc_picture *p, const char *word, const char **id, toc_error *e)
{
    static const char *const others[] = {"all", "excon", "simcell", "evaluator", "control"};
    char quoted[TOC_QUOTE_SIZE];
    size_t len = strlen(word);
    *id = NULL;
    for (size_t i = 0; i < TOC_COUNT(others); i++)
        if (strcasecmp(others[i], word) == 0)
            return TOC_OK;
    for (size_t i = 0; i < count_of(p) && len >= SHORTEST; i++) {
        const toc_contact *c = contact_of(p, i);
        bool fits =
            strncasecmp(c->id, word, len) == 0 || (c->name && strncasecmp(c->name, word, len) == 0);
        if (fits && *id && strcmp(*id, c->id) != 0)
            return toc_fail(e, TOC_EUSAGE, "%s may be %s or %s: write more of it",
                            toc_text_quote(quoted, word), *id, c->id);
        if (fits)
            *id = c->id;
    }
    return *id ? TOC_OK : suggest(p, word, e);
}

static toc_err suggest(const toc_picture *p, const char *word, toc_error *e)
{
    char quoted[TOC_QUOTE_SIZE];
    size_t count = 0;
    const char **names = toc_alloc((2 * count_of(p) + 1) * sizeof *names);
    for (size_t i = 0; i < count_of(p); i++) {
        const toc_contact *c = contact_of(p, i);
        names[count++] = c->id;
        if (c->name)
            names[count++] = c->name;
    }
    const char *near = toc_text_near(word, names, count);
    free(names);
    return near
               ? toc_fail(e, TOC_EUSAGE, "there is no %s; did you mean `%s`? `contacts` lists them",
                          toc_text_quote(quoted, word), near)
               : TOC_OK;
}

// Its length, if text begins with it as with a whole word; else 0.
static size_t match_name(const char *text, const char *name)
{
    size_t len = name ? strlen(name) : 0;
    if (len == 0 || strncasecmp(text, name, len) != 0)
        return 0;
    return strchr(" \t,:", text[len]) ? len : 0; // the end of the line, too
}

static size_t count_of(const toc_picture *p)
{
    return p->contact_count + p->team_count;
}

static const toc_contact *contact_of(const toc_picture *p, size_t i)
{
    return i < p->contact_count ? &p->contacts[i] : &p->teams[i - p->contact_count];
}
