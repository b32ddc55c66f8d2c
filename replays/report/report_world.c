// SPDX-License-Identifier: MIT
// The world over time: per domain a picture and the lowest moments with their causes; what was repaired; circles; what EXCON did by
// hand; what people lost.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report_findings.h"
#include "report_world.h"

enum { LOWEST_OPEN = 8, YEAR = 5 }; // rows; letters of "2026-"

typedef struct {
    toc_report_domain *at;
    size_t count;
} domains;

static domains find_domains(const toc_report *rp);
static const char *domain_of(const toc_report *rp, const toc_review_service *s);
static void say_domain(toc_report *rp, const toc_report_domain *d, bool is_first);
static void say_lowest(toc_report *rp, const toc_report_domain *d);
static void add_lowest(toc_report *rp, const toc_review_service *s, const toc_review_level *low);
static void say_levels(toc_report *rp, const toc_report_domain *d);
static void say_deadlocks(toc_report *rp);
static void say_by_hand(toc_report *rp);
static void say_hours(toc_report *rp, const domains *all);
static void add_count_cell(toc_report *rp, int64_t n);

void toc_report_world(toc_report *rp)
{
    domains all = find_domains(rp);
    if (all.count > 0) {
        toc_paper_section(rp->paper, "world", "The world");
        toc_paper_say(rp->paper,
                      rp->o->team
                          ? "The services that this team sees: how they went, and why, as far as "
                            "it was shown."
                          : "How the services of the story went, why, and what that cost. A level "
                            "is what a service gives of its normal 100 %.");
        for (size_t i = 0; i < all.count; i++)
            say_domain(rp, &all.at[i], i == 0);
        toc_report_mended(rp);
        say_deadlocks(rp);
        say_by_hand(rp);
        say_hours(rp, &all);
    }
    for (size_t i = 0; i < all.count; i++)
        free(all.at[i].at);
    free(all.at);
}

// ---- domains ---------------------------------------------------------------------------------------------

static const char *domain_of(const toc_report *rp, const toc_review_service *s)
{
    const char *domain =
        rp->plan && s->service != TOC_NONE ? rp->plan->model.services[s->service].domain : NULL;
    return domain && *domain ? domain : "other";
}

static int by_loss(const void *a, const void *b)
{
    const toc_review_service *one = *(const toc_review_service *const *)a;
    const toc_review_service *other = *(const toc_review_service *const *)b;
    if (one->lost != other->lost)
        return one->lost > other->lost ? -1 : 1;
    if (one->lowest != other->lowest)
        return one->lowest < other->lowest ? -1 : 1;
    return one < other ? -1 : one > other; // as they stand in the plan
}

// In the order of the plan.
static domains find_domains(const toc_report *rp)
{
    const toc_review *v = &rp->review;
    domains all = {.at = toc_alloc((v->service_count + 1) * sizeof *all.at)};
    for (size_t i = 0; i < v->service_count; i++) {
        const toc_review_service *s = &v->services[i];
        const char *name = domain_of(rp, s);
        size_t d = 0;
        if (s->count == 0 || !toc_report_sees(rp, s->id))
            continue;
        while (d < all.count && strcmp(all.at[d].name, name) != 0)
            d++;
        if (d == all.count)
            all.at[all.count++] = (toc_report_domain){
                .name = name, .at = toc_alloc(v->service_count * sizeof *all.at[d].at)};
        all.at[d].at[all.at[d].count++] = s;
        all.at[d].lost += s->lost;
    }
    for (size_t i = 0; i < all.count; i++)
        qsort(all.at[i].at, all.at[i].count, sizeof *all.at[i].at, by_loss);
    return all;
}

static void add_heading(const toc_report *rp, toc_buf *words, const char *domain)
{
    toc_buf name = {0};
    toc_report_text(rp, &name, domain);
    if (name.len > 0 && name.data[0] >= 'a' && name.data[0] <= 'z')
        name.data[0] = (char)(name.data[0] - 'a' + 'A');
    toc_buf_str(words, toc_buf_text(&name));
    toc_buf_fini(&name);
}

// How its picture is read stands below the first.
static void say_domain(toc_report *rp, const toc_report_domain *d, bool is_first)
{
    toc_buf heading = {0}, words = {0}, svg = {0};
    int64_t lowest = INT64_MAX;
    add_heading(rp, &heading, d->name);
    char *id = toc_sprintf("world-%s", d->name);
    toc_paper_heading(rp->paper, id, toc_buf_text(&heading));
    free(id);
    for (size_t i = 0; i < d->count; i++)
        lowest = d->at[i]->lowest < lowest ? d->at[i]->lowest : lowest;
    toc_buf_printf(&words, "%zu %s moved, down to ", d->count,
                   d->count == 1 ? "service" : "services");
    toc_report_percent(&words, lowest);
    toc_buf_char(&words, '.');
    toc_buf_str(&heading, ": levels over time");
    toc_report_levels(&svg, rp, d);
    toc_paper_figure(rp->paper, toc_buf_text(&heading), toc_buf_text(&words), toc_buf_text(&svg));
    if (is_first)
        toc_paper_reading(rp->paper,
                          "A dashed vertical line is the beginning of a phase, and \"+1\" behind a "
                          "name says how many others moved in the same way.");
    say_lowest(rp, d);
    say_levels(rp, d);
    toc_buf_fini(&heading);
    toc_buf_fini(&words);
    toc_buf_fini(&svg);
}

