// SPDX-License-Identifier: MIT
// What is typed: the terminal's own commands, which look at the picture, and the acts of
// record/verb.h, which go to the desk. Help and mistakes speak from the two tables.
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "plain.h"
#include "record/verb.h"

#define EVERYBODY                                                                                  \
    (TOC_ROLE_PARTICIPANT | TOC_ROLE_EXCON | TOC_ROLE_SIMCELL | TOC_ROLE_EVALUATOR | TOC_ROLE_BOARD)
#define CONTROL (TOC_ROLE_EXCON | TOC_ROLE_SIMCELL | TOC_ROLE_EVALUATOR)

static void do_inbox(toc_plain *t, const char *rest);
static void do_decisions(toc_plain *t, const char *rest);
static void do_save(toc_plain *t, const char *rest);
static void do_status(toc_plain *t, const char *rest);
static void do_seats(toc_plain *t, const char *rest);
static void do_contacts(toc_plain *t, const char *rest);
static void do_msel(toc_plain *t, const char *rest);
static void do_situation(toc_plain *t, const char *rest);
static void do_expectations(toc_plain *t, const char *rest);
static void do_phases(toc_plain *t, const char *rest);
static void do_objectives(toc_plain *t, const char *rest);
static void do_test(toc_plain *t, const char *rest);
static void do_help(toc_plain *t, const char *rest);
static void do_quit(toc_plain *t, const char *rest);

static const struct {
    toc_verb verb;
    void (*run)(toc_plain *t, const char *rest);
} commands[] = {
    {{"inbox", "inbox", "what has arrived", EVERYBODY}, do_inbox},
    {{"decisions", "decisions", "what you are asked, and what is left of the time", EVERYBODY},
     do_decisions},
    {{"situation", "situation [SERVICE]",
      "how the services you are told of stand, and why; one with what it needs", EVERYBODY},
     do_situation},
    {{"save", "save N [FOLDER]", "keep the attachments of item N", EVERYBODY}, do_save},
    {{"status", "status", "clock, seats, what is open", EVERYBODY}, do_status},
    {{"seats", "seats", "who is there", EVERYBODY}, do_seats},
    {{"contacts", "contacts", "whom you can write to", EVERYBODY}, do_contacts},
    {{"msel", "msel [INJ-01]", "the master scenario events list; one inject with its notes",
      CONTROL},
     do_msel},
    {{"expectations", "expectations", "what players should do by when, and what came of it",
      CONTROL},
     do_expectations},
    {{"phases", "phases", "the parts of the exercise", CONTROL}, do_phases},
    {{"objectives", "objectives", "what the exercise is to show", CONTROL}, do_objectives},
    {{"test", "test", "does this terminal work?", EVERYBODY}, do_test},
    {{"help", "help [WORD]", "what you can type", EVERYBODY}, do_help},
    {{"quit", "quit", "leave (or `exit`); the same ticket brings you back", EVERYBODY}, do_quit},
};

enum { MOST_WORDS = 64 };

static void do_act(toc_plain *t, const toc_verb *verb, const char *line);
static void refuse_word(toc_plain *t, const char *word);
static bool is_stop(const char *line);
static void read_item(toc_plain *t, const toc_act *act);
static bool read_elsewhere(toc_plain *t, const toc_act *act);
static const char *own_word(const char *word);
static char *take_word(const char **at);
static const toc_verb *verb_at(size_t i);

void toc_plain_typed(toc_plain *t, const char *line)
{
    const char *rest = line;
    if (strlen(line) > TOC_ACT_MAX || !toc_utf8_clean(line, strlen(line))) {
        toc_lines_say(&t->lines, "not understood: %s",
                      strlen(line) > TOC_ACT_MAX
                          ? "the line is too long (16384 bytes at most); none of it was taken"
                          : "the line holds bytes or control characters that are no text; none of "
                            "it was taken");
        return;
    }
    char *word = take_word(&rest);
    if (!word)
        return;
    if (strcmp(word, "?") == 0) {
        do_help(t, rest);
        free(word);
        return;
    }
    size_t i = 0;
    while (i < TOC_COUNT(commands) && strcasecmp(commands[i].verb.name, own_word(word)) != 0)
        i++;
    const toc_verb *verb = i < TOC_COUNT(commands) ? &commands[i].verb : toc_verb_find(word);
    if (!verb)
        refuse_word(t, word);
    else if (!(verb->roles & t->role))
        toc_lines_say(&t->lines, "`%s` is not for a seat like yours (%s)", verb->name,
                      t->ticket.role);
    else if (i < TOC_COUNT(commands))
        commands[i].run(t, rest);
    else
        do_act(t, verb, line);
    free(word);
}

