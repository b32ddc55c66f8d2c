// SPDX-License-Identifier: MIT
// What is typed after a colon: the words of the terminal itself, then the typed language of acts.
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "jump.h"
#include "view_parts.h"

typedef struct {
    const char *name;
    const toc_screen *screen; // the tab it opens; NULL: it does something
    void (*run)(toc_view *v, const char *rest, toc_wishes *out);
    void (*list)(toc_lines *l, const toc_picture *p); // or shows what the plain terminal shows
} command;

static const command *find_command(const char *word);
static void run_help(toc_view *v, const char *rest, toc_wishes *out);
static void run_quit(toc_view *v, const char *rest, toc_wishes *out);
static void run_recall(toc_view *v, const char *rest, toc_wishes *out);
static void run_status(toc_view *v, const char *rest, toc_wishes *out);
static void run_read(toc_view *v, const char *rest, toc_wishes *out);
static void run_save(toc_view *v, const char *rest, toc_wishes *out);
static void run_search(toc_view *v, const char *rest, toc_wishes *out);
static void run_objectives(toc_view *v, const char *rest, toc_wishes *out);
static void run_brief(toc_view *v, const char *rest, toc_wishes *out);
static void run_thread(toc_view *v, const char *rest, toc_wishes *out);
static void run_preview(toc_view *v, const char *rest, toc_wishes *out);
static void run_situation(toc_view *v, const char *rest, toc_wishes *out);
static void run_test(toc_view *v, const char *rest, toc_wishes *out);
static void run_handover(toc_view *v, const char *rest, toc_wishes *out);
static void on_sheet(toc_view *v, const toc_happening *h, toc_wishes *out);
static void on_test(toc_view *v, const toc_happening *h, toc_wishes *out);
static void show_lines(toc_view *v, const char *title);
static char *take_word(const char **at);

