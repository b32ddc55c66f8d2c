// SPDX-License-Identifier: MIT
// A comparison in words: what they are, where they part and why, then what differs, most important first.
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "branch_signs.h"
#include "compare_inside.h"
#include "rehearse/path.h"
#include "replays/branch.h"
#include "replays/tell.h"
#include "replays/why.h"
#include "world/words.h"

enum {
    ROWS_MOST = 15,
    LINE_COLUMNS = 100,
    LEVELS_MOST = 3,
    LEVEL_STEP_PPM = 10000 // smaller differences than one percent are not worth a line
};

static void say_what(toc_buf *out, const toc_comparison *c, const char *name_a, const char *name_b);
static void say_files(toc_buf *out, const toc_comparison *c);
static void say_parting(toc_buf *out, const toc_comparison *c);
static void say_numbers(toc_buf *out, const toc_comparison *c);
static void say_rows(toc_buf *out, const toc_comparison *c, toc_compare_kind kind,
                     const char *heading);
static void say_row(toc_buf *out, const toc_comparison *c, const toc_compare_row *row);
static void say_first(toc_buf *out, const toc_comparison *c);
static void say_name(toc_buf *out, const toc_comparison *c, const toc_compare_row *row);
static void say_levels(toc_buf *out, const toc_comparison *c);
static int64_t in_time(const toc_compare_side *s);
static void say_percent(toc_buf *out, int64_t ppm);
static void warn_of_words(toc_buf *out, const toc_comparison *c);

void toc_comparison_text(toc_buf *out, const toc_comparison *c, const char *name_a,
                         const char *name_b)
{
    say_what(out, c, name_a, name_b);
    if (c->is_same) {
        toc_buf_printf(
            out, "They are the same: %" PRId64 " lines of what was put in and what came of it.\n",
            c->common);
        return;
    }
    say_files(out, c);
    say_parting(out, c);
    say_first(out, c);
    warn_of_words(out, c);
    say_numbers(out, c);
    say_rows(out, c, TOC_COMPARE_DECISION, "Decisions");
    say_rows(out, c, TOC_COMPARE_INJECT, "Injects");
    say_rows(out, c, TOC_COMPARE_ACTION, "Expected actions");
    say_rows(out, c, TOC_COMPARE_SERVICE,
             "Services: lowest, at the end, first below 50 %, user-hours lost");
    say_rows(out, c, TOC_COMPARE_OBJECTIVE, "Objectives: ratings, expected actions met");
    say_rows(out, c, TOC_COMPARE_PHASE, "Phases");
}

static void say_foreign(toc_buf *out, const char *text)
{
    if (text)
        toc_text_visible(out, text, strlen(text), false);
}

static void say_time(toc_buf *out, int64_t t)
{
    if (t < 0)
        toc_buf_str(out, "never");
    else
        toc_play_text(out, t);
}

static void say_side(toc_buf *out, char mark, const toc_compare_side *s, const char *name,
                     const char *of)
{
    const toc_header *h = toc_recording_header(s->recording);
    toc_buf_printf(out, "%c  ", mark);
    say_foreign(out, name);
    toc_buf_str(out, "  (run ");
    say_foreign(out, h->run);
    if (of) {
        toc_buf_printf(out, ", a branch of %s behind line %" PRId64, of, h->parent_seq);
    } else if (h->parent) {
        toc_buf_str(out, ", a branch of ");
        say_foreign(out, h->parent);
    }
    toc_buf_str(out, ")\n");
}

static void say_what(toc_buf *out, const toc_comparison *c, const char *name_a, const char *name_b)
{
    say_side(out, 'A', &c->a, name_a, c->is_a_of_b ? "B" : NULL);
    say_side(out, 'B', &c->b, name_b, c->is_b_of_a ? "A" : NULL);
    if (!c->is_same_exercise) {
        toc_buf_str(out, "Other exercises: ");
        say_foreign(out, toc_recording_header(c->a.recording)->exercise);
        toc_buf_str(out, " and ");
        say_foreign(out, toc_recording_header(c->b.recording)->exercise);
        toc_buf_str(out, ". What has the same name in both is compared.\n");
    } else if (c->file_count == 0) {
        toc_buf_printf(out, "The same scenario%s.\n",
                       c->is_same_seed ? "" : ", with other random numbers");
    }
}

