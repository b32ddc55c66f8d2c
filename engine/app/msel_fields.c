// SPDX-License-Identifier: MIT
#include "msel_fields.h"

#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "msel_answers.h"
#include "msel_senders.h"

enum { ALL_FROM = 3 }; // so few teams are named, more are "all"

static void add_id(toc_buf *out, const toc_plan *p, const toc_mel_row *row);
static void add_trigger(toc_buf *out, const toc_mel *m, const toc_mel_row *row);
static void add_senders(toc_buf *out, size_t from, const toc_mel *m, const toc_mel_row *row);
static void add_at(toc_buf *out, const toc_mel *m, toc_at at, bool is_crossed);
static void add_from(toc_buf *out, const toc_plan *p, const toc_mel_row *row);
static void add_from_name(toc_buf *out, const toc_plan *p, const toc_mel_row *row);
static void add_title(toc_buf *out, const toc_plan *p, const toc_mel_row *row);
static void add_text(toc_buf *out, const toc_plan *p, const toc_mel_row *row);
static void add_notes(toc_buf *out, const toc_plan *p, const toc_mel_row *row);
static void add_expected(toc_buf *out, const toc_mel *m, const toc_mel_row *row);
static void add_release(toc_buf *out, const toc_plan *p, const toc_mel_row *row);
static void add_attachments(toc_buf *out, const toc_plan *p, const toc_mel_row *row);
static void add_teams(toc_buf *out, const toc_plan *p, const toc_mel_row *row, bool has_seats);
static void add_deadline(toc_buf *out, const toc_mel *m, const toc_mel_row *row);
static void add_options(toc_buf *out, const toc_mel *m, size_t decision);

static bool is_inject(const toc_mel_row *row)
{
    return row->kind == TOC_MEL_INJECT || row->kind == TOC_MEL_CONTINGENCY;
}

void toc_mel_add(toc_buf *out, const toc_mel *m, const toc_mel_row *row, toc_mel_field field)
{
    static const char *const kinds[] = {
        [TOC_MEL_STARTEX] = "STARTEX",   [TOC_MEL_PHASE] = "phase",
        [TOC_MEL_INJECT] = "inject",     [TOC_MEL_CONTINGENCY] = "contingency inject",
        [TOC_MEL_DECISION] = "decision", [TOC_MEL_EXPECTED] = "expected action",
        [TOC_MEL_ENDEX] = "ENDEX",
    };
    const toc_plan *p = m->plan;
    const toc_objective *objective = toc_mel_objective(p, row);
    switch (field) {
    case TOC_MEL_F_SERIAL:
        toc_buf_int(out, (int64_t)(row - m->rows) + 1);
        return;
    case TOC_MEL_F_KIND:
        toc_buf_str(out, kinds[row->kind]);
        return;
    case TOC_MEL_F_ID:
        add_id(out, p, row);
        return;
    case TOC_MEL_F_TIME:
        if (row->play < 0 && row->earliest >= 0)
            toc_buf_str(out, "from ");
        if (row->play >= 0 || row->earliest >= 0)
            toc_mel_time_text(out, row->play >= 0 ? row->play : row->earliest);
        return;
    case TOC_MEL_F_STORY:
        if (row->play >= 0)
            toc_story_text(out, toc_mel_clock_story(&m->clock, row->play));
        return;
    case TOC_MEL_F_TRIGGER:
        add_trigger(out, m, row);
        return;
    case TOC_MEL_F_FROM:
        add_from_name(out, p, row);
        return;
    case TOC_MEL_F_FROM_ID:
        add_from(out, p, row);
        return;
    case TOC_MEL_F_TO:
        add_teams(out, p, row, false);
        return;
    case TOC_MEL_F_CHANNEL:
        if (is_inject(row) && p->injects[row->index].channel)
            toc_buf_str(out, p->injects[row->index].channel);
        return;
    case TOC_MEL_F_VOICE:
        if (toc_mel_is_told(p, row))
            toc_buf_str(out, p->injects[row->index].voice);
        return;
    case TOC_MEL_F_TITLE:
        add_title(out, p, row);
        return;
    case TOC_MEL_F_TEXT:
        add_text(out, p, row);
        return;
    case TOC_MEL_F_NOTES:
        add_notes(out, p, row);
        return;
    case TOC_MEL_F_OBJECTIVE:
        if (objective)
            toc_buf_printf(out, "%s: %s", objective->id, objective->text);
        return;
    case TOC_MEL_F_CAPABILITY:
        if (objective && objective->capability)
            toc_buf_str(out, objective->capability);
        return;
    case TOC_MEL_F_EXPECTED:
        add_expected(out, m, row);
        return;
    case TOC_MEL_F_RELEASE:
        add_release(out, p, row);
        return;
    case TOC_MEL_F_ATTACHMENTS:
        add_attachments(out, p, row);
        return;
    case TOC_MEL_F_SEATS:
        add_teams(out, p, row, true);
        return;
    case TOC_MEL_F_DEADLINE:
        add_deadline(out, m, row);
        return;
    case TOC_MEL_F_OPTIONS:
        if (row->kind == TOC_MEL_DECISION)
            add_options(out, m, row->index);
        return;
    }
}

