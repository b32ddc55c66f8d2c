// SPDX-License-Identifier: MIT
#include "decide.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "conduct.h"
#include "table.h"

static const char late_question[] = "It changes nothing any more. Keep it for the report?";

static toc_form *begin(const char *what, const toc_question *q, const char *verb,
                       const char *question);
static void note_question(toc_form *f, const toc_question *q);
static void note_branch(toc_form *f, const toc_msel *m, const char *decision);
static void ask_answer(toc_form *f, const toc_question *q, bool is_ours, bool is_late);
static const toc_question *question_of(toc_view *v, const toc_form *f);
static bool check_decide(void *owner, toc_form *f);
static bool send_decide(void *owner, toc_form *f);
static void set_answer(const toc_form *f, const toc_question *q, toc_event *input);
static void tell_late(toc_view *v, toc_form *f);
static bool is_overtaken(toc_view *v, toc_form *f, const toc_question *q, const char *field);
static bool send_rule(void *owner, toc_form *f);
static bool send_extend(void *owner, toc_form *f);
static bool new_deadline(const toc_view *v, const toc_form *f, int64_t from, int64_t *until,
                         toc_error *e);
static bool has_option(const toc_question *q, const char *id);
static bool is_blank(const char *text);

void toc_decide_open(toc_view *v, const toc_question *q)
{
    const toc_value *options = toc_event_value(&q->ask, TOC_F_OPTIONS);
    bool is_ours = toc_question_is_ours(&v->picture, q);
    bool has_options = options && options->count > 0;
    bool is_late = toc_decide_is_late(v, q);
    if (q->state != TOC_QUESTION_OPEN && !is_late &&
        !(q->state == TOC_QUESTION_RULING && has_options)) {
        toc_view_notice(v, TOC_STYLE_NOTICE, "%s is not open any more%s",
                        toc_event_str(&q->ask, TOC_F_DECISION),
                        is_ours && !v->picture.is_control
                            ? "; to put something right, write to EXCON (w)"
                            : "");
        return;
    }
    toc_form *f = begin(is_late ? "Too late for" : "Decide", q, is_late ? "send" : "decide",
                        is_late   ? late_question
                        : is_ours ? "Send this as your team's answer?"
                                  : "Decide this for the team? It counts as their answer.");
    note_question(f, q);
    if (is_late)
        toc_form_note(f, "The time is up, and what you answer now changes nothing. It is kept as "
                         "evidence: the report shows it, with your reason.");
    if (!is_ours)
        toc_form_note(f, "You decide for the team. The report says so, with your reason.");
    ask_answer(f, q, is_ours, is_late);
    toc_form_text(f, "reason",
                  is_ours ? "Why? The most valuable line of the report."
                          : "Why do you decide it for them?",
                  NULL, !is_ours);
    f->check = check_decide;
    f->done = send_decide;
    toc_view_open_form(v, f);
}

void toc_decide_watch(toc_view *v)
{
    tell_late(v, v->form);
    tell_late(v, v->below);
}

bool toc_decide_is_late(const toc_view *v, const toc_question *q)
{
    const toc_picture *p = &v->picture;
    bool is_unanswered =
        q->state == TOC_QUESTION_OVERDUE || (q->state == TOC_QUESTION_OPEN && p->has_ended);
    return is_unanswered && !p->is_closed && toc_question_is_ours(p, q) &&
           toc_view_may(v, TOC_K_DECIDE);
}

