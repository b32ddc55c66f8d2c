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
#include "view/when.h"

#define EVERYBODY                                                                                  \
    (TOC_ROLE_PARTICIPANT | TOC_ROLE_EXCON | TOC_ROLE_SIMCELL | TOC_ROLE_EVALUATOR | TOC_ROLE_BOARD)

static void do_save(toc_plain *t, const char *rest);
static void do_recall(toc_plain *t, const char *rest);
static void do_test(toc_plain *t, const char *rest);
static void do_help(toc_plain *t, const char *rest);
static void do_quit(toc_plain *t, const char *rest);

static const struct {
    toc_verb verb;
    toc_look run;
} commands[] = {
    {{"save", "save N [FOLDER]", "keep the attachments of item N", EVERYBODY}, do_save},
    {{"recall", "recall", "take back what was written by hand and has not left yet",
      TOC_ROLE_EXCON | TOC_ROLE_SIMCELL},
     do_recall},
    {{"test", "test", "does this terminal work?", EVERYBODY}, do_test},
    {{"help", "help [WORD]", "what you can type", EVERYBODY}, do_help},
    {{"quit", "quit", "leave (or `exit`); the same ticket brings you back", EVERYBODY}, do_quit},
};

enum { MOST_WORDS = 128 };

static void do_act(toc_plain *t, const toc_verb *verb, const char *line);
static void refuse_word(toc_plain *t, const char *word);
static void call(toc_plain *t, const char *line);
static char *complete_line(toc_plain *t, const toc_verb *verb, const char *line);
static char *oldest_unread(const toc_plain *t);
static void ask_name_again(toc_plain *t, const toc_verb *verb);
static void read_item(toc_plain *t, const toc_act *act);
static bool read_elsewhere(toc_plain *t, const toc_act *act);
static bool is_command(const toc_plain *t, const char *line);
static toc_look find_command(const char *word, const toc_verb **verb);
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
    // Whoever types a command instead of a name means it, and a real emergency waits for no answer.
    bool was_naming = t->writing.is_naming && is_command(t, line);
    bool is_call = toc_plain_is_call(line) && !t->writing.is_telling;
    if (is_call) {
        call(t, line);
        return;
    }
    if (!was_naming && toc_plain_is_answer(t, line))
        return;
    t->writing.is_naming = false;
    char *word = toc_plain_word(&rest);
    if (!word)
        return;
    const toc_verb *verb = toc_verb_find(word);
    toc_look run = find_command(word, &verb);
    if (!verb)
        refuse_word(t, word);
    else if (!(verb->roles & t->role))
        toc_lines_say(&t->lines, "`%s` is not for a seat like yours (%s)", verb->name,
                      t->ticket.role);
    else if (run)
        run(t, rest);
    else
        do_act(t, verb, line);
    if (was_naming && verb)
        ask_name_again(t, verb);
    free(word);
}

char *toc_plain_word(const char **at)
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

static void do_act(toc_plain *t, const toc_verb *verb, const char *line)
{
    toc_act act;
    toc_error e;
    char *whole = complete_line(t, verb, line);
    if (!whole)
        return;
    toc_err err = toc_when_line(whole, t->lines.clock.length, &e);
    if (!err && (err = toc_act_parse(&act, whole, &e)) != TOC_OK)
        toc_picture_form(&t->picture, whole, &e);
    free(whole);
    if (err) {
        toc_lines_say(&t->lines, "not understood: %s", e.msg);
        return;
    }
    if (act.input.kind == TOC_K_READ && read_elsewhere(t, &act)) {
        toc_act_fini(&act);
        return;
    }
    if (act.input.kind != TOC_K_READ)
        toc_plain_send(t, &act);
    else if (toc_picture_resolve(&t->picture, &act, &e) != TOC_OK)
        toc_lines_say(&t->lines, "not sent: %s", e.msg);
    else
        read_item(t, &act);
    toc_act_fini(&act);
}

