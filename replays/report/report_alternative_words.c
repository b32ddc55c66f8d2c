// SPDX-License-Identifier: MIT
// Another answer in words: what would have been different in the end.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report_alternatives.h"
#include "report_findings.h"

enum {
    INJECTS_MOST = 4, // of those that are new, and of those that are gone
    LEVELS_MOST = 3,
    LEVEL_STEP_PPM = 10000 // smaller differences than one percent are not worth a word
};

typedef struct {
    const toc_report *rp;
    const toc_review *was, *would; // borrowed
    toc_other *out;
    toc_buf *words; // the cell, or the sentence, that is being written
    size_t decision;
} comparing;

// A service that would have gone another way.
typedef struct {
    const toc_review_service *was, *would;
    bool is_felt;  // it has users
    int64_t lost;  // user-hours more; less than 0: fewer
    int64_t level; // ppm between both, at the lowest or at the end
} difference;

static void find_left(comparing *c, const toc_branch *b);
static size_t compare_injects(comparing *c, bool is_gained);
static size_t compare_decisions(comparing *c);
static void compare_actions(comparing *c);
static void compare_services(comparing *c);
static void compare_end(comparing *c);
static void say_sentence(comparing *c, size_t gained, size_t gone, size_t decisions);
static void begin_part(comparing *c, const char *words, bool *is_begun);

void toc_alternative_words(toc_other *out, const toc_report *rp, const toc_review *would,
                           const toc_branch *b)
{
    comparing c = {rp, &rp->review, would, out, &out->injects, out->decision};
    const size_t gained = compare_injects(&c, true), gone = compare_injects(&c, false);
    c.words = &out->decisions;
    const size_t decisions = compare_decisions(&c);
    compare_services(&c);
    c.words = &out->words;
    say_sentence(&c, gained, gone, decisions);
    find_left(&c, b);
}

// What was read of what never came is nothing to speak of.
static void find_left(comparing *c, const toc_branch *b)
{
    for (size_t i = 0; i < b->left_count; i++) {
        toc_kind kind = toc_recording_at(c->rp->r, b->left[i].seq)->kind;
        if (kind == TOC_K_READ || kind == TOC_K_ACK)
            continue;
        if (c->out->left_count < TOC_OTHER_LEFT)
            c->out->left[c->out->left_count] = b->left[i].seq;
        c->out->left_count++;
    }
}

static void begin_part(comparing *c, const char *words, bool *is_begun)
{
    toc_buf_str(c->words, *is_begun ? ", " : c->words->len ? "; " : "");
    toc_buf_str(c->words, *is_begun ? "" : words);
    *is_begun = true;
}

static void add_count(comparing *c, size_t count, const char *one, const char *many, bool *is_begun)
{
    if (count == 0)
        return;
    begin_part(c, "", is_begun);
    toc_buf_printf(c->words, "%zu %s", count, count == 1 ? one : many);
}

