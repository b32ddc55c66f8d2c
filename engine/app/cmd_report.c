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
#include "replays/report.h"

#define MAX_JOURNAL  ((size_t)4 << 30)
#define MAX_PREVIOUS ((size_t)16 << 20)

static const toc_option options[] = {
    {"output", "DIR", "the folder to write into; the default is report/ in the run folder, or here",
     false},
    {"team", "TEAM", "for one team: what it was sent, saw and did, and nothing of others", false},
    {"anonymise", NULL,
     "people are their seats; names that anybody signed in with are taken out of texts", false},
    {"previous", "FILE",
     "an improvement-plan.csv of an earlier report: what is still open is carried forward", false},
    {"no-alternatives", NULL,
     "do not rehearse what other answers would have led to, which takes a while", false},
    {"force", NULL, "write over the files of an earlier report", false},
    {NULL, NULL, NULL, false},
};

typedef struct {
    toc_recording *of[TOC_ARGUMENTS_MAX];
    toc_verdict verdicts[TOC_ARGUMENTS_MAX];
    size_t count;
    toc_corrective *previous;
    size_t previous_count;
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
static toc_err read_one(read_files *files, const char *given, toc_error *e);
static toc_err read_previous(read_files *files, const char *path, toc_error *e);
static char *default_folder(const toc_arguments *a);
static toc_err make_folder(const char *dir, toc_error *e);
static toc_err write_all(folder_out *out, const toc_paper *paper);
static void on_file(void *context, const char *name, const toc_buf *bytes);
static void say_done(const read_files *files, const folder_out *out);

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
                            .verdicts = files.verdicts};
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
    int code = err ? toc_report(&e) : toc_said_all(0);
    toc_paper_free(paper);
    toc_buf_fini(&out.names);
    free(dir);
    toc_correctives_free(files.previous, files.previous_count);
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
    toc_err err = TOC_OK;
    for (size_t i = 0; !err && i < a->argument_count; i++)
        err = read_one(files, a->arguments[i], e);
    const char *previous = toc_options_get(a, "previous");
    return err || !previous ? err : read_previous(files, previous, e);
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
        err = toc_verify(&files->verdicts[files->count], toc_buf_text(&journal), journal.len,
                         &wanted, e);
    if (!err) {
        err = toc_recording_read(&files->of[files->count], toc_buf_text(&journal), journal.len, e);
        if (err)
            toc_verdict_fini(&files->verdicts[files->count]);
    }
    files->count += !err;
    toc_buf_fini(&journal);
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

// Beside the recording, where it is a run folder's; else here.
static char *default_folder(const toc_arguments *a)
{
    struct stat st;
    const char *given = toc_options_get(a, "output"), *run = a->arguments[0];
    size_t len = strlen(run);
    if (given)
        return toc_strdup(given);
    if (a->argument_count > 1 || stat(run, &st) != 0)
        return toc_strdup("report");
    const char *slash = strrchr(run, '/');
    if (!S_ISDIR(st.st_mode) && strcmp(slash ? slash + 1 : run, "journal.jsonl") != 0)
        return toc_strdup("report");
    if (!S_ISDIR(st.st_mode))
        return slash ? toc_sprintf("%.*s/report", (int)(slash - run), run) : toc_strdup("report");
    while (len > 1 && run[len - 1] == '/')
        len--;
    return toc_sprintf("%.*s/report", (int)len, run);
}

static toc_err make_folder(const char *dir, toc_error *e)
{
    struct stat st;
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

// Tables come without ".csv".
static void on_file(void *context, const char *name, const toc_buf *bytes)
{
    folder_out *out = context;
    struct stat st;
    if (out->err)
        return;
    char *path = toc_sprintf("%s/%s%s", out->dir, name, strchr(name, '.') ? "" : ".csv");
    if (out->is_dry) {
        if (lstat(path, &st) == 0)
            out->err = toc_fail(
                out->e, TOC_EREFUSED,
                "%.300s is there already; --force writes over it, -o takes another folder", path);
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

const toc_command toc_command_report = {
    .name = "report",
    .usage = "report JOURNAL …",
    .summary = "the after-action report: HTML, Markdown, tables",
    .about =
        "Verifies the recording, then writes the report from it: what happened, the timeline, "
        "objectives, decisions,\n"
        "the improvement plan. Several recordings stand side by side: teams that played the same "
        "scenario, or the same\n"
        "requirements from exercise to exercise. The same recording always gives the same bytes.\n",
    .examples = "  tocsin report runs/silent-beams-20261121-180000-ab12\n"
                "  tocsin report runs/… --team operator --anonymise -o for-operator\n"
                "  tocsin report spring/ autumn/ --previous spring/report/improvement-plan.csv\n",
    .options = options,
    .run = run,
};
