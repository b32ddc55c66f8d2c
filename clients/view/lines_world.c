// SPDX-License-Identifier: MIT
// Events of the world, of phases, and of what is expected, in words. What a service's name is was told by
// the desk; a cause that this seat may not know is said to be just that.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "lines_parts.h"

static void add_level(toc_buf *out, const toc_lines *l, const toc_picture *p, const toc_event *ev);
static void add_measure(toc_buf *out, const toc_picture *p, const toc_event *ev);
static void add_repair(toc_buf *out, const toc_picture *p, const toc_event *ev);
static void add_expectation(toc_buf *out, const toc_lines *l, const toc_picture *p,
                            const toc_event *ev);
static void add_armed(toc_buf *out, const toc_picture *p, const toc_event *ev);
static void say_over(toc_lines *l, const toc_picture *p, const toc_event *ev, bool is_history);
static void add_other_time(toc_buf *out, const toc_lines *l, const toc_event *ev);
static void say_phase(toc_lines *l, const toc_event *ev, bool is_history);
static void say_product(toc_lines *l, const toc_picture *p, const toc_event *ev, bool is_history);
static bool is(const char *text, const char *word);

bool toc_lines_world(toc_lines *l, const toc_picture *p, const toc_event *ev, bool is_history)
{
    toc_buf text = {0};
    switch (ev->kind) {
    case TOC_K_LEVEL:
        add_level(&text, l, p, ev);
        break;
    case TOC_K_MEASURE:
        // What an author sets, the level that follows tells.
        if (is(toc_field_text(ev, TOC_F_MEASURE), "set"))
            return true;
        add_measure(&text, p, ev);
        add_other_time(&text, l, ev);
        break;
    case TOC_K_REPAIR:
        add_repair(&text, p, ev);
        add_other_time(&text, l, ev);
        break;
    case TOC_K_DEADLOCK:
        toc_buf_printf(&text, "!!! DEADLOCK: %s", toc_field_text(ev, TOC_F_TEXT));
        add_other_time(&text, l, ev);
        break;
    case TOC_K_EXPECTATION:
        add_expectation(&text, l, p, ev);
        break;
    case TOC_K_ARMED:
        add_armed(&text, p, ev);
        break;
    case TOC_K_PHASE_ENTERED:
        say_phase(l, ev, is_history);
        return true;
    case TOC_K_HANDED_IN:
        say_product(l, p, ev, is_history);
        return true;
    default:
        return false;
    }
    if (text.len)
        toc_lines_text(l, ev->t, is_history, toc_buf_text(&text));
    if (ev->kind == TOC_K_LEVEL)
        say_over(l, p, ev, is_history);
    toc_buf_fini(&text);
    return true;
}

void toc_level_text(toc_buf *out, int64_t ppm)
{
    int64_t tenths = ppm > 0 && ppm < 1000 ? 1 : ppm / 1000;
    toc_buf_printf(out, "%lld", (long long)(tenths / 10));
    if (tenths % 10)
        toc_buf_printf(out, ".%d", (int)(tenths % 10));
    toc_buf_str(out, " %");
}

void toc_when_text(toc_buf *out, const toc_lines *l, const char *story)
{
    toc_story now;
    toc_buf today = {0};
    const char *space = story ? strchr(story, ' ') : NULL;
    if (toc_timeline_story(&l->timeline, l->now, &now))
        toc_story_text(&today, now);
    bool is_today = space && strncmp(toc_buf_text(&today), story, (size_t)(space - story) + 1) == 0;
    toc_buf_str(out, is_today ? space + 1 : story ? story : "?");
    toc_buf_fini(&today);
}

void toc_crew_text(toc_buf *out, int64_t minutes)
{
    toc_buf_printf(out, "%lldh%02lld of crew time left", (long long)(minutes / 60),
                   (long long)(minutes % 60));
}

void toc_span_text(toc_buf *out, int64_t minutes)
{
    const int64_t most = TOC_MS_MAX / 60000; // what a recording says may be anything
    minutes = minutes > most ? most : minutes < -most ? -most : minutes;
    toc_duration_text(out, minutes * 60000);
}

bool toc_cause_is_hidden(const toc_picture *p, const toc_known_service *s)
{
    bool waits = is(s->why, "provider") || is(s->why, "autonomy") || is(s->why, "unforced");
    return waits && !s->because && s->level < 1000000 && !p->is_control;
}