// ---- words that others use too -------------------------------------------------------------------------

void toc_mel_time_text(toc_buf *out, int64_t play_ms)
{
    int64_t seconds = play_ms / 1000;
    toc_buf_printf(out, "T+%" PRId64 ":%02d", seconds / 3600, (int)(seconds / 60 % 60));
    if (seconds % 60)
        toc_buf_printf(out, ":%02d", (int)(seconds % 60));
}

void toc_mel_span_text(toc_buf *out, toc_span span)
{
    if (span.months)
        toc_buf_printf(out, "%d month%s", span.months, span.months == 1 ? "" : "s");
    if (span.months && span.ms)
        toc_buf_str(out, " and ");
    if (span.ms || !span.months)
        toc_duration_text(out, span.ms);
    if (span.is_story)
        toc_buf_str(out, " story");
}

const char *toc_mel_name(const toc_plan *p, const char *id)
{
    size_t team = toc_plan_team(p, id), party = toc_plan_party(p, id);
    if (team != TOC_NONE)
        return p->teams[team].name;
    if (party != TOC_NONE)
        return p->parties[party].name;
    return strcmp(id, "excon") == 0 ? "exercise control" : id;
}

const toc_objective *toc_mel_objective(const toc_plan *p, const toc_mel_row *row)
{
    const char *id = NULL;
    if (is_inject(row))
        id = p->injects[row->index].objective;
    else if (row->kind == TOC_MEL_DECISION)
        id = p->decisions[row->index].objective;
    else if (row->kind == TOC_MEL_EXPECTED)
        id = p->expectations[row->index].objective;
    size_t i = id ? toc_plan_objective(p, id) : TOC_NONE;
    return i == TOC_NONE ? NULL : &p->objectives[i];
}

bool toc_mel_is_told(const toc_plan *p, const toc_mel_row *row)
{
    return is_inject(row) && p->injects[row->index].voice;
}

bool toc_mel_hangs_on(const toc_expectation *x, size_t inject)
{
    return x->contingency == inject ||
           ((x->by.kind == TOC_AT_AFTER || x->by.kind == TOC_AT_AWARE) && x->by.inject == inject);
}

void toc_mel_observed_text(toc_buf *out, const toc_mel *m, size_t expectation)
{
    const toc_expectation *x = &m->plan->expectations[expectation];
    bool is_watched = x->has_condition || toc_mel_is_met_by_script(m, expectation);
    if (x->product)
        toc_buf_printf(out, "handed in as %s", x->product);
    if (x->product && is_watched)
        toc_buf_str(out, ", or ");
    if (is_watched)
        toc_buf_str(out, "the engine watches for it");
    if (!x->product && !is_watched)
        toc_buf_str(out, "somebody must see and mark it");
}

