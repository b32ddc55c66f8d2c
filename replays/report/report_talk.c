// SPDX-License-Identifier: MIT
// Who wrote to whom, and who to nobody; requests for information and what became of them. A team's report has what it wrote and
// what was written to it.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report_findings.h"
#include "report_talk.h"

enum { PAIRS_OPEN = 8 };

static void say_matrix(toc_report *rp);
static void say_silent(toc_report *rp);
static void say_rfis(toc_report *rp);
static void write_messages(toc_report *rp);

static bool is_mine(const toc_report *rp, const char *from, const char *to)
{
    return toc_report_is_team(rp, from) || toc_report_is_team(rp, to);
}

void toc_report_talk(toc_report *rp)
{
    const toc_review *v = &rp->review;
    size_t talks = 0;
    for (size_t i = 0; i < v->talk_count; i++)
        talks += is_mine(rp, v->talks[i].from, v->talks[i].to);
    if (v->started < 0)
        return;
    toc_paper_section(rp->paper, "talk", "Who wrote to whom");
    if (talks == 0)
        toc_paper_say(rp->paper, rp->o->team ? "This team wrote to nobody, and nobody to it."
                                             : "Nobody wrote to anybody.");
    else
        say_matrix(rp);
    if (!rp->o->team)
        say_silent(rp);
    if (talks > 0)
        say_rfis(rp);
    write_messages(rp);
}

// ---- the matrix -----------------------------------------------------------------------------------------------

static void add_talk(toc_report *rp, const toc_review_talk *t)
{
    toc_buf words = {0};
    toc_paper_row(rp->paper, NULL);
    toc_report_who(rp, &words, t->from);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_report_who(rp, &words, t->to);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_paper_cellf(rp->paper, "%zu", t->count);
    toc_paper_cellf(rp->paper, "%zu", t->answered);
    toc_buf_clear(&words);
    toc_report_took(&words, t->median_answer);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_fini(&words);
}

static void say_matrix(toc_report *rp)
{
    const toc_review *v = &rp->review;
    toc_buf svg = {0};
    toc_paper_say(rp->paper,
                  rp->o->team
                      ? "Messages that this team wrote and got; injects are not counted."
                      : "Messages between teams, EXCON and those whom EXCON speaks for; injects "
                        "are not counted. A message to several counts once for each of them. Calls "
                        "and talk across the room are not in a recording.");
    if (!rp->o->team) {
        toc_report_matrix(&svg, rp);
        toc_paper_figure(rp->paper, "Who wrote to whom", "", toc_buf_text(&svg));
        toc_paper_reading(rp->paper, "A row is who wrote, a column to whom; the number is how many "
                                     "messages.");
        toc_paper_details(rp->paper, "The same as a table, with the time to answer");
    }
    toc_paper_table(rp->paper, "communication", NULL,
                    "From|To|Messages>|Answered>|Median time to the answer>");
    for (size_t i = 0; i < v->talk_count; i++)
        if (is_mine(rp, v->talks[i].from, v->talks[i].to))
            add_talk(rp, &v->talks[i]);
    if (!rp->o->team)
        toc_paper_details_end(rp->paper);
    toc_buf_fini(&svg);
}

// ---- silence ---------------------------------------------------------------------------------------------------

static bool has_contact(const toc_team *team, const char *id)
{
    for (size_t i = 0; i < team->contact_count; i++)
        if (strcmp(team->contacts[i], id) == 0)
            return true;
    return false;
}

static bool have_talked(const toc_report *rp, const char *a, const char *b)
{
    const toc_review *v = &rp->review;
    for (size_t i = 0; i < v->talk_count; i++) {
        const toc_review_talk *t = &v->talks[i];
        if ((strcmp(t->from, a) == 0 && strcmp(t->to, b) == 0) ||
            (strcmp(t->from, b) == 0 && strcmp(t->to, a) == 0))
            return true;
    }
    return false;
}

// 0: they cannot write to each other; 1: they could, and did not; 2: they did.
static int pair_state(const toc_report *rp, size_t a, size_t b)
{
    const toc_team *one = &rp->plan->teams[a], *other = &rp->plan->teams[b];
    if (have_talked(rp, one->id, other->id))
        return 2;
    return has_contact(one, other->id) || has_contact(other, one->id);
}

// One line a team, with those behind it in the plan's order: each pair stands once.
static void say_silent_with(toc_report *rp, size_t a)
{
    const toc_plan *p = rp->plan;
    toc_buf words = {0};
    for (size_t b = a + 1; b < p->team_count; b++) {
        if (pair_state(rp, a, b) != 1)
            continue;
        if (words.len == 0) {
            toc_report_who(rp, &words, p->teams[a].id);
            toc_buf_str(&words, " and ");
        } else {
            toc_buf_str(&words, "; ");
        }
        toc_report_who(rp, &words, p->teams[b].id);
    }
    if (words.len > 0)
        toc_paper_item(rp->paper, toc_buf_text(&words));
    toc_buf_fini(&words);
}

