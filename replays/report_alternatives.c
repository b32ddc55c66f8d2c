// SPDX-License-Identifier: MIT
// What the other answers to a decision would have led to: the recording is branched just before the answer, with another one given
// at the same time, and what both have in the end is compared.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/chain.h"
#include "replays/branch.h"
#include "report_decisions.h"

enum {
    LEVELS_MOST = 5,
    LEVEL_STEP_PPM = 10000
}; // smaller differences than one percent are not worth a word

// What came of another answer.
typedef struct {
    toc_branch *branch;
    toc_recording *recording;
    toc_review review; // of the recording, if there is one
} played;

typedef struct {
    const toc_report *rp;
    const toc_review *was, *would; // borrowed
    toc_buf *words;
    size_t decision;
} comparing;

static bool has_another(const toc_report *rp, size_t decision);
static void say_alternative(toc_report *rp, size_t decision, size_t option);
static toc_err play(played *p, const toc_report *rp, size_t decision, size_t option, toc_when when,
                    toc_error *e);
static bool is_given(const played *p, size_t decision, size_t option);
static void end(played *p);
static toc_err read_branch(toc_recording **out, toc_branch *b, const char *key, toc_error *e);
static void say_left(comparing *c, const toc_branch *b);
static void compare(comparing *c);
static void compare_injects(comparing *c, bool is_gained);
static void compare_decisions(comparing *c);
static void compare_actions(comparing *c);
static void compare_levels(comparing *c);
static void compare_numbers(comparing *c);
static void begin_part(comparing *c, const char *words, bool *is_begun);

void toc_report_alternatives(toc_report *rp, size_t decision)
{
    const toc_review_decision *d = &rp->review.decisions[decision];
    if (!d->plan)
        return;
    if (!has_another(rp, decision)) {
        toc_paper_say(rp->paper, d->plan->option_count == 0
                                     ? "What another answer would have led to is not known: it is "
                                       "answered in one's own words."
                                     : "There was no other option.");
        return;
    }
    toc_paper_say(rp->paper, "If the answer had been another:");
    for (size_t i = 0; i < d->plan->option_count; i++)
        if (!d->option || strcmp(d->plan->options[2 * i], d->option) != 0)
            say_alternative(rp, decision, i);
}

static bool has_another(const toc_report *rp, size_t decision)
{
    const toc_review_decision *d = &rp->review.decisions[decision];
    for (size_t i = 0; i < d->plan->option_count; i++)
        if (!d->option || strcmp(d->plan->options[2 * i], d->option) != 0)
            return true;
    return false;
}

static void say_alternative(toc_report *rp, size_t decision, size_t option)
{
    const toc_review_decision *d = &rp->review.decisions[decision];
    const bool is_answered = d->answered_seq && !d->is_overdue;
    toc_buf words = {0}, name = {0};
    toc_error e = {0};
    played p = {0};
    toc_report_text(rp, &name, d->plan->options[2 * option]);
    toc_err err = play(&p, rp, decision, option, is_answered ? TOC_WHEN_AT : TOC_WHEN_LATE, &e);
    if (!is_answered &&
        (err || !is_given(&p, decision, option))) { // play may have jumped over that time
        end(&p);
        err = play(&p, rp, decision, option, TOC_WHEN_EARLY, &e);
    }
    if (err) {
        toc_buf_str(&words, "Could not be played: ");
        toc_report_text(rp, &words, e.msg);
    } else if (!is_given(&p, decision, option)) {
        toc_buf_str(&words, "There was no moment at which it could have been given.");
    } else {
        comparing c = {rp, &rp->review, &p.review, &words, decision};
        compare(&c);
        say_left(&c, p.branch);
    }
    toc_paper_fact(rp->paper, toc_buf_text(&name), toc_buf_text(&words));
    end(&p);
    toc_buf_fini(&words);
    toc_buf_fini(&name);
}

// What was read of what never came is nothing to speak of.
static void say_left(comparing *c, const toc_branch *b)
{
    size_t count = 0;
    for (size_t i = 0; i < b->left_count; i++) {
        toc_kind kind = toc_recording_at(c->rp->r, b->left[i].seq)->kind;
        count += kind != TOC_K_READ && kind != TOC_K_ACK;
    }
    if (count > 0)
        toc_buf_printf(c->words, " %zu %s that people did could not be done again.", count,
                       count == 1 ? "thing" : "things");
}

