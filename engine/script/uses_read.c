// SPDX-License-Identifier: MIT
//
// Reads the words of one file: which verbs are given which ids, in which storyline, when or on, and how
// early the code can come there. Blocks and brackets are followed on a stack, so that a wait in a branch
// counts in that branch only.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "moment.h"
#include "schema.h"
#include "uses.h"

enum { ID_LEN_MAX = TOC_ID_MAX };

static const char *const verbs[TOC_USE_COUNT] = {
    [TOC_USE_SEND] = "send",
    [TOC_USE_SENT] = "sent",
    [TOC_USE_ASK] = "ask",
    [TOC_USE_DECIDED] = "decided",
    [TOC_USE_READ] = "read",
    [TOC_USE_AWARE] = "aware",
    [TOC_USE_START_REPAIR] = "start_repair",
    [TOC_USE_ENTER_PHASE] = "enter_phase",
    [TOC_USE_MET] = "met",
    [TOC_USE_WAIT_UNTIL] = "wait_until",
    [TOC_USE_FINISH] = "finish",
    [TOC_USE_REPAIR] = "repair",
};

// What is open where the reader stands: a function, a branch or loop, a bracket.
typedef struct {
    bool is_bracket;
    int64_t earliest_ms; // where it was opened: what holds again behind it
} opener;

typedef struct {
    toc_uses *u;
    const toc_uses_file *f;
    opener *open;
    size_t open_count, open_capacity;
    int64_t earliest_ms;
    size_t block;         // TOC_NONE outside
    size_t block_from;    // its opening bracket
    size_t block_open;    // openers within it
    bool is_waiting;      // of a storyline: nothing happened in it yet
    bool is_certain;      // of a storyline: it comes here, and at earliest_ms
    bool is_conjunction;  // the condition of a when, and only what is joined by and
    size_t condition_end; // the word behind the condition
} reader;

static void read_word(reader *r, size_t i);
static bool is_call(const toc_token *t);
static void follow(reader *r, const toc_token *t);
static void open_one(reader *r, bool is_bracket);
static void close_one(reader *r);
static void begin_block(reader *r, size_t i);
static void read_condition(reader *r, size_t i);
static bool is_needed(const reader *r, size_t i, size_t behind);
static void read_uses(reader *r, size_t i, toc_use_verb verb);
static void add_use(reader *r, size_t i, toc_use_verb verb, const toc_token *id, size_t behind);
static void read_wait(reader *r, size_t i);
static void read_talk(reader *r, size_t i);
static bool is_value_used(const reader *r, size_t i, size_t behind);
static void mention(reader *r, size_t i);
static bool is_given_to(const reader *r, size_t i, bool is_verb);

void toc_uses_read(toc_uses *u, const toc_uses_file *f)
{
    reader r = {.u = u, .f = f, .block = TOC_NONE};
    for (size_t i = 0; i + 1 < f->count; i++) {
        if (r.block != TOC_NONE && i > r.block_from && r.open_count < r.block_open) {
            r.block = TOC_NONE;
            r.earliest_ms = 0;
        }
        read_word(&r, i);
    }
    free(r.open);
}

toc_use_place toc_use_at(const toc_uses_file *f, const toc_token *t)
{
    return (toc_use_place){f->path, t->line, t->column, t->width};
}

const toc_token *toc_uses_argument(const toc_uses_file *f, size_t i)
{
    const toc_token *t = &f->at[i + 1];
    if (t->kind == TOC_TOKEN_TEXT)
        return t;
    bool is_text = toc_token_is(t, "(") && t[1].kind == TOC_TOKEN_TEXT;
    return is_text && (toc_token_is(&t[2], ")") || toc_token_is(&t[2], ",")) ? &t[1] : NULL;
}

bool toc_uses_name(const toc_uses_file *f, size_t i)
{
    const toc_token *t = &f->at[i];
    char name[ID_LEN_MAX + 1];
    int64_t found;
    if (t->kind != TOC_TOKEN_NAME || t->len > ID_LEN_MAX ||
        (i > 0 && (toc_token_is(t - 1, ".") || toc_token_is(t - 1, ":"))))
        return false;
    memcpy(name, t->start, t->len);
    name[t->len] = '\0';
    return !toc_map_get(f->declared, name, &found);
}

