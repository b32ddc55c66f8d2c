// SPDX-License-Identifier: MIT
// Another answer in words: what would have been different in the end.

#include <stdlib.h>
#include <string.h>

#include "report_alternatives.h"
#include "report_findings.h"

enum {
    LEVELS_MOST = 5,
    LEVEL_STEP_PPM = 10000
}; // smaller differences than one percent are not worth a word

typedef struct {
    const toc_report *rp;
    const toc_review *was, *would; // borrowed
    toc_buf *words;
    size_t decision;
} comparing;

static void say_left(comparing *c, const toc_branch *b);
static void compare_injects(comparing *c, bool is_gained);
static void compare_decisions(comparing *c);
static void compare_actions(comparing *c);
static void compare_levels(comparing *c);
static void compare_numbers(comparing *c);
static void begin_part(comparing *c, const char *words, bool *is_begun);

void toc_alternative_words(toc_buf *words, const toc_report *rp, size_t decision,
                           const toc_review *would, const toc_branch *b)
{
    comparing c = {rp, &rp->review, would, words, decision};
    compare_injects(&c, true);
    compare_injects(&c, false);
    compare_decisions(&c);
    compare_actions(&c);
    compare_levels(&c);
    compare_numbers(&c);
    if (words->len == 0)
        toc_buf_str(words, "Nothing else that a recording shows would have been different.");
    say_left(&c, b);
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
