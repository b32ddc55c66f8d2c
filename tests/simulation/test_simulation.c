// SPDX-License-Identifier: MIT
// The whole engine and its seats in one process and one thread, with clock, disk and network made by hand: people
// play while anything may break at any step, and an oracle looks at every byte. A seed is a whole history:
//     TOC_SEED=… TOC_TRACE=1 build/tests/test_simulation
#define _DEFAULT_SOURCE // MAP_ANONYMOUS
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "check_main.h"
#include "journal_fixture.h"
#include "sim.h"
#include "tally.h"

enum { WORKERS = 2, HUNG_S = 300 }; // a history takes some hundredths of a second

// What the workers tell, in memory that they share.
typedef struct {
    uint64_t tries[SIM_TRY_COUNT];
    uint64_t seed; // that is being played
    char broken[1024];
} worker;

static toc_files *read_scenario(void)
{
    const char *source = getenv("TOC_SOURCE_DIR");
    char path[400];
    toc_buf text = {0};
    snprintf(path, sizeof path, "%s/tests/fixtures/simulation/scenario.lua", source ? source : ".");
    fixture_read(&text, path);
    toc_files *files = toc_files_new();
    toc_files_add(files, "scenario.lua", text.data, text.len);
    toc_buf_fini(&text);
    return files;
}

// Plays one history; gives the digest of its trace.
static uint64_t play(const journal_fixture *f, const toc_files *files, worker *w, uint64_t seed)
{
    sim s = {.seed = seed, .tries = w->tries, .is_told = getenv("TOC_TRACE") != NULL};
    s.seal_pem = f->private_pem;
    s.files = files;
    snprintf(s.folder, sizeof s.folder, "%s", f->folder);
    w->seed = seed;
    if (!sim_play(&s))
        snprintf(w->broken, sizeof w->broken, "%s", s.broken);
    return s.digest;
}

static void work(worker *w, uint64_t first, uint64_t count, uint64_t step)
{
    journal_fixture f;
    fixture_setup(&f);
    toc_files *files = read_scenario();
    for (uint64_t i = 0; i < count && !w->broken[0]; i += step) {
        alarm(HUNG_S);
        play(&f, files, w, first + i);
    }
    alarm(0);
    toc_files_free(files);
    fixture_teardown(&f);
}

// How many: what a minute on two cores holds, and a fraction of that with sanitizers.
static uint64_t how_many(void)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    const uint64_t enough = 300;
#else
    const uint64_t enough = 3000;
#endif
    const char *given = getenv("TOC_HISTORIES");
    return given ? strtoull(given, NULL, 10) : getenv("TOC_LONG") ? 20000 : enough;
}

static void tell_tries(const worker *w)
{
    static const char *const words[] = {
#define X(enumerator, words) words,
        SIM_TRIES(X)
#undef X
    };
    for (size_t i = 0; i < SIM_TRY_COUNT; i++) {
        unsigned long long sum = 0;
        for (size_t k = 0; k < WORKERS; k++)
            sum += w[k].tries[i];
        tally(words[i], sum, 0);
        ck_assert_msg(sum > 0 || getenv("TOC_SEED"), "there were no %s", words[i]);
    }
    // Control's deliveries are not judged. Of the other four feeds in five, three quarters at least were seen whole.
    unsigned long long orders = 0, deliveries = 0;
    for (size_t k = 0; k < WORKERS; k++) {
        orders += w[k].tries[SIM_ORDERS];
        deliveries += w[k].tries[SIM_DELIVERIES];
    }
    ck_assert_msg(deliveries * 5 >= orders * 3 || getenv("TOC_SEED"),
                  "%llu of %llu feeds were seen whole", deliveries, orders);
}

START_TEST(whatever_breaks_nothing_is_lost_doubled_or_shown_to_others)
{
    const char *given = getenv("TOC_SEED"), *from = getenv("TOC_FIRST");
    uint64_t first = (uint64_t)time(NULL) * 1000000 % 1000000000000;
    if (given || from)
        first = strtoull(given ? given : from, NULL, 10);
    const uint64_t count = given ? 1 : how_many();
    const uint64_t workers = given ? 1 : WORKERS;
    worker *w =
        mmap(NULL, WORKERS * sizeof *w, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ck_assert(w != MAP_FAILED);
    memset(w, 0, WORKERS * sizeof *w);
    printf("histories from TOC_SEED=%llu on\n", (unsigned long long)first);
    fflush(stdout);
    pid_t pids[WORKERS];
    for (uint64_t i = 0; i < workers; i++) {
        pids[i] = fork();
        ck_assert_int_ge(pids[i], 0);
        if (pids[i] == 0) {
            work(&w[i], first + i, count > i ? count - i : 0, workers);
            exit(0);
        }
    }
    for (uint64_t i = 0; i < workers; i++) {
        int status;
        ck_assert_int_eq(waitpid(pids[i], &status, 0), pids[i]);
        ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0,
                      "TOC_SEED=%llu: it ended with status %x", (unsigned long long)w[i].seed,
                      (unsigned)status);
        ck_assert_msg(!w[i].broken[0], "TOC_SEED=%llu: %s", (unsigned long long)w[i].seed,
                      w[i].broken);
    }
    tell_tries(w);
    munmap(w, WORKERS * sizeof *w);
}
END_TEST

START_TEST(a_seed_is_a_whole_history)
{
    journal_fixture f;
    worker w = {0};
    fixture_setup(&f);
    toc_files *files = read_scenario();
    for (uint64_t seed = 1; seed <= 5; seed++) {
        uint64_t digest = play(&f, files, &w, seed);
        ck_assert_msg(play(&f, files, &w, seed) == digest,
                      "%llu is another history the second time", (unsigned long long)seed);
        ck_assert_msg(!w.broken[0], "TOC_SEED=%llu: %s", (unsigned long long)seed, w.broken);
    }
    toc_files_free(files);
    fixture_teardown(&f);
}
END_TEST

static void add_tests(TCase *tc)
{
    if (!getenv("TOC_SEED"))
        tcase_add_test(tc, a_seed_is_a_whole_history);
    tcase_add_test(tc, whatever_breaks_nothing_is_lost_doubled_or_shown_to_others);
}

TOC_CHECK_MAIN("simulation", add_tests)
