// SPDX-License-Identifier: MIT
// What is typed after a colon: the words of the terminal itself, then the typed language of acts.
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "view_parts.h"

typedef struct {
    const char *name;
    const toc_screen *screen; // the tab it opens; NULL: it does something
    void (*run)(toc_view *v, const char *rest, toc_wishes *out);
} command;

static const command *find_command(const char *word);
static void run_help(toc_view *v, const char *rest, toc_wishes *out);
static void run_quit(toc_view *v, const char *rest, toc_wishes *out);
static void run_recall(toc_view *v, const char *rest, toc_wishes *out);
static void run_status(toc_view *v, const char *rest, toc_wishes *out);
static void run_read(toc_view *v, const char *rest, toc_wishes *out);
static void run_save(toc_view *v, const char *rest, toc_wishes *out);
static void run_search(toc_view *v, const char *rest, toc_wishes *out);
static void run_phases(toc_view *v, const char *rest, toc_wishes *out);
static void run_situation(toc_view *v, const char *rest, toc_wishes *out);
static void run_test(toc_view *v, const char *rest, toc_wishes *out);
static void on_test(toc_view *v, const toc_happening *h, toc_wishes *out);
static void run_act(toc_view *v, const char *line, toc_wishes *out);
static bool is_by_hand(const toc_view *v, const toc_event *input);
static void say_act(toc_buf *out, const toc_event *in);
static void show_lines(toc_view *v, const char *title);
static char *take_word(const char **at);

static const command commands[] = {
    {"help", NULL, run_help},
    {"keys", NULL, run_help},
    {"quit", NULL, run_quit},
    {"exit", NULL, run_quit},
    {"recall", NULL, run_recall},
    {"status", NULL, run_status},
    {"read", NULL, run_read},
    {"save", NULL, run_save},
    {"search", NULL, run_search},
    {"phases", NULL, run_phases},
    {"test", NULL, run_test},
    {"situation", &toc_screen_situation, run_situation},
    {"inbox", &toc_screen_inbox, NULL},
    {"decisions", &toc_screen_decisions, NULL},
    {"log", &toc_screen_log, NULL},
    {"contacts", &toc_screen_contacts, NULL},
    {"msel", &toc_screen_msel, run_read},
    {"seats", &toc_screen_seats, NULL},
    {"expectations", &toc_screen_expected, NULL},
    {"storylines", &toc_screen_storylines, NULL},
    {"cues", &toc_screen_cues, NULL},
    {"handover", &toc_screen_handover, NULL},
};

const char *toc_view_command_word(size_t i)
{
    return i < TOC_COUNT(commands) ? commands[i].name : NULL;
}

void toc_view_command(toc_view *v, const char *line, toc_wishes *out)
{
    const char *rest = line;
    char *word = take_word(&rest);
    const command *c = word ? find_command(word) : NULL;
    free(word);
    if (!c) {
        run_act(v, line, out);
        return;
    }
    // A tab with a word after it: one row, or only the rows that hold it.
    if (c->run && (!c->screen || *rest)) {
        c->run(v, rest, out);
        return;
    }
    if (!toc_view_go_screen(v, c->screen)) {
        toc_view_notice(v, TOC_STYLE_NOTICE, "this seat has no list of that name");
        return;
    }
    toc_list *list = &v->rooms[v->room].list;
    free(list->filter);
    list->filter = *rest ? toc_strdup(rest) : NULL;
}

static const command *find_command(const char *word)
{
    for (size_t i = 0; i < TOC_COUNT(commands); i++)
        if (strcasecmp(commands[i].name, word) == 0)
            return &commands[i];
    return NULL;
}

