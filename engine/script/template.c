// SPDX-License-Identifier: MIT
// What stands in double braces in an inject's text: {{story}}, {{now}}, {{decided D-01}}, {{level
// grid.north}} … What a text function gives is filled in too; what players said never is, because scripts get
// it without double braces (toc_query_push_words).

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "host.h"
#include "language.h"
#include "world/words.h"

typedef struct {
    const char *start, *end; // with the braces
    int line;                // in its text
    char word[TOC_LINE_TEXT_MAX];
    char id[TOC_ID_MAX + 1]; // after the word
    bool is_good;
} field;

static const toc_placeholder *find_word(const char *word);
static void add_form(const toc_scenario *s, const toc_placeholder *p, toc_buf *out);
static const char *find_alias(const char *word);
static toc_decl kind_of(const toc_placeholder *p);
static const char *noun_of(const toc_placeholder *p);
static bool next_field(const char *from, int *line, field *f);
static void read_field(field *f);
static void report_field(toc_scenario *s, const toc_draft *d, const char *text, const field *f,
                         const char *why);
static const char *say_help(const toc_scenario *s, const toc_draft *d, const field *f,
                            char help[TOC_UNKNOWN_MAX], char meant[TOC_LINE_TEXT_MAX]);
static bool check_field(const toc_scenario *s, const field *f, char why[TOC_UNKNOWN_MAX]);
static void fill_field(const toc_scenario *s, toc_exercise *x, const field *f, toc_buf *out);
static void fill_decided(const toc_scenario *s, toc_exercise *x, size_t decision, toc_buf *out);

void toc_template_check(toc_scenario *s, const toc_draft *d, const char *text)
{
    field f;
    int line = 1;
    char why[TOC_UNKNOWN_MAX];
    for (const char *p = text; next_field(p, &line, &f); p = f.end)
        if (!check_field(s, &f, why))
            report_field(s, d, text, &f, why);
}

// In the file that the text came from, or where it stands in the declaration.
static void report_field(toc_scenario *s, const toc_draft *d, const char *text, const field *f,
                         const char *why)
{
    char inside[TOC_LINE_TEXT_MAX] = "{{";
    char help[TOC_UNKNOWN_MAX];
    size_t len = (size_t)(f->end - f->start);
    bool is_closed = f->end[-1] == '}';
    toc_where at = toc_where_value("text");
    if (is_closed && len < sizeof inside)
        snprintf(inside, sizeof inside, "%.*s", (int)len, f->start);
    for (const char *p = strstr(text, inside); p && p < f->start; p = strstr(p + 1, inside))
        at.inside_nth++;
    at.inside = inside;
    char meant[TOC_LINE_TEXT_MAX] = "";
    const char *code = say_help(s, d, f, help, meant);
    if (!code)
        return;
    const toc_file *origin = toc_template_origin(s, text);
    toc_problem *problem;
    toc_spot spot;
    if (origin) {
        toc_locate_bytes(origin, (size_t)(f->start - text), strlen(inside), &spot);
        problem = toc_problem_at(toc_problems_add(&s->problems, code, origin->path, spot.line,
                                                  "%s (the text of %s)", why, d->id),
                                 spot.column, spot.width);
    } else {
        problem = toc_draft_problem(s, d, code, at, "text: %s", why);
    }
    toc_problem_help(problem, *meant ? "did you mean %s?" : "%s", *meant ? meant : help);
    if (*meant && origin)
        toc_problem_fix(problem, "%s", meant);
    else if (*meant)
        toc_draft_fix(s, problem, "%s", meant);
}

