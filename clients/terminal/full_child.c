// SPDX-License-Identifier: MIT
// Other programs at this terminal. The loop runs on beside them, so that the link stays up; only
// keys and drawing rest.
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "child.h"
#include "full_inside.h"

static void hand_over(toc_full *f, int64_t number, const char *path);
static void end_child(toc_full *f, int status);

void toc_full_edit(toc_full *f, const toc_wish *w)
{
    toc_buf path = {0};
    toc_error e = {0};
    pid_t child = 0;
    toc_err err = f->child
                      ? toc_fail(&e, TOC_EREFUSED, "another program has the terminal")
                      : toc_scratch_text(&f->sitting.scratch, w->text ? w->text : "", &path, &e);
    if (!err) {
        toc_console_lend(&f->console);
        err = toc_child_edit(&child, path.data, &e);
        if (err)
            toc_console_take_back(&f->console);
    }
    if (err) {
        toc_sitting_written(&f->sitting, w->number, false, e.msg);
    } else {
        f->child = child;
        hand_over(f, w->number, path.data);
    }
    toc_buf_fini(&path);
}

void toc_full_show(toc_full *f, const toc_wish *w, const char *path, bool is_text)
{
    toc_error e = {0};
    bool is_apart = false;
    pid_t child = 0;
    toc_err err =
        f->child ? toc_fail(&e, TOC_EREFUSED, "another program has the terminal") : TOC_OK;
    if (!err) {
        toc_console_lend(&f->console);
        err = toc_child_show(&child, path, is_text, &is_apart, &e);
        if (err || is_apart)
            toc_console_take_back(&f->console);
    }
    if (err || is_apart) {
        toc_sitting_written(&f->sitting, w->number, !err, err ? e.msg : path);
    } else {
        f->child = child;
        hand_over(f, w->number, NULL);
        toc_sitting_written(&f->sitting, w->number, true, path);
    }
}

// Programs that have windows of their own end here too, and nobody asks how.
void toc_full_reap(toc_full *f)
{
    int status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG | WUNTRACED)) > 0) {
        if (pid != f->child)
            continue;
        if (WIFSTOPPED(status)) {
            raise(SIGSTOP); // the shell would not know that the terminal is free
            kill(pid, SIGCONT);
        } else {
            end_child(f, status);
        }
    }
}

static void hand_over(toc_full *f, int64_t number, const char *path)
{
    f->child_number = number;
    free(f->child_path);
    f->child_path = toc_strdup(path);
}

static void end_child(toc_full *f, int status)
{
    toc_buf text = {0};
    toc_error e = {0};
    char *path = f->child_path;
    bool is_well = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    f->child = 0;
    f->child_path = NULL;
    toc_err err = TOC_OK;
    if (path && !is_well)
        err = toc_fail(&e, TOC_EIO, "the editor failed; the text is as it was before");
    else if (path)
        err = toc_text_file(path, &text, &e);
    if (path)
        unlink(path);
    if (!f->console.is_over) {
        if (path)
            toc_sitting_written(&f->sitting, f->child_number, !err,
                                err ? e.msg : toc_buf_text(&text));
        toc_console_take_back(&f->console);
    }
    toc_buf_fini(&text);
    free(path);
}
