// SPDX-License-Identifier: MIT
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "view_parts.h"

enum { KEY_COLUMNS = 20 };

static void say_key(toc_page *page, const toc_binding *b);

// The keys that hold here, by place, then those that hold everywhere.
void toc_view_help(toc_view *v)
{
    unsigned now = toc_view_places(v), here = now | TOC_IN_ALL | TOC_IN_PAGE | TOC_IN_FORM;
    toc_view_overlay(v, "Keys");
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
                say_key(v->overlay, b);
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

static void say_key(toc_page *page, const toc_binding *b)
{
    toc_buf keys = {0};
    toc_binding_text(&keys, b);
    int pad = KEY_COLUMNS - toc_text_columns(toc_buf_text(&keys), keys.len);
    toc_page_say(page, TOC_STYLE_PLAIN, "  %s%*s%s", toc_buf_text(&keys), pad > 1 ? pad : 1, "",
                 b->help);
    toc_buf_fini(&keys);
}
