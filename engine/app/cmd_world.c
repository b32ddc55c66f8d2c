// SPDX-License-Identifier: MIT
// tocsin world: the model of a scenario alone, without an exercise.

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "command.h"
#include "folder.h"
#include "world_show.h"

static const toc_option options[] = {
    {"sources", NULL, "where each number is from", false},
    {"dot", NULL, "the dependency graph, for Graphviz (dot -Tsvg)", false},
    {"shock", "SERVICE=LEVEL[@T]",
     "its own capability becomes LEVEL percent (0 to 100, the number alone), T after STARTEX (0); "
     "may be repeated",
     true},
    {"repair", "ID[@T]", "start a repair; may be repeated", true},
    {"refuel", "CONSUMER[:PROVIDER][@T]", "fill its buffers; may be repeated", true},
    {"open", "CONSUMER:PROVIDER[@T]", "open a closed alternative; may be repeated", true},
    {"black-start", "SERVICE=TIME[@T]", "hold it up for a time; may be repeated", true},
    {"until", "TIME",
     "how far to go: TIME, or T+2:00 of play; else to ENDEX, and six hours past what is done",
     false},
    {"json", NULL, "the answer as one JSON object", false},
    {NULL, NULL, NULL, false},
};

// Without a time or something to do, the question is what there is, not what happens.
static bool is_played(const toc_arguments *a)
{
    static const char *const words[] = {"until",  "shock", "repair",
                                        "refuel", "open",  "black-start"};
    for (size_t i = 0; i < TOC_COUNT(words); i++)
        if (toc_options_has(a, words[i]))
            return true;
    return false;
}

static toc_err check(const toc_arguments *a, toc_error *e)
{
    if (a->argument_count > 1)
        return toc_fail(e, TOC_EUSAGE,
                        "world takes one scenario folder: tocsin world scenarios/silent-beams");
    if (toc_options_has(a, "dot") && (toc_options_has(a, "json") || is_played(a)))
        return toc_fail(e, TOC_EUSAGE,
                        "--dot draws what there is: it does not go with --json or a trace");
    if (toc_options_has(a, "sources") && is_played(a))
        return toc_fail(e, TOC_EUSAGE, "--sources does not go with a trace");
    return TOC_OK;
}

// What happens. That so much happens that it is not shown to its end is told, and is a problem.
static toc_err answer_trace(toc_buf *out, const toc_arguments *a, const toc_plan *p,
                            const toc_findings *findings, toc_error *e)
{
    toc_acts acts;
    int64_t until;
    toc_trace trace = {0};
    toc_err err = toc_acts_until(&until, a, p, e);
    if (!err)
        err = toc_acts_read(&acts, a, p, &until, e);
    if (!err)
        err = toc_trace_run(&trace, &p->model, &acts, until, e);
    if (!err && toc_options_has(a, "json"))
        toc_world_json(out, p, findings, &trace);
    else if (!err)
        toc_world_show_trace(out, p, &trace);
    if (!err && trace.is_cut)
        err = toc_fail(e, TOC_ELIMIT,
                       "the trace was stopped after %d changes; ask for a shorter --until",
                       TOC_TRACE_ROWS);
    toc_trace_fini(&trace);
    return err;
}

static toc_err answer(toc_buf *out, const toc_arguments *a, const toc_plan *p, toc_error *e)
{
    if (toc_options_has(a, "dot")) {
        toc_world_dot(out, p);
        return TOC_OK;
    }
    if (is_played(a) && !toc_options_has(a, "json"))
        return answer_trace(out, a, p, NULL, e);
    toc_findings findings;
    toc_err err = toc_findings_find(&findings, p, e);
    if (!err && is_played(a)) {
        err = answer_trace(out, a, p, &findings, e);
    } else if (!err && toc_options_has(a, "json")) {
        toc_world_json(out, p, &findings, NULL);
    } else if (!err) {
        toc_world_show_model(out, p, toc_options_has(a, "sources"));
        toc_world_show_findings(out, p, &findings);
    }
    toc_findings_fini(&findings);
    return err;
}

static int run(const toc_arguments *a)
{
    toc_error e = {0};
    toc_scenario *scenario = NULL;
    toc_buf out = {0};
    signal(SIGPIPE, SIG_IGN); // a reader that leaves is an output that could not be written
    const char *dir = a->argument_count > 0 ? a->arguments[0] : ".";
    toc_files *files = toc_files_new();
    toc_err err = check(a, &e);
    if (!err)
        err = toc_folder_read(files, dir, &e);
    if (!err)
        err = toc_folder_load(&scenario, files, dir, &e);
    if (!err)
        err = answer(&out, a, toc_scenario_plan(scenario), &e);
    fwrite(toc_buf_text(&out), 1, out.len, stdout);
    int code = toc_said_all(0);
    if (err)
        code = toc_report(&e);
    toc_buf_fini(&out);
    toc_scenario_free(scenario);
    toc_files_free(files);
    return code;
}

const toc_command toc_command_world = {
    .name = "world",
    .usage = "world [SCENARIO]",
    .summary = "the model alone: what needs what, and what becomes of a shock",
    .about = "Prints the services of a scenario by domain, what they need and how they are "
             "repaired, and what its\n"
             "author should know: circles, what nobody sees, what most hangs on. With something "
             "to do, or --until,\n"
             "it prints what becomes of it instead: every change with its causes, and what is lost "
             "to users.\n"
             "Times are of the story, from STARTEX on: 90m, 6h, 1d2h, +2h40; or of play: T+1:30, "
             "which the pace and\nthe phases turn into the story's. Without a folder it takes the "
             "one you "
             "are in. Storylines are not run.\n",
    .examples = "  tocsin world scenarios/cold-corridor --sources\n"
                "  tocsin world scenarios/cold-corridor --dot | dot -Tsvg > world.svg\n"
                "  tocsin world scenarios/cold-corridor --shock grid.north=0 --shock "
                "grid.north=100@10h\n"
                "  tocsin world scenarios/cold-corridor --shock grid.north=0 --refuel "
                "mobile.north@3h --json\n",
    .options = options,
    .run = run,
};
