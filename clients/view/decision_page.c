// SPDX-License-Identifier: MIT
#include "decision_page.h"

#include <string.h>

#include "answers.h"
#include "base/time.h"
#include "decide.h"
#include "table.h"

enum { SOON_MS = 5 * 60 * 1000 };

static void say_who(toc_view *v, toc_page *page, const toc_question *q);
static void say_options(toc_page *page, const toc_question *q);
static bool say_steps(toc_view *v, toc_page *page, const toc_question *q);
static void say_step(toc_view *v, toc_page *page, const toc_question *q, const toc_event *ev);
static void say_reason(toc_page *page, const char *what, const char *reason);
static const char *answer_of(const toc_question *q, const toc_event *ev);
static void say_what_to_do(toc_view *v, toc_page *page, const toc_question *q);
static bool is_of_excon(const toc_question *q);
static bool is_open(const toc_view *v, const toc_question *q);

void toc_decision_left(const toc_view *v, toc_buf *out, const toc_question *q)
{
    if (q->state == TOC_QUESTION_RULING)
        toc_buf_str(out, "EXCON rules");
    else if (q->state == TOC_QUESTION_DECIDED)
        toc_buf_str(out, "decided");
    else if (q->state == TOC_QUESTION_OVERDUE)
        toc_buf_str(out, "not answered");
    else if (q->is_crossed)
        toc_buf_str(out, "passed over");
    else if (v->picture.has_ended)
        toc_buf_str(out, "play is over");
    else
        toc_view_left(v, out, q->deadline);
}

void toc_decision_state(toc_buf *out, const toc_view *v, const toc_question *q)
{
    if (q->state == TOC_QUESTION_DECIDED && q->is_ruled) {
        toc_buf_str(out, "EXCON took it as ");
    } else if (q->state == TOC_QUESTION_DECIDED) {
        toc_buf_str(out, "decided");
        if (q->by) {
            toc_buf_str(out, " by ");
            toc_picture_person(&v->picture, out, q->by);
        }
        toc_buf_str(out, ": ");
    } else if (q->state == TOC_QUESTION_OVERDUE) {
        toc_buf_str(out, q->answer ? "OVERDUE, as if: " : "OVERDUE, not answered");
    } else if (v->picture.has_ended) {
        toc_buf_str(out, "decision, not answered before ENDEX");
    } else if (q->state == TOC_QUESTION_RULING) {
        toc_buf_str(out, "RULING: waits for EXCON");
    } else if (q->is_crossed) {
        toc_buf_str(out, "PASSED OVER: waits for EXCON's ruling");
    } else {
        toc_buf_str(out, "decision, ");
        toc_view_left(v, out, q->deadline);
    }
    if (q->state > TOC_QUESTION_RULING && q->answer)
        toc_buf_str(out, q->answer);
}

void toc_decision_outcome(toc_buf *out, const toc_question *q)
{
    if (q->state == TOC_QUESTION_OPEN) {
        toc_buf_str(out, q->is_crossed ? "EXCON rules on it" : "");
        return;
    }
    if (q->state == TOC_QUESTION_OVERDUE && q->answer)
        toc_buf_str(out, "as if: ");
    if (q->is_ruled)
        toc_buf_str(out, "EXCON took it as: ");
    toc_put_visible(out, q->answer);
}

toc_style toc_decision_style(const toc_view *v, const toc_question *q)
{
    if (q->state == TOC_QUESTION_OVERDUE)
        return TOC_STYLE_BAD;
    if (q->state == TOC_QUESTION_RULING || q->is_crossed)
        return TOC_STYLE_WARN;
    if (!is_open(v, q))
        return TOC_STYLE_PLAIN;
    return q->deadline - toc_view_now(v) < SOON_MS ? TOC_STYLE_URGENT : TOC_STYLE_UNREAD;
}

void toc_decision_page(toc_view *v, toc_page *page, const toc_question *q)
{
    const char *text = toc_event_str(&q->ask, TOC_F_TEXT);
    const char *notes = toc_event_str(&q->ask, TOC_F_NOTES);
    toc_page_foreign(page, toc_event_str(&q->ask, TOC_F_TITLE));
    say_who(v, page, q);
    say_what_to_do(v, page, q);
    // What became of it is what people look for first.
    if (say_steps(v, page, q) && (text || toc_event_has(&q->ask, TOC_F_OPTIONS)))
        toc_page_say(page, TOC_STYLE_TITLE, "The question:");
    if (text)
        toc_page_foreign(page, text);
    say_options(page, q);
    if (notes) {
        toc_page_say(page, TOC_STYLE_PLAIN, "NOTES FOR CONTROLLERS, not shown to teams:");
        toc_page_foreign(page, notes);
    }
}

