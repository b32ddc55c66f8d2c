// SPDX-License-Identifier: MIT
#include <check.h>
#include <stdlib.h>

#include "check_main.h"
#include "process.h"
#include "record/playplan.h"
#include "rehearse/playthrough.h"
#include "relive.h"

// Numbers of a playthrough's lines are those of a journal without records and marks.
static void renumber(toc_event *in, const relive *l)
{
    for (size_t i = 0; i < toc_kind_field_count(in->kind); i++) {
        toc_field f = toc_kind_field(in->kind, i);
        int64_t n = toc_field_type(f) == TOC_TYPE_REF ? toc_event_int(in, f) : 0;
        if (n > 0 && (size_t)n <= l->count)
            toc_event_set_int(in, f, l->seqs[n - 1]);
    }
}

void relive_plan(toc_buf *journal, const char *scenario, const char *plan)
{
    toc_files *files = relive_files(scenario);
    toc_scenario *s;
    toc_playplan lines;
    toc_playthrough played;
    toc_error e = {0};
    relive l = {0};
    char *path = source_path(plan);
    TOC_OK_OR_FAIL(toc_scenario_load(&s, files, NULL, 26, TOC_SCENARIO_MEMORY, NULL, &e), e);
    TOC_OK_OR_FAIL(toc_playplan_read(&lines, path, &e), e);
    TOC_OK_OR_FAIL(toc_play_plan(&played, s, &lines, -1, &e), e);
    relive_open(&l, files, 26);
    for (size_t i = 0; i < played.events.count; i++) {
        toc_event in;
        toc_event_copy(&in, &played.events.at[i]);
        if (toc_kind_class(in.kind) == TOC_CLASS_INPUT) {
            relive_pass(&l, in.t);
            renumber(&in, &l);
            ck_assert_msg(relive_put(&l, &in), "%s is refused", toc_kind_name(in.kind));
        }
        toc_event_fini(&in);
    }
    relive_pass(&l, played.ended);
    relive_end(&l);
    fixture_read(journal, l.disk.path);
    relive_close(&l);
    toc_playthrough_fini(&played);
    toc_playplan_fini(&lines);
    toc_scenario_free(s);
    toc_files_free(files);
    free(path);
}
