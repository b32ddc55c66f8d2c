// SPDX-License-Identifier: MIT
// What an expected action asked for that its team did not have: nobody is blamed for what never reached them. The words of
// an action may name injects, and its time may run from one.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "replays/why.h"
#include "report_findings.h"

#define UNKNOWN "[an inject that this team did not have]"

static const char *words_of(const toc_review_action *a);
static size_t find_id(const char *text, const char *id);
static bool has_inject(const toc_report *rp, const char *team, const toc_review_inject *i);
static char *without(const toc_report *rp, const toc_review_action *a);
static const toc_reached *find_team(const toc_spread *s, const char *team);
static void say_inject(const toc_report *rp, toc_buf *words, const toc_review_action *a,
                       const toc_review_inject *i);

void toc_report_find_lacking(toc_report *rp)
{
    toc_review *v = &rp->review;
    for (size_t i = 0; i < v->action_count && rp->o->team; i++) {
        toc_review_action *a = &v->actions[i];
        char *text = toc_report_is_team(rp, a->team) ? without(rp, a) : NULL;
        if (!text)
            continue;
        v->own = toc_realloc(v->own, (v->own_count + 1) * sizeof *v->own);
        v->own[v->own_count++] = text;
        a->text = text;
    }
}

void toc_report_lacking(const toc_report *rp, toc_buf *words, const toc_review_action *a)
{
    const toc_plan *p = rp->plan;
    const bool is_missed = strcmp(a->state, "overdue") == 0 ||
                           strcmp(a->state, "not-observed") == 0 || strcmp(a->state, "late") == 0;
    const bool has_anchor =
        p && a->plan && (a->plan->by.kind == TOC_AT_AFTER || a->plan->by.kind == TOC_AT_AWARE);
    const char *anchor = has_anchor ? p->injects[a->plan->by.inject].id : NULL;
    toc_buf all = {0};
    for (size_t i = 0; i < rp->review.inject_count && is_missed && words_of(a); i++) {
        const toc_review_inject *one = &rp->review.injects[i];
        const bool is_anchor = anchor && strcmp(one->id, anchor) == 0;
        toc_buf said = {0};
        if (is_anchor || find_id(words_of(a), one->id) != TOC_NONE)
            say_inject(rp, &said, a, one);
        if (said.len > 0 && (all.len == 0 || !strstr(toc_buf_text(&all), toc_buf_text(&said))))
            toc_buf_printf(&all, "%s%s", all.len > 0 ? "; " : "", toc_buf_text(&said));
        toc_buf_fini(&said);
    }
    if (all.len > 0) {
        const char last = words->len > 0 ? words->data[words->len - 1] : '.';
        toc_buf_printf(words, "%s%s",
                       words->len == 0       ? ""
                       : strchr(".?!", last) ? " "
                                             : "; ",
                       toc_buf_text(&all));
    }
    toc_buf_fini(&all);
}

bool toc_report_is_slight(const toc_review_action *a)
{
    return strcmp(a->state, "late") == 0 && !a->is_marked && a->late >= 0 &&
           a->late < TOC_REPORT_SLIGHT_S * INT64_C(1000);
}

// As its author wrote them, whatever the reader may see of them.
static const char *words_of(const toc_review_action *a)
{
    return a->plan && a->plan->text ? a->plan->text : a->text;
}

static bool is_part(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

// Where the id stands by itself; TOC_NONE.
static size_t find_id(const char *text, const char *id)
{
    const size_t len = strlen(id);
    for (const char *at = text; len > 0 && (at = strstr(at, id)) != NULL; at++)
        if ((at == text || !is_part(at[-1])) && !is_part(at[len]))
            return (size_t)(at - text);
    return TOC_NONE;
}

static bool has_inject(const toc_report *rp, const char *team, const toc_review_inject *i)
{
    toc_spread spread = {0};
    if (!i->sent_seq)
        return false;
    toc_spread_of(&spread, rp->r, i->sent_seq);
    const bool has = find_team(&spread, team) != NULL;
    toc_spread_fini(&spread);
    return has;
}

static const toc_reached *find_team(const toc_spread *s, const char *team)
{
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->at[i].team, team) == 0)
            return &s->at[i];
    return NULL;
}

// The action's words for its team's own report; NULL: they name nothing that it did not have.
static char *without(const toc_report *rp, const toc_review_action *a)
{
    char *text = NULL;
    for (size_t i = 0; i < rp->review.inject_count && a->text; i++) {
        const toc_review_inject *one = &rp->review.injects[i];
        size_t at = find_id(text ? text : a->text, one->id);
        if (at == TOC_NONE || has_inject(rp, a->team, one))
            continue;
        while (at != TOC_NONE) {
            const char *was = text ? text : a->text;
            char *next = toc_sprintf("%.*s" UNKNOWN "%s", (int)at, was, was + at + strlen(one->id));
            free(text);
            text = next;
            at = find_id(text, one->id);
        }
    }
    return text;
}

// Whom it reached instead.
static void add_reached(const toc_report *rp, toc_buf *words, const toc_spread *s)
{
    toc_buf_str(words, s->count > 0 ? " reached only " : " reached no team");
    for (size_t i = 0; i < s->count; i++) {
        toc_buf_str(words, i == 0 ? "" : i + 1 == s->count ? " and " : ", ");
        toc_report_who(rp, words, s->at[i].team);
    }
}

static void say_lacking(const toc_report *rp, toc_buf *words, const toc_review_action *a,
                        const toc_review_inject *i, const toc_spread *s)
{
    if (rp->o->team) { // what others had is not for the team
        toc_buf_str(words, "its team never had an inject that it hangs on");
        return;
    }
    toc_paper_foreign(words, i->id);
    if (!i->sent_seq) {
        toc_buf_str(words, " was never sent");
        return;
    }
    add_reached(rp, words, s);
    toc_buf_str(words, s->count > 0 ? "; " : ": ");
    toc_report_who(rp, words, a->team);
    toc_buf_str(words, " never had it");
    toc_report_evidence(rp, words, &i->sent_seq, 1);
}

// What the team did not have, or had not opened, when the action was due.
static void say_inject(const toc_report *rp, toc_buf *words, const toc_review_action *a,
                       const toc_review_inject *i)
{
    const int64_t due = a->deadline >= 0 ? a->deadline : toc_recording_end(rp->r);
    toc_spread spread = {0};
    if (i->sent_seq)
        toc_spread_of(&spread, rp->r, i->sent_seq);
    const toc_reached *own = find_team(&spread, a->team);
    const toc_review_arrival *arrival = own ? toc_report_arrival(rp, a->team, own->via) : NULL;
    const bool is_told = arrival && arrival->is_voice;
    if (!own) {
        say_lacking(rp, words, a, i, &spread);
    } else if (own->arrived > due || (!is_told && (!own->read_seq || own->read > due))) {
        const bool is_after = own->arrived > due;
        toc_paper_foreign(words, i->id);
        toc_buf_str(words, is_after        ? " reached its team only at "
                           : own->read_seq ? " was not opened by then, only at "
                                           : " was never opened by its team");
        if (is_after || own->read_seq)
            toc_report_when(rp, words, is_after ? own->arrived : own->read);
        toc_report_evidence(rp, words, (int64_t[]){own->arrived_seq, is_after ? 0 : own->read_seq},
                            2);
    }
    toc_spread_fini(&spread);
}
