// SPDX-License-Identifier: MIT
// The report's frame: its cover, and its sections in their order.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "crypto/crypto.h"
#include "report_inside.h"

static void (*const sections[])(toc_report *rp) = {
    toc_report_overview,    toc_report_timeline, toc_report_objectives, toc_report_decisions,
    toc_report_world,       toc_report_spread,   toc_report_talk,       toc_report_msel,
    toc_report_improvement, toc_report_people,   toc_report_method,     toc_report_log,
};

static toc_err no_team(const toc_recording *r, const char *team, toc_error *e);
static void write_cover(toc_report *rp);
static void write_proof(toc_paper *p, const toc_verdict *v);
static void write_unproven(toc_paper *p, const toc_verdict *v);
static void open_feed(toc_report *rp);
static void add_played(toc_paper *p, const toc_recording *r);

toc_err toc_report_of(toc_paper **out, const toc_recording *r, const toc_report_options *o,
                      toc_error *e)
{
    toc_report rp = {.r = r, .o = o, .plan = toc_recording_plan(r, NULL)};
    if (o->team && (!rp.plan || toc_plan_team(rp.plan, o->team) == TOC_NONE))
        return no_team(r, o->team, e);
    toc_review_of(&rp.review, r);
    toc_report_names(&rp);
    open_feed(&rp);
    rp.paper = toc_paper_new(toc_report_title(r), rp.plan ? rp.plan->marking : NULL);
    write_cover(&rp);
    for (size_t i = 0; i < TOC_COUNT(sections); i++)
        sections[i](&rp);
    toc_feed_free(rp.feed);
    toc_report_names_fini(&rp);
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
    toc_report_cover(p, rp->r, rp->o->verdicts);
    toc_buf_fini(&words);
}

void toc_report_cover(toc_paper *p, const toc_recording *r, const toc_verdict *of)
{
    const toc_header *h = toc_recording_header(r);
    toc_buf words = {0};
    toc_paper_foreign(&words, h->exercise);
    toc_buf_str(&words, ", run ");
    toc_paper_foreign(&words, h->run);
    toc_paper_cover(p, "Exercise", toc_buf_text(&words));
    add_played(p, r);
    write_proof(p, of);
    toc_buf_clear(&words);
    toc_paper_foreign(&words, h->engine);
    toc_buf_str(&words, ", ");
    toc_paper_foreign(&words, h->lua);
    toc_buf_printf(&words, ", semantics %lld", (long long)h->semantics);
    toc_paper_cover(p, "Engine", toc_buf_text(&words));
    if (!of || of->kind != TOC_VERDICT_VERIFIED)
        write_unproven(p, of);
    toc_buf_fini(&words);
}

// "2026-11-21T18:00:00.000Z" as people write it.
static void add_wall(toc_buf *words, const char *wall, bool has_date)
{
    if (strlen(wall) < 16)
        return;
    toc_buf short_form = {0};
    toc_buf_add(&short_form, wall, 10);
    toc_buf_char(&short_form, ' ');
    toc_buf_add(&short_form, wall + 11, 5);
    toc_paper_foreign(words, toc_buf_text(&short_form) + (has_date ? 0 : 11));
    toc_buf_fini(&short_form);
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
        add_wall(&words, first, true);
        toc_buf_str(&words, " to ");
        add_wall(&words, last, strncmp(first, last, 10) != 0);
        toc_buf_str(&words, " UTC; story from ");
        toc_story_text(&words, toc_recording_story_at(r, start, 0));
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
    toc_paper_tone(&words, v->kind == TOC_VERDICT_VERIFIED ? TOC_TONE_GOOD : TOC_TONE_BAD,
                   toc_verdict_name(v->kind));
    toc_buf_printf(&words, ", %lld lines, %lld inputs re-executed, %lld derived lines identical",
                   (long long)v->lines, (long long)v->inputs, (long long)v->derived);
    toc_paper_cover(p, "Recording", toc_buf_text(&words));
    toc_buf_clear(&words);
    toc_paper_foreign(&words, v->last_hash);
    toc_buf_str(&words, " (of its last line)");
    toc_paper_cover(p, "Hash", toc_buf_text(&words));
    if (v->key[0])
        toc_key_fingerprint(v->key, fingerprint);
    toc_buf_clear(&words);
    if (fingerprint[0]) {
        toc_paper_foreign(&words, fingerprint);
        toc_buf_str(&words, v->is_key_known ? ", the run's, as given"
                                            : "; compare it with that of a ticket of the run");
        toc_paper_cover(p, "Key", toc_buf_text(&words));
    }
    toc_buf_fini(&words);
}

static void write_unproven(toc_paper *p, const toc_verdict *v)
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
        [TOC_VERDICT_FORGED] = "A seal, or the key, is not that of the run. Anybody could have "
                               "written this recording.",
        [TOC_VERDICT_DAMAGED] =
            "A line was changed, lost or moved. This report has only what stands before it.",
    };
    toc_buf words = {0};
    if (!v) {
        toc_paper_box(p, "Not verified",
                      "Whether this recording is whole, and whose it is, was not looked at.");
        return;
    }
    toc_buf_str(&words, meanings[v->kind]);
    if (v->what[0]) {
        if (v->difference)
            toc_buf_printf(&words, "\nLine %lld of the file: ", (long long)v->difference);
        else
            toc_buf_char(&words, '\n');
        toc_paper_foreign(&words, v->what);
    }
    toc_paper_box(p, "Not everything in this recording is proven", toc_buf_text(&words));
    toc_buf_fini(&words);
}
