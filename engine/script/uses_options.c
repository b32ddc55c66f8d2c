// SPDX-License-Identifier: MIT
//
// Which option of which decision is compared: ask("D-01").option == "close"; of a local name that holds
// what ask or decided gave; and by a helper of the author's, local function choice(id) … d.option … end.
// Names are followed through their scopes; one that is ever given another value is not followed.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "uses.h"

enum { NAME_LEN_MAX = 60 };

typedef enum { NOTHING, ANSWER, OPTION } meaning; // ANSWER: the table that ask gives

// An expression that means a decision: it begins at the word asked about and ends before end.
typedef struct {
    meaning means;
    const toc_token *id;
    size_t end;
} outcome;

typedef struct {
    const toc_token *name;
    meaning means;
    const toc_token *id;
    size_t depth;
} binding;

typedef struct {
    toc_uses *u;
    const toc_uses_file *f;
    const toc_map *helpers;
    toc_map *changed; // names that are given another value somewhere in this file
    binding *bound;
    size_t count, capacity;
    size_t depth;
    size_t names_of_for; // the word where they begin, up to their do; else 0
} reader;

static void find_changed(reader *r);
static void follow(reader *r, size_t i);
static void leave(reader *r);
static void bind(reader *r, const toc_token *name, outcome o);
static void bind_list(reader *r, size_t i, bool is_local);
static outcome read_outcome(const reader *r, size_t i);
static outcome read_answer(const reader *r, size_t i);
static outcome read_call(const reader *r, size_t i);
static bool is_whole(const toc_token *next);
static void compare(reader *r, size_t i);
static void note_compared(reader *r, size_t i, outcome o);
static void note_field(reader *r, size_t i);
static void add(reader *r, const toc_token *id, const toc_token *option);
static bool gives_option(const toc_uses_file *f, size_t i);

static bool copy(char out[NAME_LEN_MAX + 1], const toc_token *t)
{
    if (t->len > NAME_LEN_MAX)
        return false;
    memcpy(out, t->start, t->len);
    out[t->len] = '\0';
    return true;
}

static bool has(const toc_map *m, const toc_token *t)
{
    char name[NAME_LEN_MAX + 1];
    int64_t value;
    return copy(name, t) && toc_map_get(m, name, &value) && value;
}

void toc_uses_options(toc_uses *u, const toc_uses_file *f, const toc_map *helpers)
{
    reader r = {.u = u, .f = f, .helpers = helpers, .changed = toc_map_new()};
    find_changed(&r);
    for (size_t i = 0; i + 1 < f->count; i++) {
        follow(&r, i);
        compare(&r, i);
    }
    toc_map_free(r.changed);
    free(r.bound);
}

// ---- names -----------------------------------------------------------------------------------------

static bool begins_table_or_list(const toc_token *before)
{
    return toc_token_is(before, "{") || toc_token_is(before, ",") || toc_token_is(before, ";") ||
           toc_token_is(before, "local") || toc_token_is(before, ">");
}

static void find_changed(reader *r)
{
    const toc_token *t = r->f->at;
    char name[NAME_LEN_MAX + 1];
    for (size_t i = 1; i + 1 < r->f->count; i++)
        if (t[i].kind == TOC_TOKEN_NAME && toc_token_is(&t[i + 1], "=") &&
            !begins_table_or_list(&t[i - 1]) && copy(name, &t[i]))
            toc_map_put(r->changed, name, 1);
}

static void follow(reader *r, size_t i)
{
    const toc_token *t = &r->f->at[i];
    if (t->kind != TOC_TOKEN_NAME)
        return;
    if (toc_token_is(t, "local") && !toc_token_is(&t[1], "function")) {
        bind_list(r, i + 1, true);
    } else if (toc_token_is(t, "for")) {
        if (r->names_of_for) // a loop within what a loop goes over: nobody's way of writing
            bind_list(r, r->names_of_for, false);
        r->names_of_for = i + 1;
    } else if (toc_token_is(t, "function")) {
        r->depth++;
        while (i + 2 < r->f->count && !toc_token_is(&r->f->at[i], "("))
            i++;
        bind_list(r, i + 1, false);
    } else if (toc_token_is(t, "do") || toc_token_is(t, "then") || toc_token_is(t, "repeat")) {
        r->depth++;
        if (toc_token_is(t, "do") && r->names_of_for) {
            bind_list(r, r->names_of_for, false);
            r->names_of_for = 0;
        }
    } else if (toc_token_is(t, "end") || toc_token_is(t, "until") || toc_token_is(t, "elseif")) {
        leave(r);
    } else if (toc_token_is(t, "else")) {
        leave(r);
        r->depth++;
    }
}

static void leave(reader *r)
{
    r->depth -= r->depth > 0;
    while (r->count > 0 && r->bound[r->count - 1].depth > r->depth)
        r->count--;
}

