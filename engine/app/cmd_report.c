// SPDX-License-Identifier: MIT
// tocsin report: the after-action report of a recording, or of several side by side. Each is verified first.

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/mem.h"
#include "base/text.h"
#include "command.h"
#include "crypto/crypto.h"
#include "record/ticket.h"
#include "replays/report.h"

#define MAX_JOURNAL  ((size_t)4 << 30)
#define MAX_PREVIOUS ((size_t)16 << 20)

static const toc_option options[] = {
    {"output", "DIR",
     "the folder to write into; the default is report/ (a team's: report-TEAM/) in the run folder, "
     "or here",
     false},
    {"team", "TEAM", "for one team: what it was sent, saw and did, and nothing of others", false},
    {"anonymise", NULL,
     "people are their seats; names that anybody signed in with are taken out of texts", false},
    {"previous", "FILE",
     "an improvement-plan.csv of an earlier report: what is still open is carried forward", false},
    {"notes", "FILE", "the notes of a replay, where they were kept elsewhere (beside the journal)",
     false},
    {"ticket", "FILE",
     "a ticket of the run: is the recording that run's? Of several recordings: the one of its run; "
     "may be repeated",
     true},
    {"key", "HEX", "the run's public key instead, as a ticket has it (seal_key)", false},
    {"no-alternatives", NULL, "leave out what other answers would have led to", false},
    {"force", NULL, "replace an earlier report: its files are removed, others stay", false},
    {NULL, NULL, NULL, false},
};

// All that a report may write.
static const char *const own_files[] = {
    "report.html",      "report.md",      "beside-actions", "beside-decisions", "beside-requirements",
    "communication",    "decisions",      "expected-actions", "improvement-plan", "levels",
    "log",              "messages",       "msel-as-played", "participants",     "pauses",
    "ratings",          "recordings",     "repairs",        "requirements",     "rfis",
    "spread",           "timeline",       "user-hours",
};

typedef struct {
    toc_recording *of[TOC_ARGUMENTS_MAX];
    toc_verdict verdicts[TOC_ARGUMENTS_MAX];
    size_t count;
    toc_ticket tickets[TOC_GIVEN_MAX];
    bool is_used[TOC_GIVEN_MAX]; // a ticket: it is of one of the recordings
    size_t ticket_count;
    const char *key;
    toc_corrective *previous;
    size_t previous_count;
    toc_notes notes; // of the first
    const char *notes_given; // NULL: those beside its journal
} read_files;

typedef struct {
    const char *dir;
    bool is_forced, is_dry; // dry: only see what is there already
    size_t written;
    toc_err err;
    toc_error *e;
    toc_buf names;
} folder_out;

static toc_err read_all(read_files *files, const toc_arguments *a, toc_error *e);
static toc_err read_keys(read_files *files, const toc_arguments *a, toc_error *e);
static toc_err check_tickets(const read_files *files, toc_error *e);
static void find_key(read_files *files, const char *run, toc_verify_options *wanted);
static toc_err read_one(read_files *files, const char *given, toc_error *e);
static toc_err read_notes(read_files *files, const char *journal, toc_error *e);
static toc_err read_previous(read_files *files, const char *path, toc_error *e);
static char *default_folder(const toc_arguments *a);
static toc_err make_folder(const char *dir, toc_error *e);
static toc_err write_all(folder_out *out, const toc_paper *paper);
static void remove_earlier(folder_out *out);
static char *path_of(const folder_out *out, const char *name);
static bool is_own(const char *name);
static void on_file(void *context, const char *name, const toc_buf *bytes);
static void say_done(const read_files *files, const folder_out *out);
static int exit_of(const read_files *files);

