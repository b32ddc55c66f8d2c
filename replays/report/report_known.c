// SPDX-License-Identifier: MIT
// What a team had read when it decided, and what had arrived and nobody had opened: the question that a review asks first.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report_decisions.h"

enum { OPEN_ROWS = 6, WORDS_MAX = 72 }; // more are folded away

static void say_items(toc_report *rp, const toc_review_decision *d, bool is_read);
static void say_item(toc_report *rp, const toc_review_decision *d, int64_t item, bool is_read);
static void add_item(const toc_report *rp, toc_buf *words, const toc_event *ev);

void toc_report_known(toc_report *rp, const toc_review_decision *d)
{
    if (strcmp(d->team, "excon") == 0)
        return; // who sees everything
    say_items(rp, d, true);
    say_items(rp, d, false);
}

static void say_items(toc_report *rp, const toc_review_decision *d, bool is_read)
{
    const int64_t *items = is_read ? d->read : d->unread;
    const size_t count = is_read ? d->read_count : d->unread_count;
    const char *by = d->answered_seq && !d->is_overdue ? "by then"
                     : d->settled_seq                  ? "when its time was over"
                                                       : "at the end";
    toc_buf words = {0};
    toc_buf_printf(&words, is_read ? "The team had read %s" : "Had arrived and was not opened %s",
                   by);
    if (count == 0) {
        toc_paper_sayf(rp->paper, "%s: nothing.", words.data);
        toc_buf_fini(&words);
        return;
    }
    toc_buf_printf(&words, " (%zu %s)", count, count == 1 ? "item" : "items");
    if (count > OPEN_ROWS) {
        toc_paper_details(rp->paper, words.data);
    } else {
        toc_buf_char(&words, ':');
        toc_paper_say(rp->paper, words.data);
    }
    for (size_t i = 0; i < count; i++)
        say_item(rp, d, items[i], is_read);
    if (count > OPEN_ROWS)
        toc_paper_details_end(rp->paper);
    toc_buf_fini(&words);
}

static void say_item(toc_report *rp, const toc_review_decision *d, int64_t item, bool is_read)
{
    const toc_review_arrival *a = toc_report_arrival(rp, d->team, item);
    toc_buf words = {0};
    add_item(rp, &words, toc_recording_at(rp->r, item));
    if (a) {
        toc_buf_str(&words, ", came ");
        toc_report_when(rp, &words, a->arrived);
    }
    if (a && a->is_voice) {
        toc_buf_str(&words, ", told by voice");
    } else if (a && is_read) {
        toc_buf_str(&words, ", opened ");
        toc_report_when(rp, &words, a->read);
    } else if (a && a->read_seq) {
        toc_buf_str(&words, ", opened only ");
        toc_report_when(rp, &words, a->read);
    } else if (a) {
        toc_buf_str(&words, ", never opened");
    }
    toc_report_evidence(rp, &words, &item, 1);
    toc_paper_item(rp->paper, toc_buf_text(&words));
    toc_buf_fini(&words);
}

static void add_item(const toc_report *rp, toc_buf *words, const toc_event *ev)
{
    if (ev->kind == TOC_K_INJECT) {
        toc_paper_foreign(words, toc_event_str(ev, TOC_F_INJECT));
        toc_buf_str(words, " \"");
        toc_report_cut(rp, words, toc_event_str(ev, TOC_F_TITLE), WORDS_MAX);
        toc_buf_char(words, '"');
        return;
    }
    const char *text = toc_event_str(ev, TOC_F_TEXT), *title = toc_event_str(ev, TOC_F_QUOTE_TITLE);
    const char *quote = title ? title : toc_event_str(ev, TOC_F_QUOTE);
    toc_report_who(rp, words, toc_event_str(ev, TOC_F_FROM));
    toc_buf_str(words, quote ? " passed on \"" : ": \"");
    toc_report_cut(rp, words, toc_report_words_of(rp, ev->seq, quote ? quote : text), WORDS_MAX);
    toc_buf_char(words, '"');
}

// Arrivals stand in the order of their items.
const toc_review_arrival *toc_report_arrival(const toc_report *rp, const char *team,
                                             int64_t item)
{
    const toc_review *v = &rp->review;
    size_t low = 0, high = v->arrival_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (v->arrivals[middle].item < item)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < v->arrival_count && v->arrivals[low].item == item; low++)
        if (strcmp(v->arrivals[low].to, team) == 0)
            return &v->arrivals[low];
    return NULL;
}
