// SPDX-License-Identifier: MIT
// tocsin run: conduct a scenario, or go on with a run whose engine was stopped.

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "aftermath.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "command.h"
#include "folder.h"
#include "hub/hub.h"
#include "playcheck.h"
#include "script/scenario.h"
#include "terminal/auto.h"
#include "transcript.h"
#include "voice.h"

#define FAREWELL_MS 500 // for the last words, where nobody takes them

static const toc_option options[] = {
    {"resume", "RUN", "go on with this run folder instead of starting a scenario", false},
    {"listen", "HOST:PORT",
     "where the desk listens (127.0.0.1:7400); the feeds follow; port 0: any free", false},
    {"host", "NAME", "the engine's name in tickets, when it listens on all addresses", false},
    {"run-dir", "DIR", "where run folders are made (runs)", false},
    {"excon", "N", "seats for exercise control (1)", false},
    {"simcell", "N", "seats for SIMCELL (0)", false},
    {"evaluators", "N", "seats for evaluators (0)", false},
    {"board", NULL, "a seat for the public picture", false},
    {"auto-start", NULL, "STARTEX when every seat of the teams and EXCON has joined", false},
    {"speed", "X", "play time per wall time, 0.5 to 1000 (1)", false},
    {"in", "DURATION", "choose the speed so that play lasts this long, as in 30s", false},
    {"seed", "N", "the seed of `random` (drawn if not given)", false},
    {"play", "POLICY",
     "fill every seat with a terminal that plays: first, random:SEED, silent (nobody closes it), "
     "plan:FILE",
     false},
    {"people", "SEAT,SEAT", "with --play: the seats at which people sit down instead", false},
    {"quiet", NULL, "no transcript", false},
    {"until-eof", NULL,
     "stop, as Ctrl-C does, when the standard input (a pipe) ends: for programs that start an engine",
     false},
    {NULL, NULL, NULL, false},
};

typedef struct {
    char *marking, *folder;
    bool is_quiet, is_silent; // is_silent: no seat that plays will close
    toc_aftermath after;
    toc_scenario *scenario; // for names; NULL where a run is taken up again
    toc_voice *voice;       // while the engine runs, everything is said through it
} talk;

static bool say(const talk *t, const toc_buf *lines)
{
    return toc_voice_say(t->voice, TOC_VOICE_OUT, toc_buf_text(lines), lines->len);
}

static void on_ready(void *context, const toc_hub_ready *ready)
{
    talk *t = context;
    t->marking = toc_strdup(ready->marking);
    t->folder = toc_strdup(ready->folder);
    toc_buf out = {0};
    toc_buf_str(&out, "EXERCISE EXERCISE EXERCISE  ");
    toc_text_visible(&out, ready->title, strlen(ready->title), false);
    toc_buf_printf(&out, "  %s\nrun       %s%s\n", ready->marking ? ready->marking : "",
                   ready->folder,
                   ready->is_resumed
                       ? "  (resumed; play waits for EXCON: `resume`, or `start` if it had not begun)"
                       : "");
    if (ready->cut > 0)
        toc_buf_printf(&out,
                       "repaired  the last %lld bytes were incomplete and nobody was told of them; "
                       "kept in %s\n",
                       (long long)ready->cut, ready->cut_path);
    toc_buf_printf(&out, "desk      %s:%d\n", ready->listen, ready->ports[0]);
    for (size_t i = 0; i < ready->audience_count; i++)
        toc_buf_printf(&out, "feed      %s:%d  %s\n", ready->listen, ready->ports[i + 1],
                       ready->audiences[i]);
    for (size_t i = 0; i < ready->ticket_count; i++)
        toc_buf_printf(&out, "ticket    %s\n", ready->tickets[i]);
    toc_buf_str(&out, "Each seat sits down with:  tocsin join TICKET\n\n");
    say(t, &out);
    toc_buf_fini(&out);
}