// The row's cells name them; the sentence says how much it is, and what has no column.
static void say_sentence(comparing *c, size_t gained, size_t gone, size_t decisions)
{
    const int64_t lost = c->would->numbers.lost - c->was->numbers.lost;
    bool is_begun = false;
    add_count(c, gained, "inject would have been sent too", "injects would have been sent too",
              &is_begun);
    add_count(c, gone, "inject that was sent would not have been",
              "injects that were sent would not have been", &is_begun);
    add_count(c, decisions, "decision would have gone otherwise",
              "decisions would have gone otherwise", &is_begun);
    if (lost != 0) {
        begin_part(c, "", &is_begun);
        toc_buf_str(c->words, "people would have lost ");
        toc_report_count(c->words, lost > 0 ? lost : -lost);
        toc_buf_str(c->words, lost > 0 ? " user-hours more" : " user-hours fewer");
    }
    compare_actions(c);
    compare_end(c);
    if (c->words->len > 0)
        toc_buf_char(c->words, '.');
    else
        toc_buf_str(c->words,
                    c->out->levels.len > 0
                        ? "only levels would have been different."
                        : "nothing else that a recording shows would have been different.");
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

static size_t compare_injects(comparing *c, bool is_gained)
{
    const toc_review *in = is_gained ? c->would : c->was, *out = is_gained ? c->was : c->would;
    size_t count = 0;
    for (const toc_review_inject *row = NULL; (row = next_inject(in, out, row)) != NULL;) {
        if (count++ >= INJECTS_MOST)
            continue;
        toc_buf_str(c->words, count > 1 ? "; " : c->words->len > 0 ? "\n" : "");
        toc_buf_str(c->words, count > 1 ? "" : is_gained ? "sent too: " : "not sent: ");
        toc_paper_foreign(c->words, row->id);
        toc_buf_str(c->words, " \"");
        toc_report_text(c->rp, c->words, row->title);
        toc_buf_str(c->words, is_gained ? "\" at " : "\"");
        if (is_gained)
            toc_report_when(c->rp, c->words, row->sent);
    }
    if (count > INJECTS_MOST)
        toc_buf_printf(c->words, "; and %zu more", count - INJECTS_MOST);
    return count;
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
        toc_report_quoted(c->rp, words, d->text);
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

static size_t compare_decisions(comparing *c)
{
    toc_buf was_words = {0}, would_words = {0};
    size_t count = 0;
    for (size_t i = 0; i < c->was->decision_count && i < c->would->decision_count; i++) {
        const toc_review_decision *was = &c->was->decisions[i], *would = &c->would->decisions[i];
        toc_buf_clear(&was_words);
        toc_buf_clear(&would_words);
        add_outcome(c, &was_words, was);
        add_outcome(c, &would_words, would);
        if (i == c->decision || strcmp(toc_buf_text(&was_words), toc_buf_text(&would_words)) == 0)
            continue;
        toc_buf_str(c->words, count++ > 0 ? "\n" : "");
        say_decision(c, was, would, toc_buf_text(&would_words));
        if (was->ask_seq)
            toc_buf_printf(c->words, " (was: %s)", toc_buf_text(&was_words));
    }
    toc_buf_fini(&was_words);
    toc_buf_fini(&would_words);
    return count;
}

static void compare_actions(comparing *c)
{
    bool is_begun = false;
    for (size_t i = 0; i < c->was->action_count && i < c->would->action_count; i++) {
        const toc_review_action *was = &c->was->actions[i], *would = &c->would->actions[i];
        if (strcmp(was->state, would->state) == 0)
            continue;
        begin_part(c, "expected actions: ", &is_begun);
        toc_paper_foreign(c->words, was->id);
        toc_buf_char(c->words, ' ');
        toc_report_outcome(c->words, would);
        toc_buf_str(c->words, " (was ");
        toc_report_outcome(c->words, was);
        toc_buf_char(c->words, ')');
    }
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

// The lowest level, or that at the end: whichever parts them more.
static void say_level(comparing *c, const difference *d)
{
    const toc_review_service *was = d->was, *would = d->would;
    const bool is_low = distance(was->lowest, would->lowest) >= distance(was->last, would->last);
    add_service(c, d);
    toc_buf_str(c->words, is_low ? " lowest " : " at the end ");
    toc_report_percent(c->words, is_low ? would->lowest : would->last);
    toc_buf_str(c->words, " (was ");
    toc_report_percent(c->words, is_low ? was->lowest : was->last);
    toc_buf_char(c->words, ')');
}

static void compare_levels(comparing *c, const difference *all, size_t count)
{
    size_t said = 0;
    for (size_t i = 0; i < count; i++) {
        if (all[i].level == 0 || said++ >= LEVELS_MOST)
            continue;
        toc_buf_str(c->words, said > 1 ? "\n" : "");
        say_level(c, &all[i]);
    }
    if (said > LEVELS_MOST)
        toc_buf_printf(c->words, "\nand %zu more of less weight", said - LEVELS_MOST);
}

static void compare_services(comparing *c)
{
    difference *all = toc_alloc((c->was->service_count + 1) * sizeof *all);
    const size_t count = differences_of(c, all);
    const int64_t was = c->was->numbers.lost, would = c->would->numbers.lost;
    c->words = &c->out->levels;
    compare_levels(c, all, count);
    if (was != would) {
        toc_report_count(&c->out->lost, would);
        toc_buf_str(&c->out->lost, would > was ? "\n(+" : "\n(−");
        toc_report_count(&c->out->lost, distance(would, was));
        toc_buf_char(&c->out->lost, ')');
    }
    free(all);
}

static void compare_end(comparing *c)
{
    bool is_begun = false;
    if (c->was->ended != c->would->ended && c->would->ended >= 0) {
        begin_part(c, "ENDEX would have been at ", &is_begun);
        toc_report_when(c->rp, c->words, c->would->ended);
    }
}
