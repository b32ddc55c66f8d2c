// SPDX-License-Identifier: MIT
// The page's pictures over time: the timeline of the ordinary path, and the load of each quarter of an
// hour of it. Both have the same axis, so that they can be read together.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "rehearse_page.h"

enum { LEFT = 120, RIGHT = 970, WIDTH = 1000, TOP = 42, LANE = 40, QUARTER = 900000, MARKS = 3000 };
enum { QUARTERS = 400, STACK = 3, APART = 9, SERVICES = 12, WHOLE = 1000000 };

typedef struct {
    const toc_rehearsal *r;
    int64_t end; // of the axis, ms
    size_t lanes, quarters;
} axis;

static axis measure(const toc_rehearsal *r);
static size_t team_of(const axis *a, size_t lane);
static int place(const axis *a, int64_t t);
static void begin_picture(toc_buf *out, const axis *a, int height, const char *title,
                          const char *about);
static void add_lane_names(toc_buf *out, const axis *a);
static void add_mark(toc_buf *out, const axis *a, const toc_mark *m, size_t lane, int stack);
static void add_mark_table(toc_buf *out, const axis *a);
static void add_services(toc_buf *out, const axis *a);
static size_t *count_load(const axis *a, size_t *most);
static void add_load_table(toc_buf *out, const axis *a, const size_t *load);
static void add_peaks(toc_buf *out, const toc_rehearsal *r);

void toc_page_timeline(toc_buf *out, const toc_rehearsal *r)
{
    const toc_survey *s = r->survey;
    axis a = measure(r);
    toc_buf_str(out, "<h2 id=\"timeline\">Timeline of the ordinary path</h2>\n");
    if (s->mark_count == 0) {
        toc_buf_str(out, "<p>Nothing reaches a team on it.</p>\n");
        return;
    }
    toc_buf_str(
        out,
        "<p class=\"soft\">A round mark is an inject, a diamond a decision, a ring an expected "
        "action that was done; the line at the end is ENDEX. The story begins at ");
    toc_story_at(out, s, 0, false);
    toc_buf_str(out, ".</p>\n");
    begin_picture(out, &a, TOP + (int)a.lanes * LANE + 8, "Timeline of the ordinary path",
                  "A lane for each team, time from left to right. The table below says the same.");
    add_lane_names(out, &a);
    for (size_t lane = 0; lane < a.lanes; lane++) {
        int last = -100, stack = 0;
        for (size_t i = 0; i < s->mark_count && i < MARKS; i++) {
            const toc_mark *m = &s->marks[i];
            if (!toc_mark_is_of(m, team_of(&a, lane)))
                continue;
            int x = place(&a, m->t);
            stack = x - last < APART ? (stack + 1) % STACK : 0;
            last = stack == 0 ? x : last;
            add_mark(out, &a, m, lane, stack);
        }
    }
    toc_buf_str(out, "</svg></figure>\n");
    add_mark_table(out, &a);
    add_services(out, &a);
}

void toc_page_load(toc_buf *out, const toc_rehearsal *r)
{
    enum { BAR = LANE - 14 };
    axis a = measure(r);
    size_t most;
    size_t *load = count_load(&a, &most);
    toc_buf_str(out, "<h2 id=\"load\">Load of the teams</h2>\n");
    if (most > 0) {
        toc_buf_str(
            out, "<p class=\"soft\">Injects that arrive in each quarter of an hour of the ordinary "
                 "path.</p>\n");
        begin_picture(out, &a, TOP + (int)a.lanes * LANE + 8, "Load per quarter of an hour",
                      "A bar for each team and quarter of an hour: how many injects arrive. The "
                      "table below says the same.");
        add_lane_names(out, &a);
        for (size_t lane = 0; lane < a.lanes; lane++)
            for (size_t q = 0; q < a.quarters; q++) {
                size_t n = load[lane * a.quarters + q];
                int x = place(&a, (int64_t)q * QUARTER), to = place(&a, (int64_t)(q + 1) * QUARTER);
                int height = n ? (int)(n * BAR / most) : 0, base = TOP + (int)(lane + 1) * LANE - 2;
                if (n == 0)
                    continue;
                height = height > 2 ? height : 2;
                toc_buf_printf(
                    out,
                    "<rect class=\"inject\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\">"
                    "<title>",
                    x + 1, base - height, to - x > 3 ? to - x - 2 : 1, height);
                toc_short_play(out, (int64_t)q * QUARTER);
                toc_buf_printf(out, ": %zu inject%s</title></rect>", n, n == 1 ? "" : "s");
                if (to - x > 14)
                    toc_buf_printf(out,
                                   "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%zu</text>\n",
                                   (x + to) / 2, base - height - 2, n);
            }
        toc_buf_str(out, "</svg></figure>\n");
        add_load_table(out, &a, load);
    }
    add_peaks(out, r);
    free(load);
}

