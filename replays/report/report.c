// SPDX-License-Identifier: MIT
// The report's frame: its cover, and its sections in their order.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "crypto/crypto.h"
#include "report_findings.h"
#include "review_inside.h"

enum { PLAIN_SPEED = 1000 }; // thousandths

static void (*const sections[])(toc_report *rp) = {
    toc_report_overview,    toc_report_timeline, toc_report_objectives, toc_report_decisions,
    toc_report_world,       toc_report_spread,   toc_report_talk,       toc_report_msel,
    toc_report_improvement, toc_report_notes,    toc_report_people,     toc_report_method,
    toc_report_log,
};

static toc_err no_team(const toc_recording *r, const char *team, toc_error *e);
static bool is_played_on(const toc_recording *r);
static void write_cover(toc_report *rp);
static void write_branch(toc_paper *p, const toc_recording *r);
static void write_proof(toc_paper *p, const toc_verdict *v);
static void write_unproven(const toc_report *rp);
static void open_feed(toc_report *rp);
static void add_played(toc_paper *p, const toc_recording *r);
static void add_pace(toc_buf *words, const toc_recording *r);

toc_err toc_report_of(toc_paper **out, const toc_recording *r, const toc_report_options *o,
                      toc_error *e)
{
    toc_report rp = {.r = r, .o = o, .plan = toc_recording_plan(r, NULL)};
    if (o->team && (!rp.plan || toc_plan_team(rp.plan, o->team) == TOC_NONE))
        return no_team(r, o->team, e);
    toc_review_of(&rp.review, r);
    toc_report_names(&rp);
    toc_report_find_kept(&rp);
    toc_report_find_lacking(&rp);
    open_feed(&rp);
    toc_buf title = {0}, marking = {0};
    toc_report_heading(&title, r);
    toc_report_marking(&marking, r);
    rp.paper = toc_paper_new(toc_buf_text(&title), toc_buf_text(&marking));
    toc_buf_fini(&title);
    toc_buf_fini(&marking);
    write_cover(&rp);
    for (size_t i = 0; i < TOC_COUNT(sections); i++)
        sections[i](&rp);
    toc_feed_free(rp.feed);
    toc_report_names_fini(&rp);
    free(rp.kept);
    toc_review_end(&rp.review);
    *out = rp.paper;
    return TOC_OK;
}

static toc_err no_team(const toc_recording *r, const char *team, toc_error *e)
{
    const toc_plan *p = toc_recording_plan(r, NULL);
    char quoted[TOC_QUOTE_SIZE];
    const char *names[64], *near = NULL;
    size_t count = 0;
    toc_buf all = {0};
    for (; p && count < p->team_count && count < TOC_COUNT(names); count++) {
        names[count] = p->teams[count].id;
        toc_buf_printf(&all, "%s%s", count ? ", " : "", names[count]);
    }
    near = toc_text_near(team, names, count);
    toc_err err = toc_fail(
        e, TOC_EUSAGE, "no team %s in run %.80s%s%s; its teams are: %.200s",
        toc_text_quote(quoted, team), toc_recording_header(r)->run, near ? "; did you mean " : "",
        near ? near : "", count > 0 ? toc_buf_text(&all) : "not known, its scenario does not load");
    toc_buf_fini(&all);
    return err;
}

const char *toc_report_title(const toc_recording *r)
{
    const toc_plan *plan = toc_recording_plan(r, NULL);
    return plan && plan->title ? plan->title : toc_recording_header(r)->exercise;
}

// ---- a branch --------------------------------------------------------------------------------------------

bool toc_report_branch(toc_buf *words, const toc_recording *r)
{
    const toc_header *h = toc_recording_header(r);
    if (!h->parent)
        return false;
    toc_buf_str(words, "What if: a branch of ");
    toc_paper_foreign(words, h->parent);
    toc_buf_str(words, " from ");
    toc_play_text(words, toc_recording_at(r, h->parent_seq)->t);
    toc_buf_str(words, " on; ");
    toc_buf_str(words, is_played_on(r) ? "other people, or none, played it from there"
                                       : "it was not played by people from there");
    return true;
}

