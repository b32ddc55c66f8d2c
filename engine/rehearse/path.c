// SPDX-License-Identifier: MIT
// Paths: what players do where a scenario leaves it to them, and how that is written.
#include "rehearse/path.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"

static int order_of(const toc_choice *a, const toc_choice *b);
static bool is_same_point(const toc_choice *a, const toc_choice *b);
static toc_err parse_choice(toc_path *out, const toc_plan *plan, const char *text, toc_error *e);
static toc_err parse_decision(toc_choice *c, const toc_plan *plan, const char *answer,
                              toc_error *e);
static toc_err parse_when(toc_choice *c, const char *id, const char *when, toc_error *e);
static toc_err parse_action(toc_choice *c, const toc_plan *plan, const char *answer, toc_error *e);
static toc_err parse_talk(toc_choice *c, const toc_plan *plan, char *who, const char *answer,
                          toc_error *e);
static toc_err refuse_point(const toc_plan *plan, const char *id, toc_error *e);
static toc_err refuse_answer(const toc_decision *d, const char *answer, toc_error *e);
static bool is_speaker(const toc_plan *plan, const char *id);
static size_t find_option(const toc_decision *d, const char *id);

// What is not an option of a decision. Where an option is called so, the longer word is used.
static const struct {
    const char *word, *longer;
    toc_answer answer;
} words[] = {
    {"none", "no-answer", TOC_ANSWER_NONE},
    {"own", "own-answer", TOC_ANSWER_OWN},
    {"rejected", "own-rejected", TOC_ANSWER_REJECTED},
};

toc_err toc_path_parse(toc_path *out, const toc_plan *plan, const char *text, toc_error *e)
{
    *out = (toc_path){0};
    toc_err err = TOC_OK;
    text += strspn(text, " ");
    if (strcmp(text, "default") == 0 || !*text)
        return TOC_OK;
    for (const char *at = text; at && !err;) {
        const char *end = strchr(at, ',');
        at += strspn(at, " ");
        size_t len = end ? (size_t)(end - at) : strlen(at);
        while (len > 0 && at[len - 1] == ' ')
            len--;
        char *one = toc_strndup(at, len);
        err = parse_choice(out, plan, one, e);
        free(one);
        at = end ? end + 1 : NULL;
    }
    if (err)
        toc_path_fini(out);
    return err;
}

static const char *id_of(const toc_plan *plan, const toc_choice *c)
{
    return c->kind == TOC_CHOICE_DECISION ? plan->decisions[c->index].id
                                          : plan->expectations[c->index].id;
}

static void write_answer(toc_buf *out, const toc_plan *plan, const toc_choice *c)
{
    if (c->kind != TOC_CHOICE_DECISION) {
        toc_buf_str(out, c->answer == TOC_ANSWER_LATE   ? "late"
                         : c->kind == TOC_CHOICE_ACTION ? "missed"
                                                        : "silent");
        return;
    }
    const toc_decision *d = &plan->decisions[c->index];
    toc_buf_str(out, c->answer == TOC_ANSWER_OPTION ? d->options[2 * c->option]
                                                    : toc_answer_word(d, c->answer));
    if (c->answer == TOC_ANSWER_NONE || c->when == TOC_WHEN_EARLY)
        return;
    if (c->when == TOC_WHEN_LATE) {
        toc_buf_str(out, "@late");
    } else {
        toc_buf_char(out, '@');
        toc_play_text(out, c->at);
    }
}

void toc_path_text(toc_buf *out, const toc_plan *plan, const toc_path *path)
{
    if (path->count == 0)
        toc_buf_str(out, "default");
    for (size_t i = 0; i < path->count; i++) {
        const toc_choice *c = &path->choices[i];
        if (i > 0)
            toc_buf_char(out, ',');
        if (c->kind == TOC_CHOICE_TALK)
            toc_buf_printf(out, "%s>%s=", c->from, c->to);
        else
            toc_buf_printf(out, "%s=", id_of(plan, c));
        write_answer(out, plan, c);
    }
}

const char *toc_answer_word(const toc_decision *d, toc_answer answer)
{
    size_t i = 0;
    while (i + 1 < TOC_COUNT(words) && words[i].answer != answer)
        i++;
    bool is_taken = find_option(d, words[i].word) < d->option_count;
    return is_taken ? words[i].longer : words[i].word;
}

static void copy_choice(toc_choice *to, const toc_choice *from)
{
    *to = *from;
    to->from = toc_strdup(from->from);
    to->to = toc_strdup(from->to);
}

static void fini_choice(toc_choice *c)
{
    free(c->from);
    free(c->to);
}

