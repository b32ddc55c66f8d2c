// SPDX-License-Identifier: MIT
// Decisions in words: what is asked, what was answered, what EXCON makes of it.
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "lines_parts.h"

static void say_settled(const toc_lines_page *g, const toc_question *q);
static void add_decided(toc_buf *out, const toc_lines_page *g, const toc_question *q);
static void add_deadline(toc_buf *out, const toc_lines_page *g, const toc_question *q);
static void add_ruling(toc_buf *out, const toc_lines_page *g, const toc_question *q);
static void add_how_to_rule(toc_buf *out, const toc_picture *p, const toc_question *q);
static void add_by(toc_buf *out, const toc_lines_page *g);

void toc_question_lines(toc_lines *l, const toc_picture *p, const toc_question *q, int64_t t,
                        bool is_history)
{
    const char *id = toc_field_text(&q->ask, TOC_F_DECISION);
    const char *text = toc_event_str(&q->ask, TOC_F_TEXT);
    const toc_value *options = toc_event_value(&q->ask, TOC_F_OPTIONS);
    bool is_ours = toc_question_is_ours(p, q);
    toc_buf line = {0};
    toc_buf_printf(&line, "DECISION %s", id);
    if (is_ours)
        toc_buf_str(&line, " for you");
    else
        toc_buf_printf(&line, " for %s", toc_field_text(&q->ask, TOC_F_TEAM));
    const char *title = toc_field_text(&q->ask, TOC_F_TITLE);
    size_t len = strlen(title);
    bool is_sentence = len > 0 && strchr(".?!:", title[len - 1]);
    toc_buf_printf(&line, ": %s%s Answer by ", title, is_sentence ? "" : ".");
    toc_play_text(&line, q->deadline);
    if (q->deadline > t) {
        toc_buf_str(&line, ", in ");
        toc_duration_text(&line, (q->deadline - t + 999) / 1000 * 1000);
    }
    if (q->state == TOC_QUESTION_RULING) {
        toc_buf_str(&line, ". Proposed by ");
        toc_picture_person(p, &line, q->by);
        toc_buf_printf(&line, ": %s; EXCON rules on it", q->answer ? q->answer : "");
        add_how_to_rule(&line, p, q);
    } else if (q->is_crossed) {
        toc_buf_str(&line, ". Story time has jumped over that; EXCON rules on it");
        add_how_to_rule(&line, p, q);
    }
    toc_lines_text(l, t, is_history, toc_buf_text(&line));
    if (text)
        toc_lines_block(l, text);
    for (size_t i = 0; options && i < options->count; i++) {
        toc_buf_clear(&line);
        toc_buf_printf(&line, "%zu) %s: %s", i + 1, options->list[2 * i], options->list[2 * i + 1]);
        toc_lines_block(l, toc_buf_text(&line));
    }
    const char *notes = toc_event_str(&q->ask, TOC_F_NOTES);
    if (notes) {
        toc_lines_more(l, "NOTES FOR CONTROLLERS, not shown to teams:");
        toc_lines_block(l, notes);
    }
    if (is_ours && q->state == TOC_QUESTION_OPEN && options)
        toc_lines_say_at(l, t, is_history,
                         "to answer: decide %s NUMBER because REASON; or: decide %s other: YOUR "
                         "ANSWER because REASON",
                         id, id);
    else if (is_ours && q->state == TOC_QUESTION_OPEN)
        toc_lines_say_at(l, t, is_history, "to answer: decide %s YOUR ANSWER because REASON", id);
    toc_buf_fini(&line);
}

void toc_question_outcome(toc_buf *out, const toc_picture *p, const toc_question *q)
{
    const char *answer = q->answer ? q->answer : "nothing";
    bool is_ours = toc_question_is_ours(p, q);
    if (q->is_ruled) {
        toc_buf_printf(out, "settled: EXCON took %s answer as \"%s\"", is_ours ? "your" : "their",
                       answer);
        return;
    }
    toc_buf_str(out, q->state == TOC_QUESTION_RULING    ? "an answer waits for EXCON's ruling: "
                     : q->state == TOC_QUESTION_OVERDUE ? "the time was up; it stands as "
                                                        : "decided: ");
    toc_buf_str(out, answer);
    if (q->by) {
        toc_buf_str(out, ", by ");
        toc_picture_person(p, out, q->by);
    }
}

bool toc_lines_decision(const toc_lines_page *g)
{
    const char *id = toc_event_str(g->ev, TOC_F_DECISION);
    const toc_question *q = id ? toc_picture_question(g->p, id) : NULL;
    switch (g->ev->kind) {
    case TOC_K_ASK:
        if (q)
            toc_question_lines(g->l, g->p, q, g->ev->t, g->is_history);
        return q != NULL;
    case TOC_K_PROPOSED:
    case TOC_K_REJECTED:
    case TOC_K_DECIDED:
    case TOC_K_OVERDUE:
    case TOC_K_DEADLINE:
    case TOC_K_REFUSED_LATE:
    case TOC_K_CROSSED:
        say_settled(g, q);
        return true;
    default:
        return false;
    }
}

