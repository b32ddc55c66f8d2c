// SPDX-License-Identifier: MIT
#include "msel_answers.h"

#include <assert.h>
#include <string.h>

#include "msel_fields.h"
#include "msel_html.h"
#include "world/words.h"

// One kind of what may come: its list on a path, and what the path lacks of its parent's.
typedef struct {
    const toc_moments *comes, *lacks;
    const char *before;
    const char *(*id)(const toc_plan *p, size_t i);
} kind;

enum { KINDS = 4 };

static const char *id_of_inject(const toc_plan *p, size_t i)
{
    return p->injects[i].id;
}

static const char *id_of_decision(const toc_plan *p, size_t i)
{
    return p->decisions[i].id;
}

static const char *id_of_phase(const toc_plan *p, size_t i)
{
    return p->phases[i].id;
}

static const char *id_of_repair(const toc_plan *p, size_t i)
{
    return p->model.repairs[i].id;
}

static void read_kinds(kind out[KINDS], const toc_variation *v)
{
    out[0] = (kind){&v->sent, &v->unsent, "", id_of_inject};
    out[1] = (kind){&v->asked, &v->unasked, "question ", id_of_decision};
    out[2] = (kind){&v->entered, &v->skipped, "phase ", id_of_phase};
    out[3] = (kind){&v->started, &v->unstarted, "repair ", id_of_repair};
}

// ---- finding ---------------------------------------------------------------------------------------------

static bool is_of(const toc_variation *v, size_t decision)
{
    return v->kind == TOC_CHOICE_DECISION && v->index == decision;
}

static const toc_variation *parent_of(const toc_mel *m, size_t decision)
{
    for (size_t i = 0; i < m->survey->variation_count; i++)
        if (is_of(&m->survey->variations[i], decision) && m->survey->variations[i].is_parent)
            return &m->survey->variations[i];
    return NULL;
}

// An outcome, given at once (or as the parent gives it) or just before the deadline.
static const toc_variation *find(const toc_mel *m, size_t decision, const char *outcome,
                                 bool is_late)
{
    for (size_t i = 0; i < m->survey->variation_count; i++) {
        const toc_variation *v = &m->survey->variations[i];
        if (is_of(v, decision) && strcmp(v->outcome, outcome) == 0 &&
            (v->is_parent ? !is_late : v->is_late == is_late))
            return v;
    }
    return NULL;
}

static bool is_prompt(const toc_variation *v, size_t decision)
{
    return is_of(v, decision) && (v->is_parent || !v->is_late);
}

bool toc_mel_has_answers(const toc_mel *m, size_t decision)
{
    size_t count = 0;
    for (size_t i = 0; m->survey && i < m->survey->variation_count; i++)
        count += is_prompt(&m->survey->variations[i], decision);
    return count > 1 && parent_of(m, decision);
}

static const toc_moment *moment_of(const toc_moments *list, size_t index)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->at[i].index == index)
            return &list->at[i];
    return NULL;
}

// ---- words -----------------------------------------------------------------------------------------------

// "at once", "5m later"; "at T+0:30" where it comes then however late the answer is. Where that is not known
// (late: -1), both.
static void add_time(toc_buf *out, const toc_variation *v, int64_t t, int64_t late)
{
    int64_t after = v->t >= 0 && t >= v->t ? t - v->t : -1;
    if (after >= 0 && after < 1000 && late != t) {
        toc_buf_str(out, " at once");
        return;
    }
    if (after >= 0 && late != t) {
        toc_buf_char(out, ' ');
        toc_duration_text(out, after / 1000 * 1000);
        toc_buf_str(out, " later");
    }
    if (after >= 0 && late != t && late >= 0)
        return;
    toc_buf_str(out, after >= 0 && late < 0 ? " (" : " at ");
    toc_mel_time_text(out, t);
    toc_buf_str(out, after >= 0 && late < 0 ? ")" : "");
}

static void add_between(toc_buf *out, size_t from, const char *between)
{
    if (out->len > from)
        toc_buf_str(out, between);
}

typedef struct {
    const toc_mel *m;
    const toc_variation *v, *parent;
    bool is_page; // room for a line each, with its title
} answer;