void toc_product_page(toc_view *v, toc_page *page, const char *product)
{
    const toc_event *handed = toc_answers_handed(v, product);
    toc_buf text = {0};
    toc_put_visible(&text, product);
    toc_page_say(page, TOC_STYLE_TITLE, "%s", toc_buf_text(&text));
    toc_buf_clear(&text);
    toc_key_word(v, &text, TOC_IN_ALL | TOC_IN_DECISIONS, TOC_DO_HAND_IN);
    if (!handed) {
        toc_page_say(page, TOC_STYLE_PLAIN,
                     "Your team writes it and hands it in here. What you were told says by when.\n"
                     "%s opens the form.",
                     toc_buf_text(&text));
        toc_buf_fini(&text);
        return;
    }
    toc_buf by = {0};
    toc_view_time(v, &by, handed->t);
    toc_buf_str(&by, " by ");
    toc_picture_person(&v->picture, &by, toc_event_str(handed, TOC_F_BY));
    toc_page_say(page, TOC_STYLE_GOOD, "Handed in %s. %s hands in a newer one.", toc_buf_text(&by),
                 toc_buf_text(&text));
    toc_page_foreign(page, toc_event_str(handed, TOC_F_TEXT));
    toc_buf_fini(&by);
    toc_buf_fini(&text);
}

// Who may answer, and by when.
static void say_who(toc_view *v, toc_page *page, const toc_question *q)
{
    toc_buf text = {0};
    if (q->state == TOC_QUESTION_OPEN && !q->is_crossed && is_open(v, q)) {
        toc_buf_str(&text, "Answer by ");
        toc_view_time(v, &text, q->deadline);
        toc_buf_str(&text, " (");
        toc_view_left(v, &text, q->deadline);
        toc_buf_str(&text, "). ");
    }
    if (v->picture.is_control) {
        toc_buf_str(&text, "For ");
        toc_put_visible(&text, toc_view_name(v, toc_event_str(&q->ask, TOC_F_TEAM)));
        toc_buf_str(&text, ": any seat of theirs may answer.");
    } else if (q->state == TOC_QUESTION_OPEN) {
        toc_buf_str(&text, "Any seat of your team may answer; the first answer counts.");
    }
    if (text.len > 0)
        toc_page_say(page, toc_decision_style(v, q), "%s", toc_buf_text(&text));
    toc_buf_fini(&text);
}

static void say_options(toc_page *page, const toc_question *q)
{
    const toc_value *options = toc_event_value(&q->ask, TOC_F_OPTIONS);
    const char *fallback = toc_event_str(&q->ask, TOC_F_DEFAULT);
    toc_buf text = {0};
    for (size_t i = 0; options && i < options->count; i++) {
        toc_buf_clear(&text);
        toc_buf_printf(&text, "%zu) %s: %s", i + 1, options->list[2 * i], options->list[2 * i + 1]);
        toc_page_foreign(page, toc_buf_text(&text));
    }
    if (q->state > TOC_QUESTION_RULING) {
        toc_buf_fini(&text);
        return;
    }
    toc_page_say(page, TOC_STYLE_PLAIN, "%s",
                 options && options->count > 0
                     ? "Or an answer in your own words: EXCON rules on it."
                     : "It is answered in your own words.");
    if (fallback) {
        toc_page_say(page, TOC_STYLE_PLAIN,
                     "If nobody answers, it goes on as if this had been said:");
        toc_page_foreign(page, toc_option_text(q, fallback));
    }
    toc_buf_fini(&text);
}

static void say_what_to_do(toc_view *v, toc_page *page, const toc_question *q)
{
    toc_buf key = {0};
    bool is_ruled =
        q->state == TOC_QUESTION_RULING || (q->state == TOC_QUESTION_OPEN && q->is_crossed);
    if (is_ruled && toc_view_may(v, TOC_K_RULE)) {
        toc_key_word(v, &key, TOC_IN_DECISIONS, TOC_DO_RULE);
        toc_page_say(page, TOC_STYLE_WARN, "It waits for your ruling: %s rules on it.",
                     toc_buf_text(&key));
    } else if (is_open(v, q) && toc_question_is_ours(&v->picture, q)) {
        toc_key_word(v, &key, TOC_IN_DECISIONS, TOC_DO_DECIDE);
        toc_page_say(page, TOC_STYLE_PLAIN, "%s answers it, and asks you first.",
                     toc_buf_text(&key));
    } else if (toc_decide_is_late(v, q)) {
        toc_key_word(v, &key, TOC_IN_DECISIONS, TOC_DO_DECIDE);
        toc_page_say(page, TOC_STYLE_PLAIN,
                     "An answer changes nothing any more; %s still sends one, for the report.",
                     toc_buf_text(&key));
    }
    toc_buf_fini(&key);
}