static axis measure(const toc_rehearsal *r)
{
    axis a = {.r = r, .lanes = r->plan->team_count + toc_marks_have_excon(r->survey)};
    for (size_t i = 0; i < r->survey->mark_count; i++)
        a.end = r->survey->marks[i].t > a.end ? r->survey->marks[i].t : a.end;
    a.end = a.end > 0 ? a.end : QUARTER;
    a.quarters = (size_t)((a.end + QUARTER - 1) / QUARTER);
    a.quarters = a.quarters > QUARTERS ? QUARTERS : a.quarters;
    return a;
}

static size_t team_of(const axis *a, size_t lane)
{
    return lane < a->r->plan->team_count ? lane : TOC_NONE;
}

static int place(const axis *a, int64_t t)
{
    t = t < 0 ? 0 : t > a->end ? a->end : t;
    return LEFT + (int)((double)t * (RIGHT - LEFT) / (double)a->end);
}

// The picture with its axis: a rule every so many minutes, named.
static void begin_picture(toc_buf *out, const axis *a, int height, const char *title,
                          const char *about)
{
    static const int minutes[] = {5, 15, 30, 60, 120, 240, 480, 1440};
    enum { NARROWEST = 60, MINUTE = 60000 };
    int64_t tick = (int64_t)minutes[0] * MINUTE;
    for (size_t i = 0; i < TOC_COUNT(minutes) && place(a, tick) - LEFT < NARROWEST; i++)
        tick = (int64_t)minutes[i] * MINUTE;
    while (place(a, tick) - LEFT < NARROWEST)
        tick *= 2;
    toc_buf_printf(
        out, "<figure><svg viewBox=\"0 0 %d %d\" role=\"img\"><title>%s</title><desc>%s</desc>\n",
        WIDTH, height, title, about);
    for (int64_t t = 0; t <= a->end; t += tick) {
        int x = place(a, t);
        toc_buf_printf(out, "<path class=\"rule\" d=\"M%d %dV%d\"/>", x, TOP - 6, height - 6);
        toc_buf_printf(out, "<text class=\"soft\" x=\"%d\" y=\"14\" text-anchor=\"middle\">", x);
        toc_short_play(out, t);
        toc_buf_printf(out, "</text><text class=\"soft\" x=\"%d\" y=\"28\" text-anchor=\"middle\">",
                       x);
        toc_story_at(out, a->r->survey, t, true);
        toc_buf_str(out, "</text>\n");
    }
    toc_buf_printf(out, "<text class=\"soft\" x=\"0\" y=\"14\">play</text><text class=\"soft\" "
                        "x=\"0\" y=\"28\">story</text>\n");
}

static void add_lane_names(toc_buf *out, const axis *a)
{
    for (size_t lane = 0; lane < a->lanes; lane++) {
        enum { LONGEST = 16 };
        toc_buf name = {0};
        int y = TOP + (int)lane * LANE;
        toc_team_label(&name, a->r->plan, team_of(a, lane));
        bool is_long = name.len > LONGEST;
        toc_buf_printf(out, "<text x=\"0\" y=\"%d\">%.*s%s</text>", y + LANE / 2 + 4,
                       is_long ? LONGEST - 1 : (int)name.len, toc_buf_text(&name),
                       is_long ? "…" : "");
        toc_buf_printf(out, "<path class=\"rule\" d=\"M%d %dH%d\"/>\n", LEFT, y + LANE - 2, RIGHT);
        toc_buf_fini(&name);
    }
}

static void add_name(toc_buf *out, const toc_plan *p, const toc_mark *m)
{
    const char *id = "", *title = "";
    switch (m->kind) {
    case TOC_MARK_INJECT:
        id = p->injects[m->index].id;
        title = p->injects[m->index].title;
        break;
    case TOC_MARK_DECISION:
        id = p->decisions[m->index].id;
        title = p->decisions[m->index].title;
        break;
    case TOC_MARK_ACTION:
        id = p->expectations[m->index].id;
        title = p->expectations[m->index].text;
        break;
    case TOC_MARK_ENDEX:
        id = "ENDEX";
        break;
    }
    toc_page_text(out, id);
    if (title && *title) {
        toc_buf_str(out, ": ");
        toc_page_text(out, title);
    }
}