// ---- levels ------------------------------------------------------------------------------------------------

static const toc_review_level *lowest_of(const toc_review_service *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->at[i].level == s->lowest && s->lowest < s->first)
            return &s->at[i];
    return NULL;
}

static void add_percent_cell(toc_report *rp, int64_t ppm)
{
    toc_buf words = {0};
    toc_report_percent(&words, ppm);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_fini(&words);
}

static void add_count_cell(toc_report *rp, int64_t n)
{
    toc_buf words = {0};
    toc_report_count(&words, n);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_fini(&words);
}

// What only rose, a reserve that was opened, has no lowest moment.
static void say_lowest(toc_report *rp, const toc_report_domain *d)
{
    static const char columns[] = "Service|Lowest>|When|Story|Because|At the end>";
    size_t said = 0;
    for (size_t i = 0; i < d->count; i++) {
        const toc_review_level *low = lowest_of(d->at[i]);
        if (!low)
            continue;
        if (said == LOWEST_OPEN)
            toc_paper_details(rp->paper, "Lowest moments of the others");
        if (said == 0 || said == LOWEST_OPEN)
            toc_paper_table(rp->paper, NULL, said == 0 ? "Lowest moments" : NULL, columns);
        add_lowest(rp, d->at[i], low);
        said++;
    }
    if (said > LOWEST_OPEN)
        toc_paper_details_end(rp->paper);
}

static void add_lowest(toc_report *rp, const toc_review_service *s, const toc_review_level *low)
{
    toc_buf words = {0};
    toc_paper_row(rp->paper, NULL);
    toc_report_text(rp, &words, toc_report_service(rp, s->id));
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    add_percent_cell(rp, low->level);
    toc_buf_clear(&words);
    toc_report_when(rp, &words, low->t);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_report_clock(&words, toc_recording_at(rp->r, low->seq));
    size_t year = words.len > YEAR ? YEAR : 0; // there is little room
    toc_paper_cell(rp->paper, toc_buf_text(&words) + year);
    toc_buf_clear(&words);
    int64_t root = toc_report_because(rp, &words, low->seq);
    toc_report_evidence(rp, &words, (int64_t[]){low->seq, root}, root ? 2 : 1);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    add_percent_cell(rp, s->last);
    toc_buf_fini(&words);
}

static void add_level(toc_report *rp, const toc_report_domain *d, const toc_review_service *s,
                      size_t change)
{
    const toc_review_level *level = &s->at[change];
    const toc_event *ev = toc_recording_at(rp->r, level->seq);
    const char *because = toc_event_str(ev, TOC_F_BECAUSE);
    toc_buf words = {0};
    toc_paper_row(rp->paper, NULL);
    toc_report_when(rp, &words, level->t);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_report_clock(&words, ev);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_report_text(rp, &words, d->name);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_report_text(rp, &words, toc_report_service(rp, s->id));
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    add_percent_cell(rp, change > 0 ? s->at[change - 1].level : s->first);
    add_percent_cell(rp, level->level);
    toc_buf_clear(&words);
    if (because && toc_report_sees(rp, because))
        toc_report_text(rp, &words, toc_report_service(rp, because));
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_report_line(rp, &words, level->seq);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_fini(&words);
}

// By service, and there by time: a spreadsheet sorts it otherwise.
static void say_levels(toc_report *rp, const toc_report_domain *d)
{
    toc_paper_details_apart(rp->paper, "The same as a table: every change of a level",
                            "Every change of a level: levels.csv.");
    toc_paper_table(rp->paper, "levels", NULL,
                    "When|Story|Domain|Service|Before>|Level>|Because of|Line>");
    for (size_t i = 0; i < d->count; i++)
        for (size_t k = 0; k < d->at[i]->count; k++)
            if (!toc_report_is_same_percent(d->at[i]->at[k].level,
                                            k > 0 ? d->at[i]->at[k - 1].level : d->at[i]->first))
                add_level(rp, d, d->at[i], k);
    toc_paper_details_end(rp->paper);
}

// ---- what people have to see ---------------------------------------------------------------------------------

// The first line after a deadlock on which one of its services stands higher than in it; 0: none.
static int64_t way_out(const toc_report *rp, const toc_event *deadlock)
{
    const toc_value *members = toc_event_value(deadlock, TOC_F_SERVICES);
    for (int64_t seq = deadlock->seq + 1; seq <= toc_recording_count(rp->r); seq++) {
        const toc_event *ev = toc_recording_at(rp->r, seq);
        for (size_t i = 0; ev->kind == TOC_K_LEVEL && members && i < members->count; i++)
            if (strcmp(members->list[i], toc_event_str(ev, TOC_F_SERVICE)) == 0 &&
                toc_event_int(ev, TOC_F_LEVEL) >
                    toc_report_level(rp, members->list[i], deadlock->seq))
                return seq;
    }
    return 0;
}

