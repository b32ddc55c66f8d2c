// SPDX-License-Identifier: MIT
// What EXCON does to a row of the master list while it is played: fire, hold, release, skip, edit; and
// deliver, by which a controller says that it was told. Two controllers may reach for the same row: the
// second one hears who was first.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "state.h"

static toc_err find_row(const toc_exercise *x, const toc_event *in, size_t *i, toc_error *e);
static toc_err fail_gone(const toc_exercise *x, size_t i, toc_error *e);
static void add_by(const toc_exercise *x, size_t i, const char *before, toc_buf *out);
static bool is_blank(const char *text);
static size_t row_of(const toc_exercise *x, const toc_event *in);

toc_err toc_msel_find(const toc_exercise *x, const char *id, size_t *i, toc_error *e)
{
    *i = toc_exercise_inject_find(x, id);
    if (*i == TOC_NONE)
        return toc_fail(e, TOC_EREFUSED, "there is no inject %.60s", id);
    toc_inject_state state = x->injects[*i].state;
    return state == TOC_INJECT_SENT || state == TOC_INJECT_SKIPPED ? fail_gone(x, *i, e) : TOC_OK;
}

// ---- fire, hold, release, skip -----------------------------------------------------------------------

toc_err toc_fire_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    size_t i;
    toc_err err = find_row(x, in, &i, e);
    return !err && x->injects[i].state == TOC_INJECT_CUED ? fail_gone(x, i, e) : err;
}

toc_err toc_hold_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    size_t i;
    toc_err err = find_row(x, in, &i, e);
    if (err || x->injects[i].state != TOC_INJECT_HELD)
        return err;
    const inject_now *now = &x->injects[i];
    const char *id = toc_exercise_inject_row(x, i)->id;
    if (now->by)
        return toc_fail(e, TOC_EREFUSED, "%s is held already, by %s", id, now->by);
    return toc_fail(e, TOC_EREFUSED, "%s is held already: %s", id, now->reason);
}

toc_err toc_release_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    size_t i;
    toc_err err = find_row(x, in, &i, e);
    if (err || x->injects[i].state == TOC_INJECT_HELD)
        return err;
    if (x->injects[i].state == TOC_INJECT_CUED)
        return fail_gone(x, i, e);
    toc_buf by = {0};
    add_by(x, i, ": released", &by);
    err = toc_fail(e, TOC_EREFUSED, "%s is not held%s", toc_exercise_inject_row(x, i)->id,
                   toc_buf_text(&by));
    toc_buf_fini(&by);
    return err;
}

toc_err toc_skip_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    size_t i;
    return find_row(x, in, &i, e);
}

void toc_fire_apply(toc_exercise *x, const toc_event *in)
{
    size_t i = row_of(x, in);
    toc_inject_send(x, i);
    if (toc_inject_is_gone(x, i)) // its text may have failed
        toc_inject_set_by(x, i, toc_event_str(in, TOC_F_BY));
}

void toc_hold_apply(toc_exercise *x, const toc_event *in)
{
    size_t i = row_of(x, in);
    char *reason = toc_sprintf("held by %s", toc_event_str(in, TOC_F_BY));
    toc_inject_hold(x, i, reason);
    toc_inject_set_by(x, i, toc_event_str(in, TOC_F_BY));
    free(reason);
}

void toc_release_apply(toc_exercise *x, const toc_event *in)
{
    size_t i = row_of(x, in);
    toc_inject_release(x, i);
    if (x->injects[i].state != TOC_INJECT_HELD)
        toc_inject_set_by(x, i, toc_event_str(in, TOC_F_BY));
}

void toc_skip_apply(toc_exercise *x, const toc_event *in)
{
    size_t i = row_of(x, in);
    toc_inject_skip(x, i, toc_event_str(in, TOC_F_REASON));
    toc_inject_set_by(x, i, toc_event_str(in, TOC_F_BY));
}

// ---- edit, deliver -----------------------------------------------------------------------------------

toc_err toc_edit_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    size_t i;
    const char *title = toc_event_str(in, TOC_F_TITLE), *text = toc_event_str(in, TOC_F_TEXT);
    toc_err err = find_row(x, in, &i, e);
    if (!err && x->injects[i].state == TOC_INJECT_CUED)
        return toc_fail(e, TOC_EREFUSED,
                        "%s: %s has the cue already; hold it, then edit it, then release it",
                        toc_exercise_inject_row(x, i)->id, toc_exercise_inject_row(x, i)->voice);
    if (!err && !title && !text)
        return toc_fail(e, TOC_EREFUSED, "edit needs a title or a text");
    return err ? err : toc_words_check(title, text, e);
}

void toc_edit_apply(toc_exercise *x, const toc_event *in)
{
    inject_now *now = &x->injects[row_of(x, in)];
    const char *title = toc_event_str(in, TOC_F_TITLE), *text = toc_event_str(in, TOC_F_TEXT);
    if (title) {
        free(now->title);
        now->title = toc_strdup(title);
    }
    if (text) {
        free(now->text);
        now->text = toc_strdup(text);
    }
}

