// SPDX-License-Identifier: MIT
// tocsin replay: watch a recording again.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "command.h"
#include "replay_command.h"
#include "replays/player.h"

enum { DAY_MS = 86400000 };

static const toc_option options[] = {
    {"as", "WHOM", "whose eyes: a team's id, a seat of it (wind-2), excon, board, or all (all)", false},
    {"from", "T", "begin there, as in T+0:45", false},
    {"until", "T", "only what happened up to there; the full screen begins there", false},
    {"speed", "X", "play time per wall time, 0.5 to 1000 (1; plain lines: all at once)", false},
    {"idle", "TIME", "shorten what is idle for longer to a moment; none: nothing (5s)", false},
    {"plain", NULL,
     "lines, for screen readers and pipes (also with TERM=dumb, TOCSIN_ACCESSIBLE=1, or where "
     "there is no terminal)",
     false},
    {"follow", NULL, "a live run: go on with what is added to the journal", false},
    {"why", "ID",
     "say why that came about: the id of an inject, decision, service …, or a line's "
     "number",
     false},
    {"spread", "ID", "say whom that inject (or a message's line) reached, and when", false},
    {"snapshot", "WxH",
     "print one screen as text: with --as, that seat's own at --until; else the replay's", false},
    {"keys", "KEYS", "press these before the snapshot: \"2 Enter\"; other words are typed", false},
    {"notes", "FILE", "where notes are kept (beside the journal, .notes.jsonl)", false},
    {"by", "NAME", "who makes notes ($USER)", false},
    {"no-emergency", NULL,
     "for a wall that all see: of a real emergency only that there was one, as in a team's report",
     false},
    {"json", NULL, "plain lines, --why and --spread as JSON", false},
    {"ascii", NULL, "frames and marks of ASCII only (also where the locale is not UTF-8)", false},
    {"no-color", NULL, "bold and reverse instead of colours (also with NO_COLOR, TOCSIN_NO_COLOR)",
     false},
    {"no-mouse", NULL, "leave the mouse to the terminal, for selecting text", false},
    {NULL, NULL, NULL, false},
};

static toc_err read_options(toc_replay_command *c, const toc_arguments *a, toc_error *e);
static toc_err check_options(const toc_arguments *a, toc_error *e);
static toc_err read_time(const toc_arguments *a, const char *name, int64_t *ms, toc_error *e);
static toc_err read_speed(const char *text, int64_t *speed, toc_error *e);
static toc_err read_idle(const char *text, int64_t *ms, toc_error *e);
static toc_err open_recording(toc_replay_command *c, const toc_arguments *a, toc_error *e);
static void warn(const toc_replay_command *c);
static bool is_set(const char *name);
static bool wants_plain(const toc_arguments *a);
static int show(toc_replay_command *c, const toc_arguments *a, bool *is_full, toc_error *e);

static int run(const toc_arguments *a)
{
    toc_error e = {0};
    toc_replay_command c = {.from = -1, .until = -1, .idle = TOC_IDLE_MS};
    bool is_full = false;
    toc_err err = check_options(a, &e);
    if (!err)
        err = read_options(&c, a, &e);
    if (!err)
        err = open_recording(&c, a, &e);
    if (!err)
        warn(&c);
    int code = err ? toc_error_exit(err) : show(&c, a, &is_full, &e);
    if (code != 0)
        toc_report(&e);
    else if (toc_recording_chain(c.r)->state == TOC_CHAIN_DAMAGED)
        code = toc_error_exit(TOC_EDAMAGED);
    if (is_full) {
        fflush(stdout);
        _exit(code); // a thread may still be executing the exercise
    }
    toc_recording_free(c.r);
    toc_notes_fini(&c.notes);
    free(c.path);
    free(c.notes_path);
    return toc_said_all(code);
}

static int show(toc_replay_command *c, const toc_arguments *a, bool *is_full, toc_error *e)
{
    const char *why = toc_options_get(a, "why"), *spread = toc_options_get(a, "spread");
    if (why)
        return toc_replay_why(c, why, e);
    if (spread)
        return toc_replay_spread(c, spread, e);
    if (c->w > 0)
        return toc_replay_snapshot(c, e);
    if (wants_plain(a))
        return toc_replay_lines(c, e);
    *is_full = true;
    return toc_replay_full(c, e);
}