static void say_files(toc_buf *out, const toc_comparison *c)
{
    if (c->file_count == 0 || !c->is_same_exercise)
        return;
    toc_buf_str(out, "The scenario was changed:\n");
    for (size_t i = 0; i < c->file_count; i++) {
        const toc_compare_file *f = &c->files[i];
        if (i == ROWS_MOST) {
            toc_buf_printf(out, "  and %zu more\n", c->file_count - i);
            break;
        }
        toc_buf_str(out, "  ");
        say_foreign(out, f->path);
        if (!f->is_in_a || !f->is_in_b)
            toc_buf_printf(out, "  is in %s alone\n", f->is_in_a ? "A" : "B");
        else if (f->line)
            toc_buf_printf(out, "  from line %d on\n", f->line);
        else
            toc_buf_str(out, "\n");
    }
}

static void say_line(toc_buf *out, char mark, const toc_compare_side *s)
{
    toc_buf line = {0};
    toc_buf_printf(out, "  %c  ", mark);
    if (s->first == 0) {
        toc_buf_str(out, "the recording ends here\n");
        return;
    }
    say_time(out, toc_recording_at(s->recording, s->first)->t);
    toc_tell_cut(&line, s->recording, s->first, LINE_COLUMNS);
    toc_buf_printf(out, "  %s  (line %" PRId64 ")\n", toc_buf_text(&line), s->first);
    toc_buf_fini(&line);
}

static bool is_input(const toc_compare_side *s)
{
    return s->first == 0 ||
           toc_kind_class(toc_recording_at(s->recording, s->first)->kind) == TOC_CLASS_INPUT;
}

// Inputs are where differences come from. What the same inputs derived differently, the scenario did.
static void say_reason(toc_buf *out, const toc_comparison *c)
{
    const toc_event *a = toc_recording_at(c->a.recording, c->a.first);
    const toc_event *b = toc_recording_at(c->b.recording, c->b.first);
    if (is_input(&c->a) && is_input(&c->b) && c->a.first && c->b.first && a->kind == b->kind) {
        toc_buf_str(out, "  The input is another one.\n");
    } else if (is_input(&c->a) || is_input(&c->b)) {
        bool is_a =
            c->a.first && is_input(&c->a) && (!is_input(&c->b) || !c->b.first || a->t <= b->t);
        toc_buf_printf(out, "  %s has an input here that %s has not, or not then.\n",
                       is_a ? "A" : "B", is_a ? "B" : "A");
    } else {
        toc_buf_printf(out, "  The same inputs gave something else: %s.\n",
                       c->file_count > 0 ? "the scenario was changed"
                       : c->is_same_seed ? "one of the two was not played by the same engine"
                                         : "the random numbers are others");
        toc_buf_str(out, "  In A:  ");
        toc_why_text(out, c->a.recording, c->a.first);
        toc_buf_str(out, "  In B:  ");
        toc_why_text(out, c->b.recording, c->b.first);
    }
}

static void say_parting(toc_buf *out, const toc_comparison *c)
{
    if (c->a.first == 0 && c->b.first == 0) {
        toc_buf_printf(out,
                       "\nWhat was put in and what came of it is the same: %" PRId64 " lines.\n",
                       c->common);
        return;
    }
    toc_buf_printf(out,
                   "\nWhere they part: the same %" PRId64 " line%s of inputs and what came of them",
                   c->common, c->common == 1 ? "" : "s");
    if (c->common > 0) {
        toc_buf_str(out, ", until ");
        say_time(out, toc_recording_at(c->a.recording, c->a.last)->t);
    }
    toc_buf_str(out, "; then\n");
    say_line(out, 'A', &c->a);
    say_line(out, 'B', &c->b);
    say_reason(out, c);
}