// ---- fields --------------------------------------------------------------------------------------------

static void add_id(toc_buf *out, const toc_plan *p, const toc_mel_row *row)
{
    if (is_inject(row))
        toc_buf_str(out, p->injects[row->index].id);
    else if (row->kind == TOC_MEL_DECISION)
        toc_buf_str(out, p->decisions[row->index].id);
    else if (row->kind == TOC_MEL_EXPECTED)
        toc_buf_str(out, p->expectations[row->index].id);
    else if (row->kind == TOC_MEL_PHASE)
        toc_buf_str(out, p->phases[row->index].id);
}

static void add_word(toc_buf *out, size_t from, const char *word)
{
    if (out->len > from)
        toc_buf_str(out, "; ");
    toc_buf_str(out, word);
}

// What sends it: a time, another inject, an expected action that did not happen, or somebody.
static void add_trigger(toc_buf *out, const toc_mel *m, const toc_mel_row *row)
{
    const toc_plan *p = m->plan;
    size_t from = out->len;
    if (row->kind == TOC_MEL_STARTEX)
        toc_buf_str(out, "by hand: EXCON starts play");
    else if (row->kind == TOC_MEL_ENDEX)
        toc_buf_str(out, "by the clock, unless EXCON or a storyline ends it earlier");
    else if (row->kind == TOC_MEL_EXPECTED)
        toc_mel_observed_text(out, m, row->index);
    else if (is_inject(row))
        add_at(out, m, p->injects[row->index].at, row->is_crossed);
    else if (row->kind == TOC_MEL_DECISION)
        add_at(out, m, p->decisions[row->index].at, row->is_crossed);
    else
        add_at(out, m, p->phases[row->index].at, false);
    if (row->kind == TOC_MEL_CONTINGENCY)
        for (size_t i = 0; (i = toc_mel_expectation_of(p, row->index, i)) != TOC_NONE; i++) {
            add_word(out, from, "contingency of ");
            toc_buf_str(out, p->expectations[i].id);
        }
    add_senders(out, from, m, row);
    if (out->len == from)
        toc_buf_str(out, "by a storyline or by hand");
}

static void add_senders(toc_buf *out, size_t from, const toc_mel *m, const toc_mel_row *row)
{
    toc_buf senders = {0};
    toc_mel_senders_text(&senders, m, row);
    if (senders.len > 0)
        add_word(out, from, toc_buf_text(&senders));
    if (row->earliest > 0) {
        toc_buf_str(out, ", not before ");
        toc_mel_time_text(out, row->earliest);
    }
    toc_buf_fini(&senders);
}

static void add_at(toc_buf *out, const toc_mel *m, toc_at at, bool is_crossed)
{
    toc_story story = m->plan->startex;
    switch (at.kind) {
    case TOC_AT_PLAY:
        toc_buf_str(out, "by the clock");
        break;
    case TOC_AT_STORY:
        story.ms = at.ms;
        toc_buf_str(out, "by the story's clock, ");
        toc_story_text(out, story);
        break;
    case TOC_AT_AFTER:
        toc_buf_printf(out, "%s +", m->plan->injects[at.inject].id);
        toc_mel_span_text(out, at.after);
        break;
    case TOC_AT_AWARE:
        toc_mel_span_text(out, at.after);
        toc_buf_printf(out, " after the team is aware of %s", m->plan->injects[at.inject].id);
        break;
    case TOC_AT_MET:
        toc_mel_span_text(out, at.after);
        toc_buf_printf(out, " after %s is met, or else was due",
                       m->plan->expectations[at.expectation].id);
        break;
    case TOC_AT_NEVER:
        break;
    }
    if (is_crossed)
        toc_buf_str(out, " (a phase jumps over it: EXCON rules)");
}