static void bind(reader *r, const toc_token *name, outcome o)
{
    if (has(r->changed, name))
        o = (outcome){0};
    TOC_GROW(r->bound, r->count, r->capacity);
    r->bound[r->count++] = (binding){name, o.means, o.id, r->depth};
}

// NAME <const>, NAME = …, from word i.
static void bind_list(reader *r, size_t i, bool is_local)
{
    const toc_token *t = r->f->at;
    size_t first = i, names = 0;
    for (;;) {
        if (t[i].kind != TOC_TOKEN_NAME || toc_token_is_keyword(&t[i]))
            break;
        names++;
        i++;
        if (toc_token_is(&t[i], "<") && t[i + 1].kind == TOC_TOKEN_NAME)
            i += 3;
        if (!toc_token_is(&t[i], ","))
            break;
        i++;
    }
    outcome o = {0};
    bool has_value = is_local && toc_token_is(&t[i], "=");
    if (has_value)
        o = read_outcome(r, i + 1);
    bool is_one = o.means != NOTHING && names == 1 && is_whole(&t[o.end]);
    // local a, b = ask("D-01", "D-02")
    const toc_token *id = has_value && toc_token_is(&t[i + 1], "ask") &&
                                  toc_uses_name(r->f, i + 1) && toc_token_is(&t[i + 2], "(")
                              ? &t[i + 3]
                              : NULL;
    for (size_t k = first; names > 0; k++) {
        if (k > first && !toc_token_is(&t[k - 1], ","))
            continue;
        names--;
        if (is_one)
            bind(r, &t[k], o);
        else if (id && id->kind == TOC_TOKEN_TEXT && (toc_token_is(&id[1], ",") || names == 0))
            bind(r, &t[k], (outcome){ANSWER, id, 0});
        else
            bind(r, &t[k], (outcome){0});
        id = id && toc_token_is(&id[1], ",") ? id + 2 : NULL;
    }
}

// Nothing follows that would make another value of it.
static bool is_whole(const toc_token *next)
{
    if (next->kind == TOC_TOKEN_SYMBOL)
        return toc_token_is(next, ";") || toc_token_is(next, "::");
    return !toc_token_is(next, "and") && !toc_token_is(next, "or");
}

// ---- expressions -----------------------------------------------------------------------------------

// ask "D-01", decided("D-01").option, choice "D-01", or a name that is bound to one of these.
static outcome read_outcome(const reader *r, size_t i)
{
    const toc_token *t = r->f->at;
    outcome o = read_answer(r, i);
    if (o.means == NOTHING)
        return o;
    bool is_field = toc_token_is(&t[o.end], ".");
    if (o.means == ANSWER && is_field && toc_token_is(&t[o.end + 1], "option"))
        return (outcome){OPTION, o.id, o.end + 2};
    if (is_field || toc_token_is(&t[o.end], ":") || toc_token_is(&t[o.end], "["))
        o.means = NOTHING;
    return o;
}

// The same, whatever is taken from it.
static outcome read_answer(const reader *r, size_t i)
{
    const toc_token *t = r->f->at;
    outcome o = read_call(r, i);
    for (size_t n = r->count; o.means == NOTHING && n-- > 0;) {
        const binding *b = &r->bound[n];
        if (b->name->len != t[i].len || memcmp(b->name->start, t[i].start, t[i].len) != 0)
            continue;
        o = (outcome){b->means, b->id, i + 1};
        break;
    }
    return o;
}

static outcome read_call(const reader *r, size_t i)
{
    const toc_token *t = r->f->at;
    bool is_answer =
        (toc_token_is(&t[i], "ask") || toc_token_is(&t[i], "decided")) && toc_uses_name(r->f, i);
    size_t name = i; // day.choice: of the module's field
    if (t[i].kind == TOC_TOKEN_NAME && toc_token_is(&t[i + 1], ".") &&
        t[i + 2].kind == TOC_TOKEN_NAME)
        name = i + 2;
    if (!is_answer && (t[name].kind != TOC_TOKEN_NAME || !has(r->helpers, &t[name])))
        return (outcome){0};
    const toc_token *id = toc_uses_argument(r->f, name);
    if (!id)
        return (outcome){0};
    bool has_brackets = toc_token_is(&t[name + 1], "(");
    if (has_brackets && !toc_token_is(&id[1], ")"))
        return (outcome){0};
    return (outcome){is_answer ? ANSWER : OPTION, id, name + 2 + 2 * has_brackets};
}

static bool is_comparison(const toc_token *t)
{
    return toc_token_is(t, "==") || toc_token_is(t, "~=");
}

// A field, an argument or a sign beside it: most words have none, and need no second look.
static bool may_compare(const toc_token *t, size_t i)
{
    const toc_token *next = &t[i + 1];
    return next->kind == TOC_TOKEN_TEXT || toc_token_is(next, ".") || toc_token_is(next, "(") ||
           is_comparison(next) || (i > 0 && is_comparison(&t[i - 1]));
}

