// SPDX-License-Identifier: MIT
// One page a row: all that a controller needs to deliver it by hand.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "msel_answers.h"
#include "msel_html.h"
#include "msel_senders.h"

static void add_startex(toc_buf *out, const toc_mel *m);
static void add_endex(toc_buf *out);
static void add_facts(toc_buf *out, const toc_mel *m, const toc_mel_row *row);
static void add_inject(toc_buf *out, const toc_mel *m, const toc_mel_row *row);
static void add_decision(toc_buf *out, const toc_mel *m, const toc_mel_row *row);
static void add_expected(toc_buf *out, const toc_mel *m, const toc_mel_row *row);
static void add_body_of(toc_buf *out, const char *heading, const char *text);
static void add_reference(toc_buf *out, const toc_mel *m, toc_mel_kind kind, size_t index,
                          const char *id);

void toc_mel_page(toc_buf *out, const toc_mel *m, const toc_mel_row *row)
{
    toc_buf what = {0}, heading = {0}, name = {0};
    toc_mel_add(&what, m, row, TOC_MEL_F_KIND);
    toc_buf_printf(&what, ", no. %d of %zu", (int)(row - m->rows) + 1, m->count);
    if (what.data[0] >= 'a' && what.data[0] <= 'z')
        what.data[0] = (char)(what.data[0] - 'a' + 'A');
    toc_mel_add(&heading, m, row, TOC_MEL_F_ID);
    if (heading.len > 0)
        toc_buf_str(&heading, "  ");
    toc_mel_add(&heading, m, row, TOC_MEL_F_TITLE);
    toc_buf_printf(&name, "row-%d", (int)(row - m->rows) + 1);
    toc_html_section(out, m->plan, toc_buf_text(&name), toc_buf_text(&what),
                     toc_buf_text(&heading));
    add_facts(out, m, row);
    if (row->kind == TOC_MEL_INJECT || row->kind == TOC_MEL_CONTINGENCY)
        add_inject(out, m, row);
    else if (row->kind == TOC_MEL_DECISION)
        add_decision(out, m, row);
    else if (row->kind == TOC_MEL_EXPECTED)
        add_expected(out, m, row);
    else if (row->kind == TOC_MEL_PHASE)
        add_body_of(out, "Text", m->plan->phases[row->index].text);
    else if (row->kind == TOC_MEL_STARTEX)
        add_startex(out, m);
    else if (row->kind == TOC_MEL_ENDEX)
        add_endex(out);
    if (row->kind == TOC_MEL_STARTEX || row->kind == TOC_MEL_ENDEX || row->kind == TOC_MEL_PHASE)
        toc_html_blanks(out, (const char *const[]){"Announced at", "By", "Remarks", NULL});
    toc_html_section_end(out);
    toc_buf_fini(&what);
    toc_buf_fini(&heading);
    toc_buf_fini(&name);
}

// What is to be done, each with a box, and what comes first.
static void add_startex(toc_buf *out, const toc_mel *m)
{
    enum { SHOWN = 6 };
    size_t shown = 0;
    toc_buf_str(out,
                "<h3>Before it</h3>\n<ul class=\"boxes\">\n"
                "<li><span class=\"box\"></span>Every seat is taken; every screen and page says "
                "EXERCISE.</li>\n"
                "<li><span class=\"box\"></span>The briefing was held: what is notional, whom to "
                "ask, how a real emergency is called.</li>\n"
                "<li><span class=\"box\"></span>Controllers, SIMCELL and evaluators have their "
                "books, and one of you keeps the clock.</li>\n</ul>\n"
                "<h3>Say to everybody</h3>\n<div class=\"body\"><p>EXERCISE. EXERCISE. EXERCISE. "
                "STARTEX. It is now ");
    toc_buf story = {0};
    toc_story_text(&story, m->plan->startex);
    toc_html_text(out, toc_buf_text(&story));
    toc_buf_fini(&story);
    toc_buf_str(out, ". EXERCISE.</p>\n</div>\n<h3>What comes first</h3>\n<ul>\n");
    for (size_t i = 0; i < m->count && shown < SHOWN; i++) {
        const toc_mel_row *row = &m->rows[i];
        if (row->play < 0 || row->is_crossed || row->kind == TOC_MEL_STARTEX ||
            row->kind == TOC_MEL_ENDEX || row->kind == TOC_MEL_EXPECTED)
            continue;
        toc_buf text = {0};
        shown++;
        toc_mel_time_text(&text, row->play);
        toc_buf_str(&text, "  ");
        toc_mel_add(&text, m, row, TOC_MEL_F_ID);
        toc_buf_str(&text, "  ");
        toc_mel_add(&text, m, row, TOC_MEL_F_TITLE);
        toc_buf_str(out, "<li>");
        toc_html_text(out, toc_buf_text(&text));
        toc_buf_str(out, "</li>\n");
        toc_buf_fini(&text);
    }
    toc_buf_str(out, "</ul>\n");
}