toc_err toc_deliver_check(const toc_exercise *x, const toc_event *in, toc_error *e)
{
    size_t i;
    const char *text = toc_event_str(in, TOC_F_TEXT);
    toc_err err = find_row(x, in, &i, e);
    if (err)
        return err;
    const toc_inject *row = toc_exercise_inject_row(x, i);
    if (!row->voice)
        return toc_fail(e, TOC_EREFUSED, "%s is sent, not told: there is nothing to deliver",
                        row->id);
    if (x->injects[i].state == TOC_INJECT_HELD)
        return toc_fail(e, TOC_EREFUSED, "%s is held: %s; EXCON releases it first", row->id,
                        x->injects[i].reason);
    if (x->injects[i].state != TOC_INJECT_CUED)
        return toc_fail(e, TOC_EREFUSED, "the cue for %s has not come yet; fire gives it now",
                        row->id);
    return text ? toc_words_check(NULL, text, e) : TOC_OK;
}

void toc_deliver_apply(toc_exercise *x, const toc_event *in)
{
    size_t i = row_of(x, in);
    toc_inject_deliver(x, i, toc_event_str(in, TOC_F_TEXT));
    toc_inject_set_by(x, i, toc_event_str(in, TOC_F_BY));
}

// ---- what is checked alike ---------------------------------------------------------------------------

toc_err toc_time_check(const toc_exercise *x, int64_t now, int64_t until, toc_error *e)
{
    toc_buf when = {0};
    toc_err err = TOC_OK;
    if (until < now) {
        toc_play_text(&when, now);
        err = toc_fail(e, TOC_EREFUSED, "play is at %s already; give a later time", when.data);
    } else if (until >= x->plan->length_ms) {
        toc_play_text(&when, x->plan->length_ms);
        err = toc_fail(e, TOC_EREFUSED, "ENDEX is at %s; give an earlier time", when.data);
    }
    toc_buf_fini(&when);
    return err;
}

toc_err toc_words_check(const char *title, const char *text, toc_error *e)
{
    if (title && is_blank(title))
        return toc_fail(e, TOC_EREFUSED, "the title is empty");
    if (title && strpbrk(title, "\n\t"))
        return toc_fail(e, TOC_EREFUSED, "the title must be one line");
    if (title && strlen(title) > TOC_LINE_MAX)
        return toc_fail(e, TOC_EREFUSED, "the title is longer than %d bytes", TOC_LINE_MAX);
    if (text && is_blank(text))
        return toc_fail(e, TOC_EREFUSED, "the text is empty");
    return TOC_OK;
}

static toc_err find_row(const toc_exercise *x, const toc_event *in, size_t *i, toc_error *e)
{
    return toc_msel_find(x, toc_event_str(in, TOC_F_INJECT), i, e);
}

// "INJ-04 was sent already, by excon-2 at T+0:12:07"
static toc_err fail_gone(const toc_exercise *x, size_t i, toc_error *e)
{
    const inject_now *now = &x->injects[i];
    const toc_inject *row = toc_exercise_inject_row(x, i);
    toc_buf by = {0};
    toc_err err;
    if (now->state == TOC_INJECT_SENT) {
        add_by(x, i, "", &by);
        err = toc_fail(e, TOC_EREFUSED, "%s was sent already%s", row->id, toc_buf_text(&by));
    } else if (now->state == TOC_INJECT_CUED) {
        add_by(x, i, "", &by);
        err = toc_fail(e, TOC_EREFUSED, "%s has the cue for %s already%s; deliver says it was told",
                       row->voice, row->id, toc_buf_text(&by));
    } else {
        if (now->by)
            toc_buf_printf(&by, ", by %s", now->by);
        err = toc_fail(e, TOC_EREFUSED, "%s was skipped already%s, because %.300s", row->id,
                       toc_buf_text(&by), now->reason);
    }
    toc_buf_fini(&by);
    return err;
}

// ", by excon-2 at T+0:12:07", or ", at T+0:12:07" where nobody did it.
static void add_by(const toc_exercise *x, size_t i, const char *before, toc_buf *out)
{
    const inject_now *now = &x->injects[i];
    bool is_untouched = now->state == TOC_INJECT_PLANNED && !now->by;
    if (is_untouched)
        return;
    toc_buf_str(out, before);
    toc_buf_str(out, now->by ? *before ? " by " : ", by " : ",");
    toc_buf_str(out, now->by ? now->by : "");
    toc_buf_str(out, " at ");
    toc_play_text(out, now->since);
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\n")] == '\0';
}

static size_t row_of(const toc_exercise *x, const toc_event *in)
{
    return toc_exercise_inject_find(x, toc_event_str(in, TOC_F_INJECT));
}
