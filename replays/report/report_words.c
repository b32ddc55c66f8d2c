// SPDX-License-Identifier: MIT
// How the report says who, when and how long; and how it leaves out what its reader may not see.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "report_inside.h"
#include "world/words.h"

#define MASK   "[name]"
#define NOBODY " (" MASK ")" // what is left of a person beside their seat

// ---- words -------------------------------------------------------------------------------------------

void toc_report_text(const toc_report *rp, toc_buf *words, const char *text)
{
    toc_buf safe = {0};
    if (!text)
        return;
    toc_report_nameless(rp, &safe, text);
    toc_paper_foreign(words, toc_buf_text(&safe));
    toc_buf_fini(&safe);
}

void toc_report_quoted(const toc_report *rp, toc_buf *words, const char *text)
{
    const bool has_own = text && strchr(text, '"');
    toc_buf_str(words, has_own ? "“" : "\"");
    toc_report_text(rp, words, text);
    toc_buf_str(words, has_own ? "”" : "\"");
}

void toc_report_cut(const toc_report *rp, toc_buf *words, const char *text, size_t most)
{
    toc_buf safe = {0}, cut = {0};
    toc_report_nameless(rp, &safe, text ? text : "");
    const char *s = toc_buf_text(&safe);
    size_t len = strcspn(s, "\n"), end = len > most ? most : len;
    while (end > 0 && end < len && ((unsigned char)s[end] & 0xC0) == 0x80)
        end--;
    for (size_t back = 1; back < strlen(MASK) && back <= end; back++) // never within a mask
        if (strncmp(s + end - back, MASK, strlen(MASK)) == 0)
            end += strlen(MASK) - back;
    toc_buf_add(&cut, s, end);
    toc_buf_str(&cut, s[end] ? "…" : "");
    toc_paper_foreign(words, toc_buf_text(&cut));
    toc_buf_fini(&safe);
    toc_buf_fini(&cut);
}

void toc_report_person(const toc_report *rp, toc_buf *words, const char *seat, int64_t seq)
{
    char audience[64];
    if (!seat)
        return;
    toc_seat_audience(seat, audience);
    if (strcmp(seat, "engine") == 0) {
        toc_buf_str(words, "the engine");
        return;
    }
    if (rp->o->team && strcmp(audience, rp->o->team) != 0) {
        if (strcmp(audience, "control") == 0)
            toc_buf_str(words, strncmp(seat, "evaluator-", 10) == 0 ? "an evaluator" : "EXCON");
        else
            toc_report_who(rp, words, audience[0] ? audience : seat);
        return;
    }
    const char *name = rp->o->is_anonymous ? NULL : toc_recording_person(rp->r, seat, seq);
    if (name) {
        toc_report_text(rp, words, name);
        toc_buf_str(words, " (");
    }
    toc_paper_foreign(words, seat);
    toc_buf_str(words, name ? ")" : "");
}

void toc_report_who(const toc_report *rp, toc_buf *words, const char *id)
{
    if (!id)
        return;
    if (strcmp(id, "excon") == 0 || strcmp(id, "control") == 0) {
        toc_buf_str(words, "EXCON");
        return;
    }
    const char *name = toc_report_named(rp, id);
    if (name && strcmp(name, id) != 0) {
        toc_report_text(rp, words, name);
        toc_buf_str(words, " (");
        toc_paper_foreign(words, id);
        toc_buf_char(words, ')');
    } else {
        toc_report_text(rp, words, id);
    }
}

const char *toc_report_named(const toc_report *rp, const char *id)
{
    const toc_plan *p = rp->plan;
    size_t team = p ? toc_plan_team(p, id) : TOC_NONE, party = p ? toc_plan_party(p, id) : TOC_NONE;
    return team != TOC_NONE    ? p->teams[team].name
           : party != TOC_NONE ? p->parties[party].name
                               : NULL;
}

void toc_report_when(const toc_report *rp, toc_buf *words, int64_t t)
{
    (void)rp;
    if (t < 0)
        toc_buf_str(words, "–");
    else
        toc_play_text(words, t);
}

