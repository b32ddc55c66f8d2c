// SPDX-License-Identifier: MIT
#include "script/locate.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tokens.h"

enum { HEAD_LINES = 8 }; // from a declaration's word to its table, at most

// The words of one file, and what in it could be a declaration.
typedef struct {
    char *path;
    const toc_file *file;
    toc_token *at; // the last is TOC_TOKEN_END
    size_t count, capacity;
    size_t *close; // of a bracket or block that opens: where it closes; of others: themselves
    size_t *heads; // words that are followed by a text, in their order
    size_t head_count, head_capacity;
} source;

struct toc_locator {
    const toc_files *files;
    source **sources;
    size_t count, capacity;
};

// One thing in a table: words from … to, both of them.
typedef struct {
    size_t key_from, key_to; // key_from > key_to: it has none
    size_t from, to;
} field;

static source *find_source(toc_locator *l, const char *path);
static void find_brackets(source *s);
static bool find_head(const source *s, const char *word, const char *id, int line, size_t nth,
                      size_t *head);
static bool find_where(const source *s, size_t head, const toc_where *w, toc_spot *out);
static bool find_field(const source *s, size_t table, const char *name, size_t number, field *out);
static bool is_table(const source *s, const field *f, size_t *table);
static void span(const source *s, size_t from, size_t to, toc_spot *out);
static void narrow(const source *s, size_t at, const toc_where *w, toc_spot *out);

toc_locator *toc_locator_new(const toc_files *files)
{
    toc_locator *l = toc_alloc(sizeof *l);
    l->files = files;
    return l;
}

void toc_locator_free(toc_locator *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < l->count; i++) {
        free(l->sources[i]->path);
        free(l->sources[i]->at);
        free(l->sources[i]->close);
        free(l->sources[i]->heads);
        free(l->sources[i]);
    }
    free(l->sources);
    free(l);
}

bool toc_locate(toc_locator *l, const char *file, int line, const char *word, const char *id,
                size_t nth, toc_where where, toc_spot *out)
{
    const source *s = find_source(l, file);
    size_t head;
    return s && find_head(s, word, id, line, nth, &head) && find_where(s, head, &where, out);
}

bool toc_locate_call(toc_locator *l, const char *file, int line, const char *word, int argument,
                     toc_spot *out)
{
    const source *s = find_source(l, file);
    size_t i = 0;
    while (s && i < s->count && (s->at[i].line < line || !toc_token_is(&s->at[i], word)))
        i++;
    if (!s || i >= s->count || s->at[i].line != line)
        return false;
    size_t from = i;
    if (argument > 0) {
        bool has_brackets = toc_token_is(&s->at[i + 1], "(");
        size_t end = has_brackets ? s->close[i + 1] : i + 2;
        from = has_brackets ? i + 2 : i + 1;
        for (int n = 1; n < argument && from < end; n++) {
            while (from < end && !toc_token_is(&s->at[from], ","))
                from = s->close[from] + 1;
            from++;
        }
        if (from >= end || s->at[from].kind == TOC_TOKEN_END)
            return false;
        for (i = from; s->close[i] + 1 < end && !toc_token_is(&s->at[s->close[i] + 1], ",");)
            i = s->close[i] + 1;
        i = s->close[i];
    }
    span(s, from, i, out);
    return true;
}

bool toc_locate_bytes(const toc_file *f, size_t offset, size_t len, toc_spot *out)
{
    if (offset > f->size)
        return false;
    *out = (toc_spot){.line = 1, .column = 1};
    for (size_t i = 0; i < offset; i++)
        if (f->data[i] == '\n') {
            out->line++;
            out->column = 1;
        } else {
            out->column += ((unsigned char)f->data[i] & 0xC0) != 0x80;
        }
    for (size_t i = offset; i < f->size && i - offset < len && f->data[i] != '\n'; i++)
        out->width += ((unsigned char)f->data[i] & 0xC0) != 0x80;
    out->width = out->width ? out->width : 1;
    return true;
}

