// SPDX-License-Identifier: MIT
#include "world.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/time.h"
#include "record/verb.h"
#include "table.h"

#include "lines_parts.h"

static void ask_level(toc_view *v, const toc_known_service *s);
static void ask_repair(toc_view *v, const toc_known_service *s);
static void ask_provider(toc_view *v, const toc_known_service *s, bool is_fuel);
static void ask_black_start(toc_view *v, const toc_known_service *s);
static toc_form *new_form(const char *what, const toc_known_service *s, const char *question);
static bool send_level(void *owner, toc_form *f);
static bool send_repair(void *owner, toc_form *f);
static bool send_fuel(void *owner, toc_form *f);
static bool send_alternative(void *owner, toc_form *f);
static bool send_black_start(void *owner, toc_form *f);
static bool send_typed(toc_view *v, toc_form *f, const char *field, char *line, const char *hint);
static bool has_store(const toc_known_need *n);

bool toc_world_act(toc_view *v, toc_do what, const toc_known_service *s)
{
    if (!toc_view_may(v, TOC_K_INTERVENE))
        return false;
    switch (what) {
    case TOC_DO_SET:
        ask_level(v, s);
        return true;
    case TOC_DO_REPAIR:
        ask_repair(v, s);
        return true;
    case TOC_DO_REFUEL:
        ask_provider(v, s, true);
        return true;
    case TOC_DO_ALTERNATIVE:
        ask_provider(v, s, false);
        return true;
    case TOC_DO_BLACK_START:
        ask_black_start(v, s);
        return true;
    default:
        return false;
    }
}

static void ask_level(toc_view *v, const toc_known_service *s)
{
    toc_form *f = new_form("Set the level of", s, "Do this to the world, at once?");
    toc_form_note(f, "What it can do by itself, from 0 to 100 percent. What it needs may hold it "
                     "lower all the same.");
    toc_form_line(f, "level", "Percent", NULL, true);
    toc_form_line(f, "reason", "Why?", NULL, false);
    f->done = send_level;
    toc_view_open_form(v, f);
}

static void ask_repair(toc_view *v, const toc_known_service *s)
{
    const toc_situation *all = &v->picture.situation;
    toc_form *f = new_form("Begin a repair of", s, "Begin it now?");
    toc_form_field *field = toc_form_choice(f, "repair", "Which repair?", false);
    size_t count = 0;
    for (size_t i = 0; i < all->repair_count; i++) {
        const toc_known_repair *r = &all->repairs[i];
        if (!r->service || strcmp(r->service, s->id) != 0)
            continue;
        toc_buf text = {0};
        toc_buf_printf(&text, "%s, %s", r->name ? r->name : r->id, r->state ? r->state : "?");
        toc_form_option(field, r->id, toc_buf_text(&text), count++ == 0);
        toc_buf_fini(&text);
    }
    toc_form_line(f, "reason", "Why?", NULL, false);
    f->done = send_repair;
    if (count > 0) {
        toc_view_open_form(v, f);
        return;
    }
    toc_form_free(f);
    toc_view_notice(v, TOC_STYLE_WARN,
                    "the scenario has no repair of %s; its level can be set by hand",
                    s->name ? s->name : s->id);
}

static void ask_provider(toc_view *v, const toc_known_service *s, bool is_fuel)
{
    toc_form *f = new_form(is_fuel ? "Refuel" : "Open an alternative of", s,
                           is_fuel ? "Fill it now?" : "Open it now?");
    toc_form_field *field =
        toc_form_choice(f, "provider", is_fuel ? "Which store?" : "Which one?", false);
    size_t count = 0;
    for (size_t i = 0; i < s->need_count; i++) {
        const toc_known_need *n = &s->needs[i];
        if (!n->provider || (is_fuel ? !has_store(n) : !n->is_closed))
            continue;
        toc_buf text = {0};
        toc_buf_str(&text, toc_situation_name(&v->picture.situation, n->provider));
        if (is_fuel && n->left >= 0) {
            toc_buf_str(&text, ", ");
            toc_span_text(&text, n->left);
            toc_buf_str(&text, " left");
        }
        toc_form_option(field, n->provider, toc_buf_text(&text), count++ == 0);
        toc_buf_fini(&text);
    }
    toc_form_line(f, "reason", "Why?", NULL, false);
    f->done = is_fuel ? send_fuel : send_alternative;
    if (count > 0) {
        toc_view_open_form(v, f);
        return;
    }
    toc_form_free(f);
    toc_view_notice(v, TOC_STYLE_WARN,
                    is_fuel ? "%s has no store that could be filled"
                            : "%s has no closed alternative",
                    s->name ? s->name : s->id);
}

static void ask_black_start(toc_view *v, const toc_known_service *s)
{
    toc_form *f = new_form("Black start of", s, "Start it now?");
    toc_form_note(f, "It runs for that long without what it needs; so a circle of services that "
                     "wait for each other is broken.");
    toc_form_line(f, "for", "For how long, by the story's clock?", "90m", true);
    toc_form_line(f, "reason", "Why?", NULL, false);
    f->done = send_black_start;
    toc_view_open_form(v, f);
}

static toc_form *new_form(const char *what, const toc_known_service *s, const char *question)
{
    toc_buf title = {0};
    toc_buf_printf(&title, "%s ", what);
    toc_put_visible(&title, s->name ? s->name : s->id);
    toc_form *f = toc_form_new(toc_buf_text(&title), "do it", question);
    f->context = toc_strdup(s->id);
    toc_buf_fini(&title);
    return f;
}

static bool send_level(void *owner, toc_form *f)
{
    return send_typed(owner, f, "level",
                      toc_sprintf("set %s %s", (char *)f->context, toc_form_value(f, "level")),
                      "write a number from 0 to 100");
}

static bool send_repair(void *owner, toc_form *f)
{
    return send_typed(owner, f, "repair",
                      toc_sprintf("start-repair %s", toc_form_value(f, "repair")), NULL);
}

static bool send_fuel(void *owner, toc_form *f)
{
    char *line = toc_sprintf("refuel %s %s", (char *)f->context, toc_form_value(f, "provider"));
    return send_typed(owner, f, "provider", line, NULL);
}

static bool send_alternative(void *owner, toc_form *f)
{
    char *line =
        toc_sprintf("open-alternative %s %s", (char *)f->context, toc_form_value(f, "provider"));
    return send_typed(owner, f, "provider", line, NULL);
}

static bool send_black_start(void *owner, toc_form *f)
{
    return send_typed(
        owner, f, "for",
        toc_sprintf("black-start %s %s", (char *)f->context, toc_form_value(f, "for")),
        "write how long, such as 90m or 2h");
}

// The typed language knows what is a level and what is a duration; hint: what to write instead,
// where its own words are about typing. It takes the line.
static bool send_typed(toc_view *v, toc_form *f, const char *field, char *line, const char *hint)
{
    toc_act act;
    toc_error e = {0};
    const char *reason = toc_form_value(f, "reason");
    bool ok = toc_act_parse(&act, line, &e) == TOC_OK;
    if (ok) {
        if (reason[strspn(reason, " \t")])
            toc_event_set_str(&act.input, TOC_F_REASON, reason);
        toc_view_act(v, toc_view_wishes(v), &act.input, false, "done: %s", line);
        toc_act_fini(&act);
    } else {
        toc_form_refuse(f, field, "%s", hint ? hint : e.msg);
    }
    free(line);
    return ok;
}

static bool has_store(const toc_known_need *n)
{
    return n->autonomy > 0;
}