static void on_notice(void *context, const char *text);

static void on_event(void *context, const toc_event *ev)
{
    talk *t = context;
    toc_aftermath_see(&t->after, ev);
    if (t->is_silent && ev->kind == TOC_K_ENDEX)
        on_notice(t, "play has ended and nobody plays EXCON: `close` at an EXCON seat, or stop "
                     "here with Ctrl-C");
    if (t->is_quiet || !t->folder)
        return; // what made the lobby is told by on_ready
    toc_buf line = {0};
    toc_transcript_line(&line, t->marking, t->scenario ? toc_scenario_plan(t->scenario) : NULL, ev);
    if (line.len > 0 && !say(t, &line)) {
        t->is_quiet = true;
        on_notice(t, "nobody reads the transcript any more; the exercise goes on without it");
    }
    toc_buf_fini(&line);
}

static void on_notice(void *context, const char *text)
{
    const talk *t = context;
    toc_buf line = {0};
    toc_buf_str(&line, "EXERCISE  engine: ");
    toc_text_visible(&line, text, strlen(text), false);
    toc_buf_char(&line, '\n');
    toc_voice_say(t->voice, TOC_VOICE_ERR, line.data, line.len);
    toc_buf_fini(&line);
}

// "0.5" … "1000", exactly to the thousandth.
static toc_err parse_speed(const char *text, int64_t *speed, toc_error *e)
{
    char *end;
    double value = strtod(text, &end);
    if (end == text || *end != '\0' || !(value >= 0.5 && value <= 1000))
        return toc_fail(e, TOC_EUSAGE, "--speed must be between 0.5 and 1000, not \"%.40s\"", text);
    *speed = (int64_t)(value * 1000 + 0.5);
    return TOC_OK;
}

// Play of length shall last as long as `in` says; speeds go from 0.5 to 1000.
static toc_err choose_speed(int64_t *speed, const char *in, int64_t length, toc_error *e)
{
    int64_t wanted = 0, shortest = (length + 999999) / 1000000, longest = length * 2 / 1000;
    if (toc_duration_parse(in, &wanted, e))
        return e->code = TOC_EUSAGE;
    *speed = wanted > 0 ? length * 1000 / wanted : 0;
    if (wanted > 0 && *speed >= 500 && *speed <= 1000000)
        return TOC_OK;
    toc_buf bound = {0};
    bool is_short = wanted <= 0 || *speed > 1000000;
    toc_duration_text(&bound, (is_short ? shortest : longest) * 1000);
    toc_fail(e, TOC_EUSAGE, "--in %.40s is too %s: the %s for this exercise is %s", in,
             is_short ? "short" : "long", is_short ? "shortest" : "longest", toc_buf_text(&bound));
    toc_buf_fini(&bound);
    return TOC_EUSAGE;
}

// The scenario is loaded once here, so that its author sees every mistake before anything is made,
// and so that its length can choose the speed.
static toc_err check_scenario(toc_scenario **out, const toc_arguments *a, toc_hub_options *o,
                              const toc_playplan *play, toc_error *e)
{
    toc_err err = toc_folder_load(out, o->files, o->dir, e);
    if (err)
        return err;
    toc_buf problems = {0};
    const char *in = toc_options_get(a, "in");
    if (in)
        err = choose_speed(&o->speed, in, toc_scenario_plan(*out)->length_ms, e);
    toc_playseats seats = {o->excons, o->simcells, o->evaluators, o->boards};
    if (!err && toc_playcheck(play, toc_scenario_plan(*out), &seats, &problems) > 0) {
        err = TOC_ESCENARIO;
        toc_problems_show(&problems, play->name, err, e);
    }
    toc_buf_fini(&problems);
    return err;
}

