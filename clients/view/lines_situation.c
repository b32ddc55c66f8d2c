// SPDX-License-Identifier: MIT
// The situation as lists: services by domain, one service with what it needs, expected actions, phases.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "lines_parts.h"

enum { LINKS = 12 };

static void say_domain(toc_lines *l, const toc_picture *p, size_t first);
static void say_service(toc_lines *l, const toc_picture *p, const toc_known_service *s);
static void say_needs(toc_lines *l, const toc_picture *p, const toc_known_service *s);
static void say_repairs(toc_lines *l, const toc_picture *p, const char *service);
static void add_chain(toc_buf *out, const toc_picture *p, const toc_known_service *s);
static void add_outlook(toc_buf *out, const toc_lines *l, const toc_picture *p,
                        const toc_known_service *s);
static void add_need(toc_buf *out, const toc_lines *l, const toc_picture *p,
                     const toc_known_need *n);
static const toc_known_service *find(const toc_picture *p, const char *word);
static void refuse(toc_lines *l, const toc_picture *p, const char *word);
static const char *trend_of(const toc_known_service *s);
static void add_count(toc_buf *out, int64_t n);
static void say_expected(toc_lines *l, const toc_known_expectation *x);
static void add_contingency(toc_buf *out, const toc_known_expectation *x);

void toc_lines_situation(toc_lines *l, const toc_picture *p, const char *service)
{
    const toc_situation *s = &p->situation;
    size_t low = 0;
    if (s->service_count == 0) {
        toc_lines_say(l, "there is no service that you are told of");
        return;
    }
    if (service && *service) {
        const toc_known_service *found = find(p, service);
        if (found)
            say_service(l, p, found);
        else
            refuse(l, p, service);
        return;
    }
    toc_lines_deadlocks(l, p);
    for (size_t i = 0; i < s->service_count; i++)
        low += s->services[i].level < 1000000;
    toc_lines_say(l, "%zu service%s, %zu of them below 100 %%:", s->service_count,
                  s->service_count == 1 ? "" : "s", low);
    for (size_t i = 0; i < s->service_count; i++) {
        size_t before = 0;
        while (before < i && strcmp(toc_service_domain(&s->services[before]),
                                    toc_service_domain(&s->services[i])) != 0)
            before++;
        if (before == i)
            say_domain(l, p, i);
    }
    if (strcmp(p->audience, "board") != 0)
        toc_lines_say(l, "`situation %s` shows one with what it needs", s->services[0].id);
}

void toc_lines_expectations(toc_lines *l, const toc_picture *p)
{
    static const char *const heads[] = {
        "NOT SEEN IN TIME:", "EXPECTED:", "LATER, or their time is not known yet:", "SETTLED:"};
    const toc_situation *s = &p->situation;
    if (s->expectation_count == 0)
        toc_lines_say(l, "the scenario expects no actions");
    for (int g = 0; g < (int)TOC_COUNT(heads); g++) {
        bool has_head = false;
        for (size_t i = 0; i < s->expectation_count; i++) {
            if (toc_expected_group(&s->expectations[i]) != g)
                continue;
            if (!has_head)
                toc_lines_say(l, "%s", heads[g]);
            has_head = true;
            say_expected(l, &s->expectations[i]);
        }
    }
    if (s->expectation_count > 0 && strncmp(p->seat, "simcell-", 8) != 0)
        toc_lines_say(l, "`mark %s met|late|not-observed|not-exercised TEXT` says what you saw",
                      s->expectations[0].id);
}

void toc_lines_phases(toc_lines *l, const toc_picture *p)
{
    const toc_situation *s = &p->situation;
    toc_lines_say(l, s->phase_count ? "phases:" : "the scenario has no phases");
    for (size_t i = 0; i < s->phase_count; i++) {
        const toc_known_phase *x = &s->phases[i];
        toc_buf text = {0};
        toc_buf_printf(&text, "%s: %s", x->id, x->title ? x->title : "");
        if (x->at >= 0) {
            toc_buf_str(&text, ", at ");
            toc_play_text(&text, x->at);
        }
        if (x->story)
            toc_buf_printf(&text, ", story time %s", x->story);
        toc_buf_str(&text, x->is_current ? " (now)" : "");
        toc_lines_more(l, "%s", toc_buf_text(&text));
        toc_buf_fini(&text);
    }
    if (s->phase_count && strncmp(p->seat, "excon-", 6) == 0)
        toc_lines_say(l, "`phase %s` enters one", s->phases[s->phase_count - 1].id);
}