static void add_endex(toc_buf *out)
{
    toc_buf_str(out,
                "<h3>Say to everybody</h3>\n<div class=\"body\"><p>EXERCISE. EXERCISE. EXERCISE. "
                "ENDEX. Stop all play. What you were told was invented. ENDEX.</p>\n</div>\n"
                "<h3>Then</h3>\n<ul class=\"boxes\">\n"
                "<li><span class=\"box\"></span>Write down which injects were not sent, and "
                "why.</li>\n"
                "<li><span class=\"box\"></span>Evaluators finish their marks before anybody "
                "talks.</li>\n"
                "<li><span class=\"box\"></span>Collect all books, tickets and papers; count the "
                "copies.</li>\n"
                "<li><span class=\"box\"></span>Hot wash at once, players first.</li>\n</ul>\n");
}

static void add_story_of_phase(toc_buf *out, const toc_plan *p, size_t index)
{
    const toc_phase *phase = &p->phases[index];
    toc_buf text = {0};
    if (phase->is_jump) {
        toc_story story = p->startex;
        story.ms = phase->story_ms;
        toc_story_text(&text, story);
        toc_html_fact(out, "Story jumps to", toc_buf_text(&text));
        toc_buf_clear(&text);
    }
    if (phase->pace > 0) {
        toc_buf_printf(&text, "%g minutes of story a minute of play", (double)phase->pace / 1000.0);
        toc_html_fact(out, "Pace", toc_buf_text(&text));
    }
    toc_buf_fini(&text);
}

// From and To with their names, as a controller would say them.
static void add_people(toc_buf *out, const toc_mel *m, const toc_mel_row *row)
{
    const toc_plan *p = m->plan;
    toc_buf from = {0};
    toc_mel_add(&from, m, row, TOC_MEL_F_FROM_ID);
    if (from.len > 0) {
        toc_buf_str(out, "<dt>From</dt><dd>");
        toc_html_who(out, p, toc_buf_text(&from));
        toc_buf_str(out, "</dd>\n");
    }
    toc_buf_fini(&from);
    toc_buf_str(out, "<dt>To</dt><dd>");
    if (row->kind == TOC_MEL_INJECT || row->kind == TOC_MEL_CONTINGENCY) {
        const toc_inject *inject = &p->injects[row->index];
        for (size_t i = 0; i < inject->to_count; i++) {
            toc_buf_str(out, i ? "\n" : "");
            toc_html_who(out, p, p->teams[inject->to[i]].id);
        }
    } else if (row->kind == TOC_MEL_DECISION) {
        toc_html_who(out, p, p->decisions[row->index].team);
    } else if (row->kind == TOC_MEL_EXPECTED) {
        toc_html_who(out, p, p->teams[p->expectations[row->index].team].id);
    } else {
        toc_buf_str(out, "everybody");
    }
    toc_buf_str(out, "</dd>\n");
}

