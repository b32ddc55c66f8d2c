// SPDX-License-Identifier: MIT
// The page's branch map, drawn, and its tables of what was covered.
#include <string.h>

#include "base/text.h"
#include "rehearse_page.h"
#include "rehearse_tree.h"

enum { WIDTH = 1000, ROW = 26, ROWS = 120, LEVELS = 4, LETTER = 7, LABEL_MAX = 14, TABLE = 1000 };

typedef struct {
    const toc_rehearsal *r;
    int box, step;               // widths of a decision's box and of a level
    int first[TOC_TREE_DEEPEST]; // y of the newest decision of a level
} drawing;

static void add_row(toc_buf *out, drawing *d, const toc_tree_row *row, int y);
static void add_words(toc_buf *out, const drawing *d, const toc_tree_row *row, int x, int y);
static void add_map_table(toc_buf *out, const toc_rehearsal *r, const toc_tree *tree);
static void begin_table(toc_buf *out, const char *what, size_t covered, size_t count);
static void add_line(toc_buf *out, const char *id, const char *text, const toc_place *place,
                     const toc_tally *t);
static void end_table(toc_buf *out, size_t count);
static void add_options(toc_buf *out, const toc_rehearsal *r);
static void add_conditions(toc_buf *out, const toc_rehearsal *r);

void toc_page_map(toc_buf *out, const toc_rehearsal *r)
{
    toc_tree tree;
    drawing d = {.r = r};
    toc_tree_build(&tree, r->survey, ROWS, LEVELS);
    if (tree.count > 0) {
        size_t longest = 2;
        for (size_t i = 0; i < r->plan->decision_count; i++)
            if (strlen(r->plan->decisions[i].id) > longest)
                longest = strlen(r->plan->decisions[i].id);
        d.box = (int)(longest < LABEL_MAX ? longest : LABEL_MAX) * LETTER + 32; // room for "or"
        d.step = d.box + 52;
        toc_buf_printf(
            out,
            "<h2 id=\"branches\">Branch map</h2>\n<p class=\"soft\">What most paths take "
            "stands last and goes on below. Injects are those that no other branch "
            "sends.</p>\n<figure><svg viewBox=\"0 0 %d %d\" role=\"img\"><title>Branch "
            "map</title><desc>The decisions from top to bottom, and what follows each "
            "outcome. The table below says the same.</desc>\n",
            WIDTH, (int)tree.count * ROW + 12);
        for (size_t i = 0; i < tree.count; i++)
            add_row(out, &d, &tree.rows[i], (int)i * ROW + 18);
        toc_buf_str(out, "</svg></figure>\n");
        if (tree.left_out > 0)
            toc_buf_printf(out,
                           "<p>%zu more branches are left out; <code>--json</code> has all of "
                           "them.</p>\n",
                           tree.left_out);
        add_map_table(out, r, &tree);
    }
    toc_tree_fini(&tree);
}

void toc_page_coverage(toc_buf *out, const toc_rehearsal *r)
{
    const toc_survey *s = r->survey;
    const toc_plan *p = r->plan;
    toc_buf_str(out, "<h2 id=\"coverage\">Coverage</h2>\n<p class=\"soft\">On how many paths each "
                     "of these came about. What never did is shaded.</p>\n");
    add_options(out, r);
    add_conditions(out, r);
    if (s->injects && p->inject_count > 0) {
        begin_table(out, "Injects sent", toc_tally_covered(s->injects, p->inject_count),
                    p->inject_count);
        for (size_t i = 0; i < p->inject_count && i < TABLE; i++)
            add_line(out, p->injects[i].id, p->injects[i].title, &p->injects[i].place,
                     &s->injects[i]);
        end_table(out, p->inject_count);
    }
    if (s->actions && p->expectation_count > 0) {
        begin_table(out, "Expected actions met",
                    toc_tally_covered(s->actions, p->expectation_count), p->expectation_count);
        for (size_t i = 0; i < p->expectation_count && i < TABLE; i++)
            add_line(out, p->expectations[i].id, p->expectations[i].text, &p->expectations[i].place,
                     &s->actions[i]);
        end_table(out, p->expectation_count);
    }
    if (s->objectives && p->objective_count > 0) {
        begin_table(out, "Objectives with evidence",
                    toc_tally_covered(s->objectives, p->objective_count), p->objective_count);
        for (size_t i = 0; i < p->objective_count && i < TABLE; i++)
            add_line(out, p->objectives[i].id, p->objectives[i].text, &p->objectives[i].place,
                     &s->objectives[i]);
        end_table(out, p->objective_count);
    }
    if (s->phases && p->phase_count > 0) {
        begin_table(out, "Phases entered", toc_tally_covered(s->phases, p->phase_count),
                    p->phase_count);
        for (size_t i = 0; i < p->phase_count && i < TABLE; i++)
            add_line(out, p->phases[i].id, p->phases[i].title, &p->phases[i].place, &s->phases[i]);
        end_table(out, p->phase_count);
    }
    if (s->repairs && p->model.repair_count > 0) {
        begin_table(out, "Repairs started", toc_tally_covered(s->repairs, p->model.repair_count),
                    p->model.repair_count);
        for (size_t i = 0; i < p->model.repair_count && i < TABLE; i++)
            add_line(out, p->model.repairs[i].id, p->model.repairs[i].name, NULL, &s->repairs[i]);
        end_table(out, p->model.repair_count);
    }
}