void toc_cause_text(toc_buf *out, const toc_picture *p, const toc_known_service *s)
{
    const char *why = s->why ? s->why : "";
    bool is_well = s->level >= 1000000;
    bool is_used_up = is(why, "autonomy");
    const toc_known_service *of =
        s->because ? toc_situation_service(&p->situation, s->because) : NULL;
    if (s->because)
        toc_buf_printf(out, " because %s", toc_situation_name(&p->situation, s->because));
    else if (toc_cause_is_hidden(p, s))
        toc_buf_str(out, ", cause not known to you");
    if (is_used_up && of) {
        toc_buf_str(out, " is at ");
        toc_level_text(out, of->level);
    }
    if (is_used_up)
        toc_buf_printf(out, "%s the reserve for it is used up",
                       of                          ? ", and"
                       : toc_cause_is_hidden(p, s) ? ", and"
                                                   : ":");
    else if (is(why, "own") && !s->because)
        toc_buf_str(out, is_well                ? ", sound again"
                         : s->level > s->before ? ", partly sound again"
                                                : ", its own trouble");
    else if (is(why, "repaired"))
        toc_buf_str(out, ", repaired");
    else if (is(why, "provider") && is_well)
        toc_buf_str(out, ", what it needs is back");
    else if (is(why, "restarted"))
        toc_buf_str(out, ", it has started again");
    else if (is(why, "forced"))
        toc_buf_str(out, ", held up by a black start");
    else if (is(why, "unforced"))
        toc_buf_str(out, ", the black start is over");
}

// "Mobile network, north coast: 0 % because Grid north is at 0 %, and the reserve for it is used up"
static void add_level(toc_buf *out, const toc_lines *l, const toc_picture *p, const toc_event *ev)
{
    const char *id = toc_event_str(ev, TOC_F_SERVICE);
    const toc_known_service *known = id ? toc_situation_service(&p->situation, id) : NULL;
    toc_known_service now = {
        .level = toc_event_int(ev, TOC_F_LEVEL),
        .before = known ? known->before : 1000000,
        .because = (char *)(uintptr_t)toc_event_str(ev, TOC_F_BECAUSE),
        .why = (char *)(uintptr_t)toc_event_str(ev, TOC_F_WHY),
    };
    toc_buf_printf(out,
                   "%s: ", toc_situation_name(&p->situation, toc_event_str(ev, TOC_F_SERVICE)));
    toc_level_text(out, now.level);
    toc_cause_text(out, p, &now);
    add_other_time(out, l, ev);
}

static void add_measure(toc_buf *out, const toc_picture *p, const toc_event *ev)
{
    const char *measure = toc_field_text(ev, TOC_F_MEASURE);
    const char *provider = toc_event_str(ev, TOC_F_PROVIDER);
    const char *name = provider ? toc_situation_name(&p->situation, provider) : NULL;
    bool has_minutes = toc_event_has(ev, TOC_F_MINUTES);
    toc_buf_printf(out,
                   "%s: ", toc_situation_name(&p->situation, toc_event_str(ev, TOC_F_SERVICE)));
    if (is(measure, "refuel")) {
        toc_buf_printf(out, "its stocks are filled up%s%s", name ? ", against a loss of " : "",
                       name ? name : "");
    } else if (is(measure, "open") && is(toc_event_str(ev, TOC_F_STATE), "open")) {
        toc_buf_printf(out, "the alternative %s%scounts from now on", name ? name : "",
                       name ? " " : "");
    } else if (is(measure, "open")) {
        toc_buf_printf(out, "an alternative is being opened%s%s", name ? ": " : "",
                       name ? name : "");
    } else if (is(measure, "black-start")) {
        toc_buf_str(out, "black start");
    } else {
        toc_buf_str(out, measure);
    }
    if (has_minutes) {
        toc_buf_str(out, is(measure, "open") ? ", it takes " : ", for ");
        toc_span_text(out, toc_event_int(ev, TOC_F_MINUTES));
        toc_buf_str(out, " of the story");
    }
}

static void add_repair(toc_buf *out, const toc_picture *p, const toc_event *ev)
{
    const char *id = toc_field_text(ev, TOC_F_REPAIR);
    const char *state = toc_field_text(ev, TOC_F_STATE);
    const toc_known_repair *known = toc_situation_repair(&p->situation, id);
    toc_buf_printf(out, "%s: repair %s ",
                   toc_situation_name(&p->situation, toc_event_str(ev, TOC_F_SERVICE)),
                   known && known->name ? known->name : id);
    if (is(state, "done"))
        toc_buf_str(out, "is done");
    else if (is(state, "running"))
        toc_buf_str(out, "is under way");
    else if (is(state, "standing still"))
        toc_buf_str(out, "stands still");
    else
        toc_buf_printf(out, "is %s", state);
    if (toc_event_has(ev, TOC_F_BECAUSE))
        toc_buf_printf(out, " because %s is too low",
                       toc_situation_name(&p->situation, toc_event_str(ev, TOC_F_BECAUSE)));
    if (toc_event_int(ev, TOC_F_LEFT) > 0) {
        toc_buf_str(out, ", ");
        toc_crew_text(out, toc_event_int(ev, TOC_F_LEFT));
    }
}