void toc_rule_open(toc_view *v, const toc_question *q)
{
    const toc_value *options = toc_event_value(&q->ask, TOC_F_OPTIONS);
    bool is_waiting = q->state == TOC_QUESTION_RULING;
    if (!is_waiting && !(q->state == TOC_QUESTION_OPEN && q->is_crossed)) {
        toc_view_notice(v, TOC_STYLE_NOTICE, "no answer to %s waits for a ruling",
                        toc_event_str(&q->ask, TOC_F_DECISION));
        return;
    }
    toc_form *f = begin("Rule on", q, "rule", "Send this ruling? The team is told.");
    note_question(f, q);
    if (is_waiting) {
        toc_buf text = {0};
        toc_buf_str(&text, "Their answer: ");
        toc_buf_str(&text, q->answer ? q->answer : "");
        toc_form_note(f, toc_buf_text(&text));
        toc_buf_fini(&text);
    } else {
        toc_form_note(f, "The story has jumped over their time, and they have not answered.");
    }
    note_branch(f, &v->msel, f->context);
    toc_form_field *ruling = toc_form_choice(f, "ruling", "Your ruling", false);
    if (is_waiting)
        toc_form_option(ruling, "accept", "accept it as it is", false);
    for (size_t i = 0; options && i < options->count; i++) {
        char *text =
            toc_sprintf("it counts as %s: %s", options->list[2 * i], options->list[2 * i + 1]);
        toc_form_option(ruling, options->list[2 * i], text, false);
        free(text);
    }
    toc_form_option(ruling, "reject", is_waiting ? "reject it: they answer again" : "let it lapse",
                    false);
    toc_form_text(f, "reason", "Why? The team reads it.", NULL, false);
    f->done = send_rule;
    toc_view_open_form(v, f);
}

void toc_extend_open(toc_view *v, const toc_question *q)
{
    if (q->state > TOC_QUESTION_RULING) {
        toc_view_notice(v, TOC_STYLE_NOTICE, "%s is settled: more time is of no use",
                        toc_event_str(&q->ask, TOC_F_DECISION));
        return;
    }
    toc_form *f = begin("More time for", q, "extend", NULL);
    toc_buf left = {0};
    toc_buf_str(&left, "Now: ");
    toc_view_left(v, &left, q->deadline);
    toc_form_note(f, toc_buf_text(&left));
    toc_buf_fini(&left);
    toc_form_field *more = toc_form_choice(f, "more", "How much more?", false);
    toc_form_option(more, "5m", "5 minutes", true);
    toc_form_option(more, "10m", "10 minutes", false);
    toc_form_option(more, "15m", "15 minutes", false);
    toc_form_line(f, "until", "Or: 25m, or until T+1:30", NULL, false);
    toc_form_line(f, "reason", "Why?", NULL, false);
    f->done = send_extend;
    toc_view_open_form(v, f);
}

const char *toc_option_text(const toc_question *q, const char *id)
{
    const toc_value *options = toc_event_value(&q->ask, TOC_F_OPTIONS);
    for (size_t i = 0; id && options && i < options->count; i++)
        if (strcmp(options->list[2 * i], id) == 0)
            return options->list[2 * i + 1];
    return id ? id : "";
}

// ---- forms -------------------------------------------------------------------------------------------------

static toc_form *begin(const char *what, const toc_question *q, const char *verb,
                       const char *question)
{
    toc_buf title = {0};
    toc_buf_printf(&title, "%s ", what);
    toc_put_visible(&title, toc_event_str(&q->ask, TOC_F_DECISION));
    toc_form *f = toc_form_new(toc_buf_text(&title), verb, question);
    f->context = toc_strdup(toc_event_str(&q->ask, TOC_F_DECISION));
    toc_buf_fini(&title);
    return f;
}

static void note_question(toc_form *f, const toc_question *q)
{
    toc_form_note(f, toc_event_str(&q->ask, TOC_F_TITLE));
}

// Which option brings what is decided by functions, which nobody can read ahead of play.
static void note_branch(toc_form *f, const toc_msel *m, const char *decision)
{
    toc_buf text = {0};
    for (size_t i = 0; i < m->count; i++) {
        const toc_msel_row *row = &m->rows[i];
        if (row->other || !row->inject || !toc_msel_may_follow(m, decision, row->inject))
            continue;
        bool is_over = toc_msel_is(row, "sent") || toc_msel_is(row, "skipped");
        toc_buf_printf(&text, "%s%s %s%s%s%s", text.len ? "; " : "", row->inject,
                       row->title ? row->title : "", is_over ? " (" : "", is_over ? row->state : "",
                       is_over ? ")" : "");
    }
    if (text.len) {
        char *note = toc_sprintf("What may follow, by the scripts that name %s: %s", decision,
                                 toc_buf_text(&text));
        toc_form_note(f, note);
        free(note);
    }
    toc_buf_fini(&text);
}

