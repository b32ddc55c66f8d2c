// SPDX-License-Identifier: MIT
// The branch map as text: rows of the tree, the outcomes of a decision under each other.
#include <string.h>

#include "base/text.h"
#include "rehearse_show.h"
#include "rehearse_tree.h"

enum {
    WIDTH = 80,
    ROWS = 60,
    LEVELS = 5,
    LABEL_MAX = 14,
    OUTCOME_MAX = 14,
    INJECTS = 4,
    CHAIN = 3
};

// How wide its columns are: those of decisions and outcomes.
typedef struct {
    const toc_rehearsal *r;
    int label, outcome;
} columns;

static void add_row(toc_buf *out, const columns *c, const toc_tree_row *row);
static void add_end(toc_buf *out, const toc_branch *b);
static void add_rails(toc_buf *out, const columns *c, const toc_tree_row *row);
static void add_behind(toc_buf *out, const columns *c, const toc_tree_row *row, int indent,
                       const toc_buf *story);
static int columns_of(const char *text);

static void add_visible(toc_buf *out, const char *text)
{
    toc_text_visible(out, text, strlen(text), false);
}

static int widest(int so_far, const char *text, int most)
{
    int width = columns_of(text);
    return width > most ? most : width > so_far ? width : so_far;
}

void toc_rehearse_map(toc_buf *out, const toc_rehearsal *r)
{
    const toc_survey *s = r->survey;
    toc_tree tree;
    columns c = {.r = r};
    toc_tree_build(&tree, s, ROWS, LEVELS);
    for (size_t i = 0; i < tree.count; i++) {
        const toc_branch *b = &s->branches[tree.rows[i].branch];
        c.label = widest(c.label, r->plan->decisions[b->decision].id, LABEL_MAX);
        c.outcome = widest(c.outcome, b->outcome, OUTCOME_MAX);
    }
    if (tree.count > 0)
        toc_buf_str(out, "\nBranch map (what most paths take stands last and goes on below; "
                         "injects\n            are those that no other branch sends)\n");
    for (size_t i = 0; i < tree.count; i++)
        add_row(out, &c, &tree.rows[i]);
    if (tree.left_out > 0)
        toc_buf_printf(out, "  %zu more branch%s left out; --json has all of them\n", tree.left_out,
                       tree.left_out == 1 ? " is" : "es are");
    if (s->branch_count >= TOC_SURVEY_BRANCHES)
        toc_buf_printf(out, "  only the first %d branches were kept\n", TOC_SURVEY_BRANCHES);
    toc_tree_fini(&tree);
}

static void pad(toc_buf *out, const char *text, int width)
{
    add_visible(out, text);
    for (int i = columns_of(text); i < width; i++)
        toc_buf_char(out, ' ');
}

static void add_row(toc_buf *out, const columns *c, const toc_tree_row *row)
{
    const toc_branch *b = &c->r->survey->branches[row->branch];
    toc_buf line = {0}, story = {0};
    if (row->is_or) {
        add_rails(out, c, row);
        toc_buf_str(out, "or first\n");
    }
    add_rails(&line, c, row);
    pad(&line, row->is_first ? c->r->plan->decisions[b->decision].id : "", c->label);
    toc_buf_str(&line, !row->is_first ? "  +- " : row->is_last ? " --- " : " -+- ");
    toc_tree_story(&story, c->r, row);
    if (story.len > 0)
        pad(&line, b->outcome, c->outcome);
    else
        add_visible(&line, b->outcome);
    toc_buf_str(out, toc_buf_text(&line));
    if (story.len > 0)
        add_behind(out, c, row, columns_of(toc_buf_text(&line)) + 2, &story);
    else
        toc_buf_char(out, '\n');
    toc_buf_fini(&line);
    toc_buf_fini(&story);
}

// The lines of outer levels that go on below.
static void add_rails(toc_buf *out, const columns *c, const toc_tree_row *row)
{
    toc_buf_str(out, "  ");
    for (int l = 0; l < row->level; l++)
        toc_buf_printf(out, "%*s%c   ", c->label + 2, "", row->rails >> l & 1 ? '|' : ' ');
}

// What becomes of a branch, going on under itself where it is long.
static void add_behind(toc_buf *out, const columns *c, const toc_tree_row *row, int indent,
                       const toc_buf *story)
{
    enum { ROOM = 28 };
    toc_buf wrapped = {0};
    int room = WIDTH - indent > ROOM ? WIDTH - indent : ROOM;
    toc_text_block(&wrapped, story->data, story->len, "", room);
    const char *at = toc_buf_text(&wrapped);
    toc_buf_str(out, "  ");
    for (bool is_more = false; *at; is_more = true) {
        size_t len = strcspn(at, "\n");
        if (is_more) {
            toc_buf rails = {0};
            add_rails(&rails, c, row);
            toc_buf_printf(&rails, "%*s%c", c->label + 2, "", row->is_last ? ' ' : '|');
            toc_buf_printf(out, "%s%*s", toc_buf_text(&rails), indent - (int)rails.len, "");
            toc_buf_fini(&rails);
        }
        toc_buf_printf(out, "%.*s\n", (int)len, at);
        at += len + (at[len] == '\n');
    }
    toc_buf_fini(&wrapped);
}

static void add_step(toc_buf *out, const toc_rehearsal *r, const toc_branch *b)
{
    if (out->len > 0)
        toc_buf_str(out, "; ");
    toc_buf_str(out, "then ");
    add_visible(out, r->plan->decisions[b->decision].id);
    toc_buf_char(out, '=');
    add_visible(out, b->outcome);
}

void toc_tree_story(toc_buf *out, const toc_rehearsal *r, const toc_tree_row *row)
{
    const toc_survey *s = r->survey;
    const toc_branch *b = &s->branches[row->branch], *tail = &s->branches[row->tail];
    bool is_alone = row->is_first && row->is_last;
    for (size_t i = 0; !is_alone && i < b->inject_count && i < INJECTS; i++) {
        toc_buf_str(out, i ? " " : "");
        add_visible(out, r->plan->injects[b->injects[i]].id);
    }
    if (!is_alone && b->inject_count > INJECTS)
        toc_buf_printf(out, " and %zu more", b->inject_count - INJECTS);
    for (size_t i = 0; i < row->chain; i++) {
        b = &s->branches[b->child];
        if (i < CHAIN)
            add_step(out, r, b);
    }
    if (row->chain > CHAIN)
        toc_buf_printf(out, "; then %zu more", row->chain - CHAIN);
    if (row->as != TOC_NONE) {
        const toc_branch *like = &s->branches[row->as];
        toc_buf_str(out, out->len ? "; goes on as " : "goes on as ");
        if (like->parent != tail->parent) {
            add_visible(out, r->plan->decisions[like->decision].id);
            toc_buf_char(out, '=');
        }
        add_visible(out, like->outcome);
    } else if (row->left_out > 0) {
        toc_buf_printf(out, "%s%zu more, not drawn", out->len ? "; " : "", row->left_out);
    } else if (tail->child == TOC_NONE) {
        add_end(out, tail);
    }
}

static void add_end(toc_buf *out, const toc_branch *b)
{
    if (b->is_end)
        toc_buf_printf(out, "%s%s", out->len ? "; " : "", b->has_endex ? "ENDEX" : "no ENDEX");
}

static int columns_of(const char *text)
{
    toc_buf shown = {0};
    add_visible(&shown, text);
    int width = toc_text_columns(toc_buf_text(&shown), shown.len);
    toc_buf_fini(&shown);
    return width;
}