static void add_facts(toc_buf *out, const toc_mel *m, const toc_mel_row *row)
{
    const char *trigger = row->kind == TOC_MEL_EXPECTED ? "Observed" : "Sent";
    toc_buf_str(out, "<dl>\n");
    if (row->kind != TOC_MEL_EXPECTED) {
        toc_html_field(out, m, row, "Time", TOC_MEL_F_TIME);
        toc_html_field(out, m, row, "Story time", TOC_MEL_F_STORY);
    }
    toc_html_field(out, m, row, row->kind == TOC_MEL_EXPECTED ? "Due" : "Answer due",
                   TOC_MEL_F_DEADLINE);
    toc_html_field(out, m, row, trigger, TOC_MEL_F_TRIGGER);
    add_people(out, m, row);
    toc_html_field(out, m, row, "Seats", TOC_MEL_F_SEATS);
    toc_html_field(out, m, row, "Channel", TOC_MEL_F_CHANNEL);
    toc_html_field(out, m, row, "Read aloud by", TOC_MEL_F_VOICE);
    toc_html_field(out, m, row, "Release", TOC_MEL_F_RELEASE);
    toc_html_field(out, m, row, "Objective", TOC_MEL_F_OBJECTIVE);
    toc_html_field(out, m, row, "Capability", TOC_MEL_F_CAPABILITY);
    toc_html_field(out, m, row, "Attachments", TOC_MEL_F_ATTACHMENTS);
    if (row->kind == TOC_MEL_PHASE)
        add_story_of_phase(out, m->plan, row->index);
    toc_buf_str(out, "</dl>\n");
}

static void add_body_of(toc_buf *out, const char *heading, const char *text)
{
    if (!text || !*text)
        return;
    toc_buf_printf(out, "<h3>%s</h3>\n", heading);
    toc_html_body(out, text);
}

// ---- injects -----------------------------------------------------------------------------------------------

static void add_inject_text(toc_buf *out, const toc_inject *inject)
{
    toc_buf_str(out, inject->voice ? "<h3>Script, to be read aloud</h3>\n" : "<h3>Text</h3>\n");
    if (!inject->text) {
        toc_buf_str(out, "<p class=\"hint\">A function of the scenario makes this text from the "
                         "state of play when it is sent. Without the engine, write your own from "
                         "the title and the notes:</p>\n");
        toc_html_lines(out, 7);
        return;
    }
    toc_html_body(out, inject->text);
    if (strstr(inject->text, "{{"))
        toc_buf_str(out, "<p class=\"hint\">The engine fills in what stands in double braces when "
                         "the inject is sent. Without it, write the values here:</p>\n"
                         "<div class=\"line\"></div>\n");
}

static void add_told(toc_buf *out, const toc_inject *inject)
{
    toc_buf_str(out, "<p class=\"urgent\">READ ALOUD: ");
    toc_html_text(out, inject->voice);
    toc_buf_str(out, " tells it by telephone or face to face, begins and ends with EXERCISE, and "
                     "marks it delivered. It counts as sent then.</p>\n");
}

static void add_inject(toc_buf *out, const toc_mel *m, const toc_mel_row *row)
{
    const toc_plan *p = m->plan;
    const toc_inject *inject = &p->injects[row->index];
    bool is_first = true;
    if (inject->urgent || inject->ack)
        toc_buf_printf(out, "<p class=\"urgent\">%s%s%s</p>\n", inject->urgent ? "URGENT" : "",
                       inject->urgent && inject->ack ? ". " : "",
                       inject->ack ? "Each team must acknowledge it." : "");
    if (inject->voice)
        add_told(out, inject);
    add_inject_text(out, inject);
    add_body_of(out, "Notes for controllers", inject->notes);
    for (size_t i = 0; i < p->expectation_count; i++) {
        if (!toc_mel_hangs_on(&p->expectations[i], row->index))
            continue;
        toc_buf_str(out, is_first ? "<h3>Expected actions</h3>\n<ul>\n" : "");
        is_first = false;
        toc_buf_str(out, "<li><span class=\"box\"></span>");
        add_reference(out, m, TOC_MEL_EXPECTED, i, p->expectations[i].id);
        toc_buf_str(out, " ");
        toc_html_text(out, p->teams[p->expectations[i].team].id);
        toc_buf_str(out, ": ");
        toc_html_text(out, p->expectations[i].text);
        if (p->expectations[i].contingency == row->index)
            toc_buf_str(out, " <b>(this inject goes only if it was not done)</b>");
        toc_buf_str(out, "</li>\n");
    }
    toc_buf_str(out, is_first ? "" : "</ul>\n");
    toc_html_blanks(out, (const char *const[]){"Delivered at", "By", NULL});
    toc_html_blanks(out, (const char *const[]){"Not sent, because", NULL});
    toc_html_blanks(out, (const char *const[]){"Remarks", NULL});
}