void toc_lines_products(toc_lines *l, const toc_picture *p)
{
    toc_buf words = {0};
    for (size_t i = 0; i < p->situation.product_count; i++)
        toc_buf_printf(&words, "%s%s", i ? ", " : "", p->situation.products[i]);
    if (words.len)
        toc_lines_say(l, "your team can hand in: %s (`submit %s TEXT`)", toc_buf_text(&words),
                      p->situation.products[0]);
    toc_buf_fini(&words);
}

// The domain of the first service and all others of it.
static void say_domain(toc_lines *l, const toc_picture *p, size_t first)
{
    const toc_situation *s = &p->situation;
    const char *domain = toc_service_domain(&s->services[first]);
    toc_lines_say(l, "%s:", domain);
    for (size_t i = first; i < s->service_count; i++) {
        const toc_known_service *x = &s->services[i];
        toc_buf text = {0};
        if (strcmp(toc_service_domain(x), domain) != 0)
            continue;
        toc_buf_printf(&text, "%s: %s ", x->id, x->name ? x->name : x->id);
        toc_level_text(&text, x->level);
        toc_service_state_text(&text, l, p, x);
        add_outlook(&text, l, p, x);
        toc_lines_more(l, "%s", toc_buf_text(&text));
        toc_buf_fini(&text);
    }
}

static void say_service(toc_lines *l, const toc_picture *p, const toc_known_service *s)
{
    toc_buf text = {0};
    toc_buf_printf(&text, "%s (%s), %s: ", s->name ? s->name : s->id, s->id, toc_service_domain(s));
    toc_level_text(&text, s->level);
    toc_service_state_text(&text, l, p, s);
    toc_lines_say(l, "%s", toc_buf_text(&text));
    toc_buf_clear(&text);
    add_outlook(&text, l, p, s);
    if (s->trend)
        toc_lines_more(l, "the next six hours of the story, if nothing else happens: %s",
                       text.len ? toc_buf_text(&text) + 2 : trend_of(s));
    if (s->users > 0) {
        toc_buf_clear(&text);
        add_count(&text, s->users);
        toc_lines_more(l, "%s users", toc_buf_text(&text));
    }
    say_needs(l, p, s);
    say_repairs(l, p, s->id);
    if (s->source)
        toc_lines_more(l, "source of its numbers: %s", s->source);
    if (s->notes) {
        toc_lines_more(l, "NOTES FOR CONTROLLERS, not shown to teams:");
        toc_lines_block(l, s->notes);
    }
    toc_buf_fini(&text);
}

static void say_needs(toc_lines *l, const toc_picture *p, const toc_known_service *s)
{
    if (s->need_count > 0)
        toc_lines_more(l, "it needs:");
    for (size_t i = 0; i < s->need_count; i++) {
        toc_buf text = {0};
        add_need(&text, l, p, &s->needs[i]);
        toc_lines_more(l, "- %s", toc_buf_text(&text));
        toc_buf_fini(&text);
    }
}

static void say_repairs(toc_lines *l, const toc_picture *p, const char *service)
{
    for (size_t i = 0; i < p->situation.repair_count; i++) {
        const toc_known_repair *r = &p->situation.repairs[i];
        toc_buf text = {0};
        if (!r->service || strcmp(r->service, service) != 0)
            continue;
        toc_buf_printf(&text, "repair %s: %s, %s", r->id, r->name ? r->name : r->id,
                       r->state ? r->state : "?");
        if (r->lacks)
            toc_buf_printf(&text, " for want of %s", toc_situation_name(&p->situation, r->lacks));
        if (r->left > 0) {
            toc_buf_str(&text, ", ");
            toc_crew_text(&text, r->left);
            if (r->crews > 1)
                toc_buf_printf(&text, " for %lld crews", (long long)r->crews);
        }
        if (r->done_at) {
            toc_buf_str(&text, ", done at ");
            toc_when_text(&text, l, r->done_at);
        }
        if (r->source)
            toc_buf_printf(&text, " [%s]", r->source);
        toc_lines_more(l, "%s", toc_buf_text(&text));
        toc_buf_fini(&text);
    }
}

// " since 14:40Z because Grid north 0 %; starting again, up at 15:10Z"
void toc_service_state_text(toc_buf *out, const toc_lines *l, const toc_picture *p,
                            const toc_known_service *s)
{
    if (s->since && s->level < 1000000) {
        toc_buf_str(out, " since ");
        toc_when_text(out, l, s->since);
    }
    toc_service_why_text(out, l, p, s);
}

