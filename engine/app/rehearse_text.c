// SPDX-License-Identifier: MIT
// `tocsin rehearse` for people.
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "rehearse_show.h"

enum { WIDTH = 80, FINDINGS = 40, LABEL = 14 };

static void add_title(toc_buf *out, const toc_rehearsal *r);
static void add_ends(toc_buf *out, const toc_rehearsal *r);
static void add_coverage(toc_buf *out, const toc_rehearsal *r);
static void add_findings(toc_buf *out, const toc_rehearsal *r);
static void add_load(toc_buf *out, const toc_rehearsal *r);
static void add_visible(toc_buf *out, const char *text);
static void add_wrapped(toc_buf *out, const char *gutter, const toc_buf *text);

void toc_rehearse_text(toc_buf *out, const toc_rehearsal *r)
{
    add_title(out, r);
    if (r->survey->path_count > 0) {
        add_ends(out, r);
        add_coverage(out, r);
    }
    add_findings(out, r);
    if (r->survey->path_count == 0)
        return;
    add_load(out, r);
    toc_rehearse_timeline(out, r);
    toc_rehearse_map(out, r);
}

static void add_drawn(toc_buf *out, const toc_rehearsal *r)
{
    toc_buf line = {0};
    size_t drawn = r->survey->drawn_count, combined = r->survey->combined_count;
    if (drawn + combined == 0)
        return;
    size_t single = r->survey->path_count - drawn - combined;
    toc_buf_printf(&line, "%zu path%s one choice at most", single,
                   single == 1 ? " changes" : "s change");
    if (combined > 0)
        toc_buf_printf(&line, "%s %zu take several options together", drawn > 0 ? "," : " and",
                       combined);
    if (drawn > 0) {
        toc_buf_printf(&line, "%s and %zu %sdrawn at random for ", combined > 0 ? "," : "", drawn,
                       combined > 0 ? "are " : "");
        toc_rehearsal_uncovered(&line, r);
    }
    toc_text_block(out, toc_buf_text(&line), line.len, "  ", WIDTH);
    toc_buf_fini(&line);
}

static void add_title(toc_buf *out, const toc_rehearsal *r)
{
    const toc_survey *s = r->survey;
    toc_buf line = {0};
    toc_buf_str(&line, "EXERCISE ");
    if (r->plan->marking && r->plan->marking[0]) {
        add_visible(&line, r->plan->marking);
        toc_buf_char(&line, ' ');
    }
    add_visible(&line, r->plan->id);
    toc_buf_printf(&line, ": %zu path%s, %s", s->path_count, s->path_count == 1 ? "" : "s",
                   toc_strategy_words(s->strategy));
    if (r->took_ms >= 0)
        toc_buf_printf(&line, ", %lld.%lld s", (long long)(r->took_ms / 1000),
                       (long long)(r->took_ms % 1000 / 100));
    toc_buf_printf(&line, ", seed %llu", (unsigned long long)s->seed);
    add_wrapped(out, "", &line);
    toc_buf_fini(&line);
    add_drawn(out, r);
    if (s->is_interrupted)
        toc_buf_str(out, "  interrupted: what follows is of the paths played until then; what "
                         "never happens\n  is not told\n");
    if (s->is_capped && s->at_least > (double)s->path_count)
        toc_buf_printf(out, "  played %zu of at least %.0f paths; --max-paths raises the limit\n",
                       s->path_count, s->at_least);
    else if (s->is_capped)
        toc_buf_printf(out, "  stopped after %zu paths; --max-paths raises the limit\n",
                       s->path_count);
}

static void add_ends(toc_buf *out, const toc_rehearsal *r)
{
    const toc_survey *s = r->survey;
    if (s->ended > 0) {
        toc_buf_printf(out, "  ENDEX on %zu of %zu paths: ", s->ended, s->path_count);
        toc_short_play(out, s->endex_first);
        if (s->endex_last != s->endex_first) {
            toc_buf_str(out, " … ");
            toc_short_play(out, s->endex_last);
            toc_buf_str(out, ", half of them by ");
            toc_short_play(out, s->endex_median);
        }
        toc_buf_char(out, '\n');
    }
    size_t endless = s->path_count - s->ended;
    if (endless > 0)
        toc_buf_printf(out, "  %zu path%s without ENDEX\n", endless, endless == 1 ? "" : "s");
}