static void do_act(toc_plain *t, const toc_verb *verb, const char *line)
{
    toc_act act;
    toc_error e;
    if (strcmp(verb->name, "emergency") == 0 && !is_stop(line)) {
        toc_lines_say(&t->lines,
                      "this stops the exercise for everybody, for something real. If that is "
                      "what you mean, type: emergency STOP and what happened");
        return;
    }
    if (toc_act_parse(&act, line, &e) != TOC_OK) {
        toc_lines_say(&t->lines, "not understood: %s", e.msg);
        return;
    }
    if (act.input.kind == TOC_K_READ && read_elsewhere(t, &act)) {
        toc_act_fini(&act);
        return;
    }
    if (toc_picture_resolve(&t->picture, &act, &e) != TOC_OK)
        toc_lines_say(&t->lines, "not sent: %s", e.msg);
    else if (act.input.kind == TOC_K_READ)
        read_item(t, &act);
    else
        toc_plain_act(t, &act.input, 0);
    toc_act_fini(&act);
}

// A decision can be read too, and by controllers an inject that was not sent yet.
static bool read_elsewhere(toc_plain *t, const toc_act *act)
{
    const toc_question *q = toc_picture_question(&t->picture, act->item);
    if (toc_picture_item(&t->picture, act->item))
        return false;
    if (q)
        toc_lines_question(&t->lines, &t->picture, q);
    else if (t->picture.is_control && strspn(act->item, "0123456789") != strlen(act->item))
        toc_plain_ask_list(t, TOC_SHOW_MSEL, act->item);
    else
        return false;
    return true;
}

// The safety word must be typed as it is shown.
static bool is_stop(const char *line)
{
    char *words[2] = {take_word(&line), take_word(&line)};
    bool is_stop = words[1] && strcmp(words[1], "STOP") == 0;
    free(words[0]);
    free(words[1]);
    return is_stop;
}

static void read_item(toc_plain *t, const toc_act *act)
{
    toc_item *item = toc_picture_item(&t->picture, act->item);
    toc_lines_item(&t->lines, item);
    if (t->role == TOC_ROLE_PARTICIPANT && !item->is_read && !item->is_own)
        toc_plain_act(t, &act->input, 0);
    item->is_read = true;
}

static void refuse_word(toc_plain *t, const char *word)
{
    char quoted[TOC_QUOTE_SIZE];
    const char *names[MOST_WORDS];
    size_t count = 0;
    for (size_t i = 0; verb_at(i) && count < MOST_WORDS; i++)
        if (verb_at(i)->roles & t->role)
            names[count++] = verb_at(i)->name;
    const char *near = toc_text_near(word, names, count);
    toc_text_quote(quoted, word);
    if (near)
        toc_lines_say(&t->lines, "there is no %s; did you mean `%s`? `help` lists what there is",
                      quoted, near);
    else
        toc_lines_say(&t->lines, "there is no %s; `help` lists what there is", quoted);
}

static void do_inbox(toc_plain *t, const char *rest)
{
    (void)rest;
    toc_lines_inbox(&t->lines, &t->picture);
}

static void do_decisions(toc_plain *t, const char *rest)
{
    (void)rest;
    toc_lines_questions(&t->lines, &t->picture);
}

static void do_save(toc_plain *t, const char *rest)
{
    char *number = take_word(&rest);
    const toc_item *item = number ? toc_picture_item(&t->picture, number) : NULL;
    if (!number)
        toc_lines_say(&t->lines, "not understood: which item? The form is: save N [FOLDER]");
    else if (!item)
        toc_lines_say(&t->lines, "you have no item %s; `inbox` lists them", number);
    else if (!toc_event_has(&item->event, TOC_F_ATTACH))
        toc_lines_say(&t->lines, "nothing is attached to item %lld", (long long)item->n);
    else
        toc_plain_save(t, item, *rest ? rest : ".");
    free(number);
}

