// SPDX-License-Identifier: MIT
#include "fake_script.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void begin(toc_fake *f, toc_exercise *x, const char *name, toc_line line, bool is_told)
{
    size_t i = toc_storyline_new(x, name, is_told);
    assert(i < TOC_COUNT(f->running));
    f->running[i].line = line;
    f->running[i].step = 0;
    toc_storyline_run(x, i);
}

static void refill(void *self)
{
    ((toc_fake *)self)->refills++;
}

static void start(void *self, toc_exercise *x)
{
    toc_fake *f = self;
    for (size_t i = 0; i < TOC_FAKE_MAX && f->lines[i]; i++) {
        char *name = toc_sprintf("line %zu", i + 1);
        begin(f, x, name, f->lines[i], true);
        free(name);
    }
}

static void run(void *self, toc_exercise *x, size_t storyline)
{
    toc_fake *f = self;
    toc_line_says says;
    do
        says = f->running[storyline].line(x, f->running[storyline].step++);
    while (says == TOC_LINE_ON);
    if (says == TOC_LINE_ENDS)
        toc_storyline_end(x, storyline, NULL);
}

static void event(void *self, toc_exercise *x, const toc_event *ev)
{
    toc_fake *f = self;
    if (f->on && ev->kind == f->on_kind)
        begin(f, x, "on", f->on, false);
}

static bool conditions(void *self, toc_exercise *x)
{
    toc_fake *f = self;
    if (!f->when || f->has_fired || !f->when(x))
        return false;
    f->has_fired = true;
    begin(f, x, "when", f->then, true);
    return true;
}

static toc_err met(void *self, toc_exercise *x, size_t expectation, bool *is_met, toc_error *e)
{
    toc_fake *f = self;
    return f->met(x, expectation, is_met, e);
}

static toc_err text(void *self, toc_exercise *x, size_t inject, toc_buf *out, toc_error *e)
{
    (void)self;
    (void)e;
    toc_buf_str(out, toc_exercise_plan(x)->injects[inject].text);
    return TOC_OK;
}

static bool halted(void *self)
{
    (void)self;
    return false;
}

void toc_fake_init(toc_fake *f)
{
    memset(f, 0, sizeof *f);
    f->hooks = (toc_script){.self = f,
                            .refill = refill,
                            .start = start,
                            .run = run,
                            .event = event,
                            .conditions = conditions,
                            .met = met,
                            .text = text,
                            .halted = halted};
}
