// SPDX-License-Identifier: MIT
// tocsin branch: what if. Play on from a moment of a recording, with other answers, other players, or people.

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "command.h"
#include "hub/hub.h"
#include "playcheck.h"
#include "replays/branch.h"

#define BRANCHES_MOST 10000
#define NAME_MOST     100 // bytes of a run's name
#define RUN_MOST      80  // of the one it is a branch of

static const toc_option options[] = {
    {"at", "TIME", "the moment to leave the recording: T+1:33", false},
    {"line", "N",
     "leave it behind the step of the line with seq N instead (in a pause, time does not tell)",
     false},
    {"decide", "ID=OPTION",
     "another answer: D-03=stop, when the original answered; D-03=stop@T+0:50, D-03=stop@late; "
     "D-03=none; may be repeated",
     true},
    {"default", "WHO",
     "who else acts: original (as they did there), or first (players who take first options)",
     false},
    {"path", "PATH", "players of a rehearsal act, by this path: \"D-03=stop,EXP-04=missed\"",
     false},
    {"plan", "FILE", "the seats of a .plan act: its lines after the moment", false},
    {"until", "TIME", "EXCON ends it then (at ENDEX)", false},
    {"output", "FOLDER", "the new run folder (RUNS/<run>-branch-N)", false},
    {"run-dir", "DIR", "where run folders are made (runs)", false},
    {"run", NULL,
     "people go on: a run folder with tickets, play paused at that moment until EXCON resumes it",
     false},
    {"listen", "HOST:PORT", "with --run: where the desk listens (127.0.0.1:7400); port 0: any free",
     false},
    {"host", "NAME", "with --run: the engine's name in tickets", false},
    {"play", "POLICY", "with --run: fill every seat with a terminal that plays, as `run` has it",
     false},
    {"quiet", NULL, "with --run: no transcript", false},
    {NULL, NULL, NULL, false},
};

typedef struct {
    toc_branch_options o;
    toc_path decides, path;
    toc_playplan plan;
    toc_recording *parent;
    char *runs, *run; // the folder is runs/run
    bool is_run;
} branching;

static toc_err check_together(const toc_arguments *a, toc_error *e);
static toc_err read_point(branching *b, const toc_arguments *a, toc_error *e);
static toc_err read_decides(branching *b, const toc_arguments *a, toc_error *e);
static toc_err read_players(branching *b, const toc_arguments *a, toc_error *e);
static char *name_branch(const char *run, int number);
static toc_err name_folder(branching *b, const toc_arguments *a, toc_error *e);
static toc_err keep(branching *b, toc_branch *made, toc_error *e);
static toc_err keep_open(branching *b, toc_branch *made, const toc_arguments *a, toc_error *e);
static void tell(const branching *b, const toc_branch *made, const char *original);

static toc_err make(branching *b, const toc_arguments *a, toc_branch **made, toc_error *e)
{
    if (a->argument_count != 1)
        return toc_fail(
            e, TOC_EUSAGE,
            "branch needs one recording: tocsin branch runs/… --at T+0:40 --decide D-03=stop");
    toc_err err = check_together(a, e);
    if (!err)
        err = read_point(b, a, e);
    char *journal = NULL;
    if (!err)
        err = toc_recording_path(&journal, a->arguments[0], "tocsin branch", e);
    if (!err)
        err = toc_recording_open(&b->parent, journal, e);
    free(journal);
    if (!err)
        err = read_decides(b, a, e);
    if (!err)
        err = read_players(b, a, e);
    if (!err)
        err = name_folder(b, a, e);
    b->o.run = b->run;
    if (!err)
        err = toc_branch_make(made, b->parent, &b->o, e);
    if (!err)
        err = b->is_run ? keep_open(b, *made, a, e) : keep(b, *made, e);
    return err;
}

