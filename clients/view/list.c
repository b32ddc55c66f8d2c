// SPDX-License-Identifier: MIT
#include "view/list.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "seek.h"

static size_t find_key(const toc_list *l, const char *const *keys, size_t count);
static void show_selected(toc_list *l);
static bool word_passes(const char *word, size_t len, const char *const *fields, const char *flags);
static bool has_flag(const char *flags, const char *word, size_t len);

void toc_list_fini(toc_list *l)
{
    free(l->key);
    free(l->filter);
    *l = (toc_list){0};
}

void toc_list_settle(toc_list *l, const char *const *keys, size_t count, int height)
{
    size_t was = l->at;
    l->count = count;
    l->height = height > 0 ? (size_t)height : 0;
    // An empty list forgets nothing: the filter that emptied it may go again.
    if (count == 0) {
        l->at = l->top = 0;
        return;
    }
    l->at = 0;
    if (l->key) {
        l->at = find_key(l, keys, count);
        if (l->at == count) {
            l->at = was < count ? was : count - 1;
            toc_list_select(l, keys[l->at]);
        } else if (l->top > 0) {
            // Rows that come above what is read do not push it down the screen. At the very top
            // they are seen.
            l->top = l->top + l->at > was ? l->top + l->at - was : 0;
        }
    }
    show_selected(l);
}

bool toc_list_do(toc_list *l, toc_do what, const char *const *keys, size_t count)
{
    size_t page = l->height > 1 ? l->height - 1 : 1;
    size_t last = count ? count - 1 : 0;
    size_t at = l->at < last ? l->at : last;
    switch (what) {
    case TOC_DO_UP:
        at -= at > 0;
        break;
    case TOC_DO_DOWN:
        at += at < last;
        break;
    case TOC_DO_PAGE_UP:
        at = at > page ? at - page : 0;
        break;
    case TOC_DO_PAGE_DOWN:
        at = last - at > page ? at + page : last;
        break;
    case TOC_DO_FIRST:
        at = 0;
        break;
    case TOC_DO_LAST:
        at = last;
        break;
    default:
        return false;
    }
    l->count = count;
    if (count > 0) {
        l->at = at;
        toc_list_select(l, keys[at]);
        show_selected(l);
    }
    return true;
}

void toc_list_select(toc_list *l, const char *key)
{
    char *copy = toc_strdup(key);
    free(l->key);
    l->key = copy;
}

bool toc_filter_passes(const char *filter, const char *const *fields, const char *flags)
{
    for (const char *at = filter ? filter : ""; *at;) {
        at += strspn(at, " ");
        size_t len = strcspn(at, " ");
        bool is_not = at[0] == '!';
        // A "!" alone is one that is still being typed.
        if (len > (size_t)is_not &&
            word_passes(at + is_not, len - (size_t)is_not, fields, flags) == is_not)
            return false;
        at += len;
    }
    return true;
}

// Gives count if the selected row is not there.
static size_t find_key(const toc_list *l, const char *const *keys, size_t count)
{
    size_t i = 0;
    while (i < count && strcmp(keys[i], l->key) != 0)
        i++;
    return i;
}

static void show_selected(toc_list *l)
{
    size_t height = l->height ? l->height : 1;
    if (l->top + height > l->count)
        l->top = l->count > height ? l->count - height : 0;
    if (l->at < l->top)
        l->top = l->at;
    if (l->at >= l->top + height)
        l->top = l->at + 1 - height;
}

static bool word_passes(const char *word, size_t len, const char *const *fields, const char *flags)
{
    static const char *const names[] = {"unread", "urgent", "late", "held"};
    for (size_t i = 0; i < TOC_COUNT(names); i++)
        if (strlen(names[i]) == len && toc_seek(word, len, 0, names[i], len, NULL) == 0)
            return has_flag(flags, names[i], len);
    // "14:31" is no field's word: what stands before a colon must be the name of one.
    const char *colon = memchr(word, ':', len);
    size_t name_len = colon ? (size_t)(colon - word) : 0;
    bool is_field = false;
    bool is_there = false;
    for (size_t i = 0; fields && fields[i]; i += 2) {
        const char *text = fields[i + 1] ? fields[i + 1] : "";
        if (toc_seek(text, strlen(text), 0, word, len, NULL) != SIZE_MAX)
            is_there = true;
        if (!colon || strlen(fields[i]) != name_len ||
            toc_seek(word, name_len, 0, fields[i], name_len, NULL) != 0)
            continue;
        is_field = true;
        size_t rest = len - name_len - 1;
        if (rest == 0 || toc_seek(text, strlen(text), 0, colon + 1, rest, NULL) != SIZE_MAX)
            return true;
    }
    return !is_field && (is_there || has_flag(flags, word, len));
}

static bool has_flag(const char *flags, const char *word, size_t len)
{
    for (const char *at = flags ? flags : ""; *at;) {
        at += strspn(at, " ");
        size_t n = strcspn(at, " ");
        if (n == len && toc_seek(at, n, 0, word, len, NULL) == 0)
            return true;
        at += n;
    }
    return false;
}
