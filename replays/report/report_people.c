// SPDX-License-Identifier: MIT
// Who took part: seats, who signed in there, since when, how long they were away, what they did.

#include <string.h>

#include "report_inside.h"

static void add_row(toc_report *rp, const toc_review_seat *seat);
static bool is_shown(const toc_report *rp, const toc_review_seat *seat);

void toc_report_people(toc_report *rp)
{
    bool has_any = false;
    toc_paper_section(rp->paper, "people", "Participants");
    for (size_t i = 0; i < rp->review.seat_count; i++)
        has_any |= is_shown(rp, &rp->review.seats[i]);
    if (!has_any) {
        toc_paper_say(rp->paper, "Nobody sat down.");
        return;
    }
    toc_paper_say(
        rp->paper,
        rp->o->is_anonymous
            ? "People are shown by their seats alone."
            : "A seat is one terminal; a name is what its people signed in with, the newest last.");
    toc_paper_table(rp->paper, "participants", "Seats at which somebody sat down",
                    rp->o->is_anonymous
                        ? "Seat|Team or role|Since|Left|Times away>|Away|Acts>"
                        : "Seat|Team or role|Name|Since|Left|Times away>|Away|Acts>");
    for (size_t i = 0; i < rp->review.seat_count; i++)
        if (is_shown(rp, &rp->review.seats[i]))
            add_row(rp, &rp->review.seats[i]);
    toc_paper_say(rp->paper, "Acts are what they sent, decided, handed in, ordered or noted; "
                             "opening a message is none. Away counts "
                             "play time between leaving and coming back.");
}

static bool is_shown(const toc_report *rp, const toc_review_seat *seat)
{
    return toc_report_is_team(rp, seat->team);
}

// Everybody who signed in at the seat.
static void add_names(toc_report *rp, const char *seat)
{
    toc_buf words = {0};
    for (int64_t seq = 1; seq <= toc_recording_count(rp->r); seq++) {
        const toc_event *ev = toc_recording_at(rp->r, seq);
        if (ev->kind != TOC_K_SIGN_IN || strcmp(toc_event_str(ev, TOC_F_BY), seat) != 0)
            continue;
        toc_buf_str(&words, words.len ? "\n" : "");
        toc_report_text(rp, &words, toc_event_str(ev, TOC_F_NAME));
    }
    toc_paper_cell(rp->paper, words.len ? toc_buf_text(&words) : "–");
    toc_buf_fini(&words);
}

static void add_role(toc_buf *words, const char *role)
{
    bool is_short = strcmp(role, "excon") == 0 || strcmp(role, "simcell") == 0;
    toc_paper_foreign(words, !is_short ? role : role[0] == 'e' ? "EXCON" : "SIMCELL");
}

static void add_row(toc_report *rp, const toc_review_seat *seat)
{
    toc_buf words = {0};
    toc_paper_row(rp->paper, NULL);
    toc_paper_foreign(&words, seat->id);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    if (seat->team)
        toc_report_who(rp, &words, seat->team);
    else
        add_role(&words, seat->role);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    if (!rp->o->is_anonymous)
        add_names(rp, seat->id);
    toc_buf_clear(&words);
    toc_report_when(rp, &words, seat->joined);
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_buf_clear(&words);
    if (seat->left >= 0)
        toc_report_when(rp, &words, seat->left);
    else
        toc_buf_str(&words, "stayed");
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_paper_cellf(rp->paper, "%zu", seat->gaps);
    toc_buf_clear(&words);
    if (seat->gaps > 0)
        toc_report_took(&words, seat->away);
    else
        toc_buf_str(&words, "–");
    toc_paper_cell(rp->paper, toc_buf_text(&words));
    toc_paper_cellf(rp->paper, "%zu", seat->acts);
    toc_buf_fini(&words);
}
