// SPDX-License-Identifier: MIT
// What hung on an answer though no cause leads back to it: a storyline may read an answer long after it was given. What no other
// answer would have had, all else as people did it, hung on the one that was given.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report_alternatives.h"
#include "report_findings.h"

enum {
    INJECTS_MOST = 6,
    LEVELS_MOST = 3,
    LEVEL_STEP_PPM = 10000 // smaller differences than one percent are not worth a word
};

// A service that every other answer would have left higher, or every one lower.
typedef struct {
    size_t service;
    bool is_low;       // at its lowest; else at the end
    bool is_felt;      // it has users
    int64_t low, high; // of the other answers, ppm
    int64_t least;     // by which they differ from what was
} level;

// Of one decision.
typedef struct {
    const toc_report *rp;
    const toc_alternatives *all;
    size_t decision, played, listed;
} hung;

static hung hung_of(const toc_report *rp, const toc_alternatives *all, size_t decision);
static bool next_played(const hung *h, size_t *at);
static void add_injects(toc_buf *words, const hung *h, const size_t *origins);
static void add_questions(toc_buf *words, const hung *h, const size_t *origins);
static void add_levels(toc_buf *words, const hung *h);
static bool find_level(const hung *h, size_t service, level *out);
static int by_weight(const void *a, const void *b);

void toc_report_hung(toc_report *rp, const toc_alternatives *all, const size_t *origins,
                     size_t decision)
{
    const hung h = hung_of(rp, all, decision);
    toc_buf words = {0};
    if (h.played == 0)
        return;
    add_injects(&words, &h, origins);
    add_questions(&words, &h, origins);
    add_levels(&words, &h);
    if (words.len > 0) {
        toc_buf_str(&words, ". Reckoned, all else as people did it: ");
        if (h.played < h.listed)
            toc_buf_printf(&words, "none of the %zu other answers (of %zu) that could be played",
                           h.played, h.listed);
        else
            toc_buf_str(&words, h.played == 1   ? "the other answer would not have had this"
                                : h.played == 2 ? "neither other answer would have had this"
                                                : "no other answer would have had this");
        toc_buf_str(&words, h.played < h.listed ? " would have had this." : ".");
        const toc_review_decision *d = &rp->review.decisions[decision];
        toc_paper_fact(rp->paper,
                       d->settled_seq && !d->is_overdue ? "Hung on this answer too"
                                                        : "Hung on this outcome too",
                       toc_buf_text(&words));
    }
    toc_buf_fini(&words);
}

void toc_other_facts_of(toc_other_facts *out, const toc_review *was, const toc_review *would)
{
    out->sent = toc_alloc((was->inject_count + 1) * sizeof *out->sent);
    out->asked = toc_alloc((was->decision_count + 1) * sizeof *out->asked);
    out->lowest = toc_alloc((was->service_count + 1) * sizeof *out->lowest);
    out->last = toc_alloc((was->service_count + 1) * sizeof *out->last);
    for (size_t i = 0; i < was->inject_count; i++) {
        const size_t other = toc_review_find_inject(would, was->injects[i].id);
        out->sent[i] = other != TOC_NONE && would->injects[other].sent_seq;
    }
    for (size_t i = 0; i < was->decision_count; i++) {
        const size_t other = toc_review_find_decision(would, was->decisions[i].id);
        out->asked[i] = other != TOC_NONE && would->decisions[other].ask_seq;
    }
    for (size_t i = 0; i < was->service_count; i++) {
        const toc_review_service *s =
            i < would->service_count ? &would->services[i] : &was->services[i];
        out->lowest[i] = s->lowest;
        out->last[i] = s->last;
    }
}

void toc_other_facts_fini(toc_other_facts *f)
{
    free(f->sent);
    free(f->asked);
    free(f->lowest);
    free(f->last);
}

static hung hung_of(const toc_report *rp, const toc_alternatives *all, size_t decision)
{
    hung h = {.rp = rp, .all = all, .decision = decision};
    for (size_t i = 0; i < all->count; i++) {
        h.listed += all->at[i].decision == decision;
        h.played += all->at[i].decision == decision && all->at[i].is_played;
    }
    return h;
}

// The next of its other answers that was played, from *at on; *at is then behind it.
static bool next_played(const hung *h, size_t *at)
{
    while (*at < h->all->count) {
        const toc_other *a = &h->all->at[(*at)++];
        if (a->decision == h->decision && a->is_played)
            return true;
    }
    return false;
}

static bool is_elsewhere(const hung *h, bool is_inject, size_t i)
{
    for (size_t at = 0; next_played(h, &at);) {
        const toc_other_facts *f = &h->all->at[at - 1].facts;
        if (is_inject ? f->sent[i] : f->asked[i])
            return true;
    }
    return false;
}

// It stands already as what came of the decision.
static bool is_told(const hung *h, const size_t *origins, int64_t seq)
{
    const toc_event *ev = toc_recording_at(h->rp->r, seq);
    return ev->cause > 0 && ev->cause < seq && origins[ev->cause] == h->decision + 1;
}