static void run_help(toc_view *v, const char *rest, toc_wishes *out)
{
    const toc_verb *verb = *rest ? toc_verb_find(rest) : NULL;
    (void)out;
    if (verb) {
        toc_view_notice(v, TOC_STYLE_NOTICE, "%s: %s", verb->form, verb->help);
        return;
    }
    if (!*rest) {
        toc_view_help(v);
        toc_page_say(v->overlay, TOC_STYLE_TITLE, "What can be typed after :");
        for (size_t i = 0; (verb = toc_verb_at(i)); i++)
            if (verb->roles & v->role)
                toc_page_say(v->overlay, TOC_STYLE_PLAIN, "  %s: %s", verb->form, verb->help);
        return;
    }
    toc_view_notice(v, TOC_STYLE_BAD, "there is no such word; :help lists them");
}

static void run_quit(toc_view *v, const char *rest, toc_wishes *out)
{
    (void)rest;
    toc_view_leave(v, out);
}

static void run_recall(toc_view *v, const char *rest, toc_wishes *out)
{
    (void)rest;
    (void)out;
    toc_view_recall(v);
}

static void run_status(toc_view *v, const char *rest, toc_wishes *out)
{
    toc_lines *l = &v->lines;
    (void)rest;
    (void)out;
    toc_buf_clear(&l->out);
    toc_lines_clock(l);
    toc_lines_attention(l, &v->picture);
    toc_lines_neighbours(l, &v->picture);
    toc_lines_questions(l, &v->picture);
    toc_lines_products(l, &v->picture);
    show_lines(v, "Status");
}

static void run_phases(toc_view *v, const char *rest, toc_wishes *out)
{
    (void)rest;
    (void)out;
    toc_buf_clear(&v->lines.out);
    toc_lines_phases(&v->lines, &v->picture);
    show_lines(v, "Phases");
}

static void run_situation(toc_view *v, const char *rest, toc_wishes *out)
{
    (void)out;
    toc_buf_clear(&v->lines.out);
    toc_lines_situation(&v->lines, &v->picture, rest);
    show_lines(v, "Situation");
}

// An item, a decision, or (for control) a row of the list.
static void run_read(toc_view *v, const char *rest, toc_wishes *out)
{
    toc_lines *l = &v->lines;
    const toc_item *item = *rest ? toc_picture_item(&v->picture, rest) : NULL;
    const toc_question *q = *rest ? toc_picture_question(&v->picture, rest) : NULL;
    toc_buf_clear(&l->out);
    if (item) {
        toc_lines_item(l, item);
        if (!item->is_read && !item->is_own && toc_view_may(v, TOC_K_READ)) {
            toc_event in;
            toc_event_init(&in, TOC_K_READ, 0);
            toc_event_set_int(&in, TOC_F_ITEM, item->n);
            toc_view_act(v, out, &in, false, NULL);
            toc_event_fini(&in);
        }
    } else if (q) {
        toc_lines_question(l, &v->picture, q);
    } else if (!*rest || !toc_msel_preview(l, &v->msel, rest)) {
        toc_view_notice(v, TOC_STYLE_BAD, "there is nothing of that number or name to read");
        return;
    }
    show_lines(v, "Read");
}

static void run_save(toc_view *v, const char *rest, toc_wishes *out)
{
    char *word = take_word(&rest);
    const toc_item *item = word ? toc_picture_item(&v->picture, word) : NULL;
    const toc_value *attach = item ? toc_event_value(&item->event, TOC_F_ATTACH) : NULL;
    free(word);
    for (size_t i = 0; attach && i < attach->count; i++)
        toc_view_want(v, out, TOC_WISH_SAVE, attach->list[2 * i], attach->list[2 * i + 1], NULL);
    if (!attach || attach->count == 0)
        toc_view_notice(v, TOC_STYLE_BAD, "%s",
                        item ? "nothing is attached to it" : "there is no such item");
}

static void run_search(toc_view *v, const char *rest, toc_wishes *out)
{
    (void)out;
    if (!toc_view_go_screen(v, &toc_screen_log))
        return;
    toc_page *page = &v->rooms[v->room].log;
    toc_page_seek(page, *rest ? rest : NULL);
    if (*rest && !toc_page_do(page, TOC_DO_FIND_NEXT))
        toc_view_notice(v, TOC_STYLE_NOTICE, "\"%s\" is not found", rest);
}