void toc_service_why_text(toc_buf *out, const toc_lines *l, const toc_picture *p,
                          const toc_known_service *s)
{
    if (s->level < 1000000)
        add_chain(out, p, s);
    if (s->restart_at) {
        toc_buf_str(out, "; starting again, up at ");
        toc_when_text(out, l, s->restart_at);
    }
    if (s->forced_until) {
        toc_buf_str(out, "; held up by a black start until ");
        toc_when_text(out, l, s->forced_until);
    }
    if (s->is_deadlocked && p->is_control)
        toc_buf_str(out, "; DEADLOCKED");
}

// As far as this seat may follow it.
static void add_chain(toc_buf *out, const toc_picture *p, const toc_known_service *s)
{
    const toc_known_service *seen[LINKS];
    size_t count = 0;
    while (s->because && count < LINKS) {
        const toc_known_service *next = toc_situation_service(&p->situation, s->because);
        bool is_round = false;
        seen[count++] = s;
        for (size_t i = 0; i < count; i++)
            is_round = is_round || seen[i] == next;
        toc_buf_printf(out, " because %s", toc_situation_name(&p->situation, s->because));
        if (next && !is_round) {
            toc_buf_char(out, ' ');
            toc_level_text(out, next->level);
        }
        if (s->why && strcmp(s->why, "autonomy") == 0)
            toc_buf_str(out, " (the reserve for it is used up)");
        if (is_round)
            toc_buf_str(out, " … a circle");
        if (!next || is_round)
            return;
        s = next;
    }
    if (s->because)
        toc_buf_str(out, " …");
    // A chain that ends with a name needs no more, unless there is more that this seat may not know.
    if (s->level < 1000000 && !s->because && (count == 0 || toc_cause_is_hidden(p, s)))
        toc_cause_text(out, p, s);
}

// ", worsening: 0 % at 18:00Z because Grid north"
static void add_outlook(toc_buf *out, const toc_lines *l, const toc_picture *p,
                        const toc_known_service *s)
{
    if (s->trend && p->situation.is_outlook_old)
        toc_buf_str(out, ", outlook being worked out");
    if (!s->trend || p->situation.is_outlook_old || (strcmp(s->trend, "stable") == 0 && s->next_level < 0))
        return;
    toc_buf_printf(out, ", %s", trend_of(s));
    if (s->next_level < 0)
        return;
    toc_buf_str(out, ": ");
    toc_level_text(out, s->next_level);
    toc_buf_str(out, " at ");
    toc_when_text(out, l, s->next_at);
    if (s->next_because)
        toc_buf_printf(out, " because %s", toc_situation_name(&p->situation, s->next_because));
}

// "Grid north 0 %, strength 100 %, autonomy 4h, 1h20m of it left (until 16:00Z) [Nkom minimum]"
static void add_need(toc_buf *out, const toc_lines *l, const toc_picture *p,
                     const toc_known_need *n)
{
    const toc_known_service *of =
        n->provider ? toc_situation_service(&p->situation, n->provider) : NULL;
    toc_buf_str(out, n->provider ? toc_situation_name(&p->situation, n->provider)
                                 : "something that you are not told of");
    if (of) {
        toc_buf_char(out, ' ');
        toc_level_text(out, of->level);
    }
    if (n->group > 0)
        toc_buf_printf(out, ", an alternative (group %lld)", (long long)n->group);
    toc_buf_str(out, ", strength ");
    toc_level_text(out, n->strength);
    if (n->autonomy > 0) {
        toc_buf_str(out, ", autonomy ");
        toc_span_text(out, n->autonomy);
    }
    if (n->left >= 0 && n->left < n->autonomy) {
        toc_buf_str(out, ", ");
        if (n->left > 0)
            toc_span_text(out, n->left);
        else
            toc_buf_str(out, "nothing");
        toc_buf_str(out, " of it left");
    }
    if (n->ends_at) {
        toc_buf_str(out, ", used up at ");
        toc_when_text(out, l, n->ends_at);
    }
    if (n->opens_at) {
        toc_buf_str(out, ", being opened, counts from ");
        toc_when_text(out, l, n->opens_at);
    } else if (n->is_closed) {
        toc_buf_str(out, ", not opened");
        if (n->switching > 0) {
            toc_buf_str(out, ", opening takes ");
            toc_span_text(out, n->switching);
        }
    }
    toc_buf_printf(out, " [%s]", n->source ? n->source : "no source");
}