// The line down a decision's outcomes is drawn with the last of them; from there it goes on to the
// decision below, or, from another outcome, to the one that stands further to the right.
static void add_row(toc_buf *out, drawing *d, const toc_tree_row *row, int y)
{
    const toc_branch *b = &d->r->survey->branches[row->branch];
    const toc_decision *decision = &d->r->plan->decisions[b->decision];
    int x = 4 + row->level * d->step, rail = x + d->box + 14;
    if (row->is_first) {
        d->first[row->level] = y;
        toc_buf_str(out, "<g><title>");
        toc_page_text(out, decision->title);
        toc_buf_printf(out,
                       "</title><rect class=\"box\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"20\" "
                       "rx=\"3\"/><text x=\"%d\" y=\"%d\">",
                       x, y - 14, d->box, x + 7, y + 1);
        toc_buf id = {0};
        toc_buf_printf(&id, "%s%.*s", row->is_or ? "or " : "", LABEL_MAX, decision->id);
        toc_page_text(out, toc_buf_text(&id));
        toc_buf_fini(&id);
        toc_buf_printf(out, "</text></g><path class=\"link\" d=\"M%d %dH%d\"/>", x + d->box, y - 4,
                       rail);
    }
    toc_buf_printf(out, "<path class=\"link\" d=\"M%d %dh12\"/>", rail, y - 4);
    if (row->is_last && d->first[row->level] != y)
        toc_buf_printf(out, "<path class=\"link\" d=\"M%d %dV%d\"/>", rail,
                       d->first[row->level] - 4, y - 4);
    if (row->goes_on && row->is_main)
        toc_buf_printf(out, "<path class=\"link\" d=\"M%d %dv%dH%dv%d\"/>", rail, y - 4, ROW / 2,
                       x + 12, ROW / 2 - 10);
    else if (row->goes_on)
        toc_buf_printf(out, "<path class=\"link\" d=\"M%d %dv%dH%d\"/>", rail + 20, y + 4, ROW - 8,
                       x + d->step);
    add_words(out, d, row, rail + 16, y);
}

static void add_words(toc_buf *out, const drawing *d, const toc_tree_row *row, int x, int y)
{
    enum { OUTCOME = 130 };
    const toc_branch *b = &d->r->survey->branches[row->branch];
    toc_buf story = {0}, shown = {0};
    toc_tree_story(&story, d->r, row);
    size_t room = (size_t)(WIDTH - x - OUTCOME) / (LETTER - 1), len = story.len;
    if (len > room)
        for (len = room; len > 0 && ((unsigned char)story.data[len] & 0xc0) == 0x80;)
            len--;
    toc_buf_add(&shown, toc_buf_text(&story), len);
    toc_buf_str(&shown, len < story.len ? "…" : "");
    toc_buf_printf(out, "<g><title>%zu path%s; ", b->paths, b->paths == 1 ? "" : "s");
    toc_page_text(out, toc_buf_text(&story));
    toc_buf_printf(out, "</title><text x=\"%d\" y=\"%d\">", x, y);
    toc_page_text(out, b->outcome);
    toc_buf_printf(out, "</text><text class=\"%s\" x=\"%d\" y=\"%d\">",
                   strstr(toc_buf_text(&story), "no ENDEX") ? "bad" : "soft", x + OUTCOME, y);
    toc_page_text(out, toc_buf_text(&shown));
    toc_buf_str(out, "</text></g>\n");
    toc_buf_fini(&story);
    toc_buf_fini(&shown);
}

