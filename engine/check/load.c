// SPDX-License-Identifier: MIT
//
// How much comes to each team, and when: words to read, injects at once, long silences. What code, a
// missed action or EXCON sends has no known time: it counts as read, but in no quarter of an hour, and
// whoever may be sent such a thing is not called idle.

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "pass.h"

// One thing that comes to a team at a known time.
typedef struct {
    int64_t ms;
    size_t words;
    const char *id;
} arrival;

typedef struct {
    arrival *at;
    size_t count, capacity;
    bool may_surprise; // something can come at a time that is not known
} diary;

static size_t count_words(const char *text);
static void read_injects(toc_pass *p, diary *diaries, toc_load *loads);
static void read_tasks(toc_pass *p, diary *diaries, toc_load *loads);
static void add(diary *d, int64_t ms, size_t words, const char *id);
static int by_time(const void *a, const void *b);
static void find_busiest(const diary *d, toc_load *load, size_t *first, size_t *most_count,
                         size_t *most_first);
static void warn_of_team(toc_pass *p, const toc_team *team, const diary *d, toc_load *load);
static void warn_of_silence(toc_pass *p, const toc_team *team, const diary *d);
static void warn_of_calls(toc_pass *p);

void toc_pass_load(toc_pass *p, toc_review *out)
{
    size_t teams = p->plan->team_count;
    diary *diaries = toc_alloc((teams + 1) * sizeof *diaries);
    out->loads = toc_alloc((teams + 1) * sizeof *out->loads);
    out->load_count = teams;
    read_injects(p, diaries, out->loads);
    read_tasks(p, diaries, out->loads);
    for (size_t i = 0; i < teams; i++) {
        toc_load *load = &out->loads[i];
        load->team = toc_strdup(p->plan->teams[i].id);
        load->is_nearly_idle = load->injects + load->tasks < 3;
        if (diaries[i].count > 0)
            qsort(diaries[i].at, diaries[i].count, sizeof *diaries[i].at, by_time);
        warn_of_team(p, &p->plan->teams[i], &diaries[i], load);
        warn_of_silence(p, &p->plan->teams[i], &diaries[i]);
        free(diaries[i].at);
    }
    free(diaries);
    warn_of_calls(p);
}

static size_t count_words(const char *text)
{
    size_t count = 0;
    bool is_in = false;
    for (; text && *text; text++) {
        bool is_letter = (unsigned char)*text > ' ';
        count += is_letter && !is_in;
        is_in = is_letter;
    }
    return count;
}

static void read_injects(toc_pass *p, diary *diaries, toc_load *loads)
{
    for (size_t i = 0; i < p->plan->inject_count; i++) {
        const toc_inject *inject = &p->plan->injects[i];
        const toc_reach *r = &p->inject_reach[i];
        size_t words = count_words(inject->title) + count_words(inject->text);
        for (size_t k = 0; k < inject->to_count; k++) {
            size_t team = inject->to[k];
            loads[team].words += words;
            loads[team].injects++;
            if (r->has_time && r->planned_ms <= p->plan->length_ms)
                add(&diaries[team], r->planned_ms, words, inject->id);
            else
                diaries[team].may_surprise = true;
        }
    }
}

static void read_tasks(toc_pass *p, diary *diaries, toc_load *loads)
{
    for (size_t i = 0; i < p->plan->decision_count; i++) {
        const toc_decision *d = &p->plan->decisions[i];
        size_t team = toc_plan_team(p->plan, d->team);
        size_t words = count_words(d->title) + count_words(d->text);
        int64_t at = d->at.ms;
        if (team == TOC_NONE)
            continue;
        loads[team].words += words;
        loads[team].tasks++;
        if (d->at.kind == TOC_AT_PLAY ||
            (d->at.kind == TOC_AT_STORY && toc_pass_story(p, d->at.ms, &at)))
            add(&diaries[team], at, words, d->id);
        else
            diaries[team].may_surprise = true;
    }
    for (size_t i = 0; i < p->plan->expectation_count; i++)
        loads[p->plan->expectations[i].team].tasks++;
}

static void add(diary *d, int64_t ms, size_t words, const char *id)
{
    TOC_GROW(d->at, d->count, d->capacity);
    d->at[d->count++] = (arrival){ms, words, id};
}

static int by_time(const void *a, const void *b)
{
    const arrival *x = a;
    const arrival *y = b;
    return x->ms != y->ms ? (x->ms > y->ms) - (x->ms < y->ms) : strcmp(x->id, y->id);
}

// ---- warnings --------------------------------------------------------------------------------------