// ---- playing it ---------------------------------------------------------------------------------------------

// At the time at which it was answered; what nobody answered, just before its deadline, or as soon as it is asked.
static toc_err play(played *p, const toc_report *rp, size_t decision, size_t option, toc_when when,
                    toc_error *e)
{
    const toc_review_decision *d = &rp->review.decisions[decision];
    toc_choice choice = {.kind = TOC_CHOICE_DECISION,
                         .index = (size_t)(d->plan - rp->plan->decisions),
                         .answer = TOC_ANSWER_OPTION,
                         .option = option,
                         .when = when,
                         .at = when == TOC_WHEN_AT ? d->answered : -1};
    const toc_path decides = {.choices = &choice, .count = 1};
    const toc_branch_options o = {.run = "alternative",
                                  .at = -1,
                                  .seq = when == TOC_WHEN_AT ? d->answered_seq - 1 : d->ask_seq,
                                  .decides = &decides,
                                  .otherwise = TOC_ELSE_ORIGINAL,
                                  .until = -1};
    toc_err err = toc_branch_make(&p->branch, rp->r, &o, e);
    if (!err)
        err = read_branch(&p->recording, p->branch, toc_recording_header(rp->r)->key, e);
    if (!err)
        toc_review_of(&p->review, p->recording);
    return err;
}

static bool is_given(const played *p, size_t decision, size_t option)
{
    if (!p->recording || decision >= p->review.decision_count)
        return false;
    const toc_review_decision *d = &p->review.decisions[decision];
    return d->settled_seq && !d->is_overdue && d->option && d->plan &&
           strcmp(d->option, d->plan->options[2 * option]) == 0;
}

static void end(played *p)
{
    if (p->recording)
        toc_review_end(&p->review);
    toc_recording_free(p->recording);
    toc_branch_free(p->branch);
    *p = (played){0};
}

// Nothing of it is kept or proved: its header has the original's key, and its seals are empty.
static toc_err read_branch(toc_recording **out, toc_branch *b, const char *key, toc_error *e)
{
    char hash[TOC_HASH_HEX + 1];
    toc_buf bytes = {0}, body = {0};
    memset(hash, '0', TOC_HASH_HEX);
    hash[TOC_HASH_HEX] = '\0';
    if (!b->header.key)
        b->header.key = toc_strdup(key);
    toc_header_body(&body, &b->header);
    toc_line_write(&bytes, body.data, body.len, 0, hash);
    for (size_t i = 0; i < b->lines.count; i++) {
        toc_buf_clear(&body);
        toc_event_body(&body, &b->lines.at[i]);
        toc_line_write(&bytes, body.data, body.len, (int64_t)i, hash);
    }
    toc_err err = toc_recording_read(out, bytes.data, bytes.len, e);
    toc_buf_fini(&bytes);
    toc_buf_fini(&body);
    return err;
}

// ---- comparing -----------------------------------------------------------------------------------------------

static void compare(comparing *c)
{
    compare_injects(c, true);
    compare_injects(c, false);
    compare_decisions(c);
    compare_actions(c);
    compare_levels(c);
    compare_numbers(c);
    if (c->words->len == 0)
        toc_buf_str(c->words, "Nothing else that a recording shows would have been different.");
}

static void begin_part(comparing *c, const char *words, bool *is_begun)
{
    toc_buf_str(c->words, *is_begun ? ", " : c->words->len ? " " : "");
    toc_buf_str(c->words, *is_begun ? "" : words);
    *is_begun = true;
}

static void compare_injects(comparing *c, bool is_gained)
{
    const toc_review *in = is_gained ? c->would : c->was, *out = is_gained ? c->was : c->would;
    bool is_begun = false;
    for (size_t i = 0; i < in->inject_count; i++) {
        const toc_review_inject *row = &in->injects[i];
        size_t other = toc_review_find_inject(out, row->id);
        if (!row->sent_seq || (other != TOC_NONE && out->injects[other].sent_seq))
            continue;
        begin_part(c, is_gained ? "Sent too: " : "Not sent: ", &is_begun);
        toc_paper_foreign(c->words, row->id);
        toc_buf_str(c->words, " \"");
        toc_report_text(c->rp, c->words, row->title);
        toc_buf_str(c->words, is_gained ? "\" at " : "\"");
        if (is_gained)
            toc_report_when(c->rp, c->words, row->sent);
    }
    toc_buf_str(c->words, is_begun ? "." : "");
}

