// SPDX-License-Identifier: MIT
// A team's book: what its players may know before STARTEX, and paper for when the terminals fail. Only what
// is named here goes in; nothing of the list of events is read at all.
#include <string.h>

#include "msel_html.h"
#include "world/words.h"

enum { LOG_PAGES = 3, LOG_ROWS = 17, FORM_COUNT = 3 };

static void add_cover(toc_buf *out, const toc_plan *p, const toc_team *team);
static void add_brief(toc_buf *out, const toc_plan *p, const char *what, const char *text);
static void add_contacts(toc_buf *out, const toc_plan *p, const toc_team *team);
static void add_rules(toc_buf *out, const toc_plan *p);
static void add_services(toc_buf *out, const toc_plan *p, const toc_team *team);
static void add_log(toc_buf *out, const toc_plan *p, const toc_team *team);
static void add_forms(toc_buf *out, const toc_plan *p, const toc_team *team);

void toc_mel_team_book(toc_buf *out, const toc_mel *m, size_t index)
{
    const toc_plan *p = m->plan;
    const toc_team *team = &p->teams[index];
    toc_html_begin(out, p, "book for a team");
    add_cover(out, p, team);
    add_brief(out, p, "For everybody", p->brief);
    add_brief(out, p, "For your team", team->brief);
    add_contacts(out, p, team);
    add_rules(out, p);
    add_services(out, p, team);
    add_log(out, p, team);
    add_forms(out, p, team);
    toc_html_end(out, p);
}

static void add_cover(toc_buf *out, const toc_plan *p, const toc_team *team)
{
    toc_buf startex = {0};
    toc_story_text(&startex, p->startex);
    toc_buf_str(out, "<section class=\"cover\">\n<p class=\"eyebrow\"><span>Book for a team</span>"
                     "<b>EXERCISE</b></p>\n<h1>");
    toc_html_text(out, team->name);
    toc_buf_str(out, "</h1>\n<dl>\n");
    toc_html_fact(out, "Exercise", p->title ? p->title : p->id);
    toc_html_fact(out, "Marking", p->marking);
    toc_html_fact(out, "Your team", team->id);
    toc_buf_str(out, "<dt>Your seats</dt><dd>");
    for (int i = 1; i <= team->seats; i++) {
        toc_buf_str(out, i > 1 ? ", " : "");
        toc_html_text(out, team->id);
        toc_buf_printf(out, "-%d", i);
    }
    toc_buf_str(out, "</dd>\n");
    toc_html_fact(out, "The story begins", toc_buf_text(&startex));
    toc_html_fact(out, "For", "the players of this team");
    toc_buf_str(out, "</dl>\n<p>Exercise control announces STARTEX, pauses and ENDEX. All that you "
                     "are told between them is invented. Do not pass this book on to other teams: "
                     "they have their own.</p>\n");
    toc_html_blanks(out, (const char *const[]){"Name", "Seat", "Date", NULL});
    toc_html_section_end(out);
    toc_buf_fini(&startex);
}

static void add_brief(toc_buf *out, const toc_plan *p, const char *what, const char *text)
{
    if (!text || !*text)
        return;
    toc_html_section(out, p, NULL, what, "Brief");
    toc_html_body(out, text);
    toc_html_section_end(out);
}

static void add_contacts(toc_buf *out, const toc_plan *p, const toc_team *team)
{
    toc_html_section(out, p, NULL, "Contacts", "Whom you can write to");
    toc_buf_str(out, "<table><thead><tr><th>Name</th><th>Write to</th><th>Telephone, room</th></tr>"
                     "</thead><tbody>\n");
    for (size_t i = 0; i < team->contact_count; i++) {
        toc_buf_str(out, "<tr><td>");
        toc_html_text(out, toc_mel_name(p, team->contacts[i]));
        toc_buf_str(out, "</td><td>");
        toc_html_text(out, team->contacts[i]);
        toc_buf_str(out, "</td><td></td></tr>\n");
    }
    toc_buf_str(out, "<tr><td>Exercise control</td><td>excon</td><td></td></tr>\n</tbody></table>\n"
                     "<p>Nobody else is played by a person. For all others write to excon, and say "
                     "whom you mean. Who has written to you can be answered.</p>\n");
    toc_html_section_end(out);
}