// One of the options or, where the question takes that, words of their own.
static void ask_answer(toc_form *f, const toc_question *q, bool is_ours, bool is_late)
{
    const toc_value *options = toc_event_value(&q->ask, TOC_F_OPTIONS);
    bool takes_own = is_ours && q->state != TOC_QUESTION_RULING && !has_option(q, "other");
    if (!options || options->count == 0) {
        toc_form_text(f, "own", "Your answer", NULL, true);
        return;
    }
    toc_form_field *which = toc_form_choice(f, "option", "Your answer", false);
    for (size_t i = 0; i < options->count; i++)
        toc_form_option(which, options->list[2 * i], options->list[2 * i + 1], false);
    if (!takes_own)
        return;
    toc_form_option(which, "other", "another answer, in words of your own", false);
    toc_form_field *own = toc_form_text(
        f, "own", is_late ? "Another answer" : "Another answer (EXCON rules on it)", NULL, true);
    toc_form_only_with(own, "option", "other");
}

// It may have been answered since the form was opened.
static const toc_question *question_of(toc_view *v, const toc_form *f)
{
    return toc_picture_question(&v->picture, f->context);
}

static bool check_decide(void *owner, toc_form *f)
{
    toc_view *v = owner;
    const toc_question *q = question_of(v, f);
    const toc_value *options = toc_event_value(&q->ask, TOC_F_OPTIONS);
    bool has_options = options && options->count > 0;
    return !is_overtaken(v, f, q, has_options ? "option" : "own");
}

static bool send_decide(void *owner, toc_form *f)
{
    toc_view *v = owner;
    const toc_question *q = question_of(v, f);
    const char *reason = toc_form_value(f, "reason");
    toc_event input;
    if (!check_decide(v, f)) // it may have been answered while the confirmation stood
        return false;
    toc_event_init(&input, TOC_K_DECIDE, 0);
    toc_event_set_str(&input, TOC_F_DECISION, f->context);
    set_answer(f, q, &input);
    if (!is_blank(reason))
        toc_event_set_str(&input, TOC_F_REASON, reason);
    const char *option = toc_event_str(&input, TOC_F_OPTION);
    bool is_own = option && !has_option(q, option);
    toc_buf said = {0};
    toc_put_visible(&said, f->context);
    toc_buf_str(&said, is_own ? ": your own answer goes to EXCON, who rules on it" : " recorded: ");
    if (!is_own)
        toc_put_visible(&said, option ? toc_option_text(q, option) : "your answer");
    toc_view_act(v, toc_view_wishes(v), &input, false, "%s", toc_buf_text(&said));
    toc_room *room = toc_view_room(v, &toc_screen_decisions);
    if (room)
        room->has_moved = false; // this one is done: on to what comes
    toc_buf_fini(&said);
    toc_event_fini(&input);
    return true;
}

static void set_answer(const toc_form *f, const toc_question *q, toc_event *input)
{
    const char *option = toc_form_value(f, "option");
    bool is_other = strcmp(option, "other") == 0 && !has_option(q, "other");
    if (option[0])
        toc_event_set_str(input, TOC_F_OPTION, option);
    if (is_other || !option[0])
        toc_event_set_str(input, TOC_F_TEXT, toc_form_value(f, "own"));
}

// Whoever still writes when the time passes is told at once, and what is typed stays.
static void tell_late(toc_view *v, toc_form *f)
{
    const toc_question *q = f && f->done == send_decide ? question_of(v, f) : NULL;
    if (!q || !toc_decide_is_late(v, q) || strcmp(f->question, late_question) == 0)
        return;
    free(f->question);
    f->question = toc_strdup(late_question);
    f->verb = "send";
    toc_form_warn(f, "The time is over: this is kept for the report only.");
}

