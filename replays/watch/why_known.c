// SPDX-License-Identifier: MIT
// A decision's why is not only who made it: what the team had read by then, and what had arrived and nobody had opened.
#include <string.h>

#include "base/text.h"
#include "why_source.h"

enum { TITLE_CHARS = 40 };

static bool has_arrived(const toc_event *ev, const char *team);
static void say_items(toc_buf *out, const toc_recording *r, const char *team, int64_t seq,
                      bool is_read);
static void say_item(toc_buf *out, const toc_event *ev);

void toc_why_known(toc_buf *out, const toc_recording *r, const toc_event *ev)
{
    const bool is_answer = ev->kind == TOC_K_DECIDED || ev->kind == TOC_K_OVERDUE;
    const char *team = is_answer ? toc_event_str(ev, TOC_F_TEAM) : NULL;
    if (!team || strcmp(team, "excon") == 0) // which sees everything
        return;
    say_items(out, r, team, ev->seq, true);
    say_items(out, r, team, ev->seq, false);
}

static void say_items(toc_buf *out, const toc_recording *r, const char *team, int64_t seq,
                      bool is_read)
{
    bool is_first = true;
    toc_buf_printf(out, "  %s by then: ",
                   is_read ? "the team had read" : "had arrived, and nobody had opened");
    for (int64_t item = 1; item < seq; item++) {
        const toc_event *ev = toc_recording_at(r, item);
        if (!has_arrived(ev, team))
            continue;
        // What was told by voice was heard.
        const bool was_read =
            toc_event_has(ev, TOC_F_VOICE) || toc_recording_read_by(r, item, team, seq) > 0;
        if (was_read != is_read)
            continue;
        toc_buf_str(out, is_first ? "" : "; ");
        say_item(out, ev);
        is_first = false;
    }
    toc_buf_str(out, is_first ? "nothing\n" : "\n");
}

static bool has_arrived(const toc_event *ev, const char *team)
{
    const toc_value *to = ev->kind == TOC_K_INJECT || ev->kind == TOC_K_MESSAGE
                              ? toc_event_value(ev, TOC_F_TO)
                              : NULL;
    for (size_t i = 0; to && i < to->count; i++)
        if (strcmp(to->list[i], team) == 0)
            return true;
    return false;
}

static void say_item(toc_buf *out, const toc_event *ev)
{
    const bool is_inject = ev->kind == TOC_K_INJECT;
    const char *name = toc_event_str(ev, is_inject ? TOC_F_INJECT : TOC_F_FROM);
    const char *quote = toc_event_str(ev, TOC_F_QUOTE_TITLE);
    const char *words = toc_event_str(ev, is_inject ? TOC_F_TITLE : TOC_F_TEXT);
    words = quote ? quote : words;
    if (!is_inject)
        toc_buf_str(out, quote ? "passed on by " : "message of ");
    toc_text_visible(out, name ? name : "", name ? strlen(name) : 0, false);
    if (!words)
        return;
    const size_t all = strlen(words);
    size_t len = 0;
    uint32_t cp;
    for (int i = 0; i < TITLE_CHARS && len < all; i++)
        len += toc_utf8_next(words + len, all - len, &cp);
    toc_buf_str(out, " \"");
    toc_text_visible(out, words, len, false);
    toc_buf_str(out, words[len] ? "…\"" : "\"");
}