static int run(const toc_arguments *a)
{
    branching b = {.o = {.at = -1, .until = -1}, .is_run = toc_options_has(a, "run")};
    toc_branch *made = NULL;
    toc_error e = {0};
    toc_err err = make(&b, a, &made, &e);
    if (!err)
        tell(&b, made, a->arguments[0]);
    char *folder = toc_sprintf("%s/%s", b.runs ? b.runs : "", b.run ? b.run : "");
    toc_branch_free(made);
    toc_recording_free(b.parent);
    toc_path_fini(&b.decides);
    toc_path_fini(&b.path);
    toc_playplan_fini(&b.plan);
    int code = err ? toc_report(&e) : toc_said_all(0);
    if (!err && b.is_run)
        code = toc_run_on(folder, a);
    free(folder);
    free(b.runs);
    free(b.run);
    return code;
}

static toc_err check_together(const toc_arguments *a, toc_error *e)
{
    static const char *const live[] = {"listen", "host", "play", "quiet"};
    static const char *const virtual[] = {"decide", "default", "path", "plan", "until"};
    bool is_run = toc_options_has(a, "run");
    for (size_t i = 0; i < TOC_COUNT(live); i++)
        if (!is_run && toc_options_has(a, live[i]))
            return toc_fail(e, TOC_EUSAGE, "--%s is for people who play on: it goes with --run",
                            live[i]);
    for (size_t i = 0; i < TOC_COUNT(virtual); i++)
        if (is_run && toc_options_has(a, virtual[i]))
            return toc_fail(e, TOC_EUSAGE, "with --run people decide: --%s does not go with it",
                            virtual[i]);
    int players =
        toc_options_has(a, "default") + toc_options_has(a, "path") + toc_options_has(a, "plan");
    if (players > 1)
        return toc_fail(e, TOC_EUSAGE, "one of --default, --path and --plan says who acts");
    if (toc_options_has(a, "at") + toc_options_has(a, "line") != 1)
        return toc_fail(e, TOC_EUSAGE,
                        "say where to leave the recording: --at T+1:33, or --line N");
    return TOC_OK;
}

static toc_err read_time(const toc_arguments *a, const char *option, int64_t *out, toc_error *e)
{
    toc_error why;
    const char *text = toc_options_get(a, option);
    if (!text || toc_play_parse(text, out, &why) == TOC_OK)
        return TOC_OK;
    return toc_fail(e, TOC_EUSAGE, "--%s: %.300s", option, why.msg);
}

static toc_err read_point(branching *b, const toc_arguments *a, toc_error *e)
{
    long line;
    toc_err err = read_time(a, "at", &b->o.at, e);
    if (!err)
        err = toc_options_count(a, "line", 1, 1L << 52, 0, &line, e);
    if (!err)
        b->o.seq = line;
    if (!err)
        err = read_time(a, "until", &b->o.until, e);
    if (!err && b->o.until >= 0 && b->o.at > b->o.until)
        err = toc_fail(e, TOC_EUSAGE, "--until lies before --at");
    return err;
}

static toc_err read_decides(branching *b, const toc_arguments *a, toc_error *e)
{
    const char *given[TOC_GIVEN_MAX], *why = NULL;
    size_t count = toc_options_all(a, "decide", given, TOC_GIVEN_MAX);
    const toc_plan *plan = toc_recording_plan(b->parent, &why);
    toc_buf text = {0};
    if (count > 0 && !plan)
        return toc_fail(e, TOC_EDIVERGED, "the recorded scenario does not load: %.300s", why);
    for (size_t i = 0; i < count; i++)
        toc_buf_printf(&text, "%s%s", i ? "," : "", given[i]);
    toc_err err = count ? toc_path_parse(&b->decides, plan, toc_buf_text(&text), e) : TOC_OK;
    toc_buf_fini(&text);
    b->o.decides = &b->decides;
    return err;
}

static toc_err read_plan(branching *b, const char *path, toc_error *e)
{
    toc_buf problems = {0};
    const toc_plan *plan = toc_recording_plan(b->parent, NULL);
    toc_playseats seats = {20, 50, 50, 1}; // who sits there is the recording's
    toc_err err = toc_playread(&b->plan, path, &problems, e);
    if (!err && plan && toc_playcheck(&b->plan, plan, &seats, &problems) > 0)
        err = TOC_EUSAGE;
    if (problems.len > 0)
        fputs(toc_buf_text(&problems), stderr);
    if (err && problems.len > 0)
        toc_fail(e, err, "%.200s does not fit this recording", path);
    toc_buf_fini(&problems);
    return err;
}

