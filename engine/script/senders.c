// SPDX-License-Identifier: MIT
#include "script/senders.h"

#include <string.h>

static bool is_use(const toc_use *use, toc_use_verb verb, const char *id)
{
    return use->verb == verb && use->id && strcmp(use->id, id) == 0;
}

const toc_use *toc_senders_next(const toc_uses *u, toc_use_verb verb, const char *id, size_t *at)
{
    while (*at < toc_uses_count(u)) {
        size_t i = (*at)++;
        const toc_use *use = toc_uses_at(u, i);
        bool is_new = is_use(use, verb, id);
        for (size_t k = 0; is_new && k < i; k++)
            is_new = use->block == TOC_NONE || !is_use(toc_uses_at(u, k), verb, id) ||
                     toc_uses_at(u, k)->block != use->block;
        if (is_new)
            return use;
    }
    return NULL;
}

void toc_sender_text(toc_buf *out, const toc_uses *u, const toc_use *use)
{
    if (use->block == TOC_NONE) {
        toc_buf_printf(out, "a script, %s:%d", use->at.file, use->at.line);
        return;
    }
    const toc_block *block = toc_uses_block(u, use->block);
    if (block->kind == TOC_SCENARIO_STORYLINE && block->name)
        toc_buf_printf(out, "storyline %s", block->name);
    else
        toc_buf_printf(out, "%s%s%s %s:%d",
                       block->kind == TOC_SCENARIO_STORYLINE ? "the storyline at"
                       : block->kind == TOC_SCENARIO_WHEN    ? "when"
                                                             : "on",
                       block->kind == TOC_SCENARIO_ON && block->name ? " " : "",
                       block->kind == TOC_SCENARIO_ON && block->name ? block->name : "",
                       block->at.file, block->at.line);
}

void toc_senders_text(toc_buf *out, const toc_uses *u, toc_use_verb verb, const char *id)
{
    const char *between = "";
    const toc_use *use;
    for (size_t at = 0; (use = toc_senders_next(u, verb, id, &at)); between = "; ") {
        toc_buf_str(out, between);
        toc_sender_text(out, u, use);
    }
}
