// SPDX-License-Identifier: MIT
#ifndef TOC_REPORT_INSIDE_H
#define TOC_REPORT_INSIDE_H

// What the sections of the report share. Each section is a file of its own, report_*.c, and a row in report.c's table; it begins
// with toc_paper_section, or adds nothing at all where it has nothing to say.

#include "record/feed.h"
#include "replays/report.h"
#include "replays/review.h"
#include "replays/tell.h"

// A name that somebody signed in with, or a word of it: the folded words to look for, and the name as it was written ("": a part).
typedef struct {
    char *key, *text;
    bool is_capital; // it is short: a name only where it begins with a capital letter
} toc_report_name;

typedef struct {
    toc_paper *paper;
    const toc_recording *r;
    toc_review review;
    const toc_plan
        *plan; // NULL if the sources do not load: sections that need it say so in one line
    const toc_report_options *o;
    toc_report_name *names; // by key; none unless people are anonymous
    size_t name_count, name_capacity;
    toc_feed *feed; // of the team whose report it is; NULL: everybody's
    bool *kept;     // by seq: what report_kept.c keeps back; NULL: nothing
} toc_report;

// Words that sections use. All foreign text of a report goes through toc_report_text, which knows about anonymity.
void toc_report_text(const toc_report *rp, toc_buf *words, const char *text);
// In quotation marks, which are others where the text has its own.
void toc_report_quoted(const toc_report *rp, toc_buf *words, const char *text);
// The first line of a text, at most so many bytes: what a name stands in is masked before it is cut.
void toc_report_cut(const toc_report *rp, toc_buf *words, const char *text, size_t most);
void toc_report_person(const toc_report *rp, toc_buf *words, const char *seat,
                       int64_t seq); // "R. Lind (operator-1)"
void toc_report_who(const toc_report *rp, toc_buf *words,
                    const char *id); // team or party: "Grid operator (tso)"
const char *toc_report_named(const toc_report *rp, const char *id); // NULL: it has none
void toc_report_when(const toc_report *rp, toc_buf *words, int64_t t); // "T+1:32:07"; "–" for -1
// "2026-11-21T18:00:00.000Z" as people write it, to the minute; nothing for what is no such time.
void toc_report_wall(toc_buf *words, const char *wall, bool has_date);
void toc_report_took(toc_buf *words, int64_t ms);                      // "4 min 10 s"; "–" for -1
void toc_report_count(toc_buf *words, int64_t n);                      // "56 871 177"
void toc_report_percent(toc_buf *words, int64_t ppm);                  // "33 %", "99.7 %": as the log has it
bool toc_report_is_same_percent(int64_t a, int64_t b);                 // as the reader sees them
// toc_tell's words; in a team's report what the team's feed says, and nothing for what it does not have.
void toc_report_told(const toc_report *rp, toc_buf *words, int64_t seq);
// "line 1204", a link; in a team's report nothing for a line that the team does not see.
void toc_report_line(const toc_report *rp, toc_buf *words, int64_t seq);
// May the reader of this report see the line? All, or what the team's feed has.
bool toc_report_shows(const toc_report *rp, int64_t seq);
bool toc_report_is_team(const toc_report *rp,
                        const char *team); // it is that team's report, or everybody's

// An action carried forward that this report's reader is responsible for; everybody's has all.
bool toc_report_is_theirs(const toc_report *rp, const toc_corrective *c);

// report_kept.c: what people wrote about a real emergency is not for everybody that a report is handed to. toc_report_find_kept finds it,
// and takes it out of the review; toc_report_words_of is what the reader may see of a text of that line; toc_report_make_fit
// makes the texts of an event fit for the reader, names too.
void toc_report_find_kept(toc_report *rp);
bool toc_report_keeps(const toc_report *rp, int64_t seq);
const char *toc_report_words_of(const toc_report *rp, int64_t seq, const char *text); // borrowed; NULL: none
void toc_report_make_fit(const toc_report *rp, int64_t seq, toc_event *ev);

void toc_report_names(toc_report *rp); // finds them
void toc_report_nameless(const toc_report *rp, toc_buf *out, const char *text); // "[name]" for each
void toc_report_names_fini(toc_report *rp);

// The cover's facts of the recording: what it is and what is proven.
void toc_report_cover(const toc_report *rp);
// What a verdict other than verified means, and where; what is wrong there only in a report that has everything.
void toc_report_unproven(const toc_report *rp, toc_buf *words);
const char *toc_report_title(const toc_recording *r);
// The same above a paper: it names a branch as one. And what stands at the edges of each page, with the plan's own marking.
void toc_report_heading(toc_buf *words, const toc_recording *r);
void toc_report_marking(toc_buf *words, const toc_recording *r);
// "What if: a branch of RUN from T+0:40:00 on; …"; false, and nothing, for what is none.
bool toc_report_branch(toc_buf *words, const toc_recording *r);
// What was verified, and what was not asked: green only if nothing was left out.
void toc_report_verdict(toc_buf *words, const toc_verdict *v);

// The overview's numbers; its words on seats and people; what a decision is that nothing was said of any more.
void toc_report_numbers(toc_report *rp);
void toc_report_who_acted(toc_report *rp, toc_buf *words);
const char *toc_report_open_words(const toc_report *rp);

void toc_report_overview(toc_report *rp);
void toc_report_timeline(toc_report *rp);
void toc_report_objectives(toc_report *rp); // and baseline requirements, expected actions
void toc_report_decisions(toc_report *rp);
void toc_report_world(toc_report *rp);
void toc_report_spread(toc_report *rp); // how information spread
void toc_report_talk(toc_report *rp);   // who wrote to whom; requests for information
void toc_report_msel(toc_report *rp);   // planned and as played
void toc_report_improvement(toc_report *rp);
void toc_report_notes(toc_report *rp); // of reviewers
void toc_report_people(toc_report *rp);
void toc_report_method(toc_report *rp);
void toc_report_log(toc_report *rp); // the lines themselves

#endif
