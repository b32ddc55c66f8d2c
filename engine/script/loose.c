// SPDX-License-Identifier: MIT
// A value without a key behind another value: to = "ops", "media" wants braces, level = 99,5 a point.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "host.h"
#include "tokens.h"

enum { SHOWN_MAX = 40, LIST_MAX = 300 };

static bool say_list(toc_problem *problem, const toc_token *key, const toc_token *value);
static bool say_point(toc_problem *problem, const toc_token *key, const toc_token *value);

bool toc_loose_say(const toc_scenario *s, toc_problem *problem, const toc_schema_row *row)
{
    const toc_file *f = toc_files_find(s->files, problem->file);
    toc_token last[6] = {0}; // the newest last
    bool is_said = false;
    if (!f || problem->column == 0)
        return false;
    toc_tokens tokens = {f->data, f->data + f->size, 1, NULL, 0, NULL};
    for (;;) {
        memmove(&last[0], &last[1], 5 * sizeof *last);
        last[5] = toc_tokens_next(&tokens);
        if (last[5].kind == TOC_TOKEN_END || last[5].line > problem->line)
            return false;
        if (last[5].line == problem->line && last[5].column >= problem->column)
            break;
    }
    // key = value , this
    const toc_token *key = &last[1];
    const toc_schema_key *k = NULL;
    for (size_t i = 0; i < toc_schema_key_count(row); i++)
        if (key->kind == TOC_TOKEN_NAME && toc_token_is(key, row->keys[i].name))
            k = &row->keys[i];
    if (!k || !toc_token_is(&last[2], "=") || !toc_token_is(&last[4], ","))
        return false;
    if (last[3].kind == TOC_TOKEN_TEXT && (k->value == TOC_V_NAMES || k->value == TOC_V_PATHS))
        is_said = say_list(problem, key, &last[3]);
    else if (last[3].kind == TOC_TOKEN_NUMBER && last[5].kind == TOC_TOKEN_NUMBER)
        is_said = say_point(problem, key, &last[3]);
    return is_said;
}

// All texts that stand there one behind the other.
static bool say_list(toc_problem *problem, const toc_token *key, const toc_token *value)
{
    char list[LIST_MAX] = "";
    toc_tokens tokens = {value->begin, value->begin + strlen(value->begin), 1, NULL, 0, NULL};
    toc_token t = toc_tokens_next(&tokens);
    while (t.kind == TOC_TOKEN_TEXT && t.end - t.begin < SHOWN_MAX) {
        size_t len = strlen(list);
        if (len > LIST_MAX - 2 * SHOWN_MAX)
            break;
        snprintf(list + len, sizeof list - len, "%s%.*s", len ? ", " : "", (int)(t.end - t.begin),
                 t.begin);
        t = toc_tokens_next(&tokens);
        if (!toc_token_is(&t, ","))
            break;
        t = toc_tokens_next(&tokens);
    }
    toc_problem_label(problem, "one of several?");
    toc_problem_help(problem, "several stand in braces: %.*s = { %s }",
                     key->len < SHOWN_MAX ? (int)key->len : SHOWN_MAX, key->start, list);
    return true;
}

static bool say_point(toc_problem *problem, const toc_token *key, const toc_token *value)
{
    const toc_token *behind = value + 2;
    if (value->len + behind->len > SHOWN_MAX || key->len > SHOWN_MAX)
        return false;
    int whole = (int)value->len, rest = (int)behind->len;
    toc_problem_label(problem, "one number?");
    toc_problem_help(problem, "a number has a point, not a comma: %.*s = %.*s.%.*s%s%.*s%.*s",
                     (int)key->len, key->start, whole, value->start, rest, behind->start,
                     rest == 3 ? "; if thousands are meant, nothing: " : "", rest == 3 ? whole : 0,
                     value->start, rest == 3 ? rest : 0, behind->start);
    if (value->line == behind->line && value->line == problem->line) {
        toc_problem_at(problem, value->column, behind->column + behind->width - value->column);
        if (rest != 3)
            toc_problem_fix(problem, "%.*s.%.*s", whole, value->start, rest, behind->start);
    }
    return true;
}