static void say_settled(const toc_lines_page *g, const toc_question *q)
{
    const char *answer = q && q->answer ? q->answer : NULL;
    toc_buf text = {0};
    toc_buf_str(&text, toc_field_text(g->ev, TOC_F_DECISION));
    if (g->p->is_control && toc_event_has(g->ev, TOC_F_TEAM))
        toc_buf_printf(&text, " (%s)", toc_field_text(g->ev, TOC_F_TEAM));
    switch (g->ev->kind) {
    case TOC_K_PROPOSED:
        toc_buf_str(&text, ": ");
        add_by(&text, g);
        toc_buf_printf(&text, " proposes an answer of their own, EXCON rules on it: %s",
                       toc_field_text(g->ev, TOC_F_TEXT));
        toc_reason_text(&text, g->ev);
        if (q && !g->is_history)
            add_how_to_rule(&text, g->p, q);
        toc_lines_take(g, &text);
        return;
    case TOC_K_REJECTED:
        toc_buf_str(&text, ": EXCON rejects the answer; it is open again");
        break;
    case TOC_K_DECIDED:
        if (toc_event_has(g->ev, TOC_F_RULING)) {
            add_ruling(&text, g, q);
            toc_lines_take(g, &text);
            return;
        }
        add_decided(&text, g, q);
        break;
    case TOC_K_OVERDUE:
        toc_buf_printf(&text, ": the time is up%s%s", answer ? "; it stands as " : "",
                       answer ? answer : "");
        break;
    case TOC_K_DEADLINE:
        add_deadline(&text, g, q);
        toc_lines_take(g, &text);
        return;
    case TOC_K_CROSSED:
        toc_buf_str(&text, ": story time has jumped over the time to answer; EXCON rules on it");
        if (q && !g->is_history)
            add_how_to_rule(&text, g->p, q);
        break;
    default:
        toc_buf_str(&text, ": the answer of ");
        add_by(&text, g);
        toc_buf_str(&text, " came too late");
        break;
    }
    toc_reason_text(&text, g->ev);
    toc_lines_take(g, &text);
}

// "EXCON counts your answer ("crews in the north only", by wind-1) as crews: close enough"
static void add_ruling(toc_buf *out, const toc_lines_page *g, const toc_question *q)
{
    const char *ruling = toc_field_text(g->ev, TOC_F_RULING);
    bool is_accepted = strcmp(ruling, "accept") == 0;
    bool is_ours = q && toc_question_is_ours(g->p, q);
    if (!toc_event_has(g->ev, TOC_F_TEXT)) { // nobody answered before story time jumped
        toc_buf_printf(out, ": EXCON rules: %s", q && q->answer ? q->answer : ruling);
        if (toc_event_has(g->ev, TOC_F_RULING_REASON))
            toc_buf_printf(out, ": %s", toc_field_text(g->ev, TOC_F_RULING_REASON));
        return;
    }
    toc_buf_printf(out, ": EXCON %s %s answer (\"%s\", by ", is_accepted ? "accepts" : "counts",
                   is_ours ? "your" : "the", toc_field_text(g->ev, TOC_F_TEXT));
    add_by(out, g);
    toc_buf_char(out, ')');
    if (!is_accepted)
        toc_buf_printf(out, " as %s", ruling);
    if (toc_event_has(g->ev, TOC_F_RULING_REASON))
        toc_buf_printf(out, ": %s", toc_field_text(g->ev, TOC_F_RULING_REASON));
}

// For those who may.
static void add_how_to_rule(toc_buf *out, const toc_picture *p, const toc_question *q)
{
    const toc_value *options = toc_event_value(&q->ask, TOC_F_OPTIONS);
    if (strncmp(p->seat, "excon-", 6) != 0)
        return;
    toc_buf_printf(out, ". To rule: rule %s %sreject", toc_field_text(&q->ask, TOC_F_DECISION),
                   q->state == TOC_QUESTION_RULING ? "accept|" : "");
    for (size_t i = 0; options && i < options->count; i++)
        toc_buf_printf(out, "|%s", options->list[2 * i]);
    toc_buf_str(out, " REASON");
}

// "operator-1 decided: isolate (Cut it off now)"; a controller may have, for an absent team.
static void add_decided(toc_buf *out, const toc_lines_page *g, const toc_question *q)
{
    const char *answer = q && q->answer ? q->answer : "";
    const char *team = toc_field_text(g->ev, TOC_F_TEAM);
    if (strcmp(toc_field_text(g->ev, TOC_F_BY), "excon") == 0) {
        toc_buf_printf(out, ": decided by EXCON for %s: %s", g->p->is_control ? team : "you",
                       answer);
    } else {
        toc_buf_str(out, ": ");
        add_by(out, g);
        toc_buf_printf(out, " decided: %s", answer);
    }
}

// A change of pace, and a phase, move deadlines of the story's clock; anything else that does is EXCON.
static void add_deadline(toc_buf *out, const toc_lines_page *g, const toc_question *q)
{
    const toc_timeline *line = &g->l->timeline;
    bool is_of_pace = line->count > 0 && line->changes[line->count - 1].t == g->ev->t;
    int64_t deadline = toc_event_int(g->ev, TOC_F_DEADLINE);
    if (!is_of_pace && q && q->before >= 0 && deadline > q->before) {
        toc_buf_clear(out);
        toc_buf_printf(out, "EXCON gave more time for %s", toc_field_text(g->ev, TOC_F_DECISION));
        if (g->p->is_control)
            toc_buf_printf(out, " (%s)", toc_field_text(g->ev, TOC_F_TEAM));
        toc_buf_str(out, ": now until ");
    } else {
        toc_buf_str(out, ": the time to answer is now ");
    }
    toc_play_text(out, deadline);
}

static void add_by(toc_buf *out, const toc_lines_page *g)
{
    toc_picture_person(g->p, out, toc_field_text(g->ev, TOC_F_BY));
}
