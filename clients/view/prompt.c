// SPDX-License-Identifier: MIT
// The line at the bottom: a filter that works while it is typed, a word to look for, or an act in
// the typed language.
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "view_parts.h"

enum { HISTORY_MOST = 200, WORDS_MOST = 512 };

// What a word may become.
typedef struct {
    const char *at[WORDS_MOST];
    size_t count;
} words;

static void close_prompt(toc_view *v);
static void set_filter(toc_view *v, const char *text);
static void enter(toc_view *v, toc_wishes *out);
static void remember(toc_view *v, const char *line);
static void walk_history(toc_view *v, bool is_back);
static void add_word(words *w, const char *word, const char *start);
static void add_words(const toc_view *v, words *w, const char *start, bool is_first);
static size_t common_length(const words *w);

void toc_view_open_prompt(toc_view *v, toc_prompt_kind kind)
{
    const char *filter = v->rooms[v->room].list.filter;
    v->prompt_kind = kind;
    v->history_at = v->history_count;
    v->prompt.most = TOC_ACT_MAX;
    toc_editor_set(&v->prompt, kind == TOC_PROMPT_FILTER && filter ? filter : "");
}

void toc_view_prompt_key(toc_view *v, uint32_t key, toc_wishes *out)
{
    bool is_command = v->prompt_kind == TOC_PROMPT_COMMAND;
    bool is_filter = v->prompt_kind == TOC_PROMPT_FILTER;
    if (key == TOC_KEY_ESC) {
        if (is_filter)
            set_filter(v, NULL);
        close_prompt(v);
    } else if (key == TOC_KEY_ENTER) {
        enter(v, out);
    } else if (is_command && (key == TOC_KEY_UP || key == TOC_KEY_DOWN)) {
        walk_history(v, key == TOC_KEY_UP);
    } else if (is_command && key == TOC_KEY_TAB) {
        toc_view_complete(v);
    } else if (key == TOC_KEY_BACKSPACE && v->prompt.text.len == 0) {
        if (is_filter)
            set_filter(v, NULL);
        close_prompt(v);
    } else {
        toc_editor_key(&v->prompt, key);
        if (is_filter)
            set_filter(v, toc_buf_text(&v->prompt.text));
    }
}

void toc_view_prompt_paste(toc_view *v, const char *text)
{
    toc_editor_insert(&v->prompt, text, strlen(text));
    if (v->prompt_kind == TOC_PROMPT_FILTER)
        set_filter(v, toc_buf_text(&v->prompt.text));
}

// A verb at the beginning, else an id or the name of somebody: as far as all that fit agree; where
// there are several, they are shown.
void toc_view_complete(toc_view *v)
{
    const char *line = toc_buf_text(&v->prompt.text);
    size_t at = strlen(line);
    while (at > 0 && line[at - 1] != ' ' && line[at - 1] != ',')
        at--;
    words *w = toc_alloc(sizeof *w);
    add_words(v, w, line + at, at == 0);
    if (w->count > 0) {
        toc_buf next = {0};
        toc_buf_add(&next, line, at);
        toc_buf_add(&next, w->at[0], common_length(w));
        if (w->count == 1)
            toc_buf_char(&next, ' ');
        toc_editor_set(&v->prompt, toc_buf_text(&next));
        toc_buf_fini(&next);
    }
    if (w->count > 1) {
        toc_buf list = {0};
        for (size_t i = 0; i < w->count && list.len < 400; i++)
            toc_buf_printf(&list, "%s%s", i ? "  " : "", w->at[i]);
        toc_view_notice(v, TOC_STYLE_NOTICE, "%s", toc_buf_text(&list));
        toc_buf_fini(&list);
    } else if (w->count == 0) {
        toc_view_notice(v, TOC_STYLE_NOTICE, "nothing known begins so");
    }
    free(w);
}

void toc_view_prompt_fini(toc_view *v)
{
    toc_editor_fini(&v->prompt);
    for (size_t i = 0; i < v->history_count; i++)
        free(v->history[i]);
    free(v->history);
}

static void close_prompt(toc_view *v)
{
    v->prompt_kind = TOC_PROMPT_NONE;
}