static int run(const toc_arguments *a)
{
    toc_error e = {0};
    read_files files = {0};
    toc_paper *paper = NULL;
    toc_err err = read_all(&files, a, &e);
    toc_report_options o = {.team = toc_options_get(a, "team"),
                            .is_anonymous = toc_options_has(a, "anonymise"),
                            .previous = files.previous,
                            .previous_count = files.previous_count,
                            .has_alternatives = !toc_options_has(a, "no-alternatives"),
                            .verdicts = files.verdicts,
                            .notes = &files.notes};
    if (!err && files.count == 1)
        err = toc_report_of(&paper, files.of[0], &o, &e);
    else if (!err)
        err =
            toc_report_beside(&paper, (const toc_recording *const *)files.of, files.count, &o, &e);
    char *dir = err ? NULL : default_folder(a);
    folder_out out = {.dir = dir, .is_forced = toc_options_has(a, "force"), .e = &e};
    if (!err)
        err = make_folder(dir, &e);
    if (!err)
        err = write_all(&out, paper);
    if (!err)
        say_done(&files, &out);
    int code = err ? toc_report(&e) : toc_said_all(exit_of(&files));
    toc_paper_free(paper);
    toc_buf_fini(&out.names);
    free(dir);
    toc_correctives_free(files.previous, files.previous_count);
    for (size_t i = 0; i < files.ticket_count; i++)
        toc_ticket_fini(&files.tickets[i]);
    toc_notes_fini(&files.notes);
    for (size_t i = 0; i < files.count; i++) {
        toc_recording_free(files.of[i]);
        toc_verdict_fini(&files.verdicts[i]);
    }
    return code;
}

// ---- in -------------------------------------------------------------------------------------------------

static toc_err read_all(read_files *files, const toc_arguments *a, toc_error *e)
{
    if (a->argument_count == 0)
        return toc_fail(e, TOC_EUSAGE,
                        "report needs a recording (or run folder): tocsin report runs/…");
    toc_err err = read_keys(files, a, e);
    files->notes_given = toc_options_get(a, "notes");
    for (size_t i = 0; !err && i < a->argument_count; i++)
        err = read_one(files, a->arguments[i], e);
    if (!err)
        err = check_tickets(files, e);
    const char *previous = toc_options_get(a, "previous");
    return err || !previous ? err : read_previous(files, previous, e);
}

static toc_err read_keys(read_files *files, const toc_arguments *a, toc_error *e)
{
    const char *given[TOC_GIVEN_MAX];
    const size_t count = toc_options_all(a, "ticket", given, TOC_GIVEN_MAX);
    toc_err err = TOC_OK;
    files->key = toc_options_get(a, "key");
    if (files->key && count > 0)
        return toc_fail(e, TOC_EUSAGE, "--key or --ticket, not both");
    if (files->key && a->argument_count > 1)
        return toc_fail(e, TOC_EUSAGE,
                        "--key is of one run: give a --ticket of each of several recordings");
    if (files->key && (strlen(files->key) != 64 || strspn(files->key, "0123456789abcdef") != 64))
        return toc_fail(e, TOC_EUSAGE, "--key needs the 64 hex digits of a ticket's seal_key");
    for (size_t i = 0; !err && i < count; i++) {
        err = toc_ticket_read(&files->tickets[i], given[i], NULL, e);
        files->ticket_count += !err;
    }
    if (err && e->code == TOC_EFORMAT)
        e->code = err = TOC_EIO; // 3: nothing was found out about the recording
    return err;
}

static toc_err check_tickets(const read_files *files, toc_error *e)
{
    for (size_t i = 0; i < files->ticket_count; i++)
        if (!files->is_used[i])
            return toc_fail(e, TOC_EUSAGE,
                            "a ticket is of run %.80s, and no recording given is; the first is of "
                            "run %.80s",
                            files->tickets[i].run, toc_recording_header(files->of[0])->run);
    return TOC_OK;
}

static void find_key(read_files *files, const char *run, toc_verify_options *wanted)
{
    wanted->key = files->key;
    for (size_t i = 0; i < files->ticket_count; i++)
        if (strcmp(files->tickets[i].run, run) == 0) {
            wanted->key = files->tickets[i].seal_key;
            wanted->run = files->tickets[i].run;
            files->is_used[i] = true;
        }
}

// Verified and read from the same bytes: the file may grow meanwhile.
static toc_err read_one(read_files *files, const char *given, toc_error *e)
{
    toc_verify_options wanted = {0};
    toc_buf journal = {0};
    char *path = NULL;
    toc_err err = toc_recording_path(&path, given, "tocsin report", e);
    if (!err)
        err = toc_file_slurp(&journal, path, MAX_JOURNAL, e);
    if (!err)
        err = toc_recording_read(&files->of[files->count], toc_buf_text(&journal), journal.len, e);
    if (!err) {
        find_key(files, toc_recording_header(files->of[files->count])->run, &wanted);
        err = toc_verify(&files->verdicts[files->count], toc_buf_text(&journal), journal.len,
                         &wanted, e);
        if (err)
            toc_recording_free(files->of[files->count]);
    }
    files->count += !err;
    if (!err && files->count == 1)
        err = read_notes(files, path, e);
    toc_buf_fini(&journal);
    free(path);
    return err;
}