void toc_report_took(toc_buf *words, int64_t ms)
{
    int64_t s = ms / 1000;
    if (ms < 0)
        toc_buf_str(words, "–");
    else if (s < 60)
        toc_buf_printf(words, "%lld s", (long long)s);
    else if (s < 3600 && s % 60 == 0)
        toc_buf_printf(words, "%lld min", (long long)(s / 60));
    else if (s < 3600)
        toc_buf_printf(words, "%lld min %lld s", (long long)(s / 60), (long long)(s % 60));
    else
        toc_buf_printf(words, "%lld h %02lld min", (long long)(s / 3600), (long long)(s / 60 % 60));
}

void toc_report_count(toc_buf *words, int64_t n)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)n);
    for (int i = 0; i < len; i++) {
        if (i > 0 && digits[i - 1] != '-' && (len - i) % 3 == 0)
            toc_buf_str(words, TOC_PAPER_THIN);
        toc_buf_char(words, digits[i]);
    }
}

void toc_report_percent(toc_buf *words, int64_t ppm)
{
    toc_percent_text(words, ppm);
    toc_buf_str(words, " %");
}

bool toc_report_is_same_percent(int64_t a, int64_t b)
{
    toc_buf one = {0}, other = {0};
    toc_report_percent(&one, a);
    toc_report_percent(&other, b);
    const bool is_same = strcmp(toc_buf_text(&one), toc_buf_text(&other)) == 0;
    toc_buf_fini(&one);
    toc_buf_fini(&other);
    return is_same;
}

// A team's report tells a line as the team's own feed has it: who else an inject went to is not in there.
static void tell_of_feed(const toc_report *rp, toc_buf *out, int64_t seq)
{
    int64_t n = toc_feed_number(rp->feed, seq), number;
    const char *line = toc_feed_line(rp->feed, n);
    toc_event ev;
    if (!line || toc_feed_parse(line, strlen(line), &number, &ev, NULL) != TOC_OK)
        return;
    toc_report_make_fit(rp, seq, &ev);
    if (ev.kind == TOC_K_INJECT && !toc_event_has(&ev, TOC_F_TO))
        toc_event_set_list(&ev, TOC_F_TO, (char *const[]){(char *)(uintptr_t)rp->o->team}, 1);
    toc_tell_event(out, rp->plan, &ev);
    toc_event_fini(&ev);
}

static void tell_of_all(const toc_report *rp, toc_buf *out, int64_t seq)
{
    toc_event ev;
    toc_event_copy(&ev, toc_recording_at(rp->r, seq));
    toc_report_make_fit(rp, seq, &ev);
    toc_tell_shown(out, rp->r, &ev, NULL);
    toc_event_fini(&ev);
}

// What a phase begins with is its author's Markdown, of which a line has no use for **bold**.
static void drop_marks(toc_buf *text)
{
    toc_buf plain = {0};
    const char *s = toc_buf_text(text);
    for (size_t i = 0; i < text->len;) {
        const size_t inside = toc_text_marked(s + i, text->len - i, 2);
        toc_buf_add(&plain, s + i + (inside > 0 ? 2 : 0), inside > 0 ? inside : 1);
        i += inside > 0 ? inside + 4 : 1;
    }
    toc_buf_fini(text);
    *text = plain;
}

void toc_report_told(const toc_report *rp, toc_buf *words, int64_t seq)
{
    toc_buf told = {0}, safe = {0};
    if (rp->feed)
        tell_of_feed(rp, &told, seq);
    else
        tell_of_all(rp, &told, seq);
    if (toc_recording_at(rp->r, seq)->kind == TOC_K_PHASE_ENTERED)
        drop_marks(&told);
    if (!rp->o->is_anonymous) {
        toc_paper_foreign(words, toc_buf_text(&told));
    } else {
        toc_report_nameless(rp, &safe, toc_buf_text(&told));
        const char *at = toc_buf_text(&safe);
        for (const char *hit; (hit = strstr(at, NOBODY)) != NULL; at = hit + strlen(NOBODY))
            toc_text_visible(words, at, (size_t)(hit - at), false);
        toc_paper_foreign(words, at);
    }
    toc_buf_fini(&told);
    toc_buf_fini(&safe);
}

void toc_report_line(const toc_report *rp, toc_buf *words, int64_t seq)
{
    if (seq > 0 && toc_report_shows(rp, seq))
        toc_paper_line(words, seq);
}

bool toc_report_shows(const toc_report *rp, int64_t seq)
{
    return !rp->feed || toc_feed_number(rp->feed, seq) > 0;
}

bool toc_report_is_team(const toc_report *rp, const char *team)
{
    return !rp->o->team || (team && strcmp(team, rp->o->team) == 0);
}