// People who go on from a branch start it again in the pause it ends in; a branch that is played out has nobody's pause there.
static bool is_played_on(const toc_recording *r)
{
    const int64_t point = toc_recording_header(r)->parent_seq;
    for (int64_t seq = point + 1; seq <= toc_recording_count(r); seq++) {
        const toc_event *ev = toc_recording_at(r, seq);
        if (toc_kind_class(ev->kind) == TOC_CLASS_INPUT && ev->kind != TOC_K_MARK)
            return ev->kind == TOC_K_RESUMED;
    }
    return true;
}

void toc_report_heading(toc_buf *words, const toc_recording *r)
{
    toc_buf_str(words, toc_recording_header(r)->parent ? "BRANCH, what if: " : "");
    toc_buf_str(words, toc_report_title(r));
}

void toc_report_marking(toc_buf *words, const toc_recording *r)
{
    const toc_plan *plan = toc_recording_plan(r, NULL);
    const bool is_marked = plan && plan->marking && *plan->marking;
    toc_buf branch = {0};
    if (toc_report_branch(&branch, r))
        toc_buf_printf(words, "BRANCH. %s%s", toc_buf_text(&branch), is_marked ? " · " : "");
    toc_buf_str(words, is_marked ? plan->marking : "");
    toc_buf_fini(&branch);
}

static void open_feed(toc_report *rp)
{
    if (!rp->o->team)
        return;
    rp->feed = toc_feed_new(rp->o->team);
    for (int64_t seq = 1; seq <= toc_recording_count(rp->r); seq++)
        toc_feed_add(rp->feed, toc_recording_at(rp->r, seq));
}

// ---- the cover ------------------------------------------------------------------------------------------

static void write_cover(toc_report *rp)
{
    toc_paper *p = rp->paper;
    toc_buf words = {0};
    toc_paper_cover(
        p, "Document",
        "After-action report. Draft: generated from the recording; ratings are by people.");
    if (rp->o->team) {
        toc_buf_str(&words, "For ");
        toc_report_who(rp, &words, rp->o->team);
        toc_buf_str(&words, " alone: what this team was sent, saw and did. What others decided, "
                            "and what was noted about them, is "
                            "not in it.");
        toc_paper_cover(p, "Reader", toc_buf_text(&words));
    }
    if (rp->o->is_anonymous)
        toc_paper_cover(p, "People",
                        "Are their seats. Names that anybody signed in with are taken out of "
                        "texts; others may still stand in "
                        "what people wrote: read it before you pass it on.");
    toc_report_cover(rp);
    toc_buf_fini(&words);
}

void toc_report_cover(const toc_report *rp)
{
    toc_paper *p = rp->paper;
    const toc_recording *r = rp->r;
    const toc_verdict *of = rp->o->verdicts;
    const toc_header *h = toc_recording_header(r);
    toc_buf words = {0};
    toc_paper_foreign(&words, h->exercise);
    toc_buf_str(&words, ", run ");
    toc_paper_foreign(&words, h->run);
    toc_paper_cover(p, "Exercise", toc_buf_text(&words));
    write_branch(p, r);
    add_played(p, r);
    write_proof(p, of);
    toc_buf_clear(&words);
    toc_paper_foreign(&words, h->engine);
    toc_buf_str(&words, ", ");
    toc_paper_foreign(&words, h->lua);
    toc_buf_printf(&words, ", semantics %lld", (long long)h->semantics);
    toc_paper_cover(p, "Engine", toc_buf_text(&words));
    if (!of || of->kind != TOC_VERDICT_VERIFIED)
        write_unproven(rp);
    toc_buf_fini(&words);
}

