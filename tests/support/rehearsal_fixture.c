// SPDX-License-Identifier: MIT
#include "rehearsal_fixture.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "script/scenario.h"

static const char head[] =
    "exercise \"try\" { title = \"Try\", startex = \"2026-03-01 06:00Z\", length = \"1h\", marking "
    "= "
    "\"TLP:CLEAR\" }\n"
    "team \"ops\" { name = \"Operations\", seats = 2, contacts = { \"net\", \"press\" } }\n"
    "team \"net\" { name = \"Network\", contacts = { \"ops\" } }\n"
    "party \"press\" { name = \"Press\" }\n"
    "objective \"OBJ-1\" { text = \"Talk\", team = \"ops\" }\n";

toc_files *rehearsal_files(const char *scenario)
{
    toc_files *files = toc_files_new();
    char *text = toc_sprintf("%s%s", head, scenario);
    toc_files_add(files, "scenario.lua", text, strlen(text));
    toc_library_add(files);
    free(text);
    return files;
}

toc_scenario *rehearsal_scenario(const toc_files *files)
{
    toc_scenario *s;
    toc_error e = {0};
    ck_assert_msg(toc_scenario_load(&s, files, NULL, 1, TOC_SCENARIO_MEMORY, NULL, &e) == TOC_OK,
                  "%s", e.msg);
    return s;
}

toc_playthrough rehearsal_play(const toc_files *files, const char *text, int64_t until)
{
    toc_scenario *s = rehearsal_scenario(files);
    toc_playthrough p;
    toc_path path;
    toc_error e = {0};
    ck_assert_msg(toc_path_parse(&path, toc_scenario_plan(s), text, &e) == TOC_OK, "%s", e.msg);
    ck_assert_msg(toc_play_path(&p, s, &path, until, &e) == TOC_OK, "%s", e.msg);
    toc_path_fini(&path);
    toc_scenario_free(s);
    return p;
}

static void add_field(toc_buf *out, const toc_event *ev, toc_field f)
{
    const toc_value *v = toc_event_value(ev, f);
    if (!v || f == TOC_F_WALL || toc_field_type(f) == TOC_TYPE_PAIRS)
        return;
    toc_buf_printf(out, " %s=", toc_field_name(f));
    if (v->text)
        toc_buf_str(out, v->text);
    else if (v->list)
        for (size_t i = 0; i < v->count; i++)
            toc_buf_printf(out, "%s%s", i ? "," : "", v->list[i]);
    else
        toc_buf_int(out, v->number);
}

char *rehearsal_log(const toc_playthrough *p)
{
    toc_buf out = {0};
    for (size_t i = 0; i < p->events.count; i++) {
        const toc_event *ev = &p->events.at[i];
        toc_buf_printf(&out, "%d:%02d %s", (int)(ev->t / 60000), (int)(ev->t / 1000 % 60),
                       toc_kind_name(ev->kind));
        for (size_t f = 0; f < toc_kind_field_count(ev->kind); f++)
            add_field(&out, ev, toc_kind_field(ev->kind, f));
        toc_buf_char(&out, '\n');
    }
    return toc_buf_take(&out);
}

char *rehearsal_bodies(const toc_playthrough *p, bool is_all)
{
    toc_buf out = {0};
    for (size_t i = 0; i < p->events.count; i++) {
        const toc_event *ev = &p->events.at[i];
        if (!is_all && toc_kind_class(ev->kind) != TOC_CLASS_DERIVED)
            continue;
        toc_event_body(&out, ev);
        toc_buf_char(&out, '\n');
    }
    return toc_buf_take(&out);
}

static void add_tallies(toc_buf *out, const char *name, const toc_tally *t, size_t count)
{
    for (size_t i = 0; i < count; i++)
        toc_buf_printf(out, "%s %zu: %zu, %zd, %zd\n", name, i, t[i].count, (ssize_t)t[i].first,
                       (ssize_t)t[i].without);
}

static void add_moments(toc_buf *out, const char *name, const toc_moments *m)
{
    for (size_t i = 0; i < m->count; i++)
        toc_buf_printf(out, " %s%zu@%lld", name, m->at[i].index, (long long)m->at[i].t);
}

static void add_variation(toc_buf *out, const toc_survey *s, const toc_variation *v)
{
    toc_buf_printf(out, "%s %s=%s%s at %lld [%s]", v->is_parent ? "point" : "variation", v->point,
                   v->outcome, v->is_late ? "@late" : "", (long long)v->t,
                   toc_survey_path(s, v->path));
    add_moments(out, "+inject ", &v->sent);
    add_moments(out, "-inject ", &v->unsent);
    add_moments(out, "+decision ", &v->asked);
    add_moments(out, "-decision ", &v->unasked);
    add_moments(out, "+phase ", &v->entered);
    add_moments(out, "-phase ", &v->skipped);
    add_moments(out, "+repair ", &v->started);
    add_moments(out, "-repair ", &v->unstarted);
    for (size_t i = 0; i < v->level_count && i < TOC_VARIATION_LEVELS; i++)
        toc_buf_printf(out, " service %zu %d/%d->%d/%d", v->levels[i].service,
                       v->levels[i].was_lowest, v->levels[i].was_last, v->levels[i].lowest,
                       v->levels[i].last);
    toc_buf_printf(out, " end %d %lld", v->has_endex, (long long)v->end);
    toc_buf_printf(out, " like %s%s\n", s->variations[v->like].outcome,
                   s->variations[v->like].is_late ? "@late" : "");
}

char *rehearsal_report(const toc_survey *s)
{
    toc_buf out = {0};
    toc_buf_printf(&out, "%zu paths, capped %d, at least %.0f, ended %zu, %lld %lld %lld\n",
                   s->path_count, s->is_capped, s->at_least, s->ended, (long long)s->endex_first,
                   (long long)s->endex_median, (long long)s->endex_last);
    add_tallies(&out, "inject", s->injects, s->inject_count);
    add_tallies(&out, "condition", s->conditions, s->condition_count);
    for (size_t i = 0; i < s->finding_count; i++) {
        const toc_finding *f = &s->findings[i];
        toc_buf_printf(&out, "%s %s %s:%d %s [%zu] %s\n", toc_found_name(f->kind), f->subject,
                       f->file, f->line, f->text, f->count,
                       f->path == TOC_NONE ? "-" : toc_survey_path(s, f->path));
    }
    for (size_t i = 0; i < s->mark_count; i++)
        toc_buf_printf(&out, "mark %d %zu %zd %lld\n", (int)s->marks[i].kind, s->marks[i].index,
                       (ssize_t)s->marks[i].team, (long long)s->marks[i].t);
    for (size_t i = 0; i < s->variation_count; i++)
        add_variation(&out, s, &s->variations[i]);
    return toc_buf_take(&out);
}

toc_survey rehearsal_survey(const toc_files *files, toc_strategy strategy, unsigned cores)
{
    toc_survey s;
    toc_error e = {0};
    toc_survey_options o = {.strategy = strategy, .seed = 26, .run_seed = 1, .cores = cores};
    ck_assert_msg(toc_survey_run(&s, files, &o, &e) == TOC_OK, "%s", e.msg);
    return s;
}

const toc_finding *rehearsal_finding(const toc_survey *s, toc_found kind, const char *subject)
{
    for (size_t i = 0; i < s->finding_count; i++)
        if (s->findings[i].kind == kind && (!subject || !strcmp(s->findings[i].subject, subject)))
            return &s->findings[i];
    return NULL;
}