// "EXPECTED ACTION EXP-01 of csirt not seen by T+0:40:00: an early warning to …"
static void add_expectation(toc_buf *out, const toc_lines *l, const toc_picture *p,
                            const toc_event *ev)
{
    static const struct {
        const char *state, *words;
    } words[] = {
        {"open", ""},
        {"overdue", " NOT SEEN"},
        {"crossed", " not seen, and story time has jumped over its time"},
        {"met", " is met"},
        {"late", " came late"},
        {"not-observed", " was not observed"},
        {"not-exercised", " was not exercised"},
    };
    const char *id = toc_field_text(ev, TOC_F_EXPECTATION),
               *state = toc_field_text(ev, TOC_F_STATE);
    const toc_known_expectation *known = toc_situation_expectation(&p->situation, id);
    bool is_waiting = is(state, "overdue") || is(state, "open");
    bool is_moved = is(state, "open") && known && known->is_moved;
    toc_buf_printf(out, "%s %s of %s",
                   !is_moved && (is_waiting || is(state, "crossed")) ? "EXPECTED ACTION"
                                                                     : "expected action",
                   id, toc_field_text(ev, TOC_F_TEAM));
    for (size_t i = 0; i < TOC_COUNT(words); i++)
        if (is(state, words[i].state))
            toc_buf_str(out, words[i].words);
    bool is_open = is(state, "open");
    if (is_waiting && known && known->deadline >= 0) {
        toc_buf_str(out, is_open && known->is_moved ? " is now due by "
                         : is_open                  ? ", by "
                                                    : " by ");
        toc_deadline_text(out, l, known);
    }
    if (toc_event_has(ev, TOC_F_BY)) {
        toc_buf_str(out, " (");
        toc_picture_person(p, out, toc_field_text(ev, TOC_F_BY));
        toc_buf_char(out, ')');
    }
    if (toc_event_has(ev, TOC_F_TEXT))
        toc_buf_printf(out, ": %s", toc_field_text(ev, TOC_F_TEXT));
    if (is(state, "crossed"))
        toc_buf_printf(out, ". Say what came of it: mark %s met|late|not-observed|not-exercised",
                       id);
}

static void add_armed(toc_buf *out, const toc_picture *p, const toc_event *ev)
{
    const char *inject = toc_field_text(ev, TOC_F_INJECT);
    toc_buf_printf(out, "!!! %s: contingency %s is armed", toc_field_text(ev, TOC_F_EXPECTATION),
                   inject);
    if (strncmp(p->seat, "excon-", 6) == 0)
        toc_buf_printf(out, ": `release %s`, or `skip %s REASON`", inject, inject);
}

static void say_over(toc_lines *l, const toc_picture *p, const toc_event *ev, bool is_history)
{
    for (size_t i = 0; i < p->situation.deadlock_count && p->is_control; i++) {
        const toc_known_deadlock *d = &p->situation.deadlocks[i];
        toc_buf names = {0};
        toc_circle_text(&names, p, d);
        if (d->is_over)
            toc_lines_say_at(l, ev->t, is_history, "the deadlock of %s is over: %s has risen",
                             toc_buf_text(&names),
                             toc_situation_name(&p->situation, toc_field_text(ev, TOC_F_SERVICE)));
        toc_buf_fini(&names);
    }
}

// A line carries the story's time of its moment of play; in a jump the world has times of its own.
static void add_other_time(toc_buf *out, const toc_lines *l, const toc_event *ev)
{
    toc_story at;
    toc_buf line = {0};
    const char *story = toc_event_str(ev, TOC_F_STORY);
    if (toc_timeline_story(&l->timeline, ev->t, &at))
        toc_story_text(&line, at);
    if (story && strcmp(toc_buf_text(&line), story) != 0) {
        const char *space = strchr(story, ' ');
        bool is_same_day =
            space && strncmp(toc_buf_text(&line), story, (size_t)(space - story) + 1) == 0;
        toc_buf_printf(out, " (at %s)", is_same_day ? space + 1 : story);
    }
    toc_buf_fini(&line);
}

static void say_phase(toc_lines *l, const toc_event *ev, bool is_history)
{
    const char *text = toc_event_str(ev, TOC_F_TEXT);
    toc_lines_say_at(l, ev->t, is_history, "PHASE %s: %s. Story time is %s",
                     toc_field_text(ev, TOC_F_PHASE), toc_field_text(ev, TOC_F_TITLE),
                     toc_field_text(ev, TOC_F_STORY));
    if (text)
        toc_lines_block(l, text);
}

static void say_product(toc_lines *l, const toc_picture *p, const toc_event *ev, bool is_history)
{
    const char *by = toc_field_text(ev, TOC_F_BY);
    // It was confirmed to who did it.
    if (is(by, p->seat) && !is_history)
        return;
    char *who = toc_person_text(p, by);
    toc_lines_say_at(l, ev->t, is_history, "%s has handed in %s%s%s", who,
                     toc_field_text(ev, TOC_F_PRODUCT), p->is_control ? " for " : "",
                     p->is_control ? toc_field_text(ev, TOC_F_TEAM) : "");
    free(who);
    toc_lines_block(l, toc_field_text(ev, TOC_F_TEXT));
}

static bool is(const char *text, const char *word)
{
    return text && strcmp(text, word) == 0;
}