static void run_test(toc_view *v, const char *rest, toc_wishes *out)
{
    (void)rest;
    toc_view_want(v, out, TOC_WISH_ASK, "ping", "", on_test);
}

static void on_test(toc_view *v, const toc_happening *h, toc_wishes *out)
{
    (void)out;
    if (h->ok)
        toc_view_notice(v, TOC_STYLE_GOOD, "this terminal works: the desk has answered");
    else
        toc_view_notice(v, TOC_STYLE_BAD, "the desk does not take this terminal: %s",
                        h->text ? h->text : "");
}

static void run_act(toc_view *v, const char *line, toc_wishes *out)
{
    toc_act act;
    toc_error e = {0};
    const char *rest = line;
    char *word = take_word(&rest);
    const toc_verb *verb = word ? toc_verb_find(word) : NULL;
    free(word);
    if (verb && !(verb->roles & v->role)) {
        toc_view_notice(v, TOC_STYLE_BAD, "`%s` is not for this seat", verb->name);
        return;
    }
    if (toc_act_parse(&act, line, &e) != TOC_OK) {
        toc_view_notice(v, TOC_STYLE_BAD, "%s", e.msg);
        return;
    }
    if (toc_picture_resolve(&v->picture, &act, &e) != TOC_OK) {
        toc_view_notice(v, TOC_STYLE_BAD, "%s", e.msg);
    } else {
        toc_buf said = {0};
        say_act(&said, &act.input);
        toc_view_act(v, out, &act.input, is_by_hand(v, &act.input), "%s", toc_buf_text(&said));
        toc_buf_fini(&said);
        if (act.input.kind == TOC_K_EMERGENCY)
            toc_view_watch_help(v);
    }
    toc_act_fini(&act);
}

// What control sends to players by hand can be taken back for a moment.
static bool is_by_hand(const toc_view *v, const toc_event *input)
{
    return v->picture.is_control && (input->kind == TOC_K_FIRE || input->kind == TOC_K_ADHOC ||
                                     input->kind == TOC_K_SAY || input->kind == TOC_K_FORWARD);
}

static void say_act(toc_buf *out, const toc_event *in)
{
    const char *id = toc_event_str(in, TOC_F_DECISION);
    const char *answer = toc_event_str(in, TOC_F_TEXT);
    if (!answer)
        answer = toc_event_str(in, TOC_F_OPTION);
    switch (in->kind) {
    case TOC_K_READ:
        return;
    case TOC_K_DECIDE:
        toc_buf_printf(out, "%s recorded: %s", id, answer ? answer : "");
        return;
    case TOC_K_SAY:
        toc_buf_str(out, "sent to ");
        toc_list_text(out, toc_event_value(in, TOC_F_TO));
        return;
    default:
        toc_buf_printf(out, "done: %s", toc_kind_name(in->kind));
        if (toc_event_str(in, TOC_F_INJECT))
            toc_buf_printf(out, " %s", toc_event_str(in, TOC_F_INJECT));
        return;
    }
}

// Lines that were made for the plain terminal, as a page over the screen. What somebody else wrote keeps its gutter.
static void show_lines(toc_view *v, const char *title)
{
    toc_view_overlay(v, title);
    toc_log_line line;
    const char *at = toc_buf_text(&v->lines.out);
    while (toc_view_next_line(&at, &line)) {
        if (line.is_foreign)
            toc_page_foreign(v->overlay, line.text);
        else
            toc_page_say(v->overlay, line.style, "%s", line.text);
        free(line.text);
    }
    toc_buf_clear(&v->lines.out);
}

static char *take_word(const char **at)
{
    *at += strspn(*at, " ");
    size_t len = strcspn(*at, " ");
    if (len == 0)
        return NULL;
    char *word = toc_strndup(*at, len);
    *at += len;
    *at += strspn(*at, " ");
    return word;
}
