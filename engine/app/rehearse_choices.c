// SPDX-License-Identifier: MIT
#include "rehearse_choices.h"

#include <string.h>

#include "base/text.h"

enum { SERVICES = 1, PERCENT = 10000, MINUTE = 60000 };

static bool is_shown(const toc_choices *c, size_t at);
static void add_outcomes(const toc_choices *c, size_t at, toc_buf *out);
static void add_lists(const toc_choices *c, const toc_variation *v, toc_buf *out);
static void add_levels(const toc_choices *c, const toc_variation *v, toc_buf *out);
static void add_end(const toc_choices *c, size_t at, toc_buf *out);

bool toc_choices_next(toc_choices *c)
{
    const toc_survey *s = c->r->survey;
    c->first = c->next;
    while (c->next < s->variation_count &&
           s->variations[c->next].order == s->variations[c->first].order)
        c->next++;
    return c->first < s->variation_count;
}

bool toc_choices_matter(const toc_choices *c)
{
    for (size_t i = c->first; i < c->next; i++)
        if (c->r->survey->variations[i].like != c->first)
            return true;
    return false;
}

bool toc_choices_row(const toc_choices *c, size_t at, toc_buf *outcomes, toc_buf *story)
{
    const toc_variation *v = &c->r->survey->variations[at];
    if (v->like != at)
        return false;
    add_outcomes(c, at, outcomes);
    add_lists(c, v, story);
    add_levels(c, v, story);
    add_end(c, at, story);
    return true;
}

void toc_choices_condition(const toc_choices *c, toc_buf *out)
{
    const toc_survey *s = c->r->survey;
    size_t parent = s->variations[c->first].parent;
    const char *path = toc_survey_path(s, parent);
    if (parent > 0 && path)
        toc_buf_printf(out, "only if %s", path);
}

const char *toc_choices_title(const toc_choices *c)
{
    const toc_variation *v = &c->r->survey->variations[c->first];
    const char *title = v->kind == TOC_CHOICE_TALK       ? NULL
                        : v->kind == TOC_CHOICE_DECISION ? c->r->plan->decisions[v->index].title
                                                         : c->r->plan->expectations[v->index].text;
    return title ? title : "";
}

// A late answer is told where it comes out otherwise than the early one.
static bool is_shown(const toc_choices *c, size_t at)
{
    const toc_variation *all = c->r->survey->variations, *v = &all[at];
    for (size_t i = c->first; v->is_late && i < c->next; i++)
        if (!all[i].is_late && all[i].like == v->like && strcmp(all[i].outcome, v->outcome) == 0)
            return false;
    return true;
}

static void add_outcomes(const toc_choices *c, size_t at, toc_buf *out)
{
    const toc_variation *all = c->r->survey->variations;
    for (size_t i = at; i < c->next; i++) {
        if (all[i].like != at || !is_shown(c, i))
            continue;
        toc_buf_printf(out, "%s%s%s", out->len ? ", " : "", all[i].outcome,
                       all[i].is_late ? " at the last moment" : "");
    }
}

static const char *id_of(const toc_plan *p, int list, size_t index)
{
    return list == 0   ? p->injects[index].id
           : list == 1 ? p->decisions[index].id
           : list == 2 ? p->phases[index].id
                       : p->model.repairs[index].id;
}

// "+INJ-03 -INJ-04; +D-05; phase +relief; repair -line"
static void add_lists(const toc_choices *c, const toc_variation *v, toc_buf *out)
{
    static const char *const names[] = {"", "", "phase", "repair"};
    const toc_moments *const lists[][2] = {{&v->sent, &v->unsent},
                                           {&v->asked, &v->unasked},
                                           {&v->entered, &v->skipped},
                                           {&v->started, &v->unstarted}};
    for (int l = 0; l < 4; l++) {
        if (lists[l][0]->count + lists[l][1]->count == 0)
            continue;
        toc_buf_printf(out, "%s%s", out->len ? "; " : "", names[l]);
        bool is_bare = !names[l][0];
        for (int sign = 0; sign < 2; sign++)
            for (size_t i = 0; i < lists[l][sign]->count; i++, is_bare = false)
                toc_buf_printf(out, "%s%c%s", is_bare ? "" : " ", "+-"[sign],
                               id_of(c->r->plan, l, lists[l][sign]->at[i].index));
    }
}

static int percent(int32_t ppm)
{
    return (ppm + PERCENT / 2) / PERCENT;
}

// "grid ends at 40 % (else 100 %); 3 more services differ"
static void add_levels(const toc_choices *c, const toc_variation *v, toc_buf *out)
{
    size_t told = 0;
    for (size_t i = 0; i < v->level_count && i < SERVICES; i++) {
        const toc_level_change *l = &v->levels[i];
        const char *id = c->r->plan->model.services[l->service].id;
        bool is_last = percent(l->last) != percent(l->was_last);
        if (!is_last && percent(l->lowest) == percent(l->was_lowest))
            continue;
        toc_buf_printf(out, "%s%s %s %d %% (else %d %%)", out->len ? "; " : "", id,
                       is_last ? "ends at" : "falls to", percent(is_last ? l->last : l->lowest),
                       percent(is_last ? l->was_last : l->was_lowest));
        told++;
    }
    size_t left = v->level_count - told;
    if (left > 0)
        toc_buf_printf(out, "%s%zu %s%s", out->len ? "; " : "", left,
                       told ? "more service" : "service", left == 1 ? " differs" : "s differ");
}

// Where it ends, if not as the parent does.
static void add_end(const toc_choices *c, size_t at, toc_buf *out)
{
    const toc_variation *all = c->r->survey->variations, *parent = &all[c->first];
    int64_t first = all[at].end, last = first;
    for (size_t i = at; i < c->next; i++)
        if (all[i].like == at && is_shown(c, i)) {
            first = all[i].end < first ? all[i].end : first;
            last = all[i].end > last ? all[i].end : last;
        }
    const char *sep = out->len ? "; " : "";
    if (!all[at].has_endex) {
        toc_buf_printf(out, "%sno end", sep);
    } else if (last - parent->end >= MINUTE || parent->end - first >= MINUTE) {
        toc_buf when = {0};
        toc_short_play(&when, first);
        toc_buf_printf(out, "%sENDEX %s", sep, toc_buf_text(&when));
        toc_buf_clear(&when);
        toc_short_play(&when, last);
        if (last - first >= MINUTE)
            toc_buf_printf(out, " to %s", toc_buf_text(&when));
        toc_buf_fini(&when);
    }
}