// "INJ-04 (no. 12)", a link to its page.
static void add_reference(toc_buf *out, const toc_mel *m, toc_mel_kind kind, size_t index,
                          const char *id)
{
    const toc_mel_row *row = toc_mel_find(m, kind, index);
    int number = row ? (int)(row - m->rows) + 1 : 0;
    toc_buf_printf(out, "<a href=\"#row-%d\">", number);
    toc_html_text(out, id);
    toc_buf_printf(out, "</a> <span class=\"soft\">(no. %d)</span>", number);
}

// ---- decisions and expected actions ---------------------------------------------------------------------------

static void add_follows(toc_buf *out, const toc_mel *m, size_t decision)
{
    const toc_plan *p = m->plan;
    bool *follows = toc_alloc(p->inject_count + 1), is_first = true;
    toc_mel_follows(m, decision, follows);
    for (size_t i = 0; i < p->inject_count; i++) {
        if (!follows[i])
            continue;
        toc_buf_str(out, is_first
                             ? "<h3>What may follow</h3>\n<p class=\"hint\">Sent by what reads "
                               "the answer; the storylines at the end of EXCON's book say "
                               "which answer brings which.</p>\n<ul>\n"
                             : "");
        is_first = false;
        toc_buf_str(out, "<li>");
        add_reference(out, m, TOC_MEL_INJECT, i, p->injects[i].id);
        toc_buf_str(out, " ");
        toc_html_text(out, p->injects[i].title);
        toc_buf_str(out, "</li>\n");
    }
    toc_buf_str(out, is_first ? "" : "</ul>\n");
    free(follows);
}

static void add_decision(toc_buf *out, const toc_mel *m, const toc_mel_row *row)
{
    const toc_decision *d = &m->plan->decisions[row->index];
    add_body_of(out, "Question", d->text);
    toc_buf_str(out, "<h3>Options</h3>\n");
    if (d->option_count == 0)
        toc_buf_str(out, "<p>An answer in their own words.</p>\n");
    else
        toc_buf_str(out, "<table><tbody>\n");
    for (size_t i = 0; i < d->option_count; i++) {
        const char *id = d->options[2 * i];
        toc_buf_str(out, "<tr><td class=\"fix\"><span class=\"box\"></span>");
        toc_html_text(out, id);
        toc_buf_str(out, "</td><td>");
        toc_html_text(out, d->options[2 * i + 1]);
        if (d->fallback && strcmp(d->fallback, id) == 0)
            toc_buf_str(out, " <b>(default: taken if nobody answers in time)</b>");
        toc_buf_str(out, "</td></tr>\n");
    }
    if (d->option_count > 0)
        toc_buf_str(out, "<tr><td class=\"fix\"><span class=\"box\"></span>other</td><td>An answer "
                         "of the team's own: EXCON rules on it.</td></tr>\n</tbody></table>\n");
    add_body_of(out, "Notes for controllers", d->notes);
    if (toc_mel_has_answers(m, row->index))
        toc_mel_answers_html(out, m, row->index);
    else
        add_follows(out, m, row->index);
    toc_html_blanks(out, (const char *const[]){"Asked at", "Answered at", "By", NULL});
    toc_html_blanks(out, (const char *const[]){"Answer", NULL});
    toc_html_blanks(out, (const char *const[]){"Reason given", NULL});
}

static void add_expected(toc_buf *out, const toc_mel *m, const toc_mel_row *row)
{
    const toc_expectation *x = &m->plan->expectations[row->index];
    add_body_of(out, "Notes for controllers", x->notes);
    if (x->contingency != TOC_NONE) {
        toc_buf_str(out, "<h3>If it was not done by then</h3>\n<p>");
        add_reference(out, m, TOC_MEL_CONTINGENCY, x->contingency,
                      m->plan->injects[x->contingency].id);
        toc_buf_str(out, " ");
        toc_html_text(out, m->plan->injects[x->contingency].title);
        toc_buf_str(out, x->manual ? ": EXCON releases it." : ": it goes by itself.");
        toc_buf_str(out, "</p>\n");
    }
    toc_buf_str(out, "<p class=\"blanks\"><b><i class=\"box\"></i>met</b><b><i class=\"box\"></i>"
                     "late</b><b><i class=\"box\"></i>not observed</b><b><i class=\"box\"></i>not "
                     "exercised</b></p>\n");
    toc_html_blanks(out, (const char *const[]){"Seen at", "By", "Remarks", NULL});
}