static void compare(reader *r, size_t i)
{
    const toc_token *t = r->f->at;
    if (t[i].kind != TOC_TOKEN_NAME || !may_compare(t, i) || toc_token_is_keyword(&t[i]) ||
        (i > 0 && (toc_token_is(&t[i - 1], ".") || toc_token_is(&t[i - 1], ":"))))
        return;
    outcome o = read_outcome(r, i);
    if (o.means == NOTHING)
        note_field(r, i);
    if (o.means == ANSWER)
        note_compared(r, i, o);
    if (o.means != OPTION)
        return;
    if (is_comparison(&t[o.end]) && t[o.end + 1].kind == TOC_TOKEN_TEXT &&
        !toc_token_is(&t[o.end + 2], ".."))
        add(r, o.id, &t[o.end + 1]);
    if (i >= 3 && is_comparison(&t[i - 1]) && t[i - 2].kind == TOC_TOKEN_TEXT &&
        !toc_token_is(&t[i - 3], "..") && !toc_token_is(&t[o.end], ".."))
        add(r, o.id, &t[i - 2]);
}

static void add_answer(reader *r, const toc_token *t, bool is_compared)
{
    toc_uses *u = r->u;
    toc_answer_use use = {.is_compared = is_compared,
                          .name = toc_uses_keep(u, t->start, t->len),
                          .at = toc_use_at(r->f, t)};
    TOC_GROW(u->answers, u->answer_count, u->answer_capacity);
    u->answers[u->answer_count++] = use;
}

// answer == "close", "close" == answer; of a name only: calls are told without following anything.
static void note_compared(reader *r, size_t i, outcome o)
{
    const toc_token *t = r->f->at;
    bool is_before = is_comparison(&t[o.end]) && t[o.end + 1].kind == TOC_TOKEN_TEXT;
    bool is_behind = i >= 2 && is_comparison(&t[i - 1]) && t[i - 2].kind == TOC_TOKEN_TEXT &&
                     !toc_token_is(&t[o.end], "..");
    if (o.end == i + 1 && (is_before || is_behind))
        add_answer(r, &t[i], true);
}

// answer.FIELD, ask("D-01").FIELD
static void note_field(reader *r, size_t i)
{
    const toc_token *t = r->f->at;
    outcome o = read_answer(r, i);
    if (o.means == ANSWER && toc_token_is(&t[o.end], ".") && t[o.end + 1].kind == TOC_TOKEN_NAME)
        add_answer(r, &t[o.end + 1], false);
}

static void add(reader *r, const toc_token *id, const toc_token *option)
{
    toc_uses *u = r->u;
    if (!id->is_plain || !option->is_plain)
        return;
    toc_option_use use = {.decision = toc_uses_keep(u, id->start, id->len),
                          .option = toc_uses_keep(u, option->start, option->len),
                          .at = toc_use_at(r->f, option)};
    TOC_GROW(u->options, u->option_count, u->option_capacity);
    u->options[u->option_count++] = use;
}

// ---- helpers ---------------------------------------------------------------------------------------

void toc_uses_helpers(toc_map *helpers, const toc_uses_file *f)
{
    char name[NAME_LEN_MAX + 1];
    int64_t is_helper;
    for (size_t i = 0; i + 1 < f->count; i++) {
        const toc_token *t = &f->at[i];
        if (!toc_token_is(t, "function") || t[1].kind != TOC_TOKEN_NAME)
            continue;
        const toc_token *last = &t[1]; // function day.choice(id)
        while ((toc_token_is(&last[1], ".") || toc_token_is(&last[1], ":")) &&
               last[2].kind == TOC_TOKEN_NAME)
            last += 2;
        if (!copy(name, last))
            continue;
        // Where two functions have one name, both must be helpers.
        bool is_good = gives_option(f, (size_t)(last - f->at) + 1);
        if (toc_map_get(helpers, name, &is_helper) && !is_helper)
            is_good = false;
        toc_map_put(helpers, name, is_good);
    }
}

// (id) … decided(id) … .option … end, with no text that it could give instead.
static bool gives_option(const toc_uses_file *f, size_t i)
{
    bool asks = false, has_option = false;
    int depth = 1;
    for (; i + 1 < f->count && depth > 0; i++) {
        const toc_token *t = &f->at[i];
        if (t->kind == TOC_TOKEN_TEXT || t->kind == TOC_TOKEN_NUMBER || toc_token_is(t, "function"))
            return false;
        asks = asks || toc_token_is(t, "decided") || toc_token_is(t, "ask");
        has_option = has_option || (toc_token_is(t, ".") && toc_token_is(&t[1], "option"));
        depth += toc_token_is(t, "do") || toc_token_is(t, "then") || toc_token_is(t, "repeat");
        depth -= toc_token_is(t, "end") || toc_token_is(t, "until") || toc_token_is(t, "elseif");
    }
    return asks && has_option;
}
