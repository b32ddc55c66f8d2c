// SPDX-License-Identifier: MIT
// The branch map as a drawing: the ordinary path runs down on the left through its decisions; from each
// the outcomes branch off, the ordinary one first. What the map's table says in full is cut to one line here.
#include <string.h>

#include "base/text.h"
#include "rehearse_choices.h"
#include "rehearse_page.h"

enum { WIDTH = 1000, BOX = 20, BOX_WIDTH = 100, FORK = 140, OUTCOME = 160, STORY = 440 };
enum {
    ROW = 22,
    GAP = 12,
    POINTS = 200,
    OUTCOME_WORDS = 38,
    STORY_WORDS = 84,
    CONDITION_WORDS = 20
};

static int draw_point(toc_buf *out, const toc_choices *c, int y);
static void draw_node(toc_buf *out, const toc_choices *c, int y);
static void add_words(toc_buf *out, int x, int y, const char *class, const toc_buf *words,
                      size_t most);
static bool is_drawn(const toc_choices *c);

void toc_page_tree(toc_buf *out, const toc_rehearsal *r)
{
    toc_buf points = {0};
    toc_choices c = {.r = r};
    size_t count = 0;
    int y = GAP, last = 0;
    while (toc_choices_next(&c) && count < POINTS) {
        if (!is_drawn(&c))
            continue;
        toc_buf condition = {0};
        toc_choices_condition(&c, &condition);
        if (last && condition.len == 0) // else another path comes to it
            toc_buf_printf(&points, "<path class=\"link\" d=\"M%d %dV%d\"/>\n", BOX + BOX_WIDTH / 2,
                           last + BOX, y);
        last = y;
        add_words(&points, BOX, y + BOX + 14, "soft", &condition, CONDITION_WORDS);
        y += draw_point(&points, &c, y) + (condition.len ? GAP + ROW : GAP);
        toc_buf_fini(&condition);
        count++;
    }
    if (count > 0)
        toc_buf_printf(
            out,
            "<figure><svg viewBox=\"0 0 %d %d\" role=\"img\"><title>Branch map</title>"
            "<desc>The decisions of the ordinary path from top to bottom; from each, its "
            "outcomes and what they change. The table below says the same in "
            "full.</desc>\n%s</svg></figure>\n",
            WIDTH, y, toc_buf_text(&points));
    toc_buf_fini(&points);
}

// Its height.
static int draw_point(toc_buf *out, const toc_choices *c, int y)
{
    int rows = 0, last = y;
    draw_node(out, c, y);
    for (size_t i = c->first; i < c->next; i++) {
        toc_buf outcomes = {0}, story = {0};
        if (toc_choices_row(c, i, &outcomes, &story)) {
            last = y + rows++ * ROW;
            toc_buf_printf(out, "<path class=\"link\" d=\"M%d %dH%d\"/>", FORK, last + BOX / 2,
                           OUTCOME - 6);
            add_words(out, OUTCOME, last + 14, "", &outcomes, OUTCOME_WORDS);
            add_words(out, STORY, last + 14, "soft", &story, STORY_WORDS);
        }
        toc_buf_fini(&outcomes);
        toc_buf_fini(&story);
    }
    toc_buf_printf(out, "<path class=\"link\" d=\"M%d %dH%dV%d\"/>\n", BOX + BOX_WIDTH, y + BOX / 2,
                   FORK, last + BOX / 2);
    return rows * ROW;
}

static void draw_node(toc_buf *out, const toc_choices *c, int y)
{
    toc_buf id = {0};
    toc_buf_str(&id, c->r->survey->variations[c->first].point);
    toc_buf_str(out, "<g><title>");
    toc_page_text(out, toc_choices_title(c));
    toc_buf_printf(out,
                   "</title><rect class=\"box\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" "
                   "rx=\"3\"/></g>",
                   BOX, y, BOX_WIDTH, BOX);
    add_words(out, BOX + 6, y + 14, "", &id, 13);
    toc_buf_fini(&id);
}

static void add_words(toc_buf *out, int x, int y, const char *class, const toc_buf *words,
                      size_t most)
{
    toc_buf cut = {0};
    const char *text = toc_buf_text(words);
    size_t shown = 0, at = 0;
    uint32_t cp;
    while (at < words->len && shown++ < most)
        at += toc_utf8_next(text + at, words->len - at, &cp);
    toc_buf_add(&cut, text, at);
    toc_buf_str(&cut, at < words->len ? "…" : "");
    toc_buf_printf(out, "<text class=\"%s\" x=\"%d\" y=\"%d\">", class, x, y);
    toc_page_text(out, toc_buf_text(&cut));
    toc_buf_str(out, "</text>");
    toc_buf_fini(&cut);
}

// Expected actions that change something would make it long; the table has them.
static bool is_drawn(const toc_choices *c)
{
    return c->r->survey->variations[c->first].kind == TOC_CHOICE_DECISION;
}
