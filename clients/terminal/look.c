// SPDX-License-Identifier: MIT
// The terminal's own words that show something: what the picture holds, and lists that the desk is asked for.
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "plain.h"

#define EVERYBODY                                                                                  \
    (TOC_ROLE_PARTICIPANT | TOC_ROLE_EXCON | TOC_ROLE_SIMCELL | TOC_ROLE_EVALUATOR | TOC_ROLE_BOARD)
#define CONTROL (TOC_ROLE_EXCON | TOC_ROLE_SIMCELL | TOC_ROLE_EVALUATOR)

enum { LOG_LINES = 20 };

static void do_inbox(toc_plain *t, const char *rest);
static void do_unread(toc_plain *t, const char *rest);
static void do_thread(toc_plain *t, const char *rest);
static void do_search(toc_plain *t, const char *rest);
static void do_rfis(toc_plain *t, const char *rest);
static void do_decisions(toc_plain *t, const char *rest);
static void do_status(toc_plain *t, const char *rest);
static void do_log(toc_plain *t, const char *rest);
static void do_seats(toc_plain *t, const char *rest);
static void do_contacts(toc_plain *t, const char *rest);
static void do_brief(toc_plain *t, const char *rest);
static void do_msel(toc_plain *t, const char *rest);
static void do_preview(toc_plain *t, const char *rest);
static void do_storylines(toc_plain *t, const char *rest);
static void do_cues(toc_plain *t, const char *rest);
static void do_promises(toc_plain *t, const char *rest);
static void do_handover(toc_plain *t, const char *rest);
static void do_situation(toc_plain *t, const char *rest);
static void do_expectations(toc_plain *t, const char *rest);
static void do_phases(toc_plain *t, const char *rest);
static void do_objectives(toc_plain *t, const char *rest);
static void do_observations(toc_plain *t, const char *rest);

static const struct {
    toc_verb verb;
    toc_look run;
} looks[] = {
    {{"inbox", "inbox [WORD]", "what has arrived; what holds that word, or is unread, urgent, rfi",
      EVERYBODY},
     do_inbox},
    {{"unread", "unread", "what has arrived and was not read yet", EVERYBODY}, do_unread},
    {{"thread", "thread N", "item N with what it answers and what answers it", EVERYBODY},
     do_thread},
    {{"search", "search WORDS", "where these words stand: items, decisions, acts", EVERYBODY},
     do_search},
    {{"rfis", "rfis", "requests for information, and whether they were answered", EVERYBODY},
     do_rfis},
    {{"decisions", "decisions", "what you are asked, what is left of the time; what is decided",
      EVERYBODY},
     do_decisions},
    {{"situation", "situation [SERVICE]",
      "how the services you are told of stand, and why; one with what it needs", EVERYBODY},
     do_situation},
    {{"status", "status", "clock, seats, what is open", EVERYBODY}, do_status},
    {{"log", "log [COUNT]", "what your team did, and who did it", EVERYBODY}, do_log},
    {{"seats", "seats", "who is there, by name", EVERYBODY}, do_seats},
    {{"contacts", "contacts", "whom you can write to", EVERYBODY}, do_contacts},
    {{"brief", "brief", "what you were told before play", EVERYBODY}, do_brief},
    {{"msel", "msel [INJ-01]", "the master scenario events list; one inject with its notes",
      CONTROL},
     do_msel},
    {{"preview", "preview T+1:30 [hold …] [skip …] [keep …]",
      "what a jump like that would do; nothing is done", TOC_ROLE_EXCON},
     do_preview},
    {{"storylines", "storylines", "which run, and what they wait for", CONTROL}, do_storylines},
    {{"cues", "cues", "what is to be told by voice, with script and notes", CONTROL}, do_cues},
    {{"promises", "promises", "what was promised to whom, and what of it is open", CONTROL},
     do_promises},
    {{"handover", "handover [FILE]", "the sheet for the next controller; FILE: to be printed",
      CONTROL},
     do_handover},
    {{"expectations", "expectations", "what players should do by when, and what came of it",
      CONTROL},
     do_expectations},
    {{"phases", "phases", "the parts of the exercise", CONTROL}, do_phases},
    {{"objectives", "objectives", "what the exercise is to show", CONTROL}, do_objectives},
    {{"observations", "observations", "what was noted, marked and rated", CONTROL},
     do_observations},
};

toc_look toc_look_find(const char *word, const toc_verb **verb)
{
    static const char *const others[][2] = {{"services", "situation"},    {"world", "situation"},
                                            {"expected", "expectations"}, {"hand-over", "handover"},
                                            {"find", "search"},           {"rfi", "rfis"},
                                            {"stories", "storylines"}};
    for (size_t i = 0; i < TOC_COUNT(others); i++)
        if (strcasecmp(word, others[i][0]) == 0)
            word = others[i][1];
    for (size_t i = 0; i < TOC_COUNT(looks); i++)
        if (strcasecmp(looks[i].verb.name, word) == 0) {
            *verb = &looks[i].verb;
            return looks[i].run;
        }
    return NULL;
}