static void read_word(reader *r, size_t i)
{
    const toc_token *t = &r->f->at[i];
    mention(r, i);
    follow(r, t);
    if (t->kind != TOC_TOKEN_NAME || toc_token_is_keyword(t))
        return;
    if (!toc_uses_name(r->f, i)) {
        r->is_waiting = r->is_waiting && !is_call(t);
        r->is_certain = r->is_certain && !is_call(t);
        return;
    }
    if (toc_token_is(t, "said"))
        read_talk(r, i);
    if (toc_token_is(t, "storyline") || toc_token_is(t, "when") || toc_token_is(t, "on")) {
        begin_block(r, i);
        return;
    }
    if (toc_token_is(t, "wait")) {
        read_wait(r, i);
        return;
    }
    for (toc_use_verb v = 0; v < TOC_USE_COUNT; v++)
        if (*t->start == *verbs[v] && toc_token_is(t, verbs[v])) {
            read_uses(r, i, v);
            // Nobody knows how long an answer takes, or when an inject was sent.
            r->is_certain = r->is_certain && v != TOC_USE_ASK && v != TOC_USE_ENTER_PHASE;
            return;
        }
    r->is_waiting = r->is_waiting && !is_call(t);
}

static bool is_call(const toc_token *t)
{
    return t[1].kind == TOC_TOKEN_TEXT || toc_token_is(&t[1], "(") || toc_token_is(&t[1], "{");
}

// ---- blocks ----------------------------------------------------------------------------------------

static void follow(reader *r, const toc_token *t)
{
    // Branches and loops: what comes after may come at another time, or never.
    r->is_certain = r->is_certain && !toc_token_is(t, "then") && !toc_token_is(t, "do") &&
                    !toc_token_is(t, "repeat") && !toc_token_is(t, "goto") &&
                    !toc_token_is(t, "return") && !toc_token_is(t, "and") && !toc_token_is(t, "or");
    if (t->kind == TOC_TOKEN_SYMBOL && t->len == 1) {
        if (*t->start == '(' || *t->start == '{' || *t->start == '[')
            open_one(r, true);
        else if (*t->start == ')' || *t->start == '}' || *t->start == ']')
            close_one(r);
        return;
    }
    if (toc_token_is(t, "function") || toc_token_is(t, "do") || toc_token_is(t, "then") ||
        toc_token_is(t, "repeat")) {
        open_one(r, false);
    } else if (toc_token_is(t, "end") || toc_token_is(t, "until") || toc_token_is(t, "elseif")) {
        close_one(r);
    } else if (toc_token_is(t, "else")) {
        close_one(r);
        open_one(r, false);
    }
}

static void open_one(reader *r, bool is_bracket)
{
    TOC_GROW(r->open, r->open_count, r->open_capacity);
    r->open[r->open_count++] = (opener){is_bracket, r->earliest_ms};
}

// What was waited for in a function's argument or in a branch is not waited for behind it.
static void close_one(reader *r)
{
    if (r->open_count == 0)
        return;
    const opener *o = &r->open[--r->open_count];
    if (!o->is_bracket)
        r->earliest_ms = o->earliest_ms;
}

// storyline "NAME" (…), when(…, …), on("KIND", …)
static void begin_block(reader *r, size_t i)
{
    const toc_token *t = &r->f->at[i];
    const toc_token *next = t + 1;
    bool is_storyline = toc_token_is(t, "storyline");
    toc_block b = {.kind = is_storyline              ? TOC_SCENARIO_STORYLINE
                           : toc_token_is(t, "when") ? TOC_SCENARIO_WHEN
                                                     : TOC_SCENARIO_ON,
                   .at = toc_use_at(r->f, t)};
    if (r->block != TOC_NONE)
        return;
    if (is_storyline && next->kind == TOC_TOKEN_TEXT) {
        if (next->line == t->line)
            b.at.width = next->column + next->width - t->column;
        b.name = toc_uses_keep(r->u, next->start, next->len);
        next++;
    } else if (b.kind == TOC_SCENARIO_ON && toc_token_is(next, "(") &&
               next[1].kind == TOC_TOKEN_TEXT) {
        b.at = toc_use_at(r->f, &next[1]);
        b.name = toc_uses_keep(r->u, next[1].start, next[1].len);
    }
    if (!toc_token_is(next, "("))
        return;
    TOC_GROW(r->u->blocks, r->u->block_count, r->u->block_capacity);
    r->u->blocks[r->u->block_count] = b;
    r->block = r->u->block_count++;
    r->block_from = (size_t)(next - r->f->at);
    r->block_open = r->open_count + 1;
    r->is_waiting = r->is_certain = is_storyline;
    r->earliest_ms = 0;
    r->condition_end = 0;
    if (b.kind == TOC_SCENARIO_WHEN)
        read_condition(r, i + 2);
}