static source *find_source(toc_locator *l, const char *path)
{
    for (size_t i = 0; i < l->count; i++)
        if (strcmp(l->sources[i]->path, path) == 0)
            return l->sources[i];
    const toc_file *f = toc_files_find(l->files, path);
    if (!f)
        return NULL;
    source *s = toc_alloc(sizeof *s);
    s->path = toc_strdup(path);
    s->file = f;
    toc_tokens tokens = {f->data, f->data + f->size, 1, NULL, 0, NULL};
    do {
        TOC_GROW(s->at, s->count, s->capacity);
        s->at[s->count++] = toc_tokens_next(&tokens);
    } while (s->at[s->count - 1].kind != TOC_TOKEN_END);
    find_brackets(s);
    for (size_t i = 0; i + 2 < s->count; i++) {
        size_t text = i + 1 + toc_token_is(&s->at[i + 1], "(");
        if (s->at[i].kind != TOC_TOKEN_NAME || s->at[text].kind != TOC_TOKEN_TEXT)
            continue;
        TOC_GROW(s->heads, s->head_count, s->head_capacity);
        s->heads[s->head_count++] = i;
    }
    TOC_GROW(l->sources, l->count, l->capacity);
    l->sources[l->count++] = s;
    return s;
}

// What was run has its brackets and blocks in order; in other files some close nothing.
static void find_brackets(source *s)
{
    static const char *const openers[] = {"(", "{", "[", "function", "if", "do", "repeat"};
    static const char *const closers[] = {")", "}", "]", "end", "until"};
    size_t *open = toc_alloc((s->count + 1) * sizeof *open);
    size_t depth = 0;
    s->close = toc_alloc((s->count + 1) * sizeof *s->close);
    for (size_t i = 0; i < s->count; i++) {
        bool is_field = i > 0 && toc_token_is(&s->at[i - 1], ".");
        s->close[i] = i;
        for (size_t n = 0; !is_field && n < TOC_COUNT(openers); n++)
            if (toc_token_is(&s->at[i], openers[n]))
                open[depth++] = i;
        for (size_t n = 0; !is_field && n < TOC_COUNT(closers); n++)
            if (depth > 0 && toc_token_is(&s->at[i], closers[n]))
                s->close[open[--depth]] = i;
    }
    free(open);
}

// ---- declarations ------------------------------------------------------------------------------------

static bool text_is(const toc_token *t, const char *text)
{
    return t->kind == TOC_TOKEN_TEXT && t->len == strlen(text) &&
           memcmp(t->start, text, t->len) == 0;
}

static size_t id_of(const source *s, size_t head)
{
    return head + 1 + toc_token_is(&s->at[head + 1], "(");
}

// Where the table of a declaration opens: inject "A" { … }, inject("A")({ … }); 0: it has none there.
static size_t table_of(const source *s, size_t head)
{
    size_t next = s->close[head + 1] + 1;
    next += next < s->count && toc_token_is(&s->at[next], "(");
    return next < s->count && toc_token_is(&s->at[next], "{") && s->close[next] > next ? next : 0;
}

// Lua tells the line of the word, of its text or of the brace, depending on its version.
static bool find_head(const source *s, const char *word, const char *id, int line, size_t nth,
                      size_t *head)
{
    size_t low = 0;
    size_t high = s->head_count;
    size_t found = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->at[s->heads[middle]].line < line - HEAD_LINES)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < s->head_count && s->at[s->heads[low]].line <= line && found <= nth; low++) {
        size_t i = s->heads[low];
        bool is_whole = id_of(s, i) == i + 1 || s->close[i + 1] == id_of(s, i) + 1;
        if (!is_whole || !text_is(&s->at[id_of(s, i)], id) || !toc_token_is(&s->at[i], word))
            continue;
        size_t table = table_of(s, i);
        if (s->at[table ? table : id_of(s, i)].line < line)
            continue;
        *head = i;
        found++;
    }
    return found > 0;
}

static bool find_where(const source *s, size_t head, const toc_where *w, toc_spot *out)
{
    size_t table = table_of(s, head);
    size_t id = id_of(s, head);
    field f;
    span(s, w->kind == TOC_WHERE_ID ? id : head, s->close[head + 1] > id ? s->close[head + 1] : id,
         out);
    if (w->kind == TOC_WHERE_ID)
        span(s, id, id, out);
    if (!table || (!w->key && !w->item) || !find_field(s, table, w->key, w->key ? 0 : w->item, &f))
        return true;
    if (w->key && w->item && is_table(s, &f, &table)) {
        // The entry as a whole, where what is wrong in it cannot be found.
        bool is_found = find_field(s, table, NULL, w->item, &f);
        if (is_found && (w->inner || w->inner_item) && is_table(s, &f, &table))
            find_field(s, table, w->inner, w->inner_item, &f);
    }
    if (w->kind == TOC_WHERE_KEY && f.key_from <= f.key_to) {
        span(s, f.key_from, f.key_to, out);
        return true;
    }
    span(s, f.from, f.to, out);
    if (w->inside && f.from == f.to)
        narrow(s, f.from, w, out);
    return true;
}