const toc_verb *toc_look_at(size_t i)
{
    return i < TOC_COUNT(looks) ? &looks[i].verb : NULL;
}

static void do_inbox(toc_plain *t, const char *rest)
{
    toc_lines_inbox_of(&t->lines, &t->picture, *rest ? rest : NULL);
}

static void do_unread(toc_plain *t, const char *rest)
{
    (void)rest;
    if (toc_picture_unread(&t->picture) == 0)
        toc_lines_say(&t->lines, "nothing is unread");
    else
        toc_lines_inbox_of(&t->lines, &t->picture, "unread");
}

static void do_thread(toc_plain *t, const char *rest)
{
    char *number = toc_plain_word(&rest);
    const toc_item *item = number ? toc_picture_item(&t->picture, number) : NULL;
    if (!number)
        toc_lines_say(&t->lines, "not understood: which item? The form is: thread N");
    else if (!item)
        toc_lines_say(&t->lines, "you have no item %s; `inbox` lists them", number);
    else
        toc_lines_thread(&t->lines, &t->picture, item);
    free(number);
}

static void do_search(toc_plain *t, const char *rest)
{
    if (*rest)
        toc_lines_find(&t->lines, &t->picture, rest);
    else
        toc_lines_say(&t->lines, "not understood: which words? The form is: search WORDS");
}

static void do_rfis(toc_plain *t, const char *rest)
{
    (void)rest;
    toc_lines_rfis(&t->lines, &t->picture);
    toc_lines_waiting(&t->lines, &t->picture);
}

static void do_decisions(toc_plain *t, const char *rest)
{
    (void)rest;
    toc_lines_settled(&t->lines, &t->picture);
    toc_lines_questions(&t->lines, &t->picture);
}

static void do_status(toc_plain *t, const char *rest)
{
    (void)rest;
    toc_plain_ask_list(t, TOC_SHOW_STATUS, NULL);
}

static void do_log(toc_plain *t, const char *rest)
{
    size_t most = strtoul(rest, NULL, 10);
    toc_lines_log(&t->lines, &t->picture, most > 0 ? most : LOG_LINES);
}

static void do_seats(toc_plain *t, const char *rest)
{
    (void)rest;
    if (t->picture.is_control)
        toc_plain_ask_seats(t);
    else
        toc_plain_ask_list(t, TOC_SHOW_SEATS, NULL);
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

static void do_brief(toc_plain *t, const char *rest)
{
    const char *briefs[] = {t->picture.brief, t->picture.team_brief};
    (void)rest;
    for (size_t i = 0; i < TOC_COUNT(briefs); i++) {
        if (!briefs[i])
            continue;
        toc_lines_say(&t->lines, "%s", i == 0 ? "the exercise:" : "your brief:");
        toc_lines_block(&t->lines, briefs[i]);
    }
    if (!briefs[0] && !briefs[1])
        toc_lines_say(&t->lines, "the scenario has no brief for this seat");
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

static void do_observations(toc_plain *t, const char *rest)
{
    (void)rest;
    toc_lines_observations(&t->lines, &t->picture);
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
    char *inject = toc_plain_word(&rest);
    toc_plain_ask_list(t, TOC_SHOW_MSEL, inject);
    free(inject);
}

static void do_storylines(toc_plain *t, const char *rest)
{
    (void)rest;
    toc_plain_ask_list(t, TOC_SHOW_STORYLINES, NULL);
}

static void do_cues(toc_plain *t, const char *rest)
{
    (void)rest;
    toc_lines_cues(&t->lines, &t->picture);
}

static void do_promises(toc_plain *t, const char *rest)
{
    (void)rest;
    toc_lines_promises(&t->lines, &t->picture);
}

// People write it as a shell would: handover > FILE.
static void do_handover(toc_plain *t, const char *rest)
{
    if (*rest == '>')
        rest += 1 + strspn(rest + 1, " \t");
    if (*rest && t->options->is_confined) {
        toc_lines_say(&t->lines, "the sheet was not written: this seat is confined; `handover` "
                                 "alone shows it");
        return;
    }
    toc_plain_ask_list(t, TOC_SHOW_HANDOVER, *rest ? rest : NULL);
}

// It is written like the jump that it tries.
static void do_preview(toc_plain *t, const char *rest)
{
    toc_act act;
    toc_error e;
    char *line = toc_sprintf("jump %s", rest);
    if (toc_act_parse(&act, line, &e) != TOC_OK) {
        toc_lines_say(&t->lines, "not understood: %s", e.msg);
    } else {
        toc_plain_ask_preview(t, &act.input);
        toc_act_fini(&act);
    }
    free(line);
}
