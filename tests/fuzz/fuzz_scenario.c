// SPDX-License-Identifier: MIT
// A scenario of any bytes loads or is refused; it neither hangs nor crashes. The same bytes as the end
// of a scenario with a world in it, and inside of a service's table; what loads is played for a while.
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "script/scenario.h"

#define BEFORE                                                                                     \
    "exercise \"x\" { title = \"X\", startex = \"2022-02-24 03:00Z\", length = \"3h\" }\n"         \
    "team \"wind\" { name = \"W\" }\n"                                                             \
    "inject \"I\" { to = \"wind\", title = \"t\", text = \"{{level a}} {{outlook a}}\" }\n"        \
    "service \"b\" { domain = \"d\", name = \"B\" }\n"

static void play(toc_scenario *s)
{
    toc_exercise *x = toc_exercise_new(toc_scenario_plan(s), toc_scenario_script(s));
    toc_events out = {0};
    toc_event in;
    int64_t due;
    toc_event_init(&in, toc_kind_find("open-seat"), 0);
    toc_event_set_str(&in, TOC_F_BY, "engine");
    toc_event_set_str(&in, TOC_F_WALL, "2026-11-21T18:00:00.000Z");
    toc_event_set_str(&in, TOC_F_SEAT, "excon-1");
    in.seq = 1;
    toc_err err = toc_exercise_apply(x, &in, &out, NULL);
    in.kind = TOC_K_START;
    toc_event_set_str(&in, TOC_F_BY, "excon-1");
    in.seq = 2;
    if (!err)
        err = toc_exercise_apply(x, &in, &out, NULL);
    for (int i = 0; !err && i < 50 && toc_exercise_next_due(x, &due); i++)
        err = toc_exercise_advance(x, 1000 * (i + 1), &out, NULL);
    toc_event_fini(&in);
    toc_events_fini(&out);
    toc_exercise_free(x);
}

static void load(const char *before, const uint8_t *data, size_t size, const char *after)
{
    toc_files *files = toc_files_new();
    toc_buf text = {0};
    toc_scenario *s = NULL;
    toc_buf_str(&text, before);
    toc_buf_add(&text, (const char *)data, size);
    toc_buf_str(&text, after);
    toc_files_add(files, "scenario.lua", toc_buf_text(&text), text.len);
    if (toc_scenario_load(&s, files, NULL, 26, TOC_SCENARIO_MEMORY, NULL, NULL) == TOC_OK) {
        play(s);
        toc_scenario_free(s);
    }
    toc_files_free(files);
    toc_buf_fini(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    load("", data, size, "");
    load(BEFORE "service \"a\" { domain = \"d\", name = \"A\" }\n", data, size, "");
    load(BEFORE "service \"a\" { domain = \"d\", name = \"A\", needs = { { \"b\", ", data, size,
         " } } }\nstoryline \"s\" (function () set(\"b\", 0) send \"I\" note(because \"a\") end)");
    return 0;
}