void toc_report_wall(toc_buf *words, const char *wall, bool has_date)
{
    if (!wall || strlen(wall) < 16)
        return;
    toc_buf short_form = {0};
    toc_buf_add(&short_form, wall, 10);
    toc_buf_char(&short_form, ' ');
    toc_buf_add(&short_form, wall + 11, 5);
    toc_paper_foreign(words, toc_buf_text(&short_form) + (has_date ? 0 : 11));
    toc_buf_fini(&short_form);
}

static void write_branch(toc_paper *p, const toc_recording *r)
{
    toc_buf words = {0}, branch = {0};
    if (toc_report_branch(&branch, r)) {
        toc_paper_strong(&words, "BRANCH");
        toc_buf_str(&words, ". ");
        toc_buf_str(&words, toc_buf_text(&branch));
        toc_buf_str(&words, ".");
        toc_paper_cover(p, "What it is", toc_buf_text(&words));
    }
    toc_buf_fini(&words);
    toc_buf_fini(&branch);
}

// "; x720: 3 h 00 min were played in 15 s". Nothing where play was as fast as the clock on the wall.
static void add_pace(toc_buf *words, const toc_recording *r)
{
    int64_t speed = PLAIN_SPEED, from = -1, until = -1, play = 0;
    toc_buf speeds = {0};
    for (int64_t seq = 1; seq <= toc_recording_count(r); seq++) {
        const toc_event *ev = toc_recording_at(r, seq);
        const int64_t wall = toc_review_wall_ms(toc_event_str(ev, TOC_F_WALL));
        if (ev->kind == TOC_K_SPEED)
            speed = toc_event_int(ev, TOC_F_SPEED);
        if ((ev->kind == TOC_K_START || (ev->kind == TOC_K_SPEED && from >= 0)) &&
            speed != PLAIN_SPEED)
            toc_buf_printf(&speeds, "%s×%lld", speeds.len ? ", " : "",
                           (long long)(speed / PLAIN_SPEED));
        if (ev->kind == TOC_K_START)
            from = wall;
        play = from >= 0 ? ev->t : 0;
        until = from >= 0 && wall > until ? wall : until;
        if (ev->kind == TOC_K_ENDEX)
            break;
    }
    if (speeds.len > 0 && from >= 0 && until >= from) {
        toc_buf_printf(words, "; %s: ", toc_buf_text(&speeds));
        toc_report_took(words, play);
        toc_buf_str(words, " were played in ");
        toc_report_took(words, until - from);
    }
    toc_buf_fini(&speeds);
}

static void add_played(toc_paper *p, const toc_recording *r)
{
    const char *first = NULL, *last = NULL;
    int64_t start = toc_recording_start(r);
    toc_buf words = {0};
    for (int64_t seq = start; start > 0 && seq <= toc_recording_count(r); seq++) {
        const char *wall = toc_event_str(toc_recording_at(r, seq), TOC_F_WALL);
        first = first ? first : wall;
        last = wall ? wall : last;
    }
    if (!first || !last) {
        toc_buf_str(&words, "Play never began.");
    } else {
        toc_report_wall(&words, first, true);
        toc_buf_str(&words, " to ");
        toc_report_wall(&words, last, strncmp(first, last, 10) != 0);
        toc_buf_str(&words, " UTC; story from ");
        toc_story_text(&words, toc_recording_story_at(r, start, 0));
        add_pace(&words, r);
    }
    toc_paper_cover(p, "Played", toc_buf_text(&words));
    toc_buf_fini(&words);
}

