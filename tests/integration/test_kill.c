// SPDX-License-Identifier: MIT
// The engine is killed at a random moment while seats decide, and resumed: every acknowledged decision is there
// once, every inject once, and the final recording verifies. 25 rounds, 200 with TOC_LONG.

#include "check_main.h"
#include "run_harness.h"
#include "seed.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <time.h>

#include "base/files.h"
#include "base/mem.h"
#include "record/chain.h"
#include "record/event.h"

#define SEATS 5
#define BACK_S 30 // until every seat is back, from when the engine listens again
static const char *const seats[SEATS] = {"excon-1", "north-1", "north-2", "south-1", "west-1"};

static char *start_engine(process *engine, const char *runs, const char *resume)
{
    char *scenario = source_path("tests/fixtures/relay");
    if (resume)
        process_start(engine, (const char *const[]){binary(), "run", "--resume", resume, NULL});
    else
        process_start(engine, (const char *const[]){binary(), "run", scenario, "--run-dir", runs,
                                                    "--listen", "127.0.0.1:0", "--auto-start",
                                                    "--in", "2s", NULL});
    free(scenario);
    if (process_until(engine, "sits down with", NULL, 30))
        return run_folder_of(engine);
    // Killed after its last act: then there is nothing to resume, and it says so.
    ck_assert_msg(resume && strstr(toc_buf_text(&engine->said), "was closed"), "%s",
                  toc_buf_text(&engine->said));
    return NULL;
}

static void start_seat(process *seat, const char *folder, const char *name, unsigned long long seed)
{
    char *ticket = toc_sprintf("%s/tickets/%s.ticket", folder, name);
    char *policy = toc_sprintf("random:%llu", seed);
    process_start(seat, (const char *const[]){binary(), "join", ticket, "--auto", policy, NULL});
    free(ticket);
    free(policy);
}

// Takes in what it has said so far.
static void catch_up(process *seat)
{
    struct pollfd fd = {.fd = seat->out, .events = POLLIN};
    bool is_more = true;
    while (is_more && seat->out >= 0 && poll(&fd, 1, 0) > 0) {
        size_t lines = 1;
        for (size_t i = 0; i < seat->said.len; i++)
            lines += seat->said.data[i] == '\n';
        is_more = process_lines(seat, lines, 1);
    }
}

static const char *last_of(const char *text, const char *words)
{
    const char *last = NULL;
    for (const char *at = text; (at = strstr(at, words)); at++)
        last = at;
    return last;
}

// What a seat that comes back after a kill says, from what it said until then.
typedef struct {
    size_t from;
    bool sat, was_linked;
} absence;

static absence absence_of(process *seat)
{
    catch_up(seat);
    const char *text = toc_buf_text(&seat->said);
    const char *lost = last_of(text, "the link to the engine dropped");
    const char *back = last_of(text, "the link is back");
    bool sat = strstr(text, ": you sit at ") != NULL;
    return (absence){seat->said.len, sat, sat && (!lost || (back && back > lost))};
}

// Its own words: that it lost the link, if it had one, and that it is back. One that is told of the close instead
// leaves, and its exit code says so.
static void must_come_back(process *seat, const char *name, absence a, time_t until)
{
    bool is_back = !a.was_linked || process_until(seat, "the link to the engine dropped", &a.from,
                                                  (int)(until - time(NULL)));
    is_back = is_back && process_until(seat, a.sat ? "the link is back" : ": you sit at ", &a.from,
                                       (int)(until - time(NULL)));
    ck_assert_msg(is_back || seat->out < 0, "%s is not back after %d s\n%.4000s", name, BACK_S,
                  toc_buf_text(&seat->said) + (seat->said.len > 4000 ? seat->said.len - 4000 : 0));
}

// What the final journal holds.
typedef struct {
    toc_buf injects, decided; // ",INJ-01," …
} tally;

static void on_line(void *context, int64_t seq, const toc_line *line)
{
    tally *t = context;
    toc_event ev;
    char *json = toc_sprintf("%.*s}", (int)line->body_len, line->bytes);
    if (seq > 0 && toc_event_parse(&ev, json, strlen(json), NULL) == TOC_OK) {
        toc_buf *list = ev.kind == TOC_K_INJECT    ? &t->injects
                        : ev.kind == TOC_K_DECIDED ? &t->decided
                                                   : NULL;
        const char *id =
            toc_event_str(&ev, ev.kind == TOC_K_INJECT ? TOC_F_INJECT : TOC_F_DECISION);
        if (list) {
            char *entry = toc_sprintf(",%s,", id);
            ck_assert_msg(!strstr(toc_buf_text(list), entry), "%s stands twice in the recording",
                          id);
            toc_buf_str(list, entry);
            free(entry);
        }
        toc_event_fini(&ev);
    }
    free(json);
}