static void add_injects(toc_buf *words, const hung *h, const size_t *origins)
{
    const toc_review *v = &h->rp->review;
    size_t count = 0;
    for (const toc_review_inject *last = NULL, *next;; last = next) {
        next = NULL; // in order of time
        for (size_t i = 0; i < v->inject_count; i++) {
            const toc_review_inject *one = &v->injects[i];
            if (one->sent_seq && (!last || one->sent_seq > last->sent_seq) &&
                (!next || one->sent_seq < next->sent_seq) && !is_elsewhere(h, true, i) &&
                !is_told(h, origins, one->sent_seq))
                next = one;
        }
        if (!next)
            break;
        if (count++ >= INJECTS_MOST)
            continue;
        toc_buf_str(words, words->len > 0 ? "; " : "");
        toc_paper_foreign(words, next->id);
        toc_buf_str(words, " \"");
        toc_report_text(h->rp, words, next->title);
        toc_buf_str(words, "\" at ");
        toc_report_when(h->rp, words, next->sent);
        toc_report_evidence(h->rp, words, &next->sent_seq, 1);
    }
    if (count > INJECTS_MOST)
        toc_buf_printf(words, "; %zu injects more", count - INJECTS_MOST);
}

static void add_questions(toc_buf *words, const hung *h, const size_t *origins)
{
    const toc_review *v = &h->rp->review;
    for (size_t i = 0; i < v->decision_count; i++) {
        const toc_review_decision *d = &v->decisions[i];
        if (!d->ask_seq || i == h->decision || is_elsewhere(h, false, i) ||
            is_told(h, origins, d->ask_seq))
            continue;
        toc_buf_str(words, words->len > 0 ? "; " : "");
        toc_buf_str(words, "the question ");
        toc_paper_foreign(words, d->id);
        toc_report_evidence(h->rp, words, &d->ask_seq, 1);
    }
}

// ---- levels --------------------------------------------------------------------------------------------------

static void add_levels(toc_buf *words, const hung *h)
{
    const toc_review *v = &h->rp->review;
    level *all = toc_alloc((v->service_count + 1) * sizeof *all);
    size_t count = 0;
    for (size_t i = 0; i < v->service_count; i++)
        count += find_level(h, i, &all[count]);
    if (count > 0)
        qsort(all, count, sizeof *all, by_weight);
    for (size_t i = 0; i < count && i < LEVELS_MOST; i++) {
        const level *l = &all[i];
        const toc_review_service *s = &v->services[l->service];
        const char *name = h->rp->plan && s->service != TOC_NONE
                               ? h->rp->plan->model.services[s->service].name
                               : NULL;
        toc_buf low = {0}, high = {0};
        toc_report_percent(&low, l->low);
        toc_report_percent(&high, l->high);
        toc_buf_str(words, words->len > 0 ? "; " : "");
        toc_report_text(h->rp, words, name ? name : s->id);
        toc_buf_str(words, l->is_low ? " lowest " : " at the end ");
        toc_report_percent(words, l->is_low ? s->lowest : s->last);
        toc_buf_printf(words, " (else %s", toc_buf_text(&low));
        if (strcmp(toc_buf_text(&low), toc_buf_text(&high)) != 0)
            toc_buf_printf(words, " to %s", toc_buf_text(&high));
        toc_buf_char(words, ')');
        toc_buf_fini(&low);
        toc_buf_fini(&high);
    }
    free(all);
}

// How far every other answer lies on the same side of what was; false: they do not, or less than a percent.
static bool spread_of(const hung *h, size_t service, bool is_low, level *out)
{
    const toc_review_service *s = &h->rp->review.services[service];
    const int64_t was = is_low ? s->lowest : s->last;
    *out = (level){.service = service, .is_low = is_low, .low = INT64_MAX, .high = INT64_MIN};
    for (size_t at = 0; next_played(h, &at);) {
        const toc_other_facts *f = &h->all->at[at - 1].facts;
        const int64_t would = is_low ? f->lowest[service] : f->last[service];
        out->low = would < out->low ? would : out->low;
        out->high = would > out->high ? would : out->high;
    }
    out->least = out->low > was ? out->low - was : was > out->high ? was - out->high : 0;
    return out->least >= LEVEL_STEP_PPM;
}

static bool find_level(const hung *h, size_t service, level *out)
{
    const toc_review_service *s = &h->rp->review.services[service];
    level last;
    const bool has_low = spread_of(h, service, true, out),
               has_last = spread_of(h, service, false, &last);
    if (has_last && (!has_low || last.least > out->least))
        *out = last;
    out->is_felt =
        h->rp->plan && s->service != TOC_NONE && h->rp->plan->model.services[s->service].users > 0;
    return has_low || has_last;
}

// Services that people feel first; then by how much hung on it.
static int by_weight(const void *a, const void *b)
{
    const level *one = a, *other = b;
    if (one->is_felt != other->is_felt)
        return one->is_felt ? -1 : 1;
    if (one->least != other->least)
        return one->least > other->least ? -1 : 1;
    return one->service < other->service ? -1 : 1;
}