// function () return A and B and C end, without anything that could make it true otherwise.
static void read_condition(reader *r, size_t i)
{
    static const char *const head[] = {"function", "(", ")", "return"};
    const toc_token *t = r->f->at;
    r->is_conjunction = true;
    for (size_t n = 0; n < TOC_COUNT(head); n++, i++)
        if (i + 1 >= r->f->count || !toc_token_is(&t[i], head[n])) {
            r->is_conjunction = false;
            return;
        }
    for (; i + 1 < r->f->count && !toc_token_is(&t[i], "end"); i++)
        if (toc_token_is(&t[i], "or") || toc_token_is(&t[i], "not") ||
            toc_token_is(&t[i], "function"))
            r->is_conjunction = false;
    r->condition_end = i;
}

static bool is_needed(const reader *r, size_t i, size_t behind)
{
    const toc_token *t = r->f->at;
    if (r->block == TOC_NONE || i >= r->condition_end || !r->is_conjunction ||
        (!toc_token_is(&t[i - 1], "return") && !toc_token_is(&t[i - 1], "and")))
        return false;
    return toc_token_is(&t[behind], "and") || toc_token_is(&t[behind], "end") ||
           toc_token_is(&t[behind], ".") ||
           (toc_token_is(&t[behind], "~=") && toc_token_is(&t[behind + 1], "nil"));
}

// ---- verbs -----------------------------------------------------------------------------------------

static void read_uses(reader *r, size_t i, toc_use_verb verb)
{
    const toc_token *t = &r->f->at[i + 1];
    if (t->kind == TOC_TOKEN_TEXT) {
        add_use(r, i, verb, t, i + 2);
        return;
    }
    if (!toc_token_is(t, "(")) {
        // A key of a table is no use; whatever else names it may pass it on.
        if (!toc_token_is(t, "="))
            add_use(r, i, verb, NULL, i + 1);
        return;
    }
    size_t end = i + 2; // behind the closing bracket
    for (int depth = 1; depth > 0 && end + 1 < r->f->count; end++)
        depth += toc_token_is(&r->f->at[end], "(") - toc_token_is(&r->f->at[end], ")");
    t++;
    if (verb == TOC_USE_FINISH) {
        add_use(r, i, verb, NULL, end);
        return;
    }
    if ((verb == TOC_USE_READ || verb == TOC_USE_AWARE) && t->kind == TOC_TOKEN_TEXT &&
        toc_token_is(&t[1], ","))
        t += 2; // the team; the inject is what counts here
    for (;; t += 2) {
        bool is_id =
            t->kind == TOC_TOKEN_TEXT && (toc_token_is(&t[1], ",") || toc_token_is(&t[1], ")"));
        add_use(r, i, verb, is_id ? t : NULL, end);
        if (!is_id || verb != TOC_USE_ASK || !toc_token_is(&t[1], ","))
            return;
    }
}

static void add_use(reader *r, size_t i, toc_use_verb verb, const toc_token *id, size_t behind)
{
    toc_uses *u = r->u;
    bool is_plain = id && id->is_plain && id->len <= TOC_ID_MAX;
    toc_use use = {.verb = verb,
                   .id = is_plain ? toc_uses_keep(u, id->start, id->len) : NULL,
                   .at = toc_use_at(r->f, id ? id : &r->f->at[i]),
                   .block = r->block,
                   .is_first = r->is_waiting && r->open_count == r->block_open + 1,
                   .is_needed = is_needed(r, i, behind),
                   .is_used = is_value_used(r, i, behind)};
    if (verb == TOC_USE_REPAIR && id && id->line == r->f->at[i].line) {
        use.at.column = r->f->at[i].column;
        use.at.width = id->column + id->width - use.at.column;
    }
    toc_moment m;
    if (verb == TOC_USE_WAIT_UNTIL && use.id &&
        toc_moment_parse(use.id, r->f->startex, false, &m, NULL) == TOC_OK) {
        use.wait = m.kind;
        use.wait_ms = m.ms;
        if (m.kind == TOC_AT_PLAY && m.ms > r->earliest_ms)
            r->earliest_ms = m.ms;
    }
    // A moment that is past does not wait; one that is none is not known.
    r->is_certain = r->is_certain && (verb != TOC_USE_WAIT_UNTIL || use.wait == TOC_AT_PLAY);
    use.is_certain = r->is_certain && r->block != TOC_NONE && r->open_count == r->block_open + 1;
    use.earliest_ms = r->earliest_ms;
    r->is_waiting = false;
    if (!is_plain)
        u->is_open[verb] = true;
    TOC_GROW(u->at, u->count, u->capacity);
    u->at[u->count++] = use;
}