static void say_deadlocks(toc_report *rp)
{
    bool has_any = false;
    for (int64_t seq = 1; seq <= toc_recording_count(rp->r); seq++) {
        const toc_event *ev = toc_recording_at(rp->r, seq);
        toc_buf words = {0};
        if (ev->kind != TOC_K_DEADLOCK || !toc_report_shows(rp, seq))
            continue;
        if (!has_any) {
            toc_paper_heading(rp->paper, "world-deadlocks", "Circles");
            toc_paper_say(rp->paper, "Services that wait for each other, and do not come back "
                                     "unless somebody breaks the circle.");
        }
        has_any = true;
        int64_t out = way_out(rp, ev);
        toc_paper_tone(&words, out ? TOC_TONE_LATE : TOC_TONE_BAD,
                       out ? "circle" : "circle that nobody broke");
        toc_buf_char(&words, ' ');
        toc_report_when(rp, &words, ev->t);
        toc_buf_str(&words, " (");
        toc_report_clock(&words, ev);
        toc_buf_str(&words, "): ");
        toc_report_text(rp, &words, toc_event_str(ev, TOC_F_TEXT));
        toc_buf_str(&words, " (");
        toc_report_line(rp, &words, seq);
        toc_buf_char(&words, ')');
        if (out) {
            toc_buf_str(&words, ". It began to open ");
            toc_report_when(rp, &words, toc_recording_at(rp->r, out)->t);
            toc_buf_str(&words, " (");
            toc_report_line(rp, &words, out);
            toc_buf_char(&words, ')');
        }
        toc_paper_item(rp->paper, toc_buf_text(&words));
        toc_buf_fini(&words);
    }
}

static void say_by_hand(toc_report *rp)
{
    bool has_any = false;
    for (int64_t seq = 1; seq <= toc_recording_count(rp->r); seq++) {
        const toc_event *ev = toc_recording_at(rp->r, seq);
        toc_buf words = {0};
        if (ev->kind != TOC_K_INTERVENE || !toc_report_shows(rp, seq))
            continue;
        if (!has_any)
            toc_paper_heading(rp->paper, "world-by-hand", "What EXCON did to the world by hand");
        has_any = true;
        toc_report_when(rp, &words, ev->t);
        toc_buf_str(&words, ": ");
        toc_report_told(rp, &words, seq);
        toc_buf_str(&words, " (");
        toc_report_line(rp, &words, seq);
        toc_buf_char(&words, ')');
        toc_paper_item(rp->paper, toc_buf_text(&words));
        toc_buf_fini(&words);
    }
}

// ---- what people lost -----------------------------------------------------------------------------------------

static void add_hours(toc_report *rp, const toc_report_domain *d, const toc_review_service *s)
{
    toc_buf words = {0};
    toc_paper_row(rp->paper, NULL);
    toc_report_text(rp, &words, toc_report_service(rp, s->id));
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_report_text(rp, &words, d->name);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    add_count_cell(rp, rp->plan->model.services[s->service].users);
    add_count_cell(rp, s->lost);
    add_percent_cell(rp, s->lowest);
    toc_buf_fini(&words);
}

static void say_hours(toc_report *rp, const domains *all)
{
    int64_t lost = 0;
    for (size_t i = 0; i < all->count; i++)
        lost += all->at[i].lost;
    if (lost == 0)
        return;
    toc_paper_heading(rp->paper, "world-hours", "What people went without");
    toc_paper_say(rp->paper, "One user without a service for an hour, or two with half of it, is "
                             "a user-hour. Services that serve no people directly count none; who "
                             "uses several counts in each.");
    toc_paper_table(rp->paper, NULL, NULL, "Domain|Services that moved>|Lost user-hours>");
    for (size_t i = 0; i < all->count; i++) {
        toc_buf words = {0};
        add_heading(rp, &words, all->at[i].name);
        toc_paper_row(rp->paper, NULL);
        toc_paper_cell(rp->paper, toc_buf_text(&words));
        toc_paper_cellf(rp->paper, "%zu", all->at[i].count);
        add_count_cell(rp, all->at[i].lost);
        toc_buf_fini(&words);
    }
    toc_paper_row(rp->paper, NULL);
    toc_paper_cell(rp->paper, "All");
    toc_paper_cell(rp->paper, "");
    add_count_cell(rp, lost);
    toc_paper_details(rp->paper, "Service by service");
    toc_paper_table(rp->paper, "user-hours", NULL,
                    "Service|Domain|Users>|Lost user-hours>|Lowest>");
    for (size_t i = 0; i < all->count; i++)
        for (size_t k = 0; k < all->at[i].count; k++)
            if (all->at[i].at[k]->lost > 0)
                add_hours(rp, &all->at[i], all->at[i].at[k]);
    toc_paper_details_end(rp->paper);
}