static void do_status(toc_plain *t, const char *rest)
{
    (void)rest;
    toc_plain_ask_list(t, TOC_SHOW_STATUS, NULL);
}

static void do_seats(toc_plain *t, const char *rest)
{
    (void)rest;
    toc_lines_neighbours(&t->lines, &t->picture);
}

static void do_contacts(toc_plain *t, const char *rest)
{
    (void)rest;
    toc_lines_say(&t->lines, "you can write to:");
    for (size_t i = 0; i < t->picture.contact_count; i++) {
        const toc_contact *c = &t->picture.contacts[i];
        toc_lines_more(&t->lines, "%s: %s", c->id, c->name);
        if (c->notes)
            toc_lines_block(&t->lines, c->notes);
    }
    toc_lines_more(&t->lines, "excon: exercise control");
}

static void do_objectives(toc_plain *t, const char *rest)
{
    (void)rest;
    if (t->picture.objective_count == 0)
        toc_lines_say(&t->lines, "the scenario names no objectives");
    else
        toc_lines_say(&t->lines, "objectives, to `observe` and `rate`:");
    for (size_t i = 0; i < t->picture.objective_count; i++)
        toc_lines_more(&t->lines, "%s: %s", t->picture.objectives[i].id,
                       t->picture.objectives[i].text);
}

static void do_situation(toc_plain *t, const char *rest)
{
    toc_plain_ask_list(t, TOC_SHOW_SITUATION, *rest ? rest : NULL);
}

static void do_expectations(toc_plain *t, const char *rest)
{
    (void)rest;
    toc_plain_ask_list(t, TOC_SHOW_EXPECTATIONS, NULL);
}

static void do_phases(toc_plain *t, const char *rest)
{
    (void)rest;
    toc_plain_ask_list(t, TOC_SHOW_PHASES, NULL);
}

static void do_msel(toc_plain *t, const char *rest)
{
    char *inject = take_word(&rest);
    toc_plain_ask_list(t, TOC_SHOW_MSEL, inject);
    free(inject);
}

static void do_test(toc_plain *t, const char *rest)
{
    (void)rest;
    toc_plain_ask_test(t);
}

static void do_help(toc_plain *t, const char *rest)
{
    char *word = take_word(&rest);
    size_t shown = 0;
    for (size_t i = 0; verb_at(i); i++) {
        const toc_verb *v = verb_at(i);
        if (!(v->roles & t->role) || (word && strcasecmp(v->name, own_word(word)) != 0))
            continue;
        if (shown++ == 0)
            toc_lines_say(&t->lines, "what you can type:");
        toc_lines_row(&t->lines, v->form, v->help);
    }
    if (shown == 0)
        refuse_word(t, word);
    else if (!word)
        toc_lines_say(&t->lines,
                      "a real emergency, from any seat: emergency STOP and what happened");
    free(word);
}

static void do_quit(toc_plain *t, const char *rest)
{
    (void)rest;
    if (toc_link_waiting(t->link) == 0) {
        toc_lines_say(&t->lines, "you leave; the same ticket brings you back");
        toc_plain_leave(t, 0, NULL);
        return;
    }
    if (t->has_input_ended) {
        toc_lines_say(&t->lines, "you leave although something was not answered");
        toc_plain_leave(t, 0, NULL);
        return;
    }
    t->has_input_ended = true;
    toc_lines_say(&t->lines,
                  "you leave as soon as the engine has answered; `quit` again leaves at once");
}

// The terminal's own words first, then the acts.
static const toc_verb *verb_at(size_t i)
{
    return i < TOC_COUNT(commands) ? &commands[i].verb : toc_verb_at(i - TOC_COUNT(commands));
}

// Another word for the same.
static const char *own_word(const char *word)
{
    static const char *const others[][2] = {{"exit", "quit"},
                                            {"services", "situation"},
                                            {"world", "situation"},
                                            {"expected", "expectations"}};
    for (size_t i = 0; i < TOC_COUNT(others); i++)
        if (strcasecmp(word, others[i][0]) == 0)
            return others[i][1];
    return word;
}

static char *take_word(const char **at)
{
    *at += strspn(*at, " \t");
    size_t len = strcspn(*at, " \t");
    if (len == 0)
        return NULL;
    char *word = toc_strndup(*at, len);
    *at += len;
    *at += strspn(*at, " \t");
    return word;
}