// The quarter of an hour with most words goes into load, and its first arrival into *first; that with
// most arrivals into *most_count and *most_first.
static void find_busiest(const diary *d, toc_load *load, size_t *first, size_t *most_count,
                         size_t *most_first)
{
    size_t begin = 0, words = 0;
    *first = *most_count = *most_first = 0;
    for (size_t i = 0; i < d->count; i++) {
        words += d->at[i].words;
        while (d->at[i].ms - d->at[begin].ms >= TOC_CHECK_QUARTER_MS)
            words -= d->at[begin++].words;
        size_t count = i - begin + 1;
        if (words > load->busiest_words) {
            load->busiest_words = words;
            load->busiest_count = count;
            load->busiest_ms = d->at[begin].ms;
            *first = begin;
        }
        if (count > *most_count) {
            *most_count = count;
            *most_first = begin;
        }
    }
}

static void list(toc_buf *out, const diary *d, size_t first, size_t count)
{
    for (size_t i = 0; i < count && i < 12; i++)
        toc_buf_printf(out, "%s%s", i ? ", " : "", d->at[first + i].id);
    if (count > 12)
        toc_buf_printf(out, " and %zu more", count - 12);
}

static void warn_of_team(toc_pass *p, const toc_team *team, const diary *d, toc_load *load)
{
    char from[32], to[32];
    toc_buf ids = {0};
    size_t first, count, at;
    find_busiest(d, load, &first, &count, &at);
    if (load->busiest_words > TOC_CHECK_WORDS_MOST) {
        list(&ids, d, first, load->busiest_count);
        toc_problem *o = toc_pass_tell(p, "W0403", "team", team->id, &team->place, NULL,
                                       "team \"%s\" has %zu words to read from %s to %s", team->id,
                                       load->busiest_words, toc_pass_time(from, load->busiest_ms),
                                       toc_pass_time(to, load->busiest_ms + TOC_CHECK_QUARTER_MS));
        toc_problem_label(o, "more than %d in a quarter of an hour", TOC_CHECK_WORDS_MOST);
        toc_problem_help(o, "shorten texts, or spread them over more time");
        toc_problem_note(o, "in that time come %s", toc_buf_text(&ids));
    }
    toc_buf_clear(&ids);
    if (count > TOC_CHECK_INJECTS_MOST) {
        list(&ids, d, at, count);
        toc_problem *o = toc_pass_tell(p, "W0404", "team", team->id, &team->place, NULL,
                                       "team \"%s\" gets %zu injects and decisions from %s to %s",
                                       team->id, count, toc_pass_time(from, d->at[at].ms),
                                       toc_pass_time(to, d->at[at].ms + TOC_CHECK_QUARTER_MS));
        toc_problem_label(o, "more than %d in a quarter of an hour", TOC_CHECK_INJECTS_MOST);
        toc_problem_help(o, "spread them over more time, or send some to another team");
        toc_problem_note(o, "in that time come %s", toc_buf_text(&ids));
    }
    toc_buf_fini(&ids);
}

// From its first arrival to ENDEX.
static void warn_of_silence(toc_pass *p, const toc_team *team, const diary *d)
{
    char from[32], to[32];
    int64_t longest = 0, begin = 0;
    if (d->may_surprise)
        return;
    for (size_t i = 0; i < d->count; i++) {
        int64_t next = i + 1 < d->count ? d->at[i + 1].ms : p->plan->length_ms;
        if (next - d->at[i].ms > longest) {
            longest = next - d->at[i].ms;
            begin = d->at[i].ms;
        }
    }
    if (longest <= TOC_CHECK_IDLE_MS)
        return;
    toc_problem *o = toc_pass_tell(p, "W0405", "team", team->id, &team->place, NULL,
                                   "nothing new comes to team \"%s\" from %s to %s", team->id,
                                   toc_pass_time(from, begin), toc_pass_time(to, begin + longest));
    toc_problem_label(o, "%lld minutes", (long long)(longest / 60000));
    toc_problem_help(o, "send it something in between, or plan what else keeps it busy");
}

static void warn_of_calls(toc_pass *p)
{
    static const char *const spoken[] = {"phone", "telephone", "call", "voice", "radio"};
    for (size_t i = 0; i < p->plan->inject_count; i++) {
        const toc_inject *inject = &p->plan->injects[i];
        bool is_spoken = inject->voice != NULL;
        for (size_t k = 0; inject->channel && k < TOC_COUNT(spoken); k++)
            is_spoken = is_spoken || strcasecmp(inject->channel, spoken[k]) == 0;
        size_t words = is_spoken ? count_words(inject->text) : 0;
        if (words <= TOC_CHECK_CALL_WORDS)
            continue;
        toc_problem *o = toc_pass_tell(p, "W0406", "inject", inject->id, &inject->place, "text",
                                       "inject \"%s\" comes by %s and has %zu words", inject->id,
                                       inject->channel ? inject->channel : "voice", words);
        toc_problem_label(o, "nobody says that in one go");
        toc_problem_help(o, "keep what is said below %d words, and send the rest in writing",
                         TOC_CHECK_CALL_WORDS);
    }
}