static const command commands[] = {
    {"help", NULL, run_help, NULL},
    {"keys", NULL, run_help, NULL},
    {"quit", NULL, run_quit, NULL},
    {"exit", NULL, run_quit, NULL},
    {"recall", NULL, run_recall, NULL},
    {"status", NULL, run_status, NULL},
    {"read", NULL, run_read, NULL},
    {"save", NULL, run_save, NULL},
    {"search", NULL, run_search, NULL},
    {"thread", NULL, run_thread, NULL},
    {"preview", NULL, run_preview, NULL},
    {"brief", NULL, run_brief, NULL},
    {"objectives", NULL, run_objectives, NULL},
    {"phases", NULL, NULL, toc_lines_phases},
    {"rfis", NULL, NULL, toc_lines_rfis},
    {"promises", NULL, NULL, toc_lines_promises},
    {"observations", NULL, NULL, toc_lines_observations},
    {"attention", NULL, NULL, toc_lines_attention},
    {"test", NULL, run_test, NULL},
    {"situation", &toc_screen_situation, run_situation, NULL},
    {"inbox", &toc_screen_inbox, NULL, NULL},
    {"decisions", &toc_screen_decisions, NULL, NULL},
    {"log", &toc_screen_log, NULL, NULL},
    {"contacts", &toc_screen_contacts, NULL, NULL},
    {"msel", &toc_screen_msel, run_read, NULL},
    {"seats", &toc_screen_seats, NULL, NULL},
    {"expectations", &toc_screen_expected, NULL, NULL},
    {"storylines", &toc_screen_storylines, NULL, NULL},
    {"cues", &toc_screen_cues, NULL, NULL},
    {"handover", &toc_screen_handover, run_handover, NULL},
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
        toc_view_typed(v, line, out);
        return;
    }
    // A tab with a word after it: one row, or only the rows that hold it.
    if (c->run && (!c->screen || *rest)) {
        c->run(v, rest, out);
        return;
    }
    if (c->list) {
        toc_buf_clear(&v->lines.out);
        c->list(&v->lines, &v->picture);
        show_lines(v, c->name);
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

static void run_brief(toc_view *v, const char *rest, toc_wishes *out)
{
    (void)rest, (void)out;
    toc_view_brief(v);
}

static void run_objectives(toc_view *v, const char *rest, toc_wishes *out)
{
    (void)rest;
    (void)out;
    toc_view_overlay(v, "Objectives");
    for (size_t i = 0; i < v->picture.objective_count; i++)
        toc_page_say(v->overlay, TOC_STYLE_PLAIN, "%s: %s", v->picture.objectives[i].id,
                     v->picture.objectives[i].text);
    if (v->picture.objective_count == 0)
        toc_page_say(v->overlay, TOC_STYLE_PLAIN, "this seat is told of no objectives");
}

static void run_thread(toc_view *v, const char *rest, toc_wishes *out)
{
    const toc_item *item = *rest ? toc_picture_item(&v->picture, rest) : NULL;
    (void)out;
    if (!item) {
        toc_view_notice(v, TOC_STYLE_BAD, "there is no such item; :inbox lists them");
        return;
    }
    toc_buf_clear(&v->lines.out);
    toc_lines_thread(&v->lines, &v->picture, item);
    show_lines(v, "Thread");
}

// It is written like the jump that it tries, which is prepared; alone it asks for the time.
static void run_preview(toc_view *v, const char *rest, toc_wishes *out)
{
    toc_act act;
    toc_error e = {0};
    if (!toc_view_may(v, TOC_K_JUMP)) {
        toc_view_notice(v, TOC_STYLE_BAD, "`preview` is not for this seat");
        return;
    }
    if (!*rest || v->picture.has_ended) {
        toc_acts_conduct(v, TOC_DO_JUMP, out);
        return;
    }
    char *line = toc_sprintf("jump %s", rest);
    if (toc_act_parse(&act, line, &e) != TOC_OK) {
        toc_view_notice(v, TOC_STYLE_BAD, "%s", e.msg);
    } else {
        toc_act_time(&act, toc_view_now(v));
        toc_jump_preview(v, &act.input, out);
        toc_act_fini(&act);
    }
    free(line);
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
    toc_page_do(page, TOC_DO_FIND_NEXT);
    if (*rest && !page->has_find)
        toc_view_notice(v, TOC_STYLE_NOTICE, "\"%s\" is not found", rest);
}

static void run_test(toc_view *v, const char *rest, toc_wishes *out)
{
    (void)rest;
    toc_view_want(v, out, TOC_WISH_ASK, "ping", "", on_test);
}

// With a file after it; people write it as a shell would, too: handover > FILE.
static void run_handover(toc_view *v, const char *rest, toc_wishes *out)
{
    toc_buf sheet = {0};
    if (*rest == '>')
        rest += 1 + strspn(rest + 1, " \t");
    if (!toc_view_go_screen(v, &toc_screen_handover)) {
        toc_view_notice(v, TOC_STYLE_NOTICE, "this seat has no list of that name");
    } else if (v->is_confined && *rest) {
        toc_view_notice(v, TOC_STYLE_WARN,
                        "no file was written: this seat is confined; the sheet stands here");
    } else if (!v->msel.exercise && *rest) {
        toc_view_notice(v, TOC_STYLE_WARN,
                        "no file was written: the list has not come yet; type it once more");
    } else if (*rest) {
        toc_lines_handover_sheet(&v->lines, &v->picture, &v->msel, &sheet);
        toc_view_want(v, out, TOC_WISH_WRITE, rest, toc_buf_text(&sheet), on_sheet);
    }
    toc_buf_fini(&sheet);
}

static void on_sheet(toc_view *v, const toc_happening *h, toc_wishes *out)
{
    (void)out;
    if (h->ok)
        toc_view_notice(v, TOC_STYLE_GOOD, "the hand-over sheet is in %s", h->text ? h->text : "");
    else
        toc_view_notice(v, TOC_STYLE_BAD, "the sheet was not written: %s", h->text ? h->text : "");
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

// Lines that were made for the plain terminal, as a page over the screen. What somebody else wrote
// keeps its gutter.
static void show_lines(toc_view *v, const char *title)
{
    toc_log_line line;
    toc_view_overlay(v, title);
    if (v->lines.out.len == 0)
        toc_page_say(v->overlay, TOC_STYLE_PLAIN, "There is none.");
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
