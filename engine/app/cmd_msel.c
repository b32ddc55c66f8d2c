// SPDX-License-Identifier: MIT
// tocsin msel: the master scenario events list out, as a list, a spreadsheet or a book.

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "command.h"
#include "folder.h"
#include "msel_out.h"

static const toc_option options[] = {
    {"csv", NULL, "a table for a spreadsheet; it opens in Excel and LibreOffice", false},
    {"html", NULL, "a book to print, A4 or Letter: conduct from it when the machines fail", false},
    {"for", "READER",
     "excon (everything), evaluators (what to observe first), or a team's id: nothing of what is "
     "to come",
     false},
    {"evaluate", "TEAM",
     "print the evaluator's sheet of one team, or of all: what it receives, what should come of "
     "it, boxes to rate",
     false},
    {"output", "FILE",
     "write to this file, which only you can then read; the default is the standard output", false},
    {NULL, NULL, NULL, false},
};

static toc_err check(const toc_arguments *a, toc_error *e)
{
    if (a->argument_count > 1)
        return toc_fail(e, TOC_EUSAGE,
                        "msel needs one scenario folder: tocsin msel scenarios/silent-beams");
    if (toc_options_has(a, "csv") && toc_options_has(a, "html"))
        return toc_fail(e, TOC_EUSAGE, "choose one of --csv and --html; run msel twice for both");
    if (toc_options_has(a, "evaluate") &&
        (toc_options_has(a, "for") || toc_options_has(a, "csv")))
        return toc_fail(e, TOC_EUSAGE,
                        "--evaluate makes sheets of HTML for evaluators; leave out --%s",
                        toc_options_has(a, "for") ? "for" : "csv");
    return TOC_OK;
}