static void add_map_table(toc_buf *out, const toc_rehearsal *r, const toc_tree *tree)
{
    toc_buf_str(out, "<details><summary>The branch map as a table</summary><table><thead><tr>"
                     "<th>Decision</th><th>Outcome</th><th>After</th><th class=\"n\">Paths</th>"
                     "<th>What becomes of it</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < tree->count; i++) {
        const toc_branch *b = &r->survey->branches[tree->rows[i].branch];
        const toc_branch *after = b->parent == TOC_NONE ? NULL : &r->survey->branches[b->parent];
        toc_buf story = {0};
        toc_tree_story(&story, r, &tree->rows[i]);
        toc_buf_str(out, "<tr><td>");
        toc_page_text(out, r->plan->decisions[b->decision].id);
        toc_buf_str(out, "</td><td>");
        toc_page_text(out, b->outcome);
        toc_buf_str(out, "</td><td>");
        if (after && after->decision != TOC_NONE) {
            toc_page_text(out, r->plan->decisions[after->decision].id);
            toc_buf_char(out, '=');
            toc_page_text(out, after->outcome);
        }
        toc_buf_printf(out, "</td><td class=\"n\">%zu</td><td>", b->paths);
        toc_page_text(out, toc_buf_text(&story));
        toc_buf_str(out, "</td></tr>\n");
        toc_buf_fini(&story);
    }
    toc_buf_str(out, "</tbody></table></details>\n");
}

static void begin_table(toc_buf *out, const char *what, size_t covered, size_t count)
{
    toc_buf_printf(out,
                   "<details%s><summary>%s: %zu of %zu</summary><table><thead><tr><th>Id</th>"
                   "<th></th><th>Where</th><th class=\"n\">Paths</th></tr></thead><tbody>\n",
                   covered < count ? " open" : "", what, covered, count);
}

static void add_line(toc_buf *out, const char *id, const char *text, const toc_place *place,
                     const toc_tally *t)
{
    toc_buf_str(out, t->count ? "<tr><td>" : "<tr class=\"gap\"><td>");
    toc_page_text(out, id);
    toc_buf_str(out, "</td><td>");
    toc_page_text(out, text);
    toc_buf_str(out, "</td><td class=\"soft\">");
    if (place && place->file && place->file[0]) {
        toc_page_text(out, place->file);
        toc_buf_printf(out, ":%d", place->line);
    }
    toc_buf_printf(out, "</td><td class=\"n\">%zu</td></tr>\n", t->count);
}

static void end_table(toc_buf *out, size_t count)
{
    toc_buf_str(out, "</tbody></table>");
    if (count > TABLE)
        toc_buf_printf(out, "<p>And %zu more.</p>", count - TABLE);
    toc_buf_str(out, "</details>\n");
}

static void add_options(toc_buf *out, const toc_rehearsal *r)
{
    const toc_survey *s = r->survey;
    const toc_plan *p = r->plan;
    size_t covered = 0, lines = 0;
    for (size_t i = 0; s->options && i < p->decision_count; i++)
        covered += toc_tally_covered(s->options[i], p->decisions[i].option_count);
    if (!s->options || s->option_count == 0)
        return;
    begin_table(out, "Options taken", covered, s->option_count);
    for (size_t i = 0; i < p->decision_count; i++) {
        const toc_decision *d = &p->decisions[i];
        for (size_t k = 0; k < d->option_count && lines < TABLE; k++, lines++) {
            toc_buf id = {0};
            toc_buf_printf(&id, "%s=%s", d->id, d->options[2 * k]);
            add_line(out, toc_buf_text(&id), d->options[2 * k + 1], &d->place, &s->options[i][k]);
            toc_buf_fini(&id);
        }
    }
    end_table(out, s->option_count);
}

static void add_conditions(toc_buf *out, const toc_rehearsal *r)
{
    static const char *const kinds[] = {"storyline reaches its end", "when comes true", "on runs"};
    const toc_survey *s = r->survey;
    size_t count = r->part_count < s->condition_count ? r->part_count : s->condition_count;
    if (!s->conditions || count == 0)
        return;
    begin_table(out, "Conditions and storylines", toc_tally_covered(s->conditions, count), count);
    for (size_t i = 0; i < count && i < TABLE; i++) {
        const toc_scenario_part *part = &r->parts[i];
        toc_place place = {(char *)(uintptr_t)part->file, part->line};
        add_line(out, part->name, kinds[part->kind], &place, &s->conditions[i]);
    }
    end_table(out, count);
}
