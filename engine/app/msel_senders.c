// SPDX-License-Identifier: MIT
#include "msel_senders.h"

#include <string.h>

#include "script/senders.h"

static const char *id_of(const toc_plan *p, const toc_mel_row *row, toc_use_verb *verb);
static size_t inject_waited_for(const toc_mel *m, size_t block);
static bool is_use(const toc_use *use, toc_use_verb verb, const char *id);

toc_mel_sender toc_mel_find_sender(const toc_mel *m, const toc_mel_row *row)
{
    const toc_uses *u = toc_scenario_uses(m->scenario);
    toc_mel_sender found = {TOC_NONE, -1, TOC_NONE};
    toc_use_verb verb = TOC_USE_COUNT;
    const char *id = id_of(m->plan, row, &verb);
    bool is_storyline = true;
    for (size_t i = 0; id && i < toc_uses_count(u); i++) {
        const toc_use *use = toc_uses_at(u, i);
        if (!is_use(use, verb, id))
            continue;
        is_storyline = is_storyline && use->block != TOC_NONE &&
                       toc_uses_block(u, use->block)->kind == TOC_SCENARIO_STORYLINE;
        if (found.use == TOC_NONE || use->earliest_ms < found.earliest)
            found.earliest = use->earliest_ms;
        if (found.use == TOC_NONE) {
            found.use = i;
            found.inject = inject_waited_for(m, use->block);
        }
    }
    if (!is_storyline || found.earliest == 0)
        found.earliest = -1; // a when may come true at once, and then it is no time at all
    if (is_storyline)
        found.inject = TOC_NONE;
    return found;
}

// The inject that must have been sent or read before a when plays.
static size_t inject_waited_for(const toc_mel *m, size_t block)
{
    const toc_uses *u = toc_scenario_uses(m->scenario);
    for (size_t i = 0; block != TOC_NONE && i < toc_uses_count(u); i++) {
        const toc_use *use = toc_uses_at(u, i);
        bool is_inject =
            use->verb == TOC_USE_SENT || use->verb == TOC_USE_READ || use->verb == TOC_USE_AWARE;
        if (use->block == block && use->is_needed && use->id && is_inject)
            return toc_plan_inject(m->plan, use->id);
    }
    return TOC_NONE;
}

void toc_mel_senders_text(toc_buf *out, const toc_mel *m, const toc_mel_row *row)
{
    toc_use_verb verb = TOC_USE_COUNT;
    const char *id = id_of(m->plan, row, &verb);
    if (id)
        toc_senders_text(out, toc_scenario_uses(m->scenario), verb, id);
}

void toc_mel_follows(const toc_mel *m, size_t decision, bool *injects)
{
    const toc_uses *u = toc_scenario_uses(m->scenario);
    const char *id = m->plan->decisions[decision].id;
    size_t block = TOC_NONE; // where it was met last
    for (size_t i = 0; i < toc_uses_count(u); i++) {
        const toc_use *use = toc_uses_at(u, i);
        if (is_use(use, TOC_USE_ASK, id) || is_use(use, TOC_USE_DECIDED, id))
            block = use->block;
        size_t inject =
            use->verb == TOC_USE_SEND && use->id && block != TOC_NONE && use->block == block
                ? toc_plan_inject(m->plan, use->id)
                : TOC_NONE;
        if (inject != TOC_NONE)
            injects[inject] = true;
    }
}

bool toc_mel_is_met_by_script(const toc_mel *m, size_t expectation)
{
    const toc_uses *u = toc_scenario_uses(m->scenario);
    for (size_t i = 0; i < toc_uses_count(u); i++)
        if (is_use(toc_uses_at(u, i), TOC_USE_MET, m->plan->expectations[expectation].id))
            return true;
    return false;
}

static bool is_use(const toc_use *use, toc_use_verb verb, const char *id)
{
    return use->verb == verb && use->id && strcmp(use->id, id) == 0;
}

static const char *id_of(const toc_plan *p, const toc_mel_row *row, toc_use_verb *verb)
{
    switch (row->kind) {
    case TOC_MEL_INJECT:
    case TOC_MEL_CONTINGENCY:
        *verb = TOC_USE_SEND;
        return p->injects[row->index].id;
    case TOC_MEL_DECISION:
        *verb = TOC_USE_ASK;
        return p->decisions[row->index].id;
    case TOC_MEL_PHASE:
        *verb = TOC_USE_ENTER_PHASE;
        return p->phases[row->index].id;
    default:
        return NULL;
    }
}