// Two rooms part in their first second, when somebody reads a moment later; what matters comes after that.
static void say_first(toc_buf *out, const toc_comparison *c)
{
    const toc_compare_row *row = toc_comparison_first(c);
    if (!row)
        return;
    toc_buf_str(out, "\nThe first thing of the story that differs, at ");
    say_time(out, row->t);
    toc_buf_str(out, ":\n");
    say_row(out, c, row);
}

// In a branch that nobody played on, people said what they had said of another course of things.
static void warn_of_words(toc_buf *out, const toc_comparison *c)
{
    const toc_compare_side *s = c->is_b_of_a ? &c->b : c->is_a_of_b ? &c->a : NULL;
    const int64_t from = s ? toc_recording_header(s->recording)->parent_seq : 0;
    toc_signs signs = {0};
    for (int64_t seq = from + 1; s && seq <= toc_recording_count(s->recording); seq++)
        toc_signs_add(&signs, toc_recording_at(s->recording, seq));
    if (signs.invented == 0)
        return;
    toc_buf_printf(out,
                   "\nIn %c, answers \"because %s\" or \"because %s\" were invented: nobody gave "
                   "them.",
                   c->is_b_of_a ? 'B' : 'A', TOC_BRANCH_REASON, TOC_REHEARSED_REASON);
    if (signs.again > 0 && from > 0) {
        toc_buf_str(out, " What people said after ");
        say_time(out, toc_recording_at(s->recording, from)->t);
        toc_buf_str(out, " stands as in the original; it may no longer fit.");
    }
    toc_buf_char(out, '\n');
}

static void say_number(toc_buf *out, const char *what, int64_t a, int64_t b)
{
    toc_buf_printf(out, "  %-18s %12" PRId64 " %12" PRId64, what, a, b);
    if (a != b)
        toc_buf_printf(out, "   %+" PRId64, b - a);
    toc_buf_char(out, '\n');
}

static void say_numbers(toc_buf *out, const toc_comparison *c)
{
    toc_buf a = {0}, b = {0};
    say_time(&a, c->a.review.ended);
    say_time(&b, c->b.review.ended);
    toc_buf_printf(out, "\n  %-18s %12s %12s\n  %-18s %12s %12s\n", "", "A", "B", "ENDEX",
                   toc_buf_text(&a), toc_buf_text(&b));
    say_number(out, "user-hours lost", toc_compare_lost_all(&c->a), toc_compare_lost_all(&c->b));
    say_number(out, "injects sent", (int64_t)c->a.review.numbers.sent,
               (int64_t)c->b.review.numbers.sent);
    say_number(out, "decisions in time", in_time(&c->a), in_time(&c->b));
    if (c->a.review.numbers.decided_for + c->b.review.numbers.decided_for > 0)
        say_number(out, "  decided by EXCON", (int64_t)c->a.review.numbers.decided_for,
                   (int64_t)c->b.review.numbers.decided_for);
    say_number(out, "messages", (int64_t)c->a.message_count, (int64_t)c->b.message_count);
    say_levels(out, c);
    toc_buf_fini(&a);
    toc_buf_fini(&b);
}

// By the teams themselves, as the report counts them.
static int64_t in_time(const toc_compare_side *s)
{
    return (int64_t)(s->review.numbers.decided - s->review.numbers.decided_for);
}

// By how far the lowest levels of a service, or those at the end, lie apart; has_users: people feel it.
static int64_t apart(const toc_comparison *c, const toc_compare_row *row, bool *is_low,
                     bool *has_users)
{
    const toc_review_service *a = TOC_COMPARE_OF(row, c, review.services, a),
                             *b = TOC_COMPARE_OF(row, c, review.services, b);
    if (row->kind != TOC_COMPARE_SERVICE || !a || !b)
        return 0;
    const int64_t low = a->lowest > b->lowest ? a->lowest - b->lowest : b->lowest - a->lowest,
                  last = a->last > b->last ? a->last - b->last : b->last - a->last;
    const toc_plan *plan = c->a.review.plan;
    *has_users =
        plan && a->service != TOC_NONE && plan->model.services[a->service].users > 0;
    *is_low = low >= last;
    return *is_low ? low : last;
}

