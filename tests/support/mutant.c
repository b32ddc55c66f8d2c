// SPDX-License-Identifier: MIT
#include "mutant.h"

#include <check.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

// The files as they are looked at, line by line.
typedef struct {
    mutants *out;
    const toc_files *files;
    const char *plans;
    const toc_file *file;
    const char **lines; // of the file; lines[count] is its end
    size_t count, capacity;
    size_t head;    // the line at the left edge that the present one belongs to
    char id[64];    // of the declaration there, "" for others
    bool is_branch; // it is a storyline, a when, an on, or a function that a when asks
    bool is_options;
} look;

static void look_at(look *l);
static void of_line(look *l, size_t n);
static void begin_block(look *l, size_t n);
static void renamed(look *l, size_t n);
static void deleted(look *l, size_t n);
static void late(look *l, size_t n);
static void reversed(look *l, size_t n);

const char *mutant_kind_name(mutant_kind k)
{
    static const char *const names[] = {"renamed", "option deleted", "reversed", "after ENDEX"};
    return names[k];
}

// Is it Lua of the scenario's own?
static bool is_source(const toc_file *f)
{
    size_t len = strlen(f->path);
    return len > 4 && strcmp(f->path + len - 4, ".lua") == 0 && strncmp(f->path, "tocsin/", 7) != 0;
}

void mutants_of(mutants *out, const toc_files *files, const char *plans)
{
    for (size_t i = 0; i < toc_files_count(files); i++) {
        const toc_file *f = toc_files_at(files, i);
        if (!is_source(f))
            continue;
        look l = {.out = out, .files = files, .plans = plans, .file = f};
        look_at(&l);
        for (size_t n = 0; n < l.count; n++)
            of_line(&l, n);
        free(l.lines);
    }
}

void mutants_fini(mutants *m)
{
    for (size_t i = 0; i < m->count; i++) {
        mutant *one = &m->at[i];
        for (size_t k = 0; k < one->name_count; k++)
            free(one->names[k]);
        free(one->names);
        free(one->file);
        free(one->text);
        free(one->before);
        free(one->after);
    }
    free(m->at);
    *m = (mutants){0};
}