// A team comes first: a team of the id "evaluators" must not get the evaluators' book.
static toc_err find_reader(const toc_arguments *a, const toc_plan *p, toc_mel_reader *reader,
                           size_t *team, toc_error *e)
{
    const char *word = toc_options_get(a, "for");
    *reader = TOC_MEL_EXCON;
    *team = TOC_NONE;
    if (!word || strcmp(word, "excon") == 0)
        return TOC_OK;
    *team = toc_plan_team(p, word);
    *reader = *team != TOC_NONE ? TOC_MEL_TEAM : TOC_MEL_EVALUATORS;
    if (*team == TOC_NONE && strcmp(word, "evaluators") != 0) {
        const char **names = toc_alloc((p->team_count + 2) * sizeof *names);
        names[0] = "excon";
        names[1] = "evaluators";
        for (size_t i = 0; i < p->team_count; i++)
            names[i + 2] = p->teams[i].id;
        const char *near = toc_text_near(word, names, p->team_count + 2);
        toc_err err =
            toc_fail(e, TOC_EUSAGE,
                     "--for takes excon, evaluators or the id of a team, not "
                     "\"%.40s\"%s%.48s%s",
                     word, near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
        free(names);
        return err;
    }
    if (*reader == TOC_MEL_TEAM && !toc_options_has(a, "csv") && !toc_options_has(a, "html"))
        return toc_fail(e, TOC_EUSAGE,
                        "the list is not for a team; --html prints its book, --csv an empty log");
    return TOC_OK;
}

// A team comes first here too.
static toc_err find_evaluated(const toc_arguments *a, const toc_plan *p, size_t *team,
                              toc_error *e)
{
    const char *word = toc_options_get(a, "evaluate");
    *team = toc_plan_team(p, word);
    if (*team != TOC_NONE || strcmp(word, "all") == 0)
        return TOC_OK;
    const char **names = toc_alloc((p->team_count + 1) * sizeof *names);
    names[0] = "all";
    for (size_t i = 0; i < p->team_count; i++)
        names[i + 1] = p->teams[i].id;
    const char *near = toc_text_near(word, names, p->team_count + 1);
    toc_err err =
        toc_fail(e, TOC_EUSAGE, "--evaluate takes the id of a team, or all, not \"%.40s\"%s%.48s%s",
                 word, near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
    free(names);
    return err;
}

// What each answer brings, only playing tells. If it cannot be played through, the list does without.
static const toc_survey *rehearse(toc_survey *survey, const toc_arguments *a, const toc_mel *m,
                                  toc_mel_reader reader, const toc_files *files)
{
    enum { SEED = 1 }; // what the folder was loaded with
    const toc_survey_options o = {.strategy = TOC_SURVEY_EACH, .seed = SEED, .run_seed = SEED};
    bool is_wanted = toc_options_has(a, "csv") || toc_options_has(a, "html");
    toc_error e;
    if (!is_wanted || reader == TOC_MEL_TEAM || m->plan->decision_count == 0)
        return NULL;
    return toc_survey_run(survey, files, &o, &e) == TOC_OK ? survey : NULL;
}

static size_t count_of(const toc_buf *out, const char *what)
{
    size_t count = 0, len = strlen(what);
    for (const char *at = toc_buf_text(out); (at = strstr(at, what)); at += len)
        count++;
    return count;
}

// "Wrote book.html: 18 pages at least, for EXCON; only you can read it (0600)"
static void note(toc_buf *told, const toc_arguments *a, const toc_mel *m, toc_mel_reader reader,
                 size_t team, const toc_buf *out)
{
    toc_buf_printf(told, "Wrote %s", toc_options_get(a, "output"));
    if (toc_options_has(a, "html") || toc_options_has(a, "evaluate"))
        toc_buf_printf(told, ": %zu pages at least", count_of(out, "<section"));
    else if (reader == TOC_MEL_TEAM)
        toc_buf_str(told, ": an empty log to fill in");
    else
        toc_buf_printf(told, ": %zu rows", m->count);
    toc_buf_printf(told, ", for %s; only you can read it (mode 0600)",
                   reader == TOC_MEL_TEAM         ? m->plan->teams[team].id
                   : reader == TOC_MEL_EVALUATORS ? "evaluators"
                                                  : "EXCON");
}

static toc_err answer(toc_buf *out, toc_buf *told, const toc_arguments *a,
                      const toc_scenario *scenario, const toc_files *files, toc_error *e)
{
    toc_mel_reader reader;
    size_t team, evaluated = TOC_NONE;
    bool is_sheet = toc_options_has(a, "evaluate");
    toc_err err = find_reader(a, toc_scenario_plan(scenario), &reader, &team, e);
    if (!err && is_sheet)
        err = find_evaluated(a, toc_scenario_plan(scenario), &evaluated, e);
    if (err)
        return err;
    if (is_sheet)
        reader = TOC_MEL_EVALUATORS;
    toc_mel m;
    toc_survey survey = {0};
    toc_mel_init(&m, scenario, files);
    m.survey = is_sheet ? NULL : rehearse(&survey, a, &m, reader, files);
    if (is_sheet)
        toc_mel_sheets(out, &m, evaluated);
    else if (toc_options_has(a, "csv"))
        toc_mel_csv(out, &m, reader, team);
    else if (toc_options_has(a, "html"))
        toc_mel_html(out, &m, reader, team);
    else
        toc_mel_text(out, &m, reader);
    if (toc_options_has(a, "output"))
        note(told, a, &m, reader, team, out);
    toc_mel_fini(&m);
    toc_survey_fini(&survey);
    return TOC_OK;
}

static int run(const toc_arguments *a)
{
    toc_error e = {0};
    toc_scenario *scenario = NULL;
    toc_buf out = {0}, told = {0}, shown = {0};
    signal(SIGPIPE, SIG_IGN); // a reader that leaves is an output that could not be written
    const char *dir = a->argument_count ? a->arguments[0] : ".";
    const char *path = toc_options_get(a, "output");
    toc_files *files = toc_files_new();
    toc_err err = check(a, &e);
    if (!err)
        err = toc_folder_read(files, dir, &e);
    if (!err)
        err = toc_folder_load(&scenario, files, dir, &e);
    if (!err)
        err = answer(&out, &told, a, scenario, files, &e);
    if (!err && path)
        err = toc_file_write_private(path, toc_buf_text(&out), out.len, &e);
    else if (!err)
        fwrite(toc_buf_text(&out), 1, out.len, stdout);
    int code = toc_said_all(0);
    if (err)
        code = toc_report(&e);
    toc_text_visible(&shown, toc_buf_text(&told), told.len, false);
    if (!err && path)
        fprintf(stderr, "%s\n", toc_buf_text(&shown));
    toc_buf_fini(&shown);
    toc_buf_fini(&told);
    toc_buf_fini(&out);
    toc_scenario_free(scenario);
    toc_files_free(files);
    return code;
}

const toc_command toc_command_msel = {
    .name = "msel",
    .usage = "msel [SCENARIO]",
    .summary = "the master scenario events list: to read, as a spreadsheet, as a book",
    .about = "Prints every inject, contingency inject, decision, expected action and phase of a "
             "scenario with its\n"
             "planned time, in the order in which control meets them. Without a folder it takes "
             "the current one.\n"
             "The book holds all that is needed to conduct the exercise on paper. What is made for "
             "a team holds\n"
             "nothing of what is to come: its brief, its contacts, the rules, and empty forms.\n"
             "What each answer to a decision brings is found by rehearsing the scenario.\n"
             "A spreadsheet that shows all in one column expects semicolons: open the file with "
             "Data > From Text/CSV.\n",
    .examples = "  tocsin msel scenarios/silent-beams\n"
                "  tocsin msel scenarios/silent-beams --csv --output msel.csv\n"
                "  tocsin msel scenarios/silent-beams --html --output book.html\n"
                "  tocsin msel scenarios/silent-beams --html --for evaluators > evaluators.html\n"
                "  tocsin msel scenarios/silent-beams --html --for operator > operator.html\n"
                "  tocsin msel scenarios/silent-beams --evaluate all --output sheets.html\n",
    .options = options,
    .run = run,
};