// The code and what to do; NULL: what it names may stand behind the place where a file broke off.
static const char *say_help(const toc_scenario *s, const toc_draft *d, const field *f,
                            char help[TOC_UNKNOWN_MAX], char meant[TOC_LINE_TEXT_MAX])
{
    const char *names[16];
    char ids[300];
    size_t count;
    int64_t found;
    toc_buf forms = {0};
    const toc_placeholder *rows = toc_language_placeholders(&count);
    for (size_t n = 0; n < count && n < TOC_COUNT(names); n++)
        names[n] = rows[n].word;
    const toc_placeholder *row = find_word(f->word);
    bool is_known = f->end[-1] == '}' && f->is_good && row;
    const char *near = f->is_good ? toc_text_near(f->word, names, count) : NULL;
    near = near || !f->is_good ? near : find_alias(f->word);
    for (size_t n = 0; n < count; n++) {
        toc_buf_str(&forms, n ? ", " : "there are: ");
        add_form(s, &rows[n], &forms);
    }
    if (!is_known && near && f->end[-1] == '}')
        snprintf(meant, TOC_LINE_TEXT_MAX, "{{%s%s%s}}", near, *f->id ? " " : "", f->id);
    else if (f->end[-1] != '}')
        snprintf(help, TOC_UNKNOWN_MAX, "write }} behind it, or { alone where braces are meant");
    else if (!is_known)
        snprintf(help, TOC_UNKNOWN_MAX, "%s", toc_buf_text(&forms));
    else if (!row->refers)
        snprintf(help, TOC_UNKNOWN_MAX, "write {{%s}}", f->word);
    toc_buf_clear(&forms);
    if (is_known)
        add_form(s, row, &forms);
    if (is_known && row->refers) {
        near = f->id[0] ? toc_near_id(s, d, row->refers, f->id) : NULL;
        if (near)
            snprintf(meant, TOC_LINE_TEXT_MAX, "{{%.40s %.60s}}", f->word, near);
        else
            snprintf(help, TOC_UNKNOWN_MAX, "write it like {{%s}}; %s", toc_buf_text(&forms),
                     toc_say_ids(s, d, row->refers, noun_of(row), NULL, ids, sizeof ids));
    }
    toc_buf_fini(&forms);
    if (!is_known || !row->refers || !f->id[0])
        return "E0222";
    return toc_map_get(s->ids, f->id, &found) ? "E0215" : s->is_partial ? NULL : "E0214";
}

static const toc_placeholder *find_word(const char *word)
{
    size_t count;
    const toc_placeholder *rows = toc_language_placeholders(&count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].word, word) == 0)
            return &rows[i];
    return NULL;
}

// What planners would call it.
static const char *find_alias(const char *word)
{
    static const char *const others[][2] = {
        {"time", "clock"},  {"uhrzeit", "clock"},  {"zeit", "clock"},       {"date", "story"},
        {"datum", "story"}, {"answer", "decided"}, {"decision", "decided"}, {"why", "because"}};
    for (size_t i = 0; i < TOC_COUNT(others); i++)
        if (strcasecmp(others[i][0], word) == 0)
            return others[i][1];
    return NULL;
}

static toc_decl kind_of(const toc_placeholder *p)
{
    toc_decl kind = 0;
    while (kind + 1 < TOC_DECL_COUNT && !(p->refers & TOC_BIT(kind)))
        kind++;
    return kind;
}

static const char *noun_of(const toc_placeholder *p)
{
    return toc_schema_noun(kind_of(p));
}

// With an id of this scenario, if it has one.
static void add_form(const toc_scenario *s, const toc_placeholder *p, toc_buf *out)
{
    for (size_t i = 0; p->refers && i < s->draft_count; i++)
        if (s->drafts[i]->has_id && p->refers & TOC_BIT(s->drafts[i]->kind)) {
            toc_buf_printf(out, "%s %s", p->word, s->drafts[i]->id);
            return;
        }
    toc_buf_str(out, p->form);
}

toc_err toc_template_fill(const toc_scenario *s, toc_exercise *x, const char *where,
                          const char *text, toc_buf *out, toc_error *e)
{
    field f;
    int line = 1;
    char why[TOC_UNKNOWN_MAX];
    const char *p = text;
    for (; next_field(p, &line, &f); p = f.end) {
        if (!check_field(s, &f, why))
            return toc_fail(e, TOC_ESCENARIO, "%s: %s", where, why);
        toc_buf_add(out, p, (size_t)(f.start - p));
        fill_field(s, x, &f, out);
    }
    toc_buf_str(out, p);
    // What was filled in may be a player's own words, and many times over.
    if (out->len > TOC_PLAIN_TEXT_MAX)
        return toc_fail(e, TOC_ESCENARIO,
                        "%s: its text is longer than 16 KiB when its {{…}} are filled in", where);
    return TOC_OK;
}

static bool next_field(const char *from, int *line, field *f)
{
    const char *start = strstr(from, "{{");
    if (!start)
        return false;
    for (const char *p = from; p < start; p++)
        *line += *p == '\n';
    const char *end = strstr(start, "}}");
    *f = (field){.start = start, .end = end ? end + 2 : start + strlen(start), .line = *line};
    if (end)
        read_field(f);
    for (const char *p = f->start; p < f->end; p++)
        *line += *p == '\n';
    return true;
}

