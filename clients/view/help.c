// SPDX-License-Identifier: MIT
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "cluster.h"
#include "view_parts.h"

enum { KEY_COLUMNS = 20, MOST_USED = 6 };

static void say_most_used(toc_view *v, unsigned now);
static void say_marks(toc_view *v);
static const toc_binding *next_used(const toc_view *v, unsigned now, int rank);
static void say_key(const toc_view *v, const toc_binding *b);
static void say_beside(const toc_view *v, const char *what, const char *text);

// What is pressed most and what marks mean; then the keys that hold here, by place, then those that
// hold everywhere.
void toc_view_help(toc_view *v)
{
    unsigned now = toc_view_places(v), here = now | TOC_IN_ALL | TOC_IN_PAGE | TOC_IN_FORM;
    toc_view_overlay(v, "Keys");
    say_most_used(v, now);
    say_marks(v);
    for (int pass = 0; pass < 2; pass++) // what is peculiar to this screen comes first
        for (size_t ring = 0; ring < toc_keys_rings(); ring++) {
            unsigned places;
            const char *name = toc_keys_ring(ring, &places);
            bool is_common = (places & (TOC_IN_FORM | TOC_IN_PAGE)) != 0;
            bool is_open = false;
            if (!(places & here) || is_common != (pass == 1))
                continue;
            const toc_binding *b;
            for (size_t i = 0; (b = toc_binding_at(i)); i++) {
                if (!(b->places & places) || (b->roles && !(b->roles & v->role)) || !b->help[0])
                    continue;
                // A key that the screen has taken over does something else here.
                if (!is_common && toc_keys_mean(b->key, now, v->role) != b->what)
                    continue;
                if (!is_open)
                    toc_page_say(v->overlay, TOC_STYLE_TITLE, "%s", name);
                is_open = true;
                say_key(v, b);
            }
        }
}

void toc_view_brief(toc_view *v)
{
    toc_view_overlay(v, "Brief");
    toc_view_say_brief(v, v->overlay);
    if (v->overlay->count == 0)
        toc_page_say(v->overlay, TOC_STYLE_PLAIN, "The scenario has no brief for this seat.");
}

void toc_view_say_brief(const toc_view *v, toc_page *page)
{
    const char *briefs[] = {v->picture.brief, v->picture.team_brief};
    for (size_t i = 0; i < TOC_COUNT(briefs); i++) {
        if (!briefs[i])
            continue;
        toc_page_say(page, TOC_STYLE_TITLE, i == 0 ? "The exercise" : "Your team");
        toc_page_foreign(page, briefs[i]);
    }
}

// In the order of the hints, which is that of use.
static void say_most_used(toc_view *v, unsigned now)
{
    const toc_binding *b = next_used(v, now, 0);
    if (b)
        toc_page_say(v->overlay, TOC_STYLE_TITLE, "Most used here");
    for (int i = 0; b && i < MOST_USED; i++) {
        say_key(v, b);
        b = next_used(v, now, b->rank);
    }
}

static void say_marks(toc_view *v)
{
    toc_page_say(v->overlay, TOC_STYLE_TITLE, "What marks mean");
    if (!v->picture.is_control)
        say_beside(v, "U2", "on a tab: 2 urgent items are not read");
    say_beside(v, "N3",
               v->picture.is_control ? "on a tab: 3 items wait for an answer"
                                     : "on a tab: 3 items are not read");
    say_beside(v, "!", "urgent; on a tab: so many wait for you");
    say_beside(v, "*", "not read");
    say_beside(v, "?", "somebody waits for an answer");
    say_beside(v, "@", "somebody has taken the answer on");
    say_beside(v, "✓", "answered");
}

static const toc_binding *next_used(const toc_view *v, unsigned now, int rank)
{
    const toc_binding *next = NULL, *b;
    for (size_t i = 0; (b = toc_binding_at(i)); i++)
        if (b->rank > rank && (b->places & (now | TOC_IN_ALL)) && b->help[0] &&
            (!b->roles || (b->roles & v->role)) && (!next || b->rank < next->rank) &&
            toc_keys_mean(b->key, now, v->role) == b->what)
            next = b;
    return next;
}

static void say_key(const toc_view *v, const toc_binding *b)
{
    toc_buf keys = {0};
    toc_binding_text(&keys, b);
    say_beside(v, toc_buf_text(&keys), b->help);
    toc_buf_fini(&keys);
}

// What does not fit beside it goes on below its beginning.
static void say_beside(const toc_view *v, const char *what, const char *text)
{
    int columns = v->w - 4 - KEY_COLUMNS;
    int pad = KEY_COLUMNS - toc_text_columns(what, strlen(what));
    size_t len = strlen(text);
    if (columns < KEY_COLUMNS) { // too narrow for two columns
        toc_page_say(v->overlay, TOC_STYLE_PLAIN, "  %s  %s", what, text);
        return;
    }
    for (bool is_first = true; len > 0; is_first = false) {
        size_t next = len;
        size_t n = toc_cluster_wrap(text, len, columns, &next);
        toc_page_say(v->overlay, TOC_STYLE_PLAIN, "  %s%*s%.*s", is_first ? what : "",
                     is_first && pad > 1 ? pad
                     : is_first          ? 1
                                         : KEY_COLUMNS,
                     "", (int)n, text);
        text += next;
        len -= next;
    }
}
