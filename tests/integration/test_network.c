// SPDX-License-Identifier: MIT
// An engine on one machine, its seats on another, and a bad network between them (support/badnet.h): every act is done
// once, everybody gets every inject of theirs, and the recording verifies. With TOC_LONG the cable is out for 40 s, too.

#include "badnet.h"
#include "check_main.h"
#include "company.h"
#include "run_harness.h"

#include <string.h>

#include "base/files.h"
#include "base/mem.h"

enum { SKIPPED = 77, PATIENCE = 240, SAYS = 8, INJECTS = 18 };

static const badnet_weather weather = {
    .delay_ms = 90, .jitter_ms = 20, .loss_ppm = 50000, .double_ppm = 10000};

static void say(process *seat, int i)
{
    char *line = toc_sprintf("say south number %d of mine\n", i);
    process_write(seat, line);
    free(line);
}

static unsigned count_of(const char *text, const char *words)
{
    unsigned count = 0;
    for (; (text = strstr(text, words)); text++)
        count++;
    return count;
}

// Of what was typed: how often it does not stand in the recording once.
static unsigned lost_says(const char *folder)
{
    toc_buf journal = {0};
    toc_error e = {0};
    unsigned lost = 0;
    char *path = toc_sprintf("%s/journal.jsonl", folder);
    TOC_OK_OR_FAIL(toc_file_slurp(&journal, path, 1 << 28, &e), e);
    for (int i = 0; i < SAYS; i++) {
        char *text = toc_sprintf("\"text\":\"number %d of mine\"", i);
        unsigned count = 0;
        for (const char *at = journal.data, *end; (end = strchr(at, '\n')); at = end + 1) {
            char *line = toc_strndup(at, (size_t)(end - at));
            count += strstr(line, "\"k\":\"say\",\"by\":\"north-1\"") && strstr(line, text);
            free(line);
        }
        lost += count != 1;
        free(text);
    }
    toc_buf_fini(&journal);
    free(path);
    return lost;
}

// Of the injects that a seat's team got: how many it was not shown once.
static unsigned lost_injects(const process *seat, const char *team, unsigned *tried)
{
    static const char *const to[] = {"north", "south", "west"};
    unsigned lost = 0;
    for (int i = 1; i <= INJECTS; i++) {
        if (strcmp(team, "control") != 0 && strcmp(to[i % 3], team) != 0)
            continue;
        // As it comes in, not where somebody tells of it later: control is told for whom it is.
        char *words = strcmp(team, "control") == 0
                          ? toc_sprintf("Mayor's office to %s: Call %d for ", to[i % 3], i)
                          : toc_sprintf("Mayor's office: Call %d for ", i);
        lost += count_of(toc_buf_text(&seat->said), words) != 1;
        ++*tried;
        free(words);
    }
    return lost;
}

// ---- the run -------------------------------------------------------------------------------------

START_TEST(a_bad_network_loses_no_act_and_no_inject_and_doubles_none)
{
    static const char *const teams[COMPANY] = {"control", "north", "north", "south", "west"};
    bool is_long = getenv("TOC_LONG") != NULL;
    const char *why = NULL;
    badnet *net = badnet_open(&weather, &why);
    ck_assert_msg(net, "%s", why);
    char *runs = folder_new();
    process engine, seat[COMPANY];
    badnet_enter(net, 0);
    company_begin(&engine, runs, BADNET_ENGINE, is_long ? "80s" : "20s");
    char *folder = company_ready(&engine);
    ck_assert_msg(folder, "%s", toc_buf_text(&engine.said));
    badnet_enter(net, 1);
    char *ticket = toc_sprintf("%s/tickets/north-1.ticket", folder);
    process_start(&seat[1], (const char *const[]){binary(), "join", ticket, NULL}); // types
    for (size_t i = 0; i < COMPANY; i++)
        if (i != 1)
            company_sit(&seat[i], folder, i, (unsigned)i);
    ck_assert_msg(process_until(&engine, "STARTEX", NULL, PATIENCE), "%s",
                  toc_buf_text(&engine.said));
    int said = 0;
    while (said < SAYS / 2)
        say(&seat[1], said++);
    process_until(&engine, "INJ-02", NULL, PATIENCE);
    if (is_long)
        badnet_cable(net, false);
    while (said < SAYS)
        say(&seat[1], said++);
    if (is_long) {
        // Play goes on without them: 40 s of it are ten injects.
        process_until(&engine, "INJ-12", NULL, PATIENCE);
        ck_assert(process_until(&seat[1], "the link to the engine dropped", NULL, PATIENCE));
        badnet_cable(net, true);
    }
    int code = process_end(&engine, PATIENCE);
    ck_assert_msg(code == 0, "exit %d\n%s", code, toc_buf_text(&engine.said));

    kept k;
    unsigned acknowledged = 0, lost = 0, shown = 0, unseen = 0;
    company_kept(&k, folder);
    for (size_t i = 0; i < COMPANY; i++) {
        code = process_end(&seat[i], PATIENCE);
        ck_assert_msg(code == 0, "%s: exit %d\n%s", company_seats[i], code,
                      toc_buf_text(&seat[i].said));
        acknowledged += company_told(&k, &seat[i], company_seats[i], &lost);
        unseen += lost_injects(&seat[i], teams[i], &shown);
        process_free(&seat[i]);
    }
    unsigned acts_lost = lost_says(folder);
    badnet_toll toll = badnet_tell(net);
    printf("%llu packets carried, %llu lost, %llu doubled, %llu late\n", toll.carried, toll.lost,
           toll.doubled, toll.late);
    tally("bad network (5 % lost, 200 ms there and back): acts typed, each done once", SAYS,
          acts_lost);
    tally("bad network: decisions acknowledged to a seat", acknowledged, lost);
    tally("bad network: injects, each at each of its seats", shown, unseen + k.missing + k.doubled);
    if (is_long)
        tally("bad network: a cable out for 40 s and put back", 1, acts_lost + lost + unseen > 0);
    ck_assert_uint_eq(acts_lost + lost + unseen + k.missing + k.doubled, 0);
    ck_assert_uint_gt(toll.lost, 10);
    ck_assert_uint_gt(toll.doubled + toll.late, 10);
    kept_fini(&k);
    process_free(&engine);
    badnet_close(net);
    folder_remove(runs);
    free(ticket);
    free(folder);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, a_bad_network_loses_no_act_and_no_inject_and_doubles_none);
}

static int run_all(void)
{
    Suite *suite = suite_create("network");
    TCase *tcase = tcase_create("network");
    tcase_set_timeout(tcase, 0);
    add_tests(tcase);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

int main(void)
{
    const char *why = NULL;
    badnet *net = badnet_open(&weather, &why);
    if (!net) {
        printf("a bad network was not tried: %s\n", why);
        return SKIPPED;
    }
    badnet_close(net);
    return run_all();
}