static void say_silent(toc_report *rp)
{
    const toc_plan *p = rp->plan;
    size_t pairs = 0, silent = 0;
    for (size_t a = 0; p && a < p->team_count; a++)
        for (size_t b = a + 1; b < p->team_count; b++) {
            pairs += pair_state(rp, a, b) > 0;
            silent += pair_state(rp, a, b) == 1;
        }
    if (pairs == 0)
        return;
    toc_paper_heading(rp->paper, "talk-silent", "Who never wrote to each other");
    if (silent == 0) {
        toc_paper_say(rp->paper, "All teams that could write to each other did.");
        return;
    }
    toc_paper_sayf(rp->paper,
                   "Of %zu pairs of teams that could write to each other, %zu never exchanged a "
                   "message:",
                   pairs, silent);
    if (silent > PAIRS_OPEN)
        toc_paper_details(rp->paper, "Pair by pair");
    for (size_t a = 0; a < p->team_count; a++)
        say_silent_with(rp, a);
    if (silent > PAIRS_OPEN)
        toc_paper_details_end(rp->paper);
}

// ---- requests for information ------------------------------------------------------------------------------------

// To whom a message went. Only who wrote it knows all of them.
static void add_to(const toc_report *rp, toc_buf *words, const char *from, char *const *to,
                   size_t count)
{
    bool is_own = toc_report_is_team(rp, from);
    for (size_t i = 0; i < count; i++) {
        if (!is_own && !toc_report_is_team(rp, to[i]))
            continue;
        toc_buf_str(words, words->len > 0 ? ", " : "");
        toc_report_who(rp, words, to[i]);
    }
}

static void add_rfi(toc_report *rp, const toc_review_rfi *q)
{
    bool is_known = q->answered_seq > 0 && toc_report_shows(rp, q->answered_seq);
    toc_buf words = {0};
    toc_paper_row(rp->paper, NULL);
    toc_report_when(rp, &words, q->t);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_report_who(rp, &words, q->from);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    add_to(rp, &words, q->from, q->to, q->to_count);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_report_text(rp, &words, q->text);
    toc_report_evidence(rp, &words, (int64_t[]){q->seq, q->answered_seq}, is_known ? 2 : 1);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    if (is_known)
        toc_report_took(&words, q->answered - q->t);
    else
        toc_paper_tone(&words, TOC_TONE_BAD, "open to the end");
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    if (is_known)
        toc_report_who(rp, &words, q->answered_by);
    toc_paper_cell(rp->paper, words.len > 0 ? toc_buf_text(&words) : "–");
    toc_buf_fini(&words);
}

static void say_rfis(toc_report *rp)
{
    const toc_review *v = &rp->review;
    size_t asked = 0, open = 0;
    for (size_t i = 0; i < v->rfi_count; i++) {
        asked += toc_report_shows(rp, v->rfis[i].seq);
        open += toc_report_shows(rp, v->rfis[i].seq) &&
                (!v->rfis[i].answered_seq || !toc_report_shows(rp, v->rfis[i].answered_seq));
    }
    toc_paper_heading(rp->paper, "talk-rfis", "Requests for information");
    if (asked == 0) {
        toc_paper_say(rp->paper, "There was none.");
        return;
    }
    toc_paper_sayf(rp->paper, "%zu %s, %zu of them open to the end.", asked,
                   asked == 1 ? "request" : "requests", open);
    toc_paper_table(rp->paper, "rfis", NULL, "When|From|To|Question|Answered after>|By");
    for (size_t i = 0; i < v->rfi_count; i++)
        if (toc_report_shows(rp, v->rfis[i].seq))
            add_rfi(rp, &v->rfis[i]);
}

// ---- the messages themselves -------------------------------------------------------------------------------------

static void add_message(toc_report *rp, const toc_event *ev)
{
    const toc_value *to = toc_event_value(ev, TOC_F_TO);
    const char *from = toc_event_str(ev, TOC_F_FROM), *quote = toc_event_str(ev, TOC_F_QUOTE_TITLE);
    toc_buf words = {0};
    toc_paper_row(rp->paper, NULL);
    toc_report_when(rp, &words, ev->t);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_story_text(&words, toc_recording_story_at(rp->r, ev->seq, ev->t));
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_report_who(rp, &words, from);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    add_to(rp, &words, from, to ? to->list : NULL, to ? to->count : 0);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_paper_cell(rp->paper, toc_event_has(ev, TOC_F_ORIGIN) ? "passed on"
                              : toc_event_has(ev, TOC_F_RFI)  ? "request"
                              : toc_event_has(ev, TOC_F_RE)   ? "answer"
                                                              : "message");
    toc_buf_clear(&words);
    const char *text = toc_report_words_of(rp, ev->seq, toc_event_str(ev, TOC_F_TEXT));
    toc_report_text(rp, &words, quote);
    toc_buf_str(&words, quote && text ? ": " : "");
    toc_report_text(rp, &words, text);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_paper_cellf(rp->paper, "%lld", (long long)ev->seq);
    toc_buf_fini(&words);
}

static void write_messages(toc_report *rp)
{
    toc_paper_file(rp->paper, "messages", "When|Story|From|To|Kind|Text|Line>");
    for (int64_t seq = 1; seq <= toc_recording_count(rp->r); seq++) {
        const toc_event *ev = toc_recording_at(rp->r, seq);
        if (ev->kind == TOC_K_MESSAGE && toc_report_shows(rp, seq))
            add_message(rp, ev);
    }
}