static void add_mark(toc_buf *out, const axis *a, const toc_mark *m, size_t lane, int stack)
{
    int x = place(a, m->t), y = TOP + (int)lane * LANE + LANE - 10 - stack * 10;
    switch (m->kind) {
    case TOC_MARK_INJECT:
        toc_buf_printf(out, "<circle class=\"inject\" cx=\"%d\" cy=\"%d\" r=\"4\">", x, y);
        break;
    case TOC_MARK_DECISION:
        toc_buf_printf(out, "<path class=\"decision\" d=\"M%d %dl6 6-6 6-6-6z\">", x, y - 6);
        break;
    case TOC_MARK_ACTION:
        toc_buf_printf(out, "<circle class=\"action\" cx=\"%d\" cy=\"%d\" r=\"4\">", x, y);
        break;
    case TOC_MARK_ENDEX:
        toc_buf_printf(out, "<path class=\"endex\" d=\"M%d %dv%d\">", x, TOP + (int)lane * LANE,
                       LANE - 2);
        break;
    }
    toc_buf_str(out, "<title>");
    toc_short_play(out, m->t);
    toc_buf_char(out, ' ');
    add_name(out, a->r->plan, m);
    toc_buf_str(out, m->kind == TOC_MARK_INJECT || m->kind == TOC_MARK_ACTION
                         ? "</title></circle>\n"
                         : "</title></path>\n");
}

static void add_mark_table(toc_buf *out, const axis *a)
{
    static const char *const kinds[] = {"inject", "decision", "expected action", ""};
    const toc_survey *s = a->r->survey;
    toc_buf_str(out, "<details><summary>The timeline as a table</summary><table><thead><tr>"
                     "<th>Time</th><th>Team</th><th>What</th><th></th></tr></thead><tbody>\n");
    for (size_t i = 0; i < s->mark_count && i < MARKS; i++) {
        const toc_mark *m = &s->marks[i];
        toc_buf_str(out, "<tr><td>");
        toc_short_play(out, m->t);
        toc_buf_str(out, "</td><td>");
        if (m->kind == TOC_MARK_ENDEX)
            toc_buf_str(out, "all");
        else
            toc_team_label(out, a->r->plan, m->team);
        toc_buf_printf(out, "</td><td>%s</td><td>", kinds[m->kind]);
        add_name(out, a->r->plan, m);
        toc_buf_str(out, "</td></tr>\n");
    }
    toc_buf_str(out, "</tbody></table>\n");
    if (s->mark_count > MARKS)
        toc_buf_printf(out, "<p>And %zu more.</p>\n", s->mark_count - MARKS);
    toc_buf_str(out, "</details>\n");
}

// A step line of a service's level: normal at the top of its lane.
static void add_service(toc_buf *out, const axis *a, size_t service, int y)
{
    enum { HIGH = LANE - 14 };
    const toc_survey *s = a->r->survey;
    const char *name = a->r->plan->model.services[service].name;
    toc_buf words = {0};
    toc_buf_printf(out, "<text x=\"0\" y=\"%d\">%.16s</text><g><title>", y + LANE / 2 + 4,
                   a->r->plan->model.services[service].id);
    toc_buf_printf(&words, "%s", name ? name : "");
    toc_buf line = {0};
    int64_t first = toc_level_at(a->r, service, 0);
    toc_buf_printf(&line, "M%d %d", LEFT, y + 6 + (int)((WHOLE - first) * HIGH / WHOLE));
    for (size_t i = 0; i < s->level_count; i++) {
        const toc_level_mark *m = &s->levels[i];
        if (m->service != service)
            continue;
        toc_buf_str(&words, ", ");
        toc_short_play(&words, m->t);
        toc_buf_printf(&words, " %d %%", (m->level + 5000) / 10000);
        toc_buf_printf(&line, "H%dV%d", place(a, m->t),
                       y + 6 + (int)((int64_t)(WHOLE - m->level) * HIGH / WHOLE));
    }
    toc_page_text(out, toc_buf_text(&words));
    toc_buf_printf(out, "</title><path class=\"level\" d=\"%sH%d\"/></g>", toc_buf_text(&line),
                   RIGHT);
    toc_buf_printf(out, "<path class=\"rule\" d=\"M%d %dH%d\"/>\n", LEFT, y + LANE - 2, RIGHT);
    toc_buf_fini(&words);
    toc_buf_fini(&line);
}

