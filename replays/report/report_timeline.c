// SPDX-License-Identifier: MIT
// The timeline: pictures of it, and the same as a table.

#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "report_timeline.h"

static void describe(const toc_chart *tl, size_t band, toc_buf *title, toc_buf *words);
static void write_table(toc_report *rp, const toc_chart *tl);
static void write_row(toc_report *rp, const toc_chart *tl, const toc_plot *m);
static void add_what(toc_report *rp, toc_buf *words, const toc_plot *m);

void toc_report_timeline(toc_report *rp)
{
    toc_chart tl;
    toc_paper_section(rp->paper, "timeline", "Timeline");
    if (rp->review.started < 0) {
        toc_paper_say(rp->paper, "Play never began.");
        return;
    }
    toc_chart_find(&tl, rp);
    toc_buf svg = {0}, reading = {0};
    toc_buf_printf(&reading,
                   "From left to right goes the time of play; each lane is a team%s. A dashed line "
                   "is the beginning of a phase. %s",
                   rp->o->team ? "" : ", the last is EXCON with everybody whom it speaks for",
                   tl.domain_count > 0
                       ? "Below stand, for each domain, what its users have of its services (the "
                         "area: their mean level, each service by its users) and the lowest of "
                         "those that change (the thin line); the users are those of the one of "
                         "these that has most, and a domain with few of them is drawn faintly. "
                       : "");
    toc_buf_str(&reading, "An inject that went to several teams stands in the lane of each; "
                          "messages too close to be told apart are one dot.");
    toc_chart_legend(&svg, &tl);
    toc_paper_figure(rp->paper, "Legend", "", toc_buf_text(&svg));
    toc_paper_reading(rp->paper, toc_buf_text(&reading));
    toc_buf_fini(&reading);
    for (size_t i = 0; i < toc_chart_bands(&tl); i++) {
        toc_buf title = {0}, words = {0};
        toc_buf_clear(&svg);
        toc_chart_band(&svg, &tl, i);
        describe(&tl, i, &title, &words);
        toc_paper_figure(rp->paper, toc_buf_text(&title), toc_buf_text(&words), toc_buf_text(&svg));
        toc_buf_fini(&title);
        toc_buf_fini(&words);
    }
    write_table(rp, &tl);
    toc_buf_fini(&svg);
    toc_chart_fini(&tl);
}

static void describe(const toc_chart *tl, size_t band, toc_buf *title, toc_buf *words)
{
    static const char *const names[][2] = {
        {"inject", "injects"},
        {"message", "messages"},
        {"decision", "decisions"},
        {"product", "products"},
        {"observation", "observations"},
        {"expected action late or not seen", "expected actions late or not seen"},
        {"phase", "phases"},
        {"pause", "pauses"},
        {"real emergency", "real emergencies"}};
    size_t counts[TOC_PLOT_KINDS] = {0}, bands = toc_chart_bands(tl);
    int64_t each = (tl->wide + (int64_t)bands - 1) / (int64_t)bands;
    int64_t from = toc_chart_t(tl, (int64_t)band * each),
            until = toc_chart_t(tl, ((int64_t)band + 1) * each);
    until = until > tl->end || band + 1 == bands ? tl->end : until;
    for (size_t i = 0; i < tl->mark_count; i++) {
        const toc_plot *m = &tl->marks[i];
        bool is_same = i > 0 && m->kind == m[-1].kind && m->seq == m[-1].seq; // in another lane
        counts[m->kind] += !is_same && m->t >= from && (m->t < until || band + 1 == bands);
    }
    toc_buf_str(title, "Timeline, ");
    toc_play_text(title, from);
    toc_buf_str(title, " to ");
    toc_play_text(title, until);
    toc_play_text(words, from);
    toc_buf_str(words, " to ");
    toc_play_text(words, until);
    toc_buf_str(words, ": ");
    bool has_any = false;
    for (size_t i = 0; i < TOC_COUNT(names); i++)
        if (counts[i] > 0) {
            toc_buf_printf(words, "%s%zu %s", has_any ? ", " : "", counts[i],
                           names[i][counts[i] != 1]);
            has_any = true;
        }
    toc_buf_str(words, has_any ? "." : "nothing happened.");
}

static void write_table(toc_report *rp, const toc_chart *tl)
{
    toc_paper_details_apart(rp->paper, "The same as a table", "The same as a table: timeline.csv.");
    toc_paper_table(rp->paper, "timeline", NULL, "When|Story|Lane|What|Line>");
    for (size_t i = 0; i < tl->mark_count; i++)
        write_row(rp, tl, &tl->marks[i]);
    toc_paper_details_end(rp->paper);
}

static void write_row(toc_report *rp, const toc_chart *tl, const toc_plot *m)
{
    toc_buf words = {0};
    toc_paper_row(rp->paper, NULL);
    toc_report_when(rp, &words, m->t);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_story_text(&words, toc_recording_story_at(rp->r, m->seq, m->t));
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    if (m->lane == TOC_NONE)
        toc_buf_str(&words, "all");
    else
        toc_paper_foreign(&words, tl->lanes[m->lane].name);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    add_what(rp, &words, m);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_report_line(rp, &words, m->seq);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_fini(&words);
}

static void add_what(toc_report *rp, toc_buf *words, const toc_plot *m)
{
    const char *open = toc_report_open_words(rp);
    const char *const decided[] = {open, "answered in time", "answered too late", "never answered"};
    static const char *const kinds[TOC_PLOT_KINDS] = {
        "inject ", "message", "", "handed in: ", "observation", "expected action ", "phase: ",
        "",        "",        "",
    };
    if (m->kind == TOC_PLOT_DECISION) {
        if (m->is_by_excon)
            toc_buf_str(words, "decided by EXCON");
        else
            toc_paper_tone(words, m->tone == TOC_TONE_GOOD ? TOC_TONE_PLAIN : m->tone,
                           decided[m->tone]);
        toc_buf_char(words, ' ');
    }
    if (m->kind == TOC_PLOT_ACTION) {
        toc_paper_tone(words, m->tone, m->tone == TOC_TONE_LATE ? "late" : "not seen");
        toc_buf_str(words, " by its deadline: ");
    }
    toc_buf_str(words, m->is_urgent ? "urgent " : "");
    toc_buf_str(words, kinds[m->kind]);
    toc_paper_foreign(words, m->label);
    if (m->took >= 0) {
        toc_buf_str(words, ", ");
        toc_report_took(words, m->took);
        toc_buf_str(words, " by the clock on the wall");
    }
    if (m->title && *m->title) {
        toc_buf_str(words, ": ");
        toc_report_text(rp, words, m->title);
    }
}
