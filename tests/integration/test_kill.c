// SPDX-License-Identifier: MIT
// The engine is killed at a random moment while seats decide, and resumed: every acknowledged decision is there
// once, every inject once, and the final recording verifies. 25 kills, 200 with TOC_LONG.

#include "check_main.h"
#include "company.h"
#include "seed.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"

#define BACK_S       30 // until every seat is back, from when the engine listens again
#define MOST_TIMES   5  // the kills, until enough was acknowledged
#define SIDE_BY_SIDE 5  // loops that share the kills, as each is mostly waited for

// NULL: killed after its last act, there is nothing to resume, and it says so.
static char *resume_engine(process *engine, const char *folder)
{
    company_resume(engine, folder);
    char *again = company_ready(engine);
    ck_assert_msg(again || strstr(toc_buf_text(&engine->said), "was closed"), "%s",
                  toc_buf_text(&engine->said));
    return again;
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
// leaves, and its exit code says so; and one that comes too late to be told of it finds no engine. Where another seat took the
// time of all, what this one said by then is heard (process.h).
static void must_come_back(process *seat, const char *name, absence a, time_t until,
                           process *engine)
{
    bool is_back = !a.was_linked || process_until(seat, "the link to the engine dropped", &a.from,
                                                  (int)(until - time(NULL)));
    is_back = is_back && process_until(seat, a.sat ? "the link is back" : ": you sit at ", &a.from,
                                       (int)(until - time(NULL)));
    if (is_back || seat->out < 0)
        return;
    bool is_closed = process_until(engine, NULL, NULL, 1) && company_closed(engine);
    ck_assert_msg(is_closed, "%s is not back after %d s\n%.4000s\nThe engine said:\n%.4000s", name,
                  BACK_S,
                  toc_buf_text(&seat->said) + (seat->said.len > 4000 ? seat->said.len - 4000 : 0),
                  toc_buf_text(&engine->said));
}

// What the rounds came to.
typedef struct {
    unsigned kills, acknowledged, unacknowledged, injects, lost_injects, lost_rounds;
} sum;

// How a round is judged: by the recording, and by what each seat was told.
static void judge(sum *t, const char *folder, process *seat, bool is_closed)
{
    kept k;
    unsigned before = t->unacknowledged;
    company_kept(&k, folder);
    for (size_t i = 0; i < COMPANY; i++) {
        if (is_closed) // nobody was left to tell them
            process_kill(&seat[i], SIGTERM);
        int left = company_leave(&seat[i], 20);
        ck_assert_msg(is_closed || left == 0, "%s: exit %d\n%s", company_seats[i], left,
                      toc_buf_text(&seat[i].said));
        t->acknowledged += company_told(&k, &seat[i], company_seats[i], &t->unacknowledged);
        process_free(&seat[i]);
    }
    t->injects += k.inject_count;
    t->lost_injects += k.missing + k.doubled;
    t->lost_rounds += t->unacknowledged > before || k.missing + k.doubled > 0;
    kept_fini(&k);
}

static void one_round(toc_random *r, const char *runs, sum *t)
{
    process engine, seat[COMPANY];
    absence away[COMPANY];
    company_begin(&engine, runs, NULL, "2s");
    char *folder = company_ready(&engine);
    ck_assert_msg(folder, "%s", toc_buf_text(&engine.said));
    for (size_t i = 0; i < COMPANY; i++)
        company_sit(&seat[i], folder, i, (unsigned)toc_random_below(r, 1000) + 1);
    int kills = 1 + (int)toc_random_below(r, 2);
    bool is_closed = false;
    for (int k = 0; k < kills && !is_closed; k++) {
        // The transcript tells how far it is: kill it after some more lines of it.
        size_t lines = 14 + toc_random_below(r, k ? 30 : 60);
        process_lines(&engine, lines, 30);
        for (size_t i = 0; i < COMPANY; i++)
            away[i] = absence_of(&seat[i]);
        process_kill(&engine, SIGKILL);
        process_end(&engine, 10);
        process_free(&engine);
        char *again = resume_engine(&engine, folder);
        is_closed = !again;
        free(again);
        t->kills++;
    }
    time_t until = time(NULL) + BACK_S;
    for (size_t i = 0; i < COMPANY && !is_closed; i++)
        must_come_back(&seat[i], company_seats[i], away[i], until, &engine);
    int code = process_end(&engine, 60);
    ck_assert_msg(code == (is_closed ? 1 : 0), "engine: exit %d\n%s", code,
                  toc_buf_text(&engine.said));
    judge(t, folder, seat, is_closed);
    process_free(&engine);
    free(folder);
}

START_TEST(a_killed_engine_resumes_without_losing_or_doubling_anything)
{
    toc_random r;
    char *name = toc_sprintf("kill %d", _i);
    seed_random(&r, name);
    free(name);
    char *runs = folder_new();
    unsigned kills = (getenv("TOC_LONG") ? 200U : 25U) / SIDE_BY_SIDE;
    sum t = {0};
    // A busy machine leaves few answers to a round, as what is not answered in 40 s of play lapses: it gets more rounds.
    while (t.kills < kills || (t.acknowledged <= kills && t.kills < MOST_TIMES * kills))
        one_round(&r, runs, &t);
    tally("SIGKILL of the engine while seats decide, each resumed", t.kills, t.lost_rounds);
    tally("SIGKILL: decisions acknowledged to a seat", t.acknowledged, t.unacknowledged);
    tally("SIGKILL: injects, each once", t.injects, t.lost_injects);
    ck_assert_uint_eq(t.unacknowledged + t.lost_injects, 0);
    ck_assert_uint_gt(t.acknowledged, kills); // else nothing was tried
    folder_remove(runs);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_loop_test(tc, a_killed_engine_resumes_without_losing_or_doubling_anything, 0,
                        SIDE_BY_SIDE);
}

TOC_CHECK_MAIN("kill", add_tests)