// Of a report of one recording: several side by side have nobody's notes.
static toc_err read_notes(read_files *files, const char *journal, toc_error *e)
{
    const char *given = files->notes_given;
    size_t bad = 0;
    char *path = given ? toc_strdup(given) : toc_notes_path(journal);
    if (given && access(path, R_OK) != 0) { // beside a journal there need not be any
        toc_err err = toc_fail(e, TOC_EIO, "the notes %.200s cannot be read: %s", path,
                               strerror(errno));
        free(path);
        return err;
    }
    toc_err err = toc_notes_read(&files->notes, path, &bad, e);
    if (!err && bad > 0)
        fprintf(stderr, "tocsin: %zu lines of the notes are no notes and are left out\n", bad);
    free(path);
    return err;
}

static toc_err read_previous(read_files *files, const char *path, toc_error *e)
{
    toc_buf csv = {0};
    toc_err err = toc_file_slurp(&csv, path, MAX_PREVIOUS, e);
    if (!err && (!toc_utf8_valid(toc_buf_text(&csv), csv.len, NULL)))
        err = toc_fail(e, TOC_EFORMAT, "%.200s is no UTF-8 text; save it as \"CSV UTF-8\"", path);
    toc_error why = {0};
    if (!err && toc_corrective_read(&files->previous, &files->previous_count, toc_buf_text(&csv),
                                    csv.len, &why))
        err = toc_fail(e, why.code, "%.200s is no improvement plan: %.200s", path, why.msg);
    toc_buf_fini(&csv);
    return err;
}

// ---- out ------------------------------------------------------------------------------------------------

// Beside the recording, where it is a run folder's; else here. Whoever may read one of these folders may read all of it.
static char *default_folder(const toc_arguments *a)
{
    struct stat st;
    const char *given = toc_options_get(a, "output"), *team = toc_options_get(a, "team"),
               *run = a->arguments[0];
    if (given)
        return toc_strdup(given);
    const char *slash = strrchr(run, '/'), *name = slash ? slash + 1 : run;
    const bool is_there = a->argument_count == 1 && stat(run, &st) == 0;
    size_t len = 0;
    if (is_there && S_ISDIR(st.st_mode))
        len = strlen(run);
    else if (is_there && slash && strcmp(name, "journal.jsonl") == 0)
        len = (size_t)(slash - run);
    while (len > 1 && run[len - 1] == '/')
        len--;
    return toc_sprintf("%.*s%sreport%s%s%s", (int)len, run, len > 0 ? "/" : "", team ? "-" : "",
                       team ? team : "", toc_options_has(a, "anonymise") ? "-anonymous" : "");
}

static toc_err make_folder(const char *dir, toc_error *e)
{
    struct stat st;
    if (!*dir)
        return toc_fail(e, TOC_EUSAGE, "-o needs the name of a folder");
    if (mkdir(dir, 0700) == 0 || (errno == EEXIST && stat(dir, &st) == 0 && S_ISDIR(st.st_mode)))
        return TOC_OK;
    return toc_fail_sys(e, errno, "the folder %.300s cannot be made", dir);
}

// First everything is looked for, so that a report is never half an old one.
static toc_err write_all(folder_out *out, const toc_paper *paper)
{
    toc_buf html = {0}, markdown = {0};
    toc_paper_html(&html, paper);
    toc_paper_markdown(&markdown, paper);
    if (out->is_forced)
        remove_earlier(out);
    for (int pass = out->is_forced ? 1 : 0; pass < 2 && !out->err; pass++) {
        out->is_dry = pass == 0;
        on_file(out, "report.html", &html);
        on_file(out, "report.md", &markdown);
        toc_paper_csv(paper, on_file, out);
    }
    toc_buf_fini(&html);
    toc_buf_fini(&markdown);
    return out->err;
}

// An earlier report may have had more than this one, and for other readers. What is not a report's stays.
static void remove_earlier(folder_out *out)
{
    for (size_t i = 0; !out->err && i < TOC_COUNT(own_files); i++) {
        struct stat st;
        char *path = path_of(out, own_files[i]);
        if (lstat(path, &st) == 0 && S_ISREG(st.st_mode) && unlink(path) != 0)
            out->err = toc_fail_sys(out->e, errno, "%.300s cannot be removed", path);
        free(path);
    }
}

