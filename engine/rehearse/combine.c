// SPDX-License-Identifier: MIT
// What only several options together bring about. Where all combinations are fewer than the paths that would
// be drawn, they are taken instead of chance.
#include <stdlib.h>

#include "base/mem.h"
#include "survey_inside.h"

enum { CONTEXTS = 12 }; // that a decision without effect is tried in

// Its answers, no answer counted; 1: it is left out.
static size_t answers_of(const toc_surveying *v, size_t decision)
{
    size_t options = v->plan->decisions[decision].option_count;
    return v->knows_decision[decision] && options > 0 ? options + 1 : 1;
}

// 0: more than are to be played.
static size_t count_combinations(const toc_surveying *v)
{
    size_t count = 1;
    for (size_t i = 0; i < v->plan->decision_count; i++) {
        count *= answers_of(v, i);
        if (count > TOC_SURVEY_DRAWN_MOST)
            return 0;
    }
    return count;
}

static toc_choice choice_of(const toc_surveying *v, size_t decision, size_t answer)
{
    bool is_none = answer == v->plan->decisions[decision].option_count;
    return (toc_choice){.kind = TOC_CHOICE_DECISION,
                        .index = decision,
                        .answer = is_none ? TOC_ANSWER_NONE : TOC_ANSWER_OPTION,
                        .option = is_none ? 0 : answer};
}

static bool is_any_open(const toc_surveying *v)
{
    for (size_t i = 0; i < v->plan->decision_count; i++)
        if (toc_context_is_open(v, i))
            return true;
    return false;
}

bool toc_combine(toc_surveying *v)
{
    size_t before = v->job_count, count = count_combinations(v);
    bool is_wanted = !v->has_combined && count > 0 && (!toc_tally_is_covered(v) || is_any_open(v));
    if (!is_wanted)
        return false;
    v->has_combined = true;
    for (size_t n = 0; n < count; n++) {
        toc_path path = {0};
        for (size_t i = 0, rest = n; i < v->plan->decision_count; i++) {
            size_t answers = answers_of(v, i), answer = rest % answers;
            rest /= answers;
            toc_choice c = choice_of(v, i, answer);
            if (answer > 0)
                toc_path_set(&path, &c);
        }
        if (path.count > 1) // the others were played
            toc_explore_add(v, &path);
        else
            toc_path_fini(&path);
    }
    v->combined += v->job_count - before;
    return v->job_count > before;
}

bool toc_try_contexts(toc_surveying *v)
{
    size_t before = v->job_count;
    if (v->has_tried || v->has_combined)
        return false;
    v->has_tried = true;
    for (size_t i = 0; i < v->plan->decision_count; i++)
        for (size_t n = 0; toc_context_is_open(v, i) && n < CONTEXTS; n++) {
            toc_path base = {0};
            toc_explore_draw(v, &base);
            for (size_t k = 0; k < v->plan->decisions[i].option_count; k++) {
                toc_path path;
                toc_choice c = choice_of(v, i, k);
                toc_path_copy(&path, &base);
                toc_path_set(&path, &c);
                toc_explore_add(v, &path);
            }
            toc_path_fini(&base);
        }
    v->combined += v->job_count - before;
    return v->job_count > before;
}