// What comes on a path, told with that path's times: those of the parent too where it is as on the parent.
static void add_thing(toc_buf *out, const answer *a, const toc_variation *v, size_t from, size_t k,
                      const toc_moment *thing)
{
    kind kinds[KINDS];
    const toc_variation *late = find(a->m, v->index, v->outcome, true);
    const toc_moment *then = NULL;
    if (late) {
        read_kinds(kinds, late);
        then = moment_of(kinds[k].comes, thing->index);
    }
    read_kinds(kinds, v);
    add_between(out, from, a->is_page ? "\n" : "; ");
    toc_buf_printf(out, "%s%s", kinds[k].before, kinds[k].id(a->m->plan, thing->index));
    add_time(out, v, thing->t, then ? then->t : -1);
    if (a->is_page && k == 0)
        toc_buf_printf(out, ": %s", a->m->plan->injects[thing->index].title);
}

static void add_levels(toc_buf *out, const answer *a, size_t from)
{
    size_t count = a->v->level_count;
    for (size_t i = 0; i < count && i < TOC_VARIATION_LEVELS; i++) {
        const toc_level_change *change = &a->v->levels[i];
        if (change->last == change->was_last)
            continue;
        add_between(out, from, a->is_page ? "\n" : "; ");
        toc_buf_printf(out, "%s ends at ", toc_service_name(&a->m->plan->model, change->service));
        toc_percent_text(out, change->last);
        toc_buf_printf(out, " %% (with %s ", a->parent->outcome);
        toc_percent_text(out, change->was_last);
        toc_buf_str(out, " %)");
    }
}

static void add_brings(toc_buf *out, const toc_mel *m, const toc_variation *v, bool is_page)
{
    const answer a = {m, v, parent_of(m, v->index), is_page};
    assert(a.parent); // a survey of a decision holds the answer that the others are compared with
    size_t from = out->len;
    kind own[KINDS], others[KINDS];
    read_kinds(own, v);
    read_kinds(others, a.parent);
    for (size_t k = 0; k < KINDS; k++) {
        for (size_t i = 0; i < own[k].comes->count; i++)
            add_thing(out, &a, v, from, k, &own[k].comes->at[i]);
        for (size_t i = 0; v != a.parent && i < others[k].comes->count; i++) {
            size_t index = others[k].comes->at[i].index;
            if (!moment_of(own[k].comes, index) && !moment_of(own[k].lacks, index))
                add_thing(out, &a, a.parent, from, k, &others[k].comes->at[i]);
        }
    }
    add_levels(out, &a, from);
    if (out->len == from)
        toc_buf_str(out, "nothing of its own");
}

void toc_mel_answer_text(toc_buf *out, const toc_mel *m, size_t decision, const char *outcome)
{
    const toc_variation *v =
        toc_mel_has_answers(m, decision) ? find(m, decision, outcome, false) : NULL;
    if (v)
        add_brings(out, m, v, false);
}

// ---- the page --------------------------------------------------------------------------------------------

static const char *words_of(const char *outcome)
{
    return strcmp(outcome, "own") == 0        ? "an answer of their own, accepted"
           : strcmp(outcome, "rejected") == 0 ? "an answer of their own, rejected"
           : strcmp(outcome, "none") == 0     ? "no answer in time"
                                              : outcome;
}

static bool is_like(const toc_mel *m, size_t i, size_t k)
{
    return m->survey->variations[i].like == m->survey->variations[k].like;
}

// Is it the first of those that bring the same?
static bool is_first(const toc_mel *m, size_t i)
{
    const toc_variation *all = m->survey->variations;
    for (size_t k = 0; k < i; k++)
        if (is_prompt(&all[k], all[i].index) && is_like(m, i, k))
            return false;
    return true;
}

void toc_mel_answers_html(toc_buf *out, const toc_mel *m, size_t decision)
{
    const toc_variation *all = m->survey->variations;
    toc_buf_str(out, "<h3>What each answer brings</h3>\n<table><thead><tr><th>Answer</th><th>Then"
                     "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < m->survey->variation_count; i++) {
        if (!is_prompt(&all[i], decision) || !is_first(m, i))
            continue;
        toc_buf_str(out, "<tr><td>");
        const char *between = "";
        for (size_t k = i; k < m->survey->variation_count; k++)
            if (is_prompt(&all[k], decision) && is_like(m, i, k)) {
                toc_buf_str(out, between);
                toc_html_text(out, words_of(all[k].outcome));
                between = "; ";
            }
        toc_buf text = {0};
        add_brings(&text, m, &all[i], true);
        toc_buf_str(out, "</td><td>");
        toc_html_text(out, toc_buf_text(&text));
        toc_buf_str(out, "</td></tr>\n");
        toc_buf_fini(&text);
    }
    toc_buf_str(out,
                "</tbody></table>\n<p class=\"hint\">As in the rehearsal, with everything else "
                "as on the ordinary way; times count from the answer, T+ from STARTEX.</p>\n");
}