static toc_err check_options(const toc_arguments *a, toc_error *e)
{
    static const char *const ways[] = {"why", "spread", "snapshot"};
    const char *way = NULL;
    if (a->argument_count != 1)
        return toc_fail(e, TOC_EUSAGE,
                        "replay needs one recording: tocsin replay runs/… (a run folder, or its "
                        "journal.jsonl)");
    for (size_t i = 0; i < TOC_COUNT(ways); i++) {
        if (!toc_options_has(a, ways[i]))
            continue;
        if (way)
            return toc_fail(e, TOC_EUSAGE, "--%s or --%s, not both", way, ways[i]);
        way = ways[i];
    }
    if (toc_options_has(a, "keys") && !toc_options_has(a, "snapshot"))
        return toc_fail(e, TOC_EUSAGE, "--keys goes with --snapshot");
    if (toc_options_has(a, "json") && toc_options_has(a, "snapshot"))
        return toc_fail(e, TOC_EUSAGE, "--snapshot is text: not with --json");
    if (toc_options_has(a, "follow") && way)
        return toc_fail(e, TOC_EUSAGE, "--follow goes on for ever: not with --%s", way);
    return TOC_OK;
}

static toc_err read_options(toc_replay_command *c, const toc_arguments *a, toc_error *e)
{
    const char *speed = toc_options_get(a, "speed"), *idle = toc_options_get(a, "idle");
    const char *size = toc_options_get(a, "snapshot"), *by = toc_options_get(a, "by");
    const char *user = getenv("USER");
    c->as = toc_options_get(a, "as");
    c->keys = toc_options_get(a, "keys");
    c->by = by ? by : user ? user : "";
    c->is_ascii = toc_options_has(a, "ascii");
    c->has_colors =
        !toc_options_has(a, "no-color") && !is_set("NO_COLOR") && !is_set("TOCSIN_NO_COLOR");
    c->has_mouse = !toc_options_has(a, "no-mouse");
    c->is_following = toc_options_has(a, "follow");
    c->is_json = toc_options_has(a, "json");
    c->keeps_back = toc_options_has(a, "no-emergency");
    toc_err err = read_time(a, "from", &c->from, e);
    if (!err)
        err = read_time(a, "until", &c->until, e);
    if (!err && speed)
        err = read_speed(speed, &c->speed, e);
    if (!err && idle)
        err = read_idle(idle, &c->idle, e);
    if (!err && size)
        err = toc_options_size(size, &c->w, &c->h, e);
    if (!err && c->from >= 0 && c->until >= 0 && c->from > c->until)
        err = toc_fail(e, TOC_EUSAGE, "--from is after --until");
    return err;
}

// With or without T+.
static toc_err read_time(const toc_arguments *a, const char *name, int64_t *ms, toc_error *e)
{
    const char *text = toc_options_get(a, name);
    char quoted[TOC_QUOTE_SIZE];
    if (!text)
        return TOC_OK;
    bool is_whole = strncasecmp(text, "T+", 2) == 0;
    char *whole = toc_sprintf("T+%s", is_whole ? text + 2 : text);
    toc_err err = toc_play_parse(whole, ms, NULL);
    free(whole);
    return err ? toc_fail(e, TOC_EUSAGE, "--%s needs a time of play, as in T+1:33 or T+45m; not %s",
                          name, toc_text_quote(quoted, text))
               : TOC_OK;
}

static toc_err read_speed(const char *text, int64_t *speed, toc_error *e)
{
    char *end;
    double value = strtod(text, &end);
    if (end == text || *end != '\0' || !(value >= 0.5 && value <= 1000))
        return toc_fail(e, TOC_EUSAGE, "--speed must be between 0.5 and 1000, not \"%.40s\"", text);
    *speed = (int64_t)(value * 1000 + 0.5);
    return TOC_OK;
}

