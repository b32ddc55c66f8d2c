// SPDX-License-Identifier: MIT
// What becomes of decisions: options that are compared but not offered, and outcomes that nothing asks for.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "pass.h"

static void check_option(toc_pass *p, const toc_option_use *o);
static void tell_options(toc_problem *o, const toc_decision *d, const char *option);
static void check_early(toc_pass *p);
static const char *wait_first(const toc_decision *d, char out[80]);
static void check_outcomes(toc_pass *p);
static void read_outcomes(const toc_pass *p, toc_map *followed);
static void read_placeholders(const char *text, toc_map *followed);

void toc_pass_options(toc_pass *p)
{
    for (size_t i = 0; i < toc_uses_option_count(p->uses); i++)
        check_option(p, toc_uses_option(p->uses, i));
    check_early(p);
    check_outcomes(p);
}

static void check_option(toc_pass *p, const toc_option_use *use)
{
    size_t i = toc_plan_decision(p->plan, use->decision);
    char quote[TOC_QUOTE_SIZE];
    if (i == TOC_NONE)
        return; // a helper may be given anything
    const toc_decision *d = &p->plan->decisions[i];
    // EXCON may accept an answer of a team's own to any: it comes as "other".
    if (d->option_count > 0 && strcmp(use->option, "other") == 0)
        return;
    for (size_t k = 0; k < d->option_count; k++)
        if (strcmp(d->options[2 * k], use->option) == 0)
            return;
    toc_text_quote(quote, use->option);
    toc_problem *o;
    if (d->option_count == 0) {
        o = toc_pass_tell_use(p, "E0302", &use->at,
                              "decision \"%s\" has no option %s: it is answered in free text",
                              d->id, quote);
        toc_problem_label(o, "never true or never false");
        toc_problem_help(o, "give %s options = { … }, or let EXCON judge what was answered", d->id);
    } else {
        o = toc_pass_tell_use(p, "E0302", &use->at, "decision \"%s\" has no option %s", d->id,
                              quote);
        tell_options(o, d, use->option);
    }
    toc_problem_note(o, "%s is declared at %s:%d", d->id, d->place.file, d->place.line);
}

static void tell_options(toc_problem *o, const toc_decision *d, const char *option)
{
    const char **names = toc_alloc(d->option_count * sizeof *names);
    toc_buf list = {0};
    for (size_t k = 0; k < d->option_count; k++) {
        names[k] = d->options[2 * k];
        toc_buf_printf(&list, "%s%s", k ? ", " : "", names[k]);
    }
    const char *near = toc_text_near(option, names, d->option_count);
    toc_problem_label(o, "%s offers: %s", d->id, toc_buf_text(&list));
    if (near) {
        toc_problem_help(o, "did you mean \"%s\"?", near);
        toc_problem_fix(o, "\"%s\"", near);
    } else {
        toc_problem_help(o, "compare with one of its options, or add this one to them");
    }
    toc_buf_fini(&list);
    free(names);
}

// ---- outcomes --------------------------------------------------------------------------------------

// A storyline that asks a decision whose own time comes later asks it then and there.
static void check_early(toc_pass *p)
{
    char asked[32], own[32];
    for (size_t i = 0; i < toc_uses_count(p->uses); i++) {
        const toc_use *u = toc_uses_at(p->uses, i);
        size_t k = u->verb == TOC_USE_ASK && u->id && u->is_certain
                       ? toc_plan_decision(p->plan, u->id)
                       : TOC_NONE;
        if (k == TOC_NONE)
            continue;
        const toc_decision *d = &p->plan->decisions[k];
        if (d->at.kind != TOC_AT_PLAY || u->earliest_ms >= d->at.ms)
            continue;
        toc_pass_time(own, d->at.ms);
        toc_problem *o = toc_pass_tell_use(
            p, "E0314", &u->at, "decision \"%s\" is asked here at %s, before its own time, %s",
            d->id, toc_pass_time(asked, u->earliest_ms), own);
        toc_problem_label(o, "asked at %s", asked);
        toc_problem_help(o,
                         "write wait_until \"%s\" before it, or take the decision's at out: then "
                         "it is asked here",
                         own);
        toc_problem_note(o, "%s is declared at %s:%d", d->id, d->place.file, d->place.line);
    }
}

// A decision with a time of its own is not to be asked before it.
static const char *wait_first(const toc_decision *d, char out[80])
{
    char own[32];
    *out = '\0';
    if (d->at.kind == TOC_AT_PLAY && d->at.ms > 0)
        snprintf(out, 80, ": wait_until \"%s\"", toc_pass_time(own, d->at.ms));
    return out;
}

static void check_outcomes(toc_pass *p)
{
    static const char *const events[] = {"decided", "overdue", "decide", "proposed", "rule"};
    int64_t found;
    char wait[80];
    bool is_heard = p->hears_any;
    for (size_t i = 0; i < TOC_COUNT(events); i++)
        is_heard = is_heard || toc_map_get(p->heard, events[i], &found);
    if (is_heard)
        return; // a handler of all decisions may act on any
    toc_map *followed = toc_map_new();
    read_outcomes(p, followed);
    for (size_t i = 0; i < p->plan->decision_count; i++) {
        const toc_decision *d = &p->plan->decisions[i];
        bool is_asked = d->at.kind != TOC_AT_NEVER || toc_map_get(p->asked, d->id, &found);
        // A question in free text is asked for the record, and for those who evaluate.
        if (d->option_count == 0 || !is_asked || toc_map_get(followed, d->id, &found) ||
            toc_uses_mentions(p->uses, d->id))
            continue;
        toc_problem *o = toc_pass_tell(p, "E0307", "decision", d->id, &d->place, NULL,
                                       "decision \"%s\": its outcome changes nothing", d->id);
        toc_problem_label(o, "nothing asks what was decided");
        toc_problem_help(o,
                         "let a storyline follow from it%s: local answer = ask \"%s\"; if "
                         "answer.option == \"%s\" then … else … end",
                         wait_first(d, wait), d->id, d->options[0]);
    }
    toc_map_free(followed);
}

static void read_outcomes(const toc_pass *p, toc_map *followed)
{
    for (size_t i = 0; i < toc_uses_count(p->uses); i++) {
        const toc_use *u = toc_uses_at(p->uses, i);
        if (u->id && (u->verb == TOC_USE_DECIDED || (u->verb == TOC_USE_ASK && u->is_used)))
            toc_map_put(followed, u->id, 1);
    }
    for (size_t i = 0; i < p->plan->inject_count; i++)
        if (p->plan->injects[i].text)
            read_placeholders(p->plan->injects[i].text, followed);
}

// {{decided D-01}}
static void read_placeholders(const char *text, toc_map *followed)
{
    for (const char *at = strstr(text, "{{"); at; at = strstr(at + 2, "{{")) {
        char id[TOC_ID_MAX + 1];
        const char *word = at + 2 + strspn(at + 2, " ");
        if (strncmp(word, "decided ", 8) != 0)
            continue;
        word += 8 + strspn(word + 8, " ");
        snprintf(id, sizeof id, "%.*s", (int)strcspn(word, " }\n"), word);
        toc_map_put(followed, id, 1);
    }
}