static void read_wait(reader *r, size_t i)
{
    const toc_token *t = toc_uses_argument(r->f, i);
    char text[ID_LEN_MAX + 1];
    toc_span span;
    bool is_certain = r->is_certain;
    r->is_waiting = r->is_certain = false;
    if (!t || !t->is_plain || t->len > ID_LEN_MAX)
        return;
    memcpy(text, t->start, t->len);
    text[t->len] = '\0';
    if (toc_span_parse(text, &span, NULL) != TOC_OK || span.is_story ||
        span.ms >= TOC_MS_MAX - r->earliest_ms)
        return;
    r->earliest_ms += span.ms;
    r->is_certain = is_certain;
}

static void read_talk(reader *r, size_t i)
{
    const toc_token *t = &r->f->at[i];
    if (!toc_token_is(&t[1], "(") || t[2].kind != TOC_TOKEN_TEXT || !toc_token_is(&t[3], ",") ||
        t[4].kind != TOC_TOKEN_TEXT || !toc_token_is(&t[5], ")") || !t[2].is_plain ||
        !t[4].is_plain)
        return;
    toc_talk_use use = {.from = toc_uses_keep(r->u, t[2].start, t[2].len),
                        .to = toc_uses_keep(r->u, t[4].start, t[4].len),
                        .at = toc_use_at(r->f, t)};
    if (t[5].line == t->line)
        use.at.width = t[5].column + 1 - t->column;
    TOC_GROW(r->u->talks, r->u->talk_count, r->u->talk_capacity);
    r->u->talks[r->u->talk_count++] = use;
}

// A call that is a statement of its own gives its value to nobody.
static bool is_value_used(const reader *r, size_t i, size_t behind)
{
    static const char *const before[] = {"return", "and",   "or",     "not", "if",
                                         "while",  "until", "elseif", "in"};
    const toc_token *t = r->f->at;
    if (i == 0)
        return false;
    for (size_t n = 0; n < TOC_COUNT(before); n++)
        if (toc_token_is(&t[i - 1], before[n]))
            return true;
    if (t[i - 1].kind == TOC_TOKEN_SYMBOL && !toc_token_is(&t[i - 1], ")") &&
        !toc_token_is(&t[i - 1], "}") && !toc_token_is(&t[i - 1], "]") &&
        !toc_token_is(&t[i - 1], ";"))
        return true;
    return toc_token_is(&t[behind], ".") || toc_token_is(&t[behind], "[") ||
           toc_token_is(&t[behind], ":");
}

// ---- mentions --------------------------------------------------------------------------------------

// Any text or name may be an id on its way to a verb. Not those that a verb or a declaration has.
static void mention(reader *r, size_t i)
{
    const toc_token *t = &r->f->at[i];
    char word[ID_LEN_MAX + 1];
    if ((t->kind != TOC_TOKEN_TEXT && t->kind != TOC_TOKEN_NAME) || t->len == 0 ||
        t->len > ID_LEN_MAX || memchr(t->start, ' ', t->len))
        return;
    memcpy(word, t->start, t->len);
    word[t->len] = '\0';
    if (t->kind == TOC_TOKEN_TEXT && is_given_to(r, i, false))
        return;
    bool is_end = i > 0 && toc_token_is(t - 1, "..");
    char *percent = t->kind == TOC_TOKEN_TEXT ? strchr(word, '%') : NULL;
    if (t->kind == TOC_TOKEN_NAME || (!percent && !is_end && !toc_token_is(&t[1], ".."))) {
        if (t->kind == TOC_TOKEN_NAME || !is_given_to(r, i, true))
            toc_map_put(r->u->mentioned, word, 1);
        return;
    }
    if (percent)
        *percent = '\0';
    if (!*word)
        return; // "%s-%d" could be anything, and is nobody's way of writing an id
    TOC_GROW(r->u->pieces, r->u->piece_count, r->u->piece_capacity);
    r->u->pieces[r->u->piece_count++] =
        (toc_uses_piece){toc_uses_keep(r->u, word, strlen(word)), is_end};
}

// Is the text at i what a declaration, or else a verb, is first given?
static bool is_given_to(const reader *r, size_t i, bool is_verb)
{
    const toc_token *t = r->f->at;
    if (i == 0 || (!toc_token_is(&t[i - 1], "(") && t[i - 1].kind != TOC_TOKEN_NAME))
        return false;
    size_t word = t[i - 1].kind == TOC_TOKEN_NAME ? i - 1 : i >= 2 ? i - 2 : i;
    if (!toc_uses_name(r->f, word))
        return false;
    for (toc_use_verb v = 0; is_verb && v < TOC_USE_COUNT; v++)
        if (toc_token_is(&t[word], verbs[v]))
            return true;
    for (toc_decl k = 0; !is_verb && k < TOC_DECL_COUNT; k++)
        if (toc_token_is(&t[word], toc_schema(k)->name))
            return true;
    return false;
}