static void read_field(field *f)
{
    const char *start = f->start + 2;
    const char *end = f->end - 2;
    while (start < end && *start == ' ')
        start++;
    while (end > start && end[-1] == ' ')
        end--;
    size_t len = (size_t)(end - start);
    if (len >= sizeof f->word)
        return;
    memcpy(f->word, start, len);
    f->is_good = true;
    char *space = strchr(f->word, ' ');
    if (!space)
        return;
    const char *id = space + strspn(space, " ");
    *space = '\0';
    f->is_good = strlen(id) <= TOC_ID_MAX && !strchr(id, ' ');
    if (f->is_good)
        memcpy(f->id, id, strlen(id) + 1);
}

static bool check_field(const toc_scenario *s, const field *f, char why[TOC_UNKNOWN_MAX])
{
    char quote[TOC_QUOTE_SIZE];
    const toc_placeholder *row = find_word(f->word);
    int64_t other;
    if (f->end[-1] != '}') {
        snprintf(why, TOC_UNKNOWN_MAX, "{{ is not closed by }}");
    } else if (!f->is_good) {
        snprintf(why, TOC_UNKNOWN_MAX, "{{…}} holds what cannot be filled");
    } else if (!row) {
        snprintf(why, TOC_UNKNOWN_MAX, "{{…}} does not know %s", toc_text_quote(quote, f->word));
    } else if (!row->refers && f->id[0]) {
        snprintf(why, TOC_UNKNOWN_MAX, "{{%s}} stands alone", f->word);
    } else if (!row->refers) {
        return true;
    } else if (!f->id[0]) {
        snprintf(why, TOC_UNKNOWN_MAX, "{{%s}} wants a %s's id", f->word, noun_of(row));
    } else if (toc_host_find(s, kind_of(row), f->id) == TOC_NONE) {
        const char *noun = noun_of(row);
        toc_text_quote(quote, f->id);
        if (toc_map_get(s->ids, f->id, &other))
            snprintf(why, TOC_UNKNOWN_MAX, "{{%s}}: %s is of kind %s, not %s", f->word, quote,
                     toc_schema_noun(s->drafts[other]->kind), noun);
        else
            snprintf(why, TOC_UNKNOWN_MAX, "{{%s}}: unknown %s %s", f->word, noun, quote);
    } else {
        return true;
    }
    return false;
}

static void fill_field(const toc_scenario *s, toc_exercise *x, const field *f, toc_buf *out)
{
    int64_t now = toc_exercise_now(x);
    size_t service = toc_host_find(s, TOC_DECL_SERVICE, f->id);
    if (strcmp(f->word, "now") == 0)
        toc_play_text(out, now);
    else if (strcmp(f->word, "story") == 0)
        toc_story_text(out, toc_exercise_story(x, now));
    else if (strcmp(f->word, "clock") == 0)
        toc_story_clock_text(out, toc_exercise_story(x, now));
    else if (strcmp(f->word, "decided") == 0)
        fill_decided(s, x, toc_host_find(s, TOC_DECL_DECISION, f->id), out);
    else if (strcmp(f->word, "level") == 0)
        toc_percent_text(out, toc_world_level(toc_query_world(x), service));
    else if (strcmp(f->word, "because") == 0)
        toc_because_text(out, toc_query_world(x), service);
    else if (strcmp(f->word, "outlook") == 0)
        toc_world_outlook_text(x, service, out);
    else
        toc_buf_printf(out, "%lld", (long long)toc_query_lost_hours(x, service));
}

// The words of the option that was chosen, or of the answer, or "not decided".
static void fill_decided(const toc_scenario *s, toc_exercise *x, size_t decision, toc_buf *out)
{
    const toc_decision *d = &s->plan.decisions[decision];
    toc_decision_view view = toc_exercise_decision(x, decision);
    const char *words = view.text;
    if (view.state != TOC_DECISION_DECIDED && view.state != TOC_DECISION_OVERDUE)
        words = NULL;
    else
        for (size_t n = 0; view.option && n < d->option_count; n++)
            if (strcmp(d->options[2 * n], view.option) == 0)
                words = d->options[2 * n + 1];
    toc_buf_str(out, words ? words : "not decided");
}

// The file a text came from, so that a mistake in it is shown there. Texts lose their last newlines.
const toc_file *toc_template_origin(const toc_scenario *s, const char *text)
{
    size_t len = strlen(text);
    for (size_t i = 0; i < toc_files_count(s->files); i++) {
        const toc_file *f = toc_files_at(s->files, i);
        if (f->size >= len && memcmp(f->data, text, len) == 0 &&
            strspn(f->data + len, "\n") == f->size - len)
            return f;
    }
    return NULL;
}