// What people leave out, or write as they say it: `read` alone is the oldest unread item; an addressee may
// be named in full. NULL: it was said what is wrong.
static char *complete_line(toc_plain *t, const toc_verb *verb, const char *line)
{
    const char *at = line;
    char *whole = NULL;
    toc_error e;
    free(toc_plain_word(&at));
    if (strcmp(verb->name, "read") == 0 && !*at) {
        whole = oldest_unread(t);
        if (!whole)
            toc_lines_say(&t->lines,
                          "nothing is unread; `inbox` lists what has come, `read N` shows it");
    } else if (toc_picture_addressed(&t->picture, line, &whole, &e) != TOC_OK) {
        toc_lines_say(&t->lines, "not understood: %s", e.msg);
    }
    return whole;
}

static char *oldest_unread(const toc_plain *t)
{
    for (size_t i = 0; i < t->picture.item_count; i++) {
        const toc_item *item = &t->picture.items[i];
        if (!item->is_read && !item->is_own)
            return toc_sprintf("read %lld", (long long)item->n);
    }
    return NULL;
}

// The name is still wanted, unless the command was about it, or leaves.
static void ask_name_again(toc_plain *t, const toc_verb *verb)
{
    if (!t->is_over && strcmp(verb->name, "sign-in") != 0 && strcmp(verb->name, "quit") != 0 &&
        strcmp(verb->name, "emergency") != 0)
        toc_plain_ask_name(t);
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

// The safety word, in any case: who needs help does not look at capitals. "emergency stop smoke in the hall"
// is a call, "emergency" or "stop" alone may be one.
static void call(toc_plain *t, const char *line)
{
    const char *rest = line;
    char *first = toc_plain_word(&rest);
    const char *behind = rest;
    char *second = strncasecmp(first, "emergency", 9) == 0 ? toc_plain_word(&behind) : NULL;
    bool is_stop = second && toc_plain_is_call(second) && strncasecmp(second, "stop", 4) == 0;
    toc_plain_call(t, is_stop ? behind : rest, is_stop);
    free(first);
    free(second);
}

static void read_item(toc_plain *t, const toc_act *act)
{
    toc_item *item = toc_picture_item(&t->picture, act->item);
    toc_lines_item(&t->lines, item);
    if (t->role == TOC_ROLE_PARTICIPANT && !item->is_read && !item->is_own)
        toc_plain_act(t, &act->input, 0);
    toc_picture_read(&t->picture, item);
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

static void do_save(toc_plain *t, const char *rest)
{
    char *number = toc_plain_word(&rest);
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

static void do_recall(toc_plain *t, const char *rest)
{
    (void)rest;
    toc_plain_recall(t);
}

static void do_test(toc_plain *t, const char *rest)
{
    (void)rest;
    toc_plain_ask_test(t);
}

static void do_help(toc_plain *t, const char *rest)
{
    char *word = toc_plain_word(&rest);
    size_t shown = 0;
    const toc_verb *meant = word ? toc_verb_find(word) : NULL;
    if (word)
        find_command(word, &meant);
    for (size_t i = 0; verb_at(i); i++) {
        const toc_verb *v = verb_at(i);
        if (!(v->roles & t->role) || (word && v != meant))
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
    toc_plain_let_go(t);
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
    size_t looks = 0;
    while (toc_look_at(looks))
        looks++;
    if (i < looks)
        return toc_look_at(i);
    i -= looks;
    return i < TOC_COUNT(commands) ? &commands[i].verb : toc_verb_at(i - TOC_COUNT(commands));
}

// *verb is left alone where it is none.
static toc_look find_command(const char *word, const toc_verb **verb)
{
    const char *meant = strcasecmp(word, "exit") == 0 ? "quit"
                        : strcmp(word, "?") == 0      ? "help"
                                                      : word;
    for (size_t i = 0; i < TOC_COUNT(commands); i++)
        if (strcasecmp(commands[i].verb.name, meant) == 0) {
            *verb = &commands[i].verb;
            return commands[i].run;
        }
    return toc_look_find(word, verb);
}

// A word of this seat's, and after a word that is an act, what makes it one: Mark may be a name.
static bool is_command(const toc_plain *t, const char *line)
{
    const char *rest = line;
    char *word = toc_plain_word(&rest);
    const toc_verb *verb = word ? toc_verb_find(word) : NULL;
    bool is_look = word && find_command(word, &verb);
    bool is_known = verb && (verb->roles & t->role) != 0;
    toc_act act;
    free(word);
    if (!is_known || is_look)
        return is_known;
    if (toc_act_parse(&act, line, NULL) != TOC_OK)
        return false;
    toc_act_fini(&act);
    return true;
}
