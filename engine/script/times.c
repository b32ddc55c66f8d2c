// SPDX-License-Identifier: MIT
// Times of a declaration: reading them, and what was probably meant by one that cannot be read. What
// is proposed is always one that can.

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "lib.h"
#include "values.h"

enum { MEANT_MAX = 80, WORDS_MAX = 60 };

static toc_err try_time(const toc_reading *r, const char *text, toc_error *e);
static bool find_meant(const toc_scenario *s, toc_value_kind kind, const char *text,
                       char out[MEANT_MAX]);
static bool is_good(const toc_scenario *s, toc_value_kind kind, const char *text);
static bool is_clock(const char *text);
static bool mend_duration(const char *text, char out[MEANT_MAX]);
static bool mend_date(const char *text, bool has_zone, char out[MEANT_MAX]);
static const char *find_zone(const char *text);
static const char *words_of(toc_value_kind kind);

// Times are kept as text: what they mean depends on startex and on what is declared later. Those
// that do not are tried here, so that the second pass has only the others to report.
void toc_value_time(const toc_reading *r)
{
    toc_value_kind kind = r->key->value;
    char number[TOC_NUMBER_TEXT];
    toc_error e;
    if (lua_type(r->L, -1) != LUA_TSTRING) {
        toc_problem *problem = toc_value_wrong(r, words_of(kind));
        bool is_span = kind == TOC_V_SPAN || kind == TOC_V_DURATION || kind == TOC_V_MINUTES;
        if (lua_type(r->L, -1) == LUA_TNUMBER && (is_span || kind == TOC_V_MOMENT)) {
            toc_number_text(r->L, -1, number);
            toc_problem_help(problem,
                             "in quotes and with its unit; are minutes meant? %s = \"%s%sm\"",
                             r->key->name, is_span ? "" : "T+", number);
        } else {
            toc_problem_help(problem, "write %s = %s", r->key->name, r->key->example);
        }
        return;
    }
    size_t len;
    const char *text = lua_tolstring(r->L, -1, &len);
    if (!toc_value_text_ok(r, r->at, r->key->name, text, len, TOC_LINE_TEXT_MAX))
        return;
    if (try_time(r, text, &e) != TOC_OK) {
        toc_time_problem(r->s, r->draft, r->at, kind, r->key->name, text, e.msg);
        return;
    }
    r->out->text = toc_strdup(text);
    r->out->is_set = true;
}

static bool has_no_zone(const char *text)
{
    size_t len = strlen(text);
    return len > 0 && isdigit((unsigned char)text[len - 1]) && !strchr(text, '+');
}

toc_problem *toc_time_problem(toc_scenario *s, const toc_draft *d, toc_where at,
                              toc_value_kind kind, const char *name, const char *text,
                              const char *why)
{
    // What reads times says how they are written behind a colon: that is help, not the cause.
    const char *advice = strstr(why, ": write ");
    bool is_span = kind == TOC_V_SPAN || kind == TOC_V_DURATION || kind == TOC_V_MINUTES;
    char meant[MEANT_MAX];
    toc_problem *problem = toc_draft_problem(s, d, is_span ? "E0207" : "E0206", at, "%s%s%.*s",
                                             name, *why == ' ' ? "" : ": ",
                                             advice ? (int)(advice - why) : (int)strlen(why), why);
    if (!find_meant(s, kind, text, meant) || strcmp(meant, text) == 0) {
        if (advice)
            toc_problem_help(problem, "%s", advice + 2);
        else
            toc_problem_help(problem, "write it %s", strstr(words_of(kind), "like "));
        return problem;
    }
    if (is_clock(text) && (kind == TOC_V_MOMENT || kind == TOC_V_DEADLINE))
        toc_problem_help(problem,
                         "did you mean \"%s\"? T+ and hours:minutes are play time after "
                         "STARTEX; story and a time are the story's own clock",
                         meant);
    else if (is_span && text[strspn(text, "0123456789")] == '\0')
        toc_problem_help(
            problem, "write its unit too: %s for minutes; s, m, h and d can stand there", meant);
    else if (kind == TOC_V_STORY && meant[strlen(meant) - 1] == 'Z' && has_no_zone(text)) {
        toc_problem_help(problem,
                         "write its zone too: \"%s\" if it is UTC, \"%.*s+01:00\" if it is Berlin "
                         "in winter, +02:00 in summer",
                         meant, (int)strlen(meant) - 1, meant);
        return problem;
    } else
        toc_problem_help(problem, "did you mean \"%s\"?", meant);
    if (text[strspn(text, "0123456789")] != '\0')
        toc_draft_fix(s, problem, "\"%s\"", meant);
    return problem;
}

