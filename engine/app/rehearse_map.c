// SPDX-License-Identifier: MIT
// The branch map as text: a block a point, a row for the outcomes that come out the same.
#include <string.h>

#include "base/text.h"
#include "rehearse_choices.h"
#include "rehearse_show.h"

enum { WIDTH = 80, INDENT = 4, OUTCOME = 22 };

static void add_point(toc_buf *out, const toc_choices *c);
static void add_row(toc_buf *out, const toc_buf *outcomes, const toc_buf *story);
static void add_rest(toc_buf *out, const toc_rehearsal *r, const char *what, toc_choice_kind kind);

void toc_rehearse_map(toc_buf *out, const toc_rehearsal *r)
{
    toc_choices c = {.r = r};
    if (r->survey->variation_count == 0)
        return;
    toc_buf_str(out, "\nBranch map  what each choice changes: the first row is what the ordinary "
                     "path\n            does; + comes, - does not; one row where only times "
                     "differ\n");
    while (toc_choices_next(&c))
        if (r->survey->variations[c.first].kind == TOC_CHOICE_DECISION || toc_choices_matter(&c))
            add_point(out, &c);
    add_rest(out, r, "missed or late changes nothing for: ", TOC_CHOICE_ACTION);
    add_rest(out, r, "silence changes nothing for: ", TOC_CHOICE_TALK);
}

static void add_visible(toc_buf *out, const char *text)
{
    toc_text_visible(out, text, strlen(text), false);
}

// As much of a title as fits, behind two spaces.
static void add_title(toc_buf *out, const char *title, int room)
{
    enum { LEAST = 20 };
    toc_buf shown = {0};
    add_visible(&shown, title);
    size_t len = shown.len;
    if (len > 0 && room >= LEAST) {
        while (toc_text_columns(shown.data, len) > room - (len < shown.len))
            do
                len--;
            while (len > 0 && ((unsigned char)shown.data[len] & 0xc0) == 0x80);
        toc_buf_str(out, "  ");
        toc_buf_add(out, shown.data, len);
        toc_buf_str(out, len < shown.len ? "…" : "");
    }
    toc_buf_fini(&shown);
}

// "D-01 Warn the quay?  only if D-03=open"
static void add_point(toc_buf *out, const toc_choices *c)
{
    const toc_variation *v = &c->r->survey->variations[c->first];
    toc_buf head = {0}, condition = {0};
    toc_choices_condition(c, &condition);
    toc_buf_str(&head, v->point);
    if (v->t >= 0) {
        toc_buf_str(&head, "  ");
        toc_short_play(&head, v->t);
    }
    if (condition.len > 0)
        toc_buf_printf(&head, "  (%s)", toc_buf_text(&condition));
    toc_buf_str(out, "  ");
    add_visible(out, toc_buf_text(&head));
    add_title(out, toc_choices_title(c), WIDTH - 4 - (int)head.len);
    toc_buf_char(out, '\n');
    for (size_t i = c->first; i < c->next; i++) {
        toc_buf outcomes = {0}, story = {0};
        bool is_usual = v->kind != TOC_CHOICE_DECISION && i == c->first; // it goes without saying
        if (toc_choices_row(c, i, &outcomes, &story) && !(is_usual && story.len == 0)) {
            if (story.len == 0)
                toc_buf_str(&story, toc_choices_matter(c) ? "-" : "all come out the same");
            add_row(out, &outcomes, &story);
        }
        toc_buf_fini(&outcomes);
        toc_buf_fini(&story);
    }
    toc_buf_fini(&head);
    toc_buf_fini(&condition);
}

// Both wrap in columns of their own.
static void add_row(toc_buf *out, const toc_buf *outcomes, const toc_buf *story)
{
    toc_buf left = {0}, right = {0};
    toc_text_block(&left, toc_buf_text(outcomes), outcomes->len, "", OUTCOME);
    toc_text_block(&right, toc_buf_text(story), story->len, "", WIDTH - INDENT - OUTCOME - 2);
    const char *l = toc_buf_text(&left), *r = toc_buf_text(&right);
    while (*l || *r) {
        size_t l_len = strcspn(l, "\n"), r_len = strcspn(r, "\n");
        toc_buf_printf(out, "%*s", INDENT, "");
        toc_buf_add(out, l, l_len);
        if (r_len > 0) {
            int wide = toc_text_columns(l, l_len);
            toc_buf_printf(out, "%*s", wide < OUTCOME ? OUTCOME - wide + 2 : 2, "");
            toc_buf_add(out, r, r_len);
        }
        toc_buf_char(out, '\n');
        l += l_len + (l[l_len] == '\n');
        r += r_len + (r[r_len] == '\n');
    }
    toc_buf_fini(&left);
    toc_buf_fini(&right);
}

// The points of a kind that change nothing, in a line.
static void add_rest(toc_buf *out, const toc_rehearsal *r, const char *what, toc_choice_kind kind)
{
    toc_choices c = {.r = r};
    toc_buf line = {0};
    while (toc_choices_next(&c)) {
        const toc_variation *v = &r->survey->variations[c.first];
        if (v->kind != kind || toc_choices_matter(&c))
            continue;
        toc_buf_str(&line, line.len ? ", " : what);
        add_visible(&line, v->point);
    }
    if (line.len > 0)
        toc_text_block(out, toc_buf_text(&line), line.len, "  ", WIDTH);
    toc_buf_fini(&line);
}
