// SPDX-License-Identifier: MIT
// The lines themselves, for whoever follows a link: a quarter of an hour of play a fold.

#include "base/time.h"
#include "report_inside.h"

enum { QUARTER = 15 * 60 * 1000 }; // ms

static bool is_told(const toc_report *rp, int64_t seq);
static void begin_fold(toc_report *rp, int64_t quarter, size_t lines);
static size_t count_lines(const toc_report *rp, int64_t from);
static void add_line(toc_report *rp, int64_t seq);

void toc_report_log(toc_report *rp)
{
    int64_t quarter = -1;
    toc_paper_section(rp->paper, "log", "Log");
    toc_paper_say(rp->paper, "What happened, line by line, with the numbers that lines have in the "
                             "recording. Numbers are missing where "
                             "a line is of use to the engine alone: sources, seals, who opened "
                             "what.");
    for (int64_t seq = 1; seq <= toc_recording_count(rp->r); seq++) {
        if (!is_told(rp, seq))
            continue;
        if (toc_recording_at(rp->r, seq)->t / QUARTER != quarter) {
            if (quarter >= 0)
                toc_paper_details_end(rp->paper);
            quarter = toc_recording_at(rp->r, seq)->t / QUARTER;
            begin_fold(rp, quarter, count_lines(rp, seq));
        }
        add_line(rp, seq);
    }
    if (quarter >= 0)
        toc_paper_details_end(rp->paper);
    else
        toc_paper_say(rp->paper, "It is empty.");
}

static bool is_told(const toc_report *rp, int64_t seq)
{
    return toc_tell_is_news(rp->r, seq) && toc_report_shows(rp, seq);
}

static size_t count_lines(const toc_report *rp, int64_t from)
{
    size_t lines = 0;
    int64_t quarter = toc_recording_at(rp->r, from)->t / QUARTER;
    for (int64_t seq = from; seq <= toc_recording_count(rp->r); seq++)
        if (toc_recording_at(rp->r, seq)->t / QUARTER == quarter)
            lines += is_told(rp, seq);
        else if (toc_recording_at(rp->r, seq)->t / QUARTER > quarter)
            break;
    return lines;
}

static void begin_fold(toc_report *rp, int64_t quarter, size_t lines)
{
    toc_buf words = {0};
    toc_play_text(&words, quarter * QUARTER);
    toc_buf_str(&words, " to ");
    toc_play_text(&words, (quarter + 1) * QUARTER);
    toc_buf_printf(&words, ", %zu %s", lines, lines == 1 ? "line" : "lines");
    toc_paper_details(rp->paper, toc_buf_text(&words));
    toc_paper_table(rp->paper, "log", NULL, "When|Line>|What");
    toc_buf_fini(&words);
}

static void add_line(toc_report *rp, int64_t seq)
{
    toc_buf words = {0};
    toc_buf_printf(&words, "e%lld", (long long)seq);
    toc_paper_row(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_report_when(rp, &words, toc_recording_at(rp->r, seq)->t);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_paper_cellf(rp->paper, "%lld", (long long)seq);
    toc_buf_clear(&words);
    toc_report_told(rp, &words, seq);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_fini(&words);
}