static const toc_known_service *find(const toc_picture *p, const char *word)
{
    const toc_known_service *found = toc_situation_service(&p->situation, word);
    for (size_t i = 0; i < p->situation.service_count && !found; i++) {
        const toc_known_service *s = &p->situation.services[i];
        if (s->name && strcasecmp(s->name, word) == 0)
            found = s;
    }
    return found;
}

static void refuse(toc_lines *l, const toc_picture *p, const char *word)
{
    char quoted[TOC_QUOTE_SIZE];
    const toc_situation *s = &p->situation;
    const char **names = toc_alloc((s->service_count + 1) * sizeof *names);
    for (size_t i = 0; i < s->service_count; i++)
        names[i] = s->services[i].id;
    const char *near = toc_text_near(word, names, s->service_count);
    toc_lines_say(l, "you are told of no service %s%s%s%s `situation` lists them",
                  toc_text_quote(quoted, word), near ? "; did you mean `" : ";", near ? near : "",
                  near ? "`?" : "");
    free(names);
}

// What is down and stays down is not "stable".
static const char *trend_of(const toc_known_service *s)
{
    return strcmp(s->trend, "stable") != 0 ? s->trend
           : s->next_level < 0             ? "no change"
                                           : "no lasting change";
}

// 18,000
static void add_count(toc_buf *out, int64_t n)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)n);
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            toc_buf_char(out, ',');
        toc_buf_char(out, digits[i]);
    }
}

const char *toc_service_domain(const toc_known_service *s)
{
    return s->domain ? s->domain : "services";
}

// "EXP-01 of csirt: overdue, by T+0:40:00: an early warning [OBJ-2; early-warning; then INJ-91]"
static void say_expected(toc_lines *l, const toc_known_expectation *x)
{
    toc_buf text = {0};
    toc_buf_printf(&text, "%s of %s: %s", x->id, x->team ? x->team : "?",
                   x->state ? x->state : "?");
    if (x->deadline >= 0) {
        toc_buf_str(&text, ", by ");
        toc_deadline_text(&text, l, x);
    } else if (x->hangs_on) {
        toc_expected_start(&text, x);
    }
    if (x->deadline > l->now && toc_expected_group(x) == 1) {
        toc_buf_str(&text, ", in ");
        toc_duration_text(&text, (x->deadline - l->now + 999) / 1000 * 1000);
    }
    if (x->by)
        toc_buf_printf(&text, " (%s)", x->by);
    toc_buf_printf(&text, ": %s", x->text ? x->text : "");
    if (x->product)
        toc_buf_printf(&text, " [hand in: %s]", x->product);
    if (x->objective)
        toc_buf_printf(&text, " [%s]", x->objective);
    if (x->contingency)
        add_contingency(&text, x);
    toc_lines_more(l, "%s", toc_buf_text(&text));
    if (x->notes)
        toc_lines_block(l, x->notes);
    toc_buf_fini(&text);
}

// Before its time is known: " (begins when port knows of INJ-01 …)"
void toc_expected_start(toc_buf *out, const toc_known_expectation *x)
{
    const char *team = x->team ? x->team : "?", *on = x->hangs_on;
    if (x->starts && strcmp(x->starts, "aware") == 0)
        toc_buf_printf(out, " (begins when %s knows of %s: it reads it, or `aware %s %s`)", team,
                       on, team, on);
    else if (x->starts && strcmp(x->starts, "sent") == 0)
        toc_buf_printf(out, " (begins when %s is sent)", on);
    else
        toc_buf_printf(out, " (begins when %s is met, or its time is up)", on);
}

// What its absence brings about, as long as it can, and what it did.
static void add_contingency(toc_buf *out, const toc_known_expectation *x)
{
    const char *then = x->then ? x->then : "planned";
    if (strcmp(then, "sent") == 0 || strcmp(then, "skipped") == 0)
        toc_buf_printf(out, " [%s was %s]", x->contingency, then);
    else if (x->is_armed)
        toc_buf_printf(out, " [%s is armed: `release %s`, or `skip %s REASON`]", x->contingency,
                       x->contingency, x->contingency);
    else if (toc_expected_group(x) < 3)
        toc_buf_printf(out, " [else %s, %s]", x->contingency,
                       strcmp(then, "held") == 0 ? "which is held"
                       : x->is_manual            ? "which waits for you"
                                                 : "by itself");
}

int toc_expected_group(const toc_known_expectation *x)
{
    const char *s = x->state ? x->state : "";
    if (strcmp(s, "overdue") == 0 || strcmp(s, "crossed") == 0)
        return 0;
    if (strcmp(s, "open") == 0)
        return 1;
    return strcmp(s, "planned") == 0 ? 2 : 3;
}