static const char *outcome_of(const toc_review_decision *d)
{
    return !d->ask_seq       ? "not asked"
           : !d->settled_seq ? "open to the end"
           : d->is_overdue   ? "not answered"
           : d->option       ? d->option
                             : "answered";
}

static void compare_decisions(comparing *c)
{
    bool is_begun = false;
    for (size_t i = 0; i < c->was->decision_count && i < c->would->decision_count; i++) {
        const toc_review_decision *was = &c->was->decisions[i], *would = &c->would->decisions[i];
        if (i == c->decision || strcmp(outcome_of(was), outcome_of(would)) == 0)
            continue;
        begin_part(c, "Other decisions: ", &is_begun);
        toc_paper_foreign(c->words, was->id);
        toc_buf_char(c->words, ' ');
        toc_report_text(c->rp, c->words, outcome_of(would));
        toc_buf_str(c->words, " (was ");
        toc_report_text(c->rp, c->words, outcome_of(was));
        toc_buf_char(c->words, ')');
    }
    toc_buf_str(c->words, is_begun ? "." : "");
}

static void compare_actions(comparing *c)
{
    bool is_begun = false;
    for (size_t i = 0; i < c->was->action_count && i < c->would->action_count; i++) {
        const toc_review_action *was = &c->was->actions[i], *would = &c->would->actions[i];
        if (strcmp(was->state, would->state) == 0)
            continue;
        begin_part(c, "Expected actions: ", &is_begun);
        toc_paper_foreign(c->words, was->id);
        toc_buf_char(c->words, ' ');
        toc_report_outcome(c->words, would);
        toc_buf_str(c->words, " (was ");
        toc_report_outcome(c->words, was);
        toc_buf_char(c->words, ')');
    }
    toc_buf_str(c->words, is_begun ? "." : "");
}

static int64_t distance(int64_t a, int64_t b)
{
    return a > b ? a - b : b - a;
}

static void say_level(comparing *c, size_t i, bool *is_begun)
{
    const toc_review_service *was = &c->was->services[i], *would = &c->would->services[i];
    const char *name = c->rp->plan->model.services[was->service].name;
    begin_part(c, "Services: ", is_begun);
    toc_report_text(c->rp, c->words, name ? name : was->id);
    if (distance(was->lowest, would->lowest) >= LEVEL_STEP_PPM)
        toc_buf_printf(c->words, " lowest %lld %% (was %lld %%)",
                       (long long)(would->lowest / 10000), (long long)(was->lowest / 10000));
    if (distance(was->last, would->last) >= LEVEL_STEP_PPM)
        toc_buf_printf(c->words, " at the end %lld %% (was %lld %%)",
                       (long long)(would->last / 10000), (long long)(was->last / 10000));
}

static void compare_levels(comparing *c)
{
    bool is_begun = false;
    size_t said = 0, left = 0;
    for (size_t i = 0; i < c->was->service_count && i < c->would->service_count; i++) {
        const toc_review_service *was = &c->was->services[i], *would = &c->would->services[i];
        if (distance(was->lowest, would->lowest) < LEVEL_STEP_PPM &&
            distance(was->last, would->last) < LEVEL_STEP_PPM)
            continue;
        if (said++ < LEVELS_MOST)
            say_level(c, i, &is_begun);
        else
            left++;
    }
    if (left > 0)
        toc_buf_printf(c->words, ", and %zu more", left);
    toc_buf_str(c->words, is_begun ? "." : "");
}

static void compare_numbers(comparing *c)
{
    const int64_t was = c->was->numbers.lost, would = c->would->numbers.lost;
    bool is_begun = false;
    if (was != would) {
        begin_part(c, "", &is_begun);
        toc_buf_printf(c->words, "Lost user-hours: %lld (were %lld).", (long long)would,
                       (long long)was);
    }
    is_begun = false;
    if (c->was->ended != c->would->ended && c->would->ended >= 0) {
        begin_part(c, "ENDEX would have been at ", &is_begun);
        toc_report_when(c->rp, c->words, c->would->ended);
        toc_buf_char(c->words, '.');
    }
}
