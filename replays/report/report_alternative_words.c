// SPDX-License-Identifier: MIT
// Another answer in words: what would have been different in the end.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report_alternatives.h"
#include "report_findings.h"

enum {
    FELT_MOST = 4, // services with users that are named
    OTHERS_MOST = 2,
    LEVEL_STEP_PPM = 10000 // smaller differences than one percent are not worth a word
};

typedef struct {
    const toc_report *rp;
    const toc_review *was, *would; // borrowed
    toc_buf *words;
    size_t decision;
} comparing;

// A service that would have gone another way.
typedef struct {
    const toc_review_service *was, *would;
    bool is_felt;  // it has users
    int64_t lost;  // user-hours more; less than 0: fewer
    int64_t level; // ppm between both, at the lowest or at the end
} difference;

static void say_left(comparing *c, const toc_branch *b);
static void compare_injects(comparing *c, bool is_gained);
static void compare_decisions(comparing *c);
static void compare_actions(comparing *c);
static void compare_services(comparing *c);
static void compare_end(comparing *c);
static void begin_part(comparing *c, const char *words, bool *is_begun);

void toc_alternative_words(toc_buf *words, const toc_report *rp, size_t decision,
                           const toc_review *would, const toc_branch *b)
{
    comparing c = {rp, &rp->review, would, words, decision};
    compare_injects(&c, true);
    compare_injects(&c, false);
    compare_decisions(&c);
    compare_actions(&c);
    compare_services(&c);
    compare_end(&c);
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

// The next, in order of time, that was sent in the one and not in the other; NULL.
static const toc_review_inject *next_inject(const toc_review *in, const toc_review *out,
                                            const toc_review_inject *after)
{
    const toc_review_inject *next = NULL;
    for (size_t i = 0; i < in->inject_count; i++) {
        const toc_review_inject *row = &in->injects[i];
        size_t other = toc_review_find_inject(out, row->id);
        if (row->sent_seq && (other == TOC_NONE || !out->injects[other].sent_seq) &&
            (!after || row->sent_seq > after->sent_seq) &&
            (!next || row->sent_seq < next->sent_seq))
            next = row;
    }
    return next;
}

static void compare_injects(comparing *c, bool is_gained)
{
    const toc_review *in = is_gained ? c->would : c->was, *out = is_gained ? c->was : c->would;
    bool is_begun = false;
    for (const toc_review_inject *row = NULL; (row = next_inject(in, out, row)) != NULL;) {
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

// "nobody answered", "rail (rail)", "\"We call Sornia first.\""
static void add_outcome(const comparing *c, toc_buf *words, const toc_review_decision *d)
{
    if (!d->ask_seq || !d->settled_seq || d->is_overdue)
        toc_buf_str(words, !d->ask_seq       ? "not asked"
                           : !d->settled_seq ? "open to the end"
                                             : "nobody answered");
    else if (!d->is_own && d->option)
        toc_report_text(c->rp, words, d->option);
    else if (d->text) {
        toc_buf_char(words, '"');
        toc_report_text(c->rp, words, d->text);
        toc_buf_char(words, '"');
    } else
        toc_buf_str(words, "an answer of its own");
}

// Nobody who played was asked what was never asked: who answered it must be said.
static void say_decision(comparing *c, const toc_review_decision *was,
                         const toc_review_decision *would, const char *outcome)
{
    const bool is_rehearsed =
        would->answered_seq && !would->is_overdue &&
        toc_review_hand_of(c->would->recording, would->answered_seq) == TOC_HAND_REHEARSAL;
    toc_paper_foreign(c->words, was->id);
    toc_buf_str(c->words, !would->ask_seq ? " was then "
                          : !was->ask_seq ? " was then asked; "
                                          : " then: ");
    toc_buf_str(c->words, is_rehearsed ? "rehearsal answered " : "");
    toc_buf_str(c->words, outcome);
}

static void compare_decisions(comparing *c)
{
    toc_buf was_words = {0}, would_words = {0};
    bool is_begun = false;
    for (size_t i = 0; i < c->was->decision_count && i < c->would->decision_count; i++) {
        const toc_review_decision *was = &c->was->decisions[i], *would = &c->would->decisions[i];
        toc_buf_clear(&was_words);
        toc_buf_clear(&would_words);
        add_outcome(c, &was_words, was);
        add_outcome(c, &would_words, would);
        if (i == c->decision || strcmp(toc_buf_text(&was_words), toc_buf_text(&would_words)) == 0)
            continue;
        begin_part(c, "Other decisions: ", &is_begun);
        say_decision(c, was, would, toc_buf_text(&would_words));
        if (was->ask_seq)
            toc_buf_printf(c->words, " (was: %s)", toc_buf_text(&was_words));
    }
    toc_buf_str(c->words, is_begun ? "." : "");
    toc_buf_fini(&was_words);
    toc_buf_fini(&would_words);
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

// ---- services ------------------------------------------------------------------------------------------------

static const toc_service *service_of(const comparing *c, const toc_review_service *s)
{
    return c->rp->plan && s->service != TOC_NONE ? &c->rp->plan->model.services[s->service] : NULL;
}

static void add_service(const comparing *c, const difference *d)
{
    const toc_service *s = service_of(c, d->was);
    toc_report_text(c->rp, c->words, s && s->name ? s->name : d->was->id);
}

// Services that people feel first, of those the one first that cost or spared them most; then by how far the levels part.
static int by_weight(const void *a, const void *b)
{
    const difference *one = a, *other = b;
    if (one->is_felt != other->is_felt)
        return one->is_felt ? -1 : 1;
    if (distance(one->lost, 0) != distance(other->lost, 0))
        return distance(one->lost, 0) > distance(other->lost, 0) ? -1 : 1;
    if (one->level != other->level)
        return one->level > other->level ? -1 : 1;
    return one->was < other->was ? -1 : 1;
}

static size_t differences_of(const comparing *c, difference *out)
{
    size_t count = 0;
    for (size_t i = 0; i < c->was->service_count && i < c->would->service_count; i++) {
        const toc_review_service *was = &c->was->services[i], *would = &c->would->services[i];
        const toc_service *s = service_of(c, was);
        difference d = {.was = was, .would = would, .is_felt = s && s->users > 0};
        const int64_t low = distance(was->lowest, would->lowest),
                      last = distance(was->last, would->last);
        d.lost = would->lost - was->lost;
        d.level = low > last ? low : last;
        d.level = d.level < LEVEL_STEP_PPM ? 0 : d.level;
        if (d.level > 0 || d.lost != 0)
            out[count++] = d;
    }
    if (count > 0)
        qsort(out, count, sizeof *out, by_weight);
    return count;
}

static void add_level(comparing *c, const char *when, int64_t would, int64_t was, bool is_first)
{
    toc_buf_printf(c->words, "%s %s ", is_first ? "" : " and", when);
    toc_report_percent(c->words, would);
    toc_buf_str(c->words, " (was ");
    toc_report_percent(c->words, was);
    toc_buf_char(c->words, ')');
}

static void say_level(comparing *c, const difference *d)
{
    const toc_review_service *was = d->was, *would = d->would;
    const bool has_low = distance(was->lowest, would->lowest) >= LEVEL_STEP_PPM;
    add_service(c, d);
    if (has_low)
        add_level(c, "lowest", would->lowest, was->lowest, true);
    if (distance(was->last, would->last) >= LEVEL_STEP_PPM)
        add_level(c, "at the end", would->last, was->last, !has_low);
}

// The worst of those that people feel, and the worst of the others that feed them.
static void compare_levels(comparing *c, const difference *all, size_t count)
{
    bool is_begun = false;
    size_t said[2] = {0}, left = 0;
    for (size_t i = 0; i < count; i++) {
        if (all[i].level == 0)
            continue;
        if (said[all[i].is_felt] == (all[i].is_felt ? FELT_MOST : OTHERS_MOST)) {
            left++;
            continue;
        }
        said[all[i].is_felt]++;
        begin_part(c, "Services: ", &is_begun);
        say_level(c, &all[i]);
    }
    if (left > 0)
        toc_buf_printf(c->words, ", and %zu more of less weight", left);
    toc_buf_str(c->words, is_begun ? "." : "");
}

static void compare_lost(comparing *c, const difference *all, size_t count)
{
    const int64_t was = c->was->numbers.lost, would = c->would->numbers.lost;
    bool is_begun = false;
    size_t said = 0, left = 0;
    if (was != would) {
        begin_part(c, "", &is_begun);
        toc_buf_str(c->words, "Lost user-hours: ");
        toc_report_count(c->words, would);
        toc_buf_str(c->words, " (were ");
        toc_report_count(c->words, was);
        toc_buf_char(c->words, ')');
    }
    for (size_t i = 0; i < count && was != would; i++) {
        if (all[i].lost == 0 || said == FELT_MOST) {
            left += all[i].lost != 0;
            continue;
        }
        toc_buf_str(c->words, said++ == 0 ? "; by service: " : ", ");
        add_service(c, &all[i]);
        toc_buf_str(c->words, all[i].lost > 0 ? " +" : " −");
        toc_report_count(c->words, distance(all[i].lost, 0));
    }
    if (left > 0)
        toc_buf_printf(c->words, ", and less in %zu more", left);
    toc_buf_str(c->words, is_begun ? "." : "");
}

static void compare_services(comparing *c)
{
    difference *all = toc_alloc((c->was->service_count + 1) * sizeof *all);
    const size_t count = differences_of(c, all);
    compare_levels(c, all, count);
    compare_lost(c, all, count);
    free(all);
}

static void compare_end(comparing *c)
{
    bool is_begun = false;
    if (c->was->ended != c->would->ended && c->would->ended >= 0) {
        begin_part(c, "ENDEX would have been at ", &is_begun);
        toc_report_when(c->rp, c->words, c->would->ended);
        toc_buf_char(c->words, '.');
    }
}