// What a resumed run has from its run folder cannot be asked for anew.
static toc_err check_resume(const toc_arguments *a, toc_error *e)
{
    static const char *const fixed[] = {"listen",     "host",  "run-dir", "excon", "simcell",
                                        "evaluators", "board", "speed",   "in",    "seed"};
    for (size_t i = 0; i < TOC_COUNT(fixed); i++)
        if (toc_options_has(a, fixed[i]))
            return toc_fail(
                e, TOC_EUSAGE,
                "--%s does not go with --resume: the run keeps what it was started with", fixed[i]);
    if (a->argument_count > 0)
        return toc_fail(e, TOC_EUSAGE,
                        "--resume takes the scenario from the recording; name no other");
    return TOC_OK;
}

// A policy that no terminal understands would leave the run in its lobby for ever.
static toc_err check_policy(const char *policy, const char *dir, toc_playplan *play, toc_error *e)
{
    toc_auto *seat;
    if (!policy)
        return TOC_OK;
    toc_buf problems = {0};
    toc_err err =
        strncmp(policy, "plan:", 5) == 0 ? toc_playread(play, policy + 5, &problems, e) : TOC_OK;
    if (err)
        toc_problems_show(&problems, policy + 5, err, e);
    bool is_text = problems.len > 0;
    toc_buf_fini(&problems);
    if (!err)
        err = toc_auto_new(&seat, policy, "excon-1", e);
    if (!err)
        toc_auto_free(seat);
    else if (!is_text)
        toc_playmeant(dir, strncmp(policy, "plan:", 5) == 0 ? policy + 5 : policy,
                      "--play plan:", e);
    return err;
}

static toc_err read_options(const toc_arguments *a, toc_hub_options *o, toc_playplan *play,
                            toc_error *e)
{
    long excon, simcell, evaluators, seed;
    toc_err err = toc_options_count(a, "excon", 1, 20, 1, &excon, e);
    if (!err)
        err = toc_options_count(a, "simcell", 0, 50, 0, &simcell, e);
    if (!err)
        err = toc_options_count(a, "evaluators", 0, 50, 0, &evaluators, e);
    if (!err)
        err = toc_options_count(a, "seed", 1, 1L << 52, 0, &seed, e);
    if (err)
        return err;
    o->excons = (int)excon;
    o->simcells = (int)simcell;
    o->evaluators = (int)evaluators;
    o->boards = toc_options_has(a, "board");
    o->seed = (uint64_t)seed;
    o->resume = toc_options_get(a, "resume");
    o->listen = toc_options_get(a, "listen") ? toc_options_get(a, "listen") : "127.0.0.1:7400";
    o->host = toc_options_get(a, "host");
    o->runs = toc_options_get(a, "run-dir") ? toc_options_get(a, "run-dir") : "runs";
    o->auto_start = toc_options_has(a, "auto-start");
    o->is_leashed = toc_options_has(a, "until-eof");
    o->play = toc_options_get(a, "play");
    o->people = toc_options_get(a, "people");
    if (o->people && !o->play)
        return toc_fail(e, TOC_EUSAGE, "--people says who is not played: it goes with --play");
    if (toc_options_has(a, "speed") && toc_options_has(a, "in"))
        return toc_fail(e, TOC_EUSAGE, "--speed or --in, not both");
    if (toc_options_has(a, "speed"))
        err = parse_speed(toc_options_get(a, "speed"), &o->speed, e);
    if (!err)
        err = check_policy(o->play, a->argument_count > 0 ? a->arguments[0] : NULL, play, e);
    if (!err && o->resume)
        return check_resume(a, e);
    if (!err && !o->resume && a->argument_count != 1)
        return toc_fail(e, TOC_EUSAGE,
                        "run needs one scenario folder: tocsin run scenarios/silent-beams");
    return err;
}

// The process ends with _exit: nng's sockets are never closed, because closing can hang.
static void leave(int code)
{
    fflush(stdout);
    fflush(stderr);
    _exit(code);
}