static toc_err read_players(branching *b, const toc_arguments *a, toc_error *e)
{
    static const char *const words[] = {"original", "first"};
    const char *who = toc_options_get(a, "default"), *path = toc_options_get(a, "path");
    const char *why = NULL;
    const toc_plan *plan = toc_recording_plan(b->parent, &why);
    b->o.path = &b->path;
    b->o.plan = &b->plan;
    if (who && strcmp(who, words[0]) != 0 && strcmp(who, words[1]) != 0) {
        char quoted[TOC_QUOTE_SIZE];
        const char *near = toc_text_near(who, words, TOC_COUNT(words));
        return toc_fail(e, TOC_EUSAGE, "--default is original or first, not %s%s%s%s",
                        toc_text_quote(quoted, who), near ? "; did you mean " : "",
                        near ? near : "", near ? "?" : "");
    }
    bool is_path = path || (who && strcmp(who, "first") == 0);
    b->o.otherwise = b->is_run                    ? TOC_ELSE_NOBODY
                     : is_path                    ? TOC_ELSE_PATH
                     : toc_options_has(a, "plan") ? TOC_ELSE_PLAN
                                                  : TOC_ELSE_ORIGINAL;
    if (path && !plan)
        return toc_fail(e, TOC_EDIVERGED, "the recorded scenario does not load: %.300s", why);
    if (path)
        return toc_path_parse(&b->path, plan, path, e);
    return b->o.otherwise == TOC_ELSE_PLAN ? read_plan(b, toc_options_get(a, "plan"), e) : TOC_OK;
}

static toc_err split_folder(branching *b, const char *folder, toc_error *e)
{
    size_t len = strlen(folder);
    while (len > 1 && folder[len - 1] == '/')
        len--;
    char *path = toc_strndup(folder, len), *slash = strrchr(path, '/');
    b->run = toc_strdup(slash ? slash + 1 : path);
    b->runs =
        !slash ? toc_strdup(".") : toc_strndup(path, slash == path ? 1 : (size_t)(slash - path));
    free(path);
    struct stat st;
    if (!b->run[0] || strlen(b->run) > NAME_MOST || strcmp(b->run, ".") == 0 ||
        strcmp(b->run, "..") == 0)
        return toc_fail(e, TOC_EUSAGE, "%.100s is no name for a new run folder", folder);
    if (strcmp(b->run, toc_recording_header(b->parent)->run) == 0)
        return toc_fail(e, TOC_EUSAGE,
                        "the branch needs another name than the run that it leaves, %.100s",
                        b->run);
    if (stat(folder, &st) == 0)
        return toc_fail(e, TOC_EIO, "%.200s is there already: a branch gets a folder of its own",
                        folder);
    return TOC_OK;
}

