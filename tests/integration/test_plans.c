// SPDX-License-Identifier: MIT
// Every plan of every shipped scenario, played by terminals over real sockets: what it expects comes
// about, and the recording verifies.

#include "check_main.h"
#include "run_harness.h"

#include <glob.h>
#include <stdio.h>
#include <string.h>

#include "base/files.h"
#include "base/mem.h"
#include "record/chain.h"
#include "record/playplan.h"

enum { BESIDES_S = 90 }; // beyond play: keys, seats that sit down, the close

static toc_error e;

static void on_line(void *context, int64_t seq, const toc_line *line)
{
    toc_events *events = context;
    char *json = toc_sprintf("%.*s}", (int)line->body_len, line->bytes);
    if (seq > 0) {
        toc_event *ev = toc_events_add(events, TOC_K_NOTE, 0);
        TOC_OK_OR_FAIL(toc_event_parse(ev, json, strlen(json), &e), e);
    }
    free(json);
}

// The end of a long text: Check cannot take more than a few kilobytes.
static const char *tail_of(const toc_buf *text)
{
    const size_t shown = 3000;
    return toc_buf_text(text) + (text->len > shown ? text->len - shown : 0);
}

// What play of `in` seconds missed of the plan's expectations, put in *misses too; whatever else must hold however late
// an answer comes.
static size_t play(const char *plan_path, int in, toc_buf *misses)
{
    char *runs = folder_new(), *listen = own_listen(runs), *length = toc_sprintf("%ds", in),
         *scenario = toc_strndup(plan_path, (size_t)(strstr(plan_path, "/plans/") - plan_path));
    char *policy = toc_sprintf("plan:%s", plan_path);
    process engine;
    process_start(&engine, (const char *const[]){binary(), "run", scenario, "--run-dir", runs,
                                                 "--listen", listen, "--auto-start", "--in", length,
                                                 "--seed", "26", "--play", policy, NULL});
    ck_assert_msg(process_end(&engine, in + BESIDES_S) == 0, "%s", tail_of(&engine.said));
    char *folder = run_folder_of(&engine), *path = toc_sprintf("%s/journal.jsonl", folder);
    toc_buf journal = {0}, json = {0};
    toc_events events = {0};
    toc_playplan plan = {0};
    toc_chain_report report;
    TOC_OK_OR_FAIL(toc_file_slurp(&journal, path, 1 << 28, &e), e);
    toc_chain_scan(journal.data, journal.len, &report, on_line, &events);
    TOC_OK_OR_FAIL(toc_playplan_read(&plan, plan_path, &e), e);
    size_t missed = toc_playplan_misses(&plan, events.at, events.count, misses);
    ck_assert_msg(run_verify(folder, &json, NULL) == 0, "%s", tail_of(&json));
    for (size_t i = 0; i < events.count; i++)
        ck_assert_msg(events.at[i].kind != TOC_K_ERROR, "a script failed: %s",
                      toc_event_str(&events.at[i], TOC_F_TEXT));
    toc_playplan_fini(&plan);
    toc_events_fini(&events);
    toc_buf_fini(&journal);
    toc_buf_fini(&json);
    process_free(&engine);
    folder_remove(runs);
    free(scenario);
    free(policy);
    free(length);
    free(listen);
    free(folder);
    free(path);
    return missed;
}

// Three hours in twenty seconds leave some answers a tenth of a second: on a busy machine they may come too late, and the
// story is another one. Played slower it must come out whole; a plan that is wrong misses the same each time.
static void play_until_it_comes_out(const char *plan_path)
{
    static const int in[] = {20, 60, 180};
    toc_buf misses = {0};
    size_t missed = 1;
    for (size_t i = 0; missed > 0 && i < TOC_COUNT(in); i++) {
        toc_buf_clear(&misses);
        printf("%s in %d s\n", plan_path, in[i]);
        missed = play(plan_path, in[i], &misses);
        if (missed > 0)
            printf("%zu missed:\n%s", missed, tail_of(&misses));
        fflush(stdout); // a failed assertion ends the process
    }
    ck_assert_msg(missed == 0, "%s", tail_of(&misses));
    toc_buf_fini(&misses);
}

static size_t find_plans(glob_t *found)
{
    char *pattern = source_path("scenarios/*/plans/*.plan");
    int code = glob(pattern, 0, NULL, found);
    free(pattern);
    return code == 0 ? found->gl_pathc : 0;
}

START_TEST(every_plan_of_every_shipped_scenario_comes_out_as_it_expects)
{
    glob_t found;
    ck_assert_uint_gt(find_plans(&found), (size_t)_i);
    play_until_it_comes_out(found.gl_pathv[_i]);
    globfree(&found);
}
END_TEST

START_TEST(there_are_plans)
{
    glob_t found;
    ck_assert_uint_ge(find_plans(&found), 2);
    globfree(&found);
}
END_TEST

static void add_tests(TCase *tc)
{
    glob_t found;
    tcase_add_loop_test(tc, every_plan_of_every_shipped_scenario_comes_out_as_it_expects, 0,
                        (int)find_plans(&found));
    globfree(&found);
    tcase_add_test(tc, there_are_plans);
}

TOC_CHECK_MAIN("plans", add_tests)