static void add_from(toc_buf *out, const toc_plan *p, const toc_mel_row *row)
{
    if (is_inject(row))
        toc_buf_str(out, p->injects[row->index].from ? p->injects[row->index].from : "excon");
    else if (row->kind == TOC_MEL_DECISION || row->kind == TOC_MEL_STARTEX ||
             row->kind == TOC_MEL_ENDEX || row->kind == TOC_MEL_PHASE)
        toc_buf_str(out, "excon");
}

static void add_from_name(toc_buf *out, const toc_plan *p, const toc_mel_row *row)
{
    toc_buf id = {0};
    add_from(&id, p, row);
    const char *from = toc_buf_text(&id);
    toc_buf_str(out, strcmp(from, "excon") == 0 ? from : toc_mel_name(p, from));
    toc_buf_fini(&id);
}

static void add_title(toc_buf *out, const toc_plan *p, const toc_mel_row *row)
{
    if (is_inject(row))
        toc_buf_str(out, p->injects[row->index].title);
    else if (row->kind == TOC_MEL_DECISION)
        toc_buf_str(out, p->decisions[row->index].title);
    else if (row->kind == TOC_MEL_EXPECTED)
        toc_buf_str(out, p->expectations[row->index].text);
    else if (row->kind == TOC_MEL_PHASE && p->phases[row->index].title)
        toc_buf_str(out, p->phases[row->index].title);
    else if (row->kind == TOC_MEL_STARTEX)
        toc_buf_str(out, "Start of the exercise");
    else if (row->kind == TOC_MEL_ENDEX)
        toc_buf_str(out, "End of the exercise");
}

static void add_text(toc_buf *out, const toc_plan *p, const toc_mel_row *row)
{
    const char *text = NULL;
    if (is_inject(row) && !p->injects[row->index].text)
        text = "(A function of the scenario makes this text when the inject is sent.)";
    else if (is_inject(row))
        text = p->injects[row->index].text;
    else if (row->kind == TOC_MEL_DECISION)
        text = p->decisions[row->index].text;
    else if (row->kind == TOC_MEL_PHASE)
        text = p->phases[row->index].text;
    if (text)
        toc_buf_str(out, text);
}

static void add_notes(toc_buf *out, const toc_plan *p, const toc_mel_row *row)
{
    const char *notes = NULL;
    if (is_inject(row))
        notes = p->injects[row->index].notes;
    else if (row->kind == TOC_MEL_DECISION)
        notes = p->decisions[row->index].notes;
    else if (row->kind == TOC_MEL_EXPECTED)
        notes = p->expectations[row->index].notes;
    if (notes)
        toc_buf_str(out, notes);
}

static void add_expected(toc_buf *out, const toc_mel *m, const toc_mel_row *row)
{
    const toc_plan *p = m->plan;
    if (row->kind == TOC_MEL_EXPECTED)
        toc_buf_str(out, p->expectations[row->index].text);
    if (!is_inject(row))
        return;
    size_t from = out->len;
    for (size_t i = 0; i < p->expectation_count; i++)
        if (toc_mel_hangs_on(&p->expectations[i], row->index)) {
            toc_buf_printf(out, "%s%s: %s", out->len > from ? "\n" : "", p->expectations[i].id,
                           p->expectations[i].text);
        }
}

static void add_release(toc_buf *out, const toc_plan *p, const toc_mel_row *row)
{
    if (!is_inject(row))
        return;
    bool is_manual = p->injects[row->index].manual;
    for (size_t i = 0; !is_manual && (i = toc_mel_expectation_of(p, row->index, i)) != TOC_NONE;
         i++)
        is_manual = p->expectations[i].manual;
    toc_buf_str(out, is_manual ? "manual: EXCON releases it" : "automatic");
}

static void add_attachments(toc_buf *out, const toc_plan *p, const toc_mel_row *row)
{
    if (!is_inject(row))
        return;
    const toc_inject *inject = &p->injects[row->index];
    for (size_t i = 0; i < inject->attach_count; i++)
        toc_buf_printf(out, "%s%s", i ? ", " : "", p->attachments[inject->attach[i]].path);
}

