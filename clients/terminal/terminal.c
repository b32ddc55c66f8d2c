// SPDX-License-Identifier: MIT
#include "terminal/terminal.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "loop.h"
#include "plain.h"

static toc_err prepare(toc_plain *t, const toc_terminal_options *o, toc_error *e);

int toc_terminal_run(const toc_terminal_options *o, toc_error *e)
{
    toc_plain *t = toc_alloc(sizeof *t);
    uv_loop_t *loop = toc_alloc(sizeof *loop);
    int code;
    toc_err err = prepare(t, o, e);
    if (err) {
        // A ticket that cannot be read is a matter of files, whatever is wrong with it.
        code = t->ticket.seat ? toc_error_exit(err) : 3;
        free(loop);
    } else if (uv_loop_init(loop) != 0) {
        code = toc_error_exit(toc_fail(e, TOC_EINTERNAL, "no event loop"));
        free(loop);
    } else {
        err = toc_plain_open(t, loop, o, e);
        if (!err)
            uv_run(loop, UV_RUN_DEFAULT);
        toc_plain_close(t);
        code = err ? toc_error_exit(err) : t->exit;
        if (!err && code != 0 && e)
            *e = t->error;
        toc_loop_end(loop);
    }
    toc_auto_free(t->player);
    toc_picture_fini(&t->picture);
    toc_lines_fini(&t->lines);
    toc_ticket_fini(&t->ticket);
    free(t);
    return code;
}

static toc_err prepare(toc_plain *t, const toc_terminal_options *o, toc_error *e)
{
    toc_buf warning = {0};
    signal(SIGPIPE, SIG_IGN);
    toc_err err = toc_ticket_read(&t->ticket, o->ticket, &warning, e);
    if (!err && o->policy)
        err = toc_auto_new(&t->player, o->policy, t->ticket.seat, e);
    if (!err && warning.len) {
        toc_lines lines;
        toc_lines_init(&lines, t->ticket.marking, 0);
        toc_lines_block(&lines, warning.data);
        // Only words; if nobody reads them, the next line will find out.
        if (write(o->out, toc_buf_text(&lines.out), lines.out.len) < 0)
            toc_buf_clear(&lines.out);
        toc_lines_fini(&lines);
    }
    toc_buf_fini(&warning);
    return err;
}