// A recording may say that its run is called anything; a folder's name is letters, digits, dots, dashes and underscores.
static char *name_branch(const char *run, int number)
{
    toc_buf name = {0};
    for (const char *c = run; *c && name.len < RUN_MOST; c++) {
        const bool is_letter =
            (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9');
        const bool is_inner = (*c == '.' || *c == '-') && name.len > 0;
        if (is_letter || is_inner || *c == '_')
            toc_buf_char(&name, *c);
    }
    toc_buf_printf(&name, "%sbranch-%d", name.len > 0 ? "-" : "", number);
    return toc_buf_take(&name);
}

// The first number that is free.
static toc_err name_folder(branching *b, const toc_arguments *a, toc_error *e)
{
    const char *folder = toc_options_get(a, "output"), *runs = toc_options_get(a, "run-dir");
    if (folder && runs)
        return toc_fail(e, TOC_EUSAGE, "-o names the folder itself: --run-dir does not go with it");
    if (folder)
        return split_folder(b, folder, e);
    b->runs = toc_strdup(runs ? runs : "runs");
    for (int i = 1; i < BRANCHES_MOST; i++) {
        struct stat st;
        free(b->run);
        b->run = name_branch(toc_recording_header(b->parent)->run, i);
        char *path = toc_sprintf("%s/%s", b->runs, b->run);
        const int sys = stat(path, &st) == 0 ? EEXIST : errno;
        free(path);
        if (sys == ENOENT)
            return TOC_OK;
        if (sys != EEXIST)
            return toc_fail_sys(e, sys, "the folder %.100s/%.100s cannot be made", b->runs, b->run);
    }
    return toc_fail(e, TOC_EUSAGE, "no name is free in %.200s: name a folder with -o", b->runs);
}

// The key lives as long as this call: nothing more can be signed as this run.
static toc_err keep(branching *b, toc_branch *made, toc_error *e)
{
    char public_hex[65];
    toc_buf pem = {0};
    char *folder = toc_sprintf("%s/%s", b->runs, b->run),
         *journal = toc_sprintf("%s/journal.jsonl", folder);
    toc_err err = toc_seal_key_new(&pem, public_hex, e);
    if (!err && mkdir(b->runs, 0700) != 0 && errno != EEXIST)
        err = toc_fail_sys(e, errno, "the folder %s could not be made", b->runs);
    if (!err && mkdir(folder, 0700) != 0)
        err = toc_fail_sys(e, errno, "the folder %s could not be made", folder);
    if (!err) {
        err = toc_branch_write(made, journal, pem.data, e);
        if (err) // half a recording is none: the name is free again
            toc_run_folder_remove(folder);
    }
    free(folder);
    free(journal);
    toc_buf_fini(&pem);
    return err;
}

static toc_err keep_open(branching *b, toc_branch *made, const toc_arguments *a, toc_error *e)
{
    const char *listen = toc_options_get(a, "listen");
    toc_hub_options o = {.runs = b->runs,
                         .listen = listen ? listen : "127.0.0.1:7400",
                         .host = toc_options_get(a, "host")};
    toc_run_folder *folder;
    toc_buf pem = {0};
    toc_err err = toc_hub_make_folder(&folder, &o, toc_recording_plan(b->parent, NULL), b->run,
                                      made->seats, made->seat_count, e);
    if (!err)
        err = toc_run_folder_key(folder, "seal.key", &pem, e);
    if (!err)
        err = toc_branch_write(made, toc_run_folder_journal(folder), pem.data, e);
    if (err && folder)
        toc_run_folder_remove(toc_run_folder_path(folder));
    toc_run_folder_free(folder);
    toc_buf_fini(&pem);
    return err;
}

static void tell(const branching *b, const toc_branch *made, const char *original)
{
    toc_buf text = {0}, shown = {0};
    toc_buf_printf(&text, "branch    %s/%s\n", b->runs, b->run);
    toc_branch_text(&text, made, b->parent);
    if (!b->is_run)
        toc_buf_printf(&text, "compare   tocsin compare %s %s/%s\n", original, b->runs, b->run);
    toc_text_visible(&shown, text.data, text.len, true);
    fputs(toc_buf_text(&shown), stdout);
    toc_buf_fini(&text);
    toc_buf_fini(&shown);
}

const toc_command toc_command_branch = {
    .name = "branch",
    .usage = "branch JOURNAL --at T",
    .summary = "what if: play on from a moment of a recording, with other inputs",
    .about = "Executes the recording up to that moment and plays on, in no time, with other "
             "answers; whatever they do not\n"
             "change goes on as in the original: people do the same again, at the same distance "
             "from what they answer, as\n"
             "far as the exercise takes it. What the original never met is answered by its first "
             "option. The result is\n"
             "a recording of its own, sealed with a key of its own, which names where it comes "
             "from. Nothing is branched\n"
             "from what does not verify.\n",
    .examples =
        "  tocsin branch runs/silent-beams-20261121-180000-ab12 --at T+0:40 --decide D-03=stop\n"
        "  tocsin branch runs/… --at T+0:40 --default first\n"
        "  tocsin branch runs/… --at T+1:33 --run --listen 0.0.0.0:7400 --host exercise-server\n",
    .options = options,
    .run = run,
};