static void set_filter(toc_view *v, const char *text)
{
    toc_list *list = &v->rooms[v->room].list;
    free(list->filter);
    list->filter = text && text[0] ? toc_strdup(text) : NULL;
}

static void enter(toc_view *v, toc_wishes *out)
{
    char *line = toc_strdup(toc_buf_text(&v->prompt.text));
    toc_prompt_kind kind = v->prompt_kind;
    toc_page *page = toc_view_page(v);
    close_prompt(v);
    if (kind == TOC_PROMPT_SEEK && page) {
        toc_page_seek(page, line[0] ? line : NULL);
        toc_page_do(page, TOC_DO_FIND_NEXT);
        if (line[0] && !page->has_find)
            toc_view_notice(v, TOC_STYLE_NOTICE, "\"%s\" is not found", line);
    } else if (kind == TOC_PROMPT_COMMAND && line[strspn(line, " ")]) {
        remember(v, line);
        toc_view_command(v, line, out);
    }
    free(line);
}

static void remember(toc_view *v, const char *line)
{
    if (v->history_count > 0 && strcmp(v->history[v->history_count - 1], line) == 0)
        return;
    if (v->history_count == HISTORY_MOST) {
        free(v->history[0]);
        memmove(v->history, v->history + 1, (HISTORY_MOST - 1) * sizeof *v->history);
        v->history_count--;
    }
    TOC_GROW(v->history, v->history_count, v->history_capacity);
    v->history[v->history_count++] = toc_strdup(line);
}

static void walk_history(toc_view *v, bool is_back)
{
    if (is_back ? v->history_at == 0 : v->history_at >= v->history_count)
        return;
    v->history_at = is_back ? v->history_at - 1 : v->history_at + 1;
    toc_editor_set(&v->prompt, v->history_at < v->history_count ? v->history[v->history_at] : "");
}

static void add_words(const toc_view *v, words *w, const char *start, bool is_first)
{
    const toc_picture *p = &v->picture;
    const toc_verb *verb;
    for (size_t i = 0; is_first && (verb = toc_verb_at(i)); i++)
        if (verb->roles & v->role)
            add_word(w, verb->name, start);
    for (size_t i = 0; is_first && toc_view_command_word(i); i++)
        add_word(w, toc_view_command_word(i), start);
    if (is_first)
        return;
    for (size_t i = 0; i < v->msel.count; i++)
        add_word(w, v->msel.rows[i].inject, start);
    for (size_t i = 0; i < p->question_count; i++)
        add_word(w, toc_event_str(&p->questions[i].ask, TOC_F_DECISION), start);
    for (size_t i = 0; i < p->situation.expectation_count; i++)
        add_word(w, p->situation.expectations[i].id, start);
    for (size_t i = 0; i < p->objective_count; i++)
        add_word(w, p->objectives[i].id, start);
    for (size_t i = 0; i < p->situation.service_count; i++)
        add_word(w, p->situation.services[i].id, start);
    for (size_t i = 0; i < p->situation.phase_count; i++)
        add_word(w, p->situation.phases[i].id, start);
    for (size_t i = 0; i < p->contact_count; i++)
        add_word(w, p->contacts[i].id, start);
    for (size_t i = 0; i < p->neighbour_count; i++)
        add_word(w, p->neighbours[i].id, start);
    for (size_t i = 0; i < p->situation.product_count; i++)
        add_word(w, p->situation.products[i], start);
    for (size_t i = 0; i < v->msel.story_count; i++)
        add_word(w, v->msel.stories[i].name, start);
}

static void add_word(words *w, const char *word, const char *start)
{
    if (!word || strncasecmp(word, start, strlen(start)) != 0 || w->count == WORDS_MOST)
        return;
    for (size_t i = 0; i < w->count; i++)
        if (strcmp(w->at[i], word) == 0)
            return;
    w->at[w->count++] = word;
}

static size_t common_length(const words *w)
{
    size_t len = strlen(w->at[0]);
    for (size_t i = 1; i < w->count; i++) {
        size_t same = 0;
        while (same < len && w->at[i][same] == w->at[0][same])
            same++;
        len = same;
    }
    // A character is not cut through.
    while (len > 0 && ((unsigned char)w->at[0][len] & 0xC0) == 0x80)
        len--;
    return len;
}