static bool is_overtaken(toc_view *v, toc_form *f, const toc_question *q, const char *field)
{
    if (q->state != TOC_QUESTION_DECIDED)
        return false;
    toc_buf by = {0}, answer = {0};
    if (q->is_ruled) {
        toc_put_visible(&answer, q->answer);
        toc_form_refuse(f, field,
                        "It is settled: EXCON took your team's answer as \"%s\". Esc cancels.",
                        toc_buf_text(&answer));
        toc_buf_fini(&answer);
        return true;
    }
    toc_picture_person(&v->picture, &by, q->by ? q->by : "somebody");
    toc_put_visible(&answer, q->answer);
    toc_form_refuse(f, field, "%s was quicker: %s. Esc cancels.", toc_buf_text(&by),
                    toc_buf_text(&answer));
    toc_buf_fini(&by);
    toc_buf_fini(&answer);
    return true;
}

static bool send_rule(void *owner, toc_form *f)
{
    toc_view *v = owner;
    const toc_question *q = question_of(v, f);
    const char *reason = toc_form_value(f, "reason");
    toc_event input;
    if (is_overtaken(v, f, q, "ruling"))
        return false;
    toc_event_init(&input, TOC_K_RULE, 0);
    toc_event_set_str(&input, TOC_F_DECISION, f->context);
    toc_event_set_str(&input, TOC_F_RULING, toc_form_value(f, "ruling"));
    if (!is_blank(reason))
        toc_event_set_str(&input, TOC_F_REASON, reason);
    toc_view_act(v, toc_view_wishes(v), &input, false, "%s: ruled %s", (char *)f->context,
                 toc_form_value(f, "ruling"));
    toc_event_fini(&input);
    return true;
}

static bool send_extend(void *owner, toc_form *f)
{
    toc_view *v = owner;
    const toc_question *q = question_of(v, f);
    const char *reason = toc_form_value(f, "reason");
    int64_t now = toc_view_now(v), until;
    toc_error e = {0};
    toc_event input;
    if (is_overtaken(v, f, q, "more"))
        return false;
    if (!new_deadline(v, f, q->deadline > now ? q->deadline : now, &until, &e)) {
        toc_form_refuse(f, "until", "%s", e.msg);
        return false;
    }
    toc_event_init(&input, TOC_K_EXTEND, 0);
    toc_event_set_str(&input, TOC_F_DECISION, f->context);
    toc_event_set_int(&input, TOC_F_UNTIL, until);
    if (!is_blank(reason))
        toc_event_set_str(&input, TOC_F_REASON, reason);
    toc_buf at = {0};
    toc_play_text(&at, until);
    toc_view_act(v, toc_view_wishes(v), &input, false, "%s: time until %s", (char *)f->context,
                 toc_buf_text(&at));
    toc_buf_fini(&at);
    toc_event_fini(&input);
    return true;
}

// What was typed goes before what was chosen. A duration is more time, "T+1:30" the new end.
static bool new_deadline(const toc_view *v, const toc_form *f, int64_t from, int64_t *until,
                         toc_error *e)
{
    const char *typed = toc_form_value(f, "until");
    int64_t more;
    typed += strspn(typed, " +");
    if (typed[0] == 'T' || typed[0] == 't')
        return toc_when_typed(v, typed, from, until, e) == TOC_OK;
    if (toc_duration_parse(typed[0] ? typed : toc_form_value(f, "more"), &more, e) != TOC_OK)
        return false;
    *until = from + more;
    return true;
}

static bool has_option(const toc_question *q, const char *id)
{
    const toc_value *options = toc_event_value(&q->ask, TOC_F_OPTIONS);
    for (size_t i = 0; options && i < options->count; i++)
        if (strcmp(options->list[2 * i], id) == 0)
            return true;
    return false;
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\n")] == '\0';
}
