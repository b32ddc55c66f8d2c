// SPDX-License-Identifier: MIT
// Ids that the code names and nothing has, with what was probably meant.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "scan.h"

static void tell_other(toc_scan *c, const char *verb, const char *noun, const toc_draft *d,
                       const toc_token *text);
static void tell_unknown(toc_scan *c, const char *verb, const char *noun, unsigned kinds,
                         const char *id, const toc_token *text);

bool toc_scan_id(toc_scan *c, const char *verb, unsigned kinds, const toc_token *text)
{
    const toc_scenario *s = c->s;
    char id[TOC_LINE_TEXT_MAX + 1];
    int64_t draft;
    if (!toc_scan_copy(id, text) || (kinds & TOC_REF_EXCON && strcmp(id, "excon") == 0))
        return false;
    bool is_known = toc_map_get(s->ids, id, &draft);
    if (is_known && kinds & TOC_BIT(s->drafts[draft]->kind))
        return false;
    // One whose declaration has a mistake of its own is not in the plan; that mistake is enough.
    for (size_t i = 0; i < s->draft_count; i++)
        if (kinds & TOC_BIT(s->drafts[i]->kind) && strcmp(s->drafts[i]->id, id) == 0)
            return false;
    if (toc_id_is_meant(s, kinds, id))
        return false;
    toc_decl kind = 0;
    while (!(kinds & TOC_BIT(kind)))
        kind++;
    const char *noun = kinds & TOC_REF_EXCON ? "team or party" : toc_schema_noun(kind);
    if (is_known)
        tell_other(c, verb, noun, s->drafts[draft], text);
    else
        tell_unknown(c, verb, noun, kinds, id, text);
    return true;
}

static const char *article(const char *noun)
{
    return strchr("aeiou", noun[0]) ? "an" : "a";
}

static void tell_other(toc_scan *c, const char *verb, const char *noun, const toc_draft *d,
                       const toc_token *text)
{
    const char *own = toc_schema_noun(d->kind);
    toc_problem *p = toc_scan_tell(c, "E0215", text, "%s: \"%s\" is %s %s, not %s %s", verb, d->id,
                                   article(own), own, article(noun), noun);
    toc_problem_label(p, "this is %s %s", article(own), own);
    toc_problem_note(p, "%s \"%s\" is declared at %s:%d", own, d->id, d->place.file, d->place.line);
}

static void tell_unknown(toc_scan *c, const char *verb, const char *noun, unsigned kinds,
                         const char *id, const toc_token *text)
{
    const toc_scenario *s = c->s;
    const char **names = NULL;
    size_t count = 0, capacity = 0;
    char quote[TOC_QUOTE_SIZE];
    // Guesses are for mistakes that will be read: thousands of ids times thousands would take long.
    size_t drafts = s->problems.count < TOC_PROBLEMS_SHOWN ? s->draft_count : 0;
    for (size_t i = 0; i < drafts; i++)
        if (s->drafts[i]->has_id && kinds & TOC_BIT(s->drafts[i]->kind)) {
            TOC_GROW(names, count, capacity);
            names[count++] = s->drafts[i]->id;
        }
    toc_problem *p =
        toc_scan_tell(c, "E0214", text, "%s: unknown %s %s", verb, noun, toc_text_quote(quote, id));
    toc_problem_label(p, "no %s has this id", noun);
    const char *near = count ? toc_text_near(id, names, count) : NULL;
    if (near) {
        toc_problem_help(p, "did you mean \"%s\"?", near);
        toc_problem_fix(p, "\"%s\"", near);
    } else if (count == 0) {
        toc_problem_help(p, "no %s is declared", noun);
    } else {
        toc_buf list = {0};
        for (size_t i = 0; i < count && i < 12; i++)
            toc_buf_printf(&list, "%s%s", i ? ", " : "", names[i]);
        toc_problem_help(p, "there %s %s%s", count == 1 ? "is only" : "are", toc_buf_text(&list),
                         count > 12 ? " and more" : "");
        toc_buf_fini(&list);
    }
    free(names);
}