static void write_proof(toc_paper *p, const toc_verdict *v)
{
    char fingerprint[20] = "";
    toc_buf words = {0};
    if (!v) {
        toc_paper_cover(p, "Recording", "Not verified for this report.");
        return;
    }
    toc_report_verdict(&words, v);
    toc_buf_printf(&words, "; %lld lines, %lld inputs re-executed, %lld derived lines identical",
                   (long long)v->lines, (long long)v->inputs, (long long)v->derived);
    toc_paper_cover(p, "Recording", toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_paper_foreign(&words, v->last_hash);
    toc_buf_str(&words, " (of its last line; tocsin verify takes it as --receipt)");
    toc_paper_cover(p, "Hash", toc_buf_text(&words));
    if (v->key[0])
        toc_key_fingerprint(v->key, fingerprint);
    toc_buf_clear(&words);
    if (fingerprint[0]) {
        toc_paper_foreign(&words, fingerprint);
        toc_buf_str(&words, v->is_foreign     ? "; not the key that was given, or of another run"
                            : v->is_key_known ? ", the run's, as given"
                                              : "; compare it with that of a ticket of the run");
        toc_paper_cover(p, "Key", toc_buf_text(&words));
    }
    toc_buf_fini(&words);
}

void toc_report_verdict(toc_buf *words, const toc_verdict *v)
{
    const bool is_proven = v->kind == TOC_VERDICT_VERIFIED;
    toc_buf text = {0};
    if (is_proven && !v->is_key_known)
        toc_buf_str(&text, "chain and execution verified");
    else
        toc_buf_str(&text, toc_verdict_name(v->kind));
    toc_buf_str(&text, is_proven && v->parent[0] ? ", as a branch" : "");
    toc_paper_tone(words,
                   !is_proven                         ? TOC_TONE_BAD
                   : v->is_key_known && !v->parent[0] ? TOC_TONE_GOOD
                                                      : TOC_TONE_LATE,
                   toc_buf_text(&text));
    if (is_proven && v->parent[0])
        toc_buf_str(words,
                    "; it proves what the engine made of the inputs, not that people did it");
    if (is_proven && !v->is_key_known)
        toc_buf_str(words, "; whose recording it is was not asked (--ticket)");
    toc_buf_fini(&text);
}

static void write_unproven(const toc_report *rp)
{
    const toc_verdict *v = rp->o->verdicts;
    toc_buf words = {0};
    if (!v) {
        toc_paper_box(rp->paper, "Not verified",
                      "Whether this recording is whole, and whose it is, was not looked at.");
        return;
    }
    toc_report_unproven(rp, &words);
    toc_paper_box(rp->paper, "Not everything in this recording is proven", toc_buf_text(&words));
    toc_buf_fini(&words);
}

// What is wrong at a line may say what only others may know, or who somebody is.
void toc_report_unproven(const toc_report *rp, toc_buf *words)
{
    static const char *const meanings[] = {
        [TOC_VERDICT_VERIFIED] = "",
        [TOC_VERDICT_OPEN] = "It has no sealed end: the run goes on, or was killed. What is "
                             "recorded so far holds; what came after "
                             "is not in it.",
        [TOC_VERDICT_TORN] = "The last lines are incomplete or changed, as a power cut leaves "
                             "them. What stands before them holds.",
        [TOC_VERDICT_NOT_RERUN] = "Another generation of the engine made it. Nothing was changed "
                                  "since it was sealed, but it was not "
                                  "executed again.",
        [TOC_VERDICT_DIVERGED] = "A line is not what the recorded inputs give. From that line on, "
                                 "this report may tell what did not "
                                 "happen.",
        [TOC_VERDICT_TRUNCATED] = "Lines are gone that somebody holds a receipt for. What they "
                                  "told is not in this report.",
        [TOC_VERDICT_STRANGER] = "A receipt that was given is of another recording.",
        [TOC_VERDICT_FORGED] = "A seal, or the key, is not that of the run. Anybody could have "
                               "written this recording.",
        [TOC_VERDICT_DAMAGED] =
            "A line was changed, lost or moved. This report has only what stands before it.",
    };
    const toc_verdict *v = rp->o->verdicts;
    const bool is_whole = !rp->o->team && !rp->o->is_anonymous;
    toc_buf_str(words, meanings[v->kind]);
    if (v->difference && (v->what[0] || !is_whole))
        toc_buf_printf(words, "\nLine %lld of the file%s", (long long)v->difference,
                       is_whole ? ": " : ".");
    else if (v->what[0] && is_whole)
        toc_buf_char(words, '\n');
    if (is_whole)
        toc_paper_foreign(words, v->what);
}