void toc_path_set(toc_path *path, const toc_choice *choice)
{
    toc_choice copy; // first: it may borrow from what it replaces
    copy_choice(&copy, choice);
    size_t i = 0;
    while (i < path->count && !is_same_point(&path->choices[i], choice) &&
           order_of(&path->choices[i], choice) <= 0)
        i++;
    if (i < path->count && is_same_point(&path->choices[i], choice)) {
        fini_choice(&path->choices[i]);
    } else {
        TOC_GROW(path->choices, path->count, path->capacity);
        memmove(path->choices + i + 1, path->choices + i, (path->count - i) * sizeof copy);
        path->count++;
    }
    path->choices[i] = copy;
}

const toc_choice *toc_path_find(const toc_path *path, toc_choice_kind kind, size_t index,
                                const char *from, const char *to)
{
    for (size_t i = 0; i < path->count; i++) {
        const toc_choice *c = &path->choices[i];
        if (c->kind == kind &&
            (kind == TOC_CHOICE_TALK ? strcmp(c->from, from) == 0 && strcmp(c->to, to) == 0
                                     : c->index == index))
            return c;
    }
    return NULL;
}

void toc_path_copy(toc_path *to, const toc_path *from)
{
    *to = (toc_path){.count = from->count, .capacity = from->count};
    if (from->count == 0)
        return;
    to->choices = toc_alloc(from->count * sizeof *to->choices);
    for (size_t i = 0; i < from->count; i++)
        copy_choice(&to->choices[i], &from->choices[i]);
}

bool toc_path_equal(const toc_path *a, const toc_path *b)
{
    bool is_equal = a->count == b->count;
    for (size_t i = 0; i < a->count && is_equal; i++) {
        const toc_choice *x = &a->choices[i], *y = &b->choices[i];
        is_equal = is_same_point(x, y) && x->answer == y->answer;
        if (is_equal && x->answer == TOC_ANSWER_OPTION)
            is_equal = x->option == y->option;
        if (is_equal && x->kind == TOC_CHOICE_DECISION && x->answer != TOC_ANSWER_NONE)
            is_equal = x->when == y->when && (x->when != TOC_WHEN_AT || x->at == y->at);
    }
    return is_equal;
}

void toc_path_fini(toc_path *path)
{
    for (size_t i = 0; i < path->count; i++)
        fini_choice(&path->choices[i]);
    free(path->choices);
    *path = (toc_path){0};
}

// Talks of the text keep its order: equal to each other.
static int order_of(const toc_choice *a, const toc_choice *b)
{
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->kind == TOC_CHOICE_TALK)
        return 0;
    return (a->index > b->index) - (a->index < b->index);
}

static bool is_same_point(const toc_choice *a, const toc_choice *b)
{
    if (a->kind != b->kind)
        return false;
    if (a->kind == TOC_CHOICE_TALK)
        return strcmp(a->from, b->from) == 0 && strcmp(a->to, b->to) == 0;
    return a->index == b->index;
}

static toc_err parse_choice(toc_path *out, const toc_plan *plan, const char *text, toc_error *e)
{
    char quoted[TOC_QUOTE_SIZE];
    const char *equals = strchr(text, '=');
    if (!equals || equals == text || !equals[1])
        return toc_fail(e, TOC_EUSAGE,
                        "a path is written D-01=OPTION,D-02=none,EXP-01=missed, not %s",
                        toc_text_quote(quoted, text));
    char *id = toc_strndup(text, (size_t)(equals - text));
    toc_choice c = {.index = toc_plan_decision(plan, id)};
    toc_err err;
    if (strchr(id, '>')) {
        err = parse_talk(&c, plan, id, equals + 1, e); // c borrows from id
    } else if (c.index != TOC_NONE) {
        err = parse_decision(&c, plan, equals + 1, e);
    } else {
        c.kind = TOC_CHOICE_ACTION;
        c.index = toc_plan_expectation(plan, id);
        err =
            c.index == TOC_NONE ? refuse_point(plan, id, e) : parse_action(&c, plan, equals + 1, e);
    }
    if (!err && toc_path_find(out, c.kind, c.index, c.from, c.to))
        err = toc_fail(e, TOC_EUSAGE, "%s is chosen twice",
                       toc_text_quote(quoted, c.kind == TOC_CHOICE_TALK ? text : id));
    if (!err)
        toc_path_set(out, &c);
    free(id);
    return err;
}

static toc_err parse_decision(toc_choice *c, const toc_plan *plan, const char *answer, toc_error *e)
{
    const toc_decision *d = &plan->decisions[c->index];
    const char *at = strrchr(answer, '@');
    char *word = at ? toc_strndup(answer, (size_t)(at - answer)) : toc_strdup(answer);
    toc_err err = TOC_OK;
    size_t i = 0;
    c->option = find_option(d, word);
    if (c->option == d->option_count) {
        c->option = 0;
        while (i < TOC_COUNT(words) && strcmp(words[i].word, word) != 0 &&
               strcmp(words[i].longer, word) != 0)
            i++;
        c->answer = i < TOC_COUNT(words) ? words[i].answer : TOC_ANSWER_OPTION;
        bool is_there = i < TOC_COUNT(words) && !(c->answer == TOC_ANSWER_NONE && at) &&
                        !(c->answer == TOC_ANSWER_REJECTED && d->option_count == 0);
        err = is_there ? TOC_OK : refuse_answer(d, word, e);
    }
    if (!err && at)
        err = parse_when(c, d->id, at + 1, e);
    free(word);
    return err;
}