static void add_rules(toc_buf *out, const toc_plan *p)
{
    toc_html_section(out, p, NULL, "Rules", "How we play");
    toc_buf_str(
        out,
        "<h3>EXERCISE</h3>\n<p>The word stands on every screen and every page. Begin and end each "
        "telephone call, radio call and note with it: &quot;EXERCISE, EXERCISE, EXERCISE&quot;. "
        "Never "
        "call or write to anybody who is not in the exercise, and do nothing to real systems.</p>\n"
        "<h3>A real emergency</h3>\n<p>If somebody is really hurt or in danger, anyone may stop "
        "the "
        "exercise, at any time. Say loudly: &quot;<b>Real emergency. Stop the exercise.</b>&quot; "
        "(over radio also: &quot;no duff&quot;). At a terminal type <b>emergency STOP</b> and what "
        "has "
        "happened. Then call the real emergency number. Play goes on only when exercise control "
        "says "
        "so.</p>\n"
        "<h3>How to write</h3>\n<table><tbody>\n"
        "<tr><td class=\"fix\">read 3</td><td>open item 3 of the inbox</td></tr>\n"
        "<tr><td class=\"fix\">ack 3</td><td>acknowledge it</td></tr>\n"
        "<tr><td class=\"fix\">say NAME TEXT</td><td>write to a contact; names with a comma "
        "between "
        "reach several</td></tr>\n"
        "<tr><td class=\"fix\">forward 3 NAME TEXT</td><td>pass item 3 on</td></tr>\n"
        "<tr><td class=\"fix\">decide ID OPTION because …</td><td>answer a question that you are "
        "asked; <b>other: …</b> gives an answer of your own</td></tr>\n"
        "<tr><td class=\"fix\">submit NAME TEXT</td><td>hand in a report, a statement, an "
        "order</td></tr>\n"
        "</tbody></table>\n<p>Ask exercise control what you would ask the real world. Say what you "
        "do: what you do not write or say, nobody has seen.</p>\n"
        "<h3>If the terminals fail</h3>\n<p>Stay where you are and go on with the paper in this "
        "book. "
        "Write each message on a form, with the time, and give it to a controller. A controller "
        "brings "
        "you what comes in. Enter both in the log.</p>\n");
    toc_html_section_end(out);
}

// Their names only: what has become of them is what the exercise will tell.
static void add_services(toc_buf *out, const toc_plan *p, const toc_team *team)
{
    bool is_first = true;
    for (size_t i = 0; i < p->model.service_count; i++) {
        if (!toc_plan_sees(p, team->id, i))
            continue;
        if (is_first) {
            toc_html_section(out, p, NULL, "Services", "What you watch");
            toc_buf_str(out, "<p>Your screen shows how these are doing.</p>\n<table><thead><tr><th>"
                             "Service</th><th>Domain</th></tr></thead><tbody>\n");
        }
        is_first = false;
        toc_buf_str(out, "<tr><td>");
        toc_html_text(out, toc_service_name(&p->model, i));
        toc_buf_str(out, "</td><td>");
        toc_html_text(out, p->model.services[i].domain);
        toc_buf_str(out, "</td></tr>\n");
    }
    if (is_first)
        return;
    toc_buf_str(out, "</tbody></table>\n");
    toc_html_section_end(out);
}

static void add_log(toc_buf *out, const toc_plan *p, const toc_team *team)
{
    for (int page = 1; page <= LOG_PAGES; page++) {
        toc_buf what = {0};
        toc_buf_printf(&what, "Log, page %d of %d", page, LOG_PAGES);
        toc_html_section(out, p, NULL, toc_buf_text(&what), team->name);
        toc_buf_str(out,
                    "<table class=\"form\"><thead><tr><th>Time</th><th>From</th><th>To</th>"
                    "<th style=\"width:38%\">What</th><th style=\"width:26%\">What we did, and "
                    "why</th><th>Who</th></tr></thead><tbody>\n");
        for (int row = 0; row < LOG_ROWS; row++)
            toc_buf_str(out, "<tr><td></td><td></td><td></td><td></td><td></td><td></td></tr>\n");
        toc_buf_str(out, "</tbody></table>\n");
        toc_html_section_end(out);
        toc_buf_fini(&what);
    }
}

static void add_forms(toc_buf *out, const toc_plan *p, const toc_team *team)
{
    toc_html_section(out, p, NULL, "Message forms: cut, or copy", team->name);
    for (int i = 0; i < FORM_COUNT; i++) {
        toc_buf_str(out, "<h3>EXERCISE: message</h3>\n");
        toc_html_blanks(out, (const char *const[]){"Time", "From", "To", NULL});
        toc_html_lines(out, 4);
    }
    toc_html_section_end(out);
    toc_html_section(out, p, NULL, "Decision forms: cut, or copy", team->name);
    for (int i = 0; i < FORM_COUNT; i++) {
        toc_buf_str(out, "<h3>EXERCISE: decision</h3>\n");
        toc_html_blanks(out, (const char *const[]){"Asked at", "Due", "Decided at", "By", NULL});
        toc_html_blanks(out, (const char *const[]){"Question", NULL});
        toc_html_blanks(out, (const char *const[]){"We decide", NULL});
        toc_html_blanks(out, (const char *const[]){"Because", NULL});
        toc_html_blanks(out, (const char *const[]){"Then we will", NULL});
    }
    toc_html_section_end(out);
}
