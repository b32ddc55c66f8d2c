// SPDX-License-Identifier: MIT
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "branch_signs.h"
#include "replays/branch.h"
#include "replays/tell.h"

enum { LEFT_MOST = 12 };

static void say_decide(toc_buf *out, const toc_branch *b, const toc_recording *parent,
                       const toc_branch_decide *d);
static void say_settled(toc_buf *out, const toc_event *ev);
static void say_left(toc_buf *out, const toc_branch *b, const toc_recording *parent);
static void say_notes(toc_buf *out, const char *notes);
static void warn_of_words(toc_buf *out, const toc_branch *b);

static const char *plural(int64_t n)
{
    return n == 1 ? "" : "s";
}

void toc_branch_text(toc_buf *out, const toc_branch *b, const toc_recording *parent)
{
    toc_buf_str(out, "left      ");
    toc_text_visible(out, b->header.parent, strlen(b->header.parent), false);
    toc_buf_str(out, " at ");
    toc_play_text(out, b->point);
    toc_buf_printf(out, ", behind line %lld of %lld\n", (long long)b->parent_seq,
                   (long long)b->parent_count);
    for (size_t i = 0; i < b->decide_count; i++)
        say_decide(out, b, parent, &b->decides[i]);
    if (b->unused > 0)
        toc_buf_printf(
            out, "played    by others: %lld new input%s; %lld later one%s of the original not used",
            (long long)b->made, plural(b->made), (long long)b->unused, plural(b->unused));
    else
        toc_buf_printf(out,
                       "played    %lld later input%s of the original done again (%lld at another "
                       "time), %lld new",
                       (long long)b->again, plural(b->again), (long long)b->later,
                       (long long)b->made);
    toc_buf_str(out, b->ended >= 0 ? "; ENDEX at " : "; it has not ended");
    if (b->ended >= 0)
        toc_play_text(out, b->ended);
    toc_buf_char(out, '\n');
    warn_of_words(out, b);
    say_left(out, b, parent);
    say_notes(out, toc_buf_text(&b->notes));
}

static void say_decide(toc_buf *out, const toc_branch *b, const toc_recording *parent,
                       const toc_branch_decide *d)
{
    const toc_plan *plan = toc_recording_plan(parent, NULL);
    const toc_event *was = d->was_seq ? toc_recording_at(parent, d->was_seq) : NULL;
    const toc_event *now = d->now_seq ? &b->lines.at[d->now_seq - 1] : NULL;
    toc_buf_printf(out, "%-9s was ", plan->decisions[d->decision].id);
    say_settled(out, was);
    toc_buf_str(out, "; now ");
    if (now || !d->refused)
        say_settled(out, now);
    if (d->refused) {
        toc_buf_str(out, now ? "; the other answer was not given: " : "unanswered: ");
        toc_text_visible(out, d->refused, strlen(d->refused), false);
    }
    toc_buf_char(out, '\n');
}

static void say_settled(toc_buf *out, const toc_event *ev)
{
    if (!ev) {
        toc_buf_str(out, "never settled");
        return;
    }
    const char *option = toc_event_str(ev, TOC_F_OPTION), *text = toc_event_str(ev, TOC_F_TEXT);
    if (ev->kind == TOC_K_OVERDUE)
        toc_buf_str(out, option ? "overdue, so " : "overdue");
    char quoted[TOC_QUOTE_SIZE];
    if (option)
        toc_text_visible(out, option, strlen(option), false);
    if (text) {
        toc_buf_str(out, option ? ", " : "");
        toc_buf_str(out, toc_text_quote(quoted, text));
    }
    toc_buf_str(out, " (");
    toc_play_text(out, ev->t);
    const char *by = toc_event_str(ev, TOC_F_BY);
    if (by) {
        toc_buf_str(out, ", ");
        toc_text_visible(out, by, strlen(by), false);
    }
    toc_buf_char(out, ')');
}

// People spoke of what they saw; here it may have gone otherwise.
static void warn_of_words(toc_buf *out, const toc_branch *b)
{
    toc_signs signs = {0};
    for (size_t i = (size_t)b->parent_seq; i < b->lines.count; i++)
        toc_signs_add(&signs, &b->lines.at[i]);
    if (signs.again > 0 && signs.invented > 0) {
        toc_buf_str(out, "words     What people said after ");
        toc_play_text(out, b->point);
        toc_buf_printf(out, " stands as in the original (%zu message%s); it may no longer fit\n",
                       signs.again, plural((int64_t)signs.again));
    }
    if (signs.invented > 0)
        toc_buf_printf(out,
                       "invented  %zu answer%s that nobody there gave: reason \"%s\" (asked for "
                       "here) or \"%s\" (first options)\n",
                       signs.invented, plural((int64_t)signs.invented), TOC_BRANCH_REASON,
                       TOC_REHEARSED_REASON);
}

// Who did not open what never came is only counted.
static void say_left(toc_buf *out, const toc_branch *b, const toc_recording *parent)
{
    size_t readings = 0, shown = 0;
    if (b->left_count == 0)
        return;
    toc_buf_printf(out, "left out  %zu input%s of the original:\n", b->left_count,
                   plural((int64_t)b->left_count));
    for (size_t i = 0; i < b->left_count; i++) {
        const toc_event *ev = toc_recording_at(parent, b->left[i].seq);
        bool is_reading = ev->kind == TOC_K_READ || ev->kind == TOC_K_ACK;
        readings += is_reading;
        if (is_reading || ++shown > LEFT_MOST)
            continue;
        toc_buf_str(out, "          ");
        toc_play_text(out, ev->t);
        toc_buf_str(out, "  ");
        toc_tell_cut(out, parent, b->left[i].seq, 60);
        toc_buf_str(out, ": ");
        toc_text_visible(out, b->left[i].why, strlen(b->left[i].why), false);
        toc_buf_char(out, '\n');
    }
    if (shown > LEFT_MOST)
        toc_buf_printf(out, "          %zu more\n", shown - LEFT_MOST);
    if (readings > 0)
        toc_buf_printf(out,
                       "          %zu time%s that somebody opened what did not come to them here\n",
                       readings, plural((int64_t)readings));
}

static void say_notes(toc_buf *out, const char *notes)
{
    while (*notes) {
        size_t len = strcspn(notes, "\n");
        toc_buf_str(out, "note      ");
        toc_text_visible(out, notes, len, false);
        toc_buf_char(out, '\n');
        notes += len + (notes[len] == '\n');
    }
}