static void add_services(toc_buf *out, const axis *a)
{
    size_t services[SERVICES], count = toc_changed_services(a->r, services, SERVICES);
    size_t shown = count < SERVICES ? count : SERVICES;
    if (count == 0)
        return;
    toc_buf_str(out, "<h3>Services that change on it</h3>\n<p class=\"soft\">The top of a lane is "
                     "normal, the bottom is down.");
    if (shown < count)
        toc_buf_printf(out, " %zu more change.", count - shown);
    toc_buf_str(out, "</p>\n");
    begin_picture(out, a, TOP + (int)shown * LANE + 8, "Services on the ordinary path",
                  "A lane for each service whose level changes; its title tells when.");
    for (size_t i = 0; i < shown; i++)
        add_service(out, a, services[i], TOP + (int)i * LANE);
    toc_buf_str(out, "</svg></figure>\n");
}

// Injects by lane and quarter; *most: of one.
static size_t *count_load(const axis *a, size_t *most)
{
    size_t *load = toc_alloc((a->lanes * a->quarters + 1) * sizeof *load);
    *most = 0;
    for (size_t i = 0; i < a->r->survey->mark_count; i++) {
        const toc_mark *m = &a->r->survey->marks[i];
        size_t q = (size_t)(m->t < 0 ? 0 : m->t / QUARTER);
        q -= q == a->quarters && q > 0; // at the very end
        for (size_t lane = 0; lane < a->lanes && q < a->quarters; lane++) {
            size_t *n = &load[lane * a->quarters + q];
            *n += m->kind == TOC_MARK_INJECT && m->team == team_of(a, lane);
            *most = *n > *most ? *n : *most;
        }
    }
    return load;
}

static void add_load_table(toc_buf *out, const axis *a, const size_t *load)
{
    toc_buf_str(out, "<details><summary>The load as a table</summary><table><thead><tr>"
                     "<th>Quarter from</th>");
    for (size_t lane = 0; lane < a->lanes; lane++) {
        toc_buf_str(out, "<th class=\"n\">");
        toc_team_label(out, a->r->plan, team_of(a, lane));
        toc_buf_str(out, "</th>");
    }
    toc_buf_str(out, "</tr></thead><tbody>\n");
    for (size_t q = 0; q < a->quarters; q++) {
        toc_buf_str(out, "<tr><td>");
        toc_short_play(out, (int64_t)q * QUARTER);
        toc_buf_str(out, "</td>");
        for (size_t lane = 0; lane < a->lanes; lane++)
            toc_buf_printf(out, "<td class=\"n\">%zu</td>", load[lane * a->quarters + q]);
        toc_buf_str(out, "</tr>\n");
    }
    toc_buf_str(out, "</tbody></table></details>\n");
}

static void add_peak(toc_buf *out, const toc_rehearsal *r, size_t number, const toc_peak *peak)
{
    const char *path = peak->path == TOC_NONE ? NULL : toc_survey_path(r->survey, peak->path);
    toc_buf_printf(out, "<td class=\"n\">%zu</td><td>", number);
    if (number > 0)
        toc_short_play(out, peak->from);
    toc_buf_str(out, "</td><td><code>");
    toc_page_text(out, number > 0 ? path : NULL);
    toc_buf_str(out, "</code></td>");
}

static void add_peaks(toc_buf *out, const toc_rehearsal *r)
{
    const toc_survey *s = r->survey;
    if (!s->most_injects || !s->most_words)
        return;
    toc_buf_str(out, "<p>The fullest quarter of an hour of each team, on any path:</p>\n"
                     "<table><thead><tr><th>Team</th><th class=\"n\">Injects</th><th>From</th>"
                     "<th>On path</th><th class=\"n\">Words</th><th>From</th><th>On path</th></tr>"
                     "</thead><tbody>\n");
    for (size_t i = 0; i < r->plan->team_count; i++) {
        toc_buf_str(out, "<tr><td>");
        toc_page_text(out, r->plan->teams[i].id);
        toc_buf_str(out, "</td>");
        add_peak(out, r, s->most_injects[i].injects, &s->most_injects[i]);
        add_peak(out, r, s->most_words[i].words, &s->most_words[i]);
        toc_buf_str(out, "</tr>\n");
    }
    toc_buf_str(out, "</tbody></table>\n");
}