// e goes on after the key's name.
static toc_err try_time(const toc_reading *r, const char *text, toc_error *e)
{
    toc_value_kind kind = r->key->value;
    toc_error why = {0};
    toc_story story;
    toc_span span = {.ms = 1};
    toc_err err = TOC_OK;
    if (kind == TOC_V_STORY)
        err = toc_story_parse(text, &story, &why);
    else if (kind == TOC_V_MINUTES)
        err = toc_minutes_parse(text, r->key->least, r->key->most, &r->out->number, &why);
    else if (kind == TOC_V_SPAN || kind == TOC_V_DURATION)
        err = toc_span_parse(text, &span, &why);
    if (err)
        return toc_fail(e, err, "%.400s", why.msg);
    if (kind == TOC_V_DURATION && span.is_story)
        return toc_fail(e, TOC_EFORMAT, " is play time: leave out the word story");
    if (span.ms == 0 && span.months == 0)
        return toc_fail(e, TOC_EFORMAT, " must be more than nothing");
    return TOC_OK;
}

// ---- what was meant --------------------------------------------------------------------------------

static bool find_meant(const toc_scenario *s, toc_value_kind kind, const char *text,
                       char out[MEANT_MAX])
{
    char words[WORDS_MAX + 1];
    char part[MEANT_MAX];
    size_t len = strlen(text);
    if (len > WORDS_MAX)
        return false;
    // Blanks around it, and T + 0:30, t+0:30, T0:30 for T+0:30.
    const char *p = text + strspn(text, " \t");
    bool is_play = (*p == 'T' || *p == 't') && strchr("+ 0123456789", p[1]) && p[1];
    p += is_play || *p == '+' ? 1 : 0;
    p += strspn(p, " +");
    snprintf(words, sizeof words, "%s", p);
    for (len = strlen(words); len > 0 && strchr(" \t", words[len - 1]); len--)
        words[len - 1] = '\0';
    if (kind == TOC_V_SPAN || kind == TOC_V_DURATION || kind == TOC_V_MINUTES)
        return mend_duration(words, out) && is_good(s, kind, out);
    if (kind == TOC_V_STORY || kind == TOC_V_CLOCK)
        return mend_date(words, kind == TOC_V_STORY, out) && is_good(s, kind, out);
    if (strncasecmp(words, "story", 5) == 0) {
        if (!mend_date(words + 5, false, part))
            snprintf(part, sizeof part, "%s", words + 5 + strspn(words + 5, " :"));
        snprintf(out, MEANT_MAX, "story %.60s", part);
        return is_good(s, kind, out);
    }
    bool is_bare_clock = is_clock(words);
    if (is_bare_clock || mend_duration(words, part)) {
        int64_t ms = 0;
        snprintf(out, MEANT_MAX, "T+%.60s", is_bare_clock ? words : part);
        toc_play_parse(out, &ms, NULL);
        if (is_bare_clock && !is_play && s->plan.length_ms > 0 && ms > s->plan.length_ms)
            snprintf(out, MEANT_MAX, "story %s", words);
        return is_good(s, kind, out);
    }
    if (mend_date(words, false, part)) {
        snprintf(out, MEANT_MAX, "story %.60s", part);
        return is_good(s, kind, out);
    }
    char *plus = strrchr(words, '+'); // INJ-01 +15, INJ-01 + 15 minutes
    if (!plus || !mend_duration(plus + 1, part))
        return false;
    *plus = '\0';
    snprintf(out, MEANT_MAX, "%s%s+%.12s", words, plus > words && plus[-1] == ' ' ? "" : " ", part);
    return is_good(s, kind, out);
}

static bool is_good(const toc_scenario *s, toc_value_kind kind, const char *text)
{
    toc_story story;
    toc_span span;
    toc_moment m;
    switch (kind) {
    case TOC_V_STORY:
        return toc_story_parse(text, &story, NULL) == TOC_OK;
    case TOC_V_CLOCK:
        return toc_story_clock_parse(text, s->plan.startex, &story, NULL) == TOC_OK;
    case TOC_V_SPAN:
    case TOC_V_DURATION:
    case TOC_V_MINUTES:
        return toc_span_parse(text, &span, NULL) == TOC_OK && (span.ms > 0 || span.months > 0);
    default:
        return toc_moment_parse(text, s->plan.startex, kind == TOC_V_DEADLINE, &m, NULL) == TOC_OK;
    }
}

static bool is_clock(const char *text)
{
    int hours;
    int minutes;
    int end = 0;
    text += strspn(text, " ");
    return isdigit((unsigned char)*text) &&
           sscanf(text, "%3d:%2d%n", &hours, &minutes, &end) == 2 &&
           text[end + (int)strspn(text + end, " ")] == '\0' && minutes < 60;
}