// ---- tables ----------------------------------------------------------------------------------------

static bool is_named(const source *s, const field *f, const char *name)
{
    if (f->key_from > f->key_to)
        return false;
    if (f->key_from < f->key_to) // ["name"] = …
        return f->key_to == f->key_from + 2 && text_is(&s->at[f->key_from + 1], name);
    return toc_token_is(&s->at[f->key_from], name);
}

// Where a comma was forgotten, and put there for the reading: name = behind a value, or two values without
// anything between them. at is not the first word of a value.
static bool begins_field(const source *s, size_t at)
{
    const toc_token *t = &s->at[at];
    bool is_value = t->kind == TOC_TOKEN_TEXT || t->kind == TOC_TOKEN_NUMBER;
    bool was_value = t[-1].kind == TOC_TOKEN_TEXT || t[-1].kind == TOC_TOKEN_NUMBER;
    return (t->kind == TOC_TOKEN_NAME && toc_token_is(t + 1, "=")) || (is_value && was_value);
}

// The field of this name, or of this number among those without one. Of equals the last, as in Lua.
static bool find_field(const source *s, size_t table, const char *name, size_t number, field *out)
{
    bool is_found = false;
    size_t end = s->close[table];
    size_t passed = 0;
    for (size_t i = table + 1; i < end; i++) {
        field f = {.key_from = 1, .key_to = 0, .from = i};
        size_t after = s->close[i] + 1;
        bool is_key = s->at[i].kind == TOC_TOKEN_NAME || toc_token_is(&s->at[i], "[");
        if (is_key && toc_token_is(&s->at[after], "="))
            f = (field){.key_from = i, .key_to = after - 1, .from = after + 1};
        else
            passed++;
        bool is_wanted = name ? is_named(s, &f, name) : f.key_from > f.key_to && passed == number;
        for (i = f.from;
             i < end && !toc_token_is(&s->at[i], ",") && !toc_token_is(&s->at[i], ";");) {
            i = s->close[i] + 1;
            if (i < end && begins_field(s, i))
                break;
        }
        f.to = i - 1;
        bool is_gap = i < end && !toc_token_is(&s->at[i], ",") && !toc_token_is(&s->at[i], ";");
        i -= is_gap; // what comes next is a field of its own
        if (f.from <= f.to && is_wanted) {
            *out = f;
            is_found = true;
        }
    }
    return is_found;
}

static bool is_table(const source *s, const field *f, size_t *table)
{
    *table = f->from;
    return toc_token_is(&s->at[f->from], "{") && s->close[f->from] == f->to && f->to > f->from;
}

// ---- columns ---------------------------------------------------------------------------------------

// As far as it goes on the line on which it begins.
static void span(const source *s, size_t from, size_t to, toc_spot *out)
{
    const toc_token *first = &s->at[from];
    const toc_token *last = &s->at[to];
    bool is_literal = from == to && (first->kind == TOC_TOKEN_NUMBER ||
                                     first->kind == TOC_TOKEN_NAME || first->is_plain);
    while (last > first && last->line > first->line)
        last--;
    *out = (toc_spot){.line = first->line,
                      .column = first->column,
                      .width = last->column + last->width - first->column,
                      .is_literal = is_literal};
    out->width = out->width > 0 ? out->width : 1;
}

// To some of the characters of a text.
static void narrow(const source *s, size_t at, const toc_where *w, toc_spot *out)
{
    const toc_token *t = &s->at[at];
    size_t len = strlen(w->inside);
    size_t nth = w->inside_nth;
    if (t->kind != TOC_TOKEN_TEXT || len == 0)
        return;
    for (const char *p = t->start; p + len <= t->start + t->len; p++)
        if (memcmp(p, w->inside, len) == 0 && nth-- == 0) {
            toc_locate_bytes(s->file, (size_t)(p - s->file->data), len, out);
            out->is_literal = t->is_plain;
            return;
        }
}