static void add_team(toc_buf *out, size_t from, const char *id, int seats)
{
    for (int seat = 1; seat <= (seats ? seats : 1); seat++) {
        toc_buf_printf(out, "%s%s", out->len > from ? ", " : "", id);
        if (seats)
            toc_buf_printf(out, "-%d", seat);
    }
}

// The teams a row is for, or their seats.
static void add_teams(toc_buf *out, const toc_plan *p, const toc_mel_row *row, bool has_seats)
{
    size_t from = out->len;
    if (is_inject(row)) {
        const toc_inject *inject = &p->injects[row->index];
        if (!has_seats && inject->to_count == p->team_count && p->team_count > ALL_FROM) {
            toc_buf_str(out, "all");
            return;
        }
        for (size_t i = 0; i < inject->to_count; i++)
            add_team(out, from, p->teams[inject->to[i]].id,
                     has_seats ? p->teams[inject->to[i]].seats : 0);
    } else if (row->kind == TOC_MEL_DECISION) {
        size_t team = toc_plan_team(p, p->decisions[row->index].team);
        if (team != TOC_NONE)
            add_team(out, from, p->teams[team].id, has_seats ? p->teams[team].seats : 0);
        else
            toc_buf_str(out, p->decisions[row->index].team);
    } else if (row->kind == TOC_MEL_EXPECTED) {
        const toc_team *team = &p->teams[p->expectations[row->index].team];
        add_team(out, from, team->id, has_seats ? team->seats : 0);
    } else if (!has_seats) {
        toc_buf_str(out, "all");
    }
}

static void add_deadline(toc_buf *out, const toc_mel *m, const toc_mel_row *row)
{
    if (row->kind == TOC_MEL_EXPECTED) {
        if (row->play >= 0)
            toc_mel_time_text(out, row->play);
        const toc_at by = m->plan->expectations[row->index].by;
        if (by.kind == TOC_AT_PLAY)
            return;
        if (row->play >= 0)
            toc_buf_str(out, ", ");
        add_at(out, m, by, row->is_crossed);
    } else if (row->kind == TOC_MEL_DECISION) {
        if (row->due >= 0) {
            toc_mel_time_text(out, row->due);
            toc_buf_str(out, ", ");
        }
        toc_mel_span_text(out, m->plan->decisions[row->index].within);
        toc_buf_str(out, " after it is asked");
    }
}

// " → INJ-03 at once"
static void add_brought(toc_buf *out, const toc_mel *m, size_t decision, const char *outcome)
{
    toc_buf text = {0};
    toc_mel_answer_text(&text, m, decision, outcome);
    if (text.len > 0)
        toc_buf_printf(out, " → %s", toc_buf_text(&text));
    toc_buf_fini(&text);
}

// The options, and, where there was a rehearsal, what each brings.
static void add_options(toc_buf *out, const toc_mel *m, size_t decision)
{
    static const char *const others[][2] = {{"own", "an answer of their own, accepted"},
                                            {"rejected", "an answer of their own, rejected"},
                                            {"none", "no answer in time"}};
    const toc_decision *d = &m->plan->decisions[decision];
    if (d->option_count == 0)
        toc_buf_str(out, "an answer in their own words");
    for (size_t i = 0; i < d->option_count; i++) {
        const char *id = d->options[2 * i];
        toc_buf_printf(out, "%s%s: %s%s", i ? "\n" : "", id, d->options[2 * i + 1],
                       d->fallback && strcmp(d->fallback, id) == 0 ? " (default)" : "");
        add_brought(out, m, decision, id);
    }
    for (size_t i = 0; i < TOC_COUNT(others); i++) {
        toc_buf text = {0};
        add_brought(&text, m, decision, others[i][0]);
        if (text.len > 0)
            toc_buf_printf(out, "\n%s%s", others[i][1], toc_buf_text(&text));
        toc_buf_fini(&text);
    }
}