// Tables come without ".csv".
static char *path_of(const folder_out *out, const char *name)
{
    return toc_sprintf("%s/%s%s", out->dir, name, strchr(name, '.') ? "" : ".csv");
}

static bool is_own(const char *name)
{
    for (size_t i = 0; i < TOC_COUNT(own_files); i++)
        if (strcmp(own_files[i], name) == 0)
            return true;
    return false;
}

static void on_file(void *context, const char *name, const toc_buf *bytes)
{
    folder_out *out = context;
    struct stat st;
    if (out->err)
        return;
    if (!is_own(name)) { // --force would leave it
        out->err = toc_fail(out->e, TOC_EINTERNAL, "%.80s is no file of a report", name);
        return;
    }
    char *path = path_of(out, name);
    if (out->is_dry) {
        if (lstat(path, &st) == 0)
            out->err = toc_fail(
                out->e, TOC_EREFUSED,
                "%.300s is there already; --force replaces it, -o takes another folder", path);
    } else {
        out->err = toc_file_write_private(path, toc_buf_text(bytes), bytes->len, out->e);
        if (out->written++ >= 2)
            toc_buf_printf(&out->names, "%s%s.csv", out->names.len ? ", " : "", name);
    }
    free(path);
}

static void say_done(const read_files *files, const folder_out *out)
{
    toc_buf text = {0}, shown = {0};
    for (size_t i = 0; i < files->count; i++) {
        toc_buf verdict = {0};
        toc_verdict_text(&verdict, &files->verdicts[i]);
        toc_buf_add(&text, verdict.data, strcspn(toc_buf_text(&verdict), "\n"));
        toc_buf_char(&text, '\n');
        if (files->verdicts[i].key[0]) {
            char fingerprint[20];
            toc_key_fingerprint(files->verdicts[i].key, fingerprint);
            toc_buf_printf(&text, "key %s%s\n", fingerprint,
                           files->verdicts[i].is_foreign ? ", not the one that was given"
                           : files->verdicts[i].is_key_known
                               ? ", the run's, as given"
                               : "; whose it is was not asked: --ticket");
        }
        toc_buf_fini(&verdict);
    }
    toc_buf_printf(&text, "Wrote %s/report.html (to read and print), report.md (to edit)",
                   out->dir);
    if (out->names.len > 0)
        toc_buf_printf(&text, " and tables: %s", toc_buf_text(&out->names));
    toc_buf_char(&text, '\n');
    for (size_t i = 0; i < files->count; i++)
        if (files->verdicts[i].kind != TOC_VERDICT_VERIFIED) {
            toc_buf_str(
                &text,
                "Not everything is proven; the report says what. Next:  tocsin verify JOURNAL\n");
            break;
        }
    toc_text_visible(&shown, toc_buf_text(&text), text.len, true);
    fputs(toc_buf_text(&shown), stdout);
    toc_buf_fini(&text);
    toc_buf_fini(&shown);
}

// As `verify` gives it; of several recordings the worst.
static int exit_of(const read_files *files)
{
    int code = 0;
    for (size_t i = 0; i < files->count; i++) {
        const int one = toc_verdict_exit(&files->verdicts[i]);
        code = one > code ? one : code;
    }
    return code;
}

const toc_command toc_command_report = {
    .name = "report",
    .usage = "report JOURNAL …",
    .summary = "the after-action report: HTML, Markdown, tables",
    .about =
        "Verifies the recording, then writes the report from it: what happened, the timeline, "
        "objectives, decisions,\n"
        "the improvement plan. Several recordings stand side by side: teams that played the same "
        "scenario, or the same\n"
        "requirements from exercise to exercise. Notes that reviewers made beside one recording are in its "
        "report.\nThe same recording and notes always give the same bytes. "
        "The "
        "exit status is\n"
        "that of verify: 0 verified, 5 damaged, 1 anything else; the report is written all the "
        "same.\n",
    .examples = "  tocsin report runs/silent-beams-20261121-180000-ab12\n"
                "  tocsin report runs/… --team operator --anonymise -o for-operator\n"
                "  tocsin report spring/ autumn/ --previous spring/report/improvement-plan.csv\n",
    .options = options,
    .run = run,
};