static void say_level(toc_buf *out, const toc_comparison *c, const toc_compare_row *row,
                      bool is_low)
{
    const toc_review_service *a = &c->a.review.services[row->a],
                             *b = &c->b.review.services[row->b];
    toc_buf_str(out, "  ");
    say_name(out, c, row);
    toc_buf_str(out, is_low ? ": lowest " : ": at the end ");
    say_percent(out, is_low ? a->lowest : a->last);
    toc_buf_str(out, " in A, ");
    say_percent(out, is_low ? b->lowest : b->last);
    toc_buf_str(out, " in B\n");
}

// Those that people feel first; of them those that lie farthest apart.
static void say_levels(toc_buf *out, const toc_comparison *c)
{
    bool *is_said = toc_alloc((c->row_count + 1) * sizeof *is_said);
    for (size_t said = 0; said < LEVELS_MOST; said++) {
        size_t best = TOC_NONE;
        int64_t most = LEVEL_STEP_PPM - 1;
        bool has_users = false, is_low = false;
        for (size_t i = 0; i < c->row_count; i++) {
            bool low = false, felt = false;
            const int64_t far = apart(c, &c->rows[i], &low, &felt);
            if (is_said[i] || far < LEVEL_STEP_PPM || felt < has_users ||
                (felt == has_users && far <= most))
                continue;
            best = i;
            most = far;
            has_users = felt;
            is_low = low;
        }
        if (best == TOC_NONE)
            break;
        if (said == 0)
            toc_buf_str(out, "\nThe levels that differ most\n");
        is_said[best] = true;
        say_level(out, c, &c->rows[best], is_low);
    }
    free(is_said);
}

// What a row is called, with its id: "Consumer terminals online (terminals)".
static void say_name(toc_buf *out, const toc_comparison *c, const toc_compare_row *row)
{
    const char *name = toc_compare_name(c, row);
    say_foreign(out, name ? name : row->id);
    if (name && strcmp(name, row->id) != 0) {
        toc_buf_str(out, " (");
        say_foreign(out, row->id);
        toc_buf_char(out, ')');
    }
}

static void say_rows(toc_buf *out, const toc_comparison *c, toc_compare_kind kind,
                     const char *heading)
{
    size_t count = 0;
    for (size_t i = 0; i < c->row_count; i++) {
        if (c->rows[i].kind != kind)
            continue;
        if (count++ == 0)
            toc_buf_printf(out, "\n%s\n", heading);
        if (count <= ROWS_MOST)
            say_row(out, c, &c->rows[i]);
    }
    if (count > ROWS_MOST)
        toc_buf_printf(out, "  and %zu more\n", count - ROWS_MOST);
}

static void say_decision(toc_buf *out, const toc_review_decision *d)
{
    char quoted[TOC_QUOTE_SIZE];
    if (!d || !d->ask_seq) {
        toc_buf_str(out, "never asked");
        return;
    }
    if (!d->settled_seq) {
        toc_buf_str(out, "open to the end");
        return;
    }
    toc_buf_str(out, d->is_overdue ? "overdue" : "");
    if (d->is_overdue && d->option)
        toc_buf_str(out, ", so ");
    say_foreign(out, d->option);
    if (d->text)
        toc_buf_printf(out, "%s%s", d->option ? " " : "", toc_text_quote(quoted, d->text));
    toc_buf_str(out, ", ");
    say_time(out, d->settled);
    if (d->by) {
        toc_buf_str(out, ", ");
        say_foreign(out, d->by);
    }
    if (d->is_for_team)
        toc_buf_str(out, " for the team");
    if (d->reason)
        toc_buf_printf(out, ", because %s", toc_text_quote(quoted, d->reason));
}