static void add_coverage(toc_buf *out, const toc_rehearsal *r)
{
    const toc_survey *s = r->survey;
    const toc_plan *p = r->plan;
    size_t options = 0;
    for (size_t i = 0; s->options && i < p->decision_count; i++)
        options += toc_tally_covered(s->options[i], p->decisions[i].option_count);
    const struct {
        const char *name;
        size_t covered, count;
    } parts[] = {
        {"options taken", options, s->option_count},
        {"conditions came true", toc_tally_covered(s->conditions, s->condition_count),
         s->condition_count},
        {"injects sent", toc_tally_covered(s->injects, p->inject_count), p->inject_count},
        {"expected actions met", toc_tally_covered(s->actions, p->expectation_count),
         p->expectation_count},
        {"phases entered", toc_tally_covered(s->phases, p->phase_count), p->phase_count},
        {"repairs started", toc_tally_covered(s->repairs, p->model.repair_count),
         p->model.repair_count},
        {"objectives exercised", toc_tally_covered(s->objectives, p->objective_count),
         p->objective_count},
    };
    toc_buf line = {0};
    for (size_t i = 0; i < TOC_COUNT(parts); i++)
        if (parts[i].count > 0)
            toc_buf_printf(&line, "%s%s %zu/%zu", line.len ? ", " : "", parts[i].name,
                           parts[i].covered, parts[i].count);
    if (s->black_starts.count > 0)
        toc_buf_printf(&line, ", black starts on %zu path%s", s->black_starts.count,
                       s->black_starts.count == 1 ? "" : "s");
    toc_buf_str(out, "\nCoverage\n");
    add_wrapped(out, "  ", &line);
    if (r->plans_played > 0)
        toc_buf_printf(out, "  play plans that came out as they say %zu/%zu\n", r->plans_good,
                       r->plans_played);
    toc_buf_fini(&line);
}

static void add_finding(toc_buf *out, const toc_shown *f)
{
    toc_buf text = {0};
    toc_buf_printf(out, "  %-7s  %s", f->is_error ? "error" : "warning", toc_found_name(f->kind));
    if (f->file[0]) {
        toc_buf_str(out, "  ");
        add_visible(out, f->file);
        if (f->line > 0)
            toc_buf_printf(out, ":%d", f->line);
    }
    toc_buf_char(out, '\n');
    add_visible(&text, f->text);
    add_wrapped(out, "           ", &text);
    if (f->again) { // never wrapped: it is copied
        toc_buf_str(out, "           ");
        add_visible(out, f->again);
        toc_buf_char(out, '\n');
    }
    toc_buf_fini(&text);
}

static void add_findings(toc_buf *out, const toc_rehearsal *r)
{
    size_t errors = toc_rehearsal_errors(r), warnings = r->finding_count - errors;
    if (r->finding_count == 0) {
        toc_buf_str(out, "\nFindings    none\n");
        return;
    }
    toc_buf_printf(out,
                   "\nFindings    %zu error%s, %zu warning%s; the command below each shows it\n",
                   errors, errors == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s");
    for (size_t i = 0; i < r->finding_count && i < FINDINGS; i++)
        add_finding(out, &r->findings[i]);
    if (r->finding_count > FINDINGS)
        toc_buf_printf(out, "  and %zu more, which --json and --html have\n",
                       r->finding_count - FINDINGS);
}

// "7 injects from T+0:30"
static void add_peak(toc_buf *out, size_t n, const char *what, int64_t from)
{
    toc_buf when = {0};
    toc_short_play(&when, from);
    if (n > 0)
        toc_buf_printf(out, "%5zu %s%s from %-9s", n, what, n == 1 ? " " : "s",
                       toc_buf_text(&when));
    else
        toc_buf_printf(out, "%5s %ss%15s", "no", what, "");
    toc_buf_fini(&when);
}

// On which path that was, if it is not the default one.
static void add_on(toc_buf *out, const toc_rehearsal *r, const char *what, const toc_peak *peak)
{
    enum { LONGEST = WIDTH - LABEL - 16 };
    const char *path = peak->path == TOC_NONE ? NULL : toc_survey_path(r->survey, peak->path);
    if (!path || strcmp(path, "default") == 0)
        return;
    toc_buf_printf(out, "  %-*s  %s on ", LABEL, "", what);
    if (strlen(path) <= LONGEST)
        add_visible(out, path);
    else
        toc_buf_str(out, "a path that --json and --html tell");
    toc_buf_char(out, '\n');
}

static void add_load(toc_buf *out, const toc_rehearsal *r)
{
    const toc_survey *s = r->survey;
    if (!s->most_injects || !s->most_words)
        return;
    toc_buf_str(out, "\nLoad        the fullest quarter of an hour of each team, on any path\n");
    for (size_t i = 0; i < r->plan->team_count; i++) {
        const toc_peak *injects = &s->most_injects[i], *words = &s->most_words[i];
        toc_buf_printf(out, "  %-*s", LABEL, r->plan->teams[i].id);
        if (injects->injects == 0 && words->words == 0) {
            toc_buf_str(out, "  receives nothing on any path\n");
            continue;
        }
        add_peak(out, injects->injects, "inject", injects->from);
        toc_buf_char(out, ' ');
        add_peak(out, words->words, "word", words->from);
        while (out->data[out->len - 1] == ' ')
            out->data[--out->len] = '\0';
        toc_buf_char(out, '\n');
        bool is_same = injects->path == words->path;
        if (injects->injects > 0)
            add_on(out, r, is_same ? "both" : "injects", injects);
        if (words->words > 0 && !is_same)
            add_on(out, r, "words", words);
    }
}

static void add_visible(toc_buf *out, const char *text)
{
    toc_text_visible(out, text, strlen(text), false);
}

static void add_wrapped(toc_buf *out, const char *gutter, const toc_buf *text)
{
    toc_text_block(out, toc_buf_text(text), text->len, gutter, WIDTH);
}