static void leave_after(toc_voice *voice, int code)
{
    toc_voice_stop(voice, FAREWELL_MS);
    _exit(code);
}

static int conduct(talk *t, toc_hub_options *o, bool has_logs)
{
    toc_error e = {0};
    toc_buf last = {0};
    toc_hub_end end = TOC_HUB_CLOSED;
    // Whoever reads the transcript may leave; the exercise goes on.
    signal(SIGPIPE, SIG_IGN);
    fflush(stdout); // what was printed before comes before
    if (toc_voice_start(&t->voice, STDOUT_FILENO, STDERR_FILENO, &e))
        leave(toc_report(&e));
    o->context = t;
    o->on_ready = on_ready;
    o->on_event = on_event;
    o->on_notice = on_notice;
    t->is_silent = o->play && strcmp(o->play, "silent") == 0;
    if (toc_hub_run(o, &end, &e)) {
        int code = toc_error_line(&last, &e);
        toc_voice_say(t->voice, TOC_VOICE_ERR, last.data, last.len);
        leave_after(t->voice, code);
    }
    if (end == TOC_HUB_INTERRUPTED) {
        toc_buf_printf(&last, "\nStopped. Nothing is lost; go on with:  tocsin run --resume %s\n",
                       t->folder);
        say(t, &last);
        leave_after(t->voice, 130);
    }
    bool is_blamed = toc_aftermath_tell(&t->after, t->folder, has_logs, &last) && o->play;
    toc_buf_printf(&last,
                   "\nThe exercise is closed. Prove the recording with:  tocsin verify %s\n"
                   "Watch it again:                                    tocsin replay %s\n"
                   "Write the report:                                  tocsin report %s\n",
                   t->folder, t->folder, t->folder);
    say(t, &last);
    leave_after(t->voice, is_blamed ? 1 : 0);
    return 0;
}

static int run(const toc_arguments *a)
{
    toc_error e = {0};
    talk t = {.is_quiet = toc_options_has(a, "quiet")};
    toc_hub_options o = {.files = toc_files_new()};
    toc_err err = read_options(a, &o, &t.after.play, &e);
    if (!err && !o.resume) {
        o.dir = a->arguments[0];
        err = toc_folder_read(o.files, o.dir, &e);
        if (!err)
            err = check_scenario(&t.scenario, a, &o, &t.after.play, &e);
    }
    if (err)
        leave(toc_report(&e));
    return conduct(&t, &o, !o.resume);
}

int toc_run_on(const char *folder, const toc_arguments *a)
{
    toc_error e = {0};
    talk t = {.is_quiet = toc_options_has(a, "quiet")};
    toc_hub_options o = {.resume = folder, .play = toc_options_get(a, "play")};
    if (check_policy(o.play, NULL, &t.after.play, &e))
        leave(toc_report(&e));
    return conduct(&t, &o, true);
}

const toc_command toc_command_run = {
    .name = "run",
    .usage = "run SCENARIO",
    .summary = "conduct an exercise: live, recorded, resumable (--resume RUN)",
    .about = "Makes a run folder with one ticket a seat, listens, and conducts the exercise until "
             "EXCON closes it.\n"
             "Everything is in the run folder's journal.jsonl before anybody sees it. If the "
             "engine is stopped or\n"
             "killed, --resume goes on where it was; the seats come back by themselves.\n"
             "With --play the exit code is 1 if a line of the plan could not be done, an "
             "expectation of it did not\n"
             "come about, or a script failed: all are told at the end.\n",
    .examples = "  tocsin run scenarios/silent-beams\n"
                "  tocsin run scenarios/silent-beams --listen 0.0.0.0:7400 --host exercise-server "
                "--excon 2\n"
                "  tocsin run scenarios/silent-beams --auto-start --in 30s --play first\n"
                "  tocsin run --resume runs/silent-beams-20261121-180000-ab12\n",
    .options = options,
    .run = run,
};