static toc_err read_idle(const char *text, int64_t *ms, toc_error *e)
{
    *ms = 0;
    if (strcmp(text, "none") == 0)
        return TOC_OK;
    toc_err err = toc_duration_parse(text, ms, e);
    if (!err && (*ms < 1000 || *ms > DAY_MS))
        err = toc_fail(e, TOC_EUSAGE, "--idle must be between 1s and 1d, or none");
    if (err && e)
        e->code = TOC_EUSAGE;
    return err ? TOC_EUSAGE : TOC_OK;
}

static toc_err open_recording(toc_replay_command *c, const toc_arguments *a, toc_error *e)
{
    const char *notes = toc_options_get(a, "notes");
    size_t bad = 0;
    toc_err err = toc_recording_path(&c->path, a->arguments[0], "tocsin replay", e);
    if (!err)
        err = toc_recording_open(&c->r, c->path, e);
    if (err)
        return err;
    if (c->keeps_back)
        toc_recording_keep_back(c->r);
    c->notes_path = notes ? toc_strdup(notes) : toc_notes_path(c->path);
    err = toc_notes_check(c->notes_path, c->path, e);
    if (!err)
        err = toc_notes_read(&c->notes, c->notes_path, &bad, e);
    if (!err && bad > 0)
        fprintf(stderr, "tocsin: %zu lines of the notes are no notes and are left out\n", bad);
    return err;
}

// What is wrong with the recording; the rest of it is shown.
static void warn(const toc_replay_command *c)
{
    const toc_chain_report *chain = toc_recording_chain(c->r);
    const toc_header *header = toc_recording_header(c->r);
    const char *why = NULL;
    toc_buf text = {0};
    if (chain->state == TOC_CHAIN_DAMAGED || (chain->state == TOC_CHAIN_TORN && !c->is_following))
        toc_buf_printf(
            &text,
            "the recording is %s at line %lld of the file (%s); what stands before it is shown",
            chain->state == TOC_CHAIN_TORN ? "torn" : "damaged", (long long)chain->bad_line,
            chain->why);
    else if (header->semantics != TOC_SEMANTICS)
        toc_buf_printf(&text,
                       "the recording was made by another generation of the engine (%lld): "
                       "it is shown, and not executed again",
                       (long long)header->semantics);
    else if (!toc_recording_plan(c->r, &why))
        toc_buf_printf(&text, "the scenario in the recording does not load: %s", why ? why : "");
    if (text.len > 0) {
        toc_buf shown = {0};
        toc_text_visible(&shown, text.data, text.len, false);
        fprintf(stderr, "tocsin: %s\n", toc_buf_text(&shown));
        toc_buf_fini(&shown);
    }
    toc_buf_fini(&text);
}

static bool is_set(const char *name)
{
    const char *value = getenv(name);
    return value && value[0] != '\0';
}

static bool wants_plain(const toc_arguments *a)
{
    const char *type = getenv("TERM");
    return toc_options_has(a, "plain") || toc_options_has(a, "json") ||
           is_set("TOCSIN_ACCESSIBLE") || !type || !*type || strcmp(type, "dumb") == 0 ||
           !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO);
}

const toc_command toc_command_replay = {
    .name = "replay",
    .usage = "replay JOURNAL",
    .summary = "watch a recording again: as anybody, at any moment",
    .about =
        "Shows what happened, and beside it the screen of the seat as it stood: what a team had, "
        "what it had not\n"
        "read yet. `?` lists the keys: w says why something came about, s whom it reached, o keeps "
        "a note. Nothing\n"
        "is ever written into the recording. A damaged one is shown up to its first bad line "
        "(exit code 5).\n",
    .examples =
        "  tocsin replay runs/silent-beams-20261121-180000-ab12\n"
        "  tocsin replay runs/… --as operator --from T+1:30 --speed 8\n"
        "  tocsin replay runs/… --as wind --until T+1:33 --snapshot 80x24\n"
        "  tocsin replay runs/… --as wind --until T+1:33 --plain    what it had not read yet\n"
        "  tocsin replay runs/… --why INJ-15\n"
        "  tocsin replay runs/… --spread INJ-09 --json\n"
        "  tocsin replay runs/… --follow --as excon                 while it runs\n",
    .options = options,
    .run = run,
};