static bool say_steps(toc_view *v, toc_page *page, const toc_question *q)
{
    const toc_event *ev;
    size_t at = 0;
    bool has_any = false;
    while ((ev = toc_answers_next(v, toc_event_str(&q->ask, TOC_F_DECISION), &at))) {
        if (ev->kind == TOC_K_DECIDE && is_of_excon(q))
            continue;
        say_step(v, page, q, ev);
        has_any = true;
    }
    return has_any;
}

static void say_step(toc_view *v, toc_page *page, const toc_question *q, const toc_event *ev)
{
    const char *ruling = toc_event_str(ev, TOC_F_RULING), *text = toc_event_str(ev, TOC_F_TEXT);
    const char *answer = answer_of(q, ev);
    toc_buf head = {0}, by = {0};
    toc_view_time(v, &head, ev->t);
    if (toc_event_str(ev, TOC_F_BY))
        toc_picture_person(&v->picture, &by, toc_event_str(ev, TOC_F_BY));
    switch (ev->kind) {
    case TOC_K_DECIDE:
        toc_buf_printf(&head, " %s answered for the team.", toc_buf_text(&by));
        break;
    case TOC_K_PROPOSED:
        toc_buf_printf(&head, " %s proposed an answer of their own:", toc_buf_text(&by));
        break;
    case TOC_K_REJECTED:
        toc_buf_str(&head, " EXCON rejected it; it was open again.");
        break;
    case TOC_K_DECIDED:
        if (ruling && strcmp(ruling, "accept") == 0)
            toc_buf_printf(&head, " EXCON accepted the answer of %s.", toc_buf_text(&by));
        else if (ruling)
            toc_buf_str(&head, " EXCON ruled: it counts as");
        else if (strcmp(toc_buf_text(&by), "EXCON") == 0)
            toc_buf_str(&head, " EXCON decided for the team:");
        else
            toc_buf_printf(&head, " %s decided:", toc_buf_text(&by));
        break;
    case TOC_K_OVERDUE:
        toc_buf_printf(&head, " Nobody had answered%s", answer ? "; it went on as if:" : ".");
        break;
    case TOC_K_DEADLINE:
        toc_buf_str(&head, " The time to answer was now ");
        toc_view_time(v, &head, toc_event_int(ev, TOC_F_DEADLINE));
        break;
    case TOC_K_CROSSED:
        toc_buf_str(&head, " The story jumped over the time to answer; EXCON rules on it.");
        break;
    default:
        toc_buf_printf(&head, " An answer of %s came too late; it is kept for the report.",
                       toc_buf_text(&by));
        break;
    }
    toc_page_say(page, TOC_STYLE_PLAIN, "%s", toc_buf_text(&head));
    if (answer && ev->kind != TOC_K_DECIDE)
        toc_page_foreign(page, answer);
    if (text && ruling && strcmp(ruling, "accept") != 0)
        toc_page_say(page, TOC_STYLE_PLAIN, "Their answer was:");
    if (text && ev->kind != TOC_K_DECIDE)
        toc_page_foreign(page, text);
    say_reason(page, ev->kind == TOC_K_REJECTED ? "EXCON's reason:" : "Reason:",
               ev->kind == TOC_K_REFUSED_LATE ? NULL : toc_event_str(ev, TOC_F_REASON));
    say_reason(page, "EXCON's reason:", toc_event_str(ev, TOC_F_RULING_REASON));
    toc_buf_fini(&head);
    toc_buf_fini(&by);
}

static void say_reason(toc_page *page, const char *what, const char *reason)
{
    if (!reason)
        return;
    toc_page_say(page, TOC_STYLE_PLAIN, "%s", what);
    toc_page_foreign(page, reason);
}

// An option's words; NULL where the answer is one in words of its own.
static const char *answer_of(const toc_question *q, const toc_event *ev)
{
    const char *option = toc_event_str(ev, TOC_F_OPTION);
    bool is_own = option && strcmp(option, "other") == 0 && toc_event_str(ev, TOC_F_TEXT);
    return option && !is_own ? toc_option_text(q, option) : NULL;
}

static bool is_of_excon(const toc_question *q)
{
    const char *team = toc_event_str(&q->ask, TOC_F_TEAM);
    return team && strcmp(team, "excon") == 0;
}

static bool is_open(const toc_view *v, const toc_question *q)
{
    return q->state == TOC_QUESTION_OPEN && !v->picture.has_ended;
}
