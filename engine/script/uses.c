// SPDX-License-Identifier: MIT
// What is kept of the code, and how it is asked for.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "host.h"
#include "uses.h"

toc_uses *toc_uses_new(void)
{
    toc_uses *u = toc_alloc(sizeof *u);
    u->mentioned = toc_map_new();
    return u;
}

void toc_uses_free(toc_uses *u)
{
    if (!u)
        return;
    toc_map_free(u->mentioned);
    for (size_t i = 0; i < u->kept_count; i++)
        free(u->kept[i]);
    free(u->kept);
    free(u->pieces);
    free(u->options);
    free(u->answers);
    free(u->talks);
    free(u->blocks);
    free(u->at);
    free(u);
}

const toc_uses *toc_scenario_uses(const toc_scenario *s)
{
    return s->uses;
}

size_t toc_uses_count(const toc_uses *u)
{
    return u->count;
}

const toc_use *toc_uses_at(const toc_uses *u, size_t i)
{
    return &u->at[i];
}

size_t toc_uses_block_count(const toc_uses *u)
{
    return u->block_count;
}

const toc_block *toc_uses_block(const toc_uses *u, size_t i)
{
    return &u->blocks[i];
}

size_t toc_uses_option_count(const toc_uses *u)
{
    return u->option_count;
}

const toc_option_use *toc_uses_option(const toc_uses *u, size_t i)
{
    return &u->options[i];
}

bool toc_uses_mentions(const toc_uses *u, const char *id)
{
    int64_t found;
    if (toc_map_get(u->mentioned, id, &found))
        return true;
    // "INJ-" .. n, string.format("INJ-%02d", n)
    size_t id_len = strlen(id);
    for (size_t i = 0; i < u->piece_count; i++) {
        size_t len = strlen(u->pieces[i].text);
        if (len <= id_len &&
            memcmp(u->pieces[i].is_end ? id + id_len - len : id, u->pieces[i].text, len) == 0)
            return true;
    }
    return false;
}

bool toc_uses_may_mean(const toc_uses *u, toc_use_verb verb, const char *id)
{
    return u->is_open[verb] && toc_uses_mentions(u, id);
}

const char *toc_uses_keep(toc_uses *u, const char *text, size_t len)
{
    TOC_GROW(u->kept, u->kept_count, u->kept_capacity);
    return u->kept[u->kept_count++] = toc_strndup(text, len);
}

size_t toc_uses_talk_count(const toc_uses *u)
{
    return u->talk_count;
}

const toc_talk_use *toc_uses_talk(const toc_uses *u, size_t i)
{
    return &u->talks[i];
}