// "90" "90 min" "2 hours 30 minutes" "1:30" "24 h story" to 90m 90m 2h30m 1h30m 24h story
static bool mend_duration(const char *text, char out[MEANT_MAX])
{
    static const struct {
        const char *word, *unit;
    } units[] = {{"d", "d"},    {"day", "d"},    {"days", "d"},    {"h", "h"}, {"hr", "h"},
                 {"hrs", "h"},  {"hour", "h"},   {"hours", "h"},   {"m", "m"}, {"min", "m"},
                 {"mins", "m"}, {"minute", "m"}, {"minutes", "m"}, {"s", "s"}, {"sec", "s"},
                 {"secs", "s"}, {"second", "s"}, {"seconds", "s"}};
    const char *p = text + strspn(text, " ");
    size_t used = 0;
    bool is_story = false;
    int hours;
    int minutes;
    if (is_clock(p) && sscanf(p, "%3d:%2d", &hours, &minutes) == 2) {
        if (hours > 0)
            used = (size_t)snprintf(out, MEANT_MAX, "%dh", hours);
        if (hours == 0 || minutes > 0)
            snprintf(out + used, MEANT_MAX - used, "%dm", minutes);
        return true;
    }
    while (*p) {
        if (used > 0 && strncasecmp(p, "story", 5) == 0 && p[5 + strspn(p + 5, " ")] == '\0') {
            is_story = true;
            break;
        }
        size_t digits = strspn(p, "0123456789");
        const char *word = p + digits + strspn(p + digits, " ");
        size_t len = 0;
        const char *unit = NULL;
        while (isalpha((unsigned char)word[len]))
            len++;
        for (size_t i = 0; i < TOC_COUNT(units); i++)
            if (len == strlen(units[i].word) && strncasecmp(word, units[i].word, len) == 0)
                unit = units[i].unit;
        if (len == 0 && !*word && used == 0)
            unit = "m";
        if (digits == 0 || digits > 6 || !unit || used > 40)
            return false;
        used += (size_t)snprintf(out + used, MEANT_MAX - used, "%.*s%s", (int)digits, p, unit);
        p = word + len + strspn(word + len, " ,.");
    }
    if (is_story)
        snprintf(out + used, MEANT_MAX - used, " story");
    return used > 0;
}

// " CET" to +01:00; NULL: it is none that is known.
static const char *find_zone(const char *text)
{
    static const char *const zones[][2] = {
        {"UTC", "Z"},       {"GMT", "Z"},      {"WET", "Z"},       {"CET", "+01:00"},
        {"MEZ", "+01:00"},  {"BST", "+01:00"}, {"WEST", "+01:00"}, {"CEST", "+02:00"},
        {"MESZ", "+02:00"}, {"EET", "+02:00"}, {"EEST", "+03:00"}};
    char word[8];
    snprintf(word, sizeof word, "%s", text + strspn(text, " ("));
    word[strcspn(word, " )")] = '\0';
    for (size_t i = 0; i < TOC_COUNT(zones); i++)
        if (strcasecmp(word, zones[i][0]) == 0)
            return zones[i][1];
    return NULL;
}

// 2.3.2026 07:00, 2026/3/2 7:00, 2026-03-02 (07:00) to 2026-03-02 07:00 and, for startex, its Z.
static bool mend_date(const char *text, bool has_zone, char out[MEANT_MAX])
{
    int n[3];
    char sign[2];
    int end = 0;
    int hour = 7;
    int minute = 0;
    text += strspn(text, " ");
    if (sscanf(text, "%4d%1[./-]%2d%*1[./-]%4d%n", &n[0], sign, &n[1], &n[2], &end) != 4 || !end)
        return false;
    const char *rest = text + end;
    rest += strspn(rest, " T,");
    if (*rest && sscanf(rest, "%2d:%2d%n", &hour, &minute, &end) != 2)
        return false;
    rest += *rest ? end : 0;
    bool is_year_first = n[0] > 31;
    bool is_month_first = !is_year_first && n[1] > 12;
    int year = is_year_first ? n[0] : n[2];
    int month = is_year_first ? n[1] : is_month_first ? n[0] : n[1];
    int day = is_year_first ? n[2] : is_month_first ? n[1] : n[0];
    const char *named = find_zone(rest);
    rest = named ? named : rest;
    bool is_zone = *rest == 'Z' || *rest == '+' || *rest == '-';
    if (*rest && !is_zone && *rest != ' ')
        return false;
    snprintf(out, MEANT_MAX, "%04d-%02d-%02d %02d:%02d%.8s", year, month, day, hour, minute,
             !has_zone ? ""
             : is_zone ? rest
                       : "Z");
    return true;
}

static const char *words_of(toc_value_kind kind)
{
    switch (kind) {
    case TOC_V_STORY:
        return "a date and time in quotes, like \"2022-02-24 03:00Z\"";
    case TOC_V_CLOCK:
        return "a date and time in quotes, like \"2022-02-25 07:00\"";
    case TOC_V_MINUTES:
        return "a duration in quotes, like \"4h\"";
    case TOC_V_SPAN:
    case TOC_V_DURATION:
        return "a duration in quotes, like \"15m\"";
    default:
        return "a time in quotes, like \"T+0:30\"";
    }
}