// A seat says "D-01: your answer is recorded" only when the engine acknowledged it. Gives how many it had.
static int check_acknowledged(const process *seat, const tally *t, const char *name)
{
    int count = 0;
    for (const char *at = toc_buf_text(&seat->said); (at = strstr(at, ": your answer is recorded"));
         at++) {
        const char *id = at;
        while (id > seat->said.data && id[-1] != ' ')
            id--;
        char *entry = toc_sprintf(",%.*s,", (int)(at - id), id);
        ck_assert_msg(strstr(toc_buf_text(&t->decided), entry),
                      "%s was told %s is recorded; it is not\n%.2000s", name, entry,
                      toc_buf_text(&seat->said));
        free(entry);
        count++;
    }
    return count;
}

static int one_round(toc_random *r, const char *runs)
{
    process engine, seat[SEATS];
    absence away[SEATS];
    char *folder = start_engine(&engine, runs, NULL);
    for (size_t i = 0; i < SEATS; i++)
        start_seat(&seat[i], folder, seats[i], toc_random_below(r, 1000) + 1);
    int kills = 1 + (int)toc_random_below(r, 2);
    bool is_closed = false;
    for (int k = 0; k < kills && !is_closed; k++) {
        // The transcript tells how far it is: kill it after some more lines of it.
        size_t lines = 14 + toc_random_below(r, k ? 30 : 60);
        process_lines(&engine, lines, 30);
        for (size_t i = 0; i < SEATS; i++)
            away[i] = absence_of(&seat[i]);
        process_kill(&engine, SIGKILL);
        process_end(&engine, 10);
        process_free(&engine);
        char *again = start_engine(&engine, runs, folder);
        is_closed = !again;
        free(again);
    }
    time_t until = time(NULL) + BACK_S;
    for (size_t i = 0; i < SEATS && !is_closed; i++)
        must_come_back(&seat[i], seats[i], away[i], until);
    int code = process_end(&engine, 60);
    ck_assert_msg(code == (is_closed ? 1 : 0), "engine: exit %d\n%s", code,
                  toc_buf_text(&engine.said));

    toc_buf json = {0}, journal = {0};
    ck_assert_msg(run_verify(folder, &json, NULL) == 0, "%s", toc_buf_text(&json));
    char *path = toc_sprintf("%s/journal.jsonl", folder);
    toc_error e;
    TOC_OK_OR_FAIL(toc_file_slurp(&journal, path, 1 << 28, &e), e);
    tally t = {0};
    toc_chain_report report;
    toc_chain_scan(journal.data, journal.len, &report, on_line, &t);
    ck_assert_ptr_nonnull(strstr(toc_buf_text(&t.injects), ",INJ-18,"));
    int acknowledged = 0;
    for (size_t i = 0; i < SEATS; i++) {
        if (is_closed) // nobody was left to tell them
            process_kill(&seat[i], SIGTERM);
        int left = process_end(&seat[i], 20);
        ck_assert_msg(is_closed || left == 0, "%s: exit %d\n%s", seats[i], left,
                      toc_buf_text(&seat[i].said));
        acknowledged += check_acknowledged(&seat[i], &t, seats[i]);
        process_free(&seat[i]);
    }
    toc_buf_fini(&t.injects);
    toc_buf_fini(&t.decided);
    toc_buf_fini(&json);
    toc_buf_fini(&journal);
    process_free(&engine);
    free(path);
    free(folder);
    return acknowledged;
}

START_TEST(a_killed_engine_resumes_without_losing_or_doubling_anything)
{
    toc_random r;
    seed_random(&r, "kill");
    char *runs = folder_new();
    int rounds = getenv("TOC_LONG") ? 200 : 25;
    int acknowledged = 0;
    for (int i = 0; i < rounds; i++)
        acknowledged += one_round(&r, runs);
    printf("%d rounds, %d acknowledged decisions\n", rounds, acknowledged);
    ck_assert_int_gt(acknowledged, rounds); // else nothing was tried
    folder_remove(runs);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, a_killed_engine_resumes_without_losing_or_doubling_anything);
}

TOC_CHECK_MAIN("kill", add_tests)