static toc_err parse_when(toc_choice *c, const char *id, const char *when, toc_error *e)
{
    char quoted[TOC_QUOTE_SIZE];
    c->when = TOC_WHEN_LATE;
    if (strcmp(when, "late") == 0)
        return TOC_OK;
    c->when = TOC_WHEN_AT;
    if (toc_play_parse(when, &c->at, NULL) == TOC_OK)
        return TOC_OK;
    return toc_fail(e, TOC_EUSAGE, "%s is answered @late or at a time, @T+1:38, not @%s", id,
                    toc_text_quote(quoted, when));
}

static toc_err parse_action(toc_choice *c, const toc_plan *plan, const char *answer, toc_error *e)
{
    char quoted[TOC_QUOTE_SIZE];
    c->answer = strcmp(answer, "late") == 0 ? TOC_ANSWER_LATE : TOC_ANSWER_NONE;
    if (c->answer == TOC_ANSWER_LATE || strcmp(answer, "missed") == 0)
        return TOC_OK;
    return toc_fail(e, TOC_EUSAGE, "%s is missed or late, not %s", plan->expectations[c->index].id,
                    toc_text_quote(quoted, answer));
}

static toc_err parse_talk(toc_choice *c, const toc_plan *plan, char *who, const char *answer,
                          toc_error *e)
{
    char quoted[TOC_QUOTE_SIZE];
    char *arrow = strchr(who, '>');
    *arrow = '\0';
    *c = (toc_choice){
        .kind = TOC_CHOICE_TALK, .from = who, .to = arrow + 1, .answer = TOC_ANSWER_NONE};
    if (strcmp(answer, "silent") != 0)
        return toc_fail(e, TOC_EUSAGE, "%s>%s can only be silent", c->from, c->to);
    const char *stranger = !is_speaker(plan, c->from) ? c->from
                           : !is_speaker(plan, c->to) ? c->to
                                                      : NULL;
    return stranger ? toc_fail(e, TOC_EUSAGE, "there is no team or party %s",
                               toc_text_quote(quoted, stranger))
                    : TOC_OK;
}

static toc_err refuse_point(const toc_plan *plan, const char *id, toc_error *e)
{
    char quoted[TOC_QUOTE_SIZE];
    size_t count = plan->decision_count + plan->expectation_count;
    const char **names = toc_alloc((count + 1) * sizeof *names);
    for (size_t i = 0; i < plan->decision_count; i++)
        names[i] = plan->decisions[i].id;
    for (size_t i = 0; i < plan->expectation_count; i++)
        names[plan->decision_count + i] = plan->expectations[i].id;
    const char *near = toc_text_near(id, names, count);
    free(names);
    return toc_fail(e, TOC_EUSAGE, "there is no decision or expected action %s%s%s%s",
                    toc_text_quote(quoted, id), near ? "; did you mean `" : "", near ? near : "",
                    near ? "`?" : "");
}

static toc_err refuse_answer(const toc_decision *d, const char *answer, toc_error *e)
{
    char quoted[TOC_QUOTE_SIZE];
    toc_buf list = {0};
    for (size_t i = 0; i < d->option_count; i++)
        toc_buf_printf(&list, "%s, ", d->options[2 * i]);
    const char *none = toc_answer_word(d, TOC_ANSWER_NONE),
               *own = toc_answer_word(d, TOC_ANSWER_OWN);
    if (d->option_count > 0)
        toc_buf_printf(&list, "%s, %s, %s", none, own, toc_answer_word(d, TOC_ANSWER_REJECTED));
    else
        toc_buf_printf(&list, "%s, %s", own, none);
    toc_err err = toc_fail(e, TOC_EUSAGE, "%s cannot be answered %s; there are: %s", d->id,
                           toc_text_quote(quoted, answer), toc_buf_text(&list));
    toc_buf_fini(&list);
    return err;
}

static bool is_speaker(const toc_plan *plan, const char *id)
{
    return strcmp(id, "excon") == 0 || toc_plan_team(plan, id) != TOC_NONE ||
           toc_plan_party(plan, id) != TOC_NONE;
}

static size_t find_option(const toc_decision *d, const char *id)
{
    size_t i = 0;
    while (i < d->option_count && strcmp(d->options[2 * i], id) != 0)
        i++;
    return i;
}