static void look_at(look *l)
{
    const char *at = l->file->data;
    for (;;) {
        TOC_GROW(l->lines, l->count, l->capacity);
        l->lines[l->count] = at;
        if (*at == '\0')
            break;
        l->count++;
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
}

static size_t line_len(const look *l, size_t n)
{
    return strcspn(l->lines[n], "\n");
}

static char *line_text(const look *l, size_t n)
{
    return toc_strndup(l->lines[n], line_len(l, n));
}

static size_t indent_of(const look *l, size_t n)
{
    return strspn(l->lines[n], " ");
}

static bool begins(const look *l, size_t n, const char *what)
{
    return strncmp(l->lines[n] + indent_of(l, n), what, strlen(what)) == 0;
}

// ---- making one -----------------------------------------------------------------------------------

static void add_name(mutant *m, const char *name, size_t len)
{
    if (len == 0)
        return;
    TOC_GROW(m->names, m->name_count, m->name_capacity);
    m->names[m->name_count++] = toc_strndup(name, len);
}

// Every text in quotes on these lines.
static void add_quoted(mutant *m, const look *l, size_t first, size_t last)
{
    for (const char *at = l->lines[first]; at < l->lines[last + 1]; at++)
        if (*at == '"') {
            size_t len = strcspn(at + 1, "\"\n");
            add_name(m, at + 1, len);
            at += len + 1;
        }
}

// In line n, len bytes from column become text.
static mutant *add(look *l, mutant_kind kind, size_t n, size_t column, size_t len, const char *text)
{
    mutants *out = l->out;
    TOC_GROW(out->at, out->count, out->capacity);
    mutant *m = &out->at[out->count++];
    *m = (mutant){.kind = kind, .line = (int)n + 1, .last_line = (int)n + 1, .len = len};
    m->file = toc_strdup(l->file->path);
    m->at = (size_t)(l->lines[n] - l->file->data) + column;
    m->text = toc_strdup(text);
    m->before = line_text(l, n);
    m->after = toc_sprintf("%.*s%s%s", (int)column, m->before, text, m->before + column + len);
    return m;
}

static void of_line(look *l, size_t n)
{
    if (begins(l, n, "--"))
        return;
    if (indent_of(l, n) == 0 && line_len(l, n) > 0 && !begins(l, n, "}") && !begins(l, n, "end"))
        begin_block(l, n);
    renamed(l, n);
    deleted(l, n);
    late(l, n);
    reversed(l, n);
}

// Is `local function NAME()` asked by a when(NAME, …)?
static bool is_asked(const look *l, const char *name, size_t len)
{
    char *call = toc_sprintf("when(%.*s,", (int)len, name);
    bool is = strstr(l->file->data, call) != NULL;
    free(call);
    return is;
}

static void begin_block(look *l, size_t n)
{
    static const char *const declared[] = {"inject \"", "decision \"", "expect \"", "branch("};
    const char *line = l->lines[n];
    static const char function[] = "local function ";
    l->head = n;
    l->id[0] = '\0';
    l->is_options = false;
    l->is_branch = begins(l, n, "storyline \"") || begins(l, n, "when(") || begins(l, n, "on(");
    if (begins(l, n, function)) {
        const char *name = line + sizeof function - 1;
        l->is_branch = is_asked(l, name, strcspn(name, "("));
    }
    for (size_t i = 0; i < TOC_COUNT(declared); i++) {
        if (!begins(l, n, declared[i]))
            continue;
        const char *id = line + strlen(declared[i]);
        bool is_number = declared[i][0] == 'b';
        snprintf(l->id, sizeof l->id, "%s%.*s", is_number ? "INJ-" : "",
                 (int)strcspn(id, is_number ? "," : "\""), id);
    }
}

// ---- the kinds -------------------------------------------------------------------------------------

// Does anything but its declaration name this inject: a script, another's time, an act or expectation of a plan?
static bool is_named_elsewhere(const look *l, const char *id)
{
    size_t len = strlen(id);
    for (size_t i = 0; i < toc_files_count(l->files); i++) {
        const toc_file *f = toc_files_at(l->files, i);
        if (!is_source(f))
            continue;
        for (const char *at = f->data; (at = strstr(at, id)); at += len)
            if (at > f->data && at[-1] == '"' && (at[len] == '"' || at[len] == ' ') &&
                !(at - f->data > 8 && strncmp(at - 8, "inject \"", 8) == 0))
                return true;
    }
    for (const char *at = l->plans; (at = strstr(at, id)); at += len)
        if (!isdigit((unsigned char)at[len]))
            return true;
    return false;
}

static void renamed(look *l, size_t n)
{
    mutant *m;
    if (n != l->head || strncmp(l->id, "INJ-", 4) != 0 || !is_named_elsewhere(l, l->id))
        return;
    if (begins(l, n, "inject \""))
        m = add(l, MUTANT_RENAMED, n, strlen("inject \"") + strlen(l->id), 0, "-b");
    else if (begins(l, n, "branch("))
        m = add(l, MUTANT_RENAMED, n, strlen("branch("), 0, "9");
    else
        return;
    add_name(m, l->id, strlen(l->id));
    if (begins(l, n, "branch(")) { // its text's file is called by its number
        char *file = toc_sprintf("inj-9%s", l->id + strlen("INJ-"));
        add_name(m, file, strlen(file));
        free(file);
    }
}

// Options stand each on a line of its own: { "word", "what it means" },
static void deleted(look *l, size_t n)
{
    const char *line = l->lines[n], *word;
    size_t skip = indent_of(l, n);
    if (begins(l, n, "options = {"))
        l->is_options = true;
    else if (begins(l, n, "}"))
        l->is_options = false;
    else if (l->is_options && begins(l, n, "{ \"")) {
        mutant *m = add(l, MUTANT_OPTION, n, skip, line_len(l, n) - skip, "");
        word = line + skip + strlen("{ \"");
        add_name(m, word, strcspn(word, "\""));
        add_name(m, l->id, strlen(l->id));
    }
}

static void late(look *l, size_t n)
{
    static const struct {
        const char *key, *time;
    } times[] = {{"at = \"", "T+99:00"}, {"within = \"", "99h"}, {"by = \"", "T+99:00"}};
    char *line = line_text(l, n);
    for (size_t i = 0; l->id[0] && i < TOC_COUNT(times); i++) {
        const char *at = strstr(line, times[i].key);
        if (!at || (at > line && at[-1] != ' '))
            continue;
        at += strlen(times[i].key);
        mutant *m = add(l, MUTANT_LATE, n, (size_t)(at - line), strcspn(at, "\""), times[i].time);
        add_name(m, l->id, strlen(l->id));
    }
    free(line);
}

// The line with which the block around line n ends.
static size_t block_end(const look *l, size_t n)
{
    while (n + 1 < l->count && !(indent_of(l, n) == 0 && begins(l, n, "end")))
        n++;
    return n;
}

// Up to which line something may be different when the condition on line n is.
static size_t branch_end(const look *l, size_t n)
{
    size_t indent = indent_of(l, n), end = n, block = block_end(l, n);
    bool has_ids = false;
    bool is_branch = begins(l, n, "if ") || begins(l, n, "elseif ");
    char *line = line_text(l, n);
    bool is_one = strstr(line, " end") != NULL, leaves = strstr(line, "return end") != NULL;
    bool is_closed = strstr(line, "end)") != NULL; // when(function … end, function () … end)
    free(line);
    if (indent == 0 && is_closed)
        return n;
    if (!is_branch || leaves)
        return block;
    if (is_one)
        return n;
    while (end + 1 < l->count && !(indent_of(l, end) == indent && begins(l, end, "end")))
        end++;
    for (size_t i = n + 1; i < end; i++) {
        if (begins(l, i, "return"))
            return block;
        has_ids = has_ids || memchr(l->lines[i], '"', line_len(l, i));
    }
    return has_ids ? end : block; // what it does to its variables shows later
}

// What the branch n to end decides on: what is quoted in it, and in the functions of this file that it calls.
static void add_branch(mutant *m, const look *l, size_t n, size_t end)
{
    static const char function[] = "local function ";
    char *branch = toc_strndup(l->lines[n], (size_t)(l->lines[end + 1] - l->lines[n]));
    m->last_line = (int)end + 1;
    add_quoted(m, l, n, end);
    add_name(m, l->id, strlen(l->id));
    for (size_t i = 0; i < l->count; i++) {
        if (strncmp(l->lines[i], function, sizeof function - 1) != 0)
            continue;
        const char *name = l->lines[i] + sizeof function - 1;
        char *call = toc_sprintf("%.*s(", (int)strcspn(name, "("), name);
        if (strstr(branch, call))
            add_quoted(m, l, i, block_end(l, i));
        free(call);
    }
    free(branch);
}

static void turn(look *l, size_t n, size_t column, size_t len, const char *text)
{
    mutant *m = add(l, MUTANT_REVERSED, n, column, len, text);
    add_branch(m, l, n, branch_end(l, n));
    if (begins(l, l->head, "local function")) { // the when that asks it is elsewhere
        const char *name = l->lines[l->head] + strlen("local function ");
        char *call = toc_sprintf("when(%.*s,", (int)strcspn(name, "("), name);
        size_t when = 0;
        while (when < l->count && strncmp(l->lines[when], call, strlen(call)) != 0)
            when++;
        add_quoted(m, l, when, branch_end(l, when));
        m->last_line = (int)branch_end(l, when) + 1;
        free(call);
    }
}

// The comparisons of one condition, which stands in its line from column to end, each turned round; the
// whole, where there is none.
static void turn_each(look *l, size_t n, size_t column, size_t end)
{
    static const char *const signs[][2] = {{" == ", " ~= "}, {" ~= ", " == "}, {" < ", " >= "},
                                           {" > ", " <= "},  {" <= ", " > "},  {" >= ", " < "}};
    bool has_any = false;
    for (size_t c = column; c < end; c++)
        for (size_t i = 0; i < TOC_COUNT(signs); i++)
            if (strncmp(l->lines[n] + c, signs[i][0], strlen(signs[i][0])) == 0) {
                turn(l, n, c, strlen(signs[i][0]), signs[i][1]);
                has_any = true;
            }
    if (has_any)
        return;
    char *text = toc_sprintf("not (%.*s)", (int)(end - column), l->lines[n] + column);
    turn(l, n, column, end - column, text);
    free(text);
}

static void reversed(look *l, size_t n)
{
    static const char *const marks[][2] = {{"if ", " then"},
                                           {"when(function () return ", " end"},
                                           {"met = function () return ", " end"},
                                           {"= choice ", " and "}};
    char *line = line_text(l, n);
    bool is_met = strncmp(l->lines[l->head], "expect ", 7) == 0;
    for (size_t i = 0; (l->is_branch || is_met) && i < TOC_COUNT(marks); i++)
        for (const char *at = line; (at = strstr(at, marks[i][0])); at++) {
            const char *from = at + strlen(marks[i][0]), *to = strstr(from, marks[i][1]);
            bool is_word = at == line || !isalnum((unsigned char)at[-1]) || i == 0;
            if (is_word && to)
                turn_each(l, n, (size_t)(from - line), (size_t)(to - line));
        }
    if (l->is_branch && indent_of(l, l->head) == 0 && begins(l, l->head, "local function") &&
        begins(l, n, "return "))
        turn_each(l, n, indent_of(l, n) + strlen("return "), strlen(line));
    free(line);
}

// ---- one by hand, and using them ------------------------------------------------------------------------

void mutant_of_line(mutants *out, const toc_files *files, mutant_kind kind, const char *file,
                    const char *find, const char *text)
{
    look l = {.out = out, .files = files, .plans = "", .file = toc_files_find(files, file)};
    ck_assert_msg(l.file, "no file %s", file);
    const char *at = strstr(l.file->data, find);
    ck_assert_msg(at && !strstr(at + 1, find), "%s: not once: %s", file, find);
    look_at(&l);
    for (size_t n = 0; n < l.count; n++) {
        if (indent_of(&l, n) == 0 && line_len(&l, n) > 0 && !begins(&l, n, "}") &&
            !begins(&l, n, "end"))
            begin_block(&l, n);
        if (at < l.lines[n] || at >= l.lines[n + 1])
            continue;
        mutant *m = add(&l, kind, n, (size_t)(at - l.lines[n]), strlen(find), text);
        size_t end = kind == MUTANT_REVERSED ? branch_end(&l, n) : n;
        add_name(m, l.id, strlen(l.id));
        if (kind == MUTANT_REVERSED)
            add_branch(m, &l, n, end);
        if (kind == MUTANT_OPTION)
            add_quoted(m, &l, n, n);
        break;
    }
    free(l.lines);
}

toc_files *mutant_files(const mutant *m, const toc_files *files)
{
    toc_files *copy = toc_files_new();
    for (size_t i = 0; i < toc_files_count(files); i++) {
        const toc_file *f = toc_files_at(files, i);
        if (strcmp(f->path, m->file) != 0) {
            toc_files_add(copy, f->path, f->data, f->size);
            continue;
        }
        toc_buf b = {0};
        toc_buf_add(&b, f->data, m->at);
        toc_buf_str(&b, m->text);
        toc_buf_add(&b, f->data + m->at + m->len, f->size - m->at - m->len);
        toc_files_add(copy, f->path, toc_buf_text(&b), b.len);
        toc_buf_fini(&b);
    }
    return copy;
}

bool mutant_is_named(const mutant *m, const char *text)
{
    for (size_t i = 0; i < m->name_count; i++) {
        size_t len = strlen(m->names[i]);
        for (const char *at = text; (at = strstr(at, m->names[i])); at++)
            if ((at == text || !isalnum((unsigned char)at[-1])) && !isalnum((unsigned char)at[len]))
                return true;
    }
    return false;
}
