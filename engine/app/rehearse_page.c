// SPDX-License-Identifier: MIT
// The page's branch map, and its tables of what was covered.
#include <string.h>

#include "base/text.h"
#include "rehearse_choices.h"
#include "rehearse_page.h"

enum { TABLE = 1000 };

static void add_point(toc_buf *out, const toc_choices *c);
static void begin_table(toc_buf *out, const char *what, size_t covered, size_t count);
static void add_line(toc_buf *out, const char *id, const char *text, const toc_place *place,
                     const toc_tally *t);
static void end_table(toc_buf *out, size_t count);
static void add_options(toc_buf *out, const toc_rehearsal *r);
static void add_conditions(toc_buf *out, const toc_rehearsal *r);

void toc_page_map(toc_buf *out, const toc_rehearsal *r)
{
    toc_choices c = {.r = r};
    if (r->survey->variation_count == 0)
        return;
    toc_buf_str(out,
                "<h2 id=\"branches\">Branch map</h2>\n<p class=\"soft\">What each choice "
                "changes. The first row of each is what the ordinary path does; + comes, − does "
                "not. Outcomes after which only times differ share a row.</p>\n");
    toc_page_tree(out, r);
    toc_buf_str(out,
                "<table "
                "class=\"map\"><thead><tr><th>Choice</th><th>Outcome</th><th>What it changes</th>"
                "</tr></thead>\n");
    while (toc_choices_next(&c))
        if (r->survey->variations[c.first].kind == TOC_CHOICE_DECISION || toc_choices_matter(&c))
            add_point(out, &c);
    toc_buf_str(out, "</table>\n<p class=\"soft\">Expected actions and silences that are not "
                     "here change nothing.</p>\n");
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
        begin_table(out, "Objectives exercised",
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

// A group of rows, the point's cell beside all of them.
static void add_point(toc_buf *out, const toc_choices *c)
{
    const toc_variation *all = c->r->survey->variations;
    toc_buf condition = {0};
    size_t rows = 0;
    bool is_first = true;
    toc_choices_condition(c, &condition);
    for (size_t i = c->first; i < c->next; i++)
        rows += all[i].like == i;
    toc_buf_str(out, "<tbody>\n");
    for (size_t i = c->first; i < c->next; i++) {
        toc_buf outcomes = {0}, story = {0};
        if (toc_choices_row(c, i, &outcomes, &story)) {
            toc_buf_str(out, "<tr>");
            if (is_first) {
                toc_buf_printf(out, "<th scope=\"rowgroup\" rowspan=\"%zu\">", rows);
                toc_page_text(out, all[i].point);
                toc_buf_str(out, " <span class=\"soft\">");
                toc_page_text(out, toc_choices_title(c));
                toc_buf_str(out, condition.len ? "<br>" : "");
                toc_page_text(out, toc_buf_text(&condition));
                toc_buf_str(out, "</span></th>");
            }
            toc_buf_str(out, "<td>");
            toc_page_text(out, toc_buf_text(&outcomes));
            toc_buf_str(out, all[i].has_endex ? "</td><td>" : "</td><td class=\"bad\">");
            toc_page_text(out, story.len  ? toc_buf_text(&story)
                               : rows > 1 ? "–"
                                          : "all come out the same");
            toc_buf_str(out, "</td></tr>\n");
            is_first = false;
        }
        toc_buf_fini(&outcomes);
        toc_buf_fini(&story);
    }
    toc_buf_str(out, "</tbody>\n");
    toc_buf_fini(&condition);
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