static void say_inject(toc_buf *out, const toc_review_inject *i)
{
    if (i && i->sent_seq) {
        say_time(out, i->sent);
        return;
    }
    toc_buf_str(out, !i               ? "not written"
                     : i->skipped_seq ? "skipped"
                     : i->held_seq    ? "held"
                                      : "not sent");
}

static void say_action(toc_buf *out, const toc_review_action *x)
{
    toc_buf_str(out, x ? x->state : "none");
    if (x && x->at >= 0) {
        toc_buf_str(out, " at ");
        say_time(out, x->at);
    }
}

static void say_percent(toc_buf *out, int64_t ppm)
{
    toc_percent_text(out, ppm);
    toc_buf_str(out, " %");
}

static void say_service(toc_buf *out, const toc_compare_side *s, size_t i)
{
    if (i == TOC_NONE) {
        toc_buf_str(out, "none");
        return;
    }
    const toc_review_service *one = &s->review.services[i];
    int64_t below = toc_compare_below_half(one);
    say_percent(out, one->lowest);
    toc_buf_str(out, ", ");
    say_percent(out, one->last);
    toc_buf_str(out, ", ");
    say_time(out, below);
    toc_buf_printf(out, ", %" PRId64, toc_compare_lost(s, i));
}

static void say_objective(toc_buf *out, const toc_compare_objective *o)
{
    if (!o) {
        toc_buf_str(out, "none");
        return;
    }
    toc_buf_str(out, o->ratings.len ? toc_buf_text(&o->ratings) : "not rated");
    toc_buf_printf(out, ", %zu of %zu", o->met, o->actions);
}

static void say_half(toc_buf *out, const toc_comparison *c, const toc_compare_row *row, bool is_a)
{
    const toc_compare_side *s = is_a ? &c->a : &c->b;
    size_t i = is_a ? row->a : row->b;
    bool is_none = i == TOC_NONE;
    switch (row->kind) {
    case TOC_COMPARE_DECISION:
        say_decision(out, is_none ? NULL : &s->review.decisions[i]);
        break;
    case TOC_COMPARE_INJECT:
        say_inject(out, is_none ? NULL : &s->review.injects[i]);
        break;
    case TOC_COMPARE_ACTION:
        say_action(out, is_none ? NULL : &s->review.actions[i]);
        break;
    case TOC_COMPARE_SERVICE:
        say_service(out, s, i);
        break;
    case TOC_COMPARE_OBJECTIVE:
        say_objective(out, is_none ? NULL : &s->objectives[i]);
        break;
    case TOC_COMPARE_PHASE:
        say_time(out, is_none ? -1 : s->phases[i].t);
        break;
    case TOC_COMPARE_KINDS:
        break;
    }
}

static void say_row(toc_buf *out, const toc_comparison *c, const toc_compare_row *row)
{
    toc_buf id = {0}, a = {0}, b = {0};
    const char *name = toc_compare_name(c, row);
    toc_buf_str(out, name ? "  " : "");
    say_foreign(out, name);
    toc_buf_str(out, name ? "\n" : "");
    toc_buf_str(&id, name ? "  " : "");
    say_foreign(&id, row->id);
    say_half(&a, c, row, true);
    say_half(&b, c, row, false);
    enum { SHORT = 34 };
    bool is_short = a.len <= SHORT && b.len <= SHORT;
    if (is_short)
        toc_buf_printf(out, "  %-18s A %-*s  B %s\n", toc_buf_text(&id), SHORT, toc_buf_text(&a),
                       toc_buf_text(&b));
    else
        toc_buf_printf(out, "  %-18s A %s\n  %-18s B %s\n", toc_buf_text(&id), toc_buf_text(&a), "",
                       toc_buf_text(&b));
    toc_buf_fini(&id);
    toc_buf_fini(&a);
    toc_buf_fini(&b);
}
