// SPDX-License-Identifier: MIT
#include <stdlib.h>

#include "base/mem.h"
#include "replays/branch.h"

// Lines that become durable together. Each batch witnesses the one before, as those of a live run do.
#define LINES_A_BATCH 200

static toc_err add_line(toc_journal *j, const toc_event *ev, toc_error *e);

toc_err toc_branch_write(toc_branch *b, const char *path, const char *seal_pem, toc_error *e)
{
    char key[65];
    toc_journal *j = NULL;
    toc_err err = toc_seal_key_public(seal_pem, key, e);
    if (err)
        return err;
    free(b->header.key);
    b->header.key = toc_strdup(key);
    err = toc_journal_create(&j, path, &b->header, seal_pem, NULL, e);
    for (size_t i = 0; i < b->lines.count && !err; i++) {
        // The last seal stands by itself: it shows that all before it was on the disk.
        bool is_last = i + 1 == b->lines.count;
        if (i > 0 && (i % LINES_A_BATCH == 0 || is_last))
            err = toc_journal_flush(j, e);
        if (!err)
            err = add_line(j, &b->lines.at[i], e);
    }
    if (!err)
        err = toc_journal_flush(j, e);
    toc_journal_close(j);
    return err;
}

static toc_err add_line(toc_journal *j, const toc_event *ev, toc_error *e)
{
    return ev->kind == TOC_K_SEAL ? toc_journal_seal(j, ev->t, e) : toc_journal_add(j, ev, e);
}
