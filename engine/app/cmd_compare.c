// SPDX-License-Identifier: MIT
// tocsin compare: two recordings side by side.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "command.h"
#include "replays/compare.h"

static const toc_option options[] = {
    {"json", NULL, "one object of JSON", false},
    {NULL, NULL, NULL, false},
};

static toc_err open_one(toc_recording **out, const char *given, toc_error *e)
{
    char *path = NULL;
    toc_err err = toc_recording_path(&path, given, "tocsin compare", e);
    if (!err)
        err = toc_recording_open(out, path, e);
    free(path);
    return err;
}

// Nobody should take what is unreadable for what did not happen.
static void warn(const toc_recording *r, const char *name)
{
    const toc_chain_report *chain = toc_recording_chain(r);
    toc_buf text = {0};
    if (chain->bad_line == 0)
        return;
    toc_text_visible(&text, name, strlen(name), false);
    fprintf(stderr,
            "tocsin: %s is compared up to line %lld; what follows is unreadable: `tocsin verify` "
            "says more\n",
            toc_buf_text(&text), (long long)chain->bad_line - 1);
    toc_buf_fini(&text);
}

static int show(const toc_arguments *a, const toc_recording *one, const toc_recording *other)
{
    toc_comparison c;
    toc_buf text = {0}, shown = {0};
    toc_compare(&c, one, other);
    if (toc_options_has(a, "json")) {
        toc_comparison_json(&text, &c);
        fwrite(toc_buf_text(&text), 1, text.len, stdout);
    } else {
        toc_comparison_text(&text, &c, a->arguments[0], a->arguments[1]);
        toc_text_visible(&shown, text.data, text.len, true);
        fputs(toc_buf_text(&shown), stdout);
    }
    int code = toc_said_all(c.is_same ? 0 : 1);
    toc_buf_fini(&text);
    toc_buf_fini(&shown);
    toc_comparison_fini(&c);
    return code;
}

static int run(const toc_arguments *a)
{
    toc_error e = {0};
    toc_recording *one = NULL, *other = NULL;
    int code;
    toc_err err = a->argument_count == 2
                      ? TOC_OK
                      : toc_fail(&e, TOC_EUSAGE,
                                 "compare needs two recordings: tocsin compare runs/… runs/…");
    if (!err)
        err = open_one(&one, a->arguments[0], &e);
    if (!err)
        err = open_one(&other, a->arguments[1], &e);
    if (err) {
        code = toc_report(&e);
    } else {
        warn(one, a->arguments[0]);
        warn(other, a->arguments[1]);
        code = show(a, one, other);
    }
    toc_recording_free(one);
    toc_recording_free(other);
    return code;
}

const toc_command toc_command_compare = {
    .name = "compare",
    .usage = "compare A B",
    .summary = "two recordings: where they part, why, and how they differ",
    .about = "A branch and what it left, two runs of one scenario, or two teams. What says nothing "
             "of the exercise (seals, the clock\n"
             "on the wall, who joined and left) is not compared. As `diff` does, it ends with 0 if "
             "they are the same and 1\n"
             "if they differ.\n",
    .examples = "  tocsin compare runs/silent-beams-20261121-180000-ab12 "
                "runs/silent-beams-20261121-180000-ab12-branch-1\n"
                "  tocsin compare runs/monday runs/tuesday --json\n",
    .options = options,
    .run = run,
};
